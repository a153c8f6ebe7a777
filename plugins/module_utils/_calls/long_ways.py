# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Numbers from which it takes long to reach anybody. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .faults import Fault, LongWay
from .lost import any_edge, takes
from .nodes import Kind
from .survey import Example, Survey
from .world import Edge, State


def long_ways(survey: Survey, limits: LongWay) -> Iterator[Fault]:
    """Yield numbers from which somebody is reached only after many menus or seconds, in the best case."""
    for name, limit, cost in (
        ("menus", limits.menus, _menus(survey)),
        ("seconds", limits.seconds, lambda state, edge: edge.seconds or 0),
    ):
        if limit is None:
            continue
        near = _within(survey, limit, cost)
        good = dict.fromkeys((state for state in survey.states if takes(survey, state)), survey.everything)
        reaching = survey.back(good, any_edge)
        for entry in survey.entries:
            far = reaching.get(entry, 0) & ~near.get(entry, 0)
            node = survey.world.node(entry)
            if far and node is not None:
                example = Example(entry, (), far)
                words = f"{survey.names.label(node)} takes more than {limit} {name} to reach anybody"
                when = survey.times.words(far)
                yield Fault("long-way", node.place, words, when=when, identity=(entry.key, name), example=example)


def _menus(survey: Survey) -> Callable[[State, Edge], int]:
    def cost(state: State, _edge: Edge) -> int:
        node = survey.world.node(state)
        return int(node is not None and node.kind is Kind.MENU)

    return cost


def _within(survey: Survey, limit: int, cost: Callable[[State, Edge], int]) -> Mapping[State, int]:
    """Return when somebody is reached from each state at a cost of at most *limit*."""
    # By state: at each cost up to the limit, the times at which somebody is reached for no more.
    found: dict[State, dict[int, int]] = {}
    queue = [(state, 0) for state in survey.states if takes(survey, state)]
    for state, _zero in queue:
        found[state] = {0: survey.everything}
    for state, spent in queue:
        for before, edge in survey.leading_to(state):
            total = spent + cost(before, edge)
            if total > limit:
                continue
            known = found.setdefault(before, {})
            cheaper = 0
            for other, mask in known.items():
                cheaper |= mask if other <= total else 0
            new = found[state].get(spent, 0) & edge.mask & ~cheaper
            if new:
                known[total] = known.get(total, 0) | new
                queue.append((before, total))
    whole: dict[State, int] = {}
    for state, costs in found.items():
        for mask in costs.values():
            whole[state] = whole.get(state, 0) | mask
    return whole
