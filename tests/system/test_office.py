# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module `office`: one task plans and writes all lists of all providers of an office."""

from __future__ import annotations

import copy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from system_examples import OFFICES, accepted, office
from system_support import Json, run_module

from simulator.harness import Simulator

# API calls of a preview; of writing without and with verification; and of a run that has nothing to do.
COST = {
    "newyork": (9, 41, 62, 23),
    "paris": (0, 2, 2, 0),
    "stockholm": (7, 25, 31, 7),
    "sydney": (3, 6, 9, 3),
    "washington": (13, 27, 37, 12),
}


def costs(simulator: Simulator) -> Counter[str]:
    """Count logins, reads and writes since the last time."""
    log = simulator.requests()
    simulator.clear_requests()
    return Counter(
        "login" if entry["path"].endswith("/token") else "read" if entry["method"] == "GET" else "write"
        for entry in log
    )


@pytest.fixture(params=OFFICES)
def options(request: pytest.FixtureRequest, simulator: Simulator, tmp_path: Path) -> Json:
    # More than the account allows in a minute.
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    found = {**office(request.param, simulator, tmp_path), **accepted(request.param)}
    simulator.clear_requests()
    return found


def test_check_apply_check_apply(options: Json, simulator: Simulator) -> None:
    before = _accounts(simulator)
    preview = run_module("office", options, check=True)
    assert preview["changed"] is True, preview.get("msg")
    assert costs(simulator)["write"] == 0
    assert _accounts(simulator) == before

    applied = run_module("office", options)
    assert applied["changed"] is True, applied.get("msg")
    assert {change["status"] for change in applied["changes"]} == {"applied"}
    for same in ("plan", "plan_digest", "diff"):
        assert applied[same] == preview[same]
    without = ("status",)
    assert [_without(change, *without) for change in applied["changes"]] == [
        _without(change, *without) for change in preview["changes"]
    ]
    costs(simulator)
    stored = _accounts(simulator)
    for check in (True, False):
        again = run_module("office", options, check=check)
        assert (again["changed"], again["changes"]) == (False, [])
        assert again["plan"] == {"create": 0, "update": 0, "delete": 0, "unchanged": sum(preview["plan"].values())}
        assert costs(simulator)["write"] == 0
        assert len(again["message"]) == 1
    assert _accounts(simulator) == stored


def _accounts(simulator: Simulator) -> Json:
    """What the providers hold, without the sessions that a login opens."""
    return {
        provider: {name: part for name, part in state.items() if "token" not in name and name != "sessions"}
        for provider, state in simulator.state().items()
        if isinstance(state, dict)
    }


def _without(change: Json, *names: str) -> Json:
    return {name: value for name, value in change.items() if name not in names}


def test_one_login_an_account_and_one_reading(options: Json, simulator: Simulator) -> None:
    preview, plain, verified, converged = COST[options["office"]]
    assert run_module("office", options, check=True)["api_calls"]["requests"] == preview
    saved = simulator.state()
    assert run_module("office", {**options, "verify": False})["api_calls"]["requests"] == plain
    assert costs(simulator)["login"] <= 3
    simulator.put_state(saved)
    Path(options["smspartner_connection"]["journal"]).unlink(missing_ok=True)
    assert run_module("office", options)["api_calls"]["requests"] == verified
    assert run_module("office", options)["api_calls"]["requests"] == converged


MISTAKES: tuple[tuple[str, Any, str, str], ...] = (
    ("sonetel.forwardings.1.destinaton", {"phone": "1"}, "office_sonetel.forwardings[1].destinaton", "destination"),
    ("sonetel.forwardngs", [], "office_sonetel.forwardngs", "forwardings"),
    ("sonetel.voiceapps.0.menu", "text", "office_sonetel.voiceapps[0].menu", "list"),
    ("sonetel.forwardings", None, "office_sonetel.forwardings", "empty"),
    ("sonetel.forwardings.0.destination", {"usr": "anna"}, "office_sonetel.forwardings[0].destination.usr", "user"),
    ("sonetel.voiceapps.0.type", "mneu", "office_sonetel.voiceapps[0].type", "menu"),
)


@pytest.mark.parametrize(("at", "value", "path", "word"), MISTAKES)
def test_a_mistake_is_named_by_its_place_before_anything_is_requested(
    at: str, value: Any, path: str, word: str, simulator: Simulator, tmp_path: Path
) -> None:
    options = office("stockholm", simulator, tmp_path)
    _set(options, at.split("."), value)
    result = run_module("office", options)
    assert result["failed"] is True
    problems = result["failure"]["problems"]
    assert path in [problem["path"] for problem in problems]
    assert word in next(problem["what"] for problem in problems if problem["path"] == path)
    assert result["api_calls"]["requests"] == 0
    assert len(result["printed"]) < 5000


def _set(options: Any, path: list[str], value: Any) -> None:
    *way, last = path
    for part in way:
        options = options[int(part)] if isinstance(options, list) else options[part]
    options[last] = value


def test_all_problems_of_all_providers_are_reported_at_once(simulator: Simulator, tmp_path: Path) -> None:
    options = office("washington", simulator, tmp_path)
    options = copy.deepcopy(options)
    options["sonetel"]["forwardings"][0]["destinaton"] = {}
    options["ringcentral"]["call_forwardings"][0]["hour"] = "work"
    result = run_module("office", options)
    assert {problem["provider"] for problem in result["failure"]["problems"]} == {"sonetel", "ringcentral"}
    assert {"Sonetel", "RingCentral"} <= set(result["msg"].splitlines())


def test_a_wrong_item_hides_no_other(simulator: Simulator, tmp_path: Path) -> None:
    """Spelling, values and repetitions are looked at in one run, each at its own position."""
    options = copy.deepcopy(office("washington", simulator, tmp_path))
    listed = options["sonetel"]["forwardings"]
    del listed[1:]
    listed += [
        {"number": "+1 202 555 0124", "destinaton": {"user": "anna.lindqvist@example.org"}},
        {"number": 12025550125, "destination": {"phone": "+882 16 12345678"}},
        {"number": "+1 202 555 0126", "destination": {"phone": "+12025550126"}},
        {"number": "+1 202 555 012", "destination": {"phone": "+46 70 174 06 06"}},
        {"number": listed[0]["number"], "destination": {"phone": "+1 202 555 0144"}},
    ]
    result = run_module("office", options)
    reported = {problem["path"]: problem["what"] for problem in result["failure"]["problems"]}
    assert list(reported) == [
        "office_sonetel.forwardings[1].destinaton",
        "office_sonetel.forwardings[2].number",
        "office_sonetel.forwardings[3]",
        "office_sonetel.forwardings[4].number",
        "office_sonetel.forwardings[5]",
    ]
    assert "already at forwardings[0]" in reported["office_sonetel.forwardings[5]"]
    assert result["api_calls"]["requests"] == 0
