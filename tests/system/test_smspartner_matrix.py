# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMS Partner, whatever it turns out to do: conflict policy x HTTP status x cross-mode x on_conflict x journal.

What a number really does is seen through the simulator's control interface, as the API does not show it.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from system_support import Json, run_module, texts_of

from simulator.harness import Simulator
from simulator.smspartner import seed

A, B = "33353010001", "33353010002"
MAIL, OTHER_MAIL = "accueil@example.org", "ventes@example.org"
OFF = (0, "")
State = tuple[int, str]

# What a number does at first, and what is desired.
CASES: tuple[tuple[State, State], ...] = (
    (OFF, (1, A)),
    (OFF, (2, MAIL)),
    (OFF, OFF),
    ((1, A), (1, A)),
    ((1, A), (1, B)),
    ((1, A), (2, MAIL)),
    ((1, A), OFF),
    ((2, MAIL), (2, MAIL)),
    ((2, MAIL), (2, OTHER_MAIL)),
    ((2, MAIL), (1, A)),
    ((2, MAIL), OFF),
)
NUMBERS = [f"332619101{index:02}" for index in range(len(CASES))]


class Expected(NamedTuple):
    """What must come of one case. *reported*: a warning says that what is desired may not be in force."""

    status: str
    final: State
    requests: int
    verified: bool = False
    reported: bool = False


def option(number: str, state: State) -> Json:
    kind, target = state
    return {
        "number": f"+{number}",
        "state": ("disabled", "forward", "voicemail")[kind],
        **({"destination": f"+{target}"} if kind == 1 else {"email": target} if kind == 2 else {}),
    }


def plant(simulator: Simulator, states: list[State]) -> None:
    state = simulator.state()
    state["smspartner"]["accounts"][seed.API_KEY]["numbers"] = {
        number: seed.number(kind, target, configured=True)
        for number, (kind, target) in zip(NUMBERS, states, strict=True)
    }
    simulator.put_state(state)


def stored(simulator: Simulator) -> list[State]:
    numbers = simulator.state()["smspartner"]["accounts"][seed.API_KEY]["numbers"]
    return [(numbers[number]["type"], numbers[number]["param"]) for number in NUMBERS]


def run(simulator: Simulator, states: list[State], *, check: bool = False, **options: Any) -> Json:
    items = [option(number, state) for number, state in zip(NUMBERS, states, strict=True)]
    connection = {"api_key": seed.API_KEY, "api_url": simulator.smspartner_api_url}
    return run_module("smspartner_callforwards", {**connection, "callforwards": items, **options}, check=check)


def asked(simulator: Simulator) -> dict[str, int]:
    """How many requests each number had; empties the log."""
    log = simulator.requests()
    simulator.clear_requests()
    bodies = [entry["body"]["number"] for entry in log]
    return {number: bodies.count(number) for number in NUMBERS}


def statuses(result: Json) -> list[str]:
    """The status of each number; `results` leaves out what was right already."""
    reported = {item["number"]: item["status"] for item in result["results"]}
    return [reported.get(f"+{number}", "unchanged") for number in NUMBERS]


def expected(start: State, desired: State, switches: Json, on_conflict: str, known: bool) -> Expected:
    """smspartner.md 6 in short. *known*: the journal holds the start."""
    applied, replaced = Expected("applied", desired, 1, True), Expected("applied", desired, 3, True)
    if known and start == desired:
        return Expected("unchanged", desired, 0)
    if desired == OFF:
        return Expected("unchanged", OFF, 1, True) if start == OFF else applied
    if start == OFF:
        return applied
    same_mode = start[0] == desired[0]
    if same_mode:
        policy = switches["conflict_policy"]
        conflict = policy == "mode_only" or (policy == "exact_match" and start == desired)
    else:
        conflict = switches["cross_mode"] == "conflict"
    if not conflict:
        return applied
    if known or on_conflict == "replace":
        return replaced
    if same_mode and on_conflict == "keep":
        return Expected("unchanged", start, 1, reported=True)
    return Expected("failed", start, 1)


CELLS = [
    pytest.param(*cell, (400, 200)[place % 2], id="-".join(cell))
    for place, cell in enumerate(
        product(
            ("mode_only", "exact_match", "overwrite"),
            ("conflict", "overwrite"),
            ("keep", "replace", "fail"),
            ("none", "new", "right"),
        )
    )
]


@pytest.mark.parametrize(("policy", "cross_mode", "on_conflict", "journal", "status"), CELLS)
def test_cell(
    simulator: Simulator, tmp_path: Path, policy: str, cross_mode: str, on_conflict: str, journal: str, status: int
) -> None:
    switches = {"conflict_policy": policy, "error_http_status": status, "cross_mode": cross_mode}
    simulator.set_switches({"smspartner": switches})
    starts, goals = [case[0] for case in CASES], [case[1] for case in CASES]
    options: Json = {"on_conflict": on_conflict}
    if journal != "none":
        options["journal"] = str(tmp_path / "journal.json")
    if journal == "right":
        plant(simulator, [OFF] * len(CASES))
        assert not run(simulator, starts, **options).get("failed")
    plant(simulator, starts)
    simulator.clear_requests()
    desired = [expected(start, goal, switches, on_conflict, journal == "right") for start, goal in CASES]

    predicted = run(simulator, goals, check=True, **options)
    assert (stored(simulator), simulator.requests()) == (starts, [])
    assert predicted["changed"] is True

    done = run(simulator, goals, **options)
    assert stored(simulator) == [item.final for item in desired]
    assert statuses(done) == [item.status for item in desired]
    assert asked(simulator) == {number: item.requests for number, item in zip(NUMBERS, desired, strict=True)}
    assert done["changed"] is any(item.status == "applied" for item in desired)
    assert bool(done.get("failed")) is any(item.status == "failed" for item in desired)
    verified = [shown.get("destination_verified", False) for shown in done["callforwards"]]
    assert verified == [item.verified for item in desired]
    warned = [any(f"+{number}" in text for text in texts_of(done)) for number in NUMBERS]
    assert warned == [item.reported for item in desired]
    # Nothing is wrong without being called so.
    for goal, item in zip(goals, desired, strict=True):
        assert item.final == goal or item.status == "failed" or item.reported

    if journal == "right":
        for name in ("changed", "plan", "diff"):
            assert predicted[name] == done[name]
        assert not texts_of(predicted)
    else:
        assert any("cannot be read" in text for text in texts_of(predicted))
    check_again(simulator, goals, desired, options)


def check_again(simulator: Simulator, goals: list[State], desired: list[Expected], options: Json) -> None:
    """A second run leaves alone what the journal knows, and without one tells the truth of what it does."""
    before = stored(simulator)
    again = run(simulator, goals, **options)
    requests = asked(simulator)
    for number, item, status in zip(NUMBERS, desired, statuses(again), strict=True):
        if "journal" in options and (item.verified or not item.requests):
            assert (status, requests[number]) == ("unchanged", 0)
    after = stored(simulator)
    if options["on_conflict"] != "replace":
        assert all(new in (old, goal) for new, old, goal in zip(after, before, goals, strict=True))
    else:
        assert after == goals
    assert again["changed"] is ("applied" in statuses(again))


@pytest.mark.parametrize("policy", ["mode_only", "exact_match", "overwrite"])
@pytest.mark.parametrize("on_conflict", ["keep", "replace", "fail"])
@pytest.mark.parametrize(
    ("start", "goal", "previous"),
    [
        ((1, A), (1, A), f"+{A}"),
        ((1, A), (1, B), f"+{A}"),
        ((2, MAIL), (2, OTHER_MAIL), MAIL),
        ((2, MAIL), (1, B), MAIL),
        ((1, A), (2, MAIL), f"+{A}"),
        ((2, MAIL), (2, MAIL), "accueil@EXAMPLE.org"),
    ],
)
def test_the_caller_knows_what_is_set(
    simulator: Simulator, start: State, goal: State, previous: str, on_conflict: str, policy: str
) -> None:
    simulator.set_switches({"smspartner": {"conflict_policy": policy}})
    plant(simulator, [start, *[OFF] * (len(CASES) - 1)])
    options: Json = {
        "api_key": seed.API_KEY,
        "api_url": simulator.smspartner_api_url,
        **option(NUMBERS[0], goal),
        "previous_destination": previous,
        "on_conflict": on_conflict,
    }
    predicted = run_module("smspartner_callforward", options, check=True)
    assert predicted["changed"] is (start != goal)
    assert simulator.requests() == []
    done = run_module("smspartner_callforward", options)
    assert (done.get("msg"), stored(simulator)[0], texts_of(done)) == (None, goal, [])
    assert done["results"][0]["action"] == ("confirm" if start == goal else "update")
    # Where the provider accepts everything, it cannot be reported from a change.
    assert done["changed"] is (start != goal or policy == "overwrite")
