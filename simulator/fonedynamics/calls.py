# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What numbers do with a call (docs/providers/fonedynamics.md 3.1). What a flow does cannot be read."""

from __future__ import annotations

from simulator.exchange import End, Lines, Outcome, Phone, Place, Route, Stop, digits_of, plays, turned_away
from simulator.messages import Record

_NAME = "fonedynamics"


class FoneDynamicsLines(Lines):
    """The numbers of all accounts."""

    def __init__(self, state: Record) -> None:
        self._accounts: Record = state["accounts"]

    def number(self, digits: str) -> Stop | None:
        owner = next((account for account in self._accounts.values() if digits in account["numbers"]), None)
        if owner is None:
            return None
        record = owner["numbers"][digits]
        return Stop(_place("number", f"+{digits}", digits), lambda route: _number(route, owner, record))


def _place(kind: str, name: str, key: str) -> Place:
    return Place(_NAME, kind, name, key)


def _number(route: Route, account: Record, number: Record) -> Outcome:
    digits = number["Number"][1:]
    route.called = digits
    place = _place("number", number["Number"], digits)
    if "Voice" not in number["Capabilities"]:
        route.note(place, "takes no calls")
        return End("nowhere", place.shown())
    pending = route.exchange.assume(_NAME, "pending_calls") if number["Status"].casefold() == "pending" else "works"
    if pending != "works":
        route.note(place, "is not active yet")
        return turned_away(route, place, pending)
    method, flow = (number["RoutingMethod"] or "").casefold(), number["Flow"]
    if method == "flow" and flow:
        name = account["flows"].get(flow, {}).get("Name", flow)
        route.note(place, f"goes to the flow {name}")
        return plays(route, _place("flow", name, flow), "flow")
    if method not in ("", "endpoint", "flow"):
        route.note(place, f"is routed by {method}")
        return End("unknown", place.shown())
    target = None if method == "flow" else digits_of(number["EndpointNumber"] or "")
    if target is None or (not method and route.exchange.assume(_NAME, "endpoint_without_method") == "inert"):
        route.note(place, "goes nowhere")
        return turned_away(route, place, route.exchange.assume(_NAME, "unrouted_number"))
    phone = Phone(f"+{target}", "phone")
    return route.forward(place, phone, lambda: str(route.exchange.assume(_NAME, "unanswered_forward")))
