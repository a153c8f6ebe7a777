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
            request,
            f"{request} cannot be sent: {self._reason(error)}.",
            f"Check the URLs in {self._settings.options}.",
            final=True,
        )

    def _reason(self, error: Exception) -> str:
        return innermost(error, self._secrets.redact)[:_LONGEST_REASON]

    def explain(
        self, request: Request, error: Exception, attempt: Attempt, *, by_deadline: bool, proxy: str | None
    ) -> Broken:
        """Turn what the libraries raised into a sentence, and tell whether the server can have seen the request.

        *proxy* is the URL of the proxy that was used, None for none.

        Nothing else tells that but whether the request has left: after that, any exception may be about the answer.
        """
        # Before, a time-out may be that of one address, which is shorter.
        late = attempt.over or (attempt.sent and any(isinstance(cause, _TIME_OUTS) for cause in causes(error)))
        if late and by_deadline:
            text = f"{request} had no answer before the deadline of {self._settings.deadline:g} s passed."
            doubt = doubt_of(request, Doubt.PENDING if attempt.sent else Doubt.NONE)
            then = f"Raise {self._settings.option('deadline')}, or run again to finish the rest."
            return Broken(
                DeadlineExceeded(text, next_step=then, doubt=doubt, request=str(request)),
                untouched=not attempt.sent,
                final=True,
            )
        if not attempt.sent:
            return self._explain_unsent(request, error, proxy)
        if late:
            text = f"{request} had no answer within {self._settings.timeout:g} s."
            return _broken(request, text, f"Run again, or raise {self._settings.option('timeout')}.", Doubt.PENDING)
        text = f"{request} got no usable answer: {what_is_wrong(error)}."
        then = (
            f"Run again. If this persists, check the network, the API's URL in {self._settings.options}, and the proxy "
            "if you use one."
        )
        final = isinstance(error, UnusableAnswer) and not error.again
        return _broken(request, text, then, Doubt.OPEN, final=final)

    def _explain_unsent(self, request: Request, error: Exception, proxy: str | None) -> Broken:
        host = host_of(request.url)
        why = self._reason(error)
        wrong = requests.exceptions
        if isinstance(error, wrong.SSLError):
            text = f"The TLS connection to {host} failed: {why}."
            then = "Check that the server of this URL uses TLS, and that no proxy or firewall interferes."
            if "certificate" in why.lower():
                text = f"The TLS certificate of {host} is not trusted: {why}."
                then = (
                    f"Name the right CA with {self._settings.option('ca_path')}. Turn validate_certs off only in tests."
                )
            return _broken(request, text, then, final=True)
        if proxy and isinstance(error, wrong.ConnectionError | wrong.Timeout | UnusableAnswer):
            # Never the URL itself, which may hold a password.
            text = f"The proxy {host_of(proxy)} did not connect to {host}: {why}."
            return _broken(request, text, self._about_proxy(proxy))
        if isinstance(error, wrong.ConnectionError | wrong.Timeout):
            text = f"{host} could not be reached: {why}."
            return _broken(request, text, f"Check the API's URL in {self._settings.options}, and the network.")
        return self.cannot_be_sent(request, error)

    def _about_proxy(self, proxy: str) -> str:
        option = self._settings.option("proxy")
        if self._settings.proxy:
            return f"Check that the proxy runs, and check {option}."
        return (
            "Check that the proxy runs. The environment names it (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY): change it "
            f"there, list the host in NO_PROXY, or set {option}."
        )


def _broken(request: Request, text: str, next_step: str, doubt: Doubt = Doubt.NONE, *, final: bool = False) -> Broken:
    error = ConnectionFailed(text, next_step=next_step, doubt=doubt_of(request, doubt), request=str(request))
    return Broken(error, untouched=not doubt, final=final)
