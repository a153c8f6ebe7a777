# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The commands of the day, and how they are run: what Ansible prints is shown as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from simulator.harness import Simulator
from simulator.rehearsal import LIMITS

EXAMPLES = Path(__file__).resolve().parents[1]
PLACE = EXAMPLES.parent / ".cache/demo-offices"


class Failed(Exception):
    """The day did not go as it must; the text says how."""


class Command(NamedTuple):
    """What the IT person types, why, and whether it changes accounts."""

    why: str
    line: str
    writes: bool


def _job(why: str, job: str, *options: str, writes: bool) -> Command:
    return Command(why, " ".join(["ansible-playbook -i inventory", f"office.telephony.{job}", *options]), writes)


def _with(variables: str) -> str:
    return f"-e '{{{variables}}}'"


_WASHINGTON, _STOCKHOLM, _NEWYORK = "--limit washington", "--limit stockholm", "--limit newyork"
_CLEO = "leaver_person: {email: cleo@example.org}"
_ANNA = "leaver_person: {email: anna.lindqvist@example.org}"
_ERIK = "leaver_successor: {email: erik.ohman@example.org}"
_EMERGENCY = 'reroute_to: "(202) 555-0144", reroute_until: 8h, reroute_reason: Water in the basement'
# The rules of a company lead to extensions.
_TO_ADA = 'reroute_settings: {ringcentral: {company_rules: {destination: {extension: "101"}}}}, reroute_until: 8h'

DAY = [
    _job("Are the files right? This needs no account.", "validate", writes=False),
    _job("Can the accounts be used?", "doctor", writes=False),
    _job("What would change?", "onboard", "--check --diff", writes=False),
    _job("Change it.", "onboard", writes=True),
    _job("Once more: nothing is left to change.", "onboard", writes=False),
    _job("Do the accounts match the files, and do calls arrive where they must?", "verify", writes=False),
    _job("Write an account to a file.", "export", _WASHINGTON, _with("export_providers: [ringcentral]"), writes=False),
    _job("An emergency in Washington.", "reroute", _WASHINGTON, _with(_EMERGENCY), writes=True),
    _job("And in New York: the company's calls go to Ada.", "reroute", _NEWYORK, _with(_TO_ADA), writes=True),
    _job("Which offices are re-routed?", "reroute_status", writes=False),
    _job("The emergency is over.", "restore", "--limit washington,newyork", writes=True),
    _job("Cleo may leave New York. Where would she still be reached?", "leaver", _NEWYORK, _with(_CLEO), writes=False),
    _job("Anna leaves Stockholm, and Erik takes over.", "leaver", _STOCKHOLM, _with(f"{_ANNA}, {_ERIK}"), writes=True),
    _job("Anna stays after all.", "undo", _STOCKHOLM, writes=True),
    _job("Do the files and the accounts agree?", "onboard", "--check", writes=False),
    _job("Sydney closes.", "offboard", "--limit sydney", _with('offboard_to: "(02) 5550 0102"'), writes=True),
    _job("Who answers now? One page shows it.", "report", writes=False),
]


def play(simulator: Simulator, place: Path, collections: Path) -> None:
    """Play the day with a copy of the example offices at *place*, which must not exist. Raises `Failed`."""
    home = place / "home"
    home.mkdir(parents=True)
    for name in ("inventory", "files"):
        shutil.copytree(EXAMPLES / name, place / name)
    shutil.copy(EXAMPLES / "ansible.cfg", place)
    simulator.set_limits(LIMITS)
    environment = _environment(simulator.environment, place, collections)
    for command in DAY:
        _run(command, simulator, place, environment)


def _run(command: Command, simulator: Simulator, place: Path, environment: Mapping[str, str]) -> None:
    """Run a command; what it prints goes where this program's own output goes."""
    print(f"\n# {command.why}\n$ {command.line}", flush=True)
    simulator.clear_requests()
    done = subprocess.run(command.line, shell=True, cwd=place, env=environment, check=False)
    if done.returncode:
        raise Failed(f"The command ended with {done.returncode}.")
    writes = [
        f"{entry['method']} {entry['path']}"
        for entry in simulator.requests()
        if entry["method"] != "GET" and not entry["path"].endswith("/token")
    ]
    if bool(writes) != command.writes:
        raise Failed(f"The command made these writing requests: {', '.join(writes) or 'none'}. That is wrong.")


def _environment(credentials: Mapping[str, str], place: Path, collections: Path) -> dict[str, str]:
    """Return the environment of the commands: the same variables as for real accounts, with other values."""
    ours = ("ANSIBLE_", "SONETEL_", "SMSPARTNER_", "FONEDYNAMICS_", "RC_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return inherited | {
        # Nothing of the user's is read or written.
        "HOME": str(place / "home"),
        "XDG_CACHE_HOME": str(place / "home/.cache"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        # By its full name, because Ansible takes none from a folder that others can write to.
        "ANSIBLE_CONFIG": str(place / "ansible.cfg"),
        **credentials,
    }
