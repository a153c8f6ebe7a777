# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report with which `make test` ends: each session's result, counts and seconds, and the search for secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import secrets_scan
from place import LOGS, REPORTS

NOX = REPORTS / "nox.json"
_RESULTS = {"success": "ok", "failed": "FAILED", "skipped": "skipped", "aborted": "FAILED"}


def write() -> bool:
    """Print the report of the last run, and return whether everything passed. The last line has the totals."""
    run = json.loads(NOX.read_text()) if NOX.is_file() else {}
    sessions = run.get("sessions", [])
    if not sessions:
        print("nothing was run")
        return False
    rows = [*(_row(session) for session in sessions), _secrets()]
    width = max(len(row[0]) for row in rows)
    print(f"{'session':<{width}}  result   passed  failed  skipped  seconds  notes")
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for name, result, counts, seconds, notes in rows:
        for key in total:
            total[key] += counts[key]
        numbers = f"{counts['passed']:>7}  {counts['failed']:>6}  {counts['skipped']:>7}"
        for index, note in enumerate(notes or [""]):
            start = f"{name:<{width}}  {result:<7} {numbers}  {seconds:>7.1f}" if not index else " " * (width + 43)
            print(f"{start}  {note}".rstrip())
    failed = [row[0] for row in rows if row[1] == "FAILED"]
    print(f"\n{sum(row[3] for row in rows):.0f} s, all sessions together.")
    if failed:
        print(f"Failed: {', '.join(failed)}. Their logs are in .cache/logs/.")
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped", flush=True)
    return not failed


Row = tuple[str, str, dict[str, int], float, list[str]]


def _row(session: dict[str, Any]) -> Row:
    """A session's line; one that counts nothing is one check."""
    name, result = session["name"], _RESULTS[session["result"]]
    counts = dict.fromkeys(("passed", "failed", "skipped"), 0)
    notes = []
    file = REPORTS / f"{name}.json"
    if file.is_file() and result != "skipped":
        counts = json.loads(file.read_text())
        notes = counts.pop("notes")
    if result == "FAILED" and not counts["failed"]:
        counts["failed"] = 1
    if result == "skipped":
        notes = [session.get("reason") or "its Python was not found"]
    return name, result, counts, session.get("duration", 0.0), notes


def _secrets() -> Row:
    """Whether a planted secret stands anywhere in what the run has printed or reported."""
    files = sorted({*LOGS.glob("*.log"), *_reports()})
    showing = {found[0] for found in secrets_scan.search(secrets_scan.read_planted(), files)}
    idle = secrets_scan.planted_nowhere()
    notes = [f"{len(files)} files of output searched"]
    notes += [f"a planted secret stands in {file.name}" for file in sorted(showing)]
    notes += [f"{idle} secrets of {secrets_scan.PLANTED.name} are planted nowhere"] if idle else []
    bad = len(showing) + bool(idle) + (not files)
    counts = {"passed": len(files) - len(showing), "failed": bad, "skipped": 0}
    return "secrets", "FAILED" if bad else "ok", counts, 0.0, notes


def _reports() -> Iterator[Path]:
    """JUnit files, and what ansible-test left in the sessions' copies."""
    yield from REPORTS.glob("*.xml")
    for output in REPORTS.parent.glob("run/*/ansible_collections/office/telephony/tests/output"):
        for folder in ("bot", "data", "junit", "reports"):
            yield from filter(Path.is_file, (output / folder).rglob("*"))
