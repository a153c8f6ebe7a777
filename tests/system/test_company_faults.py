# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random RingCentral companies and random faults: results are true, and no number ever leads to what is half made.

`FUZZ=1000` plays that many companies instead of a few, others each time.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from system_company import CompanyOffice, in_turn
from system_company_files import OF_PEOPLE, SITES, companies, switches, with_files, without
from system_company_fuzz import DOORS, KINDS, SIMULATED, TWICE, Account, Fault, behind, faults
from system_office import settle
from system_rerouting import Killed
from system_support import FUZZ, Json, leaks, run_module

from simulator.harness import Simulator

COUNT = FUZZ or 5
# So many companies meet every kind of fault.
_MANY = 300
_TOUCHED = {"applied", "partly", "unknown"}
_GOES_ROUND = "goes round and never reaches anybody"
# What nobody can tell apart when the network delivers it twice: RingCentral makes two of them.
_NAMES_ARE_FREE = ("/answering-rule", "/ivr-prompts")


class Run:
    """One run of a company's file. *result* is None where it was killed."""

    def __init__(self, result: Json | None, before: Json, now: Json) -> None:
        self.result = result
        self.before = Account(before)
        self.now = Account(now)
        self.same = json.dumps(before["company"]) + json.dumps(before["extensions"]) == (
            json.dumps(now["company"]) + json.dumps(now["extensions"])
        )


class FuzzedCompany(CompanyOffice):
    """The simulator's default account with some switches moved, and a file for it."""

    def __init__(self, simulator: Simulator, folder: Path, lists: Json, moved: Json) -> None:
        super().__init__(simulator, folder)
        simulator.set_switches({"ringcentral": {"multi_level_ivr": "no", **moved}})
        self.lists = with_files(lists, folder)
        self.met: Counter[str] = Counter()
        # What was wrong with doors. Modules catch what happens while they ask, so that it is not raised at once.
        self._doors: list[str] = []

    @property
    def items(self) -> list[tuple[str, Json]]:
        return [(kind, item) for kind, items in self.lists.items() for item in items]

    def play(self, planned: Sequence[Fault] = (), *, check: bool = False) -> Run:
        """Apply the file while *planned* faults happen, and look at the doors after every write."""
        before = self.account()
        start = Account(before)
        planted = [fault for fault in planned if fault.kind in SIMULATED]
        self.simulator.add_faults([fault.planted for fault in planted])
        options = {
            "office": "fuzzed",
            "region": "US",
            "verify": False,
            "ringcentral_connection": self.options,
            "ringcentral": self.lists,
        }
        self.simulator.clear_requests()
        result = None
        with in_turn(), _line(planned, lambda: self._check_doors(start), self.met):
            try:
                result = run_module("office", options, check=check)
            except Killed:
                self.met["killed"] += 1
        assert not self._doors, self._doors[0]
        settle(self.simulator)
        self.settle()
        for fault, found in zip(planted, self.simulator.faults(), strict=True):
            self.met[fault.kind] += found["hits"]
        self.simulator.clear_faults()
        return Run(result, before, self.account())

    def writes(self) -> list[str]:
        """The writes of the last run."""
        return [call for call in self.calls() if not call.startswith("GET ")]

    def _check_doors(self, start: Account) -> None:
        """Whatever says where calls go leads to where it led before the run, or to what is complete."""
        now = Account(self.account())
        for kind in DOORS:
            for item in self.lists.get(kind, ()):
                old, new = (_leads_to(account.held(kind, item)) for account in (start, now))
                appeared = old is None and "hours" in item
                if new == old or (appeared and new != _leads_to(item)):
                    continue
                if new != _leads_to(item):
                    self._doors.append(f"{item} leads to {new}, neither {old} as before nor as it is to")
                target = "company" if item.get("company") else new
                for other, needed in behind(self.lists, str(target)):
                    # Rules go live together, numbers after all of them.
                    if (kind == "phone_numbers" or other not in DOORS) and not now.right(other, needed):
                        held = now.held(other, needed)
                        self._doors.append(f"{item} leads to what is not complete: {needed} is {held}")


def _leads_to(held: Json | None) -> Any:
    """Where what is held, or an item, leads: an extension's number or another text; None for nothing."""
    if held is None or held.get("state") == "absent":
        return None
    if "destination" in held:
        to = held["destination"]
        return to.get("extension") or json.dumps(to)
    return held.get("extension") or ("company" if held.get("company") else "nothing")


@contextmanager
def _line(planned: Sequence[Fault], written: Callable[[], None], met: Counter[str]) -> Iterator[None]:
    """Let faults happen that the simulator does not have, and call *written* after every write."""
    real, lock = HTTPAdapter.send, threading.Lock()
    own = [fault for fault in planned if fault.kind not in SIMULATED]
    places = [0] * len(own)
    ended: list[bool] = []

    def due(request: PreparedRequest) -> Iterator[Fault]:
        for number, fault in enumerate(own):
            chosen = fault.method is None or (fault.method == request.method and "/oauth" not in str(request.url))
            if chosen and fault.kind == TWICE and str(request.url).endswith(_NAMES_ARE_FREE):
                chosen = request.method != "POST"
            places[number] += chosen
            if (
                chosen
                and places[number] > fault.at
                and (fault.times is None or places[number] - fault.at <= fault.times)
            ):
                yield fault

    def send(self: HTTPAdapter, request: PreparedRequest, *arguments: Any, **options: Any) -> Response:
        with lock:
            kinds = [] if ended else [fault.kind for fault in due(request)]
            met.update(kinds)
            if ended or "kill_before" in kinds:
                ended.append(True)
                raise Killed
            answer = real(self, request, *arguments, **options)
            # Of two deliveries another fault would hit one, which nobody can tell.
            if TWICE in kinds and len(planned) == 1:
                answer = real(self, request, *arguments, **options)
            if request.method != "GET":
                written()
            if "kill_after" in kinds:
                ended.append(True)
                raise Killed
            return answer

    with mock.patch.object(HTTPAdapter, "send", send):
        yield


def _label(kind: str, item: Json) -> str:
    """The key of an item in results."""
    if "owner" in item:
        owner = str(SITES.get(item["owner"], item["owner"]))
        name = item.get("hours") or item.get("name", "Holidays")
        return owner if kind == "company_hours" else f"{owner} / {name}"
    if kind in OF_PEOPLE:
        return f"{item['extension']} / {item.get('hours') or item['name']}"
    names = {"sites": "name", "ivr_prompts": "name", "phone_numbers": "number"}
    return str(item[names.get(kind, "extension")])


def _check_truth(company: FuzzedCompany, run: Run) -> None:
    """What the result says is so."""
    result = run.result
    assert result is not None
    assert not leaks(result["printed"])
    assert bool(result.get("failed")) is bool(result.get("msg"))
    assert result["changed"] or run.same, "changed is false, but something changed"
    said = {(entry["list"], entry["key"]): entry for entry in result.get("changes", [])}
    assert result["changed"] is bool(_TOUCHED & {entry["status"] for entry in said.values()})
    for kind, item in company.items:
        entry = said.pop((kind, _label(kind, item)), {"status": "unchanged"}) if "changes" in result else {}
        if kind in OF_PEOPLE:
            continue
        status = entry.get("status", "not_tried")
        had, has = (account.held(kind, item) for account in (run.before, run.now))
        about = f"{kind} {item} is said to be {status}: {had} -> {has}"
        # The hours of a new site and the rules that go with hours appear with these.
        appears = had is None and (kind == "company_hours" or "hours" in item)
        if status == "applied" or (status == "unchanged" and not (appears and has is None)):
            assert run.now.right(kind, item), about
        elif status in ("failed", "not_tried"):
            assert had == has or appears, f"{about} {result.get('msg')}"
        elif status == "partly":
            assert had != has, about
    assert not said, f"of nothing in the file: {said}"


def check(
    simulator: Simulator,
    folder: Path,
    met: Counter[str],
    lists: Json,
    planned: Sequence[Fault],
    moved: Json,
    gone: Set[int] = frozenset(),
) -> Run:
    """Preview a file, apply it while faults happen, and again without; then take away what is *gone*, with the same.

    Return the run with the faults.
    """
    simulator.reset()
    company = FuzzedCompany(simulator, folder, lists, moved)
    company.met = met
    preview = _previewed(company)
    # Files whose calls would go round for ever are refused.
    if _GOES_ROUND in preview.get("msg", ""):
        reject()
    assert not preview.get("failed"), preview["msg"]
    first = _finished(company, planned)
    rest = without(lists, gone.__contains__)
    if rest != lists:
        company.lists = with_files(rest, folder)
        refused = _previewed(company).get("msg", "")
        if not refused:
            met["taken away"] += 1
            _finished(company, planned)
        # Calls still lead there, or would go round without it.
        assert not refused or "is not deleted, because calls still lead to it" in refused or _GOES_ROUND in refused
    return first


def _previewed(company: FuzzedCompany) -> Json:
    """What check mode says, which writes nothing."""
    preview = company.play(check=True)
    assert preview.result is not None
    assert preview.same
    assert company.writes() == []
    return preview.result


def _finished(company: FuzzedCompany, planned: Sequence[Fault]) -> Run:
    """Apply the file while faults happen, then without any; a third run finds nothing to do."""
    first = company.play(planned)
    if first.result is not None:
        _check_truth(company, first)
    again = company.play()
    assert again.result is not None
    assert not again.result.get("failed"), again.result["msg"]
    _check_truth(company, again)
    wrong = [(item, again.now.held(kind, item)) for kind, item in company.items if not again.now.right(kind, item)]
    assert not wrong, wrong
    assert again.now.twice() == []
    last = company.play()
    assert last.result is not None
    assert (last.result.get("msg"), last.result["changed"], company.writes()) == (None, False, [])
    return first


@settings(
    max_examples=COUNT,
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    # What fails is small enough to be read, and takes seconds each time.
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(
    lists=companies(),
    planned=st.lists(faults(), min_size=1, max_size=3),
    moved=switches(),
    gone=st.just(frozenset()) | st.frozensets(st.integers(0, 7), min_size=1),
)
def _companies_and_faults(
    simulator: Simulator,
    folder: Path,
    met: Counter[str],
    lists: Json,
    planned: Sequence[Fault],
    moved: Json,
    gone: Set[int],
) -> None:
    met["companies"] += 1
    try:
        check(simulator, folder, met, lists, planned, moved, gone)
    except Exception as error:
        error.add_note(f"{lists=}\n{planned=}\n{moved=}\n{gone=}")
        raise


def test_whatever_happens_a_run_without_faults_finishes(
    simulator: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    met: Counter[str] = Counter()
    _companies_and_faults(simulator, tmp_path, met)
    with capsys.disabled():
        print(f"\n{dict(met.most_common())}")
    assert met["companies"] >= COUNT
    # Most of the faults were met.
    assert sum(met.values()) >= 2 * COUNT
    assert COUNT < _MANY or {*KINDS, "taken away"} <= met.keys()


# What was found, in its smallest form: a file, a fault, and what the result says then.
_ORDERS: Json = {
    "extension": "7003",
    "name": "Orders",
    "email": "orders@example.org",
    "time_zone": "Europe/London",
    "members": ["101"],
}
_DAY = [{"from": f"{datetime.now(UTC) + timedelta(days=60):%Y-%m-%d}"}]
_TO_MENU = [{"key": "1", "extension": "7001"}, {"key": "2", "extension": "8002"}, {"key": "*", "repeat": True}]
FOUND: dict[str, tuple[Json, Fault, Json]] = {
    "a number would lead to a queue without its rule": (
        {
            "call_queues": [_ORDERS],
            "company_rules": [{"owner": "7003", "name": "Day", "dates": _DAY, "destination": {"voicemail": True}}],
            "phone_numbers": [{"number": "+16505550186", "extension": "7003"}],
        },
        Fault("http_400", 2, 1, "POST"),
        {"phone_numbers": "not_tried", "call_queues": "applied", "company_rules": "failed"},
    ),
    "a number would lead to a site that is open around the clock": (
        {
            "company_hours": [{"owner": "Los Angeles", "schedule": {"monday": ["09:00-17:00"]}}],
            "phone_numbers": [{"number": "+16505550186", "extension": "9001"}],
        },
        Fault("http_400", 0, 1, "PUT"),
        {"phone_numbers": "not_tried", "company_hours": "failed"},
    ),
    "calls would reach a queue that is not complete through a menu that stays as it is": (
        {
            "call_queues": [{"extension": "7001", "max_wait": 45}],
            "ivr_menus": [{"extension": "8001", "keys": _TO_MENU}],
            "company_rules": [{"owner": "company", "hours": "work", "destination": {"extension": "8001"}}],
        },
        Fault("http_400", 0, 1, "PUT"),
        {"call_queues": "failed", "company_rules": "not_tried"},
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found(simulator: Simulator, tmp_path: Path, name: str) -> None:
    lists, fault, statuses = FOUND[name]
    result = check(simulator, tmp_path, Counter(), lists, [fault], {}).result
    assert result is not None
    assert {entry["list"]: entry["status"] for entry in result["changes"]} == statuses


def test_what_is_taken_away_is_gone_whatever_happens(simulator: Simulator, tmp_path: Path) -> None:
    lists, _fault, _statuses = FOUND["a number would lead to a queue without its rule"]
    met: Counter[str] = Counter()
    # The rule; the queue stays, because a number leads to it.
    check(simulator, tmp_path, met, lists, [Fault("drop_after", 0, 1, "DELETE")], {}, {1})
    assert (met["taken away"], met["drop_after"]) == (1, 1)
