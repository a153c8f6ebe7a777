# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run one module in this process, as Ansible starts it in a process of its own: `module_process.py NAME`.

Options come as JSON on standard input. Used by tests that kill a module while it writes.
"""

from __future__ import annotations

import json
import sys

from system_support import run_module

if __name__ == "__main__":
    options = json.load(sys.stdin)
    sys.path.insert(0, options.pop("collections_path"))
    run_module(sys.argv[1], options)
