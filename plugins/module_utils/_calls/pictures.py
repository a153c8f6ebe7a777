# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pictures of a number's route: a tree, Mermaid, plain data, and its week as a band. Private to the collection."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .._numbers.e164 import for_people
from .names import Names
from .nodes import Kind, Level, Node, Ring
from .schedules import DAY, WEEKDAYS
from .sentences import Describer, key_words
from .times import Times
from .world import Edge, How, State, World

# What Mermaid would take for its own.
_MARKUP = re.compile(r'["#&<>`\\\[\]{}|;]')
# Shapes by kind: what stands around the text.
_SHAPES = {
    Kind.NUMBER.value: ("([", "])"),
    Kind.MENU.value: ("{{", "}}"),
    Kind.MAILBOX.value: ("[(", ")]"),
    Kind.HANG_UP.value: ("((", "))"),
    Kind.NOWHERE.value: ("((", "))"),
    Kind.UNKNOWN.value: (">", "]"),
}


class Pictures:
    """Pictures of the graph of *world*, whose clock must be *times*."""

    def __init__(self, world: World, times: Times, names: Names) -> None:
        self.world = world
        self.times = times
        self.names = names
        self.describer = Describer(world, names)

    def tree(self, start: State) -> dict[str, Any]:
        """Return the route as nested nodes. What was drawn before is a link to it: `back` holds its `id`.

        Each node has `id`, `kind`, `label` and `branches`; each branch `how`, `when`, `evidence` and `to` or `back`.
        """
        root: dict[str, Any] = {}
        drawn: dict[State, str] = {}
        # Nodes that are still to be drawn, each with the mapping that takes it.
        queue: deque[tuple[State, dict[str, Any]]] = deque([(start, root)])
        while queue:
            state, holder = queue.popleft()
            if state in drawn:
                holder["back"] = drawn[state]
                continue
            drawn[state] = f"n{len(drawn)}"
            branches: list[dict[str, Any]] = []
            holder["to"] = {"id": drawn[state], **self._node(state), "branches": branches}
            for edge in self._edges(state):
                branch: dict[str, Any] = self._branch(state, edge)
                branches.append(branch)
                queue.append((edge.target, branch))
        found: dict[str, Any] = root["to"]
        return found

    def data(self, start: State) -> dict[str, Any]:
        """Return the route as lists of `nodes` and `edges`."""
        states = self._states(start)
        ids = {state: f"n{position}" for position, state in enumerate(states)}
        nodes = [{"id": ids[state], **self._node(state)} for state in states]
        edges = [
            {"from": ids[state], "to": ids[edge.target], **self._branch(state, edge)}
            for state in states
            for edge in self._edges(state)
        ]
        return {"nodes": nodes, "edges": edges}

    def nodes(self, starts: Iterable[State], ends: Callable[[State], bool]) -> dict[State, dict[str, Any]]:
        """Return everything that calls can get to from *starts*, each place once, with its `branches`.

        *ends* says of a state that what follows there is not shown.
        """
        found: dict[State, dict[str, Any]] = {}
        ids = {state: f"n{position}" for position, state in enumerate(dict.fromkeys(starts))}
        queue = list(ids)
        for state in queue:
            branches = []
            for edge in () if ends(state) else self._edges(state):
                if edge.target not in ids:
                    ids[edge.target] = f"n{len(ids)}"
                    queue.append(edge.target)
                branches.append({**self._branch(state, edge), "to": ids[edge.target]})
            found[state] = {"id": ids[state], **self._node(state), "branches": branches}
        return found

    def mermaid(self, start: State) -> str:
        """Return the route as a Mermaid flowchart."""
        found = self.data(start)
        return flowchart(found["nodes"], found["edges"])

    def week(self, start: State) -> list[dict[str, Any]]:
        """Return the ordinary week of a number: by day its `bands`, each with what a caller meets then.

        `from` and `to` are minutes of the day. Bands with the same `text` have the same `index`.
        """
        bands: list[tuple[int, int, str, int]] = []
        for index, piece in enumerate(self.describer.pieces(start)):
            bands += [(first, last, piece.text(), index) for first, last in self.times.week_of(piece.mask)]
        days = []
        for number, name in enumerate(WEEKDAYS):
            begin = number * DAY
            inside = [
                {
                    "from": (max(first, begin) - begin) // 60,
                    "to": (min(last, begin + DAY) - begin) // 60,
                    "text": text,
                    "index": index,
                }
                for first, last, text, index in sorted(bands)
                if first < begin + DAY and last > begin
            ]
            days.append({"day": name, "bands": list(_joined(inside))})
        return days

    def _states(self, start: State) -> list[State]:
        return self.world.states([start], self._edges)

    def _edges(self, state: State) -> Iterator[Edge]:
        """Yield the edges that a picture shows: what only rings is named in its node."""
        for edge in self.world.edges(state):
            node = self.world.node(edge.target)
            leads_on = edge.how is not How.RINGS or (node is not None and bool(self.world.edges(edge.target)))
            if edge.mask and leads_on:
                yield edge

    def _node(self, state: State) -> dict[str, Any]:
        node = self.world.node(state)
        if node is None:
            return {"kind": Kind.NOWHERE.value, "label": self.names.label_of(state.key), "key": state.key}
        label, rings = self.names.label(node), self._rings(node)
        if rings:
            label = rings if node.kind in (Kind.PERSON, Kind.QUEUE) else f"{label}: {rings}"
        return {"kind": node.kind.value, "label": label, "key": node.key}

    def _branch(self, state: State, edge: Edge) -> dict[str, str]:
        evidence = {"evidence": edge.level.value, "words": edge.to.evidence.words}
        return {"how": self._how(state, edge), "when": self.times.words(edge.mask), **evidence}

    def _rings(self, node: Node) -> str:
        """Return what rings at a node, in the words of sentences."""
        if not isinstance(node.does, Ring):
            return ""
        state = self.world.state(node.key)
        texts = dict.fromkeys(self.describer.ringing(state, node, node.does))
        return " / ".join(texts)

    def _how(self, state: State, edge: Edge) -> str:
        words: dict[How, Callable[[], str]] = {
            How.KEY: lambda: key_words((edge.label,)),
            How.DIALS: lambda: key_words((edge.label,)),
            How.WAIT: lambda: "no key",
            How.NO_ANSWER: lambda: "no answer" + (f" in {edge.seconds} s" if edge.seconds else ""),
            How.BUSY: lambda: "busy",
            How.FULL: lambda: "full",
            How.RINGS: lambda: "rings",
            How.RULE: lambda: self._rule(edge),
        }
        return words.get(edge.how, str)()

    @staticmethod
    def _rule(edge: Edge) -> str:
        if edge.rule is None:
            return "otherwise"
        parts = [edge.label, *(f"calls from {for_people(caller)}" for caller in sorted(edge.rule.callers))]
        parts += [f"calls to {for_people(number)}" for number in sorted(edge.rule.called)]
        return ", ".join(filter(None, parts))


def flowchart(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> str:
    """Return nodes and edges as a Mermaid flowchart; what is not documented has a dotted line."""
    lines = ["flowchart TD"]
    for node in nodes:
        before, after = _SHAPES.get(node["kind"], ("[", "]"))
        lines.append(f'    {node["id"]}{before}"{_escaped(node["label"])}"{after}')
    for edge in edges:
        words = ", ".join(filter(None, (edge["how"], edge["when"])))
        arrow = "-->" if edge["evidence"] == Level.DOCUMENTED.value else "-.->"
        label = f'|"{_escaped(words)}"|' if words else ""
        lines.append(f"    {edge['from']} {arrow}{label} {edge['to']}")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda found: f"#{ord(found[0])};", text)


def _joined(bands: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield bands, neighbours that say the same as one."""
    last: dict[str, Any] | None = None
    for band in bands:
        if last is not None and last["index"] == band["index"] and last["to"] == band["from"]:
            last["to"] = band["to"]
        else:
            if last is not None:
                yield last
            last = dict(band)
    if last is not None:
        yield last
