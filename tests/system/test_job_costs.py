# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each job costs at the example offices: requests and logins, exactly. A change of the table is a decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from system_examples import OFFICES, TO, office
from system_support import Json, run_module

from simulator.harness import Simulator

# Who leaves, and who takes their places.
LEAVER = {
    "paris": {"phones": ["03 53 01 00 01"]},
    "stockholm": {"email": "anna.lindqvist@example.org", "phones": ["070-174 06 05"]},
    "sydney": {"phones": ["(02) 5550 0101"]},
    "washington": {"email": "erik.ohman@example.org", "phones": ["202-555-0144"]},
    "newyork": {"email": "cleo@example.org"},
}
SUCCESSOR = {
    "paris": {"phones": ["06 12 34 56 78"]},
    "stockholm": {"email": "erik.ohman@example.org", "phones": ["070-174 06 06"]},
    "sydney": {"phones": ["0491 570 156"]},
    "washington": {"email": "anna.lindqvist@example.org", "phones": ["+46 70 174 06 05"]},
    "newyork": {"email": "ben@example.org"},
}

# By job: requests, and among them logins, in the order of OFFICES.
COSTS = {
    # newyork, paris, stockholm, sydney, washington
    "preview": ((9, 1), (0, 0), (7, 1), (3, 0), (13, 2)),
    "apply": ((41, 0), (2, 0), (25, 1), (6, 0), (27, 1)),
    "apply, verify": ((63, 1), (2, 0), (31, 1), (9, 0), (38, 2)),
    "converged": ((23, 0), (0, 0), (7, 1), (3, 0), (12, 1)),
    "converged, preview": ((23, 0), (0, 0), (7, 1), (3, 0), (12, 1)),
    "info": ((69, 0), (0, 0), (18, 1), (4, 0), (64, 1)),
    "reroute, preview": (None, (0, 0), (7, 1), (6, 0), (18, 1)),
    "reroute": (None, (6, 0), (11, 1), (8, 0), (24, 1)),
    "reroute info": (None, (0, 0), (0, 0), (0, 0), (0, 0)),
    "restore, preview": (None, (0, 0), (5, 1), (6, 0), (15, 1)),
    "restore": (None, (6, 0), (9, 1), (8, 0), (21, 1)),
    "leaver": ((77, 0), (0, 0), (18, 1), (4, 0), (68, 1)),
    "successor, preview": ((84, 0), (0, 0), (22, 1), (5, 0), (71, 1)),
    "successor": ((98, 0), (3, 0), (30, 1), (7, 0), (78, 1)),
}


class CountedJobs:
    """An example office and the jobs that one after the other does to it."""

    def __init__(self, name: str, simulator: Simulator, folder: Path) -> None:
        self.name = name
        self.simulator = simulator
        self.place = folder
        self.folder = str(folder / "reroutes")
        # So many jobs in a row exceed what the account allows in a minute.
        simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
        self.options = office(name, simulator, folder)
        self.empty = simulator.state()
        self.journal = Path(self.options["smspartner_connection"]["journal"])

    def cost(self, module: str, *, check: bool = False, **more: Any) -> tuple[int, int]:
        """Run a module, and return its requests and logins, as the simulator has seen them."""
        self.simulator.clear_requests()
        result = run_module(module, {**self.options, **more}, check=check)
        assert result.get("failed") is None, result.get("msg")
        log = self.simulator.requests()
        assert result["api_calls"]["requests"] == len(log)
        if check:
            assert not [entry for entry in log if entry["method"] != "GET" and not entry["path"].endswith("/token")]
        return len(log), sum(entry["path"].endswith("/token") for entry in log)

    def forget(self) -> None:
        """Bring the accounts, the journal and the cache back to where they were at first."""
        self.simulator.put_state(self.empty)
        self.journal.unlink(missing_ok=True)
        self.options["ringcentral_connection"]["cache_path"] = str(self.place / "another cache")

    def all(self) -> dict[str, tuple[int, int]]:
        """Do every job once."""
        lists = [name for name in ("sonetel", "ringcentral", "smspartner", "fonedynamics") if name in self.options]
        reroute: Json = {"reroute_directory": self.folder, "to": TO.get(self.name)}
        restore: Json = {"reroute_directory": self.folder, "state": "restored"}
        found = {"preview": self.cost("office", check=True), "apply": self.cost("office", verify=False)}
        self.forget()
        found["apply, verify"] = self.cost("office")
        found["converged"] = self.cost("office")
        found["converged, preview"] = self.cost("office", check=True)
        found["info"] = self.cost("office_info", providers=lists)
        if self.name in TO:
            found["reroute, preview"] = self.cost("office_reroute", check=True, **reroute)
            found["reroute"] = self.cost("office_reroute", **reroute)
            found["reroute info"] = self.cost("office_reroute_info", reroute_directory=self.folder)
            found["restore, preview"] = self.cost("office_reroute", check=True, **restore)
            found["restore"] = self.cost("office_reroute", **restore)
        found["leaver"] = self.cost("office_leaver", providers=lists, person=LEAVER[self.name])
        replaced: Json = {"providers": lists, "person": LEAVER[self.name], "successor": SUCCESSOR[self.name]}
        found["successor, preview"] = self.cost("office_leaver", check=True, **replaced)
        found["successor"] = self.cost("office_leaver", **replaced)
        return found


@pytest.mark.parametrize("name", OFFICES)
def test_each_job_costs_what_it_did(name: str, simulator: Simulator, tmp_path: Path) -> None:
    place = OFFICES.index(name)
    expected = {job: cost for job, costs in COSTS.items() if (cost := costs[place]) is not None}
    assert CountedJobs(name, simulator, tmp_path).all() == expected


def test_a_run_that_changes_nothing_costs_no_more_than_its_preview() -> None:
    assert COSTS["converged"] == COSTS["converged, preview"]
