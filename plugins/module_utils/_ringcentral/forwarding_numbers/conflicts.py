# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What forwarding numbers take from one another: labels, types, flip numbers, devices.

Facts: docs/providers/ringcentral.md 6.4.

A replacement deletes before it creates. It must not begin before what it needs is free, for else its number is lost.
Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from ..._engine.keys import Key
from ..._engine.plan import Action, Current, Node, Plan, Step, place
from .schema import FIXED_TYPES, MOST, MOST_OTHER, TABLE

# The order in which steps are carried out.
_TURNS = {Action.DELETE: 0, Action.REPLACE: 1, Action.UPDATE: 2, Action.CREATE: 3}

# A field whose value only one record of an extension has, and the value.
_Claim = tuple[str, Any]
_FIELDS = ("label", "type", "flip_number", "device", "phone_number")


@dataclass(frozen=True)
class _Entry:
    """A record: its type and what it holds *now*, what *then*, after the plan; *takes* is what of that is new to it."""

    key: Key
    step: Step | None
    kind: str | None
    now: frozenset[_Claim]
    then: frozenset[_Claim]
    takes: tuple[_Claim, ...]

    @property
    def turn(self) -> int:
        return _TURNS[self.step.action] if self.step is not None else 0

    @property
    def named(self) -> str:
        position = self.step.position if self.step is not None else None
        return str(self.key) if position is None else place(TABLE, position, self.key)


def arranged(plan: Plan, current: Sequence[Current]) -> Plan:
    """Return *plan* with what its replacements and updates wait for."""
    waits: dict[int, list[Node]] = {}
    for entries in _extensions(plan, current).values():
        for entry in entries:
            if entry.step is None or entry.step.action not in (Action.REPLACE, Action.UPDATE):
                continue
            for claim in entry.takes:
                for other in _vacating(claim, entry, entries):
                    if other.step is not None and other.turn <= entry.turn:
                        waits.setdefault(id(entry.step), []).append(_node(other.step))
    steps = [replace(step, waits_for=tuple(waits.get(id(step), ()))) for step in plan.steps]
    return replace(plan, steps=tuple(steps))


def conflicts(plan: Plan, current: Sequence[Current]) -> list[tuple[Step, str]]:
    """Return the steps of an arranged *plan* that RingCentral will refuse because of others of the extension."""
    found: list[tuple[Step, str]] = []
    for entries in _extensions(plan, current).values():
        found += _too_many(entries)
        for index, entry in enumerate(entries):
            if entry.step is not None:
                found += [(entry.step, reason) for reason in _clashes(index, entries)]
        found += _circle([entry.step for entry in entries if entry.step is not None])
    return found


def crowded(plan: Plan, current: Sequence[Current]) -> set[str]:
    """Return the extensions with so many desk phones beside other numbers that RingCentral may refuse new records.

    It is not known which desk phones count towards the limit (ringcentral.md 11).
    """
    return {
        label
        for label, entries in _extensions(plan, current).items()
        if sum(_action(entry) is not Action.DELETE for entry in entries) > MOST
    }


def _extensions(plan: Plan, current: Sequence[Current]) -> dict[str, list[_Entry]]:
    """Return the records of each extension, those of the user's list first and in its order."""
    found: dict[str, list[_Entry]] = {}
    for step in plan.steps:
        values = step.after or step.before
        if values is not None:
            found.setdefault(str(values["extension"]), []).append(_entry(step.key, step, step.current))
    planned = {id(step.current) for step in plan.steps if step.current is not None}
    for item in current:
        if id(item) not in planned and str(item.values["extension"]) in found:
            found[str(item.values["extension"])].append(_entry(item.key, None, item))
    return found


def _entry(key: Key, step: Step | None, current: Current | None) -> _Entry:
    now = _held(current.values, current.record.get("label")) if current is not None else frozenset()
    kind = current.values["type"] if current is not None else None
    if step is None or step.action is Action.NONE:
        return _Entry(key, step, kind, now, now, ())
    if step.after is None:
        return _Entry(key, step, kind, now, frozenset(), ())
    kept = current.record.get("label") if current is not None and step.action is Action.UPDATE else None
    then = _held(step.after, step.after.get("label") or kept)
    new = step.action is not Action.UPDATE
    takes = [
        (name, step.after[name])
        for name in _FIELDS
        if (new or name in step.changes) and (name, step.after.get(name)) in then
        # A number that is listed twice already is no obstacle to what else changes.
        if name != "phone_number" or (name, step.after[name]) not in now
    ]
    return _Entry(key, step, kind, now, then, tuple(takes))


def _held(values: Mapping[str, Any], label: Any) -> frozenset[_Claim]:
    kind = values.get("type")
    held = {(name, values[name]) for name in ("flip_number", "device", "phone_number") if values.get(name) is not None}
    if kind in FIXED_TYPES:
        held.add(("type", kind))
        label = kind
    if label:
        held.add(("label", label))
    return frozenset(held)


def _vacating(claim: _Claim, entry: _Entry, entries: Iterable[_Entry]) -> list[_Entry]:
    return [other for other in entries if other is not entry and claim in other.now and claim not in other.then]


def _clashes(index: int, entries: Sequence[_Entry]) -> Iterable[str]:
    entry = entries[index]
    for claim in entry.takes:
        for number, other in enumerate(entries):
            if other is entry:
                continue
            if claim in other.then and claim in other.now:
                yield _used(claim, other)
                break
            if claim in other.then and number < index:
                yield _desired(claim, other)
                break
            if claim in other.now and claim not in other.then and _comes_too_late(claim, other, entry):
                yield f"{_used(claim, other)}{'' if claim[0] == 'flip_number' else ', in a task of its own'}"
                break


def _comes_too_late(claim: _Claim, other: _Entry, entry: _Entry) -> bool:
    """Return whether *other* gives *claim* up after *entry* needs it; a flip number is never passed on by updates."""
    return other.turn > entry.turn or (claim[0] == "flip_number" and _action(other) is Action.UPDATE)


def _used(claim: _Claim, other: _Entry) -> str:
    name, value = claim
    if name == "type":
        if other.named != str(other.key):
            return _desired(claim, other)
        number = next((value for field, value in other.now if field == "phone_number"), str(other.key))
        return (
            f"the extension has a {value} number already, {number} (FPN-119); an item for it with state: absent makes "
            "room"
        )
    if name == "label":
        return f"label {value!r} is used by {other.named} (FPN-102); give that one another label first"
    if name == "flip_number":
        return f"flip_number {value} is used by {other.named} (FPN-106); free it first, in a task of its own"
    if name == "device":
        return f"the device is already listed (FPN-118), as {other.named}"
    return f"{value} is already listed, as {other.named}; change that one first"


def _desired(claim: _Claim, other: _Entry) -> str:
    name, value = claim
    if name == "type":
        return f"{other.named} is of type {value} as well, and there can be only one (FPN-119)"
    if name == "label":
        return f"label {value!r} is listed for another number of the extension as well, {other.named} (FPN-102)"
    if name == "flip_number":
        return f"flip_number {value} is listed for another number of the extension as well, {other.named} (FPN-106)"
    code = " (FPN-118)" if name == "device" else ""
    return f"means the same {name} as {other.named}{code}; list it once"


def _too_many(entries: Sequence[_Entry]) -> Iterable[tuple[Step, str]]:
    others = [entry for entry in entries if entry.kind == "Other" and _action(entry) is not Action.DELETE]
    meanwhile = len(others)
    finally_ = sum(_action(entry) is not Action.REPLACE for entry in others)
    for entry in entries:
        step = entry.step
        if step is None or step.action not in (Action.CREATE, Action.REPLACE) or (step.after or {})["type"] != "Other":
            continue
        finally_ += 1
        meanwhile += step.action is Action.REPLACE and entry.kind != "Other"
        if finally_ > MOST_OTHER:
            yield step, f"the extension would have more than {MOST_OTHER} numbers of type Other (FPN-104)"
        elif step.action is Action.REPLACE and meanwhile > MOST_OTHER:
            reason = f"for a moment, the extension would have more than {MOST_OTHER} numbers of type Other (FPN-104)"
            yield step, f"{reason}; replace the others first, in a task of their own"


def _circle(steps: Sequence[Step]) -> Iterable[tuple[Step, str]]:
    """Name one of the steps that wait for each other, if there are any."""
    nodes = {_node(step): step for step in steps}
    graph = {
        node: {other for other in step.waits_for if nodes[other].action is step.action} for node, step in nodes.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        first = nodes[error.args[1][0]]
        named = ", ".join(dict.fromkeys(str(key) for _plural, key in error.args[1]))
        yield first, f"each of these takes what another one still has: {named}; change one first, in a task of its own"


def _node(step: Step) -> Node:
    return TABLE.plural, step.key


def _action(entry: _Entry) -> Action:
    return entry.step.action if entry.step is not None else Action.NONE
