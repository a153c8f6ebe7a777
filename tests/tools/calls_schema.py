# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The part of the JSON Schema of an office file that is about calls: people, call tests, and findings.

No module has options for what is inside these variables. tests/meta/test_office_schema.py compares the keys with
those that are read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Schema = dict[str, Any]

_TEMPLATE = {"$ref": "#/$defs/template"}
_TEMPLATE_PATTERN = r"\{[{%]"
_WHOLE = {"$ref": "#/$defs/whole_number"}
_CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:00)?"
_WEEKDAY = "([Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un)[a-z]*"
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def variables(
    providers: Collection[str], codes: Collection[str], settings: Collection[str], ends: Collection[str]
) -> Mapping[str, Schema]:
    """Return the schema of each variable."""
    test = {
        **_call(providers),
        "expect": _expect(ends),
        "undecided": {
            "description": "`ok`: a verification does not fail where the result cannot be known.",
            "enum": ["ok"],
        },
    }
    return {
        "office_people": _list(
            "The people of the office, and their phones. The people of all offices are one directory.",
            _mapping(_person(providers), any_of=("name", "email")),
        ),
        "office_call_tests": _list(
            "What callers must experience. Onboarding and verifications check it.",
            _mapping(test, required=("dial", "expect")),
        ),
        "office_findings": {
            "description": "What findings do, by code.",
            # YAML reads off without quotes as false.
            "anyOf": [_mapping({code: {"enum": [*settings, False]} for code in codes}), {"type": "null"}, _TEMPLATE],
        },
        "office_accepted_findings": _list(
            "Findings that are right as they are.", _mapping(_waiver(codes), required=("code", "at", "why"))
        ),
        "office_long_way": {
            "description": "When the finding `long-way` reports a call.",
            "anyOf": [_mapping(_long_way()), {"type": "null"}, _TEMPLATE],
        },
    }


def _mapping(properties: Schema, *, required: Collection[str] = (), any_of: Collection[str] = ()) -> Schema:
    found: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    if required:
        found["required"] = list(required)
    if any_of:
        names = ", ".join(f"`{name}`" for name in any_of)
        rule = {"description": f"At least one of {names}.", "anyOf": [{"required": [name]} for name in any_of]}
        found["allOf"] = [rule]
    return found


def _list(description: str, item: Schema) -> Schema:
    items = {"type": "array", "items": {"anyOf": [item, _TEMPLATE]}}
    return {"description": description, "anyOf": [items, {"type": "null"}, _TEMPLATE]}


def _text(description: str) -> Schema:
    return {"description": description, "type": "string", "pattern": r"\S"}


def _texts(description: str) -> Schema:
    text = {"type": "string", "pattern": r"\S"}
    return {"description": description, "anyOf": [{"type": "array", "items": text}, text]}


def _whole(description: str) -> Schema:
    return {"description": description, "anyOf": [_WHOLE, _TEMPLATE]}


def _extension(providers: Collection[str]) -> Schema:
    members = {
        "provider": {"description": "The provider.", "enum": list(providers)},
        "extension": _text("The number of the extension."),
    }
    return _mapping(members, required=("provider", "extension"))


def _person(providers: Collection[str]) -> Schema:
    return {
        "name": _text("What messages call the person, or the desk."),
        "email": _text("The address, also as the providers know the person."),
        "phones": _texts("Phone numbers."),
        "sip": _texts("SIP addresses."),
        "extensions": {
            "description": "Extensions at providers.",
            "type": "array",
            "items": _extension(providers),
        },
        "voicemail_after": _whole("After how many seconds the voicemail of a phone's operator takes a call."),
    }


def _call(providers: Collection[str]) -> Schema:
    extension = {"type": "object", "additionalProperties": False, "minProperties": 1, "maxProperties": 1}
    numbers = {provider: _text("The number of the extension.") for provider in providers}
    moment = {"type": "string", "pattern": f"^({_WEEKDAY}|{_DATE})[ T]+{_CLOCK}$|{_TEMPLATE_PATTERN}"}
    other_clock = _mapping({"time": moment, "zone": _text("An IANA name.")}, required=("time",))
    at = {"anyOf": [moment, other_clock]}
    key = {
        "anyOf": [
            {"type": "string", "pattern": f"^([0-9*#]+|wait)$|{_TEMPLATE_PATTERN}"},
            {"type": "integer", "minimum": 0},
        ]
    }
    return {
        "name": _text("What messages call the test."),
        "dial": {
            "description": "A number of any office, or an extension at its provider.",
            "anyOf": [{"type": "string", "pattern": r"\S"}, {**extension, "properties": numbers}],
        },
        "at": {
            "description": "`saturday 10:00` in an ordinary week, `2026-12-24 12:00`, or a list. Absent: all times.",
            "anyOf": [*at["anyOf"], {"type": "array", "items": at}],
        },
        "from": _text("The caller's number, or `anonymous`."),
        "press": {
            "description": "Keys in order; `wait` lets a menu time out.",
            "anyOf": [*key["anyOf"], {"type": "array", "items": key}],
        },
        "unanswered": _texts("People and phones that ring while nobody picks up, or `all`."),
        "voicemail_answers": _texts("Phones whose operator's own voicemail takes the call."),
        "busy": _texts("People who are busy."),
        "full": _texts("Queues that are full."),
    }


def _expect(ends: Collection[str]) -> Schema:
    mailbox = _mapping({"voicemail": _text("The name of the mailbox.")}, required=("voicemail",))
    members = {
        "reaches": _texts("Who answers: a person, a phone, or a list of which one must."),
        "hears": _texts("Announcements, menus and prompts on the way."),
        "ends": {"description": "How the call ends.", "anyOf": [{"enum": list(ends)}, mailbox, _TEMPLATE]},
        "within": _whole("The most seconds until somebody answers."),
        "passes": _texts("What the call goes through, in this order."),
        "never": _texts("What the call must not touch."),
    }
    return {"description": "What must come of the call.", **_mapping(members), "minProperties": 1}


def _waiver(codes: Collection[str]) -> Schema:
    return {
        "code": {"description": "The code of the finding.", "enum": list(codes)},
        "at": _text("The place that the finding names, as in `sonetel/voiceapps/Reception`."),
        "why": _text("Why it is right."),
        "by": _text("Who has decided that."),
        "until": {
            "description": "The last day on which it is accepted.",
            "type": "string",
            "pattern": f"^{_DATE}$|{_TEMPLATE_PATTERN}",
            "examples": ["2026-12-31"],
        },
    }


def _long_way() -> Schema:
    return {
        "seconds": _whole("The most seconds before a person or a mailbox."),
        "menus": _whole("The most menus before a person or a mailbox."),
    }
