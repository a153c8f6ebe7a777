# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fone Dynamics: what is sent, what it costs, and that it is the same in every position of every switch."""

from __future__ import annotations

from typing import Any

import pytest
from system_fonedynamics import DESK, HOTLINE, LIST, MOBILE, NUMBERS, SALES, FoneDynamicsAccount, comparable, writes
from system_support import Json, texts_of
from system_switches import combinations, in_every_position

from simulator.fonedynamics import seed
from simulator.harness import Simulator

POSTS = [f"POST {number[1:]}" for number in NUMBERS]
COMMON = ("plan", "diff", "numbers")


ANSWERS = combinations(
    single_shape=("bare", "wrapped"),
    list_shape=("array", "envelope"),
    unset=("absent", "null", "empty"),
    list_members=("all", "confirmed"),
    flow_needs_endpoint=("no", "yes"),
    enum_case=("as-sent", "canonical"),
    member_groups=("capable", "all"),
)


@pytest.mark.parametrize("positions", ANSWERS, ids=lambda row: "-".join(map(str, row.values())))
def test_the_matrix_of_answers(simulator: Simulator, positions: Json) -> None:
    account = FoneDynamicsAccount(simulator)
    account.switch(**positions)
    predicted = account.run(check=True)
    assert account.stored() == account.start
    assert not writes(account.requests())

    applied = account.run()
    assert (applied.get("msg"), applied.get("warnings")) == (None, None)
    assert {number: comparable(record) for number, record in account.stored().items()} == {
        number: comparable(record) for number, record in account.goal().items()
    }
    assert [predicted[name] for name in COMMON] == [applied[name] for name in COMMON]
    assert sorted(writes(account.requests())) == sorted(POSTS)

    again = account.run()
    assert (again["changed"], again["plan"]["unchanged"], again["diff"]) == (False, 4, {"before": {}, "after": {}})
    assert again["numbers"] == applied["numbers"]
    exported = account.info()["numbers"]
    kept = account.run(numbers=exported)
    assert (kept.get("msg"), kept["changed"], kept["plan"]["unchanged"]) == (None, False, len(account.start))
    assert not writes(account.requests())


def test_every_position(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)

    def play(_switch: str, _value: Any) -> None:
        predicted, applied, again = account.run(check=True), account.run(), account.run()
        assert applied.get("msg") is None
        assert [predicted[name] for name in COMMON] == [applied[name] for name in COMMON]
        assert (applied["changed"], again["changed"]) == (True, False)

    in_every_position(simulator, "fonedynamics", play)


@pytest.mark.parametrize(("shape", "size"), [("array", 1000), ("envelope", 400)])
def test_a_list_is_read_in_pages_and_each_number_is_written_once(simulator: Simulator, shape: str, size: int) -> None:
    pages = [LIST] * (size // 200)
    simulator.put_state(seed.state_with_numbers(size, Friendly="Old", RoutingMethod="Flow", Flow=seed.AFTER_HOURS))
    account = FoneDynamicsAccount(simulator)
    account.switch(list_shape=shape)
    entries = [{"number": number, "friendly_name": "New", "flow": "Main menu"} for number in account.start]
    drifted = account.run(numbers=entries)
    requests = account.requests()
    reading = [*pages, "GET Flows"]
    assert requests[: len(reading)] == reading
    assert sorted(requests[len(reading) :]) == sorted(f"POST {number[1:]}" for number in account.start)
    assert drifted["api_calls"] == {"requests": len(reading) + size, "retries": 0, "waited_seconds": 0}
    converged = account.run(numbers=[{**entry, "flow": seed.MAIN_MENU} for entry in entries])
    assert account.requests() == pages
    assert (converged["changed"], converged["plan"]["unchanged"]) == (False, size)
    # Nothing beyond the last desired number is read.
    account.run(numbers=entries[:2])
    assert account.requests() == [LIST, "GET Flows"]


@pytest.mark.parametrize("check", [True, False])
def test_one_number_costs_one_request(simulator: Simulator, check: bool) -> None:
    account = FoneDynamicsAccount(simulator)
    result = account.one(number="0255500101", friendly_name="Sydney front desk", check=check)
    assert (result["changed"], account.requests()) == (False, ["GET 61255500101"])
    assert result["number"]["property_sid"] == seed.SYDNEY
    changed = account.one(number="0255500101", friendly_name="x", check=check)
    assert changed["changed"] is True
    assert account.requests() == ["GET 61255500101", *[POSTS[0]][: not check]]


HOOK = "https://hooks.example.org/sms"
FLOW = {"RoutingMethod": "Flow", "Flow": seed.MAIN_MENU}


@pytest.mark.parametrize(
    ("entry", "sent"),
    [
        ({"friendly_name": "x"}, {"Friendly": "x"}),
        # An unquoted off is false in YAML.
        ({"recording": False}, None),
        ({"friendly_name": "Sydney front desk ", "recording": "call"}, {"Recording": "Call"}),
        ({"endpoint_number": "0491 570 157"}, {"EndpointNumber": "+61491570157"}),
        ({"routing_method": "flow", "flow": "Main menu"}, FLOW),
        ({"routing_method": "flow", "flow": seed.MAIN_MENU}, FLOW),
        # A target beside the flow is only sent when it was asked for, but then even if it does not differ.
        (
            {"routing_method": "flow", "flow": "Main menu", "endpoint_number": "+61491570156"},
            {**FLOW, "EndpointNumber": "+61491570156"},
        ),
        ({"routing_method": "endpoint", "endpoint_number": "+61 491 570 156"}, None),
        ({"address": "Melbourne office"}, {"AddressSid": seed.MELBOURNE_ADDRESS}),
        ({"address": "Sydney office", "flow": None}, None),
        ({"attribution_source": "", "attribution_medium": ""}, None),
    ],
)
def test_a_write_holds_what_differs_and_its_companions(simulator: Simulator, entry: Json, sent: Json | None) -> None:
    account = FoneDynamicsAccount(simulator)
    result = account.one(number=DESK, **entry)
    assert result.get("msg") is None
    assert account.bodies() == ([] if sent is None else [sent])
    assert account.one(number=DESK, **entry)["changed"] is False


@pytest.mark.parametrize(
    ("number", "entry", "sent"),
    [
        # A method travels with its URL, and back to an endpoint with the endpoint.
        ("+61370100101", {"webhook_method": "GET"}, {"WebHookUrl": HOOK, "WebHookMethod": "GET"}),
        (MOBILE, {"webhook_url": "https://x.example.org"}, {"WebHookUrl": "https://x.example.org"}),
        (SALES, {"flow": "Main menu"}, {"Flow": seed.MAIN_MENU}),
        (MOBILE, {"send_email_from": "NOREPLY@example.org"}, {"SendEmailFrom": "NOREPLY@example.org"}),
        (MOBILE, {"send_email_from": "noreply@EXAMPLE.ORG"}, None),
        (HOTLINE, {"attribution_source": ""}, {"Attribution_Source": ""}),
    ],
)  # fmt: skip
def test_companions_of_other_numbers(simulator: Simulator, number: str, entry: Json, sent: Json | None) -> None:
    account = FoneDynamicsAccount(simulator)
    assert account.one(number=number, **entry).get("msg") is None
    assert account.bodies() == ([] if sent is None else [sent])


def test_back_to_the_stored_endpoint(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    account.one(number=DESK, routing_method="flow", flow="Main menu")
    account.bodies()
    account.one(number=DESK, routing_method="endpoint")
    assert account.bodies() == [{"RoutingMethod": "Endpoint", "EndpointNumber": "+61491570156"}]


@pytest.mark.parametrize("unset", ["absent", "null", "empty"])
@pytest.mark.parametrize("members", ["all", "confirmed"])
@pytest.mark.parametrize(("position", "status"), [("clears", "applied"), ("ignored", "failed"), ("rejected", "failed")])
@pytest.mark.parametrize("companion", [True, False])
def test_clearing(simulator: Simulator, unset: str, members: str, position: str, status: str, companion: bool) -> None:
    account = FoneDynamicsAccount(simulator)
    account.switch(unset=unset, list_members=members, empty_string=position)
    entries: list[Json] = [{"number": MOBILE, "send_email_to": "", "send_sms_to": ""}]
    entries += [{"number": SALES, "friendly_name": "Sydney sales"}] * companion
    predicted, result = account.run(numbers=entries, check=True), account.run(numbers=entries)
    assert predicted["diff"]["before"] == {MOBILE: {"send_email_to": "sms@example.org"}}
    assert predicted["diff"]["after"] == {MOBILE: {"send_email_to": None}}
    assert result["results"][0]["status"] == status
    assert result["changed"] is (status == "applied")
    assert bool(account.stored()[MOBILE]["SendEmailTo"]) is (status == "failed")
    assert {"SendEmailTo": ""} in account.bodies()
    if position == "ignored":
        assert "send_email_to is sms@example.org." in result["msg"]
    if status == "applied":
        assert [predicted[name] for name in COMMON] == [result[name] for name in COMMON]
        assert account.run(numbers=entries)["changed"] is False


@pytest.mark.parametrize("position", ["error", "ignored"])
def test_what_the_number_cannot_do(simulator: Simulator, position: str) -> None:
    account = FoneDynamicsAccount(simulator)
    account.switch(sms_on_voice_only=position)
    result = account.run(numbers=[{"number": DESK, "friendly_name": "x", "send_sms_to": MOBILE}, *account.entries[3:]])
    assert result["failed"] is True
    # With the switch on ignored, the name was taken over all the same.
    assert [item["status"] for item in result["results"]] == ["failed" if position == "error" else "unknown", "applied"]
    assert "send_sms_to is not set." in result["msg"] or "The number has no SMS" in result["msg"]
    assert account.stored()[DESK]["Friendly"] == ("Sydney front desk" if position == "error" else "x")


def test_collateral_changes_are_noticed(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    answer = {
        **account.start[DESK],
        "Friendly": "x",
        "Recording": "Call",
        "Attribution_Source": "y",
        "Status": "Pending",
    }
    account.fault(method="POST", kind="status", status=200, body=answer)
    texts = texts_of(account.one(number=DESK, friendly_name="x"))
    assert len(texts) == 3
    for member, old, new in (
        ("recording", "off", "call"),
        ("attribution_source", None, "y"),
        ("Status", "Active", "Pending"),
    ):
        assert any(f"{member} changed from {old!r} to {new!r}" in text for text in texts)


def test_collateral_changes_are_noticed_when_the_answer_is_lost(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    shown = {**account.start[DESK], "Friendly": "x", "Recording": "Call"}
    account.fault(method="POST", kind="garbage")
    account.fault(method="GET", kind="status", status=200, body=shown, after=1)
    result = account.one(number=DESK, friendly_name="x")
    assert result["changed"] is True
    assert texts_of(result) == [f"{DESK}: recording changed from 'off' to 'call', although the task did not set it."]


def test_members_that_the_list_did_not_show_are_no_collateral(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    account.switch(list_members="confirmed")
    result = account.run(numbers=[{"number": MOBILE, "friendly_name": "x"}, {"number": HOTLINE, "friendly_name": "y"}])
    assert result.get("warnings") is None
    assert account.requests().count(LIST) == 1


def test_late_reads_are_waited_for(simulator: Simulator) -> None:
    """The answer and the first look still show the old name."""
    account = FoneDynamicsAccount(simulator)
    state = simulator.state()
    old = account.start[DESK]
    account.fault(method="POST", kind="status", status=200, body=old, times=1)
    account.fault(method="GET", kind="status", status=200, body=old, times=1, after=1)
    record = state["fonedynamics"]["accounts"][seed.ACCOUNT_SID]["numbers"][DESK[1:]]
    account.fault(method="GET", kind="status", status=200, body={**record, "Friendly": "x"}, times=1, after=1)
    result = account.one(number=DESK, friendly_name="x")
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert account.requests() == ["GET 61255500101", "POST 61255500101", "GET 61255500101", "GET 61255500101"]
    assert result["api_calls"]["waited_seconds"] == 2


def test_numbers_that_the_list_missed_are_read_singly(simulator: Simulator) -> None:
    """While numbers are bought, offset paging repeats some and misses others."""
    simulator.put_state(seed.state_with_numbers(201))
    account = FoneDynamicsAccount(simulator)
    records = list(account.start.values())
    account.fault(method="GET", kind="status", status=200, body=records[1:], times=1)
    account.fault(method="GET", kind="status", status=200, body=records[200:], times=1)
    result = account.run(numbers=[{"number": number, "recording": "off"} for number in account.start])
    assert (result.get("msg"), result["plan"]["unchanged"]) == (None, 201)
    assert account.requests() == [LIST, LIST, f"GET {records[0]['Number'][1:]}"]


def test_what_can_be_read_but_not_set(simulator: Simulator) -> None:
    state = simulator.state()
    numbers = state["fonedynamics"]["accounts"][seed.ACCOUNT_SID]["numbers"]
    numbers[DESK[1:]]["RoutingMethod"] = "application"
    simulator.put_state(state)
    account = FoneDynamicsAccount(simulator)
    info = account.info(numbers=[DESK])
    assert "routing_method" not in info["numbers"][0]
    assert "routing_method is 'application'" in texts_of(info)[0]
    result = account.one(number=DESK, friendly_name="x")
    assert (result["number"]["routing_method"], account.bodies()) == ("application", [{"Friendly": "x"}])


def test_info(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    found = account.info(numbers=["1300 975 707", "02 5550 0102", "02 5550 0999"], raw=True)
    assert [item["number"] for item in found["numbers"]] == [HOTLINE, SALES]
    assert found["raw"][0]["Type"] == "Shared-Rate"
    assert "+61255500999" in texts_of(found)[0]
    assert len(account.info()["numbers"]) == len(account.start)
    assert found["numbers"][1] == {
        "number": SALES,
        "friendly_name": "Sydney sales",
        "routing_method": "flow",
        "flow": "After hours",
        "recording": "off",
    }
