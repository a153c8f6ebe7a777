# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A call to an extension with the legacy rules (docs/providers/ringcentral.md 8)."""

from __future__ import annotations

from simulator.exchange import Outcome, Phone, Route, digits_of
from simulator.messages import Record
from simulator.ringcentral.call_owner import Group, Owner
from simulator.ringcentral.call_times import NAME, hours_hold, range_holds, weekly_holds
from simulator.ringcentral.defaults import AFTER_HOURS, BUSINESS_HOURS, SECONDS_PER_RING


def play(route: Route, owner: Owner) -> Outcome:
    """Custom rules that hold come before those of hours."""
    rules: dict[str, Record] = owner.extension["answering_rules"]
    local = owner.local(route)
    is_open = hours_hold(owner.extension["business_hours"], local)
    custom = [
        rule
        for rule in rules.values()
        if rule["type"] == "Custom" and rule["enabled"] and _holds(route, owner, rule, is_open=is_open)
    ]
    if custom:
        newest = len(custom) > 1 and route.exchange.assume(NAME, "rule_order") == "newest_first"
        rule = custom[-1 if newest else 0]
    else:
        rule = rules[BUSINESS_HOURS]
        if not is_open and _applies(route, rules[AFTER_HOURS]):
            rule = rules[AFTER_HOURS]
    route.note(owner.place(), f"takes its rule {rule['name']}")
    return _act(route, owner, rule)


def _applies(route: Route, after_hours: Record) -> bool:
    return after_hours["enabled"] or route.exchange.assume(NAME, "disabled_after_hours") == "applies"


def _holds(route: Route, owner: Owner, rule: Record, *, is_open: bool) -> bool:
    """Whether all conditions of a custom rule hold."""
    callers, called = rule.get("callers"), rule.get("calledNumbers")
    number = route.caller.number
    if callers and (number is None or number not in {digits_of(item["callerId"]) for item in callers}):
        return False
    if called and route.called not in {digits_of(number) for number in called}:
        return False
    schedule = rule.get("schedule") or {}
    local = owner.local(route)
    if "ref" in schedule:
        return is_open is (schedule["ref"] == "BusinessHours")
    if "weeklyRanges" in schedule:
        return weekly_holds(schedule["weeklyRanges"], local, "from", "to")
    ranges = schedule.get("ranges")
    return ranges is None or any(range_holds(item["from"], item["to"], local, route) for item in ranges)


def _act(route: Route, owner: Owner, rule: Record) -> Outcome:
    action = rule["callHandlingAction"]
    if action == "TransferToExtension":
        return owner.to_extension(route, rule["transfer"])
    if action == "PlayAnnouncementOnly":
        return owner.announcement(route)
    if action == "TakeMessagesOnly":
        off = not rule["voicemail"]["enabled"]
        if off and route.exchange.assume(NAME, "voicemail_off") == "missed_call":
            return _missed(route, owner, rule)
        return owner.voicemail(route, rule["voicemail"]["recipient"])
    if action == "UnconditionalForwarding":
        outcome = owner.to_number(route, rule["unconditionalForwarding"]["phoneNumber"])
    else:
        outcome = _ring(route, owner, rule["forwarding"])
    return _unanswered(route, owner, rule) if outcome is None else outcome


def _unanswered(route: Route, owner: Owner, rule: Record) -> Outcome:
    if rule["voicemail"]["enabled"]:
        return owner.voicemail(route, rule["voicemail"]["recipient"])
    return _missed(route, owner, rule)


def _missed(route: Route, owner: Owner, rule: Record) -> Outcome:
    missed = rule.get("missedCall", {})
    if missed.get("actionType") == "ConnectToExtension":
        return owner.to_extension(route, missed["extension"])
    if missed.get("actionType") == "ConnectToExternalNumber":
        outcome = owner.to_number(route, missed["externalNumber"])
        return owner.hang_up(route) if outcome is None else outcome
    return owner.announcement(route)


def _ring(route: Route, owner: Owner, settings: Record) -> Outcome:
    groups: list[Group] = [
        ([_phone(owner, key) for key in step["forwardingNumbers"]], step["ringCount"] * SECONDS_PER_RING)
        for step in settings["rules"]
    ]
    always: list[Phone] = []
    if settings["notifyMySoftPhones"]:
        if settings["softPhonesAlwaysRing"]:
            always = owner.apps()
        else:
            position = 0 if settings["softPhonesPositionTop"] else len(groups)
            groups.insert(position, (owner.apps(), settings["softPhonesRingCount"] * SECONDS_PER_RING))
    if settings["ringingMode"] == "Simultaneously":
        return owner.ring_at_once(route, groups, always)
    return owner.ring_in_order(route, groups, always)


def _phone(owner: Owner, key: str) -> Phone:
    """What a forwarding number rings: a device, another extension's apps, or a number."""
    number = owner.extension["forwarding_numbers"][key]
    device = (
        owner.device_by_id(number["device"]["id"]) if number["type"] == "PhoneLine" and "device" in number else None
    )
    if device is not None:
        return device
    return Phone(f"+{digits_of(number['phoneNumber'])}", "phone")
