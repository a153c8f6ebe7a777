# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small files that the tasks of one user on one machine share, each under a lock. Private to the collection."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ._errors import InputError

# Between two attempts to get a lock that may be held for long.
_POLL_SECONDS = 0.05


def default_directory() -> Path:
    """Return where the collection keeps its files unless told otherwise."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path("~/.cache").expanduser()) / "office.telephony"


def kept_at(option: str, value: str) -> Path:
    """Return *value* of *option* as a path. Raises `InputError` for a relative one, which runs would find elsewhere."""
    path = Path(value)
    if not path.is_absolute():
        raise InputError(
            f"{option}: {value} is a relative path, which is another file in each run's folder.",
            next_step="Write the whole path; ~ is the home folder.",
        )
    return path


def key_of(*parts: str) -> str:
    """Return a name that tells the *parts* apart and from which they cannot be told."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]


class SharedFolder:
    """An owner-only folder of shared files. Raises `InputError` when others could read or replace them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = path.stat()
        except OSError as error:
            raise InputError(
                f"The folder {path} cannot be used: {error.strerror}.", next_step="Name another one with cache_path."
            ) from None
        if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
            raise InputError(
                f"The folder {path} is open to others, so that no token may be kept there.",
                next_step="Make it owner-only (mode 0700), or name another one with cache_path.",
            )

    def file(self, kind: str, key: str) -> SharedFile:
        """Return the file of one *kind* (a word) for one *key* (from `key_of`)."""
        return SharedFile(self._path / f"{kind}-{key}.json")


class Contents:
    """What a shared file holds while it is locked; `save` replaces it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.value: Any = self._read()

    def _read(self) -> Any:
        size = os.fstat(self._descriptor).st_size
        try:
            return json.loads(os.pread(self._descriptor, size, 0))
        except (ValueError, RecursionError):
            # Empty, or cut off because a task was killed, or nobody's JSON: as if nothing had been stored.
            return None

    def save(self, value: Any) -> None:
        """Store *value*, which must be JSON."""
        content = json.dumps(value, separators=(",", ":")).encode()
        os.pwrite(self._descriptor, content, 0)
        os.ftruncate(self._descriptor, len(content))


class SharedFile:
    """One JSON file, readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def locked(self, wait: Callable[[float], None] | None = None) -> Iterator[Contents]:
        """Hold the file for oneself, among threads and processes.

        Where it may be held for long, *wait* is called with seconds between attempts and may raise to give up.
        """
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            if wait is None:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            else:
                _acquire(descriptor, wait)
            yield Contents(descriptor)
        finally:
            os.close(descriptor)


def _acquire(descriptor: int, wait: Callable[[float], None]) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait(_POLL_SECONDS)
        else:
            return


class PrivateMemory:
    """Takes the place of a shared file where there is none: shared by the threads of one task only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.value: Any = None

    @contextmanager
    def locked(self, wait: Callable[[float], None] | None = None) -> Iterator[PrivateMemory]:
        """Hold it for oneself, among threads."""
        with self._lock:
            yield self

    def save(self, value: Any) -> None:
        """Store *value*."""
        self.value = value
