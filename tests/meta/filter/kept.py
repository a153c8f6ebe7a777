# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests do between tasks, without the processes that modules for it would take Ansible."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen


def afresh(url: str, folder: str, *names: str) -> bool:
    """Reset the simulator at *url*, and remove what is called so in *folder*."""
    with urlopen(Request(f"{url}/_sim/reset", method="POST"), timeout=10):
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
