# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Long waits are shown when they begin where the module runs in the worker, and counted in a warning where not."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from system_examples import office
from system_support import PACKAGE, Json, run_module, texts_of

from simulator.harness import Simulator

runner = importlib.import_module(f"{PACKAGE}.module_utils._ansible.runner")


@pytest.fixture
def options(simulator: Simulator, tmp_path: Path) -> Json:
    """An office whose fourth write at RingCentral is refused once, for 40 seconds."""
    found = office("washington", simulator, tmp_path)
    refusal = {"kind": "status", "status": 429, "headers": {"Retry-After": "40", "X-Rate-Limit-Group": "medium"}}
    write = {"provider": "ringcentral", "method": "POST", "path_regex": "forwarding-number", "after": 3}
    simulator.add_faults([{**write, **refusal, "times": 1}])
    return found


def test_where_somebody_sees_it_it_is_shown_when_it_begins(options: Json) -> None:
    lines: list[str] = []

    class InWorker(runner._Module):  # type: ignore[name-defined,misc]
        """The worker's own class would make this process one that prints for itself."""

        def show(self, text: str) -> None:
            lines.append(text)

    with runner.module_is(InWorker):
        result = run_module("office", options)
    assert result.get("failed") is None, result.get("msg")
    (line,) = lines
    assert line.startswith("RingCentral temporarily refused further requests; continuing in 41 s (")
    assert line.endswith(f" of {len(result['changes'])} done)")
    assert not [text for text in texts_of(result) if "Waited" in text]


def test_in_a_process_of_its_own_a_warning_gives_the_total(options: Json) -> None:
    result = run_module("office", options)
    assert result.get("failed") is None, result.get("msg")
    assert [text for text in texts_of(result) if "Waited" in text] == [
        "Waited 41 s because RingCentral refused more requests."
    ]
