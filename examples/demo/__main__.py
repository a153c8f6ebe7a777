# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All jobs of the collection on the simulator: onboard, export, re-route, restore, and somebody leaves.

`make demo` calls this. It needs Python 3.11 or newer and a package index; all else it installs below .cache/. It works
on a copy of the example offices, so that no file of the examples changes.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/tools")]

import environments  # noqa: E402  (in tests/tools)
import project  # noqa: E402

from simulator.harness import Simulator  # noqa: E402

PLACE = project.CACHE / "demo-offices"
INVENTORY = PLACE / "inventory"
# RingCentral sets each app's limits, by default 50 light requests a minute. A day of jobs within a minute would wait.
_LIMIT = {"requests": 500, "window": 60, "penalty": 60}
_CLOSING = """
All of that took {seconds:.0f} seconds; the simulated RingCentral allowed ten times the usual requests a minute, so that
no job had to wait. The offices are the files in examples/inventory, and the jobs are in examples/demo/jobs.yml. With
the credentials of real accounts in the environment (SONETEL_USERNAME and so on) and their numbers in the files, the
same playbooks work for real; begin with --check --diff."""


def main() -> int:
    project.require_python()
    begun = time.monotonic()
    project.keep_bytecode()
    try:
        python = environments.ensure_venv("demo", ["demo.txt"])
        if Path(sys.prefix).resolve() != python.parent.parent.resolve():
            # What follows reads YAML, so it goes on inside the environment.
            os.execv(python, [str(python), str(HERE), *sys.argv[1:]])
        collections = environments.build_and_install_collection(python, project.CACHE / "demo")
    except project.ToolError as error:
        print(error, file=sys.stderr)
        return 1
    home = project.CACHE / "homes" / "demo"
    for folder in (PLACE, home):
        shutil.rmtree(folder, ignore_errors=True)  # the simulator begins anew, so nothing may be remembered
    home.mkdir(parents=True)
    for name in ("inventory", "files"):
        shutil.copytree(ROOT / "examples" / name, PLACE / name)
    with Simulator() as simulator:
        simulator.set_limits({"ringcentral": {"light": _LIMIT, "medium": _LIMIT}})
        if problem := _show(simulator, _environment(simulator, collections, home)):
            print(f"\n{problem}", file=sys.stderr)
            return 1
    print(_CLOSING.format(seconds=time.monotonic() - begun))
    return 0


def _show(simulator: Simulator, environment: dict[str, str]) -> str:
    """Play everything; return what was not as it should be."""
    import player  # reads YAML

    foresee = [player.Job("Foresee: what would change?", "office.telephony.onboard")]
    end = [player.Job("At the end: is anything left?", "office.telephony.onboard")]
    play = player.Player(simulator, environment, INVENTORY)
    try:
        play.run(foresee, "office.telephony.onboard", "--check")
        play.run(player.jobs(HERE / "jobs.yml"), os.path.relpath(HERE / "jobs.yml"))
        edited = _let_the_successor_in(INVENTORY / "host_vars" / "stockholm.yml")
        print(f"  In the office's own file, the successor takes {edited} places as well; that is edited, as it says.")
        play.run(end, "office.telephony.onboard", "--check")
    except player.Failed as failure:
        return str(failure)
    return play.close()


def _let_the_successor_in(file: Path) -> int:
    """Edit the office's file as the job has told; the leaver's own call settings stay until they are deleted."""
    leaver, successor = "anna.lindqvist@example.org", "erik.ohman@example.org"
    entry = re.compile(rf"^( +user:) {re.escape(leaver)}$", re.MULTILINE)
    text, edited = entry.subn(rf"\1 {successor}", file.read_text())
    file.write_text(text)
    return edited


def _environment(simulator: Simulator, collections: Path, home: Path) -> dict[str, str]:
    """Return the environment of the playbook runs: the same variables as for a real account, with other values."""
    ours = ("ANSIBLE_", "SONETEL_", "SMSPARTNER_", "FONEDYNAMICS_", "RC_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return inherited | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
        "ANSIBLE_STDOUT_CALLBACK": "events",
        "ANSIBLE_DIFF_ALWAYS": "true",
        "ANSIBLE_PIPELINING": "true",
        **simulator.environment,
    }


if __name__ == "__main__":
    sys.exit(main())
