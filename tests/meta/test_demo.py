# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo's playbook is one that users can copy; the demo itself proves the rest each time that it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import generate
import yaml
from conftest import ROOT


def test_its_jobs_are_the_collection_s_playbooks_and_its_callback_is_loaded() -> None:
    book = ROOT / "examples/demo/jobs.yml"
    with generate.collections_path() as path:
        environment = {
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": str(path),
            "ANSIBLE_CALLBACK_PLUGINS": str(ROOT / "examples/demo/callback"),
            "ANSIBLE_STDOUT_CALLBACK": "events",
        }
        program = str(Path(sys.executable).with_name("ansible-playbook"))
        command = [program, "-i", str(ROOT / "examples/inventory"), str(book), "--list-tasks"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Invalid callback" not in done.stderr
    jobs = [entry["import_playbook"] for entry in yaml.safe_load(book.read_text())]
    assert {job.rpartition(".")[2] for job in jobs} <= {file.stem for file in (ROOT / "playbooks").glob("*.yml")}
