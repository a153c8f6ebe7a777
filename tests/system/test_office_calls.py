# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module `office_calls`: who answers a call, as routes, pictures and a model."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from system_examples import OFFICES, office
from system_playbooks import Playbooks
from system_support import Json, run_module

from simulator.harness import Simulator

ERIK = "+46701740606"
PEOPLE = [
    {"name": "Anna Lindqvist", "email": "anna.lindqvist@example.org"},
    {"name": "Erik Öhman", "email": "erik.ohman@example.org", "phones": [ERIK]},
]


@pytest.fixture
def stockholm(simulator: Simulator, tmp_path: Path) -> Json:
    options = office("stockholm", simulator, tmp_path)
    result = run_module("office", options)
    assert not result.get("failed"), result["msg"]
    simulator.clear_requests()
    return {**options, "people": PEOPLE}


def calls(options: Json, *asked: Json, **more: Any) -> Json:
    result = run_module("office_calls", {**options, "calls": list(asked), **more})
    assert not result.get("failed"), result["msg"]
    return result


def test_routes_of_given_calls_step_by_step(stockholm: Json, simulator: Simulator) -> None:
    asked = (
        {"name": "sales", "dial": "08-465 004 13", "at": "saturday 10:00", "press": [1, 1]},
        {"dial": "+46 8 465 004 12", "unanswered": ["Anna Lindqvist"]},
        {"dial": "+46 8 999 999 99"},
    )
    result = calls(stockholm, *asked)
    sales, reception, nowhere = result["routes"]
    (moment,) = sales["moments"]
    (route,) = moment["routes"]
    assert (route["ends"], route["reached"], route["evidence"]) == ("outside", "Erik Öhman's mobile", "documented")
    assert "10:00" in moment["when"]
    assert [step["at"].rpartition("/")[2] for step in route["steps"]] == [
        "+46846500413",
        "Öppning Stockholm",
        "Växel Stockholm",
        "Försäljning Stockholm",
        ERIK,
    ]
    assert sales["lines"][0].startswith("dial +46 8 465 004 13, keys 1, 1, ")
    assert reception["moments"][0]["routes"][0]["ends"] == "voicemail"
    assert reception["moments"][0]["routes"][0]["seconds"] == 20
    assert "not a number of any office" in nowhere["moments"][0]["why"]
    # The files say the same, and need no account.
    simulator.clear_requests()
    files = calls(stockholm, *asked[:2], of="files")
    assert files["api_calls"]["requests"] == 0
    assert files["routes"][0]["moments"] == sales["moments"]


def test_prompts_of_the_account_have_their_names(stockholm: Json) -> None:
    test = {"dial": "08-465 004 13", "press": [3], "expect": {"hears": "Öppettider"}}
    assert [found["status"] for found in calls(stockholm, call_tests=[test])["call_tests"]] == ["pass"]


def test_pictures_of_chosen_numbers(stockholm: Json) -> None:
    (picture,) = calls(stockholm, pictures=True, numbers=["08-465 004 13"])["pictures"]
    assert picture["number"] == "+46846500413"
    labels = [node["label"] for node in picture["graph"]["nodes"]]
    assert 'menu "Växel Stockholm"' in labels
    assert picture["mermaid"].startswith("flowchart TD\n")
    assert len(picture["mermaid"].splitlines()) == 1 + sum(map(len, picture["graph"].values()))
    assert [day["day"] for day in picture["week"]][::6] == ["monday", "sunday"]
    everything = calls(stockholm, pictures=True, of="files")["pictures"]
    assert [one["number"] for one in everything] == [f"+4684650041{digit}" for digit in range(2, 7)]


@pytest.mark.parametrize("name", OFFICES)
def test_info_returns_the_model_with_the_same_reading(name: str, simulator: Simulator, tmp_path: Path) -> None:
    # Reading a whole company twice takes more requests than RingCentral allows in a minute.
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    options = office(name, simulator, tmp_path)
    used = [provider for provider in ("sonetel", "ringcentral", "smspartner", "fonedynamics") if provider in options]
    options["providers"] = used
    lists = run_module("office_info", options)
    with_model = run_module("office_info", {**options, "calls": True})
    assert with_model["lists"] == lists["lists"]
    assert "model" not in lists
    model = with_model["model"]
    assert model["office"] == name
    assert {source["provider"] for source in model["sources"]} == set(used)
    assert all(number["start"] in model["nodes"] for number in model["numbers"])
    if "ringcentral" not in used:
        assert with_model["api_calls"]["requests"] == lists["api_calls"]["requests"]


def test_the_model_is_kept_for_a_report_in_a_private_file(stockholm: Json, tmp_path: Path) -> None:
    result = calls(stockholm, keep_model=True, index_folder=str(tmp_path), of="files")
    path = Path(result["model_path"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    model = json.loads(path.read_text())
    assert [number["number"] for number in model["numbers"]] == [f"+4684650041{digit}" for digit in range(2, 7)]


PLAYS = """
- hosts: all
  gather_facts: false
  tasks:
    - office.telephony.office_index:
      run_once: true
    - office.telephony.office_calls:
        variables: true
        calls: [{dial: "{{ dialled }}", at: monday 10:00}]
        keep_model: true
      register: found
    - ansible.builtin.copy:
        src: "{{ found.model_path }}"
        dest: "{{ models }}/{{ inventory_hostname }}.json"
        mode: "0600"
    - ansible.builtin.copy:
        content: "{{ found | to_json }}"
        dest: "{{ models }}/{{ inventory_hostname }}.result"
        mode: "0600"
"""


def test_offices_that_share_an_account_each_have_their_own(
    simulator: Simulator, tmp_path: Path, collections_path: Path
) -> None:
    """A number of another office is in nobody else's model, and calls go on where that office's file says."""
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    forwarded = {"number": "+33 2 61 91 00 01", "destination": "+46 8 465 004 14"}
    paris = {"office_region": "FR", "office_smspartner": {"callforwards": [forwarded]}}
    common = {"office_region": "SE", "dialled": "08-465 004 14"}
    mine, other = ({"number": number, "destination": {"phone": ERIK}} for number in ("08-465 004 14", "08-465 004 13"))
    playbooks.write(
        {
            "lyon": {**common, "office_sonetel": {"forwardings": [mine]}},
            "oslo": {**common, "office_sonetel": {"forwardings": [other]}},
            "paris": {**paris, "dialled": "+33 2 61 91 00 01"},
        }
    )
    (tmp_path / "models").mkdir()
    playbook = tmp_path / "plays.yml"
    playbook.write_text(PLAYS)
    run = playbooks.run(str(playbook), "-e", f"models={tmp_path / 'models'}")
    assert run.code == 0, run.text
    models = {host: json.loads((tmp_path / "models" / f"{host}.json").read_text()) for host in ("lyon", "oslo")}
    numbers = {host: {number["number"] for number in model["numbers"]} for host, model in models.items()}
    assert "+46846500414" in numbers["lyon"] - numbers["oslo"]
    assert "+46846500413" in numbers["oslo"] - numbers["lyon"]
    found = json.loads((tmp_path / "models" / "paris.result").read_text())
    (route,) = found["routes"][0]["moments"][0]["routes"]
    assert [step["at"].rpartition("/")[2] for step in route["steps"]] == ["+33261910001", "+46846500414", ERIK]
