# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Locks that keep the runs of several people away from one account. Private to the collection.

Tasks of the same run may hold a lock together: an inventory with many offices at one account is worked on in parallel.
Each holder has a file of its own, on which it keeps a lock of the operating system, so that the file of a process that
was killed keeps nobody away. A second file guards these files for the moment in which one is added.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .._clock import Clock
from .._errors import InputError
from .names import check_place, explained, make_private, refuse_open_folder
from .private import lock

PATIENCE = 60.0
_POLL_SECONDS = 0.25
_OPEN = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW

Holder = Mapping[str, Any]


class Locks:
    """The locks in *folder*. *holder* says who takes them: `run`, `user`, `host`, `pid`, `since` and `office`.

    *show* is called once with whom this run waits for.
    """

    def __init__(self, folder: Path, holder: Holder, clock: Clock, show: Callable[[str], None] | None = None) -> None:
        self._folder = folder
        self._holder = holder
        self._clock = clock
        self._show = show
        self._held: list[tuple[Path, int]] = []

    def hold(self, names: Mapping[str, str]) -> None:
        """Take the locks *names*, each with what people call it; wait up to a minute for other runs.

        Raises `Busy`, which names who holds one, or `InputError`, which says why the folder cannot be used.
        """
        ends = self._clock.monotonic() + PATIENCE
        with explained(self._folder):
            check_place(self._folder, folder=True)
            make_private(self._folder)
            refuse_open_folder(self._folder, "who holds a lock")
            # Always in the same order, so that two runs never wait for each other.
            for name in sorted(names):
                while (other := self._take(name)) is not None:
                    if self._clock.monotonic() >= ends:
                        self.release()
                        raise _busy(names[name], other)
                    self._announce(names[name], other)
                    self._clock.sleep(_POLL_SECONDS)

    def release(self) -> None:
        """Give back everything that is held."""
        while self._held:
            path, descriptor = self._held.pop()
            path.unlink(missing_ok=True)
            os.close(descriptor)

    def _announce(self, called: str, other: Holder) -> None:
        if self._show is not None:
            self._show(f"{_working(called, other)}. Waiting up to {PATIENCE:.0f} s for it to end.")
            self._show = None

    def _take(self, name: str) -> Holder | None:
        """Take a lock, or return who of another run holds it."""
        with self._guarded(name):
            for other in self._holders(name):
                if other.get("run") != self._holder["run"]:
                    return other
            path = self._folder / f"{name}.{os.getpid()}.{len(self._held)}.{id(self)}.holder"
            descriptor = os.open(path, _OPEN | os.O_EXCL, 0o600)
            self._held.append((path, descriptor))
            lock(descriptor)
            os.write(descriptor, json.dumps(dict(self._holder)).encode())
        return None

    @contextlib.contextmanager
    def _guarded(self, name: str) -> Iterator[None]:
        descriptor = os.open(self._folder / f"{name}.lock", _OPEN, 0o600)
        try:
            lock(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _holders(self, name: str) -> Iterable[Holder]:
        """Yield who holds the lock; the files of those who are gone are removed."""
        for path in sorted(self._folder.glob(f"{name}.*.holder")):
            with contextlib.suppress(FileNotFoundError):
                descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    yield _read(descriptor)
                else:
                    path.unlink(missing_ok=True)
                finally:
                    os.close(descriptor)


def _read(descriptor: int) -> Holder:
    try:
        found = json.loads(os.pread(descriptor, 1 << 16, 0))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class Busy(InputError):
    """Another run holds a lock."""


def _working(called: str, other: Holder) -> str:
    who = f"{other.get('user', 'somebody')} on {other.get('host', 'another machine')}"
    what = f"office {other.get('office', 'unknown')}, process {other.get('pid', 'unknown')}"
    since = other.get("since", "an unknown time")
    return f"Another run has been working on the {called} account since {since}: {who} ({what})"


def _busy(called: str, other: Holder) -> Busy:
    return Busy(
        f"{_working(called, other)}. It did not end within {PATIENCE:.0f} seconds. Nothing was written.",
        next_step="Wait until it has ended, or stop it; then run again.",
    )
