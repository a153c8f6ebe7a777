# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMS Partner's paths and keys, and the provider that the simulator plugs in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from simulator.exchange import Lines
from simulator.messages import Answer, Record, Request, json_answer
from simulator.provider import Provider
from simulator.smspartner import seed
from simulator.smspartner.answers import Failure, failure, success
from simulator.smspartner.call_switches import CALL_SWITCHES
from simulator.smspartner.callforward import set_callforward
from simulator.smspartner.calls import SmsPartnerLines
from simulator.smspartner.state import check_state
from simulator.smspartner.switches import SWITCHES

_CALLFORWARD = "/smspartner/v1/vn/callforward"
_ME = "/smspartner/v1/me"


class SmsPartner(Provider):
    """The provider `smspartner`. What a number does with calls can be set but, as at the real one, not read."""

    name = "smspartner"
    path_segments = ("smspartner",)
    switches = (*SWITCHES, *CALL_SWITCHES)
    call_switches = CALL_SWITCHES
    limit_groups = MappingProxyType({"default": None})  # nothing is published for this path (smspartner.md 2)
    secret_names = frozenset({"apiKey"})

    def seed(self) -> Record:
        return seed.default_state()

    def check_state(self, state: Record) -> None:
        check_state(state)

    def limit_group(self, request: Request) -> str:
        return "default"

    def too_many_requests(self, retry_after: int) -> Answer:
        headers = [(b"retry-after", str(retry_after).encode())]
        return json_answer({"success": False, "code": 429, "message": "too many requests"}, 429, headers)

    def lines(self, state: Record) -> Lines:
        return SmsPartnerLines(state)

    def handle(self, request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
        wanted_method = {_CALLFORWARD: "POST", _ME: "GET"}.get(request.path)
        if wanted_method is None:
            return failure(Failure(404), switches, 404)
        if request.method != wanted_method:
            return failure(Failure(405), switches, 405)
        try:
            if request.path == _ME:
                return _me(_account(request.query, state, switches), switches)
            body = _json_object(request)
            return success(set_callforward(body, _account(body, state, switches), switches), switches)
        except Failure as refused:
            return failure(refused, switches, 400 if refused.code == 90 else None)


def _json_object(request: Request) -> Record:
    body = request.body
    if request.body_kind == "text":
        # The vendor's own client sends JSON without its media type (smspartner.md 2).
        try:
            body = json.loads(body)
        except ValueError:
            raise Failure(90) from None
    if not isinstance(body, dict) or request.body_kind in ("form", "none"):
        raise Failure(90)
    return body


def _account(holder: Mapping[str, object], state: Record, switches: Mapping[str, str | int]) -> Record:
    account = state["accounts"].get(str(holder.get("apiKey") or ""))
    if account is None:
        raise Failure(int(switches["key_error_code"]))
    if account["refused_with"] is not None:
        raise Failure(account["refused_with"])
    found: Record = account
    return found


def _me(account: Record, switches: Mapping[str, str | int]) -> Answer:
    credit: Record = {"creditSms": 1200, "creditHlr": 9000, "toSend": 0, "balance": "45.600", "currency": "EUR"}
    user: Record = {"username": account["username"]}
    if switches["credits_form"] == "older":
        credit["creditSmsLowCost"] = 1900
    else:
        credit.update({"creditSmsECO": 1900, "solde": "45.600"})
        user.update({"firstname": account["firstname"], "lastname": account["lastname"]})
    return json_answer({"success": True, "code": 200, "user": user, "credits": credit})
