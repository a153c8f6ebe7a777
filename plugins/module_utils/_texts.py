# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text in files, tables and messages: foreign text is printable, whatever it holds. Private to the collection."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

# What Markdown or HTML would take for more than text, in a cell of a table too.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;"}
_MARKUP = re.compile(r"[\\*_\[\]~]")
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


def joined(words: Iterable[str], last: str = "and") -> str:
    """Return `one, two and three`, "" for no words."""
    *most, end = [*words] or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def one_line(text: str) -> str:
    """Return *text* with everything that is not printable written as an escape such as `\\n` or `\\u2028`.

    What remains is one line for YAML, for `str.splitlines` and for a terminal.
    """
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return *value* as JSON that shows letters of all scripts as they are, and escapes what is not printable.

    So lone surrogates, which no file can hold, are in it as well.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    # Outside of texts nothing is unprintable but the line breaks of the indentation.
    return "".join(letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1] for letter in text)


def markdown_text(text: str) -> str:
    """Return *text* so that Markdown shows it as it is, in a table too."""
    escaped = _MARKUP.sub(r"\\\g<0>", one_line(text))
    return "".join(_ENTITIES.get(letter, letter) for letter in escaped)


def markdown_json(value: Any) -> str:
    """Return *value* as JSON in a code span, also for a cell of a table."""
    return "`" + json_text(value).replace("|", "\\u007c").replace("`", "\\u0060") + "`"
