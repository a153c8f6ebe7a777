# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Closing days of people: custom rules with dates that ring nothing, over either API.

A custom rule of a person has `ring` and `then` where closing days have a `destination`. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..._engine.keys import Key
from ..._engine.listing import Listing
from ..api import Record
from ..call_forwarding.model import Then
from ..call_forwarding.people import People
from ..directory import Extension
from .company import PEOPLE
from .custom_rules import CustomRules
from .destinations import ANNOUNCEMENT, EXTENSION, PHONE_NUMBER, RAW, VOICEMAIL, Destination
from .owners import Owner
from .people_rules import CUSTOM
from .rule_conditions import NAMES, When

_RINGS = "ForwardCalls"


def is_person(owner: Owner) -> bool:
    """Return whether *owner* is a person, whose rules are those of the list `custom_rules`."""
    return owner.kind in PEOPLE


class PeopleHolidays:
    """The rules of closing days among the custom rules of people. Records are those of `people_rules`."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._rules = CustomRules(people.api, people=people)

    def zone(self, owner: Owner) -> str:
        """Return the zone on whose clock the dates of *owner* are, "" where it is not known."""
        return self._rules.zone_of(_extension(owner))

    def listed(self, owner: Owner, *, again: bool = False) -> Listing[Record]:
        """Return all custom rules of *owner*; Medium, unless they were read before."""
        extension = _extension(owner)
        self._people.extensions[extension.label] = extension
        if again:
            self._people.custom_rules.pop(extension.label, None)
        self._rules.of_extensions([extension], _ignore)
        return self._people.custom_rules[extension.label]

    def named(self, owner: Owner, name: str, *, again: bool = False) -> Listing[Record]:
        """Return the custom rules of that name."""
        found = self.listed(owner, again=again)
        return Listing([record for record in found if record["name"] == name], found.gap)

    def record(self, key: Key, found: Record) -> Record:
        """Return a record of `people_rules` in the form of the list of closing days, in which it stays as `person`."""
        other = found["other_condition"] or found["hours"]
        when = {name: found[name] for name in NAMES}
        does = {"destination": self._destination(found), "rule_id": found["rule_id"], "rule": found["rule"]}
        name = {"owner": key.first, "hours": None, "name": key[-1], "enabled": found["enabled"]}
        return {**name, **when, "other_condition": other, **does, "person": found}

    def _destination(self, found: Record) -> Destination:
        then: Then | None = found["then"] if isinstance(found["then"], Then) else None
        if found["ring"] != () or then is None:
            return Destination(RAW, _RINGS)
        if then.kind == EXTENSION:
            return Destination(EXTENSION, self._people.company.extension_of(then.key))
        if then.kind == PHONE_NUMBER:
            return Destination(PHONE_NUMBER, then.key)
        if then.kind == VOICEMAIL:
            return Destination(VOICEMAIL, self._people.company.extension_of(then.mailbox) if then.mailbox else None)
        return Destination(ANNOUNCEMENT)

    def refusal(self, owner: Owner, destination: Destination, found: Record | None) -> str:
        """Return why the rule *found*, None for a new one, cannot lead to *destination*; "" where it can."""
        if destination.kind == ANNOUNCEMENT and destination.to is not None:
            return "a person's rule plays the announcement that is set for it; write announcement: true"
        values = self._values(owner, {"destination": destination}, found)
        record = found or self._rules.blank(_extension(owner))
        refused = self._people.handling.refusal(CUSTOM, values, ("ring", "then"), dict(record))
        return f"{refused}; manage it with custom_rules instead" if refused else ""

    def create(self, owner: Owner, name: str, after: Mapping[str, Any]) -> Record:
        """Create the rule and return its record."""
        values = self._values(owner, after, None)
        return self._rules.backend.make(_extension(owner), name, values, ("ring", "then"))

    def update(self, owner: Owner, after: Mapping[str, Any], changes: Collection[str], found: Record) -> Record:
        """Change the rule *found* and return its record."""
        values = {**found, **self._values(owner, after, found)}
        names = {"dates" if name == "days" else name for name in changes}
        if "destination" in names:
            names |= {"ring", "then"}
        else:
            values |= {name: found[name] for name in ("ring_mode", "ring", "then")}
        return self._rules.backend.update(_extension(owner), dict(found), values, names)

    def delete(self, owner: Owner, rule_id: str) -> None:
        """Delete the rule."""
        self._rules.backend.delete(_extension(owner), rule_id)

    def _values(self, owner: Owner, after: Mapping[str, Any], found: Record | None) -> dict[str, Any]:
        destination: Destination = after["destination"]
        record = dict(found or self._rules.blank(_extension(owner)))
        then = self._people.handling.then(_then(destination), record)
        values = {"extension_id": owner.key, "ring": (), "ring_mode": None, "then": then, "dates": after.get("days")}
        return {**values, "enabled": after.get("enabled", True)}

    def overlaps(self, after: Mapping[str, Any], rule: Mapping[str, Any]) -> bool:
        """Return whether closing days and a custom *rule*, values or a record, can take the same call elsewhere."""
        if rule.get("enabled") is False or not When.of(after).meets(When.of(rule)):
            return False
        then = rule.get("then")
        same = isinstance(then, Then) and then.canonical() == _then(after["destination"]).over(then).canonical()
        return bool(rule.get("ring")) or not same


def _then(destination: Destination) -> Then:
    to = destination.extension
    if destination.kind == EXTENSION and to is not None:
        return Then(EXTENSION, to.key, name=to.label)
    if destination.kind == PHONE_NUMBER:
        return Then(PHONE_NUMBER, str(destination.to))
    if destination.kind == VOICEMAIL:
        return Then(VOICEMAIL, mailbox="" if to is None else to.key)
    return Then(ANNOUNCEMENT)


def _extension(owner: Owner) -> Extension:
    if owner.extension is None:
        raise ValueError("the company is not a person")
    return owner.extension


def _ignore(text: str) -> None:
    """Let a rule of closing days not be told of as one that options cannot say."""
