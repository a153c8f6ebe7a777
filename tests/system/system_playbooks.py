# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks of the offices' jobs, run by their full names as people run them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml
from system_support import Json, leaks

from simulator.harness import Simulator

FORKS = 20
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

    def write(self, offices: Json) -> None:
        """Make *offices*, `{name: host variables}`, the inventory."""
        common = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        inventory = {"all": {"hosts": offices, "vars": common}}
        (self.folder / "hosts.yml").write_text(yaml.safe_dump(inventory))

    def start(self, name: str, *arguments: str, inventory: str = "") -> subprocess.Popen[str]:
        """Start a playbook in a process group of its own."""
        environment = {
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": str(self.collections_path),
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_NOCOLOR": "1",
            "HOME": str(self.folder),
            **self.simulator.environment,
        }
        program = str(Path(sys.executable).with_name("ansible-playbook"))
        (self.folder / "elsewhere").mkdir(exist_ok=True)
        return subprocess.Popen(
            [program, "-i", inventory or str(self.folder / "hosts.yml"), name, "--forks", str(FORKS), *arguments],
            cwd=self.folder / "elsewhere",
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, name: str, *arguments: str, inventory: str = "") -> Run:
        """Run one of the collection's playbooks, or a file, to its end."""
        program = name if name.endswith(".yml") else f"office.telephony.{name}"
        process = self.start(program, *arguments, inventory=inventory)
        text, _nothing = process.communicate(timeout=300)
        assert leaks(text) == []
        assert "DEPRECATION" not in text
        return Run(text, process.returncode)
