# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Custom rules of people: the same items over both of RingCentral's APIs, what is requested, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from system_calls import BACK_ENDS, migrate
from system_company import CompanyOffice
from system_ringcentral import CELL, HOME, NUMBERS
from system_support import Json, assert_clear, texts_of
from system_switches import in_all_positions_together

from simulator.harness import Simulator

ONE, MANY = "ringcentral_custom_rule", "ringcentral_custom_rules"
INFO = "ringcentral_company_info"
AWAY: Json = {
    "extension": "101",
    "name": "Away",
    "dates": [{"from": "2027-07-12", "to": "2027-07-16"}, {"from": "2027-03-14 12:00", "to": "2027-03-14"}],
    "ring": [],
    "then": {"extension": "102"},
}
CUSTOMER: Json = {
    "extension": "101",
    "name": "Customer",
    "callers": ["+1 650 555 0170"],
    "called_numbers": ["+16505550111"],
    "schedule": {"saturday": ["10:00-14:00"]},
    "ring_mode": "in_order",
    "ring": [{"apps": ["desktop", "mobile"], "always": True}, {"phone_numbers": ["+16505550100"], "seconds": 25}],
    "then": {"voicemail": True, "mailbox": "103"},
}


@pytest.fixture(params=list(BACK_ENDS.values()), ids=list(BACK_ENDS))
def office(request: pytest.FixtureRequest, simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    """The seed account of either kind, whose extension 101 has a mobile and a home number."""
    office = CompanyOffice(simulator, tmp_path)
    office.run(NUMBERS, forwarding_numbers=[CELL, HOME], region="US")
    migrate(office, request.param)
    return office


def migrated(office: CompanyOffice) -> str:
    """Whether the account is migrated, as the switch says it."""
    return str(office.simulator.switches()["ringcentral"]["migrated"]["value"])


def rules_of(office: CompanyOffice, number: str = "101") -> list[Json]:
    """The custom rules that the account really has."""
    extension = office.extension_of(number)
    if migrated(office) == "yes":
        return list(extension["comm_handling"]["interaction_rules"].values())
    return [rule for rule in extension["answering_rules"].values() if rule["type"] == "Custom"]


def names_of(office: CompanyOffice, number: str = "101") -> list[str]:
    return sorted(str(rule.get("name") or rule.get("displayName")) for rule in rules_of(office, number))


CHANGES: list[tuple[str, list[Json], list[Json]]] = [
    ("new", [], [AWAY, CUSTOMER]),
    ("nothing", [AWAY], [AWAY]),
    ("off", [AWAY], [{"extension": "101", "name": "Away", "enabled": False}]),
    ("born off", [], [{**AWAY, "enabled": False}]),
    ("dates", [AWAY], [{"extension": "101", "name": "Away", "dates": [{"from": "2028-01-01", "to": "2028-01-02"}]}]),
    ("hours for dates", [AWAY], [{"extension": "101", "name": "Away", "schedule": {"monday": ["09:00-12:00"]}}]),
    ("dates for hours", [CUSTOMER], [{"extension": "101", "name": "Customer", "dates": AWAY["dates"]}]),
    ("no hours", [CUSTOMER], [{"extension": "101", "name": "Customer", "schedule": {}}]),
    ("no dates", [{**AWAY, "callers": ["+16505550170"]}], [{"extension": "101", "name": "Away", "dates": []}]),
    ("all callers", [CUSTOMER], [{"extension": "101", "name": "Customer", "callers": []}]),
    ("a second caller", [CUSTOMER], [{**CUSTOMER, "callers": ["+16505550170", "+16505550171"]}]),
    ("to a number", [AWAY], [{"extension": "101", "name": "Away", "then": {"phone_number": "+16505550109"}}]),
    ("ring", [AWAY], [{**AWAY, "ring": [{"phone_numbers": ["+16505550101"]}], "then": {"voicemail": True}}]),
    ("ring nothing", [CUSTOMER], [{"extension": "101", "name": "Customer", "ring": [], "then": {"extension": "103"}}]),
    ("gone", [AWAY, CUSTOMER], [{"extension": "101", "name": "Away", "state": "absent"}]),
    ("to a queue", [], [{**AWAY, "then": {"extension": "7001"}}]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "items"), [part[1:] for part in CHANGES], ids=[part[0] for part in CHANGES])
def test_check_mode_previews_a_run_after_which_nothing_is_left_to_do(
    office: CompanyOffice, before: list[Json], items: list[Json]
) -> None:
    if before:
        assert "msg" not in office.run(MANY, custom_rules=before)
    office.run(INFO, gather=["custom_rules"])  # so that the simulator has made up its mind of what was not read yet
    previewed, done = office.cycle(MANY, "custom_rules", items)
    assert previewed["diff"] == done["diff"]
    assert "Nuisance" in names_of(office)


def test_the_module_for_one_is_the_one_for_many(office: CompanyOffice) -> None:
    one = office.run(ONE, **AWAY)
    assert (one.get("msg"), one["changed"], one["custom_rule"]["then"]) == (None, True, {"extension": "102"})
    assert one["custom_rule"]["rule_id"] == rules_of(office)[-1]["id"]
    assert office.run(MANY, custom_rules=[AWAY])["changed"] is False
    gone = office.run(ONE, extension="Ada Reyes", name="Away", state="absent")
    assert (gone.get("msg"), gone["changed"], names_of(office)) == (None, True, ["Nuisance"])


PATHS = {
    "no": ("extension/400000002/answering-rule", "PUT"),
    "yes": ("extensions/400000002/comm-handling/voice/interaction-rules", "PATCH"),
}


def test_what_a_run_requests(office: CompanyOffice) -> None:
    """One list an extension, one write a rule, and the list again, which must show what was made.

    The clock is asked for only where there are dates.
    """
    path, change = PATHS[migrated(office)]
    found = ["GET extension", "GET extension/~/features", f"GET {path}"]
    rule: Json = {
        "extension": "101",
        "name": "Night",
        "callers": ["+16505550170"],
        "ring": [],
        "then": {"voicemail": True},
    }
    office.run(MANY, custom_rules=[rule])
    assert office.calls() == [*found, f"POST {path}", f"GET {path}"]
    office.run(MANY, custom_rules=[rule])
    assert office.calls() == found
    office.run(MANY, custom_rules=[{**rule, "enabled": False}])
    assert office.calls() == [*found, f"{change} {path}/{rules_of(office)[-1]['id']}"]
    office.run(MANY, custom_rules=[{**rule, "called_numbers": ["+16505550111"]}])
    assert "GET extension/400000002/phone-number" in office.calls()
    office.run(MANY, custom_rules=[AWAY])
    assert office.calls()[3:6] == ["GET extension/400000002", "GET ", f"POST {path}"]


def test_what_the_info_modules_return_is_valid_input_that_changes_nothing(office: CompanyOffice) -> None:
    done = office.run(MANY, custom_rules=[AWAY, CUSTOMER])
    shown = {"extension": "101", "name": "Customer", "enabled": True, **CUSTOMER, "callers": ["+16505550170"]}
    found = office.run(INFO, extensions=["101"])["custom_rules"]
    assert [item["name"] for item in found] == ["Away", "Customer", "Nuisance"]
    assert (found[0], found[1]) == ({**AWAY, "enabled": True, "dates": AWAY["dates"][::-1]}, shown)
    assert office.run(INFO, gather=["custom_rules"])["custom_rules"] == found
    again = office.run(MANY, custom_rules=found)
    assert (again.get("msg"), again["changed"]) == (None, False)
    told = office.run("ringcentral_call_forwarding_info", extensions=["101"], custom_rules=True)["custom_rules"]
    assert told == found
    for item in found:
        office.run(ONE, extension="101", name=item["name"], state="absent")
    assert names_of(office) == []
    office.run(MANY, custom_rules=found[:2])
    assert office.run(INFO, gather=["custom_rules"])["custom_rules"] == found[:2]
    assert done["plan"]["create"] == 2


def test_two_rules_that_can_take_the_same_call_are_refused_and_others_are_warned_of(office: CompanyOffice) -> None:
    """The seed's rule for a nuisance caller has no dates, so that it can meet every rule with dates."""
    done = office.run(MANY, custom_rules=[AWAY])
    assert "rule 'Nuisance' of the extension, which this run does not manage" in " ".join(texts_of(done))
    saturdays = {**AWAY, "name": "Saturdays", "dates": [{"from": "2027-07-17", "to": "2027-07-17"}]}
    refused = office.run(MANY, custom_rules=[CUSTOMER, saturdays])
    assert_clear(refused)
    assert "the same calls as custom_rules[0] (101 / Customer)" in refused["msg"]
    assert names_of(office) == ["Away", "Nuisance"]
    for apart in (
        {"dates": [{"from": "2027-07-16", "to": "2027-07-16"}]},
        {"called_numbers": [], "callers": ["+16505550171"]},
        {key: CUSTOMER[key] for key in ("ring_mode", "ring", "then")},
    ):
        done = office.run(MANY, check=True, custom_rules=[CUSTOMER, {**saturdays, **apart}])
        assert (done.get("msg"), done["plan"]["create"]) == (None, 2)
    off = office.run(MANY, custom_rules=[CUSTOMER, {**saturdays, "enabled": False}])
    assert (off.get("msg"), off["plan"]["create"]) == (None, 2)


REFUSED: list[tuple[Json, str]] = [
    ({"callers": ["+16505550170"], "ring": []}, "needs then or ring"),
    ({"then": {"voicemail": True}, "ring": []}, "would apply to every call"),
    ({**AWAY, "called_numbers": ["+16505550199"]}, "+16505550199 is not a direct number of extension 101"),
    ({**AWAY, "schedule": {"monday": ["09:00-12:00"]}}, "schedule and dates do not go together"),
    ({**AWAY, "dates": [{"from": "04/05/2027"}]}, "may be either of two days"),
    ({**AWAY, "dates": [{"from": "2027-03-14 02:30", "to": "2027-03-14"}]}, "does not exist in America/New_York"),
    ({**AWAY, "then": {"extension": "101"}}, "cannot forward its calls to itself"),
    ({**AWAY, "then": {"extension": "1011"}}, "there is no extension '1011'"),
    ({**AWAY, "then": {"phone_number": "+1900555"}}, "then.phone_number"),
    ({**AWAY, "name": " "}, "name: is empty"),
    ({**AWAY, "extension": "7001"}, "is a call queue, not a person; its rules are in company_rules"),
    ({**AWAY, "dates": [{"from": "9999-12-31"}]}, "an impossible year"),
    ({**AWAY, "name": "x" * 128}, "at most 127"),
    ({"name": "Nuisance", "callers": []}, "would apply to every call"),
]


@pytest.mark.parametrize(("item", "said"), REFUSED)
def test_what_cannot_be_is_refused_before_anything_is_written(office: CompanyOffice, item: Json, said: str) -> None:
    result = office.run(MANY, custom_rules=[{"extension": "101", "name": "New", **item}])
    assert_clear(result)
    assert said in result["msg"]
    assert [call for call in office.calls() if not call.startswith("GET ")] == []


HOLIDAYS: Json = {
    "owner": "101",
    "days": [
        {"name": "Party", "from": "2027-03-13", "to": "2027-03-14"},
        {"from": "2027-12-24 12:00", "to": "2027-12-24"},
    ],
    "destination": {"voicemail": True},
}


@pytest.mark.parametrize("range_zone", ["kept", "local", "utc"])
def test_a_person_has_closing_days_on_the_clock_of_the_person(office: CompanyOffice, range_zone: str) -> None:
    """They begin before clocks are changed on 14 March and end after it."""
    office.simulator.set_switches({"ringcentral": {"range_zone": range_zone}})
    office.run(INFO, gather=["custom_rules"])
    office.cycle("ringcentral_holidays", "holidays", [HOLIDAYS])
    (found,) = [item for item in office.run(INFO, extensions=["101"])["custom_rules"] if item["name"] == "Holidays"]
    assert found["dates"] == [
        {"from": "2027-03-13", "to": "2027-03-14"},
        {"from": "2027-12-24 12:00", "to": "2027-12-24"},
    ]
    assert (found["ring"], found["then"]) == ([], {"voicemail": True})
    elsewhere = {**HOLIDAYS, "destination": {"extension": "7001"}, "except": ["2027-12-24"]}
    office.cycle("ringcentral_holidays", "holidays", [elsewhere])
    met = office.run("ringcentral_holidays", check=True, holidays=[HOLIDAYS])
    assert "'Nuisance' of extension 101" not in " ".join(texts_of(met))
    away = {**AWAY, "dates": [{"from": "2027-03-14", "to": "2027-03-14"}]}
    office.run(MANY, custom_rules=[away])
    warned = office.run("ringcentral_holidays", check=True, holidays=[HOLIDAYS])
    assert "'Away' of extension 101, which this run does not manage" in " ".join(texts_of(warned))
    gone = office.run("ringcentral_holidays", holidays=[{"owner": "101", "state": "absent"}])
    assert (gone.get("msg"), names_of(office)) == (None, ["Away", "Nuisance"])


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "garbage", "status_after"])
def test_what_became_of_a_write_without_an_answer_is_found_out(office: CompanyOffice, kind: str) -> None:
    """A rule is never made twice, although its name may be there several times."""
    office.run(INFO, gather=["custom_rules"])
    change = {"no": "PUT", "yes": "PATCH"}[migrated(office)]
    rule: Json = {key: AWAY[key] for key in ("extension", "name", "dates", "ring", "then")}
    for method, item in (
        ("POST", rule),
        (change, {**rule, "then": {"voicemail": True}}),
        ("DELETE", {"extension": "101", "name": "Away", "state": "absent"}),
    ):
        fault = {"provider": "ringcentral", "method": method, "path_regex": "rule", "times": 1, "kind": kind}
        office.simulator.add_faults([{**fault, **({"status": 502} if kind == "status_after" else {})}])
        result = office.run(MANY, custom_rules=[item])
        assert [entry["status"] for entry in result["results"]] == ["applied"], result.get("msg")
        assert names_of(office) == (["Nuisance"] if method == "DELETE" else ["Away", "Nuisance"])
    assert office.run(MANY, custom_rules=[item])["changed"] is False


def test_every_switch_in_every_position(office: CompanyOffice) -> None:
    kind = migrated(office)

    def play(moved: Json) -> None:
        # A number that was made before may not be rung by a rule; what the hours ring is the same code.
        refused = moved.get("adding_number_to_rule") == "refused"
        customer = {**CUSTOMER, "ring": CUSTOMER["ring"][:1]} if refused else CUSTOMER
        on_sundays = {**customer, "schedule": {"sunday": ["10:00-14:00"]}, "enabled": False}
        for items in ([AWAY, customer], [{**AWAY, "enabled": False}, on_sundays]):
            done = office.run(MANY, custom_rules=items)
            assert (done.get("msg"), done["changed"]) == (None, True)
            # A rule that is made is waited for, so that nothing makes it twice.
            for _reading in range(0 if done["plan"]["create"] else moved.get("late_reads", 0)):
                office.run(INFO, gather=["custom_rules"])
            again = office.run(MANY, custom_rules=items)
            assert (again.get("msg"), again["changed"]) == (None, False)
        assert names_of(office) == ["Away", "Customer", "Nuisance"]

    office.run(INFO, gather=["custom_rules"])
    alone = {"adding_number_to_rule": "refused"}
    in_all_positions_together(office.simulator, "ringcentral", play, alone=alone, base={"migrated": kind})
