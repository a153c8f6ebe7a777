# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Legacy rules in the form of the new call handling (docs/providers/ringcentral.md 9.2)."""

from __future__ import annotations

import copy

from simulator.messages import Record
from simulator.ringcentral import defaults, schedules
from simulator.ringcentral.answers import Call
from simulator.ringcentral.destinations import device_of, device_target

_GREETINGS = {
    "PlayWelcomePromptAction": "Introductory",
    "PlayConnectingMessageAction": "ConnectingMessage",
    "PlayConnectingPromptAction": "ConnectingAudio",
}


def comm_handling(call: Call, legacy: Record) -> Record:
    """The states and rules that an extension with these business hours and answering rules has after migration."""
    rules = legacy["answering_rules"]
    conditions = schedules.conditions(legacy["business_hours"])
    states = {
        "forward-all-calls": {"enabled": False, "conditions": defaults.always()},
        "dnd": {"enabled": False, "conditions": []},
        "work-hours": {"enabled": True, "conditions": conditions},
    }
    dispatchings = {
        "forward-all-calls": defaults.terminate_rule(),
        "dnd": defaults.terminate_rule(),
        "work-hours": _dispatching(call, rules[defaults.BUSINESS_HOURS], ("RingInOrder", "RingAtOnce")),
    }
    if defaults.AFTER_HOURS in rules:
        dispatchings["after-hours"] = _dispatching(call, rules[defaults.AFTER_HOURS])
    if call.extension["queue_agent"]:
        states["agent"] = {"enabled": True, "conditions": [{"type": "State", "state": {"id": "work-hours"}}]}
        actions = [item for item in dispatchings["work-hours"]["actions"] if item["type"].startswith("Ring")]
        dispatchings["agent"] = {"type": dispatchings["work-hours"]["type"], "actions": copy.deepcopy(actions)}
    interaction_rules = {
        key: {
            "id": key,
            "displayName": rule["name"],
            "enabled": rule["enabled"],
            "conditions": _conditions(rule),
            "dispatching": _dispatching(call, rule),
        }
        for key, rule in rules.items()
        if rule["type"] == "Custom"
    }
    return {"states": states, "rules": dispatchings, "interaction_rules": interaction_rules}


def _dispatching(call: Call, rule: Record, kinds: tuple[str, ...] = ()) -> Record:
    """`kinds`: the only types that there may be; what would end a call at once then rings nothing first."""
    rings = rule["callHandlingAction"] == "ForwardCalls"
    kind = "RingAtOnce" if rule["forwarding"]["ringingMode"] == "Simultaneously" else "RingInOrder"
    if not rings and not kinds:
        return {"type": "Terminate", "actions": [_terminating(call, rule)]}
    return {"type": kind, "actions": [*_greetings(rule), *_rings(call, rule, rings), _terminating(call, rule)]}


def _greetings(rule: Record) -> list[Record]:
    actions = defaults.greeting_actions()
    for action in actions:
        if action["type"] == "ScreeningAction":
            if rule["screening"] != "Off":
                action |= {"screening": rule["screening"], "enabled": True}
        elif chosen := rule["greetings"].get(_GREETINGS[action["type"]]):
            action["greeting"] = _greeting(_GREETINGS[action["type"]], chosen)
            action["enabled"] = True
    return actions


def _greeting(kind: str, chosen: Record | None) -> Record:
    greeting = defaults.greeting(kind, (chosen or {}).get("custom"))
    if chosen and "preset" in chosen:
        greeting["preset"] = {"id": chosen["preset"]}
    return greeting


def _rings(call: Call, rule: Record, rings: bool) -> list[Record]:
    settings = rule["forwarding"]
    apps_ring = rings and settings["notifyMySoftPhones"]
    groups: list[Record] = []
    for step in settings["rules"]:
        numbers = [call.extension["forwarding_numbers"][key] for key in step["forwardingNumbers"]]
        groups.append(
            {
                "type": "RingGroupAction",
                "enabled": rings,
                "targets": [_ring_target(call, item) for item in numbers],
                "duration": step["ringCount"] * defaults.SECONDS_PER_RING,
            }
        )
    if settings["softPhonesAlwaysRing"]:
        targets = [defaults.app_target(kind) for kind in ("AllDesktop", "AllMobile")]
        return [{"type": "RingAlwaysGroupAction", "enabled": apps_ring, "targets": targets}, *groups]
    apps = defaults.app_groups(apps_ring, max(1, settings["softPhonesRingCount"]))
    return [*apps, *groups] if settings["softPhonesPositionTop"] else [*groups, *apps]


def _ring_target(call: Call, number: Record) -> Record:
    if number["type"] == "PhoneLine":
        owner, device = device_of(call, number["device"]["id"], "device.id")
        target = device_target(device)
        return target if owner == call.extension_id else {**target, "extension": {"id": owner}}
    if number["type"] == "ExtensionApps":
        return {"type": "CoworkerRingTarget", "extension": {"id": number["extension"]["id"]}}
    return {
        "type": "PhoneNumberRingTarget",
        "destination": {"phoneNumber": number["phoneNumber"]},
        "name": number["label"],
    }


def _terminating(call: Call, rule: Record) -> Record:
    """Where calls end: by ringing for nothing (voicemail, missedCall), or at once (callHandlingAction)."""
    voicemail = defaults.voicemail_target()
    voicemail["prompt"]["greeting"] = _greeting("Voicemail", rule["greetings"].get("Voicemail"))
    if rule["voicemail"]["recipient"]:
        voicemail["extension"] = {"id": rule["voicemail"]["recipient"]}
    targets = [voicemail]
    kinds = {}
    for kind, wanted in (("Ringing", _after_ringing(rule)), ("Terminating", _at_once(rule))):
        target: Record
        if wanted is None:
            kinds[kind] = voicemail["type"]
            continue
        name, value = wanted
        if name == "announcement":
            target = defaults.announcement_target(kind)
            target["prompt"]["greeting"] = _greeting("Announcement", rule["greetings"].get("Announcement"))
        elif name == "extension":
            shown = call.state["extensions"][value]["record"]["name"]
            target = {"type": "ExtensionTerminatingTarget", "name": shown, "extension": {"id": value}}
        else:
            target = {
                "type": "PhoneNumberTerminatingTarget",
                "name": value,
                "destination": {"phoneNumber": value},
            }
        targets.append({**target, "dispatchingType": kind})
        kinds[kind] = target["type"]
    action = {"type": "TerminatingAction", "targets": targets, "ringingTargetType": kinds["Ringing"]}
    if rule["type"] != "BusinessHours":
        action["terminatingTargetType"] = kinds["Terminating"]
    return action


def _after_ringing(rule: Record) -> tuple[str, str] | None:
    if rule["type"] == "BusinessHours" and rule["callHandlingAction"] != "ForwardCalls":
        return _at_once(rule)
    if rule["voicemail"]["enabled"]:
        return None
    missed = rule["missedCall"]
    if missed["actionType"] == "ConnectToExtension":
        return "extension", missed["extension"]
    if missed["actionType"] == "ConnectToExternalNumber":
        return "number", missed["externalNumber"]
    return "announcement", ""


def _at_once(rule: Record) -> tuple[str, str] | None:
    action = rule["callHandlingAction"]
    if action == "TransferToExtension":
        return "extension", rule["transfer"]
    if action == "UnconditionalForwarding":
        return "number", rule["unconditionalForwarding"]["phoneNumber"]
    return ("announcement", "") if action == "PlayAnnouncementOnly" else None


def _conditions(rule: Record) -> list[Record]:
    conditions: list[Record] = []
    callers, called, schedule = rule.get("callers"), rule.get("calledNumbers"), rule.get("schedule")
    if callers or called:
        shown = []
        for item in callers or ():
            number = f"+{item['callerId']}" if item["callerId"].isdecimal() else item["callerId"]
            shown.append({"phoneNumber": number, "name": item.get("name", number)})
        conditions.append({"type": "Interaction", "from": shown, "to": list(called or ())})
    if schedule and "ref" in schedule:
        state = {"BusinessHours": "work-hours", "AfterHours": "after-hours"}[schedule["ref"]]
        conditions.append({"type": "State", "state": {"id": state}})
    elif schedule and "weeklyRanges" in schedule:
        conditions.extend(schedules.conditions(schedule))
    elif schedule:
        ranges = [{"startDateTime": item["from"], "endDateTime": item["to"]} for item in schedule["ranges"]]
        trigger = {"triggerType": "Range", "ranges": ranges}
        conditions.append({"type": "Schedule", "schedule": {"triggers": [trigger]}})
    return conditions
