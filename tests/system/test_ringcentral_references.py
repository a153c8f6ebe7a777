# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What calls still lead to is not deleted, whoever leads there and in whatever list; what lets go is written before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from system_company import CompanyOffice
from system_support import Json, assert_clear, run_module

from simulator.harness import Simulator
from simulator.ringcentral import defaults, seed

GROUP = "ringcentral_group_extension"
GONE: Json = {"extension": "7101", "state": "absent"}
# The seed's menu 8002 leads to it.
LEADS: Json = {"extension": "8002", "keys": [{"key": "1", "extension": "7002"}]}


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    found = CompanyOffice(simulator, tmp_path / "shared")
    state = found.account()
    # Nothing leads to it any more.
    menu = state["extensions"][seed.SUBMENU_ID]["menu"]
    menu["actions"] = [action for action in menu["actions"] if action.get("extension") != seed.MESSAGES_ID]
    simulator.put_state({"ringcentral": state})
    return found


def test_what_nobody_leads_to_is_deleted(office: CompanyOffice) -> None:
    assert office.run(GROUP, **GONE, check=True)["plan"]["delete"] == 1
    assert office.run(GROUP, **GONE)["plan"]["delete"] == 1
    assert office.extension_of("7101") == {}
    # Who leads there is looked for only where something is deleted.
    assert (office.run(GROUP, **GONE)["changed"], office.calls()) == (False, ["GET extension"])


def menu(state: Json) -> None:
    state["extensions"][seed.MENU_ID]["menu"]["actions"].append(
        {"input": "5", "action": "Connect", "extension": seed.MESSAGES_ID}
    )


def waiting(state: Json) -> None:
    rule = state["extensions"][seed.SALES_ID]["answering_rules"][defaults.BUSINESS_HOURS]
    rule["queue"] |= {"maxCallersAction": "TransferToExtension"}
    rule["queue"]["transfer"] = {"MaxCallers": seed.MESSAGES_ID}


def recipient(state: Json) -> None:
    rule = state["extensions"][seed.SALES_ID]["answering_rules"][defaults.BUSINESS_HOURS]
    rule["voicemail"] = {"enabled": True, "recipient": seed.MESSAGES_ID}


def company(state: Json) -> None:
    rule = state["company"]["answering_rules"][defaults.AFTER_HOURS]
    rule |= {"callHandlingAction": "Bypass", "extension": seed.MESSAGES_ID}


def site(state: Json) -> None:
    state["extensions"][seed.SITE_ID]["answering_rules"][defaults.BUSINESS_HOURS]["transfer"] = seed.MESSAGES_ID


def site_operator(state: Json) -> None:
    state["extensions"][seed.SITE_ID]["site"]["operator"] = seed.MESSAGES_ID


def operator(state: Json) -> None:
    state["company"]["operator"] = seed.MESSAGES_ID


def emergency(state: Json) -> None:
    state["company"]["forward_all"]["extension"] = seed.MESSAGES_ID


def number(state: Json) -> None:
    state["extensions"][seed.MESSAGES_ID]["phone_numbers"] = [seed.direct_number(600000099, "+16505550199")]


def person(state: Json) -> None:
    rule = state["extensions"][seed.OWNER_ID]["answering_rules"][defaults.AFTER_HOURS]
    rule |= {"callHandlingAction": "TransferToExtension", "transfer": seed.MESSAGES_ID}


def custom(state: Json) -> None:
    rule = seed.custom_rule("550000077", "Hotline", "16505550177", "TransferToExtension")
    state["extensions"][seed.OWNER_ID]["answering_rules"]["550000077"] = {**rule, "transfer": seed.MESSAGES_ID}


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        (menu, "ivr menu 8001 (keys)"),
        (waiting, "call queue 7001 (on_full)"),
        (recipient, "call queue 7001 (voicemail_to)"),
        (company, "company rule company / after (destination)"),
        (site, "company rule 9001 / work (destination)"),
        (site_operator, "site Los Angeles (operator)"),
        (operator, "the operator of the company"),
        (emergency, "company forward all company (extension)"),
        (number, "its phone number +16505550199"),
        (person, "call forwarding 101 / after (then)"),
        (custom, "custom rule 101 / Hotline (then)"),
    ],
)
def test_whoever_leads_there_is_named(office: CompanyOffice, lead: Callable[[Json], None], words: str) -> None:
    state = office.account()
    lead(state)
    office.simulator.put_state({"ringcentral": state})
    for check in (True, False):
        assert_clear(office.run(GROUP, **GONE, check=check), "is not deleted", words, "change these first")
    assert [call for call in office.calls() if not call.startswith("GET")] == []


def test_a_queue_whose_help_has_no_effect_yet_is_not_deleted(office: CompanyOffice) -> None:
    assert office.run("ringcentral_call_queue", extension="7001", overflow=["7002"])["changed"] is True
    result = office.run("ringcentral_call_queue", extension="7002", state="absent")
    assert_clear(result, "is not deleted", "call queue 7001 (overflow)")


def run_office(office: CompanyOffice, lists: Json, *, check: bool = False) -> Json:
    connection = {name: value for name, value in office.options.items() if name != "cache_path"}
    office.simulator.clear_requests()
    return run_module(
        "office",
        {"office": "denver", "ringcentral": lists, "ringcentral_connection": connection, "prune": False},
        check=check,
    )


@pytest.mark.parametrize("referenced", ["done_dangling", "done_cleaned", "refused"])
def test_what_the_same_run_lets_go_of_is_deleted_afterwards(
    simulator: Simulator, tmp_path: Path, referenced: str
) -> None:
    office = CompanyOffice(simulator, tmp_path / "shared")
    simulator.set_switches({"ringcentral": {"delete_referenced": referenced}})
    lists: dict[str, Any] = {"ivr_menus": [LEADS], "group_extensions": [GONE]}
    previewed = run_office(office, lists, check=True)
    assert "failed" not in previewed, previewed["msg"]
    done = run_office(office, lists)
    assert "failed" not in done, done["msg"]
    writes = [call for call in office.calls() if not call.startswith("GET")]
    assert writes == [f"PUT ivr-menus/{seed.SUBMENU_ID}", f"DELETE extension/{seed.MESSAGES_ID}"]
    assert run_office(office, lists)["changed"] is False


def test_nothing_is_deleted_where_letting_go_has_failed(simulator: Simulator, tmp_path: Path) -> None:
    office = CompanyOffice(simulator, tmp_path / "shared")
    refused = {"errors": [{"errorCode": "CMN-101", "message": "Parameter [actions] is invalid"}]}
    fault = {"provider": "ringcentral", "kind": "status", "method": "PUT", "status": 400, "body": refused}
    simulator.add_faults([fault])
    result = run_office(office, {"ivr_menus": [LEADS], "group_extensions": [GONE]})
    assert result["failed"] is True
    assert office.extension_of("7101")["record"]["name"] == "Messages"


BOSS = {"name": "Boss", "callers": ["+16505550100"], "destination": {"extension": "101"}}
CLOSED = {"days": [{"from": "2027-12-24"}], "destination": {"voicemail": True}}


@pytest.mark.parametrize(
    ("listed", "item"),
    [("company_rules", BOSS), ("company_hours", {"schedule": {"always": True}}), ("holidays", CLOSED)],
)
@pytest.mark.parametrize("owner", ["7002", "Support"])
def test_nothing_is_set_for_a_queue_that_the_same_run_deletes(
    simulator: Simulator, tmp_path: Path, listed: str, item: Json, owner: str
) -> None:
    office = CompanyOffice(simulator, tmp_path / "shared")
    lists = {
        "call_queues": [{"extension": "7002", "state": "absent"}],
        "ivr_menus": [{"extension": "8002", "keys": []}],
        "phone_numbers": [{"number": "+16505550183", "company": True, "take_over": True}],
        listed: [{"owner": owner, **item}],
    }
    result = run_office(office, lists)
    assert_clear(result, f"{listed}[0]: call queue 7002 is deleted in this run")
    assert [call for call in office.calls() if not call.startswith("GET")] == []


@pytest.mark.parametrize("referenced", ["done_dangling", "refused"])
def test_menus_that_lead_to_each_other_are_deleted_together(
    simulator: Simulator, tmp_path: Path, referenced: str
) -> None:
    office = CompanyOffice(simulator, tmp_path / "shared")
    simulator.set_switches({"ringcentral": {"delete_referenced": referenced}})
    assert_clear(office.run("ringcentral_ivr_menu", extension="8002", state="absent"), "ivr menu 8001 (keys)")
    both = [{"extension": number, "state": "absent"} for number in ("8002", "8001")]
    result = office.run("ringcentral_ivr_menus", ivr_menus=both)
    assert (result.get("msg"), result["plan"]["delete"]) == (None, 2)
    assert [call for call in office.calls() if call.startswith("DELETE")] == [
        f"DELETE extension/{seed.MENU_ID}",
        f"DELETE extension/{seed.SUBMENU_ID}",
    ]
