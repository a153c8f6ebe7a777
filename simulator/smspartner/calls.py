# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What virtual numbers do with a call (docs/providers/smspartner.md 4.1)."""

from __future__ import annotations

from simulator.exchange import End, Lines, Outcome, Phone, Place, Route, Stop, digits_of, plays, turned_away
from simulator.messages import Record

_NAME = "smspartner"
_FORWARD, _VOICEMAIL = 1, 2


class SmsPartnerLines(Lines):
    """The virtual numbers of all accounts."""

    def __init__(self, state: Record) -> None:
        self._accounts: Record = state["accounts"]

    def number(self, digits: str) -> Stop | None:
        owner = next((account for account in self._accounts.values() if digits in account["numbers"]), None)
        if owner is None:
            return None
        record = owner["numbers"][digits]
        return Stop(_place("number", digits), lambda route: _number(route, digits, record))


def _place(kind: str, digits: str) -> Place:
    return Place(_NAME, kind, f"+{digits}", digits)


def _number(route: Route, digits: str, number: Record) -> Outcome:
    route.called = digits
    place = _place("number", digits)
    disabled = "works" if number["active"] else route.exchange.assume(_NAME, "disabled_number")
    if disabled != "works":
        route.note(place, "is disabled")
        return turned_away(route, place, disabled)
    if number["type"] == _VOICEMAIL:
        route.note(place, "goes to its voicemail")
        return plays(route, _place("voicemail", digits), "voicemail")
    if number["type"] != _FORWARD:
        route.note(place, "is off")
        return turned_away(route, place, route.exchange.assume(_NAME, "off_number"))
    target = digits_of(number["param"])
    if target is None:
        route.note(place, "forwards to nothing")
        return End("nowhere", place.shown())
    phone = Phone(f"+{target}", "phone")
    return route.forward(place, phone, lambda: str(route.exchange.assume(_NAME, "unanswered_forward")))
