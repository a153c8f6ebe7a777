# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""States of the new call handling (docs/providers/ringcentral.md 9.5)."""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import call_handling, defaults, schedules
from simulator.ringcentral.answers import Call, invalid, not_found, text_of, v2_page_of

NAMES = {
    "forward-all-calls": "Forward all calls",
    "dnd": "Do not disturb",
    "agent": "Agent",
    "work-hours": "Work Hours",
    "after-hours": "After Hours",
    "busy": "Busy",
}
# Kinds of triggers that a state's schedule may have; states that are not here have no schedule.
_TRIGGERS = {
    "forward-all-calls": ("Daily", "Range"),
    "work-hours": ("Daily", "Weekly"),
    "agent": ("Daily", "Weekly", "Range"),
}


def list_all(call: Call) -> Answer:
    """GET all states that the extension has."""
    states = _states(call, call_handling.seen(call))
    return v2_page_of(call, [shown for key in NAMES if (shown := states.get(key))], dict)


def read(call: Call) -> Answer:
    """GET one."""
    state = _states(call, call_handling.seen(call)).get(call.ids[-1])
    if state is None:
        raise not_found("stateId")
    return json_answer(state)


def update(call: Call) -> Answer:
    """PATCH one: a schedule that is sent replaces the former one."""
    key, holder = call.ids[-1], call_handling.current(call)
    if key not in _states(call, holder):
        raise not_found("stateId")
    state = holder["comm_handling"]["states"].get(key)
    if state is None:
        raise invalid("stateId", key)  # after-hours and busy are not written
    body = call.body()
    changed = dict(state)
    if call.switches["patch_top_level"] == "defaults":
        changed = _default(key)
    if "enabled" in body:
        if not isinstance(body["enabled"], bool) or (key == "work-hours" and not body["enabled"]):
            raise invalid("enabled", body["enabled"])
        changed["enabled"] = body["enabled"]
    if "conditions" in body:
        changed["conditions"] = _conditions(call, key, body["conditions"])
    call_handling.remember(call)
    if key == "work-hours":
        set_work_hours(holder, changed["conditions"])
    else:
        holder["comm_handling"]["states"][key] = changed
    return patched(call, _states(call, holder)[key])


def patched(call: Call, document: Record) -> Answer:
    """The answer to a PATCH that was applied."""
    return json_answer(document) if call.switches["patch_answer"] == "record" else Answer(204)


def work_hours(holder: Record) -> list[Record]:
    """The conditions of the state work-hours."""
    conditions: list[Record] = holder["comm_handling"]["states"]["work-hours"]["conditions"]
    return conditions


def set_work_hours(holder: Record, conditions: list[Record]) -> None:
    """Write the conditions of work-hours; around the clock there is no after-hours, else there always is."""
    handling = holder["comm_handling"]
    handling["states"]["work-hours"]["conditions"] = conditions
    if schedules.is_always(conditions):
        handling["rules"].pop("after-hours", None)
    else:
        handling["rules"].setdefault("after-hours", defaults.terminate_rule())


def shown_states(call: Call, holder: Record) -> dict[str, Record]:
    """All states with a rule, by id."""
    return {key: state for key, state in _states(call, holder).items() if key != "busy"}


def _states(call: Call, holder: Record) -> dict[str, Record]:
    handling = holder["comm_handling"]
    kept = dict(handling["states"])
    if "after-hours" in handling["rules"]:
        kept["after-hours"] = {"enabled": True, "conditions": []}
    if call.switches["busy_state"] == "present":
        kept["busy"] = {"enabled": True, "conditions": []}
    return {
        key: {
            "id": key,
            "enabled": state["enabled"],
            "displayName": NAMES[key],
            "conditions": [_shown(call, holder, item) for item in _sent_hours(call, key, state["conditions"])],
        }
        for key, state in kept.items()
    }


def _sent_hours(call: Call, key: str, conditions: list[Record]) -> list[Record]:
    """The schedule of work-hours as the switches want it."""
    if key != "work-hours":
        return conditions
    if schedules.is_always(conditions) and call.switches["always_open_state"] == "empty":
        return []
    if call.switches["daily_trigger"] == "weekly" and not schedules.is_always(conditions):
        triggers = [schedules.weekly(item) for item in conditions[0]["schedule"]["triggers"]]
        return [{"type": "Schedule", "schedule": {"triggers": triggers}}]
    return conditions


def _shown(call: Call, holder: Record, condition: Record) -> Record:
    if condition["type"] != "State":
        return condition
    key = condition["state"]["id"]
    conditions = _sent_hours(call, key, work_hours(holder))
    return {"type": "State", "state": {"id": key, "displayName": NAMES[key], "conditions": conditions}}


def _default(key: str) -> Record:
    if key == "agent":
        return {"enabled": True, "conditions": [{"type": "State", "state": {"id": "work-hours"}}]}
    conditions = defaults.always() if key in _TRIGGERS else []
    return {"enabled": key == "work-hours", "conditions": conditions}


def _conditions(call: Call, key: str, value: object) -> list[Record]:
    if not isinstance(value, list) or len(value) > 1 or not all(isinstance(item, dict) for item in value):
        raise invalid("conditions")
    if not value:
        if key == "work-hours" and call.switches["always_open_state"] == "empty":
            return defaults.always()
        raise invalid("conditions")
    (condition,) = value
    kind = condition.get("type")
    if kind == "State" and key == "agent":
        if text_of(condition.get("state"), "id") != "work-hours":
            raise invalid("conditions.state.id")
        return [{"type": "State", "state": {"id": "work-hours"}}]
    if kind != "Schedule" or key not in _TRIGGERS:
        raise invalid("conditions.type", kind)
    triggers = schedules.triggers(condition.get("schedule"), _TRIGGERS[key], "conditions.schedule")
    return [{"type": "Schedule", "schedule": {"triggers": triggers}}]
