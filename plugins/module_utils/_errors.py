# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Typed errors that say what, where, why, and what to do next. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from ._likeness import close_names
from ._texts import printable


class Doubt(IntEnum):
    """What is not known about a write that failed; a higher value is worse."""

    NONE = 0  # it was not carried out
    OPEN = 1  # it may have been carried out; reading tells
    PENDING = 2  # it may be carried out even later, so that reading now cannot tell that it never is


class TelephonyError(Exception):
    """Any failure that a user is reported about.

    A provider's words may stand in *message*, *next_step*, *code* and each of *listed*, which are lines of the message
    of their own: all of them are kept `printable`. *doubt* tells whether a write may have been carried out although no
    usable answer came. *systemic* means that further requests would fail for the same reason, so that remaining work is
    not tried.
    """

    kind = "error"
    systemic: bool = False

    def __init__(
        self,
        message: str,
        *,
        next_step: str = "",
        listed: Sequence[str] = (),
        doubt: Doubt = Doubt.NONE,
        status: int | None = None,
        code: str | None = None,
        request: str | None = None,
    ) -> None:
        super().__init__(printable(message))
        self.listed = tuple(printable(text) for text in listed)
        self.message = message
        self.next_step = next_step
        self.doubt = doubt
        self.status = status
        self.code = code
        self.request = request
        # Seconds that the provider asked to wait, where it did.
        self.retry_after: float | None = None

    @property
    def message(self) -> str:
        """What happened, where and why: a sentence, and below it what is *listed*."""
        return "\n".join([self.headline, *(f"  - {text}" for text in self.listed)])

    @message.setter
    def message(self, text: str) -> None:
        self.headline = printable(text)

    @property
    def next_step(self) -> str:
        """What to do about it, "" where nobody knows."""
        return self._next_step

    @next_step.setter
    def next_step(self, text: str) -> None:
        self._next_step = printable(text)

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()

    def failure(self) -> dict[str, Any]:
        """Return the machine-readable form: kind, message, next_step and, where known, status, code, request."""
        found: dict[str, Any] = {"kind": self.kind, "message": self.message, "next_step": self.next_step}
        for name in ("status", "code", "request"):
            value = getattr(self, name)
            if value is not None:
                found[name] = printable(value) if isinstance(value, str) else value
        return found


class InputError(TelephonyError):
    """The task's options are wrong or cannot be satisfied; nothing was written.

    *found* holds each problem with its place, where these are known.
    """

    kind = "input"
    systemic = True
    found: Sequence[tuple[str, str]] = ()


class AuthenticationError(TelephonyError):
    """The provider does not accept the credentials, or they do not suffice."""

    kind = "authentication"
    systemic = True


class ConnectionFailed(TelephonyError):
    """No usable answer came: unreachable, time-out, connection closed, TLS or proxy trouble."""

    kind = "connection"
    systemic = True


class DeadlineExceeded(TelephonyError):
    """The task's total deadline has passed, or waiting as asked would pass it."""

    kind = "deadline"
    systemic = True


class RateLimited(TelephonyError):
    """The provider keeps answering that there are too many requests."""

    kind = "rate_limit"
    systemic = True


class UnreadableAnswer(TelephonyError):
    """An answer came that is not what the provider's API sends, for example HTML from a gateway."""

    kind = "answer"


class Rejected(TelephonyError):
    """The provider understood the request and refused it."""

    kind = "rejected"


class ServerFailed(TelephonyError):
    """The provider answered with a server error (HTTP 5xx), also after retries; *document* is its body if JSON."""

    kind = "server"

    def __init__(self, message: str, *, document: Any = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.document = document


class NotApplied(TelephonyError):
    """The provider accepted a write, but what it shows afterwards differs from what was asked."""

    kind = "not_applied"


class Interrupted(NotApplied):
    """A change of several requests stopped between them; *record* is the object as it was left."""

    kind = "interrupted"

    def __init__(self, message: str, record: Mapping[str, Any], **known: Any) -> None:
        super().__init__(message, **known)
        self.record = record


class JournalError(TelephonyError):
    """The journal on the controller cannot be used; nothing is written to a provider without it."""

    kind = "journal"
    systemic = True


class CheckModeViolation(TelephonyError):
    """A write was about to be sent in check mode: a defect of the collection, stopped before it did harm."""

    kind = "check_mode"
    systemic = True


@contextmanager
def leaving_doubt(doubt: Doubt) -> Iterator[None]:
    """Let errors of this block, which follows a write, carry at least the *doubt* that the write has left.

    An error of the reading or the writing that comes after it says nothing about the write itself.
    """
    try:
        yield
    except TelephonyError as error:
        error.doubt = max(error.doubt, doubt)
        raise


def defect(error: Exception) -> TelephonyError:
    """Return the failure that tells of an *error* that the collection should not have made."""
    text = f"Unexpected {type(error).__name__}: {error}."
    return TelephonyError(text, next_step="Please report this as a defect of office.telephony.")


class Problems:
    """Collects everything that is wrong with the input, so that one run names all of it."""

    def __init__(self) -> None:
        # Each with its place, "" for none.
        self.found: list[tuple[str, str]] = []

    def add(self, where: str, text: str) -> None:
        self.found.append((where, text))

    def __bool__(self) -> bool:
        return bool(self.found)

    def raise_if_any(self) -> None:
        """Raise `InputError` naming every problem; one problem stays one sentence."""
        texts = [f"{where}: {text}" if where else text for where, text in self.found]
        if not texts:
            return
        if len(texts) == 1:
            error = InputError(texts[0])
        else:
            error = InputError(f"{len(texts)} problems were found, nothing was written:", listed=texts)
        error.found = tuple(self.found)
        raise error


def suggestions(desired: str, known: Iterable[str], *, most: int = 3) -> str:
    """Return the next step for a name that was not found: the close ones, else a few of those that exist."""
    names = sorted({name for name in known if name})
    if not names:
        return "There are none."
    close = close_names(desired, names)[:most]
    if close:
        return f"Did you mean {' or '.join(map(repr, close))}?"
    listed = ", ".join(repr(name) for name in names[:10])
    return f"There are: {listed}{' and more' if len(names) > 10 else ''}."
