# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which answering rule of v1.0 takes a call: that of a person, a queue, a site or the company.

Facts: docs/providers/ringcentral.md 8, docs/providers/ringcentral-company.md 7 and 9.
"""

from __future__ import annotations

from datetime import datetime

from simulator.exchange import Route, digits_of
from simulator.messages import Record
from simulator.ringcentral.call_times import NAME, dated_holds, hours_hold, weekly_holds
from simulator.ringcentral.defaults import AFTER_HOURS, BUSINESS_HOURS


def choose(route: Route, rules: Record, hours: Record, local: datetime) -> Record:
    """The rule that takes the call; `local` is its moment on the owner's clocks.

    Custom rules that hold come before those of hours.
    """
    is_open = hours_hold(hours, local)
    custom: list[Record] = custom_rules(route, rules, local, is_open=is_open)
    if custom:
        newest = len(custom) > 1 and route.exchange.assume(NAME, "rule_order") == "newest_first"
        return custom[-1 if newest else 0]
    if not is_open and _applies(route, rules[AFTER_HOURS]):
        found: Record = rules[AFTER_HOURS]
    else:
        found = rules[BUSINESS_HOURS]
    return found


def custom_rules(route: Route, rules: Record, local: datetime, *, is_open: bool) -> list[Record]:
    """The custom rules that hold, oldest first."""
    return [
        rule
        for rule in rules.values()
        if rule["type"] == "Custom" and rule["enabled"] and _holds(route, rule, local, is_open=is_open)
    ]


def _applies(route: Route, after_hours: Record) -> bool:
    return after_hours["enabled"] or route.exchange.assume(NAME, "disabled_after_hours") == "applies"


def _holds(route: Route, rule: Record, local: datetime, *, is_open: bool) -> bool:
    """Whether all conditions of a custom rule hold."""
    callers, called = rule.get("callers"), rule.get("calledNumbers")
    number = route.caller.number
    if callers and (number is None or number not in {digits_of(item["callerId"]) for item in callers}):
        return False
    if called and route.called not in {digits_of(number) for number in called}:
        return False
    schedule = rule.get("schedule") or {}
    if "ref" in schedule:
        return is_open is (schedule["ref"] == "BusinessHours")
    if "weeklyRanges" in schedule:
        return weekly_holds(schedule["weeklyRanges"], local, "from", "to")
    ranges = schedule.get("ranges")
    return ranges is None or dated_holds(ranges, local, route)
