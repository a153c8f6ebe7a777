# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records: their files, their order, and foreign text in them."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._office import record
from ansible_collections.office.telephony.plugins.module_utils._office.keeping import Keeper, who_runs
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import PretendedClock

HOSTILE = st.text(
    st.characters() | st.sampled_from('|`<>&\\*_[]()#!~{}%"\n\r\x0b\x0c\x1b\x1c\x85\x9b\u2028\u2029\u202e\ufeff\ud800')
)


NOW = datetime(2026, 11, 29, 10, 15, tzinfo=timezone.utc)
BY = {"user": "anna", "host": "ctl", "pid": 7}


def step(**values: Any) -> dict[str, Any]:
    found = {"provider": "sonetel", "account": "a", "list": "forwardings", "key": "+46846500412", "noun": "number"}
    options = {"number": "+46846500412"}
    before, after = {"destination": {"phone": "+46701740605"}}, {"destination": {"phone": "+46701740606"}}
    found |= {"action": "update", "status": "applied", "options": options, "before": before, "after": after}
    return {**found, "unknown": [], **values}


def document(*steps: dict[str, Any], complete: bool | None = True, undoes: str | None = None) -> dict[str, Any]:
    return record.document_of("here", "onboard", NOW, BY, "digest", steps, complete=complete, undoes=undoes)


@pytest.fixture
def records(tmp_path: Path) -> record.Records:
    return record.Records(tmp_path / "state", "here")


def keep(records: record.Records, when: datetime, job: str = "onboard", **more: Any) -> Path:
    path = records.free_path(when, job)
    records.write(path, document(step(), **more))
    return path


def test_the_newest_is_known_also_within_one_second(records: record.Records) -> None:
    first = keep(records, NOW)
    paths = [first, *(keep(records, NOW, job) for job in ("leaver", *["onboard"] * 10))]
    assert [records.folder / name for name in records.names()] == paths
    assert paths[0].name == "2026-11-29T101500Z-onboard.json"
    assert records.to_undo() == paths[-1].name
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in records.folder.iterdir())
    for name in (first.name, first.stem, str(first), str(first.with_suffix(".md"))):
        assert records.read(name)["steps"] == [step()]


@pytest.mark.parametrize(("complete", "position"), [(True, 1), (False, 0), (None, 0)])
def test_an_undo_that_did_not_end_means_what_it_was_to_undo(
    complete: bool | None, position: int, records: record.Records
) -> None:
    names = [keep(records, NOW).name]
    names.append(keep(records, NOW, "undo", complete=complete, undoes=names[0]).name)
    assert records.to_undo() == names[position]


def test_old_records_go_and_the_newest_stays(records: record.Records) -> None:
    old = [keep(records, NOW - timedelta(days=days)) for days in (100, 91, 89)]
    (records.folder / "notes.txt").write_text("mine")
    records.remove_old(90, NOW)
    assert records.names() == [old[-1].name]
    newer = keep(records, NOW)
    for days in (400_000, 10**9):
        # For ever.
        records.remove_old(days, NOW)
        assert records.names() == [old[-1].name, newer.name]
    records.remove(newer)
    records.remove_old(0, NOW)
    assert sorted(path.name for path in records.folder.iterdir()) == [
        *sorted([old[-1].name, old[-1].with_suffix(".md").name]),
        "notes.txt",
    ]


def test_a_full_disk_leaves_no_part_of_a_record(records: record.Records) -> None:
    path = keep(records, NOW)
    before = {file.name: file.read_text() for file in records.folder.iterdir()}
    with mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")):
        for place in (path, path.with_name("2027-01-01T000000Z-onboard.json")):
            with pytest.raises(InputError, match="No space left on device"):
                records.write(place, document(step(status="failed")))
    assert {file.name: file.read_text() for file in records.folder.iterdir()} == before


BROKEN: dict[str, Any] = {
    "another format": {"format": "something else"},
    "office": {"office": "there"},
    "no steps": {"steps": None},
    "no time": {"when": "2026-13-29T10:15:00Z"},
    "step without list": {"steps": [{"provider": "sonetel"}]},
    "list that does not exist": {"steps": [step(list="numbers")]},
    "mask": {"steps": [step(before={"destination": {"voiceapp": "********"}})]},
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_record_that_is_no_record_is_refused(case: str, records: record.Records) -> None:
    path = keep(records, NOW)
    path.write_text(json.dumps({**json.loads(path.read_text()), **BROKEN[case]}))
    with pytest.raises(InputError, match="is not a record that can be used"):
        records.read(path.name)


def test_a_record_that_others_could_change_is_refused(records: record.Records) -> None:
    path = keep(records, NOW)
    path.chmod(0o666)
    with pytest.raises(InputError, match="what an undo restores"):
        records.read(path.name)
    path.chmod(0o600)
    records.folder.chmod(0o777)
    with pytest.raises(InputError, match="what an undo restores"):
        records.read(path.name)


def test_a_mask_is_never_saved() -> None:
    with pytest.raises(InputError, match="Ansible masks it"):
        document(step(before={"destination": {"voiceapp": "Recep********"}}))


def test_each_step_is_one_row_for_people() -> None:
    shown: list[bool] = []

    @given(st.dictionaries(HOSTILE, HOSTILE, min_size=1, max_size=3), HOSTILE.filter(bool), HOSTILE)
    def play(members: dict[str, str], key: str, error: str) -> None:
        shown.append(is_one_row(members, key, error))

    play()
    assert sum(shown) > len(shown) / 10


def is_one_row(members: dict[str, str], key: str, error: str) -> bool:
    """Look at the row of a step; return False where there is none, because the step holds a mask."""
    given_step = step(key=key, before=members, after=None, status="failed", error=error)
    try:
        found = document(given_step, step())
    except InputError:
        return False
    lines = record.as_markdown(found).removesuffix("\n").split("\n")
    assert all(line.isprintable() for line in lines)
    first, second = lines[lines.index("| --- | --- | --- | --- | --- |") + 1 :]
    cells = first.split("|")
    assert len(cells) == len(second.split("|")) == 7
    before = cells[4].strip()
    assert json.loads(before.strip("`")) == members
    assert second.startswith("| Sonetel number +46 8 465 004 12 | update | applied |")
    return True


def test_values_from_before_the_first_write_count() -> None:
    """A phase that is planned anew finds what the phase before has left."""
    planned = [step(before={"ring": ["a"], "then": "x"}, after={"ring": ["b"], "then": "y"}, status="unknown")]
    again = step(before={"ring": []}, after={"ring": ["b"]})
    (found,) = record.merged(planned, [again], failed=())
    assert (found["before"], found["status"]) == ({"ring": ["a"], "then": "x"}, "applied")
    assert [one["status"] for one in record.merged(planned, [], failed=())] == ["applied"]
    assert [one["status"] for one in record.merged(planned, [], failed=["sonetel"])] == ["unknown"]


@pytest.mark.parametrize("job", ["", "4711"])
def test_who_runs_is_named_with_host_process_and_job(job: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOB_ID", job)
    found = who_runs()
    assert (found["host"], found["pid"]) == (os.uname().nodename, os.getpid())
    assert found.get("awx_job", "") == job
    assert found["user"]


@pytest.mark.parametrize(
    ("statuses", "unfinished", "failed", "complete"),
    [
        (["applied", "unchanged"], False, False, True),
        (["applied"], False, True, False),
        (["applied"], True, False, False),
        (["applied", "failed"], False, False, False),
        (["applied", "unknown"], False, False, False),
        (["not_tried"], False, False, False),
    ],
)
def test_a_record_is_only_complete_when_nothing_is_left(
    records: record.Records, statuses: list[str], unfinished: bool, failed: bool, complete: bool
) -> None:
    old = keep(records, NOW - timedelta(days=100))
    keeper = Keeper("here", records.folder.parents[1], 90, "1", NOW, PretendedClock(), print, str)
    assert keeper.records.folder == records.folder
    keeper.path = records.free_path(NOW, "onboard")
    keeper.unfinished = unfinished
    keeper._job, keeper._by, keeper._steps = "onboard", BY, [step(status=status) for status in statuses]
    keeper.finish(failed=failed)
    assert records.read(keeper.path.name)["complete"] is complete
    # What is older than the days that records are kept is gone.
    assert old.name not in records.names()
