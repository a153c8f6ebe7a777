# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's call forwarding: the same items over both of its APIs, what is requested, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from system_ringcentral import CELL, DESK, HOME, Office
from system_support import Json, assert_clear, texts_of

from simulator.harness import Simulator
from simulator.ringcentral import seed
from simulator.ringcentral.switches import SWITCHES

PLURAL = "ringcentral_call_forwardings"
INFO = "ringcentral_call_forwarding_info"
WEEK = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
APPS = {"apps": ["desktop", "mobile"], "always": True}
WORK: Json = {
    "extension": "101",
    "hours": "work",
    "schedule": {**WEEK, "friday": ["08:00-12:00", "13:00-15:30"]},
    "ring_mode": "in_order",
    "ring": [
        APPS,
        {"phone_numbers": ["(650) 555-0100"], "seconds": 20},
        {"phone_numbers": ["(650) 555-0101"], "devices": ["Yealink T54W"], "seconds": 30},
    ],
    "then": {"voicemail": True},
}
AFTER: Json = {
    "extension": "101",
    "hours": "after",
    "ring_mode": "at_once",
    "ring": [{"phone_numbers": ["(650) 555-0100"], "seconds": 25}, {"devices": ["Polycom VVX 411"], "seconds": 15}],
    "then": {"extension": "102"},
}
BACK_ENDS = {"legacy": "no", "new": "yes"}


def _migrate(office: Office, migrated: str, **switches: Any) -> None:
    office.simulator.set_switches({"ringcentral": {"migrated": migrated, **switches}})


def _office(simulator: Simulator, folder: Path) -> Office:
    # Every run has a pretended clock of its own, by which limits of real time cannot be kept.
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
    office = Office(simulator, folder / "shared")
    office.apply([CELL, HOME, DESK])
    return office


@pytest.fixture(params=list(BACK_ENDS.values()), ids=list(BACK_ENDS))
def office(request: pytest.FixtureRequest, simulator: Simulator, tmp_path: Path) -> Office:
    """An account of either kind, whose extension has a mobile, a home number and a co-worker's phone."""
    office = _office(simulator, tmp_path)
    _migrate(office, request.param)
    return office


def _apply(office: Office, items: Sequence[Mapping[str, Any]], **options: Any) -> Json:
    return office.run(PLURAL, call_forwardings=[dict(item) for item in items], region="US", **options)


def _writes(office: Office) -> list[str]:
    return [
        line
        for line in office.requests()
        if line.startswith(("PUT", "PATCH", "POST", "DELETE")) and "token" not in line
    ]


def test_an_office_converges_and_stays(office: Office) -> None:
    done = _apply(office, [WORK, AFTER])
    assert (done.get("msg"), done["changed"], done["plan"]["update"]) == (None, True, 2)
    assert len(_writes(office)) == 3  # a rule each, and the schedule
    again = _apply(office, [WORK, AFTER])
    assert (again["changed"], again["diff"], _writes(office)) == (False, {"before": {}, "after": {}}, [])
    shown = again["call_forwardings"][0]
    assert shown["ring"][1:] == [
        {"phone_numbers": ["+16505550100"], "seconds": 20},
        {"phone_numbers": ["+16505550101"], "devices": ["Yealink T54W"], "seconds": 30},
    ]
    assert shown["schedule"]["friday"] == ["08:00-12:00", "13:00-15:30"]
    assert again["call_forwardings"][1]["then"] == {"extension": "102"}


def test_the_module_for_one_is_the_one_for_many(office: Office) -> None:
    one = office.run("ringcentral_call_forwarding", region="US", **AFTER)
    assert (one.get("msg"), one["changed"], one["call_forwarding"]["then"]) == (None, True, {"extension": "102"})
    assert _apply(office, [AFTER])["changed"] is False


def test_a_converged_extension_costs_what_its_options_need(simulator: Simulator, tmp_path: Path) -> None:
    office = _office(simulator, tmp_path)
    for migrated, lists in (
        ("no", ["GET answering-rule/ID", "GET business-hours", "GET answering-rule/ID"]),
        ("yes", ["GET state-rules"]),
    ):
        _migrate(office, migrated)
        _apply(office, [WORK, AFTER])
        _apply(office, [WORK, AFTER])
        assert office.requests() == ["GET extension", "GET features", *lists]


@pytest.mark.parametrize(
    ("before", "items"),
    [
        ([], [WORK, AFTER]),
        ([WORK, AFTER], [{**WORK, "then": {"phone_number": "+16505550109"}}]),
        ([WORK, AFTER], [{**WORK, "then": {"extension": "103"}}, {**AFTER, "then": {"voicemail": True}}]),
        ([WORK, AFTER], [{**AFTER, "ring": [], "then": {"phone_number": "+16505550109"}}]),
        ([{**AFTER, "ring": [], "then": {"extension": "103"}}], [AFTER]),
        ([WORK, AFTER], [{**WORK, "ring": list(reversed(WORK["ring"]))}]),
        ([WORK, AFTER], [{"extension": "101", "hours": "work", "ring_mode": "at_once"}]),
        ([WORK], [{"extension": "101", "hours": "work", "schedule": {"saturday": ["10:00-14:00"]}}]),
        ([WORK], [{"extension": "101", "hours": "work", "schedule": {"always": True}}]),
        ([{"extension": "101", "hours": "work", "schedule": {"always": True}}], [WORK, AFTER]),
        ([WORK], [{**WORK, "ring": [{"apps": ["desktop", "mobile"], "seconds": 15}, WORK["ring"][1]]}]),
        ([WORK], [{"extension": "101", "hours": "work", "then": {"voicemail": True, "mailbox": "103"}}]),
    ],
    ids=[
        "new", "to a number", "to extensions", "ring nothing", "ring again", "order", "mode", "schedule", "always",
        "after hours come to be", "apps", "mailbox",
    ],
)  # fmt: skip
def test_check_mode_foresees_what_a_run_does_and_the_next_run_does_nothing(
    office: Office, before: Sequence[Mapping[str, Any]], items: Sequence[Mapping[str, Any]]
) -> None:
    if before:
        assert "msg" not in _apply(office, before)
    office.run(INFO)  # so that the simulator has made up its mind of what nobody has read before
    state = office.simulator.state()["ringcentral"]["extensions"]
    foreseen = _apply(office, items, check=True)
    assert foreseen.get("msg") is None
    assert _writes(office) == []
    assert office.simulator.state()["ringcentral"]["extensions"] == state
    done = _apply(office, items)
    assert (done.get("msg"), done["changed"]) == (None, True)
    assert (foreseen["changed"], foreseen["plan"]) == (done["changed"], done["plan"])
    assert foreseen["diff"] == done["diff"]
    again = _apply(office, items)
    assert (again["changed"], again["diff"]) == (False, {"before": {}, "after": {}})


@pytest.mark.parametrize(("migrated", "then"), [("no", {}), ("yes", {"greeting": "66816"})], ids=list(BACK_ENDS))
def test_an_announcement_can_end_a_call(simulator: Simulator, tmp_path: Path, migrated: str, then: Json) -> None:
    office = Office(simulator, tmp_path / "shared")
    _migrate(office, migrated)
    announced = {"announcement": True, **then}
    items: list[Json] = [
        {"extension": "101", "hours": "work", "ring": [APPS], "then": announced},
        {"extension": "101", "hours": "after", "ring": [], "then": announced},
    ]
    assert _apply(office, items)["changed"] is True
    again = _apply(office, items)
    assert (again.get("msg"), again["changed"]) == (None, False)
    assert again["call_forwardings"][1]["then"] == announced
    without_greeting = [{**item, "then": {"announcement": True}} for item in items]
    assert _apply(office, without_greeting)["changed"] is False


def test_what_info_returns_is_valid_input_that_changes_nothing(office: Office) -> None:
    _apply(office, [WORK, AFTER])
    found = office.run(INFO, custom_rules=True, raw=True)
    assert found["custom_rules"] == [{"extension": "101", "name": "Nuisance"}]
    assert any("'Nuisance' takes calls before" in text for text in texts_of(found))
    assert len(found["raw"]) == len(found["call_forwardings"])
    assert {"extension", "extension_id", "hours", "rule"} <= set(found["raw"][0])
    again = _apply(office, found["call_forwardings"])
    assert (again.get("msg"), again["changed"]) == (None, False)


@pytest.mark.parametrize("name", [switch.name for switch in SWITCHES])
def test_every_switch_in_every_position(office: Office, name: str) -> None:
    positions = next(switch.values for switch in SWITCHES if switch.name == name)
    start = office.simulator.state()
    switches = {key: switch["value"] for key, switch in office.simulator.switches()["ringcentral"].items()}
    for position in positions:
        office.simulator.put_state(start)
        office.simulator.set_switches({"ringcentral": {**switches, name: position}})
        closed = (switches["migrated"], name, position) == ("yes", "migrated_forwarding_numbers", "closed")
        # Where the list of forwarding numbers cannot be read, a co-worker's phone has to be given by id.
        desk = seed.CO_WORKER_PHONE if closed else "Yealink T54W"
        work = {**WORK, "ring": [*WORK["ring"][:2], {**WORK["ring"][2], "devices": [desk]}]}
        for items in (
            [work, AFTER],
            [{**work, "schedule": WEEK, "then": {"phone_number": "+16505550109"}}, {**AFTER, "ring": []}],
        ):
            done = _apply(office, items)
            if (name, position) == ("adding_number_to_rule", "refused") and switches["migrated"] == "no":
                assert_clear(done, "CMN-101", "create it anew")
                break
            assert (done.get("msg"), done["changed"]) == (None, True), position
            state = office.simulator.state()
            for extension in state["ringcentral"]["extensions"].values():
                extension["late"] = extension["late_calls"] = None  # some time later
            office.simulator.put_state(state)
            again = _apply(office, items)
            assert (again.get("msg"), again["changed"]) == (None, False), position


def test_all_calls_are_sent_away_and_come_back_on_a_migrated_account(simulator: Simulator, tmp_path: Path) -> None:
    office = Office(simulator, tmp_path / "shared")
    away = {"extension": "101", "hours": "all", "enabled": True, "then": {"phone_number": "+16505550109"}}
    assert_clear(_apply(office, [away]), "legacy answering rules cannot forward all calls", "hours: after")
    _migrate(office, "yes")
    before = office.run(INFO, extensions=["101"])["call_forwardings"]
    done = _apply(office, [away])
    assert (done.get("msg"), done["changed"]) == (None, True)
    assert _writes(office) == ["PATCH state-rules/ID", "PATCH states/ID"]
    assert _apply(office, [away])["changed"] is False
    assert (_apply(office, before)["changed"], _writes(office)) == (True, ["PATCH states/ID", "PATCH state-rules/ID"])
    assert office.run(INFO, extensions=["101"])["call_forwardings"] == before


_FLAG_REFUSED = {
    "provider": "ringcentral",
    "method": "GET",
    "path_regex": "/features",
    "kind": "status",
    "status": 403,
    "body": {"errors": [{"errorCode": "CMN-408", "message": "no permission"}]},
}


@pytest.mark.parametrize(
    "items",
    [
        [{"extension": "101", "hours": "after", "ring": [], "then": {"voicemail": True}}],
        [{"extension": "101", "hours": "work", "schedule": WEEK}],
        [
            {"extension": "101", "hours": "work", "schedule": {"saturday": ["10:00-14:00"]}},
            {"extension": "103", "hours": "work", "then": {"extension": "102"}},
        ],
    ],
    ids=["rule", "schedule", "schedule first"],
)
@pytest.mark.parametrize("migrated", list(BACK_ENDS.values()), ids=list(BACK_ENDS))
def test_where_the_flag_cannot_be_read_a_rule_of_the_old_api_tells(
    simulator: Simulator, tmp_path: Path, migrated: str, items: Sequence[Mapping[str, Any]]
) -> None:
    office = Office(simulator, tmp_path / "shared")
    _migrate(office, migrated, migrated_business_hours="open")
    office.simulator.add_faults([{**_FLAG_REFUSED, "times": 2}])
    assert "msg" not in _apply(office, items)
    asked = [line for line in office.requests() if "extension" not in line and "token" not in line]
    refused = " 403" if migrated == "yes" else ""
    assert asked[:2] == ["GET features 403", f"GET answering-rule/ID{refused}"]
    old = [line for line in asked[2:] if "answering-rule" in line or "business-hours" in line]
    assert not old if migrated == "yes" else old
    assert _apply(office, items)["changed"] is False


def test_a_refusal_of_the_old_api_at_any_request_starts_the_reading_again(simulator: Simulator, tmp_path: Path) -> None:
    office = Office(simulator, tmp_path / "shared")
    _migrate(office, "yes", migrated_business_hours="open")
    flag = {"id": "NewCallHandlingAndForwarding", "params": [{"name": "isNewBackendAvailable", "value": "false"}]}
    office.simulator.add_faults([{**_FLAG_REFUSED, "times": 1, "status": 200, "body": {"records": [flag]}}])
    items = [
        {"extension": "101", "hours": "work", "schedule": {"saturday": ["10:00-14:00"]}},
        {"extension": "103", "hours": "work", "then": {"extension": "102"}},
    ]
    assert "msg" not in _apply(office, items)
    assert office.requests()[2:5] == ["GET features", "GET business-hours", "GET answering-rule/ID 403"]
    assert sorted(_writes(office)) == ["PATCH state-rules/ID", "PATCH states/ID"]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([{**WORK, "hours": "all"}], ["schedule", "does not go with hours: all"]),
        ([{**WORK, "ring": [{"phone_numbers": ["+19005550100"]}]}], ["premium-rate", "policy"]),
        ([{**WORK, "then": {"extension": "101"}}], ["cannot forward its calls to itself"]),
        ([{**WORK, "then": {"extension": "109"}}], ["no extension '109'", "Did you mean '10"]),
        ([{**WORK, "ring": [{"devices": ["Yealink"]}]}], ["no device 'Yealink'", "Did you mean 'Yealink T54W'"]),
        ([{**WORK, "schedule": {"monday": ["9-17"]}}], ["'9-17' is no range", "09:00-17:00"]),
        ([{**WORK, "schedule": {"monday": ["09:00-12:00", "11:00-13:00"]}}], ["have a time in common"]),
        ([{**WORK, "schedule": {}}], ["no work hours on any day", "always: true"]),
        ([{**WORK, "schedule": {"always": True}}, AFTER], ["no after hours", "around the clock"]),
        ([WORK, {**WORK, "extension": "Ada Reyes"}], ["already at call_forwardings[0]"]),
        ([{**WORK, "ring": [{"seconds": 20}]}], ["ring[0]", "rings nothing"]),
        ([{**WORK, "ring": [*WORK["ring"], WORK["ring"][1]]}], ["+16505550100 rings at", "already"]),
        ([{"extension": "101", "hours": "work"}], ["says nothing", "schedule"]),
        ([{"extension": "102", "hours": "after", "then": {"voicemail": True}}], ["around the clock", "no after hours"]),
    ],
)  # fmt: skip
def test_what_is_known_to_fail_fails_before_the_first_write(
    office: Office, items: Sequence[Mapping[str, Any]], words: Sequence[str]
) -> None:
    result = _apply(office, items)
    assert_clear(result, *words)
    assert (result["changed"], _writes(office)) == (False, [])


@pytest.mark.parametrize(
    ("migrated", "item", "words"),
    [
        ("no", {**WORK, "ring": [{"apps": ["desktop", "mobile"], "seconds": 12}]}, ["rings of 5 seconds", "10 or 15"]),
        ("no", {**WORK, "ring": [{"extensions": ["102"]}]}, ["cannot ring another extension"]),
        ("no", {**WORK, "ring": [{"apps": ["mobile"]}]}, ["ring all apps or none"]),
        ("no", {**WORK, "ring": [{"phone_numbers": ["+16505550155"]}]}, ["no forwarding number", "add it"]),
        ("no", {**AFTER, "ring": [], "then": {"announcement": True, "greeting": "1"}}, ["leave out greeting"]),
        ("yes", {**WORK, "ring": []}, ["cannot send calls away in work hours", "hours: all"]),
        ("yes", {**WORK, "then": {"announcement": True}}, ["no announcement yet", "greeting"]),
    ],
)  # fmt: skip
def test_what_one_of_the_apis_cannot_express_is_said_before_the_first_write(
    simulator: Simulator, tmp_path: Path, migrated: str, item: Mapping[str, Any], words: Sequence[str]
) -> None:
    office = _office(simulator, tmp_path)
    _migrate(office, migrated)
    result = _apply(office, [item])
    assert_clear(result, *words)
    assert (result["changed"], _writes(office)) == (False, [])


def test_what_another_task_is_about_to_add_is_expected_in_check_mode_only(simulator: Simulator, tmp_path: Path) -> None:
    office = Office(simulator, tmp_path / "shared")
    expected = {"expected_forwarding_numbers": [CELL, HOME, DESK]}
    foreseen = _apply(office, [WORK], check=True, **expected)
    assert (foreseen.get("msg"), foreseen["plan"]["update"]) == (None, 1)
    assert_clear(_apply(office, [WORK], **expected), "no forwarding number", "no device 'Yealink T54W'")
    office.apply([CELL, HOME, DESK])
    done = _apply(office, [WORK], **expected)
    assert (done.get("msg"), done["diff"]) == (None, foreseen["diff"])


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
        office = Office(simulator, tmp_path / "shared")
        simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
        start = simulator.state()
        _migrate(office, migrated)
        office.apply(before)
        if before:
            numbers = [entry["phone_number"] for entry in before if "phone_number" in entry]
            devices = [entry["device"] for entry in before if "device" in entry]
            rung: Json = {"extension": "101", "hours": "work", "ring_mode": "in_order"}
            rung["ring"] = [{"phone_numbers": numbers, "devices": devices}]
            assert "msg" not in _apply(office, [rung])
        foreseen = _apply(office, [item], check=True, expected_forwarding_numbers=expected)
        assert _writes(office) == []
        assert "msg" not in office.apply(expected)
        done = _apply(office, [item], expected_forwarding_numbers=expected)
        for name in ("msg", "changed", "plan", "diff"):
            assert foreseen.get(name) == done.get(name), (migrated, name)
        simulator.put_state(start)


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ({**CELL, "typo": 1}, ["typo"]),
        ({}, ["extension"]),
        ({"extension": "101"}, ["phone_number", "device", "forwarding_number_id"]),
        ({**CELL, "state": "gone"}, ["state", "gone"]),
        ({**CELL, "phone_number": "12"}, ["expected_forwarding_numbers", "forwarding_numbers[0]", "phone_number"]),
        ({**CELL, "extension": "109"}, ["expected_forwarding_numbers[0]", "no extension '109'"]),
        ({"extension": "101", "device": "Yealink", "device_extension": "102"},
         ["expected_forwarding_numbers", "no device 'Yealink'"]),
    ],
)  # fmt: skip
def test_what_is_expected_has_the_form_of_a_forwarding_number(
    simulator: Simulator, tmp_path: Path, expected: Json, words: Sequence[str]
) -> None:
    office = Office(simulator, tmp_path / "shared")
    item = {"extension": "101", "hours": "work", "then": {"extension": "102"}}
    result = _apply(office, [item], check=True, expected_forwarding_numbers=[expected])
    assert result["failed"]
    assert [word for word in words if word not in result["msg"]] == []


def _legacy_numbers(office: Office, numbers: Sequence[Json], rung: Sequence[str]) -> None:
    """Give extension 101 forwarding numbers that the modules would not make, and let work hours ring some of them."""
    state = office.simulator.state()
    extension = state["ringcentral"]["extensions"][seed.OWNER_ID]
    extension["forwarding_numbers"].update({number["id"]: number for number in numbers})
    forwarding = extension["answering_rules"]["business-hours-rule"]["forwarding"]
    forwarding["rules"] += [{"ringCount": 4, "forwardingNumbers": [key]} for key in rung]
    office.simulator.put_state(state)


def _rung_by_legacy(office: Office) -> list[list[str]]:
    extension = office.simulator.state()["ringcentral"]["extensions"][seed.OWNER_ID]
    rules = extension["answering_rules"]["business-hours-rule"]["forwarding"]["rules"]
    return [rule["forwardingNumbers"] for rule in rules]


def _line(key: str, device: str, label: str) -> Json:
    number = seed.forwarding_number(key, "+16505550112", label, "PhoneLine")
    return {**number, "device": {"id": device}}


_APPS_OF_BEN = {
    "id": "500000010",
    "label": "Ben's apps",
    "type": "ExtensionApps",
    "features": [],
    "extension": {"id": seed.READER_ID, "name": "Ben", "extensionNumber": "102"},
}
_TWICE = [
    seed.forwarding_number("500000011", "+16505550100", "A"),
    seed.forwarding_number("500000012", "+16505550100", "B"),
    seed.forwarding_number("500000013", "+16505550101", "C"),
]


@pytest.mark.parametrize("inactive", ["on_request", "always", "never"])
@pytest.mark.parametrize(
    ("numbers", "rung", "warned"),
    [
        ([_APPS_OF_BEN], ["500000010"], "which has no phone number"),
        (_TWICE, ["500000011", "500000013", "500000012"], "two forwarding numbers +16505550100"),
        (_TWICE, ["500000012"], ""),
        ([_line("500000021", "800000021", "Yealink"), _line("500000022", "800000022", "Yealink")], ["500000022"], ""),
    ],
    ids=["without number", "both of a number", "one of a number", "devices of one name"],
)
def test_legacy_rules_keep_the_forwarding_numbers_that_they_ring(
    simulator: Simulator, tmp_path: Path, numbers: list[Json], rung: list[str], warned: str, inactive: str
) -> None:
    office = Office(simulator, tmp_path / "shared")
    _migrate(office, "no", inactive_numbers=inactive)
    _legacy_numbers(office, numbers, rung)
    before = _rung_by_legacy(office)
    read = office.run(INFO, extensions=["101"])
    assert warned in str(texts_of(read))
    found = next(item for item in read["call_forwardings"] if item["hours"] == "work")
    assert ("ring" in found, "ring_mode" in found) == (not warned, not warned)
    again = _apply(office, read["call_forwardings"])
    assert (again.get("msg"), again["changed"]) == (None, False)
    for change in ({"then": {"extension": "102"}}, {"ring_mode": "at_once"}):
        done = _apply(office, [{"extension": "101", "hours": "work", **change}])
        assert (done.get("msg"), done["changed"]) == (None, True)
        assert sorted(_rung_by_legacy(office)) == sorted(before)
        assert _apply(office, [{"extension": "101", "hours": "work", **change}])["changed"] is False


def test_a_number_that_is_listed_twice_rings_where_it_rings_already(simulator: Simulator, tmp_path: Path) -> None:
    office = Office(simulator, tmp_path / "shared")
    _legacy_numbers(office, _TWICE, ["500000012"])
    item = {"extension": "101", "hours": "work", "ring": [{"phone_numbers": ["+16505550100"]}]}
    assert "msg" not in _apply(office, [item])
    assert _rung_by_legacy(office) == [["500000012"]]
    other = {"extension": "101", "hours": "after", "ring": item["ring"]}
    assert_clear(_apply(office, [other]), "listed 2 times", "500000011, 500000012", "remove all but one")


def test_two_devices_of_one_name_are_never_taken_for_each_other(simulator: Simulator, tmp_path: Path) -> None:
    office = Office(simulator, tmp_path / "shared")
    state = simulator.state()
    own = state["ringcentral"]["extensions"][seed.OWNER_ID]
    own["devices"]["800000021"] = seed.device("800000021", "Yealink T54W", "+16505550121", seed.OWNER_ID, "101")
    simulator.put_state(state)
    lines = [_line("500000021", "800000021", "Yealink T54W"), _line("500000022", seed.CO_WORKER_PHONE, "Yealink T54W")]
    _legacy_numbers(office, lines, [])
    start = simulator.state()
    for migrated in BACK_ENDS.values():
        simulator.put_state(start)
        _migrate(office, migrated)
        item = {"extension": "101", "hours": "work", "ring": [{"devices": ["Yealink T54W"]}]}
        words = ("2 devices are called 'Yealink T54W'", f"{seed.CO_WORKER_PHONE}", "800000021")
        assert_clear(_apply(office, [item]), *words)
        by_id = {**item, "ring": [{"devices": ["800000021"]}]}
        assert (_apply(office, [by_id]).get("msg"), _apply(office, [by_id])["changed"]) == (None, False)


def test_what_is_not_managed_is_kept(office: Office) -> None:
    _apply(office, [WORK, AFTER])
    before = office.run(INFO, extensions=["101"], raw=True)["raw"]
    _apply(office, [{**WORK, "then": {"phone_number": "+16505550109"}}])
    after = office.run(INFO, extensions=["101"], raw=True)["raw"]
    for one, other in zip(before, after, strict=True):
        rules = [item["rule"] for item in (one, other)]
        for name in ("greetings", "screening"):
            assert rules[0].get(name) == rules[1].get(name)
        kept = [
            [
                action
                for action in rule.get("dispatching", {}).get("actions", [])
                if action["type"] != "TerminatingAction"
            ]
            for rule in rules
        ]
        assert kept[0] == kept[1]


@pytest.mark.parametrize("hours", ["after", "come to be"])
def test_a_ring_mode_of_nothing_is_refused(office: Office, hours: str) -> None:
    mode = {"extension": "101", "hours": "after", "ring_mode": "at_once"}
    items: list[Json] = [mode]
    if hours == "come to be":
        items = [{"extension": "103", "hours": "work", "schedule": WEEK}, {**mode, "extension": "103"}]
    assert_clear(_apply(office, items), "ring_mode", "needs ring beside it, because nothing rings")
    assert _writes(office) == []
    assert _apply(office, [{**mode, "ring": []}])["changed"] is False


def test_forwarding_all_calls_is_off_where_it_does_not_exist(simulator: Simulator, tmp_path: Path) -> None:
    office = Office(simulator, tmp_path / "shared")
    _migrate(office, "yes")
    exported = next(x for x in office.run(INFO, extensions=["101"])["call_forwardings"] if x["hours"] == "all")
    assert exported["enabled"] is False
    _migrate(office, "no")
    for item, warned in (({"extension": "101", "hours": "all", "enabled": False}, []), (exported, ["then"])):
        for check in (True, False):
            done = _apply(office, [item], check=check)
            assert (done.get("msg"), done["changed"], _writes(office)) == (None, False, [])
            assert [word for word in warned if word not in str(texts_of(done))] == []
    away = {"extension": "101", "hours": "all", "then": {"extension": "102"}}
    assert_clear(_apply(office, [away]), "cannot forward all calls")
    assert [item["hours"] for item in office.run(INFO, extensions=["101"])["call_forwardings"]] == ["after", "work"]


@pytest.mark.parametrize(("migrated", "kind"), [("no", "legacy"), ("yes", "new")])
def test_info_tells_which_call_handling_the_account_has(
    simulator: Simulator, tmp_path: Path, migrated: str, kind: str
) -> None:
    office = Office(simulator, tmp_path / "shared")
    _migrate(office, migrated)
    assert office.run(INFO, extensions=["101"])["call_handling"] == kind
    assert "call_handling" not in office.run(INFO, extensions=[])


@pytest.mark.parametrize("put", ["accepted", "ignored"])
def test_that_apps_may_keep_their_place_is_told_beforehand(simulator: Simulator, tmp_path: Path, put: str) -> None:
    office = _office(simulator, tmp_path)
    _migrate(office, "no", position_top_in_put=put)
    apps, cell = {"apps": ["desktop", "mobile"], "seconds": 15}, {"phone_numbers": ["+16505550100"]}
    first: Json = {"extension": "101", "hours": "work", "ring_mode": "in_order", "ring": [apps, cell]}
    last = {**first, "ring": [cell, apps]}
    assert (_apply(office, [first])["changed"], texts_of(_apply(office, [first]))) == (True, [])
    foreseen = _apply(office, [last], check=True)
    assert (foreseen.get("msg"), "moved in RingCentral's portal" in str(texts_of(foreseen))) == (None, True)
    done = _apply(office, [last])
    assert texts_of(done) == texts_of(foreseen)
    if put == "ignored":
        assert_clear(done, "The provider accepted the write, but afterwards ring is")
    else:
        assert (done.get("msg"), _apply(office, [last])["changed"]) == (None, False)
    at_once = {**last, "ring_mode": "at_once"}
    assert (_apply(office, [at_once]).get("msg"), _apply(office, [at_once])["changed"]) == (None, False)


def _groups(office: Office) -> list[Json]:
    """What the state of work hours rings or could ring, as the account holds it."""
    rule = office.simulator.state()["ringcentral"]["extensions"][seed.OWNER_ID]["comm_handling"]["rules"]["work-hours"]
    return [action for action in rule["actions"] if "Ring" in action["type"]]


def _change_work_rule(office: Office, change: Callable[[Json], None]) -> None:
    """Let somebody else change the actions of the rule of work hours."""
    state = office.simulator.state()
    rule = state["ringcentral"]["extensions"][seed.OWNER_ID]["comm_handling"]["rules"]["work-hours"]
    for action in rule["actions"]:
        change(action)
    office.simulator.put_state(state)


@pytest.fixture
def new(simulator: Simulator, tmp_path: Path) -> Office:
    """An account with the new call handling."""
    office = _office(simulator, tmp_path)
    _migrate(office, "yes")
    office.run(INFO)
    return office


@pytest.mark.parametrize("shown", ["bare", "with_extension"])
def test_one_s_own_phones_are_one_s_own_however_they_are_shown(new: Office, shown: str) -> None:
    def all_groups_are_one_s_own(action: Json) -> None:
        action["enabled"] = action["type"] != "RingAlwaysGroupAction"

    _change_work_rule(new, all_groups_are_one_s_own)
    _migrate(new, "yes", own_targets=shown, own_device_group="required")
    for ring in ([{"apps": ["mobile"], "seconds": 20}], [{"phone_numbers": ["+16505550100"], "seconds": 20}]):
        item = {"extension": "101", "hours": "work", "ring": ring}
        done = _apply(new, [item])
        assert (done.get("msg"), done["changed"]) == (None, True)
        groups = _groups(new)
        kinds = sorted(target["type"] for group in groups for target in group["targets"])
        assert [kind for kind in kinds if not kind.startswith("Phone")] == [
            "AllDesktopRingTarget", "AllMobileRingTarget", "DeviceRingTarget",
        ]  # fmt: skip
        assert [len(group["targets"]) for group in groups if group["enabled"]] == [1]
        assert _apply(new, [item])["changed"] is False


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
def test_what_somebody_has_called_a_number_stays(new: Office, item: Mapping[str, Any]) -> None:
    def call_it(action: Json) -> None:
        for target in action.get("targets", ()):
            if target["type"] == "PhoneNumberRingTarget":
                target["name"] = "Ada's own"

    first = {"extension": "101", "hours": "work", "ring": [{"phone_numbers": ["+16505550100"]}]}
    _apply(new, [first])
    _change_work_rule(new, call_it)
    assert _apply(new, [{"extension": "101", "hours": "work", **item}])["changed"] is True
    named = [target.get("name") for group in _groups(new) for target in group["targets"] if "destination" in target]
    assert "Ada's own" in named


def test_what_happens_after_ringing_can_change_where_nothing_rings(new: Office) -> None:
    _change_work_rule(new, lambda action: action.update({"enabled": False} if "Ring" in action["type"] else {}))
    before = _groups(new)
    done = _apply(new, [{"extension": "101", "hours": "work", "then": {"extension": "102"}}])
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
def test_a_raw_target_means_what_is_read_afterwards(new: Office, raw: Json, shown: Json) -> None:
    item = {"extension": "101", "hours": "work", "ring_mode": "in_order", "ring": [{"raw": [raw]}]}
    foreseen = _apply(new, [item], check=True)
    done = _apply(new, [item])
    assert (done.get("msg"), done["changed"], foreseen["changed"]) == (None, True, True)
    assert _apply(new, [item])["changed"] is False
    found = next(x for x in new.run(INFO, extensions=["101"])["call_forwardings"] if x["hours"] == "work")
    assert found["ring"] == [{**shown, "seconds": 20}]
    assert _apply(new, [found])["changed"] is False


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"destination": {"phoneNumber": "+16505550100"}}, ["raw[0].type", "is needed"]),
        ({"type": "PhoneNumberRingTarget", "destination": "+16505550100"}, ["destination", "object with phoneNumber"]),
        ({"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": "+19005550100"}}, ["premium-rate"]),
        ({"type": "DeviceRingTarget"}, ["raw[0].device", "is needed for DeviceRingTarget"]),
        ({"type": "DeviceRingTarget", "device": {"name": "x"}}, ["raw[0].device", "object with id"]),
        ({"type": "AllMobileRingTarget", "extension": "102"}, ["raw[0].extension", "object with id"]),
        ({"type": "CoworkerRingTarget"}, ["raw[0].extension", "is needed"]),
    ],
)
def test_the_form_of_raw_targets_is_checked_before_any_request(new: Office, raw: Json, words: Sequence[str]) -> None:
    result = _apply(new, [{"extension": "101", "hours": "work", "ring": [{"raw": [raw]}]}])
    assert_clear(result, *words)
    assert new.requests() == []


def test_two_names_of_one_phone_do_not_ring_it_twice(office: Office) -> None:
    ring = [{"devices": ["Polycom VVX 411"]}, {"devices": [seed.DESK_PHONE]}]
    assert_clear(_apply(office, [{"extension": "101", "hours": "work", "ring": ring}]), "ring[1]", "rings at ring[0]")
    assert _writes(office) == []


def test_an_uploaded_greeting_is_told_from_one_of_ringcentral_s_own(new: Office) -> None:
    def upload(action: Json) -> None:
        for target in action.get("targets", ()):
            if target["type"].startswith("PlayAnnouncement"):
                greeting = {"effectiveGreetingType": "Custom", "preset": {"id": "66816"}, "custom": {"id": "990001"}}
                target["prompt"] = {"greeting": greeting}

    _apply(new, [{"extension": "101", "hours": "work", "then": {"announcement": True, "greeting": "66816"}}])
    _change_work_rule(new, upload)
    found = next(x for x in new.run(INFO, extensions=["101"])["call_forwardings"] if x["hours"] == "work")
    assert found["then"] == {"announcement": True, "greeting": "custom:990001"}
    for item in ({"extension": "103", "hours": "work"}, {"extension": "101", "hours": "after", "ring": []}):
        items = [{**item, "then": found["then"]}]
        assert (_apply(new, items).get("msg"), _apply(new, items)["changed"]) == (None, False)
    refused = _apply(new, [{**found, "then": {"announcement": True, "greeting": "custom:"}}])
    assert_clear(refused, "then.greeting", "custom:")


def test_a_missing_rule_is_no_rule(new: Office) -> None:
    body = {"records": [], "paging": {"page": 1, "perPage": 100}}
    fault = {"method": "GET", "path_regex": "/state-rules", "times": 1, "kind": "status", "status": 200, "body": body}
    new.simulator.add_faults([{"provider": "ringcentral", **fault}])
    items = [{"extension": "101", "hours": "work", "then": {"extension": "102"}}]
    assert_clear(_apply(new, items), "has no state 'work-hours'")


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "garbage", "truncate", "status"])
@pytest.mark.parametrize("position", range(8))
def test_every_fault_at_every_request(office: Office, kind: str, position: int) -> None:
    details = {"status": 500} if kind == "status" else {}
    fault = {"provider": "ringcentral", "method": ".*", "path_regex": "restapi/v", "after": position, "times": 1}
    office.simulator.add_faults([{**fault, "kind": kind, **details}])
    first = _apply(office, [WORK, AFTER], deadline=30)
    before = office.simulator.state()
    if first.get("failed"):
        assert_clear(first)
        assert first["changed"] or not _writes(office)
    office.simulator.clear_faults()
    final = _apply(office, [WORK, AFTER])
    assert "msg" not in final
    if not first.get("failed"):
        assert final["changed"] is False
        assert office.simulator.state()["ringcentral"]["extensions"] == before["ringcentral"]["extensions"]
    assert _apply(office, [WORK, AFTER])["changed"] is False
