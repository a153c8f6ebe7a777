# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When custom rules apply, in one form for both of RingCentral's APIs. Facts: docs/providers/ringcentral.md 8 and 9.5.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..api import Record
from .model import AFTER, DAYS, WORK, Schedule

_REFERENCES = {"BusinessHours": WORK, "AfterHours": AFTER, "work-hours": WORK, "after-hours": AFTER}
# Callers inside the account have short numbers.
_LONGEST_EXTENSION = 8


def conditions_of_rule(rule: Record) -> Record:
    """Return when a legacy rule applies; all of it holds together. `schedule` is a `Schedule`."""
    schedule = rule.get("schedule") or {}
    found: Record = {
        "callers": [_with_plus(caller.get("callerId")) for caller in rule.get("callers") or []],
        "called_numbers": [_with_plus(number.get("phoneNumber")) for number in rule.get("calledNumbers") or []],
        "ranges": [_range(part, "from", "to") for part in schedule.get("ranges") or []],
    }
    week = {
        day: [(str(part["from"]), str(part["to"])) for part in parts or []]
        for day, parts in (schedule.get("weeklyRanges") or {}).items()
    }
    if any(week.values()):
        found["schedule"] = Schedule.of(week)
    if schedule.get("ref"):
        found |= _reference(str(schedule["ref"]))
    return _given(found)


def conditions_of_interaction(conditions: Sequence[Record]) -> Record:
    """Return when an interaction rule applies, as `conditions_of_rule` does."""
    found: Record = {}
    for condition in conditions:
        kind = condition.get("type")
        part: Record = {"other_condition": str(kind)}
        if kind == "Interaction":
            callers = [_with_plus(caller.get("phoneNumber")) for caller in condition.get("from") or []]
            part = {"callers": callers, "called_numbers": [_with_plus(number) for number in condition.get("to") or []]}
        elif kind == "State":
            part = _reference(str((condition.get("state") or {}).get("id")))
        elif kind == "Schedule":
            part = _schedule((condition.get("schedule") or {}).get("triggers") or [])
        # Two conditions of one type have no form here.
        found = {**found, **part, **({"other_condition": str(kind)} if found.keys() & part.keys() else {})}
    return _given(found)


def _schedule(triggers: Sequence[Record]) -> Record:
    week: dict[str, list[tuple[str, str]]] = {day: [] for day in DAYS}
    found: Record = {"ranges": []}
    for trigger in triggers:
        kind = trigger.get("triggerType")
        if kind == "Daily":
            for times in week.values():
                times.append((str(trigger["startTime"]), str(trigger["endTime"])))
        elif kind == "Weekly":
            for day, parts in (trigger.get("ranges") or {}).items():
                week.setdefault(day, []).extend((str(part["startTime"]), str(part["endTime"])) for part in parts or [])
        elif kind == "Range":
            found["ranges"] += [_range(part, "startDateTime", "endDateTime") for part in trigger.get("ranges") or []]
        else:
            found["other_condition"] = str(kind)
    if any(week.values()):
        found["schedule"] = Schedule.of(week)
    return found


def _reference(name: str) -> Record:
    return {"hours": _REFERENCES[name]} if name in _REFERENCES else {"other_condition": name}


def _range(part: Record, start: str, end: str) -> Record:
    return {"from": str(part.get(start) or ""), "to": str(part.get(end) or "")}


def _with_plus(number: Any) -> str:
    """Answers leave out the plus of callers (ringcentral.md 8)."""
    text = str(number or "")
    return f"+{text}" if text.isdecimal() and len(text) > _LONGEST_EXTENSION else text


def _given(found: Mapping[str, Any]) -> Record:
    return {name: value for name, value in found.items() if value}
