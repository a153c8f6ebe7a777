# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The control interface: state, log, faults, limits and switches, over HTTP."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import requests

from simulator.harness import Simulator, SimulatorError
from simulator.sonetel import seed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.simulator.conftest import Client

ACCOUNT = f"/account/{seed.ACCOUNT_ID}"
NUMBERS = f"{ACCOUNT}/phonenumbersubscription"
STANDARD = f"{NUMBERS}/12025550123"
SHOW = {"show": "called"}


def fault(kind: str, **members: Any) -> dict[str, Any]:
    return {"provider": "sonetel", "kind": kind, **members}


def outcome(call: Callable[[], requests.Response]) -> str:
    """What a client sees: a status, a connection without an answer, or half an answer."""
    try:
        answer = call()
    except requests.exceptions.ChunkedEncodingError:
        return "half"
    except requests.exceptions.ConnectionError:
        return "dropped"
    try:
        answer.json()
    except ValueError:
        return f"{answer.status_code} not JSON"
    return str(answer.status_code)


def test_state_round_trip_is_exact(simulator: Simulator, admin: Client) -> None:
    tokens = admin.log_in().json()
    state = simulator.state()
    simulator.reset()
    assert tokens["access_token"] not in simulator.state()["sonetel"]["access_tokens"]
    simulator.put_state(state)
    assert simulator.state() == state
    admin.with_token(tokens["access_token"]).ok("GET", "/account/")
    assert admin.refresh(tokens["refresh_token"]).status_code == 200


def test_put_state_leaves_providers_alone_that_it_does_not_name(simulator: Simulator) -> None:
    before = simulator.state()
    simulator.put_state({})
    assert simulator.state() == before


def test_reset_restores_everything(simulator: Simulator, admin: Client) -> None:
    admin.ok("PUT", STANDARD, json=SHOW)
    simulator.set_switches({"sonetel": {"flags": "boolean"}})
    simulator.set_limits({"sonetel": {"default": {"requests": 1, "window": 60}}})
    simulator.add_faults([fault("garbage")])
    simulator.reset()
    assert simulator.state()["sonetel"] == seed.default_state()
    assert simulator.switches()["sonetel"]["flags"]["value"] == "yes_no"


def test_a_switch_is_read_when_an_answer_depends_on_it(simulator: Simulator, admin: Client) -> None:
    def read() -> set[str]:
        return {name for name, switch in simulator.switches()["sonetel"].items() if switch["read"]}

    assert read() == set()
    admin.number("12025550123")
    assert {"single_number", "capability_spelling"} <= read()
    assert "wrong_password" not in read()
    simulator.set_switches({"sonetel": {"single_number": "array"}})
    assert "single_number" not in read()
    simulator.reset()
    assert read() == set()
    assert simulator.limits()["sonetel"] == {"default": None}
    assert (simulator.faults(), simulator.requests()) == ([], [])


def test_request_log_masks_secrets(simulator: Simulator, admin: Client) -> None:
    admin.refresh(admin.log_in().json()["refresh_token"])
    admin("PUT", f"{STANDARD}?fields=show", json=SHOW)
    admin("GET", "/nothing/here")
    log = simulator.requests()
    assert [(entry["method"], entry["status"]) for entry in log] == [
        ("POST", 200),
        ("POST", 200),
        ("PUT", 200),
        ("GET", 404),
    ]
    assert log[0]["body"] == {"grant_type": "password", "username": seed.ADMIN_EMAIL, "password": "***"}
    assert log[1]["body"] == {"grant_type": "refresh_token", "refresh_token": "***"}
    assert {name: log[2][name] for name in ("provider", "path", "query", "body")} == {
        "provider": "sonetel",
        "path": f"/sonetel{STANDARD}",
        "query": {"fields": "show"},
        "body": SHOW,
    }
    assert log[3]["body"] is None
    assert abs(log[0]["time"] - time.time()) < 60
    simulator.clear_requests()
    assert simulator.requests() == []


@pytest.mark.parametrize(
    ("kind", "members", "seen", "applied", "logged"),
    [
        ("status", {"status": 503, "headers": {"Retry-After": "7"}, "body": {"a": 1}}, "503", False, 503),
        ("status", {"status": 502, "body": "<html>"}, "502 not JSON", False, 502),
        ("status_after", {"status": 502, "headers": {"Retry-After": "7"}}, "502 not JSON", True, 502),
        ("delay", {"seconds": 0}, "200", True, 200),
        ("drop_before", {}, "dropped", False, None),
        ("drop_after", {}, "dropped", True, None),
        ("garbage", {}, "200 not JSON", True, 200),
        ("truncate", {}, "half", True, 200),
    ],
)
def test_fault_kinds(
    simulator: Simulator,
    admin: Client,
    kind: str,
    members: dict[str, Any],
    seen: str,
    applied: bool,
    logged: int | None,
) -> None:
    simulator.add_faults([fault(kind, times=1, **members)])
    assert outcome(lambda: admin("PUT", STANDARD, json=SHOW)) == seen
    assert [entry["status"] for entry in simulator.requests()] == [logged]
    assert (admin.number("12025550123")["show"] == "called") is applied


def test_fault_status_answer_is_what_was_planted(simulator: Simulator, admin: Client) -> None:
    simulator.add_faults([fault("status", status=429, headers={"Retry-After": "7"}, body={"a": 1})])
    answer = admin("GET", NUMBERS)
    assert (answer.status_code, answer.headers["Retry-After"], answer.json()) == (429, "7", {"a": 1})


@pytest.mark.parametrize(
    ("members", "statuses"),
    [
        ({}, [503, 503, 503, 503]),
        ({"times": 1}, [503, 200, 200, 200]),
        ({"after": 1, "times": 2}, [200, 503, 503, 200]),
        ({"method": "PUT"}, [200, 503, 200, 503]),
        ({"method": "PUT", "after": 1, "times": 1}, [200, 200, 200, 503]),
        ({"path_regex": "/phonenumbersubscription/[0-9]+$"}, [200, 503, 503, 503]),
        ({"path_regex": "subscription$"}, [503, 200, 200, 200]),
        ({"path_regex": "voiceapp"}, [200, 200, 200, 200]),
    ],
    ids=str,
)
def test_which_requests_a_fault_hits(
    simulator: Simulator, admin: Client, members: dict[str, Any], statuses: list[int]
) -> None:
    simulator.add_faults([fault("status", status=503, **members)])
    calls = [("GET", NUMBERS), ("PUT", STANDARD), ("GET", STANDARD), ("PUT", STANDARD)]
    assert [admin(method, path, json=SHOW).status_code for method, path in calls] == statuses


def test_faults_queue_up_and_delay_goes_with_another(simulator: Simulator, admin: Client) -> None:
    simulator.add_faults([fault("status", status=500, times=1), fault("delay", seconds=0.05, times=1)])
    simulator.add_faults([fault("status", status=502, times=1)])
    started = time.monotonic()
    assert admin("GET", NUMBERS).status_code == 500
    assert time.monotonic() - started >= 0.05
    shown = [(entry["after_left"], entry["times_left"], entry["hits"]) for entry in simulator.faults()]
    assert shown == [(0, 0, 1), (0, 0, 1), (0, 1, 0)]
    assert [admin("GET", NUMBERS).status_code for attempt in range(2)] == [502, 200]
    simulator.clear_faults()
    assert simulator.faults() == []


def test_limit_answers_429_and_applies_nothing(simulator: Simulator, admin: Client) -> None:
    simulator.set_limits({"sonetel": {"default": {"requests": 2, "window": 30, "penalty": 90}}})
    for attempt in range(2):
        assert admin("GET", NUMBERS).status_code == 200, attempt
    answer = admin("PUT", STANDARD, json=SHOW)
    assert answer.status_code == 429
    assert 85 <= int(answer.headers["Retry-After"]) <= 90
    simulator.set_limits({"sonetel": {"default": None}})
    assert admin.number("12025550123")["show"] == "caller"
    assert [entry["status"] for entry in simulator.requests()] == [200, 200, 429, 200]


def with_state(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    state = seed.default_state()
    change(state)
    return {"sonetel": state}


def of_account(name: str, key: str, value: Any) -> dict[str, Any]:
    return with_state(lambda state: state["accounts"][seed.ACCOUNT_ID][name].update({key: value}))


@pytest.mark.parametrize(
    ("method", "name", "document", "hint"),
    [
        ("PUT", "state", [], "object"),
        ("PUT", "state", {"nobody": {}}, "unknown provider 'nobody'"),
        ("PUT", "state", {"sonetel": {"accounts": {}}}, "exactly the keys"),
        ("PUT", "state", of_account("numbers", "12025550100", {}), "numbers.12025550100.account_id"),
        ("PUT", "state", of_account("numbers", "12025550100", seed.number("12025550101")), "phnum"),
        ("PUT", "state", of_account("users", "x", {}), "digits"),
        ("PUT", "state", of_account("voiceapps", "VAx", {"app_id": "VAx"}), "voiceapps.VAx.name"),
        ("PUT", "state", of_account("profile", "credit_balance", "much"), "credit_balance"),
        (
            "PUT",
            "state",
            with_state(lambda state: state["access_tokens"].update(t=seed.access_token(account_id="1"))),
            "access_tokens.*.account_id",
        ),
        ("PATCH", "switches", {"nobody": {}}, "unknown provider"),
        ("PATCH", "switches", {"sonetel": {"colour": "red"}}, "unknown switch 'colour'"),
        ("PATCH", "switches", {"sonetel": {"flags": "boolean", "envelope": "maybe"}}, "'maybe' is not one of"),
        ("PATCH", "switches", {"sonetel": {"failure_http": "400"}}, "'400' is not one of"),
        ("PATCH", "switches", {"sonetel": []}, "object"),
        ("POST", "faults", {}, "list"),
        ("POST", "faults", [fault("garbage"), fault("explode")], "faults[1].kind"),
        ("POST", "faults", [{"kind": "garbage"}], "faults[0].provider"),
        ("POST", "faults", [fault("garbage", status=500)], "unknown keys ['status']"),
        ("POST", "faults", [fault("status")], "faults[0].status"),
        ("POST", "faults", [fault("status", status=500, headers={"Retry-After": 7})], "headers"),
        ("POST", "faults", [fault("delay")], "seconds"),
        ("POST", "faults", [fault("garbage", times=0)], "times"),
        ("POST", "faults", [fault("garbage", after=-1)], "after"),
        ("POST", "faults", [fault("garbage", method="get")], "method"),
        ("POST", "faults", [fault("garbage", path_regex="(")], "path_regex"),
        ("PATCH", "limits", {"sonetel": {"heavy": None}}, "unknown group 'heavy'"),
        ("PATCH", "limits", {"sonetel": {"default": {"requests": 0, "window": 1}}}, "requests"),
        ("PATCH", "limits", {"sonetel": {"default": {"requests": 1}}}, "window"),
        ("PATCH", "limits", {"sonetel": {"default": {"requests": 1, "window": 1, "burst": 1}}}, "['burst']"),
    ],
)
def test_wrong_input_is_refused_and_changes_nothing(
    simulator: Simulator, admin: Client, method: str, name: str, document: Any, hint: str
) -> None:
    def everything() -> list[Any]:
        return [simulator.state(), simulator.switches(), simulator.faults(), simulator.limits()]

    before = everything()
    answer = admin.raw(method, f"{simulator.url}/_sim/{name}", json=document)
    assert answer.status_code == 400
    assert hint in answer.json()["error"]
    assert everything() == before


def test_body_that_is_no_json_is_refused(simulator: Simulator, admin: Client) -> None:
    answer = admin.raw("PUT", f"{simulator.url}/_sim/state", data="{")
    assert (answer.status_code, answer.json()["error"][:21]) == (400, "the body is not JSON:")


def test_harness_names_what_the_simulator_refused(simulator: Simulator) -> None:
    attached = Simulator.attach(simulator.url + "/")
    with pytest.raises(SimulatorError, match="unknown switch 'colour'"):
        attached.set_switches({"sonetel": {"colour": "red"}})
    attached.stop()
    assert simulator.state() == attached.state()


def test_unknown_prefix_is_404_and_not_logged(simulator: Simulator, admin: Client) -> None:
    answer = admin.raw("GET", simulator.url + ACCOUNT)
    assert answer.status_code == 404
    assert simulator.requests() == []
