# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rate limits: a sliding window for each provider and group, with a penalty."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic

from simulator.messages import BadInput, Record, is_count, is_number
from simulator.provider import Limit, Provider


class Limits:
    """Counts requests. `clock` gives seconds and may be replaced in tests."""

    def __init__(self, providers: Mapping[str, Provider], clock: Callable[[], float] = monotonic) -> None:
        self._defaults = {name: dict(provider.limit_groups) for name, provider in providers.items()}
        self._clock = clock
        self._limits: dict[str, dict[str, Limit | None]] = {}
        self._arrivals: dict[tuple[str, str, str], deque[float]] = {}
        self._shut_until: dict[tuple[str, str, str], float] = {}
        self.reset()

    def reset(self) -> None:
        """Restore every provider's own limits and forget all counts."""
        self._limits = {name: dict(groups) for name, groups in self._defaults.items()}
        self._arrivals.clear()
        self._shut_until.clear()

    def describe(self) -> Record:
        """The present limits by provider and group; null where there is none."""
        return {
            provider: {
                group: None
                if limit is None
                else {"requests": limit.requests, "window": limit.window, "penalty": limit.penalty}
                for group, limit in groups.items()
            }
            for provider, groups in self._limits.items()
        }

    def set(self, wanted: object) -> None:
        """Set some limits, `{provider: {group: {requests, window, penalty} or null}}`; all or, with BadInput, none."""
        if not isinstance(wanted, dict):
            raise BadInput("limits: an object {provider: {group: limit}} is expected")
        checked: list[tuple[str, str, Limit | None]] = []
        for provider, groups in wanted.items():
            if provider not in self._limits:
                raise BadInput(f"limits: unknown provider {provider!r}; known: {sorted(self._limits)}")
            if not isinstance(groups, dict):
                raise BadInput(f"limits.{provider}: an object {{group: limit}} is expected")
            for group, limit in groups.items():
                if group not in self._limits[provider]:
                    raise BadInput(
                        f"limits.{provider}: unknown group {group!r}; known: {sorted(self._limits[provider])}"
                    )
                checked.append((provider, group, _limit(f"limits.{provider}.{group}", limit)))
        for provider, group, checked_limit in checked:
            declared = self._defaults[provider][group]
            if checked_limit is not None and declared is not None:
                checked_limit = replace(checked_limit, restarts=declared.restarts)
            self._limits[provider][group] = checked_limit
            self._forget(provider, group)

    def _forget(self, provider: str, group: str) -> None:
        self._arrivals = {key: value for key, value in self._arrivals.items() if key[:2] != (provider, group)}
        self._shut_until = {key: value for key, value in self._shut_until.items() if key[:2] != (provider, group)}

    def refuse(self, provider: str, group: str, bucket: str = "") -> int | None:
        """Count a request; None lets it pass, else the whole seconds after which it may be repeated (at least 1).

        `bucket` tells apart those who share a limit, for example the user and the app.
        """
        limit = self._limits[provider][group]
        if limit is None:
            return None
        key = (provider, group, bucket)
        now = self._clock()
        arrivals = self._arrivals.setdefault(key, deque())
        while arrivals and arrivals[0] <= now - limit.window:
            arrivals.popleft()
        shut_until = self._shut_until.get(key, now)
        if shut_until <= now:
            if len(arrivals) < limit.requests:
                arrivals.append(now)
                return None
            shut_until = max(now + limit.penalty, arrivals[0] + limit.window)
            self._shut_until[key] = shut_until
        elif limit.restarts:
            shut_until = max(now + limit.penalty, shut_until)
            self._shut_until[key] = shut_until
        # Rounded first: of t + 90 - t, a little may be left over.
        return max(1, math.ceil(round(shut_until - now, 6)))

    def standing(self, provider: str, group: str, bucket: str = "") -> tuple[Limit, int] | None:
        """The group's limit and how many requests it has left right now; None where there is no limit."""
        limit = self._limits[provider][group]
        if limit is None:
            return None
        key, now = (provider, group, bucket), self._clock()
        used = sum(arrival > now - limit.window for arrival in self._arrivals.get(key, ()))
        shut = self._shut_until.get(key, now) > now
        return limit, 0 if shut else max(0, limit.requests - used)


def _limit(where: str, limit: object) -> Limit | None:
    if limit is None:
        return None
    if not isinstance(limit, dict):
        raise BadInput(f"{where}: null or an object {{requests, window, penalty}} is expected")
    unknown = sorted(set(limit) - {"requests", "window", "penalty"})
    if unknown:
        raise BadInput(f"{where}: unknown keys {unknown}")
    requests, window, penalty = limit.get("requests"), limit.get("window"), limit.get("penalty", 0)
    if not is_count(requests) or requests < 1:
        raise BadInput(f"{where}.requests: a whole number of at least 1 is expected")
    if not is_number(window) or window <= 0:
        raise BadInput(f"{where}.window: seconds above 0 are expected")
    if not is_number(penalty) or penalty < 0:
        raise BadInput(f"{where}.penalty: seconds of at least 0 are expected")
    return Limit(requests, window, penalty)
