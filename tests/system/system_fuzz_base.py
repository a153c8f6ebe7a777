# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the fuzzer works on, whatever the provider: an account, a desired state for it, and what is true."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from system_support import Json, SkippingClock, run_module

from simulator.harness import Simulator


class FuzzedAccount(ABC):
    """One account, and a desired state for it: *items*, which the plural module takes.

    `prepare` brings the simulator there. `held` is what the account holds for an item, in a form that can be compared;
    `right` whether that is what the item says, None where only the module itself can tell.
    """

    provider: ClassVar[str]
    module: ClassVar[str]
    # Options that hold the items, in the order in which results show them.
    lists: ClassVar[tuple[str, ...]]
    # Switches of which any combination leaves the desired state reachable.
    switches: ClassVar[dict[str, tuple[Any, ...]]] = {}
    # Members of the provider's state that change by reading and logging in.
    volatile: ClassVar[tuple[str, ...]] = ()
    # The methods of its writes, one after the other as often as it has them.
    writing: ClassVar[tuple[str, ...]] = ("PUT",)
    # Whether what is not answered may be known from a journal alone.
    readable: ClassVar[bool] = True

    def __init__(self, simulator: Simulator, random: Random, folder: Path) -> None:
        self.simulator = simulator
        self.folder = folder
        self.positions = {
            name: random.choice(values) for name, values in self.switches.items() if random.random() < 0.3
        }
        self.entries: dict[str, list[Json]] = self.draw(random)

    @property
    def items(self) -> list[tuple[str, Json]]:
        return [(name, item) for name in self.lists for item in self.entries[name]]

    @abstractmethod
    def draw(self, random: Random) -> dict[str, list[Json]]:
        """A desired state, by option."""

    def prepare(self) -> None:
        """The account as it is at first."""
        self.simulator.reset()
        self.simulator.set_switches({self.provider: self.positions})
        state = self.simulator.state()
        self.plant(state[self.provider])
        self.simulator.put_state({self.provider: state[self.provider]})

    def plant(self, state: Json) -> None:  # noqa: B027 - some begin with the default state
        """Change the default state to that in which the account is at first."""

    @abstractmethod
    def connection(self) -> Json:
        """Options that reach the account; `urls` names those that lead through a front."""

    urls: ClassVar[tuple[str, ...]] = ("api_url",)

    def settle(self) -> None:  # noqa: B027 - most show at once what was written
        """Let pass what a provider needs to show what was written."""

    def run(self, *, check: bool = False, clock: SkippingClock | None = None, **options: Any) -> Json:
        given = {**self.connection(), **self.entries, **options}
        return run_module(self.module, given, check=check, clock=clock or SkippingClock())

    def state(self) -> Json:
        """All that the provider holds for its accounts."""
        state: Json = self.simulator.state()[self.provider]
        return {name: value for name, value in state.items() if name not in self.volatile}

    @abstractmethod
    def held(self, state: Json, kind: str, item: Json) -> Any:
        """What *state* holds for an item."""

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        """Whether that is what the item says."""
        return None

    def twice(self, state: Json) -> list[str]:
        """What exists twice, although nobody desired it to."""
        return []

    def writes(self) -> list[str]:
        """The writes since the log was emptied."""
        return [
            f"{entry['method']} {entry['path']}"
            for entry in self.simulator.requests()
            if entry["method"] != "GET" and "/oauth" not in entry["path"]
        ]


def plainly(value: Any) -> str:
    """A value as text that can be compared and shown."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
