# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What YAML makes of unquoted values and of empty options in an office's file: every job refuses it, and says where."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from system_playbooks import Playbooks

from simulator.harness import Simulator

HOST = "malmo"
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
    "date": (
        "onboard",
        "office_sonetel: {voiceapps: [{name: 2026-12-24, type: menu, voice: swe}]}",
        "office_sonetel",
    ),
    "denied number": (
        "onboard",
        f"office_policy: {{denied_numbers: 0701740606}}\n{NUMBER}",
        "office_policy.denied_numbers: 117948806 is not text: was this 0701740606 without quotes?",
    ),
    "Norway": ("onboard", f"office_region: NO\n{NUMBER}", "office_region: false is not text: was this NO (Norway)"),
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
        "destination.phone: 117948806 is not text",
    ),
    "offboard": ("offboard", f"offboard_to: 0701740606\n{NUMBER}", "offboard_to: 117948806 is not text"),
    "selection": ("export", f"export_numbers: [0701740606]\n{NUMBER}", "export_numbers: 117948806 is not text"),
}
# Tasks of hand-written playbooks, and what each of them says; the last value is a secret.
TASKS = """
- hosts: all
  gather_facts: false
  ignore_errors: true
  tasks:
    - office.telephony.sonetel_voiceapp: {name: 2026-12-24, type: menu, menu: [{key: "1", user: 2026-12-24 10:00:00}]}
    - office.telephony.sonetel_forwarding_info: {numbers: 0701740606}
    - office.telephony.office_snapshot: {directory: snapshots, office: 007, reason: 2026-12-24}
    - office.telephony.ringcentral_call_forwarding: {extension: ~, hours: work}
    - office.telephony.sonetel_forwarding_info: {password: 0417555}
"""
SAID = (
    "name: 2026-12-24 is not text",
    "menu[0].user: 2026-12-24 10:00:00 is not text",
    "numbers: 117948806 is not text",
    "office: 7 is not text",
    "reason: 2026-12-24 is not text",
    "extension: is empty, but a value is needed",
    "password: is a whole number instead of text",
)
EMPTY = "".join(f"office_{name}_connection:\n" for name in ("sonetel", "ringcentral", "smspartner", "fonedynamics"))


@pytest.fixture
def playbooks(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    return Playbooks(simulator, tmp_path, collections_path)


def write(playbooks: Playbooks, text: str) -> None:
    """Make *text* the office's file, as it stands."""
    playbooks.write({HOST: {}})
    file = playbooks.folder / "host_vars" / f"{HOST}.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text + "\n")


@pytest.mark.parametrize(("job", "text", "said"), MANGLED.values(), ids=MANGLED)
def test_what_yaml_has_changed_is_refused(playbooks: Playbooks, job: str, text: str, said: str) -> None:
    write(playbooks, text)
    before = playbooks.simulator.state()
    run = playbooks.run(job)
    assert run.code != 0
    assert said in run.text.replace("\\u0027", "'"), run.text
    after = playbooks.simulator.state()
    assert {name: part.get("accounts") for name, part in after.items() if isinstance(part, dict)} == {
        name: part.get("accounts") for name, part in before.items() if isinstance(part, dict)
    }
    assert not list(playbooks.folder.glob("reroutes/*"))


@pytest.mark.parametrize("job", ["onboard", "export", "reroute", "restore", "offboard", "leaver", "reroute_status"])
def test_an_empty_connection_is_none(playbooks: Playbooks, job: str) -> None:
    options = """
        reroute_to: '+46701740608'
        offboard_to: '+46701740608'
        leaver_person: {email: anna.lindqvist@example.org}
    """
    write(playbooks, "\n".join([EMPTY, NUMBER, dedent(options)]))
    if job == "restore":
        assert playbooks.run("reroute").code == 0
    run = playbooks.run(job)
    assert run.code == 0, run.text


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
    assert "ignored=5" in run.text
    assert playbooks.simulator.requests() == []
