# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Running what the documentation shows against the simulator, as a reader would who has credentials for it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from conftest import LIMITS, ROOT, start

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed

COLLECTION = "office.telephony"
Task = dict[str, Any]
Result = dict[str, Any]
# The variables that examples take from a vault.
VAULT = {
    "sonetel_password": seed.ADMIN_PASSWORD,
    "smspartner_api_key": smspartner.API_KEY,
    "fonedynamics_token": fonedynamics.TOKEN,
    "ringcentral_client_id": ringcentral.COMPANY_CLIENT_ID,
    "ringcentral_client_secret": ringcentral.CLIENT_SECRET,
    "ringcentral_jwt": ringcentral.JWT,
}


def place_files(folder: Path) -> None:
    """Put there what examples take from beside their playbook."""
    (folder / "files").mkdir(exist_ok=True)
    shutil.copy(ROOT / "examples/files/hitta-hit.wav", folder / "files/welcome.wav")


def run_playbook(
    playbook: str | Path, simulator: Simulator, folder: Path, *arguments: str | Path, fails: bool = False
) -> str:
    """Run a playbook, by its file or by its full name, which must succeed unless it *fails*, and return its output."""
    variables = {
        **VAULT,
        "office_reroute_directory": str(folder / "reroutes"),
        "office_state_directory": str(folder / "state"),
        "ansible_python_interpreter": sys.executable,
    }
    (folder / "variables.json").write_text(json.dumps(variables))
    environment = {
        **os.environ,
        **simulator.environment,
        # The simulator forgets its sessions and limits between tests, so the tasks must as well.
        "XDG_CACHE_HOME": str(folder / "cache"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_FILTER_PLUGINS": str(ROOT / "tests/meta/filter"),
    }
    program = Path(sys.executable).with_name("ansible-playbook")
    command = [program, *arguments, playbook, "-e", f"@{folder}/variables.json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert bool(done.returncode) == fails, done.stdout + done.stderr
    return done.stdout


# What a run leaves in its folder for the next one: cached logins, records, snapshots.
_LEFT = ("cache", "state", "reroutes")


def run_tasks(pieces: Mapping[str, list[Task]], simulator: Simulator, folder: Path) -> dict[str, list[Result]]:
    """Run the tasks of all *pieces* in one play, each piece with accounts and folders as they are at first.

    Returns the results of the collection's tasks of each piece, in order.
    """
    play: list[Task] = []
    (folder / "start.json").write_text(json.dumps({"state": start(simulator), "limits": LIMITS}))
    for number, (piece, tasks) in enumerate(pieces.items()):
        again = f"{{{{ '{simulator.url}' | afresh('{folder}', {', '.join(map(repr, _LEFT))}) }}}}"
        play.append({"ansible.builtin.set_fact": {"meta_afresh": again, "meta_results": []}})
        # Two tasks may register the same name, so each result is kept before the next task runs.
        for position, task in enumerate(tasks):
            name = task.setdefault("register", f"meta_{number}_{position}")
            play.append(task)
            if any(key.startswith(f"{COLLECTION}.") for key in task):
                added = {"meta_results": f"{{{{ meta_results + [{name}] }}}}"}
                play.append({"ansible.builtin.set_fact": added, "no_log": True})
        kept = f"{{{{ meta_results | to_json | kept('{folder}/{piece}.json') }}}}"
        play.append({"ansible.builtin.set_fact": {"meta_kept": kept}, "no_log": True})
    place_files(folder)
    playbook = folder / "play.yml"
    playbook.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": play}]))
    run_playbook(playbook, simulator, folder)
    return {piece: json.loads((folder / f"{piece}.json").read_text()) for piece in pieces}
