# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a script of the project in one of its environments: in_venv.py NAME SCRIPT [ARGUMENT...].

NAME is a file of tests/requirements without its ending; the script starts in the project's root.
"""

from __future__ import annotations

import os
import sys

import environments
import project


def main() -> None:
    """Replace this process by the script."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    name, script, *arguments = sys.argv[1:]
    if not (project.REQUIREMENTS / f"{name}.in").is_file():
        sys.exit(f"tests/requirements has no {name}.in")
    try:
        python = environments.ensure_venv(name, [f"{name}.txt"])
    except project.ToolError as error:
        sys.exit(str(error))
    os.chdir(project.ROOT)
    os.execv(python, [str(python), script, *arguments])


if __name__ == "__main__":
    main()
