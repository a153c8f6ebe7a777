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

import jinja2
import pytest
import yaml
from conftest import ALL_MODULES, MODULES, ROOT, Simulator, documentation
from system_support import run_module

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
# The options that log in, and the ends of the variables' names that do so where the options are not given.
CREDENTIALS = {"username", "password", "access_token", "client_id", "client_secret", "jwt", "api_key", "token"}
SECRETS = ("_PASSWORD", "_CLIENT_SECRET", "_API_KEY", "_TOKEN")
# The variables that examples take from a vault.
VAULT = {
    "sonetel_password": seed.ADMIN_PASSWORD,
    "smspartner_api_key": smspartner.API_KEY,
    "fonedynamics_token": fonedynamics.TOKEN,
    "ringcentral_client_id": ringcentral.CLIENT_ID,
    "ringcentral_client_secret": ringcentral.CLIENT_SECRET,
    "ringcentral_jwt": ringcentral.JWT,
}


def environment_of(simulator: Simulator) -> dict[str, str]:
    """Right credentials for all providers, and where the simulator is."""
    return {
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
    }


def place_files(folder: Path) -> None:
    """Put there what examples take from beside their playbook."""
    (folder / "files").mkdir(exist_ok=True)
    shutil.copy(ROOT / "examples/files/hitta-hit.wav", folder / "files/welcome.wav")


def run_tasks(tasks: list[Task], simulator: Simulator, folder: Path) -> list[Result]:
    """Run tasks in a play and return the result of each task of the collection, in order."""
    # Two tasks may register the same name, so each result is kept before the next task runs.
    play: list[Task] = []
    for position, task in enumerate(tasks):
        name = task.setdefault("register", f"meta_{position}")
        play.append(task)
        if any(key.startswith(f"{COLLECTION}.") for key in task):
            kept = {"meta_results": f"{{{{ meta_results | default([]) + [{name}] }}}}"}
            play.append({"ansible.builtin.set_fact": kept, "no_log": True})
    results = folder / "results.json"
    copy = {"content": "{{ meta_results | to_json }}", "dest": str(results), "mode": "0600"}
    play.append({"ansible.builtin.copy": copy, "no_log": True})
    paths = {"office_reroute_directory": str(folder / "reroutes")}
    place_files(folder)
    playbook = folder / "play.yml"
    playbook.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": play}]))
    (folder / "variables.json").write_text(json.dumps({**VAULT, **paths, "ansible_python_interpreter": sys.executable}))
    environment = {
        **os.environ,
        **environment_of(simulator),
        # The simulator forgets its sessions and limits between tests, so the tasks must as well.
        "XDG_CACHE_HOME": str(folder / "cache"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        # A process less for each task.
        "ANSIBLE_PIPELINING": "true",
    }
    command = [Path(sys.executable).with_name("ansible-playbook"), playbook, "-e", f"@{folder}/variables.json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found: list[Result] = json.loads(results.read_text())
    return found


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
def test_a_failure_returns_what_is_documented(
    module: str, simulator: Simulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place_files(tmp_path)
    wrong = dict.fromkeys((name for name in environment_of(simulator) if name.endswith(SECRETS)), "wrong")
    for name, value in {**environment_of(simulator), **wrong, "XDG_CACHE_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    task = next(task for task in documentation(module, "EXAMPLES") if f"{COLLECTION}.{module}" in task)
    text = jinja2.Template(yaml.safe_dump(task[f"{COLLECTION}.{module}"])).render(playbook_dir=tmp_path)
    given = {name: value for name, value in yaml.safe_load(text).items() if name not in CREDENTIALS}
    result = run_module(module, given, no_log=module.endswith("_token"))
    returned = documentation(module, "RETURN")
    rest = {name: value for name, value in result.items() if name not in STANDARD | {"printed"}}
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
