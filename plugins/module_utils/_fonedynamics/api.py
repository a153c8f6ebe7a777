# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fone Dynamics' endpoints and its answers' shapes.

Facts: docs/providers/fonedynamics.md. Private to the collection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from .._engine.listing import Listing
from .._errors import AuthenticationError, Doubt, InputError, Rejected, ServerFailed, TelephonyError, UnreadableAnswer
from .._http.client import HttpClient
from .._http.environment import Environment
from .._http.messages import Answer, Request
from .._http.pages import Pages
from .._http.secrets import credential
from .._http.urls import check_url

# Default and ceiling of number and address lists (fonedynamics.md 2, 3.3); of flow lists only the default is known, and
# asking for more could make a full page look like the last one.
PAGE = 200
_FLOW_PAGE = 50
# Sending absolute values again does no harm after these (fonedynamics.md 4.1, 6 #16); after 500 one looks first.
_REPEAT_POST_ON = frozenset({502, 503, 504})

# What tells the items of lists apart.
_KEYS = ("Number", "ConfigId", "AddressSid")

Record = dict[str, Any]


class Refused(Rejected):
    """Fone Dynamics refuses a request; *fields* are the members that it complains about."""

    def __init__(self, message: str, *, fields: Sequence[str] = (), **details: Any) -> None:
        super().__init__(message, **details)
        self.fields = fields


class NotThere(Refused):
    """What was asked for does not exist (fonedynamics.md 4.3: an error code that ends in _NOT_FOUND)."""


class FoneDynamicsApi:
    """One account's REST API. Every call raises a `TelephonyError`: `Rejected` for what Fone Dynamics refuses."""

    def __init__(
        self,
        http: HttpClient,
        account_sid: str,
        token: str,
        api_url: str,
        warn: Callable[[str], None],
        incomplete: Callable[[str], None],
    ) -> None:
        self._http = http
        # What tells accounts apart without asking.
        self.identity = account_sid
        self._basic = (account_sid, token)
        self._url = api_url
        self.warn = warn
        self._incomplete = incomplete

    def numbers(self, until: Collection[str] | None = None) -> Listing[Record]:
        """Return the account's numbers; with *until* (digits), those up to the page that completes that set."""
        left = set(until or ())

        def enough(page: list[Record]) -> bool:
            left.difference_update(digits_of(record.get("Number")) for record in page)
            return not left

        path = f"/Accounts/{_part(self._basic[0])}/Numbers"
        listed = self._pages(path, "Numbers", PAGE, None if until is None else enough)
        # Paging by offset can repeat a number when others are bought meanwhile (fonedynamics.md 3.6).
        found = {digits_of(record.get("Number")): record for record in listed}
        if "" in found:
            raise UnreadableAnswer("Fone Dynamics' list has an entry without Number.", next_step=self._check_url())
        return Listing(found.values(), listed.gap)

    def count_properties(self) -> int | None:
        """Return how many properties the account has, None where that is not reported; the cheapest check of a login.

        Facts: fonedynamics.md 2.
        """
        found = self._send("GET", "/Properties", {"Results_Count": "1"})
        total = found.get("TotalCount") if isinstance(found, dict) else None
        return total if isinstance(total, int) else None

    def number(self, digits: str) -> Record | None:
        """Return one number, None if it does not exist."""
        path = f"/Numbers/{digits}"
        try:
            return self._number_in(self._send("GET", path), path)
        except NotThere:
            return None

    def configure(self, digits: str, body: Mapping[str, str]) -> Record:
        """Set members of one number and return its configuration (fonedynamics.md 3.1, 3.2)."""
        path = f"/Numbers/{digits}"
        return self._number_in(self._send("POST", path, body=body), path, doubt=Doubt.OPEN)

    def flows(self, property_sid: str) -> Listing[Record]:
        """Return the flows that numbers of a property can be routed to (fonedynamics.md 3.5)."""
        if not property_sid:
            raise UnreadableAnswer(
                "Fone Dynamics does not show the property of a number, so its flows are not known.",
                next_step=self._check_url(),
            )
        return self._pages(f"/Properties/{_part(property_sid)}/Flows", "Flows", _FLOW_PAGE)

    def addresses(self) -> Listing[Record]:
        """Return the account's addresses (fonedynamics.md 3.5)."""
        return self._pages(f"/Accounts/{_part(self._basic[0])}/Addresses", "Addresses", PAGE)

    def pause(self, seconds: float) -> None:
        """Give the provider time to show what was written."""
        self._http.pause(seconds, "Fone Dynamics does not show the change yet")

    def _pages(
        self, path: str, member: str, size: int, enough: Callable[[list[Record]], bool] | None = None
    ) -> Listing[Record]:
        """Return all items of a list (fonedynamics.md 3.6); stops early when *enough*, asked about each page, says so.

        What changes while it is read, or ends early, is read once more, unless *enough* says what it is read for.
        """
        found = self._all_pages(path, member, size, enough)
        if enough is not None:
            return Listing(found)
        if found.gap:
            found = self._all_pages(path, member, size, enough)
        if found.gap:
            self._incomplete(found.gap)
        return found

    def _all_pages(
        self, path: str, member: str, size: int, enough: Callable[[list[Record]], bool] | None
    ) -> Listing[Record]:
        pages = Pages(f"Fone Dynamics' list of {member}", self._http.option("api_url"))
        found = pages.records
        while True:
            answer = self._send("GET", path, {"Results_Count": str(size), "Results_Skip": str(len(found))})
            page = answer.get(member) if isinstance(answer, dict) else answer
            if not isinstance(page, list) or not all(isinstance(item, dict) for item in page):
                raise UnreadableAnswer(f"Fone Dynamics' list of {member} is not a list.", next_step=self._check_url())
            pages.add(page)
            total = answer.get("TotalCount") if isinstance(answer, dict) else None
            complete = len(found) >= total if isinstance(total, int) and total > 0 else len(page) < size
            if enough is not None and enough(page):
                return Listing(found)
            if complete or not page:
                return Listing(found, _gap(found, member, total))

    def _number_in(self, answer: Any, path: str, *, doubt: Doubt = Doubt.NONE) -> Record:
        # Number is both the phone number and a likely name of a wrapper (fonedynamics.md 3.4): its type tells.
        if isinstance(answer, dict) and isinstance(answer.get("Number"), dict):
            answer = answer["Number"]
        if isinstance(answer, dict) and f"/Numbers/{digits_of(answer.get('Number'))}" == path:
            return answer
        raise UnreadableAnswer(
            f"Fone Dynamics answered {path} without that number.",
            next_step=self._check_url(),
            doubt=doubt,
        )

    def _check_url(self) -> str:
        return f"Check {self._http.option('api_url')}."

    def _send(
        self, method: str, path: str, params: Mapping[str, str] | None = None, body: Mapping[str, str] | None = None
    ) -> Any:
        request = Request(
            method, self._url + path, params=params, json=body, basic=self._basic, repeat_on=_REPEAT_POST_ON
        )
        try:
            answer = self._http.send(request)
        except ServerFailed as error:
            code, said, fields = _status_of(error.document)
            if code or said:
                error.message += f" It says: {_reported(code, said, fields)}."
                error.code = code
            raise
        if answer.status >= 400:
            raise _refusal(answer)
        return answer.json()


def _gap(found: list[Record], member: str, total: Any) -> str:
    """Return why the items of all pages are not the whole list, "" if nothing says so.

    Paging by offset repeats an item, or misses one, when others come or go meanwhile (fonedynamics.md 3.6).
    """
    keys = [next((record[name] for name in _KEYS if record.get(name)), number) for number, record in enumerate(found)]
    if len(set(keys)) < len(keys):
        return f"Fone Dynamics' list of {member} changed while it was read"
    if isinstance(total, int) and total > len(found):
        return f"Fone Dynamics' list of {member} ended after {len(found)} of {total}"
    return ""


def connect(options: Mapping[str, Any], environment: Environment) -> FoneDynamicsApi:
    """Return the API for a module's connection options; makes no request. Raises `InputError`."""
    account_sid, token = credential(options, "account_sid"), credential(options, "token")
    for name, value in (("account_sid", account_sid), ("token", token)):
        if not value:
            raise InputError(
                f"{name} is missing: Fone Dynamics needs account_sid and token.",
                next_step=f"Set {name} or the environment variable FONEDYNAMICS_{name.upper()}.",
            )
    if ":" in account_sid:
        raise InputError(
            "account_sid must not contain a colon.", next_step="Write the token into token, not behind account_sid."
        )
    environment.secrets.add(token)
    api_url = check_url("api_url", options["api_url"])
    return FoneDynamicsApi(environment.http, account_sid, token, api_url, environment.warn, environment.incomplete)


def digits_of(number: Any) -> str:
    """Return only the digits of a phone number, as paths want them (fonedynamics.md 1)."""
    return re.sub(r"\D", "", number) if isinstance(number, str) else ""


def _part(sid: str) -> str:
    return quote(sid, safe="")


def _status_of(document: Any) -> tuple[str | None, str, list[str]]:
    """Return error code, message and field names of an error body, which may be anything (fonedynamics.md 4.2)."""
    status = document.get("ResponseStatus") if isinstance(document, dict) else None
    if not isinstance(status, dict):
        return None, "", []
    errors = status.get("Errors")
    named = [error.get("FieldName") for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    code = status.get("ErrorCode")
    return (str(code) if code else None), str(status.get("Message") or ""), [str(name) for name in named if name]


def _reported(code: str | None, said: str, fields: list[str]) -> str:
    about = f"{said.rstrip('.')} ({code})" if said and code else said.rstrip(".") or f"{code}"
    return f"{about}, about {', '.join(fields)}" if fields else about


def _refusal(answer: Answer) -> TelephonyError:
    """Return the error for an HTTP 4xx; the code tells, not the status (fonedynamics.md 4)."""
    code, said, fields = _status_of(answer.json_or_none())
    known: dict[str, Any] = {
        "status": answer.status,
        "code": code,
        "request": str(answer.request),
        "doubt": answer.doubt,
    }
    reported = f"{_reported(code, said, fields)}, HTTP {answer.status}" if code or said else f"HTTP {answer.status}"
    where = f"{answer.request} was refused by Fone Dynamics: {reported}."
    if answer.status == 401 or (code or "").startswith("UNAUTHORIZED"):
        return AuthenticationError(
            f"Fone Dynamics does not accept account_sid and token (HTTP {answer.status}).",
            next_step="Check both. You find the token in Fone Dynamics' portal.",
            **known,
        )
    if (code or "").endswith("_NOT_FOUND"):
        return NotThere(where, fields=fields, **known)
    if answer.status == 404:
        return Rejected(where, next_step=f"Check {answer.settings.option('api_url')}.", **known)
    if answer.status == 403:
        return Refused(
            where,
            fields=fields,
            next_step=(
                "The token may lack the permission, or Fone Dynamics does not allow the state that this change "
                "would lead to."
            ),
            **known,
        )
    return Refused(where, fields=fields, **known)
