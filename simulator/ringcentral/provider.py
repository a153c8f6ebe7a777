# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The provider that the simulator plugs in: login, limits, and REST requests on their way to an operation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.exchange import Lines
from simulator.messages import Answer, Headers, Record, Request, json_answer
from simulator.provider import Limit, Provider
from simulator.ringcentral import company_switches, operations, seed
from simulator.ringcentral.answers import Call, Failure, failed
from simulator.ringcentral.call_switches import CALL_SWITCHES
from simulator.ringcentral.calls import RingCentralLines
from simulator.ringcentral.operations import MEDIA_PREFIX, PREFIX
from simulator.ringcentral.routing_switches import ROUTING_SWITCHES
from simulator.ringcentral.state import check_state
from simulator.ringcentral.switches import SWITCHES
from simulator.ringcentral.tokens import bucket_of, revoke_answer, session_of, token_answer

_TOKEN, _REVOKE = f"{PREFIX}/restapi/oauth/token", f"{PREFIX}/restapi/oauth/revoke"
_VERSIONS = (f"{PREFIX}/restapi", f"{PREFIX}/restapi/v1.0")


class RingCentral(Provider):
    """The provider `ringcentral`."""

    name = "ringcentral"
    path_segments = (PREFIX.lstrip("/"), MEDIA_PREFIX.lstrip("/"))
    switches = (*SWITCHES, *company_switches.SWITCHES, *ROUTING_SWITCHES, *CALL_SWITCHES)
    call_switches = CALL_SWITCHES
    limit_groups = MappingProxyType(
        {
            "light": Limit(50, 60, 60, restarts=True),
            "medium": Limit(40, 60, 60, restarts=True),
            "heavy": Limit(10, 60, 60, restarts=True),
            "auth": Limit(5, 60, 60, restarts=True),
            "nothrottling": None,
        }
    )
    secret_names = frozenset(
        {"assertion", "token", "access_token", "refresh_token", "client_secret", "client_assertion"}
    )

    def seed(self) -> Record:
        return seed.default_state()

    def check_state(self, state: Record) -> None:
        check_state(state)

    def limit_group(self, request: Request) -> str:
        if request.path in (_TOKEN, _REVOKE):
            return "auth"
        if request.path in _VERSIONS:
            return "nothrottling"
        operation, _ids = operations.find(request.method, request.path)
        return operation.group if operation else "light"

    def limit_bucket(self, request: Request, state: Record) -> str:
        return bucket_of(request, state)

    def limit_headers(self, group: str, limit: Limit, remaining: int, switches: Mapping[str, str | int]) -> Headers:
        if switches["rate_headers"] == "absent":
            return []
        prefix = b"x-rate-limit-" if switches["rate_headers"] == "present" else b"x-ratelimit-"
        return [
            (prefix + b"group", group.encode()),
            (prefix + b"limit", str(limit.requests).encode()),
            (prefix + b"remaining", str(remaining).encode()),
            (prefix + b"window", f"{limit.window:g}".encode()),
        ]

    def too_many_requests(self, retry_after: int) -> Answer:
        error = {"errorCode": "CMN-301", "message": "Request rate exceeded"}
        return json_answer({**error, "errors": [error]}, 429, [(b"retry-after", str(retry_after).encode())])

    def lines(self, state: Record) -> Lines:
        return RingCentralLines(state)

    def handle(self, request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
        if request.method == "POST" and request.path == _TOKEN:
            return token_answer(request, state, switches)
        if request.method == "POST" and request.path == _REVOKE:
            return revoke_answer(request, state, switches)
        if request.method == "GET" and request.path in _VERSIONS:
            return json_answer({"uri": request.path.removeprefix(PREFIX), "serverVersion": "26.3.1"})
        try:
            operation, ids = operations.find(request.method, request.path)
            if operation is None:
                raise Failure(404, "CMN-120", "Invalid URI")
            call = Call(request, state, switches, ids, session_of(request, state))
            operations.admit(operation, call)
            return operation.handler(call)
        except Failure as failure:
            return failed(failure, switches, request.path)
