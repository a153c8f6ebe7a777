# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the collection's promises share."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ALL_MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))
sys.path[:0] = [str(ROOT), str(ROOT / "tests/tools"), str(ROOT / "tests/system")]

import generate  # noqa: E402

from simulator.harness import Simulator  # noqa: E402
from simulator.ringcentral import seed as ringcentral  # noqa: E402

# All but those whose actions do everything, on the controller.
MODULES = [name for name in ALL_MODULES if name not in generate.BY_HAND]


@cache
def documentation(module: str, block: str) -> Any:
    """Return DOCUMENTATION, EXAMPLES or RETURN of a module, parsed."""
    tree = ast.parse((ROOT / f"plugins/modules/{module}.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == block:
            return yaml.safe_load(ast.literal_eval(node.value))
    raise LookupError(f"{module} has no {block}")


@pytest.fixture(scope="session", autouse=True)
def collections_path() -> Iterator[Path]:
    """The collection can be imported, from one place, during all tests."""
    with generate.collections_path() as path:
        yield path


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    with Simulator() as started:
        yield started


# Reading a whole company again and again takes more requests than RingCentral allows in a minute. Answers tell a higher
# limit: where they tell none, tasks keep to the usual one.
_HIGH = {"requests": 10_000, "window": 60, "penalty": 60}
LIMITS = {"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"), _HIGH)}


def start(simulator: Simulator) -> dict[str, Any]:
    """Reset the simulator, and return what it starts with: the portal says where all calls go, as modules cannot."""
    simulator.reset()
    state = simulator.state()["ringcentral"]
    state["company"]["forward_all"]["extension"] = ringcentral.MESSAGES_ID
    simulator.put_state({"ringcentral": state})
    simulator.set_limits(LIMITS)
    return {"ringcentral": state}


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    start(running_simulator)
    return running_simulator
