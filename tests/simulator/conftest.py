# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator process for the whole run, as it started before every test; and a small client for it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.sonetel import seed
from tests.simulator.ringcentral_client import RingCentralClient, change
from tests.simulator.ringcentral_description import DESCRIPTION, WITHOUT_IT, Description

if TYPE_CHECKING:
    from collections.abc import Iterator

CACHE = Path(__file__).resolve().parents[2] / ".cache"
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(CACHE / "hypothesis"))


class Client:
    """A client of the simulated Sonetel that holds one access token; calling it makes a REST request."""

    def __init__(self, simulator: Simulator, token: str) -> None:
        self._simulator = simulator
        self._token = token
        self._session = requests.Session()
        self._session.trust_env = False

    def __call__(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._token}", **options.pop("headers", {})}
        return self.raw(method, self._simulator.sonetel_api_url + path, headers=headers, **options)

    def raw(self, method: str, url: str, **options: Any) -> requests.Response:
        """A request to any URL, without the token."""
        return self._session.request(method, url, timeout=10, **options)

    def with_token(self, token: str) -> Client:
        """A client with another token."""
        return Client(self._simulator, token)

    def ok(self, method: str, path: str, **options: Any) -> Any:
        """The `response` of a call that must succeed."""
        answer = self(method, path, **options)
        assert (answer.status_code, answer.json()["status"]) == (200, "success"), answer.text
        return answer.json()["response"]

    def failed(self, method: str, path: str, **options: Any) -> dict[str, str]:
        """The `response` of a call that must be rejected in the documented form."""
        answer = self(method, path, **options)
        document = answer.json()
        assert (answer.status_code, document["status"]) == (200, "failed"), answer.text
        assert sorted(document["response"]) == ["code", "detail"]
        assert all(isinstance(value, str) for value in document["response"].values())
        response: dict[str, str] = document["response"]
        return response

    def number(self, phnum: str) -> dict[str, Any]:
        """One number of the first account, as the API shows it."""
        shown: dict[str, Any] = self.ok("GET", f"/account/{seed.ACCOUNT_ID}/phonenumbersubscription/{phnum}")
        return shown

    def balance(self) -> str:
        """The account's credit."""
        balance: str = self.ok("GET", "/account/")["credit_balance"]
        return balance

    def ask_token(
        self, form: dict[str, str], auth: tuple[str, str] | None = ("sonetel-api", "sonetel-api")
    ) -> requests.Response:
        """Ask the token endpoint."""
        return self.raw("POST", self._simulator.sonetel_auth_url, data=form, auth=auth)

    def log_in(self, **form: str) -> requests.Response:
        """The password grant of the admin, unless `form` says otherwise."""
        admin = {"grant_type": "password", "username": seed.ADMIN_EMAIL, "password": seed.ADMIN_PASSWORD}
        return self.ask_token({**admin, **form})

    def refresh(self, refresh_token: str, **form: str) -> requests.Response:
        """The refresh grant."""
        return self.ask_token({"grant_type": "refresh_token", "refresh_token": refresh_token, **form})


@pytest.fixture(scope="session")
def process() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def simulator(process: Simulator) -> Simulator:
    """The simulator as it started, but with a planted token each for its users."""
    process.reset()
    state = process.state()
    state["sonetel"]["access_tokens"] = {
        "tok-admin": seed.access_token(),
        "tok-regular": seed.access_token(seed.REGULAR_ID),
        "tok-empty": seed.access_token("3000000021", seed.EMPTY_ACCOUNT_ID),
        "tok-expired": seed.access_token(expires_at=1.0),
    }
    process.put_state(state)
    return process


@pytest.fixture
def admin(simulator: Simulator) -> Client:
    return Client(simulator, "tok-admin")


@pytest.fixture
def anyone(simulator: Simulator) -> RingCentralClient:
    return RingCentralClient(simulator)


@pytest.fixture
def owner(anyone: RingCentralClient) -> RingCentralClient:
    return anyone.log_in()


@pytest.fixture
def administrator(simulator: Simulator, owner: RingCentralClient) -> RingCentralClient:
    """A client whose app may do everything, and as often as it likes."""
    permissions = ["EditAccounts", "ReadPresence", "EditPresence"]
    change(simulator, apps={ringcentral.CLIENT_ID: ringcentral.app(permissions=permissions)})
    often = {"requests": 10000, "window": 60, "penalty": 60}
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy"), often)})
    return owner


@pytest.fixture
def description() -> Description:
    if not DESCRIPTION.is_file():
        pytest.skip(WITHOUT_IT)
    return Description(json.loads(DESCRIPTION.read_text()))
