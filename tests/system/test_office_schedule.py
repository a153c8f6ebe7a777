# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A re-route that ends by a schedule: what the scheduled job leaves behind, and who is warned when it does not run."""

from __future__ import annotations

import json
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from system_examples import ExampleJobs
from system_support import Json, texts_of

from simulator.harness import Simulator

SCHEDULED = {"only_expired": True}


@pytest.fixture
def paris(simulator: Simulator, tmp_path: Path) -> ExampleJobs:
    return ExampleJobs("paris", simulator, tmp_path)


def noted(jobs: ExampleJobs, minutes: float) -> None:
    """Let the scheduled job have looked so many minutes ago."""
    time = datetime.now(timezone.utc) - timedelta(minutes=minutes)
    (jobs.folder / "checks" / jobs.name).write_text(time.strftime("%Y-%m-%dT%H:%M:%SZ\n"))


def is_warned(result: Json) -> bool:
    return any("Nothing will end the re-route" in text for text in texts_of(result))


def expire(jobs: ExampleJobs) -> None:
    file = jobs.folder / f"{jobs.name}.json"
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "until": "2026-01-01T00:00:00Z"}))


def test_the_scheduled_job_leaves_a_note_and_ends_only_what_is_due(paris: ExampleJobs) -> None:
    assert paris.restore(check=True, **SCHEDULED)["changed"] is False
    assert not paris.folder.exists()
    assert paris.restore(**SCHEDULED)["changed"] is False
    assert stat.S_IMODE(paris.folder.stat().st_mode) == 0o700
    there = paris.reroute(until="8h")
    assert not is_warned(there)
    assert any("it last ran 0 minutes ago" in line for line in there["message"])
    assert paris.restore(**SCHEDULED)["snapshot"]["active"] is True
    expire(paris)
    assert paris.status()["brief"]["state"] == "OVERDUE"
    assert paris.restore(**SCHEDULED)["changed"] is True
    assert paris.status()["snapshot"] == {"active": False}


def test_a_reroute_that_nothing_will_end_is_warned_of(paris: ExampleJobs) -> None:
    there = paris.reroute(until="8h")
    assert is_warned(there)
    assert any("it has never run for this office" in line for line in there["message"])
    assert is_warned(paris.status())
    paris.restore(**SCHEDULED)
    for minutes, words, late in ((3, "3 minutes", False), (1.1, "1 minute ", False), (16, "16 minutes", True)):
        noted(paris, minutes)
        again = paris.reroute(until="8h")
        assert is_warned(again) is is_warned(paris.status()) is late
        assert any(f"it last ran {words}" in line for line in again["message"])
    noted(paris, 60 * 26)
    assert any("it last ran 26 hours ago" in line for line in paris.reroute(until="8h")["message"])
    (paris.folder / "checks" / paris.name).write_text("whenever")
    assert is_warned(paris.status())


def test_a_note_that_cannot_be_written_stops_no_restore(paris: ExampleJobs) -> None:
    paris.reroute(until="8h")
    expire(paris)
    (paris.folder / "checks").write_text("not a folder")
    back = paris.restore(**SCHEDULED)
    assert (back["changed"], back.get("failed")) == (True, None)
    assert any("cannot be recorded" in text for text in texts_of(back))
