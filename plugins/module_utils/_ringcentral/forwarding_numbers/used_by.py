# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which rules of an extension ring its forwarding numbers.

Facts: docs/providers/ringcentral.md 11. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._engine.plan import Current
from ..._errors import AuthenticationError, Rejected
from ..api import Record, RingCentralApi
from ..directory import refusal_is_about
from .schema import device_of, number_of

_CLOSED = "CMN-468"
_HOURS = {
    "business-hours-rule": "work hours",
    "after-hours-rule": "after hours",
    "work-hours": "work hours",
    "after-hours": "after hours",
}
# What legacy rules ring the numbers that they hold for.
_RINGING = ("ForwardCalls", "AgentQueue")


class NumberUsers:
    """Looks through an extension's rules, over the API that the account uses."""

    def __init__(self, api: RingCentralApi) -> None:
        self._api = api
        self._new: bool | None = None

    def of(self, found: Sequence[Current]) -> list[tuple[Current, list[str]]]:
        """Return those of *found* that rules ring, each with the names of these rules."""
        extensions: dict[str, list[Current]] = {}
        for item in found:
            extensions.setdefault(item.values["extension_id"], []).append(item)
        return [
            (item, names)
            for key, items in extensions.items()
            for item, names in self._of_extension(key, items)
            if names
        ]

    def _of_extension(self, key: str, items: Sequence[Current]) -> list[tuple[Current, list[str]]]:
        try:
            rules = [(_name(rule), set(_rung(_ringing(rule)))) for rule in self._rules(key)]
        except (Rejected, AuthenticationError) as error:
            if error.status != 403:
                raise
            label = items[0].values["extension"]
            self._api.warn(f"Extension {label}: what rings its forwarding numbers cannot be read. {error}")
            return []
        return [
            (item, list(dict.fromkeys(name for name, rung in rules if rung.intersection(_names(item)))))
            for item in items
        ]

    def _rules(self, key: str) -> list[Record]:
        if self._new is None:
            self._new = bool(self._api.uses_new_call_handling())
        if not self._new:
            try:
                return self._api.answering_rules(key)
            except Rejected as error:
                if not refusal_is_about(error, _CLOSED):
                    raise
                self._new = True
        return [*self._api.state_rules(key), *self._api.interaction_rules(key)]


def _name(rule: Record) -> str:
    key = str(rule.get("id"))
    return _HOURS.get(key) or str(rule.get("displayName") or rule.get("name") or key)


def _ringing(rule: Record) -> Record:
    """Return the rule as if it were on, without what it does not do."""
    left_out = () if rule.get("callHandlingAction", _RINGING[0]) in _RINGING else ("forwarding",)
    return {**{name: value for name, value in rule.items() if name not in left_out}, "enabled": True}


def _rung(value: Any) -> Iterator[tuple[str, str | None]]:
    """Return what rings, by id in legacy rules and by number or device in the others; nothing that is off."""
    if isinstance(value, list):
        for item in value:
            yield from _rung(item)
    elif isinstance(value, Mapping) and value.get("enabled", True):
        yield from (("id", str(number.get("id"))) for number in value.get("forwardingNumbers") or [])
        if value.get("type") == "PhoneNumberRingTarget":
            yield "phone_number", number_of(value.get("destination") or {})
        if value.get("type") == "DeviceRingTarget":
            yield "device", device_of(value)
        for member in value.values():
            yield from _rung(member)


def _names(item: Current) -> set[tuple[str, str | None]]:
    known = {"id": item.values["forwarding_number_id"], "device": item.values["device"]}
    if item.values["type"] != "PhoneLine":
        known["phone_number"] = item.values["phone_number"]
    return {(name, value) for name, value in known.items() if value}
