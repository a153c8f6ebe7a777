# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A RingCentral company as an office's file describes it, and its jobs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from system_company import CompanyOffice
from system_rerouting import JobFailed
from system_support import Json

from simulator.harness import Simulator
from simulator.ringcentral.operations import find

_ID = re.compile(r"/\d+")
WEEK = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
DAYS = [
    {"name": "Christmas", "from": "2027-12-24", "to": "2027-12-26"},
    {"name": "Stocktaking", "from": "2027-06-30 12:00", "to": "2027-06-30 18:00"},
]


def lists(folder: Path) -> Json:
    """A company with a site, three menus in a circle, three queues, a recording, hours, rules and holidays."""
    prompt = folder / "closed.wav"
    prompt.parent.mkdir(parents=True, exist_ok=True)
    prompt.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 24)
    return {
        "sites": [
            {
                "name": "Chicago",
                "extension": "9100",
                "time_zone": "America/Chicago",
                "caller_id_name": "Chicago",
                "address": {
                    "country": "United States",
                    "state": "Illinois",
                    "city": "Chicago",
                    "street": "1 Main St",
                    "zip": "60601",
                },
            }
        ],
        "group_extensions": [
            {
                "extension": "7900",
                "kind": "message_only",
                "name": "Night messages",
                "email": "night@example.org",
                "voicemail_to": "101",
            },
            {"extension": "7901", "kind": "announcement", "name": "We are closed", "email": "closed@example.org"},
        ],
        "call_queues": [
            {
                "extension": "7500",
                "name": "Orders",
                "email": "orders@example.org",
                "members": ["102", "101"],
                "ring": "fixed_order",
                "ring_seconds": 20,
                "max_wait": 120,
                "on_max_wait": {"extension": "7900"},
                "max_callers": 5,
                "on_full": {"extension": "8500"},
                "on_no_answer": {"wait": "members_and_overflow"},
                "overflow": ["7501"],
            },
            {
                "extension": "7501",
                "name": "Returns",
                "email": "returns@example.org",
                "members": ["103"],
                "ring": "longest_idle",
                "on_max_wait": {"extension": "7500"},
                "time_zone": "Europe/London",
            },
            {
                "extension": "7502",
                "name": "Repairs",
                "email": "repairs@example.org",
                "members": ["101", "103"],
                "ring": "simultaneous",
                "site": "Chicago",
                "time_zone": "America/Chicago",
                "hours": WEEK,
                "after_hours": {"voicemail": {"extension": "7900"}},
            },
        ],
        "ivr_prompts": [{"name": "Closed", "file": str(prompt)}],
        "ivr_menus": [
            {
                "extension": "8500",
                "name": "Welcome",
                "prompt": {"text": "Press 1 for orders.", "language": "en-US"},
                "keys": [
                    {"key": "1", "extension": "7500"},
                    {"key": "2", "extension": "8501"},
                    {"key": "*", "repeat": True},
                ],
                "repeat": 2,
            },
            {
                "extension": "8501",
                "name": "Service",
                "prompt": {"prompt": "Closed"},
                "keys": [
                    {"key": "1", "extension": "7502"},
                    {"key": "2", "voicemail": {"extension": "7900"}},
                    {"key": "3", "extension": "8502"},
                    {"key": "#", "previous": True},
                ],
            },
            {
                "extension": "8502",
                "name": "More",
                "prompt": {"text": "Press 9 to go back.", "language": "en-US"},
                "keys": [{"key": "9", "extension": "8500"}, {"key": "1", "phone_number": "+16505550199"}],
            },
        ],
        "company_hours": [
            {"owner": "company", "schedule": WEEK},
            {"owner": "9100", "schedule": WEEK},
            {"owner": "7501", "schedule": WEEK},
        ],
        "company_rules": [
            {"owner": "company", "hours": "work", "destination": {"extension": "8500"}},
            {"owner": "company", "hours": "after", "destination": {"extension": "7901"}},
            {"owner": "7502", "name": "Boss", "callers": ["+16505550123"], "destination": {"extension": "101"}},
            {"owner": "9100", "hours": "work", "destination": {"extension": "8501"}},
            {"owner": "9100", "hours": "after", "destination": {"extension": "7900"}},
            {"owner": "7501", "hours": "after", "destination": {"voicemail": {"extension": "7900"}}},
        ],
        "custom_rules": [
            {
                "extension": "103",
                "name": "Orders",
                "callers": ["+16505550124"],
                "then": {"extension": "7500"},
            }
        ],
        "phone_numbers": [
            {"number": "+16505550186", "extension": "8500"},
            {"number": "+16505550187", "company": True},
            {"number": "+16505550183", "extension": "7502", "expected_extension": "7002"},
        ],
        "company_forward_all": {"enabled": False},
        "holidays": [
            {"owner": "company", "days": DAYS, "destination": {"extension": "7901"}},
            {"owner": "7501", "name": "Bank holidays", "days": DAYS, "destination": {"voicemail": True}},
        ],
    }


class Company(CompanyOffice):
    """One office at RingCentral alone, and its jobs."""

    def __init__(self, simulator: Simulator, folder: Path, **members: Any) -> None:
        super().__init__(simulator, folder / "shared", **members)
        self.state = folder / "state"
        self.own: Json = {"office": "hq", "region": "US", "ringcentral_connection": dict(self.options)}
        self.options = {}

    def job(self, module: str, *, check: bool = False, **options: Any) -> Json:
        result = self.run(module, check=check, **{**self.own, **options})
        if result.get("failed"):
            raise JobFailed(result["msg"])
        return result

    def onboard(self, given: Mapping[str, Any], *, check: bool = False, **options: Any) -> Json:
        return self.job("office", check=check, ringcentral=dict(given), **options)

    def held(self) -> Json:
        """What the account holds, as lists of an office."""
        found: Json = self.job("office_info", providers=["ringcentral"])["lists"]["ringcentral"]
        return found

    def export(self, path: Path, **options: Any) -> Json:
        self.job("office_variables", providers=["ringcentral"], path=str(path), overwrite=True, **options)
        found: Json = yaml.safe_load(path.read_text())["office_ringcentral"]
        return found

    def grouped(self) -> list[tuple[str, str]]:
        """The requests of the last run but logins, each with its rate-limit group: `METHOD path`, ids left out."""
        found = []
        for entry in self.simulator.requests():
            operation, _ids = find(entry["method"], entry["path"])
            if operation is not None and operation.group != "auth":
                path = _ID.sub("/ID", entry["path"].partition("/~")[2])
                found.append((operation.group, f"{entry['method']} {path.strip('/')}".strip()))
        return found

    def groups(self) -> Counter[str]:
        """How many requests of each rate-limit group the last run made."""
        return Counter(group for group, _path in self.grouped())

    def writes(self) -> list[str]:
        return [call for call in self.calls() if not call.startswith("GET ")]
