# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding of all calls, greetings, numbers and settings of a company, by the rows of the checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import ACCOUNT, EXTENSIONS, OWN, RULES, RingCentralClient, change, code_of

if TYPE_CHECKING:
    from simulator.harness import Simulator

_FORWARD_ALL = f"{ACCOUNT}/forward-all-calls"
_NUMBERS, _NUMBERS_V2 = f"{ACCOUNT}/phone-number", "/restapi/v2/accounts/~/phone-numbers"
_PRESETS = "/restapi/v1.0/dictionary/greeting"
_MAIN, _DIRECT, _QUEUES, _SPARE = "600000003", "600000002", "600000004", "600000005"
_SALES = f"{EXTENSIONS}/{seed.SALES_ID}"
_BUSINESS = "answering-rule/business-hours-rule"
_WAV = ("closed.wav", b"RIFF", "audio/wav")


def _upload(
    client: RingCentralClient, path: str, *, query: str = "", binary: object = _WAV, **fields: str
) -> requests.Response:
    """Send form-data with a file; `binary` None: without one."""
    parts: dict[str, Any] = {name: (None, value) for name, value in fields.items()}
    if binary is not None:
        parts["binary"] = binary
    return client("POST", f"{path}/greeting{query}", files=parts)


def test_rows_c57_and_c58_forwarding_of_all_calls(simulator: Simulator, administrator: RingCentralClient) -> None:
    assert administrator.ok("GET", _FORWARD_ALL)["reason"]["code"] == "FeatureLimitation"
    assert code_of(administrator("PATCH", _FORWARD_ALL, json={"enabled": True})) == (400, "CMN-101", "enabled")
    company = simulator.state()["ringcentral"]["company"]
    change(simulator, company={**company, "forward_all": {**company["forward_all"], "extension": seed.MENU_ID}})
    body = {"enabled": True, "extension": {"id": seed.SALES_ID}}
    shown = administrator.ok("PATCH", _FORWARD_ALL, json=body)
    assert (shown["enabled"], shown["extension"]["extensionNumber"]) == (True, "8001")
    assert administrator.ok("GET", _FORWARD_ALL) == shown
    assert administrator.ok("PATCH", _FORWARD_ALL, json={"enabled": False})["enabled"] is False
    assert administrator("PUT", _FORWARD_ALL, json=body).status_code == 404


def test_row_c65_two_lists_of_numbers(simulator: Simulator, administrator: RingCentralClient) -> None:
    old = administrator.ok("GET", _NUMBERS)
    assert "navigation" in old
    assert {type(item["id"]) for item in old["records"]} == {int}
    assert "Inventory" not in {item["usageType"] for item in old["records"]}
    assert [item["extension"]["id"] for item in old["records"] if item["id"] == int(_QUEUES)] == [int(seed.SUPPORT_ID)]
    assert administrator.ok("GET", f"{_NUMBERS}/{_MAIN}")["phoneNumber"] == seed.MAIN_NUMBER
    assert code_of(administrator("GET", f"{_NUMBERS}/{_SPARE}")) == (404, "CMN-102", "phoneNumberId")
    new = administrator.ok("GET", _NUMBERS_V2)
    assert sorted(new) == ["paging", "records"]
    assert {type(item["id"]) for item in new["records"]} == {str}
    assert [item["usageType"] for item in new["records"]].count("Inventory") == 2
    assert [item for item in new["records"] if item["id"] == _MAIN and "extension" in item] == []
    simulator.set_limits({"ringcentral": {"heavy": {"requests": 1, "window": 60, "penalty": 60}}})
    for path in (_NUMBERS, _NUMBERS_V2):
        administrator("GET", path)
        assert administrator("GET", path).status_code == 429


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("phoneNumber=%2B16505550186", ["600000005"]),
        ("phoneNumber=%2B1650555018*", ["600000003", "600000005", "600000006", "600000004"]),
        ("phoneNumber=+16505550186", []),
        ("usageType=Inventory&usageType=MainCompanyNumber", ["600000003", "600000005", "600000006"]),
        ("tollType=TollFree", []),
        ("extensionStatus=Enabled", ["600000001", "600000002", "600000004"]),
        ("perPage=2&page=2", ["600000006", "600000001"]),
    ],
)
def test_row_c66_filters_of_numbers(administrator: RingCentralClient, query: str, ids: list[str]) -> None:
    assert [item["id"] for item in administrator.ok("GET", f"{_NUMBERS_V2}?{query}")["records"]] == ids


def _usage(client: RingCentralClient, key: str) -> tuple[str, str | None]:
    """What a number is, and the extension that has it."""
    record = next(item for item in client.ok("GET", _NUMBERS_V2)["records"] if item["id"] == key)
    return record["usageType"], record.get("extension", {}).get("id")


def test_rows_c67_to_c68_a_number_moves(administrator: RingCentralClient) -> None:
    to_menu = {"usageType": "DirectNumber", "extension": {"id": seed.MENU_ID}}
    shown = administrator.ok("PATCH", f"{_NUMBERS_V2}/{_SPARE}", json=to_menu)
    assert (shown["usageType"], shown["extension"]) == ("DirectNumber", {"id": seed.MENU_ID, "extensionNumber": "8001"})
    menus = administrator.ok("GET", f"{EXTENSIONS}/{seed.MENU_ID}/phone-number")["records"]
    assert [item["phoneNumber"] for item in menus] == ["+16505550186"]
    shown = administrator.ok("PATCH", f"{_NUMBERS_V2}/{_SPARE}", json={"usageType": "CompanyNumber"})
    assert "extension" not in shown
    assert _usage(administrator, _SPARE) == ("CompanyNumber", None)
    assert administrator.ok("GET", f"{EXTENSIONS}/{seed.MENU_ID}/phone-number")["records"] == []
    administrator.ok("PATCH", f"{_NUMBERS_V2}/{_SPARE}", json={"usageType": "MainCompanyNumber", "type": "VoiceOnly"})
    assert _usage(administrator, _MAIN) == ("CompanyNumber", None)


@pytest.mark.parametrize(
    ("key", "body", "expected"),
    [
        (_SPARE, {"usageType": "DirectNumber"}, (400, "CMN-101", "extension")),
        (_SPARE, {"usageType": "Inventory"}, (400, "CMN-101", "usageType")),
        (_SPARE, {"usageType": "CompanyNumber", "type": "x"}, (400, "CMN-101", "type")),
        (_SPARE, {}, (400, "CMN-100", "usageType")),
        ("1", {"usageType": "CompanyNumber"}, (404, "CMN-102", "phoneNumberId")),
        (_SPARE, {"usageType": "DirectNumber", "extension": {"id": "1"}}, (404, "CMN-102", "extension.id")),
        (_SPARE, {"usageType": "DirectNumber", "extension": {"id": "400000005"}}, (400, "CMN-101", "extension.id")),
    ],
)
def test_rows_c69_to_c70_numbers_that_do_not_move(
    administrator: RingCentralClient, key: str, body: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    assert code_of(administrator("PATCH", f"{_NUMBERS_V2}/{key}", json=body)) == expected
    assert _usage(administrator, _SPARE) == ("Inventory", None)


def test_the_inventory_gains_loses_and_gives_numbers(administrator: RingCentralClient) -> None:
    sent = {
        "records": [{"phoneNumber": number, "usageType": "Inventory"} for number in ("+16505550188", "+16505550180")]
    }
    added = administrator.ok("POST", f"{_NUMBERS_V2}/bulk-add", json=sent)["records"]
    assert [item["bulkItemSuccessful"] for item in added] == [True, False]
    named = {"records": [{"id": added[0]["id"]}, {"phoneNumber": "+16505550180"}, {"id": "1"}]}
    deleted = administrator.ok("DELETE", _NUMBERS_V2, json=named)["records"]
    assert [item["bulkItemSuccessful"] for item in deleted] == [True, False, False]
    body = {"targetPhoneNumberId": _SPARE}
    shown = administrator.ok("POST", f"{_NUMBERS_V2}/{_QUEUES}/replace", json=body)
    assert (shown["phoneNumber"], shown["extension"]["id"]) == ("+16505550186", seed.SUPPORT_ID)
    assert _usage(administrator, _QUEUES) == ("Inventory", None)
    used = administrator("POST", f"{_NUMBERS_V2}/{_MAIN}/replace", json={"targetPhoneNumberId": _DIRECT})
    assert code_of(used) == (400, "CMN-101", "targetPhoneNumberId")


def test_row_c71_numbers_of_a_deleted_queue(administrator: RingCentralClient) -> None:
    assert administrator("DELETE", f"{EXTENSIONS}/{seed.SUPPORT_ID}").status_code == 204
    assert _usage(administrator, _QUEUES) == ("AdditionalCompanyNumber", None)


def test_row_c72_the_dictionary_of_greetings(administrator: RingCentralClient) -> None:
    page = administrator.ok("GET", f"{_PRESETS}?perPage=5")
    assert (len(page["records"]), "nextPage" in page["navigation"]) == (5, True)
    assert {item["type"] for item in administrator.ok("GET", f"{_PRESETS}?type=ConnectingAudio")["records"]} == {
        "ConnectingAudio"
    }
    of_queues = "usageType=DepartmentExtensionAnsweringRule"
    found = administrator.ok("GET", f"{_PRESETS}?type=ConnectingMessage&{of_queues}")["records"]
    assert {item["name"]: item["id"] for item in found}["None"] == "134405"
    assert administrator.ok("GET", f"{_PRESETS}/134405")["category"] == "None"
    assert code_of(administrator("GET", f"{_PRESETS}?type=Foo")) == (400, "CMN-101", "type")
    assert code_of(administrator("GET", f"{_PRESETS}/1")) == (404, "CMN-102", "greetingId")


def test_row_c73_a_greeting_is_played_or_only_kept(simulator: Simulator, administrator: RingCentralClient) -> None:
    assert code_of(_upload(administrator, _SALES, type="Voicemail")) == (400, "CMN-100", "answeringRule")
    kept = _upload(administrator, _SALES, query="?apply=false", type="Voicemail").json()
    assert kept["contentType"] == "audio/wav"
    rule = f"{_SALES}/{_BUSINESS}"
    assert "custom" not in next(
        item for item in administrator.ok("GET", rule)["greetings"] if item["type"] == "Voicemail"
    )
    sent = {"greetings": [{"type": "Voicemail", "custom": {"id": kept["id"]}}]}
    shown = administrator.ok("PUT", rule, json=sent)["greetings"]
    assert [item["custom"]["id"] for item in shown if "custom" in item] == [kept["id"]]
    played = _upload(administrator, _SALES, type="HoldMusic", answeringRuleId="business-hours-rule").json()
    assert administrator.ok("GET", f"{_SALES}/greeting/hold-music")["id"] == played["id"]
    content = administrator("GET", played["contentUri"].partition("/ringcentral-media")[2])
    assert content.status_code == 404  # the media host alone serves it
    url = played["contentUri"]
    answer = requests.get(url, headers={"Authorization": f"Bearer {administrator.token}"}, timeout=10)
    assert (answer.content, answer.headers["Content-Type"]) == (b"RIFF", "audio/wav")
    unknown = {"greetings": [{"type": "Voicemail", "custom": {"id": "1"}}]}
    assert code_of(administrator("PUT", rule, json=unknown)) == (404, "CMN-102", "greetings.custom.id")


@pytest.mark.parametrize(
    ("fields", "binary", "expected"),
    [
        ({"type": "Voicemail", "answeringRuleId": "1"}, _WAV, (400, "CMN-102", "answeringRule.id")),
        ({"type": "Voicemail"}, ("x.wav", b"", "audio/wav"), (400, "AWR-128", None)),
        ({"type": "Voicemail"}, ("x.txt", b"x", "text/plain"), (400, "AWR-129", None)),
        ({"type": "Voicemail"}, None, (400, "CMN-100", "binary")),
        ({"type": "HoldMusic", "answeringRuleId": "after-hours-rule"}, _WAV, (400, "AWR-165", None)),
        ({"type": "Company"}, _WAV, (400, "CLR-103", None)),
        ({"type": "InterruptPrompt"}, _WAV, (400, "CMN-101", "type")),
    ],
)
def test_rows_c74_to_c75_greetings_that_are_refused(
    simulator: Simulator,
    administrator: RingCentralClient,
    fields: dict[str, str],
    binary: object,
    expected: tuple[int, str, str | None],
) -> None:
    support = f"{EXTENSIONS}/{seed.SUPPORT_ID}"
    sent = {"answeringRuleId": "business-hours-rule", **fields}
    assert code_of(_upload(administrator, support, binary=binary, **sent)) == expected
    assert simulator.state()["ringcentral"]["company"]["greetings"] == {}


def test_rows_c76_to_c77_greetings_of_the_company(administrator: RingCentralClient) -> None:
    assert code_of(_upload(administrator, ACCOUNT, type="Voicemail"))[:2] == (400, "AWR-178")
    made = _upload(administrator, ACCOUNT, type="Company", answeringRuleId="after-hours-rule").json()
    shown = administrator.ok("GET", f"{ACCOUNT}/answering-rule/after-hours-rule")["greetings"]
    assert [item["custom"]["id"] for item in shown] == [made["id"]]
    announcement = f"{EXTENSIONS}/{seed.ANNOUNCEMENT_ID}"
    assert code_of(_upload(administrator, announcement, type="Voicemail"))[:2] == (400, "AWR-166")
    spoken = _upload(administrator, ACCOUNT, binary=None, type="StartRecording", text="This call is recorded.").json()
    assert spoken["text"] == "This call is recorded."
    for method, path in (("GET", "greeting"), ("DELETE", f"greeting/{made['id']}")):
        for place in (ACCOUNT, _SALES):
            assert administrator(method, f"{place}/{path}").status_code == 404


def test_a_greeting_described_by_a_part_of_json(administrator: RingCentralClient) -> None:
    described = '{"type":"Voicemail","answeringRule":{"id":"business-hours-rule"}}'
    head = f"--b\r\nContent-Type: application/json\r\n\r\n{described}\r\n"
    sound = (
        '--b\r\nContent-Type: audio/mpeg\r\nContent-Disposition: attachment; filename="x.mp3"\r\n\r\nID3\r\n--b--\r\n'
    )
    headers = {"Content-Type": "multipart/mixed; boundary=b"}
    made = administrator.ok("POST", f"{OWN}/greeting", data=(head + sound).encode(), headers=headers)
    assert (made["contentType"], made["answeringRule"]["id"]) == ("audio/mpeg", "business-hours-rule")
    shown = administrator.ok("GET", f"{RULES}/business-hours-rule")["greetings"][0]
    assert (shown["type"], shown["custom"]["id"]) == ("Voicemail", made["id"])


_BLOCKED = f"{_SALES}/caller-blocking/phone-numbers"


def test_rows_c78_and_c79_a_blocked_number(administrator: RingCentralClient) -> None:
    made = administrator.ok(
        "POST", _BLOCKED, json={"phoneNumber": "16503456787", "label": "Nuisance", "status": "Blocked"}
    )
    assert (made["phoneNumber"], made["id"]) == ("+16503456787", "MTY1MDM0NTY3ODc")
    one = f"{_BLOCKED}/{made['id']}"
    changed = administrator.ok("PUT", one, json={"status": "Allowed", "label": "Friend"})
    assert changed == {**made, "status": "Allowed", "label": "Friend"}
    assert administrator.ok("GET", f"{_BLOCKED}?status=Allowed")["records"] == [changed]
    assert administrator.ok("GET", f"{_BLOCKED}?status=Blocked")["records"] == []
    assert code_of(administrator("PUT", one, json={"label": "x" * 61})) == (400, "CMN-101", "label")
    assert administrator("DELETE", one).status_code == 204
    assert code_of(administrator("GET", one)) == (404, "CMN-102", "blockedNumberId")


def test_row_c80_settings_of_blocking(administrator: RingCentralClient) -> None:
    path = f"{_SALES}/caller-blocking"
    before = administrator.ok("GET", path)
    assert len(before["greetings"]) == 4
    changed = administrator.ok("PUT", path, json={"mode": "All", "noCallerId": "BlockFaxes"})
    assert changed == {**before, "mode": "All", "noCallerId": "BlockFaxes"}
    unknown = {"greetings": [{"type": "BlockedPayPhones", "preset": {"id": "1"}}]}
    assert code_of(administrator("PUT", path, json=unknown)) == (400, "CMN-101", "greetings")
    chosen = {"greetings": [{"type": "BlockedPayPhones", "preset": {"id": "138753"}}]}
    assert administrator.ok("PUT", path, json=chosen)["greetings"][3]["preset"]["name"] == "No Pay Phones"


def test_rows_c81_and_c82_notifications(administrator: RingCentralClient) -> None:
    path = f"{_SALES}/notification-settings"
    off = {"includeManagers": False, "emailAddresses": ["sales@example.org"]}
    assert administrator.ok("PUT", path, json=off)["includeManagers"] is False
    on = administrator.ok("PUT", path, json={"missedCalls": {"notifyByEmail": True}})
    assert (on["includeManagers"], on["emailAddresses"]) == (True, ["sales@example.org"])
    assert on["missedCalls"] == {"notifyByEmail": True, "notifyBySms": False, "advancedEmailAddresses": []}
    for body, name in (
        ({"includeManagers": False, "emailAddresses": []}, "emailAddresses"),
        ({"advancedMode": True}, "voicemails.advancedEmailAddresses"),
        ({"smsPhoneNumbers": ["+16505550100"] * 11}, "smsPhoneNumbers"),
    ):
        assert code_of(administrator("PUT", path, json=body)) == (400, "CMN-101", name)
    transcribed = administrator("PUT", path, json={"voicemails": {"includeTranscription": True}})
    assert code_of(transcribed)[:2] == (403, "CMN-109")
    assert "includeManagers" not in administrator.ok("GET", f"{OWN}/notification-settings")
    assert administrator.ok("GET", path) == on


def test_row_c83_presence_belongs_to_people(simulator: Simulator, administrator: RingCentralClient) -> None:
    assert code_of(administrator("PUT", f"{_SALES}/presence", json={}))[:2] == (403, "PRS-106")
    extensions = simulator.state()["ringcentral"]["extensions"]
    extensions[seed.READER_ID]["record"]["status"] = "Disabled"
    change(simulator, extensions=extensions)
    assert code_of(administrator("PUT", f"{EXTENSIONS}/{seed.READER_ID}/presence", json={}))[:2] == (403, "PRS-105")
    quiet = administrator.ok("PUT", f"{OWN}/presence", json={"dndStatus": "DoNotAcceptAnyCalls"})
    assert ("acceptCallQueueCalls" in quiet, quiet["dndStatus"]) == (False, "DoNotAcceptAnyCalls")
    members = administrator.ok("GET", f"{ACCOUNT}/call-queues/{seed.SALES_ID}/presence")["records"]
    assert [item["acceptQueueCalls"] for item in members] == [False, True]
    simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    assert code_of(administrator("PUT", f"{OWN}/presence", json={"dndStatus": "TakeAllCalls"}))[1] == "CMN-101"
    assert administrator.ok("PUT", f"{OWN}/presence", json={"acceptCallQueueCalls": False})["dndStatusPersonal"]


def test_which_queues_somebody_takes_calls_of(simulator: Simulator, administrator: RingCentralClient) -> None:
    own, queue = f"{OWN}/call-queue-presence", f"{ACCOUNT}/call-queues/{seed.SALES_ID}/presence"
    off = {"records": [{"callQueue": {"id": seed.SALES_ID}, "acceptCalls": False}]}
    assert [item["acceptCalls"] for item in administrator.ok("PUT", own, json=off)["records"]] == [False]
    assert [item["acceptCurrentQueueCalls"] for item in administrator.ok("GET", queue)["records"]] == [False, True]
    on = {"records": [{"member": {"id": seed.OWNER_ID}, "acceptCurrentQueueCalls": True}]}
    administrator.ok("PUT", queue, json=on)
    assert [item["acceptCalls"] for item in administrator.ok("GET", own)["records"]] == [True]
    extensions = simulator.state()["ringcentral"]["extensions"]
    extensions[seed.SALES_ID]["queue"]["editable_member_status"] = False
    change(simulator, extensions=extensions)
    assert administrator("PUT", own, json=off).status_code == 403
    stranger = {"records": [{"member": {"id": "400000004"}, "acceptCurrentQueueCalls": True}]}
    assert code_of(administrator("PUT", queue, json=stranger)) == (400, "CMN-101", "records.member.id")
    assert code_of(administrator("GET", f"{ACCOUNT}/call-queues/1/presence")) == (404, "CMN-102", "groupId")


def test_the_number_that_is_shown(administrator: RingCentralClient) -> None:
    path = f"{OWN}/caller-id"
    main = {"feature": "RingOut", "callerId": {"type": "PhoneNumber", "phoneInfo": {"id": _MAIN}}}
    hidden = {"feature": "MobileApp", "callerId": {"type": "Blocked"}}
    shown = administrator.ok("PUT", path, json={"byFeature": [main, hidden], "extensionNameForOutboundCalls": True})
    by_feature = {item["feature"]: item["callerId"] for item in shown["byFeature"]}
    assert by_feature["RingOut"]["phoneInfo"]["phoneNumber"] == seed.MAIN_NUMBER
    assert (by_feature["MobileApp"]["type"], by_feature["CallFlip"]["phoneInfo"]["id"]) == ("Blocked", "600000001")
    others = {"byFeature": [{**main, "callerId": {"type": "PhoneNumber", "phoneInfo": {"id": _DIRECT}}}]}
    assert code_of(administrator("PUT", path, json=others)) == (400, "CMN-101", "byFeature.callerId.phoneInfo.id")
    assert administrator.ok("GET", path) == shown


@pytest.mark.parametrize(
    ("app", "method", "path", "code", "permission"),
    [
        (["ReadAccounts", "EditExtensions"], "PATCH", _FORWARD_ALL, "CMN-401", "EditAccounts"),
        (["ReadAccounts", "EditExtensions"], "PATCH", f"{_NUMBERS_V2}/{_SPARE}", "CMN-401", "EditAccounts"),
        (["EditAccounts"], "GET", f"{OWN}/presence", "CMN-401", "ReadPresence"),
        (["EditAccounts"], "GET", _NUMBERS_V2, "CMN-408", "ReadCompanyPhoneNumbers"),
        (["EditAccounts"], "PUT", f"{OWN}/caller-blocking", "CMN-408", "EditBlockedNumbers"),
        (["EditAccounts"], "PUT", f"{OWN}/notification-settings", "CMN-408", "EditMessagesNotificationsSettings"),
    ],
)
def test_permissions(
    simulator: Simulator, anyone: RingCentralClient, app: list[str], method: str, path: str, code: str, permission: str
) -> None:
    change(simulator, apps={seed.CLIENT_ID: seed.app(permissions=app)})
    answer = anyone.log_in(assertion=seed.READER_JWT)(method, path, json={})
    assert (*code_of(answer)[:2], answer.json()["errors"][0]["permissionName"]) == (403, code, permission)
