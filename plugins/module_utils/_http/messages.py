# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A request, when it may be sent again, and the answer to it. Private to the collection."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from .._errors import Doubt, UnreadableAnswer
from .._texts import printable
from .settings import Settings

# Nobody is shown more of a body than its beginning.
_LOOKED_AT = 1 << 16

# Whoever walks through an answer may recurse; those of providers are a dozen levels deep.
_DEEPEST = 100


class UnsafeJson(ValueError):
    """JSON that the rest of the collection is not made for; its text goes after "answered with"."""


def read_json(text: str | bytes) -> Any:
    """Return decoded JSON. Raises `ValueError` where it is none, and `UnsafeJson` for what nobody means by it."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except RecursionError:
        raise UnsafeJson(f"JSON of more than {_DEEPEST} levels") from None
    level, depth = [value], 0
    while level:
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
            if isinstance(inner, dict | list)
        ]
        depth += 1
        if depth > _DEEPEST:
            raise UnsafeJson(f"JSON of more than {_DEEPEST} levels")
    if (b"\\u" if isinstance(text, bytes) else "\\u") in text:  # type: ignore[operator]
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise UnsafeJson("JSON that contains incomplete characters") from None
    return value


def _refuse_constant(name: str) -> Any:
    raise UnsafeJson(f"JSON that contains {name}")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise UnsafeJson("JSON that contains an infinite number")
    return value


@dataclass(frozen=True)
class RetryRules:
    """When a request may be sent again; waits in seconds grow exponentially, with *jitter* drawn from 0 upwards.

    *refusals*: after how many answers of *any_method* to give up, where *attempts* are too many for that.
    """

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 30.0
    jitter: bool = True
    refusals: int | None = None
    any_method: frozenset[int] = frozenset({429})
    repeatable: frozenset[int] = frozenset({408, 500, 502, 503, 504})


@dataclass(frozen=True)
class Request:
    """One request. *repeatable* and *reading* follow from the method unless they are given.

    *files* are the parts of a multipart body: by part name the file name, the content and its media type.

    *repeatable*: sending it twice does no more than sending it once. *repeat_on*: answers (HTTP statuses) after which
    even a request that is not repeatable is sent again. *reading*: it changes nothing that the user manages, so check
    mode lets it pass (a login, for example). *judge* returns the HTTP status to act on, for providers whose bodies
    say more than their status. *group* is the rate limit that it counts in, where the provider has such groups;
    *operation* names it without what differs between objects, because answers may tell another group for it. *rules*
    replace the client's rules for this request.
    """

    method: str
    url: str
    params: Mapping[str, str | Sequence[str]] | None = None
    json: Any = None
    form: Mapping[str, str] | None = None
    files: Mapping[str, tuple[str, bytes, str]] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    basic: tuple[str, str] | None = None
    repeatable: bool | None = None
    repeat_on: frozenset[int] = frozenset()
    reading: bool | None = None
    judge: Callable[[Answer], int] | None = None
    group: str | None = None
    operation: str = ""
    rules: RetryRules | None = None

    @property
    def may_repeat(self) -> bool:
        if self.repeatable is not None:
            return self.repeatable
        return self.method in ("GET", "HEAD", "PUT", "DELETE")

    @property
    def only_reads(self) -> bool:
        return self.reading if self.reading is not None else self.method in ("GET", "HEAD")

    def __str__(self) -> str:
        """Name the request without its query, which may hold a key."""
        try:
            return f"{self.method} {urlunsplit(urlsplit(self.url)._replace(query='', fragment=''))}"
        except ValueError:
            return f"{self.method} to something that is not a URL"


@dataclass(frozen=True)
class Answer:
    """A complete answer with any HTTP status that is not retried.

    *doubt*: that of the attempts before. *attempts* is how often the request was sent. *redact* masks secrets;
    *settings* know what the user calls the options of the connection.
    """

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes
    doubt: Doubt = Doubt.NONE
    attempts: int = 1
    redact: Callable[[str], str] = field(default=str, repr=False, compare=False)
    settings: Settings = field(default_factory=Settings, repr=False, compare=False)

    def excerpt(self, most: int = 200, text: str | None = None) -> str:
        """Return the first characters of *text*, by default of the body, on one line.

        Secrets are masked before the text is cut, which would leave a part that is not recognised.
        """
        whole = self.body[:_LOOKED_AT].decode("utf-8", "replace") if text is None else text[:_LOOKED_AT]
        return printable(self.redact(whole).strip()[:most])

    def json(self) -> Any:
        """Return the decoded body. Raises `UnreadableAnswer`, with *doubt* for a write that was accepted."""
        try:
            return read_json(self.body)
        except ValueError as error:
            found = str(error) if isinstance(error, UnsafeJson) else f"{self._description()} instead of JSON"
            raise UnreadableAnswer(
                f"{self.request} answered HTTP {self.status} with {found}.",
                next_step=f"Check the API's URL in {self.settings.options}, and the proxy if you use one.",
                doubt=max(self.doubt, doubt_of(self.request) if self.status < 400 else Doubt.NONE),
                status=self.status,
                request=str(self.request),
            ) from None

    def json_or_none(self) -> Any:
        """Return the decoded body, or None where it is not JSON, as error answers may be anything."""
        try:
            return read_json(self.body)
        except ValueError:
            return None

    def _description(self) -> str:
        if not self.body.strip():
            return "an empty body"
        text = self.redact(self.body[:_LOOKED_AT].decode("utf-8", "replace"))
        if re.search(r"<html|<!doctype", text, re.IGNORECASE):
            title = re.search(r"<title>\s*([^<]{1,80})", text, re.IGNORECASE)
            return f"an HTML page titled {title.group(1).strip()!r}" if title else "an HTML page"
        return f"{len(self.body)} bytes of {self.excerpt(80, self.headers.get('Content-Type', 'unknown content'))}"


def doubt_of(request: Request, doubt: Doubt = Doubt.OPEN) -> Doubt:
    """Return *doubt* for a write; whether something was read changes nothing."""
    return Doubt.NONE if request.only_reads else doubt
