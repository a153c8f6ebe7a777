# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Verifying an office: the accounts compared with the files, and its call tests."""

from __future__ import annotations

import copy
import json
import stat
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from system_examples import OFFICES, connections, office
from system_playbooks import Playbooks
from system_support import Json, run_module

from simulator.harness import Simulator
from simulator.sonetel import seed as sonetel

# Logins and reads of a verification: one login an account, and one reading for everything.
COST = {"newyork": (0, 76), "paris": (0, 0), "stockholm": (1, 8), "sydney": (0, 4), "washington": (1, 65)}
ERIK = "+46701740606"


def costs(simulator: Simulator) -> Counter[str]:
    log = simulator.requests()
    simulator.clear_requests()
    return Counter(
        "login" if entry["path"].endswith("/token") else "read" if entry["method"] == "GET" else "write"
        for entry in log
    )


def options_of(name: str, simulator: Simulator, folder: Path) -> Json:
    return {**office(name, simulator, folder), "state_directory": str(folder / "state")}


def onboarded(name: str, simulator: Simulator, folder: Path) -> Json:
    """The options of an office whose accounts are as its file says."""
    # Every run has a pretended clock of its own, by which limits of real time cannot be kept.
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    options = options_of(name, simulator, folder)
    result = run_module("office", options)
    assert not result.get("failed"), result["msg"]
    simulator.clear_requests()
    return options


@pytest.fixture
def stockholm(simulator: Simulator, tmp_path: Path) -> Json:
    return onboarded("stockholm", simulator, tmp_path)


def verify(options: Json, *, check: bool = False, **more: Any) -> Json:
    return run_module("office_calls", {**options, "verify": True, **more}, check=check)


def calls(options: Json, *asked: Json, **more: Any) -> Json:
    return run_module("office_calls", {**options, "calls": list(asked), **more})


def change_behind_its_back(simulator: Simulator, number: str, kind: str, to: Any) -> None:
    state = simulator.state()
    record = state["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["numbers"][number.removeprefix("+")]
    record.update(connect_to_type=kind, connect_to=to)
    simulator.put_state(state)


def found(result: Json, beginning: str) -> str:
    """The one line of the message that begins so."""
    (line,) = [line.strip() for line in result["message"] if line.strip().startswith(beginning)]
    return str(line)


@pytest.mark.parametrize("name", OFFICES)
def test_after_onboarding_the_accounts_match_with_one_reading_and_no_write(
    name: str, simulator: Simulator, tmp_path: Path
) -> None:
    options = onboarded(name, simulator, tmp_path)
    result = verify(options)
    assert not result.get("failed"), result["msg"]
    assert result["changed"] is False
    assert result["message"][0].startswith(f"{name}: accounts match the files. ")
    assert result["changes"] == result["calls"] == []
    count = costs(simulator)
    assert (count["login"], count["read"], count["write"]) == (*COST[name], 0)
    assert verify(options, check=True)["message"][0] == result["message"][0]


def test_what_nobody_knows_is_not_compared(simulator: Simulator, tmp_path: Path) -> None:
    """SMS Partner shows nothing, and without a journal nobody knows what was set."""
    options = onboarded("paris", simulator, tmp_path)
    Path(options["smspartner_connection"]["journal"]).unlink()
    result = verify(options, call_tests=[{"dial": "+33 2 61 91 00 01", "expect": {"ends": "outside"}}])
    assert not result.get("failed"), result["msg"]
    assert "as far as they can be read" in result["message"][0]
    assert found(result, "Not compared").endswith("+33 2 61 91 00 05")
    assert result["call_tests"][0]["status"] == "pass", "what the file says is believed"


def test_a_change_outside_is_told_in_a_callers_words(stockholm: Json, simulator: Simulator) -> None:
    change_behind_its_back(simulator, "+46846500414", "phnum", ERIK)
    result = verify(stockholm, people=[{"name": "Erik Öhman", "phones": [ERIK]}])
    assert result["failed"] is True
    assert result["message"][0].startswith("stockholm: 1 difference (")
    line = found(result, "number +46 8 465 004 14:")
    says = 'the file says voiceapp "Brevlåda Stockholm", the account says +46 70 174 06 06'
    assert line == f"number +46 8 465 004 14: {says} (changed outside)"
    (noticed,) = result["calls"]
    assert noticed["numbers"] == ["+46846500414"]
    assert (noticed["before"], noticed["after"]) == ("Erik Öhman's mobile", 'mailbox "Brevlåda Stockholm"')
    assert "+46 8 465 004 14  Erik Öhman's mobile -> mailbox" in "\n".join(result["message"])
    assert result["failure"]["kind"] == "verification"
    assert result["msg"] == "\n".join(result["message"])


def test_a_file_that_waits_for_onboarding_is_no_change_outside(stockholm: Json) -> None:
    changed = copy.deepcopy(stockholm)
    changed["sonetel"]["forwardings"][2]["destination"] = {"phone": ERIK}
    changed["sonetel"]["voiceapps"].append({"name": "Nattjour", "type": "mailbox", "voice": "swe"})
    result = verify(changed)
    assert found(result, "number +46 8 465 004 14:").endswith("(not onboarded yet)")
    assert found(result, "mailbox") == 'mailbox "Nattjour": the account does not have it'
    assert result["message"][0].startswith("stockholm: 2 differences (")


TESTS: list[Json] = [
    {"name": "Reception", "dial": "08-465 004 12", "expect": {"reaches": "anna.lindqvist@example.org"}},
    {
        "name": "Nobody there",
        "dial": "08-465 004 12",
        "unanswered": "all",
        "expect": {"ends": "voicemail", "within": 20},
    },
    {"name": "Key 2", "dial": "08-465 004 13", "press": ["2"], "expect": {"reaches": "Erik Öhman"}},
    {"name": "Open", "dial": "08-465 004 13", "press": ["3"], "expect": {"ends": "hang_up"}},
    {"name": "Past", "dial": "08-465 004 12", "at": "2001-01-01 10:00", "expect": {"ends": "person"}},
]
PEOPLE = [
    {"name": "Anna Lindqvist", "email": "anna.lindqvist@example.org"},
    {"name": "Erik Öhman", "email": "erik.ohman@example.org", "phones": [ERIK]},
]


def test_a_failing_call_test_prints_its_route(stockholm: Json) -> None:
    result = verify(stockholm, people=PEOPLE, call_tests=TESTS)
    assert result["failed"] is True
    statuses = {test["name"]: test["status"] for test in result["call_tests"]}
    assert statuses == {
        "Reception": "pass",
        "Nobody there": "pass",
        "Key 2": "fail",
        "Open": "undecided",
        "Past": "skipped",
    }
    assert "1 of 5 call tests fails, 1 is undecided, 1 is skipped" in result["msg"]
    lines = [line.strip() for line in result["message"]]
    start = next(place for place, line in enumerate(lines) if line.startswith('FAILED "Key 2": dial +46 8 465 004 13'))
    route = lines[start + 1 :]
    assert route[0].startswith("1  +46 8 465 004 13")
    assert 'menu "Växel Stockholm"' in " ".join(route[:4])
    assert any("expected to reach Erik Öhman, but" in line for line in route)
    assert "It is not known" in result["msg"] or "it is not known" in result["msg"]


def test_an_undecided_test_fails_unless_it_says_so(stockholm: Json) -> None:
    undecided = TESTS[3]
    assert verify(stockholm, call_tests=[undecided])["failed"] is True
    result = verify(stockholm, call_tests=[{**undecided, "undecided": "ok"}])
    assert not result.get("failed"), result["msg"]
    # Without verify, nothing fails: a playbook may look at the results itself.
    assert not calls(stockholm, call_tests=TESTS).get("failed")


def test_junit_is_for_ci_and_private_unless_a_mode_says_otherwise(
    stockholm: Json, simulator: Simulator, tmp_path: Path
) -> None:
    folder = tmp_path / "junit"
    hostile = {**TESTS[2], "name": 'a <b> & "c" \x00\x1b[31m]]>'}
    change_behind_its_back(simulator, "+46846500414", "phnum", ERIK)
    given: Json = {"people": PEOPLE, "call_tests": [*TESTS, hostile], "junit_directory": str(folder)}
    assert verify(stockholm, check=True, **given)["failed"] is True
    assert not folder.exists()
    result = verify(stockholm, **given)
    file = folder / "stockholm.xml"
    assert f"JUnit: {file}" in result["message"][-1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    suite = ElementTree.parse(file).getroot()[0]
    numbers = {name: int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")}
    assert numbers == {"tests": 9, "failures": 4, "errors": 0, "skipped": 3}
    cases = {case.attrib["name"]: case for case in suite}
    assert cases["Reception"].attrib["classname"] == "stockholm.call_tests"
    assert len(cases["Reception"]) == 0
    accounts = cases["the accounts match the files"].find("failure")
    assert accounts is not None
    assert "number +46 8 465 004 14" in (accounts.text or "")
    failure = cases["Key 2"].find("failure")
    assert failure is not None
    assert "1  +46 8 465 004 13" in (failure.text or "")
    assert cases['a <b> & "c" ??[31m]]>'].find("failure") is not None
    assert verify(stockholm, **given, junit_mode="0644")["failed"] is True
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    wrong = verify(stockholm, **given, junit_mode="rw")
    assert "junit_mode" in wrong["msg"]


def test_a_rerouted_office_says_so_first_and_is_compared_with_the_rerouted_state(
    stockholm: Json, simulator: Simulator
) -> None:
    rerouted = run_module("office_reroute", {**stockholm, "to": "+46 70 174 06 07", "until": "8h"})
    assert not rerouted.get("failed"), rerouted["msg"]
    result = verify(stockholm, call_tests=TESTS)
    assert not result.get("failed"), result["msg"]
    assert result["message"][0].startswith("stockholm has been re-routed to +46 70 174 06 07 since ")
    assert result["message"][1].startswith(
        "stockholm: accounts match the re-routed state. 5 of 5 call tests are skipped"
    )
    assert result["brief"]["state"] == "re-routed"
    assert result["rerouted"]["active"] is True
    change_behind_its_back(simulator, "+46846500414", "phnum", ERIK)
    result = verify(stockholm)
    assert found(result, "number +46 8 465 004 14:").startswith(
        "number +46 8 465 004 14: the file says +46 70 174 06 07, the account says +46 70 174 06 06"
    )


def test_a_reroute_whose_end_has_passed_is_a_finding(stockholm: Json, tmp_path: Path) -> None:
    assert not run_module("office_reroute", {**stockholm, "to": "+46 70 174 06 07", "until": "8h"}).get("failed")
    (file,) = (tmp_path / "state" / "reroutes").glob("*.json")
    snapshot = json.loads(file.read_text())
    file.write_text(json.dumps({**snapshot, "until": snapshot["since"]}))
    result = verify(stockholm)
    assert "which has passed" in result["message"][0]
    (finding,) = [one for one in result["findings"] if one["code"] == "still-rerouted"]
    assert finding["severity"] == "warn"
    assert found(result, "still-rerouted: ")
    accepted = {"code": "still-rerouted", "at": finding["at"], "why": "the builders are not ready"}
    result = verify(stockholm, accepted_findings=[accepted])
    assert "1 finding, accepted." in result["message"][1]


def test_an_account_that_cannot_be_read_hides_no_other(simulator: Simulator, tmp_path: Path) -> None:
    options = onboarded("washington", simulator, tmp_path)
    change_behind_its_back(simulator, "+12025550123", "phnum", "+12025550144")
    options["ringcentral_connection"]["cache_path"] = str(tmp_path / "other")
    options["ringcentral_connection"]["client_secret"] = "Fake&wrong+7%sure"
    result = verify(options, call_tests=[{"dial": "+1 202 555 0123", "expect": {"ends": "outside"}}])
    assert result["failed"] is True
    assert result["message"][0].startswith("washington: RingCentral could not be read, 1 difference (")
    assert found(result, "number +1 202 555 0123:")
    assert found(result, "Call tests and findings need all accounts")
    assert result["call_tests"] == []
    assert result["failure"]["kind"] == "authentication"


def test_problems_of_the_files_are_told_before_anything_is_asked(stockholm: Json, simulator: Simulator) -> None:
    wrong = {**TESTS[0], "expects": {}, "at": "saterday 10:00"}
    result = verify(stockholm, call_tests=[wrong], people=[{"nam": "Anna"}])
    paths = {problem["path"]: problem["what"] for problem in result["failure"]["problems"]}
    assert "Did you mean 'expect'" in paths["call_tests[0].expects"]
    assert "saturday" in paths["call_tests[0].at"]
    assert result["msg"].startswith("stockholm: nothing was verified.")
    assert not costs(simulator)
    result = calls(stockholm, {"dial": "08-465 004 12", "pres": [1]})
    assert [problem["path"] for problem in result["failure"]["problems"]] == ["calls[0].pres"]


def test_the_playbook_of_two_offices(simulator: Simulator, tmp_path: Path, collections_path: Path) -> None:
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    given = connections(simulator, tmp_path)["sonetel_connection"]
    seeded = {"number": "08-465 004 14", "destination": {"user": "erik.ohman@example.org"}}
    common = {"office_region": "SE", "office_sonetel_connection": given, "office_timezone": "Europe/Stockholm"}
    test = {"name": "Erik", "dial": "08-465 004 14", "expect": {"reaches": "erik.ohman@example.org"}}
    wrong = {"number": "+1 202 555 0123", "destination": {"phone": "+1 202 555 0144"}}
    playbooks.write(
        {
            "lyon": {**common, "office_sonetel": {"forwardings": [seeded]}, "office_call_tests": [test]},
            "oslo": {**common, "office_sonetel": {"forwardings": [wrong]}, "verify_junit_directory": "junit"},
        }
    )
    run = playbooks.run("verify")
    assert run.code == 2
    messages = run.messages()
    assert messages["lyon"][0].startswith("lyon: accounts match the files. 1 of 1 call test passes. No findings.")
    assert messages["oslo"][0].startswith("oslo: 1 difference")
    assert run.table() == [
        "FAILED  oslo  1 difference.",
        "ok      lyon  " + "accounts match the files. 1 of 1 call test passes. No findings",
    ]
    assert ElementTree.parse(tmp_path / "junit" / "oslo.xml").getroot().attrib["failures"] == "1"
