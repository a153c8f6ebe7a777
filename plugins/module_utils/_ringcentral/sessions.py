# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's login, and whose limits a session counts in. Facts: docs/providers/ringcentral.md 3 and 4.

RingCentral counts by user and app, however many sessions there are. What tasks know of the limits is therefore kept by
user and app: a login tells the user, and for a ready token of unknown origin one request does.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from .._errors import InputError, TelephonyError
from .._files.shared import SharedFolder, chosen_directory, default_directory, key_of
from .._http.auth import BearerClient, OAuthEndpoint, Token, TokenCache, TokenSource
from .._http.environment import Environment
from .._http.messages import Answer, Request, RetryRules
from .._http.pacing import Allowance, Caller, Pacer, PacingRules
from .._http.secrets import credential
from .._http.urls import check_url
from .errors import login_refusal

_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"

# Three tries satisfy all of the guides (ringcentral.md 5.3). Writes are not repeated blindly: see `ForwardingNumbers`.
_RULES = RetryRules(attempts=3, first_wait=2.0, longest_wait=60.0)
# A login has rules of its own (ringcentral.md 3.6 and 3.7): gateways' failures are final, and a refusal is waited for
# once.
_LOGIN_RULES = RetryRules(
    attempts=4, first_wait=10.0, longest_wait=10.0, jitter=False, refusals=2, repeatable=frozenset({408, 500, 503})
)

_NO_MORE_LOGINS = (
    "Keep {token_cache} on, so that all tasks share one login. Or log in once with ringcentral_token and set "
    "{access_token}."
)

# How long it is remembered whose a token is that does not tell when it ends.
_REMEMBERED_SECONDS = 86400.0


def pacing_rules(no_more_logins: str = "") -> PacingRules:
    """Return RingCentral's limits (ringcentral.md 4). *no_more_logins*: fail with this advice rather
    than wait for another login.
    """
    minute = 60.0
    return PacingRules(
        groups={
            "light": Allowance(50, minute),
            "medium": Allowance(40, minute),
            "heavy": Allowance(10, minute),
            "auth": Allowance(5, minute, no_more_logins),
        },
        prefixes=("X-Rate-Limit-", "X-RateLimit-"),
        provider="RingCentral",
        silent_penalty=30.0,
        silent_penalties={"auth": 60.0},
    )


class Session:
    """The login of one task, and what it counts in.

    Unless reported to *share*, a new session is opened that no other task uses. Raises `InputError` when the options do
    not suffice.
    """

    def __init__(self, options: Mapping[str, Any], environment: Environment, *, share: bool = True) -> None:
        self._clock = environment.clock
        client_id, secret, jwt, access = (
            credential(options, name) for name in ("client_id", "client_secret", "jwt", "access_token")
        )
        environment.secrets.add(secret, jwt)
        self._server = check_url("server_url", options["server_url"])
        given = {"client_id": client_id, "client_secret": secret, "jwt": jwt}
        missing = [name for name, value in given.items() if not value]
        if missing and not access:
            raise InputError(
                f"RingCentral's login needs client_id, client_secret and jwt; {', '.join(missing)} is missing.",
                next_step=(
                    "Set the options or RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET and RC_USER_JWT; or set access_token."
                ),
            )
        folder = _folder(options, environment)
        store = folder.file("pacing", key_of(self._server))
        self.shares_limits = store.is_shared()
        cached = not missing and share and options["token_cache"] and self.shares_limits
        self._login = Caller(key_of(self._server, client_id, jwt), client_id)
        # Which app a ready token belongs to is not known, whatever client_id is.
        self._caller = Caller(key_of(self._server, access)) if access else self._login
        options_called = {name: environment.http.option(name) for name in ("token_cache", "access_token")}
        rules = pacing_rules("" if cached else _NO_MORE_LOGINS.format(**options_called))
        callers = {**dict.fromkeys(rules.groups, self._caller), **({} if missing else {"auth": self._login})}
        self._pacer = Pacer(rules, store, environment.clock, options["timeout"], callers)
        environment.http.obey(self._pacer, _RULES)
        endpoint = OAuthEndpoint(
            f"{self._server}/restapi/oauth/token", client_id, secret, login_refusal, "auth", _LOGIN_RULES
        )
        key = key_of(self._server, client_id, secret, jwt)
        self.tokens = TokenSource(
            environment.http,
            environment.secrets,
            environment.clock,
            endpoint,
            [] if missing else [{"grant_type": _JWT_GRANT, "assertion": jwt}],
            access or None,
            TokenCache(folder.file("token", key), environment.http) if cached else None,
            ("owner_id", "scope"),
            self._opened,
        )

    def who_am_i(self) -> Request:
        """Return the request whose answer tells the owner of the session."""
        url = f"{self._server}/restapi/v1.0/account/~/extension/~"
        return Request("GET", url, headers={"Accept-Language": "en-US"}, group="light")

    def is_known(self) -> bool:
        """Return whether it is known whose session it is."""
        return self._pacer.knows("light")

    def note_owner(self, answer: Answer | None, app: str = "") -> None:
        """Remember whose the ready token is, which *answer* to `who_am_i` tells; also when it does not tell it."""
        record = answer.json_or_none() if answer is not None and answer.status < 400 else None
        owner = record.get("id") if isinstance(record, dict) else None
        self._caller = Caller(self._caller.name, app or self._caller.app)
        until = self._clock.time() + _REMEMBERED_SECONDS
        self._pacer.recognise(self._caller, "" if owner is None else str(owner), until)

    def _opened(self, token: Token) -> None:
        """Remember whose *token* is, so that tasks that are given nothing else count in the same limits."""
        self._caller = self._login
        owner, until = token.details.get("owner_id"), token.expires_at
        if owner is not None:
            until = self._clock.time() + _REMEMBERED_SECONDS if until is None else until
            self._pacer.recognise(self._login, str(owner), until, key_of(self._server, token.access))


class SessionClient(BearerClient):
    """Before its first request, finds out whose session it is where nothing on this machine tells it."""

    def __init__(self, environment: Environment, session: Session) -> None:
        super().__init__(environment.http, session.tokens)
        self._session = session
        self._introduced = not session.shares_limits
        self._introducing = threading.Lock()

    def send(self, request: Request) -> Answer:
        """Send *request*. Raises `AuthenticationError` when the token is refused and no other one helps."""
        with self._introducing:
            if not self._introduced:
                self._introduce()
                self._introduced = True
        return super().send(request)

    def _introduce(self) -> None:
        self._session.tokens.current()  # if that is a login, it tells
        if self._session.is_known():
            return
        try:
            answer: Answer | None = super().send(self._session.who_am_i())
        except TelephonyError as error:
            if error.status in (None, 401, 429):
                raise
            answer = None  # what is wrong will show where it matters
        if not self._session.is_known():
            self._session.note_owner(answer)


def revoke_request(options: Mapping[str, Any], token: str) -> Request:
    """Return the request that ends the session of *token*; it is neither repeated nor needed to work.

    Facts: ringcentral.md 3.4.
    """
    return Request(
        "POST",
        f"{check_url('server_url', options['server_url'])}/restapi/oauth/revoke",
        form={"token": token},
        basic=(credential(options, "client_id"), credential(options, "client_secret")),
        repeatable=False,
        group="auth",
        rules=RetryRules(attempts=1),
    )


def identity(token: Token) -> dict[str, Any]:
    """Return owner_id, scope and expires_at of a token, None where the login did not tell."""
    return {
        "owner_id": None if token.details.get("owner_id") is None else str(token.details["owner_id"]),
        "scope": token.details.get("scope"),
        "expires_at": token.expires_at,
    }


def _folder(options: Mapping[str, Any], environment: Environment) -> SharedFolder:
    """Return the folder that tasks share. Raises `InputError` when the user's own choice is an unsafe one."""
    chosen = options.get("cache_path")
    path = chosen_directory("cache_path", chosen) if chosen else default_directory()
    return SharedFolder(path, environment.warn, environment.http.option("cache_path"))
