# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers meet at Sonetel, SMS Partner and Fone Dynamics, and from one to the other; worked out by hand.

Facts: docs/providers/sonetel.md 4, 5 and 7, docs/providers/smspartner.md 4.1, docs/providers/fonedynamics.md 3.1.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from simulator.calls import every_play, play
from simulator.messages import BadInput, Record
from simulator.smspartner.seed import number as virtual_number
from tests.simulator.calls_offices import (
    ADA,
    ADAS_PHONE,
    ANNA,
    DESKS,
    ERIK,
    FRIDAY,
    IDS,
    MOBILES,
    OUTSIDE,
    ada,
    announcement,
    entry,
    fonedynamics,
    forward,
    line,
    mailbox,
    menu,
    met,
    n,
    person,
    ring,
    ringcentral,
    rings,
    smspartner,
    sonetel,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

VOICEMAIL = forward("voicemail")
MENU = menu(
    "Menu",
    timeout=entry("app", "VABox"),
    key_1=entry("user", IDS[ANNA]),
    key_2=entry("phnum", OUTSIDE),
    key_3=entry("app", "VASub"),
    key_4=entry("other", "door@sip.example.org"),
    key_5={"action": "disconnect", "to": "", "id": ""},
    key_6=entry("csg", "77"),
    key_7=entry("app", "VANotice"),
)
SUB = menu(
    "Sub",
    timeout=entry("app", "VAMenu"),
    get_extension="yes",
    key_1=entry("user", IDS[ERIK]),
    key_9=entry("app", "VAMenu"),
)
ERIKS_NUMBERS = [{"number_type": "e.164", "number": "46846500414"}, {"number_type": "internal", "number": "014"}]
HOUSE = sonetel(
    MENU,
    SUB,
    announcement("Notice", entry("app", "VABox")),
    mailbox("Box"),
    person(ANNA, ring(), VOICEMAIL),
    person(ERIK, ring("sipphones", "15"), forward("phnum", OUTSIDE, ring_time="10"), numbers=ERIKS_NUMBERS),
    n10=OUTSIDE,
    n11="desk@SIP.example.org",
    n12=ANNA,
    n13="Menu",
    n14=ERIK,
    n15="Box",
    n16="Notice",
    n17={"connect_to_type": "nowhere", "connect_to": ""},
    n18={"connect_to_type": "csg", "connect_to": "77"},
    n19="+46846500412",
    n20={"connect_to_type": "app", "connect_to": {"app_type": "ivr", "app_id": "VAgone"}},
    n21={"connect_to_type": "phnum", "connect_to": OUTSIDE, "rule_set_id": "R1"},
)
IN_THE_HOUSE = [
    # Numbers
    (n("10"), f"outside phone {OUTSIDE} 0s"),
    (n("10", voicemail_answers=[OUTSIDE]), f"outside operator_voicemail {OUTSIDE} 0s"),
    (n("11"), "outside sip desk@sip.example.org 0s"),
    (n("15"), "voicemail mailbox Box 0s"),
    (n("16"), "voicemail mailbox Box 0s"),
    (n("17"), "nowhere number +46846500417 0s"),
    (n("18"), "unknown number +46846500418 0s"),
    (n("19", picks_up=[ANNA]), f"person sip {DESKS[ANNA]} 0s"),
    (n("20"), "nowhere number +46846500420 0s"),
    (n("21"), "unknown number +46846500421 0s"),
    # Users
    (n("12"), f"person sip {DESKS[ANNA]} 0s"),
    (n("12", unanswered=[DESKS[ANNA]]), f"person phone {MOBILES[ANNA]} 0s"),
    (n("12", unanswered=["anna x"]), f"voicemail voicemail {ANNA} 20s"),
    (n("12", unanswered="all", voicemail_answers=[MOBILES[ANNA]]), f"outside operator_voicemail {MOBILES[ANNA]} 0s"),
    (
        n("12", picks_up=["+46 70-174 06 05"], voicemail_answers=[MOBILES[ANNA]]),
        f"outside operator_voicemail {MOBILES[ANNA]} 0s",
    ),
    (n("12", picks_up=[IDS[ANNA]], voicemail_answers=[MOBILES[ANNA]]), f"person sip {DESKS[ANNA]} 0s"),
    (n("12", unanswered=[MOBILES[ANNA]], busy=[DESKS[ANNA]]), f"voicemail voicemail {ANNA} 20s"),
    (n("14"), f"person sip {DESKS[ERIK]} 0s"),
    (n("14", unanswered=[ERIK]), f"outside phone {OUTSIDE} 15s"),
    (n("14", picks_up=[MOBILES[ERIK]], voicemail_answers=[OUTSIDE]), f"outside operator_voicemail {OUTSIDE} 15s"),
    # Menus
    (n("13"), "voicemail mailbox Box 0s"),
    (n("13", press=["wait"]), "voicemail mailbox Box 0s"),
    (n("13", press=["1"]), f"person sip {DESKS[ANNA]} 0s"),
    (n("13", press=["1"], unanswered="all"), f"voicemail voicemail {ANNA} 20s"),
    (n("13", press=["2"]), f"outside phone {OUTSIDE} 0s"),
    (n("13", press=["3", "1"]), f"person sip {DESKS[ERIK]} 0s"),
    (n("13", press=["31"]), f"person sip {DESKS[ERIK]} 0s"),
    (n("13", press=["3", "9", "2"]), f"outside phone {OUTSIDE} 0s"),
    (n("13", press=["392"]), f"outside phone {OUTSIDE} 0s"),
    (n("13", press=["3", "wait", "1"]), f"person sip {DESKS[ANNA]} 0s"),
    (n("13", press=["3", "014"]), f"person sip {DESKS[ERIK]} 0s"),
    (n("13", press=["3"]), "voicemail mailbox Box 0s"),
    (n("13", press=["4"]), "outside sip door@sip.example.org 0s"),
    (n("13", press=["5"]), "hang_up 0s"),
    (n("13", press=["6"]), "unknown menu Menu 0s"),
    (n("13", press=["7"]), "voicemail mailbox Box 0s"),
]


def label(value: Any) -> str | None:
    """The name of a test: only the call, not what it meets."""
    return " ".join(f"{key}={value[key]}" for key in value) if isinstance(value, dict) and "number" in value else None


@pytest.mark.parametrize(("call", "expected"), IN_THE_HOUSE, ids=label)
def test_a_house(call: Record, expected: str) -> None:
    assert met(HOUSE, call) == expected
    # Nothing of this is left open.
    assert {line(result) for result in every_play(HOUSE, {"at": FRIDAY, **call})} == {expected}


def test_an_answer_shows_the_way() -> None:
    result = play(HOUSE, {}, {"at": FRIDAY, **n("13", press=["1", "8"], unanswered=[ANNA])})
    way = [(step["at"]["kind"], step["at"]["name"], step["does"], step["seconds"]) for step in result.pop("steps")]
    assert way == [
        ("number", "+46846500413", "goes to Menu", 0),
        ("menu", "Menu", "plays its welcome", 0),
        ("menu", "Menu", "1 is pressed", 0),
        ("menu", "Menu", f"goes to {ANNA}", 0),
        ("person", ANNA, f"rings {DESKS[ANNA]}, {MOBILES[ANNA]}", 20),
        ("voicemail", ANNA, "answers", 0),
    ]
    reached = {"provider": "sonetel", "kind": "voicemail", "name": ANNA, "id": IDS[ANNA]}
    assert result == {
        "ends": "voicemail",
        "reached": reached,
        "answers": [],
        "seconds": 20,
        "not_pressed": ["8"],
        "assumes": {},
    }


def test_everything_that_picks_up_is_named() -> None:
    everybody = play(HOUSE, {}, {"at": FRIDAY, **n("12")})
    assert everybody["answers"] == [DESKS[ANNA], MOBILES[ANNA]]
    assert everybody["reached"]["person"] == ANNA


def test_a_call_changes_nothing() -> None:
    before = copy.deepcopy(HOUSE)
    every_play(HOUSE, {"at": FRIDAY, **n("13", press=["8"], unanswered="all")})
    assert before == HOUSE


# Users that forward

FORWARDING = [
    (forward("user", IDS[ERIK], ring_time="30"), VOICEMAIL, {}, f"person sip {DESKS[ERIK]} 0s"),
    (forward("user", IDS[ERIK], ring_time="30"), VOICEMAIL, {"unanswered": [ERIK]}, f"voicemail voicemail {ERIK} 5s"),
    (forward("voiceapp", "VABox"), VOICEMAIL, {}, "voicemail mailbox Box 0s"),
    (forward("phnum", OUTSIDE, ring_time="10"), VOICEMAIL, {}, f"outside phone {OUTSIDE} 0s"),
    (forward("sip", "sip:a@b.example"), VOICEMAIL, {}, "outside sip a@b.example 0s"),
    (VOICEMAIL, None, {}, f"voicemail voicemail {ANNA} 0s"),
    ({"action": "disconnect"}, VOICEMAIL, {}, "hang_up 0s"),
    (
        ring("phone", "10", id=f"{IDS[ANNA]}2"),
        VOICEMAIL,
        {"picks_up": [DESKS[ANNA]]},
        f"voicemail voicemail {ANNA} 10s",
    ),
    (ring("internet_internet"), VOICEMAIL, {}, f"unknown person {ANNA} 0s"),
    (forward("csg", "77"), VOICEMAIL, {}, f"unknown person {ANNA} 0s"),
    (forward("user", "3000000099"), VOICEMAIL, {}, f"nowhere person {ANNA} 0s"),
    (ring("sipphones", "5"), ring("myphones", "30"), {"picks_up": [MOBILES[ANNA]]}, f"person phone {MOBILES[ANNA]} 5s"),
    (ring("sipphones", "5"), forward("voiceapp", "VABox"), {"unanswered": "all"}, "voicemail mailbox Box 5s"),
]


@pytest.mark.parametrize(("first", "second", "call", "expected"), FORWARDING)
def test_what_a_user_does(first: Record, second: Record | None, call: Record, expected: str) -> None:
    erik = person(ERIK, ring("myphones", "5"), VOICEMAIL)
    assert met(sonetel(person(ANNA, first, second), erik, mailbox("Box"), n12=ANNA), n("12", **call)) == expected


def test_a_blank_final_action_hangs_up_where_it_is_written_so() -> None:
    office = sonetel(announcement("A", {"action": "", "to": "", "id": ""}), n10="A")
    written_so = {"final_hang_up": "blank", "no_final_action": "repeat"}
    assert met(office, n("10"), {"sonetel": written_so}) == "hang_up 0s"


# The other providers


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (virtual_number(1, "33353010003"), "outside phone +33353010003 0s"),
        (virtual_number(2, "accueil@example.org"), "voicemail voicemail +33261910001 0s"),
        (virtual_number(0), "nowhere number +33261910001 0s"),
    ],
)
def test_smspartner(number: Record, expected: str) -> None:
    assert met(smspartner(n1=number), {"number": "33261910001"}) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"RoutingMethod": "Endpoint", "EndpointNumber": "+61491570156"}, "outside phone +61491570156 0s"),
        ({"RoutingMethod": "endpoint", "EndpointNumber": "+61491570156"}, "outside phone +61491570156 0s"),
        ({"RoutingMethod": "Flow", "Flow": "c0ffee00-0000-4000-8000-000000000002"}, "flow flow After hours 0s"),
        ({"RoutingMethod": "application"}, "unknown number +61255500101 0s"),
        ({}, "nowhere number +61255500101 0s"),
        (
            {"RoutingMethod": "Endpoint", "EndpointNumber": "+61491570156", "capabilities": ("SMS",)},
            "nowhere number +61255500101 0s",
        ),
    ],
)
def test_fonedynamics(members: Record, expected: str) -> None:
    assert met(fonedynamics(n1=members), {"number": "+61 2 5550 0101"}) == expected


# From one provider to the other


def test_a_forward_goes_on_at_whichever_provider_has_the_number() -> None:
    world = {
        **sonetel(person(ANNA, ring(), VOICEMAIL), n10="+61255500101", n12=ANNA),
        **fonedynamics(n1={"RoutingMethod": "Endpoint", "EndpointNumber": "+33261910001"}),
        **smspartner(n1=virtual_number(1, "16505550111")),
        **ringcentral(rules_of_101()),
    }
    assert met(world, n("10", unanswered="all")) == f"voicemail voicemail {ANNA} 30s"
    assert met(world, n("10", picks_up=[ADAS_PHONE])) == f"person device {ADAS_PHONE} 0s"


def rules_of_101() -> Record:
    """Her phone for ten seconds, then Anna's number."""
    missed = {"actionType": "ConnectToExternalNumber", "externalNumber": "+46846500412"}
    off = {"enabled": False, "recipient": None}
    return {"forwarding": rings((2, [ADAS_PHONE]), notifyMySoftPhones=False), "voicemail": off, "missedCall": missed}


def test_a_phone_that_is_a_number_here_rings_as_that_number_does() -> None:
    """The other number's mailbox takes the call when it comes to it in time, here before the mobile is picked up."""
    step = {"forwarding": rings((4, ["+16505550120"]), notifyMySoftPhones=False)}
    world = {**ringcentral(step), **sonetel(person(ANNA, ring(ring_time="15"), VOICEMAIL), n12=ANNA)}
    numbers = world["ringcentral"]["extensions"][ADA]["forwarding_numbers"]
    numbers["500000002"]["phoneNumber"] = "+46846500412"
    assert met(world, ada(unanswered="all")) == f"voicemail voicemail {ANNA} 15s"
    world["sonetel"]["accounts"]["301234567"]["users"][IDS[ANNA]]["call_settings"]["incoming"]["first_action"][
        "ring_time"
    ] = "25"
    assert met(world, ada(unanswered="all")) == "voicemail voicemail 101 20s"
    assert met(world, ada(picks_up=[ANNA])) == f"person sip {DESKS[ANNA]} 0s"


IN_TIME = person(ERIK, ring(ring_time="8"), VOICEMAIL)


@pytest.mark.parametrize(
    ("second", "erik", "expected"),
    [
        # Answered in time, too late, and refused at once
        ("+46846500411", IN_TIME, f"voicemail voicemail {ERIK} 13s"),
        ("+46846500411", person(ERIK, ring(ring_time="12"), VOICEMAIL), "hang_up 15s"),
        ("+46846500411", person(ERIK, ring(ring_time="6"), {"action": "disconnect"}), "hang_up 11s"),
        # By way of 101, whose phones ring for twenty seconds: the number among them answers
        (ADAS_PHONE, IN_TIME, f"voicemail voicemail {ERIK} 13s"),
    ],
)
def test_a_number_has_the_ring_time_to_answer(second: str, erik: Record, expected: str) -> None:
    """Anna's SIP phone rings for five seconds, then the number for ten."""
    anna = person(ANNA, ring("sipphones", "5"), forward("phnum", second, ring_time="10"))
    world = {
        **sonetel(anna, erik, n10=ANNA, n11=ERIK),
        **ringcentral({"forwarding": rings((4, ["+16505550120"]), notifyMySoftPhones=False)}),
    }
    numbers = world["ringcentral"]["extensions"][ADA]["forwarding_numbers"]
    numbers["500000002"]["phoneNumber"] = "+46846500411"
    assert met(world, n("10", unanswered="all")) == expected


# Circles

ROUND_SONETEL = {
    "number to itself": (sonetel(n10="+46846500410"), "loop number +46846500410 0s"),
    "number to number": (sonetel(n10="+46846500411", n11="+46846500410"), "loop number +46846500410 0s"),
    "announcement to announcement": (
        sonetel(announcement("A", entry("app", "VAB")), announcement("B", entry("app", "VAA")), n10="A"),
        "loop announcement A 0s",
    ),
    "person to person": (
        sonetel(person(ANNA, forward("user", IDS[ERIK])), person(ERIK, forward("user", IDS[ANNA])), n10=ANNA),
        f"loop person {ANNA} 0s",
    ),
    "person to number": (
        sonetel(person(ANNA, forward("phnum", "+46846500410", ring_time="10"), VOICEMAIL), n10=ANNA),
        "loop number +46846500410 0s",
    ),
    "without an answer": (
        sonetel(
            person(ANNA, ring(), forward("user", IDS[ERIK])), person(ERIK, ring(), forward("user", IDS[ANNA])), n10=ANNA
        ),
        f"loop person {ANNA} 40s",
    ),
    "two providers": (
        {
            **sonetel(n10="+61255500101"),
            **fonedynamics(n1={"RoutingMethod": "Endpoint", "EndpointNumber": "+46846500410"}),
        },
        "loop number +46846500410 0s",
    ),
    "a silent caller in a menu": (sonetel(menu("A", timeout=entry("app", "VAA")), n10="A"), "repeats menu A 0s"),
}


@pytest.mark.parametrize(("world", "expected"), ROUND_SONETEL.values(), ids=ROUND_SONETEL)
def test_round_and_round(world: Record, expected: str) -> None:
    assert met(world, n("10", unanswered="all")) == expected


def test_a_menu_that_a_key_leads_back_to_is_no_circle() -> None:
    world = sonetel(menu("A", timeout=entry("app", "VABox"), key_1=entry("app", "VAA")), mailbox("Box"), n10="A")
    assert met(world, n("10", press=["1"] * 50)) == "voicemail mailbox Box 0s"


def test_a_place_that_was_left_may_be_met_again() -> None:
    """Both actions forward to the same number, whose owner does not answer."""
    to_erik = forward("phnum", "+46846500411", ring_time="10")
    world = sonetel(person(ANNA, to_erik, to_erik), person(ERIK, ring(), VOICEMAIL), n10=ANNA, n11=ERIK)
    assert met(world, n("10", unanswered="all")) == "hang_up 20s"


def test_a_long_way_is_no_circle() -> None:
    world = sonetel(n10=OUTSIDE)
    numbers = world["sonetel"]["accounts"]["301234567"]["numbers"]
    for index in range(2000):
        numbers[f"4611{index:04d}"] = {
            **numbers["46846500410"],
            "phnum": f"4611{index:04d}",
            "connect_to": f"+4611{index + 1:04d}",
        }
    numbers["46111999"]["connect_to"] = OUTSIDE
    assert met(world, {"number": "+46110000"}) == f"outside phone {OUTSIDE} 0s"


def test_a_circle_outside_work_hours_only() -> None:
    away = {"callHandlingAction": "UnconditionalForwarding", "unconditionalForwarding": {"phoneNumber": "+46846500410"}}
    world = {**ringcentral(after=away), **sonetel(n10=ADAS_PHONE)}
    assert met(world, n("10"), at="2026-12-04T12:00:00-05:00").startswith("person")
    assert met(world, n("10"), at="2026-12-04T18:00:00-05:00") == "loop number +46846500410 0s"


# Orders

ORDERS: list[tuple[Any, str]] = [
    ([], "an object"),
    ({"at": FRIDAY}, "number or extension"),
    ({"at": FRIDAY, "number": "+46846500410", "extension": {"ringcentral": "101"}}, "number or extension"),
    ({"at": FRIDAY, "number": "+46846500499"}, "no provider here"),
    ({"at": FRIDAY, "extension": {"ringcentral": "999"}}, "no extension"),
    ({"at": FRIDAY, "extension": {"sonetel": "101"}}, "no extension"),
    ({"at": FRIDAY, "extension": {"ringcentral": 101}}, "no extension"),
    ({"at": FRIDAY, "extension": {"ringcentral": "101", "sonetel": "101"}}, "an object such as"),
    ({"at": FRIDAY, "extension": "101"}, "an object such as"),
    ({"at": FRIDAY, **n("10"), "presses": ["1"]}, "presses"),
    ({"at": FRIDAY, **n("10"), "press": [1]}, "call.press"),
    ({"at": FRIDAY, **n("10"), "press": ["a"]}, "call.press"),
    ({"at": FRIDAY, **n("10"), "from": "0701"}, "call.from"),
    ({"at": FRIDAY, **n("10"), "busy": "all"}, "call.busy"),
    ({"at": FRIDAY, **n("10"), "unanswered": ["nobody here"]}, "nobody here"),
    ({"at": FRIDAY, **n("10"), "unanswered": "all", "picks_up": []}, "picks_up or unanswered"),
    (n("10"), "call.at"),
    ({"at": "saturday", **n("10")}, "call.at"),
    ({"at": "2026-12-04T10:00:00", **n("10")}, "offset"),
    ({"at": "2026-12-04T10:00:00", "zone": "Mars/Olympus", **n("10")}, "call.zone"),
    ({"at": "2026-03-29T02:30:00", "zone": "Europe/Stockholm", **n("10")}, "left out"),
    ({"at": "2026-10-25T02:30:00", "zone": "Europe/Stockholm", **n("10")}, "repeated"),
]


@pytest.mark.parametrize(("order", "problem"), ORDERS)
def test_wrong_orders_say_what_is_wrong(order: Any, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        play({**sonetel(n10=OUTSIDE), **ringcentral()}, {}, order)


def test_over_http(simulator: Simulator) -> None:
    """The default account's menu, on the state and with the switches that the simulator has now."""
    call = {"number": "+12025550124", "at": FRIDAY, "press": ["2"], "unanswered": "all"}
    first = simulator.call(call)
    assert (first["ends"], first["assumes"]) == ("repeats", {"sonetel.unanswered_forward": "falls_through"})
    simulator.set_switches({"sonetel": {"unanswered_forward": "rings_on"}})
    assert simulator.call(call)["ends"] == "unanswered"
    with pytest.raises(Exception, match=r"HTTP 400.*call\.at"):
        simulator.call({"number": "+12025550124"})
