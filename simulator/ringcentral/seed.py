# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's default state, and functions that build whole records of few arguments, for tests and benchmarks.

Needs the standard library alone. All phone numbers are in 555-01xx, which is reserved for fiction.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from simulator.messages import Record
from simulator.ringcentral import defaults

ACCOUNT_ID = "400000001"
OWNER_ID = "400000002"
CLIENT_ID = "sim-client-id"
COMPANY_CLIENT_ID = "sim-company-client-id"
"""The app that may manage the whole company, with the same secret."""
CLIENT_SECRET = "Fake&client+secret%rc"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MDAwMDAwMDIifQ.RmFrZS1zaWduYXR1cmUtMQ"
READER_ID = "400000003"
READER_JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MDAwMDAwMDMifQ.RmFrZS1zaWduYXR1cmUtMg"
DESK_PHONE = "800000001"
CO_WORKER_PHONE = "800000002"
CUSTOM_RULE = "550000001"
SITE_ID = "400000011"
SALES_ID, SUPPORT_ID = "400000012", "400000013"
MENU_ID, SUBMENU_ID = "400000014", "400000015"
MESSAGES_ID, ANNOUNCEMENT_ID = "400000016", "400000006"
PROMPT_ID = "560000001"
MAIN_NUMBER = "+16505550180"
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
    "EditCompanyAnsweringRules", "ReadCompanyInfo", "ReadCompanyGreetings", "EditCompanyGreetings", "AutoReceptionist",
    "AddRemoveUsers", "EditUserInfo", "EditUserCredentials", "ReadUserInfo", "Groups", "Sites",
    "EditCallQueuePresence", "CallQueueToCallQueue", "ReadCompanyPhoneNumbers", "EditCompanyPhoneNumbers",
    "ReadBlockedNumbers", "EditBlockedNumbers", "ReadMessagesNotificationsSettings",
    "EditMessagesNotificationsSettings", "ReadPresenceStatus", "EditPresenceSettings", "ReadCallerIDSettings",
    "EditCallerIDSettings",
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
    zone: str | None = None,
    site: str | None = None,
    members: Iterable[str] = (),
    menu: Record | None = None,
    transfer: str | None = None,
) -> Record:
    """An extension with what belongs to it. Its e-mail address is made of its name.

    A person's calls ring the given forwarding numbers one after the other: without `business_hours` around the clock,
    else they go to voicemail after hours. `zone` is a time zone's id (None: no regional settings), `site` the site that
    it belongs to (None: the main one). `members` are those of a queue, `menu` is what a menu says and does (see
    `defaults.menu`), and a site's calls go to the extension `transfer`.
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
    elif kind in defaults.GROUP_ACTIONS:
        rules = group_rules(kind, business_hours, custom_rules, transfer)
    record: Record = {
        "extensionNumber": number,
        "name": name,
        "type": kind,
        "status": "Enabled",
        "contact": {"firstName": first, "lastName": last, "email": f"{first.lower()}@example.org"},
    }
    if kind in defaults.NO_CALL_HANDLING:
        record["contact"] = {"firstName": name, "email": f"{first.lower()}@example.org"}
    if zone is not None:
        record["regionalSettings"] = defaults.regional_settings(zone)
    if site is not None:
        record["site"] = {"id": site}
    return {
        "record": record,
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
        "queue": defaults.queue(members) if kind == "Department" else None,
        "menu": {**defaults.menu(), **(menu or {})} if kind == "IvrMenu" else None,
        "site": defaults.site() if kind == "Site" else None,
        "settings": {},
    }


def group_rules(
    kind: str, business_hours: Record | None, custom_rules: Iterable[Record] = (), transfer: str | None = None
) -> list[Record]:
    """The rules of an extension that is not a person; after hours a queue takes messages."""
    rules = [defaults.group_rule(defaults.BUSINESS_HOURS, "Business Hours", kind, transfer=transfer)]
    if business_hours:
        action = "TakeMessagesOnly" if kind == "Department" else ""
        rules.append(defaults.group_rule(defaults.AFTER_HOURS, "After Hours", kind, action=action, transfer=transfer))
    return [*rules, *custom_rules]


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


def company_number(key: int, phone_number: str, usage: str) -> Record:
    """A number that belongs to no extension: MainCompanyNumber, CompanyNumber, AdditionalCompanyNumber or Inventory."""
    return {**direct_number(key, phone_number), "usageType": usage}


def prompt(key: str, filename: str, content: bytes = b"RIFF-fake-audio", content_type: str = "audio/wav") -> Record:
    """A recorded prompt of IVR menus."""
    text = base64.b64encode(content).decode()
    return {"id": key, "filename": filename, "contentType": content_type, "content": text}


def company() -> Record:
    """The company: in New York, open as Ada is, who is its operator; two of its numbers are in the inventory."""
    return {
        "name": "Example Offices",
        "regional_settings": defaults.regional_settings("64"),
        "operator": OWNER_ID,
        "business_hours": dict(OFFICE_HOURS),
        "answering_rules": {
            key: defaults.company_rule(key, name)
            for key, name in (
                (defaults.BUSINESS_HOURS, "Company Business Hours"),
                (defaults.AFTER_HOURS, "Company After Hours"),
            )
        },
        "forward_all": {"enabled": False, "ranges": [], "extension": None},
        "phone_numbers": [
            company_number(600000003, MAIN_NUMBER, "MainCompanyNumber"),
            company_number(600000005, "+16505550186", "Inventory"),
            company_number(600000006, "+16505550187", "Inventory"),
        ],
        "prompts": {PROMPT_ID: prompt(PROMPT_ID, "welcome.wav")},
        "greetings": {},
    }


def groups() -> Record:
    """Extensions by id that are not people: a site, two queues, two menus, and a message-only extension."""
    spoken = {"mode": "TextToSpeech", "text": "For sales, press 1. For support, press 2.", "language": "1033"}
    recorded = {"mode": "Audio", "audio": PROMPT_ID}
    connect = [
        {"input": "1", "action": "Connect", "extension": SALES_ID},
        {"input": "2", "action": "Connect", "extension": SUBMENU_ID},
        {"input": "Star", "action": "Repeat"},
    ]
    further = [
        {"input": "1", "action": "Connect", "extension": SUPPORT_ID},
        {"input": "2", "action": "Voicemail", "extension": MESSAGES_ID},
        {"input": "Hash", "action": "ReturnToPrevious"},
    ]
    return {
        SITE_ID: extension("9001", "Los Angeles", kind="Site", zone="60", transfer=SALES_ID),
        SALES_ID: extension("7001", "Sales", kind="Department", zone="64", members=[OWNER_ID, READER_ID]),
        SUPPORT_ID: extension(
            "7002",
            "Support",
            kind="Department",
            zone="17",
            site=SITE_ID,
            members=["400000004"],
            business_hours=OFFICE_HOURS,
            phone_numbers=[direct_number(600000004, "+16505550183")],
        ),
        MENU_ID: extension("8001", "Main menu", kind="IvrMenu", menu={"prompt": spoken, "actions": connect}),
        SUBMENU_ID: extension("8002", "Support menu", kind="IvrMenu", menu={"prompt": recorded, "actions": further}),
        MESSAGES_ID: extension("7101", "Messages", kind="Voicemail", zone="64"),
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
            permissions=[name for name in _PERMISSIONS if name.startswith("Read") and "Company" not in name],
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
        ANNOUNCEMENT_ID: extension("301", "Announcement", kind="Announcement"),
        **groups(),
    }
    return {
        "account_id": ACCOUNT_ID,
        "apps": {CLIENT_ID: app(), COMPANY_CLIENT_ID: app(permissions=["EditAccounts"])},
        "jwts": {
            JWT: {"owner_id": OWNER_ID, "apps": [CLIENT_ID, COMPANY_CLIENT_ID], "expires_at": None},
            READER_JWT: {"owner_id": READER_ID, "apps": [CLIENT_ID, COMPANY_CLIENT_ID], "expires_at": None},
        },
        "features": {"InternationalCalling": True, "EditExternalForwarding": True},
        "extensions": extensions,
        "sessions": {},
        "company": company(),
        "next_id": FIRST_ID,
    }


def environment(url: str) -> dict[str, str]:
    """Return the variables with which the modules find the simulator at *url* and log in to the first account."""
    return {
        "RC_APP_CLIENT_ID": COMPANY_CLIENT_ID,
        "RC_APP_CLIENT_SECRET": CLIENT_SECRET,
        "RC_USER_JWT": JWT,
        "RC_SERVER_URL": f"{url}/ringcentral",
    }
