# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What keeps a run from doing more than somebody meant: limits, approved plans, re-routes, and failures elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from system_rerouting import FALLBACK, Jobs
from system_support import Json, texts_of

from simulator.harness import Simulator

MOBILE = "+46701740605"
# One number at each provider goes elsewhere.
CHANGED: Json = {
    "sonetel": {"forwardings": [{"number": "+12025550123", "destination": {"phone": MOBILE}}]},
    "smspartner": {"callforwards": [{"number": "+33261910001", "state": "forward", "destination": "+33353010002"}]},
    "fonedynamics": {
        "numbers": [{"number": "+61491570006", "routing_method": "endpoint", "endpoint_number": "+61255500102"}]
    },
}


@pytest.fixture
def jobs(simulator: Simulator, tmp_path: Path) -> Jobs:
    jobs = Jobs(simulator, tmp_path)
    simulator.clear_requests()
    return jobs


def writes(jobs: Jobs) -> list[str]:
    found = [entry for entry in jobs.simulator.requests() if entry["method"] != "GET"]
    jobs.simulator.clear_requests()
    return [entry["path"] for entry in found if not entry["path"].endswith("/token")]


def test_prune_with_an_empty_list_needs_a_limit(jobs: Jobs) -> None:
    empty: Json = {"sonetel": {"voiceapps": []}, "prune": True}
    refused = jobs.run("office", **empty)
    assert refused["msg"].startswith("office_sonetel.voiceapps is empty, so prune would delete everything of that")
    assert refused["msg"].endswith("Set max_deletions if that is intended.")
    assert jobs.simulator.requests() == []
    gone: Json = {"sonetel": {"voiceapps": [{"name": "Sales voicemail", "state": "absent", "force": True}]}}
    limited = jobs.run("office", **gone, max_deletions=0)
    assert limited["msg"].startswith("1 item would be deleted, but max_deletions is 0: Sales voicemail. Nothing was")
    assert (limited["changed"], writes(jobs)) == (False, [])


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("2", "3 of 3 items would change, but at most 2 may"),
        ("99%", "3 of 3 items would change, but at most 99% may"),
        ("some", "max_changes is 'some'. Write a number such as 20, or a share such as 10%."),
        ("-1", "max_changes is '-1'."),
        ("101%", "max_changes is '101%'."),
        (2, "3 of 3 items would change, but at most 2 may"),
        (True, "max_changes: true is not text"),
        ("3", ""),
        (3, ""),
        ("100 %", ""),
    ],
)
def test_a_plan_that_is_too_large_is_refused(jobs: Jobs, limit: Any, words: str) -> None:
    result = jobs.run("office", **CHANGED, max_changes=limit, check=not words)
    assert words in result.get("msg", "")
    assert (bool(result.get("failed")), writes(jobs)) == (bool(words), [])


def test_only_the_plan_that_was_approved_is_carried_out(jobs: Jobs) -> None:
    approved = jobs.run("office", **CHANGED, check=True)["plan_digest"]
    for plans, words in (
        ({}, "lyon: no plan was approved for it. Nothing was written."),
        ({"paris": approved}, "lyon: no plan was approved for it. Nothing was written."),
        ({"lyon": "0" * 64}, "lyon: the plan is not the one that was approved. Nothing was written."),
    ):
        assert words in jobs.run("office", **CHANGED, expect_plan=plans)["msg"]
    other = {**CHANGED, "sonetel": jobs.lists["sonetel"]}
    assert "is not the one that was approved" in jobs.run("office", **other, expect_plan={"lyon": approved})["msg"]
    assert writes(jobs) == []
    backwards = {name: CHANGED[name] for name in reversed(CHANGED)}
    assert jobs.run("office", **backwards, expect_plan={"lyon": approved})["changed"] is True


@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_what_fails_at_one_provider(jobs: Jobs, on_error: str) -> None:
    refused = {"provider": "smspartner", "path_regex": "set-callforward.*|.*callforward.*", "times": 1000}
    jobs.simulator.add_faults([{**refused, "kind": "status", "status": 500}])
    result = jobs.run("office", **CHANGED, on_error=on_error)
    found = {change["provider"]: change["status"] for change in result["changes"]}
    last = "applied" if on_error == "continue" else "not_tried"
    assert (found["sonetel"], found["fonedynamics"], result["changed"]) == ("applied", last, True)
    assert found["smspartner"] not in ("applied", "not_tried")
    assert "Run again to finish." in result["msg"].splitlines()[0]
    jobs.simulator.clear_faults()
    assert jobs.run("office", **CHANGED).get("msg") is None
    assert jobs.run("office", **CHANGED, check=True)["changed"] is False


@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_an_account_that_cannot_be_read(jobs: Jobs, on_error: str) -> None:
    jobs.with_password("wrong")
    result = jobs.run("office", **CHANGED, on_error=on_error)
    assert "does not accept the login" in result["msg"]
    assert (result["changed"], writes(jobs) != []) == ((True, True) if on_error == "continue" else (False, False))


def test_a_re_route_is_not_undone_by_accident(jobs: Jobs) -> None:
    folder: Json = {"reroute_directory": str(jobs.folder)}
    jobs.reroute(until="8h", reason="Power cut")
    jobs.simulator.clear_requests()
    refused = jobs.run("office", **jobs.lists, **folder)
    assert "lyon has been re-routed to +46 70 174 06 06 since" in refused["msg"]
    assert "Run office.telephony.restore first, or set ignore_reroute." in refused["msg"]
    assert jobs.simulator.requests() == []
    assert jobs.run("office", **jobs.lists, **folder, ignore_reroute=True)["changed"] is True
    assert jobs.stored() == jobs.start


def test_onboarding_ends_a_re_route_whose_time_is_up(jobs: Jobs) -> None:
    """The file counts where it names something; what only the re-route has changed is as it was."""
    file = Path(jobs.reroute(until="8h")["file"])
    document: dict[str, Any] = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "until": document["since"]}))
    given: Json = {"sonetel": CHANGED["sonetel"], "reroute_directory": str(jobs.folder)}
    previewed = jobs.run("office", **given, check=True)
    assert (previewed["changed"], jobs.snapshot()["active"]) == (True, True)
    result = jobs.run("office", **given)
    assert (result.get("msg"), result["plan"]) == (None, previewed["plan"])
    assert [line for line in result["message"] if "The re-route since" in line and "has ended" in line]
    assert jobs.stored() == {**jobs.start, "+12025550123": ("phnum", MOBILE)}
    assert jobs.snapshot() == {"active": False}
    assert FALLBACK not in str(jobs.stored())


def expired(jobs: Jobs) -> None:
    file = Path(jobs.reroute(until="8h")["file"])
    document: dict[str, Any] = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "until": document["since"]}))
    jobs.simulator.clear_requests()


@pytest.mark.parametrize(
    "wrong", [{"forwardings": None}, {"forwardings": "all"}, {"forwardings": ["all", {}]}, ["all"], {"numbers": []}]
)
def test_wrong_lists_are_reported_also_when_a_re_route_ends(wrong: Any, jobs: Jobs) -> None:
    given: Json = {"reroute_directory": str(jobs.folder)}
    if isinstance(wrong, list):
        wrong = {"user_forwardings": wrong}
    usual = jobs.run("office", sonetel=wrong, **given)
    expired(jobs)
    assert jobs.run("office", sonetel=wrong, **given)["msg"] == usual["msg"]
    assert "Unexpected" not in usual["msg"]
    assert jobs.simulator.requests() == []


def test_a_re_route_that_onboarding_ends_goes_back_as_by_a_restore(jobs: Jobs) -> None:
    """What somebody has changed since stays, what is gone stops nothing, and what was before may be written."""
    expired(jobs)
    state = jobs.simulator.state()
    numbers = next(iter(state["sonetel"]["accounts"].values()))["numbers"]
    numbers["12025550124"] |= {"connect_to_type": "phnum", "connect_to": "+33353010002"}
    jobs.simulator.put_state(state)
    onlyfrance: Json = {"policy": {"allowed_countries": ["FR"]}, "reroute_directory": str(jobs.folder)}
    result = jobs.run("office", fonedynamics={}, **onlyfrance)
    assert (result.get("msg"), jobs.snapshot()) == (None, {"active": False})
    assert jobs.stored() == {**jobs.start, "+12025550124": ("phnum", "+33353010002")}
    assert any("Somebody has changed this since the re-route" in text for text in texts_of(result))
