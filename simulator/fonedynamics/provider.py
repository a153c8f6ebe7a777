# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Routes of Fone Dynamics' REST API, who may use them, and the provider that the simulator plugs in."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from simulator.exchange import Lines
from simulator.fonedynamics import account, numbers, seed
from simulator.fonedynamics.answers import Call, Failure, Forbidden, refusal
from simulator.fonedynamics.call_switches import CALL_SWITCHES
from simulator.fonedynamics.calls import FoneDynamicsLines
from simulator.fonedynamics.state import check_state
from simulator.fonedynamics.switches import SWITCHES
from simulator.messages import Answer, Record, Request
from simulator.provider import Provider

Handler = Callable[[Call], Answer]
_PREFIX = "/fonedynamics/v2"
_CHALLENGE = [(b"www-authenticate", b'Basic realm="Fone Dynamics"')]
_ROUTES: tuple[tuple[re.Pattern[str], dict[str, Handler]], ...] = (
    (re.compile(r"/Numbers/([^/]+)"), {"GET": numbers.read, "POST": numbers.configure}),
    (re.compile(r"/Accounts/([^/]+)/Numbers"), {"GET": numbers.list_of_account}),
    (re.compile(r"/Properties/([^/]+)/Numbers"), {"GET": numbers.list_of_property}),
    (re.compile(r"/Properties/([^/]+)/Flows"), {"GET": account.flows}),
    (re.compile(r"/Properties"), {"GET": account.properties}),
    (re.compile(r"/Properties/([^/]+)"), {"GET": account.one_property}),
    (re.compile(r"/Accounts/([^/]+)/Addresses"), {"GET": account.addresses, "POST": account.add_address}),
    (re.compile(r"/Addresses/([^/]+)"), {"GET": account.one_address, "DELETE": account.remove_address}),
)


class FoneDynamics(Provider):
    """The provider `fonedynamics`."""

    name = "fonedynamics"
    path_segments = ("fonedynamics",)
    switches = (*SWITCHES, *CALL_SWITCHES)
    call_switches = CALL_SWITCHES
    limit_groups = MappingProxyType({"default": None})  # no rate limits are published (fonedynamics.md 1)
    secret_names = frozenset({"Token"})

    def seed(self) -> Record:
        return seed.default_state()

    def check_state(self, state: Record) -> None:
        check_state(state)

    def limit_group(self, request: Request) -> str:
        return "default"

    def too_many_requests(self, retry_after: int) -> Answer:
        failure = Failure("TOO_MANY_REQUESTS", "Too many requests.", status=429)
        return refusal(failure, {}, [(b"retry-after", str(retry_after).encode())])

    def lines(self, state: Record) -> Lines:
        return FoneDynamicsLines(state)

    def handle(self, request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
        path = request.path.removeprefix(_PREFIX) if request.path.startswith(_PREFIX + "/") else ""
        call = Call(request, state, switches, ())
        if not _log_in(call):
            failure = Failure("UNAUTHORIZED", "The credentials are missing or wrong.", status=401)
            return refusal(failure, switches, _CHALLENGE)
        http = switches["other_statuses"] == "http"
        for pattern, handlers in _ROUTES:
            match = pattern.fullmatch(path)
            if match is None:
                continue
            call.ids = match.groups()
            handler = handlers.get(request.method)
            try:
                if handler is None:
                    raise Failure("METHOD_NOT_ALLOWED", "The method is not allowed.", status=405 if http else 400)
                return _allowed(call, handler)
            except Failure as failure:
                return refusal(failure, switches)
        return refusal(Failure("INVALID_PATH", "There is no such path.", status=404 if http else 400), switches)


def _allowed(call: Call, handler: Handler) -> Answer:
    token = call.account["tokens"][_credentials(call.request)[1]]
    if call.request.method != "GET" and token["permission"] != "full":
        raise Forbidden
    return handler(call)


def _log_in(call: Call) -> bool:
    account_sid, token = _credentials(call.request)
    found = call.state["accounts"].get(account_sid)
    if found is None or token not in found["tokens"]:
        return False
    call.account_sid, call.account = account_sid, found
    return True


def _credentials(request: Request) -> tuple[str, str]:
    kind, encoded = (*request.headers.get("authorization", "").split(" ", 1), "")[:2]
    try:
        text = base64.b64decode(encoded, validate=True).decode() if kind.lower() == "basic" else ""
    except (binascii.Error, ValueError):
        text = ""
    account_sid, token = (*text.split(":", 1), "")[:2]
    return account_sid, token
