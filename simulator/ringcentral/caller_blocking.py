# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Callers that an extension blocks or allows (docs/providers/ringcentral-company.md 12).

Kept in the extension's `settings` as `caller_blocking`: {mode, noCallerId, payPhones, greetings, numbers: by id}.
"""

from __future__ import annotations

import base64
import copy

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import destinations, greeting_presets, rule_greetings
from simulator.ringcentral.answers import Call, Failure, invalid, missing, not_found, page_of

_CHOICES = {
    "mode": ("Specific", "All"),
    "noCallerId": ("Allow", "BlockFaxes", "BlockCallsAndFaxes"),
    "payPhones": ("Allow", "Block"),
}
_NEW: Record = {"mode": "Specific", "noCallerId": "Allow", "payPhones": "Allow", "greetings": {}, "numbers": {}}
_LONGEST_LABEL = 60
_STATUSES = ("Blocked", "Allowed")


def read(call: Call) -> Answer:
    """GET the settings."""
    return json_answer(_shown(call))


def update(call: Call) -> Answer:
    """PUT the settings: what is left out stays."""
    body, changed = call.body(), copy.deepcopy(_settings(call))
    for name, choices in _CHOICES.items():
        if name in body:
            if body[name] not in choices:
                raise invalid(name, body[name])
            changed[name] = body[name]
    if "greetings" in body:
        try:
            parsed = rule_greetings.parsed(call, body["greetings"], greeting_presets.BLOCKED_CALLS)
        except Failure:
            raise invalid("greetings") from None
        changed["greetings"] = {**changed["greetings"], **parsed}
    call.extension["settings"]["caller_blocking"] = changed
    return json_answer(_shown(call))


def list_numbers(call: Call) -> Answer:
    """GET the numbers; the filter is status."""
    statuses = call.request.values("status")
    numbers = [item for item in _settings(call)["numbers"].values() if not statuses or item["status"] in statuses]
    uri = f"{call.extension_uri}/caller-blocking/phone-numbers"
    return page_of(call, uri, numbers, lambda item: _shown_number(call, item))


def create_number(call: Call) -> Answer:
    """POST a number: 200 with it. Its id is made of its digits."""
    body = call.body()
    if "phoneNumber" not in body:
        raise missing("phoneNumber")
    number = _parsed(call, {"label": "", "status": "Blocked"}, body)
    if number["id"] in _settings(call)["numbers"] and call.switches["blocked_duplicate"] == "refused":
        raise invalid("phoneNumber", body["phoneNumber"])
    _changeable(call)[number["id"]] = number
    return json_answer(_shown_number(call, number))


def read_number(call: Call) -> Answer:
    """GET one number."""
    return json_answer(_shown_number(call, _found(call)))


def update_number(call: Call) -> Answer:
    """PUT one number: what is left out stays."""
    before = _found(call)
    number = _parsed(call, before, call.body())
    numbers = _changeable(call)
    del numbers[before["id"]]
    numbers[number["id"]] = number
    return json_answer(_shown_number(call, number))


def delete_number(call: Call) -> Answer:
    """DELETE one number: 204."""
    del _changeable(call)[_found(call)["id"]]
    return Answer(204)


def _settings(call: Call) -> Record:
    settings: Record = call.extension["settings"].get("caller_blocking", _NEW)
    return settings


def _changeable(call: Call) -> Record:
    settings: Record = call.extension["settings"].setdefault("caller_blocking", copy.deepcopy(_NEW))
    numbers: Record = settings["numbers"]
    return numbers


def _found(call: Call) -> Record:
    number: Record | None = _settings(call)["numbers"].get(call.ids[-1])
    if number is None:
        raise not_found("blockedNumberId")
    return number


def _parsed(call: Call, before: Record, body: Record) -> Record:
    number: Record = {**before, **{name: body[name] for name in ("label", "status") if name in body}}
    if "phoneNumber" in body:
        # A number is sent without plus, which is what answers have (docs/providers/ringcentral-company.md 12).
        sent = body["phoneNumber"]
        number["phoneNumber"] = destinations.number(call, f"+{sent.lstrip('+')}" if isinstance(sent, str) else sent)
        digits = number["phoneNumber"].lstrip("+").encode()
        number["id"] = base64.urlsafe_b64encode(digits).decode().rstrip("=")
    if not isinstance(number["label"], str) or len(number["label"]) > _LONGEST_LABEL:
        raise invalid("label", number["label"])
    if number["status"] not in _STATUSES:
        raise invalid("status", number["status"])
    return number


def _shown_number(call: Call, number: Record) -> Record:
    return {"uri": f"{call.extension_uri}/caller-blocking/phone-numbers/{number['id']}", **number}


def _shown(call: Call) -> Record:
    settings, usage = _settings(call), greeting_presets.BLOCKED_CALLS
    chosen = settings["greetings"]
    keys = {
        kind: chosen.get(kind, {}).get("preset", greeting_presets.default(usage, kind).id)
        for kind in greeting_presets.types_of(usage)
    }
    greetings = [{"type": kind, "preset": rule_greetings.preset_of(call, key)} for kind, key in keys.items()]
    return {**{name: settings[name] for name in _CHOICES}, "greetings": greetings}
