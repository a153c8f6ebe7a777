# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is measured, in which state, and what each must have asked of the provider."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
_LOOPS_UP_TO = 50


@dataclass(frozen=True)
class Contender:
    """One row of the table. *gets* and *puts*: requests for each number; *lists*: requests for all at once."""

    name: str
    what: str
    playbook: str | None
    drifted: bool
    logins: int = 1
    lists: int = 0
    gets: int = 0
    puts: int = 0
    up_to: int | None = None

    def command(self, inventory: Path, desired: Path) -> list[str]:
        """The program to run. *desired* is the list as JSON."""
        if self.playbook is None:
            return [sys.executable, str(HERE / "floor.py"), str(desired)]
        program = str(Path(sys.executable).parent / "ansible-playbook")
        return [sys.executable, program, "-i", str(inventory / "hosts.ini"), str(HERE / "playbooks" / self.playbook)]

    def requests(self, count: int) -> Counter[str]:
        """How many requests of each method there must be for *count* numbers, `Counter({method: requests})`."""
        gets = self.lists + self.gets * count
        return +Counter({"POST": self.logins, "GET": gets, "PUT": self.puts * count})

    @property
    def state(self) -> str:
        return "drifted" if self.drifted else "converged"


EMPTY = Contender("(0)", "empty playbook", "empty.yml", drifted=False, logins=0)
BULK = Contender("(a)", "sonetel_forwardings", "forwardings.yml", drifted=False, lists=1)
BULK_DRIFTED = Contender("(b)", "sonetel_forwardings", "forwardings.yml", drifted=True, lists=1, puts=1)
URI = Contender("(c)", "loop of uri tasks", "uri_loop.yml", drifted=False, gets=1, up_to=_LOOPS_UP_TO)
URI_DRIFTED = Contender("(c)", "loop of uri tasks", "uri_loop.yml", drifted=True, gets=1, puts=1, up_to=_LOOPS_UP_TO)
LOOP = Contender("(d)", "loop of sonetel_forwarding", "forwarding_loop.yml", drifted=False, gets=1, up_to=_LOOPS_UP_TO)
FLOOR = Contender("(e)", "script without safety", None, drifted=True, lists=1, puts=1)

# In the order of the table.
ALL = (EMPTY, BULK, URI, LOOP, BULK_DRIFTED, URI_DRIFTED, FLOOR)
# What a row is compared with.
REFERENCES = {False: BULK, True: FLOOR}
