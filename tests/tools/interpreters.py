# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which Python interpreters this machine really has."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from environments import base_interpreter
from matrix import CORES, Version
from project import CACHE

_PROBE = "import os, sys, venv; print(*sys.version_info[:2], os.path.realpath(sys._base_executable), sep='\\n')"


def wanted_versions() -> list[Version]:
    """Every Python that some supported ansible-core runs on, oldest first."""
    return sorted({python for core in CORES for python in core.pythons})


def discover() -> dict[Version, Path]:
    """The real binary of each wanted Python that answers when asked.

    The interpreter that runs this comes first, then those on PATH, then those that pyenv has installed: its shims on
    PATH exist for every version and answer only for the active ones.
    """
    found: dict[Version, Path] = {}
    for candidate in _candidates():
        answer = _probe(candidate)
        if answer and answer[0] in wanted_versions():
            found.setdefault(*answer)
    return found


def link_folder(found: dict[Version, Path], default: Version) -> Path:
    """A folder with a link pythonX.Y for each interpreter, and python3 for the default one, to be put first in PATH."""
    folder = CACHE / "pythons"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for (major, minor), binary in found.items():
        (folder / f"python{major}.{minor}").symlink_to(binary)
    (folder / "python3").symlink_to(found[default])
    return folder


def clean_path() -> list[str]:
    """PATH without pyenv's shims, which shadow what they cannot run."""
    return [entry for entry in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(entry).name != "shims"]


def _candidates() -> Iterator[Path]:
    yield base_interpreter()
    for major, minor in wanted_versions():
        for entry in os.environ.get("PATH", os.defpath).split(os.pathsep):
            yield Path(entry) / f"python{major}.{minor}"
    yield from sorted(_pyenv_root().glob("versions/*/bin/python3.[0-9][0-9]"), reverse=True)


def _pyenv_root() -> Path:
    return Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")


def _probe(candidate: Path) -> tuple[Version, Path] | None:
    """The version and the real path of an interpreter, or None where it does not run."""
    if not candidate.is_file() or not os.access(candidate, os.X_OK):
        return None
    try:
        done = subprocess.run([candidate, "-c", _PROBE], capture_output=True, text=True, timeout=20, check=False)
        major, minor, path = done.stdout.splitlines()
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return (int(major), int(minor)), Path(path)
