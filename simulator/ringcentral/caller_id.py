# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The number that an extension shows when it calls (docs/providers/ringcentral-company.md 12).

Kept in the extension's `settings` as `caller_id`: {features: by name, extensionNameForOutboundCalls,
extensionNumberForInternalCalls}.
"""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral.answers import Call, invalid

_FEATURES = (
    *("RingOut", "RingMe", "CallFlip", "FaxNumber", "AdditionalSoftphone", "Alternate", "CommonPhone", "MobileApp"),
    *("Delegated", "BusinessMobile"),
)
_FLAGS = ("extensionNameForOutboundCalls", "extensionNumberForInternalCalls")


def read(call: Call) -> Answer:
    """GET the settings."""
    return json_answer(_shown(call))


def update(call: Call) -> Answer:
    """PUT the settings: features and flags that are left out stay."""
    body, changed = call.body(), _settings(call)
    items = body.get("byFeature", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise invalid("byFeature")
    for item in items:
        if item.get("feature") not in _FEATURES:
            raise invalid("byFeature.feature", item.get("feature"))
        changed["features"] = {**changed["features"], item["feature"]: _parsed(call, item.get("callerId"))}
    for name in _FLAGS:
        if name in body:
            if not isinstance(body[name], bool):
                raise invalid(name, body[name])
            changed[name] = body[name]
    call.extension["settings"]["caller_id"] = changed
    return json_answer(_shown(call))


def _settings(call: Call) -> Record:
    new: Record = {"features": {}, **dict.fromkeys(_FLAGS, False)}
    return {**new, **call.extension["settings"].get("caller_id", {})}


def _numbers(call: Call) -> dict[str, Record]:
    """What the extension may show: its own numbers and those of the company."""
    company = [item for item in call.state["company"]["phone_numbers"] if item["usageType"] != "Inventory"]
    return {str(item["id"]): item for item in (*call.extension["phone_numbers"], *company)}


def _parsed(call: Call, value: object) -> Record:
    if not isinstance(value, dict) or value.get("type") not in ("PhoneNumber", "Blocked"):
        raise invalid("byFeature.callerId.type")
    if value["type"] == "Blocked":
        return {"type": "Blocked"}
    info = value.get("phoneInfo")
    key = str(info.get("id")) if isinstance(info, dict) else ""
    if key not in _numbers(call):
        raise invalid("byFeature.callerId.phoneInfo.id", key)
    return {"type": "PhoneNumber", "number": key}


def _shown(call: Call) -> Record:
    settings, numbers = _settings(call), _numbers(call)
    features = []
    for name in _FEATURES:
        # Without a choice, and where the number is gone, the first number is shown.
        chosen = settings["features"].get(name, {"type": "PhoneNumber"})
        shown: Record = {"type": chosen["type"]}
        if chosen["type"] == "PhoneNumber":
            key = chosen.get("number")
            key = key if key in numbers else next(iter(numbers), None)
            if key is None:
                shown = {"type": "Blocked"}
            else:
                uri = f"{call.account_uri}/phone-number/{key}"
                shown["phoneInfo"] = {"id": key, "uri": uri, "phoneNumber": numbers[key]["phoneNumber"]}
        features.append({"feature": name, "callerId": shown})
    uri = f"{call.extension_uri}/caller-id"
    return {"uri": uri, "byDevice": [], "byFeature": features, **{name: settings[name] for name in _FLAGS}}
