# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Adding a provider adds files and changes one line: a pretended fifth one does all jobs of an office."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

FILES = Path(__file__).parent / "fifth_provider"
LIST = "plugins/module_utils/_office/providers.py"
NUMBER, OTHER, FALLBACK = "+46846500412", "+46701740605", "+46701740606"


def with_fifth(lines: list[str]) -> list[str]:
    """Return the list of providers with one more: its import, and its name in the one line that holds them all."""
    last = max(place for place, line in enumerate(lines) if line.startswith("from .._"))
    imported = [*lines[: last + 1], "from .._pretend.account import PRETEND", *lines[last + 1 :]]
    return [line.replace("FONEDYNAMICS)", "FONEDYNAMICS, PRETEND)") for line in imported]


class Collection:
    """A copy of the collection with the provider, and an office that has a line there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = folder / "ansible_collections/office/telephony"
        for name in ("plugins", "meta", "roles", "playbooks"):
            shutil.copytree(ROOT / name, self._root / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "galaxy.yml", self._root)
        shutil.copytree(FILES / "plugins", self._root / "plugins", dirs_exist_ok=True)
        path = self._root / LIST
        before = path.read_text().splitlines()
        after = with_fifth(before)
        assert len(set(before) - set(after)) == 1
        path.write_text("\n".join(after) + "\n")
        self.account = folder / "account.json"
        self.account.write_text(json.dumps({NUMBER: {"number": NUMBER, "calls": OTHER}}))
        common = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        items = [{"number": "08-465 004 12", "calls": "070-174 06 05"}]
        office = {"office_region": "SE", "office_pretend": {"lines": items}}
        (folder / "hosts.yml").write_text(yaml.safe_dump({"all": {"hosts": {"lund": office}, "vars": common}}))

    def calls(self) -> str:
        return str(json.loads(self.account.read_text())[NUMBER]["calls"])

    def set(self, number: str) -> None:
        self.account.write_text(json.dumps({NUMBER: {"number": NUMBER, "calls": number}}))

    def run(self, jobs: Sequence[str], *arguments: str, **variables: object) -> str:
        """Run the playbooks of some jobs one after the other, and return what they print."""
        playbook = self.folder / "jobs.yml"
        playbook.write_text(yaml.safe_dump([{"import_playbook": f"office.telephony.{job}"} for job in jobs]))
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SONETEL", "RC_"))},
            "ANSIBLE_COLLECTIONS_PATH": str(self.folder),
            "ANSIBLE_HOME": str(self.folder / "home"),
            "ANSIBLE_NOCOLOR": "1",
            "PRETEND_FILE": str(self.account),
            "PYTHONPATH": str(self.folder),
        }
        program = str(Path(sys.executable).with_name("ansible-playbook"))
        command = [program, "-i", str(self.folder / "hosts.yml"), str(playbook), *arguments]
        done = subprocess.run(
            [*command, "-e", json.dumps(variables)], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return Collection(tmp_path_factory.mktemp("fifth"))


def test_a_fifth_provider_changes_one_line_and_does_all_jobs(collection: Collection) -> None:
    collection.set("+46701740609")
    assert "would change 1 (Pretend Telecom: 1 line)" in collection.run(["onboard"], "--check", "--diff")
    assert collection.calls() == "+46701740609"
    assert "line +46 8 465 004 12" in collection.run(["onboard", "reroute"], reroute_to=FALLBACK)
    assert collection.calls() == FALLBACK
    said = collection.run(["restore", "onboard", "leaver", "export"], leaver_person={"phones": [OTHER]})
    assert collection.calls() == OTHER
    assert "nothing to change (1 item at Pretend Telecom checked" in said
    assert "Pretend Telecom line +46 8 465 004 12" in said
    exported = yaml.safe_load((collection.folder / "exported/lund.yml").read_text())
    assert exported["office_pretend"] == {"lines": [{"number": NUMBER, "calls": OTHER}]}
