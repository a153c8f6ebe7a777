# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a provider package must offer, and how the packages are found."""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

import simulator
from simulator.exchange import Lines
from simulator.messages import Answer, Headers, Record, Request


@dataclass(frozen=True)
class Switch:
    """One thing that the provider's documents leave open. The first of `values` is the default."""

    name: str
    values: tuple[str | int, ...]
    stands_for: str


@dataclass(frozen=True)
class Limit:
    """At most `requests` in any `window` seconds; exceeding it shuts the group for at least `penalty` seconds.

    `restarts`: every request in that time begins the penalty anew.
    """

    requests: int
    window: float
    penalty: float = 0.0
    restarts: bool = False


class Provider(ABC):
    """One simulated provider. It holds no state of its own: state and switches are handed to it with every call."""

    name: str
    """Key in the state, switches, faults, limits and request log."""
    path_segments: tuple[str, ...]
    """First path segments that belong to the provider ("sonetel" for /sonetel/...)."""
    switches: tuple[Switch, ...]
    call_switches: tuple[Switch, ...] = ()
    """Those of `switches` that no request meets, only a caller (README.md, "Calls")."""
    limit_groups: Mapping[str, Limit | None]
    """Every rate-limit group with the limit that holds after a reset (None: unlimited)."""
    secret_names: frozenset[str]
    """Body members and query parameters that the request log masks."""

    @abstractmethod
    def seed(self) -> Record:
        """A new copy of the state that the simulator starts with."""

    @abstractmethod
    def check_state(self, state: Record) -> None:
        """Raise BadInput when `state` is not a complete state of this provider."""

    @abstractmethod
    def limit_group(self, request: Request) -> str:
        """The rate-limit group that a request counts in."""

    def limit_bucket(self, request: Request, state: Record) -> str:
        """Who shares the limit that a request counts in; "" where all share one."""
        return ""

    def limit_headers(self, group: str, limit: Limit, remaining: int, switches: Mapping[str, str | int]) -> Headers:
        """Headers that every answer carries to tell how much of the limit is left."""
        return []

    @abstractmethod
    def too_many_requests(self, retry_after: int) -> Answer:
        """The answer to a request over its limit; `retry_after` in seconds."""

    def lines(self, state: Record) -> Lines | None:
        """What the provider does with calls; None where nobody can call."""
        return None

    @abstractmethod
    def handle(self, request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
        """Answer one request, changing `state` in place."""


def find_providers() -> dict[str, Provider]:
    """All providers by name: every sub-package of `simulator` that has a PROVIDER."""
    packages = [info.name for info in pkgutil.iter_modules(simulator.__path__) if info.ispkg]
    found = [importlib.import_module(f"simulator.{name}").PROVIDER for name in sorted(packages)]
    return {provider.name: provider for provider in found}
