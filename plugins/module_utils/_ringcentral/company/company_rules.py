# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of the company, of sites and of queues: in their hours, after them, and custom ones.

Facts: docs/providers/ringcentral-company.md 6.3, 7 to 9. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, gap_of
from ..._engine.plan import Current, Desired, Plan, Step, place
from ..._engine.schema import Table
from ..._errors import Problems
from ..._http.environment import Environment
from ..._numbers.rules import NumberRules
from ..._texts import joined
from ..api import Record, RingCentralApi
from ..call_forwarding.model import AFTER, WORK
from . import destinations
from .company import QUEUE, Company
from .dates import in_zone
from .destinations import Destination
from .hours import RULE_IDS, read_rule
from .options import EXACT, KEEP
from .owned import owner_in
from .owner_rules import (
    RULE_ID,
    OwnerRules,
    check_name,
    dates_field,
    destination_field,
    numbers_field,
    read_to,
    schedule_field,
)
from .owners import Owner
from .resource import field, reported
from .rule_conditions import NAMES, read_conditions

TABLE = Table(
    singular="company_rule",
    plural="company_rules",
    key="owner",
    fields=(
        field("owner"),
        field("hours", may_be_empty=False),
        field("name", may_be_empty=False),
        field("enabled"),
        numbers_field("callers"),
        numbers_field("called_numbers"),
        schedule_field(),
        dates_field("dates"),
        destination_field(),
        reported("other_condition"),
        RULE_ID,
    ),
    goes_live=True,
)
_HOURS = (WORK, AFTER)


class CompanyRules(OwnerRules):
    """What happens to calls, by owner, and by hours or by the name of the rule."""

    table = TABLE

    def __init__(self, api: RingCentralApi, company: Company | None = None, policy: str = KEEP) -> None:
        """*policy*: what happens to custom rules of the listed owners that are not listed."""
        super().__init__(api, company)
        self._policy = policy

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the rules that *desired* names and that exist; with the policy exact, all custom ones of its owners.

        Light for each rule, and Medium for each owner with custom rules.
        """
        if desired is None:
            return self.pick(None, self.api.warn)
        keys = [item.key for item in desired if self.exists(self.owner_of(item.key)) or item.key[-1] == WORK]
        gap = gap_of(*self.read_side_by_side(self.custom_rules, self._with_custom_rules(desired)))
        found = Listing([item for item in self.read_side_by_side(self._present, keys) if item is not None], gap)
        others = self.unlisted(desired) if self._policy == EXACT else []
        return Listing([*found, *others], gap_of(found, others))

    def unlisted(self, desired: Sequence[Desired]) -> list[Current]:
        """Return the custom rules of the owners in *desired* that it does not name, and that no other list manages."""
        listed, owners = {item.key for item in desired}, {item.key.first: self.owner_of(item.key) for item in desired}
        mine = [owner for owner in owners.values() if self.exists(owner)]
        gap = gap_of(*self.read_side_by_side(self.custom_rules, mine))
        found = [item for owner in mine for item in self._custom(owner)]
        return Listing([item for item in found if item.key not in listed and not item.kept], gap)

    def _with_custom_rules(self, desired: Sequence[Desired]) -> list[Owner]:
        owners = {item.key.first: self.owner_of(item.key) for item in desired if item.key[-1] not in _HOURS}
        return [owner for owner in owners.values() if self.exists(owner)]

    def _present(self, key: Key) -> Current | None:
        owner = self.owner_of(key)
        if not self.exists(owner):
            # A new owner has a rule for its hours, of which nobody has said anything yet.
            record: Record = {"owner": owner.label, "hours": WORK, "enabled": True}
            return Current(key, self.table.read(record), record)
        if key[-1] in _HOURS:
            rule = read_rule(self.company, owner, RULE_IDS[key[-1]])
            return None if rule is None else self.current(key, rule)
        named = self.named(owner, key[-1])
        return self.current(key, self.custom_rule(owner, str(named[0]["id"]))) if len(named) == 1 else None

    def _custom(self, owner: Owner) -> list[Current]:
        """Return all custom rules of *owner*; those that another list manages are kept."""
        if not self.exists(owner):
            return []
        found = []
        listed = self.custom_rules(owner)
        names = [naming.folded(rule.get("name")) for rule in listed]
        for rule, name in zip(listed, names, strict=True):
            alone = names.count(name) == 1 and name not in _HOURS and name
            key = Key(owner.label, name if alone else f"{name} (id {rule['id']})")
            current = self.current(key, self.custom_rule(owner, str(rule["id"])))
            found.append(replace(current, kept=bool(self.company.rule_book.claimed(owner.path, name))))
        return found

    def of_owners(self, owners: Sequence[Owner]) -> list[Current]:
        """Return all rules of *owners*, but that of a queue's hours, which the queue's own list has."""
        return self._of(owners, ((QUEUE, WORK),))

    def of_everybody(self, owners: Sequence[Owner]) -> list[Current]:
        """Return all rules of *owners*, but those of queues' hours and after hours, which `call_queues` has."""
        return self._of(owners, ((QUEUE, WORK), (QUEUE, AFTER)))

    def _of(self, owners: Sequence[Owner], elsewhere: Collection[tuple[str, str]]) -> list[Current]:
        keys = [Key(owner.label, hours) for owner in owners for hours in _HOURS if (owner.kind, hours) not in elsewhere]
        found = [replace(item, kept=True) for item in self.read_side_by_side(self._present, keys) if item is not None]
        gap = gap_of(*self.read_side_by_side(self.custom_rules, owners))
        for items in self.read_side_by_side(self._custom, owners):
            found += items
        return Listing(found, gap)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find what the items refer to, and read dates on their owner's clock; add what the policy deletes."""
        found = [self._resolved(item, present.get(item.key), problems) for item in desired]
        if self._policy == EXACT:
            listed = {item.key for item in desired}
            found += [Desired(key, {}, absent=True) for key in present if key not in listed]
        return found

    def _resolved(self, item: Desired, present: Current | None, problems: Problems) -> Desired:
        where, owner = place(self.table, item.position, item.key), self.owner_of(item.key)
        hours = item.values.get("hours")
        if not hours:
            self.several(item.key, problems, where)
        if item.absent:
            return item
        if (owner.kind, hours) == (QUEUE, WORK):
            problems.add(
                where,
                "in its hours, a queue rings its members; set in call_queues whom it rings, and what happens otherwise",
            )
            return item
        values = self.destination(item.values, present, owner, where, problems)
        if values.get("dates") is not None:
            place_of_it = f"{where}: dates"
            zone = self.needed_zone(owner, place_of_it, problems)
            values["dates"] = in_zone(values["dates"], zone, place_of_it, problems) if zone else None
        if not hours:
            values = _one_schedule(values, present)
            before = present.values if present else {}
            # Dates that cannot be placed on a clock are a problem of their own.
            if not any({**before, **values}.get(name) or item.values.get(name) for name in (*NAMES, "other_condition")):
                problems.add(where, f"would apply to every call; set {joined(NAMES, 'or')}")
        needs = self.needs_of(owner, values.get("destination"), hours=bool(hours))
        return replace(item, values=values, needs=needs)

    def create(self, step: Step) -> Record:
        """Create a custom rule; that of after hours has appeared with the hours by now."""
        return self.update(step) if (step.after or {}).get("hours") else super().create(step)

    def refusals(self, plan: Plan) -> Iterable[tuple[Step, str]]:
        """Refuse what cannot be, or what nobody could tell the outcome of."""
        yield from self.of_deleted(plan)
        yield from self._hours_refusals(plan)
        yield from self.overlapping(plan)

    def _hours_refusals(self, plan: Plan) -> Iterator[tuple[Step, str]]:
        hours = self.company.plans.get("company_hours")
        planned = {step.key.first: (step.after or {}).get("schedule") for step in hours.steps} if hours else {}
        for step in plan.steps:
            if step.key[-1] not in _HOURS or step.after is None:
                continue
            elsewhere = self.company.set_elsewhere(step.key.first)
            if elsewhere:
                yield step, elsewhere
            schedule = planned.get(step.key.first)
            # Without after hours there is no such rule.
            always = step.before is None if schedule is None else schedule.always
            if step.key[-1] == AFTER and always:
                why = (
                    f"{self.owner_of(step.key).called} is open around the clock, so there are no after hours; set its "
                    "hours with company_hours, before or in the same run"
                )
                yield step, why

    def identity(self, step: Step) -> dict[str, Any]:
        """Return the options by which the user knows the rule."""
        return {"owner": step.key.first, "hours" if step.key[-1] in _HOURS else "name": step.key[-1]}

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `rule_id`, None for what check mode would create."""
        return {"rule_id": values.get("rule_id")}

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return rules as the plural module takes them, without conditions that they do not have."""
        return [{name: value for name, value in item.items() if value is not None} for item in super().export(found)]

    def remarks(self, found: Sequence[Current]) -> Iterable[str]:
        """Tell what no option can say."""
        for item in found:
            destination, other = item.values.get("destination"), item.values.get("other_condition")
            if isinstance(destination, Destination) and destination.kind == destinations.RAW:
                yield f"Rule {item.key} has the action {destination.to}, which can only be left as it is."
            if other:
                yield (
                    f"Rule {item.key} applies in {other} only, which no option can express; created again from these "
                    "settings, it would apply at all hours."
                )


def _one_schedule(values: dict[str, Any], present: Current | None) -> dict[str, Any]:
    """Return *values* without the hours or dates that the given ones replace: a rule has one of them."""
    before = present.values if present else {}
    for name, other in (("schedule", "dates"), ("dates", "schedule")):
        if values.get(name) is not None and before.get(other) is not None:
            values[other] = None
    return values


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    hours, name = item.get("hours"), naming.folded(item.get("name"))
    key = Key(naming.folded(item["owner"]), hours or name)
    where, absent = place(TABLE, position, key), item["state"] == "absent"
    owner = owner_in(item, where, rules)
    values: dict[str, Any] = {"owner": owner, "hours": hours} if hours else {"owner": owner, "name": name}
    if hours:
        _check_hours(item, where, rules.problems)
    else:
        check_name(name, where, rules.problems)
    if absent:
        return Desired(key, values, position, absent=True, unread=not owner)
    if not hours:
        values |= read_conditions(item, where, rules)
    if item.get("enabled") is not None:
        values["enabled"] = item["enabled"]
    to = read_to(item.get("destination"), owner, where, rules)
    if to is not None:
        values["destination"] = to
    if len(values) == 2 and not rules.problems:
        rules.problems.add(where, "sets nothing; give destination, enabled or a condition")
    return Desired(key, values, position, unread=not owner)


def _check_hours(item: Mapping[str, Any], where: str, problems: Problems) -> None:
    for option in NAMES:
        if item.get(option) is not None:
            problems.add(f"{where}: {option}", "goes with name; company_hours sets the hours")
    if item["state"] == "absent":
        problems.add(f"{where}: state", "the rules of hours cannot be deleted; leave state out")
    if item["hours"] == WORK and item.get("enabled") is False:
        problems.add(f"{where}: enabled", "the rule of the hours is always in force; leave enabled out")


def by_policy(api: RingCentralApi, options: Mapping[str, Any], _environment: Environment) -> Sequence[CompanyRules]:
    """Return the one resource of the module that takes a list."""
    return [CompanyRules(api, policy=options["rules_policy"])]
