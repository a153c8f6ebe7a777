# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The custom rules of people, over either API. Facts: docs/providers/ringcentral.md 8 and 9.5.

Records hold the fields of the list, `rule_id`, and `rule`, which is what RingCentral has said. Private to the
collection.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar

from ..._engine import naming
from ..._engine.listing import Listing
from ..api import Record
from ..call_forwarding.answering_rules import (
    AnsweringRules,
    adding,
    rule_body,
    takes_messages_without_voicemail,
)
from ..call_forwarding.backend import RULE_FIELDS, CallHandling, without
from ..call_forwarding.conditions import conditions_of_interaction, conditions_of_rule
from ..call_forwarding.model import Schedule
from ..call_forwarding.state_rules import StateRules, dispatching_with, weekly_trigger
from ..directory import Extension
from .dates import Dates, ranges_in
from .rule_book import wait_until_shown
from .rule_conditions import members_of

# The hours of a custom rule, for what handles calls by hours: none of those that every extension has.
CUSTOM = "custom"
_WHEN = ("callers", "called_numbers", "schedule", "dates")
# Time of day and date, in front of an offset.
_LOCAL = len("2026-12-24T00:00:00")
_VOICEMAIL = "VoiceMailTerminatingTarget"
# What a rule does that does not exist yet: voicemail is always among its targets (ringcentral.md 9.5).
_NOTHING_YET: Record = {
    "type": "Terminate",
    "actions": [
        {
            "type": "TerminatingAction",
            "targets": [{"type": _VOICEMAIL}],
            "ringingTargetType": _VOICEMAIL,
            "terminatingTargetType": _VOICEMAIL,
        }
    ],
}

# Takes an extension and returns the IANA name of its time zone, "" where it is not known.
ZoneOf = Callable[[Extension], str]
Handling = TypeVar("Handling", bound=CallHandling)


class PeopleRules(ABC, Generic[Handling]):
    """The custom rules of people over one of the APIs."""

    def __init__(self, handling: Handling, zone_of: ZoneOf) -> None:
        self._handling = handling
        self._api = handling.api
        self._zone_of = zone_of

    @abstractmethod
    def listed(self, extension: Extension) -> Listing[Record]:
        """Return the records of all custom rules of *extension*: one request of the group Medium."""

    @abstractmethod
    def create(self, extension: Extension, name: str, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        """Create a rule of *values*, of which *changes* are given, and return its record."""

    def make(self, extension: Extension, name: str, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        """Create a rule, and wait until the list of rules shows it: one more request of the group Medium."""
        made = self.create(extension, name, values, changes)
        wait_until_shown(
            self._api.pause, lambda: [str(rule["rule_id"]) for rule in self.listed(extension)], [str(made["rule_id"])]
        )
        return made

    @abstractmethod
    def update(
        self, extension: Extension, record: Record, values: Mapping[str, Any], changes: Collection[str]
    ) -> Record:
        """Change what *record* holds into *values* and return the new record. All of the rule is sent."""

    @abstractmethod
    def delete(self, extension: Extension, rule_id: str) -> None:
        """Delete the rule; it is no failure when it is gone already."""

    def blank(self, extension: Extension) -> Record:
        """Return the record of a rule that does not exist yet, as far as writing it needs one."""
        return {"extension": extension.label, "extension_id": extension.key, "hours": None, "rule": {}}

    def _record(
        self, rule: Record, name: object, extension: Extension, when: Mapping[str, Any], does: Record
    ) -> Record:
        ranges = when.get("ranges")
        schedule: Schedule | None = when.get("schedule")
        other = when.get("other_condition")
        if ranges and schedule is not None:
            # Whether both have to hold, or one of them, is not documented.
            ranges, schedule, other = None, None, "hours of the week and dates"
        return {
            "extension": extension.label,
            "extension_id": extension.key,
            "name": naming.folded(name) or str(rule.get("id")),
            "enabled": bool(rule.get("enabled", True)),
            "callers": tuple(when["callers"]) if when.get("callers") else None,
            "called_numbers": tuple(when["called_numbers"]) if when.get("called_numbers") else None,
            "schedule": None if schedule is None or schedule.always else schedule,
            "dates": ranges_in(ranges, self._zone_of(extension)) if ranges else None,
            "hours": when.get("hours"),
            "other_condition": other,
            **{field: does[field] for field in RULE_FIELDS},
            "rule_id": str(rule.get("id")),
            "rule": rule,
        }


class LegacyRules(PeopleRules[AnsweringRules]):
    """Answering rules of the type Custom."""

    def listed(self, extension: Extension) -> Listing[Record]:
        found = self._api.custom_rules(extension.key)
        rules = [rule for rule in found if rule.get("type") == "Custom"]
        return Listing([self._read(rule, extension) for rule in rules], found.gap)

    def _read(self, rule: Record, extension: Extension) -> Record:
        does = self._handling.fields_of(rule, extension)
        if takes_messages_without_voicemail(rule):
            does = {**does, "then": None}
        return self._record(rule, rule.get("name"), extension, conditions_of_rule(rule), does)

    def create(self, extension: Extension, name: str, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        body = {
            **rule_body({}, {**values, "extension_id": extension.key}, changes),
            **members_of(values, _given(values), {}),
            "type": "Custom",
            "name": name,
            "enabled": values.get("enabled", True),
        }
        with adding({}, values):
            return self._read(self._api.create_answering_rule(extension.key, body), extension)

    def update(
        self, extension: Extension, record: Record, values: Mapping[str, Any], changes: Collection[str]
    ) -> Record:
        rule = record["rule"]
        # Dates go with their offset, in whatever form they were read.
        names = {*changes, *(["dates"] if values.get("dates") is not None else [])}
        body = {**rule_body(rule, values, changes), **members_of(values, names, rule), "enabled": values["enabled"]}
        with adding(rule, values):
            written = self._api.update_answering_rule(extension.key, record["rule_id"], body)
        return self._read(written, extension)

    def delete(self, extension: Extension, rule_id: str) -> None:
        self._api.remove(f"extension/{extension.key}/answering-rule/{rule_id}", "medium")


class InteractionRules(PeopleRules[StateRules]):
    """Interaction rules of the new call handling."""

    def listed(self, extension: Extension) -> Listing[Record]:
        found = self._api.interaction_rules(extension.key)
        return Listing([self._read(rule, extension) for rule in found], found.gap)

    def _read(self, rule: Record, extension: Extension) -> Record:
        does = self._handling.fields_of(rule, extension, CUSTOM)
        when = conditions_of_interaction(rule.get("conditions") or [])
        return self._record(rule, rule.get("displayName"), extension, when, does)

    def blank(self, extension: Extension) -> Record:
        return {**super().blank(extension), "rule": {"dispatching": _NOTHING_YET}}

    def create(self, extension: Extension, name: str, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        body = {
            "displayName": name,
            "enabled": values.get("enabled", True),
            "conditions": _conditions(values, _given(values), []),
            "dispatching": dispatching_with(self.blank(extension), values, changes),
        }
        return self._read(self._api.create_interaction_rule(extension.key, body), extension)

    def update(
        self, extension: Extension, record: Record, values: Mapping[str, Any], changes: Collection[str]
    ) -> Record:
        rule = record["rule"]
        body = {
            "displayName": rule.get("displayName"),
            "enabled": values["enabled"],
            "conditions": _conditions(values, changes, rule.get("conditions") or []),
            "dispatching": dispatching_with(record, values, changes),
        }
        written = self._api.update_interaction_rule(extension.key, record["rule_id"], body)
        return self._read(written, extension)

    def delete(self, extension: Extension, rule_id: str) -> None:
        path = f"extensions/{extension.key}/comm-handling/voice/interaction-rules/{rule_id}"
        self._api.remove(path, "medium", v2=True)


def people_rules(handling: CallHandling, zone_of: ZoneOf) -> PeopleRules[Any]:
    """Return the custom rules over the API of *handling*."""
    if isinstance(handling, StateRules):
        return InteractionRules(handling, zone_of)
    if isinstance(handling, AnsweringRules):
        return LegacyRules(handling, zone_of)
    raise TypeError(f"no rules over {type(handling).__name__}")


def _given(values: Mapping[str, Any]) -> list[str]:
    return [name for name in _WHEN if values.get(name) is not None]


def _conditions(values: Mapping[str, Any], changes: Collection[str], present: Sequence[Record]) -> list[Record]:
    """Return the conditions of a request: those of *changes* as *values* have them, all others as they were read."""
    interaction = {"callers", "called_numbers"} & set(changes)
    timed = {"schedule", "dates"} & set(changes)
    found: list[Record] = []
    if interaction:
        found += _interaction(values, present)
    if timed:
        found += _timed(values)
    for condition in present:
        kind = condition.get("type")
        if kind == "State":
            found.append({"type": kind, "state": {"id": (condition.get("state") or {}).get("id")}})
        elif not (interaction if kind == "Interaction" else timed):
            found.append(without(condition, "uri"))
    return found


def _interaction(values: Mapping[str, Any], present: Sequence[Record]) -> list[Record]:
    callers, called = values.get("callers") or (), values.get("called_numbers") or ()
    before = [caller for condition in present for caller in condition.get("from") or []]
    names = {str(caller.get("phoneNumber")): str(caller.get("name") or "") for caller in before}
    shown = [{"phoneNumber": number, "name": names.get(number) or number} for number in callers]
    return [{"type": "Interaction", "from": shown, "to": list(called)}] if shown or called else []


def _timed(values: Mapping[str, Any]) -> list[Record]:
    week: Schedule | None = values.get("schedule")
    dates: Dates | None = values.get("dates")
    if week is None and dates is None:
        return []
    if dates is None:
        return [{"type": "Schedule", "schedule": {"triggers": [weekly_trigger(week or Schedule())]}}]
    # The vendor's form of these times has no offset: they are on the extension's clock (ringcentral.md 9.5).
    ranges = [{"startDateTime": part["from"][:_LOCAL], "endDateTime": part["to"][:_LOCAL]} for part in dates.sent()]
    return [{"type": "Schedule", "schedule": {"triggers": [{"triggerType": "Range", "ranges": ranges}]}}]
