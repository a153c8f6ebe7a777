# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a rule of the new call handling does with a call: the object `dispatching` (docs/providers/ringcentral.md 9.5).

Whatever is sent is taken as a whole: members that are left out get their defaults or vanish.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from simulator.messages import Record
from simulator.ringcentral import defaults, destinations
from simulator.ringcentral.answers import Call, Failure, invalid, text_of

RINGING = ("RingAtOnce", "RingInOrder", "Custom")
# Dispatching types by rule (None: an interaction rule).
TYPES: dict[str | None, tuple[str, ...]] = {
    "work-hours": RINGING,
    "after-hours": (*RINGING, "Terminate"),
    "forward-all-calls": ("Terminate",),
    "dnd": ("Terminate",),
    "agent": RINGING,
    None: (*RINGING, "Terminate"),
}
_APPS = ("AllDesktopRingTarget", "AllMobileRingTarget")
# Types of ring targets that can be one's own.
_OWN = (*_APPS, "DeviceRingTarget")
_GREETINGS = {
    "PlayWelcomePromptAction": "Introductory",
    "PlayConnectingMessageAction": "ConnectingMessage",
    "PlayConnectingPromptAction": "ConnectingAudio",
}
_SCREENINGS = ("NoCallerId", "UnknownCallerId", "Always")
_SCREENING_RESULTS = ("AskToAnswer", "PlayCallerNameOnly")
_ORDER = (*_GREETINGS, "ScreeningAction", "RingAlwaysGroupAction", "RingGroupAction", "TerminatingAction")
_SECONDS = defaults.RINGS * defaults.SECONDS_PER_RING


def parse(call: Call, value: object, rule: str | None, rung_before: Collection[str] = ()) -> Record:
    """The dispatching of a request, complete. `rule`: a state's id, or None for an interaction rule.

    `rung_before`: ids of own devices that the rule has groups for.
    """
    kind = text_of(value, "type")
    if not isinstance(value, dict) or kind is None or kind not in TYPES[rule]:
        raise invalid("dispatching.type", kind)
    items = value.get("actions")
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise invalid("dispatching.actions")
    actions = [_action(call, item, kind, rule) for item in items]
    _check_once(actions)
    _check_apps(call, actions, kind, rule)
    _check_targets(actions, rule)
    if kind != "Terminate" and call.switches["own_device_group"] == "required":
        left_out = set(rung_before) - own_devices({"actions": actions})
        if left_out:
            raise invalid("dispatching.actions.targets.device.id", min(left_out))
    if kind != "Terminate" and rule != "agent" and call.switches["omitted_greetings"] == "added":
        sent = {action["type"] for action in actions}
        actions = [*(item for item in defaults.greeting_actions() if item["type"] not in sent), *actions]
    dispatching: Record = {"type": kind, "actions": actions}
    if rule is None and "callTypes" in value:
        dispatching["callTypes"] = _call_types(value["callTypes"])
    return dispatching


def shown(call: Call, dispatching: Record) -> Record:
    """A dispatching as answers show it (switches own_targets and action_order)."""
    if call.switches["own_targets"] == "with_extension":
        dispatching = {**dispatching, "actions": [_with_owner(call, action) for action in dispatching["actions"]]}
    if call.switches["action_order"] == "as_sent":
        return dispatching
    actions = sorted(dispatching["actions"], key=lambda action: _ORDER.index(action["type"]))
    return {**dispatching, "actions": actions}


def _with_owner(call: Call, action: Record) -> Record:
    if action["type"] not in ("RingGroupAction", "RingAlwaysGroupAction"):
        return action
    own = {"extension": {"id": call.extension_id}}
    targets = [{**own, **target} if target["type"] in _OWN else target for target in action["targets"]]
    return {**action, "targets": targets}


def own_devices(dispatching: Record) -> set[str]:
    """Ids of one's own devices that a rule has groups for."""
    return {
        target["device"]["id"]
        for action in dispatching["actions"]
        for target in action.get("targets", ())
        if target["type"] == "DeviceRingTarget" and "extension" not in target
    }


def ring_target(call: Call, item: Record, parameter: str) -> Record:
    """A ring target with the members that the server adds."""
    kind = text_of(item, "type")
    if kind is not None and kind in _APPS:
        target = defaults.app_target(kind.removesuffix("RingTarget"))
        if "extension" not in item:
            return target
        key = destinations.extension_id(call, item["extension"], f"{parameter}.extension.id")
        if key == call.extension_id:
            return target
        owner = call.state["extensions"][key]["record"]["name"]
        return {**target, "name": f"{owner}: {target['name']}", "extension": {"id": key}}
    if kind == "DeviceRingTarget":
        holder = item.get("device")
        asked = holder.get("id") if isinstance(holder, dict) else None
        owner, device = destinations.device_of(call, asked, f"{parameter}.device.id")
        target = destinations.device_target(device)
        return target if owner == call.extension_id else {**target, "extension": {"id": owner}}
    if kind == "CoworkerRingTarget":
        key = destinations.extension_id(call, item.get("extension"), f"{parameter}.extension.id")
        if key == call.extension_id:
            raise invalid(f"{parameter}.extension.id", key)
        return {"type": kind, "extension": {"id": key}}
    if kind == "PhoneNumberRingTarget":
        target = {"type": kind, "destination": _destination(call, item, parameter)}
        return {**target, "name": str(item["name"])} if item.get("name") else target
    raise invalid(f"{parameter}.type", kind)


def _action(call: Call, item: Record, dispatching: str, rule: str | None) -> Record:
    kind = text_of(item, "type")
    parsers: dict[object, Callable[[], Record]] = {
        "ScreeningAction": lambda: _screening(item),
        "RingGroupAction": lambda: _ring_group(call, item, dispatching),
        "RingAlwaysGroupAction": lambda: _ring_always(call, item),
        "TerminatingAction": lambda: _terminating(call, item, dispatching, rule),
        **dict.fromkeys(
            _GREETINGS, lambda: {"greeting": _greeting(item, _GREETINGS[str(kind)], "dispatching.actions")}
        ),
    }
    if kind not in parsers:
        raise invalid("dispatching.actions.type", kind)
    action = {"type": kind, **parsers[kind]()}
    if kind != "TerminatingAction":
        enabled = item.get("enabled", True)
        if not isinstance(enabled, bool):
            raise invalid("dispatching.actions.enabled", enabled)
        action["enabled"] = enabled
    return action


def _screening(item: Record) -> Record:
    result = item.get("screeningResult", _SCREENING_RESULTS[0])
    for name, value, allowed in (
        ("screening", item.get("screening"), _SCREENINGS),
        ("screeningResult", result, _SCREENING_RESULTS),
    ):
        if value not in allowed:
            raise invalid(f"dispatching.actions.{name}", value)
    return {"screening": item["screening"], "screeningResult": result}


def _ring_group(call: Call, item: Record, dispatching: str) -> Record:
    parameter = "dispatching.actions.targets"
    targets = [ring_target(call, target, parameter) for target in _targets(item)]
    group = {"targets": targets, "duration": _seconds(item.get("duration", _SECONDS), "duration", 1)}
    if dispatching == "Custom":
        group["customStartOffset"] = _seconds(item.get("customStartOffset", 0), "customStartOffset", 0)
    return group


def _ring_always(call: Call, item: Record) -> Record:
    targets = _targets(item)
    for target in targets:
        if target.get("type") not in _APPS:
            raise invalid("dispatching.actions.targets.type", target.get("type"))
    return {"targets": [ring_target(call, target, "dispatching.actions.targets") for target in targets]}


def _terminating(call: Call, item: Record, dispatching: str, rule: str | None) -> Record:
    targets = [_terminating_target(call, target) for target in _targets(item)]
    action: Record = {"targets": targets}
    # Both are told apart by what the rule can do: ring first, or end the call at once.
    allowed = TYPES[rule]
    for name, used in (
        ("ringingTargetType", bool(set(allowed) & set(RINGING))),
        ("terminatingTargetType", "Terminate" in allowed),
    ):
        if name in item or used:
            if name not in item and call.switches["target_types"] == "required":
                raise invalid(f"dispatching.actions.{name}")
            action[name] = item.get(name, "VoiceMailTerminatingTarget")
            if text_of(action, name) not in {target["type"] for target in targets}:
                raise invalid(f"dispatching.actions.{name}", action[name])
    name, wanted = (
        ("terminatingTargetType", "Terminating") if dispatching == "Terminate" else ("ringingTargetType", "Ringing")
    )
    if not any(
        target["type"] == action[name] and target.get("dispatchingType", wanted) == wanted for target in targets
    ):
        raise invalid(f"dispatching.actions.{name}", action[name])
    return action


def _terminating_target(call: Call, item: Record) -> Record:
    parameter, kind = "dispatching.actions.targets", text_of(item, "type")
    if kind == "VoiceMailTerminatingTarget":
        target = {**defaults.voicemail_target(), "prompt": {"greeting": _prompt(item, "Voicemail")}}
        if "extension" in item:
            key = destinations.extension_id(call, item["extension"], f"{parameter}.extension.id")
            target["extension"] = {"id": key}
        return target
    dispatching_type = item.get("dispatchingType")
    if dispatching_type not in ("Ringing", "Terminating"):
        raise invalid(f"{parameter}.dispatchingType", dispatching_type)
    if kind == "PlayAnnouncementTerminatingTarget":
        announcement = defaults.announcement_target(dispatching_type)
        return {**announcement, "prompt": {"greeting": _prompt(item, "Announcement")}}
    if kind == "ExtensionTerminatingTarget":
        key = destinations.extension_id(call, item.get("extension"), f"{parameter}.extension.id")
        if key == call.extension_id:
            raise invalid(f"{parameter}.extension.id", key)
        name = call.state["extensions"][key]["record"]["name"]
        return {"type": kind, "name": name, "extension": {"id": key}, "dispatchingType": dispatching_type}
    if kind == "PhoneNumberTerminatingTarget":
        destination = _destination(call, item, parameter)
        name = str(item.get("name") or destination["phoneNumber"])
        return {"type": kind, "name": name, "destination": destination, "dispatchingType": dispatching_type}
    raise invalid(f"{parameter}.type", kind)


def _prompt(item: Record, kind: str) -> Record:
    prompt = item.get("prompt", {})
    if not isinstance(prompt, dict):
        raise invalid("dispatching.actions.targets.prompt")
    return _greeting(prompt, kind, "dispatching.actions.targets.prompt")


def _greeting(holder: Record, kind: str, parameter: str) -> Record:
    """A greeting; without one its default."""
    value = holder.get("greeting", {})
    if not isinstance(value, dict):
        raise invalid(f"{parameter}.greeting")
    source = value.get("effectiveGreetingType", "Preset")
    found = defaults.greeting(kind)
    for name in ("preset", "custom"):
        if isinstance(value.get(name), dict) and "id" in value[name]:
            found[name] = {"id": str(value[name]["id"])}
    if source not in ("Preset", "Custom") or (source == "Custom" and "custom" not in found):
        raise invalid(f"{parameter}.greeting.effectiveGreetingType", source)
    if found["preset"]["id"] not in defaults.PRESETS[kind]:
        raise invalid(f"{parameter}.greeting.preset.id", found["preset"]["id"])
    return {**found, "effectiveGreetingType": source}


def _check_once(actions: list[Record]) -> None:
    """Only ring groups may occur more than once, and nothing rings twice."""
    kinds = [action["type"] for action in actions if action["type"] != "RingGroupAction"]
    rung = [
        json.dumps({name: value for name, value in target.items() if name != "name"}, sort_keys=True)
        for action in actions
        if action["type"] in ("RingGroupAction", "RingAlwaysGroupAction")
        for target in action["targets"]
    ]
    if len(set(kinds)) < len(kinds) or len(set(rung)) < len(rung):
        raise Failure(400, "CMN-406", "Duplicate value in the request.", parameterName="dispatching.actions")


def _check_apps(call: Call, actions: list[Record], kind: str, rule: str | None) -> None:
    """Groups of one's own apps are switched off, never left out."""
    free = kind == "Terminate" and (rule not in ("after-hours", None) or call.switches["terminate_apps"] == "optional")
    rung = {
        target["type"]
        for action in actions
        if action["type"] in ("RingGroupAction", "RingAlwaysGroupAction")
        for target in action["targets"]
        if "extension" not in target
    }
    if not free and set(_APPS) - rung:
        raise invalid("dispatching.actions.targets", min(set(_APPS) - rung))


def _check_targets(actions: list[Record], rule: str | None) -> None:
    """Voicemail is always there; only the rule of an agent ends no call."""
    ends = [
        target["type"] for action in actions if action["type"] == "TerminatingAction" for target in action["targets"]
    ]
    if "VoiceMailTerminatingTarget" not in ends and (ends or rule != "agent"):
        raise invalid("dispatching.actions.targets", "VoiceMailTerminatingTarget")


def _targets(item: Record) -> list[Record]:
    targets = item.get("targets")
    if not isinstance(targets, list) or not targets or not all(isinstance(target, dict) for target in targets):
        raise invalid("dispatching.actions.targets")
    return targets


def _destination(call: Call, item: Record, parameter: str) -> Record:
    name = f"{parameter}.destination.phoneNumber"
    holder = item.get("destination")
    number = destinations.number(call, holder.get("phoneNumber") if isinstance(holder, dict) else None, name)
    try:
        destinations.check_external(call, number)
    except Failure as failure:
        if failure.code.startswith("FPN"):
            raise invalid(name, number) from None
        raise
    return {"phoneNumber": number}


def _seconds(value: object, name: str, lowest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < lowest:
        raise invalid(f"dispatching.actions.{name}", value)
    return value


def _call_types(value: object) -> Record:
    included = value.get("queueCallsIncluded") if isinstance(value, dict) else None
    if not isinstance(included, bool):
        raise invalid("dispatching.callTypes.queueCallsIncluded", included)
    return {"queueCallsIncluded": included}
