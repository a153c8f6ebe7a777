# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What keys of Sonetel's voice apps do: whole menus, hanging up, and what the policy must see in raw entries."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._numbers.policy import Policy
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._sonetel.destinations import (
    Destination,
    desired_destination,
    dials,
)
from ansible_collections.office.telephony.plugins.module_utils._sonetel.entries import (
    HANG_UP,
    KEYS,
    desired_entry,
    desired_menu,
    entry_from_record,
    entry_members,
    menu_dials,
    menu_from_record,
    menu_members,
    shown_menu,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

COSTLY, MOBILE = "+469001234567", "+46701740605"
BLANK = {"action": "", "to": "", "id": ""}


def rules() -> NumberRules:
    return NumberRules.from_options({"region": "SE"}, print)


def judged(destination: Destination | None, **options: Any) -> str:
    """Why the policy refuses a destination, "" where it does not."""
    policy = Policy(region="SE", **options)
    return " ".join(filter(None, (policy.judge(dialled) for dialled in dials(destination))))


def raw(kind: str, to: str) -> Destination | None:
    return desired_destination({"raw": {"connect_to_type": kind, "connect_to": to}}, "here", rules())


@each(
    ("kind", "to", "words"),
    [
        ("phnum", COSTLY, "premium-rate"),
        ("sip", f"{COSTLY}@gateway.example.org", "premium-rate"),
        ("sip", "0900-1234567@gateway.example.org", "premium-rate"),
        ("sip", "reception@pbx.example.org", ""),
        ("user", COSTLY, "premium-rate"),
        ("csg", "7", ""),
        ("conference", "5", "allow_raw"),
    ],
)
def test_the_policy_sees_what_is_given_raw(kind: str, to: str, words: str) -> None:
    found = judged(raw(kind, to))
    assert (words in found) if words else found == ""


def test_an_unknown_kind_that_is_allowed_is_still_looked_through() -> None:
    assert judged(raw("conference", "5"), allow_raw=True) == ""
    assert "premium-rate" in judged(raw("conference", COSTLY), allow_raw=True)


def entry(**option: Any) -> Destination | None:
    return desired_entry(option, "here", rules())


@each(
    ("record", "option"),
    [
        # Numbers and addresses share a word; only the @ distinguishes them.
        ({"action": "call", "to": "other", "id": "reception@pbx.example.org"}, {"sip": "reception@pbx.example.org"}),
        ({"action": "call", "to": "other", "id": "46701740605"}, {"phone": MOBILE}),
        ({"action": "call", "to": "phnum", "id": MOBILE}, {"phone": MOBILE}),
        ({"action": "disconnect"}, {"hang_up": True}),
        ({"action": "call", "to": "csg", "id": "7"}, {"team": "7"}),
        ({"action": "sing", "to": "song", "id": "1"}, {"raw": {"action": "sing", "to": "song", "id": "1"}}),
        ({"action": "", "to": "", "id": ""}, None),
        (None, None),
        ("", None),
    ],
)
def test_what_a_key_does(record: Any, option: Any) -> None:
    menu = {"1": entry_from_record(record)}
    assert shown_menu(menu) == ([{"key": "1", **option}] if option else [])


@each("address", ["reception@pbx.example.org", "sip:Reception@PBX.example.org"])
def test_an_address_is_written_as_one(address: str) -> None:
    members = entry_members(entry(sip=address))
    assert (members["action"], members["to"]) == ("call", "other")
    assert members["id"].endswith("eception@pbx.example.org")


def test_a_menu_is_sent_with_all_of_its_keys() -> None:
    """Whether Sonetel merges or replaces what it gets, keys that are not listed do nothing afterwards."""
    menu = desired_menu([{"key": "1", "phone": MOBILE}, {"key": "timeout", "hang_up": True}], "here", rules())
    sent = menu_members(menu)
    assert set(sent) == set(KEYS.values())
    assert sent["digit_1"]["id"] == MOBILE
    assert sent["timeout"] == {"action": "disconnect"}
    assert [value for key, value in sent.items() if key not in ("digit_1", "timeout")] == [BLANK] * 9
    assert menu_from_record({"menu": sent}) == {**dict.fromkeys(KEYS), "1": menu["1"], "timeout": HANG_UP}


@each(
    ("options", "words"),
    [
        ([{"key": "1", "hang_up": False}], "hang_up: can only be true"),
        ([{"key": "1", "hang_up": True}, {"key": "1", "phone": MOBILE}], "the key 1 is listed twice"),
        ([{"key": "1", "phone": "112"}], "short code"),
    ],
)
def test_what_no_menu_can_hold(options: Any, words: str) -> None:
    found = rules()
    desired_menu(options, "here", found)
    with pytest.raises(InputError, match=words):
        found.problems.raise_if_any()


def test_each_key_is_judged_for_itself() -> None:
    menu = {
        "1": entry(raw={"action": "call", "to": "other", "id": COSTLY}),
        "2": entry(phone=MOBILE),
        "3": entry(raw={"action": "call", "to": "phnum", "id": "0900-1234567"}),
        "4": entry(raw={"action": "dial", "to": "somebody", "id": "5"}),
    }
    policy = Policy(region="SE")
    refused = {dialled.place for dialled in menu_dials(menu) if policy.judge(dialled)}
    assert refused == {" key 1.raw.id", " key 3.raw.id", " key 4.raw"}
