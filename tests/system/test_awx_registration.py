# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Registering the kit with AWX: once, again, and for a second organization."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_awx import KIT, credential_types, job_templates, workflows
from system_support import Json, leaks

from simulator.smspartner import seed as smspartner

TYPES = credential_types()
TEMPLATES = {template["name"]: template for template in job_templates()}
(APPROVAL,) = workflows()
# Not imported: once Ansible's plugins are, modules of other tests behave as beside them.
STAND_IN = Path(__file__).with_name("stand_in_for_awx.py")
# What the playbook registers, and the options that name something of that.
THINGS = set(re.findall(r"awx\.awx\.(\w+):", (KIT / "register.yml").read_text()))
NAMING = {*THINGS, "source_project", "unified_job_template"}
GIVEN: dict[str, Any] = {
    "kit_providers": ["sonetel", "smspartner"],
    "kit_network": True,
    "kit_image": "registry.example.org/office-telephony:1",
    "kit_offices_url": "https://git.example.org/offices.git",
    "kit_state_directory": "/var/lib/office-telephony",
    "kit_credential_inputs": {"smspartner": {"api_key": smspartner.API_KEY}},
}


class Registry:
    """AWX as far as the registering playbook knows it, which stand-ins keep in a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "things.json"
        for kind, names in (("action", THINGS), ("lookup", ["controller_api"])):
            plugins = folder / "ansible_collections/awx/awx/plugins" / kind
            plugins.mkdir(parents=True)
            for name in names:
                shutil.copy(STAND_IN, plugins / f"{name}.py")

    def register(self, **given: Any) -> str:
        """Register what GIVEN and *given* say; return what Ansible printed."""
        variables = json.dumps({**GIVEN, **given})
        environment = {"STAND_IN_FOR_AWX": str(self._file)}
        said = run_ansible(self._folder, "localhost,", str(KIT / "register.yml"), "-e", variables, **environment)
        assert "failed=0" in said, said[-3000:]
        assert leaks(said) == []
        return said

    def things(self, thing: str = "", **values: Any) -> list[Json]:
        """What there is of a kind, or of all, with these values, in the order in which it was made."""
        every: list[Json] = json.loads(self._file.read_text())
        of_kind = [item for item in every if thing in ("", item["thing"])]
        return [item for item in of_kind if all(item.get(name) == value for name, value in values.items())]

    def change(self, change: Callable[[list[Json]], None]) -> None:
        """Let somebody change something in AWX."""
        things = self.things()
        change(things)
        self._file.write_text(json.dumps(things))


def run_ansible(folder: Path, inventory: str, playbook: str, *arguments: str, **environment: str) -> str:
    """Run a playbook with the collections in *folder*; returns what it printed."""
    own = {"ANSIBLE_COLLECTIONS_PATH": str(folder), "ANSIBLE_HOME": str(folder / "home")}
    environment = {**os.environ, **own, **environment}
    program = Path(sys.executable).with_name("ansible-playbook")
    command = [str(program), "-i", inventory, playbook, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """What AWX holds after the first registration."""
    registry = Registry(tmp_path_factory.mktemp("awx"))
    registry.register()
    return registry


def test_all_is_registered_as_the_files_say(registry: Registry) -> None:
    assert {item["thing"] for item in registry.things()} == THINGS
    types = {item["name"]: item for item in registry.things("credential_type")}
    assert len(types) == len(TYPES)
    for expected in TYPES.values():
        registered = types[expected["name"]]
        assert (registered["inputs"], registered["injectors"]) == (expected["inputs"], expected["injectors"])

    credentials = registry.things("credential")
    assert [item["name"] for item in credentials] == [
        TYPES[name]["name"] for name in ("sonetel", "smspartner", "network")
    ]
    inputs = [item.get("inputs") for item in credentials]
    assert inputs == [None, GIVEN["kit_credential_inputs"]["smspartner"], None]

    jobs = registry.things("job_template")
    for item, template in zip(jobs, TEMPLATES.values(), strict=True):
        assert item["name"] == template["name"]
        assert item["playbook"] == "telephony.yml"
        assert item["credentials"] == [credential["id"] for credential in credentials]
        assert item["survey_spec"]["spec"] == template["survey"]
        assert item["extra_vars"] == template.get("extra_vars", {}) | {
            "telephony_job": template["playbook"],
            "telephony_state_directory": GIVEN["kit_state_directory"],
            "telephony_reports_directory": f"{GIVEN['kit_state_directory']}/reports",
            "telephony_project_directory": "/runner/project",
        }

    numbers = {item["name"]: item["id"] for item in jobs}
    schedules = {item["name"]: item for item in registry.things("schedule")}
    assert set(schedules) == {"Restore what has expired", "Verify offices"}
    for name, schedule in schedules.items():
        assert schedule["unified_job_template"] == numbers[name]
        assert schedule["enabled"] is False
    assert "FREQ=MINUTELY;INTERVAL=5" in schedules["Restore what has expired"]["rrule"]
    assert "FREQ=DAILY" in schedules["Verify offices"]["rrule"]
    (workflow,) = registry.things("workflow_job_template")
    assert workflow["survey_spec"]["spec"] == APPROVAL["survey"]
    for node, step in zip(workflow["workflow_nodes"], APPROVAL["nodes"], strict=True):
        name = step["unified_job_template"]["name"]
        assert node == {**step, "unified_job_template": numbers.get(name, name)}


def test_a_second_organization_leaves_the_first_alone(registry: Registry) -> None:
    before = registry.things()
    registry.register(kit_organization="Lab", kit_image="registry.example.org/other:2", kit_verify_nightly=True)
    assert registry.things()[: len(before)] == before
    made = {item["id"]: item for item in registry.things()[len(before) :]}
    # All that it refers to is its own, but for what all organizations share.
    shared = {item["id"] for item in registry.things("credential_type")}
    for item in made.values():
        named = {item[option] for option in NAMING if option in item and option != item["thing"]}
        named |= {*item["credentials"], *(node["unified_job_template"] for node in item.get("workflow_nodes", []))}
        assert {number for number in named if isinstance(number, int)} <= {*made, *shared}, item["name"]
    for thing in THINGS - {"credential_type"}:
        assert len(registry.things(thing, organization="Lab")) == sum(item["thing"] == thing for item in before)
    switched = {item["name"]: item["enabled"] for item in registry.things("schedule", organization="Lab")}
    assert switched == {"Restore what has expired": False, "Verify offices": True}


def test_what_people_have_added_or_switched_stays(registry: Registry) -> None:
    own = {"thing": "credential", "name": "Own", "organization": "Default", "credentials": []}

    def by_hand(things: list[Json]) -> None:
        types = [item for item in things if item["thing"] == "credential_type"]
        (sonetel_type,) = (item["id"] for item in types if item["name"] == TYPES["sonetel"]["name"])
        start = len(things) + 1
        things += [
            {**own, "id": start, "credential_type": -1},
            {**own, "id": start + 1, "credential_type": sonetel_type},
        ]
        templates = [item for item in things if item["thing"] == "job_template" and item["organization"] == "Default"]
        first, second, *_rest = templates
        first["credentials"].append(start)
        # Another account of Sonetel in place of the kit's.
        second["credentials"] = [*second["credentials"][1:], start + 1]
        for item in things:
            if item["thing"] == "schedule" and item["organization"] == "Default":
                item |= {"enabled": True, "rrule": "DTSTART:20260101T040000Z RRULE:FREQ=WEEKLY;INTERVAL=1"}

    registry.change(by_hand)
    before = registry.things()
    said = registry.register()
    assert "changed=0" in said
    assert registry.things() == before
    registry.register(kit_restore_expired=False, kit_more_credentials=[str(len(before) - 1)])
    assert [item["enabled"] for item in registry.things("schedule", organization="Default")] == [True, False]
    more = {len(before) - 1}
    assert all(more <= {*item["credentials"]} for item in registry.things("job_template", organization="Default"))


def test_nothing_is_registered_while_something_is_missing(tmp_path: Path) -> None:
    """What is given is checked before anything else, here for one host for each variable, which lacks it."""
    (play,) = yaml.safe_load((KIT / "register.yml").read_text())
    check, *rest = play["tasks"]
    assert "ansible.builtin.assert" in check
    assert rest
    required = ("kit_providers", "kit_image", "kit_offices_url", "kit_state_directory")
    hosts = {
        missing: {name: value for name, value in GIVEN.items() if name != missing} for missing in (*required, "nothing")
    }
    # A host's variable counts more than a group's, but less than a play's.
    common = {name: play["vars"].pop(name) for name in GIVEN if name in play["vars"]}
    inventory, playbook = tmp_path / "hosts.yml", tmp_path / "check.yml"
    inventory.write_text(yaml.safe_dump({"all": {"hosts": hosts, "vars": {**common, "ansible_connection": "local"}}}))
    playbook.write_text(yaml.safe_dump([{**play, "hosts": "all", "tasks": [check]}]))
    for name in ("credential_types.yml", "job_templates.yml", "workflows.yml"):
        shutil.copy(KIT / name, tmp_path)
    said = run_ansible(tmp_path, str(inventory), str(playbook))
    assert {host: found == "1" for host, found in re.findall(r"^(\w+) .*failed=(\d)", said, re.MULTILINE)} == {
        **dict.fromkeys(required, True),
        "nothing": False,
    }
