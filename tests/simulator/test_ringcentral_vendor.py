# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's own Python client, and the vendor's OpenAPI description, against the simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import (
    ACCOUNT,
    COMPANY_RULES,
    FLIP,
    HOURS,
    INTERACTION_RULES,
    LIST,
    OTHER,
    OWN,
    RULES,
    STATE_RULES,
    STATES,
    TARGETS,
    RingCentralClient,
    change,
    ending,
    phone_target,
    ring_group,
    ringing,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator
    from tests.simulator.ringcentral_description import Description


def test_the_vendors_client_logs_in_and_manages_forwarding_numbers(simulator: Simulator) -> None:
    sdk = pytest.importorskip("ringcentral").SDK(seed.CLIENT_ID, seed.CLIENT_SECRET, simulator.ringcentral_server_url)
    platform = sdk.platform()
    platform.login(jwt=seed.JWT)
    path = "/restapi/v1.0/account/~/extension/~/forwarding-number"
    assert len(platform.get(path).json().records) == 1
    created = platform.post(path, OTHER).json_dict()
    assert platform.get(f"{path}/{created['id']}").json().label == "Cell"
    body = {"phoneNumber": OTHER["phoneNumber"], "label": "New"}
    assert platform.put(f"{path}/{created['id']}", body).json().label == "New"
    platform.delete(f"{path}/{created['id']}")
    assert len(platform.get(path).json().records) == 1
    platform.logout()


def test_every_answer_is_one_that_the_vendor_describes(simulator: Simulator, description: Description) -> None:
    client = RingCentralClient(simulator)
    account = "/restapi/v1.0/account/{accountId}"
    extension = f"{account}/extension/{{extensionId}}"
    numbers, one = f"{extension}/forwarding-number", f"{extension}/forwarding-number/{{forwardingNumberId}}"
    description.check("POST", "/restapi/oauth/token", client.ask_token())
    description.check("POST", "/restapi/oauth/token", client.ask_token(assertion="x"))
    owner = client.log_in()
    for method, path, real, options in (
        ("GET", f"{account}/extension", f"{ACCOUNT}/extension", {}),
        ("GET", extension, OWN, {}),
        ("GET", f"{extension}/device", f"{OWN}/device", {}),
        ("GET", f"{extension}/phone-number", f"{OWN}/phone-number", {}),
        ("GET", f"{extension}/features", f"{OWN}/features", {}),
        ("POST", numbers, LIST, {"json": OTHER}),
        ("POST", numbers, LIST, {"json": {"type": "PhoneLine", "device": {"id": seed.CO_WORKER_PHONE}}}),
        ("POST", numbers, LIST, {"json": OTHER}),
        ("GET", numbers, LIST, {}),
        ("GET", numbers, f"{LIST}?perPage=x", {}),
        ("GET", one, f"{LIST}/500000001", {}),
        ("GET", one, f"{LIST}/1", {}),
        ("PUT", one, f"{LIST}/500000001", {"json": {"flipNumber": "7"}}),
        ("DELETE", one, f"{LIST}/500000001", {}),
    ):
        description.check(method, path, owner(method, real, **options))
    limits = {"requests": 1, "window": 60, "penalty": 60}
    simulator.set_limits({"ringcentral": {"light": limits}})
    for _number in range(2):
        description.check("GET", numbers, owner("GET", LIST))
    for shape in ("legacy", "standard"):
        simulator.set_limits({"ringcentral": {"light": None}})
        simulator.set_switches({"ringcentral": {"error_shape": shape}})
        description.check("GET", one, owner("GET", f"{LIST}/1"))
    description.check("POST", "/restapi/oauth/revoke", owner.form("revoke", {"token": owner.token or ""}))


_ACCOUNT = "/restapi/v1.0/account/{accountId}"
_EXTENSION = f"{_ACCOUNT}/extension/{{extensionId}}"
_NEW = "/restapi/v2/accounts/{accountId}/extensions/{extensionId}"
_VOICE = f"{_NEW}/comm-handling/voice"


def test_every_answer_about_legacy_rules_is_described(simulator: Simulator, description: Description) -> None:
    change(simulator, apps={seed.CLIENT_ID: seed.app(permissions=["EditAccounts"])})
    owner = RingCentralClient(simulator).log_in()
    number = owner.post(**OTHER).json()["id"]
    rules, rule, hours = f"{_EXTENSION}/answering-rule", f"{_EXTENSION}/answering-rule/{{ruleId}}", "/business-hours"
    companys, companys_one = f"{_ACCOUNT}/answering-rule", f"{_ACCOUNT}/answering-rule/{{ruleId}}"
    ranges = {"ranges": [{"from": "2099-12-24T00:00:00Z", "to": "2099-12-26T00:00:00Z"}]}
    settings = {"rules": [{"index": 1, "forwardingNumbers": [{"id": number}, {"id": "500000001"}]}]}
    made = {"type": "Custom", "name": "Holidays", "schedule": ranges, "forwarding": settings}
    everything = {
        "callHandlingAction": "UnconditionalForwarding",
        "unconditionalForwarding": {"phoneNumber": "+16505550100", "action": "NoAnswer"},
        "transfer": {"extension": {"id": seed.READER_ID}},
        "voicemail": {"enabled": False},
        "missedCall": {"actionType": "ConnectToExternalNumber", "externalNumber": {"phoneNumber": "+16505550100"}},
        "greetings": [{"type": "Announcement", "custom": {"id": "5072424004"}}],
    }
    companys_rule = {"callers": [{"callerId": "1"}], "calledNumbers": [{"phoneNumber": "+16505550111"}]}
    bypass = {"callHandlingAction": "Bypass", "extension": {"id": seed.READER_ID}}
    for method, path, real, body in (
        ("POST", rules, RULES, made),
        ("POST", rules, RULES, {}),
        ("GET", rules, RULES, None),
        ("GET", rules, f"{RULES}?view=Detailed", None),
        ("GET", rules, f"{RULES}?view=x", None),
        ("GET", rule, f"{RULES}/business-hours-rule?showInactiveNumbers=true", None),
        ("GET", rule, f"{RULES}/1", None),
        ("PUT", rule, f"{RULES}/after-hours-rule", everything),
        ("PUT", rule, f"{RULES}/after-hours-rule", {"screening": "Never"}),
        ("DELETE", rule, f"{RULES}/after-hours-rule", None),
        ("DELETE", rule, f"{RULES}/{seed.CUSTOM_RULE}", None),
        ("GET", _EXTENSION + hours, HOURS, None),
        ("PUT", _EXTENSION + hours, HOURS, {"schedule": {}}),
        ("PUT", _EXTENSION + hours, HOURS, {}),
        ("GET", _ACCOUNT + hours, ACCOUNT + hours, None),
        ("PUT", _ACCOUNT + hours, ACCOUNT + hours, {"schedule": seed.OFFICE_HOURS}),
        ("POST", companys, COMPANY_RULES, companys_rule),
        ("GET", companys, COMPANY_RULES, None),
        ("GET", companys_one, f"{COMPANY_RULES}/after-hours-rule", None),
        ("PUT", companys_one, f"{COMPANY_RULES}/after-hours-rule", bypass),
        ("DELETE", companys_one, f"{COMPANY_RULES}/1", None),
    ):
        description.check(method, path, owner(method, real, json=body))
    simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    description.check("GET", rules, owner("GET", RULES))


def test_every_answer_about_the_new_call_handling_is_described(simulator: Simulator, description: Description) -> None:
    owner = RingCentralClient(simulator).log_in()
    description.check("GET", f"{_NEW}/comm-handling/states", owner("GET", STATES))  # before the migration
    simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    states, state = f"{_NEW}/comm-handling/states", f"{_NEW}/comm-handling/states/{{stateId}}"
    rules, rule = f"{_VOICE}/state-rules", f"{_VOICE}/state-rules/{{stateId}}"
    interactions, interaction = f"{_VOICE}/interaction-rules", f"{_VOICE}/interaction-rules/{{ruleId}}"
    agent = STATES.replace("extensions/~", "extensions/400000004")
    device = {"type": "DeviceRingTarget", "device": {"id": seed.CO_WORKER_PHONE}}
    coworker = {"type": "CoworkerRingTarget", "extension": {"id": seed.READER_ID}}
    apps = {"type": "AllMobileRingTarget", "extension": {"id": seed.READER_ID}}
    screening = {"type": "ScreeningAction", "screening": "Always"}
    rung = ringing(ring_group(phone_target("+16505550100"), device), ring_group(coworker, apps), screening)
    target = {"type": "ExtensionTerminatingTarget", "extension": {"id": seed.READER_ID}, "dispatchingType": "Ringing"}
    ranged = {"triggerType": "Range", "ranges": [{"endDateTime": "2099-01-01T00:00:00"}]}
    conditions = [
        {"type": "Interaction", "from": [{"phoneNumber": "+16505550160"}], "to": ["+16505550111"]},
        {"type": "State", "state": {"id": "work-hours"}},
        {"type": "Schedule", "schedule": {"triggers": [ranged]}},
    ]
    terminate = {"type": "Terminate", "actions": [ending(target)]}
    made = {"displayName": "VIP", "enabled": True, "conditions": conditions, "dispatching": terminate}
    schedule = {"conditions": [{"type": "Schedule", "schedule": {"triggers": [ranged]}}]}
    removed = {"records": [coworker, device, phone_target("+16505550199")]}
    line = owner.ok("GET", FLIP)["records"][0]
    users = f"{_VOICE}/forwarding-targets/devices/{{deviceId}}/extensions"
    for method, path, real, body in (
        ("GET", states, STATES, None),
        ("GET", states, agent, None),
        ("GET", state, f"{STATES}/after-hours", None),
        ("PATCH", state, f"{STATES}/forward-all-calls", schedule),
        ("PATCH", state, f"{STATES}/work-hours", {"enabled": False}),
        ("GET", state, f"{STATES}/none", None),
        ("GET", rules, STATE_RULES, None),
        ("GET", rule, f"{STATE_RULES}/after-hours", None),
        ("PATCH", rule, f"{STATE_RULES}/work-hours", rung),
        ("PATCH", rule, f"{STATE_RULES}/work-hours", {"dispatching": {}}),
        ("POST", interactions, INTERACTION_RULES, made),
        ("POST", interactions, INTERACTION_RULES, {}),
        ("GET", interactions, INTERACTION_RULES, None),
        ("GET", interaction, f"{INTERACTION_RULES}/{seed.CUSTOM_RULE}", None),
        ("PATCH", interaction, f"{INTERACTION_RULES}/{seed.CUSTOM_RULE}", rung),
        ("GET", f"{_VOICE}/forwarding-targets", TARGETS, None),
        ("GET", users, f"{TARGETS}/devices/{seed.CO_WORKER_PHONE}/extensions", None),
        ("DELETE", f"{_VOICE}/forwarding-targets", TARGETS, removed),
        ("DELETE", interaction, f"{INTERACTION_RULES}/{seed.CUSTOM_RULE}", None),
        ("GET", f"{_NEW}/call-flip-numbers", FLIP, None),
        ("PUT", f"{_NEW}/call-flip-numbers", FLIP, {"records": [line, {"phoneNumber": "+16505550100"}]}),
        ("PUT", f"{_NEW}/call-flip-numbers", FLIP, {}),
    ):
        description.check(method, path, owner(method, real, json=body))
