# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fidelity checklist docs/providers/smspartner.md 9, each row a test, and each switch in every position."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from simulator.harness import Simulator
from simulator.smspartner import seed
from simulator.smspartner.switches import SWITCHES

A, B, MAIL = "33353010001", "33353010002", "accueil@example.org"


class Client:
    """Sends what it is reported, and reads the state through the control interface."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.url = simulator.smspartner_api_url + "/vn/callforward"
        self.session = requests.Session()
        self.session.trust_env = False

    def __call__(self, kind: Any, param: Any = "", number: Any = seed.NUMBER, **members: Any) -> requests.Response:
        body = {"apiKey": seed.API_KEY, "number": number, "type": kind, "param": param, **members}
        kept = {name: value for name, value in body.items() if value is not ...}
        return self.session.post(self.url, json=kept, timeout=10)

    def ok(self, *args: Any, **members: Any) -> dict[str, Any]:
        answer = self(*args, **members)
        assert (answer.status_code, answer.json()["success"]) == (200, True), answer.text
        document: dict[str, Any] = answer.json()
        assert sorted(document) == ["code", "message", "success"]
        return document

    def code(self, *args: Any, status: int = 400, **members: Any) -> int:
        """The code of a failure, which must be in the documented form (smspartner.md 9 #21) and echo nothing."""
        answer = self(*args, **members)
        document = answer.json()
        assert (answer.status_code, document["success"]) == (status, False), answer.text
        assert sorted(document) == ["code", "message", "success"]
        assert isinstance(document["message"], str)
        assert not any(text in answer.text for text in (seed.NUMBER, A, B, MAIL, "apiKey"))
        code: int = document["code"]
        return code

    def stored(self, number: str = seed.NUMBER) -> tuple[int, str]:
        record = self.simulator.state()["smspartner"]["accounts"][seed.API_KEY]["numbers"][number]
        return record["type"], record["param"]

    def switch(self, **positions: Any) -> None:
        self.simulator.set_switches({"smspartner": positions})


@pytest.fixture
def api(simulator: Simulator) -> Client:
    return Client(simulator)


def test_rows_01_02_switching_off_twice(api: Client) -> None:
    done = api.ok(0, number=seed.FORWARDED_NUMBER)
    assert (done["code"], done["message"]) == (2, "Callforward disabled")
    assert api.stored(seed.FORWARDED_NUMBER) == (0, "")
    assert api.code(0, number=seed.FORWARDED_NUMBER) == 18


@pytest.mark.parametrize("position", [14, 18])
def test_row_03_a_number_that_was_never_configured(api: Client, position: int) -> None:
    api.switch(never_configured=position)
    assert api.code(0) == position
    assert api.code(0, number=seed.SECOND_NUMBER) == 18


@pytest.mark.parametrize("position", [1, 200, 2])
def test_rows_04_05_an_idle_number(api: Client, position: int) -> None:
    api.switch(success_code=position)
    assert api.ok(1, A)["code"] == position
    assert api.stored() == (1, A)
    assert api.ok(2, MAIL, number=seed.SECOND_NUMBER)["code"] == position
    assert api.stored(seed.SECOND_NUMBER) == (2, MAIL)


@pytest.mark.parametrize(
    ("policy", "same", "other"), [("mode_only", 16, 16), ("exact_match", 16, 0), ("overwrite", 0, 0)]
)
def test_rows_06_07_08_the_same_mode_again(api: Client, policy: str, same: int, other: int) -> None:
    api.switch(conflict_policy=policy)
    for shift, number, kind, targets in (
        (0, seed.NUMBER, 1, (A, B)),
        (1, seed.SECOND_NUMBER, 2, (MAIL, "b@example.org")),
    ):
        api.ok(kind, targets[0], number=number)
        if same:
            assert api.code(kind, targets[0], number=number) == same + shift
        else:
            api.ok(kind, targets[0], number=number)
        assert api.stored(number) == (kind, targets[0])
        if other:
            assert api.code(kind, targets[1], number=number) == other + shift
            assert api.stored(number) == (kind, targets[0])
        else:
            api.ok(kind, targets[1], number=number)
            assert api.stored(number) == (kind, targets[1])


def test_row_09_the_other_mode(api: Client) -> None:
    assert api.code(1, A, number=seed.VOICEMAIL_NUMBER) == 17
    assert api.code(2, MAIL, number=seed.FORWARDED_NUMBER) == 16
    assert api.stored(seed.VOICEMAIL_NUMBER) == (2, MAIL)
    api.switch(cross_mode="overwrite")
    api.ok(1, A, number=seed.VOICEMAIL_NUMBER)
    api.ok(2, MAIL, number=seed.FORWARDED_NUMBER)
    assert api.stored(seed.VOICEMAIL_NUMBER) == (1, A)


@pytest.mark.parametrize("position", [10, 1])
def test_rows_10_11_keys(api: Client, position: int) -> None:
    api.switch(key_error_code=position)
    for key in (..., "", "unknown"):
        assert api.code(1, A, apiKey=key) == position


@pytest.mark.parametrize(
    ("code", "request_"),
    [
        (5, {"kind": 1, "param": A, "number": ...}),
        (5, {"kind": 1, "param": A, "number": ""}),
        (6, {"kind": ..., "param": A}),
        (7, {"kind": 3, "param": A}),
        (7, {"kind": -1, "param": A}),
        (7, {"kind": "abc", "param": A}),
        (7, {"kind": True, "param": A}),
        (8, {"kind": 1, "param": ""}),
        (8, {"kind": 1, "param": ...}),
        (8, {"kind": 2, "param": ...}),
        (9, {"kind": 2, "param": "not-an-email"}),
        (12, {"kind": 1, "param": "12ab"}),
        (13, {"kind": 1, "param": A, "number": seed.FOREIGN_NUMBER}),
        (13, {"kind": 1, "param": A, "number": "33999"}),
        (13, {"kind": 1, "param": A, "number": "pizza"}),
        (15, {"kind": 0, "number": seed.INACTIVE_NUMBER}),
        (15, {"kind": 1, "param": A, "number": seed.INACTIVE_NUMBER}),
        (15, {"kind": 2, "param": MAIL, "number": seed.INACTIVE_NUMBER}),
    ],
)
@pytest.mark.parametrize("status", [400, 200])
def test_rows_12_to_19_and_22_refusals(api: Client, code: int, request_: dict[str, Any], status: int) -> None:
    api.switch(error_http_status=status)
    before = api.simulator.state()
    assert api.code(status=status, **request_) == code
    assert api.simulator.state() == before


def test_row_13_zero_is_not_missing(api: Client) -> None:
    assert api.code(0) == 14


def test_row_16_the_published_anomaly(api: Client) -> None:
    api.switch(email_error_code=5)
    answer = api(2, "not-an-email").json()
    assert (answer["code"], answer["message"]) == (5, "email is not valid")


def test_row_20_the_order_of_validation(api: Client) -> None:
    wrong: dict[str, Any] = {"apiKey": "", "number": "", "kind": 9, "param": ""}
    assert api.code(**wrong) == 10
    assert api.code(**{**wrong, "apiKey": seed.API_KEY}) == 5
    number = {**wrong, "apiKey": seed.API_KEY, "number": "33999999999"}
    assert api.code(**number) == 7
    assert api.code(**{**number, "kind": 1}) == 8
    assert api.code(**{**number, "kind": 1, "param": "12ab"}) == 12
    assert api.code(**{**number, "kind": 1, "param": A}) == 13
    assert api.code(1, A, number=seed.INACTIVE_NUMBER) == 15


def test_row_23_what_is_not_json(api: Client) -> None:
    api.switch(error_http_status=200)
    for body in ("{", "[1]", ""):
        answer = api.session.post(api.url, data=body, headers={"Content-Type": "application/json"}, timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (400, 90)
    # The vendor's own client does not name the type (smspartner.md 2).
    bare = f'{{"apiKey": "{seed.API_KEY}", "number": "{seed.NUMBER}", "type": 1, "param": "{A}"}}'
    assert api.session.post(api.url, data=bare.encode(), timeout=10).json()["success"] is True


@pytest.mark.parametrize("path", ["/vn/callforward", f"/vn/callforward/{seed.NUMBER}", "/vn/list", "/vn", ""])
def test_row_24_nothing_can_be_read(api: Client, path: str) -> None:
    api.ok(1, A)
    answer = api.session.get(
        api.simulator.smspartner_api_url + path, params={"apiKey": seed.API_KEY, "number": seed.NUMBER}, timeout=10
    )
    assert answer.status_code in (404, 405)
    assert answer.json()["success"] is False
    assert A not in answer.text


@pytest.mark.parametrize("form", ["newer", "older"])
def test_row_25_the_account(api: Client, form: str) -> None:
    api.switch(credits_form=form)
    url = api.simulator.smspartner_api_url + "/me"
    found = api.session.get(url, params={"apiKey": seed.API_KEY}, timeout=10).json()
    assert (found["success"], found["code"], found["user"]["username"]) == (True, 200, "ops@example.org")
    assert {"creditSms", "creditHlr", "toSend", "balance", "currency"} <= set(found["credits"])
    assert ("creditSmsECO" in found["credits"], "creditSmsLowCost" in found["credits"]) == (
        form == "newer",
        form == "older",
    )
    refused = api.session.get(url, params={"apiKey": "unknown"}, timeout=10)
    assert (refused.status_code, refused.json()["code"]) == (400, 10)


def test_row_26_over_the_budget(api: Client) -> None:
    api.simulator.set_limits({"smspartner": {"default": {"requests": 2, "window": 60}}})
    api.ok(1, A)
    api.code(1, A)
    answer = api(0)
    assert (answer.status_code, answer.json()["code"]) == (429, 429)
    assert int(answer.headers["Retry-After"]) > 0
    assert api.stored() == (1, A)


def test_row_27_the_control_interface_shows_what_the_api_hides(api: Client) -> None:
    api.ok(2, MAIL)
    assert api.stored() == (2, MAIL)
    api.simulator.put_state(api.simulator.state())
    assert api.stored() == (2, MAIL)
    assert [entry["body"]["apiKey"] for entry in api.simulator.requests()] == ["***"]


@pytest.mark.parametrize(
    ("kind", "param", "number", "code"),
    [(1, A, seed.NUMBER, 16), (2, MAIL, seed.NUMBER, 17), (0, "", seed.FORWARDED_NUMBER, 18)],
)
def test_row_28_a_lost_answer(api: Client, kind: int, param: str, number: str, code: int) -> None:
    api.simulator.add_faults([{"provider": "smspartner", "kind": "drop_after", "times": 1}])
    with pytest.raises(requests.ConnectionError):
        api(kind, param, number=number)
    assert api.stored(number) == (kind, param)
    assert api.code(kind, param, number=number) == code


def test_switch_type_zero(api: Client) -> None:
    api.switch(type_zero="leaves_voicemail")
    assert api.code(0, number=seed.VOICEMAIL_NUMBER) == 17
    assert api.stored(seed.VOICEMAIL_NUMBER) == (2, MAIL)
    api.switch(type_zero="clears_voicemail")
    api.ok(0, number=seed.VOICEMAIL_NUMBER)
    assert api.stored(seed.VOICEMAIL_NUMBER) == (0, "")


def test_switch_type_as_text(api: Client) -> None:
    assert api.code("1", A) == 7
    api.switch(type_as_text="accepted")
    api.ok("1", A)
    assert api.stored() == (1, A)


@pytest.mark.parametrize("position", ["any", "international", "plus", "national"])
def test_switch_number_format(api: Client, position: str) -> None:
    api.switch(number_format=position, conflict_policy="overwrite")
    spelled = {
        "international": (seed.NUMBER, A),
        "plus": (f"+{seed.NUMBER}", f"+{A}"),
        "national": (f"0{seed.NUMBER[2:]}", f"0{A[2:]}"),
    }
    for name, (number, target) in spelled.items():
        if position in ("any", name):
            api.ok(1, target, number=number)
            assert api.stored() == (1, A)
        else:
            assert api.code(1, target, number=number) == 12
            assert api.code(0, number=number) == 13


def test_switch_language(api: Client) -> None:
    assert api(1, A, number="33999999999").json()["message"] == "virtual number unknown"
    api.switch(language="fr")
    assert api(1, A, number="33999999999").json()["message"] == "numéro virtuel inconnu"


def test_an_account_can_be_refused(api: Client) -> None:
    state = api.simulator.state()
    state["smspartner"]["accounts"][seed.API_KEY]["refused_with"] = 96
    api.simulator.put_state(state)
    assert api.code(1, A) == 96


def test_every_switch_stands_in_the_readme() -> None:
    readme = (Path(__file__).resolve().parents[2] / "simulator/README.md").read_text()
    table = readme.partition("## Switches: SMS Partner")[2].partition("\n## ")[0]
    for switch in SWITCHES:
        values = ", ".join(f"`{value}`" for value in switch.values)
        assert f"| `{switch.name}` | {values} | {switch.stands_for} |" in table
