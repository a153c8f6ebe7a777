# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people read: the playbooks by their full names, with Ansible's default callback."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
import yaml
from system_playbooks import Playbooks, Run
from system_support import Json

from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral

NUMBER, OTHER, FALLBACK = "08-465 004 12", "08-465 004 13", "+46 70 174 06 06"
# What a file with something wrong weighs at most, all lines of the run together.
MOST_BYTES = 5000


class Books(Playbooks):
    """Runs playbooks on host variables in files, and plays of one's own."""

    def offices(self, **files: str) -> None:
        self.write(dict.fromkeys(files))
        folder = self.folder / "host_vars"
        folder.mkdir(exist_ok=True)
        for host, text in files.items():
            (folder / f"{host}.yml").write_text(text)

    def play(self, play: Json, *arguments: str) -> Run:
        path = self.folder / "own.yml"
        path.write_text(yaml.safe_dump([{"name": "My play", "hosts": "all", "gather_facts": False, **play}]))
        return self.run(str(path), *arguments)


@pytest.fixture
def books(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Books:
    simulator.clear_requests()
    return Books(simulator, tmp_path, collections_path)


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


def test_an_office_that_is_right_takes_one_line(books: Books) -> None:
    books.offices(lund=office(options="destination: {phone: 070-174 06 05}"))
    run = books.run("onboard")
    (line,) = run.messages()["lund"]
    assert re.fullmatch(r"lund: nothing to change \(1 item at Sonetel checked; [23] API calls\)", line)
    assert len(re.findall(r"^(?:ok|changed|skipping|included): ", run.text, re.MULTILINE)) <= 4
    assert len([line for line in run.text.splitlines() if line.strip()]) <= 15


# By host: the file, the path that is wrong, its line, and the words that help.
TYPOS = {
    "key": (office(options="destinaton: {phone: '1'}"), "office_sonetel.forwardings[0].destinaton", 5, "'destination'"),
    "list": ("office_sonetel:\n  forwardngs: []\n", "office_sonetel.forwardngs", 2, "'forwardings'"),
    "text": ("office_sonetel: Anna\n", "office_sonetel", 1, "is not a mapping"),
    "name": ("office_sonnetel:\n  forwardings: []\n", "office_sonnetel", 1, "'office_sonetel'"),
    "type": (office(OTHER, "destination: Anna"), "office_sonetel.forwardings[0].destination", 5, "must be a mapping"),
    "empty": ("office_sonetel:\n  forwardings:\n", "office_sonetel.forwardings", 2, "is empty; write []"),
}
ROLE = "office.telephony.onboard"
INCLUDED = {"tasks": [{"name": "Onboard", "ansible.builtin.include_role": {"name": ROLE}}]}


@pytest.mark.parametrize("way", ["playbook", "roles", "include_role"])
def test_a_typo_is_reported_with_its_place_and_with_little_else(books: Books, simulator: Simulator, way: str) -> None:
    books.offices(**{host: typo[0] for host, typo in TYPOS.items()})
    own = {"roles": [ROLE]} if way == "roles" else INCLUDED
    run = books.run("onboard") if way == "playbook" else books.play(own)
    assert run.code == 2
    assert simulator.requests() == []
    shown = run.messages()
    for host, (_file, path, line, words) in TYPOS.items():
        head, *_title, problem = shown[host]
        assert head == "Nothing was written. 1 problem:"
        found = re.fullmatch(rf" *host_vars/{host}\.yml:(\d+):\d+  {re.escape(path)}: (.*)", problem)
        assert found, problem
        # Up to ansible-core 2.18 a mapping begins where its first value does.
        assert abs(int(found[1]) - line) <= 1, problem
        assert words in found[2]
    assert len(run.text.encode()) < MOST_BYTES + 1000 * len(TYPOS)


def test_a_single_typo_prints_less_than_5_kb(books: Books) -> None:
    books.offices(lund=TYPOS["key"][0])
    run = books.run("onboard", "--diff")
    assert run.code == 2
    assert len(run.text.encode()) < MOST_BYTES


@pytest.mark.parametrize("where", ["play", "include", "command line"])
def test_check_mode_says_would_however_it_was_switched_on(books: Books, simulator: Simulator, where: str) -> None:
    books.offices(lund=office())
    apply = {"ansible.builtin.include_role": {"name": ROLE, "apply": {"check_mode": True}}}
    if where == "command line":
        run = books.run("onboard", "--check")
    else:
        run = books.play({"tasks": [apply]} if where == "include" else {"check_mode": True, **INCLUDED})
    assert run.code == 0, run.text
    assert run.messages()["lund"][0].startswith("lund: would change 1 (Sonetel: 1 number); nothing would be deleted")
    assert writes(simulator) == []


MENU = """\
  voiceapps:
    - {name: Öppning Växjö, type: mailbox, deliver_to: {email: vaxjo@example.org}}
"""


def test_a_diff_is_a_block_for_each_item_and_a_deletion_is_called_one(books: Books, simulator: Simulator) -> None:
    books.offices(lund=office(more=MENU))
    run = books.run("onboard", "--diff", "--check")
    assert run.code == 0, run.text
    heads = [line for line in run.text.splitlines() if line.startswith("+++ ")]
    assert [head.partition(": ")[2] for head in heads] == [
        'Sonetel mailbox "Öppning Växjö"',
        "Sonetel number +46 8 465 004 12",
    ]
    assert "+  email: vaxjo@example.org\n" in run.text
    assert '  create mailbox \\"Öppning Växjö\\"' in run.text


def test_a_deletion_is_called_one(books: Books, simulator: Simulator) -> None:
    state = simulator.state()["ringcentral"]
    numbers = state["extensions"][ringcentral.OWNER_ID]["forwarding_numbers"]
    numbers["500000021"] = ringcentral.forwarding_number("500000021", "+16505550121", "Old Ö")
    simulator.put_state({"ringcentral": state})
    home = {"extension": "101", "type": "Home", "phone_number": "+16505550101"}
    variables = {"onboard_prune": True, "onboard_max_deletions": 1}
    books.offices(lund=yaml.safe_dump({"office_ringcentral": {"forwarding_numbers": [home]}, **variables}))
    run = books.run("onboard", "--check", "--diff")
    assert run.code == 0, run.text
    first, *lines = run.messages()["lund"]
    assert "DELETE 1" in first
    assert "nothing would be deleted" not in first
    assert [line.split()[:3] for line in lines if "DELETE" in line] == [["DELETE", "forwarding", "number"]]
    assert writes(simulator) == []


def test_several_offices_end_with_a_table_whose_first_lines_are_failures(books: Books) -> None:
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
    # Also when all of them fail.
    run = books.run("onboard", "--limit", "lund,malmo")
    assert [line.split()[:2] for line in run.table()] == [["FAILED", "lund"], ["FAILED", "malmo"]]
    # Also in batches, once at the end.
    import_it = {"name": "Onboard", "ansible.builtin.include_role": {"name": ROLE}}
    table = {"name": "All offices", "office.telephony.office_results": {"of": "onboard_result"}, "run_once": True}
    run = books.play({"serial": 2, "tasks": [{"name": "Do", "block": [import_it], "always": [table]}]}, "--check")
    assert [line.split()[:2] for line in run.table()][:2] == [["FAILED", "lund"], ["FAILED", "malmo"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--tags", "sonetel"], "the tag 'sonetel' selects no provider. Set "),
        (["--skip-tags", "ringcentral"], "the tag 'ringcentral' selects no provider. Set "),
        (["--tags", "sonetle"], "the tag 'sonetle' selects no provider. Set "),
    ],
)
def test_a_tag_that_names_a_provider_is_refused(
    books: Books, simulator: Simulator, arguments: list[str], words: str
) -> None:
    books.offices(lund=office())
    for job, also in (("onboard", []), ("reroute", ["-e", json.dumps({"reroute_to": FALLBACK})])):
        run = books.run(job, *arguments, *also)
        assert run.code == 2
        assert words in run.text
        assert f"{job}_providers" in run.text or job == "reroute"
    assert simulator.requests() == []


def test_another_tag_runs_nothing_and_says_so(books: Books, simulator: Simulator) -> None:
    books.offices(lund=office())
    run = books.run("onboard", "--tags", "backup")
    assert run.code == 0, run.text
    assert run.messages()["lund"] == ["lund: nothing was done, because --tags names no tag of this task."]
    assert simulator.requests() == []


def test_an_emergency_works_while_something_else_is_broken(books: Books, simulator: Simulator) -> None:
    """Another office's vault cannot be opened, and what is wrong in the office's own file is not needed."""
    sealed = "$ANSIBLE_VAULT;1.1;AES256\n    " + "3" * 80
    broken = "office_call_tests: {typo: true}\noffice_region: NO\n"
    books.offices(
        lund=office("'+46846500412'").partition("\n")[2] + broken,
        malmo=f"office_sonetel_connection:\n  password: !vault |\n    {sealed}\n",
    )
    run = books.run("reroute", "--limit", "lund", "-e", json.dumps({"reroute_to": FALLBACK, "reroute_until": "8h"}))
    assert run.code == 0, run.text
    assert run.messages()["lund"][0] == "lund: 1 number now rings +46 70 174 06 06."
    assert "office_region false is not text" in " ".join(run.text.split())
    run = books.run("restore", "--limit", "lund")
    assert run.code == 0, run.text
    assert run.messages()["lund"][0] == "lund: 1 number was restored to what it was before the re-route."


def test_an_emergency_needs_to_know_where_snapshots_are(books: Books, simulator: Simulator) -> None:
    """Elsewhere, what is saved already would not be found, and what is saved now would not be found again."""
    books.offices(lund=office(more="office_state_directory: '{{ not_there }}'\n"))
    for job in ("reroute", "restore", "reroute_status"):
        run = books.run(job, *(("-e", f"reroute_to={FALLBACK}") if job == "reroute" else ()))
        assert run.code == 2, run.text
        assert "office_state_directory: cannot be resolved" in " ".join(run.messages()["lund"])
    assert simulator.requests() == []
    run = books.run("reroute", "--check", "-e", json.dumps({"reroute_to": FALLBACK, "office_state_directory": "state"}))
    assert run.code == 0, run.text


def test_without_an_inventory_file_nothing_is_written_to_the_collection(books: Books, simulator: Simulator) -> None:
    given = yaml.safe_load(office()) | {"reroute_to": FALLBACK, "ansible_python_interpreter": sys.executable}
    run = books.run("reroute", "-e", json.dumps(given), inventory="lund,")
    assert run.code == 2, run.text
    assert "There is no folder for snapshots" in " ".join(run.messages()["lund"])
    assert simulator.requests() == []
    run = books.run("reroute", "-e", json.dumps({**given, "office_state_directory": "state"}), inventory="lund,")
    assert run.code == 0, run.text
    # Where the user is.
    assert (books.folder / "elsewhere/state/reroutes/lund.json").exists()


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("office_ringcentral: text", "office_ringcentral is not a mapping"),
        ("office_ringcentral: '{{ not_there }}'", "office_ringcentral cannot be resolved"),
        ("office_fonedynamics: {numbers: {number: '+61255500101'}}", "office_fonedynamics.numbers is not a list"),
        ("office_fonedynamics: {numbers: [{number: '0255500x'}]}", "office_fonedynamics.numbers[0].number: "),
        # The environment has credentials as well, perhaps those of another account.
        (
            "office_fonedynamics: {numbers: [{number: '+61255500101'}]}\noffice_fonedynamics_connection: {tokn: x}",
            "office_fonedynamics_connection.tokn: no such option",
        ),
    ],
)
def test_an_emergency_that_cannot_know_all_numbers_does_the_rest_and_fails(
    books: Books, simulator: Simulator, broken: str, words: str
) -> None:
    books.offices(lund=f"{office(repr('+46846500412'))}{broken}\n")
    run = books.run("reroute", "-e", json.dumps({"reroute_to": FALLBACK, "reroute_until": "8h"}))
    assert run.code == 2, run.text
    lines = run.messages()["lund"]
    assert "lund: not everything was re-routed" in lines[0]
    assert words in " ".join(lines)
    assert "lund: 1 number now rings +46 70 174 06 06." in lines
    assert {entry["provider"] for entry in simulator.requests()} == {"sonetel"}
