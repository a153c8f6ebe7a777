# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an IVR menu does with a call (docs/providers/ringcentral-company.md 4 and 8)."""

from __future__ import annotations

from simulator.exchange import End, Outcome, Route
from simulator.messages import Record
from simulator.ringcentral.call_owner import PEOPLE, Owner
from simulator.ringcentral.call_times import NAME
from simulator.ringcentral.defaults import BUSINESS_HOURS

_INPUTS = {"*": "Star", "#": "Hash"}
_NO_INPUT = "NoInput"
# Types of extensions without a mailbox.
_MUTE = ("IvrMenu", "Announcement", "Site", "ParkLocation", "PagingOnly")


def play(route: Route, owner: Owner) -> Outcome:
    """The menu plays until a caller presses a key that it knows, or has heard it often enough."""
    route.answer()
    route.menus = (*route.menus, owner.key)
    if route.parents[-1:] != (owner.key,):
        route.parents = (*route.parents, owner.key)
    return _Menu(route, owner).play()


class _Menu:
    """One call in one menu."""

    def __init__(self, route: Route, owner: Owner) -> None:
        self._route = route
        self._owner = owner
        self._menu: Record = owner.extension["menu"]
        self._place = owner.place()
        site = owner.record.get("site", {}).get("id", "")
        self._site: Record | None = owner.state["extensions"].get(site, {}).get("site")

    def play(self) -> Outcome:
        """Play until a caller presses a key that leads somewhere, or lets all plays pass."""
        route = self._route
        left = self._menu["repeat"]
        while left:
            if route.dials_extension() and self._assume("menu_extensions") == "dialled":
                stop = self._owner.all.dialled(route, self._place)
                if stop is not None:
                    return stop
            key = route.key()
            if key is None:
                break
            action = self._action(_INPUTS.get(key, key))
            if action is not None:
                route.note(self._place, f"key {key} is pressed")
                return self._act(action)
            route.note(self._place, f"has nothing on {key}")
            position = self._assume("unassigned_key")
            if position == "hang_up":
                return self._owner.hang_up(route)
            if position == "uses_repeat":
                left -= 1
        route.note(self._place, "nothing is pressed")
        action = self._action(_NO_INPUT)
        if action is not None:
            return self._act(action)
        return self._again() if self._assume("no_input") == "replays" else self._owner.hang_up(route)

    def _assume(self, switch: str) -> str | int:
        return self._route.exchange.assume(NAME, switch)

    def _action(self, pressed: str) -> Record | None:
        """The menu's own action, or else that of its site."""
        actions: Record = {item["input"]: item for item in self._menu["actions"]}
        if pressed in actions or self._site is None:
            return actions.get(pressed)
        common: Record = {item["input"]: item for item in self._site["ivr"]["actions"]}
        return common[pressed] if pressed in common and self._assume("site_keys") == "defaults" else None

    def _act(self, item: Record) -> Outcome:
        route, owner, action = self._route, self._owner, item["action"]
        if action == "Connect":
            return owner.to_extension(route, item["extension"])
        if action == "Voicemail":
            return self._voicemail(item["extension"])
        if action == "Transfer":
            outcome = owner.to_number(route, item["phoneNumber"])
            return owner.hang_up(route) if outcome is None else outcome
        if action == "ConnectToOperator":
            return self._operator()
        if action == "Disconnect":
            return owner.hang_up(route)
        if action == "Repeat":
            return self._again()
        if action == "ReturnToRoot":
            return self._root()
        if action == "ReturnToPrevious":
            return self._previous()
        route.note(self._place, f"does what is not simulated: {action}")
        return End("unknown", self._place.shown())

    def _again(self) -> Outcome:
        """Play once more, which is no other menu that the call meets."""
        self._route.menus = self._route.menus[:-1]
        return self._owner.stop()

    def _voicemail(self, key: str) -> Outcome:
        """A mailbox: the extension's own, or where its rule sends messages."""
        holder = self._owner.other(key)
        if holder is None or holder.record["type"] in _MUTE:
            self._route.note(self._place, "goes to a mailbox that does not exist")
            return End("nowhere", self._place.shown())
        recipient = None
        if holder.record["type"] not in PEOPLE and BUSINESS_HOURS in holder.extension["answering_rules"]:
            recipient = holder.extension["answering_rules"][BUSINESS_HOURS]["voicemail"]["recipient"]
        if recipient is not None and self._assume("menu_voicemail") == "own":
            recipient = None
        return holder.voicemail(self._route, recipient)

    def _operator(self) -> Outcome:
        company = self._owner.state["company"]["operator"]
        site = self._site["operator"] if self._site is not None else None
        if site is not None and site != company and self._assume("menu_operator") == "site":
            return self._owner.to_extension(self._route, site)
        return self._owner.to_extension(self._route, company)

    def _root(self) -> Outcome:
        """The first menu of the call, or the top one of the site or the company."""
        route = self._route
        root, top = route.menus[0], self._top()
        if top is not None and top != root and self._assume("root_menu") == "top_menu":
            root = top
        route.parents = ()
        return self._owner.to_extension(route, root)

    def _top(self) -> str | None:
        """The site's top menu; without one the menu that the company's calls go to in business hours."""
        if self._site is not None and self._site["ivr"]["top_menu"] is not None:
            return str(self._site["ivr"]["top_menu"])
        rule = self._owner.state["company"]["answering_rules"][BUSINESS_HOURS]
        target = self._owner.other(rule.get("extension"))
        return target.key if target is not None and target.record["type"] == "IvrMenu" else None

    def _previous(self) -> Outcome:
        """The menu that the call came from, which may be the one that it met last or the one above this one."""
        route = self._route
        met, parent = route.menus[-2:-1], route.parents[-2:-1]
        if met != parent and self._assume("previous_menu") == "last_met":
            parent = met
        if not parent:
            return self._again() if self._assume("previous_of_first") == "replays" else self._owner.hang_up(route)
        route.parents = route.parents[:-1]
        return self._owner.to_extension(route, parent[0])
