# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Sonetel does with calls (sonetel.md 4.1, 5.3 to 5.5, 7.1): tables written by hand."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    Graph,
    Kind,
    Level,
    Menu,
    number_key,
    targets,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.compiled_calls import account, file, route

NUMBER = "+46846500412"
VOICEAPPS: list[dict[str, Any]] = [
    {
        "name": "Front",
        "type": "menu",
        "extension_dialing": False,
        "menu": [
            {"key": 1, "user": "ann@example.org"},
            {"key": 2, "phone": "070-174 06 06"},
            {"key": "3", "sip": "sip:desk@PBX.example.org"},
            {"key": 4, "voiceapp": "Box"},
            {"key": 5, "prompt": "Hours"},
            {"key": 6, "team": "77"},
            {"key": 7, "hang_up": True},
            {"key": 8, "voiceapp": "Gone"},
            {"key": 9},
            {"key": "timeout", "voiceapp": "Front"},
        ],
    },
    {"name": "Silent", "type": "menu", "extension_dialing": True, "menu": [{"key": 1, "voiceapp": "Front"}]},
    {
        "name": "Raw",
        "type": "menu",
        "extension_dialing": False,
        "menu": [
            {"key": 1, "raw": {"action": "call", "to": "other", "id": "+46701740606"}},
            {"key": 2, "raw": {"action": "call", "to": "other", "id": "desk@pbx.example.org"}},
            {"key": 3, "raw": {"action": "call", "to": "phnum", "id": "0701740606"}},
            {"key": 4, "raw": {"action": "transfer", "to": "moon", "id": "1"}},
            {"key": 5, "raw": {"action": "", "to": "", "id": ""}},
            {"key": 6, "raw": {"action": "call", "to": "csg", "id": "77"}},
            {"key": 7, "raw": {"action": "disconnect", "to": "", "id": ""}},
        ],
    },
    {"name": "Opening", "type": "announcement", "play_welcome": True, "final_action": {"voiceapp": "Front"}},
    {"name": "To Ann", "type": "announcement", "final_action": {"user": "ann@example.org"}},
    {"name": "Closed", "type": "announcement", "final_action": {"hang_up": True}},
    {"name": "Blank", "type": "announcement", "final_action": {"raw": {"action": "", "to": "", "id": ""}}},
    {"name": "Open end", "type": "announcement"},
    {"name": "Dials", "type": "announcement", "extension_dialing": True, "final_action": {"voiceapp": "Box"}},
    {"name": "Plays", "type": "announcement", "final_action": {"prompt": "Hours"}},
    {"name": "Box", "type": "mailbox", "deliver_to": {"user": "ANN@example.org"}},
    {"name": "Twin", "app_id": "VA1", "type": "mailbox", "deliver_to": {"email": "one@example.org"}},
    {"name": "Twin", "app_id": "VA2", "type": "mailbox"},
    {"name": "System Prompt", "type": "system_prompts", "error_voice": "en"},
]
RINGS = {"ring": "all_phones", "ring_time": 20}
PEOPLE = [
    {"user_id": "3000000011", "email": "Ann@example.org", "first_name": "Ann", "last_name": "Berg"},
    {"user_id": "3000000012", "email": "ben@example.org", "first_name": "", "last_name": ""},
]


def person(first: dict[str, Any] | None, second: dict[str, Any] | None = None, *, whole: bool = True) -> Graph:
    """Return an account, or a file, with a number that leads to Ben, who has these actions, and Ann's phones."""
    ben = {"user": "ben@example.org", "first_action": first, "second_action": second}
    ann = {"user": "ann@example.org", "first_action": RINGS, "second_action": {"voicemail": True}}
    lists = {
        "forwardings": [{"number": NUMBER, "destination": {"user": "ben@example.org"}}],
        "user_forwardings": [ben, ann],
        "voiceapps": VOICEAPPS,
    }
    return (account if whole else file)("sonetel", lists, "SE")


def destination(option: dict[str, Any] | None) -> Graph:
    numbers = [{"number": NUMBER, "destination": option}]
    people = [{"user": "ann@example.org", "first_action": RINGS, "second_action": {"voicemail": True}}]
    return account("sonetel", {"forwardings": numbers, "voiceapps": VOICEAPPS, "user_forwardings": people}, "SE")


PLAYED = "what follows when a key or a final action has played a prompt"
NO_SECOND = "what happens when nobody has answered and there is no second action"
LAST = "what happens when nobody answers in the second action"
ANN = "user_forwardings/ann@example.org"
BEN = "user_forwardings/ben@example.org"


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ({"phone": "070-174 06 06"}, "+46701740606 = outside"),
        ({"sip": "Desk@PBX.example.org:5060"}, "Desk@pbx.example.org:5060 = outside"),
        ({"user": "ann@example.org"}, f"{ANN} > {ANN}#phones = person"),
        ({"voiceapp": "Box"}, "voiceapps/Box = voicemail"),
        ({"voiceapp": " Box "}, "voiceapps/Box = voicemail"),
        ({"voiceapp": "VA2"}, "voiceapps/VA2 = voicemail"),
        ({"raw": {"connect_to_type": "phnum", "connect_to": "0046701740606"}}, "+46701740606 = outside"),
        ({"raw": {"connect_to_type": "sip", "connect_to": "sip:a@b.example.org"}}, "a@b.example.org = outside"),
        ({"raw": {"connect_to_type": "app", "connect_to": "VA1"}}, "voiceapps/VA1 = voicemail"),
        # A number that is connected to nothing: calls fail (sonetel.md 4.2).
        (None, "nowhere = nowhere"),
        ({"raw": {"connect_to_type": "nowhere", "connect_to": ""}}, "nowhere = nowhere"),
        # What is not on the account.
        ({"voiceapp": "box"}, "voiceapps/box = nowhere"),
        ({"user": "nobody@example.org"}, "user_forwardings/nobody@example.org = nowhere"),
        # What no document says.
        ({"sip": "VA1@sonetel.net"}, "= unknown: whether calls to VA1@sonetel.net reach the voice app"),
        ({"voiceapp": "Twin"}, "= unknown: which of several voice apps called 'Twin' is meant"),
        ({"voiceapp": "System Prompt"}, '= unknown: what the voice app "System Prompt" does'),
        (
            {"raw": {"connect_to_type": "phnum", "connect_to": "0701740606"}},
            "= unknown: which phone number '0701740606' is",
        ),
        ({"raw": {"connect_to_type": "csg", "connect_to": "9"}}, "= unknown: who answers calls to the team '9'"),
        ({"raw": {"connect_to_type": "fax", "connect_to": "9"}}, "= unknown: where 'fax' leads"),
    ],
)
def test_where_a_number_leads(option: dict[str, Any] | None, expected: str) -> None:
    found = route(destination(option), number_key(NUMBER))
    assert found == f"{NUMBER}{' ' if expected.startswith('=') else ' > '}{expected}"


@pytest.mark.parametrize(
    ("app", "press", "expected"),
    [
        ("Front", "1", f"voiceapps/Front > {ANN} > {ANN}#phones = person [assumed]"),
        ("Front", "2", "voiceapps/Front > +46701740606 = outside"),
        ("Front", "3", "voiceapps/Front > desk@pbx.example.org = outside"),
        ("Front", "4", "voiceapps/Front > voiceapps/Box = voicemail"),
        (
            "Front",
            "5",
            f"voiceapps/Front > prompts/Front/Hours = unknown: {PLAYED}",
        ),
        ("Front", "6", "voiceapps/Front = unknown: who answers calls to the team '77'"),
        ("Front", "7", "voiceapps/Front > hang-up = hang_up"),
        ("Front", "8", "voiceapps/Front = unknown: what happens where 'Gone' is gone"),
        ("Front", "9", "voiceapps/Front = unknown: what a key does that has nothing assigned"),
        ("Front", "0", "voiceapps/Front = unknown: what a key does that has nothing assigned"),
        ("Front", "#", "voiceapps/Front = unknown: what a key does that has nothing assigned"),
        ("Front", "", "voiceapps/Front = repeats"),
        ("Front", "-4", "voiceapps/Front > voiceapps/Box = voicemail"),
        # Where no extension can be dialled, each digit is a key.
        ("Front", "+42", "voiceapps/Front > voiceapps/Box = voicemail"),
        (
            "Silent",
            "",
            "voiceapps/Silent = unknown: what happens when a caller presses nothing in a menu without timeout",
        ),
        ("Silent", "+101", "voiceapps/Silent = unknown: whose the internal number is that a caller dials"),
        ("Silent", "14", "voiceapps/Silent > voiceapps/Front > voiceapps/Box = voicemail"),
        ("Raw", "1", "voiceapps/Raw > +46701740606 = outside"),
        ("Raw", "2", "voiceapps/Raw > desk@pbx.example.org = outside"),
        ("Raw", "3", "voiceapps/Raw = unknown: which phone number '0701740606' is"),
        ("Raw", "4", "voiceapps/Raw = unknown: where 'transfer/moon' leads"),
        ("Raw", "5", "voiceapps/Raw = unknown: what a key does that has nothing assigned"),
        ("Raw", "6", "voiceapps/Raw = unknown: who answers calls to the team '77'"),
        ("Raw", "7", "voiceapps/Raw > hang-up = hang_up"),
        ("Opening", "2", "voiceapps/Opening > voiceapps/Front > +46701740606 = outside"),
        ("To Ann", "", f"voiceapps/To Ann > {ANN} > {ANN}#phones = person [assumed]"),
        ("Closed", "", "voiceapps/Closed > hang-up = hang_up [assumed]"),
        ("Blank", "", "voiceapps/Blank > hang-up = hang_up [assumed]"),
        (
            "Open end",
            "",
            "voiceapps/Open end = unknown: what follows the announcement, because Sonetel does not show it",
        ),
        (
            "Dials",
            "",
            "voiceapps/Dials = unknown: what an announcement does in which callers can dial an internal number",
        ),
        (
            "Plays",
            "",
            f"voiceapps/Plays > prompts/Plays/Hours = unknown: {PLAYED}",
        ),
    ],
)
def test_what_voice_apps_do(app: str, press: str, expected: str) -> None:
    assert route(destination({"voiceapp": app}), f"sonetel/voiceapps/{app}", press) == expected


LEFT = "because the office's file leaves it alone"
BACK = "whether a call that was forwarded and is not answered in time goes on with the next action"


@pytest.mark.parametrize(
    ("first", "second", "silent", "expected"),
    [
        (RINGS, {"voicemail": True}, "", f"{BEN} > {BEN}#phones = person"),
        (RINGS, {"voicemail": True}, "ben", f"{BEN} > {BEN}#phones > {BEN}/voicemail = voicemail after 20 s"),
        (
            {"ring": "sip_phones", "ring_time": "15"},
            {"phone": "+46701740606"},
            "ben",
            f"{BEN} > {BEN}/sip_phones > {BEN}/second_action > +46701740606 = outside after 15 s",
        ),
        ({"ring": "app"}, None, "", f"{BEN} = unknown: whether the app rings for calls from outside"),
        ({"own_phone": "77"}, {"hang_up": True}, "", f"{BEN} > {BEN}/own_phone/77 = person"),
        (
            {"own_phone": "77", "ring_time": 5},
            {"hang_up": True},
            "ben",
            f"{BEN} > {BEN}/own_phone/77 > hang-up = hang_up after 5 s",
        ),
        (RINGS, {"sip": "a@b.example.org"}, "ben", f"{BEN} > {BEN}#phones > a@b.example.org = outside after 20 s"),
        (RINGS, {"voiceapp": "Box"}, "ben", f"{BEN} > {BEN}#phones > voiceapps/Box = voicemail after 20 s"),
        (RINGS, None, "", f"{BEN} > {BEN}#phones = person"),
        (
            RINGS,
            None,
            "ben",
            f"{BEN} > {BEN}#phones = unknown after 20 s: {NO_SECOND}",
        ),
        (
            RINGS,
            {"raw": {"action": "forward", "to": "user", "id": "ann@example.org"}},
            "ben",
            f"{BEN} > {BEN}#phones > {ANN} > {ANN}#phones = person after 20 s [assumed]",
        ),
        (
            RINGS,
            {"ring": "sip_phones", "ring_time": 10},
            "#phones",
            f"{BEN} > {BEN}#phones > {BEN}/second_action > {BEN}/sip_phones = person after 20 s",
        ),
        (
            RINGS,
            {"ring": "sip_phones", "ring_time": 10},
            "ben",
            f"{BEN} > {BEN}#phones > {BEN}/second_action > {BEN}/sip_phones = unknown after 30 s: {LAST}",
        ),
        # Another team member's own settings count, also for the ring time.
        ({"user": "ann@example.org", "ring_time": 5}, None, "", f"{BEN} > {ANN} > {ANN}#phones = person"),
        (
            {"user": "ann@example.org", "ring_time": 5},
            {"hang_up": True},
            "ann",
            f"{BEN} > {ANN} > {ANN}#phones > {ANN}/voicemail = voicemail after 20 s",
        ),
        ({"user": "ben@example.org"}, {"voicemail": True}, "", f"{BEN} = loop"),
        ({"voicemail": True}, None, "", f"{BEN} > {BEN}/voicemail = voicemail"),
        ({"voiceapp": "Front"}, {"voicemail": True}, "", f"{BEN} > voiceapps/Front = repeats"),
        ({"hang_up": True}, {"voicemail": True}, "", f"{BEN} > hang-up = hang_up"),
        (
            {"raw": {"action": "forward", "to": "fax", "id": "1"}},
            None,
            "",
            f"{BEN} = unknown: where 'forward/fax' leads",
        ),
        (None, {"voicemail": True}, "", f"{BEN} > {BEN}/voicemail = voicemail [assumed]"),
        (None, RINGS, "", f"{BEN} > {BEN}/second_action > {BEN}#phones = person [assumed]"),
        ({"ring_time": 20}, None, "", f"{BEN} = unknown: {NO_SECOND}"),
        # A phone outside that does not answer.
        ({"phone": "+46701740606"}, {"voicemail": True}, "", f"{BEN} > +46701740606 = outside"),
        (
            {"phone": "+46701740606", "ring_time": 20},
            {"voicemail": True},
            "+46",
            f"{BEN} > +46701740606 = unknown: what happens when +46 70 174 06 06 does not answer",
        ),
        (
            {"sip": "a@b.example.org"},
            {"voicemail": True},
            "sip/",
            f"{BEN} > a@b.example.org = unknown: what happens when a@b.example.org does not answer",
        ),
    ],
)
def test_what_team_members_do(
    first: dict[str, Any] | None, second: dict[str, Any] | None, silent: str, expected: str
) -> None:
    assert route(person(first, second), f"sonetel/{BEN}", silent=[silent] if silent else []) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            None,
            {"voicemail": True},
            f"what happens to calls to a team member whose first action is open, {LEFT}",
        ),
        (
            RINGS,
            None,
            f"what happens when nobody has answered and the second action is open, {LEFT}",
        ),
    ],
)
def test_what_a_file_leaves_alone_of_a_team_member(
    first: dict[str, Any] | None, second: dict[str, Any] | None, expected: str
) -> None:
    assert route(person(first, second, whole=False), f"sonetel/{BEN}", silent=["ben", "+46"]).endswith(expected)


@pytest.mark.parametrize(
    ("ring_time", "anns", "silent", "expected"),
    [
        # Ann's phones answer at once; her voicemail would at 20 seconds, for which Ben's ring time may be too short.
        (15, RINGS, "", "person"),
        (25, RINGS, "#phones", "voicemail after 20 s"),
        (15, RINGS, "#phones", f"unknown after 20 s: {BACK}"),
        (20, RINGS, "#phones", f"unknown after 20 s: {BACK}"),
        (None, RINGS, "#phones", f"unknown after 20 s: {BACK}"),
        # What is heard is an answer, whatever comes then.
        (5, {"voiceapp": "Closed"}, "", "hang_up [assumed]"),
        (5, {"hang_up": True}, "", f"unknown: {BACK}"),
        (5, {"user": "ben@example.org"}, "", "loop"),
    ],
)
def test_a_forward_to_a_number_of_an_office_is_answered_there_in_time_or_not(
    ring_time: int | None, anns: dict[str, Any], silent: str, expected: str
) -> None:
    graph = to_ann({"first_action": {"phone": "+46846500413", "ring_time": ring_time}}, anns)
    assert route(graph, f"sonetel/{BEN}", silent=[silent] if silent else []).partition(" = ")[2] == expected


@pytest.mark.parametrize(
    ("ring_time", "expected"),
    [(25, "voicemail after 30 s"), (15, f"unknown after 30 s: {BACK}")],
)
def test_the_same_in_the_second_action(ring_time: int, expected: str) -> None:
    own = {"own_phone": "77", "ring_time": 10}
    second = {"phone": "+46846500413", "ring_time": ring_time}
    graph = to_ann({"first_action": own, "second_action": second}, RINGS)
    assert route(graph, f"sonetel/{BEN}", silent=["own_phone", "#phones"]).partition(" = ")[2] == expected


def to_ann(ben: dict[str, Any], first: dict[str, Any]) -> Graph:
    """Return an account in which Ben does what he does, and a number leads to Ann, who has that first action."""
    people = [
        {"user": "ben@example.org", **ben},
        {"user": "ann@example.org", "first_action": first, "second_action": {"voicemail": True}},
    ]
    numbers = [{"number": "+46846500413", "destination": {"user": "ann@example.org"}}]
    return account("sonetel", {"user_forwardings": people, "forwardings": numbers, "voiceapps": VOICEAPPS})


def test_what_a_file_leaves_alone() -> None:
    lists = {
        "forwardings": [
            {"number": NUMBER},
            {"number": "08-465 004 13", "destination": {"voiceapp": "Elsewhere"}},
            {"number": "08-465 004 14", "destination": {"user": "elsewhere@example.org"}},
            {"number": "08-465 004 15", "destination": {"voiceapp": "Old"}},
        ],
        "voiceapps": [
            {"name": "Merged", "menu": [{"key": 1, "voiceapp": "Box"}], "menu_policy": "merge"},
            {"name": "Named", "voice": "en"},
            {"name": "Keys", "type": "menu"},
            {"name": "End", "type": "announcement"},
            {"name": "Box", "deliver_to": {"email": "a@example.org"}},
            {"name": "Old", "state": "absent"},
            # Its options say that it is an announcement.
            {"name": "Opening", "final_action": {"voiceapp": "Box"}},
        ],
    }
    graph = file("sonetel", lists, "SE")
    somebody = '"elsewhere@example.org"'
    expected = {
        number_key(NUMBER): f"where the number leads, {LEFT}",
        number_key("+46846500413"): 'what "Elsewhere" does, because the office\'s file does not list all voice apps',
        number_key("+46846500414"): f"what {somebody} does, because the office's file does not list all team members' "
        "call settings",
        "sonetel/voiceapps/Merged": f"what happens when a caller presses nothing, {LEFT}",
        "sonetel/voiceapps/Keys": f"what happens when a caller presses nothing, {LEFT}",
        "sonetel/voiceapps/Named": 'what the voice app "Named" does',
        "sonetel/voiceapps/End": "what follows the announcement, because the office's file leaves it alone",
    }
    assert {key: route(graph, key).partition(": ")[2] for key in expected} == expected
    assert route(graph, "sonetel/voiceapps/Merged", "2").endswith(f"what a key does, {LEFT}")
    assert route(graph, "sonetel/voiceapps/Opening") == "voiceapps/Opening > voiceapps/Box = voicemail"
    assert route(graph, "sonetel/voiceapps/Merged", "1") == "voiceapps/Merged > voiceapps/Box = voicemail"
    dialled = route(graph, "sonetel/voiceapps/Merged", "+101")
    assert dialled.endswith("whether callers can dial an internal number here")
    assert route(graph, number_key("+46846500415")) == "+46846500415 > voiceapps/Old = nowhere"


def test_lists_that_were_not_read() -> None:
    numbers = [
        {"number": NUMBER, "destination": {"voiceapp": "Front"}},
        {"number": "+46846500413", "destination": {"user": "ann@example.org"}},
    ]
    graph = account("sonetel", {"forwardings": numbers})
    found = [route(graph, node.key).partition(": ")[2] for node in graph.numbers]
    assert found == [
        'what "Front" does, because the voice apps were not read',
        'what "ann@example.org" does, because the team members\' call settings were not read',
    ]


def test_what_leads_to_something_that_is_gone_is_remarked() -> None:
    remarks = destination(None).remarks
    assert [(remark.code, remark.place.at, remark.words, remark.certain) for remark in remarks] == [
        ("dead-end", "sonetel/voiceapps/Front/menu/8", "leads to 'Gone', which does not exist", False)
    ]
    assert account("sonetel", {"voiceapps": VOICEAPPS}, whole=False).remarks == []
    assert file("sonetel", {"voiceapps": VOICEAPPS}).remarks == []


def test_a_part_of_an_account() -> None:
    """Items are complete, but there may be more of them."""
    lists = {
        "forwardings": [
            {"number": NUMBER, "destination": None},
            {"number": "+46846500413"},
            {"number": "+46846500414", "destination": {"voiceapp": "Elsewhere"}},
            {"number": "+46846500415", "destination": {"user": "ann@example.org"}},
        ],
        "voiceapps": [],
        "user_forwardings": [{"user": "ann@example.org", "first_action": RINGS}],
    }
    graph = account("sonetel", lists, whole=False)
    found = [route(graph, node.key, silent=["ann"]).partition(" = ")[2] for node in graph.numbers]
    assert found == [
        "nowhere",
        "unknown: where the number leads, because it was not read",
        'unknown: what "Elsewhere" does, because the voice apps were not read',
        f"unknown after 20 s: {NO_SECOND}",
    ]


def test_people_are_found_by_id_and_by_address_in_any_case_and_have_their_names() -> None:
    lists = {
        "forwardings": [
            {"number": NUMBER, "destination": {"user": "3000000011"}},
            {"number": "+46846500413", "destination": {"user": " ANN@Example.org"}},
            {"number": "+46846500414", "destination": {"user": "3000000012"}},
        ],
        "user_forwardings": [
            {"user": "ann@example.org", "first_action": RINGS, "second_action": {"voicemail": True}},
            {"user": "3000000012", "first_action": RINGS},
        ],
        "people": PEOPLE,
        "voiceapps": [],
    }
    graph = account("sonetel", lists)
    reached = [route(graph, node.key, silent=["#phones"]).partition(" = ")[0] for node in graph.numbers]
    assert reached == [
        f"{NUMBER} > {ANN} > {ANN}#phones > {ANN}/voicemail",
        f"+46846500413 > {ANN} > {ANN}#phones > {ANN}/voicemail",
        f"+46846500414 > {BEN} > {BEN}#phones",
    ]
    people = {node.name: node for node in graph.nodes.values() if node.kind is Kind.PERSON}
    assert people.keys() == {"Ann Berg", "ben@example.org"}
    assert people["Ann Berg"].email == "ann@example.org"
    voicemail = graph.nodes[f"sonetel/{ANN}/voicemail"]
    assert (voicemail.owner, voicemail.recipients) == (f"sonetel/{ANN}", (f"sonetel/{ANN}",))


def test_names_are_compared_without_blanks_at_their_ends_and_in_one_form() -> None:
    decomposed = unicodedata.normalize("NFD", "Växel")
    lists = {
        "forwardings": [{"number": NUMBER, "destination": {"voiceapp": f" {decomposed}"}}],
        "voiceapps": [{"name": "Växel ", "type": "mailbox"}],
    }
    assert route(account("sonetel", lists), number_key(NUMBER)) == f"{NUMBER} > voiceapps/Växel = voicemail"


def test_who_gets_the_messages_and_what_is_heard() -> None:
    graph = destination(None)
    mailboxes = [graph.nodes[f"sonetel/voiceapps/{name}"].recipients for name in ("Box", "VA1", "VA2")]
    assert mailboxes == [(f"sonetel/{ANN}",), ("one@example.org",), None]
    assert graph.nodes["sonetel/voiceapps/Opening"].hears == ("Welcome",)
    assert graph.nodes["sonetel/prompts/Front/Hours"].label == 'prompt "Hours"'


def test_places_are_those_of_the_file() -> None:
    lists = {
        "forwardings": [{"number": "08-465 004 12", "destination": {"phone": "070-174 06 06"}}],
        "user_forwardings": [
            {"user": "ben@example.org", "first_action": RINGS, "second_action": {"voiceapp": "Front"}}
        ],
        "voiceapps": VOICEAPPS,
        "prompts": [{"voiceapp": "Front", "name": "Hours", "text": "x"}],
    }
    graph = file("sonetel", lists, "SE")
    found = {to.place.at: to.place.path for node in graph.nodes.values() for to in targets(node)}
    expected = {
        f"sonetel/forwardings/{NUMBER}": "office_sonetel.forwardings[0].destination.phone",
        f"sonetel/{BEN}/first_action": "office_sonetel.user_forwardings[0].first_action.ring",
        f"sonetel/{BEN}/second_action": "office_sonetel.user_forwardings[0].second_action.voiceapp",
        "sonetel/voiceapps/Front/menu/1": "office_sonetel.voiceapps[0].menu[0].user",
        "sonetel/voiceapps/Front/menu/timeout": "office_sonetel.voiceapps[0].menu[9].voiceapp",
        "sonetel/voiceapps/Silent/menu/timeout": "office_sonetel.voiceapps[1].menu",
        "sonetel/voiceapps/Opening/final_action": "office_sonetel.voiceapps[3].final_action.voiceapp",
        "sonetel/prompts/Front/Hours": "office_sonetel.prompts[0]",
    }
    assert {at: found.get(at) for at in expected} == expected
    assert all(to.place.at for node in graph.nodes.values() for to in targets(node))
    assert graph.nodes[number_key(NUMBER)].place.office == "here"


def test_what_is_wrong_in_a_file_is_left_to_others() -> None:
    lists = {
        "forwardings": [
            None,
            {"number": 46846500412, "destination": {"phone": "070-174 06 06"}},
            {"number": NUMBER, "destination": {"phone": 46701740606}},
            {"number": "+46846500413", "destination": "Front"},
        ],
        "voiceapps": [{"type": "menu"}, {"name": "Front", "type": "menu", "menu": ["1", {"key": "x"}, {"key": 1}]}],
        "user_forwardings": "ann@example.org",
    }
    graph = file("sonetel", lists, "SE")
    assert [node.number for node in graph.numbers] == [NUMBER, "+46846500413"]
    levels = {to.evidence.level for node in graph.nodes.values() for to in targets(node)}
    assert levels == {Level.UNKNOWN}


def test_a_renamed_voice_app_of_an_account_is_the_same() -> None:
    before, after = (
        account("sonetel", {"voiceapps": [{"name": name, "app_id": "VA9", "type": "menu", "menu": []}]})
        for name in ("Front", "Reception")
    )
    (old,), (new,) = before.nodes.values(), after.nodes.values()
    assert isinstance(old.does, Menu)
    assert (old.key, new.key) == ("sonetel/voiceapps/Front", "sonetel/voiceapps/Reception")
    assert old.identity == new.identity
