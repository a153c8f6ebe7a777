# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dates and times on the owner's clock, and the instants that they mean.

Which zone RingCentral reads a time in that names none, and in which form times come back, is not documented. So all
that is sent names the offset of the owner's zone at that instant: it is right whether that is honoured or not. What
comes back is compared as instants. Facts: docs/providers/ringcentral-company.md 9. Private to the collection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from ..._calls.schedules import zone_of
from ..._errors import Problems, UnreadableAnswer

UTC = timezone.utc
_DAY = timedelta(days=1)
# The most ranges that a rule takes (AWR-126).
MOST_RANGES = 1000
# Other years are mistyped, and may be beyond what can be computed.
_YEARS = range(1970, 2200)

_DATE = r"(\d{4})-(\d\d)-(\d\d)"
_WRITTEN = re.compile(rf"{_DATE}(?:[ T](\d\d):(\d\d)(?::00)?)?")
# Other spellings, of which only some can be distinguished.
_YEAR_FIRST = re.compile(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})(.*)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})(.*)")
_FRACTION = re.compile(r"[.,]\d+")
_OFFSET = re.compile(r"([+-]\d\d):?(\d\d)$")
_EXAMPLE = "'2026-12-24', or '2026-12-24 12:00'"

# A range on the owner's clock, the end not included.
Local = tuple[datetime, datetime]
Instants = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class Dates:
    """Dated ranges as instants in UTC, the ends not included, and the time zone in which people read them.

    *since*: what had ended by then does not count, and what had begun counts from then.
    """

    ranges: Instants
    zone: str = field(default="", compare=False)
    since: datetime | None = field(default=None, compare=False)

    def canonical(self) -> Instants:
        """Return what is compared: ranges that touch or overlap are one."""
        found = self.ranges
        if self.since is not None:
            since = self.since
            found = tuple((max(start, since), end) for start, end in found if end > since)
        return merged(found)

    def sent(self) -> list[dict[str, str]]:
        """Return the ranges for a request; what is over is left out where that does not count."""
        ranges = merged(self.ranges)
        left = [(start, end) for start, end in ranges if self.since is None or end > self.since]
        zone = zone_of(self.zone)
        return [{"from": _sent(start, zone), "to": _sent(end, zone)} for start, end in left]

    def shown(self) -> list[dict[str, str]]:
        """Return the option that means this, on the owner's clock."""
        clock = zone_of(self.zone) if self.zone else UTC
        return [_shown(start.astimezone(clock), end.astimezone(clock)) for start, end in merged(self.ranges)]


def merged(ranges: Iterable[tuple[datetime, datetime]]) -> Instants:
    """Return *ranges* in order, those that touch or overlap as one."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def read_range(option: Mapping[str, Any], where: str, problems: Problems) -> Local | None:
    """Return what the user's item `{from, to}` means, None after noting in *problems* what is wrong with it.

    A day as `to` is that whole day. Without `to`, a day as `from` is the whole range.
    """
    start, last = option.get("from"), option.get("to")
    first = _read(str(start), f"{where}.from", problems)
    if last is None and first is not None and not first[1]:
        problems.add(f"{where}.to", "is needed after a time; only a whole day can stand alone")
        return None
    until = first if last is None else _read(str(last), f"{where}.to", problems)
    if first is None or until is None:
        return None
    begins, ends = first[0], until[0] + (_DAY if until[1] else timedelta())
    if ends <= begins:
        problems.add(where, f"ends before it begins; it is from {start} to {last}")
        return None
    return begins, ends


def in_zone(ranges: Iterable[Local], zone: str, where: str, problems: Problems) -> Dates:
    """Return *ranges* on the clock of *zone* as instants. A time that the clock skips or shows twice is a problem."""
    clock, found = zone_of(zone), []
    for start, end in ranges:
        for moment in (start, end):
            # The first instant of a day is clear whatever the clock shows then.
            if moment.time() == time() or moment.replace(tzinfo=clock).utcoffset() == _later(moment, clock):
                continue
            what = "does not exist" if _skipped(moment, clock) else "comes twice"
            problems.add(
                where,
                f"{moment:%Y-%m-%d %H:%M} {what} in {zone}, because the clocks change that day; choose another time",
            )
        found.append((instant(start, clock), instant(end, clock)))
    return Dates(tuple(found), zone)


def instant(moment: datetime, clock: ZoneInfo) -> datetime:
    """Return when the *clock* shows *moment* first, in UTC."""
    return moment.replace(tzinfo=clock).astimezone(UTC)


def ranges_in(ranges: Iterable[Mapping[str, Any]], zone: str) -> Dates:
    """Return the ranges of an answer. What names no zone is on the owner's clock. Raises `UnreadableAnswer`."""
    clock = zone_of(zone) if zone else UTC
    try:
        found = tuple((_answered(str(item["from"]), clock), _answered(str(item["to"]), clock)) for item in ranges)
    except (KeyError, ValueError):
        raise UnreadableAnswer(
            "RingCentral answered with dates of a rule that cannot be read.",
            next_step="Check the rule in the portal.",
        ) from None
    return Dates(found, zone)


def day_of(text: str) -> date | None:
    """Return the day that *text* is, None where it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or found[4] is not None:
        return None
    return _valid(found[1], found[2], found[3])


def looks_like_a_date(text: str) -> bool:
    """Return whether somebody who writes *text* means a day, in whatever spelling."""
    return bool(_YEAR_FIRST.fullmatch(text.strip()) or _YEAR_LAST.fullmatch(text.strip()))


def why_no_date(text: str) -> str:
    """Return what is wrong with a *text* that looks like a date, and what to write for it."""
    year_first, year_last = _YEAR_FIRST.fullmatch(text), _YEAR_LAST.fullmatch(text)
    if year_first is not None:
        candidates, rest = [(year_first[1], year_first[2], year_first[3])], year_first[4]
    elif year_last is not None:
        year, one, other, rest = year_last[3], year_last[1], year_last[2], year_last[4]
        candidates = [(year, other, one)] if one == other else [(year, other, one), (year, one, other)]
    else:
        return f"{text!r} is not a date such as {_EXAMPLE}"
    days = [day for year, month, number in candidates if (day := _valid(year, month, number)) is not None]
    if int(candidates[0][0]) not in _YEARS:
        return f"{text!r} has an impossible year; write one from {_YEARS[0]} to {_YEARS[-1]}"
    if not days:
        return f"{text!r} is not a day of the calendar"
    if len(days) == 2:
        named = " or ".join(f"'{day:%Y-%m-%d}' for {day.day} {day:%B}" for day in days)
        return f"{text!r} may be either of two days; write {named}"
    if re.search(r"(?i)z$|[+-]\d\d:?\d\d$", rest):
        return f"{text!r} names a time zone; times are on the owner's own clock, so write it as {_EXAMPLE}"
    if rest.strip(" T") in ("24:00", "24:00:00"):
        return f"{text!r} is midnight; write '{days[0]:%Y-%m-%d}' for the end of that day"
    if rest:
        return f"{text!r} is not a time; write it as '{days[0]:%Y-%m-%d} 12:00'"
    return f"{text!r} is not spelt like that; write '{days[0]:%Y-%m-%d}'"


def _read(text: str, where: str, problems: Problems) -> tuple[datetime, bool] | None:
    """Return a time, and whether it stands for its whole day; None after noting what is wrong."""
    text = text.strip()
    found = _WRITTEN.fullmatch(text)
    day = None if found is None else _valid(found[1], found[2], found[3])
    if found is not None and day is not None:
        hour, minute = int(found[4] or 0), int(found[5] or 0)
        if hour < 24 and minute < 60:
            return datetime.combine(day, time(hour, minute)), found[4] is None
    problems.add(where, why_no_date(text))
    return None


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _later(moment: datetime, clock: ZoneInfo) -> timedelta | None:
    return moment.replace(tzinfo=clock, fold=1).utcoffset()


def _skipped(moment: datetime, clock: ZoneInfo) -> bool:
    return instant(moment, clock).astimezone(clock).replace(tzinfo=None) != moment


def _sent(moment: datetime, clock: ZoneInfo) -> str:
    return moment.astimezone(clock).isoformat(timespec="seconds")


def _answered(text: str, clock: ZoneInfo | timezone) -> datetime:
    plain = re.sub("[zZ]$", "+00:00", _FRACTION.sub("", text.strip()))
    moment = datetime.fromisoformat(_OFFSET.sub(r"\1:\2", plain) if "T" in plain else plain)
    return (moment if moment.tzinfo else moment.replace(tzinfo=clock)).astimezone(UTC)


def _shown(start: datetime, end: datetime) -> dict[str, str]:
    last = (end - _DAY).date()
    whole_to = _first_of(end) and last >= start.date()
    first = f"{start:%Y-%m-%d}" if _first_of(start) and whole_to else f"{start:%Y-%m-%d %H:%M}"
    return {"from": first, "to": f"{last:%Y-%m-%d}" if whole_to else f"{end:%Y-%m-%d %H:%M}"}


def _first_of(moment: datetime) -> bool:
    """Return whether it is the first instant of a day."""
    clock = moment.tzinfo
    midnight = datetime.combine(moment.date(), time(), clock)
    return midnight.astimezone(UTC) == moment.astimezone(UTC)
