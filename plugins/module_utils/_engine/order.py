# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In which order a plan is carried out when its objects refer to one another. Private to the collection.

What refers to an object that is only created in the same run comes after it. Where objects refer to each other in a
circle, as few of them as possible are created as shells, and get the fields that refer to others by a second write. Of
some tables all objects are created as shells. What the provider allows few of comes as late as others let it, so that
nothing else waits for its limits. What goes live comes last, when all that it leads to is complete.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from .plan import Action, Need, Node, Plan, Step

# How many ways to break a circle are compared before the best guess is taken.
_MOST_TRIALS = 5000

Graph = Mapping[Node, Collection[Node]]


@dataclass(frozen=True)
class Write:
    """One write for the plan at index *work*. *step* is *origin*, limited to the fields that this write sets.

    *needs* are the steps of the same run that must have succeeded. *completes*: the second write of a creation.
    """

    work: int
    origin: Step
    step: Step
    needs: frozenset[Node] = frozenset()
    completes: bool = False


def schedule(plans: Sequence[Plan]) -> list[list[Write]]:
    """Return the writes of *plans* in stages; those of one stage may be carried out in any order, or together.

    *plans* are ordered so that objects of one may refer to those of the following ones. Deletions come first, except
    of tables that say otherwise; then replacements; then updates that need nothing new, then creations and their second
    writes, then the updates that need them and what waits for these, then what goes live. Replacements that wait for
    others come after these, and so do updates. Raises `ValueError` for objects that cannot be created without each
    other at all.
    """
    created = {
        (plan.table.plural, step.key): (work, step)
        for work, plan in enumerate(plans)
        for step in plan.steps
        if step.action is Action.CREATE and not plan.table.goes_live
    }
    for node in _postponed(plans, created):
        del created[node]
    steps = {node: step for node, (_work, step) in created.items()}
    always = {node for node, (work, _step) in created.items() if plans[work].table.shell}
    shells = always | _shells(steps, always)
    # Replacements may take the place of what is deleted, and updates that of what is replaced.
    deletions: list[Write] = []
    replacements: list[Write] = []
    updates: list[list[Write]] = []
    late: list[list[Write]] = []
    live: list[list[Write]] = []
    last: list[Write] = []
    for work, plan in reversed(list(enumerate(plans))):
        ready: list[Write] = []
        waiting: list[Write] = []
        for step in plan.steps:
            if step.action is Action.DELETE:
                stage = last if plan.table.deletes_last else deletions
                stage.append(Write(work, step, step, frozenset(step.waits_for)))
            elif step.action is Action.REPLACE:
                replacements.append(Write(work, step, step, frozenset(step.waits_for)))
            elif step.action is Action.NONE:
                continue
            elif plan.table.goes_live:
                behind = frozenset(_all_behind(plans, step)).union(step.waits_for)
                waiting.append(Write(work, step, step, behind))
            elif (plan.table.plural, step.key) not in created:
                needs = frozenset(need.node for need in step.needs if need.node in steps)
                write = Write(work, step, step, needs.union(step.waits_for))
                (waiting if needs or step.action is Action.CREATE else ready).append(write)
        updates += _in_turn(plans, ready)
        if plan.table.goes_live:
            live.append(waiting)
        else:
            late += _in_turn(plans, waiting)
    early = [deletions, *_in_turn(plans, replacements), *updates]
    stages = [*early, *_building(plans, created, shells), *late, *live, *_in_turn(plans, last)]
    return [stage for stage in stages if stage]


def _postponed(plans: Sequence[Plan], created: Collection[Node]) -> list[Node]:
    """Return the creations that wait for an update which in its turn needs what is created."""
    updates = {
        (plan.table.plural, step.key)
        for plan in plans
        for step in plan.steps
        if step.action is Action.UPDATE and any(need.node in created for need in step.needs)
    }
    return [
        (plan.table.plural, step.key)
        for plan in plans
        for step in plan.steps
        if (plan.table.plural, step.key) in created and not updates.isdisjoint(step.waits_for)
    ]


def _building(
    plans: Sequence[Plan], created: Mapping[Node, tuple[int, Step]], shells: Collection[Node]
) -> Iterator[list[Write]]:
    """Yield all creations with their second writes in stages: of what may come next, that of the first turn."""
    steps = {node: step for node, (_work, step) in created.items()}
    # By turn, each with what must be there before.
    left: dict[int, list[tuple[Collection[Node], Write]]] = {}
    for node, before in _edges(steps, shells).items():
        work, step = created[node]
        creating, completing = plans[work].table.turns
        deferred = _deferred(plans[work], step, shells, steps)
        first = tuple(name for name in step.changes if name not in deferred)
        needs = frozenset(need.node for need in step.needs if need.field not in deferred and need.node in steps)
        left.setdefault(creating, []).append((before, Write(work, step, replace(step, changes=first), needs)))
        for write in _completing(work, step, deferred, steps):
            left.setdefault(completing, []).append((write.needs.union([node]), write))
    there: set[Node] = set()
    while left:
        turn = min(turn for turn, some in left.items() if any(there.issuperset(before) for before, _write in some))
        stage = [write for before, write in left[turn] if there.issuperset(before)]
        waiting = [item for item in left.pop(turn) if not there.issuperset(item[0])]
        if waiting:
            left[turn] = waiting
        there.update((plans[write.work].table.plural, write.origin.key) for write in stage)
        yield stage


def _deferred(plan: Plan, step: Step, shells: Collection[Node], created: Collection[Node]) -> set[str]:
    """Return the fields of a creation that a second write sets."""
    if plan.table.shell:
        return {name for name in step.changes if name not in plan.table.shell}
    if (plan.table.plural, step.key) not in shells:
        return set()
    return {need.field for need in step.needs if not need.firm and need.node in created}


def _completing(work: int, step: Step, deferred: Collection[str], created: Collection[Node]) -> Iterator[Write]:
    """Yield the second write of a creation, if there is one."""
    rest = tuple(name for name in step.changes if name in deferred)
    if rest:
        needs = frozenset(need.node for need in step.needs if need.field in deferred and need.node in created)
        yield Write(work, step, replace(step, changes=rest), needs, completes=True)


def _all_behind(plans: Sequence[Plan], step: Step) -> set[Node]:
    """Return all that changes among what the object of *step* leads to, directly or through others, changing or not."""
    steps = {(plan.table.plural, item.key): item for plan in plans for item in plan.steps}
    found: set[Node] = set()
    border = [need.node for need in _all_needs(step)]
    while border:
        node = border.pop()
        if node in steps and node not in found:
            found.add(node)
            border.extend(need.node for need in _all_needs(steps[node]))
    return {node for node in found if steps[node].action is not Action.NONE}


def _all_needs(step: Step) -> Sequence[Need]:
    """Return what the object refers to, also where that does not change."""
    return step.desired.needs if step.desired is not None else step.needs


def _in_turn(plans: Sequence[Plan], writes: Sequence[Write]) -> list[list[Write]]:
    """Return *writes* of one kind in stages: those that wait for others of them come after these."""
    named = {(plans[write.work].table.plural, write.step.key): write for write in writes}
    graph = {node: {other for other in write.step.waits_for if other in named} for node, write in named.items()}
    stages: dict[int, list[Write]] = {}
    for node, depth in _depths(graph).items():
        stages.setdefault(depth, []).append(named[node])
    return [stages[depth] for depth in sorted(stages)]


def _edges(steps: Mapping[Node, Step], shells: Collection[Node]) -> dict[Node, set[Node]]:
    """Return what must be created before what: shells only wait for what they cannot do without."""
    return {
        node: {need.node for need in step.needs if need.node in steps and (need.firm or node not in shells)}
        for node, step in steps.items()
    }


def _shells(steps: Mapping[Node, Step], always: Collection[Node]) -> set[Node]:
    """Return the fewest objects that must be created without their references, beside those that always are."""
    own = {node for node, step in steps.items() if any(need.node == node and not need.firm for need in step.needs)}
    shells = own.union(always)
    for circle in _circles(_edges(steps, shells)):
        shells |= _fewest(circle, steps, shells)
    return shells


def _fewest(circle: Collection[Node], steps: Mapping[Node, Step], shells: set[Node]) -> set[Node]:
    within = {node: steps[node] for node in steps if node in circle}
    able = [node for node, step in within.items() if any(not need.firm and need.node in circle for need in step.needs)]
    trials = (set(chosen) for size in range(1, len(able) + 1) for chosen in combinations(able, size))
    for chosen in islice(trials, _MOST_TRIALS):
        if not _circles(_edges(within, chosen | shells)):
            return chosen
    chosen = set()
    while remaining := _circles(_edges(within, chosen | shells)):
        # The one that most others of its circle wait for.
        waiting = [need.node for node in remaining[0] for need in steps[node].needs]
        candidates = [node for node in remaining[0] if node in able and node not in chosen]
        if not candidates:
            raise ValueError(f"these cannot be created without each other: {sorted(remaining[0])}")
        chosen.add(max(candidates, key=waiting.count))
    return chosen


def _circles(graph: Graph) -> list[list[Node]]:
    """Return the groups of two or more nodes that all lead to each other."""
    reach = {node: _reachable(graph, node) for node in graph}
    found: list[list[Node]] = []
    seen: set[Node] = set()
    for node in graph:
        if node in seen or node not in reach[node]:
            continue
        group = [other for other in graph if other in reach[node] and node in reach[other]]
        seen.update(group)
        found.append(group)
    return found


def _reachable(graph: Graph, start: Node) -> set[Node]:
    found: set[Node] = set()
    border: list[Node] = list(graph[start])
    while border:
        node = border.pop()
        if node not in found:
            found.add(node)
            border.extend(graph[node])
    return found


def _depths(graph: Graph) -> dict[Node, int]:
    """Return how many others must precede each node of a graph without circles."""
    depths: dict[Node, int] = {}

    def settle(nodes: Iterable[Node]) -> None:
        for node in nodes:
            if node not in depths:
                settle(graph[node])
                depths[node] = 1 + max((depths[before] for before in graph[node]), default=-1)

    settle(graph)
    return depths
