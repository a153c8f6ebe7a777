# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Places in a provider's rate limits, and the waits for them. Private to the collection.

Apart from `pacing`, which only providers with documented limits load.
"""

from __future__ import annotations

from dataclasses import dataclass

# Longer waits are announced.
LONG_SECONDS = 5.0


@dataclass(frozen=True)
class Wait:
    """Why a task waits. *ahead* is shown when the wait begins, *after* follows "Waited 41 s" when it is over."""

    ahead: str
    after: str


@dataclass(frozen=True)
class Place:
    """The right to send one request now. *used* places were taken then, this one included; *number* counts on.

    *group* is the one that the request was said to count in, *operation* what tells it apart from other requests.
    """

    group: str
    number: int
    used: int
    operation: str = ""


@dataclass(frozen=True)
class NotYet:
    """No request may be sent for *seconds*, because of *reason*. *refuse*: a sentence if waiting is not desired.

    *group* is the one that is full. *wait* says the same for people.
    """

    seconds: float
    reason: str
    wait: Wait
    group: str = ""
    refuse: str = ""
