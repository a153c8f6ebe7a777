# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The times of call tests as users write them: `saturday 10:00`, `2026-12-24 12:00`. Private to the collection."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from .._errors import InputError, suggestions
from .reading import Reader
from .schedules import UTC, WEEKDAYS, zone_of
from .times import Moment

_KEYS = ("time", "zone")
_FORM = "write a weekday and a time (saturday 10:00), or a date and a time (2026-12-24 12:00)"
_SPLIT = re.compile(r"[ T]+")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?")
_SHORTEST = 3


@dataclass(frozen=True)
class At:
    """A time as it was written: on a weekday of any ordinary week, or at a date."""

    clock: time
    zone: str
    weekday: int | None = None
    moment: datetime | None = None

    def moments(self, now: datetime) -> list[Moment]:
        """Return the instants that are meant, two where the clock shows the time twice, none if all are in the past."""
        if self.moment is not None:
            found = [Moment(instant) for instant in _instants(self.moment, self.zone)]
            return [moment for moment in found if moment.instant >= now]
        return [Moment(self._next(now), dated=False)]

    def _next(self, now: datetime) -> datetime:
        """Return the next such weekday, in a week in which the clock shows the time once."""
        today = now.astimezone(zone_of(self.zone)).date()
        ahead = ((self.weekday or 0) - today.weekday()) % 7
        while True:
            found = _instants(datetime.combine(today + timedelta(days=ahead), self.clock), self.zone)
            if len(found) == 1 and found[0] >= now:
                return found[0]
            ahead += 7


def read_at(given: Any, path: str, zone: str, reader: Reader) -> list[At]:
    """Return the times of a call test; what is wrong is noted."""
    entries = reader.items(given, path) if isinstance(given, (list, tuple)) else [(path, given)]
    found = []
    for where, entry in entries:
        in_zone = zone
        if isinstance(entry, dict):
            values = reader.mapping(entry, where, _KEYS, required=_KEYS[:1])
            in_zone = reader.text(values["zone"], f"{where}.zone", "zone") if "zone" in values else zone
            where, entry = f"{where}.time", values.get("time")
            if entry is None or not _is_zone(in_zone, where.replace(".time", ".zone"), reader):
                continue
        text = entry.isoformat(" ") if isinstance(entry, datetime) else reader.text(entry, where, "at")
        try:
            found += [_read(text, in_zone)] if text else []
        except ValueError as error:
            reader.problems.add(where, str(error))
    return found


def _is_zone(name: str, path: str, reader: Reader) -> bool:
    if not name:
        return False
    try:
        zone_of(name)
    except InputError as error:
        reader.problems.add(path, str(error).rstrip("."))
        return False
    return True


def _read(text: str, zone: str) -> At:
    """Read a time. Raises `ValueError` with what is wrong."""
    day, *rest = _SPLIT.split(text.strip())
    clock = _CLOCK.fullmatch(rest[0]) if len(rest) == 1 else None
    if clock is None:
        raise ValueError(f"{text!r} is not a time of a call; {_FORM}")
    at = time(int(clock[1]), int(clock[2]))
    if day[:1].isdigit():
        try:
            moment = datetime.combine(datetime.fromisoformat(day).date(), at)
        except ValueError:
            raise ValueError(f"{day!r} is not a date such as 2026-12-24") from None
        if not _instants(moment, zone):
            raise ValueError(f"{text!r} does not exist in {zone}: the clocks go forward over it")
        return At(at, zone, moment=moment)
    known = [name for name in WEEKDAYS if len(day) >= _SHORTEST and name.startswith(day.casefold())]
    if not known:
        raise ValueError(f"{day!r} is not a weekday. {suggestions(day, WEEKDAYS)}")
    return At(at, zone, weekday=WEEKDAYS.index(known[0]))


def _instants(moment: datetime, zone: str) -> list[datetime]:
    """Return the instants at which the zone's clock shows *moment*: none, one, or two."""
    clock = zone_of(zone)
    both = (moment.replace(tzinfo=clock, fold=fold).astimezone(UTC) for fold in (0, 1))
    return [instant for instant in dict.fromkeys(both) if instant.astimezone(clock).replace(tzinfo=None) == moment]


def both_clocks(moment: Moment, zone: str, other: str) -> str:
    """Return a moment on the clock of *zone*, and on that of *other* where it is another zone."""
    return moment.words(zone) if zone == other else f"{moment.words(zone)} {zone} ({moment.words(other)} {other})"
