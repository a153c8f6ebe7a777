# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The office jobs on RingCentral, where an office's calls arrive at extensions: there and back over either API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from system_examples import connections
from system_rerouting import FALLBACK, JobFailed, Killed, killed_at
from system_support import ROOT, Json, run_module

from simulator.harness import Simulator
from simulator.ringcentral.switches import SWITCHES

POSITIONS = [
    pytest.param(migrated, switch.name, value, id=f"{kind}-{switch.name}={value}")
    for kind, migrated in (("legacy", "no"), ("new", "yes"))
    for switch in SWITCHES
    # All defaults together are one case, and the last one of the list.
    for value in (*switch.values[1:], *(switch.values[:1] if switch is SWITCHES[-1] else ()))
    if switch.name not in ("migrated", "migrated_forwarding_numbers")
]


def _washington() -> Json:
    """The American office of the examples."""
    text = (ROOT / "examples" / "inventory" / "host_vars" / "washington.yml").read_text()
    lists: Json = yaml.safe_load(text)["office_ringcentral"]
    return lists


class Account:
    """An account, and the jobs of the office that has it."""

    def __init__(self, simulator: Simulator, folder: Path, migrated: str) -> None:
        # Every run has a pretended clock of its own, by which limits of real time cannot be kept.
        simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
        simulator.set_switches({"ringcentral": {"migrated": migrated}})
        self.simulator = simulator
        self.folder = str(folder / "reroutes")
        self.options = {
            "office": "washington",
            "region": "US",
            "ringcentral_connection": connections(simulator, folder)["ringcentral_connection"],
        }

    def run(self, module: str, *, check: bool = False, **options: Any) -> Json:
        result = run_module(module, {**self.options, **options}, check=check)
        if result.get("failed"):
            raise JobFailed(result["msg"])
        return result

    def onboard(self, lists: Json, *, check: bool = False, **options: Any) -> Json:
        return self.run("office", check=check, ringcentral=lists, **options)

    def held(self) -> Json:
        """What the account holds, as lists of an office."""
        found: Json = self.run("office_info", providers=["ringcentral"])["lists"]["ringcentral"]
        return found

    def export(self, path: Path, **options: Any) -> Json:
        return self.run("office_variables", providers=["ringcentral"], path=str(path), **options)

    def leave(self, *, check: bool = False, **options: Any) -> Json:
        return self.run("office_leaver", check=check, providers=["ringcentral"], **options)

    def later(self) -> None:
        """Let the time pass after which reads show what was written."""
        state = self.simulator.state()
        for extension in state["ringcentral"]["extensions"].values():
            extension["late"] = extension["late_calls"] = None
        self.simulator.put_state(state)

    def reroute(self) -> None:
        own = [item for item in _washington()["call_forwardings"] if item["extension"] == "101"]
        lists: Json = {"ringcentral": {"call_forwardings": own}}
        self.run("office_reroute", reroute_directory=self.folder, to=FALLBACK, **lists)

    def restore(self) -> None:
        self.run("office_reroute", reroute_directory=self.folder, state="restored")


@pytest.fixture(params=["no", "yes"], ids=["legacy", "new"])
def account(request: pytest.FixtureRequest, simulator: Simulator, tmp_path: Path) -> Account:
    account = Account(simulator, tmp_path, request.param)
    account.onboard(_washington())
    return account


def _away(account: Account) -> set[str]:
    """Where the calls of extension 101 go without ringing, by hours."""
    items = [item for item in account.held()["call_forwardings"] if item["extension"] == "101"]
    whole = [item for item in items if item["hours"] == "all"]
    return {
        item["then"].get("phone_number", "")
        for item in whole or items
        if item.get("enabled", True) and not item.get("ring")
    }


def test_there_and_back(account: Account) -> None:
    before = account.held()
    account.reroute()
    assert _away(account) == {FALLBACK}
    account.restore()
    assert account.held() == before


@pytest.mark.parametrize("sent", [False, True], ids=["unsent", "carried out"])
@pytest.mark.parametrize("job", ["reroute", "restore"])
def test_killed_at_every_request(account: Account, job: str, sent: bool) -> None:
    before, start = account.held(), account.simulator.state()
    if job == "restore":
        account.reroute()
        start = account.simulator.state()
    for position in range(1, 20):
        account.simulator.put_state(start)
        try:
            with killed_at(position, sent=sent):
                getattr(account, job)()
        except Killed:
            getattr(account, job)()
        else:
            break
        if job == "reroute":
            assert _away(account) == {FALLBACK}, position
            account.restore()
            assert account.held() == before, position
        else:
            assert account.held() == before, position
            account.reroute()
    assert 3 < position < 19


@pytest.mark.parametrize(("migrated", "switch", "value"), POSITIONS)
def test_wipe_onboard_export_wipe_onboard(
    simulator: Simulator, tmp_path: Path, migrated: str, switch: str, value: Any
) -> None:
    account = Account(simulator, tmp_path, migrated)
    simulator.set_switches({"ringcentral": {switch: value}})
    empty = simulator.state()
    account.onboard(_washington())
    account.later()
    before = account.held()
    exported: dict[str, Json] = {}
    for name in ("one", "two"):
        path = tmp_path / f"{name}.yml"
        account.export(path)
        exported[name] = yaml.safe_load(path.read_text())["office_ringcentral"]
        assert account.onboard(exported[name])["changed"] is False
    assert exported["one"] == exported["two"]
    simulator.put_state(empty)
    account.onboard(exported["one"])
    account.later()
    assert account.held() == before


def test_a_leaver_with_one_phone_is_gone_after_one_run(account: Account) -> None:
    lists = _washington()
    lists["call_forwardings"][1]["then"] = {"phone_number": "(202) 555-0171"}
    account.onboard(lists)
    options: Json = {"person": {"phones": ["+1 202 555 0171"]}, "successor": {"phones": ["+1 202 555 0189"]}}
    found = account.leave(check=True, **options)
    assert sorted((place["list"], place["option"]) for place in found["found"]) == [
        ("ringcentral.call_forwardings", "ring[0].phone_numbers[0]"),
        ("ringcentral.call_forwardings", "ring[1].phone_numbers[0]"),
        ("ringcentral.call_forwardings", "then.phone_number"),
        ("ringcentral.forwarding_numbers", "phone_number"),
    ]
    assert "+12025550189" not in str(account.held())
    done = account.leave(**options)
    assert (done["plan"], done["changed"]) == (found["plan"], found["changed"])
    again = account.leave(**options)
    assert (again["found"], again["changed"]) == ([], False)
    assert "+12025550189" in str(account.held())


def test_a_successor_who_rings_already_does_not_ring_twice(account: Account) -> None:
    account.leave(person={"phones": ["+1 202 555 0171"]}, successor={"phones": ["+1 202 555 0172"]})
    held = account.held()
    assert "+12025550171" not in str(held)
    (after,) = (item for item in held["call_forwardings"] if item["hours"] == "after" and item["extension"] == "101")
    assert after["ring"] == [{"phone_numbers": ["+12025550172"], "seconds": 25}]


DESK_PHONE = "101 / Yealink T54W"
BEN = {"email": "Ben@example.org"}
CLEO = {"email": "cleo@example.org", "phones": ["+1 202 555 0189"]}


def test_a_leaver_is_found_by_the_extension_of_their_address(account: Account) -> None:
    """Their extension takes calls, and their desk phone rings, although nothing holds the address."""
    options: Json = {"person": BEN, "successor": CLEO}
    found = account.leave(check=True, **options)
    assert sorted((place["list"], place["key"], place["option"], place["value"]) for place in found["found"]) == [
        ("ringcentral.call_forwardings", "101 / after", "then.extension", "102"),
        ("ringcentral.call_forwardings", "101 / work", "ring[2].devices[0]", "Yealink T54W"),
    ]
    own = {(item["list"], item["key"]) for item in found["own"]}
    assert {("ringcentral.call_forwardings", "102 / work"), ("ringcentral.forwarding_numbers", DESK_PHONE)} <= own
    assert found["unsearched"] == ["Not searched: the person's phones (person.phones is not set)."]
    done = account.leave(**options)
    assert (done["plan"], done["changed"]) == (found["plan"], found["changed"])
    account.later()
    again = account.leave(**options)
    assert (again["found"], again["changed"]) == ([], False)
    hours = {item["hours"]: item for item in account.held()["call_forwardings"] if item["extension"] == "101"}
    assert hours["after"]["then"] == {"extension": "103"}
    assert hours["work"]["ring"][2] == {"phone_numbers": ["+12025550173", "+12025550189"], "seconds": 30}


@pytest.mark.parametrize(
    ("person", "options", "reported"),
    [
        ({"email": "nobody@example.org"}, [], "RingCentral extensions, because none has the e-mail address nobody@"),
        (
            {"phones": ["+1 202 555 0170"]},
            [],
            "RingCentral extensions (neither person.email nor person.extension is set)",
        ),
        ({"extension": "109"}, [], "is not known to have an extension 109"),
        ({"extension": "Ben Okafor"}, ["then.extension", "ring[2].devices[0]"], ""),
    ],
)
def test_what_a_leaver_is_not_looked_for_by_is_reported(
    account: Account, person: Json, options: list[str], reported: str
) -> None:
    found = account.leave(person=person)
    assert {place["option"] for place in found["found"]} == set(options)
    assert reported in " ".join(found["unsearched"])


def test_a_successor_is_judged_only_where_they_are_needed(account: Account) -> None:
    """Other offices have other policies, and most of them nothing to replace."""
    rules: Json = {"policy": {"allowed_countries": ["FR"]}, "region": "FR"}
    swede = {"phones": ["+46 70 174 06 06"], "extension": "103"}
    assert account.leave(person={"phones": ["+12025550170"]}, successor=swede, **rules)["changes"] == []
    with pytest.raises(JobFailed, match=r"successor.phones\[0\]: \+46701740606 is in SE"):
        account.leave(person={"phones": ["+12025550171"]}, successor=swede, **rules)
    with pytest.raises(
        JobFailed, match=r"desk phone, for which the successor has nothing\. Give the .* phone number\."
    ):
        account.leave(person=BEN, successor={"email": "cleo@example.org"}, **rules)


def test_what_another_policy_refuses_is_left_out_of_an_export(account: Account, tmp_path: Path) -> None:
    """Also where the refused number is an item's key; the rest of the file can be onboarded under this policy."""
    path = tmp_path / "office.yml"
    policy: Json = {"policy": {"allowed_countries": ["FR"]}}
    result = account.export(path, **policy)
    assert "    # 101 / +12025550171 is left out: +12025550171 is in US" in path.read_text()
    reported = " ".join(result["left_out"])
    assert all(f"{key} is left out" in reported for key in ("101 / +12025550172", "101 / work", "101 / after"))
    lists = result["lists"]["ringcentral"]
    assert [item["device"] for item in lists["forwarding_numbers"] if item["extension"] == "101"]
    assert account.onboard(lists, check=True, **policy)["changed"] is False
