# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How old the numbering plans are that the library `phonenumbers` brings along. Private to the collection."""

from __future__ import annotations

from datetime import date, timedelta

# Series of releases: when each began, and how many days lie between two of them on average. New series are not known.
_SERIES = {(8, 13): (date(2022, 10, 27), 15.5), (9, 0): (date(2025, 3, 1), 14.0)}


def released_about(version: str) -> date | None:
    """Return about when that version of the library was released, None where nobody knows."""
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    major, minor, patch = (int(part) for part in parts)
    if (major, minor) not in _SERIES:
        return None
    begin, days = _SERIES[major, minor]
    return begin + timedelta(days=days * patch)
