# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonetel's connection options and the options of its numbers. Private to the collection."""

from __future__ import annotations

from .._engine.argspec import CONNECTION, ArgSpec, from_environment

API_URL = "https://public-api.sonetel.com"
AUTH_URL = "https://api.sonetel.com/SonetelAuth/beta/oauth/token"
# A public client id that all of Sonetel's own tools use; it is no customer's secret (sonetel.md 2.1).
CLIENT_ID = "sonetel-api"

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

FORWARDING = ArgSpec(
    {
        "number": {"type": "raw", "required": True},
        "destination": {"type": "dict", **DESTINATION.suboptions()},
        "package": {"type": "str", "choices": ["business"]},
        "show": {"type": "str", "choices": ["caller", "called"]},
        "renewal": {"type": "str", "choices": ["1m", "1y", "3y", "never"]},
    }
)
