# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A file that remembers what was last set where a provider cannot be read. Private to the collection.

Locks lie on bytes of a second file beside it: one byte for rewriting, and one for each object. Waiting for them ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import stat
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .._clock import Clock
from .._errors import JournalError
from . import private
from .masks import NEXT_STEP, WHY, masked_places

State = Mapping[str, Any]

_FORMAT = "office.telephony journal 1"
_REWRITING = 0
_FIRST_WAIT, _LONGEST_WAIT = 0.01, 0.25
_GRACE = 2.0


class NoJournal:
    """Remembers nothing; what a journal does when there is no file for it."""

    def recall(self) -> dict[str, list[State]]:
        """Return by object what it can be: one state, or several where a run was interrupted."""
        return {}

    @contextlib.contextmanager
    def hold(self, key: str) -> Iterator[None]:
        """Keep other runs away from one object, from before its first request until its result is noted."""
        yield

    def note(self, key: str, possible: Sequence[State] | None) -> None:
        """Remember what an object can be from now on; None forgets it, because it can be anything."""


class Journal(NoJournal):
    """The entries of one account in the journal at *path*. Safe to use from several threads and processes.

    *account* keeps accounts apart that share a file; it must not be a secret. Waiting for other runs that hold the same
    objects ends *patience* seconds from now, however many there are. Every method raises `JournalError`; after `note`
    has returned, the entry survives a crash of the machine.
    """

    def __init__(self, path: str, account: str, clock: Clock, patience: float) -> None:
        self._path = Path(path).expanduser().resolve()
        self._account = account
        self._clock = clock
        self._ends_at = clock.monotonic() + patience
        self._rewriting = threading.Lock()
        self._opening = threading.Lock()
        self._lock_file: int | None = None

    def recall(self) -> dict[str, list[State]]:
        """Return by object what it can be. Also makes sure, without writing, that the journal could be written."""
        with self._explained():
            folder = self._path.parent
            if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                raise JournalError(
                    f"The journal {self._path} cannot be written: its folder does not exist or is not writable.",
                    next_step="Create the folder, or name another file.",
                )
            entries: dict[str, Any] = self._read()["accounts"].get(self._account, {})
            found = {key: entry["possible"] for key, entry in entries.items()}
            self._refuse_masks(found, "Remove that entry from the file, or move the file away.")
            return found

    @contextlib.contextmanager
    def hold(self, key: str) -> Iterator[None]:
        """Keep other runs away from one object; waits for one that holds it."""
        digest = hashlib.sha256(f"{self._account}\n{key}".encode()).digest()
        byte = 1 + int.from_bytes(digest[:7], "big")
        with self._locked(byte, key):
            yield

    def note(self, key: str, possible: Sequence[State] | None) -> None:
        """Remember what an object can be from now on; None forgets it. Call it only while holding the object."""
        self._refuse_masks({key: possible}, NEXT_STEP)
        with self._rewriting, self._locked(_REWRITING, str(self._path)), self._explained():
            document = self._read()
            entries = document["accounts"].setdefault(self._account, {})
            if possible is None:
                if entries.pop(key, None) is None:
                    return
            else:
                now = datetime.fromtimestamp(self._clock.time(), timezone.utc).isoformat(timespec="seconds")
                entries[key] = {"possible": [dict(state) for state in possible], "at": now}
            private.write(self._path, json.dumps(document, indent=1, sort_keys=True))

    def _read(self) -> dict[str, Any]:
        text = private.read(self._path, self._refuse_strangers)
        if not text:
            return {"format": _FORMAT, "accounts": {}}
        document = json.loads(text)
        if not isinstance(document, dict) or document.get("format") != _FORMAT:
            raise ValueError("it has another format")
        return document

    def _refuse_masks(self, entries: Mapping[str, Any], next_step: str) -> None:
        for key, possible in entries.items():
            if any(masked_places({key: possible})):
                raise JournalError(
                    f"{key} in the journal {self._path} is not what was set: {WHY}.", next_step=next_step
                )

    def _refuse_strangers(self, found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            raise JournalError(f"The journal {self._path} is not a file.", next_step="Name another file.")
        if found.st_mode & 0o077 or (found.st_uid != os.geteuid() and os.geteuid() != 0):
            raise JournalError(
                f"The journal {self._path} can be read or written by others (mode {stat.S_IMODE(found.st_mode):04o}, "
                f"owner {found.st_uid}).",
                next_step="Restrict it with chmod 600, or name another file.",
            )

    @contextlib.contextmanager
    def _locked(self, byte: int, what: str) -> Iterator[None]:
        with self._explained():
            descriptor = self._lock()
            self._wait_for(descriptor, byte, what)
        try:
            yield
        finally:
            fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, byte)

    def _lock(self) -> int:
        """Return the lock file. It stays open: closing any descriptor of it would drop all locks of the process."""
        with self._opening:
            if self._lock_file is None:
                name = self._path.with_name(self._path.name + ".lock")
                self._lock_file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            return self._lock_file

    def _wait_for(self, descriptor: int, byte: int, what: str) -> None:
        wait = _FIRST_WAIT
        # The file itself is never held for long, and what was written must be noted even when the time is up.
        ends_at = max(self._ends_at, self._clock.monotonic() + (_GRACE if byte == _REWRITING else 0))
        while True:
            try:
                fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
                return
            except (BlockingIOError, PermissionError):
                if self._clock.monotonic() >= ends_at:
                    raise JournalError(
                        f"Another run has been holding {what} in the journal {self._path} for too long.",
                        next_step="Wait for it to end, or raise deadline.",
                    ) from None
            self._clock.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise JournalError(
                f"{self._path} is not a journal of office.telephony: {error}.",
                next_step="Name another file, or move this one away. It was not changed.",
            ) from None
        except OSError as error:
            raise JournalError(
                f"The journal {self._path} cannot be used: {error.strerror or error}.",
                next_step="Check the path and its permissions.",
            ) from None
