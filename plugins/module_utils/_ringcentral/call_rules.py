# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules by hours, dates and callers, of the company, its sites and its queues: which one takes a call.

A custom rule that applies takes the call, else the rule of the work hours or of the time after them. Without limited
hours there is no rule for the time after them; a holiday is a custom rule with dates. Facts:
docs/providers/ringcentral-company.md 7 to 9. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .._calls.nodes import (
    DOCUMENTED,
    Evidence,
    Kind,
    Level,
    Node,
    Place,
    Rule,
    Rules,
    To,
    assumed,
    not_known,
    to_unknown,
)
from .._calls.schedules import WEEK, around_the_clock
from .._engine.package import Item
from .call_conditions import Hours, Spans, both, conditions
from .call_extensions import COMPANY
from .call_forwarding.model import AFTER, WORK
from .call_holidays import closed
from .call_options import entries, mapping, truth
from .call_places import Part, Places

_WHEN = {WORK: "in its work hours", AFTER: "after hours"}
# The action of a queue that rings its members.
_RINGS = "AgentQueue"


@dataclass(frozen=True)
class _Listed:
    """An option, or an item, with its place; *path* is the option's name."""

    item: Item
    place: Place
    path: str = ""


def custom_rule(item: Item) -> bool:
    """Return whether an item is a custom rule that may take calls."""
    return bool(item.get("name")) and truth(item.get("enabled")) is not False and item.get("state") != "absent"


class OwnersRules:
    """The rules of all owners that lists have."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._hours: dict[str, _Listed] = {}
        self._default: dict[tuple[str, str], _Listed] = {}
        self._custom: dict[str, list[_Listed]] = {}
        lists = places.lists
        # Where another list has the same of a queue, that is what the office manages.
        for label, (table, position, item) in places.extensions.items.items():
            if table == "call_queues":
                self._add_queue(label, position, item)
        for position, item in enumerate(lists.get("company_hours", ())):
            owner = places.extensions.owner(item.get("owner"))
            where = places.place("company_hours", position, owner)
            self._hours[owner] = _Listed(mapping(item.get("schedule")), where, "schedule")
        for position, item in enumerate(lists.get("company_rules", ())):
            self._add(item, position, "company_rules")
        for position, item in enumerate(lists.get("holidays", ())):
            if item.get("owner"):
                self._add({"name": "Holidays", **item}, position, "holidays")

    def _add(self, item: Item, position: int, table: str) -> None:
        places = self._places
        owner, hours = places.extensions.owner(item.get("owner")), str(item.get("hours"))
        if item.get("name"):
            where = places.place(table, position, owner, str(item["name"]))
            # Both lists may have the same rule: as holidays it is up to date.
            others = [
                one for one in self._custom.get(owner, ()) if table != "holidays" or one.item["name"] != item["name"]
            ]
            self._custom[owner] = [*others, _Listed(item, where, table)]
        elif hours in _WHEN:
            where = places.place(table, position, owner, hours)
            self._default[owner, hours] = _Listed(item, where, "destination")

    def _add_queue(self, label: str, position: int, item: Item) -> None:
        """Add what the item of a queue says of its hours and the time after them."""
        where = self._places.place("call_queues", position, label)
        hours = item.get("hours")
        if hours is None and self._places.extensions.is_new(label):
            # It begins around the clock (ringcentral-company.md 6.3).
            hours = {"always": True}
        if hours is not None:
            self._hours[label] = _Listed(mapping(hours), where, "hours")
        if item.get("after_hours") is not None:
            self._default[label, AFTER] = _Listed({"destination": item["after_hours"]}, where, "after_hours")

    def hours(self, owner: str) -> Hours:
        """Return the work hours of an owner, on its own clock (ringcentral-company.md 7 and 22 #11)."""
        whose, listed = self._places.words(owner), self._hours.get(owner)
        zone, evidence = self._zone(owner, whose)
        schedule = listed.item if listed else {}
        if listed and not _has_ranges(schedule):
            # To RingCentral, no hours at all are around the clock.
            schedule = {"always": True}
        return Hours.of(whose, schedule, zone, evidence)

    def _zone(self, owner: str, whose: str) -> tuple[str, Evidence]:
        """Return the time zone of an owner, "" where it is not known; of the company it is the account's."""
        places = self._places
        account, site = str(places.account.get("time_zone") or ""), places.extensions.site(owner)
        zone = account if owner == COMPANY else places.extensions.zone(owner)
        if zone:
            return zone, DOCUMENTED
        for other, words in ((places.extensions.zone(site), "its site's"), (account, "the company's")):
            if other:
                return other, assumed(f"that {whose} has {words} time zone")
        return places.draft.zone, assumed(f"that {whose} has the office's time zone")

    def knows(self, owner: str) -> bool:
        """Return whether anything is listed for an owner."""
        return any(label == owner for label, _hours in self._default) or owner in self._hours or owner in self._custom

    def behaviour(self, owner: str, kind: Kind, name: str, place: Place, work: To | None = None) -> Rules:
        """Return what an owner does with calls. *work*: where they go in its work hours, None for where its rule says.

        Which of several custom rules that apply comes first is not documented (ringcentral-company.md 1 #8).
        """
        hours = self.hours(owner)
        custom = list(self._custom_rules(owner, hours, work))
        by_hours = self._by_hours(owner, hours, place, work or self._in_hours(owner, WORK, place))
        self._check_hours(owner, hours, custom)
        if not custom:
            return by_hours
        key, whole = self._places.key(owner, "hours"), self._places.key(owner)
        self._places.draft.add(Node(key, kind, name, by_hours, place, part_of=whole))
        order = not_known(f"which of the rules of {self._places.words(owner)} that apply takes the call")
        return Rules(tuple(custom), To(key, place=place), order)

    def _by_hours(self, owner: str, hours: Hours, place: Place, work: To) -> Rules:
        listed = self._hours.get(owner)
        place = listed.place.of(listed.path, path=listed.path) if listed else place
        evidence = self._first(owner)
        if hours.always:
            if (owner, AFTER) not in self._default:
                return Rules((Rule(work, name="work hours", place=place, condition=evidence),), work)
            # The rule for the time after the hours does not exist then (ringcentral-company.md 7).
            always = around_the_clock(hours.zone or "UTC")
            first = Rule(work, always, name="work hours", place=place, condition=evidence)
            after = self._in_hours(owner, AFTER, place)
            return Rules((first, Rule(after, name="after hours", place=after.place)), after)
        if hours.weekly is None:
            # What comes of it when it is open is known all the same.
            unknown = not_known(f"{hours.unknown}{self._places.open}")
            first = Rule(work, name="work hours", place=place, condition=unknown)
            return Rules((first,), to_unknown(unknown.words, place))
        after = self._in_hours(owner, AFTER, place)
        evidence = both(evidence, hours.evidence)
        return Rules(
            (
                Rule(work, hours.weekly, name="work hours", place=place, condition=evidence),
                Rule(after, name="after hours", place=after.place, condition=evidence),
            ),
            after,
        )

    def _first(self, owner: str) -> Evidence:
        """Return how sure it is that calls get to the hours: there may be custom rules that no list has."""
        draft = self._places.draft
        if "company_rules" in self._places.lists and not (draft.of_file and not draft.whole):
            return DOCUMENTED
        return assumed(f"that no other rule of {self._places.words(owner)} takes the call")

    def _in_hours(self, owner: str, hours: str, place: Place) -> To:
        listed, part = self._default.get((owner, hours)), Part((hours,), _WHEN[hours])
        whose = self._places.words(owner)
        if listed is not None and truth(listed.item.get("enabled")) is False:
            # As of the same rule of a person (ringcentral.md 8).
            return to_unknown(f"what {whose} does in hours whose rule is switched off", listed.place)
        option = mapping(listed.item.get("destination")) if listed else {}
        if listed is not None:
            found = self._places.destination(owner, option, listed.place, listed.path, part, itself=True)
            if found is not None:
                return found
        return to_unknown(f"what {whose} does {part.when}{self._places.open}", listed.place if listed else place)

    def custom(self, owner: str) -> Iterator[_Listed]:
        """Yield the custom rules of an owner that may take calls, holidays included."""
        yield from (listed for listed in self._custom.get(owner, ()) if custom_rule(listed.item))

    def rules_of(
        self, listed: _Listed, owner: str, hours: Hours, lead: Callable[[_Listed, Part], To]
    ) -> Iterator[Rule]:
        """Yield what a custom rule amounts to; *lead* says where it sends calls."""
        whose, name, draft = self._places.words(owner), str(listed.item["name"]), self._places.draft
        item = {**listed.item, **_reference(listed.item)}
        if listed.path == "holidays":
            item["dates"] = closed(listed.item, hours.zone)
            if item["dates"] is None:
                return
        part = Part(("rules", name), f'by the rule "{name}"')
        found = list(conditions(item, whose, hours, lead(listed, part), listed.place, draft))
        if not found:
            draft.remark(
                "without-effect",
                self._places.key(owner),
                listed.place,
                f'the rule "{name}" of {whose} never applies; its conditions are never true for a call from outside',
            )
        yield from found

    def _custom_rules(self, owner: str, hours: Hours, work: To | None) -> Iterator[Rule]:
        for listed in self.custom(owner):
            yield from self.rules_of(listed, owner, hours, lambda one, part: self._lead(one, part, owner, work))

    def _lead(self, listed: _Listed, part: Part, owner: str, work: To | None) -> To:
        option = mapping(listed.item.get("destination"))
        raw = option.get("raw")
        if work is not None and _RINGS in (raw, mapping(raw).get("callHandlingAction")):
            return To(work.key, work.evidence, listed.place)
        # Each rule has a recipient of its own (ringcentral-company.md 3.3 and 6.3).
        found = self._places.destination(owner, option, listed.place, "destination", part, itself=True)
        words = f"where {self._places.words(owner)} sends calls {part.when}{self._places.open}"
        return found or to_unknown(words, listed.place)

    def _check_hours(self, owner: str, hours: Hours, custom: list[Rule]) -> None:
        """Note an owner that lists no hours, and one whose custom rules take every call of its work hours."""
        listed, draft, whose = self._hours.get(owner), self._places.draft, self._places.words(owner)
        if listed is None:
            return
        key, place = self._places.key(owner), listed.place.of(listed.path, path=listed.path)
        if not _has_ranges(listed.item) and not truth(listed.item.get("always")):
            words = f"the hours of {whose} list no time, and RingCentral takes that for around the clock"
            draft.remark("always-open", key, place, words)
        left: Spans = hours.spans(WORK) or ()
        has_hours = bool(left)
        for rule in custom:
            if not rule.callers and not rule.called and rule.condition.level is not Level.UNKNOWN:
                left = _without(left, ((0, WEEK),) if rule.schedule is None else rule.schedule.weekly)
        if has_hours and not left:
            words = f"{whose} is never open: its custom rules take every call of its work hours"
            draft.remark("never-open", key, place, words)


def _reference(item: Item) -> Item:
    """Return the condition of a rule that applies in the work hours, or after them, in the form of conditions."""
    hours = {"BusinessHours": WORK, "AfterHours": AFTER}.get(str(item.get("other_condition")))
    return {"hours": hours, "other_condition": None} if hours else {}


def _has_ranges(schedule: Item) -> bool:
    return any(entries(ranges) for day, ranges in schedule.items() if day != "always")


def _without(spans: Spans, taken: Spans) -> Spans:
    """Return what is left of *spans* without what is *taken*."""
    found = spans
    for start, end in taken:
        parts = (part for first, last in found for part in ((first, min(last, start)), (max(first, end), last)))
        found = tuple((first, last) for first, last in parts if first < last)
    return found
