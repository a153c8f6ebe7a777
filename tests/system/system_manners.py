# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hostile ways to answer, by name; what they mean for the truth says `system_hostile`."""

from __future__ import annotations

import functools
import gzip
import select
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

_GAP = 0.02  # between two pieces of a slow sender: shorter than any time-out that a test gives
_MOST = 40 << 20  # bytes after which an endless sender ends: more than a client may read
_BOMB = 40 << 20  # bytes that a small compressed body becomes
_EOL = b"\r\n"


@dataclass(frozen=True)
class Reply:
    """An answer as the simulator gave it; *headers* without those that say how long the body is."""

    status: int = 200
    reason: str = "OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    body: bytes = b"{}"

    def head(self, *more: str, status_line: str | None = None) -> bytes:
        """Status line and headers, with *more* header lines, and the empty line."""
        first = f"HTTP/1.1 {self.status} {self.reason}" if status_line is None else status_line
        lines = [first, *(f"{name}: {value}" for name, value in self.headers), *more]
        return "\r\n".join(lines).encode("latin-1") + _EOL * 2

    def whole(self) -> bytes:
        """The answer as it should be sent."""
        return self.head(f"Content-Length: {len(self.body)}") + self.body


@dataclass
class Seen:
    """A request that came to the front."""

    method: str
    path: str
    position: int
    headers: list[tuple[str, str]]
    body: bytes
    manner: str = "fine"
    forwarded: int = 0


class Gone(Exception):
    """The client, the target or the front went away."""


class Server(Protocol):
    """What an exchange needs of the front."""

    closing: threading.Event
    patience: float

    def ask(self, seen: Seen) -> Reply:
        """Return the target's answer to a request."""
        raise NotImplementedError


@dataclass
class Exchange:
    """One request and the connection on which a manner answers it."""

    front: Server
    line: socket.socket
    seen: Seen
    keep: bool = True
    reset: bool = False
    started: float = field(default_factory=time.monotonic)

    def forward(self) -> Reply:
        """Hand the request to the target and return its answer; the canned one where there is no target."""
        self.seen.forwarded += 1
        return self.front.ask(self.seen)

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        try:
            self.line.sendall(data)
        except OSError:
            raise Gone from None

    def wait(self, seconds: float = _GAP) -> bool:
        """Let time pass; False when the client is gone, or the front's patience is at an end."""
        if self.front.closing.is_set() or time.monotonic() - self.started > self.front.patience:
            return False
        try:
            poll = select.poll()  # unlike select, for any number of open files
            poll.register(self.line, select.POLLIN)
            return not poll.poll(seconds * 1000) or bool(self.line.recv(1, socket.MSG_PEEK))
        except (OSError, ValueError):
            return False

    def drip(self, data: bytes, size: int = 1) -> None:
        """Send *data* in small pieces; what is left when the patience ends goes at once."""
        for start in range(0, len(data), size):
            if not self.wait():
                self.send(data[start:])
                return
            self.send(data[start : start + size])

    def close(self) -> None:
        """Close the connection after this exchange."""
        self.keep = False


@dataclass(frozen=True)
class Manner:
    """A way to answer, see the module's text. *slow*: it lasts until the client or the patience gives up."""

    deliver: Callable[[Exchange], None]
    carried_out: int = 1
    usable: bool | None = False
    slow: bool = False


MANNERS: dict[str, Manner] = {}


def _manner(
    name: str, *, carried_out: int = 1, usable: bool | None = False, slow: bool = False
) -> Callable[[Callable[[Exchange], None]], Callable[[Exchange], None]]:
    def keep(deliver: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
        MANNERS[name] = Manner(deliver, carried_out, usable, slow)
        return deliver

    return keep


def _table(build: Callable[[Reply], bytes], name: str, *, usable: bool | None = False, keep: bool = False) -> None:
    """A manner that sends what *build* makes of the true answer, then closes unless *keep*."""

    def deliver(exchange: Exchange) -> None:
        exchange.keep = keep
        exchange.send(build(exchange.forward()))

    MANNERS[name] = Manner(deliver, usable=usable)


def _with(line: str) -> Callable[[Reply], bytes]:
    """One more header line, before that which says how long the body is."""
    return lambda reply: reply.head(line, f"Content-Length: {len(reply.body)}") + reply.body


def _length(value: str) -> Callable[[Reply], bytes]:
    return lambda reply: reply.head(f"Content-Length: {value}") + reply.body


def _chunked(chunks: Callable[[bytes], bytes], *more: str) -> Callable[[Reply], bytes]:
    return lambda reply: reply.head("Transfer-Encoding: chunked", *more) + chunks(reply.body)


def _chunk(body: bytes, size: str | None = None) -> bytes:
    return (f"{len(body):x}" if size is None else size).encode() + _EOL + body + _EOL


def _in_one_chunk(body: bytes) -> bytes:
    return _chunk(body) * bool(body) + b"0\r\n\r\n"


def _as_json(body: bytes) -> Callable[[Reply], bytes]:
    return lambda reply: replace(reply, body=body).whole()


def _coded(name: str, encode: Callable[[bytes], bytes]) -> Callable[[Reply], bytes]:
    def build(reply: Reply) -> bytes:
        body = encode(reply.body)
        return reply.head(f"Content-Encoding: {name}", f"Content-Length: {len(body)}") + body

    return build


@functools.lru_cache(maxsize=1)
def _blanks() -> bytes:
    """The end of a deflate stream that becomes very many blanks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join([*(packer.compress(b" " * (1 << 20)) for _each in range(_BOMB >> 20)), packer.flush()])


def _sum(body: bytes, add: Callable[[bytes, int], int], start: int) -> int:
    found = add(body, start)
    for _each in range(_BOMB >> 20):
        found = add(b" " * (1 << 20), found)
    return found


def _packed(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(body) + packer.flush(zlib.Z_FULL_FLUSH) + _blanks()


def _gzip_bomb(body: bytes) -> bytes:
    """*body* and very many blanks: still the same JSON."""
    ends = struct.pack("<II", _sum(body, zlib.crc32, 0), (len(body) + _BOMB) & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + _packed(body) + ends


def _deflate_bomb(body: bytes) -> bytes:
    return b"\x78\xda" + _packed(body) + struct.pack(">I", _sum(body, zlib.adler32, 1))


_DEEP = b"[" * 100_000 + b"]" * 100_000
_DEEP_OBJECT = b'{"a":' * 5_000 + b"1" + b"}" * 5_000


# Answers that are right.
_table(Reply.whole, "fine", usable=True, keep=True)
_table(Reply.whole, "fine_then_closed", usable=True)
_table(lambda reply: reply.head("Connection: close") + reply.body, "no_length", usable=True)
_table(_chunked(_in_one_chunk), "chunked", usable=True, keep=True)
_table(_coded("gzip", gzip.compress), "gzip", usable=True, keep=True)
_table(_coded("deflate", zlib.compress), "deflate", usable=True, keep=True)
_table(lambda reply: b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + reply.whole(), "a_few_continues", usable=True, keep=True)
_table(lambda reply: _with(f"Content-Length: {len(reply.body)}")(reply), "two_equal_lengths", usable=None)
_table(lambda reply: _length(f"{len(reply.body)}, {len(reply.body)}")(reply), "length_twice_in_a_line", usable=None)

# Status lines and headers.
_table(_with("no colon here"), "malformed_header", usable=None)
_table(lambda reply: reply.head(": no name", " folded: value") + reply.body, "header_without_name", usable=None)
_table(_with("X-Nul: a\0b"), "header_nul", usable=None)
_table(_with("X-Odd: \xff\xfe"), "header_not_ascii", usable=None)
_table(lambda reply: reply.head(f"X-Huge: {'a' * 200_000}") + reply.body, "huge_header")
_table(lambda reply: reply.head(*(f"X-Many-{n}: a" for n in range(5_000))) + reply.body, "thousands_of_headers")
_table(lambda reply: reply.head(status_line="HTTP/1.1 abc OK") + reply.body, "status_not_a_number")
_table(lambda reply: reply.head(status_line="HTTP/1.1 20000000000000000000 OK") + reply.body, "status_too_large")
_table(lambda reply: reply.head(status_line="HTTP/1.1 -200 OK") + reply.body, "status_negative")
_table(lambda reply: b"\x16\x03\x01\x00\xa5\x01\x00\x00" * 40, "status_garbage")
_table(lambda reply: b"HTTP/1.1\r\n\r\n" + reply.body, "status_missing")
_table(lambda reply: b"H" * 200_000 + _EOL * 2, "status_endless_line")
_table(lambda reply: b"HTTP/9.9 200 OK\r\n\r\n" + reply.body, "unknown_version", usable=None)
_table(lambda reply: reply.body, "http_0_9")
_table(lambda reply: b"\0" * 4096, "nul_bytes")
_table(lambda reply: b"SSH-2.0-OpenSSH_9.6\r\n", "another_protocol")

# Lengths and chunks.
_table(lambda reply: _with(f"Content-Length: {len(reply.body) + 7}")(reply), "two_lengths")
_table(lambda reply: _length(f"{len(reply.body)}, {len(reply.body) + 7}")(reply), "two_lengths_in_a_line")
_table(lambda reply: _length(str(len(reply.body) + 50))(reply), "length_too_large")
_table(lambda reply: _length(str(max(len(reply.body) - 1, 1)))(reply), "length_too_small", usable=None)
_table(_length("many"), "length_not_a_number")
_table(_length("-5"), "length_negative")
_table(_length("1" * 5_000), "length_of_5000_digits")
_table(_length("99999999999999999999"), "length_beyond_64_bits")
_table(_length(""), "length_empty", usable=None)
_table(_chunked(lambda body: _chunk(body, "zz") + b"0\r\n\r\n"), "chunk_size_not_a_number")
_table(_chunked(lambda body: _chunk(body, "-5") + b"0\r\n\r\n"), "chunk_size_negative")
_table(_chunked(lambda body: _chunk(body, "ffffffffffffffffff") + b"0\r\n\r\n"), "chunk_size_too_large")
_table(_chunked(lambda body: _chunk(body, "") + b"0\r\n\r\n"), "chunk_size_empty")
_table(_chunked(lambda body: b"1" * 200_000 + _EOL), "chunk_size_endless_line")
_table(_chunked(_chunk), "chunks_without_end")
_table(_chunked(lambda body: body), "chunked_without_chunks")
_table(_chunked(_in_one_chunk, "Content-Length: 9"), "chunked_plus_length", usable=None)
_table(lambda reply: reply.head("Transfer-Encoding: rot13") + reply.body, "unknown_transfer_encoding", usable=None)

# Bodies.
_table(_coded("gzip", _gzip_bomb), "gzip_bomb")
_table(_coded("deflate", _deflate_bomb), "deflate_bomb")
_table(_coded("gzip, gzip", lambda body: gzip.compress(_gzip_bomb(body))), "nested_bomb")
_table(_coded(", ".join(["gzip"] * 40), gzip.compress), "nested_forty_times")
_table(_coded("gzip", lambda body: body), "not_really_gzip")
_table(_coded("gzip", lambda body: gzip.compress(body)[:-9]), "gzip_cut")
_table(_coded("gzip", lambda body: gzip.compress(body)[:-8] + b"\0" * 8), "gzip_wrong_checksum", usable=None)
_table(_coded("br", lambda body: body), "brotli_unasked", usable=None)
_table(_coded("klingon", lambda body: body), "unknown_encoding", usable=None)
_table(lambda reply: reply.whole() + b"garbage after the body" * 40, "garbage_after_body", usable=True, keep=True)
_table(_as_json(_DEEP), "deep_json")
_table(_as_json(_DEEP_OBJECT), "deep_json_object")
_table(_as_json(b"[" * 900 + b"]" * 900), "rather_deep_json")
_table(_as_json(b"9" * 6_000), "number_of_6000_digits")
_table(_as_json(b'{"\\ud800": "\\udfff"}'), "lone_surrogates")
_table(_as_json(b"NaN"), "not_a_number")
_table(_as_json(b"\xff\xfe\x00{}"), "not_text")
_table(_as_json(b"{}\0\0"), "nul_after_json")
_table(
    lambda reply: Reply(
        reply.status, reply.reason, (("Content-Type", "application/json; charset=utf-7"),), b"\xe9" + reply.body
    ).whole(),
    "wrong_charset",
)
_table(lambda reply: Reply(302, "Found", (("Location", "http://[::1"),), b"").whole(), "redirect_to_nowhere")
_table(lambda reply: Reply(301, "Moved", (("Location", "\xff\xfe"),), b" " * 4096).whole(), "redirect_not_ascii")

# Connections that end.
_table(lambda reply: b"", "closes_before_answer")
_table(lambda reply: reply.whole()[:9], "closes_in_status_line")
_table(lambda reply: reply.whole()[: len(reply.head()) - 10], "closes_in_header")
_table(lambda reply: reply.whole()[: -(len(reply.body) // 2 or 1)], "closes_in_body")


@_manner("closes_before_request", carried_out=0)
def _closes_before_request(exchange: Exchange) -> None:
    exchange.close()


@_manner("resets_before_answer")
def _resets(exchange: Exchange) -> None:
    exchange.forward()
    exchange.keep, exchange.reset = False, True


@_manner("resets_in_body")
def _resets_in_body(exchange: Exchange) -> None:
    reply = exchange.forward()
    exchange.send(reply.whole()[: -(len(reply.body) // 2 or 1)])
    exchange.keep, exchange.reset = False, True


@_manner("duplicate_delivery", carried_out=2, usable=None)
def _duplicate(exchange: Exchange) -> None:
    """The request is delivered twice, the answer is that to the second one."""
    exchange.forward()
    exchange.send(exchange.forward().whole())


@_manner("duplicate_delivery_first_answer", carried_out=2, usable=True)
def _duplicate_first(exchange: Exchange) -> None:
    """The request is delivered twice, the answer is that to the first one."""
    reply = exchange.forward()
    exchange.forward()
    exchange.send(reply.whole())


@_manner("two_answers", usable=True)
def _two_answers(exchange: Exchange) -> None:
    """The answer comes twice, so that the second one stands where the next request's answer is expected."""
    exchange.send(exchange.forward().whole() * 2)


@_manner("answer_of_another", usable=None)
def _answer_of_another(exchange: Exchange) -> None:
    """After the answer comes one that says success to whatever is asked next on this connection."""
    reply = exchange.forward()
    exchange.send(reply.whole())
    if exchange.wait(_GAP / 4):
        exchange.send(Reply(body=b'{"status": "success", "response": {}, "success": true, "code": 200}').whole())


@_manner("never_answers", slow=True)
def _never(exchange: Exchange) -> None:
    exchange.forward()
    exchange.close()
    while exchange.wait():
        pass


@_manner("slow_status_line", usable=None, slow=True)
def _slow_status(exchange: Exchange) -> None:
    exchange.close()
    exchange.drip(exchange.forward().whole())


@_manner("slow_headers", usable=None, slow=True)
def _slow_headers(exchange: Exchange) -> None:
    exchange.close()
    reply = exchange.forward()
    head = reply.head(f"X-Slow: {'a' * 2_000}", f"Content-Length: {len(reply.body)}")
    exchange.send(head[:40])
    exchange.drip(head[40:])
    exchange.send(reply.body)


@_manner("slow_body", usable=None, slow=True)
def _slow_body(exchange: Exchange) -> None:
    exchange.close()
    reply = exchange.forward()
    body = reply.body + b" " * 2_000
    exchange.send(reply.head(f"Content-Length: {len(body)}"))
    exchange.drip(body)


@_manner("slow_chunks", usable=None, slow=True)
def _slow_chunks(exchange: Exchange) -> None:
    exchange.close()
    reply = exchange.forward()
    exchange.send(reply.head("Transfer-Encoding: chunked"))
    exchange.drip(b"".join(_chunk(bytes([byte])) for byte in reply.body + b" " * 500) + b"0\r\n\r\n", 3)


@_manner("endless_continue", slow=True)
def _endless_continue(exchange: Exchange) -> None:
    exchange.close()
    exchange.forward()
    while exchange.wait():
        exchange.send(b"HTTP/1.1 100 Continue\r\n\r\n")


def _flood(exchange: Exchange, start: bytes, piece: bytes) -> None:
    exchange.close()
    exchange.send(start)
    sent = 0
    while sent < _MOST and not exchange.front.closing.is_set():
        exchange.send(piece)
        sent += len(piece)


@_manner("flood_of_continues")
def _flood_of_continues(exchange: Exchange) -> None:
    exchange.forward()
    _flood(exchange, b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000)


@_manner("endless_headers")
def _endless_headers(exchange: Exchange) -> None:
    _flood(exchange, exchange.forward().head()[:-2], b"X-More: a\r\n" * 5_000)


@_manner("endless_body")
def _endless_body(exchange: Exchange) -> None:
    reply = exchange.forward()
    _flood(exchange, reply.head() + reply.body, b" " * (1 << 16))


@_manner("endless_chunks")
def _endless_chunks(exchange: Exchange) -> None:
    reply = exchange.forward()
    _flood(exchange, reply.head("Transfer-Encoding: chunked") + _chunk(reply.body or b" "), _chunk(b" " * (1 << 16)))


@_manner("endless_trailers", usable=None)
def _endless_trailers(exchange: Exchange) -> None:
    reply = exchange.forward()
    start = reply.head("Transfer-Encoding: chunked") + _chunk(reply.body) * bool(reply.body) + b"0\r\n"
    _flood(exchange, start, b"X-More: " + b"a" * 1_000 + b"\r\n")
