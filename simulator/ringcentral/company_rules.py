# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answering rules of the company, v1.0, which stay as they are on accounts that are migrated.

Facts: docs/providers/ringcentral-company.md 7.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import answering_rule_parts as parts
from simulator.ringcentral import date_times, defaults, destinations, greeting_presets, rule_greetings
from simulator.ringcentral.answers import Call, Failure, not_found, page_of
from simulator.ringcentral.group_rules import in_order

_LISTED = ("uri", "id", "enabled", "type", "name", "calledNumbers", "extension")


def list_all(call: Call) -> Answer:
    """GET the list; the filter is type."""
    types = call.request.values("type")
    rules = [rule for rule in in_order(call, _rules(call)) if not types or rule["type"] in types]

    def show(rule: Record) -> Record:
        return {name: value for name, value in _shown(call, rule).items() if name in _LISTED}

    return page_of(call, f"{call.account_uri}/answering-rule", rules, show)


def read(call: Call) -> Answer:
    """GET one."""
    return json_answer(_shown(call, _found(call)))


def create(call: Call) -> Answer:
    """POST a new custom rule: 200 with the rule. A rule without a name gets one."""
    body = call.body()
    if body.get("type", "Custom") != "Custom":
        raise Failure(400, "AWR-108", "Only rules of the type Custom can be created.")
    key = str(call.state["next_id"])
    count = sum(rule["type"] == "Custom" for rule in _rules(call).values())
    rule = _rewritten(call, defaults.company_rule(key, f"My Rule {count + 1}"), body, is_new=True)
    call.state["next_id"] += 1
    _rules(call)[key] = rule
    return json_answer(_shown(call, rule))


def update(call: Call) -> Answer:
    """PUT one: 200 with the rule."""
    rule, body = _found(call), call.body()
    if "id" in body and str(body["id"]) != rule["id"]:
        raise Failure(400, "CMN-108", "Id of the body differs from that of the path.")
    if "type" in body and body["type"] != rule["type"]:
        raise Failure(400, "AWR-164", "Type of a company rule can't be changed.")
    start = rule
    if call.switches["answering_rule_put"] == "replace":
        start = defaults.company_rule(rule["id"], rule["name"])
    changed = _rewritten(call, start, body)
    _rules(call)[rule["id"]] = changed
    return json_answer(_shown(call, changed))


def delete(call: Call) -> Answer:
    """DELETE one: 204; the default rules stay."""
    rule = _found(call)
    if rule["type"] != "Custom":
        raise Failure(403, "AWR-110", "Default rules can't be deleted.")
    del _rules(call)[rule["id"]]
    return Answer(204)


def _extension(call: Call, value: object, rule: Record) -> str:
    return destinations.extension_id(call, value, "extension.id")


def _name(call: Call, value: object, rule: Record) -> str:
    return parts.name(int(call.switches["company_rule_name"]))(call, value, rule)


def _usage(rule: Record) -> str:
    after = rule["type"] == "AfterHours"
    return greeting_presets.COMPANY_AFTER_HOURS if after else greeting_presets.COMPANY


def _greetings(call: Call, value: object, rule: Record) -> Record:
    if isinstance(value, list) and any(isinstance(item, dict) and item.get("type") != "Company" for item in value):
        raise Failure(400, "AWR-170", "Greeting must be the preset [CompanyGreeting].")
    return rule_greetings.parsed(call, value, _usage(rule))


_PARSERS: dict[str, Callable[[Call, object, Record], object]] = {
    "name": _name,
    "enabled": parts.enabled,
    "callers": parts.callers,
    "calledNumbers": parts.company_called_numbers,
    "schedule": parts.schedule,
    "callHandlingAction": parts.one_of("callHandlingAction", ("Operator", "Disconnect", "Bypass")),
    "extension": _extension,
    "greetings": _greetings,
}


def _rewritten(call: Call, start: Record, body: Record, *, is_new: bool = False) -> Record:
    rule = copy.deepcopy(start)
    for name, parse in _PARSERS.items():
        if name in body:
            rule[name] = parse(call, body[name], start)
    parts.check_conditions(rule, call.state["company"]["business_hours"])
    if rule["callHandlingAction"] == "Bypass":
        if "extension" not in rule:
            raise Failure(400, "AWR-172", "Bypass needs an extension.")
    elif "extension" in body:
        raise Failure(400, "AWR-173", "An extension can be given with Bypass only.")
    else:
        rule.pop("extension", None)
        # What was set before the account got several levels stays until somebody writes the action.
        if call.switches["multi_level_ivr"] == "yes" and (is_new or "callHandlingAction" in body):
            raise Failure(400, "AWR-182", "Only Bypass is available with a multi-level IVR.")
    return rule


def _rules(call: Call) -> Record:
    rules: Record = call.state["company"]["answering_rules"]
    return rules


def _found(call: Call) -> Record:
    rule: Record | None = _rules(call).get(call.ids[-1])
    if rule is None:
        raise not_found("answering-rule")
    return rule


def _shown(call: Call, rule: Record) -> Record:
    shown = {
        "uri": f"{call.account_uri}/answering-rule/{rule['id']}",
        **{name: rule[name] for name in ("id", "type", "name", "enabled")},
    }
    if rule["type"] != "Custom":
        shown["schedule"] = {"ref": rule["type"]}
    if rule.get("callers"):
        shown["callers"] = rule["callers"]
    if rule.get("schedule"):
        shown["schedule"] = date_times.shown_schedule(call, rule["schedule"])
    if rule.get("calledNumbers"):
        shown["calledNumbers"] = [_called(call, number) for number in rule["calledNumbers"]]
    shown["callHandlingAction"] = rule["callHandlingAction"]
    if "extension" in rule:
        shown["extension"] = {"id": rule["extension"]}
    shown["greetings"] = rule_greetings.shown(call, call.account_uri, rule, ("Company",), _usage(rule))
    return shown


def _called(call: Call, number: str) -> Record:
    holders = (call.state["company"], *call.state["extensions"].values())
    ids = [str(item["id"]) for holder in holders for item in holder["phone_numbers"] if item["phoneNumber"] == number]
    return {**({"id": ids[0]} if ids else {}), "phoneNumber": number}
