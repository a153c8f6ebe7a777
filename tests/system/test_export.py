# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts become files; what is there of an account and cannot be in a file; and where somebody is named."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_examples import connections
from system_rerouting import Jobs
from system_support import Json, leaks, run_module

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator

# It takes text messages too.
NUMBER = "+61491570110"


@pytest.fixture
def account(simulator: Simulator, tmp_path: Path) -> Json:
    """Options for the jobs of an office that has the Sonetel account, and no file yet."""
    options = {"office": "lyon", "path": str(tmp_path / "office.yml"), "providers": ["sonetel"]}
    return {**options, "sonetel_connection": connections(simulator, tmp_path)["sonetel_connection"]}


def export(account: Json, **options: Any) -> tuple[Json, str]:
    """Write what the account holds to the file; returns its variables, and its text."""
    result = run_module("office_variables", {**account, **options})
    assert "msg" not in result, result["msg"]
    path = Path(account["path"])
    text = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert leaks(text) == []
    assert result["diff"]["after"] == text
    variables: Json = yaml.safe_load(text)
    for provider, lists in result["lists"].items():
        assert variables[f"office_{provider}"] == lists
    return variables, text


def onboarded(account: Json, variables: Json, **options: Any) -> bool:
    """Return whether onboarding what a file says changes the account."""
    lists = {name.removeprefix("office_"): value for name, value in variables.items()}
    connection = {name: value for name, value in account.items() if name.endswith("_connection")}
    result = run_module("office", {"office": "lyon", **connection, **lists, **options})
    assert "msg" not in result, result["msg"]
    changed: bool = result["changed"]
    return changed


def test_what_cannot_be_expressed_is_a_comment(account: Json) -> None:
    policy = {"allowed_countries": ["SE"]}
    exported, text = export(account, policy=policy, region="SE", timezone="Europe/Stockholm")
    carried = {"office_region": "SE", "office_timezone": "Europe/Stockholm", "office_policy": policy}
    assert list(exported.items())[:3] == list(carried.items())
    forwardings = {item["number"]: item for item in exported["office_sonetel"]["forwardings"]}
    assert "+12025550125" not in forwardings
    assert "    # +12025550125 is left out: +12025550144 is in US, and policy.allowed_countries is SE;" in text
    assert "destination" not in forwardings["+12025550127"]
    assert "    # +12025550127: destination is not set" in text
    assert onboarded(account, exported) is False


def test_a_second_export_changes_nothing(account: Json) -> None:
    previewed = run_module("office_variables", account, check=True)
    assert not Path(account["path"]).exists()
    assert (previewed["changed"], "would be written" in previewed["message"][0]) == (True, True)
    _variables, text = export(account)
    assert previewed["diff"]["after"] == text
    again = run_module("office_variables", account)
    assert (again["changed"], "is up to date" in again["message"][0]) == (False, True)
    assert Path(account["path"]).read_text() == text


def test_only_some_numbers(account: Json) -> None:
    exported, _text = export(account, numbers=["202-555 0123", "+1 202 555 0125"], region="US")
    (lists,) = (value for name, value in exported.items() if name == "office_sonetel")
    assert {name: len(items) for name, items in lists.items() if items} == {"forwardings": 2}
    path = Path(account["path"])
    path.unlink()
    unknown = run_module("office_variables", {**account, "numbers": ["+12025550199"]})
    assert "+12025550199: not on any of the accounts that were read." in unknown["msg"]
    assert not path.exists()


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
def test_a_url_that_seems_to_hold_a_credential_is_a_comment(
    simulator: Simulator, tmp_path: Path, account: Json, url: str, why: str
) -> None:
    state = simulator.state()["fonedynamics"]
    record = state["accounts"][fonedynamics.ACCOUNT_SID]["numbers"][NUMBER[1:]]
    record.update(Friendly="Desk", WebHookUrl=url, WebHookMethod="POST")
    simulator.put_state({"fonedynamics": state})
    connection = connections(simulator, tmp_path)["fonedynamics_connection"]
    account = {**account, "providers": ["fonedynamics"], "fonedynamics_connection": connection}
    result = run_module("office_variables", account)
    text = Path(account["path"]).read_text()
    (kept,) = (item for item in result["lists"]["fonedynamics"]["numbers"] if item["number"] == NUMBER)
    assert kept["friendly_name"] == "Desk"
    if why:
        assert not {"webhook_url", "webhook_method"} & set(kept)
        assert url not in result["printed"]
        assert url not in text
        assert f"    # {NUMBER}: webhook_url seems to hold a credential, {why};" in text
    else:
        assert (kept["webhook_url"], kept["webhook_method"]) == (url, "POST")


def test_a_file_of_somebody_else_is_not_replaced(simulator: Simulator, account: Json) -> None:
    path = Path(account["path"])
    path.write_text("office_region: SE  # by hand\n")
    refused = run_module("office_variables", account)
    assert "was not made by an export. Name another file, or set overwrite." in refused["msg"]
    assert simulator.requests() == []
    previewed = run_module("office_variables", {**account, "overwrite": True}, check=True)
    assert previewed["changed"]
    assert path.read_text() == "office_region: SE  # by hand\n"
    _variables, text = export(account, overwrite=True)
    assert previewed["diff"]["after"] == text
    assert run_module("office_variables", account)["changed"] is False


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("file/office.yml", "file is not a folder"),
        ("link.yml", "is a symbolic link"),
        ("folder", "is not a file"),
        ("folder/" + "a" * 247 + ".yml", "is too long"),
        ("binary.yml", "cannot be read"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_the_first_request(
    simulator: Simulator, tmp_path: Path, account: Json, place: str, words: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.yml").write_bytes(b"\xff\xfe")
    (tmp_path / "link.yml").symlink_to(tmp_path / "file")
    refused = run_module("office_variables", {**account, "path": str(tmp_path / place)})
    assert words in refused["msg"]
    assert (refused["changed"], simulator.requests()) == (False, [])
    nowhere = {name: value for name, value in account.items() if name != "path"}
    assert "Set path or directory." in run_module("office_variables", nowhere)["msg"]


def test_what_fails_afterwards_does_not_deny_the_file(simulator: Simulator, account: Json) -> None:
    """The file is verified by planning what it says, for which the account is read again."""
    cost = run_module("office_variables", {**account, "verify": False})["api_calls"]["requests"]
    path = Path(account["path"])
    path.unlink()
    simulator.add_faults(
        [{"provider": "sonetel", "path_regex": ".*", "after": cost, "times": None, "kind": "status", "status": 403}]
    )
    failed = run_module("office_variables", account)
    assert (failed["failed"], failed["changed"], path.exists()) == (True, True, True)
    assert failed["msg"].startswith(f"{path} was written, but could not be verified: ")
    assert "Nothing was written" not in failed["msg"]


@pytest.fixture
def jobs(simulator: Simulator, tmp_path: Path) -> Jobs:
    return Jobs(simulator, tmp_path)


def test_a_leaver_is_replaced_everywhere_or_nowhere(jobs: Jobs) -> None:
    person = {"email": "Anna.Lindqvist@example.org", "phones": ["+33 3 53 01 00 01"]}

    def leave(**more: Any) -> Json:
        return jobs.run("office_leaver", person=person, **jobs.lists, **more)

    places = [("sonetel.forwardings", "+12025550123", "destination.user")]
    places += [("smspartner.callforwards", "+33261910001", "destination")]
    found = leave()
    named = [(place["list"], place["key"], place["option"]) for place in found["found"]]
    assert [place for place in named if place in places] == places
    assert (found["changed"], "changes" in found) == (False, False)
    assert (
        "Searched in the variables or the journal only: SMS Partner numbers, which cannot be read."
        in (found["unsearched"])
    )
    # A successor without a phone cannot take over what is reached by phone.
    lacking = leave(successor={"email": "erik.ohman@example.org"})
    assert "reached by phone number, but the successor has nothing of the kind" in lacking["msg"]
    assert jobs.stored() == jobs.start

    done = leave(successor={"email": "erik.ohman@example.org", "phones": ["+46701740606"]})
    assert "msg" not in done, done["msg"]
    assert jobs.stored() == {
        **jobs.start,
        "+12025550123": ("user", "3000000014"),
        "+33261910001": (1, "46701740606"),
    }
    jobs.lists = {name: {} for name in jobs.lists}
    assert leave()["found"] == []


def test_a_leaver_is_searched_in_accounts_that_the_file_does_not_name(jobs: Jobs) -> None:
    """Whoever has credentials for an account wants to know of it."""
    found = jobs.run("office_leaver", person={"email": "anna.lindqvist@example.org"})
    assert "+12025550123" in {place["key"] for place in found["found"]}
    assert found["in_variables"] == []
    elsewhere = jobs.run("office_leaver", person={"email": "anna.lindqvist@example.org"}, providers=["fonedynamics"])
    assert elsewhere["found"] == []


def test_an_account_that_is_not_shown_in_full_is_exported_as_what_it_is(simulator: Simulator, account: Json) -> None:
    """The file says so, and what is in it can be onboarded all the same: it names by id what may have a namesake."""
    simulator.set_switches({"sonetel": {"list_end": "cut"}})
    result = run_module("office_variables", account)
    assert "msg" not in result, result["msg"]
    text = Path(account["path"]).read_text()
    for name in ("phonenumbersubscription", "voiceapp", "user"):
        reported = f"Sonetel shows only the first of 2 pages of its {name} list."
        assert f"# {reported}" in text
        assert [line for line in result["left_out"] if reported in line]
    assert onboarded(account, yaml.safe_load(text)) is False
