# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answering rules of an extension, v1.0 (docs/providers/ringcentral.md 8 and 14)."""

from __future__ import annotations

import copy

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import answering_rule_parts as parts
from simulator.ringcentral import call_handling, date_times, defaults, greeting_presets, rule_greetings
from simulator.ringcentral.answers import Call, Failure, invalid, missing, not_found, page_of

_SIMPLE = ("uri", "id", "type", "name", "enabled")
# Greetings that every rule shows; the announcement only where it is played.
_SHOWN_GREETINGS = ("Voicemail", "Introductory", "ConnectingAudio", "ConnectingMessage")


def list_all(call: Call) -> Answer:
    """GET the list; filters are type and enabledOnly."""
    view = call.request.query.get("view", "Simple")
    if view not in ("Simple", "Detailed"):
        raise invalid("view", view)
    types, enabled_only = call.request.values("type"), call.flag("enabledOnly")
    for kind in types:
        if kind not in (*defaults.RULE_TYPES.values(), "Custom"):
            raise invalid("type", kind)
    internal = call.flag("internalIds")
    rules = [
        rule
        for rule in call_handling.seen(call)["answering_rules"].values()
        if (not types or rule["type"] in types) and (rule["enabled"] or not enabled_only)
    ]

    def show(rule: Record) -> Record:
        shown = _shown(call, rule, internal=internal)
        return shown if view == "Detailed" else {name: shown[name] for name in _SIMPLE if name in shown}

    return page_of(call, f"{call.extension_uri}/answering-rule", rules, show)


def read(call: Call) -> Answer:
    """GET one."""
    rule = _found(call, call_handling.seen(call))
    shown = _shown(call, rule, internal=call.flag("internalIds"), inactive_asked=call.flag("showInactiveNumbers"))
    return json_answer(shown)


def create(call: Call) -> Answer:
    """POST a new custom rule: 200 with the rule."""
    body = call.body()
    for name in ("type", "name"):
        if not body.get(name):
            raise missing(name)
    if body["type"] != "Custom":
        raise Failure(400, "AWR-108", "Only rules of the type Custom can be created.")
    key = str(call.state["next_id"])
    blank = defaults.answering_rule(key, "", since=0)
    rule = _rewritten(call, blank, body)
    call_handling.remember(call)
    call.state["next_id"] += 1
    call_handling.current(call)["answering_rules"][key] = _stamped(call, rule)
    return json_answer(_shown(call, rule))


def update(call: Call) -> Answer:
    """PUT one: 200 with the rule. Each member that is sent is replaced as a whole."""
    rule = _found(call, call_handling.current(call))
    body = call.body()
    if "id" in body and str(body["id"]) not in (rule["id"], _internal_id(call, rule)):
        raise Failure(400, "CMN-108", "Id of the body differs from that of the path.")
    if "type" in body and body["type"] != rule["type"]:
        raise invalid("type", body["type"])
    start = rule
    if call.switches["answering_rule_put"] == "replace":
        start = defaults.answering_rule(rule["id"], rule["name"], since=rule["since"])
    changed = _rewritten(call, start, body, on_rule=rule)
    if call.switches["position_top_in_put"] == "ignored":
        changed["forwarding"]["softPhonesPositionTop"] = rule["forwarding"]["softPhonesPositionTop"]
    call_handling.remember(call)
    call.extension["answering_rules"][rule["id"]] = _stamped(call, changed)
    inactive_asked = body.get("showInactiveNumbers") is True
    return json_answer(_shown(call, changed, inactive_asked=inactive_asked))


def delete(call: Call) -> Answer:
    """DELETE one: 204; the default rules stay (56)."""
    rule = _found(call, call_handling.current(call))
    if rule["type"] != "Custom":
        raise Failure(403, "AWR-110", "Default rules can't be deleted.")
    call_handling.remember(call)
    del call.extension["answering_rules"][rule["id"]]
    return Answer(204)


def _rewritten(call: Call, start: Record, body: Record, on_rule: Record | None = None) -> Record:
    """A rule with what the body sends; `on_rule` is the rule as it was, for what depends on it."""
    for name in ("queue", "sharedLines"):
        if name in body:
            raise invalid(name)
    rule = copy.deepcopy(start)
    for name, parse in parts.USER_PARSERS.items():
        if name in body:
            rule[name] = parse(call, body[name], on_rule or start)
    parts.check_conditions(rule)
    action = rule["callHandlingAction"]
    member = parts.MEMBER_OF_ACTION.get(action)
    if member and member not in rule:
        raise missing(member)
    if rule["voicemail"]["enabled"]:
        if body.get("missedCall"):
            raise invalid("missedCall")
        rule.pop("missedCall", None)
    else:
        rule.setdefault("missedCall", {"actionType": "PlayGreetingAndDisconnect"})
    return rule


def _stamped(call: Call, rule: Record) -> Record:
    rule["since"] = call.state["next_id"]
    return rule


def _found(call: Call, holder: Record) -> Record:
    asked = call.ids[-1]
    for rule in holder["answering_rules"].values():
        if asked in (rule["id"], _internal_id(call, rule)):
            found: Record = rule
            return found
    raise not_found("answering-rule")


def _internal_id(call: Call, rule: Record) -> str:
    """What internalIds=true shows: custom rules have one id only."""
    if rule["type"] == "Custom":
        return str(rule["id"])
    return f"{call.extension_id}{1 if rule['type'] == 'BusinessHours' else 2}"


def _shown(call: Call, rule: Record, *, internal: bool = False, inactive_asked: bool = False) -> Record:
    key = _internal_id(call, rule) if internal else rule["id"]
    shown = {
        "uri": f"{call.extension_uri}/answering-rule/{key}",
        "id": key,
        "type": rule["type"],
        "name": rule["name"],
        "enabled": rule["enabled"],
    }
    if rule["type"] != "Custom":
        shown["schedule"] = {"ref": rule["type"]}
    elif rule.get("schedule"):
        shown["schedule"] = date_times.shown_schedule(call, rule["schedule"])
    if rule.get("callers"):
        shown["callers"] = rule["callers"]
    if rule.get("calledNumbers"):
        shown["calledNumbers"] = [{"phoneNumber": number} for number in rule["calledNumbers"]]
    shown["callHandlingAction"] = rule["callHandlingAction"]
    members = set(parts.MEMBER_OF_ACTION.values()) & set(rule)
    if call.switches["other_actions"] == "hidden":
        members &= {parts.MEMBER_OF_ACTION.get(rule["callHandlingAction"], "")}
    if "forwarding" in members:
        shown["forwarding"] = _forwarding(call, rule, inactive_asked)
    if "unconditionalForwarding" in members:
        shown["unconditionalForwarding"] = rule["unconditionalForwarding"]
    if "transfer" in members:
        extension = {"id": rule["transfer"], "uri": f"{call.account_uri}/extension/{rule['transfer']}"}
        shown["transfer"] = {"extension": extension}
    shown["voicemail"] = parts.shown_voicemail(call, rule["voicemail"])
    if "missedCall" in rule:
        shown["missedCall"] = _missed_call(rule["missedCall"])
    shown["greetings"] = rule_greetings.shown(
        call, call.extension_uri, rule, _greeting_types(rule), greeting_presets.USER
    )
    shown["screening"] = rule["screening"]
    return shown


def _greeting_types(rule: Record) -> tuple[str, ...]:
    played = rule["callHandlingAction"] == "PlayAnnouncementOnly" or "Announcement" in rule["greetings"]
    return (*_SHOWN_GREETINGS, "Announcement") if played else _SHOWN_GREETINGS


def _missed_call(missed: Record) -> Record:
    shown: Record = {"actionType": missed["actionType"]}
    if "extension" in missed:
        shown["extension"] = {"id": missed["extension"]}
    if "externalNumber" in missed:
        shown["externalNumber"] = {"phoneNumber": missed["externalNumber"]}
    return shown


def _forwarding(call: Call, rule: Record, inactive_asked: bool) -> Record:
    """Settings with the numbers' own members; numbers that are not on the rule have no index."""
    position = call.switches["inactive_numbers"]
    inactive = position == "always" or (position == "on_request" and inactive_asked)
    # What a late read shows may name a number that is gone already.
    numbers = {**(call.extension["late"] or {}).get("forwarding_numbers", {}), **call.extension["forwarding_numbers"]}
    settings = rule["forwarding"]
    steps: list[Record] = []
    for index, step in enumerate(settings["rules"], 1):
        shown = {"index": index, "ringCount": step["ringCount"], **({"enabled": True} if inactive else {})}
        keys = [key for key in step["forwardingNumbers"] if key in numbers]
        steps.append({**shown, "forwardingNumbers": [_number(call, numbers[key]) for key in keys]})
    if inactive:
        on_rule = {key for step in settings["rules"] for key in step["forwardingNumbers"]}
        steps.extend(
            {"ringCount": defaults.RINGS, "enabled": False, "forwardingNumbers": [_number(call, number)]}
            for key, number in call.extension["forwarding_numbers"].items()
            if key not in on_rule
        )
    shown = {name: value for name, value in settings.items() if name != "rules"}
    return {**shown, "rules": steps} if steps else shown


def _number(call: Call, number: Record) -> Record:
    uri = f"{call.extension_uri}/forwarding-number/{number['id']}"
    return {"uri": uri, **{name: number[name] for name in ("id", "phoneNumber", "label", "type") if name in number}}
