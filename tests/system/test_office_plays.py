# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules of whole offices in a play: variables, files and lines, what other offices claim, and where they run."""

from __future__ import annotations

import importlib
import json
import re
import resource
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from system_examples import connections, office
from system_playbooks import KEEP, Playbooks, Run
from system_support import PACKAGE, Json, run_module, texts_of

from simulator.harness import Simulator

NUMBER, SAME, OTHER = "08-465 004 12", "+46 8 465 004 12", "08-465 004 13"
INDEX: Json = {"tasks": [{"office.telephony.office_index": {}, "run_once": True}]}
OFFICE: Json = {
    "office.telephony.office": {"office": "{{ inventory_hostname }}", "variables": True},
    "register": "outcome",
    "ignore_errors": True,
}
ONBOARD: Json = {"tasks": [OFFICE, KEEP]}


@pytest.fixture
def plays(simulator: Simulator, tmp_path: Path, collections_path: Path, monkeypatch: pytest.MonkeyPatch) -> Playbooks:
    simulator.clear_requests()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return Playbooks(simulator, tmp_path, collections_path)


def number(spelling: str, options: str = "destination: {phone: 070-174 06 05}") -> str:
    return f"""\
office_region: SE
office_sonetel:
  forwardings:
    - number: {spelling!r}
      {options}
"""


def test_two_offices_with_the_same_number_are_refused_before_any_request(
    plays: Playbooks, simulator: Simulator
) -> None:
    plays.offices(lund=number(NUMBER), malmo=number(SAME), ystad=number(OTHER))
    run = plays.play(INDEX, ONBOARD, arguments=["--check"])
    results = plays.results()
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
    plays.play(INDEX, ONBOARD, arguments=["--check", "--limit", "lund"])
    assert "host_vars/malmo.yml" in plays.results()["lund"]["msg"]
    writes = [entry["path"] for entry in simulator.requests() if entry["method"] != "GET"]
    assert [path for path in writes if not path.endswith("/token")] == []


def test_a_play_in_batches_compares_all_offices_in_each(plays: Playbooks) -> None:
    plays.offices(lund=number(OTHER), malmo=number(SAME), ystad=number(NUMBER))
    run = plays.play({"serial": 1, "tasks": [*INDEX["tasks"], *ONBOARD["tasks"]]}, arguments=["--check"])
    assert run.code == 0, run.text
    assert {host: len(found.get("failure", {}).get("problems", ())) for host, found in plays.results().items()} == {
        "lund": 0,
        "malmo": 1,
        "ystad": 1,
    }


def test_without_the_index_the_hosts_of_the_play_are_compared(plays: Playbooks, simulator: Simulator) -> None:
    plays.offices(lund=number(NUMBER), malmo=number(SAME))
    plays.play(ONBOARD)
    results = plays.results()
    assert [len(results[host]["failure"]["problems"]) for host in ("lund", "malmo")] == [1, 1]
    assert simulator.requests() == []


UNREADABLE = {
    "undefined": "office_sonetel: {voiceapps: '{{ not_there }}'}",
    "inside": "office_sonetel: {forwardings: [{number: '{{ not_there }}'}]}",
    "wrong": "office_sonetel: '{{ 1 // 0 }}'",
    "sealed": "office_sonetel:\n  forwardings:\n    - number: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        "
    + "3" * 80,
}
# Variables without a value are as if they were not there.
EMPTY = "office_sonetel_connection:\noffice_ringcentral:\n"


def test_what_cannot_be_resolved_is_named_and_stops_only_its_own_office_and_prune(plays: Playbooks) -> None:
    plays.offices(lund=number(NUMBER) + EMPTY, **{host: f"{text}\n" for host, text in UNREADABLE.items()})
    run = plays.play(INDEX, ONBOARD, arguments=["--check"])
    results = plays.results()
    assert results["lund"]["failed"] is False, results["lund"]
    for host in UNREADABLE:
        (problem,) = results[host]["failure"]["problems"]
        assert (problem["path"], problem["position"].split(":")[0]) == ("office_sonetel", f"host_vars/{host}.yml")
        assert problem["what"].startswith("cannot be resolved: ")
        assert f"The variables of {host} cannot be read: " in " ".join(run.text.split())
    run = plays.run("onboard", "--check", "--limit", "lund", "-e", "onboard_prune=true")
    assert "The variables of inside, sealed, undefined, wrong cannot be read" in " ".join(run.messages()["lund"])


def test_with_the_strategy_free_all_hosts_share_one_index(plays: Playbooks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSIBLE_STRATEGY", "free")
    plays.offices(lund=number(NUMBER), malmo=number(SAME), ystad=number(OTHER))
    run = plays.run("validate")
    assert run.text.count("TASK [All offices]") == 1
    assert [line.split()[:2] for line in run.table()] == [["FAILED", "lund"], ["FAILED", "malmo"], ["valid", "ystad"]]


def role(name: str, **more: Any) -> Json:
    return {"name": f"Run {name}", "ansible.builtin.include_role": {"name": f"office.telephony.{name}"}, **more}


def test_an_office_that_was_re_routed_before_there_was_a_state_directory_still_is(plays: Playbooks) -> None:
    plays.offices(lund=number(NUMBER))
    away = {"reroute_to": "070-174 06 06"}
    state = {"office_state_directory": "state"}
    refused = {"name": "Onboard", "block": [role("onboard", vars=state)], "rescue": [role("restore", vars=state)]}
    tasks = [role("reroute", vars=away), refused, role("reroute", vars={**away, **state})]
    run = plays.play({"tasks": tasks})
    assert run.code == 0, run.text
    assert "lund has been re-routed to" in run.text
    assert "was restored to what it was before the re-route" in run.text
    assert (plays.folder / "state/reroutes/lund.json").is_file()
    assert not (plays.folder / "reroutes/lund.json").exists()


ANNA, ERIK = "anna.lindqvist@example.org", "erik.ohman@example.org"
# All jobs of an office: module and options.
DAY: list[tuple[str, Json]] = [
    ("office", {}),
    ("office_info", {"providers": ["sonetel"]}),
    ("office_calls", {"providers": ["sonetel"], "verify": True, "pictures": True}),
    ("office_variables", {"providers": ["sonetel"], "path": "exported.yml"}),
    ("office_doctor", {"providers": ["sonetel"]}),
    ("office_reroute", {"to": "070-174 06 06"}),
    ("office_reroute_info", {}),
    ("office_reroute", {"state": "restored"}),
    ("office_leaver", {"providers": ["sonetel"], "person": {"email": ANNA}, "successor": {"email": ERIK}}),
    ("office_undo", {}),
]
CHANGING = {"office", "office_variables", "office_reroute", "office_leaver", "office_undo"}
# An option of theirs is a list of an office; the others take none.
WITHOUT_LISTS = {"office_info", "office_variables", "office_reroute_info", "office_undo"}


def _comparable(result: Mapping[str, Any]) -> Json:
    """Leave out what differs between any two runs, and how a core hands warnings over."""
    apart = ("api_calls", "invocation", "ansible_parsed", "printed", "warnings")
    # That nothing was changed is added by Ansible where options are refused.
    plain = {"changed": False, **{name: value for name, value in result.items() if name not in apart}}
    requests = result.get("api_calls", {}).get("requests")
    text = json.dumps({**plain, "requests": requests, "warned": texts_of(result)})
    # Two records of one second are numbered.
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:?\d\d:?\d\dZ(-\d+(?=-))?|\d+ \w{3} \d{4}, \d\d:\d\d", "TIME", text)
    found: Json = json.loads(text)
    return found


def in_worker(folder: str, module: str, options: Mapping[str, Any]) -> Json:
    """What a module returns in Ansible's worker; the action has what it uses of Ansible's."""
    action = object.__new__(importlib.import_module(f"{PACKAGE}.action.{module}").ActionModule)
    action._task = SimpleNamespace(args=options, action=f"office.telephony.{module}")
    action._loader = SimpleNamespace(get_basedir=lambda: folder)
    action._update_module_args = lambda _name, args, _variables: args.update(_ansible_diff=True)
    result: Json = action._run_here({"inventory_hostname": "stockholm"})
    return result


Way = Callable[[str, Json], Json]


@pytest.fixture
def worker(controller: Executor, tmp_path: Path) -> Way:
    """Runs a module as Ansible's worker does."""
    return lambda module, options: controller.submit(in_worker, str(tmp_path), module, options).result()


def test_a_job_s_result_is_the_same_in_the_worker_and_in_a_process(
    simulator: Simulator, worker: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = simulator.state()
    monkeypatch.chdir(tmp_path)
    given = {**office("stockholm", simulator, tmp_path), "state_directory": str(tmp_path / "state")}
    alone = {name: value for name, value in given.items() if name != "sonetel"}
    ways: list[Way] = [worker, run_module]
    found: list[list[Json]] = []
    for way in ways:
        simulator.put_state(start)
        shutil.rmtree(tmp_path / "state", ignore_errors=True)
        (tmp_path / "exported.yml").unlink(missing_ok=True)
        found.append([])
        for module, options in DAY:
            result = way(module, {**(alone if module in WITHOUT_LISTS else given), **options})
            assert result.get("msg") is None, (way, module, result["msg"])
            assert result["changed"] is (module in CHANGING), module
            found[-1].append(_comparable(result))
    for (module, _options), here, there in zip(DAY, *found, strict=True):
        assert here == there, module


# What is refused, by the options, by the module and by the provider: module, options, and words.
FAILING: dict[str, tuple[str, Json, str]] = {
    "missing": ("sonetel_forwardings", {}, "missing required arguments: forwardings"),
    "unsupported": ("sonetel_forwarding", {"number": "+46846500412", "destinaton": 1}, "Unsupported parameters for"),
    "refused": ("sonetel_forwarding", {"number": "+46846500412", "destination": {"phone": "+46"}}, "+46"),
    "exchanged": ("sonetel_forwarding", {"number": "+46846500412", "password": "wrong"}, "does not accept the login"),
    "misspelt": ("office", {"office": "lyon", "sonetel": {"forwarding": []}}, "sonetel.forwarding: no such list"),
}


@pytest.mark.parametrize("case", FAILING)
def test_a_failure_is_the_same_in_the_worker_and_in_a_process(
    case: str, simulator: Simulator, worker: Way, tmp_path: Path
) -> None:
    module, options, words = FAILING[case]
    connection = connections(simulator, tmp_path)["sonetel_connection"]
    given = {**connection, **options} if module.startswith("sonetel") else options
    here, there = worker(module, given), run_module(module, given)
    assert here["failed"] is True
    assert words in here["msg"]
    assert _comparable(here) == _comparable(there)


def test_a_task_s_result_is_the_same_in_the_worker_and_in_a_process(plays: Playbooks) -> None:
    """A task with an environment of its own has a process of its own. One office is right, and one is wrong."""
    plays.offices(lund=number(OTHER), malmo=number(NUMBER, "destinaton: {}"))
    both = {"outcome": {"worker": "{{ here }}", "process": "{{ there }}"}}
    tasks = [
        {**OFFICE, "register": "here"},
        {**OFFICE, "register": "there", "environment": {"SOMETHING": "else"}},
        {"ansible.builtin.set_fact": both},
        KEEP,
    ]
    plays.play({"tasks": tasks}, arguments=["--check", "--diff"])
    for host, found in plays.results().items():
        assert _comparable(found["worker"]) == _comparable(found["process"]), host
        assert found["worker"].get("changed") is (host == "lund")
        if host == "malmo":
            assert found["worker"]["failure"]["problems"][0]["position"].startswith("host_vars/malmo.yml:")


def test_the_index_is_linear_in_hosts(plays: Playbooks) -> None:
    def cpu(hosts: int) -> float:
        """Seconds of processor for each host; what a run costs without hosts counts for both."""
        offices = {f"office{place}": number(f"+46{846500000 + place}") for place in range(hosts)}
        plays.offices(**offices)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run: Run = plays.play(INDEX)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run.code == 0, run.text
        return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / hosts

    assert cpu(200) <= 1.3 * cpu(50)


def test_options_of_a_task_that_are_wrong_are_refused_as_options(plays: Playbooks) -> None:
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
    outcome = {"ansible.builtin.set_fact": {"outcome": ["{{ result0.msg }}", "{{ result1.msg }}", "{{ result2.msg }}"]}}
    run = plays.play({"tasks": [*tasks, outcome, KEEP]})
    limit, variables, prune = plays.results()["lund"]
    assert "1 of 1 items would change, but at most 0 may" in limit
    assert all("boolean" in message and "variables" in variables for message in (variables, prune))
    assert "exception occurred" not in run.text.lower()
