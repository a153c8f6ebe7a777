# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who answers at the example offices: the collection and the simulator's player say what was worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest
from system_example_calls import ADA, ANNA, ANNA_MOBILE, BEN, CLEO, ERIK, ERIK_MOBILE, JOHN, JOHN_MOBILE, ROWS, Row
from system_examples import OFFICES, office
from system_judge import PROVIDERS, as_played, end_of_play, end_of_route
from system_support import Json, run_module

from simulator.calls import every_play
from simulator.fonedynamics.seed import MAIN_MENU
from simulator.harness import Simulator

PEOPLE = [
    {"name": "Anna Lindqvist", "email": ANNA, "phones": [ANNA_MOBILE], "sip": ["3000000012@sip.example.org"]},
    {"name": "John Miller", "email": JOHN, "phones": [JOHN_MOBILE], "sip": ["3000000013@sip.example.org"]},
    {"name": "Erik Öhman", "email": ERIK, "phones": [ERIK_MOBILE], "sip": ["3000000014@sip.example.org"]},
    {"name": "Ada Reyes", "email": ADA, "extensions": [{"provider": "ringcentral", "extension": "101"}]},
    {"name": "Ben Okafor", "email": BEN, "extensions": [{"provider": "ringcentral", "extension": "102"}]},
    {"name": "Cleo Marsh", "email": CLEO, "extensions": [{"provider": "ringcentral", "extension": "103"}]},
]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCKS = {
    "newyork": "America/New_York",
    "paris": "Europe/Paris",
    "stockholm": "Europe/Stockholm",
    "sydney": "Australia/Sydney",
    "washington": "America/New_York",
}


@pytest.fixture(scope="module")
def onboarded(process: Simulator, tmp_path_factory: pytest.TempPathFactory) -> tuple[Json, Json]:
    """The state after all example offices were onboarded, and options of one office with all their accounts."""
    process.reset()
    process.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    folder = tmp_path_factory.mktemp("offices")
    everything: Json = {}
    for name in OFFICES:
        options = office(name, process, folder)
        assert not (result := run_module("office", options)).get("failed"), result["msg"]
        everything = {**options, **everything}
    state = process.state()
    state["ringcentral"]["extensions"]["400000002"]["record"]["regionalSettings"] = {
        "timezone": {"name": CLOCKS["washington"]}
    }
    return state, {**everything, "office": "everywhere", "providers": list(PROVIDERS), "people": PEOPLE}


def _call(row: Row) -> Json:
    zone = row.special.get("zone", CLOCKS[row.office])
    others = {name: value for name, value in row.special.items() if name != "zone"}
    return {"dial": row.dial, "at": {"time": row.at, "zone": zone}, **others}


def _at_a_date(call: Json) -> Json:
    """The call on a day to come."""
    day, clock = call["at"]["time"].split()
    local = datetime.now(UTC).astimezone(ZoneInfo(call["at"]["zone"])) + timedelta(days=2)
    local += timedelta(days=(DAYS.index(day) - local.weekday()) % 7)
    while local.date() in _holidays(local.year):
        local += timedelta(days=7)
    return {**call, "at": {**call["at"], "time": f"{local:%Y-%m-%d} {clock}"}}


def _holidays(year: int) -> dict[date, str]:
    """The public holidays of New York."""
    return dict(holidays.country_holidays("US", subdiv="NY", years=year))


CLOSED = [("+16505550180", "hang_up"), ("+16505550186", "voicemail voicemail/ringcentral/7301")]


@pytest.mark.parametrize(("dial", "closed"), CLOSED)
def test_closing_days(dial: str, closed: str, onboarded: tuple[Json, Json], process: Simulator) -> None:
    """Within the hours, but on Christmas; the file leaves Columbus Day out."""
    state, options = onboarded
    process.put_state(state)
    year = datetime.now(UTC).year + 1
    columbus = [day for day, name in _holidays(year).items() if name == "Columbus Day"]
    for day, end in ((f"{year}-12-25", closed), *((str(day), "person ringcentral/103") for day in columbus)):
        call = {"dial": dial, "at": {"time": f"{day} 12:00", "zone": CLOCKS["newyork"]}, "press": ["2"]}
        result = run_module("office_calls", {**options, "timezone": CLOCKS["newyork"], "calls": [call]})
        assert not result.get("failed"), result["msg"]
        routes = [route for moment in result["routes"][0]["moments"] for route in moment["routes"]]
        assert {_where(end_of_route(route)) for route in routes} == {end}, day
        assert {_where(end_of_play(play)) for play in every_play(state, as_played(call))} == {end}, day
    assert columbus


def _as_read(where: str) -> str:
    """Where a call ends as reading the account calls it; a file may call it by its name or by an e-mail address."""
    for written, read in (
        ("flow/Main menu", f"flow/{MAIN_MENU}"),
        (f"ringcentral/{ADA}", "ringcentral/101"),
        (f"ringcentral/{BEN}", "ringcentral/102"),
        (f"ringcentral/{CLEO}", "ringcentral/103"),
    ):
        where = where.replace(written, read)
    return where


def _where(end: tuple[str, str]) -> str:
    return " ".join(part for part in end if part)


def _parts(text: str) -> tuple[str, int, bool]:
    """An end of the table: where, the seconds, and whether they are the least."""
    words = text.removesuffix(" or more").split()
    seconds = int(words.pop()) if words[-1].isdecimal() else 0
    return " ".join(words), seconds, text.endswith(" or more")


def test_there_are_enough() -> None:
    assert len(ROWS) >= 60
    assert {row.office for row in ROWS} == set(OFFICES)


@pytest.mark.parametrize("name", OFFICES)
def test_the_model_says_so(name: str, onboarded: tuple[Json, Json], process: Simulator) -> None:
    state, options = onboarded
    process.put_state(state)
    rows = [row for row in ROWS if row.office == name]
    asked = {**options, "timezone": CLOCKS[name], "calls": [_call(row) for row in rows]}
    result = run_module("office_calls", asked)
    assert not result.get("failed"), result["msg"]
    for row, answer in zip(rows, result["routes"], strict=True):
        (moment,) = answer["moments"]
        routes = moment["routes"]
        if row.ends[0] == "unknown":
            assert {route["ends"] for route in routes} == {"unknown"}, row
        else:
            found = {(_where(end_of_route(route)), route["seconds"], bool(route["plus"])) for route in routes}
            assert found == {_parts(text) for text in row.ends}, (row, answer["lines"])


@pytest.mark.parametrize("name", OFFICES)
def test_what_the_file_alone_makes_certain_is_so(
    name: str, process: Simulator, tmp_path: Path, onboarded: tuple[Json, Json]
) -> None:
    options = {**office(name, process, tmp_path), "people": PEOPLE, "of": "files"}
    rows = [row for row in ROWS if row.office == name]
    result = run_module("office_calls", {**options, "calls": [_call(row) for row in rows]})
    assert not result.get("failed"), result["msg"]
    certain = 0
    for row, answer in zip(rows, result["routes"], strict=True):
        routes = [route for moment in answer["moments"] for route in moment["routes"]]
        # What nobody has read, such as a rule of an extension's own, is assumed not to be there.
        if routes and {route["evidence"] for route in routes} == {"documented"}:
            certain += 1
            found = {_as_read(_where(end_of_route(route))) for route in routes}
            assert found == {_parts(text)[0] for text in row.ends}, (row, answer["lines"])
    assert certain >= {"newyork": 1, "stockholm": 10, "sydney": 4, "washington": 3}.get(name, 0)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.office}-{ROWS.index(row)}")
def test_the_player_says_so(row: Row, onboarded: tuple[Json, Json]) -> None:
    state, _options = onboarded
    plays = every_play(state, as_played(_at_a_date(_call(row))))
    where = {_where(end_of_play(play)) for play in plays}
    if row.ends[0] == "unknown":
        assert where == {_parts(text)[0] for text in row.ends[1:]}
        return
    # Of those who may pick up, the player names one, and all who do in its answers. In a queue, each may be the one.
    named = {_parts(text)[0] for text in row.ends}
    assert where <= named
    assert len(where) == 1 or where == named
    expected = [(seconds, least) for where_, seconds, least in map(_parts, row.ends)]
    assert all(any(_fits(play["seconds"], *one) for one in expected) for play in plays)
    if len(named) > 1:
        answers = {_owner(key) for play in plays for key in play["answers"]}
        assert answers == {text.partition(" ")[2] for text in named}


def _fits(seconds: int, expected: int, least: bool) -> bool:
    return seconds == expected or (least and seconds >= expected)


def _owner(key: str) -> str:
    """What picks up, as the table names it."""
    if key.startswith("ringcentral:"):
        return f"ringcentral/{key.split(':')[1]}"
    return {"+16505550111": "ringcentral/101", "+16505550112": "ringcentral/102"}.get(key, f"number/{key}")
