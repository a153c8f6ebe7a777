# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every switch about callers in every position, and calls in all positions together."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from simulator.calls import every_play, play
from simulator.messages import Record
from simulator.provider import Switch, find_providers
from simulator.ringcentral import defaults
from simulator.smspartner.seed import number as virtual_number
from tests.simulator.calls_offices import (
    ADA,
    ADAS_PHONE,
    ANNA,
    BEN,
    ERIK,
    FRIDAY,
    IDS,
    MOBILE,
    OUTSIDE,
    SATURDAY,
    ada,
    ending,
    entry,
    fonedynamics,
    forward,
    group,
    line,
    menu,
    met,
    migrated,
    n,
    person,
    ring,
    ringcentral,
    rings,
    rule,
    smspartner,
    sonetel,
    terminate,
)
from tests.simulator.calls_switch_rows import NOBODY, OPERATOR, SONETEL, TO_OUTSIDE, Row, row
from tests.simulator.calls_switch_rows_company import COMPANY

README = Path(__file__).resolve().parents[2] / "simulator" / "README.md"
SWITCHES = {
    f"{name}.{switch.name}": switch for name, provider in find_providers().items() for switch in provider.call_switches
}
NEW: Record = {"migrated": "yes"}
EVE = "2026-12-24T00:30:00-05:00"

NO_VOICEMAIL = {"enabled": False, "recipient": None}
TO_BEN = terminate("extension", BEN)
ADAS_GROUP = group(20, {"type": "DeviceRingTarget", "device": {"id": "800000001"}})
PENDING = {"status": "Pending", "RoutingMethod": "Endpoint", "EndpointNumber": OUTSIDE}
ENDPOINT = {"RoutingMethod": "Endpoint", "EndpointNumber": OUTSIDE}


def holiday(start: str, end: str) -> Record:
    """101 connects to 102 on these days."""
    schedule = {"ranges": [{"from": start, "to": end}]}
    return ringcentral(custom=(rule("7", "x", "TransferToExtension", transfer=BEN, schedule=schedule),))


def with_interaction_rule() -> Record:
    """102 for a caller; meanwhile all calls are forwarded to an announcement."""
    state = migrated(ringcentral(), forward_all_calls=terminate("announcement"))
    handling = state["ringcentral"]["extensions"][ADA]["comm_handling"]
    handling["states"]["forward-all-calls"]["enabled"] = True
    condition = {"type": "Interaction", "from": [{"phoneNumber": "+16505550160"}], "to": []}
    handling["interaction_rules"]["8"] = {
        "id": "8", "displayName": "x", "enabled": True, "conditions": [condition], "dispatching": TO_BEN,
    }  # fmt: skip
    return state


def disabled_after_hours() -> Record:
    return ringcentral(after={"enabled": False, "callHandlingAction": "TransferToExtension", "transfer": BEN})


def two_rules() -> Record:
    """The older one connects to 102, the younger one plays an announcement."""
    callers = {"callers": [{"callerId": "16505550160", "name": "x"}]}
    older = rule("7", "older", "TransferToExtension", transfer=BEN, **callers)
    return ringcentral(custom=(older, rule("8", "younger", "PlayAnnouncementOnly", **callers)))


def coworker() -> Record:
    """102 with both a desk phone and apps."""
    target = {"type": "CoworkerRingTarget", "extension": {"id": BEN}}
    actions = [group(20, target), ending("Ringing")]
    return migrated(ringcentral(), work_hours={"type": "RingInOrder", "actions": actions})


BENS = "voicemail voicemail 102"
OWN = "voicemail voicemail 101"
OBSERVED: dict[str, list[Row]] = {
    **SONETEL,
    "smspartner.unanswered_forward": [
        row(
            smspartner(n1=virtual_number(1, OUTSIDE)),
            {"number": "+33261910001", **NOBODY},
            "hang_up",
            "hang_up 0s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
        ),
    ],
    "smspartner.off_number": [
        row(
            smspartner(n1=virtual_number(0, configured=True)),
            {"number": "+33261910001"},
            "fails",
            "nowhere number +33261910001 0s",
            "rings",
            "unanswered number +33261910001 0s",
            "announcement",
            "hang_up 0s",
        ),
    ],
    "smspartner.disabled_number": [
        row(
            smspartner(n1=virtual_number(1, OUTSIDE, active=False)),
            {"number": "+33261910001"},
            "fails",
            "nowhere number +33261910001 0s",
            "works",
            f"outside phone {OUTSIDE} 0s",
            "announcement",
            "hang_up 0s",
        ),
    ],
    "fonedynamics.unanswered_forward": [
        row(
            fonedynamics(n1=ENDPOINT),
            {"number": "+61255500101", **NOBODY},
            "hang_up",
            "hang_up 0s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
        ),
    ],
    "fonedynamics.pending_calls": [
        row(
            fonedynamics(n1=PENDING),
            {"number": "+61255500101"},
            "fails",
            "nowhere number +61255500101 0s",
            "works",
            f"outside phone {OUTSIDE} 0s",
            "announcement",
            "hang_up 0s",
        ),
    ],
    "fonedynamics.unrouted_number": [
        row(
            fonedynamics(n1=found),
            {"number": "+61255500101"},
            "fails",
            "nowhere number +61255500101 0s",
            "rings",
            "unanswered number +61255500101 0s",
            "announcement",
            "hang_up 0s",
        )
        for found in ({}, {"RoutingMethod": "Flow", "EndpointNumber": OUTSIDE})
    ],
    "fonedynamics.endpoint_without_method": [
        row(
            fonedynamics(n1={"EndpointNumber": OUTSIDE}),
            {"number": "+61255500101"},
            "inert",
            "nowhere number +61255500101 0s",
            "used",
            f"outside phone {OUTSIDE} 0s",
        ),
    ],
    "ringcentral.rule_order": [
        row(
            two_rules(),
            ada(**NOBODY, **{"from": "+16505550160"}),
            "newest_first",
            "hang_up 0s",
            "oldest_first",
            f"{BENS} 20s",
            others=position,
        )
        for position in ({}, NEW)
    ],
    "ringcentral.disabled_after_hours": [
        row(disabled_after_hours(), ada(**NOBODY), "work_hours", f"{OWN} 20s", "applies", f"{BENS} 20s", at=SATURDAY),
    ],
    "ringcentral.range_without_zone": [
        row(
            holiday("2026-12-24T00:00:00", "2026-12-24T02:00:00"),
            ada(**NOBODY),
            "owner",
            f"{BENS} 20s",
            "utc",
            f"{OWN} 0s",
            at=EVE,
            others=position,
        )
        for position in ({}, NEW)
    ],
    "ringcentral.range_with_zone": [
        row(
            holiday("2026-12-24T05:00:00Z", "2026-12-24T07:00:00+00:00"),
            ada(**NOBODY),
            "honoured",
            f"{BENS} 20s",
            "ignored",
            f"{OWN} 0s",
            at=EVE,
            others=position,
        )
        for position in ({}, NEW)
    ],
    "ringcentral.overriding_states": [
        row(
            with_interaction_rule(),
            ada(**NOBODY, **{"from": "+16505550160"}),
            "before_rules",
            "hang_up 0s",
            "after_rules",
            f"{BENS} 20s",
            others=NEW,
        ),
    ],
    "ringcentral.unanswered_forward": [
        row(
            ringcentral(
                {"callHandlingAction": "UnconditionalForwarding", "unconditionalForwarding": {"phoneNumber": OUTSIDE}}
            ),
            ada(**NOBODY),
            "falls_through",
            f"{OWN} 0s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
        ),
        row(
            ringcentral(
                {
                    "forwarding": rings((1, [MOBILE])),
                    "voicemail": NO_VOICEMAIL,
                    "missedCall": {"actionType": "ConnectToExternalNumber", "externalNumber": OUTSIDE},
                }
            ),
            ada(**NOBODY),
            "falls_through",
            "hang_up 5s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 5s",
            "operator_voicemail",
            f"{OPERATOR} 5s",
        ),
        row(
            migrated(ringcentral(), work_hours=terminate("number", OUTSIDE)),
            ada(**NOBODY),
            "falls_through",
            f"{OWN} 0s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
            others=NEW,
        ),
    ],
    "ringcentral.voicemail_off": [
        row(
            ringcentral(
                {
                    "callHandlingAction": "TakeMessagesOnly",
                    "voicemail": NO_VOICEMAIL,
                    "missedCall": {"actionType": "PlayGreetingAndDisconnect"},
                }
            ),
            ada(),
            "missed_call",
            "hang_up 0s",
            "voicemail",
            f"{OWN} 0s",
        ),
    ],
    "ringcentral.apps_alone": [
        row(ringcentral({"forwarding": rings()}), ada(**NOBODY), 20, f"{OWN} 20s", 60, f"{OWN} 60s"),
    ],
    "ringcentral.at_once": [
        row(
            ringcentral({"forwarding": rings((2, [ADAS_PHONE]), (4, [MOBILE]), ringingMode="Simultaneously")}),
            ada(**NOBODY),
            "longest",
            f"{OWN} 20s",
            "first",
            f"{OWN} 10s",
        ),
        row(
            migrated(
                ringcentral(),
                work_hours={
                    "type": "RingAtOnce",
                    "actions": [ADAS_GROUP, group(30, defaults.app_target("AllMobile")), ending("Ringing")],
                },
            ),
            ada(**NOBODY),
            "longest",
            f"{OWN} 30s",
            "first",
            f"{OWN} 20s",
            others=NEW,
        ),
    ],
    "ringcentral.busy_phones": [
        row(
            ringcentral({"forwarding": rings((2, [ADAS_PHONE]), (4, [MOBILE]), notifyMySoftPhones=False)}),
            ada(busy=[ADAS_PHONE]),
            "at_once",
            f"outside phone {MOBILE} 0s",
            "ring_time",
            f"outside phone {MOBILE} 10s",
        ),
    ],
    "ringcentral.coworker_target": [
        row(
            coworker(),
            ada(picks_up=["ringcentral:102:apps"]),
            "phones_and_apps",
            "person app ringcentral:102:desktop 0s",
            "phones",
            f"{OWN} 20s",
            others=NEW,
        ),
    ],
    **{f"ringcentral.{name}": rows for name, rows in COMPANY.items()},
    "ringcentral.disabled_extension": [
        row(
            ringcentral(status="Disabled"),
            {"extension": {"ringcentral": "102"}},
            "rings",
            f"{BENS} 20s",
            "fails",
            "nowhere person 102 0s",
        ),
    ],
}
ROWS = [
    pytest.param(name, *found, id=f"{name}-{index}")
    for name, rows in OBSERVED.items()
    for index, found in enumerate(rows)
]


def test_every_switch_is_observed() -> None:
    assert set(OBSERVED) == set(SWITCHES)


@pytest.mark.parametrize(("name", "office", "call", "at", "others", "expected"), ROWS)
def test_each_position(name: str, office: Record, call: Record, at: str, others: Record, expected: Record) -> None:
    provider, _dot, switch = name.partition(".")
    assert tuple(expected) == SWITCHES[name].values
    found = {value: met(office, call, {provider: {**others, switch: value}}, at) for value in expected}
    assert found == expected
    assert play(office, {provider: others}, {"at": at, **call})["assumes"][name] == SWITCHES[name].values[0]


@pytest.mark.parametrize(("name", "switch"), SWITCHES.items(), ids=SWITCHES)
def test_the_readme_lists_it(name: str, switch: Switch) -> None:
    values = ", ".join(f"`{value}`" for value in switch.values)
    assert f"| `{switch.name}` | {values} | {switch.stands_for} |" in README.read_text(encoding="utf-8")


def test_all_positions_of_a_call() -> None:
    """Each way that a call can take comes once: what `every_play` finds is what all combinations give."""
    office = sonetel(
        menu("M", key_1=entry("user", IDS[ANNA])),
        person(ANNA, forward("user", IDS[ERIK]), TO_OUTSIDE),
        person(ERIK, ring()),
        n10="M",
    )
    call = {"at": FRIDAY, **n("10", press=["2", "1"], **NOBODY)}
    plays = every_play(office, call)
    names = sorted({name.partition(".")[2] for found in plays for name in found["assumes"]})
    assert names == [
        "forwarder_second_action", "menu_without_timeout", "unanswered_forward", "unassigned_key", "user_unanswered",
    ]  # fmt: skip
    combinations = [
        dict(zip(names, values, strict=True))
        for values in itertools.product(*[SWITCHES[f"sonetel.{name}"].values for name in names])
    ]
    ways: dict[tuple[Any, ...], str] = {}
    for combination in combinations:
        found = play(office, {"sonetel": combination}, call)
        ways[tuple(found["assumes"].items())] = line(found)
    assert {tuple(found["assumes"].items()): line(found) for found in plays} == ways
    assert len(plays) == len(ways)
    assert len(set(ways.values())) > 5


def test_switches_about_requests_do_not_vary() -> None:
    call = {"at": FRIDAY, **ada(**NOBODY, **{"from": "+16505550160"})}
    found = every_play(with_interaction_rule(), call, {"ringcentral": NEW})
    # Nothing but the apps of 102 rings, for a time that is open too.
    assert sorted(line(result) for result in found) == ["hang_up 0s", f"{BENS} 20s", f"{BENS} 60s"]
    assert [line(result) for result in every_play(with_interaction_rule(), call)] == [f"{OWN} 20s"]
