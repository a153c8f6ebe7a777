# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the simulator itself takes: how soon it is ready, and how much it answers when it need not wait."""

from __future__ import annotations

import statistics
import time
from typing import Any, NamedTuple

from simulator.crowd import ask_at_once
from simulator.harness import Simulator
from simulator.sonetel import seed

CONNECTIONS = 300
EACH = 10
_PATH = f"/sonetel/account/{seed.ACCOUNT_ID}/phonenumbersubscription/12025550123"
_TOKEN = "tok-bench"


class Rehearsal(NamedTuple):
    """start_seconds: from starting the process to its first accepted connection, the median."""

    start_seconds: float
    requests_a_second: float


def measure(runs: int) -> Rehearsal:
    """Start simulators one after the other, and ask each as fast as it answers."""
    starts, rates = [], []
    for _run in range(runs):
        started = time.monotonic()
        with Simulator() as simulator:
            starts.append(time.monotonic() - started)
            state = simulator.state()
            state["sonetel"]["access_tokens"][_TOKEN] = seed.access_token()
            simulator.put_state(state)
            started = time.monotonic()
            ask_at_once(simulator.url, _PATH, _TOKEN, connections=CONNECTIONS, each=EACH)
            rates.append(CONNECTIONS * EACH / (time.monotonic() - started))
    return Rehearsal(statistics.median(starts), statistics.median(rates))


def line(found: Rehearsal) -> str:
    """One line for people."""
    return (
        f"The simulator is ready after {found.start_seconds:.2f} s, and answers {found.requests_a_second:.0f} requests "
        f"a second over {CONNECTIONS} connections, without the latency of the above."
    )


def document(found: Rehearsal) -> dict[str, Any]:
    """For the JSON file."""
    return found._asdict()
