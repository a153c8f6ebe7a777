# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which call tests name a person. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .calling import Given
from .lists import Accounts, canonical
from .people import entries_of, folded, leaves_of, spelt

# What says nothing of people.
_NO_PEOPLE = ("name", "at", "press", "undecided")


def tests_naming(given: Given, person: Mapping[str, Any], known: Accounts, region: str | None) -> list[dict[str, Any]]:
    """Return the call tests of an office that name a *person*, by name and with the options that do.

    They are named by what is given of them, and by what the office's people and the accounts call them, of which
    *known* was read.
    """
    phones = [phone for phone in person.get("phones") or [] if phone]
    ways = {canonical(way, region) for way in (person.get("email"), *phones) if way}
    extensions = {provider: _called(entries_of(person, known, provider), "extension") for provider in known}
    if person.get("extension"):
        extensions = {provider: {*names, folded(person["extension"])} for provider, names in extensions.items()}
    names = {name for provider in known for name in _called(entries_of(person, known, provider), "name")}
    for entry in _mappings(given.people):
        if any(isinstance(way, str) and canonical(way, region) in ways for _path, way in leaves_of(entry)):
            names |= {folded(entry["name"])} if entry.get("name") else set()

    def is_named(path: Sequence[Any], value: Any) -> bool:
        if not isinstance(value, str) or path[0] in _NO_PEOPLE:
            return False
        by_extension = path[-1] in extensions and folded(value) in extensions[path[-1]]
        return by_extension or canonical(value, region) in ways or folded(value) in names

    found = []
    for position, test in enumerate(_mappings(given.call_tests)):
        options = [spelt(path) for path, value in leaves_of(test) if is_named(path, value)]
        if options:
            found.append({"name": str(test.get("name") or f"call_tests[{position}]"), "options": options})
    return found


def _called(entries: Sequence[Mapping[str, Any]], member: str) -> set[str]:
    return {folded(entry[member]) for entry in entries if entry.get(member)}


def _mappings(given: Any) -> Iterator[Mapping[str, Any]]:
    yield from (entry for entry in (given if isinstance(given, list) else ()) if isinstance(entry, Mapping))
