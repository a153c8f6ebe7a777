# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tells two objects of a list apart. Private to the collection."""

from __future__ import annotations

import json

from . import naming

_BETWEEN = " / "


class Key(tuple[str, ...]):
    """A natural key: a number, a name, or several parts, such as a voice app's name and a prompt's.

    Keys are compared by their parts, because a name may hold what stands between two parts in a text. As a text, a key
    is for people, and for files that people read; where a part could be mistaken for several, it is in quotes.
    """

    __slots__ = ()

    def __new__(cls, *parts: str) -> Key:
        return super().__new__(cls, parts)

    def __getnewargs__(self) -> tuple[str, ...]:
        return tuple(self)

    def __str__(self) -> str:
        return _BETWEEN.join(map(_quoted, self)) if self[1:] else "".join(self)

    @property
    def first(self) -> str:
        """The part that says whose the object is, or the only one."""
        return self[0]

    def folded(self) -> Key:
        """Return the form in which keys are compared that users wrote."""
        return Key(*map(naming.folded, self))


def _quoted(part: str) -> str:
    clear = _BETWEEN not in part and not part.startswith(("/", '"')) and not part.endswith("/")
    return part if clear else json.dumps(part, ensure_ascii=False)
