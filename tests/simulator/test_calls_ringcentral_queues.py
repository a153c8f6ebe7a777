# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers meet in RingCentral's queues, and in holidays of the company, its sites and queues; worked out by hand.

Facts: docs/providers/ringcentral-company.md 6 to 9.
"""

from __future__ import annotations

from typing import Any

import pytest

from simulator.calls import every_play, play
from simulator.messages import BadInput, Record
from tests.simulator.calls_companies import (
    LONDON,
    MAIN,
    NEW_YORK,
    NINE_TO_FIVE,
    bypass,
    company,
    company_rule,
    dates,
    dial,
    ident,
    mailbox,
    queue,
    queue_rule,
    site,
    site_rule,
    transfer,
)
from tests.simulator.calls_offices import (
    ADAS_PHONE,
    BENS_PHONE,
    FRIDAY,
    OUTSIDE,
    SATURDAY,
    line,
    met,
)

NOBODY: Record = {"unanswered": "all"}
BOTH: Record = {"picks_up": [ADAS_PHONE, BENS_PHONE]}
ADA = f"person device {ADAS_PHONE}"
BEN, BENS_APPS = f"person device {BENS_PHONE}", "person app ringcentral:102:desktop"
HANG_UP = "hang_up 0s"

BOX = mailbox("7101")
TO_BOX, IN_BOX = bypass("7101"), "voicemail voicemail 7101 0s"
FROM: Record = {"from": "+1 650 555 0160"}

TRIO = ("101", "102", "103")
CLEOS_APPS = "ringcentral:103:apps"

QUEUES: list[tuple[Record, Record, str]] = [
    # Members in order, 20 s each, again and again until the wait is over
    (queue("7001", *TRIO), {"picks_up": [ADAS_PHONE, BENS_PHONE]}, f"{ADA} 0s"),
    (queue("7001", *TRIO), {"picks_up": [BENS_PHONE]}, f"{BEN} 20s"),
    (queue("7001", *TRIO), {"picks_up": [CLEOS_APPS]}, "person app ringcentral:103:desktop 40s"),
    (queue("7001", *TRIO), NOBODY, "voicemail voicemail 7001 60s"),
    (queue("7001", "101", "102", holdTime=100), NOBODY, "voicemail voicemail 7001 100s"),
    (queue("7001", *TRIO, holdTime=30), {"picks_up": [CLEOS_APPS]}, "voicemail voicemail 7001 30s"),
    (queue("7001", *TRIO, fixedOrderAgents=[ident("103"), ident("102"), ident("101")]), {"picks_up": [ADAS_PHONE]},
     f"{ADA} 40s"),
    (queue("7001", *TRIO, agentTimeout=5), {"picks_up": [BENS_PHONE]}, f"{BEN} 5s"),
    (queue("7001", *TRIO), {"busy": [ADAS_PHONE, "ringcentral:101:apps"], "picks_up": [BENS_PHONE]}, f"{BEN} 0s"),
    # At once
    (queue("7001", *TRIO, transferMode="Simultaneous"), {"picks_up": [BENS_PHONE]}, f"{BEN} 0s"),
    (queue("7001", *TRIO, transferMode="Simultaneous"), NOBODY, "voicemail voicemail 7001 60s"),
    # Who has been idle for longest
    (queue("7001", *TRIO, transferMode="Rotating"), NOBODY, "voicemail voicemail 7001 60s"),
    (queue("7001", "102", transferMode="Rotating"), {"picks_up": [BENS_PHONE]}, f"{BEN} 0s"),
    # The wait is over
    (queue("7001", *TRIO, recipient="102"), NOBODY, "voicemail voicemail 102 60s"),
    (queue("7001", *TRIO, holdTimeExpirationAction="TransferToExtension", transfer={"HoldTimeExpiration": "301"}),
     NOBODY, "hang_up 60s"),
    (queue("7001", *TRIO, holdTimeExpirationAction="TransferToExtension"), NOBODY, "nowhere queue 7001 60s"),
    (queue("7001", *TRIO, holdTimeExpirationAction="UnconditionalForwarding",
           unconditionalForwarding={"HoldTimeExpiration": OUTSIDE}), {"picks_up": [OUTSIDE]},
     f"outside phone {OUTSIDE} 60s"),
    (queue("7001", *TRIO, holdTimeExpirationAction="UnconditionalForwarding"), NOBODY, "nowhere queue 7001 60s"),
    # Each member was rung once
    (queue("7001", "101", "102", noAnswerAction="Voicemail", holdTime=90), NOBODY, "voicemail voicemail 7001 40s"),
    (queue("7001", "101", "102", noAnswerAction="TransferToExtension", transfer={"NoAnswer": "301"}, holdTime=90),
     NOBODY, "hang_up 40s"),
    (queue("7001", "101", "102", noAnswerAction="UnconditionalForwarding", holdTime=90,
           unconditionalForwarding={"NoAnswer": OUTSIDE}), {"picks_up": [OUTSIDE]}, f"outside phone {OUTSIDE} 40s"),
    (queue("7001", "101", "102", noAnswerAction="TransferToExtension", transfer={"NoAnswer": "301"}, holdTime=30),
     NOBODY, "voicemail voicemail 7001 30s"),
    # Full
    (queue("7001", *TRIO), {"full": ["ringcentral:7001"]}, "voicemail voicemail 7001 0s"),
    (queue("7001", *TRIO, maxCallersAction="Announcement"), {"full": "all"}, HANG_UP),
    (queue("7001", *TRIO, maxCallersAction="TransferToExtension", transfer={"MaxCallers": "301"}),
     {"full": ["ringcentral:7001"]}, HANG_UP),
    (queue("7001", *TRIO, maxCallersAction="UnconditionalForwarding", unconditionalForwarding={"MaxCallers": OUTSIDE}),
     {"full": ["ringcentral:7001"]}, f"outside phone {OUTSIDE} 0s"),
    (queue("7001", "102", maxCallersAction="Announcement"), {"full": ["ringcentral:7002"], "picks_up": [BENS_PHONE]},
     f"{BEN} 0s"),
    (queue("7001", "102", maxCallers=None), {"full": "all", "picks_up": [BENS_PHONE]}, f"{BEN} 0s"),
    # Nobody to ring
    (queue("7001"), NOBODY, "voicemail voicemail 7001 60s"),
    (queue("7001", "7777"), NOBODY, "voicemail voicemail 7001 60s"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "call", "expected"), QUEUES)
def test_queues(found: Record, call: Record, expected: str) -> None:
    assert met(company(found, queue("7002")), dial("7001", **call)) == expected


def test_members_rules_do_not_matter() -> None:
    """Ada works nine to five and then takes messages; her mobile is part of her rules alone."""
    office = company(queue("7001", "101", holdTime=20))
    steps = play(office, {}, {"at": SATURDAY, **dial("7001", **NOBODY)})["steps"]
    assert [(step["does"], step["seconds"]) for step in steps] == [
        ("takes its rule Business Hours", 0),
        (f"rings {ADAS_PHONE}, ringcentral:101:desktop, ringcentral:101:mobile", 20),
        ("answers", 0),
    ]


# Rules of queues and sites

AFTER: list[tuple[Record, Record, str]] = [
    ({"callHandlingAction": "TakeMessagesOnly"}, {}, "voicemail voicemail 7001 0s"),
    ({"callHandlingAction": "TakeMessagesOnly", "voicemail": {"enabled": True, "recipient": ident("102")}}, {},
     "voicemail voicemail 102 0s"),
    ({"callHandlingAction": "PlayAnnouncementOnly"}, {}, HANG_UP),
    (transfer("7101"), {}, IN_BOX),
    ({"callHandlingAction": "UnconditionalForwarding", "unconditionalForwarding": {"phoneNumber": OUTSIDE}}, {},
     f"outside phone {OUTSIDE} 0s"),
]  # fmt: skip


@pytest.mark.parametrize(("after", "call", "expected"), AFTER)
def test_after_hours_of_a_queue(after: Record, call: Record, expected: str) -> None:
    hours = {"business_hours": NINE_TO_FIVE, "zone": NEW_YORK}
    office = company(BOX, queue("7001", "102", after=after, extension=hours))
    assert met(office, dial("7001", picks_up=[BENS_PHONE, OUTSIDE]), at=SATURDAY) == expected
    assert met(office, dial("7001", picks_up=[BENS_PHONE, OUTSIDE])) == f"{BEN} 0s"


HOLIDAY = dates(("2026-12-24T00:00:00", "2026-12-27T00:00:00"))
CHRISTMAS = [
    ("2026-12-23T23:59:59-05:00", False),
    ("2026-12-24T00:00:00-05:00", True),
    ("2026-12-26T23:59:59-05:00", True),
    ("2026-12-27T00:00:00-05:00", False),
]


@pytest.mark.parametrize(("at", "closed"), CHRISTMAS)
def test_holidays(at: str, closed: bool) -> None:
    ny = {"zone": NEW_YORK}
    office = company(
        BOX,
        queue(
            "7001",
            "102",
            extension={**ny, "custom_rules": (queue_rule("7", "PlayAnnouncementOnly", schedule=HOLIDAY),)},
        ),
        site("9001", "7101", custom_rules=(site_rule("8", "301", schedule=HOLIDAY),), **ny),
        business_hours={},
        work=TO_BOX,
        rules=(company_rule("9", "301", schedule=HOLIDAY),),
    )
    found = [
        met(office, {**call, "picks_up": [BENS_PHONE]}, at=at)
        for call in (dial("7001"), dial("9001"), {"number": MAIN})
    ]
    assert found == ([HANG_UP] * 3 if closed else [f"{BEN} 0s", IN_BOX, IN_BOX])


def test_a_custom_rule_may_ring_the_queue_differently() -> None:
    """What it does not say, and where calls end that nobody answers, is as in business hours."""
    at_once = queue_rule("7", "AgentQueue", queue={"transferMode": "Simultaneous", "noAnswerAction": "Voicemail"})
    unlike = {**at_once, "callers": [{"callerId": "16505550160", "name": "x"}]}
    office = company(queue("7001", "101", "102", extension={"custom_rules": (unlike,)}))
    assert met(office, dial("7001", picks_up=[BENS_PHONE])) == f"{BEN} 20s"
    assert met(office, dial("7001", picks_up=[BENS_PHONE], **FROM)) == f"{BEN} 0s"
    assert met(office, dial("7001", **FROM, **NOBODY)) == "voicemail voicemail 7001 60s"


def test_where_a_custom_rule_ends_is_where_business_hours_do() -> None:
    hasty = queue_rule("7", "AgentQueue", queue={"agentTimeout": 5, "noAnswerAction": "Voicemail"})
    office = company(queue("7001", "101", "102", extension={"custom_rules": (hasty,)}))
    assert met(office, dial("7001", picks_up=[BENS_PHONE])) == f"{BEN} 5s"
    assert met(office, dial("7001", **NOBODY)) == "voicemail voicemail 7001 60s"


def test_nobody_rings_twice_in_a_round() -> None:
    found = queue("7001", "101", "102", overflow=("7002", "7003"), holdTime=90, **OVERFLOW)
    office = company(found, queue("7002", "102"), queue("7003", "102", "103"))
    assert met(office, dial("7001", picks_up=[CLEOS_APPS])) == "person app ringcentral:103:desktop 40s"


# Overflow: 7001 has 101 and, when nobody answers, the members of 7002

LONDON_HOURS = {"business_hours": NINE_TO_FIVE, "zone": LONDON}
OVERFLOW: Record = {"noAnswerAction": "WaitPrimaryAndOverflowMembers"}
SPILLED: list[tuple[Record, Record, str, str]] = [
    (queue("7001", "101", overflow=("7002",), **OVERFLOW), {}, "2026-12-04T09:30:00-05:00", f"{BEN} 20s"),
    # 17:00 in London
    (queue("7001", "101", overflow=("7002",), **OVERFLOW), {}, "2026-12-04T12:00:00-05:00",
     "voicemail voicemail 7001 60s"),
    (queue("7001", "101", overflow=("7002",), noAnswerAction="WaitPrimaryMembers"), {}, FRIDAY,
     "voicemail voicemail 7001 60s"),
    (queue("7001", "101", **OVERFLOW), {}, FRIDAY, "voicemail voicemail 7001 60s"),
    (queue("7001", "101", overflow=("7777", "102", "7002"), **OVERFLOW), {}, FRIDAY, f"{BEN} 20s"),
    (queue("7001", "101", "102", overflow=("7002",), **OVERFLOW), {}, FRIDAY, f"{BEN} 20s"),
    (queue("7001", "101", overflow=("7002",), **OVERFLOW, holdTime=20), {}, FRIDAY, "voicemail voicemail 7001 20s"),
    # Who rings at once rings until the wait is over
    (queue("7001", "101", overflow=("7002",), transferMode="Simultaneous", **OVERFLOW), {}, FRIDAY,
     "voicemail voicemail 7001 60s"),
    (queue("7001", overflow=("7002",), transferMode="Simultaneous", **OVERFLOW), {}, FRIDAY, f"{BEN} 0s"),
    (queue("7001", "101", overflow=("7002",), transferMode="Simultaneous", **OVERFLOW),
     {"busy": [ADAS_PHONE, "ringcentral:101:apps"]}, FRIDAY, f"{BEN} 0s"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "call", "at", "expected"), SPILLED)
def test_overflow(found: Record, call: Record, at: str, expected: str) -> None:
    office = company(found, queue("7002", "102", extension=LONDON_HOURS), queue("7003", "102", "103"))
    assert met(office, dial("7001", picks_up=[BENS_PHONE], **call), at=at) == expected


def test_a_queue_without_a_zone_has_the_companys() -> None:
    office = company(queue("7001", "102", extension={"business_hours": NINE_TO_FIVE}))
    call = dial("7001", picks_up=[BENS_PHONE])
    assert met(office, call, at="2026-12-04T14:59:59+01:00") == "voicemail voicemail 7001 0s"
    assert met(office, call, at="2026-12-04T15:00:00+01:00") == f"{BEN} 0s"


ASSUMED: list[tuple[Record, Record, set[str]]] = [
    (queue("7001", "101"), BOTH, {"member_phones"}),
    (queue("7001", "101", holdTime=20), NOBODY, {"member_phones"}),
    (queue("7001", "101", holdTime=30), NOBODY, {"member_phones", "hold_time"}),
    (queue("7001", "101", transferMode="Rotating"), BOTH, {"member_phones"}),
    (queue("7001", "101", "102", transferMode="Rotating"), BOTH, {"member_phones", "longest_idle"}),
    (queue("7001", "101", transferMode="Simultaneous"), NOBODY, {"member_phones"}),
    (queue("7001", "101", overflow=("7002",), **OVERFLOW), NOBODY, {"member_phones"}),
    (queue("7001", "101"), {"full": "all"}, set()),
]


@pytest.mark.parametrize(("found", "call", "expected"), ASSUMED)
def test_only_what_matters_is_assumed(found: Record, call: Record, expected: set[str]) -> None:
    office = company(found, queue("7002", "102"))
    assumes = play(office, {}, {"at": FRIDAY, **dial("7001", **call)})["assumes"]
    assert {name.removeprefix("ringcentral.") for name in assumes} == expected


@pytest.mark.parametrize(
    ("full", "problem"),
    [("7001", "a list"), ([7], "a list"), (["ringcentral:7009"], "7009"), (["7001"], "7001"), (["acme:7001"], "acme")],
)
def test_a_wrong_name_of_a_full_queue_is_refused(full: Any, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        met(company(queue("7001")), dial("7001", full=full))


def test_who_is_first_is_open() -> None:
    """Each play of a queue that rings whoever has been idle for longest, where both would answer."""
    office = company(queue("7001", "101", "102", transferMode="Rotating"))
    plays = every_play(office, {"at": FRIDAY, **dial("7001", picks_up=[ADAS_PHONE, BENS_PHONE])})
    assert {line(found) for found in plays} == {f"{ADA} 0s", f"{BEN} 0s"}
