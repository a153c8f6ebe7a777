# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Numbers: reading, listing and configuring them (docs/providers/fonedynamics.md 3.1 to 3.3)."""

from __future__ import annotations

import re
from collections.abc import Callable

from simulator.fonedynamics.answers import Call, Failure, Forbidden, NotFound, json_object, page
from simulator.messages import Answer, Record, json_answer

_PAGE = 200
_ANY = (
    "Friendly", "AddressSid", "Attribution_Source", "Attribution_Medium", "Attribution_Campaign", "Attribution_Content",
)  # fmt: skip
_VOICE = ("RoutingMethod", "EndpointNumber", "Flow", "Recording")
_SMS = (
    "SendSmsFrom", "SendSmsTo", "SendEmailFrom", "SendEmailTo", "WebHookUrl", "WebHookMethod",
    "DeliveryReceiptWebHookUrl", "DeliveryReceiptWebHookMethod",
)  # fmt: skip
MEMBERS = (*_ANY, *_VOICE, *_SMS)
# What lists show for sure (fonedynamics.md 3.3); of the other members it is only inferred.
_CONFIRMED = ("Friendly", "AddressSid", "RoutingMethod", "EndpointNumber", "Recording")
_CAPABILITY = {**dict.fromkeys(_VOICE, "Voice"), **dict.fromkeys(_SMS, "SMS")}
_ENUMS = {
    "RoutingMethod": ("Endpoint", "Flow"),
    "Recording": ("Off", "Call"),
    "WebHookMethod": ("GET", "POST"),
    "DeliveryReceiptWebHookMethod": ("GET", "POST"),
}
_NEVER_EMPTY = ("AddressSid", "EndpointNumber", "Flow", *_ENUMS)
_E164 = re.compile(r"\+[1-9][0-9]{4,14}")
_URL = re.compile(r"https?://[^\s/]+\S*")
_FORMS: dict[str, re.Pattern[str]] = {
    "EndpointNumber": _E164,
    "SendSmsTo": _E164,
    "SendSmsFrom": re.compile(rf"{_E164.pattern}|(?=.*[A-Za-z])[A-Za-z0-9 ]{{1,11}}"),
    "SendEmailFrom": re.compile(r"[^\s@]+@[^\s@]+"),
    "SendEmailTo": re.compile(r"[^\s@]+@[^\s@]+"),
    "WebHookUrl": _URL,
    "DeliveryReceiptWebHookUrl": _URL,
}


def read(call: Call) -> Answer:
    """GET one."""
    return _single(call, _owned(call))


def configure(call: Call) -> Answer:
    """POST one: a partial update, all of it or nothing. Members that are not known are ignored.

    Facts: fonedynamics.md 8 #18.
    """
    record = _owned(call)
    if record["Status"] == "Pending" and call.switches["pending_numbers"] == "refused":
        raise Forbidden("The number is pending and cannot be configured.")
    sent = {name: value for name, value in json_object(call).items() if name in MEMBERS}
    changes: Record = {}
    for name, value in sent.items():
        if _CAPABILITY.get(name, "") not in ("", *record["Capabilities"]):
            if call.switches["sms_on_voice_only"] == "error":
                raise Failure("CONFLICTING_PARAMETERS", f"The number has no {_CAPABILITY[name]}.", name)
        elif value == "" and name not in _NEVER_EMPTY:
            if call.switches["empty_string"] == "rejected":
                raise _invalid(name)
            if call.switches["empty_string"] == "clears":
                changes[name] = None
        else:
            changes[name] = _checked(call, record, name, value)
    _check_routing(call, record, changes)
    record.update(changes)
    return _single(call, record)


def list_of_account(call: Call) -> Answer:
    """GET all numbers of an account."""
    if call.ids[0] not in call.state["accounts"]:
        raise NotFound("account")
    if call.ids[0] != call.account_sid:
        raise Forbidden
    return _listed(call, lambda record: True)


def list_of_property(call: Call) -> Answer:
    """GET the numbers of a property."""
    if call.ids[0] not in call.account["properties"]:
        raise NotFound("property")
    return _listed(call, lambda record: bool(record["PropertySid"] == call.ids[0]))


def _listed(call: Call, belongs: Callable[[Record], bool]) -> Answer:
    types = _names(call, "Type")
    capabilities = _names(call, str(call.switches["capabilities_parameter"]))
    found = [
        record
        for record in call.account["numbers"].values()
        if belongs(record)
        and (not types or record["Type"] in types)
        and (not capabilities or capabilities & set(record["Capabilities"]))
    ]
    hidden = () if call.switches["list_members"] == "all" else tuple(set(MEMBERS) - set(_CONFIRMED))
    return page(call, "Numbers", [_shown(call, record, hidden) for record in found], _PAGE)


def _names(call: Call, parameter: str) -> set[str]:
    return {name.strip() for name in call.request.query.get(parameter, "").split(",")} - {""}


def _owned(call: Call) -> Record:
    digits = call.ids[0]
    if not digits.isdecimal():
        raise Failure("PARAMETER_INVALID", "Number is not valid.", "Number")
    record: Record | None = call.account["numbers"].get(digits)
    if record is not None:
        return record
    foreign = any(digits in account["numbers"] for account in call.state["accounts"].values())
    if foreign and call.switches["foreign_number"] == "forbidden":
        raise Forbidden
    raise NotFound("number")


def _checked(call: Call, record: Record, name: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise _invalid(name)
    if name in _ENUMS:
        canonical = {choice.lower(): choice for choice in _ENUMS[name]}.get(value.lower())
        if canonical is None:
            raise _invalid(name)
        return canonical if call.switches["enum_case"] == "canonical" else value
    if name in _FORMS and not _FORMS[name].fullmatch(value):
        raise _invalid(name)
    if name == "AddressSid" and value not in call.account["addresses"]:
        raise NotFound("address")
    if name == "Flow" and call.account["flows"].get(value, {}).get("PropertySid") != record["PropertySid"]:
        raise NotFound("flow")
    return value


def _check_routing(call: Call, record: Record, changes: Record) -> None:
    after = {**record, **changes}
    method = str(after["RoutingMethod"] or "").lower()
    if "RoutingMethod" in changes:
        target = {"endpoint": "EndpointNumber", "flow": "Flow"}[method]
        if not after[target]:
            raise _required(target)
    needs_endpoint = call.switches["flow_needs_endpoint"] == "yes" and method == "flow"
    if needs_endpoint and {"RoutingMethod", "Flow"} & set(changes) and "EndpointNumber" not in changes:
        raise _required("EndpointNumber")


def _invalid(name: str) -> Failure:
    return Failure("PARAMETER_INVALID", f"{name} is not valid.", name)


def _required(name: str) -> Failure:
    return Failure("PARAMETER_REQUIRED", f"{name} has to be supplied.", name)


def _single(call: Call, record: Record) -> Answer:
    shown = _shown(call, record)
    return json_answer({"Number": shown} if call.switches["single_shape"] == "wrapped" else shown)


def _shown(call: Call, record: Record, hidden: tuple[str, ...] = ()) -> Record:
    if call.switches["member_groups"] == "capable":
        has = ("", *record["Capabilities"])
        hidden = (*hidden, *[name for name in MEMBERS if _CAPABILITY.get(name, "") not in has])
    shown = {name: value for name, value in record.items() if name not in hidden}
    if call.switches["unset"] == "null":
        return shown
    if call.switches["unset"] == "empty":
        return {name: "" if value is None else value for name, value in shown.items()}
    return {name: value for name, value in shown.items() if value is not None}
