# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Locks: several tasks of one run, several runs, and processes that are gone."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._files.locks import PATIENCE, Locks

TITLES = {"a-1": "Sonetel", "b-1": "RingCentral"}


class AlarmClock:
    """Time that passes only while somebody sleeps; *at* is called once after some seconds."""

    def __init__(self, at: float = -1, call: Callable[[], None] = lambda: None) -> None:
        self.now = 0.0
        self._at, self._call = at, call

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if 0 <= self._at <= self.now:
            self._at = -1
            self._call()


def locks(folder: Path, run: str, clock: AlarmClock | None = None, show: Callable[[str], None] | None = None) -> Locks:
    holder = {"run": run, "user": "anna", "host": "ctl", "pid": 7, "since": "2026-11-29T10:15:00Z", "office": "lyon"}
    return Locks(folder, holder, clock or AlarmClock(), show)


def test_tasks_of_one_run_hold_a_lock_together_and_another_run_waits_for_all(tmp_path: Path) -> None:
    first, second = locks(tmp_path, "one"), locks(tmp_path, "one")
    first.hold(TITLES)
    second.hold(TITLES)
    first.release()
    clock = AlarmClock()
    shown: list[str] = []
    with pytest.raises(InputError) as refused:
        locks(tmp_path, "two", clock, shown.append).hold(TITLES)
    (line,) = shown
    assert "anna on ctl (office lyon, process 7). Waiting up to 60 s" in line
    assert "Sonetel account since 2026-11-29T10:15:00Z: anna on ctl (office lyon, process 7)" in str(refused.value)
    assert clock.now == pytest.approx(PATIENCE, abs=1)
    second.release()
    third = locks(tmp_path, "two")
    third.hold(TITLES)
    third.release()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-1.lock", "b-1.lock"]
    assert tmp_path.stat().st_mode & 0o077 == 0 or all(p.stat().st_mode & 0o077 == 0 for p in tmp_path.iterdir())


def test_a_lock_that_is_given_back_in_time_is_taken(tmp_path: Path) -> None:
    first = locks(tmp_path, "one")
    first.hold({"a-1": "Sonetel"})
    clock = AlarmClock(30.1, first.release)
    second = locks(tmp_path, "two", clock)
    second.hold(TITLES)
    assert 30.1 <= clock.now < 30.5
    second.release()


def test_who_gives_up_keeps_nothing(tmp_path: Path) -> None:
    first = locks(tmp_path, "one")
    first.hold({"b-1": "RingCentral"})
    with pytest.raises(InputError, match="RingCentral"):
        locks(tmp_path, "two").hold(TITLES)
    third = locks(tmp_path, "three")
    third.hold({"a-1": "Sonetel"})
    third.release()
    first.release()


def test_a_process_that_is_gone_keeps_nobody_away(tmp_path: Path) -> None:
    pid = os.fork()
    if pid == 0:
        locks(tmp_path, "one").hold(TITLES)
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    assert len(list(tmp_path.glob("*.holder"))) == 2
    clock = AlarmClock()
    second = locks(tmp_path, "two", clock)
    second.hold(TITLES)
    assert clock.now == 0
    assert len(list(tmp_path.glob("*.holder"))) == 2
    second.release()


def test_two_runs_at_the_same_moment_never_hold_it_both(tmp_path: Path) -> None:
    held: list[str] = []
    clashes: list[str] = []

    def work(run: str) -> None:
        for _round in range(20):
            mine = locks(tmp_path, run, AlarmClock(0, lambda: None))
            try:
                mine.hold({"a-1": "Sonetel"})
            except InputError:
                continue
            held.append(run)
            clashes.extend(other for other in held if other != run)
            held.remove(run)
            mine.release()

    threads = [threading.Thread(target=work, args=(f"run {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clashes == []
