# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What requests may write into answering rules, checked and in the form that the state holds.

Facts: docs/providers/ringcentral.md 8.

Each parser takes the member's value of the request. A member that is sent replaces what was there as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from simulator.messages import Record
from simulator.ringcentral import date_times, defaults, destinations, greeting_presets, rule_greetings, schedules
from simulator.ringcentral.answers import Call, Failure, invalid, not_found

ACTIONS = (
    "ForwardCalls",
    "UnconditionalForwarding",
    "TransferToExtension",
    "TakeMessagesOnly",
    "PlayAnnouncementOnly",
)
# The member that tells more about an action.
MEMBER_OF_ACTION = {
    "ForwardCalls": "forwarding",
    "UnconditionalForwarding": "unconditionalForwarding",
    "TransferToExtension": "transfer",
}
CONDITIONS = ("callers", "calledNumbers", "schedule")
_MISSED_CALLS = ("PlayGreetingAndDisconnect", "ConnectToExtension", "ConnectToExternalNumber")
_SCREENINGS = ("Off", "NoCallerId", "UnknownCallerId", "Always")
_FORWARDING_ACTIONS = ("HoldTimeExpiration", "MaxCallers", "NoAnswer")
_FLAGS = ("notifyMySoftPhones", "notifyAdminSoftPhones", "softPhonesAlwaysRing", "softPhonesPositionTop")


def name(longest: int) -> Callable[[Call, object, Record], str]:
    """A parser of names."""

    def parse(call: Call, value: object, rule: Record) -> str:
        if not isinstance(value, str) or not value:
            raise invalid("name", value)
        if len(value) > longest:
            raise Failure(400, "AWR-179", "The name is too long.")
        return value

    return parse


def enabled(call: Call, value: object, rule: Record) -> bool:
    """Whether the rule is in force; that of business hours always is."""
    if not isinstance(value, bool) or (not value and rule["type"] == "BusinessHours"):
        raise invalid("enabled", value)
    return value


def callers(call: Call, value: object, rule: Record) -> list[Record]:
    """Who calls; numbers lose their plus (58)."""
    shown = []
    for item in _custom_only("callers", value, rule):
        caller = item.get("callerId")
        if not isinstance(caller, str) or not caller:
            raise invalid("callers.callerId", caller)
        shown.append({"callerId": caller.lstrip("+"), **({"name": item["name"]} if "name" in item else {})})
    if _twice(item["callerId"] for item in shown):
        raise Failure(400, "AWR-107", "A callerId is given twice.")
    return shown


def called_numbers(call: Call, value: object, rule: Record) -> list[str]:
    """Which of the extension's own numbers is called."""
    own = {item["phoneNumber"] for item in call.extension["phone_numbers"]}
    numbers = _numbers_of(call, "calledNumbers", _custom_only("calledNumbers", value, rule))
    for number in numbers:
        if number not in own:
            raise invalid("calledNumbers.phoneNumber", number)
    return numbers


def company_called_numbers(call: Call, value: object, rule: Record) -> list[str]:
    """Which number of the account is called; those in the inventory lead nowhere."""
    holders = (call.state["company"], *call.state["extensions"].values())
    numbers = [item for holder in holders for item in holder["phone_numbers"] if item["usageType"] != "Inventory"]
    ids = {str(item["id"]): item["phoneNumber"] for item in numbers}
    items = _custom_only("calledNumbers", value, rule)
    asked = [item if "phoneNumber" in item else {"phoneNumber": ids.get(str(item.get("id")))} for item in items]
    found = _numbers_of(call, "calledNumbers", asked)
    for number in found:
        if number not in ids.values():
            raise invalid("calledNumbers.phoneNumber", number)
    return found


def schedule(call: Call, value: object, rule: Record) -> Record:
    """When: weekly or dated ranges, or (with another condition) business hours or after hours."""
    if not isinstance(value, dict):
        raise invalid("schedule")
    if rule["type"] != "Custom":
        if value != {"ref": rule["type"]}:
            raise invalid("schedule")
        return {}
    if "ref" in value:
        if value["ref"] not in ("BusinessHours", "AfterHours"):
            raise invalid("schedule.ref", value["ref"])
        if set(value) & {"weeklyRanges", "ranges"}:
            raise Failure(400, "AWR-121", "A schedule reference can't be given with ranges.")
        return {"ref": value["ref"]}
    if "weeklyRanges" in value and "ranges" in value:
        raise invalid("schedule")
    if "weeklyRanges" in value:
        return {"weeklyRanges": schedules.weekly_ranges(value["weeklyRanges"])}
    return {"ranges": schedules.date_ranges(value["ranges"], date_times.zone_of(call))} if "ranges" in value else {}


def check_conditions(rule: Record, hours: Record | None = None) -> None:
    """A custom rule has a condition, and a reference to hours another one. `hours`: {} where there is none to name."""
    if rule["type"] != "Custom":
        return
    given = [key for key in CONDITIONS if rule.get(key)]
    if not given:
        raise Failure(400, "AWR-111", "A condition is needed.")
    if given == ["schedule"] and "ref" in rule["schedule"]:
        raise Failure(400, "AWR-120", "A schedule reference needs another condition.")
    if hours == {} and "ref" in rule.get("schedule", {}):
        raise Failure(400, "AWR-121", "Business hours are not set.")


def one_of(parameter: str, allowed: Iterable[str]) -> Callable[[Call, object, Record], object]:
    """A parser of a text with a fixed choice."""
    choices = tuple(allowed)

    def parse(call: Call, value: object, rule: Record) -> object:
        if value not in choices:
            raise invalid(parameter, value)
        return value

    return parse


def forwarding(call: Call, value: object, rule: Record) -> Record:
    """Settings of ForwardCalls: what is left out gets its default, also the rules."""
    if not isinstance(value, dict):
        raise invalid("forwarding")
    settings = defaults.forwarding()
    for flag in _FLAGS:
        if flag in value:
            if not isinstance(value[flag], bool):
                raise invalid(f"forwarding.{flag}", value[flag])
            settings[flag] = value[flag]
    if "softPhonesRingCount" in value:
        settings["softPhonesRingCount"] = _count("forwarding.softPhonesRingCount", value["softPhonesRingCount"], 0)
    if "ringingMode" in value:
        choose = one_of("forwarding.ringingMode", ("Sequentially", "Simultaneously"))
        settings["ringingMode"] = choose(call, value["ringingMode"], rule)
    settings["rules"] = _steps(call, value.get("rules", []), rule)
    return settings


def unconditional_forwarding(call: Call, value: object, rule: Record) -> Record:
    """The number that calls go to at once."""
    if not isinstance(value, dict):
        raise invalid("unconditionalForwarding")
    number = destinations.number(call, value.get("phoneNumber"), "unconditionalForwarding.phoneNumber")
    destinations.check_external(call, number)
    if "action" not in value:
        return {"phoneNumber": number}
    if value["action"] not in _FORWARDING_ACTIONS:
        raise invalid("unconditionalForwarding.action", value["action"])
    return {"phoneNumber": number, "action": value["action"]}


def transfer(call: Call, value: object, rule: Record) -> str:
    """The extension that calls go to at once."""
    holder = value.get("extension") if isinstance(value, dict) else None
    return destinations.extension_id(call, holder, "transfer.extension.id")


def voicemail(call: Call, value: object, rule: Record) -> Record:
    """Whether there is voicemail, and whose."""
    if not isinstance(value, dict) or not isinstance(value.get("enabled", True), bool):
        raise invalid("voicemail")
    recipient = call.extension_id
    if value.get("recipient"):
        recipient = destinations.extension_id(call, value["recipient"], "voicemail.recipient.id")
    own = recipient == call.extension_id
    return {"enabled": value.get("enabled", True), "recipient": None if own else recipient}


def shown_voicemail(call: Call, value: Record) -> Record:
    """Voicemail as answers have it."""
    key = value["recipient"] or call.extension_id
    shown = int(key) if call.switches["recipient_id"] == "number" else key
    return {"enabled": value["enabled"], "recipient": {"uri": f"{call.account_uri}/extension/{key}", "id": shown}}


def missed_call(call: Call, value: object, rule: Record) -> Record:
    """What happens without voicemail when nobody answers."""
    action = value.get("actionType") if isinstance(value, dict) else None
    if not isinstance(value, dict) or action not in _MISSED_CALLS:
        raise invalid("missedCall.actionType", action)
    if action == "ConnectToExtension":
        extension = destinations.extension_id(call, value.get("extension"), "missedCall.extension.id")
        return {"actionType": action, "extension": extension}
    if action == "ConnectToExternalNumber":
        holder = value.get("externalNumber")
        asked = holder.get("phoneNumber") if isinstance(holder, dict) else None
        number = destinations.number(call, asked, "missedCall.externalNumber.phoneNumber")
        destinations.check_external(call, number)
        return {"actionType": action, "externalNumber": number}
    return {"actionType": action}


def greetings(call: Call, value: object, rule: Record) -> Record:
    """Greetings by type: a preset or a custom one."""
    return rule_greetings.parsed(call, value, greeting_presets.USER)


USER_PARSERS: dict[str, Callable[[Call, object, Record], object]] = {
    "name": name(127),
    "enabled": enabled,
    "callers": callers,
    "calledNumbers": called_numbers,
    "schedule": schedule,
    "callHandlingAction": one_of("callHandlingAction", ACTIONS),
    "forwarding": forwarding,
    "unconditionalForwarding": unconditional_forwarding,
    "transfer": transfer,
    "voicemail": voicemail,
    "missedCall": missed_call,
    "greetings": greetings,
    "screening": one_of("screening", _SCREENINGS),
}


def _steps(call: Call, value: object, rule: Record) -> list[Record]:
    """The ring steps in order of their indexes; entries that are switched off are not on the rule."""
    entries = [item for item in _items("forwarding.rules", value) if item.get("enabled", True) is not False]
    indexes = [item.get("index", position) for position, item in enumerate(entries, 1)]
    for index in indexes:
        if isinstance(index, bool) or not isinstance(index, int):
            raise invalid("forwarding.rules.index", index)
        if index < 1:
            raise Failure(400, "AWR-137", "Indexes begin with 1.")
    if sorted(indexes) != list(range(1, len(indexes) + 1)):
        raise Failure(400, "AWR-100", "Indexes are not sequential.")
    on_rule = {key for step in rule["forwarding"]["rules"] for key in step["forwardingNumbers"]}
    steps: list[Record] = []
    for _index, item in sorted(zip(indexes, entries, strict=True), key=lambda pair: pair[0]):
        keys = [_forwarding_number(call, number, on_rule, rule) for number in _members(item)]
        ring_count = _count("forwarding.rules.ringCount", item.get("ringCount", defaults.RINGS), 1)
        steps.append({"ringCount": ring_count, "forwardingNumbers": keys})
    if _twice(key for step in steps for key in step["forwardingNumbers"]):
        raise Failure(400, "AWR-101", "A forwarding number is given twice.")
    return steps


def _members(step: Record) -> list[Record]:
    numbers = _items("forwarding.rules.forwardingNumbers", step.get("forwardingNumbers"))
    if not numbers:
        raise invalid("forwarding.rules.forwardingNumbers")
    return numbers


def _forwarding_number(call: Call, holder: Record, on_rule: set[str], rule: Record) -> str:
    key = str(holder.get("id"))
    if key not in call.extension["forwarding_numbers"]:
        raise not_found("forwarding.rules.forwardingNumbers.id")
    older = key not in on_rule and int(key) < rule["since"]
    if older and call.switches["adding_number_to_rule"] == "refused":
        raise invalid("forwarding.rules.forwardingNumbers.id", key)
    return key


def _custom_only(parameter: str, value: object, rule: Record) -> list[Record]:
    items = _items(parameter, value)
    if items and rule["type"] != "Custom":
        raise invalid(parameter)
    return items


def _items(parameter: str, value: object) -> list[Record]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise invalid(parameter)
    return value


def _numbers_of(call: Call, parameter: str, items: list[Record]) -> list[str]:
    numbers = [destinations.number(call, item.get("phoneNumber"), f"{parameter}.phoneNumber") for item in items]
    if _twice(numbers):
        raise Failure(400, "AWR-113", "A called number is given twice.")
    return numbers


def _count(parameter: str, value: object, lowest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < lowest:
        raise invalid(parameter, value)
    return value


def _twice(values: Iterable[str]) -> bool:
    found = list(values)
    return len(set(found)) < len(found)
