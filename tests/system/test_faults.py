# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every fault at every request of a run: the result is truthful, nothing is repeated too often, a re-run finishes."""

from __future__ import annotations

from typing import Any

import pytest
from system_office import SonetelOffice, settle, writes_by_number
from system_support import FUZZ, Json, SkippingClock, assert_clear, leaks

from simulator.harness import Simulator

# One login, three lists (numbers, team members, voice apps), and a write for each number.
READING = 4
NUMBERS = 5
POSITIONS = READING + NUMBERS
ATTEMPTS = 4
DELAY = 0.25
TIMEOUT = 0.1

KINDS: dict[str, Json] = {
    "http_500": {"kind": "status", "status": 500},
    "http_503": {"kind": "status", "status": 503, "headers": {"Retry-After": "7"}},
    "http_429": {"kind": "status", "status": 429, "headers": {"Retry-After": "7"}},
    "http_404": {"kind": "status", "status": 404},
    "delay": {"kind": "delay", "seconds": DELAY},
    "drop_before": {"kind": "drop_before"},
    "drop_after": {"kind": "drop_after"},
    "garbage": {"kind": "garbage"},
    "truncate": {"kind": "truncate"},
}
# What one occurrence of the fault does to the task. Reading is repeated for all but refusals and unreadable answers;
# of the writes, those stay undone that were refused.
SURVIVED = {"http_500", "http_503", "http_429", "delay", "drop_before", "drop_after", "truncate"}
SURVIVED_BY_WRITES = SURVIVED | {"garbage"}


def _faults(times: str) -> list[Any]:
    """Each kind at each request, "once" and "from then on" by turns; in a long run both."""
    return [
        pytest.param(kind, position, id=f"{kind}-{position}")
        for turn, kind in enumerate(KINDS)
        for position in range(POSITIONS)
        if FUZZ or ("once", "from then on")[(turn + position) % 2] == times
    ]


def plant(simulator: Simulator, kind: str, **scope: Any) -> Json:
    """Plant a fault and return the options under which it takes effect quickly."""
    simulator.add_faults([{"provider": "sonetel", **KINDS[kind], **scope}])
    return {"timeout": TIMEOUT} if kind == "delay" else {}


@pytest.mark.parametrize(("kind", "position"), _faults("once"))
def test_once(simulator: Simulator, kind: str, position: int) -> None:
    office = SonetelOffice(simulator, NUMBERS)
    result = office.run(**plant(simulator, kind, after=position, times=1))
    if kind == "delay":
        settle(simulator)
    writes = writes_by_number(office.requests())
    assert not leaks(result["printed"])
    if position < READING and kind not in SURVIVED:
        assert_clear(result, "HTTP")
        assert office.stored() == office.start
        assert (result["changed"], dict(writes)) == (False, {})
    else:
        office.check_account(result)
        survived = kind in (SURVIVED if position < READING else SURVIVED_BY_WRITES)
        assert bool(result.get("failed")) is not survived
        if kind == "delay":
            # On a busy machine other requests may be late as well.
            assert max(writes.values()) <= ATTEMPTS
        else:
            assert sum(writes.values()) <= POSITIONS - READING + 1
    office.check_rerun_finishes()


@pytest.mark.parametrize(("kind", "position"), _faults("from then on"))
def test_from_then_on(simulator: Simulator, kind: str, position: int) -> None:
    office = SonetelOffice(simulator, NUMBERS)
    clock = SkippingClock()
    result = office.run(clock=clock, **plant(simulator, kind, after=position))
    if kind == "delay":
        settle(simulator)
    writes = writes_by_number(office.requests())
    assert_clear(result)
    if position < READING:
        assert office.stored() == office.start
        assert (result["changed"], dict(writes)) == (False, {})
    else:
        office.check_account(result)
        assert max(writes.values()) <= (ATTEMPTS if kind in SURVIVED else 1)
    if kind in ("http_503", "http_429"):
        assert min(clock.naps) >= 6.9
    simulator.clear_faults()
    office.check_rerun_finishes()


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "http_500", "garbage", "truncate"])
def test_writes_fail_but_reading_works(simulator: Simulator, kind: str) -> None:
    """The account can be read afterwards, so that it is known what became of the writes."""
    office = SonetelOffice(simulator, NUMBERS)
    result = office.run(**plant(simulator, kind, method="PUT"))
    statuses = {item["status"] for item in result["results"]}
    assert statuses <= ({"failed", "not_tried"} if kind in ("drop_before", "http_500") else {"applied"})
    office.check_account(result)
    simulator.clear_faults()
    office.check_rerun_finishes()


def test_a_write_that_nobody_answered_in_time_may_be_carried_out_later(simulator: Simulator) -> None:
    """The number still shows its old destination when it is looked up, and changes afterwards."""
    office = SonetelOffice(simulator, 1, named=False)
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "delay", "seconds": 0.5}])
    result = office.run(timeout=0.05)
    assert office.stored() == office.start
    assert_clear(result, "no answer within", "possibly applied")
    settle(simulator)
    assert office.stored() == office.goal
    office.check_account(result)


@pytest.mark.parametrize(
    "second",
    [
        {"kind": "status", "status": 404},
        {"kind": "status", "status": 403},
        {"kind": "status", "status": 401},
        {"kind": "status", "status": 429},
        {"kind": "status", "status": 302, "headers": {"Location": "https://login.example.org/"}},
        {"kind": "status", "status": 200, "body": {"status": "failed", "response": {"detail": "No"}}},
    ],
)
def test_a_write_in_doubt_stays_in_doubt_when_its_repetition_is_refused(simulator: Simulator, second: Json) -> None:
    """The first attempt was carried out without an answer; the refusal of the second one says nothing about it."""
    office = SonetelOffice(simulator, 1, named=False)
    number = {"provider": "sonetel", "method": "PUT"}
    simulator.add_faults([{**number, "kind": "drop_after", "times": 1}, {**number, **second}])
    result = office.run()
    office.check_account(result)
    assert [item["status"] for item in result["results"]] == ["applied"]


def test_what_sonetel_shows_after_a_write_decides(simulator: Simulator) -> None:
    """An answer that says success, and a number that is not as asked: not reported as applied."""
    office = SonetelOffice(simulator, 1, named=False)
    record = simulator.state()["sonetel"]["accounts"]["301234567"]["numbers"]["12015550100"]
    body = {"resource": "phonenumbersubscription", "status": "success", "response": record}
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "status", "status": 200, "body": body}])
    result = office.run()
    assert_clear(result, "accepted the write", "+12025550144")
    assert [item["status"] for item in result["results"]] == ["failed"]
    assert result["changed"] is False
    assert office.requests() == [
        "POST token",
        "GET phonenumbersubscription",
        "PUT 12015550100",
        "GET 12015550100",
    ]


@pytest.mark.parametrize(
    "answer", [{}, {"status": "success", "response": {}}, {"status": "success"}, [], "done", {"response": None}, 7]
)
def test_an_answer_to_a_write_without_the_number_is_looked_up(simulator: Simulator, answer: object) -> None:
    office = SonetelOffice(simulator, 2, named=False)
    simulator.add_faults(
        [{"provider": "sonetel", "method": "PUT", "kind": "status", "status": 200, "body": answer, "times": 1}]
    )
    result = office.run()
    office.check_account(result)
    assert_clear(result)
    assert sorted(item["status"] for item in result["results"]) in (["applied", "failed"], ["applied", "unknown"])
