# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fone Dynamics' default state, and functions that build whole records of few arguments, for tests and benchmarks.

Needs the standard library alone. All numbers are in ranges that Australia reserves for fiction.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.messages import Record

ACCOUNT_SID = "AC00000000000000000000000000EXAMPLE"
TOKEN = "Fake&token+100%sure"
READ_TOKEN = "Fake&reader+50%sure"
OTHER_ACCOUNT_SID = "AC0000000000000000000000000000OTHER"
OTHER_TOKEN = "Fake&other+1%sure"
SYDNEY = "PR0000000000000000000000000000SYDNEY"
MELBOURNE = "PR000000000000000000000000MELBOURNE"
OTHER_PROPERTY = "PR00000000000000000000000000OTHER"
SYDNEY_ADDRESS = "AD0000000000000000000000000000SYDNEY"
MELBOURNE_ADDRESS = "AD000000000000000000000000MELBOURNE"
MAIN_MENU = "c0ffee00-0000-4000-8000-000000000001"
AFTER_HOURS = "c0ffee00-0000-4000-8000-000000000002"
MELBOURNE_MENU = "c0ffee00-0000-4000-8000-000000000005"
FOREIGN_NUMBER = "61370100001"

_SETTINGS = (
    "Friendly", "AddressSid", "Attribution_Source", "Attribution_Medium", "Attribution_Campaign", "Attribution_Content",
    "RoutingMethod", "EndpointNumber", "Flow", "Recording", "SendSmsFrom", "SendSmsTo", "SendEmailFrom", "SendEmailTo",
    "WebHookUrl", "WebHookMethod", "DeliveryReceiptWebHookUrl", "DeliveryReceiptWebHookMethod",
)  # fmt: skip


def number(
    digits: str,
    *,
    account_sid: str = ACCOUNT_SID,
    property_sid: str = SYDNEY,
    capabilities: Iterable[str] = ("Voice", "SMS"),
    type: str = "Local",
    status: str = "Active",
    **settings: str | None,
) -> Record:
    """A full number record (fonedynamics.md 3.2, 3.3).

    `digits`: without plus. `capabilities`: of Voice, SMS and MMS. `type`: Local, Toll-Free, Shared-Rate or National.
    `settings`: members of the Configure Numbers request; those that are not named are unset.
    """
    voice = {"Recording": "Off"} if "Voice" in capabilities else {}
    return {
        "Number": f"+{digits}",
        "AccountSid": account_sid,
        "PropertySid": property_sid,
        "AddressRequirement": "None",
        "Capabilities": list(capabilities),
        "City": "Sydney" if type == "Local" else "",
        "Region": "NSW" if type == "Local" else "",
        "CountryCode": "AU",
        "Type": type,
        "Status": status,
        **dict.fromkeys(_SETTINGS),
        **voice,
        **settings,
    }


def numbers(count: int, **settings: str | None) -> list[Record]:
    """`count` (up to 10,000) different numbers in Sydney; `settings` as for `number`, the same for all."""
    if count > 10_000:
        raise ValueError("at most 10,000 numbers")
    return [number(f"612555{index:05d}", **settings) for index in range(count)]  # type: ignore[arg-type]


def flow(config_id: str, name: str, *, property_sid: str = SYDNEY, revision: int = 1) -> Record:
    """A flow (fonedynamics.md 3.5)."""
    return {
        "PropertySid": property_sid,
        "ConfigId": config_id,
        "Revision": revision,
        "Name": name,
        "Type": "Voice",
        "LastUpdated": 1741064767,
    }


def address(sid: str, friendly: str, city: str, region: str, postal_code: str) -> Record:
    """An address (fonedynamics.md 3.5)."""
    return {
        "AddressSid": sid,
        "AccountSid": ACCOUNT_SID,
        "Friendly": friendly,
        "Reference": "",
        "Line1": "1 Example Street",
        "Line2": "",
        "City": city,
        "Region": region,
        "CountryCode": "AU",
        "PostalCode": postal_code,
        "Status": "Active",
    }


def account(
    *,
    tokens: Iterable[tuple[str, str]],
    properties: Iterable[Record],
    addresses: Iterable[Record] = (),
    flows: Iterable[Record] = (),
    numbers: Iterable[Record] = (),
) -> Record:
    """What `state["fonedynamics"]["accounts"][SID]` holds; `tokens` are pairs of a token and full or read."""
    return {
        "tokens": {token: {"permission": permission} for token, permission in tokens},
        "properties": {record["PropertySid"]: record for record in properties},
        "addresses": {record["AddressSid"]: record for record in addresses},
        "flows": {record["ConfigId"]: record for record in flows},
        "numbers": {record["Number"][1:]: record for record in numbers},
    }


def state_with_numbers(count: int, **settings: str | None) -> Record:
    """A whole state, ready for PUT /_sim/state: the default one, but its first account owns `count` numbers."""
    return state_of(numbers(count, **settings))


def state_of(owned: Iterable[Record]) -> Record:
    """A whole state, ready for PUT /_sim/state: the default one, but its first account owns these numbers."""
    state = default_state()
    state["accounts"][ACCOUNT_SID]["numbers"] = {record["Number"][1:]: record for record in owned}
    return {"fonedynamics": state}


def default_state() -> Record:
    """The provider's state that a simulator without state file starts with (README.md, "Default state")."""
    first = account(
        tokens=[(TOKEN, "full"), (READ_TOKEN, "read")],
        properties=[_property(SYDNEY, "Sydney"), _property(MELBOURNE, "Melbourne")],
        addresses=[
            address(SYDNEY_ADDRESS, "Sydney office", "Sydney", "NSW", "2000"),
            address(MELBOURNE_ADDRESS, "Melbourne office", "Melbourne", "VIC", "3000"),
        ],
        flows=[
            flow(MAIN_MENU, "Main menu", revision=7),
            flow(AFTER_HOURS, "After hours"),
            flow("c0ffee00-0000-4000-8000-000000000003", "Duplicate"),
            flow("c0ffee00-0000-4000-8000-000000000004", "Duplicate"),
            flow(MELBOURNE_MENU, "Main menu", property_sid=MELBOURNE),
        ],
        numbers=_default_numbers(),
    )
    second = account(
        tokens=[(OTHER_TOKEN, "full")],
        properties=[_property(OTHER_PROPERTY, "Other", account_sid=OTHER_ACCOUNT_SID)],
        numbers=[number(FOREIGN_NUMBER, account_sid=OTHER_ACCOUNT_SID, property_sid=OTHER_PROPERTY)],
    )
    return {"accounts": {ACCOUNT_SID: first, OTHER_ACCOUNT_SID: second}}


def _property(sid: str, name: str, *, account_sid: str = ACCOUNT_SID) -> Record:
    return {
        "AccountSid": account_sid,
        "PropertySid": sid,
        "Name": name,
        "MainDomain": f"{name.lower()}.example.org",
        "TimeZone": "Australia/Sydney",
        "SmsEnabled": True,
        "CallRecordingEnabled": True,
    }


def _default_numbers() -> list[Record]:
    voice = ("Voice",)
    return [
        number(
            "61255500101",
            capabilities=voice,
            Friendly="Sydney front desk",
            AddressSid=SYDNEY_ADDRESS,
            RoutingMethod="Endpoint",
            EndpointNumber="+61491570156",
        ),
        number("61255500102", capabilities=voice, Friendly="Sydney sales", RoutingMethod="Flow", Flow=AFTER_HOURS),
        number(
            "611300975707",
            capabilities=voice,
            type="Shared-Rate",
            Friendly="National hotline",
            RoutingMethod="Endpoint",
            EndpointNumber="+61255500101",
            Attribution_Source="radio",
        ),
        number("611800975707", capabilities=voice, type="Toll-Free"),
        number("61491570006", type="National", SendEmailTo="sms@example.org", SendEmailFrom="noreply@example.org"),
        number("61491570110", capabilities=("SMS",), type="National"),
        number(
            "61370100101",
            property_sid=MELBOURNE,
            AddressSid=MELBOURNE_ADDRESS,
            RoutingMethod="Flow",
            Flow=MELBOURNE_MENU,
            WebHookUrl="https://hooks.example.org/sms",
            WebHookMethod="POST",
        ),
        number("61255500190", status="Pending"),
    ]


def environment(url: str) -> dict[str, str]:
    """Return the variables with which the modules find the simulator at *url* and the first account."""
    return {
        "FONEDYNAMICS_ACCOUNT_SID": ACCOUNT_SID,
        "FONEDYNAMICS_TOKEN": TOKEN,
        "FONEDYNAMICS_API_URL": f"{url}/fonedynamics/v2",
    }
