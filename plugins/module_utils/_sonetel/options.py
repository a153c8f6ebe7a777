# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonetel's connection options and the options of its resources. Private to the collection."""

from __future__ import annotations

from typing import Any

from .._argspec import CONNECTION, ArgSpec, from_environment
from .api import API_URL, AUTH_URL, CLIENT_ID
from .callsettings import ACTIONS, RINGS
from .entries import KEYS
from .voiceapps import OPTIONS_OF

LOGIN = CONNECTION + ArgSpec(
    {
        "username": from_environment("SONETEL_USERNAME"),
        "password": from_environment("SONETEL_PASSWORD", no_log=True),
        "auth_url": from_environment("SONETEL_AUTH_URL", default=AUTH_URL),
        "client_id": {"type": "str", "default": CLIENT_ID},
        "client_secret": {"type": "str", "no_log": True},
    }
)

ACCOUNT = LOGIN + ArgSpec(
    {
        "access_token": from_environment("SONETEL_ACCESS_TOKEN", no_log=True),
        "account_id": from_environment("SONETEL_ACCOUNT_ID"),
        "api_url": from_environment("SONETEL_API_URL", default=API_URL),
    }
)

DESTINATION = ArgSpec(
    {
        "phone": {"type": "raw"},
        "sip": {"type": "str"},
        "user": {"type": "str"},
        "voiceapp": {"type": "str"},
        "raw": {
            "type": "dict",
            "options": {
                "connect_to_type": {"type": "str", "required": True},
                "connect_to": {"type": "str", "required": True},
            },
        },
    },
    mutually_exclusive=[("phone", "sip", "user", "voiceapp", "raw")],
    required_one_of=[("phone", "sip", "user", "voiceapp", "raw")],
)

EXPECTED = ArgSpec({"expected_voiceapps": {"type": "list", "elements": "str"}})

_DESTINATIONS: dict[str, dict[str, Any]] = {
    "phone": {"type": "raw"},
    "sip": {"type": "str"},
    "user": {"type": "str"},
    "voiceapp": {"type": "str"},
    "prompt": {"type": "str"},
    "team": {"type": "str"},
    "hang_up": {"type": "bool"},
    "raw": {
        "type": "dict",
        "options": {
            "action": {"type": "str", "required": True},
            "to": {"type": "str", "default": ""},
            "id": {"type": "str", "default": ""},
        },
    },
}

MENU_ENTRY = ArgSpec(
    {"key": {"type": "str", "required": True, "choices": list(KEYS), "no_log": False}, **_DESTINATIONS},
    mutually_exclusive=[tuple(_DESTINATIONS)],
)

FINAL_ACTION = ArgSpec(_DESTINATIONS, mutually_exclusive=[tuple(_DESTINATIONS)], required_one_of=[tuple(_DESTINATIONS)])

VOICEAPP = ArgSpec(
    {
        "name": {"type": "str"},
        "app_id": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "force": {"type": "bool", "default": False},
        "type": {"type": "str", "choices": list(OPTIONS_OF)},
        "voice": {"type": "str"},
        "play_welcome": {"type": "bool"},
        "extension_dialing": {"type": "bool"},
        "menu": {"type": "list", "elements": "dict", **MENU_ENTRY.suboptions()},
        "menu_policy": {"type": "str", "choices": ["exact", "merge"], "default": "exact"},
        "final_action": {"type": "dict", **FINAL_ACTION.suboptions()},
        "greeting": {"type": "bool"},
        "goodbye": {"type": "bool"},
        "deliver_to": {
            "type": "dict",
            "options": {"user": {"type": "str"}, "email": {"type": "str"}},
            "mutually_exclusive": [("user", "email")],
            "required_one_of": [("user", "email")],
        },
        "error_voice": {"type": "str"},
        "error_repeat_voice": {"type": "str"},
    },
    required_one_of=[("name", "app_id")],
)

PROMPT = ArgSpec(
    {
        "voiceapp": {"type": "str", "required": True},
        "name": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "wav": {"type": "path"},
        "text": {"type": "str"},
        "language": {"type": "str"},
        "tts_voice": {"type": "str"},
    },
    mutually_exclusive=[("wav", "text")],
    required_together=[("text", "language")],
)

_OWN_ACTIONS: dict[str, dict[str, Any]] = {
    "ring": {"type": "str", "choices": list(RINGS)},
    "own_phone": {"type": "str"},
    "voicemail": {"type": "bool"},
    **{kind: _DESTINATIONS[kind] for kind in ("phone", "sip", "user", "voiceapp", "hang_up", "raw")},
}

CALL_ACTION = ArgSpec(
    {**_OWN_ACTIONS, "ring_time": {"type": "int"}, "show": {"type": "raw"}},
    mutually_exclusive=[tuple(_OWN_ACTIONS)],
)

USER_FORWARDING = ArgSpec(
    {
        "user": {"type": "str", "required": True},
        **{name: {"type": "dict", **CALL_ACTION.suboptions()} for name in ACTIONS},
        "outgoing_show": {"type": "raw"},
    }
)

FORWARDING = ArgSpec(
    {
        "number": {"type": "raw", "required": True},
        "destination": {"type": "dict", **DESTINATION.suboptions()},
        "package": {"type": "str", "choices": ["business"]},
        "show": {"type": "str", "choices": ["caller", "called"]},
        "renewal": {"type": "str", "choices": ["1m", "1y", "3y", "never"]},
    }
)
