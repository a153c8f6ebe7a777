# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Phone numbers of the whole account, v1.0 and v2 (docs/providers/ringcentral-company.md 11).

A number is in the list of the extension that it leads to, or of the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import destinations
from simulator.ringcentral.answers import Call, invalid, missing, not_found, page_of, v2_page_of

_USAGES = ("MainCompanyNumber", "CompanyNumber", "DirectNumber", "ContactCenterNumber")
_TYPES = ("VoiceFax", "VoiceOnly", "FaxOnly")
_TARGETS = (
    *("User", "DigitalUser", "VirtualUser", "FaxUser", "FlexibleUser", "Limited", "Department"),
    *("IvrMenu", "Voicemail", "Announcement", "Site"),
)
_INVENTORY = "Inventory"
_E164 = r"\+[1-9]\d{6,14}"


def list_v1(call: Call) -> Answer:
    """GET the list of v1.0, which lacks the inventory."""
    found = [item for item in _filtered(call, ("paymentType",)) if item[1]["usageType"] != _INVENTORY]
    uri = f"{call.account_uri}/phone-number"
    return page_of(call, uri, [{"item": item} for item in found], lambda record: _v1(call, *record["item"]))


def read_v1(call: Call) -> Answer:
    """GET one by v1.0."""
    owner, record = _found(call, call.ids[-1])
    if record["usageType"] == _INVENTORY:
        raise not_found("phoneNumberId")
    return json_answer(_v1(call, owner, record))


def list_v2(call: Call) -> Answer:
    """GET the list of v2; `phoneNumber` may have stars for any digits."""
    found = _filtered(call, ("type",))
    toll, pattern = call.request.query.get("tollType"), call.request.query.get("phoneNumber")
    if toll is not None:
        found = [item for item in found if _toll(item[1]) == toll]
    if pattern is not None:
        wanted = re.compile(".*".join(map(re.escape, pattern.split("*"))))
        found = [item for item in found if wanted.fullmatch(item[1]["phoneNumber"])]
    return v2_page_of(call, [{"item": item} for item in found], lambda record: _v2(call, *record["item"]))


def assign(call: Call) -> Answer:
    """PATCH one: give it to an extension or to the company."""
    owner, record = _found(call, call.ids[-1])
    body = call.body()
    if "usageType" not in body:
        raise missing("usageType")
    usage = body["usageType"]
    if usage not in _USAGES:
        raise invalid("usageType", usage)
    if "type" in body and body["type"] not in _TYPES:
        raise invalid("type", body["type"])
    if record["status"] != "Normal":
        raise invalid("phoneNumberId", call.ids[-1])
    target: str | None = None
    if usage == "DirectNumber":
        if not isinstance(body.get("extension"), dict):
            raise invalid("extension")
        target = destinations.extension_id(call, body["extension"], "extension.id")
        if call.state["extensions"][target]["record"]["type"] not in _TARGETS:
            raise invalid("extension.id", target)
    elif usage == "MainCompanyNumber":
        for other in _company(call)["phone_numbers"]:
            if other["usageType"] == usage:
                other["usageType"] = "CompanyNumber"
    moved = {**record, "usageType": usage, **({"type": body["type"]} if "type" in body else {})}
    _move(call, owner, moved, target)
    return json_answer(_v2(call, target, moved))


def replace(call: Call) -> Answer:
    """POST: a number of the inventory takes the place of this one, which goes there."""
    owner, record = _found(call, call.ids[-1])
    key = call.body().get("targetPhoneNumberId")
    if key is None:
        raise missing("targetPhoneNumberId")
    spare_owner, spare = _found(call, str(key), "targetPhoneNumberId")
    if spare["usageType"] != _INVENTORY or record["usageType"] == _INVENTORY:
        raise invalid("targetPhoneNumberId", key)
    successor = {**spare, "usageType": record["usageType"]}
    _move(call, owner, {**record, "usageType": _INVENTORY}, None)
    _move(call, spare_owner, successor, owner)
    return json_answer(_v2(call, owner, successor))


def delete(call: Call) -> Answer:
    """DELETE numbers of the inventory: 200 with the outcome of each."""
    outcomes = []
    for item in _records(call):
        matches = [
            record
            for _owner, record in _all(call)
            if item.get("id", str(record["id"])) == str(record["id"])
            and item.get("phoneNumber", record["phoneNumber"]) == record["phoneNumber"]
        ]
        named: Record = {name: item[name] for name in ("id", "phoneNumber") if name in item}
        if len(matches) != 1 or not named:
            outcomes.append({**named, **_failed("CMN-102", "Resource for parameter [id] is not found.")})
        elif matches[0]["usageType"] != _INVENTORY:
            outcomes.append({**named, **_failed("CMN-101", "The number is not in the inventory.")})
        else:
            _company(call)["phone_numbers"].remove(matches[0])
            outcomes.append({**named, "bulkItemSuccessful": True})
    return json_answer({"records": outcomes})


def add(call: Call) -> Answer:
    """POST numbers to the inventory: 200 with the outcome of each."""
    outcomes = []
    for item in _records(call):
        number = item.get("phoneNumber")
        if not isinstance(number, str) or not re.fullmatch(_E164, number):
            raise invalid("records.phoneNumber", number)
        if item.get("usageType") != _INVENTORY:
            raise invalid("records.usageType", item.get("usageType"))
        if any(record["phoneNumber"] == number for _owner, record in _all(call)):
            outcomes.append({"phoneNumber": number, **_failed("CMN-101", "The number belongs to the account.")})
            continue
        key = call.state["next_id"]
        call.state["next_id"] += 1
        _company(call)["phone_numbers"].append(
            {
                "id": key,
                "phoneNumber": number,
                "usageType": _INVENTORY,
                "type": "VoiceFax",
                "paymentType": "External",
                "status": "Normal",
                "features": [],
            }
        )
        outcomes.append({"id": str(key), "phoneNumber": number, "bulkItemSuccessful": True})
    return json_answer({"records": outcomes})


def free(call: Call, extension_id: str) -> None:
    """Take the numbers of an extension that is being deleted (switch freed_numbers)."""
    kept = call.switches["freed_numbers"] == "company"
    for record in list(call.state["extensions"][extension_id]["phone_numbers"]):
        _move(call, extension_id, {**record, "usageType": "AdditionalCompanyNumber" if kept else _INVENTORY}, None)


def _company(call: Call) -> Record:
    company: Record = call.state["company"]
    return company


def _all(call: Call) -> Iterator[tuple[str | None, Record]]:
    """Each number with the extension that it leads to; those of the company first."""
    for record in _company(call)["phone_numbers"]:
        yield None, record
    for key, extension in call.state["extensions"].items():
        for record in extension["phone_numbers"]:
            yield key, record


def _found(call: Call, key: str, name: str = "phoneNumberId") -> tuple[str | None, Record]:
    for owner, record in _all(call):
        if str(record["id"]) == key:
            return owner, record
    raise not_found(name)


def _filtered(call: Call, more: tuple[str, ...]) -> list[tuple[str | None, Record]]:
    found = list(_all(call))
    for name in ("usageType", "status", *more):
        values = call.request.values(name)
        found = [item for item in found if not values or item[1][name] in values]
    statuses = call.request.values("extensionStatus")
    extensions = call.state["extensions"]
    return [
        item
        for item in found
        if not statuses or (item[0] is not None and extensions[item[0]]["record"]["status"] in statuses)
    ]


def _move(call: Call, owner: str | None, record: Record, target: str | None) -> None:
    """Put a number, with its new usage, from one list into another."""
    for key, holder in ((owner, None), (target, record)):
        place = _company(call) if key is None else call.state["extensions"][key]
        others = [item for item in place["phone_numbers"] if item["id"] != record["id"]]
        place["phone_numbers"] = [*others, record] if holder else others
    if owner != target and call.switches["reassign_called_numbers"] == "removed":
        _forget(call, record["phoneNumber"])


def _forget(call: Call, number: str) -> None:
    """Take a number out of the conditions of all rules."""
    for holder in (_company(call), *call.state["extensions"].values()):
        for rule in holder["answering_rules"].values():
            if number in rule.get("calledNumbers", ()):
                rule["calledNumbers"] = [item for item in rule["calledNumbers"] if item != number]


def _records(call: Call) -> list[Record]:
    records = call.body().get("records")
    if not isinstance(records, list) or not records or not all(isinstance(item, dict) for item in records):
        raise invalid("records")
    return records


def _failed(code: str, message: str) -> Record:
    return {"bulkItemSuccessful": False, "bulkItemErrors": [{"errorCode": code, "message": message}]}


def _toll(record: Record) -> str:
    return "TollFree" if record["paymentType"] == "TollFree" else "Toll"


def _v1(call: Call, owner: str | None, record: Record) -> Record:
    uri = f"{call.account_uri}/phone-number/{record['id']}"
    document = {"uri": uri, **{name: value for name, value in record.items() if name != "features"}}
    if owner is not None:
        shown = call.state["extensions"][owner]["record"]
        extension = {"id": int(owner), "uri": f"{call.account_uri}/extension/{owner}"}
        document["extension"] = {**extension, **_number_of(shown), "name": shown["name"]}
    return document


def _v2(call: Call, owner: str | None, record: Record) -> Record:
    document = {
        "id": str(record["id"]),
        "tollType": _toll(record),
        **{name: record[name] for name in ("phoneNumber", "usageType", "type", "status")},
    }
    if owner is not None:
        document["extension"] = {"id": owner, **_number_of(call.state["extensions"][owner]["record"])}
    return document


def _number_of(record: Record) -> Record:
    return {"extensionNumber": record["extensionNumber"]} if record.get("extensionNumber") else {}
