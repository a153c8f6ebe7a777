# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Business hours of an extension and of the company, v1.0 (docs/providers/ringcentral.md 8)."""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import call_handling, comm_states, defaults, group_rules, schedules
from simulator.ringcentral.answers import Call, Failure, invalid, missing


def read(call: Call) -> Answer:
    """GET an extension's hours; {} is around the clock (60)."""
    holder = call_handling.seen(call)
    if call_handling.is_migrated(call):
        return _shown(call, call.extension_uri, schedules.hours_of(comm_states.work_hours(holder)))
    return _shown(call, call.extension_uri, holder["business_hours"])


def update(call: Call) -> Answer:
    """PUT an extension's hours; around the clock there is no rule for after hours, else there always is one."""
    holder = call_handling.current(call)
    if call_handling.is_migrated(call):
        hours = _written(call, schedules.hours_of(comm_states.work_hours(holder)))
        call_handling.remember(call)
        comm_states.set_work_hours(holder, schedules.conditions(hours))
        return _shown(call, call.extension_uri, hours)
    hours = _written(call, holder["business_hours"])
    if hours and call.extension["record"]["type"] in group_rules.WITHOUT_CUSTOM_RULES:
        raise Failure(400, "AWR-192", "After hours are not available for this type of extension.")
    call_handling.remember(call)
    holder["business_hours"] = hours
    rules = holder["answering_rules"]
    if not hours:
        rules.pop(defaults.AFTER_HOURS, None)
    elif defaults.AFTER_HOURS not in rules:
        rules[defaults.AFTER_HOURS] = _after_hours(call)
    return _shown(call, call.extension_uri, hours)


def _after_hours(call: Call) -> Record:
    if call.extension["record"]["type"] in defaults.GROUP_ACTIONS:
        return group_rules.after_hours(call)
    return defaults.answering_rule(
        defaults.AFTER_HOURS, "After Hours", action="TakeMessagesOnly", since=call.state["next_id"]
    )


def read_company(call: Call) -> Answer:
    """GET the company's hours."""
    return _shown(call, call.account_uri, call.state["company"]["business_hours"])


def update_company(call: Call) -> Answer:
    """PUT the company's hours."""
    company = call.state["company"]
    company["business_hours"] = _written(call, company["business_hours"])
    rules = company["answering_rules"]
    if not company["business_hours"]:
        rules.pop(defaults.AFTER_HOURS, None)
    elif defaults.AFTER_HOURS not in rules:
        rules[defaults.AFTER_HOURS] = defaults.company_rule(defaults.AFTER_HOURS, "After Hours")
    return _shown(call, call.account_uri, company["business_hours"])


def _written(call: Call, before: Record) -> Record:
    body = call.body()
    if "schedule" not in body:
        raise missing("schedule")
    if body["schedule"] == {} and call.switches["empty_schedule"] == "refused":
        raise invalid("schedule")
    hours = schedules.business_hours(body["schedule"])
    if hours and before and call.switches["business_hours_put"] == "merge":
        return {"weeklyRanges": {**before["weeklyRanges"], **hours["weeklyRanges"]}}
    return hours


def _shown(call: Call, uri: str, hours: Record) -> Answer:
    return json_answer({"uri": f"{uri}/business-hours", "schedule": hours})
