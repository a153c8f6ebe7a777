# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a call queue rings its members, and what it does with callers who wait: the rule of its business hours.

Facts: docs/providers/ringcentral-company.md 6.3. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..api import Record
from ..directory import Extension
from ..forwarding_numbers.schema import number_of
from . import greetings
from .company import Company
from .destinations import ANNOUNCEMENT, EXTENSION, PHONE_NUMBER, RAW, VOICEMAIL, WAIT, Destination
from .options import FIXED_ORDER, LONGEST_IDLE, SIMULTANEOUS

# What each field that says where callers go can do.
TAKES = {
    "on_max_wait": (VOICEMAIL, EXTENSION, PHONE_NUMBER),
    "on_full": (VOICEMAIL, ANNOUNCEMENT, EXTENSION, PHONE_NUMBER),
    "on_no_answer": (WAIT, VOICEMAIL, EXTENSION, PHONE_NUMBER),
}
MEMBERS_ONLY, WITH_OVERFLOW = "members", "members_and_overflow"
UNAVAILABLE = "unavailable"
_MODES = {LONGEST_IDLE: "Rotating", SIMULTANEOUS: "Simultaneous", FIXED_ORDER: "FixedOrder"}
# Figures, in seconds or callers.
_FIGURES = {
    "ring_seconds": "agentTimeout",
    "wrap_up": "wrapUpTime",
    "max_wait": "holdTime",
    "max_callers": "maxCallers",
}
# The member that says what is done, and the name under which `transfer` and `unconditionalForwarding` say where to.
_EVENTS = {
    "on_max_wait": ("holdTimeExpirationAction", "HoldTimeExpiration"),
    "on_full": ("maxCallersAction", "MaxCallers"),
    "on_no_answer": ("noAnswerAction", "NoAnswer"),
}
_TRANSFER, _FORWARDING = "transfer", "unconditionalForwarding"
_ACTIONS = {
    VOICEMAIL: "Voicemail",
    ANNOUNCEMENT: "Announcement",
    EXTENSION: "TransferToExtension",
    PHONE_NUMBER: "UnconditionalForwarding",
}
_WAITS = {MEMBERS_ONLY: "WaitPrimaryMembers", WITH_OVERFLOW: "WaitPrimaryAndOverflowMembers"}
SLOTS = {
    "introductory": "Introductory",
    "connecting_audio": "ConnectingAudio",
    "connecting_message": "ConnectingMessage",
    "hold_music": "HoldMusic",
    "interrupt_prompt": "InterruptPrompt",
    "voicemail": "Voicemail",
    "announcement": "Announcement",
    UNAVAILABLE: "Unavailable",
}
FIELDS = frozenset({"ring", *_FIGURES, *_EVENTS, "voicemail_to", "greetings"})
# When the rule holds is fixed.
_FIXED = ("uri", "id", "type", "schedule")


def fields_of(rule: Record, own: Extension, company: Company) -> Record:
    """Return the fields that *rule* of the queue *own* holds."""
    queue = rule.get("queue") or {}
    recipient = ((rule.get("voicemail") or {}).get("recipient") or {}).get("id")
    other = recipient is not None and str(recipient) != own.key
    played = greetings.played(rule)
    return {
        "ring": next((name for name, mode in _MODES.items() if mode == queue.get("transferMode")), None),
        **{name: queue.get(member) for name, member in _FIGURES.items()},
        **{name: _destination(queue, name, company) for name in _EVENTS},
        "voicemail_to": company.extension_of(recipient) if other else own,
        "greetings": {slot: played[kind] for slot, kind in SLOTS.items() if kind in played},
    }


def order_in(rule: Record) -> list[str]:
    """Return the ids of those whom *rule* rings one after the other, in that order."""
    agents = (rule.get("queue") or {}).get("fixedOrderAgents") or []
    in_turn = sorted(agents, key=lambda agent: int(agent.get("index") or 0))
    return [str((agent.get("extension") or {}).get("id")) for agent in in_turn]


def body_of(
    rule: Record,
    after: Mapping[str, Any],
    changes: Collection[str],
    company: Company,
    order: Sequence[Extension] | None = None,
) -> Record:
    """Return the body that sets the fields *changes* of *rule* to those of *after*, with all else as it was read.

    What a PUT leaves out may fall back to its default. *order*: all members, where they ring in one.
    """
    queue = dict(rule.get("queue") or {})
    agents = [{"extension": {"id": key}, "index": place} for place, key in enumerate(order_in(rule), 1)]
    if "ring" in changes:
        queue["transferMode"] = _MODES[after["ring"]]
    for name, member in _FIGURES.items():
        if name in changes:
            queue[member] = after[name]
    if order is not None:
        agents = [{"extension": {"id": item.key}, "index": place} for place, item in enumerate(order, 1)]
    queue.pop("fixedOrderAgents", None)
    if queue.get("transferMode") == _MODES[FIXED_ORDER]:
        queue["fixedOrderAgents"] = agents
    queue |= _whither(queue, after, changes)
    body = {name: value for name, value in rule.items() if name not in _FIXED}
    body |= {"queue": queue, "greetings": _greetings(rule, after, changes, company)}
    if body.get("voicemail") or "voicemail_to" in changes:
        recipient = ((rule.get("voicemail") or {}).get("recipient") or {}).get("id")
        if "voicemail_to" in changes:
            recipient = after["voicemail_to"].key
        # A queue's voicemail cannot be off (AWR-152).
        body["voicemail"] = {"enabled": True, **({} if recipient is None else {"recipient": {"id": str(recipient)}})}
    return body


def _greetings(rule: Record, after: Mapping[str, Any], changes: Collection[str], company: Company) -> list[Record]:
    chosen = after["greetings"] if "greetings" in changes else {}
    by_type = {SLOTS[slot]: name for slot, name in chosen.items()}
    return greetings.members(rule, by_type, company.presets, greetings.OF_QUEUES)


def _destination(queue: Record, name: str, company: Company) -> Destination | None:
    member, event = _EVENTS[name]
    action = queue.get(member)
    if action is None:
        return None
    for wait, said in _WAITS.items():
        if action == said:
            return Destination(WAIT, wait)
    kind = next((kind for kind, said in _ACTIONS.items() if said == action), RAW)
    if kind == EXTENSION:
        key = (_entry(queue, _TRANSFER, event).get("extension") or {}).get("id")
        return Destination(RAW, str(action)) if key is None else Destination(kind, company.extension_of(key))
    if kind == PHONE_NUMBER:
        number = number_of(_entry(queue, _FORWARDING, event))
        return Destination(kind, number) if number else Destination(RAW, str(action))
    return Destination(kind, str(action) if kind == RAW else None)


def _whither(queue: Record, after: Mapping[str, Any], changes: Collection[str]) -> Record:
    """Return the members of *queue* that say where callers go: one entry for each action that needs one."""
    found: Record = {}
    transfers: list[Record] = []
    numbers: list[Record] = []
    for name, (member, event) in _EVENTS.items():
        to = after.get(name) if name in changes else None
        if to is not None:
            found[member] = _WAITS[to.to] if to.kind == WAIT else _ACTIONS[to.kind]
        action = found.get(member, queue.get(member))
        if action == _ACTIONS[EXTENSION]:
            key = to.extension.key if to else (_entry(queue, _TRANSFER, event).get("extension") or {}).get("id")
            transfers.append({"extension": {"id": str(key)}, "action": event})
        elif action == _ACTIONS[PHONE_NUMBER]:
            number = to.to if to else _entry(queue, _FORWARDING, event).get("phoneNumber")
            numbers.append({"phoneNumber": number, "action": event})
    return {**found, _TRANSFER: transfers, _FORWARDING: numbers}


def _entry(queue: Record, member: str, event: str) -> Record:
    return next((entry for entry in queue.get(member) or [] if entry.get("action") == event), {})
