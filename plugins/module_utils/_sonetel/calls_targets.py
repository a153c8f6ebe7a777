# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a destination of Sonetel's lists leads, as a target of the call model. Private to the collection.

Facts: docs/providers/sonetel.md 4.1, 5.4, 7.1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .._calls.nodes import (
    DOCUMENTED,
    HANG_UP_KEY,
    NOWHERE_KEY,
    Draft,
    Evidence,
    Place,
    To,
    number_key,
    sip_key,
    to_unknown,
)
from .._engine import naming
from .destinations import Destination, canonical_phone, canonical_sip
from .entries import entry_from_record
from .user_forwardings import action_from_record

KINDS = (
    "phone", "sip", "user", "voiceapp", "prompt", "team", "hang_up", "voicemail", "ring", "own_phone", "raw",
)  # fmt: skip
_TEAMS = ("team", "csg")
_NOWHERE = "nowhere"
_VOICEAPP_HOST = "@sonetel.net"
Raw = Callable[[Mapping[str, Any]], "Destination | None"]


@dataclass(frozen=True)
class Option:
    """The option that says where calls go, by *name*, and what it means."""

    name: str
    to: Destination


class Finder(Protocol):
    """Finds the keys of team members and voice apps by name or id."""

    def person(self, text: str) -> str:
        """Return the key of a team member."""
        raise NotImplementedError

    def voiceapp(self, text: str) -> str | None:
        """Return the key of a voice app, None where several have that name."""
        raise NotImplementedError

    def is_gone(self, key: str) -> bool:
        """Return whether it is certain that the account has nothing with that key."""
        raise NotImplementedError


def raw_number(raw: Mapping[str, Any]) -> Destination | None:
    """Return what a number's raw destination means."""
    return Destination.from_record(raw) or Destination(_NOWHERE, "")


def raw_entry(raw: Mapping[str, Any]) -> Destination | None:
    """Return what a raw entry of a menu means, None for a blank one."""
    return entry_from_record(raw)


def raw_action(raw: Mapping[str, Any]) -> Destination | None:
    """Return what a raw action of a team member means."""
    action = action_from_record(raw)
    return None if action is None else action.to


def given(option: Any, draft: Draft, read_raw: Raw) -> Option | None:
    """Return where an *option* says that calls go, None where it says nothing."""
    found = option if isinstance(option, Mapping) else {}
    for name in KINDS:
        value = found.get(name)
        if value is None or value is False:
            continue
        if name == "raw":
            to = read_raw(value) if isinstance(value, Mapping) else None
            if to is not None and to.kind == "phone":
                to = Destination("phone", canonical_phone(to.to))
        else:
            text = "" if value is True else naming.folded(value)
            to = Destination(name, (draft.e164(value) or text) if name == "phone" else text)
        return None if to is None else Option(name, to)
    return None


def target(to: Destination, place: Place, finder: Finder, evidence: Evidence = DOCUMENTED) -> To:
    """Return where a destination leads. *evidence*: that a team member's own settings decide what happens there."""
    if to.kind == "phone" and to.to.startswith("+"):
        return To(number_key(to.to), place=place)
    if to.kind == "phone":
        return to_unknown(f"which phone number {to.to!r} is", place)
    if to.kind == "sip":
        return _sip(canonical_sip(to.to), place)
    if to.kind == "user":
        return To(finder.person(to.to), evidence, place)
    if to.kind == "voiceapp":
        key = finder.voiceapp(to.to)
        words = f"which of several voice apps called {to.to!r} is meant"
        return to_unknown(words, place) if key is None else To(key, place=place)
    if to.kind in ("hang_up", _NOWHERE):
        return To(HANG_UP_KEY if to.kind == "hang_up" else NOWHERE_KEY, place=place)
    if to.kind in _TEAMS:
        return to_unknown(f"who answers calls to the team {to.to!r}", place)
    return to_unknown(f"where {to.kind!r} leads", place)


def inner_target(to: Destination, place: Place, finder: Finder, draft: Draft, evidence: Evidence = DOCUMENTED) -> To:
    """Like `target`, for menus, announcements and team members: what they do without their target is not documented.

    Such a target that is gone was deleted although it was in use (sonetel.md 11 #17).
    """
    found = target(to, place, finder, evidence)
    if not finder.is_gone(found.key):
        return found
    draft.remark("dead-end", found.key, place, f"leads to {to.to!r}, which does not exist", certain=False)
    return to_unknown(f"what happens where {to.to!r} is gone", place)


def _sip(address: str, place: Place) -> To:
    if address.endswith(_VOICEAPP_HOST):
        # Calling it from outside was said not to work (sonetel.md 5.2).
        return to_unknown(f"whether calls to {address} reach the voice app", place)
    return To(sip_key(address), place=place)
