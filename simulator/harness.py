# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start, stop and steer a simulator from tests and scripts. Needs the standard library alone."""

from __future__ import annotations

import http.client
import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

_ROOT = Path(__file__).resolve().parent.parent
_STOP_SECONDS = 10


class SimulatorError(Exception):
    """The simulator did not start, is gone, or refused what was asked."""


class Simulator:
    """A running simulator. As a context manager it starts a process of its own and stops it at the end:

        with Simulator() as simulator:
            requests.get(simulator.sonetel_api_url + "/account/", ...)

    `state_file`: passed on as --state. `python`: interpreter that has the simulator's requirements.
    All methods raise SimulatorError when the simulator refuses, naming what is wrong, or cannot be reached.
    """

    def __init__(self, *, state_file: Path | str | None = None, python: str = sys.executable) -> None:
        self.url = ""
        self.pid = 0
        self._command = [python, "-m", "simulator", "--port", "0"]
        if state_file is not None:
            self._command += ["--state", str(Path(state_file).absolute())]
        self._process: subprocess.Popen[str] | None = None

    @classmethod
    def attach(cls, url: str) -> Simulator:
        """A simulator that is running already; `stop` leaves it running."""
        simulator = cls()
        simulator.url = url.rstrip("/")
        return simulator

    def __enter__(self) -> Simulator:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the process and wait until it accepts connections. Does nothing when it is attached or started."""
        if self.url:
            return
        self._process = subprocess.Popen(
            self._command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            code = self._process.wait(_STOP_SECONDS)
            raise SimulatorError(f"the simulator did not start (exit code {code}); its message is on standard error")
        ready = json.loads(line)
        self.url, self.pid = ready["url"], ready["pid"]

    def stop(self) -> None:
        """Stop a process that `start` started: SIGTERM, so that a state file is written."""
        process, self._process = self._process, None
        if process is None:
            return
        self.url = ""
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    @property
    def sonetel_api_url(self) -> str:
        """Value for the option `api_url` of Sonetel modules."""
        return self.environment["SONETEL_API_URL"]

    @property
    def sonetel_auth_url(self) -> str:
        """Value for the option `auth_url` of Sonetel modules."""
        return self.environment["SONETEL_AUTH_URL"]

    @property
    def smspartner_api_url(self) -> str:
        """Value for the option `api_url` of SMS Partner modules."""
        return self.environment["SMSPARTNER_API_URL"]

    @property
    def fonedynamics_api_url(self) -> str:
        """Value for the option `api_url` of Fone Dynamics modules."""
        return self.environment["FONEDYNAMICS_API_URL"]

    @property
    def ringcentral_server_url(self) -> str:
        """Value for the option `server_url` of RingCentral modules."""
        return self.environment["RC_SERVER_URL"]

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which the modules find the simulator and log in to the accounts that it starts with."""
        seeds = sorted(path.parent.name for path in Path(__file__).parent.glob("*/seed.py"))
        found: dict[str, str] = {}
        for name in seeds:
            found |= importlib.import_module(f".{name}.seed", __package__).environment(self.url)
        return found

    def state(self) -> dict[str, Any]:
        """The whole state, `{provider: state}`."""
        state: dict[str, Any] = self._ask("GET", "state")
        return state

    def put_state(self, state: dict[str, Any]) -> None:
        """Replace the state of the providers named in it."""
        self._ask("PUT", "state", state)

    def reset(self) -> None:
        """Back to the start: its state, default switches and limits, no faults, an empty log."""
        self._ask("POST", "reset")

    def requests(self) -> list[dict[str, Any]]:
        """The request log, oldest first."""
        log: list[dict[str, Any]] = self._ask("GET", "requests")
        return log

    def clear_requests(self) -> None:
        """Empty the request log."""
        self._ask("DELETE", "requests")

    def switches(self) -> dict[str, Any]:
        """`{provider: {switch: {value, read, values, stands_for}}}`; the first of `values` is the default."""
        switches: dict[str, Any] = self._ask("GET", "switches")
        return switches

    def set_switches(self, switches: dict[str, Any]) -> None:
        """Set some switches, `{provider: {switch: value}}`."""
        self._ask("PATCH", "switches", switches)

    def call(self, call: dict[str, Any]) -> dict[str, Any]:
        """What happens to a call (README.md, "Calls")."""
        result: dict[str, Any] = self._ask("POST", "call", call)
        return result

    def faults(self) -> list[dict[str, Any]]:
        """All planted faults with `after_left`, `times_left` and `hits`."""
        faults: list[dict[str, Any]] = self._ask("GET", "faults")
        return faults

    def add_faults(self, faults: list[dict[str, Any]]) -> None:
        """Plant faults in addition to those that are there."""
        self._ask("POST", "faults", faults)

    def clear_faults(self) -> None:
        """Remove all faults."""
        self._ask("DELETE", "faults")

    def limits(self) -> dict[str, Any]:
        """`{provider: {group: {requests, window, penalty} or None}}`."""
        limits: dict[str, Any] = self._ask("GET", "limits")
        return limits

    def limit_by_the_second(self) -> None:
        """Let what is limited by the minute be limited by the second, but logins: for clients on a real clock."""
        limits = {
            provider: {name: {**limit, "window": 1} for name, limit in groups.items() if limit and name != "auth"}
            for provider, groups in self.limits().items()
        }
        self.set_limits({provider: groups for provider, groups in limits.items() if groups})

    def set_limits(self, limits: dict[str, Any]) -> None:
        """Set some limits, in the form of `limits`."""
        self._ask("PATCH", "limits", limits)

    def _ask(self, method: str, name: str, document: object = None) -> Any:
        body = None if document is None else json.dumps(document)
        # A connection of its own, so that no proxy setting of the environment can interfere.
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        try:
            connection.request(method, f"/_sim/{name}", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise SimulatorError(f"{method} /_sim/{name}: the simulator at {self.url!r} is gone: {error}") from error
        finally:
            connection.close()
        if response.status != 200:
            raise SimulatorError(f"{method} /_sim/{name}: HTTP {response.status}: {text}")
        return json.loads(text)
