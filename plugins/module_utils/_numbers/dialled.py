# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a value that is about to be written could make a telephone system dial. Private to the collection.

A field of a resource declares it with these; whether it may be written is for `_guard` to judge.
"""

from __future__ import annotations

import contextlib
import json
import re
import unicodedata
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import unquote

from .e164 import is_service_number

with contextlib.suppress(ImportError):  # reported by the runner
    import phonenumbers


class Kind(Enum):
    """How a provider takes a text: as a number, as a SIP address, as an id of its own, or as something unknown."""

    NUMBER = "number"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    RAW = "raw"


@dataclass(frozen=True)
class Dialled:
    """One thing that a value could dial. *text* is what will be written; for `Kind.RAW` it is JSON.

    *place*: where it stands inside the value, such as `.phone`. *slot*: what it is compared by with what an account
    holds already; the place unless something else is given. *word*: the provider's word for a raw kind that is not
    known to be harmless, "" for one that is.
    """

    kind: Kind
    text: str
    place: str = ""
    slot: str | None = None
    word: str = ""

    @property
    def identity(self) -> Hashable:
        """Return what is equal where the same is dialled from the same place."""
        return (self.place if self.slot is None else self.slot, self.kind, self.text)


@dataclass(frozen=True)
class Reading:
    """What a text can be dialled as, in E.164. *certain*: it can be dialled as nothing else."""

    e164: str
    certain: bool


# Shorter ones are extensions.
_SHORTEST = 7
# More digits than any plan has are ignored by the network.
_LONGEST = 17
# The region whose ten-digit spelling is meant most often where nothing says in which one a number is dialled.
_USUAL = "US"
_INTERNATIONAL = "011"
_SEPARATORS = re.compile(r"[\s().\-/_~\u2010-\u2015\u2212]")
_PARTS = re.compile(r"[<>\"@;?&=:,|\[\]{}]")
_DIALABLE = re.compile(r"[+0-9*#pwx]+")
_IN_PROSE = re.compile(r"\+[0-9][0-9\s().\-/]{6,}")
_CONTEXT = re.compile(r"phone-context=(\+?[0-9]+)")
_IP = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_SCHEME = re.compile(r"^\s*(?:sips?|tel|callto|phone):", re.IGNORECASE)
_MOST_DECODINGS = 5


def readings(dialled: Dialled, regions: Collection[str]) -> Iterator[tuple[str, Reading]]:
    """Yield the numbers that *dialled* can be dialled as, each with the text that says so."""
    for text, is_id in _texts(dialled):
        for digits in _candidates(text, is_id):
            for reading in _read(digits, regions):
                yield text, reading


def raw_texts(value: Any, ids: Collection[str] = ()) -> Iterator[tuple[str, bool]]:
    """Yield all texts and whole numbers inside *value*, each with whether it belongs to a member of *ids*."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            for text, is_id in raw_texts(part, ids):
                yield text, is_id or (name in ids and not isinstance(part, (Mapping, list)))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from raw_texts(part, ids)
    elif isinstance(value, (str, int)) and not isinstance(value, bool):
        yield str(value), False


# Members of raw objects that hold a provider's own ids, which look like numbers and are not dialled.
_IDS = ("id",)


def _texts(dialled: Dialled) -> Iterator[tuple[str, bool]]:
    if dialled.kind is not Kind.RAW:
        yield dialled.text, dialled.kind is Kind.IDENTIFIER
        return
    # In a kind that nobody knows, an id may be a number.
    yield from raw_texts(json.loads(dialled.text), () if dialled.word else _IDS)


def _candidates(text: str, is_id: bool) -> Iterator[str]:
    """Yield runs of digits, those of an international number with their plus; of an id only what is plainly none."""
    plain = _decoded(text)
    if is_id and not (plain.strip().startswith(("+", "00")) or "@" in plain or _SCHEME.match(plain)):
        return
    found: dict[str, None] = {}
    user = plain.rpartition("@")[0] if "@" in plain else plain
    context = _CONTEXT.search(plain)
    for part in _PARTS.split(_SCHEME.sub("", user)):
        bare = _SEPARATORS.sub("", part)
        if _IP.fullmatch(part.strip()) or not _DIALABLE.fullmatch(bare):
            continue
        for run in re.findall(r"\+?[0-9]+", bare):
            found[run] = None
            if context is not None:
                found[f"+{context.group(1).lstrip('+')}{run.lstrip('+0')}"] = None
        code = re.match(r"[*#]+([0-9]+)", bare)
        if code:
            # A code for the exchange, such as *72, stands before the number.
            found |= dict.fromkeys((code.group(1)[2:], code.group(1)[3:]))
    found |= dict.fromkeys(f"+{re.sub('[^0-9]', '', run)}" for run in _IN_PROSE.findall(plain))
    yield from found


def _decoded(text: str) -> str:
    """Return *text* without percent-encoding, and with plain digits and signs for those that only look different."""
    for _time in range(_MOST_DECODINGS):
        decoded = unquote(text)
        if decoded == text:
            break
        text = decoded
    folded = unicodedata.normalize("NFKC", text)
    seen = (letter for letter in folded if unicodedata.category(letter) not in ("Cf", "Mn", "Me", "Cc"))
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in seen).casefold()


def _read(digits: str, regions: Collection[str]) -> Iterator[Reading]:
    bare = digits.lstrip("+")[:_LONGEST]
    if len(bare) < _SHORTEST and not any(is_service_number(bare, region) for region in regions):
        return
    if digits.startswith("+"):
        yield Reading(f"+{bare.lstrip('0')}", True)
        return
    found: dict[str, None] = {}
    if bare.startswith("00"):
        found[f"+{bare.lstrip('0')}"] = None
    elif bare.startswith(_INTERNATIONAL):
        found[f"+{bare[len(_INTERNATIONAL) :]}"] = None
    elif not bare.startswith("0"):
        found[f"+{bare}"] = None
    valid = False
    for region in regions or (_USUAL,):
        with contextlib.suppress(phonenumbers.NumberParseException):
            number = phonenumbers.parse(bare, region)
            valid = valid or phonenumbers.is_valid_number(number)
            found[phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)] = None
    if bare.startswith("0") and not valid:
        found[f"+{bare.lstrip('0')}"] = None
    yield from (Reading(e164, False) for e164 in found)
