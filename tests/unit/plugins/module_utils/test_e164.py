# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._numbers.e164 import NumberError, known_region, parse
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

SWEDISH = "+46701234567"


@each(
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
        ("tel:0701234567;phone-context=+46", "US", SWEDISH),
        ("tel:5550144;phone-context=+1202", "SE", "+12025550144"),
        # As long as a short code may be, where national numbers have seven digits
        ("5812345", "IS", "+3545812345"),
        ("581 2345", "IS", "+3545812345"),
        ("+46\u00a070\u2011123\u201145\u201167", None, SWEDISH),
        ("46701234567", "SE", SWEDISH),
        ("12025550123", "US", "+12025550123"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("001 202 555 0123", "SE", "+12025550123"),
        ("0011 46 70 123 45 67", "AU", SWEDISH),
        ("011 46 70 123 45 67", "US", SWEDISH),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("+39 06 698 12345", None, "+390669812345"),
        # The country code in parentheses
        ("(+46) 70 123 45 67", None, SWEDISH),
        ("(0046) 70 123 45 67", None, SWEDISH),
        ("(+46)(0)70-123 45 67", None, SWEDISH),
        # Dashes and blanks of all kinds
        ("+46\u202f70\u2003123\u201345\u201567", None, SWEDISH),
        # What looks like a spreadsheet's doing, but is how people write
        ("01.23.45.67.00", "FR", "+33123456700"),
        ("030/123456", "DE", "+4930123456"),
        ("030 / 123456", "DE", "+4930123456"),
        ("030 12345-0", "DE", "+4930123450"),
        ("0475/12.34.56", "BE", "+32475123456"),
        ("0475/12/34/56", "BE", "+32475123456"),
        ("0475/123/456", "BE", "+32475123456"),
        ("+49 33841/12345", None, "+493384112345"),
    ],
)
def test_spellings(text: str, region: str | None, e164: str) -> None:
    number = parse(text, region)
    assert (number.e164, number.doubt) == (e164, "")


@each(
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
        ("581234", "IS", "short code"),
        # What is dialled within an area only
        ("555-0144", "US", "not a possible phone number"),
        ("+1 555 0144", None, "not a possible phone number"),
        ("tel:5550144;phone-context=example.org", "US", "letters"),
        ("+46701234567 ext. 12", None, "extension or a dialling pause"),
        ("070-123 45 67", None, "can be read in several ways.*set the region"),
        ("+46701234567x12", None, "extension"),
        ("+46701234567#12", None, "extension"),
        ("+46701234567,12", None, "dialling pause"),
        ("tel:+46701234567;ext=12", None, "extension"),
        ("+1 800 FLOWERS", None, "letters"),
        ("anna@example.org", None, "letters"),
        ("+46 70 123 45 67 / 68", None, "not a possible.*looks like several"),
        # Spreadsheets
        ("2025550144.0", "US", "ends with decimals.*format the column as text"),
        ("2025550144.00", "US", "ends with decimals"),
        ("2025550144,0", "US", "ends with decimals"),
        ("030123456.0", "DE", "ends with decimals"),
        ("+46701234567.0", None, "ends with decimals"),
        ("4.67E+10", "SE", "digits are lost"),
        ("4,67e10", "SE", "digits are lost"),
        ("1,234", "SE", "separators for thousands"),
        ("46,701,234,567", "SE", "separators for thousands"),
        ("46'701'234'567", "CH", "separators for thousands"),
        ("'0701234567", "SE", "begins with an apostrophe"),
        ("\u20190701234567", "SE", "begins with an apostrophe"),
        ('="0701234567"', "SE", "formula"),
        ("030 123456 / 57", "DE", "several"),
        ("030 123456/57", "DE", "several"),
        ("0701234567/0701234568", "SE", "several"),
        ("0701234567; 0701234568", "SE", "several"),
        ("0701234567, 0701234568", "SE", "several"),
        ("0701234567 or 0701234568", "SE", "several"),
        ("0701234567 & 68", "SE", "several"),
        ("0701234567|0701234568", "SE", "several"),
        ("0701234567\n0701234568", "SE", "line break"),
        ("0701234567\u20280701234568", "SE", "line break"),
        # What cannot be seen, or looks like something else
        ("+1\ufe0d-202-555-0144", None, r"VARIATION SELECTOR-14 \(U\+FE0D\)"),
        ("+46\u200b701234567", None, r"ZERO WIDTH SPACE \(U\+200B\)"),
        ("\u200e+46701234567", None, r"LEFT-TO-RIGHT MARK \(U\+200E\)"),
        ("+46701234567\ufeff", None, r"ZERO WIDTH NO-BREAK SPACE \(U\+FEFF\)"),
        ("+46\u00ad701234567", None, r"SOFT HYPHEN \(U\+00AD\)"),
        ("070\u2212123 45 67", "SE", r"MINUS SIGN \(U\+2212\).*write - instead"),
        ("\uff0b46701234567", None, r"FULLWIDTH PLUS SIGN \(U\+FF0B\).*write \+ instead"),
        ("+46\uff17\uff101234567", None, r"FULLWIDTH DIGIT SEVEN \(U\+FF17\).*digits from 0 to 9"),
        ("+46\u0667\u06601234567", None, r"ARABIC-INDIC DIGIT SEVEN \(U\+0667\)"),
        ("+46 7\u041e 123 45 67", None, r"letters, such as CYRILLIC CAPITAL LETTER O \(U\+041E\)"),
        ("+4670\x001234567", None, r"U\+0000"),
        # What YAML has made of it
        (117948806, "SE", "was this 0701740606 without quotes"),
        (117948806, None, "was this 0701740606 without quotes"),
        (46701234567, "SE", r"was this \+46701234567 without quotes"),
        ("++46701234567", None, "not a phone number"),
        ("+4670&1234567", None, "not a phone number"),
        ("+46", None, "not a possible phone number"),
        # Each reading takes one of the zeros for that of national numbers.
        ("+43000000", None, "not a possible phone number"),
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


@each(
    ("text", "region", "prefix"),
    [
        ("701234567", "SE", "0"),
        ("412345678", "AU", "0"),
        ("1701234567", "DE", "0"),
        ("9123456789", "RU", "8"),
        ("070-123 45 67", "SE", ""),
        ("46701234567", "SE", ""),
        ("2025550144", "US", ""),
        ("1300 975 707", "AU", ""),
        ("612345678", "ES", ""),
        ("22345678", "NO", ""),
    ],
)
def test_a_missing_trunk_prefix_is_noted(text: str, region: str, prefix: str) -> None:
    number = parse(text, region)
    expected = (
        f"{text!r} has no {prefix} in front, which national numbers in {region} have; it was read as {number.e164}"
    )
    assert number.note == (expected if prefix else "")


def test_a_number_outside_all_known_ranges_is_taken_with_a_doubt() -> None:
    number = parse("+1 111 555 0123")
    assert number.e164 == "+11115550123"
    assert "+11115550123 has a possible length, but is in no known range" in number.doubt


@each(("given_region", "known"), [("se", "SE"), (" US ", "US"), ("", None), (None, None)])
def test_regions(given_region: str | None, known: str | None) -> None:
    assert known_region(given_region) == known


@each("region", [False, "False", "false"])
def test_norway_without_quotes(region: object) -> None:
    with pytest.raises(NumberError, match='quote it: "NO"'):
        known_region(region)


@each("region", ["XX", "SWE", "Sweden", "46"])
def test_unknown_regions(region: str) -> None:
    with pytest.raises(NumberError, match=f"'{region}' is not a country code of two letters"):
        known_region(region)


TEXTS = st.one_of(
    st.text(max_size=25),
    st.text(alphabet="+0123456789 ()-./;=telx", max_size=20),
    st.from_regex(r"\A(tel:)?(\+|00|)(46|1|33|) ?(\(0\))?[0-9]{2,3}[ -/.]?[0-9]{3} ?[0-9]{3,4}\Z"),
)


def test_any_text_is_refused_or_becomes_a_fixed_point() -> None:
    accepted: list[bool] = []

    @settings(database=None, derandomize=True)
    @given(TEXTS, st.sampled_from([None, "SE", "US"]))
    def play(text: str, region: str | None) -> None:
        number = None
        with contextlib.suppress(NumberError):
            number = parse(text, region)
        accepted.append(number is not None)
        if number is not None:
            # A note is about how it was written.
            plain = replace(number, note="")
            assert parse(number.e164) == parse(number.e164, "SE") == parse(f"tel:{number.e164}") == plain

    play()
    assert len(accepted) / 10 < sum(accepted) < len(accepted)
