# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Virtual environments with pinned content, and the collection installed from its own artefact; all below .cache/.

Both are made once and found again by a hash of what went into them, so that asking for them warm costs milliseconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import project
from project import CACHE, REQUIREMENTS, ROOT, ToolError

ARTEFACTS = CACHE / "artefact"


def base_interpreter() -> Path:
    """The interpreter that runs this, or the one that its virtual environment was made from."""
    return Path(getattr(sys, "_base_executable", sys.executable)).resolve()


def ensure_venv(name: str, requirement_files: Sequence[str | Path], interpreter: Path | None = None) -> Path:
    """Make the virtual environment .cache/venvs/NAME unless it is there as asked for, and return its python.

    requirement_files: paths, or names of files in tests/requirements, of pinned requirements.
    interpreter: the one to build on; by default the one that runs this.
    Raises ToolError with the installer's own words when something cannot be installed.
    """
    files = [REQUIREMENTS / file for file in requirement_files]
    base = interpreter or base_interpreter()
    folder = CACHE / "venvs" / name
    stamp = folder / "made-from"
    wanted = project.digest([*files, REQUIREMENTS / "pip.txt"], str(folder), str(base))
    python = folder / "bin" / "python"
    with project.locked(f"venv-{name}"):
        if not (stamp.is_file() and stamp.read_text() == wanted and python.exists()):
            installer = ensure_installer()
            _say(f"installing {name} ({', '.join(file.name for file in files)})")
            shutil.rmtree(folder, ignore_errors=True)
            _run([base, "-m", "venv", "--without-pip", folder])
            _install(installer, python, files)
            stamp.write_text(wanted)
    return python


def build_collection(python: Path) -> Path:
    """Build the collection's artefact with the ansible-core of that python, and return the tar.gz.

    Raises ToolError when ansible-galaxy refuses.
    """
    sources = [ROOT / name for name in project.project_files()]
    wanted = project.digest(sources, str(ARTEFACTS))
    stamp = ARTEFACTS / "made-from"
    with project.locked("artefact"):
        if not (stamp.is_file() and stamp.read_text() == wanted):
            shutil.rmtree(ARTEFACTS, ignore_errors=True)
            source = project.copy_collection(ARTEFACTS / "source")
            _galaxy(python, "build", "--output-path", ARTEFACTS, source)
            stamp.write_text(wanted)
        found = list(ARTEFACTS.glob("*.tar.gz"))
    if len(found) != 1:
        raise ToolError(f"ansible-galaxy left {len(found)} artefacts in {ARTEFACTS}, not one")
    return found[0]


def build_and_install_collection(python: Path, target_dir: Path) -> Path:
    """Build the collection, and install the artefact below target_dir (a path for ANSIBLE_COLLECTIONS_PATH).

    Returns target_dir, which then holds ansible_collections/office/telephony. Nothing is done where it is up to date.
    Raises ToolError when ansible-galaxy refuses.
    """
    artefact = build_collection(python)
    wanted = (ARTEFACTS / "made-from").read_text()
    target_dir = Path(target_dir).resolve()
    stamp = target_dir / "made-from"
    with project.locked("install"):
        if not (stamp.is_file() and stamp.read_text() == wanted):
            shutil.rmtree(target_dir / "ansible_collections", ignore_errors=True)
            _galaxy(python, "install", "--offline", "--force", "--collections-path", target_dir, artefact)
            stamp.write_text(wanted)
    return target_dir


def _galaxy(python: Path, *arguments: str | Path) -> None:
    """Run `ansible-galaxy collection` with a home of its own, so that nothing of the user's is read or written."""
    home = CACHE / "homes" / "galaxy"
    home.mkdir(parents=True, exist_ok=True)
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("ANSIBLE_", "PYTHON"))}
    settings |= {"HOME": str(home), "ANSIBLE_LOCALHOST_WARNING": "0"}
    _run([python, python.parent / "ansible-galaxy", "collection", *arguments], env=settings)


def ensure_installer() -> Path:
    """Make the one environment that has pip; it installs into all the others, which is faster than a pip in each."""
    folder = CACHE / "venvs" / "pip"
    base = base_interpreter()
    wanted = project.digest([REQUIREMENTS / "pip.txt"], str(folder), str(base))
    stamp = folder / "made-from"
    python = folder / "bin" / "python"
    with project.locked("venv-pip"):
        if not (stamp.is_file() and stamp.read_text() == wanted and python.exists()):
            shutil.rmtree(folder, ignore_errors=True)
            _run([base, "-m", "venv", "--without-pip", folder])
            try:
                _run([python, "-m", "ensurepip"])
                first: Path = python
            except ToolError:
                # Debian ships ensurepip apart from Python; a pip that is installed for the interpreter does as well.
                first = base
            _install(first, python, [REQUIREMENTS / "pip.txt"])
            stamp.write_text(wanted)
    return python


def _install(installer: Path, python: Path, files: Sequence[Path]) -> None:
    """Install the requirement files into python's environment with installer's pip."""
    options = ["--quiet", "--no-compile", "--no-warn-script-location", "--disable-pip-version-check"]
    named = [word for file in files for word in ("--requirement", str(file))]
    _run([installer, "-m", "pip", "--python", python, "install", *options, *named])


def _run(command: Sequence[str | Path], env: dict[str, str] | None = None) -> None:
    """Run a program quietly; raise ToolError with everything it said when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        said = done.stdout.decode(errors="replace").rstrip()
        raise ToolError(f"`{' '.join(words)}` ended with {done.returncode}:\n{said}")


def _say(text: str) -> None:
    """Tell a waiting person what takes long, apart from the output that matters."""
    print(f"  {text} ...", file=sys.stderr, flush=True)
