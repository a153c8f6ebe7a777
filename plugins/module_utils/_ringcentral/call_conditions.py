# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When rules of an extension apply: its work hours, and the conditions of custom rules. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .._calls.nodes import DOCUMENTED, Draft, Evidence, Level, Place, Rule, To, assumed, not_known
from .._calls.schedules import DAY, UTC, WEEK, Schedule, around_the_clock, weekly, zone_of
from .._engine.package import Item
from .._errors import InputError
from .call_forwarding.model import AFTER, DAYS, read_range
from .call_options import entries, truth

# Callers inside the account, whom no call from outside can be.
_EXTENSION = re.compile(r"\d{1,8}")
# A day, or a day and a time.
_AS_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?")
_FRACTION = re.compile(r"[.,]\d+")
_OFFSET = re.compile(r"([+-]\d\d):?(\d\d)$")

# Ranges of seconds since Monday 00:00.
Spans = tuple[tuple[int, int], ...]


def both(first: Evidence, second: Evidence) -> Evidence:
    """Return the weaker of two, or what both assume."""
    if first.level is Level.UNKNOWN or second.level is Level.DOCUMENTED:
        return first
    if second.level is Level.UNKNOWN or first.level is Level.DOCUMENTED:
        return second
    return assumed(f"{first.words}, and {second.words}")


@dataclass(frozen=True)
class Hours:
    """The work hours of an extension in its *zone*, "" where that is not known; *evidence* is that of the zone.

    *weekly*: None where they are not known, and then *unknown* says what is not.
    """

    zone: str
    weekly: Schedule | None
    evidence: Evidence = DOCUMENTED
    unknown: str = ""

    @property
    def always(self) -> bool:
        """Whether they are around the clock."""
        return self.weekly is not None and self.weekly.always

    @classmethod
    def of(cls, whose: str, option: Item, zone: str, evidence: Evidence = DOCUMENTED) -> Hours:
        """Return the hours that the option `schedule` says, {} where it is not known."""
        found = _weekly(option)
        if found == ((0, WEEK),):
            return cls(zone if _exists(zone) else "", around_the_clock(zone), evidence)
        if found is None:
            return cls(zone if _exists(zone) else "", None, evidence, f"when the work hours of {whose} are")
        if not _exists(zone):
            return cls("", None, evidence, f"in which time zone the work hours of {whose} are")
        return cls(zone, Schedule(zone, found), evidence)

    def spans(self, hours: str) -> Spans | None:
        """Return when it is *hours*, None where that is not known."""
        if self.weekly is None:
            return None
        return _complement(self.weekly.weekly) if hours == AFTER else self.weekly.weekly


def _exists(zone: str) -> bool:
    if not zone:
        return False
    try:
        zone_of(zone)
    except InputError:
        return False
    return True


def _weekly(option: Item) -> Spans | None:
    """Return the hours that an option `schedule` says, None for what cannot be read."""
    if truth(option.get("always")):
        return ((0, WEEK),)
    ranges = []
    for number, day in enumerate(DAYS):
        for text in entries(option.get(day)):
            found = read_range(str(text).strip())
            if found is None:
                return None
            start, end = (int(part[:2]) * 3600 + int(part[3:]) * 60 for part in found)
            # The last minute is written for midnight (ringcentral.md 8).
            ranges.append((number, start, DAY if found[1] == "23:59" else end))
    # No hours at all are around the clock to RingCentral, which nobody means who lists none.
    return weekly(ranges, "").weekly if ranges else None


def _complement(spans: Spans) -> Spans:
    edges = [0, *(edge for span in spans for edge in span), WEEK]
    return tuple((start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end)


def _common(one: Spans, other: Spans) -> Spans:
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((start, end) for start, end in pairs if start < end))


def conditions(rule: Item, whose: str, hours: Hours, to: To, place: Place, draft: Draft) -> Iterator[Rule]:
    """Yield the rules that a custom rule amounts to: all of its conditions hold together (ringcentral.md 9.5).

    `dates` are on the clock of the rule's owner, and `ranges` as RingCentral has them.
    """
    name = str(rule["name"])
    known = ("callers", "called_numbers", "hours", "schedule", "dates", "ranges")
    unknown = not_known(f'when the custom rule "{name}" of {whose} applies')
    callers, unread = _numbers(rule.get("callers"), draft)
    called, unread_too = _numbers(rule.get("called_numbers"), draft)
    if unread or unread_too or rule.get("other_condition") or not any(rule.get(member) for member in known):
        yield Rule(to, name=name, place=place, condition=unknown, callers=callers if not unread else frozenset())
        return
    if (rule.get("callers") and not callers) or (rule.get("called_numbers") and not called):
        return
    for schedule, evidence in _times(rule, hours, unknown):
        yield Rule(to, schedule, callers, called, name, place, evidence)


def _numbers(texts: Iterable[Any] | None, draft: Draft) -> tuple[frozenset[str], bool]:
    """Return phone numbers in E.164, and whether any could not be read. Extensions are left out."""
    found, unread = set(), False
    for text in texts or ():
        number = None if _EXTENSION.fullmatch(str(text)) else draft.e164(text)
        if number is not None:
            found.add(number)
        elif not _EXTENSION.fullmatch(str(text)):
            unread = True
    return frozenset(found), unread


def _times(rule: Item, hours: Hours, unknown: Evidence) -> Iterator[tuple[Schedule | None, Evidence]]:
    """Yield schedules, each with how sure it is that the rule applies then; none is yielded for never."""
    if not any(rule.get(member) for member in ("hours", "schedule", "dates", "ranges")):
        yield None, DOCUMENTED
        return
    spans = None if not rule.get("hours") else hours.spans(str(rule["hours"]))
    week = None if not rule.get("schedule") else _weekly(rule["schedule"])
    dated = [*(rule.get("dates") or ()), *(rule.get("ranges") or ())]
    unclear = (rule.get("hours") and (spans is None or dated)) or (rule.get("schedule") and week is None)
    if unclear or not hours.zone:
        yield None, unknown
        return
    if spans is not None:
        week = spans if week is None else _common(spans, week)
    certain, perhaps = _dated(dated, hours.zone)
    if certain is None:
        yield None, unknown
        return
    sure = Schedule(hours.zone, week or (), certain)
    if not sure.never:
        yield (None if sure.always else sure), hours.evidence
    if perhaps != certain:
        # How a range is read that names a time zone, or none, is not documented (ringcentral.md 8 and 9.5).
        yield Schedule(hours.zone, (), perhaps), unknown


Dated = tuple[tuple[datetime, datetime], ...]


def _dated(ranges: Iterable[Item], zone: str) -> tuple[Dated | None, Dated]:
    """Return the instants that belong to dated ranges however they are read, and those that perhaps do.

    None where they cannot be read.
    """
    certain, perhaps = [], []
    for item in ranges:
        try:
            starts, ends = _readings(item["from"], zone), _readings(item["to"], zone, ends=True)
        except (KeyError, ValueError):
            return None, ()
        pairs = list(zip(starts, ends, strict=True))
        start, end = max(starts), min(ends)
        if start < end:
            certain.append((start, end))
        perhaps.append((min(start for start, _end in pairs), max(end for _start, end in pairs)))
    return tuple(certain), tuple(perhaps)


def _readings(time: Any, zone: str, *, ends: bool = False) -> tuple[datetime, datetime]:
    """Return the two instants that a time in a range may be: in the extension's zone, and in the one that it names.

    One that names none may be in UTC. As users write them, times are in the extension's zone, and a day at which
    something *ends* is the whole day. An instant is one.
    """
    if isinstance(time, datetime):
        return time, time
    text = str(time).strip()
    if _AS_WRITTEN.fullmatch(text):
        written = datetime.fromisoformat(text)
        whole_day = ends and len(text) == len("2026-12-24")
        written += timedelta(days=1) if whole_day else timedelta()
        one = written.replace(tzinfo=zone_of(zone)).astimezone(UTC)
        return one, one
    plain = _FRACTION.sub("", text).replace("Z", "+0000").replace("z", "+0000")
    moment = datetime.fromisoformat(_OFFSET.sub(r"\1:\2", plain) if "T" in plain else plain)
    local = moment.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    return local, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
