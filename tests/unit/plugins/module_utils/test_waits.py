# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which waits are announced, by whom, and in which words. Time is pretended."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import ConnectionFailed, DeadlineExceeded
from ansible_collections.office.telephony.plugins.module_utils._files.shared import PrivateMemory
from ansible_collections.office.telephony.plugins.module_utils._http.client import HttpClient, Settings
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Request, RetryRules
from ansible_collections.office.telephony.plugins.module_utils._http.pacing import Allowance, Pacer, PacingRules
from ansible_collections.office.telephony.plugins.module_utils._http.places import LONG_SECONDS, Wait
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import Secrets
from ansible_collections.office.telephony.plugins.module_utils._progress import Progress
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    PretendedClock,
    Reply,
    scripted,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

RULES = PacingRules({"light": Allowance(3, 60.0)}, ("X-",), provider="RingCentral", margin=0.0)
LIMIT = {"X-Group": "Light", "X-Limit": "3", "X-Remaining": "0", "X-Window": "60"}


class Task:
    """One of several tasks on a machine, which share what they know of the limits."""

    def __init__(self, memory: PrivateMemory, clock: PretendedClock) -> None:
        self.announced: list[tuple[str, float]] = []
        self.http = HttpClient(Settings(), Secrets(), clock=clock, announce=self._announce)
        self.http.obey(Pacer(RULES, memory, clock, 30.0), RetryRules())

    def _announce(self, wait: Wait, seconds: float) -> None:
        self.announced.append((wait.ahead, round(seconds)))


def test_of_all_tasks_one_announces_a_window() -> None:
    """Two tasks find the same window full, and later a third one the next."""
    clock, memory = PretendedClock(), PrivateMemory()
    first, second, third = (Task(memory, clock) for _each in range(3))

    def while_waiting() -> None:
        clock.on_sleep = lambda: None
        second.http.send(Request("GET", server.url, group="light"))

    with scripted(*[Reply(headers=LIMIT)] * 4) as server:
        first.http.send(Request("GET", server.url, group="light"))
        clock.now += 19
        clock.on_sleep = while_waiting
        first.http.send(Request("GET", server.url, group="light"))
        assert (first.announced, second.announced) == ([("RingCentral allows 3 light requests a minute", 41)], [])
        third.http.send(Request("GET", server.url, group="light"))
    assert [seconds for _text, seconds in third.announced] == [60]


def test_only_what_takes_longer_than_some_seconds_is_announced() -> None:
    for seconds, count in ((LONG_SECONDS, 0), (LONG_SECONDS + 1, 1)):
        clock = PretendedClock()
        task = Task(PrivateMemory(), clock)
        with scripted(*[Reply(headers=LIMIT)] * 2) as server:
            task.http.send(Request("GET", server.url, group="light"))
            clock.now += 60 - seconds
            task.http.send(Request("GET", server.url, group="light"))
        assert len(task.announced) == count


def test_a_refusal_beyond_the_deadline_ends_the_task_with_what_the_provider_answered() -> None:
    task = Task(PrivateMemory(), PretendedClock())
    with (
        scripted(Reply(429, headers={**LIMIT, "Retry-After": "5000"})) as server,
        pytest.raises(DeadlineExceeded, match=r"Waiting 5000 s for another attempt would exceed") as raised,
    ):
        task.http.send(Request("GET", server.url, group="light"))
    assert raised.value.status == 429


def test_requests_that_never_arrived_use_up_no_limit() -> None:
    clock, memory = PretendedClock(), PrivateMemory()
    with scripted() as server:
        nobody = server.url
    for _each in range(2):
        task = Task(memory, clock)
        with pytest.raises(ConnectionFailed, match="could not be reached"):
            task.http.send(Request("GET", nobody, group="light"))
        assert task.http.counters()["requests"] >= 3
        assert task.announced == []
    with scripted(Reply(headers={**LIMIT, "X-Remaining": "2"}), *[Reply()] * 2) as server:
        before = clock.now
        for _each in range(3):
            task.http.send(Request("GET", server.url, group="light"))
    assert clock.now == before


@each(("asked", "count"), [("50", 1), ("5", 0)])
@each("status", [429, 503])
def test_what_the_provider_asks_for_is_announced_when_it_is_long(status: int, asked: str, count: int) -> None:
    announced: list[str] = []
    http = HttpClient(
        Settings(),
        Secrets(),
        clock=PretendedClock(),
        uniform=lambda low, high: low,
        announce=lambda wait, seconds: announced.append(f"{wait.ahead} {seconds:g}"),
    )
    with scripted(Reply(status, headers={"Retry-After": asked}), Reply()) as server:
        http.send(Request("GET", server.url))
    assert announced == [f"{urlsplit(server.url).netloc} asked to wait {asked}"] * count


def test_progress_is_nothing_before_and_after_the_changes() -> None:
    progress = Progress()
    texts = [str(progress)]
    progress.begin(2)
    for _each in range(2):
        texts.append(str(progress))
        progress.advance()
    assert [*texts, str(progress)] == ["", "0 of 2 done", "1 of 2 done", ""]
