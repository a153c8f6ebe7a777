# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every switch about the rules, greetings and numbers of a RingCentral company in every position."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.ringcentral import seed
from simulator.ringcentral.routing_switches import ROUTING_SWITCHES
from tests.simulator.ringcentral_client import (
    ACCOUNT,
    COMPANY_RULES,
    EXTENSIONS,
    QUEUES,
    RingCentralClient,
    Seen,
    code_of,
    compare_positions,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

_SALES, _SUPPORT = f"{EXTENSIONS}/{seed.SALES_ID}", f"{EXTENSIONS}/{seed.SUPPORT_ID}"
_BUSINESS = "answering-rule/business-hours-rule"
_NUMBERS = "/restapi/v2/accounts/~/phone-numbers"
_CALLERS = {"callers": [{"callerId": "+16505550160"}]}
_BYPASS = {"callHandlingAction": "Bypass", "extension": {"id": seed.MENU_ID}}
# Switches that say something about accounts that are migrated only.
_MIGRATED = ("migrated_queue_rules",)


def _operator(client: RingCentralClient) -> list[object]:
    """What goes to the operator, is hung up, and goes to a menu."""
    rule = f"{COMPANY_RULES}/after-hours-rule"
    bodies = ({"callHandlingAction": "Operator"}, {"callHandlingAction": "Disconnect"}, _BYPASS)
    return [client("PUT", rule, json=body).status_code for body in bodies]


def _named(client: RingCentralClient) -> list[int]:
    bodies = [{"name": "x" * length, **_CALLERS, **_BYPASS} for length in (30, 31, 127, 128)]
    return [client("POST", COMPANY_RULES, json=body).status_code for body in bodies]


def _dated(client: RingCentralClient) -> object:
    ranges = [{"from": "2030-12-24T12:00:00", "to": "2030-12-27T00:00:00-05:00"}]
    rule = {"schedule": {"ranges": ranges}, **_BYPASS}
    return client.ok("POST", COMPANY_RULES, json=rule)["schedule"]["ranges"][0]


def _held(client: RingCentralClient) -> list[object]:
    """The hold time by the rule itself, and by the list."""
    path = f"{_SALES}/{_BUSINESS}"
    answer = client("PUT", path, json={"queue": {"holdTime": 60}})
    if answer.status_code != 200:
        return [code_of(answer)[1], code_of(client("GET", f"{_SALES}/business-hours"))[1]]
    listed = client.ok("GET", f"{_SALES}/answering-rule?view=Detailed")["records"][0]
    return [client.ok("GET", path)["queue"]["holdTime"], listed["queue"]["holdTime"]]


def _ordered(client: RingCentralClient) -> list[object]:
    """A queue in fixed order that loses a member and gains one: the answer, and the order afterwards."""
    path = f"{_SALES}/{_BUSINESS}"
    agents = [{"extension": {"id": key}, "index": i} for i, key in enumerate((seed.READER_ID, seed.OWNER_ID), 1)]
    client.ok("PUT", path, json={"queue": {"transferMode": "FixedOrder", "fixedOrderAgents": agents}})
    body = {"addedExtensionIds": ["400000004"], "removedExtensionIds": [seed.OWNER_ID]}
    status = client("POST", f"{QUEUES}/{seed.SALES_ID}/bulk-assign", json=body).status_code
    return [status, *(item["extension"]["id"] for item in client.ok("GET", path)["queue"]["fixedOrderAgents"])]


def _rung(client: RingCentralClient) -> list[int]:
    bodies = ({"queue": {"agentTimeout": seconds}} for seconds in (20, 22))
    return [client("PUT", f"{_SALES}/{_BUSINESS}", json=body).status_code for body in bodies]


def _greeted(client: RingCentralClient) -> list[str]:
    chosen = {"greetings": [{"type": "Voicemail", "preset": {"id": "135425"}}]}
    return [item["type"] for item in client.ok("PUT", f"{_SALES}/{_BUSINESS}", json=chosen)["greetings"]]


def _custom(client: RingCentralClient) -> list[str]:
    fields = {"type": (None, "Voicemail"), "answeringRuleId": (None, "business-hours-rule")}
    client.ok("POST", f"{_SALES}/greeting", files={**fields, "binary": ("x.wav", b"RIFF", "audio/wav")})
    greetings = client.ok("GET", f"{_SALES}/{_BUSINESS}")["greetings"]
    return sorted(next(item["custom"] for item in greetings if "custom" in item))


def _freed(client: RingCentralClient) -> list[str]:
    client("DELETE", _SUPPORT)
    return [item["usageType"] for item in client.ok("GET", _NUMBERS)["records"] if item["id"] == "600000004"]


def _called(client: RingCentralClient) -> list[object]:
    """Called numbers of a company's rule, of which one moves."""
    numbers = [{"phoneNumber": number} for number in ("+16505550183", seed.MAIN_NUMBER)]
    rule = client.ok("POST", COMPANY_RULES, json={"calledNumbers": numbers, **_BYPASS})
    client.ok("PATCH", f"{_NUMBERS}/600000004", json={"usageType": "CompanyNumber"})
    shown = client.ok("GET", f"{COMPANY_RULES}/{rule['id']}")["calledNumbers"]
    return [item["phoneNumber"] for item in shown]


def _blocked(client: RingCentralClient) -> list[object]:
    path = f"{_SALES}/caller-blocking/phone-numbers"
    bodies = ({"phoneNumber": "16505550160", "label": label} for label in ("first", "second"))
    statuses = [client("POST", path, json=body).status_code for body in bodies]
    return [*statuses, *(item["label"] for item in client.ok("GET", path)["records"])]


def _notified(client: RingCentralClient) -> list[str]:
    path = f"{_SALES}/notification-settings"
    client.ok("PUT", path, json={"emailAddresses": ["sales@example.org"]})
    addresses: list[str] = client.ok("PUT", path, json={"advancedMode": False})["emailAddresses"]
    return addresses


_TYPES = ["Introductory", "ConnectingMessage", "ConnectingAudio", "HoldMusic", "InterruptPrompt", "Voicemail"]
_ADA, _BEN, _CLEO = seed.OWNER_ID, seed.READER_ID, "400000004"
_SEEN: dict[str, Seen] = {
    "multi_level_ivr": (_operator, {"yes": [400, 400, 200], "no": [200, 200, 200]}),
    "company_rule_name": (_named, {127: [200, 200, 200, 400], 30: [200, 400, 400, 400]}),
    "range_zone": (_dated, {"kept": {"from": "2030-12-24T12:00:00", "to": "2030-12-27T00:00:00-05:00"},
                            "local": {"from": "2030-12-24T12:00:00", "to": "2030-12-27T00:00:00"},
                            "utc": {"from": "2030-12-24T17:00:00Z", "to": "2030-12-27T05:00:00Z"}}),
    "migrated_queue_rules": (_held, {"v1": [60, 60], "stale_list": [60, 180], "closed": ["CMN-468", "CMN-468"]}),
    "fixed_order_on_member_change": (_ordered, {"trimmed": [204, _BEN, _CLEO], "stale": [204, _BEN, _ADA],
                                                "refused": [400, _BEN, _ADA]}),
    "agent_timeout_unit": (_rung, {"seconds": [200, 200], "multiples_of_five": [200, 400]}),
    "greeting_list_answer": (_greeted, {"all_types": [*_TYPES, "Unavailable"], "set_types": ["Voicemail"]}),
    "custom_greeting_answer": (_custom, {"id_uri": ["id", "uri"], "id_only": ["id"]}),
    "freed_numbers": (_freed, {"company": ["AdditionalCompanyNumber"], "inventory": ["Inventory"]}),
    "reassign_called_numbers": (_called, {"kept": ["+16505550183", seed.MAIN_NUMBER], "removed": [seed.MAIN_NUMBER]}),
    "blocked_duplicate": (_blocked, {"refused": [200, 400, "first"], "updated": [200, 200, "second"]}),
    "notification_put": (_notified, {"merge": ["sales@example.org"], "replace": []}),
}  # fmt: skip


@pytest.mark.parametrize("name", [switch.name for switch in ROUTING_SWITCHES])
def test_every_switch_in_every_position(simulator: Simulator, administrator: RingCentralClient, name: str) -> None:
    if name in _MIGRATED:
        simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    compare_positions(simulator, administrator, ROUTING_SWITCHES, name, _SEEN[name])


@pytest.mark.parametrize(("position", "shown"), [("trimmed", 3), ("stale", 2)])
def test_the_fixed_order_after_a_member_was_added(
    simulator: Simulator, administrator: RingCentralClient, position: str, shown: int
) -> None:
    simulator.set_switches({"ringcentral": {"fixed_order_on_member_change": position}})
    path = f"{_SALES}/{_BUSINESS}"
    administrator.ok("PUT", path, json={"queue": {"transferMode": "FixedOrder"}})
    body = {"addedExtensionIds": ["400000004"]}
    assert administrator("POST", f"{ACCOUNT}/call-queues/{seed.SALES_ID}/bulk-assign", json=body).status_code == 204
    assert len(administrator.ok("GET", path)["queue"]["fixedOrderAgents"]) == shown
