# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guides and READMEs show works: their tasks, plays and offices run on the simulator."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import start
from running import COLLECTION, run_playbook, run_tasks
from shown import guide, pieces_of_yaml

from simulator.harness import Simulator
from simulator.sonetel import seed

# Variables of the kit for AWX, whose playbook is run by tests/system/test_awx.py, and a line of the example's files.
ELSEWHERE = ("kit_", "wav")


class Shown(NamedTuple):
    """A piece of YAML, the name of the file that shows it, and whether its comments call it wrong."""

    file: str
    content: Any
    wrong: bool = False


def _shown() -> list[Shown]:
    return [Shown(block.file, yaml.safe_load(block.text), "# refused: " in block.text) for block in pieces_of_yaml()]


SHOWN = _shown()
PLAYS = [shown for shown in SHOWN if isinstance(shown.content, list) and "hosts" in shown.content[0]]
TASKS = [shown for shown in SHOWN if isinstance(shown.content, list) and "hosts" not in shown.content[0]]
VARIABLES = [
    shown for shown in SHOWN if isinstance(shown.content, dict) and not next(iter(shown.content)).startswith(ELSEWHERE)
]


def variables(prefix: str) -> list[Shown]:
    """The pieces that set variables of that kind; the same piece may be shown twice, and counts once."""
    found = [shown for shown in VARIABLES if next(iter(shown.content)).startswith(prefix)]
    return [shown for place, shown in enumerate(found) if shown.content not in [one.content for one in found[:place]]]


def names(content: Any) -> set[str]:
    """The numbers and extensions in a piece, of which no other office of a run may have any."""
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    found = {str(content[key]) for key in ("number", "extension") if isinstance(content, dict) and key in content}
    return found.union(*map(names, parts))


def rounds(offices: list[Shown]) -> list[list[Shown]]:
    """The pieces in as few runs as possible: several guides show the same numbers."""
    found: list[list[Shown]] = []
    for office in offices:
        free = (run for run in found if not names(office.content) & set().union(*(names(one.content) for one in run)))
        run = next(free, None)
        if run is None:
            found.append([office])
        else:
            run.append(office)
    return found


def inventory(folder: Path, offices: list[Shown]) -> Path:
    """An inventory with one office for each piece, in the group that the plays name."""
    hosts = {f"office{position}": shown.content for position, shown in enumerate(offices)}
    file = folder / "inventory.yml"
    file.write_text(yaml.safe_dump({"offices": {"hosts": hosts, "vars": {"ansible_connection": "local"}}}))
    return file


def test_everything_shown_is_run_by_one_of_these_tests() -> None:
    assert (len(PLAYS), bool(TASKS)) == (3, True)
    assert VARIABLES
    for shown in VARIABLES:
        assert next(iter(shown.content)).startswith(("office_", "ansible_", "reroute_", "leaver_", "report_")), (
            shown.file
        )


def test_tasks(simulator: Simulator, tmp_path: Path) -> None:
    pieces = {f"{place}-{shown.file.replace('/', '-')}": shown.content for place, shown in enumerate(TASKS)}
    results = run_tasks(pieces, simulator, tmp_path)
    assert {piece: len(found) for piece, found in results.items()} == {
        piece: len(tasks) for piece, tasks in pieces.items()
    }


def test_offices(simulator: Simulator, tmp_path: Path) -> None:
    """All of them are onboarded, by the play that the role's README shows."""
    play = next(shown.content for shown in PLAYS if shown.file == "roles/onboard/README.md")
    playbook = tmp_path / "play.yml"
    playbook.write_text(yaml.safe_dump(play))
    offices = variables("office_") + variables("ansible_")
    places = {"telephony_state_directory": str(tmp_path), "vault_sonetel_password_lyon": "not used without lists"}
    said = ""
    for right in rounds([shown for shown in offices if not shown.wrong]):
        said += run_playbook(playbook, simulator, tmp_path, "-i", inventory(tmp_path, right), "-e", json.dumps(places))
    for where in ("+46 70 174 06 05 -> anna.lindqvist", "+61 1300 975 707", "+33 2 61 91 00 05"):
        assert where in said
    wrong = [shown for shown in offices if shown.wrong]
    assert wrong
    said = run_playbook(playbook, simulator, tmp_path, "-i", inventory(tmp_path, wrong), fails=True)
    assert len(re.findall(r"office\d+ .*failed=1", said)) == len(wrong)


@pytest.mark.parametrize("job", ["reroute", "leaver"])
def test_jobs(job: str, simulator: Simulator, tmp_path: Path) -> None:
    """On the office of "Getting started". The voice app that the guide names is one that a company would have."""
    state = simulator.state()
    state["sonetel"]["accounts"][seed.ACCOUNT_ID]["voiceapps"]["VAq7k2m9x1za"]["name"] = "Closed today"
    simulator.put_state(state)
    office = [shown for shown in variables("office_") if shown.file == "guide_getting_started"]
    pieces = variables(f"{job}_")
    assert pieces
    for shown in pieces:
        given = ("-i", inventory(tmp_path, office), "-e", json.dumps(shown.content))
        assert "changed=0" not in run_playbook(f"{COLLECTION}.{job}", simulator, tmp_path, *given), shown.file
        start(simulator)


def test_reports(simulator: Simulator, tmp_path: Path) -> None:
    """Of the office of "Getting started", into another folder than the guide's."""
    office = [shown for shown in variables("office_") if shown.file == "guide_getting_started"]
    for shown in variables("report_"):
        given = json.dumps({**shown.content, "report_of": "files", "report_directory": str(tmp_path / "reports")})
        run_playbook(f"{COLLECTION}.report", simulator, tmp_path, "-i", inventory(tmp_path, office), "-e", given)
    assert len(list((tmp_path / "reports").iterdir())) == 3


def test_plays(simulator: Simulator, tmp_path: Path) -> None:
    """The play without roles is for tasks of one's own, which need no options to connect."""
    (play,) = next(shown.content for shown in PLAYS if "module_defaults" in shown.content[0])
    playbook = tmp_path / "play.yml"
    playbook.write_text(yaml.safe_dump([{**play, "tasks": [{f"{COLLECTION}.sonetel_forwarding_info": {}}]}]))
    password = json.dumps({"vault_sonetel_password": seed.ADMIN_PASSWORD})
    given = ("-i", inventory(tmp_path, [Shown("", {})]), "-e", password)
    assert "ok=1" in run_playbook(playbook, simulator, tmp_path, *given)


def test_a_play_with_serial_and_throttle_and_a_vault(simulator: Simulator, tmp_path: Path) -> None:
    """Its offices have a deadline, a policy and an encrypted password, each as its guide shows it."""
    command = next(block.text for block in guide("authentication") if block.language == "bash").split()
    vault = tmp_path / "vault.txt"
    vault.write_text("of this test")
    program = [str(Path(sys.executable).with_name(command[0])), *command[1:], "--vault-password-file", str(vault)]
    secret = subprocess.run(program, input=seed.ADMIN_PASSWORD, capture_output=True, text=True, check=True).stdout
    assert secret.startswith("vault_sonetel_password_lyon: !vault |\n")
    assert seed.ADMIN_PASSWORD not in secret

    def shown(file: str, variable: str) -> Any:
        return next(one.content[variable] for one in VARIABLES if one.file == file and variable in one.content)

    connection = {**shown("guide_authentication", "office_sonetel_connection"), "username": seed.ADMIN_EMAIL}
    common = {
        "ansible_connection": "local",
        "office_sonetel_connection": {**connection, **shown("guide_rate_limits", "office_ringcentral_connection")},
        "office_policy": shown("guide_safety_policy", "office_policy"),
    }
    numbers = {"lund": "+46846500412", "malmo": "+46846500414", "ystad": "+46846500416"}
    hosts: dict[str, Any] = {
        host: {"office_sonetel": {"forwardings": [{"number": number, "destination": {"phone": "+46701740607"}}]}}
        for host, number in numbers.items()
    }
    # What no policy of these offices lets through.
    hosts["ystad"]["office_sonetel"]["forwardings"][0]["destination"]["phone"] = "+46701740699"
    offices = tmp_path / "inventory.yml"
    offices.write_text(yaml.safe_dump({"offices": {"hosts": hosts, "vars": common}}))
    (tmp_path / "group_vars").mkdir()
    (tmp_path / "group_vars/offices.yml").write_text(secret)
    playbook = tmp_path / "play.yml"
    playbook.write_text(yaml.safe_dump(next(one.content for one in PLAYS if "serial" in one.content[0])))
    given = ("-i", offices, "--vault-password-file", vault)
    said = run_playbook(playbook, simulator, tmp_path, *given, fails=True)
    assert said.count("PLAY [") == 2
    assert "+46701740699 is on office_policy.denied_numbers" in said
    assert [re.search(rf"{host} .*failed=(\d)", said)[1] for host in numbers] == ["0", "0", "1"]  # type: ignore[index]
    account = simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    assert [account[number[1:]]["connect_to"] for number in ("+46846500412", "+46846500414")] == ["+46701740607"] * 2
