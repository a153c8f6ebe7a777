# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Closing days of the company, of sites, of queues and of people, each list of them one rule.

RingCentral has no holidays, only custom rules with dates. What is over never counts as a difference. It stays in the
rule until something else is written, and is left out then. Facts: docs/providers/ringcentral-company.md 9.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..._calls.schedules import zone_of
from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, gap_of, only
from ..._engine.plan import Current, Desired, Plan, Step, place
from ..._engine.schema import Table
from ..._errors import Problems
from ..._numbers.rules import NumberRules
from ..api import Record, RingCentralApi
from ..call_forwarding.people import People
from .closing_days import read_closing
from .company import Company
from .custom_rules import TABLE as CUSTOM_RULES
from .dates import MOST_RANGES, Dates, in_zone, merged
from .destinations import RAW, Destination
from .owned import owner_in
from .owner_rules import RULE_ID, OwnerRules, check_name, dates_field, destination_field, read_to
from .owners import Owner
from .people_holidays import PeopleHolidays, is_person
from .resource import field

TABLE = Table(
    singular="holidays",
    plural="holidays",
    key="name",
    fields=(
        field("owner", may_be_empty=False),
        field("name"),
        field("enabled"),
        dates_field("days"),
        destination_field(),
        RULE_ID,
    ),
    goes_live=True,
)


@dataclass(frozen=True)
class _Listed(Desired):
    """Closing days as the user wants them; which days these are depends on today."""

    item: Mapping[str, Any] | None = None


class Holidays(OwnerRules):
    """When owners are closed, and where calls go then."""

    table = TABLE
    prunable = False
    people = True

    def __init__(self, api: RingCentralApi, company: Company | None = None, people: People | None = None) -> None:
        everybody = people or People(api, company)
        super().__init__(api, everybody.company)
        self._of_people = PeopleHolidays(everybody)
        self._now = api.now()
        self._remarks: dict[Key, list[str]] = {}

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    def take_note(self, owner: Owner, key: Key) -> None:
        """Let the list of all rules know that this one is managed here."""
        super().take_note(owner, key)
        self.company.rule_book.claim(owner.path, key[-1], self.table.plural)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return those of *desired* that exist: Medium for each owner, Light for each rule.

        Nothing tells closing days apart from other rules with dates, so that without *desired* there are none.
        """
        keys = [item.key for item in desired or () if self.exists(self.owner_of(item.key))]
        owners = {key.first: self.owner_of(key) for key in keys}
        gap = gap_of(*self.read_side_by_side(self._listed, [*owners.values()]))
        found = self.read_side_by_side(self._present, keys)
        return Listing([item for item in found if item is not None], gap)

    def _listed(self, owner: Owner) -> Listing[Record]:
        return self._of_people.listed(owner) if is_person(owner) else self.custom_rules(owner)

    def _present(self, key: Key) -> Current | None:
        owner = self.owner_of(key)
        named = self.named(owner, key[-1])
        if len(named) != 1:
            return None
        return self.current(key, named[0] if is_person(owner) else self.custom_rule(owner, str(named[0]["id"])))

    def named(self, owner: Owner, name: str, *, again: bool = False) -> Listing[Record]:
        """Return the custom rules of that name; of people, as `people_rules` has them."""
        if is_person(owner):
            return self._of_people.named(owner, name, again=again)
        return super().named(owner, name, again=again)

    def zone(self, owner: Owner) -> str:
        """Return the zone on whose clock the owner's dates are, "" where it is not known."""
        return self._of_people.zone(owner) if is_person(owner) else super().zone(owner)

    def of_owners(self, owners: Sequence[Owner]) -> list[Current]:
        """Return nothing: all rules are among those of `company_rules`."""
        return []

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return nothing, without a request: see `read`."""
        return []

    def record(self, key: Key, rule: Record) -> Record:
        """Return the rule with its dates as closing days, as far as they count."""
        person = is_person(self.owner_of(key))
        found = self._of_people.record(key, rule) if person else super().record(key, rule)
        dates: Dates | None = found.get("dates")
        return {**found, "days": None if dates is None else replace(dates, since=self._now)}

    def conditions(self, values: Mapping[str, Any], changes: Iterable[str], rule: Record) -> Record:
        """Return the members of a request that say when the rule applies."""
        names = ["dates" if name == "days" else name for name in changes]
        return super().conditions({**values, "dates": values.get("days")}, names, rule)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find out which days are meant, on the owner's clock, and where calls go."""
        return [self._resolved(item, present.get(item.key), problems) for item in desired]

    def _resolved(self, item: Desired, present: Current | None, problems: Problems) -> Desired:
        where, owner = place(self.table, item.position, item.key), self.owner_of(item.key)
        self.several(item.key, problems, where)
        if item.absent or not isinstance(item, _Listed) or item.item is None:
            return item
        self._refuse_conditions(present, where, problems)
        values = self.destination(item.values, present, owner, where, problems)
        if is_person(owner) and "destination" in values and values["destination"].kind != RAW and not problems:
            found = present.record["person"] if present else None
            if refused := self._of_people.refusal(owner, values["destination"], found):
                problems.add(f"{where}: destination", refused)
        zone, before = self.needed_zone(owner, where, problems), len(problems.found)
        if zone:
            values["days"] = self._days(item.item, item.key, zone, where, problems)
            count = len(values["days"].ranges)
            if not count and present is None and len(problems.found) == before:
                problems.add(where, "all of its closing days are over; add some, or set state: absent")
            elif not count:
                # A rule without dates cannot be written; what is over does no harm.
                values["days"] = present.values["days"] if present else None
                self._remarks.setdefault(item.key, []).append("All of its closing days are over.")
            elif count > MOST_RANGES:
                problems.add(where, f"has {count} ranges of closing days; a rule takes at most {MOST_RANGES}")
        return replace(item, values=values, needs=self.needs_of(owner, values.get("destination")))

    def _days(self, item: Mapping[str, Any], key: Key, zone: str, where: str, problems: Problems) -> Dates:
        today = self._now.astimezone(zone_of(zone)).date()
        found = read_closing(item, today, where, problems)
        self._remarks.setdefault(key, []).extend(f"except: {text}" for text in found.unused)
        dates = in_zone(found.local, zone, where, problems)
        ahead = tuple((start, end) for start, end in merged(dates.ranges) if end > self._now)
        return Dates(ahead, zone, self._now)

    @staticmethod
    def _refuse_conditions(present: Current | None, where: str, problems: Problems) -> None:
        rule = present.record if present else {}
        others = [name for name in ("callers", "called_numbers", "schedule", "other_condition") if rule.get(name)]
        if others:
            problems.add(
                where,
                f"a rule of that name exists, and has {' and '.join(others)} as condition, which closing days cannot "
                "have; choose another name, or delete that rule",
            )

    def refusals(self, plan: Plan) -> Iterable[tuple[Step, str]]:
        """Refuse days on which another rule leads elsewhere."""
        for step in plan.steps:
            for text in self._remarks.pop(step.key, ()):
                self.api.warn(f"{place(self.table, step.position, step.key)}: {text}")
        return [*self.of_deleted(plan), *self.overlapping(plan), *self._with_rules_of_people(plan)]

    def _with_rules_of_people(self, plan: Plan) -> Iterator[tuple[Step, str]]:
        """Yield closing days of people that a rule of the list `custom_rules` can meet."""
        rules = self.company.plans.get(CUSTOM_RULES.plural)
        for step in plan.steps:
            for other in rules.steps if rules is not None else ():
                called = place(CUSTOM_RULES, other.position, other.key)
                if other.key == step.key:
                    yield step, f"{called} is the same rule; list it once"
                elif self._meet(step, other.key, other.after):
                    why = (
                        f"they can apply to the same calls as {called}, which does something else with them, and it "
                        "is not documented which of the two RingCentral applies"
                    )
                    yield step, why

    def _meet(self, step: Step, key: Key, rule: Mapping[str, Any] | None) -> bool:
        if step.after is None or step.after.get("destination") is None or rule is None or key.first != step.key.first:
            return False
        return self._of_people.overlaps(step.after, rule)

    def warn_about(self, step: Step) -> str:
        """Name the rules that nobody manages here and that can apply to the same call."""
        owner = self.owner_of(step.key)
        if not is_person(owner):
            return super().warn_about(step)
        plans = [self.company.plans[name] for name in (TABLE.plural, CUSTOM_RULES.plural) if name in self.company.plans]
        managed = {item.key[1] for plan in plans for item in plan.steps if item.key.first == step.key.first}
        others = [record for record in self._of_people.listed(owner) if record["name"] not in managed]
        names = ", ".join(repr(item["name"]) for item in others if self._meet(step, step.key, item))
        if not names:
            return ""
        return (
            f"{place(self.table, step.position, step.key)}: {names} of {owner.called}, which this run does not manage, "
            "can apply to the same calls and do something else; which rule RingCentral takes cannot be set."
        )

    def create(self, step: Step) -> Record:
        """Create the rule with all that it has."""
        owner = self.settled_owner(step.key)
        if not is_person(owner):
            return super().create(step)
        return self._written(step, self._of_people.create(owner, step.key[-1], step.after or {}))

    def update(self, step: Step) -> Record:
        """Write the rule with all that is managed."""
        owner = self.settled_owner(step.key)
        if not is_person(owner) or step.current is None:
            return super().update(step)
        found = step.current.record["person"]
        return self._written(step, self._of_people.update(owner, step.after or {}, step.changes, found))

    def delete(self, step: Step) -> None:
        """Delete the rule."""
        owner = self.settled_owner(step.key)
        if is_person(owner) and step.current is not None:
            self._of_people.delete(owner, step.current.record["rule_id"])
        else:
            super().delete(step)

    def look_up(self, step: Step) -> Record | None:
        """Read the rule again, by its name."""
        owner = self.settled_owner(step.key)
        if not is_person(owner):
            return super().look_up(step)
        found = self.named(owner, step.key[-1], again=True)
        record = only(found, found.gap)
        return None if record is None else self._written(step, record)

    def keep_one(self, step: Step) -> Record | None:
        """Keep the older of two rules that one creation has made; none of that name was there before."""
        owner = self.settled_owner(step.key)
        if not is_person(owner):
            return super().keep_one(step)
        found = sorted(self.named(owner, step.key[-1], again=True), key=lambda record: int(record["rule_id"]))
        for record in found[1:]:
            self._of_people.delete(owner, record["rule_id"])
        return self._written(step, found[0]) if found else None

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return closing days as the plural module takes them; without those that are over, switched off or unclear."""
        sound = []
        for item in found:
            days, to = item.values.get("days"), item.values.get("destination")
            if days is not None and days.shown() and item.values.get("enabled") and _can_be_written(to):
                sound.append(item)
        return super().export(sound)

    def identity(self, step: Step) -> dict[str, Any]:
        """Return the options by which the user knows them."""
        return {"owner": step.key.first, "name": step.key[-1]}

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `rule_id`, None for what check mode would create."""
        return {"rule_id": values.get("rule_id")}


def _can_be_written(to: Any) -> bool:
    return isinstance(to, Destination) and to.kind != RAW


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    name, absent = naming.folded(item["name"]), item["state"] == "absent"
    key = Key(naming.folded(item["owner"]), name)
    where = place(TABLE, position, key)
    owner = owner_in(item, where, rules)
    check_name(name, where, rules.problems)
    values: dict[str, Any] = {"owner": owner, "name": name}
    if not absent:
        # Rules of closing days are always in force.
        values["enabled"] = True
        read_closing(item, None, where, rules.problems)
        to = read_to(item.get("destination"), owner, where, rules)
        if to is not None:
            values["destination"] = to
    return _Listed(key=key, values=values, position=position, absent=absent, unread=not owner, item=item)
