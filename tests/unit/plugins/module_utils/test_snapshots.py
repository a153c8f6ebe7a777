# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Snapshot files: whose they are, that no run overwrites another one's, and that they are on the disk in time."""

from __future__ import annotations

import copy
import fcntl
import json
import os
import threading
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import MASK
from ansible_collections.office.telephony.plugins.module_utils._office.snapshot import (
    FORMAT,
    SnapshotFile,
    is_time,
    others_in,
    re_routed_offices,
    summary,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

SINCE = "2026-11-21T08:00:00Z"


def document(office: str = "here", number: str = "+46846500412", **more: Any) -> dict[str, Any]:
    entry = {
        "list": "sonetel.forwardings",
        "key": number,
        "options": {"number": number},
        "before": {"destination": {"phone": "+46701740605"}},
        "assumed": False,
        "set": [{"destination": {"phone": "+46701740606"}}],
        "others": [],
    }
    to = {"phone": "+46701740606", "settings": {}}
    found = {"format": FORMAT, "office": office, "since": SINCE, "until": None, "reason": None}
    return {**found, "targets": [{"at": SINCE, "to": to}], "entries": [entry], **more}


@pytest.fixture
def file(tmp_path: Path) -> SnapshotFile:
    return SnapshotFile(tmp_path / "snapshots", "here")


def test_what_is_saved_is_read_and_kept_at_the_end(file: SnapshotFile) -> None:
    assert file.read() is None
    file.save(document(), None)
    assert file.read() == document()
    kept = file.end(document())
    assert (file.read(), json.loads(kept.read_text())) == (None, document())
    # A second re-route of the same second must not take the place of the first one.
    other = document(number="+46846500413")
    file.save(other, None)
    assert file.end(other) != kept
    assert json.loads(kept.read_text()) == document()


def test_the_replaced_snapshot_is_kept_where_that_is_asked_for(file: SnapshotFile) -> None:
    new = document(since="2026-11-21T09:00:00Z")
    file.save(document(), None)
    file.save(new, document(), keep=True)
    (kept,) = (file.path.parent / "ended").iterdir()
    assert (file.read(), json.loads(kept.read_text())) == (new, document())


@each("office", ["a/b", "../here", ".hidden", "a\nb", "Malmö"])
def test_the_name_of_an_office_is_no_path(office: str, tmp_path: Path) -> None:
    folder = tmp_path / office.replace("/", "-")
    file = SnapshotFile(folder, office)
    file.save(document(office), None)
    assert file.path.parent == folder
    assert re_routed_offices(folder) == [office]
    assert file.read() == document(office)


BROKEN: dict[str, Any] = {
    "is of the office there": {"office": "there"},
    "has another format": {"format": "office.telephony re-route 2"},
    "its since is not a time": {"since": "yesterday"},
    "its until is not a time": {"until": "2026-02-30T08:00:00Z"},
    "its targets are missing": {"targets": []},
    "targets\\[0\\].to has no phone": {"targets": [{"at": SINCE, "to": {"settings": {}}}]},
    "which does not exist": {"entries": [{**document()["entries"][0], "list": "sonetel.numbers"}]},
    "entries\\[0\\] has no before": {
        "entries": [{name: value for name, value in document()["entries"][0].items() if name != "before"}]
    },
    "is not a mapping of options": {"entries": [{**document()["entries"][0], "set": ["+46701740606"]}]},
    "is a mask": {"entries": [{**document()["entries"][0], "before": {"destination": {"user": MASK}}}]},
    "has no reason": {"reason": 5},
}


@each("words", BROKEN)
def test_a_file_that_is_no_snapshot_of_this_office_is_refused_and_left_alone(words: str, file: SnapshotFile) -> None:
    file.path.parent.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps({**document(), **BROKEN[words]})
    file.path.write_text(text)
    file.path.chmod(0o600)
    for job in (file.read, lambda: file.save(document(), None), lambda: file.end(document())):
        with pytest.raises(InputError, match=words):
            job()
    assert file.path.read_text() == text


def test_a_mask_is_never_saved(file: SnapshotFile) -> None:
    masked = document()
    masked["entries"][0]["before"] = {"destination": {"user": MASK}}
    with pytest.raises(InputError, match="nothing was re-routed"):
        file.save(masked, None)
    assert not file.path.exists()


def test_what_another_run_has_changed_is_left_as_it_is(file: SnapshotFile) -> None:
    mine, theirs = document(), document(number="+46846500413")
    file.save(theirs, None)
    for job in (
        lambda: file.save(mine, None),
        lambda: file.save(mine, mine),
        lambda: file.end(mine),
        lambda: file.refuse_change(mine),
        lambda: file.refuse_change(None),
    ):
        with pytest.raises(InputError, match="another run"):
            job()
    assert file.read() == theirs
    file.refuse_change(copy.deepcopy(theirs))


@each("job", ["save", "end"])
def test_a_run_waits_for_another_one_before_it_compares(job: str, tmp_path: Path) -> None:
    """What the other one writes while it holds the folder must be seen."""
    file = SnapshotFile(tmp_path / job, "here")
    file.save(document(), None)
    theirs = document(number="+46846500413")
    failures: list[str] = []

    def late() -> None:
        try:
            file.save(document(reason="mine"), document()) if job == "save" else file.end(document())
        except InputError as error:
            failures.append(str(error))

    held = os.open(file.path.parent, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    thread = threading.Thread(target=late)
    asked = threading.Event()
    flock = fcntl.flock

    def locking(descriptor: int, how: int) -> None:
        asked.set()
        flock(descriptor, how)

    with mock.patch("fcntl.flock", locking):
        thread.start()
        asked.wait(5)
        file.path.write_text(json.dumps(theirs))
        os.close(held)
        thread.join(5)
    assert asked.is_set()
    assert "another run" in failures[0]
    assert file.read() == theirs


def test_it_is_on_the_disk_when_the_first_call_is_re_routed(file: SnapshotFile) -> None:
    synced: list[str] = []

    def noted(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)

    with mock.patch("os.fsync", noted):
        file.save(document(), None)
        # The content before its name, and then the folder that holds the name.
        assert synced == [".here.json.new", "snapshots"]
        synced.clear()
        file.end(document())
    # The second name before the first one goes.
    assert synced == ["ended", "snapshots"]


def test_others_can_neither_read_nor_write_it(file: SnapshotFile) -> None:
    file.save(document(), None)
    file.end(document())
    file.save(document(), None)
    places = [file.path, file.path.parent, file.path.parent / "ended"]
    assert [place.stat().st_mode & 0o777 for place in places] == [0o600, 0o700, 0o700]
    for place, mode in ((file.path, 0o666), (file.path.parent, 0o777)):
        usual = place.stat().st_mode & 0o777
        place.chmod(mode)
        with pytest.raises(InputError, match="where a restore sends the calls"):
            file.read()
        place.chmod(usual)
    (file.path.parent / "ended").chmod(0o777)
    with pytest.raises(InputError, match="where a restore sends the calls"):
        file.save(document(reason="x"), document())


def test_a_snapshot_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    for office in ("here", "there"):
        SnapshotFile(tmp_path, office).save(document(office), None)
    (tmp_path / "broken.json").write_text("{")
    warnings: list[str] = []
    assert [found["office"] for found in others_in(tmp_path, "here", warnings.append)] == ["there"]
    assert "the office broken shares numbers is unknown" in warnings[0]


@each(
    ("until", "expired"),
    [(None, False), ("2026-11-21T08:00:01Z", False), (SINCE, True), ("2026-11-21T07:59:59Z", True)],
)
def test_when_a_re_route_is_over(until: str | None, expired: bool) -> None:
    found = summary(document(until=until), SINCE)
    assert (found["active"], found["expired"], found["numbers"]) == (True, expired, ["+46846500412"])
    assert summary(None, SINCE) == {"active": False}


def test_what_was_restored_is_no_longer_listed() -> None:
    held = document()
    held["entries"].append({**held["entries"][0], "key": "x", "back": SINCE})
    assert summary(held, SINCE)["numbers"] == ["+46846500412"]
    switch = [{"list": "ringcentral.company_forward_all", "key": "y", "set": [{"enabled": True}]}]
    assert summary(document(entries=switch), SINCE)["switched"] == ["y"]
    assert summary(document(), SINCE)["switched"] == []


@each(
    ("text", "expected"),
    [(SINCE, True), ("2026-11-21T08:00:00", False), ("2026-13-21T08:00:00Z", False), (f" {SINCE}", False), ("", False)],
)
def test_times(text: str, expected: bool) -> None:
    assert is_time(text) is expected
