# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people read: the playbooks by their full names, with Ansible's default callback."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_playbooks import Playbooks
from system_support import Json

from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral

NUMBER, OTHER, FALLBACK = "08-465 004 12", "08-465 004 13", "+46 70 174 06 06"
# What a file with something wrong weighs at most, all lines of the run together.
MOST_BYTES = 5000


@pytest.fixture
def books(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    simulator.clear_requests()
    return Playbooks(simulator, tmp_path, collections_path)


def office(number: str = NUMBER, options: str = "destination: {phone: 070-174 06 07}", more: str = "") -> str:
    return f"""\
office_region: SE
office_sonetel:
  forwardings:
    - number: {number}
      {options}
{more}"""


def writes(simulator: Simulator) -> list[str]:
    log = simulator.requests()
    return [entry["path"] for entry in log if entry["method"] != "GET" and not entry["path"].endswith("/token")]


def test_an_office_that_is_right_takes_one_line(books: Playbooks) -> None:
    books.offices(lund=office(options="destination: {phone: 070-174 06 05}"))
    run = books.run("onboard")
    (line,) = run.messages()["lund"]
    assert re.fullmatch(r"lund: nothing to change \(1 item at Sonetel checked; [23] API calls\)", line)
    assert len(re.findall(r"^(?:ok|changed|skipping|included): ", run.text, re.MULTILINE)) <= 4
    assert len([line for line in run.text.splitlines() if line.strip()]) <= 15


RING = """\
office_ringcentral:
  call_forwardings:
    - extension: 0145
      hours: all
      then: {voicemail: true}
"""
# By host: the file, the path that is wrong, its line, and the words that help.
MISTAKES = {
    "key": (office(options="destinaton: {phone: '1'}"), "office_sonetel.forwardings[0].destinaton", 5, "'destination'"),
    "list": ("office_sonetel:\n  forwardngs: []\n", "office_sonetel.forwardngs", 2, "'forwardings'"),
    "text": ("office_sonetel: Anna\n", "office_sonetel", 1, "is not a mapping"),
    "name": ("office_sonnetel:\n  forwardings: []\n", "office_sonnetel", 1, "'office_sonetel'"),
    "type": (office(OTHER, "destination: Anna"), "office_sonetel.forwardings[0].destination", 5, "must be a mapping"),
    "empty": ("office_sonetel:\n  forwardings:\n", "office_sonetel.forwardings", 2, "is empty; write []"),
    "octal": (RING, "office_ringcentral.call_forwardings[0].extension", 3, "101 is not text"),
    "norway": ("office_region: NO\noffice_sonetel: {forwardings: []}\n", "office_region", 1, "NO (Norway)"),
    "number": (
        office("08-465 004 14", "destination: {phone: 0701740606}"),
        "office_sonetel.forwardings[0].destination.phone",
        5,
        "not text",
    ),
}
ROLE = "office.telephony.onboard"
INCLUDED = {"name": "Onboard", "ansible.builtin.include_role": {"name": ROLE}}


def check_mistake(lines: list[str], host: str, mistake: str) -> None:
    """Compare what is shown for a *host*, whose file has that mistake, with where and what it is."""
    _file, path, line, words = MISTAKES[mistake]
    head, *_title, problem = lines
    assert head == "Nothing was written. 1 problem:"
    found = re.fullmatch(rf" *host_vars/{host}\.yml:(\d+):\d+  {re.escape(path)}: (.*)", problem)
    assert found, problem
    # Up to ansible-core 2.18 a mapping begins where its first value does.
    assert abs(int(found[1]) - line) <= 1, problem
    assert words in found[2]


def test_a_mistake_is_reported_with_its_place_and_with_little_else(books: Playbooks, simulator: Simulator) -> None:
    books.offices(**{host: mistake[0] for host, mistake in MISTAKES.items()})
    run = books.run("onboard")
    assert run.code == 2
    assert simulator.requests() == []
    shown = run.messages()
    for host in MISTAKES:
        check_mistake(shown[host], host, host)
    # The table is there although all of them fail.
    assert [line.split()[:2] for line in run.table()] == [["FAILED", host] for host in sorted(MISTAKES)]
    assert len(run.text.encode()) < MOST_BYTES + 1000 * len(MISTAKES)


def test_a_mistake_is_reported_wherever_the_role_stands(books: Playbooks, simulator: Simulator) -> None:
    mistake = MISTAKES["key"][0]
    books.offices(listed=mistake, included=mistake.replace(NUMBER, OTHER))
    only = "inventory_hostname == '{}'".format
    listed, included = {"role": ROLE, "when": only("listed")}, {**INCLUDED, "when": only("included")}
    run = books.play({"roles": [listed], "tasks": [included]})
    assert run.code == 2
    shown = run.messages()
    for host in ("listed", "included"):
        check_mistake(shown[host], host, "key")
    assert simulator.requests() == []


def test_a_single_mistake_prints_less_than_5_kb(books: Playbooks) -> None:
    books.offices(lund=MISTAKES["key"][0])
    run = books.run("onboard", "--diff")
    assert run.code == 2
    assert len(run.text.encode()) < MOST_BYTES


MENU = """\
  voiceapps:
    - {name: Öppning Växjö, type: mailbox, deliver_to: {email: vaxjo@example.org}}
"""


def test_a_diff_is_a_block_for_each_item_and_a_deletion_is_called_one(books: Playbooks, simulator: Simulator) -> None:
    state = simulator.state()["ringcentral"]
    numbers = state["extensions"][ringcentral.OWNER_ID]["forwarding_numbers"]
    numbers["500000021"] = ringcentral.forwarding_number("500000021", "+16505550121", "Old Ö")
    simulator.put_state({"ringcentral": state})
    home = {"extension": "101", "type": "Home", "phone_number": "+16505550101"}
    pruned = {
        "office_ringcentral": {"forwarding_numbers": [home]},
        "onboard_prune": True,
        "onboard_max_deletions": 1,
    }
    books.offices(lund=office(more=MENU), reno=yaml.safe_dump(pruned))
    run = books.run("onboard", "--diff", "--check")
    assert run.code == 0, run.text
    shown = run.messages()
    assert shown["lund"][0].startswith("lund: would create 1, change 1 (Sonetel: 1 mailbox, 1 number); nothing")
    heads = [line.partition(": ")[2] for line in run.text.splitlines() if line.startswith("+++ ")]
    assert [head for head in heads if head.startswith("Sonetel")] == [
        'Sonetel mailbox "Öppning Växjö"',
        "Sonetel number +46 8 465 004 12",
    ]
    assert "+  email: vaxjo@example.org\n" in run.text
    assert '  create mailbox \\"Öppning Växjö\\"' in run.text
    first, *lines = shown["reno"]
    assert "DELETE 1" in first
    assert "nothing would be deleted" not in first
    assert [line.split()[:3] for line in lines if "DELETE" in line] == [["DELETE", "forwarding", "number"]]
    assert writes(simulator) == []


def test_several_offices_end_with_a_table_whose_first_lines_are_failures(books: Playbooks) -> None:
    right = office(OTHER)
    books.offices(arboga=right, lund=office(options="destinaton: {}"), malmo="office_sonnetel: {}\n", ystad="{}\n")
    run = books.run("onboard", "--check")
    assert run.code == 2
    assert run.table() == [
        "FAILED        lund    1 problem (see above)",
        "FAILED        malmo   1 problem (see above)",
        "would change  arboga  Sonetel: 1 number",
        "unchanged     ystad",
    ]
    # A host without variables is named, with the file that was expected.
    assert "ystad has none of the variables office_sonetel, " in " ".join(run.text.split())
    assert "host_vars/ystad.yml" in "".join(run.text.split())
    # Also in batches, once at the end.
    table = {"name": "All offices", "office.telephony.office_results": {"of": "onboard_result"}, "run_once": True}
    play = {"serial": 2, "tasks": [{"name": "Do", "block": [INCLUDED], "always": [table]}]}
    run = books.play(play, arguments=["--check"])
    assert [line.split()[:2] for line in run.table()][:2] == [["FAILED", "lund"], ["FAILED", "malmo"]]


@pytest.mark.parametrize(
    ("job", "arguments", "words"),
    [
        ("onboard", ["--tags", "sonetle"], "the tag 'sonetle' selects no provider. Set "),
        ("reroute", ["--skip-tags", "ringcentral"], "the tag 'ringcentral' selects no provider. Set "),
    ],
)
def test_a_tag_that_names_a_provider_is_refused(
    books: Playbooks, simulator: Simulator, job: str, arguments: list[str], words: str
) -> None:
    books.offices(lund=office())
    run = books.run(job, *arguments, "-e", json.dumps({"reroute_to": FALLBACK}))
    assert run.code == 2
    assert words in run.text
    assert "onboard_providers" in run.text or job == "reroute"
    assert simulator.requests() == []


def test_another_tag_runs_nothing_and_says_so(books: Playbooks, simulator: Simulator) -> None:
    books.offices(lund=office())
    run = books.run("onboard", "--tags", "backup")
    assert run.code == 0, run.text
    assert run.messages()["lund"] == ["lund: nothing was done, because --tags names no tag of this task."]
    assert simulator.requests() == []


def test_an_emergency_works_while_something_else_is_broken(books: Playbooks, simulator: Simulator) -> None:
    """Other offices' variables cannot be read, and what is wrong in the office's own file is not needed."""
    sealed = "$ANSIBLE_VAULT;1.1;AES256\n    " + "3" * 80
    broken = "office_call_tests: {typo: true}\noffice_region: NO\n"
    books.offices(
        lund=office("'+46846500412'", "destinaton: {}").partition("\n")[2] + broken,
        malmo=f"office_sonetel_connection:\n  password: !vault |\n    {sealed}\n",
        ystad="office_smspartner: '{{ not_there }}'\n",
    )
    given = json.dumps({"reroute_to": FALLBACK, "reroute_until": "8h"})
    run = books.run(books.chain("reroute", "restore"), "--limit", "lund", "-e", given)
    assert run.code == 0, run.text
    text = " ".join(run.text.split())
    assert "lund: 1 number now rings +46 70 174 06 06." in text
    assert "office_region false is not text" in text
    assert "office_sonetel.forwardings[0].destinaton" in text
    assert run.messages()["lund"][0] == "lund: 1 number was restored to what it was before the re-route."


def role_of_the_host(**more: Any) -> Json:
    """A task that runs the role that is called like the host, as the playbooks do."""
    role = {"name": "office.telephony.{{ inventory_hostname }}", "rolespec_validate": False}
    return {"name": "Run it", "ansible.builtin.include_role": role, **more}


def test_an_emergency_needs_to_know_where_snapshots_are(books: Playbooks, simulator: Simulator) -> None:
    """Elsewhere, what is saved already would not be found, and what is saved now would not be found again."""
    jobs = ("reroute", "restore", "reroute_status")
    books.offices(**dict.fromkeys(jobs, office(more="office_state_directory: '{{ not_there }}'\n")))
    away = {"reroute_to": FALLBACK}
    known = role_of_the_host(vars={**away, "office_state_directory": "state"}, when="inventory_hostname == 'reroute'")
    run = books.play({"tasks": [{"block": [role_of_the_host(vars=away)], "rescue": [known]}]}, arguments=["--check"])
    assert run.text.count("office_state_directory: cannot be resolved") >= len(jobs)
    shown = run.messages()
    for job in jobs[1:]:
        assert "office_state_directory: cannot be resolved" in " ".join(shown[job])
    assert shown["reroute"][0] == "reroute: 1 number would ring +46 70 174 06 06."


def test_without_an_inventory_file_nothing_is_written_to_the_collection(books: Playbooks, simulator: Simulator) -> None:
    given = yaml.safe_load(office()) | {"reroute_to": FALLBACK, "ansible_python_interpreter": sys.executable}
    run = books.run("reroute", "-e", json.dumps(given), inventory="lund,")
    assert run.code == 2, run.text
    assert "There is no folder for snapshots" in " ".join(run.messages()["lund"])
    assert simulator.requests() == []
    run = books.run("reroute", "-e", json.dumps({**given, "office_state_directory": "state"}), inventory="lund,")
    assert run.code == 0, run.text
    # Where the user is.
    assert (books.folder / "elsewhere/state/reroutes/lund.json").exists()


# By host: a number that is re-routed all the same, what is broken beside it, and what is reported.
BROKEN = {
    "text": ("+46846500412", "office_ringcentral: text", "office_ringcentral is not a mapping"),
    "undefined": ("+46846500413", "office_ringcentral: '{{ not_there }}'", "office_ringcentral cannot be resolved"),
    "mapping": (
        "+46846500414",
        "office_fonedynamics: {numbers: {number: '+61255500101'}}",
        "office_fonedynamics.numbers is not a list",
    ),
    "number": (
        "+46846500415",
        "office_fonedynamics: {numbers: [{number: '0255500x'}]}",
        "office_fonedynamics.numbers[0].number: ",
    ),
    # The environment has credentials as well, perhaps those of another account.
    "connection": (
        "+12025550123",
        "office_fonedynamics: {numbers: [{number: '+61255500101'}]}\noffice_fonedynamics_connection: {tokn: x}",
        "office_fonedynamics_connection.tokn: no such option",
    ),
}


def test_an_emergency_that_cannot_know_all_numbers_does_the_rest_and_fails(
    books: Playbooks, simulator: Simulator
) -> None:
    books.offices(**{host: f"{office(repr(number))}{broken}\n" for host, (number, broken, _words) in BROKEN.items()})
    run = books.run("reroute", "-e", json.dumps({"reroute_to": FALLBACK, "reroute_until": "8h"}))
    assert run.code == 2, run.text
    assert len([line for line in run.table() if line.startswith("FAILED")]) == len(BROKEN)
    shown = run.messages()
    for host, (_number, _broken, words) in BROKEN.items():
        assert f"{host}: not everything was re-routed" in shown[host][0]
        assert words in " ".join(shown[host])
        assert f"{host}: 1 number now rings +46 70 174 06 06." in shown[host]
    assert {entry["provider"] for entry in simulator.requests()} == {"sonetel"}
