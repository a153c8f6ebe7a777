# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A day of an IT person with the playbooks of the collection, on the simulator. `make demo` calls this."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/tools")]

import collection  # noqa: E402  (in tests/tools)
import day  # noqa: E402  (beside this file)

from simulator.harness import Simulator  # noqa: E402

_CLOSING = f"""
That was the day. Open {os.path.relpath(day.PLACE)}/reports/report.html in a browser.
The offices are a copy of examples, in {os.path.relpath(day.PLACE)}: look at the files, and edit them.
With the credentials of real accounts in the environment (SONETEL_USERNAME and so on) and their numbers in the files,
the same commands work for real. Begin with --check --diff."""


def main() -> int:
    collections = collection.CACHE / "demo"
    collection.build_and_install(collections)
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
