# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every switch of the simulated RingCentral in every position."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulator.ringcentral import seed
from simulator.ringcentral.switches import SWITCHES
from tests.simulator.ringcentral_client import (
    FLIP,
    HOURS,
    INTERACTION_RULES,
    LIST,
    OTHER,
    OWN,
    RULES,
    STATE_RULES,
    STATES,
    RingCentralClient,
    app_groups,
    ending,
    ring_group,
    ringing,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

README = Path(__file__).resolve().parents[2] / "simulator" / "README.md"
_BUSINESS, _AFTER = f"{RULES}/business-hours-rule", f"{RULES}/after-hours-rule"
_WORK = f"{STATE_RULES}/work-hours"
_DAILY = {"triggerType": "Daily", "startTime": "08:00:00", "endTime": "18:00:00"}
# Switches that say something about accounts that are migrated only.
_MIGRATED = (
    "migrated_forwarding_numbers",
    "migrated_business_hours",
    "patch_top_level",
    "patch_answer",
    "action_order",
    "omitted_greetings",
    "target_types",
    "terminate_apps",
    "own_device_group",
    "own_targets",
    "daily_trigger",
    "always_open_state",
    "busy_state",
    "omitted_phone_lines",
)


def _label_clash(owner: RingCentralClient) -> object:
    owner.post(**OTHER)
    return owner.post(**{**OTHER, "phoneNumber": "+16505550101"}).status_code


def _same_number(owner: RingCentralClient) -> object:
    owner.post(**OTHER)
    return owner.post(**{**OTHER, "label": "Second"}).status_code


def _filled(owner: RingCentralClient) -> list[int]:
    """The tenth number beside an own desk phone, and then a co-worker's desk phone."""
    for number in range(7):
        owner.post(phoneNumber=f"+1650555012{number}", label=f"L{number}")
    for number, kind in enumerate(("Home", "Work")):
        owner.post(phoneNumber=f"+1650555013{number}", type=kind)
    tenth = owner.post(phoneNumber="+16505550132", type="Mobile")
    return [tenth.status_code, owner.post(type="PhoneLine", device={"id": seed.CO_WORKER_PHONE}).status_code]


def _put(owner: RingCentralClient, **body: str) -> Any:
    path = f"{LIST}/{owner.post(**OTHER).json()['id']}"
    return owner("PUT", path, json=body)


def _evicted(anyone: RingCentralClient) -> list[int]:
    clients = [anyone.log_in() for _number in range(5)]
    return [client("GET", OWN).status_code for client in clients]


def _late(owner: RingCentralClient) -> int:
    owner.post(**OTHER)
    reads = 0
    while len(owner.ok("GET", LIST)["records"]) == 1:
        reads += 1
    return reads


def _deleted(owner: RingCentralClient) -> int:
    number = owner.post(**OTHER).json()["id"]
    owner.ok("PUT", _BUSINESS, json=_rings(number))
    return owner("DELETE", f"{LIST}/{number}").status_code


def _rings(*numbers: str) -> dict[str, Any]:
    rules = [{"index": index, "forwardingNumbers": [{"id": key}]} for index, key in enumerate(numbers, 1)]
    return {"forwarding": {"rules": rules}}


def _put_of_one_member(owner: RingCentralClient) -> list[object]:
    """Whether the rule still rings anything, and whether one with a condition still has it."""
    rings = "rules" in owner.ok("PUT", _BUSINESS, json={"screening": "Off"})["forwarding"]
    return [rings, owner("PUT", f"{RULES}/{seed.CUSTOM_RULE}", json={"name": "x"}).status_code]


def _added(owner: RingCentralClient) -> list[int]:
    """A number that is new, then it again when the rule was written without it, and its successor."""
    number = owner.post(**OTHER).json()["id"]
    statuses = [owner("PUT", _BUSINESS, json=_rings(*keys)).status_code for keys in ((number,), (), (number,))]
    owner("DELETE", f"{LIST}/{number}")
    successor = owner.post(**OTHER).json()["id"]
    return [*statuses, owner("PUT", _BUSINESS, json=_rings(successor)).status_code]


def _inactive(owner: RingCentralClient) -> list[int]:
    owner.post(**OTHER)
    paths = (_BUSINESS, f"{_BUSINESS}?showInactiveNumbers=true")
    return [len(owner.ok("GET", path)["forwarding"]["rules"]) for path in paths]


def _weekdays(owner: RingCentralClient) -> int:
    monday = {"weeklyRanges": {"monday": [{"from": "08:00", "to": "12:00"}]}}
    return len(owner.ok("PUT", HOURS, json={"schedule": monday})["schedule"]["weeklyRanges"])


def _daily(owner: RingCentralClient) -> str:
    conditions = [{"type": "Schedule", "schedule": {"triggers": [_DAILY]}}]
    owner("PATCH", f"{STATES}/work-hours", json={"conditions": conditions})
    shown = owner.ok("GET", f"{STATES}/work-hours")["conditions"]
    return str(shown[0]["schedule"]["triggers"][0]["triggerType"])


def _left_out(owner: RingCentralClient) -> list[object]:
    """What a PATCH of one member does to the others."""
    fac = f"{STATES}/forward-all-calls"
    owner("PATCH", fac, json={"enabled": True})
    owner("PATCH", fac, json={"conditions": [{"type": "Schedule", "schedule": {"triggers": [_DAILY]}}]})
    rule = owner("PATCH", f"{INTERACTION_RULES}/{seed.CUSTOM_RULE}", json={"enabled": False})
    return [owner.ok("GET", fac)["enabled"], rule.status_code]


def _types(owner: RingCentralClient) -> list[str]:
    """The kinds of a rule's actions; the first two are sent the other way round."""
    screening = {"type": "ScreeningAction", "screening": "Always"}
    group = ring_group({"type": "CoworkerRingTarget", "extension": {"id": seed.READER_ID}})
    rule = owner.ok("PATCH", _WORK, json=ringing(group, screening))
    return [
        action["type"]
        for action in rule["dispatching"]["actions"]
        if action["type"] in (group["type"], screening["type"])
    ]


def _rate_headers(owner: RingCentralClient) -> list[str]:
    names = [name.lower() for name in owner("GET", OWN).headers]
    return [name for name in names if name.startswith("x-rate") and name.endswith("-limit")]


def _owners(owner: RingCentralClient) -> list[object]:
    """Whose the targets of a rule that rings one's own only are; it can be sent back as it is shown."""
    dispatching = owner.ok("GET", _WORK)["dispatching"]
    dispatching = owner.ok("PATCH", _WORK, json={"dispatching": dispatching})["dispatching"]
    targets = [
        target for action in dispatching["actions"] if action["type"].startswith("Ring") for target in action["targets"]
    ]
    return [target.get("extension", {}).get("id") for target in targets]


def _always(owner: RingCentralClient) -> list[int]:
    owner("PUT", HOURS, json={"schedule": {}})
    empty = owner("PATCH", f"{STATES}/work-hours", json={"conditions": []})
    return [len(owner.ok("GET", f"{STATES}/work-hours")["conditions"]), empty.status_code]


def _terminate(owner: RingCentralClient, *groups: dict[str, Any]) -> int:
    body = {"dispatching": {"type": "Terminate", "actions": [*groups, ending()]}}
    return owner("PATCH", f"{STATE_RULES}/after-hours", json=body).status_code


def _without_lines(owner: RingCentralClient) -> list[object]:
    answer = owner("PUT", FLIP, json={"records": []})
    return [answer.status_code, len(owner.ok("GET", FLIP)["records"])]


_SEEN: dict[str, tuple[Any, dict[str | int, object]]] = {
    "error_shape": (lambda c: "errorCode" in c("GET", f"{LIST}/1").json(), {"legacy": True, "standard": False}),
    "rate_headers": (_rate_headers, {"present": ["x-rate-limit-limit"], "other_spelling": ["x-ratelimit-limit"],
                                     "absent": []}),
    "wrong_secret": (lambda c: c.form("token", {}, secret="Fake-none").status_code, {401: 401, 400: 400}),
    "evicted_session": (_evicted, {"oldest": [200] * 5, "newest": [200] * 3 + [401, 200]}),
    "revoke_unknown": (lambda c: c.form("revoke", {"token": "x"}).status_code, {200: 200, 400: 400}),
    "label_clash_on_create": (_label_clash, {"refused": 400, "accepted": 200}),
    "duplicate_number": (_same_number, {"accepted": 200, "refused": 400}),
    "plus_missing": (lambda c: c.post(**{**OTHER, "phoneNumber": "16505550109"}).status_code,
                     {"accepted": 200, "refused": 400}),
    "put": (lambda c: _put(c, label="New").status_code, {"partial": 200, "replace": 400}),
    "same_type_in_put": (lambda c: _put(c, type="Other").status_code, {"accepted": 200, "refused": 400}),
    "label_of_fixed_type": (lambda c: c.post(phoneNumber="+16505550109", type="Home", label="x").status_code,
                            {"ignored": 200, "refused": 400}),
    "unset_flip_number": (lambda c: c.post(**OTHER).json().get("flipNumber"), {"next_free": "2", "absent": None}),
    "own_device_deletable": (lambda c: c("DELETE", f"{LIST}/500000001").status_code, {"no": 403, "yes": 204}),
    "lines_in_limit": (_filled, {"all": [400, 400], "coworkers": [200, 400], "none": [200, 200]}),
    "uri": (lambda c: "uri" in c.post(**OTHER).json(), {"present": True, "absent": False}),
    "late_reads": (_late, {0: 0, 1: 1, 2: 2}),
    "migrated": (lambda c: c.ok("GET", f"{OWN}/features?featureId=NewCallHandlingAndForwarding")["records"][0]["params"]
                 [0]["value"], {"no": "false", "yes": "true"}),
    "migrated_forwarding_numbers": (lambda c: c("GET", LIST).status_code, {"open": 200, "closed": 403}),
    "number_in_rule": (_deleted, {"removed": 204, "refused": 400}),
    "answering_rule_put": (_put_of_one_member, {"partial": [True, 200], "replace": [False, 400]}),
    "adding_number_to_rule": (_added, {"accepted": [200, 200, 200, 200], "refused": [200, 200, 400, 200]}),
    "position_top_in_put": (lambda c: c.ok("PUT", _BUSINESS, json={"forwarding": {"softPhonesPositionTop": False}})
                            ["forwarding"]["softPhonesPositionTop"], {"accepted": False, "ignored": True}),
    "inactive_numbers": (_inactive, {"on_request": [1, 2], "always": [2, 2], "never": [1, 1]}),
    "other_actions": (lambda c: "forwarding" in c.ok("GET", _AFTER), {"hidden": False, "shown": True}),
    "recipient_id": (lambda c: c.ok("GET", _AFTER)["voicemail"]["recipient"]["id"],
                     {"string": seed.OWNER_ID, "number": int(seed.OWNER_ID)}),
    "business_hours_put": (_weekdays, {"replace": 1, "merge": 5}),
    "empty_schedule": (lambda c: c("PUT", HOURS, json={"schedule": {}}).status_code, {"accepted": 200, "refused": 400}),
    "migrated_business_hours": (lambda c: c("GET", HOURS).status_code, {"open": 200, "closed": 403}),
    "new_before_migration": (lambda c: c("GET", STATES).status_code, {"not_found": 404, "forbidden": 403}),
    "feature_record": (lambda c: "records" in c.ok("GET", f"{OWN}/features?featureId=NewCallHandlingAndForwarding"),
                       {"in_records": True, "bare": False}),
    "patch_top_level": (_left_out, {"kept": [True, 200], "defaults": [False, 400]}),
    "patch_answer": (lambda c: c("PATCH", _WORK, json=ringing()).status_code, {"record": 200, "nothing": 204}),
    "action_order": (_types, {"as_sent": ["RingGroupAction"] * 1 + ["ScreeningAction"] + ["RingGroupAction"] * 2,
                              "by_type": ["ScreeningAction"] + ["RingGroupAction"] * 3}),
    "omitted_greetings": (lambda c: len(c.ok("PATCH", _WORK, json=ringing())["dispatching"]["actions"]),
                          {"added": 7, "absent": 3}),
    "target_types": (lambda c: c("PATCH", _WORK, json=ringing()).status_code, {"optional": 200, "required": 400}),
    "terminate_apps": (lambda c: [_terminate(c), _terminate(c, *app_groups())],
                       {"optional": [200, 200], "required": [400, 200]}),
    "own_device_group": (lambda c: c("PATCH", _WORK, json=ringing()).status_code, {"optional": 200, "required": 400}),
    "own_targets": (_owners, {"bare": [None] * 3, "with_extension": [seed.OWNER_ID] * 3}),
    "daily_trigger": (_daily, {"as_sent": "Daily", "weekly": "Weekly"}),
    "always_open_state": (_always, {"daily": [1, 400], "empty": [0, 200]}),
    "busy_state": (lambda c: "busy" in [item["id"] for item in c.ok("GET", STATES)["records"]],
                   {"absent": False, "present": True}),
    "omitted_phone_lines": (_without_lines, {"refused": [400, 1], "kept": [200, 1]}),
}  # fmt: skip


@pytest.mark.parametrize("name", [switch.name for switch in SWITCHES])
def test_every_switch_in_every_position(simulator: Simulator, owner: RingCentralClient, name: str) -> None:
    look, expected = _SEEN[name]
    positions = next(switch.values for switch in SWITCHES if switch.name == name)
    assert set(expected) == set(positions)
    stands_for = next(switch.stands_for for switch in SWITCHES if switch.name == name)
    values = ", ".join(f"`{position}`" for position in positions)
    assert f"| `{name}` | {values} | {stands_for} |" in README.read_text(encoding="utf-8")
    state = simulator.state()
    simulator.set_limits({"ringcentral": {"auth": None}} if name == "evicted_session" else {})
    if name in _MIGRATED:
        simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    seen = {}
    for position in positions:
        simulator.put_state(state)
        simulator.set_switches({"ringcentral": {name: position}})
        seen[position] = look(owner)
    assert seen == expected


@pytest.mark.parametrize("migrated", ["no", "yes"])
def test_late_reads_concern_call_handling_too(simulator: Simulator, owner: RingCentralClient, migrated: str) -> None:
    simulator.set_switches({"ringcentral": {"late_reads": 2, "migrated": migrated}})
    path, method, body = (
        (_BUSINESS, "PUT", {"screening": "Always"}) if migrated == "no" else (_WORK, "PATCH", ringing())
    )
    before = owner.ok("GET", path)
    answered = owner.ok(method, path, json=body)
    assert [owner.ok("GET", path) for _number in range(3)] == [before, before, answered]
    owner.ok("PUT", HOURS, json={"schedule": {}})
    assert [owner.ok("GET", HOURS)["schedule"] for _number in range(3)] == [seed.OFFICE_HOURS] * 2 + [{}]
