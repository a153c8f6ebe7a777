# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What YAML makes of unquoted values and of empty options in an office's file: every job refuses it, and says where."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_playbooks import Playbooks
from system_support import PACKAGE, Json, run_module

from simulator.harness import Simulator

HOST = "malmo"
# The module of each job.
MODULES = {
    "onboard": "office",
    "export": "office_variables",
    "reroute": "office_reroute",
    "restore": "office_reroute",
    "offboard": "office_reroute",
    "leaver": "office_leaver",
    "reroute_status": "office_reroute_info",
}
NUMBER = "office_sonetel: {forwardings: [{number: '+46846500412', destination: {phone: '+46701740606'}}]}"
# By what is wrong: the job, the office's file, and what the job says of it.
MANGLED = {
    "empty list": ("onboard", "office_sonetel:\n  forwardings:", "office_sonetel.forwardings: is empty"),
    "empty list beside": ("onboard", "office_sonetel:\n  prompts:", "office_sonetel.prompts: is empty"),
    "empty destination": (
        "onboard",
        "office_sonetel:\n  forwardings:\n    - number: '+46846500412'\n      destination:",
        "office_sonetel.forwardings[0].destination: is empty; name one of phone, sip, user, voiceapp, raw",
    ),
    "empty policy": ("onboard", f"office_policy:\n{NUMBER}", "office_policy: is empty"),
    "empty policy, read": ("export", f"office_policy:\n{NUMBER}", "office_policy: is empty"),
    "extension": (
        "onboard",
        "office_ringcentral: {call_forwardings: [{extension: 0145, hours: all, then: {voicemail: true}}]}",
        "office_ringcentral.call_forwardings[0].extension: 101 is not text: was this 101, 0145",
    ),
    "closed day": (
        "onboard",
        "office_ringcentral: {call_forwardings: [{extension: '101', hours: work, schedule: {saturday: off}}]}",
        "office_ringcentral.call_forwardings[0].schedule.saturday: false is not a range of hours",
    ),
    "denied number": (
        "onboard",
        f"office_policy: {{denied_numbers: 0701740606}}\n{NUMBER}",
        "office_policy.denied_numbers: 117948806 is not text: was this 0701740606 without quotes?",
    ),
    "Norway": (
        "onboard",
        f"office_region: NO\n{NUMBER}",
        "office_region: false is not text: was this NO without quotes? YAML reads NO (Norway) as false",
    ),
    "account": (
        "onboard",
        f"office_sonetel_connection: {{account_id: 301234567}}\n{NUMBER}",
        "account_id: 301234567 is not text",
    ),
    "phones": ("leaver", "leaver_person: {phones: 0701740607}", "leaver_person.phones: 117948807 is not text"),
    "phones beside": ("leaver", "leaver_person: {phones: ['1', 0701740607]}", "leaver_person.phones[1]: 117948807 is"),
    "person": ("leaver", "leaver_person: {extension: 0145}", "leaver_person.extension: 101 is not text"),
    "successor": (
        "leaver",
        "leaver_person: {email: anna.lindqvist@example.org}\nleaver_successor: {phones: [0701740607]}",
        "leaver_successor.phones[0]: 117948807 is not text",
    ),
    "re-route": ("reroute", f"reroute_to: 0701740606\n{NUMBER}", "reroute_to: 117948806 is not text"),
    "settings": (
        "reroute",
        f"reroute_settings: {{sonetel: {{forwardings: {{destination: {{phone: 0701740606}}}}}}}}\n{NUMBER}",
        "reroute_settings.sonetel.forwardings.destination.phone: 117948806 is not text",
    ),
    "offboard": ("offboard", f"offboard_to: 0701740606\n{NUMBER}", "offboard_to: 117948806 is not text"),
    "selection": ("export", f"export_numbers: [0701740606]\n{NUMBER}", "export_numbers[0]: 117948806 is not text"),
}
# Tasks of hand-written playbooks, and what each of them says; the last value is a secret.
TASKS = """
- hosts: all
  gather_facts: false
  ignore_errors: true
  tasks:
    - office.telephony.sonetel_voiceapp: {name: 2026-12-24, type: menu, menu: [{key: "1", user: 2026-12-24 10:00:00}]}
    - office.telephony.sonetel_forwarding_info: {numbers: 0701740606}
    - office.telephony.office_reroute: {reroute_directory: snapshots, office: 007, reason: 2026-12-24}
    - office.telephony.office: {sonetel: {voiceapps: [{name: 2026-12-24, type: menu, voice: swe}]}}
    - office.telephony.ringcentral_call_forwarding: {extension: ~, hours: work}
    - office.telephony.sonetel_forwarding_info: {password: 0417555}
"""
SAID = (
    "name: 2026-12-24 is not text",
    "menu[0].user: 2026-12-24 10:00:00 is not text",
    "numbers: 117948806 is not text",
    "office: 7 is not text",
    "reason: 2026-12-24 is not text",
    "office_sonetel.voiceapps[0].name: 2026-12-24 is not text",
    "extension: is empty, but a value is required",
    "password: is a whole number instead of text",
)


def options_in(job: str, given: Mapping[str, Any]) -> tuple[Json, list[str]]:
    """The options that a *job* takes from an office's variables, and what is wrong with these."""
    runner = importlib.import_module(f"{PACKAGE}.module_utils._ansible.runner")
    main = importlib.import_module(f"{PACKAGE}.modules.{MODULES[job]}").main
    host_variables = importlib.import_module(f"{PACKAGE}.plugin_utils._variables").HostVariables
    variables = host_variables(given, runner.spec_of(main), job, None, lambda value: value)
    options, problems = variables.options({})
    return options, [f"{problem.path}: {problem.what}" for problem in problems]


def found_in(job: str, text: str, folder: Path) -> list[str]:
    """What the *job* finds wrong with the office's file *text*: in its variables, else in what these say."""
    options, problems = options_in(job, yaml.safe_load(text))
    if problems:
        return problems
    runner = importlib.import_module(f"{PACKAGE}.module_utils._ansible.runner")
    takes = runner.spec_of(importlib.import_module(f"{PACKAGE}.modules.{MODULES[job]}").main).options
    rest = {"office": HOST, "variables": True, "prefix": job, "reroute_directory": str(folder / "reroutes")}
    rest |= {"path": str(folder / "malmo.yml")} if job == "export" else {}
    rest = {name: value for name, value in rest.items() if name in takes}
    return [run_module(MODULES[job], {**rest, **options})["msg"]]


@pytest.mark.parametrize(("job", "text", "said"), MANGLED.values(), ids=MANGLED)
def test_what_yaml_has_changed_is_refused(
    simulator: Simulator, controller: Executor, tmp_path: Path, job: str, text: str, said: str
) -> None:
    found = controller.submit(found_in, job, text, tmp_path).result()
    assert [line for line in found if said in line], found
    assert simulator.requests() == []
    assert not list(tmp_path.glob("reroutes/*"))


@pytest.mark.parametrize("empty", [None, ""])
@pytest.mark.parametrize("job", MODULES)
def test_an_empty_connection_is_none(controller: Executor, job: str, empty: str | None) -> None:
    """What YAML makes of a variable without a value, and what ansible-core up to 2.18 makes of that."""
    names = ("sonetel", "ringcentral", "smspartner", "fonedynamics")
    given = {f"office_{name}_connection": empty for name in names}
    assert controller.submit(options_in, job, given).result() == ({}, [])


@pytest.fixture
def playbooks(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    return Playbooks(simulator, tmp_path, collections_path)


@pytest.mark.parametrize("in_worker", ["yes", "no"])
def test_a_task_is_refused_wherever_its_module_runs(
    playbooks: Playbooks, monkeypatch: pytest.MonkeyPatch, in_worker: str
) -> None:
    """Dates too, which are text by the time that a process of its own gets them."""
    monkeypatch.setenv("OFFICE_TELEPHONY_IN_WORKER", in_worker)
    playbooks.write({HOST: {}})
    file = playbooks.folder / "play.yml"
    file.write_text(TASKS)
    run = playbooks.run(str(file))
    assert [text for text in SAID if text not in run.text.replace("\n", " ")] == [], run.text
    assert str(0o417555) not in run.text
    assert "ignored=6" in run.text
    assert playbooks.simulator.requests() == []
