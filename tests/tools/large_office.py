# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office as large as anybody has, and what the call model makes of it: for the benchmark, and to count growth.

As a script it works on an office of so many numbers, and prints the processor seconds of each stage and the peak of
memory: `large_office.py 5000`.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timezone
from importlib import import_module
from random import Random
from typing import Any, NamedTuple

_CALLS = "ansible_collections.office.telephony.plugins.module_utils._calls"
_PROVIDERS = "ansible_collections.office.telephony.plugins.module_utils._office.providers"
_ZONES = ("America/New_York", "Europe/Stockholm", "Australia/Sydney")
_BOXES = 50
Lists = dict[str, dict[str, list[dict[str, Any]]]]


class Size(NamedTuple):
    """How many of each an office has."""

    numbers: int
    menus: int
    people: int
    extensions: int

    @classmethod
    def of(cls, numbers: int) -> Size:
        """An office with so many numbers, of which every tenth has a menu and a person, and 6 in 100 have hours."""
        return cls(numbers, max(numbers // 10, 1), max(numbers // 10, 1), numbers * 6 // 100)


def lists(size: Size, *, changed: bool = False, place: int = 0) -> Lists:
    """What the accounts of an office hold. *changed*: a few entries differ. *place*: which of several offices it is."""
    draw = Random(place)
    apps: list[dict[str, Any]] = [_menu(number, size, draw) for number in range(size.menus)]
    apps += [
        {"name": f"Box {number}", "app_id": f"VB{number}", "type": "mailbox", "deliver_to": {"email": "x@example.org"}}
        for number in range(_BOXES)
    ]
    if changed:
        apps[size.menus // 2]["menu"][0] = {"key": "1", "phone": "+46701740606"}
    ring = {"first_action": {"ring": "all_phones", "ring_time": 20}, "second_action": {"voicemail": True}}
    return {
        "sonetel": {
            "forwardings": [_number(number, size, place) for number in range(size.numbers)],
            "voiceapps": apps,
            "user_forwardings": [{"user": f"u{number}@example.org", **ring} for number in range(size.people)],
        },
        "ringcentral": _extensions(size.extensions, place),
    }


def _number(number: int, size: Size, place: int) -> dict[str, Any]:
    to = {"voiceapp": f"Menu {number % size.menus}"} if number % 3 else {"user": f"u{number % size.people}@example.org"}
    return {"number": f"+468{place:02}{number:05}", "destination": to}


def _menu(number: int, size: Size, draw: Random) -> dict[str, Any]:
    keys = [
        {"key": "1", "user": f"u{draw.randrange(size.people)}@example.org"},
        {"key": "2", "voiceapp": f"Menu {(number * 7 + 1) % size.menus}"},
        {"key": "3", "phone": f"+4670174{draw.randrange(10000):04}"},
        {"key": "timeout", "voiceapp": f"Box {number % _BOXES}"},
    ]
    return {"name": f"Menu {number}", "app_id": f"VA{number}", "type": "menu", "menu": keys}


def _extensions(count: int, place: int) -> dict[str, list[dict[str, Any]]]:
    hours: list[dict[str, Any]] = []
    details: list[dict[str, Any]] = []
    for number in range(count):
        label = str(1000 + number)
        week = {"monday": [f"{8 + number % 3:02}:{number % 60:02}-17:00"], "tuesday": ["09:00-17:00"]}
        rings = [{"phone_numbers": [f"+1202555{number:04}"], "seconds": 20}]
        hours += [
            {"extension": label, "hours": "work", "schedule": week, "ring": rings, "then": {"voicemail": True}},
            {"extension": label, "hours": "after", "ring": [], "then": {"voicemail": True}},
        ]
        numbers = [f"+12024{place:02}{number:04}"]
        details.append({"extension": label, "time_zone": _ZONES[number % 3], "devices": [], "numbers": numbers})
    people = [{"extension": item["extension"], "name": f"Person {item['extension']}"} for item in details]
    return {
        "call_forwardings": hours,
        "people": people,
        "groups": [],
        "custom_rules": [],
        "extensions": details,
        "forwarding_numbers": [],
    }


class Work:
    """What is done with offices whose accounts change from *before* to *after*, stage by stage."""

    def __init__(self, before: Sequence[Lists], after: Sequence[Lists]) -> None:
        self._lists = (before, after)
        self._names, self._nodes, self._findings = (_of(name) for name in ("names", "nodes", "findings"))
        self._graphs: tuple[Any, Any] = (None, None)
        self._found: tuple[Any, Any] = ([], [])
        self._times: Any = None
        self._document: dict[str, Any] = {}

    def stages(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield each stage by name, in order."""
        yield "compile", self.compile
        yield "differences", self.differences
        yield "findings", self.find
        yield "report", self.report

    def compile(self) -> None:
        """Make both graphs, and their time classes."""
        self._graphs = tuple(map(self._graph, self._lists))
        now = datetime(2026, 11, 29, 9, tzinfo=timezone.utc)
        self._times = self._findings.times_for(self._graphs, "Europe/Stockholm", now)

    def _graph(self, offices: Sequence[Lists]) -> Any:
        return self._nodes.Graph.of(
            self._compiled(name, found, place) for place, office in enumerate(offices) for name, found in office.items()
        )

    def _compiled(self, name: str, found: dict[str, list[dict[str, Any]]], place: int) -> Any:
        draft = self._nodes.Draft(
            name,
            office=f"office {place}",
            scope=f"office {place}" if place else "",
            whole=True,
            region="SE",
            zone="Europe/Stockholm",
        )
        return _of("compiling").compiled(import_module(_PROVIDERS).PROVIDERS[name], found, draft)

    def differences(self) -> list[Any]:
        """Say what callers notice."""
        before, after = self._graphs
        names = (self._names.Names(before), self._names.Names(after))
        changes: list[Any] = _of("differences").differences(before, after, self._times, names)
        return changes

    def find(self) -> None:
        """Find what is wrong afterwards."""
        before, after = self._graphs
        context = self._findings.Context(self._times, office="office 0")
        self._found = self._findings.find(after, before, context, self._findings.Settings())

    def report(self) -> str:
        """Make the document and its page."""
        documents, pages = _of("document"), _of("report")
        after = self._graphs[1]
        survey = _of("survey").Survey(after, self._times, self._names.Names(after))
        made = documents.Made("office 0", self._times.now)
        document = documents.document(survey, made, *self._found)
        page: str = _of("report_html").html(pages.by_group([document], [])[""])
        return page


def _of(name: str) -> Any:
    return import_module(f"{_CALLS}.{name}")


def main() -> None:
    """Measure one office."""
    numbers = int(sys.argv[1])
    # What is imported is not the office's cost.
    small = Work([lists(Size.of(20))], [lists(Size.of(20), changed=True)])
    for _name, stage in small.stages():
        stage()
    size = Size.of(numbers)
    work = Work([lists(size)], [lists(size, changed=True)])
    seconds: dict[str, float] = {}
    for name, stage in work.stages():
        began = time.process_time()
        stage()
        seconds[name] = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"numbers": numbers, "seconds": seconds, "peak_bytes": peak}))


if __name__ == "__main__":
    main()
