# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write changelogs/changelog.yaml, CHANGELOG.md and CHANGELOG.rst of galaxy.yml's version from the fragments."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import environments
import project

WRITTEN = ("changelogs/changelog.yaml", "CHANGELOG.md", "CHANGELOG.rst")


def release_command(tools: Path, root: Path) -> list[str]:
    """The command that makes the release's entry, or makes it again, under its date, where it is already there.

    tools: the folder with antsibull-changelog; root: the collection. The command looks for ansible-doc on PATH.
    """
    (version,) = re.findall(r"^version: (\S+)$", (root / "galaxy.yml").read_text(), re.MULTILINE)
    history = root / WRITTEN[0]
    entry = rf"^  {re.escape(version)}:\n(?:   .*\n)*?    release_date: '([\d-]+)'"
    again = re.search(entry, history.read_text(), re.MULTILINE) if history.is_file() else None
    options = ["--update-existing", "--refresh", "--date", again.group(1)] if again else []
    return [str(tools / "antsibull-changelog"), "release", "--version", version, "--reload-plugins", *options]


def main() -> None:
    """Write the files in the project itself."""
    try:
        tools = environments.ensure_venv("lint", ["lint.txt"]).parent
    except project.ToolError as error:
        sys.exit(str(error))
    settings = os.environ | {"PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    command = release_command(tools, project.ROOT)
    sys.exit(subprocess.run(command, cwd=project.ROOT, env=settings, check=False).returncode)


if __name__ == "__main__":
    main()
