# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one place that reads, writes and locks the collection's own files. Private to the collection.

A file is only ever replaced as a whole, so that a reader needs no lock, and a run that is killed leaves the old content
or the new one. What may be wrong with a file is its user's to judge and to explain; what the system refuses is raised
as `OSError`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

# Between two attempts to get a lock that may be held for long.
POLL_SECONDS = 0.05
# A link could lead anywhere, and a pipe would keep the task waiting.
_READING = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC

Wait = Callable[[float], None]


def read(path: Path, refuse: Callable[[os.stat_result], None]) -> str | None:
    """Return the text of a file, None where there is none. *refuse* raises for one that must not be used."""
    try:
        descriptor = os.open(path, _READING)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, encoding="utf-8") as stream:
        refuse(os.fstat(descriptor))
        return stream.read()


def write(path: Path, text: str, *, mode: int = 0o600, lasting: bool = True) -> None:
    """Replace the file as a whole. *lasting*: when this returns, it survives a crash of the machine."""
    # The name is always the same, so that killed runs leave no heap of files behind.
    temporary = temporary_of(path)
    descriptor = os.open(temporary, _WRITING, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            os.fchmod(descriptor, mode)
            stream.write(text)
            stream.flush()
            if lasting:
                os.fsync(descriptor)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    if lasting:
        to_disk(path.parent)


def temporary_of(path: Path) -> Path:
    """Return where the new content of a file lies until it is complete."""
    return path.with_name(f".{path.name}.new")


def to_disk(folder: Path) -> None:
    """Make sure that what was renamed, linked or removed in *folder* survives a crash of the machine."""
    descriptor = os.open(folder, _FOLDER)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs away from *folder*. The lock lies on the folder itself, so that no lock file is left behind."""
    descriptor = os.open(folder, _FOLDER)
    try:
        lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def lock(descriptor: int, wait: Wait | None = None) -> None:
    """Lock an open file or folder until it is closed. *wait* is called between attempts, and may raise to give up."""
    if wait is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait(POLL_SECONDS)
        else:
            return
