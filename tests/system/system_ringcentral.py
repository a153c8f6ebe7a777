# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the RingCentral modules share: credentials, offices, and what the simulated account holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from system_support import Json, run_module

from simulator.harness import Simulator
from simulator.ringcentral import seed

NUMBERS = "ringcentral_forwarding_numbers"
CELL = {"extension": "101", "phone_number": "+16505550100", "label": "Cell"}
HOME = {"extension": "101", "phone_number": "(650) 555-0101", "type": "Home"}
DESK = {"extension": "101", "device": "Yealink T54W", "device_extension": "102"}


class RingCentralOffice:
    """Runs RingCentral modules against one simulator, with one folder for what tasks share."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self.folder = folder
        self.options: dict[str, Any] = {
            "client_id": seed.CLIENT_ID,
            "client_secret": seed.CLIENT_SECRET,
            "jwt": seed.JWT,
            "server_url": simulator.ringcentral_server_url,
            "cache_path": str(folder),
        }

    def run(self, module: str, *, check: bool = False, clock: Any = None, **options: Any) -> Json:
        """Run a module and return its result; the request log then holds its requests only."""
        self.simulator.clear_requests()
        hidden = module == "ringcentral_token"
        return run_module(module, {**self.options, **options}, check=check, no_log=hidden, clock=clock)

    def apply(self, items: Sequence[Mapping[str, Any]], **options: Any) -> Json:
        """Run the plural module on *items*; national numbers are read as American."""
        return self.run(NUMBERS, forwarding_numbers=[dict(item) for item in items], region="US", **options)

    def requests(self) -> list[str]:
        """The requests of the last run: method, the end of the path, and a status of refusal."""
        return [
            f"{entry['method']} {_short(entry['path'])}"
            + ("" if entry["status"] and entry["status"] < 300 else f" {entry['status']}")
            for entry in self.simulator.requests()
        ]

    def numbers(self, extension_id: str = seed.OWNER_ID) -> list[Json]:
        """The forwarding numbers that the account really has."""
        extension = self.simulator.state()["ringcentral"]["extensions"][extension_id]
        return list(extension["forwarding_numbers"].values())

    def listed(self, *names: str, extension_id: str = seed.OWNER_ID) -> list[tuple[Any, ...]]:
        """Members *names* of the numbers that are no desk phones of one's own."""
        own = self.simulator.state()["ringcentral"]["extensions"][extension_id]["devices"]
        records = [item for item in self.numbers(extension_id) if (item.get("device") or {}).get("id") not in own]
        return sorted(tuple(item.get(name) for name in names) for item in records)


# The last part of a path that says what is asked for.
_RESOURCES = (
    "forwarding-number", "device", "answering-rule", "business-hours", "features", "state-rules", "interaction-rules",
    "states", "extension", "token", "revoke",
)  # fmt: skip


def _short(path: str) -> str:
    parts = path.split("/")
    for name in _RESOURCES:
        if name in parts:
            end = parts[parts.index(name) :]
            return name if len(end) == 1 else f"{name}/{'~' if end[1] == '~' else 'ID'}"
    return path
