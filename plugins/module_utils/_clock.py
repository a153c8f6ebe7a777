# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time, so that tests can bring their own. Private to the collection."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Time as the collection needs it."""

    def monotonic(self) -> float:
        """Return seconds that only ever grow."""
        raise NotImplementedError

    def time(self) -> float:
        """Return seconds since the epoch."""
        raise NotImplementedError

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass."""
        raise NotImplementedError
