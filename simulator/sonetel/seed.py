# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonetel's default state, and functions that build whole records of few arguments, for tests and benchmarks.

Needs the standard library alone. All numbers are in ranges that are reserved for fiction: 555-01xx in the USA,
08-465 004 xx and 070-174 06 xx in Sweden.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from simulator.messages import Record

ACCOUNT_ID = "301234567"
EMPTY_ACCOUNT_ID = "301234568"
ADMIN_ID = "3000000011"
REGULAR_ID = "3000000012"
ADMIN_EMAIL = "admin@example.org"
ADMIN_PASSWORD = "Fake&pass+100%sure"
REGULAR_EMAIL = "anna.lindqvist@example.org"
REGULAR_PASSWORD = "Fake&user+50%sure"
EMPTY_ADMIN_EMAIL = "admin@second.example.org"
EMPTY_ADMIN_PASSWORD = "Fake&second+1%sure"

CAPABILITIES = ("cli_support", "call_recording_allowed", "voiceapp_connect", "csg_connect")
DATE_FORMAT = "%Y%m%dT%H:%M:%SZ"
MENU_KEYS = (*[f"digit_{digit}" for digit in range(10)], "timeout")
BLANK_ENTRY = {"action": "", "to": "", "id": ""}
# In the order of their record ids (sonetel.md 6).
DEFAULT_PROMPTS = (
    "Welcome", "Main Menu", "Office closed", "Info message 1", "Enter Extension", "Invalid Extension",
    "Invalid Menu Entry", "Please Wait",
)  # fmt: skip

# Per package: what the capabilities are, and whether a business package can be bought (sonetel.md 4.4).
_PACKAGES = {"regular": ("yes", "no"), "standard": ("add-on", "yes"), "business": ("yes", "yes")}
_COUNTRIES: dict[str, Record] = {
    "USA": {"country_code": "1", "area_digits": 3},
    "SWE": {"country_code": "46", "area_digits": 1},
}
_AREAS: dict[str, Record] = {
    "202": {"city": "Washington (202)", "state": "District of Columbia"},
    "8": {"city": "Stockholm (8)"},
}
# Each has 100 numbers in the range reserved for fiction.
# fmt: off
_AREA_CODES = (
    201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228,
    229, 231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302,
    303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 330,
)
# fmt: on


def number(
    phnum: str,
    *,
    country: str | None = None,
    package: str | None = None,
    connect_to_type: str = "nowhere",
    connect_to: str | Record = "",
    account_id: str = ACCOUNT_ID,
    activation_date: str = "20250304T05:06:07Z",
    **others: object,
) -> Record:
    """A full number record (sonetel.md 4.4).

    `phnum`: digits without plus. `country`: USA or SWE, by default that of the digits. `package`: regular, standard
    or business, by default standard in the USA and regular in Sweden; the capabilities follow it. `connect_to`: a
    string, or for type app an object {app_type, app_id}. `others`: members to add or replace.
    Raises KeyError for another country or package.
    """
    country = country or ("USA" if phnum.startswith("1") else "SWE")
    package = package or ("standard" if country == "USA" else "regular")
    place = _COUNTRIES[country]
    capability, business_pkg_support = _PACKAGES[package]
    area_start = len(place["country_code"])
    area_code = phnum[area_start : area_start + place["area_digits"]]
    year, rest = activation_date[:4], activation_date[8:]
    next_fee_date, reclaim_date = f"{int(year) + 1}0404{rest}", f"{int(year) + 1}0504{rest}"
    record: Record = {
        "account_id": account_id,
        "phnum": phnum,
        "country_code": place["country_code"],
        "area_code": area_code,
        "country": country,
        **_AREAS.get(area_code, {"city": f"Example City ({area_code})"}),
        "type": "geographic",
        "is_part_of_series": "no",
        "range": "1",
        "one_time_fee": "0.00",
        "recurring_fee": "1.99",
        "recurrence_interval": "1m",
        "per_call_fee": "0.000",
        "per_min_fee": "0.000",
        "charge_interval": "60",
        "per_sms_fee": "0.0",
        "per_fax_fee": "",
        "currency": "USD",
        "price_category": "regular",
        "connect_to_type": connect_to_type,
        "connect_to": connect_to,
        "activation_date": activation_date,
        "next_fee_date": next_fee_date,
        "reclaim_date": reclaim_date,
        "status": "active",
        "status_desc": "",
        "freetest": "no",
        "free_test_expiry_date": "",
        "branded": "no",
        "freeplan": "no",
        "fax_enabled": "no",
        "fax_supported": "no",
        "sms_enabled": "add-on",
        "sms_supported": "yes",
        "sms_settings": {"delivery_methods": [{"dest_type": "auto"}]},
        "plan_details": {
            "current_renew_mode": "1m",
            "next_renew_mode": "1m",
            "activation_date": activation_date,
            "next_fee_date": next_fee_date,
            "deactivate_date": reclaim_date,
            "next_recurring_fee": "1.99",
        },
        "show": "caller",
        "rule_set_id": "",
        "addr_req": "none",
        "addr_proof": "no",
        "access_restrictions": "international",
        "restrictions_desc": "",
        "business_pkg_support": business_pkg_support,
        "package": package,
        **dict.fromkeys(CAPABILITIES, capability),
    }
    return {**record, **others}


def numbers(count: int, **settings: object) -> list[Record]:
    """`count` (up to 6,000) different US numbers; `settings` as for `number`, the same for all."""
    if count > 100 * len(_AREA_CODES):
        raise ValueError(f"at most {100 * len(_AREA_CODES)} numbers")
    digits = [f"1{_AREA_CODES[index // 100]}55501{index % 100:02d}" for index in range(count)]
    return [number(phnum, **settings) for phnum in digits]  # type: ignore[arg-type]


def user(
    user_id: str,
    email: str,
    first_name: str,
    last_name: str,
    *,
    type: str = "regular",
    password: str = REGULAR_PASSWORD,
    mobile: str = "",
    account_id: str = ACCOUNT_ID,
    **others: object,
) -> Record:
    """A full user record (sonetel.md 7) with the password, which answers never show.

    `type`: regular or admin. `mobile`: E.164 with plus; becomes a phone of the user.
    `others`: members to add or replace.
    """
    suffix = user_id[-3:]
    phones = [_phone(f"{user_id}1", f"{user_id}@sip.example.org", "sip", "Desk phone", is_primary=not mobile)]
    if mobile:
        phones.append(_phone(f"{user_id}2", mobile, "regular", "Mobile", is_primary=True))
    return {
        "user_id": user_id,
        "account_id": account_id,
        "user_fname": first_name,
        "user_lname": last_name,
        "email": email,
        "password": password,
        "title": "",
        "type": type,
        "language": "eng",
        "language_id": 1,
        "auto_translate": False,
        "max_conversations": 3,
        "tags": "",
        "password_status": "OK",
        "user_jid": f"{user_id}@chat.example.org",
        "sonetel-id": f"sonetel-{user_id}",
        "company_name": "Example Offices",
        "created_date": "20250301T08:00:00Z",
        "notifications": 0,
        "location": {"country": "SWE", "area_code": "8", "timezone": "Europe/Stockholm", "timezone_id": "45"},
        "numbers": [{"number_id": f"{user_id}3", "number_type": "internal", "number": suffix}],
        "phones": phones,
        "call_settings": call_settings(),
        **others,
    }


def voiceapp(
    name: str, app_type: str = "ivr", *, app_id: str | None = None, shortcode: str | None = None, **others: object
) -> Record:
    """A full voice app record (sonetel.md 5.8) of type ivr, mailbox or sysprompts.

    `app_id`: by default made of the name, always the same; pass one when two apps share a name.
    `others`: members to add or replace, such as `menu`.
    """
    # MD5 only spreads names over ids here.
    app_id = app_id or "VA" + hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[:10]
    common: Record = {"app_id": app_id, "name": name, "app_type": app_type}
    if app_type == "sysprompts":
        own: Record = {"error_voice": "en", "error_repeat_voice": "en-fe", "usermailbox_voice": "en"}
    else:
        common["shortcode"] = shortcode or {"ivr": "*21*9", "mailbox": "*12*9"}[app_type]
        common["sip_address"] = f"{app_id}@sonetel.net"
        common["voice"] = "en"
        if app_type == "ivr":
            menu = {key: dict(BLANK_ENTRY) for key in MENU_KEYS}
            own = {"play_welcome": "yes", "get_extension": "no", "play_menu": "yes", "menu": menu}
        else:
            own = {
                "greeting_prompt": "yes",
                "goodbye_prompt": "yes",
                "deliver_to": "user",
                "deliver_to_details": ADMIN_ID,
            }
    return {**common, **own, "tts_allowed": "yes", **others}


def prompt(
    name: str, app_id: str, prompt_id: str, record_id: str, *, type: str = "custom", account_id: str = ACCOUNT_ID
) -> Record:
    """A full prompt record (sonetel.md 6) without audio of its own. `type`: standard or custom."""
    return {
        "prompt_id": prompt_id,
        "type": type,
        "name": name,
        "app_id": app_id,
        "account_id": account_id,
        "record_id": record_id,
        "file_name": "",
        "file_details": "",
        "play_path": f"play#{prompt_id}@prompts.sonetel.com",
        "record_path": f"record#{prompt_id}@prompts.sonetel.com",
        "audio_length": "",
        "size": "",
        "message_url": "",
        "create_date": "",
    }


def default_prompts(app_id: str, account_id: str = ACCOUNT_ID) -> dict[str, Record]:
    """The prompts that an IVR comes with, by prompt id."""
    found = {}
    for position, name in enumerate(DEFAULT_PROMPTS, start=1):
        record = prompt(name, app_id, f"PR{app_id[2:]}{position}", f"100{position}", type="standard")
        slug = name.lower().replace(" ", "-")
        record["message_url"] = f"https://audio-prompts.sonetel.com/standard/en/sonetel/{slug}.wav"
        found[record["prompt_id"]] = {**record, "audio_length": "4", "size": "62.54", "account_id": account_id}
    return found


def call_settings() -> Record:
    """A user's own call settings as they are at first (sonetel.md 7.1)."""
    return {
        "incoming": {
            "first_action": {"action": "ring", "to": "sipphones", "ring_time": "25", "show": "caller"},
            "second_action": {"action": "forward", "to": "voicemail"},
            "standard_action": {"action": "ring", "to": "internet_internet", "ring_time": "10"},
        },
        "outgoing": {"show": "auto"},
    }


def _phone(phone_id: str, address: str, phone_type: str, name: str, *, is_primary: bool) -> Record:
    return {
        "phone_id": phone_id,
        "phnum": address,
        "phone_type": phone_type,
        "phone_name": name,
        "receive_calls": "yes",
        "verified": "yes",
        "is_primary": is_primary,
        "sip_details": {},
    }


def access_token(user_id: str = ADMIN_ID, account_id: str = ACCOUNT_ID, expires_at: float | None = None) -> Record:
    """What `state["sonetel"]["access_tokens"][TOKEN]` holds. `expires_at`: epoch seconds, None: never."""
    return {"account_id": account_id, "user_id": user_id, "expires_at": expires_at}


def account(
    account_id: str,
    name: str,
    *,
    users: Iterable[Record] = (),
    numbers: Iterable[Record] = (),
    voiceapps: Iterable[Record] = (),
    **profile: object,
) -> Record:
    """What `state["sonetel"]["accounts"][ID]` holds. `profile`: members of the account to add or replace."""
    return {
        "profile": {
            "account_id": account_id,
            "name": name,
            "status": "active",
            "status_desc": "",
            "currency": "USD",
            "credit_balance": "25.00",
            "country": "SWE",
            "current_country": "SWE",
            "area_code": "8",
            "address": "Examplegatan 1",
            "address2": "",
            "city": "Stockholm",
            "zipcode": "11120",
            "timezone": "GMT +01:00",
            "timezone_details": {"zone_name": "Europe/Paris", "zone_id": 41},
            "language": "eng",
            "language_id": 1,
            "priceplan": "regular",
            "plan_details": {},
            "website": {"website_status": "inactive"},
            "daily_usage_limit": "50.00",
            "vat_relevant": True,
            "account_verified": True,
            "companyNameUpdated": True,
            "account_type": "main_account",
            "account_category": "regular",
            **profile,
        },
        "users": {record["user_id"]: record for record in users},
        "numbers": {record["phnum"]: record for record in numbers},
        "voiceapps": {record["app_id"]: record for record in voiceapps},
        "prompts": {},
    }


def state_with_numbers(count: int, **settings: object) -> Record:
    """A whole state, ready for PUT /_sim/state: the default one, but its first account owns `count` numbers.

    `settings` as for `number`, the same for all.
    """
    state = default_state()
    state["accounts"][ACCOUNT_ID]["numbers"] = {record["phnum"]: record for record in numbers(count, **settings)}
    return {"sonetel": state}


def default_state() -> Record:
    """The provider's state that a simulator without state file starts with (README.md, "Default state")."""
    first = account(ACCOUNT_ID, "Example Offices", users=_users(), numbers=_default_numbers(), voiceapps=_voiceapps())
    second = account(
        EMPTY_ACCOUNT_ID,
        "Example Start-up",
        users=[
            user(
                "3000000021",
                EMPTY_ADMIN_EMAIL,
                "Sam",
                "Second",
                type="admin",
                password=EMPTY_ADMIN_PASSWORD,
                account_id=EMPTY_ACCOUNT_ID,
            )
        ],
        credit_balance="0.50",
    )
    stock = [
        number("12025550190"),
        number("12025550191", one_time_fee="5.00", recurring_fee="49.00", price_category="gold+"),
        number("46846500490"),
        number("46846500491", addr_req="local"),
    ]
    return {
        "accounts": {ACCOUNT_ID: first, EMPTY_ACCOUNT_ID: second},
        "stock": {record["phnum"]: record for record in stock},
        "access_tokens": {},
        "refresh_tokens": {},
    }


def _users() -> list[Record]:
    us_location = {"country": "USA", "area_code": "202", "timezone": "America/New_York", "timezone_id": "17"}
    return [
        user(ADMIN_ID, ADMIN_EMAIL, "Alex", "Admin", type="admin", password=ADMIN_PASSWORD),
        user(REGULAR_ID, REGULAR_EMAIL, "Anna", "Lindqvist", mobile="+46701740605", title="Reception Stockholm"),
        user(
            "3000000013",
            "john.miller@example.org",
            "John",
            "Miller",
            mobile="+12025550144",
            title="Sales Washington",
            location=us_location,
        ),
        user("3000000014", "erik.ohman@example.org", "Erik", "Öhman", mobile="+46701740606", title="Support"),
    ]


def _voiceapps() -> list[Record]:
    reception_menu = {
        **{key: dict(BLANK_ENTRY) for key in MENU_KEYS},
        "digit_1": {"action": "call", "to": "user", "id": REGULAR_ID},
        "digit_2": {"action": "call", "to": "phnum", "id": "+12025550144"},
        "digit_3": {"action": "connect", "to": "app", "id": "VAm1b8c5d2ef"},
        "timeout": {"action": "connect", "to": "app", "id": "VAq7k2m9x1za"},
    }
    return [
        voiceapp("Main menu", app_id="VAd4f6g8h0jk", shortcode="*21"),
        voiceapp("Voice Mail", "mailbox", app_id="VAe5n7b9v1cx", shortcode="*12"),
        voiceapp("System Prompt", "sysprompts", app_id="VAs0p4r7t9uv"),
        voiceapp("Reception", app_id="VAq7k2m9x1za", shortcode="*21*2", menu=reception_menu),
        voiceapp(
            "Sales voicemail",
            "mailbox",
            app_id="VAm1b8c5d2ef",
            shortcode="*12*2",
            voice="en-fe",
            goodbye_prompt="no",
            deliver_to="email",
            deliver_to_details="sales@example.org",
        ),
        voiceapp("Växel Stockholm", app_id="VAw3x5y7z9ab", shortcode="*21*3", voice="swe"),
        voiceapp("Duplicate", app_id="VAdup1icate1", shortcode="*21*4"),
        voiceapp("Duplicate", app_id="VAdup1icate2", shortcode="*21*5"),
    ]


def _default_numbers() -> list[Record]:
    rows: list[tuple[str, str, str, str | Record]] = [
        ("12025550123", "standard", "user", REGULAR_ID),
        ("12025550124", "business", "app", {"app_type": "ivr", "app_id": "VAq7k2m9x1za"}),
        ("46846500412", "regular", "phnum", "+46701740605"),
        ("12025550125", "standard", "phnum", "+12025550144"),
        ("12025550126", "business", "sip", "frontdesk@sip.example.org:5060"),
        ("12025550127", "standard", "nowhere", ""),
        ("46846500413", "regular", "app", {"app_type": "mailbox", "app_id": "VAe5n7b9v1cx"}),
        ("46846500414", "regular", "user", "3000000014"),
        ("46846500415", "regular", "phnum", "0046701740606"),
        ("46846500416", "regular", "phnum", "0701740606"),
    ]
    return [
        number(
            phnum,
            package=package,
            connect_to_type=kind,
            connect_to=target,
            activation_date=f"202503{day:02d}T05:06:07Z",
        )
        for day, (phnum, package, kind, target) in enumerate(rows, start=4)
    ]


def environment(url: str) -> dict[str, str]:
    """Return the variables with which the modules find the simulator at *url* and log in to the first account."""
    return {
        "SONETEL_USERNAME": ADMIN_EMAIL,
        "SONETEL_PASSWORD": ADMIN_PASSWORD,
        "SONETEL_API_URL": f"{url}/sonetel",
        "SONETEL_AUTH_URL": f"{url}/sonetel-auth/beta/oauth/token",
    }
