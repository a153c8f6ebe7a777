# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._environment import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._errors import InputError, Problems
from ansible_collections.office.telephony.plugins.module_utils._guard import Policy

SWEDISH, FRENCH, BAHAMAS = "+46701234567", "+33612345678", "+12423591234"


def policy(option: Any = None, region: str | None = None) -> Policy:
    problems = Problems()
    built = Policy.from_option(option, region, problems)
    problems.raise_if_any()
    return built


@pytest.mark.parametrize(
    ("option", "number", "words"),
    [
        (None, SWEDISH, None),
        ({}, FRENCH, None),
        # What costs
        (None, "+469001234567", "premium-rate"),
        (None, "+19005550100", "premium-rate"),
        (None, "+33820123456", "shared-cost"),
        (None, "+881612345678", "satellite"),
        (None, "+870776123456", "satellite"),
        (None, "+883510012345", "satellite or international-network"),
        ({"allow_premium": True}, "+469001234567", None),
        ({"allow_premium": True}, "+881612345678", None),
        # Countries; those that share +1 are told apart
        ({"allowed_countries": ["SE"]}, SWEDISH, None),
        ({"allowed_countries": ["se"]}, SWEDISH, None),
        ({"allowed_countries": ["SE"]}, FRENCH, "is in FR, and policy.allowed_countries is SE"),
        ({"allowed_countries": ["US"]}, BAHAMAS, "is in BS"),
        ({"allowed_countries": ["BS"]}, BAHAMAS, None),
        ({"allowed_countries": ["US"]}, "+12025550123", None),
        ({"allowed_countries": []}, SWEDISH, "allowed_countries is none"),
        ({"allowed_countries": ["SE"], "allow_premium": True}, "+881612345678", "belongs to no single country"),
        # Lists; the denied ones win, the allowed ones pass everything else
        ({"denied_numbers": [SWEDISH]}, SWEDISH, "is on policy.denied_numbers"),
        ({"denied_numbers": ["+4670*"]}, SWEDISH, "is on policy.denied_numbers"),
        ({"denied_numbers": ["+46 70-*"]}, SWEDISH, "is on policy.denied_numbers"),
        ({"denied_numbers": ["+4671*"]}, SWEDISH, None),
        ({"denied_numbers": ["+46701234568"]}, SWEDISH, None),
        ({"denied_numbers": ["+4670*"], "allowed_numbers": [SWEDISH]}, SWEDISH, "is on policy.denied_numbers"),
        ({"allowed_numbers": ["+46900*"]}, "+469001234567", None),
        ({"allowed_numbers": [FRENCH], "allowed_countries": ["SE"]}, FRENCH, None),
        ({"allowed_numbers": [FRENCH], "allowed_countries": ["SE"]}, "+33612345679", "is in FR"),
    ],
)
def test_policy(option: Any, number: str, words: str | None) -> None:
    refusal = policy(option).refusal(number)
    if words is None:
        assert refusal is None
    else:
        assert refusal is not None
        assert number in refusal
        assert words in refusal


def test_lists_are_read_in_the_region() -> None:
    assert policy({"denied_numbers": ["070-123 45 67"]}, "SE").refusal(SWEDISH)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"allowed_countries": ["SE", "Sweden"]}, r"policy.allowed_countries\[1\]: 'Sweden'"),
        ({"allowed_numbers": [46701234567]}, r"policy.allowed_numbers\[0\]: 46701234567 is not text"),
        (
            {"denied_numbers": ["+46*", "46*"]},
            r"policy.denied_numbers\[1\]: '46\*' is not a prefix such as '\+46900\*'",
        ),
        ({"denied_numbers": ["+*"]}, "is not a prefix"),
        ({"denied_numbers": ["112"]}, "short code"),
    ],
)
def test_wrong_entries_are_named(option: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        policy(option)


def test_number_rules_collect_problems_and_warn_once_sure() -> None:
    warned: list[str] = []
    rules = NumberRules.from_options({"region": "se", "policy": {"allowed_countries": ["SE"]}}, warned.append)
    assert rules.destination("one", "070-123 45 67") == SWEDISH
    assert rules.destination("two", FRENCH) is None
    assert rules.number("three", FRENCH) == FRENCH
    assert rules.number("four", "112") is None
    assert rules.number("five", "+11115550123") == "+11115550123"
    (warning,) = warned
    assert warning.startswith("five: +11115550123 has a possible length")
    with pytest.raises(InputError) as raised:
        rules.problems.raise_if_any()
    assert "  - two: " in raised.value.message
    assert "  - four: " in raised.value.message


def test_a_wrong_region_is_an_input_error() -> None:
    with pytest.raises(InputError, match="region: 'Sweden'"):
        NumberRules.from_options({"region": "Sweden"}, print)
