# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Phone numbers and extensions that requests name as a destination."""

from __future__ import annotations

import re

from simulator.messages import Record
from simulator.ringcentral.answers import Call, Failure, invalid, not_found


def number(call: Call, text: object, name: str = "phoneNumber") -> str:
    """A number in E.164. `name` is the parameter that an error names."""
    if not isinstance(text, str) or not re.fullmatch(r"\+?[1-9]\d{6,14}", text):
        raise invalid(name, text)
    if not text.startswith("+") and call.switches["plus_missing"] == "refused":
        raise invalid(name, text)
    return f"+{text.lstrip('+')}"


def check_external(call: Call, wanted: str) -> None:
    """Refuse a number of the account, and what the account's features do not allow."""
    features = call.state["features"]
    holders = (call.state["company"], *call.state["extensions"].values())
    if any(item["phoneNumber"] == wanted for holder in holders for item in holder["phone_numbers"]):
        raise Failure(400, "FPN-105", "Number belongs to the account.")
    if not wanted.startswith("+1") and not features["InternationalCalling"]:
        raise Failure(400, "FPN-108", "International calling is disabled.")
    if not features["EditExternalForwarding"]:
        raise Failure(400, "CMN-427", "Feature [EditExternalForwarding] is not available for the extension.")


def extension_id(call: Call, holder: object, name: str) -> str:
    """The id of an existing extension in `{id}`, which may be a string or an integer."""
    key = holder.get("id") if isinstance(holder, dict) else None
    if isinstance(key, bool) or not isinstance(key, (str, int)):
        raise invalid(name)
    if str(key) not in call.state["extensions"]:
        raise not_found(name)
    return str(key)


def device_of(call: Call, key: object, name: str) -> tuple[str, Record]:
    """A device of the account and the id of the extension that has it."""
    for owner, extension in call.state["extensions"].items():
        found = extension["devices"].get(str(key))
        if found is not None:
            return owner, found
    raise not_found(name)


def device_target(device: Record) -> Record:
    """A device as a ring target of the new call handling; that of a co-worker has the extension too."""
    shown = {"id": device["id"], "name": device["name"], "phoneNumber": device_number(device)}
    return {"type": "DeviceRingTarget", "name": device["name"], "device": shown}


def device_number(device: Record) -> str:
    """The number of a device's first line."""
    return next((line["phoneInfo"]["phoneNumber"] for line in device["phoneLines"]), "")
