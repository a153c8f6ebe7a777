# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a call queue does with a call (docs/providers/ringcentral-company.md 6 and 9).

Its rules say when it rings its members (AgentQueue). They ring in order, at once, or the one first who has not talked
for longest; their own rules do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.exchange import End, Outcome, Phone, Ringing, Route
from simulator.messages import Record
from simulator.ringcentral import call_legacy
from simulator.ringcentral.call_owner import Group, Owner
from simulator.ringcentral.call_rules import custom_rules
from simulator.ringcentral.call_times import NAME, hours_hold
from simulator.ringcentral.defaults import BUSINESS_HOURS

_WAITS = ("WaitPrimaryMembers", "WaitPrimaryAndOverflowMembers")
# What follows when nobody answers.
_ENDS = ("noAnswerAction", "holdTimeExpirationAction", "transfer", "unconditionalForwarding")
# A hold time that means that nobody waits.
_NO_WAIT = 1


def play(route: Route, owner: Owner) -> Outcome:
    """What the queue's rule does that takes the call."""
    rule = call_legacy.rule_of(route, owner)
    route.note(owner.place(), f"takes its rule {rule['name']}")
    if rule["callHandlingAction"] != "AgentQueue":
        return call_legacy.act(route, owner, rule)
    return _Queue(route, owner, rule).play()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What rings when, for how long altogether, and what follows when nobody answers."""

    ringing: list[Ringing]
    seconds: int
    then: str


class _Queue:
    """One call in one queue. A custom rule leaves what it does not say, and the end, to business hours (9)."""

    def __init__(self, route: Route, owner: Owner, rule: Record) -> None:
        self._route = route
        self._owner = owner
        self._base: Record = owner.extension["answering_rules"][BUSINESS_HOURS]
        base: Record = self._base["queue"]
        self._settings: Record = {**base, **rule.get("queue", {}), **{name: base[name] for name in _ENDS}}

    def play(self) -> Outcome:
        """Ring members until somebody answers or the wait is over."""
        route, owner = self._route, self._owner
        if route.caller.finds_full(owner.name) and self._settings["maxCallers"] is not None:
            route.note(owner.place(), "takes no more callers")
            return self._end("MaxCallers", self._settings["maxCallersAction"])
        if not route.timed or self._assume("queue_answers") == "at_once":
            route.answer()
        plan = self._plan()
        outcome = route.ring(owner.place(), plan.ringing, plan.seconds)
        if outcome is not None:
            return outcome
        member = {"HoldTimeExpiration": "holdTimeExpirationAction", "NoAnswer": "noAnswerAction"}[plan.then]
        return self._end(plan.then, self._settings[member])

    def _assume(self, switch: str) -> str | int:
        return self._route.exchange.assume(NAME, switch)

    def _end(self, event: str, action: str) -> Outcome:
        route, owner, settings = self._route, self._owner, self._settings
        if action == "Announcement":
            return owner.announcement(route)
        if action == "TransferToExtension":
            return owner.to_extension(route, settings["transfer"].get(event))
        outcome: Outcome = None
        if action == "UnconditionalForwarding":
            number = settings["unconditionalForwarding"].get(event)
            if number is None:
                route.note(owner.place(), "goes to a number that is gone")
                return End("nowhere", owner.place().shown())
            outcome = owner.to_number(route, number)
        return owner.voicemail(route, self._base["voicemail"]["recipient"]) if outcome is None else outcome

    def _plan(self) -> _Plan:
        """Rounds of ringing; a round rings each member once."""
        settings = self._settings
        hold, waits = settings["holdTime"], settings["noAnswerAction"] in _WAITS
        over = "HoldTimeExpiration"
        if hold <= _NO_WAIT and self._assume("no_wait") == "at_once":
            return _Plan([], 0, over)
        groups = self._groups()
        if not groups:
            if self._assume("empty_queue") == "waits":
                return _Plan([], hold, over)
            return _Plan([], 0, over if waits else "NoAnswer")
        if hold <= _NO_WAIT:
            hold, waits = sum(seconds for _phones, seconds in groups), False
            return _Plan(list(_ringing(groups)), hold, over)
        plan = list(_ringing(groups))
        round_ends = sum(seconds for _phones, seconds in groups)
        if not waits and round_ends <= hold:
            late = round_ends == hold and self._assume("round_as_long_as_wait") == "wait_over"
            return _Plan(plan, round_ends, over if late else "NoAnswer")
        ends = round_ends
        while round_ends and ends < hold:
            plan += _ringing(groups, ends)
            ends += round_ends
        return self._cut(plan, hold, over)

    def _cut(self, plan: list[Ringing], hold: int, then: str) -> _Plan:
        """The plan until the wait is over."""
        kept = [ringing for ringing in plan if ringing.start < hold]
        ends = max((ringing.start + ringing.seconds for ringing in kept), default=0)
        if ends > hold and self._assume("hold_time") == "ring_ends":
            return _Plan(kept, ends, then)
        return _Plan(kept, hold, then)

    def _groups(self) -> list[Group]:
        """What rings in one round, in order, with its seconds."""
        owner, settings = self._owner, self._settings
        mode, seconds = settings["transferMode"], settings["agentTimeout"]
        members = self._able(owner.extension["queue"]["members"])
        if mode == "FixedOrder":
            order = [str(key) for key in settings["fixedOrderAgents"]]
            members.sort(key=lambda member: order.index(member.key) if member.key in order else len(order))
        further = self._overflow({member.key for member in members})
        if mode == "Simultaneous":
            return self._at_once(members, further)
        if mode == "Rotating":
            members, further = self._longest_idle(members, further)
        groups = [(self._phones(member), seconds) for member in [*members, *further]]
        return [(phones, owner.seconds(self._route, phones, length)) for phones, length in groups]

    def _at_once(self, members: list[Owner], further: list[Owner]) -> list[Group]:
        """Everybody rings as long as the wait lasts."""
        route, hold = self._route, self._settings["holdTime"]
        hold = self._settings["agentTimeout"] if hold <= _NO_WAIT else hold
        rings = [phone for member in members for phone in self._phones(member)]
        others = [phone for member in further for phone in self._phones(member)]
        busy = not rings or route.caller.finds_busy(rings)
        if others and (busy or self._assume("overflow_order") == "together"):
            rings += others
        return [(rings, self._owner.seconds(route, rings, hold))] if rings else []

    def _longest_idle(self, members: list[Owner], further: list[Owner]) -> tuple[list[Owner], list[Owner]]:
        """Who rings first is a matter of the day; two of the orders stand for all."""
        if len(members) + len(further) < 2 or self._assume("longest_idle") == "as_listed":
            return members, further
        if members and further and self._assume("overflow_order") == "together":
            return further[::-1], members[::-1]
        return members[::-1], further[::-1]

    def _able(self, keys: list[str]) -> list[Owner]:
        """The members that exist and can be called."""
        found = [owner for key in keys if (owner := self._owner.other(key)) is not None]
        if all(owner.enabled for owner in found) or self._assume("disabled_member") == "rings":
            return found
        return [owner for owner in found if owner.enabled]

    def _overflow(self, have: set[str]) -> list[Owner]:
        """The members of the overflow queues that are open, without those that the queue has."""
        settings = self._owner.extension["queue"]["overflow"]
        if self._settings["noAnswerAction"] != "WaitPrimaryAndOverflowMembers" or not settings["enabled"]:
            return []
        keys = [key for queue in self._open(settings["items"]) for key in queue.extension["queue"]["members"]]
        return self._able([key for key in dict.fromkeys(keys) if key not in have])

    def _open(self, items: list[str]) -> Iterator[Owner]:
        """The overflow queues that take calls now."""
        for key in items:
            queue = self._owner.other(key)
            if queue is None or queue.extension["queue"] is None:
                continue
            if not queue.enabled and self._assume("inactive_queue") == "fails":
                continue
            local = queue.local(self._route)
            if not hours_hold(queue.extension["business_hours"], local):
                continue
            rules = queue.extension["answering_rules"]
            closes = any(
                rule["callHandlingAction"] != "AgentQueue"
                for rule in custom_rules(self._route, rules, local, is_open=True)
            )
            if not closes or self._assume("overflow_rules") == "hours":
                yield queue

    def _phones(self, member: Owner) -> list[Phone]:
        """What of a member rings."""
        if self._assume("member_phones") == "phones":
            return member.devices()
        return [*member.devices(), *member.apps()]


def _ringing(groups: list[Group], start: int = 0) -> Iterator[Ringing]:
    """Groups one after the other."""
    for phones, seconds in groups:
        for phone in phones:
            yield Ringing(phone, start, seconds)
        start += seconds
