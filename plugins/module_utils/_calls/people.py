# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The people of all offices: who owns a phone, an address or an extension. Private to the collection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._engine import naming
from .._numbers.rules import NumberRules
from .nodes import Kind, Node
from .reading import Reader

VOICEMAIL_AFTER = 20
_KEYS = ("name", "email", "phones", "sip", "extensions", "voicemail_after")


@dataclass(frozen=True)
class Person:
    """A person. *phones* are E.164, *extensions* (provider, extension). *path*: where the variables have it."""

    name: str
    email: str = ""
    phones: tuple[str, ...] = ()
    sip: tuple[str, ...] = ()
    extensions: tuple[tuple[str, str], ...] = ()
    voicemail_after: int = VOICEMAIL_AFTER
    path: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Person:
        """Return the person that `dataclasses.asdict` made *data* of, also by way of JSON."""
        lists = {name: tuple(data[name]) for name in ("phones", "sip")}
        extensions = tuple((provider, extension) for provider, extension in data["extensions"])
        return cls(**{**data, **lists, "extensions": extensions})

    @property
    def key(self) -> str:
        """What makes it the same person in two offices."""
        return naming.folded(self.email or self.name, ignore_case=True)


def read_people(given: Any, path: str, rules: NumberRules, providers: Collection[str]) -> list[Person]:
    """Return the people of one office; what is wrong is added to the problems of *rules*."""
    reader = Reader(rules.problems)
    found = (_person(entry, where, reader, rules, providers) for where, entry in reader.items(given, path))
    return [person for person in found if person is not None]


def _person(given: Any, path: str, reader: Reader, rules: NumberRules, providers: Collection[str]) -> Person | None:
    values = reader.mapping(given, path, _KEYS)
    texts = {name: reader.text(values[name], f"{path}.{name}", name) for name in ("name", "email") if name in values}
    email, name = texts.get("email", ""), texts.get("name", "")
    if not name and not email:
        if values and not texts:
            rules.problems.add(path, "has neither a name nor an email")
        return None
    phones = (rules.number(where, phone) for where, phone in _one_or_more(reader, values, "phones", path))
    after = VOICEMAIL_AFTER
    if "voicemail_after" in values:
        after = reader.whole(values["voicemail_after"], f"{path}.voicemail_after", least=1) or VOICEMAIL_AFTER
    return Person(
        name or email,
        email,
        tuple(phone for phone in phones if phone),
        tuple(text.removeprefix("sip:") for _where, text in reader.texts(values.get("sip", []), f"{path}.sip", "sip")),
        tuple(_extensions(values.get("extensions"), f"{path}.extensions", reader, providers)),
        after,
        path,
    )


def _one_or_more(reader: Reader, values: Mapping[str, Any], name: str, path: str) -> list[tuple[str, Any]]:
    value = values.get(name)
    return [(f"{path}.{name}", value)] if isinstance(value, str) else reader.items(value, f"{path}.{name}")


def _extensions(given: Any, path: str, reader: Reader, providers: Collection[str]) -> Iterable[tuple[str, str]]:
    for where, entry in reader.items(given, path):
        both = ("provider", "extension")
        values = reader.mapping(entry, where, both, required=both)
        if len(values) == 2:
            provider = reader.choice(values["provider"], f"{where}.provider", providers)
            extension = reader.text(values["extension"], f"{where}.extension", "extension")
            if provider and extension:
                yield provider, extension


class Directory:
    """Finds people by what is theirs. The people of several offices are one directory."""

    def __init__(self, people: Iterable[Person] = (), report: Any = None) -> None:
        """*report* takes the path of a person and what is wrong: one phone under two people."""
        self.people: dict[str, Person] = {}
        self._owners: dict[tuple[str, ...], str] = {}
        for person in people:
            known = self.people.get(person.key)
            self.people[person.key] = person if known is None else _both(known, person)
            for way in _ways(person):
                owner = self._owners.setdefault(way, person.key)
                if owner != person.key and report is not None:
                    report(person.path, f"{' '.join(way[1:])} also belongs to {self.people[owner].name}")

    def __bool__(self) -> bool:
        return bool(self.people)

    def named(self, text: str) -> Person | None:
        """Return the person with that name or e-mail address."""
        folded = naming.folded(text, ignore_case=True)
        found = self.people.get(folded) or self._by(("email", folded))
        return found or next((one for one in self.people.values() if _folded(one.name) == folded), None)

    def by_phone(self, e164: str) -> Person | None:
        """Return whose phone that is."""
        return self._by(("phone", e164))

    def by_email(self, email: str) -> Person | None:
        """Return whose e-mail address that is."""
        return self._by(("email", _folded(email)))

    def owner(self, node: Node) -> Person | None:
        """Return whose node that is, by its own members alone."""
        if node.kind in (Kind.PHONE, Kind.NUMBER):
            return self.by_phone(node.number)
        if node.kind is Kind.SIP:
            return self._by(("sip", node.name.casefold()))
        found = self.by_email(node.email) if node.email else None
        if found is None and node.extension:
            found = self._by(("extension", node.provider, node.extension))
        return found

    def _by(self, way: tuple[str, ...]) -> Person | None:
        key = self._owners.get(way)
        return None if key is None else self.people[key]


def _folded(text: str) -> str:
    return naming.folded(text, ignore_case=True)


def _ways(person: Person) -> Iterable[tuple[str, ...]]:
    yield from (("phone", phone) for phone in person.phones)
    yield from (("sip", address.casefold()) for address in person.sip)
    yield from (("extension", *extension) for extension in person.extensions)
    if person.email:
        yield "email", _folded(person.email)


def _both(first: Person, second: Person) -> Person:
    """Return a person whom two offices list."""
    return replace(
        first,
        phones=tuple(dict.fromkeys((*first.phones, *second.phones))),
        sip=tuple(dict.fromkeys((*first.sip, *second.sip))),
        extensions=tuple(dict.fromkeys((*first.extensions, *second.extensions))),
    )
