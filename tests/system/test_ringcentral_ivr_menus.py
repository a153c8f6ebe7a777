# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's menus: what is requested and previewed, and what becomes of them under every reading of the API."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from system_company import CompanyOffice
from system_support import Json, assert_clear, texts_of
from system_switches import in_every_position

from simulator.harness import Simulator
from simulator.ringcentral import seed

MODULE = "ringcentral_ivr_menus"
MAIN, SUPPORT = "ivr-menus/400000014", "ivr-menus/400000015"
KEYS: list[dict[str, Any]] = [
    {"key": "1", "extension": "7001"},
    {"key": "2", "voicemail": {"extension": "Messages"}},
    {"key": "3", "phone_number": "+16505550199"},
    {"key": "4", "dial_by_name": True},
    {"key": "*", "repeat": True},
    {"key": "#", "previous": True},
    {"key": "no_input", "operator": True},
]
NIGHT: dict[str, Any] = {
    "extension": "8003",
    "name": "Night menu",
    "site": "Los Angeles",
    "prompt": {"text": "We are closed.", "language": "en-GB"},
    "keys": KEYS,
    "repeat": 2,
}


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


def apply(office: CompanyOffice, *items: Mapping[str, Any], **options: Any) -> Json:
    return office.run(MODULE, ivr_menus=[dict(item) for item in items], region="US", **options)


def cycle(office: CompanyOffice, *items: Mapping[str, Any]) -> tuple[Json, Json]:
    return office.cycle(MODULE, "ivr_menus", items, region="US")


def menu(office: CompanyOffice, number: str) -> Json:
    return dict(office.extension_of(number)["menu"])


def actions(office: CompanyOffice, number: str) -> dict[str, Json]:
    found = {action["input"]: action for action in menu(office, number)["actions"]}
    return {key: {name: value for name, value in item.items() if name != "input"} for key, item in found.items()}


def test_a_new_menu_is_created_empty_and_filled_by_one_write(office: CompanyOffice) -> None:
    previewed, done = cycle(office, NIGHT)
    assert previewed["plan"] == {"create": 1, "update": 0, "delete": 0, "unchanged": 0}
    assert previewed["ivr_menus"][0]["extension_id"] is None
    assert actions(office, "8003") == {
        "1": {"action": "Connect", "extension": "400000012"},
        "2": {"action": "Voicemail", "extension": "400000016"},
        "3": {"action": "Transfer", "phoneNumber": "+16505550199"},
        "4": {"action": "DialByName"},
        "Star": {"action": "Repeat"},
        "Hash": {"action": "ReturnToPrevious"},
        "NoInput": {"action": "ConnectToOperator"},
    }
    assert menu(office, "8003")["prompt"] == {"mode": "TextToSpeech", "text": "We are closed.", "language": "2057"}
    assert (menu(office, "8003")["repeat"], office.extension_of("8003")["record"]["site"]) == (2, {"id": "400000011"})
    assert done["ivr_menus"][0]["keys"][1] == {"key": "2", "voicemail": {"extension": "7101"}}


def test_requests_of_a_new_menu_of_a_changed_one_and_of_converged_ones(office: CompanyOffice) -> None:
    first = {"extension": "8001", "keys": [{"key": "1", "extension": "7002"}]}
    apply(office, NIGHT, first)
    key = office.account()["extensions"]
    new = next(number for number, item in key.items() if item["record"].get("extensionNumber") == "8003")
    assert office.calls() == ["GET extension", f"GET {MAIN}", f"PUT {MAIN}", "POST ivr-menus", f"PUT ivr-menus/{new}"]
    apply(office, NIGHT, first)
    assert sorted(office.calls()) == ["GET extension", f"GET {MAIN}", f"GET ivr-menus/{new}"]


def test_what_is_not_given_is_left_alone(office: CompanyOffice) -> None:
    before = menu(office, "8001")
    _checked, done = cycle(office, {"extension": "Main menu", "repeat": 1})
    assert menu(office, "8001") == {**before, "repeat": 1}
    assert done["diff"] == {"before": {"8001": {"repeat": 3}}, "after": {"8001": {"repeat": 1}}}


def test_menus_lead_to_each_other_and_to_themselves(office: CompanyOffice) -> None:
    there = {"extension": "8003", "name": "A", "keys": [{"key": "1", "extension": "8004"}]}
    back = {
        "extension": "8004",
        "name": "B",
        "keys": [{"key": n, "extension": e} for n, e in (("1", "A"), ("2", "8004"))],
    }
    cycle(office, there, back)
    ids = {number: actions(office, number) for number in ("8003", "8004")}
    assert ids["8003"]["1"]["extension"] == ids["8004"]["2"]["extension"]
    assert ids["8004"]["1"]["extension"] != ids["8004"]["2"]["extension"]


@pytest.mark.parametrize("put", ["replace", "merge"])
def test_exact_clears_other_keys_and_merge_keeps_them(office: CompanyOffice, put: str) -> None:
    office.simulator.set_switches({"ringcentral": {"menu_actions_put": put}})
    item = {"extension": "8001", "keys": [{"key": "1", "extension": "7002"}, {"key": "5", "hang_up": True}]}
    cycle(office, {**item, "keys_policy": "merge"})
    assert actions(office, "8001")["1"] == {"action": "Connect", "extension": "400000013"}
    assert set(actions(office, "8001")) == {"1", "2", "5", "Star"}
    cycle(office, item)
    left = {"1": "Connect", "5": "Disconnect"}
    nothing = dict.fromkeys(("2", "Star"), "DoNothing") if put == "merge" else {}
    assert {key: action["action"] for key, action in actions(office, "8001").items()} == {**left, **nothing}
    cycle(office, {"extension": "8001", "keys": []})
    assert {action["action"] for action in actions(office, "8001").values()} <= {"DoNothing"}


def test_a_key_that_stays_although_it_was_left_out_is_told(office: CompanyOffice) -> None:
    office.simulator.set_switches({"ringcentral": {"menu_actions_put": "merge"}})
    refusal = {"errorCode": "CMN-101", "message": "Parameter [actions.action] value is invalid"}
    refused = {"kind": "status", "status": 400, "body": {"errors": [refusal]}}
    put = {"provider": "ringcentral", "method": "PUT", "path_regex": "/ivr-menus/", **refused}
    office.simulator.add_faults([{**put, "after": number, "times": 1} for number in (1, 3)])
    result = apply(office, {"extension": "8001", "keys": [{"key": "1", "extension": "7002"}]})
    assert_clear(result, "8001", "keeps the keys that a write leaves out: 2, *")
    assert [entry["status"] for entry in result["results"]] == ["partly"]


@pytest.mark.parametrize("action", ["TransferToContactCenterNumber", "ReturnToTopLevelMenu", "DoNothing"])
def test_actions_that_cannot_be_written_are_shown_kept_and_never_made(office: CompanyOffice, action: str) -> None:
    state = office.account()
    state["extensions"]["400000014"]["menu"]["actions"].append({"input": "7", "action": action})
    office.simulator.put_state({"ringcentral": state})
    raw, other = {"key": "7", "raw": action}, {"key": "1", "extension": "7002"}
    cycle(office, {"extension": "8001", "keys": [raw, other]})
    assert actions(office, "8001") == {"7": {"action": action}, "1": {"action": "Connect", "extension": "400000013"}}
    cycle(office, {"extension": "8001", "keys": [{"key": "0", "operator": True}], "keys_policy": "merge"})
    assert actions(office, "8001")["7"] == {"action": action}
    refused = apply(office, {"extension": "8001", "keys": [{**raw, "key": "8"}]})
    if action != "DoNothing":
        assert_clear(refused, "key 8.raw", f"{action} is an action that can only be left as it is", "leave the key out")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"keys": [{"key": "1", "voicemail": True}]}, ["keys[0].voicemail", "name one: voicemail: {extension: ...}"]),
        ({"keys": [{"key": "1", "announcement": True}]}, ["keys[0].announcement", "a key of a menu cannot do that"]),
        ({"keys": [{"key": "1", "extension": "7009"}]}, ["key 1.extension", "there is no extension '7009'", "7001"]),
        (
            {"keys": [{"key": "1", "voicemail": {"extension": "8002"}}]},
            ["key 1.voicemail", "menu, which has no mailbox"],
        ),
        ({"site": "Los Angelas"}, ["site", "a site is required here", "Did you mean 'Los Angeles'?"]),
        ({"keys": [{"key": "1", "hang_up": True}] * 2}, ["keys[1]", "key 1 is already listed"]),
        ({"keys": [{"key": "1", "phone_number": "12"}]}, ["keys[0].phone_number"]),
        ({"prompt": {"text": "Hello", "language": "english"}}, ["prompt.language", "'english' is not a language"]),
        ({"prompt": {"prompt": "Welcom"}}, ["prompt.prompt", "there is no prompt 'Welcom'", "welcome"]),
        ({"prompt": {"text": " "}}, ["prompt.text", "is empty"]),
        ({"extension": "7001", "name": "Menu"}, ['extension 7001 is the call queue "Sales", not a menu']),
        ({"extension": "8009"}, ["does not exist yet and needs name"]),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_written(
    office: CompanyOffice, members: Mapping[str, Any], words: list[str]
) -> None:
    assert_clear(apply(office, {"extension": "8001", **members}), *words)
    assert not [call for call in office.calls() if not call.startswith("GET")]


def test_numbers_of_keys_must_pass_the_policy_unless_they_are_there(office: CompanyOffice) -> None:
    item = {"extension": "8001", "keys": [{"key": "3", "phone_number": "+442071838750"}]}
    policy = {"allowed_countries": ["US"]}
    assert_clear(apply(office, item, policy=policy), "keys 3.phone_number", "+442071838750")
    assert "failed" not in apply(office, item)
    assert "failed" not in apply(office, {**item, "name": "Other"}, policy=policy)


def test_the_server_decides_which_key_takes_which_action(office: CompanyOffice) -> None:
    item = {"extension": "8001", "keys": [{"key": "1", "repeat": True}, {"key": "2", "hang_up": True}]}
    cycle(office, item)
    office.simulator.set_switches({"ringcentral": {"menu_key_rules": "strict"}})
    result = apply(office, {**item, "keys": [*item["keys"], {"key": "*", "root": True}]})
    assert_clear(result, "CMN-101", "key 1 (repeat) belongs on * or #", "key 2 (hang_up) belongs on no_input")


TEXT = "For sales & support: press 1! (Really?)"


def test_special_characters_of_a_text_converge_or_are_refused_and_said(office: CompanyOffice) -> None:
    item = {"extension": "8001", "prompt": {"text": TEXT, "language": "en-US"}}
    for position in ("kept", "stripped"):
        office.simulator.set_switches({"ringcentral": {"tts_characters": position}})
        result = apply(office, item)
        told = " ".join(texts_of(result))
        assert "may refuse these characters of the prompt, or leave them out: & : ! ( ? )" in told
        assert ("has the prompt without & : ! ( ? )" in told) is (position == "stripped")
        assert result["ivr_menus"][0]["prompt"]["text"] == menu(office, "8001")["prompt"]["text"]
        again = apply(office, item)
        assert (again.get("msg"), again["changed"]) == (None, False)
        assert ("has the prompt without" in " ".join(texts_of(again))) is (position == "stripped")
        apply(office, {**item, "prompt": {"text": "Another text"}})
    office.simulator.set_switches({"ringcentral": {"tts_characters": "refused"}})
    assert_clear(apply(office, item), "CMN-101", "may not take these characters in the text: & : ! ( ? )")


def test_a_text_without_its_special_characters_is_another_one(office: CompanyOffice) -> None:
    cycle(office, {"extension": "8001", "prompt": {"text": "Press 1!"}})
    cycle(office, {"extension": "8001", "prompt": {"text": "Press 1"}})
    assert menu(office, "8001")["prompt"]["text"] == "Press 1"


def test_a_text_keeps_the_language_that_it_had(office: CompanyOffice) -> None:
    cycle(office, {"extension": "8001", "prompt": {"text": "Bonjour", "language": "fr-FR"}})
    cycle(office, {"extension": "8001", "prompt": {"text": "Au revoir"}})
    assert menu(office, "8001")["prompt"] == {"mode": "TextToSpeech", "text": "Au revoir", "language": "1036"}


def test_a_number_without_plus_is_the_same(office: CompanyOffice) -> None:
    state = office.account()
    transfer = {"input": "3", "action": "Transfer", "phoneNumber": "16505550199"}
    state["extensions"]["400000014"]["menu"]["actions"] = [transfer]
    office.simulator.put_state({"ringcentral": state})
    office.simulator.set_switches({"ringcentral": {"transfer_plus": "as_sent"}})
    item = {"extension": "8001", "keys": [{"key": "3", "phone_number": "(650) 555-0199"}]}
    assert apply(office, item)["changed"] is False


def test_menus_converge_under_every_reading(office: CompanyOffice) -> None:
    circle: dict[str, Any] = {
        "extension": "8001",
        "name": "Main",
        "keys": [{"key": "1", "extension": "8003"}, {"key": "*", "root": True}],
    }
    plain = [key for key in KEYS if key["key"] in ("1", "3", "*", "no_input")]
    items = [circle, {**NIGHT, "site": "main", "keys": plain}]

    def play(name: str, value: Any) -> None:
        office.simulator.clear_faults()
        result = apply(office, *items)
        assert "failed" not in result, result["msg"]
        assert apply(office, *items)["changed"] is False
        assert set(actions(office, "8003")) == {"1", "3", "Star", "NoInput"}

    moved = in_every_position(office.simulator, "ringcentral", play)
    assert {"menu_actions_put", "transfer_plus", "menu_key_rules"} <= moved


def test_a_lost_creation_is_found_by_its_number_and_finished(office: CompanyOffice) -> None:
    for kind in ("drop_before", "drop_after", "garbage"):
        office.simulator.add_faults(
            [{"provider": "ringcentral", "method": "POST", "path_regex": "/ivr-menus$", "times": 1, "kind": kind}]
        )
        number = {"drop_before": "8011", "drop_after": "8012", "garbage": "8013"}[kind]
        result = apply(office, {**NIGHT, "extension": number})
        assert [entry["status"] for entry in result["results"]] == ["applied"], result
        found = [
            item for item in office.account()["extensions"].values() if item["record"].get("extensionNumber") == number
        ]
        assert len(found) == 1
        assert len(actions(office, number)) == len(KEYS)


def test_a_half_filled_menu_is_said_to_be_so_and_finished_by_the_next_run(office: CompanyOffice) -> None:
    error = {"provider": "ringcentral", "method": "PUT", "path_regex": "/ivr-menus/", "kind": "status", "status": 400}
    office.simulator.add_faults(
        [{**error, "times": 1, "body": {"errors": [{"errorCode": "CMN-102", "message": "No"}]}}]
    )
    result = apply(office, NIGHT)
    assert [entry["status"] for entry in result["results"]] == ["partly"]
    assert_clear(result, "8003", "CMN-102")
    again = apply(office, NIGHT)
    assert [call.split(" ")[0] for call in office.calls()] == ["GET", "GET", "PUT"]
    assert (again["plan"]["update"], len(actions(office, "8003"))) == (1, len(KEYS))


def test_who_has_the_number_is_named_where_a_creation_is_refused(office: CompanyOffice) -> None:
    fault = {"provider": "ringcentral", "method": "POST", "path_regex": "/ivr-menus$", "times": 1}
    body = {"errors": [{"errorCode": "EXT-102", "message": "Extension number is in use"}]}
    office.simulator.add_faults([{**fault, "kind": "status_after", "status": 400, "body": body}])
    assert_clear(apply(office, NIGHT), "EXT-102", 'Extension 8003 is the menu "Night menu"; choose another number.')


@pytest.mark.parametrize(
    ("permission", "words"), [("app", ["CMN-401", "EditAccounts"]), ("user", ["CMN-408", "AutoReceptionist"])]
)
def test_a_missing_permission_is_named(office: CompanyOffice, permission: str, words: list[str]) -> None:
    state = office.account()
    if permission == "app":
        state["apps"] = {seed.CLIENT_ID: seed.app()}
    else:
        own = state["extensions"][seed.OWNER_ID]
        own["permissions"] = [name for name in own["permissions"] if name != "AutoReceptionist"]
    office.simulator.put_state({"ringcentral": state})
    assert_clear(apply(office, NIGHT), *words)


def test_a_menu_goes_when_nothing_leads_to_it(office: CompanyOffice) -> None:
    gone = {"extension": "8002", "state": "absent"}
    assert_clear(apply(office, gone), "8002", "8001")
    other = {"extension": "8001", "keys": [{"key": "1", "extension": "7001"}]}
    cycle(office, other, gone)
    assert office.extension_of("8002") == {}
    one = office.run("ringcentral_ivr_menu", extension="8002", state="absent")
    assert (one["changed"], one["ivr_menu"]) == (False, None)
