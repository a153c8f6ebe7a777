# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fidelity checklist docs/providers/sonetel.md 12.2, each row a test."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from simulator.sonetel import seed

if TYPE_CHECKING:
    from simulator.harness import Simulator
    from tests.simulator.conftest import Client

ACCOUNT = f"/account/{seed.ACCOUNT_ID}"
NUMBERS = f"{ACCOUNT}/phonenumbersubscription"
USERS = f"{ACCOUNT}/user"
APPS = f"{ACCOUNT}/voiceapp"
RECEPTION = {"app_type": "ivr", "app_id": "VAq7k2m9x1za"}
STANDARD, BUSINESS = f"{NUMBERS}/12025550123", f"{NUMBERS}/12025550124"


def claims_of(token: str) -> dict[str, Any]:
    header, payload, signature = token.split(".")
    assert signature
    assert json.loads(base64.urlsafe_b64decode(header + "=="))["alg"] == "RS256"
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


@pytest.mark.parametrize("path", ["/sonetel-auth/oauth/token", "/sonetel-auth/beta/oauth/token"])
@pytest.mark.parametrize("encoding", ["urlencoded", "multipart"])
@pytest.mark.parametrize(("refresh", "members"), [("yes", 3), ("no", 2), (None, 3)])
def test_row_01_password_grant(
    simulator: Simulator, admin: Client, path: str, encoding: str, refresh: str | None, members: int
) -> None:
    form = {"grant_type": "password", "username": seed.ADMIN_EMAIL, "password": seed.ADMIN_PASSWORD}
    if refresh:
        form["refresh"] = refresh
    body: dict[str, Any] = (
        {"data": form} if encoding == "urlencoded" else {"files": {name: (None, value) for name, value in form.items()}}
    )
    answer = admin.raw("POST", simulator.url + path, auth=("sonetel-api", "sonetel-api"), **body)
    document = answer.json()
    assert answer.status_code == 200
    assert document["token_type"] == "bearer"
    assert sorted(document) == ["access_token", "refresh_token", "token_type"][:: 1 if members == 3 else 2]
    assert admin.with_token(document["access_token"]).ok("GET", "/account/")["account_id"] == seed.ACCOUNT_ID


def test_row_01_both_public_client_ids_are_accepted(admin: Client) -> None:
    form = {"grant_type": "password", "username": seed.ADMIN_EMAIL, "password": seed.ADMIN_PASSWORD}
    assert admin.ask_token(form, ("sonetel-web", "sonetel-web")).status_code == 200
    assert admin.ask_token(form, ("sonetel-dev", "sonetel-dev")).status_code == 401


def test_row_02_missing_grant_type(simulator: Simulator, admin: Client) -> None:
    missing = admin.ask_token({"username": seed.ADMIN_EMAIL, "password": seed.ADMIN_PASSWORD})
    as_json = admin.raw(
        "POST", simulator.sonetel_auth_url, json={"grant_type": "password"}, auth=("sonetel-api", "sonetel-api")
    )
    for answer in (missing, as_json):
        assert answer.status_code == 400
        assert answer.json() == {"error": "invalid_request", "error_description": "Missing grant type"}


def test_row_03_unknown_user_and_wrong_password(admin: Client) -> None:
    for form in ({"username": "nobody@example.org"}, {"password": "Fake pass 100%sure"}):
        answer = admin.log_in(**form)
        username = form.get("username", seed.ADMIN_EMAIL)
        assert answer.status_code == 401
        assert answer.json() == {
            "error": "unauthorized",
            "error_description": f"User with name {username} not found",
        }


def test_row_04_refresh_without_username(admin: Client) -> None:
    first = admin.log_in().json()
    second = admin.refresh(first["refresh_token"]).json()
    assert second["access_token"] != first["access_token"]
    for token in (first["access_token"], second["access_token"]):
        admin.with_token(token).ok("GET", "/account/")


def test_row_04_refresh_with_an_unknown_token_is_401(admin: Client) -> None:
    assert admin.refresh("nonsense").status_code == 401


@pytest.mark.parametrize(("position", "kind"), [("string", str), ("number", int)])
def test_row_05_claims(simulator: Simulator, admin: Client, position: str, kind: type) -> None:
    simulator.set_switches({"sonetel": {"acc_id": position}})
    claims = claims_of(admin.log_in().json()["access_token"])
    assert (claims["acc_id"], claims["user_id"]) == (kind(seed.ACCOUNT_ID), kind(seed.ADMIN_ID))
    assert (claims["aud"], claims["iss"]) == ("api.sonetel.com", "SonetelNode123")
    assert claims["exp"] - claims["iat"] == 86400
    assert abs(claims["iat"] - time.time()) < 60
    assert {"user.read", "user.write"} <= set(claims["scope"])


def test_row_06_token_without_basic(admin: Client) -> None:
    form = {"grant_type": "password", "username": seed.ADMIN_EMAIL, "password": seed.ADMIN_PASSWORD}
    answer = admin.ask_token(form, None)
    assert answer.status_code == 401
    assert sorted(answer.json()) == ["error", "error_description"]


@pytest.mark.parametrize("token", ["", "tok-unknown", "tok-expired"])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/account/"), ("GET", NUMBERS), ("PUT", STANDARD), ("GET", USERS), ("DELETE", APPS)]
)
def test_row_07_no_valid_bearer(admin: Client, token: str, method: str, path: str) -> None:
    assert admin.with_token(token)(method, path).status_code == 401


def test_row_08_account_of_the_token(admin: Client) -> None:
    token = admin.log_in().json()["access_token"]
    account = admin.with_token(token).ok("GET", "/account/")
    assert account["account_id"] == claims_of(token)["acc_id"]
    assert account == admin.ok("GET", ACCOUNT)
    assert (account["user_count"], account["phnum_count"]) == (4, 10)


def test_row_09_account_update(admin: Client) -> None:
    before = admin.ok("GET", "/account/")
    changed = admin.ok(
        "PUT", ACCOUNT, json={"timezone_details": {"zone_id": "45"}, "name": "Offices", "currency": "SEK"}
    )
    expected = {"name": "Offices", "timezone_details": {"zone_id": 45, "zone_name": "Europe/Stockholm"}}
    assert changed == admin.ok("GET", "/account/") == {**before, **expected}


@pytest.mark.parametrize(
    "body", [{"timezone_details": {"zone_id": "9999"}}, {"language": "en"}, {"language": ["swe"]}, {"name": ""}]
)
def test_row_09_account_update_refused(admin: Client, body: dict[str, Any]) -> None:
    before = admin.ok("GET", "/account/")
    admin.failed("PUT", ACCOUNT, json={"name": "Offices", **body})
    assert admin.ok("GET", "/account/") == before


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("GET", "/account/301234568", {}),
        ("GET", "/account/abc/phonenumbersubscription", {}),
        ("GET", f"{NUMBERS}/12025550199", {}),
        ("PUT", STANDARD, {"json": ["package"]}),
        ("PUT", STANDARD, {"data": "{broken", "headers": {"Content-Type": "application/json"}}),
        ("GET", f"{APPS}/VAnone", {}),
    ],
)
def test_row_10_failures_come_with_http_200(admin: Client, method: str, path: str, options: dict[str, Any]) -> None:
    assert admin.failed(method, path, **options)["code"].startswith("1999")


@pytest.mark.parametrize(
    ("account", "code", "detail"),
    [
        ("abc", "10060002", "AccountId should be numeric"),
        ("%20", "10060003", "AccountId should not be Empty"),
        ("", "10060003", "AccountId should not be Empty"),
    ],
)
def test_row_11_account_id_not_numeric_or_empty(admin: Client, account: str, code: str, detail: str) -> None:
    answer = admin.failed("POST", f"/account/{account}/phonenumbersubscription", json={"phnum": "12025550190"})
    assert answer == {"code": code, "detail": detail}


def test_row_12_number_list(admin: Client) -> None:
    document = admin("GET", NUMBERS).json()
    assert document["resource"] == "phonenumbersubscription"
    page = document["page_metadata"]
    assert (page["count"], page["page_count"], page["page"]) == ("10", "1", "1")
    assert {page[name] for name in ("previous", "next", "first", "last")} == {"NA"}
    dates = [number["activation_date"] for number in document["response"]]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 10


def test_row_13_no_numbers(admin: Client) -> None:
    path = f"/account/{seed.EMPTY_ACCOUNT_ID}/phonenumbersubscription"
    assert admin.with_token("tok-empty").ok("GET", path) == "No entries found"


def test_row_14_one_number(admin: Client) -> None:
    number = admin.ok("GET", STANDARD)
    assert number["phnum"] == "12025550123"
    assert number in admin.ok("GET", NUMBERS)


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("user", "3000000014"),
        ("phnum", "+12025550199"),
        ("phnum", "0046701740605"),
        ("phnum", "0701740605"),
        ("sip", "anna@sip.example.org:5061"),
    ],
    ids=["15_user", "16_phnum_plus", "16_phnum_double_zero", "16_phnum_national", "16_sip"],
)
def test_row_15_and_16_destination_is_read_back(admin: Client, kind: str, target: str) -> None:
    before = admin.ok("GET", STANDARD)
    pair = {"connect_to_type": kind, "connect_to": target}
    changed = admin.ok("PUT", STANDARD, json={**pair, "unknown": 1, "city": "Elsewhere", "status": "inactive"})
    assert changed == admin.ok("GET", STANDARD) == {**before, **pair}


def test_row_17_app_destination(admin: Client) -> None:
    pair = {"connect_to_type": "app", "connect_to": {"app_type": "mailbox", "app_id": "VAm1b8c5d2ef"}}
    assert admin.ok("PUT", BUSINESS, json=pair)["connect_to"] == pair["connect_to"]
    assert admin.number("12025550124")["connect_to"] == pair["connect_to"]


def test_row_18_app_needs_the_business_package(admin: Client) -> None:
    before = admin.ok("GET", STANDARD)
    assert before["voiceapp_connect"] == "add-on"
    admin.failed("PUT", STANDARD, json={"connect_to_type": "app", "connect_to": RECEPTION})
    assert admin.ok("GET", STANDARD) == before


def test_row_19_business_package(admin: Client) -> None:
    before = admin.ok("GET", STANDARD)
    changed = admin.ok("PUT", STANDARD, json={"package": "business"})
    assert changed == {**before, "package": "business", **dict.fromkeys(seed.CAPABILITIES, "yes")}
    assert admin.balance() == "20.01"
    admin.ok("PUT", STANDARD, json={"package": "business"})
    assert admin.balance() == "20.01", "asking for the present package must cost nothing"
    admin.ok("PUT", STANDARD, json={"connect_to_type": "app", "connect_to": RECEPTION})
    assert admin.number("12025550123")["connect_to"] == RECEPTION


def test_row_19_business_package_needs_credit_and_support(simulator: Simulator, admin: Client) -> None:
    admin.failed("PUT", f"{NUMBERS}/46846500412", json={"package": "business"})
    state = simulator.state()
    state["sonetel"]["accounts"][seed.ACCOUNT_ID]["profile"]["credit_balance"] = "4.98"
    simulator.put_state(state)
    admin.failed("PUT", STANDARD, json={"package": "business"})
    assert (admin.balance(), admin.number("12025550123")["package"]) == ("4.98", "standard")


@pytest.mark.parametrize(
    "body",
    [
        {"connect_to_type": "user"},
        {"connect_to": "+12025550199"},
        {"connect_to_type": "fax", "connect_to": "+12025550199"},
        {"connect_to_type": "user", "connect_to": "3999999999"},
        {"connect_to_type": "user", "connect_to": 3000000012},
        {"connect_to_type": "user", "connect_to": "3000000021"},
        {"connect_to_type": "app", "connect_to": {"app_type": "ivr", "app_id": "VAnone"}},
        {"connect_to_type": "app", "connect_to": {"app_type": "mailbox", "app_id": RECEPTION["app_id"]}},
        {"connect_to_type": "app", "connect_to": {"app_type": "sysprompts", "app_id": "VAs0p4r7t9uv"}},
        {"connect_to_type": "app", "connect_to": RECEPTION["app_id"]},
        {"connect_to_type": "phnum", "connect_to": ""},
        {"connect_to_type": "phnum", "connect_to": "+1 202 555 0199"},
        {"connect_to_type": "sip", "connect_to": "sip.example.org"},
        {"connect_to_type": "nowhere", "connect_to": ""},
        {"show": "none"},
        {"plan_details": {"next_renew_mode": "2y"}},
        {"package": "standard"},
        {"package": "gold"},
    ],
    ids=str,
)
def test_row_20_refused_update_changes_nothing(admin: Client, body: dict[str, Any]) -> None:
    before = admin.ok("GET", BUSINESS)
    valid_rest = {"show": "called", "plan_details": {"next_renew_mode": "3y"}}
    admin.failed("PUT", BUSINESS, json={**valid_rest, **body})
    assert admin.ok("GET", BUSINESS) == before


def test_section_4_3_show_and_renewal(admin: Client) -> None:
    before = admin.ok("GET", STANDARD)
    body = {"show": "called", "plan_details": {"next_renew_mode": "1y", "next_recurring_fee": "0.00"}}
    plan = {**before["plan_details"], "next_renew_mode": "1y"}
    assert admin.ok("PUT", STANDARD, json=body) == {**before, "show": "called", "plan_details": plan}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("USA/availablephonenumber", ["12025550190", "12025550191"]),
        ("swe/availablephonenumber", ["46846500490", "46846500491"]),
        ("USA/availablephonenumber?area_code=212,202&city=wash&type=geographic", ["12025550190", "12025550191"]),
        ("USA/availablephonenumber?type=mobile", []),
        ("FRA/availablephonenumber", []),
    ],
)
def test_section_4_6_stock_needs_no_token(admin: Client, query: str, found: list[str]) -> None:
    items = admin.with_token("").ok("GET", f"/numberstocksummary/{query}")
    assert [item["phnum"] for item in items if items != "No entries found"] == found


def test_section_4_6_stock_summary(admin: Client) -> None:
    area = {"area_code": "202", "city": "Washington (202)", "type": "geographic", "stock": "2"}
    assert admin.ok("GET", "/numberstocksummary/USA") == [area]


def test_row_21_buy(admin: Client) -> None:
    offers = admin("GET", "/numberstocksummary/USA/availablephonenumber?area_code=202").json()
    assert [offer["phnum"] for offer in offers["response"]] == ["12025550190", "12025550191"]
    bought = admin.ok("POST", NUMBERS, json={"phnum": "12025550190"})
    assert (bought["connect_to_type"], bought["connect_to"]) == ("nowhere", "")
    assert admin.balance() == "23.01"
    assert admin.ok("GET", NUMBERS)[0] == bought, "the newest number must come first"


def test_row_21_buy_connected(admin: Client) -> None:
    pair = {"connect_to_type": "phnum", "connect_to": "+46701740605"}
    bought = admin.ok("POST", f"{NUMBERS}/", json={"phnum": "46846500490", **pair})
    assert {name: bought[name] for name in pair} == pair


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"phnum": 12025550190},
        {"phnum": "+12025550190"},
        {"phnum": "12025550123"},
        {"phnum": "12025550199"},
        {"phnum": "12025550191"},
        {"phnum": "46846500491"},
        {"phnum": "12025550190", "connect_to_type": "user"},
        {"phnum": "12025550190", "connect_to_type": "app", "connect_to": RECEPTION},
    ],
    ids=["none", "number", "plus", "owned", "not in stock", "no credit", "address", "half pair", "no business package"],
)
def test_row_22_buying_refused(simulator: Simulator, admin: Client, body: dict[str, Any]) -> None:
    before = simulator.state()
    admin.failed("POST", NUMBERS, json=body)
    assert simulator.state() == before


def test_row_23_give_back(admin: Client) -> None:
    text = admin.ok("DELETE", STANDARD)
    assert text == f"Successfully removed subscription of phone number 12025550123 from account {seed.ACCOUNT_ID}"
    assert "12025550123" not in [number["phnum"] for number in admin.ok("GET", NUMBERS)]
    admin.failed("GET", STANDARD)
    admin.failed("POST", NUMBERS, json={"phnum": "12025550123"})


def test_row_24_voice_apps(admin: Client) -> None:
    apps = admin.ok("GET", APPS)
    assert apps == admin.ok("GET", f"{APPS}/")
    assert {app["app_type"] for app in apps} == {"ivr", "mailbox", "sysprompts"}
    assert [app["name"] for app in apps].count("Duplicate") == 2
    for app in apps:
        assert admin.ok("GET", f"{APPS}/{app['app_id']}") == app


def test_row_33_delete_voice_app(admin: Client) -> None:
    assert admin.ok("DELETE", f"{APPS}/VAdup1icate1") == "Voice App deleted successfully"
    assert "VAdup1icate1" not in [app["app_id"] for app in admin.ok("GET", APPS)]


def test_row_39_user_list(admin: Client) -> None:
    document = admin("GET", USERS).json()
    assert document["resource"] is None
    assert [user["user_id"] for user in document["response"]] == [f"300000001{digit}" for digit in (1, 2, 3, 4)]
    assert not {"password", "phones", "numbers", "location"} & set(document["response"][0])
    assert admin("GET", f"{USERS}/").status_code == 404


def test_row_40_user_by_unknown_id(admin: Client) -> None:
    answer = admin("GET", f"{USERS}/3999999999")
    assert (answer.status_code, answer.json()) == (200, {"resource": None, "status": "success", "response": None})


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"email": "EXAMPLE.org"}, [1, 2, 3, 4]),
        ({"email": "anna"}, [2]),
        ({"email": "anna,john"}, [2, 3]),
        ({"name": "öhman"}, [4]),
        ({"name": "er*"}, []),
        ({"name": "eri*man"}, [4]),
        ({"email": "example", "name": "Alex"}, [1]),
        ({"colour": "blue"}, [1, 2, 3, 4]),
    ],
    ids=str,
)
def test_row_40_user_filters_match_partially(admin: Client, filters: dict[str, str], found: list[int]) -> None:
    users = admin.ok("GET", USERS, params=filters)
    ids = [] if users == "No entries found" else [int(user["user_id"][-1]) for user in users]
    assert ids == found


def test_row_40_one_user_has_phones_but_no_password(admin: Client) -> None:
    user = admin.ok("GET", f"{USERS}/{seed.REGULAR_ID}")
    assert [phone["phnum"] for phone in user["phones"]] == [f"{seed.REGULAR_ID}@sip.example.org", "+46701740605"]
    assert "password" not in user
    assert sorted(admin.ok("GET", f"{USERS}/{seed.REGULAR_ID}?fields=phones,location")) == ["location", "phones"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", STANDARD),
        ("DELETE", STANDARD),
        ("POST", NUMBERS),
        ("DELETE", f"{APPS}/VAdup1icate1"),
        ("PUT", ACCOUNT),
    ],
)
def test_row_43_regular_user_may_not_write(simulator: Simulator, admin: Client, method: str, path: str) -> None:
    before = simulator.state()
    regular = admin.with_token("tok-regular")
    regular.failed(method, path, json={"show": "called", "phnum": "12025550190", "name": "X"})
    assert simulator.state() == before
    regular.ok("GET", "/account/")


def test_row_44_partial_response(admin: Client) -> None:
    whole = admin.ok("GET", NUMBERS)
    assert admin.ok("GET", f"{NUMBERS}?fields=phnum") == [{"phnum": number["phnum"]} for number in whole]
    assert sorted(admin.ok("GET", f"{STANDARD}?fields=phnum,show")) == ["phnum", "show"]
    for ignored in ("unknown=1", "fields=submission"):
        assert admin.ok("GET", f"{NUMBERS}?{ignored}") == whole


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{NUMBERS}/", 200),
        (f"{APPS}/", 200),
        (f"//account//{seed.ACCOUNT_ID}", 200),
        (f"{APPS}//VAq7k2m9x1za", 200),
        ("/account", 404),
        (f"{ACCOUNT}/", 404),
        (f"{STANDARD}/", 404),
        ("/v1/account/", 404),
    ],
)
def test_section_1_url_hygiene(admin: Client, path: str, status: int) -> None:
    assert admin("GET", path).status_code == status


def test_unsupported_method_and_media_type(admin: Client) -> None:
    assert admin("PATCH", STANDARD, json={}).status_code == 405
    assert admin("PUT", STANDARD, data={"show": "called"}).status_code == 415
