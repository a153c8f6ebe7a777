# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWX does with the kit in extensions/awx, as far as it can be done without AWX."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import ansible_runner
import yaml
from jinja2 import sandbox
from system_support import ROOT, Json, leaks

Answer = str | list[str]
KIT = ROOT / "extensions" / "awx"


def credential_types() -> dict[str, Json]:
    """The credential types by provider."""
    types: dict[str, Json] = yaml.safe_load((KIT / "credential_types.yml").read_text())
    return types


def job_templates() -> list[Json]:
    """The job templates, in the order of the file."""
    templates: list[Json] = yaml.safe_load((KIT / "job_templates.yml").read_text())
    return templates


def workflows() -> list[Json]:
    """The workflows."""
    found: list[Json] = yaml.safe_load((KIT / "workflows.yml").read_text())
    return found


def inject(credential_type: Mapping[str, Any], inputs: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the variables that AWX sets for a job with that credential; the file, if any, is written to *folder*.

    As AWX's CredentialType.inject_credential does it: empty inputs are not defined at all, and what is not defined
    becomes nothing.
    """
    injectors = credential_type["injectors"]
    filled = {name: value for name, value in inputs.items() if value}
    environment = sandbox.ImmutableSandboxedEnvironment()
    tower = SimpleNamespace()
    if "file" in injectors:
        tower.filename = str(folder / "injected")
        Path(tower.filename).write_text(environment.from_string(injectors["file"]["template"]).render(**filled))
    return {
        name: environment.from_string(template).render(tower=tower, **filled)
        for name, template in injectors["env"].items()
    }


def answers(template: Mapping[str, Any], given: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the survey's variables: what is given, else the default. AWX's page leaves out what has neither."""
    known = {question["variable"]: question.get("default") for question in template["survey"]}
    assert set(given) <= set(known)
    return {name: given.get(name, default) for name, default in known.items() if name in given or default is not None}


def image_environment() -> dict[str, str]:
    """The variables that the execution environment's image sets for all jobs."""
    definition = yaml.safe_load((KIT / "execution-environment.yml").read_text())
    lines = definition["additional_build_steps"]["append_final"]
    return dict(line.removeprefix("ENV ").split("=", 1) for line in lines if line.startswith("ENV "))


# An office that has something at each provider, in addition to the examples, of which it claims nothing.
EVERYWHERE: Json = {
    "office_sonetel": {"voiceapps": [{"name": "Everywhere", "type": "menu"}]},
    "office_ringcentral": {
        "forwarding_numbers": [{"extension": "103", "type": "Mobile", "phone_number": "+12025550171"}]
    },
    "office_smspartner": {"callforwards": [{"number": "+33261910003", "destination": "+33353010001"}]},
    "office_fonedynamics": {"numbers": [{"number": "+61255500102", "friendly_name": "Desk"}]},
    "office_policy": {},
}


def exported_inventory(collections_path: Path) -> str:
    """The example offices, and EVERYWHERE, as AWX keeps them after it has read an inventory source."""
    program = Path(sys.executable).with_name("ansible-inventory")
    done = subprocess.run(
        [program, "-i", ROOT / "examples/inventory", "--list", "--export"],
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(collections_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    inventory: Json = json.loads(done.stdout)
    inventory["offices"]["hosts"].append("everywhere")
    offices = inventory["_meta"]["hostvars"]
    offices["everywhere"] = EVERYWHERE
    # Its file lies in the repository, and not beside the inventory.
    prompts = offices["stockholm"]["office_sonetel"]["prompts"]
    offices["everywhere"]["office_sonetel"]["prompts"] = [{**prompt, "voiceapp": "Everywhere"} for prompt in prompts]
    return json.dumps(inventory)


def _unsafe(answer: Answer) -> str:
    if isinstance(answer, list):
        return f"[{', '.join(map(_unsafe, answer))}]"
    return f"!unsafe {json.dumps(answer)}"


class Job(NamedTuple):
    """What became of a job. *text*: all that it printed and reported; it is known to show no secret.

    *artifacts*: what it hands to the jobs after it in a workflow.
    """

    status: str
    text: str
    artifacts: Json


class Awx:
    """Starts jobs from templates with ansible-runner, from a folder that is removed after each job.

    The inventory is a script in that folder, as it is with AWX: nothing beside it is there for the next job.
    """

    def __init__(self, collections_path: Path, state: Path, inventory: str, variables: Mapping[str, str]) -> None:
        """state: the folder that outlives a job; variables: what the credentials inject."""
        self.state = state
        self._inventory = inventory
        self._environment = {
            **image_environment(),
            **variables,
            "ANSIBLE_COLLECTIONS_PATH": str(collections_path),
            "ANSIBLE_HOME": str(state / "ansible"),
            "HOME": str(state),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

    def launch(
        self,
        template: Mapping[str, Any],
        job_type: str,
        given: Mapping[str, Answer],
        *,
        number: int = 1,
        artifacts: Mapping[str, Any] | None = None,
    ) -> Job:
        """Run a template's job with the *given* answers to its survey. Nothing that it prints may show a secret.

        *number*: the job's; *artifacts*: what the jobs before it in a workflow have handed on.
        """
        folder = Path(tempfile.mkdtemp(prefix="awx-", dir=self.state))
        try:
            (folder / "env").mkdir()
            (folder / "inventory").mkdir()
            hosts = folder / "inventory" / "hosts"
            hosts.write_text(f"#!{sys.executable}\nprint({self._inventory!r})\n")
            hosts.chmod(0o700)
            of_awx = {**(artifacts or {}), "awx_job_id": number}
            (folder / "env" / "extravars").write_text(self._extra_variables(template, given, folder, of_awx))
            options = ["--diff", "--forks", "20", *(["--check"] if job_type == "check" else [])]
            project = self._check_out(folder / "project")
            runner = ansible_runner.run(
                private_data_dir=str(folder),
                playbook=project.name,
                envvars=self._environment,
                cmdline=" ".join(options),
                quiet=True,
                timeout=180,
                # Without one it replaces what signals do here, after which nobody can interrupt the tests.
                cancel_callback=lambda: False,
            )
            text = runner.stdout.read() + "".join(map(str, runner.events))
            assert leaks(text) == []
            # What the guide warns of, and what shows that secrets would be found.
            assert leaks((Path(runner.config.artifact_dir) / "command").read_text())
            ends = [event for event in runner.events if event["event"] == "playbook_on_stats"]
            return Job(runner.status, text, ends[-1]["event_data"].get("artifact_data", {}) if ends else {})
        finally:
            shutil.rmtree(folder)

    @staticmethod
    def _check_out(project: Path) -> Path:
        """Put the offices' repository there, and return the playbook that AWX starts."""
        shutil.copytree(ROOT / "examples" / "files", project / "files")
        return Path(shutil.copy(KIT / "telephony.yml", project))

    def _extra_variables(
        self, template: Mapping[str, Any], given: Mapping[str, Answer], folder: Path, of_awx: Mapping[str, Any]
    ) -> str:
        """As AWX writes them: what somebody typed is marked, so that Ansible never evaluates it."""
        places = {
            "telephony_state_directory": str(self.state),
            "telephony_reports_directory": str(self.state / "reports"),
            "telephony_project_directory": str(folder / "project"),
        }
        fixed = {**template.get("extra_vars", {}), **places, **of_awx, "telephony_job": template["playbook"]}
        typed = answers(template, given)
        lines = [f"{name}: {_unsafe(answer)}\n" for name, answer in typed.items()]
        return yaml.safe_dump({name: value for name, value in fixed.items() if name not in typed}) + "".join(lines)
