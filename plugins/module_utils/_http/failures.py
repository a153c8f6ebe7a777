# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why an attempt had no answer, in a sentence, and whether it may be repeated. Private to the collection."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from .._errors import ConnectionFailed, DeadlineExceeded, Doubt, TelephonyError
from .messages import Request, doubt_of
from .secrets import Secrets
from .settings import Settings
from .transport import Attempt, UnusableAnswer, causes, innermost, what_is_wrong
from .urls import host_of

with contextlib.suppress(ImportError):  # see client.py
    import requests
    import urllib3

    _TIME_OUTS = (TimeoutError, requests.exceptions.Timeout, urllib3.exceptions.ReadTimeoutError)

# A server decides how long its error texts are.
_LONGEST_REASON = 200


@dataclass(frozen=True)
class Broken:
    """An attempt without an answer. *untouched*: the server cannot have seen it; *final*: trying again is no use."""

    error: TelephonyError
    untouched: bool
    final: bool


class Failures:
    """Explains what the libraries have raised."""

    def __init__(self, settings: Settings, secrets: Secrets) -> None:
        self._settings = settings
        self._secrets = secrets

    def cannot_be_sent(self, request: Request, error: Exception) -> Broken:
        """Return the failure of a request that was never tried."""
        return _broken(
            request, f"{request} cannot be sent: {self._reason(error)}.", "Check the URL options.", final=True
        )

    def _reason(self, error: Exception) -> str:
        return innermost(error, self._secrets.redact)[:_LONGEST_REASON]

    def explain(self, request: Request, error: Exception, attempt: Attempt, *, by_deadline: bool) -> Broken:
        """Turn what the libraries raised into a sentence, and tell whether the server can have seen the request.

        Nothing else tells that but whether the request has left: after that, any exception may be about the answer.
        """
        # Before, a time-out may be that of one address, which is shorter.
        late = attempt.over or (attempt.sent and any(isinstance(cause, _TIME_OUTS) for cause in causes(error)))
        if late and by_deadline:
            text = f"{request} had no answer before the deadline of {self._settings.deadline:g} s passed."
            doubt = doubt_of(request, Doubt.PENDING if attempt.sent else Doubt.NONE)
            then = "Raise the option deadline, or run again to finish the rest."
            return Broken(
                DeadlineExceeded(text, next_step=then, doubt=doubt, request=str(request)), untouched=False, final=True
            )
        if not attempt.sent:
            return self._explain_unsent(request, error)
        if late:
            text = f"{request} had no answer within {self._settings.timeout:g} s."
            return _broken(request, text, "Run again, or raise the option timeout.", Doubt.PENDING)
        text = f"{request} got no usable answer: {what_is_wrong(error)}."
        then = (
            "Run again; if it persists, check the network, the API's URL in the options, and the proxy if there is one."
        )
        final = isinstance(error, UnusableAnswer) and not error.again
        return _broken(request, text, then, Doubt.OPEN, final=final)

    def _explain_unsent(self, request: Request, error: Exception) -> Broken:
        host = host_of(request.url)
        why = self._reason(error)
        wrong = requests.exceptions
        if isinstance(error, wrong.SSLError):
            text = f"The TLS connection to {host} could not be made: {why}."
            then = "Check that the URL's server speaks TLS, and what stands between: a proxy or a firewall."
            if "certificate" in why.lower():
                text = f"The TLS connection to {host} could not be trusted: {why}."
                then = "Name the right CA with ca_path; validate_certs: false is for tests."
            return _broken(request, text, then, final=True)
        if isinstance(error, wrong.ProxyError | UnusableAnswer):
            text = f"The proxy did not connect {host}: {why}."
            return _broken(request, text, "Check the option proxy and the variables HTTPS_PROXY and NO_PROXY.")
        if isinstance(error, wrong.ConnectionError | wrong.Timeout):
            text = f"{host} could not be reached: {why}."
            return _broken(request, text, "Check the API's URL in the options, the network and the proxy.")
        return self.cannot_be_sent(request, error)


def _broken(request: Request, text: str, next_step: str, doubt: Doubt = Doubt.NONE, *, final: bool = False) -> Broken:
    error = ConnectionFailed(text, next_step=next_step, doubt=doubt_of(request, doubt), request=str(request))
    return Broken(error, untouched=not doubt, final=final)
