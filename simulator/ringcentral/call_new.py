# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A call to an extension with the new call handling (docs/providers/ringcentral.md 9)."""

from __future__ import annotations

from simulator.exchange import Outcome, Phone, Route, digits_of
from simulator.messages import Record, Request
from simulator.ringcentral import migration
from simulator.ringcentral.answers import Call
from simulator.ringcentral.call_owner import Group, Owner
from simulator.ringcentral.call_times import NAME, conditions_hold, trigger_holds

_OVERRIDING = ("forward-all-calls", "dnd")


def play(route: Route, owner: Owner) -> Outcome:
    """Interaction rules that hold come before the rules of states."""
    handling = _handling(owner)
    found = _overriding(route, owner, handling)
    matching = [
        rule["dispatching"]
        for rule in handling["interaction_rules"].values()
        if rule["enabled"] and _holds(route, owner, handling, rule)
    ]
    if matching and (found is None or route.exchange.assume(NAME, "overriding_states") == "after_rules"):
        newest = len(matching) > 1 and route.exchange.assume(NAME, "rule_order") == "newest_first"
        route.note(owner.place(), "takes an interaction rule")
        return _dispatch(route, owner, matching[-1 if newest else 0])
    if found is None:
        found = "work-hours" if _is_open(route, owner, handling) else "after-hours"
    route.note(owner.place(), f"takes its rule {found}")
    return _dispatch(route, owner, handling["rules"][found])


def _handling(owner: Owner) -> Record:
    """The states and rules; on an account that no request has met since its migration, as migration makes them."""
    kept: Record | None = owner.extension["comm_handling"]
    if kept is not None:
        return kept
    request = Request("GET", "", {}, {}, "none", None)
    call = Call(request, owner.state, {}, (), extension_id=owner.key, extension=owner.extension)
    return migration.comm_handling(call, owner.extension)


def _overriding(route: Route, owner: Owner, handling: Record) -> str | None:
    for name in _OVERRIDING:
        state = handling["states"].get(name)
        if state and state["enabled"] and conditions_hold(state["conditions"], owner.local(route), route):
            return name
    return None


def _is_open(route: Route, owner: Owner, handling: Record) -> bool:
    return conditions_hold(handling["states"]["work-hours"]["conditions"], owner.local(route), route)


def _holds(route: Route, owner: Owner, handling: Record, rule: Record) -> bool:
    return all(_condition_holds(route, owner, handling, item) for item in rule["conditions"])


def _condition_holds(route: Route, owner: Owner, handling: Record, condition: Record) -> bool:
    if condition["type"] == "State":
        return _is_open(route, owner, handling) is (condition["state"]["id"] == "work-hours")
    if condition["type"] == "Schedule":
        local = owner.local(route)
        return any(trigger_holds(item, local, route) for item in condition["schedule"]["triggers"])
    callers, called = condition["from"], condition["to"]
    number = route.caller.number
    from_ok = not callers or (number is not None and number in {digits_of(item["phoneNumber"]) for item in callers})
    return from_ok and (not called or route.called in {digits_of(item) for item in called})


def _dispatch(route: Route, owner: Owner, dispatching: Record) -> Outcome:
    kind, actions = dispatching["type"], dispatching["actions"]
    if kind == "Terminate":
        return _terminate(route, owner, actions, "Terminating")
    groups: list[Group] = []
    offsets: list[int] = []
    always: list[Phone] = []
    for action in actions:
        if action["type"] == "RingGroupAction" and action["enabled"]:
            phones = [phone for target in action["targets"] for phone in _phones(route, owner, target)]
            groups.append((phones, action["duration"]))
            offsets.append(action.get("customStartOffset", 0))
        elif action["type"] == "RingAlwaysGroupAction" and action["enabled"]:
            always.extend(phone for target in action["targets"] for phone in _phones(route, owner, target))
    if kind == "Custom":
        outcome = owner.ring(route, groups, always, offsets)
    elif kind == "RingAtOnce":
        outcome = owner.ring_at_once(route, groups, always)
    else:
        outcome = owner.ring_in_order(route, groups, always)
    return _terminate(route, owner, actions, "Ringing") if outcome is None else outcome


def _phones(route: Route, owner: Owner, target: Record) -> list[Phone]:
    """What one ring target rings."""
    kind = target["type"]
    if kind == "PhoneNumberRingTarget":
        return [Phone(f"+{digits_of(target['destination']['phoneNumber'])}", "phone")]
    if kind == "DeviceRingTarget":
        device = owner.device_by_id(target["device"]["id"])
        return [] if device is None else [device]
    holder = owner.other(target["extension"]["id"]) if "extension" in target else owner
    if holder is None:
        return []  # a co-worker who is gone
    if kind == "CoworkerRingTarget":
        only = route.exchange.assume(NAME, "coworker_target") == "phones"
        return holder.devices() if only else [*holder.devices(), *holder.apps()]
    return holder.apps([{"AllDesktopRingTarget": "desktop", "AllMobileRingTarget": "mobile"}[kind]])


def _terminate(route: Route, owner: Owner, actions: list[Record], kind: str) -> Outcome:
    """Where calls end: at once (Terminating), or when nobody answered (Ringing)."""
    action = next(item for item in actions if item["type"] == "TerminatingAction")
    wanted = action.get("terminatingTargetType" if kind == "Terminating" else "ringingTargetType")
    target = next(
        (item for item in action["targets"] if item["type"] == wanted and item.get("dispatchingType", kind) == kind),
        None,
    )
    voicemail: Record = next((item for item in action["targets"] if item["type"] == "VoiceMailTerminatingTarget"), {})
    recipient = voicemail.get("extension", {}).get("id")
    if target is None or wanted == "VoiceMailTerminatingTarget":
        return owner.voicemail(route, recipient)
    if wanted == "ExtensionTerminatingTarget":
        return owner.to_extension(route, target["extension"]["id"])
    if wanted == "PhoneNumberTerminatingTarget":
        outcome = owner.to_number(route, target["destination"]["phoneNumber"])
        return owner.voicemail(route, recipient) if outcome is None else outcome
    return owner.announcement(route)
