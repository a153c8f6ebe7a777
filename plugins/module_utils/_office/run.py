# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office's lists at all of its providers: planned, applied and verified in one process. Private to the collection.

The steps, each for all providers: `ProviderRun.plan` reads each list once and plans; the caller refuses; `apply` writes
phase after phase; `verify` reads once more what was written, and plans anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from .._engine.account import Account
from .._engine.apply import Outcome, Status, apply_together, preview
from .._engine.package import Earlier, OfficeList, Phase
from .._engine.plan import Action, Current, Desired, Plan, Step
from .._engine.reconcile import plan_together
from .._engine.resource import Resource
from .._errors import Problems, TelephonyError
from .._numbers.policy import Policy
from .._progress import Progress

Lists = Mapping[str, Sequence[Desired]]


@dataclass(frozen=True)
class Work:
    """One list in a run: what is desired of it, what was planned, and, after `apply`, what became of each step."""

    table: OfficeList
    resource: Resource
    desired: Sequence[Desired]
    plan: Plan
    outcomes: Sequence[Outcome] = ()

    @property
    def changes(self) -> list[Step]:
        """The steps that change something."""
        return self.plan.changes


class ProviderRun:
    """The lists of one provider. *problems* holds what is wrong with them, *failure* why it could not be asked.

    *connect* returns the same API each time. *kept* returns whether an item that no list names is to stay although
    lists are pruned. *everything*: lists that are read whole, although not everything in them is desired.
    Without a *policy*, the plan is not for writing.
    """

    def __init__(
        self,
        account: Account,
        connect: Callable[[], Any],
        desired: Lists,
        *,
        policy: Policy | None,
        prune: bool = False,
        kept: Callable[[OfficeList, Current], bool] = lambda table, item: False,
        everything: Collection[str] = (),
        warn: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.account = account
        self.problems = Problems()
        self.failure: TelephonyError | None = None
        self.works: list[Work] = []
        # What `verify` has read and planned anew.
        self.verified: list[Work] = []
        self._connect = connect
        self._desired = {**dict.fromkeys(everything, ()), **desired}
        self._policy = policy
        self._prune = prune
        self._kept = kept
        self._everything = everything
        self._warn = warn

    @property
    def api(self) -> Any:
        """The provider's API; logs in with the first request."""
        return self._connect()

    def account_id(self) -> str:
        """Return what tells accounts of the provider apart, without asking; "" where the options do not say it."""
        return self.account.package.identity(self.api)

    def plan(self) -> None:
        """Read what the lists need, and plan all of them."""
        try:
            self.works = self._planned(self._phases(), self.problems)
        except TelephonyError as error:
            self.failure = error

    def preview(self) -> None:
        """Note what applying the plan would do."""
        self.works = [replace(work, outcomes=preview(work.plan)) for work in self.works]

    def apply(self, progress: Progress) -> None:
        """Write what was planned, phase after phase. A phase whose lists depend on what was written is planned anew."""
        done: dict[str, Earlier] = {}
        finished: list[Work] = []
        stopped: TelephonyError | None = None
        for phase in self._phases():
            works = [work for work in self.works if work.table.name in phase.lists]
            if stopped is None and any(earlier.plan.changes for earlier in done.values()):
                try:
                    works = self._again(phase, done)
                except TelephonyError as error:
                    stopped = error
            if stopped is None:
                outcomes = apply_together([(work.plan, work.resource) for work in works], progress)
                works = [replace(work, outcomes=part) for work, part in zip(works, outcomes, strict=True)]
                stopped = _systemic(works)
            else:
                works = [replace(work, outcomes=list(_not_tried(work.plan, stopped))) for work in works]
            finished += works
            done |= {work.table.name: Earlier(work.resource, work.desired, work.plan, landed=True) for work in works}
        self.works = finished

    def verify(self) -> list[Work]:
        """Read again what was written and return the works that still differ. Raises `TelephonyError`."""
        written = {work.table.name for work in self.works if work.changes and work.plan.table.readable}
        if self._prune:
            # What these have in the lists that were written is theirs, and not to be pruned.
            written |= {table.name for table in self.account.lists if written & {*table.shown_by}}
        lists = {name: items for name, items in self._desired.items() if name in written}
        again = ProviderRun(self.account, self._connect, lists, policy=self._policy, prune=self._prune, kept=self._kept)
        again.plan()
        if again.failure is not None:
            raise again.failure
        again.problems.raise_if_any()
        self.verified = again.works
        return [work for work in again.works if work.changes]

    def _phases(self) -> Iterator[Phase]:
        return (phase for phase in self.account.package.phases if self._desired.keys() & set(phase.lists))

    def _planned(self, phases: Iterable[Phase], problems: Problems) -> list[Work]:
        works: list[Work] = []
        for phase in phases:
            earlier = {work.table.name: Earlier(work.resource, work.desired, work.plan, landed=False) for work in works}
            works += self._plan_phase(phase, earlier, problems)
        return works

    def _plan_phase(self, phase: Phase, earlier: Mapping[str, Earlier], problems: Problems) -> list[Work]:
        resources = [item for item in phase.build(self.api, earlier) if item.table.plural in self._desired]
        pairs = [(resource, self._desired[resource.table.plural]) for resource in resources]
        tables = [self.account.list_of(resource.table.plural) for resource in resources]
        kept = _by_resource(resources, tables, self._kept)
        plans = plan_together(
            pairs,
            policy=self._policy,
            prune=self._prune,
            problems=problems,
            kept=kept,
            everything=self._everything,
            warn=self._warn,
        )
        return [
            Work(table, resource, desired, plan)
            for table, (resource, desired), plan in zip(tables, pairs, plans, strict=True)
        ]

    def _again(self, phase: Phase, done: Mapping[str, Earlier]) -> list[Work]:
        problems = Problems()
        works = self._plan_phase(phase, done, problems)
        problems.raise_if_any()
        return works


def _by_resource(
    resources: Sequence[Resource], tables: Sequence[OfficeList], kept: Callable[[OfficeList, Current], bool]
) -> Callable[[Resource, Current], bool]:
    found = {id(resource): table for resource, table in zip(resources, tables, strict=True)}
    return lambda resource, item: kept(found[id(resource)], item)


def _systemic(works: Sequence[Work]) -> TelephonyError | None:
    """Return a failure that further requests to the provider would meet as well."""
    errors = (outcome.error for work in works for outcome in work.outcomes)
    return next((error for error in errors if error is not None and error.systemic), None)


def _not_tried(plan: Plan, reason: TelephonyError) -> Iterator[Outcome]:
    for step in plan.steps:
        status = Status.UNCHANGED if step.action is Action.NONE else Status.NOT_TRIED
        yield Outcome(step, status, step.before, reason if status is Status.NOT_TRIED else None)


@dataclass(frozen=True)
class OfficeRun:
    """All providers of one office. They are read together, and written one after the other."""

    providers: Sequence[ProviderRun]

    def plan(self) -> None:
        """Plan at all providers at the same time: most of that is waiting for them."""
        if len(self.providers) == 1:
            self.providers[0].plan()
        elif self.providers:
            with ThreadPoolExecutor(max_workers=len(self.providers)) as pool:
                list(pool.map(ProviderRun.plan, self.providers))

    def preview(self) -> None:
        """Note what applying would do."""
        for provider in self.providers:
            provider.preview()

    def apply(self, progress: Progress, *, on_error: str) -> None:
        """Write. After a failure at one provider, *on_error* decides: `stop` leaves the others alone."""
        progress.begin(sum(len(work.plan.changes) for provider in self.providers for work in provider.works))
        stopped: TelephonyError | None = None
        for provider in self.providers:
            if provider.failure is not None:
                continue
            if stopped is not None:
                provider.works = [
                    replace(work, outcomes=list(_not_tried(work.plan, stopped))) for work in provider.works
                ]
                continue
            provider.apply(progress)
            failed = next((outcome.error for outcome in provider_outcomes(provider) if outcome.error is not None), None)
            if failed is not None and on_error == "stop":
                stopped = failed


def provider_outcomes(provider: ProviderRun) -> Iterator[Outcome]:
    """Yield what became of each step at one provider."""
    return (outcome for work in provider.works for outcome in work.outcomes)
