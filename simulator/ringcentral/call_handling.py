# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The call handling of one extension: its form, what late reads still show, and what uses a forwarding number.

An extension has either the legacy form (business_hours and answering_rules) or, once a request met it on an account
that is migrated, also the new one (comm_handling), which is made of the legacy one then, as the vendor does. A
request that finds the account not migrated forgets the new form: the account is as it was before its migration.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from simulator.messages import Record
from simulator.ringcentral import migration
from simulator.ringcentral.answers import Call
from simulator.ringcentral.defaults import GROUP_ACTIONS

_PARTS = ("business_hours", "answering_rules", "comm_handling")


def is_migrated(call: Call) -> bool:
    """Whether the account uses the new call handling, and the extension of the request does so too."""
    groups = call.extension is not None and call.extension["record"]["type"] in GROUP_ACTIONS
    return call.switches["migrated"] == "yes" and not groups


def current(call: Call) -> Record:
    """What a write changes: the extension, in the form that the account has."""
    extension: Record = call.extension
    _settle(call, extension)
    return extension


def seen(call: Call) -> Record:
    """What a read shows; counts the read (switch late_reads)."""
    late = call.extension["late_calls"]
    if late is None:
        return current(call)
    late["reads"] -= 1
    if late["reads"] == 0:
        call.extension["late_calls"] = None
    _settle(call, late)
    return dict(late)


def remember(call: Call) -> None:
    """Keep what reads shall show for a while although it is about to change (switch late_reads)."""
    reads = call.switches["late_reads"]
    if reads:
        holder = current(call)
        before = call.extension["late_calls"] or copy.deepcopy({name: holder[name] for name in _PARTS})
        call.extension["late_calls"] = {**before, "reads": reads}


def uses(call: Call, number: Record) -> bool:
    """Whether any rule rings a forwarding number."""
    holder = current(call)
    if is_migrated(call):
        rings = rings_number(number)
        return any(rings(target) for target in all_ring_targets(holder))
    return any(
        number["id"] in step["forwardingNumbers"]
        for rule in holder["answering_rules"].values()
        for step in rule["forwarding"]["rules"]
    )


def forget_number(call: Call, number: Record) -> None:
    """Remove a forwarding number from all rules, of both forms."""
    forget_id(call, number["id"])
    if call.extension["comm_handling"] is not None:
        remove_targets(call.extension, rings_number(number))


def forget_id(call: Call, number_id: str) -> None:
    """Remove a forwarding number from legacy rules; a step that rings nothing else goes too."""
    for rule in call.extension["answering_rules"].values():
        steps = rule["forwarding"]["rules"]
        for step in steps:
            step["forwardingNumbers"] = [key for key in step["forwardingNumbers"] if key != number_id]
        rule["forwarding"]["rules"] = [step for step in steps if step["forwardingNumbers"]]


def rings_number(number: Record) -> Callable[[Record], bool]:
    """Whether a ring target of the new call handling is what the forwarding number stands for."""
    device = (number.get("device") or {}).get("id")

    def rings(target: Record) -> bool:
        if device is not None:
            return bool(target["type"] == "DeviceRingTarget" and target["device"]["id"] == device)
        return bool(
            target["type"] == "PhoneNumberRingTarget" and target["destination"]["phoneNumber"] == number["phoneNumber"]
        )

    return rings


def dispatchings(holder: Record) -> list[Record]:
    """What all rules of the new call handling do."""
    handling = holder["comm_handling"]
    rules = handling["interaction_rules"].values()
    return [*handling["rules"].values(), *(rule["dispatching"] for rule in rules)]


def all_ring_targets(holder: Record) -> list[Record]:
    """What all rules of the new call handling ring, in order."""
    return [
        target
        for dispatching in dispatchings(holder)
        for action in dispatching["actions"]
        if action["type"] in ("RingGroupAction", "RingAlwaysGroupAction")
        for target in action["targets"]
    ]


def remove_targets(holder: Record, wanted: Callable[[Record], bool]) -> bool:
    """Remove ring targets from all rules of the new call handling; whether there were any."""
    found = False
    for dispatching in dispatchings(holder):
        for action in dispatching["actions"]:
            if action["type"] == "RingGroupAction":
                kept = [target for target in action["targets"] if not wanted(target)]
                found = found or len(kept) < len(action["targets"])
                action["targets"] = kept
        dispatching["actions"] = [
            action for action in dispatching["actions"] if action["type"] != "RingGroupAction" or action["targets"]
        ]
    return found


def _settle(call: Call, holder: Record) -> None:
    if not is_migrated(call):
        holder["comm_handling"] = None
    elif holder["comm_handling"] is None:
        holder["comm_handling"] = migration.comm_handling(call, holder)
