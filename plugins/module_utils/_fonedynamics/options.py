# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fone Dynamics' connection options and the options of its numbers. Private to the collection."""

from __future__ import annotations

from .._engine.argspec import CONNECTION, ArgSpec, from_environment

API_URL = "https://api.fonedynamics.com/v2"

ACCOUNT = CONNECTION + ArgSpec(
    {
        "account_sid": from_environment("FONEDYNAMICS_ACCOUNT_SID"),
        "token": from_environment("FONEDYNAMICS_TOKEN", no_log=True),
        "api_url": from_environment("FONEDYNAMICS_API_URL", default=API_URL),
    }
)

NUMBER = ArgSpec(
    {
        "number": {"type": "raw", "required": True},
        "friendly_name": {"type": "str"},
        "address": {"type": "str"},
        "attribution_source": {"type": "str"},
        "attribution_medium": {"type": "str"},
        "attribution_campaign": {"type": "str"},
        "attribution_content": {"type": "str"},
        "routing_method": {"type": "str", "choices": ["endpoint", "flow"]},
        "endpoint_number": {"type": "raw"},
        "flow": {"type": "str"},
        "recording": {"type": "str", "choices": ["off", "call"]},
        "send_sms_from": {"type": "raw"},
        "send_sms_to": {"type": "raw"},
        "send_email_from": {"type": "str"},
        "send_email_to": {"type": "str"},
        "webhook_url": {"type": "str"},
        "webhook_method": {"type": "str", "choices": ["GET", "POST"]},
        "delivery_receipt_webhook_url": {"type": "str"},
        "delivery_receipt_webhook_method": {"type": "str", "choices": ["GET", "POST"]},
    }
)
