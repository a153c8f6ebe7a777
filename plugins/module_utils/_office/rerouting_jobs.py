# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Re-routing an office and restoring it: snapshot, plan, apply, in the order that never loses what was before.

The rules of what to write are in `rerouting`, the file in `snapshot`. Private to the collection.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .._engine.argspec import ArgSpec
from .._errors import InputError, Problems, TelephonyError
from .._numbers.policy import Policy
from .._texts import one_line
from . import rerouting
from .calling import Given
from .changes import changes_of
from .lists import TABLES, key_of, refuse_unknown
from .messages import brief, closed_lines, rerouted_lines, restored_lines
from .noticing import notice_of
from .office import Office, Problem, ProblemsFound
from .onboarding import outcome
from .reading import Reading, read_routing
from .rerouted import short, warn_if_nothing_ends
from .run import OfficeRun
from .schedule import LastCheck
from .session import Session
from .snapshot import SnapshotFile, others_in, refuse_masks, summary

Result = dict[str, Any]
CLOSED = "The office was closed."
Lists = Mapping[str, Any]
# The place of an item in the lists that a restore writes.
_IN_LIST = re.compile(r"office_([a-z]+)\.(\w+)\[(\d+)\]")


@dataclass(frozen=True)
class Reroute:
    """How to re-route. *to* is the phone number for all calls; *settings* are other options, by provider and list.

    *numbers* is `office` (what the office's lists name) or `account` (all that the accounts hold). *permanent*: for an
    office that is closed; the snapshot is kept with the ended ones at once, and none is made where nothing is to do.
    """

    directory: str
    to: Any = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    until: str | None = None
    reason: str | None = None
    change_destination: bool = False
    irreversible: bool = False
    numbers: str = "office"
    permanent: bool = False
    # Re-route also where calls would go round.
    ignore_findings: bool = False
    calls: Given = field(default_factory=Given)
    # Variables with lists that are left out, because they cannot be read.
    unread: Sequence[Problem] = ()


@dataclass(frozen=True)
class Restore:
    """How to restore. *changed* says what to do with what somebody has changed since: report, keep or overwrite."""

    directory: str
    changed: str = "report"
    leave_out: Sequence[Any] = ()
    only_expired: bool = False
    calls: Given = field(default_factory=Given)


def reroute(session: Session, lists: Lists, how: Reroute) -> Result:
    """Send all calls of the office elsewhere; what was before is saved before the first write."""
    office = session.office
    file = SnapshotFile(how.directory, office.name)
    # What would stop it is looked at before the first request.
    file.read()
    file.check_place()
    _refuse_settings(session, how.settings)
    session.begin("offboard" if how.permanent else "reroute", lists, emergency=True)
    # Another run may have saved one while this one waited for the accounts.
    before = file.read()
    reading = read_routing(session, lists, None if how.numbers == "account" else lists)
    reading.unknown += [f"{problem.path} {problem.what}" for problem in how.unread]
    if not reading.lists and (reading.failures or reading.unknown):
        raise next(iter(reading.failures.values()), None) or _unknown(reading, "re-routed", office.name)
    target = {
        "phone": how.to,
        "settings": how.settings,
        "until": how.until,
        "reason": how.reason,
        "change": how.change_destination,
        "irreversible": how.irreversible,
    }
    others = others_in(how.directory, office.name, session.warn)
    desired = rerouting.reroute(office.name, before, reading.lists, target, office.rules, session.now, others)
    refuse_masks(desired.document)
    for text in desired.warnings:
        session.warn(one_line(text))
    run = session.planned(desired.lists)
    notice = notice_of(session, how.calls, reading.lists, run, file=lists)
    if not how.ignore_findings:
        notice.refuse_loops()
    saves = desired.document != before and not (how.permanent and before is None and _nothing_to_do(run))
    if saves and not session.check_mode:
        file.save(desired.document, instead_of=before, keep=desired.anew)
    session.carry_out(run, on_error="continue", emergency=True)
    found = summary(desired.document, rerouting.text_of(session.now))
    result = outcome(session, run, verify=False)
    result |= {"snapshot": found, "file": str(file.path), "changed": result["changed"] or saves, **notice.result()}
    changes, check_mode = changes_of(run.providers), session.check_mode
    if how.permanent:
        kept = ""
        if (saves or before is not None) and not (result.get("failed") or reading.failures or reading.unknown):
            result["changed"] = True
            kept = "" if check_mode else str(file.end(desired.document))
            result |= {"file": kept} if kept else {}
        lines = closed_lines(office.name, found, changes, kept, check_mode=check_mode)
    else:
        last = LastCheck(how.directory, office.name)
        warn_if_nothing_ends(session, found, last)
        ago = last.ago(session.now)
        lines = rerouted_lines(office.name, found, changes, str(file.path), session.zone, ago, check_mode=check_mode)
    lines += [*notice.lines(changed=bool(changes)), *_rules(reading)]
    return _reported(session, result, lines, reading, "re-routed")


def _refuse_settings(session: Session, settings: Mapping[str, Any]) -> None:
    """Raise `InputError` for settings that no item could have, before anything is requested."""
    problems = Problems()
    for provider, lists in settings.items():
        if not isinstance(lists, Mapping):
            problems.add(f"settings.{provider}", "is not a mapping; it holds lists, each with the options to set there")
    problems.raise_if_any()
    refuse_unknown(settings)
    office = Office(session.office.name, session.office.rules, session.office.check)
    for provider, lists in settings.items():
        for name, options in lists.items():
            table = session.accounts[provider].list_of(name)
            # Keys and what else an item needs come from what is there.
            spec = {option: {**found, "required": False} for option, found in table.options.options.items()}
            office.read_item(session.accounts[provider], ArgSpec(spec), options, ("settings", provider, name))
    for problem in office.problems:
        problems.add(problem.path, problem.what)
    problems.raise_if_any()


def _nothing_to_do(run: OfficeRun) -> bool:
    return not any(provider.failure or any(work.changes for work in provider.works) for provider in run.providers)


def _note_check(session: Session, directory: str) -> None:
    """Note that a scheduled run looks at the office. Where that cannot be written, the restore matters more."""
    try:
        LastCheck(directory, session.office.name).note(session.now)
    except InputError as error:
        session.warn(f"This run's check of {session.office.name} cannot be recorded: {error.message}")


def close(session: Session, lists: Lists, how: Reroute) -> Result:
    """Send all calls of the office elsewhere permanently."""
    closing = replace(how, reason=CLOSED, change_destination=True, irreversible=True, permanent=True)
    return reroute(session, lists, closing)


def _brief(session: Session, lines: Sequence[str], *, changed: bool) -> dict[str, str]:
    """Return the line of the table for an office of which *lines* say what became of it."""
    state = "unchanged" if not changed else "would change" if session.check_mode else "changed"
    return brief(state, short(lines, session.office.name))


def restore(session: Session, how: Restore) -> Result:
    """Put back what the snapshot says, except what somebody has changed since, unless *how* says otherwise."""
    office = session.office
    file = SnapshotFile(how.directory, office.name)
    document = file.read()
    found = summary(document, rerouting.text_of(session.now))
    if how.only_expired and not session.check_mode:
        _note_check(session, how.directory)
    if document is None or (how.only_expired and not found["expired"]):
        lines = restored_lines(office.name, found, None, [], session.zone, check_mode=session.check_mode)
        state = "re-routed" if found["active"] else "not re-routed"
        return {
            "changed": False,
            "snapshot": found,
            "message": lines,
            "brief": brief(state, short(lines, office.name)),
        }
    # What would stop it is looked at before the first request.
    file.check_place()
    leave_out = rerouting.left_out(document, how.leave_out, office.rules)
    saved = rerouting.options_of(document)
    session.begin("restore", saved, emergency=True)
    file.refuse_change(document)
    reading = read_routing(session, saved, saved)
    back = rerouting.restore(
        document,
        reading.lists,
        office.rules.region,
        overwrite=how.changed == "overwrite",
        leave_out=leave_out,
        others=others_in(how.directory, office.name, session.warn),
    )
    policy = rerouting.policy_to_restore(document, office.rules.policy)
    run, impossible = _planned_back(session, back, policy)
    notice = notice_of(session, how.calls, reading.lists, run)
    session.carry_out(run, on_error="continue", emergency=True)
    result = outcome(session, run, verify=False)
    result |= {"changed_since": back.changed, "notes": [one_line(text) for text in back.warnings], "snapshot": found}
    result |= notice.result()
    changes = changes_of(run.providers)
    lines = restored_lines(office.name, found, back, changes, session.zone, check_mode=session.check_mode)
    lines += notice.lines(changed=bool(changes))
    result = _reported(session, result, lines, reading, "restored")
    if result.get("failed"):
        return result
    undecided = [*(back.changed if how.changed == "report" else []), *impossible]
    if not undecided:
        if not session.check_mode:
            result["file"] = str(file.end(document))
        return {**result, "changed": True, "brief": _brief(session, lines, changed=True)}
    settled = rerouting.settled(document, undecided, leave_out, session.now)
    if settled != document and not session.check_mode:
        file.save(settled, instead_of=document)
    result["changed"] = result["changed"] or settled != document
    return {**result, "failed": True, **_undecided(office.name, undecided, impossible, lines)}


def _planned_back(
    session: Session, back: rerouting.Restoring, policy: Policy
) -> tuple[OfficeRun, list[dict[str, Any]]]:
    """Plan what can be written, and return what cannot be, which must not keep the rest from being restored.

    That is taken out of the lists of *back*.
    """
    try:
        return session.planned(back.lists, policy=policy), []
    except ProblemsFound as error:
        wrong = [(_IN_LIST.match(problem.path), problem) for problem in error.problems]
        if not all(place for place, _problem in wrong):
            raise
        why = {(place[1], place[2], int(place[3])): problem.what for place, problem in wrong if place}
    impossible = []
    for (provider, name, position), what in why.items():
        table = TABLES[f"{provider}.{name}"]
        key = str(key_of(table, back.lists[provider][name][position], session.office.rules.region))
        text = one_line(f"{table.title}: {key} cannot be restored: {what}")
        impossible.append({"list": table.path, "key": key, "said": text})
    for provider, lists in back.lists.items():
        for name, items in lists.items():
            items[:] = [item for position, item in enumerate(items) if (provider, name, position) not in why]
    return session.planned(back.lists, policy=policy), impossible


def _rules(reading: Reading) -> list[str]:
    """Return what takes calls before they are re-routed."""
    return [
        f"  Extension {rule['extension']}: the custom rule {rule['name']!r} takes calls before they are re-routed."
        " Switch it off as long as all calls must go elsewhere."
        for lists in reading.lists.values()
        for part in lists.values()
        for rule in part.get("custom_rules") or []
    ]


def _undecided(
    office: str,
    undecided: Sequence[Mapping[str, Any]],
    impossible: Sequence[Mapping[str, Any]],
    lines: Sequence[str],
) -> Result:
    """Return the failure of a restore that leaves something to people; *lines* say what it did."""
    errors = []
    keys = ", ".join(str(item["key"]) for item in undecided if item not in impossible)
    if keys:
        errors.append(
            InputError(
                f"Somebody has changed {keys} since {office} was re-routed.",
                next_step="Decide with O(changed): keep leaves it alone, overwrite restores it as it was before.",
            )
        )
    errors += [
        InputError(f"{item['said']}.", next_step="Set it by hand, then run again with O(leave_out).")
        for item in impossible
    ]
    return {"msg": "\n".join([*lines, *map(str, errors)]), "failure": errors[0].failure()}


def _reported(session: Session, result: Result, lines: Sequence[str], reading: Reading, done: str) -> Result:
    """Return *result* with what people read: *lines*, or what failed, also where an account could not even be read."""
    failed = bool(result.get("failed"))
    if not failed and not reading.failures and not reading.unknown:
        return {**result, "message": list(lines), "brief": _brief(session, lines, changed=result["changed"])}
    office = session.office.name
    errors: list[TelephonyError] = list(reading.failures.values())
    parts = []
    if errors:
        reasons = " ".join(dict.fromkeys(map(str, errors)))
        parts.append(f"{office}: not everything was {done}, because it could not be read: {reasons}")
    if reading.unknown:
        errors.append(_unknown(reading, done, office))
        parts.append(str(errors[-1]))
    # What was done at the other accounts.
    parts += [result["msg"]] if failed else lines
    failure = result["failure"] if failed else {**errors[0].failure(), "message": parts[0]}
    # These alone would be shown, and not what was done.
    failure.pop("problems", None)
    rest = {name: value for name, value in result.items() if name not in ("message", "brief")}
    return {**rest, "failed": True, "msg": "\n".join(parts), "failure": failure}


def _unknown(reading: Reading, done: str, office: str) -> InputError:
    return InputError(
        f"{office}: not everything was {done}: {'; '.join(map(one_line, reading.unknown))}.",
        next_step="Correct that, and run again.",
    )
