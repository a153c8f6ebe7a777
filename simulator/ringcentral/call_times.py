# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether schedules hold at the moment of a call (docs/providers/ringcentral.md 8 and 9.5).

A range holds from its start until before its end; an end of 23:59, 23:59:59 or 00:00 is midnight.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from simulator.exchange import Route
from simulator.messages import BadInput, Record
from simulator.ringcentral.date_times import moment
from simulator.ringcentral.schedules import DAYS, is_always

NAME = "ringcentral"
_MIDNIGHT = ("23:59", "24:00", "00:00", "23:59:00", "23:59:59", "24:00:00", "00:00:00")


def local_time(route: Route, settings: Record, where: str) -> datetime:
    """The moment of the call on the clocks of regional settings, which are at `where`; without a zone the caller's."""
    name = settings.get("timezone", {}).get("name")
    try:
        return route.caller.local(ZoneInfo(name) if name else None)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadInput(f"ringcentral.{where}: {name!r} is not a zone") from None


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


def dated_holds(ranges: Iterable[Record], local: datetime, route: Route) -> bool:
    """Whether date ranges of v1.0 hold, of a rule or of forwarding all calls.

    Where answers show them in another zone (switch range_zone), the server has understood which instants they are.
    """
    understood = route.exchange.position(NAME, "range_zone") != "kept"
    holds = _understood if understood else range_holds
    return any(holds(item["from"], item["to"], local, route) for item in ranges)


def _understood(start: str, end: str, local: datetime, _route: Route) -> bool:
    zone = local.tzinfo or UTC
    return moment(start, zone) <= local < moment(end, zone)


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
