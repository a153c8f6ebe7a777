# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""Check mode that a play switches on, and not the command line: jobs say what would be, and change nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from system_playbooks import Playbooks, Run
from system_support import Json

from simulator.harness import Simulator
from simulator.sonetel import seed

FALLBACK = "+46701740606"
NUMBER = "46846500412"


@pytest.fixture
def playbooks(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    forwardings = [{"number": f"+{NUMBER}", "destination": {"phone": "+46701740607"}}]
    playbooks.write({"lyon": {"office_sonetel": {"forwardings": forwardings}, "export_providers": ["sonetel"]}})
    return playbooks


def checked(playbooks: Playbooks, role: str, where: str, **variables: Any) -> Run:
    """Run a role in a play that has check mode on, for all of it or for one task."""
    task: Json = {"name": "Do it", "ansible.builtin.import_role": {"name": f"office.telephony.{role}"}}
    if where == "include":
        task = {
            "name": "Do it",
            "ansible.builtin.include_role": {"name": f"office.telephony.{role}", "apply": {"check_mode": True}},
        }
    elif where == "task":
        task |= {"check_mode": True}
    play: Json = {"name": "Look", "hosts": "all", "gather_facts": False, "connection": "local", "tasks": [task]}
    if where == "play":
        play |= {"check_mode": True}
    path = playbooks.folder / "look.yml"
    path.write_text(json.dumps([play]))
    return playbooks.run(str(path), "-e", json.dumps(variables))


@pytest.mark.parametrize("where", ["play", "task", "include"])
def test_onboarding_says_would_change(playbooks: Playbooks, simulator: Simulator, where: str) -> None:
    run = checked(playbooks, "onboard", where)
    assert run.code == 0, run.text
    assert run.messages()["lyon"][0].startswith("lyon: would change 1 (Sonetel: 1 number); nothing would be deleted")
    assert not [entry for entry in simulator.requests() if entry["method"] == "PUT"]


def test_the_other_jobs_say_would(playbooks: Playbooks, simulator: Simulator) -> None:
    start, where = simulator.state()["sonetel"], "play"
    for role, variables, words in (
        ("export", {}, "lyon.yml would be written"),
        ("reroute", {"reroute_to": FALLBACK}, "1 number would ring +46 70 174 06 06."),
        ("offboard", {"offboard_to": FALLBACK}, "1 number would ring +46 70 174 06 06 permanently."),
    ):
        run = checked(playbooks, role, where, **variables)
        assert run.code == 0, run.text
        assert words in run.messages()["lyon"][0]
    assert {path.name for path in playbooks.folder.iterdir()} & {"reroutes", "exported"} == set()

    assert playbooks.run("reroute", "-e", json.dumps({"reroute_to": FALLBACK})).code == 0
    simulator.clear_requests()
    run = checked(playbooks, "restore", where)
    assert run.code == 0, run.text
    assert "1 number would be restored to what it was before the re-route." in run.messages()["lyon"][0]
    assert not [entry for entry in simulator.requests() if entry["method"] == "PUT"]
    assert (playbooks.folder / "reroutes/lyon.json").is_file()
    assert playbooks.run("restore").code == 0
    numbers = simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    assert numbers == start["accounts"][seed.ACCOUNT_ID]["numbers"]
