# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that are not shown in full: what is in them is handled, and nothing is concluded from what is not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from system_fonedynamics import DESK, FoneDynamicsAccount
from system_ringcentral import CELL, RingCentralOffice
from system_support import Json, assert_clear, run_module, texts_of

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.sonetel import seed

# What the default account has on the first page of two, and what it has on the second.
SHOWN_APP, SHOWN_ID = "Main menu", "VAd4f6g8h0jk"
HIDDEN_APP, HIDDEN_ID = "Växel Stockholm", "VAw3x5y7z9ab"
SHOWN_NUMBER, HIDDEN_NUMBER, OTHER_NUMBER = "+46846500416", "+12025550124", "+46846500415"
SHOWN_USER, HIDDEN_USER, HIDDEN_USER_ID = "anna.lindqvist@example.org", "erik.ohman@example.org", "3000000014"
PAGES = "first of 2 pages"


class Sonetel:
    """The default account, of which lists show the first half."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        simulator.set_switches({"sonetel": {"list_end": "cut"}})
        self.start = self.stored()

    def stored(self) -> Json:
        account: Json = self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]
        return {name: account[name] for name in ("numbers", "voiceapps", "prompts", "users")}

    def run(self, module: str, *, check: bool = False, **options: Any) -> Json:
        connection = {
            "username": seed.ADMIN_EMAIL,
            "password": seed.ADMIN_PASSWORD,
            "api_url": self.simulator.sonetel_api_url,
            "auth_url": self.simulator.sonetel_auth_url,
        }
        self.simulator.clear_requests()
        return run_module(f"sonetel_{module}", {**connection, **options}, check=check)

    def writes(self) -> list[str]:
        return [
            f"{entry['method']} {entry['path']}"
            for entry in self.simulator.requests()
            if entry["method"] != "GET" and "oauth" not in entry["path"]
        ]


def _app(name: str | None, **more: Any) -> Json:
    named = {} if name is None else {"name": name}
    return {"voiceapps": [{**named, **more}]}


def _to(number: str, **destination: str) -> Json:
    return {"forwardings": [{"number": number, "destination": destination}]}


def _menu(**entry: str) -> Json:
    return _app(SHOWN_APP, menu=[{"key": "5", **entry}])


# What rests on something being absent, or being the only one: module, options, and words of the refusal.
REFUSED: dict[str, tuple[str, Json, tuple[str, ...]]] = {
    "create": ("voiceapps", _app("Brand new", type="menu"), ("Brand new", "not known whether it exists")),
    "create what is hidden": ("voiceapps", _app(HIDDEN_APP, type="menu"), (HIDDEN_APP, "not known whether it exists")),
    "change what is hidden": ("voiceapps", _app(HIDDEN_APP, voice="sv"), (HIDDEN_APP, "not known whether it exists")),
    "absent": ("voiceapps", _app("Brand new", state="absent"), ("not known whether it exists",)),
    "absent and shown": ("voiceapps", _app("Reception", state="absent", force=True), ("may exist twice",)),
    "absent by id": ("voiceapps", _app(None, app_id="VAnothere", state="absent"), ("not known whether it exists",)),
    "prune": ("voiceapps", {**_app(SHOWN_APP), "prune": True}, ("prune", "leave prune out")),
    "unknown id": ("voiceapps", _app(None, app_id="VAnothere", voice="sv"), ("not known whether it exists",)),
    "new prompt": (
        "voiceapps",
        {"prompts": [{"voiceapp": SHOWN_APP, "name": "Brand new"}]},
        ("Brand new", "not known whether it exists"),
    ),
    "absent prompt": (
        "voiceapps",
        {"prompts": [{"voiceapp": SHOWN_APP, "name": "Brand new", "state": "absent"}]},
        ("Brand new", "not known whether it exists"),
    ),
    "prompt of a hidden app": (
        "voiceapps",
        {"prompts": [{"voiceapp": HIDDEN_APP, "name": "Welcome"}]},
        (HIDDEN_APP, "use its id"),
    ),
    "number": ("forwardings", _to("+12025550177", phone="+46701740605"), ("not known whether it exists",)),
    "number to a hidden app": ("forwardings", _to(OTHER_NUMBER, voiceapp=HIDDEN_APP), (HIDDEN_APP, "use its id")),
    "number to a shown app": (
        "forwardings",
        _to(OTHER_NUMBER, voiceapp=SHOWN_APP),
        ("another voice app may have this name", SHOWN_ID),
    ),
    "number to a hidden user": ("forwardings", _to(OTHER_NUMBER, user=HIDDEN_USER), (HIDDEN_USER, "use its id")),
    "menu to a hidden app": ("voiceapps", _menu(voiceapp=HIDDEN_APP), (HIDDEN_APP, "use its id")),
    "menu to a shown app": ("voiceapps", _menu(voiceapp="Voice Mail"), ("another voice app may have this name",)),
    "menu to a shown prompt": ("voiceapps", _menu(prompt="Welcome"), ("another prompt may have this name",)),
    "menu to a hidden prompt": ("voiceapps", _menu(prompt="Please Wait"), ("Please Wait", "use its id")),
    "user": (
        "user_forwardings",
        {"user_forwardings": [{"user": HIDDEN_USER, "first_action": {"ring": "app"}}]},
        (HIDDEN_USER, "use its id"),
    ),
    "settings to a hidden user": (
        "user_forwardings",
        {"user_forwardings": [{"user": SHOWN_USER, "first_action": {"user": HIDDEN_USER}}]},
        (HIDDEN_USER, "use its id"),
    ),
    "settings to a shown app": (
        "user_forwardings",
        {"user_forwardings": [{"user": SHOWN_USER, "second_action": {"voiceapp": SHOWN_APP}}]},
        ("another voice app may have this name",),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_rests_on_what_is_not_shown(simulator: Simulator, name: str) -> None:
    account = Sonetel(simulator)
    module, options, words = REFUSED[name]
    for check in (True, False):
        result = account.run(module, check=check, **options)
        assert_clear(result, PAGES, *words)
        assert not [text for text in ("there is no ", "not on the account", "no voice app") if text in result["msg"]]
        assert result["changed"] is False
        assert account.writes() == []
    assert account.stored() == account.start


# What is in the list, or is asked for by its id: module, options, and the one write.
HANDLED: dict[str, tuple[str, Json, str]] = {
    "shown app": ("voiceapps", _app(SHOWN_APP, voice="sv"), f"PUT voiceapp/{SHOWN_ID}"),
    "hidden app by id": ("voiceapps", _app(None, app_id=HIDDEN_ID, voice="sv"), f"PUT voiceapp/{HIDDEN_ID}"),
    "renamed": ("voiceapps", _app("Fresh name", app_id=HIDDEN_ID), f"PUT voiceapp/{HIDDEN_ID}"),
    "menu by ids": ("voiceapps", _menu(voiceapp=HIDDEN_ID), f"PUT voiceapp/{SHOWN_ID}"),
    "menu to a user": ("voiceapps", _menu(user=SHOWN_USER), f"PUT voiceapp/{SHOWN_ID}"),
    "shown number": ("forwardings", _to(SHOWN_NUMBER, phone="+46701740605"), "PUT phonenumbersubscription/46846500416"),
    "hidden number": (
        "forwardings",
        _to(HIDDEN_NUMBER, phone="+46701740605"),
        "PUT phonenumbersubscription/12025550124",
    ),
    "to a hidden app by id": (
        "forwardings",
        _to(OTHER_NUMBER, voiceapp=HIDDEN_ID),
        "PUT phonenumbersubscription/46846500415",
    ),
    "to a shown user": ("forwardings", _to(OTHER_NUMBER, user=SHOWN_USER), "PUT phonenumbersubscription/46846500415"),
    "to a hidden user": (
        "forwardings",
        _to(OTHER_NUMBER, user=HIDDEN_USER_ID),
        "PUT phonenumbersubscription/46846500415",
    ),
    "hidden user by id": (
        "user_forwardings",
        {"user_forwardings": [{"user": HIDDEN_USER_ID, "first_action": {"phone": "+46701740605"}}]},
        f"POST user/{HIDDEN_USER_ID}/call",
    ),
}


@pytest.mark.parametrize("name", HANDLED)
def test_what_is_shown_or_has_an_id_is_handled(simulator: Simulator, name: str) -> None:
    account = Sonetel(simulator)
    module, options, write = HANDLED[name]
    predicted = account.run(module, check=True, **options)
    assert (predicted.get("msg"), predicted["changed"], account.writes()) == (None, True, [])
    applied = account.run(module, **options)
    assert (applied.get("msg"), applied["changed"]) == (None, True)
    method, _blank, path = write.partition(" ")
    assert account.writes() == [f"{method} /sonetel/account/{seed.ACCOUNT_ID}/{path}"]
    again = account.run(module, **options)
    assert (again.get("msg"), again["changed"], account.writes()) == (None, False, [])
    if module != "forwardings" or "hidden" in name or "shown number" in name:
        assert [text for text in texts_of(again) if PAGES in text]


def test_a_name_that_may_not_be_the_only_one_is_said(simulator: Simulator) -> None:
    account = Sonetel(simulator)
    warned = texts_of(account.run("voiceapps", check=True, **_app(SHOWN_APP, voice="sv")))
    assert [text for text in warned if text.startswith(f"{SHOWN_APP}: Sonetel shows only") and "app_id" in text]


def test_what_is_there_already_may_be_named(simulator: Simulator) -> None:
    """The number leads to the shown voice app of that name already, so nothing rests on its being the only one."""
    state = simulator.state()
    state["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"][OTHER_NUMBER[1:]].update(
        connect_to_type="app", connect_to={"app_type": "ivr", "app_id": SHOWN_ID}
    )
    simulator.put_state(state)
    account = Sonetel(simulator)
    result = account.run("forwardings", **_to(OTHER_NUMBER, voiceapp=SHOWN_APP))
    assert (result.get("msg"), result["changed"]) == (None, False)


@pytest.mark.parametrize(("force", "deleted"), [(False, False), (True, True)])
def test_what_numbers_may_use_is_not_deleted_unless_forced(simulator: Simulator, force: bool, deleted: bool) -> None:
    """Only the list of numbers is incomplete."""
    numbers = simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    body = {
        "resource": "phonenumbersubscription",
        "status": "success",
        "page_metadata": {"page_count": "3"},
        "response": list(numbers.values())[:2],
    }
    fault = {"provider": "sonetel", "method": "GET", "path_regex": "/phonenumbersubscription$"}
    simulator.add_faults([{**fault, "kind": "status", "status": 200, "body": body}])
    account = Sonetel(simulator)
    simulator.set_switches({"sonetel": {"list_end": "all"}})
    result = account.run("voiceapps", **_app("Växel Stockholm", state="absent", force=force))
    assert bool(result.get("failed")) is not deleted
    if not deleted:
        assert_clear(result, "first of 3 pages", "may still be used", "force")
    assert (HIDDEN_ID not in account.stored()["voiceapps"]) is deleted


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("forwarding_info", {"numbers": [SHOWN_NUMBER, HIDDEN_NUMBER]}),
        ("voiceapp_info", {"voiceapps": [SHOWN_APP, HIDDEN_APP]}),
        ("user_info", {"users": [SHOWN_USER, HIDDEN_USER]}),
    ],
)
def test_info_says_that_the_list_is_incomplete(simulator: Simulator, module: str, names: Json) -> None:
    account = Sonetel(simulator)
    for options in ({}, names):
        result = account.run(module, **options)
        assert result.get("msg") is None
        assert [text for text in texts_of(result) if PAGES in text]
        assert not [text for text in texts_of(result) if "Not on the account" in text]
        assert [text for text in result["incomplete"] if PAGES in text]
    simulator.set_switches({"sonetel": {"list_end": "all"}})
    assert "incomplete" not in account.run(module)


def test_an_export_names_by_id_what_may_not_be_the_only_one(simulator: Simulator) -> None:
    """And what it names, the plural module takes."""
    account = Sonetel(simulator)
    listed = account.run("forwarding_info")["forwardings"]
    named = [item["destination"] for item in listed if item.get("destination")]
    assert {"voiceapp": "VAe5n7b9v1cx"} in named
    routed = [item for item in listed if item.get("destination")]
    result = account.run("forwardings", forwardings=routed)
    assert (result.get("msg"), result["changed"]) == (None, False)


def test_a_list_that_becomes_incomplete_leaves_doubt(simulator: Simulator) -> None:
    """The answer to the creation is lost, and now the list does not show all: it is not created again."""
    account = Sonetel(simulator)
    simulator.set_switches({"sonetel": {"list_end": "all"}})
    cut = {
        "resource": "voiceapp",
        "status": "success",
        "page_metadata": {"page_count": "2"},
        "response": [account.start["voiceapps"][SHOWN_ID]],
    }
    app = {"provider": "sonetel", "path_regex": "/voiceapp$"}
    simulator.add_faults(
        [
            {**app, "method": "POST", "kind": "drop_after", "times": 1},
            {**app, "method": "GET", "after": 1, "kind": "status", "status": 200, "body": cut},
        ]
    )
    result = account.run("voiceapps", **_app("Brand new", type="menu"))
    assert ([item["status"] for item in result["results"]], result["changed"]) == (["unknown"], True)
    assert account.writes() == [f"POST /sonetel/account/{seed.ACCOUNT_ID}/voiceapp"]


# RingCentral: pages that end early, and pages between which something moves. The first answer, and the further ones.
def _page(records: list[Json], page: int, total: int | None, *, more: bool, pages: int | None = None) -> Json:
    link = {"nextPage": {"uri": f"https://elsewhere/restapi?page={page + 1}&perPage=1000"}} if more else {}
    reported: Json = {"page": page, "perPage": 1000}
    reported.update(
        {name: value for name, value in (("totalElements", total), ("totalPages", pages)) if value is not None}
    )
    return {"records": records, "paging": reported, "navigation": link}


FIRST, SECOND = (ringcentral.forwarding_number(f"50000000{n}", f"+1650555010{n}", f"L{n}") for n in (5, 6))
CUT: Mapping[str, tuple[list[Json], str]] = {
    "fewer than announced": ([_page([FIRST], 1, 2, more=False)], "ended after 1 of 2"),
    "fewer pages than announced": ([_page([FIRST], 1, None, more=False, pages=3)], "ended after 1 of 3 pages"),
    "the total changes": ([_page([FIRST], 1, 2, more=True), _page([SECOND], 2, 3, more=False)], "changed while"),
    "a record moves": ([_page([FIRST], 1, 2, more=True), _page([FIRST, SECOND], 2, 2, more=False)], "changed while"),
}
NUMBER_LIST = {"provider": "ringcentral", "method": "GET", "path_regex": "/forwarding-number$"}


def _cut_for_ever(simulator: Simulator, scope: Json, pages: list[Json]) -> None:
    for _reading in range(3):
        simulator.add_faults([{**scope, "kind": "status", "status": 200, "times": 1, "body": page} for page in pages])


@pytest.mark.parametrize("name", CUT)
def test_ringcentral_pages_that_are_not_all(simulator: Simulator, tmp_path: Path, name: str) -> None:
    pages, words = CUT[name]
    office = RingCentralOffice(simulator, tmp_path)
    for options in (
        {"forwarding_numbers": [CELL]},
        {"forwarding_numbers": [{**CELL, "state": "absent"}]},
        {"forwarding_numbers": [{"extension": "101", "phone_number": FIRST["phoneNumber"], "state": "absent"}]},
        {"forwarding_numbers": [{"extension": "101", "phone_number": FIRST["phoneNumber"]}], "prune": True},
        {"forwarding_numbers": [{"extension": "101", "forwarding_number_id": "599999999", "label": "Cell"}]},
    ):
        simulator.clear_faults()
        _cut_for_ever(simulator, NUMBER_LIST, pages)
        result = office.run("ringcentral_forwarding_numbers", region="US", **options)
        assert_clear(result, words)
        assert "has no forwarding number" not in result["msg"]
        assert not [line for line in office.requests() if line.startswith(("POST f", "PUT", "DELETE"))]
    simulator.clear_faults()
    _cut_for_ever(simulator, NUMBER_LIST, pages)
    info = office.run("ringcentral_forwarding_number_info", extensions=["101"])
    assert [text for text in info["incomplete"] if words in text]
    assert [text for text in texts_of(info) if words in text]


@pytest.mark.parametrize("name", CUT)
def test_ringcentral_reads_once_more_what_changed_meanwhile(simulator: Simulator, tmp_path: Path, name: str) -> None:
    office = RingCentralOffice(simulator, tmp_path)
    simulator.add_faults(
        [{**NUMBER_LIST, "kind": "status", "status": 200, "times": 1, "body": page} for page in CUT[name][0]]
    )
    result = office.apply([CELL])
    assert (result.get("msg"), result["changed"]) == (None, True)
    assert not [text for text in texts_of(result) if "RingCentral's list" in text]


@pytest.mark.parametrize(
    ("extension", "words"),
    [("Ada Reyes", "another extension may have this name"), ("777", "not known whether it exists")],
)
def test_ringcentral_extensions_that_are_not_all_shown(
    simulator: Simulator, tmp_path: Path, extension: str, words: str
) -> None:
    office = RingCentralOffice(simulator, tmp_path)
    extensions = simulator.state()["ringcentral"]["extensions"]
    records = [{**item["record"], "id": int(key)} for key, item in extensions.items()]
    scope = {"provider": "ringcentral", "method": "GET", "path_regex": "/extension$"}
    simulator.add_faults(
        [{**scope, "kind": "status", "status": 200, "body": _page(records[:2], 1, len(records), more=False)}]
    )
    result = office.apply([{**CELL, "extension": extension}])
    assert_clear(result, words)
    assert "there is no extension" not in result["msg"]
    by_number = office.apply([CELL])
    assert (by_number.get("msg"), by_number["changed"]) == (None, True)


# Fone Dynamics: flows and addresses are found by name; numbers are asked for singly where the list lacks them.
LISTS: Mapping[str, Json] = {
    "flow": {"Flows": [{"ConfigId": fonedynamics.MAIN_MENU, "Name": "Main menu"}]},
    "address": {"Addresses": [{"AddressSid": fonedynamics.MELBOURNE_ADDRESS, "Friendly": "Melbourne office"}]},
}


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"flow": "Main menu", "routing_method": "flow"}, "another flow may have this name"),
        ({"flow": "Nowhere", "routing_method": "flow"}, "not known whether it exists"),
        ({"address": "Melbourne office"}, "another address may have this name"),
        ({"address": "Nowhere"}, "not known whether it exists"),
    ],
)
def test_fone_dynamics_lists_that_end_early(simulator: Simulator, entry: Json, words: str) -> None:
    account = FoneDynamicsAccount(simulator)
    first = LISTS[next(iter(entry))]
    empty: Json = {name: [] for name in first}
    scope = {"method": "GET", "path_regex": "/(Flows|Addresses)$", "kind": "status", "status": 200, "times": 1}
    for _reading in range(2):
        for body in (first, empty):
            account.fault(**scope, body={**body, "TotalCount": 3})
    result = account.run(numbers=[{"number": DESK, **entry}])
    assert_clear(result, "ended after 1 of 3", words)
    assert "there is no" not in result["msg"]
    assert account.stored() == account.start


def test_a_fone_dynamics_export_says_that_it_is_incomplete(simulator: Simulator) -> None:
    account = FoneDynamicsAccount(simulator)
    records = list(account.start.values())
    empty = {"Numbers": [], "TotalCount": 9}
    scope = {"method": "GET", "path_regex": "/Numbers$", "kind": "status", "status": 200, "times": 1}
    for _reading in range(2):
        for body in ({"Numbers": records[:1], "TotalCount": 9}, empty):
            account.fault(**scope, body=body)
    result = account.info()
    assert result["incomplete"] == ["Fone Dynamics' list of Numbers ended after 1 of 9."]
    assert len(result["numbers"]) == 1
