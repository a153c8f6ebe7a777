# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with the routes of a graph, and which of it refuses a plan. Private to the collection.

A finding refuses only if its code is set to do so, every step of its call is documented, and the call did not exist on
the accounts before. Where it is one of these but not all, it warns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from .._engine import naming
from .._errors import Problems
from .faults import Fault, LongWay
from .finding_ends import ends
from .finding_hours import hours
from .finding_parts import parts_of
from .names import Names
from .nodes import Graph
from .people import Directory
from .reading import Reader
from .survey import Survey
from .times import Times
from .world import schedules

REFUSE, WARN, INFO, OFF = "refuse", "warn", "info", "off"
ACCEPTED = "accepted"
STILL_REROUTED = "still-rerouted"
SETTINGS = (REFUSE, WARN, INFO, OFF)
DEFAULTS: Mapping[str, str] = {
    "loop": REFUSE,
    "dead-end": REFUSE,
    "menu-repeats": WARN,
    "nobody": WARN,
    "no-members": WARN,
    "foreign-voicemail": WARN,
    "unheard": WARN,
    "always-open": WARN,
    "never-open": WARN,
    "overlap": WARN,
    "zone": WARN,
    STILL_REROUTED: WARN,
    "cut-off": INFO,
    "without-effect": INFO,
    "policy": WARN,
    "stranger": WARN,
    "long-way": OFF,
    "unread": INFO,
}
_WAIVER = ("code", "at", "why", "by", "until")
_LONG_WAY = ("seconds", "menus")
_ORDER = {REFUSE: 0, WARN: 1, INFO: 2, ACCEPTED: 3}


@dataclass(frozen=True)
class Waiver:
    """A finding that somebody accepts, until a day or for ever."""

    code: str
    at: str
    why: str
    by: str = ""
    until: date | None = None
    path: str = ""


@dataclass(frozen=True)
class Settings:
    """What findings do: by code, and which are accepted."""

    actions: Mapping[str, str] = field(default_factory=dict)
    waivers: Sequence[Waiver] = ()
    long_way: LongWay = field(default_factory=LongWay)

    def action(self, code: str) -> str:
        """Return what a finding of that code does."""
        return self.actions.get(code) or DEFAULTS.get(code, WARN)


@dataclass(frozen=True)
class Finding:
    """A fault with what it does: refuse, warn, inform, or nothing because it is accepted."""

    fault: Fault
    severity: str
    waiver: Waiver | None = None

    @property
    def text(self) -> str:
        """The code and what is wrong, in one sentence."""
        return f"{self.fault.code}: {self.fault.words}"

    @property
    def managed(self) -> bool:
        """Whether it is about what the office's file manages, or about the office itself."""
        return bool(self.fault.place.path) or self.fault.code == STILL_REROUTED

    @property
    def details(self) -> list[str]:
        """The call that shows it, and what to do."""
        return [text for text in (self.fault.call, self.fault.remedy) if text]

    def result(self) -> dict[str, Any]:
        """Return the finding as a module's result carries it."""
        found = {
            "code": self.fault.code,
            "severity": self.severity,
            "at": self.fault.place.at,
            "path": self.fault.place.path,
            "office": self.fault.place.office,
            "what": self.fault.words,
            "call": self.fault.call,
            "when": self.fault.when,
            "documented": self.fault.certain,
            "new": self.fault.new,
        }
        if self.waiver is not None:
            until = str(self.waiver.until) if self.waiver.until else ""
            found["accepted"] = {"why": self.waiver.why, "by": self.waiver.by, "until": until}
        return found


def read_settings(actions: Any, waivers: Any, long_way: Any, paths: Sequence[str], problems: Problems) -> Settings:
    """Return the settings that an office's variables at *paths* hold; what is wrong is added to *problems*."""
    reader = Reader(problems)
    chosen = reader.mapping(actions, paths[0], tuple(DEFAULTS)) if actions is not None else {}
    found = {code: reader.choice(value, f"{paths[0]}.{code}", SETTINGS) for code, value in chosen.items()}
    read = [waiver for where, entry in reader.items(waivers, paths[1]) if (waiver := _waiver(entry, where, reader))]
    return Settings(
        {code: value for code, value in found.items() if value}, read, _long_way(long_way, paths[2], reader)
    )


def _long_way(given: Any, path: str, reader: Reader) -> LongWay:
    values = reader.mapping(given, path, _LONG_WAY) if given is not None else {}
    limits = {name: reader.whole(value, f"{path}.{name}") for name, value in values.items()}
    return LongWay(**limits)


def _waiver(given: Any, path: str, reader: Reader) -> Waiver | None:
    values = reader.mapping(given, path, _WAIVER, required=_WAIVER[:3])
    texts = {name: reader.text(values[name], f"{path}.{name}", name) for name in ("at", "why", "by") if name in values}
    code = reader.choice(values["code"], f"{path}.code", DEFAULTS) if "code" in values else ""
    until = reader.day(values["until"], f"{path}.until") if "until" in values else None
    if not code or not texts.get("at") or not texts.get("why") or ("until" in values and until is None):
        return None
    return Waiver(code, texts["at"], texts["why"], texts.get("by", ""), until, path)


@dataclass(frozen=True)
class Context:
    """What findings depend on beside the graph. *judge* returns why the policy forbids a number, None if it does not.

    *office*: only findings that concern this office's nodes count, "" for all. *beside*: what is wrong with the office
    itself.
    """

    times: Times
    directory: Directory = field(default_factory=Directory)
    judge: Callable[[str], str | None] = lambda number: None
    office: str = ""
    beside: Sequence[Fault] = ()


def times_for(graphs: Sequence[Graph], zone: str, now: Any) -> Times:
    """Return the time classes of all schedules of *graphs*."""
    return Times((schedule for graph in graphs for schedule in schedules(graph)), zone, now)


def find(graph: Graph, before: Graph | None, context: Context, settings: Settings) -> tuple[list[Finding], list[str]]:
    """Return the findings of *graph*, the worst first, and a warning for each waiver that accepts nothing.

    *before*: the accounts as they were, None where everything counts as having existed.
    """
    survey = Survey(graph, context.times, Names(graph, context.directory))
    earlier = None if before is None else Survey(before, context.times, Names(before, context.directory))
    faults = [*ends(survey, earlier, settings.long_way), *_parts(survey, earlier, context), *context.beside]
    if context.office:
        mine = (fault for fault in faults if context.office in (fault.place.office, *fault.offices))
        faults = [_at_home(fault, context.office) for fault in mine]
    today = context.times.now.date()
    used: set[Waiver] = set()
    found = []
    for fault in dict.fromkeys(faults):
        action = settings.action(fault.code)
        if action == OFF:
            continue
        waiver = _accepting(fault, settings.waivers, today)
        severity = ACCEPTED if waiver else action
        if severity == REFUSE and not (fault.certain and fault.new):
            severity = WARN
        if waiver:
            used.add(waiver)
        found.append(Finding(fault, severity, waiver))
    found.sort(key=lambda finding: (_ORDER[finding.severity], finding.fault.code, finding.fault.place.at))
    unused = [_unused(waiver, today) for waiver in settings.waivers if waiver not in used]
    return found, unused


def _at_home(fault: Fault, office: str) -> Fault:
    """Return a fault that stands in the file of another office at the place where this *office* takes part in it."""
    edges = fault.example.edges if fault.example is not None and fault.place.office not in ("", office) else ()
    place = next((edge.to.place for edge in edges if edge.to.place.office == office), fault.place)
    return replace(fault, place=place)


def _parts(survey: Survey, earlier: Survey | None, context: Context) -> list[Fault]:
    before = [] if earlier is None else [*parts_of(earlier, context), *hours(earlier)]
    known = {(fault.code, fault.identity) for fault in before}
    found = [*parts_of(survey, context), *hours(survey)]
    return [replace(fault, new=earlier is not None and (fault.code, fault.identity) not in known) for fault in found]


def _accepting(fault: Fault, waivers: Sequence[Waiver], today: date) -> Waiver | None:
    for waiver in waivers:
        same = waiver.code == fault.code and naming.folded(waiver.at) == naming.folded(fault.place.at)
        if same and (waiver.until is None or waiver.until >= today):
            return waiver
    return None


def _unused(waiver: Waiver, today: date) -> str:
    if waiver.until is not None and waiver.until < today:
        return f"{waiver.path}: this acceptance of {waiver.code} at {waiver.at} ended on {waiver.until}."
    return f"{waiver.path}: there is no finding {waiver.code} at {waiver.at} to accept; remove the entry."
