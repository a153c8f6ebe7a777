# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office with numbers at three providers, and the jobs on it as the roles do them, without Ansible around them.

The order of the modules is that of roles/reroute and roles/restore, so that a run can be cut off at every request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import requests
from requests.adapters import HTTPAdapter
from system_support import Json, run_module, texts_of

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed

FALLBACK = "+46701740606"
OFFICE = "lyon"
# Where the numbers' calls go at first. One is never readable, and known from the journal.
_SONETEL: tuple[tuple[str, Json], ...] = (
    ("+12025550123", {"user": "anna.lindqvist@example.org"}),
    ("+12025550124", {"voiceapp": "Reception"}),
    ("+12025550125", {"phone": "+12025550144"}),
)
_SMSPARTNER: tuple[tuple[str, Json], ...] = (
    ("+33261910001", {"state": "forward", "destination": "+33353010001"}),
    ("+33261910005", {"state": "disabled"}),
)
_FONEDYNAMICS: tuple[tuple[str, Json], ...] = (
    # An endpoint cannot be forgotten, so that one without would keep the fallback destination beside its flow.
    ("+61255500102", {"routing_method": "flow", "endpoint_number": "+61255500101", "flow": "After hours"}),
    ("+61491570006", {"routing_method": "endpoint", "endpoint_number": "+61255500101"}),
)
State = dict[str, Any]


class Killed(BaseException):
    """Stands for a process that ends: nothing catches it, and nothing is sent afterwards."""


class JobFailed(Exception):
    """A module failed, and so does the role."""


@contextmanager
def killed_at(position: int, *, sent: bool) -> Iterator[None]:
    """End the process at the request *position*, before it is sent or after it was carried out."""
    real = HTTPAdapter.send
    count = 0

    def send(self: HTTPAdapter, *arguments: Any, **options: Any) -> requests.Response:
        nonlocal count
        count += 1
        if count > position or (count == position and not sent):
            raise Killed
        answer = real(self, *arguments, **options)
        if count >= position:
            raise Killed
        return answer

    with mock.patch.object(HTTPAdapter, "send", send):
        yield


class Jobs:
    """The *office* on *simulator*, with its snapshots and its journal in *folder*."""

    def __init__(
        self, simulator: Simulator, folder: Path, office: str = OFFICE, *, password: str = seed.ADMIN_PASSWORD
    ) -> None:
        self._simulator = simulator
        self.office = office
        self.folder = folder / "reroutes"
        self._connections = {
            "sonetel": {
                "username": seed.ADMIN_EMAIL,
                "password": password,
                "api_url": simulator.sonetel_api_url,
                "auth_url": simulator.sonetel_auth_url,
            },
            "smspartner": {
                "api_key": smspartner.API_KEY,
                "api_url": simulator.smspartner_api_url,
                "journal": str(folder / "journal.json"),
            },
            "fonedynamics": {
                "account_sid": fonedynamics.ACCOUNT_SID,
                "token": fonedynamics.TOKEN,
                "api_url": simulator.fonedynamics_api_url,
            },
        }
        self.lists: Json = {
            "sonetel": {"forwardings": [{"number": key, "destination": to} for key, to in _SONETEL]},
            "smspartner": {"callforwards": [{"number": key, **to} for key, to in _SMSPARTNER]},
            "fonedynamics": {"numbers": [{"number": key, **to} for key, to in _FONEDYNAMICS]},
        }
        for failure in self.write(self.lists):
            raise AssertionError(failure)
        self.start = self.stored()

    def stored(self) -> State:
        """Where all calls really go."""
        state = self._simulator.state()
        numbers = state["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
        virtual = state["smspartner"]["accounts"][smspartner.API_KEY]["numbers"]
        found = {key: (numbers[key[1:]]["connect_to_type"], numbers[key[1:]]["connect_to"]) for key, start in _SONETEL}
        found |= {key: (virtual[key[1:]]["type"], virtual[key[1:]]["param"]) for key, start in _SMSPARTNER}
        owned = state["fonedynamics"]["accounts"][fonedynamics.ACCOUNT_SID]["numbers"]
        for key, _start in _FONEDYNAMICS:
            record = owned[key[1:]]
            method = record["RoutingMethod"]
            found[key] = (method, record["Flow" if method == "Flow" else "EndpointNumber"])
        return found

    def rerouted(self) -> State:
        """What `stored` is when everything goes to the fallback destination."""
        found: State = {key: ("phnum", FALLBACK) for key, start in _SONETEL}
        found |= {key: (1, FALLBACK[1:]) for key, start in _SMSPARTNER}
        return found | {key: ("Endpoint", FALLBACK) for key, start in _FONEDYNAMICS}

    def call(self, module: str, options: Json, *, check: bool = False) -> Json:
        provider = module.partition("_")[0]
        return run_module(module, {**self._connections.get(provider, {}), **options}, check=check)

    def read(self, lists: Json) -> tuple[Json, list[str]]:
        """What roles/export/tasks/read.yml does: the accounts, and what went wrong."""
        read: Json = {}
        failures = []
        if "sonetel" in lists:
            numbers = [item["number"] for item in lists["sonetel"]["forwardings"]]
            result = self.call("sonetel_forwarding_info", {"numbers": numbers})
            if "msg" in result:
                failures.append(result["msg"])
            else:
                read["sonetel"] = {"forwardings": {"items": result["forwardings"]}}
        if "smspartner" in lists:
            result = self.call("smspartner_callforwards", lists["smspartner"], check=True)
            if "msg" in result:
                failures.append(result["msg"])
            else:
                part = {"items": result["callforwards"], "before": result["diff"]["before"]}
                read["smspartner"] = {"callforwards": part}
        if "fonedynamics" in lists:
            numbers = [item["number"] for item in lists["fonedynamics"]["numbers"]]
            result = self.call("fonedynamics_number_info", {"numbers": numbers})
            if "msg" in result:
                failures.append(result["msg"])
            else:
                read["fonedynamics"] = {"numbers": {"items": result["numbers"]}}
        return read, failures

    def write(self, lists: Json, policy: Json | None = None) -> list[str]:
        """What the role onboard does when it may carry on: plan, write, and tell what went wrong."""
        planned = self.plan(lists, policy)
        left = {
            provider: members
            for provider, members in lists.items()
            if "msg" not in planned[provider] and any(item["action"] != "none" for item in planned[provider]["results"])
        }
        written = self._each(left, policy, check=False)
        return [result["msg"] for result in (planned | written).values() if "msg" in result]

    def plan(self, lists: Json, policy: Json | None = None) -> dict[str, Json]:
        planned = self._each(lists, policy, check=True)
        fatal = [result["msg"] for result in planned.values() if result.get("failure", {}).get("kind") == "input"]
        if fatal:
            raise JobFailed(" ".join(fatal))
        return planned

    def _each(self, lists: Json, policy: Json | None, *, check: bool) -> dict[str, Json]:
        rules = {"policy": policy} if policy else {}
        modules = {
            "sonetel": "sonetel_forwardings",
            "smspartner": "smspartner_callforwards",
            "fonedynamics": "fonedynamics_numbers",
        }
        return {provider: self.call(modules[provider], {**lists[provider], **rules}, check=check) for provider in lists}

    def snapshot(self, state: str, *, check: bool = False, **options: Any) -> Json:
        given = {"directory": str(self.folder), "office": self.office, "state": state, **options}
        result = self.call("office_snapshot", given, check=check)
        if "msg" in result:
            raise JobFailed(result["msg"])
        return result

    def reroute(self, to: str | None = FALLBACK, **options: Any) -> list[str]:
        """Send all calls to *to*; returns the warnings."""
        read, failures = self.read(self.lists)
        wish = {"read": read, "phone": to, **options}
        self.plan(self.snapshot("saved", check=True, **wish)["lists"])
        saved = self.snapshot("saved", **wish)
        failures += self.write(saved["lists"])
        if failures:
            raise JobFailed(" ".join(failures))
        return texts_of(saved)

    def restore(self, changed: str = "report", **options: Any) -> Json:
        """Put all calls back; returns what was found by comparing."""
        found = self.snapshot("queried")
        if not found["snapshot"]["active"]:
            return {}
        read, failures = self.read(found["office_lists"])
        compared = self.snapshot("compared", read=read, overwrite=changed == "overwrite", **options)
        failures += self.write(compared["lists"], compared["policy"])
        if failures:
            raise JobFailed(" ".join(failures))
        undecided = compared["changed_since"] if changed == "report" else []
        self.snapshot("ended", undecided=undecided, **options)
        return compared
