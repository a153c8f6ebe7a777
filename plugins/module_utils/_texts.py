# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts for people, in which a provider's words may stand. Private to the collection."""

from __future__ import annotations

import unicodedata

# Control characters, those that nobody sees and that turn the direction of writing, halves of characters, line ends.
_UNFIT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Joiners are part of words in several scripts, and of emoji.
_JOINERS = frozenset("\u200c\u200d")


def printable(text: str) -> str:
    """Return *text* on one line, with characters that would act on a terminal or hide as `\\x1b` or `\\u202e`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(character) if _acts(character) else character for character in text)


def printable_lines(text: str) -> str:
    """Like `printable`, for a text of several lines."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _acts(character: str) -> bool:
    return unicodedata.category(character) in _UNFIT and character not in _JOINERS


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
