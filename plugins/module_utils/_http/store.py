# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where tokens and rate limits are kept between tasks, as the HTTP layer needs it. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Held(Protocol):
    """What a store holds while it is locked: *value* is JSON, None where there is nothing."""

    value: Any

    def save(self, value: Any) -> None:
        """Keep *value* instead."""
        raise NotImplementedError


class Store(Protocol):
    """One thing that tasks share, each under its lock."""

    def locked(self, wait: Callable[[float], None] | None = None) -> AbstractContextManager[Held]:
        """Hold it for oneself. *wait* is called with seconds between attempts, and may raise to give up."""
        raise NotImplementedError
