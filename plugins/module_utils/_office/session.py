# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the jobs of one office share in one task: its accounts, each connected once, and clock and warnings.

Private to the collection.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from typing import Any

from .._engine.account import Account, OfficeList
from .._engine.plan import Current
from .._progress import Progress
from .office import Office, Problem, ProblemsFound
from .run import OfficeRun, ProviderRun


@dataclass
class Session:
    """One office in one task. *now* is when it began, *zone* the office's, *cost* says what the task took so far."""

    office: Office
    connect: Callable[[Account], Any]
    accounts: Mapping[str, Account]
    check_mode: bool
    now: datetime
    zone: tzinfo
    warn: Callable[[str], None]
    cost: Callable[[], str]
    progress: Progress = field(default_factory=Progress)
    _apis: dict[str, Any] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def api(self, account: Account) -> Any:
        """Return the API of a provider; one for the whole task, so that it logs in once."""
        with self._lock:
            if account.name not in self._apis:
                self._apis[account.name] = self.connect(account)
            return self._apis[account.name]

    def planned(
        self,
        lists: Mapping[str, Any],
        *,
        prune: bool = False,
        kept: Callable[[OfficeList, Current], bool] = lambda table, item: False,
        known: Sequence[Problem] = (),
    ) -> OfficeRun:
        """Check *lists* and plan them. Raises `ProblemsFound` for all that is wrong with them, and what is *known*."""
        office = Office(self.office.name, self.office.rules, self.office.check, list(known))
        office.read(lists)
        self.refuse(office)
        run = OfficeRun(
            [
                ProviderRun(
                    self.accounts[name],
                    partial(self.api, self.accounts[name]),
                    desired,
                    policy=self.office.rules.policy,
                    prune=prune,
                    kept=kept,
                )
                for name, desired in office.desired.items()
            ]
        )
        run.plan()
        for provider in run.providers:
            office.take(provider.account, provider.problems)
        self.refuse(office)
        return run

    def refuse(self, office: Office) -> None:
        """Raise `ProblemsFound` for what was found wrong with *office* so far."""
        if office.problems:
            raise ProblemsFound(office.problems)

    def carry_out(self, run: OfficeRun, *, on_error: str) -> None:
        """Preview the plan in check mode, else apply it."""
        if self.check_mode:
            run.preview()
        else:
            run.apply(self.progress, on_error=on_error)
