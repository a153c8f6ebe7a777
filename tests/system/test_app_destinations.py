# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Numbers that go to voice apps, under every reading of how Sonetel takes and shows that."""

from __future__ import annotations

import pytest
from system_office import SonetelOffice
from system_support import FUZZ, Json, assert_clear

from simulator.harness import Simulator

APPS = {"Reception": "VAq7k2m9x1za", "Sales voicemail": "VAm1b8c5d2ef", "Main menu": "VAd4f6g8h0jk"}
# How many writes three numbers cost: one more where the first of them finds out that an object is not taken.
WRITES = {"shown": 3, "object": 3, "either": 3, "id": 4, "object_ignored": 4}


def _office(simulator: Simulator, written: str, answers: str = "object") -> SonetelOffice:
    office = SonetelOffice(simulator, len(APPS), named=False)
    simulator.set_switches({"sonetel": {"app_destination_written": written, "app_destination": answers}})
    office.entries = [
        {"number": number, "destination": {"voiceapp": name}} for number, name in zip(office.goal, APPS, strict=True)
    ]
    return office


def _apps(office: SonetelOffice) -> list[str]:
    return [to["app_id"] if isinstance(to, dict) else f"{kind} {to}" for kind, to in office.stored().values()]


def _puts(office: SonetelOffice) -> int:
    return len([request for request in office.requests() if request.startswith("PUT")])


@pytest.mark.parametrize("answers", ["object", "id"])
@pytest.mark.parametrize("written", WRITES)
def test_every_reading_converges(simulator: Simulator, written: str, answers: str) -> None:
    office = _office(simulator, written, answers)
    predicted = office.run(check=True)
    assert _puts(office) == 0

    applied = office.run()
    assert (applied.get("msg"), applied["changed"]) == (None, True)
    assert [item["status"] for item in applied["results"]] == ["applied"] * 3
    assert _apps(office) == list(APPS.values())
    assert _puts(office) == WRITES[written]
    assert predicted["plan"] == applied["plan"]

    for check in (True, False):
        again = office.run(check=check)
        assert (again.get("msg"), again["changed"]) == (None, False)
    assert _puts(office) == 0


@pytest.mark.parametrize("written", WRITES)
def test_other_settings_are_written_along(simulator: Simulator, written: str) -> None:
    office = _office(simulator, written)
    office.entries = [{**entry, "show": "called", "renewal": "1y"} for entry in office.entries]
    assert office.run().get("msg") is None
    assert _apps(office) == list(APPS.values())
    assert office.run()["changed"] is False


@pytest.mark.parametrize("written", ["object", "id"])
def test_what_both_spellings_are_refused_for_is_said_once(simulator: Simulator, written: str) -> None:
    """The voice app is deleted after it was found; the first refusal is the one that is shown."""
    office = _office(simulator, written)
    office.entries = office.entries[:1]
    simulator.add_faults(
        [
            {
                "provider": "sonetel",
                "method": "PUT",
                "kind": "status",
                "status": 200,
                "times": 1,
                "body": _refused("a"),
            },
            {
                "provider": "sonetel",
                "method": "PUT",
                "kind": "status",
                "status": 200,
                "times": 1,
                "body": _refused("b"),
            },
        ]
    )
    result = office.run()
    assert_clear(result, "No such voice app a")
    assert ([item["status"] for item in result["results"]], result["changed"]) == (["failed"], False)
    assert _apps(office)[0] == "phnum +12025550144"
    assert _puts(office) == 2


@pytest.mark.parametrize(("status", "puts"), [(404, 1), (403, 1), (400, 2)])
def test_a_refusal_that_is_not_about_the_body_is_not_answered_by_another_spelling(
    simulator: Simulator, status: int, puts: int
) -> None:
    office = _office(simulator, "object")
    office.entries = office.entries[:1]
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "status", "status": status}])
    result = office.run()
    assert ([item["status"] for item in result["results"]], result["changed"]) == (["failed"], False)
    assert _puts(office) == puts


LOST = [
    pytest.param(written, after, kind, id=f"{written}-{after}-{kind}")
    for turn, written in enumerate(("id", "object_ignored"))
    for after in range(5)
    for place, kind in enumerate(("drop_after", "drop_before", "garbage", "truncate"))
    # In a short run by turns: each kind at each write of one of the readings.
    if FUZZ or (turn + after + place) % 2
]


@pytest.mark.parametrize(("written", "after", "kind"), LOST)
def test_a_lost_answer_while_the_spelling_is_found_out(
    simulator: Simulator, written: str, after: int, kind: str
) -> None:
    office = _office(simulator, written)
    fault = {"provider": "sonetel", "method": "PUT", "kind": kind, "after": after, "times": 1}
    simulator.add_faults([fault])
    result = office.run()
    for item, (number, app_id) in zip(result["results"], zip(office.goal, APPS.values(), strict=True), strict=True):
        kind_, to = office.stored()[number]
        there = kind_ == "app" and to["app_id"] == app_id
        assert item["status"] in (("applied",) if there else ("failed", "unknown", "not_tried")), result["msg"]
    assert result["changed"] is any(kind_ == "app" for kind_, _to in office.stored().values())
    simulator.clear_faults()
    assert office.run().get("msg") is None
    assert _apps(office) == list(APPS.values())


def _refused(text: str) -> Json:
    content = {"code": "19990203", "detail": f"No such voice app {text}"}
    return {"resource": "phonenumbersubscription", "status": "failed", "response": content}
