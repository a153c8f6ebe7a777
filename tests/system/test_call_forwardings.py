# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's call forwarding: the same items over both of its APIs, what is requested, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from system_calls import AFTER, APPS, BACK_ENDS, INFO, WEEK, WORK, apply, migrate, office_of, writes
from system_ringcentral import RingCentralOffice
from system_support import FUZZ, Json, assert_clear, texts_of
from system_switches import in_all_positions_together

from simulator.harness import Simulator
from simulator.ringcentral import seed


@pytest.fixture(params=list(BACK_ENDS.values()), ids=list(BACK_ENDS))
def office(request: pytest.FixtureRequest, simulator: Simulator, tmp_path: Path) -> RingCentralOffice:
    """An account of either kind, whose extension has a mobile, a home number and a co-worker's phone."""
    office = office_of(simulator, tmp_path)
    migrate(office, request.param)
    return office


def test_an_office_converges_and_stays(office: RingCentralOffice) -> None:
    done = apply(office, [WORK, AFTER])
    assert (done.get("msg"), done["changed"], done["plan"]["update"]) == (None, True, 2)
    assert len(writes(office)) == 3  # a rule each, and the schedule
    again = apply(office, [WORK, AFTER])
    assert (again["changed"], again["diff"], writes(office)) == (False, {"before": {}, "after": {}}, [])
    shown = again["call_forwardings"][0]
    assert shown["ring"][1:] == [
        {"phone_numbers": ["+16505550100"], "seconds": 20},
        {"phone_numbers": ["+16505550101"], "devices": ["Yealink T54W"], "seconds": 30},
    ]
    assert shown["schedule"]["friday"] == ["08:00-12:00", "13:00-15:30"]
    assert again["call_forwardings"][1]["then"] == {"extension": "102"}


def test_the_module_for_one_is_the_one_for_many(office: RingCentralOffice) -> None:
    one = office.run("ringcentral_call_forwarding", region="US", **AFTER)
    assert (one.get("msg"), one["changed"], one["call_forwarding"]["then"]) == (None, True, {"extension": "102"})
    assert apply(office, [AFTER])["changed"] is False


def test_a_converged_extension_costs_what_its_options_need(simulator: Simulator, tmp_path: Path) -> None:
    office = office_of(simulator, tmp_path)
    for migrated, lists in (
        ("no", ["GET answering-rule/ID", "GET business-hours", "GET answering-rule/ID"]),
        ("yes", ["GET state-rules"]),
    ):
        migrate(office, migrated)
        apply(office, [WORK, AFTER])
        apply(office, [WORK, AFTER])
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
def test_check_mode_previews_what_a_run_does_and_the_next_run_does_nothing(
    office: RingCentralOffice, before: Sequence[Mapping[str, Any]], items: Sequence[Mapping[str, Any]]
) -> None:
    if before:
        assert "msg" not in apply(office, before)
    office.run(INFO)  # so that the simulator has made up its mind of what nobody has read before
    state = office.simulator.state()["ringcentral"]["extensions"]
    previewed = apply(office, items, check=True)
    assert previewed.get("msg") is None
    assert writes(office) == []
    assert office.simulator.state()["ringcentral"]["extensions"] == state
    done = apply(office, items)
    assert (done.get("msg"), done["changed"]) == (None, True)
    assert (previewed["changed"], previewed["plan"]) == (done["changed"], done["plan"])
    assert previewed["diff"] == done["diff"]
    again = apply(office, items)
    assert (again["changed"], again["diff"]) == (False, {"before": {}, "after": {}})


@pytest.mark.parametrize(("migrated", "then"), [("no", {}), ("yes", {"greeting": "66816"})], ids=list(BACK_ENDS))
def test_an_announcement_can_end_a_call(simulator: Simulator, tmp_path: Path, migrated: str, then: Json) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    migrate(office, migrated)
    announced = {"announcement": True, **then}
    items: list[Json] = [
        {"extension": "101", "hours": "work", "ring": [APPS], "then": announced},
        {"extension": "101", "hours": "after", "ring": [], "then": announced},
    ]
    assert apply(office, items)["changed"] is True
    again = apply(office, items)
    assert (again.get("msg"), again["changed"]) == (None, False)
    assert again["call_forwardings"][1]["then"] == announced
    without_greeting = [{**item, "then": {"announcement": True}} for item in items]
    assert apply(office, without_greeting)["changed"] is False


def test_what_info_returns_is_valid_input_that_changes_nothing(office: RingCentralOffice) -> None:
    apply(office, [WORK, AFTER])
    found = office.run(INFO, custom_rules=True, raw=True)
    does = {"callers": ["+16505550160"], "ring": [], "then": {"voicemail": True}}
    assert found["custom_rules"] == [{"extension": "101", "name": "Nuisance", "enabled": True, **does}]
    assert any("'Nuisance' takes calls before" in text for text in texts_of(found))
    assert len(found["raw"]) == len(found["call_forwardings"])
    assert {"extension", "extension_id", "hours", "rule"} <= set(found["raw"][0])
    again = apply(office, found["call_forwardings"])
    assert (again.get("msg"), again["changed"]) == (None, False)


def test_every_switch_in_every_position(office: RingCentralOffice) -> None:
    migrated = office.simulator.switches()["ringcentral"]["migrated"]["value"]

    def play(moved: Json) -> None:
        closed = migrated == "yes" and moved.get("migrated_forwarding_numbers") == "closed"
        # Where the list of forwarding numbers cannot be read, a co-worker's phone has to be given by id.
        desk = seed.CO_WORKER_PHONE if closed else "Yealink T54W"
        work = {**WORK, "ring": [*WORK["ring"][:2], {**WORK["ring"][2], "devices": [desk]}]}
        for items in (
            [work, AFTER],
            [{**work, "schedule": WEEK, "then": {"phone_number": "+16505550109"}}, {**AFTER, "ring": []}],
        ):
            done = apply(office, items)
            if migrated == "no" and moved.get("adding_number_to_rule") == "refused":
                assert_clear(done, "CMN-101", "create it again")
                break
            assert (done.get("msg"), done["changed"]) == (None, True)
            state = office.simulator.state()
            for extension in state["ringcentral"]["extensions"].values():
                extension["late"] = extension["late_calls"] = None  # some time later
            office.simulator.put_state(state)
            again = apply(office, items)
            assert (again.get("msg"), again["changed"]) == (None, False)

    alone = {"adding_number_to_rule": "refused", "migrated_forwarding_numbers": "closed"}
    in_all_positions_together(office.simulator, "ringcentral", play, alone=alone, base={"migrated": migrated})


def test_all_calls_are_sent_away_and_come_back_on_a_migrated_account(simulator: Simulator, tmp_path: Path) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    away = {"extension": "101", "hours": "all", "enabled": True, "then": {"phone_number": "+16505550109"}}
    assert_clear(apply(office, [away]), "legacy answering rules cannot forward all calls", "hours: after")
    migrate(office, "yes")
    before = office.run(INFO, extensions=["101"])["call_forwardings"]
    done = apply(office, [away])
    assert (done.get("msg"), done["changed"]) == (None, True)
    assert writes(office) == ["PATCH state-rules/ID", "PATCH states/ID"]
    assert apply(office, [away])["changed"] is False
    assert (apply(office, before)["changed"], writes(office)) == (True, ["PATCH states/ID", "PATCH state-rules/ID"])
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
    office = RingCentralOffice(simulator, tmp_path / "shared")
    migrate(office, migrated, migrated_business_hours="open")
    office.simulator.add_faults([{**_FLAG_REFUSED, "times": 2}])
    assert "msg" not in apply(office, items)
    asked = [line for line in office.requests() if "extension" not in line and "token" not in line]
    refused = " 403" if migrated == "yes" else ""
    assert asked[:2] == ["GET features 403", f"GET answering-rule/ID{refused}"]
    old = [line for line in asked[2:] if "answering-rule" in line or "business-hours" in line]
    assert not old if migrated == "yes" else old
    assert apply(office, items)["changed"] is False


def test_a_refusal_of_the_old_api_at_any_request_starts_the_reading_again(simulator: Simulator, tmp_path: Path) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    migrate(office, "yes", migrated_business_hours="open")
    flag = {"id": "NewCallHandlingAndForwarding", "params": [{"name": "isNewBackendAvailable", "value": "false"}]}
    office.simulator.add_faults([{**_FLAG_REFUSED, "times": 1, "status": 200, "body": {"records": [flag]}}])
    items = [
        {"extension": "101", "hours": "work", "schedule": {"saturday": ["10:00-14:00"]}},
        {"extension": "103", "hours": "work", "then": {"extension": "102"}},
    ]
    assert "msg" not in apply(office, items)
    assert office.requests()[2:5] == ["GET features", "GET business-hours", "GET answering-rule/ID 403"]
    assert sorted(writes(office)) == ["PATCH state-rules/ID", "PATCH states/ID"]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([{**WORK, "hours": "all"}], ["schedule", "does not go with hours: all"]),
        ([{**WORK, "ring": [{"phone_numbers": ["+19005550100"]}]}], ["premium-rate", "policy"]),
        ([{**WORK, "then": {"extension": "101"}}], ["cannot forward its calls to itself"]),
        ([{**WORK, "then": {"extension": "109"}}], ["no extension '109'", "There are: '10"]),
        ([{**WORK, "ring": [{"devices": ["Yealink"]}]}], ["no device 'Yealink'", "Did you mean 'Yealink T54W'"]),
        ([{**WORK, "schedule": {"monday": ["9-17"]}}], ["'9-17' is not a range", "09:00-17:00"]),
        ([{**WORK, "schedule": {"monday": ["09:00-12:00", "11:00-13:00"]}}], ["of its ranges overlap"]),
        ([{**WORK, "schedule": {}}], ["no work hours on any day", "always: true"]),
        ([{**WORK, "schedule": {"always": True}}, AFTER], ["no after hours", "around the clock"]),
        ([WORK, {**WORK, "extension": "Ada Reyes"}], ["already at call_forwardings[0]"]),
        ([{**WORK, "ring": [{"seconds": 20}]}], ["ring[0]", "rings nothing"]),
        ([{**WORK, "ring": [*WORK["ring"], WORK["ring"][1]]}], ["+16505550100 rings at", "already"]),
        ([{"extension": "101", "hours": "work"}], ["sets nothing", "schedule"]),
        ([{"extension": "102", "hours": "after", "then": {"voicemail": True}}], ["around the clock", "no after hours"]),
    ],
)  # fmt: skip
def test_what_is_known_to_fail_fails_before_the_first_write(
    office: RingCentralOffice, items: Sequence[Mapping[str, Any]], words: Sequence[str]
) -> None:
    result = apply(office, items)
    assert_clear(result, *words)
    assert (result["changed"], writes(office)) == (False, [])


@pytest.mark.parametrize(
    ("migrated", "item", "words"),
    [
        ("no", {**WORK, "ring": [{"apps": ["desktop", "mobile"], "seconds": 12}]}, ["rings of 5 seconds", "10 or 15"]),
        ("no", {**WORK, "ring": [{"extensions": ["102"]}]}, ["cannot ring another extension"]),
        ("no", {**WORK, "ring": [{"apps": ["mobile"]}]}, ["ring all apps or none"]),
        ("no", {**WORK, "ring": [{"phone_numbers": ["+16505550155"]}]}, ["not a forwarding number", "add it"]),
        ("no", {**AFTER, "ring": [], "then": {"announcement": True, "greeting": "1"}}, ["leave greeting out"]),
        ("yes", {**WORK, "ring": []}, ["cannot send calls away in work hours", "hours: all"]),
        ("yes", {**WORK, "then": {"announcement": True}}, ["no announcement yet", "greeting"]),
    ],
)  # fmt: skip
def test_what_one_of_the_apis_cannot_express_is_said_before_the_first_write(
    simulator: Simulator, tmp_path: Path, migrated: str, item: Mapping[str, Any], words: Sequence[str]
) -> None:
    office = office_of(simulator, tmp_path)
    migrate(office, migrated)
    result = apply(office, [item])
    assert_clear(result, *words)
    assert (result["changed"], writes(office)) == (False, [])


def test_what_is_not_managed_is_kept(office: RingCentralOffice) -> None:
    apply(office, [WORK, AFTER])
    before = office.run(INFO, extensions=["101"], raw=True)["raw"]
    apply(office, [{**WORK, "then": {"phone_number": "+16505550109"}}])
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
def test_a_ring_mode_of_nothing_is_refused(office: RingCentralOffice, hours: str) -> None:
    mode = {"extension": "101", "hours": "after", "ring_mode": "at_once"}
    items: list[Json] = [mode]
    if hours == "come to be":
        items = [{"extension": "103", "hours": "work", "schedule": WEEK}, {**mode, "extension": "103"}]
    assert_clear(apply(office, items), "ring_mode", "needs ring as well, because nothing rings")
    assert writes(office) == []
    assert apply(office, [{**mode, "ring": []}])["changed"] is False


@pytest.mark.parametrize(("migrated", "kind"), [("no", "legacy"), ("yes", "new")])
def test_info_tells_which_call_handling_the_account_has(
    simulator: Simulator, tmp_path: Path, migrated: str, kind: str
) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    migrate(office, migrated)
    assert office.run(INFO, extensions=["101"])["call_handling"] == kind
    assert "call_handling" not in office.run(INFO, extensions=[])


def test_two_names_of_one_phone_do_not_ring_it_twice(office: RingCentralOffice) -> None:
    ring = [{"devices": ["Polycom VVX 411"]}, {"devices": [seed.DESK_PHONE]}]
    assert_clear(apply(office, [{"extension": "101", "hours": "work", "ring": ring}]), "ring[1]", "rings at ring[0]")
    assert writes(office) == []


FAULTS = [
    pytest.param(migrated, kind, position, id=f"{back_end}-{kind}-{position}")
    for turn, (back_end, migrated) in enumerate(BACK_ENDS.items())
    for place, kind in enumerate(("drop_before", "drop_after", "garbage", "truncate", "status"))
    for position in range(8)
    # In a short run by turns: each kind at each request of one of the APIs.
    if FUZZ or (turn + place + position) % 2
]


@pytest.mark.parametrize(("migrated", "kind", "position"), FAULTS)
def test_every_fault_at_every_request(
    simulator: Simulator, tmp_path: Path, migrated: str, kind: str, position: int
) -> None:
    office = office_of(simulator, tmp_path)
    migrate(office, migrated)
    details = {"status": 500} if kind == "status" else {}
    fault = {"provider": "ringcentral", "method": ".*", "path_regex": "restapi/v", "after": position, "times": 1}
    office.simulator.add_faults([{**fault, "kind": kind, **details}])
    first = apply(office, [WORK, AFTER], deadline=30)
    before = office.simulator.state()
    if first.get("failed"):
        assert_clear(first)
        assert first["changed"] or not writes(office)
    office.simulator.clear_faults()
    final = apply(office, [WORK, AFTER])
    assert "msg" not in final
    if not first.get("failed"):
        assert final["changed"] is False
        assert office.simulator.state()["ringcentral"]["extensions"] == before["ringcentral"]["extensions"]
    assert apply(office, [WORK, AFTER])["changed"] is False
