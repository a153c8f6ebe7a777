# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers notice of a change: two graphs, and the fewest true lines between them. Private to the collection.

Numbers are compared until the first menu, then menus key by key, each pair of menus once, however many numbers lead to
it. What differs is then attributed to the numbers and keys by which a caller gets there, and to the times.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .._texts import joined
from .names import Names
from .nodes import Graph, number_key, targets
from .sentences import Describer, Piece, key_words
from .times import Times
from .world import ANY_KEY, CHOSEN, Edge, How, State, World

NEW = "(new)"
GONE = "no longer a number of these accounts"
_NAMED = 3

# So many different times of one change have a line each; more become one line.
_MOST_TIMES = 4

Pair = tuple[State, State]
# A number, and from whom the call is, "" for everybody.
Caller = tuple[str, str]
# The same with the keys that are pressed.
Entry = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Change:
    """What callers notice. *where*: numbers and keys; *when*: "" for at any time; *numbers* in E.164."""

    where: str
    when: str
    before: str
    after: str
    numbers: tuple[str, ...]
    keys: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where and when: `+46 8 465 004 13, key 2, Sat`."""
        return f"{self.where}, {self.when}" if self.when else self.where

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.place}: {self.before} -> {self.after}"

    def result(self) -> dict[str, Any]:
        """Return the change as a module's result carries it."""
        return {
            "numbers": list(self.numbers),
            "press": list(self.keys),
            "when": self.when,
            "before": self.before,
            "after": self.after,
            "text": self.text,
        }


class _Difference(NamedTuple):
    mask: int
    before: Piece
    after: Piece


class _Compared(NamedTuple):
    """What differs between two states until the next menu, and the menus that both lead to, with the times."""

    differences: tuple[_Difference, ...]
    menus: tuple[tuple[int, Pair], ...]


@dataclass
class _Group:
    """What is the same change wherever one comes from. *anchor*: the place from which on it differs, "" for the entry.

    It is met by *numbers* as they are dialled, and by *slots*: keys of menus. Each has its times, and whole sentences.
    """

    anchor: str
    before: str
    after: str
    numbers: dict[Caller, tuple[int, str, str]] = field(default_factory=dict)
    slots: dict[tuple[Pair, str], tuple[int, str, str]] = field(default_factory=dict)


def differences(before: Graph, after: Graph, times: Times, names: tuple[Names, Names]) -> list[Change]:
    """Return what callers notice of the change from *before* to *after*, nothing where no caller does.

    *times* must know the schedules of both graphs; *names* are those of both.
    """
    return _Comparison(before, after, times, names).changes()


class _Comparison:
    def __init__(self, before: Graph, after: Graph, times: Times, names: tuple[Names, Names]) -> None:
        self.times = times
        self.names = names
        self.graphs = (before, after)
        self.worlds = (World(before, times), World(after, times))
        self.describers = tuple(Describer(world, own) for world, own in zip(self.worlds, names, strict=True))
        self._compared: dict[Pair, _Compared] = {}
        self._keys: dict[Pair, list[tuple[str, _Compared]]] = {}
        # From which numbers, and from which keys of other menus, one gets to a pair of menus, and when.
        self._roots: dict[Pair, list[tuple[int, Caller]]] = defaultdict(list)
        self._parents: dict[Pair, list[tuple[Pair, str, int]]] = defaultdict(list)
        self._behind: dict[Pair, list[tuple[str, int, list[str]]]] = {}
        self._order = {key: place for place, key in enumerate(sorted({**before.nodes, **after.nodes}))}

    def changes(self) -> list[Change]:
        """Return all lines, in the order of the numbers."""
        groups: dict[tuple[object, ...], _Group] = {}
        for number in self._affected():
            there = [number in graph.nodes for graph in self.graphs]
            if not all(there):
                self._appeared(groups, number, new=there[1])
                continue
            for caller in self._callers(number):
                pair = (self.worlds[0].start(number, caller), self.worlds[1].start(number, caller))
                compared = self._compare(pair)
                for difference in compared.differences:
                    group, texts = self._group(groups, difference, pair[1], ())
                    known = group.numbers.get((number, caller), (0,))[0]
                    group.numbers[number, caller] = (known | difference.mask, *texts)
                for mask, menus in compared.menus:
                    self._roots[menus].append((mask, (number, caller)))
        self._follow_menus(groups)
        lines = [line for group in groups.values() for line in self._lines(group)]
        return [change for _order, change in sorted(lines, key=lambda line: line[0])]

    def _callers(self, number: str) -> list[str]:
        """Return callers to compare: one for everybody, and those for whom it may be something else."""
        found = dict.fromkeys((*self.worlds[0].callers(number), *self.worlds[1].callers(number)))
        return list(found)

    def _affected(self) -> list[str]:
        """Return the numbers from which a call can get to a node that is another one now.

        Also the extensions to which no number leads: somebody else's number, of which nothing was read, may.
        """
        before, after = (graph.nodes for graph in self.graphs)
        changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        unread = {*self.graphs[0].unread} ^ {*self.graphs[1].unread}
        holders: dict[str, set[str]] = defaultdict(set)
        for nodes in (before, after):
            for node in nodes.values():
                for to in targets(node):
                    holders[to.key].add(node.key)
        # A list that only one side has read: what it does not hold is missing there, and unknown here.
        changed += [key for key in holders if any(map(key.startswith, unread)) and key not in changed]
        found = set(changed)
        queue = list(found)
        for key in queue:
            new = holders.get(key, set()) - found
            found |= new
            queue += new
        affected = [key for key in {**before, **after} if key in found]
        inside = [key for key in affected if key in before and key in after and after[key].extension]
        behind = self._behind_numbers() if inside else ()
        return [key for key in affected if key.startswith(number_key(""))] + [
            key for key in inside if key not in behind
        ]

    def _behind_numbers(self) -> set[str]:
        """Return everything to which a number leads."""
        found: set[str] = set()
        for graph in self.graphs:
            queue = [key for key in graph.nodes if key.startswith(number_key(""))]
            for key in queue:
                new = {to.key for to in targets(graph.nodes[key])} - found if key in graph.nodes else set()
                found |= new
                queue += new
        return found

    def _compare(self, pair: Pair) -> _Compared:
        if pair not in self._compared:
            differing: dict[tuple[object, ...], _Difference] = {}
            menus: dict[Pair, int] = defaultdict(int)
            first, second = (describer.pieces(state) for describer, state in zip(self.describers, pair, strict=True))
            for one in first:
                for other in second:
                    mask = one.mask & other.mask
                    if mask and one.menu is not None and other.menu is not None:
                        menus[one.menu, other.menu] |= mask
                    if mask and one.identity != other.identity:
                        same = (one.identity, other.identity)
                        mask |= differing[same].mask if same in differing else 0
                        differing[same] = _Difference(mask, one, other)
            found = tuple((mask, menu) for menu, mask in menus.items())
            self._compared[pair] = _Compared(tuple(differing.values()), found)
        return self._compared[pair]

    def _of_menus(self, pair: Pair) -> list[tuple[str, _Compared]]:
        """Return by key what differs between two menus."""
        if pair not in self._keys:
            choices = [_choices(world.edges(state)) for world, state in zip(self.worlds, pair, strict=True)]
            found = []
            for key in dict.fromkeys((*choices[0], *choices[1])):
                edges = [chosen.get(key) or chosen.get(ANY_KEY) for chosen in choices]
                if all(edges):
                    states = tuple(edge.target for edge in edges if edge is not None)
                    compared = self._compare((states[0], states[1]))
                    found.append((key, compared if key == ANY_KEY else _assigned(compared, edges)))
            self._keys[pair] = found
        return self._keys[pair]

    def _follow_menus(self, groups: dict[tuple[object, ...], _Group]) -> None:
        """Compare all menus that numbers lead to, and note what differs by key."""
        found = dict.fromkeys(self._roots)
        queue = deque(found)
        while queue:
            pair = queue.popleft()
            for key, compared in self._of_menus(pair):
                for mask, inner in compared.menus:
                    self._parents[inner].append((pair, key, mask))
                    if inner not in found:
                        found[inner] = None
                        queue.append(inner)
                for difference in compared.differences:
                    group, texts = self._group(groups, difference, None, (pair, key))
                    known = group.slots.get((pair, key), (0,))[0]
                    group.slots[pair, key] = (known | difference.mask, *texts)

    def _group(
        self,
        groups: dict[tuple[object, ...], _Group],
        difference: _Difference,
        start: State | None,
        slot: tuple[object, ...],
    ) -> tuple[_Group, tuple[str, str]]:
        """Return the group of a difference, and its whole sentences. *start*: the number from which it was seen."""
        anchor, count = _anchor(difference.before, difference.after)
        whole = (difference.before.text(), difference.after.text())
        node = self.worlds[1].node(start) if start else None
        if node is not None and node.identity == anchor:
            # It differs from the beginning on, so that only the sentences can be the same for another number.
            anchor = ""
        texts = (difference.before.text(count), difference.after.text(count)) if anchor else whole
        # What differs from a key on is a change of that key of that menu.
        same = (anchor or slot, *texts)
        return groups.setdefault(same, _Group(anchor, *texts)), whole

    def _appeared(self, groups: dict[tuple[object, ...], _Group], number: str, *, new: bool) -> None:
        world = self.worlds[int(new)]
        for piece in self.describers[int(new)].pieces(world.start(number)):
            texts = (NEW, piece.text()) if new else (piece.text(), GONE)
            group = groups.setdefault(((), *texts), _Group("", *texts))
            group.numbers[number, ""] = (piece.mask, *texts)

    def _lines(self, group: _Group) -> Iterator[tuple[tuple[int, tuple[str, ...]], Change]]:
        """Yield the lines of a group, each with what it is sorted by."""
        reached = self._by_time(group)
        if len({number for _caller, _mask, numbers in reached for number in numbers[: _NAMED + 1]}) <= _NAMED:
            entries = dict(self._entries(group))
            if len(entries) <= _NAMED:
                yield from self._named_lines(group, entries)
                return
        keys = {key for _pair, key in group.slots} if not group.numbers else set()
        shown = tuple(keys) if len(keys) == 1 else ()
        for caller, mask, numbers in reached:
            yield self._line(self._many(group, numbers), caller, mask, (group.before, group.after), numbers, shown)

    def _by_time(self, group: _Group) -> list[tuple[str, int, list[str]]]:
        """Return callers, times and numbers of a change, not too many different times."""
        pairs = {pair for pair, _key in group.slots}
        if len(pairs) == 1 and not group.numbers:
            # Whatever the times of the change are, it is the same numbers that lead there.
            (pair,) = pairs
            if pair not in self._behind:
                self._behind[pair] = self._together(self._reached({pair: self.times.everything}))
            times = _union(mask for mask, _before, _after in group.slots.values())
            found = [(caller, mask & times, numbers) for caller, mask, numbers in self._behind[pair] if mask & times]
            return found if len({mask for _caller, mask, _numbers in found}) == len(found) else _alike(found)
        ends: dict[Pair, int] = {}
        for (pair, _key), (mask, _before, _after) in group.slots.items():
            ends[pair] = ends.get(pair, 0) | mask
        reached = self._reached(ends)
        for entry, (mask, _before, _after) in group.numbers.items():
            reached[entry] = reached.get(entry, 0) | mask
        return self._together(reached)

    def _together(self, reached: Mapping[Caller, int]) -> list[tuple[str, int, list[str]]]:
        by_time: dict[tuple[str, int], list[str]] = defaultdict(list)
        for (number, caller), mask in reached.items():
            if not caller or reached.get((number, "")) != mask:
                by_time[caller, mask].append(number)
        for caller in dict.fromkeys(caller for caller, _mask in by_time):
            times = [mask for one, mask in by_time if one == caller]
            if len(times) > _MOST_TIMES:
                merged = [number for mask in times for number in by_time.pop((caller, mask))]
                by_time[caller, _union(times)] = merged
        for numbers in by_time.values():
            numbers.sort(key=self._order.__getitem__)
        return [(caller, mask, numbers) for (caller, mask), numbers in by_time.items()]

    def _reached(self, ends: dict[Pair, int]) -> dict[Caller, int]:
        """Return from which numbers, and when, one gets to menus at the times given there."""
        queue = list(ends)
        for pair in queue:
            for parent, _key, mask in self._parents.get(pair, ()):
                if mask & ends[pair] & ~ends.get(parent, 0):
                    ends[parent] = ends.get(parent, 0) | mask & ends[pair]
                    queue.append(parent)
        found: dict[Caller, int] = {}
        for pair, times in ends.items():
            for mask, caller in self._roots.get(pair, ()):
                if mask & times:
                    found[caller] = found.get(caller, 0) | mask & times
        return found

    def _entries(self, group: _Group) -> Iterator[tuple[Entry, tuple[int, str, str]]]:
        """Yield each number with the keys by which the change is met, when, and the whole sentences."""
        for (number, caller), found in group.numbers.items():
            yield (number, caller, ()), found
        for (pair, key), (mask, before, after) in group.slots.items():
            for above, (times, path) in _ways(pair, self._parents, mask).items():
                for root, (number, caller) in self._roots.get(above, ()):
                    if root & times:
                        yield (number, caller, (*path, key)), (root & times, before, after)

    def _named_lines(
        self, group: _Group, entries: Mapping[Entry, tuple[int, str, str]]
    ) -> Iterator[tuple[tuple[int, tuple[str, ...]], Change]]:
        """Yield lines in which every number is named with its keys."""
        by_time: dict[tuple[str, tuple[int, str, str]], list[Entry]] = defaultdict(list)
        for (number, caller, keys), found in entries.items():
            if not caller or entries.get((number, "", keys), (0,))[0] != found[0]:
                by_time[caller, found].append((number, caller, keys))
        for (caller, (mask, before, after)), same in by_time.items():
            same.sort(key=lambda entry: (self._order[entry[0]], entry[2]))
            paths = list(dict.fromkeys(keys for _number, _caller, keys in same))
            numbers = list(dict.fromkeys(number for number, _caller, _keys in same))
            where = "; ".join(_entry(self._label(number), keys) for number, _caller, keys in same)
            if len(paths) == 1:
                where = _entry(joined([self._label(number) for number in numbers]), paths[0])
            yield self._line(where, caller, mask, (before, after), numbers, paths[0] if len(paths) == 1 else ())

    def _line(
        self, where: str, caller: str, mask: int, texts: tuple[str, str], numbers: Sequence[str], keys: tuple[str, ...]
    ) -> tuple[tuple[int, tuple[str, ...]], Change]:
        if caller:
            where += f", calls from {caller}"
        plain = tuple(number.removeprefix(number_key("")) for number in numbers)
        return (self._order[numbers[0]], keys), Change(where, self.times.words(mask), *texts, plain, keys)

    def _many(self, group: _Group, numbers: Sequence[str]) -> str:
        """Return how many numbers meet a change, and where."""
        labels = [self._label(number) for number in numbers]
        if group.anchor:
            return f"{_counted(labels)} to {self._anchor_label(group.anchor)}"
        if group.slots:
            pair, key = next(iter(group.slots))
            return f"{_counted(labels)} to {self.names[1].label_of(pair[1].key)}, {key_words((key,))}"
        return joined([*labels[:_NAMED], f"{len(labels) - _NAMED} more numbers"] if labels[_NAMED:] else labels)

    def _label(self, key: str) -> str:
        side = 1 if key in self.graphs[1].nodes else 0
        label, extension = self.names[side].label_of(key), self.graphs[side].nodes[key].extension
        named = f" ({label})" if label != f"extension {extension}" else ""
        return f"extension {extension}{named}" if extension else label

    def _anchor_label(self, identity: str) -> str:
        for graph, names in zip(reversed(self.graphs), reversed(self.names), strict=True):
            if identity in graph.nodes:
                return names.label_of(identity)
            for node in graph.nodes.values():
                if node.identity == identity:
                    return names.label(node)
        return identity


def _anchor(before: Piece, after: Piece) -> tuple[str, int]:
    """Return the last place that both pass before they differ, and how many meets come before it."""
    same = 0
    while same < min(len(before.meets), len(after.meets)) and before.meets[same].identity == after.meets[same].identity:
        same += 1
    found = ("", 0)
    for one, other in zip(before.passed, after.passed, strict=False):
        if one != other or one[1] > same:
            break
        found = one
    return found


def _choices(edges: Iterable[Edge]) -> dict[str, Edge]:
    return {
        "wait" if edge.how is How.WAIT else edge.label: edge
        for edge in edges
        if edge.how in CHOSEN or edge.how is How.WAIT
    }


def _assigned(compared: _Compared, edges: Sequence[Edge | None]) -> _Compared:
    """Return what differs with a key's having nothing assigned named as that."""
    bare = [edge is not None and edge.label == ANY_KEY for edge in edges]
    if not any(bare):
        return compared
    found = []
    for mask, before, after in compared.differences:
        pieces = [
            piece._replace(meets=(piece.meets[0]._replace(text="nothing assigned"), *piece.meets[1:]))
            if plain
            else piece
            for piece, plain in zip((before, after), bare, strict=True)
        ]
        found.append(_Difference(mask, pieces[0], pieces[1]))
    return _Compared(tuple(found), compared.menus)


def _ways(
    pair: Pair, parents: Mapping[Pair, list[tuple[Pair, str, int]]], everything: int
) -> dict[Pair, tuple[int, tuple[str, ...]]]:
    """Return the menus from which keys lead to *pair*: at which times, and by which keys at the least."""
    found: dict[Pair, tuple[int, tuple[str, ...]]] = {pair: (everything, ())}
    queue = deque([pair])
    while queue:
        reached = queue.popleft()
        times, path = found[reached]
        for parent, key, mask in parents.get(reached, ()):
            known, shortest = found.get(parent, (0, (key, *path)))
            if mask & times & ~known:
                found[parent] = (known | mask & times, shortest)
                queue.append(parent)
    return found


def _entry(label: str, keys: tuple[str, ...]) -> str:
    return f"{label}, {key_words(keys)}" if keys else label


def _counted(labels: Sequence[str]) -> str:
    return f"the {len(labels)} numbers that lead" if len(labels) > 1 else f"{labels[0]}, which leads"


def _alike(found: Iterable[tuple[str, int, list[str]]]) -> list[tuple[str, int, list[str]]]:
    """Return callers, times and numbers, those of the same times as one."""
    by_time: dict[tuple[str, int], list[str]] = {}
    for caller, mask, numbers in found:
        by_time[caller, mask] = [*by_time.get((caller, mask), ()), *numbers]
    return [(caller, mask, numbers) for (caller, mask), numbers in by_time.items()]


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
