# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the company does with a call to one of its own numbers (docs/providers/ringcentral-company.md 7).

Calls to all of them may be forwarded; else the company's rules say where they go: to the operator, to an extension
(Bypass), or to their end.
"""

from __future__ import annotations

from datetime import datetime

from simulator.exchange import End, Outcome, Place, Route, Stop
from simulator.messages import Record
from simulator.ringcentral.call_owner import Extensions
from simulator.ringcentral.call_rules import choose
from simulator.ringcentral.call_times import NAME, dated_holds, local_time


class Company:
    """The company of an account."""

    def __init__(self, state: Record, extensions: Extensions) -> None:
        self._company: Record = state["company"]
        self._extensions = extensions
        self._place = Place(NAME, "company", "company", str(state["account_id"]))

    def stop(self) -> Stop:
        """The company as a stop of a call."""
        return Stop(self._place, self._play)

    def forwards(self, route: Route, *, own: bool) -> Outcome:
        """Where all calls are forwarded, None where they are not. `own`: the call came in on a company number."""
        settings = self._company["forward_all"]
        if not settings["enabled"] or settings["extension"] is None:
            return None
        local = self._local(route)
        ranges = settings["ranges"]
        if (
            ranges
            and not dated_holds(ranges, local, route)
            and route.exchange.assume(NAME, "forward_all_period") == "within"
        ):
            return None
        if not own and route.exchange.assume(NAME, "forward_all_calls") == "company_numbers":
            return None
        route.note(self._place, "forwards all calls")
        return self._extensions.connect(route, self._place, settings["extension"])

    def _play(self, route: Route) -> Outcome:
        forwarded = self.forwards(route, own=True)
        if forwarded is not None:
            return forwarded
        company = self._company
        rule = choose(route, company["answering_rules"], company["business_hours"], self._local(route))
        route.note(self._place, f"takes its rule {rule['name']}")
        action = rule["callHandlingAction"]
        if action == "Bypass":
            return self._extensions.connect(route, self._place, rule["extension"])
        route.answer()
        if action == "Disconnect":
            route.note(self._place, "hangs up")
            return End("hang_up")
        return self._greet(route)

    def _greet(self, route: Route) -> Outcome:
        """The action Operator: perhaps a caller can dial an extension before."""
        if route.dials_extension() and route.exchange.assume(NAME, "company_greeting") == "dials_extension":
            dialled = self._extensions.dialled(route, self._place)
            if dialled is not None:
                return dialled
        route.note(self._place, "connects to the operator")
        return self._extensions.connect(route, self._place, self._company["operator"])

    def _local(self, route: Route) -> datetime:
        return local_time(route, self._company["regional_settings"], "company.regional_settings")
