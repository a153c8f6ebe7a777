# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A folder to rehearse in: the example offices, and a simulator in the background that a shell logs in to."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from simulator.harness import Simulator, SimulatorError

_ROOT = Path(__file__).resolve().parents[1]
_EXAMPLES = _ROOT / "examples"
# RingCentral sets each app's limits, by default 50 light and 10 heavy requests a minute. A rehearsal would wait.
_LIMIT = {"requests": 5000, "window": 60, "penalty": 60}
LIMITS = {"ringcentral": {"light": _LIMIT, "medium": _LIMIT, "heavy": _LIMIT}}


def rehearse(folder: Path) -> None:
    """Print the commands that connect a shell to the folder's simulator, and what they do on standard error.

    The folder gets the example offices unless it has an inventory, and a simulator unless one is running for it.
    """
    copied = _copy_examples(folder)
    simulator = _running(folder) or _start(folder)
    print("\n".join(_shell(simulator, folder)))
    offices = "the example offices were copied to it" if copied else "its offices were left as they are"
    print(
        f"Folder:     {folder} ({offices})\n"
        f"Simulator:  {simulator.url}, with invented accounts at all four providers; kill {simulator.pid} stops it\n"
        "This shell: is in the folder now, and its variables log in to the invented accounts, not to real ones",
        file=sys.stderr,
    )


def _copy_examples(folder: Path) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "inventory").exists():
        return False
    for name in ("inventory", "files"):
        shutil.copytree(_EXAMPLES / name, folder / name, dirs_exist_ok=True)
    if not (folder / "ansible.cfg").exists():
        shutil.copy(_EXAMPLES / "ansible.cfg", folder)
    return True


def _running(folder: Path) -> Simulator | None:
    try:
        noted = json.loads((folder / ".simulator/running.json").read_text())
        simulator = Simulator.attach(noted["url"])
        simulator.limits()
    except (FileNotFoundError, SimulatorError):
        return None
    simulator.pid = noted["pid"]
    return simulator


def _start(folder: Path) -> Simulator:
    place = folder / ".simulator"
    place.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "simulator", "--port", "0", "--state", str(place / "state.json")]
    with (place / "log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            # A Ctrl+C in the shell is meant for another program.
            start_new_session=True,
        )
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise SimulatorError((place / "log").read_text().strip())
    (place / "running.json").write_text(line)
    ready = json.loads(line)
    simulator = Simulator.attach(ready["url"])
    simulator.pid = ready["pid"]
    simulator.set_limits(LIMITS)
    return simulator


def _shell(simulator: Simulator, folder: Path) -> Iterator[str]:
    variables = {
        **simulator.environment,
        # Ansible would write to the home directory, which may be read-only.
        "ANSIBLE_HOME": str(folder / ".ansible"),
        "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
    }
    if _ROOT.parts[-3:] == ("ansible_collections", "office", "telephony"):
        variables["ANSIBLE_COLLECTIONS_PATH"] = str(_ROOT.parents[2])
    for name, value in variables.items():
        yield f"export {name}={shlex.quote(value)}"
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        yield f"export PATH={shlex.quote(programs)}:$PATH"
    yield f"cd {shlex.quote(str(folder))}"
