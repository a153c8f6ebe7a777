# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fuzzer: schedules of faults that come of a seed, what must be true after each, and the smallest that fails.

A schedule is an account with a desired state (`system_fuzz_accounts`) and some faults. A fault is one of the
simulator's own kinds, or a manner of the hostile front; it hits some of the requests from a position on.
"""

from __future__ import annotations

import importlib
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from system_fuzz_accounts import ACCOUNTS
from system_fuzz_base import FuzzedAccount, plainly
from system_hostile import MANNERS, Front, Seen
from system_office import settle
from system_support import PACKAGE, Json, leaks, texts_of

from simulator.harness import Simulator

_AFTER = {"Retry-After": "3"}
# The simulator's kinds. A status that refuses is only given instead of carrying out: that is what it says.
SIMULATED: dict[str, Json] = {
    **{
        f"http_{status}": {"kind": "status", "status": status}
        for status in (400, 401, 403, 404, 405, 408, 500, 502, 504)
    },
    "http_503": {"kind": "status", "status": 503, "headers": _AFTER},
    "http_429": {"kind": "status", "status": 429, "headers": _AFTER},
    "http_302": {"kind": "status", "status": 302, "headers": {"Location": "https://login.example.org/"}},
    **{f"http_{status}_after": {"kind": "status_after", "status": status} for status in (500, 502, 503, 504)},
    **{kind: {"kind": kind} for kind in ("drop_before", "drop_after", "garbage", "truncate")},
    "delay": {"kind": "delay", "seconds": 0.12},
}
HOSTILE = tuple(name for name in MANNERS if name != "fine")
KINDS = (*SIMULATED, *HOSTILE)
# Making something is the one request that means more when it is delivered twice, and then nobody can tell.
_MAKES = ("/voiceapp", "/prompt")
# What has to be believed where nothing is read afterwards, because it cannot be, or because something was deleted: an
# answer that comes just after the next request has left; and where nothing can be read, that a number was off already
# when the request arrived for the second time.
_BELIEVED = ("answer_of_another", "duplicate_delivery")
# How many further turns a kind of fault has that was planned but never met.
_TURNS = 30
_UNFIT = ("Traceback", "Please report", "object at 0x", "unexpected")


@dataclass(frozen=True)
class Fault:
    """A kind of fault at *times* requests (None: all) from the position *at* on.

    With a *method*, requests of that method that are no login.
    """

    kind: str
    at: int = 0
    times: int | None = 1
    method: str | None = None

    @property
    def slow(self) -> bool:
        return self.kind == "delay" or (self.kind in MANNERS and MANNERS[self.kind].slow)


@dataclass(frozen=True)
class Schedule:
    """Which account (a place in `ACCOUNTS`), what its random numbers begin with, and the faults."""

    account: int
    start: str
    faults: tuple[Fault, ...]
    # One request at a time, so that positions mean the same each time; else as many as the module sends.
    in_turn: bool = True
    # How many of the desired items are left, None for all; a failure is shrunk by this.
    items: int | None = None

    def __str__(self) -> str:
        name = ACCOUNTS[self.account].__name__
        return f"Schedule({self.account}, {self.start!r}, {self.faults}, {self.in_turn}, {self.items})  # {name}"


@dataclass
class Figures:
    """What a run of schedules has done: how often each kind of fault was met, by accounts, and how much was asked."""

    schedules: int = 0
    runs: int = 0
    requests: int = 0
    met: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    accounts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def __str__(self) -> str:
        def reported(found: Counter[str]) -> str:
            return ", ".join(f"{name} {count}" for name, count in sorted(found.items()))

        return (
            f"{self.schedules} schedules, {self.runs} runs of modules, {self.requests} requests in faulted runs, "
            f"{self.seconds:.0f} s\naccounts: {reported(self.accounts)}\nstatuses: {reported(self.statuses)}\n"
            f"{sum(self.met.values())} faults met: {reported(self.met)}"
        )


class Lie(AssertionError):
    """A result that does not agree with what the simulator holds, or a state that is not the desired one."""


def schedule(seed: int, number: int) -> Schedule:
    """The schedule with that number. Every kind of fault has its turn; the others are drawn."""
    random = Random(f"{seed} {number}")
    account = random.randrange(len(ACCOUNTS))
    writes, kind = ACCOUNTS[account].writing, KINDS[number % len(KINDS)]
    faults = [_fault(kind, random, writes, soon=True)]
    others = HOSTILE if kind in MANNERS and MANNERS[kind].carried_out > 1 else KINDS
    faults += [_fault(random.choice(others), random, writes) for _each in range(random.choice((0, 0, 1, 1, 2, 3)))]
    return Schedule(account, f"{seed} {number} account", tuple(faults), in_turn=random.random() < 0.8)


def _fault(kind: str, random: Random, writes: Sequence[str], *, soon: bool = False) -> Fault:
    """A fault of that kind. *soon*: where it is likely to be met."""
    times = random.choice((1, 1, 1, 2, 4, None))
    if random.random() < 0.5:
        # The front counts all requests, the simulator those of the method.
        at = 0 if kind in MANNERS else random.choice((0, 0, 1, 1, 2))
        return Fault(kind, at, times, random.choice(writes))
    return Fault(kind, random.randrange(4 if soon else 14), times, random.choice((None, None, None, "GET")))


class Fuzz:
    """Plays schedules on one simulator. *folder* is for caches and journals."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self._simulator = simulator
        self._folder = folder
        self._count = 0
        self.figures = Figures()
        # Positions of switches in every schedule.
        self.always: Json = {}

    def play(self, schedule: Schedule, entries: dict[str, list[Json]] | None = None) -> None:
        """Play one schedule, with *entries* in place of those that it draws. Raises `Lie`."""
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        account = ACCOUNTS[schedule.account](self._simulator, Random(schedule.start), folder)
        account.entries = entries or account.entries
        account.positions |= {name: value for name, value in self.always.items() if name in account.switches}
        if schedule.items is not None:
            last = next(name for name in reversed(account.lists) if account.entries[name])
            account.entries[last] = account.entries[last][: schedule.items]
        account.prepare()
        self.figures.schedules += 1
        self.figures.accounts[type(account).__name__] += 1
        before = account.state()
        result = self._faulted(account, schedule)
        account.settle()
        now = account.state()
        self._check_truth(account, result, before, now)
        _check_rerun(account)
        self.figures.runs += 3

    def _faulted(self, account: FuzzedAccount, schedule: Schedule) -> Json:
        deletes = any(item.get("state") == "absent" for _kind, item in account.items)
        believed = () if account.readable and not deletes else _BELIEVED[:1] if account.readable else _BELIEVED
        front = Front(self._simulator.url, _Plan(schedule.faults, believed))
        slow = any(fault.slow for fault in schedule.faults)
        front.patience = 0.15
        self._simulator.clear_requests()
        planted = [fault for fault in schedule.faults if fault.kind in SIMULATED]
        self._simulator.add_faults([_planted(account.provider, fault) for fault in planted])
        connection = account.connection()
        with _in_turn(schedule.in_turn), front:
            options: Json = {name: front.through(connection[name]) for name in account.urls}
            result = account.run(**options, timeout=0.08 if slow else 5.0)
        settle(self._simulator)
        for fault, met in zip(planted, self._simulator.faults(), strict=True):
            self.figures.met[fault.kind] += met["hits"]
        self.figures.met.update(seen.manner for seen in front.seen if seen.manner != "fine")
        self.figures.requests += len(front.seen)
        self._simulator.clear_faults()
        return result

    def _check_truth(self, account: FuzzedAccount, result: Json, before: Json, now: Json) -> None:
        message = str(result.get("msg", ""))
        _demand(not leaks(result["printed"]), "a secret is shown", result)
        _demand(not [word for word in _UNFIT if word in message], "the message is not for people", result)
        _demand(bool(result.get("failed")) is bool(message), "failed without a message", result)
        _demand(result["changed"] or plainly(before) == plainly(now), "changed is false, but something changed", result)
        if "results" not in result:
            _demand(bool(result.get("failed")) and not result["changed"], "no results", result)
            return
        statuses = [entry["status"] for entry in result["results"]]
        self.figures.statuses.update(statuses)
        touched = {"applied", "partly", "unknown"}
        _demand(result["changed"] is bool(touched & set(statuses)), "changed does not agree with the statuses", result)
        clear = {"applied", "unchanged"}
        _demand(bool(result.get("failed")) is bool(set(statuses) - clear), "failed does not agree", result)
        planned = _entries(account, account.run(check=True)) if account.readable else []
        for place, ((kind, item), entry) in enumerate(zip(account.items, _entries(account, result), strict=True)):
            status, had, has = entry["status"], account.held(before, kind, item), account.held(now, kind, item)
            about = f"{plainly(item)} is said to be {status}: {plainly(had)} -> {plainly(has)}"
            right = account.right(now, kind, item)
            if right is None:
                right = planned[place]["action"] == "none"
            if status in clear:
                _demand(right or _is_doubted(account, item, result), f"not as desired: {about}", result)
            if status in ("failed", "not_tried", "unchanged"):
                _demand(had == has, f"it was changed: {about}", result)
            if status == "partly":
                _demand(had != has, f"it was not changed: {about}", result)
            if status == "applied" and account.readable:
                _demand(had != has, f"it was not changed: {about}", result)
            if planned and right:
                _demand(planned[place]["action"] == "none", f"it is to be changed again: {about}", planned[place])


def _entries(account: FuzzedAccount, result: Json) -> list[Json]:
    """What the result says of each item, in their order: it leaves out those that were right already."""
    left = list(result["results"])
    found = []
    for _kind, item in account.items:
        reported = bool(left) and _names(left[0], item)
        found.append(left.pop(0) if reported else {"action": "none", "status": "unchanged"})
    _demand(not left, "results are in another order", result)
    return found


def _names(entry: Json, item: Json) -> bool:
    """Whether an entry of `results` is that of *item*, whose number may have its country's spelling."""
    if "prompt" in entry:
        return bool(entry["prompt"] == f"{item.get('voiceapp')} / {item.get('name')}")
    same = {name: value for name, value in item.items() if name in entry}
    number = "".join(filter(str.isdigit, same.pop("number", ""))).lstrip("0")
    return bool(same or number) and entry.get("number", "").endswith(number) and same.items() <= entry.items()


def _is_doubted(account: FuzzedAccount, item: Json, result: Json) -> bool:
    """Whether a warning says that what was done for a number that cannot be read may be undone by a late request."""
    late = [text for text in texts_of(result) if "may be carried out late" in text]
    return not account.readable and any(text.startswith(item["number"]) for text in late)


def _check_rerun(account: FuzzedAccount) -> None:
    again = account.run()
    _demand(not again.get("failed"), "the run without faults failed", again)
    account.settle()
    state = account.state()
    for kind, item in account.items:
        found = plainly(account.held(state, kind, item))
        _demand(account.right(state, kind, item) is not False, f"not as desired: {plainly(item)}: {found}", again)
    _demand(not account.twice(state), f"it exists twice: {account.twice(state)}", again)
    account.simulator.clear_requests()
    last = account.run()
    _demand(not last.get("failed") and not last["changed"], "a further run changed something", last)
    _demand(not account.writes(), f"a further run wrote: {account.writes()}", last)


class _Plan:
    """What the front does with each request: the first of the faults that are its own and due."""

    def __init__(self, faults: Sequence[Fault], believed: Collection[str]) -> None:
        own = [fault for fault in faults if fault.kind in MANNERS and fault.kind not in believed]
        self._left = [(fault, [fault.times]) for fault in own]
        # Of two deliveries the simulator's own fault would refuse one and carry out the other, which nobody can tell.
        self._twice = len(own) == len(faults)

    def __call__(self, seen: Seen) -> str | bytes:
        makes = seen.method == "POST" and seen.path.partition("?")[0].endswith(_MAKES)
        for fault, left in self._left:
            chosen = fault.method is None or (fault.method == seen.method and "/oauth" not in seen.path)
            due = seen.position >= fault.at and left[0] != 0 and chosen
            if not due or (MANNERS[fault.kind].carried_out > 1 and (makes or not self._twice)):
                continue
            left[0] = None if left[0] is None else left[0] - 1
            return fault.kind
        return "fine"


def _planted(provider: str, fault: Fault) -> Json:
    planted = {"provider": provider, **SIMULATED[fault.kind], "after": fault.at, "times": fault.times}
    return planted if fault.method is None else {**planted, "method": fault.method, "path_regex": "^(?!.*/oauth)"}


@contextmanager
def _in_turn(one_at_a_time: bool) -> Iterator[None]:
    with ExitStack() as stack:
        if one_at_a_time:
            base = importlib.import_module(f"{PACKAGE}.module_utils._engine.resource").Resource
            for account in ACCOUNTS:
                importlib.import_module(f"{PACKAGE}.modules.{account.module}")
            for resource in _subclasses(base):
                stack.enter_context(mock.patch.object(resource, "workers", 1))
        yield


def _subclasses(base: type) -> list[type]:
    direct: list[type] = base.__subclasses__()
    return [found for each in direct for found in (each, *_subclasses(each))]


def _demand(true: object, text: str, result: Any) -> None:
    if not true:
        shown = {name: value for name, value in result.items() if name not in ("invocation", "printed", "diff")}
        raise Lie(f"{text}\n{plainly(shown)}")


def run(fuzz: Fuzz, seed: int, numbers: Iterable[int]) -> Iterator[str]:
    """Play the schedules with these *numbers*, and tell of each that fails: its number, its smallest form, and how."""
    started = time.monotonic()
    for number in numbers:
        played = schedule(seed, number)
        wrong = _wrong(fuzz, played)
        if wrong:
            smallest, how = _shrunk(fuzz, played, wrong)
            yield f"number {number}, at its smallest {smallest}\n{how}"
        fuzz.figures.seconds += time.monotonic() - started
        started = time.monotonic()


def unmet(fuzz: Fuzz, count: int) -> Iterator[int]:
    """Numbers from *count* on whose schedules begin with a kind of fault that was not met, as long as it is not."""
    first = -(-count // len(KINDS)) * len(KINDS)
    for place, kind in enumerate(KINDS):
        for turn in range(_TURNS):
            if fuzz.figures.met[kind]:
                break
            yield first + turn * len(KINDS) + place


def _wrong(fuzz: Fuzz, played: Schedule) -> str:
    try:
        fuzz.play(played)
    except Exception as error:  # whatever it is, it is to be replayed
        return f"{type(error).__name__}: {error}"
    return ""


def _shrunk(fuzz: Fuzz, played: Schedule, wrong: str) -> tuple[Schedule, str]:
    """Leave out faults, and items, as long as it fails without them as well."""
    for place in reversed(range(len(played.faults))):
        fewer = replace(played, faults=(*played.faults[:place], *played.faults[place + 1 :]))
        still = _wrong(fuzz, fewer)
        if still:
            played, wrong = fewer, still
    # Items that need each other fail without each other for a reason of their own.
    for items in (1, 2) if played.faults and "run without faults" not in wrong else ():
        still = _wrong(fuzz, replace(played, items=items))
        if still:
            return replace(played, items=items), still
    return played, wrong
