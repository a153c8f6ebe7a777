# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's default state, and functions that build whole records of few arguments, for tests and benchmarks.

Needs the standard library alone. All phone numbers are in 555-01xx, which is reserved for fiction.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.messages import Record
from simulator.ringcentral import defaults

ACCOUNT_ID = "400000001"
OWNER_ID = "400000002"
CLIENT_ID = "sim-client-id"
CLIENT_SECRET = "Fake&client+secret%rc"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MDAwMDAwMDIifQ.RmFrZS1zaWduYXR1cmUtMQ"
READER_ID = "400000003"
READER_JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MDAwMDAwMDMifQ.RmFrZS1zaWduYXR1cmUtMg"
DESK_PHONE = "800000001"
CO_WORKER_PHONE = "800000002"
CUSTOM_RULE = "550000001"
FIRST_ID = 700000001
"""The id that the next thing gets which is made."""
OFFICE_HOURS = {
    "weeklyRanges": {
        day: [{"from": "09:00", "to": "17:00"}] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    }
}

_PERMISSIONS = (
    "ReadExtensions", "ReadUserForwardingFlipNumbers", "EditUserForwardingFlipNumbers", "ReadUserDevices",
    "ReadUserPhoneNumbers", "ReadUserAnsweringRules", "EditUserAnsweringRules", "ReadCompanyAnsweringRules",
    "EditCompanyAnsweringRules",
)  # fmt: skip


def app(*, permissions: Iterable[str] = ("ReadAccounts", "EditExtensions"), jwt_grant: bool = True) -> Record:
    """An app; refresh tokens are off, as they are by default."""
    return {
        "secret": CLIENT_SECRET,
        "jwt_grant": jwt_grant,
        "refresh_tokens": False,
        "permissions": list(permissions),
    }


def extension(
    number: str,
    name: str,
    *,
    kind: str = "User",
    scope: str = "account",
    permissions: Iterable[str] = _PERMISSIONS,
    forwarding_numbers: Iterable[Record] = (),
    devices: Iterable[Record] = (),
    phone_numbers: Iterable[Record] = (),
    business_hours: Record | None = None,
    custom_rules: Iterable[Record] = (),
    queue_agent: bool = False,
) -> Record:
    """An extension with what belongs to it. Its e-mail address is made of its name.

    Its calls ring the given forwarding numbers one after the other: without `business_hours` around the clock, else
    they go to voicemail after hours.
    """
    first, _space, last = name.partition(" ")
    numbers = {item["id"]: item for item in forwarding_numbers}
    rules: list[Record] = []
    if kind not in defaults.NO_CALL_HANDLING:
        steps = [[item] for item in numbers]
        rules = [
            defaults.answering_rule(defaults.BUSINESS_HOURS, "User Business Hours", steps=steps, since=FIRST_ID),
            *_after_hours(business_hours),
            *custom_rules,
        ]
    return {
        "record": {
            "extensionNumber": number,
            "name": name,
            "type": kind,
            "status": "Enabled",
            "contact": {"firstName": first, "lastName": last, "email": f"{first.lower()}@example.org"},
        },
        "permissions": list(permissions),
        "scope": scope,
        "forwarding_numbers": numbers,
        "devices": {item["id"]: item for item in devices},
        "phone_numbers": list(phone_numbers),
        "late": None,
        "business_hours": dict(business_hours or {}),
        "answering_rules": {item["id"]: item for item in rules},
        "comm_handling": None,
        "queue_agent": queue_agent,
        "late_calls": None,
    }


def _after_hours(business_hours: Record | None) -> list[Record]:
    if not business_hours:
        return []
    return [defaults.answering_rule(defaults.AFTER_HOURS, "After Hours", action="TakeMessagesOnly", since=FIRST_ID)]


def custom_rule(key: str, name: str, caller: str, action: str = "TakeMessagesOnly") -> Record:
    """A rule for the calls of one caller (digits without plus)."""
    rule = defaults.answering_rule(key, name, action=action, since=FIRST_ID)
    return {**rule, "callers": [{"callerId": caller, "name": name}]}


def device(
    key: str, name: str, phone_number: str, extension_id: str | None, extension_number: str, *, line: str = "Standalone"
) -> Record:
    """A desk phone with one line; `extension_id` None: it is not assigned."""
    record: Record = {
        "id": key,
        "name": name,
        "type": "HardPhone",
        "status": "Online",
        "linePooling": "None",
        "phoneLines": [
            {
                "id": f"{key}1",
                "lineType": line,
                "phoneInfo": {"id": int(f"{key}2"), "phoneNumber": phone_number, "usageType": "DirectNumber"},
            }
        ],
    }
    if extension_id is not None:
        record["extension"] = {"id": int(extension_id), "extensionNumber": extension_number}
    return record


def direct_number(key: int, phone_number: str) -> Record:
    """A number of the account that belongs to an extension."""
    return {
        "id": key,
        "phoneNumber": phone_number,
        "usageType": "DirectNumber",
        "type": "VoiceFax",
        "paymentType": "Local",
        "status": "Normal",
        "features": ["CallerId"],
    }


def forwarding_number(key: str, phone_number: str, label: str, kind: str = "Other", flip: str | None = None) -> Record:
    """A forwarding number of a type without device."""
    record = {
        "id": key,
        "phoneNumber": phone_number,
        "label": label,
        "features": ["CallFlip", "CallForwarding"],
        "type": kind,
    }
    return record if flip is None else {**record, "flipNumber": flip}


def default_state() -> Record:
    """The account 400000001 with the token owner's extension 101 and a few others."""
    own_line = forwarding_number("500000001", "+16505550111", "Polycom VVX 411", "PhoneLine", "1")
    own_line |= {"features": ["CallFlip"], "device": {"id": DESK_PHONE}}
    extensions = {
        OWNER_ID: extension(
            "101",
            "Ada Reyes",
            forwarding_numbers=[own_line],
            devices=[device(DESK_PHONE, "Polycom VVX 411", "+16505550111", OWNER_ID, "101")],
            phone_numbers=[direct_number(600000001, "+16505550111")],
            business_hours=OFFICE_HOURS,
            custom_rules=[custom_rule(CUSTOM_RULE, "Nuisance", "16505550160")],
        ),
        READER_ID: extension(
            "102",
            "Ben Okafor",
            scope="self",
            permissions=[name for name in _PERMISSIONS if not name.startswith("Edit") and "Company" not in name],
            devices=[device(CO_WORKER_PHONE, "Yealink T54W", "+16505550112", READER_ID, "102")],
            phone_numbers=[direct_number(600000002, "+16505550112")],
        ),
        "400000004": extension(
            "103",
            "Cleo Marsh",
            queue_agent=True,
            devices=[
                device("800000003", "Front desk", "+16505550113", None, "103"),
                device("800000004", "Free softphone", "+16505550114", "400000004", "103", line="StandaloneFree"),
            ],
        ),
        "400000005": extension(
            "201",
            "Lobby phones",
            kind="SharedLinesGroup",
            devices=[device("800000005", "Lobby", "+16505550115", "400000005", "201")],
        ),
        "400000006": extension("301", "Announcement", kind="Announcement"),
    }
    return {
        "account_id": ACCOUNT_ID,
        "apps": {CLIENT_ID: app()},
        "jwts": {
            JWT: {"owner_id": OWNER_ID, "apps": [CLIENT_ID], "expires_at": None},
            READER_JWT: {"owner_id": READER_ID, "apps": [CLIENT_ID], "expires_at": None},
        },
        "features": {"InternationalCalling": True, "EditExternalForwarding": True},
        "extensions": extensions,
        "sessions": {},
        "company": {
            "business_hours": dict(OFFICE_HOURS),
            "answering_rules": {
                key: defaults.company_rule(key, name)
                for key, name in (
                    (defaults.BUSINESS_HOURS, "Company Business Hours"),
                    (defaults.AFTER_HOURS, "Company After Hours"),
                )
            },
        },
        "next_id": FIRST_ID,
    }


def environment(url: str) -> dict[str, str]:
    """Return the variables with which the modules find the simulator at *url* and log in to the first account."""
    return {
        "RC_APP_CLIENT_ID": CLIENT_ID,
        "RC_APP_CLIENT_SECRET": CLIENT_SECRET,
        "RC_USER_JWT": JWT,
        "RC_SERVER_URL": f"{url}/ringcentral",
    }
