# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Fone Dynamics' numbers do with calls. Facts: docs/providers/fonedynamics.md 3.1, 5, 6.

Private to the collection.

| routing method | a call | evidence |
|---|---|---|
| `endpoint` | goes to the endpoint's number (fonedynamics.md 3.1) | documented |
| `flow` | is taken by the flow, of which nobody can read what it does (fonedynamics.md 3.5) | documented |
| another, none, or no target | what happens is not documented (fonedynamics.md 5, 6 #15) | unknown |
| any, on a number that is not active | not documented (fonedynamics.md 6 #14) | unknown |

The target that belongs to the other method is kept but has no effect (fonedynamics.md 6 #5, #6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._calls.nodes import Draft, GoTo, Kind, Node, Place, To, number_key, number_node, to_unknown
from .._engine import naming
from .._engine.package import Item
from .._engine.plan import Current
from .fields import TARGETS

CALLS_FROM = ("numbers",)
FLOWS, _UNCLEAR = "flows", "unclear_numbers"


def unclear_numbers(numbers: Sequence[Current]) -> dict[str, list[dict[str, str]]]:
    """Return the numbers that are not active, each with what is not known about it."""
    found = ((item.record, str(item.record.get("Status") or "Active")) for item in numbers)
    return {
        _UNCLEAR: [
            {
                "number": str(record.get("Number")),
                "words": f"what happens to calls to a number whose status is {status}",
            }
            for record, status in found
            if status.casefold() != "active"
        ]
    }


def compile_calls(lists: Mapping[str, Sequence[Item]], draft: Draft) -> None:
    """Add the numbers, and the flows that they lead to."""
    flows = {str(item["flow_id"]): str(item["name"]) for item in lists.get(FLOWS, ())}
    unclear = {draft.e164(item["number"]): str(item["words"]) for item in lists.get(_UNCLEAR, ())}
    for position, item in enumerate(lists.get("numbers", ())):
        number = draft.e164(item.get("number"))
        if number is not None:
            here = draft.place("numbers", number, path=f"numbers[{position}]")
            to = to_unknown(unclear[number], here) if number in unclear else _target(item, here, draft, flows)
            draft.add(number_node(number, GoTo(to), place=here, provider=draft.provider))


def _target(item: Item, here: Place, draft: Draft, flows: Mapping[str, str]) -> To:
    method = _method(item, draft)
    target = naming.folded(item.get(TARGETS.get(method, "")))
    if method not in TARGETS:
        what = f"with the routing method {method!r}" if method else "without a routing method"
        words = f"what happens to calls to a number {what}"
        if not method and draft.of_file:
            words = f"how the number routes calls, {draft.why_open}"
        return to_unknown(words, here.of(path="routing_method" if method else ""))
    place = here.of(path=TARGETS[method] if target else "routing_method")
    if method == "flow":
        if not target:
            return to_unknown("which flow takes calls", place)
        flow_id = str(item.get("flow_id") or "")
        return To(_flow(flow_id or target, flows.get(flow_id, target), place, draft), place=place)
    endpoint = draft.e164(item.get("endpoint_number"))
    return (
        to_unknown("to which endpoint calls go", place) if endpoint is None else To(number_key(endpoint), place=place)
    )


def _method(item: Item, draft: Draft) -> str:
    """Return the routing method. A file may leave it out beside a target, which counts only with its own method."""
    method = naming.folded(item.get("routing_method"), ignore_case=True)
    given = [name for name, target in TARGETS.items() if naming.folded(item.get(target))]
    return given[0] if not method and draft.of_file and len(given) == 1 else method


def _flow(ident: str, name: str, place: Place, draft: Draft) -> str:
    """Add a flow, once for all numbers that lead to it; flows of two properties may have the same name."""
    key = draft.key("flows", ident)
    if key not in draft.graph.nodes:
        draft.add(Node(key, Kind.FLOW, name, place=place, provider=draft.provider))
    return key
