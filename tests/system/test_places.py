# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever hosts are called: files lie where they should, and nothing fails after calls were changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from system_playbooks import Playbooks
from system_support import Json, run_module

from simulator.harness import Simulator
from simulator.sonetel import seed

FALLBACK = "+46701740606"
# Inventory hosts with the names of their files.
HOSTS = {
    "../../escaped": "%2E.%2F..%2Fescaped",
    "Nord/Malmö": "Nord%2FMalmö",
    "..": "%2E%2E",
    "-rf": "%2Drf",
    "a\nb": "a%0Ab",
    "CON": "CON",
    "50%": "50%25",
}
NUMBERS = [f"4684650041{digit}" for digit in range(2, 9)]


@pytest.fixture
def playbooks(simulator: Simulator, tmp_path: Path, collections_path: Path) -> Playbooks:
    folder = tmp_path / "deep/inside"
    folder.mkdir(parents=True)
    return Playbooks(simulator, folder, collections_path)


def office(phnum: str = NUMBERS[0], **options: Any) -> Json:
    return {
        "office_sonetel": {"forwardings": [{"number": f"+{phnum}", "destination": {"phone": "+46701740607"}}]},
        "onboard_record_directory": "records",
        "export_providers": ["sonetel"],
        "export_prove": False,
        "onboard_prove": False,
        **options,
    }


def numbers(simulator: Simulator) -> Any:
    return simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]


def names(folder: Path) -> set[str]:
    return {path.name.partition(".20")[0].removesuffix(".yml").removesuffix(".json") for path in folder.glob("[!e]*")}


def test_files_are_called_like_the_hosts(playbooks: Playbooks, simulator: Simulator, tmp_path: Path) -> None:
    hosts = {name: office(phnum) for name, phnum in zip(HOSTS, numbers(simulator), strict=False)}
    playbooks.write(hosts)
    folder = playbooks.folder
    for job in ("onboard", "export"):
        run = playbooks.run(job)
        assert run.code == 0, run.text
    start = numbers(simulator)
    run = playbooks.run("reroute", "-e", json.dumps({"reroute_to": FALLBACK}))
    assert run.code == 0, run.text
    assert names(folder / "records") == names(folder / "exported") == names(folder / "reroutes") == set(HOSTS.values())
    found = run_module("office_snapshot", {"directory": str(folder / "reroutes")})
    assert {one["office"] for one in found["snapshots"]} == set(HOSTS)
    assert playbooks.run("restore").code == 0
    assert numbers(simulator) == start
    # Nothing lies elsewhere.
    known = {"hosts.yml", "elsewhere", "ansible", "records", "exported", "reroutes", ".cache", ".ansible"}
    assert {path.name for path in folder.iterdir()} <= known
    assert {path.name for path in tmp_path.iterdir()} == {"deep", "cache"} & {path.name for path in tmp_path.iterdir()}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["inside"]


def block(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("in the way\n")


@pytest.mark.parametrize(
    ("job", "place", "words"),
    [
        ("onboard", "records", "There could be no record of it: "),
        ("export", "exported", "is not a folder"),
        ("export", "exported/lyon.yml", "was not made by an export"),
        ("reroute", "reroutes", "cannot be used: "),
        ("reroute", "reroutes/ended", "cannot be used: "),
    ],
)
def test_what_is_in_the_way_is_noticed_before_the_first_request(
    playbooks: Playbooks, simulator: Simulator, job: str, place: str, words: str
) -> None:
    """A snapshot's folder is looked at by all jobs."""
    playbooks.write({"lyon": office()})
    block(playbooks.folder / place)
    run = playbooks.run(job, "-e", json.dumps({"reroute_to": FALLBACK} if job == "reroute" else {}))
    assert run.code == 2
    assert words in run.text
    assert simulator.requests() == []


def test_a_folder_that_others_may_write_to_is_refused(playbooks: Playbooks, simulator: Simulator) -> None:
    playbooks.write({"lyon": office()})
    folder = playbooks.folder / "reroutes"
    folder.mkdir()
    folder.chmod(0o2770)
    for job in ("reroute", "restore", "onboard", "reroute_status"):
        run = playbooks.run(job, "-e", json.dumps({"reroute_to": FALLBACK} if job == "reroute" else {}))
        assert run.code == 2
        assert "can be written by others (mode 2770, owner" in run.text
        assert "chmod go-w" in run.text
    assert simulator.requests() == []


def test_a_snapshot_that_is_no_file_of_ones_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lyon.json"
    options = {"directory": str(tmp_path), "office": "lyon"}
    path.mkdir()
    assert f"{path} cannot be used: Is a directory" in run_module("office_snapshot", options)["msg"]
    path.rmdir()
    (tmp_path / "elsewhere").write_text("{}")
    path.symlink_to(tmp_path / "elsewhere")
    assert f"{path} cannot be used" in run_module("office_snapshot", options)["msg"]
    path.unlink()
    path.write_text("{}")
    path.chmod(0o620)
    assert "can be written by others (mode 0620" in run_module("office_snapshot", options)["msg"]


def test_no_record_stops_no_emergency(playbooks: Playbooks, simulator: Simulator) -> None:
    playbooks.write({"lyon": office()})
    start = numbers(simulator)
    block(playbooks.folder / "records")
    run = playbooks.run("reroute", "-e", json.dumps({"reroute_to": FALLBACK}))
    assert run.code == 0, run.text
    assert "There is no record of what was done: " in run.text
    assert numbers(simulator)[NUMBERS[0]]["connect_to"] == FALLBACK
    assert playbooks.run("restore").code == 0
    assert numbers(simulator) == start
