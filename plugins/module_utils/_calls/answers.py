# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who answers given calls: their routes, as data and as lines for people. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .call_tests import CallTest
from .names import Names
from .routes import Route
from .testing import Played, Testing, dialled


def answer(testing: Testing, call: CallTest) -> dict[str, Any]:
    """Return the routes that *call* may take: `moments`, each with its `routes`, and `lines` for people.

    Where several phones ring together, there is a route for each of them.
    """
    moments = list(testing.play(call))
    return {
        "name": call.name,
        "path": call.path,
        "moments": [_moment(played, testing.names) for played in moments],
        "lines": [line for played in moments for line in _lines(call, played)],
    }


def _moment(played: Played, names: Names) -> dict[str, Any]:
    return {"when": played.when, "why": played.why, "routes": [_route(route, names) for route in played.routes]}


def _route(route: Route, names: Names) -> dict[str, Any]:
    return {
        "ends": route.end.value,
        "reached": names.label_of(route.reached) if route.reached else "",
        "seconds": route.seconds,
        "plus": list(route.vague),
        "evidence": route.level.value,
        "unknown": route.why,
        "not_pressed": list(route.left),
        "steps": [
            {"at": step.key, "does": step.words, "seconds": step.seconds, "evidence": step.level.value}
            for step in route.steps
        ],
    }


def _lines(call: CallTest, played: Played) -> Iterator[str]:
    yield ", ".join(filter(None, (dialled(call), played.when, played.why)))
    for number, route in enumerate(played.routes, start=1):
        if len(played.routes) > 1:
            yield f"  {number} of {len(played.routes)}, by who picks up first"
        yield from (f"    {place}  {step.words}" for place, step in enumerate(route.steps, start=1))
