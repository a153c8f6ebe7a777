# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the documentation shows works: examples run on the simulator, and results hold what RETURN says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ALL_MODULES, MODULES, ROOT, Simulator, documentation

from simulator.fonedynamics import seed as fonedynamics
from simulator.ringcentral import seed as ringcentral
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed

COLLECTION = "office.telephony"
# What Ansible itself adds to results.
STANDARD = {"changed", "failed", "diff", "msg", "warnings", "deprecations", "invocation", "exception"}
STANDARD |= {"failed_when_result", "failed_when_suppressed_exception"}

Task = dict[str, Any]
Result = dict[str, Any]
# The variables that examples take from a vault.
VAULT = {
    "sonetel_password": seed.ADMIN_PASSWORD,
    "smspartner_api_key": smspartner.API_KEY,
    "fonedynamics_token": fonedynamics.TOKEN,
    "ringcentral_client_id": ringcentral.CLIENT_ID,
    "ringcentral_client_secret": ringcentral.CLIENT_SECRET,
    "ringcentral_jwt": ringcentral.JWT,
}


def run_tasks(
    tasks: list[dict[str, Any]], simulator: Simulator, folder: Path, **variables: str
) -> list[dict[str, Any]]:
    """Run tasks in a play and return the result of each task of the collection, in order."""
    play: list[Task] = []
    for position, task in enumerate(tasks):
        name = task.setdefault("register", f"meta_{position}")
        play.append(task)
        if any(key.startswith(f"{COLLECTION}.") for key in task):
            content = f"{{{{ {name} | to_json }}}}"
            copy = {"content": content, "dest": f"{folder}/{position:03}.json", "mode": "0600"}
            play.append({"ansible.builtin.copy": copy, "no_log": True})
    paths = {"office_reroute_directory": str(folder / "reroutes")}
    # What examples take from beside their playbook.
    (folder / "files").mkdir(exist_ok=True)
    shutil.copy(ROOT / "examples/files/hitta-hit.wav", folder / "files/welcome.wav")
    playbook = folder / "play.yml"
    playbook.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": play}]))
    (folder / "variables.json").write_text(
        json.dumps({**VAULT, **paths, **variables, "ansible_python_interpreter": sys.executable})
    )
    environment = {
        **os.environ,
        "SONETEL_USERNAME": seed.ADMIN_EMAIL,
        "SONETEL_PASSWORD": seed.ADMIN_PASSWORD,
        "SONETEL_API_URL": simulator.sonetel_api_url,
        "SONETEL_AUTH_URL": simulator.sonetel_auth_url,
        "SMSPARTNER_API_KEY": smspartner.API_KEY,
        "SMSPARTNER_API_URL": simulator.smspartner_api_url,
        "FONEDYNAMICS_ACCOUNT_SID": fonedynamics.ACCOUNT_SID,
        "FONEDYNAMICS_TOKEN": fonedynamics.TOKEN,
        "FONEDYNAMICS_API_URL": simulator.fonedynamics_api_url,
        "RC_APP_CLIENT_ID": ringcentral.CLIENT_ID,
        "RC_APP_CLIENT_SECRET": ringcentral.CLIENT_SECRET,
        "RC_USER_JWT": ringcentral.JWT,
        "RC_SERVER_URL": simulator.ringcentral_server_url,
        # The simulator forgets its sessions and limits between tests, so the tasks must as well.
        "XDG_CACHE_HOME": str(folder / "cache"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }
    command = [Path(sys.executable).with_name("ansible-playbook"), playbook, "-e", f"@{folder}/variables.json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(file.read_text()) for file in sorted(folder.glob("[0-9]*.json"))]


def undocumented(result: dict[str, Any], contains: dict[str, Any], where: str = "") -> list[str]:
    """Return the paths of members that are returned but not documented."""
    found = []
    for name, value in result.items():
        if name not in contains:
            found.append(f"{where}{name}")
            continue
        members = contains[name].get("contains")
        for item in value if isinstance(value, list) else [value]:
            if members and isinstance(item, dict):
                found += undocumented(item, members, f"{where}{name}.")
    return found


@pytest.mark.parametrize("module", ALL_MODULES)
def test_examples_run_and_return_what_is_documented(module: str, simulator: Simulator, tmp_path: Path) -> None:
    tasks = documentation(module, "EXAMPLES")
    ours = [task for task in tasks if any(key.startswith(f"{COLLECTION}.") for key in task)]
    results = run_tasks(tasks, simulator, tmp_path)
    of_module = [result for task, result in zip(ours, results, strict=True) if f"{COLLECTION}.{module}" in task]
    assert of_module, "no example uses the module"
    returned = documentation(module, "RETURN")
    for result in of_module:
        rest = {name: value for name, value in result.items() if name not in STANDARD}
        assert undocumented(rest, returned) == []
        always = {name for name, entry in returned.items() if entry["returned"] in ("always", "success")}
        assert always <= set(result)
    # What is documented as returned in some cases is shown by an example or by a failure.
    rare = set(returned) - {"failure"}
    assert rare <= set().union(*of_module), "an example should show it"


@pytest.mark.parametrize("module", MODULES)
def test_a_failure_returns_what_is_documented(module: str, simulator: Simulator, tmp_path: Path) -> None:
    example, secret = next(
        (task, name) for task in documentation(module, "EXAMPLES") for name in VAULT if f"{{{{ {name} }}}}" in str(task)
    )
    (result,) = run_tasks([{**example, "failed_when": False}], simulator, tmp_path, **{secret: "wrong"})
    returned = documentation(module, "RETURN")
    rest = {name: value for name, value in result.items() if name not in STANDARD}
    assert undocumented(rest, returned) == []
    assert result["failure"]["kind"] == "authentication"
    assert "api_calls" in result


def test_the_example_inventory_has_only_what_the_role_takes() -> None:
    specification = yaml.safe_load((ROOT / "roles/onboard/meta/argument_specs.yml").read_text())
    options = set(specification["argument_specs"]["main"]["options"])
    files = list((ROOT / "examples/inventory").rglob("*_vars/*.yml"))
    assert files
    for file in files:
        variables = {name for name in yaml.safe_load(file.read_text()) if not name.startswith("ansible_")}
        assert variables <= options, file.name
