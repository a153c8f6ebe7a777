# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose the company's phone numbers are. Facts: docs/providers/ringcentral-company.md 11.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, only
from ..._engine.plan import Current, Desired, Node, Step, place
from ..._engine.schema import Table
from ..._errors import AuthenticationError, Problems, Rejected
from ..._numbers.rules import NumberRules
from ..api import Record, RingCentralApi
from ..directory import Extension
from .behind import changing_behind
from .company import Company
from .options import COMPANY
from .resource import CompanyResource, field, label_of, reported

_DIRECT, _COMPANY, _MAIN = "DirectNumber", "CompanyNumber", "MainCompanyNumber"
_OF_COMPANY = (_COMPANY, "AdditionalCompanyNumber", _MAIN)
_INVENTORY = "Inventory"
# What may be given to somebody else (ringcentral-company.md 11).
_MOVABLE = (_DIRECT, _COMPANY, "AdditionalCompanyNumber", _INVENTORY)
_EXPECTED, _TAKE_OVER = "expected_extension", "take_over"

TABLE = Table(
    singular="phone_number",
    plural="phone_numbers",
    key="number",
    fields=(
        field("number"),
        field("extension", shown=label_of, may_be_empty=False),
        field("company", canonical=bool, may_be_empty=False),
        reported("usage"),
    ),
    why_not_create="is not a number of the account; numbers are ordered in RingCentral's admin portal",
    why_not_delete="the collection never gives numbers up; do that in RingCentral's admin portal",
    goes_live=True,
)


class PhoneNumbers(CompanyResource):
    """Numbers of the account, each of which leads to an extension or to the company, or lies in the inventory."""

    table = TABLE
    prunable = False

    def __init__(self, api: RingCentralApi, company: Company | None = None) -> None:
        super().__init__(api, company)
        # The ids, by number.
        self._ids: dict[str, str] = {}

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return numbers in E.164."""
        return rules.numbers(option, keys)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return those of *desired*: one by itself, several by the list of all."""
        if desired is None:
            return self._read()
        numbers = {item.key.first for item in desired if not item.unread}
        found = self._read(*numbers) if len(numbers) == 1 else self._read() if numbers else []
        return [item for item in found if item.key.first in numbers] if found else found

    def _read(self, number: str | None = None) -> Listing[Current]:
        filters = {"phoneNumber": number} if number else {}
        records = self.api.read_list("phone-numbers", "heavy", filters=filters, v2=True)
        mine = Listing((record for record in records if record.get("phoneNumber")), records.gap)
        return mine.map(self._current)

    def _current(self, record: Record) -> Current:
        found = self._fields_of(record)
        key = Key(found["number"])
        self._ids[key.first] = str(record.get("id"))
        return Current(key, TABLE.read(found), found)

    def _fields_of(self, record: Record) -> Record:
        usage, owner = str(record.get("usageType") or ""), (record.get("extension") or {}).get("id")
        return {
            "number": str(record.get("phoneNumber")),
            "extension": self.company.extension_of(owner) if owner else None,
            "company": True if usage in _OF_COMPANY and not owner else None,
            "usage": usage,
        }

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find the extensions, and refuse to take a number away from somebody who is not expected to have it."""
        return [self._resolved(item, present.get(item.key), problems) for item in desired]

    def _resolved(self, item: Desired, present: Current | None, problems: Problems) -> Desired:
        where, values = place(TABLE, item.position, item.key), dict(item.values)
        if values["extension"]:
            values["extension"] = self.company.find(values["extension"], f"{where}: extension", problems)
        expected = item.manner[_EXPECTED]
        if expected:
            expected = self.company.find(expected, f"{where}: {_EXPECTED}", problems)
        resolved = replace(item, values=values, needs=self.company.needs({"extension": values["extension"]}))
        if present is not None and TABLE.differences(values, present.values):
            refusal = self._why_not(present, expected, bool(item.manner[_EXPECTED]), item.manner[_TAKE_OVER])
            if refusal:
                problems.add(where, refusal)
        return resolved

    def _why_not(self, present: Current, expected: Extension | None, expects: bool, take_over: bool) -> str:
        """Return why a number is not moved from where it is, "" where it may be."""
        usage, owner = present.values["usage"], present.values["extension"]
        if usage == _MAIN:
            return "is the main number of the company, which the collection never moves; use RingCentral's portal"
        if usage not in _MOVABLE:
            return f"is a number of the type {usage}, which the collection never moves; use RingCentral's portal"
        if take_over:
            return ""
        if expects and owner != expected:
            wanted = f"extension {expected.label}" if expected is not None else "what is expected"
            return f"belongs to {self._whose(present)} and not to {wanted}; correct {_EXPECTED}, or set take_over: true"
        if owner is not None and not expects:
            return (
                f"belongs to {self._whose(present)}; confirm that with {_EXPECTED}: {owner.label!r}, or set "
                "take_over: true to take its callers away from there"
            )
        return ""

    def _whose(self, item: Current) -> str:
        owner = item.values["extension"]
        if owner is None:
            return "the company" if item.values["company"] else "nobody"
        name = next((str(record.get("name") or "") for record in self.company.directory.find(owner.key)), "")
        return f"extension {owner.label}{f' ({name})' if name else ''}"

    def waits_for(self, step: Step) -> Sequence[Node]:
        """Let a number wait for all that its callers may meet: the rules of a queue as well as the queue."""
        extension = (step.after or {}).get("extension")
        plans = [plan for name, plan in self.company.plans.items() if name != TABLE.plural]
        return changing_behind(plans, COMPANY if extension is None else extension.label)

    def warn_about(self, step: Step) -> str:
        """Name the rules that hold for the number; whether they still do afterwards is not documented."""
        number, owner = step.key.first, (step.before or {}).get("extension")
        try:
            rules = [*_rules_for(number, self.api.read_list("answering-rule", "medium"), "the company")]
            if owner is not None:
                view = {"view": "Detailed"}
                found = self.api.read_list(f"extension/{owner.key}/answering-rule", "medium", filters=view)
                rules += _rules_for(number, found, f"extension {owner.label}")
        except (Rejected, AuthenticationError) as error:
            return f"{number}: it is not known which rules apply to calls to it. {error}"
        if not rules:
            return ""
        return f"{number}: check the rules for calls to it, which may not apply any more: {', '.join(rules)}."

    def update(self, step: Step) -> Record:
        """Give the number to an extension or to the company."""
        extension = (step.after or {}).get("extension")
        body: dict[str, Any] = {"usageType": _COMPANY}
        if extension is not None:
            body = {"usageType": _DIRECT, "extension": {"id": extension.key}}
        path, key = f"phone-numbers/{self._ids[step.key.first]}", self._ids[step.key.first]
        return self._fields_of(self.api.write("PATCH", path, "medium", body, member="id", key=key, v2=True))

    def look_up(self, step: Step) -> Record | None:
        """Read the one number again."""
        found = self._read(step.key.first)
        item = only([item for item in found if item.key == step.key], found.gap)
        return None if item is None else dict(item.record)

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return numbers as the plural module takes them, which it does not of those that ring nowhere."""
        return super().export(item for item in found if item.values["extension"] or item.values["company"])

    def remarks(self, found: Sequence[Current]) -> Iterator[str]:
        """Say which numbers ring nowhere."""
        unused = [item.key.first for item in found if item.values["usage"] == _INVENTORY]
        if unused:
            yield f"Numbers in the inventory, which ring nowhere: {', '.join(unused)}."


def _rules_for(number: str, rules: Sequence[Record], whose: str) -> Iterator[str]:
    for rule in rules:
        called = {str(item.get("phoneNumber")) for item in rule.get("calledNumbers") or ()}
        if called & {number, number.removeprefix("+")}:
            yield f"{rule.get('name') or rule.get('id')!r} of {whose}"


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    where = place(TABLE, position)
    number = rules.number(f"{where}: number", item["number"])
    key = Key(number or "")
    values: dict[str, Any] = {"number": number, "extension": None, "company": None}
    named = place(TABLE, position, key)
    for option in ("extension", _EXPECTED):
        if item.get(option) is not None and not naming.folded(item[option]):
            rules.problems.add(f"{named}: {option}", "is empty")
    if item.get("extension") is not None:
        values["extension"] = naming.folded(item["extension"])
    elif item.get("company"):
        values["company"] = True
    else:
        rules.problems.add(f"{named}: company", "can only be true; name the extension that gets the calls instead")
    manner = {_EXPECTED: naming.folded(item.get(_EXPECTED)), _TAKE_OVER: bool(item.get(_TAKE_OVER))}
    return Desired(key, values, position, manner=manner, unread=number is None)
