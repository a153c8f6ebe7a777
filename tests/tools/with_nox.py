# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run nox from an environment of its own, .cache/nox-itself, which is made where it is missing.

It needs what a fresh machine has: Python 3.11 or newer and a package index.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".cache/nox-itself"
REQUIREMENTS = ROOT / "tests/requirements/nox.txt"


def main() -> None:
    """Replace this process by nox, with the same arguments."""
    if sys.version_info < (3, 11):
        version = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"This is Python {version}; 3.11 or newer is needed. Pick one with: make PYTHON=python3.12 ...")
    base = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    stamp, python = ENVIRONMENT / "made-from", ENVIRONMENT / "bin/python"
    wanted = hashlib.sha256(f"{base}\0{ENVIRONMENT}\0".encode() + REQUIREMENTS.read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text() == wanted and python.exists()):
        print("  installing nox ...", file=sys.stderr, flush=True)
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        _run(base, "-m", "venv", "--without-pip", ENVIRONMENT)
        # Debian ships ensurepip apart from Python; a pip that is installed for the interpreter does as well.
        own = _run(python, "-m", "ensurepip", check=False)
        options = ("--quiet", "--no-compile", "--disable-pip-version-check", "-r", REQUIREMENTS)
        _run(python if own else base, "-m", "pip", "--python", python, "install", *options)
        stamp.write_text(wanted)
    # Every process would otherwise compile its libraries again, which are installed without their bytecode.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.chdir(ROOT)
    os.execv(python, [str(python), "-m", "nox", *sys.argv[1:]])


def _run(*command: str | Path, check: bool = True) -> bool:
    """Run a program quietly and return whether it succeeded; with *check*, stop with what it printed if not."""
    words = [str(word) for word in command]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if check and done.returncode:
        sys.exit(f"`{' '.join(words)}` ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.returncode == 0


if __name__ == "__main__":
    main()
