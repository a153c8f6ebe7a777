# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random faults on random work: every result tells the truth, and a run without faults finishes.

`FUZZ=10000` plays that many schedules instead of a few hundred, `FUZZ_SEED=7` others, and `FUZZ_ONLY=12,40` those with
these numbers alone, which is how one that failed is played again.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from system_fuzz import KINDS, Fuzz, run

from simulator.harness import Simulator

COUNT, SEED = int(os.environ.get("FUZZ", "330")), int(os.environ.get("FUZZ_SEED", "1"))
ONLY = [int(number) for number in os.environ.get("FUZZ_ONLY", "").split(",") if number]
# Below this, not every kind of fault has its turn often enough to be sure to be met.
ENOUGH = 3 * len(KINDS)


def test_every_result_is_true_and_a_run_without_faults_finishes(
    simulator: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fuzz, failures = Fuzz(simulator, tmp_path), []
    for failure in run(fuzz, SEED, ONLY or range(COUNT)):
        failures.append(failure)
        with capsys.disabled():
            print(f"\nFUZZ_SEED={SEED} {failure}")
    with capsys.disabled():
        print(f"\nFUZZ_SEED={SEED}: {fuzz.figures}")
    assert not failures, f"{len(failures)} schedules of FUZZ_SEED={SEED} failed: " + "\n\n".join(failures)
    if not ONLY and COUNT >= ENOUGH:
        assert not [kind for kind in KINDS if not fuzz.figures.met[kind]]
