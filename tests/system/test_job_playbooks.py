# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The offices' jobs as people run them: where their files lie, what they refuse, and what they tell."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from system_playbooks import Playbooks, Run
from system_support import ROOT, Json

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.sonetel import seed as sonetel

FALLBACK = "+46701740606"
LABEL = {"number": "+61255500101", "friendly_name": "Desk"}
SONETEL = {"forwardings": [{"number": "+46846500412", "destination": {"phone": "+46701740607"}}]}
OFFICE: Json = {"office_sonetel": SONETEL, "onboard_prove": False}


@pytest.fixture
def playbooks(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    return Playbooks(simulator, tmp_path, collections_path)


def destination(simulator: Simulator, phnum: str = "46846500412") -> Any:
    return simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["numbers"][phnum]["connect_to"]


def rerouted(playbooks: Playbooks, *arguments: str) -> Run:
    run = playbooks.run("reroute", "-e", json.dumps({"reroute_to": FALLBACK}), *arguments)
    assert run.code == 0, run.text
    return run


def test_files_lie_beside_the_inventory_wherever_one_stands(playbooks: Playbooks) -> None:
    """A path may begin with ~ or be relative: all jobs take it for the same place, which they tell."""
    before = sorted(ROOT.rglob("*.json"))
    folder = playbooks.folder
    places = {"~/of-mine/../mine": "46846500412", "kept/here": "46846500413"}
    offices = {
        f"office-{number}": {
            "office_sonetel": {"forwardings": [{"number": f"+{number}", "destination": {"phone": "+46701740607"}}]},
            "office_reroute_directory": place,
            "onboard_record_directory": "records",
            "onboard_prove": False,
            "export_prove": False,
            "export_providers": ["sonetel"],
            "export_path": f"exports/{number}.yml",
        }
        for place, number in places.items()
    }
    playbooks.write(offices)
    run = rerouted(playbooks)
    for path in (folder / "mine/office-46846500412.json", folder / "kept/here/office-46846500413.json"):
        assert path.is_file()
        assert f"Snapshot: {path}" in run.text
    # What cannot be looked at is not taken for a folder without snapshots.
    playbooks.write({**offices, "shut": {"office_reroute_directory": "hosts.yml/reroutes"}})
    refused = playbooks.run("onboard", "--check").summary()
    assert "3 offices: 3 failed" in refused[0]
    assert sum("is re-routed since" in line for line in refused) == len(places)
    assert sum("cannot be used: Not a directory" in line for line in refused) == 1
    playbooks.write(offices)
    assert playbooks.run("onboard", "-e", '{"onboard_despite_reroute": true}').code == 0
    assert len(list((folder / "records").glob("*.json"))) == len(places)
    exported = playbooks.run("export")
    assert exported.code == 0, exported.text
    assert f"{folder}/exports/46846500412.yml: written" in exported.text
    assert sorted(ROOT.rglob("*.json")) == before


# By role: variables of which one is misspelt.
MISSPELT: Json = {
    "onboard": {"onboard_purne": True, "office_fone_dynamics": {"numbers": []}, "office_polcy": {}},
    "export": {"export_pth": "x.yml"},
    "reroute": {"reroute_to": FALLBACK, "reroute_expiress": "8h"},
    "restore": {"restore_change": "keep"},
    "reroute_status": {"reroute_status_fail": True},
    "offboard": {"offboard_too": FALLBACK},
    "leaver": {"leaver_person": {"email": "x@example.org"}, "leaver_sucessor": {"email": "y@example.org"}},
}


def test_a_misspelt_name_is_refused_before_anything_is_requested(playbooks: Playbooks, simulator: Simulator) -> None:
    own = {"office_address": "Main street 1", "office_sonetel_desks": []}
    playbooks.write({role.replace("_", "-"): {**OFFICE, **own, **options} for role, options in MISSPELT.items()})
    role = "office.telephony.{{ inventory_hostname | replace('-', '_') }}"
    task = {"name": "Run the role of the host's name", "ansible.builtin.include_role": {"name": role}}
    play = {"name": "Run all roles", "hosts": "all", "gather_facts": False, "tasks": [task]}
    (playbooks.folder / "all.yml").write_text(json.dumps([play]))
    run = playbooks.run(str(playbooks.folder / "all.yml"))
    read = re.findall(r"Nothing was done, because no role reads ([a-z_, ]+)\.", run.text)
    assert sorted(set(read)) == [
        "export_pth", "leaver_sucessor", "offboard_too", "onboard_purne, office_fone_dynamics, office_polcy",
        "reroute_expiress", "reroute_status_fail", "restore_change",
    ]  # fmt: skip
    assert "the tag sonetle is no provider's name" in playbooks.run("onboard", "--tags", "sonetle", "-l", "export").text
    assert simulator.requests() == []


def friendly_name(simulator: Simulator, number: str) -> Any:
    return simulator.state()["fonedynamics"]["accounts"][fonedynamics.ACCOUNT_SID]["numbers"][number]["Friendly"]
