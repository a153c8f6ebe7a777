# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A day of an IT person with the playbooks of the collection, on the simulator. `make demo` calls this.

It needs Python 3.11 or newer and a package index; everything else is installed below .cache/.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/tools")]

import day  # noqa: E402  (beside this file)
import environments  # noqa: E402  (in tests/tools)
import project  # noqa: E402

from simulator.harness import Simulator  # noqa: E402

_CLOSING = f"""
That was the day. The offices are a copy of examples, in {os.path.relpath(day.PLACE)}: look at the files, and edit them.
With the credentials of real accounts in the environment (SONETEL_USERNAME and so on) and their numbers in the files,
the same commands work for real. Begin with --check --diff."""


def main() -> int:
    project.require_python()
    project.keep_bytecode()
    try:
        python = environments.ensure_venv("demo", ["demo.txt"])
        if Path(sys.prefix).resolve() != python.parent.parent.resolve():
            # The simulator needs what this environment has.
            os.execv(python, [str(python), str(HERE), *sys.argv[1:]])
        collections = environments.build_and_install_collection(python, project.CACHE / "demo")
    except project.ToolError as error:
        print(error, file=sys.stderr)
        return 1
    # The simulator begins anew, so nothing may be remembered of an earlier demo.
    shutil.rmtree(day.PLACE, ignore_errors=True)
    with Simulator() as simulator:
        try:
            day.play(simulator, day.PLACE, collections)
        except day.Failed as failure:
            print(f"\n{failure}", file=sys.stderr)
            return 1
    print(_CLOSING)
    return 0


if __name__ == "__main__":
    sys.exit(main())
