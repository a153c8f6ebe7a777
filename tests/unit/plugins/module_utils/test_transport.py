# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import gzip
import http.client
import itertools
import json
import os
import socket
import ssl
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests
import urllib3

from ansible_collections.office.telephony.plugins.module_utils._errors import (
    ConnectionFailed,
    Doubt,
    TelephonyError,
    UnreadableAnswer,
)
from ansible_collections.office.telephony.plugins.module_utils._http import transport as _transport
from ansible_collections.office.telephony.plugins.module_utils._http.auth import jwt_claims
from ansible_collections.office.telephony.plugins.module_utils._http.client import HttpClient
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Request, RetryRules, read_json
from ansible_collections.office.telephony.plugins.module_utils._http.pacing import PacingRules
from ansible_collections.office.telephony.plugins.module_utils._http.pages import Pages
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import Secrets
from ansible_collections.office.telephony.plugins.module_utils._http.settings import Settings
from ansible_collections.office.telephony.plugins.module_utils._http.transport import (
    Adapter,
    Attempt,
    UnusableAnswer,
    causes,
    read_body,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    PretendedClock,
    Reply,
    scripted,
    stalling,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

POOL: Any = urllib3.HTTPConnectionPool("127.0.0.1", 1)


def undecodable() -> UnicodeDecodeError:
    return UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


# Everything that requests, urllib3, http.client, ssl, zlib and Python itself can raise while a request is sent and its
# answer is read.
RAISED: list[Exception] = [
    *(getattr(requests.exceptions, name)("x") for name in (
        "RequestException", "HTTPError", "ConnectionError", "ProxyError", "SSLError", "Timeout", "ConnectTimeout",
        "ReadTimeout", "URLRequired", "TooManyRedirects", "MissingSchema", "InvalidSchema", "InvalidURL",
        "InvalidHeader", "InvalidProxyURL", "ChunkedEncodingError", "ContentDecodingError", "StreamConsumedError",
        "RetryError", "UnrewindableBodyError",
    )),
    *(getattr(urllib3.exceptions, name)("x") for name in (
        "HTTPError", "SSLError", "DecodeError", "ProtocolError", "TimeoutError", "ConnectTimeoutError",
        "LocationValueError", "ResponseError", "ResponseNotChunked", "BodyNotHttplibCompatible", "InvalidHeader",
        "UnrewindableBodyError", "TimeoutStateError",
    )),
    urllib3.exceptions.ProxyError("x", OSError("y")),
    urllib3.exceptions.LocationParseError("x"),
    urllib3.exceptions.URLSchemeUnknown("x"),
    urllib3.exceptions.ProxySchemeUnknown("x"),
    urllib3.exceptions.MaxRetryError(POOL, "/x"),
    urllib3.exceptions.ReadTimeoutError(POOL, "/x", "y"),
    urllib3.exceptions.NewConnectionError(POOL, "x"),
    urllib3.exceptions.EmptyPoolError(POOL, "x"),
    urllib3.exceptions.ClosedPoolError(POOL, "x"),
    urllib3.exceptions.HeaderParsingError([], "x"),
    urllib3.exceptions.IncompleteRead(1, 2),
    *(getattr(http.client, name)("x") for name in (
        "HTTPException", "NotConnected", "InvalidURL", "UnknownProtocol", "UnknownTransferEncoding",
        "UnimplementedFileMode", "IncompleteRead", "ImproperConnectionState", "CannotSendRequest", "CannotSendHeader",
        "ResponseNotReady", "BadStatusLine", "LineTooLong", "RemoteDisconnected",
    )),
    ssl.SSLError(1, "x"), ssl.SSLEOFError(8, "x"), ssl.SSLZeroReturnError(6, "x"), ssl.SSLCertVerificationError(1, "x"),
    ssl.SSLSyscallError(5, "x"), ssl.SSLWantReadError(2, "x"),
    OSError("x"), TimeoutError("x"), socket.gaierror(-2, "x"), ConnectionResetError(104, "x"), BrokenPipeError(32, "x"),
    ConnectionRefusedError(111, "x"), ConnectionAbortedError(103, "x"), FileNotFoundError(2, "x"), OSError(24, "x"),
    undecodable(), UnicodeEncodeError("latin-1", "\u20ac", 0, 1, "x"), UnicodeError("label too long"),
    zlib.error("x"), gzip.BadGzipFile("x"), EOFError("x"), UnusableAnswer("x"), UnusableAnswer("x", again=False),
    ValueError("x"), TypeError("x"), KeyError("x"), IndexError("x"), AttributeError("x"), AssertionError("x"),
    OverflowError("x"), RuntimeError("x"), RecursionError("x"), MemoryError(), NotImplementedError(),
    StopIteration(), LookupError("x"), ArithmeticError("x"), Exception(),
]  # fmt: skip


@each("method", ["GET", "PUT", "POST"])
@each("sent", [False, True])
@each("raised", RAISED)
def test_what_is_in_doubt_is_reported_by_the_phase_and_by_no_exception(
    raised: Exception, sent: bool, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(*_arguments: Any, **_options: Any) -> None:
        _transport._now.attempt.sent = sent
        raise raised

    monkeypatch.setattr(Adapter, "send", send)
    http = HttpClient(Settings(), Secrets(), clock=PretendedClock(), rules=RetryRules(attempts=2))
    with pytest.raises(TelephonyError) as caught:
        http.send(Request(method, "https://127.0.0.1/x"))
    late = isinstance(raised, TimeoutError | requests.exceptions.Timeout | urllib3.exceptions.ReadTimeoutError)
    doubt = (Doubt.PENDING if late else Doubt.OPEN) if sent and method != "GET" else Doubt.NONE
    assert (type(caught.value), caught.value.doubt) == (ConnectionFailed, doubt)
    assert caught.value.next_step
    attempts = http.counters()["requests"]
    assert attempts == 1 or not (sent and method == "POST")


@each(
    "options",
    [
        {"headers": {"X": "a\nb"}},
        {"headers": {"X": "\u20ac"}},
        {"url": "https://"},
        {"url": "https://[::1"},
        {"url": "https://" + "a" * 64 + ".example/"},
        {"url": "https://host:99999/"},
        {"url": "gopher://host/"},
        {"method": "A B"},
        {"json": {1, 2}},
    ],
)
def test_what_cannot_be_sent_is_not_in_doubt(options: dict[str, Any]) -> None:
    request = Request(**{"method": "PUT", "url": "https://127.0.0.1:1/", **options})
    http = HttpClient(Settings(timeout=1), Secrets(), clock=PretendedClock(), rules=RetryRules(attempts=1))
    with pytest.raises(ConnectionFailed) as caught:
        http.send(request)
    assert caught.value.doubt is Doubt.NONE


def test_causes_that_lead_to_each_other_are_named_once() -> None:
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert list(itertools.islice(causes(one), 5)) == [one, other]


def test_certificates_that_vanish_are_no_defect(tmp_path: Path) -> None:
    http = HttpClient(Settings(ca_path=str(tmp_path / "gone.pem")), Secrets(), clock=PretendedClock())
    with pytest.raises(ConnectionFailed, match=r"gone\.pem") as caught:
        http.send(Request("PUT", "https://127.0.0.1:1/"))
    assert caught.value.doubt is Doubt.NONE


def test_nothing_has_left_while_there_is_no_connection() -> None:
    attempt = Attempt(5)
    with scripted() as server:
        pass
    with _transport.under_way(attempt), pytest.raises(requests.exceptions.ConnectionError):
        Adapter().send(requests.Request("PUT", server.url, json={}).prepare())
    assert not attempt.sent


@each(
    ("answer", "found"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConte", None),
        (b"HTTP/1.1 200 OK\r\n", None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[1", None),
        # Without a length, the connection's end is the body's.
        (b"HTTP/1.1 200 OK\r\n\r\n[1]", [1]),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[1]", [1]),
    ],
)
def test_an_answer_that_is_cut_off_is_none(answer: bytes, found: Any) -> None:
    """Headers that are cut off would pass as an answer without a body."""
    with stalling(answer, ends=True) as url:
        http = HttpClient(Settings(), Secrets(), clock=PretendedClock(), rules=RetryRules(attempts=1))
        if found is None:
            with pytest.raises(ConnectionFailed, match="ended early"):
                http.send(Request("GET", url))
        else:
            assert http.send(Request("GET", url)).json() == found


@each(("body", "fits"), [(b"[10]", True), (b"[100]", False)])
def test_an_answer_may_be_as_long_as_the_limit(body: bytes, fits: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_transport, "_LONGEST_BODY", 4)
        with scripted(Reply(200, body)) as server, suppress(ConnectionFailed):
            assert HttpClient(Settings(), Secrets(), clock=PretendedClock()).send(
                Request("GET", server.url)
            ).json() == [10]
            assert fits
            return
    assert not fits


class Raw:
    """A response of `requests` with a packed body."""

    def __init__(self, body: bytes, coding: str) -> None:
        self.headers = {"Content-Encoding": coding}
        self.request = requests.Request("GET", "https://host/").prepare()
        self.raw = self
        self._body = body

    def stream(self, size: int, decode_content: bool) -> Any:
        return (self._body[start : start + size] for start in range(0, len(self._body), size))

    def tell(self) -> int:
        return len(self._body)


def bare(body: bytes) -> bytes:
    return zlib.compress(body)[2:-4]


TEXT = b'{"name": "\xc3\xa4"}' * 1000


@each(
    ("body", "coding", "found"),
    [
        (TEXT, "", TEXT),
        (TEXT, "identity", TEXT),
        (gzip.compress(TEXT), "gzip", TEXT),
        (gzip.compress(TEXT), "X-GZIP", TEXT),
        (gzip.compress(TEXT) + gzip.compress(TEXT), "gzip", TEXT * 2),
        (gzip.compress(TEXT) + b"\0" * 40, "gzip", TEXT),
        (zlib.compress(TEXT), "deflate", TEXT),
        (bare(TEXT), "deflate", TEXT),
        (b"", "gzip", b""),
        (gzip.compress(b" " * (1 << 20)), "gzip", b" " * (1 << 20)),
        (gzip.compress(os.urandom(1 << 21)), "gzip", None),
    ],
)
def test_bodies(body: bytes, coding: str, found: bytes | None) -> None:
    assert read_body(Raw(body, coding)) == found or found is None


@each(
    ("body", "coding", "words"),
    [
        (b" " * ((32 << 20) + 1), "", "longer than 32 MiB"),
        (gzip.compress(b" " * (33 << 20)), "gzip", "200 times"),
        (zlib.compress(b" " * (33 << 20)), "deflate", "200 times"),
        (gzip.compress(TEXT * 100 + os.urandom(1 << 20) + b" " * (40 << 20)), "gzip", "longer than 32 MiB"),
        (gzip.compress(TEXT)[:-1], "gzip", "ended early"),
        (gzip.compress(TEXT)[:10], "gzip", "ended early"),
        (b"\x1f", "gzip", "ended early"),
    ],
)
def test_bodies_that_are_too_much_or_too_little(body: bytes, coding: str, words: str) -> None:
    with pytest.raises(UnusableAnswer, match=words):
        read_body(Raw(body, coding))


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@each("text", [nested(100), '{"a": "[[[["}', '"\\ud83d\\ude00"', "1e308", "[]", b"\xef\xbb\xbf{}"])
def test_json(text: str | bytes) -> None:
    assert read_json(text) == json.loads(text)


@each(
    "text",
    [
        nested(101),
        nested(200_000),
        '{"a":' * 101 + "1" + "}" * 101,
        "[NaN]",
        "-Infinity",
        "1e309",
        '"\\ud800"',
        "",
        "{}x",
    ],
)
def test_json_that_nobody_means(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(text)


def test_a_token_may_be_anything() -> None:
    assert jwt_claims(f"a.{'W1tb' * 50_000}.c") == {}


@each("value", ["inf", "nan", "1e300", "-1", "", "x", "100001"])
def test_an_absurd_limit_is_not_believed(value: str) -> None:
    rules = PacingRules({}, ("X-",))
    assert rules.number({"X-Limit": value}, "Limit") == -1


def test_pages_in_another_order_are_fine() -> None:
    pages = Pages("the list", "api_url")
    for page in ([{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 1}], [{"id": 3}], []):
        pages.add(page)
    assert len(pages.records) == 5
    with pytest.raises(UnreadableAnswer, match="the list has the same page twice"):
        pages.add([{"id": 3}])
