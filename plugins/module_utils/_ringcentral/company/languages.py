# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's languages by their codes. Private to the collection."""

from __future__ import annotations

import locale

from ..._errors import Problems, suggestions
from ..api import Record

# RingCentral's ids of languages are those of Windows (ringcentral-company.md 3.1).
_LANGUAGES = {name.replace("_", "-"): str(number) for number, name in locale.windows_locale.items()}
_CODES = {number: code for code, number in _LANGUAGES.items()}


def check(code: str, where: str, problems: Problems) -> None:
    """Note a problem for a language code that is none, such as `english`."""
    if code not in _LANGUAGES:
        problems.add(where, f"{code!r} is not a language such as en-US. {suggestions(code, _LANGUAGES)}")


def id_of(code: str) -> str:
    """Return RingCentral's id of a language that `check` takes."""
    return _LANGUAGES[code]


def code_of(record: Record | None) -> str | None:
    """Return the code of a language's record, None where there is none."""
    found = record or {}
    return found.get("localeCode") or _CODES.get(str(found.get("id")))
