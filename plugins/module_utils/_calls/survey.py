# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All calls at once: where they can get to, from where, and the shortest one that gets there.

Private to the collection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .circumstances import Circumstances, everybody, nobody
from .names import Names
from .nodes import Graph, Kind, Level
from .routes import WAIT, Call
from .sentences import key_words
from .times import Times
from .world import ANY_EXTENSION, ANY_KEY, CHOSEN, Edge, How, State, World

Allowed = Callable[[State, Edge], bool]
# Keys that a caller can press, to find one that has nothing assigned.
_DIGITS = "1234567890*#"


@dataclass(frozen=True)
class Example:
    """A call that gets somewhere: from where it starts along *edges*, at the times of *mask*."""

    start: State
    edges: tuple[Edge, ...]
    mask: int

    @property
    def certain(self) -> bool:
        """Whether every step is documented."""
        return all(edge.level is Level.DOCUMENTED for edge in self.edges)

    @property
    def states(self) -> list[State]:
        """Every state that the call is in."""
        return [self.start, *(edge.target for edge in self.edges)]


class Survey:
    """The states that calls to a graph's numbers can be in, those of everything that no number leads to included."""

    def __init__(self, graph: Graph, times: Times, names: Names) -> None:
        self.graph = graph
        self.times = times
        self.names = names
        self.world = World(graph, times)
        self.everything = times.everything
        numbers = [node.key for node in graph.numbers]
        # Calls from outside start here.
        self.entries = [self.world.start(key, caller) for key in numbers for caller in self.world.callers(key)]
        self.states = self.world.states(self.entries)
        self.starts = [*self.entries, *self._strays()]
        self._back: dict[State, list[tuple[State, Edge]]] = defaultdict(list)
        for state in self.states:
            for edge in self.world.edges(state):
                if edge.mask:
                    self._back[edge.target].append((state, edge))
        self._is_start = frozenset(self.starts)
        self._order = {state: position for position, state in enumerate(self.states)}

    def _strays(self) -> list[State]:
        """Add what no number leads to, and return from where it is reached."""
        known = set(self.states)
        keys = {state.key for state in known}
        found = []
        for key, node in self.graph.nodes.items():
            # Of a queue whose hours are not known, the members are.
            part = bool(node.part_of) and node.kind is not Kind.QUEUE
            if key not in keys and not part and self.world.edges(self.world.state(key)):
                state = self.world.state(key)
                # A number may lead to some of them, but not as this call does, which came by none.
                new = [one for one in self.world.states([state]) if one not in known]
                known.update(new)
                keys.update(one.key for one in new)
                self.states += new
                found.append(state)
        return found

    def ordered(self, group: Iterable[State]) -> list[State]:
        """Return a group of states in the order in which calls get to them, so that every run reports the same."""
        return sorted(group, key=self._order.__getitem__)

    def edges(self) -> Iterator[tuple[State, Edge]]:
        """Yield every edge that a call can take, with the state that it leaves."""
        for state in self.states:
            for edge in self.world.edges(state):
                if edge.mask:
                    yield state, edge

    def leading_to(self, state: State) -> Sequence[tuple[State, Edge]]:
        """Return the edges that lead to *state*, each with the state that it leaves."""
        return self._back.get(state, ())

    def back(self, ends: Mapping[State, int], allowed: Allowed) -> dict[State, int]:
        """Return from which states, and when, calls get to *ends* at the times given there."""
        found = dict(ends)
        queue = [*ends]
        for state in queue:
            for before, edge in self.leading_to(state):
                mask = found[state] & edge.mask
                if mask & ~found.get(before, 0) and allowed(before, edge):
                    found[before] = found.get(before, 0) | mask
                    queue.append(before)
        return found

    def shortest(
        self, ends: Mapping[State, int], allowed: Allowed, accept: Callable[[State, int], int]
    ) -> Example | None:
        """Return the shortest call to *ends*. *accept* says at which of the given times a start counts."""
        seen = dict(ends)
        queue: list[tuple[State, int, tuple[Edge, ...]]] = [(state, mask, ()) for state, mask in ends.items()]
        for state, mask, edges in queue:
            if state in self._is_start and (accepted := accept(state, mask)):
                return Example(state, edges, accepted)
            for before, edge in self.leading_to(state):
                new = mask & edge.mask
                if new & ~seen.get(before, 0) and allowed(before, edge):
                    seen[before] = seen.get(before, 0) | new
                    queue.append((before, new, (edge, *edges)))
        return None

    def shortest_to(self, state: State) -> Example | None:
        """Return the shortest call that gets to *state*."""
        ends = {state: self.everything}
        return self.shortest(ends, lambda _state, edge: edge.level is not Level.UNKNOWN, lambda _state, when: when)

    def call(self, example: Example) -> Call:
        """Return an example as a call that can be followed."""
        press = []
        state = example.start
        for edge in example.edges:
            if edge.how in CHOSEN:
                press.append(self._pressed(state, edge))
            elif edge.how is How.WAIT:
                press.append(WAIT)
            state = edge.target
        hows = {edge.how for edge in example.edges}
        while press[-1:] == [WAIT]:
            press.pop()
        circumstances = Circumstances(
            unanswered=everybody if How.NO_ANSWER in hows or How.RINGS in hows else nobody,
            busy=everybody if How.BUSY in hows else nobody,
            full=everybody if How.FULL in hows else nobody,
        )
        moment = self.times.moment(example.mask)
        return Call(example.start.key, moment, example.start.caller, tuple(press), circumstances)

    def _pressed(self, state: State, edge: Edge) -> str:
        taken = {other.label for other in self.world.edges(state)}
        if edge.label == ANY_KEY:
            return next((digit for digit in _DIGITS if digit not in taken), edge.label)
        if edge.label == ANY_EXTENSION:
            return next(str(number) for number in range(999, 99, -1) if str(number) not in taken)
        return edge.label

    def words(self, example: Example, outcome: str) -> str:
        """Return an example as a sentence about a caller."""
        node = self.graph.node(example.start.key)
        label = self.names.label_of(example.start.key)
        outside = node is not None and node.kind is Kind.NUMBER
        caller = f" from {example.start.caller}" if example.start.caller else ""
        text = f"A caller{caller} who dials {label}" if outside else f"A call that arrives at {label}"
        call = self.call(example)
        if call.press:
            text += f" and presses {key_words(call.press)}" if outside else f", {key_words(call.press)},"
        when = self.times.words(example.mask)
        text += f" ({when})" if when else ""
        hows = [edge.how for edge in example.edges]
        conditions = {
            How.NO_ANSWER: "when nobody answers",
            How.BUSY: "when everybody is busy",
            How.FULL: "when it is full",
        }
        named = " or ".join(words for how, words in conditions.items() if how in hows)
        return f"{text} {outcome}{', ' + named if named else ''}."


def cycles(survey: Survey, states: Iterable[State], allowed: Allowed) -> list[tuple[frozenset[State], int]]:
    """Return the sets of states in which a call goes round along *allowed* edges, each with the times at which it does.

    Each set is as large as can be: all of its states can be reached from each other.
    """
    found: dict[frozenset[State], int] = {}
    for group in components(states, _ahead(survey, allowed, survey.everything)):
        inside = frozenset(group)
        masks = {edge.mask for state in group for edge in survey.world.edges(state) if edge.target in inside}
        for part in parts(survey.everything, sorted(masks)):
            for smaller in components(group, _ahead(survey, allowed, part, inside)):
                key = frozenset(smaller)
                found[key] = found.get(key, 0) | part
    return list(found.items())


def _ahead(
    survey: Survey, allowed: Allowed, mask: int, inside: frozenset[State] | None = None
) -> Callable[[State], list[State]]:
    """Return a function that finds where a call gets from a state along allowed edges, at some time of *mask*."""

    def ahead(state: State) -> list[State]:
        return [
            edge.target
            for edge in survey.world.edges(state)
            if edge.mask & mask and (inside is None or edge.target in inside) and allowed(state, edge)
        ]

    return ahead


def parts(everything: int, masks: Iterable[int]) -> list[int]:
    """Return the parts into which sets divide the whole: within each, all of it is in a set or nothing."""
    found = [everything]
    for mask in masks:
        if mask != everything:
            found = [part for whole in found for part in (whole & mask, whole & ~mask) if part]
    return found


def components(states: Iterable[State], ahead: Callable[[State], Sequence[State]]) -> list[list[State]]:
    """Return the groups of states that can all be reached from each other, those of one only if it leads to itself.

    Tarjan's algorithm with a stack of its own, because chains of forwards can be longer than Python's.
    """
    index: dict[State, int] = {}
    low: dict[State, int] = {}
    stack: list[State] = []
    on_stack: set[State] = set()
    found: list[list[State]] = []
    for root in states:
        if root in index:
            continue
        work: list[tuple[State, list[State]]] = [(root, list(ahead(root)))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            state, left = work[-1]
            if left:
                after = left.pop()
                if after not in index:
                    index[after] = low[after] = len(index)
                    stack.append(after)
                    on_stack.add(after)
                    work.append((after, list(ahead(after))))
                elif after in on_stack:
                    low[state] = min(low[state], index[after])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[state])
            if low[state] == index[state]:
                group = [stack.pop()]
                while group[-1] != state:
                    group.append(stack.pop())
                on_stack.difference_update(group)
                if len(group) > 1 or state in ahead(state):
                    found.append(group)
    return found
