# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Sonetel's team members do with calls. Facts: docs/providers/sonetel.md 7.1. Private to the collection.

| action | what a caller meets | evidence |
|---|---|---|
| first action that rings | the person's phones, for the ring time; nobody answers: the second action | documented |
| first action to a team member | that person's settings | documented |
| first action to a voice app, to the own voicemail; one that hangs up | that | documented |
| action that rings the app | listed for calls between apps alone | unknown |
| action to a phone or SIP address | that; what follows when nobody answers there in time | documented; unknown |
| second action | where it leads | documented |
| second action to a team member | that person's settings; by schema only a first action can do it | assumed |
| second action that rings | the phones; what follows is not documented | documented; unknown |
| second action alone | the same, at once; not documented | assumed |
| no action that is left | not documented | unknown |

The third action, `standard_action`, is about calls between apps, and no part of a call from outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._calls.nodes import (
    DOCUMENTED,
    Behaviour,
    Draft,
    Evidence,
    GoTo,
    Kind,
    Node,
    Place,
    Ring,
    Step,
    To,
    assumed,
    not_known,
    to_unknown,
)
from .._engine import naming
from .._engine.package import Item
from .calls_targets import Finder, Option, given, inner_target, raw_action

LIST = "user_forwardings"
_RINGS = ("ring", "own_phone")
_PHONES = {"sip_phones": "SIP phones", "app": "app"}
# The documents list it for calls between apps only (sonetel.md 7.1).
_APP = not_known("whether the app rings for calls from outside")
# By schema only a first action does that.
_TO_USER = assumed("that a second action can forward to a team member")
_AT_ONCE = assumed("that the second action takes calls to a team member who has no first action")
_COMES_BACK = "whether a call that was forwarded and is not answered in time goes on with the next action"


class Team:
    """Who is on the team, as far as *people* say it: team members are found by e-mail address or by id."""

    def __init__(self, people: Sequence[Item]) -> None:
        self._emails: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for item in people:
            email = _folded(item.get("email"))
            if email:
                self._emails[naming.folded(item.get("user_id"))] = email
                self._names[email] = naming.folded(f"{item.get('first_name') or ''} {item.get('last_name') or ''}")

    def natural(self, user: object) -> str:
        """Return the natural key of a team member: the e-mail address, else the id."""
        return self._emails.get(naming.folded(user)) or _folded(user)

    def name(self, natural: str) -> str:
        """Return what people call a team member."""
        return self._names.get(natural) or natural


def add_people(items: Sequence[Item], team: Team, finder: Finder, draft: Draft) -> None:
    """Add the team members with what their call settings do."""
    for position, item in enumerate(items):
        natural = team.natural(item.get("user"))
        if natural:
            draft.owners[f"{LIST}[{position}]"] = (draft.key(LIST, natural),)
            _Person(natural, item, draft.place(LIST, natural, path=f"{LIST}[{position}]"), finder, draft).add(team)


class _Person:
    def __init__(self, natural: str, item: Item, here: Place, finder: Finder, draft: Draft) -> None:
        self._natural = natural
        self._item = item
        self._here = here
        self._finder = finder
        self._draft = draft
        self._key = draft.key(LIST, natural)

    def add(self, team: Team) -> None:
        email = self._natural if "@" in self._natural else ""
        name, provider = team.name(self._natural), self._draft.provider
        self._draft.add(Node(self._key, Kind.PERSON, name, self._first(), self._here, provider=provider, email=email))

    def _first(self) -> Behaviour:
        found, place = self._action("first_action")
        if found is None and self._draft.of_file:
            words = f"what happens to calls to a team member whose first action is open, {self._draft.why_open}"
            return GoTo(to_unknown(words, place))
        if found is None:
            return GoTo(_weakened(self._second(), _AT_ONCE))
        if found.to.kind in _RINGS:
            return Ring((self._rings(found, place, "first_action"),), self._second())
        return self._goes(found, place, "first_action")

    def _goes(self, found: Option, place: Place, name: str) -> GoTo:
        """Return where an action leads. A number of an office may not answer in time; a phone outside ends the call."""
        to = self._leads(found, place)
        return GoTo(to, _COMES_BACK, self._seconds(name)) if found.to.kind == "phone" else GoTo(to)

    def _second(self) -> To:
        found, place = self._action("second_action")
        if found is None:
            why = "there is no second action"
            if self._draft.of_file:
                why = f"the second action is open, {self._draft.why_open}"
            return to_unknown(f"what happens when nobody has answered and {why}", place)
        does: Behaviour
        if found.to.kind in _RINGS:
            then = to_unknown("what happens when nobody answers in the second action", place)
            does = Ring((self._rings(found, place, "second_action"),), then)
        elif found.to.kind == "phone":
            does = self._goes(found, place, "second_action")
        else:
            to = self._leads(found, place)
            return _weakened(to, _TO_USER) if found.to.kind == "user" else to
        key = self._draft.key(LIST, self._natural, "second_action")
        return To(self._draft.add(Node(key, Kind.PERSON, self._natural, does, place, part_of=self._key)), place=place)

    def _action(self, name: str) -> tuple[Option | None, Place]:
        option = self._item.get(name)
        found = given(option, self._draft, raw_action)
        path = f"{name}.{found.name}" if found else name if option is not None else ""
        return found, self._here.of(name, path=path)

    def _seconds(self, name: str) -> int | None:
        option = self._item.get(name)
        seconds = option.get("ring_time") if isinstance(option, Mapping) else None
        return _whole(seconds)

    def _leads(self, found: Option, place: Place) -> To:
        if found.to.kind == "voicemail":
            return To(self._voicemail(), place=place)
        return inner_target(found.to, place, self._finder, self._draft)

    def _rings(self, found: Option, place: Place, name: str) -> Step:
        if found.to.kind == "ring" and found.to.to not in _PHONES:
            to = To(self._key, place=place)
        elif found.to.kind == "ring":
            evidence = _APP if found.to.to == "app" else DOCUMENTED
            to = To(self._part(Kind.DEVICE, _PHONES[found.to.to], found.to.to), evidence, place)
        else:
            to = To(self._part(Kind.DEVICE, f"phone {found.to.to}", "own_phone", found.to.to), place=place)
        return Step((to,), self._seconds(name))

    def _voicemail(self) -> str:
        return self._part(Kind.MAILBOX, "voicemail", "voicemail", recipients=(self._key,))

    def _part(self, kind: Kind, name: str, *parts: str, recipients: tuple[str, ...] | None = None) -> str:
        key, provider = self._draft.key(LIST, self._natural, *parts), self._draft.provider
        place = self._here
        return self._draft.add(
            Node(key, kind, name, place=place, provider=provider, owner=self._key, recipients=recipients)
        )


def _weakened(to: To, evidence: Evidence) -> To:
    return replace(to, evidence=evidence) if to.evidence is DOCUMENTED else to


def _whole(value: Any) -> int | None:
    text = str(value).strip()
    return int(text) if text.isdecimal() and not isinstance(value, bool) else None


def _folded(text: object) -> str:
    return naming.folded(text, ignore_case=True)
