# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading phone numbers as people write them. Private to the collection."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .cells import BLANKS, DASHES, NumberError, refuse_cell, refuse_characters

try:
    import phonenumbers
except ImportError:  # reported by the runner
    HAS_PHONENUMBERS = False
else:
    HAS_PHONENUMBERS = True

__all__ = ["HAS_PHONENUMBERS", "NumberError", "PhoneNumber", "known_region", "parse"]

# E.164, as most files and every provider have it: nothing that is refused below can stand in it.
_E164 = re.compile(r"\+[0-9]+")
_LETTERS = re.compile(r"[^\W\d_]")
_ALLOWED = re.compile(rf"^\+?[0-9{BLANKS}().\-/{DASHES}]+$")
_EXTENSION = re.compile(r"(?:;ext=|\bext\.?|[x#*,;])\s*\d*$", re.IGNORECASE)
_TEL = re.compile(r"^tel:", re.IGNORECASE)
# The plus and the country code in parentheses of their own.
_ENCLOSED = re.compile(rf"^\(\s*(\+[0-9{BLANKS}]+)\)")
_SHORTEST = 7
# Some plans have shorter numbers that the whole country can call, such as 13 12 34 in Australia.
_SHORTEST_SERVICE = 6
# An octal whole number of so many digits may have been a phone number.
_LIKELY_DIGITS = range(8, 12)


@dataclass(frozen=True)
class PhoneNumber:
    """A number in E.164 (`+46701234567`).

    *doubt* is a sentence for the user when no numbering plan holds it, *note* one when it was read with something that
    the text does not show.
    """

    e164: str
    doubt: str = ""
    note: str = ""


def known_region(region: Any) -> str | None:
    """Return *region* in upper case, None for none. Raises `NumberError` for what is not an ISO 3166-1 alpha-2 code."""
    # Ansible makes text of what YAML has read as false.
    if region is False or (isinstance(region, str) and region.strip().casefold() == "false"):
        raise NumberError(
            f"{region!r} is not a country code of two letters: YAML reads NO (Norway) without quotes as false, so "
            'quote it: "NO"'
        )
    if region is None or region == "":
        return None
    upper = region.strip().upper() if isinstance(region, str) else None
    if upper not in phonenumbers.SUPPORTED_REGIONS:
        raise NumberError(f"{region!r} is not a country code of two letters (ISO 3166-1 alpha-2) such as SE, US or FR")
    return upper


def parse(value: Any, region: str | None = None) -> PhoneNumber:
    """Read a phone number; *region* (ISO 3166-1 alpha-2) tells how national spellings are read.

    Accepts `+46 70 123 45 67`, `0046701234567`, `tel:` URIs, and with a region `070-123 45 67`. Raises `NumberError`
    for extensions, short codes, letters, what YAML or a spreadsheet has made of a number, and numbers that are
    impossible or can be read in two ways. A short national service number (`13 12 34` with region AU) is no short
    code: the numbering plan holds it.
    """
    if value is None:
        raise NumberError("the phone number is empty")
    if not isinstance(value, str):
        raise NumberError(f"{value!r} is not text: put the phone number in quotes{_what_yaml_does(value, region)}")
    return _parse_text(value, region)


def _what_yaml_does(value: Any, region: str | None) -> str:
    if isinstance(value, bool):
        return ", because YAML reads yes, no, on and off without quotes as true and false"
    if isinstance(value, int):
        guess = _before_yaml(value, region)
        return (
            ", because YAML reads an unquoted one as a whole number and drops its leading + or 0"
            f"{f'; was this {guess} without quotes?' if guess else ''}"
        )
    return ", because YAML reads an unquoted one as a number with decimals" if isinstance(value, float) else ""


def _before_yaml(value: int, region: str | None) -> str:
    """Return what was probably written where YAML has read the whole number *value*, "" without a guess."""
    if value <= 0:
        return ""
    # A number that begins with 0 and has no 8 or 9 is octal to YAML.
    octal, plain = f"0{value:o}", f"+{value}"
    if _is_valid(octal, region):
        return octal
    if _is_valid(plain, None):
        return plain
    return octal if region is None and len(octal) in _LIKELY_DIGITS else ""


def _is_valid(text: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


@lru_cache(maxsize=65536)
def _parse_text(text: str, region: str | None) -> PhoneNumber:
    if _E164.fullmatch(text):
        return _only_reading(text, [text], None)
    bare = _TEL.sub("", text.strip(BLANKS))
    if not bare:
        raise NumberError("the phone number is empty")
    refuse_characters(text, bare)
    context = re.search(r";phone-context=(\+\d+)$", bare)
    if context:
        bare = f"{context.group(1)}{bare[: context.start()].lstrip('0')}"
    refuse_cell(text, bare)
    bare = _ENCLOSED.sub(r"\1 ", bare)
    _refuse_what_is_no_number(text, bare)
    digits = re.sub(r"\D", "", bare)
    if bare.startswith("+"):
        return _only_reading(text, [f"+{digits}"], None)
    if digits.startswith("00"):
        # Most countries dial 00 before a country code; the region may have a prefix of its own, such as 0011.
        return _only_reading(text, [f"+{digits[2:]}"] + ([bare] if region else []), region)
    if len(digits) < _SHORTEST and not is_service_number(digits, region):
        raise NumberError(f"{text!r} looks like a short code or an extension; write a full number such as +46701234567")
    if region is None:
        raise NumberError(
            f"{text!r} can be read in several ways; write it with + and the country code, or set the region"
        )
    # Not starting with + or 00, it may still be an international number whose plus was lost.
    readings = [bare] if digits.startswith("0") else [bare, f"+{digits}"]
    return _only_reading(text, readings, region, digits)


def _refuse_what_is_no_number(text: str, bare: str) -> None:
    if _EXTENSION.search(bare):
        raise NumberError(f"{text!r} has an extension or a dialling pause; calls can only go to a plain number")
    if _LETTERS.search(bare):
        raise NumberError(f"{text!r} contains letters; write the number with digits")
    if not _ALLOWED.match(bare):
        raise NumberError(f"{text!r} is not a phone number; write it like +46701234567")


def is_service_number(digits: str, region: str | None) -> bool:
    """Whether the region's plan holds *digits* as a number of a service, rather than of a line or an extension."""
    if region is None or len(digits) < _SHORTEST_SERVICE:
        return False
    kinds = phonenumbers.PhoneNumberType
    service = (kinds.SHARED_COST, kinds.TOLL_FREE, kinds.UAN)
    return phonenumbers.number_type(phonenumbers.parse(digits, region)) in service


def _only_reading(text: str, spellings: list[str], region: str | None, typed: str = "") -> PhoneNumber:
    """Return the one number that the *spellings* can mean: a valid one, else one of a possible length.

    *typed*: the digits of a national spelling, of which the region's prefix may be missing.
    """
    valid: dict[str, str] = {}
    possible: dict[str, str] = {}
    for spelling in spellings:
        try:
            number = phonenumbers.parse(spelling, region)
        except phonenumbers.NumberParseException:
            continue
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number):
            valid.setdefault(e164, _missing_prefix(number, typed))
        elif (
            phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
            # A zero that is left over would be taken away when the result is read.
            and phonenumbers.parse(e164) == number
        ):
            possible.setdefault(e164, _missing_prefix(number, typed))
    found = list(valid or possible)
    if len(found) > 1:
        raise NumberError(
            f"{text!r} can be read as {' and as '.join(found)}; write it with + and the country code, in quotes"
        )
    if not found:
        raise NumberError(f"{text!r} is not a possible phone number; check its length and its country code")
    e164 = found[0]
    prefix = (valid or possible)[e164]
    note = f"{text!r} has no {prefix} in front, which national numbers in {region} have; it was read as {e164}"
    doubt = f"{e164} has a possible length, but is in no known range of its country's numbering plan"
    return PhoneNumber(e164, "" if valid else doubt, note if prefix else "")


def _missing_prefix(number: Any, typed: str) -> str:
    """Return what stands before the digits *typed* where the number is written as its country does, "" for nothing."""
    if not typed:
        return ""
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    digits = re.sub(r"\D", "", national)
    return digits[: len(digits) - len(typed)] if digits.endswith(typed) else ""


@lru_cache(maxsize=65536)
def is_mobile(e164: str) -> bool:
    """Return whether the numbering plan says that *e164* is a mobile, and nothing else."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return False
    mobile: bool = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    return mobile


@lru_cache(maxsize=65536)
def for_people(e164: str) -> str:
    """Return a number in E.164 with blanks where its country groups digits: `+46 8 465 004 14`."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    spaced: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return spaced.replace("-", " ")
