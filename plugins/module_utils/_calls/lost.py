# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where calls are lost: circles, dead ends, traps, and calls that are dropped. Private to the collection."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .nodes import Kind, Level, Menu
from .survey import Allowed, Example, Survey, components, cycles
from .world import ANY_KEY, TAKES, Edge, How, State

# What happens to a call without anybody having a say.
AUTOMATIC = frozenset({How.GOES, How.RULE, How.NO_ANSWER, How.BUSY, How.FULL})
_HEARD = frozenset({Kind.MENU, Kind.ANNOUNCEMENT})


class Bad(NamedTuple):
    """States in which calls are lost, and when. *identity* is the same in another graph."""

    identity: tuple[object, ...]
    ends: dict[State, int]


def automatic(_state: State, edge: Edge) -> bool:
    """Allow what happens to a call without anybody having a say."""
    return edge.how in AUTOMATIC and edge.level is not Level.UNKNOWN


def documented(_state: State, edge: Edge) -> bool:
    """Allow the same, as far as it is documented."""
    return edge.how in AUTOMATIC and edge.level is Level.DOCUMENTED


def ringing(state: State, edge: Edge) -> bool:
    """Allow what happens automatically, and what only rings."""
    return edge.how is How.RINGS or automatic(state, edge)


def waiting(state: State, edge: Edge) -> bool:
    """Allow what happens to a caller who does nothing."""
    return (edge.how is How.WAIT and edge.level is not Level.UNKNOWN) or automatic(state, edge)


def known(_state: State, edge: Edge) -> bool:
    """Allow what is known, ringing left out."""
    return edge.level is not Level.UNKNOWN and edge.how is not How.RINGS


def any_edge(_state: State, _edge: Edge) -> bool:
    """Allow every edge."""
    return True


def identity_of(survey: Survey, group: Iterable[State]) -> tuple[object, ...]:
    """Return what makes a group of states the same in another graph."""
    nodes = (survey.world.node(state) for state in group)
    return tuple(sorted({node.identity for node in nodes if node is not None}))


def loops(survey: Survey, allowed: Allowed) -> list[tuple[Bad, frozenset[State], int]]:
    """Return circles, with their states and times."""
    found = cycles(survey, survey.states, allowed)
    return [
        (Bad(identity_of(survey, group), dict.fromkeys(survey.ordered(group), mask)), group, mask)
        for group, mask in found
    ]


def rings_inside(survey: Survey, group: frozenset[State]) -> Iterator[bool]:
    """Yield for each edge of a circle whether it is one along which a phone only rings."""
    for state in group:
        for edge in survey.world.edges(state):
            yield edge.how is How.RINGS and edge.target in group


def repeating(survey: Survey) -> Iterator[tuple[Bad, frozenset[State], int]]:
    """Yield circles that a caller goes round who presses nothing, with their states and times."""
    for group, mask in cycles(survey, survey.states, waiting):
        waits = [
            state
            for state in survey.ordered(group)
            for edge in survey.world.edges(state)
            if edge.how is How.WAIT and edge.target in group and edge.mask & mask
        ]
        if waits:
            yield Bad(identity_of(survey, group), dict.fromkeys(waits, mask)), group, mask


def dead_ends(survey: Survey) -> Iterator[tuple[Bad, State, Edge]]:
    """Return edges that lead nowhere: no target, or one that does not exist."""

    def nowhere(edge: Edge) -> bool:
        node = survey.world.node(edge.target)
        lost = node is None or node.kind is Kind.NOWHERE
        return lost and edge.how is not How.RINGS and edge.label != ANY_KEY and edge.level is not Level.UNKNOWN

    return _distinct(survey, (found for found in survey.edges() if nowhere(found[1])))


def _distinct(survey: Survey, edges: Iterable[tuple[State, Edge]]) -> Iterator[tuple[Bad, State, Edge]]:
    """Return edges, those that are the same for different callers or by several rules as one."""
    found: dict[tuple[object, ...], tuple[Bad, State, Edge]] = {}
    for state, edge in edges:
        holder = survey.world.node(state)
        identity = (holder.identity if holder else state.key, edge.how.value, edge.label, edge.target.key)
        bad, first, known = found.setdefault(identity, (Bad(identity, {}), state, edge))
        bad.ends[state] = bad.ends.get(state, 0) | edge.mask
        found[identity] = (bad, first, known._replace(mask=known.mask | edge.mask))
    return iter(found.values())


def traps(survey: Survey) -> Iterator[tuple[Bad, frozenset[State], int]]:
    """Yield groups of states with a menu from which no edge leads out, each as small as it can be."""
    done = {
        state: survey.everything
        for state in survey.states
        if not survey.world.edges(state) or not any(edge.mask for edge in survey.world.edges(state))
    }
    leaving = survey.back(done, any_edge)
    trapped = {state: survey.everything & ~leaving.get(state, 0) for state in survey.states}
    inside = [state for state, mask in trapped.items() if mask]
    if not inside:
        return

    def ahead(state: State) -> list[State]:
        return [edge.target for edge in survey.world.edges(state) if edge.mask & trapped.get(state, 0)]

    for group in components(inside, ahead):
        states = frozenset(group)
        mask = survey.everything
        for state in group:
            mask &= trapped[state]
        closed = all(target in states for state in group for target in ahead(state))
        menus = [state for state in group if (node := survey.world.node(state)) and isinstance(node.does, Menu)]
        if mask and closed and menus:
            yield Bad(("trap", *identity_of(survey, group)), dict.fromkeys(menus, mask)), states, mask


def all_documented(survey: Survey, group: frozenset[State]) -> bool:
    """Return whether everything that can happen in a group is documented."""
    return all(edge.level is Level.DOCUMENTED for state in group for edge in survey.world.edges(state))


def cut_offs(survey: Survey) -> Iterator[tuple[Bad, State, Edge]]:
    """Return edges that end the call of somebody who has heard nothing there."""

    def dropped(state: State, edge: Edge) -> bool:
        node, target = survey.world.node(state), survey.world.node(edge.target)
        ended = target is not None and target.kind is Kind.HANG_UP
        return ended and node is not None and node.kind not in _HEARD and not node.hears

    return _distinct(survey, (found for found in survey.edges() if dropped(*found)))


def silent(survey: Survey) -> Allowed:
    """Return what allows the edges that leave places where a caller hears nothing."""

    def allowed(state: State, edge: Edge) -> bool:
        node = survey.world.node(state)
        heard = node is None or node.kind in _HEARD or bool(node.hears)
        return not heard and known(state, edge)

    return allowed


def all_bad(survey: Survey, code: str) -> Iterator[Bad]:
    """Yield everything that a finding of *code* could be about."""
    if code == "loop":
        yield from (bad for bad, _group, _mask in loops(survey, automatic))
        yield from (
            Bad(identity_of(survey, group), dict.fromkeys(survey.ordered(group), mask))
            for group, mask in cycles(survey, survey.states, ringing)
        )
    elif code == "menu-repeats":
        yield from (bad for bad, _group, _mask in repeating(survey))
    elif code == "dead-end":
        yield from (bad for bad, _state, _edge in dead_ends(survey))
        yield from (bad for bad, _group, _mask in traps(survey))
    elif code == "cut-off":
        yield from (bad for bad, _state, _edge in cut_offs(survey))


def takes(survey: Survey, state: State) -> bool:
    """Return whether a call that gets to a state reaches somebody there, or may do so for all that is known."""
    node = survey.world.node(state)
    return node is not None and (
        node.kind is Kind.UNKNOWN or (node.kind in TAKES and node.enabled and not survey.world.edges(state))
    )


def around(survey: Survey, begun: Example, group: frozenset[State], allowed: Allowed) -> Example:
    """Return a call that has begun, and then goes the shortest way through *group* back to where it was."""
    start = begun.states[-1]
    seen: dict[State, int] = {}
    queue: deque[tuple[State, int, tuple[Edge, ...]]] = deque([(start, begun.mask, ())])
    while queue:
        state, times, edges = queue.popleft()
        for edge in survey.world.edges(state):
            left = times & edge.mask
            if edge.target not in group or not left or not allowed(state, edge):
                continue
            if edge.target == start:
                return Example(begun.start, (*begun.edges, *edges, edge), left)
            if left & ~seen.get(edge.target, 0):
                seen[edge.target] = seen.get(edge.target, 0) | left
                queue.append((edge.target, left, (*edges, edge)))
    return begun
