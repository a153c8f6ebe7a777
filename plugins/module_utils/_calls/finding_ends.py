# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls that do not end well: round and round, nowhere, at nobody, cut off. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from . import lost
from .faults import Fault, LongWay
from .long_ways import long_ways
from .names import PHONES
from .nodes import NO_PLACE, Kind, Level, Ring, rung
from .routes import Ends, follow
from .survey import Allowed, Example, Survey, cycles
from .world import Edge, How, Interests, State, World


def ends(survey: Survey, earlier: Survey | None, long_way: LongWay) -> list[Fault]:
    """Return what is wrong with how calls end. *earlier*: the accounts before, None where all counts as existing."""
    found = _Ends(survey, earlier)
    faults = [*found.loops(), *found.ringing_loops(), *found.repeating(), *found.dead_ends(), *found.traps()]
    faults += found.nobody()
    faults += found.cut_off()
    return [*faults, *long_ways(survey, long_way)]


class _Ends:
    def __init__(self, survey: Survey, earlier: Survey | None) -> None:
        self.survey = survey
        self.earlier = earlier
        # From where, and when, callers get into what is already reported.
        self._lost: dict[State, int] = {}
        self._before: dict[str, dict[tuple[object, ...], dict[State, int]]] = {}
        self._interests = Interests(survey.graph)

    # Going round.

    def loops(self) -> Iterator[Fault]:
        """Yield circles of forwards: without anybody having a say, a call goes round."""
        certain = lost.loops(self.survey, lost.documented)
        known = {state for _bad, group, _mask in certain for state in group}
        for _bad, group, mask in certain:
            yield from self._shown(self._loop(group, group, mask, lost.documented, certain=True), Ends.LOOP)
        for _bad, group, mask in lost.loops(self.survey, lost.automatic):
            if not group <= known:
                yield from self._shown(self._loop(group, group - known, mask, lost.automatic, certain=False), Ends.LOOP)

    def ringing_loops(self) -> Iterator[Fault]:
        """Yield circles in which a phone that rings is a number that leads back. What comes of it nobody documents."""
        plain = {state for _bad, group, _mask in lost.loops(self.survey, lost.automatic) for state in group}
        for group, mask in cycles(self.survey, self.survey.states, lost.ringing):
            if not group <= plain and any(lost.rings_inside(self.survey, group)):
                yield self._loop(group, group - plain, mask, lost.ringing, certain=False)

    def _loop(
        self, group: frozenset[State], new_ones: frozenset[State], mask: int, allowed: Allowed, *, certain: bool
    ) -> Fault:
        """Return a circle through one of *new_ones*, which no circle before had."""
        survey = self.survey
        bad = lost.Bad(lost.identity_of(survey, group), dict.fromkeys(survey.ordered(new_ones), mask))
        self._lose(bad)
        example, certain, new = self._example("loop", bad, certain=certain)
        whole = lost.around(survey, example, group, allowed)
        around = whole.edges[len(example.edges) :]
        states = whole.states[len(example.edges) :]
        home = self._office_of(states[0])
        chain = " -> ".join(self._labelled(state, home) for state in self._wholes(states))
        when = survey.times.words(mask)
        # What leads on to another place is what to change, rather than what a place itself consists of.
        outward = [
            edge for state, edge in zip(states, around, strict=False) if self._whole(state) != self._whole(edge.target)
        ]
        places = [edge.to.place for edge in outward or around]
        place = next((place for place in places if place.path), places[0])
        return Fault(
            "loop",
            place,
            chain + (f" ({when})" if when else ""),
            survey.words(whole, "goes round and never reaches anybody"),
            "Change one of these destinations.",
            when,
            certain,
            new,
            bad.identity,
            self._offices(whole),
            whole,
        )

    def _wholes(self, states: Sequence[State]) -> list[State]:
        """Return states, of those that follow each other in one place only the first."""
        found = [state for before, state in pairwise(states) if self._whole(before) != self._whole(state)]
        return [states[0], *(found or states[1:])]

    def _whole(self, state: State) -> str:
        node = self.survey.world.node(state)
        return state.key if node is None else node.part_of or node.key

    def _labelled(self, state: State, home: str) -> str:
        label, office = self.survey.names.label_of(state.key), self._office_of(state)
        return f"{label} ({office})" if office not in ("", home) else label

    def _office_of(self, state: State) -> str:
        node = self.survey.graph.nodes.get(state.key)
        return "" if node is None else node.place.office

    def repeating(self) -> Iterator[Fault]:
        """Yield menus that play for ever to a caller who presses nothing."""
        for bad, group, mask in lost.repeating(self.survey):
            example, certain, new = self._example("menu-repeats", bad, certain=True)
            whole = lost.around(self.survey, example, group, lost.waiting)
            menus = [state for state in group if self._kind(state) is Kind.MENU]
            first = min(menus, key=lambda state: state.key)
            label = self.survey.names.label_of(first.key)
            (wait,) = (edge for edge in self.survey.world.edges(first) if edge.how is How.WAIT)
            fault = Fault(
                "menu-repeats",
                wait.to.place,
                f"{label} plays forever to a caller who presses nothing",
                self.survey.words(whole, f"and then presses nothing hears {label} forever"),
                "Give its timeout another target.",
                self.survey.times.words(mask),
                certain,
                new,
                bad.identity,
                self._offices(whole),
                whole,
            )
            yield from self._shown(fault, Ends.REPEATS, Ends.LOOP)

    # Ends that are none.

    def dead_ends(self) -> Iterator[Fault]:
        """Yield what leads nowhere: no target, one that does not exist, rings without an end."""
        for bad, state, edge in lost.dead_ends(self.survey):
            self._lose(bad if edge.how in lost.AUTOMATIC else bad._replace(ends={}))
            example, certain, new = self._example("dead-end", bad, certain=edge.level is Level.DOCUMENTED)
            whole = Example(example.start, (*example.edges, edge), example.mask & edge.mask)
            fault = Fault(
                "dead-end",
                edge.to.place,
                self._nowhere(state, edge),
                self.survey.words(whole, "gets no further"),
                "Give it a target that exists.",
                self.survey.times.words(edge.mask),
                certain,
                new,
                bad.identity,
                self._offices(whole),
                whole,
            )
            yield from self._shown(fault, Ends.NOWHERE)

    def _nowhere(self, state: State, edge: Edge) -> str:
        label = self.survey.names.label_of(state.key)
        node = self.survey.world.node(state)
        there = "leads nowhere"
        if self.survey.world.node(edge.target) is None:
            there = f"leads to {self.survey.names.label_of(edge.target.key)}"
        elif node is not None and isinstance(node.does, Ring) and edge.how is How.NO_ANSWER and node.does.then is None:
            return f"{label} rings without an end when nobody answers"
        what = {How.KEY: f", key {edge.label}", How.DIALS: f", {edge.label}", How.WAIT: ", without a key"}.get(
            edge.how, ""
        )
        return f"{label}{what} {there}"

    def traps(self) -> Iterator[Fault]:
        """Yield menus that no key and no timeout leaves."""
        for bad, group, mask in lost.traps(self.survey):
            example, certain, new = self._example("dead-end", bad, certain=lost.all_documented(self.survey, group))
            first = min((state for state in group if self._kind(state) is Kind.MENU), key=lambda state: state.key)
            node = self.survey.world.node(first)
            label = self.survey.names.label_of(first.key)
            yield Fault(
                "dead-end",
                node.place if node else NO_PLACE,
                f"no key and no timeout leaves {label}",
                self.survey.words(example, "gets no further"),
                "Give one of its keys, or its timeout, a target outside.",
                self.survey.times.words(mask),
                certain,
                new,
                bad.identity,
                self._offices(example),
                example,
            )

    # Nobody there.

    def nobody(self) -> Iterator[Fault]:
        """Yield numbers with which nobody is ever reached, even if everybody answers."""
        survey = self.survey
        good = dict.fromkeys((state for state in survey.states if lost.takes(survey, state)), survey.everything)
        reaching = survey.back(good, lost.any_edge)
        for entry in survey.entries:
            lacking = survey.everything & ~reaching.get(entry, 0) & ~self._lost.get(entry, 0)
            node = survey.world.node(entry)
            if entry.caller:
                plain = survey.world.state(entry.key)
                lacking &= reaching.get(plain, 0) | self._lost.get(plain, 0)
            if lacking and node is not None:
                example = Example(entry, (), lacking)
                label = survey.names.label(node)
                yield Fault(
                    "nobody",
                    node.place,
                    f"no call to {label} reaches a person, a mailbox or a phone",
                    survey.words(example, "reaches nobody, whatever happens"),
                    when=survey.times.words(lacking),
                    new=self._is_new("nobody", entry, lacking),
                    identity=(entry.key,),
                    offices=self._offices(example),
                    example=example,
                )

    def cut_off(self) -> Iterator[Fault]:
        """Yield where a call is dropped with no word before it."""
        for bad, state, edge in lost.cut_offs(self.survey):
            example = self._shortest("cut-off", bad, lost.silent(self.survey))
            if example is None:
                continue
            found, certain, new = example
            whole = Example(found.start, (*found.edges, edge), found.mask & edge.mask)
            label = self.survey.names.label_of(state.key)
            fault = Fault(
                "cut-off",
                edge.to.place,
                f"{label} ends calls without a word",
                self.survey.words(whole, "is cut off"),
                when=self.survey.times.words(edge.mask),
                certain=certain,
                new=new,
                identity=bad.identity,
                offices=self._offices(whole),
                example=whole,
            )
            yield from self._shown(fault, Ends.HANG_UP)

    def _lose(self, bad: lost.Bad) -> None:
        """Note from where callers get there without a choice, so that "nobody" does not repeat it."""
        for state, mask in self.survey.back(bad.ends, lost.automatic).items():
            self._lost[state] = self._lost.get(state, 0) | mask

    # Which call shows it, and whether it existed before.

    def _shown(self, fault: Fault, *expected: Ends) -> Iterator[Fault]:
        """Yield a fault unless its call ends otherwise, where something that rings may take the call by itself.

        A mailbox behind a number that rings takes it always; what a phone outside does that nobody answers, and to
        which such a number forwards, is not known.
        """
        example = fault.example
        if example is not None and self._rings_on(example):
            call = self.survey.call(example)
            routes = follow(World(self.survey.graph, call.moment, self._interests), call, self.survey.names)
            ends = {route.end for route in routes}
            if not ends <= {*expected, Ends.UNKNOWN}:
                return
            fault = replace(fault, certain=fault.certain and Ends.UNKNOWN not in ends)
        yield fault

    def _rings_on(self, example: Example) -> bool:
        """Return whether the call goes on after it rang for what is no phone."""
        for state, edge in zip(example.states, example.edges, strict=False):
            node = self.survey.world.node(state)
            if edge.how is How.NO_ANSWER and node is not None and isinstance(node.does, Ring):
                rings = (self.survey.graph.node(self.survey.world.rings(to).key) for to in rung(node.does))
                if any(target is not None and target.kind not in PHONES for target in rings):
                    return True
        return False

    def _example(self, code: str, bad: lost.Bad, *, certain: bool) -> tuple[Example, bool, bool]:
        """Return the call to report: a documented one that did not exist before, where there is one."""
        found = self._shortest(code, bad, lost.known, certain=certain)
        if found is None:
            state, mask = next(iter(bad.ends.items()))
            return Example(state, (), mask), False, False
        return found

    def _shortest(
        self, code: str, bad: lost.Bad, allowed: Allowed, *, certain: bool = True
    ) -> tuple[Example, bool, bool] | None:
        existed = self._existed(code).get(bad.identity, {})

        def new(state: State, mask: int) -> int:
            return mask & ~existed.get(state, 0)

        def documented(state: State, edge: Edge) -> bool:
            return edge.level is Level.DOCUMENTED and allowed(state, edge)

        if self.earlier is not None:
            for allows in (documented, allowed) if certain else (allowed,):
                example = self.survey.shortest(bad.ends, allows, new)
                if example is not None:
                    return example, certain and example.certain, True
        for allows in (documented, allowed):
            example = self.survey.shortest(bad.ends, allows, lambda state, mask: mask)
            if example is not None:
                return example, certain and example.certain, False
        return None

    def _existed(self, code: str) -> dict[tuple[object, ...], dict[State, int]]:
        """Return, for what was already bad on the accounts, from where and when calls got there."""
        if self.earlier is None:
            return {}
        if code not in self._before:
            before = self.earlier
            found: dict[tuple[object, ...], dict[State, int]] = {}
            for bad in lost.all_bad(before, code):
                found[bad.identity] = before.back(bad.ends, lost.known)
            self._before[code] = found
        return self._before[code]

    def _is_new(self, code: str, entry: State, lacking: int) -> bool:
        if self.earlier is None:
            return False
        if code not in self._before:
            before = self.earlier
            good = dict.fromkeys((state for state in before.states if lost.takes(before, state)), before.everything)
            self._before[code] = {(): before.back(good, lost.any_edge)}
        if entry.key not in self.earlier.graph.nodes:
            return True
        return bool(lacking & self._before[code][()].get(entry, 0))

    def _kind(self, state: State) -> Kind | None:
        node = self.survey.world.node(state)
        return node.kind if node else None

    def _offices(self, example: Example) -> frozenset[str]:
        nodes = (self.survey.world.node(state) for state in example.states)
        return frozenset(node.place.office for node in nodes if node is not None and node.place.office)
