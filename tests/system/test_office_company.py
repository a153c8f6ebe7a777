# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The office jobs on a whole RingCentral company: from nothing, and there and back."""

from __future__ import annotations

import math
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from system_company import in_turn
from system_company_office import Company, lists
from system_rerouting import JobFailed
from system_support import FUZZ, Json, SkippingClock, texts_of
from system_switches import in_every_position

from simulator.harness import Simulator
from simulator.ringcentral import seed

CLOSED = {"extension": "301"}
HOLIDAYS: Json = {
    "owner": "company",
    "days": [{"from": "2027-12-24", "to": "2027-12-26"}, {"from": "2027-06-30 12:00", "to": "2027-06-30 18:00"}],
    "destination": CLOSED,
}
NAMED = [{"name": "Stocktaking", "from": "2027-05-03"}, {"name": "Midsummer", "from": "2027-06-25"}]
LUNCH: Json = {
    "owner": "company",
    "name": "Lunch",
    "schedule": {"monday": ["12:00-13:00"]},
    "destination": CLOSED,
}


@pytest.fixture
def company(simulator: Simulator, tmp_path: Path) -> Company:
    return Company(simulator, tmp_path)


def rules(company: Company) -> dict[str, Json]:
    """The company's custom rules, by name."""
    found = company.account()["company"]["answering_rules"].values()
    return {rule["name"]: rule for rule in found if rule["type"] == "Custom"}


def test_a_company_in_one_run(company: Company, tmp_path: Path) -> None:
    given, start, empty = lists(tmp_path), company.simulator.state(), company.account()["extensions"]
    previewed = company.onboard(given, check=True)
    assert (company.writes(), company.account()["extensions"]) == ([], empty)
    done = company.onboard(given)
    assert previewed["plan"] == done["plan"]
    for one, other in zip(previewed["diff"], done["diff"], strict=True):
        assert one == other
    assert (company.onboard(given)["changed"], company.writes()) == (False, [])
    exported = company.export(tmp_path / "exported.yml", ringcentral=given)
    assert company.onboard(exported)["changed"] is False
    before = company.held()
    company.simulator.put_state(start)
    # An export holds no recordings, and not from whom numbers may be taken.
    company.onboard({**exported, **{name: given[name] for name in ("ivr_prompts", "phone_numbers")}})
    assert company.held() == before


@pytest.mark.skipif(not FUZZ, reason="a company for each position of each switch takes a long run")
def test_a_company_in_every_position(company: Company, tmp_path: Path) -> None:
    given = lists(tmp_path)

    def play(switch: str, value: Any) -> None:
        if (switch, value) == ("sites_feature", "off"):
            return  # A test of its own.
        start = company.simulator.state()
        company.onboard(given)
        assert (company.onboard(given)["changed"], company.writes()) == (False, [])
        exported = company.export(tmp_path / "exported.yml", ringcentral=given)
        before = company.held()
        company.simulator.put_state(start)
        company.onboard({**exported, **{name: given[name] for name in ("ivr_prompts", "phone_numbers")}})
        company.settle()
        assert company.held() == before

    assert {"late_reads", "migrated", "range_zone"} <= in_every_position(company.simulator, "ringcentral", play)


def test_where_an_account_has_no_sites_nothing_else_is_written(company: Company, tmp_path: Path) -> None:
    company.simulator.set_switches({"ringcentral": {"sites_feature": "off"}})
    before = company.account()
    with pytest.raises(JobFailed, match="Take sites and each option site out of the lists"):
        company.onboard(lists(tmp_path))
    assert company.writes() == ["POST sites 403"]
    now = company.account()
    assert [now[name] for name in ("company", "extensions")] == [before[name] for name in ("company", "extensions")]


def test_names_that_people_typed_with_blanks_export_as_they_are(company: Company, tmp_path: Path) -> None:
    """Blanks at the ends, and letters composed in another way, are no difference."""
    state, typed = company.account(), unicodedata.normalize("NFD", " Zürich ")
    extensions = state["extensions"]
    for key in (seed.SITE_ID, seed.SALES_ID, seed.MENU_ID, seed.MESSAGES_ID, seed.ANNOUNCEMENT_ID):
        record = extensions[key]["record"]
        record |= {"name": typed + key, "contact": {"firstName": typed, "email": "Zurich@Example.org "}}
    extensions[seed.SITE_ID]["site"]["caller_id_name"] = "Zurich "
    extensions[seed.MENU_ID]["menu"]["prompt"]["text"] = f"{typed}. \n"
    company.simulator.put_state({"ringcentral": state})
    exported = company.export(tmp_path / "exported.yml")
    done = company.onboard(exported)
    assert (done["changed"], [text for text in texts_of(done) if "prompt" in text]) == (False, [])
    named = {"extension": "7001", "name": f"Zürich {seed.SALES_ID}"}
    assert company.onboard({"call_queues": [named]})["changed"] is False


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        ({}, {}),
        ({"enabled": False}, {}),
        ({"destination": {"extension": "7101"}}, {}),
        ({"state": "absent"}, {}),
        ({}, {"state": "absent"}),
    ],
    ids=["same", "switched_off", "elsewhere", "absent_rule", "absent_days"],
)
@pytest.mark.parametrize("owner", ["company", "main"])
def test_a_rule_of_closing_days_is_listed_once(company: Company, rule: Json, more: Json, owner: str) -> None:
    own = {"owner": owner, "name": "Holidays", "dates": [{"from": "2027-12-24"}], "destination": CLOSED, **rule}
    with pytest.raises(JobFailed, match=r"holidays\[0\]: sets the rule 'Holidays' of company, as .*company_rules\[0\]"):
        company.onboard({"company_rules": [own], "holidays": [{**HOLIDAYS, **more}]})
    assert company.writes() == []


def test_prune_leaves_the_rules_of_closing_days_to_their_list(company: Company) -> None:
    given: Json = {"company_rules": [LUNCH], "holidays": [HOLIDAYS, {**HOLIDAYS, "owner": "7001"}]}
    company.onboard(given)
    other = {**LUNCH, "name": "Other", "schedule": {"friday": ["12:00-13:00"]}}
    company.onboard({"company_rules": [other]})
    assert company.onboard(given)["changed"] is False
    previewed = company.onboard(given, prune=True, check=True)
    assert previewed["plan"] == {"create": 0, "update": 0, "delete": 1, "unchanged": 3}
    assert company.onboard(given, prune=True)["plan"] == previewed["plan"]
    assert rules(company).keys() == {"Lunch", "Holidays"}
    assert company.onboard(given, prune=True)["changed"] is False
    # What no list has any more is pruned like other rules of an owner that is listed.
    left = {**given, "holidays": given["holidays"][1:]}
    assert company.onboard(left, prune=True)["plan"]["delete"] == 1
    assert rules(company).keys() == {"Lunch"}


def test_prune_deletes_what_no_list_and_nobody_else_names(company: Company) -> None:
    """Of what belongs to the account; also where another office calls it by its name."""
    names = {"7010": "Orders", "8010": "Nights", "7910": "Lost"}
    new = [{"extension": number, "name": name, "email": "new@example.org"} for number, name in names.items()]
    menu = {"extension": "8010", "name": "Nights", "keys": [{"key": "1", "extension": "101"}]}
    made: Json = {
        "call_queues": [new[0]],
        "ivr_menus": [menu],
        "group_extensions": [{**new[2], "kind": "message_only"}],
    }
    there = {"call_queues": ("7001", "7002"), "ivr_menus": ("8001", "8002"), "group_extensions": ("7101", "301")}
    given: Json = {name: [{"extension": number} for number in numbers] for name, numbers in there.items()}
    company.onboard(made)
    claims: Json = {"claims": [["other", "ringcentral", "extension", name, "environment"] for name in names.values()]}
    assert company.onboard(given, prune=True, index_names=claims)["changed"] is False
    done = company.onboard(given, prune=True, max_deletions=3)
    assert done["plan"] == {"create": 0, "update": 0, "delete": 3, "unchanged": 6}
    assert [company.extension_of(number) for number in names] == [{}, {}, {}]
    # A menu leads to it.
    with pytest.raises(JobFailed, match="7001: is not deleted, because calls still lead to it"):
        company.onboard({"call_queues": [{"extension": "7002"}]}, prune=True, max_deletions=1)


def test_an_export_has_closing_days_in_their_list(company: Company, tmp_path: Path) -> None:
    path = tmp_path / "exported.yml"
    own = {"owner": "main", "days": [*NAMED, *HOLIDAYS["days"]], "except": ["Stocktaking"], "destination": CLOSED}
    given: Json = {"company_rules": [LUNCH], "holidays": [own, {**HOLIDAYS, "owner": "7001", "name": "Days"}]}
    company.onboard(given)
    found = company.export(path, ringcentral=given)
    assert found["holidays"] == [{"name": "Holidays", **own}, given["holidays"][1]]
    assert [rule["name"] for rule in found["company_rules"] if "name" in rule] == ["Lunch"]
    # Somebody sends calls elsewhere on those days, and another one switches the other rule off.
    account = company.account()
    (rule,) = (rule for rule in account["company"]["answering_rules"].values() if rule["name"] == "Holidays")
    rule["extension"] = "400000016"
    (off,) = (rule for rule in account["extensions"]["400000012"]["answering_rules"].values() if rule["name"] == "Days")
    off["enabled"] = False
    company.simulator.put_state({"ringcentral": account})
    found = company.export(path, ringcentral=given)
    (item,) = found["holidays"]
    assert (item["owner"], item["name"], item["destination"]) == ("company", "Holidays", {"extension": "7101"})
    assert (item.keys(), len(item["days"])) == ({"owner", "name", "days", "destination"}, 3)
    assert [(rule["owner"], rule["name"]) for rule in found["company_rules"] if "name" in rule] == [
        ("7001", "Days"),
        ("company", "Lunch"),
    ]
    # A file without closing days has all of them as rules.
    found = company.export(path)
    assert sorted(rule["name"] for rule in found["company_rules"] if "name" in rule) == ["Days", "Holidays", "Lunch"]
    assert found["holidays"] == []


@pytest.mark.parametrize("migrated", ["no", "yes"], ids=["legacy", "new"])
def test_closing_days_of_a_person_in_an_export(company: Company, tmp_path: Path, migrated: str) -> None:
    company.simulator.set_switches({"ringcentral": {"migrated": migrated}})
    own = {**HOLIDAYS, "owner": "102", "destination": {"voicemail": {"extension": "101"}}}
    given: Json = {"holidays": [own]}
    company.onboard(given)
    found = company.export(tmp_path / "exported.yml", ringcentral=given)
    assert found["holidays"] == [{"name": "Holidays", **own}]
    assert [rule for rule in found["custom_rules"] if rule["extension"] == "102"] == []
    with pytest.raises(JobFailed, match=r"sets the rule 'Holidays' of 102, as .* does; set it in one place only"):
        company.onboard({**given, "custom_rules": [{"extension": "102", "name": "Holidays", "state": "absent"}]})


@pytest.mark.parametrize(
    "change", [{"destination": {"extension": "7101"}}, {"days": HOLIDAYS["days"][:1]}, {"state": "absent"}]
)
def test_an_undo_brings_closing_days_back(company: Company, change: Json) -> None:
    state: Json = {"state_directory": str(company.state)}
    start = rules(company)
    first = company.onboard({"holidays": [HOLIDAYS]}, **state)["record"]
    before = rules(company)
    company.onboard({"holidays": [{**HOLIDAYS, **change}]}, **state)
    assert rules(company) != before
    previewed = company.job("office_undo", check=True, max_deletions=1, **state)
    done = company.job("office_undo", max_deletions=1, **state)
    assert (done["plan"], done["changed"]) == (previewed["plan"], True)
    kept = ("name", "enabled", "schedule", "extension", "callHandlingAction")
    assert [{name: rule[name] for name in kept} for rule in rules(company).values()] == [
        {name: rule[name] for name in kept} for rule in before.values()
    ]
    if "state" not in change:
        company.job("office_undo", record=first, max_deletions=1, **state)
        assert rules(company) == start


def test_an_undo_of_a_whole_company_says_what_stays(company: Company, tmp_path: Path) -> None:
    """A site stays, and so does what its rule or a number leads to, each with the reason."""
    company.simulator.set_switches({"ringcentral": {"multi_level_ivr": "no"}})
    state: Json = {"state_directory": str(company.state)}
    before = company.account()
    company.onboard(lists(tmp_path), **state)
    notes = company.job("office_undo", max_deletions=30, **state)["notes"]
    now = company.account()
    assert now["company"]["business_hours"] == before["company"]["business_hours"]
    assert rules(company) == {}
    numbers = {name: item["record"]["extensionNumber"] for name, item in now["extensions"].items()}
    left = sorted(number for name, number in numbers.items() if name not in before["extensions"])
    assert left == ["7500", "7501", "7502", "7900", "8500", "8501", "8502", "9100"]
    for words in (
        'site "Chicago" was created, and stays. Sites are never deleted here',
        "rule 9100 / after was created, and stays. RingCentral drops it when the hours are around the clock again",
        "9100 / work: destination cannot be set to the previous value; it stays",
        "schedule 7501 goes or stays with RingCentral call queue 7501",
        "8501 stays as it is: is not deleted, because calls still lead to it: company rule 9100 / work",
        "8500 stays as it is: is not deleted, because calls still lead to it: its phone number",
        "7900 stays as it is",
    ):
        assert [note for note in notes if words in note], (words, notes)


@pytest.mark.parametrize(
    ("successor", "after"), [("103", ["102", "103"]), ("102", ["102"])], ids=["takes_the_turn", "is_there_already"]
)
def test_a_successor_takes_the_turn_of_a_leaver(company: Company, successor: str, after: list[str]) -> None:
    queue: Json = {"extension": "7001", "members": ["102", "101"], "ring": "fixed_order"}
    rule: Json = {"owner": "company", "name": "Lunch", "schedule": {"monday": ["12:00-13:00"]}}
    company.onboard({"call_queues": [queue], "company_rules": [{**rule, "destination": {"extension": "101"}}]})
    company.job(
        "office_leaver", providers=["ringcentral"], person={"extension": "101"}, successor={"extension": successor}
    )
    extensions = company.account()["extensions"]
    numbers = {key: item["record"]["extensionNumber"] for key, item in extensions.items()}
    handling = company.extension_of("7001")["answering_rules"]["business-hours-rule"]["queue"]
    assert [numbers[key] for key in handling["fixedOrderAgents"]] == after
    assert numbers[rules(company)["Lunch"]["extension"]] == successor


def test_drift_of_closing_days_is_that_of_their_list(company: Company) -> None:
    given: Json = {"company_rules": [LUNCH], "holidays": [HOLIDAYS]}
    company.onboard(given)
    assert company.job("office_calls", ringcentral=given, verify=True)["changes"] == []
    account = company.account()
    (rule,) = (rule for rule in account["company"]["answering_rules"].values() if rule["name"] == "Holidays")
    rule["schedule"]["ranges"] = rule["schedule"]["ranges"][:1]
    company.simulator.put_state({"ringcentral": account})
    found = company.run("office_calls", **company.own, ringcentral=given, verify=True)
    assert [(change["list"], change["key"]) for change in found["changes"]] == [("holidays", "company / Holidays")]
    assert "Holidays" not in " ".join(texts_of(found))


LIMITS = {"light": 50, "medium": 40, "heavy": 10}


def larger(company: Company, folder: Path) -> Json:
    """An office with 1 site, 3 menus, 4 queues, 6 prompts, 12 rules and 10 numbers."""
    given = lists(folder)
    account = company.account()
    numbers = account["company"]["phone_numbers"]
    unused = next((number for number in numbers if number["phoneNumber"] == "+16505550186"), None)
    assert unused is not None
    more = [f"+165055502{number}" for number in range(10, 18)]
    numbers += [{**unused, "id": 690000000 + place, "phoneNumber": text} for place, text in enumerate(more)]
    company.simulator.put_state({"ringcentral": account})
    (prompt,) = given["ivr_prompts"]
    given["ivr_prompts"] += [{**prompt, "name": f"Prompt {number}"} for number in range(5)]
    fourth = {"extension": "7503", "name": "Parts", "email": "parts@example.org", "members": ["102"]}
    given["call_queues"].append(fourth)
    given["company_rules"] += [
        {
            "owner": "7500",
            "name": f"Caller {number}",
            "callers": [f"+165055503{number}"],
            "destination": {"extension": "8500"},
        }
        for number in range(10, 16)
    ]
    given["phone_numbers"] = [
        *given["phone_numbers"][:2],
        *({"number": number, "extension": "8500"} for number in more),
    ]
    sizes = {"sites": 1, "ivr_menus": 3, "call_queues": 4, "ivr_prompts": 6, "company_rules": 12, "phone_numbers": 10}
    assert {name: len(given[name]) for name in sizes} == sizes
    return given


def test_what_a_company_costs(company: Company, tmp_path: Path) -> None:
    """It waits as long as the requests of one group demand, whatever the groups of the others."""
    given, clock = larger(company, tmp_path), SkippingClock()
    with in_turn():
        result = company.run("office", clock=clock, **company.own, ringcentral=given)
    assert "failed" not in result, result["msg"]
    counts = company.groups()
    assert (counts["heavy"], counts["medium"], counts["light"]) == (17, 65, 59)
    demanded = 60 * max(math.ceil(counts[group] / most) - 1 for group, most in LIMITS.items())
    assert (demanded, sum(clock.naps) <= demanded * 1.1) == (60, True)
    assert company.onboard(given)["changed"] is False
    assert company.groups()["light"] <= 40
    # The numbers, and the overflow of the one queue that has some; lists have no light reading.
    assert sorted(call for call in company.grouped() if call[0] != "light") == [
        ("heavy", "GET extension/ID/overflow-settings"),
        ("heavy", "GET phone-numbers"),
        ("medium", "GET answering-rule"),
        ("medium", "GET extension"),
        *[("medium", "GET extension/ID/answering-rule")] * 4,
        ("medium", "GET extension/~/features"),
        *[("medium", "GET ivr-menus/ID")] * 3,
        ("medium", "GET ivr-prompts"),
    ]


def test_an_extension_number_in_two_lists_is_refused_without_asking(company: Company) -> None:
    menu = {"extension": "7500", "name": "Main", "keys": [{"key": "1", "extension": "101"}]}
    queue = {"extension": "7500", "name": "Orders", "email": "orders@example.org"}
    with pytest.raises(
        JobFailed, match=r"call_queues\[0\].extension: 7500 is the extension number of .*ivr_menus\[0\]"
    ):
        company.onboard({"ivr_menus": [menu], "call_queues": [queue]}, validate_only=True)
    assert company.calls() == []


QUEUE: Json = {"extension": "7001", "hours": {"monday": ["09:00-17:00"]}, "after_hours": {"voicemail": True}}
AFTER: Json = {"hours": "after", "destination": {"voicemail": True}}


@pytest.mark.parametrize(
    ("name", "item", "words"),
    [
        ("company_hours", {"owner": "7001", "schedule": {"always": True}}, r"hours.* as .*call_queues\[0\].hours does"),
        ("company_rules", {"owner": "7001", **AFTER}, r"after the hours.* as .*call_queues\[0\].after_hours does"),
        (
            "call_forwardings",
            {"extension": "7001", "hours": "after", "then": {"voicemail": True}},
            r"call_queues\[0\].after_hours: sets what .* of 7001, as .*call_forwardings\[0\] does",
        ),
    ],
)
def test_what_two_lists_set_of_a_queue_is_refused_without_asking(
    company: Company, name: str, item: Json, words: str
) -> None:
    with pytest.raises(JobFailed, match=words):
        company.onboard({"call_queues": [QUEUE], name: [item]}, validate_only=True)
    assert company.calls() == []
    # What people call the queue is known once the account was read.
    key = next(iter(item))
    with pytest.raises(JobFailed, match="set it in one place only"):
        company.onboard({"call_queues": [QUEUE], name: [{**item, key: "Sales"}]})
    assert company.writes() == []
