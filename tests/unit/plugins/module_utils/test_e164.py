# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._e164 import NumberError, known_region, parse

SWEDISH = "+46701234567"


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("+46 70 123 45 67", None, SWEDISH),
        ("+46 (0)70-123 45 67", None, SWEDISH),
        ("0046701234567", None, SWEDISH),
        ("00 46 70 123 45 67", "US", SWEDISH),
        ("070-123 45 67", "SE", SWEDISH),
        ("070/123.45.67", "SE", SWEDISH),
        ("  +46701234567\n", None, SWEDISH),
        ("tel:+46-70-123-45-67", None, SWEDISH),
        ("TEL:+46701234567", None, SWEDISH),
        ("tel:070-123-45-67;phone-context=+46", None, SWEDISH),
        ("tel:070-123 45 67", "SE", SWEDISH),
        ("+46\u00a070\u2011123\u201145\u201167", None, SWEDISH),
        ("46701234567", "SE", SWEDISH),
        ("12025550123", "US", "+12025550123"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("001 202 555 0123", "SE", "+12025550123"),
        ("0011 46 70 123 45 67", "AU", SWEDISH),
        ("011 46 70 123 45 67", "US", SWEDISH),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("+39 06 698 12345", None, "+390669812345"),
    ],
)
def test_spellings(text: str, region: str | None, e164: str) -> None:
    number = parse(text, region)
    assert (number.e164, number.doubt) == (e164, "")


@pytest.mark.parametrize(
    ("value", "region", "words"),
    [
        (46701234567, None, "46701234567 is not text: put the phone number in quotes"),
        (True, None, "True is not text"),
        (4.67e10, None, "is not text"),
        (["+46701234567"], None, "is not text"),
        (None, None, "is empty"),
        ("", None, "is empty"),
        ("tel:", None, "is empty"),
        ("112", "SE", "short code or an extension"),
        ("90510", None, "short code"),
        ("070-123 45 67", None, "can be read in several ways.*option region"),
        ("+46701234567 ext. 12", None, "extension or a dialling pause"),
        ("+46701234567x12", None, "extension"),
        ("+46701234567#12", None, "extension"),
        ("+46701234567,12", None, "dialling pause"),
        ("tel:+46701234567;ext=12", None, "extension"),
        ("+1 800 FLOWERS", None, "letters"),
        ("anna@example.org", None, "letters"),
        ("+46 70 123 45 67 / 68", None, "not a possible"),
        ("++46701234567", None, "not a phone number"),
        ("+4670&1234567", None, "not a phone number"),
        ("+46", None, "not a possible phone number"),
        ("+999701234567", None, "not a possible phone number"),
        ("+467012345678901234", None, "not a possible phone number"),
        ("00999701234567", None, "not a possible phone number"),
    ],
)
def test_refusals(value: Any, region: str | None, words: str) -> None:
    with pytest.raises(NumberError, match=words):
        parse(value, region)


def test_a_number_with_two_readings_names_both() -> None:
    """Without a plus it is a number of Connecticut as well as one of Alexandria."""
    with pytest.raises(NumberError, match=r"can be read as \+12036567779 and as \+2036567779; write it with \+"):
        parse("2036567779", "US")


def test_a_number_outside_all_known_ranges_is_taken_with_a_doubt() -> None:
    number = parse("+1 111 555 0123")
    assert number.e164 == "+11115550123"
    assert "+11115550123 has a possible length but lies in no known range" in number.doubt


@pytest.mark.parametrize(("given_region", "known"), [("se", "SE"), (" US ", "US"), ("", None), (None, None)])
def test_regions(given_region: str | None, known: str | None) -> None:
    assert known_region(given_region) == known


@pytest.mark.parametrize("region", ["XX", "SWE", "Sweden", "46"])
def test_unknown_regions(region: str) -> None:
    with pytest.raises(NumberError, match=f"'{region}' is not a country code of two letters"):
        known_region(region)


@settings(database=None, deadline=None, derandomize=True)
@given(
    st.text(max_size=25) | st.text(alphabet="+0123456789 ()-./;=telx", max_size=20), st.sampled_from([None, "SE", "US"])
)
def test_any_text_is_refused_or_becomes_a_fixed_point(text: str, region: str | None) -> None:
    number = None
    with contextlib.suppress(NumberError):
        number = parse(text, region)
    if number is not None:
        assert parse(number.e164) == parse(number.e164, "SE") == parse(f"tel:{number.e164}") == number
