# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers notice of a re-route, a restore, an undo and a successor; none of these fails because of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from system_examples import office
from system_support import Json, run_module, texts_of

from simulator.harness import Simulator

ANNA: Json = {"name": "Anna Lindqvist", "email": "anna.lindqvist@example.org", "phones": ["070-174 06 05"]}
ERIK: Json = {"name": "Erik Öhman", "email": "erik.ohman@example.org", "phones": ["070-174 06 06"]}
MODEL = "ansible_collections.office.telephony.plugins.module_utils._office.noticing.CallModel"
PERSONS = {"person": ANNA, "successor": ERIK}
NUMBER = "+46846500412"
WASHINGTON = "+1 202 555 0144"


class Stockholm:
    """The onboarded example office, whose people are known."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self.state = str(folder / "state")
        self.options = {**office("stockholm", simulator, folder), "people": [ANNA, ERIK]}
        self.run("office", state_directory=None)
        simulator.clear_requests()

    def run(self, module: str, *, check: bool = False, **more: Any) -> Json:
        return run_module(module, {"state_directory": self.state, **self.options, **more}, check=check)

    def reroute(self, *, check: bool = False, **more: Any) -> Json:
        return self.run("office_reroute", check=check, **{"to": "070-174 06 06", **more})

    def writes(self) -> int:
        found = [entry for entry in self.simulator.requests() if entry["method"] != "GET"]
        return len([entry for entry in found if not entry["path"].endswith("/token")])


@pytest.fixture
def stockholm(simulator: Simulator, tmp_path: Path) -> Stockholm:
    # Reading a whole company again and again takes more requests than RingCentral allows in a minute.
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    return Stockholm(simulator, tmp_path)


def _noticed(result: Json) -> list[str]:
    """The lines about callers, which end with the first that is not indented as they are."""
    lines = result["message"]
    start = lines.index("  What callers notice") + 1
    rest = [number for number in range(start, len(lines)) if not lines[number].startswith("    ")]
    return [*lines[start : rest[0] if rest else len(lines)]]


def test_a_reroute_and_a_restore_say_what_callers_notice(stockholm: Stockholm) -> None:
    preview = stockholm.reroute(check=True)
    assert f"    +46 8 465 004 15  {WASHINGTON} -> Erik Öhman's mobile" in _noticed(preview)
    there = stockholm.reroute()
    assert _noticed(there) == _noticed(preview)
    assert there["calls"] == preview["calls"]
    (first,) = (change for change in there["calls"] if change["numbers"] == [NUMBER])
    # What the number led to is named, but not read for this.
    assert first["before"].startswith(f'"{ANNA["email"]}" (')
    assert first["after"] == "Erik Öhman's mobile"
    assert stockholm.reroute()["calls"] == []
    back = stockholm.run("office_reroute", state="restored")
    assert f"    +46 8 465 004 15  Erik Öhman's mobile -> {WASHINGTON}" in _noticed(back)
    closed = stockholm.reroute(state="closed")
    assert _noticed(closed) == _noticed(there)


LOOP: Json = {"sonetel": {"forwardings": {"destination": {"user": ERIK["email"]}}}}


def test_a_reroute_from_which_calls_come_back_is_refused(stockholm: Stockholm) -> None:
    """Through a team member whose own calls go to a re-routed number; but not where that was so before."""
    forwards = {"user": ERIK["email"], "first_action": {"phone": "08-465 004 12"}}
    lists = {**stockholm.options["sonetel"], "user_forwardings": [forwards]}
    for state in ("rerouted", "closed"):
        refused = stockholm.reroute(to=None, settings=LOOP, sonetel=lists, state=state)
        assert "Nothing was re-routed. loop: " in refused["msg"]
        assert "ignore_findings" in refused["msg"]
    assert stockholm.writes() == 0
    assert not list(Path(stockholm.state).glob("reroutes/*.json"))
    done = stockholm.reroute(to=None, settings=LOOP, sonetel=lists, ignore_findings=True)
    assert done["changed"] is True, done.get("msg")
    # It goes on as it is, whatever else the re-route is asked for.
    assert stockholm.reroute(to=None, settings=LOOP, sonetel=lists, reason="Fire").get("failed") is None
    assert stockholm.run("office_reroute", state="restored", sonetel=lists).get("failed") is None


def test_a_defect_of_the_call_model_stops_no_emergency(stockholm: Stockholm, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any, **_options: Any) -> None:
        raise RecursionError("too deep")

    for method in ("differences", "compare"):
        monkeypatch.setattr(f"{MODEL}.{method}", broken)
    people: Json = {name: {"email": one["email"], "phones": one["phones"]} for name, one in PERSONS.items()}
    for result in (
        stockholm.reroute(),
        stockholm.run("office_reroute", state="restored"),
        stockholm.run("office_leaver", **people),
        stockholm.run("office_undo"),
    ):
        assert (result["changed"], result.get("failed")) == (True, None), result.get("msg")
        assert "What callers notice is not known, because of RecursionError: too deep" in " ".join(texts_of(result))
        assert "calls" not in result


def test_wrong_people_are_a_warning_in_an_emergency(stockholm: Stockholm) -> None:
    result = stockholm.reroute(people=[{"nam": "Anna"}, ERIK])
    assert result["changed"] is True, result.get("msg")
    assert "people[0].nam" in " ".join(texts_of(result))
    assert f"    +46 8 465 004 15  {WASHINGTON} -> Erik Öhman's mobile" in _noticed(result)


TESTS: list[Json] = [
    {"name": "Key 2", "dial": NUMBER, "press": ["2"], "expect": {"reaches": "Anna Lindqvist", "never": ["Erik Öhman"]}},
    {"name": "At night", "dial": NUMBER, "unanswered": ["+46 70 174 06 05"], "expect": {"ends": "voicemail"}},
    {"name": "Anna Lindqvist is not it", "dial": NUMBER, "expect": {"reaches": "Erik Öhman"}},
]


def test_a_successor_and_the_undo_of_it(stockholm: Stockholm) -> None:
    anna, erik = ({name: one[name] for name in ("email", "phones")} for one in PERSONS.values())
    found = stockholm.run("office_leaver", person=anna, call_tests=TESTS)
    named = [("Key 2", ["expect.reaches"]), ("At night", ["unanswered[0]"])]
    assert [(test["name"], test["options"]) for test in found["call_tests"]] == named
    assert "  Key 2  expect.reaches" in found["message"]
    assert "calls" not in found
    preview = stockholm.run("office_leaver", check=True, person=anna, successor=erik)
    done = stockholm.run("office_leaver", person=anna, successor=erik)
    assert done["calls"] == preview["calls"]
    (key_2,) = (change for change in done["calls"] if change["numbers"] == ["+46846500413"])
    assert key_2["press"] == ["2"]
    assert key_2["before"].startswith("Anna Lindqvist's phones (20 s), then")
    assert key_2["after"].startswith("Erik Öhman's SIP phones")
    undone = stockholm.run("office_undo")
    assert {change["after"].partition(" ")[0] for change in undone["calls"]} == {f'"{ANNA["email"]}"'}


def test_onboarding_a_rerouted_office_says_that_its_end_has_passed(stockholm: Stockholm) -> None:
    file = Path(stockholm.reroute(until="8h")["file"])
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "until": document["since"]}))
    result = stockholm.run("office", check=True, ignore_reroute=True)
    (finding,) = (one for one in result["findings"] if one["code"] == "still-rerouted")
    assert (finding["severity"], finding["at"]) == ("warn", "reroutes/stockholm")
    ends = stockholm.run("office", check=True)
    assert not [one for one in ends["findings"] if one["code"] == "still-rerouted"]
