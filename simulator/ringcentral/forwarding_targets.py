# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the rules of the new call handling ring (docs/providers/ringcentral.md 9.4)."""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import call_handling, defaults, destinations
from simulator.ringcentral.answers import Call, invalid, text_of, v2_page_of

_APPS = ("AllDesktopRingTarget", "AllMobileRingTarget")
# What may be removed, and which member tells one from another. The account has no other kinds.
_KINDS = {
    "CoworkerAppsRingTarget": ("extension", "id"),
    "CoworkerRingTarget": ("extension", "id"),
    "DeviceRingTarget": ("device", "id"),
    "PhoneNumberRingTarget": ("destination", "phoneNumber"),
}


def list_all(call: Call) -> Answer:
    """GET all targets of all rules, each once; own devices too, whether a rule rings them or not."""
    excluded = call.flag("excludeOwnTargets")
    holder = call_handling.seen(call)
    found: dict[tuple[str, str], Record] = {}
    if not excluded:
        for device in call.extension["devices"].values():
            if "extension" in device:
                target = destinations.device_target(device)
                found[_key(target)] = target
    for target in call_handling.all_ring_targets(holder):
        own = target["type"] == "DeviceRingTarget" and "extension" not in target
        if (shown := _as_forwarding_target(target)) and not (own and excluded):
            found.setdefault(_key(shown), shown)
    return v2_page_of(call, list(found.values()), dict)


def delete(call: Call) -> Answer:
    """DELETE some from all rules: 200, with a result for each; own devices stay."""
    items = call.body().get("records")
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        raise invalid("records")
    for item in items:
        if text_of(item, "type") not in _KINDS:
            raise invalid("records.type", item.get("type"))
        holder, name = _KINDS[item["type"]]
        if text_of(item.get(holder), name) is None:
            raise invalid(f"records.{holder}.{name}")
    call_handling.remember(call)
    return json_answer({"records": [_removed(call, item) for item in items]})


def list_extensions_using_device(call: Call) -> Answer:
    """GET the extensions whose rules ring a device."""
    key = call.ids[-1]
    destinations.device_of(call, key, "deviceId")
    users = []
    for extension_id, extension in call.state["extensions"].items():
        if extension["record"]["type"] not in defaults.NO_CALL_HANDLING:
            holder = call_handling.current(call.about(extension_id))
            rung = [_key(target) for target in call_handling.all_ring_targets(holder) if target["type"] in _KINDS]
            if ("DeviceRingTarget", key) in rung:
                users.append({"id": extension_id})
    return v2_page_of(call, users, dict, member="referencedExtensions")


def _as_forwarding_target(target: Record) -> Record | None:
    if target["type"] not in _APPS:
        return target
    if "extension" not in target:
        return None
    return {"type": "CoworkerAppsRingTarget", "extension": target["extension"]}


def _key(target: Record) -> tuple[str, str]:
    holder, name = _KINDS[target["type"]]
    return target["type"], target[holder][name]


def _removed(call: Call, item: Record) -> Record:
    result: Record = {"bulkItemSuccessful": False, "bulkItem": item}
    kind, wanted = _key(item)
    if kind == "DeviceRingTarget" and wanted in call.extension["devices"]:
        return {**result, "bulkItemErrors": [_error("CMN-101", "Own targets can't be removed.")]}

    def matches(target: Record) -> bool:
        shown = _as_forwarding_target(target)
        return shown is not None and _key(shown) == (kind, wanted)

    if not call_handling.remove_targets(call_handling.current(call), matches):
        return {**result, "bulkItemErrors": [_error("CMN-102", "Resource for parameter [records] is not found.")]}
    return {"bulkItemSuccessful": True, "bulkItem": item}


def _error(code: str, message: str) -> Record:
    return {"errorCode": code, "message": message, "parameterName": "records"}
