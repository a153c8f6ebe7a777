# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's call forwarding where another task changes the forwarding numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from system_calls import BACK_ENDS, WORK, apply, migrate, writes
from system_ringcentral import CELL, DESK, HOME, RingCentralOffice
from system_support import Json, assert_clear

from simulator.harness import Simulator
from simulator.ringcentral import seed

_RINGS_CELL: Json = {"extension": "101", "hours": "work", "ring": [{"phone_numbers": ["+16505550100"]}]}
_MOBILE: Json = {"extension": "101", "phone_number": "+16505550100", "type": "Mobile"}
_FRONT: Json = {"extension": "101", "device": "Yealink T54W", "device_extension": "102"}


@pytest.mark.parametrize(
    ("before", "expected", "item"),
    [
        ([CELL], [{**CELL, "state": "absent"}], _RINGS_CELL),
        ([CELL], [_MOBILE | {"replace": True}], _RINGS_CELL),
        ([_MOBILE], [{**_MOBILE, "phone_number": "+16505550109"}],
         {**_RINGS_CELL, "ring": [{"phone_numbers": ["+16505550109"]}]}),
        ([CELL], [{**CELL, "phone_number": "+16505550109", "previous_phone_number": "+16505550100"}],
         {**_RINGS_CELL, "ring": [{"phone_numbers": ["+16505550109"]}]}),
        ([CELL, HOME], [{**CELL, "state": "absent"}, HOME],
         {"extension": "101", "hours": "work", "then": {"extension": "102"}}),
        ([], [CELL], {**_RINGS_CELL, "extension": "102"}),
        ([], [{"extension": "Ada Reyes", "phone_number": "(650) 555-0100", "label": "Cell"}], _RINGS_CELL),
        ([], [_FRONT], {**_RINGS_CELL, "ring": [{"devices": ["Yealink T54W"]}]}),
        ([], [{"extension": "101", "device": seed.CO_WORKER_PHONE}],
         {**_RINGS_CELL, "ring": [{"devices": ["Yealink T54W"]}]}),
        ([_FRONT, CELL], [{**_FRONT, "state": "absent"}], _RINGS_CELL),
    ],
    ids=[
        "removed", "replaced", "slot", "renumbered", "another is removed", "of another extension", "by name", "device",
        "device by id", "device removed",
    ],
)  # fmt: skip
def test_check_mode_takes_what_another_task_is_expected_to_do_to_be_done(
    simulator: Simulator, tmp_path: Path, before: list[Json], expected: list[Json], item: Json
) -> None:
    for migrated in BACK_ENDS.values():
        office = RingCentralOffice(simulator, tmp_path / "shared")
        simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
        start = simulator.state()
        migrate(office, migrated)
        office.apply(before)
        if before:
            numbers = [entry["phone_number"] for entry in before if "phone_number" in entry]
            devices = [entry["device"] for entry in before if "device" in entry]
            rung: Json = {"extension": "101", "hours": "work", "ring_mode": "in_order"}
            rung["ring"] = [{"phone_numbers": numbers, "devices": devices}]
            assert "msg" not in apply(office, [rung])
        previewed = apply(office, [item], check=True, expected_forwarding_numbers=expected)
        assert writes(office) == []
        assert "msg" not in office.apply(expected)
        done = apply(office, [item], expected_forwarding_numbers=expected)
        for name in ("msg", "changed", "plan", "diff"):
            assert previewed.get(name) == done.get(name), (migrated, name)
        simulator.put_state(start)


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ({**CELL, "typo": 1}, ["typo"]),
        ({}, ["extension"]),
        ({"extension": "101"}, ["phone_number", "device", "forwarding_number_id"]),
        ({**CELL, "state": "gone"}, ["state", "gone"]),
        ({**CELL, "phone_number": "12"}, ["expected_forwarding_numbers", "forwarding_numbers[0]", "phone_number"]),
        ({**CELL, "extension": "109"}, ["expected_forwarding_numbers: forwarding_numbers[0]", "no extension '109'"]),
        ({"extension": "101", "device": "Yealink", "device_extension": "102"},
         ["expected_forwarding_numbers", "no device 'Yealink'"]),
    ],
)  # fmt: skip
def test_what_is_expected_has_the_form_of_a_forwarding_number(
    simulator: Simulator, tmp_path: Path, expected: Json, words: Sequence[str]
) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    item = {"extension": "101", "hours": "work", "then": {"extension": "102"}}
    result = apply(office, [item], check=True, expected_forwarding_numbers=[expected])
    assert result["failed"]
    assert [word for word in words if word not in result["msg"]] == []


def test_what_another_task_is_about_to_add_is_expected_in_check_mode_only(simulator: Simulator, tmp_path: Path) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    expected = {"expected_forwarding_numbers": [CELL, HOME, DESK]}
    previewed = apply(office, [WORK], check=True, **expected)
    assert (previewed.get("msg"), previewed["plan"]["update"]) == (None, 1)
    assert_clear(apply(office, [WORK], **expected), "is not a forwarding number", "no device 'Yealink T54W'")
    office.apply([CELL, HOME, DESK])
    done = apply(office, [WORK], **expected)
    assert (done.get("msg"), done["diff"]) == (None, previewed["diff"])
