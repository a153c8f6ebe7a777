# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playing one thing in the positions of the simulator's switches; each stands for a reading of the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations as groups
from itertools import product
from typing import Any

from system_support import FUZZ, Json

from simulator.harness import Simulator

# Nothing converges on what is not shown: test_incomplete.py plays this one.
_LEFT_OUT = "cut"
# What *play* is given for the first turn, in which no switch is moved.
DEFAULT: tuple[str, Any] = ("", None)


def in_every_position(
    simulator: Simulator,
    provider: str,
    play: Callable[[str, Any], None],
    *,
    base: Mapping[str, Any] | None = None,
) -> set[str]:
    """Play in the default positions (those of *base* where it names one), then in each other position of each switch.

    A switch that no answer depended on in the first turn is left alone: the same requests would get the same answers.
    Every turn begins with the provider's state as it is now. Returns the names of the switches that were moved.
    """
    start = {provider: simulator.state()[provider]}
    declared = simulator.switches()[provider]
    usual = {name: switch["values"][0] for name, switch in declared.items()} | dict(base or {})

    def turn(name: str, value: Any) -> None:
        simulator.put_state(start)
        simulator.set_switches({provider: {**usual, name: value} if name else usual})
        simulator.clear_requests()
        try:
            play(name, value)
        except BaseException as error:
            error.add_note(f"{provider}: {name} = {value!r}" if name else f"{provider}: default positions")
            raise

    turn(*DEFAULT)
    read = {name for name, switch in simulator.switches()[provider].items() if switch["read"]} - set(base or {})
    assert read, f"no answer of {provider} depends on a switch"
    for name in sorted(read):
        for value in declared[name]["values"]:
            if value not in (usual[name], _LEFT_OUT):
                turn(name, value)
    return read


def in_all_positions_together(
    simulator: Simulator,
    provider: str,
    play: Callable[[Json], None],
    *,
    alone: Mapping[str, Any],
    base: Mapping[str, Any] | None = None,
) -> None:
    """Play in the default positions, then with many switches moved at once, so that every position has its turn.

    *alone*: positions that leave something else to be expected, each of which has a turn of its own.
    *base*: positions that stay.
    """
    start = {provider: simulator.state()[provider]}
    declared = simulator.switches()[provider]
    usual = {name: switch["values"][0] for name, switch in declared.items()} | dict(base or {})
    others = {
        name: [value for value in switch["values"][1:] if value != _LEFT_OUT and (name, value) not in alone.items()]
        for name, switch in declared.items()
        if name not in (base or {})
    }
    rows: list[Json] = [{}, *({name: value} for name, value in alone.items())]
    for place in range(max(map(len, others.values()))):
        rows.append({name: values[place % len(values)] for name, values in others.items() if values})
    for row in rows:
        simulator.put_state(start)
        simulator.set_switches({provider: usual | row})
        try:
            play(row)
        except BaseException as error:
            error.add_note(f"{provider}: {row}")
            raise


def combinations(**values: Sequence[Any]) -> list[Json]:
    """Combinations of *values* in which any three of them meet; in a long run, all combinations."""
    every = [dict(zip(values, row, strict=True)) for row in product(*values.values())]
    if FUZZ:
        return every

    def threes(row: Json) -> set[Any]:
        return set(groups(row.items(), 3))

    missing = set().union(*map(threes, every))
    chosen = []
    while missing:
        chosen.append(max(every, key=lambda row: len(missing & threes(row))))
        missing -= threes(chosen[-1])
    return chosen
