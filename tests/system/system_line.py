# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's simulator inside the test, on a line that loses requests and answers, in pretended time."""

from __future__ import annotations

import importlib
import io
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from system_support import PACKAGE, TOKEN

from simulator.limits import Limits
from simulator.messages import Answer, parse_request
from simulator.provider import find_providers
from simulator.ringcentral import seed
from simulator.world import World


class PretendedClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return 1_800_000_000.0 + self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Line(requests.adapters.BaseAdapter):
    """A connection to a simulator in this process, on which the *schedule* says what happens to each request."""

    def __init__(self, world: World, schedule: Sequence[str], clock: PretendedClock, latency: float) -> None:
        super().__init__()
        self._world = world
        self._schedule = list(schedule)
        self._clock = clock
        self._latency = latency
        self.creations = 0
        self.statuses: set[int] = set()

    def send(self, request: requests.PreparedRequest, *_arguments: Any, **_options: Any) -> requests.Response:
        self._clock.sleep(self._latency / 2)
        parts = urlsplit(str(request.url))
        concerned = "forwarding-number" in parts.path
        kind = self._schedule.pop(0) if concerned and self._schedule else "fine"
        if kind.endswith("_before"):
            return self._answer(request, kind, None)
        headers = [(name.lower().encode(), value.encode()) for name, value in request.headers.items()]
        body = request.body if isinstance(request.body, bytes) else str(request.body or "").encode()
        asked = parse_request(str(request.method), parts.path, parts.query.encode(), headers, body)
        self.creations += concerned and asked.method == "POST"
        provider = self._world.providers["ringcentral"]
        answer = self._world.answer(provider, asked)
        self.statuses.add(answer.status)
        self._clock.sleep(self._latency / 2)
        return self._answer(request, kind, answer)

    def _answer(self, request: requests.PreparedRequest, kind: str, answer: Answer | None) -> requests.Response:
        if kind.startswith("drop"):
            raise requests.exceptions.ConnectionError("reset by peer")
        if kind.startswith("timeout"):
            raise requests.exceptions.ReadTimeout("no answer")
        if kind.startswith("garbage"):
            answer = Answer(200, b"<html>")
        elif kind != "fine":
            answer = Answer(int(kind[:3]), b"", [(b"retry-after", b"2")] if kind.startswith("503") else [])
        assert answer is not None
        response = requests.Response()
        response.status_code, response.request, response.url = answer.status, request, str(request.url)
        headers = {name.decode(): value.decode() for name, value in answer.headers}
        response.headers.update(headers)
        response.raw = urllib3.HTTPResponse(io.BytesIO(answer.body), headers, answer.status, preload_content=False)
        return response

    def close(self) -> None:
        """Nothing is open."""


def converge(
    world: World,
    items: Sequence[Mapping[str, Any]],
    schedule: Sequence[str] = (),
    *,
    clock: PretendedClock | None = None,
    latency: float = 0.0,
) -> dict[str, Any]:
    """Run what the plural module runs, over a line with that schedule; each request takes *latency* seconds."""
    parts = {name: importlib.import_module(f"{PACKAGE}.module_utils.{name}") for name in (
        "_engine.reconcile", "_http.environment", "_numbers.rules", "_http.client", "_http.secrets", "_ringcentral.api",
        "_ringcentral.forwarding_numbers.resource",
    )}  # fmt: skip
    clock = clock or PretendedClock()
    line, folder = Line(world, schedule, clock, latency), tempfile.mkdtemp()

    class Client(parts["_http.client"].HttpClient):  # type: ignore[misc]
        def _session(self) -> requests.Session:
            session = requests.Session()
            session.trust_env = False
            session.mount("http://", line)
            return session

    secrets = parts["_http.secrets"].Secrets()
    http = Client(parts["_http.client"].Settings(), secrets, clock=clock, uniform=lambda _low, high: high)
    warnings: list[str] = []
    environment = parts["_http.environment"].Environment(http, secrets, clock, warnings.append)
    connection = {
        "access_token": TOKEN, "timeout": 30.0, "server_url": "http://127.0.0.1:1/ringcentral",
        "token_cache": False, "cache_path": folder,
    }  # fmt: skip
    api = parts["_ringcentral.api"].connect(connection, environment)
    resources = parts["_ringcentral.forwarding_numbers.resource"].ForwardingNumbers
    core = parts["_engine.reconcile"]
    rules = parts["_numbers.rules"].NumberRules.from_options({"region": "US"}, warnings.append)
    target = resources(api)
    target.workers = 1  # so that a schedule means the same each time
    try:
        plan = core.plan_for(target, core.read_desired(resources, items, rules, True))
        result = core.carry_out(target, plan, check_mode=False, many=True)
    finally:
        shutil.rmtree(folder)
    return {**result, "creations": line.creations, "statuses": line.statuses, "texts": warnings}


def new_world(late_reads: int, *records: dict[str, Any]) -> World:
    """An account whose answers come late after writes, and without limits."""
    world = World(find_providers())
    world.switches.set({"ringcentral": {"late_reads": late_reads}})
    world.limits.set({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
    numbers = world.state["ringcentral"]["extensions"][seed.OWNER_ID]["forwarding_numbers"]
    numbers.update({record["id"]: dict(record) for record in records})
    session: dict[str, Any] = {"client_id": seed.CLIENT_ID, "owner_id": seed.OWNER_ID, "refresh": {}, "used_at": None}
    world.state["ringcentral"]["sessions"]["1"] = {**session, "access": {TOKEN: time.time() + 3600}}
    return world


def held(world: World) -> list[tuple[str, str]]:
    """Type and number of what the extension has, without its own desk phone."""
    extension = world.state["ringcentral"]["extensions"][seed.OWNER_ID]
    records = extension["forwarding_numbers"].values()
    return sorted((item["type"], item["phoneNumber"]) for item in records if item["id"] != "500000001")


def measure_limits_by(world: World, clock: PretendedClock) -> None:
    """Give the account its limits again, counted by a pretended clock."""
    world.limits = Limits(world.providers, clock.monotonic)
