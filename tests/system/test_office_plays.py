# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of whole offices in a play: variables, files and lines, what other offices claim, and where they run."""

from __future__ import annotations

import json
import re
import resource
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_playbooks import Playbooks, Run
from system_support import Json

from simulator.harness import Simulator

NUMBER, SAME, OTHER = "08-465 004 12", "+46 8 465 004 12", "08-465 004 13"
PLAYS = """
- hosts: all
  gather_facts: false
  tasks:
    - office.telephony.office_index:
      run_once: true
- hosts: all
  gather_facts: false
  tasks:
    - office.telephony.office:
        office: "{{ inventory_hostname }}"
        variables: true
      register: outcome
      ignore_errors: true
    - ansible.builtin.copy:
        content: "{{ outcome | to_json }}"
        dest: "{{ results }}/{{ inventory_hostname }}.json"
        mode: "0600"
      check_mode: false
"""


class Plays(Playbooks):
    """Runs plays with the module `office` on host variables in files."""

    def offices(self, **files: str) -> None:
        self.write(dict.fromkeys(files))
        folder = self.folder / "host_vars"
        folder.mkdir(exist_ok=True)
        for host, text in files.items():
            (folder / f"{host}.yml").write_text(text)

    def play(self, *arguments: str, plays: str = PLAYS) -> tuple[Run, dict[str, Json]]:
        """Run the plays; return what was printed, and each office's result."""
        results = self.folder / "results"
        results.mkdir(exist_ok=True)
        playbook = self.folder / "plays.yml"
        playbook.write_text(plays)
        run = self.run(str(playbook), "-e", f"results={results}", *arguments)
        return run, {file.stem: json.loads(file.read_text()) for file in results.iterdir()}


@pytest.fixture
def plays(simulator: Simulator, tmp_path: Path, collections_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plays:
    simulator.clear_requests()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return Plays(simulator, tmp_path, collections_path)


def number(spelling: str, options: str = "destination: {phone: 070-174 06 05}") -> str:
    return f"""\
office_region: SE
office_sonetel:
  forwardings:
    - number: {spelling!r}
      {options}
"""


def test_two_offices_with_the_same_number_are_refused_before_any_request(plays: Plays, simulator: Simulator) -> None:
    plays.offices(lund=number(NUMBER), malmo=number(SAME), ystad=number(OTHER))
    run, results = plays.play("--check")
    for host, other in (("lund", "malmo"), ("malmo", "lund")):
        (problem,) = results[host]["failure"]["problems"]
        assert problem["path"] == "office_sonetel.forwardings[0]"
        assert re.fullmatch(rf"host_vars/{host}.yml:[345]:\d+", problem["position"])
        assert re.search(rf"\b{other}, host_vars/{other}.yml:[345]:\d+", problem["what"]), problem["what"]
        assert problem["position"] in results[host]["msg"]
        assert results[host]["api_calls"]["requests"] == 0
    assert results["ystad"]["changed"] is True
    assert "host_vars/malmo.yml" in run.text
    # Nothing is left of the index.
    assert not list(plays.folder.rglob("*office-index-*"))
    # A host that is not in the run counts as well.
    _run, results = plays.play("--check", "--limit", "lund")
    assert "host_vars/malmo.yml" in results["lund"]["msg"]
    writes = [entry["path"] for entry in simulator.requests() if entry["method"] != "GET"]
    assert [path for path in writes if not path.endswith("/token")] == []


def test_a_play_in_batches_compares_all_offices_in_each(plays: Plays) -> None:
    plays.offices(lund=number(OTHER), malmo=number(SAME), ystad=number(NUMBER))
    together = [{**play, "serial": 1} for play in yaml.safe_load(PLAYS)[:1]]
    together[0]["tasks"] += yaml.safe_load(PLAYS)[1]["tasks"]
    run, results = plays.play("--check", plays=yaml.safe_dump(together))
    assert run.code == 0, run.text
    assert {host: len(found.get("failure", {}).get("problems", ())) for host, found in results.items()} == {
        "lund": 0,
        "malmo": 1,
        "ystad": 1,
    }


def test_without_the_index_the_hosts_of_the_play_are_compared(plays: Plays, simulator: Simulator) -> None:
    plays.offices(lund=number(NUMBER), malmo=number(SAME))
    alone = yaml.safe_dump(yaml.safe_load(PLAYS)[1:2])
    _run, results = plays.play(plays=alone)
    assert [len(results[host]["failure"]["problems"]) for host in ("lund", "malmo")] == [1, 1]
    assert simulator.requests() == []


UNREADABLE = {
    "undefined": "office_sonetel: {voiceapps: '{{ not_there }}'}",
    "inside": "office_sonetel: {forwardings: [{number: '{{ not_there }}'}]}",
    "wrong": "office_sonetel: '{{ 1 // 0 }}'",
    "sealed": "office_sonetel:\n  forwardings:\n    - number: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        "
    + "3" * 80,
}


def test_what_cannot_be_resolved_is_named_and_stops_only_its_own_office_and_prune(plays: Plays) -> None:
    plays.offices(lund=number(NUMBER), **{host: f"{text}\n" for host, text in UNREADABLE.items()})
    run, results = plays.play("--check")
    assert results["lund"]["failed"] is False, results["lund"]
    for host in UNREADABLE:
        (problem,) = results[host]["failure"]["problems"]
        assert (problem["path"], problem["position"].split(":")[0]) == ("office_sonetel", f"host_vars/{host}.yml")
        assert problem["what"].startswith("cannot be resolved: ")
        assert f"The variables of {host} cannot be read: " in " ".join(run.text.split())
    run = plays.run("onboard", "--check", "--limit", "lund", "-e", "onboard_prune=true")
    assert "The variables of inside, sealed, undefined, wrong cannot be read" in " ".join(run.messages()["lund"])


def test_with_the_strategy_free_all_hosts_share_one_index(plays: Plays, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSIBLE_STRATEGY", "free")
    plays.offices(lund=number(NUMBER), malmo=number(SAME), ystad=number(OTHER))
    run, results = plays.play("--check")
    assert [results[host].get("failed") for host in ("lund", "malmo", "ystad")] == [True, True, False], run.text
    run = plays.run("validate")
    assert run.text.count("TASK [All offices]") == 1
    assert [line.split()[:2] for line in run.table()] == [["FAILED", "lund"], ["FAILED", "malmo"], ["valid", "ystad"]]


RING = """\
office_ringcentral:
  call_forwardings:
    - extension: 0145
      hours: all
      then: {voicemail: true}
"""
# By host: its variables, the path that is wrong, its line, and words about it.
MISTAKES = {
    "key": (number(NUMBER, "destinaton: {phone: '1'}"), "office_sonetel.forwardings[0].destinaton", 5, "'destination'"),
    "list": ("office_sonetel:\n  forwardngs: []\n", "office_sonetel.forwardngs", 2, "'forwardings'"),
    "text": ("office_sonetel: Anna\n", "office_sonetel", 1, "is not a mapping"),
    "type": (number(OTHER, "destination: Anna"), "office_sonetel.forwardings[0].destination", 5, "must be a mapping"),
    "empty": ("office_sonetel:\n  forwardings:\n", "office_sonetel.forwardings", 2, "is empty; write []"),
    "octal": (RING, "office_ringcentral.call_forwardings[0].extension", 3, "101 is not text"),
    "norway": ("office_region: NO\noffice_sonetel: {forwardings: []}\n", "office_region", 1, "NO (Norway)"),
    "number": (
        number("08-465 004 14", "destination: {phone: 0701740606}"),
        "office_sonetel.forwardings[0].destination.phone",
        5,
        "not text",
    ),
}


def test_a_mistake_is_reported_with_file_and_line(plays: Plays, simulator: Simulator) -> None:
    plays.offices(**{host: mistake[0] for host, mistake in MISTAKES.items()})
    run, results = plays.play()
    for host, (_text, path, line, words) in MISTAKES.items():
        (problem,) = results[host]["failure"]["problems"]
        assert problem["path"] == path
        assert words in problem["what"]
        file, found, _column = problem["position"].split(":")
        assert file == f"host_vars/{host}.yml"
        assert abs(int(found) - line) <= 1, host
        assert f"{problem['position']}  {path}: {problem['what']}" in results[host]["msg"]
    assert simulator.requests() == []
    assert len(run.text) < 5000 * len(MISTAKES)


def test_variables_without_a_value_are_as_if_they_were_not_there(plays: Plays) -> None:
    plays.offices(lund=number(NUMBER) + "office_sonetel_connection:\noffice_ringcentral:\n")
    _run, results = plays.play("--check")
    assert results["lund"]["failed"] is False, results["lund"]["msg"]


JOBS = """
- hosts: all
  gather_facts: false
  tasks:
    - office.telephony.office_reroute:
        office: "{{ inventory_hostname }}"
        variables: true
        reroute_directory: "{{ results }}/../reroutes"
        to: "070-174 06 06"
      register: outcome
      ignore_errors: true
    - ansible.builtin.copy:
        content: "{{ outcome | to_json }}"
        dest: "{{ results }}/{{ inventory_hostname }}.json"
        mode: "0600"
"""


def test_an_emergency_reads_no_other_office_and_works_with_wrong_variables(plays: Plays) -> None:
    plays.offices(
        lund=number(NUMBER, "destinaton: {}") + "office_ringcentral: text\noffice_call_tests: {typo: true}\n",
        malmo=number(SAME) + 'office_smspartner: "{{ undefined_here }}"\n',
    )
    _run, results = plays.play("--limit", "lund", plays=JOBS)
    assert results["lund"]["changed"] is True, results["lund"]
    assert results["lund"]["snapshot"]["numbers"] == ["+46846500412"]
    warned = " ".join(map(str, results["lund"]["warnings"]))
    assert "office_ringcentral is not a mapping" in warned
    assert "office_sonetel.forwardings[0].destinaton" in warned


def test_an_office_that_was_re_routed_before_there_was_a_state_directory_still_is(plays: Plays) -> None:
    away = ("reroute", "-e", json.dumps({"reroute_to": "070-174 06 06"}))
    plays.offices(lund=number(NUMBER))
    assert plays.run(*away).code == 0
    plays.offices(lund=number(NUMBER) + "office_state_directory: state\n")
    refused = plays.run("onboard")
    assert (refused.code, "lund has been re-routed to" in refused.text) == (2, True)
    assert plays.run("restore").code == 0
    assert plays.run(*away).code == 0
    assert (plays.folder / "state/reroutes/lund.json").is_file()


# All jobs of an office, in one play: module and options.
DAY: list[tuple[str, Json]] = [
    ("office", {}),
    ("office_info", {"providers": ["sonetel"]}),
    ("office_variables", {"providers": ["sonetel"], "path": "{{ results }}/../exported.yml"}),
    ("office_doctor", {"providers": ["sonetel"]}),
    ("office_reroute", {"to": "070-174 06 06"}),
    ("office_reroute_info", {}),
    ("office_reroute", {"state": "restored"}),
    ("office_leaver", {"person": {"phones": ["070-174 06 05"]}, "successor": {"phones": ["070-174 06 07"]}}),
    ("office_undo", {}),
]
CHANGING = {"office", "office_variables", "office_reroute", "office_leaver", "office_undo"}


def _day(way: str) -> str:
    """A play of all jobs that keeps their results; *way* says where the modules run."""
    tasks: list[Json] = []
    for place, (module, options) in enumerate(DAY):
        task: Json = {f"office.telephony.{module}": {"variables": True, **options}, "register": f"result{place}"}
        # What is wrong is reported in the same way by all of them.
        only = {} if place == 0 else {"when": "inventory_hostname == 'lund'"}
        tasks.append({**task, **only, "ignore_errors": True})
    names = ", ".join(f"result{place}" for place in range(len(DAY)))
    content = {
        "content": "{{ [NAMES] | to_json }}".replace("NAMES", names),
        "dest": "{{ results }}/{{ inventory_hostname }}.json",
    }
    tasks.append({"ansible.builtin.copy": {**content, "mode": "0600"}, "check_mode": False})
    play: Json = {"hosts": "all", "gather_facts": False, "tasks": tasks}
    return yaml.safe_dump([{**play, "environment": {"SOMETHING": "else"}} if way == "environment" else play])


def _comparable(result: Any) -> Json:
    """Leave out what differs between any two runs."""
    plain = {name: value for name, value in result.items() if name not in ("api_calls", "invocation", "ansible_parsed")}
    text = json.dumps({**plain, "requests": result["api_calls"]["requests"]})
    # Two records of one second are numbered.
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:?\d\d:?\d\dZ(-\d+(?=-))?|\d+ \w{3} \d{4}, \d\d:\d\d", "TIME", text)
    found: Json = json.loads(text)
    return found


def test_results_are_the_same_wherever_the_modules_run(
    plays: Plays, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = "office_timezone: Europe/Stockholm\noffice_state_directory: state\n"
    plays.offices(lund=number(OTHER) + state, malmo=number(NUMBER, "destinaton: {}") + state)
    saved = simulator.state()
    found: dict[str, Any] = {}
    for way in ("worker", "process", "environment"):
        monkeypatch.setenv("OFFICE_TELEPHONY_IN_WORKER", "no" if way == "process" else "yes")
        simulator.put_state(saved)
        for left in ("state", "exported.yml"):
            path = plays.folder / left
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        days: Any = plays.play("--diff", plays=_day(way))[1]
        found[way] = {
            host: [_comparable(result) for result in given if not result.get("skipped")] for host, given in days.items()
        }
    for (module, _options), result in zip(DAY, found["worker"]["lund"], strict=True):
        assert result.get("msg") is None, (module, result["msg"])
        assert result["changed"] is (module in CHANGING), module
    assert found["worker"]["malmo"][0]["failure"]["problems"][0]["position"].startswith("host_vars/malmo.yml:")
    for way in ("process", "environment"):
        for host, day in found["worker"].items():
            for (module, _options), here, there in zip(DAY[: len(day)], day, found[way][host], strict=True):
                assert there == here, (way, host, module)


def test_the_index_is_linear_in_hosts(plays: Plays) -> None:
    index = yaml.safe_dump(yaml.safe_load(PLAYS)[:1])

    def cpu(hosts: int) -> float:
        """Seconds of processor for each host; what a run costs without hosts counts for both."""
        offices = {f"office{place}": number(f"+46{846500000 + place}") for place in range(hosts)}
        plays.offices(**offices)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run, _results = plays.play(plays=index)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run.code == 0, run.text
        return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / hosts

    assert cpu(200) <= 1.3 * cpu(50)


def test_options_of_a_task_that_are_wrong_are_refused_as_options(plays: Plays) -> None:
    """A number is of a class of its own there, and the action looks at some options before the module does."""
    plays.offices(lund=number(NUMBER))
    lists = {
        "region": "SE",
        "sonetel": {"forwardings": [{"number": NUMBER, "destination": {"phone": "070-174 06 07"}}]},
    }
    cases: list[Json] = [{"max_changes": 0}, {"variables": "maybe"}, {"prune": "perhaps"}]
    tasks: list[Json] = [
        {"office.telephony.office": {**lists, **case}, "register": f"result{place}", "ignore_errors": True}
        for place, case in enumerate(cases)
    ]
    content = "{{ [result0.msg, result1.msg, result2.msg] | to_json }}"
    copy = {"content": content, "dest": "{{ results }}/lund.json", "mode": "0600"}
    play = {"hosts": "all", "gather_facts": False, "tasks": [*tasks, {"ansible.builtin.copy": copy}]}
    run, results = plays.play(plays=yaml.safe_dump([play]))
    limit, variables, prune = results["lund"]
    assert "1 of 1 items would change, but at most 0 may" in limit
    assert all("boolean" in message and "variables" in variables for message in (variables, prune))
    assert "exception occurred" not in run.text.lower()
