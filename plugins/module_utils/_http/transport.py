# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connections that keep to a time, know whether a request has left, and limit what comes back. Private.

`requests` limits the wait for each piece of an answer, not for the whole, and its exceptions do not distinguish a
request that never left from an answer that cannot be read. Both are settled here, where bytes are sent and received.
"""

from __future__ import annotations

import email.errors
import functools
import http.client
import io
import ipaddress
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

try:
    import urllib3
    from requests.adapters import HTTPAdapter
except ImportError:  # reported by the runner
    HTTPAdapter = object  # type: ignore[assignment, misc]

# For one address of a host; another one may work.
_LONGEST_CONNECT = 10.0
_MEBIBYTE = 1 << 20
# Far more than any answer of a provider: a list of ten thousand numbers has about 10 MiB.
_LONGEST_HEAD = 256 << 10
_LONGEST_BODY = 32 * _MEBIBYTE
# JSON lists of records that are all alike reach about 50.
_HIGHEST_RATIO = 200
_MALFORMED = (
    email.errors.FirstHeaderLineIsContinuationDefect,
    email.errors.MisplacedEnvelopeHeaderDefect,
    email.errors.MissingHeaderBodySeparatorDefect,
)
_PIECE = 1 << 14
_READ_AHEAD = 1 << 15
_CHUNK = 1 << 16


class UnusableAnswer(Exception):
    """Something came that is no answer. Its text goes after "because"; *again*: another attempt may fare better."""

    def __init__(self, why: str, *, again: bool = True) -> None:
        super().__init__(why)
        self.again = again


class Attempt:
    """One attempt to send a request and read its answer, which may take *seconds* of real time.

    *sent*: bytes of the request may have left, so that whatever happens now says nothing about its fate. *late*: the
    time was up while there was something to wait for.
    """

    def __init__(self, seconds: float, *, sent: bool = False) -> None:
        self._ends_at = time.monotonic() + seconds
        self._received = 0
        self._most = _LONGEST_HEAD
        self._too_much = f"its headers are longer than {_LONGEST_HEAD >> 10} KiB"
        self.sent = sent
        self.late = False

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return self.late or time.monotonic() >= self._ends_at

    def left(self) -> float:
        """Return the seconds that are left, more than 0. Raises `TimeoutError` when the time is up."""
        seconds = self._ends_at - time.monotonic()
        if seconds <= 0:
            self.late = True
            raise TimeoutError("timed out")
        return seconds

    def count(self, received: int) -> None:
        """Note that so many bytes came, 0 for the end. Raises `UnusableAnswer` for too many or too few."""
        if not received and self._received > 0 and self._most == _LONGEST_HEAD:
            # Headers that are cut off would pass as an answer without a body.
            raise UnusableAnswer("it ended early")
        self._received += received
        if self._received > self._most:
            raise UnusableAnswer(self._too_much, again=False)

    def begin_body(self) -> None:
        """Note that the headers are over."""
        self._most = self._received + _LONGEST_BODY
        self._too_much = _TOO_LONG


_TOO_LONG = f"it is longer than {_LONGEST_BODY // _MEBIBYTE} MiB"


# A session and its connections belong to one thread, which makes one attempt at a time.
_now = threading.local()


@contextmanager
def under_way(attempt: Attempt) -> Iterator[None]:
    """Let what the connections of this thread do belong to *attempt*."""
    _now.attempt = attempt
    try:
        yield
    finally:
        del _now.attempt


class Adapter(HTTPAdapter):
    """What a `requests` session sends with, inside `under_way`."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make connections of the kind below, whatever urllib3's usual ones are."""
        super().init_poolmanager(*arguments, **options)
        _adopt(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Return the proxy's pools, whose connections are of the kind below as well."""
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **options)
        if not known:
            _adopt(manager)
        return manager


def _adopt(manager: Any) -> None:
    manager.pool_classes_by_scheme = {
        scheme: _watched_pool(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
    }


@functools.cache
def _watched_pool(usual: Any) -> type:
    # A SOCKS proxy is connected to by a library of its own.
    mixin = _Watched if "socks" in usual.__module__ else _Dialled
    return type("Pool", (usual,), {"ConnectionCls": type("Connection", (mixin, usual.ConnectionCls), {})})


class _Watched:
    """What a connection of urllib3 does more: it keeps to the attempt's time and notes what has left."""

    auto_open: int
    sock: Any
    _to_proxy = False

    def response_class(self, line: Any, *arguments: Any, **options: Any) -> _Response:
        """Return what reads the answer; `http.client` expects a class here."""
        return _Response(line, *arguments, connection=self, **options)

    def _tunnel(self) -> None:
        self._to_proxy = True
        try:
            super()._tunnel()  # type: ignore[misc]
        finally:
            self._to_proxy = False
        self.sock.settimeout(_now.attempt.left())  # for the TLS handshake

    def send(self, data: Any) -> None:
        if self.sock is None:
            if not self.auto_open:
                raise http.client.NotConnected
            self.connect()  # type: ignore[attr-defined]
        # With TLS, the time-out of a socket holds for each record anew.
        pieces = [data] if not isinstance(data, bytes) else _pieces(data)
        attempt: Attempt = _now.attempt
        for piece in pieces:
            self.sock.settimeout(attempt.left())
            attempt.sent = attempt.sent or not self._to_proxy
            super().send(piece)  # type: ignore[misc]


def _pieces(data: bytes) -> Iterator[memoryview]:
    whole = memoryview(data)
    return (whole[start : start + _PIECE] for start in range(0, len(data), _PIECE))


class _Dialled(_Watched):
    """Makes the connection as well: all addresses of a host, and asking for them, share the attempt's time."""

    host: str
    port: int
    _dns_host: str
    socket_options: Any

    def _new_conn(self) -> socket.socket:
        attempt: Attempt = _now.attempt
        failure: Exception = OSError("the host has no address")
        try:
            addresses = _addresses(self._dns_host, self.port, attempt)
        except (OSError, UnicodeError) as error:
            addresses, failure = [], error
        for family, kind, protocol, _name, address in addresses:
            line = None
            try:
                line = socket.socket(family, kind, protocol)
                for option in self.socket_options or ():
                    line.setsockopt(*option)
                line.settimeout(min(_LONGEST_CONNECT, attempt.left()))
                line.connect(address)
                line.settimeout(attempt.left())
            except OSError as error:
                failure = error
                if line is not None:
                    line.close()
            else:
                return line
        raise urllib3.exceptions.NewConnectionError(self, str(failure)) from failure  # type: ignore[arg-type]


def _addresses(host: str, port: int, attempt: Attempt) -> list[Any]:
    """Return what `getaddrinfo` does, within the attempt's time, which it does not know itself."""
    ask = functools.partial(
        socket.getaddrinfo, host, port, urllib3.util.connection.allowed_gai_family(), socket.SOCK_STREAM
    )
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return ask()
    found: list[Any] = []

    def work() -> None:
        try:
            found.append(ask())
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(attempt.left())
    if not found:
        attempt.late = True
        raise TimeoutError("the name server does not answer in time")
    if isinstance(found[0], Exception):
        raise found[0]
    return list(found[0])


class _Line(io.RawIOBase):
    """What a connection receives, within the attempt's time and limits."""

    def __init__(self, raw: Any, line: Any) -> None:
        super().__init__()
        self._raw = raw
        self._socket = line
        self.over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self.over:
            return 0
        attempt: Attempt = _now.attempt
        self._socket.settimeout(attempt.left())
        try:
            count: int | None = self._raw.readinto(buffer)
        except TimeoutError:
            attempt.late = True
            raise
        attempt.count(count or 0)
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _Ahead(io.BufferedReader):
    """Reads ahead. What is left over at the end of an answer is no answer to the next request: no reuse."""

    def __init__(self, line: _Line, connection: Any) -> None:
        super().__init__(line, _READ_AHEAD)
        self._line = line
        self._connection = connection

    def close(self) -> None:
        if self.closed is True:
            return
        self._line.over = True
        surplus = bool(self.peek(1))
        super().close()
        # Kept, it would tie what it belongs to in a circle, and sockets would stay open.
        connection, self._connection = self._connection, None
        if surplus:
            connection.close()


class _Response(http.client.HTTPResponse):
    """An answer whose framing leaves no doubt where it ends; anything else raises `UnusableAnswer`."""

    def __init__(self, line: Any, *arguments: Any, connection: Any, **options: Any) -> None:
        super().__init__(line, *arguments, **options)
        self.fp = _Ahead(_Line(self.fp.detach(), line), connection)

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        # The other interim answers (102, 103) are skipped like 100; 101 would be another protocol.
        return version, 100 if 101 < status < 200 else status, reason

    def begin(self) -> None:
        super().begin()
        # What follows a line that is no header is taken for the body, with the headers that tell how long that is.
        if any(isinstance(defect, _MALFORMED) for defect in self.headers.defects):
            raise UnusableAnswer("its headers are malformed")
        self._check_framing()
        _now.attempt.begin_body()

    def _check_framing(self) -> None:
        codings = self.headers.get_all("Transfer-Encoding", [])
        lengths = {part.strip() for value in self.headers.get_all("Content-Length", []) for part in value.split(",")}
        if codings and [coding.strip().lower() for coding in codings] not in (["chunked"], ["identity"]):
            raise UnusableAnswer("it is sent in an unknown encoding")
        if self.chunked:
            # The length does not count then; but whoever sent both may take something else for the next answer.
            self.will_close = self.will_close or bool(lengths)
            return
        if len(lengths) > 1:
            raise UnusableAnswer("it has two different lengths")
        if not lengths or self.length == 0:
            return
        value = lengths.pop()
        if not re.fullmatch("[0-9]{1,18}", value):
            raise UnusableAnswer("its length is not a number")
        if int(value) > _LONGEST_BODY:
            raise UnusableAnswer(_TOO_LONG, again=False)
        if self.length is None:  # the same one twice in a line
            self.length = int(value)


def read_body(response: Any) -> bytes:
    """Return the unpacked body of a `requests` response. Raises `UnusableAnswer`, or what urllib3 and zlib raise."""
    packed = response.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip", "deflate")
    body = _Unpacked() if packed else _Plain()
    for piece in response.raw.stream(_CHUNK, decode_content=False):
        body.add(piece)
    announced = response.headers.get("Content-Length", "").partition(",")[0].strip()
    # The first major version of urllib3 lets such answers pass.
    if response.request.method != "HEAD" and announced.isdigit() and response.raw.tell() < int(announced):
        chunked = "chunked" in response.headers.get("Transfer-Encoding", "").lower()
        if not chunked:
            raise UnusableAnswer("it ended early")
    return body.whole()


class _Plain:
    """A body as it is."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def add(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length > _LONGEST_BODY:
            raise UnusableAnswer(_TOO_LONG, again=False)
        self._pieces.append(piece)

    def whole(self) -> bytes:
        return b"".join(self._pieces)


class _Unpacked(_Plain):
    """A body that is packed with gzip or deflate. It never holds much more than it may, however well it is packed."""

    def __init__(self) -> None:
        super().__init__()
        self._packed = 0
        self._machine: Any = None

    def add(self, piece: bytes) -> None:
        self._packed += len(piece)
        while piece:
            if self._machine is None:
                # Some servers leave out the wrapping of deflate; with it, the first byte's lower half is 8.
                bare = piece[0] & 15 != 8 and piece[0] != 0x1F
                self._machine = zlib.decompressobj(-15 if bare else 47)
            super().add(self._machine.decompress(piece, _MEBIBYTE))
            if self._length > max(_MEBIBYTE, _HIGHEST_RATIO * self._packed):
                raise UnusableAnswer(f"it unpacks to more than {_HIGHEST_RATIO} times its size", again=False)
            piece = self._machine.unconsumed_tail
            if self._machine.eof:
                # Another member of a gzip file may follow; anything else behind it is left alone.
                piece = self._machine.unused_data
                if piece[:2] != b"\x1f\x8b":
                    break
                self._machine = None

    def whole(self) -> bytes:
        if self._machine is not None and not self._machine.eof:
            super().add(self._machine.flush())
        if self._packed and not (self._machine is not None and self._machine.eof):
            raise UnusableAnswer("it ended early")
        return super().whole()


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and what it came from, outermost first; libraries keep that in different places."""
    seen: list[BaseException] = []
    left: list[Any] = [error]
    while left:
        found = left.pop(0)
        if not isinstance(found, BaseException) or any(found is other for other in seen):
            continue
        seen.append(found)
        yield found
        left += [getattr(found, "reason", None), *reversed(found.args), found.__cause__]


# What an answer can be in the eyes of the libraries, whose own texts mostly quote it; the first that fits counts.
_UNUSABLE: tuple[tuple[type[BaseException], str], ...] = (
    (http.client.RemoteDisconnected, "the connection was closed without an answer"),
    (http.client.LineTooLong, "a line of its headers is too long"),
    (http.client.BadStatusLine, "it does not begin like an HTTP answer"),
    (http.client.UnknownProtocol, "it is in an unknown version of HTTP"),
    (http.client.IncompleteRead, "it ended early, or its chunks are malformed"),
    (http.client.HTTPException, "it has too many headers"),
    (zlib.error, "its compression is damaged"),
)


def what_is_wrong(error: BaseException) -> str:
    """Return what is wrong with an answer that raised *error*, without quoting it."""
    for cause in causes(error):
        if isinstance(cause, UnusableAnswer):
            return str(cause)
        for kind, text in _UNUSABLE:
            if isinstance(cause, kind):
                return text
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
    return "it is malformed"


def innermost(error: BaseException, redact: Callable[[str], str]) -> str:
    """Return the text of the first cause without secrets, and without the object names that urllib3 puts around it."""
    seen = error
    while True:
        inner = getattr(seen, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((part for part in reversed(seen.args) if isinstance(part, BaseException)), None)
        if inner is None:
            break
        seen = inner
    # Before anything is cut off, which may be a part of a secret.
    text = redact(str(seen.args[-1] if seen.args else seen))
    text = re.sub(r"<[^<>]*object at 0x[0-9a-f]+>:?\s*|^[\w.]+\([^()]*\):\s*", "", text)
    text = re.sub(r"Failed to establish a new connection:\s*|\[Errno -?\d+\]\s*|\(_ssl\.c:\d+\)", "", text)
    return re.sub(r"\s+", " ", text).strip(" .'\"") or type(seen).__name__
