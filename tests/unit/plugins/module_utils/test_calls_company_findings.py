# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is found wrong with the calls of a RingCentral company, and what callers are said to meet there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._calls.call_tests import read_call_tests
from ansible_collections.office.telephony.plugins.module_utils._calls.differences import differences
from ansible_collections.office.telephony.plugins.module_utils._calls.findings import (
    Context,
    Finding,
    Settings,
    find,
    times_for,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.names import Names
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import Graph
from ansible_collections.office.telephony.plugins.module_utils._calls.people import Directory, Person
from ansible_collections.office.telephony.plugins.module_utils._calls.testing import Testing
from ansible_collections.office.telephony.plugins.module_utils._numbers.policy import Policy
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.test_calls_company import (
    ALWAYS,
    MENU,
    NEW_YORK,
    OFFICE_HOURS,
    OVERFLOW,
    RULES,
    SALES,
    SUBMENU,
    SUPPORT,
    account,
    queue,
    rules,
)

NOW = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
ADA = Person("Ada Reyes", "ada@example.org", extensions=(("ringcentral", "101"),))
BEN = Person("Ben Okafor", "ben@example.org", extensions=(("ringcentral", "102"),))


def findings(graph: Graph, *people: Person, zone: str = NEW_YORK) -> list[Finding]:
    times = times_for([graph], zone, NOW)
    return find(graph, None, Context(times, Directory(people)), Settings())[0]


def found(graph: Graph, code: str, *people: Person) -> list[tuple[str, str]]:
    """Return place and words of the findings of *code*."""
    return [
        (one.fault.place.at.removeprefix("ringcentral/"), one.fault.words)
        for one in findings(graph, *people)
        if one.fault.code == code
    ]


def test_the_company_as_it_is_has_only_findings_of_the_clocks() -> None:
    sound = [{**MENU, "keys": [key for key in MENU["keys"] if key["key"] != "7"]}, SUBMENU]
    # After hours callers hear an announcement and nothing else.
    assert [one.fault.code for one in findings(account(ivr_menus=sound))] == ["nobody", "zone"]


OPEN = {"company_hours": [{"owner": "company", "schedule": ALWAYS}]}
MORNINGS, AFTERNOONS = (
    {"time_zone": NEW_YORK, "hours": {"monday": [hours]}, "after_hours": {"voicemail": True}}
    for hours in ("09:00-12:00", "12:00-17:00")
)
MESSAGES = [{"extension": "7101", "kind": "message_only", "name": "Messages"}]


@pytest.mark.parametrize(
    ("lists", "code", "at"),
    [
        ({"call_queues": [{**SALES, "members": ["103"]}, SUPPORT]}, "no-members", "call_queues/7001"),
        ({"call_queues": [{**SALES, "members": []}, SUPPORT]}, "no-members", "call_queues/7001"),
        ({"call_queues": [{**SALES, "members": ["199"]}, SUPPORT]}, "no-members", "call_queues/7001"),
        ({"call_queues": [{**SALES, "members": ["103", "102"]}, SUPPORT]}, "no-members", ""),
        ({"group_extensions": [{**MESSAGES[0], "voicemail_to": "103"}]}, "unheard", "group_extensions/7101"),
        ({"group_extensions": [{**MESSAGES[0], "voicemail_to": "199"}]}, "unheard", "group_extensions/7101"),
        ({"group_extensions": [{**MESSAGES[0], "voicemail_to": "102"}]}, "unheard", "group_extensions/7101"),
        ({"group_extensions": [{**MESSAGES[0], "voicemail_to": "101"}]}, "unheard", ""),
        ({"call_queues": [{**SALES, "voicemail_to": "102"}, SUPPORT]}, "unheard", "call_queues/7001/voicemail_to"),
        ({"call_queues": [{**SALES, "voicemail_to": "199"}, SUPPORT]}, "unheard", "extensions/7001/voicemail"),
        ({"call_queues": [{**SALES, "voicemail_to": "101"}, SUPPORT]}, "unheard", ""),
        (OPEN, "always-open", "company_hours/company/schedule"),
        (OPEN, "without-effect", "company_rules/company/after/destination"),
        ({"company_hours": [{"owner": "company", "schedule": {}}]}, "always-open", "company_hours/company/schedule"),
        ({**OPEN, "company_rules": RULES[:1]}, "always-open", ""),
        ({"call_queues": [{**SALES, "after_hours": {"voicemail": True}}, SUPPORT]}, "always-open",
         "call_queues/7001/hours"),
        ({"company_rules": rules({"schedule": OFFICE_HOURS, "destination": {"extension": "7102"}})}, "never-open",
         "company_hours/company/schedule"),
        ({"company_rules": rules({"schedule": {"monday": ["09:00-17:00"]}, "destination": {"extension": "7102"}})},
         "never-open", ""),
        ({"company_rules": rules({"callers": ["102"], "destination": {"extension": "7102"}})}, "without-effect",
         "company_rules/company/Rule 0"),
        ({"company_rules": rules({"dates": [{"from": "2025-01-01", "to": "2025-01-01"}],
                                  "destination": {"extension": "7102"}})}, "without-effect",
         "company_rules/company/Rule 0"),
        ({"call_queues": [{**SALES, **OVERFLOW, "on_no_answer": {"wait": "members"}}, SUPPORT]}, "without-effect",
         "call_queues/7001/overflow"),
        ({"call_queues": [{**SALES, **OVERFLOW}, SUPPORT]}, "without-effect", ""),
        ({"call_queues": [{**SALES, **OVERFLOW, **MORNINGS}, {**SUPPORT, **AFTERNOONS}]}, "without-effect",
         "call_queues/7001/overflow/7002"),
        ({"company_forward_all": {"enabled": True, "extension": "101"}}, "still-rerouted", "company_forward_all"),
        ({"company_forward_all": {"enabled": False, "extension": "101"}}, "still-rerouted", ""),
        ({"company_rules": [RULES[0], {**RULES[1], "destination": {"hang_up": True}}]}, "cut-off",
         "company_rules/company/after/destination"),
        ({}, "cut-off", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_where_it_stands(lists: Mapping[str, Any], code: str, at: str) -> None:
    assert {place for place, _words in found(account(**lists), code, ADA)} == ({at} if at else set())


def test_hours_and_closing_days_on_other_clocks_are_found() -> None:
    closed = {"owner": "9001", "days": [{"from": "2026-12-25"}], "destination": {"extension": "7102"}}
    queues = [SALES, {**SUPPORT, "hours": OFFICE_HOURS, "after_hours": {"voicemail": True}}]
    assert [at for at, _words in found(account(holidays=[closed], call_queues=queues), "zone")] == [
        "call_queues/7002/hours",
        "company_hours/9001/schedule",
        "holidays/9001/Holidays",
    ]
    here = {**closed, "owner": "company"}
    assert not any(at.split("/")[1] == "company" for at, _words in found(account(holidays=[here]), "zone"))


def test_rules_that_hold_at_once_are_found_with_their_times() -> None:
    day = {"dates": [{"from": "2026-12-24", "to": "2026-12-24"}], "destination": {"extension": "7102"}}
    lunch = {"schedule": {"thursday": ["12:00-13:00"]}, "destination": {"operator": True}}
    ((at, words),) = found(account(company_rules=rules(day, lunch)), "overlap")
    assert at == "company_rules/company/Rule 0"
    assert words == (
        'the company: the rule "Rule 0" and the rule "Rule 1" apply at the same time '
        "(24 Dec 2026 12:00\N{EN DASH}13:00), and it is not known "
        "which of the rules of the company that apply takes the call"
    )
    friday = {**lunch, "schedule": {"friday": ["12:00-13:00"]}}
    assert found(account(company_rules=rules(day, friday)), "overlap") == []


def test_circles_through_queues_and_rules_and_menus_are_found() -> None:
    there = {**SALES, "on_max_wait": {"extension": "7002"}}
    back = {**SUPPORT, "on_max_wait": {"extension": "7001"}}
    ((at, words),) = found(account(call_queues=[there, back]), "loop")
    assert (at, words) == ("call_queues/7001/on_max_wait", 'queue "Sales" -> queue "Support" -> queue "Sales"')
    # By the rules of a time without hours, and through a site.
    closed = {"hours": OFFICE_HOURS, "after_hours": {"extension": "9001"}}
    site = [*RULES[:3], {**RULES[3], "destination": {"extension": "7001"}}]
    ((_at, words),) = found(account(call_queues=[{**SALES, **closed}, SUPPORT], company_rules=site), "loop")
    assert words.startswith('queue "Sales" -> site "Los Angeles" -> queue "Sales"')
    # A caller who presses nothing goes round in menus that lead to each other.
    menus = [
        {**menu, "keys": [{"key": "1", "extension": "7001"}, {"key": "no_input", "extension": other}]}
        for menu, other in ((MENU, "8002"), (SUBMENU, "8001"))
    ]
    assert [at for at, _words in found(account(ivr_menus=menus), "menu-repeats")] == ["ivr_menus/8001/keys/no_input"]
    assert found(account(), "menu-repeats") == []
    ((at, words),) = found(account(), "dead-end")
    assert (at, words) == (
        "ivr_menus/8001/keys/7",
        'menu "Main menu", key 7 leads to ringcentral/extensions/404 (does not exist)',
    )


def changes(after: Graph, before: Graph | None = None) -> list[str]:
    before = before or account()
    times = times_for([before, after], NEW_YORK, NOW)
    people = Directory([ADA, BEN])
    return [one.text for one in differences(before, after, times, (Names(before, people), Names(after, people)))]


SALES_BEFORE = 'queue "Sales" (members in order, 20 s each, at most 80 s: Ada Reyes, Ben Okafor'
FULL, THEN = '; when full: announcement of queue "Sales")', ', then mailbox of queue "Sales"'
WORK = "Mon\N{EN DASH}Fri 09:00\N{EN DASH}17:00"


def test_what_callers_notice_reads_well() -> None:
    assert changes(account()) == []
    before = f"{SALES_BEFORE}{FULL}{THEN}"
    at_once = f'queue "Sales" (members at once, at most 80 s: Ada Reyes, Ben Okafor{FULL}{THEN}'
    assert changes(queue(ring="simultaneous")) == [
        f"+1 650 555 0180, key 1, {WORK}: {before} -> {at_once}",
        f"+1 650 555 0183: {before} -> {at_once}",
        f"+1 650 555 0184, Mon\N{EN DASH}Fri 12:00\N{EN DASH}20:00: {before} -> {at_once}",
    ]
    one_place = queue(on_max_wait={"extension": "7101"}, on_full={"extension": "7101"})
    assert changes(one_place)[1] == f'+1 650 555 0183: {before} -> {SALES_BEFORE}), then mailbox "Messages"'
    # Its longest-idle members are the same in any order.
    idle = [queue(ring="longest_idle", members=members) for members in (["101", "102"], ["102", "101"])]
    assert changes(idle[1], idle[0]) == []
    keys = [*MENU["keys"][1:], {"key": "1", "extension": "102"}]
    assert changes(account(ivr_menus=[{**MENU, "keys": keys}, SUBMENU])) == [
        f"+1 650 555 0180, key 1, {WORK}: {before} -> Ben Okafor's voicemail"
    ]
    holiday = {"owner": "company", "days": [{"from": "2026-12-25"}], "destination": {"extension": "7101"}}
    assert changes(account(holidays=[holiday]))[0] == (
        '+1 650 555 0180, 25 Dec 2026 09:00\N{EN DASH}17:00: menu "Main menu" -> mailbox "Messages"'
    )
    forwarded = changes(account(company_forward_all={"enabled": True, "extension": "101"}))
    assert forwarded[0] == f'+1 650 555 0180, {WORK}: menu "Main menu" -> Ada Reyes\'s voicemail'


MAIN = "+1 650 555 0180"


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ({"press": ["1"], "expect": {"reaches": "Ada Reyes", "within": 0, "passes": ["Main menu", "Sales"]}}, "pass"),
        ({"press": ["1"], "unanswered": ["Ada Reyes"], "expect": {"reaches": "Ben Okafor", "within": 20}}, "pass"),
        ({"press": ["1"], "unanswered": ["Ada Reyes"], "expect": {"reaches": "Ben Okafor", "within": 19}}, "fail"),
        ({"press": ["1"], "unanswered": ["all"], "expect": {"ends": {"voicemail": "Sales"}}}, "pass"),
        ({"press": ["1"], "full": ["Sales"], "expect": {"ends": "hang_up", "hears": ['announcement of queue "Sales"']}},
         "pass"),
        ({"press": ["1"], "full": ["Support"], "expect": {"reaches": "Ada Reyes"}}, "pass"),
        ({"press": ["wait"], "expect": {"ends": {"voicemail": "Messages"}, "hears": ["welcome"]}}, "pass"),
        ({"press": ["2", "#", "1"], "expect": {"reaches": "Ada Reyes", "never": ["Support"]}}, "pass"),
        ({"press": ["9"], "expect": {"reaches": "Ada Reyes"}}, "undecided"),
        ({"press": ["101"], "expect": {"reaches": "Ada Reyes"}}, "undecided"),
        ({"at": "saturday 10:00", "expect": {"ends": "hang_up", "hears": ["Closed"]}}, "pass"),
        ({"at": "saturday 10:00", "press": ["1"], "expect": {"ends": "hang_up"}}, "fail"),
        ({"at": "2026-12-25 10:00", "expect": {"ends": "hang_up"}}, "pass"),
        ({"dial": {"ringcentral": "7001"}, "expect": {"reaches": "Ada Reyes"}}, "pass"),
    ],
)  # fmt: skip
def test_call_tests_go_through_the_company(test: Mapping[str, Any], expected: str) -> None:
    holiday = {"owner": "company", "days": [{"from": "2026-12-25"}], "destination": {"extension": "7102"}}
    graph = account(holidays=[holiday], ivr_menus=[MENU, SUBMENU])
    policy = Policy.from_option(None, "US", None, lambda text: None, "policy")  # type: ignore[arg-type]
    reading = NumberRules("US", policy, lambda text: None)
    given = {"name": "One", "dial": MAIN, "at": "monday 10:00", **test}
    (read,) = read_call_tests([given], "office_call_tests", reading, NEW_YORK, ("ringcentral",), "here")
    assert reading.problems.found == []
    result = Testing(graph, Names(graph, Directory([ADA, BEN])), NOW).run(read)
    assert result.status.value == expected, result.lines
