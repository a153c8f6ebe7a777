# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What numbers and extensions do with a call.

Facts: docs/providers/ringcentral.md 7 to 9, docs/providers/ringcentral-company.md 3 to 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from simulator.exchange import End, Lines, Outcome, Place, Route, Stop, digits_of
from simulator.messages import Record
from simulator.ringcentral import call_legacy, call_menus, call_new, call_queues
from simulator.ringcentral.call_company import Company
from simulator.ringcentral.call_owner import PEOPLE, Extensions, Owner
from simulator.ringcentral.call_times import NAME
from simulator.ringcentral.defaults import BUSINESS_HOURS


class RingCentralLines(Lines):
    """The numbers and extensions of the account."""

    def __init__(self, state: Record) -> None:
        self._state = state
        self._extensions = Extensions(state, _extension)
        self._company = Company(state, self._extensions)

    def number(self, digits: str) -> Stop | None:
        for item in self._state["company"]["phone_numbers"]:
            if digits_of(item["phoneNumber"]) == digits:
                return self._number_stop(digits, partial(self._of_nobody, item))
        for key, extension in self._state["extensions"].items():
            for item in extension["phone_numbers"]:
                if digits_of(item["phoneNumber"]) == digits:
                    return self._number_stop(digits, partial(self._direct, key))
            for device in extension["devices"].values():
                if digits in [digits_of(line["phoneInfo"]["phoneNumber"]) for line in device["phoneLines"]]:
                    if "extension" in device:
                        return self._number_stop(digits, partial(self._direct, key))
                    return self._number_stop(digits, _unassigned)
        return None

    def extension(self, number: str) -> Stop | None:
        owner = self._extensions.by_number(number)
        return None if owner is None else owner.stop()

    def people(self) -> Iterable[tuple[set[str], set[str]]]:
        for key, extension in self._state["extensions"].items():
            owner, record = Owner(self._state, key, _extension), extension["record"]
            names = {
                owner.name,
                record["name"].casefold(),
                record.get("contact", {}).get("email", owner.name).casefold(),
            }
            apps = {phone.key for phone in owner.apps()}
            yield names, apps | {phone.key for phone in owner.devices()}
            yield {f"{owner.name}:apps"}, apps

    def _number_stop(self, digits: str, behave: Callable[[Route, Place], Outcome]) -> Stop:
        place = Place(NAME, "number", f"+{digits}", digits)

        def answered(route: Route) -> Outcome:
            route.called = digits
            return behave(route, place)

        return Stop(place, answered)

    def _direct(self, key: str, route: Route, place: Place) -> Outcome:
        """A number of an extension."""
        forwarded = self._company.forwards(route, own=False)
        return self._extensions.connect(route, place, key) if forwarded is None else forwarded

    def _of_nobody(self, item: Record, route: Route, place: Place) -> Outcome:
        """A number that belongs to no extension: the company's, or one that is not used."""
        usage = item["usageType"]
        if usage == "Inventory":
            route.note(place, "is not in use")
            return End("nowhere", place.shown())
        if "Company" in usage:
            route.note(place, "goes to the company")
            return self._company.stop()
        route.note(place, f"is a number of the type {usage}")
        return End("unknown", place.shown())


def _unassigned(route: Route, place: Place) -> Outcome:
    """The number of a device that belongs to nobody."""
    route.note(place, "belongs to no extension")
    return End("unknown", place.shown())


def _extension(route: Route, owner: Owner) -> Outcome:
    """What an extension of any type does with a call."""
    kind = owner.record["type"]
    switch = "inactive_queue" if kind == "Department" else "disabled_extension"
    if not owner.enabled and route.exchange.assume(NAME, switch) == "fails":
        route.note(owner.place(), "is not enabled")
        return End("nowhere", owner.place().shown())
    if kind == "Announcement":
        return owner.announcement(route)
    if kind == "Voicemail":
        return owner.voicemail(route, owner.extension["answering_rules"][BUSINESS_HOURS]["voicemail"]["recipient"])
    if kind == "IvrMenu":
        return call_menus.play(route, owner)
    if kind == "Department":
        return call_queues.play(route, owner)
    if kind in PEOPLE and route.exchange.position(NAME, "migrated") == "yes":
        return call_new.play(route, owner)
    if kind in PEOPLE or kind == "Site":
        return call_legacy.play(route, owner)
    route.note(owner.place(), f"is of the type {kind}")
    return End("unknown", owner.place().shown())
