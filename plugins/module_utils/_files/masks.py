# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recognizing what Ansible puts in the place of a secret. Private to the collection.

Ansible masks in every result whatever equals a secret that it knows, and every place of a longer text that holds one.
The name of a voice app that equals a password comes back as a mask. A mask that was saved cannot be put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# The exact mask, that of ansible-core 2.22 and newer, the one inside of longer texts (which is the collection's own as
# well), and that of whole results.
_MASK = re.compile(r"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER|\$REDACTED\$|\*{8}|the output has been hidden due to the fact")

WHY = "Ansible masks it, because it equals a secret (a password, key or token) or contains one"
NEXT_STEP = (
    "Give the object another name or the account another secret, so that neither contains the other, then run again."
)


def is_masked(value: Any) -> bool:
    """Tell whether *value* is a text that holds a mask."""
    return isinstance(value, str) and _MASK.search(value) is not None


def masked_places(value: Any, where: str = "") -> Iterator[str]:
    """Yield the path of every text in *value* that holds a mask, of names of members too: `a[0].b`."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            path = f"{where}.{name}" if where else str(name)
            if is_masked(name):
                yield path
            yield from masked_places(member, path)
    elif isinstance(value, (list, tuple)):
        for position, member in enumerate(value):
            yield from masked_places(member, f"{where}[{position}]")
    elif is_masked(value):
        yield where
