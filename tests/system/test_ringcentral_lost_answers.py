# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lost answers, server errors, resets and time-outs at every position: a record is never made twice.

The simulator runs inside the test, and time is only pretended, so that thousands of schedules can be tried.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from system_line import converge, held, new_world
from system_support import FUZZ, PACKAGE

from simulator.ringcentral import seed
from simulator.world import World

HTTP_FAULTS = (500, 502, 503, 504)
# What can happen to a request: whether it is carried out, and what the client sees.
LOST = ("drop_before", "drop_after", "timeout_before", "timeout_after", "garbage_after")
FAULTS = ("fine", *LOST, *(f"{status}_{when}" for status in HTTP_FAULTS for when in ("before", "after")))
ITEMS = (
    {"extension": "101", "phone_number": "+16505550100", "label": "Cell"},
    {"extension": "101", "phone_number": "+16505550101", "type": "Home"},
    {"extension": "101", "device": "Yealink T54W", "device_extension": "102"},
)
OLD = seed.forwarding_number("500000005", "+16505550105", "Old")


WANTED = [("Home", "+16505550101"), ("Other", "+16505550100"), ("PhoneLine", "+16505550112")]


def test_no_schedule_of_faults_makes_a_record_twice() -> None:
    made: list[bool] = []

    @settings(max_examples=FUZZ or 60, deadline=None)
    @given(schedule=st.lists(st.sampled_from(FAULTS), max_size=14), late_reads=st.sampled_from([0, 1, 2]))
    @example(schedule=["fine", "timeout_after"], late_reads=2)
    @example(schedule=["fine", "500_before"], late_reads=0)
    @example(schedule=["fine", "garbage_after", "fine", "fine", "502_after"], late_reads=1)
    def play(schedule: list[str], late_reads: int) -> None:
        made.append(is_made_under(schedule, late_reads))

    play()
    assert sum(made) > len(made) / 10


def is_made_under(schedule: list[str], late_reads: int) -> bool:
    """Converge under that schedule, and then without faults; return whether the first run came to write."""
    world = new_world(late_reads, OLD)
    core = importlib.import_module(f"{PACKAGE}.module_utils._errors")
    items = [ITEMS[0], ITEMS[1], ITEMS[2], {"extension": "101", "phone_number": "+16505550105", "state": "absent"}]
    try:
        first = converge(world, items, schedule)
    except core.TelephonyError:
        first = {"results": []}
    assert len(set(held(world))) == len(held(world)), first
    for entry, kept in zip(first["results"][:3], [WANTED[1], WANTED[0], WANTED[2]], strict=False):
        if entry["status"] == "applied":
            assert kept in held(world)
        if entry["status"] in ("failed", "not_tried"):
            assert kept not in held(world)
    extension = world.state["ringcentral"]["extensions"][seed.OWNER_ID]
    extension["late"] = None
    again = converge(world, items, [])
    assert "failed" not in again
    assert held(world) == WANTED
    extension["late"] = None
    assert converge(world, items, [])["changed"] is False
    return bool(first["results"])


def _statuses(result: Mapping[str, Any]) -> list[str]:
    return [entry["status"] for entry in result["results"]]


def test_a_creation_that_never_arrived_is_sent_once_more_after_three_looks() -> None:
    world = new_world(0)
    result = converge(world, ITEMS[:1], ["fine", "timeout_before"])
    assert (_statuses(result), result["creations"]) == (["applied"], 1)
    twice = converge(new_world(0), ITEMS[:1], ["fine", "timeout_before", "fine", "fine", "fine", "timeout_before"])
    assert _statuses(twice) == ["unknown"]


def test_a_creation_whose_answer_was_lost_is_found_and_completed() -> None:
    world = new_world(0)
    world.switches.set({"ringcentral": {"unset_flip_number": "absent"}})
    result = converge(world, [{**ITEMS[0], "flip_number": 4}], ["fine", "502_after"])
    assert (_statuses(result), result["creations"], result["changed"]) == (["applied"], 1, True)
    assert result["forwarding_numbers"][0]["flip_number"] == 4


def test_a_late_first_creation_is_adopted_or_its_twin_is_deleted_again() -> None:
    """Reads that stay old for longer than the looks last make the repetition the second creation."""
    for kind, number in (("label_clash_on_create", "refused"), ("label_clash_on_create", "accepted")):
        world = new_world(0)
        world.switches.set({"ringcentral": {kind: number, "late_reads": 2}})
        # A first look that fails with a server error is repeated, so the schedule uses up no look.
        stale = _Stale(world, looks=4)
        result = converge(stale.world, ITEMS[:1], ["fine", "drop_after"])
        assert _statuses(result) == ["applied"]
        assert held(world) == [("Other", "+16505550100")]
        assert ("duplicate" in " ".join(result["texts"])) is (number == "accepted")


def test_what_another_task_makes_of_the_same_number_meanwhile_is_not_deleted() -> None:
    foreign = seed.forwarding_number("500000005", "+16505550100", "Of another task")
    world = new_world(0)
    world.switches.set({"ringcentral": {"label_clash_on_create": "accepted"}})
    stale = _Stale(world, looks=4)
    numbers = world.state["ringcentral"]["extensions"][seed.OWNER_ID]["forwarding_numbers"]
    numbers[foreign["id"]] = dict(foreign)
    result = converge(stale.world, ITEMS[:1], ["fine", "drop_after"])
    assert (_statuses(result), result["creations"]) == (["applied"], 2)
    assert sorted(item["label"] for item in numbers.values() if item["type"] == "Other") == ["Cell", "Of another task"]
    assert numbers[foreign["id"]] == foreign


class _Stale:
    """Makes reads after the next creation show what was before, for a number of *looks*."""

    def __init__(self, world: World, looks: int) -> None:
        self.world = world
        extension = world.state["ringcentral"]["extensions"][seed.OWNER_ID]
        before = json.loads(json.dumps(extension["forwarding_numbers"]))
        extension["late"] = {"reads": looks, "forwarding_numbers": before}
        world.switches.set({"ringcentral": {"late_reads": 0}})
