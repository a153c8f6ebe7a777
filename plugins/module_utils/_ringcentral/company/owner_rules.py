# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What rules and holidays have in common: both are rules of the company, a site or a queue.

Facts: docs/providers/ringcentral-company.md 6.3, 7 to 9. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, only
from ..._engine.plan import Action, Current, Plan, Step, place
from ..._engine.schema import Field
from ..._errors import Problems, Rejected
from ..._numbers.rules import NumberRules
from ..api import Record
from ..call_forwarding.model import Schedule
from . import destinations, rule_actions
from .dates import Dates
from .destinations import Destination
from .hours import RULE_IDS, read_rule, write_rule
from .options import COMPANY
from .owned import OwnedResource
from .owners import Owner, zone_name
from .resource import field, reported
from .rule_conditions import When, conditions_in, members_of

# The longest name of a rule; the vendor's page says 30, older editions this (ringcentral-company.md 20 #14).
_LONGEST_NAME = 127
_SHORTER_NAME = 30
_TOO_LONG = "AWR-179"
_ANY = frozenset(kind for takes in rule_actions.TAKES.values() for kind in takes)
# The lists whose objects are custom rules.
LISTS = ("company_rules", "holidays")


def destination_field() -> Field:
    """Return the field that says where calls go."""
    return field(
        "destination",
        needed_to_create=True,
        canonical=destinations.canonical,
        shown=Destination.shown,
        dials=destinations.dials,
        may_be_empty=False,
    )


def dates_field(name: str) -> Field:
    """Return a field of dated ranges."""
    return field(name, canonical=_canonical_dates, shown=Dates.shown, may_be_empty=False)


def _canonical_dates(value: Any) -> Any:
    return value.canonical() if isinstance(value, Dates) else None


def numbers_field(name: str) -> Field:
    """Return a field of numbers, whose order means nothing."""
    return field(name, canonical=lambda value: tuple(sorted(value or ())), shown=sorted, may_be_empty=False)


def schedule_field() -> Field:
    """Return the field of a rule's hours of the week."""
    return field("schedule", shown=Schedule.shown, may_be_empty=False)


RULE_ID = reported("rule_id")


def check_name(name: str, where: str, problems: Problems) -> None:
    """Note a problem for a name that no custom rule can have here."""
    if not name:
        problems.add(f"{where}: name", "is empty")
    elif name in RULE_IDS:
        problems.add(f"{where}: name", f"{name!r} is the name of the rules of hours here; choose another name")
    check_length(name, where, problems)


def check_length(name: str, where: str, problems: Problems) -> None:
    """Note a problem for a name that is longer than that of a rule can be (AWR-179)."""
    if len(name) > _LONGEST_NAME:
        problems.add(f"{where}: name", f"has {len(name)} characters; RingCentral takes at most {_LONGEST_NAME}")


def read_to(option: Mapping[str, Any] | None, owner: str, where: str, rules: NumberRules) -> Destination | None:
    """Return the destination that the user means, as far as the kind of *owner* is known by what it is called."""
    if option is not None and option.get(destinations.RAW):
        return Destination(destinations.RAW, naming.folded(option[destinations.RAW]))
    takes = rule_actions.TAKES[COMPANY] if owner == COMPANY else _ANY
    called = "a company rule" if owner == COMPANY else "a rule of a site, a queue or a person"
    return destinations.read_destination(option, f"{where}: destination", rules, takes, called)


class OwnerRules(OwnedResource):
    """Rules by owner and name. The rules of work and after hours have ids of their own."""

    def zone(self, owner: Owner) -> str:
        """Return the zone on whose clock the owner's dates are, "" where it is not known."""
        return zone_name(self.company, owner)

    def needed_zone(self, owner: Owner, where: str, problems: Problems) -> str:
        """Like `zone`; a problem for *where* is noted in place of ""."""
        found = self.zone(owner)
        if not found:
            why = f"RingCentral shows no time zone of {owner.called}, so it is not known on which clock these dates are"
            if not self.exists(owner):
                why = (
                    f"{owner.called} is created in this run without time_zone, so it is not known on which clock "
                    "these dates are; set its time_zone"
                )
            problems.add(where, why)
        return found

    def record(self, key: Key, rule: Record) -> Record:
        """Return *rule* in the form of the fields."""
        owner, settled = self.owner_of(key), self.settled_owner(key)
        custom = str(rule.get("id")) not in RULE_IDS.values()
        hours = next((name for name, rule_id in RULE_IDS.items() if rule_id == str(rule.get("id"))), None)
        ranges = (rule.get("schedule") or {}).get("ranges")
        found = {
            "owner": owner.label,
            "hours": hours,
            "name": key[-1] if custom else None,
            "enabled": bool(rule.get("enabled", True)),
            "destination": rule_actions.destination_in(rule, settled, self.company),
            "rule_id": str(rule.get("id")),
            "rule": rule,
        }
        return {**found, **(conditions_in(rule, self.zone(owner) if ranges else "") if custom else {})}

    def current(self, key: Key, rule: Record) -> Current:
        """Return an object that exists."""
        record = self.record(key, rule)
        return Current(key, self.table.read(record), record)

    def custom_rule(self, owner: Owner, rule_id: str, *, again: bool = False) -> Record:
        """Return a custom rule of *owner*; Light."""
        with rule_actions.explained(owner):
            return self.company.rule_book.rule(owner.path, rule_id, again=again)

    def custom_rules(self, owner: Owner, *, again: bool = False) -> Listing[Record]:
        """Return all custom rules of *owner* with id and name; Medium."""
        with rule_actions.explained(owner):
            return self.company.rule_book.listed(owner.path, again=again)

    def named(self, owner: Owner, name: str, *, again: bool = False) -> Listing[Record]:
        """Return the custom rules of that name; Medium, once an owner."""
        found = self.custom_rules(owner, again=again)
        return Listing([rule for rule in found if naming.folded(rule.get("name")) == name], found.gap)

    def several(self, key: Key, problems: Problems, where: str) -> None:
        """Note a problem where several rules have the name of *key*: which one is meant cannot be said."""
        owner = self.owner_of(key)
        found = self.named(owner, key[-1]) if self.exists(owner) else []
        if len(found) > 1:
            ids = ", ".join(str(rule.get("id") or rule.get("rule_id")) for rule in found)
            problems.add(
                where,
                f"{len(found)} rules of {owner.called} have the name {key[-1]!r} (ids {ids}); rename or delete all but "
                "one in RingCentral's admin portal",
            )

    def destination(
        self, values: Mapping[str, Any], present: Current | None, owner: Owner, where: str, problems: Problems
    ) -> dict[str, Any]:
        """Return *values* with the destination that is meant, where one is given."""
        given = values.get("destination")
        if given is None:
            return dict(values)
        place_of_it = f"{where}: destination"
        before = present.values.get("destination") if present else None
        if given.kind == destinations.RAW:
            if given != before:
                problems.add(
                    f"{place_of_it}.{given.kind}",
                    f"{given.to} is an action that can only be left as it is, and the rule does not have it now; "
                    "choose another destination",
                )
            return dict(values)
        found = rule_actions.resolved(given, owner, place_of_it, self.company, problems).over(before)
        if destinations.canonical(found) != destinations.canonical(before):
            rule_actions.check_greeting(found, place_of_it, self.company, problems)
        return {**values, "destination": found}

    def conditions(self, values: Mapping[str, Any], changes: Iterable[str], rule: Record) -> Record:
        """Return the members of a request that say when the rule applies."""
        return members_of(values, changes, rule)

    def create(self, step: Step) -> Record:
        """Create a custom rule with all that it has."""
        owner, after = self.settled_owner(step.key), step.after or {}
        body = {"type": "Custom", "name": step.key[-1], "enabled": after.get("enabled", True)}
        body |= self.conditions(after, [name for name in after if after[name] is not None], {})
        body |= rule_actions.body_of(after["destination"], owner, {}, self.company)
        made = None
        try:
            with rule_actions.explained(owner):
                path = f"{owner.path}answering-rule"
                rule = self.api.write("POST", path, "medium", body, member="id")
            made = str(rule["id"])
        except Rejected as error:
            raise _explained_name(error) from None
        finally:
            self.company.rule_book.end_creation(owner.path, self._creations(step.key.first), made)
        return self._written(step, rule)

    def _creations(self, owner: str) -> int:
        """Return how many custom rules of *owner* this run makes."""
        plans = [plan for name in LISTS if (plan := self.company.plans.get(name))]
        steps = [step for plan in plans for step in plan.steps if step.action is Action.CREATE]
        return sum(step.key.first == owner and not (step.after or {}).get("hours") for step in steps)

    def update(self, step: Step) -> Record:
        """Write a rule with all that is managed: what a PUT leaves out may be lost (ringcentral-company.md 22 #7)."""
        owner, after = self.settled_owner(step.key), step.after or {}
        record = step.current.record if step.current is not None else {}
        rule: Record | None = record.get("rule")
        rule_id = RULE_IDS.get(step.key[-1]) if after.get("hours") else str(record.get("rule_id"))
        if rule is None:
            # A rule that has just appeared with the hours may not be shown yet; nobody has set anything of it.
            rule = read_rule(self.company, owner, str(rule_id)) or {}
        changed = "destination" in step.changes
        body = rule_actions.body_of(after["destination"] if changed else None, owner, rule, self.company)
        if "enabled" in step.changes:
            body["enabled"] = after["enabled"]
        if not after.get("hours"):
            body |= self.conditions(after, step.changes, rule)
        return self._written(step, write_rule(self.company, owner, str(rule_id), body))

    def _written(self, step: Step, rule: Record) -> Record:
        """Return *rule* in the form of the fields; an announcement that was not named is whatever is played now."""
        record = self.record(step.key, rule)
        wanted: Destination | None = (step.after or {}).get("destination")
        if wanted is not None and wanted.over(record["destination"]) == record["destination"]:
            record["destination"] = wanted
        return record

    def delete(self, step: Step) -> None:
        """Delete a custom rule."""
        owner, record = self.settled_owner(step.key), step.current.record if step.current is not None else {}
        with rule_actions.explained(owner):
            self.api.remove(f"{owner.path}answering-rule/{record['rule_id']}", "medium")

    def look_up(self, step: Step) -> Record | None:
        """Read the rule again; a custom one is found by its name."""
        owner = self.settled_owner(step.key)
        if (step.after or {}).get("hours"):
            rule = read_rule(self.company, owner, RULE_IDS[step.key[-1]])
            return None if rule is None else self._written(step, rule)
        found = self.named(owner, step.key[-1], again=True)
        if step.action is not Action.CREATE and step.current is not None:
            mine = step.current.record["rule_id"]
            found = Listing([rule for rule in found if str(rule.get("id")) == mine], found.gap)
        rule = only(found, found.gap)
        return None if rule is None else self._written(step, self.custom_rule(owner, str(rule["id"]), again=True))

    def keep_one(self, step: Step) -> Record | None:
        """Keep the older of two rules that one creation has made; none of that name was there before."""
        owner = self.settled_owner(step.key)
        found = sorted(self.named(owner, step.key[-1], again=True), key=lambda rule: int(rule["id"]))
        for rule in found[1:]:
            self.api.remove(f"{owner.path}answering-rule/{rule['id']}", "medium")
        if not found:
            return None
        return self._written(step, self.custom_rule(owner, str(found[0]["id"]), again=True))

    def overlapping(self, plan: Plan) -> Iterator[tuple[Step, str]]:
        """Yield the steps of *plan* whose rules can apply to a call together with another one that leads elsewhere.

        Which of two rules is asked first cannot be set (ringcentral-company.md 9). Pairs of two lists are yielded for
        the last of `LISTS`; there, the same rule in both of them is refused whatever it is to do.
        """
        for number, step in enumerate(plan.steps):
            rivals = [(plan, rival) for rival in plan.steps[:number]]
            if plan.table.plural == LISTS[-1]:
                others = [other for name in LISTS[:-1] if (other := self.company.plans.get(name))]
                rivals += [(other, rival) for other in others for rival in other.steps]
            for other, rival in rivals:
                where = place(other.table, rival.position, rival.key)
                if rival.key == step.key and other is plan:
                    continue  # The engine has refused that.
                if rival.key == step.key:
                    yield step, f"{where} is the same rule; list it once"
                elif rival.key.first == step.key.first and _collide(step, rival):
                    why = (
                        f"it can apply to the same calls as {where}, which leads elsewhere, and it is not documented "
                        "which of the two RingCentral applies; change when one of them applies, or make both lead to "
                        "the same"
                    )
                    yield step, why

    def warn_about(self, step: Step) -> str:
        """Name the rules that nobody manages here and that can apply to the same call."""
        owner = self.owner_of(step.key)
        if not _applies(step) or not self.exists(owner) or owner.kind not in rule_actions.TAKES:
            return ""
        managed = {
            item.key[-1]
            for name in LISTS
            if (plan := self.company.plans.get(name))
            for item in plan.steps
            if item.key.first == step.key.first
        }
        found = []
        for listed in self.custom_rules(owner):
            name = naming.folded(listed.get("name"))
            if name in managed or not listed.get("enabled", True):
                continue
            values = self.record(Key(owner.label, name), self.custom_rule(owner, str(listed["id"])))
            if _clash(step.after or {}, values):
                found.append(repr(name))
        if not found:
            return ""
        called = f"rule{'s' if found[1:] else ''} {', '.join(found)}"
        return (
            f"{place(self.table, step.position, step.key)}: the {called} of {owner.called}, which this run does not "
            "manage, can apply to the same calls and lead elsewhere; which one RingCentral takes cannot be set."
        )


def _applies(step: Step) -> bool:
    """Return whether the rule of *step* is a custom one that takes calls when the run is over."""
    after = step.after
    return after is not None and not after.get("hours") and after.get("enabled") is not False


def _collide(step: Step, other: Step) -> bool:
    return _applies(step) and _applies(other) and _clash(step.after or {}, other.after or {})


def _clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    places = (destinations.canonical(values.get("destination")) for values in (one, other))
    return len({*places}) > 1 and When.of(one).meets(When.of(other))


def _explained_name(error: Rejected) -> Rejected:
    if error.code == _TOO_LONG:
        error.next_step = f"Choose a shorter name; {_SHORTER_NAME} characters are always accepted."
    return error
