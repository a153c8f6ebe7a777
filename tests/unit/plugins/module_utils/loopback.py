# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server on the loopback that answers as reported, and a clock that only moves when reported."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Call:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """One answer. *cut*: close the connection instead of answering. *missing*: announce that many bytes too many."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    missing: int = 0

    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


class Stub:
    """What arrived, in order. `url` has no trailing slash."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []

    def seen(self) -> list[str]:
        """Method and path of each request."""
        return [f"{call.method} {call.path}" for call in self.calls]


class _Server(ThreadingHTTPServer):
    """Keeps quiet about clients that no longer wait."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@contextmanager
def answering(answer: Callable[[Call], Reply]) -> Iterator[Stub]:
    """A server that answers each request with what *answer* returns for it."""
    stub = Stub()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            call = Call(self.command, self.path, dict(self.headers.items()), body)
            with lock:
                stub.calls.append(call)
                reply = answer(call)
            if reply.cut:
                self.close_connection = True
                return
            content = reply.content()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content) + reply.missing))
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()
            self.close_connection = self.close_connection or reply.missing > 0

        do_GET = do_HEAD = do_PUT = do_POST = do_PATCH = do_DELETE = handle_any

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        stub.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield stub
        finally:
            server.shutdown()


@contextmanager
def scripted(*replies: Reply) -> Iterator[Stub]:
    """A server that gives these answers in this order, and fails the test on one request too many or too few."""
    left = list(replies)

    def answer(call: Call) -> Reply:
        return left.pop(0) if left else Reply(418)

    with answering(answer) as stub:
        yield stub
    assert len(stub.calls) == len(replies), stub.seen()


@contextmanager
def stalling(beginning: bytes, *, ends: bool = False) -> Iterator[str]:
    """A server that sends the *beginning* of an answer, and nothing more; *ends*: it closes the connection then."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        lines: list[socket.socket] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _address = listening.accept()
                    lines.append(line)
                    line.recv(65536)
                    line.sendall(beginning)
                    if ends:
                        line.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        for line in lines:
            line.close()


class PretendedClock:
    """Time that moves by sleeping only. `on_sleep` is called before the time moves."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now
        self.naps: list[float] = []
        self.on_sleep: Callable[[], None] = lambda: None
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.on_sleep()
        with self._lock:
            self.now += seconds
