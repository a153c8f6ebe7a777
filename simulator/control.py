# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control interface under /_sim/ (README.md, "Control interface")."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.messages import BadInput
from simulator.world import World

_CALL = ("call", "POST")


def control_app(world: World) -> Starlette:
    """The control interface of `world`.

    A GET answers the thing itself, a call what happens to it, everything else {"done": true}. Wrong input gives 400
    and {"error": message}, and changes nothing.
    """

    def put_state(document: object) -> None:
        world.replace_state(document)
        world.save()

    reads: dict[str, Callable[[], object]] = {
        "state": lambda: world.state,
        "requests": lambda: world.log,
        "switches": world.switches.describe,
        "faults": world.faults.describe,
        "limits": world.limits.describe,
    }
    takes_document: dict[tuple[str, str], Callable[[object], None]] = {
        ("state", "PUT"): put_state,
        ("switches", "PATCH"): world.switches.set,
        ("faults", "POST"): world.faults.add,
        ("limits", "PATCH"): world.limits.set,
    }
    takes_nothing: dict[tuple[str, str], Callable[[], None]] = {
        ("reset", "POST"): world.reset,
        ("requests", "DELETE"): world.log.clear,
        ("faults", "DELETE"): world.faults.clear,
    }

    async def endpoint(request: Request) -> Response:
        name = request.url.path.removeprefix("/_sim/")
        if request.method in ("GET", "HEAD"):
            return JSONResponse(reads[name]())
        key = (name, request.method)
        if key == _CALL:
            return JSONResponse(world.play(await _document(request)))
        if key in takes_document:
            takes_document[key](await _document(request))
        else:
            takes_nothing[key]()
        return JSONResponse({"done": True})

    methods: dict[str, list[str]] = {name: ["GET"] for name in reads}
    for name, method in [*takes_document, *takes_nothing, _CALL]:
        methods.setdefault(name, []).append(method)
    routes = [Route(f"/_sim/{name}", endpoint, methods=allowed) for name, allowed in methods.items()]
    return Starlette(routes=routes, exception_handlers={BadInput: _bad_input})


async def _document(request: Request) -> object:
    try:
        document: object = await request.json()
    except ValueError as error:
        raise BadInput(f"the body is not JSON: {error}") from error
    return document


async def _bad_input(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, status_code=400)
