# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a first call to a provider finds out, and what code only assumes about it. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from .._errors import TelephonyError


class Level(Enum):
    """How a finding is to be taken; the value is what people read."""

    OK = "ok"
    NOTE = "note"
    # The provider cannot be worked with as it is.
    FAIL = "FAIL"


@dataclass(frozen=True)
class Finding:
    """One thing that was found out about an account, and what to do about it. *kind*: that of a failure."""

    text: str
    level: Level = Level.OK
    next_step: str = ""
    kind: str = "authentication"


@dataclass(frozen=True)
class Assumption:
    """What code relies on although no document settles it. *call*: the one real call that does.

    *source*: where the provider's page says that it is open, as citations are written.
    """

    what: str
    call: str
    source: str


# Takes the API and the connection's options, and yields findings. What it raises ends it, and is a finding as well.
Check = Callable[[Any, Mapping[str, Any]], Iterator[Finding]]
# The same with the lists that an office has, as it wrote them, in the place of options.
CheckLists = Check


def no_check(api: Any, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Find out nothing."""
    yield from ()


def finding_of(error: TelephonyError) -> Finding:
    """Return the finding that an *error* is."""
    return Finding(error.message, Level.FAIL, error.next_step, error.kind)
