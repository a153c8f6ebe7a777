# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office with numbers at three providers and its jobs, and a process that ends at any request."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import requests
from requests.adapters import HTTPAdapter
from system_examples import connections
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
# The same as a snapshot holds it.
EXPECTED: dict[str, Json] = {
    **{key: {"destination": to} for key, to in _SONETEL},
    **dict(_SMSPARTNER),
    **dict(_FONEDYNAMICS),
}
PROVIDERS = ("sonetel", "smspartner", "fonedynamics")
State = dict[str, Any]


class Killed(BaseException):
    """Stands for a process that ends: nothing catches it, and nothing is sent afterwards."""


class JobFailed(Exception):
    """A job failed; the text is what its result says."""


@contextmanager
def killed_at(position: int, *, sent: bool) -> Iterator[None]:
    """End the process at the request *position*, before it is sent or after it was carried out."""
    real = HTTPAdapter.send
    count = 0
    lock = threading.Lock()

    def send(self: HTTPAdapter, *arguments: Any, **options: Any) -> requests.Response:
        nonlocal count
        with lock:
            count += 1
            mine = count
        if mine > position or (mine == position and not sent):
            raise Killed
        answer = real(self, *arguments, **options)
        # Providers are asked at the same time: the end meets all requests that are under way.
        if count >= position:
            raise Killed
        return answer

    with mock.patch.object(HTTPAdapter, "send", send):
        yield


class Jobs:
    """The *office* on *simulator*, with its snapshots and its journal in *folder*."""

    def __init__(
        self,
        simulator: Simulator,
        folder: Path,
        office: str = OFFICE,
        *,
        password: str = seed.ADMIN_PASSWORD,
        onboarded: bool = False,
    ) -> None:
        """onboarded: whether another office with the same numbers was onboarded before."""
        self.simulator = simulator
        self.office = office
        self._files = folder
        self.folder = folder / "reroutes"
        self.connections = {name: connections(simulator, folder)[f"{name}_connection"] for name in PROVIDERS}
        self.with_password(password)
        self.lists: Json = {
            "sonetel": {"forwardings": [{"number": key, "destination": to} for key, to in _SONETEL]},
            "smspartner": {"callforwards": [{"number": key, **to} for key, to in _SMSPARTNER]},
            "fonedynamics": {"numbers": [{"number": key, **to} for key, to in _FONEDYNAMICS]},
        }
        if not onboarded:
            self.onboard(self.lists)
        self.start = self.stored()

    def keep(self) -> Callable[[], None]:
        """Return what makes accounts and files again as they are now."""
        state, kept = self.simulator.state(), self._files.with_name(f"{self._files.name}.kept")
        shutil.copytree(self._files, kept)

        def back() -> None:
            self.simulator.put_state(state)
            shutil.rmtree(self._files)
            shutil.copytree(kept, self._files)

        return back

    def with_password(self, password: str) -> None:
        """Log in with another password from now on."""
        self.connections["sonetel"] = {**self.connections["sonetel"], "password": password}

    def stored(self) -> State:
        """Where all calls really go."""
        state = self.simulator.state()
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

    def run(self, module: str, *, check: bool = False, **options: Any) -> Json:
        """Run a module of whole offices with the office's connections; returns its result."""
        given = {"office": self.office, **{f"{name}_connection": found for name, found in self.connections.items()}}
        return run_module(module, {**given, **options}, check=check)

    def done(self, module: str, *, check: bool = False, **options: Any) -> Json:
        """Like `run`, but raise `JobFailed` where the job fails."""
        result = self.run(module, check=check, **options)
        if result.get("failed"):
            raise JobFailed(result["msg"])
        return result

    def onboard(self, lists: Json) -> None:
        self.done("office", **lists, verify=False, on_error="continue")

    def reroute(self, to: str | None = FALLBACK, *, check: bool = False, **options: Any) -> Json:
        """Send all calls to *to*."""
        given = {"reroute_directory": str(self.folder), **({} if to is None else {"to": to}), **self.lists, **options}
        return self.done("office_reroute", check=check, **given)

    def close(self, **options: Any) -> Json:
        """Send all calls to the fallback destination permanently."""
        return self.reroute(state="closed", **options)

    def warned(self, to: str | None = FALLBACK, **options: Any) -> list[str]:
        """Send all calls to *to*, and return the warnings."""
        return texts_of(self.reroute(to, **options))

    def restoring(self, *, check: bool = False, **options: Any) -> Json:
        """Put all calls back as far as nobody has changed them; returns the result, also of a failure."""
        return self.run("office_reroute", check=check, reroute_directory=str(self.folder), state="restored", **options)

    def restore(self, changed: str = "report", *, check: bool = False, **options: Any) -> Json:
        """Put all calls back. Raises `JobFailed`."""
        result = self.restoring(check=check, changed=changed, **options)
        if result.get("failed"):
            raise JobFailed(result["msg"])
        return result

    def snapshot(self) -> Json:
        """What the snapshot says, as people want to know it."""
        found: Json = self.done("office_reroute_info", reroute_directory=str(self.folder))["snapshot"]
        return found
