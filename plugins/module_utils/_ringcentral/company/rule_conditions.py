# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a custom rule of the company, a site or a queue applies. Facts: docs/providers/ringcentral-company.md 7 and 9.

All conditions of a rule hold together. Its `schedule` is one thing: hours of the week or dates. Private to the
collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

from ..._calls.schedules import DAY, WEEK, boundaries, weekly
from ..._calls.schedules import Schedule as Weekly
from ..._engine import naming
from ..._numbers.rules import NumberRules
from ..api import Record
from ..call_forwarding.business_hours import schedule_in, weekly_ranges
from ..call_forwarding.conditions import conditions_of_rule
from ..call_forwarding.desired import read_schedule
from ..call_forwarding.model import DAYS, Schedule
from .dates import MOST_RANGES, Dates, ranges_in, read_range

NAMES = ("callers", "called_numbers", "schedule", "dates")
# The longest number that is an extension's, which callers inside the account have.
_LONGEST_EXTENSION = 8
_LAST_MINUTE = "23:59"
_WEEK = timedelta(days=7)


def read_conditions(item: Mapping[str, Any], where: str, rules: NumberRules) -> dict[str, Any]:
    """Return the conditions that the user's *item* gives, None or () for empty ones, which a rule is to lose.

    Dates are still on the owner's clock.
    """
    found: dict[str, Any] = {}
    if item.get("callers") is not None:
        found["callers"] = tuple(_callers(item["callers"], f"{where}: callers", rules))
    if item.get("called_numbers") is not None:
        numbers = (
            rules.number(f"{where}: called_numbers[{position}]", value)
            for position, value in enumerate(item["called_numbers"])
        )
        found["called_numbers"] = tuple(number for number in numbers if number)
    for name in ("callers", "called_numbers"):
        for number in sorted({number for number in found.get(name, ()) if found[name].count(number) > 1}):
            rules.problems.add(f"{where}: {name}", f"has {number} twice")
    if item.get("schedule") is not None and all(value is None for value in item["schedule"].values()):
        found["schedule"] = None
    elif item.get("schedule") is not None:
        found["schedule"] = read_schedule(item["schedule"], f"{where}: schedule", rules.problems)
        if item["schedule"].get("always"):
            rules.problems.add(f"{where}: schedule.always", "is not a condition; leave schedule out")
    if item.get("dates") == []:
        found["dates"] = None
    elif item.get("dates") is not None:
        read = [
            read_range(option, f"{where}: dates[{position}]", rules.problems)
            for position, option in enumerate(item["dates"])
        ]
        found["dates"] = [part for part in read if part is not None]
        if len(read) > MOST_RANGES:
            rules.problems.add(
                f"{where}: dates", f"has {len(read)} ranges; a rule takes at most {MOST_RANGES} (AWR-126)"
            )
    if found.get("schedule") is not None and found.get("dates") is not None:
        rules.problems.add(where, "schedule and dates do not go together; write two rules instead")
    return found


def _callers(values: Iterable[Any], where: str, rules: NumberRules) -> Iterator[str]:
    for position, value in enumerate(values):
        text = naming.folded(value) if isinstance(value, str) else ""
        if text.isdecimal() and len(text) <= _LONGEST_EXTENSION and not text.startswith("0"):
            # Short numbers are extensions of the account.
            yield text
        else:
            number = rules.number(f"{where}[{position}]", value)
            if number:
                yield number


def conditions_in(rule: Record, zone: str) -> dict[str, Any]:
    """Return the conditions of *rule*, whose owner is in *zone*; `other_condition` is what no option can say."""
    plain, schedule = conditions_of_rule(rule), rule.get("schedule") or {}
    return {
        "callers": tuple(plain["callers"]) if plain.get("callers") else None,
        "called_numbers": tuple(plain["called_numbers"]) if plain.get("called_numbers") else None,
        "schedule": schedule_in(rule) if plain.get("schedule") else None,
        "dates": ranges_in(schedule["ranges"], zone) if schedule.get("ranges") else None,
        "other_condition": str(schedule["ref"]) if schedule.get("ref") else None,
    }


def members_of(values: Mapping[str, Any], names: Iterable[str], rule: Record) -> Record:
    """Return the members of a request: the conditions *names* as *values* have them, the others as *rule* has them."""
    changes = set(names)
    body: Record = {}
    if "callers" in changes:
        body["callers"] = [{"callerId": number} for number in values["callers"] or ()]
    elif rule.get("callers"):
        body["callers"] = [
            {name: caller[name] for name in ("callerId", "name") if caller.get(name)} for caller in rule["callers"]
        ]
    if "called_numbers" in changes:
        body["calledNumbers"] = [{"phoneNumber": number} for number in values["called_numbers"] or ()]
    elif rule.get("calledNumbers"):
        body["calledNumbers"] = [{"phoneNumber": number["phoneNumber"]} for number in rule["calledNumbers"]]
    if {"schedule", "dates"} & changes:
        dates, week = values.get("dates"), values.get("schedule")
        body["schedule"] = {}
        if dates is not None:
            body["schedule"] = {"ranges": dates.sent()}
        elif week is not None:
            body["schedule"] = {"weeklyRanges": weekly_ranges(week)}
    elif rule.get("schedule"):
        body["schedule"] = rule["schedule"]
    return body


@dataclass(frozen=True)
class When:
    """When a rule applies, as far as it can be compared. Empty members are no condition."""

    callers: frozenset[str]
    called_numbers: frozenset[str]
    week: Schedule | None
    dates: Dates | None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> When:
        """Return when a rule applies that has these *values*. What no option can say is taken for always."""
        callers, called = (frozenset(values.get(name) or ()) for name in ("callers", "called_numbers"))
        week, dates = values.get("schedule"), values.get("dates") or values.get("days")
        return cls(callers, called, week, dates if isinstance(dates, Dates) else None)

    def meets(self, other: When) -> bool:
        """Return whether there is a call to which both apply."""
        pairs = ((self.callers, other.callers), (self.called_numbers, other.called_numbers))
        if any(one and another and not one & another for one, another in pairs):
            return False
        if self.dates is not None and other.dates is not None:
            pairs_of_dates = product(self.dates.canonical(), other.dates.canonical())
            return any(max(a, c) < min(b, d) for (a, b), (c, d) in pairs_of_dates)
        if self.dates is not None:
            return other.week is None or _within(self.dates, other.week)
        if other.dates is not None:
            return self.week is None or _within(other.dates, self.week)
        if self.week is None or other.week is None:
            return True
        one, another = _spans(self.week, "UTC").weekly, _spans(other.week, "UTC").weekly
        return any(max(a, c) < min(b, d) for (a, b), (c, d) in product(one, another))


def _spans(week: Schedule, zone: str) -> Weekly:
    days = [(DAYS.index(day), *times) for day, ranges in week.days for times in ranges]
    return weekly(
        [(day, _seconds(start), DAY if end == _LAST_MINUTE else _seconds(end)) for day, start, end in days], zone
    )


def _seconds(text: str) -> int:
    return int(text[:2]) * 3600 + int(text[3:]) * 60


def _within(dates: Dates, week: Schedule) -> bool:
    """Return whether some time of *dates* is in the hours of the *week*, on the clock of the dates."""
    hours = _spans(week, dates.zone or "UTC")
    if hours.weekly == ((0, WEEK),):
        return True
    for start, end in dates.canonical():
        if end - start >= _WEEK or hours.holds(start):
            return True
        if any(start <= moment < end and hours.holds(moment) for moment in boundaries(hours, start, end)):
            return True
    return False
