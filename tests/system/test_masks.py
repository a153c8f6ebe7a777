# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What equals a secret comes back from Ansible as a mask: it is never saved, exported or written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from system_jobs import FALLBACK, JobFailed, Jobs
from system_playbooks import Playbooks
from system_support import Json, run_module

from simulator.harness import Simulator
from simulator.sonetel import seed

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


def masked_in(folder: Path) -> bool:
    """Return whether the office's snapshot holds a mask."""
    text = (folder / "lyon.json").read_text()
    return "NO_LOG" in text or "****" in text


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_reroute_refuses_before_anything_is_saved_or_written(
    simulator: Simulator, tmp_path: Path, password: str
) -> None:
    start = Jobs(simulator, tmp_path).start
    with_password(simulator, password)
    jobs = Jobs(simulator, tmp_path, password=password)
    simulator.clear_requests()
    with pytest.raises(
        JobFailed, match=r"Ansible masks it, because it equals a secret .* nothing was re-routed\. Give"
    ):
        jobs.reroute()
    assert jobs.stored() == start
    assert list(jobs.folder.rglob("*")) == []
    assert {entry["method"] for entry in simulator.requests() if "/phonenumbersubscription" in entry["path"]} <= {"GET"}


@pytest.mark.parametrize("password", TOO_SHORT)
def test_a_secret_that_is_too_short_to_be_masked_spoils_no_snapshot(
    simulator: Simulator, tmp_path: Path, password: str
) -> None:
    start = Jobs(simulator, tmp_path).start
    with_password(simulator, password)
    jobs = Jobs(simulator, tmp_path, password=password)
    jobs.reroute()
    assert jobs.stored() == jobs.rerouted()
    assert not masked_in(jobs.folder)
    jobs.restore()
    assert jobs.stored() == start


def test_an_emergency_can_go_on_without_a_way_back_for_what_is_masked(simulator: Simulator, tmp_path: Path) -> None:
    start = Jobs(simulator, tmp_path).start
    with_password(simulator, "Reception")
    jobs = Jobs(simulator, tmp_path, password="Reception")
    warnings = jobs.reroute(irreversible=True)
    assert [text for text in warnings if "+12025550124: where its calls go now is unknown: Ansible masks it" in text]
    assert jobs.stored() == jobs.rerouted()
    jobs.reroute(irreversible=True)
    assert not masked_in(jobs.folder)
    jobs.restore()
    assert jobs.stored() == {**start, "+12025550124": ("phnum", FALLBACK)}


def test_a_snapshot_with_a_mask_is_refused(simulator: Simulator, tmp_path: Path) -> None:
    jobs = Jobs(simulator, tmp_path)
    jobs.reroute()
    path = jobs.folder / "lyon.json"
    text = path.read_text().replace('"Reception"', '"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"')
    path.write_text(text)
    for job in (jobs.restore, jobs.reroute):
        with pytest.raises(JobFailed, match=r"entries\[1\]\.before\.destination\.voiceapp is a mask that Ansible put"):
            job()
    assert path.read_text() == text
    assert jobs.stored() == jobs.rerouted()


def test_a_restore_does_not_take_a_mask_for_what_somebody_has_changed(simulator: Simulator, tmp_path: Path) -> None:
    """The password was changed after the re-route to something that masks where the calls go."""
    jobs = Jobs(simulator, tmp_path)
    jobs.reroute()
    with_password(simulator, FALLBACK)
    later = Jobs.__new__(Jobs)
    later.__dict__.update(jobs.__dict__)
    later._connections = {**jobs._connections, "sonetel": {**jobs._connections["sonetel"], "password": FALLBACK}}
    with pytest.raises(JobFailed, match="cannot be compared with what the re-route set: Ansible masks it"):
        later.restore()
    later.restore("overwrite")
    assert jobs.stored() == jobs.start


@pytest.mark.parametrize("password", ["Reception", "exa", "+12025550144"])
def test_an_export_refuses(simulator: Simulator, tmp_path: Path, password: str) -> None:
    with_password(simulator, password)
    connection = {
        "username": seed.ADMIN_EMAIL,
        "password": password,
        "api_url": simulator.sonetel_api_url,
        "auth_url": simulator.sonetel_auth_url,
    }
    listed = run_module("sonetel_forwarding_info", connection)["forwardings"]
    path = tmp_path / "office.yml"
    read = {"sonetel": {"forwardings": {"items": listed}}}
    result = run_module("office_variables", {"path": str(path), "read": read})
    assert result["failed"]
    assert result["msg"].startswith("office_sonetel.forwardings[")
    assert "Ansible masks it, because it equals a secret" in result["msg"]
    assert not path.exists()
    carried = run_module("office_variables", {"path": str(path), "read": {}, "carried": {"office_region": "********"}})
    assert carried["msg"].startswith("office_region is not what")


def test_a_leaver_s_places_are_not_written_with_masks() -> None:
    menu: list[Json] = [{"key": "1", "user": "anna@example.org"}, {"key": "2", "voiceapp": "********tion"}]
    items = [{"name": "Main menu", "type": "menu", "menu": menu}]
    read = {"sonetel": {"voiceapps": {"items": items}}}
    person: dict[str, Any] = {"person": {"email": "anna@example.org"}}
    found = run_module("office_person", {"read": read, **person})
    assert len(found["found"]) == 1
    assert [
        text for text in found["unsearched"] if "sonetel.voiceapps.items[0].menu[1].voiceapp was not searched" in text
    ]
    refused = run_module("office_person", {"read": read, **person, "successor": {"email": "erik@example.org"}})
    assert refused["msg"].startswith("office.sonetel.voiceapps[0].menu[1].voiceapp would be written")


def test_a_voice_app_called_like_the_password(simulator: Simulator, tmp_path: Path, collections_path: Path) -> None:
    """As people run it: nothing is re-routed or exported, and the reason is said."""
    with_password(simulator, "Reception")
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    forwardings = [{"number": "+12025550124", "destination": {"voiceapp": "Reception"}}, {"number": "+12025550123"}]
    office = {
        "office_sonetel": {"forwardings": forwardings},
        "office_sonetel_connection": {"password": "Reception"},
        "export_providers": ["sonetel"],
    }
    start = simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    playbooks.write({"lyon": office})
    rerouted = playbooks.run("reroute", "-e", json.dumps({"reroute_to": FALLBACK}))
    exported = playbooks.run("export")
    for run in (rerouted, exported):
        assert run.code == 2
        assert "Ansible masks it, because it equals a secret" in run.text
    assert simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"] == start
    assert not list(tmp_path.rglob("lyon.*"))
