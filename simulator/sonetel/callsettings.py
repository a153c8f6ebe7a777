# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A user's own call settings (docs/providers/sonetel.md 7.1)."""

from __future__ import annotations

import re
from typing import Any

from simulator.messages import Answer, Record
from simulator.sonetel.account import require_own_account
from simulator.sonetel.answers import Call, Failure, HttpError, NotFound, NotPermitted, json_object, success
from simulator.sonetel.numbers import respelled

_ACTIONS = ("first_action", "second_action", "standard_action")
_MEMBERS = {"action", "to", "id", "ring_time", "show"}
_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_SIP = re.compile(r"(?:sip:)?[^@\s]+@[^@\s]+", re.IGNORECASE)


def read(call: Call) -> Answer:
    """GET the settings of one user."""
    return success(call, _shown(call, _wanted(call)["call_settings"]), bare=True)


def update(call: Call) -> Answer:
    """POST the settings of one user. All of it or nothing."""
    user = _wanted(call)
    if call.user["type"] != "admin" and call.user["user_id"] != user["user_id"]:
        raise NotPermitted
    body = json_object(call)
    given = {name: body[name] for name in ("incoming", "outgoing") if name in body}
    if not given or not all(isinstance(side, dict) for side in given.values()):
        raise Failure("19990501", "incoming or outgoing is required")
    incoming: Record = given.get("incoming", {})
    if not set(incoming) <= set(_ACTIONS):
        raise Failure("19990501", "incoming is not valid")
    for name, action in incoming.items():
        _check_action(call, user, name, action)
    if not _valid_show(call, given.get("outgoing", {}).get("show", "auto"), ("auto", "none")):
        raise Failure("19990503", "show is not valid")
    if call.switches["call_update"] == "replace":
        user["call_settings"] = given
    else:
        kept = user["call_settings"]
        user["call_settings"] = {
            side: {**kept.get(side, {}), **given.get(side, {})} for side in ("incoming", "outgoing")
        }
    return success(call, _shown(call, user["call_settings"]), bare=True)


def refuse_put(call: Call) -> Answer:
    """PUT: settings are written with POST."""
    raise HttpError(int(call.switches["call_put"]))


def _wanted(call: Call) -> Record:
    require_own_account(call)
    user: Record | None = call.account["users"].get(call.ids[1])
    if user is None:
        raise NotFound("19990504", f"User {call.ids[1]} not found")
    return user


def _check_action(call: Call, user: Record, name: str, action: Any) -> None:
    if (
        not isinstance(action, dict)
        or not set(action) <= _MEMBERS
        or not all(isinstance(v, str) for v in action.values())
    ):
        raise Failure("19990502", f"{name} is not valid")
    ring_time = action.get("ring_time")
    if ring_time is not None and not (ring_time.isdecimal() and 5 <= int(ring_time) <= 30):
        raise Failure("19990505", "ring_time is not valid")
    if not _valid_show(call, action.get("show", "caller"), ("caller", "none")):
        raise Failure("19990503", "show is not valid")
    if not _possible(call, user, name, action.get("action", ""), action.get("to", ""), action.get("id", "")):
        raise Failure("19990502", f"{name} is not valid")


def _possible(call: Call, user: Record, name: str, verb: str, kind: str, target: str) -> bool:
    phones = [phone["phone_id"] for phone in user["phones"] if phone["phone_type"] != "sip"]
    app = call.account["voiceapps"].get(target)
    return {
        ("ring", "myphones"): True,
        ("ring", "sipphones"): True,
        ("ring", "internet_internet"): name == "standard_action",
        ("ring", "phone"): target in phones,
        ("forward", "voicemail"): True,
        ("forward", "user"): name == "first_action" and target in call.account["users"],
        ("forward", "phnum"): _NUMBER.fullmatch(target) is not None,
        ("forward", "voiceapp"): app is not None and app["app_type"] in ("ivr", "mailbox"),
        ("forward", "sip"): _SIP.fullmatch(target) is not None,
    }.get((verb, kind), verb == "disconnect")


def _valid_show(call: Call, value: object, words: tuple[str, ...]) -> bool:
    """One of the words, or a number of the account."""
    if not isinstance(value, str):
        return False
    return value in words or value.removeprefix("+") in call.account["numbers"]


def _shown(call: Call, settings: Record) -> Record:
    incoming = {name: dict(action) for name, action in settings.get("incoming", {}).items()}
    if call.switches["second_action_members"] == "dropped":
        for name in ("show", "ring_time"):
            incoming.get("second_action", {}).pop(name, None)
    for action in incoming.values():
        if action.get("to") == "phnum":
            action["id"] = respelled(action["id"], str(call.switches["stored_number"]))
    return {**settings, "incoming": incoming}
