# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random faults on random work: every result tells the truth, and a run without faults finishes.

`FUZZ=10000` plays that many schedules instead of about a hundred, `FUZZ_SEED=7` others, and `FUZZ_ONLY=12,40` those
with these numbers alone, which is how one that failed is played again.
"""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from random import Random

import pytest
from system_fuzz import KINDS, Fault, Fuzz, Schedule, run, unmet
from system_fuzz_accounts import ACCOUNTS, Callforwards, ForwardingNumbers
from system_fuzz_base import FuzzedAccount
from system_fuzz_sonetel import Voiceapps
from system_hostile import Front
from system_office import SonetelOffice
from system_support import FUZZ, Json, assert_clear

from simulator.harness import Simulator

# Below as many as there are kinds of faults, not every kind has a turn.
COUNT, SEED = FUZZ or len(KINDS), int(os.environ.get("FUZZ_SEED", "1"))
ONLY = [int(number) for number in os.environ.get("FUZZ_ONLY", "").split(",") if number]


def test_every_result_is_true_and_a_run_without_faults_finishes(
    simulator: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fuzz, failures = Fuzz(simulator, tmp_path), []
    for failure in run(fuzz, SEED, ONLY or chain(range(COUNT), unmet(fuzz, COUNT) if len(KINDS) <= COUNT else ())):
        failures.append(failure)
        with capsys.disabled():
            print(f"\nFUZZ_SEED={SEED} {failure}")
    with capsys.disabled():
        print(f"\nFUZZ_SEED={SEED}: {fuzz.figures}")
    assert not failures, f"{len(failures)} schedules of FUZZ_SEED={SEED} failed: " + "\n\n".join(failures)
    if not ONLY and len(KINDS) <= COUNT:
        assert not [kind for kind in KINDS if not fuzz.figures.met[kind]]


# What the fuzzer has found, in its smallest form: the account, what is desired, the faults, and the statuses.
_HELLO = {"voiceapps": [{"name": "Alpha", "type": "menu"}], "prompts": [{"voiceapp": "Alpha", "name": "Hello"}]}
_OLD = [{"name": name, "state": "absent", "force": True} for name in ("Old one", "Old two")]
_OFF = {"callforwards": [{"number": "+33261910100", "state": "voicemail", "email": "ventes@example.org"}]}
FOUND: dict[str, tuple[type[FuzzedAccount], Json, tuple[Fault, ...], set[str]]] = {
    "a refusal after a lost answer, where nothing can be read": (
        Callforwards,
        _OFF,
        (Fault("http_504_after", method="POST"), Fault("http_404", at=1, method="POST")),
        {"unknown"},
    ),
    "the reading after a lost creation fails as well": (
        Voiceapps,
        _HELLO,
        (Fault("http_500_after", at=1, times=None, method="POST"), Fault("http_500", at=1, times=None, method="GET")),
        {"applied", "unknown"},
    ),
    "what let go so that another could be deleted cannot be deleted itself": (
        Voiceapps,
        {"voiceapps": _OLD, "prompts": []},
        (Fault("http_405", at=2, times=None, method="DELETE"),),
        {"applied", "partly"},
    ),
    "what let go so that another could be deleted is not tried itself": (
        Voiceapps,
        {"voiceapps": _OLD, "prompts": []},
        (Fault("redirect_not_ascii", times=2, method="PUT"),),
        {"failed", "unknown"},
    ),
    "a gateway does not find what is to be deleted": (
        ForwardingNumbers,
        {"forwarding_numbers": [{"extension": "101", "phone_number": "+16505550106", "state": "absent"}]},
        (Fault("http_404", method="DELETE"),),
        {"failed"},
    ),
    "a redirect after the write": (
        Voiceapps,
        {"voiceapps": [{"name": "Reception", "voice": "sv"}], "prompts": []},
        (Fault("redirect_not_ascii", method="PUT"),),
        {"applied"},
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found(simulator: Simulator, tmp_path: Path, name: str) -> None:
    kind, entries, faults, statuses = FOUND[name]
    fuzz = Fuzz(simulator, tmp_path)
    fuzz.always = {"delete_used_app": "failed"}
    fuzz.play(Schedule(ACCOUNTS.index(kind), "0", faults), entries)
    assert set(fuzz.figures.statuses) == statuses


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_an_answer_about_another_object_is_none(simulator: Simulator, method: str) -> None:
    """What stands between hands over the answer to another request, which happens to be what was desired."""
    office = SonetelOffice(simulator, 2, named=False)
    other = simulator.state()["sonetel"]["accounts"]["301234567"]["numbers"]["12015550101"]
    body = {**other, "connect_to": office.entries[0]["destination"]["phone"]}
    number = {"provider": "sonetel", "path_regex": "/12015550100$"}
    faults = [{**number, "method": method, "kind": "status", "status": 200, "body": body}]
    if method == "GET":
        faults.append({**number, "method": "PUT", "kind": "drop_before"})
    simulator.add_faults(faults)
    result = office.run()
    office.check_account(result)
    first, other = (entry["status"] for entry in result["results"])
    assert first == ("failed" if method == "PUT" else "unknown")
    # A lost connection stops what has not begun, and nobody knows which of two threads is the first.
    assert other in (("applied",) if method == "PUT" else ("applied", "not_tried"))


@pytest.mark.parametrize(
    ("kind", "start"),
    [("duplicate_delivery", "a"), ("duplicate_delivery_first_answer", "b"), ("duplicate_delivery", "c")],
)
def test_a_forwarding_number_whose_creation_is_delivered_twice_is_made_once(
    simulator: Simulator, tmp_path: Path, kind: str, start: str
) -> None:
    """RingCentral refuses the second one, and that answer is all that comes back."""
    fuzz = Fuzz(simulator, tmp_path)
    fuzz.play(Schedule(ACCOUNTS.index(ForwardingNumbers), start, (Fault(kind, times=None, method="POST"),)))
    assert fuzz.figures.met[kind]
    assert set(fuzz.figures.statuses) == {"applied"}


def test_a_voice_app_whose_creation_is_delivered_twice_is_not_mistaken_for_the_other(
    simulator: Simulator, tmp_path: Path
) -> None:
    """Sonetel makes both, and no answer tells: the next run names them instead of choosing one."""
    account = Voiceapps(simulator, Random("0"), tmp_path)
    account.entries = {"voiceapps": [{"name": "Alpha", "type": "menu"}], "prompts": []}
    account.prepare()
    with Front(simulator.url) as front:
        front.plan = lambda seen: "duplicate_delivery" if seen.path.endswith("/voiceapp") else "fine"
        made = account.run(api_url=front.through(simulator.sonetel_api_url))
    assert [entry["status"] for entry in made["results"]] == ["applied"]
    again = account.run()
    assert_clear(again, "2 voice apps have this name", "set app_id")
    assert again["changed"] is False
