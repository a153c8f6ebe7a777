# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Undoing one run of an office. What goes back is in `undoing`, the file in `record`. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .._errors import InputError
from .._numbers.policy import Policy
from .._texts import one_line
from .calling import Given
from .changes import spelled
from .lists import TABLES, Accounts, grouped, key_of, present
from .messages import brief, local_time, status_line
from .noticing import Notice, notice_of
from .office import Problem, ProblemsFound
from .onboarding import outcome
from .reading import read_accounts
from .record import Document, Records, Step, name_of, path_of_list, update_of, waiting
from .rerouting import policy_to_restore, text_of
from .run import OfficeRun
from .session import Session
from .snapshot import SnapshotFile, others_in, summary
from .undoing import Lists, Undoing, plan_undo

Result = dict[str, Any]

_PLACE = re.compile(r"office_\w+?\.(?P<list>\w+)\[(?P<position>\d+)\](?:\.(?P<option>\w+))?.*", re.DOTALL)


@dataclass(frozen=True)
class Undo:
    """How to undo. *record* is the name or the path of a record, None for the newest one.

    *max_deletions*: how many items that the run created may be deleted; with 0 they stay. *changed* says what to do
    with what somebody has changed since: report, keep or overwrite. *reroutes* is the folder of the snapshots, None
    where there is none.
    """

    record: str | None = None
    max_deletions: int = 0
    changed: str = "report"
    providers: Sequence[str] | None = None
    reroutes: str | None = None
    calls: Given = field(default_factory=Given)


def undo(session: Session, how: Undo) -> Result:
    """Put back what a record says, except what somebody has changed since, unless *how* says otherwise."""
    if session.keeper is None:
        raise InputError("O(state_directory) is not set, so there are no records.", next_step="Set O(state_directory).")
    _refuse_reroute(session, how)
    records = session.keeper.records
    name = how.record or records.to_undo()
    document = records.read(name)
    if document["job"] == "restore":
        raise InputError(
            f"{records.path_of(name)} is the record of a restore. To undo it, re-route the office again.",
            next_step="Run office.telephony.reroute, or name another one with O(record).",
        )
    if how.record is None and document["undoes"] and document["complete"]:
        return _undone_already(session, document, name)
    steps = [step for step in waiting(document) if not how.providers or step["provider"] in how.providers]
    session.begin("undo", dict.fromkeys(step["provider"] for step in steps), undoes=records.path_of(name).name)
    _refuse_reroute(session, how)
    if how.record is None and not session.check_mode:
        _refuse_newer(records, name)
    _warn_of_account(session, steps)
    # They may share numbers with this one.
    others = others_in(how.reroutes, session.office.name, session.warn) if how.reroutes else []
    read, region = _read(session, steps), session.office.rules.region
    back = plan_undo(
        document,
        steps,
        read,
        region,
        overwrite=how.changed == "overwrite",
        deletes=how.max_deletions > 0,
        others=others,
    )
    if len(back.deletions) > max(how.max_deletions, 0):
        raise InputError(
            f"{len(back.deletions)} items would be deleted, but O(max_deletions) is {how.max_deletions}: "
            f"{', '.join(back.deletions[:10])}{' and more' if len(back.deletions) > 10 else ''}. Nothing was written.",
            next_step="Raise the limit, or set it to 0 to leave alone what the run created.",
        )
    held = {"entries": [{"before": step["before"] or {}} for step in steps]}
    run = _planned(session, back, policy_to_restore(held, session.office.rules.policy))
    back.notes += [
        f"{name_of(step)} was re-routed before that run, and the run ended the re-route. It stays as it is."
        for step in document["steps"]
        if step.get("rerouted")
    ]
    undecided = back.changed if how.changed == "report" else []
    if session.keeper is not None:
        session.keeper.unfinished = bool(back.kept) or len(steps) < len(list(waiting(document)))
        session.keeper.read = list(_updates(session, back, read, region))
    notice = notice_of(session, how.calls, read, run)
    session.carry_out(run, on_error="continue")
    return _reported(session, run, back, document, str(records.path_of(name)), undecided, notice)


def _undone_already(session: Session, document: Document, name: str) -> Result:
    """Return the result where the last run was an undo: doing it again must not bring back what was undone."""
    office, when = session.office.name, local_time(document["when"], session.zone)
    lines = [
        f"{office}: the last run was undone already, {when} (record {document['undoes']}). Nothing was changed.",
        f"  To undo the undo, set O(record) to {name}. To undo an earlier run, name its record.",
    ]
    return {"changed": False, "message": lines, "brief": brief("unchanged", "the last run was undone already")}


def _refuse_reroute(session: Session, how: Undo) -> None:
    snapshot = SnapshotFile(how.reroutes, session.office.name).read() if how.reroutes else None
    if snapshot is not None:
        line = status_line(session.office.name, summary(snapshot, text_of(session.now)), session.zone)
        raise InputError(f"{line}. Nothing was done.", next_step="Run office.telephony.restore first.")


def _refuse_newer(records: Records, name: str) -> None:
    """Refuse to undo what was not the last run any more once the account was free."""
    if (newest := records.to_undo()) != name:
        raise InputError(
            f"Another run has left the record {newest} in the meantime. Nothing was done.",
            next_step="Look at it, and run again.",
        )


def _warn_of_account(session: Session, steps: Sequence[Step]) -> None:
    for name, account in {step["provider"]: step["account"] for step in steps if step["account"]}.items():
        now = session.accounts[name].package.identity(session.api(session.accounts[name]))
        if now and now != account:
            title = session.accounts[name].title
            session.warn(f"{title}: the record was made with other credentials ({account}) than these ({now}).")


def _read(session: Session, steps: Sequence[Step]) -> dict[str, dict[str, Any]]:
    """Read what the steps are about. Raises why an account cannot be read."""
    selection: dict[str, dict[str, list[str]]] = {}
    for step in steps:
        table = TABLES[path_of_list(step)]
        keys = selection.setdefault(table.provider, {}).setdefault(table.name, [])
        firsts = (table.first_of(values) for values in (step["options"], step["before"] or {}))
        keys += [key for key in firsts if key is not None and key not in keys]
    unread = [
        (table, {**step["options"], **(step["after"] or {})})
        for step in steps
        if not (table := TABLES[path_of_list(step)]).resource.table.readable
    ]
    office = replace(session.office, problems=[], items={}, desired={})
    # To be found by their key alone, they need not be described.
    named = [
        (table, {**step["options"], "state": "absent"})
        for step in steps
        if (table := TABLES[path_of_list(step)]).shown_by
    ]
    office.read(_written(grouped([*unread, *named])))
    quiet = replace(office.rules, warn=_nothing)
    reading = read_accounts(selection, session.accounts, session.api, office.desired, quiet, own=office.items)
    for error in reading.failures.values():
        raise error
    return reading.lists


def _nothing(text: str) -> None:
    """Take no notice: that an item does not exist is what an undo may expect."""


def _written(lists: Lists) -> Lists:
    """Return lists without what they do not take."""
    return {
        provider: {
            name: [
                {
                    option: value
                    for option, value in item.items()
                    if value is not None and option in TABLES[f"{provider}.{name}"].options.options
                }
                for item in items
            ]
            for name, items in found.items()
        }
        for provider, found in lists.items()
    }


def _planned(session: Session, back: Undoing, policy: Policy) -> OfficeRun:
    """Plan what goes back, with a *policy* that allows it. What cannot is left out, and noted with the reason."""
    while True:
        try:
            return session.planned(back.lists, policy=policy)
        except ProblemsFound as error:
            if not _leave_out(back, error.problems):
                raise


def _leave_out(back: Undoing, problems: Sequence[Problem]) -> bool:
    """Leave out what *problems* are about; return whether there was anything.

    Deletions come last: what is in use may be so only because of another problem.
    """
    found = list(_located(back, problems))
    first = [place for place in found if not place.deletes] or found
    for place in first:
        back.notes.append(one_line(f"{place.title} stays as it is: {place.why}"))
        if place.clears:
            place.item.pop(place.option, None)
        else:
            place.items[:] = [item for item in place.items if item is not place.item]
    return bool(first)


@dataclass(frozen=True)
class _Place:
    """An *item* that cannot be written, in its list, and the *option* that it is about, "" where that is not known."""

    title: str
    items: list[dict[str, Any]]
    item: dict[str, Any]
    option: str
    why: str

    @property
    def deletes(self) -> bool:
        return self.item.get("state") == "absent"

    @property
    def clears(self) -> bool:
        return self.item.get(self.option) in ("", [])


def _located(back: Undoing, problems: Sequence[Problem]) -> Iterator[_Place]:
    for problem in problems:
        place = _PLACE.fullmatch(problem.path)
        if place is not None:
            table = TABLES[f"{problem.provider}.{place['list']}"]
            items = table.items_in(back.lists[problem.provider][place["list"]])
            item = items[int(place["position"])]
            key = " / ".join(str(item[name]) for name in table.keys if item.get(name) is not None)
            option = place["option"] or ""
            title = f"{table.provider_title} {table.noun_of(item)} {spelled(key)}{f', {option},' if option else ''}"
            yield _Place(title, items, item, option, problem.what)


def _updates(session: Session, back: Undoing, read: Accounts, region: str | None) -> Iterator[Step]:
    """Yield the steps that change what was read to what goes back."""
    now = {(item.table.path, item.key): item for item in present(read, region) if item.known}
    for provider, lists in back.lists.items():
        account = session.accounts[provider]
        identity = account.package.identity(session.api(account))
        for name, items in lists.items():
            table = account.list_of(name)
            for item in table.items_in(items):
                found = now.get((table.path, key_of(table, item, region)))
                if found is None or item.get("state") == "absent" or item.get("replace"):
                    continue
                if (step := update_of(found, item, identity, region)) is not None:
                    yield step


def _reported(
    session: Session,
    run: OfficeRun,
    back: Undoing,
    document: Document,
    path: str,
    undecided: Sequence[Any],
    notice: Notice,
) -> Result:
    result = outcome(session, run, verify=True)
    result |= {"undone": path, "changed_since": back.changed, "kept": back.kept, "notes": back.notes}
    result |= notice.result()
    when = local_time(document["when"], session.zone)
    lines = [f"  {'To be undone' if session.check_mode else 'Undone'}: {document['job']} of {when}"]
    lines += [f"  left alone, because somebody has changed it since: {item['said']}" for item in back.changed]
    if back.kept:
        kept = "; ".join(back.kept)
        lines.append(f"  created by that run, and kept because O(max_deletions) is 0: {kept}")
    lines += [f"  {text}" for text in back.notes]
    if not result.get("failed"):
        lines += notice.lines(changed=bool(result["changes"]))
    for name in ("message", "msg"):
        if isinstance(result.get(name), list):
            result[name] = [*result[name], *lines]
        elif result.get(name):
            result[name] = "\n".join([result[name], *lines])
    if undecided and not result.get("failed"):
        result |= {"failed": True, **_undecided(undecided, check_mode=session.check_mode)}
    return result


def _undecided(undecided: Sequence[Mapping[str, Any]], *, check_mode: bool) -> Result:
    keys = ", ".join(str(item["key"]) for item in undecided)
    error = InputError(
        f"Somebody has changed {keys} since that run. The rest {'would be' if check_mode else 'was'} undone.",
        next_step="Decide with O(changed): keep leaves alone what was changed, overwrite restores it as it was before.",
    )
    return {"msg": str(error), "failure": error.failure()}
