# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers meet in a RingCentral company; worked out by hand.

Facts: docs/providers/ringcentral-company.md 3 to 11.
"""

from __future__ import annotations

from typing import Any

import pytest

from simulator.calls import play
from simulator.messages import Record
from simulator.ringcentral import seed
from tests.simulator.calls_companies import (
    HALF,
    LONDON,
    MAIN,
    NINE_TO_FIVE,
    SPARE,
    bypass,
    company,
    company_rule,
    dates,
    dial,
    group,
    ident,
    mailbox,
    menu,
    queue,
    site,
    weekly,
)
from tests.simulator.calls_offices import (
    ADAS_PHONE,
    ANNA,
    BENS_PHONE,
    FRIDAY,
    MOBILE,
    OUTSIDE,
    SATURDAY,
    forward,
    line,
    met,
    n,
    person,
    ringcentral,
    rings,
    sonetel,
)

NOBODY: Record = {"unanswered": "all"}
ADA = f"person device {ADAS_PHONE}"
BEN, BENS_APPS = f"person device {BENS_PHONE}", "person app ringcentral:102:desktop"
HANG_UP = "hang_up 0s"

# The company's own numbers: where its rules send calls

DISCONNECT = {"callHandlingAction": "Disconnect"}
BOX = mailbox("7101")
TO_BOX, IN_BOX = bypass("7101"), "voicemail voicemail 7101 0s"
CALLER = {"callers": [{"callerId": "16505550160", "name": "x"}]}
FROM: Record = {"from": "+1 650 555 0160"}


def lunch(**conditions: Any) -> Record:
    """A company with a rule for these calls; all others meet the announcement."""
    return company(BOX, work=bypass("301"), after=bypass("301"), rules=(company_rule("7", "7101", **conditions),))


COMPANY = [
    (company(work=TO_BOX), {}, FRIDAY, "nowhere company company 0s"),
    (company(BOX, work=TO_BOX), {}, FRIDAY, IN_BOX),
    (company(BOX, work=DISCONNECT, after=TO_BOX), {}, FRIDAY, HANG_UP),
    (company(BOX, work=DISCONNECT, after=TO_BOX), {}, SATURDAY, IN_BOX),
    (company(), {"picks_up": [ADAS_PHONE]}, FRIDAY, f"{ADA} 0s"),
    (company(operator=ident("102")), {}, FRIDAY, f"{BENS_APPS} 0s"),
    (company(operator=""), {}, FRIDAY, "nowhere company company 0s"),
    # Around the clock there is no rule for after hours.
    (company(BOX, work=TO_BOX, after=DISCONNECT, business_hours={}), {}, SATURDAY, IN_BOX),
    (lunch(**CALLER), FROM, FRIDAY, IN_BOX),
    (lunch(**CALLER), {}, FRIDAY, HANG_UP),
    (lunch(**CALLER, enabled=False), FROM, FRIDAY, HANG_UP),
    (lunch(calledNumbers=[MAIN]), {}, SATURDAY, IN_BOX),
    (lunch(calledNumbers=[SPARE]), {}, SATURDAY, HANG_UP),
    (lunch(schedule=weekly("friday")), {}, HALF, IN_BOX),
    (lunch(schedule=weekly("friday")), {}, FRIDAY, HANG_UP),
    (lunch(schedule=weekly("friday"), **CALLER), {}, HALF, HANG_UP),
    (lunch(schedule=weekly("friday"), **CALLER), FROM, HALF, IN_BOX),
    (lunch(schedule={"ref": "AfterHours"}, **CALLER), FROM, FRIDAY, HANG_UP),
    (lunch(schedule={"ref": "AfterHours"}, **CALLER), FROM, SATURDAY, IN_BOX),
    (lunch(schedule=dates(("2026-12-04T00:00:00-05:00", "2026-12-05T00:00:00-05:00"))), {}, HALF, IN_BOX),
    (lunch(schedule=dates(("2026-12-04T00:00:00-05:00", "2026-12-05T00:00:00-05:00"))), {}, SATURDAY, HANG_UP),
]


@pytest.mark.parametrize(("office", "call", "at", "expected"), COMPANY)
def test_the_companys_number(office: Record, call: Record, at: str, expected: str) -> None:
    assert met(office, {"number": MAIN, **call}, at=at) == expected


def forwarding(*ranges: tuple[str, str], enabled: bool = True, to: str | None = "7101") -> Record:
    found = {"enabled": enabled, "ranges": dates(*ranges)["ranges"], "extension": to and ident(to)}
    return company(BOX, work=DISCONNECT, forward_all=found)


TODAY, LATER = ("2026-12-04T09:00:00", "2026-12-04T18:00:00"), ("2026-12-05T09:00:00", "2026-12-05T18:00:00")
FORWARDED = [
    (forwarding(), MAIN, IN_BOX),
    (forwarding(TODAY), MAIN, IN_BOX),
    (forwarding(LATER), MAIN, HANG_UP),
    (forwarding(enabled=False), MAIN, HANG_UP),
    (forwarding(to=None), MAIN, HANG_UP),
    (forwarding(), ADAS_PHONE, "person app ringcentral:101:desktop 0s"),
]


@pytest.mark.parametrize(("office", "number", "expected"), FORWARDED)
def test_forwarding_all_calls(office: Record, number: str, expected: str) -> None:
    assert met(office, {"number": number}) == expected


# Numbers

DIRECT = company(
    BOX,
    queue("7001", "102", extension={"numbers": ("+16505550191",)}),
    menu("8001", no_input="Disconnect", extension={"numbers": ("+16505550192",)}),
    site("9001", "7101", numbers=("+16505550193",)),
    group("7102", "Voicemail", numbers=("+16505550194",)),
    group("302", "Announcement", numbers=("+16505550195",)),
    group("7103", "PagingOnly", numbers=("+16505550196",)),
    phone_numbers=[
        seed.company_number(1, SPARE, "Inventory"),
        seed.company_number(2, "+16505550188", "ContactCenterNumber"),
        seed.company_number(3, "+16505550189", "AdditionalCompanyNumber"),
    ],
    work=TO_BOX,
)
NUMBERS = [
    ("+16505550191", f"{BEN} 0s"),
    ("+16505550192", HANG_UP),
    ("+16505550193", IN_BOX),
    ("+16505550194", "voicemail voicemail 7102 0s"),
    ("+16505550195", HANG_UP),
    ("+16505550196", "unknown person 7103 0s"),
    (SPARE, f"nowhere number {SPARE} 0s"),
    ("+16505550188", "unknown number +16505550188 0s"),
    ("+16505550189", IN_BOX),
]


@pytest.mark.parametrize(("number", "expected"), NUMBERS)
def test_numbers_of_every_kind(number: str, expected: str) -> None:
    assert met(DIRECT, {"number": number, "picks_up": [BENS_PHONE]}) == expected


def test_a_site_may_share_an_extension_number() -> None:
    office = company(site("7101", "301"), mailbox("7102"))
    box = mailbox("7101")
    office["ringcentral"]["extensions"]["499999999"] = box
    assert met(office, dial("7101")) == IN_BOX


@pytest.mark.parametrize(
    ("recipient", "expected"), [(None, "7101"), ("102", "102"), ("7102", "7102"), ("7777", "7101")]
)
def test_messages_go_to_the_recipient(recipient: str | None, expected: str) -> None:
    office = company(mailbox("7101", recipient), mailbox("7102"))
    assert met(office, dial("7101")) == f"voicemail voicemail {expected} 0s"


# Menus

MENUS = company(
    BOX,
    queue("7001", "102", recipient="101"),
    menu(
        "8001",
        k1="Connect 7001",
        k2="Connect 8002",
        k3="Voicemail 102",
        k4=f"Transfer {OUTSIDE}",
        k5="DialByName",
        k6="Voicemail 301",
        k7="Connect 7777",
        k8="DoNothing",
        k9="ConnectToOperator",
        k0="Disconnect",
        star="Repeat",
        no_input="Connect 7101",
    ),
    menu("8002", k1="Connect 8003", k2="Connect 8001", star="ReturnToPrevious", hash="ReturnToRoot"),
    menu("8003", repeat=1, k0="Voicemail 7101", star="ReturnToPrevious", hash="ReturnToRoot", no_input="Repeat"),
    work=bypass("8001"),
)
PRESSED = [
    ("", "voicemail voicemail 7101 0s"),
    ("1", f"{BEN} 0s"),
    ("3", "voicemail voicemail 102 0s"),
    ("4", f"outside phone {OUTSIDE} 0s"),
    ("5", "unknown menu 8001 0s"),
    ("6", "nowhere menu 8001 0s"),
    ("7", "nowhere menu 8001 0s"),
    ("8", "unknown menu 8001 0s"),
    ("9", f"{ADA} 0s"),
    ("0", HANG_UP),
    ("*1", f"{BEN} 0s"),
    ("**", IN_BOX),
    # Nothing in one menu, a key in the next
    ("2w", HANG_UP),
    ("21w0", IN_BOX),
    # An unknown key, then a known one
    ("#1", f"{BEN} 0s"),
    ("2", HANG_UP),
    ("210", IN_BOX),
    ("21", "repeats menu 8003 0s"),
    ("2*1", f"{BEN} 0s"),
    ("2#1", f"{BEN} 0s"),
    ("21*", HANG_UP),
    ("21**1", f"{BEN} 0s"),
    ("21#1", f"{BEN} 0s"),
    ("22222210", f"{BEN} 0s"),
]


@pytest.mark.parametrize(("press", "expected"), PRESSED)
def test_menus(press: str, expected: str) -> None:
    keys = ["wait" if key == "w" else key for key in press]
    call = {"number": MAIN, "press": keys, "picks_up": [ADAS_PHONE, BENS_PHONE, OUTSIDE]}
    assert met(MENUS, call) == expected


CIRCLES = [
    # Nobody has a say, a caller who presses nothing has none, and one who presses keys goes on as long as they last
    (company(queue("7001", holdTime=1, holdTimeExpirationAction="TransferToExtension",
                   transfer={"HoldTimeExpiration": "7001"})), [], "loop queue 7001 0s"),
    (company(menu("8001", no_input="Connect 8002"), menu("8002", no_input="Connect 8001")), [], "repeats menu 8001 0s"),
    (company(menu("8001", no_input="Connect 8002"), menu("8002", no_input="ReturnToPrevious")), [],
     "repeats menu 8001 0s"),
    (company(menu("8001", k1="Connect 8001", no_input="Disconnect")), ["1"] * 9, HANG_UP),
    (company(menu("8001", k1="Connect 8002"), menu("8002", k1="Connect 8001", no_input="Disconnect")), ["1"] * 99,
     HANG_UP),
    (company(site("9001", "9002"), site("9002", "9001")), [], "loop site 9001 0s"),
    (company(queue("7001", "101", holdTimeExpirationAction="TransferToExtension",
                   transfer={"HoldTimeExpiration": "8001"}),
             menu("8001", no_input="Connect 7001")), [], "repeats queue 7001 60s"),
]  # fmt: skip


@pytest.mark.parametrize(("office", "press", "expected"), CIRCLES)
def test_circles_end(office: Record, press: list[str], expected: str) -> None:
    start = next(key for key in ("9001", "7001", "8001") if ident(key) in office["ringcentral"]["extensions"])
    assert met(office, dial(start, press=press, **NOBODY)) == expected


# Sites

IVR = {
    "actions": [{"input": "0", "action": "Connect", "extension": ident("7101")}, {"input": "Star", "action": "Repeat"}]
}
IN_SITE = {"site": ident("9001")}
SITES = company(
    BOX,
    site("9001", "101", "301", business_hours=NINE_TO_FIVE, ivr=IVR, operator="102"),
    menu("8001", star="Disconnect", k9="ConnectToOperator", extension=IN_SITE),
    menu("8002", extension={"site": "main-site"}, k9="ConnectToOperator"),
)


@pytest.mark.parametrize(
    ("number", "press", "expected"),
    [
        ("8001", "0", IN_BOX),
        ("8001", "*", HANG_UP),
        ("8001", "9", f"{BENS_APPS} 0s"),
        ("8002", "0", HANG_UP),
        ("8002", "9", f"{ADA} 0s"),
        ("9001", "", f"{ADA} 0s"),
    ],
)
def test_what_a_sites_menus_have_in_common(number: str, press: str, expected: str) -> None:
    call = dial(number, press=[*press], unanswered=["ringcentral:101:apps"])
    assert met(SITES, call, at="2026-12-04T12:00:00-05:00") == expected


# A company in New York, a site in Los Angeles, a queue in London: all of them nine to five, Monday to Friday

LONDON_HOURS = {"business_hours": NINE_TO_FIVE, "zone": LONDON}
WORLD = company(
    BOX,
    site("9001", "7101", "301", business_hours=NINE_TO_FIVE),
    queue("7001", "102", after={"callHandlingAction": "PlayAnnouncementOnly"}, extension=LONDON_HOURS),
    work=TO_BOX,
    after=bypass("301"),
)
OPEN = [
    # Winter: 5 hours between London and New York, 3 to Los Angeles
    ("2026-12-04T08:59:59Z", ""),
    ("2026-12-04T09:00:00Z", "queue"),
    ("2026-12-04T14:00:00Z", "company queue"),
    ("2026-12-04T16:59:59Z", "company queue"),
    ("2026-12-04T17:00:00Z", "company site"),
    ("2026-12-04T21:59:59Z", "company site"),
    ("2026-12-04T22:00:00Z", "site"),
    ("2026-12-05T01:00:00Z", ""),
    # From 8 March clocks in America are summer's, in Europe from 29 March
    ("2026-03-06T13:59:59Z", "queue"),
    ("2026-03-09T13:00:00Z", "company queue"),
    ("2026-03-09T15:59:59Z", "company queue"),
    ("2026-03-09T16:00:00Z", "company queue site"),
    ("2026-03-09T20:59:59Z", "company site"),
    ("2026-03-09T21:00:00Z", "site"),
    ("2026-03-30T08:00:00Z", "queue"),
    ("2026-03-30T16:00:00Z", "company site"),
    # Winter comes to Europe on 25 October, to America on 1 November
    ("2026-10-26T09:00:00Z", "queue"),
    ("2026-10-26T08:59:59Z", ""),
    ("2026-10-26T16:30:00Z", "company queue site"),
    ("2026-11-02T13:59:59Z", "queue"),
    ("2026-11-02T16:30:00Z", "company queue"),
]


@pytest.mark.parametrize(("at", "expected"), OPEN)
def test_hours_are_those_of_each_place(at: str, expected: str) -> None:
    calls = {"company": {"number": MAIN}, "queue": dial("7001"), "site": dial("9001")}
    found = [name for name, call in calls.items() if met(WORLD, {**call, "picks_up": [BENS_PHONE]}, at=at) != HANG_UP]
    assert found == expected.split()


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        ("2026-03-08T04:59:59Z", True),
        ("2026-03-08T05:00:00Z", False),
        ("2026-03-09T03:59:59Z", False),
        ("2026-03-09T04:00:00Z", True),
    ],
)
def test_a_closing_day_of_23_hours(at: str, open_: bool) -> None:
    """The day on which clocks change in New York, with an offset at each end or on its clocks."""
    for days in (
        ("2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"),
        ("2026-03-08T00:00:00", "2026-03-09T00:00:00"),
    ):
        office = company(BOX, business_hours={}, work=TO_BOX, rules=(company_rule("9", "301", schedule=dates(days)),))
        assert met(office, {"number": MAIN}, at=at) == (IN_BOX if open_ else HANG_UP)


@pytest.mark.parametrize("form", ["local", "utc"])
@pytest.mark.parametrize("position", [{"range_with_zone": "ignored"}, {"range_without_zone": "utc"}])
def test_a_server_that_converts_zones_honours_them(form: str, position: Record) -> None:
    """Midnight in New York, once in UTC and once on its own clocks."""
    for days in (("2026-12-24T05:00:00Z", "2026-12-25T05:00:00Z"), ("2026-12-24T00:00:00", "2026-12-25T00:00:00")):
        rule = company_rule("9", "301", schedule=dates(days))
        office = company(BOX, business_hours={}, work=TO_BOX, rules=(rule,))
        positions = {"ringcentral": {"range_zone": form, **position}}
        found = [
            met(office, {"number": MAIN}, positions, at)
            for at in ("2026-12-24T04:59:59Z", "2026-12-24T05:00:00Z", "2026-12-25T04:59:59Z", "2026-12-25T05:00:00Z")
        ]
        assert found == [IN_BOX, HANG_UP, HANG_UP, IN_BOX]


def test_a_number_of_another_provider_may_lead_into_the_company() -> None:
    office = sonetel(n10=MAIN) | MENUS
    call = {"number": "+46846500410", "press": ["1"], "picks_up": [BENS_PHONE]}
    assert met(office, call) == f"{BEN} 0s"


RINGS = rings((4, [MOBILE]), notifyMySoftPhones=False)


@pytest.mark.parametrize("key", ["#", "*"])
def test_ways_back_over_a_person(key: str) -> None:
    """8001 leads to Ada, whose calls ring a number of 8002, and that leads back to 8001."""
    office = company(
        BOX,
        menu("8001", k1="Connect 101", k3="Connect 7101"),
        menu("8002", hash="ReturnToRoot", star="ReturnToPrevious", extension={"numbers": ("+16505550192",)}),
    )
    ada = office["ringcentral"]["extensions"][ident("101")]
    ada["forwarding_numbers"]["500000002"]["phoneNumber"] = "+16505550192"
    ada["answering_rules"]["business-hours-rule"]["forwarding"] = RINGS
    assert met(office, dial("8001", press=["1", key, "3"])) == IN_BOX


def test_the_way_to_the_root_is_forgotten() -> None:
    office = company(BOX, menu("8001", k1="Connect 8002", k3="Connect 7101", star="ReturnToPrevious"),
                     menu("8002", hash="ReturnToRoot"))  # fmt: skip
    assert met(office, dial("8001", press=["1", "#", "*", "3"])) == IN_BOX


def test_a_menu_that_repeats_is_met_once() -> None:
    office = company(BOX, menu("8001", k1="Connect 8002", k3="Connect 7101"),
                     menu("8002", star="ReturnToPrevious", hash="Repeat"))  # fmt: skip
    found = play(office, {}, {"at": FRIDAY, **dial("8001", press=["1", "#", "*", "3"])})
    assert (line(found), found["assumes"]) == (IN_BOX, {})


@pytest.mark.parametrize(
    ("office", "expected"),
    [
        (company(menu("8001", k1="Connect 102"), work=bypass("8001")), "voicemail voicemail 102 20s"),
        (company(work=DISCONNECT), HANG_UP),
        (company(operator=ident("102")), "voicemail voicemail 102 20s"),
        (company(work=bypass("102")), f"voicemail voicemail {ANNA} 10s"),
    ],
)
def test_what_takes_a_call_at_once(office: Record, expected: str) -> None:
    """Anna's calls are forwarded for ten seconds, and then go to her voicemail."""
    mine = person(ANNA, forward("phnum", MAIN, ring_time="10"), forward("voicemail"))
    call = n("10", press=["1"], **NOBODY)
    assert met(office | sonetel(mine, n10=ANNA), call) == expected


def test_rules_are_the_same_on_migrated_accounts() -> None:
    office = company(BOX, queue("7001", "102", holdTimeExpirationAction="TransferToExtension",
                                transfer={"HoldTimeExpiration": "7101"}), work=bypass("7001"))  # fmt: skip
    for position in ("no", "yes"):
        positions = {"ringcentral": {"migrated": position}}
        assert met(office, {"number": MAIN, **NOBODY}, positions) == "voicemail voicemail 7101 60s"


def test_the_seed_is_a_company() -> None:
    office = ringcentral()
    office["ringcentral"]["company"]["answering_rules"]["business-hours-rule"].update(
        {"callHandlingAction": "Bypass", "extension": seed.MENU_ID}
    )
    call = {"number": MAIN, "press": ["2", "1"], "picks_up": ["ringcentral:103"]}
    assert met(office, call) == "person device +16505550114 0s"
