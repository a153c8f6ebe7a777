# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An account to work on, what it shall become, and whether a result tells the truth about what it became."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from system_support import TOKEN, Json, SkippingClock, run_module

from simulator.harness import Simulator
from simulator.sonetel import seed

MOBILE = "+46701740605"
# What a number shall do, as the option says it, and what Sonetel then stores.
_WISHES: tuple[tuple[Json, str, Any], ...] = (
    ({"phone": MOBILE}, "phnum", MOBILE),
    ({"user": "Erik.Ohman@example.org"}, "user", "3000000014"),
    ({"voiceapp": "Reception"}, "app", {"app_type": "ivr", "app_id": "VAq7k2m9x1za"}),
    ({"sip": "sip:frontdesk@SIP.example.org"}, "sip", "frontdesk@sip.example.org"),
)
Stored = tuple[str, Any]


class SonetelOffice:
    """*size* numbers on the simulator that all forward elsewhere than *entries* says; a token is planted.

    *named*: destinations name team members and voice apps too, not only phones.
    """

    def __init__(self, simulator: Simulator, size: int = 10, *, named: bool = True, drifted: bool = True) -> None:
        self.simulator = simulator
        kinds = _WISHES if named else _WISHES[:1]
        digits = [record["phnum"] for record in seed.numbers(size)]
        self.goal: dict[str, Stored] = {}
        self.entries: list[Json] = []
        for index, phnum in enumerate(digits):
            option, kind, to = kinds[index % len(kinds)]
            self.goal[f"+{phnum}"] = (kind, to)
            self.entries.append({"number": f"+{phnum}", "destination": option})
        state = seed.state_with_numbers(
            size, package="business", connect_to_type="phnum", connect_to="+12025550144" if drifted else MOBILE
        )
        state["sonetel"]["access_tokens"][TOKEN] = seed.access_token()
        simulator.put_state(state)
        self.start = self.stored()

    def stored(self) -> dict[str, Stored]:
        """Where each number's calls really go."""
        numbers = self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
        return {f"+{phnum}": (record["connect_to_type"], record["connect_to"]) for phnum, record in numbers.items()}

    def connection(self) -> Json:
        """Connection options with the password; the account id comes from the token."""
        return {
            "username": seed.ADMIN_EMAIL,
            "password": seed.ADMIN_PASSWORD,
            "api_url": self.simulator.sonetel_api_url,
            "auth_url": self.simulator.sonetel_auth_url,
        }

    def with_token(self) -> Json:
        """Connection options with the planted token, which tells no account."""
        return {"access_token": TOKEN, "account_id": seed.ACCOUNT_ID, "api_url": self.simulator.sonetel_api_url}

    def run(self, *, check: bool = False, clock: SkippingClock | None = None, **options: Any) -> Json:
        """Run the plural module with the entries."""
        given = {**self.connection(), "forwardings": self.entries, **options}
        return run_module("sonetel_forwardings", given, check=check, clock=clock)

    def requests(self) -> list[str]:
        """The provider requests so far as `METHOD last part of the path`, oldest first; empties the log."""
        log = self.simulator.requests()
        self.simulator.clear_requests()
        return [f"{entry['method']} {entry['path'].rpartition('/')[2]}" for entry in log]

    def check_account(self, result: Mapping[str, Any]) -> None:
        """Compare what the result says of each number with what became of it."""
        now = self.stored()
        reported = {item["number"]: item["status"] for item in result["results"]}
        assert list(reported) == [number for number in self.goal if number in reported]
        statuses = {number: reported.get(number, "unchanged") for number in self.goal}
        for number, status in statuses.items():
            where = (number, status)
            if status in ("applied", "unchanged"):
                assert now[number] == self.goal[number], where
            elif status in ("failed", "not_tried"):
                assert now[number] == self.start[number], where
            else:
                assert status == "unknown", where
        touched = {number for number, status in statuses.items() if status in ("applied", "unknown")}
        assert result["changed"] is bool(touched)
        assert set(result["diff"]["before"]) == set(result["diff"]["after"]) == touched
        assert sum(result["plan"].values()) == len(self.goal)
        if result.get("failed"):
            for status in ("applied", "failed", "unknown", "not_tried"):
                assert result["failure"][status] == [key for key, found in statuses.items() if found == status]
        else:
            assert set(statuses.values()) <= {"applied", "unchanged"}

    def check_rerun_finishes(self) -> None:
        """A run without trouble ends as desired, and the next one has nothing to do."""
        again = self.run()
        assert not again.get("failed"), again["msg"]
        assert self.stored() == self.goal
        self.requests()
        last = self.run()
        assert last["changed"] is False
        assert last["plan"] == {"create": 0, "update": 0, "delete": 0, "unchanged": len(self.goal)}
        assert not [request for request in self.requests() if request.startswith("PUT")]


def writes_by_number(requests: Sequence[str]) -> Counter[str]:
    """How many PUT requests each number had."""
    return Counter(request.removeprefix("PUT ") for request in requests if request.startswith("PUT "))


def settle(simulator: Simulator) -> None:
    """Wait until requests that the client gave up have been carried out all the same."""
    ends = time.monotonic() + 5
    while any(entry["status"] is None for entry in simulator.requests()) and time.monotonic() < ends:
        time.sleep(0.02)
