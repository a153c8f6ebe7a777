# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resolve every tests/requirements/*.in into the *.txt beside it: all packages pinned, for all Pythons that use it."""

from __future__ import annotations

import os
import subprocess
import sys

import environments
import project
from matrix import CORES, PREVIEW
from steps_pytest import name


def oldest_python(stem: str) -> str:
    """The oldest Python on which the environment of that name is built."""
    if stem == "lowest":
        return name(CORES[0].pythons[0])
    oldest = {f"core-{core.name}": core.pythons[0] for core in (*CORES, PREVIEW)}
    return name(oldest.get(stem, project.LOWEST_PYTHON))


def main() -> None:
    """Resolve all the files that are environments of their own."""
    uv = environments.ensure_venv("pins", ["pins.in"]).parent / "uv"
    options = ["--quiet", "--universal", "--no-header", "--annotation-style", "line"]
    settings = os.environ | {"UV_CACHE_DIR": str(project.CACHE / "uv")}
    for source in sorted(project.REQUIREMENTS.glob("*.in")):
        if source.stem in ("common", "units", "pins"):
            continue
        version = ["--python-version", oldest_python(source.stem)]
        done = subprocess.run(
            [uv, "pip", "compile", *options, *version, source.name],
            cwd=project.REQUIREMENTS,
            env=settings,
            stdout=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{source.name} cannot be resolved")
        licence = "".join(source.read_text().splitlines(keepends=True)[:3])
        note = f"#\n# Written by `make pins` from {source.name}.\n"
        source.with_suffix(".txt").write_text(licence + note + done.stdout.decode())
        print(f"tests/requirements/{source.stem}.txt")


if __name__ == "__main__":
    main()
