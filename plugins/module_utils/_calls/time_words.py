# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hours and dates as people write them: hours of the week, `24 Dec 2026`. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from .schedules import DAY, WEEK, zone_of

# Seconds since Monday 00:00: from, and to which it does not last.
Wall = tuple[int, int]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_DATES = 4
_TO = "\N{EN DASH}"


def moment_words(instant: datetime, zone: str) -> str:
    """Return `Sat 5 Dec 2026 10:00`."""
    local = instant.astimezone(zone_of(zone))
    return f"{_DAYS[local.weekday()]} {_date(local)} {_clock(local)}"


def day_words(instant: datetime, zone: str) -> str:
    """Return `5 Dec 2026`."""
    return _date(instant.astimezone(zone_of(zone)))


def week_words(walls: Iterable[Wall]) -> str:
    """Return hours of the week, "" for the whole week: what they are, or what they are outside of."""
    merged = _merged(walls)
    if merged == [(0, WEEK)]:
        return ""
    positive = _hours(merged)
    outside = _hours(_merged_complement(merged))
    negative = f"outside {outside}"
    return positive if len(positive) <= len(negative) else negative


def _merged(walls: Iterable[Wall]) -> list[Wall]:
    found: list[Wall] = []
    for start, end in sorted(walls):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _merged_complement(merged: Sequence[Wall]) -> list[Wall]:
    edges = [0, *(edge for wall in merged for edge in wall), WEEK]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


def _hours(merged: Sequence[Wall]) -> str:
    days = [_day(merged, day * DAY) for day in range(7)]
    parts = []
    first = 0
    while first < 7:
        last = first
        while last < 6 and days[last + 1] == days[first]:
            last += 1
        if days[first]:
            name = _DAYS[first] if first == last else f"{_DAYS[first]}{_TO}{_DAYS[last]}"
            whole = days[first] == [(0, DAY)]
            parts.append(name if whole else f"{name} {' and '.join(_range(*span) for span in days[first])}")
        first = last + 1
    return ", ".join(parts)


def _day(merged: Sequence[Wall], start: int) -> list[Wall]:
    cut = ((max(first, start) - start, min(last, start + DAY) - start) for first, last in merged)
    return [(first, last) for first, last in cut if first < last]


def _range(start: int, end: int) -> str:
    return f"{_second(start)}{_TO}{_second(end)}"


def _second(second: int) -> str:
    text = f"{second // 3600:02}:{second // 60 % 60:02}"
    return f"{text}:{second % 60:02}" if second % 60 else text


def _clock(local: datetime) -> str:
    return _second(local.hour * 3600 + local.minute * 60 + local.second)


def _date(local: datetime) -> str:
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def date_words(stretches: Sequence[tuple[datetime, datetime]], zone: str) -> str:
    """Return stretches of time with their dates, the first few of many."""
    words = [_stretch(*stretch, zone) for stretch in stretches[:_MOST_DATES]]
    more = len(stretches) - len(words)
    return ", ".join(words) + (f" and {more} more" if more else "")


def _stretch(start: datetime, end: datetime, zone: str) -> str:
    first, last = start.astimezone(zone_of(zone)), end.astimezone(zone_of(zone))
    if first.time() == last.time() == first.time().min:
        final = last - timedelta(days=1)
        if final.date() == first.date():
            return _date(first)
        short = (first.year, first.month) == (final.year, final.month)
        return f"{first.day if short else _date(first)}{_TO}{_date(final)}"
    if first.date() == last.date():
        return f"{_date(first)} {_clock(first)}{_TO}{_clock(last)}"
    return f"{_date(first)} {_clock(first)}{_TO}{_date(last)} {_clock(last)}"
