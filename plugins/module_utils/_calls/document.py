# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calls of one office as a plain document: what a module returns, and what reports are made of.

Every place of a call is in it once, however many numbers lead there. Private to the collection.

- `numbers`: each with `start`, the id of its node, and `week`. `callers`: the same for callers that rules name.
- `inside`: the same for what can only be dialled inside or transferred to, because no number leads there.
- `nodes`: by id. `branches` are the ways on, each with `to`, the id of the next one. A number of another office has
  `office`, and no branches.
- `weeks`: `parts` are the different things that callers meet, each with `when`; `bands` are stretches of an ordinary
  week: minutes since Monday 00:00, and the position of the part.
- `people` and `phones` (nobody's): where each is reached. `open`: what is assumed, or not known, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .._numbers.e164 import for_people
from .findings import Finding
from .nodes import Kind, Level, Node
from .pictures import Pictures
from .reached import Reached
from .schedules import UTC
from .sentences import Piece
from .survey import Survey
from .testing import TestResult
from .world import State

FORMAT = 1
# Where something is assumed or not known: so many places are named.
_MOST_PLACES = 20
Document = dict[str, Any]

# What a band shows, by the kind of what a caller meets first.
PERSON, MENU, MAILBOX, NOBODY, UNKNOWN = "person", "menu", "mailbox", "nobody", "unknown"
_TONES = {
    Kind.MENU.value: MENU,
    Kind.ANNOUNCEMENT.value: MENU,
    Kind.MAILBOX.value: MAILBOX,
    Kind.HANG_UP.value: NOBODY,
    Kind.NOWHERE.value: NOBODY,
    "missing": NOBODY,
    "back": NOBODY,
    Kind.UNKNOWN.value: UNKNOWN,
    "deep": UNKNOWN,
    "varying": UNKNOWN,
}


@dataclass(frozen=True)
class Source:
    """From where something was taken: *provider* is called *title*, *words* say what was read."""

    provider: str
    title: str
    words: str


@dataclass(frozen=True)
class Made:
    """For which office a document was made, when, and from what.

    *group* is whose office it is. *people*: the keys of its own people, None where the directory has no others.
    *notes*: what readers must know of it.
    """

    office: str
    time: datetime
    sources: Sequence[Source] = ()
    group: str = ""
    people: Collection[str] | None = None
    notes: Sequence[str] = ()


def document(
    survey: Survey,
    made: Made,
    findings: Sequence[Finding] = (),
    unused: Sequence[str] = (),
    tests: Sequence[TestResult] = (),
) -> Document:
    """Return the document of the office's part of a graph."""
    return _Maker(survey, made).document(findings, unused, tests)


class _Maker:
    def __init__(self, survey: Survey, made: Made) -> None:
        self.survey = survey
        self.made = made
        self.times = survey.times
        self.names = survey.names
        self.pictures = Pictures(survey.world, survey.times, survey.names)
        self._weeks: dict[tuple[tuple[str, int], ...], str] = {}
        self._week_parts: list[Document] = []
        self._bands: dict[int, list[tuple[int, int]]] = {}

    def document(self, findings: Sequence[Finding], unused: Sequence[str], tests: Sequence[TestResult]) -> Document:
        # An account's own order says nothing to people.
        entries = sorted(state for state in self.survey.entries if self._is_mine(self._node(state)))
        inside = [state for state in self._strays() if self._is_mine(self._node(state))]
        drawn = self.pictures.nodes([*entries, *inside], self._is_elsewhere)
        for state, found in drawn.items():
            node = self._node(state)
            if node is not None and node.place.office not in ("", self.made.office):
                found["office"] = node.place.office
        reached = Reached(self.survey, [*entries, *inside])
        return {
            "format": FORMAT,
            "office": self.made.office,
            "group": self.made.group,
            "made": self.made.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "zone": self.times.zone,
            "notes": list(self.made.notes),
            "sources": [vars(source) for source in self.made.sources],
            "numbers": list(self._numbers(entries, drawn)),
            "inside": [self._entry(state, drawn) for state in inside],
            "nodes": {found.pop("id"): found for found in drawn.values()},
            "weeks": {f"w{position}": week for position, week in enumerate(self._week_parts)},
            "people": reached.people(self.made.people),
            "phones": reached.phones_of_nobody(),
            "has_people": bool(self.names.directory),
            "findings": [finding.result() for finding in findings],
            "unused": list(unused),
            "tests": [test.result() for test in tests],
            "unread": [{"at": at.rstrip("/"), "why": why} for at, why in sorted(self.survey.graph.unread.items())],
            "open": self._open(drawn),
        }

    def _node(self, state: State) -> Node | None:
        return self.survey.world.node(state)

    def _is_mine(self, node: Node | None) -> bool:
        return node is not None and node.place.office in ("", self.made.office)

    def _is_elsewhere(self, state: State) -> bool:
        node = self._node(state)
        return node is not None and node.kind is Kind.NUMBER and not self._is_mine(node)

    def _strays(self) -> Iterator[State]:
        known = set(self.survey.entries)
        return (state for state in self.survey.starts if state not in known)

    def _numbers(self, entries: Sequence[State], drawn: Mapping[State, Document]) -> Iterator[Document]:
        """Yield the numbers; the ways of callers that rules name are part of their number's."""
        numbers: dict[str, Document] = {}
        for state in entries:
            entry = self._entry(state, drawn)
            if state.key in numbers:
                numbers[state.key]["callers"].append({"caller": for_people(state.caller), **entry})
            else:
                numbers[state.key] = entry
        yield from numbers.values()

    def _entry(self, state: State, drawn: Mapping[State, Document]) -> Document:
        node = self.survey.graph.nodes[state.key]
        return {
            "number": node.number,
            "label": self.names.label(node),
            "provider": node.provider or node.place.at.partition("/")[0],
            "extension": node.extension,
            "at": node.place.at,
            "start": drawn[state]["id"],
            "week": self._week(self.pictures.describer.pieces(state)),
            "callers": [],
        }

    def _week(self, pieces: Iterable[Piece]) -> str:
        """Return the id of the week of *pieces*, which many numbers may have."""
        masks: dict[str, int] = {}
        first: dict[str, Piece] = {}
        for piece in pieces:
            text = piece.text()
            masks[text] = masks.get(text, 0) | piece.mask
            first.setdefault(text, piece)
        key = tuple(masks.items())
        if key not in self._weeks:
            self._weeks[key] = f"w{len(self._weeks)}"
            parts = [{**_shown(first[text]), "when": self.times.words(mask)} for text, mask in key]
            bands = [
                [start // 60, end // 60, position]
                for position, (_text, mask) in enumerate(key)
                for start, end in self._stretches(mask)
            ]
            self._week_parts.append({"parts": parts, "bands": sorted(bands)})
        return self._weeks[key]

    def _stretches(self, mask: int) -> list[tuple[int, int]]:
        """Return the stretches of the week in *mask*, those that touch as one."""
        if mask not in self._bands:
            joined: list[tuple[int, int]] = []
            for start, end in sorted(self.times.week_of(mask)):
                if joined and joined[-1][1] == start:
                    joined[-1] = (joined[-1][0], end)
                else:
                    joined.append((start, end))
            self._bands[mask] = joined
        return self._bands[mask]

    def _open(self, drawn: Mapping[State, Document]) -> list[Document]:
        found: dict[tuple[str, str], dict[str, None]] = {}
        for node in drawn.values():
            for branch in node["branches"]:
                if branch["evidence"] != Level.DOCUMENTED.value:
                    places = found.setdefault((branch["evidence"], branch["words"]), {})
                    places[node["label"]] = None
        return [
            {"evidence": evidence, "words": words, "at": list(places)[:_MOST_PLACES], "count": len(places)}
            for (evidence, words), places in sorted(found.items(), reverse=True)
        ]


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return a part of a document with each of its texts changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: with_texts(part, change) for name, part in value.items()}
    return [with_texts(part, change) for part in value] if isinstance(value, (list, tuple)) else value


def _shown(piece: Piece) -> Document:
    """Return what a part of a week is called. `who` is what a caller meets first."""
    first = piece.meets[0] if piece.meets else None
    tone = NOBODY if first is None else _TONES.get(str(first.identity[0]), PERSON)
    return {"text": piece.text() or "nothing", "who": first.text if first else "", "tone": tone}
