# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs playbooks and shows each job on one screen, from what the tasks returned and what the simulator has seen."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import screens
import yaml

from simulator.harness import Simulator

Event = dict[str, Any]
# The second play of each of the playbooks.
_TOGETHER = "Tell of all offices together"


class Failed(Exception):
    """A job did not do what it shows; the text says what."""


@dataclass
class Job:
    """One job: a playbook, the variables that it was given, and what came of it."""

    title: str
    playbook: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    began: float = 0.0
    seconds: float = 0.0

    def results(self, *names: str) -> Iterator[tuple[str, str, Event]]:
        """Yield office, module and result of the collection's tasks whose result has all these members."""
        for event in self.events:
            if event["event"] == "ok" and all(name in event["result"] for name in names):
                yield event["host"], event["action"].rpartition(".")[2], event["result"]

    def final(self) -> dict[tuple[str, str], Event]:
        """The last result of each office and list that was not only planned once more."""
        found: dict[tuple[str, str], Event] = {}
        for office, module, result in self.results("plan", "results"):
            before = found.get((office, module))
            if before is None or not before["changed"]:
                found[office, module] = result
        return found


def jobs(file: Path) -> list[Job]:
    """The jobs that a playbook of playbooks holds."""
    entries = yaml.safe_load(file.read_text())
    return [Job(entry["name"], entry["import_playbook"], entry.get("vars", {})) for entry in entries]


class Player:
    """Plays jobs on *simulator* with the offices of *inventory*."""

    def __init__(self, simulator: Simulator, environment: Mapping[str, str], inventory: Path) -> None:
        self._simulator = simulator
        self._environment = dict(environment)
        self._inventory = inventory
        self._played: list[Job] = []

    def run(self, expected: Sequence[Job], playbook: str, *options: str) -> None:
        """Run a playbook that consists of the *expected* jobs, and show each as soon as it ends. Raises `Failed`."""
        words = ["ansible-playbook", "-i", os.path.relpath(self._inventory), playbook, *options]
        print(f"\n$ {shlex.join(words)}", flush=True)
        program = Path(sys.executable).with_name(words[0])
        current, *waiting = expected
        self._simulator.clear_requests()
        with (
            tempfile.TemporaryFile("w+") as errors,
            subprocess.Popen(
                [program, *words[1:]], env=self._environment, stdout=subprocess.PIPE, stderr=errors, text=True
            ) as process,
        ):
            for line in process.stdout or ():
                event = json.loads(line)
                if event["event"] != "play":
                    current.events.append(event)
                elif event["name"] != _TOGETHER:
                    if current.began:
                        self._show(current, event["time"])
                        current = waiting.pop(0)
                    current.began = event["time"]
            process.wait()
            errors.seek(0)
            said = errors.read()
        if current.events:
            self._show(current, float("inf"))
        if process.returncode or waiting:
            raise Failed(f"ansible-playbook ended with {process.returncode}. {said}")

    def _show(self, job: Job, ended: float) -> None:
        """Show a job that has ended."""
        log = [entry for entry in self._simulator.requests() if job.began <= entry["time"] < ended]
        for entry in log:
            login = entry["path"].endswith("/token")
            job.calls["logins" if login else "reads" if entry["method"] == "GET" else "writes"] += 1
        last = job.events[-1]["time"] if job.events else job.began
        job.seconds = last - job.began
        self._played.append(job)
        print(screens.screen(len(self._played), job), flush=True)
        for event in job.events:
            if event["event"] == "failed":
                raise Failed(f"{event['host']}: {event['msg']}")

    def close(self) -> str:
        """Show what all of it took; return what was not as it was promised, "" when all was."""
        print(screens.closing(self._played))
        foreseen, done, again, *_rest, end = self._played
        if _differences(foreseen) != _differences(done):
            return "What was done is not what was foreseen."
        if any(job.calls["writes"] or _differences(job) for job in (again, end)):
            return "Something was left to change, although nothing should have been."
        return ""


def _differences(job: Job) -> dict[tuple[str, str], Any]:
    """What a job changed, or would change, by office and list."""
    return {key: result["diff"] for key, result in job.final().items() if any(screens.changes(result["plan"]))}
