# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Extensions, their devices, phone numbers and features (docs/providers/ringcentral.md 7)."""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import records
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
# Features that come with a permission of the user (docs/providers/ringcentral-company.md 2).
_PERMITTED = {
    "ReadExtensions": "ReadExtensions",
    "ReadAccountGreetings": "ReadCompanyGreetings",
    "EditAccountGreetings": "EditCompanyGreetings",
    "EditAutoReceptionist": "AutoReceptionist",
    "EditUsers": "AddRemoveUsers",
    "EditExtensionInfo": "EditUserInfo",
    "EditCredentials": "EditUserCredentials",
    "EditGroups": "Groups",
    "EditCallQueuePresence": "EditCallQueuePresence",
    "ReadExtensionAnsweringRules": "ReadUserAnsweringRules",
    "ReadAccountAnsweringRules": "ReadCompanyAnsweringRules",
    "EditAccountAnsweringRules": "EditCompanyAnsweringRules",
    "ReadAccountPhoneNumbers": "ReadCompanyPhoneNumbers",
    "ReadBlockedNumbers": "ReadBlockedNumbers",
    "EditBlockedNumbers": "EditBlockedNumbers",
    "EditSites": "Sites",
}


def list_all(call: Call) -> Answer:
    """GET extension: filters are extensionNumber, email, type and status."""
    wanted = call.request.query.get("extensionNumber")
    if wanted is not None and len(wanted) > _LARGEST_NUMBER:
        raise invalid("extensionNumber", wanted)
    found = [_record(call, key) for key, extension in call.state["extensions"].items() if _exists(call, extension)]
    if wanted is not None:
        found = [record for record in found if record.get("extensionNumber") == wanted]
    for name in ("type", "status"):
        values = call.request.values(name)
        found = [record for record in found if not values or record[name] in values]
    emails = call.request.values("email")
    found = [record for record in found if not emails or record.get("contact", {}).get("email") in emails]
    return page_of(call, f"{call.account_uri}/extension", found, dict)


def of_site(state: Record, site: str) -> list[str]:
    """The ids of the extensions that belong to a site."""
    return [
        key for key, extension in state["extensions"].items() if extension["record"].get("site", {}).get("id") == site
    ]


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
    found: list[Record] = list(call.extension["devices"].values())
    pooling = call.request.query.get("linePooling")
    types, lines = call.request.values("type"), call.request.values("lineType")
    found = [
        record
        for record in found
        if (not pooling or record["linePooling"] == pooling)
        and (not types or record["type"] in types)
        and (not lines or any(line["lineType"] in lines for line in record["phoneLines"]))
    ]
    return page_of(
        call, f"{call.extension_uri}/device", found, lambda record: {"uri": _device_uri(call, record), **record}
    )


def phone_numbers(call: Call) -> Answer:
    """GET the extension's own numbers; the filter is usageType."""
    usages = call.request.values("usageType")
    found = [record for record in call.extension["phone_numbers"] if not usages or record["usageType"] in usages]
    return page_of(call, f"{call.extension_uri}/phone-number", found, dict)


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
        **{
            name: {"id": name, "available": permission in call.extension["permissions"]}
            for name, permission in _PERMITTED.items()
        },
        **{name: {"id": name, "available": value} for name, value in call.state["features"].items()},
    }
    asked = call.request.values("featureId") or list(known)
    for name in asked:
        if name not in known:
            raise invalid("featureId", name)
    only_available = call.request.query.get("availableOnly") == "true"
    found = [known[name] for name in asked if known[name]["available"] or not only_available]
    if len(found) == 1 and call.switches["feature_record"] == "bare":
        return json_answer(found[0])
    return json_answer({"records": found})


def _record(call: Call, extension_id: str) -> Record:
    extension = call.state["extensions"][extension_id]
    shown = {"id": int(extension_id), "uri": f"{call.account_uri}/extension/{extension_id}", **extension["record"]}
    if call.switches["sites_feature"] == "on":
        shown["site"] = records.site_of(call, extension["record"])
    if extension["queue"] is not None:
        shown["callQueueInfo"] = extension["queue"]["service_level"]
    return shown


def _exists(call: Call, extension: Record) -> bool:
    """Whether the account has the extension: sites are there with the feature only."""
    return extension["site"] is None or call.switches["sites_feature"] == "on"


def _device_uri(call: Call, record: Record) -> str:
    return f"{call.account_uri}/device/{record['id']}"
