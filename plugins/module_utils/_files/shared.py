# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small files that the tasks of one user on one machine share, each under a lock. Private to the collection.

They make work cheaper, so that nothing fails for want of them. Each has several places where it may lie: the folder of
the user's choice, a private folder in the temporary directory, and the memory of the task. Where the first cannot be
used, or is full, the next one takes over, and a warning says so. As all tasks look for the places in the same order,
they find what another one has kept.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from .._errors import InputError
from .private import POLL_SECONDS, Wait, lock

# More was not written by the collection.
_LARGEST = 4 << 20
_NAME = "office.telephony"


def default_directory() -> Path | None:
    """Return where the collection keeps its files unless set otherwise, None for a user without a home folder."""
    base = os.environ.get("XDG_CACHE_HOME")
    if base and Path(base).is_absolute():
        return Path(base) / _NAME
    try:
        home = Path("~").expanduser()
    except RuntimeError:
        return None
    return home / ".cache" / _NAME if home.is_absolute() else None


def temporary_directory() -> Path:
    """Return the user's private folder in the temporary directory, which is the same for all tasks."""
    # The module tempfile would fall back to the current folder, which may be anybody's, or a repository.
    base = Path(os.environ.get("TMPDIR") or "/tmp")
    return (base if base.is_absolute() else Path("/tmp")) / f"{_NAME}-{os.geteuid()}"


def kept_at(option: str, value: str) -> Path:
    """Return *value* of *option* as a path. Raises `InputError` for a relative one, which runs would find elsewhere."""
    path = Path(value)
    if not path.is_absolute():
        raise InputError(
            f"{option}: {value} is a relative path, which depends on the folder that a run starts in.",
            next_step="Write an absolute path; ~ is the home folder.",
        )
    return path


def chosen_directory(option: str, value: str) -> Path | None:
    """Return the folder that the user wants files in, None for one below a home folder that there is not.

    Raises `InputError` for what no owner can have meant: a relative path, or a folder that others may enter.
    """
    if value.startswith("~"):
        return None  # Ansible would have put the home folder in its place
    path = kept_at(option, value)
    try:
        found = path.stat()
    except OSError:
        return path
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) & 0o077:
        raise InputError(
            f"The folder {path} is open to other users, so no token may be kept there.",
            next_step=f"Make it owner-only (mode 0700), or name another one with {option}.",
        )
    return path


def key_of(*parts: str) -> str:
    """Return a name that tells the *parts* apart and from which they cannot be derived."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]


class SharedFolder:
    """An owner-only folder of shared files, made when it is missing; None for a folder that there is not.

    *warn* is called with each reason why it or a file in it cannot be used, and what is done instead. *option* is what
    the user calls the one that names the folder.
    """

    def __init__(
        self, path: Path | None, warn: Callable[[str], None] = lambda text: None, option: str = "cache_path"
    ) -> None:
        self._path = path
        self._warn = warn
        self._option = option

    def file(self, kind: str, key: str) -> SharedFile:
        """Return the file of one *kind* (a word) for one *key* (from `key_of`)."""
        # A temporary folder is in a place where others may put a link to anywhere.
        places = [_Place(self._path, f"{kind}-{key}.json"), _Place(temporary_directory(), f"{kind}-{key}.json", True)]
        return SharedFile(places, self._warn, self._option)


class _Unusable(Exception):
    """A file cannot be kept in this place; the text says why."""


class _Place:
    """A file in a folder that only its owner may use. *strict*: the folder itself must not be a link."""

    def __init__(self, folder: Path | None, name: str, strict: bool = False) -> None:
        self.folder = folder
        self._name = name
        self._strict = strict

    def open(self, *, create: bool) -> int | None:
        """Return a descriptor of the file, None where it does not exist. Raises `_Unusable`."""
        if self.folder is None:
            raise _Unusable("there is no home folder")
        try:
            if create:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = os.open(self.folder, os.O_DIRECTORY | os.O_CLOEXEC | (os.O_NOFOLLOW if self._strict else 0))
            try:
                _refuse_others(folder, "the folder")
                if stat.S_IMODE(os.fstat(folder).st_mode) & 0o077:
                    raise _Unusable("the folder is open to other users; it must be owner-only")
                # Without waiting: what lies there may be a pipe. A link may lead to a file of somebody else.
                how = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | (os.O_CREAT if create else 0)
                return _checked(os.open(self._name, how, 0o600, dir_fd=folder))
            finally:
                os.close(folder)
        except FileNotFoundError as error:
            if create:
                raise _unusable(error) from None
            return None
        except OSError as error:
            raise _unusable(error) from None


def _checked(descriptor: int) -> int:
    """Return the descriptor of a file that the collection has made, or may take for one. Raises `_Unusable`."""
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _Unusable("it is not a regular file")
        _refuse_others(descriptor, "the file")
        if stat.S_IMODE(found.st_mode) != 0o600:
            os.fchmod(descriptor, 0o600)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _refuse_others(descriptor: int, called: str) -> None:
    if os.fstat(descriptor).st_uid != os.geteuid():
        raise _Unusable(f"{called} belongs to another user")


def _unusable(error: OSError) -> _Unusable:
    if error.errno == errno.ELOOP:
        return _Unusable("it is a link")
    return _Unusable(error.strerror or type(error).__name__)


class Contents:
    """What a shared file holds while it is locked; `save` replaces it."""

    def __init__(self, value: Any, save: Callable[[Any], None]) -> None:
        self.value = value
        self._save = save

    def save(self, value: Any) -> None:
        """Store *value*, which must be JSON."""
        self._save(value)
        self.value = value


class SharedFile:
    """One JSON file, readable by its owner alone, in the first of its *places* that can be used."""

    def __init__(self, places: Sequence[_Place], warn: Callable[[str], None], option: str) -> None:
        self._places = places
        self._warn = warn
        self._option = option
        self._memory = PrivateMemory()

    @contextmanager
    def locked(self, wait: Wait | None = None) -> Iterator[Contents]:
        """Hold the file for oneself, among threads and processes. What is in the way of that becomes a warning.

        Where it may be held for long, *wait* is called with seconds between attempts and may raise to give up.
        """
        with self._memory.locked(wait) as memory, ExitStack() as stack:
            opened: list[tuple[_Place, int]] = []
            troubles: list[str] = []
            for place in self._places:
                # The others are only looked at for what an earlier task had to keep there.
                descriptor = self._hold(place, stack, wait, troubles, create=not opened)
                if descriptor is not None:
                    opened.append((place, descriptor))
            self._tell(troubles, opened[0][0] if opened else None)
            # Of two that are of the same time, the one that was not meant to be used.
            found = [content for content in map(_read, reversed(opened)) if content is not None]
            newest = max(found, key=lambda content: content[0], default=(0, None))[1]
            value = newest if memory.value is None else memory.value

            def save(value: Any) -> None:
                self._save(value, opened, stack, wait)

            yield Contents(value, save)

    def is_shared(self) -> bool:
        """Return whether it can be kept anywhere but in this task's memory."""
        with ExitStack() as stack:
            return any(self._hold(place, stack, None, [], create=True) is not None for place in self._places)

    def _hold(
        self, place: _Place, stack: ExitStack, wait: Wait | None, troubles: list[str], *, create: bool
    ) -> int | None:
        """Open and lock the file in one place; return its descriptor, None where that cannot be done."""
        try:
            descriptor = place.open(create=create)
            if descriptor is None:
                return None
            stack.callback(os.close, descriptor)
            lock(descriptor, wait)
        except (_Unusable, OSError) as error:
            trouble = _unusable(error) if isinstance(error, OSError) else error
            if create:
                troubles.append(f"{place.folder or 'The cache folder'}: {trouble}")
            return None
        return descriptor

    def _save(self, value: Any, opened: list[tuple[_Place, int]], stack: ExitStack, wait: Wait | None) -> None:
        content = json.dumps(value, separators=(",", ":")).encode()
        troubles: list[str] = []
        held = {id(place): descriptor for place, descriptor in opened}
        for place in self._places:
            descriptor = held.get(id(place))
            if descriptor is None and (troubles or not opened):
                descriptor = self._hold(place, stack, wait, troubles, create=True)
            if descriptor is None:
                continue
            try:
                _write(descriptor, content)
            except OSError as error:
                troubles.append(f"{place.folder}: {_unusable(error)}")
                continue
            for other in held.values():
                if other != descriptor:
                    _forget(other)
            self._memory.value = None
            self._tell(troubles, place)
            return
        self._tell(troubles, None)
        self._memory.value = value

    def _tell(self, troubles: Sequence[str], place: _Place | None) -> None:
        if not troubles:
            return
        instead = (
            f"{place.folder} is used instead."
            if place is not None
            else "Each task therefore logs in on its own, and tasks do not share the rate limits."
        )
        self._warn(
            f"Data that tasks share cannot be stored ({'; '.join(troubles)}). {instead} "
            f"Set {self._option} to an owner-only folder that can be written."
        )


def _read(opened: tuple[_Place, int]) -> tuple[int, Any] | None:
    """Return when the file was written, and its content; None where it holds nothing.

    It may be empty, or cut off because a task was killed or a disk was full, or nobody's JSON: as if nothing had been
    stored.
    """
    try:
        found = os.fstat(opened[1])
        if found.st_size > _LARGEST:
            return None
        value = json.loads(os.pread(opened[1], found.st_size, 0))
    except (ValueError, RecursionError, OSError):
        return None
    return None if value is None else (found.st_mtime_ns, value)


def _write(descriptor: int, content: bytes) -> None:
    written = 0
    while written < len(content):
        written += os.pwrite(descriptor, content[written:], written)
    os.ftruncate(descriptor, len(content))


def _forget(descriptor: int) -> None:
    """Empty a file that is no longer the newest one, as far as it lets itself be emptied."""
    try:
        if os.fstat(descriptor).st_size:
            os.ftruncate(descriptor, 0)
    except OSError:
        return


class PrivateMemory:
    """Takes the place of a shared file where there is none: shared by the threads of one task only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.value: Any = None

    @contextmanager
    def locked(self, wait: Wait | None = None) -> Iterator[PrivateMemory]:
        """Hold it for oneself, among threads. *wait*: see `SharedFile.locked`."""
        while not self._lock.acquire(blocking=wait is None):
            if wait is not None:
                wait(POLL_SECONDS)
        try:
            yield self
        finally:
            self._lock.release()

    def save(self, value: Any) -> None:
        """Store *value*."""
        self.value = value
