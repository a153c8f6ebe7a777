# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module `office_doctor`: a first call finds out what works and what does not, and writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from system_examples import connections, office, variables_of
from system_playbooks import Playbooks
from system_support import Json, SkippingClock, leaks, run_module

from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.sonetel import seed as sonetel

# Logins and reads of each provider.
COST = {"sonetel": (1, 3), "ringcentral": (1, 5), "smspartner": (0, 1), "fonedynamics": (0, 2)}
PROVIDERS = tuple(COST)


@pytest.fixture
def options(simulator: Simulator, tmp_path: Path) -> Json:
    """Credentials for all providers, and no lists."""
    return {"office": "lyon", **connections(simulator, tmp_path)}


def findings(result: Json, provider: str, level: str) -> list[Json]:
    return [found for found in result["providers"][provider]["findings"] if found["level"] == level]


def accounts(simulator: Simulator) -> Json:
    """What the providers hold, without the sessions that a login opens."""
    return {
        provider: {name: part for name, part in state.items() if "token" not in name and name != "sessions"}
        for provider, state in simulator.state().items()
    }


def test_healthy_accounts_fit_on_a_screen_and_cost_a_handful_of_reads(
    options: Json, simulator: Simulator, tmp_path: Path
) -> None:
    before = accounts(simulator)
    simulator.clear_requests()
    result = run_module("office_doctor", options)
    assert not result.get("failed"), result["msg"]
    assert [name for name, found in result["providers"].items() if found["works"]] == list(PROVIDERS)
    assert len(result["message"]) <= 24
    assert max(len(line) for line in result["message"] if str(tmp_path) not in line) <= 140
    count: Counter[tuple[str, str]] = Counter()
    for entry in simulator.requests():
        login = entry["path"].endswith("/token")
        assert login or entry["method"] == "GET"
        count[entry["provider"], "login" if login else "read"] += 1
    assert {name: (count[name, "login"], count[name, "read"]) for name in PROVIDERS} == COST
    assert accounts(simulator) == before
    assert leaks(result["printed"]) == []
    # Nothing depends on check mode.
    assert run_module("office_doctor", options, check=True)["providers"] == result["providers"]


def test_what_a_company_needs_of_app_and_user_is_named(options: Json, simulator: Simulator, tmp_path: Path) -> None:
    lists = variables_of("newyork")["office_ringcentral"]
    given = {**options, "providers": ["ringcentral"], "ringcentral": lists}
    simulator.clear_requests()
    result = run_module("office_doctor", given)
    assert not result.get("failed"), result["msg"]
    assert len([entry for entry in simulator.requests() if entry["method"] == "GET"]) == COST["ringcentral"][1] + 1
    assert [found for found in findings(result, "ringcentral", "ok") if "may write group_extensions" in found["text"]]
    _scope(simulator, ["ReadAccounts", "EditExtensions"])
    _user_lacks(simulator, "AutoReceptionist")
    # What the app may do comes with the login.
    given["ringcentral_connection"] = {**options["ringcentral_connection"], "cache_path": str(tmp_path / "anew")}
    result = run_module("office_doctor", given)
    app, user = (f"{found['text']} {found['next_step']}" for found in findings(result, "ringcentral", "fail"))
    assert "app lacks the permission EditAccounts" in app
    assert "phone_numbers" in app
    assert "user lacks the permission AutoReceptionist, which is needed for ivr_menus" in user
    # Rules of queues are no rules of the company.
    rules = [{"owner": "7202", "name": "Lunch", "callers": ["+12025550144"], "destination": {"voicemail": True}}]
    result = run_module("office_doctor", {**given, "ringcentral": {"company_rules": rules}})
    assert not result.get("failed"), result["msg"]


def test_who_shares_the_account_is_named_up_to_five(options: Json) -> None:
    for count, words in ((1, "with a0"), (6, "with a0, a1, a2, a3, a4 and 1 more")):
        hosts = [f"a{number}" for number in range(count)]
        names = {
            "accounts": {host: {"fonedynamics": "environment"} for host in (options["office"], *hosts)},
            "claims": [[host, "fonedynamics", "number", f"+6125550019{host[1:]}", ""] for host in hosts],
        }
        numbers = {"numbers": [{"number": "+61255500101"}]}
        result = run_module(
            "office_doctor",
            {**options, "providers": ["fonedynamics"], "fonedynamics": numbers, "index_names": names},
        )
        assert result["providers"]["fonedynamics"]["shared_with"] == hosts
        assert [line for line in result["message"] if f"shares the account at Fone Dynamics {words}" in line]


def test_assumptions_are_listed_with_the_call_that_settles_each(options: Json) -> None:
    result = run_module("office_doctor", {**options, "providers": ["fonedynamics"], "assumptions": True})
    listed = result["providers"]["fonedynamics"]["assumptions"]
    assert listed
    text = "\n".join(result["message"])
    for assumption in listed:
        for part in ("what", "call", "source"):
            assert assumption[part] in text


def _scope(simulator: Simulator, permissions: list[str]) -> None:
    state = simulator.state()
    state["ringcentral"]["apps"][ringcentral.COMPANY_CLIENT_ID]["permissions"] = permissions
    simulator.put_state(state)


def _user_lacks(simulator: Simulator, permission: str) -> None:
    state = simulator.state()
    state["ringcentral"]["extensions"][ringcentral.OWNER_ID]["permissions"].remove(permission)
    simulator.put_state(state)


def _refused(simulator: Simulator, code: int) -> None:
    state = simulator.state()
    for account in state["smspartner"]["accounts"].values():
        account["refused_with"] = code
    simulator.put_state(state)


Trouble = Callable[[Simulator, Json], object]
TROUBLES: tuple[tuple[str, str, Trouble, tuple[str, ...]], ...] = (
    (
        "wrong password",
        "sonetel",
        lambda simulator, given: given.update(password="Fake&wrong+7%sure"),
        ("not found", "username and password", "sonetel_connection", "SONETEL_PASSWORD"),
    ),
    (
        "password missing",
        "sonetel",
        lambda simulator, given: given.pop("password"),
        ("password is missing", "SONETEL_PASSWORD"),
    ),
    (
        "regular user",
        "sonetel",
        lambda simulator, given: given.update(username=sonetel.REGULAR_EMAIL, password=sonetel.REGULAR_PASSWORD),
        ("a regular user", "administrator"),
    ),
    ("nobody there", "sonetel", lambda simulator, given: given.update(api_url="http://127.0.0.1:9"), ("127.0.0.1:9",)),
    ("wrong account", "sonetel", lambda simulator, given: given.update(account_id="309999999"), ("account_id",)),
    (
        "wrong secret",
        "ringcentral",
        lambda simulator, given: given.update(client_secret="Fake&wrong+7%sure"),
        ("OAU-146", "client_secret", "RC_APP_CLIENT_SECRET"),
    ),
    (
        "app may not write",
        "ringcentral",
        lambda simulator, given: _scope(simulator, ["ReadAccounts"]),
        ("EditExtensions", "developer console"),
    ),
    (
        "app may not read",
        "ringcentral",
        lambda simulator, given: _scope(simulator, ["EditExtensions"]),
        ("ReadAccounts", "developer console"),
    ),
    (
        "user may not read numbers",
        "ringcentral",
        lambda simulator, given: _user_lacks(simulator, "ReadUserForwardingFlipNumbers"),
        ("forwarding numbers of extension 102", "ReadUserForwardingFlipNumbers", "CMN-408"),
    ),
    (
        "user may not list extensions",
        "ringcentral",
        lambda simulator, given: _user_lacks(simulator, "ReadExtensions"),
        ("ReadExtensions", "CMN-408"),
    ),
    (
        "own extension only",
        "ringcentral",
        lambda simulator, given: given.update(jwt=ringcentral.READER_JWT),
        ("of extension 101", "administrator", "CMN-419"),
    ),
    (
        "wrong key",
        "smspartner",
        lambda simulator, given: given.update(api_key="Fake&wrong+7%sure"),
        ("API key", "SMSPARTNER_API_KEY"),
    ),
    ("address refused", "smspartner", lambda simulator, given: _refused(simulator, 96), ("IP address", "allow-list")),
    (
        "wrong token",
        "fonedynamics",
        lambda simulator, given: given.update(token="Fake&wrong+7%sure"),
        ("account_sid and token", "FONEDYNAMICS_TOKEN"),
    ),
)


@pytest.mark.parametrize(("provider", "plant", "words"), [pytest.param(*row, id=name) for name, *row in TROUBLES])
def test_a_provider_that_fails_is_explained_and_hides_no_other(
    provider: str, plant: Trouble, words: tuple[str, ...], options: Json, simulator: Simulator
) -> None:
    plant(simulator, options[f"{provider}_connection"])
    clock = SkippingClock()
    result = run_module("office_doctor", options, clock=clock)
    assert result["failed"] is True
    assert {name for name, found in result["providers"].items() if not found["works"]} == {provider}
    assert result["failure"]["message"] == findings(result, provider, "fail")[0]["text"]
    assert result["msg"] == "\n".join(result["message"])
    for word in words:
        assert word in result["msg"]
    assert leaks(result["printed"]) == []
    assert sum(clock.naps) == 0, "who asks wants to know now"


def test_only_providers_in_use_let_it_fail(simulator: Simulator, tmp_path: Path) -> None:
    options = office("washington", simulator, tmp_path)
    options["fonedynamics_connection"]["token"] = "Fake&wrong+7%sure"
    result = run_module("office_doctor", options)
    assert not result.get("failed")
    assert result["providers"]["fonedynamics"]["works"] is False
    assert "Fone Dynamics cannot" in result["message"][0]
    assert run_module("office_doctor", {**options, "providers": ["fonedynamics"]})["failed"] is True
    options["sonetel_connection"]["username"] = options["sonetel_connection"]["password"] = None
    result = run_module("office_doctor", options)
    assert result["failed"] is True
    assert "Sonetel CANNOT be used" in result["msg"]
    assert "SONETEL_USERNAME" in result["msg"]


def test_without_credentials_it_says_where_they_go() -> None:
    result = run_module("office_doctor", {"office": "lyon"})
    assert result["failed"] is True
    for word in ("SONETEL_PASSWORD", "RC_USER_JWT", "SMSPARTNER_API_KEY", "FONEDYNAMICS_TOKEN"):
        assert word in result["msg"]
    assert result["msg"] == "\n".join(result["message"])
    assert result["api_calls"]["requests"] == 0


def test_missing_credentials_of_a_provider_in_use_are_one_finding() -> None:
    result = run_module("office_doctor", {"office": "lyon", "sonetel": {"forwardings": []}})
    _first, line, step, *_rest = result["message"]
    assert line.startswith("  Sonetel       FAIL  There are no Sonetel credentials. Set username and password")
    assert step.strip() == "Or set them in sonetel_connection."
    assert "Nothing was written" not in result["msg"]


@pytest.mark.parametrize(("variables", "name"), [(False, "sonetel_connection"), (True, "office_sonetel_connection")])
def test_advice_names_the_connection_as_this_user_does(variables: bool, name: str, options: Json) -> None:
    options["sonetel_connection"]["proxy"] = "http://127.0.0.1:1"
    result = run_module("office_doctor", {**options, "providers": ["sonetel"], "variables": variables})
    assert f"and check {name}.proxy." in result["msg"]


class _FastClock(SkippingClock):
    def time(self) -> float:
        return super().time() + 900


@pytest.mark.parametrize("password", [sonetel.ADMIN_PASSWORD, "Fake&wrong+7%sure"], ids=["right", "wrong"])
def test_a_wrong_clock_is_noticed_also_when_the_login_fails(password: str, options: Json) -> None:
    options["sonetel_connection"]["password"] = password
    result = run_module("office_doctor", {**options, "providers": ["sonetel"]}, clock=_FastClock())
    (line,) = [line for line in result["message"] if "the clock is" in line]
    assert "note" in line
    found = re.search(r"(\d+) s ahead of Sonetel", line)
    assert found, line
    # What the answer took is added.
    assert int(found[1]) >= 899


SWITCHES: tuple[tuple[str, str, Any], ...] = (
    ("ringcentral", "migrated", "yes"),
    ("ringcentral", "feature_record", "bare"),
    ("ringcentral", "migrated_forwarding_numbers", "closed"),
    ("ringcentral", "rate_headers", "absent"),
    ("sonetel", "envelope", "absent"),
    ("sonetel", "empty_list", "null"),
    ("sonetel", "ids", "number"),
    ("sonetel", "acc_id", "number"),
    ("sonetel", "flags", "boolean"),
    ("smspartner", "credits_form", "older"),
    ("smspartner", "language", "fr"),
    ("fonedynamics", "other_statuses", "http"),
)


@pytest.mark.parametrize(("provider", "switch", "value"), SWITCHES)
def test_it_works_whatever_the_documents_leave_open(
    provider: str, switch: str, value: Any, options: Json, simulator: Simulator
) -> None:
    simulator.set_switches({provider: {switch: value}})
    result = run_module("office_doctor", {**options, "providers": [provider]})
    assert not result.get("failed"), result["msg"]


def test_it_says_which_call_handling_there_is(options: Json, simulator: Simulator) -> None:
    one = {**options, "providers": ["ringcentral"]}
    assert "answering rules (legacy)" in "\n".join(run_module("office_doctor", one)["message"])
    simulator.set_switches({"ringcentral": {"migrated": "yes"}})
    assert "new call handling" in "\n".join(run_module("office_doctor", one)["message"])
    simulator.set_switches({"ringcentral": {"migrated_forwarding_numbers": "closed"}})
    result = run_module("office_doctor", one)
    assert "CMN-468" in result["msg"]


def test_garbage_from_one_provider_hides_no_other(options: Json, simulator: Simulator) -> None:
    simulator.add_faults([{"provider": "sonetel", "method": "GET", "path_regex": "user", "kind": "garbage"}])
    result = run_module("office_doctor", options)
    assert {name for name, found in result["providers"].items() if not found["works"]} == {"sonetel"}


def test_folders_that_cannot_be_written_are_noted(options: Json, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    result = run_module("office_doctor", {**options, "reroute_directory": str(file / "reroutes")})
    assert not result.get("failed")
    assert any("note" in line and str(file) in line for line in result["message"])


def test_the_playbook_tells_who_shares_an_account(simulator: Simulator, tmp_path: Path, collections_path: Path) -> None:
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    number = {"destination": {"phone": "+46701740605"}}
    playbooks.write(
        {
            "lyon": {"office_sonetel": {"forwardings": [{"number": "+46846500412", **number}]}},
            "oslo": {"office_sonetel": {"forwardings": [{"number": "+46846500413", **number}]}},
            "rome": {"office_smspartner": {"callforwards": []}},
        }
    )
    run = playbooks.run("doctor")
    assert run.code == 0, run.text
    shown = run.messages()
    lyon, oslo, rome = (shown[name] for name in ("lyon", "oslo", "rome"))
    assert any("shares the account at Sonetel with oslo" in line for line in lyon)
    assert any("shares the account at Sonetel with lyon" in line for line in oslo)
    assert not any("shares" in line for line in rome)
