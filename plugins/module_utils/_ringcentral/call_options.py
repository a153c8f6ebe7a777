# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of lists that nobody has checked yet: what is wrong in them is left out. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.package import Item

_TRUE = ("true", "yes", "on", "y", "t", "1")


def mapping(value: Any) -> Item:
    """Return the members of an option."""
    return value if isinstance(value, Mapping) else {}


def entries(value: Any) -> list[Any]:
    """Return the entries of a list, which may be one text with commas."""
    if isinstance(value, str):
        return value.split(",")
    return [entry for entry in value if entry is not None] if isinstance(value, list) else []


def truth(value: Any) -> bool | None:
    """Return whether an option is true, None where it is not given."""
    return None if value is None else str(value).strip().casefold() in _TRUE


def whole(value: Any, default: int) -> int:
    """Return a whole number, *default* for what is none."""
    text = str(value).strip()
    return int(text) if text.isdecimal() else default
