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
    FLIP,
    HOURS,
    INTERACTION_RULES,
    RULES,
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
_AGENT = STATES.replace("extensions/~", "extensions/400000004")


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
    ],
)
def test_one_wrong_value_breaks_nothing(
    simulator: Simulator, owner: RingCentralClient, migrated: str, method: str, path: str, body: Any, read: str
) -> None:
    simulator.set_limits({"ringcentral": {"light": None, "medium": None}})
    simulator.set_switches({"ringcentral": {"migrated": migrated}})
    assert owner(method, path, json=body).status_code == 200
    for place in _places(body):
        for garbage in _GARBAGE:
            sent = _with(body, place, garbage)
            assert owner(method, path, json=sent).status_code in (200, 400, 404), (place, garbage)
        assert owner("GET", read).status_code == 200, place


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
