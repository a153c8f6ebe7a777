# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When two names mean the same thing. Private to the collection.

People cannot see a blank at the end of a name, nor whether an "ä" is one character or an "a" with two dots after it.
So names are compared in the one form that `folded` returns: what the user wrote is folded when it is read, what a
provider shows is folded where it is compared, and otherwise left as it is. No object gets another name because of that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from .._errors import Problems


def folded(name: object, *, ignore_case: bool = False) -> str:
    """Return *name* as it is compared: composed (NFC), without blanks of any kind at its ends; "" for None.

    Blanks inside count. *ignore_case*: for names of which the provider ignores the case, such as e-mail addresses.
    """
    text = "" if name is None else str(name)
    if ignore_case:
        text = unicodedata.normalize("NFD", text).casefold()
    return unicodedata.normalize("NFC", text).strip()


def selected(option: str, keys: Sequence[object], problems: Problems, *, ignore_case: bool = False) -> list[str]:
    """Return the keys of *option* as they are compared; an empty one is noted with its position."""
    found = [folded(key, ignore_case=ignore_case) for key in keys]
    for position, text in enumerate(found):
        if not text:
            problems.add(f"{option}[{position}]", "is empty")
    return found


def by_id(names: Mapping[str, str]) -> str:
    """Return what to show of objects that are called the same: their ids, each with its name where these are spelt
    in different ways."""
    if len({*names.values()}) == 1:
        return ", ".join(sorted(names))
    return ", ".join(f"{key} ({name!r})" for key, name in sorted(names.items()))


def only_once(names: Mapping[str, str], *, ignore_case: bool = False) -> dict[str, str]:
    """Return *names* by id, without those that several ids have in common and without empty ones."""
    forms = {key: folded(name, ignore_case=ignore_case) for key, name in names.items()}
    found = list(forms.values())
    return {key: name for key, name in names.items() if forms[key] and found.count(forms[key]) == 1}


def meant(desired: str, names: Mapping[str, str], *, ignore_case: bool = False) -> list[str]:
    """Return the ids of those of *names* by id that *desired* means: all of that name, else the one with that id."""
    form = folded(desired, ignore_case=ignore_case)
    named = [key for key, name in names.items() if form and folded(name, ignore_case=ignore_case) == form]
    return sorted(named) or _with_id(folded(desired), names)


def _with_id(desired: str, ids: Iterable[str]) -> list[str]:
    return [key for key in ids if key == desired]
