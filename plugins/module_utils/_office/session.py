# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the jobs of one office share in one task: its accounts, each connected once, and clock and warnings.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from types import MappingProxyType
from typing import Any

from .._engine.account import Account
from .._engine.package import OfficeList
from .._engine.plan import Current
from .._errors import TelephonyError
from .._numbers.policy import Policy
from .._progress import Progress
from .keeping import Keeper
from .office import Office, Problem, ProblemsFound
from .run import OfficeRun, ProviderRun


@dataclass
class Session:
    """One office in one task. *now* is when it began, *zone* the office's, *cost* says what the task took so far.

    Texts of jobs write options as `O(option)` and times as `T(time)`; see `options.Names`.
    """

    office: Office
    connect: Callable[[Account], Any]
    accounts: Mapping[str, Account]
    check_mode: bool
    now: datetime
    zone: tzinfo
    warn: Callable[[str], None]
    cost: Callable[[], str]
    # Keeps what outlives the run, None where there is no folder for it.
    keeper: Keeper | None = None
    # By provider, how many seconds this machine's clock is ahead of it, None where no answer shows it.
    ahead: Callable[[str], float | None] = lambda name: None
    progress: Progress = field(default_factory=Progress)
    sleep: Callable[[float], None] = time.sleep
    # Masks secrets in what is written to a file.
    redact: Callable[[str], str] = str
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
        policy: Policy | None = None,
        everything: Mapping[str, Collection[str]] = MappingProxyType({}),
    ) -> OfficeRun:
        """Check *lists* and plan them, with another *policy* than the office's where one is given.

        *everything*: by provider the lists that are read whole, whatever is desired; the plan is not for writing then.
        Raises `ProblemsFound` for everything that is wrong with them, and what is *known*.
        """
        office = Office(self.office.name, self.office.rules, self.office.check, list(known))
        office.read(lists)
        self.refuse(office)
        run = OfficeRun(
            [
                ProviderRun(
                    self.accounts[name],
                    partial(self.api, self.accounts[name]),
                    desired,
                    policy=None if everything else policy or self.office.rules.policy,
                    prune=prune,
                    kept=kept,
                    everything=everything.get(name, ()),
                    warn=self.warn,
                )
                for name, desired in ((name, office.desired.get(name, {})) for name in {**everything, **office.desired})
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

    def begin(self, job: str, providers: Iterable[str], *, emergency: bool = False, undoes: str | None = None) -> None:
        """Keep other runs away from the accounts of *providers* before anything is read. Raises `InputError`."""
        if self.keeper is None or self.check_mode:
            return
        accounts = {}
        for account in (self.accounts[name] for name in providers if name in self.accounts):
            # Where the connection's options are wrong, planning says so.
            with contextlib.suppress(TelephonyError):
                accounts[account.name] = (account.title, account.package.identity(self.api(account)))
        self.keeper.begin(job, accounts, emergency=emergency, undoes=undoes)

    def carry_out(self, run: OfficeRun, *, on_error: str, emergency: bool = False) -> None:
        """Preview the plan in check mode, else apply it, and leave a record of what was changed."""
        run.preview()
        if self.check_mode:
            return
        if self.keeper is not None:
            self.keeper.note_plan(run.providers, emergency=emergency)
        run.apply(self.progress, on_error=on_error)
        if self.keeper is not None:
            self.keeper.note_outcome(run.providers)

    def with_record(self, result: dict[str, Any]) -> dict[str, Any]:
        """Return *result* with the record that the run left."""
        if self.keeper is not None:
            self.keeper.finish(failed=bool(result.get("failed")))
        if self.keeper is None or not (line := self.keeper.line()):
            return result
        found = {**result, "record": str(self.keeper.path)}
        for name in ("message", "msg"):
            if isinstance(found.get(name), list):
                found[name] = [*found[name], line]
            elif found.get(name):
                found[name] = f"{found[name]}\n{line}"
        return found
