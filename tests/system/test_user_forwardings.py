# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Team members' call settings, and the package, show and renewal of numbers, under every reading of the documents."""

from __future__ import annotations

from typing import Any

import pytest
from system_support import TOKEN, Json, SkippingClock, assert_clear, run_module, texts_of
from system_switches import in_every_position

from simulator.harness import Simulator
from simulator.sonetel import seed

ANNA, ERIK = seed.REGULAR_EMAIL, "erik.ohman@example.org"
WISHES: list[Json] = [
    {
        "user": ANNA.upper(),
        "first_action": {"own_phone": "mobile", "ring_time": 20},
        "second_action": {"phone": "070-174 06 06", "ring_time": 10, "show": "caller"},
        "outgoing_show": "08-465 004 14",
    },
    {
        "user": "3000000014",
        "first_action": {"user": ANNA},
        "second_action": {"hang_up": True},
        "standard_action": {"voiceapp": "Reception"},
    },
    {"user": "john.miller@example.org", "first_action": {"sip": "john@PBX.example.org", "show": "+12025550123"}},
]


class Team:
    """The default account with a planted token."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        state = simulator.state()
        state["sonetel"]["access_tokens"][TOKEN] = seed.access_token()
        simulator.put_state(state)

    def run(self, module: str = "sonetel_user_forwardings", *, check: bool = False, **options: Any) -> Json:
        connection = {"access_token": TOKEN, "account_id": seed.ACCOUNT_ID, "api_url": self.simulator.sonetel_api_url}
        region = {} if module == "sonetel_user_info" else {"region": "SE"}
        return run_module(module, {**connection, **region, **options}, check=check, clock=SkippingClock())

    def log(self) -> list[str]:
        log = self.simulator.requests()
        self.simulator.clear_requests()
        return sorted(f"{entry['method']} {entry['path'].rpartition('/')[2]}" for entry in log)

    def writes(self) -> list[str]:
        return [request for request in self.log() if not request.startswith("GET")]

    def settings(self, user_id: str) -> Json:
        account = self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]
        settings: Json = account["users"][user_id]["call_settings"]
        return settings

    def number(self, phnum: str) -> Json:
        number: Json = self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"][phnum]
        return number

    def balance(self) -> str:
        account = self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]
        return str(account["profile"]["credit_balance"])


@pytest.fixture
def team(simulator: Simulator) -> Team:
    return Team(simulator)


def test_every_position(team: Team) -> None:
    def play(_switch: str, _value: Any) -> None:
        predicted = team.run(user_forwardings=WISHES, check=True)
        assert team.writes() == []
        applied = team.run(user_forwardings=WISHES)
        assert (applied.get("msg"), applied["plan"], applied["diff"]) == (None, predicted["plan"], predicted["diff"])
        assert applied["plan"]["update"] == 3
        assert team.writes() == ["POST call"] * 3
        again = team.run(user_forwardings=WISHES)
        assert (again["changed"], team.writes()) == (False, [])
        read = team.run("sonetel_user_info")["user_forwardings"]
        kept = team.run(user_forwardings=read)
        assert (kept.get("msg"), kept["changed"], team.writes()) == (None, False, [])

    moved = in_every_position(team.simulator, "sonetel", play)
    assert {"call_update", "ids", "envelope"} <= moved


def test_what_is_written(team: Team) -> None:
    team.run(user_forwardings=WISHES)
    anna = team.settings(seed.REGULAR_ID)
    assert anna["incoming"] == {
        "first_action": {
            "action": "ring",
            "to": "phone",
            "id": f"{seed.REGULAR_ID}2",
            "ring_time": "20",
            "show": "caller",
        },
        "second_action": {
            "action": "forward",
            "to": "phnum",
            "id": "+46701740606",
            "ring_time": "10",
            "show": "caller",
        },
        "standard_action": seed.call_settings()["incoming"]["standard_action"],
    }
    assert anna["outgoing"] == {"show": "46846500414"}
    erik = team.settings("3000000014")["incoming"]
    assert erik["second_action"] == {"action": "disconnect"}
    assert (erik["first_action"]["to"], erik["first_action"]["id"]) == ("user", seed.REGULAR_ID)


def test_one_list_and_one_request_a_person(team: Team) -> None:
    team.run(user_forwardings=[{"user": ANNA}, {"user": ERIK}])
    assert team.log() == ["GET call", "GET call", "GET user"]
    assert team.run("sonetel_user_forwarding", user=ANNA, first_action={"voicemail": True})["changed"] is True
    assert team.log() == ["GET call", "GET user", "POST call"]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"user": "ana.lindqvist@example.org"}, "no team member|anna.lindqvist@example.org"),
        ({"user": ANNA, "first_action": {"own_phone": "mobil"}}, "has no phone 'mobil'|'Mobile'"),
        ({"user": ANNA, "first_action": {"voiceapp": "Recption"}}, "no voice app 'Recption'|'Reception'"),
        ({"user": ANNA, "first_action": {"ring_time": 31}}, "not between 5 and 30"),
        ({"user": ANNA, "second_action": {"user": ERIK}}, "only first_action"),
        ({"user": ANNA, "first_action": {"phone": "+46900123456"}}, "premium-rate"),
    ],
)
def test_what_cannot_be_is_refused(team: Team, item: Json, words: str) -> None:
    assert_clear(
        team.run(user_forwardings=[{"user": ERIK, "first_action": {"voicemail": True}}, item]), *words.split("|")
    )
    assert team.writes() == []


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "garbage", "truncate"])
@pytest.mark.parametrize("position", range(10))
def test_every_fault_at_every_request(team: Team, kind: str, position: int) -> None:
    team.simulator.add_faults([{"provider": "sonetel", "after": position, "times": 1, "kind": kind}])
    before = {user_id: team.settings(user_id) for user_id in (seed.REGULAR_ID, "3000000014")}
    entries = WISHES[:2]
    result = team.run(user_forwardings=entries)
    for item in result.get("results", []):
        user_id = seed.REGULAR_ID if item["user"] == ANNA else "3000000014"
        if item["status"] in ("failed", "not_tried"):
            assert team.settings(user_id) == before[user_id]
    team.simulator.clear_faults()
    assert team.run(user_forwardings=entries).get("msg") is None
    assert team.run(user_forwardings=entries)["changed"] is False


def test_a_package_is_bought_once_and_then_voice_apps_are_allowed(team: Team) -> None:
    entry: Json = {
        "number": "+12025550123",
        "package": "business",
        "show": "called",
        "renewal": "never",
        "destination": {"voiceapp": "Reception"},
    }
    predicted = team.run("sonetel_forwarding", check=True, **entry)
    assert (team.writes(), team.balance()) == ([], "25.00")
    result = team.run("sonetel_forwarding", **entry)
    assert (result.get("msg"), result["diff"]) == (None, predicted["diff"])
    assert any("4.99 USD a month" in text for text in texts_of(result))
    assert (team.writes(), team.balance()) == (["PUT 12025550123"] * 2, "20.01")
    number = team.number("12025550123")
    assert (number["package"], number["show"], number["plan_details"]["next_renew_mode"]) == ("business", "called", "0")
    again = team.run("sonetel_forwarding", **entry)
    assert (again["changed"], texts_of(again), team.writes()) == (False, [], [])


def test_a_package_whose_answer_is_lost_is_not_paid_twice(team: Team) -> None:
    team.simulator.add_faults([{"provider": "sonetel", "method": "PUT", "times": 1, "kind": "drop_after"}])
    result = team.run("sonetel_forwarding", number="+12025550123", package="business")
    assert (result.get("msg"), team.balance()) == (None, "20.01")
    assert team.writes() == ["PUT 12025550123"]


def test_a_package_with_a_refused_destination_is_reported(team: Team) -> None:
    refusal = {"status": "failed", "response": {"code": "19999999", "detail": "No"}}
    fault = {"provider": "sonetel", "method": "PUT", "after": 1, "kind": "status", "status": 200, "body": refusal}
    team.simulator.add_faults([fault])
    result = team.run("sonetel_forwarding", number="+12025550123", package="business", show="called")
    assert_clear(result, "No", "Part of it was changed")
    assert (result["changed"], result["results"][0]["status"]) == (True, "partly")


def test_a_package_is_refused_where_none_can_be_bought(team: Team) -> None:
    assert_clear(team.run("sonetel_forwarding", number="+46846500412", package="business"), "business_pkg_support: no")
    assert team.writes() == []


def test_check_mode_may_name_what_an_earlier_task_would_create(team: Team) -> None:
    entry: Json = {"number": "+46846500412", "destination": {"voiceapp": "New menu"}}
    assert_clear(team.run("sonetel_forwarding", check=True, **entry), "no voice app 'New menu'")
    predicted = team.run("sonetel_forwarding", check=True, expected_voiceapps=["New menu"], **entry)
    assert predicted["forwarding"]["destination"] == {"voiceapp": "New menu"}
    assert_clear(team.run("sonetel_forwarding", expected_voiceapps=["New menu"], **entry), "no voice app 'New menu'")
    person: Json = {"user": ANNA, "first_action": {"voiceapp": "New menu"}}
    assert team.run("sonetel_user_forwarding", check=True, expected_voiceapps=["New menu"], **person)["changed"] is True
