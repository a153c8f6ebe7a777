# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the call model costs grows as the office does: counted in calls of functions, which no machine makes slower."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable

import pytest
from large_office import Size, Work, lists

# How much more twice as much may cost: logarithms and the sizes of tables leave it a little above 2.
TWICE = 2.15
STAGES = ("compile", "differences", "findings", "report")


def cost(*sizes: Size) -> Counter[str]:
    """How many functions each stage calls for offices of these sizes, of which the first is changed."""
    before = [lists(size, place=place) for place, size in enumerate(sizes)]
    made: Counter[str] = Counter()
    for name, stage in Work(before, [lists(sizes[0], changed=True), *before[1:]]).stages():
        made[name] = _calls(stage)
    return made


def _calls(stage: Callable[[], object]) -> int:
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        stage()
    finally:
        sys.setprofile(None)
    return counted


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """What is imported, and kept for ever, is no cost of an office."""
    cost(Size.of(400))


def test_an_office_that_is_twice_as_large_costs_twice_as_much() -> None:
    small, large = cost(Size.of(200)), cost(Size.of(400))
    growth = {name: large[name] / small[name] for name in STAGES}
    assert max(growth.values()) < TWICE, growth


def test_twice_as_many_offices_cost_twice_as_much() -> None:
    some, more = (cost(*[Size.of(50)] * count) for count in (4, 8))
    growth = {name: more[name] / some[name] for name in STAGES}
    assert max(growth.values()) < TWICE, growth


def test_a_menu_behind_many_numbers_is_worked_out_once() -> None:
    """Every menu leads to all others; so a number would cost more where there are more of them."""

    def of_one_more(menus: int) -> dict[str, float]:
        size = Size(200, menus, 10, 0)
        few, many = cost(size), cost(size._replace(numbers=300))
        return {name: (many[name] - few[name]) / 100 for name in STAGES}

    few, many = of_one_more(10), of_one_more(100)
    assert all(many[name] < 1.5 * few[name] for name in STAGES), (few, many)
