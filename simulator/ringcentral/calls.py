# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What numbers and extensions do with a call (docs/providers/ringcentral.md 7 to 9).

Menus, queues and the company's own numbers are unknown places.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.exchange import End, Lines, Outcome, Place, Route, Stop, digits_of, plays
from simulator.messages import Record
from simulator.ringcentral import call_legacy, call_new
from simulator.ringcentral.call_owner import Owner
from simulator.ringcentral.call_times import NAME

# Types of extensions whose rules are those of a person.
_PEOPLE = ("User", "DigitalUser", "VirtualUser", "FaxUser", "FlexibleUser")


class RingCentralLines(Lines):
    """The numbers and extensions of the account."""

    def __init__(self, state: Record) -> None:
        self._state = state

    def number(self, digits: str) -> Stop | None:
        for key, extension in self._state["extensions"].items():
            for item in extension["phone_numbers"]:
                if digits_of(item["phoneNumber"]) == digits:
                    return self._number_stop(digits, None if "Company" in item["usageType"] else key)
            for device in extension["devices"].values():
                if digits in [digits_of(line["phoneInfo"]["phoneNumber"]) for line in device["phoneLines"]]:
                    return self._number_stop(digits, key if "extension" in device else None)
        return None

    def extension(self, number: str) -> Stop | None:
        for key, extension in self._state["extensions"].items():
            if extension["record"].get("extensionNumber") == number:
                return self._owner(key).stop()
        return None

    def people(self) -> Iterable[tuple[set[str], set[str]]]:
        for key, extension in self._state["extensions"].items():
            owner, record = self._owner(key), extension["record"]
            names = {
                owner.name,
                record["name"].casefold(),
                record.get("contact", {}).get("email", owner.name).casefold(),
            }
            apps = {phone.key for phone in owner.apps()}
            yield names, apps | {phone.key for phone in owner.devices()}
            yield {f"{owner.name}:apps"}, apps

    def _owner(self, key: str) -> Owner:
        return Owner(self._state, key, _extension)

    def _number_stop(self, digits: str, key: str | None) -> Stop:
        """A number of an extension, or of none."""
        place = Place(NAME, "number", f"+{digits}", digits)

        def behave(route: Route) -> Outcome:
            route.called = digits
            if key is None:
                route.note(place, "belongs to no extension")
                return End("unknown", place.shown())
            owner = self._owner(key)
            route.note(place, f"goes to extension {owner.number}")
            return owner.stop()

        return Stop(place, behave)


def _extension(route: Route, owner: Owner) -> Outcome:
    """What an extension of any type does with a call."""
    if not owner.enabled and route.exchange.assume(NAME, "disabled_extension") == "fails":
        route.note(owner.place(), "is not enabled")
        return End("nowhere", owner.place().shown())
    kind = owner.record["type"]
    if kind == "Announcement":
        return owner.announcement(route)
    if kind == "Voicemail":
        return plays(route, owner.place("voicemail"), "voicemail")
    if kind not in _PEOPLE:
        route.note(owner.place(), f"is of the type {kind}")
        return End("unknown", owner.place().shown())
    if route.exchange.position(NAME, "migrated") == "yes":
        return call_new.play(route, owner)
    return call_legacy.play(route, owner)
