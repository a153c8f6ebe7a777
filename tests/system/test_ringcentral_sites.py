# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sites of a RingCentral account: what is requested, previewed, refused, and found again after a lost answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from system_company import CompanyOffice
from system_support import Json, assert_clear, texts_of

from simulator.harness import Simulator
from simulator.ringcentral import seed

DENVER: Json = {
    "name": "Denver",
    "extension": "9002",
    "email": "denver@example.org",
    "time_zone": "America/Denver",
    "address": {"city": "Denver", "street": "1 Example Street"},
    "caller_id_name": "Example, Denver",
}
WHOLE: Json = {**DENVER, "operator": "102", "top_menu": "8001"}


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


def site(office: CompanyOffice, name: str) -> tuple[str, Json]:
    (found,) = (
        (key, item)
        for key, item in office.account()["extensions"].items()
        if item["site"] is not None and item["record"]["name"] == name
    )
    return found


def test_a_new_site_is_created_with_what_it_is_and_gets_what_it_refers_to_by_a_second_write(
    office: CompanyOffice,
) -> None:
    office.cycle("ringcentral_sites", "sites", [WHOLE])
    key, found = site(office, "Denver")
    assert found["record"]["regionalSettings"]["timezone"]["name"] == "America/Denver"
    assert found["site"]["business_address"] == WHOLE["address"]
    assert (found["site"]["operator"], found["site"]["ivr"]["top_menu"]) == (seed.READER_ID, seed.MENU_ID)
    # What is right costs the list, the menu of each that names one, and the extensions that they refer to.
    assert sorted(office.calls()) == ["GET extension", "GET sites", f"GET sites/{key}/ivr"]


def test_what_is_new_is_written_in_as_few_requests_as_possible(office: CompanyOffice) -> None:
    result = office.run("ringcentral_site", **WHOLE)
    key, _found = site(office, "Denver")
    writes = [call for call in office.calls() if not call.startswith("GET")]
    assert writes == ["POST sites", f"PUT sites/{key}", f"PUT sites/{key}/ivr"]
    assert result["site"] == {**WHOLE, "extension_id": key}
    office.run("ringcentral_site", name="Denver", email="new@example.org")
    assert office.calls() == ["GET sites", f"PUT sites/{key}"]


def test_what_is_not_given_is_left_alone_also_of_an_address(office: CompanyOffice) -> None:
    office.run("ringcentral_site", **DENVER)
    office.cycle("ringcentral_sites", "sites", [{"name": "Denver", "address": {"zip": "80202"}, "operator": "7001"}])
    _key, found = site(office, "Denver")
    assert found["site"]["business_address"] == {**DENVER["address"], "zip": "80202"}
    assert found["site"]["caller_id_name"] == "Example, Denver"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"name": "Berlin"}, ["does not exist yet and needs extension"]),
        ({"name": "Main Site"}, ["is the main site", "of the company"]),
        ({"name": "main", "extension": "9005"}, ["is the main site"]),
        ({**DENVER, "extension": "9001"}, ["extension", "the site 'Los Angeles' has 9001"]),
        ({**DENVER, "extension": "9-2"}, ["extension", "up to 8 digits"]),
        ({**DENVER, "time_zone": "America/Devner"}, ["time_zone", "America/Denver"]),
        ({**DENVER, "caller_id_name": "Example & Co"}, ["caller_id_name", "up to 15 letters"]),
        ({**DENVER, "top_menu": "7001"}, ["top_menu", "'7001' is a call queue, but a menu is required here"]),
        ({**DENVER, "operator": "199"}, ["operator", "there is no extension '199'"]),
        ({**DENVER, "email": " "}, ["email", "is empty"]),
        ({**DENVER, "email": "denver"}, ["email", "'denver' is not an e-mail address"]),
        ({**DENVER, "address": {"street": " "}}, ["address.street", "is empty"]),
        ({**DENVER, "name": "los angeles"}, ["differs from the site 'Los Angeles' in upper and lower case only"]),
        ({**DENVER, "name": "9001"}, ["is the number of the site 'Los Angeles'"]),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    office: CompanyOffice, item: dict[str, Any], words: list[str]
) -> None:
    result = office.run("ringcentral_sites", sites=[item])
    assert_clear(result, "sites[0]", *words)
    assert [call for call in office.calls() if not call.startswith("GET")] == []


def test_two_sites_of_one_name_are_not_told_apart(office: CompanyOffice) -> None:
    office.run("ringcentral_site", **DENVER)
    state = office.account()
    state["extensions"][seed.SITE_ID]["record"]["name"] = "Denver"
    office.simulator.put_state({"ringcentral": state})
    assert_clear(office.run("ringcentral_site", **DENVER), "2 sites have this name", seed.SITE_ID)


@pytest.mark.parametrize("number_space", ["separate", "shared"])
def test_a_number_of_another_extension_is_left_to_ringcentral(office: CompanyOffice, number_space: str) -> None:
    office.simulator.set_switches({"ringcentral": {"site_number_space": number_space}})
    result = office.run("ringcentral_site", **{**DENVER, "extension": "7001"})
    if number_space == "separate":
        assert result["site"]["extension"] == "7001"
        # Others mean the queue by that number, and the site by its name.
        assert office.run("ringcentral_site", **{**DENVER, "extension": "7001"})["changed"] is False
        assert office.run("ringcentral_sites", sites=[{"name": "Denver", "operator": "7001"}])["changed"] is True
        assert site(office, "Denver")[1]["site"]["operator"] == seed.SALES_ID
    else:
        assert_clear(result, "POST", "refused by RingCentral")
        assert [call for call in office.calls() if call.startswith("POST")] == ["POST sites 400"]


def test_without_the_feature_the_refusal_says_what_is_missing(office: CompanyOffice) -> None:
    office.simulator.set_switches({"ringcentral": {"sites_feature": "off"}})
    assert office.run("ringcentral_company_info", gather=["sites"])["sites"] == []
    assert_clear(office.run("ringcentral_site", **DENVER), "several sites")


def test_a_lost_answer_is_cleared_up_by_the_name(office: CompanyOffice) -> None:
    office.simulator.add_faults(
        [{"provider": "ringcentral", "kind": "drop_after", "method": "POST", "path_regex": ".*/sites$", "times": 1}]
    )
    result = office.run("ringcentral_site", **WHOLE)
    assert (result.get("msg"), result["site"]["top_menu"]) == (None, "8001")
    assert len([call for call in office.calls() if call.startswith("POST")]) == 1
    site(office, "Denver")


def test_what_info_returns_is_valid_input_that_changes_nothing(office: CompanyOffice) -> None:
    office.run("ringcentral_sites", sites=[WHOLE])
    found = office.run("ringcentral_company_info", gather=["sites"])
    assert (texts_of(found), [item["name"] for item in found["sites"]]) == ([], ["Denver", "Los Angeles"])
    assert found["sites"][0] == WHOLE
    again = office.run("ringcentral_sites", sites=found["sites"])
    assert (again.get("msg"), again["changed"], again["plan"]["unchanged"]) == (None, False, 2)
