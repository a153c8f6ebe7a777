# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What numbers, voice apps and users do with a call (docs/providers/sonetel.md 4, 5 and 7).

What the documents leave open is asked of the switches in call_switches.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from simulator.exchange import (
    End,
    Lines,
    Outcome,
    Phone,
    Place,
    Ringing,
    Route,
    Stop,
    digits_of,
    is_extension,
    plays,
    sip_of,
    turned_away,
)
from simulator.messages import Record

_NAME = "sonetel"
_APP_HOST = "sonetel.net"
_ACTIONS = ("first_action", "second_action")


class SonetelLines(Lines):
    """The numbers of all accounts."""

    def __init__(self, state: Record) -> None:
        self._accounts: Record = state["accounts"]

    def number(self, digits: str) -> Stop | None:
        owner = next((account for account in self._accounts.values() if digits in account["numbers"]), None)
        if owner is None:
            return None
        record = owner["numbers"][digits]
        return Stop(_place("number", f"+{digits}", digits), lambda route: _number(route, owner, record))

    def people(self) -> Iterable[tuple[set[str], set[str]]]:
        for account in self._accounts.values():
            for user in account["users"].values():
                full = f"{user['user_fname']} {user['user_lname']}"
                names = {user["email"].casefold(), full.casefold(), user["user_id"]}
                yield names, {_phone(phone, user).key for phone in user["phones"]}


def _place(kind: str, name: str, key: str) -> Place:
    return Place(_NAME, kind, name, key)


def _assume(route: Route, switch: str) -> str:
    return str(route.exchange.assume(_NAME, switch))


def _unanswered(route: Route) -> Callable[[], str]:
    return lambda: _assume(route, "unanswered_forward")


# Numbers


def _number(route: Route, account: Record, number: Record) -> Outcome:
    route.called = number["phnum"]
    place = _place("number", f"+{number['phnum']}", number["phnum"])
    if number.get("rule_set_id"):
        route.note(place, "has a rule set, which nobody can read")
        return End("unknown", place.shown())
    inactive = _assume(route, "inactive_number") if number.get("status") == "inactive" else "works"
    if inactive != "works":
        route.note(place, "is inactive")
        return turned_away(route, place, inactive)
    kind, target = number["connect_to_type"], number["connect_to"]
    if kind in ("phnum", "sip"):
        outcome = _send(route, account, place, kind, target)
        return End("hang_up") if outcome is None else outcome
    stop = None
    if kind == "user":
        stop = _user_stop(account, target)
    elif kind == "app":
        stop = _app_stop(account, target["app_id"])
    elif kind != "nowhere":
        route.note(place, f"goes to a destination of the type {kind}")
        return End("unknown", place.shown())
    if stop is None:
        route.note(place, "is connected to nothing")
        return End("nowhere", place.shown())
    route.note(place, f"goes to {stop.place.name}")
    return stop


def _send(route: Route, account: Record, place: Place, kind: str, target: str, seconds: int | None = None) -> Outcome:
    """Forward to a phone number or a SIP address; None: not answered, and the call comes back."""
    if kind == "sip":
        address = sip_of(target)
        user, _at, host = address.rpartition("@")
        app = _app_stop(account, user) if host == _APP_HOST else None
        if app is not None and _assume(route, "app_by_sip") == "reached":
            route.note(place, f"forwards to {address}")
            return app
        return route.forward(place, Phone(address, "sip"), _unanswered(route), seconds)
    digits = digits_of(target)
    if digits is None:
        country = _country(account, route.called)
        if country and target.startswith("0") and _assume(route, "national_number") == "completed":
            digits = digits_of(f"+{country}{target[1:]}")
    if digits is None:
        route.note(place, f"forwards to {target}, which is not a number")
        return End("nowhere", place.shown())
    return route.forward(place, Phone(f"+{digits}", "phone"), _unanswered(route), seconds)


def _country(account: Record, called: str) -> str:
    number = account["numbers"].get(called)
    return str(number["country_code"]) if number else ""


# Voice apps


def _app_stop(account: Record, app_id: str) -> Stop | None:
    app = account["voiceapps"].get(app_id)
    if app is None:
        return None
    place = _app_place(app)
    behaviours: dict[str, Callable[[Route], Outcome]] = {
        "menu": lambda route: _menu(route, account, app),
        "announcement": lambda route: _announcement(route, account, app),
        "mailbox": lambda route: plays(route, place, "voicemail"),
    }
    behave = behaviours.get(place.kind)
    return None if behave is None else Stop(place, behave)


def _app_place(app: Record) -> Place:
    kind = app["app_type"]
    if kind == "ivr":
        kind = "menu" if app["play_menu"] == "yes" else "announcement"
    return _place(kind, app["name"], app["app_id"])


def _again(account: Record, app: Record) -> Outcome:
    return _app_stop(account, app["app_id"])


def _menu(route: Route, account: Record, app: Record) -> Outcome:
    place = _welcome(route, app)
    dials = app["get_extension"] == "yes"
    key = route.key(extensions=dials)
    if key is None:
        route.note(place, "nothing is pressed")
        return _timeout(route, account, app)
    route.note(place, f"{key} is pressed")
    if dials and is_extension(key):
        return _internal(route, account, app, key)
    entry = _entry_of(app["menu"].get(f"digit_{key}"))
    return _entry(route, account, app, entry, lambda: _unassigned_key(route, account, app))


def _announcement(route: Route, account: Record, app: Record) -> Outcome:
    place = _welcome(route, app)
    asks = _assume(route, "extension_without_menu") if app["get_extension"] == "yes" else "ignored"
    if asks == "needed" and not route.dials_extension():
        return End("hang_up")
    if asks != "ignored" and route.dials_extension():
        key = route.key(extensions=True)
        route.note(place, f"{key} is pressed")
        return _internal(route, account, app, str(key))
    entry = _entry_of(app.get("final_action"))
    if (
        entry is None
        and app.get("final_action") is not None
        and route.exchange.position(_NAME, "final_hang_up") == "blank"
    ):
        return End("hang_up")
    return _entry(route, account, app, entry, lambda: _no_final_action(route, account, app))


def _welcome(route: Route, app: Record) -> Place:
    route.answer()
    place = _app_place(app)
    route.note(place, "plays its welcome" if app["play_welcome"] == "yes" else "answers")
    return place


def _entry_of(entry: Record | None) -> Record | None:
    """A menu entry or final action; None when nothing is assigned."""
    return entry if entry and entry.get("action") else None


def _timeout(route: Route, account: Record, app: Record) -> Outcome:
    def missing() -> Outcome:
        repeats = _assume(route, "menu_without_timeout") == "repeat"
        return _again(account, app) if repeats else End("hang_up")

    return _entry(route, account, app, _entry_of(app["menu"].get("timeout")), missing)


def _unassigned_key(route: Route, account: Record, app: Record) -> Outcome:
    position = _assume(route, "unassigned_key")
    if position == "as_timeout":
        return _timeout(route, account, app)
    return _again(account, app) if position == "repeat" else End("hang_up")


def _no_final_action(route: Route, account: Record, app: Record) -> Outcome:
    return _again(account, app) if _assume(route, "no_final_action") == "repeat" else End("hang_up")


def _internal(route: Route, account: Record, app: Record, number: str) -> Outcome:
    """A 3-digit internal number that the caller dialled."""
    for user in account["users"].values():
        if any(item["number_type"] == "internal" and item["number"] == number for item in user["numbers"]):
            return _user_stop(account, user["user_id"])
    route.note(_app_place(app), f"nobody has the internal number {number}")
    return _again(account, app) if _assume(route, "invalid_extension") == "repeat" else End("hang_up")


def _entry(
    route: Route, account: Record, app: Record, entry: Record | None, unassigned: Callable[[], Outcome]
) -> Outcome:
    """What a menu entry or a final action does."""
    place = _app_place(app)
    if entry is None:
        return unassigned()
    action, kind, target = entry["action"], entry.get("to") or "", entry.get("id") or ""
    if action == "disconnect":
        route.note(place, "hangs up")
        return End("hang_up")
    if action == "play" and kind == "prompt":
        route.note(place, f"plays the prompt {target}")
        return _again(account, app) if _assume(route, "after_prompt") == "again" else End("hang_up")
    if action == "call" and kind in ("phnum", "other"):
        outcome = _send(route, account, place, "sip" if "@" in target else "phnum", target)
        if outcome is not None:
            return outcome
        return _again(account, app) if place.kind == "menu" else End("hang_up")
    if (action, kind) not in (("call", "user"), ("connect", "app")):
        route.note(place, f"does {action} {kind}")
        return End("unknown", place.shown())
    stop = _user_stop(account, target) if kind == "user" else _app_stop(account, target)
    if stop is not None:
        route.note(place, f"goes to {stop.place.name}")
        return stop
    route.note(place, f"goes to {target}, which is gone")
    return unassigned() if _assume(route, "missing_target") == "unassigned" else End("nowhere", place.shown())


# Users


def _user_stop(account: Record, user_id: str, *, returns: bool = False) -> Stop | None:
    """A user by id. `returns`: a call that nobody answers goes back to the user who forwarded it."""
    user = account["users"].get(user_id)
    if user is None:
        return None
    return Stop(_user_place(user), lambda route: _user(route, account, user, returns=returns))


def _user_place(user: Record) -> Place:
    return _place("person", user["email"], user["user_id"])


def _user(route: Route, account: Record, user: Record, *, returns: bool) -> Outcome:
    actions = user["call_settings"].get("incoming", {})
    for name in _ACTIONS:
        if actions.get(name):
            outcome = _action(route, account, user, actions[name])
            if outcome is not None:
                return outcome
    return None if returns else _exhausted(route, user)


def _exhausted(route: Route, user: Record) -> End:
    """A user who did not answer and has no action left."""
    position = _assume(route, "user_unanswered")
    if position == "voicemail":
        return _voicemail(route, user)
    if position == "rings_on":
        return End("unanswered", _user_place(user).shown())
    route.note(_user_place(user), "hangs up")
    return End("hang_up")


def _action(route: Route, account: Record, user: Record, action: Record) -> Outcome:
    """One action; None: the call is not answered."""
    place = _user_place(user)
    verb, kind, target = action.get("action"), action.get("to", ""), action.get("id", "")
    if verb == "disconnect":
        route.note(place, "hangs up")
        return End("hang_up")
    if verb == "ring":
        return _ring(route, user, kind, target, _ring_time(route, action))
    if (verb, kind) == ("forward", "voicemail"):
        return _voicemail(route, user)
    if verb == "forward" and kind in ("phnum", "sip"):
        return _send(route, account, place, kind, target, _ring_time(route, action))
    if verb != "forward" or kind not in ("user", "voiceapp"):
        route.note(place, f"does {verb} {kind}")
        return End("unknown", place.shown())
    stop = _user_stop(account, target, returns=True) if kind == "user" else _app_stop(account, target)
    if stop is None:
        route.note(place, f"forwards to {target}, which is gone")
        return None if _assume(route, "missing_target") == "unassigned" else End("nowhere", place.shown())
    route.note(place, f"forwards to {stop.place.name}")
    if kind == "voiceapp":
        return stop
    end = route.follow(stop)
    if end is None and _assume(route, "forwarder_second_action") == "left_out":
        return _exhausted(route, account["users"][target])
    return end


def _ring_time(route: Route, action: Record) -> int:
    given = action.get("ring_time")
    return int(given) if given else int(route.exchange.assume(_NAME, "missing_ring_time"))


def _ring(route: Route, user: Record, kind: str, target: str, seconds: int) -> Outcome:
    wanted: dict[str, Callable[[Record], bool]] = {
        "myphones": lambda phone: True,
        "sipphones": lambda phone: phone["phone_type"] == "sip",
        "phone": lambda phone: phone["phone_id"] == target,
    }
    place = _user_place(user)
    if kind not in wanted:
        route.note(place, f"rings {kind}")
        return End("unknown", place.shown())
    phones = [_phone(phone, user) for phone in user["phones"] if wanted[kind](phone) and _is_ready(route, phone)]
    if not phones and _assume(route, "no_phone") == "at_once":
        seconds = 0
    if route.caller.finds_busy(phones):
        seconds = 0 if _assume(route, "busy_phones") == "at_once" else seconds
    return route.ring(place, [Ringing(phone, 0, seconds) for phone in phones], seconds)


def _is_ready(route: Route, phone: Record) -> bool:
    if phone.get("receive_calls", "yes") == "yes" and phone.get("verified", "yes") == "yes":
        return True
    return _assume(route, "unready_phone") == "rings"


def _phone(phone: Record, user: Record) -> Phone:
    if phone["phone_type"] == "sip":
        return Phone(sip_of(phone["phnum"]), "sip", user["email"])
    return Phone(f"+{digits_of(phone['phnum']) or phone['phnum']}", "phone", user["email"])


def _voicemail(route: Route, user: Record) -> End:
    return plays(route, _place("voicemail", user["email"], user["user_id"]), "voicemail")
