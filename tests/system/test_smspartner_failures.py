# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMS Partner when things go wrong: lost answers, interruptions, kills, refusals, bad input, secrets."""

from __future__ import annotations

import itertools
import logging
import time
from pathlib import Path
from typing import Any

import pytest
from system_office import settle
from system_processes import ModuleProcess
from system_support import PACKAGE, Json, SkippingClock, assert_clear, leaks, run_module, texts_of
from system_switches import combinations, in_every_position

from simulator.harness import Simulator
from simulator.smspartner import seed

A, B, MAIL = "33353010001", "33353010002", "accueil@example.org"
NUMBER = seed.FORWARDED_NUMBER
MODULE = "smspartner_callforward"
POST = {"provider": "smspartner", "method": "POST"}
State = tuple[int, str]
LONGEST = 20


class SmsPartnerOffice:
    """One number on the simulator that forwards to A; what is desired is B unless set otherwise."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self.journal = str(folder / "journal.json")
        self.plant((1, A))

    def plant(self, state: State, **members: Any) -> None:
        document = self.simulator.state()
        numbers = document["smspartner"]["accounts"][seed.API_KEY]["numbers"]
        numbers[NUMBER] = {**seed.number(*state, configured=True), **members}
        self.simulator.put_state(document)

    def stored(self) -> State:
        record = self.simulator.state()["smspartner"]["accounts"][seed.API_KEY]["numbers"][NUMBER]
        return record["type"], record["param"]

    def options(self, **options: Any) -> Json:
        connection = {"api_key": seed.API_KEY, "api_url": self.simulator.smspartner_api_url}
        return {**connection, "number": f"+{NUMBER}", "destination": f"+{B}", **options}

    def run(self, *, check: bool = False, clock: SkippingClock | None = None, **options: Any) -> Json:
        result = run_module(MODULE, self.options(**options), check=check, clock=clock)
        assert not leaks(result["printed"])
        return result

    def remember(self, state: State = (1, A)) -> None:
        """Let the journal know *state*, which the number then has."""
        self.plant((0, ""))
        desired: Json = {"state": "disabled", "destination": None}
        if state[0] == 1:
            desired = {"destination": f"+{state[1]}"}
        elif state[0] == 2:
            desired = {"state": "voicemail", "email": state[1], "destination": None}
        assert not self.run(journal=self.journal, **desired).get("failed")
        assert self.stored() == state
        self.simulator.clear_requests()

    def sent(self) -> list[tuple[int, str]]:
        """Type and param of the requests so far; empties the log."""
        log = self.simulator.requests()
        self.simulator.clear_requests()
        return [(entry["body"]["type"], entry["body"]["param"]) for entry in log if entry["method"] == "POST"]


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> SmsPartnerOffice:
    return SmsPartnerOffice(simulator, tmp_path)


@pytest.mark.parametrize(
    "case",
    combinations(
        kind=("drop_after", "truncate"),
        start=((0, ""), (1, A), (2, MAIL)),
        journal=(True, False),
        on_conflict=("keep", "replace", "fail"),
        position=(0, 1, 2),
    ),
    ids=lambda case: "-".join(map(str, case.values())),
)
def test_a_lost_answer(office: SmsPartnerOffice, case: Json) -> None:
    """The answer to the first, second or third request is lost: what is said to be done is done."""
    kind, start, journal, on_conflict, position = case.values()
    if journal:
        office.remember(start)
    else:
        office.plant(start)
    office.simulator.add_faults([{**POST, "kind": kind, "after": position, "times": 1}])
    options: Json = {"on_conflict": on_conflict, **({"journal": office.journal} if journal else {})}
    result = office.run(**options)
    done = office.stored() == (1, B)
    if result.get("failed"):
        assert (office.stored(), result["changed"]) == (start, False)
        assert on_conflict != "replace"
        assert not journal
    else:
        assert done or any("may not be in force" in text for text in texts_of(result))
        assert result["callforward"]["destination_verified"] <= done
        assert result["changed"] is True or not done
        assert done or not (journal or on_conflict == "replace")
    if done and journal:
        office.sent()
        again = office.run(**options)
        assert (again["changed"], office.sent()) == (False, [])


FAILURES: dict[str, tuple[Json, bool]] = {
    # What befalls the request that switches the number on again, and whether it may have worked all the same.
    "refused": ({"kind": "status", "status": 400, "body": {"success": False, "code": 12, "message": "no"}}, False),
    "refused_with_200": (
        {"kind": "status", "status": 200, "body": {"success": False, "code": 99, "message": "no"}},
        False,
    ),
    "login": ({"kind": "status", "status": 400, "body": {"success": False, "code": 30, "message": "no"}}, False),
    "server": ({"kind": "status", "status": 503}, True),
    "limit": ({"kind": "status", "status": 429}, False),
    "dropped": ({"kind": "drop_before"}, True),
    "unreadable": ({"kind": "status", "status": 200, "body": "<html><title>Gateway</title>"}, True),
}


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("journal", [True, False])
def test_replacing_is_interrupted_and_the_next_run_repairs_it(
    office: SmsPartnerOffice, name: str, journal: bool
) -> None:
    fault, doubtful = FAILURES[name]
    options: Json = {"on_conflict": "replace"}
    if journal:
        office.remember()
        options["journal"] = office.journal
    office.simulator.add_faults([{**POST, **fault, "after": 2}])
    result = office.run(**options)
    assert office.stored() == (0, "")
    assert_clear(result, f"+{NUMBER} is now off", "Run again to repair it")
    assert ("or already set to" in result["msg"]) is doubtful
    assert (result["changed"], result["failure"]["kind"]) == (True, "interrupted")
    assert result["results"][0]["status"] == "unknown"
    assert result["callforward"]["state"] == (None if doubtful else "disabled")
    sent = office.sent()
    assert sent[:2] == [(1, B), (0, "")]
    tries = {"login": 1, "refused": 3, "refused_with_200": 3, "unreadable": 3}.get(name, 4)
    assert sent[2:] == [(1, B)] * tries

    office.simulator.clear_faults()
    again = office.run(**options)
    assert (again.get("msg"), again["changed"], office.stored()) == (None, True, (1, B))
    assert office.sent() == [(1, B)]
    if journal:
        assert (office.run(**options)["changed"], office.sent()) == (False, [])


def test_switching_off_fails_before_anything_is_lost(office: SmsPartnerOffice) -> None:
    refused = {"kind": "status", "status": 400, "body": {"success": False, "code": 99, "message": "no"}}
    office.simulator.add_faults([{**POST, **refused, "after": 1}])
    result = office.run(on_conflict="replace")
    assert_clear(result, "code 99")
    assert (result["changed"], office.stored()) == (False, (1, A))


def test_a_journal_that_each_run_would_find_elsewhere(office: SmsPartnerOffice) -> None:
    result = office.run(journal="journal.json")
    assert_clear(result, "journal: journal.json is a relative path", "Write an absolute path")
    assert (result["changed"], office.sent()) == (False, [])


def test_no_time_is_left_to_replace(office: SmsPartnerOffice) -> None:
    result = office.run(on_conflict="replace", deadline=20)
    assert_clear(result, "before the deadline", "Raise deadline")
    assert (result["changed"], office.stored(), office.sent()) == (False, (1, A), [(1, B)])


@pytest.mark.parametrize(
    ("policy", "position"), [("mode_only", 0), ("mode_only", 1), ("mode_only", 2), ("exact_match", 0)]
)
def test_a_run_is_killed_while_a_request_is_under_way(office: SmsPartnerOffice, position: int, policy: str) -> None:
    """Whatever the killed run had done, the journal lets the next one finish, and the one after that be quiet."""
    office.remember()
    office.simulator.set_switches({"smspartner": {"conflict_policy": policy}})
    office.simulator.add_faults([{**POST, "kind": "delay", "seconds": 0.5, "after": position, "times": 1}])
    # With exact_match there is only one request.
    needed = 1 if policy == "exact_match" else position + 1
    ends = time.monotonic() + LONGEST
    process = ModuleProcess(MODULE, office.options(journal=office.journal))
    while len(office.simulator.requests()) < needed:
        assert time.monotonic() < ends
        time.sleep(0.01)
    process.kill()
    settle(office.simulator)
    office.simulator.clear_faults()
    office.sent()
    left = office.stored()
    result = office.run(journal=office.journal)
    assert (result.get("msg"), office.stored(), texts_of(result)) == (None, (1, B), [])
    # Where A cannot be reported from B, B is set anew.
    assert result["changed"] is (left != (1, B) or len(office.sent()) == 3)
    office.sent()
    assert (office.run(journal=office.journal)["changed"], office.sent()) == (False, [])


def test_every_switch_in_every_position(office: SmsPartnerOffice) -> None:
    """With the journal, check mode is exact and a second run quiet in each; replacing ends as desired."""
    office.plant((0, ""))

    def play(switch: str, value: Any) -> None:
        Path(office.journal).unlink(missing_ok=True)
        spelled = (
            {"number_format": value}
            if (switch, value) in (("number_format", "plus"), ("number_format", "national"))
            else {}
        )
        for goal in ({}, {"destination": f"+{A}"}, {"state": "voicemail", "email": MAIL, "destination": None}):
            options = {
                "journal": office.journal,
                "on_conflict": "replace",
                "check_credentials": True,
                **spelled,
                **goal,
            }
            predicted, done = office.run(check=True, **options), office.run(**options)
            if switch == "type_zero" and value == "leaves_voicemail" and done.get("failed"):
                raise AssertionError(done["msg"])
            assert done.get("msg") is None
            for name in ("changed", "plan", "diff"):
                assert predicted[name] == done[name]
            office.sent()
            assert (office.run(**options)["changed"], office.sent()) == (False, [])
        assert office.stored() == (2, MAIL)
        off = office.run(state="disabled", destination=None, journal=office.journal, **spelled)
        if (switch, value) == ("type_zero", "leaves_voicemail"):
            assert_clear(off, "voicemail is already on", "code 17")
            assert (off["changed"], office.stored()) == (False, (2, MAIL))
        else:
            assert (off.get("msg"), off["changed"], office.stored()) == (None, True, (0, ""))

    moved = in_every_position(office.simulator, "smspartner", play)
    assert {"conflict_policy", "type_zero", "number_format"} <= moved


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        (10, ["API key is missing or wrong", "portal"], "authentication"),
        (1, ["code 1, 'said'"], "rejected"),
        (5, ["code 5"], "rejected"),
        (6, ["code 6"], "rejected"),
        (9, ["e-mail address is not valid"], "rejected"),
        (11, ["credit"], "rejected"),
        (12, ["not a number that it forwards to"], "rejected"),
        (13, ["does not exist on the account", "number_format"], "rejected"),
        (14, ["not enabled for this number"], "rejected"),
        (15, ["number itself is disabled"], "rejected"),
        (18, ["code 18"], "rejected"),
        (20, ["deactivated"], "authentication"),
        (30, ["blocked"], "authentication"),
        (40, ["may not use the API"], "authentication"),
        (96, ["IP address", "allow-list"], "authentication"),
        (4711, ["code 4711"], "rejected"),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 403, 404, 500, 503])
def test_business_errors_are_read_whatever_the_status(
    office: SmsPartnerOffice, code: int, words: list[str], kind: str, status: int
) -> None:
    body = {"success": False, "code": code, "message": "said"}
    office.simulator.add_faults([{**POST, "kind": "status", "status": status, "body": body}])
    result = office.run()
    if code in (6,):
        assert f"code {code}" in result["msg"]
    else:
        assert_clear(result, *words)
    assert (result["changed"], result["failure"]["kind"], result["failure"]["code"]) == (False, kind, str(code))
    assert (result["results"][0]["code"], result["results"][0]["message"]) == (code, "said")
    assert len(office.sent()) == 1


@pytest.mark.parametrize("state", ["disabled", "forward"])
@pytest.mark.parametrize("code", [429, 500])
@pytest.mark.parametrize("status", [200, 400])
def test_codes_that_are_worth_another_try(office: SmsPartnerOffice, code: int, status: int, state: str) -> None:
    body = {"success": False, "code": code, "message": "later"}
    office.simulator.add_faults([{**POST, "kind": "status", "status": status, "body": body, "times": 2}])
    desired = {"state": "disabled", "destination": None} if state == "disabled" else {"destination": f"+{B}"}
    office.plant((0, "") if state == "forward" else (1, A))
    result = office.run(**desired)
    assert (result.get("msg"), result["changed"], result["api_calls"]["retries"]) == (None, True, 2)
    assert result["results"][0]["attempts"] == 3


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "status", "status": 401}, ["refused (HTTP 401)", "api_key"]),
        ({"kind": "status", "status": 404, "body": "<html>"}, ["does not exist (HTTP 404)", "api_url"]),
        ({"kind": "status", "status": 418, "body": "<html><title>Teapot</title>"}, ["HTTP 418", "Teapot"]),
        ({"kind": "status", "status": 200, "body": {"success": 1}}, ["which does not show whether it succeeded"]),
        (
            {"kind": "status", "status": 200, "body": [seed.API_KEY]},
            ["which does not show whether it succeeded", "****"],
        ),
        (
            {"kind": "status", "status": 302, "headers": {"Location": "https://elsewhere.example"}},
            ["elsewhere.example"],
        ),
        ({"kind": "garbage"}, ["Gateway"]),
        ({"kind": "drop_before"}, ["connection", "Run again"]),
    ],
)
def test_answers_that_are_not_its_own(office: SmsPartnerOffice, fault: Json, words: list[str]) -> None:
    office.plant((0, ""))
    office.simulator.add_faults([{**POST, **fault}])
    assert_clear(office.run(), *words)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"api_key": ""}, ["no SMS Partner API key", "SMSPARTNER_API_KEY"]),
        ({"api_key": "Fake-unknown-key"}, ["API key is missing or wrong"]),
        ({"api_key": "clé"}, ["characters that no key has"]),
        ({"api_url": "http://api.smspartner.fr/v1"}, ["api_url", "unencrypted", "https://"]),
        ({"number": f"+{seed.FOREIGN_NUMBER}"}, ["does not exist on the account"]),
        ({"number": f"+{seed.INACTIVE_NUMBER}"}, ["number itself is disabled"]),
        ({"number": "02 61 91 00 03"}, ["set the region"]),
        ({"number": 33261910003}, ["in quotes"]),
        ({"destination": f"+{NUMBER}"}, ["forwarded to itself"]),
        ({"destination": "+33 899 70 00 00"}, ["premium-rate", "policy"]),
        ({"policy": {"allowed_countries": ["SE"]}}, ["is in FR", "policy.allowed_countries"]),
        ({"destination": None}, ["destination"]),
        ({"state": "voicemail", "destination": None}, ["email"]),
        ({"state": "voicemail", "email": MAIL}, ["destination belongs to state forward"]),
        ({"state": "voicemail", "destination": None, "email": "a@b.fr, c@d.fr"}, ["not one e-mail address"]),
        ({"state": "voicemail", "destination": None, "email": "accueil"}, ["not one e-mail address"]),
        ({"state": "disabled"}, ["destination belongs to state forward"]),
        ({"previous_destination": "nobody"}, ["previous_destination"]),
        ({"journal": "/nowhere/at/all.json"}, ["/nowhere/at/all.json", "Create the folder"]),
    ],
)
@pytest.mark.parametrize("check", [False, True])
def test_bad_input_gives_one_clear_sentence(
    office: SmsPartnerOffice, options: Json, words: list[str], check: bool
) -> None:
    before = office.simulator.state()
    result = office.run(check=check, **{"check_credentials": True, **options})
    only_provider_knows = {f"+{seed.FOREIGN_NUMBER}", f"+{seed.INACTIVE_NUMBER}"}
    if check and options.get("number") in only_provider_knows:
        assert not result.get("failed")
    elif "required" in result["msg"] or "missing:" in result["msg"]:
        assert words[0] in result["msg"]
    else:
        assert_clear(result, *words)
        assert result["changed"] is False
    assert office.simulator.state() == before


def test_the_key_is_checked_once_before_the_first_write(office: SmsPartnerOffice) -> None:
    items = [{"number": f"+{number}", "destination": f"+{B}"} for number in (seed.NUMBER, seed.SECOND_NUMBER, NUMBER)]
    options = {"api_key": seed.API_KEY, "api_url": office.simulator.smspartner_api_url, "callforwards": items}
    run_module("smspartner_callforwards", {**options, "check_credentials": True})
    methods = [entry["method"] for entry in office.simulator.requests()]
    assert (methods[0], sorted(methods)) == ("GET", ["GET", "POST", "POST", "POST"])
    office.simulator.clear_requests()
    refused = run_module(
        "smspartner_callforwards", {**options, "api_key": "Fake-unknown-key", "check_credentials": True}
    )
    assert_clear(refused, "SMS Partner refuses the account: the API key is missing or wrong")
    assert [entry["method"] for entry in office.simulator.requests()] == ["GET"]


def test_the_key_is_in_no_log_record_and_in_no_error(
    office: SmsPartnerOffice, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    me = {"provider": "smspartner", "method": "GET"}
    faults: list[Json] = [
        {"kind": "drop_before"},
        {"kind": "garbage"},
        {"kind": "status", "status": 503},
        {"kind": "status", "status": 400, "body": {"success": False, "code": 10, "message": f"key {seed.API_KEY}"}},
        {"kind": "status", "status": 301, "headers": {"Location": f"https://x.example/?apiKey={seed.API_KEY}"}},
    ]
    for base, fault in itertools.product((me, POST), faults):
        office.simulator.clear_faults()
        office.simulator.add_faults([{**base, **fault}])
        result = office.run(check_credentials=base is me, journal=office.journal)
        assert result["failed"] is True
    unreachable = office.run(api_url="http://127.0.0.1:9/v1", check_credentials=True)
    assert unreachable["failed"] is True
    assert not leaks(caplog.text)
    assert not [file for file in tmp_path.iterdir() if leaks(file.read_text())]


@pytest.mark.parametrize(
    ("number_format", "number", "destination"),
    [
        ("international", NUMBER, "46701740605"),
        ("plus", f"+{NUMBER}", "+46701740605"),
        ("national", "0261910003", "0046701740605"),
        ("raw", "02.61.91.00.03", "+46 70 174 06 05"),
    ],
)
def test_numbers_are_spelled_as_asked(
    office: SmsPartnerOffice, number_format: str, number: str, destination: str
) -> None:
    office.plant((0, ""))
    done = office.run(number="02.61.91.00.03", destination="+46 70 174 06 05", region="FR", number_format=number_format)
    assert (done.get("msg"), done["callforward"]["number"]) == (None, f"+{NUMBER}")
    (request,) = office.simulator.requests()
    assert request["body"] == {"apiKey": "***", "number": number, "type": 1, "param": destination}
    assert office.stored() == (1, "46701740605")


def test_a_list_tells_what_became_of_each(office: SmsPartnerOffice) -> None:
    items: list[Json] = [
        {"number": f"+{seed.NUMBER}", "destination": f"+{B}"},
        {"number": f"+{NUMBER}", "destination": f"+{B}", "on_conflict": "fail"},
        {"number": f"+{seed.VOICEMAIL_NUMBER}", "state": "voicemail", "email": MAIL},
        {"number": f"+{seed.SECOND_NUMBER}", "state": "disabled"},
    ]
    options = {"api_key": seed.API_KEY, "api_url": office.simulator.smspartner_api_url, "callforwards": items}
    result = run_module("smspartner_callforwards", options)
    assert [item["status"] for item in result["results"]] == ["applied", "failed", "unchanged", "unchanged"]
    assert_clear(result, "1 applied", "1 failed", "2 already right", f"callforwards[1] (+{NUMBER})")
    assert (result["changed"], result["failure"]["applied"]) == (True, [f"+{seed.NUMBER}"])
    assert list(result["diff"]["after"]) == [f"+{seed.NUMBER}"]
    twice = run_module("smspartner_callforwards", {**options, "callforwards": [*items, items[0]]})
    assert_clear(twice, "callforwards[4]", "already at callforwards[0]")


def test_a_journal_that_cannot_be_written_after_the_request_is_reported(
    office: SmsPartnerOffice, monkeypatch: Any
) -> None:
    import importlib

    private = importlib.import_module(f"{PACKAGE}.module_utils._files.private")
    office.remember()

    def full(path: Any, text: str, **how: Any) -> None:
        raise OSError(28, "No space left on device")

    write = private.write
    calls = []

    def first_only(path: Any, text: str, **how: Any) -> None:
        calls.append(text)
        (write if len(calls) == 1 else full)(path, text, **how)

    monkeypatch.setattr(private, "write", first_only)
    office.plant((0, ""))
    result = office.run(journal=office.journal)
    assert (result.get("msg"), result["changed"], office.stored()) == (None, True, (1, B))
    assert any("the journal could not be updated" in text and "No space left" in text for text in texts_of(result))
    monkeypatch.setattr(private, "write", full)
    office.sent()
    refused = office.run(journal=office.journal, destination=f"+{A}")
    assert_clear(refused, "No space left", "journal")
    assert (refused["changed"], office.sent()) == (False, [])
