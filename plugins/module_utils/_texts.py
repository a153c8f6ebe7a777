# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Foreign text in files, tables and messages: one printable line each, whatever it holds. Private to the collection."""

from __future__ import annotations

import json
import re
from typing import Any

# What Markdown or HTML would take for more than text, in a cell of a table too.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;"}
_MARKUP = re.compile(r"[\\*_\[\]~]")


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
