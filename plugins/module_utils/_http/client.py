# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The only way to a provider: one HTTP client with time-outs, safe retries and counters. Private to the collection.

Nothing else in the collection imports `requests`.
"""

from __future__ import annotations

import base64
import contextlib
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .._clock import Clock
from .._errors import (
    CheckModeViolation,
    ConnectionFailed,
    DeadlineExceeded,
    Doubt,
    RateLimited,
    ServerFailed,
    TelephonyError,
)
from .._version import COLLECTION_VERSION
from .failures import Broken, Failures
from .messages import Answer, Request, RetryRules, doubt_of
from .places import LONG_SECONDS, Place, Wait
from .quiet import quiet_libraries
from .secrets import Secrets
from .settings import Settings
from .transport import Adapter, Attempt, read_body, under_way
from .urls import host_of, proxy_login, proxy_url

if TYPE_CHECKING:
    from .pacing import Pacer

try:
    import requests
    import urllib3
except ImportError:  # reported by the runner
    HAS_REQUESTS = False
else:
    HAS_REQUESTS = True

USER_AGENT = f"office.telephony/{COLLECTION_VERSION}"
_LONGEST_NAP = 5.0
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": USER_AGENT}


class HttpClient:
    """Sends requests for one task; safe to use from several threads. `has_written` tells whether any write was sent."""

    def __init__(
        self,
        settings: Settings,
        secrets: Secrets,
        *,
        rules: RetryRules | None = None,
        clock: Clock = time,
        uniform: Callable[[float, float], float] = random.uniform,
        on_wait: Callable[[float, str | Wait], None] | None = None,
        announce: Callable[[Wait, float], None] | None = None,
    ) -> None:
        """*on_wait* learns of every wait; *announce* of each long one that the provider demands, when it begins."""
        self._settings = settings
        self._secrets = secrets
        self._failures = Failures(settings, secrets)
        self._rules = rules or RetryRules()
        self._clock = clock
        self._uniform = uniform
        self._on_wait = on_wait
        self._announce = announce
        self._pacer: Pacer | None = None
        self._ends_at = clock.monotonic() + settings.deadline
        self._lock = threading.Lock()
        self._local = threading.local()
        # Searching the environment anew for each of thousands of requests would take seconds.
        self._environ_proxies: dict[tuple[str, str], str | None] = {}
        self._not_before = 0.0
        self._asked: str | Wait = ""
        self._requests = 0
        self._retries = 0
        self._waited = 0.0
        self.has_written = False
        # The date of the server's last answer that has one, and when it came.
        self._dated: tuple[str, float] | None = None
        if settings.proxy:
            self._keep_login(settings.proxy)
        # What the user has to know is warned of by the collection.
        urllib3.disable_warnings()
        # Otherwise connections print what they send as soon as anybody in this process debugs the standard library.
        urllib3.connection.HTTPConnection.debuglevel = 0

    @property
    def check_mode(self) -> bool:
        """Whether writes are refused."""
        return self._settings.check_mode

    def option(self, name: str) -> str:
        """Return what the user calls the connection's option *name*."""
        return self._settings.option(name)

    def _more_time(self) -> str:
        return f"Raise {self.option('deadline')}, or run again to finish the rest."

    def obey(self, pacer: Pacer | None, rules: RetryRules) -> None:
        """Keep to a provider's rate limits and to its rules for repeating requests, from now on."""
        self._pacer = pacer
        self._rules = rules
        if pacer is not None:
            pacer.keep_to(self.seconds_left)

    def seconds_left(self) -> float:
        """Return the seconds until the deadline, 0 or less when it has passed."""
        return self._ends_at - self._clock.monotonic()

    def ahead(self) -> float | None:
        """Return how many seconds this machine's clock is ahead of the server's, None where no answer tells."""
        if self._dated is None:
            return None
        date, came = self._dated
        try:
            return came - parsedate_to_datetime(date).timestamp()
        except (ValueError, TypeError, OverflowError):
            return None

    def pause(self, seconds: float, reason: str) -> None:
        """Wait as between two attempts. Raises `DeadlineExceeded` instead of waiting past the deadline."""
        left = self.seconds_left()
        if seconds >= left:
            raise DeadlineExceeded(
                f"Waiting {seconds:g} s ({reason}) would exceed the deadline, which is in {max(left, 0.0):.0f} s.",
                next_step=self._more_time(),
            )
        self._sleep(seconds, reason)

    def counters(self) -> dict[str, int | float]:
        """Return `{requests, retries, waited_seconds}` so far."""
        with self._lock:
            return {"requests": self._requests, "retries": self._retries, "waited_seconds": round(self._waited, 3)}

    def require_time(self, seconds: float, purpose: str) -> None:
        """Raise `DeadlineExceeded` when fewer than *seconds* are left, so that *purpose* is not begun in vain."""
        left = self.seconds_left()
        if left < seconds:
            raise DeadlineExceeded(
                f"Only {max(left, 0.0):.0f} s are left before the deadline, not enough {purpose}.",
                next_step=self._more_time(),
            )

    def send(self, request: Request) -> Answer:
        """Send *request*, again where that is safe and helps, and return the answer.

        Raises `ConnectionFailed`, `DeadlineExceeded`, `RateLimited` or `ServerFailed`, each with the *doubt* of all
        attempts, and `CheckModeViolation` for a write in check mode.
        """
        if self._settings.check_mode and not request.only_reads:
            raise CheckModeViolation(
                f"{request} was about to be sent in check mode, and was stopped.",
                next_step="Please report this as a defect of office.telephony.",
            )
        with contextlib.suppress(ValueError):  # what is no URL is reported by the attempt
            self._proxy_for(request.url)
        if request.basic is not None:
            self._secrets.add_basic(*request.basic)
        rules = request.rules or self._rules
        most = rules.attempts if self._settings.attempts is None else self._settings.attempts
        attempt, refusals = 1, 0
        # An attempt that may have been carried out stays in doubt when a later one fails for another reason.
        doubt = Doubt.NONE
        while True:
            self._wait_for_others(request, doubt)
            place = self._take_place(request, doubt)
            outcome = self._attempt(request, attempt)
            if self._pacer is not None and place is not None:
                if isinstance(outcome, Broken) and outcome.untouched:
                    self._pacer.withdraw(place)
                else:
                    self._pacer.give_back(place, outcome.headers if isinstance(outcome, Answer) else None)
            if isinstance(outcome, Answer):
                status = outcome.status if request.judge is None else request.judge(outcome)
                failure = self._failure_of(outcome, status)
                if failure is None:
                    return replace(outcome, attempts=attempt, doubt=doubt)
                limited = status in rules.any_method
                refusals += limited
                again = limited and (rules.refusals is None or refusals < rules.refusals)
                again = again or status in request.repeat_on
                again = again or (status in rules.repeatable and request.may_repeat)
                wait = failure.retry_after = self._asked_wait(outcome)
                if limited and self._pacer is not None and place is not None:
                    shut = self._pacer.refused(place, outcome.headers, wait)
                    if again and attempt < most:
                        self._check_wait(request, failure, shut)
                        attempt += 1
                        continue  # the pacer makes everybody wait
            else:
                failure, again = outcome.error, outcome.untouched or request.may_repeat
                again = again and not outcome.final
                wait = None
            doubt = failure.doubt = max(doubt, failure.doubt)
            if not again or attempt >= most:
                raise failure
            self._sleep_before_retry(request, failure, wait, attempt, rules)
            attempt += 1

    def _take_place(self, request: Request, doubt: Doubt) -> Place | None:
        """Wait until the provider's rate limit lets *request* pass. None where nothing limits it."""
        if self._pacer is None or request.group is None:
            return None
        announced = self._announce is None
        while True:
            found = self._pacer.take(request.group, request.operation)
            if isinstance(found, Place):
                return found
            left = self.seconds_left()
            if found.refuse:
                raise RateLimited(
                    f"{request} was not sent: {found.reason}.",
                    next_step=found.refuse,
                    doubt=doubt,
                    request=str(request),
                )
            if found.seconds >= left:
                raise DeadlineExceeded(
                    f"{request} was not sent: {found.reason}. Waiting {found.seconds:.0f} s for it would exceed the "
                    f"deadline, which is in {max(left, 0.0):.0f} s.",
                    next_step=self._more_time(),
                    doubt=doubt,
                    request=str(request),
                )
            if not announced and found.seconds > LONG_SECONDS:
                announced = True
                if self._announce is not None and self._pacer.claims(request.group, found):
                    self._announce(found.wait, found.seconds)
            # Others on this machine may learn something meanwhile.
            self._sleep(min(found.seconds, _LONGEST_NAP), found.wait)

    @quiet_libraries()
    def _attempt(self, request: Request, attempt: int) -> Answer | Broken:
        left = max(self.seconds_left(), 0.001)
        with self._lock:
            self._requests += 1
            if attempt > 1:
                self._retries += 1
            self.has_written = self.has_written or not request.only_reads
        seconds = min(self._settings.timeout, left)
        try:
            session = self._session()
            prepared = session.prepare_request(
                requests.Request(
                    request.method,
                    request.url,
                    params=request.params,
                    json=request.json,
                    data=request.form,
                    files=request.files,
                    headers={**_HEADERS, **request.headers},
                    auth=_basic(request),
                )
            )
            adapter = session.get_adapter(request.url)
            proxies = self._proxies(request.url)
        except Exception as error:
            return self._failures.cannot_be_sent(request, error)
        # Another adapter would not tell when the request has left.
        progress = Attempt(seconds, sent=not isinstance(adapter, Adapter))
        try:
            # Not by the session, which would look where a redirection leads and keep cookies.
            with (
                under_way(progress),
                adapter.send(prepared, True, (seconds, seconds), self._verify(), None, proxies) as response,
            ):
                body = read_body(response)
                if date := response.headers.get("Date"):
                    self._dated = (date, self._clock.time())
                return Answer(
                    request,
                    response.status_code,
                    response.headers,
                    body,
                    redact=self._secrets.redact,
                    settings=self._settings,
                )
        except Exception as error:
            return self._failures.explain(
                request, error, progress, by_deadline=seconds == left, proxy=proxies.get("http")
            )

    def _session(self) -> requests.Session:
        """Return this thread's session: `requests` does not promise that one may be shared."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            # Otherwise a .netrc entry would replace the Authorization header; proxies and CAs are read below.
            session.trust_env = False
            adapter = Adapter()
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            self._local.session = session
        return session

    def _verify(self) -> bool | str:
        return self._settings.validate_certs and (self._settings.ca_path or True)

    def _proxies(self, url: str) -> dict[str, str]:
        proxy = self._proxy_for(url)
        return {"http": proxy, "https": proxy} if proxy else {}

    def _proxy_for(self, url: str) -> str | None:
        """Return the proxy for *url*, None for none. Raises `InputError` when the environment names an unusable one."""
        if self._settings.proxy:
            return self._settings.proxy
        place = urlsplit(url)[:2]
        if place not in self._environ_proxies:
            found = requests.utils.select_proxy(url, requests.utils.get_environ_proxies(url))
            proxy = proxy_url(found, _variable_with(found)) if found else None
            if proxy is not None:
                self._keep_login(proxy)
            self._environ_proxies[place] = proxy
        return self._environ_proxies[place]

    def _keep_login(self, proxy: str) -> None:
        user, password = proxy_login(proxy)
        self._secrets.add(password)
        self._secrets.add_basic(user, password)

    def _failure_of(self, answer: Answer, status: int) -> TelephonyError | None:
        """Return the error to raise when retries of *answer* are used up, or None for an answer to hand over."""
        request = answer.request
        rules = request.rules or self._rules
        if status in rules.any_method:
            return RateLimited(
                f"{request} was refused because of too many requests (HTTP {status}).",
                next_step="Try again later, or run fewer tasks against this account at the same time.",
                status=status,
                request=str(request),
            )
        if status in rules.repeatable or status >= 500:
            # A gateway that gave up waiting knows nothing of what the server behind it is still doing.
            doubt = Doubt.PENDING if status == 504 else Doubt.OPEN
            return ServerFailed(
                f"{request} failed at the provider (HTTP {status}).",
                next_step="Run again. If this persists, see the provider's status page.",
                doubt=doubt_of(request, doubt),
                status=status,
                request=str(request),
                document=answer.json_or_none(),
            )
        if 300 <= status < 400:
            # Masked before host names lose their capital letters.
            target = host_of(answer.redact(answer.headers.get("Location", ""))) or "another address"
            return ConnectionFailed(
                f"{request} was redirected to {target} (HTTP {status}). Credentials are not sent there.",
                next_step=f"Set the API's URL in {self._settings.options} to the final address.",
                # Some servers do as they are asked and then send one elsewhere.
                doubt=doubt_of(request),
                status=status,
                request=str(request),
            )
        return None

    def _asked_wait(self, answer: Answer) -> float | None:
        """Return the seconds that the answer's Retry-After asks for (it may be seconds or a date), or None."""
        value = answer.headers.get("Retry-After", "").strip()
        if not value:
            return None
        try:
            return max(0.0, float(value))
        except ValueError:
            pass
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - self._clock.time())
        except (TypeError, ValueError, OverflowError):
            return None

    def _sleep_before_retry(
        self, request: Request, failure: TelephonyError, asked: float | None, attempt: int, rules: RetryRules
    ) -> None:
        ceiling = min(rules.longest_wait, rules.first_wait * 2 ** (attempt - 1))
        own = self._uniform(0.0, ceiling) if rules.jitter else ceiling
        wait = own if asked is None else asked + min(own, 1.0)
        self._check_wait(request, failure, wait)
        reason: str | Wait = failure.message
        if asked is not None:
            reason = Wait(f"{host_of(request.url)} asked to wait", f": {failure.message.rstrip('.')}")
            # The provider's entry holds for all threads, otherwise the others would only prolong the penalty.
            with self._lock:
                now = self._clock.monotonic()
                first = self._not_before <= now
                self._not_before = max(self._not_before, now + wait)
                self._asked = reason
            if first and wait > LONG_SECONDS and self._announce is not None:
                self._announce(reason, wait)
        self._sleep(wait, reason)

    def _wait_for_others(self, request: Request, doubt: Doubt) -> None:
        while True:
            with self._lock:
                wait, asked = self._not_before - self._clock.monotonic(), self._asked
            left = self.seconds_left()
            if left <= 0 or wait >= left:
                raise DeadlineExceeded(
                    f"The deadline of {self._settings.deadline:g} s passed before {request} could be sent.",
                    next_step=self._more_time(),
                    doubt=doubt,
                    request=str(request),
                )
            if wait <= 0:
                return
            # Meanwhile another thread may be asked to wait even longer.
            self._sleep(wait, asked)

    def _check_wait(self, request: Request, failure: TelephonyError, wait: float) -> None:
        left = self.seconds_left()
        if wait < left:
            return
        raise DeadlineExceeded(
            f"{failure.message} Waiting {wait:.0f} s for another attempt would exceed the deadline, "
            f"which is in {max(left, 0.0):.0f} s.",
            next_step=f"Raise {self.option('deadline')}, or run again later.",
            doubt=failure.doubt,
            status=failure.status,
            request=str(request),
        )

    def _sleep(self, seconds: float, reason: str | Wait) -> None:
        if self._on_wait is not None:
            self._on_wait(seconds, reason)
        self._clock.sleep(seconds)
        with self._lock:
            self._waited += seconds


def _basic(request: Request) -> Callable[[requests.PreparedRequest], requests.PreparedRequest] | None:
    """Return what puts Basic credentials on a request; `requests` itself would fail on letters outside Latin-1."""
    if request.basic is None:
        return None
    encoded = base64.b64encode(":".join(request.basic).encode()).decode()

    def authorize(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        prepared.headers["Authorization"] = f"Basic {encoded}"
        return prepared

    return authorize


def _variable_with(proxy: str) -> str:
    """Return the name of the environment variable that holds *proxy*, whose value must not be shown."""
    names = (name for name, value in os.environ.items() if value == proxy and name.lower().endswith("_proxy"))
    return next(names, "the system's proxy")
