# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Legacy answering rules and business hours of the simulated RingCentral (docs/providers/ringcentral.md 8 and 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.harness import SimulatorError
from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import (
    COMPANY_RULES,
    HOURS,
    LIST,
    OTHER,
    OWN,
    RULES,
    RingCentralClient,
    change,
    code_of,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

_BUSINESS, _AFTER = f"{RULES}/business-hours-rule", f"{RULES}/after-hours-rule"
_CUSTOM = f"{RULES}/{seed.CUSTOM_RULE}"
_CALLER = {"callers": [{"callerId": "+46843216868"}]}
_NEW_RULE: dict[str, Any] = {"type": "Custom", "name": "Sweden", **_CALLER}
_COMPANY_HOURS = "/restapi/v1.0/account/~/business-hours"
_MONDAY = {"schedule": {"weeklyRanges": {"monday": [{"from": "08:00", "to": "12:00"}]}}}


def _steps(*numbers: str) -> dict[str, Any]:
    rules = [{"index": index, "forwardingNumbers": [{"id": key}]} for index, key in enumerate(numbers, 1)]
    return {"forwarding": {"rules": rules}}


def _rung(rule: dict[str, Any]) -> list[list[str]]:
    return [[number["id"] for number in step["forwardingNumbers"]] for step in rule["forwarding"].get("rules", [])]


def test_the_list_is_simple_or_detailed_and_filtered(owner: RingCentralClient) -> None:
    document = owner.ok("GET", RULES)
    shown = [(item["id"], item["type"]) for item in document["records"]]
    assert shown == [
        ("business-hours-rule", "BusinessHours"),
        ("after-hours-rule", "AfterHours"),
        (seed.CUSTOM_RULE, "Custom"),
    ]
    assert all(set(item) == {"uri", "id", "type", "name", "enabled"} for item in document["records"])
    assert document["uri"].endswith(f"/extension/{seed.OWNER_ID}/answering-rule?page=1&perPage=100")
    detailed = owner.ok("GET", f"{RULES}?view=Detailed&type=BusinessHours&type=Custom&perPage=1")
    assert [_rung(item) for item in detailed["records"]] == [[["500000001"]]]
    assert detailed["paging"]["totalElements"] == 2
    assert "view=Detailed" in detailed["navigation"]["nextPage"]["uri"]
    owner.ok("PUT", _CUSTOM, json={"enabled": False})
    assert len(owner.ok("GET", f"{RULES}?enabledOnly=true")["records"]) == 2
    internal = owner.ok("GET", f"{RULES}?internalIds=true")["records"]
    assert all(item["id"].isdecimal() for item in internal)
    assert owner.ok("GET", f"{RULES}/{internal[0]['id']}")["id"] == "business-hours-rule"
    for query, name in (("view=Full", "view"), ("type=Other", "type"), ("enabledOnly=1", "enabledOnly")):
        assert code_of(owner("GET", f"{RULES}?{query}")) == (400, "CMN-101", name)
    assert code_of(owner("GET", f"{RULES}/1")) == (404, "CMN-102", "answering-rule")


def test_rows_56_57_refused_rules(owner: RingCentralClient) -> None:
    first, second = (owner.post(**{**OTHER, "label": label}).json()["id"] for label in ("A", "B"))
    three = _steps(first, second)["forwarding"]["rules"]
    three[1]["index"] = 3
    no_callers = {"type": "Custom", "name": "x"}
    weekly = {"schedule": {"weeklyRanges": {"monday": [{"from": "09:00", "to": "17:00"}]}}}
    many = [{"from": f"{hour:02}:{half}0", "to": f"{hour:02}:{half}9"} for hour in range(11) for half in (1, 3)]
    dates = [{"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}] * 1001
    greeting = {"type": "Voicemail", "preset": {"id": "65792"}}
    cases: tuple[tuple[dict[str, Any], int, str, str | None], ...] = (
        (no_callers, 400, "AWR-111", None),
        ({**_NEW_RULE, "type": "BusinessHours"}, 400, "AWR-108", None),
        ({**_NEW_RULE, "forwarding": {"rules": three}}, 400, "AWR-100", None),
        ({**_NEW_RULE, **_steps(first, first)}, 400, "AWR-101", None),
        ({**_NEW_RULE, "forwarding": {"rules": [{**three[0], "index": 0}]}}, 400, "AWR-137", None),
        ({**_NEW_RULE, **_steps("1")}, 404, "CMN-102", "forwarding.rules.forwardingNumbers.id"),
        ({**_NEW_RULE, "name": "x" * 128}, 400, "AWR-179", None),
        ({"type": "Custom", **_CALLER}, 400, "CMN-100", "name"),
        ({**_NEW_RULE, "callers": _CALLER["callers"] * 2}, 400, "AWR-107", None),
        ({**no_callers, "calledNumbers": [{"phoneNumber": "+16505550111"}] * 2}, 400, "AWR-113", None),
        ({**no_callers, "calledNumbers": [{"phoneNumber": "+16505550112"}]}, 400, "CMN-101",
         "calledNumbers.phoneNumber"),
        ({**no_callers, "schedule": {"ref": "BusinessHours"}}, 400, "AWR-120", None),
        ({**_NEW_RULE, "schedule": {"ref": "BusinessHours", **weekly["schedule"]}}, 400, "AWR-121", None),
        ({**no_callers, "schedule": {"weeklyRanges": {"monday": many}}}, 400, "AWR-177", None),
        ({**no_callers, "schedule": {"ranges": dates}}, 400, "AWR-126", None),
        ({**_NEW_RULE, "greetings": [greeting] * 2}, 400, "AWR-106", None),
        ({**_NEW_RULE, "greetings": [{"type": "Voicemail"}]}, 400, "AWR-123", None),
        ({**_NEW_RULE, "greetings": [{**greeting, "preset": {"id": "1"}}]}, 400, "AWR-124", None),
        ({**_NEW_RULE, "greetings": [{**greeting, "preset": {"id": "66816"}}]}, 400, "AWR-125", None),
        ({**_NEW_RULE, "callHandlingAction": "AgentQueue"}, 400, "CMN-101", "callHandlingAction"),
        ({**_NEW_RULE, "callHandlingAction": "TransferToExtension"}, 400, "CMN-100", "transfer"),
        ({**_NEW_RULE, "transfer": {"extension": {"id": "1"}}}, 404, "CMN-102", "transfer.extension.id"),
        ({**_NEW_RULE, "unconditionalForwarding": {"phoneNumber": "+16505550112"}}, 400, "FPN-105", None),
        ({**_NEW_RULE, "missedCall": {"actionType": "PlayGreetingAndDisconnect"}}, 400, "CMN-101", "missedCall"),
    )  # fmt: skip
    for body, *expected in cases:
        assert list(code_of(owner("POST", RULES, json=body))) == expected, body
    assert len(owner.ok("GET", RULES)["records"]) == 3
    for path in (_BUSINESS, _AFTER):
        assert code_of(owner("DELETE", path))[:2] == (403, "AWR-110")
    for body, code in (({"id": "1"}, "CMN-108"), ({"type": "Custom"}, "CMN-101"), ({"enabled": False}, "CMN-101")):
        assert code_of(owner("PUT", _BUSINESS, json=body))[:2] == (400, code)
    assert owner("DELETE", _CUSTOM).status_code == 204
    assert code_of(owner("DELETE", _CUSTOM))[:2] == (404, "CMN-102")


def test_row_58_the_server_adds_to_a_new_rule(owner: RingCentralClient) -> None:
    number = owner.post(**OTHER).json()["id"]
    rule = owner.ok("POST", RULES, json={**_NEW_RULE, **_steps(number)})
    assert rule["callers"] == [{"callerId": "46843216868"}]
    assert rule["forwarding"]["rules"][0]["ringCount"] == 4
    assert {item["type"] for item in rule["greetings"]} >= {"Voicemail", "Introductory"}
    assert rule["voicemail"]["enabled"] is True
    assert rule["voicemail"]["recipient"]["id"] == seed.OWNER_ID
    assert (rule["enabled"], rule["screening"], rule["callHandlingAction"]) == (True, "Off", "ForwardCalls")
    assert owner.ok("GET", f"{RULES}/{rule['id']}") == rule
    assert rule["id"] in [item["id"] for item in owner.ok("GET", RULES)["records"]]


def test_what_a_put_sends_is_replaced_as_a_whole(owner: RingCentralClient) -> None:
    number = owner.post(**OTHER).json()["id"]
    before = owner.ok("PUT", _BUSINESS, json=_steps("500000001", number))
    settings = {**before["forwarding"], "ringingMode": "Simultaneously", "softPhonesAlwaysRing": False}
    assert owner.ok("PUT", _BUSINESS, json={"forwarding": settings})["forwarding"] == settings
    bare = owner.ok("PUT", _BUSINESS, json={"forwarding": {"notifyMySoftPhones": False}})["forwarding"]
    assert "rules" not in bare
    assert (bare["ringingMode"], bare["softPhonesAlwaysRing"]) == ("Sequentially", True)
    off = owner.ok("PUT", _BUSINESS, json={"voicemail": {"enabled": False, "recipient": {"id": int(seed.READER_ID)}}})
    assert off["voicemail"]["recipient"]["id"] == seed.READER_ID
    assert off["missedCall"] == {"actionType": "PlayGreetingAndDisconnect"}
    on = owner.ok("PUT", _BUSINESS, json={"voicemail": {"enabled": True}})
    assert on["voicemail"]["recipient"]["id"] == seed.OWNER_ID
    assert "missedCall" not in on
    sent = {
        "callHandlingAction": "TransferToExtension",
        "transfer": {"extension": {"id": seed.READER_ID}},
        "greetings": [{"type": "Voicemail", "preset": {"id": "65792"}}],
    }
    moved = owner.ok("PUT", _AFTER, json=sent)
    assert moved["transfer"]["extension"]["id"] == seed.READER_ID
    assert moved["greetings"][0]["preset"]["name"] == "Default"
    assert owner.ok("PUT", _AFTER, json=moved) == moved  # what was read can be written back


def test_row_59_numbers_come_to_a_rule_by_writing_it_and_leave_with_their_record(owner: RingCentralClient) -> None:
    first, second = (owner.post(**{**OTHER, "label": label}).json()["id"] for label in ("A", "B"))
    assert _rung(owner.ok("GET", _BUSINESS)) == [["500000001"]]
    group = {"index": 2, "ringCount": 6, "forwardingNumbers": [{"id": first}, {"id": second}]}
    rules = [*_steps("500000001")["forwarding"]["rules"], group]
    owner.ok("PUT", _BUSINESS, json={"forwarding": {"rules": rules}})
    assert _rung(owner.ok("GET", _BUSINESS)) == [["500000001"], [first, second]]
    owner("DELETE", f"{LIST}/{first}")
    assert _rung(owner.ok("GET", _BUSINESS)) == [["500000001"], [second]]
    owner("DELETE", LIST, json={"records": [{"forwardingNumberId": second}]})
    assert _rung(owner.ok("GET", _BUSINESS)) == [["500000001"]]


def test_inactive_numbers_have_no_index(owner: RingCentralClient) -> None:
    number = owner.post(**OTHER).json()["id"]
    steps = owner.ok("GET", f"{_BUSINESS}?showInactiveNumbers=true")["forwarding"]["rules"]
    assert [(step.get("index"), step["enabled"], step["ringCount"]) for step in steps] == [
        (1, True, 4),
        (None, False, 4),
    ]
    assert steps[1]["forwardingNumbers"][0]["id"] == number
    assert "enabled" not in owner.ok("GET", _BUSINESS)["forwarding"]["rules"][0]
    body = {"forwarding": {"rules": steps}, "showInactiveNumbers": True}
    assert owner.ok("PUT", _BUSINESS, json=body)["forwarding"]["rules"] == steps


def test_row_60_around_the_clock_there_is_no_after_hours_rule(owner: RingCentralClient) -> None:
    assert owner.ok("GET", HOURS)["schedule"] == seed.OFFICE_HOURS
    assert owner.ok("PUT", HOURS, json={"schedule": {}})["schedule"] == {}
    assert owner.ok("GET", HOURS)["schedule"] == {}
    assert code_of(owner("GET", _AFTER)) == (404, "CMN-102", "answering-rule")
    assert owner.ok("PUT", HOURS, json=_MONDAY)["schedule"] == _MONDAY["schedule"]
    assert owner.ok("GET", _AFTER)["callHandlingAction"] == "TakeMessagesOnly"
    week = {
        day: [{"from": "00:00", "to": "24:00"}] for day in (*seed.OFFICE_HOURS["weeklyRanges"], "saturday", "sunday")
    }
    assert owner.ok("PUT", HOURS, json={"schedule": {"weeklyRanges": week}})["schedule"] == {}


@pytest.mark.parametrize(
    ("body", "code", "name"),
    [
        ({}, "CMN-100", "schedule"),
        ({"schedule": []}, "CMN-101", "schedule"),
        ({"schedule": {"weeklyRanges": {}}}, "CMN-101", "schedule.weeklyRanges"),
        ({"schedule": {"weeklyRanges": {"funday": []}}}, "CMN-101", "schedule.weeklyRanges"),
        *(
            ({"schedule": {"weeklyRanges": {"monday": ranges}}}, "CMN-101", "schedule.weeklyRanges.monday")
            for ranges in (
                [{"from": "9:00", "to": "17:00"}],
                [{"from": "09:00", "to": "25:00"}],
                [{"from": "17:00", "to": "09:00"}],
                [{"from": "09:00", "to": "12:00"}, {"from": "11:00", "to": "17:00"}],
            )
        ),
    ],
)
def test_hours_that_make_no_sense(owner: RingCentralClient, body: dict[str, Any], code: str, name: str) -> None:
    for path in (HOURS, _COMPANY_HOURS):
        assert code_of(owner("PUT", path, json=body)) == (400, code, name)


def test_rules_and_hours_of_the_company(simulator: Simulator, owner: RingCentralClient) -> None:
    assert [item["type"] for item in owner.ok("GET", COMPANY_RULES)["records"]] == ["BusinessHours", "AfterHours"]
    rule: dict[str, Any] = {"callers": [{"callerId": "+16505550160"}]}
    assert code_of(owner("POST", COMPANY_RULES, json=rule))[:2] == (403, "CMN-401")
    change(simulator, apps={seed.CLIENT_ID: seed.app(permissions=["EditAccounts"])})
    simulator.set_switches({"ringcentral": {"multi_level_ivr": "no"}})
    made = owner.ok("POST", COMPANY_RULES, json=rule)
    assert (made["name"], made["callHandlingAction"], made["enabled"]) == ("My Rule 1", "Operator", True)
    path = f"{COMPANY_RULES}/{made['id']}"
    for body, code in (
        ({"callHandlingAction": "Bypass"}, "AWR-172"),
        ({"extension": {"id": seed.READER_ID}}, "AWR-173"),
        ({"type": "BusinessHours"}, "AWR-164"),
        ({"callers": []}, "AWR-111"),
        ({"name": "x" * 128}, "AWR-179"),
    ):
        assert code_of(owner("PUT", path, json=body))[:2] == (400, code)
    sent = {
        "callHandlingAction": "Bypass",
        "extension": {"id": seed.READER_ID},
        "calledNumbers": [{"phoneNumber": "+16505550112"}],
    }
    changed = owner.ok("PUT", path, json=sent)
    assert changed["calledNumbers"] == [{"id": "600000002", "phoneNumber": "+16505550112"}]
    assert owner.ok("GET", path) == changed
    assert code_of(owner("DELETE", f"{COMPANY_RULES}/business-hours-rule"))[:2] == (403, "AWR-110")
    assert owner("DELETE", path).status_code == 204
    assert owner.ok("PUT", _COMPANY_HOURS, json={"schedule": {}})["schedule"] == {}
    assert len(owner.ok("GET", COMPANY_RULES)["records"]) == 1
    assert owner.ok("PUT", _COMPANY_HOURS, json=_MONDAY)["schedule"] == owner.ok("GET", _COMPANY_HOURS)["schedule"]
    assert len(owner.ok("GET", COMPANY_RULES)["records"]) == 2


def test_permissions_of_rules_and_hours(simulator: Simulator, anyone: RingCentralClient) -> None:
    reader = anyone.log_in(assertion=seed.READER_JWT)
    assert reader("GET", RULES).status_code == 200
    for method, path, permission in (
        ("POST", RULES, "EditUserAnsweringRules"),
        ("PUT", HOURS, "EditUserAnsweringRules"),
        ("GET", COMPANY_RULES, "ReadCompanyAnsweringRules"),
    ):
        answer = reader(method, path, json={})
        assert code_of(answer)[:2] == (403, "CMN-408")
        assert answer.json()["permissionName"] == permission
    others = f"/restapi/v1.0/account/~/extension/{seed.OWNER_ID}/answering-rule"
    assert code_of(reader("GET", others))[:2] == (403, "CMN-419")
    owner = anyone.log_in()
    shared_lines = OWN.replace("extension/~", "extension/400000005")
    assert code_of(owner("GET", f"{shared_lines}/answering-rule"))[:2] == (403, "CMN-403")
    change(simulator, apps={seed.CLIENT_ID: seed.app(permissions=["EditExtensions"])})
    assert code_of(owner("GET", RULES))[:2] == (403, "CMN-401")
    assert owner("PUT", _CUSTOM, json={"enabled": False}).status_code == 200


@pytest.mark.parametrize(
    ("member", "value", "problem"),
    [
        ("business_hours", {}, "around the clock go together"),
        ("answering_rules", {}, "after-hours-rule and business_hours"),
        ("forwarding_numbers", {}, "there is no forwarding number '500000001'"),
        ("comm_handling", {"states": {}}, "exactly the keys"),
        ("queue_agent", 1, "the wrong kind of value"),
    ],
)
def test_a_state_whose_parts_disagree_is_refused(
    simulator: Simulator, member: str, value: object, problem: str
) -> None:
    state = simulator.state()
    state["ringcentral"]["extensions"][seed.OWNER_ID][member] = value
    with pytest.raises(SimulatorError, match=problem):
        simulator.put_state(state)
