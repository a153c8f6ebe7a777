# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Running the contenders against a simulator, and noting seconds, requests and memory."""

from __future__ import annotations

import json
import os
import shlex
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import office
from contenders import ALL, BULK, BULK_DRIFTED, EMPTY, HERE, Contender

from simulator.harness import Simulator

LATENCY_SECONDS = 0.05
_MEASURED = str(HERE / "measured.py")


class BenchError(Exception):
    """A contender did not do what it is measured for; the text says what."""


@dataclass
class Result:
    """What one contender took for *count* numbers. *seconds*, *cpu_seconds*: one entry a run; peaks in bytes.

    *peak* is that of the largest single process, *module_peak* that of the module in a process of its own, if measured.
    """

    contender: Contender
    count: int
    requests: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    peak: int = 0
    module_peak: int | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def median_cpu(self) -> float:
        return statistics.median(self.cpu_seconds)


class Bench:
    """The place where contenders run: a folder for inventories and notes, and a running simulator."""

    def __init__(self, folder: Path, collections: Path, home: Path, simulator: Simulator) -> None:
        """*collections*: what ANSIBLE_COLLECTIONS_PATH shall name. *home*: a HOME that is nobody's."""
        self._folder = folder
        self._simulator = simulator
        self._notes = folder / "notes"
        self._module_notes = folder / "module-notes"
        self._log = folder / "log"
        settings = folder / "ansible.cfg"
        settings.touch()
        dropped = ("ANSIBLE_", "PYTHON", "SONETEL_")
        self._environ = {name: value for name, value in os.environ.items() if not name.startswith(dropped)} | {
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
            "ANSIBLE_CONFIG": str(settings),
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            **office.credentials(simulator),
        }

    def measure(self, sizes: Sequence[int], runs: int) -> list[Result]:
        """Run everybody *runs* times for each size, in turns, and twice more for the memory of the module's process."""
        results = {
            (contender, count): Result(contender, count)
            for count in sizes
            for contender in ALL
            if contender.up_to is None or count <= contender.up_to
        }
        for count in sizes:
            self._prepare(count)
        for contender in (EMPTY, BULK):
            self.run(Result(contender, sizes[0]))  # the first run of all compiles Python's modules
        for turn in range(runs):
            for result in results.values():
                _say(f"run {turn + 1} of {runs}: {result.count} numbers, {_described(result.contender)}")
                self.run(result)
        for contender in (BULK, BULK_DRIFTED):
            for count in sizes:
                _say(f"memory: {count} numbers, {_described(contender)}")
                results[contender, count].module_peak = self._module_peak(contender, count)
        return list(results.values())

    def run(self, result: Result, options: Sequence[str] = ()) -> None:
        """Run a contender once and add what it took. Raises BenchError unless it did all of its work and no more."""
        contender, count = result.contender, result.count
        simulator = self._simulator
        simulator.reset()
        simulator.put_state(office.state(count, drifted=contender.drifted))
        simulator.add_faults([{"provider": "sonetel", "kind": "delay", "seconds": LATENCY_SECONDS, "times": None}])
        self._notes.unlink(missing_ok=True)
        command = [*contender.command(self._inventory(count), self._desired(count)), *options]
        with self._log.open("wb") as log:
            helper = [sys.executable, "-I", "-S", _MEASURED, str(self._notes), *command]
            done = subprocess.run(
                helper, env=self._environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
            )
        if done.returncode:
            end = self._log.read_text(errors="replace")[-2000:]
            raise BenchError(f"{_described(contender)} ended with {done.returncode}:\n{end}")
        requests = Counter(entry["method"] for entry in simulator.requests())
        if requests != contender.requests(count):
            raise BenchError(
                f"{_described(contender)} made {dict(requests)} requests for {count} numbers, "
                f"not {dict(contender.requests(count))}"
            )
        if contender is not EMPTY and (strays := office.strays(simulator.state(), count)):
            raise BenchError(f"{_described(contender)} left {len(strays)} of {count} numbers unlike they shall be")
        (note,) = _read_notes(self._notes)
        result.requests = requests
        result.seconds.append(note["seconds"])
        result.cpu_seconds.append(note["cpu_seconds"])
        result.peak = max(result.peak, int(note["peak_bytes"]))

    def _module_peak(self, contender: Contender, count: int) -> int:
        """The module's peak memory in a process of its own, which it gets because its Python is another one."""
        self._module_notes.unlink(missing_ok=True)
        python = self._folder / "measured-python"
        words = [sys.executable, "-I", "-S", _MEASURED, str(self._module_notes), sys.executable]
        python.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')
        python.chmod(0o755)
        self.run(Result(contender, count), ["-e", f"ansible_python_interpreter={python}"])
        return max(int(note["peak_bytes"]) for note in _read_notes(self._module_notes))

    def _prepare(self, count: int) -> None:
        office.write_inventory(self._inventory(count), count)
        items = [
            {"number": number, "destination": {"phone": destination}}
            for number, destination in office.desired(count).items()
        ]
        self._desired(count).write_text(json.dumps(items))

    def _inventory(self, count: int) -> Path:
        return self._folder / f"office-{count}"

    def _desired(self, count: int) -> Path:
        return self._folder / f"desired-{count}.json"


def _described(contender: Contender) -> str:
    return f"{contender.name} {contender.what}, {contender.state}"


def _read_notes(path: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def _say(text: str) -> None:
    """Tell a waiting person how far it is, apart from the output that matters."""
    print(f"  {text}", file=sys.stderr, flush=True)
