# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The office that is measured: its numbers, where they shall go, and how the simulator and the inventory hold that."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import phonenumbers

from simulator.harness import Simulator
from simulator.sonetel import seed

ELSEWHERE = "+12025550144"
_PER_AREA = 100


@lru_cache
def desired(count: int) -> dict[str, str]:
    """`{number: destination}` in E.164, all different, so that nobody gains by remembering a number."""
    numbers = [f"+{record['phnum']}" for record in seed.numbers(count)]
    return dict(zip(numbers, _destinations(set(numbers), count), strict=True))


def state(count: int, *, drifted: bool) -> dict[str, Any]:
    """A simulator's state in which all numbers go where they shall, or all of them elsewhere."""
    whole = seed.state_with_numbers(count, connect_to_type="phnum", connect_to=ELSEWHERE)
    if not drifted:
        for number, destination in desired(count).items():
            _numbers(whole)[number[1:]]["connect_to"] = destination
    return whole


def strays(present: dict[str, Any], count: int) -> list[str]:
    """The numbers that do not go where they shall in a simulator's state."""
    records = _numbers(present)
    right = {number: ("phnum", destination) for number, destination in desired(count).items()}
    return [
        number
        for number, pair in right.items()
        if (records[number[1:]]["connect_to_type"], records[number[1:]]["connect_to"]) != pair
    ]


def credentials(simulator: Simulator) -> dict[str, str]:
    """The environment variables with which the modules find the simulator's account."""
    return {**simulator.environment, "SONETEL_ACCOUNT_ID": seed.ACCOUNT_ID}


def write_inventory(folder: Path, count: int) -> None:
    """Write an inventory with one host whose host variables hold the list, in YAML as people write it."""
    (folder / "host_vars").mkdir(parents=True, exist_ok=True)
    interpreter = "{{ ansible_playbook_python }}"
    host = f'office ansible_connection=local ansible_python_interpreter="{interpreter}"\n'
    (folder / "hosts.ini").write_text(host)
    lines = [
        f'  - number: "{number}"\n    destination:\n      phone: "{destination}"\n'
        for number, destination in desired(count).items()
    ]
    (folder / "host_vars" / "office.yml").write_text("---\nforwardings:\n" + "".join(lines))


def _destinations(numbers: set[str], count: int) -> list[str]:
    """US numbers in the range reserved for fiction, in area codes that have no number of the office."""
    taken = {number[2:5] for number in numbers}
    found: list[str] = []
    for area in range(989, 200, -1):
        first = f"+1{area}5550100"
        if str(area) not in taken and phonenumbers.is_valid_number(phonenumbers.parse(first)):
            found += [f"+1{area}55501{index:02d}" for index in range(_PER_AREA)]
        if len(found) >= count:
            return found[:count]
    raise ValueError(f"there are only {len(found)} destinations, not {count}")


def _numbers(whole: dict[str, Any]) -> dict[str, Any]:
    numbers: dict[str, Any] = whole["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    return numbers
