# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guides show as output is what the playbooks print."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from shown import guide
from system_examples import connections
from system_playbooks import Playbooks
from system_support import run_module

from simulator.harness import Simulator
from simulator.sonetel import seed

OFFICE = "lund"


@pytest.fixture
def playbooks(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    return Playbooks(simulator, tmp_path, collections_path)


def lines(playbooks: Playbooks, job: str, *arguments: str, office: str = OFFICE) -> list[str]:
    """Run a job, and return what it prints about the office."""
    run = playbooks.run(job, *arguments, "-e", "office_state_directory=state")
    assert office in run.messages(), run.text
    return run.messages()[office]


def edited(text: str, difference: str) -> str:
    """Return *text* with the hunks of a difference applied; a line of dots is between two hunks."""
    for hunk in difference.split("\n...\n"):
        old, new = ("\n".join(line[1:] for line in hunk.splitlines() if line[0] in kind) for kind in (" -", " +"))
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_reading_a_plan(playbooks: Playbooks, simulator: Simulator, tmp_path: Path) -> None:
    office, *others = guide("reading_a_plan")
    variables = {name.removeprefix("office_"): value for name, value in yaml.safe_load(office.text).items()}
    run_module("office", {"office": OFFICE, **variables, **connections(simulator, tmp_path)})
    differences = [block.text for block in others if block.language == "diff"]
    outputs = [block.text for block in others if block.language == "text"]
    assert len(differences) == len(outputs) == 3
    for difference, output in zip(differences, outputs, strict=True):
        playbooks.offices(**{OFFICE: edited(office.text, difference)})
        assert lines(playbooks, "onboard", "--check") == output.splitlines()


def test_a_file_with_errors(playbooks: Playbooks) -> None:
    wrong, errors = next(pair for pair in pairwise(guide("office_file")) if "malmo" in pair[0].text)
    playbooks.offices(malmo=wrong.text)
    assert lines(playbooks, "validate", office="malmo") == errors.text.splitlines()


def test_verifying(playbooks: Playbooks, simulator: Simulator) -> None:
    office, *others = guide("call_tests")
    right, wrong = [block.text for block in others if block.language == "text"]
    playbooks.offices(**{OFFICE: office.text})
    # The messages are those of the last job.
    assert lines(playbooks, "onboard verify") == right.splitlines()
    state = simulator.state()
    record = state["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]["46846500416"]
    record.update(connect_to_type="phnum", connect_to="+12025550144")
    simulator.put_state(state)
    assert lines(playbooks, "verify") == wrong.splitlines()


def test_getting_started(playbooks: Playbooks) -> None:
    blocks = [block for block in guide("getting_started") if block.language in ("yaml", "text")]
    _folder, _shared, _doctor, office, plan, second = [block.text for block in blocks]
    playbooks.offices(stockholm=office)
    assert lines(playbooks, "onboard", "--check", office="stockholm") == plan.splitlines()
    # The messages are those of the last job.
    assert lines(playbooks, "onboard onboard", office="stockholm") == second.splitlines()
