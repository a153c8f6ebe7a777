# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ways to prove who is calling. Private to the collection."""

from __future__ import annotations

import base64
import copy
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard

from .._clock import Clock
from .._errors import AuthenticationError, Doubt, InputError, TelephonyError
from .client import HttpClient
from .messages import Answer, Request, RetryRules, read_json
from .secrets import Secrets
from .store import Held, Store

# A token that ends this soon is treated as expired, so that it does not end in the middle of a task.
_MARGIN_SECONDS = 60
# Seconds beyond which a point in time is none: in the year 5138.
_LONGEST_TIME = 1e11


@dataclass(frozen=True)
class Token:
    """What a token endpoint returned; *expires_at* is epoch seconds, None if nothing tells it.

    *details* are other members of its answer, without secrets, as far as the source was reported to keep them.
    """

    access: str
    refresh: str | None = None
    expires_at: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict, compare=False)


def jwt_claims(token: str) -> dict[str, Any]:
    """Return the claims of a JSON web token without checking its signature, {} for any other token."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = read_json(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def _expiry(access: str, answer: Mapping[str, Any], now: float) -> float | None:
    expires = jwt_claims(access).get("exp")
    if _is_time(expires):
        return float(expires)
    lasts = answer.get("expires_in")
    return now + float(lasts) if _is_time(lasts) else None


def _is_time(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LONGEST_TIME


@dataclass(frozen=True)
class OAuthEndpoint:
    """A token endpoint and the client that asks it. *explain* turns a refusal into an error for the user."""

    url: str
    client_id: str
    client_secret: str
    explain: Callable[[Answer], TelephonyError]
    group: str | None = None
    rules: RetryRules | None = None


class TokenCache:
    """Where the tasks of one user on one machine keep a token that all of them use, so that one login serves all."""

    def __init__(self, file: Store, http: HttpClient) -> None:
        self._file = file
        self._http = http

    @contextmanager
    def locked(self) -> Iterator[CachedToken]:
        """Hold the cache for oneself, so that nobody else logs in meanwhile. Raises `DeadlineExceeded`."""

        def wait(seconds: float) -> None:
            self._http.pause(seconds, "another task is logging in")

        with self._file.locked(wait) as contents:
            yield CachedToken(contents)


class CachedToken:
    """The token in a cache while it is locked."""

    def __init__(self, contents: Held) -> None:
        self._contents = contents
        self.token = _kept(contents.value)

    def keep(self, token: Token) -> None:
        """Keep *token* for all; a refresh token is not kept, because it lasts longer than anybody needs it."""
        self._contents.save(
            {"access_token": token.access, "expires_at": token.expires_at, "details": dict(token.details)}
        )


def _kept(value: Any) -> Token | None:
    """Return the token that a cache holds, None for anything else that may be in the file."""
    if not isinstance(value, dict):
        return None
    access, expires_at, details = (value.get(name) for name in ("access_token", "expires_at", "details"))
    if not isinstance(access, str) or not _could_be_sent(access):
        return None
    if expires_at is not None and (isinstance(expires_at, bool) or not isinstance(expires_at, int | float)):
        return None
    return Token(access, expires_at=expires_at, details=details if isinstance(details, dict) else {})


def _could_be_sent(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable()


class TokenSource:
    """Hands out one access token to all threads of a task, and gets a new one when it no longer works.

    *grants* are the forms to try in turn when a token is needed (password, refresh token, JWT and so on); with none,
    only the ready *access_token* can be used. With a *cache*, its token is used as long as it works. *details* names
    members of the token endpoint's answer to keep. *on_token* is called with each token that did not come as an option.
    """

    def __init__(
        self,
        http: HttpClient,
        secrets: Secrets,
        clock: Clock,
        endpoint: OAuthEndpoint,
        grants: list[Mapping[str, str]],
        access_token: str | None = None,
        cache: TokenCache | None = None,
        details: tuple[str, ...] = (),
        on_token: Callable[[Token], None] = lambda token: None,
    ) -> None:
        self._http = http
        self._secrets = secrets
        self._clock = clock
        self._endpoint = endpoint
        self._grants = grants
        self._cache = cache
        self._details = details
        self._on_token = on_token
        self._lock = threading.Lock()
        self._refusal: TelephonyError | None = None
        self._token: Token | None = None
        # The token of a login that was made because another one was refused, until a request was accepted with it.
        self._untried: str | None = None
        if access_token:
            usable = access_token.strip()
            if not _could_be_sent(usable):
                raise InputError("access_token contains characters that no token has.", next_step="Copy it again.")
            secrets.add(usable)
            self._token = Token(usable, expires_at=_expiry(usable, {}, clock.time()))

    def current(self) -> Token:
        """Return a token that is not known to be expired; logs in when there is none. Raises `AuthenticationError`."""
        with self._lock:
            token = self._token
            if token is None or (self._expired(token) and self._grants):
                token = self._token = self._obtain(None)
            return token

    def worked(self, token: Token) -> None:
        """Note that a request was accepted with *token*, so that a later refusal means that its session has ended."""
        if self._untried is None:
            return
        with self._lock:
            if self._untried == token.access:
                self._untried = None

    def untried(self, token: Token) -> bool:
        """Return whether *token* is of a login in place of a refused one, and was never accepted."""
        with self._lock:
            return self._untried == token.access

    def renew(self, refused: Token) -> Token | None:
        """Return another token than *refused*, or None when there is no way to get one."""
        with self._lock:
            if self._token is not None and self._token.access != refused.access:
                return self._token
            if not self._grants:
                return None
            self._token = self._obtain(refused)
            return self._token

    def _expired(self, token: Token) -> bool:
        return token.expires_at is not None and token.expires_at - _MARGIN_SECONDS < self._clock.time()

    def _obtain(self, refused: Token | None) -> Token:
        """Return the cache's token unless it is *refused* or expired, else that of a new login."""
        if self._cache is None:
            return self._log_in(refused)
        with self._cache.locked() as cached:
            kept = cached.token
            if kept is not None and not self._expired(kept) and (refused is None or kept.access != refused.access):
                self._secrets.add(kept.access)
                self._on_token(kept)
                return kept
            token = self._log_in(refused)
            cached.keep(token)
            return token

    def _log_in(self, refused: Token | None) -> Token:
        if self._refusal is not None:
            # Threads that wait their turn must not try a wrong password again: that may lock the account.
            raise copy.copy(self._refusal)
        refusal: TelephonyError = AuthenticationError("There are no credentials to log in with.")
        for form in self._grants:
            answer = self._http.send(
                Request(
                    "POST",
                    self._endpoint.url,
                    form=form,
                    basic=(self._endpoint.client_id, self._endpoint.client_secret),
                    repeatable=True,
                    reading=True,
                    group=self._endpoint.group,
                    rules=self._endpoint.rules,
                )
            )
            if answer.status >= 400:
                refusal = self._endpoint.explain(answer)
                continue
            token = self._accept(answer, form)
            self._untried = token.access if refused is not None else None
            self._on_token(token)
            return token
        self._refusal = refusal
        raise copy.copy(refusal)

    def _accept(self, answer: Answer, form: Mapping[str, str]) -> Token:
        body = answer.json()
        access = body.get("access_token") if isinstance(body, dict) else None
        if not isinstance(access, str) or not _could_be_sent(access):
            raise AuthenticationError(
                f"{answer.request} answered without a usable access token.",
                next_step=f"Check the token URL in {answer.settings.options}.",
                status=answer.status,
            )
        details = {name: body[name] for name in self._details if name in body}
        refresh = body.get("refresh_token")
        token = Token(
            access,
            refresh if isinstance(refresh, str) else None,
            _expiry(access, body, self._clock.time()),
            details,
        )
        if token.refresh is None and "refresh_token" in form:
            # Whether a refresh token is replaced on use is not documented; without a new one the old one stays.
            token = replace(token, refresh=form["refresh_token"])
        self._secrets.add(token.access, token.refresh)
        return token


class BearerClient:
    """Sends requests with the current bearer token; on HTTP 401 logs in once and repeats the request."""

    def __init__(self, http: HttpClient, tokens: TokenSource) -> None:
        self._http = http
        self._tokens = tokens

    def token(self) -> Token:
        """Return the token that requests are sent with; logs in where there is none yet."""
        return self._tokens.current()

    def option(self, name: str) -> str:
        """Return what the user calls the connection's option *name*."""
        return self._http.option(name)

    def send_open(self, request: Request) -> Answer:
        """Send *request* without the token, to an address that may be anybody's."""
        return self._http.send(request)

    def send(self, request: Request) -> Answer:
        """Send *request*. Raises `AuthenticationError` when the token is refused and no other one helps."""
        token = self._tokens.current()
        answer = self._http.send(_with_token(request, token))
        doubt = answer.doubt
        # The first time another task may have put another token into the cache, which has ended meanwhile as well.
        for _turn in range(2):
            if answer.status != 401 or self._tokens.untried(token):
                break
            try:
                token = self._another(request, token)
                answer = self._http.send(_with_token(request, token))
            except TelephonyError as error:
                error.doubt = max(error.doubt, doubt)
                raise
            doubt = max(doubt, answer.doubt)
        if answer.status == 401:
            raise _refused_again(request, doubt)
        self._tokens.worked(token)
        return replace(answer, doubt=doubt)

    def _another(self, request: Request, refused: Token) -> Token:
        renewed = self._tokens.renew(refused)
        if renewed is None:
            raise AuthenticationError(
                f"{request} was refused: the access token is expired, revoked or wrong (HTTP 401).",
                next_step="Get a new access token, or set the credentials, so that the module can log in.",
                status=401,
                request=str(request),
            )
        return renewed


def _refused_again(request: Request, doubt: Doubt) -> AuthenticationError:
    return AuthenticationError(
        f"{request} was refused with a new access token as well (HTTP 401).",
        next_step="The login works, but lacks the permission for this. Use an administrator's login.",
        doubt=doubt,
        status=401,
        request=str(request),
    )


def _with_token(request: Request, token: Token) -> Request:
    return replace(request, headers={**request.headers, "Authorization": f"Bearer {token.access}"})


class KeyClient:
    """Sends requests with an API key that the provider takes in the message itself.

    It is a member of the JSON body, and a query parameter where there is no body; both are called *name*. A query
    appears in no text of the collection, see `Request.__str__`.
    """

    def __init__(self, http: HttpClient, secrets: Secrets, name: str, key: str) -> None:
        usable = key.strip()
        if not usable.isascii() or not usable.isprintable():
            raise InputError("The API key contains characters that no key has.", next_step="Copy it again.")
        secrets.add(key, usable)
        self._http = http
        self._member = {name: usable}

    def send(self, request: Request) -> Answer:
        """Send *request*; what the provider says about the key is left to its package."""
        if request.method in ("GET", "HEAD"):
            return self._http.send(replace(request, params={**(request.params or {}), **self._member}))
        return self._http.send(replace(request, json={**self._member, **(request.json or {})}))
