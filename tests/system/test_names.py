# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A name with a blank at its end, or composed in another way, means the same object: nothing is made or changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from system_calls import WORK, office_of
from system_examples import connections
from system_support import FUZZ, TOKEN, Json, assert_clear, run_module

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.sonetel import seed as sonetel

COMPOSED = unicodedata.normalize("NFC", "Växel Åre")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)
SPELLINGS = {
    "as it is": COMPOSED,
    "decomposed": DECOMPOSED,
    "blank after": f"{COMPOSED} ",
    "blank before": f" {COMPOSED}",
    "no-break space after": f"{DECOMPOSED}\N{NO-BREAK SPACE}",
}
# At the provider and at the user; the first of each is the plain one.
PAIRS = [(one, other) for one in SPELLINGS for other in SPELLINGS if one != other]
RECEPTION = "Reception"
NUMBER = "+12025550124"
PROMPT = {"text": "Good day", "language": "en_US"}
FORWARDED = {"number": NUMBER, "destination": {"voiceapp": "X"}}
_RUNG = {**WORK, "ring": [{"devices": ["X"], "seconds": 30}]}
LIST = {"forwardings", "voiceapps", "prompts", "user_forwardings", "numbers", "call_forwardings", "forwarding_numbers"}


class Kind(NamedTuple):
    """Objects of one kind: what they are called at first, and the module and options that name one of them X."""

    old: str
    module: str
    options: Json
    # What the info module is asked for, by the name that the user has for it.
    info: tuple[str, Json] | None = None


VOICEAPPS, PROMPTS = "sonetel_voiceapps", {"prompts": [{"voiceapp": RECEPTION, "name": "X", **PROMPT}]}
CALLS = "ringcentral_call_forwardings"
KINDS = {
    "voice app": Kind(
        "Växel Stockholm",
        VOICEAPPS,
        {"voiceapps": [{"name": "X", "type": "menu"}]},
        ("sonetel_voiceapp_info", {"voiceapps": ["X"]}),
    ),
    "voice app called": Kind(
        RECEPTION,
        "sonetel_forwardings",
        {"forwardings": [FORWARDED]},
        ("sonetel_forwarding_info", {"numbers": [NUMBER]}),
    ),
    "voice app in a menu": Kind(
        RECEPTION,
        VOICEAPPS,
        {"voiceapps": [{"name": "Växel Stockholm", "menu": [{"key": "7", "voiceapp": "X"}], "menu_policy": "merge"}]},
    ),
    "voice app of a person": Kind(
        RECEPTION,
        "sonetel_user_forwardings",
        {"user_forwardings": [{"user": " ANNA.Lindqvist@example.org ", "second_action": {"voiceapp": "X"}}]},
    ),
    "prompt": Kind("X", VOICEAPPS, PROMPTS),
    "voice app of a prompt": Kind(RECEPTION, VOICEAPPS, {"prompts": [{"voiceapp": "X", "name": "Hello", **PROMPT}]}),
    "extension": Kind("Ada Reyes", CALLS, {"call_forwardings": [{**WORK, "extension": "X"}]}),
    "extension called": Kind(
        "Ben Okafor", CALLS, {"call_forwardings": [{"extension": "101", "hours": "work", "then": {"extension": "X"}}]}
    ),
    "device rung": Kind("Yealink T54W", CALLS, {"call_forwardings": [_RUNG]}),
    "label": Kind(
        "Cell",
        "ringcentral_forwarding_numbers",
        {"forwarding_numbers": [{"extension": "101", "phone_number": "+16505550100", "label": "X"}]},
    ),
    "device listed": Kind(
        "Yealink T54W",
        "ringcentral_forwarding_numbers",
        {"forwarding_numbers": [{"extension": "101", "device": "X", "device_extension": "102"}]},
    ),
    "flow": Kind(
        "Main menu",
        "fonedynamics_numbers",
        {"numbers": [{"number": "+61255500102", "routing_method": "flow", "flow": "X"}]},
    ),
    "address": Kind(
        "Melbourne office", "fonedynamics_numbers", {"numbers": [{"number": "+61255500102", "address": "X"}]}
    ),
    "friendly name": Kind("X", "fonedynamics_numbers", {"numbers": [{"number": "+61255500102", "friendly_name": "X"}]}),
}


def renamed(value: Any, old: str, new: str) -> Any:
    """Return *value* with each text *old* in it replaced."""
    if isinstance(value, dict):
        return {key: renamed(member, old, new) for key, member in value.items()}
    if isinstance(value, list):
        return [renamed(member, old, new) for member in value]
    return new if value == old else value


@pytest.fixture
def run(simulator: Simulator, tmp_path: Path) -> Callable[..., Json]:
    """Runs a module of any provider with what it needs to connect."""
    state = simulator.state()
    state["sonetel"]["access_tokens"][TOKEN] = sonetel.access_token()
    simulator.put_state(state)
    office = office_of(simulator, tmp_path)
    connections: dict[str, Json] = {
        "sonetel": {
            "access_token": TOKEN,
            "account_id": sonetel.ACCOUNT_ID,
            "api_url": simulator.sonetel_api_url,
        },
        "ringcentral": office.options,
        "fonedynamics": {
            "account_sid": fonedynamics.ACCOUNT_SID,
            "token": fonedynamics.TOKEN,
            "api_url": simulator.fonedynamics_api_url,
        },
    }

    def run_with_connection(module: str, options: Json, **more: Any) -> Json:
        region = {} if module.endswith("_info") else {"region": "US"}
        simulator.clear_requests()
        return run_module(module, {**connections[module.partition("_")[0]], **region, **options}, **more)

    return run_with_connection


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_nothing_changes(simulator: Simulator, run: Callable[..., Json], kind: Kind) -> None:
    at_first = run(kind.module, renamed(kind.options, "X", kind.old))
    assert "msg" not in at_first, at_first
    state = simulator.state()
    # In a short run every fourth pair, so that each pair is one of some kinds.
    turn, step = [*KINDS.values()].index(kind), 1 if FUZZ else 4
    for stored, written in PAIRS[turn % step :: step]:
        simulator.put_state(renamed(state, kind.old, SPELLINGS[stored]))
        options = renamed(kind.options, "X", SPELLINGS[written])
        for check in (True, False):
            result = run(kind.module, options, check=check)
            assert "msg" not in result, (stored, written, result["msg"])
            changes = [item for item in result["results"] if item["action"] != "none"]
            if "text" in str(options):
                # What is said is always uploaded again, but to the same prompt.
                assert [item["action"] for item in changes] in ([], ["update"]), (stored, written, changes)
            else:
                assert changes == [], (stored, written, changes)
        if kind.info:
            module, asked = kind.info
            found = run(module, renamed(asked, "X", SPELLINGS[written]))
            assert "warnings" not in found, (stored, written, found["warnings"])
            (name,) = LIST & set(asked) if "numbers" not in asked else {"forwardings"}
            assert len(found[name]) == 1
            again = run(kind.module, {name: found[name]}, check=True)
            assert again["changed"] is False, (stored, written)
            # The provider's spelling stays.
            assert renamed(found[name], SPELLINGS[stored], "") != found[name]


TWICE = [
    pytest.param(VOICEAPPS, {"voiceapps": [{"name": DECOMPOSED}, {"name": f"{COMPOSED} "}]}, id="voice app"),
    pytest.param(
        VOICEAPPS,
        {"prompts": [{"voiceapp": RECEPTION, "name": DECOMPOSED}, {"voiceapp": f"{RECEPTION} ", "name": COMPOSED}]},
        id="prompt",
    ),
    pytest.param(
        VOICEAPPS,
        {"prompts": [{"voiceapp": RECEPTION, "name": "Hi"}, {"voiceapp": "VAq7k2m9x1za", "name": "Hi"}]},
        id="prompt of one voice app by name and by id",
    ),
    pytest.param(
        "sonetel_user_forwardings",
        {"user_forwardings": [{"user": f"{name}@example.org "} for name in ("anna.lindqvist", "Anna.Lindqvist")]},
        id="person",
    ),
    pytest.param(
        CALLS,
        {
            "call_forwardings": [
                {"extension": name, "hours": "work", "ring": []} for name in ("Ada Reyes", "Ada Reyes ")
            ]
        },
        id="extension",
    ),
    pytest.param(
        "ringcentral_forwarding_numbers",
        {"forwarding_numbers": [{"extension": name, "phone_number": "+16505550100"} for name in ("101", "101 ")]},
        id="extension of a number",
    ),
]


@pytest.mark.parametrize(("module", "options"), TWICE)
def test_two_that_mean_the_same_are_refused(run: Callable[..., Json], module: str, options: Json) -> None:
    result = run(module, options)
    (plural,) = options
    assert_clear(result, f"{plural}[0]", f"{plural}[1]")
    assert result["failure"]["kind"] == "input"


def test_two_at_the_provider_are_ambiguous(simulator: Simulator, run: Callable[..., Json]) -> None:
    state = simulator.state()
    apps = state["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["voiceapps"]
    apps["VAq7k2m9x1za"]["name"], apps["VAw3x5y7z9ab"]["name"] = f"{COMPOSED} ", DECOMPOSED
    simulator.put_state(state)
    both = ("VAq7k2m9x1za", "VAw3x5y7z9ab", repr(f"{COMPOSED} "), repr(DECOMPOSED))
    assert_clear(run(VOICEAPPS, {"voiceapps": [{"name": COMPOSED}]}), *both)
    called = {"forwardings": [{"number": NUMBER, "destination": {"voiceapp": COMPOSED}}]}
    assert_clear(run("sonetel_forwardings", called), *both)
    by_id = run(VOICEAPPS, {"voiceapps": [{"app_id": "VAq7k2m9x1za", "name": COMPOSED}]})
    assert by_id["plan"]["unchanged"] == 1


def test_pruning_and_deleting_know_the_name(simulator: Simulator, run: Callable[..., Json]) -> None:
    state = simulator.state()
    apps = state["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["voiceapps"]
    apps["VAw3x5y7z9ab"]["name"] = f"{DECOMPOSED} "
    simulator.put_state(state)
    others = [{"app_id": key, "name": app["name"]} for key, app in apps.items() if key != "VAw3x5y7z9ab"]
    pruned = run(VOICEAPPS, {"voiceapps": [{"name": COMPOSED}, *others], "prune": True})
    assert (pruned["changed"], pruned["plan"]["unchanged"]) == (False, len(apps))
    deleted = run(VOICEAPPS, {"voiceapps": [{"name": f" {COMPOSED}", "state": "absent", "force": True}]})
    assert deleted["plan"]["delete"] == 1
    assert "VAw3x5y7z9ab" not in simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["voiceapps"]


def test_a_name_is_changed_where_it_means_another(simulator: Simulator, run: Callable[..., Json]) -> None:
    result = run(VOICEAPPS, {"voiceapps": [{"app_id": "VAw3x5y7z9ab", "name": f" {DECOMPOSED}"}]})
    assert result["plan"]["update"] == 1
    apps = simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]["voiceapps"]
    assert apps["VAw3x5y7z9ab"]["name"] == COMPOSED


def test_jobs_find_what_has_a_blank_at_its_end(simulator: Simulator, tmp_path: Path) -> None:
    state = simulator.state()
    account = state["sonetel"]["accounts"][sonetel.ACCOUNT_ID]
    account["voiceapps"]["VAq7k2m9x1za"]["name"] = "Kväll "
    account["numbers"][NUMBER[1:]] |= {
        "connect_to_type": "app",
        "connect_to": {"app_type": "ivr", "app_id": "VAq7k2m9x1za"},
    }
    simulator.put_state(state)
    lists = {"forwardings": [{"number": NUMBER, "destination": {"voiceapp": unicodedata.normalize("NFD", "Kväll")}}]}
    office = {"office": "malmo", "sonetel_connection": connections(simulator, tmp_path)["sonetel_connection"]}
    rerouting = {"reroute_directory": str(tmp_path / "reroutes")}
    jobs: tuple[tuple[str, Json], ...] = (
        ("office", {"sonetel": lists}),
        ("office_variables", {"sonetel": lists, "path": str(tmp_path / "malmo.yml")}),
        ("office_reroute", {"sonetel": lists, "to": "+46701740606", **rerouting}),
        ("office_reroute", {"state": "restored", **rerouting}),
        ("office", {"sonetel": lists}),
    )
    for job, options in jobs:
        before = simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]
        done = run_module(job, {**office, **options})
        assert "msg" not in done, done["msg"]
        after = simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]
        assert (after["numbers"] == before["numbers"]) is (job != "office_reroute")
        assert after["voiceapps"] == before["voiceapps"]
    assert after["numbers"][NUMBER[1:]]["connect_to"]["app_id"] == "VAq7k2m9x1za"
