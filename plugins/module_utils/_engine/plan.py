# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Planning: what is desired and what is there make a plan, without any I/O. Private to the collection.

Check mode, diff, the run itself and the result all come from the one plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from .._errors import Problems
from .._numbers.dialled import Dialled
from .keys import Key
from .listing import gap_of, unknown_whether
from .schema import UNKNOWN, Table


class Action(str, Enum):
    """What a plan does with one object."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    CONFIRM = "confirm"  # said to be right already, but that cannot be read: it is written to make sure
    REPLACE = "replace"  # delete it and create another one in its place
    NONE = "none"


# An object in a plan: the plural of its table, and its key.
Node = tuple[str, Key]


@dataclass(frozen=True)
class Need:
    """That the *field* of an object refers to another one, *node*, which may only be created in the same run.

    *firm*: the object cannot be created without it. Otherwise the field may be set by a second write.
    """

    field: str
    node: Node
    firm: bool = False


@dataclass(frozen=True)
class Desired:
    """One object as the user wants it; *values* holds only what the user set. *position* is its place in the list.

    *manner* is what the user says about the way there, which is no property of the object. *assumed* is what the
    user believes to be there; it counts only where nothing is known. *force*: write also what cannot be compared, and
    delete also what is still used.
    *takes_over*: the key of the object that is to become this one. *replace*: it may be deleted and created anew where
    that is the only way. *unread*: the user's key could not be read, which is among the problems already.
    """

    key: Key
    values: Mapping[str, Any]
    position: int | None = None
    absent: bool = False
    manner: Mapping[str, Any] = field(default_factory=dict)
    assumed: Mapping[str, Any] | None = None
    needs: tuple[Need, ...] = ()
    force: bool = False
    takes_over: Key | None = None
    replace: bool = False
    unread: bool = False


@dataclass(frozen=True)
class Current:
    """One object as it is: its *values* by field, and the provider's own *record*.

    *protected*: the provider manages it itself. *kept*: it is never pruned, but may be deleted by its key.
    """

    key: Key
    values: Mapping[str, Any]
    record: Mapping[str, Any]
    protected: bool = False
    kept: bool = False


@dataclass(frozen=True)
class Step:
    """What happens to one object. *changes* names the fields that differ; *before* and *after* are by field.

    A field in *changes* that *before* lacks is unknown. *before* is None for what does not exist. *waits_for* names the
    steps of the plan that must have succeeded before, because this one takes what they give up.
    """

    key: Key
    action: Action
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    changes: tuple[str, ...] = ()
    position: int | None = None
    current: Current | None = None
    desired: Desired | None = None
    needs: tuple[Need, ...] = ()
    force: bool = False
    waits_for: tuple[Node, ...] = ()

    @property
    def blind(self) -> bool:
        """Whether nothing is known of what is there, so that only the run itself will show what it changes."""
        return self.before is not None and self.current is None


@dataclass(frozen=True)
class Plan:
    """All steps in the order of the user's list, pruned objects last. *current*: everything that was read."""

    table: Table
    steps: tuple[Step, ...] = field(default=())
    current: Sequence[Current] = field(default=(), compare=False)

    @property
    def changes(self) -> list[Step]:
        return [step for step in self.steps if step.action is not Action.NONE]

    def counts(self) -> dict[str, int]:
        """Return `{create, update, delete, unchanged}`."""
        found = {"create": 0, "update": 0, "delete": 0, "unchanged": 0}
        for step in self.steps:
            for name in ("create", "delete") if step.action is Action.REPLACE else (step.action.value,):
                found[name if name in found else "unchanged"] += 1
        return found


def place(table: Table, position: int | None, key: object = None) -> str:
    """Return how an item of the user's list is called in messages: `forwardings[3] (+46...)`."""
    named = table.singular if position is None else f"{table.plural}[{position}]"
    shown = "" if key is None else str(key)
    return f"{named} ({shown})" if shown else named


def refuse_duplicates(table: Table, desired: Sequence[Desired], problems: Problems) -> None:
    """Add a problem for each key that the list names twice, with both positions."""
    first: dict[Key, Desired] = {}
    for item in desired:
        other = item if item.unread else first.setdefault(item.key.folded(), item)
        if other is not item:
            # One part of a key alone may well come twice.
            name = table.key if len(item.key) == 1 else table.singular.replace("_", " ")
            problems.add(
                place(table, item.position, item.key),
                f"the same {name} is already at {table.plural}[{other.position}]; list it once",
            )


def make_plan(
    table: Table,
    desired: Sequence[Desired],
    current: Sequence[Current],
    problems: Problems,
    *,
    prune: bool = False,
    max_deletions: int | None = None,
) -> Plan:
    """Compare *desired* with *current* and return the plan; what cannot be done is added to *problems*.

    *prune* deletes what the list does not name, except what is protected; more than *max_deletions* deletions in
    all are refused. Where *current* is an incomplete `Listing`, only what is in it can be changed: whatever rests on
    something being absent, now or afterwards, is a problem.
    """
    present = {item.key: item for item in current}
    gap = gap_of(current)
    refuse_duplicates(table, desired, problems)
    steps = [_step(table, item, present.get(item.takes_over or item.key), problems, gap) for item in desired]
    if prune and gap:
        problems.add("prune", f"{gap}, so it is not known what else exists; leave prune out")
    elif prune:
        listed = {item.takes_over or item.key for item in desired}
        steps += [
            _deletion(item) for item in current if item.key not in listed and not item.protected and not item.kept
        ]
    deleted = [step.key for step in steps if step.action in (Action.DELETE, Action.REPLACE)]
    if max_deletions is not None and len(deleted) > max_deletions:
        named = ", ".join(map(str, deleted[:10])) + (f" and {len(deleted) - 10} more" if len(deleted) > 10 else "")
        problems.add(
            "",
            f"{len(deleted)} {table.plural} would be deleted, but max_deletions is {max_deletions}: {named}; "
            "list what must stay, or raise max_deletions",
        )
    return Plan(table, tuple(steps), current)


def newly_dialled(table: Table, step: Step) -> Iterator[tuple[str, Dialled]]:
    """Yield what *step* would write that could be dialled and that its object does not dial already, by field."""
    if step.action is Action.NONE or step.after is None:
        return
    for item in table:
        before, after = (
            [] if value is None or value is UNKNOWN else list(item.dials(value))
            for value in ((step.before or {}).get(item.name), step.after.get(item.name))
        )
        held = {dialled.identity for dialled in before}
        yield from ((item.name, dialled) for dialled in after if dialled.identity not in held)


def _step(table: Table, desired: Desired, present: Current | None, problems: Problems, gap: str) -> Step:
    if gap and (desired.absent or present is None):
        text = unknown_whether(gap) if present is None else f"cannot be made absent: {gap}, so it may exist twice"
        where = place(table, desired.position, desired.key)
        problems.add(where, f"{text}; run again, or use the provider's portal for it")
        return Step(desired.key, Action.NONE, None, None, position=desired.position)
    if desired.absent:
        if present is None:
            return Step(desired.key, Action.NONE, None, None, position=desired.position)
        if table.why_not_delete or present.protected:
            reason = table.why_not_delete or "the provider manages it, so it cannot be deleted"
            problems.add(place(table, desired.position, desired.key), reason)
        return replace(_deletion(present, desired.position), force=desired.force)
    if present is None and not table.readable:
        return _blind_step(table, desired)
    if present is None:
        if table.why_not_create:
            problems.add(place(table, desired.position, desired.key), table.why_not_create)
        missing = [field.name for field in table if field.needed_to_create and desired.values.get(field.name) is None]
        if missing:
            problems.add(
                place(table, desired.position, desired.key), f"does not exist yet and needs {', '.join(missing)}"
            )
        changes = tuple(desired.values)
        return Step(
            desired.key,
            Action.CREATE,
            None,
            dict(desired.values),
            changes,
            desired.position,
            desired=desired,
            needs=desired.needs,
        )
    unknown = {name for name in desired.values if present.values.get(name) is UNKNOWN}
    differ = set(table.differences(desired.values, present.values, unknown_differs=desired.force))
    # What is not shown cannot be right already if it refers to something that does not exist yet.
    differ |= {need.field for need in desired.needs if need.field in unknown}
    changes = tuple(field.name for field in table if field.name in differ)
    if any(field.locked and field.name in changes for field in table):
        if gap:
            problems.add(
                place(table, desired.position, desired.key),
                f"would be deleted and created again, but {gap}, so it may exist twice",
            )
        return _replacement(table, desired, present, changes, problems)
    after = {**present.values, **{name: desired.values[name] for name in {*changes, *unknown}}}
    action = Action.UPDATE if changes else Action.NONE
    needs = tuple(need for need in desired.needs if need.field in changes)
    known = (desired.position, present, desired, needs, desired.force)
    return Step(desired.key, action, present.values, after, changes, *known)


def _blind_step(table: Table, desired: Desired) -> Step:
    """Plan for an object of which nothing is known: all that is desired is written, whatever is there."""
    settable = table.settable(desired.values)
    as_assumed = desired.assumed is not None and not table.differences(desired.values, desired.assumed)
    action = Action.CONFIRM if as_assumed else Action.UPDATE if settable else Action.NONE
    before = {table.key: desired.values.get(table.key)}
    return Step(desired.key, action, before, dict(desired.values), settable, desired.position, desired=desired)


def _replacement(
    table: Table, desired: Desired, present: Current, changes: tuple[str, ...], problems: Problems
) -> Step:
    if not desired.replace or present.protected:
        shown = table.shown(present.values)
        locked = [f"{item.name} is {shown.get(item.name)!r}" for item in table if item.locked and item.name in changes]
        advice = (
            "and the provider manages it"
            if present.protected
            else f"replace: true deletes it and creates it again; {table.replacing}"
        )
        problems.add(
            place(table, desired.position, desired.key), f"{', '.join(locked)}, which cannot be changed; {advice}"
        )
    after = {**dict.fromkeys(present.values), **desired.values}
    names = tuple(desired.values)
    return Step(desired.key, Action.REPLACE, present.values, after, names, desired.position, present)


def _deletion(present: Current, position: int | None = None) -> Step:
    return Step(present.key, Action.DELETE, present.values, None, position=position, current=present)
