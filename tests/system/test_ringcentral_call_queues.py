# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's call queues: what is requested, what is previewed, what is refused, in every position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from system_company import CompanyOffice
from system_support import Json, assert_clear, texts_of
from system_switches import in_all_positions_together

from simulator.harness import Simulator
from simulator.ringcentral import seed

MANY, ONE, INFO = "ringcentral_call_queues", "ringcentral_call_queue", "ringcentral_company_info"
SALES, SUPPORT = seed.SALES_ID, seed.SUPPORT_ID
RULE = f"extension/{SALES}/answering-rule/business-hours-rule"
NEW = {"extension": "7010", "name": "Orders", "email": "orders@example.org"}
OFFICE_HOURS = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "friday")}
FULL: Json = {
    "extension": "7001",
    "name": "Sales team",
    "email": "sales.team@example.org",
    "site": "9001",
    "time_zone": "America/Chicago",
    "language": "de-DE",
    "members": ["103", "101"],
    "ring": "fixed_order",
    "ring_seconds": 25,
    "wrap_up": 0,
    "max_wait": 90,
    "on_max_wait": {"extension": "7002"},
    "max_callers": 5,
    "on_full": {"announcement": "Busy"},
    "on_no_answer": {"wait": "members_and_overflow"},
    "overflow": ["7002"],
    "voicemail_to": "7101",
    "editable_member_status": False,
    "greetings": {"introductory": "None", "hold_music": "Acoustic"},
    "hours": OFFICE_HOURS,
    "after_hours": {"voicemail": {"extension": "102"}},
}


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


def apply(office: CompanyOffice, *items: Mapping[str, Any], **options: Any) -> Json:
    return office.run(MANY, call_queues=[dict(item) for item in items], **options)


def in_queue(office: CompanyOffice, number: str) -> list[str]:
    """The numbers of the members."""
    extensions = office.account()["extensions"]
    return [extensions[key]["record"]["extensionNumber"] for key in office.extension_of(number)["queue"]["members"]]


def order(office: CompanyOffice, number: str) -> list[str]:
    """The numbers of those who ring one after the other."""
    extensions, queue = office.account()["extensions"], handling(office, number)
    assert queue["transferMode"] == "FixedOrder"
    return [extensions[key]["record"]["extensionNumber"] for key in queue["fixedOrderAgents"]]


def handling(office: CompanyOffice, number: str) -> Json:
    found: Json = office.extension_of(number)["answering_rules"]["business-hours-rule"]["queue"]
    return found


def test_what_is_right_costs_light_requests_and_the_list_of_extensions(office: CompanyOffice) -> None:
    item = {name: value for name, value in FULL.items() if name != "overflow"}
    assert apply(office, item)["changed"] is True
    assert apply(office, item)["changed"] is False
    assert office.calls() == [
        "GET extension",
        *(f"GET extension/{SALES}", f"GET call-queues/{SALES}", f"GET {RULE}", f"GET call-queues/{SALES}/members"),
        *(f"GET extension/{SALES}/business-hours", f"GET extension/{SALES}/answering-rule/after-hours-rule"),
    ]
    assert apply(office, {"extension": "7001", "name": "Sales team"})["changed"] is False
    assert office.calls() == ["GET extension", f"GET extension/{SALES}"]


def test_a_new_queue_is_made_switched_on_and_filled_in_order(office: CompanyOffice) -> None:
    item, before = {**FULL, **NEW, "site": "main"}, office.account()
    previewed, done = office.cycle(MANY, "call_queues", [item])
    assert done["plan"] == {"create": 1, "update": 0, "delete": 0, "unchanged": 0}
    assert previewed["diff"] == done["diff"]
    office.simulator.put_state({"ringcentral": before})
    assert apply(office, item)["changed"] is True
    new = str(seed.FIRST_ID)
    assert [call for call in office.calls() if not call.startswith("GET")] == [
        "POST extension",
        *(f"PUT extension/{new}", f"PUT call-queues/{new}", f"POST call-queues/{new}/bulk-assign"),
        *(f"PUT extension/{new}/answering-rule/business-hours-rule", f"PUT extension/{new}/overflow-settings"),
        *(f"PUT extension/{new}/business-hours", f"PUT extension/{new}/answering-rule/after-hours-rule"),
    ]
    assert office.extension_of("7010")["record"]["status"] == "Enabled"
    assert order(office, "7010") == ["103", "101"]


CHANGES: list[Json] = [
    {
        "members": ["101"],
        "on_max_wait": {"phone_number": "+1 650 555 0199"},
        "on_full": {"phone_number": "+16505550198"},
    },
    {"members": [], "greetings": {"introductory": "None"}},
    {"members": ["Cleo Marsh"], "members_policy": "add", "on_no_answer": {"voicemail": True}, "voicemail_to": "7001"},
    {"ring": "simultaneous", "members": ["103", "101"], "editable_member_status": False, "language": "fr-FR"},
    {"on_no_answer": {"extension": "8001"}, "on_full": {"extension": "7101"}, "hours": OFFICE_HOURS},
    {"on_full": {"announcement": True}, "hours": OFFICE_HOURS, "after_hours": {"announcement": True}},
    {"overflow": ["7002"], "hours": OFFICE_HOURS, "after_hours": {"announcement": "Office closed"}},
    {"extension": "7002", "after_hours": {"extension": "7101"}},
    {"extension": "7002", "hours": {"always": True}},
    {"extension": "Support", "time_zone": "Europe/Paris"},
    FULL,
]


@pytest.mark.parametrize("change", CHANGES, ids="-".join)
def test_check_mode_previews_what_a_run_does_and_the_next_run_does_nothing(office: CompanyOffice, change: Json) -> None:
    before = office.account()["extensions"]
    _previewed, done = office.cycle(MANY, "call_queues", [{"extension": "7001", **change}])
    assert done["plan"]["update"] == 1
    other = SALES if "extension" in change and change["extension"] != "7001" else SUPPORT
    assert office.account()["extensions"][other] == before[other]


def test_queues_that_this_run_makes_may_lead_to_each_other(office: CompanyOffice) -> None:
    other = {
        **NEW,
        "extension": "7011",
        "name": "Returns",
        "on_max_wait": {"extension": "7010"},
        "overflow": ["Orders"],
    }
    first = {**NEW, "on_full": {"extension": "7011"}, "voicemail_to": "7010", "on_no_answer": {"extension": "7011"}}
    _previewed, done = office.cycle(MANY, "call_queues", [first, other])
    assert done["plan"]["create"] == 2
    keys = {number: office.extension_of(number)["answering_rules"] for number in ("7010", "7011")}
    assert keys["7010"]["business-hours-rule"]["queue"]["transfer"].keys() == {"MaxCallers", "NoAnswer"}


POSITIONS = ("trimmed", "stale", "refused")


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"members": ["102", "101"]}, ["102", "101"]),
        ({"members": []}, []),
        ({"members": ["103", "102", "101"]}, ["103", "102", "101"]),
        ({"members": ["103"], "members_policy": "add"}, ["101", "102", "103"]),
        ({"members": ["103"], "wrap_up": 30, "ring": "fixed_order"}, ["103"]),
    ],
    ids=str,
)
def test_a_fixed_order_has_exactly_the_members_in_the_order_of_the_file(
    office: CompanyOffice, position: str, item: Json, expected: list[str]
) -> None:
    apply(office, {"extension": "7001", "ring": "fixed_order", "members": ["101", "102"], "ring_seconds": 35})
    office.simulator.set_switches({"ringcentral": {"fixed_order_on_member_change": position}})
    office.cycle(MANY, "call_queues", [{"extension": "7001", **item}])
    assert sorted(in_queue(office, "7001")) == sorted(expected)
    assert (order(office, "7001"), handling(office, "7001")["agentTimeout"]) == (expected, 35)


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("ring", ["longest_idle", "simultaneous"])
def test_who_leaves_a_fixed_order_may_change_members_at_once(office: CompanyOffice, position: str, ring: str) -> None:
    apply(office, {"extension": "7001", "ring": "fixed_order", "members": ["101", "102"]})
    office.simulator.set_switches({"ringcentral": {"fixed_order_on_member_change": position}})
    office.cycle(MANY, "call_queues", [{"extension": "7001", "ring": ring, "members": ["103"]}])
    assert in_queue(office, "7001") == ["103"]
    assert handling(office, "7001")["transferMode"] != "FixedOrder"


def test_an_order_with_somebody_who_left_is_found_and_written_again(office: CompanyOffice) -> None:
    apply(office, {"extension": "7001", "ring": "fixed_order", "members": ["103", "101", "102"]})
    state = office.account()
    state["extensions"][SALES]["queue"]["members"].remove("400000004")
    office.simulator.put_state({"ringcentral": state})
    office.cycle(MANY, "call_queues", [{"extension": "7001", "members": ["101", "102"]}])
    assert order(office, "7001") == ["101", "102"]
    office.simulator.put_state({"ringcentral": state})
    # RingCentral takes no rule whose order has others than the members.
    office.cycle(MANY, "call_queues", [{"extension": "7001", "wrap_up": 60}])
    assert order(office, "7001") == ["101", "102"]


def test_an_order_that_cannot_be_changed_is_put_back(office: CompanyOffice) -> None:
    apply(office, {"extension": "7001", "ring": "fixed_order", "members": ["102", "101"]})
    body = {"errors": [{"errorCode": "AWR-148", "message": "Not the members"}]}
    fault = {"provider": "ringcentral", "path_regex": "bulk-assign", "kind": "status", "status": 400, "body": body}
    office.simulator.add_faults([fault])
    result = apply(office, {"extension": "7001", "members": ["103", "101"], "name": "Sales"})
    assert_clear(result, "AWR-148")
    assert [entry["status"] for entry in result["results"]] == ["failed"]
    assert (order(office, "7001"), in_queue(office, "7001")) == (["102", "101"], ["101", "102"])
    office.simulator.clear_faults()
    office.simulator.add_faults([fault, {**fault, "path_regex": "business-hours-rule", "method": "PUT", "after": 1}])
    result = apply(office, {"extension": "7001", "members": ["103", "101"]})
    assert_clear(result, "AWR-148", "it now rings longest_idle", "Set ring to fixed_order")
    assert [entry["status"] for entry in result["results"]] == ["unknown"]


REFUSED: list[tuple[Json, Sequence[str]]] = [
    ({"max_callers": 26}, ["max_callers", "26 is not possible", "0 to 25"]),
    ({"wrap_up": 301}, ["wrap_up", "0 to 300"]),
    ({"max_wait": 0}, ["max_wait", "at least 1"]),
    ({"ring": "fixed_order"}, ["ring", "needs members"]),
    ({"members": ["101", "Ada Reyes"]}, ["members[1]", "list it once"]),
    ({"members": ["8001"]}, ["members[0]", "is a menu, which cannot be a member"]),
    ({"members": ["109"]}, ["members[0]", "there is no extension '109'"]),
    ({"overflow": ["101"]}, ["overflow[0]", "is a person, but a call queue is required"]),
    ({"members": ["101", " "]}, ["members[1]", "is empty"]),
    ({"overflow": ["7001"]}, ["overflow[0]", "is the queue itself"]),
    (
        {"max_callers": 3, "on_full": {"extension": "Sales"}},
        ["on_full.extension", "is the queue itself, which is full"],
    ),
    ({"email": "sales"}, ["email", "'sales' is not an e-mail address"]),
    ({"voicemail_to": "7002"}, ["voicemail_to", "another call queue"]),
    ({"voicemail_to": "8001"}, ["voicemail_to", "is a menu"]),
    ({"on_full": {"voicemail": {"extension": "101"}}}, ["on_full.voicemail", "voicemail_to"]),
    ({"ring": "simultaneous", "on_no_answer": {"voicemail": True}}, ["on_no_answer", "can only wait"]),
    ({"greetings": {"hold_music": "Accoustic"}}, ["greetings.hold_music", "Did you mean", "Acoustic"]),
    (
        {"on_full": {"announcement": "Busy"}, "greetings": {"unavailable": "Default"}},
        ["on_full.announcement", "name it once"],
    ),
    ({"after_hours": {"announcement": True}}, ["after_hours", "around the clock", "set hours"]),
    ({"hours": {"always": True}, "after_hours": {"announcement": True}}, ["after_hours", "around the clock"]),
    ({"extension": "101", "wrap_up": 1}, ["101", "is the person", "not a call queue"]),
    ({"extension": "7010", "wrap_up": 1}, ["does not exist yet and needs name, email"]),
    ({"on_max_wait": {"phone_number": "+19005550100"}}, ["on_max_wait.phone_number", "premium"]),
    ({"time_zone": "America/Chikago"}, ["time_zone", "America/Chicago"]),
]


@pytest.mark.parametrize(
    ("item", "words"), REFUSED, ids=lambda value: "-".join(value) if isinstance(value, dict) else ""
)
def test_what_cannot_work_is_refused_before_anything_is_written(
    office: CompanyOffice, item: Json, words: Sequence[str]
) -> None:
    assert_clear(office.run(ONE, **{"extension": "7001", **item}), *words)
    assert [call for call in office.calls() if not call.startswith("GET")] == []


def test_eleven_members_cannot_ring_at_once(office: CompanyOffice) -> None:
    state = office.account()
    names = [str(number) for number in range(111, 122)]
    people = {f"4100000{name}": seed.extension(name, f"Person {name}") for name in names}
    state["extensions"] |= people
    office.simulator.put_state({"ringcentral": state})
    item = {"extension": "7001", "ring": "simultaneous", "members": names[:10]}
    office.cycle(MANY, "call_queues", [item])
    assert_clear(apply(office, {**item, "members": names}), "11 members cannot ring at once, only 10")
    assert_clear(apply(office, {"extension": "7001", "members": names}), "11 members cannot ring at once")
    # It rings at once until the new order is written, which has more members than that allows.
    office.cycle(MANY, "call_queues", [{"extension": "7001", "ring": "fixed_order", "members": names}])
    assert order(office, "7001") == names


def test_what_seems_to_do_something_else_is_warned_of(office: CompanyOffice) -> None:
    result = apply(office, {"extension": "7001", "max_wait": 1, "overflow": ["7002"]})
    (text,) = texts_of(result)
    assert "callers do not wait at all" in text
    assert "overflow has no effect without on_no_answer" in text


def test_a_queue_that_calls_lead_to_is_not_deleted(office: CompanyOffice) -> None:
    gone = {"extension": "7001", "state": "absent"}
    assert_clear(apply(office, gone), "menu 8001")
    apply(office, NEW)
    _previewed, done = office.cycle(MANY, "call_queues", [{"extension": "7010", "state": "absent"}])
    assert (done["plan"]["delete"], office.extension_of("7010")) == (1, {})


def test_what_is_read_is_valid_input_that_changes_nothing(office: CompanyOffice) -> None:
    apply(office, FULL)
    found = office.run(INFO, gather=["call_queues"])
    assert "failed" not in found
    assert [call for call in office.calls() if "overflow" in call] == [f"GET extension/{SALES}/overflow-settings"]
    sales, support = found["call_queues"]
    expected = {**FULL, "on_full": {"announcement": True}}
    expected["greetings"] = {**sales["greetings"], "connecting_message": "None", "unavailable": "Busy"}
    assert sales == expected
    assert (support["hours"]["monday"], support["after_hours"]) == (["09:00-17:00"], {"voicemail": True})
    (text,) = [text for text in texts_of(found) if "Call queue 7002" in text]
    assert "wait for at most 180 seconds, then they leave a message for 7002; no other queue helps out" in text
    again = apply(office, *found["call_queues"])
    assert (again.get("msg"), again["changed"]) == (None, False)


def test_missing_permissions_are_named(simulator: Simulator, tmp_path: Path) -> None:
    weak = {seed.CLIENT_ID: seed.app()}
    office = CompanyOffice(simulator, tmp_path, apps=weak)
    assert_clear(apply(office, NEW), "EditAccounts")
    assert office.extension_of("7010") == {}


# Positions in which RingCentral refuses what the items ask for, and what the message must say.
HINDERED = {"agent_timeout_unit": ("multiples_of_five", "CMN-101"), "migrated_queue_rules": ("closed", "CMN-468")}


def test_every_position_converges_or_is_refused_with_the_reason(simulator: Simulator, tmp_path: Path) -> None:
    office = CompanyOffice(simulator, tmp_path / "shared")
    items = [
        {**FULL, **NEW, "site": "main", "ring_seconds": 23},
        {**FULL, "site": "main", "on_no_answer": {"extension": "7010"}},
        {"extension": "7002", "members": ["101"], "members_policy": "add", "on_full": {"phone_number": "+16505550199"}},
    ]

    def play(row: Json) -> None:
        refused = [code for name, (value, code) in HINDERED.items() if row.get(name) == value]
        if row.get("migrated_queue_rules") == "closed":
            simulator.set_switches({"ringcentral": {"migrated": "yes"}})
        if refused:
            assert_clear(apply(office, *items), *refused)
            return
        office.cycle(MANY, "call_queues", items)
        assert order(office, "7010") == order(office, "7001") == ["103", "101"]
        assert sorted(in_queue(office, "7002")) == ["101", "103"]
        found = office.run(INFO, gather=["call_queues"])
        assert apply(office, *found["call_queues"])["changed"] is False

    alone = {name: value for name, (value, _code) in HINDERED.items()}
    in_all_positions_together(simulator, "ringcentral", play, alone=alone)


@pytest.mark.parametrize("position", ["v1", "stale_list"])
def test_queues_of_an_account_with_the_new_call_handling_are_managed(office: CompanyOffice, position: str) -> None:
    office.simulator.set_switches({"ringcentral": {"migrated": "yes", "migrated_queue_rules": position}})
    item = {"extension": "7001", "wrap_up": 60, "hours": OFFICE_HOURS, "after_hours": {"announcement": True}}
    office.cycle(MANY, "call_queues", [item])


@pytest.mark.parametrize("position", ["id_uri", "id_only"])
@pytest.mark.parametrize("put", ["partial", "replace"])
def test_an_uploaded_greeting_stays_and_can_be_named(office: CompanyOffice, position: str, put: str) -> None:
    state = office.account()
    state["company"]["greetings"]["77"] = {"id": "77", "type": "Voicemail"}
    rule = state["extensions"][SALES]["answering_rules"]["business-hours-rule"]
    rule["greetings"]["Voicemail"] = {"custom": "77"}
    office.simulator.put_state({"ringcentral": state})
    office.simulator.set_switches({"ringcentral": {"custom_greeting_answer": position, "answering_rule_put": put}})
    office.cycle(MANY, "call_queues", [{"extension": "7001", "greetings": {"hold_music": "Acoustic"}}])
    (found,) = office.run(INFO, extensions=["7001"], gather=["call_queues"])["call_queues"]
    assert found["greetings"]["voicemail"] == "custom:77"
    assert apply(office, found)["changed"] is False


# What a new queue takes, in order: method and path.
WRITES = (
    ("POST", "account/~/extension$"),
    ("PUT", "extension/7[0-9]*$"),
    ("PUT", "call-queues/7[0-9]*$"),
    ("POST", "bulk-assign"),
    ("PUT", "business-hours-rule"),
    ("PUT", "overflow-settings"),
    ("PUT", "business-hours$"),
    ("PUT", "after-hours-rule"),
)


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [*((*write, "drop_after") for write in WRITES), *((*write, "drop_before") for write in WRITES if "POST" in write)],
    ids=lambda text: text,
)
def test_a_lost_answer_at_any_write_leaves_one_queue_that_is_right(
    office: CompanyOffice, method: str, path: str, kind: str
) -> None:
    item = {**FULL, **NEW, "site": "main"}
    lost = {"provider": "ringcentral", "method": method, "path_regex": path, "times": 1, "kind": kind}
    office.simulator.add_faults([lost])
    first = apply(office, item)
    assert [entry["status"] for entry in first["results"]] == ["applied"], first["msg"]
    assert [fault["hits"] for fault in office.simulator.faults()] == [1]
    again = apply(office, item)
    assert (again.get("msg"), again["changed"]) == (None, False)
    assert order(office, "7010") == ["103", "101"]
    records = [item["record"] for item in office.account()["extensions"].values()]
    assert [record["type"] for record in records if record.get("extensionNumber") == "7010"] == ["Department"]
