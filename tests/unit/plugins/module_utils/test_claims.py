# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which offices claim the same, and in which cases that matters."""

from __future__ import annotations

from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._office.claims import (
    account_of,
    claims_of,
    collisions,
    names_used,
)
from ansible_collections.office.telephony.plugins.module_utils._office.lists import canonical
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

NUMBER = {"sonetel": {"forwardings": [{"number": "08-465 004 12"}]}}
SAME_NUMBER = {"sonetel": {"forwardings": [{"number": "+46 8 465 004 12"}]}}
OTHER_NUMBER = {"sonetel": {"forwardings": [{"number": "08-465 004 13"}]}}
APP = {"sonetel": {"voiceapps": [{"name": "Reception"}]}}
PERSON = {"sonetel": {"user_forwardings": [{"user": "Anna@example.org"}]}}
SAME_PERSON = {"sonetel": {"user_forwardings": [{"user": "anna@example.org"}]}}
RINGS = {"ringcentral": {"forwarding_numbers": [{"extension": "101", "phone_number": "+12025550171"}]}}
CALLS = {"ringcentral": {"call_forwardings": [{"extension": "101", "hours": "work"}]}}
NOT_LISTS: list[Any] = [
    None,
    {"sonetel": None},
    {"sonetel": "text"},
    {"sonetel": {"forwardings": None}},
    {"sonetel": {"forwardings": ["text", {"number": 4684650041}, {"number": " "}]}},
    {"unknown": {"forwardings": [{"number": "08-465 004 12"}]}},
]


def colliding(one: Any, other: Any, accounts: tuple[str, str] = ("a", "a")) -> list[str]:
    """Return the paths of the first office that collide with the second one."""
    claims = [
        claim
        for host, lists, account in (("lund", one, accounts[0]), ("malmo", other, accounts[1]))
        for claim in claims_of(host, lists or {}, "SE", {"sonetel": account, "ringcentral": account}, canonical)
    ]
    found = collisions(claims)
    assert set(found) in (set(), {"lund", "malmo"})
    return [mine.path for mine, _other in found.get("lund", [])]


@each(
    ("one", "other", "accounts", "paths"),
    [
        (NUMBER, SAME_NUMBER, ("a", "a"), ["office_sonetel.forwardings[0]"]),
        (NUMBER, SAME_NUMBER, ("a", "b"), ["office_sonetel.forwardings[0]"]),
        (NUMBER, OTHER_NUMBER, ("a", "a"), []),
        (APP, APP, ("a", "a"), ["office_sonetel.voiceapps[0]"]),
        (APP, APP, ("a", "b"), []),
        (PERSON, SAME_PERSON, ("a", "a"), ["office_sonetel.user_forwardings[0]"]),
        (RINGS, CALLS, ("a", "a"), ["office_ringcentral.forwarding_numbers[0]"]),
        (RINGS, CALLS, ("a", "b"), []),
    ],
)
def test_collisions(one: Any, other: Any, accounts: tuple[str, str], paths: list[str]) -> None:
    assert colliding(one, other, accounts) == paths


@each("lists", NOT_LISTS)
def test_what_is_no_list_claims_nothing(lists: Any) -> None:
    assert colliding(lists, NUMBER) == []


def _both() -> dict[str, Any]:
    return {"ringcentral": {**RINGS["ringcentral"], **CALLS["ringcentral"]}}


def test_one_office_may_name_a_thing_twice() -> None:
    claims = list(claims_of("lund", _both(), None, {"ringcentral": "a"}, canonical))
    assert len(claims) == 2
    assert collisions([*claims, *claims]) == {}


class Sealed:
    _ciphertext = "$ANSIBLE_VAULT;1.1;AES256"

    def __str__(self) -> str:
        raise AssertionError("a secret was opened")


def test_accounts_are_compared_without_opening_secrets() -> None:
    sealed = {"username": "a", "password": Sealed()}
    assert account_of(sealed, "lund", {}) == account_of(dict(reversed(sealed.items())), "malmo", {})
    assert account_of(None, "lund", {}) == account_of(None, "malmo", {})
    assert account_of(sealed, "lund", {}) != account_of({**sealed, "username": "b"}, "lund", {})
    assert account_of({**sealed, "account_id": "1"}, "lund", {}) == account_of({"account_id": 1}, "malmo", {})
    assert account_of({"account_id": "~"}, "lund", {}) != account_of({"account_id": "1"}, "lund", {})
    # A text that only templating makes a mapping may be anything.
    # Its name is written to a file.
    assert "Fake-secret" not in account_of({"username": "a", 1: "Fake-secret"}, "lund", {})
    assert account_of("{{ connection }}", "lund", {}) != account_of("{{ connection }}", "malmo", {})


def test_a_template_leads_to_the_same_account_where_the_variables_that_it_names_are_the_same() -> None:
    shared = {"username": "{{ login.name }}", "password": "{{ lookup('env', 'PASSWORD_' ~ suffix) }}"}

    def account(host: str, **variables: Any) -> str:
        return account_of(shared, host, {"groups": [host], "inventory_hostname": host, **variables})

    same = {"login": {"name": "{{ who }}"}, "who": "a", "suffix": "ONE"}
    assert account("lund", **same) == account("malmo", **same)
    for other in ({"who": "b"}, {"suffix": "TWO"}, {"login": {"name": "a"}}, {"suffix": "{{ inventory_hostname }}"}):
        assert account("lund", **same | other) != account("malmo", **same), other
    own = same | {"suffix": "{{ inventory_hostname }}"}
    assert account("lund", **own) != account("malmo", **own)


def test_what_is_referred_to_anywhere() -> None:
    menu = [{"key": "1", "voiceapp": "Sales"}]
    lists = {
        "sonetel": {
            "voiceapps": [{"name": "Reception", "menu": menu}],
            "forwardings": [{"destination": {"voiceapp": "Night"}}],
        }
    }
    assert sorted(names_used(lists)) == [("sonetel", "voiceapps", "Night"), ("sonetel", "voiceapps", "Sales")]


def test_what_an_account_has_once_is_claimed_by_whoever_names_it() -> None:
    switch = {"ringcentral": {"company_forward_all": {"enabled": True}}}
    found = [*claims_of("a", switch, None, {}, canonical), *claims_of("b", switch, None, {}, canonical)]
    assert [claim.path for claim in found] == ["office_ringcentral.company_forward_all"] * 2
    assert collisions(found) == {}
    one = {"ringcentral": "account 1"}
    found = [*claims_of("a", switch, None, one, canonical), *claims_of("b", switch, None, one, canonical)]
    assert sorted(collisions(found)) == ["a", "b"]
