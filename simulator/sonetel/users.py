# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users (docs/providers/sonetel.md 7): reading and creating."""

from __future__ import annotations

import re

from simulator.messages import Answer, Record
from simulator.sonetel.account import require_own_account
from simulator.sonetel.answers import Call, Failure, HttpError, json_object, listed, selected, success
from simulator.sonetel.seed import user

_SINGLE_ONLY = ("numbers", "phones", "location")
_HIDDEN = ("password", "call_settings")
_FIELDS = frozenset(user("3000000000", "", "", "")) - set(_HIDDEN)
_BAD_IN_PASSWORDS = set("%^()+=\\[]';/{}|\"<>?")


def list_all(call: Call) -> Answer:
    """GET list; the filters `name` and `email` match partially."""
    require_own_account(call)
    found = [
        _shown(call, {name: value for name, value in record.items() if name not in _SINGLE_ONLY})
        for record in call.account["users"].values()
        if _matches(call.request.query.get("email"), record["email"])
        and _matches(call.request.query.get("name"), f"{record['user_fname']} {record['user_lname']}")
    ]
    return listed(call, found)


def read(call: Call) -> Answer:
    """GET one; an unknown id gives success and null (sonetel.md 3.1)."""
    require_own_account(call)
    found = call.account["users"].get(call.ids[1])
    return success(call, None if found is None else _shown(call, found))


def create(call: Call) -> Answer:
    """POST: a regular user unless the body says otherwise; the e-mail is unique in the whole system."""
    require_own_account(call)
    body = json_object(call)
    for name in ("user_fname", "user_lname", "email", "password"):
        if not isinstance(body.get(name), str) or not body[name].strip():
            raise Failure("19990506", f"{name} is required")
    if not 5 <= len(body["password"]) <= 32 or set(body["password"]) & _BAD_IN_PASSWORDS:
        raise Failure("19990507", "password is not valid")
    if "@" not in body["email"] or body.get("type", "regular") not in ("regular", "admin"):
        raise Failure("19990508", "email or type is not valid")
    everyone = {
        user_id: found for other in call.state["accounts"].values() for user_id, found in other["users"].items()
    }
    if any(found["email"].casefold() == body["email"].casefold() for found in everyone.values()):
        if call.switches["user_taken"] == 409:
            raise HttpError(409)
        raise Failure("19990509", f"User with email {body['email']} exists already")
    record = user(
        str(max([3000000010, *[int(user_id) for user_id in everyone]]) + 1),
        body["email"],
        body["user_fname"],
        body["user_lname"],
        type=body.get("type", "regular"),
        password=body["password"],
        account_id=call.account_id,
        title=str(body.get("title", "")),
    )
    call.account["users"][record["user_id"]] = record
    return success(call, _shown(call, record))


def _shown(call: Call, record: Record) -> Record:
    shown = {name: value for name, value in record.items() if name not in _HIDDEN}
    if call.switches["ids"] == "number":
        shown["user_id"] = int(shown["user_id"])
    return selected(call, shown, _FIELDS)


def _matches(wanted: str | None, text: str) -> bool:
    """Whether any of the comma-separated values is part of `text`; `*` needs three other characters.

    Facts: sonetel.md 3.5.
    """
    if not wanted:
        return True
    return any(_part_matches(part.strip(), text) for part in wanted.split(","))


def _part_matches(part: str, text: str) -> bool:
    pieces = part.split("*")
    if not part or (len(pieces) > 1 and len("".join(pieces)) < 3):
        return False
    return re.search(".*".join([re.escape(piece) for piece in pieces]), text, re.IGNORECASE) is not None
