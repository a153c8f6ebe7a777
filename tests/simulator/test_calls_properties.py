# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls into random offices always end, in every position of every switch, and change nothing."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.calls import every_play, play
from simulator.messages import Record
from tests.simulator.calls_offices import (
    ADAS_PHONE,
    ANNA,
    DESKS,
    ERIK,
    FRIDAY,
    IDS,
    MOBILE,
    MOBILES,
    OUTSIDE,
    SATURDAY,
    announcement,
    entry,
    fonedynamics,
    forward,
    mailbox,
    menu,
    person,
    ring,
    ringcentral,
    rings,
    sonetel,
)

NUMBERS = ["+46846500410", "+46846500411", "+46846500412", "+61255500101", ADAS_PHONE, OUTSIDE]
APPS = ["VAM", "VAA", "VABox", "VAgone"]
ENDS = {
    "person", "outside", "voicemail", "flow", "hang_up", "nowhere", "unanswered", "loop", "repeats", "unknown",
}  # fmt: skip
ENTRIES = st.one_of(
    st.none(),
    st.sampled_from(APPS).map(lambda app: entry("app", app)),
    st.sampled_from(NUMBERS).map(lambda number: entry("phnum", number)),
    st.sampled_from(sorted(IDS.values())).map(lambda key: entry("user", key)),
    st.just({"action": "disconnect", "to": "", "id": ""}),
)
ACTIONS = st.one_of(
    st.none(),
    st.sampled_from([ring("myphones", "5"), ring("sipphones", None), forward("voicemail"), {"action": "disconnect"}]),
    st.sampled_from(NUMBERS).map(lambda number: forward("phnum", number, ring_time="10")),
    st.sampled_from(sorted(IDS.values())).map(lambda key: forward("user", key)),
    st.sampled_from(APPS).map(lambda app: forward("voiceapp", app)),
)
DESTINATIONS = st.sampled_from([*NUMBERS, ANNA, ERIK, "M", "A", "Box"])
RULES = st.one_of(
    st.just({"forwarding": rings((2, [ADAS_PHONE, MOBILE]))}),
    st.sampled_from(NUMBERS).map(
        lambda number: {
            "callHandlingAction": "UnconditionalForwarding",
            "unconditionalForwarding": {"phoneNumber": number},
        }
    ),
)


@st.composite
def offices(draw: st.DrawFn) -> Record:
    keys = {f"key_{key}": found for key in (1, 2) if (found := draw(ENTRIES)) is not None}
    return {
        **sonetel(
            menu("M", timeout=draw(ENTRIES), get_extension=draw(st.sampled_from(["yes", "no"])), **keys),
            announcement("A", draw(ENTRIES)),
            mailbox("Box"),
            person(ANNA, draw(ACTIONS), draw(ACTIONS)),
            person(ERIK, draw(ACTIONS), draw(ACTIONS)),
            n10=draw(DESTINATIONS),
            n11=draw(DESTINATIONS),
            n12=draw(DESTINATIONS),
        ),
        **fonedynamics(n1={"RoutingMethod": "Endpoint", "EndpointNumber": draw(st.sampled_from(NUMBERS))}),
        **ringcentral(draw(RULES), draw(RULES)),
    }


CALLS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "number": st.sampled_from(NUMBERS[:-1]),
        "at": st.sampled_from([FRIDAY, SATURDAY]),
        "press": st.lists(st.sampled_from(["1", "2", "wait", "012", "9"]), max_size=3),
        "picks_up": st.lists(st.sampled_from([OUTSIDE, *DESKS.values(), *MOBILES.values(), ADAS_PHONE]), max_size=2),
        "busy": st.lists(st.sampled_from([OUTSIDE, ANNA, "ringcentral:101"]), max_size=1),
    }
)


@settings(max_examples=60, deadline=None)
@given(offices(), CALLS)
def test_every_call_ends(office: Record, call: Record) -> None:
    before = copy.deepcopy(office)
    plays = every_play(office, call)
    assert before == office
    assert {found["ends"] for found in plays} <= ENDS
    assert len({tuple(found["assumes"].items()) for found in plays}) == len(plays)
    # What was assumed is what switches in these positions give.
    some = plays[len(plays) // 2]
    positions: dict[str, dict[str, Any]] = {}
    for name, value in some["assumes"].items():
        provider, _dot, switch = name.partition(".")
        positions.setdefault(provider, {})[switch] = value
    assert play(office, positions, call) == some
    assert all(sum(step["seconds"] for step in found["steps"]) == found["seconds"] for found in plays)
    # A call that reaches a person or a phone names who picked up; no other does.
    for found in plays:
        answered = found["ends"] == "person" or (found["reached"] or {}).get("kind") in (
            "phone",
            "sip",
            "device",
            "app",
        )
        assert bool(found["answers"]) is (answered and found["ends"] in ("person", "outside"))
