# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Following one call: dialled number, instant, caller, keys, who picks up. Private to the collection.

Everybody picks up at the first ring who is not named otherwise. Where several phones ring together, each of them may be
the one: the result is a route for each. Rules are those of the instant at which the call comes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from .circumstances import NOTHING_SPECIAL, Circumstances
from .names import PHONES, Names
from .nodes import GoTo, Kind, Level, Menu, Node, Ring, Step, To, rung
from .times import Moment
from .world import ANY_EXTENSION, ANY_KEY, Edge, How, State, World, length

WAIT = "wait"
ANNOUNCEMENTS = "announcements"
# What rings may lead on to what rings; beyond this nobody knows what happens.
_MOST_WALKS = 500
_DEEPEST = 50
_TAKEN = {
    Kind.MAILBOX: "takes the call",
    Kind.FLOW: "takes the call; what it does is not known",
}


class Ends(str, Enum):
    """How a call ends. `REPEATS`: a menu plays forever to a caller who presses nothing."""

    PERSON = "person"
    OUTSIDE = "outside"
    VOICEMAIL = "voicemail"
    FLOW = "flow"
    HANG_UP = "hang_up"
    NOWHERE = "nowhere"
    LOOP = "loop"
    REPEATS = "repeats"
    UNKNOWN = "unknown"


_ENDS = {
    Kind.MAILBOX: Ends.VOICEMAIL,
    Kind.FLOW: Ends.FLOW,
    Kind.HANG_UP: Ends.HANG_UP,
    Kind.NOWHERE: Ends.NOWHERE,
    Kind.UNKNOWN: Ends.UNKNOWN,
    Kind.PHONE: Ends.OUTSIDE,
    Kind.SIP: Ends.OUTSIDE,
    Kind.PERSON: Ends.PERSON,
    Kind.DEVICE: Ends.PERSON,
}
_WELL = frozenset({Ends.PERSON, Ends.OUTSIDE, Ends.VOICEMAIL, Ends.FLOW})
_OPEN = frozenset({Ends.LOOP, Ends.REPEATS, Ends.UNKNOWN})
_HEARD = frozenset({Kind.MENU, Kind.ANNOUNCEMENT})


@dataclass(frozen=True)
class Call:
    """A call to *key*. *press*: keys, digits of an extension, or `wait`. *caller*: E.164, "" for one in no rule."""

    key: str
    moment: Moment
    caller: str = ""
    press: tuple[str, ...] = ()
    circumstances: Circumstances = NOTHING_SPECIAL


@dataclass(frozen=True)
class Met:
    """A step of a route: a node, what happened there in words, and after how many seconds the call had got to it."""

    key: str
    words: str
    seconds: int
    level: Level = Level.DOCUMENTED
    rang: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """What one call does. *reached*: the key of who or what took it, "" for nobody and for
    the voicemail of a phone's operator.

    *seconds* until then, to which comes what *vague* names. *why*: what is not known, for a call that ends so. *left*:
    keys that were not pressed because no menu was heard. *level*: the weakest evidence on the way. *taken*: after how
    many seconds the caller heard something, None for only ringing.
    """

    steps: tuple[Met, ...]
    end: Ends
    reached: str
    seconds: int
    vague: tuple[str, ...] = ()
    why: str = ""
    left: tuple[str, ...] = ()
    level: Level = Level.DOCUMENTED
    taken: int | None = None

    @property
    def keys(self) -> list[str]:
        """Everything that the call went through or that rang, in order, with who took it."""
        found = [key for step in self.steps for key in (step.key, *step.rang)]
        return found + ([self.reached] if self.reached and self.reached not in found[-1:] else [])


@dataclass
class _Trail:
    steps: list[Met] = field(default_factory=list)
    seconds: int = 0
    vague: tuple[str, ...] = ()
    pressed: int = 0
    level: Level = Level.DOCUMENTED
    why: str = ""
    # States with the number of keys pressed so far, in order; and how many of them there were at the last menu.
    seen: dict[tuple[State, int], int] = field(default_factory=dict)
    menu: int = -1
    depth: int = 0
    # When something first took the call, so that the caller hears it: a leg is answered then.
    taken: int | None = None

    def copy(self) -> _Trail:
        return replace(self, steps=list(self.steps), seen=dict(self.seen))


class _Leg:
    """Who of what rings takes a call first: seconds after the ring began, and the routes of all who do so then."""

    def __init__(self) -> None:
        self.first: int | None = None
        self.routes: list[Route] = []

    def add(self, second: int, routes: Sequence[Route]) -> None:
        if self.first is None or second < self.first:
            self.first, self.routes = second, []
        if second == self.first:
            self.routes += routes


def follow(world: World, call: Call, names: Names) -> list[Route]:
    """Return the routes that *call* may take: one, or one for each who may pick up first.

    *world* must be that of the call's moment.
    """
    return _Follower(world, call, names).walk(world.start(call.key, call.caller), _Trail())


class _Follower:
    def __init__(self, world: World, call: Call, names: Names) -> None:
        self.world = world
        self.call = call
        self.names = names
        self.press = call.press
        self.walks = 0

    def walk(self, state: State, trail: _Trail) -> list[Route]:
        """Follow the call from *state* to its end."""
        self.walks += 1
        if self.walks > _MOST_WALKS or trail.depth > _DEEPEST:
            trail.why = "who answers where so many phones ring through each other"
            return [self._end(trail, state.key, f"it is not known {trail.why}", Ends.UNKNOWN)]
        while True:
            node = self.world.node(state)
            if node is None:
                words = f"{self.names.label_of(state.key)}"
                return [self._end(trail, state.key, words, Ends.NOWHERE)]
            if (state, trail.pressed) in trail.seen:
                repeats = trail.menu >= trail.seen[state, trail.pressed]
                words = f"back to {self.names.label(node)}"
                return [self._end(trail, state.key, words, Ends.REPEATS if repeats else Ends.LOOP)]
            trail.seen[state, trail.pressed] = len(trail.seen)
            if node.kind in _HEARD and trail.taken is None:
                trail.taken = trail.seconds
            if isinstance(node.does, Ring):
                routes = self._ring(state, node, node.does, trail)
                if isinstance(routes, list):
                    return routes
                state = routes
                continue
            edges = [edge for edge in self.world.edges(state) if edge.mask]
            if not edges:
                return [self._arrive(node, trail)]
            edge = self._pressed(edges, node, trail) if isinstance(node.does, Menu) else edges[0]
            state = self._take(edge, node, trail)
            if isinstance(node.does, GoTo) and node.does.unanswered:
                return self._lent(state, node.does, trail)

    def _lent(self, state: State, goes: GoTo, trail: _Trail) -> list[Route]:
        """Follow a call that may come back unless somebody takes it in time."""
        began, heard, trail.taken = trail.seconds, trail.taken, None
        trail.depth += 1
        found = []
        for route in self.walk(state, trail):
            taken = route.seconds if route.taken is None else route.taken
            in_time = taken == began or taken - began < (goes.within or 0)
            if not (in_time and (route.end in _WELL or route.taken is not None)) and route.end not in _OPEN:
                words = f"nobody takes the call in time: it is not known {goes.unanswered}"
                steps = (*route.steps, Met(state.key, words, route.seconds, Level.UNKNOWN))
                route = replace(route, steps=steps, end=Ends.UNKNOWN, reached="", why=goes.unanswered)
                route = replace(route, level=Level.UNKNOWN)
            found.append(replace(route, taken=route.taken if heard is None else heard))
        return found

    def _pressed(self, edges: Sequence[Edge], node: Node, trail: _Trail) -> Edge:
        """Return what the caller does in a menu. *edges* end with doing nothing."""
        if node.kind is Kind.MENU:
            trail.menu = len(trail.seen) - 1
        waits = edges[-1]
        if trail.pressed >= len(self.press):
            return waits
        key = self.press[trail.pressed]
        trail.pressed += 1
        if key == WAIT:
            return waits
        labels = {(edge.how, edge.label): edge for edge in edges}
        if len(key) > 1:
            dialled = labels.get((How.DIALS, key)) or labels.get((How.DIALS, ANY_EXTENSION))
            if dialled is not None:
                return dialled
            # Nothing to dial here: each digit is a key.
            self.press = (*self.press[: trail.pressed - 1], *key, *self.press[trail.pressed :])
            key = key[0]
        found = labels.get((How.KEY, key)) or labels.get((How.KEY, ANY_KEY))
        # Where only extensions can be dialled, a key is for the next menu.
        trail.pressed -= found is None
        return found or waits

    def _take(self, edge: Edge, node: Node, trail: _Trail) -> State:
        """Go along an edge, and note what happened."""
        words = self._words(edge, node, trail)
        trail.steps.append(Met(node.key, words, trail.seconds, edge.level))
        self._pass(edge, trail)
        if node.kind is Kind.ANNOUNCEMENT and node.length is None:
            trail.vague = _with(trail.vague, ANNOUNCEMENTS)
        elif edge.seconds is None:
            trail.vague = _with(trail.vague, f"the wait in {self.names.label(node)}")
        trail.seconds += edge.seconds or 0
        return edge.target

    def _pass(self, edge: Edge, trail: _Trail) -> None:
        if edge.level is Level.UNKNOWN:
            trail.why = edge.to.evidence.words
        if edge.level is not Level.DOCUMENTED and trail.level is not Level.UNKNOWN:
            trail.level = edge.level

    def _words(self, edge: Edge, node: Node, trail: _Trail) -> str:
        here, there = self.names.label(node), self.names.label_of(edge.target.key)
        if edge.level is Level.UNKNOWN:
            there = f"it is not known {edge.to.evidence.words}"
        match edge.how:
            case How.KEY | How.DIALS:
                pressed = self.press[trail.pressed - 1]
                verb = "dialling" if edge.how is How.DIALS else "key"
                return f"{here}, {verb} {pressed}: {there}"
            case How.WAIT:
                return f"{here}, no key: {there}"
            case How.RULE:
                rule = f'rule "{edge.label}"' if edge.label else "no rule applies" if edge.rule is None else "a rule"
                inside = there == here
                return f"{here}: {rule}" if inside else f"{here}, {rule}: {there}"
        if node.kind is Kind.ANNOUNCEMENT:
            return f"{here} is played, then: {there}"
        return f"{here} forwards to {there}" if edge.level is not Level.UNKNOWN else f"{here}: {there}"

    def _arrive(self, node: Node, trail: _Trail) -> Route:
        """End the call at a node from which nothing leads on."""
        label, end = self.names.label(node), _ENDS.get(node.kind, Ends.NOWHERE)
        if node.kind not in PHONES:
            if end is Ends.UNKNOWN:
                trail.level = Level.UNKNOWN
                trail.why = trail.why or _question(node)
                return self._end(trail, node.key, "", end)
            return self._end(trail, node.key, f"{label} {_TAKEN[node.kind]}" if end in _WELL else label, end)
        if self.call.circumstances.voicemail(node):
            words = f"the operator's voicemail of {label} takes the call"
            return replace(self._end(trail, node.key, words, Ends.OUTSIDE), reached="")
        if not self._picks_up(node):
            trail.level, trail.why = Level.UNKNOWN, f"what happens when {label} does not answer"
            return self._end(trail, node.key, f"{label} does not answer: it is not known {trail.why}", Ends.UNKNOWN)
        words = f"{label} is outside; the call is answered there" if end is Ends.OUTSIDE else f"answered by {label}"
        return self._end(trail, node.key, words, end)

    def _picks_up(self, node: Node) -> bool:
        circumstances = self.call.circumstances
        return node.enabled and not circumstances.unanswered(node) and not circumstances.busy(node)

    def _end(self, trail: _Trail, key: str, words: str, end: Ends) -> Route:
        steps = [*trail.steps, Met(key, words, trail.seconds, trail.level)] if words else trail.steps
        return Route(
            tuple(steps),
            end,
            key if end in _WELL else "",
            trail.seconds,
            trail.vague,
            trail.why if end is Ends.UNKNOWN else "",
            tuple(self.press[trail.pressed :]),
            Level.UNKNOWN if end is Ends.UNKNOWN else trail.level,
            trail.taken,
        )

    def _ring(self, state: State, node: Node, ring: Ring, trail: _Trail) -> list[Route] | State:
        """Let phones ring: return the routes of those who take the call first, else the state that it goes on to."""
        edges = {edge.how: edge for edge in self.world.edges(state) if edge.how is not How.RINGS}
        if ring.full is not None and self.call.circumstances.full(node):
            return self._take_aside(edges[How.FULL], node, "takes no more callers", trail)
        everybody = [found for found in map(self._node, rung(ring)) if found is not None]
        busy = bool(everybody) and all(self.call.circumstances.busy(found) for found in everybody)
        if ring.busy is not None and busy:
            return self._take_aside(edges[How.BUSY], node, "is busy", trail)
        leg = _Leg()
        together = ring.at_once or ring.any_order
        before = trail.copy()
        if ring.any_order and not all(map(self._takes, everybody)):
            # Others may ring before the one who answers.
            before.vague = _with(before.vague, f"the ringing of {self.names.label(node)}")
        start = 0
        for step in ring.steps:
            self._rings(step, start, state, node, before if together else trail, leg)
            if (not together or not step.targets) and self._lasts(step) is None:
                trail.vague = _with(trail.vague, f"the ringing of {self.names.label(node)}")
            start += 0 if together else self._lasts(step) or 0
        if ring.always:
            self._rings(Step(ring.always), 0, state, node, before, leg)
        rang = tuple(dict.fromkeys(self.world.rings(to).key for to in rung(ring)))
        if leg.routes:
            return leg.routes
        edge = edges[How.NO_ANSWER]
        there = self.names.label_of(edge.target.key)
        there = f"it is not known {edge.to.evidence.words}" if edge.level is Level.UNKNOWN else there
        seconds = edge.seconds
        if seconds is not None and ring.seconds is None:
            steps = tuple(replace(step, seconds=self._lasts(step)) for step in ring.steps)
            seconds = length(replace(ring, steps=steps))
        lasted = "" if seconds is None else f" in {seconds} s"
        what = f"nobody answers{lasted}: {self._listed(rang)}" if rang else f"{self.names.label(node)}: nothing rings"
        trail.steps.append(Met(node.key, f"{what}; then: {there}", trail.seconds, edge.level, rang))
        self._pass(edge, trail)
        if seconds is None:
            trail.vague = _with(trail.vague, f"the ringing of {self.names.label(node)}")
        trail.seconds += start if seconds is None else seconds
        return edge.target

    def _lasts(self, step: Step) -> int | None:
        """Return how long a step rings, None where that is not known, as for one in which all are busy."""
        targets = [node for node in map(self._node, step.targets) if node is not None]
        busy = bool(targets) and all(self.call.circumstances.busy(node) for node in targets)
        return None if busy else step.seconds

    def _take_aside(self, edge: Edge, node: Node, what: str, trail: _Trail) -> State:
        label, there = self.names.label(node), self.names.label_of(edge.target.key)
        trail.steps.append(Met(node.key, f"{label} {what}, then: {there}", trail.seconds, edge.level))
        self._pass(edge, trail)
        return edge.target

    def _listed(self, keys: Sequence[str]) -> str:
        return ", ".join(self.names.label_of(key) for key in keys)

    def _node(self, to: To) -> Node | None:
        return self.world.graph.node(self.world.rings(to).key)

    def _rings(self, step: Step, start: int, state: State, node: Node, trail: _Trail, leg: _Leg) -> None:
        """Let the targets of a step ring from second *start* on, and add to *leg* who of them takes the call."""
        rang = tuple(self.world.rings(to).key for to in step.targets)
        for to in step.targets:
            rings = self.world.rings(to)
            target = self.world.graph.node(rings.key)
            mine = trail.copy()
            mine.seconds += start
            edge = next(edge for edge in self.world.edges(state) if edge.to.key == rings.key and edge.how is How.RINGS)
            if edge.level is Level.UNKNOWN:
                if self._matters(target, step):
                    self._pass(edge, mine)
                    leg.add(start, [self._end(mine, node.key, f"it is not known {mine.why}", Ends.UNKNOWN)])
            elif target is not None:
                self._pass(edge, mine)
                words = f"ringing: {self._listed(rang)}"
                mine.steps.append(Met(node.key, words, mine.seconds, edge.level, rang))
                self._answered(edge, target, mine, start, step.seconds, leg)

    def _matters(self, perhaps: Node | None, step: Step) -> bool:
        """Return whether it matters that it is not known whether *perhaps* rings, among what else rings in *step*.

        It does not for a phone at which nobody would answer, nor where its owner answers another one anyway.
        """
        if perhaps is None or perhaps.kind not in PHONES:
            return True
        if not self._takes(perhaps):
            return False
        known = [self._node(to) for to in step.targets if to.evidence.level is not Level.UNKNOWN]
        return not any(node and node.owner and node.owner == perhaps.owner and self._takes(node) for node in known)

    def _takes(self, phone: Node) -> bool:
        return self.call.circumstances.voicemail(phone) or self._picks_up(phone)

    def _answered(self, edge: Edge, target: Node, mine: _Trail, start: int, seconds: int | None, leg: _Leg) -> None:
        if target.kind in PHONES:
            if self._takes(target):
                leg.add(start, [self._arrive(target, mine)])
            return
        began, mine.taken = mine.seconds, None
        mine.depth += 1
        for route in self.walk(edge.target, mine):
            heard = route.taken is not None
            lasted = (route.seconds if route.taken is None else route.taken) - began
            answered = route.end in _WELL or heard or route.end is Ends.UNKNOWN
            if answered and (seconds is None or lasted < seconds):
                leg.add(start + lasted, [route])


def _with(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    return texts if text in texts else (*texts, text)


def _question(node: Node) -> str:
    """Return what is not known of a node of kind `UNKNOWN`, as the end of "It is not known …"."""
    named, _open, why = node.label.removesuffix(")").partition(" (")
    return why if named == "not known" else f"what {named} does" + (f", because {why}" if why else "")
