# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding everywhere that somebody is still reached, and putting somebody else there. Private to the collection.

A person is found by value: wherever an option of an office's lists holds one of their e-mail addresses or phone
numbers, however deep, there they are reached. So a new list needs no code here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from .._argspec import ArgSpec
from .._environment import NumberRules
from .._errors import InputError
from .lists import Accounts, canonical, grouped, plain, present

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
    for found in present(read, rules.region):
        table, item = found.table, plain(found.item)
        if any(canonical(item.get(name), rules.region) in wanted for name in table.keys):
            own.append({"list": table.path, "key": found.key})
            if not table.fallback:
                continue
        changes: dict[str, Any] = {}
        for path, value in _leaves(item, wanted, rules.region):
            if path[0] in table.keys or path[0] in table.reported:
                continue
            kind = wanted[canonical(value, rules.region)]
            places.append({"list": table.path, "key": found.key, "option": _spelt(path), "value": value})
            if instead is not None and kind not in replacement:
                lacking.add(kind)
            changes[path[0]] = _replaced(changes.get(path[0], item[path[0]]), path[1:], replacement.get(kind))
        if changes:
            beside = {name: item[name] for name in table.routing if changes.keys() & {*table.routing} and name in item}
            items.append((table, {**table.key_options(item), **beside, **changes, **table.insist}))
    if lacking:
        raise InputError(
            f"The person is reached by {' and by '.join(sorted(lacking))}, for which the successor has nothing.",
            next_step="Give the successor's e-mail address and a phone number.",
        )
    return Places(places, own, {} if instead is None else grouped(items))


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
