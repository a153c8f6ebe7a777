# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Re-routing and putting back, cut off at every request: the next run finishes, and what was before is never lost."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from system_rerouting import EXPECTED, FALLBACK, PROVIDERS, JobFailed, Jobs, Killed, killed_at
from system_support import FUZZ, Json

from simulator.harness import Simulator
from simulator.sonetel import seed

MOBILE = "+46701740605"
# Its calls go to a phone in a national spelling at first.
NATIONAL = "+46846500416"
# What somebody sets while the office is re-routed.
THEIRS: Json = {"sonetel": {"forwardings": [{"number": "+12025550123", "destination": {"phone": MOBILE}}]}}


@pytest.fixture
def jobs(simulator: Simulator, tmp_path: Path) -> Jobs:
    return Jobs(simulator, tmp_path)


def snapshots(jobs: Jobs) -> list[Path]:
    return sorted(jobs.folder.rglob("*.json"))


def original(jobs: Jobs) -> Any:
    """What the one snapshot says of the time before."""
    (path,) = snapshots(jobs)
    return {entry["key"]: entry["before"] for entry in json.loads(path.read_text())["entries"]}


def test_there_and_back(jobs: Jobs) -> None:
    jobs.reroute(until="8h", reason="Power cut")
    assert jobs.stored() == jobs.rerouted()
    assert original(jobs) == EXPECTED
    (path,) = snapshots(jobs)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    reported = jobs.snapshot()
    assert (reported["active"], reported["expired"], reported["reason"]) == (True, False, "Power cut")
    assert reported["numbers"] == list(EXPECTED)

    # A second run has nothing to do, and leaves the snapshot as it is.
    before = path.read_text()
    jobs.reroute()
    assert path.read_text() == before

    previewed = jobs.restore(check=True)
    assert jobs.stored() == jobs.rerouted()
    assert path.read_text() == before
    done = jobs.restore()
    assert done["plan"] == previewed["plan"]
    # What callers notice is a member of the result as well.
    assert done["calls"] == previewed["calls"] != []
    assert jobs.stored() == jobs.start
    assert jobs.snapshot() == {"active": False}
    assert original(jobs) == EXPECTED
    again = jobs.restore()
    assert (again["changed"], again["api_calls"]["requests"]) == (False, 0)


@pytest.fixture
def own(simulator: Simulator, tmp_path: Path) -> Jobs:
    """An office whose folder holds nothing else."""
    folder = tmp_path / "office"
    folder.mkdir()
    return Jobs(simulator, folder)


@pytest.mark.parametrize("job", ["reroute", "restore", "close"])
@pytest.mark.parametrize("sent", [False, True], ids=["unsent", "carried out"])
def test_killed_at_every_request(own: Jobs, job: str, sent: bool) -> None:
    if job == "restore":
        own.reroute()
    back = own.keep()
    for position in range(1, 40):
        if not FUZZ and position % 2 == sent:
            continue  # a short run plays each position unsent or carried out
        try:
            with killed_at(position, sent=sent):
                getattr(own, job)()
        except Killed:
            pass
        else:
            break
        # What goes to the fallback destination already is in the snapshot as it was.
        if own.stored() != own.start:
            assert original(own) == EXPECTED, position
        getattr(own, job)()
        if job != "restore":
            assert own.stored() == own.rerouted(), position
        if job == "reroute":
            own.restore()
        if job == "close":
            assert [path.parent.name for path in snapshots(own)] == ["ended"], position
        else:
            assert own.stored() == own.start, position
        assert original(own) == EXPECTED, position
        back()
    assert 10 <= position < 39


FAULTS: tuple[Json, ...] = ({"kind": "status", "status": 500}, {"kind": "drop_before"}, {"kind": "drop_after"})
# A long run plays all of them, a short one each pair of provider, fault and job.
FAILING = [
    (provider, fault, job)
    for (row, provider), (column, fault) in itertools.product(enumerate(PROVIDERS), enumerate(FAULTS))
    for place, job in enumerate(("reroute", "restore"))
    if FUZZ or (row + column) % 2 == place
]


@pytest.mark.parametrize(("provider", "fault", "job"), FAILING)
def test_a_provider_that_fails_from_some_request_on(own: Jobs, job: str, provider: str, fault: Json) -> None:
    """The other providers are done all the same, and the next run finishes."""
    if job == "restore":
        own.reroute()
    back = own.keep()
    goal = own.rerouted() if job == "reroute" else own.start
    digits = {"sonetel": "+1", "smspartner": "+33", "fonedynamics": "+61"}[provider]
    for after in range(20):
        own.simulator.add_faults([{"provider": provider, "path_regex": ".*", "after": after, "times": 1000, **fault}])
        try:
            getattr(own, job)()
        except JobFailed:
            assert all(now == goal[key] for key, now in own.stored().items() if not key.startswith(digits))
        else:
            break
        own.simulator.clear_faults()
        getattr(own, job)()
        assert own.stored() == goal, after
        if job == "reroute":
            own.restore()
            assert own.stored() == own.start
        back()
    assert 0 < after < 19


def test_an_office_is_closed(jobs: Jobs) -> None:
    previewed = jobs.close(check=True)
    assert (jobs.stored(), snapshots(jobs)) == (jobs.start, [])
    assert "7 numbers would ring +46 70 174 06 06 permanently." in previewed["message"][0]
    done = jobs.close()
    assert (done["plan"], done["changed"]) == (previewed["plan"], True)
    assert jobs.stored() == jobs.rerouted()
    assert "anna.lindqvist@example.org -> +46 70 174 06 06" in "\n".join(done["message"])
    # Nothing puts it back by accident, but what was before is kept.
    (path,) = snapshots(jobs)
    assert path.parent.name == "ended"
    assert done["file"] == str(path)
    assert original(jobs) == EXPECTED
    assert jobs.snapshot() == {"active": False}
    assert jobs.restore()["changed"] is False
    again = jobs.close()
    assert (again["changed"], again["changes"], snapshots(jobs)) == (False, [], [path])


def test_an_office_that_is_re_routed_is_closed(jobs: Jobs) -> None:
    jobs.reroute(MOBILE)
    jobs.close()
    assert jobs.stored() == jobs.rerouted()
    (path,) = snapshots(jobs)
    assert (path.parent.name, original(jobs)) == ("ended", EXPECTED)
    assert json.loads(path.read_text())["reason"] == "The office was closed."


def test_all_numbers_of_the_account(jobs: Jobs) -> None:
    jobs.lists = {"sonetel": {"forwardings": []}}
    with pytest.raises(JobFailed, match="lyon has no phone numbers whose calls could be re-routed"):
        jobs.reroute()
    result = jobs.reroute(numbers="account")
    assert {key for key in EXPECTED if key.startswith("+1")} < set(result["snapshot"]["numbers"])
    numbers = jobs.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    now = {numbers[key[1:]]["connect_to"] for key in result["snapshot"]["numbers"]}
    # One goes there already, as somebody else has written it.
    assert now == {FALLBACK, FALLBACK.replace("+", "00")}
    # Sonetel holds a national spelling for one of them, and takes none. All others are restored.
    for _again in range(2):
        done = jobs.restoring()
        assert done["failed"] is True
        assert f"Sonetel numbers: {NATIONAL} cannot be restored: destination.raw: a national spelling" in done["msg"]
        assert "Set it by hand, then run again with leave_out." in done["msg"]
        assert jobs.stored() == jobs.start
        assert jobs.snapshot()["numbers"] == [NATIONAL]
    assert done["changed"] is False
    jobs.restore(leave_out=[NATIONAL])
    assert jobs.snapshot() == {"active": False}


def test_an_account_that_cannot_be_read(jobs: Jobs) -> None:
    """The others are done; where there are no others, the reason is said."""
    jobs.with_password("wrong")
    with pytest.raises(
        JobFailed, match=r"lyon: not everything was re-routed, because it could not be read: .*\n.*ring"
    ):
        jobs.reroute()
    done = {key: now for key, now in jobs.rerouted().items() if not key.startswith("+1")}
    assert jobs.stored() == {**jobs.start, **done}
    jobs.lists = {"sonetel": jobs.lists["sonetel"]}
    with pytest.raises(JobFailed, match="does not accept the login"):
        jobs.reroute()


def test_what_somebody_changed_is_reported_and_left_alone(jobs: Jobs) -> None:
    jobs.reroute()
    jobs.onboard(THEIRS)
    for changed in (True, False):
        found = jobs.restoring()
        assert (found["failed"], found["changed"]) == (True, changed)
        assert "Somebody has changed +12025550123 since lyon was re-routed. Decide with changed: keep" in found["msg"]
        assert [(item["key"], item["now"]) for item in found["changed_since"]] == [
            ("+12025550123", {"destination": {"phone": MOBILE}})
        ]
        assert jobs.stored() == {**jobs.start, "+12025550123": ("phnum", MOBILE)}
    # It still counts as re-routed, until somebody decides.
    assert jobs.snapshot()["active"]
    jobs.restore(changed="overwrite")
    assert jobs.stored() == jobs.start
    assert not jobs.snapshot()["active"]


def test_what_somebody_changed_can_be_kept(jobs: Jobs) -> None:
    jobs.reroute()
    jobs.onboard(THEIRS)
    jobs.restore(changed="keep")
    assert jobs.stored()["+12025550123"] == ("phnum", MOBILE)
    assert not jobs.snapshot()["active"]


def test_a_repeated_reroute_notes_what_it_replaces(jobs: Jobs) -> None:
    jobs.reroute()
    jobs.onboard(THEIRS)
    jobs.reroute()
    assert jobs.stored() == jobs.rerouted()
    (path,) = snapshots(jobs)
    others = {entry["key"]: entry["others"] for entry in json.loads(path.read_text())["entries"]}
    assert [other["now"] for other in others["+12025550123"]] == [{"destination": {"phone": MOBILE}}]
    jobs.restore()
    assert jobs.stored() == jobs.start


def test_another_destination_only_when_reported(jobs: Jobs) -> None:
    jobs.reroute()
    with pytest.raises(JobFailed, match=r"has been re-routed to \+46701740606 since .*change_destination"):
        jobs.reroute(MOBILE)
    jobs.reroute(MOBILE, change_destination=True)
    assert jobs.stored()["+12025550123"] == ("phnum", MOBILE)
    assert original(jobs) == EXPECTED
    # What is still at the first destination was put there by us as well.
    jobs.onboard({"sonetel": {"forwardings": [{"number": "+12025550123", "destination": {"phone": FALLBACK}}]}})
    assert jobs.restore()["changed_since"] == []
    assert jobs.stored() == jobs.start


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"to": "+12025550123"}, "its calls would come back to it"),
        ({"to": "+46 900 123 45 67"}, "premium-rate"),
        ({"until": "yesterday"}, "is not a time limit"),
        ({"until": "2020-01-01T00:00:00Z"}, "has already passed"),
        ({"settings": {"sonetel": {"numbers": {}}}}, "sonetel.numbers is not a list of an office"),
        ({"settings": {"sonetel": []}}, "settings.sonetel: is not a mapping"),
        (
            {"settings": {"sonetel": {"forwardings": {"destinaton": {"phone": FALLBACK}}}}},
            r"settings.sonetel.forwardings.destinaton: no such option. Did you mean 'destination'",
        ),
        (
            {"settings": {"sonetel": {"forwardings": {"destination": {"phone": 46701740606}}}}},
            r"settings.sonetel.forwardings.destination.phone: 46701740606 is not text",
        ),
        ({"to": None}, "No destination is given for Sonetel numbers. Set to to a phone number"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_saved(
    jobs: Jobs, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(JobFailed, match=words):
        jobs.reroute(**{"to": FALLBACK, **options})
    assert jobs.stored() == jobs.start
    assert snapshots(jobs) == []


def test_what_a_provider_would_refuse_is_refused_before_anything_is_saved(jobs: Jobs) -> None:
    """The number is not on the package that voice apps need."""
    with pytest.raises(JobFailed, match="may not be connected to a voice app"):
        jobs.reroute(settings={"sonetel": {"forwardings": {"destination": {"voiceapp": "Voice Mail"}}}})
    assert jobs.stored() == jobs.start
    assert snapshots(jobs) == []


def test_settings_in_the_provider_s_own_words(jobs: Jobs) -> None:
    settings = {
        "sonetel": {"forwardings": {"destination": {"user": "erik.ohman@example.org"}}},
        "smspartner": {"callforwards": {"state": "voicemail", "email": "accueil@example.org"}},
        "fonedynamics": {"numbers": {"routing_method": "flow", "flow": "Main menu"}},
    }
    jobs.reroute(to=None, settings=settings)
    assert jobs.stored()["+12025550125"] == ("user", "3000000014")
    assert jobs.stored()["+33261910005"] == (2, "accueil@example.org")
    jobs.restore()
    assert jobs.stored() == jobs.start


class Steps:
    """Counts what the file system is asked to do in a folder, and ends the process at one of these steps."""

    NAMES = ("open", "fsync", "link", "replace", "unlink", "mkdir", "rename")

    def __init__(self, folder: Path, last: int) -> None:
        self._folder = str(folder)
        self._left = last
        self._begun = False

    def _step(self, real: Any) -> Any:
        def call(first: Any, *arguments: Any, **options: Any) -> Any:
            # A descriptor tells no folder; only the snapshot's file is flushed once it was opened.
            ours = self._begun if isinstance(first, int) else str(first).startswith(self._folder)
            if ours:
                self._begun = True
                self._left -= 1
                if self._left < 0:
                    raise Killed
            return real(first, *arguments, **options)

        return call

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            for name in self.NAMES:
                stack.enter_context(mock.patch.object(os, name, self._step(getattr(os, name))))
            yield


def test_killed_at_every_step_of_saving_and_ending(own: Jobs) -> None:
    """Whatever the file system was asked last, the snapshot is there as a whole, once or as one file with two names."""
    # One provider is enough, as all of them are saved in one file.
    own.lists = {"fonedynamics": own.lists["fonedynamics"]}
    before = {item["number"]: EXPECTED[item["number"]] for item in own.lists["fonedynamics"]["numbers"]}
    back = own.keep()
    for last in range(60):
        try:
            with Steps(own.folder, last).counted():
                own.reroute()
                own.restore()
        except Killed:
            pass
        else:
            break
        if own.stored() != own.start:
            assert original(own) == before
        own.reroute()
        own.restore()
        assert own.stored() == own.start
        for path in snapshots(own):
            assert {entry["key"]: entry["before"] for entry in json.loads(path.read_text())["entries"]} == before
        back()
    assert 5 < last < 59


def test_a_reroute_after_an_undecided_restore_saves_what_is_there_then(jobs: Jobs) -> None:
    """What was put back is its owner's again, and what somebody changed meanwhile is where calls went before."""
    jobs.reroute()
    jobs.onboard(THEIRS)
    jobs.restoring(leave_out=["+33261910005"])
    assert jobs.snapshot()["numbers"] == ["+12025550123", "+33261910005"]
    jobs.onboard({"sonetel": {"forwardings": [{"number": "+12025550125", "destination": {"phone": MOBILE}}]}})
    between = jobs.stored()
    # What is settled is not looked at again.
    assert [item["said"] for item in jobs.restoring(leave_out=["+33261910005"])["changed_since"]] == [
        f"+12025550123: now phone {MOBILE}, before user anna.lindqvist@example.org"
    ]
    assert jobs.stored() == between

    jobs.reroute(MOBILE.replace("605", "609"))
    now, ended = sorted(snapshots(jobs), key=lambda path: len(path.parts))
    assert {entry["key"]: entry["before"] for entry in json.loads(ended.read_text())["entries"]} == EXPECTED
    assert {entry["key"]: entry["before"] for entry in json.loads(now.read_text())["entries"]} == {
        **EXPECTED,
        "+12025550123": {"destination": {"phone": MOBILE}},
        "+12025550125": {"destination": {"phone": MOBILE}},
    }
    assert jobs.restore()["changed_since"] == []
    assert jobs.stored() == {**between, "+33261910005": jobs.start["+33261910005"]}


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"targets": []}, "its targets are missing"),
        ({"targets": None}, "it has no targets, or a wrong one"),
        ({"targets": [{"at": "2026-11-21T08:00:00Z"}]}, r"targets\[0\] has no to, or a wrong one"),
        ({"since": "yesterday"}, "its since is not a time in UTC"),
        ({"entries": [{"list": "sonetel.forwardings"}]}, r"entries\[0\] has no key, or a wrong one"),
        ({"entries": ["+12025550123"]}, r"entries\[0\] is not a mapping"),
        ({"format": "of another kind"}, "it has another format"),
    ],
)
def test_half_a_snapshot_is_refused_by_its_name(jobs: Jobs, members: dict[str, Any], words: str) -> None:
    jobs.reroute()
    (path,) = snapshots(jobs)
    text = json.dumps({**json.loads(path.read_text()), **members})
    path.write_text(text)
    jobs.simulator.clear_requests()
    for job in (
        jobs.snapshot,
        jobs.restore,
        jobs.reroute,
        lambda: jobs.done("office", reroute_directory=str(path.parent)),
    ):
        with pytest.raises(JobFailed, match=f"{path} is not a snapshot that can be used: {words}.*Repair it"):
            job()
    assert jobs.simulator.requests() == []
    assert path.read_text() == text


@pytest.mark.parametrize("held", ["+19005551234", "+4670174060", "+46900123456789"])
def test_what_the_policy_would_not_let_be_written_is_restored_all_the_same(
    jobs: Jobs, simulator: Simulator, held: str
) -> None:
    state = simulator.state()
    number = state["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]["12025550125"]
    number["connect_to"] = held
    simulator.put_state(state)
    start = jobs.stored()
    assert start["+12025550125"] == ("phnum", held)
    jobs.reroute()
    assert jobs.stored() == jobs.rerouted()
    jobs.restore()
    assert jobs.stored() == start
