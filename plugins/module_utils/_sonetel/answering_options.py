# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of what answers calls at Sonetel: voice apps, prompts and people. Private to the collection.

Apart from the connection's and the numbers' options, so that a module for numbers does not load all this.
"""

from __future__ import annotations

from typing import Any

from .._engine.argspec import ArgSpec
from .entries import KEYS
from .user_forwardings import ACTIONS, RINGS
from .voiceapp_schema import OPTIONS_OF

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
