# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IVR menus as nodes of the call model. Facts: docs/providers/ringcentral-company.md 4 and 8.

What a key does that has no action, and what happens without the action of `no_input`, nobody documents; nor whether
callers can dial an extension. Private to the collection.
"""

from __future__ import annotations

from .._calls.nodes import (
    FIRST_KEY,
    PREVIOUS_KEY,
    Dialling,
    Kind,
    Menu,
    Node,
    Place,
    To,
    assumed,
    to_unknown,
)
from .._engine.package import Item
from .call_extensions import Extensions
from .call_options import entries, mapping, truth, whole
from .call_places import DIGITS, Part, Places
from .company.company import MAILBOX, QUEUE

_NO_INPUT = "no_input"
# How often a menu plays its prompt unless it says otherwise.
_REPEATS = 3


def menu_node(places: Places, label: str, item: Item, place: Place) -> Node:
    """Return the node of a menu, the *item* of a list."""
    return Node(
        places.key(label),
        Kind.MENU,
        places.name(label),
        _Menu(places, label, item, place).does(),
        place,
        provider=places.draft.provider,
        extension=label,
        hears=tuple(str(name) for name in (mapping(item.get("prompt")).get("prompt"),) if name),
    )


class _Menu:
    def __init__(self, places: Places, label: str, item: Item, place: Place) -> None:
        self._places = places
        self._label = label
        self._item = item
        self._place = place
        self._words = places.words(label)

    def does(self) -> Menu:
        """Return what the menu does."""
        keys: dict[str, To] = {}
        timeout = None
        for position, option in enumerate(map(mapping, entries(self._item.get("keys")))):
            key = str(option.get("key"))
            where = self._place.of("keys", key, path=f"keys[{position}]")
            to = self._lead(option, where, key)
            if key == _NO_INPUT:
                timeout = to
            else:
                keys[key] = to
        unset = self._places.open if self._places.draft.of_file else ""
        return Menu(
            keys,
            timeout or to_unknown(f"what {self._words} does when a caller presses nothing{unset}", self._place),
            to_unknown(f"what {self._words} does with a key that has no action{unset}", self._place),
            Dialling({}, DIGITS, to_unknown(f"whether a caller can dial an extension in {self._words}", self._place)),
            repeats=whole(self._item.get("repeat"), _REPEATS),
            first=self._top(),
        )

    def _top(self) -> str:
        """Return the key of the menu that its site or company has at the top, "" where nobody knows of one."""
        places = self._places
        site = places.extensions.site(self._label)
        if site:
            menu = places.extensions.item(site).get("top_menu")
            if menu or site not in places.extensions.items:
                return places.key(places.extensions.label(menu)) if menu else ""
        return places.main_menu

    def _lead(self, option: Item, where: Place, key: str) -> To:
        """Return where a key leads."""
        extensions: Extensions = self._places.extensions
        voicemail = mapping(option.get("voicemail")).get("extension")
        if voicemail:
            label = extensions.label(voicemail)
            if extensions.kinds.get(label) in (QUEUE, MAILBOX) and self._places.recipient(label):
                words = f"whose voicemail {self._words}, key {key}, means: that of {self._places.words(label)}"
                return to_unknown(f"{words}, or of the one who gets its messages", where)
            return self._places.mailbox_of(label, where.of(path="voicemail.extension"))
        if truth(option.get("repeat")):
            return To(self._places.key(self._label), place=where)
        if truth(option.get("root")):
            return To(FIRST_KEY, assumed("that the root is the first menu of the call"), where)
        if truth(option.get("previous")):
            return To(PREVIOUS_KEY, assumed("that the previous menu is the one heard before"), where)
        if truth(option.get("dial_by_name")):
            return to_unknown(f"whom a caller reaches by name in {self._words}", where)
        # The options of a key stand in the entry itself.
        found = self._places.destination(self._label, option, where, "", Part(("keys", key), f"by its key {key}"))
        return found or to_unknown(f"what key {key} of {self._words} does{self._places.open}", where)
