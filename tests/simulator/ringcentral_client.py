# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small client of the simulated RingCentral for tests, and texts of its state that tests change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import requests

from simulator.harness import Simulator
from simulator.messages import Record
from simulator.provider import Switch
from simulator.ringcentral import seed
from simulator.ringcentral.tokens import JWT_GRANT

ACCOUNT = "/restapi/v1.0/account/~"
OWN = f"{ACCOUNT}/extension/~"
LIST = f"{OWN}/forwarding-number"
RULES = f"{OWN}/answering-rule"
HOURS = f"{OWN}/business-hours"
COMPANY_RULES = f"{ACCOUNT}/answering-rule"
NEW = "/restapi/v2/accounts/~/extensions/~"
STATES = f"{NEW}/comm-handling/states"
STATE_RULES = f"{NEW}/comm-handling/voice/state-rules"
INTERACTION_RULES = f"{NEW}/comm-handling/voice/interaction-rules"
TARGETS = f"{NEW}/comm-handling/voice/forwarding-targets"
FLIP = f"{NEW}/call-flip-numbers"
EXTENSIONS, QUEUES, SITES = f"{ACCOUNT}/extension", f"{ACCOUNT}/call-queues", f"{ACCOUNT}/sites"
MENUS, PROMPTS = f"{ACCOUNT}/ivr-menus", f"{ACCOUNT}/ivr-prompts"
OTHER = {"phoneNumber": "+16505550100", "type": "Other", "label": "Cell"}


class RingCentralClient:
    """Speaks to the simulator as another client would; `token` is sent with every call."""

    def __init__(self, simulator: Simulator, token: str | None = None) -> None:
        self._simulator = simulator
        self._session = requests.Session()
        self._session.trust_env = False
        self.token = token

    def __call__(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        url = self._simulator.ringcentral_server_url + path
        return self._session.request(
            method, url, headers={**headers, **options.pop("headers", {})}, timeout=10, **options
        )

    def post(self, **body: Any) -> requests.Response:
        """Create a forwarding number of one's own extension."""
        return self("POST", LIST, json=body)

    def ok(self, method: str, path: str, **options: Any) -> Any:
        """The document of a call that must succeed."""
        answer = self(method, path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask_token(self, **form: str) -> requests.Response:
        """Log in with the JWT of the owner, unless `form` says otherwise."""
        return self.form("token", {"grant_type": JWT_GRANT, "assertion": seed.JWT, **form})

    def form(self, name: str, form: dict[str, str], secret: str = seed.CLIENT_SECRET) -> requests.Response:
        """Send a form to an OAuth endpoint."""
        url = f"{self._simulator.ringcentral_server_url}/restapi/oauth/{name}"
        return self._session.post(url, data=form, auth=(seed.CLIENT_ID, secret), timeout=10)

    def log_in(self, **form: str) -> RingCentralClient:
        """A client with a token of a new session."""
        return RingCentralClient(self._simulator, self.ask_token(**form).json()["access_token"])


def ring_group(*targets: Record, enabled: bool = True, duration: int = 20) -> Record:
    """An action that rings some targets together."""
    return {"type": "RingGroupAction", "enabled": enabled, "targets": list(targets), "duration": duration}


def phone_target(number: str) -> Record:
    """A number that rings."""
    return {"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": number}}


def app_groups(*, enabled: bool = False) -> list[Record]:
    """The two groups that a ringing rule must have."""
    return [ring_group({"type": f"All{kind}RingTarget"}, enabled=enabled) for kind in ("Mobile", "Desktop")]


def ending(*targets: Record, **members: str) -> Record:
    """The action that ends a call, with voicemail among its targets."""
    return {"type": "TerminatingAction", "targets": [{"type": "VoiceMailTerminatingTarget"}, *targets], **members}


def ringing(*actions: Record, kind: str = "RingInOrder") -> Record:
    """A body that makes a rule ring."""
    return {"dispatching": {"type": kind, "actions": [*actions, *app_groups(), ending()]}}


def change(simulator: Simulator, **members: Any) -> Record:
    """Change members of the simulated account and return its state."""
    state: Record = simulator.state()["ringcentral"]
    state.update(members)
    simulator.put_state({"ringcentral": state})
    return state


def code_of(answer: requests.Response) -> tuple[int, str, str | None]:
    """Status, first error code, and the parameter that the error names."""
    error = answer.json()["errors"][0]
    return answer.status_code, error["errorCode"], error.get("parameterName")


README = Path(__file__).resolve().parents[2] / "simulator" / "README.md"
Seen = tuple[Callable[[RingCentralClient], object], Mapping[str | int, object]]
"""A look at what a switch is about, and what it sees in each position."""


def compare_positions(
    simulator: Simulator, client: RingCentralClient, switches: Iterable[Switch], name: str, seen: Seen
) -> None:
    """Compare what is seen in every position of a switch, and the README's row about it."""
    look, expected = seen
    switch = next(item for item in switches if item.name == name)
    assert set(expected) == set(switch.values)
    values = ", ".join(f"`{position}`" for position in switch.values)
    assert f"| `{name}` | {values} | {switch.stands_for} |" in README.read_text(encoding="utf-8")
    state, found = simulator.state(), {}
    for position in switch.values:
        simulator.put_state(state)
        simulator.set_switches({"ringcentral": {name: position}})
        found[position] = look(client)
    assert found == expected
