# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of the new call handling: one for each state, and interaction rules (docs/providers/ringcentral.md 9.5)."""

from __future__ import annotations

from collections.abc import Collection

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import call_handling, comm_states, destinations, dispatching, schedules
from simulator.ringcentral.answers import Call, Failure, invalid, missing, not_found, text_of, v2_page_of

_WITH_INTERACTION_RULES = ("User", "DigitalUser", "FaxUser", "VirtualUser")
_CONDITIONS = ("Interaction", "Schedule", "State")


def list_state_rules(call: Call) -> Answer:
    """GET the rules of all states that the extension has."""
    rules = _state_rules(call, call_handling.seen(call))
    return v2_page_of(call, [rules[key] for key in comm_states.NAMES if key in rules], dict)


def read_state_rule(call: Call) -> Answer:
    """GET one."""
    rule = _state_rules(call, call_handling.seen(call)).get(call.ids[-1])
    if rule is None:
        raise not_found("stateId")
    return json_answer(rule)


def update_state_rule(call: Call) -> Answer:
    """PATCH one: the dispatching that is sent replaces the former one."""
    key, holder = call.ids[-1], call_handling.current(call)
    rules = holder["comm_handling"]["rules"]
    if key not in rules:
        raise not_found("stateId")
    body = call.body()
    if "dispatching" in body:
        parsed = dispatching.parse(call, body["dispatching"], key, dispatching.own_devices(rules[key]))
        call_handling.remember(call)
        rules[key] = parsed
    return comm_states.patched(call, _state_rules(call, holder)[key])


def list_interaction_rules(call: Call) -> Answer:
    """GET all interaction rules; the filters are enabled and hasReference (a State condition)."""
    _check_type(call)
    holder = call_handling.seen(call)
    rules = list(holder["comm_handling"]["interaction_rules"].values())
    if "enabled" in call.request.query:
        wanted = call.flag("enabled")
        rules = [rule for rule in rules if rule["enabled"] == wanted]
    if "hasReference" in call.request.query:
        wanted = call.flag("hasReference")
        rules = [rule for rule in rules if any(item["type"] == "State" for item in rule["conditions"]) == wanted]
    return v2_page_of(call, rules, lambda rule: _shown(call, holder, rule))


def read_interaction_rule(call: Call) -> Answer:
    """GET one."""
    holder = call_handling.seen(call)
    return json_answer(_shown(call, holder, _found(call, holder)))


def create_interaction_rule(call: Call) -> Answer:
    """POST a new one: 201 with the rule."""
    _check_type(call)
    body = call.body()
    for name in ("displayName", "enabled", "conditions", "dispatching"):
        if name not in body:
            raise missing(name)
    rule = {"id": str(call.state["next_id"]), **_parsed(call, body)}
    call_handling.remember(call)
    call.state["next_id"] += 1
    holder = call_handling.current(call)
    holder["comm_handling"]["interaction_rules"][rule["id"]] = rule
    return json_answer(_shown(call, holder, rule), 201)


def update_interaction_rule(call: Call) -> Answer:
    """PATCH one: each member that is sent replaces what was there."""
    holder = call_handling.current(call)
    rule, body = _found(call, holder), call.body()
    if call.switches["patch_top_level"] == "defaults":
        for name in ("displayName", "conditions", "dispatching"):
            if name not in body:
                raise invalid(name)
        body = {"enabled": True, **body}
    changed = {**rule, **_parsed(call, body, dispatching.own_devices(rule["dispatching"]))}
    call_handling.remember(call)
    holder["comm_handling"]["interaction_rules"][rule["id"]] = changed
    return comm_states.patched(call, _shown(call, holder, changed))


def delete_interaction_rule(call: Call) -> Answer:
    """DELETE one: 204."""
    holder = call_handling.current(call)
    rule = _found(call, holder)
    call_handling.remember(call)
    del holder["comm_handling"]["interaction_rules"][rule["id"]]
    return Answer(204)


def _check_type(call: Call) -> None:
    if call.extension["record"]["type"] not in _WITH_INTERACTION_RULES:
        raise Failure(403, "CMN-403", "Operation is not available for this type of extension.")


def _found(call: Call, holder: Record) -> Record:
    _check_type(call)
    rule: Record | None = holder["comm_handling"]["interaction_rules"].get(call.ids[-1])
    if rule is None:
        raise not_found("ruleId")
    return rule


def _state_rules(call: Call, holder: Record) -> dict[str, Record]:
    states, rules = comm_states.shown_states(call, holder), holder["comm_handling"]["rules"]
    return {
        key: {
            "id": key,
            "displayName": states[key]["displayName"],
            "dispatching": dispatching.shown(call, rule),
            "state": states[key],
        }
        for key, rule in rules.items()
    }


def _shown(call: Call, holder: Record, rule: Record) -> Record:
    states = comm_states.shown_states(call, holder)
    conditions = []
    for item in rule["conditions"]:
        if item["type"] != "State":
            conditions.append(item)
        elif item["state"]["id"] in states:
            conditions.append({"type": "State", "state": states[item["state"]["id"]]})
    return {**rule, "conditions": conditions, "dispatching": dispatching.shown(call, rule["dispatching"])}


def _parsed(call: Call, body: Record, rung_before: Collection[str] = ()) -> Record:
    parsed: Record = {}
    if "displayName" in body:
        if not isinstance(body["displayName"], str) or not body["displayName"]:
            raise invalid("displayName", body["displayName"])
        parsed["displayName"] = body["displayName"]
    if "enabled" in body:
        if not isinstance(body["enabled"], bool):
            raise invalid("enabled", body["enabled"])
        parsed["enabled"] = body["enabled"]
    if "conditions" in body:
        parsed["conditions"] = _conditions(call, body["conditions"])
    if "dispatching" in body:
        parsed["dispatching"] = dispatching.parse(call, body["dispatching"], None, rung_before)
    return parsed


def _conditions(call: Call, value: object) -> list[Record]:
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        raise invalid("conditions")
    kinds = [text_of(item, "type") for item in value]
    if len(set(kinds)) < len(kinds) or set(kinds) - set(_CONDITIONS):
        raise invalid("conditions.type")
    if "State" in kinds and "Interaction" not in kinds:
        raise invalid("conditions.type", "State")
    return [_condition(call, item) for item in value]


def _condition(call: Call, item: Record) -> Record:
    if item["type"] == "State":
        key = text_of(item.get("state"), "id")
        if key not in ("work-hours", "after-hours"):
            raise invalid("conditions.state.id", key)
        return {"type": "State", "state": {"id": key}}
    if item["type"] == "Schedule":
        triggers = schedules.triggers(item.get("schedule"), ("Daily", "Weekly", "Range"), "conditions.schedule")
        return {"type": "Schedule", "schedule": {"triggers": triggers}}
    callers, called = item.get("from"), item.get("to")
    if not isinstance(callers, list) or not all(isinstance(caller, dict) for caller in callers):
        raise invalid("conditions.from")
    if not isinstance(called, list) or not callers + called:
        raise invalid("conditions.to")
    own = {number["phoneNumber"] for number in call.extension["phone_numbers"]}
    shown = []
    for caller in callers:
        number = destinations.number(call, caller.get("phoneNumber"), "conditions.from.phoneNumber")
        shown.append({"phoneNumber": number, "name": str(caller.get("name") or number)})
    numbers = [destinations.number(call, number, "conditions.to") for number in called]
    if set(numbers) - own:
        raise invalid("conditions.to", min(set(numbers) - own))
    return {"type": "Interaction", "from": shown, "to": numbers}
