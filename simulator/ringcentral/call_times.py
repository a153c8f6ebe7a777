# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether schedules hold at the moment of a call (docs/providers/ringcentral.md 8 and 9.5).

A range holds from its start until before its end; an end of 23:59, 23:59:59 or 00:00 is midnight.
"""

from __future__ import annotations

from datetime import UTC, datetime

from simulator.exchange import Route
from simulator.messages import Record
from simulator.ringcentral.schedules import DAYS, is_always

NAME = "ringcentral"
_MIDNIGHT = ("23:59", "24:00", "00:00", "23:59:00", "23:59:59", "24:00:00", "00:00:00")


def weekly_holds(days: Record, local: datetime, start: str, end: str) -> bool:
    """Whether ranges by weekday hold on these clocks; `start` and `end` are the names of the members."""
    return any(_holds(item[start], item[end], local) for item in days.get(DAYS[local.weekday()], ()))


def hours_hold(hours: Record, local: datetime) -> bool:
    """Whether business hours hold; {} is around the clock."""
    return not hours or weekly_holds(hours["weeklyRanges"], local, "from", "to")


def conditions_hold(conditions: list[Record], local: datetime, route: Route) -> bool:
    """Whether the schedule of a state holds; without one it always does."""
    if is_always(conditions):
        return True
    return any(trigger_holds(item, local, route) for item in conditions[0]["schedule"]["triggers"])


def trigger_holds(trigger: Record, local: datetime, route: Route) -> bool:
    """Whether one trigger holds."""
    if trigger["triggerType"] == "Daily":
        return _holds(trigger["startTime"], trigger["endTime"], local)
    if trigger["triggerType"] == "Weekly":
        return weekly_holds(trigger["ranges"], local, "startTime", "endTime")
    return any(range_holds(item["startDateTime"], item["endDateTime"], local, route) for item in trigger["ranges"])


def range_holds(start: str, end: str, local: datetime, route: Route) -> bool:
    """Whether a range of dates holds."""
    return _instant(start, local, route) <= local < _instant(end, local, route)


def _holds(start: str, end: str, local: datetime) -> bool:
    # hh:mm sorts before hh:mm:ss of the same minute.
    now = local.strftime("%H:%M:%S")
    return start <= now and (end in _MIDNIGHT or now < end)


def _instant(text: str, local: datetime, route: Route) -> datetime:
    written = datetime.fromisoformat(text)
    if written.tzinfo is not None:
        if route.exchange.assume(NAME, "range_with_zone") == "honoured":
            return written.astimezone(UTC)
    elif route.exchange.assume(NAME, "range_without_zone") == "utc":
        return written.replace(tzinfo=UTC)
    return written.replace(tzinfo=local.tzinfo).astimezone(UTC)
