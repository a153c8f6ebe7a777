# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeping within a provider's rate limits, together with all other tasks on this machine. Private to the collection.

What differs between providers is data: the groups that share a counter, what is allowed before an answer tells it,
and the names of the headers that tell it. Requests are spaced so that the limit is never passed: a place is taken
before a request is sent, and is free again one window after its answer came, when the provider must have forgotten
the request whatever the way took.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ._shared_files import PrivateMemory, SharedFile

# What lies further ahead was written before the machine's clock was set back.
_LONGEST_PENALTY = 86400.0


@dataclass(frozen=True)
class Allowance:
    """At most *requests* in any *window* seconds. *refuse*: rather than wait, fail with this sentence."""

    requests: int
    window: float
    refuse: str = ""


@dataclass(frozen=True)
class PacingRules:
    """A provider's limits as data. *groups* hold until an answer tells otherwise; header names in any case.

    *silent_penalty*: seconds to keep away after a refusal that does not tell for how long. *margin*: seconds added
    to what a refusal tells.
    """

    groups: Mapping[str, Allowance]
    group_header: str
    limit_header: str
    remaining_header: str
    window_header: str
    silent_penalty: float = 30.0
    margin: float = 1.0
    silent_penalties: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """The right to send one request now. *used* places were taken then, this one included; *number* counts on."""

    group: str
    number: int
    used: int


@dataclass(frozen=True)
class NotYet:
    """No request may be sent for *seconds*, because of *reason*. *refuse*: a sentence if waiting is not wanted."""

    seconds: float
    reason: str
    refuse: str = ""


class _Clock(Protocol):
    def time(self) -> float:
        """Return seconds since the epoch."""
        raise NotImplementedError


class Pacer:
    """Hands out places in the provider's windows. All times are those of the machine's clock, in epoch seconds."""

    def __init__(self, rules: PacingRules, store: SharedFile | PrivateMemory, clock: _Clock, longest: float) -> None:
        """*longest*: seconds after which a request that was never heard of again counts as answered."""
        self._rules = rules
        self._store = store
        self._clock = clock
        self._longest = longest

    def take(self, group: str) -> Place | NotYet:
        """Take a place for a request of *group*, or tell how long there is none."""
        with self._store.locked() as contents:
            now = self._clock.time()
            state = contents.value if isinstance(contents.value, dict) else {}
            entry = self._entry(state, group, now)
            refused = self._full(entry, group, now)
            if refused is None:
                entry["number"] += 1
                entry["places"].append([entry["number"], now, None])
                place = Place(group, entry["number"], len(entry["places"]))
                contents.save({**state, group: entry})
                return place
            return refused

    def give_back(self, place: Place, headers: Mapping[str, str] | None) -> None:
        """Note that the request is over. *headers* are those of its answer, None if there was none."""
        with self._store.locked() as contents:
            now = self._clock.time()
            state = contents.value if isinstance(contents.value, dict) else {}
            entry = self._entry(state, place.group, now)
            for taken in entry["places"]:
                if taken[0] == place.number and taken[2] is None:
                    taken[2] = now
            if headers is not None:
                self._learn(entry, place, headers, now)
            contents.save({**state, place.group: entry})

    def refused(self, place: Place, headers: Mapping[str, str], retry_after: float | None) -> float:
        """Note that the provider refused for too many requests; return the seconds that nobody may ask again."""
        wait = retry_after
        if wait is None:
            wait = self._rules.silent_penalties.get(place.group, self._rules.silent_penalty)
        wait += self._rules.margin
        # Without the group's headers it is another limit, of the account or the address, that all groups share.
        groups = [place.group] if headers.get(self._rules.group_header) else list(self._rules.groups)
        with self._store.locked() as contents:
            now = self._clock.time()
            state = contents.value if isinstance(contents.value, dict) else {}
            for group in groups:
                entry = self._entry(state, group, now)
                entry["shut_until"] = max(entry["shut_until"], now + wait)
                state[group] = entry
            contents.save(state)
        return wait

    def _entry(self, state: Mapping[str, Any], group: str, now: float) -> dict[str, Any]:
        """Return what is known of *group* without what is over; anything unusable counts as not known."""
        allowed = self._rules.groups[group]
        fresh: dict[str, Any] = {
            "limit": allowed.requests, "window": allowed.window, "learned": False,
            "number": 0, "places": [], "shut_until": 0.0,
        }  # fmt: skip
        entry = {**fresh, **state[group]} if isinstance(state.get(group), dict) else fresh
        entry["places"] = [taken for taken in entry["places"] if self._counts(taken, entry["window"], now)]
        if entry["shut_until"] > now + _LONGEST_PENALTY:
            entry["shut_until"] = 0.0
        return entry

    def _counts(self, taken: list[Any], window: float, now: float) -> bool:
        _number, sent, answered = taken
        if sent > now + 1:
            return False  # the machine's clock was set back
        return bool(now < (sent + self._longest if answered is None else answered) + window)

    def _full(self, entry: Mapping[str, Any], group: str, now: float) -> NotYet | None:
        places = entry["places"]
        allowance = self._rules.groups[group]
        if entry["shut_until"] > now:
            return NotYet(entry["shut_until"] - now, "the provider refused further requests for a time")
        # Until an answer has told the limit, requests go one by one.
        if not entry["learned"] and any(taken[2] is None for taken in places):
            return NotYet(0.01, "the first answer tells the provider's limit")
        if len(places) < entry["limit"]:
            return None
        # A place that is still in use is free one window after its answer, which may come now at the earliest.
        ends = sorted(now if answered is None else answered for _number, _sent, answered in places)
        free_at = ends[len(places) - entry["limit"]] + entry["window"]
        reason = f"the provider allows {entry['limit']} requests in {entry['window']:g} s ({group})"
        return NotYet(max(free_at - now, 0.001), reason, allowance.refuse)

    def _learn(self, entry: dict[str, Any], place: Place, headers: Mapping[str, str], now: float) -> None:
        """Take over the limit that the answer tells, and count the requests that others made."""
        entry["learned"] = True
        numbers: dict[str, float] = {}
        for name, header in (
            ("limit", self._rules.limit_header),
            ("remaining", self._rules.remaining_header),
            ("window", self._rules.window_header),
        ):
            with contextlib.suppress(TypeError, ValueError):
                numbers[name] = float(headers[header]) if header in headers else -1.0
        if numbers.get("limit", -1) >= 1:
            entry["limit"] = int(numbers["limit"])
        if numbers.get("window", -1) > 0:
            entry["window"] = numbers["window"]
        if numbers.get("remaining", -1) < 0 or numbers.get("limit", -1) < 1:
            return
        ours = place.used + entry["number"] - place.number
        others = int(numbers["limit"] - numbers["remaining"]) - ours
        for _each in range(min(others, entry["limit"])):
            entry["number"] += 1
            entry["places"].append([entry["number"], now, now])
