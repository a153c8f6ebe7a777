# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where things lie in the project, and how its files are listed and copied.

Only the standard library: everything in this folder runs before any virtual environment exists.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
REQUIREMENTS = ROOT / "tests" / "requirements"
NAMESPACE, NAME = "office", "telephony"
LOWEST_PYTHON = (3, 11)

_thread_locks: dict[str, threading.Lock] = {}


class ToolError(Exception):
    """Something that the caller has to mend; the text says what."""


def require_python() -> None:
    """Stop with one sentence where the interpreter is too old for the tooling."""
    if sys.version_info < LOWEST_PYTHON:
        version = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"This is Python {version}; 3.11 or newer is needed. Pick one with: make PYTHON=python3.12 ...")


# Where another module of this folder is imported first, it must not fail before this sentence is said.
require_python()


def keep_bytecode() -> None:
    """Let all that is started from here keep what Python has compiled, also where the machine's settings forbid it.

    Otherwise every process compiles all of its libraries again, which are installed without their bytecode.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def project_files() -> list[str]:
    """Paths, relative to the root, of what git tracks or would track, in order; files removed by hand are left out.

    Raises ToolError outside a git checkout: without it nothing tells the project's files from what lies among them.
    """
    listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def copy_collection(parent: Path) -> Path:
    """Copy the project's files to parent/ansible_collections/office/telephony, and return that folder.

    Ansible's tools insist on that place, and a link does not do. What an earlier copy left there is removed. The copy
    is a git repository of its own: otherwise the tools would ask the project's git, which ignores all below .cache/.
    """
    target = parent / "ansible_collections" / NAMESPACE / NAME
    shutil.rmtree(parent / "ansible_collections", ignore_errors=True)
    target.mkdir(parents=True)
    _git(target, "init", "--quiet", "--template=")
    for name in project_files():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy)
    return target


def _git(folder: Path, *arguments: str) -> str:
    """What a git command says in that folder, whichever repository a calling hook is about."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, env=settings, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError) as error:
        raise ToolError(f"git does not work in {folder}; the tooling needs git and a git clone: {error}") from error


def digest(paths: Iterable[Path], *more: str) -> str:
    """A hash of the files' names and contents and of the further words."""
    hashed = hashlib.sha256("\0".join(more).encode())
    for path in paths:
        content = path.read_bytes()
        hashed.update(f"\0{path}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.hexdigest()


@contextlib.contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a lock that is known by its name, against other threads and other processes alike."""
    folder = CACHE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with _thread_locks.setdefault(name, threading.Lock()), (folder / name).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
