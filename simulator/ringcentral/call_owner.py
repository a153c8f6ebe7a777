# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One extension that a call meets: its clocks, its phones, and where its rules can end a call.

Facts: docs/providers/ringcentral.md 7 to 9.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from simulator.exchange import End, Outcome, Phone, Place, Ringing, Route, Stop, digits_of, plays
from simulator.messages import Record
from simulator.ringcentral.call_times import NAME, local_time
from simulator.ringcentral.destinations import device_number

# Types of extensions whose rules are those of a person.
PEOPLE = ("User", "DigitalUser", "VirtualUser", "FaxUser", "FlexibleUser")
_KINDS = {"Department": "queue", "IvrMenu": "menu", "Site": "site", "Announcement": "announcement"}
Group = tuple[list[Phone], int]
"""Phones that ring together, and for how many seconds."""


class Owner:
    """An extension of the account. `behave` is what any of them does with a call."""

    def __init__(self, state: Record, key: str, behave: Callable[[Route, Owner], Outcome]) -> None:
        self.state = state
        self.key = key
        self._behave = behave
        self.all = Extensions(state, behave)
        self.extension: Record = state["extensions"][key]
        self.record: Record = self.extension["record"]
        self.number = str(self.record.get("extensionNumber") or key)
        self.name = f"{NAME}:{self.number}"
        self.enabled = self.record["status"] == "Enabled"

    def other(self, key: object) -> Owner | None:
        """Another extension by id."""
        return self.all.by_id(key)

    def stop(self) -> Stop:
        """The extension as a stop of a call."""
        return Stop(self.place(), lambda route: self._behave(route, self))

    def place(self, kind: str = "") -> Place:
        """The extension, or what belongs to it, such as its voicemail."""
        return Place(NAME, kind or _KINDS.get(self.record["type"], "person"), self.number, self.key)

    def local(self, route: Route) -> datetime:
        """The moment of the call on the extension's clocks.

        Without a zone of its own a person has the caller's, anything else the company's.
        """
        settings = self.record.get("regionalSettings", {})
        if not settings and self.record["type"] not in PEOPLE:
            settings = self.state["company"]["regional_settings"]
        return local_time(route, settings, f"extensions.{self.key}.record")

    def apps(self, kinds: Sequence[str] = ("desktop", "mobile")) -> list[Phone]:
        """The extension's apps."""
        return [Phone(f"{self.name}:{kind}", "app", self.name, not self.enabled) for kind in kinds]

    def devices(self) -> list[Phone]:
        """The extension's desk phones and other devices."""
        return [self.device(item) for item in self.extension["devices"].values() if "extension" in item]

    def device(self, record: Record) -> Phone:
        """One device of the extension."""
        digits = digits_of(device_number(record))
        return Phone(f"+{digits}" if digits else f"{NAME}:device:{record['id']}", "device", self.name, not self.enabled)

    def device_by_id(self, key: str) -> Phone | None:
        """A device of any extension of the account."""
        for owner_id, extension in self.state["extensions"].items():
            if key in extension["devices"]:
                return Owner(self.state, owner_id, self._behave).device(extension["devices"][key])
        return None

    def voicemail(self, route: Route, recipient: object) -> End:
        """The voicemail of the extension, or of the one that takes its messages."""
        owner = self.other(recipient) if recipient else self
        return plays(route, (owner or self).place("voicemail"), "voicemail")

    def announcement(self, route: Route) -> End:
        """An announcement, after which the call ends."""
        route.answer()
        route.note(self.place(), "plays an announcement and hangs up")
        return End("hang_up")

    def hang_up(self, route: Route) -> End:
        """The end."""
        route.note(self.place(), "hangs up")
        return End("hang_up")

    def to_extension(self, route: Route, key: object) -> Outcome:
        """Connect to another extension, whose own rules hold then."""
        return self.all.connect(route, self.place(), key)

    def to_number(self, route: Route, number: str) -> Outcome:
        """Forward to a number; None: nobody answers there."""
        phone = Phone(f"+{digits_of(number)}", "phone")
        return route.forward(self.place(), phone, lambda: str(route.exchange.assume(NAME, "unanswered_forward")))

    def ring(self, route: Route, groups: Sequence[Group], always: Sequence[Phone], offsets: Sequence[int]) -> Outcome:
        """Ring groups, each from its offset on, and throughout what always rings; None: nobody answers."""
        timed = [(phones, self.seconds(route, phones, seconds)) for phones, seconds in groups]
        plan = [
            Ringing(phone, start, seconds)
            for (phones, seconds), start in zip(timed, offsets, strict=True)
            for phone in phones
        ]
        total = max([start + seconds for (_phones, seconds), start in zip(timed, offsets, strict=True)], default=0)
        if always and not total:
            total = self.seconds(route, always, int(route.exchange.assume(NAME, "apps_alone")))
        return route.ring(self.place(), [*(Ringing(phone, 0, total) for phone in always), *plan], total)

    def ring_in_order(self, route: Route, groups: Sequence[Group], always: Sequence[Phone]) -> Outcome:
        """One group after the other."""
        offsets = []
        passed = 0
        for phones, seconds in groups:
            offsets.append(passed)
            passed += self.seconds(route, phones, seconds)
        return self.ring(route, groups, always, offsets)

    def ring_at_once(self, route: Route, groups: Sequence[Group], always: Sequence[Phone]) -> Outcome:
        """All groups from the beginning."""
        if len({seconds for _phones, seconds in groups}) > 1 and route.exchange.assume(NAME, "at_once") == "first":
            groups = [(phones, min(seconds, groups[0][1])) for phones, seconds in groups]
        return self.ring(route, groups, always, [0] * len(groups))

    def seconds(self, route: Route, phones: Sequence[Phone], seconds: int) -> int:
        """For how long phones ring that are to ring for so long: where all are busy, perhaps not at all."""
        if not route.caller.finds_busy(phones):
            return seconds
        return 0 if route.exchange.assume(NAME, "busy_phones") == "at_once" else seconds


class Extensions:
    """The extensions of the account."""

    def __init__(self, state: Record, behave: Callable[[Route, Owner], Outcome]) -> None:
        self._state = state
        self._behave = behave

    def by_id(self, key: object) -> Owner | None:
        """The extension with this id."""
        return Owner(self._state, str(key), self._behave) if str(key) in self._state["extensions"] else None

    def by_number(self, number: str) -> Owner | None:
        """The extension with this number; a site may share its number, and callers mean the other one."""
        found = [
            Owner(self._state, key, self._behave)
            for key, extension in self._state["extensions"].items()
            if extension["record"].get("extensionNumber") == number
        ]
        return min(found, key=lambda owner: owner.record["type"] == "Site", default=None)

    def connect(self, route: Route, place: Place, key: object) -> Outcome:
        """Send a call from a place to an extension, whose own rules hold then."""
        owner = self.by_id(key)
        if owner is None:
            route.note(place, "goes to an extension that is gone")
            return End("nowhere", place.shown())
        route.note(place, f"goes to extension {owner.number}")
        return owner.stop()

    def dialled(self, route: Route, place: Place) -> Stop | None:
        """The extension whose number the caller dials now, which takes the keys; None where there is none."""
        owner = self.by_number(route.presses[0]) if route.dials_extension() else None
        if owner is None:
            return None
        route.key(extensions=True)
        route.note(place, f"goes to extension {owner.number}, which the caller dials")
        return owner.stop()
