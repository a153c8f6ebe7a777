# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A raw TCP server that breaks HTTP's rules: by itself, or as a front before the simulator.

    with Front(simulator.url) as front:
        front.plan = lambda seen: "two_lengths" if seen.method == "PUT" else "fine"
        run_module("sonetel_forwardings", {..., "api_url": front.through(simulator.sonetel_api_url)})
        front.seen          # what came, in order: method, path, position, manner, how often it was forwarded

The plan gets each request and returns the name of a manner from `MANNERS`, or bytes, which are sent as they are before
the connection is closed. `front.play("fine", "two_lengths")` plans for the first requests, the rest is `fine`.
Without a target, `Front()` answers by itself: each manner delivers `front.canned`.

`MANNERS[name]` says what a manner means for the truth: `carried_out` is how often the simulator gets the request,
`usable` whether a client that keeps to the RFCs can use the answer (None: it may or may not). Slow manners last as
long as the client stays, `front.patience` seconds at most; everything ends, and all threads are joined, with the block.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from urllib.parse import urlsplit

from system_manners import MANNERS, Exchange, Gone, Reply, Seen

__all__ = ["MANNERS", "Front", "Reply", "Seen", "described"]

_OPEN_SECONDS = 10  # after which a connection that nobody uses is closed


class Front:
    """The server, see the module's text. `url` is where it listens; *plan* is a manner's name or a function."""

    def __init__(self, target: str = "", plan: str | Callable[[Seen], str | bytes] = "fine") -> None:
        self.plan = plan
        self.canned = Reply()
        self.patience = 3.0
        self.seen: list[Seen] = []
        self.connections: list[tuple[str, int]] = []
        self.closing = threading.Event()
        self._target = urlsplit(target).netloc
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._lines: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def through(self, url: str) -> str:
        """*url* of the target, as it leads through the front."""
        return f"{self.url}{urlsplit(url).path}"

    def play(self, *names: str) -> None:
        """Plan these manners for the next requests, one each; whatever comes later is `fine`."""
        left: Iterator[str] = iter(names)
        self.plan = lambda seen: next(left, "fine")

    def ask(self, seen: Seen) -> Reply:
        """Return the target's answer to a request."""
        if not self._target:
            return self.canned
        connection = http.client.HTTPConnection(self._target, timeout=_OPEN_SECONDS)
        left_out = ("connection", "accept-encoding", "content-length", "host")
        headers = {name: value for name, value in seen.headers if name.lower() not in left_out}
        try:
            connection.request(seen.method, seen.path, seen.body or None, headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            raise Gone from None
        finally:
            connection.close()
        framing = ("content-length", "transfer-encoding", "connection", "content-encoding")
        kept = tuple((name, value) for name, value in answer.getheaders() if name.lower() not in framing)
        return Reply(answer.status, answer.reason, kept, body)

    def __enter__(self) -> Front:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        _shut(self._listener)
        with self._lock:
            for line in self._lines:
                _shut(line, close=False)
        for thread in self._threads:
            thread.join(_OPEN_SECONDS)
        assert not [thread for thread in self._threads if thread.is_alive()], "a thread of the front does not end"

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                line, address = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._lines.add(line)
                self.connections.append(address)
                if self.closing.is_set():
                    _shut(line)
                    return
            line.settimeout(_OPEN_SECONDS)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._start(self._talk, line)

    def _talk(self, line: socket.socket) -> None:
        with contextlib.suppress(Gone, OSError):
            self._serve(line)

    def _serve(self, line: socket.socket) -> None:
        keep, reset = True, False
        try:
            while keep and not self.closing.is_set():
                seen = self._read(line)
                if seen is None:
                    return
                plan = self.plan if isinstance(self.plan, str) else self.plan(seen)
                exchange = Exchange(self, line, seen)
                if isinstance(plan, bytes):
                    seen.manner = "bytes"
                    exchange.send(plan)
                    return
                seen.manner = plan
                MANNERS[plan].deliver(exchange)
                keep, reset = exchange.keep, exchange.reset
        finally:
            if reset:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                line.close()
            with self._lock:
                self._lines.discard(line)
            _shut(line)

    def _read(self, line: socket.socket) -> Seen | None:
        """Return the next request of a connection, None at its end."""
        data = b""
        while b"\r\n\r\n" not in data:
            piece = line.recv(1 << 16)
            if not piece:
                return None
            data += piece
        head, _end, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = [(name.strip(), value.strip()) for name, _colon, value in (text.partition(":") for text in lines)]
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        while len(body) < length:
            piece = line.recv(1 << 16)
            if not piece:
                return None
            body += piece
        method, path, _version = first.split(" ", 2)
        with self._lock:
            seen = Seen(method, path, len(self.seen), headers, body)
            self.seen.append(seen)
        return seen


def _shut(line: socket.socket, *, close: bool = True) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    if close:
        line.close()


def described(seen: list[Seen]) -> str:
    """What came, for the message of a failed assertion."""
    return json.dumps([f"{item.method} {item.path} {item.manner} x{item.forwarded}" for item in seen], indent=1)
