# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the documentation shows works: examples run on the simulator, and results hold what RETURN says."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml
from conftest import ALL_MODULES, MODULES, ROOT, documentation
from running import COLLECTION, Result, place_files, run_playbook, run_tasks
from system_support import run_module

from simulator.harness import Simulator

# What Ansible itself adds to results.
STANDARD = {"changed", "failed", "diff", "msg", "warnings", "deprecations", "invocation", "exception"}
STANDARD |= {"failed_when_result", "failed_when_suppressed_exception"}

# What fails otherwise than by a login that is refused: it asks no provider, or needs what an earlier run has left.
ASKS_NOTHING = {"office_reroute_info", "office_undo"}

# The options that log in, and the ends of the variables' names that do so where the options are not given.
CREDENTIALS = {"username", "password", "access_token", "client_id", "client_secret", "jwt", "api_key", "token"}
SECRETS = ("_PASSWORD", "_CLIENT_SECRET", "_API_KEY", "_TOKEN")


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


# It shows something only where there are several offices.
TABLE = "office_results"


SHOWN = [module for module in ALL_MODULES if module != TABLE]


@pytest.fixture(scope="module")
def examples(running_simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Result]]:
    """The results of all examples, by the module that shows them."""
    shown = {module: copy.deepcopy(documentation(module, "EXAMPLES")) for module in SHOWN}
    return run_tasks(shown, running_simulator, tmp_path_factory.mktemp("examples"))


@pytest.mark.parametrize("module", SHOWN)
def test_examples_run_and_return_what_is_documented(module: str, examples: dict[str, list[Result]]) -> None:
    tasks = documentation(module, "EXAMPLES")
    ours = [task for task in tasks if any(key.startswith(f"{COLLECTION}.") for key in task)]
    of_module = [
        result for task, result in zip(ours, examples[module], strict=True) if f"{COLLECTION}.{module}" in task
    ]
    assert of_module, "no example uses the module"
    returned = documentation(module, "RETURN")
    for result in of_module:
        rest = {name: value for name, value in result.items() if name not in STANDARD}
        assert undocumented(rest, returned) == []
        always = {name for name, entry in returned.items() if entry["returned"] in ("always", "success")}
        assert always <= set(result)
    # What is documented as returned in some cases is shown by an example, by a failure, or where a list was cut.
    rare = set(returned) - {"failure", "incomplete"}
    assert rare <= set().union(*of_module), "an example should show it"


@pytest.mark.parametrize("module", [name for name in MODULES if name not in ASKS_NOTHING])
def test_a_failure_returns_what_is_documented(
    module: str, simulator: Simulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place_files(tmp_path)
    wrong = dict.fromkeys((name for name in simulator.environment if name.endswith(SECRETS)), "wrong")
    for name, value in {**simulator.environment, **wrong, "XDG_CACHE_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    tasks = [
        task[f"{COLLECTION}.{module}"] for task in documentation(module, "EXAMPLES") if f"{COLLECTION}.{module}" in task
    ]
    # Without Ansible there are no host variables.
    task = next((task for task in tasks if not task.get("variables")), {**tasks[0], "providers": ["sonetel"]})
    places = dict.fromkeys(("playbook_dir", "office_state_directory", "office_reroute_directory"), tmp_path)
    text = jinja2.Template(yaml.safe_dump(task)).render(inventory_hostname="stockholm", **places)
    given = {name: value for name, value in yaml.safe_load(text).items() if name not in CREDENTIALS}
    result = run_module(module, given, no_log=module.endswith("_token"))
    returned = documentation(module, "RETURN")
    rest = {name: value for name, value in result.items() if name not in STANDARD | {"printed"}}
    assert undocumented(rest, returned) == []
    assert result["failure"]["kind"] == "authentication", result["msg"]
    assert "api_calls" in result


def test_the_example_of_the_table_runs_for_several_offices(simulator: Simulator, tmp_path: Path) -> None:
    hosts = {"hosts": {name: {"ansible_connection": "local"} for name in ("lyon", "paris")}}
    inventory, playbook = tmp_path / "hosts.yml", tmp_path / "play.yml"
    inventory.write_text(yaml.safe_dump({"all": hosts}))
    tasks = documentation(TABLE, "EXAMPLES")
    playbook.write_text(yaml.safe_dump([{"hosts": "all", "gather_facts": False, "tasks": tasks}]))
    assert "unchanged  lyon, paris" in run_playbook(playbook, simulator, tmp_path, "-i", inventory)
    assert set(documentation(TABLE, "RETURN")) <= STANDARD


def test_the_example_inventory_has_only_what_the_role_takes() -> None:
    specification = yaml.safe_load((ROOT / "roles/onboard/meta/argument_specs.yml").read_text())
    options = set(specification["argument_specs"]["main"]["options"])
    files = list((ROOT / "examples/inventory").rglob("*_vars/*.yml"))
    assert files
    for file in files:
        variables = {name for name in yaml.safe_load(file.read_text()) if not name.startswith("ansible_")}
        assert variables <= options, file.name
