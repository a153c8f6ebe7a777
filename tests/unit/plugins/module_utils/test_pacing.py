# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Places in a provider's windows, and the files that tasks share."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._files.shared import (
    PrivateMemory,
    SharedFolder,
    key_of,
)
from ansible_collections.office.telephony.plugins.module_utils._http.pacing import (
    Allowance,
    Caller,
    NotYet,
    Pacer,
    PacingRules,
    Place,
)

RULES = PacingRules(
    {"small": Allowance(3, 60.0), "big": Allowance(9, 60.0, "log in once")},
    ("X-", "Y-"),
    silent_penalties={"big": 60.0},
)


class StandingClock:
    """Stands still until it is reported otherwise."""

    now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def pacer(clock: StandingClock) -> Pacer:
    return Pacer(RULES, PrivateMemory(), clock, 30.0)


def reported(
    remaining: int, limit: int = 3, window: float = 60, group: str = "Small", prefix: str = "X"
) -> dict[str, str]:
    numbers = {"Limit": str(limit), "Remaining": str(remaining), "Window": f"{window:g}"}
    return {f"{prefix}-{name}": value for name, value in {"Group": group, **numbers}.items()}


def take(pacer: Pacer, group: str = "small") -> Place:
    found = pacer.take(group)
    assert isinstance(found, Place)
    return found


def wait(pacer: Pacer, group: str = "small") -> NotYet:
    found = pacer.take(group)
    assert isinstance(found, NotYet)
    return found


def test_places_are_free_one_window_after_their_answers(pacer: Pacer, clock: StandingClock) -> None:
    for remaining in (2, 1, 0):
        place = take(pacer)
        clock.now += 5
        pacer.give_back(place, reported(remaining))
    assert wait(pacer).seconds == 50  # the first answer came 10 s ago
    clock.now += 50
    take(pacer)
    assert wait(pacer).seconds == 5


def test_until_the_first_answer_requests_go_one_by_one(pacer: Pacer) -> None:
    first = take(pacer)
    assert "first answer" in wait(pacer).reason
    pacer.give_back(first, None)  # no answer: nothing was learnt
    second = take(pacer)
    assert "first answer" in wait(pacer).reason
    pacer.give_back(second, reported(1))
    take(pacer)


@pytest.mark.parametrize(
    ("headers", "free"),
    [
        (reported(2), 2),
        (reported(0), 0),
        (reported(0, prefix="Y"), 0),
        (reported(1, limit=2), 1),
        (reported(6, limit=7), 6),
        ({}, 2),
        ({"X-Remaining": "x"}, 2),
    ],
    ids=["alone", "others", "other spelling", "lower", "higher", "none", "unreadable"],
)
def test_the_headers_tell_the_limit_and_what_others_use(pacer: Pacer, headers: dict[str, str], free: int) -> None:
    pacer.give_back(take(pacer), headers)
    taken = 0
    while isinstance(pacer.take("small"), Place):
        taken += 1
    assert taken == free


def test_answers_out_of_order_do_not_count_our_own_requests_as_those_of_others(pacer: Pacer) -> None:
    pacer.give_back(take(pacer), reported(6, limit=7))
    second, third = take(pacer), take(pacer)
    pacer.give_back(third, reported(4, limit=7))
    pacer.give_back(second, reported(5, limit=7))
    taken = 0
    while isinstance(pacer.take("small"), Place):
        taken += 1
    assert taken == 4


@pytest.mark.parametrize(
    ("headers", "retry_after", "seconds", "shut"),
    [
        (reported(0), 20.0, 21.0, {"small"}),
        (reported(0), None, 31.0, {"small"}),
        ({}, 5.0, 6.0, {"small", "big"}),
    ],
    ids=["reported", "silent", "another limit"],
)
def test_a_refusal_shuts_its_group_or_all(
    pacer: Pacer, headers: dict[str, str], retry_after: float | None, seconds: float, shut: set[str]
) -> None:
    place = take(pacer)
    pacer.give_back(place, headers)
    assert pacer.refused(place, headers, retry_after) == seconds
    assert {group for group in RULES.groups if isinstance(pacer.take(group), NotYet)} == shut
    assert wait(pacer).seconds == seconds


def test_a_task_that_was_killed_does_not_hold_its_place_for_ever(pacer: Pacer, clock: StandingClock) -> None:
    pacer.give_back(take(pacer), reported(2))
    take(pacer)
    clock.now += 91
    assert [take(pacer).used, take(pacer).used, take(pacer).used] == [1, 2, 3]


def test_a_clock_that_was_set_back_does_not_block(pacer: Pacer, clock: StandingClock) -> None:
    place = take(pacer)
    pacer.give_back(place, reported(0))
    pacer.refused(place, reported(0), 7200.0)
    clock.now -= 1_000_000
    take(pacer)


def test_waiting_can_be_refused(pacer: Pacer) -> None:
    for _number in range(9):
        pacer.give_back(take(pacer, "big"), reported(0, limit=9, group="big"))
        if isinstance(pacer.take("big"), NotYet):
            break
    assert wait(pacer, "big").refuse == "log in once"


@pytest.mark.parametrize("group", ["big", "new"])
def test_a_request_that_counts_in_another_group_leaves_its_own_alone(pacer: Pacer, group: str) -> None:
    place = pacer.take("small", "GET x")
    assert isinstance(place, Place)
    pacer.give_back(place, reported(0, limit=1, group=group))
    again = pacer.take("small", "GET x")
    assert isinstance(again, NotYet)
    assert f"1 requests in 60 s ({group})" in again.reason
    for _number in range(3):
        pacer.give_back(take(pacer), None)
    assert "3 requests in 60 s (small)" in wait(pacer).reason


class Machine:
    """What the tasks of one machine share."""

    def __init__(self, clock: StandingClock) -> None:
        self.clock = clock
        self.store = PrivateMemory()

    def task(self, name: str, app: str = "") -> Pacer:
        return Pacer(RULES, self.store, self.clock, 30.0, dict.fromkeys(RULES.groups, Caller(name, app)))

    def known(self, name: str, owner: str, app: str = "app", lasts: float = 3600) -> Pacer:
        pacer = self.task(name)
        pacer.recognise(Caller(name, app), owner, self.clock.now + lasts)
        return pacer


@pytest.fixture
def machine(clock: StandingClock) -> Machine:
    return Machine(clock)


def use_up(pacer: Pacer) -> None:
    for remaining in (2, 1, 0):
        pacer.give_back(take(pacer), reported(remaining))


@pytest.mark.parametrize(
    ("owner", "app", "shared"),
    [("1", "app", True), ("2", "app", False), ("1", "other", False), ("1", "", True), ("2", "", False), ("", "", True)],
)
def test_those_who_may_be_the_same_account_share_its_limits(
    machine: Machine, owner: str, app: str, shared: bool
) -> None:
    use_up(machine.known("a", "1"))
    assert isinstance(machine.known("b", owner, app).take("small"), NotYet) is shared
    assert isinstance(machine.task("new").take("small"), NotYet)
    assert isinstance(machine.task("new", "third").take("small"), Place)


def test_what_was_sent_before_the_account_was_known_counts_in_it(machine: Machine) -> None:
    machine.known("a", "1")
    machine.known("c", "2")
    stranger = machine.task("b", "app")
    first = take(stranger)
    stranger.give_back(first, reported(2))
    second = take(stranger)
    stranger.recognise(Caller("b", "app"), "1", machine.clock.now + 60)
    stranger.give_back(second, reported(1))
    assert take(machine.task("a")).used == 3
    assert take(machine.task("c")).used == 1


def test_what_is_over_is_not_kept(machine: Machine) -> None:
    for number in range(50):
        pacer = machine.known(f"token {number}", "1", lasts=100)
        pacer.recognise(Caller(f"token {number}", "app"), "1", machine.clock.now + 100, f"also {number}")
        use_up(pacer)
        take(machine.task(f"stranger {number}", "third"))
        machine.clock.now += 101
    assert (len(machine.store.value["names"]), len(machine.store.value["accounts"])) == (2, 2)


@pytest.mark.parametrize(
    "kept",
    [
        [1],
        "x",
        7,
        {"light": {"places": [[1, 2]]}},
        {"number": "x", "names": [1], "accounts": "y"},
        {"number": True, "names": {"": [1, 2], "b": ["a", "x"], "c": 5}, "accounts": {"?": None, "?b": [], "?c": {}}},
        {"number": 1, "accounts": {"?": {"owner": 1, "app": "", "groups": {}, "moved": {}}}},
        {"accounts": {"?": {"owner": "", "app": "", "groups": {"small": [1]}, "moved": {}}}},
        {"accounts": {"?": {"owner": "", "app": "", "groups": {"small": {"places": "x"}}, "moved": {"a": 1}}}},
        *(
            {"accounts": {"?": {"owner": "", "app": "", "moved": {}, "groups": {"small": {
                "limit": 3, "window": 60, "learned": True, "shut_until": 0, "places": [], **wrong}}}}}
            for wrong in (
                {"limit": "x"}, {"limit": 0}, {"limit": 2.5}, {"window": None}, {"window": -1}, {"window": 1e999},
                {"shut_until": "y"}, {"shut_until": float("nan")}, {"places": 5}, {"places": [[1, 2]]},
                {"places": [["1", 2, 3], [1, "2", 3], [1, 2, "3"], None]}, {"learned": 1},
            )
        ),
    ],
)  # fmt: skip
def test_what_does_not_look_like_places_counts_as_nothing(clock: StandingClock, kept: Any) -> None:
    store = PrivateMemory()
    store.value = kept
    pacer = Pacer(RULES, store, clock, 30.0)
    place = take(pacer)
    pacer.give_back(place, reported(2))
    pacer.refused(place, reported(0), 1.0)
    pacer.recognise(Caller("me"), "1", clock.now + 60)
    assert pacer.knows("small")
    assert json.loads(json.dumps(store.value)) == store.value


def test_a_shared_file_survives_what_is_left_in_it(tmp_path: Path) -> None:
    folder = SharedFolder(tmp_path / "shared")
    (tmp_path / "shared").mkdir(mode=0o700)
    values: list[Any] = []
    for content in (None, "", '{"cut": ', json.dumps({"long": "x" * 500})):
        if content is not None:
            (tmp_path / "shared" / f"test-{key_of('a')}.json").write_text(content)
        with folder.file("test", key_of("a")).locked() as contents:
            values.append(contents.value)
            contents.save({"short": 1})
        with folder.file("test", key_of("a")).locked() as contents:
            assert contents.value == {"short": 1}
    assert values == [None, None, None, {"long": "x" * 500}]


def test_a_store_that_another_task_does_not_let_go_of_ends_with_the_deadline(
    tmp_path: Path, clock: StandingClock
) -> None:
    """A request is not sent then; but nothing is lost of an answer that has come."""
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o700)
    store = SharedFolder(folder).file("pacing", key_of("server"))
    pacer = Pacer(RULES, store, clock, 30.0)
    place = take(pacer)
    left = [1.0, 0.0]
    pacer.keep_to(lambda: left.pop(0) if len(left) > 1 else left[0])
    with store.locked():
        assert "another task" in wait(pacer).reason
        pacer.give_back(place, reported(1))
        assert pacer.refused(place, {}, 5.0) == 6.0
        pacer.recognise(Caller("a"), "owner", clock.now + 9)
        assert not pacer.knows("small")
    pacer.give_back(place, reported(1))
    take(pacer)


def test_tasks_in_several_processes_share_one_limit(tmp_path: Path) -> None:
    """Together they get as many places as the provider allows, and no two get the same one."""

    def shared() -> Pacer:
        return Pacer(RULES, SharedFolder(tmp_path / "cache").file("pacing", "1"), StandingClock(), 30.0)

    first = shared()
    first.give_back(take(first), reported(8, limit=9))
    children = []
    for child in range(4):
        process = os.fork()
        if not process:
            code = 1
            try:
                pacer = shared()
                found = [pacer.take("small") for _turn in range(5)]
                numbers = [place.number for place in found if isinstance(place, Place)]
                (tmp_path / f"{child}.json").write_text(json.dumps(numbers))
                code = 0
            finally:
                os._exit(code)
        children.append(process)
    assert [os.waitpid(process, 0)[1] for process in children] == [0] * 4
    numbers = [number for child in range(4) for number in json.loads((tmp_path / f"{child}.json").read_text())]
    assert len(numbers) == len(set(numbers)) == 8
    assert isinstance(first.take("small"), NotYet)


def test_a_refusal_that_tells_nothing_shuts_each_group_for_its_own_time(pacer: Pacer) -> None:
    for group, seconds in (("small", 31.0), ("big", 61.0)):
        place = take(pacer, group)
        headers = reported(0, group=group.capitalize())
        pacer.give_back(place, headers)
        assert pacer.refused(place, headers, None) == seconds
    assert (wait(pacer).seconds, wait(pacer, "big").seconds) == (31.0, 61.0)


def test_a_shorter_refusal_does_not_end_a_longer_one(pacer: Pacer) -> None:
    place = take(pacer)
    pacer.give_back(place, reported(2))
    for seconds in (50.0, 5.0):
        pacer.refused(place, reported(2), seconds)
    assert wait(pacer).seconds == 51.0
