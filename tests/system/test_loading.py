# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office loads the packages of the providers that it uses, whatever job it does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from system_support import ROOT

from simulator.harness import Simulator

_OTHERS = ("_ringcentral.", "_smspartner.", "_fonedynamics.")
# For a process that has loaded nothing yet. An office with Sonetel alone does its jobs; each shows what is loaded then.
_JOBS = """
import json, sys
from pathlib import Path
from simulator.harness import Simulator
from system_examples import ExampleJobs

folder = Path(sys.argv[2])
jobs = ExampleJobs("stockholm", Simulator.attach(sys.argv[1]), folder)
for name in ("ringcentral", "smspartner", "fonedynamics"):
    del jobs.options[f"{name}_connection"]
# So that onboarding leaves a record.
jobs.simulator.reset()
jobs.options["state_directory"] = str(folder / "state")
for job, module, options in (
    ("onboard", "office", {}),
    ("undo", "office_undo", {"max_deletions": 9}),
    ("onboard", "office", {}),
    ("validate", "office", {"validate_only": True}),
    ("reroute", "office_reroute", {"to": "070-174 06 06"}),
    ("reroute_status", "office_reroute_info", {}),
    ("restore", "office_reroute", {"state": "restored"}),
    ("verify", "office_calls", {"verify": True}),
    ("leaver", "office_leaver", {"person": {"phones": ["070-174 06 05"]}}),
    ("export", "office_variables", {"directory": str(folder)}),
    ("doctor", "office_doctor", {"providers": ["sonetel"]}),
):
    result = jobs.run(module, **options)
    loaded = [name.split(".module_utils.")[-1] for name in sys.modules if ".module_utils._" in name]
    print(json.dumps([job, result.get("msg") if result.get("failed") else None, loaded]))
"""


def test_an_office_at_one_provider_loads_no_other(simulator: Simulator, collections_path: Path, tmp_path: Path) -> None:
    paths = [collections_path, ROOT, ROOT / "tests/system"]
    done = subprocess.run(
        [sys.executable, "-c", _JOBS, simulator.url, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == _JOBS.count(', "office')
    assert [(job, failure) for job, failure, _loaded in lines if failure] == []
    for job, _failure, loaded in lines:
        assert "_sonetel.package" in loaded, job
        others = {name.partition(".")[2] for name in loaded if name.startswith(_OTHERS)}
        assert others == {"account", "options"}, job
