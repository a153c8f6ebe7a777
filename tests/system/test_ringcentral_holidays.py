# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Closing days of a RingCentral company: right to the minute in every zone, and kept up to date by running again."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from system_company import ClockAt, CompanyOffice
from system_support import Json, assert_clear, run_module, texts_of

from simulator.harness import Simulator
from simulator.ringcentral import seed

HOLIDAYS, RULES = "ringcentral_holidays", "ringcentral_company_rules"
ZONES = {"company": "America/New_York", "9001": "America/Los_Angeles", "7002": "Europe/London"}
# The clocks of all zones are changed between these days, and on two of them.
DAYS = [
    {"name": "Stocktaking", "from": "2027-03-14"},
    {"name": "Clocks", "from": "2027-03-28", "to": "2027-03-28"},
    {"name": "Party", "from": "2027-06-18 12:00", "to": "2027-06-18"},
    {"name": "Winter", "from": "2027-10-30", "to": "2027-11-08"},
]
CLOSED = {"extension": "301"}


NOVEMBER = "2026-11-29T12:00:00"


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


def ranges_of(office: CompanyOffice, owner: str, name: str = "Holidays") -> list[tuple[str, str]]:
    """The ranges that a rule really has, on the clock of its owner."""
    holder = office.account()["company"] if owner == "company" else office.extension_of(owner)
    rules = [rule for rule in holder["answering_rules"].values() if rule["name"] == name]
    assert len(rules) == 1
    zone = ZoneInfo(ZONES[owner])

    def local(text: str) -> str:
        return datetime.fromisoformat(text).astimezone(zone).strftime("%Y-%m-%d %H:%M")

    return [(local(item["from"]), local(item["to"])) for item in rules[0]["schedule"]["ranges"]]


@pytest.mark.parametrize("form", ["kept", "local", "utc"])
@pytest.mark.parametrize("put", ["partial", "replace"])
def test_days_begin_and_end_on_the_clock_of_their_owner(office: CompanyOffice, form: str, put: str) -> None:
    office.simulator.set_switches({"ringcentral": {"range_zone": form, "answering_rule_put": put}})
    items = [{"owner": owner, "days": DAYS, "except": ["2027-11-01"], "destination": CLOSED} for owner in ZONES]
    previewed, _done = office.cycle(HOLIDAYS, "holidays", items, clock=ClockAt(NOVEMBER))
    for owner in ZONES:
        assert ranges_of(office, owner) == [
            ("2027-03-14 00:00", "2027-03-15 00:00"),
            ("2027-03-28 00:00", "2027-03-29 00:00"),
            ("2027-06-18 12:00", "2027-06-19 00:00"),
            ("2027-10-30 00:00", "2027-11-01 00:00"),
            ("2027-11-02 00:00", "2027-11-09 00:00"),
        ]
    # One of the days moves, and what is said of the rest stays right.
    moved = [{**item, "days": [{"from": "2027-03-15"}, *DAYS[1:]]} for item in items]
    done = office.cycle(HOLIDAYS, "holidays", moved, clock=ClockAt(NOVEMBER))[1]
    assert (previewed["plan"]["create"], done["plan"]["update"]) == (3, 3)
    assert ranges_of(office, "7002")[0] == ("2027-03-15 00:00", "2027-03-16 00:00")
    assert [call for call in office.calls() if not call.startswith("GET ")] == []


def test_a_run_in_january_adds_a_year_and_what_is_over_is_no_difference(office: CompanyOffice) -> None:
    pytest.importorskip("holidays")
    item = {"owner": "company", "calendar": {"country": "US"}, "except": ["Columbus Day"], "destination": CLOSED}
    first = office.cycle(HOLIDAYS, "holidays", [item], clock=ClockAt(NOVEMBER))[1]
    ranges = ranges_of(office, "company")
    assert ranges[0] == ("2026-12-25 00:00", "2026-12-26 00:00")
    # New Year's Day of 2028 is a Saturday.
    assert ranges[-1] == ("2027-12-31 00:00", "2028-01-01 00:00")
    assert "2027-10-11 00:00" not in [start for start, _end in ranges]
    later = office.run(HOLIDAYS, holidays=[item], clock=ClockAt("2026-12-31T12:00:00"))
    assert (later.get("msg"), later["changed"]) == (None, False)
    january = office.cycle(HOLIDAYS, "holidays", [item], clock=ClockAt("2027-01-02T12:00:00"))[1]
    assert january["plan"]["update"] == 1
    ranges = ranges_of(office, "company")
    assert (ranges[0][0], ranges[-1][0]) == ("2027-01-18 00:00", "2028-12-25 00:00")
    # What was written is valid input of the module, and of that of all rules.
    days = {"owner": "company", "days": first["holidays"][0]["days"], "destination": CLOSED}
    rule = {"owner": "company", "name": "Holidays", "dates": january["holidays"][0]["days"], "destination": CLOSED}
    assert office.run(HOLIDAYS, holidays=[days], clock=ClockAt(NOVEMBER), check=True)["changed"] is True
    found = office.run(RULES, company_rules=[rule], clock=ClockAt("2027-01-02T12:00:00"))
    assert (found.get("msg"), found["changed"]) == (None, False)


@pytest.mark.parametrize("form", ["kept", "utc"])
def test_a_run_in_january_when_ranges_come_back_with_an_offset(office: CompanyOffice, form: str) -> None:
    pytest.importorskip("holidays")
    office.simulator.set_switches({"ringcentral": {"range_zone": form}})
    item = {"owner": "company", "calendar": {"country": "US"}, "destination": CLOSED}
    office.cycle(HOLIDAYS, "holidays", [item], clock=ClockAt(NOVEMBER))
    january = office.cycle(HOLIDAYS, "holidays", [item], clock=ClockAt("2027-01-02T12:00:00"))[1]
    assert january["plan"]["update"] == 1


def test_without_the_library_its_days_can_be_listed(office: CompanyOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    item = {"owner": "company", "destination": CLOSED}
    refused = office.run(HOLIDAYS, holidays=[{**item, "calendar": {"country": "US"}}], clock=ClockAt(NOVEMBER))
    assert_clear(refused, "Python library holidays", "-m pip install holidays")
    assert office.run(HOLIDAYS, holidays=[{**item, "days": DAYS}], clock=ClockAt(NOVEMBER))["changed"] is True


@pytest.mark.parametrize(
    ("holiday", "rule", "words"),
    [
        ({}, {"dates": [{"from": "2027-06-18 08:00", "to": "2027-06-18 12:00"}]}, ""),
        ({}, {"dates": [{"from": "2027-06-18 08:00", "to": "2027-06-18 12:01"}]}, "same calls as"),
        ({}, {"schedule": {"friday": ["12:00-13:00"]}}, "same calls as"),
        ({}, {"schedule": {"friday": ["08:00-12:00"], "tuesday": ["00:00-00:01"]}}, "same calls as"),
        ({}, {"schedule": {"friday": ["08:00-11:59"]}, "callers": ["+16505550123"]}, "same calls as"),
        ({}, {"schedule": {"friday": ["12:00-13:00"]}, "destination": CLOSED}, ""),
        ({}, {"schedule": {"friday": ["12:00-13:00"]}, "enabled": False}, ""),
        ({"days": [DAYS[2]]}, {"schedule": {"friday": ["08:00-12:00"]}}, ""),
        ({"days": [DAYS[2]]}, {"callers": ["+16505550123"]}, "same calls as"),
        ({"name": "Lunch"}, {"dates": [{"from": "2026-12-01"}], "destination": CLOSED}, "sets the rule 'Lunch'"),
    ],
)
def test_days_on_which_another_rule_leads_elsewhere(
    office: CompanyOffice, holiday: Json, rule: Json, words: str
) -> None:
    holidays = [{"owner": "company", "days": DAYS, "destination": CLOSED, **holiday}]
    rules = [{"owner": "company", "name": "Lunch", "destination": {"extension": "7101"}, **rule}]
    lists = {"holidays": holidays, "company_rules": rules}
    connection = {"ringcentral_connection": office.options, "office": "washington", "region": "US"}
    result = run_module("office", {**connection, "ringcentral": lists}, clock=ClockAt(NOVEMBER))
    assert words in str(result.get("msg", ""))
    assert bool(words) == bool(result.get("failed"))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"calendar": {"country": "XX"}}, ["calendar.country", "'XX'", "two letters"]),
        ({"calendar": {"country": "Sweden"}}, ["holidays[0] (company / Holidays): calendar.country", "Write 'SE'."]),
        ({"calendar": {"country": " "}}, ["holidays[0] (company / Holidays): calendar.country: is empty"]),
        ({"days": DAYS, "except": ["9999-12-31"]}, ["except[0]", "an impossible year"]),
        ({"calendar": {"country": "US", "subdivision": "Californa"}}, ["calendar.subdivision", "'California'"]),
        ({"calendar": {"country": "US", "categories": ["publik"]}}, ["calendar.categories[0]", "public"]),
        ({"calendar": {"country": "US"}, "language": "tlh"}, ["language", "en-US"]),
        ({"calendar": {"country": "US"}, "years": 0}, ["years", "1 to 10"]),
        ({}, ["calendar, days or both"]),
        ({"days": [{"from": "5/4/2027"}]}, ["days[0].from", "'2027-04-05' for 5 April", "'2027-05-04' for 4 May"]),
        ({"days": DAYS, "except": ["24.12.2026"]}, ["except[0]", "'2026-12-24'"]),
        ({"days": [{"from": "2020-12-24"}]}, ["closing days are over"]),
        ({"days": [{"from": "2027-03-14 02:30", "to": "2027-03-15"}]}, ["does not exist in America/New_York"]),
        ({"days": [{"from": "2027-11-07 01:30", "to": "2027-11-08"}]}, ["comes twice in America/New_York"]),
        ({"days": DAYS, "destination": {"phone_number": "+16505550123"}}, ["destination.phone_number", "extension"]),
        ({"days": DAYS, "destination": {"extension": "999"}}, ["destination.extension", "'999'"]),
        ({"days": DAYS, "owner": "8001"}, ["owner", "a site, a call queue or a person"]),
        ({"days": DAYS, "name": "after"}, ["name", "'after'"]),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    office: CompanyOffice, item: Json, words: list[str]
) -> None:
    if "calendar" in item:
        pytest.importorskip("holidays")
    given = {"owner": "company", "destination": CLOSED, **item}
    assert_clear(office.run(HOLIDAYS, holidays=[given], clock=ClockAt(NOVEMBER)), *words)
    assert [call for call in office.calls() if not call.startswith("GET ")] == []


def test_a_calendar_is_checked_without_asking_ringcentral(
    office: CompanyOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("holidays")
    item = {"owner": "company", "calendar": {"country": "US", "subdivision": "QQ"}, "destination": CLOSED}
    options = {"office": "hq", "ringcentral": {"holidays": [item]}, "validate_only": True}
    assert_clear(run_module("office", options), "holidays[0].calendar.subdivision", "no subdivision 'QQ'")
    # Where the library is missing, only a run needs it.
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert run_module("office", options)["message"] == ["hq: valid (1 item: RingCentral 1 holiday rule)"]


def test_what_matches_nothing_and_what_is_over_is_told(office: CompanyOffice) -> None:
    item = {
        "owner": "company",
        "days": DAYS,
        "except": ["Stocktakin", "2027-01-01", "2020-01-01"],
        "destination": CLOSED,
    }
    done = office.run(HOLIDAYS, holidays=[item], clock=ClockAt(NOVEMBER))
    told = [text for text in texts_of(done) if "except" in text]
    assert len(told) == 2
    assert "Did you mean 'Stocktaking'?" in told[0]
    over = office.run(HOLIDAYS, holidays=[item], clock=ClockAt("2028-01-02T12:00:00"))
    assert (over["changed"], [text for text in texts_of(over) if "are over" in text] != []) == (False, True)
    gone = office.cycle(HOLIDAYS, "holidays", [{**item, "state": "absent"}], clock=ClockAt(NOVEMBER))[1]
    assert gone["plan"]["delete"] == 1
    assert seed.CUSTOM_RULE in office.extension_of("101")["answering_rules"]
