# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding everywhere that somebody is still reached, and putting somebody else there. Private to the collection.

A person is found by value: wherever an option of an office's lists holds one of their e-mail addresses or phone
numbers, however deep, there they are reached. Extensions are found in the options that name people. So a new list needs
no code here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any, ClassVar

from .._engine import naming, yaml_text
from .._engine.account import OfficeList
from .._engine.argspec import ArgSpec
from .._errors import InputError
from .._numbers.rules import NumberRules
from .lists import LISTS, Accounts, Found, canonical, gaps, grouped, key_options, plain, present
from .providers import PROVIDERS

Path = tuple[Any, ...]

EMAIL, PHONE, EXTENSION, DESK_PHONE = "e-mail address", "phone number", "extension", "desk phone"
# What of the successor stands in for each kind.
_GIVES = {EMAIL: "e-mail address", PHONE: "phone number", EXTENSION: "extension", DESK_PHONE: "phone number"}
_LONGEST_LABEL = 60
_LIKE_A_PHONE_NUMBER = 10**6


class Person:
    """How a person is given: `email`, `phones` and `extension`."""

    SPEC: ClassVar[ArgSpec] = ArgSpec(
        {
            "email": {"type": "str"},
            "phones": {"type": "list", "elements": "raw", "default": []},
            "extension": {"type": "str"},
        }
    )


@dataclass(frozen=True)
class Places:
    """Where a person is reached (*places*), what is their *own*, and the *lists* that replace them in the places.

    *unsearched*: a sentence for each thing that was not looked for.
    """

    places: list[dict[str, Any]]
    own: list[dict[str, Any]]
    lists: dict[str, dict[str, list[dict[str, Any]]]]
    unsearched: list[str]


@dataclass(frozen=True)
class _Hit:
    """One option of an item that holds the person."""

    path: Path
    value: Any
    kind: str


@dataclass(frozen=True)
class _Sought:
    """The person as they are looked for: addresses and numbers by value, extensions in options that name people."""

    ways: Mapping[str, str]
    # By provider, all that their extensions are called there.
    extensions: Mapping[str, frozenset[str]]
    region: str | None

    def kind(self, table: OfficeList, name: str, value: Any) -> str | None:
        """Return what kind of way to the person the *value* of an option is, None when it is none."""
        if value is None or isinstance(value, (bool, float)):
            return None
        if name in table.people and _folded(value) in self.extensions.get(table.provider, ()):
            return EXTENSION
        return self.ways.get(canonical(value, self.region)) if isinstance(value, str) else None

    def owns(self, table: OfficeList, item: Mapping[str, Any]) -> bool:
        """Return whether the item's natural key is the person, or it stands for their desk phone at somebody else."""
        names = [name for name in (*table.keys, *table.lends[1:2]) if name != _reach(table)]
        return any(self.kind(table, name, item.get(name)) for name in names)

    def lent(self, everything: Iterable[Found]) -> set[tuple[Any, ...]]:
        """Return the person's desk phones that others ring: provider, who rings it, and its name."""
        found = set()
        for table, item in ((found.table, found.item) for found in everything if found.table.lends):
            what, whose, _label = table.lends
            if self.kind(table, whose, item.get(whose)):
                found.add((table.provider, _folded(item[table.keys[0]]), naming.folded(item.get(what))))
        return found

    def hits(self, table: OfficeList, item: Mapping[str, Any], lent: set[tuple[Any, ...]]) -> list[_Hit]:
        """Return the options of the item that hold the person, its natural key left out."""
        found = []
        for path, value in _leaves(item):
            if (path[0] in table.keys and path[0] != _reach(table)) or path[0] in table.reported:
                continue
            if table.reaches and path[0] != _reach(table):
                continue
            name = next(part for part in reversed(path) if isinstance(part, str))
            kind = self.kind(table, name, value)
            owner = _folded(item.get(table.keys[0]))
            if name in table.rings[:1] and (table.provider, owner, naming.folded(value)) in lent:
                kind = DESK_PHONE
            if kind:
                found.append(_Hit(path, value, kind))
        return found


def search(
    read: Accounts, person: Mapping[str, Any], successor: Mapping[str, Any] | None, rules: NumberRules
) -> Places:
    """Find *person* in everything that was read. Raises `InputError` where *successor* has nothing to put in place.

    An item whose natural key is the person is reported as their own. Their call settings are left alone; where calls
    arrive at it, as at a direct number, what it holds of them is a place like any other.
    """
    desired = _desired(person, read, rules)
    everything = list(present(read, rules.region))
    _refuse_numbers(everything, rules)
    lent = desired.lent(everything)
    own = []
    hits: list[tuple[Found, list[_Hit]]] = []
    for found in everything:
        table, item = found.table, plain(found.item)
        mine = desired.owns(table, item)
        its = desired.hits(table, item, lent) if not mine or table.fallback or table.reaches else []
        if its:
            hits.append((found, its))
        elif mine:
            own.append({"list": table.path, "key": str(found.key), "noun": table.noun_of(item)})
    places = [_place(found, hit) for found, its in hits for hit in its]
    lists: dict[str, dict[str, list[dict[str, Any]]]] = {}
    if successor is not None:
        instead = _instead(
            successor, {(found.table.provider, hit.kind) for found, its in hits for hit in its}, read, rules
        )
        lists = grouped(list(_replacing(hits, everything, instead, rules.region)))
    return Places(places, own, lists, [*_unsearched(person, desired, read), *gaps(read)])


def _place(found: Found, hit: _Hit) -> dict[str, Any]:
    """Return a place as results hold it; `where` is what people call the option: `key 2` in a menu."""
    option = _spelt(hit.path)
    holder = reduce(getitem, hit.path[:2], found.item) if len(hit.path) > 1 else None
    key = holder.get("key") if isinstance(holder, Mapping) else None
    place = {"list": found.table.path, "key": str(found.key), "option": option, "value": hit.value}
    return {**place, "noun": found.table.noun_of(found.item), "where": option if key is None else f"key {key}"}


def _refuse_numbers(everything: Sequence[Found], rules: NumberRules) -> None:
    """Refuse what YAML has made a number of, where somebody could be named: it would be overlooked."""
    for found in everything:
        names = {*found.table.keys, *found.table.people, *found.table.rings}
        for path, value in _leaves(found.item):
            name = next(part for part in reversed(path) if isinstance(part, str))
            like_a_phone = isinstance(value, (int, float)) and value >= _LIKE_A_PHONE_NUMBER
            # Ids in objects of a provider's own form are numbers.
            if (name in names or like_a_phone) and not {"raw", "id"} & {*path}:
                for _name, text in yaml_text.problems({name: {"type": "raw"}}, {name: value}):
                    rules.problems.add(f"{found.table.path}: {found.key}: {_spelt(path)}", text)
    rules.problems.raise_if_any()


def _desired(person: Mapping[str, Any], read: Accounts, rules: NumberRules) -> _Sought:
    ways = {canonical(person["email"], None): EMAIL} if person.get("email") else {}
    for position, phone in enumerate(person.get("phones") or []):
        number = rules.number(f"person.phones[{position}]", phone)
        if number:
            ways[number] = PHONE
    rules.problems.raise_if_any()
    if not ways and not person.get("extension"):
        raise InputError(
            "Nothing is known of the person.", next_step="Give an e-mail address, phone numbers or an extension."
        )
    extensions = {}
    for provider in _providers_with_people(read):
        names = [name for entry in _entries(person, read, provider) for name in entry.values() if name]
        names += [person["extension"]] if person.get("extension") else []
        extensions[provider] = frozenset(map(_folded, names))
    return _Sought(ways, extensions, rules.region)


def _providers_with_people(read: Accounts) -> list[str]:
    """Return the providers that were read and have options that name people by extension."""
    return list({table.provider: None for table in LISTS if table.people and read.get(table.provider)})


def _entries(person: Mapping[str, Any], read: Accounts, provider: str) -> list[Mapping[str, Any]]:
    """Return what the account says of the person's extensions: by the extension where it is given, else by e-mail."""
    known = [entry for part in read[provider].values() for entry in part.get("people") or []]
    given = person.get("extension")
    if given:
        return [entry for entry in known if _folded(given) in map(_folded, entry.values())]
    email = _folded(person.get("email") or "")
    return [entry for entry in known if email and _folded(entry.get("email") or "") == email]


def _unsearched(person: Mapping[str, Any], desired: _Sought, read: Accounts) -> list[str]:
    reported = []
    if not person.get("phones"):
        reported.append("Not searched: the person's phones (O(person).phones is not set).")
    with_people = _providers_with_people(read)
    if not person.get("email") and any(provider not in with_people for provider in read):
        reported.append("Not searched: the person's e-mail address (O(person).email is not set).")
    for provider in with_people:
        title = PROVIDERS[provider].title
        if not person.get("email") and not person.get("extension"):
            reported.append(
                f"Not searched: {title} extensions (neither O(person).email nor O(person).extension is set)."
            )
        elif not _entries(person, read, provider) and person.get("extension"):
            reported.append(f"Not found: {title} is not known to have an extension {person['extension']}.")
        elif not desired.extensions[provider]:
            reported.append(
                f"Not searched: {title} extensions, because none has the e-mail address {person['email']}. If the "
                "person has one, set O(person).extension."
            )
    return reported


def _instead(
    successor: Mapping[str, Any], needed: Iterable[tuple[str, str]], read: Accounts, rules: NumberRules
) -> dict[tuple[str, str], Any]:
    """Return by provider and kind what stands in for the person. Only what is *needed* is looked at."""
    found: dict[tuple[str, str], Any] = {}
    for provider, kind in needed:
        if kind == EMAIL and successor.get("email"):
            found[provider, kind] = canonical(successor["email"], None)
        elif kind == EXTENSION:
            found[provider, kind] = _extension_of(successor, read, provider)
        elif kind in (PHONE, DESK_PHONE) and successor.get("phones"):
            found[provider, kind] = successor["phones"][0]
    lacking = sorted({kind for provider, kind in needed if not found.get((provider, kind))})
    if lacking:
        gives = list(dict.fromkeys(_GIVES[kind] for kind in lacking))
        raise InputError(
            f"The person is reached by {' and by '.join(lacking)}, for which the successor has nothing.",
            next_step=f"Give the successor's {' and '.join(gives)}.",
        )
    if any(kind in (PHONE, DESK_PHONE) for _provider, kind in found):
        number = rules.destination("successor.phones[0]", successor["phones"][0])
        rules.problems.raise_if_any()
        found |= dict.fromkeys((key for key in found if key[1] in (PHONE, DESK_PHONE)), number)
    return found


def _extension_of(successor: Mapping[str, Any], read: Accounts, provider: str) -> str | None:
    entries = _entries(successor, read, provider)
    if len(entries) > 1:
        listed = ", ".join(str(entry["extension"]) for entry in entries)
        raise InputError(
            f"{PROVIDERS[provider].title}: {len(entries)} extensions can be meant for the successor: {listed}.",
            next_step="Give the number of one as extension.",
        )
    return str(entries[0]["extension"]) if entries else successor.get("extension")


def _replacing(
    hits: Sequence[tuple[Found, list[_Hit]]],
    everything: Sequence[Found],
    instead: Mapping[tuple[str, str], Any],
    region: str | None,
) -> Iterator[tuple[OfficeList, dict[str, Any]]]:
    """Yield the items that put what stands *instead* in the place of every hit."""
    listed = {
        (found.table.path, found.item.get(found.table.keys[0]), canonical(found.item.get(_reach(found.table)), region))
        for found in everything
        if found.table.reaches
    }

    def is_new(table: OfficeList, item: Mapping[str, Any], number: Any) -> bool:
        place = (table.path, item.get(table.keys[0]), number)
        known = place in listed
        listed.add(place)
        return not known

    for found, its in hits:
        table, item = found.table, plain(found.item)
        if table.reaches:
            reach, former = table.reaches
            number = instead[table.provider, PHONE]
            change = {reach: number, former: item[reach]} if is_new(table, item, number) else {"state": "absent"}
            yield table, {**key_options(table, item), **change}
            continue
        changes: dict[str, Any] = {}
        for hit in its:
            name, *rest = hit.path
            before, by = changes.get(name, item[name]), instead[table.provider, hit.kind]
            if hit.kind != DESK_PHONE:
                changes[name] = _replaced(before, tuple(rest), by)
                continue
            changes[name] = _rung(before, tuple(rest), table.rings[1], by)
            (lender,) = (other for other in LISTS if other.provider == table.provider and other.lends)
            if is_new(lender, item, by):
                # Whatever rings must be listed. The desk phone's own entry stays: without a ring order it does nothing,
                # and the provider may refuse to delete it.
                label = f"Instead of {hit.value}"[:_LONGEST_LABEL]
                owner = lender.keys[0]
                yield lender, {owner: item[owner], _reach(lender): by, lender.lends[2]: label}
        changes = {name: _once(value) for name, value in changes.items()}
        beside = {name: item[name] for name in table.routing if changes.keys() & {*table.routing} and name in item}
        yield table, {**key_options(table, item), **beside, **changes, **table.insist}


def _reach(table: OfficeList) -> str:
    return table.reaches[0] if table.reaches else ""


def _folded(value: Any) -> str:
    return naming.folded(value, ignore_case=True)


def _rung(value: Any, path: Path, name: str, number: Any) -> Any:
    """Return *value* with the *number* rung in the list *name* beside the one that *path* leads into; see `_once`."""
    value = _replaced(value, path, None)
    step = reduce(getitem, path[:-2], value)
    return _replaced(value, path[:-2], {**step, name: [*step.get(name, []), number]})


def _once(value: Any) -> Any:
    """Return a list of lists such as a ring order without what now stands in it twice, and without what is left empty.

    What is None has gone. Other values are returned as they are.
    """
    if not isinstance(value, list) or not all(isinstance(step, Mapping) for step in value):
        return value
    seen: list[Any] = [None]
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


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _leaves(member, (*path, name))
    elif isinstance(value, list):
        for position, member in enumerate(value):
            yield from _leaves(member, (*path, position))
    else:
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
