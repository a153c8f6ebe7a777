# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call tests and people: how they are read, what each key means, and what is reported of a test that fails."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._calls.call_tests import read_call_tests
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    GoTo,
    Graph,
    Kind,
    Node,
    Ring,
    Rule,
    Rules,
    Step,
    To,
    number_key,
    number_node,
    to_unknown,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.people import Directory, Person, read_people
from ansible_collections.office.telephony.plugins.module_utils._calls.testing import Status, Testing, TestResult
from ansible_collections.office.telephony.plugins.module_utils._numbers.policy import Policy
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.calls_graphs import (
    ANNA,
    ERIK,
    HOLIDAYS,
    MAIN,
    MOBILE,
    NOW,
    OFFICE_HOURS,
    PEOPLE,
    ZONE,
    graph_of,
    names_of,
    office,
)

NUMBER = "08-465 004 13"
PROVIDERS = ("acme", "other")


def rules() -> NumberRules:
    return NumberRules("SE", Policy.from_option(None, "SE", None, lambda text: None, "policy"), lambda text: None)  # type: ignore[arg-type]


def run(graph: Graph | None = None, **test: Any) -> TestResult:
    reading = rules()
    given = {"dial": NUMBER, **{name.rstrip("_"): value for name, value in test.items()}}
    (read,) = read_call_tests([given], "office_call_tests", reading, ZONE, PROVIDERS, "stockholm")
    assert reading.problems.found == []
    graph = graph or office()
    return Testing(graph, names_of(graph), NOW).run(read)


@pytest.mark.parametrize(
    ("test", "status"),
    [
        ({"press": [2], "expect": {"reaches": "Anna Lindqvist"}}, Status.PASS),
        ({"press": [2], "expect": {"reaches": "anna@example.org"}}, Status.PASS),
        ({"press": [2], "expect": {"reaches": ["Erik Öhman", "Anna Lindqvist"]}}, Status.PASS),
        ({"press": [2], "expect": {"reaches": "Erik Öhman"}}, Status.FAIL),
        ({"press": "2", "unanswered": "Anna Lindqvist", "expect": {"ends": "voicemail"}}, Status.PASS),
        # Her own mailbox is not herself.
        ({"press": "2", "unanswered": "Anna Lindqvist", "expect": {"reaches": "Anna Lindqvist"}}, Status.FAIL),
        ({"press": "2", "unanswered": "all", "expect": {"ends": {"voicemail": "voicemail"}}}, Status.PASS),
        ({"press": "2", "unanswered": "all", "expect": {"ends": {"voicemail": "Box"}}}, Status.FAIL),
        ({"expect": {"hears": ["Opening", "Main"], "ends": {"voicemail": "Box"}}}, Status.PASS),
        ({"expect": {"hears": "Sales"}}, Status.FAIL),
        ({"press": [1, 1], "expect": {"reaches": "Erik Öhman", "ends": "outside"}}, Status.PASS),
        ({"press": [1, 1], "expect": {"reaches": "070-174 06 06"}}, Status.PASS),
        ({"press": [1, 1], "voicemail_answers": MOBILE, "expect": {"ends": "outside"}}, Status.PASS),
        ({"press": [1, 1], "voicemail_answers": MOBILE, "expect": {"reaches": MOBILE}}, Status.FAIL),
        ({"press": [1, 1], "unanswered": MOBILE, "expect": {"ends": "outside"}}, Status.UNDECIDED),
        ({"press": [1], "expect": {"ends": "voicemail"}}, Status.UNDECIDED),
        # Heard before what is not known.
        ({"press": [1], "expect": {"hears": "Sales"}}, Status.PASS),
        ({"press": [1], "expect": {"never": "Anna Lindqvist"}}, Status.UNDECIDED),
        ({"press": [1], "expect": {"never": "Main"}}, Status.FAIL),
        ({"press": ["wait"], "expect": {"ends": "voicemail"}}, Status.PASS),
        ({"press": [2, 3], "expect": {"reaches": "Anna Lindqvist"}}, Status.FAIL),
        ({"press": [3], "unanswered": "erik@example.org", "expect": {"ends": "outside"}}, Status.UNDECIDED),
        ({"press": [2], "unanswered": "all", "expect": {"within": 20}}, Status.PASS),
        ({"press": [2], "unanswered": "all", "expect": {"within": 19}}, Status.FAIL),
        ({"press": [2], "expect": {"passes": ["Opening", "Main", "Anna Lindqvist"]}}, Status.PASS),
        ({"press": [2], "expect": {"passes": ["Main", "Opening"]}}, Status.FAIL),
        ({"press": [2], "expect": {"never": ["Sales", MOBILE]}}, Status.PASS),
        ({"press": [2], "busy": "Anna Lindqvist", "expect": {"ends": "voicemail"}}, Status.PASS),
        ({"dial": {"acme": "101"}, "expect": {"reaches": "Anna Lindqvist"}}, Status.PASS),
        ({"dial": "08-465 004 99", "expect": {"ends": "person"}}, Status.FAIL),
        ({"expect": {"reaches": "Ana Lindqvist"}}, Status.FAIL),
    ],
)
def test_what_the_keys_mean(test: dict[str, Any], status: Status) -> None:
    result = run(**test)
    assert result.status is status, result.lines


def test_a_failing_test_shows_the_route_step_by_step() -> None:
    result = run(name="Key 2 reaches Erik", press=[2], at="saturday 10:00", expect={"reaches": "Erik Öhman"})
    assert result.lines == [
        'FAILED "Key 2 reaches Erik": dial +46 8 465 004 13, key 2, Sat 5 Dec 2026 10:00',
        '    1  +46 8 465 004 13 forwards to announcement "Opening"',
        '    2  announcement "Opening" is played, then: menu "Main"',
        '    3  menu "Main", key 2: Anna Lindqvist',
        "    4  ringing: Anna Lindqvist's phones",
        "    5  answered by Anna Lindqvist's phones",
        "    expected to reach Erik Öhman, but it is answered by Anna Lindqvist's phones",
    ]


def test_where_several_ring_at_once_it_holds_for_each_of_them() -> None:
    ring = Ring((Step((To("acme/users/anna/phones"), To("acme/users/erik/phones")), 20),), To("acme/apps/box"))
    graph = office(n13=ring)
    assert run(graph, expect={"reaches": "Anna Lindqvist"}).status is Status.FAIL
    assert run(graph, expect={"reaches": ["Anna Lindqvist", "Erik Öhman"]}).status is Status.PASS
    assert run(graph, unanswered=["Erik Öhman"], expect={"reaches": "Anna Lindqvist"}).status is Status.PASS


def test_times() -> None:
    by_time = Rules((Rule(To("closed"), HOLIDAYS), Rule(To("acme/users/anna"), OFFICE_HOURS)), To("acme/apps/box"))
    graph = office(Node("closed", Kind.ANNOUNCEMENT, "Closed", to_end()), n13=by_time)
    anna, box = {"reaches": "Anna Lindqvist"}, {"ends": {"voicemail": "Box"}}
    assert run(graph, at="monday 10:00", expect=anna).status is Status.PASS
    assert run(graph, at=["monday 10:00", "saturday 10:00"], expect=anna).status is Status.FAIL
    # An ordinary week has no holidays; that instant has.
    assert run(graph, at="thursday 10:00", expect=anna).status is Status.PASS
    assert run(graph, at="2026-12-24 10:00", expect={"hears": "Closed"}).status is Status.PASS
    assert run(graph, at={"time": "monday 04:00", "zone": "America/New_York"}, expect=anna).status is Status.PASS
    assert run(graph, at="2026-01-01 10:00", expect=anna).status is Status.SKIPPED
    # Without a time, all of them.
    assert run(graph, expect=anna).status is Status.FAIL
    assert len(run(graph, expect=box).outcomes) == 4


def to_end() -> GoTo:
    return GoTo(To("acme/apps/box"))


def test_both_clocks_are_shown() -> None:
    result = run(at={"time": "monday 04:00", "zone": "America/New_York"}, expect={"ends": "voicemail"})
    assert result.worst.when == "Mon 30 Nov 2026 04:00 America/New_York (Mon 30 Nov 2026 10:00 Europe/Stockholm)"


def test_rules_that_look_at_the_caller() -> None:
    vip = Rules((Rule(To("acme/users/anna"), callers=frozenset({"+46701234567"})),), To("acme/apps/box"))
    graph = office(n13=vip)
    assert run(graph, from_="070-123 45 67", expect={"reaches": "Anna Lindqvist"}).status is Status.PASS
    assert run(graph, from_="anonymous", expect={"ends": "voicemail"}).status is Status.PASS


def test_undecided_names_what_is_not_known() -> None:
    graph = graph_of(number_node(MAIN, GoTo(to_unknown("what this flow does"))))
    result = run(graph, expect={"ends": "person"})
    assert result.lines == [
        'undecided "dial +46 8 465 004 13": dial +46 8 465 004 13, Mon 30 Nov 2026 00:00',
        "    1  +46 8 465 004 13: it is not known what this flow does",
        "    expected to end in person",
    ]
    assert number_key(MAIN) in result.passed


def test_what_is_wrong_in_call_tests_is_reported_with_its_place() -> None:
    reading = rules()
    given = [
        {"dail": NUMBER, "expect": {"ends": "voicemail"}},
        {"dial": NUMBER, "expect": {"reach": "Anna"}},
        {"dial": NUMBER, "expect": {"ends": "voice mail"}},
        {"dial": NUMBER, "press": ["A"], "expect": {"within": "soon"}},
        {"dial": {"acm": "101"}, "expect": {"ends": "person"}},
        {"dial": 4684650, "expect": {"ends": "person"}, "undecided": "fine"},
        "dial",
        {"dial": {"acme": "101", "other": "102"}, "expect": {"ends": "person"}},
    ]
    assert read_call_tests(given, "office_call_tests", reading, ZONE, PROVIDERS) == []
    found = [(path.removeprefix("office_call_tests"), what.partition(";")[0]) for path, what in reading.problems.found]
    assert [path for path, _what in found] == [
        "[0].dail", "[0]", "[1].expect.reach", "[1].expect", "[2].expect.ends", "[3].expect.within", "[3].press[0]",
        "[4].dial.acm", "[5].dial", "[5].undecided", "[6]", "[7].dial",
    ]  # fmt: skip
    assert found[0][1] == "no such key. Did you mean 'dial'?"
    assert found[4][1] == "'voice mail' is not a choice. Did you mean 'voicemail'?"


def test_people_are_read_and_one_phone_belongs_to_one_person() -> None:
    reading = rules()
    given = [
        {"name": "Anna Lindqvist", "email": "Anna@example.org", "phones": ["070-174 06 05"],
         "sip": "sip:anna@pbx.example.org", "extensions": [{"provider": "acme", "extension": "101"}],
         "voicemail_after": 25},
        {"name": "Erik Öhman", "phones": "070-174 06 05"},
        {"phones": ["070-174 06 07"]},
        {"name": "Eva", "extensions": [{"provider": "acm", "extension": 101}]},
        {"name": "Olga", "voicemail_after": 1},
    ]  # fmt: skip
    people = read_people(given, "office_people", reading, PROVIDERS)
    assert people[0] == Person(
        "Anna Lindqvist", "Anna@example.org", ("+46701740605",), ("anna@pbx.example.org",), (("acme", "101"),), 25,
        "office_people[0]",
    )  # fmt: skip
    assert people[-1].voicemail_after == 1
    assert [path for path, _what in reading.problems.found] == [
        "office_people[2]",
        "office_people[3].extensions[0].provider",
        "office_people[3].extensions[0].extension",
    ]
    problems: list[tuple[str, str]] = []
    directory = Directory(people, lambda path, what: problems.append((path, what)))
    assert problems == [("office_people[1]", "+46701740605 also belongs to Anna Lindqvist")]
    assert directory.named("anna@EXAMPLE.org") == directory.named("anna lindqvist") == people[0]


def test_the_same_person_in_two_offices_is_one() -> None:
    other = Person("Anna L.", "ANNA@example.org", ("+46701740699",))
    problems: list[str] = []
    directory = Directory([ANNA, ERIK, other], lambda path, what: problems.append(what))
    assert problems == []
    assert directory.by_phone("+46701740699") == directory.named("Anna Lindqvist")
    assert bool(PEOPLE)
