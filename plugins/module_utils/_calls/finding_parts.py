# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong at one place: phones that ring too long, mailboxes that nobody hears. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from .faults import Fault
from .nodes import Kind, Level, Node, Place, Ring, Step, To, rung
from .people import Directory
from .survey import Example, Survey
from .times import Times
from .world import Edge, State, length

# Where a call goes on ringing, so that somebody else's voicemail comes before it.
_RINGS_ON = frozenset({Kind.PERSON, Kind.NUMBER, Kind.QUEUE, Kind.PHONE, Kind.SIP, Kind.DEVICE})


_OUTCOMES = {
    "no-members": "waits for nobody",
    "foreign-voicemail": "may get the voicemail of the operator",
    "unheard": "may leave a message that nobody hears",
    "policy": "may get there",
    "stranger": "may get there",
    "unread": "may get there",
}


class Known(Protocol):
    """What findings depend on beside the graph."""

    @property
    def times(self) -> Times:
        """The time classes."""
        raise NotImplementedError

    @property
    def directory(self) -> Directory:
        """The people of all offices."""
        raise NotImplementedError

    @property
    def judge(self) -> Callable[[str], str | None]:
        """Return why the policy forbids a number."""
        raise NotImplementedError


def parts_of(survey: Survey, known: Known) -> list[Fault]:
    """Return the faults of single places that calls can get to."""
    found = _Parts(survey, known)
    return [
        *found.queues(),
        *found.foreign_voicemails(),
        *found.unheard(),
        *found.phones(),
        *found.unread(),
        *found.remarks(),
    ]


@dataclass
class _Parts:
    survey: Survey
    known: Known
    nodes: dict[str, Node] = field(init=False)
    # By node, a state in which a call is there.
    states: dict[str, State] = field(init=False)

    def __post_init__(self) -> None:
        self.nodes, self.states = {}, {}
        for state in self.survey.states:
            node = self.survey.world.node(state)
            if node is not None and state.key not in self.nodes:
                self.nodes[state.key], self.states[state.key] = node, state

    def _fault(
        self,
        code: str,
        node: Node,
        words: str,
        place: Place | None = None,
        *,
        remedy: str = "",
        certain: bool = True,
        detail: object = "",
        last: tuple[State, Edge] | None = None,
    ) -> Fault:
        """Return a fault at *node*, or at the target of the *last* edge that a call takes to it."""
        where = place if place is not None and place.at else node.place
        example = self.survey.shortest_to(last[0] if last else self.states[node.key])
        if example is not None and last is not None and example.mask & last[1].mask:
            example = Example(example.start, (*example.edges, last[1]), example.mask & last[1].mask)
        return Fault(
            code,
            where,
            words,
            self.survey.words(example, _OUTCOMES[code]) if example else "",
            remedy,
            certain=certain,
            identity=(node.identity, detail),
            offices=frozenset({where.office} - {""}),
            example=example,
        )

    def _label(self, node: Node) -> str:
        return self.survey.names.label(node)

    def queues(self) -> Iterator[Fault]:
        """Yield queues in which no member can take calls."""
        for node in self.nodes.values():
            if node.kind is Kind.QUEUE and isinstance(node.does, Ring):
                members = [self.survey.world.graph.node(self.survey.world.rings(to).key) for to in rung(node.does)]
                if not any(member is not None and member.enabled for member in members):
                    words = f"no member of {self._label(node)} can take calls"
                    yield self._fault("no-members", node, words, remedy="Add a member who is enabled and has a phone.")

    def foreign_voicemails(self) -> Iterator[Fault]:
        """Yield outside phones that ring so long that their operator's voicemail may take the call from others."""
        for node in self.nodes.values():
            if isinstance(node.does, Ring):
                for to, seconds in self._contended(node.does):
                    phone = self.survey.graph.node(to.key)
                    if phone is None or phone.kind is not Kind.PHONE:
                        continue
                    after = self.survey.names.voicemail_after(phone)
                    if seconds is not None and seconds >= after:
                        label = self._label(phone)
                        yield self._fault(
                            "foreign-voicemail",
                            node,
                            f"{label} rings for {seconds} s; the voicemail of its operator may take the call after "
                            f"{after} s, before others can",
                            to.place,
                            remedy=f"Make it ring for less than {after} s, or ring last and alone.",
                            certain=to.evidence.level is Level.DOCUMENTED,
                            detail=to.key,
                        )

    def _contended(self, ring: Ring) -> Iterator[tuple[To, int | None]]:
        """Yield what rings together with others or before them, with its seconds."""
        steps = [*ring.steps, *([Step(ring.always, length(ring))] if ring.always else [])]
        then = self.survey.graph.node(ring.then.key) if ring.then is not None else None
        goes_on = then is not None and then.kind in _RINGS_ON
        several = len(rung(ring)) > 1
        for position, step in enumerate(steps):
            before = not ring.at_once and position + 1 < len(ring.steps)
            together = len(step.targets) > 1 or (several and (ring.at_once or ring.any_order or bool(ring.always)))
            if before or together or goes_on:
                yield from ((to, step.seconds) for to in step.targets)

    def unheard(self) -> Iterator[Fault]:
        """Yield mailboxes whose messages nobody gets."""
        for node in self.nodes.values():
            if node.kind is not Kind.MAILBOX or node.recipients is None or self._is_passed_on(node):
                continue
            why = [self._unheard(node, recipient) for recipient in node.recipients] or ["nobody gets its messages"]
            if all(why):
                words = f"{self._label(node)}: {'; '.join(filter(None, why))}"
                yield self._fault("unheard", node, words, remedy="Name a recipient who gets the messages.")

    def _is_passed_on(self, mailbox: Node) -> bool:
        """Return whether only other mailboxes send messages here: what is wrong is found at those."""
        before = [self.survey.world.node(state) for state, _edge in self.survey.leading_to(self.states[mailbox.key])]
        return bool(before) and all(node is not None and node.kind is Kind.MAILBOX for node in before)

    def _unheard(self, mailbox: Node, recipient: str) -> str:
        if recipient in self.survey.graph.nodes or not _is_address(recipient):
            person = self.survey.graph.node(recipient)
            if person is None:
                return f"its recipient {self.survey.names.label_of(recipient)}"
            if not person.enabled:
                return f"its recipient {self._label(person)} is disabled"
            known = not self.known.directory or self.known.directory.owner(person) is not None
            # Whose own mailbox it is need not be listed to hear its messages.
            if known or person.kind is not Kind.PERSON or recipient == mailbox.owner:
                return ""
            return f"its messages go to {self._label(person)}, which belongs to nobody in office_people"
        if self.known.directory and self.known.directory.by_email(recipient) is None:
            return f"its messages go to {recipient}, which belongs to nobody in office_people"
        return ""

    def phones(self) -> Iterator[Fault]:
        """Yield phones outside that the policy forbids, or that nobody is known to own."""
        seen: set[tuple[str, str]] = set()
        for state, edge in self.survey.edges():
            phone, holder = self.survey.world.node(edge.target), self.survey.world.node(state)
            if phone is None or holder is None or phone.kind is not Kind.PHONE:
                continue
            if (state.key, phone.key) in seen:
                continue
            seen.add((state.key, phone.key))
            why = self.known.judge(phone.number)
            if why:
                words = f"calls go to {self._label(phone)}: {why}"
                yield self._fault("policy", holder, words, edge.to.place, detail=phone.key, last=(state, edge))
            if self.known.directory and self.known.directory.owner(phone) is None:
                words = f"{phone.name} belongs to nobody in office_people"
                remedy = "Add it to a person's phones, or send the calls elsewhere."
                last = (state, edge)
                yield self._fault("stranger", holder, words, edge.to.place, remedy=remedy, detail=phone.key, last=last)

    def unread(self) -> Iterator[Fault]:
        """Yield what could not be read and calls depend on."""
        waiting: dict[str, list[Node]] = {}
        for key, node in self.nodes.items():
            if node.kind is Kind.UNKNOWN:
                for beginning in self.survey.graph.unread:
                    if key.startswith(beginning):
                        waiting.setdefault(beginning, []).append(node)
        for beginning, nodes in waiting.items():
            why = self.survey.graph.unread[beginning]
            named = ", ".join(sorted(node.name for node in nodes)[:3])
            more = f" and {len(nodes) - 3} more" if len(nodes) > 3 else ""
            words = f"{why}, so it is not known who answers at {named}{more}"
            place = Place(beginning.rpartition(":")[2].rstrip("/"))
            yield self._fault("unread", nodes[0], words, place, detail=beginning)

    def remarks(self) -> Iterator[Fault]:
        """Yield what compilers have seen."""
        for remark in self.survey.graph.remarks:
            identity = (remark.key, remark.words)
            offices = frozenset({remark.place.office} - {""})
            sure = remark.certain
            yield Fault(remark.code, remark.place, remark.words, certain=sure, identity=identity, offices=offices)


def _is_address(recipient: str) -> bool:
    return "@" in recipient and "/" not in recipient
