# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The company, its sites, and extensions that are not people, as nodes of the call model.

Calls to a number of the company are taken by its rules, unless all of its calls are forwarded. Calls to a site are
taken by the rules of the site. Facts: docs/providers/ringcentral-company.md 3.3, 7, 8 and 11.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._calls.nodes import (
    END,
    HANG_UP,
    Behaviour,
    GoTo,
    Kind,
    Node,
    Place,
    Ring,
    Rule,
    Rules,
    Step,
    To,
    assumed,
    not_known,
    number_key,
    number_node,
    targets,
    to_unknown,
)
from .._engine.package import Item
from .call_conditions import conditions
from .call_extensions import COMPANY
from .call_menus import menu_node
from .call_options import truth
from .call_places import Places, kind_of
from .call_queues import Queues
from .call_rules import OwnersRules
from .company.company import ANNOUNCEMENT, MAILBOX, MENU, QUEUE, SITE

_FORWARD_ALL = "company_forward_all"
_DIRECT = "whether the company also forwards calls to this number while it forwards all of its calls"
# Lists whose items name extensions; and options that are the item's own key.
_NAMING = (
    "sites",
    "group_extensions",
    "call_queues",
    "ivr_menus",
    "company_rules",
    "custom_rules",
    "holidays",
    "phone_numbers",
)
_KEYS = {(table, "extension") for table in ("sites", "group_extensions", "call_queues", "ivr_menus", "custom_rules")}
_NAMES = ("extension", "extensions", "mailbox", "members", "operator", "overflow", "top_menu", "voicemail_to")
# Lists that say something about the company itself.
_OF_COMPANY = ("account", "company_hours", "company_rules", _FORWARD_ALL)


class CompanyCalls:
    """The company with its sites, groups and numbers."""

    def __init__(self, places: Places, rules: OwnersRules, queues: Queues) -> None:
        self._places = places
        self._draft = places.draft
        self._rules = rules
        self._queues = queues
        forwards = places.lists.get(_FORWARD_ALL, ())
        self._forwards: Item = forwards[0] if forwards else {}

    def add(self) -> None:
        """Add everything that is no person."""
        places = self._places
        everybody = self._draft.whole and places.extensions.complete
        for label, (table, position, item) in places.extensions.items.items():
            self._add_item(label, item, places.place(table, position, *_natural_key(table, item, label)))
        for label, group in places.extensions.groups.items() if everybody else ():
            if label not in places.extensions.items:
                self._add_group(label, group)
        if any(name in places.lists for name in _OF_COMPANY) or places.account:
            self._add_company()
        self._add_numbers()

    def add_everything(self) -> None:
        """Add all that the items name, whether calls get there or not."""
        for table in _NAMING:
            for position, item in enumerate(self._places.lists.get(table, ())):
                place = self._draft.place(table, position, path=f"{table}[{position}]")
                named = [
                    To(self._places.key(self._places.extensions.label(text)), place=place.of(path=path))
                    for path, text in _named(item)
                    if (table, path) not in _KEYS
                ]
                key = self._draft.key("everything", table, position)
                self._draft.add(Node(key, Kind.QUEUE, table, Ring((Step(tuple(named)),), HANG_UP), place))

    # Extensions that are not people.

    def _add_item(self, label: str, item: Item, place: Place) -> None:
        kind = self._places.extensions.kinds[label]
        if not self._places.extensions.enabled(label):
            self._add_node(label, place, self._inactive(label, place))
        elif kind == QUEUE:
            self._queues.add(label)
        elif kind == MENU:
            self._draft.add(menu_node(self._places, label, item, place))
        elif kind == SITE:
            name = self._places.name(label)
            self._add_node(label, place, self._rules.behaviour(label, Kind.SITE, name, place))
        else:
            self._add_node(label, place, self._messages_or_words(label, place))

    def _add_group(self, label: str, group: Item) -> None:
        """Add an extension that no list has. What most kinds of them do is not known then."""
        place = self._draft.place("extensions", label)
        kind = str(group.get("type") or "")
        unread = f"what {self._places.words(label)} does with calls, because that was not read"
        behaviour: Behaviour = GoTo(to_unknown(unread))
        if not self._places.extensions.enabled(label):
            behaviour = self._inactive(label, place)
        elif kind in (MAILBOX, ANNOUNCEMENT):
            behaviour = self._messages_or_words(label, place)
        elif kind == SITE and self._rules.knows(label):
            behaviour = self._rules.behaviour(label, Kind.SITE, self._places.name(label), place)
        self._add_node(label, place, behaviour)

    def _add_node(self, label: str, place: Place, behaviour: Behaviour) -> None:
        kind, _word = kind_of(self._places.extensions.kinds[label])
        recipients = self._places.recipients(label) if kind is Kind.MAILBOX else None
        self._draft.add(
            Node(
                self._places.key(label),
                kind,
                self._places.name(label),
                behaviour,
                place,
                provider=self._draft.provider,
                extension=label,
                recipients=recipients,
            )
        )

    def _inactive(self, label: str, place: Place) -> Behaviour:
        words = self._places.words(label)
        return GoTo(to_unknown(f"what happens to calls for {words}, which is not enabled", place))

    def _messages_or_words(self, label: str, place: Place) -> Behaviour:
        """Return what an extension does that takes messages, or plays an announcement (ringcentral-company.md 3.3)."""
        if self._places.extensions.kinds[label] == ANNOUNCEMENT:
            return GoTo(To(HANG_UP.key, assumed("that an announcement-only extension ends the call"), place))
        recipient = self._places.recipient(label)
        if not recipient or self._places.is_gone(recipient):
            return END
        return GoTo(To(self._places.mailbox(recipient), place=place.of("voicemail_to", path="voicemail_to")))

    # The company.

    def _add_company(self) -> None:
        key = self._places.key(COMPANY)
        if key in self._draft.graph.nodes:
            return
        place = self._draft.place(COMPANY)
        rules: Behaviour = self._rules.behaviour(COMPANY, Kind.SITE, COMPANY, place)
        if self._forwards_all is not False:
            inner = self._places.key(COMPANY, "rules")
            label = self._places.words(COMPANY)
            self._draft.add(Node(inner, Kind.SITE, COMPANY, rules, place, label, part_of=key))
            rules = self._forwarded(To(inner, place=place))
        label = self._places.words(COMPANY)
        self._draft.add(Node(key, Kind.SITE, COMPANY, rules, place, label, provider=self._draft.provider))

    @property
    def _forwards_all(self) -> bool | None:
        """Whether the company forwards all of its calls, None where that is not known.

        It does not where nobody has set up where to (ringcentral-company.md 7).
        """
        enabled = truth(self._forwards.get("enabled"))
        if enabled and self._draft.whole and not self._forwards.get("extension"):
            return False
        return enabled if self._forwards else False

    def _forwarded(self, rest: To) -> Rules:
        """Return what the company does while it forwards all calls, or may do so; *rest* is what it does else."""
        place = self._draft.place(_FORWARD_ALL, path=_FORWARD_ALL)
        target = self._forwards.get("extension")
        to = to_unknown(f"where the company forwards all of its calls to{self._places.open}", place)
        if target:
            to = To(self._places.key(self._places.extensions.label(target)), place=place)
        name = "forward all calls"
        if not self._forwards_all:
            unclear = not_known(f"whether the company forwards all of its calls{self._places.open}")
            return Rules((Rule(to, name=name, place=place, condition=unclear),), rest)
        where = f" to {self._places.words(self._places.extensions.label(target))}" if target else ""
        words = f"the company forwards all of its calls{where}"
        self._draft.remark("still-rerouted", self._places.key(COMPANY), place, words)
        if not self._forwards.get("ranges"):
            return Rules((Rule(to, name=name, place=place),), rest)
        # Whether it stops after its period is not documented (ringcentral-company.md 7).
        rule = {"name": name, "ranges": self._forwards["ranges"]}
        whose, hours = self._places.words(COMPANY), self._rules.hours(COMPANY)
        found = conditions(rule, whose, hours, to, place, self._draft)
        return Rules(tuple(found), to_unknown("whether the company forwards all calls after its period, too", place))

    # Numbers.

    def _add_numbers(self) -> None:
        """Add the numbers, those of the lists after those that reading extensions has found."""
        for text, label in self._places.extensions.numbers():
            if number := self._draft.e164(text):
                self._add_number(number, self._draft.place("phone_numbers", number), label)
        for position, item in enumerate(self._places.lists.get("phone_numbers", ())):
            if number := self._draft.e164(item.get("number")):
                place = self._places.place("phone_numbers", position, number)
                extension = item.get("extension")
                if extension:
                    label = self._places.extensions.label(extension)
                    self._add_number(number, place.of(path="extension"), label, place)
                elif truth(item.get("company")):
                    self._add_number(number, place, COMPANY)
                else:
                    words = f"what happens to calls to a number that belongs to nothing{self._places.open}"
                    self._draft.add(number_node(number, GoTo(to_unknown(words, place)), place=place))
        main = self._draft.e164(self._places.account.get("main_number"))
        if main and number_key(main) not in self._draft.graph.nodes:
            self._add_number(main, self._draft.place("phone_numbers", main), COMPANY)
        if not main and any(self._places.lists.get(name) for name in _OF_COMPANY):
            self._add_unknown_number()

    def _add_unknown_number(self) -> None:
        """Stand in for the company's numbers, which are known only where the account was read."""
        company, place = self._places.key(COMPANY), self._draft.place("company")
        if any(to.key == company for node in self._draft.graph.numbers for to in targets(node)):
            return
        provider = self._draft.provider
        key = number_key(f"{provider} company")
        does = GoTo(To(company, place=place))
        self._draft.add(Node(key, Kind.NUMBER, "the company's numbers", does, place, provider=provider))

    def _add_number(self, number: str, where: Place, label: str, place: Place | None = None) -> None:
        if label == COMPANY:
            self._add_company()
        to = To(self._places.key(label), place=where)
        if label != COMPANY and self._forwards_all:
            to = to_unknown(_DIRECT, where)
        provider = self._draft.provider
        self._draft.add(number_node(number, GoTo(to), place=place or where, provider=provider))


def _named(value: Any, path: str = "", *, named: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what an item calls extensions, each with the path of the option in the item."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _named(inner, f"{path}.{name}" if path else str(name), named=name in _NAMES)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _named(inner, f"{path}[{position}]", named=named)
    elif named and isinstance(value, (str, int)) and not isinstance(value, bool):
        yield path, str(value)


def _natural_key(table: str, item: Item, label: str) -> tuple[str, ...]:
    return (str(item.get("name") or label),) if table == "sites" else (label,)
