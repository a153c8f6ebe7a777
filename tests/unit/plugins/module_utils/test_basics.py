# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from ansible.module_utils.common.parameters import AnsibleFallbackNotFound

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import Surroundings
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import (
    CONNECTION,
    POLICY,
    REGION,
    ArgSpec,
    from_environment,
)
from ansible_collections.office.telephony.plugins.module_utils._errors import (
    AuthenticationError,
    InputError,
    Problems,
    Rejected,
    suggestions,
)
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import MASK, Secrets
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

SECRET = 'fake "pass"&+ 100%é\\/'


@each("spelling", [SECRET, quote(SECRET, safe=""), quote_plus(SECRET), json.dumps(SECRET)[1:-1]])
def test_a_secret_is_masked_in_every_spelling(spelling: str) -> None:
    secrets = Secrets()
    secrets.add(SECRET, None, "")
    assert secrets.redact(f"a {spelling} b {spelling}") == f"a {MASK} b {MASK}"


def test_the_longer_of_two_secrets_is_masked_whole() -> None:
    secrets = Secrets()
    secrets.add("fake", "fake-and-longer")
    assert secrets.redact("fake-and-longer fake") == f"{MASK} {MASK}"


def test_each_secret_is_announced_once() -> None:
    announced: list[str] = []
    secrets = Secrets(announced.append)
    secrets.add("one", "two", "one", None)
    secrets.add("two")
    assert announced == ["one", "two"]
    assert secrets.redact("") == ""


def test_an_error_tells_what_and_what_next_and_no_empty_members() -> None:
    error = Rejected("It was refused.", next_step="Ask.", status=400, code="7")
    assert str(error) == "It was refused. Ask."
    assert error.failure() == {
        "kind": "rejected",
        "message": "It was refused.",
        "next_step": "Ask.",
        "status": 400,
        "code": "7",
    }
    assert (Rejected("x").systemic, AuthenticationError("x").systemic) == (False, True)


def test_problems() -> None:
    problems = Problems()
    problems.raise_if_any()
    problems.add("forwardings[1]", "is wrong")
    with pytest.raises(InputError, match=r"^forwardings\[1\]: is wrong$"):
        problems.raise_if_any()
    problems.add("", "all of it is wrong")
    with pytest.raises(InputError) as raised:
        problems.raise_if_any()
    assert raised.value.message.splitlines() == [
        "2 problems were found, nothing was written:",
        "  - forwardings[1]: is wrong",
        "  - all of it is wrong",
    ]


PEOPLE = ["admin@example.org", "anna@example.org", "anna.lindqvist@example.org", "erik.ohman@example.org"]


@each(
    ("desired", "known", "said"),
    [
        ("main menu", ["Main menu", "Sales"], "Did you mean 'Main menu'?"),
        ("Sale", ["Sales", "Sale2", "", "Night"], "Did you mean 'Sale2' or 'Sales'?"),
        ("x", ["Main menu", "Sales"], "There are: 'Main menu', 'Sales'."),
        ("x", [], "There are none."),
        ("x", [f"item {index:02}" for index in range(11)], "'item 09' and more."),
        # The one that is misspelt, and not those that share a name or the domain.
        ("anna.lindquist@example.org", PEOPLE, "Did you mean 'anna.lindqvist@example.org'?"),
        ("anna.lindquist", PEOPLE, "Did you mean 'anna.lindqvist@example.org'?"),
        ("anna.lindquist", ["admin", "anna"], "Did you mean 'anna'?"),
        ("anna.lindquist", ["admin", "erik"], "There are: 'admin', 'erik'."),
        ("erik@example.org", PEOPLE, "Did you mean 'erik.ohman@example.org'?"),
        ("olga@example.org", PEOPLE[:1], "There are: 'admin@example.org'."),
        ("Lindqvist Anna", ["Anna Lindqvist", "Anna Berg"], "Did you mean 'Anna Lindqvist'?"),
        ("Support Stockholm", ["Sales Stockholm", "Night"], "There are: 'Night', 'Sales Stockholm'."),
        ("Suport Stockholm", ["Support Stockholm", "Sales Stockholm"], "Did you mean 'Support Stockholm'?"),
        ("menu 3", ["menu 1", "menu 2"], "There are: 'menu 1', 'menu 2'."),
        ("user_forwarding", ["user_forwardings", "forwardings"], "Did you mean 'user_forwardings' or 'forwardings'?"),
        # Of long numbers, those with one slip of the hand.
        ("+46 8 465 004 12", ["+46846500421", "+46846509999"], "Did you mean '+46846500421'?"),
        ("+4684650041", ["+46846500412", "+12025550124"], "Did you mean '+46846500412'?"),
        ("103", ["101", "102"], "There are: '101', '102'."),
    ],
)
def test_suggestions_are_close_or_list_what_exists(desired: str, known: list[str], said: str) -> None:
    assert suggestions(desired, known).endswith(said)


def test_specifications_are_merged_with_their_rules() -> None:
    one = ArgSpec({"a": {"type": "str"}}, mutually_exclusive=[("a", "b")], required_if=[("a", 1, ["b"])])
    two = ArgSpec({"b": {"type": "int"}}, mutually_exclusive=[("b", "c")], required_one_of=[("a", "b")])
    merged = one + two
    assert merged.module_arguments() == {
        "argument_spec": {"a": {"type": "str"}, "b": {"type": "int"}},
        "mutually_exclusive": [("a", "b"), ("b", "c")],
        "required_one_of": [("a", "b")],
        "required_if": [("a", 1, ["b"])],
    }
    assert merged.suboptions()["options"] == merged.module_arguments()["argument_spec"]
    assert one.options == {"a": {"type": "str"}}


def test_no_option_is_defined_twice() -> None:
    with pytest.raises(ValueError, match="options defined twice: proxy, timeout"):
        CONNECTION + ArgSpec({"timeout": {}, "proxy": {}})


def test_what_may_hold_a_secret_is_hidden_and_numbers_are_not_converted() -> None:
    spec: dict[str, Any] = (CONNECTION + REGION + POLICY).module_arguments()["argument_spec"]
    assert spec["proxy"]["no_log"] is True
    suboptions = spec["policy"]["options"]
    assert {suboptions[name]["elements"] for name in ("allowed_numbers", "denied_numbers")} == {"raw"}


@each(
    ("given", "found"),
    [
        # Left empty it would count as not given, and so allow all countries.
        ({"allowed_countries": None}, {"allowed_countries": [""]}),
        ({"allowed_countries": False}, {"allowed_countries": [False]}),
        ({"denied_numbers": 117948806}, {"denied_numbers": [117948806]}),
        ({"allowed_numbers": None, "allow_raw": True}, {"allowed_numbers": None, "allow_raw": True}),
        ({"allowed_countries": []}, {"allowed_countries": []}),
    ],
)
def test_a_policy_is_not_widened_by_what_ansible_converts(given: dict[str, Any], found: dict[str, Any]) -> None:
    assert POLICY.options["policy"]["type"](given) == found


@each(("value", "found"), [("fake-word", "fake-word"), ("", None), (" \n", None)])
def test_an_empty_environment_variable_counts_as_not_set(value: str, found: str | None) -> None:
    read, (name,) = from_environment("OFFICE_TEST")["fallback"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(name, value)
        if found is None:
            with pytest.raises(AnsibleFallbackNotFound):
                read(name)
        else:
            assert read(name) == found


@pytest.mark.parametrize("check_mode", [True, False])
def test_check_mode_reaches_the_client_that_refuses_writes(check_mode: bool) -> None:
    """So it is refused also what a plan would have forgotten to leave out."""
    surroundings = Surroundings(check_mode, Secrets())
    connection = {"timeout": 30.0, "deadline": 900.0, "validate_certs": True}
    assert surroundings.environment(connection).http.check_mode is check_mode
    assert surroundings.environment(connection, attempts=1).http.check_mode is check_mode
