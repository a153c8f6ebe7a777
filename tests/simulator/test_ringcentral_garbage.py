# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies with one value of the wrong kind: the simulated RingCentral refuses or ignores it, and stays readable."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import (
    COMPANY_RULES,
    EXTENSIONS,
    FLIP,
    HOURS,
    INTERACTION_RULES,
    MENUS,
    OWN,
    QUEUES,
    RULES,
    SITES,
    STATES,
    TARGETS,
    RingCentralClient,
    ending,
    phone_target,
    ring_group,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

_GARBAGE: tuple[Any, ...] = (None, -1, "x", [1], {"a": 1})
_EXTENSION = {"id": seed.READER_ID}
_HOURS = {"schedule": {"weeklyRanges": {"monday": [{"from": "09:00", "to": "17:00"}]}}}
_RULE = {
    "type": "Custom",
    "name": "Everything",
    "callers": [{"callerId": "+16505550160", "name": "x"}],
    "calledNumbers": [{"phoneNumber": "+16505550111"}],
    **_HOURS,
    "forwarding": {
        "softPhonesRingCount": 3,
        "ringingMode": "Sequentially",
        "rules": [{"index": 1, "ringCount": 3, "enabled": True, "forwardingNumbers": [{"id": "500000001"}]}],
    },
    "unconditionalForwarding": {"phoneNumber": "+16505550100", "action": "NoAnswer"},
    "transfer": {"extension": _EXTENSION},
    "voicemail": {"enabled": False, "recipient": _EXTENSION},
    "missedCall": {"actionType": "ConnectToExtension", "extension": _EXTENSION},
    "greetings": [{"type": "Voicemail", "preset": {"id": "65792"}}],
}
_GREETING = {"effectiveGreetingType": "Custom", "preset": {"id": "66048"}, "custom": {"id": "1"}}
_TRIGGERS = [
    {"triggerType": "Range", "ranges": [{"endDateTime": "2099-01-01T00:00:00"}]},
    {"triggerType": "Weekly", "ranges": {"monday": [{"startTime": "09:00:00", "endTime": "17:00:00"}]}},
    {"triggerType": "Daily", "startTime": "09:00:00", "endTime": "17:00:00"},
]
_INTERACTION_RULE = {
    "displayName": "Everything",
    "enabled": True,
    "conditions": [
        {"type": "Interaction", "from": [{"phoneNumber": "+16505550160", "name": "x"}], "to": ["+16505550111"]},
        {"type": "State", "state": {"id": "work-hours"}},
        {"type": "Schedule", "schedule": {"triggers": _TRIGGERS}},
    ],
    "dispatching": {
        "type": "Custom",
        "callTypes": {"queueCallsIncluded": True},
        "actions": [
            {"type": "PlayWelcomePromptAction", "greeting": _GREETING, "enabled": True},
            {"type": "ScreeningAction", "screening": "Always", "screeningResult": "AskToAnswer"},
            {"type": "RingAlwaysGroupAction", "targets": [{"type": "AllMobileRingTarget"}]},
            ring_group({"type": "AllDesktopRingTarget"}, {"type": "AllMobileRingTarget", "extension": _EXTENSION}),
            ring_group(phone_target("+16505550100"), {"type": "DeviceRingTarget", "device": {"id": "800000002"}}),
            ending(
                {"type": "ExtensionTerminatingTarget", "extension": _EXTENSION, "dispatchingType": "Ringing"},
                ringingTargetType="ExtensionTerminatingTarget",
            ),
        ],
    },
}
_STATE = {"enabled": True, "conditions": [{"type": "Schedule", "schedule": {"triggers": _TRIGGERS[2:]}}]}
_TARGETS = {"records": [phone_target("+16505550100"), {"type": "CoworkerRingTarget", "extension": _EXTENSION}]}
_NUMBERS = {
    "records": [
        {"id": "500000001", "type": "PhoneLine", "phoneNumber": "+16505550111", "flipNumber": "3"},
        {"phoneNumber": "+16505550100", "label": "x", "type": "External", "flipNumber": "2"},
    ]
}
_GROUP = {
    "extensionNumber": "7009",
    "contact": {"firstName": "Support", "email": "support@example.org"},
    "site": {"id": "main-site"},
    "regionalSettings": {"timezone": {"id": "17"}, "language": {"id": "1033"}, "timeFormat": "24h"},
    "status": "Enabled",
    "ivrPin": "135790",
    "callQueueInfo": {"slaGoal": 80, "includeAbandonedCalls": True},
}
_MENU = {
    "name": "Everything",
    "prompt": {"mode": "TextToSpeech", "text": "Welcome.", "language": {"id": "1033"}},
    "promptRepeatCount": 2,
    "actions": [
        {"input": "1", "action": "Connect", "extension": _EXTENSION},
        {"input": "2", "action": "Transfer", "phoneNumber": "+16505550100"},
    ],
}
_SITE = {
    "name": "Everything",
    "callerIdName": "Example",
    "email": "everything@example.org",
    "businessAddress": {"city": "Los Angeles"},
    "operator": _EXTENSION,
    "siteAccess": "Limited",
    "accessibleSiteIds": ["main-site"],
}
_SITE_IVR = {"topMenu": {"id": seed.MENU_ID}, "actions": [{"input": "0", "action": "Connect", "extension": _EXTENSION}]}
_QUEUE = {"serviceLevelSettings": {"slaGoal": 80}, "editableMemberStatus": False, "alertTimer": 60, "status": "Enabled"}
_OVERFLOW = {"enabled": True, "items": [{"id": seed.SUPPORT_ID}]}
_MEMBERS = {"addedExtensionIds": ["400000004"], "removedExtensionIds": [seed.READER_ID]}
_SALES = f"{EXTENSIONS}/{seed.SALES_ID}"
_AGENT = STATES.replace("extensions/~", "extensions/400000004")

_QUEUE_RULE = {
    "queue": {
        "transferMode": "FixedOrder",
        "fixedOrderAgents": [
            {"extension": {"id": seed.OWNER_ID}, "index": 1},
            {"extension": {"id": seed.READER_ID}, "index": 2},
        ],
        "agentTimeout": 20,
        "holdTimeExpirationAction": "TransferToExtension",
        "transfer": [{"extension": {"id": seed.MENU_ID}, "action": "HoldTimeExpiration"}],
        "maxCallersAction": "UnconditionalForwarding",
        "unconditionalForwarding": [{"phoneNumber": "+16505550100", "action": "MaxCallers"}],
        "holdAudioInterruptionMode": "Periodically",
        "holdAudioInterruptionPeriod": 30,
        "positionInQueue": {"playbackFrequency": "EveryInterval"},
    },
    "voicemail": {"recipient": _EXTENSION},
    "greetings": [{"type": "Voicemail", "preset": {"id": "135425"}}],
}
_COMPANY_RULE = {"callHandlingAction": "Bypass", "extension": _EXTENSION, "greetings": []}
_ALL_NUMBERS = "/restapi/v2/accounts/~/phone-numbers"
_ASSIGNED = {"usageType": "DirectNumber", "extension": {"id": seed.MENU_ID}, "type": "VoiceFax"}
_ADDED = {"records": [{"phoneNumber": "+16505550188", "usageType": "Inventory"}]}
_BLOCKING = {"mode": "All", "greetings": [{"type": "BlockedPayPhones", "preset": {"id": "138753"}}]}
_NOTIFIED = {
    "emailAddresses": ["sales@example.org"],
    "includeManagers": False,
    "voicemails": {"notifyByEmail": True, "advancedEmailAddresses": ["sales@example.org"]},
}
_QUEUES_OFF = {"records": [{"callQueue": {"id": seed.SALES_ID}, "acceptCalls": False}]}
_CALLER_ID = {
    "byFeature": [{"feature": "RingOut", "callerId": {"type": "PhoneNumber", "phoneInfo": {"id": "600000003"}}}]
}


@pytest.mark.parametrize(
    ("migrated", "method", "path", "body", "read"),
    [
        ("no", "PUT", f"{RULES}/{seed.CUSTOM_RULE}", _RULE, f"{RULES}?view=Detailed"),
        ("no", "PUT", HOURS, _HOURS, HOURS),
        ("yes", "PATCH", f"{INTERACTION_RULES}/{seed.CUSTOM_RULE}", _INTERACTION_RULE, INTERACTION_RULES),
        ("yes", "PATCH", f"{STATES}/work-hours", _STATE, STATES),
        ("yes", "PATCH", f"{_AGENT}/agent", {"conditions": [{"type": "State", "state": {"id": "work-hours"}}]}, _AGENT),
        ("yes", "DELETE", TARGETS, _TARGETS, TARGETS),
        ("yes", "PUT", FLIP, _NUMBERS, FLIP),
        ("no", "POST", EXTENSIONS, {**_GROUP, "type": "Department", "extensionNumber": "7010"}, EXTENSIONS),
        ("no", "PUT", f"{EXTENSIONS}/{seed.SUPPORT_ID}", _GROUP, EXTENSIONS),
        ("no", "PUT", f"{MENUS}/{seed.MENU_ID}", _MENU, f"{MENUS}/{seed.MENU_ID}"),
        ("no", "PUT", f"{SITES}/{seed.SITE_ID}", _SITE, SITES),
        ("no", "PUT", f"{SITES}/{seed.SITE_ID}/ivr", _SITE_IVR, f"{SITES}/{seed.SITE_ID}/ivr"),
        ("no", "PUT", f"{QUEUES}/{seed.SALES_ID}", _QUEUE, QUEUES),
        ("no", "POST", f"{QUEUES}/{seed.SALES_ID}/bulk-assign", _MEMBERS, f"{QUEUES}/{seed.SALES_ID}/members"),
        ("no", "PUT", f"{_SALES}/overflow-settings", _OVERFLOW, f"{_SALES}/overflow-settings"),
        ("no", "PUT", f"{EXTENSIONS}/400000004/call-queues", {"records": [{"id": seed.SALES_ID}]}, QUEUES),
        ("no", "PUT", f"{_SALES}/answering-rule/business-hours-rule", _QUEUE_RULE, f"{_SALES}/answering-rule"),
        ("no", "PUT", f"{COMPANY_RULES}/after-hours-rule", _COMPANY_RULE, COMPANY_RULES),
        ("no", "PATCH", f"{_ALL_NUMBERS}/600000005", _ASSIGNED, _ALL_NUMBERS),
        ("no", "POST", f"{_ALL_NUMBERS}/bulk-add", _ADDED, _ALL_NUMBERS),
        ("no", "DELETE", _ALL_NUMBERS, {"records": [{"id": "600000006", "phoneNumber": "+16505550187"}]}, _ALL_NUMBERS),
        ("no", "PUT", f"{_SALES}/caller-blocking", _BLOCKING, f"{_SALES}/caller-blocking"),
        ("no", "PUT", f"{_SALES}/notification-settings", _NOTIFIED, f"{_SALES}/notification-settings"),
        ("no", "PUT", f"{OWN}/presence", {"dndStatus": "TakeAllCalls", "message": "x"}, f"{OWN}/presence"),
        ("no", "PUT", f"{OWN}/call-queue-presence", _QUEUES_OFF, f"{OWN}/call-queue-presence"),
        ("no", "PUT", f"{OWN}/caller-id", _CALLER_ID, f"{OWN}/caller-id"),
    ],
)
def test_one_wrong_value_breaks_nothing(
    simulator: Simulator, administrator: RingCentralClient, migrated: str, method: str, path: str, body: Any, read: str
) -> None:
    simulator.set_switches({"ringcentral": {"migrated": migrated}})
    assert administrator(method, path, json=body).status_code in (200, 204)
    for place in _places(body):
        for garbage in _GARBAGE:
            sent = _with(body, place, garbage)
            assert administrator(method, path, json=sent).status_code in (200, 204, 400, 404), (place, garbage)
        assert administrator("GET", read).status_code == 200, place
    simulator.put_state(simulator.state())


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _places(item, (*place, key))


def _with(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    changed = copy.deepcopy(body)
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    return changed
