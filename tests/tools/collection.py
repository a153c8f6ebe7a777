# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The project as a collection: which files it has, a copy at the path that Ansible's tools insist on, its artefact."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
PLACE = Path("ansible_collections/office/telephony")


def project_files() -> list[str]:
    """Paths, relative to the root, of what git tracks or would track, in order; files removed by hand are left out."""
    listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def copy_collection(parent: Path) -> Path:
    """Copy the project's files to parent/ansible_collections/office/telephony, and return that folder.

    A link does not do for Ansible's tools. An earlier copy is removed. The copy is a git repository of its own:
    otherwise the tools would ask the project's git, which ignores everything below .cache/.
    """
    target = parent / PLACE
    shutil.rmtree(parent / PLACE.parts[0], ignore_errors=True)
    target.mkdir(parents=True)
    _git(target, "init", "--quiet", "--template=")
    for name in project_files():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy)
    return target


def build_and_install(folder: Path) -> Path:
    """Build the artefact, install it below the folder as a user would, and return the artefact.

    ansible-galaxy is the one of the environment that runs this. The folder is a path for ANSIBLE_COLLECTIONS_PATH.
    Raises subprocess.CalledProcessError, after ansible-galaxy has printed why.
    """
    shutil.rmtree(folder, ignore_errors=True)
    source = copy_collection(folder / "source")
    galaxy("build", "--output-path", folder, source)
    (artefact,) = folder.glob("*.tar.gz")
    galaxy("install", "--offline", "--collections-path", folder, artefact)
    shutil.rmtree(folder / "source")
    return artefact


def galaxy(*arguments: str | Path) -> None:
    """Run `ansible-galaxy collection` with a home of its own, so that it reads and writes nothing of the user's."""
    home = CACHE / "homes/galaxy"
    home.mkdir(parents=True, exist_ok=True)
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("ANSIBLE_", "PYTHON"))}
    program = Path(sys.executable).with_name("ansible-galaxy")
    done = subprocess.run(
        [sys.executable, program, "collection", *arguments],
        env=settings | {"HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    done.check_returncode()


def _git(folder: Path, *arguments: str) -> str:
    """What a git command prints in that folder, whichever repository a calling hook is about."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments], env=settings, capture_output=True, check=True
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"git does not work in {folder}; this needs git and a git clone: {error}")
