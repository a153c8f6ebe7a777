# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonetel's endpoints, its answers' many shapes, and its login.

Facts: docs/providers/sonetel.md. Private to the collection.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from .._engine.listing import Listing
from .._errors import (
    AuthenticationError,
    Doubt,
    InputError,
    Rejected,
    TelephonyError,
    UnreadableAnswer,
    leaving_doubt,
)
from .._http.auth import BearerClient, OAuthEndpoint, Token, TokenSource, jwt_claims
from .._http.environment import Environment
from .._http.messages import Answer, Request
from .._http.secrets import credential
from .._http.urls import check_url

_EMPTY = "no entries found"
# With these HTTP statuses a refusal says nothing about how the body is spelled.
_NOT_ABOUT_THE_BODY = (404, 405)

Record = dict[str, Any]


class SonetelApi:
    """One account's REST API. Every call raises a `TelephonyError`: `Rejected` for what Sonetel refuses."""

    def __init__(
        self,
        client: BearerClient,
        tokens: TokenSource,
        api_url: str,
        account_id: str | None,
        incomplete: Callable[[str], None],
        identity: str = "",
    ) -> None:
        self._client = client
        # What tells accounts apart without asking.
        self.identity = account_id or identity
        self._tokens = tokens
        self._url = api_url
        self._account_id = account_id
        self._incomplete = incomplete
        # How this account takes a voice app as a destination; found out by the first number that is sent to one.
        self._app_spelling: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
        self._app_lock = threading.Lock()

    def account_id(self) -> str:
        """Return the account id: the option, else the token's claim, else what `/account/` says (sonetel.md 2.4)."""
        if not self._account_id:
            claim = jwt_claims(self._tokens.current().access).get("acc_id")
            self._account_id = str(claim or self._object(self._call("GET", "/account/"), "account_id")["account_id"])
        return self._account_id

    def login(self) -> dict[str, Any]:
        """Return what the token says of its owner, see `identity`; logs in where there is no token yet."""
        return identity(self._tokens.current())

    def account(self) -> Record:
        """Return the account's own record (sonetel.md 8)."""
        return self._object(self._call("GET", self._path()), "account_id", key=self.account_id())

    def numbers(self) -> Listing[Record]:
        """Return all phone number subscriptions (sonetel.md 4)."""
        return self._list("phonenumbersubscription", key="phnum")

    def users(self) -> Listing[Record]:
        """Return all team members (sonetel.md 7)."""
        return self._list("user", key="user_id")

    def user(self, user_id: str) -> Record | None:
        """Return one team member with phones, None for an unknown id (sonetel.md 3.1)."""
        found = self._call("GET", self._path("user", user_id))
        return None if found is None else self._object(found, "user_id", key=user_id)

    def voiceapps(self) -> Listing[Record]:
        """Return all voice apps (sonetel.md 5)."""
        return self._list("voiceapp", key="app_id")

    def number(self, phnum: str) -> Record | None:
        """Return one phone number subscription, None if the account has none such; *phnum* is digits only."""
        try:
            found = self._call("GET", self._path("phonenumbersubscription", phnum))
        except Rejected as error:
            # What a missing number answers is not documented: only the list tells it for sure (sonetel.md 11 #7).
            return _in(self.numbers(), "phnum", phnum, error)
        return None if found is None else self._object(found, "phnum", key=phnum)

    def update_number(self, phnum: str, body: Mapping[str, Any]) -> Record:
        """Set members of one phone number subscription and return all of it (sonetel.md 4.3).

        A voice app is sent as the documented object; where Sonetel does not take that, as its id (sonetel.md 11 #9).
        """
        if not isinstance(body.get("connect_to"), Mapping):
            return self._put_number(phnum, body)
        # One at a time until it is known what the account takes, so that every further number costs one request.
        with self._app_lock:
            if self._app_spelling is None:
                return self._find_spelling(phnum, body)
        return self._put_number(phnum, self._app_spelling(body))

    def _find_spelling(self, phnum: str, body: Mapping[str, Any]) -> Record:
        """Send a number to a voice app in both spellings, and remember the one that took effect."""
        app_id, found, refused, doubt = str(body["connect_to"]["app_id"]), None, None, Doubt.NONE
        for spelling in (_app_as_object, _app_as_id):
            try:
                with leaving_doubt(doubt):
                    found = self._put_number(phnum, spelling(body))
            except Rejected as error:
                refused, doubt = refused or error, error.doubt
                refused.doubt = doubt
                if error.status in _NOT_ABOUT_THE_BODY:
                    break
                continue
            doubt = Doubt.OPEN
            to = found.get("connect_to")
            shown = to.get("app_id") if isinstance(to, Mapping) else to
            if str(shown) == app_id:
                self._app_spelling = spelling
                return found
        if found is None and refused is not None:
            raise refused
        # Accepted, but without effect as far as the answer tells: the caller looks at what is there.
        return found or {}

    def _put_number(self, phnum: str, body: Mapping[str, Any]) -> Record:
        found = self._call("PUT", self._path("phonenumbersubscription", phnum), body)
        return self._object(found, "phnum", key=phnum, doubt=Doubt.OPEN)

    def voiceapp(self, app_id: str) -> Record | None:
        """Return one voice app, None if the account has none such."""
        try:
            found = self._call("GET", self._path("voiceapp", app_id))
        except Rejected as error:
            # As with numbers, only the list tells for sure that it is not there.
            return _in(self.voiceapps(), "app_id", app_id, error)
        return None if found is None else self._object(found, "app_id", key=app_id)

    def create_voiceapp(self, bodies: Sequence[Mapping[str, Any]]) -> Record:
        """Create a voice app and return it (sonetel.md 5). *bodies* are spellings of the same, most likely first."""
        return self._written(bodies, lambda body: self._call("POST", self._path("voiceapp"), body))

    def update_voiceapp(self, app_id: str, bodies: Sequence[Mapping[str, Any]]) -> Record:
        """Set members of a voice app and return it (sonetel.md 5.7). *bodies* as for `create_voiceapp`."""
        return self._written(bodies, lambda body: self._call("PUT", self._path("voiceapp", app_id), body), app_id)

    def delete_voiceapp(self, app_id: str) -> None:
        """Delete a voice app for good; no error when it is gone already."""
        try:
            self._call("DELETE", self._path("voiceapp", app_id))
        except Rejected as error:
            with leaving_doubt(error.doubt):
                if _in(self.voiceapps(), "app_id", app_id, error):
                    raise

    def prompts(self, app_id: str) -> Listing[Record]:
        """Return the prompts of a voice app with their messages (sonetel.md 6)."""
        return self._list("voiceapp", app_id, "prompt", key="prompt_id", params={"fields": "message"})

    def create_prompt(self, app_id: str, name: str) -> Record:
        """Create a custom prompt without audio; the name goes both documented ways (sonetel.md 11 #15)."""
        path = self._path("voiceapp", app_id, "prompt")
        found = self._call("POST", path, {"name": name}, params={"name": name})
        return self._object(found, "prompt_id", doubt=Doubt.OPEN)

    def delete_prompt(self, app_id: str, prompt_id: str) -> None:
        """Delete a custom prompt for good; no error when it is gone already."""
        try:
            self._call("DELETE", self._path("voiceapp", app_id, "prompt", prompt_id))
        except Rejected as error:
            with leaving_doubt(error.doubt):
                if _in(self.prompts(app_id), "prompt_id", prompt_id, error):
                    raise

    def upload(self, prompt_id: str, file_name: str, wav: bytes) -> Record:
        """Give a prompt its audio, in place of what it has, and return the prompt (sonetel.md 6)."""
        request = Request(
            "POST",
            f"{self._url}/prompt/{quote(prompt_id, safe='')}/message",
            files={"file": (file_name, wav, "audio/wav")},
            repeatable=True,
        )
        return self._object(_unwrap(self._answered(request)), "prompt_id", key=prompt_id, doubt=Doubt.OPEN)

    def voices(self) -> list[Record]:
        """Return the voices of text to speech (sonetel.md 6)."""
        return [voice for voice in self._spoken(self._call("GET", "/tts/prompt/voice")) if isinstance(voice, dict)]

    def speak(self, text: str, language: str, voice: str) -> bytes:
        """Turn text into a WAV. It counts against the account's quota, so it is not repeated when in doubt."""
        body = {"text": text, "language": language, "voice": voice}
        url = self._spoken(self._call("POST", "/tts/prompt/convert", body))
        if not isinstance(url, str):
            raise UnreadableAnswer("Text to speech answered without an address.", next_step=self._check_url())
        request = Request("GET", check_url("the address of the spoken text", url, query=True))
        answer = self._client.send_open(request)
        if answer.status in (401, 403) and self._may_see_token(url):
            # Whether audio needs the token is not documented (sonetel.md 6).
            answer = self._client.send(request)
        if answer.status >= 400:
            raise _refusal(answer)
        return answer.body

    def call_settings(self, user_id: str) -> Record:
        """Return a team member's own call settings (sonetel.md 7.1)."""
        return self._object(self._call("GET", self._path("user", user_id, "call")), "incoming")

    def update_call_settings(self, user_id: str, settings: Mapping[str, Any]) -> Record:
        """Replace a team member's own call settings as a whole and return them (sonetel.md 7: POST, not PUT)."""
        path = self._path("user", user_id, "call")
        return self._object(self._call("POST", path, settings, repeatable=True), "incoming", doubt=Doubt.OPEN)

    def _written(
        self, bodies: Sequence[Mapping[str, Any]], write: Callable[[Mapping[str, Any]], Any], key: str = ""
    ) -> Record:
        for body in bodies[:-1]:
            try:
                return self._object(write(body), "app_id", key=key, doubt=Doubt.OPEN)
            except Rejected as error:
                if error.doubt:
                    raise
        return self._object(write(bodies[-1]), "app_id", key=key, doubt=Doubt.OPEN)

    def _spoken(self, payload: Any) -> Any:
        return payload.get("response") if isinstance(payload, dict) else payload

    def _may_see_token(self, url: str) -> bool:
        host, own = urlsplit(url).hostname or "", urlsplit(self._url).hostname or ""
        return host == own or host.endswith(".sonetel.com")

    def buy_package(self, phnum: str, package: str) -> Record:
        """Buy a package for a number (sonetel.md 4.3). It costs money, so it is not repeated when in doubt."""
        path = self._path("phonenumbersubscription", phnum)
        found = self._call("PUT", path, {"package": package}, repeatable=False)
        return self._object(found, "phnum", key=phnum, doubt=Doubt.OPEN)

    def _path(self, *parts: str) -> str:
        # Neither a trailing nor a doubled slash (sonetel.md 1, URL hygiene).
        return "/".join(("/account", *(quote(part, safe="") for part in (self.account_id(), *parts))))

    def _list(self, *parts: str, key: str, params: Mapping[str, str] | None = None) -> Listing[Record]:
        """Return a list as far as Sonetel shows it: how to ask for a further page is not documented (sonetel.md 3.5).

        All that is in it has *key*; else it is something else, and not an account on which nothing has a name.
        """
        kind = parts[-1]
        payload = self._send("GET", self._path(*parts), params=params)
        found = _unwrap(payload)
        if found is None or (isinstance(found, str) and found.strip().casefold() == _EMPTY):
            found = []
        if isinstance(found, dict):
            found = [found]
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise UnreadableAnswer(
                f"Sonetel's list of {kind} is neither a list nor empty.", next_step=self._check_url()
            )
        if not all(item.get(key) for item in found):
            raise UnreadableAnswer(f"Sonetel's list of {kind} has an entry without {key}.", next_step=self._check_url())
        gap = _gap(payload, kind, len(found))
        if gap:
            self._incomplete(gap)
        return Listing(found, gap)

    def _check_url(self) -> str:
        return f"Check {self._client.option('api_url')}."

    def _object(self, found: Any, member: str, *, key: str = "", doubt: Doubt = Doubt.NONE) -> Record:
        """Return the object in an answer, which is known by having *member*, and there *key* where that was named.

        What stands between may hand over the answer to another request.
        """
        if isinstance(found, list) and len(found) == 1:
            found = found[0]
        if not isinstance(found, dict) or not found.get(member):
            raise UnreadableAnswer(
                f"Sonetel answered without the requested object (there is no {member}).",
                next_step=self._check_url(),
                doubt=doubt,
            )
        if key and _plain(found, member) != key:
            raise UnreadableAnswer(
                f"Sonetel answered with a different object ({member} is not {key}).",
                next_step="Run again. If this persists, check the proxy if you use one.",
                doubt=doubt,
            )
        return found

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None, **more: Any) -> Any:
        return _unwrap(self._send(method, path, body, **more))

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None = None, **more: Any) -> Any:
        return self._answered(Request(method, self._url + path, json=body, **more))

    def _answered(self, request: Request) -> Any:
        answer = self._client.send(request)
        if answer.status >= 400:
            raise _refusal(answer)
        payload = answer.json()
        if isinstance(payload, dict) and str(payload.get("status", "")).casefold() == "failed":
            raise _refusal(answer)
        return payload


def _app_as_object(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The specification's form of a voice app as destination (sonetel.md 4.1)."""
    return body


def _app_as_id(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The form of Sonetel's help page and of its own client for Python."""
    return {**body, "connect_to": str(body["connect_to"]["app_id"])}


def connect(options: Mapping[str, Any], environment: Environment) -> SonetelApi:
    """Return the API for a module's connection options; logs in only when the first request is made."""
    tokens = token_source(options, environment)
    api_url = check_url("api_url", options["api_url"])
    client = BearerClient(environment.http, tokens)
    account_id = options.get("account_id") or None
    return SonetelApi(client, tokens, api_url, account_id, environment.incomplete, _identity(options))


def _identity(options: Mapping[str, Any]) -> str:
    """Return who logs in, else the account that the token is for, as far as it says that (sonetel.md 2.2)."""
    return credential(options, "username") or str(jwt_claims(credential(options, "access_token")).get("acc_id") or "")


def token_source(options: Mapping[str, Any], environment: Environment) -> TokenSource:
    """Return where access tokens come from. Raises `InputError` when the options do not suffice."""
    username, access, refresh, secret = (
        credential(options, name) or None for name in ("username", "access_token", "refresh_token", "client_secret")
    )
    # Blanks may be part of a password, line breaks are not.
    password = (options.get("password") or "").strip("\r\n") or None
    if (username is None) != (password is None):
        missing = "password" if password is None else "username"
        raise InputError(
            f"{missing} is missing: Sonetel's login needs username and password.",
            next_step=f"Set {missing} or the environment variable SONETEL_{missing.upper()}.",
        )
    if not (access or refresh or username):
        raise InputError(
            "There are no Sonetel credentials.",
            next_step=(
                "Set username and password (SONETEL_USERNAME, SONETEL_PASSWORD), "
                "or access_token (SONETEL_ACCESS_TOKEN)."
            ),
        )
    client_id = options["client_id"]
    endpoint = OAuthEndpoint(check_url("auth_url", options["auth_url"]), client_id, secret or client_id, _login_refusal)
    grants: list[Mapping[str, str]] = []
    if refresh:
        grants.append({"grant_type": "refresh_token", "refresh_token": refresh})
    if username and password:
        grants.append({"grant_type": "password", "username": username, "password": password, "refresh": "yes"})
    environment.secrets.add(password, refresh, secret)
    return TokenSource(environment.http, environment.secrets, environment.clock, endpoint, grants, access)


def identity(token: Token) -> dict[str, Any]:
    """Return account_id, user_id and expires_at of a token, None where it does not tell (sonetel.md 2.2)."""
    claims = jwt_claims(token.access)
    known = {name: claims.get(claim) for name, claim in (("account_id", "acc_id"), ("user_id", "user_id"))}
    return {
        **{name: None if value is None else str(value) for name, value in known.items()},
        "expires_at": token.expires_at,
    }


def _unwrap(payload: Any) -> Any:
    """Return the content of an envelope, or the payload where it came without one (sonetel.md 3.1)."""
    return payload.get("response") if isinstance(payload, dict) and _is_envelope(payload) else payload


def _gap(payload: Any, kind: str, seen: int) -> str:
    """Return why a list is incomplete, "" if nothing says so. `page_metadata` may be absent.

    Facts: sonetel.md 3.1 and 4.5.
    """
    metadata = payload.get("page_metadata") if isinstance(payload, dict) else None
    if not isinstance(metadata, dict):
        return ""
    pages, count = (str(metadata.get(name) or "").strip() for name in ("page_count", "count"))
    if pages not in ("", "0", "1"):
        return f"Sonetel shows only the first of {pages} pages of its {kind} list"
    if str(metadata.get("next") or "").strip().casefold() not in ("", "na"):
        return f"Sonetel shows only the first page of its {kind} list"
    if count.isdecimal() and int(count) > seen:
        return f"Sonetel shows only {seen} of {count} entries of its {kind} list"
    return ""


def _plain(record: Record, member: str) -> str:
    """Return an id as paths have it; a phone number's digits."""
    text = str(record.get(member))
    return re.sub(r"\D", "", text) if member == "phnum" else text


def _in(records: Listing[Record], member: str, key: str, refusal: Rejected) -> Record | None:
    """Return the record with that key; an incomplete list does not tell that there is none, so *refusal* stands."""
    found = next((record for record in records if _plain(record, member) == key), None)
    if found is None and not records.complete:
        raise refusal
    return found


def _is_envelope(payload: Mapping[str, Any]) -> bool:
    # A number has a member `status` too, so the envelope is known by its content.
    return "response" in payload and "status" in payload


def _refusal(answer: Answer) -> TelephonyError:
    """Return the error for a business failure or an HTTP 4xx, whose bodies may be anything (sonetel.md 3.3)."""
    payload = answer.json_or_none()
    content = payload.get("response") if isinstance(payload, dict) else None
    code = detail = None
    if isinstance(content, dict):
        code, detail = content.get("code"), content.get("detail")
    elif isinstance(content, str):
        detail = content
    elif isinstance(payload, dict):
        errors = payload.get("errors")
        listed = "; ".join(str(error) for error in errors) if isinstance(errors, list) else ""
        detail = payload.get("error_description") or listed or payload.get("message")
    said = f"{detail}" if detail else f"HTTP {answer.status}"
    known: dict[str, Any] = {
        "status": answer.status,
        "code": str(code) if code else None,
        "request": str(answer.request),
        "doubt": answer.doubt,
    }
    where = f"{answer.request} was refused by Sonetel: {said}{f' (code {code})' if code else ''}."
    option = answer.settings.option
    if answer.status == 403:
        return AuthenticationError(where, next_step="Use an administrator's login for this account.", **known)
    if answer.request.only_reads or answer.status == 404:
        return Rejected(where, next_step=f"Check {option('api_url')} and {option('account_id')}.", **known)
    return Rejected(where, next_step="Check the value, and that the login is an administrator's.", **known)


def _login_refusal(answer: Answer) -> TelephonyError:
    payload = answer.json_or_none()
    said = None
    if isinstance(payload, dict):
        said = payload.get("error_description") or payload.get("error")
    if answer.status in (400, 401, 403):
        return AuthenticationError(
            f"Sonetel does not accept the login: {said or 'no reason given'} (HTTP {answer.status}).",
            next_step="Check username and password. They must be an administrator's login to Sonetel's web app.",
            status=answer.status,
            request=str(answer.request),
        )
    return AuthenticationError(
        f"{answer.request} answered HTTP {answer.status}{f': {said}' if said else ''}.",
        next_step=f"Check {answer.settings.option('auth_url')}: it must be the full URL of the token endpoint.",
        status=answer.status,
        request=str(answer.request),
    )
