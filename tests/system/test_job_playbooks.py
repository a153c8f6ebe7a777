# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The offices' jobs as people run them: where their files lie, what they refuse, and what they tell."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from system_examples import connections
from system_office import settle
from system_playbooks import Playbooks, Run
from system_support import ROOT, Json, run_module

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed as sonetel

FALLBACK = "+46701740606"
LABEL = {"number": "+61255500101", "friendly_name": "Desk"}
SONETEL = {"forwardings": [{"number": "+46846500412", "destination": {"phone": "+46701740607"}}]}
OFFICE: Json = {"office_sonetel": SONETEL, "onboard_verify": False}


@pytest.fixture
def playbooks(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    return Playbooks(simulator, tmp_path, collections_path)


def destination(simulator: Simulator, phnum: str = "46846500412") -> Any:
    return simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["numbers"][phnum]["connect_to"]


def rerouted(playbooks: Playbooks, *arguments: str) -> Run:
    run = playbooks.run("reroute", "-e", json.dumps({"reroute_to": FALLBACK}), *arguments)
    assert run.code == 0, run.text
    return run


def test_files_lie_beside_the_inventory_wherever_one_stands(playbooks: Playbooks) -> None:
    """A path may begin with ~ or be relative: all jobs take it for the same place, which they tell."""
    before = sorted(ROOT.rglob("*.json"))
    folder = playbooks.folder
    places = {"~/of-mine/../mine": "46846500412", "kept/here": "46846500413"}
    offices = {
        f"office-{number}": {
            "office_sonetel": {"forwardings": [{"number": f"+{number}", "destination": {"phone": "+46701740607"}}]},
            "office_reroute_directory": place,
            "onboard_verify": False,
            "export_verify": False,
            "export_providers": ["sonetel"],
            "export_path": f"exports/{number}.yml",
        }
        for place, number in places.items()
    }
    playbooks.write(offices)
    run = rerouted(playbooks)
    for path in (folder / "mine/office-46846500412.json", folder / "kept/here/office-46846500413.json"):
        assert path.is_file()
        assert f"Snapshot: {path}" in run.text
    # What cannot be looked at is not taken for a folder without snapshots.
    playbooks.write({**offices, "shut": {"office_reroute_directory": "hosts.yml/reroutes"}})
    refused = playbooks.run("onboard", "--check")
    assert [line.split()[0] for line in refused.table()] == ["FAILED"] * 3
    assert sum("has been re-routed to" in line for line in refused.table()) == len(places)
    assert "cannot be used: Not a directory" in refused.messages()["shut"][0]
    playbooks.write(offices)
    exported = playbooks.run(playbooks.chain("onboard", "export"), "-e", '{"onboard_ignore_reroute": true}')
    assert exported.code == 0, exported.text
    assert f"{folder}/exports/46846500412.yml was written" in exported.text
    assert sorted(ROOT.rglob("*.json")) == before


# By role: variables of which some are misspelt, and what each was meant to be.
MISSPELT: dict[str, tuple[Json, Json]] = {
    "onboard": (
        {"onboard_purne": True, "office_fone_dynamics": {"numbers": []}, "office_polcy": {}},
        {"onboard_purne": "onboard_prune", "office_fone_dynamics": "office_fonedynamics", "office_polcy": "policy"},
    ),
    "export": ({"export_pth": "x.yml"}, {"export_pth": "export_path"}),
    "reroute": ({"reroute_to": FALLBACK, "reroute_untill": "8h"}, {"reroute_untill": "reroute_until"}),
    "restore": ({"restore_change": "keep"}, {"restore_change": "restore_changed"}),
    "reroute_status": ({"reroute_status_fail": True}, {"reroute_status_fail": "reroute_status_fail_if_expired"}),
    "offboard": ({"offboard_too": FALLBACK}, {"offboard_too": "offboard_to"}),
    "leaver": (
        {"leaver_person": {"email": "x@example.org"}, "leaver_sucessor": {"email": "y@example.org"}},
        {"leaver_sucessor": "leaver_successor"},
    ),
}


def test_a_misspelt_name_is_refused_before_anything_is_requested(playbooks: Playbooks, simulator: Simulator) -> None:
    own = {"office_address": "Main street 1", "office_sonetel_desks": []}
    names = {role: role.replace("_", "-") for role in MISSPELT}
    playbooks.write({names[role]: {**OFFICE, **own, **options} for role, (options, _meant) in MISSPELT.items()})
    role = "office.telephony.{{ inventory_hostname | replace('-', '_') }}"
    task = {"name": "Run the role of the host's name", "ansible.builtin.include_role": {"name": role}}
    play = {"name": "Run all roles", "hosts": "all", "gather_facts": False, "tasks": [task]}
    (playbooks.folder / "all.yml").write_text(json.dumps([play]))
    shown = playbooks.run(str(playbooks.folder / "all.yml")).messages()
    for role, (_options, meant) in MISSPELT.items():
        lines = [line for line in shown[names[role]] if "no such variable. " in line]
        found = {re.findall(r"(\w+): no such", line)[0]: line for line in lines}
        assert found.keys() == meant.keys(), role
        assert all(likely in found[name].partition("no such variable. ")[2] for name, likely in meant.items())
    assert simulator.requests() == []


@pytest.fixture
def everywhere(playbooks: Playbooks, simulator: Simulator) -> Json:
    """An office with calls at all providers; what SMS Partner's number does is known from the journal."""
    journal = {"journal": str(playbooks.folder / "journal.json")}
    virtual = {"callforwards": [{"number": "+33261910001", "destination": "+33353010001"}]}
    key = {"api_key": smspartner.API_KEY, "api_url": simulator.smspartner_api_url}
    assert "msg" not in run_module("smspartner_callforwards", {**virtual, **key, **journal})
    return {
        "office_sonetel": {"forwardings": [{"number": "+46846500412"}, {"number": "+46846500413"}]},
        "office_ringcentral": {"call_forwardings": [{"extension": "101", "hours": "work"}]},
        "office_smspartner": virtual,
        "office_smspartner_connection": journal,
        "office_fonedynamics": {"numbers": [{"number": "+61255500102"}]},
        "onboard_verify": False,
    }


def routing(simulator: Simulator) -> Json:
    """Where calls go at each provider."""
    state = simulator.state()
    sonetel_numbers = state["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["numbers"]
    owned = state["fonedynamics"]["accounts"][fonedynamics.ACCOUNT_SID]["numbers"]["61255500102"]
    method = owned["RoutingMethod"]
    virtual = state["smspartner"]["accounts"][smspartner.API_KEY]["numbers"]["33261910001"]
    rules = state["ringcentral"]["extensions"][ringcentral.OWNER_ID]["answering_rules"]
    # What RingCentral remembers of a setting that is not in use, and its default greetings once a rule was written.
    idle = ("unconditionalForwarding", "greetings")
    return {
        "sonetel": [sonetel_numbers[key]["connect_to"] for key in ("46846500412", "46846500413")],
        "ringcentral": [{name: rule[name] for name in rule if name not in idle} for rule in rules.values()],
        "smspartner": (virtual["type"], virtual["param"]),
        "fonedynamics": (method, owned["Flow" if method == "Flow" else "EndpointNumber"]),
    }


def descendants(pid: int) -> list[int]:
    """The processes that *pid* has started, and those that these have started."""
    children: dict[int, list[int]] = {}
    table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    for line in table.splitlines():
        child, parent = line.split()
        children.setdefault(int(parent), []).append(int(child))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found[1:]


def killed(playbooks: Playbooks, provider: str, job: str, *arguments: str) -> None:
    """Kill a playbook with all that it has started while the first write at *provider* is on its way."""
    simulator = playbooks.simulator
    method = "POST" if provider == "smspartner" else "PUT"
    fault = {"provider": provider, "method": method, "path_regex": "^(?!.*token)", "kind": "delay", "seconds": 3}
    simulator.add_faults([fault])
    simulator.clear_requests()
    process = playbooks.start(f"office.telephony.{job}", *arguments)
    while not any(
        (entry["provider"], entry["method"]) == (provider, method) and "token" not in entry["path"]
        for entry in simulator.requests()
    ):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.05)
    # Ansible's workers have sessions of their own, so that it takes more than the process group.
    for pid in [process.pid, *descendants(process.pid)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.communicate()
    settle(simulator)
    simulator.clear_faults()


def test_interrupted_at_all_providers(playbooks: Playbooks, simulator: Simulator, everywhere: Json) -> None:
    playbooks.write({"here": everywhere})
    start = routing(simulator)
    snapshot = playbooks.folder / "reroutes" / "here.json"
    job = ("reroute", "-e", json.dumps({"reroute_to": FALLBACK}))
    killed(playbooks, "ringcentral", *job)
    saved = {entry["key"]: entry["before"] for entry in json.loads(snapshot.read_text())["entries"]}
    assert len(saved) == 6
    run = rerouted(playbooks)
    # The extension has a rule of its own, by which some calls never come to what was re-routed.
    assert "Extension 101: the custom rule" in run.text
    away = routing(simulator)
    assert (away["sonetel"], away["smspartner"]) == ([FALLBACK, FALLBACK], (1, FALLBACK[1:]))
    assert away["fonedynamics"] == ("Endpoint", FALLBACK)
    assert away["ringcentral"] != start["ringcentral"]
    assert {entry["key"]: entry["before"] for entry in json.loads(snapshot.read_text())["entries"]} == saved

    run = playbooks.run("restore")
    assert run.code == 0, run.text
    assert routing(simulator) == start
    assert [path.parent.name for path in playbooks.folder.rglob("here*.json")] == ["ended"]


def test_a_restore_asks_to_decide_and_shows_what_check_mode_would_do(simulator: Simulator, tmp_path: Path) -> None:
    numbers = [{"number": "+46846500412"}, {"number": "+46846500413"}]
    connection = connections(simulator, tmp_path)["sonetel_connection"]
    given = {
        "office": "here",
        # As the roles run it, so that messages name their variables.
        "variables": True,
        "prefix": "restore",
        "sonetel_connection": connection,
        "reroute_directory": str(tmp_path / "reroutes"),
    }
    lists = {"sonetel": {"forwardings": numbers}, "to": FALLBACK}
    assert run_module("office_reroute", {**given, **lists})["changed"] is True
    state = simulator.state()["sonetel"]
    state["accounts"][sonetel.ACCOUNT_ID]["numbers"]["46846500412"]["connect_to"] = "+46701740609"
    simulator.put_state({"sonetel": state})
    changed = "+46846500412: now phone +46701740609, before phone +46701740605"
    decide = "Decide with restore_changed: keep leaves it alone, overwrite restores it as it was before."
    back = {**given, "state": "restored"}
    for check, words in ((True, "would be"), (False, "was")):
        result = run_module("office_reroute", back, check=check)
        assert result["failed"] is True
        assert result["msg"].splitlines() == [
            f"here: 1 number {words} restored to what it was before the re-route.",
            '  number +46 8 465 004 13  +46 70 174 06 06 -> voiceapp "Voice Mail"',
            f"  left alone, because somebody has changed it since: {changed}",
            "  What callers notice",
            '    +46 8 465 004 13  +46 70 174 06 06 -> "Voice Mail" (the voice apps were not read)',
            f"Somebody has changed +46846500412 since here was re-routed. {decide}",
        ]
    assert run_module("office_reroute", {**back, "changed": "keep"}, check=True).get("failed") is None
    closed = run_module("office_reroute", {**given, **lists, "prefix": "offboard", "state": "closed"})
    kept = re.findall(r"kept in (\S+)\.json", "\n".join(closed["message"]))
    assert "Snapshot: " not in str(closed["message"])
    assert [Path(f"{name}.json").is_file() for name in kept] == [True]
