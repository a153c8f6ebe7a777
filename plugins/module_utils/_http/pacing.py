# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeping within a provider's rate limits, together with all other tasks on this machine. Private to the collection.

What differs between providers is data: the groups that share a counter, what is allowed before an answer tells it,
and the spellings of the headers that tell it. Requests are spaced so that the limit is never passed: a place is taken
before a request is sent, and is free again one window after its answer came, when the provider must have forgotten
the request whatever the way took.

A provider counts by account, for example by user and app, and a task may hold no more than a token of it. What is
known of all accounts of one server therefore lies in one store, see `_pacing_state`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from .pacing_state import Account, Counter, State, Taken
from .places import NotYet, Place, Wait
from .store import Store

# Requests, and seconds of a window: an absurd limit in one answer must not hold up, or let loose, all tasks after it.
_HIGHEST_BELIEVED = 100_000.0
_MINUTE = 60.0
# Between two looks at a lock that others hold for less than that.
_NAP = 0.001


class _Held(Exception):
    """The time of the task is up while another one holds the store."""


@dataclass(frozen=True)
class Allowance:
    """At most *requests* in any *window* seconds. *refuse*: rather than wait, fail with this sentence."""

    requests: int
    window: float
    refuse: str = ""


@dataclass(frozen=True)
class PacingRules:
    """A provider's limits as data. *groups* hold until an answer tells otherwise.

    *prefixes*: spellings of the headers' beginning, to which Group, Limit, Remaining and Window are added; in any case.
    *provider*: what people call it. *silent_penalty*: seconds to keep away after a refusal that does not tell for how
    long. *margin*: seconds added to what a refusal tells.
    """

    groups: Mapping[str, Allowance]
    prefixes: tuple[str, ...]
    provider: str = "The provider"
    silent_penalty: float = 30.0
    margin: float = 1.0
    silent_penalties: Mapping[str, float] = field(default_factory=dict)

    def reported(self, headers: Mapping[str, str], name: str) -> str:
        """Return the header *name* in the first spelling that is there, "" where there is none."""
        return next((headers[prefix + name] for prefix in self.prefixes if prefix + name in headers), "")

    def number(self, headers: Mapping[str, str], name: str) -> float:
        """Return a header that is a number, -1 for none, and for one that no limit has."""
        try:
            value = float(self.reported(headers, name))
        except ValueError:
            return -1.0
        return value if 0 <= value <= _HIGHEST_BELIEVED else -1.0


@dataclass(frozen=True)
class Caller:
    """Who asks. *name* tells credentials apart, without telling them; *app* is what is known of the account anyhow."""

    name: str = ""
    app: str = ""


class _Clock(Protocol):
    def time(self) -> float:
        """Return seconds since the epoch."""
        raise NotImplementedError


class Pacer:
    """Hands out places in the provider's windows. All times are those of the machine's clock, in epoch seconds."""

    def __init__(
        self,
        rules: PacingRules,
        store: Store,
        clock: _Clock,
        longest: float,
        callers: Mapping[str, Caller] | None = None,
    ) -> None:
        """*longest*: seconds after which a request that was never heard of again counts as answered.

        *callers*: who asks in which group, where that matters.
        """
        self._rules = rules
        self._store = store
        self._clock = clock
        self._longest = longest
        self._callers = dict(callers or {})
        self._left: Callable[[], float] = lambda: 1.0

    def keep_to(self, left: Callable[[], float]) -> None:
        """Wait for other tasks, which hold the store for moments only, no longer than *left* returns seconds."""
        self._left = left

    def _wait(self, seconds: float) -> None:
        if self._left() <= 0:
            raise _Held
        time.sleep(min(seconds, _NAP))

    def knows(self, group: str) -> bool:
        """Return whether it is known which account those belong to who ask in *group*."""
        with suppress(_Held), self._store.locked(self._wait) as contents:
            return self._caller(group).name in State(contents.value, self._clock.time(), self._longest).names
        return False

    def recognise(self, caller: Caller, owner: str, until: float, *also: str) -> None:
        """Note, until then, that *caller*, who asks from now on, and the names *also* belong to the account of *owner*.

        *owner* "": whose account it is cannot be found out.
        """
        self._callers = dict.fromkeys(self._rules.groups, caller)
        with suppress(_Held), self._store.locked(self._wait) as contents:
            state = State(contents.value, self._clock.time(), self._longest)
            news = [state.name(name, owner, caller.app, until) for name in (caller.name, *also)]
            if any(news):
                contents.save(state.document())

    def take(self, group: str, operation: str = "") -> Place | NotYet:
        """Take a place for a request of *group*, or tell how long there is none."""
        with suppress(_Held), self._store.locked(self._wait) as contents:
            now = self._clock.time()
            state = State(contents.value, now, self._longest)
            account = state.account(*self._who(group))
            real = account.moved.get(operation, group)
            counter = account.counter(real, *self._allowance(real, group))
            pooled = state.pooled(account, real, counter)
            refused = self._full(counter, pooled, real, now)
            if refused is not None:
                return refused
            place = Place(group, state.next_number(), len(pooled.places) + 1, operation)
            counter.places.append(Taken(place.number, now, None))
            contents.save(state.document())
            return place
        reason = "another task keeps the file with the provider's limits locked"
        return NotYet(1.0, reason, Wait(reason, f": {reason}"))

    def claims(self, asked: str, found: NotYet) -> bool:
        """Return whether this task is the one to announce that wait: no task has done so for the same window.

        *asked*: the group that the request was said to count in.
        """
        with suppress(_Held), self._store.locked(self._wait) as contents:
            now = self._clock.time()
            state = State(contents.value, now, self._longest)
            account = state.account(*self._who(asked))
            counter = account.counter(found.group, *self._allowance(found.group, asked))
            if state.pooled(account, found.group, counter).announced_until > now:
                return False
            counter.announced_until = now + found.seconds
            contents.save(state.document())
            return True
        return False

    def give_back(self, place: Place, headers: Mapping[str, str] | None) -> None:
        """Note that the request is over. *headers* are those of its answer, None if there was none."""
        with suppress(_Held), self._store.locked(self._wait) as contents:
            now = self._clock.time()
            state = State(contents.value, now, self._longest)
            account, group, taken = state.find(place.number)
            if taken is not None:
                taken.answered = now
            account = account or state.account(*self._who(place.group))
            group = group or account.moved.get(place.operation, place.group)
            if headers is not None:
                reported = self._moved(account, group, place, headers, taken)
                self._learn(state, account, reported, place, headers, now, previewed=reported == group)
            contents.save(state.document())

    def withdraw(self, place: Place) -> None:
        """Note that the request has not reached the provider, which therefore does not count it."""
        with suppress(_Held), self._store.locked(self._wait) as contents:
            state = State(contents.value, self._clock.time(), self._longest)
            account, group, taken = state.find(place.number)
            if account is not None and taken is not None:
                account.groups[group].places.remove(taken)
                contents.save(state.document())

    def refused(self, place: Place, headers: Mapping[str, str], retry_after: float | None) -> float:
        """Note that the provider refused for too many requests; return the seconds that nobody may ask again."""
        reported = self._rules.reported(headers, "Group").strip().lower()
        wait = retry_after
        if wait is None:
            wait = self._rules.silent_penalties.get(reported or place.group, self._rules.silent_penalty)
        wait += self._rules.margin
        with suppress(_Held), self._store.locked(self._wait) as contents:
            now = self._clock.time()
            state = State(contents.value, now, self._longest)
            account = state.account(*self._who(place.group))
            # Without the group's headers it is another limit, of the account or the address, that all groups share.
            for group in [reported] if reported else [*self._rules.groups, *account.groups]:
                counter = account.counter(group, *self._allowance(group, place.group))
                counter.shut_until = max(counter.shut_until, now + wait)
            contents.save(state.document())
        return wait

    def _caller(self, group: str) -> Caller:
        return self._callers.get(group, Caller())

    def _who(self, group: str) -> tuple[str, str]:
        caller = self._caller(group)
        return caller.name, caller.app

    def _allowance(self, group: str, otherwise: str) -> tuple[int, float]:
        """Return requests and window of *group*, those of the group *otherwise* where the rules do not know it."""
        allowed = self._rules.groups.get(group, self._rules.groups[otherwise])
        return allowed.requests, allowed.window

    def _full(self, counter: Counter, pooled: Counter, group: str, now: float) -> NotYet | None:
        provider = self._rules.provider
        if pooled.shut_until > now:
            reason = "the provider temporarily refused further requests"
            ahead = f"{provider} temporarily refused further requests"
            wait = Wait(ahead, f" because {provider} refused more requests")
            return NotYet(pooled.shut_until - now, reason, wait, group)
        # Until an answer has reported the limit, requests go one by one.
        if not counter.learned and any(taken.answered is None for taken in counter.places):
            reason = "the first answer shows the provider's limit"
            return NotYet(0.01, reason, Wait(reason, f": {reason}"), group)
        if len(pooled.places) < pooled.limit:
            return None
        # A place that is still in use is free one window after its answer, which may come now at the earliest.
        ends = sorted(now if taken.answered is None else taken.answered for taken in pooled.places)
        free_at = ends[len(ends) - pooled.limit] + pooled.window
        reason = f"the provider allows {pooled.limit} requests in {pooled.window:g} s ({group})"
        span = "a minute" if pooled.window == _MINUTE else f"in {pooled.window:g} s"
        allowed = f"{pooled.limit} {group} requests {span}"
        wait = Wait(f"{provider} allows {allowed}", f" for {provider}'s limit of {allowed}")
        allowance = self._rules.groups.get(group)
        return NotYet(max(free_at - now, 0.001), reason, wait, group, allowance.refuse if allowance else "")

    def _moved(
        self, account: Account, group: str, place: Place, headers: Mapping[str, str], taken: Taken | None
    ) -> str:
        """Return the group that the answer says the request counted in; if it is another one, remember that."""
        reported = self._rules.reported(headers, "Group").strip().lower()
        if not reported or reported == group:
            return group
        if place.operation:
            account.moved[place.operation] = reported
        if taken is not None:
            account.groups[group].places.remove(taken)
            account.counter(reported, *self._allowance(reported, place.group)).places.append(taken)
        return reported

    def _learn(
        self,
        state: State,
        account: Account,
        group: str,
        place: Place,
        headers: Mapping[str, str],
        now: float,
        *,
        previewed: bool,
    ) -> None:
        """Take over the limit that the answer tells, and count the requests that others made.

        *previewed*: the place was taken in *group*.
        """
        counter = account.counter(group, *self._allowance(group, place.group))
        counter.learned = True
        limit, remaining, window = (self._rules.number(headers, name) for name in ("Limit", "Remaining", "Window"))
        if limit >= 1:
            counter.limit = int(limit)
        if window > 0:
            counter.window = window
        if remaining < 0 or limit < 1:
            return
        counted = state.pooled(account, group, counter).places
        since = sum(taken.number > place.number for taken in counted)
        ours = place.used + since if previewed else len(counted)
        others = int(limit - remaining) - ours
        for _each in range(min(others, counter.limit)):
            counter.places.append(Taken(state.next_number(), now, now))
