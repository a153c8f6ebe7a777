# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers meet at RingCentral, in both kinds of call handling; worked out by hand.

Facts: docs/providers/ringcentral.md 8 and 9.
"""

from __future__ import annotations

from typing import Any

import pytest

from simulator.calls import play
from simulator.messages import BadInput, Record
from simulator.ringcentral import defaults
from tests.simulator.calls_offices import (
    ADA,
    ADAS_APPS,
    ADAS_PHONE,
    BEN,
    BENS_PHONE,
    FRIDAY,
    HOME,
    MOBILE,
    OUTSIDE,
    SATURDAY,
    ada,
    ending,
    group,
    line,
    met,
    migrated,
    ringcentral,
    rings,
    rule,
    sonetel,
    terminate,
)

NEW: Record = {"ringcentral": {"migrated": "yes"}}
NO_VOICEMAIL = {"enabled": False, "recipient": None}
TO_BEN = {"callHandlingAction": "TransferToExtension", "transfer": BEN}
OWN = "voicemail voicemail 101"
DESK = f"person device {ADAS_PHONE}"

# Rings 101's desk phone for 4 rings, a mobile and the home together for 3, then a co-worker's desk phone for 2.
ORDER: Record = {"forwarding": rings((4, [ADAS_PHONE]), (3, [MOBILE, HOME]), (2, [BENS_PHONE]))}
QUIET: Record = {"forwarding": {**ORDER["forwarding"], "notifyMySoftPhones": False}}
APPS_LAST: Record = {
    "forwarding": {
        **ORDER["forwarding"],
        "softPhonesAlwaysRing": False,
        "softPhonesPositionTop": False,
        "softPhonesRingCount": 6,
    }
}
APPS_FIRST: Record = {"forwarding": {**APPS_LAST["forwarding"], "softPhonesPositionTop": True}}
AT_ONCE: Record = {"forwarding": rings((4, [ADAS_PHONE, MOBILE]), (4, [BENS_PHONE]), ringingMode="Simultaneously")}
RINGING: list[tuple[Record, Record, str]] = [
    (ORDER, {}, f"person app {ADAS_APPS.replace('apps', 'desktop')} 0s"),
    (ORDER, {"unanswered": [ADAS_APPS]}, f"{DESK} 0s"),
    (ORDER, {"unanswered": ["ada reyes"]}, f"outside phone {MOBILE} 20s"),
    (ORDER, {"unanswered": ["ringcentral:101", MOBILE]}, f"outside phone {HOME} 20s"),
    (ORDER, {"picks_up": ["ringcentral:102"]}, f"person device {BENS_PHONE} 35s"),
    (ORDER, {"picks_up": ["ringcentral:102:apps"]}, f"{OWN} 45s"),
    (ORDER, {"unanswered": "all"}, f"{OWN} 45s"),
    (ORDER, {"unanswered": "all", "voicemail_answers": [HOME]}, f"outside operator_voicemail {HOME} 20s"),
    (ORDER, {"picks_up": [MOBILE], "busy": [ADAS_PHONE]}, f"outside phone {MOBILE} 0s"),
    (QUIET, {"picks_up": [ADAS_APPS]}, f"{OWN} 45s"),
    (QUIET, {}, f"{DESK} 0s"),
    (APPS_LAST, {"picks_up": ["ringcentral:101:mobile"]}, "person app ringcentral:101:mobile 45s"),
    (APPS_LAST, {"unanswered": "all"}, f"{OWN} 75s"),
    (APPS_FIRST, {"picks_up": [MOBILE]}, f"outside phone {MOBILE} 50s"),
    (AT_ONCE, {"picks_up": [BENS_PHONE]}, f"person device {BENS_PHONE} 0s"),
    (AT_ONCE, {"unanswered": "all"}, f"{OWN} 20s"),
    ({"forwarding": rings(notifyMySoftPhones=False)}, {}, f"{OWN} 0s"),
    # Where calls end that nobody answered
    ({**QUIET, "voicemail": {"enabled": True, "recipient": BEN}}, {"unanswered": "all"}, "voicemail voicemail 102 45s"),
    (
        {**QUIET, "voicemail": NO_VOICEMAIL, "missedCall": {"actionType": "PlayGreetingAndDisconnect"}},
        {"unanswered": "all"},
        "hang_up 45s",
    ),
    (
        {**QUIET, "voicemail": NO_VOICEMAIL, "missedCall": {"actionType": "ConnectToExtension", "extension": BEN}},
        {"picks_up": ["ringcentral:102:apps"]},
        "person app ringcentral:102:desktop 45s",
    ),
    (
        {
            **QUIET,
            "voicemail": NO_VOICEMAIL,
            "missedCall": {"actionType": "ConnectToExternalNumber", "externalNumber": OUTSIDE},
        },
        {"picks_up": [OUTSIDE]},
        f"outside phone {OUTSIDE} 45s",
    ),
    # Actions that ring nothing
    ({"callHandlingAction": "TakeMessagesOnly"}, {}, f"{OWN} 0s"),
    (
        {"callHandlingAction": "TakeMessagesOnly", "voicemail": {"enabled": True, "recipient": BEN}},
        {},
        "voicemail voicemail 102 0s",
    ),
    ({"callHandlingAction": "PlayAnnouncementOnly"}, {}, "hang_up 0s"),
    (
        {"callHandlingAction": "UnconditionalForwarding", "unconditionalForwarding": {"phoneNumber": OUTSIDE}},
        {},
        f"outside phone {OUTSIDE} 0s",
    ),
    (TO_BEN, {}, "person app ringcentral:102:desktop 0s"),
    ({"callHandlingAction": "TransferToExtension", "transfer": ADA}, {}, "loop person 101 0s"),
    ({"callHandlingAction": "TransferToExtension", "transfer": "400000006"}, {}, "hang_up 0s"),
    ({"callHandlingAction": "TransferToExtension", "transfer": "400000005"}, {}, "unknown person 201 0s"),
    ({"callHandlingAction": "TransferToExtension", "transfer": "499999999"}, {}, "nowhere person 101 0s"),
]


@pytest.mark.parametrize(("work", "call", "expected"), RINGING)
def test_legacy_rule_of_work_hours(work: Record, call: Record, expected: str) -> None:
    assert met(ringcentral(work), ada(**call)) == expected


def test_steps_show_what_rings_and_for_how_long() -> None:
    result = play(ringcentral(ORDER), {}, {"at": FRIDAY, **ada(picks_up=[BENS_PHONE])})
    desktop, mobile = "ringcentral:101:desktop", "ringcentral:101:mobile"
    assert [(step["does"], step["seconds"]) for step in result["steps"]] == [
        ("takes its rule User Business Hours", 0),
        (f"rings {desktop}, {mobile}, {ADAS_PHONE}", 20),
        (f"rings {desktop}, {mobile}, {MOBILE}, {HOME}", 15),
        (f"rings {desktop}, {mobile}, {BENS_PHONE}", 0),
        ("answers", 0),
    ]
    pause = rule_of("Custom", group(10, PHONE), group(10, CELL, customStartOffset=15))
    waited = play(migrated(ringcentral(), work_hours=pause), NEW, {"at": FRIDAY, **ada(unanswered="all")})
    assert [(step["does"], step["seconds"]) for step in waited["steps"][1:-1]] == [
        (f"rings {ADAS_PHONE}", 15),
        (f"rings {MOBILE}", 10),
    ]


# Apps that ring in turn become two groups, one after the other.
MIGRATING = [row for row in RINGING if row[0] not in (APPS_FIRST, APPS_LAST) and row[0].get("transfer") != "499999999"]


@pytest.mark.parametrize("position", ["no", "yes"])
@pytest.mark.parametrize(("after", "call", "expected"), MIGRATING)
def test_migration_changes_nothing_for_callers(after: Record, call: Record, expected: str, position: str) -> None:
    """Rules of after hours: those of work hours can only ring then (ringcentral.md 9.5)."""
    state = ringcentral(after={"callHandlingAction": "ForwardCalls", **after})
    assert met(state, ada(**call), {"ringcentral": {"migrated": position}}, SATURDAY) == expected


# Hours: Monday to Friday, nine to five, in New York

HOURS = [
    ("2026-12-04T08:59:00-05:00", False),
    ("2026-12-04T09:00:00-05:00", True),
    ("2026-12-04T16:59:00-05:00", True),
    ("2026-12-04T17:00:00-05:00", False),
    (SATURDAY, False),
    # On other clocks
    ("2026-12-04T14:00:00Z", True),
    ("2026-12-04T22:59:00+01:00", True),
    ("2026-12-04T23:00:00+01:00", False),
    ("2026-12-07T22:00:00+09:00", False),
    ("2026-12-08T01:00:00+09:00", True),
    # Clocks change on 8 March and on 1 November, three weeks before and one after those of Europe
    ("2026-03-06T14:00:00Z", True),
    ("2026-03-06T13:59:00Z", False),
    ("2026-03-09T13:00:00Z", True),
    ("2026-03-09T12:59:00Z", False),
    ("2026-10-30T20:59:00Z", True),
    ("2026-10-30T21:00:00Z", False),
    ("2026-11-02T21:59:00Z", True),
    ("2026-11-02T22:00:00Z", False),
]


@pytest.mark.parametrize("position", ["no", "yes"])
@pytest.mark.parametrize(("at", "is_open"), HOURS)
def test_hours_are_those_of_the_extension(at: str, is_open: bool, position: str) -> None:
    found = met(ringcentral(after=TO_BEN), ada(unanswered="all"), {"ringcentral": {"migrated": position}}, at)
    assert found == (f"{OWN} 20s" if is_open else "voicemail voicemail 102 20s")


def test_a_zone_that_does_not_exist_is_refused() -> None:
    state = ringcentral()
    state["ringcentral"]["extensions"][ADA]["record"]["regionalSettings"] = {"timezone": {"name": "Mars/Olympus"}}
    with pytest.raises(BadInput, match="Mars/Olympus"):
        met(state, ada())


def test_a_message_only_extension_takes_messages() -> None:
    state = ringcentral(TO_BEN, type="Voicemail")
    assert met(state, ada()) == "voicemail voicemail 102 0s"


def test_without_a_zone_the_clocks_of_the_call_hold() -> None:
    state = ringcentral(after=TO_BEN)
    del state["ringcentral"]["extensions"][ADA]["record"]["regionalSettings"]
    stockholm = {"zone": "Europe/Stockholm"}
    assert met(state, ada(unanswered="all"), at="2026-12-04T10:00:00+01:00") == f"{OWN} 20s"
    assert met(state, ada(unanswered="all", **stockholm), at="2026-12-04T10:00:00") == f"{OWN} 20s"
    assert (
        met(state, ada(unanswered="all", **stockholm), at="2026-12-04T02:59:00-05:00") == "voicemail voicemail 102 20s"
    )


@pytest.mark.parametrize("end", ["24:00", "00:00", "23:59"])
def test_an_end_at_midnight(end: str) -> None:
    state = ringcentral(after=TO_BEN)
    state["ringcentral"]["extensions"][ADA]["business_hours"] = {
        "weeklyRanges": {"friday": [{"from": "20:00", "to": end}]}
    }
    assert met(state, ada(unanswered="all"), at="2026-12-04T23:59:30-05:00") == f"{OWN} 20s"
    assert met(state, ada(unanswered="all"), at="2026-12-05T00:00:00-05:00") == "voicemail voicemail 102 20s"


# Custom rules

CHRISTMAS = {
    "ranges": [
        {"from": "2026-01-01T00:00:00", "to": "2026-01-02T00:00:00"},
        {"from": "2026-12-24T00:00:00", "to": "2026-12-27T00:00:00"},
    ]
}
ANYBODY = {"callers": [{"callerId": "16505550160"}]}
CUSTOM = [
    (ANYBODY, {"from": "+1 650 555 0160"}, FRIDAY, True),
    (ANYBODY, {"from": "+16505550161"}, FRIDAY, False),
    (ANYBODY, {"from": "anonymous"}, FRIDAY, False),
    (ANYBODY, {}, FRIDAY, False),
    ({**ANYBODY, "enabled": False}, {"from": "+16505550160"}, FRIDAY, False),
    ({"calledNumbers": [ADAS_PHONE]}, {"number": ADAS_PHONE}, FRIDAY, True),
    ({"calledNumbers": [ADAS_PHONE]}, {"extension": {"ringcentral": "101"}}, FRIDAY, False),
    ({"schedule": {"weeklyRanges": {"friday": [{"from": "10:00", "to": "10:01"}]}}}, {}, FRIDAY, True),
    ({"schedule": {"weeklyRanges": {"friday": [{"from": "10:01", "to": "11:00"}]}}}, {}, FRIDAY, False),
    ({"schedule": CHRISTMAS}, {}, "2026-12-23T23:59:59-05:00", False),
    ({"schedule": CHRISTMAS}, {}, "2026-12-24T00:00:00-05:00", True),
    ({"schedule": CHRISTMAS}, {}, "2026-12-26T23:59:59-05:00", True),
    ({"schedule": CHRISTMAS}, {}, "2026-12-27T00:00:00-05:00", False),
    ({**ANYBODY, "schedule": {"ref": "AfterHours"}}, {"from": "+16505550160"}, FRIDAY, False),
    ({**ANYBODY, "schedule": {"ref": "AfterHours"}}, {"from": "+16505550160"}, SATURDAY, True),
    ({**ANYBODY, "schedule": {"ref": "BusinessHours"}}, {"from": "+16505550160"}, FRIDAY, True),
    ({**ANYBODY, "schedule": {"ref": "BusinessHours"}}, {}, FRIDAY, False),
]


@pytest.mark.parametrize("position", ["no", "yes"])
@pytest.mark.parametrize(("conditions", "call", "at", "holds"), CUSTOM)
def test_a_custom_rule_comes_first(conditions: Record, call: Record, at: str, holds: bool, position: str) -> None:
    state = ringcentral(custom=(rule("7", "To Ben", "TransferToExtension", transfer=BEN, **conditions),))
    order = {"unanswered": "all", **call} if set(call) & {"number", "extension"} else ada(unanswered="all", **call)
    found = play(state, {"ringcentral": {"migrated": position}}, {"at": at, **order})
    assert (line(found) == "voicemail voicemail 102 20s") is holds
    assert "ringcentral.rule_order" not in found["assumes"]


# New call handling

APPS = [defaults.app_target("AllDesktop"), defaults.app_target("AllMobile")]
PHONE = {"type": "DeviceRingTarget", "device": {"id": "800000001"}}
CELL = {"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": MOBILE}}
COWORKERS_PHONE = {"type": "DeviceRingTarget", "device": {"id": "800000002"}, "extension": {"id": BEN}}
COWORKERS_APPS = {"type": "AllMobileRingTarget", "extension": {"id": BEN}}
NIGHT = {
    "type": "Schedule",
    "schedule": {"triggers": [{"triggerType": "Daily", "startTime": "18:00:00", "endTime": "23:59:59"}]},
}


def rule_of(kind: str, *actions: Record, end: Record | None = None) -> Record:
    return {"type": kind, "actions": [*actions, end or ending("Ringing")]}


ALWAYS = {"type": "RingAlwaysGroupAction", "enabled": True, "targets": APPS}
DISPATCHED: list[tuple[Record, Record, str]] = [
    (rule_of("RingInOrder", group(20, PHONE), group(15, CELL)), {"picks_up": [MOBILE]}, f"outside phone {MOBILE} 20s"),
    (rule_of("RingInOrder", group(20, PHONE), group(15, CELL)), {"unanswered": "all"}, f"{OWN} 35s"),
    (
        rule_of("RingInOrder", group(20, PHONE, enabled=False), group(15, CELL)),
        {"picks_up": [MOBILE]},
        f"outside phone {MOBILE} 0s",
    ),
    (
        rule_of("RingInOrder", ALWAYS, group(20, CELL)),
        {"picks_up": [ADAS_APPS]},
        "person app ringcentral:101:desktop 0s",
    ),
    (rule_of("RingInOrder", {**ALWAYS, "enabled": False}, group(20, CELL)), {"picks_up": [ADAS_APPS]}, f"{OWN} 20s"),
    (
        rule_of("RingInOrder", group(10, COWORKERS_PHONE), group(5, COWORKERS_APPS)),
        {"picks_up": ["ringcentral:102:apps"]},
        "person app ringcentral:102:mobile 10s",
    ),
    (rule_of("RingAtOnce", group(20, PHONE), group(20, CELL)), {"unanswered": "all"}, f"{OWN} 20s"),
    (
        rule_of("Custom", group(20, PHONE), group(10, CELL, customStartOffset=15)),
        {"picks_up": [MOBILE]},
        f"outside phone {MOBILE} 15s",
    ),
    (rule_of("Custom", group(20, PHONE), group(10, CELL, customStartOffset=15)), {"unanswered": "all"}, f"{OWN} 25s"),
    (
        rule_of("RingInOrder", group(5, PHONE), end=ending("Ringing", "extension", BEN)),
        {"picks_up": ["ringcentral:102:desktop"]},
        "person app ringcentral:102:desktop 5s",
    ),
    (
        rule_of("RingInOrder", group(5, PHONE), end=ending("Ringing", "announcement")),
        {"unanswered": "all"},
        "hang_up 5s",
    ),
    (terminate("number", OUTSIDE), {}, f"outside phone {OUTSIDE} 0s"),
    (terminate("announcement"), {}, "hang_up 0s"),
    (defaults.terminate_rule(), {}, f"{OWN} 0s"),
]


@pytest.mark.parametrize(("work", "call", "expected"), DISPATCHED)
def test_new_rule_of_work_hours(work: Record, call: Record, expected: str) -> None:
    assert met(migrated(ringcentral(), work_hours=work), ada(**call), NEW) == expected


def test_what_is_gone_does_not_ring() -> None:
    gone = [
        {"type": "DeviceRingTarget", "device": {"id": "1"}},
        {"type": "CoworkerRingTarget", "extension": {"id": "1"}},
    ]
    state = migrated(ringcentral(), work_hours=rule_of("RingInOrder", group(20, *gone), group(15, CELL)))
    assert met(state, ada(), NEW) == f"outside phone {MOBILE} 20s"


@pytest.mark.parametrize(("kind", "expected"), [("csg", "unknown number +46846500412 0s"), ("nowhere", f"{OWN} 20s")])
def test_a_number_that_rings_and_does_not_answer(kind: str, expected: str) -> None:
    """Nobody knows who answers in a team; a number without destination never does."""
    office = ringcentral({"forwarding": rings((4, [MOBILE]), notifyMySoftPhones=False)})
    office["ringcentral"]["extensions"][ADA]["forwarding_numbers"]["500000002"]["phoneNumber"] = "+46846500412"
    office |= sonetel(n12={"connect_to_type": kind, "connect_to": ""})
    assert met(office, ada(unanswered="all")) == expected


def test_states_of_the_new_call_handling() -> None:
    state = migrated(ringcentral(), work_hours=terminate("announcement"), after_hours=terminate("number", OUTSIDE))
    handling = state["ringcentral"]["extensions"][ADA]["comm_handling"]

    def at(moment: str) -> str:
        return met(state, ada(unanswered=["ringcentral:102"]), NEW, moment)

    assert (at(FRIDAY), at(SATURDAY)) == ("hang_up 0s", f"outside phone {OUTSIDE} 0s")
    days = [{"startDateTime": "2026-12-05T00:00:00", "endDateTime": "2026-12-06T00:00:00"}]
    schedule = {"triggers": [{"triggerType": "Range", "ranges": days}]}
    handling["states"]["forward-all-calls"] = {
        "enabled": True,
        "conditions": [{"type": "Schedule", "schedule": schedule}],
    }
    assert (at(FRIDAY), at(SATURDAY)) == ("hang_up 0s", "voicemail voicemail 102 20s")
    handling["states"]["forward-all-calls"]["enabled"] = False
    handling["states"]["dnd"]["enabled"] = True
    assert (at(FRIDAY), at(SATURDAY)) == (f"{OWN} 0s", f"{OWN} 0s")


def test_any_trigger_of_work_hours_holds() -> None:
    state = migrated(ringcentral(), work_hours=terminate("announcement"))
    times = {"startTime": "09:00:00", "endTime": "11:00:00"}
    triggers = [{"triggerType": "Weekly", "ranges": {day: [times]}} for day in ("thursday", "friday")]
    states = state["ringcentral"]["extensions"][ADA]["comm_handling"]["states"]
    states["work-hours"]["conditions"] = [{"type": "Schedule", "schedule": {"triggers": triggers}}]
    assert (met(state, ada(), NEW, FRIDAY), met(state, ada(), NEW, SATURDAY)) == ("hang_up 0s", f"{OWN} 0s")


def test_conditions_of_an_interaction_rule_hold_together() -> None:
    state = migrated(ringcentral(), work_hours=terminate("announcement"), after_hours=terminate("announcement"))
    someone = {"type": "Interaction", "from": [{"phoneNumber": "+16505550160"}], "to": [ADAS_PHONE]}
    state["ringcentral"]["extensions"][ADA]["comm_handling"]["interaction_rules"]["8"] = {
        "id": "8",
        "displayName": "x",
        "enabled": True,
        "conditions": [someone, NIGHT],
        "dispatching": terminate("number", OUTSIDE),
    }
    evening = "2026-12-04T23:59:59-05:00"
    holds: dict[str, Any] = {"number": ADAS_PHONE, "from": "+16505550160"}
    assert met(state, holds, NEW, evening) == f"outside phone {OUTSIDE} 0s"
    assert met(state, holds, NEW, FRIDAY) == "hang_up 0s"
    assert met(state, {**holds, "from": "anonymous"}, NEW, evening) == "hang_up 0s"
    assert met(state, ada(**{"from": "+16505550160"}), NEW, evening) == "hang_up 0s"


def test_numbers_of_the_account() -> None:
    state = ringcentral()
    assert met(state, {"number": ADAS_PHONE, "picks_up": [ADAS_PHONE]}) == f"{DESK} 0s"
    assert met(state, {"number": "+16505550113"}) == "unknown number +16505550113 0s"
