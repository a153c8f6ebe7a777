# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A call to an extension with the legacy rules (docs/providers/ringcentral.md 8)."""

from __future__ import annotations

from simulator.exchange import Outcome, Phone, Route, digits_of
from simulator.messages import Record
from simulator.ringcentral.call_owner import Group, Owner
from simulator.ringcentral.call_rules import choose
from simulator.ringcentral.call_times import NAME
from simulator.ringcentral.defaults import SECONDS_PER_RING


def play(route: Route, owner: Owner) -> Outcome:
    """What the extension's rule does that takes the call."""
    rule = rule_of(route, owner)
    route.note(owner.place(), f"takes its rule {rule['name']}")
    return act(route, owner, rule)


def rule_of(route: Route, owner: Owner) -> Record:
    """The rule that takes a call to an extension."""
    extension = owner.extension
    return choose(route, extension["answering_rules"], extension["business_hours"], owner.local(route))


def act(route: Route, owner: Owner, rule: Record) -> Outcome:
    """What a rule does; of AgentQueue `call_queues` takes care."""
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
