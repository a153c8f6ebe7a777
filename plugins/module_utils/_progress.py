# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far a task has come with its changes, for people who wait. Private to the collection."""

from __future__ import annotations

import threading


class Progress:
    """Counts changes that were tried, of those that are planned."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done = 0
        self._planned = 0

    def begin(self, changes: int) -> None:
        """Take note that so many changes are made from now on."""
        self._planned = changes

    def advance(self) -> None:
        """Take note that one change was tried."""
        with self._lock:
            self._done += 1

    def __str__(self) -> str:
        """Return `23 of 61 done`, "" while no changes are made."""
        return f"{self._done} of {self._planned} done" if self._done < self._planned else ""
