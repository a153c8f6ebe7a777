# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding everywhere that somebody is still reached, and putting somebody else there. Private to the collection.

Calls lead to a person where the call model says so: by extension, by a team member, by a desk phone. A person is also
found by value: wherever an option of an office's lists holds one of their e-mail addresses or phone numbers, however
deep, also where no call goes. So a new list needs no code here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any, ClassVar

from .._calls.compiling import compiled, extension_key
from .._calls.nodes import Draft, Graph, Kind, targets
from .._engine import naming, yaml_text
from .._engine.argspec import ArgSpec, Lines
from .._engine.package import OfficeList
from .._errors import InputError
from .._numbers.rules import NumberRules
from .._texts import one_line
from .lists import TABLES, Accounts, Found, canonical, gaps, grouped, key_options, plain, present, tables_of
from .providers import PROVIDERS

Path = tuple[Any, ...]

EMAIL, PHONE, EXTENSION, DESK_PHONE = "e-mail address", "phone number", "extension", "desk phone"
# What of the successor stands in for each kind.
_GIVES = {EMAIL: "e-mail address", PHONE: "phone number", EXTENSION: "extension", DESK_PHONE: "phone number"}
_LIKE_A_PHONE_NUMBER = 10**6
# What of a list is not what else was read of the account.
_OF_LIST = ("items", "before", "incomplete", "notified")


class Person:
    """How a person is given: `email`, `phones` and `extension`."""

    SPEC: ClassVar[ArgSpec] = ArgSpec(
        {
            "email": {"type": "str"},
            "phones": {"type": Lines("list"), "elements": "raw", "default": []},
            "extension": {"type": "str"},
        }
    )


@dataclass(frozen=True)
class Places:
    """Where a person is reached (*places*), what is their *own*, and the *lists* that replace them in the places.

    *unsearched*: a sentence for each thing that was not looked for. *notified*: where they are notified of calls and
    messages, which nobody manages here.
    """

    places: list[dict[str, Any]]
    own: list[dict[str, Any]]
    lists: dict[str, dict[str, Any]]
    unsearched: list[str]
    notified: list[dict[str, Any]]


@dataclass(frozen=True)
class _Hit:
    """One option of an item that holds the person."""

    path: Path
    value: Any
    kind: str


class _Calls:
    """Where calls lead in the lists of each provider, by the path of the option that says so."""

    def __init__(self, everything: Sequence[Found], read: Accounts, known: Accounts, region: str | None) -> None:
        self._graphs: dict[str, Graph] = {}
        self._owners: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self._leading: dict[str, dict[str, list[str]]] = {}
        self.unsearched: list[str] = []
        # The position of each item in its list.
        self._positions: dict[int, int] = {}
        for provider in read:
            lists: dict[str, list[dict[str, Any]]] = {}
            for found in everything:
                if found.table.provider == provider:
                    items = lists.setdefault(found.table.name, [])
                    self._positions[id(found)] = len(items)
                    items.append(plain(found.item))
            others = {name: value for name, value in _others_read(known, provider) if name not in lists}
            draft = Draft(provider, region=region, everything=True)
            try:
                graph = compiled(PROVIDERS[provider], {**others, **lists}, draft)
            except Exception as error:  # a defect of the call model must not keep the rest from being found
                why = one_line(f"{type(error).__name__}: {error}")
                text = f"Not searched: {PROVIDERS[provider].title} extensions, team members and desk phones"
                self.unsearched.append(
                    f"{text}, because of {why}. Items that hold an address or a number were searched."
                )
                graph = Graph()
            self._graphs[provider] = graph
            self._owners[provider] = draft.owners
            leading = self._leading[provider] = {}
            for to in (to for node in graph.nodes.values() for to in targets(node)):
                leading.setdefault(to.place.path, []).append(to.key)

    def path(self, found: Found) -> str:
        """Return the path of an item in its provider's lists."""
        return f"{found.table.name}[{self._positions[id(found)]}]"

    def owners(self, found: Found) -> tuple[str, ...]:
        """Return the keys of those whose settings the item is."""
        return self._owners[found.table.provider].get(self.path(found), ())

    def leading(self, found: Found, option: str) -> list[str]:
        """Return the keys of where calls go by an option of an item."""
        return self._leading[found.table.provider].get(f"{self.path(found)}.{option}", [])

    def device_owner(self, found: Found, key: str) -> tuple[str, bool]:
        """Return whose a phone or mailbox is, "" for nobody's, and whether it is a phone."""
        node = self._graphs[found.table.provider].node(key)
        return (node.owner, node.kind is Kind.DEVICE) if node is not None else ("", False)

    def members(self, email: str) -> Iterator[str]:
        """Yield the keys of the people with that e-mail address who have no extension."""
        for graph in self._graphs.values():
            for node in graph.nodes.values():
                if node.kind is Kind.PERSON and node.email and not node.extension and folded(node.email) == email:
                    yield node.key


def _others_read(known: Accounts, provider: str) -> Iterator[tuple[str, Any]]:
    """Yield what else was read of the account, by name."""
    for part in known.get(provider, {}).values():
        yield from ((name, value) for name, value in part.items() if name not in _OF_LIST)


@dataclass(frozen=True)
class _Sought:
    """The person as they are looked for: addresses and numbers by value, and the *keys* of where calls lead to them.

    *extensions*: by provider, all that their extensions are called there.
    """

    ways: Mapping[str, str]
    extensions: Mapping[str, frozenset[str]]
    keys: Mapping[str, str]
    calls: _Calls
    region: str | None

    def _by_value(self, value: Any) -> str | None:
        return self.ways.get(canonical(value, self.region)) if isinstance(value, str) else None

    def _by_calls(self, found: Found, option: str, value: Any) -> str | None:
        for key in self.calls.leading(found, option):
            owner, is_phone = self.calls.device_owner(found, key)
            if key in self.keys:
                return self.keys[key]
            if owner in self.keys and folded(value) in self.extensions.get(found.table.provider, ()):
                return EXTENSION
            if owner in self.keys and is_phone and found.table.rings_instead:
                return DESK_PHONE
        return None

    def owns(self, found: Found) -> bool:
        """Return whether the item is the person's own settings, or stands for their desk phone at somebody else."""
        names = [name for name in found.table.keys if name != _renamed(found.table)]
        of_theirs = any(key in self.keys for key in self.calls.owners(found))
        return of_theirs or any(self._by_value(found.item.get(name)) for name in names)

    def hits(self, found: Found, *, own: bool) -> list[_Hit]:
        """Return the options of the item that hold the person, its natural key left out; not *own* phones."""
        table, hits = found.table, []
        for path, value in leaves_of(plain(found.item)):
            if (path[0] in table.keys and path[0] != _renamed(table)) or path[0] in table.reported:
                continue
            if table.renames and path[0] != _renamed(table):
                continue
            kind = self._by_calls(found, spelt(path), value) or self._by_value(value)
            if kind and not (own and kind == DESK_PHONE):
                hits.append(_Hit(path, value, kind))
        return hits


def search(
    read: Accounts,
    person: Mapping[str, Any],
    successor: Mapping[str, Any] | None,
    rules: NumberRules,
    known: Accounts | None = None,
) -> Places:
    """Find *person* in everything that was read. Raises `InputError` where *successor* has nothing to put in place.

    An item whose natural key is the person is reported as their own. Their call settings are left alone; where calls
    arrive at it, as at a direct number, what it holds of them is a place like any other. *known*: what was read of the
    accounts, where *read* is something else, so that it is known whose the extensions are.
    """
    known = read if known is None else known
    everything = list(present(read, rules.region))
    _refuse_numbers(everything, rules)
    desired = _desired(person, _Calls(everything, read, known, rules.region), known, rules)
    own = []
    hits: list[tuple[Found, list[_Hit]]] = []
    for found in everything:
        table = found.table
        mine = desired.owns(found)
        its = desired.hits(found, own=mine) if not mine or table.away or table.renames else []
        if its:
            hits.append((found, its))
        elif mine:
            own.append({"list": table.path, "key": str(found.key), "noun": table.noun_of(found.item)})
    places = [_place(found, hit) for found, its in hits for hit in its]
    lists: dict[str, dict[str, Any]] = {}
    if successor is not None:
        instead = _instead(
            successor, {(found.table.provider, hit.kind) for found, its in hits for hit in its}, known, rules
        )
        lists = grouped(list(_replacing(hits, everything, instead, rules.region)))
    unsearched = [*_unsearched(person, desired, known), *desired.calls.unsearched, *gaps(read)]
    return Places(places, own, lists, unsearched, list(_notified(person, desired, read, known)))


def _notified(person: Mapping[str, Any], desired: _Sought, read: Accounts, known: Accounts) -> Iterator[dict[str, Any]]:
    """Yield where the person is notified of what happens, also by an address that only the account says is theirs."""
    for table in tables_of(read):
        part = read[table.provider].get(table.name) or {}
        entries = entries_of(person, known, table.provider) if part.get("notified") else []
        emails = {canonical(entry["email"], None) for entry in entries if entry.get("email")}
        items = {str(table.first_of(item)): item for item in part.get("items") or ()}
        for entry in part.get("notified") or ():
            if canonical(entry["value"], desired.region) in {*desired.ways, *emails}:
                noun = table.noun_of(items.get(entry["key"], {}))
                yield {"list": table.path, "key": entry["key"], "noun": noun, **_without_key(entry)}


def _without_key(entry: Mapping[str, str]) -> dict[str, str]:
    return {name: entry[name] for name in ("where", "value")}


def _place(found: Found, hit: _Hit) -> dict[str, Any]:
    """Return a place as results hold it; `where` is what people call the option: `key 2` in a menu."""
    option = spelt(hit.path)
    holder = reduce(getitem, hit.path[:2], found.item) if len(hit.path) > 1 else None
    key = holder.get("key") if isinstance(holder, Mapping) else None
    place = {"list": found.table.path, "key": str(found.key), "option": option, "value": hit.value}
    return {**place, "noun": found.table.noun_of(found.item), "where": option if key is None else f"key {key}"}


def _refuse_numbers(everything: Sequence[Found], rules: NumberRules) -> None:
    """Refuse what YAML has made a number of, where somebody could be named: it would be overlooked."""
    tables = {found.table.path: found.table for found in everything}
    texts = {path: _text_options(table.options.options) for path, table in tables.items()}
    for found in everything:
        names = texts[found.table.path]
        for path, value in leaves_of(found.item):
            name = next(part for part in reversed(path) if isinstance(part, str))
            like_a_phone = isinstance(value, (int, float)) and value >= _LIKE_A_PHONE_NUMBER
            # Ids in objects of a provider's own form are numbers.
            if (name in names or like_a_phone) and not {"raw", "id"} & {*path}:
                for _name, text in yaml_text.problems({name: {"type": "raw"}}, {name: value}):
                    rules.problems.add(f"{found.table.path}: {found.key}: {spelt(path)}", text)
    rules.problems.raise_if_any()


def _text_options(options: Mapping[str, Any]) -> set[str]:
    """Return the names of the options that are text, however deep."""
    kinds = [(name, kind) for name, kind in _kinds(options) if kind in ("str", "raw")]
    # One that looks at the value itself also takes true.
    return {name for name, kind in kinds} - {name for name, kind in kinds if callable(kind)}


def _kinds(options: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, option in options.items():
        yield name, option.get("elements") if option.get("type") == "list" else option.get("type", "str")
        yield from _kinds(option.get("options") or {})


def _desired(person: Mapping[str, Any], calls: _Calls, known: Accounts, rules: NumberRules) -> _Sought:
    ways = {canonical(person["email"], None): EMAIL} if person.get("email") else {}
    for position, phone in enumerate(person.get("phones") or []):
        number = rules.number(f"person.phones[{position}]", phone)
        if number:
            ways[number] = PHONE
    rules.problems.raise_if_any()
    if not ways and not person.get("extension"):
        raise InputError(
            "Nothing is known about the person.", next_step="Give an e-mail address, phone numbers or an extension."
        )
    keys = dict.fromkeys(calls.members(folded(person["email"])), EMAIL) if person.get("email") else {}
    extensions = {}
    for provider in known:
        names = [str(name) for entry in entries_of(person, known, provider) for name in entry.values() if name]
        names += [person["extension"]] if person.get("extension") else []
        extensions[provider] = frozenset(map(folded, names))
        keys |= {extension_key(provider, name): EXTENSION for name in names}
    return _Sought(ways, extensions, keys, calls, rules.region)


def _providers_with_people(known: Accounts) -> list[str]:
    """Return the providers that were read and have extensions."""
    return [provider for provider in known if any(_extensions_of(known, provider))]


def _extensions_of(known: Accounts, provider: str) -> Iterator[Mapping[str, Any]]:
    for name, entries in _others_read(known, provider):
        yield from (entry for entry in entries if name == "people" and "extension" in entry)


def entries_of(person: Mapping[str, Any], read: Accounts, provider: str) -> list[Mapping[str, Any]]:
    """Return what the account says of the person's extensions: by the extension where it is given, else by e-mail."""
    known = list(_extensions_of(read, provider))
    given = person.get("extension")
    if given:
        return [entry for entry in known if folded(given) in map(folded, entry.values())]
    email = folded(person.get("email") or "")
    return [entry for entry in known if email and folded(entry.get("email") or "") == email]


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
        elif not entries_of(person, read, provider) and person.get("extension"):
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
            f"The person is reached by {' and by '.join(lacking)}, but the successor has nothing of the kind.",
            next_step=f"Add the successor's {' and '.join(gives)}.",
        )
    if any(kind in (PHONE, DESK_PHONE) for _provider, kind in found):
        number = rules.destination("successor.phones[0]", successor["phones"][0])
        rules.problems.raise_if_any()
        found |= dict.fromkeys((key for key in found if key[1] in (PHONE, DESK_PHONE)), number)
    return found


def _extension_of(successor: Mapping[str, Any], read: Accounts, provider: str) -> str | None:
    entries = entries_of(successor, read, provider)
    if len(entries) > 1:
        listed = ", ".join(str(entry["extension"]) for entry in entries)
        raise InputError(
            f"{PROVIDERS[provider].title}: {len(entries)} extensions match the successor: {listed}.",
            next_step="Set extension to the number of one of them.",
        )
    return str(entries[0]["extension"]) if entries else successor.get("extension")


def _replacing(
    hits: Sequence[tuple[Found, list[_Hit]]],
    everything: Sequence[Found],
    instead: Mapping[tuple[str, str], Any],
    region: str | None,
) -> Iterator[tuple[OfficeList, Mapping[str, Any]]]:
    """Yield the items that put what stands *instead* in the place of every hit."""
    listed = {
        (
            found.table.path,
            found.item.get(found.table.keys[0]),
            canonical(found.item.get(_renamed(found.table)), region),
        )
        for found in everything
        if found.table.renames
    }

    def is_new(table: OfficeList, item: Mapping[str, Any], number: Any) -> bool:
        place = (table.path, item.get(table.keys[0]), number)
        known = place in listed
        listed.add(place)
        return not known

    for found, its in hits:
        table, item = found.table, plain(found.item)
        if table.renames:
            name, former = table.renames
            number = instead[table.provider, PHONE]
            change = {name: number, former: item[name]} if is_new(table, item, number) else {"state": "absent"}
            yield table, {**key_options(table, item), **change}
            continue
        changes: dict[str, Any] = {}
        for hit in its:
            name, *rest = hit.path
            by = instead[table.provider, hit.kind]
            if hit.kind != DESK_PHONE or table.rings_instead is None:
                changes[name] = _replaced(changes.get(name, item[name]), tuple(rest), by)
                continue
            changes[name], needed = table.rings_instead({**item, **changes}, hit.path, by)
            for listing, entry in needed.items():
                lender = TABLES[f"{table.provider}.{listing}"]
                if is_new(lender, entry, by):
                    yield lender, entry
        changes = {name: _once(value) for name, value in changes.items()}
        routing = table.away.options if table.away else ()
        beside = {name: item[name] for name in routing if changes.keys() & {*routing} and name in item}
        yield table, {**key_options(table, item), **beside, **changes, **table.insist}


def _renamed(table: OfficeList) -> str:
    return table.renames[0] if table.renames else ""


def folded(value: Any) -> str:
    """Return a name or an address as it is compared."""
    return naming.folded(value, ignore_case=True)


def _once(value: Any) -> Any:
    """Return a list of lists such as a ring order without what now stands in it twice, and without what is left empty.

    What is None has gone. So has what a list of names, such as the members of a queue, would hold twice. Other values
    are returned as they are.
    """
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return list(dict.fromkeys(value))
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


def leaves_of(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value that holds no others, with its path."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from leaves_of(member, (*path, name))
    elif isinstance(value, list):
        for position, member in enumerate(value):
            yield from leaves_of(member, (*path, position))
    else:
        yield path, value


def _replaced(value: Any, path: Path, by: Any) -> Any:
    """Return *value* with another value at *path*; nothing else is changed."""
    if not path:
        return by
    if isinstance(value, Mapping):
        return {**value, path[0]: _replaced(value[path[0]], path[1:], by)}
    return [_replaced(part, path[1:], by) if place == path[0] else part for place, part in enumerate(value)]


def spelt(path: Path) -> str:
    """Return a path as people write it."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
