# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Extensions, their devices, phone numbers and features (docs/providers/ringcentral.md 7)."""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral.answers import Call, invalid, page_of

_LARGEST_NUMBER = 8
# What every account has here.
_FEATURES = (
    "ExternalForwarding",
    "CallFlip",
    "EditCallFlip",
    "EditExtensionAnsweringRules",
    "RingGroups",
    "SimultaneousRingingMode",
    "CoworkerLineAndAppsForwarding",
)


def list_all(call: Call) -> Answer:
    """GET extension: filters are extensionNumber, email, type and status."""
    wanted = call.request.query.get("extensionNumber")
    if wanted is not None and len(wanted) > _LARGEST_NUMBER:
        raise invalid("extensionNumber", wanted)
    records = [_record(call, key) for key in call.state["extensions"]]
    if wanted is not None:
        records = [record for record in records if record.get("extensionNumber") == wanted]
    for name in ("type", "status"):
        values = call.request.values(name)
        records = [record for record in records if not values or record[name] in values]
    emails = call.request.values("email")
    records = [record for record in records if not emails or record.get("contact", {}).get("email") in emails]
    return page_of(call, f"{call.account_uri}/extension", records, dict)


def read(call: Call) -> Answer:
    """GET one extension; one's own shows more."""
    record = _record(call, call.extension_id)
    if call.extension_id == call.session["owner_id"]:
        features = call.state["features"]
        record["account"] = {"id": call.state["account_id"], "uri": call.account_uri}
        record["serviceFeatures"] = [
            {"featureName": "CallForwarding", "enabled": True},
            {"featureName": "InternationalCalling", "enabled": features["InternationalCalling"]},
        ]
    return json_answer(record)


def devices(call: Call) -> Answer:
    """GET the devices of one extension; filters are linePooling, type and lineType."""
    records: list[Record] = list(call.extension["devices"].values())
    pooling = call.request.query.get("linePooling")
    types, lines = call.request.values("type"), call.request.values("lineType")
    records = [
        record
        for record in records
        if (not pooling or record["linePooling"] == pooling)
        and (not types or record["type"] in types)
        and (not lines or any(line["lineType"] in lines for line in record["phoneLines"]))
    ]
    return page_of(
        call, f"{call.extension_uri}/device", records, lambda record: {"uri": _device_uri(call, record), **record}
    )


def phone_numbers(call: Call) -> Answer:
    """GET the extension's own numbers; the filter is usageType."""
    usages = call.request.values("usageType")
    records = [record for record in call.extension["phone_numbers"] if not usages or record["usageType"] in usages]
    return page_of(call, f"{call.extension_uri}/phone-number", records, dict)


def features(call: Call) -> Answer:
    """GET features: featureId may be repeated."""
    known = {
        "NewCallHandlingAndForwarding": {
            "id": "NewCallHandlingAndForwarding",
            "available": True,
            "params": [
                {"name": "isNewBackendAvailable", "value": "true" if call.switches["migrated"] == "yes" else "false"}
            ],
        },
        **{name: {"id": name, "available": True} for name in _FEATURES},
        **{name: {"id": name, "available": value} for name, value in call.state["features"].items()},
    }
    asked = call.request.values("featureId") or list(known)
    for name in asked:
        if name not in known:
            raise invalid("featureId", name)
    only_available = call.request.query.get("availableOnly") == "true"
    records = [known[name] for name in asked if known[name]["available"] or not only_available]
    if len(records) == 1 and call.switches["feature_record"] == "bare":
        return json_answer(records[0])
    return json_answer({"records": records})


def _record(call: Call, extension_id: str) -> Record:
    record = call.state["extensions"][extension_id]["record"]
    return {"id": int(extension_id), "uri": f"{call.account_uri}/extension/{extension_id}", **record}


def _device_uri(call: Call, record: Record) -> str:
    return f"{call.account_uri}/device/{record['id']}"
