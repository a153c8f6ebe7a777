# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a caller meets from one place on, until a menu or the end, as one sentence. Private to the collection.

At some times it is this and at others that, so a place has several *pieces*: a set of time classes, and what is met.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from .names import PHONES, Names
from .nodes import Kind, Level, Node, Ring, Rule, Rules, To, rung
from .world import ANY_EXTENSION, ANY_KEY, Edge, How, State, World

# A chain of more forwards is cut off.
_DEEPEST = 60
# So many different things at different times are named; what comes after them is called varying.
_MOST_PIECES = 200
_SILENT = frozenset({Kind.NUMBER, Kind.PERSON, Kind.SITE})


class Meet(NamedTuple):
    """Something that a caller meets. *identity* is the same before and after a change that no caller notices.

    *short* is the text where the one before it belongs to the same *owner*.
    """

    identity: tuple[object, ...]
    text: str
    short: str = ""
    owner: str = ""


class Piece(NamedTuple):
    """What is met at the times of *mask*. *menu*: where the caller chooses then. *passed*: nodes, each with how many
    meets come before it.
    """

    mask: int
    meets: tuple[Meet, ...]
    menu: State | None = None
    passed: tuple[tuple[str, int], ...] = ()

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same for a caller."""
        return tuple(meet.identity for meet in self.meets)

    def text(self, start: int = 0) -> str:
        """Return the sentence for what comes from the meet at *start* on."""
        return spelled(self.meets[start:])


def spelled(meets: Sequence[Meet]) -> str:
    """Return meets as one sentence: `Anna's phones (20 s), then their voicemail`."""
    parts, owner = [], ""
    for meet in meets:
        parts.append(meet.short if meet.owner and meet.owner == owner else meet.text)
        owner = meet.owner
    return ", then ".join(parts)


class Describer:
    """Describes the states of a world; each is worked out once."""

    def __init__(self, world: World, names: Names) -> None:
        self.world = world
        self.names = names
        self._known: dict[State, tuple[Piece, ...]] = {}
        self._open: list[State] = []
        # The outermost state that a cycle has come back to, as its position among the open ones.
        self._back = 0

    def pieces(self, state: State) -> tuple[Piece, ...]:
        """Return what a caller meets from *state* on; the pieces' masks make up all times."""
        self._back = len(self._open)
        return self._pieces(state)

    def ringing(self, state: State, node: Node, ring: Ring) -> list[str]:
        """Return what rings at a node, once for each thing that it is at different times."""
        found = self._rings(node, ring, [edge for edge in self.world.edges(state) if edge.mask])
        return [spelled(meets) for _mask, meets in found]

    def _pieces(self, state: State) -> tuple[Piece, ...]:
        if state in self._known:
            return self._known[state]
        node = self.world.node(state)
        if node is None:
            return (self._last(("missing", state.key), self.names.label_of(state.key)),)
        label = self.names.label(node)
        if state in self._open:
            self._back = min(self._back, self._open.index(state))
            return (self._last(("back", node.identity), f"back to {label}"),)
        if len(self._open) >= _DEEPEST:
            self._back = 0
            return (self._last(("deep",), "further forwards"),)
        position = len(self._open)
        self._open.append(state)
        outer, self._back = self._back, position
        found = tuple(self._merged(self._of_node(state, node)))
        self._open.pop()
        if self._back >= position:
            # No cycle reaches further out, so it does not matter from where one came.
            self._known[state] = found
        self._back = min(outer, self._back)
        return found

    def _last(self, identity: tuple[object, ...], text: str) -> Piece:
        return Piece(self.world.everything, (Meet(identity, text),))

    def _of_node(self, state: State, node: Node) -> Iterable[Piece]:
        own = self._own(node)
        if node.kind is Kind.MENU:
            passed = ((node.identity, 0),)
            yield Piece(self.world.everything, own, state if self.world.edges(state) else None, passed)
            return
        edges = [edge for edge in self.world.edges(state) if edge.mask]
        if isinstance(node.does, Ring):
            (after,) = (edge for edge in edges if edge.how is How.NO_ANSWER)
            for mask, rings in self._rings(node, node.does, edges):
                yield from self._on(after, node, (*own, *rings), mask)
        elif edges:
            # That a forwarded call may come back is said where somebody follows it step by step.
            for edge in (edge for edge in edges if edge.how not in (How.NO_ANSWER, How.DIALS)):
                yield from self._on(edge, node, own, edge.mask)
        else:
            yield Piece(self.world.everything, own, passed=((node.identity, 0),))

    def _own(self, node: Node) -> tuple[Meet, ...]:
        """Return what a caller meets in the node itself, nothing where only its phones or targets are noticed."""
        if node.part_of or (node.kind in _SILENT and self.world.edges(self.world.state(node.key))):
            return ()
        if node.kind is Kind.QUEUE and isinstance(node.does, (Ring, Rules)):
            # What rings in a queue is named together with it.
            return ()
        if node.kind is Kind.UNKNOWN:
            return (Meet(("unknown", node.name), node.label),)
        return (self._meet(node),)

    def _meet(self, node: Node) -> Meet:
        owner = self.names.owner(node) or (node.name if node.kind is Kind.PERSON else "")
        return Meet((node.kind.value, node.identity), self.names.label(node), self.names.short(node, owner), owner)

    def _on(self, edge: Edge, node: Node, own: tuple[Meet, ...], mask: int) -> Iterable[Piece]:
        """Yield what is met along *edge* at the times of *mask*, after what *node* has of its *own*."""
        here = ((node.identity, 0),)
        if edge.rule is not None and edge.rule.condition.level is Level.UNKNOWN:
            yield from self._perhaps(edge, edge.rule, own, mask, here)
            return
        if edge.level is Level.UNKNOWN:
            words = edge.to.evidence.words
            yield Piece(mask & edge.mask, (*own, Meet(("unknown", words), f"not known ({words})")), passed=here)
            return
        for piece in self._pieces(edge.target):
            if both := piece.mask & mask & edge.mask:
                passed = (*here, *((key, count + len(own)) for key, count in piece.passed))
                yield Piece(both, own + piece.meets, piece.menu, passed)

    def _perhaps(
        self, edge: Edge, rule: Rule, own: tuple[Meet, ...], mask: int, here: tuple[tuple[str, int], ...]
    ) -> Iterable[Piece]:
        """Yield what is met if a rule applies of which nobody knows when it does."""
        words = rule.condition.words
        if rule.to.evidence.level is Level.UNKNOWN:
            yield Piece(mask & edge.mask, (*own, Meet(("unknown", words), f"not known ({words})")), passed=here)
            return
        for piece in self._pieces(self.world.state(rule.to.key, edge.target.caller, edge.target.called)):
            if both := piece.mask & mask & edge.mask:
                text = f"not known ({words}): perhaps {piece.text()}"
                yield Piece(both, (*own, Meet(("unknown", words, piece.identity), text)), passed=here)

    def _rings(self, node: Node, ring: Ring, edges: Sequence[Edge]) -> Iterable[tuple[int, tuple[Meet, ...]]]:
        """Yield times with what rings then. A number that rings and leads on is named with what it leads to."""
        targets = {edge.to.key: edge for edge in edges if edge.how is How.RINGS}
        legs = [list(self._leg(edge)) for edge in targets.values()]
        for chosen in product(*legs):
            mask = self.world.everything
            for piece_mask, _meet in chosen:
                mask &= piece_mask
            if mask:
                met = dict(zip(targets, (meet for _mask, meet in chosen), strict=True))
                yield mask, (self._queue(node, ring, met),) if node.kind is Kind.QUEUE else self._ringing(ring, met)

    def _leg(self, edge: Edge) -> Iterable[tuple[int, Meet]]:
        target = self.world.node(edge.target)
        if edge.level is Level.UNKNOWN:
            phone = self.world.graph.node(edge.to.key)
            named = phone is not None and phone.kind in PHONES
            text = f"perhaps {self.names.label_of(edge.to.key)}" if named else "phones that are not known"
            yield self.world.everything, Meet(("unknown", edge.to.evidence.words, edge.to.key), text)
        elif target is None or target.kind in PHONES or not self.world.edges(edge.target):
            missing = Meet(("missing", edge.target.key), self.names.label_of(edge.target.key))
            yield self.world.everything, missing if target is None else self._meet(target)
        else:
            own = self._meet(target)
            for piece in self._pieces(edge.target):
                text = f"{own.text} (to {piece.text()})"
                yield piece.mask, Meet((*own.identity, piece.identity), text, text)

    def _queue(self, node: Node, ring: Ring, met: dict[str, Meet]) -> Meet:
        """Return a queue with its members: `queue "Support" (members in order, 20 s each: Ada, Ben)`."""
        members = [met[key] for key in dict.fromkeys(self.world.rings(to).key for to in rung(ring))]
        named = list(dict.fromkeys(self._member(to) for to in rung(ring)))
        how = "members at once" if ring.at_once else f"members in {'any ' * ring.any_order}order"
        each = {step.seconds for step in ring.steps if not ring.at_once} - {None}
        seconds = each.pop() if len(each) == 1 else None
        alone = len(named) == 1
        words = [] if alone else [how]
        words += [] if seconds is None else [f"{seconds} s" if alone else f"{seconds} s each"]
        words += [] if ring.seconds is None else [f"at most {ring.seconds} s"]
        identities = [meet.identity for meet in members]
        who = tuple(sorted(identities, key=repr) if ring.at_once or ring.any_order else identities)
        details = ": ".join(filter(None, (", ".join(words), ", ".join(named)))) if members else "no members"
        full = ring.full.key if ring.full is not None and ring.full.evidence.level is not Level.UNKNOWN else ""
        if full and (ring.then is None or ring.then.key != full):
            details += f"; when full: {self.names.label_of(full)}"
        identity = ("queue", node.part_of or node.identity, *words, *who, ("full", full))
        return Meet(identity, f"{self.names.label(node)} ({details})")

    def _member(self, to: To) -> str:
        """Return who rings in a queue: a person rather than a phone."""
        node = self.world.graph.node(self.world.rings(to).key)
        return self.names.label_of(to.key) if node is None else self.names.owner(node) or self.names.label(node)

    def _ringing(self, ring: Ring, met: dict[str, Meet]) -> tuple[Meet, ...]:
        """Return the steps of a ring."""
        found: list[Meet] = []
        steps: list[tuple[tuple[Meet, ...], int | None]] = []
        for step in ring.steps:
            rings = tuple(met[self.world.rings(to).key] for to in step.targets)
            together = ring.at_once and steps and steps[-1][1] == step.seconds
            if together:
                rings += steps.pop()[0]
            steps.append((rings, step.seconds))
        always = tuple(met[self.world.rings(to).key] for to in ring.always)
        for rings, seconds in steps:
            found.append(_step(rings, "" if seconds is None else f" ({seconds} s)", str(seconds)))
        if ring.at_once or ring.any_order:
            words = " in any order" if ring.any_order and len(found) > 1 else ""
            joint = tuple(meet.identity for meet in found)
            found = [Meet((words, *joint), " and ".join(meet.text for meet in found) + words)] if found[1:] else found
        if always:
            apps = _step(always, " all the while" if found else "", "always")
            first = found[:1]
            text = ", ".join(meet.text for meet in (apps, *first))
            found[:1] = [Meet((apps.identity, *(meet.identity for meet in first)), text)]
        return tuple(found)

    def _merged(self, pieces: Iterable[Piece]) -> Iterable[Piece]:
        """Yield pieces, those with the same meets as one."""
        found: dict[tuple[object, ...], Piece] = {}
        for piece in pieces:
            same: tuple[object, ...] = (piece.identity, piece.menu, piece.passed)
            if same not in found and len(found) >= _MOST_PIECES:
                same = ("varying",)
                piece = Piece(piece.mask, (Meet(same, "what varies with the time"),))
            known = found.get(same)
            found[same] = piece if known is None else known._replace(mask=known.mask | piece.mask)
        return found.values()


def _step(rings: Sequence[Meet], suffix: str, seconds: str) -> Meet:
    identity = ("rings", seconds, *sorted(map(repr, (meet.identity for meet in rings))))
    text = " and ".join(meet.text for meet in rings) or "nothing"
    single = len(rings) == 1
    return Meet(identity, text + suffix, rings[0].short + suffix if single else "", rings[0].owner if single else "")


def key_words(keys: Sequence[str]) -> str:
    """Return keys as people say them: `key 2`, `keys 1, 2`, `no key`, `extension 101`."""
    if len(keys) > 1 and all(len(key) == 1 for key in keys):
        return f"keys {', '.join(keys)}"
    return ", ".join(map(_key_word, keys))


def _key_word(key: str) -> str:
    if key in (ANY_KEY, ANY_EXTENSION):
        return key
    if key == "wait":
        return "no key"
    return f"key {key}" if len(key) == 1 else f"extension {key}"
