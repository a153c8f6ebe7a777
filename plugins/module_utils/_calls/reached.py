# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where people and phones are reached: by which numbers, which keys, and when. Private to the collection."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Sequence
from typing import Any

from .._numbers.e164 import for_people
from .names import PHONES
from .nodes import Kind, Node
from .people import Person
from .sentences import key_words
from .survey import Survey
from .world import CHOSEN, Edge, How, State

# So many ways are listed for each; who is behind more is behind everything.
_MOST_WAYS = 20
Ways = dict[str, Any]


class Reached:
    """Follows calls back from whom they reach to *entries*: numbers, and what is only dialled inside."""

    def __init__(self, survey: Survey, entries: Sequence[State]) -> None:
        self._survey = survey
        self._names = survey.names
        self._order = {state: place for place, state in enumerate(entries)}
        # By person: those in the directory by their key, others by e-mail address, or by name.
        self._ends: dict[str, list[tuple[State, Node]]] = defaultdict(list)
        self._others: dict[str, Person] = {}
        self._nobodys: dict[str, list[State]] = defaultdict(list)
        for state in survey.states:
            node = survey.world.node(state)
            if node is not None and (node.kind in PHONES or node.kind is Kind.MAILBOX):
                self._add(state, node)

    def _add(self, state: State, node: Node) -> None:
        person = self._names.person(node)
        holder = self._survey.graph.nodes.get(node.owner or node.part_of) or node
        if person is not None:
            self._ends[person.key].append((state, node))
        elif holder.kind is Kind.PERSON:
            other = Person(holder.name, holder.email)
            self._ends[other.key].append((state, node))
            known = self._others.setdefault(other.key, other)
            if known.name == known.email:
                self._others[other.key] = other
        elif node.kind in (Kind.PHONE, Kind.SIP):
            self._nobodys[node.key].append(state)

    def people(self, listing: Collection[str] | None) -> list[Ways]:
        """Return everybody with where calls reach them, those first whom the directory has.

        Who is reached nowhere is only there if *listing* has their key, or is None.
        """
        found = []
        listed = self._names.directory.people
        known = [key for key in listed if listing is None or key in listing or key in self._ends]
        for key in (*known, *sorted(self._others.keys() - listed.keys())):
            ends = self._ends.get(key, ())
            phones = [state for state, node in ends if node.kind in PHONES]
            mailboxes = [state for state, node in ends if node.kind is Kind.MAILBOX]
            own = {state for state, _node in ends}
            both = {**self._by(phones, own), "voicemail": self._by(mailboxes, own)}
            described = _described(listed.get(key) or self._others[key])
            found.append({**described, "listed": key in listed, **both})
        return found

    def phones_of_nobody(self) -> list[Ways]:
        """Return the phones and addresses outside that belong to nobody in the directory."""
        phones = sorted((self._names.label_of(key), states) for key, states in self._nobodys.items())
        return [{"name": label, **self._by(states)} for label, states in phones]

    def _by(self, ends: Sequence[State], own: Collection[State] = ()) -> Ways:
        """Return the ways to *ends*, the shortest for each entry that is not their *own*."""
        found: dict[State, tuple[int, tuple[str, ...]]] = dict.fromkeys(ends, (self._survey.everything, ()))
        starts: dict[State, None] = {}
        queue = deque(found)
        while queue:
            state = queue.popleft()
            mask, keys = found[state]
            if state in self._order and state not in own:
                starts[state] = None
                if len(starts) > _MOST_WAYS:
                    break
            for before, edge in self._survey.leading_to(state):
                known, shortest = found.get(before, (0, (*_pressed(edge), *keys)))
                if mask & edge.mask & ~known:
                    found[before] = (known | mask & edge.mask, shortest)
                    queue.append(before)
        # Callers whom a rule names, but whose calls get there like everybody's, are no news.
        news = [state for state in starts if not state.caller or found.get(state._replace(caller="")) != found[state]]
        ways = sorted(news[:_MOST_WAYS], key=self._order.__getitem__)
        return {"by": [self._way(state, *found[state]) for state in ways], "more": len(starts) > _MOST_WAYS}

    def _way(self, state: State, mask: int, keys: tuple[str, ...]) -> Ways:
        node = self._survey.graph.nodes[state.key]
        return {
            "number": node.number,
            "label": self._names.label(node),
            "caller": for_people(state.caller) if state.caller else "",
            "keys": [key_words((key,)) for key in keys],
            "when": self._survey.times.words(mask),
        }


def _pressed(edge: Edge) -> tuple[str, ...]:
    if edge.how in CHOSEN:
        return (edge.label,)
    return ("wait",) if edge.how is How.WAIT else ()


def _described(person: Person) -> Ways:
    extensions = [" ".join(extension) for extension in person.extensions]
    return {
        "name": person.name,
        "email": person.email,
        "phones": [for_people(phone) for phone in person.phones],
        "sip": list(person.sip),
        "extensions": extensions,
    }
