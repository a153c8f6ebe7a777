# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A pytest session that has imported and collected everything, in which faults are planted without doing that again.

Each fault gets a process of its own, forked from the session, whose functions are given the code of the faulty file.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

_OF_FUNCTIONS = 0x1  # CO_OPTIMIZED: neither a module's nor a class's body
_POLL = 0.02

Swap = list[tuple[FunctionType, CodeType]]


def _functions() -> dict[str, list[FunctionType]]:
    """Return all functions that there are, by the file that they come from."""
    found: dict[str, list[FunctionType]] = {}
    for it in gc.get_objects():
        if isinstance(it, FunctionType):
            found.setdefault(it.__code__.co_filename, []).append(it)
    return found


def _swap(file: str, old: bytes, new: bytes, there: Iterable[FunctionType]) -> Swap | None:
    """Return which functions get which code, None where the fault is in what runs at import."""
    before, after = (compile(source, file, "exec", dont_inherit=True) for source in (old, new))
    functions: dict[tuple[str, int], list[FunctionType]] = {}
    for function in there:
        functions.setdefault(_name(function.__code__), []).append(function)
    try:
        changed = [pair for pair in _pairs(before, after) if pair[0] != pair[1]]
    except ValueError:
        return None
    swap = [(function, code) for was, code in changed for function in functions.get(_name(was), [])]
    fits = all(len(function.__code__.co_freevars) == len(code.co_freevars) for function, code in swap)
    return swap if swap and fits and all(_name(was) in functions for was, _code in changed) else None


def _name(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _pairs(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Yield the outermost functions of both. Raises ValueError where anything around them differs."""
    inner = [[const for const in code.co_consts if isinstance(const, CodeType)] for code in (before, after)]
    rest = [[const for const in code.co_consts if not isinstance(const, CodeType)] for code in (before, after)]
    if before.co_code != after.co_code or before.co_names != after.co_names or repr(rest[0]) != repr(rest[1]):
        raise ValueError
    for was, now in zip(*inner, strict=True):
        if was.co_flags & _OF_FUNCTIONS:
            yield was, now
        else:
            yield from _pairs(was, now)


class Session:
    """A pytest plugin: takes over where tests would be run, and calls *work* with itself instead."""

    def __init__(self, work: Callable[[Session], None]) -> None:
        self._work = work
        self._items: dict[str, Any] = {}
        self._session: Any = None
        self._functions: dict[str, list[FunctionType]] = {}

    def pytest_runtestloop(self, session: Any) -> bool:
        self._session = session
        self._items = {item.nodeid: item for item in session.items}
        self._functions = _functions()
        self._work(self)
        return True

    def swap_for(self, file: Path, old: bytes, new: bytes) -> Swap | None:
        """Return what *run* needs to make the file's content *new*, None where the fault is in what runs at import."""
        return _swap(str(file), old, new, self._functions.get(str(file), ()))

    def run(self, swap: Swap, tests: Sequence[str], seconds: float) -> int | None:
        """Return 0 if all *tests* pass, 1 if one fails, None if they take too long."""
        items = [self._items[name] for name in tests if name in self._items]
        child = os.fork()
        if not child:
            code = 70
            try:
                os.setsid()
                for function, faulty in swap:
                    function.__code__ = faulty
                code = self._run_items(items)
            finally:
                os._exit(code)
        return waited(child, seconds)

    def _run_items(self, items: Sequence[Any]) -> int:
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._session.testsfailed:
                self._session._setupstate.teardown_exact(None)
                return 1
        return 0


def waited(child: int, seconds: float) -> int | None:
    """Return the exit code of a process that leads a group, None if it has to be ended."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(_POLL)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
