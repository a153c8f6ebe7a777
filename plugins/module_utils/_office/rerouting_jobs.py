# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Re-routing an office and restoring it: snapshot, plan, apply, in the order that never loses what was before.

The rules of what to write are in `rerouting`, the file in `snapshot`. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .._errors import InputError
from .._texts import one_line
from . import rerouting
from .changes import changes_of
from .messages import brief, closed_lines, rerouted_lines, restored_lines, status_line
from .office import Office
from .onboarding import outcome
from .reading import Reading, read_accounts
from .run import OfficeRun
from .schedule import LastCheck
from .session import Session
from .snapshot import Document, SnapshotFile, others_in, refuse_masks, summary

Result = dict[str, Any]
CLOSED = "The office was closed."
Lists = Mapping[str, Any]


@dataclass(frozen=True)
class Reroute:
    """How to re-route. *to* is the phone number for all calls; *settings* are other options, by provider and list.

    *numbers* is `office` (what the office's lists name) or `account` (all that the accounts hold).
    """

    directory: str
    to: Any = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    until: str | None = None
    reason: str | None = None
    change_destination: bool = False
    irreversible: bool = False
    numbers: str = "office"


@dataclass(frozen=True)
class Restore:
    """How to restore. *changed* says what to do with what somebody has changed since: report, keep or overwrite."""

    directory: str
    changed: str = "report"
    leave_out: Sequence[Any] = ()
    only_expired: bool = False


def reroute(session: Session, lists: Lists, how: Reroute, *, even_if_right: bool = True) -> Result:
    """Send all calls of the office elsewhere; what was before is saved before the first write.

    *even_if_right*: it counts as re-routed although all calls go there already.
    """
    office = session.office
    file = SnapshotFile(how.directory, office.name)
    before = file.read()
    file.check_place()
    session.begin("reroute", lists, emergency=True)
    reading = _read(session, lists, None if how.numbers == "account" else lists)
    target = {
        "phone": how.to,
        "settings": how.settings,
        "until": how.until,
        "reason": how.reason,
        "change": how.change_destination,
        "irreversible": how.irreversible,
    }
    others = _others(session, how.directory)
    wanted = rerouting.reroute(office.name, before, reading.lists, target, office.rules, session.now, others)
    refuse_masks(wanted.document)
    for text in wanted.warnings:
        session.warn(one_line(text))
    run = session.planned(wanted.lists)
    differs = any(provider.failure or any(work.changes for work in provider.works) for provider in run.providers)
    saved = wanted.document if even_if_right or before or differs else before
    if saved is not None and saved != before and not session.check_mode:
        file.save(saved, instead_of=before, keep=wanted.anew)
    session.carry_out(run, on_error="continue", emergency=True)
    found = summary(wanted.document, rerouting.text_of(session.now))
    result = _outcome(session, run, reading, "re-routed")
    result |= {"snapshot": found, "file": str(file.path)}
    result["changed"] = result["changed"] or saved != before
    last = LastCheck(how.directory, office.name)
    _warn_if_nothing_ends(session, found, last)
    lines = rerouted_lines(
        office.name,
        found,
        changes_of(run.providers),
        str(file.path),
        session.zone,
        last.ago(session.now),
        check_mode=session.check_mode,
    )
    result.setdefault("message", [*lines, *_rules(reading)])
    result["brief"] = _brief(result, office.name)
    return result


def _note_check(session: Session, directory: str) -> None:
    """Note that a scheduled run looks at the office. Where that cannot be written, the restore matters more."""
    try:
        LastCheck(directory, session.office.name).note(session.now)
    except InputError as error:
        session.warn(f"That this run has looked at {session.office.name} cannot be noted: {error.message}")


def _warn_if_nothing_ends(session: Session, found: Document, last: LastCheck) -> None:
    """Warn where the planned end depends on a job that does not run."""
    if found["active"] and found["until"] and last.is_late(session.now):
        session.warn(
            f"Nothing will end the re-route of {session.office.name} at its planned end: a scheduled run of "
            f"office.telephony.restore with restore_only_expired is needed, and {last.ago(session.now)}."
        )


def close(session: Session, lists: Lists, how: Reroute) -> Result:
    """Send all calls of the office elsewhere permanently: the snapshot is kept with the ended ones at once."""
    file = SnapshotFile(how.directory, session.office.name)
    how = replace(how, reason=CLOSED, change_destination=True, irreversible=True)
    result = reroute(session, lists, how, even_if_right=False)
    if result.get("failed"):
        return result
    document = file.read()
    kept = "" if document is None or session.check_mode else str(file.end(document))
    result |= {"file": kept} if kept else {}
    result["message"] = closed_lines(session.office.name, result["snapshot"], kept, check_mode=session.check_mode)
    result["brief"] = _brief(result, session.office.name)
    return result


def _brief(result: Result, office: str) -> dict[str, str]:
    """Return the line of the table for an office of which *result* says what became of it."""
    return brief("changed" if result["changed"] else "unchanged", _short(result["message"], office))


def _short(lines: Sequence[str], office: str) -> str:
    return lines[0].removeprefix(f"{office}: ").removeprefix(f"{office} ")


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
            "brief": brief(state, _short(lines, office.name)),
        }
    saved = rerouting.options_of(document)
    session.begin("restore", saved, emergency=True)
    reading = _read(session, saved, saved)
    leave_out = rerouting.left_out(document, how.leave_out, office.rules)
    back = rerouting.restore(
        document,
        reading.lists,
        office.rules.region,
        overwrite=how.changed == "overwrite",
        leave_out=leave_out,
        others=_others(session, how.directory),
    )
    run = session.planned(back.lists, policy=rerouting.policy_to_restore(document, office.rules.policy))
    session.carry_out(run, on_error="continue", emergency=True)
    result = _outcome(session, run, reading, "restored")
    result |= {"changed_since": back.changed, "notes": [one_line(text) for text in back.warnings], "snapshot": found}
    if result.get("failed"):
        return result
    undecided = back.changed if how.changed == "report" else []
    if undecided:
        settled = rerouting.settled(document, undecided, leave_out, session.now)
        if settled != document and not session.check_mode:
            file.save(settled, instead_of=document)
    elif not session.check_mode:
        result["file"] = str(file.end(document))
    result["changed"] = True
    result["message"] = restored_lines(
        office.name, found, back, changes_of(run.providers), session.zone, check_mode=session.check_mode
    )
    result["brief"] = _brief(result, office.name)
    if undecided:
        error = _undecided(office.name, undecided)
        lines = [*result["message"], str(error)]
        result |= {"failed": True, "message": lines, "msg": "\n".join(lines), "failure": error.failure()}
    return result


def status(session: Session, directory: str, *, fail_if_expired: bool) -> Result:
    """Say whether the office is re-routed; nothing is requested from any provider."""
    office = session.office.name
    found = summary(SnapshotFile(directory, office).read(), rerouting.text_of(session.now))
    line = status_line(office, found, session.zone)
    state = "OVERDUE" if found.get("expired") else "re-routed" if found["active"] else "not re-routed"
    _warn_if_nothing_ends(session, found, LastCheck(directory, office))
    late = "OVERDUE: " if state == "OVERDUE" else ""
    result: Result = {"changed": False, "snapshot": found, "message": [late + line]}
    result["brief"] = brief(state, _short([line], office))
    if fail_if_expired and found.get("expired"):
        error = InputError(f"{late}{line}.", next_step="Run office.telephony.restore.")
        return {**result, "failed": True, "msg": str(error), "failure": error.failure()}
    return result


def _rules(reading: Reading) -> list[str]:
    """Return what takes calls before they are re-routed."""
    return [
        f"  Extension {rule['extension']}: the custom rule {rule['name']!r} takes calls before they are re-routed."
        " It is not managed: switch it off at the provider for as long as all calls are to go elsewhere."
        for lists in reading.lists.values()
        for part in lists.values()
        for rule in part.get("custom_rules") or []
    ]


def _others(session: Session, directory: str) -> list[Document]:
    """Return the snapshots of other offices. What is wrong with one of these does not stop an emergency."""
    others, unreadable = others_in(directory, session.office.name)
    for text in unreadable:
        session.warn(one_line(text))
    return others


def _undecided(office: str, undecided: Sequence[Mapping[str, Any]]) -> InputError:
    keys = ", ".join(str(item["key"]) for item in undecided)
    return InputError(
        f"Somebody has changed {keys} since {office} was re-routed.",
        next_step="Decide with O(changed): keep leaves it alone, overwrite restores it as it was before.",
    )


def _outcome(session: Session, run: OfficeRun, reading: Reading, done: str) -> Result:
    """Return what became of the writes, failed where an account could not even be read."""
    result = outcome(session, run, verify=False)
    if not reading.failures:
        if not result.get("failed"):
            result.pop("message", None)
        return result
    reasons = [str(error) for error in reading.failures.values()]
    text = f"Not {done}, because it could not be read: {' '.join(dict.fromkeys(reasons))}"
    msg = "\n".join(filter(None, (result.get("msg"), text)))
    first = next(iter(reading.failures.values()))
    return {**result, "failed": True, "msg": msg, "failure": result.get("failure") or first.failure()}


def _read(session: Session, lists: Lists, chosen: Lists | None) -> Reading:
    """Read where the calls go of what *chosen* names, of all of the accounts in *lists* for None.

    What else is wrong with the lists does not matter in an emergency: an item that has its key is read.
    """
    office = Office(session.office.name, session.office.rules, session.office.check)
    office.read_leniently(lists)
    for problem in office.problems:
        session.warn(f"{problem.path}: {problem.what}")
    selection = {
        name: {
            table.name: None if chosen is None else _keys(table.keys[0], given[table.name])
            for table in session.accounts[name].lists
            if table.fallback is not None and isinstance(given.get(table.name), list)
        }
        for name, given in lists.items()
        if name in session.accounts and isinstance(given, Mapping)
    }
    selection = {name: wanted for name, wanted in selection.items() if wanted}
    return read_accounts(selection, session.accounts, session.api, office.desired, session.office.rules)


def _keys(name: str, items: Sequence[Any]) -> list[str]:
    found = (item.get(name) for item in items if isinstance(item, Mapping))
    return list(dict.fromkeys(value for value in found if isinstance(value, str)))
