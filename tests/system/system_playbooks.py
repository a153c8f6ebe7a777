# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks as people run them: the collection's by their full names, and plays of one's own.

A run costs more than a second, a further host or task a tenth of one: cases share a run as its hosts where they can.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from system_support import ROOT, Json, leaks

from simulator.harness import Simulator

FORKS = 20
# Has `kept`: to write a file takes Ansible two modules with a process each.
FILTERS = ROOT / "tests" / "meta" / "filter"
# A task that keeps what the one before it has registered as `outcome`, for `Playbooks.results`.
_FILE = "results ~ '/' ~ inventory_hostname ~ '.json'"
KEEP: Json = {
    "name": "Keep the outcome",
    "ansible.builtin.set_fact": {"kept": f"{{{{ outcome | to_json | kept({_FILE}) }}}}"},
}
_RESULT = re.compile(r"^\w+: \[([^\]\n]+)\][^\n]*? => (\{\n.*?^\})", re.MULTILINE | re.DOTALL)


class Run(NamedTuple):
    """What a run of a playbook printed, and its exit code."""

    text: str
    code: int

    def messages(self) -> dict[str, list[str]]:
        """The lines that a role's summary shows, by office."""
        return self._shown("Summary")

    def table(self) -> list[str]:
        """The lines about all offices together."""
        return next(iter(self._shown("All offices").values()), [])

    def _shown(self, task: str) -> dict[str, list[str]]:
        found = {}
        for part in self.text.split("\nTASK [")[1:]:
            title, _bracket, rest = part.partition("]")
            if title.rpartition(" : ")[2] == task:
                for host, result in _RESULT.findall(rest):
                    found[host] = next(value for value in json.loads(result).values() if isinstance(value, list))
        return found


@dataclass
class Playbooks:
    """Runs playbooks on an inventory in *folder*, from a working directory that is another one."""

    simulator: Simulator
    folder: Path
    collections_path: Path

    def __post_init__(self) -> None:
        self.simulator.limit_by_the_second()

    def write(self, offices: Json) -> None:
        """Make *offices*, `{name: host variables}`, the inventory."""
        common = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        inventory = {"all": {"hosts": offices, "vars": common}}
        (self.folder / "hosts.yml").write_text(yaml.safe_dump(inventory))

    def offices(self, **files: str) -> None:
        """Make hosts the inventory whose variables are in files, `{name: text}`."""
        self.write(dict.fromkeys(files))
        folder = self.folder / "host_vars"
        folder.mkdir(exist_ok=True)
        for host, text in files.items():
            (folder / f"{host}.yml").write_text(text)

    def start(self, name: str, *arguments: str, inventory: str = "") -> subprocess.Popen[str]:
        """Start a playbook, or several with blanks between them, in a process group of its own."""
        environment = {
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": str(self.collections_path),
            "ANSIBLE_FILTER_PLUGINS": str(FILTERS),
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_NOCOLOR": "1",
            "HOME": str(self.folder),
            **self.simulator.environment,
        }
        program = str(Path(sys.executable).with_name("ansible-playbook"))
        (self.folder / "elsewhere").mkdir(exist_ok=True)
        return subprocess.Popen(
            [
                program,
                "-i",
                inventory or str(self.folder / "hosts.yml"),
                *name.split(),
                "--forks",
                str(FORKS),
                *arguments,
            ],
            cwd=self.folder / "elsewhere",
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, name: str, *arguments: str, inventory: str = "") -> Run:
        """Run one of the collection's playbooks, several with blanks between them, or a file, to its end."""
        programs = [each if each.endswith(".yml") else f"office.telephony.{each}" for each in name.split()]
        process = self.start(" ".join(programs), *arguments, inventory=inventory)
        text, _nothing = process.communicate(timeout=300)
        assert leaks(text) == []
        assert "DEPRECATION" not in text
        return Run(text, process.returncode)

    def play(self, *plays: Json, arguments: Sequence[str] = ()) -> Run:
        """Run plays of one's own, on all hosts where they name none."""
        file = self.folder / "plays.yml"
        common = {"name": "My play", "hosts": "all", "gather_facts": False}
        file.write_text(yaml.safe_dump([{**common, **play} for play in plays]))
        (self.folder / "results").mkdir(exist_ok=True)
        return self.run(str(file), "-e", f"results={self.folder}/results", *arguments)

    def chain(self, *jobs: str) -> str:
        """A playbook that runs those of some jobs one after the other; a failure ends it."""
        file = self.folder / f"{'-'.join(jobs)}.yml"
        file.write_text(yaml.safe_dump([{"import_playbook": f"office.telephony.{job}"} for job in jobs]))
        return str(file)

    def results(self) -> dict[str, Any]:
        """What KEEP has kept, by host."""
        return {file.stem: json.loads(file.read_text()) for file in (self.folder / "results").iterdir()}
