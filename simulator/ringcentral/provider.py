# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Routes of RingCentral's REST API, who may use them, and the provider that the simulator plugs in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from simulator.messages import Answer, Headers, Record, Request, json_answer
from simulator.provider import Limit, Provider
from simulator.ringcentral import extensions, forwarding, seed
from simulator.ringcentral.answers import Call, Failure, failed, not_found
from simulator.ringcentral.state import check_state
from simulator.ringcentral.switches import SWITCHES
from simulator.ringcentral.tokens import bucket_of, revoke_answer, session_of, token_answer

Handler = Callable[[Call], Answer]
_PREFIX = "/ringcentral"
_ACCOUNT = r"/restapi/v1\.0/account/([^/]+)"
_EXTENSION = rf"{_ACCOUNT}/extension/([^/]+)"
_NO_CALL_HANDLING = (
    "Announcement",
    "Voicemail",
    "PagingOnly",
    "ParkLocation",
    "IvrMenu",
    "SharedLinesGroup",
    "Bot",
    "Site",
)


@dataclass(frozen=True)
class _Operation:
    """One method of one path: its rate-limit group and permissions (dossier 4.1)."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    group: str
    app_permission: str
    user_permission: str
    call_handling: bool = False


def _forwarding(method: str, end: str, handler: Handler) -> _Operation:
    reads = method == "GET"
    return _Operation(
        method,
        re.compile(_EXTENSION + "/forwarding-number" + end),
        handler,
        "light" if reads else "medium",
        "ReadAccounts" if reads else "EditExtensions",
        "ReadUserForwardingFlipNumbers" if reads else "EditUserForwardingFlipNumbers",
        call_handling=True,
    )


def _reading(path: str, handler: Handler, group: str, permission: str) -> _Operation:
    return _Operation("GET", re.compile(path), handler, group, "ReadAccounts", permission)


_OPERATIONS = (
    _forwarding("GET", "", forwarding.list_all),
    _forwarding("POST", "", forwarding.create),
    _forwarding("DELETE", "", forwarding.delete_many),
    _forwarding("GET", "/([^/]+)", forwarding.read),
    _forwarding("PUT", "/([^/]+)", forwarding.update),
    _forwarding("DELETE", "/([^/]+)", forwarding.delete),
    _reading(_EXTENSION + "/device", extensions.devices, "light", "ReadUserDevices"),
    _reading(_EXTENSION + "/phone-number", extensions.phone_numbers, "light", "ReadUserPhoneNumbers"),
    _reading(_EXTENSION + "/features", extensions.features, "medium", "ReadExtensions"),
    _reading(_EXTENSION, extensions.read, "light", "ReadExtensions"),
    _reading(_ACCOUNT + "/extension", extensions.list_all, "medium", "ReadExtensions"),
)
_TOKEN, _REVOKE = f"{_PREFIX}/restapi/oauth/token", f"{_PREFIX}/restapi/oauth/revoke"
_VERSIONS = (f"{_PREFIX}/restapi", f"{_PREFIX}/restapi/v1.0")
_INCLUDED = {"EditAccounts": ("ReadAccounts", "EditExtensions")}


class RingCentral(Provider):
    """The provider `ringcentral`."""

    name = "ringcentral"
    path_segments = ("ringcentral",)
    switches = SWITCHES
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
        operation, _ids = _find(request)
        return operation.group if operation else "light"

    def limit_bucket(self, request: Request, state: Record) -> str:
        return bucket_of(request, state)

    def limit_headers(self, group: str, limit: Limit, remaining: int, switches: Mapping[str, str | int]) -> Headers:
        if switches["rate_headers"] == "absent":
            return []
        return [
            (b"x-rate-limit-group", group.encode()),
            (b"x-rate-limit-limit", str(limit.requests).encode()),
            (b"x-rate-limit-remaining", str(remaining).encode()),
            (b"x-rate-limit-window", f"{limit.window:g}".encode()),
        ]

    def too_many_requests(self, retry_after: int) -> Answer:
        error = {"errorCode": "CMN-301", "message": "Request rate exceeded"}
        return json_answer({**error, "errors": [error]}, 429, [(b"retry-after", str(retry_after).encode())])

    def handle(self, request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
        if request.method == "POST" and request.path == _TOKEN:
            return token_answer(request, state, switches)
        if request.method == "POST" and request.path == _REVOKE:
            return revoke_answer(request, state, switches)
        if request.method == "GET" and request.path in _VERSIONS:
            return json_answer({"uri": request.path.removeprefix(_PREFIX), "serverVersion": "26.3.1"})
        try:
            operation, ids = _find(request)
            if operation is None:
                raise Failure(404, "CMN-120", "Invalid URI")
            call = Call(request, state, switches, ids, session_of(request, state))
            _admit(operation, call)
            return operation.handler(call)
        except Failure as failure:
            return failed(failure, switches)


def _find(request: Request) -> tuple[_Operation | None, tuple[str, ...]]:
    path = request.path.removeprefix(_PREFIX)
    for operation in _OPERATIONS:
        if operation.method == request.method and (match := operation.pattern.fullmatch(path)):
            return operation, match.groups()
    return None, ()


def _admit(operation: _Operation, call: Call) -> None:
    """Find the account and the extension of the path, and check the permissions of app and user."""
    permissions = call.state["apps"][call.session["client_id"]]["permissions"]
    allowed = {*permissions, *(name for key in permissions for name in _INCLUDED.get(key, ()))}
    if operation.app_permission not in allowed:
        name = operation.app_permission
        message = f"In order to call this API endpoint, application needs to have [{name}] permission"
        raise Failure(403, "CMN-401", message, permissionName=name)
    if call.ids[0] not in ("~", call.state["account_id"]):
        raise not_found("accountId")
    owner = call.session["owner_id"]
    user = call.state["extensions"][owner]
    if operation.user_permission not in user["permissions"]:
        name = operation.user_permission
        message = f"In order to call this API endpoint, user needs to have [{name}] permission for requested resource."
        raise Failure(403, "CMN-408", message, permissionName=name)
    if len(call.ids) < 2:
        return
    call.extension_id = owner if call.ids[1] == "~" else call.ids[1]
    call.extension = call.state["extensions"].get(call.extension_id)
    if call.extension is None:
        raise not_found("extensionId")
    if call.extension_id != owner and user["scope"] == "self":
        name = operation.user_permission
        raise Failure(403, "CMN-419", f"Permission [{name}] does not cover other extensions.", permissionName=name)
    if not operation.call_handling:
        return
    if call.extension["record"]["type"] in _NO_CALL_HANDLING:
        raise Failure(403, "CMN-403", "Operation is not available for this type of extension.")
    if call.switches["migrated"] == "yes" and call.switches["migrated_forwarding_numbers"] == "closed":
        raise Failure(403, "CMN-468", "This API is not available with NewCallHandlingAndForwarding.")
