# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Routes of Sonetel's REST API, who may use them, and the provider that the simulator plugs in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from simulator.exchange import Lines
from simulator.messages import Answer, Record, Request, json_answer
from simulator.provider import Provider
from simulator.sonetel import account, callsettings, inventory, numbers, prompts, seed, tts, users, voiceapps
from simulator.sonetel.answers import Call, Failure, HttpError, NotFound, NotPermitted, failed, http_error, success
from simulator.sonetel.call_switches import CALL_SWITCHES
from simulator.sonetel.calls import SonetelLines
from simulator.sonetel.state import check_state
from simulator.sonetel.switches import SWITCHES
from simulator.sonetel.tokens import bearer_of, token_answer

Handler = Callable[[Call], Answer]
_PREFIX = "/sonetel"
_TOKEN_PATHS = ("/sonetel-auth/oauth/token", "/sonetel-auth/beta/oauth/token")


@dataclass(frozen=True)
class _Route:
    """`pattern` matches the path behind the prefix. Methods in `admin_only` refuse regular users.

    Facts: sonetel.md 12.2 #43.
    """

    pattern: re.Pattern[str]
    resource: str | None
    handlers: Mapping[str, Handler]
    admin_only: frozenset[str] = frozenset()
    public: bool = False


def _route(
    pattern: str,
    resource: str | None,
    *,
    read: Handler | None = None,
    write: Mapping[str, Handler] | None = None,
    public: bool = False,
    admin_only: bool = True,
) -> _Route:
    writers = dict(write or {})
    handlers = {"GET": read, **writers} if read else writers
    return _Route(re.compile(pattern), resource, handlers, frozenset(writers if admin_only else ()), public)


_NUMBERS = "phonenumbersubscription"
# A trailing slash works where sonetel.md 1 says so, and nowhere else.
_ROUTES = (
    _route(
        rf"/account/([^/]+)/{_NUMBERS}/([^/]+)",
        _NUMBERS,
        read=numbers.read,
        write={"PUT": numbers.update, "DELETE": numbers.give_back},
    ),
    _route(rf"/account/([^/]+)/{_NUMBERS}/?", _NUMBERS, read=numbers.list_all, write={"POST": numbers.buy}),
    _route(rf"/account/{_NUMBERS}", _NUMBERS, write={"POST": numbers.buy_without_account}),
    _route(r"/account/([^/]+)/user", None, read=users.list_all, write={"POST": users.create}),
    _route(r"/account/([^/]+)/user/([^/]+)", None, read=users.read),
    _route(
        r"/account/([^/]+)/user/([^/]+)/call",
        None,
        read=callsettings.read,
        write={"POST": callsettings.update, "PUT": callsettings.refuse_put},
        admin_only=False,
    ),
    _route(r"/account/([^/]+)/voiceapp/?", "voiceapp", read=voiceapps.list_all, write={"POST": voiceapps.create}),
    _route(
        r"/account/([^/]+)/voiceapp/([^/]+)",
        "voiceapp",
        read=voiceapps.read,
        write={"PUT": voiceapps.update, "DELETE": voiceapps.delete},
    ),
    _route(
        r"/account/([^/]+)/voiceapp/([^/]+)/prompt", "prompt", read=prompts.list_all, write={"POST": prompts.create}
    ),
    _route(
        r"/account/([^/]+)/voiceapp/([^/]+)/prompt/([^/]+)",
        "prompt",
        read=prompts.read,
        write={"PUT": prompts.update, "DELETE": prompts.delete},
    ),
    _route(r"/prompt/([^/]+)", "prompt", write={"PUT": prompts.update, "DELETE": prompts.delete}),
    _route(r"/prompt/([^/]+)/message", "prompt", write={"POST": prompts.upload}),
    _route(r"/tts/prompt/voice", None, read=tts.voices),
    _route(r"/tts/prompt/convert", None, write={"POST": tts.convert}),
    _route(r"/tts/audio/([^/]+)", None, read=tts.audio, public=True),
    _route(r"/account/", "account", read=account.read),
    _route(r"/account/([^/]+)", "account", read=account.read, write={"PUT": account.update}),
    _route(r"/numberstocksummary/([^/]+)", "numberstocksummary", read=inventory.summary, public=True),
    _route(
        r"/numberstocksummary/([^/]+)/availablephonenumber",
        "availablephonenumber",
        read=inventory.available,
        public=True,
    ),
)


class Sonetel(Provider):
    """The provider `sonetel`."""

    name = "sonetel"
    path_segments = ("sonetel", "sonetel-auth")
    switches = (*SWITCHES, *CALL_SWITCHES)
    call_switches = CALL_SWITCHES
    limit_groups = MappingProxyType({"default": None})  # rate limits are not documented (sonetel.md 3.5)
    secret_names = frozenset({"password", "refresh_token", "access_token", "client_secret"})

    def seed(self) -> Record:
        return seed.default_state()

    def check_state(self, state: Record) -> None:
        check_state(state)

    def limit_group(self, request: Request) -> str:
        return "default"

    def too_many_requests(self, retry_after: int) -> Answer:
        document = {"error": "too_many_requests", "error_description": "Rate limit exceeded"}
        return json_answer(document, 429, [(b"retry-after", str(retry_after).encode())])

    def lines(self, state: Record) -> Lines:
        return SonetelLines(state)

    def handle(self, request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
        if request.path in _TOKEN_PATHS:
            return token_answer(request, state, switches)
        path = request.path.removeprefix(_PREFIX) if request.path.startswith(_PREFIX + "/") else ""
        if "//" in path:
            path = re.sub("/+", "/", path)
        for route in _ROUTES:
            match = route.pattern.fullmatch(path)
            if match:
                return _routed(route, Call(request, state, switches, route.resource, match.groups()))
        return http_error(switches, 404)


def _routed(route: _Route, call: Call) -> Answer:
    try:
        handler = route.handlers.get(call.request.method)
        if not route.public:
            _log_in(call)
        if handler is None:
            raise HttpError(405)
        if call.request.method in route.admin_only and call.user["type"] != "admin":
            raise NotPermitted
        return handler(call)
    except HttpError as error:
        return http_error(call.switches, error.status)
    except NotPermitted:
        position = call.switches["regular_user"]
        if isinstance(position, int):
            return http_error(call.switches, position)
        return failed(call.switches, call.resource, Failure("19990003", "User is not permitted to do this"))
    except NotFound as failure:
        return _not_found(call, failure)
    except Failure as failure:
        return failed(call.switches, call.resource, failure)


def _log_in(call: Call) -> None:
    token = bearer_of(call.request, call.state)
    if token is None:
        raise HttpError(401)
    call.account_id = token["account_id"]
    call.account = call.state["accounts"][call.account_id]
    call.user = call.account["users"].get(token["user_id"])
    if call.user is None:
        raise HttpError(401)


def _not_found(call: Call, failure: NotFound) -> Answer:
    position = call.switches["not_found"]
    if position == "http_404":
        return http_error(call.switches, 404)
    if position == "null" and call.request.method == "GET":
        return success(call, None, bare=True)
    return failed(call.switches, call.resource, failure)
