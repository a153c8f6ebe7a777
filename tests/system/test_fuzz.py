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
from random import Random

import pytest
from system_fuzz import KINDS, Fault, Fuzz, Schedule, run
from system_fuzz_accounts import ACCOUNTS, ForwardingNumbers, Voiceapps
from system_hostile import Front
from system_support import assert_clear

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


@pytest.mark.parametrize("kind", ["duplicate_delivery", "duplicate_delivery_first_answer"])
@pytest.mark.parametrize("start", "abc")
def test_a_forwarding_number_whose_creation_is_delivered_twice_is_made_once(
    simulator: Simulator, tmp_path: Path, kind: str, start: str
) -> None:
    """RingCentral refuses the second one, and that answer is all that comes back."""
    fuzz = Fuzz(simulator, tmp_path)
    fuzz.play(Schedule(ACCOUNTS.index(ForwardingNumbers), start, (Fault(kind, times=None, method="POST"),)))
    assert fuzz.figures.met[kind]
    assert set(fuzz.figures.statuses) == {"applied"}


def test_a_voice_app_whose_creation_is_delivered_twice_is_not_mistaken_for_the_other(
    simulator: Simulator, tmp_path: Path
) -> None:
    """Sonetel makes both, and no answer tells: the next run names them instead of choosing one."""
    account = Voiceapps(simulator, Random("0"), tmp_path)
    account.wishes = {"voiceapps": [{"name": "Alpha", "type": "menu"}], "prompts": []}
    account.prepare()
    with Front(simulator.url) as front:
        front.plan = lambda seen: "duplicate_delivery" if seen.path.endswith("/voiceapp") else "fine"
        made = account.run(api_url=front.through(simulator.sonetel_api_url))
    assert [entry["status"] for entry in made["results"]] == ["applied"]
    again = account.run()
    assert_clear(again, "2 voice apps have this name", "give app_id")
    assert again["changed"] is False
