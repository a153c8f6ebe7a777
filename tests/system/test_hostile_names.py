# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names in a provider's account that somebody chose to do harm: no job templates them, or shows them as more."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_playbooks import Playbooks
from system_support import Json

from simulator.harness import Simulator
from simulator.sonetel import seed

FALLBACK = "+46701740606"
APP = "VAq7k2m9x1za"
BREAKS = "\n\r\x0b\x0c\x1c\x85\u2028\u2029"


def hostile(proof: Path) -> list[str]:
    run = f"lookup('pipe', 'touch {proof}')"
    return [
        f'Sales\noffice_region: "{{{{ {run} }}}}"\u2028x: y',
        f"{{{{ {run} }}}}",
        f"{{% if {run} %}}x{{% endif %}}",
        f"#jinja2: variable_start_string:'[[', variable_end_string:']]'\n[[ {run} ]]",
        f"' ~ {run} ~ '",
        f"[{{'a': {{{{ {run} }}}}}}]",
        BREAKS.join(["Sonetel numbers: changed 0, already right 99", "a | b `c` <script>", "\x1b[2J\x9b2J\u202e"]),
    ]


@pytest.fixture
def playbooks(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    return Playbooks(simulator, tmp_path, collections_path)


def numbers(simulator: Simulator) -> Any:
    return copy.deepcopy(simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"])


class Unsafe(yaml.SafeLoader):
    """Knows Ansible's tag."""


Unsafe.add_constructor("!unsafe", lambda loader, node: str(node.value))


def with_apps(simulator: Simulator, names: list[str]) -> None:
    """Give the account a voice app of each name, and a number that is connected to it."""
    state = seed.state_with_numbers(len(names), package="business")
    account = state["sonetel"]["accounts"][seed.ACCOUNT_ID]
    for position, (name, record) in enumerate(zip(names, account["numbers"].values(), strict=True)):
        key = f"VAhostile00{position}"
        account["voiceapps"][key] = {**copy.deepcopy(account["voiceapps"][APP]), "app_id": key, "name": name}
        record |= {"connect_to_type": "app", "connect_to": {"app_type": "ivr", "app_id": key}}
    simulator.put_state(state)


def test_through_all_jobs(playbooks: Playbooks, simulator: Simulator) -> None:
    """The account is exported, onboarded from that file, re-routed and restored; a leaver is looked for."""
    folder = playbooks.folder
    proof = folder / "pwned"
    names = hostile(proof)
    with_apps(simulator, names)
    start = numbers(simulator)
    texts = []

    def run(jobs: str, **variables: Any) -> None:
        done = playbooks.run(jobs, "--diff", "-e", json.dumps(variables))
        assert done.code == 0, done.text
        assert not proof.exists(), jobs
        texts.append(done.text)

    playbooks.write({"lyon": {"export_providers": ["sonetel"], "office_state_directory": "state"}})
    run("export")
    text = (folder / "exported/lyon.yml").read_text()
    exported = yaml.load(text, Loader=Unsafe)
    assert list(exported) == ["office_sonetel"]
    assert set(names) <= {app["name"] for app in exported["office_sonetel"]["voiceapps"]}
    (folder / "host_vars").mkdir()
    (folder / "host_vars/lyon.yml").write_text(text)
    simulator.clear_requests()
    leaver = {"leaver_person": {"email": "anna.lindqvist@example.org"}, "leaver_ignore_reroute": True}
    run("onboard reroute reroute_status leaver restore", reroute_to=FALLBACK, **leaver)
    # Nothing was left to onboard, all numbers went elsewhere, and came back.
    written = [entry["body"]["connect_to"] for entry in simulator.requests() if entry["method"] == "PUT"]
    assert [to == FALLBACK for to in written] == [True] * len(names) + [False] * len(names)
    assert numbers(simulator) == start
    pages = [*folder.rglob("records/**/*.md")]
    assert pages
    for page in pages:
        rows = [line for line in page.read_text().splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in rows}) == 1
    for shown in texts:
        assert '"Sonetel numbers: changed 0, already right 99"' not in shown
        assert [line for line in shown.split("\n") if not line.isprintable()] == []


def test_the_summary_keeps_names_on_their_line(playbooks: Playbooks, simulator: Simulator) -> None:
    name = f"Main{BREAKS}Sonetel numbers: changed 0\x1b[2J"
    item: Json = {"name": name, "type": "menu", "voice": "eng"}
    playbooks.write({"lyon": {"office_sonetel": {"voiceapps": [item]}, "onboard_verify": False}})
    run = playbooks.run("onboard", "--check")
    assert run.code == 0, run.text
    lines = run.messages()["lyon"]
    assert [line.strip() for line in lines[2:]] == ["No caller notices anything.", "Findings: none."]
    written = r"Main\n\r\x0b\x0c\x1c\x85\u2028\u2029Sonetel numbers: changed 0\x1b[2J"
    assert lines[1].strip() == f'create menu "{written}"'
