# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hours and rules of a RingCentral company: what is requested, in every position, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from system_company import CompanyOffice
from system_support import Json, assert_clear, run_module, texts_of
from system_switches import in_all_positions_together

from simulator.harness import Simulator
from simulator.ringcentral import seed

HOURS, RULES = "ringcentral_company_hours", "ringcentral_company_rules"
WEEK = {"monday": ["08:00-12:00", "13:00-18:00"], "saturday": ["10:00-23:59"]}
ALWAYS = {"always": True}
TO_MENU = {"extension": "8001"}
KEYS = (seed.SITE_ID, seed.SALES_ID, seed.SUPPORT_ID)


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path) -> CompanyOffice:
    return CompanyOffice(simulator, tmp_path / "shared")


def rules_of(office: CompanyOffice, owner: str = "company") -> dict[str, Json]:
    """The rules that an owner really has, by name."""
    state = office.account()
    holder = state["company"] if owner == "company" else office.extension_of(owner)
    return {rule["name"]: rule for rule in holder["answering_rules"].values()}


def test_hours(office: CompanyOffice) -> None:
    items = [{"owner": owner, "schedule": WEEK} for owner in ("company", "9001", "Sales")]
    _previewed, done = office.cycle(HOURS, "company_hours", [*items, {"owner": "7002", "schedule": ALWAYS}])
    assert [item["owner"] for item in done["company_hours"]] == ["company", "9001", "7001", "7002"]
    assert office.calls()[0] == "GET extension"
    assert sorted(office.calls()[1:]) == [
        "GET business-hours",
        *(f"GET extension/{key}/business-hours" for key in KEYS),
    ]
    assert "after-hours-rule" not in office.extension_of("7002")["answering_rules"]
    # Two of them were open around the clock, and nobody says what happens after hours.
    assert [text for text in texts_of(done) if "after hours" in text] != []


RULE_CASES: list[tuple[str, list[Json], Json]] = [
    (
        "company",
        [
            {"owner": "company", "hours": "work", "destination": TO_MENU},
            {"owner": "company", "hours": "after", "destination": {"extension": "301"}},
            {
                "owner": "company",
                "name": "Boss",
                "callers": ["+16505550123", "101"],
                "destination": {"extension": "101"},
            },
            {
                "owner": "company",
                "name": "Lunch",
                "callers": ["(650) 555-0124"],
                "called_numbers": [seed.MAIN_NUMBER],
                "schedule": {"monday": ["12:00-13:00"]},
                "destination": {"extension": "7101"},
            },
        ],
        {"multi_level_ivr": "yes"},
    ),
    (
        "company",
        [
            {"owner": "company", "hours": "work", "destination": {"operator": True}},
            {"owner": "company", "hours": "after", "destination": {"hang_up": True}},
            {"owner": "company", "name": "Boss", "callers": ["+16505550123"], "destination": {"hang_up": True}},
        ],
        {"multi_level_ivr": "no"},
    ),
    (
        "9001",
        [
            {"owner": "Los Angeles", "hours": "work", "destination": {"extension": "8001"}},
            {"owner": "9001", "name": "Party", "dates": [{"from": "2027-06-18"}], "destination": {"extension": "301"}},
        ],
        {},
    ),
    (
        "7002",
        [
            {"owner": "7002", "hours": "after", "destination": {"announcement": True}},
            {
                "owner": "7002",
                "name": "A",
                "callers": ["+16505550123"],
                "destination": {"voicemail": {"extension": "101"}},
            },
            {
                "owner": "7002",
                "name": "B",
                "callers": ["+16505550124"],
                "destination": {"phone_number": "+16505550125"},
            },
            {"owner": "7002", "name": "C", "callers": ["+16505550126"], "destination": {"voicemail": True}},
            {
                "owner": "7002",
                "name": "D",
                "callers": ["+16505550127"],
                "enabled": False,
                "destination": {"extension": "7001"},
            },
        ],
        {},
    ),
]


@pytest.mark.parametrize("put", ["partial", "replace"])
@pytest.mark.parametrize("others", ["shown", "hidden"])
@pytest.mark.parametrize(("owner", "items", "switches"), RULE_CASES, ids=["bypass", "operator", "site", "queue"])
def test_rules(office: CompanyOffice, owner: str, items: list[Json], switches: Json, put: str, others: str) -> None:
    office.simulator.set_switches({"ringcentral": {**switches, "answering_rule_put": put, "other_actions": others}})
    done = office.cycle(RULES, "company_rules", items, region="US")[1]
    found = office.run(
        RULES,
        company_rules=[
            {key: value for key, value in item.items() if key not in ("rule_id", "other_condition")}
            for item in done["company_rules"]
        ],
    )
    assert (found.get("msg"), found["changed"]) == (None, False)


BOSS: Json = {"owner": "company", "name": "Boss", "callers": ["+16505550123"], "destination": {"extension": "101"}}


@pytest.mark.parametrize(("name", "given", "empty"), [("schedule", WEEK, {}), ("dates", [{"from": "2027-01-01"}], [])])
@pytest.mark.parametrize("put", ["partial", "replace"])
def test_an_empty_condition_is_taken_away(office: CompanyOffice, name: str, given: Any, empty: Any, put: str) -> None:
    office.simulator.set_switches({"ringcentral": {"answering_rule_put": put}})
    office.run(RULES, company_rules=[{**BOSS, name: given}])
    office.cycle(RULES, "company_rules", [{"owner": "company", "name": "Boss", name: empty}])
    (rule,) = (rule for rule in office.account()["company"]["answering_rules"].values() if rule["name"] == "Boss")
    assert [when for when in (rule.get("schedule") or {}).values() if when] == []
    last = office.run(RULES, company_rules=[{"owner": "company", "name": "Boss", "callers": []}])
    assert_clear(last, "would apply to every call")


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (
            [{"owner": "7001", "hours": "after", "destination": {"announcement": True}}],
            ["around the clock", "company_hours"],
        ),
        ([{"owner": "7001", "hours": "work", "destination": {"voicemail": True}}], ["call_queues"]),
        (
            [{"owner": "9001", "hours": "work", "destination": {"hang_up": True}}],
            ["destination.hang_up", "cannot do that"],
        ),
        ([{"owner": "9001", "hours": "work", "destination": {"voicemail": True}}], ["a site's rule", "extension"]),
        (
            [{"owner": "7002", "hours": "after", "destination": {"announcement": "Nope"}}],
            ["destination.announcement", "'Nope'"],
        ),
        ([{"owner": "7002", "hours": "after", "destination": {"voicemail": {"extension": "7001"}}}], ["person"]),
        ([{"owner": "company", "hours": "work", "enabled": False}], ["enabled", "always in force"]),
        ([{"owner": "company", "hours": "after", "state": "absent"}], ["state", "cannot be deleted"]),
        ([{"owner": "company", "hours": "after", "callers": ["+16505550123"]}], ["callers", "goes with name"]),
        ([{"owner": "company", "hours": "after"}], ["sets nothing"]),
        ([{"owner": "nowhere", "hours": "after", "destination": TO_MENU}], ["owner", "'nowhere'"]),
        ([{**BOSS, "callers": None}], ["would apply to every call"]),
        ([{**BOSS, "destination": None}], ["needs destination"]),
        ([{**BOSS, "name": "x" * 128}], ["name", "128 characters"]),
        ([{**BOSS, "name": "work"}], ["name", "'work'"]),
        ([{**BOSS, "schedule": {"monday": ["22:00-06:00"]}}], ["schedule.monday", "'00:00-06:00' for tuesday"]),
        ([{**BOSS, "schedule": {"always": True}}], ["schedule.always", "leave schedule out"]),
        ([{**BOSS, "schedule": WEEK, "dates": [{"from": "2027-01-01"}]}], ["do not go together"]),
        ([{**BOSS, "dates": [{"from": "2027-01-01"}] * 1001}], ["dates", "1001", "1000"]),
        ([{**BOSS, "destination": {"raw": "Magic"}}], ["destination.raw", "can only be left as it is"]),
        ([BOSS, {**BOSS, "name": "Boss 2", "destination": TO_MENU}], ["same calls as", "company_rules[0]"]),
        ([BOSS, {**BOSS, "owner": "main"}], ["(company / Boss): the same company rule is already at company_rules[0]"]),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    office: CompanyOffice, items: list[Json], words: list[str]
) -> None:
    given = [{name: value for name, value in item.items() if value is not None} for item in items]
    assert_clear(office.run(RULES, company_rules=given), *words)
    assert [call for call in office.calls() if not call.startswith("GET ")] == []


@pytest.mark.parametrize(
    ("switches", "item", "words"),
    [
        (
            {"multi_level_ivr": "yes"},
            {"owner": "company", "hours": "after", "destination": {"hang_up": True}},
            ["AWR-182", "announcement-only"],
        ),
        ({"company_rule_name": 30}, {**BOSS, "name": "x" * 31}, ["AWR-179", "30 characters"]),
        (
            {"migrated": "yes", "migrated_queue_rules": "closed"},
            {"owner": "7002", "hours": "after", "destination": {"voicemail": True}},
            ["CMN-468", "call queue 7002", "admin portal"],
        ),
    ],
    ids=["levels", "name", "moved"],
)
def test_what_ringcentral_refuses_is_explained(
    office: CompanyOffice, switches: Json, item: Json, words: list[str]
) -> None:
    office.simulator.set_switches({"ringcentral": switches})
    assert_clear(office.run(RULES, company_rules=[item]), *words)


@pytest.mark.parametrize("lists", ["v1", "stale_list"])
def test_a_moved_account_has_the_rules_of_its_groups(office: CompanyOffice, lists: str) -> None:
    office.simulator.set_switches({"ringcentral": {"migrated": "yes", "migrated_queue_rules": lists}})
    items = [
        {"owner": "7002", "hours": "after", "destination": {"extension": "7101"}},
        {"owner": "9001", "hours": "work", "destination": {"extension": "8001"}},
    ]
    office.cycle(RULES, "company_rules", items)


def test_exact_deletes_what_is_not_listed_of_listed_owners(office: CompanyOffice) -> None:
    others = [{**BOSS, "name": f"Old {number}", "callers": [f"+1650555011{number}"]} for number in range(3)]
    elsewhere = {**BOSS, "owner": "7002"}
    office.run(RULES, company_rules=[*others, elsewhere])
    exact: Json = {"rules_policy": "exact", "max_deletions": 2}
    refused = office.run(RULES, company_rules=[BOSS], **exact)
    assert_clear(refused, "3 company_rules would be deleted", "Old 0", "max_deletions")
    kept = office.run(RULES, company_rules=[BOSS])
    # Of those that are not managed, none has a caller in common with the new one.
    assert (kept["plan"]["delete"], texts_of(kept)) == (0, [])
    done = office.cycle(RULES, "company_rules", [BOSS, others[0]], **exact)[1]
    assert done["plan"] == {"create": 0, "update": 0, "delete": 2, "unchanged": 2}
    assert {*rules_of(office)} >= {"Boss", "Old 0"}
    assert not {"Old 1", "Old 2"} & {*rules_of(office)}
    assert "Boss" in rules_of(office, "7002")


def test_what_is_there_but_not_listed_is_told_where_it_gets_in_the_way(office: CompanyOffice) -> None:
    office.run(RULES, company_rules=[{**BOSS, "name": "Old", "destination": TO_MENU}])
    done = office.run(RULES, company_rules=[BOSS])
    assert [text for text in texts_of(done) if "'Old'" in text] != []
    assert texts_of(office.run(RULES, company_rules=[BOSS])) == []
    assert not office.run("ringcentral_company_rule", **BOSS)["changed"]


def test_two_rules_of_one_name_are_never_guessed_at(office: CompanyOffice) -> None:
    office.run(RULES, company_rules=[BOSS])
    account = office.account()
    rule = rules_of(office)["Boss"]
    account["company"]["answering_rules"]["799999999"] = {**rule, "id": "799999999"}
    office.simulator.put_state({"ringcentral": account})
    for item in (BOSS, {**BOSS, "state": "absent"}):
        assert_clear(office.run(RULES, company_rules=[item]), "2 rules of the company", "'Boss'", "799999999")


def test_hours_first_then_the_rule_that_appears_with_them(office: CompanyOffice) -> None:
    lists: Json = {
        "company_rules": [{"owner": "7001", "hours": "after", "destination": {"voicemail": True}}],
        "company_hours": [{"owner": "7001", "schedule": WEEK}],
    }
    options = {"office": "washington", "region": "US", "ringcentral_connection": office.options}
    for check, changed in ((True, True), (False, True), (True, False), (False, False)):
        found = run_module("office", {**options, "ringcentral": lists}, check=check)
        assert (found.get("msg"), found["changed"]) == (None, changed)
    assert rules_of(office, "7001")["After Hours"]["callHandlingAction"] == "TakeMessagesOnly"
    lists["company_hours"] = [{"owner": "7001", "schedule": ALWAYS}]
    assert_clear(run_module("office", {**options, "ringcentral": lists}), "around the clock")
    queue = {"extension": "7001", "hours": WEEK}
    twice = run_module("office", {**options, "ringcentral": {**lists, "call_queues": [queue]}})
    assert_clear(twice, "sets the hours of 7001", "one place only")


def test_all_converges_under_every_reading(office: CompanyOffice) -> None:
    # Where hours are merged, no day can be taken out: that is the next test's.
    longer: Json = {day: ["07:00-18:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "sunday")}
    hours: list[Json] = [{"owner": owner, "schedule": longer} for owner in ("company", "9001", "7001")]
    rules: list[Json] = [
        {"owner": "company", "hours": "after", "destination": {"extension": "301"}},
        {"owner": "9001", "hours": "work", "destination": TO_MENU},
        {"owner": "7001", "hours": "after", "destination": {"announcement": True}},
        {"owner": "7002", "name": "Party", "dates": [{"from": "2027-06-18"}], "destination": {"voicemail": True}},
        BOSS,
    ]
    options = {"office": "washington", "region": "US", "ringcentral_connection": office.options}
    empty = office.simulator.state()

    def play(moved: Json) -> None:
        office.simulator.put_state(empty)
        gone = "9001" if moved.get("sites_feature") == "off" else ""
        lists = {
            "company_hours": [item for item in hours if item["owner"] != gone],
            "company_rules": [item for item in rules if item["owner"] != gone],
        }
        for changed in (True, False):
            found = run_module("office", {**options, "ringcentral": lists})
            assert (found.get("msg"), found["changed"]) == (None, changed)

    # With moved accounts, rules that are closed to apps are refused.
    alone = {"sites_feature": "off", "migrated_queue_rules": "closed"}
    in_all_positions_together(office.simulator, "ringcentral", play, alone=alone)


def test_days_that_stay_open_are_not_said_to_be_closed(office: CompanyOffice) -> None:
    office.simulator.set_switches({"ringcentral": {"business_hours_put": "merge"}})
    result = office.run(HOURS, company_hours=[{"owner": "company", "schedule": WEEK}])
    assert_clear(result, "afterwards schedule is", "'tuesday': ['09:00-17:00']")


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "garbage", "status_after"])
def test_what_became_of_a_write_without_an_answer_is_found_out(office: CompanyOffice, kind: str) -> None:
    party = {"owner": "9001", "name": "Party", "dates": [{"from": "2027-06-18"}], "destination": {"extension": "301"}}
    hours = {"owner": "9001", "schedule": WEEK}
    writes: list[tuple[str, str, str, Json]] = [
        ("POST", RULES, "company_rules", BOSS),
        ("POST", RULES, "company_rules", party),
        ("PUT", RULES, "company_rules", {**BOSS, "enabled": False}),
        ("PUT", HOURS, "company_hours", hours),
        ("DELETE", RULES, "company_rules", {**BOSS, "state": "absent"}),
    ]
    for method, module, listed, item in writes:
        fault = {
            "provider": "ringcentral",
            "method": method,
            "path_regex": "/(answering-rule|business-hours)",
            "times": 1,
        }
        office.simulator.add_faults([{**fault, "kind": kind, **({"status": 502} if kind == "status_after" else {})}])
        given: Json = {listed: [item]}
        result = office.run(module, **given)
        assert [entry["status"] for entry in result["results"]] == ["applied"], result.get("msg")
        again = office.run(module, **given)
        assert (again.get("msg"), again["changed"]) == (None, False)
    assert "Boss" not in rules_of(office)
    assert len(rules_of(office, "9001")) == len(office.extension_of("9001")["answering_rules"])


def test_a_missing_permission_is_named(office: CompanyOffice) -> None:
    account = office.account()
    office.simulator.put_state({"ringcentral": {**account, "apps": {seed.CLIENT_ID: seed.app()}}})
    assert_clear(office.run(RULES, company_rules=[BOSS]), "CMN-401", "EditAccounts")


def test_what_is_read_is_valid_input_that_changes_nothing(office: CompanyOffice) -> None:
    office.simulator.set_switches({"ringcentral": {"multi_level_ivr": "no"}})
    ahead = [{"from": "2027-06-18 12:00", "to": "2027-06-20"}]
    party = {"owner": "9001", "name": "Party", "dates": ahead, "destination": {"extension": "301"}}
    office.run(RULES, company_rules=[*RULE_CASES[1][1], *RULE_CASES[3][1], party])
    account = office.account()
    # What no option can say: a queue that rings its members, and a rule for the business hours only.
    mine = {rule["name"]: rule for rule in account["extensions"][seed.SUPPORT_ID]["answering_rules"].values()}
    mine["A"]["callHandlingAction"] = "AgentQueue"
    mine["B"]["schedule"] = {"ref": "BusinessHours"}
    office.simulator.put_state({"ringcentral": account})
    found = office.run("ringcentral_company_info", gather=["company_hours", "company_rules"])
    assert found.get("msg") is None
    told = " ".join(texts_of(found))
    assert all(text in told for text in ("AgentQueue", "BusinessHours"))
    rules = {(item["owner"], item.get("hours") or item["name"]): item for item in found["company_rules"]}
    # What queues do in their hours and after them is in their own list.
    assert len(rules) == 9
    assert [item["owner"] for item in found["company_hours"]] == ["9001", "company"]
    assert rules["company", "after"] == {
        "owner": "company",
        "hours": "after",
        "enabled": True,
        "destination": {"hang_up": True},
    }
    assert rules["7002", "A"]["destination"] == {"raw": "AgentQueue"}
    assert rules["9001", "Party"]["dates"] == ahead
    for listed, module in (("company_hours", HOURS), ("company_rules", RULES)):
        given: Json = {listed: found[listed]}
        again = office.run(module, **given)
        assert (again.get("msg"), again["changed"]) == (None, False)
