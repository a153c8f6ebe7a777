# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module says of random calls into random offices is what the simulator's player makes of them.

So are the calls that show findings. `FUZZ=1000` plays that many offices instead of a few, `FUZZ_SEED=7` others, and
`FUZZ_ONLY=12,40` those with these numbers alone.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from system_judge import Judge, modelled
from system_judged_offices import Office
from system_shown_findings import contradiction, watched
from system_support import FUZZ

from simulator.calls import every_play
from simulator.harness import Simulator

COUNT, SEED = FUZZ or 24, int(os.environ.get("FUZZ_SEED", "1"))
ONLY = [int(number) for number in os.environ.get("FUZZ_ONLY", "").split(",") if number]
CALLS = 20


def test_the_model_agrees_with_the_player(simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    judge, failures = Judge(), []
    shown: Counter[str] = Counter()
    today = datetime.now(UTC).replace(tzinfo=None)
    for number in ONLY or range(COUNT):
        which = f"FUZZ_SEED={SEED} FUZZ_ONLY={number}"
        office = Office(Random(f"{SEED} {number}"), today)
        calls = office.calls(CALLS)
        with watched() as found:
            result = modelled(simulator, office, calls)
        for call, answer in zip(calls, result["routes"], strict=True):
            if text := judge.disagreement(office, call, answer):
                failures.append("\n  ".join([f"{which} {call}", text, *answer["lines"]]))
        for finding, played in found.calls():
            shown[finding.fault.code] += 1
            plays = every_play(office.state, {**played, "zone": office.zone}, office.positions)
            if text := contradiction(finding, played, plays):
                failures.append(f"{which} {text}")
    figures = judge.figures
    with capsys.disabled():
        print(f"\nFUZZ_SEED={SEED}: {dict(figures.most_common())}; findings that were shown: {dict(shown)}")
    assert not failures, "\n\n".join(failures)
    # What is compared says something: most calls are certain, and every end has its turn.
    if not ONLY and COUNT >= 24:
        assert figures["calls"] == COUNT * CALLS
        assert figures["sure"] > figures["calls"] / 3
        assert figures["open"] > figures["calls"] / 5
        assert sum(number for name, number in figures.items() if name.startswith("unknown")) < figures["calls"] / 20
        assert {"person", "outside", "voicemail", "flow", "hang_up", "nowhere", "loop"} <= set(figures)
        assert min(shown[code] for code in ("loop", "dead-end", "nobody")) > 0
