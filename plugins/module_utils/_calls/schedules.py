# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hours of the week and dated ranges, each in its own time zone. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .._errors import InputError

UTC = timezone.utc
DAY = 24 * 60 * 60
WEEK = 7 * DAY
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Schedule:
    """When something holds: in ranges of the week, or in dated ranges, as the clock in *zone* shows them.

    *weekly* are pairs of seconds since Monday 00:00, the end not included and up to `WEEK`. *dated* are pairs of
    datetimes, the end not included. Without an offset they are read in *zone*.
    """

    zone: str
    weekly: tuple[tuple[int, int], ...] = ()
    dated: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def always(self) -> bool:
        """Whether it holds at every second of the week."""
        return self.weekly == ((0, WEEK),)

    @property
    def never(self) -> bool:
        """Whether it holds at no instant."""
        return not self.weekly and all(start >= end for start, end in instants(self))

    def holds(self, instant: datetime, *, dated: bool = True) -> bool:
        """Return whether it holds at *instant*; without *dated* its dated ranges are not looked at."""
        local = instant.astimezone(zone_of(self.zone))
        second = local.weekday() * DAY + local.hour * 3600 + local.minute * 60 + local.second
        if any(start <= second < end for start, end in self.weekly):
            return True
        return dated and any(start <= instant < end for start, end in instants(self))


@lru_cache(maxsize=4096)
def instants(schedule: Schedule) -> tuple[tuple[datetime, datetime], ...]:
    """Return the dated ranges as instants in UTC."""
    return tuple((_instant(start, schedule.zone), _instant(end, schedule.zone)) for start, end in schedule.dated)


def _instant(moment: datetime, zone: str) -> datetime:
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone_of(zone))
    return local.astimezone(UTC)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name. Raises `InputError`."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        if not _has_zones():
            raise InputError(
                "This Python has no time zone database.", next_step="Install the package tzdata for it."
            ) from None
    except (ValueError, OSError):
        pass
    raise InputError(f"{name!r} is not the name of a time zone such as Europe/Stockholm (IANA).")


def _has_zones() -> bool:
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return False
    return True


def transitions(zone: str, start: datetime, end: datetime) -> list[datetime]:
    """Return the instants between *start* and *end* at which the zone's clock is set, in UTC."""
    clock, found, day = zone_of(zone), [], timedelta(days=1)
    while start < end:
        low, high = start, min(start + day, end)
        if low.astimezone(clock).utcoffset() != high.astimezone(clock).utcoffset():
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                if middle.astimezone(clock).utcoffset() == low.astimezone(clock).utcoffset():
                    low = middle
                else:
                    high = middle
            found.append(high)
        start += day
    return found


def boundaries(schedule: Schedule, start: datetime, end: datetime) -> set[datetime]:
    """Return every instant from *start* to *end* at which the schedule can begin or cease to hold, in UTC."""
    found = {instant for pair in instants(schedule) for instant in pair}
    if schedule.weekly:
        clock = zone_of(schedule.zone)
        found.update(transitions(schedule.zone, start, end))
        days: dict[int, set[int]] = {}
        for second in (second % WEEK for span in schedule.weekly for second in span):
            days.setdefault(second // DAY, set()).add(second % DAY)
        day, last = start.astimezone(clock).date(), end.astimezone(clock).date()
        while day <= last:
            for second in days.get(day.weekday(), ()):
                wall = datetime.combine(day, time()) + timedelta(seconds=second)
                found.update(wall.replace(tzinfo=clock, fold=fold).astimezone(UTC) for fold in (0, 1))
            day += timedelta(days=1)
    return {instant for instant in found if start <= instant <= end}


def weekly(ranges: Iterable[tuple[int, int, int]], zone: str) -> Schedule:
    """Return the hours of *ranges*, each a day (0 is Monday) with the seconds of the day at which it starts and ends.

    An end that is not after the start belongs to the next day. Ranges that touch or overlap become one.
    """
    spans = []
    for day, start, end in ranges:
        first, last = day * DAY + start, day * DAY + end + (DAY if end <= start else 0)
        spans += [(first, min(last, WEEK))] + ([(0, last - WEEK)] if last > WEEK else [])
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return Schedule(zone, tuple(merged))


def around_the_clock(zone: str) -> Schedule:
    """Return the schedule that always holds."""
    return Schedule(zone, ((0, WEEK),))
