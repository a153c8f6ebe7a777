# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which names somebody may have meant who wrote another one. Private to the collection."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

# From this likeness on, a name may be the one that was meant. One with a word more or less has exactly this.
_LIKELY = 0.6
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[+\d][\d ()./-]*")
# Shorter numbers are extensions, and each of these is one digit away from others.
_LONG = 6


def close_names(desired: str, known: Iterable[str]) -> list[str]:
    """Return which of *known* may have been meant: similar ones, the closest first, else those with a word too many.

    Only the words that differ are compared: a domain that all names share makes none of them close.
    """
    likeness = {name: _likeness(desired.casefold(), name.casefold()) for name in known}
    close = sorted((name for name in likeness if likeness[name]), key=lambda name: (-likeness[name], name))
    return [name for name in close if likeness[name] > _LIKELY] or close


def _likeness(one: str, other: str) -> float:
    """Return how alike two names are, 0 for not alike, 1 for equal."""
    if one == other:
        return 1.0
    if _NUMBER.fullmatch(one) and _NUMBER.fullmatch(other):
        return 0.9 if _one_slip("".join(_WORD.findall(one)), "".join(_WORD.findall(other))) else 0.0
    # The name before the @ may be all that was written.
    if ("@" in one) != ("@" in other):
        one, other = one.partition("@")[0], other.partition("@")[0]
    mine, theirs = _WORD.findall(one), _WORD.findall(other)
    left = " ".join(word for word in mine if word not in theirs)
    right = " ".join(word for word in theirs if word not in mine)
    if not left and not right:
        return 1.0 if mine else 0.0
    if not left or not right:
        return _LIKELY if mine and theirs else 0.0
    found = difflib.SequenceMatcher(None, left, right).ratio()
    return found if found > _LIKELY else 0.0


def _one_slip(one: str, other: str) -> bool:
    """Return whether two numbers differ by one digit, or by two neighbours that have changed places."""
    if min(len(one), len(other)) < _LONG:
        return False
    begin = _same(one, other)
    rest = one[begin:], other[begin:]
    end = _same(rest[0][::-1], rest[1][::-1])
    middle = [text[: len(text) - end] for text in rest]
    return max(map(len, middle)) <= 1 or (len(middle[0]) == 2 and middle[0] == middle[1][::-1])


def _same(one: str, other: str) -> int:
    """Return with how many characters both begin."""
    length = min(len(one), len(other))
    return next((place for place in range(length) if one[place] != other[place]), length)
