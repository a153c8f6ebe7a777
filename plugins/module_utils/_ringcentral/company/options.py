# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the company's lists, and the one vocabulary for where calls go. Private to the collection."""

from __future__ import annotations

from typing import Any

from ..._engine.argspec import ArgSpec, TruthOr
from ..call_forwarding.options import CALL_FORWARDING

COMPANY = "company"
MESSAGE_ONLY, ANNOUNCEMENT = "message_only", "announcement"
EXACT, ADD, MERGE, KEEP = "exact", "add", "merge", "keep"
LONGEST_IDLE, SIMULTANEOUS, FIXED_ORDER = "longest_idle", "simultaneous", "fixed_order"
RINGS = (LONGEST_IDLE, SIMULTANEOUS, FIXED_ORDER)
WAITS = ("members", "members_and_overflow")
NO_INPUT = "no_input"
KEYS = (*(str(digit) for digit in range(10)), "*", "#", NO_INPUT)
GREETINGS = (
    "introductory",
    "connecting_audio",
    "connecting_message",
    "hold_music",
    "interrupt_prompt",
    "voicemail",
    "announcement",
    "unavailable",
)

_STATE = {"type": "str", "choices": ["present", "absent"], "default": "present"}
_TEXT: dict[str, Any] = {"type": "str"}

# What each of them means, and who takes which, is in `destinations`.
_DESTINATIONS: dict[str, dict[str, Any]] = {
    "extension": _TEXT,
    "phone_number": {"type": "raw"},
    "voicemail": {"type": TruthOr("extension")},
    "announcement": {"type": TruthOr()},
    "operator": {"type": "bool"},
    "hang_up": {"type": "bool"},
}
_OF_MENUS: dict[str, dict[str, Any]] = {
    name: {"type": "bool"} for name in ("dial_by_name", "repeat", "root", "previous")
}


def _one_of(options: dict[str, dict[str, Any]], also: dict[str, dict[str, Any]] | None = None) -> ArgSpec:
    """Return the specification of which exactly one of *options* must be given, and *also*."""
    names = tuple(options)
    return ArgSpec({**options, **(also or {})}, mutually_exclusive=[names], required_one_of=[names])


DESTINATION = _one_of(_DESTINATIONS)
# What a queue can do with callers who have waited, who find it full, or whom nobody answers; and after its hours.
_FROM_QUEUE = {name: _DESTINATIONS[name] for name in ("extension", "phone_number", "voicemail")}
_QUEUE_MAX_WAIT = _one_of(_FROM_QUEUE)
_QUEUE_FULL = _QUEUE_AFTER_HOURS = _one_of({**_FROM_QUEUE, "announcement": _DESTINATIONS["announcement"]})
_QUEUE_NO_ANSWER = _one_of({**_FROM_QUEUE, "wait": {"type": "str", "choices": list(WAITS)}})
# `raw` names an action of RingCentral's that cannot be written; it stays.
_MENU_KEY = _one_of(
    {**_DESTINATIONS, **_OF_MENUS, "raw": _TEXT}, {"key": {"type": "str", "choices": list(KEYS), "required": True}}
)
SCHEDULE = dict(CALL_FORWARDING.options["schedule"])
_DATES = ArgSpec({"from": {"type": "str", "required": True}, "to": {"type": "str"}})
_CONDITIONS: dict[str, dict[str, Any]] = {
    "callers": {"type": "list", "elements": "raw"},
    "called_numbers": {"type": "list", "elements": "raw"},
    "schedule": SCHEDULE,
    "dates": {"type": "list", "elements": "dict", **_DATES.suboptions()},
}


def _to(spec: ArgSpec = DESTINATION) -> dict[str, Any]:
    return {"type": "dict", **spec.suboptions()}


SITE = ArgSpec(
    {
        "name": {"type": "str", "required": True},
        "extension": _TEXT,
        "email": _TEXT,
        "time_zone": _TEXT,
        "address": {
            "type": "dict",
            **ArgSpec(dict.fromkeys(("country", "state", "city", "street", "zip"), _TEXT)).suboptions(),
        },
        "caller_id_name": _TEXT,
        "operator": _TEXT,
        "top_menu": _TEXT,
    }
)

_GROUP: dict[str, dict[str, Any]] = {
    "extension": {"type": "str", "required": True},
    "name": _TEXT,
    "email": _TEXT,
    "site": _TEXT,
    "time_zone": _TEXT,
    "language": _TEXT,
}

GROUP_EXTENSION = ArgSpec(
    {
        **_GROUP,
        "kind": {"type": "str", "choices": [MESSAGE_ONLY, ANNOUNCEMENT]},
        "voicemail_to": _TEXT,
        "state": _STATE,
    }
)

CALL_QUEUE = ArgSpec(
    {
        **_GROUP,
        "members": {"type": "list", "elements": "str"},
        "members_policy": {"type": "str", "choices": [EXACT, ADD], "default": EXACT},
        "ring": {"type": "str", "choices": list(RINGS)},
        "ring_seconds": {"type": "int"},
        "wrap_up": {"type": "int"},
        "max_wait": {"type": "int"},
        "on_max_wait": _to(_QUEUE_MAX_WAIT),
        "max_callers": {"type": "int"},
        "on_full": _to(_QUEUE_FULL),
        "on_no_answer": _to(_QUEUE_NO_ANSWER),
        "overflow": {"type": "list", "elements": "str"},
        "voicemail_to": _TEXT,
        "editable_member_status": {"type": "bool"},
        "greetings": {"type": "dict", **ArgSpec(dict.fromkeys(GREETINGS, _TEXT)).suboptions()},
        "hours": SCHEDULE,
        "after_hours": _to(_QUEUE_AFTER_HOURS),
        "state": _STATE,
    }
)

IVR_PROMPT = ArgSpec({"name": {"type": "str", "required": True}, "file": {"type": "path"}, "state": _STATE})

IVR_MENU = ArgSpec(
    {
        "extension": {"type": "str", "required": True},
        "name": _TEXT,
        "site": _TEXT,
        "prompt": {
            "type": "dict",
            **ArgSpec(
                {"text": _TEXT, "language": _TEXT, "prompt": _TEXT},
                mutually_exclusive=[("text", "prompt"), ("language", "prompt")],
                required_one_of=[("text", "prompt")],
            ).suboptions(),
        },
        "keys": {"type": "list", "elements": "dict", "no_log": False, **_MENU_KEY.suboptions()},
        "keys_policy": {"type": "str", "choices": [EXACT, MERGE], "default": EXACT},
        "repeat": {"type": "int", "choices": [1, 2, 3]},
        "state": _STATE,
    }
)

COMPANY_HOURS = ArgSpec({"owner": {"type": "str", "required": True}, "schedule": {**SCHEDULE, "required": True}})

COMPANY_RULE = ArgSpec(
    {
        "owner": {"type": "str", "required": True},
        "hours": {"type": "str", "choices": ["work", "after"]},
        "name": _TEXT,
        "enabled": {"type": "bool"},
        **_CONDITIONS,
        "destination": _to(_one_of({**_DESTINATIONS, "raw": _TEXT})),
        "state": _STATE,
    },
    mutually_exclusive=[("hours", "name")],
    required_one_of=[("hours", "name")],
)

RULES_POLICY = ArgSpec(
    {
        "rules_policy": {"type": "str", "choices": [KEEP, EXACT], "default": KEEP},
        "max_deletions": {"type": "int"},
    }
)

CUSTOM_RULE = ArgSpec(
    {
        "extension": {"type": "str", "required": True},
        "name": {"type": "str", "required": True},
        "enabled": {"type": "bool"},
        **_CONDITIONS,
        **{name: CALL_FORWARDING.options[name] for name in ("ring_mode", "ring", "then")},
        "state": _STATE,
    }
)

HOLIDAYS = ArgSpec(
    {
        "owner": {"type": "str", "required": True},
        "name": {"type": "str", "default": "Holidays"},
        "calendar": {
            "type": "dict",
            **ArgSpec(
                {
                    "country": {"type": "str", "required": True},
                    "subdivision": _TEXT,
                    "categories": {"type": "list", "elements": "str"},
                }
            ).suboptions(),
        },
        "days": {
            "type": "list",
            "elements": "dict",
            **ArgSpec({"name": _TEXT, "from": {"type": "str", "required": True}, "to": _TEXT}).suboptions(),
        },
        "except": {"type": "list", "elements": "str"},
        "years": {"type": "int", "default": 2},
        "destination": _to(),
        "language": _TEXT,
        "state": _STATE,
    }
)

PHONE_NUMBER = ArgSpec(
    {
        "number": {"type": "raw", "required": True},
        "extension": _TEXT,
        "company": {"type": "bool"},
        "expected_extension": _TEXT,
        "take_over": {"type": "bool", "default": False},
    },
    mutually_exclusive=[("extension", "company")],
    required_one_of=[("extension", "company")],
)

FORWARD_ALL = ArgSpec({"enabled": {"type": "bool", "required": True}})
