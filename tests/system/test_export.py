# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts become files; what is there of an account and cannot be in a file; and where somebody is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_jobs import Jobs
from system_support import Json, leaks, run_module

from simulator.harness import Simulator
from simulator.sonetel import seed


def connection(simulator: Simulator) -> Json:
    return {
        "username": seed.ADMIN_EMAIL,
        "password": seed.ADMIN_PASSWORD,
        "api_url": simulator.sonetel_api_url,
        "auth_url": simulator.sonetel_auth_url,
    }


def export(simulator: Simulator, path: Path, **options: Any) -> Json:
    """Read the Sonetel account, and write it to *path*; returns what the file says of it."""
    listed = run_module("sonetel_forwarding_info", connection(simulator))["forwardings"]
    read = {"sonetel": {"forwardings": {"items": listed}}}
    result = run_module("office_variables", {"path": str(path), "read": read, **options})
    assert "msg" not in result, result["msg"]
    text = path.read_text()
    assert leaks(text) == []
    assert result["content"] == text
    variables: Json = yaml.safe_load(text)
    assert variables["office_sonetel"] == result["lists"]["sonetel"]
    return variables


def onboard(simulator: Simulator, variables: Json) -> Json:
    given = {**connection(simulator), **variables["office_sonetel"], "region": variables.get("office_region")}
    result = run_module("sonetel_forwardings", given)
    assert "msg" not in result, result["msg"]
    return result


def test_what_cannot_be_expressed_is_a_comment(simulator: Simulator, tmp_path: Path) -> None:
    path = tmp_path / "office.yml"
    exported = export(simulator, path, policy={"allowed_countries": ["SE"]}, carried={"office_region": "SE"})
    numbers = [item["number"] for item in exported["office_sonetel"]["forwardings"]]
    assert "+12025550125" not in numbers
    assert (
        "    # +12025550125 is left out: +12025550144 is in US, and policy.allowed_countries is SE;" in path.read_text()
    )
    (unconnected,) = (item for item in exported["office_sonetel"]["forwardings"] if item["number"] == "+12025550127")
    assert "destination" not in unconnected
    assert "    # +12025550127: destination is not set" in path.read_text()
    assert onboard(simulator, exported)["changed"] is False


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://hooks.example.org/sms/?a=1", ""),
        ("https://hooks.example.org/sms/incoming-messages-of-the-front-desk-2026", ""),
        ("https://hooks.example.org/sms?apikey=abc", "in apikey of its query"),
        ("https://hooks.example.org/sms?v=1&x=8f14e45fceea167a5a36dedd4bea2543", "in x of its query"),
        ("https://user:abc@hooks.example.org/sms", "in front of its host"),
        ("https://hooks.example.org/services/T0A1B2C3D/B0A1B2C3D/a1B2c3D4e5F6g7H8i9J0k1L2", "in its path"),
        ("https://hooks.example.org/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", "in its path"),
    ],
)
def test_a_url_that_seems_to_hold_a_credential_is_a_comment(tmp_path: Path, url: str, why: str) -> None:
    item = {"number": "+61255500101", "friendly_name": "Desk", "webhook_url": url, "webhook_method": "POST"}
    path = tmp_path / "office.yml"
    read = {"fonedynamics": {"numbers": {"items": [item]}}}
    result = run_module("office_variables", {"path": str(path), "read": read})
    (kept,) = result["lists"]["fonedynamics"]["numbers"]
    assert (kept == item) is (why == "")
    assert path.stat().st_mode & 0o777 == 0o600
    if why:
        assert kept == {"number": "+61255500101", "friendly_name": "Desk"}
        assert url not in json.dumps({name: result[name] for name in ("content", "lists", "left_out", "diff")})
        assert f"    # +61255500101: webhook_url seems to hold a credential, {why};" in path.read_text()


def test_a_file_of_somebody_else_is_not_replaced(jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "office.yml"
    path.write_text("office_region: SE  # by hand\n")
    read = jobs.read(jobs.lists)[0]
    refused = run_module("office_variables", {"path": str(path), "read": read})
    assert "was not made by an export" in refused["msg"]
    assert path.read_text() == "office_region: SE  # by hand\n"
    options = {"path": str(path), "read": read, "overwrite": True}
    foreseen = run_module("office_variables", options, check=True)
    assert foreseen["changed"]
    assert path.read_text() == "office_region: SE  # by hand\n"
    assert run_module("office_variables", options)["content"] == foreseen["content"] == path.read_text()
    assert run_module("office_variables", {**options, "overwrite": False})["changed"] is False


@pytest.fixture
def jobs(simulator: Simulator, tmp_path: Path) -> Jobs:
    return Jobs(simulator, tmp_path)


def test_a_leaver_is_replaced_everywhere_or_nowhere(jobs: Jobs) -> None:
    read = jobs.read(jobs.lists)[0]
    person = {"email": "Anna.Lindqvist@example.org", "phones": ["+33 3 53 01 00 01"]}
    options = {"read": read, "person": person}
    found = run_module("office_person", options)
    assert [(place["list"], place["key"], place["option"]) for place in found["found"]] == [
        ("sonetel.forwardings", "+12025550123", "destination.user"),
        ("smspartner.callforwards", "+33261910001", "destination"),
    ]
    assert found["lists"] == {}
    # A successor without a phone cannot take over what is reached by phone.
    lacking = run_module("office_person", {**options, "successor": {"email": "erik.ohman@example.org"}})
    assert "reached by phone number, for which the successor has nothing" in lacking["msg"]

    successor = {"email": "erik.ohman@example.org", "phones": ["+46701740606"]}
    lists = run_module("office_person", {**options, "successor": successor})["lists"]
    assert jobs.write(lists) == []
    assert jobs.stored() == {
        **jobs.start,
        "+12025550123": ("user", "3000000014"),
        "+33261910001": (1, "46701740606"),
    }
    read = jobs.read(jobs.lists)[0]
    assert run_module("office_person", {"read": read, "person": person})["found"] == []


def test_an_account_that_is_not_shown_in_full_is_exported_as_what_it_is(simulator: Simulator, tmp_path: Path) -> None:
    """The file says so, and what is in it can be onboarded all the same: it names by id what may have a namesake."""
    simulator.set_switches({"sonetel": {"list_end": "cut"}})
    account, read = connection(simulator), {}
    for module, lists in (
        ("forwarding", ("forwardings",)),
        ("voiceapp", ("voiceapps",)),
        ("user", ("user_forwardings",)),
    ):
        found = run_module(f"sonetel_{module}_info", account)
        read.update({name: {"items": found[name], "incomplete": found["incomplete"]} for name in lists})
    result = run_module("office_variables", {"path": str(tmp_path / "office.yml"), "read": {"sonetel": read}})
    for name in ("phonenumbersubscription", "voiceapp", "user"):
        told = f"Sonetel shows only the first of 2 pages of its {name} list."
        assert f"# {told}" in result["content"]
        assert [text for text in result["left_out"] if told in text]
    for name, items in result["lists"]["sonetel"].items():
        done = run_module(f"sonetel_{name}", {**account, name: items})
        assert (done.get("msg"), done["changed"]) == (None, False)
