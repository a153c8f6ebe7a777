# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Voice apps and prompts: an office from nothing in one run, under every reading of the documents and every fault."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from system_support import ROOT, Json, assert_clear
from system_switches import in_every_position
from system_voiceapps import DEFAULTS, VoiceappsAccount

from simulator.harness import Simulator


@pytest.fixture
def account(simulator: Simulator) -> VoiceappsAccount:
    return VoiceappsAccount(simulator)


def test_nothing_becomes_the_example_office_in_the_fewest_requests(account: VoiceappsAccount) -> None:
    """Each of 4 voice apps and 2 prompts is created once and each prompt gets its audio; only the main menu, which the
    sales menu leads back to and which plays prompts that cannot be there before it, is written twice."""
    predicted = account.run(check=True)
    assert account.log() == ["GET voiceapp", "GET user"]
    applied = account.run()
    assert Counter(account.log()) == {
        "GET voiceapp": 1,
        "GET user": 1,
        "POST voiceapp": 4,
        "POST prompt": 2,
        "GET voice": 1,  # text to speech: the default voice of the language
        "POST convert": 1,
        "GET audio": 1,
        "POST message": 2,
        "PUT voiceapp": 1,
    }
    assert (applied["plan"], applied["diff"]) == (predicted["plan"], predicted["diff"])
    assert applied["plan"] == {"create": 6, "update": 0, "delete": 0, "unchanged": 0}
    assert {item["status"] for item in applied["results"]} == {"applied"}
    for check in (False, True):
        again = account.run(check=check)
        assert (again["changed"], again["diff"]) == (False, {"before": {}, "after": {}})
        assert account.log() == ["GET voiceapp", "GET prompt", "GET user"]


def test_every_position(account: VoiceappsAccount) -> None:
    def play(switch: str, value: Any) -> None:
        predicted = account.run(check=True)
        assert account.writes() == []
        applied = account.run()
        assert (applied.get("msg"), applied["plan"], applied["diff"]) == (None, predicted["plan"], predicted["diff"])
        again = account.run()
        assert (again["changed"], again["plan"]["unchanged"]) == (False, 6)

        # Reading and applying what was read plans nothing.
        before = account.meaning()
        read = account.run(module="sonetel_voiceapp_info", prompts=True)
        exported: Json = {name: read[name] for name in ("voiceapps", "prompts")}
        account.log()
        kept = account.run(**exported)
        assert (kept.get("msg"), kept["changed"], account.writes()) == (None, False, [])

        # Wiped and imported, the account is the same, but for audio and a final action that cannot be read.
        gone = [{"name": name, "state": "absent", "force": True} for name in before["apps"] if name not in DEFAULTS]
        wiped = account.run(voiceapps=gone, prompts=[])
        assert (wiped.get("msg"), wiped["plan"]["delete"], sorted(account.apps())) == (None, 4, sorted(DEFAULTS))
        lists: Json = {"voiceapps": exported["voiceapps"], "prompts": account.lists["prompts"]}
        restored = account.run(**lists)
        assert restored.get("msg") is None
        after = account.meaning()
        if (switch, value) == ("final_action", "hidden"):
            assert "final_action" not in after["apps"]["Öppning Stockholm"]
            before["apps"]["Öppning Stockholm"].pop("final_action")
        assert after == before

    moved = in_every_position(account.simulator, "sonetel", play)
    assert {"menu_write", "final_action", "prompt_exists", "blank_entry"} <= moved


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "garbage", "truncate", "status"])
@pytest.mark.parametrize("position", range(14))
def test_every_fault_at_every_request(account: VoiceappsAccount, kind: str, position: int) -> None:
    fault = {"provider": "sonetel", "after": position, "times": 1, "kind": kind}
    account.simulator.add_faults([{**fault, **({"status": 500} if kind == "status" else {})}])
    result = account.run()
    statuses = {item.get("name") or item["prompt"]: item["status"] for item in result.get("results", [])}
    apps = account.apps()
    for name, status in statuses.items():
        if status == "applied" and "/" not in name:
            assert name in apps, (name, statuses)
        if status in ("failed", "not_tried"):
            assert name not in apps, (name, statuses)
    if "applied" in statuses.values():
        assert result["changed"] is True
    account.simulator.clear_faults()
    account.check_finished()


def test_a_lost_creation_is_found_again(account: VoiceappsAccount) -> None:
    account.simulator.add_faults(
        [{"provider": "sonetel", "method": "POST", "path_regex": "voiceapp$", "kind": "drop_after"}]
    )
    result = account.run()
    assert result.get("msg") is None
    assert len(account.apps()) == 7
    assert account.log().count("POST voiceapp") == 4


def test_a_failure_in_the_middle_of_a_circle_is_completed_by_the_next_run(account: VoiceappsAccount) -> None:
    refusal = {"resource": "voiceapp", "status": "failed", "response": {"code": "19999999", "detail": "No"}}
    fault = {"provider": "sonetel", "method": "PUT", "path_regex": "voiceapp/VA", "kind": "status", "status": 200}
    account.simulator.add_faults([{**fault, "body": refusal}])
    result = account.run()
    statuses = {item.get("name"): item["status"] for item in result["results"]}
    assert statuses["Växel Stockholm"] == "partly"
    assert_clear(result, "1 applied in part", "voiceapps[1] (Växel Stockholm)", "No")
    assert result["changed"] is True
    account.simulator.clear_faults()
    account.check_finished()


def test_a_used_voice_app_is_not_deleted(account: VoiceappsAccount) -> None:
    account.run()
    number: Json = {"number": "08-465 004 12", "destination": {"voiceapp": "Brevlåda Stockholm"}}
    assert account.run(module="sonetel_forwarding", **number)["changed"] is True
    account.log()
    entry: Json = {"voiceapps": [{"name": "Brevlåda Stockholm", "state": "absent"}], "prompts": []}
    refused = account.run(**entry)
    assert_clear(
        refused,
        "still used by number +46846500412",
        "'Växel Stockholm' (menu key timeout)",
        "'Försäljning Stockholm' (menu key 2)",
    )
    assert account.writes() == []
    entry["voiceapps"][0]["force"] = True
    assert account.run(**entry)["plan"]["delete"] == 1
    assert "Brevlåda Stockholm" not in account.apps()


def test_what_no_longer_uses_it_after_the_same_run_does_not_count(account: VoiceappsAccount) -> None:
    account.run()
    menus: list[Json] = [{"name": name, "menu": []} for name in ("Växel Stockholm", "Försäljning Stockholm")]
    account.log()
    result = account.run(voiceapps=[{"name": "Brevlåda Stockholm", "state": "absent"}, *menus], prompts=[])
    assert result.get("msg") is None
    # The menus let go of it before it is deleted.
    assert account.writes() == ["PUT voiceapp", "PUT voiceapp", "DELETE voiceapp"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            {"user": "ana.lindqvist@example.org"},
            "no team member 'ana.lindqvist@example.org'|anna.lindqvist@example.org",
        ),
        ({"voiceapp": "Main men"}, "no voice app 'Main men'|'Main menu'"),
        ({"prompt": "Welcom"}, "no prompt 'Welcom'|'Welcome'"),
        ({"phone": "+46900123456"}, "premium-rate"),
    ],
)
@pytest.mark.parametrize("new", [True, False])
def test_unknown_names_stop_everything_before_any_write(
    account: VoiceappsAccount, entry: Json, words: str, new: bool
) -> None:
    broken = {"name": "New" if new else "Main menu", "type": "menu", "menu": [{"key": 1, **entry}]}
    result = account.run(voiceapps=[{"name": "Fine", "type": "menu"}, broken], prompts=[])
    assert_clear(result, "voiceapps[1]", *words.split("|"))
    assert account.writes() == []


@pytest.mark.parametrize(
    ("apps", "words"),
    [
        ([{"name": "X", "type": "mailbox", "menu": []}], "is for type menu or announcement"),
        ([{"name": "X"}], "does not exist yet and needs type"),
        ([{"name": "X", "type": "menu"}, {"name": "X", "type": "menu"}], "already at voiceapps[0]"),
        ([{"name": "Main menu", "type": "mailbox"}], "cannot be changed"),
        ([{"name": "Main menu", "state": "absent"}], "cannot be deleted"),
        ([{"name": "X", "type": "system_prompts"}], "comes with the account"),
        ([{"app_id": "VAd4f6g8h0jx", "name": "X"}], "VAd4f6g8h0jk"),
        (
            [{"name": "X", "type": "menu", "menu": [{"key": 1}, {"key": 1, "hang_up": True}]}],
            "the key 1 is listed twice",
        ),
    ],
)
def test_what_cannot_be_is_refused(account: VoiceappsAccount, apps: list[Json], words: str) -> None:
    assert_clear(account.run(voiceapps=apps, prompts=[]), words)
    assert account.writes() == []


def test_rename_merge_and_system_prompts(account: VoiceappsAccount) -> None:
    account.run()
    app_id = account.apps()["Försäljning Stockholm"]["app_id"]
    entries: list[Json] = [
        {"app_id": app_id, "name": "Sales", "menu_policy": "merge", "menu": [{"key": 5, "hang_up": True}]},
        {"name": "Växel Stockholm", "menu_policy": "merge", "menu": [{"key": 6, "voiceapp": "Sales"}]},
        {"name": "System Prompt", "type": "system_prompts", "error_voice": "swe"},
    ]
    predicted = account.run(voiceapps=entries, prompts=[], check=True)
    result = account.run(voiceapps=entries, prompts=[])
    assert (result.get("msg"), result["plan"]["update"], result["diff"]) == (None, 3, predicted["diff"])
    apps = account.apps()
    assert apps["Sales"]["app_id"] == app_id
    assert (apps["Sales"]["menu"]["digit_5"]["action"], apps["Sales"]["menu"]["digit_1"]["to"]) == (
        "disconnect",
        "phnum",
    )
    assert apps["Växel Stockholm"]["menu"]["digit_6"]["id"] == app_id
    assert apps["System Prompt"]["error_voice"] == "swe"
    entries[0] = {"name": "Sales"}
    assert account.run(voiceapps=entries, prompts=[])["changed"] is False


@pytest.mark.parametrize("spelling", ["sysprompts", "sysprompt", "mixed"])
def test_the_system_prompts_are_updated_whatever_they_are_called(account: VoiceappsAccount, spelling: str) -> None:
    account.simulator.set_switches({"sonetel": {"sysprompt": spelling}})
    entry: Json = {"name": "System Prompt", "error_voice": "swe", "error_repeat_voice": "en"}
    assert account.run(voiceapps=[entry], prompts=[]).get("msg") is None
    assert account.apps()["System Prompt"]["error_voice"] == "swe"
    assert account.run(voiceapps=[entry], prompts=[])["changed"] is False


def test_prune_keeps_defaults_and_respects_the_limit(account: VoiceappsAccount) -> None:
    account.run()
    account.log()
    listed: Json = {"voiceapps": [], "prompts": [], "prune": True}
    assert_clear(account.run(**listed, max_deletions=3), "4 voiceapps would be deleted, but max_deletions is 3")
    assert account.writes() == []
    predicted = account.run(**listed, check=True)
    result = account.run(**listed)
    assert (result.get("msg"), result["plan"], result["diff"]) == (None, predicted["plan"], predicted["diff"])
    assert sorted(account.apps()) == sorted(DEFAULTS)


def test_a_hidden_final_action_is_not_written_again_and_again(account: VoiceappsAccount) -> None:
    account.simulator.set_switches({"sonetel": {"final_action": "hidden"}})
    entry: Json = {"name": "Closed", "type": "announcement", "final_action": {"hang_up": True}}
    account.run(voiceapps=[entry], prompts=[])
    other = {**entry, "final_action": {"voiceapp": "Voice Mail"}}
    assert account.run(voiceapps=[other], prompts=[])["changed"] is False
    assert account.run(voiceapps=[{**other, "voice": "swe"}], prompts=[])["changed"] is True
    assert account.apps()["Closed"]["final_action"]["action"] == "connect"
    assert account.run(voiceapps=[{**entry, "force": True}], prompts=[])["changed"] is True
    assert account.apps()["Closed"]["final_action"]["action"] == "disconnect"


def test_one_voice_app_alone(account: VoiceappsAccount) -> None:
    entry: Json = {"name": "Sales", "type": "mailbox", "deliver_to": {"user": "erik.ohman@example.org"}}
    for expected in (["POST voiceapp"], []):
        result = account.run(module="sonetel_voiceapp", **entry)
        assert (result.get("msg"), result["changed"], account.writes()) == (None, bool(expected), expected)
    assert result["voiceapp"]["deliver_to"] == {"user": "erik.ohman@example.org"}
    gone = account.run(module="sonetel_voiceapp", name="Sales", state="absent")
    assert (gone["changed"], gone["voiceapp"]) == (True, None)
    assert account.run(module="sonetel_voiceapp", name="Sales", state="absent")["changed"] is False


def test_audio_costs_nothing_while_it_is_the_same(account: VoiceappsAccount, tmp_path: Path) -> None:
    wav = (ROOT / "examples/files/hitta-hit.wav").read_bytes()
    file = tmp_path / "a.wav"
    file.write_bytes(wav)
    of_file: Json = {"voiceapp": "Main menu", "name": "Welcome", "wav": str(file)}
    of_text: Json = {"voiceapp": "Main menu", "name": "Hours", "text": "Nine to five.", "language": "en_GB"}
    for entry, first in ((of_file, ["POST message"]), (of_text, ["POST convert", "POST prompt", "POST message"])):
        assert account.run(module="sonetel_prompt", check=True, **entry)["changed"] is True
        assert account.writes() == []
        assert account.run(module="sonetel_prompt", **entry)["changed"] is True
        assert account.writes() == first
        assert account.run(module="sonetel_prompt", **entry)["changed"] is False
        assert account.writes() == []
    file.write_bytes(wav[:-2] + b"\x01\x01")
    assert account.run(module="sonetel_prompt", **of_file)["changed"] is True
    assert account.run(module="sonetel_prompt", **{**of_text, "text": "Ten to five."})["changed"] is True
    assert account.writes() == ["POST message", "POST convert", "POST message"]
    gone: Json = {"voiceapp": "Main menu", "state": "absent"}
    assert account.run(module="sonetel_prompt", name="Hours", **gone)["plan"]["delete"] == 1
    assert_clear(account.run(module="sonetel_prompt", name="Welcome", **gone), "cannot be deleted")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"MP3", "is not a WAV file"),
        (
            b"RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x03\x00\x01\x00" + bytes(8) + b"\x04\x00\x20\x00",
            "coding 0x0003",
        ),
        (b"RIFF\x00\x00\x00\x00WAVE" + bytes(10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_a_file_that_would_be_refused_is_never_sent(
    account: VoiceappsAccount, tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "a.wav"
    if content is not None:
        file.write_bytes(content)
    result = account.run(module="sonetel_prompt", voiceapp="Main menu", name="Welcome", wav=str(file))
    assert_clear(result, words)
    assert account.log() == []


def test_a_slash_in_a_name_does_not_make_two_prompts_one(account: VoiceappsAccount) -> None:
    wav = str(ROOT / "examples/files/hitta-hit.wav")
    names = (("a / b", "c"), ("a", "b / c"))
    lists: Json = {
        "voiceapps": [{"name": name, "type": "mailbox"} for name, _prompt in names],
        "prompts": [{"voiceapp": app, "name": name, "wav": wav} for app, name in names],
    }
    preview = account.run(**lists, check=True, _ansible_diff=True)
    assert preview["plan"] == {"create": 4, "update": 0, "delete": 0, "unchanged": 0}
    assert {'"a / b" / c', 'a / "b / c"'} < set(preview["diff"]["after"])
    assert account.run(**lists)["plan"] == preview["plan"]
    assert account.run(**lists)["changed"] is False
