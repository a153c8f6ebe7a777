# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever offices are called: files lie where they should, and nothing fails after calls were changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from system_examples import connections
from system_support import Json, run_module, texts_of

from simulator.harness import Simulator
from simulator.sonetel import seed

FALLBACK = "+46701740606"
# Offices with the names of their files.
OFFICES = {
    "../../escaped": "%2E.%2F..%2Fescaped",
    "Nord/Malmö": "Nord%2FMalmö",
    "..": "%2E%2E",
    "-rf": "%2Drf",
    "a\nb": "a%0Ab",
    "CON": "CON",
    "50%": "50%25",
}
NUMBER = "46846500412"


class Places:
    """An office of one number, and its jobs; all of their files lie in *folder*."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self.folder = folder
        self.options: Json = {
            "office": "lyon",
            "state_directory": str(folder / "state"),
            "sonetel_connection": connections(simulator, folder)["sonetel_connection"],
        }
        self.lists: Json = {
            "forwardings": [{"number": f"+{NUMBER}", "destination": {"phone": "+46701740607"}}],
        }

    def run(self, job: str, **options: Any) -> Json:
        """Run a job with the folders that it takes."""
        reroutes = {"reroute_directory": str(self.folder / "reroutes")}
        jobs: dict[str, tuple[str, Json]] = {
            "onboard": ("office", {**reroutes, "sonetel": self.lists}),
            "export": ("office_variables", {"directory": str(self.folder / "exported"), "providers": ["sonetel"]}),
            "reroute": ("office_reroute", {**reroutes, "sonetel": self.lists, "to": FALLBACK}),
            "restore": ("office_reroute", {**reroutes, "state": "restored"}),
            "reroute_status": ("office_reroute_info", reroutes),
        }
        module, given = jobs[job]
        return run_module(module, {**self.options, **given, **options})

    def numbers(self) -> Any:
        return self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]


@pytest.fixture
def places(simulator: Simulator, tmp_path: Path) -> Places:
    folder = tmp_path / "deep/inside"
    folder.mkdir(parents=True)
    return Places(simulator, folder)


@pytest.mark.parametrize(("name", "file"), OFFICES.items(), ids=OFFICES.values())
def test_files_are_called_like_the_offices(places: Places, tmp_path: Path, name: str, file: str) -> None:
    places.options["office"] = name
    start = None
    for job in ("onboard", "export", "reroute"):
        done = places.run(job)
        assert "msg" not in done, done["msg"]
        start = start or places.numbers()
    folder = places.folder
    assert [path.name for path in (folder / "exported").iterdir()] == [f"{file}.yml"]
    assert [path.name for path in (folder / "reroutes").iterdir()] == [f"{file}.json"]
    assert [path.name for path in (folder / "state" / "records").iterdir()] == [file]
    assert places.run("reroute_status")["snapshot"]["office"] == name
    assert "msg" not in places.run("restore")
    assert places.numbers() == start
    # Nothing lies elsewhere.
    assert {path.name for path in folder.iterdir()} <= {"state", "exported", "reroutes", "cache"}
    assert {path.name for path in tmp_path.iterdir()} <= {"deep", "cache"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["inside"]


def block(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("in the way\n")


@pytest.mark.parametrize(
    ("job", "place", "words"),
    [
        ("onboard", "state/records", "is not a folder"),
        ("onboard", "reroutes", "cannot be used: "),
        ("export", "exported", "is not a folder"),
        ("export", "exported/lyon.yml", "was not made by an export"),
        ("reroute", "reroutes", "cannot be used: "),
        ("reroute", "reroutes/ended", "cannot be used: "),
        ("restore", "reroutes", "cannot be used: "),
        ("reroute_status", "reroutes", "cannot be used: "),
    ],
)
def test_what_is_in_the_way_is_noticed_before_the_first_request(
    places: Places, simulator: Simulator, job: str, place: str, words: str
) -> None:
    block(places.folder / place)
    done = places.run(job)
    assert words in done["msg"]
    assert (done["changed"], simulator.requests()) == (False, [])


def test_a_restore_that_could_not_end_is_refused_before_the_first_request(places: Places, simulator: Simulator) -> None:
    places.run("reroute")
    block(places.folder / "reroutes" / "ended")
    simulator.clear_requests()
    done = places.run("restore")
    assert "cannot be used: " in done["msg"]
    assert (done["changed"], simulator.requests()) == (False, [])
    assert places.numbers()[NUMBER]["connect_to"] == FALLBACK
    (places.folder / "reroutes" / "ended").unlink()
    assert "msg" not in places.run("restore")


@pytest.mark.parametrize("job", ["reroute", "restore", "onboard", "reroute_status"])
def test_a_folder_that_others_may_write_to_is_refused(places: Places, simulator: Simulator, job: str) -> None:
    folder = places.folder / "reroutes"
    folder.mkdir()
    folder.chmod(0o2770)
    done = places.run(job)
    assert "can be written by others (mode 2770, owner" in done["msg"]
    assert "chmod go-w" in done["msg"]
    assert simulator.requests() == []


@pytest.mark.parametrize("job", ["reroute", "restore", "onboard", "reroute_status"])
def test_a_snapshot_that_is_no_file_of_ones_own_is_refused(places: Places, simulator: Simulator, job: str) -> None:
    folder = places.folder / "reroutes"
    folder.mkdir(mode=0o700)
    path = folder / "lyon.json"
    path.mkdir()
    assert f"{path} cannot be used: Is a directory" in places.run(job)["msg"]
    path.rmdir()
    (places.folder / "elsewhere").write_text("{}")
    path.symlink_to(places.folder / "elsewhere")
    assert f"{path} cannot be used" in places.run(job)["msg"]
    path.unlink()
    path.write_text("{}")
    path.chmod(0o620)
    assert "can be written by others (mode 0620" in places.run(job)["msg"]
    assert simulator.requests() == []


@pytest.mark.parametrize("job", ["reroute", "restore", "reroute_status"])
def test_without_a_folder_for_snapshots_nothing_is_done(places: Places, simulator: Simulator, job: str) -> None:
    done = places.run(job, reroute_directory=None, state_directory=None)
    assert "Set state_directory, or reroute_directory for snapshots alone." in done["msg"]
    assert simulator.requests() == []


def test_another_office_s_snapshot_is_refused(places: Places) -> None:
    places.run("reroute")
    folder = places.folder / "reroutes"
    (folder / "lyon.json").rename(folder / "paris.json")
    places.options["office"] = "paris"
    for job in ("reroute", "restore", "onboard", "reroute_status"):
        assert "paris.json is not a snapshot that can be used: it is of the office lyon" in places.run(job)["msg"]


def test_no_record_stops_no_emergency(places: Places) -> None:
    start = places.numbers()
    block(places.folder / "state" / "records")
    done = places.run("reroute")
    assert "msg" not in done, done["msg"]
    assert [text for text in texts_of(done) if "There will be no record of this run" in text]
    assert places.numbers()[NUMBER]["connect_to"] == FALLBACK
    assert "msg" not in places.run("restore")
    assert places.numbers() == start
