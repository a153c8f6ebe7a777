# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sliding window and its penalty, on a clock that tests move."""

from __future__ import annotations

import pytest

from simulator.limits import Limits
from simulator.provider import find_providers


# Each step: seconds on the clock, and what a request gets (None: passes; else the seconds to wait).
@pytest.mark.parametrize(
    ("limit", "steps"),
    [
        ({"requests": 2, "window": 10}, [(0, None), (4, None), (5, 5), (9.5, 1), (10, None), (10, 4), (14, None)]),
        ({"requests": 1, "window": 10, "penalty": 30}, [(0, None), (1, 30), (15, 16), (30.5, 1), (31, None)]),
        ({"requests": 1, "window": 60, "penalty": 1}, [(0, None), (1, 59), (60, None)]),
        (None, [(0, None), (0, None), (0, None)]),
    ],
    ids=["window", "penalty", "window longer than penalty", "unlimited"],
)
def test_window_and_penalty(limit: object, steps: list[tuple[float, int | None]]) -> None:
    now = 0.0
    limits = Limits(find_providers(), clock=lambda: now)
    limits.set({"sonetel": {"default": limit}})
    for now, expected in steps:
        assert limits.refuse("sonetel", "default") == expected, f"at {now} s"


def test_row_14_at_ringcentral_a_request_in_the_penalty_restarts_it() -> None:
    now = 0.0
    limits = Limits(find_providers(), clock=lambda: now)
    limits.set({"ringcentral": {"light": {"requests": 1, "window": 10, "penalty": 30}}})
    for now, expected in ((0, None), (1, 30), (20, 30), (49, 30), (78, 30), (108, None)):
        assert limits.refuse("ringcentral", "light") == expected, f"at {now} s"
