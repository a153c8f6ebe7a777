# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answering rules of extensions that are not people: queues, sites, message-only and announcement-only, always v1.0.

Facts: docs/providers/ringcentral-company.md 3.3, 6.3, 8, 9 and 14.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import answering_rule_parts as parts
from simulator.ringcentral import call_handling, date_times, defaults, greeting_presets, queue_settings, rule_greetings
from simulator.ringcentral.answers import Call, Failure, invalid, missing, not_found, page_of
from simulator.ringcentral.paths import Handler

_SIMPLE = ("uri", "id", "type", "name", "enabled")
_ENDING = ("TakeMessagesOnly", "PlayAnnouncementOnly", "TransferToExtension", "UnconditionalForwarding")
# What a queue may do, by the type of its rule; the others always do the same.
_QUEUE_ACTIONS = {
    "BusinessHours": ("AgentQueue",),
    "AfterHours": _ENDING,
    "Custom": (*_ENDING, "AgentQueue"),
}
_MEMBERS = {
    "Department": ("queue", "transfer", "unconditionalForwarding", "voicemail"),
    "Voicemail": ("voicemail",),
    "Announcement": (),
    "Site": ("transfer",),
}
# Members that rules of people, or of other groups, have.
_OTHER_MEMBERS = (
    *("forwarding", "queue", "transfer", "unconditionalForwarding", "voicemail", "missedCall", "screening"),
    "sharedLines",
)
_PLAYED = {
    "AgentQueue": ("Introductory", "ConnectingMessage", "ConnectingAudio", "HoldMusic", "InterruptPrompt"),
    "TakeMessagesOnly": ("Voicemail",),
    "PlayAnnouncementOnly": ("Announcement",),
}
_RECIPIENTS = ("User", "DigitalUser", "VirtualUser", "FlexibleUser", "Voicemail", "SharedLinesGroup")
# Types of extensions that have neither custom rules nor hours.
WITHOUT_CUSTOM_RULES = ("Voicemail", "Announcement", "SharedLinesGroup", "PagingOnly", "Limited")


def either(people: Handler, groups: Handler) -> Handler:
    """A handler that does one thing for people and another for groups."""

    def handle(call: Call) -> Answer:
        return (groups if _kind(call) in defaults.GROUP_ACTIONS else people)(call)

    return handle


def list_all(call: Call) -> Answer:
    """GET the list; filters are type and enabledOnly."""
    view = call.request.query.get("view", "Simple")
    if view not in ("Simple", "Detailed"):
        raise invalid("view", view)
    types, enabled_only = call.request.values("type"), call.flag("enabledOnly")
    stale = call.switches["migrated"] == "yes" and call.switches["migrated_queue_rules"] == "stale_list"
    rules = [
        _as_made(call, rule) if stale and rule["type"] != "Custom" else rule
        for rule in in_order(call, call_handling.seen(call)["answering_rules"])
        if (not types or rule["type"] in types) and (rule["enabled"] or not enabled_only)
    ]

    def show(rule: Record) -> Record:
        shown = _shown(call, rule)
        return shown if view == "Detailed" else {name: shown[name] for name in _SIMPLE}

    return page_of(call, f"{call.extension_uri}/answering-rule", rules, show)


def in_order(call: Call, rules: Record) -> list[Record]:
    """The rules as a list shows them: those of hours, then custom ones in the order in which they are tried."""
    hours = [rule for rule in rules.values() if rule["type"] != "Custom"]
    custom = [rule for rule in rules.values() if rule["type"] == "Custom"]
    return [*hours, *(reversed(custom) if call.switches["rule_order"] == "newest_first" else custom)]


def read(call: Call) -> Answer:
    """GET one."""
    return json_answer(_shown(call, _found(call, call_handling.seen(call))))


def create(call: Call) -> Answer:
    """POST a new custom rule: 200 with the rule."""
    body = call.body()
    for name in ("type", "name"):
        if not body.get(name):
            raise missing(name)
    if body["type"] != "Custom":
        raise Failure(400, "AWR-108", "Only rules of the type Custom can be created.")
    key = str(call.state["next_id"])
    rule = _rewritten(call, defaults.group_rule(key, "", _kind(call)), body)
    call_handling.remember(call)
    call.state["next_id"] += 1
    call_handling.current(call)["answering_rules"][key] = rule
    return json_answer(_shown(call, rule))


def update(call: Call) -> Answer:
    """PUT one: 200 with the rule. Each member that is sent is replaced as a whole."""
    rule, body = _found(call, call_handling.current(call)), call.body()
    if "id" in body and str(body["id"]) != rule["id"]:
        raise Failure(400, "CMN-108", "Id of the body differs from that of the path.")
    if "type" in body and body["type"] != rule["type"]:
        raise invalid("type", body["type"])
    start = rule if call.switches["answering_rule_put"] == "partial" else _as_made(call, rule)
    changed = _rewritten(call, start, body)
    call_handling.remember(call)
    call.extension["answering_rules"][rule["id"]] = changed
    return json_answer(_shown(call, changed))


def delete(call: Call) -> Answer:
    """DELETE one: 204; the default rules stay."""
    rule = _found(call, call_handling.current(call))
    if rule["type"] != "Custom":
        raise Failure(403, "AWR-110", "Default rules can't be deleted.")
    call_handling.remember(call)
    del call.extension["answering_rules"][rule["id"]]
    return Answer(204)


def after_hours(call: Call) -> Record:
    """The rule that appears when hours are not around the clock any more."""
    kind = _kind(call)
    return defaults.group_rule(
        defaults.AFTER_HOURS,
        "After Hours",
        kind,
        action="TakeMessagesOnly" if kind == "Department" else "",
        transfer=call.extension["answering_rules"][defaults.BUSINESS_HOURS].get("transfer"),
    )


def _kind(call: Call) -> str:
    kind: str = call.extension["record"]["type"]
    return kind


def _usage(call: Call) -> str:
    return greeting_presets.USAGE_OF_TYPE[_kind(call)]


def _as_made(call: Call, rule: Record) -> Record:
    """A rule as it is when it is new."""
    if rule["id"] == defaults.AFTER_HOURS:
        return after_hours(call)
    return defaults.group_rule(rule["id"], rule["name"], _kind(call), transfer=rule.get("transfer"))


def _action(call: Call, value: object, rule: Record) -> object:
    kind = _kind(call)
    allowed = _QUEUE_ACTIONS[rule["type"]] if kind == "Department" else (defaults.GROUP_ACTIONS[kind],)
    return parts.one_of("callHandlingAction", allowed)(call, value, rule)


def _voicemail(call: Call, value: object, rule: Record) -> Record:
    parsed = parts.voicemail(call, value, rule)
    if not parsed["enabled"]:
        raise Failure(400, "AWR-152", "Voicemail can't be turned off for this type of extension.")
    recipient = parsed["recipient"]
    if recipient and call.state["extensions"][recipient]["record"]["type"] not in _RECIPIENTS:
        raise Failure(400, "AWR-150", "The extension can't receive voicemail.")
    return parsed


def _greetings(call: Call, value: object, rule: Record) -> Record:
    return rule_greetings.parsed(call, value, _usage(call))


_PARSERS: dict[str, Callable[[Call, object, Record], object]] = {
    "name": parts.name(127),
    "enabled": parts.enabled,
    "callers": parts.callers,
    "calledNumbers": parts.called_numbers,
    "schedule": parts.schedule,
    "callHandlingAction": _action,
    "queue": queue_settings.parsed,
    "transfer": parts.transfer,
    "unconditionalForwarding": parts.unconditional_forwarding,
    "voicemail": _voicemail,
    "greetings": _greetings,
}


def _rewritten(call: Call, start: Record, body: Record) -> Record:
    allowed = _MEMBERS[_kind(call)]
    for name in _OTHER_MEMBERS:
        if name in body and name not in allowed:
            raise invalid(name)
    rule = copy.deepcopy(start)
    for name, parse in _PARSERS.items():
        if name in body:
            rule[name] = parse(call, body[name], start)
    parts.check_conditions(rule, call.extension["business_hours"])
    action = rule["callHandlingAction"]
    member = parts.MEMBER_OF_ACTION.get(action)
    asked = rule["type"] == "Custom" or "callHandlingAction" in body
    if member and member not in rule and asked:
        raise missing(member)
    if "queue" in body and action != "AgentQueue":
        raise invalid("queue")
    return rule


def _found(call: Call, holder: Record) -> Record:
    rule: Record | None = holder["answering_rules"].get(call.ids[-1])
    if rule is None:
        raise not_found("answering-rule")
    return rule


def _shown(call: Call, rule: Record) -> Record:
    document: Record = {"uri": f"{call.extension_uri}/answering-rule/{rule['id']}"}
    document |= {name: rule[name] for name in ("id", "type", "name", "enabled")}
    if rule["type"] != "Custom":
        document["schedule"] = {"ref": rule["type"]}
    elif rule.get("schedule"):
        document["schedule"] = date_times.shown_schedule(call, rule["schedule"])
    if rule.get("callers"):
        document["callers"] = rule["callers"]
    if rule.get("calledNumbers"):
        document["calledNumbers"] = [{"phoneNumber": number} for number in rule["calledNumbers"]]
    action = rule["callHandlingAction"]
    document["callHandlingAction"] = action
    everything = call.switches["other_actions"] == "shown"
    if "queue" in rule and (everything or action == "AgentQueue"):
        document["queue"] = queue_settings.shown(call, rule["queue"])
    if "transfer" in rule and (everything or action == "TransferToExtension"):
        target = rule["transfer"]
        document["transfer"] = {"extension": {"id": target, "uri": f"{call.account_uri}/extension/{target}"}}
    if "unconditionalForwarding" in rule and (everything or action == "UnconditionalForwarding"):
        document["unconditionalForwarding"] = rule["unconditionalForwarding"]
    if "voicemail" in rule:
        document["voicemail"] = parts.shown_voicemail(call, rule["voicemail"])
    document["greetings"] = rule_greetings.shown(
        call, call.extension_uri, rule, _greeting_types(call, rule), _usage(call)
    )
    return document


def _greeting_types(call: Call, rule: Record) -> list[str]:
    """The types that the rule plays, and those that somebody chose."""
    known = greeting_presets.types_of(_usage(call))
    played = _PLAYED.get(rule["callHandlingAction"], ())
    if rule["callHandlingAction"] == "AgentQueue":
        played = (*played, "Voicemail", "Unavailable")
    return [kind for kind in known if kind in played or kind in rule["greetings"]]
