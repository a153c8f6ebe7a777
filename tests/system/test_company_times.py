# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A company in New York with a site in Los Angeles and a queue in London is open and closed to the minute.

Clocks change on other days in the United States than in London. What the files say is compared with what the
simulator's player and the call model make of the account, whichever form dates come back in (switch range_zone).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from system_company import ClockAt, CompanyOffice, in_turn
from system_judge import end_of_play, end_of_route
from system_support import PACKAGE, Json, run_module

from simulator.harness import Simulator
from simulator.ringcentral import seed

FORMS = ("kept", "local", "utc")
JANUARY = "2026-01-10T12:00:00"
# The zone of each owner, and what a caller dials.
OWNERS: dict[str, tuple[str, Any]] = {
    "company": ("America/New_York", seed.MAIN_NUMBER),
    "9001": ("America/Los_Angeles", {"ringcentral": "9001"}),
    "7002": ("Europe/London", {"ringcentral": "7002"}),
}
_ALWAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = {day: ["09:00-17:00"] for day in _ALWAYS}
# When clocks change: in March and in autumn, in the United States and in London.
CHANGES = (
    "2026-03-08",
    "2026-03-29",
    "2026-10-25",
    "2026-11-01",
    "2027-03-14",
    "2027-03-28",
    "2027-10-31",
    "2027-11-07",
)
# Closing days that begin, end and lie around such days; the last is an afternoon.
DAYS = (
    ("2026-03-08", "2026-03-08"),
    ("2026-03-28", "2026-03-30"),
    ("2026-11-01", "2026-11-01"),
    ("2027-03-27", "2027-03-28"),
    ("2027-11-06 12:00", "2027-11-07 16:00"),
)
OPEN, AFTER, DAY = {"extension": "7101"}, {"extension": "301"}, {"extension": "7103"}
ENDS = {
    "open": ("voicemail", "voicemail/ringcentral/7101"),
    "after hours": ("hang_up", ""),
    "closing day": ("voicemail", "voicemail/ringcentral/7103"),
}
_DAYS = [{"name": f"Day {place}", "from": start, "to": end} for place, (start, end) in enumerate(DAYS)]
LISTS: Json = {
    "group_extensions": [
        {"extension": "7103", "kind": "message_only", "name": "Closing days", "email": "closed@example.org"}
    ],
    "call_queues": [
        {"extension": "7002", "hours": WEEK, "after_hours": AFTER, "max_wait": 30, "on_max_wait": OPEN},
    ],
    "company_hours": [{"owner": owner, "schedule": WEEK} for owner in ("company", "9001")],
    "company_rules": [
        {"owner": owner, "hours": hours, "destination": to}
        for owner in ("company", "9001")
        for hours, to in (("work", OPEN), ("after", AFTER))
    ],
    "holidays": [{"owner": owner, "days": _DAYS, "destination": DAY} for owner in OWNERS],
}


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


def run(office: CompanyOffice, clock: str, lists: Json) -> Json:
    """Bring the account in line with lists at a time."""
    given = {"office": "newyork", "region": "US", "timezone": "America/New_York"}
    office.simulator.clear_requests()
    options = {**given, "ringcentral_connection": office.options, "ringcentral": lists, "verify": False}
    with in_turn():
        result = run_module("office", options, clock=ClockAt(clock))
    assert not result.get("failed"), result["msg"]
    return result


def bounds(start: str, end: str) -> tuple[datetime, datetime]:
    """A closing day on its owner's clock, from its first minute until before its last one."""
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    return first, last if " " in end else last + timedelta(days=1)


def meant(local: datetime) -> str:
    """What the lists say of a time on an owner's clock."""
    if any(first <= local < last for first, last in (bounds(*day) for day in DAYS)):
        return "closing day"
    return "open" if 9 <= local.hour < 17 else "after hours"


def minutes() -> Iterator[datetime]:
    """Times on a clock: the minutes on either side of everything that begins or ends."""
    edges = {edge for day in DAYS for edge in bounds(*day)}
    for day in map(datetime.fromisoformat, CHANGES):
        edges |= {day.replace(hour=9), day.replace(hour=17)}
    for edge in sorted(edges):
        yield edge - timedelta(minutes=1)
        yield edge


def instant(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class _January(datetime):
    """A clock of whole offices that shows January."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _January:
        return cls.fromisoformat(JANUARY).replace(tzinfo=tz)


def modelled(office: CompanyOffice, calls: Sequence[Json]) -> list[tuple[str, str]]:
    """How the call model says that calls end."""
    given = {"office": "newyork", "region": "US", "timezone": "America/New_York", "providers": ["ringcentral"]}
    options = {**given, "ringcentral_connection": office.options, "calls": list(calls)}
    with mock.patch.object(import_module(f"{PACKAGE}.module_utils._ansible.office"), "datetime", _January), in_turn():
        result = run_module("office_calls", options, clock=ClockAt(JANUARY))
    assert not result.get("failed"), result["msg"]
    found = []
    for answer in result["routes"]:
        (moment,) = answer["moments"]
        assert not moment["why"], moment["why"]
        (route,) = moment["routes"]
        found.append(end_of_route(route))
    return found


@pytest.mark.parametrize("form", FORMS)
def test_hours_and_closing_days_are_right_to_the_minute_when_clocks_change(office: CompanyOffice, form: str) -> None:
    office.simulator.set_switches({"ringcentral": {"range_zone": form}})
    run(office, JANUARY, LISTS)
    played, calls, expected = [], [], []
    for zone, dial in OWNERS.values():
        for local in minutes():
            dialled = {"extension": dial} if isinstance(dial, dict) else {"number": dial}
            # The player gets the instant, the model the time on the owner's clock.
            at = f"{instant(local, zone):%Y-%m-%dT%H:%M:00+00:00}"
            played.append(end_of_play(office.simulator.call({**dialled, "at": at, "unanswered": "all"})))
            when = {"time": f"{local:%Y-%m-%d %H:%M}", "zone": zone}
            calls.append({"dial": dial, "at": when, "unanswered": ["all"]})
            expected.append(ENDS[meant(local)])
    wrong = [(call, end, want) for call, end, want in zip(calls, played, expected, strict=True) if end != want]
    assert not wrong, wrong[:3]
    wrong = [
        (call, end, want)
        for call, end, want in zip(calls, modelled(office, calls), expected, strict=True)
        if end != want
    ]
    assert not wrong, wrong[:3]
    assert {*expected} == {*ENDS.values()}
    # In the week in which London has changed its clocks and the United States have not; days that are over are right.
    again = run(office, "2026-10-28T12:00:00", LISTS)
    assert (again["changed"], [call for call in office.calls() if not call.startswith("GET ")]) == (False, [])


def test_a_run_in_january_closes_a_further_year_and_days_that_are_over_are_no_difference(office: CompanyOffice) -> None:
    pytest.importorskip("holidays")
    office.simulator.set_switches({"ringcentral": {"range_zone": "local"}})
    countries = {"company": "US", "9001": "US", "7002": "GB"}
    holidays = [
        {"owner": owner, "calendar": {"country": country}, "destination": DAY} for owner, country in countries.items()
    ]
    lists = {**LISTS, "holidays": holidays}

    def closed(owner: str, day: str) -> bool:
        zone, dial = OWNERS[owner]
        dialled = {"extension": dial} if isinstance(dial, dict) else {"number": dial}
        local = datetime.fromisoformat(day)
        ends = set()
        for first in (local, local + timedelta(hours=23, minutes=59)):
            at = f"{instant(first, zone):%Y-%m-%dT%H:%M:00+00:00}"
            ends.add(end_of_play(office.simulator.call({**dialled, "at": at, "unanswered": "all"})))
        return ends == {ENDS["closing day"]}

    assert run(office, "2026-11-29T12:00:00", lists)["changed"] is True
    soon = [("company", "2027-07-05"), ("9001", "2027-07-05"), ("7002", "2027-12-28")]
    later = [("company", "2028-07-04"), ("9001", "2028-07-04"), ("7002", "2028-12-26")]
    assert [closed(*day) for day in (*soon, *later)] == [True] * 3 + [False] * 3
    assert run(office, "2026-12-27T12:00:00", lists)["changed"] is False
    assert run(office, "2027-01-02T12:00:00", lists)["plan"] == {"create": 0, "update": 3, "delete": 0, "unchanged": 8}
    assert [closed(*day) for day in (*soon, *later)] == [True] * 6
    assert run(office, "2027-08-15T12:00:00", lists)["changed"] is False
