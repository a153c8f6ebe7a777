# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's call forwarding over the new call handling: what is kept, and targets in RingCentral's own form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from system_calls import INFO, apply, migrate, office_of
from system_ringcentral import RingCentralOffice
from system_support import Json, assert_clear

from simulator.harness import Simulator
from simulator.ringcentral import seed


def _groups(office: RingCentralOffice) -> list[Json]:
    """What the state of work hours rings or could ring, as the account holds it."""
    rule = office.simulator.state()["ringcentral"]["extensions"][seed.OWNER_ID]["comm_handling"]["rules"]["work-hours"]
    return [action for action in rule["actions"] if "Ring" in action["type"]]


def _change_work_rule(office: RingCentralOffice, change: Callable[[Json], None]) -> None:
    """Let somebody else change the actions of the rule of work hours."""
    state = office.simulator.state()
    rule = state["ringcentral"]["extensions"][seed.OWNER_ID]["comm_handling"]["rules"]["work-hours"]
    for action in rule["actions"]:
        change(action)
    office.simulator.put_state(state)


@pytest.fixture
def new(simulator: Simulator, tmp_path: Path) -> RingCentralOffice:
    """An account with the new call handling."""
    office = office_of(simulator, tmp_path)
    migrate(office, "yes")
    office.run(INFO)
    return office


@pytest.mark.parametrize("shown", ["bare", "with_extension"])
def test_one_s_own_phones_are_one_s_own_however_they_are_shown(new: RingCentralOffice, shown: str) -> None:
    def all_groups_are_one_s_own(action: Json) -> None:
        action["enabled"] = action["type"] != "RingAlwaysGroupAction"

    _change_work_rule(new, all_groups_are_one_s_own)
    migrate(new, "yes", own_targets=shown, own_device_group="required")
    for ring in ([{"apps": ["mobile"], "seconds": 20}], [{"phone_numbers": ["+16505550100"], "seconds": 20}]):
        item = {"extension": "101", "hours": "work", "ring": ring}
        done = apply(new, [item])
        assert (done.get("msg"), done["changed"]) == (None, True)
        groups = _groups(new)
        kinds = sorted(target["type"] for group in groups for target in group["targets"])
        assert [kind for kind in kinds if not kind.startswith("Phone")] == [
            "AllDesktopRingTarget", "AllMobileRingTarget", "DeviceRingTarget",
        ]  # fmt: skip
        assert [len(group["targets"]) for group in groups if group["enabled"]] == [1]
        assert apply(new, [item])["changed"] is False


@pytest.mark.parametrize(
    "item",
    [
        {"then": {"extension": "102"}},
        {"ring_mode": "at_once"},
        {"ring": [{"devices": ["Yealink T54W"]}, {"phone_numbers": ["+16505550100"], "seconds": 30}]},
        {"ring": [{"phone_numbers": ["+16505550100", "+16505550109"]}]},
    ],
    ids=["then", "mode", "another step", "the same step"],
)
def test_what_somebody_has_called_a_number_stays(new: RingCentralOffice, item: Mapping[str, Any]) -> None:
    def call_it(action: Json) -> None:
        for target in action.get("targets", ()):
            if target["type"] == "PhoneNumberRingTarget":
                target["name"] = "Ada's own"

    first = {"extension": "101", "hours": "work", "ring": [{"phone_numbers": ["+16505550100"]}]}
    apply(new, [first])
    _change_work_rule(new, call_it)
    assert apply(new, [{"extension": "101", "hours": "work", **item}])["changed"] is True
    named = [target.get("name") for group in _groups(new) for target in group["targets"] if "destination" in target]
    assert "Ada's own" in named


def test_what_happens_after_ringing_can_change_where_nothing_rings(new: RingCentralOffice) -> None:
    _change_work_rule(new, lambda action: action.update({"enabled": False} if "Ring" in action["type"] else {}))
    before = _groups(new)
    done = apply(new, [{"extension": "101", "hours": "work", "then": {"extension": "102"}}])
    assert (done.get("msg"), done["changed"], _groups(new)) == (None, True, before)


_OTHER_MOBILE = {"type": "AllMobileRingTarget", "extension": {"id": seed.READER_ID}}


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (
            {"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": "(650) 555-0100"}},
            {"phone_numbers": ["+16505550100"]},
        ),
        ({"type": "DeviceRingTarget", "device": {"id": int(seed.CO_WORKER_PHONE)}}, {"devices": ["Yealink T54W"]}),
        ({"type": "AllMobileRingTarget", "extension": {"id": int(seed.OWNER_ID)}}, {"apps": ["mobile"]}),
        ({"type": "AllMobileRingTarget"}, {"apps": ["mobile"]}),
        ({"type": "CoworkerRingTarget", "extension": {"id": int(seed.READER_ID)}}, {"extensions": ["102"]}),
        (_OTHER_MOBILE, {"raw": [_OTHER_MOBILE]}),
        ({**_OTHER_MOBILE, "extension": {"id": int(seed.READER_ID)}}, {"raw": [_OTHER_MOBILE]}),
    ],
)
def test_a_raw_target_means_what_is_read_afterwards(new: RingCentralOffice, raw: Json, shown: Json) -> None:
    item = {"extension": "101", "hours": "work", "ring_mode": "in_order", "ring": [{"raw": [raw]}]}
    previewed = apply(new, [item], check=True)
    done = apply(new, [item])
    assert (done.get("msg"), done["changed"], previewed["changed"]) == (None, True, True)
    assert apply(new, [item])["changed"] is False
    found = next(x for x in new.run(INFO, extensions=["101"])["call_forwardings"] if x["hours"] == "work")
    assert found["ring"] == [{**shown, "seconds": 20}]
    assert apply(new, [found])["changed"] is False


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"destination": {"phoneNumber": "+16505550100"}}, ["raw[0].type", "is required"]),
        ({"type": "PhoneNumberRingTarget", "destination": "+16505550100"}, ["destination", "object with phoneNumber"]),
        ({"type": "DeviceRingTarget"}, ["raw[0].device", "is required for DeviceRingTarget"]),
        ({"type": "DeviceRingTarget", "device": {"name": "x"}}, ["raw[0].device", "object with id"]),
        ({"type": "AllMobileRingTarget", "extension": "102"}, ["raw[0].extension", "object with id"]),
        ({"type": "CoworkerRingTarget"}, ["raw[0].extension", "is required"]),
    ],
)
def test_the_form_of_raw_targets_is_checked_before_any_request(
    new: RingCentralOffice, raw: Json, words: Sequence[str]
) -> None:
    result = apply(new, [{"extension": "101", "hours": "work", "ring": [{"raw": [raw]}]}])
    assert_clear(result, *words)
    assert new.requests() == []


def test_an_uploaded_greeting_is_reported_from_one_of_ringcentral_s_own(new: RingCentralOffice) -> None:
    def upload(action: Json) -> None:
        for target in action.get("targets", ()):
            if target["type"].startswith("PlayAnnouncement"):
                greeting = {"effectiveGreetingType": "Custom", "preset": {"id": "66816"}, "custom": {"id": "990001"}}
                target["prompt"] = {"greeting": greeting}

    apply(new, [{"extension": "101", "hours": "work", "then": {"announcement": True, "greeting": "66816"}}])
    _change_work_rule(new, upload)
    found = next(x for x in new.run(INFO, extensions=["101"])["call_forwardings"] if x["hours"] == "work")
    assert found["then"] == {"announcement": True, "greeting": "custom:990001"}
    for item in ({"extension": "103", "hours": "work"}, {"extension": "101", "hours": "after", "ring": []}):
        items = [{**item, "then": found["then"]}]
        assert (apply(new, items).get("msg"), apply(new, items)["changed"]) == (None, False)
    refused = apply(new, [{**found, "then": {"announcement": True, "greeting": "custom:"}}])
    assert_clear(refused, "then.greeting", "custom:")


def test_a_missing_rule_is_no_rule(new: RingCentralOffice) -> None:
    body = {"records": [], "paging": {"page": 1, "perPage": 100}}
    fault = {"method": "GET", "path_regex": "/state-rules", "times": 1, "kind": "status", "status": 200, "body": body}
    new.simulator.add_faults([{"provider": "ringcentral", **fault}])
    items = [{"extension": "101", "hours": "work", "then": {"extension": "102"}}]
    assert_clear(apply(new, items), "has no state 'work-hours'")
