# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run costs in requests, and that check mode foretells exactly what a run does."""

from __future__ import annotations

from typing import Any

import pytest
from system_office import SonetelOffice
from system_support import TOKEN, run_module, texts_of

from simulator.harness import Simulator
from simulator.sonetel import seed

LOGIN, NUMBERS, USERS, APPS = "POST token", "GET phonenumbersubscription", "GET user", "GET voiceapp"
COMMON = ("plan", "diff", "forwardings")


def puts(office: SonetelOffice) -> list[str]:
    return [f"PUT {number[1:]}" for number in office.goal]


@pytest.mark.parametrize(
    ("named", "token", "size", "reading"),
    [
        (False, True, 20, [NUMBERS]),
        (False, False, 20, [LOGIN, NUMBERS]),
        (True, True, 20, [NUMBERS, USERS, APPS]),
        (True, False, 500, [LOGIN, NUMBERS, USERS, APPS]),
    ],
)
def test_a_run_costs_the_lists_that_it_needs_and_a_write_each(
    simulator: Simulator, named: bool, token: bool, size: int, reading: list[str]
) -> None:
    office = SonetelOffice(simulator, size, named=named)
    login: dict[str, Any] = {"username": None, "password": None, **office.with_token()} if token else {}
    drifted = office.run(**login)
    requests = office.requests()
    assert requests[: len(reading)] == reading
    assert sorted(requests[len(reading) :]) == puts(office)
    assert drifted["api_calls"] == {"requests": len(requests), "retries": 0, "waited_seconds": 0}
    assert drifted["plan"] == {"create": 0, "update": size, "delete": 0, "unchanged": 0}
    office.check_account(drifted)

    converged = office.run(**login)
    assert office.requests() == reading
    assert converged["api_calls"] == {"requests": len(reading), "retries": 0, "waited_seconds": 0}
    assert (converged["changed"], converged["plan"]["unchanged"]) == (False, size)
    assert converged["diff"] == {"before": {}, "after": {}}
    assert converged["forwardings"] == drifted["forwardings"]


@pytest.mark.parametrize("drifting", [0, 1, 3, 10])
def test_check_mode_foretells_the_run(simulator: Simulator, drifting: int) -> None:
    office = SonetelOffice(simulator)
    office.entries = office.entries[drifting:]
    office.run()
    office.entries = [
        {"number": number, "destination": {"phone": "+46701740606"}} for number in list(office.goal)[:drifting]
    ] + office.entries
    before = simulator.state()["sonetel"]["accounts"]
    office.requests()

    predicted = office.run(check=True)
    assert simulator.state()["sonetel"]["accounts"] == before
    assert {request.split()[0] for request in office.requests() if request != LOGIN} == {"GET"}

    applied = office.run()
    assert [predicted[name] for name in COMMON] == [applied[name] for name in COMMON]
    assert predicted["changed"] is applied["changed"] is bool(drifting)
    planned = [{**item, "status": item["status"].replace("planned", "applied")} for item in predicted["results"]]
    assert planned == applied["results"]
    assert applied["plan"]["update"] == len(applied["diff"]["after"]) == drifting
    assert {request for request in office.requests() if request.startswith("PUT")} == {
        f"PUT {number[1:]}" for number in list(office.goal)[:drifting]
    }


def test_the_diff_shows_what_the_user_would_write(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 4)
    diff = office.run(check=True)["diff"]
    assert list(diff["before"].values()) == [{"destination": {"phone": "+12025550144"}}] * 4
    assert list(diff["after"].values()) == [
        {"destination": {"phone": "+46701740605"}},
        {"destination": {"user": "erik.ohman@example.org"}},
        {"destination": {"voiceapp": "Reception"}},
        {"destination": {"sip": "frontdesk@sip.example.org"}},
    ]


def test_the_body_of_a_write_holds_what_differs_and_nothing_else(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 4)
    untouched = simulator.state()["sonetel"]["accounts"]
    office.run()
    bodies = [entry["body"] for entry in simulator.requests() if entry["method"] == "PUT"]
    assert sorted(map(str, bodies)) == sorted(
        str({"connect_to_type": kind, "connect_to": to}) for kind, to in office.goal.values()
    )
    now = simulator.state()["sonetel"]["accounts"]
    for number, (kind, to) in office.goal.items():
        untouched[seed.ACCOUNT_ID]["numbers"][number[1:]].update(connect_to_type=kind, connect_to=to)
    assert now == untouched


@pytest.mark.parametrize(
    ("destination", "lists"),
    [
        ({"phone": "0701740605"}, []),
        ({"sip": "a@b.example"}, []),
        ({"user": "3000000012"}, []),  # an id that is set already needs no look at the list
        ({"user": "3000000013"}, [USERS]),
        ({"user": "john.miller@example.org"}, [USERS]),
        ({"voiceapp": "Reception"}, [APPS]),
        (None, []),
    ],
)
def test_the_singular_module_reads_only_what_it_needs(simulator: Simulator, destination: Any, lists: list[str]) -> None:
    office = SonetelOffice(simulator, 1)
    state = simulator.state()
    state["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]["12015550100"].update(
        connect_to_type="user", connect_to="3000000012"
    )
    simulator.put_state(state)
    options = {**office.with_token(), "number": "+1 (201) 555-0100", "region": "SE", "destination": destination}
    result = run_module("sonetel_forwarding", options)
    write = ["PUT 12015550100"] if result["changed"] else []
    assert office.requests() == [NUMBERS, *lists, *write]
    assert result["changed"] is (destination not in (None, {"user": "3000000012"}))
    assert result["results"][0]["number"] == result["forwarding"]["number"] == "+12015550100"
    again = run_module("sonetel_forwarding", options)
    assert again["changed"] is False
    assert again["forwarding"].get("destination_id") == result["forwarding"].get("destination_id")


def test_nothing_listed_costs_only_the_list(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 2)
    office.entries = []
    result = office.run()
    assert (result["changed"], result["forwardings"], result["results"]) == (False, [], [])
    assert office.stored() == office.start


def test_one_login_serves_several_tasks(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 2)
    login = {name: value for name, value in office.connection().items() if name != "api_url"}
    token = run_module("sonetel_token", login, no_log=True)
    assert (token["changed"], token["account_id"], token["user_id"]) == (False, seed.ACCOUNT_ID, seed.ADMIN_ID)
    refreshed = run_module("sonetel_token", {**login, "refresh_token": token["refresh_token"]}, no_log=True)
    for access in (token["access_token"], refreshed["access_token"]):
        office.requests()
        result = office.run(username=None, password=None, access_token=access, check=True)
        assert not result.get("failed")
        assert LOGIN not in office.requests()


def test_info_names_numbers_that_are_not_there(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 2)
    options = {**office.with_token(), "numbers": ["+12015550101", "+12025550199"], "raw": True}
    result = run_module("sonetel_forwarding_info", options, check=True)
    assert [item["number"] for item in result["forwardings"]] == ["+12015550101"]
    assert [record["phnum"] for record in result["raw"]] == ["12015550101"]
    assert texts_of(result) == ["Not on the account: +12025550199."]
    assert TOKEN not in result["printed"]


def test_writes_are_under_way_at_the_same_time(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 8, named=False)
    seconds = 0.3
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "delay", "seconds": seconds}])
    assert office.run()["changed"] is True
    arrivals = [entry["time"] for entry in simulator.requests() if entry["method"] == "PUT"]
    # One after the other, the last one could not even begin before this.
    assert max(arrivals) - min(arrivals) < 7 * seconds
