# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The HTTP server: hands requests to providers, and applies log, faults and limits on the way."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from typing import Any

import uvicorn
from starlette.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from simulator.control import control_app
from simulator.faults import status_answer
from simulator.messages import Answer, BadInput, json_answer, parse_request
from simulator.provider import Provider
from simulator.world import World

_BACKLOG = 2048
_KEEP_ALIVE_SECONDS = 75
_GARBAGE = Answer(
    200, b"<html><head><title>Gateway</title></head><body>Please stand by", [(b"content-type", b"text/html")]
)


class Application:
    """The ASGI application. Provider requests take a path without framework or middleware, for speed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._control = control_app(world)
        self._by_segment = {
            segment: provider for provider in world.providers.values() for segment in provider.path_segments
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        segment = scope["path"].partition("/")[2].partition("/")[0]
        provider = self._by_segment.get(segment)
        if provider is not None:
            await self._provider_request(provider, scope, receive, send)
        elif segment == "_sim":
            await self._control(scope, receive, send)
        else:
            known = sorted([f"/{name}" for name in [*self._by_segment, "_sim"]])
            await _send(send, json_answer({"error": f"no such path; known prefixes: {known}"}, 404))

    async def _provider_request(self, provider: Provider, scope: Scope, receive: Receive, send: Send) -> None:
        content = await _read_body(receive)
        if content is None:
            return
        world = self._world
        request = parse_request(scope["method"], scope["path"], scope["query_string"], scope["headers"], content)
        entry = world.log_request(provider, request)
        seconds, fault = world.faults.take(provider.name, request.method, request.path)
        if seconds:
            await asyncio.sleep(seconds)
        kind = fault.spec["kind"] if fault else None
        if kind == "drop_before":
            await _abort(scope, receive)
            return
        if fault and kind == "status":
            answer = status_answer(fault.spec)
        else:
            entry["status"] = 500  # stands only if the provider's code breaks
            answer = world.answer(provider, request)
        if kind == "drop_after":
            entry["status"] = None
            await _abort(scope, receive)
            return
        if kind == "garbage":
            answer = _GARBAGE
        elif fault and kind == "status_after":
            answer = status_answer(fault.spec)
        entry["status"] = answer.status
        if kind == "truncate":
            await _send_half(scope, receive, send, answer)
        else:
            await _send(send, answer)


class _Protocol(HttpToolsProtocol):
    """Lets the application reach the connection, which faults cut."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"simulator.transport": {"transport": self.transport}}


class _Server(uvicorn.Server):
    """Announces itself when connections are accepted, and saves the state when it stops."""

    def __init__(self, config: uvicorn.Config, world: World, url: str) -> None:
        super().__init__(config)
        self._world = world
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(json.dumps({"url": self._url, "pid": os.getpid()}) + "\n")
        sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        self._world.save()


def serve(world: World, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT. `port` 0 takes any free port. Raises OSError when the address is taken."""
    listener = _listener(host, port)
    address = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        Application(world),
        http=_Protocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=True,
        backlog=_BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
    )
    _Server(config, world, f"http://{address}:{listener.getsockname()[1]}").run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    # Only with the protocol named does asyncio switch Nagle's algorithm off, which costs 40 ms an answer.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        raise BadInput(f"port {port} of {host} cannot be listened on: {getattr(error, 'strerror', error)}") from None
    listener.listen(_BACKLOG)
    return listener


async def _read_body(receive: Receive) -> bytes | None:
    """The whole body; None when the client is gone before all of it came."""
    chunks: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(chunks)


async def _send(send: Send, answer: Answer) -> None:
    await send(_start(answer, len(answer.body)))
    await send({"type": "http.response.body", "body": answer.body})


async def _send_half(scope: Scope, receive: Receive, send: Send, answer: Answer) -> None:
    """Promise more than is sent, then close."""
    half = answer.body[: len(answer.body) // 2]
    await send(_start(answer, len(answer.body) + 1))
    await send({"type": "http.response.body", "body": half, "more_body": True})
    _transport(scope).close()
    await _disconnected(receive)


async def _abort(scope: Scope, receive: Receive) -> None:
    _transport(scope).abort()
    await _disconnected(receive)


async def _disconnected(receive: Receive) -> None:
    """Wait until the server has noticed, else it would answer 500 for the application."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _transport(scope: Scope) -> Any:
    return scope["extensions"]["simulator.transport"]["transport"]


def _start(answer: Answer, length: int) -> Message:
    headers = [*answer.headers, (b"content-length", str(length).encode())]
    return {"type": "http.response.start", "status": answer.status, "headers": headers}
