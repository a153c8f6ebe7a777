# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMS Partner's connection options and the options of its resources. Private to the collection."""

from __future__ import annotations

from .._engine.argspec import CONNECTION, ArgSpec, from_environment

API_URL = "https://api.smspartner.fr/v1"

CONFLICTS = ["keep", "replace", "fail"]

ACCOUNT = CONNECTION + ArgSpec(
    {
        "api_key": from_environment("SMSPARTNER_API_KEY", no_log=True),
        "api_url": from_environment("SMSPARTNER_API_URL", default=API_URL),
        "check_credentials": {"type": "bool", "default": False},
        "journal": {"type": "path"},
        "number_format": {
            "type": "str",
            "choices": ["international", "plus", "national", "raw"],
            "default": "international",
        },
    }
)

ON_CONFLICT = ArgSpec({"on_conflict": {"type": "str", "choices": CONFLICTS, "default": "keep"}})

CALLFORWARD = ArgSpec(
    {
        "number": {"type": "raw", "required": True},
        "state": {"type": "str", "choices": ["forward", "voicemail", "disabled"], "default": "forward"},
        "destination": {"type": "raw"},
        "email": {"type": "str"},
        "previous_destination": {"type": "raw"},
    },
    required_if=[("state", "forward", ["destination"]), ("state", "voicemail", ["email"])],
)
