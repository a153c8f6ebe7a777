# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forms of Fone Dynamics' answers (docs/providers/fonedynamics.md 3.4 and 4), and the failures handlers raise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.messages import Answer, Headers, Record, Request, json_answer


class Failure(Exception):
    """A refused request: status, error code, message and the fields it is about (fonedynamics.md 4.2)."""

    def __init__(self, code: str, message: str, *fields: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields
        self.status = status


class NotFound(Failure):
    """A thing that does not exist; the switch `not_found_status` says with which status."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind.upper()}_NOT_FOUND", f"The {kind} was not found.")


class Forbidden(Failure):
    """HTTP 403: a missing permission, or a state that is not allowed."""

    def __init__(self, message: str = "You do not have permission to do this.") -> None:
        super().__init__("FORBIDDEN", message, status=403)


@dataclass(slots=True)
class Call:
    """One request with what it concerns: `ids` are the variable parts of the path, `account` the caller's."""

    request: Request
    state: Record
    switches: Mapping[str, str | int]
    ids: tuple[str, ...]
    account_sid: str = ""
    account: Any = field(default_factory=dict)


def refusal(failure: Failure, switches: Mapping[str, str | int], headers: Headers | None = None) -> Answer:
    """The answer to a refused request."""
    status = int(switches["not_found_status"]) if isinstance(failure, NotFound) else failure.status
    document = {
        "ResponseStatus": {
            "ErrorCode": failure.code,
            "Message": failure.message,
            "Errors": [{"FieldName": name} for name in failure.fields],
        }
    }
    return json_answer(document, status, headers)


def page(call: Call, member: str, items: list[Record], default: int, *, always_envelope: bool = False) -> Answer:
    """One page of a list, as Results_Count (by default and at most `default`) and Results_Skip say.

    Facts: fonedynamics.md 3.6.
    """
    count = min(_count(call, "Results_Count", default), default)
    skip = _count(call, "Results_Skip", 0)
    shown = items[skip : skip + count]
    if call.switches["list_shape"] == "array" and not always_envelope:
        return json_answer(shown)
    more = str(skip + count) if skip + count < len(items) else None
    return json_answer({member: shown, "TotalCount": len(items), "NextPageToken": more})


def _count(call: Call, name: str, default: int) -> int:
    text = call.request.query.get(name, str(default))
    if not text.isdecimal():
        raise Failure("PARAMETER_INVALID", f"{name} is not valid.", name)
    return int(text)


def json_object(call: Call) -> Record:
    """The request's body, which must be a JSON object; members that are null count as left out.

    Facts: fonedynamics.md 6 #2.
    """
    if call.request.body_kind != "json" or not isinstance(call.request.body, dict):
        raise Failure("PARAMETER_INVALID", "The body is not a JSON object.")
    return {name: value for name, value in call.request.body.items() if value is not None}
