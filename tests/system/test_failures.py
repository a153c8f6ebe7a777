# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes wrong before anything is written: one clear message each, no trace of a secret, no request too many."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from system_office import MOBILE, SonetelOffice
from system_support import OTHER_PASSWORD, PROXY_PASSWORD, TOKEN, Json, assert_clear, leaks, run_module, texts_of

from simulator.harness import Simulator
from simulator.sonetel import seed

US = "+12015550100"


def claims_token(expires: float) -> str:
    """A token whose claims can be read, as Sonetel's can, and whose signature is a planted secret."""
    claims = {"acc_id": int(seed.ACCOUNT_ID), "user_id": int(seed.ADMIN_ID), "exp": expires}
    head, body = ({"alg": "RS256"}, claims)
    return ".".join([*(base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in (head, body)), TOKEN])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"number": "+12025550199"}, ["+12025550199", "not on the account", "buy it in Sonetel's web app"]),
        ({"number": 12015550100}, ["12015550100 is not text", "in quotes"]),
        ({"number": None}, ["number", "is empty"]),
        ({"number": "2015550100"}, ["'2015550100'", "country code", "set the region"]),
        ({"number": "911", "region": "US"}, ["'911'", "short code"]),
        ({"destination": {"phone": "+1900 555 0100"}}, ["+19005550100", "premium-rate", "policy.allowed_numbers"]),
        ({"destination": {"phone": "+881612345678"}}, ["satellite", "policy"]),
        ({"destination": {"phone": "+46 70 174 06 05"}, "policy": {"allowed_countries": ["US"]}}, ["is in SE", "US"]),
        ({"destination": {"phone": MOBILE}, "policy": {"denied_numbers": ["+4670*"]}}, ["policy.denied_numbers"]),
        ({"destination": {"sip": f"{MOBILE}@gw.example"}, "policy": {"denied_numbers": ["+4670*"]}}, ["denied_"]),
        ({"destination": {"phone": US}}, ["forwarded to itself"]),
        ({"destination": {"raw": {"connect_to_type": "phnum", "connect_to": "001 201 555 0100"}}}, ["to itself"]),
        ({"destination": {"phone": None}}, ["destination", "name one of phone, sip, user, voiceapp, raw"]),
        ({"destination": {"phone": "070-174 06 0A"}, "region": "SE"}, ["letters"]),
        ({"destination": {"sip": "reception"}}, ["'reception'", "not a SIP address", "pbx.example.org"]),
        ({"destination": {"user": "Ana.Lindqvist@example.org"}}, ["no team member", "Did you mean 'anna.lindqvist"]),
        ({"destination": {"user": "x"}}, ["no team member 'x'", "There are: 'admin@example.org'"]),
        ({"destination": {"voiceapp": "main menu"}}, ["no voice app 'main menu'", "Did you mean 'Main menu'?"]),
        ({"destination": {"voiceapp": "Duplicate"}}, ["2 voice apps", "VAdup1icate1, VAdup1icate2"]),
        ({"region": "Sweden"}, ["region", "two letters"]),
        ({"timeout": 0}, ["timeout", "greater than 0"]),
        ({"deadline": -1}, ["deadline", "greater than 0"]),
        ({"ca_path": "/nowhere/ca.pem"}, ["ca_path", "/nowhere/ca.pem", "does not exist"]),
        ({"api_url": "public-api.sonetel.com"}, ["api_url", "not a URL", "https://host/path"]),
        ({"api_url": "http://[::1"}, ["api_url", "not a URL"]),
        ({"api_url": "http://public-api.sonetel.com"}, ["api_url", "unencrypted", "https://"]),
        ({"auth_url": "http://10.0.0.1/token"}, ["auth_url", "unencrypted"]),
        ({"api_url": "https://me:you@public-api.sonetel.com"}, ["api_url", "user name or password"]),
        ({"proxy": "http://[::1"}, ["proxy is not a URL"]),
        ({"password": None}, ["password is missing", "SONETEL_PASSWORD"]),
        ({"username": None}, ["username is missing", "SONETEL_USERNAME"]),
        ({"username": None, "password": None}, ["no Sonetel credentials", "SONETEL_ACCESS_TOKEN"]),
        ({"access_token": "två ord"}, ["access_token", "characters"]),
        ({"account_id": "999"}, ["Account 999 not found", "account_id"]),
        ({"account_id": "a/../b ?"}, ["account_id"]),
    ],
)
def test_one_clear_message(simulator: Simulator, options: Json, words: list[str]) -> None:
    office = SonetelOffice(simulator, 1)
    given: Json = {**office.connection(), "number": US, "destination": {"phone": MOBILE}, **options}
    result = run_module("sonetel_forwarding", given)
    assert_clear(result, *words)
    assert len(result["msg"]) < 400
    assert "\n" not in result["msg"]
    assert (result["changed"], office.stored()) == (False, office.start)
    assert result["failure"]["kind"] in ("input", "rejected")


def test_every_problem_is_named_at_once_with_its_position(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 3)
    office.entries = [
        {"number": US, "destination": {"phone": "+1 900 555 0100"}},
        {"number": "+1 (201) 555-0100"},
        {"number": "112"},
        {"number": "+12015550102", "destination": {"phone": "070 12"}},
    ]
    result = office.run(policy={"allowed_countries": ["Sweden"]})
    assert_clear(result, "5 problems", "nothing was written")
    for line in (
        "policy.allowed_countries[0]: ",
        f"forwardings[0] ({US}): destination.phone: ",
        f"forwardings[1] ({US}): the same number is already at forwardings[0]; list it once",
        "forwardings[2] (112): number: ",
        "forwardings[3] (+12015550102): destination.phone: ",
    ):
        assert result["msg"].count(f"  - {line}") == 1
    assert office.requests() == []


def test_problems_that_only_the_account_knows_are_named_at_once_too(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 3)
    state = simulator.state()
    state["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]["12015550102"]["voiceapp_connect"] = "add-on"
    simulator.put_state(state)
    office.entries = [
        {"number": "+12025550199"},
        {"number": "+12015550100", "destination": {"user": "nobody@example.org"}},
        {"number": "+12015550101", "destination": {"phone": MOBILE}},
        {"number": "+12015550102", "destination": {"voiceapp": "Reception"}},
    ]
    result = office.run()
    assert_clear(result, "3 problems", "voiceapp_connect: add-on", "never buys", "nobody@example.org")
    assert office.stored() == office.start
    assert {request.split()[0] for request in office.requests()} == {"POST", "GET"}


def test_a_misspelt_option_shows_no_secret(simulator: Simulator) -> None:
    """Ansible itself refuses it, and shows all options that were given with -vvv."""
    office = SonetelOffice(simulator, 1)
    proxy = f"http://me:{PROXY_PASSWORD.replace('@', '%40').replace('%', '%25', 1)}@proxy.example:3128"
    entry = {"number": US, "destinaton": {"phone": MOBILE}}
    for name, options in (("forwarding", entry), ("forwardings", {"forwardings": [entry]})):
        given = {**office.connection(), "access_token": TOKEN, "client_secret": OTHER_PASSWORD, "proxy": proxy}
        result = run_module(f"sonetel_{name}", {**given, **options})
        assert result["failed"] is True
        assert "destinaton" in result["msg"]
        assert "Supported parameters include" in result["msg"]
        assert not leaks(result["printed"])
        assert "me:" not in result["printed"]


def test_an_expired_token_is_replaced_before_it_is_used(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 2, named=False)
    result = office.run(access_token=claims_token(time.time() + 30))
    assert not result.get("failed")
    assert office.requests()[:2] == ["POST token", "GET phonenumbersubscription"]


@pytest.mark.parametrize(
    "token",
    [claims_token(1.0), "opaque-and-unknown", claims_token(time.time() + 9999)],
    ids=["ended", "opaque", "revoked"],
)
def test_a_token_that_no_longer_works_without_credentials(simulator: Simulator, token: str) -> None:
    office = SonetelOffice(simulator, 2)
    result = office.run(username=None, password=None, access_token=token, account_id=seed.ACCOUNT_ID)
    assert_clear(result, "expired, revoked or wrong", "Get a new access token")
    assert token not in result["printed"]
    assert result["failure"]["kind"] == "authentication"
    assert office.requests() == ["GET phonenumbersubscription"]


def test_a_token_that_no_longer_works_with_credentials(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 2, named=False)
    result = office.run(access_token="opaque-and-unknown", account_id=seed.ACCOUNT_ID)
    assert not result.get("failed")
    requests = office.requests()
    assert requests[:3] == ["GET phonenumbersubscription", "POST token", "GET phonenumbersubscription"]
    assert len(requests) == 5


@pytest.mark.parametrize("password", [seed.ADMIN_PASSWORD, OTHER_PASSWORD, None], ids=["right", "wrong", "none"])
def test_a_token_that_is_revoked_in_mid_run(simulator: Simulator, password: str | None) -> None:
    """The lists can be read, then every write is refused; threads that wait for one login make no second one."""
    office = SonetelOffice(simulator)
    # A token that is revoked is not known to the server any more.
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "status", "status": 401, "times": 1}])
    if password != seed.ADMIN_PASSWORD:
        simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "status", "status": 401}])
    login: Json = {"username": None, "password": None} if password is None else {"password": password}
    result = office.run(**{**office.with_token(), **login})
    office.check_account(result)
    requests = office.requests()
    logins = requests.count("POST token")
    if password == seed.ADMIN_PASSWORD:
        assert not result.get("failed")
        assert (logins, len([request for request in requests if request.startswith("PUT")])) == (1, 11)
    else:
        assert_clear(result, "does not accept the login" if password else "expired, revoked or wrong")
        assert (logins, result["changed"]) == (0 if password is None else 1, False)


def test_token_module(simulator: Simulator) -> None:
    login = {"auth_url": simulator.sonetel_auth_url, "username": seed.ADMIN_EMAIL, "password": OTHER_PASSWORD}
    assert_clear(run_module("sonetel_token", login), "no_log: true")
    assert_clear(run_module("sonetel_token", login, no_log=True), "does not accept the login")
    assert_clear(
        run_module("sonetel_token", {**login, "client_id": "sonetel-nobody"}, no_log=True), "does not accept the login"
    )


def test_the_deadline_ends_a_run_and_what_was_done_is_reported(simulator: Simulator) -> None:
    office = SonetelOffice(simulator)
    retry_after = {"kind": "status", "status": 429, "headers": {"Retry-After": "100"}}
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "after": 3, **retry_after}])
    result = office.run(deadline=50)
    assert_clear(result, "Waiting", "would exceed the deadline", "Raise deadline")
    office.check_account(result)
    assert len(result["failure"]["applied"]) == 3
    assert result["api_calls"]["waited_seconds"] == 0
    simulator.clear_faults()
    office.check_rerun_finishes()


def test_a_failure_that_would_repeat_itself_stops_what_has_not_begun(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 40, named=False)
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "status", "status": 429}])
    result = office.run()
    assert_clear(result, "too many requests", "not tried")
    office.check_account(result)
    # Those that are under way at the same time fail together.
    assert 1 <= len(result["failure"]["failed"]) <= 8
    assert len(result["failure"]["failed"]) + len(result["failure"]["not_tried"]) == 40


def test_a_long_wait_that_the_provider_asks_for_is_obeyed_and_reported(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 2, named=False)
    retry_after = {"kind": "status", "status": 503, "headers": {"Retry-After": "120"}}
    simulator.add_faults([{"provider": "sonetel", "method": "GET", "times": 1, **retry_after}])
    result = office.run()
    assert not result.get("failed")
    assert 120 <= result["api_calls"]["waited_seconds"] <= 121
    assert result["api_calls"]["retries"] == 1
    (warning,) = texts_of(result)
    assert warning.startswith("Waited 12")
    assert "HTTP 503" in warning


def test_rate_limits_of_the_simulator_are_survived(simulator: Simulator) -> None:
    """Its window moves in real time, so that only as many requests pass as a real limit would let pass."""
    office = SonetelOffice(simulator, 6, named=False)
    simulator.set_limits({"sonetel": {"default": {"requests": 4, "window": 0.3, "penalty": 0}}})
    result = office.run(clock=None)
    office.check_account(result)
    simulator.set_limits({"sonetel": {"default": None}})
    office.check_rerun_finishes()


@pytest.mark.parametrize("list_name", ["phonenumbersubscription", "user", "voiceapp"])
@pytest.mark.parametrize(
    "body", [{"response": "x", "status": "success"}, [1, 2], "text", 5, True, {"status": "success", "response": [None]}]
)
def test_lists_that_are_no_lists(simulator: Simulator, list_name: str, body: Any) -> None:
    office = SonetelOffice(simulator)
    answer = {"kind": "status", "status": 200, "body": body if body != "text" else '"text"'}
    simulator.add_faults([{"provider": "sonetel", "path_regex": f"/{list_name}$", **answer}])
    result = office.run()
    assert_clear(result, list_name, "api_url")
    assert office.stored() == office.start
