# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many offices in one run of the onboard playbook, all of them converged, with RingCentral's own limits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import office
import yaml
from bench import LATENCY_SECONDS, BenchError

from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral

FORKS = 20
NUMBERS_EACH = 5
_SAMPLE_SECONDS = 0.1
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Run:
    """What one run took. Peaks in bytes: of the playbook's process, and of what one of its forks does not share."""

    offices: int
    seconds: float
    requests: int
    logins: Counter[str]
    refused: int
    playbook_peak: int
    fork_peak: int


def measure(folder: Path, collections: Path, home: Path, simulator: Simulator, count: int) -> Run:
    """Run the playbook on *count* offices. Raises `BenchError` unless all is found right, and nothing is written."""
    inventory = folder / f"offices-{count}.yml"
    prepare(inventory, simulator, count)
    shutil.rmtree(home / ".cache", ignore_errors=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "SONETEL_", "RC_"))},
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        **office.credentials(simulator),
    }
    program = str(Path(sys.executable).parent / "ansible-playbook")
    command = [program, "-i", str(inventory), "office.telephony.onboard", "--forks", str(FORKS)]
    peaks: Counter[str] = Counter()
    started = time.monotonic()
    log = folder / "offices.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output) as process,
    ):
        while process.poll() is None:
            _sample(process.pid, peaks)
            time.sleep(_SAMPLE_SECONDS)
    seconds = time.monotonic() - started
    requests = simulator.requests()
    writes = [entry for entry in requests if entry["method"] != "GET" and not entry["path"].endswith("/token")]
    if process.returncode or writes:
        raise BenchError(f"{count} offices: {len(writes)} writes:\n{log.read_text(errors='replace')[-2000:]}")
    return Run(
        offices=count,
        seconds=seconds,
        requests=len(requests),
        logins=Counter(entry["provider"] for entry in requests if entry["path"].endswith("/token")),
        refused=sum(entry["status"] == 429 for entry in requests),
        playbook_peak=peaks["playbook"],
        fork_peak=peaks["fork"],
    )


def table(runs: list[Run]) -> str:
    """The runs, a line each."""
    lines = [
        "",
        f"The onboard playbook on converged offices, {FORKS} forks; each has {NUMBERS_EACH} numbers at Sonetel and one",
        "at RingCentral, whose limits are its own. Peak MB: the playbook's process / what a fork has of its own.",
        "  offices  seconds  s an office  requests  an office  logins (Sonetel, RingCentral)  429  peak MB",
    ]
    for run in runs:
        peaks = " / ".join(f"{peak / _MEGABYTE:.0f}" for peak in (run.playbook_peak, run.fork_peak))
        logins = f"{run.logins['sonetel']}, {run.logins['ringcentral']}"
        lines.append(
            f"  {run.offices:>7}  {run.seconds:>7.1f}  {run.seconds / run.offices:>11.2f}  {run.requests:>8}"
            f"  {run.requests / run.offices:>9.1f}  {logins:>29}  {run.refused:>3}  {peaks}"
        )
    return "\n".join(lines)


def document(runs: list[Run]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [{**vars(run), "logins": dict(run.logins)} for run in runs]


def prepare(inventory: Path, simulator: Simulator, count: int) -> None:
    """Put converged accounts into the simulator, and the offices into an inventory."""
    simulator.reset()
    state = office.state(count * NUMBERS_EACH, drifted=False)
    line = simulator.state()["ringcentral"]
    desired = [
        {"number": number, "destination": {"phone": phone}}
        for number, phone in office.desired(count * NUMBERS_EACH).items()
    ]
    hosts = {}
    for position in range(count):
        extension, phone = str(1000 + position), f"+1650200{1000 + position}"
        mobile = ringcentral.forwarding_number(f"52000{extension}", phone, "Mobile", "Mobile")
        line["extensions"][f"41000{extension}"] = ringcentral.extension(
            extension, f"Person {extension}", forwarding_numbers=[mobile]
        )
        own = desired[position * NUMBERS_EACH : (position + 1) * NUMBERS_EACH]
        item = {"extension": extension, "type": "Mobile", "phone_number": phone}
        hosts[f"office-{extension}"] = {
            "office_sonetel": {"forwardings": own},
            "office_ringcentral": {"forwarding_numbers": [item]},
        }
    simulator.put_state({**state, "ringcentral": line})
    delay = {"kind": "delay", "seconds": LATENCY_SECONDS, "times": None}
    simulator.add_faults([{"provider": provider, **delay} for provider in ("sonetel", "ringcentral")])
    common = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    inventory.write_text(yaml.safe_dump({"all": {"hosts": hosts, "vars": common}}))


def _sample(playbook: int, peaks: Counter[str]) -> None:
    """Note the memory of the playbook's process, and what its forks have for themselves."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        fields = _fields(status)
        parents[int(status.parent.name)] = int(fields.get("PPid", "0"))
        if status.parent.name == str(playbook):
            peaks["playbook"] = max(peaks["playbook"], _bytes(fields, "VmRSS"))
    for process in parents:
        if playbook in _ancestors(process, parents):
            own = _bytes(_fields(Path(f"/proc/{process}/smaps_rollup")), "Private_Clean", "Private_Dirty")
            peaks["fork"] = max(peaks["fork"], own)


def _fields(file: Path) -> dict[str, str]:
    """The fields of a file that the kernel keeps of a process; none if it has ended meanwhile."""
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}


def _bytes(fields: dict[str, str], *names: str) -> int:
    return sum(int(fields.get(name, "0 kB").split()[0]) * 1024 for name in names)


def _ancestors(process: int, parents: dict[int, int]) -> set[int]:
    found: set[int] = set()
    while (process := parents.get(process, 0)) and process not in found:
        found.add(process)
    return found
