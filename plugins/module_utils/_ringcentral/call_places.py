# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where calls go at RingCentral, and the nodes that people, queues, menus and the company share.

One form of destinations for all of them: docs/providers/ringcentral-company.md 4 to 9. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .._calls.nodes import (
    DOCUMENTED,
    HANG_UP,
    NOWHERE_KEY,
    Dialling,
    Draft,
    Evidence,
    GoTo,
    Kind,
    Menu,
    Node,
    Place,
    To,
    assumed,
    number_key,
    to_unknown,
)
from .._engine.package import Item
from .call_extensions import COMPANY, Extensions
from .call_forwarding.model import WORK
from .call_options import mapping, truth
from .company.company import ANNOUNCEMENT, MAILBOX, MENU, QUEUE, SITE

# What is called what, by type of an extension that is no person's (ringcentral.md 7); the others are `_OTHER`.
KINDS = {
    QUEUE: (Kind.QUEUE, "call queue"),
    MENU: (Kind.MENU, "menu"),
    "SharedLinesGroup": (Kind.QUEUE, "shared lines"),
    ANNOUNCEMENT: (Kind.ANNOUNCEMENT, "announcement"),
    MAILBOX: (Kind.MAILBOX, "mailbox"),
    SITE: (Kind.SITE, "site"),
}
_OTHER = (Kind.QUEUE, "extension")
# Extensions at which nobody can leave a message.
_MUTE = (MENU, ANNOUNCEMENT, SITE)
# How many digits an extension has that callers dial.
DIGITS = 3
OPERATOR = "which extension the company's operator is"


def kind_of(kind: str) -> tuple[Kind, str]:
    """Return what a type of RingCentral's is in the model, and in words."""
    return KINDS.get(kind, _OTHER)


@dataclass(frozen=True)
class Part:
    """A part of what an extension does: how its key goes on, and *when* it does so, in words."""

    key: tuple[str, ...]
    when: str


class Places:
    """The places of an account's calls: what their keys and names are, and where destinations lead."""

    def __init__(self, lists: Mapping[str, Sequence[Item]], draft: Draft) -> None:
        self.draft = draft
        self.lists = lists
        self.extensions = Extensions(lists)
        # Of a whole account, what is not there cannot be shown.
        self.open = "" if draft.whole else f", {draft.why_open}"
        accounts = lists.get("account", ())
        self.account: Item = accounts[0] if accounts else {}

    def key(self, label: str, *parts: str) -> str:
        """Return the key of the company, of an extension, or of a part of it."""
        return self.draft.key(COMPANY, *parts) if label == COMPANY else self.draft.key("extensions", label, *parts)

    def name(self, label: str) -> str:
        """Return the name of an extension."""
        records = (self.extensions.people.get(label), self.extensions.item(label), self.extensions.groups.get(label))
        names = (str((record or {}).get("name") or "") for record in records)
        fallback = label if label in self.extensions.kinds else f"extension {label}"
        return next((name for name in names if name), fallback)

    def words(self, label: str) -> str:
        """Return what an extension or the company is called inside of a sentence."""
        kind = self.extensions.kinds.get(label)
        if label == COMPANY:
            return "the company"
        return f"extension {label}" if kind is None else f'the {kind_of(kind)[1]} "{self.name(label)}"'

    def label(self, label: str) -> str:
        """Return what people call an extension that is no person's: `queue "Support"`."""
        _kind, word = kind_of(self.extensions.kinds.get(label, ""))
        return f'{word.split()[-1]} "{self.name(label)}"'

    def is_gone(self, label: str) -> bool:
        """Return whether it is known that there is no such extension."""
        return self.draft.whole and self.extensions.complete and not self.extensions.is_known(label)

    def place(self, table: str, position: int, *parts: object) -> Place:
        """Return the place of an item of a list by its natural key *parts*; it may be one that no office lists."""
        return self.draft.place(table, *parts, path=f"{table}[{position}]")

    def phone(self, text: object, place: Place, path: str, part: str) -> To:
        """Return a phone number as a target."""
        number = self.draft.e164(text)
        if number is None:
            return to_unknown(f"which phone {text!r} is", place.of(*filter(None, (part,)), path=path))
        return To(number_key(number), place=place.of(*filter(None, (part, number)), path=path))

    def recipient(self, label: str) -> str:
        """Return the label of the extension that gets the messages for *label*, "" for itself or nobody known."""
        text = self.extensions.item(label).get("voicemail_to")
        found = self.extensions.label(text) if text else ""
        return "" if found == label else found

    def recipients(self, label: str) -> tuple[str, ...] | None:
        """Return the keys of those who get the messages of an extension that is no person's."""
        recipient = self.recipient(label)
        return (self.key(recipient),) if recipient else None

    def mailbox(self, label: str) -> str:
        """Return the key of an extension's voicemail; a message-only extension is one itself."""
        kind = self.extensions.kinds.get(label)
        if kind == MAILBOX and not self.recipient(label):
            return self.key(label)
        key = self.key(label, "voicemail")
        if key not in self.draft.graph.nodes:
            owner = self.key(label)
            place = self.draft.place("extensions", label, "voicemail")
            node = Node(key, Kind.MAILBOX, "voicemail", place=place, owner=owner, recipients=(owner,))
            if kind is not None:
                name = self.name(label)
                text = self.label(label) if kind == MAILBOX else f"mailbox of {self.label(label)}"
                # Somebody who is gone gets no messages, and they stay here.
                gone = self.recipients(label) if self.is_gone(self.recipient(label) or label) else None
                node = Node(key, Kind.MAILBOX, name, place=place, label=text, owner=owner, recipients=gone)
            self.draft.add(node)
        return key

    def messages(self, label: str, place: Place) -> To:
        """Return where messages for an extension that is no person's go: its recipient's voicemail, else its own.

        Facts: docs/providers/ringcentral-company.md 3.3 and 6.3.
        """
        recipient = self.recipient(label)
        if not recipient or self.is_gone(recipient):
            return To(self.mailbox(label), place=place)
        key = self.key(label, "messages")
        if key not in self.draft.graph.nodes:
            own = self.mailbox(label)
            node = self.draft.graph.nodes[own]
            table, position, _item = self.extensions.items[label]
            where = self.place(table, position, label).of("voicemail_to", path="voicemail_to")
            does = GoTo(To(self.mailbox(recipient), place=where))
            self.draft.add(
                Node(key, Kind.MAILBOX, node.name, does, where, node.label, recipients=self.recipients(label))
            )
        return To(key, place=place)

    def announcement(self, label: str, greeting: object, place: Place, part: Part) -> str:
        """Return the key of an announcement; when it has been played the call is ended (ringcentral.md 8 and 9.5)."""
        named = isinstance(greeting, str) and bool(greeting)
        key = self.key(label, "announcements", *((str(greeting),) if named else part.key))
        whose = self.label(label) if label in self.extensions.kinds else self.name(label)
        text = f"announcement of {whose}"
        self.draft.add(Node(key, Kind.ANNOUNCEMENT, text, GoTo(HANG_UP), place, label=text, owner=self.key(label)))
        return key

    @property
    def main_menu(self) -> str:
        """The key of the menu to which the company's calls go in its work hours, "" where they go elsewhere."""
        for item in self.lists.get("company_rules", ()):
            if self.extensions.owner(item.get("owner")) == COMPANY and item.get("hours") == WORK:
                label = self.extensions.label(mapping(item.get("destination")).get("extension"))
                return self.key(label) if self.extensions.kinds.get(label) == MENU else ""
        return ""

    def operator(self) -> To | None:
        """Return the company's operator, None where nobody knows who that is."""
        found = self.account.get("operator")
        return To(self.key(self.extensions.label(found))) if found else None

    def destination(
        self, label: str, option: Item, place: Place, path: str, part: Part, *, itself: bool = False
    ) -> To | None:
        """Return where the option *path* at *place* sends calls of an extension, None where it does not say.

        *part* is what of the extension it belongs to. With "" as *path* the options stand at *place* itself. Where
        the voicemail has no extension, it is that of the extension *itself* or of who gets its messages.
        """
        inner, named = f"{path}." if path else "", tuple(filter(None, (path,)))
        where = place.of(*named, path=path)
        mailbox = option.get("mailbox")
        voicemail = option.get("voicemail")
        other = mapping(voicemail).get("extension")
        if option.get("extension"):
            label = self.extensions.label(option["extension"])
            return To(self.key(label), place=place.of(*named, path=f"{inner}extension"))
        if option.get("phone_number"):
            return self.phone(option["phone_number"], place, f"{inner}phone_number", path)
        if mailbox or other:
            said = f"{inner}mailbox" if mailbox else f"{inner}voicemail.extension"
            return self.mailbox_of(self.extensions.label(mailbox or other), place.of(*named, path=said))
        if truth(voicemail):
            passed_on = label in self.extensions.kinds and not itself
            return self.messages(label, where) if passed_on else To(self.mailbox(label), place=where)
        if option.get("announcement"):
            greeting = option.get("greeting") or (None if truth(option["announcement"]) else option["announcement"])
            return To(self.announcement(label, greeting, where, part), place=where)
        if truth(option.get("operator")):
            return self.operator_from(label, where)
        if truth(option.get("hang_up")):
            return To(HANG_UP.key, place=where)
        raw = option.get("raw")
        return to_unknown(f"what {self.words(label)} does {part.when}: {raw}", where) if raw else None

    def mailbox_of(self, label: str, place: Place) -> To:
        """Return the mailbox of an extension, which some have not."""
        if self.extensions.kinds.get(label) in _MUTE or self.is_gone(label):
            return To(NOWHERE_KEY, place=place)
        return To(self.mailbox(label), place=place)

    def operator_from(self, label: str, place: Place) -> To:
        """Return the operator for calls that come from *label*, whose site may have one of its own."""
        company, site = self.operator(), self.extensions.site(label)
        own = self.extensions.item(site).get("operator") if site else None
        if own and (company is None or self.key(self.extensions.label(own)) != company.key):
            words = f"whether the operator of the company or of the site is meant at {self.words(label)}"
            return to_unknown(words, place)
        if company is None:
            return to_unknown(OPERATOR, place)
        to = To(company.key, self._operator(site), place)
        return self._greeting(to) if label == COMPANY else to

    def _greeting(self, operator: To) -> To:
        """Return the company's greeting, which callers hear before the *operator* (ringcentral-company.md 7)."""
        key = self.key(COMPANY, "greeting")
        dialling = Dialling({}, DIGITS, to_unknown("whether a caller can dial an extension in the company's greeting"))
        text = "greeting of the company"
        does = Menu({}, operator, dialling=dialling)
        self.draft.add(Node(key, Kind.ANNOUNCEMENT, text, does, operator.place, label=text))
        return To(key, place=operator.place)

    def _operator(self, site: str) -> Evidence:
        if site and not self.extensions.item(site):
            return assumed("that the operator of the company is meant, and no other one of a site")
        return DOCUMENTED
