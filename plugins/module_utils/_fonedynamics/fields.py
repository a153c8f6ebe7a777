# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Fone Dynamics number consists of, and what goes together. Facts: docs/providers/fonedynamics.md 3.1, 6, 7.

Private to the collection. A value of None means that nothing is set: absent, null and an empty text are the same
(fonedynamics.md 6 #3), and setting None clears.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .._engine import naming
from .._engine.schema import Field, Table, nothing, same
from .._errors import Problems
from .._numbers.dialled import Dialled, Kind
from .._numbers.rules import NumberRules
from .api import Record, digits_of

MEMBERS = {
    "friendly_name": "Friendly",
    "address": "AddressSid",
    "attribution_source": "Attribution_Source",
    "attribution_medium": "Attribution_Medium",
    "attribution_campaign": "Attribution_Campaign",
    "attribution_content": "Attribution_Content",
    "routing_method": "RoutingMethod",
    "endpoint_number": "EndpointNumber",
    "flow": "Flow",
    "recording": "Recording",
    "send_sms_from": "SendSmsFrom",
    "send_sms_to": "SendSmsTo",
    "send_email_from": "SendEmailFrom",
    "send_email_to": "SendEmailTo",
    "webhook_url": "WebHookUrl",
    "webhook_method": "WebHookMethod",
    "delivery_receipt_webhook_url": "DeliveryReceiptWebHookUrl",
    "delivery_receipt_webhook_method": "DeliveryReceiptWebHookMethod",
}
# Of all others it is only inferred that lists of numbers hold them too (fonedynamics.md 3.3).
_LISTED_FOR_SURE = ("friendly_name", "address", "routing_method", "endpoint_number", "recording")
NOT_SURELY_LISTED = frozenset(MEMBERS) - frozenset(_LISTED_FOR_SURE)
ROUTING_METHODS = ("endpoint", "flow")
# What each routing method sends calls to.
TARGETS = {"endpoint": "endpoint_number", "flow": "flow"}
WEBHOOKS = {
    "webhook_method": "webhook_url",
    "delivery_receipt_webhook_method": "delivery_receipt_webhook_url",
}
_SENDER_ID = re.compile(r"[A-Za-z0-9 ]{1,11}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_URL = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)


def canonical_number(value: str) -> str:
    """Return `+` and the digits of a stored phone number."""
    digits = digits_of(value)
    return f"+{digits}" if digits else value.strip()


def canonical_sender(value: str) -> str:
    """Return a sender as it is when it holds a letter, else as a phone number (fonedynamics.md 7)."""
    return value.strip() if re.search("[A-Za-z]", value) else canonical_number(value)


def canonical_email(value: str) -> str:
    """Return an address with its domain in lower case."""
    user, at, domain = value.strip().rpartition("@")
    return f"{user}{at}{domain.lower()}"


def capitalised(value: str) -> str:
    """Return an enumerated value in the documented spelling of numbers: Endpoint, Flow, Off, Call.

    Facts: fonedynamics.md 5.
    """
    return value.capitalize()


def _number(value: str) -> Iterable[Dialled]:
    return [Dialled(Kind.NUMBER, value)]


def _sender_number(value: str) -> Iterable[Dialled]:
    """A sender that is a number gets the answers; one with letters cannot be called."""
    return _number(value) if value.startswith("+") else ()


def _field(
    name: str,
    *,
    normal: Callable[[str], str] = str.strip,
    spelt: Callable[[str], str] = same,
    canonical: Callable[[str], str] = same,
    dials: Callable[[str], Iterable[Dialled]] = nothing,
) -> Field:
    """Return the field of the option *name*.

    *normal* turns what is stored into what the user would write, *spelt* that into what is sent.
    """
    member = MEMBERS[name]

    def read(record: Mapping[str, Any]) -> str | None:
        stored = record.get(member)
        return normal(str(stored)) or None if stored is not None else None

    def write(value: str | None) -> dict[str, str]:
        # Never null: it most likely means "left out" (fonedynamics.md 6 #2).
        return {member: "" if value is None else spelt(value)}

    def compared(value: str | None) -> str | None:
        return None if value is None else canonical(value)

    return Field(name, read=read, write=write, canonical=compared, dials=dials)


def _enumerated(value: str) -> str:
    return value.strip().lower()


def _upper(value: str) -> str:
    return value.strip().upper()


_TEXTS = ("friendly_name", "address", *(f"attribution_{part}" for part in ("source", "medium", "campaign", "content")))

NUMBER = Table(
    singular="number",
    plural="numbers",
    key="number",
    fields=(
        Field("number", read=lambda record: canonical_number(str(record["Number"]))),
        *(_field(name, canonical=naming.folded) for name in _TEXTS),
        _field("routing_method", normal=_enumerated, spelt=capitalised),
        _field("endpoint_number", normal=canonical_number, dials=_number),
        _field("flow"),
        _field("recording", normal=_enumerated, spelt=capitalised),
        _field("send_sms_from", normal=canonical_sender, dials=_sender_number),
        _field("send_sms_to", normal=canonical_number, dials=_number),
        _field("send_email_from", canonical=canonical_email),
        _field("send_email_to", canonical=canonical_email),
        _field("webhook_url", normal=same),
        _field("webhook_method", normal=_upper),
        _field("delivery_receipt_webhook_url", normal=same),
        _field("delivery_receipt_webhook_method", normal=_upper),
        Field("property_sid", read=lambda record: record.get("PropertySid") or None),
    ),
    why_not_create=(
        "this number is not on the account; check it, or buy it in Fone Dynamics' portal first (the collection never "
        "buys numbers)"
    ),
    why_not_delete="a number cannot be cancelled through the API; do that in Fone Dynamics' portal",
)


@dataclass(frozen=True)
class _Reader:
    """Reads one option; *why_not_clear* is reported when it is empty, "" where that clears."""

    read: Callable[[str, Any, NumberRules], str | None]
    why_not_clear: str = ""


def _text(where: str, value: Any, rules: NumberRules) -> str | None:
    return naming.folded(value)


def _matching(pattern: re.Pattern[str], complaint: str) -> Callable[[str, Any, NumberRules], str | None]:
    def read(where: str, value: Any, rules: NumberRules) -> str | None:
        text = str(value).strip()
        if pattern.fullmatch(text):
            return text
        rules.problems.add(where, f"{text!r} {complaint}")
        return None

    return read


def _url(where: str, value: Any, rules: NumberRules) -> str | None:
    text = str(value).strip()
    if _URL.fullmatch(text):
        return text
    # It is not shown, as it may hold a password or a token.
    rules.problems.add(where, "is not a URL; write it like https://host/path")
    return None


def _destination(where: str, value: Any, rules: NumberRules) -> str | None:
    return rules.target(where, value)


def _sender(where: str, value: Any, rules: NumberRules) -> str | None:
    if not isinstance(value, str) or not re.search("[A-Za-z]", value) or value.strip().lower().startswith("tel:"):
        return rules.target(where, value)
    if _SENDER_ID.fullmatch(value.strip()):
        return value.strip()
    rules.problems.add(
        where, f"{value!r} is neither a phone number nor a sender id of up to 11 letters, digits and blanks"
    )
    return None


_EMAIL_READER = _Reader(_matching(_EMAIL, "is not an e-mail address"))
_URL_READER = _Reader(_url)
_READERS = {
    **{name: _Reader(_text) for name in MEMBERS},
    "address": _Reader(_text, "the address cannot be cleared: the regulator requires one"),
    "endpoint_number": _Reader(_destination, "an endpoint cannot be cleared; set another one"),
    "flow": _Reader(_text, "a flow cannot be cleared; set another one, or route to an endpoint"),
    "send_sms_from": _Reader(_sender),
    "send_sms_to": _Reader(_destination),
    "send_email_from": _EMAIL_READER,
    "send_email_to": _EMAIL_READER,
    "webhook_url": _URL_READER,
    "delivery_receipt_webhook_url": _URL_READER,
}


def desired_values(item: Mapping[str, Any], where: str, rules: NumberRules) -> dict[str, str | None]:
    """Read the options of one item that the user set; what is wrong goes to the problems of *rules*."""
    values: dict[str, str | None] = {}
    for name, reader in _READERS.items():
        given = item.get(name)
        if given is None:
            continue
        if isinstance(given, str) and not given.strip():
            if reader.why_not_clear:
                rules.problems.add(f"{where}: {name}", reader.why_not_clear)
            else:
                values[name] = None
            continue
        value = reader.read(f"{where}: {name}", given, rules)
        if value is not None:
            values[name] = value
    return values


def contradictions(values: Mapping[str, Any], where: str, number: str | None, problems: Problems) -> None:
    """Note what in one item cannot be meant, whatever the account holds."""
    for name in ("endpoint_number", "send_sms_to"):
        if number is not None and values.get(name) == number:
            problems.add(f"{where}: {name}", f"{number} would be forwarded to itself")
    for method, url in WEBHOOKS.items():
        if method in values and url in values and values[url] is None:
            problems.add(f"{where}: {method}", f"{url} is cleared, so no URL is left to call")


def lack(after: Mapping[str, Any], changes: tuple[str, ...], given: Mapping[str, Any]) -> str:
    """Return why *changes* would have no effect in a number that then is like *after*, "" if they have."""
    method = after.get("routing_method")
    for name, target in TARGETS.items():
        if "routing_method" in changes and method == name and after.get(target) is None:
            return f"routing_method {name} needs {target}, and the number has none yet"
        # Fone Dynamics may want the other target stored as well (fonedynamics.md 6 #4), but then the method is given.
        if target in changes and method != name and "routing_method" not in given:
            now = f"is {method}" if method else "is not set"
            return f"{target} has no effect while routing_method {now}; set routing_method: {name} as well"
    for name, url in WEBHOOKS.items():
        if name in changes and after.get(url) is None:
            return f"{name} has no effect without {url}; set it as well"
    return ""


def body(after: Mapping[str, Any], changes: tuple[str, ...], given: Mapping[str, Any]) -> Record:
    """Return the members to send: what differs, and what Fone Dynamics wants beside it.

    Facts: fonedynamics.md 6 #4, #5, #9.
    """
    names = set(changes)
    method = after.get("routing_method")
    if "routing_method" in changes and method in TARGETS:
        names.add(TARGETS[method])
    if method == "flow" and names & {"routing_method", "flow"} and given.get("endpoint_number") is not None:
        names.add("endpoint_number")
    names.update(url for name, url in WEBHOOKS.items() if name in changes)
    return NUMBER.body(after, tuple(names))
