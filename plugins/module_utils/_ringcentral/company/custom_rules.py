# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom rules of people: they take calls before the hours do. Facts: docs/providers/ringcentral.md 8, 9.5 and 13.

People make such rules themselves, so that one that is not listed is always left alone. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, gap_of, only
from ..._engine.plan import Action, Current, Desired, Plan, Step, place
from ..._engine.schema import Table
from ..._errors import AuthenticationError, Problems, Rejected, suggestions
from ..._numbers.rules import NumberRules
from ..._texts import joined
from ..api import Record, RingCentralApi
from ..call_forwarding.backend import RULE_FIELDS, CallHandling
from ..call_forwarding.desired import extension_texts, read_calls
from ..call_forwarding.model import TABLE as HOURS
from ..call_forwarding.model import Foreign
from ..call_forwarding.people import People
from ..call_forwarding.resource import CallForwardings
from ..directory import Extension
from .company import ANNOUNCEMENT, MAILBOX, MENU, PEOPLE, Company, called
from .dates import Dates, in_zone
from .owner_rules import check_length, dates_field, numbers_field, schedule_field
from .owners import GROUPS, THE_COMPANY, Owner, zone_name
from .people_rules import CUSTOM, PeopleRules, people_rules
from .resource import CompanyResource, field, reported
from .rule_conditions import NAMES, When, read_conditions

_OTHERS = (*GROUPS, MENU, MAILBOX, ANNOUNCEMENT)
_CALLS = {item.name: item for item in HOURS if item.name in RULE_FIELDS}


TABLE = Table(
    singular="custom_rule",
    plural="custom_rules",
    key="extension",
    fields=(
        field("extension"),
        field("name"),
        field("enabled"),
        numbers_field("callers"),
        numbers_field("called_numbers"),
        schedule_field(),
        dates_field("dates"),
        reported("hours"),
        reported("other_condition"),
        *(_CALLS[name] for name in ("ring_mode", "ring", "then")),
        reported("rule_id"),
        reported("extension_id"),
    ),
    goes_live=True,
)


@dataclass(frozen=True)
class _Listed(Desired):
    """A rule as the user wants it; *extension* is what the user calls whose it is, then how results name it."""

    extension: str = ""


class CustomRules(CompanyResource):
    """Rules by extension and name, over either API."""

    table = TABLE
    kinds = PEOPLE
    prunable = False

    def __init__(self, api: RingCentralApi, company: Company | None = None, people: People | None = None) -> None:
        self.people = people or People(api, company)
        super().__init__(api, self.people.company)

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    def locate(self, desired: Sequence[Desired], problems: Problems) -> list[Desired]:
        """Find all extensions that are named: one look-up."""
        listed = [item for item in desired if isinstance(item, _Listed)]
        texts: dict[str, str] = {}
        for item in listed:
            where = place(TABLE, item.position, item.key)
            for text, option in extension_texts(item.extension, item.values):
                texts.setdefault(text, f"{where}: {option}")
        found = self.people.locate(texts, problems)
        return [self._located(item, found, problems) for item in listed if item.extension in found]

    def _located(self, item: _Listed, found: Mapping[str, Extension], problems: Problems) -> _Listed:
        extension, where = found[item.extension], place(TABLE, item.position, item.key)
        if extension.kind in _OTHERS:
            listed = "; its rules are in company_rules" if extension.kind in GROUPS else ""
            problems.add(f"{where}: extension", f"is a {called(extension.kind)}, not a person{listed}")
        values = self.people.located(item.values, found, extension, where, problems)
        return replace(item, key=Key(extension.label, item.key[-1]), values=values, extension=extension.label)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return all custom rules of the extensions that *desired* names: Medium for each of them."""
        if desired is None:
            return self.pick(None, self.api.warn)
        labels = dict.fromkeys(item.key.first for item in desired)
        self.people.listed.update(labels)
        return self._read([self.people.extensions[label] for label in labels])

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return all custom rules of the extensions *desired*, of all people's for None."""
        problems = Problems()
        found = self.people.directory.selected(desired, problems)
        problems.raise_if_any()
        self.people.extensions.update({item.label: item for item in found})
        self.people.listed.update(item.label for item in found)
        return self.of_extensions(found, warn, leave_out=desired is None)

    def of_extensions(
        self, extensions: Sequence[Extension], warn: Callable[[str], None], *, leave_out: bool = False
    ) -> Listing[Current]:
        """Return all custom rules of *extensions*, and *warn* of what options cannot say of them."""
        read = self._read(extensions, leave_out=leave_out)
        current = read.map(lambda item: replace(item, values=self.people.expressible(item.values)))
        for item in current:
            for remark in _unsaid(item.values):
                warn(f"{item.key}: {remark}")
        return current

    def _read(self, extensions: Sequence[Extension], *, leave_out: bool = False) -> Listing[Current]:
        known = self.people.custom_rules

        def read(handling: CallHandling, extension: Extension) -> list[Record]:
            known[extension.label] = people_rules(handling, self.zone_of).listed(extension)
            return known[extension.label]

        self.people.read([item for item in extensions if item.label not in known], read, leave_out=leave_out)
        lists = [known[item.label] for item in extensions if item.label in known]
        return Listing([item for found in lists for item in _current(found)], gap_of(*lists))

    def zone_of(self, extension: Extension) -> str:
        """Return the time zone on whose clock the dates of *extension* are, "" where it is not known."""
        # Without a zone of its own, an extension has the company's.
        return zone_name(self.company, Owner(extension.kind, extension)) or zone_name(self.company, THE_COMPANY)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find what shall ring, and the instants of the dates."""
        return [self._resolved(item, present.get(item.key), problems) for item in desired]

    def _resolved(self, item: Desired, present: Current | None, problems: Problems) -> Desired:
        where, extension = place(TABLE, item.position, item.key), self.people.extensions[item.key.first]
        ids = [
            record["rule_id"] for record in self.people.custom_rules[extension.label] if record["name"] == item.key[-1]
        ]
        if len(ids) > 1:
            problems.add(
                where,
                f"{len(ids)} rules of extension {extension.label} have the name {item.key[-1]!r} (ids "
                f"{', '.join(ids)}); rename or delete all but one in RingCentral's app",
            )
        if item.absent or len(ids) > 1:
            return item
        record = self.blank(extension) if present is None else dict(present.record)
        values = _one_schedule(self.people.resolved(item.values, record, extension, where, problems), present)
        values |= {name: values[name] or None for name in ("callers", "called_numbers") if name in values}
        if values.get("dates") is not None:
            values["dates"] = self._instants(values["dates"], extension, f"{where}: dates", problems)
        before = present.values if present else {}
        if not any(({**before, **values}).get(name) for name in (*NAMES, "hours", "other_condition")):
            problems.add(where, f"would apply to every call; set {joined(NAMES, 'or')}")
        if present is None and not values.get("ring") and values.get("then") is None:
            problems.add(where, "does not exist yet and needs then or ring, which set what it does")
        self._check_called(values, before, extension, f"{where}: called_numbers", problems)
        return replace(item, values=values, needs=self.people.needs(values))

    def _instants(self, dates: Any, extension: Extension, where: str, problems: Problems) -> Dates | None:
        zone = self.zone_of(extension)
        if not zone:
            problems.add(
                where,
                f"RingCentral shows no time zone of extension {extension.label} or of the company, so it is not known "
                "on which clock these dates are",
            )
            return None
        return in_zone(dates, zone, where, problems)

    def _check_called(
        self,
        values: Mapping[str, Any],
        before: Mapping[str, Any],
        extension: Extension,
        where: str,
        problems: Problems,
    ) -> None:
        """A rule only takes calls to numbers of its own extension (ringcentral-company.md 9)."""
        new = {*(values.get("called_numbers") or ())} - {*(before.get("called_numbers") or ())}
        if not new:
            return
        try:
            records = self.api.direct_numbers(extension.key)
        except (Rejected, AuthenticationError) as error:
            # Those of others may be hidden (ringcentral.md 7); RingCentral has the last word.
            if error.status != 403:
                raise
            return
        own = [str(record.get("phoneNumber")) for record in records]
        for number in sorted(new.difference(own)) if not records.gap else ():
            problems.add(
                where, f"{number} is not a direct number of extension {extension.label}. {suggestions(number, own)}"
            )

    def blank(self, extension: Extension) -> Record:
        """Return the record of a rule that does not exist yet."""
        return self.backend.blank(extension)

    @property
    def backend(self) -> PeopleRules[Any]:
        """Return the rules over the API that the account uses, which is known once anything was read."""
        return people_rules(self.people.handling, self.zone_of)

    def refusals(self, plan: Plan) -> Iterable[tuple[Step, str]]:
        """Refuse what the account's call handling cannot express, and rules of which one may hide another."""
        yield from super().refusals(plan)
        yield from _overlapping(plan)

    def refusal(self, step: Step) -> str:
        """Return why the rule cannot be written."""
        if step.action is Action.DELETE:
            return ""
        before = step.before or {}
        for name in ("ring", "then"):
            if isinstance(before.get(name), Foreign):
                return f"its calls are handled by {before[name].what}, which this module does not change"
        untold = before.get("other_condition") or (before.get("hours") and f"the {before['hours']} hours")
        if untold and {"schedule", "dates"} & set(step.changes):
            return f"it applies only in {untold}, which no option can express; change it in RingCentral, or delete it"
        record = dict(step.current.record) if step.current else self.blank(self.people.extensions[step.key.first])
        return self.people.handling.refusal(CUSTOM, step.after or {}, step.changes, record)

    def warn_about(self, step: Step) -> str:
        """Name the rules that can apply to the same call and that nobody manages here."""
        record = dict(step.current.record) if step.current else {}
        found = [self.people.handling.warning(step.after or {}, step.changes, record)] if step.after else []
        plan = self.company.plans.get(TABLE.plural)
        plans = [self.company.plans[name] for name in (TABLE.plural, "holidays") if name in self.company.plans]
        managed = {item.key for other in plans for item in other.steps}
        others = [
            repr(item.key[1])
            for item in (plan.current if plan else ())
            if item.key.first == step.key.first and item.key not in managed and _collide(step.after or {}, item.values)
        ]
        if others and _applies(step.after):
            called = f"rule{'s' if others[1:] else ''} {', '.join(others)}"
            found.append(
                f"The {called} of the extension, which this run does not manage, can apply to the same calls and do "
                "something else with them; which one RingCentral takes cannot be set."
            )
        texts = [text for text in found if text]
        return f"{place(TABLE, step.position, step.key)}: {' '.join(texts)}" if texts else ""

    def lane(self, step: Step) -> tuple[str, int]:
        """Write the rules of one extension in the order of the list."""
        return step.key.first, step.position or 0

    def create(self, step: Step) -> Record:
        """Create the rule with all that is given."""
        values = {name: value for name, value in (step.after or {}).items() if value is not None}
        return self.backend.make(self.people.extensions[step.key.first], step.key[-1], values, step.changes)

    def update(self, step: Step) -> Record:
        """Send the whole rule, with what differs changed in it."""
        record = dict(step.current.record) if step.current else {}
        return self.backend.update(self.people.extensions[step.key.first], record, step.after or {}, step.changes)

    def delete(self, step: Step) -> None:
        """Delete the rule."""
        record = dict(step.current.record) if step.current else {}
        self.backend.delete(self.people.extensions[step.key.first], record["rule_id"])

    def look_up(self, step: Step) -> Record | None:
        """Read the rule again: by its id, a new one by its name, which no rule had before."""
        found = self._again(step)
        if step.action is not Action.CREATE and step.current is not None:
            mine = step.current.record.get("rule_id")
            found = Listing([record for record in found if record["rule_id"] == mine], found.gap)
        return only(found, found.gap)

    def keep_one(self, step: Step) -> Record | None:
        """Keep the older of two rules that one creation has made; none of that name was there before."""
        found = sorted(self._again(step), key=lambda record: int(record["rule_id"]))
        for record in found[1:]:
            self.backend.delete(self.people.extensions[step.key.first], record["rule_id"])
        return found[0] if found else None

    def _again(self, step: Step) -> Listing[Record]:
        found = self.backend.listed(self.people.extensions[step.key.first])
        changed = step.current is not None and step.action is not Action.CREATE
        return found if changed else Listing([item for item in found if item["name"] == step.key[-1]], found.gap)

    def identity(self, step: Step) -> dict[str, Any]:
        """Return the options by which the user knows the rule."""
        return {"extension": step.key.first, "name": step.key[1]}

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `rule_id`, None for what check mode would create."""
        return {"rule_id": values.get("rule_id")}

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them."""
        return _shown(self.people.named(values, ask=False))

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return rules as the plural module takes them, with names in place of ids."""
        return [_shown(self.people.named(item.values, ask=True)) for item in found]


def rules_before(forwardings: CallForwardings, found: Sequence[Current]) -> list[dict[str, Any]]:
    """Return the enabled custom rules of the extensions of *found*, which take calls before their hours do.

    Each is warned of. It takes one request of the group Medium for each extension. Left out are extensions whose rules
    the list of custom rules has read in the same run.
    """
    people = forwardings.people
    labels = dict.fromkeys(str(item.values["extension"]) for item in found)
    extensions = [people.extensions[label] for label in labels if label not in people.listed]
    rules = CustomRules(people.api, people=people)
    found_rules = sorted(rules.of_extensions(extensions, people.api.warn), key=lambda item: item.key)
    listed = [item for item in found_rules if item.values["enabled"]]
    for item in listed:
        label, name = item.key.first, item.key[1]
        people.api.warn(f"Extension {label}: the custom rule {name!r} takes calls before these hours do.")
    return rules.export(listed)


def account(options: Mapping[str, Any], forwardings: CallForwardings, found: Sequence[Current]) -> dict[str, Any]:
    """Return what else the info module tells: the account's call handling, and custom rules where asked for."""
    kind = forwardings.people.kind
    told: dict[str, Any] = {"call_handling": kind} if kind else {}
    return {**told, "custom_rules": rules_before(forwardings, found)} if options["custom_rules"] else told


def _shown(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in TABLE.shown(known).items() if name not in ("rule_id", "extension_id")}


def _current(records: Iterable[Record]) -> Iterator[Current]:
    """Yield what was read. Names are not unique: of the same name, all but the first have their id in the key."""
    seen = set()
    for record in records:
        key = Key(record["extension"], record["name"])
        key = Key(*key, record["rule_id"]) if key in seen else key
        seen.add(key)
        yield Current(key, TABLE.read(record), record)


def _unsaid(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what options cannot say of a rule."""
    for name in ("ring", "then"):
        if isinstance(values.get(name), Foreign):
            yield f"{name} is left out, because it is {values[name].what}."
    if values.get("hours"):
        yield f"it applies only in the {values['hours']} hours, which is left out, because no option can express it."
    if values.get("other_condition"):
        yield f"it applies only in {values['other_condition']}, which is left out, because no option can express it."


def _one_schedule(values: dict[str, Any], present: Current | None) -> dict[str, Any]:
    """Return *values* without the hours or dates that the given ones replace: a rule has one of them."""
    before = present.values if present else {}
    for name, other in (("schedule", "dates"), ("dates", "schedule")):
        if values.get(name) is not None and before.get(other) is not None:
            values[other] = None
    return values


def _applies(values: Mapping[str, Any] | None) -> bool:
    return values is not None and values.get("enabled") is not False


def _collide(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two rules can apply to the same call, and do something else with it."""
    if not (_applies(one) and _applies(other)):
        return False
    fields = [item for item in TABLE if item.name in RULE_FIELDS]
    does = [[item.canonical(values.get(item.name)) for item in fields] for values in (one, other)]
    return does[0] != does[1] and When.of(one).meets(When.of(other))


def _overlapping(plan: Plan) -> Iterator[tuple[Step, str]]:
    """Yield the steps whose rules can apply to a call together with one before them that does something else.

    Which of two rules is asked first cannot be set (ringcentral-company.md 9). Two that people have made so stay.
    """
    steps = [step for step in plan.steps if _applies(step.after)]
    for number, step in enumerate(steps):
        for other in steps[:number]:
            written = {step.action, other.action} != {Action.NONE}
            same = other.key.first == step.key.first
            if written and same and _collide(step.after or {}, other.after or {}):
                called = place(TABLE, other.position, other.key)
                why = (
                    f"it can apply to the same calls as {called}, which does something else with them, and it is not "
                    "documented which of the two RingCentral applies; change when one of them applies, or make both "
                    "do the same"
                )
                yield step, why


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    extension, name = naming.folded(item["extension"]), naming.folded(item["name"])
    key, absent = Key(extension, name), item["state"] == "absent"
    where = place(TABLE, position, key)
    for option, text in (("extension", extension), ("name", name)):
        if not text:
            rules.problems.add(f"{where}: {option}", "is empty")
    check_length(name, where, rules.problems)
    values: dict[str, Any] = {"name": name}
    if not absent:
        if item.get("enabled") is not None:
            values["enabled"] = item["enabled"]
        values |= read_conditions(item, where, rules)
        values |= read_calls(item, where, rules)
        if len(values) == 1:
            rules.problems.add(where, "sets nothing; give ring, then, enabled or a condition")
    unread = not (extension and name)
    return _Listed(key=key, values=values, position=position, absent=absent, unread=unread, extension=extension)
