# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every switch of the Sonetel simulator in every position."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulator.sonetel import seed
from simulator.sonetel.switches import SWITCHES

if TYPE_CHECKING:
    from simulator.harness import Simulator
    from tests.simulator.conftest import Client

ACCOUNT = f"/account/{seed.ACCOUNT_ID}"
NUMBERS = f"{ACCOUNT}/phonenumbersubscription"
USERS = f"{ACCOUNT}/user"
APPS = f"{ACCOUNT}/voiceapp"
STANDARD, BUSINESS = f"{NUMBERS}/12025550123", f"{NUMBERS}/12025550124"
SIP = f"{NUMBERS}/12025550126"
RECEPTION = f"{APPS}/VAq7k2m9x1za"
RECEPTION_HEAD = {"app_type": "ivr", "name": "Reception"}
PLAY = {"action": "connect", "to": "app", "id": "VAm1b8c5d2ef"}
CALL = f"{USERS}/{seed.REGULAR_ID}/call"
SECOND = {"action": "forward", "to": "phnum", "id": "+12025550144", "ring_time": "10", "show": "caller"}
README = Path(__file__).resolve().parents[2] / "simulator" / "README.md"


@dataclass
class World:
    simulator: Simulator
    admin: Client

    def claims_type(self) -> str:
        payload = self.admin.log_in().json()["access_token"].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return f"{type(claims['acc_id']).__name__} {type(claims['user_id']).__name__} {claims['exp'] - claims['iat']}"

    def refresh(self) -> tuple[Any, int]:
        """What comes back of a refresh token, and the status of using the first one again."""
        first = self.admin.log_in().json()["refresh_token"]
        second = self.admin.refresh(first).json().get("refresh_token")
        kind = "none" if second is None else "same" if second == first else "new"
        return kind, self.admin.refresh(first).status_code

    def refresh_bare(self) -> tuple[int, int]:
        token = self.admin.log_in().json()["refresh_token"]
        login = {"username": seed.ADMIN_EMAIL, "password": seed.ADMIN_PASSWORD}
        return (
            self.admin.refresh(token).status_code,
            self.admin.refresh(token, **login).status_code,
        )

    def shape(self, path: str) -> str:
        document = self.admin("GET", path).json()
        # "status" alone does not tell: a number has a member of that name.
        return "enveloped" if isinstance(document, dict) and "response" in document else type(document).__name__

    def body_type(self, client: Client, method: str, path: str) -> str:
        answer = client(method, path)
        return answer.headers.get("Content-Type", "").partition(";")[0] if answer.content else "nothing"

    def outcome(self, client: Client, method: str, path: str, **options: Any) -> Any:
        """The HTTP status, or "failed", or "null", or "success"."""
        answer = client(method, path, **options)
        if answer.status_code != 200:
            return answer.status_code
        document = answer.json()
        if document["status"] == "success" and document["response"] is None:
            return "null"
        return document["status"]

    def written(self, value: Any, kind: str, path: str = STANDARD) -> Any:
        """The destination as the list shows it after writing it."""
        self.admin.ok("PUT", path, json={"connect_to_type": kind, "connect_to": value})
        phnum = path.rpartition("/")[2]
        return next(n["connect_to"] for n in self.admin.ok("GET", NUMBERS) if n["phnum"] == phnum)

    def menu(self, entries: dict[str, Any]) -> Any:
        return self.admin.ok("PUT", RECEPTION, json={**RECEPTION_HEAD, "menu": entries})["menu"]

    def announced(self, final_action: dict[str, Any]) -> Any:
        return self.admin.ok("PUT", RECEPTION, json={"play_menu": "no", "final_action": final_action})

    def spoken(self) -> Any:
        body = {"text": "Good morning", "language": "en_GB", "voice": "en-GB-Neural2-A"}
        return self.admin("POST", "/tts/prompt/convert", json=body).json()["response"]

    def empty_lists(self) -> list[Any]:
        state = self.simulator.state()
        state["sonetel"]["accounts"][seed.ACCOUNT_ID].update(numbers={}, voiceapps={})
        self.simulator.put_state(state)
        return [self.admin.ok("GET", path) for path in (NUMBERS, APPS, f"{USERS}?email=nobody")]


def put(path: str, body: dict[str, Any]) -> Callable[[World], Any]:
    return lambda world: world.outcome(world.admin, "PUT", path, json=body)


# For every switch: what is observed, and what that must be in each position.
CASES: dict[str, tuple[Callable[[World], Any], dict[str | int, Any]]] = {
    "wrong_password": (
        lambda world: [
            (answer.status_code, answer.json()["error"])
            for answer in (world.admin.log_in(password="x"), world.admin.log_in(username="x"))
        ],
        {
            401: [(401, "unauthorized"), (401, "unauthorized")],
            400: [(400, "invalid_grant"), (401, "unauthorized")],
        },
    ),
    "refresh_token": (World.refresh, {"kept": ("same", 200), "rotated": ("new", 401), "omitted": ("none", 200)}),
    "refresh_credentials": (World.refresh_bare, {"optional": (200, 200), "required": (400, 200)}),
    "acc_id": (World.claims_type, {"string": "str str 86400", "number": "int int 86400"}),
    "expires_in": (
        lambda world: world.admin.log_in().json().get("expires_in"),
        {"absent": None, "present": 86400},
    ),
    "token_lifetime": (
        World.claims_type,
        {"24h": "str str 86400", "30d": "str str 2592000", "6mo": "str str 15724800"},
    ),
    "failure_http": (put(STANDARD, {"show": "nobody"}), {200: "failed", 400: 400}),
    "not_found": (
        lambda world: [
            world.outcome(world.admin, method, path)
            for method, path in (
                ("GET", f"{NUMBERS}/12025550199"),
                ("GET", f"{APPS}/VAnone"),
                ("DELETE", f"{APPS}/VAnone"),
                ("GET", f"{USERS}/3999999999"),
            )
        ],
        {
            "failed": ["failed", "failed", "failed", "null"],
            "http_404": [404, 404, 404, "null"],
            "null": ["null", "null", "failed", "null"],
        },
    ),
    "empty_list": (
        World.empty_lists,
        {"string": ["No entries found"] * 3, "array": [[], [], []], "null": [None, None, None]},
    ),
    "envelope": (
        lambda world: [world.shape(path) for path in (APPS, RECEPTION, STANDARD, CALL, NUMBERS, USERS, "/account/")],
        {
            "present": ["enveloped"] * 7,
            "absent": ["list", "dict", "dict", "dict", "enveloped", "enveloped", "enveloped"],
        },
    ),
    "unauthorized_body": (
        lambda world: world.body_type(world.admin.with_token("none"), "GET", NUMBERS),
        {"json": "application/json", "html": "text/html", "empty": "nothing"},
    ),
    "error_body": (
        lambda world: world.body_type(world.admin, "GET", "/nothing/here"),
        {"json": "application/json", "html": "text/html", "empty": "nothing"},
    ),
    "regular_user": (
        lambda world: world.outcome(world.admin.with_token("tok-regular"), "PUT", STANDARD, json={"show": "called"}),
        {"failed": "failed", 401: 401, 403: 403},
    ),
    "ids": (
        lambda world: [
            world.admin.ok("GET", USERS)[0]["user_id"],
            world.admin.ok("GET", f"{USERS}/{seed.ADMIN_ID}")["user_id"],
        ],
        {"string": [seed.ADMIN_ID] * 2, "number": [int(seed.ADMIN_ID)] * 2},
    ),
    "flags": (
        lambda world: [
            *[world.admin.number("12025550124")[name] for name in ("voiceapp_connect", "freeplan", "sms_enabled")],
            world.admin.ok("GET", APPS)[0]["play_welcome"],
        ],
        {"yes_no": ["yes", "no", "add-on", "yes"], "boolean": [True, False, "add-on", True]},
    ),
    "single_number": (
        lambda world: [
            type(world.admin.ok(method, path, json=body)).__name__
            for method, path, body in (
                ("GET", STANDARD, None),
                ("PUT", STANDARD, {"show": "called"}),
                ("POST", NUMBERS, {"phnum": "12025550190"}),
            )
        ],
        {"object": ["dict"] * 3, "array": ["list"] * 3},
    ),
    "page_count": (
        lambda world: world.admin("GET", NUMBERS).json()["page_metadata"]["page_count"],
        {"1": "1", "2": "2"},
    ),
    "app_destination": (
        lambda world: [
            world.written({"app_type": "mailbox", "app_id": "VAm1b8c5d2ef"}, "app", BUSINESS),
            put(BUSINESS, {"connect_to_type": "app", "connect_to": "VAq7k2m9x1za"})(world),
        ],
        {
            "object": [{"app_type": "mailbox", "app_id": "VAm1b8c5d2ef"}, "failed"],
            "id": ["VAm1b8c5d2ef", "success"],
        },
    ),
    "app_destination_written": (
        lambda world: [
            put(BUSINESS, {"connect_to_type": "app", "connect_to": "VAm1b8c5d2ef"})(world),
            world.admin.number("12025550124")["connect_to"]["app_id"],
            put(BUSINESS, {"connect_to_type": "app", "connect_to": {"app_type": "ivr", "app_id": "VAw3x5y7z9ab"}})(
                world
            ),
            world.admin.number("12025550124")["connect_to"]["app_id"],
        ],
        {
            "shown": ["failed", "VAq7k2m9x1za", "success", "VAw3x5y7z9ab"],
            "object": ["failed", "VAq7k2m9x1za", "success", "VAw3x5y7z9ab"],
            "either": ["success", "VAm1b8c5d2ef", "success", "VAw3x5y7z9ab"],
            "id": ["success", "VAm1b8c5d2ef", "failed", "VAm1b8c5d2ef"],
            "object_ignored": ["success", "VAm1b8c5d2ef", "success", "VAm1b8c5d2ef"],
        },
    ),
    "list_end": (
        lambda world: [
            [
                len(world.admin.ok("GET", path)),
                world.admin("GET", path).json().get("page_metadata", {}).get("page_count"),
            ]
            for path in (NUMBERS, APPS, f"{APPS}/VAq7k2m9x1za/prompt", "/account/301234567/user")
        ],
        {"all": [[10, "1"], [8, None], [8, None], [4, None]], "cut": [[5, "2"], [4, "2"], [4, "2"], [2, "2"]]},
    ),
    "stored_number": (
        lambda world: [
            world.written(value, "phnum") for value in ("+12025550199", "0046701740605", "46701740605", "0701740605")
        ],
        {
            "verbatim": ["+12025550199", "0046701740605", "46701740605", "0701740605"],
            "plus": ["+12025550199", "+46701740605", "+46701740605", "0701740605"],
            "digits": ["12025550199", "46701740605", "46701740605", "0701740605"],
            "double_zero": ["0012025550199", "0046701740605", "0046701740605", "0701740605"],
        },
    ),
    "sip_prefix": (
        lambda world: world.written("sip:a@sip.example.org", "sip"),
        {"stripped": "a@sip.example.org", "kept": "sip:a@sip.example.org"},
    ),
    "capability_spelling": (
        lambda world: {world.admin.number("12025550123")[name] for name in seed.CAPABILITIES},
        {"add-on": {"add-on"}, "add_on": {"add_on"}},
    ),
    "plus_in_path": (
        lambda world: [world.outcome(world.admin, "GET", f"{NUMBERS}/{plus}12025550123") for plus in ("+", "%2B", "")],
        {"refused": ["failed", "failed", "success"], "accepted": ["success"] * 3},
    ),
    "unlisted_destination": (
        lambda world: [
            put(STANDARD, {"connect_to_type": kind, "connect_to": value})(world)
            for kind, value in (("nowhere", ""), ("csg", "4000000001"), ("csg", ""), ("fax", "1"))
        ],
        {"failed": ["failed"] * 4, "accepted": ["success", "success", "failed", "failed"]},
    ),
    "package_downgrade": (put(BUSINESS, {"package": "standard"}), {"failed": "failed", "accepted": "success"}),
    "stop_renewal": (
        put(STANDARD, {"plan_details": {"next_renew_mode": "0"}}),
        {"accepted": "success", "failed": "failed"},
    ),
    "delete_used_app": (
        lambda world: [
            world.outcome(world.admin, "DELETE", f"{APPS}/{app_id}")
            for app_id in ("VAq7k2m9x1za", "VAm1b8c5d2ef", "VAdup1icate1")
        ],
        {"accepted": ["success"] * 3, "failed": ["failed", "failed", "success"]},
    ),
    "voiceapp_put": (
        lambda world: [put(RECEPTION, body)(world) for body in ({"voice": "swe"}, {**RECEPTION_HEAD, "voice": "swe"})],
        {"partial": ["success", "success"], "whole": ["failed", "success"]},
    ),
    "menu_write": (
        lambda world: [
            world.menu({"digit_5": {"action": "call", "to": "user", "id": seed.ADMIN_ID}})[key]["id"]
            for key in ("digit_1", "digit_5")
        ],
        {"merge": [seed.REGULAR_ID, seed.ADMIN_ID], "replace": ["", seed.ADMIN_ID]},
    ),
    "blank_entry": (
        lambda world: world.admin.ok("GET", RECEPTION)["menu"].get("digit_9", "absent"),
        {"triple": seed.BLANK_ENTRY, "null": None, "absent": "absent"},
    ),
    "menu_other": (
        lambda world: [
            world.menu({"digit_5": {"action": "call", "to": "other", "id": target}})["digit_5"]["to"]
            for target in ("+12025550144", "desk@sip.example.org")
        ],
        {"kept": ["other", "other"], "phnum": ["phnum", "other"]},
    ),
    "final_action": (
        lambda world: world.announced(PLAY).get("final_action"),
        {"returned": {"action": "connect", "to": "app", "id": "VAm1b8c5d2ef"}, "hidden": None},
    ),
    "final_action_with_menu": (
        lambda world: [put(RECEPTION, {"final_action": PLAY})(world), world.admin.ok("GET", RECEPTION)["play_menu"]],
        {"failed": ["failed", "yes"], "ignored": ["success", "yes"]},
    ),
    "final_hang_up": (
        lambda world: [
            put(RECEPTION, {"play_menu": "no", "final_action": {"action": action}})(world)
            for action in ("disconnect", "")
        ],
        {"disconnect": ["success", "failed"], "blank": ["failed", "success"]},
    ),
    "sysprompt": (
        lambda world: [
            world.admin.ok("GET", f"{APPS}/VAs0p4r7t9uv")["app_type"],
            put(f"{APPS}/VAs0p4r7t9uv", {"app_type": "sysprompt", "error_voice": "swe"})(world),
        ],
        {
            "sysprompts": ["sysprompts", "failed"],
            "sysprompt": ["sysprompt", "success"],
            "mixed": ["sysprompts", "success"],
        },
    ),
    "prompt_name": (
        lambda world: [
            world.outcome(world.admin, "POST", f"{RECEPTION}/prompt", **options)
            for options in ({"json": {"name": "X"}}, {"params": {"name": "X"}})
        ],
        {"either": ["success", "success"], "json": ["success", "failed"], "query": ["failed", "success"]},
    ),
    "prompt_exists": (
        lambda world: [
            world.admin.ok("GET", f"{RECEPTION}/prompt{query}")[0]["exists"] for query in ("", "?fields=message")
        ],
        {"as_documented": ["yes", True], "string": ["yes", "yes"]},
    ),
    "audio_download": (
        lambda world: world.admin.raw("GET", world.spoken()).status_code,
        {"open": 200, "token": 401},
    ),
    "user_taken": (
        lambda world: world.outcome(
            world.admin,
            "POST",
            USERS,
            json={"user_fname": "A", "user_lname": "B", "email": seed.REGULAR_EMAIL, "password": "fake-pass"},
        ),
        {200: "failed", 409: 409},
    ),
    "call_update": (
        lambda world: sorted(world.admin.ok("POST", CALL, json={"outgoing": {"show": "none"}})["incoming"]),
        {"merge": ["first_action", "second_action", "standard_action"], "replace": []},
    ),
    "call_put": (
        lambda world: world.outcome(world.admin, "PUT", CALL, json={"outgoing": {"show": "none"}}),
        {405: 405, 404: 404},
    ),
    "second_action_members": (
        lambda world: world.admin.ok("POST", CALL, json={"incoming": {"second_action": SECOND}})["incoming"][
            "second_action"
        ],
        {"kept": {**SECOND}, "dropped": {name: SECOND[name] for name in ("action", "to", "id")}},
    ),
    "delete_default_app": (
        lambda world: [
            world.outcome(world.admin, "DELETE", f"{APPS}/{app_id}") for app_id in ("VAd4f6g8h0jk", "VAs0p4r7t9uv")
        ],
        {"failed": ["failed", "failed"], "accepted": ["success", "success"]},
    ),
}


@pytest.mark.parametrize(("name", "position"), [(switch.name, value) for switch in SWITCHES for value in switch.values])
def test_position(simulator: Simulator, admin: Client, name: str, position: str | int) -> None:
    observe, expected = CASES[name]
    world = World(simulator, admin)
    simulator.set_switches({"sonetel": {name: position}})
    assert observe(world) == expected[position]


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.name)
def test_first_value_is_the_default_and_the_readme_explains_all(simulator: Simulator, switch: Any) -> None:
    shown = simulator.switches()["sonetel"][switch.name]
    assert (shown["value"], shown["values"]) == (switch.values[0], list(switch.values))
    assert (shown["stands_for"], shown["read"]) == (switch.stands_for, False)
    values = ", ".join(f"`{value}`" for value in switch.values)
    assert f"| `{switch.name}` | {values} | {switch.stands_for} |" in README.read_text(encoding="utf-8")


def test_there_is_no_case_without_a_switch() -> None:
    assert sorted(CASES) == sorted(switch.name for switch in SWITCHES)
