# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forms of RingCentral's answers (docs/providers/ringcentral.md 5 and 6.3), and the failures that handlers raise."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.messages import Answer, Record, Request, json_answer

_LARGEST_PAGE = 1000


class Failure(Exception):
    """A refused request: HTTP status, code, message, and further members of the error."""

    def __init__(self, status: int, code: str, message: str, **members: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.members = members


def invalid(name: str, value: object = None) -> Failure:
    """CMN-101 for one parameter."""
    shown = {} if value is None else {"parameterValue": str(value)}
    return Failure(400, "CMN-101", f"Parameter [{name}] value is invalid.", parameterName=name, **shown)


def not_found(name: str) -> Failure:
    """CMN-102 for one parameter."""
    return Failure(404, "CMN-102", f"Resource for parameter [{name}] is not found.", parameterName=name)


def unknown(name: str) -> Failure:
    """CMN-102 for something that the body names, where 404 is not an answer."""
    return Failure(400, "CMN-102", f"Resource for parameter [{name}] is not found.", parameterName=name)


def missing(name: str) -> Failure:
    """CMN-100 for one parameter."""
    return Failure(400, "CMN-100", f"Parameter [{name}] is required.", parameterName=name)


def text_of(holder: object, name: str) -> str | None:
    """A member that is a text; None for anything else."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else None


def failed(failure: Failure, switches: Mapping[str, str | int], path: str) -> Answer:
    """The answer that refuses a request; v2 knows the standard form only."""
    error: Record = {"errorCode": failure.code, "message": failure.message, **failure.members}
    document: Record = {"errors": [error]}
    if switches["error_shape"] == "legacy" and "/restapi/v2/" not in path:
        document = {**error, **document}
    return json_answer(document, failure.status)


@dataclass(slots=True)
class Call:
    """One REST request with what it concerns: the session, and the extension of the path if there is one."""

    request: Request
    state: Record
    switches: Mapping[str, str | int]
    ids: tuple[str, ...]
    session: Any = None
    extension_id: str = ""
    extension: Any = None

    @property
    def root_uri(self) -> str:
        """The address of v1.0 as the client reaches it."""
        host = self.request.headers.get("host", "127.0.0.1")
        return f"http://{host}/ringcentral/restapi/v1.0"

    @property
    def account_uri(self) -> str:
        """The account's address as the client reaches it."""
        return f"{self.root_uri}/account/{self.state['account_id']}"

    @property
    def extension_uri(self) -> str:
        """The extension's address as the client reaches it."""
        return f"{self.account_uri}/extension/{self.extension_id}"

    @property
    def media_uri(self) -> str:
        """The account's address on the host that serves what is played."""
        return self.account_uri.replace("/ringcentral/", "/ringcentral-media/", 1)

    def about(self, extension_id: str) -> Call:
        """The same request, concerning another extension."""
        return replace(self, extension_id=extension_id, extension=self.state["extensions"][extension_id])

    def body(self) -> Record:
        """The JSON object of the request. Raises CMN-103 for anything else."""
        if self.request.body_kind != "json" or not isinstance(self.request.body, dict):
            raise Failure(400, "CMN-103", "JSON can't be parsed.")
        return self.request.body

    def flag(self, name: str) -> bool:
        """A query parameter that is true or false, false when it is absent."""
        text = self.request.query.get(name, "false").lower()
        if text not in ("true", "false"):
            raise invalid(name, text)
        return text == "true"


def page_of(call: Call, uri: str, records: Sequence[Record], show: Callable[[Record], Record]) -> Answer:
    """One page of a list with `paging` and `navigation`."""
    paging, shown = _page(call, records, show)
    page, per_page, total = paging["page"], paging["perPage"], paging["totalPages"]
    others = "".join(f"&{name}={value}" for name, value in call.request.pairs if name not in ("page", "perPage"))

    def address(number: int) -> Record:
        return {"uri": f"{uri}?page={number}&perPage={per_page}{others}"}

    navigation: Record = {"firstPage": address(1), "lastPage": address(total)}
    if page < total:
        navigation["nextPage"] = address(page + 1)
    if 1 < page <= total:
        navigation["previousPage"] = address(page - 1)
    document = {"uri": address(page)["uri"], "records": shown, "paging": paging, "navigation": navigation}
    return json_answer(document)


def v2_page_of(
    call: Call, records: Sequence[Record], show: Callable[[Record], Record], member: str = "records"
) -> Answer:
    """One page of a list of v2, which has no addresses."""
    paging, shown = _page(call, records, show)
    return json_answer({member: shown, "paging": paging})


def _page(call: Call, records: Sequence[Record], show: Callable[[Record], Record]) -> tuple[Record, list[Record]]:
    page, per_page = _count(call, "page", 1), min(_count(call, "perPage", 100), _LARGEST_PAGE)
    total = max(1, math.ceil(len(records) / per_page))
    shown = [show(record) for record in records[(page - 1) * per_page : page * per_page]]
    paging: Record = {"page": page, "perPage": per_page, "totalPages": total, "totalElements": len(records)}
    if shown:
        start = (page - 1) * per_page
        paging |= {"pageStart": start, "pageEnd": start + len(shown) - 1}
    return paging, shown


def _count(call: Call, name: str, default: int) -> int:
    text = call.request.query.get(name)
    if text is None:
        return default
    if not text.isdecimal() or int(text) < 1:
        raise invalid(name, text)
    return int(text)
