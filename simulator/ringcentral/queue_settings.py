# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The object `queue` of a queue's rules: what may be written, and what is shown.

Facts: docs/providers/ringcentral-company.md 6.3. What is sent replaces what was there as a whole.
"""

from __future__ import annotations

from collections.abc import Callable

from simulator.messages import Record, is_count
from simulator.ringcentral import defaults, destinations
from simulator.ringcentral.answers import Call, Failure, invalid, missing

_EVENTS = {
    "holdTimeExpirationAction": "HoldTimeExpiration",
    "maxCallersAction": "MaxCallers",
    "noAnswerAction": "NoAnswer",
}
_WAITING = ("WaitPrimaryMembers", "WaitPrimaryAndOverflowMembers")
_CHOICES = {
    "transferMode": ("Rotating", "Simultaneous", "FixedOrder"),
    "holdTimeExpirationAction": ("Voicemail", "TransferToExtension", "UnconditionalForwarding"),
    "maxCallersAction": ("Voicemail", "Announcement", "TransferToExtension", "UnconditionalForwarding"),
    "noAnswerAction": (*_WAITING, "Voicemail", "TransferToExtension", "UnconditionalForwarding"),
    "holdAudioInterruptionMode": ("Never", "WhenMusicEnds", "Periodically"),
}
# Lowest and highest; times are in seconds.
_FIGURES = {"agentTimeout": (1, None), "wrapUpTime": (0, 300), "holdTime": (0, None), "maxCallers": (0, 25)}
_MOST_RINGING = 10
_RECENT = ("positionInQueue", "callBack")


def parsed(call: Call, value: object, rule: Record) -> Record:
    """The settings as the state holds them (see `defaults.queue_handling`)."""
    if not isinstance(value, dict):
        raise invalid("queue")
    if "noAnswerAction" in value and rule["type"] != "BusinessHours":
        raise invalid("queue.noAnswerAction", value["noAnswerAction"])
    settings = defaults.queue_handling()
    for name, choices in _CHOICES.items():
        if name in value:
            if value[name] not in choices:
                raise invalid(f"queue.{name}", value[name])
            settings[name] = value[name]
    for name, (lowest, highest) in _FIGURES.items():
        if name in value:
            settings[name] = _figure(f"queue.{name}", value[name], lowest, highest)
    if settings["agentTimeout"] % 5 and call.switches["agent_timeout_unit"] == "multiples_of_five":
        raise invalid("queue.agentTimeout", settings["agentTimeout"])
    for name in _RECENT:
        if name in value:
            if not isinstance(value[name], dict):
                raise invalid(f"queue.{name}")
            settings[name] = value[name]
    settings["transfer"] = _by_event("transfer", value, lambda item: _extension(call, item))
    settings["unconditionalForwarding"] = _by_event("unconditionalForwarding", value, lambda item: _number(call, item))
    _set_interruption(settings, value)
    _set_order(call, settings, value, rule)
    _check(call, settings)
    return settings


def shown(call: Call, settings: Record) -> Record:
    """The settings as answers have them."""
    document = {name: value for name, value in settings.items() if value not in (None, [], {})}
    if settings["fixedOrderAgents"]:
        document["fixedOrderAgents"] = [
            {"extension": _shown_extension(call, key), "index": index}
            for index, key in enumerate(settings["fixedOrderAgents"], 1)
        ]
    if settings["transfer"]:
        document["transfer"] = [
            {"extension": _shown_extension(call, key), "action": event} for event, key in settings["transfer"].items()
        ]
    if settings["unconditionalForwarding"]:
        document["unconditionalForwarding"] = [
            {"phoneNumber": number, "action": event} for event, number in settings["unconditionalForwarding"].items()
        ]
    return document


def change_members(call: Call, queue: Record, members: list[str]) -> None:
    """Give a queue other members; `queue` is the whole extension (switch fixed_order_on_member_change).

    Raises AWR-148 where the fixed order of a rule forbids it.
    """
    rules = [rule["queue"] for rule in queue["answering_rules"].values() if "queue" in rule]
    ordered = [settings for settings in rules if settings["transferMode"] == "FixedOrder"]
    position = call.switches["fixed_order_on_member_change"]
    if position == "refused" and any(set(settings["fixedOrderAgents"]) != set(members) for settings in ordered):
        raise _not_the_members()
    queue["queue"]["members"] = members
    if position == "trimmed":
        for settings in ordered:
            kept = [key for key in settings["fixedOrderAgents"] if key in members]
            settings["fixedOrderAgents"] = [*kept, *(key for key in members if key not in kept)]


def _check(call: Call, settings: Record) -> None:
    """Each action has its destination, and the mode allows what is asked of it."""
    for name, event in _EVENTS.items():
        member = {"TransferToExtension": "transfer", "UnconditionalForwarding": "unconditionalForwarding"}.get(
            settings[name]
        )
        if member and event not in settings[member]:
            raise missing(f"queue.{member}")
    if settings["transferMode"] == "Simultaneous":
        if settings["noAnswerAction"] not in _WAITING:
            raise invalid("queue.noAnswerAction", settings["noAnswerAction"])
        if len(call.extension["queue"]["members"]) > _MOST_RINGING:
            raise invalid("queue.transferMode", settings["transferMode"])


def _figure(name: str, value: object, lowest: int, highest: int | None) -> int:
    if not is_count(value) or value < lowest or (highest is not None and value > highest):
        raise invalid(name, value)
    return value


def _by_event(member: str, value: Record, parse: Callable[[Record], str]) -> Record:
    found: Record = {}
    items = value.get(member, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise invalid(f"queue.{member}")
    for item in items:
        event = item.get("action")
        if event not in _EVENTS.values() or event in found:
            raise invalid(f"queue.{member}.action", event)
        found[event] = parse(item)
    return found


def _extension(call: Call, item: Record) -> str:
    return destinations.extension_id(call, item.get("extension"), "queue.transfer.extension.id")


def _number(call: Call, item: Record) -> str:
    number = destinations.number(call, item.get("phoneNumber"), "queue.unconditionalForwarding.phoneNumber")
    destinations.check_external(call, number)
    return number


def _set_interruption(settings: Record, value: Record) -> None:
    period = value.get("holdAudioInterruptionPeriod")
    if settings["holdAudioInterruptionMode"] == "Periodically":
        if period is None:
            raise Failure(400, "AWR-139", "Interrupting periodically needs a period.")
        settings["holdAudioInterruptionPeriod"] = _figure("queue.holdAudioInterruptionPeriod", period, 1, None)
    elif period is not None:
        raise Failure(400, "AWR-140", "A period can be given for interrupting periodically only.")


def _set_order(call: Call, settings: Record, value: Record, rule: Record) -> None:
    """The order of the members. Where only the mode is sent, the former order stays, or is that of the members."""
    members = call.extension["queue"]["members"]
    if "fixedOrderAgents" not in value:
        before = rule.get("queue", {}).get("fixedOrderAgents", [])
        settings["fixedOrderAgents"] = before or (members[:] if settings["transferMode"] == "FixedOrder" else [])
        return
    items = value["fixedOrderAgents"]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise invalid("queue.fixedOrderAgents")
    order: dict[int, str] = {}
    for item in items:
        index, holder = item.get("index"), item.get("extension")
        key = str(holder.get("id")) if isinstance(holder, dict) else ""
        if not is_count(index) or index in order or not 1 <= index <= len(items) or key not in members:
            raise Failure(400, "AWR-144", "An agent, or an index, is not known.")
        order[index] = key
    settings["fixedOrderAgents"] = [order[index] for index in sorted(order)]
    if items and sorted(settings["fixedOrderAgents"]) != sorted(members):
        raise _not_the_members()


def _not_the_members() -> Failure:
    return Failure(400, "AWR-148", "The agents are not the members of the queue.")


def _shown_extension(call: Call, key: str) -> Record:
    document: Record = {"id": key, "uri": f"{call.account_uri}/extension/{key}"}
    if key in call.state["extensions"]:
        record = call.state["extensions"][key]["record"]
        document |= {name: record[name] for name in ("name", "extensionNumber") if name in record}
    return document
