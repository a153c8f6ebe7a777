# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account itself, and the dictionary of time zones (docs/providers/ringcentral-company.md 7 and 13)."""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import defaults
from simulator.ringcentral.answers import Call, not_found, page_of


def read(call: Call) -> Answer:
    """GET the account."""
    company = call.state["company"]
    operator = call.state["extensions"][company["operator"]]["record"]
    main = [item for item in company["phone_numbers"] if item["usageType"] == "MainCompanyNumber"]
    document: Record = {
        "id": int(call.state["account_id"]),
        "uri": call.account_uri,
        **({"mainNumber": main[0]["phoneNumber"].lstrip("+")} if main else {}),
        "operator": {
            "uri": f"{call.account_uri}/extension/{company['operator']}",
            "id": int(company["operator"]),
            "extensionNumber": operator.get("extensionNumber", ""),
        },
        "status": "Confirmed",
        "setupWizardState": "Completed",
        "regionalSettings": company["regional_settings"],
        "limits": {"maxExtensionNumberLength": 8},
    }
    return json_answer(document)


def list_time_zones(call: Call) -> Answer:
    """GET the time zones."""
    uri = f"{call.root_uri}/dictionary/timezone"
    return page_of(call, uri, [{"id": key} for key in defaults.TIME_ZONES], lambda item: _shown(call, item["id"]))


def read_time_zone(call: Call) -> Answer:
    """GET one time zone."""
    key = call.ids[-1]
    if key not in defaults.TIME_ZONES:
        raise not_found("timezoneId")
    return json_answer(_shown(call, key))


def _shown(call: Call, key: str) -> Record:
    return {"uri": f"{call.root_uri}/dictionary/timezone/{key}", **defaults.time_zone(key)}
