# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Offices together, all of them converged: what a few cost beside an empty play, how the index grows with its hosts,
and, with an older commit, what many cost there and here.

Processor time is compared within one run, turn by turn, so that a busy machine is busy for all.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import many
import office
import yaml
from bench import BenchError
from collection import ROOT
from contenders import HERE
from report import Target, aligned

from simulator.harness import Simulator

OFFICES = 6
HOSTS = (50, 200)
_MEASURED = str(HERE / "measured.py")
_PLAYBOOKS = HERE / "playbooks"
EMPTY, MODULE, INDEX = (str(_PLAYBOOKS / f"{name}.yml") for name in ("empty", "offices", "index"))
_ONBOARD = "office.telephony.onboard"
_NO_LIMITS = {"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))}


@dataclass
class Row:
    """One playbook on so many offices. *seconds*, *cpu*: one entry a run."""

    what: str
    offices: int
    playbook: str
    collections: Path
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    requests: int = 0

    @property
    def median_cpu(self) -> float:
        return statistics.median(self.cpu)


class Together:
    """The place where the plays run; *inventories* are written once for each number of offices."""

    def __init__(self, folder: Path, collections: Path, home: Path, simulator: Simulator) -> None:
        self._folder = folder
        self._collections = collections
        self._home = home
        self._simulator = simulator

    def measure(self, runs: int) -> list[Row]:
        """Six offices at one provider beside an empty play, and the index of few and of many hosts beside one."""
        rows = [
            Row(what, count, playbook, self._collections)
            for count, playbooks in (
                (OFFICES, {"empty play": EMPTY, "module office": MODULE}),
                *((count, {"empty play": EMPTY, "office_index": INDEX}) for count in HOSTS),
            )
            for what, playbook in playbooks.items()
        ]
        for count in (OFFICES, *HOSTS):
            self._write(count)
        for _turn in range(runs + 1):
            for row in rows:
                self._run(row, self._inventory(row.offices))
        return _without_first(rows)

    def beside(self, base: str, count: int, runs: int) -> list[Row]:
        """The onboard playbook of the commit *base*, that of this tree, and a play with the module `office`."""
        rows = [
            Row(f"onboard of {base}", count, _ONBOARD, _unpacked(base, self._folder / "base")),
            Row("onboard", count, _ONBOARD, self._collections),
            Row("module office", count, MODULE, self._collections),
        ]
        self._write(count)
        for _turn in range(runs):
            for row in rows:
                print(f"  {count} offices: {row.what}", file=sys.stderr, flush=True)
                self._run(row, self._inventory(count))
        return rows

    def _run(self, row: Row, inventory: Path) -> None:
        # At a provider whose limits no client has to keep to: else a run of many offices is mostly waiting.
        simulator = self._simulator
        simulator.reset()
        simulator.put_state(office.state(row.offices * many.NUMBERS_EACH, drifted=False))
        simulator.clear_faults()
        simulator.set_limits(_NO_LIMITS)
        simulator.clear_requests()
        shutil.rmtree(self._home / ".cache", ignore_errors=True)
        notes, log = self._folder / "notes-together", self._folder / "together.log"
        notes.unlink(missing_ok=True)
        program = str(Path(sys.executable).parent / "ansible-playbook")
        command = [sys.executable, program, "-i", str(inventory), row.playbook, "--forks", str(many.FORKS)]
        with log.open("wb") as output:
            done = subprocess.run(
                [sys.executable, "-I", "-S", _MEASURED, str(notes), *command],
                env=self._environ(row.collections),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
            )
        requests = simulator.requests()
        writes = [entry for entry in requests if entry["method"] != "GET" and not entry["path"].endswith("/token")]
        if done.returncode or writes:
            end = log.read_text(errors="replace")[-2000:]
            raise BenchError(f"{row.offices} offices, {row.what}: {len(writes)} writes:\n{end}")
        note = json.loads(notes.read_text())
        row.seconds.append(note["seconds"])
        row.cpu.append(note["cpu_seconds"])
        row.requests = len(requests)

    def _environ(self, collections: Path) -> Mapping[str, str]:
        dropped = ("ANSIBLE_", "PYTHON", "SONETEL_", "RC_")
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(dropped)},
            "HOME": str(self._home),
            "XDG_CACHE_HOME": str(self._home / ".cache"),
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            **office.credentials(self._simulator),
        }

    def _inventory(self, count: int) -> Path:
        return self._folder / f"together-{count}.yml"

    def _write(self, count: int) -> None:
        items = [
            {"number": number, "destination": {"phone": phone}}
            for number, phone in office.desired(count * many.NUMBERS_EACH).items()
        ]
        hosts = {
            f"office-{position}": {
                "office_sonetel": {"forwardings": items[position * many.NUMBERS_EACH :][: many.NUMBERS_EACH]}
            }
            for position in range(count)
        }
        common = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        self._inventory(count).write_text(yaml.safe_dump({"all": {"hosts": hosts, "vars": common}}))


def table(rows: Sequence[Row]) -> str:
    """The rows, a line each."""
    lines = [("", "offices", "seconds", "CPU s", "CPU s an office", "requests")]
    lines += [
        (
            row.what,
            str(row.offices),
            f"{statistics.median(row.seconds):.1f}",
            f"{row.median_cpu:.2f}",
            f"{row.median_cpu / row.offices:.3f}",
            str(row.requests),
        )
        for row in rows
    ]
    return "\n".join(["", "Converged offices together, without latency and limits", *aligned(lines)])


def targets(rows: Sequence[Row]) -> list[Target]:
    """The project's targets for what `Together.measure` has measured."""
    found = {(row.what, row.offices): row for row in rows}
    six = _ratio(found["module office", OFFICES], found["empty play", OFFICES])
    few, many_hosts = (
        statistics.median(
            index - empty
            for index, empty in zip(found["office_index", count].cpu, found["empty play", count].cpu, strict=True)
        )
        / count
        for count in HOSTS
    )
    return [
        Target(f"processor time of {OFFICES} converged offices at one provider / empty play", "times", 2.5, six),
        Target(f"processor time of office_index a host, {HOSTS[1]} hosts / {HOSTS[0]}", "times", 1.3, many_hosts / few),
    ]


def targets_beside(rows: Sequence[Row]) -> list[Target]:
    """What `Together.beside` has measured: a fifth of the older commit's time."""
    base, *ours = rows
    return [Target(f"{row.what} / {base.what}, seconds", "times", 0.2, _ratio(row, base, cpu=False)) for row in ours]


def document(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [{"what": row.what, "offices": row.offices, "seconds": row.seconds, "cpu_seconds": row.cpu} for row in rows]


def _ratio(one: Row, other: Row, *, cpu: bool = True) -> float:
    pairs = zip(one.cpu, other.cpu, strict=True) if cpu else zip(one.seconds, other.seconds, strict=True)
    return statistics.median(mine / theirs for mine, theirs in pairs)


def _without_first(rows: list[Row]) -> list[Row]:
    """Leave out the first turn, in which Python compiles its modules."""
    for row in rows:
        del row.seconds[0], row.cpu[0]
    return rows


def _unpacked(base: str, folder: Path) -> Path:
    """Put the tree of the commit *base* into *folder*; return what ANSIBLE_COLLECTIONS_PATH has to name."""
    packed = subprocess.run(["git", "-C", str(ROOT), "archive", base], capture_output=True, check=False)
    if packed.returncode:
        raise BenchError(f"BASE={base}: {packed.stderr.decode(errors='replace').strip()}")
    place = folder / "ansible_collections" / "office" / "telephony"
    shutil.rmtree(folder, ignore_errors=True)
    place.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(place, filter="data")
    return folder
