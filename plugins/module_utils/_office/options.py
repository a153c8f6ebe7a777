# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the user calls the options of the modules of whole offices. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .providers import PROVIDERS

# Options that variables `office_...` set, whatever the job.
OF_OFFICE = (
    "region",
    "policy",
    "timezone",
    "reroute_directory",
    "state_directory",
    "keep_days",
    "people",
    "call_tests",
    "findings",
    "accepted_findings",
    "long_way",
    *PROVIDERS,
    *(f"{name}_connection" for name in PROVIDERS),
)

# The options that results leave out.
NOT_ECHOED = (*PROVIDERS, "index_problems", "index_names", "run_id", "left_out")


@dataclass(frozen=True)
class Names:
    """How texts for people name options, as variables where these set them, and times.

    *variables*: options of the office come from variables `office_...`. *prefix*: the job's own options come from
    variables that begin with it. *time* returns a time in UTC as the office's people read it.
    """

    variables: bool = False
    prefix: str = ""
    time: Callable[[str], str] = str

    def of(self, option: str) -> str:
        """Return what the user calls *option*."""
        if option in OF_OFFICE:
            return f"office_{option}" if self.variables else option
        return f"{self.prefix}_{option}" if self.prefix else option

    def worded(self, text: str) -> str:
        """Return *text* with options that are written as `O(option)`, and times as `T(time)`, as people know them."""
        named = re.sub(r"\bO\(([a-z_]+)\)", lambda found: self.of(found[1]), text)
        return re.sub(r"\bT\((\d{4}-[0-9T:-]+Z)\)", lambda found: self.time(found[1]), named)

    def path(self, path: str) -> str:
        """Return a path in the options, such as `policy.allowed_numbers[0]`, as one in what the user wrote."""
        root = re.match(r"\w+", path)
        return self.of(root[0]) + path[root.end() :] if root else path
