# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What calls to a RingCentral company meet, by hand from docs/providers/ringcentral-company.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ansible_collections.office.telephony.plugins.module_utils._calls.circumstances import Circumstances
from ansible_collections.office.telephony.plugins.module_utils._calls.compiling import compiled
from ansible_collections.office.telephony.plugins.module_utils._calls.names import Names
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    Draft,
    Graph,
    Level,
    number_key,
    targets,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.routes import Call, Ends, Route, follow
from ansible_collections.office.telephony.plugins.module_utils._calls.times import Moment
from ansible_collections.office.telephony.plugins.module_utils._calls.world import World
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.account import RINGCENTRAL

NEW_YORK, LOS_ANGELES, LONDON = "America/New_York", "America/Los_Angeles", "Europe/London"
MAIN, DIRECT, LINE = "+16505550180", "+16505550183", "+16505550184"
TAXI, CALLER = "+12025550173", "+46701740606"
OFFICE_HOURS = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
ALWAYS = {"always": True}
PEOPLE = [
    {"extension": "101", "extension_id": "1", "name": "Ada Reyes", "email": "ada@example.org"},
    {"extension": "102", "extension_id": "2", "name": "Ben Okafor", "email": "ben@example.org"},
    {"extension": "103", "extension_id": "3", "name": "Cleo Marsh", "status": "Disabled"},
]
TYPES = {
    "7001": ("Department", "Sales"),
    "7002": ("Department", "Support"),
    "7101": ("Voicemail", "Messages"),
    "7102": ("Announcement", "Closed"),
    "8001": ("IvrMenu", "Main menu"),
    "8002": ("IvrMenu", "Support menu"),
    "9001": ("Site", "Los Angeles"),
}
GROUPS = [{"extension": label, "name": name, "type": kind} for label, (kind, name) in TYPES.items()]
DETAILS = [
    {"extension": "101", "devices": [{"device": "80", "name": "Polycom"}], "time_zone": NEW_YORK, "numbers": []},
    {"extension": "102", "devices": [{"device": "81", "name": "Yealink"}], "time_zone": NEW_YORK, "numbers": []},
]
SALES: dict[str, Any] = {
    "extension": "7001",
    "name": "Sales",
    "time_zone": NEW_YORK,
    "members": ["101", "102"],
    "ring": "fixed_order",
    "ring_seconds": 20,
    "max_wait": 80,
    "on_max_wait": {"voicemail": True},
    "max_callers": 5,
    "on_full": {"announcement": True},
    "on_no_answer": {"wait": "members"},
    "hours": ALWAYS,
}
SUPPORT = {**SALES, "extension": "7002", "name": "Support", "members": ["102"], "time_zone": LONDON}
MENU: dict[str, Any] = {
    "extension": "8001",
    "name": "Main menu",
    "prompt": {"prompt": "welcome"},
    "repeat": 1,
    "keys": [
        {"key": "1", "extension": "Sales"},
        {"key": "2", "extension": "8002"},
        {"key": "3", "phone_number": TAXI},
        {"key": "4", "voicemail": {"extension": "102"}},
        {"key": "5", "dial_by_name": True},
        {"key": "6", "hang_up": True},
        {"key": "7", "extension": "404"},
        {"key": "0", "operator": True},
        {"key": "*", "repeat": True},
        {"key": "no_input", "extension": "7101"},
    ],
}
SUBMENU: dict[str, Any] = {
    "extension": "8002",
    "name": "Support menu",
    "keys": [
        {"key": "1", "extension": "7002"},
        {"key": "*", "root": True},
        {"key": "#", "previous": True},
        {"key": "no_input", "hang_up": True},
    ],
}
SITE = {"name": "Los Angeles", "extension": "9001", "time_zone": LOS_ANGELES}
HOURS = [{"owner": "company", "schedule": OFFICE_HOURS}, {"owner": "Los Angeles", "schedule": OFFICE_HOURS}]
RULES = [
    {"owner": "company", "hours": "work", "destination": {"extension": "8001"}},
    {"owner": "company", "hours": "after", "destination": {"extension": "7102"}},
    {"owner": "9001", "hours": "work", "destination": {"extension": "7001"}},
    {"owner": "9001", "hours": "after", "destination": {"extension": "7101"}},
]
LISTS: dict[str, Any] = {
    "people": PEOPLE,
    "groups": GROUPS,
    "extensions": DETAILS,
    "account": [{"time_zone": NEW_YORK, "operator": "101"}],
    "call_forwardings": [
        {"extension": label, "hours": "work", "schedule": ALWAYS, "ring": [], "then": {"voicemail": True}}
        for label in ("101", "102")
    ],
    "custom_rules": [],
    "sites": [SITE],
    "group_extensions": [
        {"extension": "7101", "kind": "message_only", "name": "Messages"},
        {"extension": "7102", "kind": "announcement", "name": "Closed"},
    ],
    "call_queues": [SALES, SUPPORT],
    "ivr_menus": [MENU, SUBMENU],
    "company_hours": HOURS,
    "company_rules": RULES,
    "phone_numbers": [
        {"number": MAIN, "company": True},
        {"number": DIRECT, "extension": "7001"},
        {"number": LINE, "extension": "9001"},
    ],
    "company_forward_all": {"enabled": False},
}


def account(*, whole: bool = True, **lists: Any) -> Graph:
    """Compile the company with other lists in place of its own."""
    found = {name: items for name, items in {**LISTS, **lists}.items() if items is not None}
    return compiled(RINGCENTRAL, found, Draft("ringcentral", region="US", zone=NEW_YORK, whole=whole))


def queue(**changed: Any) -> Graph:
    """Compile the company with other options of its queue Sales."""
    return account(call_queues=[{**SALES, **changed}, SUPPORT])


def rules(*custom: Mapping[str, Any], owner: str = "company") -> list[dict[str, Any]]:
    return [*RULES, *({"owner": owner, "name": f"Rule {number}", **rule} for number, rule in enumerate(custom))]


def moment(text: str, zone: str = NEW_YORK) -> Moment:
    """Return a moment of an ordinary week (`mon 10:00`), else the one of a date."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    dated = text[:3] not in days
    iso = text if dated else f"2026-11-{2 + days.index(text[:3]):02} {text[4:]}"
    return Moment(datetime.fromisoformat(iso).replace(tzinfo=ZoneInfo(zone)), dated)


def routes(
    graph: Graph,
    dial: str = MAIN,
    press: str = "",
    at: str = "mon 10:00",
    silent: Iterable[str] = (),
    *,
    caller: str = "",
    full: bool = False,
) -> list[Route]:
    names = tuple(silent)
    key = number_key(dial) if dial.startswith("+") else f"ringcentral/extensions/{dial}"
    circumstances = Circumstances(
        unanswered=lambda node: any(name in node.key for name in names), full=lambda _node: full
    )
    when = moment(at)
    pressed = tuple("wait" if one == "-" else one for one in press)
    call = Call(key, when, caller, pressed, circumstances)
    return follow(World(graph, when), call, Names(graph))


def ends(graph: Graph, dial: str = MAIN, press: str = "", at: str = "mon 10:00", silent: Any = (), **more: Any) -> str:
    """Return who may take a call, after how many seconds, and how sure that is; `silent`: parts of keys, "" for all."""
    found = routes(graph, dial, press, at, (silent,) if isinstance(silent, str) else silent, **more)
    return " or ".join(dict.fromkeys(map(_end, found)))


def _end(route: Route) -> str:
    if route.end is Ends.UNKNOWN:
        return f"? {route.why}"
    reached = route.reached.removeprefix("ringcentral/extensions/").removeprefix("number/") or route.end.value
    seconds = f" after {route.seconds}{' or so' if route.vague else ''}" if route.seconds else ""
    return f"{reached}{seconds}{'' if route.level is Level.DOCUMENTED else ' (' + route.level.value + ')'}"


FIRST = '? what comes first in the call queue "Sales", the end of the wait or that nobody answers'
WHO = '? which members of the call queue "Sales" ring before its wait is over'
TOGETHER = '? whether those it overflows to ring together with the call queue "Sales"'
ADA, BEN = "101/devices/Polycom", "102/devices/Yealink"


@pytest.mark.parametrize(
    ("press", "at", "expected"),
    [
        ("1", "mon 10:00", ADA),
        ("1", "mon 08:59", "hang_up (assumed)"),
        ("1", "sat 10:00", "hang_up (assumed)"),
        ("", "mon 16:59", "7101"),
        ("-", "mon 10:00", "7101"),
        ("21", "mon 10:00", BEN),
        ("2", "mon 10:00", "hang_up"),
        ("3", "mon 10:00", TAXI),
        ("4", "mon 10:00", "102/voicemail"),
        ("5", "mon 10:00", '? whom a caller reaches by name in the menu "Main menu"'),
        ("6", "mon 10:00", "hang_up"),
        ("7", "mon 10:00", "nowhere"),
        ("0", "mon 10:00", "101/voicemail"),
        ("9", "mon 10:00", '? what the menu "Main menu" does with a key that has no action'),
        ("*1", "mon 10:00", ADA),
        ("2*1", "mon 10:00", f"{ADA} (assumed)"),
        ("2#1", "mon 10:00", f"{ADA} (assumed)"),
        ("2#2#1", "mon 10:00", f"{ADA} (assumed)"),
    ],
)
def test_a_number_of_the_company_leads_to_its_menu_in_its_hours(press: str, at: str, expected: str) -> None:
    assert ends(account(), press=press, at=at) == expected


def test_ways_back_in_menus_depend_on_where_a_call_came_from() -> None:
    asked = '? which menu comes before menu "Support menu" for a call that has come by none, or has gone back'
    assert ends(account(), "8002", "#") == asked
    # To the first menu of the call, which is not the company's.
    top = '? which menu is the first one for menu "Support menu"'
    assert ends(account(), "8002", "*") == top
    elsewhere = [{**RULES[0], "destination": {"extension": "7001"}}, *RULES[1:]]
    assert ends(account(company_rules=elsewhere), "8002", "*1") == f"{BEN} (assumed)"
    with_site = [{**SITE, "top_menu": "8002"}]
    menus = [MENU, {**SUBMENU, "site": "Los Angeles"}]
    assert ends(account(ivr_menus=menus, sites=with_site), press="2*") == top


@pytest.mark.parametrize(
    ("changed", "silent", "expected"),
    [
        ({}, (), ADA),
        ({}, "101", f"{BEN} after 20"),
        ({}, "", "7001/voicemail after 80"),
        ({"members": ["Ben Okafor", "ada@example.org"]}, (), BEN),
        # Their own rules, which send all calls to voicemail, do not matter.
        ({"members": ["102"]}, "", "7001/voicemail after 80"),
        # Whether the last ring is cut short is not documented.
        ({"max_wait": 50}, "", "7001/voicemail after 50 or so"),
        ({"max_wait": 20}, "101", "7001/voicemail after 20"),
        # One round, unless the wait is over before.
        ({"on_no_answer": {"extension": "7102"}}, "", "hang_up after 40 or so (assumed)"),
        ({"on_no_answer": {"phone_number": TAXI}, "max_wait": 30}, "", "7001/voicemail after 30 or so"),
        ({"on_no_answer": {"phone_number": TAXI}, "max_wait": 40}, "", FIRST),
        ({"on_no_answer": {"voicemail": True}, "max_wait": 40}, "", "7001/voicemail after 40"),
        ({"ring": "longest_idle"}, (), f"{ADA} or {BEN}"),
        ({"ring": "longest_idle"}, "101", BEN),
        ({"ring": "longest_idle", "max_wait": 20}, (), WHO),
        ({"ring": "simultaneous"}, (), f"{ADA} or {BEN}"),
        ({"ring": "simultaneous", "ring_seconds": 7}, "", "7001/voicemail after 80"),
        ({"max_wait": 1}, (), '? whether anybody rings in the call queue "Sales", in which nobody waits'),
        ({"members": ["103"]}, (), "7001/voicemail"),
        ({"members": ["103", "102"]}, "102", "7001/voicemail after 80 or so"),
        ({"members": ["199"]}, (), "7001/voicemail"),
        ({"members": []}, (), "7001/voicemail"),
        ({"members": None}, (), '? who the members of the call queue "Sales" are'),
        ({"ring": None}, (), '? in which order the call queue "Sales" rings its members'),
        ({"ring_seconds": None}, "", "7001/voicemail"),
        ({"voicemail_to": "101"}, "", "101/voicemail after 80"),
        ({"voicemail_to": "7101"}, "", "7101 after 80"),
        ({"voicemail_to": "Sales"}, "", "7001/voicemail after 80"),
        ({"voicemail_to": "199"}, "", "7001/voicemail after 80"),
        ({"on_max_wait": {"voicemail": {"extension": "102"}}}, "", "102/voicemail after 80"),
        ({"on_max_wait": {"phone_number": TAXI}}, ("101", "102"), f"{TAXI} after 80"),
        ({"on_max_wait": None}, "", "7001/voicemail after 80"),
        ({"on_no_answer": None}, "", '? where the call queue "Sales" sends calls when no member answers'),
        ({"status": "NotActivated"}, (), '? what happens to calls for the call queue "Sales", which is not enabled'),
    ],
)  # fmt: skip
def test_a_queue_rings_its_members(changed: Mapping[str, Any], silent: Any, expected: str) -> None:
    assert ends(queue(**changed), DIRECT, silent=silent) == expected


def test_a_full_queue_sends_calls_elsewhere_at_once() -> None:
    assert ends(account(), DIRECT, full=True) == "hang_up"
    assert ends(queue(on_full={"extension": "7101"}), DIRECT, full=True) == "7101"
    # Without a limit it is never full.
    assert ends(queue(max_callers=None), DIRECT, full=True) == ADA


OVERFLOW = {"members": ["101"], "on_no_answer": {"wait": "members_and_overflow"}, "overflow": ["Support"]}
LONDON_HOURS = {"hours": OFFICE_HOURS, "after_hours": {"voicemail": True}}


@pytest.mark.parametrize(
    ("changed", "other", "at", "expected"),
    [
        ({}, {}, "mon 10:00", f"{BEN} after 20"),
        ({}, LONDON_HOURS, "mon 10:00", f"{BEN} after 20"),
        # 13:00 in New York is 18:00 in London.
        ({}, LONDON_HOURS, "mon 13:00", "7001/voicemail after 80"),
        ({"on_no_answer": {"wait": "members"}}, {}, "mon 10:00", "7001/voicemail after 80"),
        ({"overflow": []}, {}, "mon 10:00", "7001/voicemail after 80"),
        ({"members": ["101", "102"]}, {}, "mon 10:00", f"{BEN} after 20"),
        ({"ring": "simultaneous"}, {}, "mon 10:00", TOGETHER),
        ({}, {"members": None}, "mon 10:00", "7001/voicemail after 80"),
        ({"overflow": ["7101"]}, {}, "mon 10:00", '? which queues the call queue "Sales" overflows to'),
    ],
)  # fmt: skip
def test_overflow_works_in_one_mode_and_in_the_other_queues_hours(
    changed: Mapping[str, Any], other: Mapping[str, Any], at: str, expected: str
) -> None:
    graph = account(call_queues=[{**SALES, **OVERFLOW, **changed}, {**SUPPORT, **other}])
    assert ends(graph, DIRECT, at=at, silent="101") == expected


def test_a_rule_of_the_queue_that_takes_the_overflow_leaves_it_open() -> None:
    queues = [{**SALES, **OVERFLOW}, SUPPORT]
    holiday = {
        "owner": "7002",
        "days": [{"name": "Christmas", "from": "2026-12-25"}],
        "destination": {"voicemail": True},
    }
    graph = account(call_queues=queues, holidays=[holiday])
    asked = '? whether calls overflow to the call queue "Support" while its rules hold'
    assert ends(graph, DIRECT, at="2026-12-25 10:00", silent="101") == asked
    assert ends(graph, DIRECT, at="2026-12-26 10:00", silent="101") == f"{BEN} after 20"


@pytest.mark.parametrize(
    ("at", "expected"),
    [("mon 10:00", ADA), ("mon 17:00", TAXI), ("sat 10:00", TAXI)],
)
def test_a_queue_has_hours_of_its_own(at: str, expected: str) -> None:
    closes = {"hours": OFFICE_HOURS, "after_hours": {"phone_number": TAXI}}
    assert ends(queue(**closes), DIRECT, at=at) == expected
    # The lists of hours and rules say the same.
    hours = [*HOURS, {"owner": "Sales", "schedule": OFFICE_HOURS}]
    rule = {"owner": "7001", "hours": "after", "destination": {"phone_number": TAXI}}
    graph = account(call_queues=[{**SALES, "hours": None}], company_hours=hours, company_rules=[*RULES, rule])
    assert ends(graph, DIRECT, at=at) == expected


def test_hours_hold_on_the_owners_clock() -> None:
    # 10:00 in New York is 07:00 in Los Angeles.
    assert [ends(account(), LINE, at=at) for at in ("mon 10:00", "mon 12:00", "mon 19:59")] == ["7101", ADA, ADA]
    # The clocks of New York go forward two weeks before those of London.
    closes = [{**SALES, "time_zone": LONDON, "hours": OFFICE_HOURS, "after_hours": {"phone_number": TAXI}}]
    graph = account(call_queues=closes)
    found = [ends(graph, DIRECT, at=f"2027-{day} {time}") for day in ("03-12", "03-15") for time in ("12:30", "04:30")]
    assert found == [TAXI, ADA, ADA, TAXI]
    found = [ends(graph, DIRECT, at=f"2027-03-15 {time}") for time in ("04:59", "05:00", "12:59", "13:00")]
    assert found == [TAXI, ADA, ADA, TAXI]


def test_an_empty_schedule_is_around_the_clock_and_has_no_time_after_it() -> None:
    hours = [{"owner": "company", "schedule": {}}]
    assert ends(account(company_hours=hours), press="1", at="sat 10:00") == ADA


CLOSED, LUNCH = {"extension": "7102"}, {"monday": ["12:00-13:00"]}
AFTER_WORDS = "hang_up (assumed)"


@pytest.mark.parametrize(
    ("rule", "at", "caller", "expected"),
    [
        ({"callers": [CALLER], "destination": {"extension": "102"}}, "mon 10:00", CALLER, "102/voicemail"),
        ({"callers": [CALLER], "destination": {"extension": "102"}}, "mon 10:00", "", "7101"),
        ({"called_numbers": [MAIN], "destination": {"hang_up": True}}, "mon 10:00", "", "hang_up"),
        ({"called_numbers": [TAXI], "destination": {"hang_up": True}}, "mon 10:00", "", "7101"),
        ({"schedule": LUNCH, "destination": {"operator": True}}, "mon 12:30", "", "101/voicemail"),
        ({"schedule": LUNCH, "destination": {"operator": True}}, "mon 13:00", "", "7101"),
        ({"dates": [{"from": "2026-12-24 12:00", "to": "2026-12-26"}], "destination": CLOSED}, "2026-12-24 11:59", "",
         "7101"),
        ({"dates": [{"from": "2026-12-24 12:00", "to": "2026-12-26"}], "destination": CLOSED}, "2026-12-24 12:00", "",
         AFTER_WORDS),
        # A day at which it ends is the whole day.
        ({"dates": [{"from": "2026-12-24 12:00", "to": "2026-12-28"}], "destination": CLOSED}, "2026-12-28 16:59", "",
         AFTER_WORDS),
        ({"dates": [{"from": "2026-12-24 12:00", "to": "2026-12-28"}], "destination": CLOSED}, "2026-12-29 09:00", "",
         "7101"),
        ({"dates": [{"from": "2026-12-24", "to": "2026-12-24"}], "destination": CLOSED, "enabled": False},
         "2026-12-24 10:00", "", "7101"),
        ({"dates": [{"from": "2026-12-24", "to": "2026-12-24"}], "destination": CLOSED, "state": "absent"},
         "2026-12-24 10:00", "", "7101"),
        ({"callers": [CALLER], "destination": {"raw": "Odd"}}, "mon 10:00", CALLER,
         '? what the company does by the rule "Rule 0": Odd'),
        ({"destination": CLOSED}, "mon 10:00", "", '? when the custom rule "Rule 0" of the company applies'),
    ],
)  # fmt: skip
def test_a_rule_of_the_company_comes_before_its_hours(
    rule: Mapping[str, Any], at: str, caller: str, expected: str
) -> None:
    assert ends(account(company_rules=rules(rule)), at=at, caller=caller) == expected


def test_two_rules_that_apply_leave_it_open_unless_they_agree() -> None:
    day = {"dates": [{"from": "2026-12-24", "to": "2026-12-24"}]}
    lunch = {"schedule": {"thursday": ["12:00-13:00"]}, "destination": {"operator": True}}
    graph = account(company_rules=rules({**day, "destination": CLOSED}, lunch))
    asked = "? which of the rules of the company that apply takes the call"
    assert ends(graph, at="2026-12-24 12:30") == asked
    assert ends(graph, at="2026-12-24 13:30") == AFTER_WORDS
    assert ends(graph, at="thu 12:30") == "101/voicemail"
    graph = account(company_rules=rules({**day, "destination": CLOSED}, {**lunch, "destination": CLOSED}))
    assert ends(graph, at="2026-12-24 12:30") == AFTER_WORDS


HOLIDAYS = {
    "days": [
        {"name": "Christmas Day", "from": "2026-12-25"},
        {"name": "Party", "from": "2026-12-18 12:00", "to": "2026-12-18 17:00"},
        {"name": "Open", "from": "2026-12-28", "to": "2026-12-29"},
    ],
    "except": ["Open"],
}


@pytest.mark.parametrize(
    ("owner", "dial", "to", "closed"),
    [
        ("company", MAIN, {"extension": "7102"}, AFTER_WORDS),
        ("Sales", DIRECT, {"announcement": True}, "hang_up"),
        ("9001", LINE, {"extension": "7102"}, AFTER_WORDS),
        ("101", "101", {"phone_number": TAXI}, TAXI),
    ],
)
def test_holidays_close_their_owner(owner: str, dial: str, to: Mapping[str, Any], closed: str) -> None:
    graph = account(holidays=[{"owner": owner, "destination": to, **HOLIDAYS}])
    found = [ends(graph, dial, at=f"2026-12-{at}") == closed for at in ("25 13:00", "18 15:30", "28 13:00", "22 13:00")]
    assert found == [True, True, False, False]


def test_all_calls_of_the_company_are_forwarded() -> None:
    on = {"enabled": True, "extension": "101"}
    graph = account(company_forward_all=on)
    assert ends(graph) == "101/voicemail"
    asked = "? whether the company also forwards calls to this number while it forwards all of its calls"
    assert ends(graph, DIRECT) == asked
    # Nobody has set up where to.
    assert ends(account(company_forward_all={"enabled": True})) == "7101"
    period = {**on, "ranges": [{"from": "2026-12-24 00:00", "to": "2026-12-25 00:00"}]}
    found = [ends(account(company_forward_all=period), at=at) for at in ("2026-12-24 10:00", "2026-12-26 10:00")]
    assert found == ["101/voicemail", "? whether the company forwards all calls after its period, too"]


def test_messages_go_to_their_recipient() -> None:
    messages = [{"extension": "7101", "kind": "message_only", "name": "Messages", "voicemail_to": "102"}]
    assert ends(account(group_extensions=messages)) == "102/voicemail"
    # A key may mean the mailbox, or the one who gets its messages.
    menu = {**MENU, "keys": [{"key": "1", "voicemail": {"extension": "7101"}}]}
    assert ends(account(group_extensions=messages, ivr_menus=[menu]), press="1").startswith("? whose voicemail")
    assert ends(account(ivr_menus=[menu]), press="1") == "7101"
    assert ends(
        account(ivr_menus=[{**menu, "keys": [{"key": "1", "voicemail": {"extension": "8002"}}]}]), press="1"
    ) == ("nowhere")


def test_an_operator_of_the_site_leaves_it_open_which_one_is_meant() -> None:
    menu = {**MENU, "site": "Los Angeles"}
    site = {**SITE, "operator": "102"}
    assert ends(account(ivr_menus=[menu], sites=[site]), press="0") == (
        '? whether the operator of the company or of the site is meant at the menu "Main menu"'
    )
    assert ends(account(ivr_menus=[menu], sites=[{**site, "operator": "Ada Reyes"}]), press="0") == "101/voicemail"
    nobody = [{"time_zone": NEW_YORK}]
    assert ends(account(account=nobody), press="0") == "? which extension the company's operator is"


def test_a_site_may_have_the_number_of_another_extension() -> None:
    site = {"name": "Los Angeles", "extension": "7001", "time_zone": LOS_ANGELES}
    groups = [*(group for group in GROUPS if group["type"] != "Site"), {**site, "type": "Site"}]
    graph = account(groups=groups, sites=[site], company_rules=[{**rule, "owner": "Los Angeles"} for rule in RULES[2:]])
    assert ends(graph, DIRECT) == ADA
    assert ends(graph, "Los Angeles", at="mon 12:00") == ADA
    assert ends(graph, "Los Angeles", at="mon 10:00") == "7101"


def test_what_was_not_read_is_not_known() -> None:
    graph = account(call_queues=None, ivr_menus=None)
    assert ends(graph) == '? what the menu "Main menu" does with calls, because that was not read'
    graph = account(company_rules=None, company_hours=None)
    assert ends(graph) == "? when the work hours of the company are"
    assert ends(account(phone_numbers=None, account=[{"main_number": MAIN, "time_zone": NEW_YORK}])) == "7101"


FILE = {
    name: LISTS[name]
    for name in (
        "call_queues",
        "ivr_menus",
        "company_hours",
        "company_rules",
        "group_extensions",
        "phone_numbers",
        "sites",
    )
}


def test_an_offices_file_says_what_it_manages() -> None:
    draft = Draft("ringcentral", office="here", variable="office_ringcentral", region="US", zone=NEW_YORK)
    graph = compiled(RINGCENTRAL, FILE, draft)
    # The file does not say whether there are other rules, nor who takes calls.
    assert ends(graph, press="1") == "101#phones (assumed)"
    assert ends(graph, press="0") == "? which extension the company's operator is"
    places = {to.key: to.place for node in graph.nodes.values() for to in targets(node)}
    assert places["number/+12025550173"].at == "ringcentral/ivr_menus/8001/keys/3/+12025550173"
    assert places["number/+12025550173"].path == "office_ringcentral.ivr_menus[0].keys[2].phone_number"
    assert places["ringcentral/extensions/102"].path == "office_ringcentral.call_queues[1].members[0]"
    assert places["ringcentral/company"].path == "office_ringcentral.phone_numbers[0]"


def test_closing_days_of_a_calendar_are_those_of_this_year_and_the_next() -> None:
    pytest.importorskip("holidays")
    item = {"owner": "company", "calendar": {"country": "US"}, "destination": {"extension": "7102"}}
    year = datetime.now(ZoneInfo(NEW_YORK)).year + 1
    graph = account(holidays=[{**item, "except": ["Memorial Day"]}])
    # A Monday, so that the hours are open.
    memorial_day = next(day for day in range(25, 32) if datetime(year, 5, day).weekday() == 0)
    days = ("01-01 10:00", "01-01 23:59", f"05-{memorial_day} 10:00")
    assert [ends(graph, at=f"{year}-{day}", press="6") for day in days] == [AFTER_WORDS, AFTER_WORDS, "hang_up"]


def test_rules_of_the_hours_hold_together_with_their_other_conditions() -> None:
    rule = {"callers": [CALLER], "other_condition": "AfterHours", "destination": {"extension": "102"}}
    graph = account(company_rules=rules(rule))
    found = [ends(graph, at=at, caller=caller) for at in ("sat 10:00", "mon 10:00") for caller in (CALLER, "")]
    assert found == ["102/voicemail", AFTER_WORDS, "7101", "7101"]


EVERYTHING = {
    "custom_rules": [
        {"extension": "101", "name": "Away", "enabled": False, "callers": [CALLER], "then": {"extension": "102"}}
    ],
    "holidays": [
        {"owner": "102", "days": [{"from": "2026-12-25"}], "destination": {"voicemail": {"extension": "101"}}}
    ],
    "group_extensions": [{"extension": "7101", "kind": "message_only", "voicemail_to": "102"}],
}


def test_everybody_whom_an_item_names_is_found_by_the_path_of_the_option() -> None:
    draft = Draft("ringcentral", region="US", everything=True)
    graph = compiled(RINGCENTRAL, {**LISTS, **EVERYTHING}, draft)
    named = {(to.place.path, to.key.rpartition("/")[2]) for node in graph.nodes.values() for to in targets(node)}
    assert named >= {
        ("call_queues[0].members[1]", "102"),
        ("call_queues[0].members[0]", "101"),
        ("ivr_menus[0].keys[3].voicemail.extension", "102"),
        ("group_extensions[0].voicemail_to", "102"),
        ("holidays[0].destination.voicemail.extension", "101"),
        ("custom_rules[0].then.extension", "102"),
        ("phone_numbers[1].extension", "7001"),
        ("company_rules[0].destination.extension", "8001"),
    }
    owned = {path: keys for path, keys in draft.owners.items() if path.startswith(("custom_rules", "holidays"))}
    assert owned == {
        "custom_rules[0]": ("ringcentral/extensions/101",),
        "holidays[0]": ("ringcentral/extensions/102",),
    }
