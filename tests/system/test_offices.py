# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Offices as people have them: many in one run, some with mistakes, each with options of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_playbooks import Playbooks, Run
from system_support import Json

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.sonetel import seed as sonetel

Onboard = Callable[..., Run]


@pytest.fixture
def onboard(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Onboard:
    """Runs the playbook of a job on offices, `{name: host variables}`."""
    playbooks = Playbooks(simulator, tmp_path, collections_path)

    def run(offices: Json, *arguments: str, job: str = "onboard") -> Run:
        playbooks.write(offices)
        return playbooks.run(job, *arguments)

    return run


def sonetel_destination(simulator: Simulator, phnum: str) -> Any:
    return simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["numbers"][phnum]["connect_to"]


def friendly_name(simulator: Simulator, number: str) -> Any:
    return simulator.state()["fonedynamics"]["accounts"][fonedynamics.ACCOUNT_SID]["numbers"][number]["Friendly"]


def test_many_offices_share_a_login_and_the_limits_and_do_not_stop_each_other(
    simulator: Simulator, onboard: Onboard
) -> None:
    """Each has an extension of one RingCentral account. Its limits are tighter than in truth, in shorter windows."""
    extensions = [str(number) for number in range(1000, 1020)]
    state = simulator.state()["ringcentral"]
    for number in extensions:
        state["extensions"][f"41000{number}"] = ringcentral.extension(number, f"Person {number}")
    simulator.put_state({"ringcentral": state})
    limits = {"light": 10, "medium": 8, "heavy": 2}
    windows = {group: {"requests": count, "window": 1, "penalty": 60} for group, count in limits.items()}
    simulator.set_limits({"ringcentral": windows})

    def office(extension: str) -> Json:
        item = {"extension": extension, "type": "Mobile", "phone_number": f"+1650200{extension}"}
        return {"office_ringcentral": {"forwarding_numbers": [item]}, "onboard_verify": False}

    offices = {f"office-{number}": office(number) for number in extensions}
    offices["unknown"] = office("9999")
    offices["misspelt"] = {"office_ringcentral": {"forwarding_number": []}}
    run = onboard(offices)

    requests = [entry for entry in simulator.requests() if entry["provider"] == "ringcentral"]
    assert {entry["status"] for entry in requests} == {200}
    assert sum(entry["path"].endswith("/token") for entry in requests) == 1
    created = [entry for entry in requests if entry["method"] == "POST" and "forwarding-number" in entry["path"]]
    assert len(created) == len(extensions)
    now = simulator.state()["ringcentral"]["extensions"]
    assert all(len(now[f"41000{number}"]["forwarding_numbers"]) == 1 for number in extensions)

    assert run.code == 2
    reported = run.messages()
    assert set(reported) == set(offices)
    # What the office that failed before it had an outcome requested is not counted.
    counted = sum(int(count) for lines in reported.values() for count in re.findall(r"(\d+) API call", lines[0]))
    assert 0 < len(requests) - counted <= 2
    assert "no such list. Did you mean 'forwarding_numbers'" in reported["misspelt"][-1]
    assert reported["office-1000"][0].startswith("office-1000: created 1 (RingCentral: 1 forwarding number)")
    table = run.table()
    assert [line.split()[:2] for line in table[:2]] == [["FAILED", "misspelt"], ["FAILED", "unknown"]]
    assert [line.split()[0] for line in table[2:]] == ["changed"] * len(extensions)


def test_one_provider_of_an_office(simulator: Simulator, onboard: Onboard) -> None:
    run = onboard({"everywhere": BOTH}, "-e", '{"onboard_providers": ["fonedynamics"]}')
    assert run.code == 0, run.text
    assert {entry["provider"] for entry in simulator.requests()} == {"fonedynamics"}
    assert friendly_name(simulator, "61255500101") == "Desk"


def both(phnum: str, number: str, **options: Any) -> Json:
    """An office with a number at each of two providers."""
    return {
        "office_sonetel": {"forwardings": [{"number": f"+{phnum}", "destination": {"phone": "+46701740607"}}]},
        "office_fonedynamics": {"numbers": [{"number": f"+{number}", "friendly_name": "Desk"}]},
        **options,
    }


BOTH = both("46846500412", "61255500101")


def test_each_office_as_its_options_say(simulator: Simulator, onboard: Onboard) -> None:
    home = {"extension": "101", "type": "Home", "phone_number": "+16505550101"}
    state = simulator.state()["ringcentral"]
    extras = [ringcentral.forwarding_number(f"5000000{key}", f"+165055501{key}", f"Old {key}") for key in (21, 22)]
    for extension in (ringcentral.OWNER_ID, "400000004"):
        state["extensions"][extension]["forwarding_numbers"] |= {item["id"]: item for item in extras}
    simulator.put_state({"ringcentral": state})
    refused = {"provider": "sonetel", "method": "PUT", "kind": "status", "status": 400, "body": "{}", "times": None}
    simulator.add_faults([{**refused, "path_regex": f"{phnum}$"} for phnum in ("46846500413", "46846500414")])
    wrong = both("46846500415", "61255500190")
    wrong["office_fonedynamics"]["numbers"].append({"number": "+611300975707", "flow": "No such flow"})
    wrong["office_sonetel"]["forwardings"][0]["destination"] = {"phone": "+46 900 123 45 67"}
    offices = {
        "fine": BOTH,
        # Both mistakes are reported, and nothing is written at either.
        "wrong": wrong,
        "fast": both("46846500413", "61255500102", onboard_verify=False),
        "carried-on": both("46846500414", "61491570006", onboard_verify=False, onboard_continue_on_error=True),
        "pruned": {
            "office_ringcentral": {"forwarding_numbers": [home]},
            "onboard_prune": True,
            "onboard_max_deletions": 2,
        },
        "too-many": {
            "office_ringcentral": {"forwarding_numbers": [{**home, "extension": "103"}]},
            "onboard_prune": True,
            "onboard_max_deletions": 1,
        },
        "empty": {"office_fones": BOTH["office_fonedynamics"]},
    }
    run = onboard(offices)
    assert run.code == 2
    reported = {host: "\n".join(lines) for host, lines in run.messages().items()}
    failed = [line.split()[1] for line in run.table() if line.startswith("FAILED")]
    assert failed == ["carried-on", "fast", "too-many", "wrong"]

    assert sonetel_destination(simulator, "46846500412") == "+46701740607"
    assert friendly_name(simulator, "61255500101") == "Desk"

    for words in ("Nothing was written. 3 problems", "premium-rate", "office_policy.", "No such flow"):
        assert words in reported["wrong"]
    assert sonetel_destination(simulator, "46846500415") == "0046701740606"

    assert friendly_name(simulator, "61255500102") == "Sydney sales"
    assert "not tried  number +61 2 5550 0102" in reported["fast"]
    assert friendly_name(simulator, "61491570006") == "Desk"
    assert "1 of 2 changes were made, 1 failed" in reported["carried-on"]

    extensions = simulator.state()["ringcentral"]["extensions"]
    labels = {key: {item["label"] for item in extensions[key]["forwarding_numbers"].values()} for key in extensions}
    assert labels[ringcentral.OWNER_ID] == {"Home", "Polycom VVX 411"}
    assert labels["400000004"] == {"Old 21", "Old 22"}
    assert reported["pruned"].count("  DELETE forwarding number") == 2
    assert "onboard_max_deletions" in reported["too-many"]
    assert "empty has none of the variables office_sonetel, " in " ".join(run.text.split())


def test_a_leaver_in_offices_of_which_one_is_re_routed(simulator: Simulator, onboard: Onboard, tmp_path: Path) -> None:
    """The restore would bring the person back. An office without them has nothing to say about the successor."""
    offices = {
        "re-routed": {
            "office_sonetel": {"forwardings": [{"number": "+46846500412"}]},
            "leaver_providers": ["sonetel"],
        },
        "elsewhere": {
            "office_smspartner": {"callforwards": []},
            "office_policy": {"allowed_countries": ["FR"]},
            "leaver_providers": ["smspartner"],
        },
        "strict": {"office_policy": {"allowed_countries": ["FR"]}, "leaver_providers": ["sonetel"]},
    }
    person = {"leaver_person": {"phones": ["+46 70 174 06 05", "+1 202 555 0144"]}}
    jobs = Playbooks(simulator, tmp_path, tmp_path).chain("reroute", "leaver")
    given = json.dumps({"reroute_to": "+46701740606", **person})
    reported = onboard(offices, "--limit", "re-routed", "-e", given, job=jobs)
    assert reported.code == 0, reported.text
    lines = reported.messages()["re-routed"]
    (position,) = (index for index, line in enumerate(lines) if line.endswith("A restore will bring back:"))
    assert lines[position + 1].split()[:3] == ["Sonetel", "number", "+46"]
    assert any("e-mail address (leaver_person.email is not set)" in line for line in lines)

    simulator.clear_requests()
    successor = {"leaver_successor": {"phones": ["+46 70 174 06 07"]}}
    run = onboard(offices, "-e", json.dumps(person | successor), job="leaver")
    assert run.code == 2
    assert not [entry for entry in simulator.requests() if entry["method"] == "PUT"]
    shown = {host: "\n".join(lines) for host, lines in run.messages().items()}
    assert "re-routed has been re-routed to +46 70 174 06 06 since" in shown["re-routed"]
    assert "leaver_ignore_reroute" in shown["re-routed"]
    assert "Searched in the variables or the journal only: SMS Partner numbers" in shown["elsewhere"]
    assert "leaver_successor.phones[0]: +46701740607 is in SE, and office_policy.allowed_" in shown["strict"]
    assert [line.split()[0] for line in run.table()] == ["FAILED", "FAILED", "not"]


def test_an_export_under_another_policy(simulator: Simulator, onboard: Onboard, tmp_path: Path) -> None:
    """What is refused is a comment, what may be copied is, and a failure afterwards does not deny the file."""
    state = simulator.state()["ringcentral"]
    number = ringcentral.forwarding_number("500000021", "+12025550171", "Mobile", "Mobile")
    state["extensions"][ringcentral.OWNER_ID]["forwarding_numbers"]["500000021"] = number
    simulator.put_state({"ringcentral": state})
    refused = {"provider": "fonedynamics", "method": "GET", "kind": "status", "status": 403, "body": "{}"}
    simulator.add_faults([{**refused, "path_regex": "Numbers", "after": 1, "times": None}])
    policy = {"office_policy": {"allowed_countries": ["FR"]}}
    offices = {
        "paris": {
            **policy,
            "office_smspartner_connection": {
                "journal": "~/journal.json",
                "api_key": "{{ undefined_key | default('') }}",
            },
            "export_providers": ["ringcentral"],
        },
        "sydney": {"export_providers": ["fonedynamics"]},
    }
    run = onboard(offices, job="export")
    written = (tmp_path / "exported" / "paris.yml").read_text()
    assert "# 101 / +12025550171 is left out: +12025550171 is in US" in written
    exported = yaml.safe_load(written)
    assert exported["office_smspartner_connection"] == {"journal": str(tmp_path / "journal.json")}
    assert run.table()[0].startswith("FAILED   sydney")
    assert "sydney.yml was written, but could not be verified: " in run.messages()["sydney"][0]
    assert "Nothing was written." not in run.text
