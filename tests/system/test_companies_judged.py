# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the call model makes of a RingCentral company's lists is what the simulator's player makes of its state.

Random companies: queues, menus, sites, rules, holidays and numbers that lead to each other. `FUZZ=1000` plays that many
companies instead of a few, `FUZZ_SEED=7` others, and `FUZZ_ONLY=12,40` those with these numbers alone.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from importlib import import_module
from random import Random
from typing import Any

import pytest
from system_judge import Judge, connections
from system_judged_companies import NEW_YORK, PEOPLE, Company
from system_shown_findings import Found, contradiction
from system_support import FUZZ, PACKAGE, Json, run_module

from simulator.calls import every_play
from simulator.harness import Simulator
from simulator.ringcentral import seed

COUNT, SEED = FUZZ or 20, int(os.environ.get("FUZZ_SEED", "1"))
ONLY = [int(number) for number in os.environ.get("FUZZ_ONLY", "").split(",") if number]
CALLS = 20
# Reading an account takes longer than compiling lists.
READ = max(3, COUNT // 20)


def part(name: str) -> Any:
    """A module of the collection's own."""
    return import_module(f"{PACKAGE}.module_utils.{name}")


def modelled(company: Company) -> Any:
    """What the model makes of a company's lists."""
    draft = part("_calls.nodes").Draft("ringcentral", region="US", whole=True, zone=NEW_YORK)
    return part("_calls.compiling").compiled(part("_ringcentral.account").RINGCENTRAL, company.lists, draft)


def answers(graph: Any, company: Company, calls: list[Json]) -> list[Json]:
    """What the model says of calls into a company."""
    names = part("_calls.names").Names(graph)
    testing = part("_calls.testing").Testing(graph, names, company.today.replace(tzinfo=UTC))
    rules = part("_numbers.rules").NumberRules.from_options({"region": "US"}, lambda _text: None)
    found = part("_calls.call_tests").read_calls(calls, "calls", rules, NEW_YORK, ("ringcentral",))
    assert not rules.problems.found
    return [part("_calls.answers").answer(testing, call) for call in found]


def read(simulator: Simulator, company: Company, calls: list[Json]) -> list[Json]:
    """What the module that follows calls says of a company's account."""
    app = seed.app(permissions=["EditAccounts", "ReadPresence", "EditPresence"])
    company.state["ringcentral"]["apps"] = {seed.CLIENT_ID: app}
    simulator.reset()
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    simulator.set_switches(company.positions)
    simulator.put_state(company.state)
    emails = {number: f"{name}@example.org" for number, (_key, name) in PEOPLE.items()}
    options = {
        "office": "judged",
        "region": "US",
        "timezone": NEW_YORK,
        "providers": ["ringcentral"],
        "people": [
            {"name": email, "email": email, "extensions": [{"provider": "ringcentral", "extension": number}]}
            for number, email in emails.items()
        ],
        "calls": calls,
        "ringcentral_connection": connections(simulator)["ringcentral_connection"],
    }
    result = run_module("office_calls", options)
    assert not result.get("failed"), result["msg"]
    routes: list[Json] = result["routes"]
    return routes


def findings(graph: Any, company: Company) -> Found:
    """What the model finds in a company."""
    finding = part("_calls.findings")
    context = finding.Context(finding.times_for([graph], NEW_YORK, company.today.replace(tzinfo=UTC)))
    found, _unused = finding.find(graph, None, context, finding.Settings())
    return Found(graph, context, found)


def test_the_model_agrees_with_the_player(capsys: pytest.CaptureFixture[str]) -> None:
    judge, failures = Judge(), []
    shown: Counter[str] = Counter()
    today = datetime.now(UTC).replace(tzinfo=None)
    for number in ONLY or range(COUNT):
        company = Company(Random(f"{SEED} {number}"), today)
        calls = company.calls(CALLS)
        graph = modelled(company)
        which = f"FUZZ_SEED={SEED} FUZZ_ONLY={number}"
        for call, found in zip(calls, answers(graph, company, calls), strict=True):
            if text := judge.disagreement(company, call, found):
                failures.append("\n  ".join([f"{which} {call}", text, *found["lines"]]))
        for finding, played in findings(graph, company).calls():
            shown[finding.fault.code] += 1
            plays = every_play(company.state, {**played, "zone": NEW_YORK}, company.positions)
            if text := contradiction(finding, played, plays):
                failures.append(f"{which} {text}")
    figures = judge.figures
    with capsys.disabled():
        print(f"\nFUZZ_SEED={SEED}: {dict(figures.most_common())}; findings that were shown: {dict(shown)}")
    assert not failures, "\n\n".join(failures)
    # What is compared says something: many calls are certain, and every end has its turn.
    if not ONLY and COUNT >= 40:
        assert figures["calls"] == COUNT * CALLS
        assert figures["sure"] > figures["calls"] / 4
        assert {"person", "outside", "voicemail", "hang_up", "loop"} <= set(figures)
        assert min(shown[code] for code in ("loop", "dead-end", "nobody", "cut-off", "menu-repeats")) > 0


@pytest.mark.parametrize("form", ["kept", "local", "utc"])
def test_the_model_of_an_account_agrees_with_the_player(form: str, simulator: Simulator) -> None:
    """The same where the module reads the account, whichever form the dates of rules come back in."""
    judge, failures = Judge(), []
    today = datetime.now(UTC).replace(tzinfo=None)
    for number in ONLY or range(READ):
        company = Company(Random(f"{SEED} {number}"), today)
        company.positions["ringcentral"]["range_zone"] = form
        calls = company.calls(CALLS)
        for call, found in zip(calls, read(simulator, company, calls), strict=True):
            if text := judge.disagreement(company, call, found):
                failures.append("\n  ".join([f"FUZZ_SEED={SEED} FUZZ_ONLY={number} {call}", text, *found["lines"]]))
    assert not failures, "\n\n".join(failures)
    if not ONLY:
        assert judge.figures["sure"] > judge.figures["calls"] / 4
