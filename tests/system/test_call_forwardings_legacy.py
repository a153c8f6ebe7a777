# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's call forwarding over legacy answering rules: their forwarding numbers, and what they cannot do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from system_calls import BACK_ENDS, INFO, WEEK, apply, migrate, office_of, writes
from system_ringcentral import RingCentralOffice
from system_support import Json, assert_clear, texts_of

from simulator.harness import Simulator
from simulator.ringcentral import seed


def _legacy_numbers(office: RingCentralOffice, numbers: Sequence[Json], rung: Sequence[str]) -> None:
    """Give extension 101 forwarding numbers that the modules would not make, and let work hours ring some of them."""
    state = office.simulator.state()
    extension = state["ringcentral"]["extensions"][seed.OWNER_ID]
    extension["forwarding_numbers"].update({number["id"]: number for number in numbers})
    forwarding = extension["answering_rules"]["business-hours-rule"]["forwarding"]
    forwarding["rules"] += [{"ringCount": 4, "forwardingNumbers": [key]} for key in rung]
    office.simulator.put_state(state)


def _rung_by_legacy(office: RingCentralOffice) -> list[list[str]]:
    extension = office.simulator.state()["ringcentral"]["extensions"][seed.OWNER_ID]
    rules = extension["answering_rules"]["business-hours-rule"]["forwarding"]["rules"]
    return [rule["forwardingNumbers"] for rule in rules]


def _line(key: str, device: str, label: str) -> Json:
    number = seed.forwarding_number(key, "+16505550112", label, "PhoneLine")
    return {**number, "device": {"id": device}}


_APPS_OF_BEN = {
    "id": "500000010",
    "label": "Ben's apps",
    "type": "ExtensionApps",
    "features": [],
    "extension": {"id": seed.READER_ID, "name": "Ben", "extensionNumber": "102"},
}
_TWICE = [
    seed.forwarding_number("500000011", "+16505550100", "A"),
    seed.forwarding_number("500000012", "+16505550100", "B"),
    seed.forwarding_number("500000013", "+16505550101", "C"),
]


@pytest.mark.parametrize("inactive", ["on_request", "always", "never"])
@pytest.mark.parametrize(
    ("numbers", "rung", "warned"),
    [
        ([_APPS_OF_BEN], ["500000010"], "which has no phone number"),
        (_TWICE, ["500000011", "500000013", "500000012"], "two forwarding numbers +16505550100"),
        (_TWICE, ["500000012"], ""),
        ([_line("500000021", "800000021", "Yealink"), _line("500000022", "800000022", "Yealink")], ["500000022"], ""),
    ],
    ids=["without number", "both of a number", "one of a number", "devices of one name"],
)
def test_legacy_rules_keep_the_forwarding_numbers_that_they_ring(
    simulator: Simulator, tmp_path: Path, numbers: list[Json], rung: list[str], warned: str, inactive: str
) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    migrate(office, "no", inactive_numbers=inactive)
    _legacy_numbers(office, numbers, rung)
    before = _rung_by_legacy(office)
    read = office.run(INFO, extensions=["101"])
    assert warned in str(texts_of(read))
    found = next(item for item in read["call_forwardings"] if item["hours"] == "work")
    assert ("ring" in found, "ring_mode" in found) == (not warned, not warned)
    again = apply(office, read["call_forwardings"])
    assert (again.get("msg"), again["changed"]) == (None, False)
    for change in ({"then": {"extension": "102"}}, {"ring_mode": "at_once"}):
        done = apply(office, [{"extension": "101", "hours": "work", **change}])
        assert (done.get("msg"), done["changed"]) == (None, True)
        assert sorted(_rung_by_legacy(office)) == sorted(before)
        assert apply(office, [{"extension": "101", "hours": "work", **change}])["changed"] is False


def test_a_number_that_is_listed_twice_rings_where_it_rings_already(simulator: Simulator, tmp_path: Path) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    _legacy_numbers(office, _TWICE, ["500000012"])
    item = {"extension": "101", "hours": "work", "ring": [{"phone_numbers": ["+16505550100"]}]}
    assert "msg" not in apply(office, [item])
    assert _rung_by_legacy(office) == [["500000012"]]
    other = {"extension": "101", "hours": "after", "ring": item["ring"]}
    assert_clear(apply(office, [other]), "listed 2 times", "500000011, 500000012", "remove all but one")


def test_two_devices_of_one_name_are_never_taken_for_each_other(simulator: Simulator, tmp_path: Path) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    state = simulator.state()
    own = state["ringcentral"]["extensions"][seed.OWNER_ID]
    own["devices"]["800000021"] = seed.device("800000021", "Yealink T54W", "+16505550121", seed.OWNER_ID, "101")
    simulator.put_state(state)
    lines = [_line("500000021", "800000021", "Yealink T54W"), _line("500000022", seed.CO_WORKER_PHONE, "Yealink T54W")]
    _legacy_numbers(office, lines, [])
    start = simulator.state()
    for migrated in BACK_ENDS.values():
        simulator.put_state(start)
        migrate(office, migrated)
        item = {"extension": "101", "hours": "work", "ring": [{"devices": ["Yealink T54W"]}]}
        words = ("2 devices are called 'Yealink T54W'", f"{seed.CO_WORKER_PHONE}", "800000021")
        assert_clear(apply(office, [item]), *words)
        by_id = {**item, "ring": [{"devices": ["800000021"]}]}
        assert (apply(office, [by_id]).get("msg"), apply(office, [by_id])["changed"]) == (None, False)


def test_forwarding_all_calls_is_off_where_it_does_not_exist(simulator: Simulator, tmp_path: Path) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    migrate(office, "yes")
    exported = next(x for x in office.run(INFO, extensions=["101"])["call_forwardings"] if x["hours"] == "all")
    assert exported["enabled"] is False
    migrate(office, "no")
    for item, warned in (({"extension": "101", "hours": "all", "enabled": False}, []), (exported, ["then"])):
        for check in (True, False):
            done = apply(office, [item], check=check)
            assert (done.get("msg"), done["changed"], writes(office)) == (None, False, [])
            assert [word for word in warned if word not in str(texts_of(done))] == []
    away = {"extension": "101", "hours": "all", "then": {"extension": "102"}}
    assert_clear(apply(office, [away]), "cannot forward all calls")
    assert [item["hours"] for item in office.run(INFO, extensions=["101"])["call_forwardings"]] == ["after", "work"]


@pytest.mark.parametrize("put", ["accepted", "ignored"])
def test_that_apps_may_keep_their_place_is_reported_beforehand(simulator: Simulator, tmp_path: Path, put: str) -> None:
    office = office_of(simulator, tmp_path)
    migrate(office, "no", position_top_in_put=put)
    apps, cell = {"apps": ["desktop", "mobile"], "seconds": 15}, {"phone_numbers": ["+16505550100"]}
    first: Json = {"extension": "101", "hours": "work", "ring_mode": "in_order", "ring": [apps, cell]}
    last = {**first, "ring": [cell, apps]}
    assert (apply(office, [first])["changed"], texts_of(apply(office, [first]))) == (True, [])
    previewed = apply(office, [last], check=True)
    assert (previewed.get("msg"), "moved in RingCentral's portal" in str(texts_of(previewed))) == (None, True)
    done = apply(office, [last])
    # Only the run has to wait for what the provider makes of it.
    assert [text for text in texts_of(done) if not text.startswith("Waited ")] == texts_of(previewed)
    if put == "ignored":
        assert_clear(done, "The provider accepted the write, but afterwards ring is")
    else:
        assert (done.get("msg"), apply(office, [last])["changed"]) == (None, False)
    at_once = {**last, "ring_mode": "at_once"}
    assert (apply(office, [at_once]).get("msg"), apply(office, [at_once])["changed"]) == (None, False)


def test_the_schedule_can_change_where_calls_are_handled_in_a_way_of_their_own(
    simulator: Simulator, tmp_path: Path
) -> None:
    office = RingCentralOffice(simulator, tmp_path / "shared")
    state = simulator.state()
    rules = state["ringcentral"]["extensions"][seed.OWNER_ID]["answering_rules"]
    rules["business-hours-rule"]["callHandlingAction"] = "AgentQueue"
    simulator.put_state(state)
    item: Json = {"extension": "101", "hours": "work", "schedule": WEEK, "then": {"voicemail": True}}
    assert_clear(apply(office, [item]), "handled by the action AgentQueue")
    assert "ring is left out" in str(texts_of(office.run(INFO, extensions=["101"])))
    found = next(x for x in office.run(INFO, extensions=["101"])["call_forwardings"] if x["hours"] == "work")
    done = apply(office, [{**found, "schedule": {"saturday": ["10:00-14:00"]}}])
    assert (done.get("msg"), writes(office)) == (None, ["PUT business-hours"])
