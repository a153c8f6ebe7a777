# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Carrying out a plan: write, verify, and keep account of what is true afterwards. Private to the collection."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from .._errors import Doubt, Interrupted, NotApplied, Rejected, TelephonyError, defect
from .._progress import Progress
from .keys import Key
from .order import Write, schedule
from .plan import Action, Current, Node, Plan, Step
from .resource import Record, Resource
from .schema import UNKNOWN


class Status(str, Enum):
    """What became of one step."""

    UNCHANGED = "unchanged"
    PLANNED = "planned"
    APPLIED = "applied"
    PARTLY = "partly"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True)
class Outcome:
    """What became of one step. *values* is the object afterwards as far as known, None when it does not exist."""

    step: Step
    status: Status
    values: Mapping[str, Any] | None
    error: TelephonyError | None = None
    record: Record | None = None

    @property
    def changed(self) -> bool:
        """Whether something was changed, or may have been."""
        return self.status in (Status.PLANNED, Status.APPLIED, Status.PARTLY, Status.UNKNOWN)


def preview(plan: Plan) -> list[Outcome]:
    """Return what applying *plan* would do, for check mode; what the user says to be right already counts as that."""
    quiet = (Action.NONE, Action.CONFIRM)
    return [_outcome(step, Status.UNCHANGED if step.action in quiet else Status.PLANNED) for step in plan.steps]


def apply(plan: Plan, resource: Resource) -> list[Outcome]:
    """Carry out *plan* and return one outcome a step, in the plan's order."""
    return apply_together([(plan, resource)])[0]


def apply_together(works: Sequence[tuple[Plan, Resource]], progress: Progress | None = None) -> list[list[Outcome]]:
    """Carry out several plans whose objects may refer to one another; return the outcomes of each in its order.

    The order is that of `schedule`; within each stage, as many writes at a time as the resource allows. A failure that
    concerns one object leaves alone what does not need it; one that would repeat itself stops what has not begun.
    """
    run = _Run(works, progress or Progress())
    for stage in schedule([plan for plan, _resource in works]):
        for work, (_plan, resource) in enumerate(works):
            lanes = _lanes([write for write in stage if write.work == work], resource)
            if lanes:
                with ThreadPoolExecutor(max_workers=min(resource.workers, len(lanes))) as pool:
                    list(pool.map(run.carry_out_in_turn, lanes))
    return [[run.outcome(work, step) for step in plan.steps] for work, (plan, _resource) in enumerate(works)]


def _lanes(writes: Sequence[Write], resource: Resource) -> list[list[Write]]:
    """Return writes in lists: those of one list wait for each other."""
    lanes: dict[str, list[tuple[int, Write]]] = {}
    for number, write in enumerate(writes):
        name, turn = resource.lane(write.step)
        lanes.setdefault(name or f"{number}", []).append((turn, write))
    return [[write for _turn, write in sorted(lane, key=lambda item: item[0])] for lane in lanes.values()]


class _Run:
    """What was done so far."""

    def __init__(self, works: Sequence[tuple[Plan, Resource]], progress: Progress) -> None:
        self._works = works
        self._progress = progress
        self._stop = threading.Event()
        self._done: dict[Node, Outcome] = {}

    def outcome(self, work: int, step: Step) -> Outcome:
        return self._done.get(self._node(work, step)) or _outcome(step, Status.UNCHANGED)

    def carry_out_in_turn(self, writes: Sequence[Write]) -> None:
        """Carry out writes one after the other."""
        for write in writes:
            self.carry_out(write)

    def carry_out(self, write: Write) -> None:
        """Carry out one write and note the outcome."""
        resource = self._works[write.work][1]
        node = self._node(write.work, write.origin)
        before = self._done.get(node) if write.completes else None
        if before is not None and before.status is not Status.APPLIED:
            return
        lacking = [name for plural, name in sorted(write.needs) if not self._is_there((plural, name))]
        if self._stop.is_set() or lacking:
            outcome = _outcome(write.origin, Status.NOT_TRIED)
            disturbed = resource.disturbed(write.origin)
            if disturbed:
                error = NotApplied(disturbed, next_step="Run again to complete it.")
                outcome = Outcome(write.origin, Status.UNKNOWN, write.origin.before, error)
        else:
            try:
                outcome = _carry_out(resource, _continued(resource.settle(write.step), before))
            except Exception as failure:  # whatever it was, the account of the other steps must not be lost
                outcome = Outcome(write.step, Status.UNKNOWN, write.step.after, defect(failure))
        if before is not None and outcome.status in (Status.NOT_TRIED, Status.FAILED):
            names = ", ".join(write.step.changes)
            missing = NotApplied(
                f"It was created, but {names} could not be set yet{_why(lacking)}.",
                next_step="Run again to complete it.",
            )
            outcome = Outcome(write.origin, Status.PARTLY, before.values, outcome.error or missing, before.record)
        if outcome.error is not None and outcome.error.systemic:
            self._stop.set()
        if write.origin.action is Action.CREATE and outcome.status is Status.APPLIED and outcome.record is not None:
            resource.on_created(outcome.step, outcome.record)
        self._done[node] = replace(outcome, step=write.origin)
        if not write.completes:
            self._progress.advance()

    def _is_there(self, node: Node) -> bool:
        done = self._done.get(node)
        return done is not None and done.status is Status.APPLIED

    def _node(self, work: int, step: Step) -> Node:
        return self._works[work][0].table.plural, step.key


def _why(lacking: Sequence[Key]) -> str:
    return f", because {', '.join(map(str, lacking))} could not be created" if lacking else ""


def _continued(step: Step, before: Outcome | None) -> Step:
    """Return the update that gives an object what its creation left out."""
    if before is None or before.values is None or before.record is None:
        return step
    current = Current(step.key, before.values, before.record)
    after = {**before.values, **(step.after or {})}
    return replace(step, action=Action.UPDATE, before=before.values, after=after, current=current)


def _outcome(step: Step, status: Status) -> Outcome:
    return Outcome(step, status, step.before if status is Status.NOT_TRIED else step.after)


def _carry_out(resource: Resource, step: Step, again: bool = True) -> Outcome:
    """Do what *step* says. *again*: it has not been sent before, so that the resource may allow to send it twice."""
    if step.action is Action.REPLACE:
        return _replace(resource, step)
    try:
        record = _write(resource, step)
    except Interrupted as error:
        return Outcome(step, Status.UNKNOWN, resource.table.read(error.record), error)
    except TelephonyError as error:
        if step.action is Action.CREATE and _has_landed(resource, error):
            if not again:
                return _settle(resource, step, error)
            # It was not there when the list was read: the network may have delivered the request twice.
            return _adopt(resource, step, error)
        if error.doubt:
            return _clear_up(resource, step, error, again)
        return _failed(resource, step, error)
    if step.action is Action.DELETE:
        return Outcome(step, Status.APPLIED, None)
    if step.action is Action.CREATE and not again:
        return _settle(resource, step, None)
    outcome = _verify(resource, step, record)
    if record is not None and outcome.status is Status.APPLIED and not resource.table.touched(record):
        return Outcome(step, Status.UNCHANGED, outcome.values)
    return outcome


def _write(resource: Resource, step: Step) -> Record | None:
    if step.action is Action.DELETE:
        resource.delete(step)
        return None
    return resource.create(step) if step.action is Action.CREATE else resource.update(step)


def _replace(resource: Resource, step: Step) -> Outcome:
    """Delete the object and create another one; a failure between the two leaves nothing, and is reported so."""
    gone = _carry_out(resource, replace(step, action=Action.DELETE, after=None, changes=()))
    if gone.status is not Status.APPLIED:
        return replace(gone, step=step)
    made = _carry_out(resource, replace(step, action=Action.CREATE, before=None, current=None))
    status = Status.UNKNOWN if made.status is Status.FAILED else made.status
    return replace(made, step=step, status=status)


def _clear_up(resource: Resource, step: Step, error: TelephonyError, again: bool) -> Outcome:
    """Find out by reading whether a write that had no usable answer was carried out.

    It is repeated only if it was not, and if the resource says that it may be.
    """
    if not resource.table.readable:
        return Outcome(step, Status.UNKNOWN, step.after, error)
    record = None
    try:
        for number, wait in enumerate(resource.looks):
            # A resource that does not wait is not made to: its HTTP client has waited between its own attempts.
            resource.pause(max(wait, error.retry_after or 0.0) if wait and number == 0 else wait)
            record = resource.look_up(step) if again or step.action is not Action.CREATE else resource.keep_one(step)
            if _as_planned(resource, step, record):
                return _applied(resource, step, record)
            if record is not None and step.action in resource.repeats and step.action is Action.CREATE:
                return _complete(resource, step, record)
    except TelephonyError:
        return Outcome(step, Status.UNKNOWN, step.after, error)
    if again and _may_repeat(resource, step, record):
        outcome = _carry_out(resource, step, again=False)
        late = outcome.status is Status.FAILED and error.doubt is Doubt.PENDING
        return replace(outcome, status=Status.UNKNOWN) if late else outcome
    if error.doubt is Doubt.PENDING:
        return Outcome(step, Status.UNKNOWN, step.after, error)
    return _failed(resource, step, error, record)


def _has_landed(resource: Resource, error: TelephonyError) -> bool:
    """Return whether the refusal of a creation shows that the same one was carried out before."""
    return isinstance(error, Rejected) and error.code in resource.landed


def _adopt(resource: Resource, step: Step, error: TelephonyError) -> Outcome:
    """Look for what a creation was refused for; it is this creation's if it is as it was to be made."""
    try:
        for wait in resource.looks:
            resource.pause(wait)
            record = resource.look_up(step)
            if _as_planned(resource, step, record):
                return _applied(resource, step, record)
    except TelephonyError:
        return Outcome(step, Status.UNKNOWN, step.after, error)
    return _failed(resource, step, error)


def _may_repeat(resource: Resource, step: Step, record: Record | None) -> bool:
    if step.action is Action.CREATE:
        return step.action in resource.repeats and record is None
    if step.action is Action.DELETE:
        return step.action in resource.repeats
    return Action.UPDATE in resource.repeats and record is not None


def _settle(resource: Resource, step: Step, error: TelephonyError | None) -> Outcome:
    """After a creation was sent twice, make sure that one object came of it. *error*: why the second was refused."""
    record = None
    try:
        for wait in resource.looks:  # the other one may show late
            resource.pause(wait)
            record = resource.keep_one(step) or record
    except TelephonyError as failure:
        return Outcome(step, Status.UNKNOWN, step.after, failure)
    if record is None:
        return _failed(resource, step, error) if error is not None else _not_as_planned(resource, step, None)
    return _complete(resource, step, record)


def _complete(resource: Resource, step: Step, record: Record) -> Outcome:
    """Adopt an object that an unclear creation has left, and change in it what is not as desired."""
    values = resource.table.read(record)
    differing = resource.table.differences({name: (step.after or {})[name] for name in step.changes}, values)
    if not differing:
        return _applied(resource, step, record)
    current = Current(step.key, values, record)
    outcome = _carry_out(resource, replace(step, action=Action.UPDATE, changes=differing, current=current))
    # Whatever became of the update, an object was created.
    status = Status.UNKNOWN if outcome.status is Status.FAILED else outcome.status
    return replace(outcome, step=step, status=status)


def _verify(resource: Resource, step: Step, record: Record | None) -> Outcome:
    """Compare what the provider shows with what was planned; an answer that differs is checked by reading again."""
    if resource.table.readable and not _as_planned(resource, step, record):
        try:
            for wait in resource.looks:
                resource.pause(wait)
                record = resource.look_up(step)
                if _as_planned(resource, step, record):
                    break
        except TelephonyError as error:
            return Outcome(step, Status.UNKNOWN, step.after, error)
        if not _as_planned(resource, step, record):
            return _not_as_planned(resource, step, record)
    return _applied(resource, step, record)


def _applied(resource: Resource, step: Step, record: Record | None) -> Outcome:
    if record is None:
        return Outcome(step, Status.APPLIED, None)
    # What the provider does not show is what was written.
    written = step.after or {}
    values = {
        name: written.get(name, value) if value is UNKNOWN else value
        for name, value in resource.table.read(record).items()
    }
    return Outcome(step, Status.APPLIED, values, record=record)


def _as_planned(resource: Resource, step: Step, record: Record | None) -> bool:
    if step.action is Action.DELETE or record is None:
        return step.action is Action.DELETE and record is None
    desired = {name: (step.after or {})[name] for name in step.changes}
    return not resource.table.differences(desired, resource.table.read(record))


def _not_as_planned(resource: Resource, step: Step, record: Record | None) -> Outcome:
    if record is None:
        text = "The provider accepted the write, but the object does not exist afterwards."
        return Outcome(step, Status.UNKNOWN, None, NotApplied(text, next_step="Check it in the provider's portal."))
    values = resource.table.read(record)
    left = resource.table.differences({name: (step.after or {})[name] for name in step.changes}, values)
    shown = resource.shown(values)
    reported = " and ".join(f"{name} is {'not set' if shown.get(name) is None else shown[name]}" for name in left)
    error = NotApplied(
        f"The provider accepted the write, but afterwards {reported}.",
        next_step="Check it in the provider's portal. Somebody may be changing it at the same time.",
    )
    # Where anything differs from before, something was written, even if not what was asked.
    return Outcome(
        step, Status.UNKNOWN if _differs_from_before(resource, step, values) else Status.FAILED, values, error
    )


def _failed(resource: Resource, step: Step, error: TelephonyError, record: Record | None = None) -> Outcome:
    if record is None:
        return Outcome(step, Status.FAILED, step.before, error)
    values = resource.table.read(record)
    # What takes several requests may have been done in part.
    partly = _differs_from_before(resource, step, values)
    return Outcome(step, Status.PARTLY if partly else Status.FAILED, values, error, record)


def _differs_from_before(resource: Resource, step: Step, values: Mapping[str, Any]) -> bool:
    if step.before is None:
        return True
    before = resource.known(step.before)
    return bool(resource.table.differences({name: values[name] for name in before if name in values}, before))
