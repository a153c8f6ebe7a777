# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calls that show findings, in the form of the simulator's player."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from unittest import mock

from system_support import PACKAGE, Json

# How the call of a finding ends; of one that is not here, the call says nothing about its end.
ENDS = {
    "loop": {"loop"},
    "menu-repeats": {"repeats", "loop"},
    "dead-end": {"nowhere"},
    "cut-off": {"hang_up"},
    "nobody": {"hang_up", "nowhere", "loop", "repeats", "unanswered"},
}


@dataclass
class Found:
    """Findings of a graph, as the module makes them."""

    graph: Any = None
    context: Any = None
    findings: list[Any] = field(default_factory=list)

    def calls(self) -> Iterator[tuple[Any, Json]]:
        """Yield the findings that can be played, each with its call."""
        survey = self._survey()
        for finding in self.findings:
            fault = finding.fault
            if fault.code in ENDS and fault.example is not None and self._is_clear(fault):
                call = self._call(survey.call(fault.example))
                if call is not None:
                    yield finding, call

    def _survey(self) -> Any:
        calls = f"{PACKAGE}.module_utils._calls"
        names = import_module(f"{calls}.names").Names(self.graph, self.context.directory)
        return import_module(f"{calls}.survey").Survey(self.graph, self.context.times, names)

    @staticmethod
    def _is_clear(fault: Any) -> bool:
        """Whether every step is known, and none depends on who of several takes the call first."""
        edges = fault.example.edges
        trap = fault.code == "dead-end" and fault.identity[0] == "trap"
        open_ = any(edge.level.value == "unknown" or edge.how.value in ("rings", "busy", "full") for edge in edges)
        return not trap and not open_

    def _call(self, call: Any) -> Json | None:
        kind, _slash, name = call.key.partition("/")
        if kind == "number":
            start: Json = {"number": name}
        elif kind == "ringcentral" and name.startswith("extensions/") and name.count("/") == 1:
            start = {"extension": {"ringcentral": name.rpartition("/")[2]}}
        else:
            # Nobody can dial a menu, a part of an extension, or the company but by its numbers.
            return None
        nobody = import_module(f"{PACKAGE}.module_utils._calls.circumstances").everybody
        unanswered = {"unanswered": "all"} if call.circumstances.unanswered is nobody else {}
        caller = {"from": call.caller} if call.caller else {}
        return {
            **start,
            **caller,
            **unanswered,
            "press": list(call.press),
            "at": self._instant(call.moment).isoformat(),
        }

    def _instant(self, moment: Any) -> datetime:
        """The instant of a moment; for one of an ordinary week, one at which no dated rule makes a difference."""
        schedules = list(import_module(f"{PACKAGE}.module_utils._calls.world").schedules(self.graph))
        for weeks in range(60):
            instant: datetime = moment.instant + timedelta(weeks=0 if moment.dated else weeks)
            usual = all(
                schedule.holds(instant, dated=True) == schedule.holds(moment.instant, dated=moment.dated)
                for schedule in schedules
            )
            if usual:
                return instant
        raise AssertionError(f"no week is ordinary: {moment}")


def contradiction(finding: Any, played: Json, plays: Sequence[Json]) -> str:
    """How the plays of a finding's call contradict it, "" where they do not.

    What is certain happens in every position; what is not, in one at least that the player knows.
    """
    fault, ends = finding.fault, {play["ends"] for play in plays}
    if ends <= ENDS[fault.code] if fault.certain else ends & {*ENDS[fault.code], "unknown"}:
        return ""
    return "\n  ".join([f"{played}", f"{ends} is no {fault.code}, certain: {fault.certain}", fault.words, fault.call])


@contextlib.contextmanager
def watched() -> Iterator[Found]:
    """What modules find while this is open."""
    found = Found()
    calling = import_module(f"{PACKAGE}.module_utils._office.calling")
    find = calling.find

    def watching(graph: Any, before: Any, context: Any, settings: Any) -> Any:
        findings, unused = find(graph, before, context, settings)
        found.graph, found.context, found.findings = graph, context, findings
        return findings, unused

    with mock.patch.object(calling, "find", watching):
        yield found
