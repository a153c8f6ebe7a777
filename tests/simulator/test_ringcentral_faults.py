# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults at the simulated RingCentral: creations whose answer is lost (docs/providers/ringcentral.md 13 and 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.simulator.ringcentral_client import INTERACTION_RULES, LIST, OTHER, RULES, RingCentralClient, ending

if TYPE_CHECKING:
    from simulator.harness import Simulator

_CALLER = {"type": "Interaction", "from": [{"phoneNumber": "+16505550160"}], "to": []}
_CREATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "forwarding number": (LIST, OTHER),
    "answering rule": (RULES, {"type": "Custom", "name": "VIP", "callers": [{"callerId": "+16505550160"}]}),
    "interaction rule": (
        INTERACTION_RULES,
        {
            "displayName": "VIP",
            "enabled": True,
            "conditions": [_CALLER],
            "dispatching": {"type": "Terminate", "actions": [ending()]},
        },
    ),
}


@pytest.mark.parametrize("what", _CREATIONS)
def test_row_61_a_lost_answer_and_a_refusal_are_distinguished_by_the_state(
    simulator: Simulator, owner: RingCentralClient, what: str
) -> None:
    path, body = _CREATIONS[what]
    simulator.set_switches({"ringcentral": {"migrated": "yes" if what == "interaction rule" else "no"}})
    count = len(owner.ok("GET", path)["records"])
    fault = {"provider": "ringcentral", "method": "POST", "times": 1}
    simulator.add_faults([{**fault, "kind": "drop_after"}])
    with pytest.raises(requests.ConnectionError):
        owner("POST", path, json=body)
    assert len(owner.ok("GET", path)["records"]) == count + 1  # it was applied
    again = {**body, "label": "Second"}
    simulator.add_faults([{**fault, "kind": "status_after", "status": 502}])
    assert owner("POST", path, json=again).status_code == 502
    assert len(owner.ok("GET", path)["records"]) == count + 2
    busy = {**fault, "kind": "status", "status": 503, "headers": {"Retry-After": "2"}}
    simulator.add_faults([busy])
    refused = owner("POST", path, json={**body, "label": "Third"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    assert len(owner.ok("GET", path)["records"]) == count + 2  # nothing was applied
    assert owner("POST", path, json={**body, "label": "Third"}).ok
