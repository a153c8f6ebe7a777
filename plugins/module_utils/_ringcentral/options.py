# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's connection options and the options of its resources. Private to the collection."""

from __future__ import annotations

from .._engine.argspec import CONNECTION, ArgSpec, from_environment

SERVER_URL = "https://platform.ringcentral.com"

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

EXPECTED = ArgSpec(
    {"expected_forwarding_numbers": {"type": "list", "elements": "dict", **FORWARDING_NUMBER.suboptions()}}
)

PRUNE = ArgSpec({"prune": {"type": "bool", "default": False}, "max_deletions": {"type": "int"}})
