# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time classes and times: what the model says of a schedule is what a clock on the wall says, minute by minute."""

from __future__ import annotations

import os
import random
import zoneinfo
from datetime import datetime, timedelta

import pytest

from ansible_collections.office.telephony.plugins.module_utils._calls import schedules
from ansible_collections.office.telephony.plugins.module_utils._calls.moments import read_at
from ansible_collections.office.telephony.plugins.module_utils._calls.reading import Reader
from ansible_collections.office.telephony.plugins.module_utils._calls.schedules import (
    DAY,
    UTC,
    WEEK,
    Schedule,
    weekly,
    zone_of,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.times import DAYS, Moment, Times
from ansible_collections.office.telephony.plugins.module_utils._errors import InputError, Problems
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.calls_graphs import (
    HOLIDAYS,
    NOW,
    OFFICE_HOURS,
    ZONE,
)

# Another clock change on another day, none at all, half an hour, and the other half of the year.
ZONES = ["Europe/Stockholm", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Australia/Lord_Howe"]
# FUZZ: how many random sets of schedules, each looked at in every minute of its days.
FUZZ = int(os.environ.get("FUZZ", "0"))


def on_the_wall(schedule: Schedule, instant: datetime, dated: bool) -> bool:
    """Whether a schedule holds, by reading the clock in its zone and nothing else."""
    local = instant.astimezone(zoneinfo.ZoneInfo(schedule.zone))
    second = local.weekday() * DAY + local.hour * 3600 + local.minute * 60
    if any(start <= second < end for start, end in schedule.weekly):
        return True
    zone = zoneinfo.ZoneInfo(schedule.zone)
    spans = [tuple(end.replace(tzinfo=zone).timestamp() for end in span) for span in schedule.dated]
    return dated and any(start <= instant.timestamp() < end for start, end in spans)


def random_schedules(chance: random.Random) -> tuple[Times, list[Schedule]]:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(2 * 365 * 24 * 60))
    zones = chance.sample(ZONES, chance.choice([1, 1, 2, 3]))
    found = []
    for _number in range(chance.randrange(1, 4)):
        zone = chance.choice(zones)
        ranges = [
            (chance.randrange(7), chance.randrange(0, DAY, 300), chance.choice([DAY, chance.randrange(300, DAY, 300)]))
            for _range in range(chance.randrange(4))
        ]
        dated = []
        for _range in range(chance.choice([0, 0, 1, 2])):
            start = (now + timedelta(minutes=chance.randrange(-40_000, 450 * 24 * 60))).replace(tzinfo=None)
            minutes = chance.choice([60, 24 * 60, 9 * 24 * 60, 100 * 24 * 60])
            dated.append((start, start + timedelta(minutes=minutes)))
        found.append(Schedule(zone, weekly(ranges, zone).weekly, tuple(dated)))
    return Times(found, chance.choice(zones), now), found


@pytest.mark.parametrize("seed", range(FUZZ or 12))
def test_classes_are_what_the_clocks_show(seed: int) -> None:
    chance = random.Random(seed)
    times, found = random_schedules(chance)
    masks = [times.mask(schedule) for schedule in found]
    size = times.everything.bit_length()
    classes = {tuple(mask >> number & 1 == 1 for mask in masks) for number in range(size)}
    minutes = range(1, DAYS * 24 * 60) if FUZZ else chance.sample(range(1, DAYS * 24 * 60), 400)
    moments = [times.now + timedelta(minutes=minute) for minute in minutes]
    changes = [atom.start for week in (*times.weeks, times.dated) for atom in week]
    moments += [change + timedelta(minutes=minute) for change in changes[:300] for minute in (-1, 0, 1)]
    for instant in moments:
        if not times.now < instant < times.now + timedelta(days=DAYS):
            continue
        for dated in (True, False):
            assert tuple(on_the_wall(schedule, instant, dated) for schedule in found) in classes
    for atom in (atom for week in (*times.weeks, times.dated) for atom in week):
        for instant in (atom.start, atom.start + (atom.end - atom.start) / 2, atom.end - timedelta(seconds=1)):
            holding = [on_the_wall(schedule, instant, atom in times.dated) for schedule in found]
            assert holding == [mask >> atom.number & 1 == 1 for mask in masks], atom


def test_each_class_has_a_moment_at_which_it_is() -> None:
    times = Times([OFFICE_HOURS, HOLIDAYS], ZONE, NOW)
    moments = list(times.moments())
    for number, moment in enumerate(moments):
        for schedule in (OFFICE_HOURS, HOLIDAYS):
            assert moment.mask(schedule) == times.mask(schedule) >> number & 1
    assert [moment.dated for moment in moments] == [False, False, True, True]


def test_hours_of_one_zone_have_one_week_and_of_several_one_for_each_distance() -> None:
    other = weekly([(0, 0, 3600)], "America/New_York")
    assert len(Times([OFFICE_HOURS], ZONE, NOW).weeks) == 1
    # Six hours apart, and five between the two changes of the clocks.
    assert len(Times([OFFICE_HOURS, other], ZONE, NOW).weeks) == 2


def test_a_week_in_words() -> None:
    other = weekly([(day, 9 * 3600, 17 * 3600) for day in range(5)], "America/New_York")
    times = Times([OFFICE_HOURS, other, HOLIDAYS], ZONE, NOW)
    hours, days = times.mask(OFFICE_HOURS), times.mask(HOLIDAYS)
    assert times.words(times.everything) == ""
    assert times.words(hours) == "Mon\N{EN DASH}Fri 09:00\N{EN DASH}17:00"
    assert times.words(times.everything & ~hours) == "outside Mon\N{EN DASH}Fri 09:00\N{EN DASH}17:00"
    assert times.words(times.mask(other)) == "Mon\N{EN DASH}Fri 09:00\N{EN DASH}17:00 (America/New_York)"
    assert times.words(days) == "24\N{EN DASH}25 Dec 2026"
    assert times.words(hours & ~days) == "Mon\N{EN DASH}Fri 09:00\N{EN DASH}17:00 except 24\N{EN DASH}25 Dec 2026"
    assert times.words(times.everything & ~days) == "any time except 24\N{EN DASH}25 Dec 2026"


def test_a_range_past_midnight_belongs_to_two_days() -> None:
    assert weekly([(6, 22 * 3600, 6 * 3600)], ZONE).weekly == ((0, 6 * 3600), (WEEK - 2 * 3600, WEEK))


def test_the_day_of_a_clock_change_is_a_whole_day() -> None:
    schedule = Schedule(ZONE, dated=((datetime(2026, 10, 25), datetime(2026, 10, 26)),))
    ((start, end),) = schedules.instants(schedule)
    assert end - start == timedelta(hours=25)


def at(given: object, zone: str = ZONE) -> tuple[list[list[Moment]], list[tuple[str, str]]]:
    problems = Problems()
    found = read_at(given, "at", zone, Reader(problems))
    return [one.moments(NOW) for one in found], problems.found


def test_a_weekday_is_the_next_one_whose_clock_shows_the_time_once() -> None:
    ((moment,),), problems = at("saturday 10:00")
    assert (moment.instant, moment.dated, problems) == (datetime(2026, 12, 5, 9, tzinfo=UTC), False, [])
    spring = datetime(2027, 3, 27, 12, tzinfo=UTC)
    (sunday,) = read_at("Sun 02:30", "at", ZONE, Reader(Problems()))
    # On 28 March the clocks leave it out.
    assert sunday.moments(spring) == [Moment(datetime(2027, 4, 4, 0, 30, tzinfo=UTC), dated=False)]


def test_a_date_is_an_instant_two_where_the_clock_repeats_it_and_none_in_the_past() -> None:
    moments, problems = at(
        ["2027-10-31 02:30", "2026-01-01 10:00", {"time": "2026-12-24 12:00", "zone": "Asia/Kolkata"}]
    )
    assert [[str(moment.instant) for moment in one] for one in moments] == [
        ["2027-10-31 00:30:00+00:00", "2027-10-31 01:30:00+00:00"],
        [],
        ["2026-12-24 06:30:00+00:00"],
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("given", "where", "what"),
    [
        ("2027-03-28 02:30", "at", "does not exist in Europe/Stockholm"),
        ("satuday 10:00", "at", "Did you mean 'saturday'"),
        ("10:00", "at", "is not a time of a call"),
        (630, "at", "write what it was in quotes"),
        (["monday 09:00", "2026-02-30 09:00"], "at[1]", "is not a date"),
        ({"time": "monday 09:00", "zone": "Europe/Stokholm"}, "at.zone", "is not the name of a time zone"),
    ],
)
def test_a_wrong_time_is_refused_with_its_place(given: object, where: str, what: str) -> None:
    _moments, ((place, text),) = at(given)
    assert place == where
    assert what in text


def test_without_a_time_zone_database_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(schedules, "ZoneInfo", missing)
    with pytest.raises(InputError, match="tzdata"):
        zone_of("Europe/Nowhere")
