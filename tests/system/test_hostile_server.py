# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that break HTTP's rules: every task ends in time, with a sentence, and tells the truth about the account."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import system_fonedynamics
import system_office
import system_ringcentral
from system_hostile import MANNERS, Front, Seen, described
from system_support import FUZZ, Json, assert_clear, leaks, run_module

from simulator.harness import Simulator
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed as sonetel

# Seconds of real time that a task may take, with all that a busy machine adds to a deadline of less than one.
BOUND = 10.0
SLOW = {"timeout": 0.25, "deadline": 0.6}
FAST = {"timeout": 8.0, "deadline": 60.0}


@dataclass
class Job:
    """A task and what it shall change. *run* takes further options; *held* is what the account has."""

    run: Callable[..., Json]
    held: Callable[[], Any]
    goal: Any
    check: Callable[[Json], None] = lambda result: None


def forwardings(simulator: Simulator, front: Front, _folder: Path) -> Job:
    office = system_office.SonetelOffice(simulator, 2, named=False)
    urls: Json = {
        "api_url": front.through(simulator.sonetel_api_url), "auth_url": front.through(simulator.sonetel_auth_url)
    }  # fmt: skip

    def check(result: Json) -> None:
        if "results" in result:
            office.check_account(result)

    return Job(lambda **options: office.run(**urls, **options), office.stored, office.goal, check)


def voiceapps(simulator: Simulator, front: Front, _folder: Path) -> Job:
    """One is made and one is deleted."""

    def held() -> list[str]:
        apps = simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["voiceapps"]
        return sorted(app["name"] for app in apps.values())

    before, gone = held(), "Sales voicemail"
    entries = [
        {"name": "Hostile", "type": "menu", "voice": "en", "menu": [{"key": 1, "hang_up": True}]},
        {"name": gone, "state": "absent", "force": True},
    ]

    def run(**options: Any) -> Json:
        given = {
            "username": sonetel.ADMIN_EMAIL, "password": sonetel.ADMIN_PASSWORD,
            "api_url": front.through(simulator.sonetel_api_url),
            "auth_url": front.through(simulator.sonetel_auth_url), "voiceapps": entries, **options,
        }  # fmt: skip
        return run_module("sonetel_voiceapps", given)

    return Job(run, held, sorted([*(name for name in before if name != gone), "Hostile"]))


def flip_numbers(simulator: Simulator, front: Front, folder: Path) -> Job:
    """One forwarding number is made, one is changed, one is deleted."""
    office = system_ringcentral.RingCentralOffice(simulator, folder)
    home = {"extension": "101", "phone_number": "+16505550101", "label": "Old"}
    third = {"extension": "101", "phone_number": "+16505550103", "label": "Third"}
    assert not office.apply([home, third]).get("failed")
    names = ("phoneNumber", "label")
    before = office.listed(*names)
    office.options["server_url"] = front.through(simulator.ringcentral_server_url)
    entries = [system_ringcentral.CELL, {**home, "label": "New"}, {**third, "state": "absent"}]
    goal = sorted(
        [
            ("+16505550100", "Cell"),
            ("+16505550101", "New"),
            *(item for item in before if item[1] not in ("Old", "Third")),
        ]
    )
    return Job(lambda **options: office.apply(entries, **options), lambda: office.listed(*names), goal)


def numbers(simulator: Simulator, front: Front, _folder: Path) -> Job:
    account = system_fonedynamics.FoneDynamicsAccount(simulator)
    url = front.through(simulator.fonedynamics_api_url)

    def held() -> Any:
        return {number: system_fonedynamics.comparable(record) for number, record in account.stored().items()}

    goal = {number: system_fonedynamics.comparable(record) for number, record in account.goal().items()}

    def check(result: Json) -> None:
        if "results" in result:
            account.check_truth(result, account.goal())

    return Job(lambda **options: account.run(api_url=url, **options), held, goal, check)


def callforward(simulator: Simulator, front: Front, folder: Path) -> Job:
    document = simulator.state()
    stored = document["smspartner"]["accounts"][smspartner.API_KEY]["numbers"]
    stored[smspartner.FORWARDED_NUMBER] = smspartner.number(1, "33353010001", configured=True)
    simulator.put_state(document)

    def held() -> Any:
        found = simulator.state()["smspartner"]["accounts"][smspartner.API_KEY]["numbers"]
        return tuple(found[smspartner.FORWARDED_NUMBER][name] for name in ("type", "param"))

    def run(**options: Any) -> Json:
        given = {
            "api_key": smspartner.API_KEY, "api_url": front.through(simulator.smspartner_api_url),
            "callforwards": [{"number": f"+{smspartner.FORWARDED_NUMBER}", "destination": "+33353010002"}],
            "journal": str(folder / "journal.json"), "on_conflict": "replace", **options,
        }  # fmt: skip
        return run_module("smspartner_callforwards", given)

    return Job(run, held, (1, "33353010002"))


# What is done to which requests: a name, the task, the method and a part of the path.
PLACES = {
    "sonetel_login": (forwardings, "POST", "/oauth/token"),
    "sonetel_read": (forwardings, "GET", "/phonenumbersubscription"),
    "sonetel_update": (forwardings, "PUT", "/phonenumbersubscription/"),
    "sonetel_create": (voiceapps, "POST", "/voiceapp"),
    "sonetel_delete": (voiceapps, "DELETE", "/voiceapp/"),
    "ringcentral_login": (flip_numbers, "POST", "/oauth/token"),
    "ringcentral_read": (flip_numbers, "GET", "/forwarding-number"),
    "ringcentral_create": (flip_numbers, "POST", "/forwarding-number"),
    "ringcentral_update": (flip_numbers, "PUT", "/forwarding-number/"),
    "ringcentral_delete": (flip_numbers, "DELETE", "/forwarding-number/"),
    "fonedynamics_read": (numbers, "GET", "/Numbers"),
    "fonedynamics_update": (numbers, "POST", "/Numbers/"),
    "smspartner_update": (callforward, "POST", "/vn/callforward"),
}
# One of each provider.
WRITES = ["sonetel_update", "ringcentral_create", "fonedynamics_update", "smspartner_update"]


def chosen(places: list[str]) -> list[tuple[str, str]]:
    """Every manner at one place, so that each place has its turn; in a long run, at all places."""
    each = len(places) if FUZZ else 1
    return [
        (places[(number * each + turn) % len(places)], manner)
        for number, manner in enumerate(MANNERS)
        for turn in range(each)
    ]


def run_through(simulator: Simulator, folder: Path, place: str, manner: str, times: int | None) -> tuple[Job, Json]:
    """Run a task through a front that treats the requests of one place in a manner, and judge what it says."""
    build, method, path = PLACES[place]
    left = [None] * times if times is not None else None

    def plan(seen: Seen) -> str:
        concerned = seen.method == method and path in seen.path
        if concerned and left is not None:
            concerned = bool(left)
            del left[:1]
        return manner if concerned else "fine"

    with Front(simulator.url, plan) as front:
        job = build(simulator, front, folder)
        before = job.held()
        started = time.monotonic()
        result = job.run(**(SLOW if MANNERS[manner].slow else FAST))
        took = time.monotonic() - started
    what = described(front.seen) + str(result.get("msg"))
    assert any(seen.manner == manner for seen in front.seen), what
    assert took < BOUND, what
    assert not leaks(result["printed"])
    if result.get("failed"):
        assert_clear(result)
    elif MANNERS[manner].carried_out < 2 or place != "sonetel_create":  # which allows two of the same name
        assert job.held() == job.goal, what
    assert "defect" not in result["printed"]
    assert "Traceback" not in result["printed"]
    if result["changed"] is False:
        assert job.held() == before, what
    job.check(result)
    return job, result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "shared"
    path.mkdir(mode=0o700)
    return path


@pytest.mark.parametrize(("place", "manner"), chosen(list(PLACES)))
def test_always(simulator: Simulator, folder: Path, place: str, manner: str) -> None:
    """From the first such request on, every one is treated like that."""
    _job, result = run_through(simulator, folder, place, manner, None)
    if MANNERS[manner].usable:
        assert not result.get("failed"), result["msg"]
    elif MANNERS[manner].usable is False and place.endswith(("_login", "_read")):
        assert result.get("failed"), str(result)[:1500]
        assert result["changed"] is False


@pytest.mark.parametrize(("place", "manner"), chosen(WRITES))
def test_once(simulator: Simulator, folder: Path, place: str, manner: str) -> None:
    """What became of a single write can be seen afterwards; a run without trouble finishes the rest."""
    run_through(simulator, folder, place, manner, 1)
