# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMS Partner's endpoints, its codes and its key. Facts: docs/providers/smspartner.md. Private to the collection."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._errors import AuthenticationError, Doubt, InputError, Rejected, TelephonyError, UnreadableAnswer
from .._files.journal import Journal, NoJournal
from .._files.shared import kept_at
from .._http.auth import KeyClient
from .._http.environment import Environment
from .._http.messages import Answer, Request, doubt_of
from .._http.secrets import credential
from .._http.urls import check_url

# Codes that tell about the number's state instead of a fault (smspartner.md 5.1, 6).
NOT_ENABLED, FORWARD_IS_ON, VOICEMAIL_IS_ON, ALREADY_OFF = 14, 16, 17, 18
_ABOUT_STATE = frozenset({NOT_ENABLED, FORWARD_IS_ON, VOICEMAIL_IS_ON, ALREADY_OFF})

# Codes that the HTTP layer treats like the HTTP status of the same number (smspartner.md 5.2).
_RETRYABLE = frozenset({429, 500})


@dataclass(frozen=True)
class _Meaning:
    """What a code says, as messages come in French or English, and what to do about it."""

    text: str
    next_step: str = ""
    login: bool = False


_DEFECT = "Please report this as a defect of office.telephony."
_PORTAL = "Look at the account in SMS Partner's web portal."
_MEANINGS = {
    5: _Meaning("a required or valid entry is missing", "Check the number, and the e-mail address if there is one."),
    6: _Meaning("the type is missing", _DEFECT),
    7: _Meaning("the type is not valid", _DEFECT),
    8: _Meaning("the destination is missing", _DEFECT),
    9: _Meaning("the e-mail address is not valid", "Check email."),
    10: _Meaning(
        "the API key is missing or wrong", "Copy it again from SMS Partner's web portal into api_key.", login=True
    ),
    11: _Meaning("there is not enough credit", "Buy credit in SMS Partner's web portal."),
    12: _Meaning(
        "the destination is not a number that it forwards to", "Check the destination, or try another {number_format}."
    ),
    13: _Meaning(
        "this virtual number does not exist on the account",
        "Check it; if it is in the portal of this account, try another {number_format}.",
    ),
    NOT_ENABLED: _Meaning("call forwarding is not enabled for this number", "Ask SMS Partner to enable it."),
    15: _Meaning("this virtual number itself is disabled", "Enable it in SMS Partner's web portal."),
    FORWARD_IS_ON: _Meaning("call forwarding is already on"),
    VOICEMAIL_IS_ON: _Meaning("voicemail is already on"),
    ALREADY_OFF: _Meaning("call forwarding is already off"),
    20: _Meaning("the account is deactivated", _PORTAL, login=True),
    30: _Meaning("the account is blocked", _PORTAL, login=True),
    40: _Meaning("the account may not use the API", _PORTAL, login=True),
    90: _Meaning("the request is not readable", _DEFECT),
    96: _Meaning(
        "the API key may not be used from this IP address",
        "Add the address to the allow-list in the portal.",
        login=True,
    ),
}


@dataclass(frozen=True)
class Reply:
    """What SMS Partner said to one request. *doubt*: an earlier attempt of it may have been carried out."""

    success: bool
    code: int
    message: str
    doubt: Doubt = Doubt.NONE
    attempts: int = 1
    request: str = ""
    status: int = 200
    # Returns what the user calls an option of the connection.
    option: Callable[[str], str] = str

    @property
    def about_state(self) -> bool:
        """Whether it tells that the number was switched, or what it is switched to."""
        return self.success or self.code in _ABOUT_STATE

    def refusal(self, subject: str, *, text: str = "", next_step: str = "") -> TelephonyError:
        """Return the error that this reply is, in words of its own or in those that the code stands for."""
        meaning = _MEANINGS.get(self.code, _Meaning("no documented reason"))
        said = f"code {self.code}{f', {self.message!r}' if self.message else ''}"
        kind = AuthenticationError if meaning.login else Rejected
        return kind(
            f"SMS Partner refuses {subject}: {text or meaning.text} ({said}).",
            next_step=next_step or meaning.next_step.format(number_format=self.option("number_format")),
            doubt=self.doubt,
            status=self.status,
            code=str(self.code),
            request=self.request,
        )


class SmsPartnerApi:
    """The API for one key. Every call raises a `TelephonyError`."""

    def __init__(self, client: KeyClient, url: str) -> None:
        self._client = client
        self._url = url

    def set_callforward(self, number: str, body: Mapping[str, Any]) -> Reply:
        """Send *number* with `type` and `param` (smspartner.md 4.1) and return what SMS Partner says."""
        # Setting a state twice does no more than setting it once, but the answer to the second time differs.
        url = f"{self._url}/vn/callforward"
        body = {"number": number, **body}
        return _reply(self._client.send(Request("POST", url, json=body, repeatable=True, judge=_status)))

    def me(self) -> Mapping[str, Any]:
        """Return the account, which shows that the key is right but not that it may manage numbers.

        Facts: smspartner.md 4.3.
        """
        answer = self._client.send(Request("GET", f"{self._url}/me", judge=_status))
        reply = _reply(answer)
        if not reply.success:
            raise reply.refusal("the account")
        return _envelope(answer) or {}


@dataclass(frozen=True)
class Account:
    """The API with what a task says about using it. The key is checked at most once."""

    api: SmsPartnerApi
    journal: NoJournal
    environment: Environment
    on_conflict: str
    number_format: str
    key_to_check: threading.Semaphore
    # What tells accounts apart without asking, and is not the key.
    identity: str = ""

    def check_key_if_asked(self) -> None:
        """Check the key if the task asks for that and it was not done yet. Raises `AuthenticationError`."""
        if self.key_to_check.acquire(blocking=False):
            self.api.me()


def connect(options: Mapping[str, Any], environment: Environment) -> Account:
    """Return the account for a module's connection options; nothing is sent yet. Raises `InputError`."""
    key = credential(options, "api_key")
    if not key:
        raise InputError(
            "There is no SMS Partner API key.",
            next_step="Set api_key or the environment variable SMSPARTNER_API_KEY.",
        )
    url = check_url("api_url", options["api_url"])
    client = KeyClient(environment.http, environment.secrets, "apiKey", key)
    path = str(kept_at("journal", options["journal"])) if options.get("journal") else None
    # Entries of several accounts may share a file; the key itself must not stand in it.
    account = hashlib.sha256(f"smspartner\n{url}\n{key}".encode()).hexdigest()[:32]
    return Account(
        SmsPartnerApi(client, url),
        Journal(path, account, environment.clock, options["deadline"]) if path else NoJournal(),
        environment,
        options["on_conflict"],
        options["number_format"],
        threading.Semaphore(int(options["check_credentials"])),
        account,
    )


def _envelope(answer: Answer) -> Mapping[str, Any] | None:
    """Return the body if it is SMS Partner's own, whatever the HTTP status (smspartner.md 5.3)."""
    body = answer.json_or_none()
    return body if isinstance(body, dict) and isinstance(body.get("success"), bool) else None


def _status(answer: Answer) -> int:
    """Return the HTTP status to act on: SMS Partner's own words count more than the status that they came with."""
    envelope = _envelope(answer)
    if envelope is None:
        return answer.status
    return envelope["code"] if not envelope["success"] and envelope.get("code") in _RETRYABLE else 200


def _reply(answer: Answer) -> Reply:
    envelope = _envelope(answer)
    if envelope is None:
        raise _no_envelope(answer)
    code = envelope.get("code")
    return Reply(
        envelope["success"],
        code if isinstance(code, int) else -1,
        answer.excerpt(text=str(envelope.get("message") or "")),
        answer.doubt,
        answer.attempts,
        str(answer.request),
        answer.status,
        answer.settings.option,
    )


def _no_envelope(answer: Answer) -> TelephonyError:
    # What an earlier attempt has done is as open as it was, whatever the last answer says.
    known: dict[str, Any] = {"status": answer.status, "request": str(answer.request), "doubt": answer.doubt}
    option = answer.settings.option
    if answer.status in (401, 403):
        text = f"{answer.request} was refused (HTTP {answer.status})."
        return AuthenticationError(
            text, next_step=f"Check {option('api_key')} and {option('api_url')}, and the proxy if you use one.", **known
        )
    if answer.status == 404:
        return Rejected(
            f"{answer.request} does not exist (HTTP 404).", next_step=f"Check {option('api_url')}.", **known
        )
    answer.json()
    return UnreadableAnswer(
        f"{answer.request} answered HTTP {answer.status}, which does not show whether it succeeded: {answer.excerpt()}",
        next_step=f"Check {option('api_url')}.",
        **{**known, "doubt": max(answer.doubt, doubt_of(answer.request) if answer.status < 400 else Doubt.NONE)},
    )
