# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding all calls of the company (docs/providers/ringcentral-company.md 7). Where to is set in the web portal."""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import date_times
from simulator.ringcentral.answers import Call, invalid, missing


def read(call: Call) -> Answer:
    """GET whether all calls are forwarded, and where to."""
    settings = call.state["company"]["forward_all"]
    document: Record = {"enabled": settings["enabled"]}
    if settings["ranges"]:
        document["ranges"] = date_times.shown_ranges(call, settings["ranges"])
    key = settings["extension"]
    if key is None:
        reason = {"code": "FeatureLimitation", "message": "Forwarding of all calls has not been set up."}
        return json_answer({**document, "reason": reason})
    record = call.state["extensions"].get(key, {"record": {}})["record"]
    extension = {"id": key, **{name: record[name] for name in ("name", "extensionNumber") if name in record}}
    return json_answer({**document, "callHandlingAction": "Bypass", "extension": extension})


def update(call: Call) -> Answer:
    """PATCH `enabled`, the only member that is taken; without a target it cannot be turned on."""
    body, settings = call.body(), call.state["company"]["forward_all"]
    if "enabled" not in body:
        raise missing("enabled")
    if not isinstance(body["enabled"], bool) or (body["enabled"] and settings["extension"] is None):
        raise invalid("enabled", body["enabled"])
    settings["enabled"] = body["enabled"]
    return read(call)
