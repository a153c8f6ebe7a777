# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of RingCentral's call forwarding. Private to the collection."""

from __future__ import annotations

from ..._engine.argspec import ArgSpec
from .model import AFTER, ALL, APPS, AT_ONCE, DAYS, IN_ORDER, WORK

_RING = ArgSpec(
    {
        "phone_numbers": {"type": "list", "elements": "raw"},
        "devices": {"type": "list", "elements": "str"},
        "extensions": {"type": "list", "elements": "str"},
        "apps": {"type": "list", "elements": "str", "choices": list(APPS)},
        "raw": {"type": "list", "elements": "dict"},
        "seconds": {"type": "int"},
        "always": {"type": "bool", "default": False},
    }
)

_THEN = ArgSpec(
    {
        "voicemail": {"type": "bool"},
        "mailbox": {"type": "str"},
        "extension": {"type": "str"},
        "phone_number": {"type": "raw"},
        "announcement": {"type": "bool"},
        "greeting": {"type": "str"},
    },
    mutually_exclusive=[("voicemail", "extension", "phone_number", "announcement")],
    required_one_of=[("voicemail", "extension", "phone_number", "announcement")],
)

_SCHEDULE = ArgSpec(
    {"always": {"type": "bool"}, **{day: {"type": "list", "elements": "str"} for day in DAYS}},
    mutually_exclusive=[("always", day) for day in DAYS],
)

CALL_FORWARDING = ArgSpec(
    {
        "extension": {"type": "str", "required": True},
        "hours": {"type": "str", "required": True, "choices": [WORK, AFTER, ALL]},
        "enabled": {"type": "bool"},
        "schedule": {"type": "dict", **_SCHEDULE.suboptions()},
        "ring_mode": {"type": "str", "choices": [IN_ORDER, AT_ONCE]},
        "ring": {"type": "list", "elements": "dict", **_RING.suboptions()},
        "then": {"type": "dict", **_THEN.suboptions()},
    }
)
