# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Extensions that are not people, queues and sites of the simulated RingCentral.

The row numbers are those of docs/providers/ringcentral-company.md 21.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import (
    ACCOUNT,
    COMPANY_RULES,
    EXTENSIONS,
    MENUS,
    OWN,
    PROMPTS,
    QUEUES,
    SITES,
    RingCentralClient,
    change,
    code_of,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

QUEUE = {
    "type": "Department",
    "extensionNumber": "7003",
    "contact": {"firstName": "Billing", "email": "billing@example.org"},
}
SALES, SUPPORT, SITE = f"{QUEUES}/{seed.SALES_ID}", f"{QUEUES}/{seed.SUPPORT_ID}", f"{SITES}/{seed.SITE_ID}"
CLEO = "400000004"
LONDON = {"timezone": {"id": "17"}}


def members_of(client: RingCentralClient, queue: str) -> list[int]:
    """The ids of a queue's members."""
    return [record["id"] for record in client.ok("GET", f"{queue}/members")["records"]]


def test_the_seed_has_what_a_company_has(administrator: RingCentralClient) -> None:
    records = administrator.ok("GET", EXTENSIONS)["records"]
    found = {record["extensionNumber"]: (record["type"], record["site"]["id"]) for record in records}
    assert {number: kind for number, kind in found.items() if int(number) > 201} == {
        "301": ("Announcement", "main-site"),
        "9001": ("Site", "main-site"),
        "7001": ("Department", "main-site"),
        "7002": ("Department", seed.SITE_ID),
        "8001": ("IvrMenu", "main-site"),
        "8002": ("IvrMenu", "main-site"),
        "7101": ("Voicemail", "main-site"),
    }
    numbers = [
        number["usageType"]
        for holder in (seed.company(), *seed.default_state()["extensions"].values())
        for number in holder["phone_numbers"]
    ]
    assert sorted(numbers) == ["DirectNumber"] * 3 + ["Inventory"] * 2 + ["MainCompanyNumber"]


def test_the_account_and_the_time_zones(administrator: RingCentralClient) -> None:
    account = administrator.ok("GET", ACCOUNT)
    assert account["id"] == int(seed.ACCOUNT_ID)
    assert account["mainNumber"] == seed.MAIN_NUMBER.lstrip("+")
    assert account["operator"]["extensionNumber"] == "101"
    assert account["regionalSettings"]["timezone"]["name"] == "America/New_York"
    assert account["limits"]["maxExtensionNumberLength"] == 8
    zones = administrator.ok("GET", "/restapi/v1.0/dictionary/timezone?perPage=1000")["records"]
    pacific = next(zone for zone in zones if zone["name"] == "US/Pacific")
    assert administrator.ok("GET", f"/restapi/v1.0/dictionary/timezone/{pacific['id']}") == pacific
    assert code_of(administrator("GET", "/restapi/v1.0/dictionary/timezone/1000"))[:2] == (404, "CMN-102")


def test_row_c21_a_new_queue(administrator: RingCentralClient) -> None:
    made = administrator.ok("POST", EXTENSIONS, json={**QUEUE, "site": {"id": seed.SITE_ID}})
    assert isinstance(made["id"], int)
    assert (made["name"], made["type"], made["status"]) == ("Billing", "Department", "NotActivated")
    assert made["site"]["id"] == seed.SITE_ID
    assert made["regionalSettings"]["timezone"]["name"] == "America/Los_Angeles"  # that of its site
    queue = administrator.ok("GET", f"{QUEUES}/{made['id']}")
    assert (queue["id"], queue["extensionNumber"], queue["name"]) == (str(made["id"]), "7003", "Billing")
    assert members_of(administrator, f"{QUEUES}/{made['id']}") == []


def test_rows_c22_to_c24_and_other_refused_extensions(administrator: RingCentralClient) -> None:
    contact = {"firstName": "Billing", "email": "billing@example.org"}
    before = administrator.ok("GET", EXTENSIONS)["paging"]["totalElements"]
    for body, expected in (
        ({"contact": {**contact, "lastName": "x"}}, (400, "EXT-356", None)),
        ({"contact": {**contact, "email": "billing"}}, (400, "CMN-101", "contact.email")),
        ({"hidden": True}, (400, "CMN-101", "hidden")),
        ({"type": "IvrMenu"}, (400, "CMN-101", "type")),
        ({"type": "Site"}, (400, "CMN-101", "type")),
        ({"contact": {"firstName": "x"}}, (400, "CMN-100", "contact.email")),
        ({"contact": {"email": "x@example.org"}}, (400, "CMN-100", "contact.firstName")),
        ({"extensionNumber": "123456789"}, (400, "CMN-101", "extensionNumber")),
        ({"site": {"id": "1"}}, (400, "CMN-102", "site.id")),
        ({"regionalSettings": {"timezone": {"id": "x"}}}, (400, "CMN-101", "regionalSettings.timezone.id")),
        ({"status": "Unknown"}, (400, "CMN-101", "status")),
        ({"callQueueInfo": {"slaGoal": 101}}, (400, "CMN-101", "callQueueInfo.slaGoal")),
    ):
        assert code_of(administrator("POST", EXTENSIONS, json={**QUEUE, **body})) == expected, body
    assert administrator.ok("GET", EXTENSIONS)["paging"]["totalElements"] == before


@pytest.mark.parametrize("kind", ["User", "Announcement", "Voicemail", "SharedLinesGroup", "ParkLocation", "Limited"])
def test_extensions_of_other_types(simulator: Simulator, administrator: RingCentralClient, kind: str) -> None:
    body = {"type": kind, "contact": QUEUE["contact"], "regionalSettings": {**LONDON, "timeFormat": "24h"}}
    made = administrator.ok("POST", EXTENSIONS, json=body)
    # Nothing forbids to leave the number out: the server takes the next that is free.
    assert (made["type"], made["extensionNumber"]) == (kind, "104")
    assert made["status"] == ("NotActivated" if kind in ("User", "Limited") else "Enabled")
    assert made["regionalSettings"]["timezone"]["name"] == "Europe/London"
    simulator.put_state(simulator.state())  # it is complete
    assert administrator.ok("PUT", f"{EXTENSIONS}/{made['id']}", json={"status": "Disabled"})["status"] == "Disabled"


def test_row_c25_an_extension_is_changed_in_parts(administrator: RingCentralClient) -> None:
    path = f"{EXTENSIONS}/{administrator.ok('POST', EXTENSIONS, json=QUEUE)['id']}"
    assert administrator.ok("PUT", path, json={"status": "Enabled", "ivrPin": "135790"})["status"] == "Enabled"
    changed = administrator.ok(
        "PUT",
        path,
        json={
            "extensionNumber": "7004",
            "contact": {"firstName": "Accounts"},
            "site": {"id": seed.SITE_ID},
            "regionalSettings": LONDON,
            "callQueueInfo": {"slaGoal": 90},
        },
    )
    assert (changed["extensionNumber"], changed["name"]) == ("7004", "Accounts")
    assert changed["contact"]["email"] == QUEUE["contact"]["email"]  # type: ignore[index]
    assert (changed["site"]["id"], changed["regionalSettings"]["timezone"]["id"]) == (seed.SITE_ID, "17")
    assert (changed["callQueueInfo"]["slaGoal"], changed["callQueueInfo"]["slaThresholdSeconds"]) == (90, 60)
    assert administrator.ok("PUT", path, json={"site": {"id": "main-site"}})["site"]["id"] == "main-site"
    for name, value in (("ivrPin", "abc"), ("type", "Voicemail")):
        assert code_of(administrator("PUT", path, json={name: value})) == (400, "CMN-101", name)
    assert code_of(administrator("PUT", OWN, json={"callQueueInfo": {}})) == (400, "CMN-101", "callQueueInfo")


def test_row_c32_a_queue_is_changed_in_parts(administrator: RingCentralClient) -> None:
    before = administrator.ok("GET", SUPPORT)
    after = administrator.ok("PUT", SUPPORT, json={"serviceLevelSettings": {"slaGoal": 50}})
    assert after == {**before, "serviceLevelSettings": {**before["serviceLevelSettings"], "slaGoal": 50}}
    body = {"name": "Help", "extensionNumber": "7009", "editableMemberStatus": False, "alertTimer": 60}
    after = administrator.ok("PUT", SUPPORT, json={**body, "site": {"id": "main-site"}, "status": "Disabled"})
    assert {name: after[name] for name in body} == body
    assert (after["site"]["id"], after["status"]) == ("main-site", "Disabled")
    assert administrator.ok("GET", f"{EXTENSIONS}/{seed.SUPPORT_ID}")["contact"]["firstName"] == "Help"
    for bad, name in (({"alertTimer": 7}, "alertTimer"), ({"status": "Frozen"}, "status"), ({"name": ""}, "name")):
        assert code_of(administrator("PUT", SUPPORT, json=bad)) == (400, "CMN-101", name)
    assert code_of(administrator("GET", f"{QUEUES}/{CLEO}")) == (404, "CMN-102", "groupId")


def test_rows_c33_and_c34_members(administrator: RingCentralClient) -> None:
    assert members_of(administrator, SALES) == [int(seed.OWNER_ID), int(seed.READER_ID)]
    body = {"addedExtensionIds": [CLEO], "removedExtensionIds": [seed.OWNER_ID]}
    assert administrator("POST", f"{SALES}/bulk-assign", json=body).status_code == 204
    assert members_of(administrator, SALES) == [int(seed.READER_ID), int(CLEO)]
    queues = administrator.ok("GET", f"{QUEUES}?memberExtensionId={CLEO}")["records"]
    assert [queue["id"] for queue in queues] == [seed.SALES_ID, seed.SUPPORT_ID]
    park = administrator.ok("POST", EXTENSIONS, json={**QUEUE, "type": "ParkLocation"})["id"]
    for bad, expected in (
        ({"addedExtensionIds": [CLEO], "removedExtensionIds": [CLEO]}, (400, "EXT-401", None)),
        ({"addedExtensionIds": [str(park)]}, (400, "EXT-405", None)),
        ({"addedExtensionIds": ["1"]}, (400, "CMN-102", "addedExtensionIds")),
        ({"removedExtensionIds": [1]}, (400, "CMN-101", "removedExtensionIds")),
    ):
        assert code_of(administrator("POST", f"{SALES}/bulk-assign", json=bad)) == expected
    assert members_of(administrator, SALES) == [int(seed.READER_ID), int(CLEO)]


def test_row_c43_overflow(simulator: Simulator, administrator: RingCentralClient) -> None:
    path = f"{EXTENSIONS}/{seed.SALES_ID}/overflow-settings"
    answer = administrator("GET", path)
    assert answer.headers["X-Rate-Limit-Group"] == "heavy"
    assert (answer.json()["enabled"], answer.json()["items"]) == (False, [])
    settings = administrator.ok("PUT", path, json={"enabled": True, "items": [{"id": seed.SUPPORT_ID}]})
    assert settings["enabled"] is True
    assert [item["extensionNumber"] for item in settings["items"]] == ["7002"]
    assert administrator.ok("PUT", path, json={"enabled": False})["items"] == settings["items"]
    for key in (seed.SALES_ID, CLEO):
        assert code_of(administrator("PUT", path, json={"items": [{"id": key}]})) == (400, "CMN-101", "items.id")
    assert code_of(administrator("GET", f"{OWN}/overflow-settings")) == (404, "CMN-102", "callQueueId")
    assert _without(simulator, administrator, "CallQueueToCallQueue", "GET", path) == (403, "CMN-408", None)


def test_row_c44_the_queues_of_a_person_are_replaced(administrator: RingCentralClient) -> None:
    administrator("POST", f"{SALES}/bulk-assign", json={"addedExtensionIds": [CLEO]})
    path = f"{EXTENSIONS}/{CLEO}/call-queues"
    answer = administrator.ok("PUT", path, json={"records": [{"id": seed.SALES_ID}]})
    assert answer == {"records": [{"id": seed.SALES_ID, "name": "Sales"}]}
    assert (members_of(administrator, SUPPORT), int(CLEO) in members_of(administrator, SALES)) == ([], True)
    administrator.ok("PUT", path, json={"records": [{"id": seed.SUPPORT_ID}]})
    assert (members_of(administrator, SUPPORT), int(CLEO) in members_of(administrator, SALES)) == ([int(CLEO)], False)
    assert code_of(administrator("PUT", path, json={"records": [{"id": CLEO}]})) == (400, "CMN-101", "records.id")
    queue = f"{EXTENSIONS}/{seed.SALES_ID}/call-queues"
    assert code_of(administrator("PUT", queue, json={"records": []}))[:2] == (403, "CMN-403")


def test_row_c59_the_main_site_is_in_the_list_only(administrator: RingCentralClient) -> None:
    sites = administrator.ok("GET", SITES)["records"]
    assert [site["id"] for site in sites] == ["main-site", seed.SITE_ID]
    for path in ("", "/ivr", "/members"):
        assert code_of(administrator("GET", f"{SITES}/main-site{path}")) == (404, "CMN-102", "siteId")


def test_row_c60_a_new_site(simulator: Simulator, administrator: RingCentralClient) -> None:
    body: dict[str, Any] = {
        "name": "London",
        "extensionNumber": "9002",
        "email": "london@example.org",
        "callerIdName": "Example London",
        "businessAddress": {"country": "United Kingdom", "city": "London"},
        "siteAccess": "Limited",
        "operator": {"id": CLEO},
    }
    made = administrator.ok("POST", SITES, json={**body, "regionalSettings": LONDON, "code": "12"})
    assert {name: made[name] for name in body if name != "operator"} == {
        name: value for name, value in body.items() if name != "operator"
    }
    assert (made["operator"]["id"], made["code"]) == (CLEO, "12")
    assert made["regionalSettings"]["timezone"]["name"] == "Europe/London"
    assert administrator.ok("GET", f"{SITES}/{made['id']}") == made
    assert administrator.ok("GET", f"{EXTENSIONS}/{made['id']}")["type"] == "Site"
    state = simulator.state()["ringcentral"]["extensions"][made["id"]]
    assert state["business_hours"] == {}
    (rule,) = state["answering_rules"].values()
    assert (rule["callHandlingAction"], rule["transfer"]) == ("TransferToExtension", CLEO)
    after = administrator.ok(
        "PUT", f"{SITES}/{made['id']}", json={"businessAddress": {"zip": "N1"}, "accessibleSiteIds": ["main-site"]}
    )
    assert after == {**made, "businessAddress": {**body["businessAddress"], "zip": "N1"}}
    for bad, name in (
        ({"callerIdName": "More than fifteen"}, "callerIdName"),
        ({"callerIdName": "A&B"}, "callerIdName"),
        ({"email": "x"}, "email"),
        ({"siteAccess": "None"}, "siteAccess"),
        ({"accessibleSiteIds": "x"}, "accessibleSiteIds"),
        ({"businessAddress": "x"}, "businessAddress"),
    ):
        assert code_of(administrator("PUT", f"{SITES}/{made['id']}", json=bad)) == (400, "CMN-101", name)
    assert code_of(administrator("POST", SITES, json={})) == (400, "CMN-100", "name")
    assert code_of(administrator("PUT", SITE, json={"operator": {"id": "1"}})) == (404, "CMN-102", "operator.id")


def test_rows_c62_and_c63_defaults_of_a_sites_menus(administrator: RingCentralClient) -> None:
    path = f"{SITE}/ivr"
    assert administrator.ok("GET", path) == {"promptRepeatCount": 3, "actions": []}
    actions = [
        {"input": "Star", "action": "Repeat"},
        {"input": "NoInput", "action": "Connect", "extension": {"id": seed.SALES_ID}},
    ]
    shown = administrator.ok("PUT", path, json={"actions": actions})["actions"]
    assert [(item["input"], item["action"]) for item in shown] == [("Star", "Repeat"), ("NoInput", "Connect")]
    assert shown[1]["extension"]["name"] == "Sales"
    after = administrator.ok("PUT", path, json={"topMenu": {"id": seed.MENU_ID}, "promptRepeatCount": 1})
    assert (after["topMenu"]["id"], after["promptRepeatCount"], after["actions"]) == (seed.MENU_ID, 1, shown)
    for bad, name in (
        ({"actions": [{"input": "NoInput", "action": "Repeat"}]}, "actions.action"),
        ({"actions": [{"input": "Star", "action": "Disconnect"}]}, "actions.action"),
        ({"actions": [{"input": "Hash", "action": "Connect", "extension": {"id": CLEO}}]}, "actions.action"),
        ({"actions": [{"input": "1", "action": "Repeat"}]}, "actions.input"),
        ({"actions": [actions[0], actions[0]]}, "actions.input"),
        ({"topMenu": {"id": seed.SALES_ID}}, "topMenu.id"),
        ({"promptRepeatCount": 0}, "promptRepeatCount"),
    ):
        assert code_of(administrator("PUT", path, json=bad)) == (400, "CMN-101", name)


def test_row_c64_sites_and_who_belongs_to_them(administrator: RingCentralClient) -> None:
    members = administrator.ok("GET", f"{SITE}/members")["records"]
    assert [(member["id"], member["type"]) for member in members] == [(int(seed.SUPPORT_ID), "Department")]
    for path in (SITE, f"{EXTENSIONS}/{seed.SITE_ID}"):
        assert administrator("DELETE", path).status_code == 403
    body = {"addedExtensionIds": [CLEO], "removedExtensionIds": [seed.SUPPORT_ID]}
    assert administrator("POST", f"{SITE}/bulk-assign", json=body).status_code == 204
    assert [member["id"] for member in administrator.ok("GET", f"{SITE}/members")["records"]] == [int(CLEO)]
    twice = {"addedExtensionIds": [CLEO], "removedExtensionIds": [CLEO]}
    assert administrator("POST", f"{SITE}/bulk-assign", json=twice).status_code == 400
    administrator("POST", f"{SITE}/bulk-assign", json={"removedExtensionIds": [CLEO]})
    assert administrator("DELETE", SITE).status_code == 204
    assert administrator("GET", SITE).status_code == 404


def test_row_c71_a_deleted_extension_leaves_its_numbers_to_the_company(
    simulator: Simulator, administrator: RingCentralClient
) -> None:
    path = f"{EXTENSIONS}/{seed.SUPPORT_ID}"
    assert administrator("DELETE", path).status_code == 204
    assert administrator("GET", path).status_code == 404
    numbers = simulator.state()["ringcentral"]["company"]["phone_numbers"]
    assert [item["usageType"] for item in numbers if item["id"] == 600000004] == ["AdditionalCompanyNumber"]
    assert administrator("DELETE", f"{EXTENSIONS}/{seed.READER_ID}?savePhoneNumbers=false").status_code == 204
    state = simulator.state()
    assert members_of(administrator, SALES) == [int(seed.OWNER_ID)]
    assert len(state["ringcentral"]["company"]["phone_numbers"]) == len(numbers)
    assert code_of(administrator("DELETE", OWN))[:2] == (403, "CMN-403")
    assert code_of(administrator("DELETE", f"{EXTENSIONS}/400000005"))[:2] == (400, "JWS-1736")
    assert administrator("DELETE", f"{EXTENSIONS}/400000005?savePhoneLines=true").status_code == 204
    simulator.put_state(state)


@pytest.mark.parametrize("position", ["done_dangling", "done_cleaned", "refused"])
def test_what_names_a_deleted_extension_stays_readable(
    simulator: Simulator, administrator: RingCentralClient, position: str
) -> None:
    simulator.set_switches({"ringcentral": {"delete_referenced": position}})
    there = {"extension": {"id": seed.MESSAGES_ID}}
    rules = f"{EXTENSIONS}/{{}}/answering-rule"
    transfer = {"callHandlingAction": "TransferToExtension", "transfer": there}
    waits = {"holdTimeExpirationAction": "TransferToExtension", "transfer": [{**there, "action": "HoldTimeExpiration"}]}
    recipient = {"voicemail": {"recipient": {"id": seed.MESSAGES_ID}}}
    places = {
        f"{ACCOUNT}/answering-rule/after-hours-rule": {"callHandlingAction": "Bypass", **there},
        f"{rules.format(seed.SUPPORT_ID)}/after-hours-rule": transfer,
        f"{rules.format(seed.SUPPORT_ID)}/business-hours-rule": {"queue": waits},
        f"{rules.format(seed.SALES_ID)}/business-hours-rule": recipient,
        f"{rules.format(seed.OWNER_ID)}/after-hours-rule": transfer,
        SITE: {"operator": {"id": seed.MESSAGES_ID}},
        f"{SITE}/ivr": {"actions": [{"input": "0", "action": "Connect", **there}]},
        f"{MENUS}/{seed.MENU_ID}": {"actions": [{"input": "1", "action": "Voicemail", **there}]},
        f"{EXTENSIONS}/{seed.SUPPORT_ID}/overflow-settings": {"items": [{"id": seed.SALES_ID}]},
    }
    for path, body in places.items():
        assert administrator("PUT", path, json=body).status_code == 200, path
    for key in (seed.MESSAGES_ID, seed.SALES_ID):
        gone = administrator("DELETE", f"{EXTENSIONS}/{key}").status_code
        assert gone == (400 if position == "refused" else 204)
    del places[f"{rules.format(seed.SALES_ID)}/business-hours-rule"]
    answers = {path: administrator("GET", path) for path in places}
    assert [path for path, answer in answers.items() if not answer.ok] == []
    named = {path for path, answer in answers.items() if f'"{seed.MESSAGES_ID}"' in answer.text}
    helpers = administrator.ok("GET", f"{EXTENSIONS}/{seed.SUPPORT_ID}/overflow-settings")["items"]
    assert len(helpers) == (1 if position == "refused" else 0)
    assert named == (set() if position == "done_cleaned" else set(list(places)[:-1]))
    simulator.put_state(simulator.state())


_NEW_MENU = {"name": "Billing menu", "extensionNumber": "8003"}
_TO_SALES = {"callHandlingAction": "Bypass", "extension": {"id": seed.SALES_ID}}
_FILE = {"attachment": ("closed.wav", b"RIFF", "audio/wav")}


@pytest.mark.parametrize(
    ("permission", "method", "path", "body"),
    [
        ("AutoReceptionist", "POST", MENUS, {"json": _NEW_MENU}),
        ("AutoReceptionist", "PUT", f"{MENUS}/{seed.MENU_ID}", {"json": {}}),
        ("EditCompanyGreetings", "POST", PROMPTS, {"files": _FILE}),
        ("ReadCompanyGreetings", "GET", PROMPTS, {}),
        ("AddRemoveUsers", "POST", EXTENSIONS, {"json": QUEUE}),
        ("AddRemoveUsers", "DELETE", f"{EXTENSIONS}/{seed.SALES_ID}", {}),
        ("EditUserInfo", "PUT", SALES, {"json": {}}),
        ("Groups", "POST", f"{SALES}/bulk-assign", {"json": {}}),
        ("EditCallQueuePresence", "PUT", f"{OWN}/call-queues", {"json": {"records": []}}),
        ("Sites", "PUT", SITE, {"json": {}}),
        ("Sites", "DELETE", SITE, {}),
        ("ReadCompanyInfo", "GET", ACCOUNT, {}),
    ],
)
def test_row_c11_users_without_a_permission(
    simulator: Simulator, administrator: RingCentralClient, permission: str, method: str, path: str, body: Any
) -> None:
    assert _without(simulator, administrator, permission, method, path, **body) == (403, "CMN-408", None)


def test_either_of_two_permissions_is_enough(simulator: Simulator, administrator: RingCentralClient) -> None:
    for gone, status in (("EditUserInfo", 200), ("EditUserCredentials", 403)):
        _take(simulator, gone)
        assert administrator("PUT", f"{EXTENSIONS}/{seed.SALES_ID}", json={}).status_code == status
    features = f"{OWN}/features?featureId="
    for feature, available in (("EditAutoReceptionist", True), ("EditExtensionInfo", False)):
        assert administrator.ok("GET", features + feature)["records"] == [{"id": feature, "available": available}]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", MENUS, {"json": _NEW_MENU}, 403),
        ("PUT", f"{MENUS}/{seed.MENU_ID}", {"json": {}}, 200),  # as published, although it is a write
        ("POST", PROMPTS, {"files": _FILE}, 403),
        ("POST", EXTENSIONS, {"json": QUEUE}, 403),
        ("DELETE", f"{EXTENSIONS}/{seed.SALES_ID}", {}, 403),
        ("POST", SITES, {"json": {"name": "x"}}, 403),
        ("PUT", f"{OWN}/call-queues", {"json": {"records": []}}, 403),
        ("PUT", SITE, {"json": {}}, 200),
        ("PUT", SALES, {"json": {}}, 200),
    ],
)
def test_row_c10_apps_without_edit_accounts(
    owner: RingCentralClient, method: str, path: str, body: Any, status: int
) -> None:
    answer = owner(method, path, **body)
    assert answer.status_code == status
    if status == 403:
        error = answer.json()["errors"][0]
        assert (error["errorCode"], error["permissionName"]) == ("CMN-401", "EditAccounts")


def test_row_c13_the_eleventh_heavy_request(simulator: Simulator, administrator: RingCentralClient) -> None:
    simulator.set_limits({"ringcentral": {"heavy": {"requests": 10, "window": 60, "penalty": 60}}})
    answers = [administrator("POST", PROMPTS, files=_FILE) for _number in range(5)]
    answers += [administrator("POST", MENUS, json={"name": f"Menu {number}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[-1].headers["X-Rate-Limit-Group"] == "heavy"
    assert administrator("GET", MENUS).status_code == 200


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (MENUS, {"json": _NEW_MENU}),
        (EXTENSIONS, {"json": QUEUE}),
        (PROMPTS, {"files": _FILE}),
        (SITES, {"json": {"name": "London"}}),
        (COMPANY_RULES, {"json": {"name": "VIP", "callers": [{"callerId": "1"}], **_TO_SALES}}),
    ],
)
def test_row_c86_a_creation_whose_answer_is_lost_is_found_by_its_key(
    simulator: Simulator, administrator: RingCentralClient, path: str, options: Any
) -> None:
    before = {record["id"] for record in administrator.ok("GET", path)["records"]}
    simulator.add_faults([{"provider": "ringcentral", "method": "POST", "times": 1, "kind": "drop_after"}])
    with pytest.raises(requests.ConnectionError):
        administrator("POST", path, **options)
    (made,) = [record for record in administrator.ok("GET", path)["records"] if record["id"] not in before]
    assert made.get("filename", made.get("name")) in ("Billing menu", "Billing", "closed.wav", "London", "VIP")


def test_row_c87_a_second_pass_that_fails_half_way_is_run_again(
    simulator: Simulator, administrator: RingCentralClient
) -> None:
    paths = [f"{MENUS}/{seed.MENU_ID}", f"{MENUS}/{seed.SUBMENU_ID}"]
    body = {"actions": [{"input": "0", "action": "ConnectToOperator"}]}
    simulator.add_faults([{"provider": "ringcentral", "method": "PUT", "after": 1, "kind": "status", "status": 503}])
    assert [administrator("PUT", path, json=body).status_code for path in paths] == [200, 503]
    simulator.clear_faults()
    assert [administrator("PUT", path, json=body).status_code for path in paths] == [200, 200]
    assert [len(administrator.ok("GET", path)["actions"]) for path in paths] == [1, 1]


def test_row_c88_a_site_may_have_the_number_of_another(administrator: RingCentralClient) -> None:
    administrator.ok("PUT", SITE, json={"extensionNumber": "7001"})
    found = administrator.ok("GET", f"{EXTENSIONS}?extensionNumber=7001")["records"]
    assert sorted(record["type"] for record in found) == ["Department", "Site"]
    (queue,) = administrator.ok("GET", f"{EXTENSIONS}?extensionNumber=7001&type=Department")["records"]
    assert queue["id"] == int(seed.SALES_ID)


def _take(simulator: Simulator, permission: str) -> None:
    """Take a permission away from Ada."""
    state = simulator.state()["ringcentral"]
    state["extensions"][seed.OWNER_ID]["permissions"].remove(permission)
    change(simulator, extensions=state["extensions"])


def _without(
    simulator: Simulator, client: RingCentralClient, permission: str, method: str, path: str, **options: Any
) -> tuple[int, str, str | None]:
    """The refusal of a request of a user who lacks a permission, which the error names."""
    _take(simulator, permission)
    answer = client(method, path, **options)
    assert answer.json()["errors"][0]["permissionName"] == permission
    return code_of(answer)
