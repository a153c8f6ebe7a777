# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The safety policy: where calls may be sent. Private to the collection."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from . import _e164
from ._errors import Problems

with contextlib.suppress(ImportError):  # reported by the runner with missing_required_lib
    import phonenumbers

# Inmarsat, global mobile satellite, international networks (ITU-T E.164.1).
_SATELLITE_CODES = frozenset({870, 881, 882, 883})


@dataclass(frozen=True)
class _Entry:
    """One entry of a list of numbers: a full number, or a prefix written with a trailing asterisk."""

    digits: str
    is_prefix: bool

    def covers(self, e164: str) -> bool:
        return e164.startswith(self.digits) if self.is_prefix else e164 == self.digits


@dataclass(frozen=True)
class Policy:
    """Which destinations are allowed. A denied number is always refused, an allowed number always passes."""

    allow_premium: bool = False
    allowed_countries: frozenset[str] | None = None
    allowed_numbers: tuple[_Entry, ...] = ()
    denied_numbers: tuple[_Entry, ...] = ()

    @classmethod
    def from_option(cls, option: Mapping[str, Any] | None, region: str | None, problems: Problems) -> Policy:
        """Build the policy from the module option; wrong entries are added to *problems*."""
        option = option or {}
        countries = option.get("allowed_countries")
        allowed: set[str] = set()
        for position, country in enumerate(countries or []):
            try:
                allowed.add(_e164.known_region(country) or "")
            except _e164.NumberError as error:
                problems.add(f"policy.allowed_countries[{position}]", str(error))
        return cls(
            allow_premium=bool(option.get("allow_premium")),
            allowed_countries=None if countries is None else frozenset(allowed),
            allowed_numbers=_entries(option, "allowed_numbers", region, problems),
            denied_numbers=_entries(option, "denied_numbers", region, problems),
        )

    def refusal(self, e164: str) -> str | None:
        """Return why calls may not go to *e164* and what would allow it, or None when they may."""
        if any(entry.covers(e164) for entry in self.denied_numbers):
            return f"{e164} is on policy.denied_numbers"
        if any(entry.covers(e164) for entry in self.allowed_numbers):
            return None
        costly, country = _facts(e164)
        if costly and not self.allow_premium:
            return (
                f"{e164} is a {costly} number, which the policy refuses; "
                "if calls shall really go there, list it in policy.allowed_numbers or set policy.allow_premium"
            )
        if self.allowed_countries is not None and country not in self.allowed_countries:
            place = f"is in {country}" if country else "belongs to no single country"
            allowed = ", ".join(sorted(self.allowed_countries)) or "none"
            return (
                f"{e164} {place}, and policy.allowed_countries is {allowed}; "
                "add the country, or list the number in policy.allowed_numbers"
            )
        return None


def _entries(option: Mapping[str, Any], name: str, region: str | None, problems: Problems) -> tuple[_Entry, ...]:
    found = []
    for position, value in enumerate(option.get(name) or []):
        if isinstance(value, str) and value.strip().endswith("*"):
            prefix = "+" + "".join(letter for letter in value if letter.isdigit())
            if value.strip().startswith("+") and len(prefix) > 1:
                found.append(_Entry(prefix, True))
            else:
                problems.add(f"policy.{name}[{position}]", f"{value!r} is not a prefix such as '+46900*'")
            continue
        try:
            found.append(_Entry(_e164.parse(value, region).e164, False))
        except _e164.NumberError as error:
            problems.add(f"policy.{name}[{position}]", str(error))
    return tuple(found)


@lru_cache(maxsize=65536)
def _facts(e164: str) -> tuple[str, str | None]:
    """Return (what makes calls to the number costly or "", its country or None)."""
    number = phonenumbers.parse(e164)
    kind = phonenumbers.number_type(number)
    costly = ""
    if kind == phonenumbers.PhoneNumberType.PREMIUM_RATE:
        costly = "premium-rate"
    elif kind == phonenumbers.PhoneNumberType.SHARED_COST:
        costly = "shared-cost"
    elif number.country_code in _SATELLITE_CODES:
        costly = "satellite or international-network"
    country = phonenumbers.region_code_for_number(number)
    return costly, None if country == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY else country
