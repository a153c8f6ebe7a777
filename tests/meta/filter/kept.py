# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests do between tasks, without the processes that modules for it would take Ansible."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen


def afresh(url: str, folder: str, *names: str) -> bool:
    """Let the simulator at *url* start as *folder*/start.json says, and remove what is called so in *folder*."""
    start = json.loads(Path(folder, "start.json").read_text())
    steps = (("POST", "reset", None), ("PUT", "state", start["state"]), ("PATCH", "limits", start["limits"]))
    for method, what, document in steps:
        body = None if document is None else json.dumps(document).encode()
        request = Request(f"{url}/_sim/{what}", body, {"Content-Type": "application/json"}, method=method)
        with urlopen(request, timeout=10):
            pass
    for name in names:
        shutil.rmtree(Path(folder, name), ignore_errors=True)
    return True


def kept(text: str, file: str) -> bool:
    """Write *text* to *file*."""
    Path(file).write_text(text)
    return True


class FilterModule:
    def filters(self) -> dict[str, Callable[..., bool]]:
        return {"afresh": afresh, "kept": kept}
