# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where in the user's files a variable, or something in it, stands. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

try:
    # ansible-core 2.19 and later; private to it, so that its absence must not matter.
    from ansible._internal._datatag._tags import Origin
except ImportError:
    Origin = None

# Up to ansible-core 2.18, what is undefined stays a template, and what is encrypted is opened when it is used.
BEFORE_2_19 = Origin is None

_PART = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def position_of(variables: Mapping[str, Any], path: str) -> str:
    """Return `FILE:LINE:COLUMN` of *path* (`office_sonetel.forwardings[3].number`) in *variables*.

    Where the place itself has none, the nearest enclosing one that has one counts. "" where nothing is known, as of
    values that were computed: a wrong position would be worse than none.
    """
    found = ""
    value: Any = variables
    for index, name in _PART.findall(path):
        if index:
            if not isinstance(value, list) or int(index) >= len(value):
                break
            value = value[int(index)]
        else:
            if not isinstance(value, Mapping) or name not in value:
                break
            key = next(key for key in value if key == name)
            found = _origin(key) or found
            value = value[name]
            if isinstance(value, str) and ("{{" in value or "{%" in value):
                # What a template makes does not stand in a file.
                return _origin(value) or found
        found = _origin(value) or found
    return found


def _origin(value: Any) -> str:
    if Origin is not None:
        tag = Origin.get_tag(value)
        if tag is None or not tag.path:
            return ""
        return ":".join(str(part) for part in (tag.path, tag.line_num, tag.col_num) if part)
    place = getattr(value, "ansible_pos", None)
    return ":".join(map(str, place)) if place and place[0] else ""
