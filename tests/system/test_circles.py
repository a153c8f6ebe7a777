# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Circles are refused before they are written; what an account has already is only told."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from system_examples import connections
from system_support import PACKAGE, Json, run_module

from simulator.harness import Simulator

ANNA, ERIK = "anna.lindqvist@example.org", "erik.ohman@example.org"
MAIN, SALES, SYDNEY = "+46846500412", "+46846500414", "+61255500101"


def _number(number: str, **destination: str) -> Json:
    return {"number": number, "destination": destination}


def _to(user: str) -> Json:
    return {"first_action": {"user": user}}


def _announcement(name: str, then: Json) -> Json:
    return {"name": name, "type": "announcement", "voice": "swe", "final_action": then}


def _after(extension: str, other: str) -> Json:
    return {"extension": extension, "hours": "after", "ring": [], "then": {"extension": other}}


def _work(extension: str) -> Json:
    schedule = {"monday": ["09:00-17:00"]}
    return {"extension": extension, "hours": "work", "schedule": schedule, "then": {"voicemail": True}}


CIRCLES: dict[str, tuple[Json, tuple[str, ...]]] = {
    "number and number": (
        {"sonetel": {"forwardings": [_number(MAIN, phone=SALES), _number(SALES, phone=MAIN)]}},
        ("+46 8 465 004 12", "+46 8 465 004 14"),
    ),
    "two providers": (
        {
            "sonetel": {"forwardings": [_number(MAIN, phone=SYDNEY)]},
            "fonedynamics": {
                "numbers": [{"number": SYDNEY, "routing_method": "endpoint", "endpoint_number": MAIN}],
            },
        },
        ("+46 8 465 004 12", "+61 2 5550 0101"),
    ),
    "announcement and announcement": (
        {
            "sonetel": {
                "voiceapps": [
                    _announcement("Opening", {"voiceapp": "Closing"}),
                    _announcement("Closing", {"voiceapp": "Opening"}),
                ],
                "forwardings": [_number(MAIN, voiceapp="Opening")],
            }
        },
        ("Opening", "Closing"),
    ),
    "person and person": (
        {
            "sonetel": {
                "user_forwardings": [{"user": ANNA, **_to(ERIK)}, {"user": ERIK, **_to(ANNA)}],
                "forwardings": [_number(MAIN, user=ANNA)],
            }
        },
        (ANNA, ERIK),
    ),
    "outside work hours": (
        {"ringcentral": {"call_forwardings": [_work("101"), _after("101", "102"), _work("102"), _after("102", "101")]}},
        ("extension 101", "extension 102", "outside Mon 09:00"),
    ),
}


@pytest.fixture
def options(simulator: Simulator, tmp_path: Path) -> Json:
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
    state = simulator.state()
    for extension in state["ringcentral"]["extensions"].values():
        extension["record"]["regionalSettings"] = {"timezone": {"name": "America/New_York"}}
    simulator.put_state(state)
    return {
        "office": "stockholm",
        "region": "SE",
        "timezone": "America/New_York",
        "policy": {"allowed_countries": ["SE", "AU", "US"]},
        **connections(simulator, tmp_path),
    }


def accounts(simulator: Simulator) -> Json:
    return {
        provider: {name: part for name, part in state.items() if "token" not in name and name != "sessions"}
        for provider, state in simulator.state().items()
    }


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_is_refused_before_anything_is_written(name: str, options: Json, simulator: Simulator) -> None:
    lists, words = CIRCLES[name]
    before = accounts(simulator)
    refused = run_module("office", {**options, **lists})
    assert_refused(refused, *words)
    assert accounts(simulator) == before
    assert run_module("office", {**options, **lists}, check=True)["msg"] == refused["msg"]


def assert_refused(result: Json, *words: str) -> None:
    assert result.get("failed"), result.get("message")
    assert result["changed"] is False
    message = result["msg"]
    assert message.startswith("Nothing was written. 1 problem:")
    assert "loop: " in message
    assert "never reaches anybody" in message
    assert not [word for word in words if word not in message], message


@pytest.fixture
def sydney(tmp_path: Path) -> Json:
    """An index in which another office forwards its number to Stockholm's main number."""
    index = import_module(f"{PACKAGE}.module_utils._office.index").Index()
    numbers = [{"number": SYDNEY, "routing_method": "endpoint", "endpoint_number": MAIN}]
    lists = {"fonedynamics": {"numbers": numbers}}
    claim = import_module(f"{PACKAGE}.module_utils._office.claims").Claim(
        "sydney", "fonedynamics", "number", SYDNEY, "", "office_fonedynamics.numbers[0]"
    )
    index.add("sydney", [claim], {"region": "AU", "timezone": "Australia/Sydney", **lists})
    index.write(lambda _host, _path: None, tmp_path / "index")
    return {"index_folder": str(tmp_path / "index")}


def test_a_circle_over_two_offices_is_refused(options: Json, sydney: Json) -> None:
    lists = {"sonetel": {"forwardings": [_number(MAIN, phone=SYDNEY)]}}
    chain = "+46 8 465 004 12 -> +61 2 5550 0101 (sydney) -> +46 8 465 004 12"
    words = (f"sonetel.forwardings[0].destination.phone: loop: {chain}", "dials +46 8 465 004 12")
    assert_refused(run_module("office", {**options, **lists, **sydney}), *words)
    # Without the other office it is a phone outside.
    assert not run_module("office", {**options, **lists}).get("failed")


def test_a_menu_that_leads_back_by_a_key_is_accepted(options: Json) -> None:
    menu = {"type": "menu", "voice": "swe"}
    main = {"name": "Opening", **menu, "menu": [{"key": 1, "voiceapp": "Sales"}, {"key": "timeout", "user": ANNA}]}
    sales = {"name": "Sales", **menu, "menu": [{"key": 0, "voiceapp": "Opening"}, {"key": "timeout", "user": ERIK}]}
    lists = {"sonetel": {"voiceapps": [main, sales], "forwardings": [_number(MAIN, voiceapp="Opening")]}}
    done = run_module("office", {**options, **lists})
    assert not done.get("failed"), done["msg"]
    assert {finding["code"] for finding in done["findings"]} <= {"unread"}


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_that_the_account_has_is_only_told(
    name: str, options: Json, simulator: Simulator, tmp_path: Path
) -> None:
    lists, words = CIRCLES[name]
    made = run_module("office", {**options, **lists, "findings": {"loop": "warn"}})
    assert not made.get("failed"), made["msg"]
    exported = run_module("office_info", {**options, "providers": list(lists)})
    assert not exported.get("failed"), exported["msg"]
    office = {**options, **exported["lists"]}
    simulator.clear_requests()
    for check in (True, False):
        again = run_module("office", office, check=check)
        assert not again.get("failed"), again["msg"]
        assert (again["changed"], again["calls"]) == (False, [])
        (loop,) = [finding for finding in again["findings"] if finding["code"] == "loop"]
        assert (loop["severity"], loop["new"]) == ("warn", False)
        assert not [word for word in words if word not in f"{loop['what']} {loop['when']}"], loop
    # A change elsewhere is not held up by it either.
    more = {"sonetel": {"forwardings": [_number("+12025550125", phone="+12025550144")]}}
    assert not run_module("office", {**office, **(more if "sonetel" not in lists else {})}).get("failed")


def test_check_mode_says_what_the_run_says_and_afterwards_there_is_nothing_to_say(options: Json) -> None:
    numbers = [_number(MAIN, user=ERIK), _number(SALES, voiceapp="Sales voicemail"), _number("+46846500413", user=ANNA)]
    users = [
        {"user": ERIK, "first_action": {"ring": "all_phones", "ring_time": 15}, "second_action": {"voicemail": True}}
    ]
    people = [{"name": "Erik Öhman", "email": ERIK}, {"name": "Anna Lindqvist", "email": ANNA}]
    tests = [{"dial": MAIN, "unanswered": ["Erik Öhman"], "expect": {"ends": "voicemail", "within": 15}}]
    lists = {"sonetel": {"forwardings": numbers, "user_forwardings": users}, "people": people, "call_tests": tests}
    preview = run_module("office", {**options, **lists}, check=True)
    applied = run_module("office", {**options, **lists})
    for same in ("calls", "findings", "call_tests"):
        assert preview[same] == applied[same], same
    assert preview["calls"]
    said = [_about_calls(result["message"]) for result in (preview, applied)]
    assert said[0] == said[1]
    assert [line for line in said[0] if "Erik Öhman" in line]
    for check in (True, False):
        nothing = run_module("office", {**options, **lists}, check=check)
        assert (nothing["changed"], nothing["calls"]) == (False, [])
        assert len(nothing["message"]) == 1, nothing["message"]


def _about_calls(message: list[str]) -> list[str]:
    start = next(place for place, line in enumerate(message) if line.strip() == "What callers notice")
    return [line for line in message[start:] if "record" not in line]
