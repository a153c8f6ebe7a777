# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time classes: instants at which the same schedules hold are one class. Private to the collection.

A set of classes is a whole number, one bit a class, so that "the times at which a call gets from here to there" is an
intersection of two numbers, however many schedules there are. Classes come from ordinary weeks, in which dated ranges
are not looked at, and from the dated ranges of the next `DAYS` days. Where schedules have clocks of several zones there
is an ordinary week for each distance between their clocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from .schedules import DAY, UTC, WEEK, Schedule, boundaries, instants, transitions, zone_of
from .time_words import Wall, date_words, day_words, moment_words, week_words

DAYS = 400
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Moment:
    """An instant of a call; without *dated* it is one of an ordinary week, in which dated ranges do not hold."""

    instant: datetime
    dated: bool = True

    @property
    def everything(self) -> int:
        """The one class that there is at an instant."""
        return 1

    def mask(self, schedule: Schedule) -> int:
        """Return whether the schedule holds, as a set of classes."""
        return int(schedule.holds(self.instant, dated=self.dated))

    def words(self, zone: str) -> str:
        """Return the moment as people in *zone* write it."""
        return moment_words(self.instant, zone)


class Atom(NamedTuple):
    """A stretch of time without any change. *usual* is the class that it has in an ordinary week."""

    start: datetime
    end: datetime
    number: int
    usual: int


class Times:
    """The time classes of *schedules* as seen from *zone*, for the days that follow *now*."""

    def __init__(self, schedules: Iterable[Schedule], zone: str, now: datetime) -> None:
        self.zone = zone
        self.now = now.astimezone(UTC).replace(microsecond=0)
        self._schedules = tuple(dict.fromkeys(schedules))
        self._position = {schedule: position for position, schedule in enumerate(self._schedules)}
        self._vectors: dict[int, int] = {}
        self._masks: dict[Schedule, int] = {}
        self._words: dict[int, str] = {}
        # By week and zone, the stretches of that week on the zone's clock, with their classes.
        self._clocks: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
        self._days: dict[str, list[tuple[datetime, datetime, list[Atom]]]] = {}
        self.weeks = [self._sweep(start, end, dated=False) for start, end in self._ordinary_weeks()]
        self._ordinary = _set_of(atom.number for week in self.weeks for atom in week)
        self.dated = [atom for start, end in self._dated_stretches() for atom in self._sweep(start, end, dated=True)]
        self.everything = (1 << len(self._vectors)) - 1

    def mask(self, schedule: Schedule) -> int:
        """Return the classes in which *schedule* holds. Raises `KeyError` for one that was not given."""
        if schedule not in self._masks:
            bit = 1 << self._position[schedule]
            self._masks[schedule] = _set_of(index for vector, index in self._vectors.items() if vector & bit)
        return self._masks[schedule]

    def moment(self, mask: int) -> Moment:
        """Return the first moment of *mask*, one of an ordinary week where there is any."""
        for atom in (atom for week in self.weeks for atom in week):
            if mask >> atom.number & 1:
                return Moment(atom.start, dated=False)
        return next(Moment(atom.start) for atom in self.dated if mask >> atom.number & 1)

    def moments(self) -> Iterator[Moment]:
        """Yield a moment of each class."""
        for index in range(len(self._vectors)):
            yield self.moment(1 << index)

    def words(self, mask: int) -> str:
        """Return *mask* as people say it, "" for all times."""
        if mask & self.everything == self.everything:
            return ""
        if mask not in self._words:
            self._words[mask] = self._spelled(mask)
        return self._words[mask]

    def _spelled(self, mask: int) -> str:
        week, zone, note = self._week_words(mask)
        added, lacking = self._dates(mask, zone, inside=True), self._dates(mask, zone, inside=False)
        if not mask & self._ordinary:
            return date_words(added, zone) + note
        text = week or ("any time" if lacking else "")
        text += f" and {date_words(added, zone)}" if added and week else ""
        return text + (f" except {date_words(lacking, zone)}" if lacking else "") + note

    def _week_words(self, mask: int) -> tuple[str, str, str]:
        """Return the part of *mask* that ordinary weeks have, on the clock that shows it in the same way in each.

        With it come the zone of that clock, and a note where it is not the usual one.
        """
        for zone in dict.fromkeys((self.zone, *(schedule.zone for schedule in self._schedules))):
            patterns = {week_words(self._walls(number, mask, zone)) for number in self._whole_weeks()}
            if len(patterns) == 1:
                words = patterns.pop()
                return words, zone, f" ({zone})" if words and zone != self.zone else ""
        first = self.weeks[0]
        date = day_words(first[0].start, self.zone)
        words = week_words(self._walls(0, mask, self.zone)) or "any time"
        return words, self.zone, f" (in the week of {date})"

    def _dates(self, mask: int, zone: str, *, inside: bool) -> list[tuple[datetime, datetime]]:
        """Return the dated stretches that are in *mask*, or outside of it, where an ordinary week is not so.

        A whole day on the clock of *zone* is shown as that, whatever hours an ordinary week has.
        """
        found: list[tuple[datetime, datetime]] = []

        def is_inside(number: int) -> bool:
            return (mask >> number & 1 == 1) is inside

        for start, end, atoms in self._days_of(zone):
            differing = [atom for atom in atoms if is_inside(atom.number) and not is_inside(atom.usual)]
            whole = differing and all(is_inside(atom.number) for atom in atoms) and _covers(atoms, start, end)
            parts = [(start, end)] if whole else [(max(atom.start, start), min(atom.end, end)) for atom in differing]
            for first, last in parts:
                if found and first == found[-1][1]:
                    first = found.pop()[0]
                found.append((first, last))
        return found

    def _days_of(self, zone: str) -> list[tuple[datetime, datetime, list[Atom]]]:
        """Return the days on the clock of *zone* that dated ranges touch, each with the stretches in it."""
        if zone not in self._days:
            clock = zone_of(zone)
            days: dict[date, list[Atom]] = {}
            for atom in self.dated:
                day, last = atom.start.astimezone(clock).date(), atom.end.astimezone(clock)
                while datetime.combine(day, time(), clock) < last:
                    days.setdefault(day, []).append(atom)
                    day += timedelta(days=1)
            self._days[zone] = [
                (
                    datetime.combine(day, time(), clock).astimezone(UTC),
                    datetime.combine(day + timedelta(days=1), time(), clock).astimezone(UTC),
                    sorted(atoms),
                )
                for day, atoms in sorted(days.items())
            ]
        return self._days[zone]

    def _whole_weeks(self) -> list[int]:
        """Return which weeks are complete: two clocks may have a distance for some days only."""
        whole = [number for number, week in enumerate(self.weeks) if week[-1].end - week[0].start == _WEEK]
        return whole or [0]

    def week_of(self, mask: int) -> list[Wall]:
        """Return the stretches of the first ordinary week in *mask*, in seconds since Monday on the zone's clock."""
        return self._walls(0, mask, self.zone)

    def _walls(self, number: int, mask: int, zone: str) -> list[Wall]:
        """Return the stretches in *mask* of the week with that *number*, those that follow each other as one."""
        if (number, zone) not in self._clocks:
            self._clocks[number, zone] = list(_on_clock(self.weeks[number], zone))
        # To take bits of a long number one by one takes time that grows as the square.
        bits = bin(mask)[:1:-1]
        found: list[Wall] = []
        for start, end, one in self._clocks[number, zone]:
            if bits[one : one + 1] == "1":
                if found and found[-1][1] == start:
                    start = found.pop()[0]
                found.append((start, end))
        return found

    def _vector(self, instant: datetime, dated: bool) -> int:
        return sum(
            1 << position for position, schedule in enumerate(self._schedules) if schedule.holds(instant, dated=dated)
        )

    def _ordinary_weeks(self) -> list[tuple[datetime, datetime]]:
        """Return one week for each distance that the clocks of the schedules have from each other."""
        zones = sorted({self.zone, *(schedule.zone for schedule in self._schedules if schedule.weekly)})
        start = _next_monday(self.now, self.zone)
        end = start + timedelta(days=DAYS)
        cuts = sorted({start, end, *(cut for zone in zones for cut in transitions(zone, start, end))})
        best: dict[tuple[timedelta, ...], tuple[datetime, datetime]] = {}
        for first, last in pairwise(cuts):
            monday = _next_monday(first - timedelta(seconds=1), self.zone)
            first = monday if last - monday >= _WEEK else first
            stretch = (first, min(first + _WEEK, last))
            offsets = [first.astimezone(zone_of(zone)).utcoffset() or timedelta() for zone in zones]
            known = best.get(distance := tuple(offset - offsets[0] for offset in offsets))
            if known is None or known[1] - known[0] < stretch[1] - stretch[0]:
                best[distance] = stretch
        return list(best.values())

    def _dated_stretches(self) -> list[tuple[datetime, datetime]]:
        """Return where dated ranges hold. Of a long one each week is like the first that has the same clocks."""
        end = self.now + timedelta(days=DAYS)
        ranges = [pair for schedule in self._schedules for pair in instants(schedule) if pair[0] < pair[1]]
        ranges = [(max(start, self.now), min(last, end)) for start, last in ranges if last > self.now and start < end]
        cuts = {instant for pair in ranges for instant in pair}
        if not cuts:
            return []
        zones = {schedule.zone for schedule in self._schedules if schedule.weekly}
        cuts |= {
            cut for zone in zones for cut in transitions(zone, min(cuts), max(cuts)) if min(cuts) < cut < max(cuts)
        }
        ordered = sorted(cuts)
        inside, opened = [], sorted(ranges)
        for first, last in pairwise(ordered):
            opened = [pair for pair in opened if pair[1] > first]
            if any(start <= first for start, _end in opened):
                inside.append((first, min(last, first + _WEEK)))
        return inside

    def _sweep(self, start: datetime, end: datetime, *, dated: bool) -> list[Atom]:
        """Return the stretches from *start* to *end* in which nothing changes."""
        changes: dict[datetime, list[int]] = {start: []}
        for position, schedule in enumerate(self._schedules):
            for instant in boundaries(schedule, start, end):
                changes.setdefault(instant, []).append(position)
        vector, usual = self._vector(start, dated), self._vector(start, dated=False)
        found = []
        cuts = sorted(instant for instant in changes if instant < end)
        for first, last in pairwise([*cuts, end]):
            for position in changes[first]:
                schedule, bit = self._schedules[position], 1 << position
                vector = vector | bit if schedule.holds(first, dated=dated) else vector & ~bit
                usual = usual | bit if schedule.holds(first, dated=False) else usual & ~bit
            found.append(Atom(first, last, self._class(vector), self._class(usual)))
        return found

    def _class(self, vector: int) -> int:
        return self._vectors.setdefault(vector, len(self._vectors))


def _set_of(members: Iterable[int]) -> int:
    """Return the set of *members*; made at once, because bits added one by one take time that grows as the square."""
    found = set(members)
    return int("".join("01"[number in found] for number in range(max(found), -1, -1)), 2) if found else 0


def _covers(atoms: Sequence[Atom], start: datetime, end: datetime) -> bool:
    """Return whether *atoms* in their order leave no gap between *start* and *end*."""
    for atom in atoms:
        if atom.start > start:
            return False
        start = max(start, atom.end)
    return start >= end


def _second_of_week(instant: datetime, zone: str) -> int:
    local = instant.astimezone(zone_of(zone))
    return local.weekday() * DAY + local.hour * 3600 + local.minute * 60 + local.second


def _on_clock(week: Sequence[Atom], zone: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and class of each stretch of a week; one that goes over its end is two."""
    for atom in week:
        start = _second_of_week(atom.start, zone)
        end = start + int((atom.end - atom.start).total_seconds())
        yield start, min(end, WEEK), atom.number
        if end > WEEK:
            yield 0, end - WEEK, atom.number


def _next_monday(after: datetime, zone: str) -> datetime:
    """Return the first midnight before a Monday that is later than *after*."""
    day = after.astimezone(zone_of(zone)).date()
    monday = datetime.combine(day + timedelta(days=7 - day.weekday()), time(), zone_of(zone))
    return monday.astimezone(UTC)
