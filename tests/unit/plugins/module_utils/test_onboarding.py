# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is said of a run in which something was not tried although nothing failed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._engine.apply import Outcome, Status
from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import Action, Step
from ansible_collections.office.telephony.plugins.module_utils._errors import TelephonyError
from ansible_collections.office.telephony.plugins.module_utils._office.onboarding import (
    _left,
    _refuse_failures,
    outcome,
)

COUNTS = {"create": 1, "update": 0, "delete": 0, "unchanged": 0}


def ended(*statuses: Status, verify: bool) -> dict[str, Any]:
    """The result of a run whose writes came to these ends, and which cannot be read again."""
    steps = [Step(Key(f"{number}"), Action.CREATE, None, {}) for number, _status in enumerate(statuses)]
    outcomes = [Outcome(step, status, {}) for step, status in zip(steps, statuses, strict=True)]

    def unreadable() -> None:
        raise TelephonyError("HTTP 503.")

    work = SimpleNamespace(
        outcomes=outcomes, plan=SimpleNamespace(counts=lambda: COUNTS), table=SimpleNamespace(name="")
    )
    account = SimpleNamespace(title="RingCentral", names=())
    provider: Any = SimpleNamespace(account=account, works=[work], failure=None, verify=unreadable)
    session: Any = SimpleNamespace(office=SimpleNamespace(name="hq"), check_mode=False, sleep=None, cost=lambda: "0 s")
    run: Any = SimpleNamespace(providers=[provider])
    return outcome(session, run, verify=verify)


def test_what_was_not_tried_is_not_called_written() -> None:
    said = ended(Status.APPLIED, Status.NOT_TRIED, verify=True)["msg"]
    assert "1 change not tried" in said
    assert "not everything was written, and what was written could not be verified. HTTP 503." in said
    said = ended(Status.APPLIED, verify=True)["msg"]
    assert "everything was written, but it could not be verified. HTTP 503." in said


@pytest.mark.parametrize(("status", "failed"), [(Status.NOT_TRIED, True), (Status.APPLIED, None)])
def test_what_was_not_tried_is_a_failure_without_a_verification_too(status: Status, failed: bool | None) -> None:
    assert ended(status, verify=False).get("failed") is failed


@pytest.mark.parametrize("on_error", ["stop", "continue"])
def test_what_is_wrong_with_the_only_provider_is_reported_as_it_is(on_error: str) -> None:
    error = TelephonyError("HTTP 503.", next_step="Run again later.")
    run: Any = SimpleNamespace(providers=[SimpleNamespace(account=SimpleNamespace(title="Sonetel"), failure=error)])
    how: Any = SimpleNamespace(on_error=on_error)
    with pytest.raises(TelephonyError) as raised:
        _refuse_failures(run, how)
    assert raised.value is error
    assert str(error) == "HTTP 503. Run again later."


@pytest.mark.parametrize("count", [1, 10, 11])
def test_of_what_still_differs_at_most_ten_are_named(count: int) -> None:
    steps = [SimpleNamespace(key=f"+4684650041{number:02}") for number in range(count)]
    work = SimpleNamespace(
        outcomes=[SimpleNamespace(changed=True)], changes=steps, table=SimpleNamespace(nouns="numbers")
    )
    provider = SimpleNamespace(account=SimpleNamespace(title="Sonetel", names=()), works=[work], verify=lambda: [work])
    waited: list[float] = []
    run: Any = SimpleNamespace(providers=[provider])
    (line,) = _left(run, waited.append)
    assert line.startswith("Sonetel numbers: after all writes, these still differ: +468465004100")
    assert line.count("+46") == min(count, 10)
    assert waited
