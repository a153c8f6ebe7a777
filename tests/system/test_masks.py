# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What equals a secret: the jobs do with it what they do with everything, and no mask of it gets anywhere.

Ansible masks in results whatever equals a secret. The jobs read and write in one process, where nothing is masked; but
what a playbook gives back to them may be.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from system_examples import connections
from system_playbooks import Playbooks
from system_rerouting import FALLBACK, JobFailed, Jobs
from system_support import Json, run_module

from simulator.harness import Simulator
from simulator.sonetel import seed

MASK = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
NUMBER = "+12025550124"
# Passwords that equal a name, an address, a number, or a part of one; the last ones mask a bit of nearly everything.
PASSWORDS = [
    "Reception",
    "cept",
    "anna.lindqvist@example.org",
    "lindqvist",
    "+12025550144",
    "5550144",
    "example",
    "exa",
    "202",
]
# What Ansible would mask in nearly every text. The modules keep it out of their results by hiding the option itself.
TOO_SHORT = ["e", "25"]


def with_password(simulator: Simulator, password: str) -> None:
    state = simulator.state()
    state["sonetel"]["accounts"][seed.ACCOUNT_ID]["users"][seed.ADMIN_ID]["password"] = password
    simulator.put_state(state)


def with_mask(simulator: Simulator) -> None:
    """Let a number's calls go to what looks like a mask."""
    state = simulator.state()
    record = state["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"][NUMBER[1:]]
    record |= {"connect_to_type": "sip", "connect_to": "********@example.org"}
    simulator.put_state(state)


def text_of(jobs: Jobs) -> str:
    """The office's snapshot."""
    return (jobs.folder / "lyon.json").read_text()


def is_masked(text: str) -> bool:
    return "NO_LOG" in text or "****" in text


@pytest.mark.parametrize("password", [*PASSWORDS, *TOO_SHORT])
def test_a_reroute_saves_and_restores_what_equals_the_password(
    simulator: Simulator, tmp_path: Path, password: str
) -> None:
    jobs = Jobs(simulator, tmp_path)
    with_password(simulator, password)
    jobs.with_password(password)
    result = jobs.reroute()
    assert jobs.stored() == jobs.rerouted()
    assert not is_masked(text_of(jobs))
    assert password in TOO_SHORT or password not in result["printed"]
    assert jobs.restore()["changed_since"] == []
    assert jobs.stored() == jobs.start


def test_a_reroute_refuses_what_looks_like_a_mask_before_anything_is_saved(
    simulator: Simulator, tmp_path: Path
) -> None:
    jobs = Jobs(simulator, tmp_path)
    with_mask(simulator)
    start = jobs.stored()
    simulator.clear_requests()
    with pytest.raises(
        JobFailed, match=r"Ansible masks it, because it equals a secret .* nothing was re-routed\. Give"
    ):
        jobs.reroute()
    with pytest.raises(JobFailed, match=r"settings\.sonetel\.forwardings\.destination\.user: is not what was meant"):
        jobs.reroute(settings={"sonetel": {"forwardings": {"destination": {"user": MASK}}}}, irreversible=True)
    assert jobs.stored() == start
    assert list(jobs.folder.rglob("*")) == []
    assert {entry["method"] for entry in simulator.requests() if "/phonenumbersubscription" in entry["path"]} <= {"GET"}


def test_an_emergency_can_go_on_without_a_way_back_for_what_is_masked(simulator: Simulator, tmp_path: Path) -> None:
    jobs = Jobs(simulator, tmp_path)
    with_mask(simulator)
    warnings = jobs.warned(irreversible=True)
    assert [text for text in warnings if f"{NUMBER}: where its calls go now is unknown: Ansible masks it" in text]
    assert jobs.stored() == jobs.rerouted()
    jobs.reroute(irreversible=True)
    assert not is_masked(text_of(jobs))
    jobs.restore()
    assert jobs.stored() == {**jobs.start, NUMBER: ("phnum", FALLBACK)}


def test_what_somebody_set_since_is_not_noted_where_it_is_masked(simulator: Simulator, tmp_path: Path) -> None:
    jobs = Jobs(simulator, tmp_path)
    jobs.reroute()
    with_mask(simulator)
    assert [text for text in jobs.warned() if f"{NUMBER}: its current destination is not saved" in text]
    assert not is_masked(text_of(jobs))


@pytest.mark.parametrize("mask", [MASK, "$REDACTED$", "********tion"])
def test_a_mask_that_a_playbook_gives_back_is_not_written(simulator: Simulator, tmp_path: Path, mask: str) -> None:
    jobs = Jobs(simulator, tmp_path)
    for item in jobs.lists["sonetel"]["forwardings"]:
        if item["number"] == NUMBER:
            item["destination"] = {"voiceapp": mask}
    simulator.clear_requests()
    with pytest.raises(JobFailed) as failed:
        jobs.onboard(jobs.lists)
    assert "office_sonetel.forwardings[1].destination.voiceapp: is not what was meant: Ansible masks" in str(
        failed.value
    )
    assert simulator.requests() == []
    # Where calls go now is read, so that the emergency does not need it.
    assert any("forwardings[1].destination.voiceapp" in text for text in jobs.warned())
    assert jobs.stored() == jobs.rerouted()


def test_a_snapshot_with_a_mask_is_refused(simulator: Simulator, tmp_path: Path) -> None:
    jobs = Jobs(simulator, tmp_path)
    jobs.reroute()
    path = jobs.folder / "lyon.json"
    text = text_of(jobs).replace('"Reception"', '"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"')
    path.write_text(text)
    for job in (jobs.restore, jobs.reroute):
        with pytest.raises(JobFailed, match=r"entries\[1\]\.before\.destination\.voiceapp is a mask that Ansible put"):
            job()
    assert path.read_text() == text
    assert jobs.stored() == jobs.rerouted()


def test_a_restore_does_not_take_a_mask_for_what_somebody_has_changed(simulator: Simulator, tmp_path: Path) -> None:
    jobs = Jobs(simulator, tmp_path)
    jobs.reroute()
    with_mask(simulator)
    with pytest.raises(JobFailed, match="cannot be compared with what was set: Ansible masks it"):
        jobs.restore()
    jobs.restore("overwrite")
    assert jobs.stored() == jobs.start


@pytest.fixture
def account(simulator: Simulator, tmp_path: Path) -> Json:
    """Options for the jobs of an office that has the Sonetel account."""
    return {"office": "lyon", "sonetel_connection": connections(simulator, tmp_path)["sonetel_connection"]}


@pytest.mark.parametrize("password", ["Reception", "exa", "+12025550144"])
def test_an_export_holds_what_equals_the_password(
    simulator: Simulator, tmp_path: Path, account: Json, password: str
) -> None:
    """It is what things are called; nothing says that it is a password too."""
    path = tmp_path / "office.yml"
    first = run_module("office_variables", {**account, "path": str(path)})
    assert "msg" not in first
    text = path.read_text()
    assert password in text
    with_password(simulator, password)
    account["sonetel_connection"]["password"] = password
    again = run_module("office_variables", {**account, "path": str(path)})
    assert (again.get("msg"), again["changed"], path.read_text()) == (None, False, text)
    assert password not in again["printed"]


def test_an_export_refuses_what_looks_like_a_mask(simulator: Simulator, tmp_path: Path, account: Json) -> None:
    path = tmp_path / "office.yml"
    carried = {"ringcentral_connection": {"account_id": "********"}, "providers": ["sonetel"]}
    refused = run_module("office_variables", {**account, **carried, "path": str(path)})
    assert refused["msg"].startswith(
        "office_ringcentral_connection.account_id is not what the account or the variables"
    )
    with_mask(simulator)
    refused = run_module("office_variables", {**account, "path": str(path)})
    assert refused["msg"].startswith("office_sonetel.forwardings[")
    assert "Ansible masks it, because it equals a secret" in refused["msg"]
    assert not path.exists()


def test_a_leaver_s_places_are_not_written_with_masks(simulator: Simulator, account: Json) -> None:
    menu: list[Json] = [{"key": "1", "user": "anna.lindqvist@example.org"}, {"key": "2", "voiceapp": "Voice Mail"}]
    apps = [{"name": "Main menu", "type": "menu", "menu": menu}]
    assert run_module("office", {**account, "sonetel": {"voiceapps": apps}})["changed"]
    state = simulator.state()
    for app in state["sonetel"]["accounts"][seed.ACCOUNT_ID]["voiceapps"].values():
        app["name"] = "********tion" if app["name"] == "Voice Mail" else app["name"]
    simulator.put_state(state)
    person: dict[str, Any] = {"person": {"email": "anna.lindqvist@example.org"}}
    found = run_module("office_leaver", {**account, **person})
    assert "Main menu" in {place["key"] for place in found["found"]}
    assert [text for text in found["unsearched"] if "menu[1].voiceapp was not searched: Ansible masks it" in text]
    simulator.clear_requests()
    refused = run_module("office_leaver", {**account, **person, "successor": {"email": "erik.ohman@example.org"}})
    assert "menu[1].voiceapp: is not what was meant: Ansible masks it" in refused["msg"]
    assert {entry["method"] for entry in simulator.requests() if "/token" not in entry["path"]} == {"GET"}


def test_a_voice_app_called_like_the_password(simulator: Simulator, tmp_path: Path, collections_path: Path) -> None:
    """As people run it: the calls go elsewhere and come back, and the password is not shown."""
    with_password(simulator, "Reception")
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    forwardings = [{"number": NUMBER, "destination": {"voiceapp": "Reception"}}, {"number": "+12025550123"}]
    office = {
        "office_sonetel": {"forwardings": forwardings},
        "office_sonetel_connection": {"password": "Reception"},
    }
    start = simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    playbooks.write({"lyon": office})
    run = playbooks.run("reroute restore", "-e", json.dumps({"reroute_to": FALLBACK}))
    assert run.code == 0, run.text
    assert "Reception" not in run.text
    assert simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"] == start
    written = [entry["body"]["connect_to"] for entry in simulator.requests() if entry["method"] == "PUT"]
    assert len(written) == 4
    assert [to == FALLBACK for to in written] == [True, True, False, False]
