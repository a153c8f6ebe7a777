# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sites, their members and the defaults of their menus (docs/providers/ringcentral-company.md 8)."""

from __future__ import annotations

import copy
import re

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import defaults, extension_writes, extensions, records, seed
from simulator.ringcentral.answers import Call, invalid, missing, not_found, page_of

_ADDRESS = ("country", "state", "city", "street", "zip")
_INPUTS = ("Star", "Hash", "NoInput", "0")
_RETURNS = ("Repeat", "ReturnToRoot", "ReturnToPrevious", "ReturnToTopLevelMenu")
# Which keys of a site each action may be on.
_KEYS = {
    **dict.fromkeys(_RETURNS, ("Star", "Hash")),
    "Connect": ("NoInput", "0"),
    "Disconnect": ("NoInput",),
    "ConnectToOperator": _INPUTS,
    "ConnectToIncomingCallRoutingSelection": _INPUTS,
    "DoNothing": _INPUTS,
}


def list_all(call: Call) -> Answer:
    """GET the list, which begins with the main site."""
    keys = [key for key, extension in call.state["extensions"].items() if extension["site"] is not None]
    if call.switches["sites_feature"] == "off":
        keys = []
    rows = [{"id": key} for key in (defaults.MAIN_SITE, *keys)]
    return page_of(call, f"{call.account_uri}/sites", rows, lambda row: _shown(call, row["id"]))


def read(call: Call) -> Answer:
    """GET one, but not the main site."""
    return json_answer(_shown(call, _found(call)))


def create(call: Call) -> Answer:
    """POST: 200 with the site, open around the clock, with its calls going to the operator."""
    if call.switches["sites_feature"] == "off":
        raise records.no_sites()
    body = call.body()
    if "name" not in body:
        raise missing("name")
    made = seed.extension(records.extension_number(call, body, "Site"), "", kind="Site", permissions=())
    made["record"]["contact"] = {"firstName": ""}
    made["record"]["regionalSettings"] = call.state["company"]["regional_settings"]
    if "code" in body:
        made["site"]["code"] = records.label(body["code"], "code")
    _write(call, made, body, None)
    target = made["site"]["operator"] or call.state["company"]["operator"]
    made["answering_rules"] = {rule["id"]: rule for rule in seed.group_rules("Site", None, transfer=target)}
    key = records.new_key(call)
    call.state["extensions"][key] = made
    return json_answer(_shown(call, key))


def update(call: Call) -> Answer:
    """PUT: 200 with the site; what the body leaves out stays."""
    key, body = _found(call), call.body()
    changed = copy.deepcopy(call.state["extensions"][key])
    if "extensionNumber" in body:
        changed["record"]["extensionNumber"] = records.extension_number(call, body, "Site", key)
    _write(call, changed, body, key)
    call.state["extensions"][key] = changed
    return json_answer(_shown(call, key))


def delete(call: Call) -> Answer:
    """DELETE: 204, or 403 while extensions belong to it (switch site_delete)."""
    key = _found(call)
    extension_writes.remove(call.about(key))
    return Answer(204)


def list_members(call: Call) -> Answer:
    """GET the extensions of one."""
    key = _found(call)
    rows = [{"id": member} for member in extensions.of_site(call.state, key)]

    def show(row: Record) -> Record:
        record = call.state["extensions"][row["id"]]["record"]
        shown = {"id": int(row["id"]), "uri": f"{call.account_uri}/extension/{row['id']}"}
        return {**shown, **{name: record[name] for name in ("extensionNumber", "type", "name")}}

    return page_of(call, f"{call.account_uri}/sites/{key}/members", rows, show)


def assign(call: Call) -> Answer:
    """POST extensions to add and to remove, which go to the main site: 204."""
    key, body = _found(call), call.body()
    moves = {}
    for name, target in (("addedExtensionIds", key), ("removedExtensionIds", defaults.MAIN_SITE)):
        ids = body.get(name, [])
        if not isinstance(ids, list):
            raise invalid(name)
        for item in ids:
            member = records.extension_of(call, {"id": item}, name)
            if member in moves or call.state["extensions"][member]["site"] is not None:
                raise invalid(name, member)
            moves[member] = target
    for member, target in moves.items():
        records.put_site(call, call.state["extensions"][member]["record"], {"id": target})
    return Answer(204)


def read_ivr(call: Call) -> Answer:
    """GET the defaults of the site's menus."""
    return json_answer(_ivr(call, call.state["extensions"][_found(call)]["site"]["ivr"]))


def update_ivr(call: Call) -> Answer:
    """PUT the defaults of the site's menus: 200 with all of them; what the body leaves out stays."""
    site, body = call.state["extensions"][_found(call)]["site"], call.body()
    changed = dict(site["ivr"])
    if "topMenu" in body:
        changed["top_menu"] = records.extension_of(call, body["topMenu"], "topMenu", ("IvrMenu",))
    if "promptRepeatCount" in body:
        changed["repeat"] = records.integer(body["promptRepeatCount"], "promptRepeatCount", (1, 2, 3))
    if "actions" in body:
        changed["actions"] = [_action(call, item) for item in records.objects(body, "actions")]
        inputs = [action["input"] for action in changed["actions"]]
        if len(set(inputs)) < len(inputs):
            raise invalid("actions.input")
    site["ivr"] = changed
    return json_answer(_ivr(call, changed))


def _action(call: Call, item: Record) -> Record:
    name = records.one_of(item.get("action"), "actions.action", _KEYS)
    key = records.one_of(item.get("input"), "actions.input", _INPUTS)
    if key not in _KEYS[name]:
        raise invalid("actions.action", name)
    action = {"input": key, "action": name}
    if name == "Connect":
        action["extension"] = records.extension_of(call, item.get("extension"), "actions.extension")
    return action


def _ivr(call: Call, ivr: Record) -> Record:
    shown: Record = {"promptRepeatCount": ivr["repeat"], "actions": []}
    for action in ivr["actions"]:
        row = dict(action)
        if "extension" in row:
            row["extension"] = records.reference(call, row["extension"])
        shown["actions"].append(row)
    if ivr["top_menu"] is not None:
        shown["topMenu"] = records.reference(call, ivr["top_menu"])
        shown["topMenu"]["uri"] = f"{call.account_uri}/ivr-menus/{ivr['top_menu']}"
    return shown


def _write(call: Call, extension: Record, body: Record, own: str | None) -> None:
    """What both requests may set; `own` is the site's id if it has one yet."""
    record, site = extension["record"], extension["site"]
    if "name" in body:
        record["name"] = record["contact"]["firstName"] = records.label(body["name"], "name")
    if "email" in body:
        record["contact"]["email"] = records.email(call, body["email"], "email", own)
    if "callerIdName" in body:
        name = body["callerIdName"]
        if not isinstance(name, str) or not re.fullmatch("[A-Za-z0-9, ]{1,15}", name):
            raise invalid("callerIdName", name)
        site["caller_id_name"] = name
    if "businessAddress" in body:
        site["business_address"] = _address(records.members(body, "businessAddress"), site["business_address"])
    if "regionalSettings" in body:
        record["regionalSettings"] = records.regional_settings(body["regionalSettings"], record["regionalSettings"])
    if "operator" in body:
        site["operator"] = records.extension_of(call, body["operator"], "operator")
    if "siteAccess" in body:
        site["site_access"] = records.one_of(body["siteAccess"], "siteAccess", ("Limited", "Unlimited"))
    if "accessibleSiteIds" in body:
        ids = body["accessibleSiteIds"]
        if not isinstance(ids, list):
            raise invalid("accessibleSiteIds")
        site["accessible_sites"] = [records.site_id(call, {"id": item}) for item in ids]


def _address(value: Record | None, before: Record | None) -> Record:
    address = dict(before or {})
    for name in _ADDRESS:
        if value is not None and name in value:
            address[name] = records.label(value[name], f"businessAddress.{name}")
    return address


def _found(call: Call) -> str:
    key = call.ids[1]
    if call.switches["sites_feature"] == "off" or call.state["extensions"].get(key, {}).get("site") is None:
        raise not_found("siteId")
    return key


def _shown(call: Call, key: str) -> Record:
    if key == defaults.MAIN_SITE:
        company = call.state["company"]
        return {"id": key, "name": "Main Site", "regionalSettings": company["regional_settings"]}
    extension = call.state["extensions"][key]
    record, site = extension["record"], extension["site"]
    shown = {
        "id": key,
        "uri": f"{call.account_uri}/sites/{key}",
        "name": record["name"],
        "extensionNumber": record["extensionNumber"],
        "regionalSettings": record["regionalSettings"],
        "siteAccess": site["site_access"],
    }
    if record["contact"].get("email"):
        shown["email"] = record["contact"]["email"]
    for name, member in (("callerIdName", "caller_id_name"), ("businessAddress", "business_address"), ("code", "code")):
        if site[member] is not None:
            shown[name] = site[member]
    if site["operator"] is not None:
        shown["operator"] = records.reference(call, site["operator"])
    return shown
