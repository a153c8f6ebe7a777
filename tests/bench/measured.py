# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run one program and note its seconds, its processor seconds and its peak memory:

    measured.py NOTES PROGRAM [ARGUMENT...]

It is a process of its own because it must be small: on Linux a process inherits its parent's size as its first peak.
Only the standard library, and none of the project, so that it starts fast.
"""

from __future__ import annotations

import json
import os
import sys
import time


def main() -> int:
    """Append `{seconds, cpu_seconds, peak_bytes}` to NOTES and return the program's exit code.

    cpu_seconds are those of the program and of everything it started and waited for; peak_bytes is that of the largest
    single process among them.
    """
    notes, *command = sys.argv[1:]
    started = time.monotonic()
    process = os.posix_spawn(command[0], command, os.environ)
    status, usage = os.wait4(process, 0)[1:]
    seconds = time.monotonic() - started
    unit = 1 if sys.platform == "darwin" else 1024
    with open(notes, "a", encoding="utf-8") as stream:  # noqa: PTH123 - importing pathlib would cost as much again
        note = {
            "seconds": seconds,
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "peak_bytes": usage.ru_maxrss * unit,
        }
        stream.write(json.dumps(note) + "\n")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
