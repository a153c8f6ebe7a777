# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bringing an office's accounts in line with its variables. Private to the collection."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._engine.apply import Status
from .._engine.package import OfficeList
from .._engine.plan import Action, Current
from .._errors import InputError, TelephonyError
from . import rerouting
from .call_texts import call_lines
from .calling import CallCheck, CallModel, Given
from .changes import Change, changes_of, digest
from .ending import refuse_wrong, with_saved
from .messages import brief_of, failure, local_time, plural, status_line
from .messages import summary as summary_lines
from .office import Problem, ProblemsFound
from .run import OfficeRun, ProviderRun, Work, provider_outcomes
from .session import Session
from .snapshot import Document, SnapshotFile, summary
from .variables import block

Result = dict[str, Any]
# Seconds before what differs after all writes is read again.
_PAUSES = (1, 2, 4)
_AFTER_FAILED_TEST = (
    "Everything was written, but call tests fail on what was read afterwards. Correct the office's file and run again."
)


@dataclass(frozen=True)
class How:
    """How the accounts are brought in line. *on_error*: `stop` or `continue` with the other providers.

    *expected_plans* holds by office the digest of the only plan that may be carried out; *most_changes* is the most
    items that may differ, a number or a share (`10%`) of what is managed. *kept* returns whether prune leaves an item
    alone, because another office uses it. *directory* is the folder of the snapshots, None where there is none.
    """

    on_error: str = "stop"
    verify: bool = True
    prune: bool = False
    max_deletions: int | None = None
    expected_plans: Mapping[str, str] | None = None
    most_changes: str | int | None = None
    kept: Callable[[OfficeList, Current], bool] = lambda table, item: False
    directory: str | None = None
    ignore_reroute: bool = False
    calls: Given = field(default_factory=Given)
    on_failed_call_test: str = "refuse"


def onboard(session: Session, lists: Mapping[str, Any], how: How, known: Sequence[Problem] = ()) -> Result:
    """Plan, refuse, preview or apply, verify; return the module's result. *known*: problems that were found before."""
    office = session.office
    file = SnapshotFile(how.directory, office.name) if how.directory else None
    snapshot = file.read() if file is not None else None
    over = _refuse_reroute(session, snapshot, how)
    if how.prune:
        _refuse_empty_lists(lists, how)
    saved = rerouting.options_of(snapshot) if snapshot is not None and over else {}
    if saved:
        refuse_wrong(session, lists, list(known))
    session.begin("onboard", [*lists, *saved])
    policy = None
    if file is not None:
        # Another run may have re-routed the office while this one waited for the accounts.
        file.refuse_change(snapshot)
    if snapshot is not None and over:
        if session.keeper is not None:
            session.keeper.ends = snapshot
        lists = with_saved(session, lists, snapshot, str(how.directory))
        policy = rerouting.policy_to_restore(snapshot, office.rules.policy)
    model = CallModel(session, how.calls, lists)
    model.note_reroute(None if over else snapshot)
    known = [*known, *model.problems]
    run = session.planned(lists, prune=how.prune, kept=how.kept, known=known, policy=policy)
    _refuse_failures(run, how)
    calls = CallCheck(model, run, how.on_failed_call_test)
    calls.refuse()
    _refuse_too_much(run, how)
    # The digest is of what the preview says.
    run.preview()
    found = digest(run.providers)
    _refuse_other_plan(office.name, found, how)
    session.carry_out(run, on_error=how.on_error)
    result = {**outcome(session, run, calls, verify=how.verify), "plan_digest": found}
    if file is not None and snapshot is not None and over and not result.get("failed"):
        result["changed"] = True
        result["message"].append(f"  The re-route since {local_time(snapshot['since'], session.zone)} has ended.")
        if not session.check_mode:
            file.end(snapshot)
    return result


def _refuse_reroute(session: Session, snapshot: Document | None, how: How) -> bool:
    """Refuse to undo a re-route by accident; return whether there is one whose planned end has passed."""
    if snapshot is None or how.ignore_reroute:
        return False
    found = summary(snapshot, rerouting.text_of(session.now))
    if found["expired"]:
        return True
    raise InputError(
        f"{status_line(session.office.name, found, session.zone)}. Nothing was done.",
        next_step="Run office.telephony.restore first, or set O(ignore_reroute).",
    )


def _refuse_empty_lists(lists: Mapping[str, Any], how: How) -> None:
    """An empty list with prune deletes everything of its kind, which nobody does by accident with a limit."""
    empty = [
        f"office_{provider}.{name}"
        for provider, found in lists.items()
        if isinstance(found, Mapping)
        for name, items in found.items()
        if items == []
    ]
    if empty and how.max_deletions is None:
        raise InputError(
            f"{' and '.join(empty)} {'is' if len(empty) == 1 else 'are'} empty, so prune would delete everything "
            "of that kind. Nothing was done.",
            next_step="Set O(max_deletions) if that is intended.",
        )


def _refuse_other_plan(office: str, found: str, how: How) -> None:
    if how.expected_plans is None:
        return
    if office not in how.expected_plans:
        raise InputError(
            f"{office}: no plan was approved for it. Nothing was written.",
            next_step="Preview it, and have the plan approved.",
        )
    if how.expected_plans[office] != found:
        raise InputError(
            f"{office}: the plan is not the one that was approved. Nothing was written.",
            next_step="Something has changed since the preview. Preview it again, and have the new plan approved.",
        )


def _refuse_failures(run: OfficeRun, how: How) -> None:
    """Where an account could not be read, nothing is written at all, unless others may go on."""
    failures = {provider.account.title: provider.failure for provider in run.providers if provider.failure is not None}
    if not failures or (how.on_error != "stop" and len(failures) < len(run.providers)):
        return
    first, *others = failures.values()
    if not others:
        raise first
    problems = [
        problem for error in failures.values() if isinstance(error, ProblemsFound) for problem in error.problems
    ]
    if len(problems) >= len(failures):
        raise ProblemsFound(problems)
    first.listed = tuple(f"{title}: {error}" for title, error in failures.items())
    first.message, first.next_step = f"Nothing was written: {len(failures)} providers failed.", ""
    raise first


def _refuse_too_much(run: OfficeRun, how: How) -> None:
    steps = [(provider, step) for provider in run.providers for work in provider.works for step in work.plan.steps]
    deleted = [str(step.key) for _provider, step in steps if step.action in (Action.DELETE, Action.REPLACE)]
    if how.max_deletions is not None and len(deleted) > how.max_deletions:
        named = ", ".join(deleted[:10]) + (f" and {len(deleted) - 10} more" if len(deleted) > 10 else "")
        raise InputError(
            f"{plural('item', len(deleted))} would be deleted, but O(max_deletions) is {how.max_deletions}: {named}. "
            "Nothing was written.",
            next_step="List what must stay, or raise the limit.",
        )
    if how.most_changes is None:
        return
    changing = sum(step.action is not Action.NONE for _provider, step in steps)
    most = limit_of(how.most_changes, len(steps))
    if changing > most:
        raise InputError(
            f"{changing} of {len(steps)} items would change, but at most {how.most_changes} may. Nothing was written.",
            next_step="Check the plan with --check --diff, and raise the limit if the plan is right.",
        )


def limit_of(given: Any, total: int) -> int:
    """Return a limit that is a number or a share of *total*. Raises `InputError`."""
    bare = str(given).strip() if isinstance(given, (str, int)) else ""
    with contextlib.suppress(ValueError):
        if bare.endswith("%") and 0 <= float(bare[:-1]) <= 100:
            return int(total * float(bare[:-1]) / 100)
        if int(bare) >= 0:
            return int(bare)
    raise InputError(f"O(max_changes) is {given!r}.", next_step="Write a number such as 20, or a share such as 10%.")


def outcome(session: Session, run: OfficeRun, calls: CallCheck | None = None, *, verify: bool) -> Result:
    """Return what became of a run: changes, counts, what callers notice, and whether everything is as desired."""
    office, check_mode = session.office, session.check_mode
    changes = changes_of(run.providers)
    outcomes = [item for provider in run.providers for item in provider_outcomes(provider)]
    unchanged = {
        provider.account.title: len(list(provider_outcomes(provider)))
        - sum(change.account is provider.account for change in changes)
        for provider in run.providers
    }
    result: Result = {
        "changed": any(item.changed for item in outcomes),
        "changes": [change.result() for change in changes],
        "plan": counts(run),
        "diff": [_diff(change) for change in changes],
    }
    reasons = [f"{provider.account.title}: {provider.failure}" for provider in run.providers if provider.failure]
    errors = [item.error for item in outcomes if item.error is not None]
    failed = [provider.failure for provider in run.providers if provider.failure is not None] + errors
    left = [] if failed or check_mode else [*_not_tried(run), *(_left(run, session.sleep) if verify else ())]
    reasons += left
    if calls is not None:
        if result["changed"] and not check_mode:
            calls.again()
        result |= calls.result()
    if failed or left:
        lost = [provider.account.title for provider in run.providers if provider.failure is not None]
        lines = failure(office.name, changes, reasons, check_mode=check_mode, lost=lost)
        error = failed[0] if failed else TelephonyError(left[0])
        return {**result, "failed": True, "msg": "\n".join(lines), "failure": error.failure()}
    lines = summary_lines(office.name, changes, unchanged, check_mode=check_mode, cost=session.cost())
    if calls is not None:
        lines += call_lines(calls, changed=bool(changes))
        if calls.failed and calls.on_failed == "refuse":
            why = {"kind": "call_test", "message": lines[0], "next_step": _AFTER_FAILED_TEST}
            return {**result, "failed": True, "msg": "\n".join([*lines, _AFTER_FAILED_TEST]), "failure": why}
    return {
        **result,
        "message": lines,
        "brief": brief_of(changes, check_mode=check_mode),
    }


def _not_tried(run: OfficeRun) -> Iterator[str]:
    """Yield what was not written although nothing failed: what it waits for was not changed after all."""
    for provider in run.providers:
        count = sum(item.status is Status.NOT_TRIED for item in provider_outcomes(provider))
        if count:
            yield f"{provider.account.title}: {plural('change', count)} not tried, because another one comes first."


def _left(run: OfficeRun, sleep: Callable[[float], None]) -> list[str]:
    """Return what still differs after everything was written, read once more."""
    found = []
    for provider in run.providers:
        try:
            works = _differing(provider, sleep) if any(item.changed for item in provider_outcomes(provider)) else []
        except TelephonyError as error:
            tried = all(item.status is not Status.NOT_TRIED for item in provider_outcomes(provider))
            written = "everything was written, but it" if tried else "not everything was written, and what was written"
            found.append(f"{provider.account.title}: {written} could not be verified. {error}")
            continue
        for work in works:
            keys = ", ".join(str(step.key) for step in work.changes[:10])
            found.append(f"{provider.account.title} {work.table.nouns}: after all writes, these still differ: {keys}.")
    return found


def _differing(provider: ProviderRun, sleep: Callable[[float], None]) -> Sequence[Work]:
    """Return the works that still differ. A provider may show what was before for a while, so it is read again."""
    works = provider.verify()
    for seconds in _PAUSES:
        if not works:
            break
        sleep(seconds)
        works = provider.verify()
    return works


def counts(run: OfficeRun) -> dict[str, int]:
    """Return `{create, update, delete, unchanged}` over all lists."""
    total = {"create": 0, "update": 0, "delete": 0, "unchanged": 0}
    for provider in run.providers:
        for work in provider.works:
            for name, count in work.plan.counts().items():
                total[name] += count
    return total


def _diff(change: Change) -> dict[str, str]:
    before, after = ("" if values is None else block(values) for values in (change.before, change.after))
    return {"before": before, "after": after, "before_header": change.title, "after_header": change.title}
