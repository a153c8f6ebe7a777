# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding numbers (docs/providers/ringcentral.md 6 and 14)."""

from __future__ import annotations

import copy

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import call_handling, destinations
from simulator.ringcentral.answers import Call, Failure, invalid, not_found, page_of

FIXED_TYPES = ("Home", "Mobile", "Work")
_TYPES = ("Other", *FIXED_TYPES, "PhoneLine")
MOST = 10
_MOST_CUSTOM = 7
FLIP_NUMBERS = range(1, 9)
LONGEST_LABEL = 60


def list_all(call: Call) -> Answer:
    """GET the list."""
    return page_of(
        call, f"{call.extension_uri}/forwarding-number", list(seen(call).values()), lambda r: _shown(call, r)
    )


def read(call: Call) -> Answer:
    """GET one."""
    record = seen(call).get(call.ids[-1])
    if record is None:
        raise not_found("forwardingNumberId")
    return json_answer(_shown(call, record))


def create(call: Call) -> Answer:
    """POST a new one: 200 with the record."""
    body = call.body()
    _check_texts(body)
    kind = body.get("type")
    if kind is None:
        kind = body["label"] if body.get("label") in FIXED_TYPES else "Other"  # 21
    if kind not in _TYPES:
        raise invalid("type", kind)
    numbers = call.extension["forwarding_numbers"]
    flip = _flip_number(call, body.get("flipNumber"), None)
    record = _line(call, body) if kind == "PhoneLine" else _external(call, body, kind)
    if _counts(call, record) and sum(_counts(call, item) for item in numbers.values()) >= MOST:
        raise Failure(400, "FPN-103", "The limit of forwarding numbers is reached.")
    if kind == "Other" and sum(item["type"] == "Other" for item in numbers.values()) >= _MOST_CUSTOM:
        raise Failure(400, "FPN-104", "The limit of custom forwarding numbers is reached.")
    remember(call)
    record["id"] = str(call.state["next_id"])
    call.state["next_id"] += 1
    if flip is None and call.switches["unset_flip_number"] == "next_free":
        taken = {item.get("flipNumber") for item in numbers.values()}
        flip = next((str(number) for number in FLIP_NUMBERS if str(number) not in taken), None)
    if flip is not None:
        record["flipNumber"] = flip
    numbers[record["id"]] = record
    return json_answer(_shown(call, record))


def update(call: Call) -> Answer:
    """PUT one: 200 with the record."""
    record = _present(call)
    body = call.body()
    _check_texts(body)
    kind = record["type"]
    if "type" in body and (body["type"] != kind or call.switches["same_type_in_put"] == "refused"):
        raise Failure(400, "FPN-125", "Type of the forwarding number can't be changed.")
    if "device" in body and body["device"] != record.get("device"):
        raise Failure(400, "FPN-124", "Device of the forwarding number can't be changed.")
    if "label" in body and kind != "Other" and body["label"] != record["label"]:
        raise Failure(400, "FPN-122", "Label of this forwarding number can't be changed.")
    changed = copy.deepcopy(record)
    if call.switches["put"] == "replace":
        if kind in ("Other", *FIXED_TYPES) and "phoneNumber" not in body:
            raise Failure(400, "FPN-110", f"Phone number is required for the type {kind}.")
        if kind == "Other" and "label" not in body:
            raise Failure(400, "FPN-116", "Label is required.")
        changed.pop("flipNumber", None)
    if "phoneNumber" in body:
        number = destinations.number(call, body["phoneNumber"])
        if kind == "PhoneLine" and number != record.get("phoneNumber"):
            raise invalid("phoneNumber", number)
        if kind != "PhoneLine":
            destinations.check_external(call, number)
            changed["phoneNumber"] = number
    if kind == "Other" and "label" in body:
        _refuse_label_clash(call, body["label"], record["id"])
        changed["label"] = body["label"]
    flip = _flip_number(call, body.get("flipNumber"), record["id"])
    if flip is not None:
        changed["flipNumber"] = flip
    remember(call)
    call.extension["forwarding_numbers"][record["id"]] = changed
    return json_answer(_shown(call, changed))


def delete(call: Call) -> Answer:
    """DELETE one: 204."""
    record = _present(call)
    _refuse_own_device(call, record)
    _forget(call, [record["id"]])
    return Answer(204)


def delete_many(call: Call) -> Answer:
    """DELETE the list path with ids in the body: 204 (45)."""
    records = call.body().get("records")
    if not isinstance(records, list) or not all(isinstance(item, dict) for item in records):
        raise invalid("records")
    numbers = call.extension["forwarding_numbers"]
    ids = [str(item.get("forwardingNumberId")) for item in records]
    for wanted in ids:
        if wanted not in numbers:
            raise not_found("forwardingNumberId")
        _refuse_own_device(call, numbers[wanted])
    _forget(call, ids)
    return Answer(204)


def _forget(call: Call, ids: list[str]) -> None:
    """Remove numbers, also from the rules that use them (59)."""
    numbers = call.extension["forwarding_numbers"]
    used = [key for key in ids if call_handling.uses(call, numbers[key])]
    if used and call.switches["number_in_rule"] == "refused":
        raise invalid("forwardingNumberId", used[0])
    remember(call)
    if used:
        call_handling.remember(call)
    for key in ids:
        if key in numbers:
            call_handling.forget_number(call, numbers.pop(key))


def _external(call: Call, body: Record, kind: str) -> Record:
    """A new record of type Other, Home, Mobile or Work."""
    numbers = call.extension["forwarding_numbers"]
    if "device" in body:
        raise Failure(400, "FPN-111", "Device can be given for the type PhoneLine only.")
    if not body.get("phoneNumber"):
        raise Failure(400, "FPN-110", f"Phone number is required for the type {kind}.")
    label = body.get("label")
    if kind == "Other":
        if not label:
            raise Failure(400, "FPN-116", "Label is required.")
        if call.switches["label_clash_on_create"] == "refused":
            _refuse_label_clash(call, label, None)
    else:
        if label not in (None, kind) and call.switches["label_of_fixed_type"] == "refused":
            raise Failure(400, "FPN-116", "Label can't be given for this type.")
        if any(item["type"] == kind for item in numbers.values()):
            raise Failure(400, "FPN-119", f"Forwarding number of the type {kind} exists already.")
        label = kind
    number = destinations.number(call, body["phoneNumber"])
    destinations.check_external(call, number)
    taken = any(item.get("phoneNumber") == number for item in numbers.values())
    if taken and call.switches["duplicate_number"] == "refused":
        raise Failure(400, "CMN-406", "Duplicate value in the request.")
    return {"phoneNumber": number, "label": label, "features": ["CallFlip", "CallForwarding"], "type": kind}


def _line(call: Call, body: Record) -> Record:
    """A new record of type PhoneLine."""
    device = body.get("device")
    asked = device.get("id") if isinstance(device, dict) else None
    number = body.get("phoneNumber")
    if asked and number:
        raise Failure(400, "FPN-112", "Phone number and device can't be given together.")
    if not asked and not number:
        raise Failure(400, "FPN-109", "Phone number or device is required for the type PhoneLine.")
    everything = [
        (key, item) for key, extension in call.state["extensions"].items() for item in extension["devices"].values()
    ]
    if asked:
        found = next((item for item in everything if item[1]["id"] == str(asked)), None)
        if found is None:
            raise Failure(404, "FPN-113", "Device is not found.")
    else:
        wanted = destinations.number(call, str(number))
        found = next((item for item in everything if wanted in _lines(item[1])), None)
        if found is None:
            raise Failure(404, "FPN-120", "There is no device with this phone number.")
    owner, chosen = found
    if "extension" not in chosen:
        raise Failure(400, "FPN-114", "Device has no extension.")
    if call.state["extensions"][owner]["record"]["type"] == "SharedLinesGroup":
        raise Failure(400, "FPN-115", "Device belongs to a shared lines group.")
    if any(line["lineType"] == "StandaloneFree" for line in chosen["phoneLines"]):
        raise Failure(400, "FPN-121", "Free softphone lines can't be used.")
    if any(
        (item.get("device") or {}).get("id") == chosen["id"] for item in call.extension["forwarding_numbers"].values()
    ):
        raise Failure(400, "FPN-118", "Device is in the list already.")
    return {
        "phoneNumber": destinations.device_number(chosen),
        "label": chosen["name"],
        "features": ["CallFlip", "CallForwarding"],
        "type": "PhoneLine",
        "device": {"id": chosen["id"]},
    }


def _lines(device: Record) -> list[str]:
    return [line["phoneInfo"]["phoneNumber"] for line in device["phoneLines"]]


def _counts(call: Call, record: Record) -> bool:
    """Whether a record counts towards the limit (34)."""
    counted = call.switches["lines_in_limit"]
    if record["type"] != "PhoneLine" or counted == "all":
        return True
    return counted == "coworkers" and record["device"]["id"] not in call.extension["devices"]


def _check_texts(body: Record) -> None:
    for name in ("phoneNumber", "label", "type"):
        if name in body and not isinstance(body[name], str):
            raise invalid(name, body[name])
    if len(body.get("label") or "") > LONGEST_LABEL:
        raise invalid("label", body["label"])


def _refuse_label_clash(call: Call, label: str, own_id: str | None) -> None:
    others = call.extension["forwarding_numbers"].values()
    if any(item["label"] == label and item["id"] != own_id for item in others):
        raise Failure(400, "FPN-102", "Label is used by another forwarding number.")


def _flip_number(call: Call, value: object, own_id: str | None) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not str(value).isdecimal() or int(str(value)) not in FLIP_NUMBERS:
        raise invalid("flipNumber", value)
    wanted = str(int(str(value)))
    others = call.extension["forwarding_numbers"].values()
    if any(item.get("flipNumber") == wanted and item["id"] != own_id for item in others):
        raise Failure(400, "FPN-106", "Flip number is in use.")
    return wanted


def _refuse_own_device(call: Call, record: Record) -> None:
    device = (record.get("device") or {}).get("id")
    own = record["type"] == "PhoneLine" and device in call.extension["devices"]
    managed = record["type"] not in _TYPES
    if managed or (own and call.switches["own_device_deletable"] == "no"):
        raise Failure(403, "FPN-107", "Device number can't be deleted.")


def _present(call: Call) -> Record:
    record: Record | None = call.extension["forwarding_numbers"].get(call.ids[-1])
    if record is None:
        raise not_found("forwardingNumberId")
    return record


def remember(call: Call) -> None:
    """Keep what reads shall show for a while although it is about to change (switch late_reads)."""
    late = call.switches["late_reads"]
    if late:
        before = call.extension["late"]
        numbers = before["forwarding_numbers"] if before else copy.deepcopy(call.extension["forwarding_numbers"])
        call.extension["late"] = {"reads": late, "forwarding_numbers": numbers}


def seen(call: Call) -> Record:
    """The numbers by id as a read shows them; counts the read (switch late_reads)."""
    late = call.extension["late"]
    if late is None:
        return dict(call.extension["forwarding_numbers"])
    late["reads"] -= 1
    if late["reads"] == 0:
        call.extension["late"] = None
    return dict(late["forwarding_numbers"])


def _shown(call: Call, record: Record) -> Record:
    if call.switches["uri"] == "absent":
        return dict(record)
    return {"uri": f"{call.extension_uri}/forwarding-number/{record['id']}", **record}
