# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Phone number subscriptions (docs/providers/sonetel.md 4)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from simulator.messages import Answer, Record
from simulator.sonetel.account import require_own_account
from simulator.sonetel.answers import (
    Call,
    Failure,
    NotFound,
    first_page,
    json_object,
    list_or_empty,
    page_of,
    selected,
    success,
    with_flags,
)
from simulator.sonetel.seed import CAPABILITIES, DATE_FORMAT, number

BUSINESS_FEE = Decimal("4.99")
_FLAGS = (
    "is_part_of_series", "fax_enabled", "fax_supported", "freetest", "branded", "freeplan", "sms_enabled",
    "sms_supported", "addr_proof", "business_pkg_support", *CAPABILITIES,
)  # fmt: skip
_FIELDS = frozenset(number("12025550100"))
_SORT = {
    "property": "activation_date",
    "ignoreCase": False,
    "nullHandling": "client",
    "descending": True,
    "ascending": False,
}
_PHNUM_DESTINATION = re.compile(r"\+?[0-9]{3,20}")
_SIP_DESTINATION = re.compile(r"(?:sip:)?[^@\s:;]+@[A-Za-z0-9.-]+(?::[0-9]{1,5})?", re.IGNORECASE)


def list_all(call: Call) -> Answer:
    """GET list, newest activation first."""
    require_own_account(call)
    owned = sorted(
        call.account["numbers"].values(), key=lambda record: str(record.get("activation_date", "")), reverse=True
    )
    if not owned:
        return success(call, list_or_empty(call, []))
    shown, cut = first_page(call, [_shown(call, record) for record in owned])
    page = {**(cut or page_of(len(owned), str(call.switches["page_count"]))), "sort": _SORT}
    return success(call, shown, page_metadata=page)


def read(call: Call) -> Answer:
    """GET one."""
    return _single(call, _owned(call))


def update(call: Call) -> Answer:
    """PUT: a partial update of the properties in sonetel.md 4.3; everything else is ignored. All of it or nothing."""
    record = _owned(call)
    body = json_object(call)
    changes = _destination(call, body, record)
    if "show" in body:
        if body["show"] not in ("caller", "called"):
            raise Failure("19990205", "show is not valid")
        changes["show"] = body["show"]
    plan = body.get("plan_details", {})
    if not isinstance(plan, dict):
        raise Failure("19990206", "plan_details is not valid")
    if "next_renew_mode" in plan:
        changes["plan_details"] = {**record["plan_details"], "next_renew_mode": _renew_mode(call, plan)}
    if "package" in body:
        changes.update(_package(call, body["package"], record))
    record.update(changes)
    return _single(call, record)


def buy(call: Call) -> Answer:
    """POST: buy a number from the stock; charges the balance at once."""
    if not call.ids[0].strip():
        return buy_without_account(call)
    if not call.ids[0].isdecimal():
        raise Failure("10060002", "AccountId should be numeric")
    require_own_account(call)
    body = json_object(call)
    phnum = body.get("phnum")
    if not isinstance(phnum, str) or not phnum.isdecimal():
        raise Failure("19990207", "phnum is not valid")
    offer = call.state["stock"].get(phnum)
    if offer is None:
        raise Failure("19990208", f"Phone number {phnum} is not available")
    if offer.get("addr_req", "none") != "none":
        raise Failure("19990209", f"Phone number {phnum} requires a proof of address")
    bought = {**offer, **_dates(offer), "account_id": call.account_id, "connect_to_type": "nowhere", "connect_to": ""}
    bought.update(_destination(call, body, bought))
    _charge(call, Decimal(offer["one_time_fee"]) + Decimal(offer["recurring_fee"]))
    del call.state["stock"][phnum]
    call.account["numbers"][phnum] = bought
    return _single(call, bought)


def buy_without_account(call: Call) -> Answer:
    """POST with an empty account id."""
    raise Failure("10060003", "AccountId should not be Empty")


def give_back(call: Call) -> Answer:
    """DELETE: the number is gone for good, it does not return to the stock."""
    phnum = _owned(call)["phnum"]
    del call.account["numbers"][phnum]
    return success(call, f"Successfully removed subscription of phone number {phnum} from account {call.account_id}")


def _owned(call: Call) -> Record:
    require_own_account(call)
    phnum = call.ids[1]
    if call.switches["plus_in_path"] == "accepted":
        phnum = phnum.removeprefix("+")
    record: Record | None = call.account["numbers"].get(phnum)
    if record is None:
        raise NotFound("19990201", f"Phone number {phnum} not found")
    return record


def _destination(call: Call, body: Record, record: Record) -> Record:
    """The destination pair of a body, checked; empty without one."""
    names = ("connect_to_type", "connect_to")
    given = {name: body[name] for name in names if name in body}
    if not given:
        return {}
    if len(given) == 1:
        raise Failure("19990202", "connect_to_type and connect_to are required together")
    if not _valid_destination(call, given["connect_to_type"], given["connect_to"]):
        raise Failure("19990203", "connect_to is not valid for connect_to_type")
    if given["connect_to_type"] == "app" and record["voiceapp_connect"] != "yes":
        raise Failure("19990204", "Business package is required to connect the number to a voice app")
    written = call.switches["app_destination_written"]
    if given["connect_to_type"] == "app" and written == "object_ignored" and isinstance(given["connect_to"], dict):
        return {}
    if given["connect_to_type"] == "app" and isinstance(given["connect_to"], str):
        app_id = given["connect_to"]
        given["connect_to"] = {"app_type": call.account["voiceapps"][app_id]["app_type"], "app_id": app_id}
    return given


def _valid_destination(call: Call, kind: object, value: object) -> bool:
    if kind == "app":
        return _known_app(call, value)
    if not isinstance(value, str):
        return False
    if kind == "user":
        return value in call.account["users"]
    if kind == "phnum":
        return _PHNUM_DESTINATION.fullmatch(value) is not None
    if kind == "sip":
        return _SIP_DESTINATION.fullmatch(value) is not None
    unlisted = call.switches["unlisted_destination"] == "accepted"
    return unlisted and ((kind == "csg" and value != "") or (kind == "nowhere" and value == ""))


def _known_app(call: Call, value: object) -> bool:
    apps = call.account["voiceapps"]
    written = call.switches["app_destination_written"]
    if isinstance(value, dict):
        app = apps.get(value.get("app_id")) if isinstance(value.get("app_id"), str) else None
        known = app is not None and app["app_type"] in ("ivr", "mailbox") and value.get("app_type") == app["app_type"]
        return known and written != "id"
    as_shown = written == "shown" and call.switches["app_destination"] == "id"
    by_id = (as_shown or written in ("either", "id", "object_ignored")) and isinstance(value, str)
    return by_id and value in apps and apps[value]["app_type"] in ("ivr", "mailbox")


def _renew_mode(call: Call, plan: Record) -> str:
    allowed = ["1m", "1y", "3y"] + (["0"] if call.switches["stop_renewal"] == "accepted" else [])
    mode = plan["next_renew_mode"]
    if mode not in allowed:
        raise Failure("19990206", "next_renew_mode is not valid")
    return str(mode)


def _package(call: Call, wanted: object, record: Record) -> Record:
    """Changes for a package. Charges last of all checks, so that a refused request costs nothing."""
    present = record["package"]
    if wanted == present:
        return {}
    if wanted == "business" and present == "standard" and record.get("business_pkg_support") == "yes":
        _charge(call, BUSINESS_FEE)
        return {"package": "business", **dict.fromkeys(CAPABILITIES, "yes")}
    if wanted == "standard" and present == "business" and call.switches["package_downgrade"] == "accepted":
        return {"package": "standard", **dict.fromkeys(CAPABILITIES, "add-on")}
    raise Failure("19990210", "package is not valid for this phone number")


def _charge(call: Call, amount: Decimal) -> None:
    balance = Decimal(call.account["profile"]["credit_balance"])
    if balance < amount:
        raise Failure("19990211", "Not enough credit")
    call.account["profile"]["credit_balance"] = str(balance - amount)


def _dates(offer: Record) -> Record:
    """What a purchase at this moment dates."""
    now = datetime.now(timezone.utc)
    today, fee, reclaim = [(now + timedelta(days=days)).strftime(DATE_FORMAT) for days in (0, 30, 60)]
    plan = {"current_renew_mode": "1m", "next_renew_mode": "1m", "activation_date": today, "next_fee_date": fee}
    return {
        "activation_date": today,
        "next_fee_date": fee,
        "reclaim_date": reclaim,
        "plan_details": {**plan, "deactivate_date": reclaim, "next_recurring_fee": offer["recurring_fee"]},
    }


def _single(call: Call, record: Record) -> Answer:
    shown = _shown(call, record)
    return success(call, [shown] if call.switches["single_number"] == "array" else shown, bare=True)


def _shown(call: Call, record: Record) -> Record:
    """A number as answers show it: what is open in the documents follows the switches, the rest is as stored."""
    switches = call.switches
    shown = {**record, "connect_to": _shown_destination(call, record["connect_to_type"], record["connect_to"])}
    if switches["capability_spelling"] == "add_on":
        shown.update({name: "add_on" for name in CAPABILITIES if shown.get(name) == "add-on"})
    return selected(call, with_flags(call, shown, _FLAGS), _FIELDS)


def _shown_destination(call: Call, kind: str, value: object) -> object:
    if kind == "phnum" and isinstance(value, str):
        return respelled(value, str(call.switches["stored_number"]))
    if kind == "sip" and isinstance(value, str) and call.switches["sip_prefix"] == "stripped":
        return re.sub("^sip:", "", value, flags=re.IGNORECASE)
    if kind == "app" and isinstance(value, dict) and call.switches["app_destination"] == "id":
        return value["app_id"]
    return value


def respelled(value: str, spelling: str) -> str:
    """A phone number in the spelling that the switch `stored_number` names."""
    digits = value.removeprefix("+").removeprefix("00")
    if spelling == "verbatim" or digits.startswith("0"):
        return value  # a national number has no other spelling
    return {"plus": "+", "digits": "", "double_zero": "00"}[spelling] + digits
