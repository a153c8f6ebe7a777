# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The step that runs the roles' molecule scenarios."""

from __future__ import annotations

import re
import shutil

from workplace import Counts, StepFailed, Workplace

# prepare, converge, idempotence, verify, cleanup
_ACTIONS = 5


def molecule(place: Workplace) -> str:
    """Every scenario, two at a time; each role must have one."""
    python = place.venv("molecule", "molecule")
    scenarios = {file.parent.name for file in (place.checkout / "extensions" / "molecule").glob("*/molecule.yml")}
    roles = {folder.name for folder in (place.checkout / "roles").iterdir()}
    if scenarios != roles:
        raise StepFailed(f"roles without a scenario, or the other way round: {', '.join(sorted(scenarios ^ roles))}")
    # What a scenario that was cut off has left would count as prepared.
    shutil.rmtree(place.home / ".ansible", ignore_errors=True)
    env = {"ANSIBLE_COLLECTIONS_PATH": str(place.collections_path), "ANSIBLE_HOME": str(place.home / ".ansible")}
    said = place.run(python, [python.parent / "molecule", "test", "--all", "--workers", "2"], env=env)
    recap = re.findall(r"^(\w+) +: actions=\d+ +successful=(\d+) .*failed=0 *$", said, re.MULTILINE)
    done = {name for name, actions in recap if int(actions) == _ACTIONS}
    place.count(Counts(passed=len(done), failed=len(scenarios - done)))
    if scenarios != done:
        raise StepFailed(f"not carried out as a whole: {', '.join(sorted(scenarios - done))}")
    return f"{len(done)} scenarios"
