# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who answers at a RingCentral company, from what is read of its account."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from system_judge import Judge, connections
from system_judged_companies import NEW_YORK, Company
from system_support import FUZZ, Json, run_module

from simulator.harness import Simulator
from simulator.ringcentral import seed

MENU = "400000014"
APPS = {seed.CLIENT_ID: seed.app(permissions=["EditAccounts"])}


def options(simulator: Simulator, **more: Any) -> Json:
    """Options of a module for whole offices, for an office in New York."""
    connection = connections(simulator)["ringcentral_connection"]
    return {"office": "newyork", "region": "US", "timezone": NEW_YORK, "ringcentral_connection": connection, **more}


def answered(simulator: Simulator, calls: list[Json]) -> list[Json]:
    """What the module that follows calls says of each."""
    result = run_module("office_calls", options(simulator, providers=["ringcentral"], calls=calls))
    assert not result.get("failed"), result["msg"]
    found: list[Json] = result["routes"]
    return found


def plant(simulator: Simulator, state: Json) -> None:
    """Put a state without limits, whose app may read the whole account."""
    simulator.reset()
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    state["ringcentral"]["apps"] = APPS
    simulator.put_state(state)


@pytest.fixture
def company(simulator: Simulator) -> Simulator:
    """The seed account, whose menu also leads to the operator, to a mailbox, outside and back."""
    state = simulator.state()
    state["ringcentral"]["extensions"][MENU]["menu"]["actions"] += [
        {"input": "0", "action": "ConnectToOperator"},
        {"input": "4", "action": "Voicemail", "extension": "400000003"},
        {"input": "5", "action": "Transfer", "phoneNumber": "+12025550173"},
    ]
    plant(simulator, state)
    return simulator


def test_calls_into_a_menu_go_where_its_keys_lead(company: Simulator) -> None:
    presses = (["0"], ["4"], ["5"], ["2", "#", "5"], ["*", "5"])
    call = {"dial": {"ringcentral": "8001"}, "at": "monday 10:00"}
    answers = answered(company, [{**call, "press": press} for press in presses])
    routes = [answer["moments"][0]["routes"][0] for answer in answers]
    assert [(route["ends"], route["steps"][-1]["at"]) for route in routes] == [
        ("person", "ringcentral/extensions/101/devices/Polycom VVX 411"),
        ("voicemail", "ringcentral/extensions/102/voicemail"),
        ("outside", "number/+12025550173"),
        ("outside", "number/+12025550173"),
        ("outside", "number/+12025550173"),
    ]


def test_a_plan_for_a_queue_says_what_callers_notice(company: Simulator) -> None:
    queues = [{"extension": "7001", "members": ["102"]}]
    result = run_module("office", options(company, ringcentral={"call_queues": queues}), check=True)
    assert not result.get("failed"), result["msg"]
    (noticed,) = result["calls"]
    words = (
        'not known (when the work hours of the call queue "Sales" are, because it was not read): perhaps queue "Sales"'
    )
    then = ', then mailbox of queue "Sales"'
    before = f"{words} (members in any order, 20 s each, at most 180 s: extension 101, extension 102){then}"
    assert (
        noticed["text"]
        == f'extension 7001 (queue "Sales"): {before} -> {words} (20 s, at most 180 s: extension 102){then}'
    )


def test_a_new_queue_without_hours_is_open_around_the_clock(company: Simulator) -> None:
    orders = {"extension": "7003", "name": "Orders", "email": "orders@example.org", "members": ["102"]}
    lists = {
        "call_queues": [{**orders, "max_wait": 60, "on_no_answer": {"wait": "members"}, "ring_seconds": 20}],
        "phone_numbers": [{"number": "+16505550186", "extension": "7003"}],
    }
    result = run_module("office", options(company, ringcentral=lists), check=True)
    assert not result.get("failed"), result["msg"]
    (noticed,) = (change["text"] for change in result["calls"] if change["text"].startswith("+1 650 555 0186"))
    _before, after = noticed.split(" -> ")
    assert after == 'queue "Orders" (20 s, at most 60 s: extension 102), then mailbox of queue "Orders"'


def test_what_is_read_of_random_companies_is_what_the_player_plays(simulator: Simulator) -> None:
    """`FUZZ=40` reads that many companies, `FUZZ_SEED=7` others."""
    judge, failures = Judge(), []
    name, today = os.environ.get("FUZZ_SEED", "1"), datetime.now(UTC).replace(tzinfo=None)
    for number in range(FUZZ or 4):
        found = Company(Random(f"{name} {number}"), today)
        calls = found.calls(30)
        plant(simulator, found.state)
        simulator.set_switches(found.positions)
        for call, answer in zip(calls, answered(simulator, calls), strict=True):
            if text := judge.disagreement(found, call, answer):
                failures.append("\n  ".join([f"FUZZ_SEED={name}, {number}: {call}", text, *answer["lines"]]))
    assert not failures, "\n\n".join(failures)
    assert judge.figures["sure"] > judge.figures["calls"] / 2
