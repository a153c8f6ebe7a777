# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that re-route an office, put it back, read it, and search it for somebody who leaves."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from system_examples import OFFICES, ExampleJobs
from system_support import run_module, texts_of

from simulator.harness import Simulator

# Who is reached at Stockholm's number, its menu and their own phones.
ANNA = {"email": "anna.lindqvist@example.org", "phones": ["070-174 06 05"]}
ERIK = {"email": "erik.ohman@example.org", "phones": ["070-174 06 06"]}


@pytest.fixture(params=OFFICES)
def jobs(request: pytest.FixtureRequest, simulator: Simulator, tmp_path: Path) -> ExampleJobs:
    return ExampleJobs(request.param, simulator, tmp_path)


@pytest.fixture
def stockholm(simulator: Simulator, tmp_path: Path) -> ExampleJobs:
    return ExampleJobs("stockholm", simulator, tmp_path)


def test_there_and_back(jobs: ExampleJobs) -> None:
    preview = jobs.reroute(check=True)
    assert preview["changed"] is True, preview.get("msg")
    assert (jobs.writes(), jobs.folder.exists()) == ([], False)
    assert "would ring" in preview["message"][0]

    there = jobs.reroute(until="8h", reason="Power cut")
    assert there["changed"] is True, there.get("msg")
    assert jobs.writes() != []
    assert there["plan"] == preview["plan"]
    assert (there["snapshot"]["active"], there["snapshot"]["reason"]) == (True, "Power cut")
    assert any("Planned end" in line for line in there["message"])
    if jobs.name != "paris":
        # What cannot be read is believed, and written again to make sure.
        again = jobs.reroute()
        assert (again["changed"], jobs.writes()) == (False, [])

    status = jobs.status()
    assert status["snapshot"] == there["snapshot"]
    assert "Power cut" in status["message"][0]
    assert status["api_calls"]["requests"] == 0

    previewed = jobs.restore(check=True)
    assert previewed.get("failed") is None, previewed.get("msg")
    assert "would be restored" in previewed["message"][0]
    assert (jobs.writes(), jobs.status()["snapshot"]["active"]) == ([], True)
    back = jobs.restore()
    assert (back["changed"], back.get("failed"), back["changed_since"]) == (True, None, [])
    assert back["plan"] == previewed["plan"]
    assert Path(back["file"]).parent.name == "ended"
    assert jobs.status()["snapshot"] == {"active": False}
    assert jobs.run("office", check=True)["changed"] is False
    assert jobs.restore()["changed"] is False


def test_onboarding_does_not_undo_a_reroute(stockholm: ExampleJobs) -> None:
    stockholm.reroute()
    stockholm.writes()
    refused = stockholm.run("office", reroute_directory=str(stockholm.folder))
    assert "has been re-routed to +46 70 174 06 06" in refused["msg"]
    assert stockholm.writes() == []


def test_what_somebody_changed_is_reported_and_left_alone(stockholm: ExampleJobs) -> None:
    stockholm.reroute()
    changed = {"number": "08-465 004 12", "destination": {"phone": "070-174 06 07"}}
    numbers = {**stockholm.options, "sonetel": {"forwardings": [changed]}}
    assert run_module("office", numbers)["changed"] is True

    reported = stockholm.restore()
    assert reported["failed"] is True
    assert "+46846500412" in reported["msg"]
    assert "changed: keep" in reported["msg"]
    assert [item["key"] for item in reported["changed_since"]] == ["+46846500412"]
    assert run_module("office", numbers, check=True)["changed"] is False
    assert stockholm.status()["snapshot"]["numbers"] == ["+46846500412"]

    assert stockholm.restore(changed="keep").get("failed") is None
    assert run_module("office", numbers, check=True)["changed"] is False
    assert stockholm.status()["snapshot"] == {"active": False}


def test_what_somebody_changed_can_be_overwritten(stockholm: ExampleJobs) -> None:
    stockholm.reroute()
    changed = {"number": "08-465 004 12", "destination": {"phone": "070-174 06 07"}}
    run_module("office", {**stockholm.options, "sonetel": {"forwardings": [changed]}})
    assert stockholm.restore(changed="overwrite").get("failed") is None
    assert stockholm.run("office", check=True)["changed"] is False


def test_only_what_has_expired_is_restored(stockholm: ExampleJobs) -> None:
    file = Path(stockholm.reroute(until="8h")["file"])
    early = stockholm.restore(only_expired=True)
    assert (early["changed"], stockholm.status()["snapshot"]["active"]) == (False, True)
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "until": document["since"]}))
    overdue = stockholm.status(fail_if_expired=True)
    assert overdue["failed"] is True
    assert overdue["msg"].startswith("OVERDUE: stockholm")
    assert stockholm.restore(only_expired=True)["changed"] is True
    assert stockholm.run("office", check=True)["changed"] is False


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": "something else"}', '{"format": "office.telephony re-route 1"}']
)
def test_a_broken_snapshot_is_refused_before_any_request(content: str, stockholm: ExampleJobs) -> None:
    file = Path(stockholm.reroute()["file"])
    file.write_text(content)
    stockholm.writes()
    for result in (
        stockholm.restore(),
        stockholm.reroute(),
        stockholm.status(),
        stockholm.run("office", reroute_directory=str(stockholm.folder)),
    ):
        assert result["failed"] is True
        assert str(file) in result["msg"]
        assert result["changed"] is False
    assert stockholm.simulator.requests() == []
    assert file.read_text() == content


def test_an_emergency_works_while_the_lists_are_wrong(stockholm: ExampleJobs) -> None:
    options = copy.deepcopy(stockholm.options)
    options["sonetel"]["forwardings"][1]["destinaton"] = {}
    options["sonetel"]["forwardings"].append({"number": 46846500414})
    options["sonetel"]["voiceapp"] = "text"
    stockholm.options = options
    result = stockholm.reroute()
    assert result["changed"] is True, result.get("msg")
    assert "+46846500413" in result["snapshot"]["numbers"]
    warned = " ".join(texts_of(result))
    assert "office_sonetel.forwardings[1].destinaton" in warned
    assert f"office_sonetel.forwardings[{len(options['sonetel']['forwardings']) - 1}].number" in warned


def test_a_leaver_is_found_and_replaced(stockholm: ExampleJobs) -> None:
    found = stockholm.run("office_leaver", person=ANNA)
    places = {(place["list"], place["key"]) for place in found["found"]}
    assert ("sonetel.forwardings", "+46846500412") in places
    assert ("sonetel.voiceapps", "Växel Stockholm") in places
    assert found["changed"] is False
    assert found["in_variables"] != []
    assert f"is still reached in {len(found['found'])} places" in found["message"][0]
    assert stockholm.writes() == []

    preview = stockholm.run("office_leaver", check=True, person=ANNA, successor=ERIK)
    assert (preview["changed"], stockholm.writes()) == (True, [])
    replaced = stockholm.run("office_leaver", person=ANNA, successor=ERIK)
    assert replaced.get("failed") is None, replaced.get("msg")
    assert replaced["plan"] == preview["plan"]
    assert stockholm.run("office_leaver", person=ANNA)["found"] == []


def test_a_leaver_is_not_replaced_while_the_office_is_rerouted(stockholm: ExampleJobs) -> None:
    folder = str(stockholm.folder)
    stockholm.reroute()
    stockholm.writes()
    refused = stockholm.run("office_leaver", person=ANNA, successor=ERIK, reroute_directory=folder)
    assert (refused["failed"], stockholm.writes()) == (True, [])
    searched = stockholm.run("office_leaver", person=ANNA, reroute_directory=folder)
    assert ("sonetel.forwardings", "+46846500412") in {(p["list"], p["key"]) for p in searched["restored"]}


@pytest.mark.parametrize("name", OFFICES)
def test_what_is_read_is_what_the_office_takes(name: str, simulator: Simulator, tmp_path: Path) -> None:
    jobs = ExampleJobs(name, simulator, tmp_path)
    with_lists = [name for name in ("sonetel", "ringcentral", "smspartner", "fonedynamics") if name in jobs.options]
    read = jobs.run("office_info", providers=with_lists)
    assert read.get("failed") is None, read.get("msg")
    assert list(read["lists"]) == with_lists
    jobs.options = {**jobs.options, **read["lists"]}
    again = jobs.run("office", check=True)
    assert again.get("failed") is None, again.get("msg")
    assert again["changes"] == []


def test_results_do_not_repeat_the_lists(stockholm: ExampleJobs) -> None:
    for result in (stockholm.run("office"), stockholm.run("office", sonetel={"forwardngs": []}), stockholm.status()):
        assert not {"sonetel", "index_names"} & set(result["invocation"]["module_args"])
        assert "forwardings" not in str(result["invocation"])


def test_nobody_is_sent_to_a_costly_number(simulator: Simulator, tmp_path: Path) -> None:
    jobs = ExampleJobs("stockholm", simulator, tmp_path)
    refused = jobs.reroute(to="+46 900 123 45 67")
    assert "premium-rate" in refused["msg"]
    assert not jobs.folder.exists() or not list(jobs.folder.iterdir())
    # His phone is in a menu, hers would take its place.
    refused = jobs.run("office_leaver", person=ERIK, successor={**ANNA, "phones": ["+46 900 123 45 67"]})
    assert "premium-rate" in refused["msg"]
    assert jobs.writes() == []
