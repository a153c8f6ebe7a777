# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules and hours of queues, sites, groups and the company, by the rows of the checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import (
    ACCOUNT,
    COMPANY_RULES,
    EXTENSIONS,
    RULES,
    RingCentralClient,
    change,
    code_of,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

_BUSINESS, _AFTER = "answering-rule/business-hours-rule", "answering-rule/after-hours-rule"
_HOURS = {"schedule": seed.OFFICE_HOURS}
_CALLERS = {"callers": [{"callerId": "+16505550160"}]}
_NEW = {"type": "Custom", "name": "VIP", **_CALLERS, "callHandlingAction": "TakeMessagesOnly"}
_CLOSED = {"ranges": [{"from": "2030-12-24T12:00:00", "to": "2030-12-27T00:00:00"}]}
_TO_ADA = {"extension": {"id": seed.OWNER_ID}}


def _of(key: str, path: str) -> str:
    return f"{EXTENSIONS}/{key}/{path}"


_SALES, _SUPPORT = _of(seed.SALES_ID, _BUSINESS), _of(seed.SUPPORT_ID, _BUSINESS)


def _fixed(*keys: str) -> dict[str, Any]:
    agents = [{"extension": {"id": key}, "index": index} for index, key in enumerate(keys, 1)]
    return {"queue": {"transferMode": "FixedOrder", "fixedOrderAgents": agents}}


def test_row_c26_a_queue_is_open_around_the_clock_and_rings_its_members(administrator: RingCentralClient) -> None:
    assert administrator.ok("GET", _of(seed.SALES_ID, "business-hours"))["schedule"] == {}
    assert [rule["id"] for rule in administrator.ok("GET", _of(seed.SALES_ID, "answering-rule"))["records"]] == [
        "business-hours-rule"
    ]
    rule = administrator.ok("GET", _SALES)
    assert (rule["callHandlingAction"], rule["queue"]["transferMode"]) == ("AgentQueue", "Rotating")
    assert administrator.ok("PUT", _SALES, json=rule) == rule  # what was read can be written back


def test_row_c27_after_hours_appear_with_hours(administrator: RingCentralClient) -> None:
    hours, after = _of(seed.SALES_ID, "business-hours"), _of(seed.SALES_ID, _AFTER)
    assert code_of(administrator("GET", after)) == (404, "CMN-102", "answering-rule")
    administrator.ok("PUT", hours, json=_HOURS)
    assert administrator.ok("GET", after)["callHandlingAction"] == "TakeMessagesOnly"
    administrator.ok("PUT", hours, json={"schedule": {}})
    assert administrator("GET", after).status_code == 404
    site = _of(seed.SITE_ID, "business-hours")
    administrator.ok("PUT", site, json=_HOURS)
    assert administrator.ok("GET", _of(seed.SITE_ID, _AFTER))["transfer"]["extension"]["id"] == seed.SALES_ID


def test_rows_c28_to_c30_what_a_type_of_extension_does_not_have(
    simulator: Simulator, administrator: RingCentralClient
) -> None:
    state = simulator.state()
    lot = state["ringcentral"]["extensions"]["400000005"]
    for key, kind in (("400000020", "ParkLocation"), ("400000021", "PagingOnly")):
        number = f"90{key[-2:]}"
        extension = {**lot, "record": {**lot["record"], "type": kind, "extensionNumber": number}, "devices": {}}
        state["ringcentral"]["extensions"][key] = extension
    simulator.put_state(state)
    limited, custom = (400, "AWR-192"), (400, "AWR-191")
    for key in (seed.MESSAGES_ID, seed.ANNOUNCEMENT_ID, "400000005", "400000021"):
        assert code_of(administrator("PUT", _of(key, "business-hours"), json=_HOURS))[:2] == limited, key
        assert code_of(administrator("POST", _of(key, "answering-rule"), json=_NEW))[:2] == custom, key
    for method, path in (("GET", "answering-rule"), ("GET", _BUSINESS), ("POST", "answering-rule"), ("PUT", _BUSINESS)):
        assert code_of(administrator(method, _of("400000020", path), json=_NEW))[:2] == (400, "AWR-193")
    announcement = administrator.ok("GET", _of(seed.ANNOUNCEMENT_ID, _BUSINESS))
    assert "voicemail" not in announcement
    assert [item["type"] for item in announcement["greetings"]] == ["Announcement"]
    assert code_of(administrator("PUT", _of(seed.ANNOUNCEMENT_ID, _BUSINESS), json={"voicemail": {}}))[:2] == (
        400,
        "CMN-101",
    )


def test_row_c31_who_gets_the_messages(administrator: RingCentralClient) -> None:
    path = _of(seed.MESSAGES_ID, _BUSINESS)
    assert administrator.ok("GET", path)["voicemail"]["recipient"]["id"] == seed.MESSAGES_ID
    sent = {"voicemail": {"recipient": {"id": seed.READER_ID}}}
    assert administrator.ok("PUT", path, json=sent)["voicemail"]["recipient"]["id"] == seed.READER_ID
    assert administrator.ok("GET", path)["voicemail"]["recipient"]["id"] == seed.READER_ID


def test_row_c35_fixed_order_needs_exactly_the_members(administrator: RingCentralClient) -> None:
    order = [seed.READER_ID, seed.OWNER_ID]
    shown = administrator.ok("PUT", _SALES, json=_fixed(*order))["queue"]["fixedOrderAgents"]
    assert [(item["index"], item["extension"]["id"]) for item in shown] == [(1, order[0]), (2, order[1])]
    assert code_of(administrator("PUT", _SALES, json=_fixed(seed.OWNER_ID)))[:2] == (400, "AWR-148")
    for body in (_fixed(seed.OWNER_ID, "400000004"), _fixed(seed.OWNER_ID, "1")):
        assert code_of(administrator("PUT", _SALES, json=body))[:2] == (400, "AWR-144")
    kept = administrator.ok("PUT", _SALES, json={"queue": {"transferMode": "FixedOrder"}})["queue"]
    assert kept["fixedOrderAgents"] == shown


_PERIOD = {"holdAudioInterruptionPeriod": 30}
_PRESET = {"type": "Voicemail", "preset": {"id": "65792"}}


@pytest.mark.parametrize(
    ("body", "code", "name"),
    [
        # C37
        ({"queue": {"holdAudioInterruptionMode": "Periodically"}}, "AWR-139", None),
        ({"queue": {"holdAudioInterruptionMode": "Never", **_PERIOD}}, "AWR-140", None),
        # C38
        ({"voicemail": {"enabled": False}}, "AWR-152", None),
        ({"voicemail": {"recipient": {"id": seed.MENU_ID}}}, "AWR-150", None),
        # C39
        ({"greetings": [_PRESET]}, "AWR-147", None),
        ({"greetings": [{**_PRESET, "preset": {"id": "1"}}]}, "AWR-124", None),
        ({"greetings": [{**_PRESET, "preset": {"id": "134405"}}]}, "AWR-125", None),
        ({"greetings": [{**_PRESET, "preset": {"id": "135425"}}] * 2}, "AWR-106", None),
        # C40
        ({"queue": {"transferMode": "Simultaneous", "noAnswerAction": "Voicemail"}}, "CMN-101", "queue.noAnswerAction"),
        # C41
        ({"queue": {"maxCallers": 26}}, "CMN-101", "queue.maxCallers"),
        ({"queue": {"wrapUpTime": 301}}, "CMN-101", "queue.wrapUpTime"),
        # C42
        ({"queue": {"maxCallersAction": "TransferToExtension"}}, "CMN-100", "queue.transfer"),
        ({"queue": {"noAnswerAction": "UnconditionalForwarding"}}, "CMN-100", "queue.unconditionalForwarding"),
        ({"callHandlingAction": "TakeMessagesOnly"}, "CMN-101", "callHandlingAction"),
        ({"forwarding": {}}, "CMN-101", "forwarding"),
    ],
)
def test_rows_c37_to_c42_what_queues_refuse(
    administrator: RingCentralClient, body: dict[str, Any], code: str, name: str | None
) -> None:
    before = administrator.ok("GET", _SUPPORT)
    assert code_of(administrator("PUT", _SUPPORT, json=body)) == (400, code, name)
    assert administrator.ok("GET", _SUPPORT) == before


def test_destinations_of_a_queue_belong_to_what_happened(administrator: RingCentralClient) -> None:
    settings = {
        "transferMode": "Simultaneous",
        "holdTime": 60,
        "holdTimeExpirationAction": "TransferToExtension",
        "maxCallersAction": "UnconditionalForwarding",
        "transfer": [{**_TO_ADA, "action": "HoldTimeExpiration"}],
        "unconditionalForwarding": [{"phoneNumber": "+16505550100", "action": "MaxCallers"}],
        "holdAudioInterruptionMode": "Periodically",
        **_PERIOD,
    }
    shown = administrator.ok("PUT", _SALES, json={"queue": settings})["queue"]
    assert {name: shown[name] for name in settings if name != "transfer"} == {
        name: value for name, value in settings.items() if name != "transfer"
    }
    assert shown["transfer"][0]["extension"]["extensionNumber"] == "101"
    after = _of(seed.SUPPORT_ID, _AFTER)
    for action, member in (
        ("TransferToExtension", {"transfer": _TO_ADA}),
        ("UnconditionalForwarding", {"unconditionalForwarding": {"phoneNumber": "+16505550100"}}),
        ("PlayAnnouncementOnly", {}),
    ):
        shown = administrator.ok("PUT", after, json={"callHandlingAction": action, **member})
        assert (shown["callHandlingAction"], set(member) <= set(shown)) == (action, True)
    assert code_of(administrator("PUT", after, json={"callHandlingAction": "AgentQueue"}))[1] == "CMN-101"


def test_row_c45_hours_of_the_company(administrator: RingCentralClient) -> None:
    hours = f"{ACCOUNT}/business-hours"
    assert administrator.ok("PUT", hours, json={"schedule": {}})["schedule"] == {}
    assert len(administrator.ok("GET", COMPANY_RULES)["records"]) == 1
    administrator.ok("PUT", hours, json=_HOURS)
    assert [item["type"] for item in administrator.ok("GET", COMPANY_RULES)["records"]][1] == "AfterHours"


def test_row_c46_what_a_new_company_rule_gets(simulator: Simulator, administrator: RingCentralClient) -> None:
    assert code_of(administrator("POST", COMPANY_RULES, json=_CALLERS))[:2] == (400, "AWR-182")
    simulator.set_switches({"ringcentral": {"multi_level_ivr": "no"}})
    rule = administrator.ok("POST", COMPANY_RULES, json=_CALLERS)
    assert (rule["type"], rule["name"], rule["callHandlingAction"]) == ("Custom", "My Rule 1", "Operator")
    assert [(item["type"], item["preset"]["name"]) for item in rule["greetings"]] == [("Company", "Default")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        # C47
        ({**_CALLERS, "callHandlingAction": "Bypass"}, "AWR-172"),
        ({**_CALLERS, "callHandlingAction": "Disconnect", **_TO_ADA}, "AWR-173"),
        # C48
        ({**_CALLERS, "callHandlingAction": "Operator"}, "AWR-182"),
        # C49
        ({}, "AWR-111"),
        ({"schedule": {"ref": "AfterHours"}}, "AWR-120"),
        # C50
        ({**_CALLERS, "name": "x" * 128}, "AWR-179"),
        # C51
        ({"schedule": {"ranges": _CLOSED["ranges"] * 1001}}, "AWR-126"),
        ({**_CALLERS, "greetings": [_PRESET]}, "AWR-170"),
        ({"type": "AfterHours", **_CALLERS}, "AWR-108"),
    ],
)
def test_rows_c47_to_c51_what_the_company_refuses(
    administrator: RingCentralClient, body: dict[str, Any], code: str
) -> None:
    assert code_of(administrator("POST", COMPANY_RULES, json=body))[:2] == (400, code)
    assert len(administrator.ok("GET", COMPANY_RULES)["records"]) == 2


def test_row_c49_hours_that_are_not_set(administrator: RingCentralClient) -> None:
    administrator.ok("PUT", f"{ACCOUNT}/business-hours", json={"schedule": {}})
    rule = {"callHandlingAction": "Bypass", **_TO_ADA, **_CALLERS, "schedule": {"ref": "BusinessHours"}}
    assert code_of(administrator("POST", COMPANY_RULES, json=rule))[:2] == (400, "AWR-121")
    queue = {**_NEW, "schedule": {"ref": "AfterHours"}}
    assert code_of(administrator("POST", _of(seed.SALES_ID, "answering-rule"), json=queue))[:2] == (400, "AWR-121")


def test_rows_c53_to_c55_changing_company_rules(administrator: RingCentralClient) -> None:
    bypass = {"callHandlingAction": "Bypass", "extension": {"id": seed.MENU_ID}}
    made = [administrator.ok("POST", COMPANY_RULES, json={"name": "VIP", **_CALLERS, **bypass}) for _time in range(2)]
    assert [item["name"] for item in administrator.ok("GET", COMPANY_RULES)["records"]].count("VIP") == 2
    path = f"{COMPANY_RULES}/{made[0]['id']}"
    assert administrator.ok("PUT", path, json={"enabled": False}) == {**made[0], "enabled": False}
    main = {"calledNumbers": [{"id": "600000003"}]}
    expected = [{"id": "600000003", "phoneNumber": seed.MAIN_NUMBER}]
    assert administrator.ok("PUT", path, json=main)["calledNumbers"] == expected
    inventory = {"calledNumbers": [{"phoneNumber": "+16505550186"}]}
    assert code_of(administrator("PUT", path, json=inventory))[1] == "CMN-101"
    assert code_of(administrator("PUT", path, json={"type": "AfterHours"}))[:2] == (400, "AWR-164")
    assert code_of(administrator("DELETE", f"{COMPANY_RULES}/after-hours-rule"))[:2] == (403, "AWR-110")
    assert administrator("DELETE", path).status_code == 204


# What is sent and, by owner and position of range_zone, what comes back. Clocks change on 2030-03-10 and 2030-11-03 in
# the United States, and on 2030-10-27 in London.
_SENT = {"from": "2030-03-09T12:00:00", "to": "2030-11-04T00:00:00Z"}
_OFFSET = {"from": "2030-10-26T17:00:00+0100", "to": "2030-10-28T09:00:00"}
_LOCAL_TO_NEW_YORK = {"from": "2030-03-09T12:00:00", "to": "2030-11-03T19:00:00"}
_LOCAL_TO_LOS_ANGELES = {"from": "2030-03-09T12:00:00", "to": "2030-11-03T16:00:00"}


@pytest.mark.parametrize(
    ("owner_id", "sent", "local", "utc"),
    [
        (None, _SENT, _LOCAL_TO_NEW_YORK, {"from": "2030-03-09T17:00:00Z", "to": "2030-11-04T00:00:00Z"}),
        (seed.SITE_ID, _SENT, _LOCAL_TO_LOS_ANGELES, {"from": "2030-03-09T20:00:00Z", "to": "2030-11-04T00:00:00Z"}),
        (
            seed.SUPPORT_ID,
            _OFFSET,
            {"from": "2030-10-26T17:00:00", "to": "2030-10-28T09:00:00"},
            {"from": "2030-10-26T16:00:00Z", "to": "2030-10-28T09:00:00Z"},
        ),
        # A person without a zone of its own is on the company's clocks.
        (seed.OWNER_ID, _SENT, _LOCAL_TO_NEW_YORK, {"from": "2030-03-09T17:00:00Z", "to": "2030-11-04T00:00:00Z"}),
    ],
    ids=["company", "site", "queue", "person"],
)
def test_row_c52_dates_are_the_same_instants_in_every_form(
    simulator: Simulator,
    administrator: RingCentralClient,
    owner_id: str | None,
    sent: dict[str, str],
    local: dict[str, str],
    utc: dict[str, str],
) -> None:
    rule: dict[str, Any] = {"type": "Custom", "name": "Holidays", "schedule": {"ranges": [sent]}}
    path, body = COMPANY_RULES, {**rule, "callHandlingAction": "Bypass", **_TO_ADA}
    if owner_id:
        path, body = _of(owner_id, "answering-rule"), {**rule, "transfer": _TO_ADA}
        body["callHandlingAction"] = "TransferToExtension"
    one = f"{path}/{administrator.ok('POST', path, json=body)['id']}"
    for form, expected in (("kept", sent), ("local", local), ("utc", utc)):
        simulator.set_switches({"ringcentral": {"range_zone": form}})
        assert administrator.ok("GET", one)["schedule"]["ranges"] == [expected], form
    # Read in the owner's zone and written back, it stays the same.
    simulator.set_switches({"ringcentral": {"range_zone": "local"}})
    administrator.ok("PUT", one, json={"schedule": administrator.ok("GET", one)["schedule"]})
    simulator.set_switches({"ringcentral": {"range_zone": "utc"}})
    assert administrator.ok("GET", one)["schedule"]["ranges"] == [utc]


def test_row_c56_the_order_of_a_list(simulator: Simulator, administrator: RingCentralClient) -> None:
    path = _of(seed.SALES_ID, "answering-rule")
    for name in ("first", "second"):
        administrator.ok("POST", path, json={**_NEW, "name": name})
    seen = {}
    for position in ("newest_first", "oldest_first"):
        simulator.set_switches({"ringcentral": {"rule_order": position}})
        seen[position] = [rule["name"] for rule in administrator.ok("GET", path)["records"]]
    assert seen == {
        "newest_first": ["Business Hours", "second", "first"],
        "oldest_first": ["Business Hours", "first", "second"],
    }


def test_row_c61_rules_of_sites(administrator: RingCentralClient) -> None:
    path = _of(seed.SITE_ID, _BUSINESS)
    shown = administrator.ok("PUT", path, json={"transfer": {"extension": {"id": seed.MENU_ID}}})
    assert (shown["callHandlingAction"], shown["transfer"]["extension"]["id"]) == ("TransferToExtension", seed.MENU_ID)
    assert code_of(administrator("PUT", path, json={"callHandlingAction": "Bypass"})) == (
        400,
        "CMN-101",
        "callHandlingAction",
    )


def test_rows_c84_and_c85_groups_stay_as_they_are_on_migrated_accounts(
    simulator: Simulator, administrator: RingCentralClient
) -> None:
    simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    administrator.ok("PUT", _SALES, json={"queue": {"holdTime": 60}})
    administrator.ok("PUT", f"{COMPANY_RULES}/business-hours-rule", json={"callHandlingAction": "Bypass", **_TO_ADA})
    administrator.ok("PUT", _of(seed.SITE_ID, _BUSINESS), json={"transfer": _TO_ADA})
    administrator.ok("PUT", _of(seed.SALES_ID, "business-hours"), json=_HOURS)
    assert administrator.ok("GET", _of(seed.SALES_ID, _AFTER))["type"] == "AfterHours"
    assert code_of(administrator("GET", RULES))[:2] == (403, "CMN-468")


def test_custom_rules_of_a_queue(administrator: RingCentralClient) -> None:
    path = _of(seed.SUPPORT_ID, "answering-rule")
    made = administrator.ok("POST", path, json={**_NEW, "calledNumbers": [{"phoneNumber": "+16505550183"}]})
    one = f"{path}/{made['id']}"
    assert administrator.ok("GET", f"{path}?view=Detailed&type=Custom")["records"] == [made]
    changed = administrator.ok("PUT", one, json={"callHandlingAction": "AgentQueue", "enabled": False})
    assert ("queue" in changed, changed["enabled"]) == (False, False)
    assert administrator.ok("GET", f"{path}?enabledOnly=true&type=Custom")["records"] == []
    for body, code in (
        ({"callHandlingAction": "TransferToExtension"}, (400, "CMN-100", "transfer")),
        ({"queue": {"noAnswerAction": "Voicemail"}}, (400, "CMN-101", "queue.noAnswerAction")),
        ({"calledNumbers": [{"phoneNumber": "+16505550111"}]}, (400, "CMN-101", "calledNumbers.phoneNumber")),
        ({"type": "AfterHours"}, (400, "CMN-101", "type")),
        ({"id": "1"}, (400, "CMN-108", None)),
    ):
        assert code_of(administrator("PUT", one, json=body)) == code, body
    assert code_of(administrator("POST", path, json={**_NEW, "name": ""})) == (400, "CMN-100", "name")
    assert code_of(administrator("DELETE", _of(seed.SUPPORT_ID, _AFTER)))[:2] == (403, "AWR-110")
    assert administrator("DELETE", one).status_code == 204


def test_only_the_login_of_an_administrator_reaches_other_extensions(simulator: Simulator) -> None:
    change(simulator, apps={seed.CLIENT_ID: seed.app(permissions=["EditAccounts"])})
    reader = RingCentralClient(simulator).log_in(assertion=seed.READER_JWT)
    assert code_of(reader("GET", _SALES))[:2] == (403, "CMN-419")
    assert reader("PUT", _SALES, json={}).json()["permissionName"] == "EditUserAnsweringRules"
