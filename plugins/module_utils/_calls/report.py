# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report of several offices: their documents, and where each thing is drawn. Private to the collection.

A place that several ways lead to is drawn once, as a part of its own, and the ways link to it; so does a loop. What is
small enough is repeated instead, because a link would take as much room.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._texts import one_line
from .document import Document, with_texts
from .nodes import Kind, Level

# What is nested deeper is a part of its own.
_DEEPEST = 8
# So few ways on, all of them to an end, are repeated.
_SMALL = 2
# A phone number as people write it, with at least seven digits; but a date is none.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?!\d{4}-\d\d-\d\d)[+(]{0,2}\d(?:[ \u00a0().-]{0,2}\d){6,}")
_SHOWN_DIGITS = 3
_SEVERITIES = ("refuse", "warn", "info", "accepted")
_STATUSES = ("fail", "undecided", "skipped", "pass")
Text = Callable[[str], str]


def mask(text: str) -> str:
    """Return *text* with only the last digits of each phone number."""
    return _NUMBER.sub(lambda found: f"••• {re.sub('[^0-9]', '', found[0])[-_SHOWN_DIGITS:]}", text)


def printable(text: Text) -> Text:
    """Return *text* so that what it returns acts on nothing, and can be written to a file."""
    return lambda given: one_line(text(given))


@dataclass(frozen=True)
class Missing:
    """An office of which there is no document, and why."""

    office: str
    why: str
    group: str = ""


@dataclass(frozen=True)
class Way:
    """A branch with where it leads. *link*: the anchor where that is drawn; else *ways* are drawn right here.

    *back*: it is the part in which the way itself is.
    """

    branch: Mapping[str, Any]
    node: Mapping[str, Any]
    link: str = ""
    back: bool = False
    ways: Sequence[Way] = ()


@dataclass
class Part:
    """Something that is drawn on its own: a number, or what several ways lead to. *by*: the parts that link to it."""

    anchor: str
    node: Mapping[str, Any]
    ways: Sequence[Way] = ()
    by: dict[str, None] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What people call it."""
        return str(self.node["label"])


@dataclass
class Person:
    """Somebody, or somebody's phone, as a document describes it, with the ways by which all offices reach it."""

    entry: Mapping[str, Any]
    ways: list[Mapping[str, Any]] = field(default_factory=list)
    voicemail: list[Mapping[str, Any]] = field(default_factory=list)
    more: bool = False


class Office:
    """The document of one office with its parts. *position* makes anchors unique in a report."""

    def __init__(self, document: Document, position: int) -> None:
        self.document = document
        self.name = str(document["office"])
        self.anchor = f"o{position}"
        self._nodes: Mapping[str, Mapping[str, Any]] = document["nodes"]
        self.numbers = {entry["number"]: self._anchor(entry["start"]) for entry in document["numbers"]}
        starts = [
            *(entry["start"] for entry in (*document["numbers"], *document["inside"])),
            *(caller["start"] for entry in document["numbers"] for caller in entry["callers"]),
        ]
        self._references = Counter(branch["to"] for node in self._nodes.values() for branch in node["branches"])
        self._parts = {start: Part(self._anchor(start), self._nodes[start]) for start in starts}
        self._starts = frozenset(starts)

    def draw(self, elsewhere: Mapping[str, str]) -> None:
        """Draw all parts. *elsewhere*: the anchors of other offices' numbers."""
        # Drawing finds further parts.
        queue = list(self._parts)
        for start in queue:
            part = self._parts[start]
            part.ways = tuple(self._ways(start, part, elsewhere, queue, 0))

    def _ways(
        self, start: str, part: Part, elsewhere: Mapping[str, str], queue: list[str], depth: int
    ) -> Iterator[Way]:
        for branch in self._nodes[start]["branches"]:
            target = branch["to"]
            node = self._nodes[target]
            if "office" in node and node["kind"] == Kind.NUMBER.value:
                yield Way(branch, node, elsewhere.get(node["key"].partition("/")[2], ""))
            elif target in self._parts or self._is_part(target, depth):
                if target not in self._parts:
                    self._parts[target] = Part(self._anchor(target), node)
                    queue.append(target)
                found = self._parts[target]
                found.by[part.anchor] = None
                yield Way(branch, node, found.anchor, found is part)
            else:
                ways = tuple(self._ways(target, part, elsewhere, queue, depth + 1))
                yield from ways if _says_nothing(branch, node, self._nodes[start]) else (Way(branch, node, ways=ways),)

    def _is_part(self, target: str, depth: int) -> bool:
        branches = self._nodes[target]["branches"]
        if len(branches) <= _SMALL and not any(self._nodes[branch["to"]]["branches"] for branch in branches):
            return False
        return self._references[target] > 1 or depth >= _DEEPEST

    def _anchor(self, ident: str) -> str:
        return f"{self.anchor}-{ident}"

    def part(self, start: str) -> Part:
        """Return what is drawn for the node of that id."""
        return self._parts[start]

    @property
    def shared(self) -> list[Part]:
        """The parts that several ways lead to, in the order in which they are met."""
        return [part for start, part in self._parts.items() if start not in self._starts]

    def labels(self) -> dict[str, str]:
        """Return what all parts are called, by anchor."""
        return {part.anchor: part.label for part in self._parts.values()}


class Report:
    """The documents of offices that are shown together. *title*: whose they are, "" for everybody's."""

    def __init__(self, documents: Iterable[Document], missing: Iterable[Missing] = (), title: str = "") -> None:
        self.title = title
        found = sorted(documents, key=lambda document: document["office"])
        self.offices = [Office(document, position) for position, document in enumerate(found)]
        self.missing = sorted(missing, key=lambda one: one.office)
        # Where two offices have the same number, links lead to the first.
        numbers: dict[str, str] = {}
        for office in self.offices:
            numbers = {**office.numbers, **numbers}
        self.numbers = numbers
        for office in self.offices:
            office.draw(numbers)

    @property
    def made(self) -> str:
        """When the newest document was made."""
        return max((office.document["made"] for office in self.offices), default="")

    def findings(self) -> list[tuple[Office, Mapping[str, Any]]]:
        """Return the findings of all offices, the worst first."""
        return self._sorted("findings", "severity", _SEVERITIES)

    def tests(self) -> list[tuple[Office, Mapping[str, Any]]]:
        """Return the call tests of all offices, the failed ones first."""
        return self._sorted("tests", "status", _STATUSES)

    def _sorted(self, name: str, by: str, order: Sequence[str]) -> list[tuple[Office, Mapping[str, Any]]]:
        return sorted(self.of_all(name), key=lambda pair: order.index(pair[1][by]))

    def people(self) -> list[Person]:
        """Return everybody with how each office reaches them."""
        found: dict[str, Person] = {}
        for office in self.offices:
            for entry in office.document["people"]:
                key = (entry["email"] or entry["name"]).casefold()
                if not entry["listed"] and not entry["email"]:
                    # Somebody else may be called so in another office.
                    key = f"{office.anchor}/{key}"
                person = found.setdefault(key, Person(entry))
                # Offices that share an account have the same ways inside.
                person.ways += [way for way in entry["by"] if way not in person.ways]
                person.voicemail += [way for way in entry["voicemail"]["by"] if way not in person.voicemail]
                person.more = person.more or entry["more"]
        return sorted(found.values(), key=lambda person: person.entry["name"].casefold())

    def phones(self) -> list[Person]:
        """Return the phones that belong to nobody, with how each office reaches them."""
        found: dict[str, Person] = {}
        for office in self.offices:
            for entry in office.document["phones"]:
                phone = found.setdefault(entry["name"], Person(entry))
                phone.ways += [way for way in entry["by"] if way not in phone.ways]
                phone.more = phone.more or entry["more"]
        return [found[name] for name in sorted(found)]

    def of_all(self, name: str) -> list[tuple[Office, Any]]:
        """Return a list of all documents as one."""
        return [(office, item) for office in self.offices for item in office.document[name]]

    def data(self, text: Text = str) -> Document:
        """Return the report as plain data; *text* changes each text of it."""
        found = {
            "title": self.title,
            "made": self.made,
            "missing": [{"office": one.office, "why": one.why} for one in self.missing],
            "offices": [office.document for office in self.offices],
        }
        changed: Document = with_texts(found, printable(text))
        return changed


def _says_nothing(branch: Mapping[str, Any], node: Mapping[str, Any], above: Mapping[str, Any]) -> bool:
    """Return whether a branch only leads from one part of something to another, whatever the call."""
    alone = len(above["branches"]) == 1 and len(node["branches"]) > 0
    plain = branch["evidence"] == Level.DOCUMENTED.value and not branch["when"]
    return alone and plain and node["label"] == above["label"]


def tally(found: Iterable[Mapping[str, Any]], by: str) -> list[tuple[str, int]]:
    """Return how many findings or tests there are of each kind, the worst first."""
    counted = Counter(item[by] for item in found)
    return [(name, counted[name]) for name in (*_SEVERITIES, *_STATUSES) if name in counted]


def at_times(way: Mapping[str, Any]) -> str:
    """Return the keys, times and callers of a way to somebody, "" for none."""
    caller = f"calls from {way['caller']}" if way["caller"] else ""
    return "".join(f", {text}" for text in (*way["keys"], way["when"], caller) if text)


def only_mailbox(person: Person) -> list[Mapping[str, Any]]:
    """Return the ways that lead to no more than somebody's mailbox."""
    known = {(way["number"], way["label"]) for way in person.ways}
    return [way for way in person.voicemail if (way["number"], way["label"]) not in known]


def places_of(office: Office, finding: Mapping[str, Any]) -> str:
    """Return where a finding is."""
    return ", ".join(filter(None, (office.name, finding["at"], finding["path"])))


def day_and_time(utc: str) -> str:
    """Return the time of a document as people write it."""
    return f"{utc[:10]} {utc[11:16]} UTC"


def by_group(documents: Iterable[Document], missing: Iterable[Missing]) -> dict[str, Report]:
    """Return a report for each group of offices."""
    found: dict[str, tuple[list[Document], list[Missing]]] = defaultdict(lambda: ([], []))
    for document in documents:
        found[document["group"]][0].append(document)
    for one in missing:
        found[one.group][1].append(one)
    divided = any(found)
    return {
        group: Report(_alone(parts[0]) if divided else parts[0], parts[1], title=group)
        for group, parts in sorted(found.items())
    }


def _alone(documents: Sequence[Document]) -> Iterator[Document]:
    """Yield documents without the names of offices that are not among them."""
    names = {document["office"] for document in documents}
    for document in documents:
        nodes = {
            ident: {**node, "office": ""} if node.get("office", "") not in ("", *names) else node
            for ident, node in document["nodes"].items()
        }
        yield {**document, "nodes": nodes}
