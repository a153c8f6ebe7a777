# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Menus and their recordings as lists of one office: what is uploaded, played, replaced and deleted in one run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from system_company import CompanyOffice
from system_support import FUZZ, Json, assert_clear, run_module

from simulator.harness import Simulator

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt one"


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    path = tmp_path / "one.wav"
    path.write_bytes(WAV)
    return path


def onboard(
    office: CompanyOffice, prompts: Sequence[Json], menus: Sequence[Json], *, check: bool = False, **options: Any
) -> Json:
    lists = {"ivr_prompts": list(prompts), "ivr_menus": list(menus)}
    office.simulator.clear_requests()
    given_options = {"office": "boston", "region": "US", "ringcentral": lists, **options}
    return run_module("office", {**given_options, "ringcentral_connection": office.options}, check=check)


def writes(office: CompanyOffice) -> list[str]:
    return [call for call in office.calls() if not call.startswith("GET ")]


def plays(office: CompanyOffice, number: str) -> str:
    prompt = office.extension_of(number)["menu"]["prompt"] or {}
    prompts = office.account()["company"]["prompts"]
    return str(prompt.get("text") or prompts[prompt["audio"]]["filename"])


def test_a_new_menu_plays_a_new_recording(office: CompanyOffice, wav: Path) -> None:
    prompts = [{"name": "Night", "file": str(wav)}]
    menus = [{"extension": "8003", "name": "Night menu", "prompt": {"prompt": "Night.wav"}}]
    previewed = onboard(office, prompts, menus, check=True)
    assert (previewed.get("msg"), writes(office)) == (None, [])
    done = onboard(office, prompts, menus)
    assert "msg" not in done, done["msg"]
    assert [call.partition("/")[0] for call in writes(office)][-1] == "PUT ivr-menus"
    assert {*writes(office)[:-1]} == {"POST ivr-menus", "POST ivr-prompts"}
    assert plays(office, "8003").startswith("Night-")
    assert done["plan"] == previewed["plan"]
    assert onboard(office, prompts, menus)["changed"] is False


def test_a_menu_without_its_recording_is_finished_by_the_next_run(office: CompanyOffice, wav: Path) -> None:
    prompts = [{"name": "Night", "file": str(wav)}]
    menus = [{"extension": "8003", "name": "Night menu", "prompt": {"prompt": "Night"}, "repeat": 1}]
    body = {"errors": [{"errorCode": "IVR-100", "message": "Media type is not supported"}]}
    fault = {"provider": "ringcentral", "method": "POST", "path_regex": "/ivr-prompts$", "times": 1}
    office.simulator.add_faults([{**fault, "kind": "status", "status": 400, "body": body}])
    result = onboard(office, prompts, menus)
    assert_clear(result, "IVR-100")
    assert sorted(entry["status"] for entry in result["changes"]) == ["failed", "partly"]
    assert "msg" not in onboard(office, prompts, menus)
    assert (plays(office, "8003")[:6], office.extension_of("8003")["menu"]["repeat"]) == ("Night-", 1)


def test_a_recording_goes_in_the_run_in_which_menus_let_go_of_it(office: CompanyOffice, wav: Path) -> None:
    menus = [{"extension": number, "prompt": {"prompt": "welcome"}} for number in ("8001", "8002")]
    onboard(office, [], menus)
    gone = [{"name": "welcome", "state": "absent"}]
    text = {"text": "Hello"}
    assert_clear(
        onboard(office, gone, [{**menus[0], "prompt": text}]), "it is still played by menu 8002 (Support menu)"
    )
    assert_clear(
        onboard(office, gone, [{**menus[0], "prompt": text}, menus[1]]),
        "it is still played by menu 8002 (Support menu)",
    )
    assert writes(office) == []
    done = onboard(office, gone, [{**menu, "prompt": text} for menu in menus])
    assert "msg" not in done, done["msg"]
    assert writes(office)[-1] == "DELETE ivr-prompts/560000001"
    assert plays(office, "8001") == plays(office, "8002") == "Hello"


def test_a_recording_goes_with_the_menu_that_plays_it(office: CompanyOffice) -> None:
    menus = [{"extension": number, "prompt": {"prompt": "welcome"}} for number in ("8001", "8002")]
    onboard(office, [], menus)
    main = {"extension": "8001", "prompt": {"text": "Hello"}, "keys": [{"key": "1", "extension": "7001"}]}
    done = onboard(office, [{"name": "welcome", "state": "absent"}], [main, {"extension": "8002", "state": "absent"}])
    assert "msg" not in done, done["msg"]
    assert writes(office)[-2:] == ["DELETE extension/400000015", "DELETE ivr-prompts/560000001"]


def test_a_recording_stays_while_a_menu_could_not_let_go_of_it(office: CompanyOffice) -> None:
    menus = [{"extension": "8001", "prompt": {"prompt": "welcome"}}, {"extension": "8002", "prompt": {"text": "Hello"}}]
    onboard(office, [], menus)
    body = {"errors": [{"errorCode": "CMN-101", "message": "No"}]}
    fault = {"provider": "ringcentral", "method": "PUT", "path_regex": "/ivr-menus/", "times": 1, "body": body}
    office.simulator.add_faults([{**fault, "kind": "status", "status": 400}])
    gone = [{"name": "welcome", "state": "absent"}]
    result = onboard(office, gone, [{"extension": "8001", "prompt": {"text": "Hello"}}])
    assert sorted(entry["status"] for entry in result["changes"]) == ["failed", "not_tried"]
    assert plays(office, "8001") == "welcome.wav"


def test_a_replaced_recording_and_a_changed_menu_in_one_run(office: CompanyOffice, wav: Path) -> None:
    onboard(office, [], [{"extension": "8001", "prompt": {"prompt": "welcome"}}])
    prompts = [{"name": "welcome", "file": str(wav)}]
    menus = [{"extension": "8001", "prompt": {"prompt": "welcome"}, "repeat": 1}]
    menus += [{"extension": "8003", "name": "Other", "prompt": {"prompt": "welcome"}}]
    done = onboard(office, prompts, menus)
    assert "msg" not in done, done["msg"]
    assert plays(office, "8001") == plays(office, "8003")
    assert plays(office, "8003").startswith("welcome-")
    assert len(office.account()["company"]["prompts"]) == 1
    assert onboard(office, prompts, menus)["changed"] is False


FAULTS = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["GET", "POST", "PUT", "DELETE", None]),
        "path_regex": st.sampled_from(["/ivr-prompts", "/ivr-menus", "/extension"]),
        "after": st.integers(0, 4),
        "times": st.integers(1, 3),
        "kind": st.sampled_from(["drop_before", "drop_after", "garbage", "truncate", "status", "status_after"]),
    }
)


def test_whatever_fails_nothing_is_there_twice_and_the_next_run_finishes(office: CompanyOffice, wav: Path) -> None:
    """Menus in a circle, one of them with a recording that is new, another with one that is replaced."""
    other = wav.with_name("two.wav")
    other.write_bytes(WAV + b"more")
    prompts = [{"name": "Night", "file": str(wav)}, {"name": "welcome", "file": str(other)}]
    menus: list[Json] = [
        {"extension": "8003", "name": "A", "prompt": {"prompt": "Night"}, "keys": [{"key": "1", "extension": "8004"}]},
        {"extension": "8004", "name": "B", "prompt": {"text": "B"}, "keys": [{"key": "#", "extension": "8003"}]},
        {"extension": "8001", "prompt": {"prompt": "welcome"}, "keys": [{"key": "1", "extension": "8003"}]},
    ]
    start = office.simulator.state()

    @settings(max_examples=FUZZ or 6, deadline=None)
    @given(faults=st.lists(FAULTS, min_size=1, max_size=3))
    def play(faults: list[Json]) -> None:
        office.simulator.put_state(start)
        office.simulator.clear_faults()
        planted = [{"provider": "ringcentral", **fault} for fault in faults]
        for fault in planted:
            if fault["kind"].startswith("status"):
                fault["status"] = 503
        office.simulator.add_faults(planted)
        onboard(office, prompts, menus)
        office.simulator.clear_faults()
        again = onboard(office, prompts, menus)
        assert "msg" not in again, (json.dumps(faults), again["msg"])
        account = office.account()
        numbers = [item["record"].get("extensionNumber") for item in account["extensions"].values()]
        assert (numbers.count("8003"), numbers.count("8004")) == (1, 1)
        names = sorted(item["filename"].rpartition("-")[0] for item in account["company"]["prompts"].values())
        assert names == ["Night", "welcome"]
        assert plays(office, "8003").startswith("Night-")
        assert plays(office, "8001") == plays(office, "8002")
        assert onboard(office, prompts, menus)["changed"] is False
        assert writes(office) == []

    play()
