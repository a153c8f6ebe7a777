# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
from typing import Any

import phonenumbers
import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError, Problems
from ansible_collections.office.telephony.plugins.module_utils._numbers.dialled import Dialled, Kind
from ansible_collections.office.telephony.plugins.module_utils._numbers.policy import Policy
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

SWEDISH, FRENCH, BAHAMAS = "+46701234567", "+33612345678", "+12423591234"


def policy(option: Any = None, region: str | None = None) -> Policy:
    problems = Problems()
    built = Policy.from_option(option, region, problems)
    problems.raise_if_any()
    return built


@each(
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
        (None, "+447012345678", "personal"),
        (None, "+15005551234", "personal"),
        (None, "+447640123456", "pager"),
        (None, "+12129761234", "premium-rate"),
        (None, "+979123456789", "premium-rate"),
        (None, "+80812345678", "shared-cost"),
        (None, "+878101234567890", "satellite or international-network"),
        (None, "+80012345678", None),
        # What is in no plan is judged by the range that comes closest, and passes only where it is listed
        (None, "+46900123456789", "not a valid number (the closest range is premium-rate)"),
        (None, "+49900112345678", "the closest range is premium-rate"),
        (None, "+4990011234", "the closest range is premium-rate"),
        (None, "+4670123456", f"not a valid number according to phonenumbers {phonenumbers.__version__}; "),
        (None, "+467012345678", "list it in policy.allowed_numbers"),
        # A country code that no country has
        (None, "+999701234567", "not a valid number"),
        ({"allow_premium": True}, "+46900123456789", "not a valid number"),
        ({"allowed_countries": ["SE"]}, "+467012345678", "not a valid number"),
        ({"allowed_numbers": ["+467012345678"]}, "+467012345678", None),
        ({"allowed_numbers": ["+46900*"]}, "+46900123456789", None),
        ({"allow_premium": True}, "+469001234567", None),
        ({"allow_premium": True}, "+881612345678", None),
        # Countries; those that share +1 are distinguished
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


@each(
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
        ({"denied_numbers": ["*"]}, r"'\*' is not a prefix"),
        ({"denied_numbers": ["+46 (0)70*"]}, r"can match no number, because .* no 0 .*; write it like \+4670\*"),
        ({"denied_numbers": ["+460*"]}, "can match no number"),
        ({"denied_numbers": ["0046 70*"]}, r"is not a prefix such as '\+46900\*'; write it like \+4670\*"),
        ({"denied_numbers": ["+46 70x*"]}, "is not a prefix"),
        ({"denied_numbers": ["+46*70*"]}, "is not a prefix"),
        ({"denied_numbers": ["\uff0b46*"]}, "FULLWIDTH PLUS SIGN"),
        ({"denied_numbers": ["+46\u200b70*"]}, "ZERO WIDTH SPACE"),
        ({"denied_numbers": ["+999*"]}, "no country code begins with 999"),
        ({"denied_numbers": ["+0*"]}, "no country code begins with 0"),
        ({"allowed_numbers": ["+46701234567890123*"]}, "digits at most"),
        ({"allowed_numbers": ["+4670123"]}, "not a possible phone number"),
        ({"allowed_numbers": ["+46 70 123 45 67.0"]}, "decimals"),
        ({"denied_numbers": [117948806]}, "117948806 is not text.*was this 0701740606 without quotes"),
        ({"allowed_countries": [""]}, "policy.allowed_countries: is empty"),
        ({"allowed_countries": ["SE", None]}, r"policy.allowed_countries\[1\]: is empty"),
        ({"allowed_countries": ["SE", False]}, 'quote it: "NO"'),
        ({"allowed_countries": ["False"]}, 'quote it: "NO"'),
        ({"allowed_countries": [46]}, "46 is not a country code"),
    ],
)
def test_wrong_entries_are_named(option: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        policy(option)


@each("prefix", ["+4*", "+1*", "+88*", "+3906*", "+46 70-*", "+1 (900)*", "+4670123456*", "+979*"])
def test_prefixes_that_some_number_has(prefix: str) -> None:
    assert policy({"denied_numbers": [prefix]}).denied_numbers[0].is_prefix


@each(
    ("prefix", "region", "advice"),
    [
        ("070*", "SE", "+4670*"),
        ("46 70*", "SE", "+4670*"),
        ("070*", None, ""),
        ("+070*", "SE", ""),
    ],
)
def test_a_prefix_that_is_written_like_a_national_number_is_spelled_out(
    prefix: str, region: str | None, advice: str
) -> None:
    with pytest.raises(InputError) as refused:
        policy({"denied_numbers": [prefix]}, region)
    assert refused.value.message.partition("; write it like ")[2] == advice


def test_entries_without_effect_and_with_doubts_are_reported() -> None:
    reported: list[str] = []
    option = {"allowed_numbers": [SWEDISH], "denied_numbers": ["+4670*", "701740606", "+4670174060"]}
    problems = Problems()
    Policy.from_option(option, "SE", problems, reported.append)
    assert not problems
    assert [text.split(":")[0] for text in reported] == [
        "policy.denied_numbers[1]",
        "policy.denied_numbers[2]",
        "policy.allowed_numbers",
    ]


PREMIUM = "+19005551234"


@each(
    "user",
    [
        "19005551234",
        "9005551234",
        "0019005551234",
        "01119005551234",
        "019005551234",
        "+19005551234",
        "%2B19005551234",
        "%252B19005551234",
        "+1-900-555-1234",
        "+1.900.555.1234",
        "1(900)555-1234",
        "1%20900%20555%201234",
        "+19005551234;user=phone",
        "9005551234;phone-context=+1",
        "+19005551234:password",
        "sip:19005551234",
        "SIPS:+19005551234",
        "<sip:19005551234",
        "tel:+19005551234",
        "\uff0b19005551234",
        "\u0661\u0669\u0660\u0660\u0665\u0665\u0665\u0661\u0662\u0663\u0664",
        "1\u200b9005551234",
        "*7219005551234",
        "19005551234#",
        "19005551234,,1",
        "19005551234999",
    ],
)
def test_addresses_are_read_as_they_could_be_dialled(user: str) -> None:
    refusal = policy().judge(Dialled(Kind.ADDRESS, f"{user}@gateway.example.net"))
    assert refusal is not None
    assert f"could be dialled as a number: {PREMIUM} is a premium-rate number" in refusal
    assert policy({"allow_premium": True}).judge(Dialled(Kind.ADDRESS, f"{user}@gateway.example.net")) is None
    assert policy({"allowed_numbers": [PREMIUM]}).judge(Dialled(Kind.ADDRESS, f"{user}@gw.example")) is None
    assert policy({"denied_numbers": ["+1900*"], "allow_premium": True}).judge(Dialled(Kind.ADDRESS, f"{user}@gw"))


@each(
    "address",
    [
        "reception@pbx.example.org",
        "1000@pbx.example.org",
        "10012345@pbx.example.org",
        "first.last@192.168.10.20",
        "sip:192.168.10.20",
        "VAq7k2m9x1za@sonetel.net",
        "+46701740605@gw.example",
        "0701740605@gw.example",
        # It begins like a number of another country, but is not one.
        "12025550123999@pbx.example.org",
    ],
)
def test_addresses_that_call_nobody_costly(address: str) -> None:
    for region in (None, "SE"):
        assert policy({"allowed_countries": ["SE"]}, region).judge(Dialled(Kind.ADDRESS, address)) is None


def test_addresses_are_read_in_the_region_and_else_where_calls_come_to() -> None:
    number = Dialled(Kind.ADDRESS, "0900123456@gw.example")
    assert policy(None, "SE").judge(number)
    assert policy().judge(number) is None
    assert policy().judge(number, "+46701234567")
    assert policy({"allowed_countries": ["FR"]}, "FR").judge(Dialled(Kind.ADDRESS, "+46701740605@gw"))


@each(
    ("address", "region", "words"),
    [
        # The prefix of North America for other countries is understood elsewhere too.
        ("01119005551234@gw.example", "SE", "+19005551234 is a premium-rate number"),
        ("0900123456;phone-context=+46@gw.example", None, "+46900123456 is a premium-rate number"),
        # With a plus it can be nothing but a number.
        ("+467012345678@gw.example", None, "+467012345678 is not a valid number"),
        ("467012345678@gw.example", None, None),
    ],
)
def test_addresses_that_are_spelled_for_another_country(address: str, region: str | None, words: str | None) -> None:
    refusal = policy(None, region).judge(Dialled(Kind.ADDRESS, address))
    assert (refusal is None) if words is None else (refusal and words in refusal)


def test_a_number_without_plus_is_judged_like_one_with_it() -> None:
    assert "not a valid number" in str(policy().judge(Dialled(Kind.NUMBER, "467012345678")))


def test_what_is_dialled_is_the_same_only_from_the_same_place() -> None:
    """What an account holds may be written again; at another place, it is judged."""
    number = Dialled(Kind.NUMBER, PREMIUM, place=".phone")
    moved = Dialled(Kind.NUMBER, PREMIUM, place=".overflow")
    assert number.identity == Dialled(Kind.NUMBER, PREMIUM, place=".phone").identity != moved.identity
    slots = [
        Dialled(Kind.NUMBER, PREMIUM, place, slot).identity for place, slot in ((".a", "x"), (".b", "x"), (".a", ""))
    ]
    assert slots[0] == slots[1] != slots[2]


@each(
    ("value", "words"),
    [
        ({"id": 19005551234}, None),
        ({"id": "+19005551234"}, "premium-rate"),
        ({"id": "sip:19005551234@gw"}, "premium-rate"),
        ({"name": "19005551234"}, "premium-rate"),
        ({"device": {"id": "1", "numbers": [{"phoneNumber": 19005551234}]}}, "premium-rate"),
        ({"note": "forward to +1 (900) 555-1234 at night"}, "premium-rate"),
        ({"note": "nobody", "enabled": True}, None),
    ],
)
def test_raw_values_are_looked_through(value: Any, words: str | None) -> None:
    text = json.dumps(value)
    refusal = policy().judge(Dialled(Kind.RAW, text))
    assert (refusal is None) if words is None else (refusal and words in refusal)
    unknown = policy().judge(Dialled(Kind.RAW, text, word="PHNUM"))
    assert unknown is not None
    assert "'PHNUM'" in unknown
    assert "policy.allow_raw" in unknown
    # An id of an unknown kind may be a number.
    allowed = policy({"allow_raw": True}).judge(Dialled(Kind.RAW, text, word="PHNUM"))
    assert bool(allowed) is ("900" in text)


def test_a_number_that_cannot_be_judged_is_refused() -> None:
    assert "cannot be checked" in str(policy().judge(Dialled(Kind.NUMBER, "900")))
    assert "premium-rate" in str(policy(None, "SE").judge(Dialled(Kind.NUMBER, "0900123456")))


# Examples of costly numbers with digits appended or cut that are valid numbers of an ordinary kind.
ORDINARY = {
    "+353152012345", "+35315201234", "+353185012345", "+35318501234", "+508810123", "+56600123456", "+60160012345",
    "+6619001234", "+85519001234", "+9609001234", "+9618012345", "+9619012345",
}  # fmt: skip


def costly_examples() -> set[str]:
    """The metadata's example of a premium-rate and of a shared-cost number of each region and global code."""
    kinds = (phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST)
    regions = phonenumbers.SUPPORTED_REGIONS
    numbers = [phonenumbers.example_number_for_type(name, kind) for name in regions for kind in kinds]
    codes = phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS
    numbers += [phonenumbers.example_number_for_non_geo_entity(code) for code in codes if code != 800]
    e164 = phonenumbers.PhoneNumberFormat.E164
    return {phonenumbers.format_number(number, e164) for number in numbers if number}


def test_no_costly_example_passes_also_with_digits_appended_or_cut() -> None:
    rules, passed, tried = policy(), set(), 0
    for turn, example in enumerate(sorted(costly_examples())):
        # In a short run three of the digits, other ones for each example.
        digits = "0123456789" if "FUZZ" in os.environ else "01234567890123456789"[turn % 10 :: 3][:3]
        appended = {example + digit * count for digit in digits for count in (1, 2, 3)}
        for number in {example, *appended, *(example[:-count] for count in (1, 2, 3))}:
            tried += 1
            if rules.refusal(number) is None:
                assert phonenumbers.is_valid_number(phonenumbers.parse(number))
                passed.add(number)
    assert tried > 2000
    # Older metadata has other exceptions.
    if phonenumbers.__version__.startswith("9."):
        assert passed == ORDINARY
    assert len(passed) < 20


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
