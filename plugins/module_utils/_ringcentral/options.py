# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's connection options and the options of its resources. Private to the collection."""

from __future__ import annotations

from .._engine.argspec import CONNECTION, ArgSpec, from_environment
from .api import SERVER_URL
from .call_forwarding.model import AFTER, ALL, APPS, AT_ONCE, DAYS, IN_ORDER, WORK

TYPES = ("Other", "Home", "Mobile", "Work", "PhoneLine", "Outage", "BusinessMobilePhone", "ExtensionApps")

LOGIN = CONNECTION + ArgSpec(
    {
        "client_id": from_environment("RC_APP_CLIENT_ID"),
        "client_secret": from_environment("RC_APP_CLIENT_SECRET", no_log=True),
        "jwt": from_environment("RC_USER_JWT", no_log=True),
        "access_token": from_environment("RC_ACCESS_TOKEN", no_log=True),
        "server_url": from_environment("RC_SERVER_URL", default=SERVER_URL),
        "cache_path": {"type": "path"},
    }
)

ACCOUNT = LOGIN + ArgSpec(
    {
        "account_id": {"type": "str", "default": "~"},
        "token_cache": {"type": "bool", "default": True},
    }
)

FORWARDING_NUMBER = ArgSpec(
    {
        "extension": {"type": "str", "required": True},
        "phone_number": {"type": "raw"},
        "previous_phone_number": {"type": "raw"},
        "device": {"type": "str"},
        "device_extension": {"type": "str"},
        "forwarding_number_id": {"type": "str"},
        "type": {"type": "str", "choices": list(TYPES)},
        "label": {"type": "str"},
        "flip_number": {"type": "int"},
        "replace": {"type": "bool", "default": False},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
    required_one_of=[("phone_number", "device", "forwarding_number_id")],
)

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

EXPECTED = ArgSpec(
    {"expected_forwarding_numbers": {"type": "list", "elements": "dict", **FORWARDING_NUMBER.suboptions()}}
)

PRUNE = ArgSpec({"prune": {"type": "bool", "default": False}, "max_deletions": {"type": "int"}})
