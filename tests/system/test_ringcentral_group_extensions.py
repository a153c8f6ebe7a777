# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Message-only and announcement-only extensions: what is requested, refused, and found again after a lost answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from system_company import CompanyOffice
from system_support import Json, assert_clear

from simulator.harness import Simulator
from simulator.ringcentral import seed

NIGHT: Json = {
    "extension": "7102",
    "kind": "message_only",
    "name": "Night",
    "email": "night@example.org",
    "site": "Los Angeles",
    "time_zone": "America/Denver",
    "language": "en-GB",
    "voicemail_to": "101",
}
CLOSED: Json = {"extension": "7103", "kind": "announcement", "name": "We are closed", "email": "office@example.org"}


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


def writes(office: CompanyOffice) -> list[str]:
    return [call for call in office.calls() if not call.startswith("GET")]


def test_there_and_back(office: CompanyOffice) -> None:
    _previewed, done = office.cycle("ringcentral_group_extensions", "group_extensions", [NIGHT, CLOSED])
    night = office.extension_of("7102")
    rule = night["answering_rules"]["business-hours-rule"]
    assert (night["record"]["status"], rule["voicemail"]["recipient"]) == ("Enabled", seed.OWNER_ID)
    assert night["record"]["regionalSettings"]["timezone"]["name"] == "America/Denver"
    shown = {**done["group_extensions"][0], "site": "Los Angeles"}
    assert shown.items() >= NIGHT.items()
    # What is right costs one list, and one or two light requests for each.
    assert len(office.calls()) == 1 + 2 + 1
    gone = [{"extension": item["extension"], "state": "absent"} for item in (NIGHT, CLOSED)]
    office.cycle("ringcentral_group_extensions", "group_extensions", gone)
    assert (office.extension_of("7102"), office.extension_of("7103")) == ({}, {})


def test_one_is_created_switched_on_and_given_its_recipient(office: CompanyOffice) -> None:
    office.run("ringcentral_group_extension", **NIGHT)
    key = next(key for key, item in office.account()["extensions"].items() if item["record"]["name"] == "Night")
    rule = f"PUT extension/{key}/answering-rule/business-hours-rule"
    assert writes(office) == ["POST extension", f"PUT extension/{key}", rule]
    office.run("ringcentral_group_extension", extension="Night", name="Nights")
    assert writes(office) == [f"PUT extension/{key}"]
    assert office.extension_of("7102")["record"]["name"] == "Nights"


@pytest.mark.parametrize(
    "switches",
    [
        {"new_queue_status": "Enabled"},
        {"enable_needs_pin": "yes"},
        {"duplicate_group_email": "refused"},
        {"sites_feature": "off"},
        {"migrated": "yes", "migrated_queue_rules": "stale_list"},
    ],
    ids=str,
)
def test_every_reading_of_the_documents(office: CompanyOffice, switches: Json) -> None:
    office.simulator.set_switches({"ringcentral": switches})
    night = {name: value for name, value in NIGHT.items() if name != "site" or "sites_feature" not in switches}
    office.cycle("ringcentral_group_extensions", "group_extensions", [night, CLOSED])
    assert office.extension_of("7102")["record"]["status"] == "Enabled"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({**NIGHT, "extension": "7001"}, ['is the call queue "Sales"', "choose another number"]),
        ({**NIGHT, "extension": "101"}, ['is the person "Ada Reyes"']),
        ({**NIGHT, "extension": "Nigt"}, ["there is no", "needs an extension number"]),
        ({**NIGHT, "extension": "123456789"}, ["up to 8 digits"]),
        ({"extension": "7102", "kind": "announcement"}, ["does not exist yet and needs name, email"]),
        ({"extension": "7101", "kind": "announcement"}, ["kind", "cannot be changed"]),
        ({**CLOSED, "voicemail_to": "101"}, ["voicemail_to", "goes with kind: message_only"]),
        ({**NIGHT, "voicemail_to": "7001"}, ["'7001' is a call queue", "a person or a message-only extension"]),
        ({**NIGHT, "site": "Los Angles"}, ["site", "Los Angeles"]),
        ({**NIGHT, "time_zone": "America/NewYork"}, ["time_zone", "America/New_York"]),
        ({**NIGHT, "language": "english"}, ["language", "en-US"]),
        ({"extension": "7101", "state": "absent"}, ["7101", "8002"]),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    office: CompanyOffice, item: Json, words: list[str]
) -> None:
    result = office.run("ringcentral_group_extensions", group_extensions=[item])
    assert result["failed"]
    assert_clear(result, *words)
    assert writes(office) == []


def test_what_info_returns_is_valid_input_that_changes_nothing(office: CompanyOffice) -> None:
    office.run("ringcentral_group_extensions", group_extensions=[NIGHT, CLOSED])
    found = office.run("ringcentral_company_info", gather=["group_extensions"])["group_extensions"]
    assert [item["extension"] for item in found] == ["301", "7101", "7102", "7103"]
    again = office.run("ringcentral_group_extensions", group_extensions=found)
    assert (again.get("msg"), again["changed"], again["plan"]["unchanged"]) == (None, False, 4)


@pytest.mark.parametrize(
    ("number_space", "code", "made"),
    [("separate", "ext_code", True), ("shared", "ext_code", False), ("shared", "cmn_101", False)],
)
def test_the_number_of_a_site_is_taken_only_where_ringcentral_says_so(
    office: CompanyOffice, number_space: str, code: str, made: bool
) -> None:
    office.simulator.set_switches({"ringcentral": {"site_number_space": number_space, "number_taken": code}})
    result = office.run("ringcentral_group_extension", **{**CLOSED, "extension": "9001"})
    assert bool(result.get("failed")) is not made
    if not made:
        assert_clear(result, 'Extension 9001 is the site "Los Angeles"', "choose another number")
    names = [item["record"]["name"] for item in office.account()["extensions"].values()]
    assert names.count("We are closed") == int(made)


@pytest.mark.parametrize(("method", "after"), [("POST", 0), ("PUT", 0), ("PUT", 1)])
@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_what_lost_an_answer_is_there_once_after_another_run(
    office: CompanyOffice, kind: str, method: str, after: int
) -> None:
    fault = {"provider": "ringcentral", "path_regex": "/extension", "method": method, "after": after, "times": 1}
    office.simulator.add_faults([{**fault, "kind": kind}])
    office.run("ringcentral_group_extensions", group_extensions=[NIGHT])
    result = office.run("ringcentral_group_extensions", group_extensions=[NIGHT])
    assert "failed" not in result, result["msg"]
    numbers = [item["record"].get("extensionNumber") for item in office.account()["extensions"].values()]
    assert numbers.count("7102") == 1
    found = office.extension_of("7102")
    assert found["record"]["status"] == "Enabled"
    assert found["answering_rules"]["business-hours-rule"]["voicemail"]["recipient"] == seed.OWNER_ID
