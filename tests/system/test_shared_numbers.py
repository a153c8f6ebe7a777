# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Offices that share numbers are re-routed and restored in any order, and at the same time; nothing before is lost."""

from __future__ import annotations

import importlib
import itertools
import json
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from system_rerouting import EXPECTED, FALLBACK, JobFailed, Jobs
from system_support import FUZZ, PACKAGE

from simulator.harness import Simulator

MOBILE, THIRD = "+46701740605", "+46701740609"
NUMBER = "+12025550123"
TARGETS = {"malmo": FALLBACK, "lund": MOBILE, "ystad": THIRD}


@pytest.fixture
def offices(simulator: Simulator, tmp_path: Path) -> dict[str, Jobs]:
    return {name: Jobs(simulator, tmp_path, name, onboarded=bool(place)) for place, name in enumerate(TARGETS)}


def saved(jobs: Jobs) -> Any:
    document = json.loads((jobs.folder / f"{jobs.office}.json").read_text())
    return {entry["key"]: entry["before"] for entry in document["entries"]}


def restore_at_once(offices: list[Jobs]) -> None:
    """All of them read and compare before the first one writes."""
    session = importlib.import_module(f"{PACKAGE}.module_utils._office.session").Session
    real = session.carry_out
    waiting = list(offices)

    def carry_out(self: Any, run: Any, **options: Any) -> None:
        if waiting:
            waiting.pop().restore()
        real(self, run, **options)

    with mock.patch.object(session, "carry_out", carry_out):
        waiting.pop().restore()
    assert waiting == []


@pytest.mark.parametrize("changed", ["report", "overwrite", "keep"])
def test_the_first_is_restored_first(offices: dict[str, Jobs], changed: str) -> None:
    malmo, lund = offices["malmo"], offices["lund"]
    assert malmo.warned(FALLBACK) == []
    warnings = lund.warned(MOBILE)
    assert len([text for text in warnings if "has been re-routed by malmo since" in text]) == len(EXPECTED)
    assert saved(malmo) == saved(lund) == EXPECTED
    found = malmo.restore()
    # Lund is still re-routed.
    assert (found["changes"], found["plan"]["update"]) == ([], 0)
    assert len([text for text in found["notes"] if "It is left to the restore of lund" in text]) == len(EXPECTED)
    assert lund.stored()[NUMBER] == ("phnum", MOBILE)
    lund.restore(changed)
    assert lund.stored() == lund.start
    assert not any(jobs.snapshot()["active"] for jobs in offices.values())


ORDERS = list(itertools.permutations(TARGETS))
SAME = dict.fromkeys(TARGETS, FALLBACK)


@pytest.mark.parametrize(
    ("names", "targets"),
    # With one destination for all, a short run plays the first order and the last.
    [(names, TARGETS) for names in ORDERS] + [(names, SAME) for names in (ORDERS if FUZZ else ORDERS[::5])],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "same" if value is SAME else "different",
)
def test_any_order_and_at_once(offices: dict[str, Jobs], names: tuple[str, ...], targets: dict[str, str]) -> None:
    for name, jobs in offices.items():
        jobs.reroute(targets[name])
        assert saved(jobs) == EXPECTED
    for name in names:
        assert offices[name].restore()["changed_since"] == []
    start = offices["malmo"].start
    assert offices["malmo"].stored() == start
    for name, jobs in offices.items():
        jobs.reroute(targets[name])
    restore_at_once([offices[name] for name in names])
    assert offices["malmo"].stored() == start


def test_the_last_is_restored_first_and_says_who_else_is_re_routed(offices: dict[str, Jobs]) -> None:
    malmo, lund = offices["malmo"], offices["lund"]
    malmo.reroute(FALLBACK)
    lund.reroute(MOBILE)
    reported = lund.restore()["notes"]
    assert any(
        "malmo is still re-routed, and has this number too. Run office.telephony.reroute" in text for text in reported
    )
    assert lund.stored() == lund.start
    # As it says: the first one's emergency goes on when its re-route is run again.
    malmo.reroute(FALLBACK)
    assert malmo.stored() == malmo.rerouted()
    malmo.restore()
    assert malmo.stored() == malmo.start


def test_a_reroute_that_is_repeated_over_another_one(offices: dict[str, Jobs]) -> None:
    malmo, lund = offices["malmo"], offices["lund"]
    malmo.reroute(FALLBACK)
    lund.reroute(MOBILE)
    warnings = malmo.warned(FALLBACK)
    assert any("is also re-routed by lund; that destination is replaced" in text for text in warnings)
    assert not any("has been changed by somebody" in text for text in warnings)
    malmo.reroute(THIRD, change_destination=True)
    malmo.restore()
    lund.restore("overwrite")
    assert lund.stored() == lund.start


def test_what_somebody_set_in_between_is_what_was_before(offices: dict[str, Jobs]) -> None:
    malmo, lund = offices["malmo"], offices["lund"]
    malmo.reroute(FALLBACK)
    theirs = {"destination": {"phone": "+46701740607"}}
    malmo.onboard({"sonetel": {"forwardings": [{"number": NUMBER, **theirs}]}})
    malmo.reroute(THIRD, change_destination=True)
    malmo.onboard({"sonetel": {"forwardings": [{"number": NUMBER, **theirs}]}})
    lund.reroute(MOBILE)
    assert saved(lund) == {**EXPECTED, NUMBER: theirs}
    malmo.restore()
    lund.restore()
    assert lund.stored() == {**lund.start, NUMBER: ("phnum", "+46701740607")}


def test_a_reroute_that_has_ended_does_not_count(offices: dict[str, Jobs]) -> None:
    malmo, lund = offices["malmo"], offices["lund"]
    malmo.reroute(FALLBACK)
    malmo.restore()
    moved = {"destination": {"phone": FALLBACK}}
    malmo.onboard({"sonetel": {"forwardings": [{"number": NUMBER, **moved}]}})
    assert lund.warned(MOBILE) == []
    assert saved(lund) == {**EXPECTED, NUMBER: moved}


def test_settings_in_the_place_of_a_phone(offices: dict[str, Jobs]) -> None:
    settings = {
        "sonetel": {"forwardings": {"destination": {"user": "erik.ohman@example.org"}}},
        "smspartner": {"callforwards": {"state": "voicemail", "email": "accueil@example.org"}},
        "fonedynamics": {"numbers": {"routing_method": "flow", "flow": "Main menu"}},
    }
    offices["malmo"].reroute(to=None, settings=settings)
    offices["lund"].reroute(MOBILE)
    assert saved(offices["lund"]) == EXPECTED
    offices["malmo"].restore()
    offices["lund"].restore()
    assert offices["lund"].stored() == offices["lund"].start


@pytest.mark.parametrize(
    "text", ["{", "[1]", "\udcff", "[" * 100000, None], ids=["cut", "list", "bytes", "deep", "open"]
)
def test_another_office_s_bad_snapshot_does_not_stop_an_emergency(offices: dict[str, Jobs], text: str | None) -> None:
    malmo, lund = offices["malmo"], offices["lund"]
    malmo.reroute(FALLBACK)
    malmo.restore()
    path = malmo.folder / "malmo.json"
    path.write_bytes((text or "{}").encode(errors="surrogateescape"))
    path.chmod(0o666 if text is None else 0o600)
    warnings = lund.warned(MOBILE)
    assert [text for text in warnings if "Whether the office malmo shares numbers is unknown" in text]
    assert lund.stored()[NUMBER] == ("phnum", MOBILE)
    assert lund.restore()["changed_since"] == []
    assert lund.stored() == lund.start
    # For itself it is refused.
    with pytest.raises(JobFailed, match=r"malmo\.json"):
        malmo.reroute(FALLBACK)


def test_what_could_not_be_put_back_cannot_be_taken_over(simulator: Simulator, offices: dict[str, Jobs]) -> None:
    """The first office knew nothing of the time before; its emergency is not that either."""
    malmo, lund = offices["malmo"], offices["lund"]
    malmo.lists = lund.lists = {"sonetel": {"forwardings": [{"number": "+12025550127"}, {"number": NUMBER}]}}
    malmo.reroute(FALLBACK, irreversible=True)
    warnings = lund.warned(MOBILE)
    assert any("+12025550127 does not show where its calls go now" in text for text in warnings)
    assert list(saved(lund)) == [NUMBER]
