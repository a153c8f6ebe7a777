# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people call the places of a call: `Anna Lindqvist's mobile`, `menu "Reception"`. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable

from .._engine import naming
from .._errors import suggestions
from .._numbers import e164
from .nodes import Graph, Kind, Node, number_key, sip_key, targets
from .people import VOICEMAIL_AFTER, Directory, Person

_WORDS = {
    Kind.MENU: "menu",
    Kind.ANNOUNCEMENT: "announcement",
    Kind.QUEUE: "queue",
    Kind.SITE: "site",
    Kind.MAILBOX: "mailbox",
    Kind.FLOW: "flow",
}
_OUTSIDE = frozenset({Kind.PHONE, Kind.SIP})
# What rings and can be picked up.
PHONES = frozenset({Kind.PERSON, Kind.DEVICE, Kind.PHONE, Kind.SIP})
Matches = Callable[[Node], bool]


class Names:
    """Names of the nodes of a graph; *directory* knows people."""

    def __init__(self, graph: Graph, directory: Directory | None = None) -> None:
        self.graph = graph
        self.directory = directory or Directory()
        self._labels: dict[str, str] = {}
        self._called: dict[str, set[str]] = {}

    def person(self, node: Node) -> Person | None:
        """Return whose phone, mailbox or extension a node is."""
        found = self.directory.owner(node)
        if found is None and (node.owner or node.part_of):
            holder = self.graph.nodes.get(node.owner or node.part_of)
            found = None if holder is None else self.directory.owner(holder)
        return found

    def owner(self, node: Node) -> str:
        """Return the name of the person that a node belongs to, "" where nobody is known."""
        person = self.person(node)
        if person is not None:
            return person.name
        holder = self.graph.nodes.get(node.owner)
        return "" if holder is None else holder.name

    def label(self, node: Node) -> str:
        """Return what people call a node."""
        if node.key not in self._labels:
            self._labels[node.key] = self._made(node)
        return self._labels[node.key]

    def label_of(self, key: str) -> str:
        """Return what people call the node of *key*, also of one that does not exist."""
        node = self.graph.node(key)
        return f"{key.partition(':')[2] or key} (does not exist)" if node is None else self.label(node)

    def short(self, node: Node, owner: str) -> str:
        """Return the label of a node that is named right after something else of its *owner*."""
        mine = self.owner(node)
        return self.label(node).replace(f"{mine}'s ", "their ", 1) if mine and mine == owner else self.label(node)

    def _made(self, node: Node) -> str:
        if node.part_of:
            return self.label_of(node.part_of)
        if node.kind in _OUTSIDE:
            person = self.directory.owner(node)
            return self._phone_of(person, node) if person else node.label or node.name
        if node.kind is Kind.PERSON:
            person = self.directory.owner(node)
            return person.name if person else node.label or node.name
        if node.label:
            return node.label
        owner = self.owner(node)
        if node.kind in (Kind.DEVICE, Kind.MAILBOX) and owner:
            return f"{owner}'s {node.name}"
        word = _WORDS.get(node.kind)
        return f'{word} "{node.name}"' if word else node.name

    @staticmethod
    def _phone_of(person: Person, node: Node) -> str:
        if node.kind is Kind.SIP:
            return f"{person.name}'s SIP phone" if len(person.sip) == 1 else f"{person.name}'s SIP phone {node.name}"
        mobile = e164.is_mobile(node.number)
        alike = [phone for phone in person.phones if e164.is_mobile(phone) == mobile]
        kind = "mobile" if mobile else "phone"
        return f"{person.name}'s {kind}" + ("" if len(alike) == 1 else f" {node.name}")

    def voicemail_after(self, node: Node) -> int:
        """Return after how many seconds the operator's own voicemail answers an outside phone."""
        person = self.directory.owner(node)
        return person.voicemail_after if person else VOICEMAIL_AFTER

    def matching(self, text: str, number: str | None) -> Matches | str:
        """Return what decides whether a node is meant by *text*, or the complaint that nothing is called so.

        A person means all their phones, apps, addresses and mailboxes. *number*: the text as a phone number in E.164.
        """
        person = self.directory.named(text)
        if person is not None:
            return lambda node: self.person(node) == person
        if number is not None:
            return lambda node: node.key == number_key(number)
        meant = self._index().get(naming.folded(text.removeprefix("sip:"), ignore_case=True))
        if meant:
            return lambda node: bool({node.key, node.owner, node.part_of} & meant)
        known = self.known()
        # A part of a name is no misspelling to `suggestions`.
        longer = [
            name for name in known if naming.folded(text, ignore_case=True) in naming.folded(name, ignore_case=True)
        ]
        return f"nothing is called {text!r}. {suggestions(text, longer or known)}"

    def _index(self) -> dict[str, set[str]]:
        """Return by name the keys of the nodes that are called so, SIP addresses that calls go to included."""
        if not self._called:
            for node in self.graph.nodes.values():
                names = {node.name, node.email, self.label(node), *node.hears, node.extension}
                for name in names - {""}:
                    self._called.setdefault(naming.folded(name, ignore_case=True), set()).add(node.key)
                for to in targets(node):
                    if to.key.startswith(sip_key("")):
                        self._called.setdefault(to.key.removeprefix(sip_key("")).casefold(), set()).add(to.key)
        return self._called

    def known(self) -> set[str]:
        """Return what can be named in a call test."""
        people = {person.name for person in self.directory.people.values()}
        return people | {node.name for node in self.graph.nodes.values() if node.kind is not Kind.NUMBER}
