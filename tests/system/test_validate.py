# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checking offices without a provider: no request, no credentials, every problem at once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from system_examples import OFFICES, accepted, office
from system_playbooks import Playbooks
from system_support import ROOT, Json, run_module, texts_of

from simulator.harness import Simulator

MESSAGES = {
    "newyork": "newyork: valid (12 items: RingCentral 2 phone numbers, 1 menu, 2 call queues, "
    "1 message-only extension, 1 announcement-only extension, 1 schedule, 2 rules, 2 holiday rules)",
    "paris": "paris: valid (2 items: SMS Partner 2 numbers)",
    "stockholm": "stockholm: valid (13 items: Sonetel 1 announcement, 2 menus, 1 mailbox, 2 prompts, 2 team members, "
    "5 numbers)",
    "sydney": "sydney: valid (3 items: Fone Dynamics 3 numbers)",
    "washington": "washington: valid (11 items: Sonetel 5 numbers; RingCentral 4 forwarding numbers, "
    "2 call forwardings)",
}


@pytest.fixture(params=OFFICES)
def options(request: pytest.FixtureRequest, simulator: Simulator, tmp_path: Path) -> Json:
    """An example office without any credentials, but with the addresses of the providers."""
    found = office(request.param, simulator, tmp_path)
    for connection in (value for name, value in found.items() if name.endswith("_connection")):
        for name in set(connection) - {"api_url", "auth_url", "server_url"}:
            del connection[name]
    simulator.clear_requests()
    return {**found, **accepted(request.param), "validate_only": True}


def test_the_examples_are_valid_without_credentials(options: Json, simulator: Simulator) -> None:
    for check in (True, False):
        result = run_module("office", options, check=check)
        assert result["message"] == [MESSAGES[options["office"]]]
        assert (result["changed"], result["api_calls"]["requests"]) == (False, 0)
        assert "warnings" not in result
    assert simulator.requests() == []


def test_a_forbidden_destination_is_a_warning_because_the_account_may_have_it(
    options: Json, simulator: Simulator
) -> None:
    result = run_module("office", {**options, "policy": {"allowed_countries": ["DK"]}})
    assert result["message"] == [MESSAGES[options["office"]]]
    warnings = texts_of(result)
    # Calls to New York stay in its account.
    assert bool(warnings) is (options["office"] != "newyork")
    assert all(text.startswith("office_") and "what is already set can stay" in text for text in warnings)
    assert simulator.requests() == []


WRONG: Json = {
    "sonetel": {"forwardings": [{"number": "08-465 004 12", "destinaton": {}}], "promts": []},
    "ringcentral": {"call_forwardings": [{"extension": 101, "hours": "all"}]},
    "smspartner": {"callforwards": [{"number": "02 61 91 00 01"}]},
    "fonedynamics": {"numbers": [{"number": "+61255500101"}, {"number": "+61 2 5550 0101"}, {"number": "12"}]},
}
PATHS = [
    "office_sonetel.forwardings[0].destinaton",
    "office_sonetel.promts",
    "office_ringcentral.call_forwardings[0].extension",
    "office_smspartner.callforwards[0]",
    "office_fonedynamics.numbers[1]",
    "office_fonedynamics.numbers[2].number",
]


def test_all_problems_of_all_providers_are_reported_at_once(simulator: Simulator) -> None:
    result = run_module("office", {"office": "wrong", "region": "SE", "validate_only": True, **WRONG})
    assert {problem["path"] for problem in result["failure"]["problems"]} >= set(PATHS)
    assert result["api_calls"]["requests"] == 0
    assert simulator.requests() == []


def number(spelling: str, destination: str) -> str:
    return f"""\
office_region: SE
office_sonetel:
  forwardings:
    - number: {spelling!r}
      destination: {destination}
"""


@pytest.fixture
def playbooks(tmp_path: Path, collections_path: Path, monkeypatch: pytest.MonkeyPatch) -> Playbooks:
    """Playbooks without any simulator to go to."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    nowhere: Any = SimpleNamespace(limit_by_the_second=lambda: None, environment={})
    return Playbooks(cast(Simulator, nowhere), tmp_path, collections_path)


def test_the_playbook_checks_all_offices_and_their_claims(playbooks: Playbooks) -> None:
    playbooks.offices(
        lund=number("08-465 004 12", "{user: anna.lindqvist@example.org}"),
        malmo=number("+46 8 465 004 12", "{hang_up: true}"),
        ystad=number("08-465 004 13", "{phone: 070-174 06 05}"),
    )
    run = playbooks.run("validate")
    assert run.code != 0
    assert "ystad: valid (1 item: Sonetel 1 number)" in run.text
    assert "host_vars/malmo.yml:5:" in run.text
    assert "office_sonetel.forwardings[0].destination.hang_up: no such option" in run.text
    assert "host_vars/lund.yml:" in run.text
    assert "two offices must not manage the same" in run.text
    assert not list((playbooks.folder / "tmp").glob("office.telephony-index-*"))


def test_the_example_inventory_is_valid(playbooks: Playbooks) -> None:
    run = playbooks.run("validate", inventory=str(ROOT / "examples" / "inventory"))
    assert run.code == 0, run.text
    assert [line for line in MESSAGES.values() if line not in run.text] == []
