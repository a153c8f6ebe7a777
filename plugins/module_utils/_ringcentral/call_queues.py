# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call queues as nodes of the call model. Facts: docs/providers/ringcentral-company.md 6.

A queue rings the phones of its members, in order, at once, or first whoever has not talked for longest. The members'
own rules do not matter. Rounds of ringing repeat until the longest wait is over, unless the queue says what happens
when nobody answers. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .._calls.nodes import (
    Behaviour,
    Kind,
    Level,
    Node,
    Place,
    Ring,
    Rule,
    Rules,
    Step,
    To,
    not_known,
    to_unknown,
)
from .._engine.package import Item
from .call_conditions import Hours
from .call_options import entries, mapping, whole
from .call_people import People
from .call_places import Part, Places
from .call_rules import OwnersRules
from .company.company import QUEUE

_IN_ORDER, _AT_ONCE, _LONGEST_IDLE = "fixed_order", "simultaneous", "longest_idle"
_MODES = (_IN_ORDER, _AT_ONCE, _LONGEST_IDLE)
_WAITS, _OVERFLOWS = "members", "members_and_overflow"
# A wait of one second means that nobody waits (ringcentral-company.md 6.3).
_NO_WAIT = 1
# For so many overflow queues with limited hours, what rings when is worked out.
_MOST_TIMED = 4


@dataclass(frozen=True)
class _Queue:
    """A queue of a list: its item, its place, and what its options say."""

    label: str
    item: Item
    place: Place

    @property
    def mode(self) -> str:
        return str(self.item.get("ring") or "")

    @property
    def seconds(self) -> int | None:
        """How long a member rings at a time; at once, all ring until the wait is over."""
        return None if self.mode == _AT_ONCE else whole(self.item.get("ring_seconds"), 0) or None

    @property
    def wait(self) -> int | None:
        return whole(self.item.get("max_wait"), 0) or None

    @property
    def waits(self) -> str:
        """Whether rounds repeat until the wait is over, and for whom; "" where the queue says something else."""
        return str(mapping(self.item.get("on_no_answer")).get("wait") or "")


class Queues:
    """The queues of the lists, one of which may ring the members of others."""

    def __init__(self, places: Places, rules: OwnersRules, people: People) -> None:
        self._places = places
        self._rules = rules
        self._people = people

    def add(self, label: str) -> None:
        """Add a queue: its rules, and what rings when they say so."""
        places = self._places
        queue = self._of(label)
        name = places.name(label)
        part = Node(places.key(label, "members"), Kind.QUEUE, name, self._does(queue), queue.place)
        part = Node(part.key, part.kind, name, part.does, part.place, part_of=places.key(label))
        places.draft.add(part)
        rules = self._rules.behaviour(label, Kind.QUEUE, name, queue.place, To(part.key, place=queue.place))
        provider = places.draft.provider
        places.draft.add(
            Node(places.key(label), Kind.QUEUE, name, rules, queue.place, provider=provider, extension=label)
        )
        self._check(queue)

    def _of(self, label: str) -> _Queue:
        table, position, item = self._places.extensions.items[label]
        return _Queue(label, item, self._places.place(table, position, label))

    def _does(self, queue: _Queue) -> Behaviour:
        whose, item = self._places.words(queue.label), queue.item
        if item.get("members") is None:
            words = f"who the members of {whose} are{self._places.open}"
            return self._unclear(queue, words, "members")
        if queue.mode not in _MODES and len(entries(item["members"])) > 1:
            words = f"in which order {whose} rings its members{self._places.open}"
            return self._unclear(queue, words, "ring")
        if queue.wait is not None and queue.wait <= _NO_WAIT:
            words = f"whether anybody rings in {whose}, in which nobody waits"
            return self._unclear(queue, words, "max_wait")
        return self._ring(queue)

    def _unclear(self, queue: _Queue, words: str, option: str) -> Behaviour:
        """Return what a queue does of which it is not known who rings, because of an *option*."""
        to = to_unknown(words, queue.place.of(option, path=option))
        return Ring((Step((to,)),), to, full=self._full(queue))

    def _ring(self, queue: _Queue) -> Behaviour:
        """Return what rings, and what comes then."""
        steps = self._steps(queue, queue)
        own = _length(steps)
        full = self._full(queue)
        over = self._end(queue, "on_max_wait", "when its wait is over", default=True)
        if queue.waits == _OVERFLOWS:
            return self._with_overflow(queue, steps, over, full)
        if queue.waits == _WAITS or queue.mode == _AT_ONCE:
            return self._waiting(queue, steps, over, full, queue.wait)
        then = self._end(queue, "on_no_answer", "when no member answers")
        if own is None or queue.wait is None or not own:
            steps = [*steps, Step(())]
            if then.key != over.key:
                words = f"whether the wait in {self._places.words(queue.label)} is over before all members have rung"
                then = to_unknown(words, then.place)
            return self._made(queue, steps, then, full, None)
        if own == queue.wait and then.key != over.key:
            words = f"what comes first in {self._places.words(queue.label)}, the end of the wait or that nobody answers"
            then = to_unknown(words, then.place)
        if own > queue.wait:
            return self._waiting(queue, steps, over, full, queue.wait)
        return self._made(queue, steps, then, full, None)

    def _waiting(self, queue: _Queue, steps: Sequence[Step], over: To, full: To | None, wait: int | None) -> Behaviour:
        """Return rounds of ringing until the *wait* is over."""
        own = _length(steps)
        if queue.mode == _AT_ONCE:
            targets = tuple(dict.fromkeys(to for step in steps for to in step.targets))
            ends = wait if any(map(self._takes_calls, targets)) else None
            return Ring((Step(targets, ends),), over, at_once=True, full=full, seconds=ends)
        if wait is None or not steps:
            return self._made(queue, [*steps, Step(())], over, full, None)
        begun = list(self._in_time(queue, steps, wait))
        if not any(step.seconds for step in steps):
            # How long a queue waits in which nobody rings is not documented.
            return self._made(queue, [*begun, Step(())], over, full, None)
        # Nor is whether the last ring is cut short.
        whole_rings = own is not None and not wait % (queue.seconds or wait)
        return self._made(queue, begun if whole_rings else [*begun, Step(())], over, full, wait)

    def _in_time(self, queue: _Queue, steps: Sequence[Step], wait: int) -> Iterator[Step]:
        """Yield the steps that ring before the *wait* is over.

        Some perhaps do: that depends on who has not talked for longest, and on whether those are left out who cannot
        take calls.
        """
        unclear = not_known(f"which members of {self._places.words(queue.label)} ring before its wait is over")
        each, start = queue.seconds or 0, 0
        for position, step in enumerate(steps):
            rotates = queue.mode == _LONGEST_IDLE
            if (len(steps) - 1 if rotates else position) * each < wait:
                yield step
            elif rotates or start < wait:
                yield Step(tuple(To(to.key, unclear, to.place) for to in step.targets), step.seconds)
            start += step.seconds or 0

    def _takes_calls(self, to: To) -> bool:
        node = self._places.draft.graph.node(to.key)
        return node is not None and node.enabled and to.evidence.level is not Level.UNKNOWN

    @staticmethod
    def _made(queue: _Queue, steps: Sequence[Step], then: To, full: To | None, seconds: int | None) -> Ring:
        """Return a ring; a step without anybody is time of which nobody knows how much it is."""
        any_order = queue.mode == _LONGEST_IDLE and sum(bool(step.targets) for step in steps) > 1
        return Ring(tuple(steps), then, any_order=any_order, full=full, seconds=seconds)

    def _members(self, queue: _Queue) -> list[str]:
        return [self._places.extensions.label(text) for text in entries(queue.item.get("members"))]

    def _steps(self, queue: _Queue, caller: _Queue, besides: Sequence[str] = ()) -> list[Step]:
        """Return the members of *queue* as they ring for *caller*, without those who ring *besides*."""
        found = []
        for position, label in enumerate(self._members(queue)):
            if label in besides:
                continue
            place = queue.place.of("members", label, path=f"members[{position}]")
            enabled = self._places.extensions.enabled(label) and not self._places.is_gone(label)
            # Whether a member who cannot take calls is left out is not documented.
            seconds = caller.seconds if enabled else None
            found.append(Step(tuple(self._people.phones(label, place)), seconds))
        return found

    def _full(self, queue: _Queue) -> To | None:
        """Return where calls go while no more callers may wait; None where there is no such limit."""
        if self._places.draft.whole and queue.item.get("max_callers") is None:
            return None
        return self._end(queue, "on_full", "while no more callers may wait")

    def _end(self, queue: _Queue, option: str, when: str, *, default: bool = False) -> To:
        """Return where an option of the queue sends calls; by *default* they go to its voicemail."""
        said = mapping(queue.item.get(option))
        found = self._places.destination(queue.label, said, queue.place, option, Part((option,), when))
        known = self._places.draft.whole or self._places.extensions.is_new(queue.label)
        if found is None and default and known and not said:
            return self._places.messages(queue.label, queue.place.of(option))
        words = f"where {self._places.words(queue.label)} sends calls {when}{self._places.open}"
        return found or to_unknown(words, queue.place.of(option, path=option))

    # Overflow: the members of other queues, in the hours of those (ringcentral-company.md 6.4).

    def _with_overflow(self, queue: _Queue, steps: Sequence[Step], over: To, full: To | None) -> Behaviour:
        others = self._overflow(queue)
        if others is None:
            words = f"which queues {self._places.words(queue.label)} overflows to{self._places.open}"
            return self._unclear(queue, words, "overflow")
        timed = [other for other in others if not self._rules.hours(other.label).always or self._closes(other)]
        if len(timed) > _MOST_TIMED:
            words = f"who rings in the many queues that {self._places.words(queue.label)} overflows to"
            return self._unclear(queue, words, "overflow")
        always = [other for other in others if other not in timed]
        return self._by_time(queue, timed, always, (steps, over, full), ("overflow",))

    def _overflow(self, queue: _Queue) -> list[_Queue] | None:
        """Return the queues that calls overflow to, None where it is not known which, or what they are."""
        if queue.item.get("overflow") is None:
            return None if not self._places.draft.whole else []
        labels = [self._places.extensions.label(text) for text in entries(queue.item["overflow"])]
        listed = self._places.extensions.items
        if any(self._places.extensions.kinds.get(label) != QUEUE or label not in listed for label in labels):
            return None
        # What becomes of calls to a queue that is not enabled is not documented.
        return [self._of(label) for label in labels] if all(map(self._places.extensions.enabled, labels)) else None

    def _closes(self, other: _Queue) -> bool:
        return any(True for _listed in self._rules.custom(other.label))

    def _by_time(
        self,
        queue: _Queue,
        timed: Sequence[_Queue],
        chosen: Sequence[_Queue],
        rest: tuple[Sequence[Step], To, To | None],
        parts: tuple[str, ...],
    ) -> Behaviour:
        """Return what rings by the hours of the *timed* queues, when the *chosen* ones are open."""
        if not timed:
            return self._overflowing(queue, chosen, *rest)
        other, left = timed[0], timed[1:]
        hours = self._rules.hours(other.label)
        place = queue.place.of("overflow", other.label, path="overflow")
        opened = self._by_time(queue, left, [*chosen, other], rest, (*parts, other.label))
        is_open = self._part(queue, opened, (*parts, other.label))
        without = self._part(queue, self._by_time(queue, left, chosen, rest, (*parts, "-")), (*parts, "-"))
        # Whether a rule of that queue that takes its calls matters is not documented.
        words = f"whether calls overflow to {self._places.words(other.label)} while its rules hold"
        unclear = To(self._part(queue, self._unclear(queue, words, "overflow"), (*parts, "?")), place=place)
        rules = [
            Rule(unclear, rule.schedule, rule.callers, rule.called, rule.name, place)
            for listed in self._rules.custom(other.label)
            for rule in self._rules.rules_of(listed, other.label, hours, lambda _listed, _part: unclear)
        ]
        name = f"hours of {self._places.name(other.label)}"
        rules.append(Rule(To(is_open, place=place), hours.weekly, name=name, place=place))
        if hours.weekly is None:
            unknown = to_unknown(f"{hours.unknown}{self._places.open}", place)
            return Rules(tuple(rules[:-1]), unknown)
        return Rules(tuple(rules), To(without, place=place))

    def _part(self, queue: _Queue, does: Behaviour, parts: tuple[str, ...]) -> str:
        key = self._places.key(queue.label, *parts)
        name = self._places.name(queue.label)
        owner = self._places.key(queue.label)
        return self._places.draft.add(Node(key, Kind.QUEUE, name, does, queue.place, part_of=owner))

    def _overflowing(
        self, queue: _Queue, others: Sequence[_Queue], steps: Sequence[Step], over: To, full: To | None
    ) -> Behaviour:
        """Return the members' rings with those of the queues that are open now."""
        besides = self._members(queue)
        further: list[Step] = []
        for other in others:
            further += self._steps(other, queue, besides)
            besides = [*besides, *self._members(other)]
        if not further:
            return self._waiting(queue, steps, over, full, queue.wait)
        if queue.mode == _AT_ONCE and steps:
            words = not_known(f"whether those it overflows to ring together with {self._places.words(queue.label)}")
            further = [Step(tuple(To(to.key, words, to.place) for to in step.targets)) for step in further]
        return self._waiting(queue, [*steps, *further], over, full, queue.wait)

    # What can never happen.

    def _check(self, queue: _Queue) -> None:
        """Note an overflow that never comes about."""
        places, label = self._places, queue.label
        others = [places.extensions.label(text) for text in entries(queue.item.get("overflow"))]
        if not others or queue.item.get("on_no_answer") is None:
            return
        place = queue.place.of("overflow", path="overflow")
        if queue.waits != _OVERFLOWS:
            words = f"{places.words(label)} never overflows, because it does something else when no member answers"
            places.draft.remark("without-effect", places.key(label), place, words)
            return
        mine = self._rules.hours(label)
        for other in others:
            if _apart(mine, self._rules.hours(other)):
                words = f"{places.words(label)} never overflows to {places.words(other)}, which has other hours"
                places.draft.remark("without-effect", places.key(label, other), place.of(other), words)


def _length(steps: Sequence[Step]) -> int | None:
    seconds = [step.seconds for step in steps]
    return None if None in seconds else sum(second or 0 for second in seconds)


def _apart(one: Hours, other: Hours) -> bool:
    """Return whether hours on one clock have no time in common."""
    if one.weekly is None or other.weekly is None or one.zone != other.zone:
        return False
    spans = [(first, last) for first in one.weekly.weekly for last in other.weekly.weekly]
    return not any(max(first[0], last[0]) < min(first[1], last[1]) for first, last in spans)
