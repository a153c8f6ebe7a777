# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of RingCentral's call forwarding share: items, accounts of either kind, and how they are applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from system_ringcentral import CELL, DESK, HOME, RingCentralOffice
from system_support import Json

from simulator.harness import Simulator

PLURAL = "ringcentral_call_forwardings"
INFO = "ringcentral_call_forwarding_info"
WEEK = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
APPS = {"apps": ["desktop", "mobile"], "always": True}
WORK: Json = {
    "extension": "101",
    "hours": "work",
    "schedule": {**WEEK, "friday": ["08:00-12:00", "13:00-15:30"]},
    "ring_mode": "in_order",
    "ring": [
        APPS,
        {"phone_numbers": ["(650) 555-0100"], "seconds": 20},
        {"phone_numbers": ["(650) 555-0101"], "devices": ["Yealink T54W"], "seconds": 30},
    ],
    "then": {"voicemail": True},
}
AFTER: Json = {
    "extension": "101",
    "hours": "after",
    "ring_mode": "at_once",
    "ring": [{"phone_numbers": ["(650) 555-0100"], "seconds": 25}, {"devices": ["Polycom VVX 411"], "seconds": 15}],
    "then": {"extension": "102"},
}
BACK_ENDS = {"legacy": "no", "new": "yes"}


def migrate(office: RingCentralOffice, migrated: str, **switches: Any) -> None:
    office.simulator.set_switches({"ringcentral": {"migrated": migrated, **switches}})


def office_of(simulator: Simulator, folder: Path) -> RingCentralOffice:
    # Every run has a pretended clock of its own, by which limits of real time cannot be kept.
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
    office = RingCentralOffice(simulator, folder / "shared")
    office.apply([CELL, HOME, DESK])
    return office


def apply(office: RingCentralOffice, items: Sequence[Mapping[str, Any]], **options: Any) -> Json:
    return office.run(PLURAL, call_forwardings=[dict(item) for item in items], region="US", **options)


def writes(office: RingCentralOffice) -> list[str]:
    return [
        line
        for line in office.requests()
        if line.startswith(("PUT", "PATCH", "POST", "DELETE")) and "token" not in line
    ]
