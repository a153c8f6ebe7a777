# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forms of Sonetel's answers (docs/providers/sonetel.md 3), and the failures that handlers raise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.messages import Answer, Record, Request, json_answer

NO_ENTRIES = "No entries found"
_YES_NO = {"yes": True, "no": False}


class Failure(Exception):
    """A rejected operation: `status: failed` with code and detail. Codes 1999xxxx are synthetic (sonetel.md 12.1)."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class NotFound(Failure):
    """The addressed thing does not exist; answered as the switch `not_found` says."""


class NotPermitted(Exception):
    """A regular user asked for what only an admin may do; answered as the switch `regular_user` says."""


class HttpError(Exception):
    """An HTTP status without envelope."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(slots=True)
class Call:
    """One REST request with what it concerns.

    `ids` are the variable parts of the path; `account` and `user` are those of the access token (None on public paths).
    """

    request: Request
    state: Record
    switches: Mapping[str, str | int]
    resource: str | None
    ids: tuple[str, ...]
    account_id: str = ""
    account: Any = None
    user: Any = None


def success(call: Call, response: object, *, bare: bool = False, page_metadata: Record | None = None) -> Answer:
    """A successful answer. `bare`: the switch `envelope` may take the envelope away."""
    if bare and call.switches["envelope"] == "absent":
        return json_answer(response)
    envelope: Record = {"resource": call.resource, "status": "success"}
    if page_metadata is not None:
        envelope["page_metadata"] = page_metadata
    envelope["response"] = response
    return json_answer(envelope)


def page_of(count: int, pages: str) -> Record:
    """`page_metadata` of a list of *count* things; no link leads to another page."""
    links = dict.fromkeys(("previous", "next", "first", "last"), "NA")
    return {"pagination_type": "static", "count": str(count), "page_count": pages, "page": "1", **links}


def first_page(call: Call, items: list[Record]) -> tuple[list[Record], Record | None]:
    """What a list shows of *items*, with `page_metadata` where the switch `list_end` cuts it."""
    if call.switches["list_end"] != "cut" or not items:
        return items, None
    return items[: (len(items) + 1) // 2], page_of(len(items), "2")


def listed(call: Call, items: list[Record], *, bare: bool = False) -> Answer:
    """The answer that holds a list, whole or cut. A cut one has its envelope, which says so."""
    shown, page = first_page(call, items)
    return success(call, list_or_empty(call, shown), bare=bare and page is None, page_metadata=page)


def list_or_empty(call: Call, items: list[Record]) -> object:
    """`items`, or what an empty list looks like."""
    if items:
        return items
    return {"string": NO_ENTRIES, "array": [], "null": None}[str(call.switches["empty_list"])]


def failed(switches: Mapping[str, str | int], resource: str | None, failure: Failure) -> Answer:
    """The answer to a rejected operation."""
    document = {
        "resource": resource,
        "status": "failed",
        "response": {"code": failure.code, "detail": failure.detail},
    }
    return json_answer(document, int(switches["failure_http"]))


def http_error(switches: Mapping[str, str | int], status: int) -> Answer:
    """A bare HTTP error; the form of its body is not documented (sonetel.md 3.3)."""
    form = switches["unauthorized_body" if status == 401 else "error_body"]
    if form == "empty":
        return Answer(status)
    if form == "html":
        body = f"<html><head><title>Error {status}</title></head><body><h1>HTTP Status {status}</h1></body></html>"
        return Answer(status, body.encode(), [(b"content-type", b"text/html;charset=UTF-8")])
    return json_answer({"error": f"http_{status}", "error_description": f"HTTP status {status}"}, status)


def json_object(call: Call) -> Record:
    """The request's body, which must be a JSON object."""
    if call.request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HttpError(415)
    if not isinstance(call.request.body, dict):
        raise Failure("19990001", "Request body is not a JSON object")
    return call.request.body


def selected(call: Call, record: Record, known: frozenset[str]) -> Record:
    """`record` limited to the query's `fields` (sonetel.md 3.5). A list of none but unknown names changes nothing."""
    wanted = {name.strip() for name in call.request.query.get("fields", "").split(",")} & known
    return {name: value for name, value in record.items() if name in wanted} if wanted else record


def with_flags(call: Call, record: Record, names: Iterable[str]) -> Record:
    """`record` with its flags in the form that the switch `flags` names."""
    if call.switches["flags"] == "yes_no":
        return record
    return {**record, **{name: _YES_NO.get(record[name], record[name]) for name in names if name in record}}
