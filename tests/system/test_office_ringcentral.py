# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The office jobs on RingCentral, where an office's calls arrive at extensions: there and back over either API."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_examples import connections
from system_rerouting import FALLBACK, JobFailed, Killed, killed_at
from system_support import FUZZ, ROOT, Json, run_module
from system_switches import in_all_positions_together

from simulator.harness import Simulator
from simulator.ringcentral import seed


def _washington() -> Json:
    """The American office of the examples."""
    text = (ROOT / "examples" / "inventory" / "host_vars" / "washington.yml").read_text()
    lists: Json = yaml.safe_load(text)["office_ringcentral"]
    return lists


class Washington:
    """The American office of the examples at RingCentral alone, and its jobs."""

    def __init__(self, simulator: Simulator, folder: Path, migrated: str) -> None:
        # Every run has a pretended clock of its own, by which limits of real time cannot be kept.
        simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
        state = simulator.state()["ringcentral"]
        simulator.put_state(
            {"ringcentral": {**state, "apps": {seed.COMPANY_CLIENT_ID: seed.app(permissions=["EditAccounts"])}}}
        )
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

    def hours(self) -> list[Json]:
        """What happens to the calls of extension 101, which alone is re-routed."""
        connection = self.options["ringcentral_connection"]
        found: list[Json] = run_module("ringcentral_call_forwarding_info", {**connection, "extensions": ["101"]})[
            "call_forwardings"
        ]
        return found

    def export(self, path: Path, **options: Any) -> Json:
        return self.run("office_variables", providers=["ringcentral"], path=str(path), **options)

    def leave(self, *, check: bool = False, **options: Any) -> Json:
        return self.run("office_leaver", check=check, providers=["ringcentral"], **options)

    def told_of(self, queue: str, address: str) -> list[tuple[str, ...]]:
        """Let an address be told of the messages of the seed's queue 7001; return what a search then finds."""
        state = self.simulator.state()
        kinds = ("voicemails", "inboundFaxes", "outboundFaxes", "inboundTexts", "missedCalls", "callNotes")
        told = {"notifyByEmail": True, "notifyBySms": False, "advancedEmailAddresses": []}
        settings = {"emailAddresses": [address], "smsEmailAddresses": [], "smsPhoneNumbers": [], "advancedMode": False}
        notifications = {**settings, **dict.fromkeys(kinds, told), "includeManagers": True}
        state["ringcentral"]["extensions"][queue]["settings"]["notifications"] = notifications
        self.simulator.put_state(state)
        return [("ringcentral.call_queues", "7001", "emailAddresses", address)]

    def keep(self) -> Callable[[], None]:
        """Return what makes the account and the snapshots again as they are now."""
        state, folder = self.simulator.state(), Path(self.folder)
        kept = {path: path.read_bytes() for path in folder.rglob("*.json")}

        def back() -> None:
            self.simulator.put_state(state)
            for path in folder.rglob("*.json"):
                path.unlink()
            for path, content in kept.items():
                path.write_bytes(content)
                path.chmod(0o600)

        return back

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
def account(request: pytest.FixtureRequest, simulator: Simulator, tmp_path: Path) -> Washington:
    account = Washington(simulator, tmp_path, request.param)
    account.onboard(_washington())
    return account


def _away(account: Washington) -> set[str]:
    """Where the calls of extension 101 go without ringing, by hours."""
    items = account.hours()
    whole = [item for item in items if item["hours"] == "all"]
    return {
        item["then"].get("phone_number", "")
        for item in whole or items
        if item.get("enabled", True) and not item.get("ring")
    }


def test_there_and_back(account: Washington) -> None:
    before = account.held()
    account.reroute()
    assert _away(account) == {FALLBACK}
    account.restore()
    assert account.held() == before


# A long run plays all of them, a short one each pair of back end, job and outcome.
CUT_OFF = [
    case
    for place, case in enumerate(itertools.product(("no", "yes"), ("reroute", "restore"), (False, True)))
    if FUZZ or place in (0, 3, 5, 6)
]


@pytest.mark.parametrize(("account", "job", "sent"), CUT_OFF, indirect=["account"])
def test_killed_at_every_request(account: Washington, job: str, sent: bool) -> None:
    before = account.hours()
    if job == "restore":
        account.reroute()
    back = account.keep()
    for position in range(1, 20):
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
        assert account.hours() == before, position
        back()
    assert 3 < position < 19


@pytest.mark.parametrize("migrated", ["no", "yes"], ids=["legacy", "new"])
def test_wipe_onboard_export_wipe_onboard(simulator: Simulator, tmp_path: Path, migrated: str) -> None:
    account = Washington(simulator, tmp_path, migrated)

    def play(moved: Json) -> None:
        if migrated == "yes" and moved.get("migrated_queue_rules") == "closed":
            # Then nobody can read the rules of queues and groups, and an export must not look complete.
            with pytest.raises(JobFailed, match="CMN-468"):
                account.export(tmp_path / "refused.yml")
            return
        empty = simulator.state()
        account.onboard(_washington())
        account.later()
        before = account.held()
        path = tmp_path / "exported.yml"
        account.export(path, overwrite=True, verify=not moved)
        text = path.read_text()
        exported = yaml.safe_load(text)["office_ringcentral"]
        assert account.onboard(exported)["changed"] is False
        if not moved:
            account.export(path)
            assert path.read_text() == text
        simulator.put_state(empty)
        account.onboard(exported)
        account.later()
        assert account.held() == before

    base = {"migrated": migrated, "migrated_forwarding_numbers": "open"}
    in_all_positions_together(simulator, "ringcentral", play, alone={"migrated_queue_rules": "closed"}, base=base)


def test_a_leaver_with_one_phone_is_gone_after_one_run(account: Washington) -> None:
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


def test_a_successor_who_rings_already_does_not_ring_twice(account: Washington) -> None:
    account.leave(person={"phones": ["+1 202 555 0171"]}, successor={"phones": ["+1 202 555 0172"]})
    held = account.held()
    assert "+12025550171" not in str(held)
    (after,) = (item for item in held["call_forwardings"] if item["hours"] == "after" and item["extension"] == "101")
    assert after["ring"] == [{"phone_numbers": ["+12025550172"], "seconds": 15}]


DESK_PHONE = "101 / Yealink T54W"
BEN = {"email": "Ben@example.org"}
CLEO = {"email": "cleo@example.org", "phones": ["+1 202 555 0189"]}


def test_a_leaver_is_found_by_the_extension_of_their_address(account: Washington) -> None:
    """Their extension takes calls, and their desk phone rings, although nothing holds the address."""
    options: Json = {"person": BEN, "successor": CLEO}
    told = account.told_of(seed.SALES_ID, "Ben@example.org")
    found = account.leave(check=True, **options)
    assert [(item["list"], item["key"], item["where"], item["value"]) for item in found["notified"]] == told
    assert [line for line in found["message"] if "call queue 7001" in line and "Ben@example.org" in line]
    assert sorted((place["list"], place["key"], place["option"], place["value"]) for place in found["found"]) == [
        ("ringcentral.call_forwardings", "101 / after", "then.extension", "102"),
        ("ringcentral.call_forwardings", "101 / work", "ring[2].devices[0]", "Yealink T54W"),
        ("ringcentral.call_queues", "7001", "members[1]", "102"),
        ("ringcentral.phone_numbers", "+16505550112", "extension", "102"),
    ]
    own = {(item["list"], item["key"]) for item in found["own"]}
    assert {("ringcentral.call_forwardings", "102 / work"), ("ringcentral.forwarding_numbers", DESK_PHONE)} <= own
    assert found["unsearched"] == ["Not searched: the person's phones (person.phones is not set)."]
    first = next(change for change in found["calls"] if change["numbers"] == ["+16505550111"])
    assert first["text"].startswith("+1 650 555 0111, ")
    assert ("Ben Okafor's Yealink" in first["before"], "Ben Okafor" in first["after"]) == (True, False)
    done = account.leave(**options)
    assert (done["plan"], done["changed"], done["calls"]) == (found["plan"], found["changed"], found["calls"])
    account.later()
    again = account.leave(**options)
    assert (again["found"], again["changed"]) == ([], False)
    hours = {item["hours"]: item for item in account.held()["call_forwardings"] if item["extension"] == "101"}
    assert hours["after"]["then"] == {"extension": "103"}
    assert hours["work"]["ring"][2] == {"phone_numbers": ["+12025550173", "+12025550189"], "seconds": 15}


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
        ({"extension": "Ben Okafor"}, ["then.extension", "ring[2].devices[0]", "members[1]", "extension"], ""),
    ],
)
def test_what_a_leaver_is_not_looked_for_by_is_reported(
    account: Washington, person: Json, options: list[str], reported: str
) -> None:
    found = account.leave(person=person)
    assert {place["option"] for place in found["found"]} == set(options)
    assert reported in " ".join(found["unsearched"])


def test_a_successor_is_judged_only_where_they_are_needed(account: Washington) -> None:
    """Other offices have other policies, and most of them nothing to replace."""
    rules: Json = {"policy": {"allowed_countries": ["FR"]}, "region": "FR"}
    swede = {"phones": ["+46 70 174 06 06"], "extension": "103"}
    assert account.leave(person={"phones": ["+12025550170"]}, successor=swede, **rules)["changes"] == []
    with pytest.raises(JobFailed, match=r"successor.phones\[0\]: \+46701740606 is in SE"):
        account.leave(person={"phones": ["+12025550171"]}, successor=swede, **rules)
    with pytest.raises(
        JobFailed, match=r"desk phone, but the successor has nothing of the kind\. Add the .* phone number\."
    ):
        account.leave(person=BEN, successor={"email": "cleo@example.org"}, **rules)


def test_what_another_policy_refuses_is_left_out_of_an_export(account: Washington, tmp_path: Path) -> None:
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
