# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with hours and rules: never, always, at once, or on another clock. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from .faults import Fault
from .nodes import Level, Node, Place, Rule, Rules
from .schedules import UTC, Schedule, instants, zone_of
from .survey import Survey
from .times import DAYS, Times

# Somebody who closes for so long means a day.
_LIKE_A_DAY = timedelta(hours=20)
_MINUTE = timedelta(minutes=1)


def hours(survey: Survey) -> Iterator[Fault]:
    """Yield the faults of rules that calls can get to."""
    seen = set()
    for state in survey.states:
        node = survey.world.node(state)
        if node is not None and isinstance(node.does, Rules) and state.key not in seen:
            seen.add(state.key)
            label = survey.names.label(node)
            found = [
                *_effect(survey, node, node.does, label),
                *_overlaps(survey, node, node.does, label),
                *_zones(survey.times, node, node.does, label),
            ]
            if found:
                example = survey.shortest_to(state)
                call = survey.words(example, "meets these hours") if example else ""
                yield from (replace(fault, call=call, example=example) for fault in found)


def _fault(code: str, node: Node, rule: Rule, words: str, detail: str, *, remedy: str = "", when: str = "") -> Fault:
    place: Place = rule.place if rule.place.at else node.place
    identity = (node.identity, rule.name, detail)
    offices = frozenset({place.office} - {""})
    return Fault(code, place, words, "", remedy, when, identity=identity, offices=offices)


def _named(rule: Rule) -> str:
    return f'the rule "{rule.name}"' if rule.name else "a rule"


def _effect(survey: Survey, node: Node, rules: Rules, label: str) -> Iterator[Fault]:
    """Yield hours that never or always hold, and rules that others leave nothing to."""
    taken = 0
    for position, rule in enumerate(rules.rules):
        others = {rules.otherwise.key, *(other.to.key for other in rules.rules[position + 1 :])}
        mask = survey.everything if rule.schedule is None else survey.times.mask(rule.schedule)
        conditional = bool(rule.callers or rule.called)
        if rule.schedule is not None and rule.schedule.always and not conditional and others - {rule.to.key}:
            words = f"{label}: {_named(rule)} holds around the clock, so nothing after it ever applies"
            yield _fault(
                "always-open", node, rule, words, "always", remedy="Set its hours, or remove what never applies."
            )
        elif rule.schedule is not None and not rule.schedule.weekly and not rule.schedule.dated:
            words = f"{label}: {_named(rule)} has no hours in the whole week"
            yield _fault("never-open", node, rule, words, "never", remedy="Set its hours.")
        elif not mask:
            words = f"{label}: {_named(rule)} never applies; its dates have passed or are too far ahead"
            yield _fault("without-effect", node, rule, words, "dates")
        elif not mask & ~taken:
            words = f"{label}: {_named(rule)} never applies; the rules before it take every call"
            yield _fault("without-effect", node, rule, words, "shadowed")
        if not conditional and rule.condition.level is Level.DOCUMENTED:
            taken |= mask


def _overlaps(survey: Survey, node: Node, rules: Rules, label: str) -> Iterator[Fault]:
    """Yield pairs of rules that hold at once and lead elsewhere, where nobody documents which one wins."""
    if rules.order.level is Level.DOCUMENTED:
        return
    for position, rule in enumerate(rules.rules):
        for other in rules.rules[position + 1 :]:
            if rule.to.key == other.to.key or _apart(rule, other):
                continue
            both = survey.everything
            for one in (rule, other):
                both &= survey.everything if one.schedule is None else survey.times.mask(one.schedule)
            if both:
                when = survey.times.words(both)
                both_apply = f"{_named(rule)} and {_named(other)} apply at the same time{f' ({when})' if when else ''}"
                words = f"{label}: {both_apply}, and it is not known {rules.order.words or 'which one takes the call'}"
                remedy = "Change one of them, so that they do not apply at the same time."
                yield _fault("overlap", node, rule, words, other.name, remedy=remedy, when=when)


def _apart(rule: Rule, other: Rule) -> bool:
    """Return whether no call can meet the conditions of both."""
    callers = rule.callers and other.callers and not rule.callers & other.callers
    called = rule.called and other.called and not rule.called & other.called
    return bool(callers or called)


def _zones(times: Times, node: Node, rules: Rules, label: str) -> Iterator[Fault]:
    """Yield hours on another clock than the office's, and closing days that are not days there."""
    for rule in rules.rules:
        schedule = rule.schedule
        if schedule is None or schedule.always:
            continue
        if schedule.weekly and not _same_clock(schedule.zone, times.zone, times.now):
            words = f"{label}: {_named(rule)} follows the clock of {schedule.zone}, the office that of {times.zone}"
            yield _fault(
                "zone", node, rule, words, "clock", remedy="Set the time zone of the hours, or office_timezone."
            )
        elif crooked := _crooked(schedule, times.zone):
            day = crooked[0].astimezone(zone_of(times.zone))
            words = (
                f"{label}: {_named(rule)} closes from {day:%Y-%m-%d %H:%M} on, which is not a whole day in {times.zone}"
            )
            yield _fault("zone", node, rule, words, "day", remedy="Make it last from midnight to midnight.")


def _same_clock(first: str, second: str, now: datetime) -> bool:
    """Return whether two zones show the same time in all the days that count."""
    one, other = zone_of(first), zone_of(second)
    days = (now + timedelta(days=day) for day in range(DAYS))
    return first == second or all(day.astimezone(one).utcoffset() == day.astimezone(other).utcoffset() for day in days)


def _crooked(schedule: Schedule, zone: str) -> tuple[datetime, datetime] | None:
    """Return a dated range that is meant as days but does not begin and end at midnight, None where there is none."""
    for start, end in instants(schedule):
        first, last = start.astimezone(zone_of(zone)), (end + _MINUTE).astimezone(zone_of(zone))
        if end - start >= _LIKE_A_DAY and not (first.time() == time() and _midnight(end, last, zone)):
            return start.astimezone(UTC), end
    return None


def _midnight(end: datetime, later: datetime, zone: str) -> bool:
    """Return whether a range ends at midnight, or in the last minute before it."""
    return end.astimezone(zone_of(zone)).time() == time() or (later.hour, later.minute) == (0, 0)
