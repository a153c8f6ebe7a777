# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Places in a provider's windows, and the files that tasks share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._pacing import (
    Allowance,
    NotYet,
    Pacer,
    PacingRules,
    Place,
)
from ansible_collections.office.telephony.plugins.module_utils._shared_files import (
    PrivateMemory,
    SharedFolder,
    key_of,
)

RULES = PacingRules(
    {"small": Allowance(3, 60.0), "big": Allowance(9, 60.0, "log in once")},
    "X-Group",
    "X-Limit",
    "X-Remaining",
    "X-Window",
    silent_penalties={"big": 60.0},
)


class Clock:
    """Stands still until it is told otherwise."""

    now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pacer(clock: Clock) -> Pacer:
    return Pacer(RULES, PrivateMemory(), clock, 30.0)


def told(remaining: int, limit: int = 3, window: float = 60) -> dict[str, str]:
    return {"X-Group": "Small", "X-Limit": str(limit), "X-Remaining": str(remaining), "X-Window": f"{window:g}"}


def take(pacer: Pacer, group: str = "small") -> Place:
    found = pacer.take(group)
    assert isinstance(found, Place)
    return found


def wait(pacer: Pacer, group: str = "small") -> NotYet:
    found = pacer.take(group)
    assert isinstance(found, NotYet)
    return found


def test_places_are_free_one_window_after_their_answers(pacer: Pacer, clock: Clock) -> None:
    for remaining in (2, 1, 0):
        place = take(pacer)
        clock.now += 5
        pacer.give_back(place, told(remaining))
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
    pacer.give_back(second, told(1))
    take(pacer)


@pytest.mark.parametrize(
    ("headers", "free"),
    [(told(2), 2), (told(0), 0), (told(1, limit=2), 1), (told(6, limit=7), 6), ({}, 2), ({"X-Remaining": "x"}, 2)],
    ids=["alone", "others", "lower", "higher", "none", "unreadable"],
)
def test_the_headers_tell_the_limit_and_what_others_use(pacer: Pacer, headers: dict[str, str], free: int) -> None:
    pacer.give_back(take(pacer), headers)
    taken = 0
    while isinstance(pacer.take("small"), Place):
        taken += 1
    assert taken == free


def test_answers_out_of_order_do_not_count_our_own_requests_as_those_of_others(pacer: Pacer) -> None:
    pacer.give_back(take(pacer), told(6, limit=7))
    second, third = take(pacer), take(pacer)
    pacer.give_back(third, told(4, limit=7))
    pacer.give_back(second, told(5, limit=7))
    taken = 0
    while isinstance(pacer.take("small"), Place):
        taken += 1
    assert taken == 4


@pytest.mark.parametrize(
    ("headers", "retry_after", "seconds", "shut"),
    [
        (told(0), 20.0, 21.0, {"small"}),
        (told(0), None, 31.0, {"small"}),
        ({}, 5.0, 6.0, {"small", "big"}),
    ],
    ids=["told", "silent", "another limit"],
)
def test_a_refusal_shuts_its_group_or_all(
    pacer: Pacer, headers: dict[str, str], retry_after: float | None, seconds: float, shut: set[str]
) -> None:
    place = take(pacer)
    pacer.give_back(place, headers)
    assert pacer.refused(place, headers, retry_after) == seconds
    assert {group for group in RULES.groups if isinstance(pacer.take(group), NotYet)} == shut
    assert wait(pacer).seconds == seconds


def test_a_task_that_was_killed_does_not_hold_its_place_for_ever(pacer: Pacer, clock: Clock) -> None:
    pacer.give_back(take(pacer), told(2))
    take(pacer)
    clock.now += 91
    assert [take(pacer).used, take(pacer).used, take(pacer).used] == [1, 2, 3]


def test_a_clock_that_was_set_back_does_not_block(pacer: Pacer, clock: Clock) -> None:
    place = take(pacer)
    pacer.give_back(place, told(0))
    pacer.refused(place, told(0), 7200.0)
    clock.now -= 1_000_000
    take(pacer)


def test_waiting_can_be_refused(pacer: Pacer) -> None:
    for _number in range(9):
        pacer.give_back(take(pacer, "big"), told(0, limit=9))
        if isinstance(pacer.take("big"), NotYet):
            break
    assert wait(pacer, "big").refuse == "log in once"


def test_a_shared_file_survives_what_is_left_in_it(tmp_path: Path) -> None:
    folder = SharedFolder(tmp_path / "shared")
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


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    with pytest.raises(InputError, match="open to others"):
        SharedFolder(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be used"):
        SharedFolder(tmp_path / "file" / "below")


def test_a_file_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = SharedFolder(tmp_path / "shared")
    target = tmp_path / "target"
    target.write_text("{}")
    (tmp_path / "shared" / "token-1.json").symlink_to(target)
    with pytest.raises(OSError, match="symbolic"), folder.file("token", "1").locked():
        pass
