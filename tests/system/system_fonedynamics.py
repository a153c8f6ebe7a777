# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulated Fone Dynamics account to work on, what it shall become, and whether a result tells the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from system_support import Json, SkippingClock, leaks, run_module

from simulator.fonedynamics import seed
from simulator.harness import Simulator

DESK, SALES, HOTLINE, MOBILE = "+61255500101", "+61255500102", "+611300975707", "+61491570006"
LIST = "GET Numbers"
# A entry for each kind of option, as a person would write it, and what Fone Dynamics then holds.
WISHES: tuple[tuple[Json, Json], ...] = (
    (
        {
            "number": "(02) 5550 0101",
            "friendly_name": " Front desk ",
            "address": "Melbourne office",
            "routing_method": "flow",
            "flow": "Main menu",
            "endpoint_number": "0491 570 157",
        },
        {
            "Friendly": "Front desk",
            "AddressSid": seed.MELBOURNE_ADDRESS,
            "RoutingMethod": "Flow",
            "Flow": seed.MAIN_MENU,
            "EndpointNumber": "+61491570157",
        },
    ),
    (
        {"number": "02 5550 0102", "routing_method": "endpoint", "endpoint_number": "+61 491 570 156"},
        {"RoutingMethod": "Endpoint", "EndpointNumber": "+61491570156"},
    ),
    (
        {"number": "1300 975 707", "recording": "call", "attribution_medium": "spot", "attribution_campaign": "spring"},
        {"Recording": "Call", "Attribution_Medium": "spot", "Attribution_Campaign": "spring"},
    ),
    (
        {
            "number": "0491570006",
            "send_sms_from": "Office",
            "send_sms_to": "0491 570 156",
            "send_email_from": "noreply@EXAMPLE.org",
            "send_email_to": "desk@example.org",
            "webhook_url": "https://hooks.example.org/sms/?a=1",
            "webhook_method": "POST",
            "delivery_receipt_webhook_url": "https://hooks.example.org/receipts",
            "delivery_receipt_webhook_method": "GET",
        },
        {
            "SendSmsFrom": "Office",
            "SendSmsTo": "+61491570156",
            "SendEmailTo": "desk@example.org",
            "WebHookUrl": "https://hooks.example.org/sms/?a=1",
            "WebHookMethod": "POST",
            "DeliveryReceiptWebHookUrl": "https://hooks.example.org/receipts",
            "DeliveryReceiptWebHookMethod": "GET",
        },
    ),
)
NUMBERS = (DESK, SALES, HOTLINE, MOBILE)


class FoneDynamicsAccount:
    """The simulator's first account, and modules that run against it."""

    def __init__(self, simulator: Simulator, entries: Sequence[Json] | None = None) -> None:
        self.simulator = simulator
        self.entries = [entry for entry, stored in WISHES] if entries is None else list(entries)
        self.start = self.stored()

    def stored(self) -> dict[str, Json]:
        """The numbers as they really are."""
        numbers = self.simulator.state()["fonedynamics"]["accounts"][seed.ACCOUNT_SID]["numbers"]
        return {f"+{digits}": record for digits, record in numbers.items()}

    def goal(self) -> dict[str, Json]:
        """What the numbers shall be when the entries of this module have been applied."""
        changed = {number: {**self.start[number], **WISHES[index][1]} for index, number in enumerate(NUMBERS)}
        return {**self.start, **changed}

    def switch(self, **positions: str | int) -> None:
        self.simulator.set_switches({"fonedynamics": positions})

    def fault(self, **fault: Any) -> None:
        self.simulator.add_faults([{"provider": "fonedynamics", **fault}])

    def connection(self) -> Json:
        return {
            "account_sid": seed.ACCOUNT_SID,
            "token": seed.TOKEN,
            "api_url": self.simulator.fonedynamics_api_url,
            "region": "AU",
        }

    def run(self, *, check: bool = False, clock: SkippingClock | None = None, **options: Any) -> Json:
        """Run the plural module with the entries."""
        given = {**self.connection(), "numbers": self.entries, **options}
        return silent(run_module("fonedynamics_numbers", given, check=check, clock=clock))

    def one(self, *, check: bool = False, **options: Any) -> Json:
        """Run the singular module."""
        return silent(run_module("fonedynamics_number", {**self.connection(), **options}, check=check))

    def info(self, **options: Any) -> Json:
        return silent(run_module("fonedynamics_number_info", {**self.connection(), **options}))

    def requests(self) -> list[str]:
        """The provider requests so far as `METHOD last part of the path`, oldest first; empties the log."""
        return [f"{entry['method']} {entry['path'].rpartition('/')[2]}" for entry in self.log()]

    def bodies(self) -> list[Json]:
        """The bodies of the writes so far, oldest first; empties the log."""
        return [entry["body"] for entry in self.log() if entry["method"] == "POST"]

    def log(self) -> list[Json]:
        log = self.simulator.requests()
        self.simulator.clear_requests()
        return log

    def check_truth(self, result: Mapping[str, Any], goal: Mapping[str, Json]) -> None:
        """Compare what the result says of each number with what became of it."""
        now = self.stored()
        reported = {item["number"]: item["status"] for item in result["results"]}
        statuses = {number: reported.get(number, "unchanged") for number in goal}
        for number, status in statuses.items():
            where = (number, status)
            if status in ("applied", "unchanged"):
                assert comparable(now[number]) == comparable(goal[number]), where
            elif status in ("failed", "not_tried"):
                assert now[number] == self.start[number], where
            else:
                assert status == "unknown", where
        touched = {number for number, status in statuses.items() if status in ("applied", "unknown")}
        assert result["changed"] is bool(touched)
        assert set(result["diff"]["before"]) == set(result["diff"]["after"]) == touched


def silent(result: Json) -> Json:
    """The result of a module, which must have printed no secret."""
    assert not leaks(result["printed"])
    return result


def comparable(record: Mapping[str, Any]) -> Json:
    """A record without what may be kept in several spellings."""
    return {key: value for key, value in record.items() if key != "SendEmailFrom"}


def writes(requests: Sequence[str]) -> list[str]:
    return [request for request in requests if not request.startswith("GET ")]
