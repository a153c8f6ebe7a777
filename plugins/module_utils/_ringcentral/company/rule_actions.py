# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What rules of the company, of sites and of queues do, as destinations.

Facts: docs/providers/ringcentral-company.md 6.3, 7 and 8. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..._errors import Problems, Rejected
from ..api import Record
from ..call_forwarding.backend import CLOSED, without
from ..directory import Extension
from ..forwarding_numbers.schema import number_of
from . import greetings
from .company import PEOPLE, QUEUE, RECIPIENTS, SITE, Company, called
from .destinations import (
    ANNOUNCEMENT,
    EXTENSION,
    HANG_UP,
    OPERATOR,
    PHONE_NUMBER,
    RAW,
    VOICEMAIL,
    Destination,
    located,
)
from .options import COMPANY
from .owners import Owner

# What the rules of each kind of owner can do.
TAKES = {
    COMPANY: (EXTENSION, OPERATOR, HANG_UP),
    SITE: (EXTENSION,),
    QUEUE: (VOICEMAIL, ANNOUNCEMENT, EXTENSION, PHONE_NUMBER),
    **dict.fromkeys(PEOPLE, (VOICEMAIL, ANNOUNCEMENT, EXTENSION, PHONE_NUMBER)),
}
_ACTIONS = {
    COMPANY: {EXTENSION: "Bypass", OPERATOR: "Operator", HANG_UP: "Disconnect"},
    SITE: {EXTENSION: "TransferToExtension"},
    QUEUE: {
        VOICEMAIL: "TakeMessagesOnly",
        ANNOUNCEMENT: "PlayAnnouncementOnly",
        EXTENSION: "TransferToExtension",
        PHONE_NUMBER: "UnconditionalForwarding",
    },
}
# What decides when a rule holds is fixed for some rules; others set it themselves.
_FIXED = ("id", "type", "schedule", "callers", "calledNumbers")
# Who may get a queue's messages (ringcentral-company.md 6.3).
_RECIPIENT = "a person or a message-only extension"
# The greeting of a rule that plays an announcement.
GREETING = "Announcement"


def resolved(destination: Destination, owner: Owner, where: str, company: Company, problems: Problems) -> Destination:
    """Return *destination* with the extension that it names; what *owner* cannot do goes to *problems*."""
    takes = TAKES[owner.kind]
    if destination.kind not in takes:
        problems.add(
            f"{where}.{destination.kind}",
            f"{_rules_of(owner)} cannot do that; {'it takes' if takes[1:] else 'it only takes'} {', '.join(takes)}",
        )
        return destination

    def find(text: str, place: str) -> Extension | None:
        if destination.kind == VOICEMAIL:
            found = company.find(text, place, problems, (*RECIPIENTS, owner.kind), _RECIPIENT)
            if found is not None and found.kind == owner.kind and found.key != owner.key and owner.kind not in PEOPLE:
                problems.add(place, f"{text!r} is a {called(found.kind)}, but {_RECIPIENT} is required here")
            return found
        return company.find(text, place, problems)

    found = located(destination, where, find) or destination
    if found.kind == VOICEMAIL and found.extension is not None and found.extension.key == owner.key:
        return Destination(VOICEMAIL)
    if found.kind == EXTENSION and found.extension is not None and found.extension.key == owner.key:
        problems.add(f"{where}.{EXTENSION}", f"is {owner.called} itself, whose rule this is")
    return found


def check_greeting(destination: Destination, where: str, company: Company, problems: Problems) -> None:
    """Note a problem for an announcement that RingCentral does not have; at most one request for all of them."""
    if destination.kind == ANNOUNCEMENT and isinstance(destination.to, str):
        company.presets.check(destination.to, GREETING, greetings.OF_QUEUES, f"{where}.{ANNOUNCEMENT}", problems)


def destination_in(rule: Record, owner: Owner, company: Company) -> Destination:
    """Return what *rule* does; RAW for what no option can say."""
    action = str(rule.get("callHandlingAction"))
    kind = next((kind for kind, name in _ACTIONS[owner.kind].items() if name == action), RAW)
    if kind == EXTENSION:
        holder = rule if owner.extension is None else rule.get("transfer") or {}
        key = (holder.get("extension") or {}).get("id")
        return Destination(RAW, action) if key is None else Destination(kind, company.extension_of(key))
    if kind == PHONE_NUMBER:
        number = number_of(rule.get("unconditionalForwarding") or {})
        return Destination(kind, number) if number else Destination(RAW, action)
    if kind == VOICEMAIL:
        key = ((rule.get("voicemail") or {}).get("recipient") or {}).get("id")
        own = key is None or str(key) == owner.key
        return Destination(kind) if own else Destination(kind, company.extension_of(key))
    if kind == ANNOUNCEMENT:
        return Destination(kind, greetings.played(rule).get(GREETING))
    return Destination(kind, action if kind == RAW else None)


def body_of(destination: Destination | None, owner: Owner, rule: Record, company: Company) -> Record:
    """Return the body that gives *rule* the *destination*, with all else as it was read; {} for a new rule.

    What a PUT leaves out may fall back to its default. Left out is when the rule applies.
    """
    body: Record = {name: value for name, value in without(rule, "uri").items() if name not in _FIXED}
    if body.get("greetings"):
        body["greetings"] = greetings.members(rule, {}, company.presets, greetings.OF_QUEUES)
    if destination is None:
        if owner.extension is None and body.get("callHandlingAction") == "Operator":
            # It is the default, but with multi-level IVR refused where it is written.
            del body["callHandlingAction"]
        return body
    for name in ("extension", "transfer", "unconditionalForwarding", "queue"):
        body.pop(name, None)
    body["callHandlingAction"] = _ACTIONS[owner.kind][destination.kind]
    to = destination.extension
    if destination.kind == EXTENSION and to is not None:
        body |= (
            {"extension": {"id": to.key}} if owner.extension is None else {"transfer": {"extension": {"id": to.key}}}
        )
    elif destination.kind == PHONE_NUMBER:
        body["unconditionalForwarding"] = {"phoneNumber": destination.to}
    elif destination.kind == VOICEMAIL:
        recipient = {"id": owner.key if to is None else to.key}
        body["voicemail"] = {**(body.get("voicemail") or {}), "enabled": True, "recipient": recipient}
    elif destination.kind == ANNOUNCEMENT and destination.to is not None:
        chosen = {GREETING: str(destination.to)}
        body["greetings"] = greetings.members(rule, chosen, company.presets, greetings.OF_QUEUES)
    return body


@contextmanager
def explained(owner: Owner) -> Iterator[None]:
    """Say what to do where RingCentral refuses a rule for what the account is like."""
    try:
        yield
    except Rejected as error:
        if error.code == "AWR-182":
            error.next_step = (
                "The company uses multi-level IVR, so its rules can only lead to an extension. Set extension to a "
                "menu, a person or a queue; instead of hang_up, use an announcement-only extension."
            )
        elif error.code == CLOSED and owner.extension is not None:
            error.next_step = (
                f"RingCentral has closed this API for {owner.called} on this account, which was moved to the new call "
                "handling, and has documented no other one. Change it in RingCentral's admin portal."
            )
        raise


def _rules_of(owner: Owner) -> str:
    return {COMPANY: "a company rule", SITE: "a site's rule", QUEUE: "a queue's rule"}.get(
        owner.kind, "a person's rule"
    )
