# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's endpoints. Facts: docs/providers/ringcentral.md. Private to the collection."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from .._clock import Clock
from .._engine.listing import Listing, whole
from .._errors import AuthenticationError, Doubt, Rejected, UnreadableAnswer, leaving_doubt
from .._files.shared import key_of
from .._http.auth import BearerClient
from .._http.environment import Environment
from .._http.messages import Answer, Request
from .._http.pages import Pages
from .._http.secrets import credential
from .._http.urls import check_url
from .errors import refusal
from .sessions import Session, SessionClient

_MOST_PER_PAGE = "1000"
# What differs between objects in a path.
_ID = re.compile(r"(?<=/)(?:~|(?!v\d)[^/]*\d[^/]*)(?=/|$)")

_NEW_CALL_HANDLING = "NewCallHandlingAndForwarding"
# The feature counts as available in both cases; this parameter of it tells them apart (ringcentral.md 9.1).
_FLAG = "isNewBackendAvailable"

# Seconds to wait before each further reading where lists may be late: three looks over eight seconds
# (ringcentral.md 11 and 13).
LOOKS = (2.0, 2.0, 4.0)

Record = dict[str, Any]


class RingCentralApi:
    """One account's REST API. Every call raises a `TelephonyError`: `Rejected` for what RingCentral refuses."""

    def __init__(
        self,
        client: BearerClient,
        server_url: str,
        account_id: str,
        warn: Callable[[str], None],
        pause: Callable[[float, str], None],
        incomplete: Callable[[str], None],
        identity: str = "",
        clock: Clock = time,
    ) -> None:
        self._client = client
        # What tells accounts apart without asking.
        self.identity = identity
        self._server = server_url
        self._account = f"/restapi/v1.0/account/{quote(account_id, safe='~')}"
        self._account_v2 = f"/restapi/v2/accounts/{quote(account_id, safe='~')}"
        self.warn = warn
        self._pause = pause
        self._incomplete = incomplete
        # Where what is read is kept as RingCentral itself has said it, by request; None: nowhere.
        self.kept: dict[str, Any] | None = None
        self._clock = clock
        # Lists of custom rules that were read after the last write to them, by path.
        self.fresh_rules: dict[str, Listing[Record]] = {}

    def now(self) -> datetime:
        """Return the instant in UTC."""
        return datetime.fromtimestamp(self._clock.time(), timezone.utc)

    def pause(self, seconds: float) -> None:
        """Wait within the deadline before a reading that clears up what became of a write."""
        if seconds:
            self._pause(seconds, "to see what became of a write without an answer")

    def scopes(self) -> frozenset[str] | None:
        """Return the app permissions that the login came with (ringcentral.md 3.2), None where it did not tell.

        Logs in where there is no token yet.
        """
        scope = self._client.token().details.get("scope")
        return frozenset(scope.split()) if isinstance(scope, str) else None

    def extensions(self, number: str | None = None) -> Listing[Record]:
        """Return all extensions, or those with one extension number (ringcentral.md 7)."""
        filters = {} if number is None else {"extensionNumber": number}
        return self._pages(f"{self._account}/extension", "medium", filters)

    def own_extension(self) -> Record:
        """Return the extension of the login."""
        return self._object(self._send("GET", f"{self._account}/extension/~", "light"))

    def extension(self, extension_id: str) -> Record:
        """Return one extension, which has members that lists of extensions do not show."""
        return self._object(self._send("GET", self._extension(extension_id), "light"))

    def devices(self, extension_id: str) -> Listing[Record]:
        """Return the devices of one extension (ringcentral.md 7)."""
        return self._pages(f"{self._extension(extension_id)}/device", "light", {})

    def direct_numbers(self, extension_id: str) -> Listing[Record]:
        """Return the numbers by which callers outside reach one extension (ringcentral.md 7)."""
        return self._pages(f"{self._extension(extension_id)}/phone-number", "light", {"usageType": "DirectNumber"})

    def forwarding_numbers(self, extension_id: str) -> Listing[Record]:
        """Return all forwarding numbers of one extension (ringcentral.md 6.3)."""
        return self._pages(f"{self._extension(extension_id)}/forwarding-number", "light", {})

    def create_forwarding_number(self, extension_id: str, body: Mapping[str, Any]) -> Record:
        """Create one and return it; never sent twice (ringcentral.md 13)."""
        path = f"{self._extension(extension_id)}/forwarding-number"
        return self._object(self._send("POST", path, "medium", body), written=True, member="id")

    def update_forwarding_number(self, extension_id: str, key: str, body: Mapping[str, Any]) -> Record:
        """Change one and return it."""
        path = f"{self._extension(extension_id)}/forwarding-number/{quote(key, safe='')}"
        return self._object(self._send("PUT", path, "medium", body), written=True, member="id", key=key)

    def delete_forwarding_number(self, extension_id: str, key: str) -> None:
        """Delete one; it is no failure when it is gone already (ringcentral.md 5.3)."""
        self.remove(f"extension/{quote(extension_id, safe='~')}/forwarding-number/{quote(key, safe='')}", "medium")

    def uses_new_call_handling(self) -> bool | None:
        """Return what the account's feature flag says (ringcentral.md 9.1), None where it may not be read.

        It is read once: several jobs of a task need it.
        """
        return self._new_call_handling

    @cached_property
    def _new_call_handling(self) -> bool | None:
        records = self.features(_NEW_CALL_HANDLING)
        if records is None:
            return None
        parameters = [parameter for record in records for parameter in record.get("params") or []]
        return any(item.get("name") == _FLAG and str(item.get("value")).lower() == "true" for item in parameters)

    def features(self, *names: str) -> list[Record] | None:
        """Return these features of the login (ringcentral.md 7), None where they may not be read."""
        query = {"featureId": names[0] if len(names) == 1 else names, "availableOnly": "false"}
        try:
            found = self._object(self._send("GET", f"{self._account}/extension/~/features", "medium", query=query))
        except (Rejected, AuthenticationError) as error:
            if error.status == 401:
                raise
            return None
        # The guide prints the record bare on one page and inside records on another.
        records = found["records"] if isinstance(found.get("records"), list) else [found]
        return [record for record in records if isinstance(record, dict) and record.get("id") in names]

    def answering_rule(self, extension_id: str, rule_id: str) -> Record | None:
        """Return one of the legacy rules, with the numbers that do not ring; None when it does not exist."""
        path = f"extension/{quote(extension_id, safe='~')}/answering-rule/{quote(rule_id, safe='')}"
        return self.read_if_there(path, "light", query={"showInactiveNumbers": "true"}, key=rule_id)

    def answering_rules(self, extension_id: str) -> list[Record]:
        """Return all legacy rules with what they ring."""
        return self._pages(f"{self._extension(extension_id)}/answering-rule", "medium", {"view": "Detailed"})

    def custom_rules(self, extension_id: str) -> Listing[Record]:
        """Return the legacy rules that take calls before those of work hours and after hours, with all that they do."""
        path = f"{self._extension(extension_id)}/answering-rule"
        return self._pages(path, "medium", {"type": "Custom", "view": "Detailed"})

    def create_answering_rule(self, extension_id: str, body: Mapping[str, Any]) -> Record:
        """Create a legacy custom rule and return it; never sent twice (ringcentral.md 13)."""
        path = f"{self._extension(extension_id)}/answering-rule"
        return self._object(self._send("POST", path, "medium", body), written=True, member="id")

    def update_answering_rule(self, extension_id: str, rule_id: str, body: Mapping[str, Any]) -> Record:
        """Change one of the legacy rules and return it."""
        path = f"{self._extension(extension_id)}/answering-rule/{quote(rule_id, safe='')}"
        return self._object(self._send("PUT", path, "medium", body), written=True, member="id", key=rule_id)

    def business_hours(self, extension_id: str) -> Record:
        """Return the legacy work hours."""
        return self._object(self._send("GET", f"{self._extension(extension_id)}/business-hours", "light"))

    def update_business_hours(self, extension_id: str, body: Mapping[str, Any]) -> Record:
        """Set the legacy work hours and return them."""
        path = f"{self._extension(extension_id)}/business-hours"
        return self._object(self._send("PUT", path, "medium", body), written=True)

    def states(self, extension_id: str) -> list[Record]:
        """Return the states of the new call handling (ringcentral.md 9.5)."""
        return whole(self._pages(f"{self._handling(extension_id)}/states", "medium", {}))

    def update_state(self, extension_id: str, state_id: str, body: Mapping[str, Any]) -> Record:
        """Change one state and return it; what *body* leaves out of an object falls back to its default."""
        return self._patched(f"{self._handling(extension_id)}/states", state_id, body)

    def state_rules(self, extension_id: str) -> list[Record]:
        """Return what the new call handling does in each state."""
        return whole(self._pages(f"{self._handling(extension_id)}/voice/state-rules", "medium", {}))

    def interaction_rules(self, extension_id: str) -> Listing[Record]:
        """Return the rules of the new call handling that take calls before those of the states."""
        return self._pages(f"{self._handling(extension_id)}/voice/interaction-rules", "medium", {})

    def create_interaction_rule(self, extension_id: str, body: Mapping[str, Any]) -> Record:
        """Create one and return it; never sent twice (ringcentral.md 13)."""
        path = f"{self._handling(extension_id)}/voice/interaction-rules"
        return self._object(self._send("POST", path, "medium", body), written=True, member="id")

    def update_interaction_rule(self, extension_id: str, rule_id: str, body: Mapping[str, Any]) -> Record:
        """Change one and return it; what *body* leaves out may fall back to its default (ringcentral.md 9.5)."""
        return self._patched(f"{self._handling(extension_id)}/voice/interaction-rules", rule_id, body)

    def update_state_rule(self, extension_id: str, state_id: str, body: Mapping[str, Any]) -> Record:
        """Change what is done in one state and return it; see `update_state`."""
        return self._patched(f"{self._handling(extension_id)}/voice/state-rules", state_id, body)

    def _patched(self, path: str, key: str, body: Mapping[str, Any]) -> Record:
        path = f"{path}/{quote(key, safe='')}"
        answer = self._send("PATCH", path, "medium", body)
        with leaving_doubt(Doubt.OPEN):
            if answer.status == 204:
                answer = self._send("GET", path, "medium")
            return self._object(answer, written=True, member="id", key=key)

    def read(
        self, path: str, group: str, *, query: Mapping[str, str] | None = None, key: str = "", v2: bool = False
    ) -> Record:
        """Return the object at *path* below the account, "" for the account. *group*: the limit that it counts in.

        *key*: the id that the object must have.
        """
        answer = self._send("GET", self._below(path, v2), group, query=query)
        return self._object(answer, member="id" if key else "", key=key)

    def read_if_there(
        self, path: str, group: str, *, query: Mapping[str, str] | None = None, key: str = ""
    ) -> Record | None:
        """Like `read`; None where RingCentral says that there is none."""
        try:
            return self.read(path, group, query=query, key=key)
        except Rejected as error:
            if error.status == 404 and error.code == "CMN-102":
                return None
            raise

    def read_list(
        self, path: str, group: str, *, filters: Mapping[str, str] | None = None, v2: bool = False
    ) -> Listing[Record]:
        """Return the records of the list at *path* below the account."""
        return self._pages(self._below(path, v2), group, filters or {}, counted=v2)

    def write(
        self,
        method: str,
        path: str,
        group: str,
        body: Mapping[str, Any],
        *,
        member: str = "",
        key: str = "",
        v2: bool = False,
    ) -> Record:
        """Send *body* and return the object in the answer, which must have *member*, and there *key*; {} for none.

        A POST is never sent twice (ringcentral.md 13).
        """
        answer = self._send(method, self._below(path, v2), group, body)
        return {} if answer.status == 204 else self._object(answer, written=True, member=member, key=key)

    def upload(self, path: str, group: str, name: str, content: bytes, media_type: str, *, part: str) -> Record:
        """Send a file as *part* of a form, with its *name* beside it, and return the object in the answer.

        Which of the two names RingCentral keeps is open (ringcentral-company.md 20 #11). A POST is never sent twice.
        """
        files = {part: (name, content, media_type)}
        answer = self._send("POST", self._below(path, False), group, form={"name": name}, files=files)
        return self._object(answer, written=True, member="id")

    def remove(self, path: str, group: str, *, query: Mapping[str, str] | None = None, v2: bool = False) -> None:
        """Delete the object at *path* below the account; it is no failure when it is gone already."""
        try:
            self._send("DELETE", self._below(path, v2), group, query=query)
        except Rejected as error:
            # A 404 in other words than RingCentral's is not about the object.
            if error.status != 404 or not error.code:
                raise

    def dictionary(self, name: str, group: str, filters: Mapping[str, str] | None = None) -> Listing[Record]:
        """Return one of RingCentral's own lists, which are the same for all accounts."""
        return self._pages(f"/restapi/v1.0/dictionary/{name}", group, filters or {})

    def _below(self, path: str, v2: bool) -> str:
        account = self._account_v2 if v2 else self._account
        return f"{account}/{path}" if path else account

    def _extension(self, extension_id: str) -> str:
        return f"{self._account}/extension/{quote(extension_id, safe='~')}"

    def _handling(self, extension_id: str) -> str:
        return f"{self._account_v2}/extensions/{quote(extension_id, safe='~')}/comm-handling"

    def _pages(self, path: str, group: str, filters: Mapping[str, str], *, counted: bool = False) -> Listing[Record]:
        """Return the records of all pages. What changes while it is read, or ends early, is read once more."""
        found = self._all_pages(path, group, filters, counted)
        if found.gap:
            found = self._all_pages(path, group, filters, counted)
        if found.gap:
            self._incomplete(found.gap)
        return found

    def _all_pages(self, path: str, group: str, filters: Mapping[str, str], counted: bool) -> Listing[Record]:
        """Return the records of all pages; the next one is where the answer says, on the same server.

        Where pages are *counted*, answers do not say that. Facts: ringcentral.md 6.3, ringcentral-company.md 11.
        """
        pages = Pages(f"RingCentral's list {_ID.sub('*', path)}", self._client.option("server_url"))
        announced: list[Any] = []
        query: Mapping[str, str] = {"page": "1", "perPage": _MOST_PER_PAGE, **filters}
        seen = set()
        while True:
            seen.add(tuple(sorted(query.items())))
            document = self._object(self._send("GET", path, group, query=query).json())
            records = document.get("records")
            if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
                raise UnreadableAnswer("RingCentral answered without records.", next_step=self._check_url())
            pages.add(records)
            announced.append(document.get("paging"))
            following = _counted_page(document, query) if counted else _next_page(document, self._check_url())
            if following is None:
                return _listed(pages.records, announced, path)
            query = following
            if tuple(sorted(query.items())) in seen:
                raise UnreadableAnswer("RingCentral's pages lead back to each other.", next_step="Run again.")

    def _check_url(self) -> str:
        return f"Check {self._client.option('server_url')}."

    def _object(self, found: Any, *, written: bool = False, member: str = "", key: str = "") -> Record:
        """Return the object in an answer, which must have *member*, and there *key*, where that is known of it.

        What stands between may hand over the answer to another request.
        """
        if isinstance(found, Answer):
            found = found.json()
        it = found.get(member) if isinstance(found, dict) and member else None
        if not isinstance(found, dict) or (member and not it) or key not in ("", str(it)):
            raise UnreadableAnswer(
                "RingCentral answered without the requested object.",
                next_step=self._check_url(),
                doubt=Doubt.OPEN if written else Doubt.NONE,
            )
        return found

    def _send(
        self,
        method: str,
        path: str,
        group: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str | Sequence[str]] | None = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Answer:
        answer = self._client.send(
            Request(
                method,
                self._server + path,
                params=query,
                json=body,
                form=form,
                files=files,
                # Messages come in one language, so that logs stay readable; nothing depends on them.
                headers={"Accept-Language": "en-US"},
                repeatable=method == "GET",
                group=group,
                operation=f"{method} {_ID.sub('*', path)}",
            )
        )
        if answer.status >= 400:
            raise refusal(answer)
        if self.kept is not None:
            self.kept[" ".join([method, path, *(f"{name}={value}" for name, value in (query or {}).items())])] = (
                answer.json_or_none()
            )
        return answer


def _listed(found: list[Record], announced: list[Any], path: str) -> Listing[Record]:
    """Return the records of all pages, each once, and whether they are all of those that *announced* tells of."""
    known = {str(record.get("id", number)): record for number, record in enumerate(found)}
    pages = [page for page in announced if isinstance(page, dict)]
    totals = {page["totalElements"] for page in pages if isinstance(page.get("totalElements"), int)}
    called = f"RingCentral's list of {path.rsplit('/', 1)[-1]} records"
    if len(known) < len(found) or len(totals) > 1:
        return Listing(known.values(), f"{called} changed while it was read")
    if totals and max(totals) > len(known):
        return Listing(known.values(), f"{called} ended after {len(known)} of {max(totals)}")
    # The number of pages is no promise (ringcentral.md 6.3): it counts where nothing else is reported.
    last = pages[-1].get("totalPages") if pages and not totals else None
    if isinstance(last, int) and last > len(announced):
        return Listing(known.values(), f"{called} ended after {len(announced)} of {last} pages")
    return Listing(known.values())


def _next_page(document: Record, advice: str) -> dict[str, str] | None:
    """Return the query of the page that an answer names as the next one, None at the end.

    Raises `UnreadableAnswer` with the *advice*.
    """
    navigation = document.get("navigation") or {}
    following = navigation.get("nextPage") or {} if isinstance(navigation, dict) else navigation
    uri = (following.get("uri") or "") if isinstance(following, dict) else following
    try:
        return dict(parse_qsl(urlsplit(uri).query)) if uri else None
    except (ValueError, TypeError, AttributeError):
        raise UnreadableAnswer("RingCentral's list does not show where its next page is.", next_step=advice) from None


def _counted_page(document: Record, query: Mapping[str, str]) -> dict[str, str] | None:
    """Return the query of the page after the one that *query* has asked for, None after the last one."""
    paging = document.get("paging") or {}
    total, page = paging.get("totalPages") if isinstance(paging, dict) else None, int(query["page"])
    return {**query, "page": str(page + 1)} if isinstance(total, int) and page < total else None


def connect(options: Mapping[str, Any], environment: Environment) -> RingCentralApi:
    """Return the API for a module's connection options; logs in only when the first request is made."""
    client = SessionClient(environment, Session(options, environment))
    server_url = check_url("server_url", options["server_url"])
    account_id = (options.get("account_id") or "~").strip()
    reported = (environment.warn, environment.http.pause, environment.incomplete)
    return RingCentralApi(client, server_url, account_id, *reported, _identity(options, account_id), environment.clock)


def _identity(options: Mapping[str, Any], account_id: str) -> str:
    """Return the account's id, else something that stands for who logs in and from which nobody can log in."""
    if account_id != "~":
        return account_id
    login = [credential(options, name) for name in ("client_id", "jwt", "access_token")]
    return key_of(*(login[2:] if login[2] else login[:2]))[:16]
