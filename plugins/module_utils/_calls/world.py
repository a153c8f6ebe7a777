# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a call can go from where it is: the graph with its rules worked out. Private to the collection.

A call is in a *state*: at a node, from a caller, having come by a number. An *edge* leads to the next state, at a set
of time classes (see `times`). Everything that follows calls, one call or all calls at once, does it along these edges.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from .nodes import (
    DOCUMENTED,
    FIRST_KEY,
    NOWHERE,
    NOWHERE_KEY,
    PREVIOUS_KEY,
    Evidence,
    GoTo,
    Graph,
    Kind,
    Level,
    Menu,
    Node,
    Ring,
    Rule,
    Rules,
    To,
    assumed,
    rung,
    targets,
    to_unknown,
    unknown_key,
)
from .schedules import Schedule


class Clock(Protocol):
    """Sets of time classes, or the one class of an instant."""

    @property
    def everything(self) -> int:
        """All classes."""
        raise NotImplementedError

    def mask(self, schedule: Schedule) -> int:
        """Return the classes in which a schedule holds."""
        raise NotImplementedError


class How(str, Enum):
    """Why a call takes an edge."""

    GOES = "goes"
    RULE = "rule"
    KEY = "key"
    DIALS = "dials"
    WAIT = "wait"
    RINGS = "rings"
    NO_ANSWER = "no answer"
    BUSY = "busy"
    FULL = "full"


# What a caller decides; the rest happens to a call.
CHOSEN = frozenset({How.KEY, How.DIALS})
ANY_EXTENSION = "any other extension"
ANY_KEY = "any other key"
# The digits, * and #.
_MOST_KEYS = 12
# What ends a call well: somebody or something takes it.
TAKES = frozenset({Kind.PERSON, Kind.DEVICE, Kind.MAILBOX, Kind.PHONE, Kind.SIP, Kind.FLOW})


# The first menu of a call, and the one before; after a way back, nobody knows which one that is.
Menus = tuple[str, str]
_LOST = "?"


class State(NamedTuple):
    """A call at a node. *caller*: "" for one in no rule. *called*: the number that it came by, where it matters.

    *menus*: the keys of the first menu, which may be this one, and of the one before, where keys ahead lead there.
    """

    key: str
    caller: str = ""
    called: str = ""
    menus: Menus = ("", "")


class Edge(NamedTuple):
    """A way on. *mask*: when; *label*: key, extension or rule; *seconds*: how long it takes, None where not known."""

    how: How
    target: State
    to: To
    mask: int
    label: str = ""
    seconds: int | None = 0
    rule: Rule | None = None

    @property
    def level(self) -> Level:
        """How sure it is that the call goes there."""
        return self.to.evidence.level


class World:
    """The states and edges of a graph, with the times at which each edge holds."""

    def __init__(self, graph: Graph, clock: Clock, interests: Interests | None = None) -> None:
        self.graph = graph
        self.clock = clock
        self.everything = clock.everything
        self._edges: dict[State, tuple[Edge, ...]] = {}
        self._interests = interests or Interests(graph)

    def state(self, key: str, caller: str = "", called: str = "", menus: Menus = ("", "")) -> State:
        """Return the state of a call at *key*; what nothing ahead looks at is left out, so that states are few."""
        node = self.graph.nodes.get(key)
        if node is not None and node.kind is Kind.NUMBER:
            called = node.number
        interests = self._interests
        is_menu = node is not None and isinstance(node.does, Menu)
        first = menus[0] or (key if is_menu else "")
        return State(
            key,
            caller if caller in interests.callers.get(key, ()) else "",
            called if key in interests.called else "",
            (first if key in interests.first else "", menus[1] if key in interests.previous else ""),
        )

    def start(self, key: str, caller: str = "") -> State:
        """Return the state of a call from any *caller* who dials *key*."""
        return self.state(key, self._interests.alike.get(caller, ""))

    def callers(self, key: str) -> list[str]:
        """Return callers that rules ahead of *key* distinguish, "" for everybody else first."""
        return ["", *sorted(self._interests.callers.get(key, ()))]

    def node(self, state: State) -> Node | None:
        """Return the node of a state, None where there is none."""
        return self.graph.node(state.key)

    def edges(self, state: State) -> tuple[Edge, ...]:
        """Return where a call can go from *state*."""
        found = self._edges.get(state)
        if found is None:
            found = self._edges[state] = tuple(self._made(state))
        return found

    def _made(self, state: State) -> Iterator[Edge]:
        node = self.node(state)
        if node is None:
            return
        match node.does:
            case GoTo(to):
                yield self._edge(How.GOES, state, node, to, seconds=node.length or 0)
                if node.does.unanswered:
                    yield self._edge(How.NO_ANSWER, state, node, to_unknown(node.does.unanswered, to.place))
            case Menu():
                yield from self._menu(state, node, node.does)
            case Ring():
                yield from self._ring(state, node, node.does)
            case Rules():
                yield from self._rules(state, node, node.does)
            case _:
                if node.kind in (Kind.NUMBER, Kind.MENU, Kind.ANNOUNCEMENT, Kind.QUEUE, Kind.SITE):
                    yield self._edge(How.GOES, state, node, To(NOWHERE_KEY, place=node.place))

    def _edge(
        self,
        how: How,
        state: State,
        node: Node,
        to: To,
        mask: int | None = None,
        label: str = "",
        *,
        seconds: int | None = 0,
        rule: Rule | None = None,
    ) -> Edge:
        if not to.place.at:
            to = To(to.key, to.evidence, node.place)
        if node.believed and to.evidence.level is Level.DOCUMENTED:
            to = To(to.key, assumed(node.believed), to.place)
        menus, to = self._back(state, node, to)
        unknown = to.evidence.level is Level.UNKNOWN
        key = unknown_key(to.evidence.words) if unknown else to.key
        target = self.state(key, state.caller, state.called, menus)
        return Edge(how, target, to, self.everything if mask is None else mask, label, seconds, rule)

    @staticmethod
    def _back(state: State, node: Node, to: To) -> tuple[Menus, To]:
        """Return the menus that a call has met beyond *node*, and *to* with a way back worked out."""
        if not isinstance(node.does, Menu):
            return state.menus, to
        first, previous = state.menus[0] or node.key, state.menus[1]
        named = node.label or f'menu "{node.name}"'
        if to.key == FIRST_KEY and node.does.first not in ("", first):
            return state.menus, to_unknown(f"which menu is the first one for {named}", to.place)
        if to.key == FIRST_KEY:
            return (first, _LOST), To(first, to.evidence, to.place)
        if to.key == PREVIOUS_KEY and previous not in ("", _LOST):
            return (first, _LOST), To(previous, to.evidence, to.place)
        if to.key == PREVIOUS_KEY:
            words = f"which menu comes before {named}"
            return state.menus, to_unknown(f"{words} for a call that has come by none, or has gone back", to.place)
        return (first, previous if to.key == node.key else node.key), to

    def _menu(self, state: State, node: Node, menu: Menu) -> Iterator[Edge]:
        for key, to in sorted(menu.keys.items()):
            yield self._edge(How.KEY, state, node, to, label=key)
        is_menu = node.kind is Kind.MENU
        if is_menu and len(menu.keys) < _MOST_KEYS:
            yield self._edge(How.KEY, state, node, menu.unassigned, label=ANY_KEY)
        if menu.dialling is not None:
            for digits, to in sorted(menu.dialling.known.items()):
                yield self._edge(How.DIALS, state, node, to, label=digits)
            yield self._edge(How.DIALS, state, node, menu.dialling.others, label=ANY_EXTENSION)
        # An announcement during which callers can dial an extension goes on for all others.
        how, seconds = (How.WAIT, menu.seconds) if is_menu else (How.GOES, node.length or 0)
        yield self._edge(how, state, node, menu.timeout, seconds=seconds)

    def _ring(self, state: State, node: Node, ring: Ring) -> Iterator[Edge]:
        for to in rung(ring):
            yield self._edge(How.RINGS, state, node, self.rings(to))
        then = ring.then or To(NOWHERE.key, place=node.place)
        yield self._edge(How.NO_ANSWER, state, node, then, seconds=length(ring))
        if ring.busy is not None:
            yield self._edge(How.BUSY, state, node, ring.busy)
        if ring.full is not None:
            yield self._edge(How.FULL, state, node, ring.full)

    def rings(self, to: To) -> To:
        """Return what rings: of a person all phones, without their own forwarding."""
        node = self.graph.nodes.get(to.key)
        if node is not None and node.kind is Kind.PERSON:
            return To(_phones_key(to.key), to.evidence, to.place)
        return to

    def _rules(self, state: State, node: Node, rules: Rules) -> Iterator[Edge]:
        left = self.everything
        for position, rule in enumerate(rules.rules):
            mask = left & self.holds(rule, state)
            if not mask:
                continue
            if rule.condition.level is Level.UNKNOWN:
                to = to_unknown(rule.condition.words, rule.place)
                yield self._edge(How.RULE, state, node, to, mask, rule.name, rule=rule)
                left &= ~mask
                continue
            left &= ~mask
            if rules.order.level is not Level.DOCUMENTED:
                others = 0
                for other in rules.rules[position + 1 :]:
                    others |= self.holds(other, state) if other.to.key != rule.to.key else 0
                if mask & others:
                    to = To(rule.to.key, rules.order, rule.place)
                    yield self._edge(How.RULE, state, node, to, mask & others, rule.name, rule=rule)
                    mask &= ~others
            if mask:
                to = _weaker(rule.to, rule.condition)
                yield self._edge(How.RULE, state, node, to, mask, rule.name, rule=rule)
        if left:
            yield self._edge(How.RULE, state, node, rules.otherwise, left)

    def holds(self, rule: Rule, state: State) -> int:
        """Return when a rule takes the call of *state*, other rules left aside."""
        if rule.callers and state.caller not in rule.callers:
            return 0
        if rule.called and state.called not in rule.called:
            return 0
        return self.everything if rule.schedule is None else self.clock.mask(rule.schedule)

    def states(self, starts: Iterable[State], edges: Callable[[State], Iterable[Edge]] | None = None) -> list[State]:
        """Return every state that a call can get to from *starts*, these included, nearest first.

        *edges* returns those of a state that count, by default all.
        """
        found = dict.fromkeys(starts)
        queue = deque(found)
        while queue:
            for edge in (edges or self.edges)(queue.popleft()):
                if edge.mask and edge.target not in found:
                    found[edge.target] = None
                    queue.append(edge.target)
        return list(found)


def length(ring: Ring) -> int | None:
    """Return for how many seconds it rings, None where that is not known."""
    if ring.seconds is not None:
        return ring.seconds
    seconds = [step.seconds for step in ring.steps]
    if ring.always and not seconds:
        return None
    known = [second for second in seconds if second is not None]
    if len(known) < len(seconds):
        return None
    return (max(known, default=0)) if ring.at_once else sum(known)


def schedules(graph: Graph) -> Iterator[Schedule]:
    """Yield the schedules of all rules."""
    for node in graph.nodes.values():
        if isinstance(node.does, Rules):
            yield from (rule.schedule for rule in node.does.rules if rule.schedule is not None)


def _phones_key(person: str) -> str:
    """Return the key of all phones of a person, without what else happens to their calls."""
    return f"{person}#phones"


def _weaker(to: To, evidence: Evidence) -> To:
    """Return *to* with the weaker of its evidence and *evidence*."""
    if evidence is DOCUMENTED or to.evidence.level is Level.UNKNOWN:
        return to
    return To(to.key, evidence, to.place)


class Interests:
    """What rules look at besides the time.

    *callers*: by key, which callers rules ahead distinguish; of those that all rules treat alike one stands for all,
    and *alike* names it. *called*: the keys from where a rule looks at the called number. *first*, *previous*: those
    from where a key of a menu leads back to the first one, or to the one before.
    """

    def __init__(self, graph: Graph) -> None:
        self.callers: dict[str, frozenset[str]] = {}
        self.called: set[str] = set()
        self.alike: dict[str, str] = {}
        self.first: set[str] = set()
        self.previous: set[str] = set()
        named = list(_named(graph))
        back = list(_leading_back(graph))
        if not named and not back:
            return
        groups: dict[str, list[int]] = defaultdict(list)
        for number, (_key, rule) in enumerate(named):
            for caller in rule.callers:
                groups[caller].append(number)
        first: dict[tuple[int, ...], str] = {}
        self.alike = {caller: first.setdefault(tuple(groups[caller]), caller) for caller in sorted(groups)}
        before: dict[str, list[str]] = defaultdict(list)
        for node in graph.nodes.values():
            for to in targets(node):
                before[to.key].append(node.key)
        menus = [key for key, node in graph.nodes.items() if isinstance(node.does, Menu)] if back else []
        for key, _way in back:
            # Any menu may be the first one, or the one before.
            for menu in menus:
                before[menu].append(key)
        for key, way in back:
            if way == FIRST_KEY:
                self._look(key, before, self.first)
            else:
                self._look(key, before, self.previous, frozenset(menus))
        for key, rule in named:
            self._spread(key, frozenset(self.alike[caller] for caller in rule.callers), before)
            if rule.called:
                self._look(key, before, self.called)

    def _spread(self, key: str, callers: frozenset[str], before: Mapping[str, Sequence[str]]) -> None:
        queue = [key]
        for reached in queue:
            known = self.callers.get(reached, frozenset())
            if not callers <= known:
                self.callers[reached] = known | callers
                queue += before.get(reached, ())

    @staticmethod
    def _look(
        key: str, before: Mapping[str, Sequence[str]], found: set[str], until: Container[str] = frozenset()
    ) -> None:
        """Add to *found* from where calls get to *key*, without passing what is in *until*."""
        queue = [key]
        for reached in queue:
            if reached not in found:
                found.add(reached)
                queue += [one for one in before.get(reached, ()) if one not in until]


def _leading_back(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield menus that lead back to another one by a key, and to which one."""
    for node in graph.nodes.values():
        if isinstance(node.does, Menu):
            keys = {to.key for to in targets(node)}
            yield from ((node.key, key) for key in (FIRST_KEY, PREVIOUS_KEY) if key in keys)


def _named(graph: Graph) -> Iterator[tuple[str, Rule]]:
    for node in graph.nodes.values():
        if isinstance(node.does, Rules):
            for rule in node.does.rules:
                if rule.callers or rule.called:
                    yield node.key, rule
