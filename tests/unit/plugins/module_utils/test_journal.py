# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The journal survives being killed anywhere, keeps runs apart, and belongs to its owner alone."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import JournalError
from ansible_collections.office.telephony.plugins.module_utils._files import journal as _journal
from ansible_collections.office.telephony.plugins.module_utils._files.journal import Journal
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import PretendedClock

OLD, NEW = {"state": "disabled"}, {"state": "forward", "destination": "+33353010001"}
KEY, OTHER = "+33261910001", "+33261910002"


def journal(path: Path, account: str = "a", patience: float = 30.0) -> Journal:
    return Journal(str(path), account, time, patience)


def in_child(work: Callable[[], None]) -> int:
    """Do *work* in a process of its own and return how it ended: its exit code, or minus the signal."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_entries_are_kept_by_account_and_key(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    first, second = journal(path), journal(path, "b")
    assert first.recall() == {}
    assert not path.exists()
    first.note(KEY, [OLD])
    first.note(OTHER, [OLD, NEW])
    second.note(KEY, [NEW])
    assert journal(path).recall() == {KEY: [OLD], OTHER: [OLD, NEW]}
    first.note(KEY, None)
    first.note("+33261910003", None)
    assert journal(path).recall() == {OTHER: [OLD, NEW]}
    assert journal(path, "b").recall() == {KEY: [NEW]}


def test_only_the_owner_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    umask = os.umask(0)
    try:
        book = journal(path)
        with book.hold(KEY):
            book.note(KEY, [NEW])
    finally:
        os.umask(umask)
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {
        "journal.json": 0o600,
        "journal.json.lock": 0o600,
    }


def _at_step(number: int) -> Callable[[Any, str, Any], None]:
    """Return a trace function that kills the process at the *number*th line that runs in the journal."""
    left = [number]

    def trace(frame: Any, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename != _journal.__file__:
            return None
        if event == "line":
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def test_a_kill_at_any_line_leaves_the_old_or_the_new_entry(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    book = journal(path)
    book.note(OTHER, [NEW])
    seen = []
    for number in range(1, 1000):
        book.note(KEY, [OLD])

        def work(number: int = number) -> None:
            victim = journal(path)
            sys.settrace(_at_step(number))
            with victim.hold(KEY):
                victim.note(KEY, [NEW])

        ended = in_child(work)
        found = journal(path, patience=0.0).recall()
        assert found in ({KEY: [OLD], OTHER: [NEW]}, {KEY: [NEW], OTHER: [NEW]})
        seen.append(found[KEY] == [NEW])
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    # Killed early it is the old one, killed late the new one, and there were many places to die.
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (False, True)
    assert len(seen) > 40
    # The locks of the dead are free, and they leave nothing but one file to be overwritten.
    with journal(path, patience=0.0).hold(KEY):
        pass
    assert {file.name for file in tmp_path.iterdir()} <= {"journal.json", "journal.json.lock", ".journal.json.new"}


def test_what_is_half_written_is_never_seen(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    book = journal(path)
    book.note(KEY, [OLD])
    (tmp_path / ".journal.json.new").write_text('{"format": "office.tel')
    assert book.recall() == {KEY: [OLD]}
    book.note(KEY, [NEW])
    assert book.recall() == {KEY: [NEW]}


def test_many_writers_lose_no_entry(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    children = []
    for writer in range(8):
        child = os.fork()
        if child == 0:
            book = journal(path)
            for item in range(10):
                with book.hold(f"{writer}-{item}"):
                    book.note(f"{writer}-{item}", [NEW])
            os._exit(0)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 8
    assert len(journal(path).recall()) == 80


def test_one_object_is_held_by_one_run(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"

    def wants(key: str, account: str) -> Callable[[], None]:
        def work() -> None:
            with journal(path, account, patience=0.0).hold(key):
                pass

        return work

    with journal(path).hold(KEY):
        assert in_child(wants(KEY, "a")) == 1
        assert in_child(wants(OTHER, "a")) == 0
        assert in_child(wants(KEY, "b")) == 0
    assert in_child(wants(KEY, "a")) == 0


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        ("{}", 0o600, "not a journal"),
        ("[1]", 0o600, "not a journal"),
        ("number: 1", 0o600, "not a journal"),
        (json.dumps({"format": "office.telephony journal 2", "accounts": {}}), 0o600, "it has another format"),
        (json.dumps({"format": "office.telephony journal 1", "accounts": [1]}), 0o600, "not a journal"),
        (json.dumps({"format": "office.telephony journal 1", "accounts": {"a": {KEY: {}}}}), 0o600, "not a journal"),
        ("", 0o640, "by others"),
        ("", 0o602, "by others"),
    ],
)
def test_a_file_that_is_no_journal_is_refused_and_left_alone(
    tmp_path: Path, content: str, mode: int, words: str
) -> None:
    path = tmp_path / "journal.json"
    path.write_text(content)
    path.chmod(mode)
    with pytest.raises(JournalError, match=words):
        journal(path).recall()
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == (content, mode)


def test_an_empty_file_and_a_link_will_do_but_a_missing_folder_will_not(tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.touch(0o600)
    (tmp_path / "link.json").symlink_to(real)
    journal(tmp_path / "link.json").note(KEY, [NEW])
    assert journal(real).recall() == {KEY: [NEW]}
    for path in (tmp_path / "missing" / "journal.json", tmp_path):
        with pytest.raises(JournalError):
            journal(path).recall()


def test_waiting_for_several_objects_ends_when_the_time_of_the_task_does(tmp_path: Path) -> None:
    path, clock = tmp_path / "journal.json", PretendedClock()

    def wait_for_both() -> None:
        book = Journal(str(path), "a", clock, 5.0)
        for key in (KEY, OTHER):
            with pytest.raises(JournalError), book.hold(key):
                pass
        assert clock.now - start < 6
        # At its very end, no time is left to wait in.
        last = PretendedClock()
        with pytest.raises(JournalError), Journal(str(path), "a", last, 0.0).hold(KEY):
            pass
        assert last.naps == []

    start = clock.now
    other = journal(path)
    with other.hold(KEY), other.hold(OTHER):
        assert in_child(wait_for_both) == 0


@pytest.mark.parametrize("mask", ["VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "accueil@********.org", "$REDACTED$"])
def test_a_mask_is_neither_noted_nor_believed(tmp_path: Path, mask: str) -> None:
    path = tmp_path / "journal.json"
    masked = {"state": "voicemail", "email": mask}
    with pytest.raises(JournalError, match="not what was set: Ansible masks it"):
        journal(path).note(KEY, [OLD, masked])
    assert not path.exists()
    journal(path).note(KEY, [NEW])
    journal(path, "b").note(KEY, [OLD])
    text = path.read_text().replace("+33353010001", mask)
    path.write_text(text)
    with pytest.raises(JournalError, match=r"\+33261910001 in the journal .* not what was set"):
        journal(path).recall()
    assert journal(path, "b").recall() == {KEY: [OLD]}
    assert path.read_text() == text
