# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the call model takes for one large office: compiling, what callers notice, findings, and the report."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from report import Target, aligned

NUMBERS = 5000
_SCRIPT = Path(__file__).resolve().parents[1] / "tools" / "large_office.py"
_MEGABYTE = 1_000_000


class Stages(NamedTuple):
    """Processor seconds by stage, the medians, and the peak of memory in bytes, for an office of so many numbers."""

    numbers: int
    seconds: dict[str, float]
    peak: int


def measure(collections: Path, numbers: int, runs: int) -> Stages:
    """Work on the office in a process of its own, with the collection that is installed in *collections*."""
    environ = {**os.environ, "PYTHONPATH": str(collections)}
    command = [sys.executable, str(_SCRIPT), str(numbers)]
    found = [
        json.loads(subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout)
        for _run in range(runs)
    ]
    names = found[0]["seconds"]
    seconds = {name: statistics.median(one["seconds"][name] for one in found) for name in names}
    return Stages(numbers, seconds, max(one["peak_bytes"] for one in found))


def table(found: Stages) -> str:
    """The stages for people."""
    rows = [("", "stage", "CPU s"), *(("", name, f"{seconds:.2f}") for name, seconds in found.seconds.items())]
    return "\n".join(["", f"The calls of one office with {found.numbers:,} numbers", *aligned(rows)])


def targets(found: Stages) -> list[Target]:
    """The project's targets, which are for the largest office."""
    largest = found.numbers == NUMBERS
    total = sum(found.seconds.values()) if largest else None
    text = f"{NUMBERS:,} numbers, 500 menus, 300 schedules: compile, differences, findings, report"
    return [
        Target(f"processor time for the calls of {text}", "s", 5.0, total),
        Target("memory for that", "MB", 300.0, found.peak / _MEGABYTE if largest else None),
    ]


def document(found: Stages) -> dict[str, Any]:
    """For the JSON file."""
    return found._asdict()
