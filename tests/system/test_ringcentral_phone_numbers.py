# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose phone numbers of a RingCentral account are, and the switch that sends all calls of the company elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from system_company import CompanyOffice
from system_support import Json, assert_clear, texts_of

from simulator.harness import Simulator
from simulator.ringcentral import seed

SUPPORT, SPARE, OTHER_SPARE, ADA = "+16505550183", "+16505550186", "+16505550187", "+16505550111"
PLURAL, ONE, SWITCH = "ringcentral_phone_numbers", "ringcentral_phone_number", "ringcentral_company_forward_all"


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


def owner(office: CompanyOffice, number: str) -> tuple[str, str]:
    """The usage of a number, and the extension number of who has it."""
    state = office.account()
    holders = [("", state["company"])]
    holders += [(item["record"].get("extensionNumber"), item) for item in state["extensions"].values()]
    (found,) = (
        (record["usageType"], label)
        for label, holder in holders
        for record in holder["phone_numbers"]
        if record["phoneNumber"] == number
    )
    return found


def writes(office: CompanyOffice) -> list[str]:
    return [call for call in office.calls() if not call.startswith("GET")]


def test_numbers_go_where_the_list_says_with_one_reading_of_all(office: CompanyOffice) -> None:
    items: list[Json] = [
        {"number": SPARE, "extension": "8001"},
        {"number": "(650) 555-0187", "company": True},
        {"number": SUPPORT, "extension": "Sales", "expected_extension": "7002"},
        {"number": ADA, "extension": "ada@example.org"},
        {"number": seed.MAIN_NUMBER, "company": True},
    ]
    previewed, done = office.cycle(PLURAL, "phone_numbers", items, region="US")
    assert done["plan"] == {"create": 0, "update": 3, "delete": 0, "unchanged": 2}
    assert office.calls() == ["GET phone-numbers", "GET extension"]
    assert [owner(office, number) for number in (SPARE, OTHER_SPARE, SUPPORT)] == [
        ("DirectNumber", "8001"),
        ("CompanyNumber", ""),
        ("DirectNumber", "7001"),
    ]
    assert previewed["phone_numbers"][1] == {"number": OTHER_SPARE, "company": True, "usage": "Inventory"}


def test_one_number_is_asked_for_by_itself(office: CompanyOffice) -> None:
    assert office.run(ONE, number=SUPPORT, extension="7002")["changed"] is False
    (request,) = (entry for entry in office.simulator.requests() if entry["path"].endswith("/phone-numbers"))
    assert office.calls() == ["GET phone-numbers", "GET extension"]
    # A plus that is not escaped would be a blank.
    assert request["query"]["phoneNumber"] == SUPPORT


def test_pages_without_navigation_are_counted(office: CompanyOffice) -> None:
    state = office.account()
    more = [seed.company_number(610000000 + n, f"+1213555{n:04}", "Inventory") for n in range(1001)]
    state["company"]["phone_numbers"] += more
    office.simulator.put_state({"ringcentral": state})
    items = [{"number": "+12135551000", "extension": "8001"}, {"number": SPARE, "extension": "8001"}]
    assert office.run(PLURAL, phone_numbers=items)["plan"]["update"] == 2
    assert office.calls()[:2] == ["GET phone-numbers", "GET phone-numbers"]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"number": SUPPORT, "extension": "7001"}, ["extension 7002 (Support)", "expected_extension: '7002'"]),
        ({"number": SUPPORT, "company": True}, ["extension 7002 (Support)", "take_over: true"]),
        (
            {"number": SUPPORT, "extension": "7001", "expected_extension": "101"},
            ["extension 7002 (Support) and not to extension 101"],
        ),
        (
            {"number": SPARE, "extension": "7001", "expected_extension": "7002"},
            ["belongs to nobody and not to extension 7002"],
        ),
        (
            {"number": seed.MAIN_NUMBER, "extension": "7001", "take_over": True},
            ["main number", "the collection never moves"],
        ),
        ({"number": "+16505550199", "extension": "7001"}, ["not a number of the account"]),
        ({"number": SPARE, "extension": "7009"}, ["extension", "there is no extension '7009'"]),
        ({"number": SPARE, "company": False}, ["company", "can only be true"]),
        ({"number": SPARE, "extension": " "}, ["extension", "is empty"]),
        ({"number": "650 555 0186", "extension": "8001"}, ["number", "region"]),
    ],
)
def test_what_takes_callers_away_from_somebody_is_refused(
    office: CompanyOffice, item: dict[str, Any], words: list[str]
) -> None:
    for check in (True, False):
        assert_clear(office.run(PLURAL, phone_numbers=[item], check=check), "phone_numbers[0]", *words)
        assert writes(office) == []


def test_a_number_is_taken_over_where_that_is_said(office: CompanyOffice) -> None:
    office.cycle(PLURAL, "phone_numbers", [{"number": SUPPORT, "company": True, "take_over": True}])
    assert owner(office, SUPPORT) == ("CompanyNumber", "")


@pytest.mark.parametrize("kept", ["kept", "removed"])
def test_rules_that_hold_for_a_number_that_moves_are_named(office: CompanyOffice, kept: str) -> None:
    office.simulator.set_switches({"ringcentral": {"reassign_called_numbers": kept}})
    state = office.account()
    rule = {**seed.custom_rule("550000009", "Hotline", "16505550170"), "calledNumbers": [ADA]}
    state["extensions"][seed.OWNER_ID]["answering_rules"]["550000009"] = rule
    office.simulator.put_state({"ringcentral": state})
    for check in (True, False):
        result = office.run(ONE, number=ADA, extension="102", take_over=True, check=check)
        assert [text for text in texts_of(result) if "'Hotline' of extension 101" in text], result


def test_a_lost_answer_is_cleared_up(office: CompanyOffice) -> None:
    fault = {"provider": "ringcentral", "kind": "drop_after", "method": "PATCH", "times": 1}
    office.simulator.add_faults([fault])
    result = office.run(ONE, number=SPARE, extension="8001")
    assert (result.get("msg"), result["changed"], owner(office, SPARE)) == (None, True, ("DirectNumber", "8001"))
    assert len(writes(office)) == 1


def test_an_app_that_may_not_write_numbers_is_told_what_it_needs(office: CompanyOffice) -> None:
    state = {**office.account(), "apps": {seed.CLIENT_ID: seed.app()}}
    office.simulator.put_state({"ringcentral": state})
    assert_clear(office.run(ONE, number=SPARE, extension="8001"), "Give the app the permission EditAccounts")


def test_what_info_returns_is_valid_input_that_changes_nothing(office: CompanyOffice) -> None:
    found = office.run("ringcentral_company_info", gather=["phone_numbers"], raw=True)
    assert texts_of(found) == [f"Numbers in the inventory, which ring nowhere: {SPARE}, {OTHER_SPARE}."]
    assert len(found["phone_numbers"]) == 4
    assert [name.partition("account/")[2] for name in found["raw"]]
    again = office.run(PLURAL, phone_numbers=found["phone_numbers"])
    assert (again.get("msg"), again["changed"], again["plan"]["unchanged"]) == (None, False, 4)
    picked = office.run("ringcentral_company_info", numbers=["650 555 0183", "650 555 0199"], region="US")
    assert picked["phone_numbers"] == [{"number": SUPPORT, "extension": "7002"}]
    assert texts_of(picked) == ["+16505550199 is not a number of the account."]


def forwarding(office: CompanyOffice, **members: Any) -> Json:
    """Set what the portal says of forwarding all calls."""
    state = office.account()
    state["company"]["forward_all"] |= members
    office.simulator.put_state({"ringcentral": state})
    return state


def test_all_calls_are_sent_where_the_portal_says_and_back(office: CompanyOffice) -> None:
    forwarding(office, extension=seed.MESSAGES_ID)
    previewed = office.run(SWITCH, enabled=True, check=True)
    assert (previewed["changed"], writes(office)) == (True, [])
    done = office.run(SWITCH, enabled=True)
    assert done["company_forward_all"] == {"account": "company", "enabled": True, "extension": "7101", "ranges": None}
    assert done["company_forward_all"] == previewed["company_forward_all"]
    assert texts_of(done) == ["All calls to the company go to extension 7101, regardless of its rules."]
    assert office.calls() == ["GET forward-all-calls", "GET extension", "PATCH forward-all-calls"]
    assert office.account()["company"]["forward_all"]["enabled"] is True
    assert office.run(SWITCH, enabled=True)["changed"] is False
    assert office.run(SWITCH, enabled=False)["diff"]["after"] == {"company": {"enabled": False}}
    assert office.run("ringcentral_company_info", gather=["company_forward_all"])["company_forward_all"] == {
        "enabled": False
    }


def test_it_is_not_switched_on_while_it_leads_nowhere(office: CompanyOffice) -> None:
    for check in (True, False):
        result = office.run(SWITCH, enabled=True, check=check)
        assert_clear(result, "its destination is not set up", "admin portal")
        assert writes(office) == []
    assert office.run(SWITCH, enabled=False)["changed"] is False


def test_what_calls_are_sent_to_in_an_emergency_is_not_deleted(office: CompanyOffice) -> None:
    forwarding(office, extension=seed.ANNOUNCEMENT_ID)
    result = office.run("ringcentral_group_extension", extension="301", state="absent")
    assert_clear(result, "company forward all company (extension)")
