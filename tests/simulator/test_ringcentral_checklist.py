# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated RingCentral against the checklist docs/providers/ringcentral.md 14; the row numbers are those there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import ACCOUNT, LIST, OTHER, OWN, RingCentralClient, change, code_of

if TYPE_CHECKING:
    from simulator.harness import Simulator


def test_rows_1_2_a_login_tells_what_it_gave(anyone: RingCentralClient) -> None:
    document = anyone.ask_token(access_token_ttl="600").json()
    assert document["token_type"] == "bearer"
    assert document["expires_in"] == 600
    assert document["owner_id"] == seed.OWNER_ID
    assert {"session_id", "scope"} <= set(document)
    assert "refresh_token" not in document
    assert anyone.ask_token().json()["expires_in"] == 3600


def test_rows_3_to_6_refused_logins(simulator: Simulator, anyone: RingCentralClient) -> None:
    url = f"{simulator.ringcentral_server_url}/restapi/oauth/token"
    assert anyone._session.post(url, json={}, auth=(seed.CLIENT_ID, seed.CLIENT_SECRET), timeout=10).status_code == 415
    wrong = anyone.form("token", {}, secret="Fake-no-secret")
    assert (wrong.json()["error"], code_of(wrong)[:2]) == ("invalid_client", (401, "OAU-146"))
    simulator.set_limits({"ringcentral": {"auth": None}})
    assert code_of(anyone.ask_token(grant_type="foo"))[:2] == (400, "OAU-250")
    assert anyone.ask_token(assertion="x.y.z").json()["error"] == "invalid_grant"
    expired = {"owner_id": seed.OWNER_ID, "apps": [seed.CLIENT_ID], "expires_at": 1.0}
    change(simulator, jwts={seed.JWT: expired})
    refused = anyone.ask_token()
    assert (refused.json()["error"], code_of(refused)[:2]) == ("invalid_grant", (400, "OAU-210"))
    change(simulator, apps={seed.CLIENT_ID: seed.app(jwt_grant=False)})
    assert code_of(anyone.ask_token())[:2] == (400, "OAU-251")


def test_rows_7_12_13_14_windows_and_penalties(simulator: Simulator, anyone: RingCentralClient) -> None:
    answers = [anyone.ask_token() for _number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    last = answers[-1]
    assert (last.headers["Retry-After"], last.headers["X-Rate-Limit-Group"]) == ("60", "auth")
    assert last.json()["errorCode"] == last.json()["errors"][0]["errorCode"] == "CMN-301"
    revoked = anyone.form("revoke", {"token": answers[0].json()["access_token"]})
    assert revoked.status_code == 429  # the same group
    owner = RingCentralClient(simulator, answers[4].json()["access_token"])
    assert [owner("GET", OWN).status_code for _number in range(51)] == [200] * 50 + [429]
    assert owner("GET", f"{ACCOUNT}/extension").status_code == 200
    simulator.set_limits({"ringcentral": {"light": {"requests": 3, "window": 60, "penalty": 60}}})
    light = [owner("GET", OWN) for _number in range(5)]
    assert [answer.status_code for answer in light] == [200, 200, 200, 429, 429]
    assert [light[number].headers["X-Rate-Limit-Remaining"] for number in range(3)] == ["2", "1", "0"]
    assert light[0].headers["X-Rate-Limit-Window"] == "60"
    assert owner("GET", f"{ACCOUNT}/extension").status_code == 200  # medium is a group of its own


def test_rows_8_9_sessions_end(simulator: Simulator, anyone: RingCentralClient) -> None:
    simulator.set_limits({"ringcentral": {"auth": None}})
    clients = [anyone.log_in() for _number in range(6)]
    assert [client("GET", OWN).status_code for client in clients] == [401, 200, 200, 200, 200, 200]
    assert clients[5].form("revoke", {"token": clients[5].token or ""}).status_code == 200
    assert code_of(clients[5]("GET", OWN))[:2] == (401, "OAU-213")
    assert code_of(anyone.form("revoke", {"token": ""}))[:2] == (400, "CMN-101")


def test_row_10_a_refresh_token_is_replayed_only_for_a_while(simulator: Simulator, anyone: RingCentralClient) -> None:
    change(simulator, apps={seed.CLIENT_ID: {**seed.app(), "refresh_tokens": True}})
    first = anyone.ask_token().json()
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = anyone.form("token", form).json()
    assert anyone.form("token", form).json()["access_token"] == second["access_token"]
    assert RingCentralClient(simulator, first["access_token"])("GET", OWN).status_code == 401
    assert RingCentralClient(simulator, second["access_token"])("GET", OWN).status_code == 200
    state = simulator.state()["ringcentral"]
    (session,) = state["sessions"].values()
    session["used_at"] -= 11
    simulator.put_state({"ringcentral": state})
    assert anyone.form("token", form).json()["error"] == "invalid_grant"


def test_row_11_wrong_tokens(simulator: Simulator, anyone: RingCentralClient, owner: RingCentralClient) -> None:
    assert code_of(anyone("GET", OWN))[:2] == (401, "OAU-151")
    assert code_of(RingCentralClient(simulator, "unknown")("GET", OWN))[:2] == (401, "OAU-213")
    state = simulator.state()["ringcentral"]
    for session in state["sessions"].values():
        session["access"] = dict.fromkeys(session["access"], 1.0)
    simulator.put_state({"ringcentral": state})
    assert code_of(owner("GET", OWN))[:2] == (401, "OAU-128")


def test_rows_15_to_19_pages(simulator: Simulator, owner: RingCentralClient) -> None:
    document = owner.ok("GET", LIST)
    path = f"/account/{seed.ACCOUNT_ID}/extension/{seed.OWNER_ID}/forwarding-number?page=1&perPage=100"
    assert document["uri"].endswith(path)
    assert {"firstPage", "lastPage"} == set(document["navigation"])
    for text in ("0", "x"):
        assert code_of(owner("GET", f"{LIST}?perPage={text}")) == (400, "CMN-101", "perPage")
    assert owner.ok("GET", f"{LIST}?perPage=5000")["paging"]["perPage"] == 1000
    owner.post(**OTHER)
    owner.post(phoneNumber="+16505550101", type="Home")
    first, second = (owner.ok("GET", f"{LIST}?perPage=2&page={page}") for page in (1, 2))
    assert "nextPage" in first["navigation"]
    assert "previousPage" in second["navigation"]
    assert first["paging"]["totalElements"] == 3
    empty = owner.ok("GET", f"{ACCOUNT}/extension/400000004/forwarding-number")
    assert empty["records"] == []
    assert not {"pageStart", "pageEnd"} & set(empty["paging"])


def test_rows_20_to_22_35_36_created_records(owner: RingCentralClient) -> None:
    created = owner.post(**OTHER)
    assert created.status_code == 200
    record = created.json()
    assert isinstance(record["id"], str)
    assert (record["type"], record["label"]) == ("Other", "Cell")
    assert sorted(record["features"]) == ["CallFlip", "CallForwarding"]
    assert isinstance(record["flipNumber"], str)
    assert owner.post(**{**OTHER, "label": "Second"}).status_code == 200
    assert owner.post(phoneNumber="+16505550101", label="Work").json()["type"] == "Work"
    assert owner.post(phoneNumber="16505550102", type="Mobile", label="x").json()["label"] == "Mobile"
    assert [item["phoneNumber"] for item in owner.ok("GET", LIST)["records"]][-1] == "+16505550102"


@pytest.mark.parametrize(
    ("row", "before", "body", "expected"),
    [
        (23, [{"phoneNumber": "+16505550101", "type": "Mobile"}], {"phoneNumber": "+16505550102", "type": "Mobile"},
         (400, "FPN-119", None)),
        (24, [], {"phoneNumber": "+16505550101", "type": "Other"}, (400, "FPN-116", None)),
        (24, [], {"phoneNumber": "+16505550101"}, (400, "FPN-116", None)),
        (25, [OTHER], {"phoneNumber": "+16505550101", "label": "Cell", "type": "Other"}, (400, "FPN-102", None)),
        (26, [], {"type": "Home"}, (400, "FPN-110", None)),
        (26, [], {"type": "Home", "phoneNumber": "+16505550101", "device": {"id": "1"}}, (400, "FPN-111", None)),
        (27, [], {"type": "PhoneLine", "phoneNumber": "+16505550112", "device": {"id": seed.CO_WORKER_PHONE}},
         (400, "FPN-112", None)),
        (27, [], {"type": "PhoneLine"}, (400, "FPN-109", None)),
        (28, [], {"type": "PhoneLine", "device": {"id": "800000003"}}, (400, "FPN-114", None)),
        (28, [], {"type": "PhoneLine", "device": {"id": "800000005"}}, (400, "FPN-115", None)),
        (28, [], {"type": "PhoneLine", "device": {"id": "800000004"}}, (400, "FPN-121", None)),
        (28, [], {"type": "PhoneLine", "device": {"id": seed.DESK_PHONE}}, (400, "FPN-118", None)),
        (29, [], {"type": "PhoneLine", "device": {"id": "899999999"}}, (404, "FPN-113", None)),
        (29, [], {"type": "PhoneLine", "phoneNumber": "+16505550199"}, (404, "FPN-120", None)),
        (31, [], {**OTHER, "phoneNumber": "+16505550112"}, (400, "FPN-105", None)),
        (32, [], {**OTHER, "phoneNumber": "abc"}, (400, "CMN-101", "phoneNumber")),
        (37, [], {**OTHER, "type": "Fax"}, (400, "CMN-101", "type")),
    ],
)  # fmt: skip
def test_rows_23_to_37_refused_creations(
    owner: RingCentralClient, row: int, before: list[Any], body: dict[str, Any], expected: tuple[int, str, str | None]
) -> None:
    for other in before:
        assert owner.post(**other).status_code == 200
    count = len(owner.ok("GET", LIST)["records"])
    assert code_of(owner.post(**body)) == expected, row
    assert len(owner.ok("GET", LIST)["records"]) == count


def test_row_30_a_device_of_a_co_worker(owner: RingCentralClient) -> None:
    record = owner.post(type="PhoneLine", device={"id": seed.CO_WORKER_PHONE}).json()
    shown = {name: record[name] for name in ("label", "phoneNumber", "device")}
    assert shown == {"label": "Yealink T54W", "phoneNumber": "+16505550112", "device": {"id": seed.CO_WORKER_PHONE}}


def test_rows_33_34_limits_of_the_account(simulator: Simulator, owner: RingCentralClient) -> None:
    change(simulator, features={"InternationalCalling": False, "EditExternalForwarding": True})
    assert code_of(owner.post(**{**OTHER, "phoneNumber": "+46701740605"}))[:2] == (400, "FPN-108")
    change(simulator, features={"InternationalCalling": True, "EditExternalForwarding": False})
    assert code_of(owner.post(**OTHER))[:2] == (400, "CMN-427")
    change(simulator, features={"InternationalCalling": True, "EditExternalForwarding": True})
    for number in range(7):
        assert owner.post(phoneNumber=f"+1650555012{number}", label=f"L{number}", type="Other").status_code == 200
    assert code_of(owner.post(**OTHER))[:2] == (400, "FPN-104")
    assert owner.post(phoneNumber="+16505550130", type="Home").status_code == 200
    assert owner.post(phoneNumber="+16505550131", type="Work").status_code == 200
    assert code_of(owner.post(phoneNumber="+16505550132", type="Mobile"))[:2] == (400, "FPN-103")


def test_rows_38_to_45_changes_and_deletions(owner: RingCentralClient) -> None:
    assert code_of(owner("GET", f"{LIST}/1")) == (404, "CMN-102", "forwardingNumberId")
    cell = f"{LIST}/{owner.post(**OTHER).json()['id']}"
    home = f"{LIST}/{owner.post(phoneNumber='+16505550101', type='Home').json()['id']}"
    changed = owner.ok("PUT", cell, json={"phoneNumber": "+16505550103", "label": "New", "flipNumber": "5"})
    shown = [changed[name] for name in ("phoneNumber", "label", "flipNumber", "type")]
    assert shown == ["+16505550103", "New", "5", "Other"]
    for path, body, expected in (
        (home, {"flipNumber": "5"}, (400, "FPN-106", None)),
        (home, {"flipNumber": "x"}, (400, "CMN-101", "flipNumber")),
        (home, {"label": "Mine"}, (400, "FPN-122", None)),
        (home, {"type": "Work"}, (400, "FPN-125", None)),
        (home, {"device": {"id": "1"}}, (400, "FPN-124", None)),
    ):
        assert code_of(owner("PUT", path, json=body)) == expected
    assert owner.ok("PUT", cell, json={"label": "Again"})["phoneNumber"] == "+16505550103"
    gone = owner("DELETE", cell)
    assert (gone.status_code, gone.content) == (204, b"")
    assert code_of(owner("DELETE", cell))[:2] == (404, "CMN-102")
    assert code_of(owner("DELETE", f"{LIST}/500000001"))[:2] == (403, "FPN-107")
    ids = [home.rpartition("/")[2], owner.post(**OTHER).json()["id"]]
    body = {"records": [{"forwardingNumberId": key} for key in ids]}
    assert owner("DELETE", LIST, json=body).status_code == 204
    assert [item["id"] for item in owner.ok("GET", LIST)["records"]] == ["500000001"]


def test_rows_46_to_50_permissions(simulator: Simulator, anyone: RingCentralClient) -> None:
    reader = anyone.log_in(assertion=seed.READER_JWT)
    assert code_of(reader.post(**OTHER))[:2] == (403, "CMN-408")
    assert reader.post(**OTHER).json()["permissionName"] == "EditUserForwardingFlipNumbers"
    other = f"{ACCOUNT}/extension/{seed.OWNER_ID}/forwarding-number"
    assert code_of(reader("GET", other))[:2] == (403, "CMN-419")
    owner = anyone.log_in()
    assert code_of(owner("GET", f"{ACCOUNT}/extension/400000006/forwarding-number"))[:2] == (403, "CMN-403")
    assert code_of(owner("GET", f"{ACCOUNT}/extension/1/forwarding-number")) == (404, "CMN-102", "extensionId")
    change(simulator, apps={seed.CLIENT_ID: seed.app(permissions=["ReadAccounts"])})
    assert code_of(owner.post(**OTHER))[:2] == (403, "CMN-401")


def test_rows_51_to_53_55_62_look_ups(simulator: Simulator, owner: RingCentralClient) -> None:
    (record,) = owner.ok("GET", f"{ACCOUNT}/extension?extensionNumber=102")["records"]
    assert record["id"] == int(seed.READER_ID)
    (device,) = owner.ok("GET", f"{ACCOUNT}/extension/{seed.READER_ID}/device")["records"]
    assert (device["id"], device["extension"]["id"]) == (seed.CO_WORKER_PHONE, int(seed.READER_ID))
    assert device["phoneLines"][0]["phoneInfo"]["phoneNumber"] == "+16505550112"
    for position, value in (("no", "false"), ("yes", "true")):
        simulator.set_switches({"ringcentral": {"migrated": position}})
        (feature,) = owner.ok("GET", f"{OWN}/features?featureId=NewCallHandlingAndForwarding")["records"]
        assert feature["available"] is True
        assert feature["params"] == [{"name": "isNewBackendAvailable", "value": value}]
    assert owner("GET", LIST).status_code == 200
    simulator.set_switches({"ringcentral": {"migrated_forwarding_numbers": "closed"}})
    assert code_of(owner("GET", LIST))[:2] == (403, "CMN-468")
    assert code_of(owner("GET", "/restapi/v1.0/nothing"))[:2] == (404, "CMN-120")


def test_every_row_has_a_test() -> None:
    """The names of tests tell which rows they are about: test_row_10_..., test_rows_7_12_to_14_..."""
    rows: set[int] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        if "ringcentral" in path.name or path.name == "test_limits.py":
            for name in re.findall(r"def test_rows?_((?:(?:\d+|to)_)+)", path.read_text(encoding="utf-8")):
                for first, last in re.findall(r"(\d+)_(?:to_(\d+)_)?", name):
                    rows.update(range(int(first), int(last or first) + 1))
    assert sorted(rows) == list(range(1, 63))
