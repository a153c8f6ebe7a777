# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The new call handling of the simulated RingCentral (docs/providers/ringcentral.md 9 and 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import (
    ACCOUNT,
    COMPANY_RULES,
    FLIP,
    HOURS,
    INTERACTION_RULES,
    LIST,
    NEW,
    OTHER,
    RULES,
    STATE_RULES,
    STATES,
    TARGETS,
    RingCentralClient,
    app_groups,
    change,
    code_of,
    ending,
    phone_target,
    ring_group,
    ringing,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

_WORK, _AFTER = f"{STATE_RULES}/work-hours", f"{STATE_RULES}/after-hours"
_AGENT = NEW.replace("extensions/~", "extensions/400000004")
_HOME = "+16505550100"
_CALLER = {"type": "Interaction", "from": [{"phoneNumber": "+16505550160"}], "to": []}
_TERMINATE: dict[str, Any] = {"dispatching": {"type": "Terminate", "actions": [ending()]}}
_RULE: dict[str, Any] = {"displayName": "VIP", "enabled": True, "conditions": [_CALLER], **_TERMINATE}


@pytest.fixture(autouse=True)
def migrated(simulator: Simulator) -> None:
    simulator.set_switches({"ringcentral": {"migrated": "yes"}})


def _schedule(**trigger: Any) -> dict[str, Any]:
    return {"conditions": [{"type": "Schedule", "schedule": {"triggers": [trigger]}}]}


def _rung(rule: dict[str, Any]) -> list[tuple[str, bool]]:
    """What a rule rings, in order, and whether it is on."""
    return [
        (target.get("destination", {}).get("phoneNumber") or target["type"], action["enabled"])
        for action in rule["dispatching"]["actions"]
        if action["type"].startswith("Ring")
        for target in action["targets"]
    ]


def test_row_54_the_legacy_rules_are_closed(owner: RingCentralClient) -> None:
    for method, path in (
        ("GET", RULES),
        ("POST", RULES),
        ("GET", f"{RULES}/business-hours-rule"),
        ("PUT", f"{RULES}/business-hours-rule"),
        ("DELETE", f"{RULES}/{seed.CUSTOM_RULE}"),
    ):
        answer = owner(method, path, json={})
        assert code_of(answer)[:2] == (403, "CMN-468"), method
        assert answer.json()["errorCode"] == "CMN-468"  # the form of v1.0
    assert owner("GET", COMPANY_RULES).status_code == 200
    assert owner("GET", f"{COMPANY_RULES}/business-hours-rule").status_code == 200
    assert "errorCode" not in owner("GET", f"{STATES}/none").json()  # v2 has the standard form


def test_migration_takes_the_legacy_rules_along(simulator: Simulator, owner: RingCentralClient) -> None:
    simulator.set_switches({"ringcentral": {"migrated": "no"}})
    number = owner.post(**OTHER).json()["id"]
    rules = [{"index": 1, "ringCount": 6, "forwardingNumbers": [{"id": number}]}]
    settings = {
        "ringingMode": "Simultaneously",
        "softPhonesAlwaysRing": False,
        "softPhonesPositionTop": False,
        "rules": rules,
    }
    missed = {"actionType": "ConnectToExtension", "extension": {"id": seed.READER_ID}}
    body = {"forwarding": settings, "voicemail": {"enabled": False}, "missedCall": missed, "screening": "Always"}
    owner.ok("PUT", f"{RULES}/business-hours-rule", json=body)
    to = {"callHandlingAction": "UnconditionalForwarding", "unconditionalForwarding": {"phoneNumber": _HOME}}
    owner.ok("PUT", f"{RULES}/after-hours-rule", json=to)
    simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    work = owner.ok("GET", _WORK)
    assert work["dispatching"]["type"] == "RingAtOnce"
    assert _rung(work) == [(_HOME, True), ("AllDesktopRingTarget", True), ("AllMobileRingTarget", True)]
    assert [item["duration"] for item in work["dispatching"]["actions"] if "duration" in item] == [30, 20, 20]
    end = work["dispatching"]["actions"][-1]
    assert end["ringingTargetType"] == "ExtensionTerminatingTarget"
    assert [item["type"] for item in end["targets"]] == ["VoiceMailTerminatingTarget", "ExtensionTerminatingTarget"]
    after = owner.ok("GET", _AFTER)["dispatching"]
    assert (after["type"], after["actions"][-1]["terminatingTargetType"]) == (
        "Terminate",
        "PhoneNumberTerminatingTarget",
    )
    (rule,) = owner.ok("GET", INTERACTION_RULES)["records"]
    assert rule["conditions"][0]["from"] == [{"phoneNumber": "+16505550160", "name": "Nuisance"}]
    assert rule["id"] == seed.CUSTOM_RULE
    assert owner.ok("PATCH", _WORK, json={"dispatching": work["dispatching"]})["dispatching"] == work["dispatching"]
    owner.ok("PATCH", _WORK, json=ringing())
    simulator.set_switches({"ringcentral": {"migrated": "no"}})  # as if there had been no migration
    assert owner.ok("GET", f"{RULES}/business-hours-rule")["missedCall"] == missed
    simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    assert owner.ok("GET", _WORK) == work


def test_states_and_what_they_take(owner: RingCentralClient) -> None:
    states = {state["id"]: state for state in owner.ok("GET", STATES)["records"]}
    assert list(states) == ["forward-all-calls", "dnd", "work-hours", "after-hours"]
    assert states["after-hours"]["conditions"] == []
    assert [state["id"] for state in owner.ok("GET", f"{_AGENT}/comm-handling/states")["records"]] == [
        "forward-all-calls",
        "dnd",
        "agent",
        "work-hours",
    ]
    weekly = _schedule(triggerType="Weekly", ranges={"friday": [{"startTime": "10:00:00", "endTime": "12:30:00"}]})
    daily = _schedule(triggerType="Daily", startTime="08:00:00", endTime="18:00:00")
    ranged = _schedule(triggerType="Range", ranges=[{"endDateTime": "2099-01-01T00:00:00"}])
    for state, body, kept in (
        ("work-hours", weekly, True),
        ("work-hours", daily, True),
        ("forward-all-calls", {"enabled": True, **daily}, True),
        ("forward-all-calls", {"enabled": True, **ranged}, False),
    ):
        shown = owner.ok("PATCH", f"{STATES}/{state}", json=body)
        assert shown == owner.ok("GET", f"{STATES}/{state}")
        assert shown["enabled"] is True
        assert (shown["conditions"] == body["conditions"]) is kept
    trigger = shown["conditions"][0]["schedule"]["triggers"][0]
    assert set(trigger["ranges"][0]) == {"startDateTime", "endDateTime"}
    for state, body, name in (
        ("work-hours", {"enabled": False}, "enabled"),
        ("work-hours", ranged, "conditions.schedule.triggers.triggerType"),
        ("work-hours", {"conditions": []}, "conditions"),
        ("work-hours", _schedule(triggerType="Daily", startTime="9:00", endTime="18:00:00"),
         "conditions.schedule.triggers.startTime"),
        ("work-hours", _schedule(triggerType="Daily", startTime="18:00:00", endTime="09:00:00"),
         "conditions.schedule.triggers"),
        ("forward-all-calls", weekly, "conditions.schedule.triggers.triggerType"),
        ("forward-all-calls", _schedule(triggerType="Range", ranges=[{"endDateTime": "2001-01-01T00:00:00"}]),
         "conditions.schedule.triggers.ranges"),
        ("dnd", daily, "conditions.type"),
        ("after-hours", {"conditions": []}, "stateId"),
    ):  # fmt: skip
        assert code_of(owner("PATCH", f"{STATES}/{state}", json=body)) == (400, "CMN-101", name), state
    assert code_of(owner("GET", f"{STATES}/agent")) == (404, "CMN-102", "stateId")
    agent = f"{_AGENT}/comm-handling/states/agent"
    assert owner.ok("GET", agent)["conditions"][0]["state"]["id"] == "work-hours"
    assert owner.ok("PATCH", agent, json=weekly)["conditions"] == weekly["conditions"]


def test_after_hours_come_and_go_with_the_schedule_of_work_hours(owner: RingCentralClient) -> None:
    always = _schedule(triggerType="Daily", startTime="00:00:00", endTime="23:59:59")
    owner.ok("PATCH", f"{STATES}/work-hours", json=always)
    for path in (f"{STATES}/after-hours", _AFTER):
        assert code_of(owner("GET", path)) == (404, "CMN-102", "stateId")
    assert owner.ok("GET", HOURS)["schedule"] == {}
    owner.ok("PUT", HOURS, json={"schedule": seed.OFFICE_HOURS})
    assert owner.ok("GET", _AFTER)["dispatching"]["type"] == "Terminate"
    assert owner.ok("GET", HOURS)["schedule"] == seed.OFFICE_HOURS
    trigger = owner.ok("GET", f"{STATES}/work-hours")["conditions"][0]["schedule"]["triggers"][0]
    assert trigger["ranges"]["monday"] == [{"startTime": "09:00:00", "endTime": "17:00:00"}]


def test_a_patch_of_a_rule_replaces_its_dispatching(owner: RingCentralClient) -> None:
    device = {"type": "DeviceRingTarget", "device": {"id": seed.CO_WORKER_PHONE}}
    coworker = {"type": "CoworkerRingTarget", "extension": {"id": seed.READER_ID}}
    group = ring_group(phone_target(_HOME), device, duration=25)
    body = ringing(group, {"type": "RingGroupAction", "targets": [coworker]})
    rule = owner.ok("PATCH", _WORK, json=body)
    assert rule == owner.ok("GET", _WORK)
    assert [name for name, _on in _rung(rule)] == [
        _HOME,
        "DeviceRingTarget",
        "CoworkerRingTarget",
        "AllMobileRingTarget",
        "AllDesktopRingTarget",
    ]
    groups = [item for item in rule["dispatching"]["actions"] if item["type"] == "RingGroupAction"]
    assert [(item["duration"], item["enabled"]) for item in groups[:3]] == [(25, True), (20, True), (20, False)]
    assert groups[0]["targets"][1] == {
        "type": "DeviceRingTarget",
        "name": "Yealink T54W",
        "device": {"id": seed.CO_WORKER_PHONE, "name": "Yealink T54W", "phoneNumber": "+16505550112"},
        "extension": {"id": seed.READER_ID},
    }
    end = rule["dispatching"]["actions"][-1]
    assert (end["ringingTargetType"], end["targets"][0]["name"]) == ("VoiceMailTerminatingTarget", "Voicemail")
    assert "terminatingTargetType" not in end
    always = {"type": "RingAlwaysGroupAction", "targets": [{"type": "AllMobileRingTarget"}]}
    actions = [always, ring_group({"type": "AllDesktopRingTarget"}), ending()]
    again = owner.ok("PATCH", _WORK, json={"dispatching": {"type": "RingAtOnce", "actions": actions}})
    assert _rung(again) == [("AllMobileRingTarget", True), ("AllDesktopRingTarget", True)]
    custom = owner.ok("PATCH", _WORK, json={"dispatching": {**body["dispatching"], "type": "Custom"}})
    assert custom["dispatching"]["actions"][-2]["customStartOffset"] == 0
    assert owner.ok("PATCH", _WORK, json={}) == custom


_NUMBER_END: dict[str, Any] = {
    "type": "PhoneNumberTerminatingTarget",
    "destination": {"phoneNumber": _HOME},
    "dispatchingType": "Terminating",
}
_ACTIONS = "dispatching.actions"


@pytest.mark.parametrize(
    ("state", "kind", "actions", "expected"),
    [
        ("work-hours", "Terminate", [ending()], (400, "CMN-101", "dispatching.type")),
        ("forward-all-calls", "RingAtOnce", [*app_groups(), ending()], (400, "CMN-101", "dispatching.type")),
        ("dnd", "RingInOrder", [*app_groups(), ending()], (400, "CMN-101", "dispatching.type")),
        ("work-hours", "RingInOrder", [], (400, "CMN-101", _ACTIONS)),
        ("work-hours", "RingInOrder", app_groups(), (400, "CMN-101", f"{_ACTIONS}.targets")),
        ("work-hours", "RingInOrder", [app_groups()[0], ending()], (400, "CMN-101", f"{_ACTIONS}.targets")),
        ("work-hours", "RingInOrder", [app_groups()[1], ending()], (400, "CMN-101", f"{_ACTIONS}.targets")),
        ("work-hours", "RingInOrder",
         [*app_groups(), {"type": "TerminatingAction", "targets": [_NUMBER_END]}],
         (400, "CMN-101", f"{_ACTIONS}.ringingTargetType")),
        ("after-hours", "Terminate",
         [{"type": "TerminatingAction", "targets": [_NUMBER_END], "ringingTargetType": _NUMBER_END["type"],
           "terminatingTargetType": _NUMBER_END["type"]}], (400, "CMN-101", f"{_ACTIONS}.targets")),
        ("after-hours", "Terminate", [ending(terminatingTargetType="PhoneNumberTerminatingTarget")],
         (400, "CMN-101", f"{_ACTIONS}.terminatingTargetType")),
        ("after-hours", "Terminate",
         [ending({**_NUMBER_END, "dispatchingType": "Ringing"}, terminatingTargetType=_NUMBER_END["type"])],
         (400, "CMN-101", f"{_ACTIONS}.terminatingTargetType")),
        ("after-hours", "Terminate", [ending({**_NUMBER_END, "dispatchingType": "Later"})],
         (400, "CMN-101", f"{_ACTIONS}.targets.dispatchingType")),
        ("work-hours", "RingInOrder", [{"type": "RingGroupAction", "targets": []}, *app_groups(), ending()],
         (400, "CMN-101", f"{_ACTIONS}.targets")),
        ("work-hours", "RingInOrder", [ring_group(phone_target("abc")), *app_groups(), ending()],
         (400, "CMN-101", f"{_ACTIONS}.targets.destination.phoneNumber")),
        ("work-hours", "RingInOrder", [ring_group(phone_target("+16505550112")), *app_groups(), ending()],
         (400, "CMN-101", f"{_ACTIONS}.targets.destination.phoneNumber")),
        ("work-hours", "RingInOrder",
         [ring_group({"type": "DeviceRingTarget", "device": {"id": "1"}}), *app_groups(), ending()],
         (404, "CMN-102", f"{_ACTIONS}.targets.device.id")),
        ("work-hours", "RingInOrder",
         [ring_group({"type": "CoworkerRingTarget", "extension": {"id": "1"}}), *app_groups(), ending()],
         (404, "CMN-102", f"{_ACTIONS}.targets.extension.id")),
        ("work-hours", "RingInOrder", [ring_group({"type": "PhoneRingTarget"}), *app_groups(), ending()],
         (400, "CMN-101", f"{_ACTIONS}.targets.type")),
        ("work-hours", "RingInOrder", [ring_group(phone_target(_HOME), duration=0), *app_groups(), ending()],
         (400, "CMN-101", f"{_ACTIONS}.duration")),
        ("work-hours", "RingInOrder", [*app_groups(), *app_groups(), ending()], (400, "CMN-406", _ACTIONS)),
        ("work-hours", "RingInOrder",
         [{"type": "RingAlwaysGroupAction", "targets": [{"type": "AllMobileRingTarget"}]}, *app_groups(), ending()],
         (400, "CMN-406", _ACTIONS)),
        ("work-hours", "RingInOrder", [{"type": "WaitAction"}, *app_groups(), ending()],
         (400, "CMN-101", f"{_ACTIONS}.type")),
    ],
)  # fmt: skip
def test_rules_that_are_refused(
    owner: RingCentralClient, state: str, kind: str, actions: list[Any], expected: tuple[int, str, str]
) -> None:
    before = owner.ok("GET", f"{STATE_RULES}/{state}")
    body = {"dispatching": {"type": kind, "actions": actions}}
    assert code_of(owner("PATCH", f"{STATE_RULES}/{state}", json=body)) == expected
    assert owner.ok("GET", f"{STATE_RULES}/{state}") == before


def test_calls_end_at_a_number_an_extension_or_an_announcement(owner: RingCentralClient) -> None:
    extension: dict[str, Any] = {
        "type": "ExtensionTerminatingTarget",
        "extension": {"id": seed.READER_ID},
        "dispatchingType": "Terminating",
    }
    announcement = {"type": "PlayAnnouncementTerminatingTarget", "dispatchingType": "Terminating"}
    for target, name in ((_NUMBER_END, _HOME), (extension, "Ben Okafor"), (announcement, "PlayAnnouncement")):
        end = ending(target, terminatingTargetType=str(target["type"]))
        body = {"dispatching": {"type": "Terminate", "actions": [end]}}
        shown = owner.ok("PATCH", f"{STATE_RULES}/forward-all-calls", json=body)["dispatching"]["actions"]
        assert shown[0]["targets"][1]["name"] == name
        assert shown[0]["terminatingTargetType"] == target["type"]
        assert "ringingTargetType" not in shown[0]


def test_interaction_rules(owner: RingCentralClient) -> None:
    answer = owner("POST", INTERACTION_RULES, json=_RULE)
    assert answer.status_code == 201
    made = answer.json()
    path = f"{INTERACTION_RULES}/{made['id']}"
    assert owner.ok("GET", path) == made
    state = {"type": "State", "state": {"id": "after-hours"}}
    changed = owner.ok("PATCH", path, json={"conditions": [_CALLER, state], "enabled": False})
    assert (changed["displayName"], changed["enabled"]) == ("VIP", False)
    assert changed["conditions"][1]["state"]["displayName"] == "After Hours"
    for query, ids in (
        ("enabled=true", [seed.CUSTOM_RULE]),
        ("hasReference=true", [made["id"]]),
        ("perPage=1&page=2", [made["id"]]),
    ):
        assert [item["id"] for item in owner.ok("GET", f"{INTERACTION_RULES}?{query}")["records"]] == ids
    ringing_rule = ringing(ring_group(phone_target(_HOME)))
    ringing_rule["dispatching"]["callTypes"] = {"queueCallsIncluded": True}
    shown = owner.ok("PATCH", path, json=ringing_rule)["dispatching"]
    assert (shown["type"], shown["callTypes"]) == ("RingInOrder", {"queueCallsIncluded": True})
    for body, expected in (
        ({"conditions": [state]}, (400, "CMN-101", "conditions.type")),
        ({"conditions": []}, (400, "CMN-101", "conditions")),
        ({"conditions": [{**_CALLER, "to": ["+16505550112"]}]}, (400, "CMN-101", "conditions.to")),
        ({"displayName": ""}, (400, "CMN-101", "displayName")),
    ):
        assert code_of(owner("PATCH", path, json=body)) == expected
    for name in _RULE:
        body = {key: value for key, value in _RULE.items() if key != name}
        assert code_of(owner("POST", INTERACTION_RULES, json=body)) == (400, "CMN-100", name)
    gone = owner("DELETE", path)
    assert (gone.status_code, gone.content) == (204, b"")
    assert code_of(owner("GET", path)) == (404, "CMN-102", "ruleId")


def test_forwarding_targets_are_removed_by_value_from_all_rules(owner: RingCentralClient) -> None:
    apps = {"type": "AllMobileRingTarget", "extension": {"id": seed.READER_ID}}
    device = {"type": "DeviceRingTarget", "device": {"id": seed.CO_WORKER_PHONE}}
    for path in (_WORK, _AFTER):
        owner.ok("PATCH", path, json=ringing(ring_group(phone_target(_HOME), device), ring_group(apps)))
    listed = owner.ok("GET", TARGETS)
    own = "DeviceRingTarget"
    assert [item["type"] for item in listed["records"]] == [own, "PhoneNumberRingTarget", own, "CoworkerAppsRingTarget"]
    others = owner.ok("GET", f"{TARGETS}?excludeOwnTargets=true")["records"]
    assert others == listed["records"][1:]
    used_by = owner.ok("GET", f"{TARGETS}/devices/{seed.CO_WORKER_PHONE}/extensions")
    assert used_by["referencedExtensions"] == [{"id": seed.OWNER_ID}]
    assert code_of(owner("GET", f"{TARGETS}/devices/1/extensions")) == (404, "CMN-102", "deviceId")
    items = [
        phone_target(_HOME),
        phone_target("+16505550101"),
        {"type": own, "device": {"id": seed.DESK_PHONE}},
        {"type": "CoworkerAppsRingTarget", "extension": {"id": seed.READER_ID}},
    ]
    results = owner.ok("DELETE", TARGETS, json={"records": items})["records"]
    assert [item["bulkItemSuccessful"] for item in results] == [True, False, False, True]
    assert [item["bulkItem"] for item in results] == items
    assert [item["bulkItemErrors"][0]["errorCode"] for item in results[1:3]] == ["CMN-102", "CMN-101"]
    for path in (_WORK, _AFTER):
        assert [name for name, _on in _rung(owner.ok("GET", path))][:2] == [own, "AllMobileRingTarget"]
    refused = owner("DELETE", TARGETS, json={"records": [{"type": "AllMobileRingTarget"}]})
    assert code_of(refused) == (400, "CMN-101", "records.type")


def test_row_59_a_deleted_number_leaves_the_new_rules_too(owner: RingCentralClient) -> None:
    number = owner.post(**OTHER).json()["id"]
    owner.ok("PATCH", _WORK, json=ringing(ring_group(phone_target(_HOME))))
    owner("DELETE", f"{LIST}/{number}")
    assert _HOME not in [name for name, _on in _rung(owner.ok("GET", _WORK))]


def test_the_call_flip_list_is_written_as_a_whole(owner: RingCentralClient) -> None:
    (line,) = owner.ok("GET", FLIP)["records"]
    assert (line["id"], line["type"], line["flipNumber"]) == ("500000001", "PhoneLine", "1")
    cell = {"phoneNumber": _HOME, "type": "External", "label": "Cell", "flipNumber": "2"}
    records = owner.ok("PUT", FLIP, json={"records": [line, cell]})["records"]
    assert [item.get("flipNumber") for item in records] == ["1", "2"]
    assert {**cell, "id": records[1]["id"]} == records[1]
    swapped = [{**records[0], "flipNumber": "2"}, {**records[1], "flipNumber": "1", "label": "Mine"}]
    assert owner.ok("PUT", FLIP, json={"records": swapped})["records"] == swapped
    assert [item["label"] for item in owner.ok("GET", LIST)["records"]] == ["Polycom VVX 411", "Mine"]
    for sent, name in (
        ([*swapped, {"id": "1", **cell}], "records.id"),
        ([swapped[1]], "records"),
        ([line, {**cell, "flipNumber": "9"}], "records.flipNumber"),
        ([line, {**cell, "label": "x" * 61}], "records.label"),
        ([line, {**cell, "phoneNumber": "abc"}], "records.phoneNumber"),
        ([line, {**cell, "type": "BusinessMobile"}], "records.type"),
    ):
        assert code_of(owner("PUT", FLIP, json={"records": sent})) == (400, "CMN-101", name)
    assert code_of(owner("PUT", FLIP, json={"records": [line, {**cell, "flipNumber": "1"}]}))[:2] == (400, "CMN-406")
    assert code_of(owner("PUT", FLIP, json={"records": [line, *[cell] * 10]}))[:2] == (400, "FPN-103")
    assert owner.ok("PUT", FLIP, json={"records": [line]})["records"] == [line]


def test_who_may_use_the_new_call_handling(simulator: Simulator, anyone: RingCentralClient) -> None:
    reader = anyone.log_in(assertion=seed.READER_JWT)
    assert reader("PATCH", f"{STATES}/dnd", json={"enabled": True}).status_code == 200  # no user permission is stated
    others = STATES.replace("extensions/~", f"extensions/{seed.OWNER_ID}")
    assert code_of(reader("GET", others))[:2] == (403, "CMN-419")
    owner = anyone.log_in()
    for key, expected in (("400000006", (403, "CMN-403", None)), ("1", (404, "CMN-102", "extensionId"))):
        assert code_of(owner("GET", STATES.replace("extensions/~", f"extensions/{key}"))) == expected
    assert owner("GET", f"{STATES}/dnd/more").status_code == 404
    change(simulator, apps={seed.CLIENT_ID: seed.app(permissions=["ReadAccounts"])})
    for method, path in (("PATCH", _WORK), ("POST", INTERACTION_RULES), ("DELETE", TARGETS), ("PUT", FLIP)):
        assert code_of(owner(method, path, json={}))[:2] == (403, "CMN-401")
    assert [state["displayName"] for state in owner.ok("GET", STATE_RULES)["records"]][-1] == "After Hours"


def test_groups_of_the_rate_limits(simulator: Simulator, owner: RingCentralClient) -> None:
    simulator.set_switches({"ringcentral": {"migrated": "no"}})
    groups = {
        "light": [("GET", f"{RULES}/business-hours-rule"), ("GET", HOURS), ("GET", f"{COMPANY_RULES}/1"),
                  ("GET", f"{ACCOUNT}/business-hours"), ("GET", FLIP)],
        "medium": [("GET", RULES), ("POST", RULES), ("PUT", f"{RULES}/1"), ("DELETE", f"{RULES}/1"),
                   ("GET", COMPANY_RULES), ("PUT", HOURS), ("PUT", f"{ACCOUNT}/business-hours"), ("PUT", FLIP),
                   ("GET", STATES), ("GET", f"{STATES}/dnd"), ("PATCH", f"{STATES}/dnd"), ("GET", _WORK),
                   ("PATCH", _WORK), ("POST", INTERACTION_RULES), ("GET", TARGETS), ("DELETE", TARGETS)],
    }  # fmt: skip
    for group, calls in groups.items():
        for method, path in calls:
            answer = owner(method, path, json={"schedule": 1})
            assert answer.headers["X-Rate-Limit-Group"] == group, f"{method} {path}"
