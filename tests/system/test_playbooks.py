# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules as a user runs them: real playbooks, and everything that Ansible prints about them.

These are also what runs on every supported ansible-core: all modules and all jobs once, and how they meet Ansible.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_office import MOBILE, SonetelOffice, writes_by_number
from system_playbooks import Playbooks
from system_support import OTHER_PASSWORD, PROXY_PASSWORD, ROOT, Json, leaks

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.smspartner import seed as smspartner

Play = Callable[..., "Output"]
US = "+12015550100"


@dataclass(frozen=True)
class Output:
    """What one ansible-playbook said."""

    text: str
    code: int

    def recap(self, name: str) -> int:
        """A count of the recap, such as `changed`."""
        found = re.search(rf"\b{name}=(\d+)", self.text)
        assert found, self.text[-500:]
        return int(found.group(1))

    def reported(self) -> dict[str, Any]:
        """What the tasks reported with a message of `TOLD name json`."""
        return {
            name: json.loads(json.loads(f'"{text}"'))
            for name, text in re.findall(r'"TOLD (\w+) ((?:[^"\\]|\\.)*)"', self.text)
        }


@pytest.fixture
def play(tmp_path: Path, collections_path: Path) -> Play:
    """Runs tasks on localhost with ansible-playbook."""

    def run(tasks: list[Json], *arguments: str, **variables: str) -> Output:
        book = tmp_path / "play.yml"
        book.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
        inventory = tmp_path / "hosts"
        inventory.write_text("localhost ansible_connection=local ansible_python_interpreter=" + sys.executable)
        environment = {
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": str(collections_path),
            "ANSIBLE_HOME": str(tmp_path / "ansible"),
            "ANSIBLE_LOG_PATH": str(tmp_path / "ansible.log"),
            "ANSIBLE_NOCOLOR": "1",
            "HOME": str(tmp_path),
            **variables,
        }
        done = subprocess.run(
            [Path(sys.executable).with_name("ansible-playbook"), "-i", inventory, book, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        log = (tmp_path / "ansible.log").read_text()
        text = done.stdout + done.stderr
        # The positions of what leaks, so that a failing test does not print it.
        assert leaks(text + log) == []
        assert "Traceback" not in text
        assert "DEPRECATION" not in text
        return Output(text, done.returncode)

    return run


def task(module: str, options: Json, **keywords: Any) -> Json:
    return {"name": f"Run {module}", f"office.telephony.{module}": options, **keywords}


def tell(name: str, expression: str) -> Json:
    return {"name": f"Tell {name}", "ansible.builtin.debug": {"msg": f"TOLD {name} {{{{ {expression} | to_json }}}}"}}


def environment_of(office: SonetelOffice) -> dict[str, str]:
    """The login as variables; text that stands in a playbook is shown by Ansible when a task fails."""
    return {f"SONETEL_{name.upper()}": value for name, value in office.connection().items()}


def test_check_apply_apply_with_sonetel(simulator: Simulator, play: Play) -> None:
    office = SonetelOffice(simulator, 5)
    token = {"access_token": "{{ login.access_token }}"}
    parts = [f"{name}=many.{name}" for name in ("plan", "diff", "forwardings")]
    tasks = [
        task("sonetel_token", {}, register="login", no_log=True),
        task("sonetel_forwardings", {**token, "forwardings": office.entries}, register="many"),
        task("sonetel_forwarding_info", token, register="info"),
        tell("all", f"dict({', '.join(parts)}, info=info.forwardings)"),
    ]
    again = [
        task("sonetel_forwardings", {**token, "forwardings": office.entries}, register="again"),
        tell("again", "again.changed"),
    ]

    predicted = play(tasks, "--diff", "--check", **environment_of(office))
    assert (predicted.code, predicted.recap("changed")) == (0, 1)
    assert office.stored() == office.start
    assert not writes_by_number(office.requests())

    applied = play([*tasks, *again], "--diff", "-vvvv", **environment_of(office))
    assert (applied.code, applied.recap("changed")) == (0, 1)
    assert office.stored() == office.goal
    assert set(writes_by_number(office.requests()).values()) == {1}
    assert applied.reported()["again"] is False
    before, after = predicted.reported()["all"], applied.reported()["all"]
    assert [item["number"] for item in after.pop("info")] == [item["number"] for item in before.pop("info")]
    assert before == after
    for line in ('-            "phone": "+12025550144"', f'+            "phone": "{MOBILE}"'):
        assert line in applied.text
        assert line in predicted.text


SONETEL = {"number": "+46846500412", "destination": {"phone": MOBILE}}
PERSON = {"user": "erik.ohman@example.org", "second_action": {"hang_up": True}}
CELL = {"extension": "101", "phone_number": "+16505550100", "label": "Cell"}
HOURS = {"extension": "101", "hours": "after", "then": {"voicemail": True}}
SITE = {"name": "Denver", "extension": "9002", "email": "denver@example.org", "top_menu": "8001"}
GROUP = {"extension": "7103", "kind": "announcement", "name": "Closed", "email": "closed@example.org"}
QUEUE = {"extension": "7001", "members": ["103", "101"], "ring": "fixed_order"}
IVR_PROMPT = {"name": "Night", "file": "{{ playbook_dir }}/night.wav"}
IVR_MENU = {"extension": "8001", "prompt": {"prompt": "Night"}, "keys": [{"key": "1", "extension": "7001"}]}
OPEN = {"company_hours": [{"owner": "7001", "schedule": {"monday": ["08:00-18:00"]}}]}
RULE = {"owner": "7001", "hours": "after", "destination": {"extension": "7103"}}
PARTY = {"name": "Summer party", "from": "2097-06-18", "to": "2097-06-19"}
CLOSED = {"holidays": [{"owner": "company", "days": [PARTY], "destination": {"extension": "7103"}}]}
BOSS = {"extension": "101", "name": "Boss", "callers": ["+16505550170"], "ring": [], "then": {"extension": "102"}}
MOVED = {"number": "+16505550183", "extension": "8001", "expected_extension": "7002"}
FORWARD = {"number": "+33261910001", "destination": "+33353010001"}
DESK = {"number": "+61255500101", "friendly_name": "Desk"}
MENU = {"name": "Nights", "type": "menu", "voice": "eng"}
PROMPT = {"voiceapp": "Reception", "name": "Hours", "text": "Nine to five.", "language": "en_GB"}
LISTS: Json = {"office": "lyon", "sonetel": {"forwardings": [{**SONETEL, "number": "+46846500413"}]}}
ANNA = {"email": "anna.lindqvist@example.org"}
STATE = {"state_directory": "{{ playbook_dir }}/state"}
# Every module with options that work, in an order in which they do.
MODULES: dict[str, Json] = {
    "sonetel_token": {},
    "sonetel_forwarding": SONETEL,
    "sonetel_forwardings": {"forwardings": [SONETEL]},
    "sonetel_forwarding_info": {"numbers": [SONETEL["number"]]},
    "sonetel_user_forwarding": PERSON,
    "sonetel_user_forwardings": {"user_forwardings": [PERSON]},
    "sonetel_user_info": {},
    "sonetel_voiceapp": MENU,
    "sonetel_voiceapps": {"voiceapps": [MENU]},
    "sonetel_prompt": PROMPT,
    "sonetel_voiceapp_info": {},
    "ringcentral_token": {},
    "ringcentral_forwarding_number": CELL,
    "ringcentral_forwarding_numbers": {"forwarding_numbers": [CELL]},
    "ringcentral_forwarding_number_info": {"extensions": ["101"]},
    "ringcentral_call_forwarding": HOURS,
    "ringcentral_call_forwardings": {"call_forwardings": [HOURS]},
    "ringcentral_call_forwarding_info": {"extensions": ["101"]},
    "ringcentral_site": SITE,
    "ringcentral_sites": {"sites": [SITE]},
    "ringcentral_group_extension": GROUP,
    "ringcentral_group_extensions": {"group_extensions": [GROUP]},
    "ringcentral_call_queue": QUEUE,
    "ringcentral_call_queues": {"call_queues": [QUEUE]},
    "ringcentral_ivr_prompt": IVR_PROMPT,
    "ringcentral_ivr_prompts": {"ivr_prompts": [IVR_PROMPT]},
    "ringcentral_ivr_menu": IVR_MENU,
    "ringcentral_ivr_menus": {"ivr_menus": [IVR_MENU]},
    "ringcentral_company_hours": OPEN,
    "ringcentral_company_rule": RULE,
    "ringcentral_company_rules": {"company_rules": [RULE]},
    "ringcentral_holidays": CLOSED,
    "ringcentral_custom_rule": BOSS,
    "ringcentral_custom_rules": {"custom_rules": [BOSS]},
    "ringcentral_phone_number": MOVED,
    "ringcentral_phone_numbers": {"phone_numbers": [MOVED]},
    "ringcentral_company_forward_all": {"enabled": False},
    "ringcentral_company_info": {},
    "smspartner_callforward": FORWARD,
    "smspartner_callforwards": {"callforwards": [FORWARD]},
    "fonedynamics_number": DESK,
    "fonedynamics_numbers": {"numbers": [DESK]},
    "fonedynamics_number_info": {},
    "office_index": {},
    "office": {**LISTS, **STATE},
    "office_undo": {"office": "lyon", **STATE},
    "office_info": {"office": "lyon", "providers": ["sonetel"]},
    "office_calls": {"variables": True, "providers": ["sonetel"], "keep_model": True},
    "office_report": {"of": "last", "directory": "{{ playbook_dir }}/reports"},
    "office_doctor": {"office": "lyon", "providers": ["sonetel"]},
    "office_reroute": {**LISTS, **STATE, "to": "+46701740606"},
    "office_reroute_info": {"office": "lyon", **STATE},
    "office_leaver": {**LISTS, "providers": ["sonetel"], "person": ANNA},
    "office_variables": {"office": "lyon", "providers": ["sonetel"], "path": "{{ playbook_dir }}/exported.yml"},
    "office_results": {"of": "outcome"},
}


def test_every_module_runs(simulator: Simulator, play: Play, tmp_path: Path) -> None:
    simulator.limit_by_the_second()
    (tmp_path / "night.wav").write_bytes(b"RIFF\x24\0\0\0WAVEfmt ")
    assert MODULES.keys() == {path.stem for path in (ROOT / "plugins/modules").glob("*.py")}
    tasks = [
        task(module, options, register="last", **({"no_log": True} if module.endswith("_token") else {}))
        for module, options in MODULES.items()
    ]
    output = play(tasks, "--diff", **simulator.environment)
    assert (output.code, output.recap("ok")) == (0, len(tasks)), output.text[-3000:]
    assert output.recap("changed") == 20


# The variables of the jobs, and the order in which each finds what it needs.
JOBS: dict[str, Json] = {
    "validate": {},
    "doctor": {},
    "onboard": {},
    "verify": {},
    "report": {},
    "undo": {},
    "export": {"export_providers": ["fonedynamics"]},
    "leaver": {"leaver_person": {"phones": ["+61 491570157"]}, "leaver_providers": ["fonedynamics"]},
    "reroute": {"reroute_to": "+61 491570156", "reroute_until": "8h"},
    "reroute_status": {},
    "restore": {},
    "offboard": {"offboard_to": "+61 491570156"},
}


def test_every_job_runs(simulator: Simulator, tmp_path: Path, collections_path: Path) -> None:
    assert JOBS.keys() == {path.stem for path in (ROOT / "playbooks").glob("*.yml")}
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    given: Json = {"office_state_directory": "state"}
    for variables in JOBS.values():
        given |= variables
    playbooks.write({"sydney": {"office_fonedynamics": {"numbers": [DESK]}, **given}})
    run = playbooks.run(playbooks.chain(*JOBS), "--diff")
    assert run.code == 0, run.text
    assert run.text.count(" : Summary] ") == len(JOBS)
    for words in ("valid (1 item", "changed 1", "now rings +61 491 570 156", "was restored to", "permanently"):
        assert words in run.text, words


def test_failures_are_reported_in_one_sentence_and_without_secrets(simulator: Simulator, play: Play) -> None:
    office = SonetelOffice(simulator, 2)
    proxy = f"http://me:{PROXY_PASSWORD.replace('%', '%25').replace('@', '%40')}@127.0.0.1:9"
    given = {"proxy": "{{ lookup('ansible.builtin.env', 'HTTPS_PROXY') }}"}
    wrong = {"password": "{{ lookup('ansible.builtin.env', 'OTHER_PASSWORD') }}"}
    entry: Json = {"number": US, "destination": {"phone": MOBILE}}
    cases: list[tuple[str, Json, str]] = [
        ("sonetel_forwarding", {**entry, **given, **wrong, "destinaton": 1}, "Unsupported parameters for"),
        ("sonetel_forwarding", {**entry, **given, "timeout": 0.5}, "The proxy 127.0.0.1:9 did not connect to "),
        ("sonetel_forwarding", {**entry, **wrong}, "does not accept the login"),
        ("sonetel_token", {}, "set no_log: true on the task"),
        ("sonetel_forwarding", {"number": 12015550100}, "12015550100 is not text: was this +12015550100 without"),
        ("sonetel_forwardings", {"forwardings": [entry, entry]}, "the same number is already at forwardings[0]"),
    ]
    tasks = [task(module, options, ignore_errors=True) for module, options, words in cases]
    variables = {"HTTPS_PROXY": proxy, "OTHER_PASSWORD": OTHER_PASSWORD, **environment_of(office)}
    output = play(tasks, "-vvvv", "--diff", **variables)
    assert (output.code, output.recap("ignored")) == (0, len(cases))
    assert not [words for module, options, words in cases if words not in output.text]
    assert "Please report" not in output.text
    assert office.stored() == office.start


def test_keys_and_tokens_of_other_providers_are_not_shown(simulator: Simulator, play: Play) -> None:
    """`play` searches all output, so each provider's module runs well, runs wrongly, and is called wrongly."""
    wrong = "{{ lookup('ansible.builtin.env', 'OTHER_PASSWORD') }}"
    forward: Json = {"number": "+33261910001", "state": "forward", "destination": "+33353010001"}
    label: Json = {"number": "+61255500101", "friendly_name": "Reception"}
    cases: list[tuple[str, Json, str]] = [
        ("smspartner_callforward", {**forward, "check_credentials": True}, '"changed": true'),
        ("smspartner_callforward", {**forward, "api_key": wrong}, "the API key is missing or wrong"),
        ("smspartner_callforward", {**forward, "api_key": wrong, "destinaton": 1}, "Unsupported parameters for"),
        ("fonedynamics_number", label, '"changed": true'),
        ("fonedynamics_number", {**label, "token": wrong}, "Fone Dynamics does not accept"),
        ("fonedynamics_number_info", {"token": wrong, "numbres": []}, "Unsupported parameters for"),
    ]
    output = play(
        [task(module, options, ignore_errors=True) for module, options, words in cases],
        "-vvvv",
        "--diff",
        OTHER_PASSWORD=OTHER_PASSWORD,
        SMSPARTNER_API_KEY=smspartner.API_KEY,
        SMSPARTNER_API_URL=simulator.smspartner_api_url,
        FONEDYNAMICS_ACCOUNT_SID=fonedynamics.ACCOUNT_SID,
        FONEDYNAMICS_TOKEN=fonedynamics.TOKEN,
        FONEDYNAMICS_API_URL=simulator.fonedynamics_api_url,
    )
    assert (output.recap("changed"), output.recap("ignored")) == (2, 4)
    assert not [words for module, options, words in cases if words not in output.text]


def test_defaults_for_the_whole_provider(simulator: Simulator, play: Play) -> None:
    """The action group carries the connection for all modules, so that tasks hold nothing but what is desired."""
    office = SonetelOffice(simulator, 2)
    first = office.entries[0]
    block = {
        "name": "With the connection given once",
        "module_defaults": {"group/office.telephony.sonetel": office.with_token()},
        "block": [task("sonetel_forwarding", first), task("sonetel_forwardings", {"forwardings": office.entries})],
    }
    output = play([block])
    assert (output.code, output.recap("changed"), output.recap("ok")) == (0, 2, 2)
    assert office.stored() == office.goal


def test_a_module_has_a_process_of_its_own_where_it_makes_a_difference(tmp_path: Path, play: Play) -> None:
    other_python = tmp_path / "python"
    other_python.symlink_to(sys.executable)
    (tmp_path / "elsewhere.py").write_text(
        "from ansible.plugins.connection.local import Connection as Local\n"
        "DOCUMENTATION = 'name: elsewhere\\nshort_description: Another machine\\noptions: {}'\n"
        "class Connection(Local):\n    transport = 'elsewhere'\n"
    )
    keywords: dict[str, Json] = {
        "is like the controller": {},
        "is the controller": {"delegate_to": "localhost"},
        "finds Python itself": {"vars": {"ansible_python_interpreter": "auto_silent"}},
        "is another machine": {"vars": {"ansible_connection": "elsewhere"}},
        "has another user": {"become": True, "become_exe": "/bin/false"},
        "has another Python": {"vars": {"ansible_python_interpreter": str(other_python)}},
        # With which no Python starts.
        "has another environment": {"environment": {"PYTHONHOME": "/none"}},
        "is in the background": {"async": 30, "poll": 1},
    }
    # A small module, which fails where it has no credentials.
    tasks = [
        {"name": name, "office.telephony.fonedynamics_number_info": {}, "ignore_errors": True, **more}
        for name, more in keywords.items()
    ]
    run = play(tasks, "-vvv", ANSIBLE_CONNECTION_PLUGINS=str(tmp_path))
    parts = [part.partition("]") for part in run.text.split("\nTASK [")[1:]]
    assert [name for name, _bracket, said in parts if "Using module file" in said] == list(keywords)[3:]
    assert "Using module file" in play(tasks[:1], "-vvv", OFFICE_TELEPHONY_IN_WORKER="no").text
