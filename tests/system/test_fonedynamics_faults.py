# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fone Dynamics: the account of a run is true whatever goes wrong, and each refusal is one clear sentence."""

from __future__ import annotations

from typing import Any

import pytest
from system_fonedynamics import DESK, HOTLINE, LIST, MOBILE, SALES, FoneDynamicsAccount, writes
from system_support import FUZZ, OTHER_PASSWORD, Json, SkippingClock, assert_clear

from simulator.fonedynamics import seed
from simulator.harness import Simulator

GOOD = {"number": "+61491570110", "friendly_name": "x"}
POST, GET = "POST 61255500101", "GET 61255500101"
HTML = "<html><head><title>Sorry</title></head></html>"


def _faults() -> list[Any]:
    """Each kind at each request, once and from then on by turns; in a long run both."""
    kinds: list[Json] = [{"kind": kind} for kind in ("drop_before", "drop_after", "garbage", "truncate")]
    kinds += [{"kind": "status", "status": status, "body": HTML} for status in (400, 403, 429, 500, 502, 503, 504)]
    return [
        pytest.param(kind, position, times, id=f"{kind['kind']}{kind.get('status', '')}-{position}-{times or 'always'}")
        for turn, kind in enumerate(kinds)
        for position in range(7)
        for times in ((1, None) if FUZZ else (1, None)[(turn + position) % 2 :][:1])
    ]


@pytest.mark.parametrize(("fault", "position", "times"), _faults())
def test_every_fault_at_every_request(simulator: Simulator, fault: Json, position: int, times: int | None) -> None:
    """Requests of a whole run: the list, addresses, flows, and four writes."""
    account = FoneDynamicsAccount(simulator)
    account.fault(**fault, after=position, times=times)
    result = account.run(clock=SkippingClock())
    if "results" in result:
        account.check_truth(result, account.goal())
    else:
        assert result["changed"] is False
        assert account.stored() == account.start
    if result.get("failed"):
        assert_clear(result)
    simulator.clear_faults()
    repaired = account.run()
    assert repaired.get("msg") is None
    account.requests()
    assert account.run()["changed"] is False
    assert not writes(account.requests())


@pytest.mark.parametrize(
    ("fault", "requests", "status"),
    [
        # After 500 one looks first: it was not carried out, so it is sent once more.
        ({"kind": "status", "status": 500, "body": HTML, "times": 1}, [GET, POST, GET, POST], "applied"),
        ({"kind": "status", "status": 500, "body": HTML}, [GET, POST, GET, POST, GET], "failed"),
        # It was carried out, but the answer was lost: it is not sent again.
        ({"kind": "drop_after", "times": 1}, [GET, POST, GET], "applied"),
        ({"kind": "garbage", "times": 1}, [GET, POST, GET], "applied"),
        ({"kind": "truncate", "times": 1}, [GET, POST, GET], "applied"),
        ({"kind": "drop_before", "times": 1}, [GET, POST, GET, POST], "applied"),
        # These are sent again without a look, after the wait that the provider asks for.
        ({"kind": "status", "status": 503, "headers": {"Retry-After": "7"}, "times": 1}, [GET, POST, POST], "applied"),
        ({"kind": "status", "status": 429, "headers": {"Retry-After": "7"}, "times": 1}, [GET, POST, POST], "applied"),
        ({"kind": "status", "status": 400, "body": HTML}, [GET, POST], "failed"),
    ],
)
def test_when_a_write_is_repeated(simulator: Simulator, fault: Json, requests: list[str], status: str) -> None:
    account = FoneDynamicsAccount(simulator)
    account.fault(**fault, method="POST")
    result = account.one(number=DESK, friendly_name="x")
    assert account.requests() == requests
    assert result["results"][0]["status"] == status
    assert result["changed"] is (status == "applied")
    if "headers" in fault:
        assert 7 <= result["api_calls"]["waited_seconds"] <= 8


def test_a_server_error_is_reported_in_its_own_words(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    body = {"ResponseStatus": {"ErrorCode": "INTERNAL_ERROR", "Message": "The database is away."}}
    account.fault(method="POST", kind="status", status=500, body=body)
    result = account.one(number=DESK, friendly_name="x")
    assert_clear(result, "HTTP 500", "The database is away (INTERNAL_ERROR)")
    assert result["failure"]["code"] == "INTERNAL_ERROR"


def test_one_refused_number_leaves_the_others_alone(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    account.switch(pending_numbers="refused")
    result = account.run(numbers=[{"number": "+61255500190", "friendly_name": "x"}, *account.entries])
    assert [item["status"] for item in result["results"]] == ["failed", *["applied"] * 4]
    assert "The number's status is Pending" in result["msg"]
    assert (result["changed"], result["failure"]["failed"]) == (True, ["+61255500190"])


def test_a_token_that_may_only_read(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    result = account.one(number=DESK, friendly_name="x", token=seed.READ_TOKEN)
    assert_clear(result, "FORBIDDEN", "The token may lack the permission")
    assert (result["changed"], account.stored()) == (False, account.start)


@pytest.mark.parametrize("many", [True, False])
@pytest.mark.parametrize(
    ("switches", "number", "words"),
    [
        ({}, "+61255500999", ("+61255500999", "is not on the account", "never buys")),
        ({"not_found_status": 404}, "+61255500999", ("+61255500999", "is not on the account")),
        ({"foreign_number": "not_found"}, f"+{seed.FOREIGN_NUMBER}", ("is not on the account",)),
        ({}, f"+{seed.FOREIGN_NUMBER}", (seed.FOREIGN_NUMBER, "FORBIDDEN", "403")),
    ],
)
def test_numbers_that_cannot_be_had(
    simulator: Simulator, switches: Json, number: str, words: tuple[str, ...], many: bool
) -> None:
    account = FoneDynamicsAccount(simulator)
    account.switch(**switches)
    entry = {"number": number, "friendly_name": "x"}
    result = account.run(numbers=[GOOD, entry]) if many else account.one(number=number, friendly_name="x")
    assert_clear(result, *words)
    assert not writes(account.requests())


@pytest.mark.parametrize(
    ("options", "words", "asked"),
    [
        ({"token": OTHER_PASSWORD}, ("does not accept account_sid and token", "portal"), True),
        ({"account_sid": "AC-unknown"}, ("does not accept account_sid and token",), True),
        ({"token": ""}, ("token is missing", "FONEDYNAMICS_TOKEN"), False),
        ({"account_sid": ""}, ("account_sid is missing", "FONEDYNAMICS_ACCOUNT_SID"), False),
        ({"account_sid": "AC:secret"}, ("must not contain a colon",), False),
        ({"api_url": "http://api.example.org/v2"}, ("unencrypted",), False),
    ],
)
def test_wrong_connections(simulator: Simulator, options: Json, words: tuple[str, ...], asked: bool) -> None:
    account = FoneDynamicsAccount(simulator)
    result = account.run(**options)
    assert_clear(result, *words)
    assert (result["changed"], account.requests()) == (False, [LIST] * asked)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"number": "1345"}, ("short code",)),
        ({"number": 61255500101}, ("not text", "quotes")),
        ({"number": DESK, "endpoint_number": "0255500101", "routing_method": "endpoint"}, ("forwarded to itself",)),
        ({"number": MOBILE, "send_sms_to": "0491 570 006"}, ("forwarded to itself",)),
        ({"number": MOBILE, "send_sms_from": "far too long for one"}, ("sender id",)),
        ({"number": MOBILE, "send_email_to": "nobody"}, ("not an e-mail address",)),
        ({"number": MOBILE, "webhook_url": "hooks.example.org"}, ("not a URL",)),
        ({"number": MOBILE, "webhook_url": "", "webhook_method": "GET"}, ("webhook_url is cleared",)),
        ({"number": DESK, "endpoint_number": ""}, ("cannot be cleared",)),
        ({"number": DESK, "address": ""}, ("cannot be cleared",)),
        ({"number": SALES, "flow": " "}, ("cannot be cleared",)),
    ],
)
def test_wrong_entries_are_reported_before_anything_is_asked(
    simulator: Simulator, entry: Json, words: tuple[str, ...]
) -> None:
    account = FoneDynamicsAccount(simulator)
    result = account.run(numbers=[GOOD, entry], policy={"allowed_countries": ["AU"]})
    assert_clear(result, "[1]", *words)
    assert account.requests() == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            {"number": DESK, "routing_method": "endpoint", "endpoint_number": "1300 975 707"},
            ("shared-cost", "policy.allowed_numbers"),
        ),
        ({"number": MOBILE, "send_sms_to": "+44 20 7946 0000"}, ("allowed_countries is AU",)),
    ],
)
def test_what_the_policy_forbids_is_reported_before_any_write(
    simulator: Simulator, entry: Json, words: tuple[str, ...]
) -> None:
    account = FoneDynamicsAccount(simulator)
    result = account.run(numbers=[GOOD, entry], policy={"allowed_countries": ["AU"]})
    assert_clear(result, "numbers[1]", *words)
    assert not [request for request in account.requests() if not request.startswith("GET")]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"number": DESK, "routing_method": "flow", "flow": "Main menue"}, ("no flow 'Main menue'", "'Main menu'?")),
        ({"number": DESK, "routing_method": "flow", "flow": "Duplicate"}, ("2 flows", "-000000000003, c0ffee00-")),
        ({"number": DESK, "routing_method": "flow", "flow": seed.MELBOURNE_MENU}, ("no flow",)),
        ({"number": DESK, "address": "Perth office"}, ("no address 'Perth office'", "'Sydney office'")),
        ({"number": DESK, "flow": "Main menu"}, ("no effect while routing_method is endpoint", "routing_method: flow")),
        ({"number": SALES, "endpoint_number": MOBILE}, ("no effect while routing_method is flow",)),
        ({"number": "+611800975707", "endpoint_number": MOBILE}, ("no effect while routing_method is not set",)),
        ({"number": SALES, "routing_method": "endpoint"}, ("routing_method endpoint needs endpoint_number",)),
        ({"number": HOTLINE, "routing_method": "flow"}, ("routing_method flow needs flow",)),
        ({"number": MOBILE, "webhook_method": "GET"}, ("webhook_method has no effect without webhook_url",)),
    ],
)
def test_entries_that_the_account_does_not_fit(
    simulator: Simulator, entry: Json, words: tuple[str, ...], check: bool
) -> None:
    account = FoneDynamicsAccount(simulator)
    result = account.run(numbers=[GOOD, entry], check=check)
    assert_clear(result, "[1]", *words)
    assert not writes(account.requests())


def test_a_flow_that_wants_an_endpoint_as_well(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    account.switch(flow_needs_endpoint="yes")
    result = account.one(number=DESK, routing_method="flow", flow="Main menu")
    assert_clear(result, "PARAMETER_REQUIRED", "EndpointNumber", "set it as well")
    assert account.one(number=DESK, routing_method="flow", flow="Main menu", endpoint_number=MOBILE)["changed"] is True


def test_all_problems_are_reported_at_once(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    twice = [{"number": DESK}, {"number": "02 5550 0101"}, {"number": MOBILE, "send_email_to": "x"}]
    message = account.run(numbers=twice)["msg"]
    assert "2 problems" in message
    assert "already at numbers[0]" in message
