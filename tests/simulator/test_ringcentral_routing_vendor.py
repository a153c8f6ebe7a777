# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's client and OpenAPI description against the rules, greetings and numbers of the simulated company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import ACCOUNT, EXTENSIONS, OWN, RingCentralClient, change

if TYPE_CHECKING:
    from simulator.harness import Simulator
    from tests.simulator.ringcentral_description import Description

_A, _A2 = "/restapi/v1.0/account/{accountId}", "/restapi/v2/accounts/{accountId}"
_X = f"{_A}/extension/{{extensionId}}"
_SALES, _SUPPORT = f"{EXTENSIONS}/{seed.SALES_ID}", f"{EXTENSIONS}/{seed.SUPPORT_ID}"
_NUMBERS = "/restapi/v2/accounts/~/phone-numbers"
_DICTIONARY = "/restapi/v1.0/dictionary/greeting"
_RULES, _RULE = f"{_X}/answering-rule", f"{_X}/answering-rule/{{ruleId}}"
_BLOCKED, _BLOCKED_ONE = (
    f"{_X}/caller-blocking/phone-numbers",
    f"{_X}/caller-blocking/phone-numbers/{{blockedNumberId}}",
)
_WAV = {"binary": ("closed.wav", b"RIFF", "audio/wav")}
_CUSTOM = {
    "type": "Custom",
    "name": "Holidays",
    "schedule": {"ranges": [{"from": "2030-12-24T12:00:00Z", "to": "2030-12-27T00:00:00Z"}]},
    "callHandlingAction": "UnconditionalForwarding",
    "unconditionalForwarding": {"phoneNumber": "+16505550100"},
}
_QUEUE = {
    "transferMode": "FixedOrder",
    "fixedOrderAgents": [
        {"extension": {"id": key}, "index": index} for index, key in enumerate((seed.OWNER_ID, seed.READER_ID), 1)
    ],
    "holdTimeExpirationAction": "TransferToExtension",
    "maxCallersAction": "UnconditionalForwarding",
    "transfer": [{"extension": {"id": seed.MENU_ID}, "action": "HoldTimeExpiration"}],
    "unconditionalForwarding": [{"phoneNumber": "+16505550100", "action": "MaxCallers"}],
    "positionInQueue": {"playbackFrequency": "EveryInterval"},
}
_OFF = {"records": [{"callQueue": {"id": seed.SALES_ID}, "acceptCalls": False}]}
_MEMBER_OFF = {"records": [{"member": {"id": seed.READER_ID}, "acceptCurrentQueueCalls": False}]}
_SHOWN_NUMBER = {"feature": "RingOut", "callerId": {"type": "PhoneNumber", "phoneInfo": {"id": "600000003"}}}
_ADDED = {"records": [{"phoneNumber": "+16505550188", "usageType": "Inventory"}]}


def _upload(kind: str, rule: str = "business-hours-rule") -> dict[str, Any]:
    return {"files": {"type": (None, kind), "answeringRuleId": (None, rule), **_WAV}}


def test_every_answer_is_one_that_the_vendor_describes(
    simulator: Simulator, administrator: RingCentralClient, description: Description
) -> None:
    company = simulator.state()["ringcentral"]["company"]
    ranges = [{"from": "2030-12-24T12:00:00Z", "to": "2030-12-27T00:00:00Z"}]
    change(
        simulator, company={**company, "forward_all": {"enabled": False, "ranges": ranges, "extension": seed.MENU_ID}}
    )
    sales = f"{ACCOUNT}/call-queues/{seed.SALES_ID}/presence"
    for method, path, real, options in (
        ("GET", _RULES, f"{_SUPPORT}/answering-rule", {}),
        ("GET", _RULES, f"{_SUPPORT}/answering-rule?view=Detailed", {}),
        ("POST", _RULES, f"{_SUPPORT}/answering-rule", {"json": _CUSTOM}),
        ("POST", _RULES, f"{EXTENSIONS}/{seed.MESSAGES_ID}/answering-rule", {"json": _CUSTOM}),
        ("PUT", _RULE, f"{_SALES}/answering-rule/business-hours-rule", {"json": {"queue": _QUEUE}}),
        ("PUT", _RULE, f"{_SALES}/answering-rule/business-hours-rule", {"json": {"queue": {"maxCallers": 26}}}),
        ("GET", _RULE, f"{_SALES}/answering-rule/business-hours-rule", {}),
        ("GET", _RULE, f"{EXTENSIONS}/{seed.SITE_ID}/answering-rule/business-hours-rule", {}),
        ("GET", _RULE, f"{EXTENSIONS}/{seed.ANNOUNCEMENT_ID}/answering-rule/business-hours-rule", {}),
        ("GET", _RULE, f"{_SALES}/answering-rule/after-hours-rule", {}),
        ("DELETE", _RULE, f"{_SALES}/answering-rule/business-hours-rule", {}),
        ("PUT", f"{_X}/business-hours", f"{_SALES}/business-hours", {"json": {"schedule": seed.OFFICE_HOURS}}),
        ("GET", f"{_A}/forward-all-calls", f"{ACCOUNT}/forward-all-calls", {}),
        ("PATCH", f"{_A}/forward-all-calls", f"{ACCOUNT}/forward-all-calls", {"json": {"enabled": True}}),
        ("PATCH", f"{_A}/forward-all-calls", f"{ACCOUNT}/forward-all-calls", {"json": {}}),
        ("GET", _DICTIONARY, _DICTIONARY, {}),
        ("GET", f"{_DICTIONARY}/{{greetingId}}", f"{_DICTIONARY}/134405", {}),
        ("GET", f"{_DICTIONARY}/{{greetingId}}", f"{_DICTIONARY}/1", {}),
        ("POST", f"{_A}/greeting", f"{ACCOUNT}/greeting", _upload("Company")),
        ("POST", f"{_A}/greeting", f"{ACCOUNT}/greeting", _upload("Voicemail")),
        ("POST", f"{_X}/greeting", f"{_SALES}/greeting", _upload("HoldMusic")),
        ("POST", f"{_X}/greeting", f"{_SALES}/greeting", _upload("Voicemail", "1")),
        ("GET", f"{_X}/greeting/{{greetingId}}", f"{_SALES}/greeting/hold-music", {}),
        ("GET", f"{_A}/answering-rule/{{ruleId}}", f"{ACCOUNT}/answering-rule/business-hours-rule", {}),
        ("GET", f"{_A}/phone-number", f"{ACCOUNT}/phone-number", {}),
        ("GET", f"{_A}/phone-number/{{phoneNumberId}}", f"{ACCOUNT}/phone-number/600000004", {}),
        ("GET", f"{_A2}/phone-numbers", _NUMBERS, {}),
        ("POST", f"{_A2}/phone-numbers/bulk-add", f"{_NUMBERS}/bulk-add", {"json": _ADDED}),
        ("DELETE", f"{_A2}/phone-numbers", _NUMBERS, {"json": {"records": [{"id": "600000006"}, {"id": "11"}]}}),
        ("PATCH", f"{_A2}/phone-numbers/{{phoneNumberId}}", f"{_NUMBERS}/600000005",
         {"json": {"usageType": "DirectNumber", "extension": {"id": seed.MENU_ID}}}),
        ("PATCH", f"{_A2}/phone-numbers/{{phoneNumberId}}", f"{_NUMBERS}/1", {"json": {"usageType": "DirectNumber"}}),
        ("GET", f"{_X}/caller-blocking", f"{_SALES}/caller-blocking", {}),
        ("PUT", f"{_X}/caller-blocking", f"{_SALES}/caller-blocking", {"json": {"mode": "All"}}),
        ("POST", _BLOCKED, f"{_SALES}/caller-blocking/phone-numbers", {"json": {"phoneNumber": "16503456787"}}),
        ("GET", _BLOCKED, f"{_SALES}/caller-blocking/phone-numbers", {}),
        ("PUT", _BLOCKED_ONE, f"{_SALES}/caller-blocking/phone-numbers/MTY1MDM0NTY3ODc", {"json": {"label": "x"}}),
        ("DELETE", _BLOCKED_ONE, f"{_SALES}/caller-blocking/phone-numbers/MTY1MDM0NTY3ODc", {}),
        ("GET", f"{_X}/notification-settings", f"{_SALES}/notification-settings", {}),
        ("PUT", f"{_X}/notification-settings", f"{_SALES}/notification-settings", {"json": {}}),
        ("GET", f"{_X}/presence", f"{OWN}/presence", {}),
        ("PUT", f"{_X}/presence", f"{OWN}/presence", {"json": {"message": "Back at noon"}}),
        ("GET", f"{_A}/call-queues/{{groupId}}/presence", sales, {}),
        ("PUT", f"{_A}/call-queues/{{groupId}}/presence", sales, {"json": _MEMBER_OFF}),
        ("GET", f"{_X}/call-queue-presence", f"{OWN}/call-queue-presence", {}),
        ("PUT", f"{_X}/call-queue-presence", f"{OWN}/call-queue-presence", {"json": _OFF}),
        ("GET", f"{_X}/caller-id", f"{OWN}/caller-id", {}),
        ("PUT", f"{_X}/caller-id", f"{OWN}/caller-id", {"json": {"byFeature": [_SHOWN_NUMBER]}}),
    ):  # fmt: skip
        description.check(method, path, administrator(method, real, **options))


@pytest.mark.usefixtures("administrator")
def test_the_vendors_client_opens_an_office(simulator: Simulator) -> None:
    sdk = pytest.importorskip("ringcentral").SDK(seed.CLIENT_ID, seed.CLIENT_SECRET, simulator.ringcentral_server_url)
    platform = sdk.platform()
    platform.login(jwt=seed.JWT)
    rule = f"{_SALES}/answering-rule/business-hours-rule"
    assert platform.put(rule, {"queue": {"holdTime": 60}}).json().queue.holdTime == 60
    builder = sdk.create_multipart_builder()
    builder.set_body({"type": "HoldMusic", "answeringRule": {"id": "business-hours-rule"}})
    builder.add(("music.wav", b"RIFF", "audio/wav"), "binary")
    made = platform.send_request(builder.request(f"{_SALES}/greeting")).json()
    assert platform.get(f"{_SALES}/greeting/hold-music").json().id == made.id
    body = {"usageType": "DirectNumber", "extension": {"id": seed.MENU_ID}}
    assert platform.patch(f"{_NUMBERS}/600000005", body).json().extension.extensionNumber == "8001"
    platform.logout()
