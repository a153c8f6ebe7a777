# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every way through the menus behind a number, and every call that can be distinguished, for comparing with the model.

A menu that is met again on the same way is not entered a second time: "back to menu …".
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from ansible_collections.office.telephony.plugins.module_utils._calls.circumstances import (
    NOBODY_PICKS_UP,
    NOTHING_SPECIAL,
    Circumstances,
    Matches,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import Ring
from ansible_collections.office.telephony.plugins.module_utils._calls.routes import WAIT, Call
from ansible_collections.office.telephony.plugins.module_utils._calls.sentences import Describer, Piece
from ansible_collections.office.telephony.plugins.module_utils._calls.times import Times
from ansible_collections.office.telephony.plugins.module_utils._calls.world import (
    ANY_EXTENSION,
    ANY_KEY,
    CHOSEN,
    Edge,
    How,
    State,
    World,
)

# Ways through menus that lead to each other are as many as their keys multiplied.
_MOST_WAYS = 2000


class Way(NamedTuple):
    """What a caller meets who presses *keys*: *piece* has the times and the words. *seen*: its menu was met before."""

    keys: tuple[str, ...]
    piece: Piece
    seen: bool = False


def ways(describer: Describer, start: State) -> Iterator[Way]:
    """Yield all simple key paths from *start* with what a caller meets then, the shortest first."""
    world = describer.world
    queue: deque[tuple[State, tuple[str, ...], int, frozenset[str]]] = deque(
        [(start, (), world.everything, frozenset())]
    )
    found = 0
    while queue:
        state, keys, mask, menus = queue.popleft()
        for piece in describer.pieces(state):
            times = piece.mask & mask
            if not times:
                continue
            found += 1
            menu = piece.menu
            seen = menu is not None and menu.key in menus
            yield Way(keys, piece._replace(mask=times), seen)
            if menu is None or seen or found >= _MOST_WAYS:
                continue
            for edge in world.edges(menu):
                queue.append((edge.target, (*keys, key_of(edge)), times & edge.mask, menus | {menu.key}))


def key_of(edge: Edge) -> str:
    """Return what a caller does to take an edge out of a menu."""
    return WAIT if edge.how is How.WAIT else edge.label


def calls(world: World, times: Times, start: State, *, longest: int = 3) -> Iterator[Call]:
    """Yield a call for each simple path of at most *longest* keys, each time class, and all, one or nobody picking up.

    *world* must be that of *times*.
    """
    paths: deque[tuple[State, tuple[str, ...], int, frozenset[State]]] = deque(
        [(start, (), world.everything, frozenset())]
    )
    given: set[tuple[tuple[str, ...], int]] = set()
    while paths:
        state, keys, mask, seen = paths.popleft()
        if state in seen:
            continue
        edges = [edge for edge in world.edges(state) if edge.mask & mask]
        if not edges or any(edge.how in CHOSEN for edge in edges):
            for index in range(times.everything.bit_length()):
                if mask >> index & 1 and (keys, index) not in given:
                    given.add((keys, index))
                    for circumstances in _answerers(world, state, seen):
                        yield Call(start.key, times.moment(1 << index), start.caller, keys, circumstances)
        for edge in edges:
            if edge.label in (ANY_KEY, ANY_EXTENSION) or edge.how is How.RINGS:
                continue
            further = (*keys, key_of(edge)) if edge.how in CHOSEN or edge.how is How.WAIT else keys
            if len(further) <= longest:
                paths.append((edge.target, further, mask & edge.mask, seen | {state}))


def _answerers(world: World, state: State, seen: frozenset[State]) -> Iterator[Circumstances]:
    yield NOTHING_SPECIAL
    phones: dict[str, None] = {}
    for passed in (*seen, state):
        node = world.node(passed)
        if node is not None and isinstance(node.does, Ring):
            phones.update({edge.target.key: None for edge in world.edges(passed) if edge.how is How.RINGS})
    if phones:
        yield NOBODY_PICKS_UP
    for phone in phones:
        yield Circumstances(unanswered=_everybody_but(phone))


def _everybody_but(key: str) -> Matches:
    return lambda node: node.key != key
