# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Business hours as the v1.0 API holds them. Facts: docs/providers/ringcentral.md 8. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..._errors import Rejected
from ..api import Record
from .model import DAYS, Schedule


def schedule_in(record: Record) -> Schedule:
    """Return the schedule of business hours, or that of a rule with weekly ranges; no ranges are around the clock."""
    days = (record.get("schedule") or {}).get("weeklyRanges") or {}
    return Schedule.of(
        {day: [(str(part["from"]), str(part["to"])) for part in times or []] for day, times in days.items()}
    )


def weekly_ranges(schedule: Schedule, present: Schedule | None = None) -> dict[str, list[dict[str, str]]]:
    """Return the ranges of *schedule* by day, with days that only *present* has as empty.

    Whether a day that is left out keeps its hours is not documented.
    """
    ranges = dict(schedule.ranges())
    for day in present.ranges() if present else ():
        ranges.setdefault(day, [])
    return {day: [{"from": start, "to": end} for start, end in times] for day, times in ranges.items()}


def put_schedule(
    put: Callable[[Mapping[str, Any]], Record], schedule: Schedule, present: Schedule | None = None
) -> Record:
    """Write *schedule* with *put*, which takes the body; *present*: the schedule that is there. Return the answer."""
    if not schedule.always:
        return put({"schedule": {"weeklyRanges": weekly_ranges(schedule, present)}})
    try:
        # Around the clock is read as an empty object, and most likely written so (ringcentral.md 8).
        return put({"schedule": {}})
    except Rejected as error:
        if error.code != "CMN-101":
            raise
        week = {day: [{"from": "00:00", "to": "23:59"}] for day in DAYS}
        return put({"schedule": {"weeklyRanges": week}})
