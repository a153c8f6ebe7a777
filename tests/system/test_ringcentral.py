# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's forwarding numbers: what is requested, what is previewed, what is refused, in every position."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from system_ringcentral import CELL, DESK, HOME, RingCentralOffice
from system_support import assert_clear, leaks, texts_of
from system_switches import in_every_position

from simulator.harness import Simulator
from simulator.ringcentral import seed


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> RingCentralOffice:
    return RingCentralOffice(simulator, tmp_path / "shared")


def test_a_new_list_costs_one_login_two_lists_and_one_write_each(office: RingCentralOffice) -> None:
    result = office.apply([CELL, HOME, DESK])
    assert result["plan"] == {"create": 3, "update": 0, "delete": 0, "unchanged": 0}
    requests = office.requests()
    assert requests[:4] == ["POST token", "GET extension", "GET forwarding-number", "GET device"]
    assert requests[4:] == ["POST forwarding-number"] * 3
    assert office.listed("phoneNumber", "type", "label") == [
        ("+16505550100", "Other", "Cell"),
        ("+16505550101", "Home", "Home"),
        ("+16505550112", "PhoneLine", "Yealink T54W"),
    ]
    again = office.apply([CELL, HOME, DESK])
    # Another device may bear the same name, so its owner is asked for each time.
    assert (again["changed"], office.requests()) == (False, ["GET extension", "GET forwarding-number", "GET device"])
    assert office.apply([CELL, HOME])["changed"] is False
    assert office.requests() == ["GET extension", "GET forwarding-number"]


def test_forty_extensions_converged_cost_one_request_each_and_one_look_up(office: RingCentralOffice) -> None:
    state = office.simulator.state()["ringcentral"]
    for number in range(40):
        records = [seed.forwarding_number(str(500001000 + number), f"+1650555{1000 + number}", "Cell")]
        state["extensions"][str(410000000 + number)] = seed.extension(
            str(1000 + number), "N", forwarding_numbers=records
        )
    office.simulator.put_state({"ringcentral": state})
    items = [{**CELL, "extension": str(1000 + n), "phone_number": f"+1650555{1000 + n}"} for n in range(40)]
    result = office.apply(items)
    assert result["plan"]["unchanged"] == 40
    assert sorted(office.requests()) == sorted(["POST token", "GET extension", *["GET forwarding-number"] * 40])


@pytest.mark.parametrize(
    ("before", "items", "options"),
    [
        ([], [CELL, HOME, DESK], {}),
        ([CELL, HOME], [{**CELL, "label": "New"}, {**HOME, "flip_number": 7}], {}),
        ([HOME], [{**HOME, "phone_number": "+16505550109"}], {}),
        ([CELL], [{**CELL, "type": "Mobile", "label": None, "replace": True}], {}),
        ([CELL, HOME, DESK], [{**CELL, "state": "absent"}], {}),
        ([CELL, HOME, DESK], [HOME], {"prune": True}),
        ([CELL], [{"extension": "101", "device": "Polycom VVX 411", "flip_number": 6}], {}),
    ],
    ids=["create", "update", "slot", "replace", "absent", "prune", "own line"],
)
def test_check_mode_previews_what_a_run_does_and_the_next_run_does_nothing(
    office: RingCentralOffice,
    before: Sequence[Mapping[str, Any]],
    items: Sequence[Mapping[str, Any]],
    options: dict[str, Any],
) -> None:
    if before:
        office.apply(before)
    state = office.simulator.state()["ringcentral"]["extensions"]
    previewed = office.apply(items, check=True, **options)
    assert not [line for line in office.requests() if line.startswith(("POST forw", "PUT", "DELETE"))]
    assert office.simulator.state()["ringcentral"]["extensions"] == state
    done = office.apply(items, **options)
    assert "failed" not in done
    assert (previewed["changed"], previewed["plan"]) == (done["changed"], done["plan"])
    assert [entry["action"] for entry in previewed["results"]] == [entry["action"] for entry in done["results"]]
    for side in ("before", "after"):
        for key, shown in previewed["diff"][side].items():
            assert shown.items() <= done["diff"][side][key].items()
    again = office.apply(items, **options)
    assert (again["changed"], again["diff"]) == (False, {"before": {}, "after": {}})


def test_what_info_returns_is_valid_input_that_changes_nothing(office: RingCentralOffice) -> None:
    office.apply([CELL, HOME, DESK])
    state = office.simulator.state()["ringcentral"]
    numbers = state["extensions"][seed.OWNER_ID]["forwarding_numbers"]
    numbers["500000009"] = seed.forwarding_number("500000009", "+16505550140", "Outage", "Outage")
    numbers["500000010"] = {"id": "500000010", "label": "Apps", "type": "ExtensionApps", "features": []}
    numbers["500000011"] = {**numbers["700000001"], "id": "500000011", "label": "Twice"}
    office.simulator.put_state({"ringcentral": state})
    found = office.run("ringcentral_forwarding_number_info", raw=True)
    assert len(found["raw"]) == len(found["forwarding_numbers"]) == 7
    again = office.apply(found["forwarding_numbers"], prune=True)
    assert (again.get("msg"), again["changed"], again["plan"]["unchanged"]) == (None, False, 7)


@pytest.mark.parametrize(
    ("module", "path", "listed"),
    [
        ("ringcentral_forwarding_number_info", "forwarding-number", "forwarding_numbers"),
        ("ringcentral_call_forwarding_info", "answering-rule", "call_forwardings"),
    ],
)
def test_all_people_are_read_without_those_whose_extension_cannot_have_it(
    office: RingCentralOffice, module: str, path: str, listed: str
) -> None:
    body = {"errors": [{"errorCode": "CMN-403", "message": "Extension type is not suitable"}]}
    fault = {"provider": "ringcentral", "method": "GET", "path_regex": f"{seed.OWNER_ID}/{path}", "times": 9}
    office.simulator.add_faults([{**fault, "kind": "status", "status": 403, "body": body}])
    found = office.run(module)
    assert "failed" not in found
    assert "101" not in {item["extension"] for item in found[listed]}
    (warning,) = [text for text in texts_of(found) if "101" in text and "left out" in text]
    assert "CMN-403" in warning
    assert_clear(office.run(module, extensions=["101", "102"]), "CMN-403", "use the extension of a person")


@pytest.mark.parametrize(
    "switches",
    [
        {"inactive_numbers": "always"},
        {"inactive_numbers": "never", "other_actions": "shown"},
        {"migrated": "yes"},
        {"migrated": "yes", "action_order": "by_type"},
    ],
    ids=str,
)
def test_what_rings_a_number_can_be_read_before_it_is_deleted(
    office: RingCentralOffice, switches: dict[str, str]
) -> None:
    office.simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})
    office.apply([CELL, HOME, DESK])
    office.simulator.set_switches({"ringcentral": switches})
    rings = {"phone_numbers": ["+16505550100"], "devices": ["Yealink T54W"], "seconds": 20}
    work = {"extension": "101", "hours": "work", "ring_mode": "in_order", "ring": [rings], "then": {"voicemail": True}}
    after = {**work, "hours": "after", "ring": [{"phone_numbers": ["+16505550100"], "seconds": 20}]}
    assert "msg" not in office.run("ringcentral_call_forwardings", call_forwardings=[work, after])
    module = "ringcentral_forwarding_number_info"
    used = office.run(module, extensions=["101"], used_by=True)["used_by"]
    assert [item for item in used if "Polycom" not in str(item)] == [
        {"extension": "101", "phone_number": "+16505550100", "rules": ["work hours", "after hours"]},
        {"extension": "101", "device": "Yealink T54W", "rules": ["work hours"]},
    ]
    lists = ["GET state-rules", "GET interaction-rules"] if "migrated" in switches else ["GET answering-rule"]
    assert office.requests()[-1 - len(lists) :] == ["GET features", *lists]
    fault = {"provider": "ringcentral", "method": "GET", "path_regex": "rule", "times": 9, "kind": "status"}
    body = {"errors": [{"errorCode": "CMN-408", "message": "no", "permissionName": "ReadUserAnsweringRules"}]}
    office.simulator.add_faults([{**fault, "status": 403, "body": body}])
    hidden = office.run(module, extensions=["101"], used_by=True)
    assert (hidden["used_by"], len(hidden["forwarding_numbers"])) == ([], 4)
    assert "ReadUserAnsweringRules" in " ".join(texts_of(hidden))
    assert "used_by" not in office.run(module, extensions=["101"])


def test_which_rules_there_are_is_found_without_the_feature_flag_too(office: RingCentralOffice) -> None:
    office.simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    body = {"errors": [{"errorCode": "CMN-408", "message": "no"}]}
    fault = {"provider": "ringcentral", "method": "GET", "path_regex": "/features", "kind": "status", "status": 403}
    office.simulator.add_faults([{**fault, "times": 1, "body": body}])
    assert "failed" not in office.run("ringcentral_forwarding_number_info", extensions=["101"], used_by=True)
    expected = ["GET features 403", "GET answering-rule 403", "GET state-rules", "GET interaction-rules"]
    assert office.requests()[-4:] == expected


def test_every_switch_in_every_position(office: RingCentralOffice) -> None:
    # Every run has a pretended clock of its own, by which limits of real time cannot be kept.
    office.simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "auth"))})

    def play(_switch: str, _value: Any) -> None:
        for items in ([CELL, HOME, DESK], [{**CELL, "label": "New"}, {**HOME, "phone_number": "+16505550108"}, DESK]):
            done = office.apply(items)
            assert (done.get("msg"), done["changed"]) == (None, True)
            state = office.simulator.state()
            state["ringcentral"]["extensions"][seed.OWNER_ID]["late"] = None  # some time later
            office.simulator.put_state(state)
            assert office.apply(items)["changed"] is False
        assert len(office.listed("id")) == 3

    assert {"late_reads", "put", "uri"} <= in_every_position(office.simulator, "ringcentral", play)


def test_a_closed_api_on_a_migrated_account_is_reported_and_nothing_else_is_tried(office: RingCentralOffice) -> None:
    office.simulator.set_switches({"ringcentral": {"migrated": "yes", "migrated_forwarding_numbers": "closed"}})
    result = office.apply([CELL])
    assert_clear(result, "new call handling", "CMN-468")
    assert office.requests() == ["POST token", "GET extension", "GET forwarding-number 403"]


@pytest.mark.parametrize(
    ("before", "items", "words"),
    [
        ([CELL], [{**CELL, "type": "Home", "label": None}], ["type is 'Other'", "cannot be changed", "replace: true"]),
        ([], [{**CELL, "label": None}], ["needs label", "Home, Mobile or Work"]),
        ([CELL], [{**CELL, "phone_number": "+16505550102"}], ["label 'Cell' is used by 101 / +16505550100", "FPN-102"]),
        ([HOME], [HOME, {**HOME, "phone_number": "+16505550102"}], ["FPN-119", "+16505550101"]),
        ([{**CELL, "flip_number": 2}, HOME], [{**HOME, "flip_number": 2}], ["flip_number 2 is used by 101", "FPN-106"]),
        ([], [{**CELL, "phone_number": f"+1650555012{n}", "label": f"L{n}"} for n in range(8)], ["FPN-104", "7"]),
        ([], [{"extension": "101", "device": "Front desk"}], ["device_extension"]),
        ([], [{**DESK, "device": "Yealink"}], ["no device 'Yealink'", "Did you mean 'Yealink T54W'"]),
        ([], [{**CELL, "extension": "109"}], ["no extension '109'", "There are: '10"]),
        ([], [CELL, {**CELL, "extension": "Ada Reyes"}], ["already at forwarding_numbers[0]"]),
        ([], [{**CELL, "flip_number": 9}], ["flip_number", "1 to 8"]),
        ([], [{**CELL, "phone_number": "+19005550100"}], ["premium-rate", "policy"]),
        ([], [{**HOME, "label": "x"}], ["label goes with type Other"]),
    ],
)  # fmt: skip
def test_what_is_known_to_fail_fails_before_the_first_write(
    office: RingCentralOffice,
    before: Sequence[Mapping[str, Any]],
    items: Sequence[Mapping[str, Any]],
    words: Sequence[str],
) -> None:
    if before:
        office.apply(before)
    result = office.apply(items)
    assert_clear(result, *words)
    assert result["changed"] is False
    assert not [line for line in office.requests() if line.startswith(("POST forw", "PUT", "DELETE"))]


def test_numbers_that_are_refused_are_not_taken_for_one_another(office: RingCentralOffice) -> None:
    items = [{**CELL, "phone_number": f"+1900555010{digit}"} for digit in (0, 1)]
    result = office.apply([*items, CELL, {**CELL, "label": "Again"}])
    assert_clear(result, "3 problems", "forwarding_numbers[3] (101 / +16505550100): the same")
    assert result["msg"].count("premium-rate") == 2
    assert result["msg"].count("the same forwarding number is already at") == 1


def test_a_flip_number_that_is_asked_for_is_not_given_to_another_new_number(office: RingCentralOffice) -> None:
    done = office.apply([HOME, {**CELL, "flip_number": 2}])
    assert "msg" not in done
    assert office.listed("phoneNumber", "flipNumber") == [("+16505550100", "2"), ("+16505550101", "3")]


def test_what_only_ringcentral_knows_becomes_advice(office: RingCentralOffice) -> None:
    result = office.apply([HOME, {**CELL, "phone_number": "+16505550112"}])
    assert_clear(result, "FPN-105", "belongs to the company", "1 applied, 1 failed")
    assert [entry["status"] for entry in result["results"]] == ["applied", "failed"]
    missing = office.run(
        "ringcentral_forwarding_number", jwt=seed.READER_JWT, extension="~", phone_number="+16505550101", type="Home"
    )
    assert_clear(missing, "CMN-408", "EditUserForwardingFlipNumbers", "role")


def test_pruning_is_guarded_and_keeps_what_ringcentral_manages(office: RingCentralOffice) -> None:
    office.apply([CELL, HOME, DESK])
    refused = office.apply([CELL], prune=True, max_deletions=0)
    assert_clear(refused, "1 forwarding_numbers would be deleted", "max_deletions is 0")
    done = office.apply([CELL], prune=True, max_deletions=1)
    assert done["plan"]["delete"] == 1
    assert sorted(item["type"] for item in office.numbers()) == ["Other", "PhoneLine", "PhoneLine"]
    own = office.run("ringcentral_forwarding_number", extension="101", device="Polycom VVX 411", state="absent")
    assert_clear(own, "FPN-107", "RingCentral manages this device line")


def test_the_token_module_opens_a_session_of_its_own_and_ends_only_that(office: RingCentralOffice) -> None:
    office.apply([CELL])
    opened = office.run("ringcentral_token")
    assert (opened["owner_id"], opened["changed"]) == (seed.OWNER_ID, False)
    token = opened["access_token"]
    assert office.run("ringcentral_token", state="absent", access_token=token, check=True)["changed"] is True
    assert "POST revoke" not in office.requests()
    assert office.run("ringcentral_token", state="absent", access_token=token)["changed"] is True
    assert office.run("ringcentral_token", state="absent", access_token=token)["changed"] is False
    assert office.apply([CELL])["changed"] is False
    assert "POST token" not in office.requests()


def test_a_token_that_died_is_replaced_once_for_all(office: RingCentralOffice) -> None:
    office.apply([CELL])
    state = office.simulator.state()["ringcentral"]
    office.simulator.put_state({"ringcentral": {**state, "sessions": {}}})
    assert office.apply([CELL])["changed"] is False
    assert office.requests() == ["GET extension 401", "POST token", "GET extension", "GET forwarding-number"]
    assert office.apply([CELL])["changed"] is False
    assert "POST token" not in office.requests()


def test_two_sessions_that_end_within_one_task_are_both_replaced(office: RingCentralOffice) -> None:
    ended = {"errors": [{"errorCode": "OAU-213", "message": "Token not found"}]}
    fault = {"provider": "ringcentral", "kind": "status", "status": 401, "times": 1, "body": ended}
    office.simulator.add_faults(
        [
            {**fault, "method": "GET", "path_regex": "extension$"},
            {**fault, "method": "POST", "path_regex": "forwarding-number", "after": 1},
        ]
    )
    done = office.apply([CELL, HOME])
    assert (done.get("msg"), done["plan"]["create"]) == (None, 2)
    assert office.requests().count("POST token") == 3


@pytest.mark.parametrize(
    ("status", "headers", "requests", "waited"),
    [
        (429, {"Retry-After": "7"}, 2, 8),
        (429, {}, 2, 61),
        (500, {}, 4, 30),
        (408, {}, 4, 30),
        (503, {"Retry-After": "5"}, 4, 18),
        (502, {}, 1, 0),
        (504, {}, 1, 0),
        (400, {}, 1, 0),
    ],
)
def test_how_often_a_login_is_repeated(
    office: RingCentralOffice, status: int, headers: dict[str, str], requests: int, waited: float
) -> None:
    fault = {"provider": "ringcentral", "path_regex": "oauth/token", "kind": "status", "status": status}
    office.simulator.add_faults([{**fault, "headers": headers}])
    failed = office.apply([CELL])
    assert_clear(failed, str(status))
    assert office.requests() == [f"POST token {status}"] * requests
    assert failed["api_calls"]["waited_seconds"] == pytest.approx(waited, abs=0.5)


def test_what_else_may_be_in_the_files_that_tasks_share_does_no_harm(office: RingCentralOffice) -> None:
    office.simulator.set_limits({"ringcentral": {"auth": None}})
    office.apply([CELL])
    contents = ["[1]", "{", '{"light": {"places": [[1, 2]]}}', '{"accounts": {"x": 1}, "names": []}']
    contents += ['{"access_token": 5}', '{"access_token": "x", "expires_at": "y"}']
    for content in contents:
        files = [*office.folder.iterdir()]
        assert files
        for file in files:
            file.write_text(content)
        done = office.apply([CELL])
        assert (done.get("msg"), done["changed"]) == (None, False), content
        assert office.requests() == ["POST token", "GET extension", "GET forwarding-number"]


def test_line_breaks_and_blanks_around_credentials_are_none_of_theirs(office: RingCentralOffice) -> None:
    names = ("client_id", "client_secret", "jwt")
    pasted: dict[str, Any] = {name: f" {office.options[name]}\n" for name in names}
    done = office.apply([CELL], **pasted)
    assert (done.get("msg"), done["changed"]) == (None, True)
    office.apply([CELL])
    assert "POST token" not in office.requests()
    opened = office.run("ringcentral_token", **pasted)["access_token"]
    assert office.run("ringcentral_token", state="absent", access_token=f"{opened}\n", **pasted)["changed"] is True


def test_what_is_kept_on_disk_is_the_owners_alone_and_names_no_secret(office: RingCentralOffice) -> None:
    result = office.apply([CELL])
    assert stat.S_IMODE(office.folder.stat().st_mode) == 0o700
    files = list(office.folder.iterdir())
    assert sorted(path.name.partition("-")[0] for path in files) == ["pacing", "token"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert not leaks(" ".join([result["printed"], *(f"{path.name} {path.read_text()}" for path in files)]))
    (kept,) = office.folder.glob("token-*")
    token = next(iter(next(iter(office.simulator.state()["ringcentral"]["sessions"].values()))["access"]))
    assert token in kept.read_text()
    assert token not in result["printed"]
    office.folder.chmod(0o755)
    assert_clear(office.apply([CELL]), "open to other users", "0700")
    assert_clear(office.apply([CELL], cache_path="cache"), "cache_path: cache is a relative path")


def test_wrong_credentials_and_a_missing_one(office: RingCentralOffice) -> None:
    wrong = office.apply([CELL], client_secret="Fake-no-secret")
    assert_clear(wrong, "OAU-146", "Check client_id and client_secret")
    assert office.requests() == ["POST token 401"]
    assert_clear(office.apply([CELL], jwt=None), "jwt is missing", "RC_USER_JWT")
