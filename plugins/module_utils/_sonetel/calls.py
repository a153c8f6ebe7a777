# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Sonetel does with calls. Facts: docs/providers/sonetel.md 4.1, 5.3 to 5.5, 7.1. Private to the collection.

What Sonetel's documents, examples or own code show (tags D, X and C) is documented, what is inferred (I) is assumed.

| where | what a caller meets | evidence |
|---|---|---|
| number | its destination: a phone, a SIP address, a voice app (sonetel.md 4.1) | documented |
| number to a team member | that person's call settings (sonetel.md 7.1) | documented |
| number without destination | the call fails (sonetel.md 4.2) | documented |
| menu, key with an entry | the entry (sonetel.md 5.4) | documented |
| menu, key or final action to a team member | that person's call settings, as for numbers | assumed |
| menu, other key; no key without `timeout` | not documented (sonetel.md 5.3) | unknown |
| menu, internal number of three digits | whose it is, no list shows (sonetel.md 5.2) | unknown |
| prompt that was played | what follows is not documented (sonetel.md 5.4) | unknown |
| announcement | its final action (sonetel.md 5.5) | documented |
| announcement that hangs up | how that is written is not documented (sonetel.md 5.5) | assumed |
| announcement without final action, or with a blank one | not documented (sonetel.md 5.5) | unknown |
| number that is not active or has a rule set | not documented (sonetel.md 4.4) | unknown |
| menu, announcement or person whose target is gone | not documented (sonetel.md 11 #17) | unknown |
| mailbox | takes a message (sonetel.md 5.1) | documented |
| team (`csg`), other kinds | not documented (sonetel.md 4.1, 5.4) | unknown |

People are in `calls_people`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .._calls.nodes import (
    HANG_UP_KEY,
    NOWHERE_KEY,
    Dialling,
    Draft,
    GoTo,
    Kind,
    Menu,
    Node,
    Place,
    To,
    assumed,
    number_node,
    to_unknown,
)
from .._engine import naming
from .._engine.package import Item
from .calls_people import LIST as PEOPLE
from .calls_people import Team, add_people
from .calls_targets import Finder, Option, given, inner_target, raw_entry, raw_number, target
from .calls_unclear import ENDINGS, NUMBERS
from .entries import KEYS
from .voiceapp_schema import flag

CALLS_FROM = ("forwardings", "voiceapps", "user_forwardings", "people")
_AS_FOR_NUMBERS = assumed("that calls from a menu or an announcement follow a team member's own call settings")
_ENDED = assumed("that the announcement is made so that it hangs up")
_PLAYED = "what follows when a key or a final action has played a prompt"
_DIGITS = 3
# Options that tell the type. An announcement may have an unused menu too.
_TELLING = {"announcement": ("final_action",), "menu": ("menu",), "mailbox": ("deliver_to", "greeting", "goodbye")}


def compile_calls(lists: Mapping[str, Sequence[Item]], draft: Draft) -> None:
    """Add numbers, voice apps and team members. *lists* may hold `people`: who is on the team."""
    draft.may_lack("voiceapps", "voice apps", lists)
    draft.may_lack(PEOPLE, "team members' call settings", lists)
    team = Team(lists.get("people", ()))
    apps = Apps(lists, team, draft)
    add_people(lists.get("user_forwardings", ()), team, apps, draft)
    apps.compile()
    unclear = {str(item["number"]): str(item["words"]) for item in lists.get(NUMBERS, ())}
    for position, item in enumerate(lists.get("forwardings", ())):
        number = draft.e164(item.get("number"))
        if number is not None:
            here = draft.place("forwardings", number, path=f"forwardings[{position}]")
            words = unclear.get(number)
            to = to_unknown(words, here) if words else _destination(item, here, apps, draft)
            draft.add(number_node(number, GoTo(to), place=here, provider=draft.provider))


def _destination(item: Item, here: Place, finder: Finder, draft: Draft) -> To:
    option = item.get("destination")
    found = given(option, draft, raw_number)
    place = here.of(path=f"destination.{found.name}" if found else "destination" if option is not None else "")
    if found is not None:
        return target(found.to, place, finder)
    # An account's number that leads nowhere is shown with an empty destination.
    if "destination" in item and not draft.of_file:
        return To(NOWHERE_KEY, place=place)
    return to_unknown(f"where the number leads, {draft.why_open}", place)


class Apps:
    """The voice apps of an account, which are found by name, or by id where several have the same name."""

    def __init__(self, lists: Mapping[str, Sequence[Item]], team: Team, draft: Draft) -> None:
        self._items = items = lists.get("voiceapps", ())
        self._draft = draft
        self._team = team
        present = [item for item in items if item.get("state") != "absent"]
        self._names = Counter(naming.folded(item.get("name")) for item in present)
        self._ids = {naming.folded(item["app_id"]): self._natural(item) for item in present if item.get("app_id")}
        self._prompts = {
            (naming.folded(item.get("voiceapp")), naming.folded(item.get("name"))): f"prompts[{position}]"
            for position, item in enumerate(lists.get("prompts", ()))
        }
        self._blank = {str(app["app_id"]) for app in lists.get(ENDINGS, ())}
        people = (draft.key(PEOPLE, team.natural(item.get("user"))) for item in lists.get(PEOPLE, ()))
        self._known = {*(draft.key("voiceapps", self._natural(item)) for item in present), *people}
        # What the keys begin with that would be there if they existed.
        read = [name for name in ("voiceapps", PEOPLE) if name in lists] if draft.whole else []
        self._complete = tuple(f"{draft.key(name)}/" for name in read)

    def _natural(self, item: Item) -> str:
        """Return the natural key of a voice app."""
        name, app_id = naming.folded(item.get("name")), naming.folded(item.get("app_id"))
        return app_id if app_id and (not name or self._names[name] > 1) else name

    def person(self, text: str) -> str:
        """Return the key of a team member."""
        return self._draft.key(PEOPLE, self._team.natural(text))

    def voiceapp(self, text: str) -> str | None:
        """Return the key of the voice app that a name or an id means, None where several have that name."""
        folded = naming.folded(text)
        if self._names[folded] > 1:
            return None
        return self._draft.key("voiceapps", folded if self._names[folded] else self._ids.get(folded, folded))

    def is_gone(self, key: str) -> bool:
        """Return whether it is certain that the account has nothing with that key."""
        return key not in self._known and key.startswith(self._complete)

    def compile(self) -> None:
        """Add the voice apps."""
        for position, item in enumerate(self._items):
            natural = self._natural(item)
            if not natural:
                continue
            key = self._draft.key("voiceapps", natural)
            here = self._draft.place("voiceapps", natural, path=f"voiceapps[{position}]")
            if item.get("state") == "absent":
                if not self._names[natural]:
                    self._draft.add(
                        Node(key, Kind.NOWHERE, natural, place=here, label=f'voice app "{natural}" (deleted)')
                    )
                continue
            self._draft.add(self._node(key, item, natural, here))

    def _node(self, key: str, item: Item, natural: str, here: Place) -> Node:
        kind, name = _type(item), naming.folded(item.get("name")) or natural
        details: dict[str, Any] = {"place": here, "provider": self._draft.provider}
        if not self._draft.of_file and item.get("app_id"):
            details["ident"] = self._draft.key("voiceapps", "id", item["app_id"])
        if kind == "mailbox":
            return Node(key, Kind.MAILBOX, name, recipients=self._recipients(item.get("deliver_to")), **details)
        details["hears"] = ("Welcome",) if flag(item.get("play_welcome")) else ()
        if kind == "menu":
            return Node(key, Kind.MENU, name, self._menu(item, name, here), **details)
        if kind == "announcement":
            return Node(key, Kind.ANNOUNCEMENT, name, GoTo(self._final(item, name, here)), **details)
        label = f'not known (what the voice app "{name}" does)'
        return Node(key, Kind.UNKNOWN, name, label=label, place=here, provider=self._draft.provider)

    def _recipients(self, option: Any) -> tuple[str, ...] | None:
        delivery = option if isinstance(option, Mapping) else {}
        if delivery.get("user"):
            return (self.person(str(delivery["user"])),)
        return (naming.folded(delivery["email"]),) if delivery.get("email") else None

    def _menu(self, item: Item, name: str, here: Place) -> Menu:
        option = item.get("menu")
        keys: dict[str, To] = {}
        for position, entry in enumerate(option if isinstance(option, (list, tuple)) else ()):
            key = naming.folded(entry.get("key")) if isinstance(entry, Mapping) else ""
            found = given(entry, self._draft, raw_entry) if key in KEYS else None
            place = here.of("menu", key, path=f"menu[{position}]{f'.{found.name}' if found else ''}")
            if found is not None:
                keys[key] = self._entry(found, name, place)
        place = here.of("menu", "timeout", path="menu" if option is not None else "")
        kept = self._draft.of_file and (option is None or item.get("menu_policy") == "merge")
        why = f", {self._draft.why_open}" if kept else " in a menu without timeout"
        timeout = keys.pop("timeout", None) or to_unknown(f"what happens when a caller presses nothing{why}", place)
        unassigned = f"what a key does, {self._draft.why_open}" if kept else "what a key does that has nothing assigned"
        return Menu(keys, timeout, to_unknown(unassigned, here.of("menu")), self._dialling(item, here))

    def _dialling(self, item: Item, here: Place) -> Dialling | None:
        allowed = flag(item.get("extension_dialing"))
        if allowed is False:
            return None
        words = "whose the internal number is that a caller dials"
        if not allowed:
            words = "whether callers can dial an internal number here"
        place = here.of("extension_dialing", path="extension_dialing" if allowed else "")
        return Dialling({}, _DIGITS, to_unknown(words, place))

    def _final(self, item: Item, name: str, here: Place) -> To:
        option = item.get("final_action")
        found = given(option, self._draft, raw_entry)
        path = f"final_action.{found.name}" if found else "final_action" if option is not None else ""
        place = here.of("final_action", path=path)
        if flag(item.get("extension_dialing")):
            return to_unknown("what an announcement does in which callers can dial an internal number", place)
        if option is None:
            why = self._draft.why_open if self._draft.of_file else "because Sonetel does not show it"
            return to_unknown(f"what follows the announcement, {why}", place)
        if str(item.get("app_id")) in self._blank:
            return to_unknown("whether an announcement with a blank final action hangs up", place)
        if found is None or found.to.kind == "hang_up":
            return To(HANG_UP_KEY, _ENDED, place)
        return self._entry(found, name, place)

    def _entry(self, found: Option, app: str, place: Place) -> To:
        if found.to.kind == "prompt":
            return To(self._prompt(app, found.to.to), place=place)
        return inner_target(found.to, place, self, self._draft, _AS_FOR_NUMBERS)

    def _prompt(self, app: str, name: str) -> str:
        """Add a prompt that a voice app plays."""
        here = self._draft.place("prompts", app, name, path=self._prompts.get((app, naming.folded(name)), ""))
        does = GoTo(to_unknown(_PLAYED, here))
        key = self._draft.key("prompts", app, name)
        label = f'prompt "{name}"'
        return self._draft.add(Node(key, Kind.ANNOUNCEMENT, name, does, here, label, self._draft.provider))


def _type(item: Item) -> str:
    """Return the type of a voice app, "" where it is not known: a file may leave it out, but not what it decides."""
    told = (kind for kind, names in _TELLING.items() if any(item.get(name) is not None for name in names))
    return naming.folded(item.get("type")) or next(told, "")
