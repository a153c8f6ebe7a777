# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules work the same way in every position of every switch, that is, whatever the provider turns out to do."""

from __future__ import annotations

from typing import Any

import pytest
from system_office import SonetelOffice
from system_support import OTHER_PASSWORD, assert_clear, leaks, run_module, texts_of
from system_switches import in_every_position

from simulator.harness import Simulator
from simulator.sonetel import seed


def test_every_position(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 12)

    def play(switch: str, value: Any) -> None:
        office.requests()
        predicted = office.run(check=True)
        assert office.stored() == office.start
        assert not [request for request in office.requests() if request.startswith("PUT")]

        applied = office.run()
        office.check_account(applied)
        assert not applied.get("failed")
        assert office.stored() == office.goal
        for name in ("plan", "diff", "forwardings"):
            assert predicted[name] == applied[name]

        # What the info module returns is what the plural module takes, and applying it has nothing to do.
        before = office.stored()
        info = run_module("sonetel_forwarding_info", office.connection())
        office.requests()
        again = run_module("sonetel_forwardings", {**office.connection(), "forwardings": info["forwardings"]})
        assert (again["changed"], again["plan"]["unchanged"]) == (False, 12)
        assert not [request for request in office.requests() if request.startswith("PUT")]
        assert office.stored() == before
        warned = [text for text in texts_of(info) if "page" in text]
        assert bool(warned) is ((switch, value) == ("page_count", "2"))

    moved = in_every_position(simulator, "sonetel", play)
    assert {"page_count", "stored_number", "app_destination_written", "envelope"} <= moved


def test_the_default_account_survives_its_own_export(simulator: Simulator) -> None:
    """Every kind of destination and of stored spelling that the default account has."""
    connection = {
        "username": seed.ADMIN_EMAIL,
        "password": seed.ADMIN_PASSWORD,
        "api_url": simulator.sonetel_api_url,
        "auth_url": simulator.sonetel_auth_url,
    }

    def play(_switch: str, _value: Any) -> None:
        listed = run_module("sonetel_forwarding_info", connection)["forwardings"]
        assert len(listed) == 10
        result = run_module("sonetel_forwardings", {**connection, "forwardings": listed})
        assert (result.get("msg"), result["changed"]) == (None, False)
        assert [{**item, "destination_id": 0} for item in result["forwardings"]] == [
            {**item, "destination_id": 0} for item in listed
        ]

    in_every_position(simulator, "sonetel", play)


@pytest.mark.parametrize("value", ["string", "array", "null"])
def test_an_empty_account(simulator: Simulator, value: str) -> None:
    simulator.set_switches({"sonetel": {"empty_list": value}})
    connection = {
        "username": seed.EMPTY_ADMIN_EMAIL,
        "password": seed.EMPTY_ADMIN_PASSWORD,
        "api_url": simulator.sonetel_api_url,
        "auth_url": simulator.sonetel_auth_url,
    }
    assert run_module("sonetel_forwarding_info", connection)["forwardings"] == []
    entry = {"number": "+12025550123", "destination": {"voiceapp": "Main menu"}}
    assert_clear(
        run_module("sonetel_forwarding", {**connection, **entry}), "+12025550123", "not on the account", "never buys"
    )


@pytest.mark.parametrize("status", [401, 400])
def test_wrong_password(simulator: Simulator, status: int) -> None:
    office = SonetelOffice(simulator, 1)
    simulator.set_switches({"sonetel": {"wrong_password": status}})
    result = office.run(password=OTHER_PASSWORD)
    assert_clear(result, "does not accept the login", f"HTTP {status}", "Check username and password")
    assert result["failure"]["kind"] == "authentication"
    assert office.requests() == ["POST token"]


@pytest.mark.parametrize("body", ["json", "html", "empty"])
@pytest.mark.parametrize("position", ["failed", 401, 403])
def test_a_regular_user_may_not_write(simulator: Simulator, position: Any, body: str) -> None:
    office = SonetelOffice(simulator)
    simulator.set_switches({"sonetel": {"regular_user": position, "error_body": body, "unauthorized_body": body}})
    result = office.run(username=seed.REGULAR_EMAIL, password=seed.REGULAR_PASSWORD)
    assert_clear(result, "administrator")
    office.check_account(result)
    assert result["changed"] is False
    requests = office.requests()
    # A refused token is renewed once for all that are under way.
    assert requests.count("POST token") == (2 if position == 401 else 1)
    assert not leaks(result["printed"])


@pytest.mark.parametrize("value", ["kept", "rotated", "omitted"])
@pytest.mark.parametrize("credentials", ["optional", "required"])
def test_refresh_token(simulator: Simulator, value: str, credentials: str) -> None:
    simulator.set_switches({"sonetel": {"refresh_token": value, "refresh_credentials": credentials}})
    login = {
        "username": seed.ADMIN_EMAIL,
        "password": seed.ADMIN_PASSWORD,
        "auth_url": simulator.sonetel_auth_url,
    }
    first = run_module("sonetel_token", login, no_log=True)
    second = run_module("sonetel_token", {**login, "refresh_token": first["refresh_token"]}, no_log=True)
    assert second["access_token"] != first["access_token"]
    if credentials == "optional":
        assert (second["refresh_token"] != first["refresh_token"]) is (value == "rotated")
        used_up = run_module(
            "sonetel_token", {"auth_url": login["auth_url"], "refresh_token": first["refresh_token"]}, no_log=True
        )
        assert bool(used_up.get("failed")) is (value == "rotated")


@pytest.mark.parametrize("position", ["failed", "http_404", "null"])
@pytest.mark.parametrize("body", ["json", "html", "empty"])
def test_a_number_that_vanishes_in_mid_run(simulator: Simulator, position: str, body: str) -> None:
    """It was in the list, but is returned in the web app before it is written."""
    office = SonetelOffice(simulator, 2, named=False)
    simulator.set_switches({"sonetel": {"not_found": position, "error_body": body}})
    state = simulator.state()
    numbers = state["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    answer = {"kind": "status", "status": 200, "body": list(numbers.values())}
    simulator.add_faults([{"provider": "sonetel", "method": "GET", "times": 1, **answer}])
    del numbers["12015550100"]
    simulator.put_state(state)
    result = office.run()
    assert_clear(result)
    assert [item["status"] for item in result["results"]] == ["failed", "applied"]
    assert office.stored() == {"+12015550101": office.goal["+12015550101"]}
