# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding numbers that mean the same record or take something from one another, and devices of one name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from system_ringcentral import CELL, DESK, HOME, RingCentralOffice
from system_support import assert_clear, texts_of

from simulator.harness import Simulator
from simulator.ringcentral import seed

Item = Mapping[str, Any]
MOBILE = {"extension": "101", "phone_number": "+16505550110", "type": "Mobile"}
B = {"extension": "101", "phone_number": "+16505550120", "type": "Other", "label": "B"}
# Ben (102) has the device 800000002 of the same name.
BENS, CLEOS = "800000002", "800000009"
CLEOS_DESK = {**DESK, "device_extension": "103"}


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> RingCentralOffice:
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
    return RingCentralOffice(simulator, tmp_path / "shared")


@pytest.fixture
def namesakes(office: RingCentralOffice) -> RingCentralOffice:
    """Two extensions have a desk phone of the same name."""
    state = office.simulator.state()
    devices = state["ringcentral"]["extensions"]["400000004"]["devices"]
    devices[CLEOS] = seed.device(CLEOS, "Yealink T54W", "+16505550119", "400000004", "103")
    office.simulator.put_state(state)
    return office


def writes(office: RingCentralOffice) -> list[str]:
    return [line for line in office.requests() if line.startswith(("POST forw", "PUT", "DELETE"))]


def devices(office: RingCentralOffice) -> list[str]:
    own = office.simulator.state()["ringcentral"]["extensions"][seed.OWNER_ID]["devices"]
    listed = [item["device"]["id"] for item in office.numbers() if "device" in item]
    return sorted(device for device in listed if device not in own)


def turned(item: Item, **changed: Any) -> dict[str, Any]:
    return {**item, **changed, "replace": True}


def refused(office: RingCentralOffice, items: Sequence[Item], *words: str) -> None:
    """Fail before the first write, in check mode too."""
    before = office.numbers()
    assert_clear(office.apply(items, check=True), *words)
    assert_clear(office.apply(items), *words)
    assert (writes(office), office.numbers()) == ([], before)


def test_a_device_is_its_owners_although_another_of_its_name_is_listed(namesakes: RingCentralOffice) -> None:
    namesakes.apply([DESK])
    gone = namesakes.apply([{**CLEOS_DESK, "state": "absent"}])
    assert (gone["changed"], devices(namesakes)) == (False, [BENS])
    added = namesakes.apply([DESK, CLEOS_DESK])
    assert [(entry["action"], entry["device"]) for entry in added["results"]] == [("create", CLEOS)]
    assert devices(namesakes) == [BENS, CLEOS]
    assert namesakes.apply([DESK, CLEOS_DESK])["changed"] is False
    refused(namesakes, [{**CLEOS_DESK, "device_extension": None}], "2 listed devices", "device_extension", BENS, CLEOS)
    gone = namesakes.apply([{**DESK, "state": "absent"}])
    assert (gone["changed"], devices(namesakes)) == (True, [CLEOS])


def test_both_namesakes_in_a_new_list(namesakes: RingCentralOffice) -> None:
    done = namesakes.apply([DESK, CLEOS_DESK])
    assert (done["plan"]["create"], devices(namesakes)) == (2, [BENS, CLEOS])


def test_an_absent_device_that_its_owner_no_longer_has_is_absent(office: RingCentralOffice) -> None:
    absent = {**DESK, "device": "Old phone", "state": "absent"}
    done = office.apply([absent])
    assert (done["changed"], done["plan"]["unchanged"], done["results"]) == (False, 1, [])
    office.apply([DESK])
    refused(office, [{**DESK, "device_extension": "103", "state": "absent"}], "103 has no device 'Yealink T54W'")


@pytest.mark.parametrize(
    ("before", "items", "order"),
    [
        ([MOBILE, B], [turned(B, type="Mobile", label=None), turned(MOBILE, type="Other", label="A")], [1, 0]),
        ([B, HOME], [turned(HOME, type="Other", label="B"), turned(B, type="Work", label=None)], [1, 0]),
        ([MOBILE, HOME, B], [turned(B, type="Home", label=None), turned(HOME, type="Mobile"),
                             turned(MOBILE, type="Work")], [2, 1, 0]),
        ([B, CELL], [{**B, "label": "Cell"}, {**CELL, "label": "New"}], [1, 0]),
        ([CELL], [{**CELL, "label": "Old"}, {**B, "label": "Cell"}], [0, 1]),
        ([MOBILE, B], [turned(B, type="Mobile", label=None), {**MOBILE, "state": "absent"}], [1, 0]),
    ],
    ids=["type", "label", "chain of types", "renaming", "label to a new one", "of a deleted one"],
)  # fmt: skip
def test_what_is_given_up_goes_first(
    office: RingCentralOffice, before: Sequence[Item], items: Sequence[Item], order: list[int]
) -> None:
    office.apply(before)
    desired = [item for item in items if item.get("state") != "absent"]
    previewed = office.apply(items, check=True)
    done = office.apply(items)
    assert (done.get("msg"), done["plan"]) == (None, previewed["plan"])
    assert office.apply(items)["changed"] is False
    assert len(office.listed("id")) == len(desired)


@pytest.mark.parametrize(
    ("before", "items", "words"),
    [
        ([B, HOME], [turned(B, type="Home", label=None), turned(HOME, type="Other", label="B")],
         ["each of these takes", "101 / +16505550120", "101 / +16505550101", "a task of its own"]),
        ([B, CELL], [{**B, "label": "Cell"}, {**CELL, "label": "B"}], ["each of these takes", "a task of its own"]),
        ([CELL, HOME], [turned(HOME, type="Other", label="Cell"), {**CELL, "label": "Old"}],
         ["'Cell' is used by forwarding_numbers[1]", "FPN-102", "another label first, in a task of its own"]),
        ([HOME, *({**B, "phone_number": f"+1650555013{n}", "label": f"L{n}"} for n in range(7))],
         [turned(HOME, type="Other", label="H"),
          turned(B, phone_number="+16505550130", type="Home", label=None)],
         ["for a moment", "FPN-104", "a task of their own"]),
    ],
    ids=["types", "labels", "label of an update", "seven others"],
)  # fmt: skip
def test_what_no_order_makes_possible_is_refused_before_anything_is_deleted(
    office: RingCentralOffice, before: Sequence[Item], items: Sequence[Item], words: Sequence[str]
) -> None:
    office.apply(before)
    refused(office, items, *words)


def test_a_replacement_is_not_begun_when_what_it_needs_was_not_given_up(office: RingCentralOffice) -> None:
    office.apply([MOBILE, B])
    kept = office.listed("id", "phoneNumber")
    (mobile,) = [item["id"] for item in office.numbers() if item["type"] == "Mobile"]
    fault = {"provider": "ringcentral", "method": "DELETE", "path_regex": mobile, "times": 9, "kind": "status"}
    body = {"errors": [{"errorCode": "FPN-107", "message": "Device number cannot be deleted"}]}
    office.simulator.add_faults([{**fault, "status": 403, "body": body}])
    for gives_up in (turned(MOBILE, type="Other", label="A"), {**MOBILE, "state": "absent"}):
        done = office.apply([turned(B, type="Mobile", label=None), gives_up])
        assert [entry["status"] for entry in done["results"]] == ["not_tried", "failed"]
        assert office.listed("id", "phoneNumber") == kept


@pytest.mark.parametrize(
    ("before", "items", "words"),
    [
        ([MOBILE], [{**MOBILE, "phone_number": "+16505550141"}, {**MOBILE, "phone_number": "+16505550142"}],
         ["forwarding_numbers[1]", "forwarding_numbers[0]", "Mobile", "FPN-119"]),
        ([], [MOBILE, {**MOBILE, "phone_number": "+16505550142"}],
         ["forwarding_numbers[1]", "forwarding_numbers[0]", "Mobile", "FPN-119"]),
        ([], [MOBILE, turned(CELL, type="Mobile", label=None)], ["forwarding_numbers[1]", "FPN-119"]),
        ([], [DESK, {"extension": "101", "device": BENS}],
         ["forwarding_numbers[1]", "same device as forwarding_numbers[0]", "FPN-118"]),
        ([DESK], [DESK, {"extension": "101", "device": BENS}],
         ["forwarding_numbers[1]", "same record as forwarding_numbers[0]"]),
        ([], [CELL, {**B, "label": "Cell"}],
         ["label 'Cell' is listed for another", "forwarding_numbers[0]", "FPN-102"]),
    ],
)  # fmt: skip
def test_items_that_mean_the_same_are_refused_naming_both(
    office: RingCentralOffice, before: Sequence[Item], items: Sequence[Item], words: Sequence[str]
) -> None:
    office.apply(before)
    refused(office, items, *words)


def test_the_id_of_a_record_must_agree_with_what_else_selects_it(office: RingCentralOffice) -> None:
    office.apply([CELL, B])
    ids = {item["label"]: item["id"] for item in office.numbers()}
    cell = {"extension": "101", "forwarding_number_id": ids["Cell"]}
    own = {"extension": "101", "forwarding_number_id": "500000001"}
    gone = {"state": "absent"}
    refused(office, [{**own, **DESK}], "device is '800000001'", "cannot be changed")
    refused(office, [{**own, **DESK, **gone}], "id 500000001", "not the device Yealink T54W")
    refused(office, [{**own, "phone_number": "+16505550177"}], "number of a desk phone is fixed")
    refused(office, [{**cell, "phone_number": "+16505550199", **gone}], f"id {ids['Cell']}", "number +16505550100")
    refused(
        office, [{**cell, "phone_number": B["phone_number"]}], "+16505550120 is already listed", "101 / +16505550120"
    )
    refused(office, [{**cell, "phone_number": "+16505550131"}, {**B, "phone_number": "+16505550131", "label": "C"}],
            "same phone_number as forwarding_numbers[0]")  # fmt: skip
    wrong = {"phone_number": "+16505550199", "previous_phone_number": "+16505550198"}
    refused(office, [{**cell, **wrong}], "number +16505550100", "previous_phone_number")
    assert office.apply([{**own, "device": "Polycom VVX 411"}])["changed"] is False
    assert office.apply([{**cell, "phone_number": "+16505550199"}])["plan"]["update"] == 1
    assert office.apply([{**cell, "phone_number": "+16505550199", **gone}])["plan"]["delete"] == 1


@pytest.mark.parametrize(("counted", "applied"), [("all", 6), ("none", 7), ("coworkers", 7)])
def test_only_ringcentral_knows_which_desk_phones_count_towards_the_limit(
    office: RingCentralOffice, counted: str, applied: int
) -> None:
    office.simulator.set_switches({"ringcentral": {"lines_in_limit": counted}})
    state = office.simulator.state()
    owner = state["ringcentral"]["extensions"][seed.OWNER_ID]
    line = owner["forwarding_numbers"]["500000001"]
    for number in range(2, 5):
        key, own = f"50000000{number}", f"80000010{number}"
        owner["forwarding_numbers"][key] = {**line, "id": key, "label": f"Phone {number}", "device": {"id": own}}
        owner["devices"][own] = {**owner["devices"]["800000001"], "id": own, "name": f"Phone {number}"}
    office.simulator.put_state(state)
    items = [{**CELL, "phone_number": f"+1650555013{n}", "label": f"N{n}"} for n in range(7)]
    for check in (True, False):
        done = office.apply(items, check=check)
        assert "more than 10 forwarding numbers" in " ".join(texts_of(done))
    assert len(office.listed("id")) == applied
    if applied < len(items):
        assert_clear(done, "FPN-103", "6 applied, 1 failed", "desk phones")
