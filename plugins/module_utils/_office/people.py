# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding everywhere that somebody is still reached, and putting somebody else there. Private to the collection.

A person is found by value: wherever an option of an office's lists holds one of their e-mail addresses or phone
numbers, however deep, there they are reached. So a new list needs no code here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from .._argspec import ArgSpec
from .._environment import NumberRules
from .._errors import InputError
from .lists import Accounts, Found, OfficeList, canonical, grouped, plain, present, same

Path = tuple[Any, ...]


class Person:
    """How a person is given: `email` and `phones`."""

    SPEC: ClassVar[ArgSpec] = ArgSpec(
        {"email": {"type": "str"}, "phones": {"type": "list", "elements": "raw", "default": []}}
    )


@dataclass(frozen=True)
class Places:
    """Where a person is reached (*places*), what is their *own*, and the *lists* that replace them in the places."""

    places: list[dict[str, Any]]
    own: list[dict[str, Any]]
    lists: dict[str, dict[str, list[dict[str, Any]]]]


def search(
    read: Accounts, person: Mapping[str, Any], successor: Mapping[str, Any] | None, rules: NumberRules
) -> Places:
    """Find *person* in everything that was read. Raises `InputError` where *successor* has nothing to put in place.

    An item whose natural key is the person is told as their own. Their call settings are left alone; where calls
    arrive at it, as at a direct number, these are a place like any other.
    """
    wanted = _ways(person, "person", rules, goal=False)
    if not wanted:
        raise InputError("Nothing is known of the person.", next_step="Give an e-mail address, phone numbers, or both.")
    instead = None if successor is None else _ways(successor, "successor", rules, goal=True)
    rules.problems.raise_if_any()
    replacement = {} if instead is None else {kind: value for value, kind in reversed(instead.items())}
    places, own, items, lacking = [], [], [], set()
    everything = list(present(read, rules.region))
    for found in everything:
        table, item = found.table, plain(found.item)
        reach = table.reaches[0] if table.reaches else ""
        if any(canonical(item.get(name), rules.region) in wanted for name in table.keys if name != reach):
            own.append({"list": table.path, "key": found.key})
            if not table.fallback:
                continue
        changes: dict[str, Any] = {}
        for path, value in _leaves(item, wanted, rules.region):
            if (path[0] in table.keys and path[0] != reach) or path[0] in table.reported:
                continue
            kind = wanted[canonical(value, rules.region)]
            places.append({"list": table.path, "key": found.key, "option": _spelt(path), "value": value})
            if instead is not None and kind not in replacement:
                lacking.add(kind)
            changes[path[0]] = _replaced(changes.get(path[0], item[path[0]]), path[1:], replacement.get(kind))
        if reach in changes and table.reaches:
            items.append((table, _renumbered(table, item, changes[reach], everything, rules.region)))
        elif changes:
            changes = {name: _once(value) for name, value in changes.items()}
            beside = {name: item[name] for name in table.routing if changes.keys() & {*table.routing} and name in item}
            items.append((table, {**table.key_options(item), **beside, **changes, **table.insist}))
    if lacking:
        raise InputError(
            f"The person is reached by {' and by '.join(sorted(lacking))}, for which the successor has nothing.",
            next_step="Give the successor's e-mail address and a phone number.",
        )
    return Places(places, own, {} if instead is None else grouped(items))


def _renumbered(
    table: OfficeList, item: dict[str, Any], number: Any, everything: Sequence[Found], region: str | None
) -> dict[str, Any]:
    """Return the item with another number at its key; without it where another item has that number already."""
    reach, former = table.reaches or ("", "")
    owner = table.keys[0]
    others = [found.item for found in everything if found.table is table and found.item.get(owner) == item.get(owner)]
    if any(same(other.get(reach), number, region) for other in others):
        return {**table.key_options(item), "state": "absent"}
    return {**table.key_options(item), reach: number, former: item[reach]}


def _once(value: Any) -> Any:
    """Return a list of lists such as a ring order without what now stands in it twice, and without what is left empty.

    Other values are returned as they are.
    """
    if not isinstance(value, list) or not all(isinstance(step, Mapping) for step in value):
        return value
    seen: list[Any] = []
    steps = []
    for step in value:
        left = {name: _unseen(member, seen) if isinstance(member, list) else member for name, member in step.items()}
        lists = [member for member in left.values() if isinstance(member, list)]
        if any(lists) or not lists:
            steps.append({name: member for name, member in left.items() if member != []})
    return steps


def _unseen(values: Sequence[Any], seen: list[Any]) -> list[Any]:
    """Return the *values* that are not in *seen* yet, and add them to it."""
    found = [value for place, value in enumerate(values) if value not in seen and value not in values[:place]]
    seen += found
    return found


def _ways(person: Mapping[str, Any], name: str, rules: NumberRules, *, goal: bool) -> dict[str, str]:
    """Return in canonical form what a person is reached by, and which kind each is."""
    ways = {canonical(person["email"], None): "e-mail address"} if person.get("email") else {}
    read = rules.destination if goal else rules.number
    for position, phone in enumerate(person.get("phones") or []):
        number = read(f"{name}.phones[{position}]", phone)
        if number:
            ways[number] = "phone number"
    return ways


def _leaves(value: Any, wanted: Mapping[str, str], region: str | None, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _leaves(member, wanted, region, (*path, name))
    elif isinstance(value, list):
        for position, member in enumerate(value):
            yield from _leaves(member, wanted, region, (*path, position))
    elif isinstance(value, str) and canonical(value, region) in wanted:
        yield path, value


def _replaced(value: Any, path: Path, by: Any) -> Any:
    """Return *value* with another value at *path*; nothing else is changed."""
    if not path:
        return by
    if isinstance(value, Mapping):
        return {**value, path[0]: _replaced(value[path[0]], path[1:], by)}
    return [_replaced(part, path[1:], by) if place == path[0] else part for place, part in enumerate(value)]


def _spelt(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
