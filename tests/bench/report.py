# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was measured as a table for people, as targets met or not met, and as a document for programs."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

from bench import LATENCY_SECONDS, Result
from contenders import BULK, BULK_DRIFTED, EMPTY, FLOOR, REFERENCES, URI, Contender

_MEGABYTE = 1_000_000
# An empty playbook waits for nothing but a processor, so on an idle machine this is close to 1.
_BUSY = 1.3
_RUNS_FOR_GROWTH = 3
_HEADINGS = (
    "", "contender", "numbers are", "seconds", "(range)", "CPU s", "ms a number", "compared", "requests", "peak MB",
)  # fmt: skip
_RIGHT = frozenset({3, 5, 6, 7})


@dataclass(frozen=True)
class Target:
    """One target of the project. *limit* and *measured* are None where this run had not all that they take."""

    text: str
    unit: str
    limit: float | None
    measured: float | None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        if self.measured is None or self.limit is None:
            return None
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def table(results: Sequence[Result], runs: int) -> str:
    """All results, one block for each size."""
    ran = f"medians of {runs} runs" if runs > 1 else "one run"
    latency = f"{LATENCY_SECONDS * 1000:.0f} ms"
    ansible, python = f"ansible-core {version('ansible-core')}", f"Python {platform.python_version()}"
    lines = [f"Each request takes {latency} at the simulator; {ran}, in turns; {ansible}, {python}."]
    found = {(result.contender, result.count): result for result in results}
    for count in dict.fromkeys(result.count for result in results):
        rows = [_HEADINGS] + [_row(result, found) for result in results if result.count == count]
        lines += ["", f"{count:,} numbers", *aligned(rows)]
    lines += [
        "",
        "compared: with (a) where the numbers are converged, with (e) where every one of them has drifted.",
        "peak MB: the largest single process, a fork of ansible-playbook; behind the slash, the module where it is",
        "started in a process of its own.",
    ]
    empty = [result for result in results if result.contender is EMPTY]
    waited = statistics.median(result.median / result.median_cpu for result in empty)
    if waited > _BUSY:
        lines.append(f"The machine was busy: an empty playbook took {waited:.1f} times its CPU seconds. Run again.")
    return "\n".join(lines)


def targets(results: Sequence[Result]) -> list[Target]:
    """The project's targets with what was measured."""
    seconds = {(result.contender, result.count): result.seconds for result in results}
    median = {(result.contender, result.count): result.median for result in results}
    peaks = {(result.contender, result.count): result.peak for result in results}
    requests = {(result.contender, result.count): result.requests.total() for result in results}

    def has(*needed: tuple[Contender, int]) -> bool:
        return all(key in median for key in needed)

    overhead = allowed = per_number = growth = share = None
    if has((BULK, 500)):
        latency = requests[BULK, 500] * LATENCY_SECONDS
        # Turn by turn, because the two ran one after the other while the machine was as busy as it was.
        turns = zip(seconds[BULK, 500], seconds[EMPTY, 500], strict=True)
        overhead = statistics.median(bulk - empty for bulk, empty in turns) - latency
        allowed = 1.3 * median[FLOOR, 500] + median[BULK, 500] - latency
        processor = {result.contender: result.cpu_seconds for result in results if result.count == 500}
        pairs = zip(processor[BULK], processor[EMPTY], strict=True)
        share = statistics.median(bulk / empty for bulk, empty in pairs)
    if has((BULK, 500), (URI, 50)):
        per_number = (median[URI, 50] / 50) / (median[BULK, 500] / 500)
    # A difference of a few hundredths of a second says nothing unless it is one of medians.
    if has((BULK, 50), (BULK, 500), (BULK, 5000)) and len(seconds[BULK, 50]) >= _RUNS_FOR_GROWTH:
        growth = max(_growth(results, contender) for contender in (BULK, BULK_DRIFTED))
    peak = peaks.get((BULK_DRIFTED, 5000))
    return [
        Target("(a) - (0) - its requests' latency, 500 numbers", "s", 1.0, overhead),
        Target(
            "(b), 500 numbers; limit: 1.3 x (e) + (a) without its requests' latency",
            "s",
            allowed,
            median.get((BULK_DRIFTED, 500)),
        ),
        Target("processor time of (a) / (0), 500 numbers", "times", 1.9, share),
        Target("(c) a number of 50 / (a) a number of 500", "times", 100.0, per_number, at_least=True),
        Target("memory of the largest process of (b), 5,000 numbers", "MB", 200.0, peak and peak / _MEGABYTE),
        Target("processor time of one more number, 500 to 5,000 / 50 to 500; (a), (b)", "times", 1.5, growth),
    ]


def targets_section(found: Sequence[Target]) -> str:
    """The targets, each with its measured number and whether it is met."""
    words = {True: "met", False: "NOT MET", None: "not measured"}
    rows = [("", "limit", "measured", "")]
    for target in found:
        bound = "at least" if target.at_least else "at most"
        limit = "" if target.limit is None else f"{bound} {target.limit:.4g} {target.unit}"
        measured = "" if target.measured is None else f"{target.measured:.4g} {target.unit}"
        rows.append((target.text, limit, measured, words[target.met]))
    return "\n".join(["", "Targets", *aligned(rows)])


def document(results: Sequence[Result]) -> dict[str, Any]:
    """Everything that was measured, for programs; seconds, bytes."""
    return {
        "latency_seconds": LATENCY_SECONDS,
        "versions": {"ansible-core": version("ansible-core"), "python": platform.python_version()},
        "results": [
            {
                "contender": result.contender.name,
                "what": result.contender.what,
                "state": result.contender.state,
                "numbers": result.count,
                "seconds": result.seconds,
                "median_seconds": result.median,
                "cpu_seconds": result.cpu_seconds,
                "requests": dict(result.requests),
                "peak_bytes": result.peak,
                "module_peak_bytes": result.module_peak,
            }
            for result in results
        ],
        "targets": [{**asdict(target), "met": target.met} for target in targets(results)],
    }


def _growth(results: Sequence[Result], contender: Contender) -> float:
    """How the cost of one more number among thousands compares with that among hundreds; 1 is linear.

    The cost is processor time: it says more on a busy machine, and waiting for the provider is linear anyhow.
    """
    cost = {result.count: result.median_cpu for result in results if result.contender is contender}
    return ((cost[5000] - cost[500]) / 4500) / ((cost[500] - cost[50]) / 450)


def _row(result: Result, found: dict[tuple[Contender, int], Result]) -> tuple[str, ...]:
    contender, count = result.contender, result.count
    reference = found[REFERENCES[contender.drifted], count]
    requests = ", ".join(f"{number} {method}" for method, number in sorted(result.requests.items()))
    peak = f"{result.peak / _MEGABYTE:.0f}"
    if result.module_peak is not None:
        peak += f" / {result.module_peak / _MEGABYTE:.0f}"
    return (
        contender.name,
        contender.what,
        "-" if contender is EMPTY else contender.state,
        f"{result.median:.2f}",
        f"({min(result.seconds):.2f}-{max(result.seconds):.2f})",
        f"{result.median_cpu:.2f}",
        "-" if contender is EMPTY else f"{result.median / count * 1000:.1f}",
        f"{result.median / reference.median:.2f} x {reference.contender.name}",
        f"{result.requests.total()}: {requests}" if result.requests else "0",
        peak,
    )


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Lines with columns; what holds a number stands to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column in _RIGHT else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(f"  {'  '.join(cells)}".rstrip())
    return lines
