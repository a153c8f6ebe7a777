# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every option of every module is classified: it can make somebody's telephone be called, or it cannot.

For those that can, a premium-rate number is refused before any write, and may stay where the account holds it already.
An option that is neither in `DESTINATIONS` nor in `HARMLESS` fails the first test.
"""

from __future__ import annotations

import copy
import fnmatch
from pathlib import Path
from typing import Any

import pytest
from system_options import ONLY_MANY, PLURALS, options_of, specifications
from system_ringcentral import CELL, RingCentralOffice
from system_support import TOKEN, Json, SkippingClock, assert_clear, run_module, texts_of

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed as sonetel

PREMIUM, SIP = "+19005550100", "19005550100@gateway.example.net"
FINE = "+46701740606"
# The rest of the item in which a destination is tried, by the family of modules.
ITEMS: dict[str, Json] = {
    "fonedynamics_number": {"number": "+61491570006"},
    "ringcentral_call_forwarding": {"extension": "101", "hours": "work"},
    "ringcentral_forwarding_number": {"extension": "101", "label": "Third"},
    "ringcentral_call_queue": {"extension": "7001"},
    "ringcentral_company_rule": {"owner": "7001", "name": "Guarded", "callers": ["+16505550170"]},
    "ringcentral_custom_rule": {"extension": "101", "name": "Guarded", "callers": ["+16505550170"]},
    "ringcentral_holidays": {"owner": "7001", "days": [{"name": "Party", "from": "2097-06-18", "to": "2097-06-18"}]},
    "ringcentral_ivr_menu": {"extension": "8001"},
    "smspartner_callforward": {"number": f"+{smspartner.FORWARDED_NUMBER}"},
    "sonetel_forwarding": {"number": "+12015550100"},
    "sonetel_user_forwarding": {"user": sonetel.REGULAR_EMAIL},
    "sonetel_voiceapp": {"name": "Guarded", "type": "menu", "voice": "en"},
}
# What else changes in an item beside what stays.
OTHERS: dict[str, Json] = {
    "fonedynamics_number": {"friendly_name": "Another"},
    "ringcentral_call_forwarding": {"schedule": {"monday": ["10:00-11:00"]}},
    "ringcentral_forwarding_number": {"label": "Another"},
    "ringcentral_call_queue": {"name": "Another"},
    "ringcentral_company_rule": {"callers": ["+16505550171"]},
    "ringcentral_custom_rule": {"callers": ["+16505550171"]},
    "ringcentral_ivr_menu": {"name": "Another"},
    "sonetel_forwarding": {"renewal": "never"},
    "sonetel_user_forwarding": {"outgoing_show": "none"},
    "sonetel_voiceapp": {"voice": "swe"},
}


def _menu(entry: Json) -> Json:
    return {"menu": [{"key": "5", **entry}]}


def _announced(entry: Json) -> Json:
    return {"type": "announcement", "final_action": entry}


def _raw(to: str, key: str = "id") -> Json:
    return {"raw": {"action": "call", "to": "other", "id": SIP} | {key: to}}


def _action(name: str) -> dict[str, list[Json]]:
    def of(*targets: Json) -> list[Json]:
        return [{name: {**target, "ring_time": 20, "show": "caller"}} for target in targets]

    forward = {"action": "forward", "to": "phnum", "id": PREMIUM}
    return {
        f"{name}.phone": of({"phone": PREMIUM}),
        f"{name}.sip": of({"sip": SIP}),
        f"{name}.raw.id": of({"raw": forward}, {"raw": {**forward, "to": "sip", "id": SIP}}),
        f"{name}.raw.to": of({"raw": {**forward, "to": "number"}}),
        f"{name}.raw.action": of({"raw": {**forward, "action": "transfer"}}),
    }


def _ring(target: Json) -> list[Json]:
    return [{"ring_mode": "in_order", "ring": [{"raw": [target]}]}]


# By family and option: items with a premium-rate number, or with something of which nobody knows what it calls.
DESTINATIONS: dict[str, dict[str, list[Json]]] = {
    "sonetel_forwarding": {
        "destination.phone": [{"destination": {"phone": PREMIUM}}],
        "destination.sip": [{"destination": {"sip": SIP}}, {"destination": {"sip": f"%2B{SIP}"}}],
        "destination.raw.connect_to": [
            {"destination": {"raw": {"connect_to_type": "phnum", "connect_to": PREMIUM}}},
            {"destination": {"raw": {"connect_to_type": "sip", "connect_to": f"sip:{SIP}"}}},
        ],
        "destination.raw.connect_to_type": [
            {"destination": {"raw": {"connect_to_type": kind, "connect_to": FINE}}} for kind in ("PHNUM", "number")
        ],
    },
    "sonetel_user_forwarding": _action("first_action") | _action("second_action") | _action("standard_action"),
    "sonetel_voiceapp": {
        "menu.phone": [_menu({"phone": PREMIUM})],
        "menu.sip": [_menu({"sip": SIP})],
        "menu.team": [_menu({"team": PREMIUM})],
        "menu.raw.id": [_menu(_raw(SIP)), _menu(_raw(PREMIUM)), _menu(_raw("sip:+1-900-555-0100@example.net"))],
        "menu.raw.to": [_menu(_raw("PHNUM", "to"))],
        "menu.raw.action": [_menu(_raw("dial", "action"))],
        "final_action.phone": [_announced({"phone": PREMIUM})],
        "final_action.sip": [_announced({"sip": SIP})],
        "final_action.team": [_announced({"team": PREMIUM})],
        "final_action.raw.id": [_announced(_raw(SIP)), _announced(_raw(PREMIUM))],
        "final_action.raw.to": [_announced(_raw("PHNUM", "to"))],
        "final_action.raw.action": [_announced(_raw("dial", "action"))],
    },
    "ringcentral_forwarding_number": {"phone_number": [{"phone_number": PREMIUM}]},
    "ringcentral_call_forwarding": {
        "ring.phone_numbers": [{"ring_mode": "in_order", "ring": [{"phone_numbers": [PREMIUM]}]}],
        "ring.raw": [
            *_ring({"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": PREMIUM}}),
            *_ring({"type": "AllMobileRingTarget", "extension": {"id": 7, "phoneNumber": 19005550100}}),
            *_ring({"type": "IntegrationRingTarget", "integration": {"type": "FmcLite", "phoneNumber": FINE}}),
        ],
        "then.phone_number": [{"then": {"phone_number": PREMIUM}}],
    },
    "ringcentral_call_queue": {
        **{f"{name}.phone_number": [{name: {"phone_number": PREMIUM}}] for name in ("on_max_wait", "on_full")},
        "on_no_answer.phone_number": [
            {"members": ["101"], "ring": "fixed_order", "on_no_answer": {"phone_number": PREMIUM}}
        ],
        "after_hours.phone_number": [
            {"hours": {"monday": ["09:00-17:00"]}, "after_hours": {"phone_number": PREMIUM}},
        ],
    },
    "ringcentral_ivr_menu": {
        "keys.phone_number": [{"keys": [{"key": "5", "phone_number": PREMIUM}]}],
    },
    "ringcentral_company_rule": {
        "destination.phone_number": [{"destination": {"phone_number": PREMIUM}}],
    },
    "ringcentral_holidays": {"destination.phone_number": [{"destination": {"phone_number": PREMIUM}}]},
    "ringcentral_custom_rule": {
        "ring.phone_numbers": [{"ring_mode": "in_order", "ring": [{"phone_numbers": [PREMIUM]}]}],
        "ring.raw": _ring({"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": PREMIUM}}),
        "then.phone_number": [{"then": {"phone_number": PREMIUM}}],
    },
    "smspartner_callforward": {"destination": [{"destination": PREMIUM}]},
    "fonedynamics_number": {
        "endpoint_number": [{"routing_method": "endpoint", "endpoint_number": PREMIUM}],
        "send_sms_to": [{"send_sms_to": PREMIUM}],
        "send_sms_from": [{"send_sms_from": PREMIUM}],
    },
    "office_reroute": {"to": []},  # see test_office_jobs.py and test_rerouting.py
    "office_leaver": {"successor.phones": []},  # see test_office_jobs.py
}
# What only the account can accept, so that nothing can be there to stay.
UNKNOWN_KINDS = ("connect_to_type", "raw.to", "raw.action", "team", "ring.raw")

# Options by name or pattern, each with why nobody is called because of it.
HARMLESS = {
    # The connection
    **dict.fromkeys(
        ("access_token", "account_id", "account_sid", "api_key", "api_url", "auth_url", "ca_path", "cache_path"),
        "says how to reach the account",
    ),
    **dict.fromkeys(
        ("client_id", "client_secret", "jwt", "password", "proxy", "refresh_token", "server_url", "token", "username"),
        "says how to reach the account",
    ),
    # The rules themselves, and files
    "policy.*": "is the policy",
    "region": "says how numbers are read",
    **dict.fromkeys(
        ("journal", "directory", "path", "wav", "file", "reroute_directory", "state_directory"), "is a path"
    ),
    **dict.fromkeys(("junit_directory", "models"), "is a path"),
    **dict.fromkeys(("junit_mode", "mode", "group"), "is about a file that is written"),
    # How an office is done
    **dict.fromkeys(("timezone", "max_changes", "expect_plan"), "says when, or how much"),
    **dict.fromkeys(("index_problems", "index_names", "left_out"), "is what other offices' files say"),
    **dict.fromkeys(("prefix", "of"), "names variables"),
    **dict.fromkeys(("run_id", "record"), "names a run"),
    # What an object is called, and its keys: calls come from there
    "number": "is the account's own number",
    **dict.fromkeys(("numbers", "users", "voiceapps", "extensions"), "selects what to show"),
    **dict.fromkeys(("app_id", "name", "user", "extension", "device", "device_extension"), "selects an object"),
    "forwarding_number_id": "selects an object",
    **dict.fromkeys(("label", "friendly_name", "attribution_*", "office", "reason", "until"), "is a text for people"),
    **dict.fromkeys(("text", "language", "tts_voice", "voice", "error_voice", "error_repeat_voice"), "is spoken"),
    **dict.fromkeys(("schedule.*", "hours.*", "time_zone", "dates.*", "days.*", "calendar.*", "except"), "is a time"),
    **dict.fromkeys(("address.*", "caller_id_name"), "is a text for people"),
    **dict.fromkeys(("prompt.text", "prompt.language", "greetings.*"), "is spoken"),
    **dict.fromkeys(("callers", "called_numbers"), "says which calls are meant"),
    **dict.fromkeys(("keys.raw", "destination.raw"), "names what is there already, and is never written"),
    # What is looked up in a list of the account, so that only what is there already can be meant
    **dict.fromkeys(("*.user", "*.voiceapp", "voiceapp", "*.prompt"), "is looked up in the account"),
    **dict.fromkeys(("*.own_phone", "ring.devices", "ring.extensions"), "is looked up in the account"),
    **dict.fromkeys(("then.extension", "then.mailbox", "then.greeting"), "is looked up in the account"),
    **dict.fromkeys(("flow", "address"), "is looked up in the account"),
    **dict.fromkeys(("*.extension", "*.voicemail", "*.announcement", "voicemail_to"), "is looked up in the account"),
    **dict.fromkeys(("members", "overflow", "operator", "top_menu", "owner", "site"), "is looked up in the account"),
    # What is shown, or believed, or done by another task
    **dict.fromkeys(("*.show", "outgoing_show"), "is a number that is shown"),
    **dict.fromkeys(("previous_destination", "previous_phone_number"), "is believed to be there, and never written"),
    "expected_*": "is done by another task, which judges it",
    # E-mail and web
    **dict.fromkeys(("email", "*.email", "send_email_from", "send_email_to"), "is an e-mail address"),
    **dict.fromkeys(("webhook_url", "delivery_receipt_webhook_url"), "is a URL"),
    # Jobs about calls
    **dict.fromkeys(
        ("people", "call_tests", "findings", "accepted_findings", "long_way", "index_folder", "calls"),
        "says what to look for in calls",
    ),
    # Jobs: modules for lists write what they work out, and judge it
    **dict.fromkeys(("person.*", "successor.extension"), "is looked for in the accounts"),
    **dict.fromkeys(("settings", "leave_out"), "goes to the modules of the lists, which judge it"),
}


def test_every_option_is_classified() -> None:
    used: set[str] = set()
    reached: set[tuple[str, str]] = set()
    unclassified = []
    for module, spec in specifications().items():
        for family, path in options_of(module, spec):
            patterns = [pattern for pattern in HARMLESS if fnmatch.fnmatchcase(path, pattern)]
            if path in DESTINATIONS.get(family, {}):
                reached.add((family, path))
                continue
            used.update(patterns)
            if not patterns:
                unclassified.append(f"{module}: {path}")
    assert unclassified == []
    assert set(HARMLESS) - used == set(), "a reason for nothing"
    assert {(family, path) for family, paths in DESTINATIONS.items() for path in paths} - reached == set()
    assert all(HARMLESS.values())


CASES = [
    pytest.param(family, path, item, many, id=f"{family}-{path}-{number}-{'many' if many else 'one'}")
    for family, paths in DESTINATIONS.items()
    for path, items in paths.items()
    for number, item in enumerate(items)
    for many in (False, True)
    if many or family not in ONLY_MANY
]


class Accounts:
    """One account of each provider, in which nothing is premium-rate."""

    def __init__(self, simulator: Simulator, folder: Path, family: str = "") -> None:
        """*family*: the modules that are tried, where these need something in the account."""
        self.simulator = simulator
        state = simulator.state()
        for app in state["ringcentral"]["apps"].values():
            app["permissions"] = ["EditAccounts"]
        state["sonetel"]["access_tokens"][TOKEN] = sonetel.access_token()
        account = state["sonetel"]["accounts"][sonetel.ACCOUNT_ID]
        account["numbers"]["12015550100"] = sonetel.number(
            "12015550100", package="business", connect_to_type="user", connect_to=sonetel.ADMIN_ID
        )
        simulator.put_state(state)
        simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
        simulator.set_switches({"ringcentral": {"migrated": "yes"}})
        office = RingCentralOffice(simulator, folder / "shared")
        if family.startswith("ringcentral"):
            done = office.apply([CELL, {**CELL, "phone_number": FINE, "label": "Other"}])
            assert not done.get("failed"), done["msg"]
        self.connections: dict[str, Json] = {
            "sonetel": {
                "access_token": TOKEN,
                "account_id": sonetel.ACCOUNT_ID,
                "api_url": simulator.sonetel_api_url,
            },
            "ringcentral": office.options,
            "smspartner": {
                "api_key": smspartner.API_KEY,
                "api_url": simulator.smspartner_api_url,
                "journal": str(folder / "journal.json"),
                "on_conflict": "replace",
            },
            "fonedynamics": {
                "account_sid": fonedynamics.ACCOUNT_SID,
                "token": fonedynamics.TOKEN,
                "api_url": simulator.fonedynamics_api_url,
            },
        }

    def run_office(self, family: str, item: Json, **options: Any) -> Json:
        """The same by the module of whole offices."""
        provider = family.partition("_")[0]
        lists = {PLURALS[family]: [copy.deepcopy({**ITEMS[family], **item})]}
        connection = {name: value for name, value in self.connections[provider].items() if name != "on_conflict"}
        given = {provider: lists, f"{provider}_connection": connection, **options}
        self.simulator.clear_requests()
        return run_module("office", {"office": "lyon", **given}, clock=SkippingClock())

    def run(self, family: str, item: Json, many: bool, **options: Any) -> Json:
        provider = family.partition("_")[0]
        given = {**self.connections[provider], **options}
        item = copy.deepcopy({**ITEMS[family], **item})
        if many:
            module, given[PLURALS[family]] = f"{provider}_{PLURALS[family]}", [item]
        else:
            module, given = family, {**given, **item}
        self.simulator.clear_requests()
        return run_module(module, given, clock=SkippingClock())

    def writes(self) -> list[str]:
        return [
            f"{entry['method']} {entry['path']}"
            for entry in self.simulator.requests()
            if entry["method"] != "GET" and "token" not in entry["path"]
        ]


@pytest.fixture
def accounts(simulator: Simulator, tmp_path: Path) -> Accounts:
    return Accounts(simulator, tmp_path)


@pytest.fixture
def accounts_of_family(simulator: Simulator, tmp_path: Path, family: str) -> Accounts:
    return Accounts(simulator, tmp_path, family)


@pytest.mark.parametrize(("family", "path", "item", "many"), CASES)
def test_a_costly_destination_is_refused_before_any_write_and_may_stay(
    accounts_of_family: Accounts, family: str, path: str, item: Json, many: bool
) -> None:
    accounts = accounts_of_family
    where = PLURALS[family] + "[0] (" if many else f"{family.partition('_')[2]} ("
    result = accounts.run(family, item, many)
    is_unknown = path.endswith(UNKNOWN_KINDS) and "premium-rate" not in result["msg"]
    assert_clear(result, where, *(["policy.allow_raw"] if is_unknown else [PREMIUM, "premium-rate"]))
    assert (result["changed"], accounts.writes()) == (False, [])

    # Somebody has allowed it once.
    open_policy = {"allow_premium": True, "allow_raw": True}
    allowed = accounts.run(family, item, many, policy=open_policy)
    if path.endswith(UNKNOWN_KINDS) and allowed.get("failed"):
        assert "policy" not in allowed["msg"]
        return
    assert (allowed.get("msg"), allowed["changed"]) == (None, True)

    again = accounts.run(family, item, many)
    assert (again.get("msg"), again["changed"], accounts.writes()) == (None, False, [])
    if family in OTHERS:
        beside = accounts.run(family, {**item, **OTHERS[family]}, many)
        assert (beside.get("msg"), beside["changed"]) == (None, True)


@pytest.mark.parametrize(("family", "path", "item"), [case.values[:3] for case in CASES if case.values[3]])
def test_a_costly_destination_of_an_office_is_refused_before_any_write(
    accounts_of_family: Accounts, family: str, path: str, item: Json
) -> None:
    accounts = accounts_of_family
    result = accounts.run_office(family, item)
    is_unknown = path.endswith(UNKNOWN_KINDS) and "premium-rate" not in result["msg"]
    where = f"office_{family.partition('_')[0]}.{PLURALS[family]}[0]"
    assert_clear(result, where, *(["policy.allow_raw"] if is_unknown else [PREMIUM, "premium-rate"]))
    assert (result["changed"], accounts.writes()) == (False, [])


def test_another_key_of_a_menu_does_not_bring_the_old_ones_before_the_policy(accounts: Accounts) -> None:
    held = {"key": "5", "phone": PREMIUM}
    accounts.run("sonetel_voiceapp", {"menu": [held]}, True, policy={"allow_premium": True})
    done = accounts.run("sonetel_voiceapp", {"menu": [held, {"key": "6", "phone": FINE}]}, True)
    assert (done.get("msg"), done["changed"]) == (None, True)
    moved = accounts.run("sonetel_voiceapp", {"menu": [held, {"key": "6", "phone": PREMIUM}]}, True)
    assert_clear(moved, "voiceapps[0] (Guarded): menu key 6.phone: ", "premium-rate")


@pytest.mark.parametrize("family", ["ringcentral_call_forwarding"])
def test_a_number_that_rings_may_ring_in_another_step(accounts_of_family: Accounts, family: str) -> None:
    accounts = accounts_of_family

    def ring(*numbers: str) -> Json:
        return {"ring_mode": "in_order", "ring": [{"phone_numbers": [number]} for number in numbers]}

    assert accounts.run(family, ring(PREMIUM, FINE), True, policy={"allow_premium": True})["changed"] is True
    done = accounts.run(family, ring(FINE, PREMIUM), True)
    assert (done.get("msg"), done["changed"]) == (None, True)


@pytest.mark.parametrize("number", ["+46900123456789", "+4670174060"])
def test_what_is_no_valid_number_is_refused_unless_it_is_listed(accounts: Accounts, number: str) -> None:
    item = {"destination": {"phone": number}}
    refused = accounts.run("sonetel_forwarding", item, True)
    words = ("not a valid number", "phonenumbers", "policy.allowed_numbers")
    assert_clear(refused, "forwardings[0] (+12015550100): destination.phone: ", number, *words)
    assert not texts_of(refused)
    listed = accounts.run("sonetel_forwarding", item, True, policy={"allowed_numbers": [number]})
    assert (listed.get("msg"), listed["changed"]) == (None, True)
    assert accounts.run("sonetel_forwarding", item, True)["changed"] is False


def test_what_cannot_be_read_is_judged_unless_the_journal_knows_it(accounts: Accounts) -> None:
    item = {"destination": PREMIUM}
    accounts.run("smspartner_callforward", item, False, policy={"allow_premium": True})
    assert accounts.run("smspartner_callforward", item, False)["changed"] is False
    without = accounts.run("smspartner_callforward", {**item, "previous_destination": PREMIUM}, False, journal=None)
    assert_clear(without, "premium-rate")


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ({"allowed_countries": None}, ["policy.allowed_countries: is empty", "leave it out"]),
        ({"allowed_countries": [False]}, ["policy.allowed_countries[0]", 'write it in quotes: "NO"']),
        ({"allowed_countries": False}, ["policy.allowed_countries: false", 'write it in quotes: "NO"']),
        ({"allowed_countries": ["SE", 46]}, ["policy.allowed_countries[1]: 46 is not text"]),
        ({"denied_numbers": 117948806}, ["policy.denied_numbers: 117948806 is not text", "0701740606", "quotes"]),
        ({"allowed_numbers": [117948806]}, ["policy.allowed_numbers[0]: 117948806 is not text", "0701740606"]),
        ({"denied_numbers": 46701740606}, ["policy.denied_numbers: ", "was this +46701740606 without quotes?"]),
        ({"denied_numbers": True}, ["policy.denied_numbers: true is not text"]),
        ({"denied_numbers": 4.67e10}, ["policy.denied_numbers: ", "is not text"]),
        ({"denied_numbers": ["+46 (0)70*"]}, ["policy.denied_numbers[0]", "can match no number", "like +4670*"]),
    ],
)
def test_a_policy_that_yaml_has_changed_is_refused(accounts: Accounts, policy: Json, words: list[str]) -> None:
    item = {"destination": {"phone": FINE}}
    result = accounts.run("sonetel_forwarding", item, True, policy=policy, region="SE")
    assert_clear(result, *words)
    assert "problems" not in result["msg"]
    assert accounts.simulator.requests() == []


def test_norway_without_quotes_is_no_region(accounts: Accounts) -> None:
    for region in (False, "False", "false"):
        result = accounts.run("sonetel_forwarding", {}, True, region=region)
        assert_clear(result, "region: ", '"NO"')
    assert not accounts.run("sonetel_forwarding", {}, True, region="NO").get("failed")


def test_a_number_without_its_trunk_prefix_is_read_with_a_warning(accounts: Accounts) -> None:
    item = {"destination": {"phone": "701740606"}}
    result = accounts.run("sonetel_forwarding", item, True, region="SE")
    assert result["changed"] is True
    (warning,) = texts_of(result)
    assert "destination.phone: '701740606' has no 0 in front" in warning
    assert "it was read as +46701740606" in warning
