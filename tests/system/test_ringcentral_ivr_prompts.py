# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recordings for RingCentral's menus: uploaded once, replaced without a silent menu, never deleted while one plays."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from system_company import CompanyOffice
from system_support import Json, assert_clear
from system_switches import in_every_position

from simulator.harness import Simulator
from simulator.ringcentral import seed

MODULE = "ringcentral_ivr_prompts"
MAIN, SUPPORT = "400000014", "400000015"
OLD = "560000001"
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt one"
MP3 = b"ID3\x04two"


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    path = tmp_path / "one.wav"
    path.write_bytes(WAV)
    return path


def apply(office: CompanyOffice, *items: Mapping[str, Any], **options: Any) -> Json:
    return office.run(MODULE, ivr_prompts=[_texts(item) for item in items], **options)


def cycle(office: CompanyOffice, *items: Mapping[str, Any]) -> tuple[Json, Json]:
    return office.cycle(MODULE, "ivr_prompts", [_texts(item) for item in items])


def _texts(item: Mapping[str, Any]) -> Json:
    return {name: str(value) for name, value in item.items()}


def held(office: CompanyOffice) -> dict[str, bytes]:
    """The recordings that the account has, by their file names."""
    prompts = office.account()["company"]["prompts"].values()
    found = {item["filename"]: base64.b64decode(item["content"]) for item in prompts}
    assert len(found) == len(prompts)
    return found


def plant(office: CompanyOffice, *file_names: str, playing: Mapping[str, int] | None = None) -> None:
    """Let the account have these recordings only; *playing*: by menu, the place of what it plays."""
    state = office.account()
    prompts = [seed.prompt(str(570000000 + n), name, WAV, "audio/wav") for n, name in enumerate(file_names)]
    state["company"]["prompts"] = {item["id"]: item for item in prompts}
    for key, number in (playing or {}).items():
        state["extensions"][key]["menu"]["prompt"] = {"mode": "Audio", "audio": prompts[number]["id"]}
    office.simulator.put_state({"ringcentral": state})


def plays(office: CompanyOffice, key: str) -> str:
    """The file name of what a menu plays."""
    state = office.account()
    prompt = state["extensions"][key]["menu"]["prompt"] or {}
    return str(state["company"]["prompts"].get(prompt.get("audio"), {}).get("filename", ""))


@pytest.mark.parametrize(("content", "ending"), [(WAV, "wav"), (MP3, "mp3"), (b"\xff\xfbthree", "mp3")])
def test_a_new_prompt_is_uploaded_once_with_its_hash(
    office: CompanyOffice, tmp_path: Path, content: bytes, ending: str
) -> None:
    path = tmp_path / "recording"
    path.write_bytes(content)
    _checked, done = cycle(office, {"name": "Begr\u00fc\u00dfung 1", "file": path})
    name = done["ivr_prompts"][0]["audio"]
    assert name.startswith("Begr\u00fc\u00dfung 1-")
    assert (name.rpartition(".")[2], held(office)[name]) == (ending, content)


def test_requests_of_a_new_prompt_and_of_one_that_is_there(office: CompanyOffice, wav: Path) -> None:
    item = {"name": "Night", "file": wav}
    apply(office, item)
    assert office.calls() == ["GET ivr-prompts", "POST ivr-prompts"]
    logged = office.simulator.requests()
    assert [entry for entry in logged if "media" in entry["path"]] == []
    apply(office, item, check=True)
    assert office.calls() == ["GET ivr-prompts"]
    assert apply(office, {"name": "Night.wav"})["changed"] is False
    one = office.run("ringcentral_ivr_prompt", name="Night")
    assert (one["changed"], one["ivr_prompt"]["name"]) == (False, "Night")


@pytest.mark.parametrize("in_use", ["refused", "deleted"])
def test_a_changed_file_reaches_all_menus_before_the_old_recording_goes(
    office: CompanyOffice, wav: Path, in_use: str
) -> None:
    office.simulator.set_switches({"ringcentral": {"prompt_in_use": in_use}})
    apply(office, {"name": "Night", "file": wav})
    for key in (MAIN, SUPPORT):
        state = office.account()
        new = next(item["id"] for item in state["company"]["prompts"].values() if item["filename"].startswith("Night-"))
        state["extensions"][key]["menu"]["prompt"] = {"mode": "Audio", "audio": new}
        office.simulator.put_state({"ringcentral": state})
    keys = office.account()["extensions"][MAIN]["menu"]["actions"]
    wav.write_bytes(WAV + b"changed")
    previewed = apply(office, {"name": "Night", "file": wav}, check=True)
    done = apply(office, {"name": "Night", "file": wav})
    assert previewed["diff"] == done["diff"]
    reads = [f"GET ivr-menus/{key}" for key in (MAIN, SUPPORT)]
    writes = ["POST ivr-prompts", *(f"PUT ivr-menus/{key}" for key in (MAIN, SUPPORT)), f"DELETE ivr-prompts/{new}"]
    assert office.calls() == ["GET ivr-prompts", "GET extension", *reads, *writes]
    assert plays(office, MAIN) == plays(office, SUPPORT) == done["ivr_prompts"][0]["audio"]
    assert office.account()["extensions"][MAIN]["menu"]["actions"] == keys
    assert sorted(held(office).values()) == sorted([WAV + b"changed", held(office)["welcome.wav"]])


def test_a_recording_of_somebody_else_is_replaced_by_the_file(office: CompanyOffice, wav: Path) -> None:
    plant(office, "Welcome.mp3", playing={MAIN: 0})
    cycle(office, {"name": "Welcome", "file": wav})
    assert len(held(office)) == 1
    assert plays(office, MAIN) in held(office)


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/ivr-prompts/"), ("POST", "/ivr-prompts$"), ("PUT", f"/ivr-menus/{MAIN}"), ("DELETE", "/ivr-prompts/")],
)
def test_a_replacement_that_ends_anywhere_is_finished_by_the_next_run(
    office: CompanyOffice, wav: Path, method: str, path: str
) -> None:
    item = {"name": "Welcome", "file": wav}
    for name in ("Welcome.wav", "Welcome-0123456789ab.wav"):
        plant(office, name, playing={MAIN: 0, SUPPORT: 0})
        before = held(office)
        error = {"kind": "status", "status": 400, "body": {"errors": [{"errorCode": "CMN-101", "message": "No"}]}}
        office.simulator.add_faults([{"provider": "ringcentral", "method": method, "path_regex": path, **error}])
        result = apply(office, item)
        office.simulator.clear_faults()
        if "failed" in result:
            changed = held(office) != before
            assert_clear(result, "CMN-101")
            assert result["results"][0]["status"] == ("partly" if changed else "failed")
        else:
            assert (method, path, name[7]) == ("PUT", "/ivr-prompts/", "-")
        for key in (MAIN, SUPPORT):
            assert plays(office, key)
        cycle(office, item)
        assert len(held(office)) == 1
        assert plays(office, MAIN) == plays(office, SUPPORT) == next(iter(held(office)))


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "garbage", "truncate"])
@pytest.mark.parametrize("there", [(), ("Welcome-0123456789ab.wav",)])
def test_a_lost_answer_to_an_upload_leaves_one_recording(
    office: CompanyOffice, wav: Path, kind: str, there: tuple[str, ...]
) -> None:
    plant(office, *there, playing={MAIN: 0} if there else {})
    fault = {"provider": "ringcentral", "method": "POST", "path_regex": "/ivr-prompts$", "times": 1, "kind": kind}
    office.simulator.add_faults([fault])
    result = apply(office, {"name": "Welcome", "file": wav})
    assert [entry["status"] for entry in result["results"]] == ["applied"], result
    assert list(held(office).values()) == [WAV]
    assert sum(call.startswith("POST ivr-prompts") for call in office.calls()) == (2 if kind == "drop_before" else 1)
    assert apply(office, {"name": "Welcome", "file": wav})["changed"] is False


@pytest.mark.parametrize("names", [("Welcome", "Welcome.wav"), ("Welcome.wav", "Welcome.wav"), ("Welcome.mp3",) * 2])
def test_two_of_one_name_are_refused_with_or_without_ending(
    office: CompanyOffice, wav: Path, names: tuple[str, ...]
) -> None:
    plant(office, *names)
    for item in ({"name": "Welcome"}, {"name": "Welcome.wav", "file": wav}, {"name": "Welcome", "state": "absent"}):
        assert_clear(apply(office, item), "2 prompts have this name", f"570000000 ({names[0]})")
    menu: dict[str, Any] = {"extension": "8001", "prompt": {"prompt": "Welcome"}}
    assert_clear(office.run("ringcentral_ivr_menu", **menu), "2 prompts are called 'Welcome'", "use the id of one")
    assert "failed" not in office.run("ringcentral_ivr_menu", **{**menu, "prompt": {"prompt": "570000001"}})
    found = office.run("ringcentral_company_info", gather=["ivr_prompts", "ivr_menus"])
    assert found["ivr_prompts"] == [{"name": "570000000"}, {"name": "570000001"}]
    assert apply(office, *found["ivr_prompts"])["changed"] is False
    assert office.run("ringcentral_ivr_menus", ivr_menus=found["ivr_menus"])["changed"] is False


def test_a_prompt_is_not_deleted_while_a_menu_plays_it(office: CompanyOffice, wav: Path) -> None:
    plant(office, "Welcome.wav", "Other.wav", playing={MAIN: 0})
    gone = {"name": "Welcome", "state": "absent"}
    assert_clear(apply(office, gone), "it is still played by menu 8001 (Main menu)")
    assert "DELETE" not in str(office.calls())
    cycle(office, {"name": "Other", "state": "absent"})
    assert list(held(office)) == ["Welcome.wav"]
    office.run("ringcentral_ivr_menu", extension="8001", prompt={"text": "Hello"})
    cycle(office, gone)
    assert held(office) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["is empty"]),
        (b"OggS", ["neither WAV nor MP3", "ffmpeg"]),
        (WAV + bytes(20 * 1024 * 1024), ["larger than 20 MB"]),
        (None, ["cannot be read"]),
    ],
)
def test_files_that_cannot_be_used_are_refused_without_a_request(
    office: CompanyOffice, tmp_path: Path, content: bytes | None, words: list[str]
) -> None:
    path = tmp_path / "recording"
    if content is not None:
        path.write_bytes(content)
    assert_clear(apply(office, {"name": "Night", "file": path}), "ivr_prompts[0] (Night): file", *words)
    assert office.calls() == []


def test_names_that_cannot_be_used_are_refused(office: CompanyOffice, wav: Path) -> None:
    assert_clear(apply(office, {"name": "a/b", "file": wav}), "name", "'/' cannot be part of a prompt's name")
    assert_clear(apply(office, {"name": ".wav", "file": wav}), "name", "is empty")
    same = [{"name": name, "file": wav} for name in ("Night", "Night.wav")]
    assert_clear(apply(office, *same), "the same name is already at ivr_prompts[0]")
    assert_clear(apply(office, {"name": "Welcom"}), "there is no prompt of this name; set file", "welcome")


def test_prompts_converge_under_every_reading(office: CompanyOffice, wav: Path) -> None:
    wav_again = wav.with_name("two.wav")
    wav_again.write_bytes(WAV + b"more")

    def play(name: str, value: Any) -> None:
        for path in (wav, wav_again):
            result = apply(office, {"name": "Night", "file": path})
            assert "failed" not in result, result["msg"]
            assert apply(office, {"name": "Night", "file": path})["changed"] is False
            menu: dict[str, Any] = {"extension": "8001", "prompt": {"prompt": "Night"}}
            assert "failed" not in office.run("ringcentral_ivr_menu", **menu)
        assert plays(office, MAIN) == result["ivr_prompts"][0]["audio"]
        assert len(held(office)) == 2

    moved = in_every_position(office.simulator, "ringcentral", play)
    assert {"prompt_filename"} <= moved


def test_a_missing_permission_is_named(office: CompanyOffice, wav: Path) -> None:
    state = office.account()
    own = state["extensions"][seed.OWNER_ID]
    own["permissions"] = [name for name in own["permissions"] if name != "EditCompanyGreetings"]
    office.simulator.put_state({"ringcentral": state})
    assert_clear(apply(office, {"name": "Night", "file": wav}), "CMN-408", "EditCompanyGreetings")
