# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The safety policy: where calls may be sent. Private to the collection.

Everything that is about to be written and could be dialled passes `Policy.judge`.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from .._errors import Problems
from . import e164
from .cells import BLANKS, DASHES, refuse_characters
from .dialled import Dialled, Kind, Reading, readings

with contextlib.suppress(ImportError):  # reported by the runner
    import phonenumbers

_FREEPHONE = 800
# Local numbers of the North American plan that are premium-rate in every area, which its metadata does not say.
_PAY_PER_CALL = re.compile(r"\+1[0-9]{3}976[0-9]{4}")
# How many digits may be missing from a number so that its range is still looked for.
_MOST_MISSING = 4
_PREFIX = re.compile(rf"\+[0-9{BLANKS}().\-/{DASHES}]*\*")


@dataclass(frozen=True)
class _Entry:
    """One entry of a list of numbers: a full number, or a prefix written with a trailing asterisk."""

    digits: str
    is_prefix: bool

    def covers(self, e164: str) -> bool:
        return e164.startswith(self.digits) if self.is_prefix else e164 == self.digits

    def __str__(self) -> str:
        return f"{self.digits}*" if self.is_prefix else self.digits


@dataclass(frozen=True)
class Policy:
    """Which destinations are allowed. A denied number is always refused, an allowed number always passes.

    *region*: the one in which numbers without a country code are dialled. *name*: what the user calls the policy.
    """

    allow_premium: bool = False
    allowed_countries: frozenset[str] | None = None
    allowed_numbers: tuple[_Entry, ...] = ()
    denied_numbers: tuple[_Entry, ...] = ()
    allow_raw: bool = False
    region: str | None = None
    name: str = "policy"

    @classmethod
    def from_option(
        cls,
        option: Mapping[str, Any] | None,
        region: str | None,
        problems: Problems,
        warn: Callable[[str], None] = lambda text: None,
        name: str = "policy",
    ) -> Policy:
        """Build the policy from the module option; wrong entries are added to *problems*, doubts go to *warn*."""
        option = option or {}
        given = {key: option.get(key) or [] for key in ("allowed_numbers", "denied_numbers")}
        allowed, denied = (_entries(values, f"{name}.{key}", region, problems, warn) for key, values in given.items())
        for entry in allowed:
            by = next((other for other in denied if other.covers(entry.digits)), None)
            if by is not None:
                warn(f"{name}.allowed_numbers: {entry} has no effect, because {name}.denied_numbers has {by}.")
        return cls(
            allow_premium=bool(option.get("allow_premium")),
            allowed_countries=_countries(option.get("allowed_countries"), f"{name}.allowed_countries", problems),
            allowed_numbers=allowed,
            denied_numbers=denied,
            allow_raw=bool(option.get("allow_raw")),
            region=region,
            name=name,
        )

    def with_known(self, numbers: Iterable[str]) -> Policy:
        """Return the policy as it is for writing again what an account has held: *numbers* in E.164, and raw values."""
        known = tuple(_Entry(number, False) for number in numbers)
        return replace(self, allow_raw=True, allowed_numbers=(*self.allowed_numbers, *known))

    def judge(self, dialled: Dialled, home: str | None = None) -> str | None:
        """Return why *dialled* may not be written and what would allow it, or None when it may.

        *home*: the number that calls come to, whose country is meant where no region is set.
        """
        if dialled.word and not self.allow_raw:
            return (
                f"it is not known where calls of the kind {dialled.word!r} go; use the option for this destination, or "
                f"set {self.name}.allow_raw to write it anyway"
            )
        region = self.region or (home and _country_of(home))
        read = False
        for text, reading in readings(dialled, (region,) if region else ()):
            read = True
            certain = reading.certain or dialled.kind is Kind.NUMBER
            refusal = self.refusal(reading.e164) if certain else self._suspicion(reading)
            if refusal:
                return refusal if text == reading.e164 else f"{text!r} could be dialled as a number: {refusal}"
        if dialled.kind is Kind.NUMBER and not read:
            return f"{dialled.text!r} cannot be checked; write the number with + and the country code"
        return None

    def refusal(self, e164: str) -> str | None:
        """Return why calls may not go to *e164* and what would allow it, or None when they may."""
        if any(entry.covers(e164) for entry in self.denied_numbers):
            return f"{e164} is on {self.name}.denied_numbers"
        if any(entry.covers(e164) for entry in self.allowed_numbers):
            return None
        facts = _facts(e164)
        if not facts.valid:
            near = _nearest(e164)
            kind = f" (the closest range is {near})" if near else ""
            return (
                f"{e164} is not a valid number{kind} according to phonenumbers {phonenumbers.__version__}; check it "
                f"for typing errors. If it is right, list it in {self.name}.allowed_numbers"
            )
        if facts.costly and not self.allow_premium:
            return (
                f"{e164} is a {facts.costly} number, which the policy refuses. If calls must go there, list it in "
                f"{self.name}.allowed_numbers or set "
                f"{self.name}.allow_premium"
            )
        if self.allowed_countries is not None and facts.country not in self.allowed_countries:
            place = f"is in {facts.country}" if facts.country else "belongs to no single country"
            allowed = ", ".join(sorted(self.allowed_countries)) or "none"
            return (
                f"{e164} {place}, and {self.name}.allowed_countries is {allowed}; "
                f"add the country, or list the number in {self.name}.allowed_numbers"
            )
        return None

    def _suspicion(self, reading: Reading) -> str | None:
        """Return why a text may not be written of which it is not certain that it is a number at all.

        What no plan holds is refused only where it begins like a costly number, because further digits are ignored.
        """
        if _facts(reading.e164).valid or any(entry.covers(reading.e164) for entry in self.denied_numbers):
            return self.refusal(reading.e164)
        head = _head(reading.e164)
        return self.refusal(head) if head and _facts(head).costly else None


@dataclass(frozen=True)
class _Facts:
    """*costly*: what makes calls to a number expensive, "" for nothing. *country*: None for no single one."""

    valid: bool
    costly: str = ""
    country: str | None = None


@lru_cache(maxsize=65536)
def _facts(e164: str) -> _Facts:
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return _Facts(False)
    if not phonenumbers.is_valid_number(number):
        return _Facts(False)
    country = phonenumbers.region_code_for_number(number)
    if country == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY:
        country = None
    return _Facts(True, _costly(number), country)


def _costly(number: Any) -> str:
    kinds = phonenumbers.PhoneNumberType
    kind = phonenumbers.number_type(number)
    named: str = {
        kinds.PREMIUM_RATE: "premium-rate",
        kinds.SHARED_COST: "shared-cost",
        # They reach anybody anywhere at any price (+44 70, +1 500), and so does a pager's answering service (+44 76).
        kinds.PERSONAL_NUMBER: "personal",
        kinds.PAGER: "pager",
    }.get(kind, "")
    if named:
        return named
    if number.country_code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS and number.country_code != _FREEPHONE:
        # Inmarsat, global mobile satellite, international networks, universal personal numbers (ITU-T E.164.1).
        return "satellite or international-network"
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "premium-rate" if _PAY_PER_CALL.fullmatch(e164) else ""


@lru_cache(maxsize=4096)
def _nearest(e164: str) -> str:
    """Return what is costly about the range that an invalid number matches longest, "" for nothing.

    That is one in which the number would be valid with more digits, else the one that its first digits are valid in.
    """
    longer = [_facts(f"{e164}{digit * count}") for count in range(1, _MOST_MISSING + 1) for digit in "0123456789"]
    kinds = {facts.costly for facts in longer if facts.valid}
    if kinds:
        return kinds.pop() if len(kinds) == 1 else ""
    head = _head(e164)
    return _facts(head).costly if head else ""


@lru_cache(maxsize=4096)
def _head(e164: str) -> str:
    """Return the longest part from the beginning of a number that is a valid one, "" for none."""
    heads = (e164[:length] for length in range(len(e164) - 1, 1, -1))
    return next((head for head in heads if _facts(head).valid), "")


def _country_of(number: str) -> str | None:
    return _facts(number).country if re.fullmatch(r"\+[0-9]+", number) else None


def _countries(option: Sequence[Any] | None, name: str, problems: Problems) -> frozenset[str] | None:
    if option is None:
        return None
    found: set[str] = set()
    wrong = False
    for position, country in enumerate(option):
        where = f"{name}[{position}]"
        if country is None or (isinstance(country, str) and not country.strip()):
            where = where if len(option) > 1 else name
            problems.add(where, "is empty; list the countries, or remove it to allow all")
            wrong = True
            continue
        try:
            found.add(e164.known_region(country) or "")
        except e164.NumberError as error:
            problems.add(where, str(error))
            wrong = True
    # The task ends with these problems; that a number is in no country of half a list is not one more.
    return None if wrong else frozenset(found)


def _entries(
    values: Sequence[Any], name: str, region: str | None, problems: Problems, warn: Callable[[str], None]
) -> tuple[_Entry, ...]:
    found = []
    for position, value in enumerate(values):
        where = f"{name}[{position}]"
        try:
            if isinstance(value, str) and "*" in value:
                found.append(_Entry(_prefix(value, region), True))
                continue
            number = e164.parse(value, region)
        except e164.NumberError as error:
            problems.add(where, str(error))
            continue
        for text in (number.doubt and f"{number.doubt}; check it for typing errors", number.note):
            if text:
                warn(f"{where}: {text}.")
        found.append(_Entry(number.e164, False))
    return tuple(found)


def _prefix(value: str, region: str | None) -> str:
    """Return a prefix of numbers in E.164. Raises `NumberError` for one that no number can begin with."""
    bare = value.strip(BLANKS)
    refuse_characters(value, bare)
    digits = re.sub(r"[^0-9]", "", bare)
    likely = _likely_prefix(bare, digits, region)
    advice = f"; write it like {likely}*" if likely else ""
    if not _PREFIX.fullmatch(bare) or not digits:
        raise e164.NumberError(f"{value!r} is not a prefix such as '+46900*'{advice}")
    why = _why_never(digits)
    if why:
        raise e164.NumberError(f"{value!r} can match no number, because {why}{advice}")
    return f"+{digits}"


def _likely_prefix(bare: str, digits: str, region: str | None) -> str:
    """Return what a prefix that is written wrongly may mean, "" without a guess."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None) if region else None
    trunk = (metadata and metadata.national_prefix) or ""
    if "(0)" in bare:
        guess = re.sub(r"[^0-9]", "", bare.replace("(0)", ""))
        guess = guess.lstrip("0")
    elif digits.startswith("00"):
        guess = digits[2:]
    elif not bare.startswith("+") and metadata and trunk and digits.startswith(trunk):
        guess = f"{metadata.country_code}{digits[len(trunk) :]}"
    else:
        guess = digits
    return f"+{guess}" if guess and not _why_never(guess) else ""


@lru_cache(maxsize=1024)
def _why_never(digits: str) -> str:
    """Return why no number begins with the country code and more in *digits*, "" where one can."""
    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    code = next((digits[:length] for length in (1, 2, 3) if int(digits[:length]) in codes), "")
    if not code or digits.startswith("0"):
        begins = any(str(known).startswith(digits) for known in codes)
        return "" if begins else f"no country code begins with {digits[:3]}"
    regions = codes[int(code)]
    lengths = sorted({length for name in regions for length in _lengths(int(code), name)})
    national = digits[len(code) :]
    fitting = [length for length in lengths if length >= len(national)]
    if not fitting:
        return f"numbers of +{code} have {lengths[-1]} digits at most after the country code"
    if national.startswith("0") and not _begins_with_zero(code, national, fitting):
        return f"numbers of +{code} have no 0 after the country code"
    return ""


def _begins_with_zero(code: str, national: str, lengths: Sequence[int]) -> bool:
    """Tell whether a valid number goes on so after its country code, as those of Italy do."""
    texts = (f"+{code}{national}{filler * (length - len(national))}" for length in lengths for filler in "123456789")
    numbers = (phonenumbers.parse(text) for text in texts)
    return any(number.italian_leading_zero and phonenumbers.is_valid_number(number) for number in numbers)


def _lengths(code: int, region: str) -> Sequence[int]:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    return metadata.general_desc.possible_length if metadata and metadata.general_desc else ()
