# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every run that changes something leaves a record, and an undo brings the accounts back to what it says."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from system_examples import OFFICES, connections, office
from system_rerouting import Killed, killed_at
from system_support import PACKAGE, Json, SkippingClock, assert_clear, run_module, texts_of

from simulator.harness import Simulator
from simulator.smspartner import seed as smspartner

# Lists that no provider shows.
UNREADABLE = "smspartner"
PROVIDERS = ["sonetel", "ringcentral", "fonedynamics"]


class Runs:
    """An office with a state directory, and its runs."""

    def __init__(self, options: Json, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self.folder = folder
        self.options = {"state_directory": str(folder / "state"), **options}
        self.alone = {name: value for name, value in self.options.items() if not isinstance(value, dict) or "_" in name}
        # So many jobs in a row exceed what the account allows in a minute.
        simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})

    def run(self, module: str = "office", *, check: bool = False, **more: Any) -> Json:
        return run_module(module, {**self.options, **more}, check=check)

    def write(self, lists: Json, **more: Any) -> Json:
        result = run_module("office", {**self.alone, **lists, **more})
        assert result.get("failed") is None, result["msg"]
        return result

    def undo(self, *, check: bool = False, **more: Any) -> Json:
        return run_module("office_undo", {**self.alone, **more}, check=check)

    def accounts(self, *providers: str) -> Json:
        """What the accounts hold at some *providers* (those of the office), and what SMS Partner's numbers do."""
        options = {name: value for name, value in self.alone.items() if name != "state_directory"}
        concerned = [name for name in PROVIDERS if name in (providers or self.options)]
        found = run_module("office_info", {**options, "providers": concerned}) if concerned else {"lists": {}}
        assert found.get("failed") is None, found["msg"]
        unread = self.simulator.state()["smspartner"]["accounts"][smspartner.API_KEY]["numbers"]
        return {**found["lists"], UNREADABLE: {key: (item["type"], item["param"]) for key, item in unread.items()}}

    def records(self) -> list[Json]:
        files = sorted((self.folder / "state" / "records").rglob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        return [json.loads(path.read_text()) for path in files]

    def writes(self) -> list[str]:
        found = [entry["path"] for entry in self.simulator.requests() if entry["method"] != "GET"]
        self.simulator.clear_requests()
        return [path for path in found if not path.endswith("/token")]


@pytest.fixture
def runs(simulator: Simulator, tmp_path: Path) -> Runs:
    options = {"office": "here", "region": "SE", **connections(simulator, tmp_path)}
    return Runs(options, simulator, tmp_path)


@pytest.fixture
def stockholm(simulator: Simulator, tmp_path: Path) -> Runs:
    found = Runs(office("stockholm", simulator, tmp_path), simulator, tmp_path)
    assert found.run().get("failed") is None
    return found


# What cannot be as it was: a number in a national spelling, one that leads nowhere, and one that was unused, with the
# queue and the mailbox that it leads to now.
GONE = {
    "newyork": ("+16505550186", "7202", "7301"),
    "stockholm": ("+46846500416",),
    "washington": ("+12025550127",),
}
# What the providers do not clear, what RingCentral chooses, and what it does not show of hours in which nothing rings.
LEFT = ("flow", "webhook_method", "flip_number", "ring_mode")


@pytest.mark.parametrize("name", OFFICES)
def test_onboard_undo_undo(name: str, simulator: Simulator, tmp_path: Path) -> None:
    # The company's calls went to its operator.
    simulator.set_switches({"ringcentral": {"multi_level_ivr": "no"}})
    gone = GONE.get(name, ())
    runs = Runs(office(name, simulator, tmp_path), simulator, tmp_path)
    if name == "paris":
        # What a number does before its journal begins is not known.
        for number in runs.options["smspartner"]["callforwards"]:
            runs.write({"smspartner": {"callforwards": [{"number": number["number"], "state": "disabled"}]}})
    start = runs.accounts()
    done = runs.run()
    assert done.get("failed") is None, done["msg"]
    onboarded = runs.accounts()
    runs.writes()
    preview = runs.undo(max_deletions=10, check=True)
    assert runs.writes() == []
    back = runs.undo(max_deletions=10)
    assert back.get("failed") is None, back["msg"]
    assert (back["changed"], back["plan"], back["undone"]) == (True, preview["plan"], done["record"])
    assert _without(runs.accounts(), *gone) == _without(start, *gone)
    assert all(any(text in note for text in (*gone, *LEFT)) for note in map(_bare, back["notes"]))

    # Once is enough, and twice does no harm.
    runs.writes()
    twice = runs.undo(max_deletions=10)
    assert (twice["changed"], twice["api_calls"]["requests"]) == (False, 0)
    assert f"set record to {Path(back['record']).name}" in twice["message"][1]
    again = runs.undo(max_deletions=10, record=back["record"])
    assert again["undone"] == back["record"]
    if name != "stockholm":
        assert _without(runs.accounts(), *gone) == _without(onboarded, *gone)
    else:
        # The recordings of its menu cannot be restored, and so the menu that plays them cannot either.
        assert [note for note in again["notes"] if "Hitta hit" in note and "cannot be restored" in note] != []


def _bare(note: str) -> str:
    return note.replace(" ", "")


def _without(accounts: Json, *gone: str) -> Json:
    return {
        provider: {
            name: [
                {option: value for option, value in item.items() if option not in LEFT}
                for item in (items if isinstance(items, list) else [items])
                if not {item.get("number"), item.get("extension")} & {*gone}
            ]
            for name, items in lists.items()
        }
        if provider != UNREADABLE
        else lists
        for provider, lists in accounts.items()
    }


def _fone(**options: Any) -> Json:
    return {"fonedynamics": {"numbers": [{"number": "+61491570006", **options}]}}


def _ring(**options: Any) -> Json:
    return {"ringcentral": {"forwarding_numbers": [{"extension": "102", "phone_number": "+12025550181", **options}]}}


def _app(**options: Any) -> Json:
    return {"sonetel": {"voiceapps": [{"name": "Nattjour", **options}]}}


MAILBOX = {"type": "mailbox", "voice": "swe", "deliver_to": {"email": "natt@example.org"}}
MENU = {"type": "menu", "voice": "swe", "menu": [{"key": "1", "user": "erik.ohman@example.org"}]}
STEP: dict[str, tuple[Json, Json]] = {
    "sonetel create": ({}, _app(**MAILBOX)),
    "sonetel update": (_app(**MENU), _app(menu=[{"key": "2", "phone": "+46701740606"}, {"key": "0", "hang_up": True}])),
    "sonetel clear": (_app(**MENU), _app(menu=[])),
    "sonetel delete": (_app(**MENU), _app(state="absent")),
    "sonetel number": (
        {},
        {"sonetel": {"forwardings": [{"number": "+12025550123", "destination": {"phone": "+46701740606"}}]}},
    ),
    "sonetel person": (
        {},
        {"sonetel": {"user_forwardings": [{"user": "erik.ohman@example.org", "second_action": {"hang_up": True}}]}},
    ),
    "ringcentral create": ({}, _ring(label="Mobile", type="Mobile")),
    "ringcentral update": (_ring(label="Mobile"), _ring(label="Home")),
    "ringcentral rename": (
        _ring(label="Mobile"),
        _ring(phone_number="+12025550182", previous_phone_number="+12025550181"),
    ),
    "ringcentral replace": (_ring(label="Mobile", type="Mobile"), _ring(type="Home", replace=True)),
    "ringcentral delete": (_ring(label="Mobile", type="Mobile"), _ring(state="absent")),
    "ringcentral hours": (
        {},
        {"ringcentral": {"call_forwardings": [{"extension": "101", "hours": "after", "then": {"extension": "102"}}]}},
    ),
    "smspartner update": (
        {"smspartner": {"callforwards": [{"number": "+33261910001", "destination": "+33353010001"}]}},
        {"smspartner": {"callforwards": [{"number": "+33261910001", "state": "voicemail", "email": "a@example.org"}]}},
    ),
    "fonedynamics update": (_fone(friendly_name="One"), _fone(friendly_name="Two")),
    "fonedynamics set": (_fone(friendly_name=""), _fone(friendly_name="Two", attribution_source="Web")),
    "fonedynamics clear": (_fone(friendly_name="One"), _fone(friendly_name="")),
}


@pytest.mark.parametrize("case", STEP)
def test_each_kind_of_change_goes_back_and_forth(case: str, runs: Runs) -> None:
    before, after = STEP[case]
    provider = case.partition(" ")[0]
    runs.write(before)
    start = runs.accounts(provider)
    runs.write(after)
    changed = runs.accounts(provider)
    assert changed != start
    record = None
    for expected in (start, changed):
        back = runs.undo(max_deletions=1, record=record)
        assert (back.get("failed"), back["notes"], back["changed_since"]) == (None, [], []), back
        assert runs.accounts(provider) == expected
        assert runs.records()[-1]["complete"] is True
        record = back["record"]


def test_what_cannot_come_back_is_named(runs: Runs) -> None:
    prompt = {"voiceapp": "Nattjour", "name": "Natt", "text": "God natt.", "language": "sv_SE"}
    runs.write({"sonetel": {**_app(**MENU)["sonetel"], "prompts": [prompt]}})
    number = {"number": "+33261910001", "destination": "+33353010001"}
    prompt = {"voiceapp": "Nattjour", "name": "Natt", "state": "absent"}
    runs.write({"sonetel": {"prompts": [prompt]}, "smspartner": {"callforwards": [number]}})
    result = runs.undo()
    assert result.get("failed") is None
    assert result["changed"] is False
    recording, unread = sorted(result["notes"], key=lambda note: "SMS Partner" in note)
    assert 'Sonetel prompt "Nattjour / Natt" cannot be restored. The recordings are not in this file' in recording
    assert (
        "SMS Partner number +33 2 61 91 00 01: the previous value of state, destination, email is not known" in unread
    )


CHANGED = {"number": "08-465 004 12", "destination": {"phone": "070-174 06 07"}}


@pytest.mark.parametrize(("changed", "ours"), [("report", False), ("keep", False), ("overwrite", True)])
def test_what_somebody_changed_since(changed: str, ours: bool, stockholm: Runs) -> None:
    aside = {name: value for name, value in stockholm.alone.items() if name != "state_directory"}
    run_module("office", {**aside, "sonetel": {"forwardings": [CHANGED]}})
    result = stockholm.undo(changed=changed, max_deletions=10)
    assert result.get("failed") is (True if changed == "report" else None), result["msg"]
    if changed == "report":
        assert "+46846500412" in result["msg"]
        assert "changed: keep" in result["msg"]
    assert [item["key"] for item in result["changed_since"]] == ([] if ours else ["+46846500412"])
    after = {item["number"]: item.get("destination") for item in stockholm.accounts()["sonetel"]["forwardings"]}
    assert after["+46846500412"] == {"phone": "+46701740605" if ours else "+46701740607"}
    assert after["+46846500414"] == {"user": "erik.ohman@example.org"}
    if changed == "report":
        # The next one continues it, and does not undo it.
        again = stockholm.undo(changed="overwrite")
        assert again["undone"] == result["undone"]
        after = {item["number"]: item.get("destination") for item in stockholm.accounts()["sonetel"]["forwardings"]}
        assert after["+46846500412"] == {"phone": "+46701740605"}


def test_nothing_is_deleted_unless_that_is_allowed(stockholm: Runs) -> None:
    stockholm.writes()
    refused = stockholm.undo(max_deletions=1)
    assert "5 items would be deleted, but max_deletions is 1" in refused["msg"]
    assert stockholm.writes() == []
    kept = stockholm.undo()
    assert kept["plan"]["delete"] == 0
    assert 'Sonetel mailbox "Brevlåda Stockholm"' in kept["kept"]
    assert any("kept because max_deletions is 0" in line for line in kept["message"])
    rest = stockholm.undo(max_deletions=5)
    assert (rest["undone"], rest["plan"]["delete"], rest["kept"]) == (kept["undone"], 5, [])


def test_an_account_that_cannot_be_read_is_left_alone(stockholm: Runs) -> None:
    stockholm.writes()
    stockholm.simulator.add_faults([{"kind": "status", "status": 400, "provider": "sonetel", "method": "GET"}])
    refused = stockholm.undo(max_deletions=10)
    stockholm.simulator.clear_faults()
    assert (refused["failed"], refused.get("changed", False), stockholm.writes()) == (True, False, [])
    assert stockholm.undo(max_deletions=10)["changed"] is True


def test_a_reroute_must_end_first(stockholm: Runs) -> None:
    reroutes: Json = {"reroute_directory": str(stockholm.folder / "reroutes")}
    there = stockholm.run("office_reroute", to="070-174 06 06", **reroutes)
    assert there["record"].endswith("-reroute.json")
    assert "to undo it: ansible-playbook office.telephony.undo" not in there["message"][-1]
    stockholm.writes()
    refused = stockholm.undo(**reroutes)
    assert "has been re-routed to +46 70 174 06 06" in refused["msg"]
    assert stockholm.writes() == []
    back = stockholm.run("office_reroute", state="restored", **reroutes)
    assert back.get("failed") is None
    assert "is the record of a restore" in stockholm.undo(**reroutes)["msg"]
    onboarded = next((stockholm.folder / "state" / "records" / "stockholm").glob("*-onboard.json")).name
    assert stockholm.undo(record=onboarded, max_deletions=10, **reroutes)["changed"] is True


@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.parametrize("job", ["office", "office_undo"])
def test_what_was_interrupted_anywhere_is_undone_by_the_next_run(
    job: str, sent: bool, simulator: Simulator, tmp_path: Path
) -> None:
    """The record is there before the first write, so that also a run that was killed can be undone."""
    fresh = Runs(office("stockholm", simulator, tmp_path), simulator, tmp_path)
    start = fresh.accounts()
    state = simulator.state()
    if job == "office_undo":
        fresh.run()
        state = simulator.state()
    records = list((tmp_path / "state").rglob("*.json"))
    for position in range(1, 60, 7):
        simulator.put_state(state)
        for path in (tmp_path / "state").rglob("*.*"):
            if path.is_file() and path not in records:
                path.unlink()
        ended = True
        with killed_at(position, sent=sent):
            try:
                fresh.undo(max_deletions=10) if job == "office_undo" else fresh.run()
            except Killed:
                ended = False
        if ended:
            break
        if simulator.state() == state and job == "office":
            continue
        again = fresh.undo(max_deletions=10)
        if "has no records" not in str(again.get("msg")):
            assert again.get("failed") is None, (position, again["msg"])
        assert _without(fresh.accounts(), *GONE["stockholm"]) == _without(start, *GONE["stockholm"]), position
    assert position > 20


def test_a_second_run_waits_for_the_account_and_then_says_who_holds_it(stockholm: Runs) -> None:
    folder = stockholm.folder / "state" / "locks"
    names = [path.name.removesuffix(".lock") for path in folder.glob("*.lock")]
    holder = {
        "run": "other:1",
        "user": "erik",
        "host": "ctl2",
        "pid": 7,
        "since": "2026-11-29T10:15:00Z",
        "office": "x",
    }
    clock = SkippingClock()
    # Imported once the collection can be.
    locks = importlib.import_module(f"{PACKAGE}.module_utils._files.locks").Locks(folder, holder, clock)
    locks.hold(dict.fromkeys(names, "Sonetel"))
    stockholm.writes()
    for module in ("office", "office_undo"):
        waited = SkippingClock()
        result = run_module(module, stockholm.options, clock=waited)
        assert_clear(result, "Sonetel account", "erik on ctl2", "process 7", "since 2026-11-29T10:15:00Z")
        assert 59 < sum(waited.naps) < 62
    assert stockholm.run(check=True).get("failed") is None
    assert stockholm.writes() == []
    locks.release()
    assert stockholm.run().get("failed") is None
    assert list(folder.glob("*.holder")) == []


def test_without_a_place_for_records_only_an_emergency_goes_on(stockholm: Runs, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file")
    full: Json = {"state_directory": str(tmp_path / "full")}
    stockholm.writes()
    refused = stockholm.run(sonetel={"forwardings": [CHANGED]}, **full)
    assert_clear(refused, "full")
    assert stockholm.writes() == []
    there = stockholm.run("office_reroute", to="070-174 06 06", reroute_directory=str(tmp_path / "reroutes"), **full)
    assert (there.get("failed"), there["changed"]) == (None, True)
    assert any("There will be no record of this run" in text for text in texts_of(there))
    locks = stockholm.folder / "state" / "locks"
    shutil.rmtree(locks)
    locks.write_text("a file")
    assert_clear(stockholm.run(sonetel={"forwardings": [CHANGED]}, ignore_reroute=True), "locks is not a folder")
    back = stockholm.run("office_reroute", state="restored", reroute_directory=str(tmp_path / "reroutes"))
    assert (back.get("failed"), back["changed"]) == (None, True)
    assert any("This run is not locked against other runs" in text for text in texts_of(back))


class Meanwhile(SkippingClock):
    """Does something once somebody waits."""

    def __init__(self, action: Callable[[], None]) -> None:
        super().__init__()
        self._actions = [action]

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        while self._actions:
            self._actions.pop()()


LEAVER: Json = {"person": {"email": "anna.lindqvist@example.org"}, "successor": {"email": "erik.ohman@example.org"}}


@pytest.mark.parametrize(("module", "more"), [("office", {}), ("office_undo", {}), ("office_leaver", LEAVER)])
def test_a_reroute_that_came_while_a_run_waited_for_the_account_stays(module: str, more: Json, stockholm: Runs) -> None:
    there = stockholm.run("office_reroute", to="070-174 06 06")
    snapshot = Path(there["file"])
    assert snapshot == stockholm.folder / "state" / "reroutes" / "stockholm.json"
    aside = snapshot.rename(stockholm.folder / "aside.json")
    folder = stockholm.folder / "state" / "locks"
    # Imported once the collection can be.
    locks = importlib.import_module(f"{PACKAGE}.module_utils._files.locks").Locks(
        folder, {"run": "other"}, SkippingClock()
    )
    locks.hold(dict.fromkeys([path.name.removesuffix(".lock") for path in folder.glob("*.lock")], "Sonetel"))
    stockholm.writes()

    def rerouted() -> None:
        aside.rename(snapshot)
        locks.release()

    result = run_module(module, {**stockholm.options, **more}, clock=Meanwhile(rerouted))
    assert_clear(result, "re-routed" if module == "office_undo" else "changed by another run")
    assert stockholm.writes() == []
    assert stockholm.run(module, **more)["failed"] is True


def test_an_undo_does_not_re_route_again(stockholm: Runs) -> None:
    """A run that ended a re-route had where its calls went meanwhile as what was before."""
    snapshot = Path(stockholm.run("office_reroute", to="070-174 06 06", until="8h")["file"])
    document = json.loads(snapshot.read_text())
    snapshot.write_text(json.dumps({**document, "until": document["since"]}))
    done = stockholm.run(sonetel={"forwardings": [CHANGED]})
    assert any("The re-route since" in line for line in done["message"])
    right = stockholm.accounts()
    result = stockholm.undo()
    assert (result.get("failed"), result["changed"]) == (None, False)
    assert len([note for note in result["notes"] if "was re-routed before that run" in note]) == done["plan"]["update"]
    assert stockholm.accounts() == right


def test_what_changes_nothing_leaves_nothing(stockholm: Runs) -> None:
    folder = stockholm.folder / "state" / "records" / "stockholm"
    kept = sorted(folder.iterdir())
    assert [path.suffix for path in kept] == [".json", ".md"]
    assert {path.stat().st_mode & 0o777 for path in (*kept, *folder.parents[:0])} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert stockholm.run()["changed"] is False
    assert stockholm.run(sonetel={"forwardings": [CHANGED]}, check=True)["changed"] is True
    stockholm.simulator.add_faults([{"kind": "status", "status": 400, "provider": "sonetel", "method": "PUT"}])
    failed = stockholm.run(sonetel={"forwardings": [CHANGED]})
    assert (failed["failed"], failed["changed"], "record" in failed) == (True, False, False)
    stockholm.simulator.clear_faults()
    assert sorted(folder.iterdir()) == kept
    text = kept[1].read_text()
    assert 'Sonetel mailbox "Brevlåda Stockholm"' in text
    assert "Fake" not in text + kept[0].read_text()


def test_a_run_that_failed_half_way_says_what_it_did(stockholm: Runs) -> None:
    numbers = [CHANGED, {"number": "08-465 004 14", "destination": {"phone": "070-174 06 07"}}]
    stockholm.simulator.add_faults(
        [{"kind": "status", "status": 400, "provider": "sonetel", "method": "PUT", "path_regex": "46846500414"}]
    )
    failed = stockholm.run(sonetel={"forwardings": numbers})
    stockholm.simulator.clear_faults()
    assert f"Record: {failed['record']}" in failed["msg"]
    record = stockholm.records()[-1]
    assert {step["key"]: step["status"] for step in record["steps"]} == {
        "+46846500412": "applied",
        "+46846500414": "failed",
    }
    assert record["complete"] is False
    back = stockholm.undo()
    assert back["plan"]["update"] == 1
    assert stockholm.run(check=True)["changed"] is False


def test_a_voice_app_is_deleted_only_once_its_numbers_lead_elsewhere(stockholm: Runs) -> None:
    number = {"number": "08-465 004 14", "destination": {"phone": "070-174 06 07"}}
    lists: Json = {
        "voiceapps": [{"name": "Brevlåda Stockholm", "state": "absent", "force": True}],
        "forwardings": [number],
    }
    menu = {"name": "Växel Stockholm", "menu_policy": "merge", "menu": [{"key": "timeout"}]}
    other = {"name": "Försäljning Stockholm", "menu_policy": "merge", "menu": [{"key": "2"}, {"key": "timeout"}]}
    stockholm.write({"sonetel": {"voiceapps": [menu, other]}})
    del lists["voiceapps"][0]["force"]
    stockholm.simulator.add_faults(
        [{"kind": "status", "status": 400, "provider": "sonetel", "method": "PUT", "path_regex": "46846500414"}]
    )
    failed = stockholm.run(sonetel=lists)
    assert {change["key"]: change["status"] for change in failed["changes"]} == {
        "Brevlåda Stockholm": "not_tried",
        "+46846500414": "failed",
    }
    stockholm.simulator.clear_faults()
    done = stockholm.run(sonetel=lists)
    assert done.get("failed") is None, done["msg"]
    assert done["plan"]["delete"] == 1
    assert stockholm.undo()["plan"]["create"] == 1
    assert {"voiceapp": "Brevlåda Stockholm"} in [
        item.get("destination") for item in stockholm.accounts()["sonetel"]["forwardings"]
    ]


def test_no_record_holds_a_secret(runs: Runs) -> None:
    hook = "https://hooks.example.org/T8x2Kq9Lm4Zp7Rw1Vn6Yb3"
    runs.write(_fone(webhook_url=hook, webhook_method="POST"))
    (step,) = runs.records()[-1]["steps"]
    assert "hooks.example.org" not in json.dumps(runs.records())
    assert step["unknown"] == ["webhook_url"]
    result = runs.undo()
    assert any("the previous value of webhook_url is not known" in note for note in result["notes"])
    assert hook in json.dumps(runs.simulator.state()["fonedynamics"])
