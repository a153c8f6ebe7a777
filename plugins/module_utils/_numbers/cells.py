# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What copying and spreadsheets do to phone numbers, recognised so that it can be refused. Private to the collection.

Such a text often reads as another number: a trailing `.0` as one more digit, two numbers in a cell as a longer one.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata

with contextlib.suppress(ImportError):  # reported by the runner
    import phonenumbers

# Characters of a regular expression's class: all that only look like blanks, and the dashes that people type.
BLANKS = " \t\r\n\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
DASHES = "\u2010-\u2015"

_LINE_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4"
_NUMBER = re.compile(rf"[+0-9{BLANKS}().\-/{DASHES}]*[0-9][+0-9{BLANKS}().\-/{DASHES}]*")
_WORDS = "or|and|oder|und|ou|et|eller|och|of|en|o|y|e"
# Between two numbers, however short the second one is; and where only two long ones are sure to be two.
_BETWEEN_ANY = re.compile(rf"\s(?:{_WORDS}|[&|])\s", re.IGNORECASE)
_BETWEEN_LONG = re.compile(r"[;,&|]")
_LONG = 5
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_DECIMALS = re.compile(r"\+?[0-9]+[.,]0+|.*[0-9][.,]0")
_THOUSANDS = re.compile(rf"\+?[0-9]{{1,3}}(?:,[0-9]{{3}})+|\+?[0-9]{{1,3}}(?:[{_APOSTROPHES}][0-9]{{3}})+")
_AREA_CODE = 6
# Between slashes that group digits, as in 0475/12/34/56.
_GROUP = 3


class NumberError(ValueError):
    """A text cannot be used as a phone number; the message says why and what to write instead."""


def refuse_characters(text: str, bare: str) -> None:
    """Raise `NumberError` naming the first character of *bare* that is invisible or only looks like one of a number."""
    if bare[:1] in ("'", "\u2018", "\u2019", "\u02bc"):
        raise NumberError(f"{text!a} begins with an apostrophe, a spreadsheet's mark for text; leave it out")
    if bare.startswith("="):
        raise NumberError(f"{text!a} is a spreadsheet's formula; write the number itself")
    if _LINE_BREAK.search(bare):
        raise NumberError(f"{text!a} has a line break in it; write one number, on one line")
    for character in bare:
        category = unicodedata.category(character)
        if " " <= character <= "~" or character in BLANKS or "\u2010" <= character <= "\u2015":
            continue
        if character in _APOSTROPHES:
            continue
        named = f"{unicodedata.name(character, 'a character without a name')} (U+{ord(character):04X})"
        if category in ("Nd", "Nl", "No"):
            advice = "which only looks like a digit of a phone number; write digits from 0 to 9"
        elif category.startswith("L"):
            raise NumberError(f"{text!r} contains letters, such as {named}; write the number with digits")
        elif category in ("Cc", "Cf", "Mn", "Cn", "Co", "Zl", "Zp"):
            advice = "which cannot be seen; delete it, or type the number again"
        else:
            plain = unicodedata.normalize("NFKC", character).replace("\u2212", "-")
            meant = f"; write {plain} instead" if plain in ("+", "-", "(", ")", ".", "/") else ""
            advice = f"which does not belong in a phone number{meant or '; type the number again'}"
        raise NumberError(f"{text!a} contains {named}, {advice}")


def refuse_cell(text: str, bare: str) -> None:
    """Raise `NumberError` for what a spreadsheet makes of a number, and for several numbers in one."""
    if _SCIENTIFIC.fullmatch(bare):
        raise NumberError(
            f"{text!r} is a spreadsheet's short form, in which digits are lost; format the column as text and enter "
            "the number again"
        )
    if _THOUSANDS.fullmatch(bare):
        raise NumberError(
            f"{text!r} has separators for thousands, as a spreadsheet shows amounts; format the column as text, and "
            "write the number like +46701234567"
        )
    if _DECIMALS.fullmatch(bare):
        raise NumberError(
            f"{text!r} ends with decimals: a spreadsheet took it for an amount, and dropped any leading + or 0; "
            "format the column as text, and write the number like +46701234567"
        )
    if _is_several(bare):
        raise NumberError(
            f"{text!r} is not a possible phone number, but looks like several; write one, like +46701234567"
        )


def _is_several(bare: str) -> bool:
    parts = [part for part in _BETWEEN_ANY.split(bare) if part.strip()]
    if len(parts) > 1 and all(_NUMBER.fullmatch(part) for part in parts):
        return True
    parts = [part for part in _BETWEEN_LONG.split(bare) if _NUMBER.fullmatch(part) and len(_digits(part)) >= _LONG]
    return len(parts) > 1 or _slash_parts_numbers(bare)


def _slash_parts_numbers(bare: str) -> bool:
    """Tell whether a slash stands between numbers (`030 123456 / 57`) instead of after an area code (`030/123456`)."""
    first, *others = bare.split("/")
    if not others or not _NUMBER.fullmatch(bare):
        return False
    before, after = len(_national(first)), [len(_digits(part)) for part in others]
    if len(after) > 1:
        return before > _AREA_CODE or any(count > _GROUP for count in after)
    return before > _AREA_CODE or before > after[0]


def _national(text: str) -> str:
    """Return the digits of *text* without a country code."""
    digits = _digits(text)
    bare = text.strip(BLANKS).lstrip("(")
    if bare.startswith("+"):
        international = digits
    elif digits.startswith("00"):
        international = digits[2:]
    else:
        return digits
    for length in (1, 2, 3):
        if int(international[:length] or 0) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            return international[length:]
    return international


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
