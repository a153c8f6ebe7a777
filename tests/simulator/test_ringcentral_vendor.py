# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's own Python client, and the vendor's OpenAPI description, against the simulator."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import ACCOUNT, LIST, OTHER, OWN, RingCentralClient

if TYPE_CHECKING:
    from simulator.harness import Simulator

_NAME = "ringcentral-openapi.json"
# The description is the vendor's and not part of this project; the tests that need it are skipped without it.
_DESCRIPTION = Path(
    os.environ.get("RINGCENTRAL_OPENAPI", str(Path(__file__).resolve().parents[3] / "shared" / "specs" / _NAME))
)


def test_the_vendors_client_logs_in_and_manages_forwarding_numbers(simulator: Simulator) -> None:
    sdk = pytest.importorskip("ringcentral").SDK(seed.CLIENT_ID, seed.CLIENT_SECRET, simulator.ringcentral_server_url)
    platform = sdk.platform()
    platform.login(jwt=seed.JWT)
    path = "/restapi/v1.0/account/~/extension/~/forwarding-number"
    assert len(platform.get(path).json().records) == 1
    created = platform.post(path, OTHER).json_dict()
    assert platform.get(f"{path}/{created['id']}").json().label == "Cell"
    body = {"phoneNumber": OTHER["phoneNumber"], "label": "New"}
    assert platform.put(f"{path}/{created['id']}", body).json().label == "New"
    platform.delete(f"{path}/{created['id']}")
    assert len(platform.get(path).json().records) == 1
    platform.logout()


class Description:
    """A part of OpenAPI 3.0: enough to tell whether an answer has the members and kinds that are described."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def check(self, method: str, path: str, answer: requests.Response) -> None:
        """Fail unless the answer is described for that operation."""
        described = self._document["paths"][path][method.lower()]["responses"]
        response = self.found(described.get(str(answer.status_code)))
        if response is None:
            assert answer.status_code in (401, 403, 429), f"{method} {path} has no answer {answer.status_code}"
            response = {
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ApiErrorResponseModel"}}}
            }
        content = response.get("content", {}).get("application/json")
        if content:
            self._value(content["schema"], answer.json(), f"{method} {path} {answer.status_code}")

    def found(self, node: Any) -> Any:
        """Follow references."""
        while isinstance(node, dict) and "$ref" in node:
            target = self._document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def _value(self, schema: Any, value: Any, where: str) -> None:
        schema = self.found(schema)
        for part in schema.get("allOf", []):
            self._value(part, value, where)
        options = schema.get("oneOf") or schema.get("anyOf")
        if options:
            assert any(self._fits(option, value, where) for option in options), f"{where}: fits no alternative"
        if "enum" in schema:
            assert value in schema["enum"], f"{where}: {value!r} is not one of {schema['enum']}"
        kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
        kind = schema.get("type") or ("object" if "properties" in schema else None)
        if kind:
            assert isinstance(value, kinds[kind]), f"{where}: {value!r} is no {kind}"
            assert kind == "boolean" or not isinstance(value, bool), f"{where}: {value!r} is no {kind}"
        if isinstance(value, list):
            for position, item in enumerate(value):
                self._value(schema.get("items", {}), item, f"{where}[{position}]")
        if isinstance(value, dict):
            missing = set(schema.get("required", [])) - set(value)
            assert not missing, f"{where}: lacks {sorted(missing)}"
            for name, item in value.items():
                if name in schema.get("properties", {}):
                    self._value(schema["properties"][name], item, f"{where}.{name}")

    def _fits(self, schema: Any, value: Any, where: str) -> bool:
        try:
            self._value(schema, value, where)
        except AssertionError:
            return False
        return True


@pytest.fixture
def description() -> Description:
    if not _DESCRIPTION.is_file():
        pytest.skip(f"RINGCENTRAL_OPENAPI names no {_NAME}")
    return Description(json.loads(_DESCRIPTION.read_text()))


def test_every_answer_is_one_that_the_vendor_describes(simulator: Simulator, description: Description) -> None:
    client = RingCentralClient(simulator)
    account = "/restapi/v1.0/account/{accountId}"
    extension = f"{account}/extension/{{extensionId}}"
    numbers, one = f"{extension}/forwarding-number", f"{extension}/forwarding-number/{{forwardingNumberId}}"
    description.check("POST", "/restapi/oauth/token", client.ask_token())
    description.check("POST", "/restapi/oauth/token", client.ask_token(assertion="x"))
    owner = client.log_in()
    for method, path, real, options in (
        ("GET", f"{account}/extension", f"{ACCOUNT}/extension", {}),
        ("GET", extension, OWN, {}),
        ("GET", f"{extension}/device", f"{OWN}/device", {}),
        ("GET", f"{extension}/phone-number", f"{OWN}/phone-number", {}),
        ("GET", f"{extension}/features", f"{OWN}/features", {}),
        ("POST", numbers, LIST, {"json": OTHER}),
        ("POST", numbers, LIST, {"json": {"type": "PhoneLine", "device": {"id": seed.CO_WORKER_PHONE}}}),
        ("POST", numbers, LIST, {"json": OTHER}),
        ("GET", numbers, LIST, {}),
        ("GET", numbers, f"{LIST}?perPage=x", {}),
        ("GET", one, f"{LIST}/500000001", {}),
        ("GET", one, f"{LIST}/1", {}),
        ("PUT", one, f"{LIST}/500000001", {"json": {"flipNumber": "7"}}),
        ("DELETE", one, f"{LIST}/500000001", {}),
    ):
        description.check(method, path, owner(method, real, **options))
    limits = {"requests": 1, "window": 60, "penalty": 60}
    simulator.set_limits({"ringcentral": {"light": limits}})
    for _number in range(2):
        description.check("GET", numbers, owner("GET", LIST))
    for shape in ("legacy", "standard"):
        simulator.set_limits({"ringcentral": {"light": None}})
        simulator.set_switches({"ringcentral": {"error_shape": shape}})
        description.check("GET", one, owner("GET", f"{LIST}/1"))
    description.check("POST", "/restapi/oauth/revoke", owner.form("revoke", {"token": owner.token or ""}))
