# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How Fone Dynamics' numbers are read, configured and checked afterwards. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from .._engine.keys import Key
from .._engine.listing import Listing, gap_of
from .._engine.plan import Action, Current, Desired, Step, place
from .._engine.resource import Resource
from .._errors import Problems, TelephonyError
from .._numbers.rules import NumberRules
from .api import FoneDynamicsApi, Record, Refused, digits_of
from .directory import ADDRESS, FLOW, Directory, Kind
from .fields import (
    MEMBERS,
    NOT_SURELY_LISTED,
    NUMBER,
    ROUTING_METHODS,
    WEBHOOKS,
    body,
    contradictions,
    desired_values,
    lack,
)

# Seconds before each look at what does not show yet; one more look follows in the verification (fonedynamics.md 6 #12).
_LOOKS = (0.5, 1.5)
_CHOICES = {
    "routing_method": ROUTING_METHODS,
    "recording": ("off", "call"),
    **dict.fromkeys(WEBHOOKS, ("GET", "POST")),
}


class Numbers(Resource):
    """The configuration of an account's phone numbers (fonedynamics.md 3)."""

    table = NUMBER
    # No rate limit is published (fonedynamics.md 1); this stays below what a browser opens. One number has one writer.
    workers = 8
    # POST sets absolute values, but one looks before it is repeated (fonedynamics.md 4.1, 6 #16).
    repeats = frozenset({Action.UPDATE})

    def __init__(self, api: FoneDynamicsApi) -> None:
        self._api = api
        self._directory = Directory(api)
        self._entries: dict[str, Mapping[str, Any]] = {}
        # The numbers of which all members were read.
        self._whole: set[str] = set()

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking Fone Dynamics; what is wrong is added to the problems of *rules*."""
        found = []
        for index, item in enumerate(items):
            position = index if many else None
            where = place(NUMBER, position, item["number"] if many else None)
            number = rules.number(f"{where}: number" if many else "number", item["number"])
            values = desired_values(item, where, rules)
            contradictions(values, where, number, rules.problems)
            if number is not None:
                found.append(Desired(Key(number), {"number": number, **values}, position))
        return found

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return the phone numbers in E.164."""
        return rules.numbers(option, keys)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the account's numbers.

        One desired number is read alone. Else the list is read, as far as needed; numbers that it lacks, and settings
        of which it cannot be known that lists show them (fonedynamics.md 3.3), are read singly.
        """
        if desired is not None and len(desired) == 1:
            return self._singly([desired[0].key.first])
        keys = None if desired is None else {digits_of(item.key.first) for item in desired}
        listed = self._api.numbers(keys)
        found = {item.key.first: item for item in map(_current, listed)}
        if desired is None:
            entries = dict.fromkeys(found, NOT_SURELY_LISTED)
        else:
            entries = {item.key.first: frozenset(item.values) for item in desired}
        if any(MEMBERS[name] in item.record for item in found.values() for name in NOT_SURELY_LISTED):
            self._whole.update(found)
        doubtful = [
            key
            for key, names in entries.items()
            if key not in found or (names & NOT_SURELY_LISTED and key not in self._whole)
        ]
        found.update((item.key.first, item) for item in self._singly(doubtful))
        # What is asked for singly is known for certain (fonedynamics.md 4.3).
        return Listing(found.values(), gap_of(listed) if desired is None else "")

    def _singly(self, keys: Sequence[str]) -> list[Current]:
        if not keys:
            return []
        self._whole.update(keys)
        with ThreadPoolExecutor(max_workers=min(self.workers, len(keys))) as pool:
            records = list(pool.map(lambda key: self._api.number(digits_of(key)), keys))
        return [_current(record) for record in records if record is not None]

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Return *desired* with ids in place of names. Asks for flows and addresses only if a value needs it."""
        resolved = [self._resolve(item, present.get(item.key), problems) for item in desired]
        self._entries = {item.key.first: item.values for item in resolved}
        return resolved

    def _resolve(self, item: Desired, present: Current | None, problems: Problems) -> Desired:
        if present is None:
            return item
        values = dict(item.values)
        for kind in (ADDRESS, FLOW):
            entry = values.get(kind.option)
            # An id that is set already needs no list, also where what it means is gone.
            if entry is not None and entry != present.values[kind.option]:
                where = place(NUMBER, item.position, item.key)
                values[kind.option] = self._directory.resolve(
                    kind, _scope(kind, present.values), entry, where, problems
                )
        return replace(item, values=values)

    def refusal(self, step: Step) -> str:
        """Return why the changes would have no effect or be refused (fonedynamics.md 6 #5 and #9)."""
        return lack(step.after or {}, step.changes, self._entries[step.key.first])

    def update(self, step: Step) -> Record:
        """Send what differs; warn if anything else changed as well."""
        sent = body(step.after or {}, step.changes, self._entries[step.key.first])
        try:
            record = self._api.configure(digits_of(step.key.first), sent)
        except Refused as error:
            raise _explained(error, step) from None
        self._warn_of_collateral(step, record)
        return self._settled(step, record)

    def _settled(self, step: Step, record: Record) -> Record:
        """Return *record*, or what further looks show while it is not what was asked for."""
        desired = {name: (step.after or {})[name] for name in step.changes}
        for seconds in _LOOKS:
            if not NUMBER.differences(desired, NUMBER.read(record)):
                break
            try:
                self._api.pause(seconds)
                record = self.look_up(step) or record
            except TelephonyError:
                break  # the write stands; the verification looks again and reports this
        return record

    def _warn_of_collateral(self, step: Step, record: Record) -> None:
        """Warn of members that were read before and are different now without having been sent.

        Facts: fonedynamics.md 6 #1.
        """
        sent = body(step.after or {}, step.changes, self._entries[step.key.first])
        before = step.current.record if step.current else {}
        now = NUMBER.read(record)
        reported = []
        for field in NUMBER:
            member = MEMBERS.get(field.name)
            if member is None or member in sent or (member not in before and step.key.first not in self._whole):
                continue
            old, new = field.read(before), now[field.name]
            if field.canonical(old) != field.canonical(new):
                reported.append(f"{field.name} changed from {old!r} to {new!r}")
        others = (set(before) & set(record)) - set(MEMBERS.values()) - {"Number"}
        reported += [
            f"{member} changed from {before[member]!r} to {record[member]!r}"
            for member in sorted(others)
            if before[member] != record[member]
        ]
        for text in reported:
            self._api.warn(f"{step.key}: {text}, although the task did not set it.")

    def look_up(self, step: Step) -> Record | None:
        """Read the one number again, and look at what changed beside the step as well."""
        record = self._api.number(digits_of(step.key.first))
        if record is not None:
            self._warn_of_collateral(step, record)
        return record

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them, as far as they were read, and named as far as lists were."""
        return NUMBER.shown(self._named(self.known(values), ask=False))

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `flow_id` and `address_sid` where they are set."""
        known = self.known(values)
        found = {"flow_id": known.get("flow"), "address_sid": known.get("address")}
        return {name: value for name, value in found.items() if value is not None}

    def known(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what a list may have kept back: it must not be called unset."""
        unsure = frozenset() if values["number"] in self._whole else NOT_SURELY_LISTED
        return {name: value for name, value in values.items() if name not in unsure}

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return numbers as the plural module takes them: names in place of ids, and nothing that is not set."""
        return [self._exported(item) for item in found]

    def flows(self, found: Iterable[Current]) -> list[dict[str, str]]:
        """Return the flows that numbers are routed to, by name."""
        ids = {item.values["flow"]: _scope(FLOW, item.values) for item in found if item.values["flow"]}
        return [
            {"flow_id": key, "name": self._directory.name(FLOW, scope, key, ask=True)} for key, scope in ids.items()
        ]

    def _exported(self, item: Current) -> dict[str, Any]:
        values = self._named(item.values, ask=True)
        for name, choices in _CHOICES.items():
            if values[name] is not None and values[name] not in choices:
                self._api.warn(
                    f"{item.key}: {name} is {values[name]!r}, which can be read but not set; it is left out."
                )
                values[name] = None
        options = {NUMBER.key, *MEMBERS}
        # An option of null would be refused where an option has choices.
        return NUMBER.shown({name: value for name, value in values.items() if name in options and value is not None})

    def _named(self, values: Mapping[str, Any], *, ask: bool) -> dict[str, Any]:
        named = dict(values)
        for kind in (ADDRESS, FLOW):
            key = values.get(kind.option)
            if key is not None:
                named[kind.option] = self._directory.name(kind, _scope(kind, values), key, ask=ask)
        return named


def _current(record: Record) -> Current:
    values = NUMBER.read(record)
    return Current(Key(values["number"]), values, record)


def _scope(kind: Kind, values: Mapping[str, Any]) -> str:
    """Return what lists of *kind* belong to: a property for flows, the account for addresses."""
    return (values.get("property_sid") or "") if kind is FLOW else ""


def _explained(error: Refused, step: Step) -> Refused:
    """Return *error* with what is known about likely causes (fonedynamics.md 6 #4 and #14)."""
    after = step.after or {}
    if error.code == "PARAMETER_REQUIRED" and "EndpointNumber" in error.fields and after["routing_method"] == "flow":
        error.next_step = "Fone Dynamics requires an endpoint_number in addition to the flow: set it as well."
    status = step.current.record.get("Status") if step.current else None
    if status and str(status).casefold() != "active":
        error.message += f" The number's status is {status}."
    return error
