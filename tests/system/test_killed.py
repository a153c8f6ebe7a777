# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run that is killed while it writes: whatever it left behind, the next run finishes."""

from __future__ import annotations

import time

import pytest
from system_office import SonetelOffice, settle, writes_by_number
from system_processes import ModuleProcess

from simulator.harness import Simulator

LONGEST = 20


@pytest.mark.parametrize("written", [0, 1, 6])
def test_sigkill_in_mid_write(simulator: Simulator, written: int) -> None:
    office = SonetelOffice(simulator)
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "delay", "seconds": 0.5, "after": written}])
    module = ModuleProcess("sonetel_forwardings", {**office.connection(), "forwardings": office.entries})
    ends = time.monotonic() + LONGEST
    # Until the number of writes has come through and at least one more is on its way.
    while sum(writes_by_number(requests_of(simulator)).values()) <= written:
        assert time.monotonic() < ends
        time.sleep(0.01)
    module.kill()
    now = office.stored()
    done = [number for number in office.goal if now[number] == office.goal[number]]
    assert len(done) == written
    assert all(now[number] in (office.start[number], office.goal[number]) for number in office.goal)
    # What was on its way is carried out although nobody waits for it.
    settle(simulator)
    simulator.clear_faults()
    office.requests()
    office.check_rerun_finishes()


def requests_of(simulator: Simulator) -> list[str]:
    return [f"{entry['method']} {entry['path'].rpartition('/')[2]}" for entry in simulator.requests()]
