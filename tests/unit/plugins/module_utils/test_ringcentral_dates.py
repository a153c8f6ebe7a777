# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dates of RingCentral's rules: what people write, what it means on a clock, and which days are closed."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError, Problems
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.model import Schedule
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.closing_days import (
    closing_days,
    read_closing,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.dates import (
    Dates,
    in_zone,
    ranges_in,
    read_range,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.rule_conditions import When

UTC = timezone.utc
NEW_YORK, LONDON, CAIRO, SYDNEY = "America/New_York", "Europe/London", "Africa/Cairo", "Australia/Sydney"
TODAY = date(2026, 11, 29)


def read(zone: str, *options: dict[str, str]) -> Dates:
    problems = Problems()
    ranges = [read_range(option, "dates", problems) for option in options]
    dates = in_zone([found for found in ranges if found], zone, "dates", problems)
    problems.raise_if_any()
    return dates


@pytest.mark.parametrize(
    ("zone", "option", "sent"),
    [
        (NEW_YORK, {"from": "2026-12-24"}, "2026-12-24T00:00:00-05:00 2026-12-25T00:00:00-05:00"),
        (NEW_YORK, {"from": "2026-07-03", "to": "2026-07-05"}, "2026-07-03T00:00:00-04:00 2026-07-06T00:00:00-04:00"),
        # 29 April to 5 May is never 5 April.
        (LONDON, {"from": "2026-04-29", "to": "2026-05-05"}, "2026-04-29T00:00:00+01:00 2026-05-06T00:00:00+01:00"),
        (NEW_YORK, {"from": "2027-03-14"}, "2027-03-14T00:00:00-05:00 2027-03-15T00:00:00-04:00"),
        (
            LONDON,
            {"from": "2027-10-31 12:00", "to": "2027-10-31"},
            "2027-10-31T12:00:00+00:00 2027-11-01T00:00:00+00:00",
        ),
        (
            SYDNEY,
            {"from": "2026-10-03T22:30", "to": "2026-10-04 08:00"},
            "2026-10-03T22:30:00+10:00 2026-10-04T08:00:00+11:00",
        ),
        # That day begins at one o'clock.
        (CAIRO, {"from": "2026-04-24"}, "2026-04-24T01:00:00+03:00 2026-04-25T00:00:00+03:00"),
    ],
)
def test_what_is_sent_names_the_offset_and_comes_back_the_same_in_any_form(
    zone: str, option: dict[str, str], sent: str
) -> None:
    dates = read(zone, option)
    assert " ".join(dates.sent()[0].values()) == sent
    again = read(zone, *dates.shown())
    assert again.canonical() == dates.canonical()
    start, end = dates.ranges[0]
    local = [moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S") for moment in (start, end)]
    utc = [moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") for moment in (start, end)]
    plain = [text[:-3] + text[-2:] for text in sent.split()]
    for first, last in (sent.split(), local, utc, plain):
        assert ranges_in([{"from": first, "to": last}], zone).canonical() == dates.canonical()


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"from": "24.12.2026"}, "write '2026-12-24'"),
        ({"from": "5/4/2026"}, "'2026-04-05' for 5 April or '2026-05-04' for 4 May"),
        ({"from": "05.05.2026"}, "write '2026-05-05'"),
        ({"from": "2026-4-29"}, "write '2026-04-29'"),
        ({"from": "20260429"}, "write '2026-04-29'"),
        ({"from": "2026-02-30"}, "not a day of the calendar"),
        ({"from": "2026-12-24", "to": "2026-12-24 24:00"}, "write '2026-12-24' for the end of that day"),
        ({"from": "2026-12-24 5pm", "to": "2026-12-24"}, "'2026-12-24 12:00'"),
        ({"from": "2026-12-24T12:00:00+01:00", "to": "2026-12-24"}, "the owner's own clock"),
        ({"from": "Christmas"}, "not a date such as '2026-12-24'"),
        ({"from": "2026-12-24 12:00"}, "is needed after a time"),
        ({"from": "2026-12-26", "to": "2026-12-24"}, "ends before it begins"),
        ({"from": "2027-03-14 02:30", "to": "2027-03-15"}, "does not exist in America/New_York"),
        ({"from": "2026-11-01 01:30", "to": "2026-11-02"}, "comes twice in America/New_York"),
    ],
)
def test_other_spellings_are_refused_with_the_right_one(option: dict[str, str], words: str) -> None:
    with pytest.raises(InputError) as refused:
        read(NEW_YORK, option)
    assert words in str(refused.value)


def test_what_is_over_does_not_count_and_days_that_touch_are_one_range() -> None:
    days = [{"from": "2026-11-28"}, {"from": "2026-11-29"}, {"from": "2026-12-24"}, {"from": "2026-12-25"}]
    noon = datetime(2026, 11, 29, 17, tzinfo=UTC)
    dates = read(NEW_YORK, *days)
    whole, cut = Dates(dates.ranges, NEW_YORK, noon), Dates(dates.ranges[1:], NEW_YORK, noon)
    assert whole.canonical() == cut.canonical()
    assert dates.canonical() != cut.canonical()
    assert whole.shown() == [{"from": "2026-11-28", "to": "2026-11-29"}, {"from": "2026-12-24", "to": "2026-12-25"}]


@pytest.mark.parametrize(
    ("item", "expected", "unused"),
    [
        ({"days": [{"from": "2026-12-24", "to": "2026-12-26"}], "except": ["2026-12-25"]}, ["24 24", "26 26"], 0),
        ({"days": [{"from": "2026-12-24"}, {"from": "2026-12-25"}]}, ["24 25"], 0),
        (
            {"days": [{"name": "Party", "from": "2026-12-24"}, {"from": "2026-12-27"}], "except": ["party"]},
            ["27 27"],
            0,
        ),
        ({"days": [{"from": "2026-12-24"}], "except": ["2020-12-24", "2027-01-01", "Party"]}, ["24 24"], 2),
    ],
)
def test_days_and_exceptions_of_the_file(item: dict[str, object], expected: list[str], unused: int) -> None:
    problems = Problems()
    found = read_closing(item, TODAY, "holidays", problems)
    problems.raise_if_any()
    assert len(found.unused) == unused
    ranges = closing_days(item, NEW_YORK, TODAY)
    shown = Dates(ranges, NEW_YORK).shown()
    assert [f"{part['from'][8:]} {part['to'][8:]}" for part in shown] == expected


@pytest.mark.parametrize(
    ("item", "zone", "day", "closed"),
    [
        ({"calendar": {"country": "US"}}, NEW_YORK, date(2026, 7, 3), True),
        ({"calendar": {"country": "US"}}, NEW_YORK, date(2027, 11, 25), True),
        ({"calendar": {"country": "US"}}, NEW_YORK, date(2028, 1, 17), False),
        ({"calendar": {"country": "US"}, "years": 3}, NEW_YORK, date(2028, 1, 17), True),
        ({"calendar": {"country": "US"}, "except": ["christmas day"]}, NEW_YORK, date(2027, 12, 25), False),
        ({"calendar": {"country": "DE"}}, "Europe/Berlin", date(2027, 1, 6), False),
        ({"calendar": {"country": "DE", "subdivision": "BY"}}, "Europe/Berlin", date(2027, 1, 6), True),
        ({"calendar": {"country": "de", "subdivision": "Bayern"}}, "Europe/Berlin", date(2027, 1, 6), True),
        # Names are those of the country, whatever this machine speaks.
        ({"calendar": {"country": "DE"}, "except": ["Neujahr"]}, "Europe/Berlin", date(2027, 1, 1), False),
        (
            {"calendar": {"country": "DE"}, "except": ["New Year's Day"], "language": "en-US"},
            "Europe/Berlin",
            date(2027, 1, 1),
            False,
        ),
    ],
)
def test_days_of_a_calendar(item: dict[str, object], zone: str, day: date, closed: bool) -> None:
    pytest.importorskip("holidays")
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert any(start <= noon < end for start, end in closing_days(item, zone, TODAY)) is closed


def when(**values: object) -> When:
    return When.of(values)


MONDAYS = Schedule.of({"monday": [("09:00", "12:00")]})


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (when(), when(), True),
        (when(callers=("+1",)), when(called_numbers=("+2",)), True),
        (when(callers=("+1",)), when(callers=("+2", "+3")), False),
        (when(callers=("+1",), called_numbers=("+2",)), when(callers=("+1",), called_numbers=("+3",)), False),
        (when(schedule=MONDAYS), when(schedule=Schedule.of({"monday": [("12:00", "23:59")]})), False),
        (when(schedule=MONDAYS), when(schedule=Schedule.of({"monday": [("11:59", "23:59")]})), True),
        (when(schedule=MONDAYS), when(schedule=Schedule.of({"tuesday": [("09:00", "12:00")]})), False),
        (when(schedule=MONDAYS), when(callers=("+1",)), True),
        # A Sunday, a Monday afternoon, a Monday until just after nine, a whole week.
        (when(schedule=MONDAYS), when(dates=read(SYDNEY, {"from": "2026-11-29"})), False),
        (when(schedule=MONDAYS), when(dates=read(SYDNEY, {"from": "2026-11-30 12:00", "to": "2026-11-30"})), False),
        (
            when(schedule=MONDAYS),
            when(dates=read(SYDNEY, {"from": "2026-11-30 08:00", "to": "2026-11-30 09:01"})),
            True,
        ),
        (when(schedule=MONDAYS), when(dates=read(SYDNEY, {"from": "2026-12-01", "to": "2026-12-07"})), True),
        (when(dates=read(LONDON, {"from": "2026-12-24"})), when(days=read(LONDON, {"from": "2026-12-25"})), False),
        (
            when(dates=read(LONDON, {"from": "2026-12-24"})),
            when(days=read(LONDON, {"from": "2026-12-24 23:59", "to": "2026-12-25"})),
            True,
        ),
    ],
)
def test_whether_two_rules_can_apply_to_one_call(one: When, other: When, meet: bool) -> None:
    assert one.meets(other) is other.meets(one) is meet
