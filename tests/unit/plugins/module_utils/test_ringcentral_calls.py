# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding import (
    answering_rules,
    state_rules,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.listed_numbers import (
    Expected,
    ListedNumbers,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.model import (
    DAYS,
    TABLE,
    RingStep,
    Schedule,
    Target,
    Then,
    read_range,
    why_no_range,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.resource import (
    CallForwardings,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_options import truth
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.directory import Directory, Extension
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

OWN = Extension("400000002", "101", "User")
NUMBERS = [
    {"id": "1", "phoneNumber": "+16505550100", "type": "Mobile", "label": "Mobile"},
    {"id": "2", "phoneNumber": "+16505550101", "type": "Other", "label": "Reception"},
    {"id": "3", "phoneNumber": "+16505550111", "type": "PhoneLine", "label": "Desk", "device": {"id": "80"}},
]
APPS = frozenset(Target("app", name) for name in ("desktop", "mobile"))
# Legacy rules know forwarding numbers by their ids.
LEGACY = {"1": "+16505550100", "2": "+16505550101"}
PHONES = tuple(Target("phone_number", key, number) for key, number in LEGACY.items())


class Api:
    """One extension, held as either API shows it; what is written is kept as it was sent."""

    def __init__(self) -> None:
        self.rule: dict[str, Any] = {
            "id": "business-hours-rule",
            "uri": "https://x/1",
            "type": "BusinessHours",
            "enabled": True,
            "callHandlingAction": "ForwardCalls",
            "schedule": {"ref": "BusinessHours"},
            "forwarding": {
                "ringingMode": "Sequentially",
                "notifyMySoftPhones": False,
                "mobileTimeout": True,
                "rules": [],
            },
            "voicemail": {"enabled": True, "recipient": {"id": 400000002, "uri": "https://x/2"}},
            "greetings": [{"type": "Voicemail", "preset": {"id": "1", "uri": "https://x/3"}}],
        }
        self.dispatching: dict[str, Any] = {
            "type": "RingInOrder",
            "actions": [
                {"type": "ScreeningAction", "screening": "Always", "enabled": True},
                {
                    "type": "RingGroupAction",
                    "enabled": False,
                    "duration": 10,
                    "targets": [{"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": "+16505550177"}}],
                },
                {
                    "type": "TerminatingAction",
                    "targets": [
                        {"type": "VoiceMailTerminatingTarget", "name": "Voicemail", "prompt": {"greeting": {"x": 1}}}
                    ],
                    "ringingTargetType": "VoiceMailTerminatingTarget",
                },
            ],
        }

    def pause(self, _seconds: float) -> None:
        """No time passes."""

    def forwarding_numbers(self, _extension: str) -> list[dict[str, Any]]:
        return NUMBERS

    def devices(self, _extension: str) -> list[dict[str, Any]]:
        return [{"id": "80", "name": "Desk"}]

    def answering_rule(self, _extension: str, _rule: str) -> dict[str, Any]:
        return self.rule

    def update_answering_rule(self, _extension: str, _rule: str, body: Mapping[str, Any]) -> dict[str, Any]:
        shown = [
            {**rule, "forwardingNumbers": [_number(item["id"]) for item in rule["forwardingNumbers"]]}
            for rule in body["forwarding"]["rules"]
        ]
        self.rule = {**self.rule, **body, "forwarding": {**body["forwarding"], "rules": shown}}
        return self.rule

    def state_rules(self, _extension: str) -> list[dict[str, Any]]:
        return [{"id": "work-hours", "dispatching": self.dispatching}]

    def update_state_rule(self, _extension: str, _state: str, body: Mapping[str, Any]) -> dict[str, Any]:
        self.dispatching = body["dispatching"]
        return {"id": "work-hours", "dispatching": self.dispatching}


def _number(key: str) -> dict[str, Any]:
    return next(record for record in NUMBERS if record["id"] == key)


def _handling(kind: str, api: Api) -> Any:
    backend = answering_rules.AnsweringRules if kind == "legacy" else state_rules.StateRules
    directory = Directory(api)  # type: ignore[arg-type]
    return backend(api, directory, ListedNumbers(api, Expected()))  # type: ignore[arg-type]


NEEDED = {"work": ("ring", "ring_mode", "then")}
THENS = st.one_of(
    st.builds(Then, st.just("voicemail"), mailbox=st.sampled_from(["", "400000004"])),
    st.builds(Then, st.just("extension"), st.sampled_from(["400000003", "400000004"])),
    st.builds(Then, st.just("phone_number"), st.just("+16505550109")),
)


@st.composite
def rings(draw: st.DrawFn) -> tuple[RingStep, ...]:
    """Orders that both APIs can express."""
    phones = draw(st.permutations([*PHONES, Target("device", "3")]))
    cut = draw(st.integers(0, 3))
    groups = [group for group in (phones[:cut], phones[cut:]) if group]
    steps = [RingStep(frozenset(group), 5 * draw(st.integers(1, 6))) for group in groups]
    apps = draw(st.sampled_from(["none", "always", "first", "last"]))
    if apps == "always":
        return (RingStep(APPS, always=True), *steps)
    alone = RingStep(APPS, 5 * draw(st.integers(2, 6)))
    return {"none": tuple(steps), "first": (alone, *steps), "last": (*steps, alone)}[apps]


@pytest.mark.parametrize("kind", ["legacy", "new"])
@given(ring=rings(), then=THENS, second=THENS)
def test_what_is_written_is_what_is_read_and_written_again_nothing_differs(
    kind: str, ring: tuple[RingStep, ...], then: Then, second: Then
) -> None:
    api = Api()
    handling = _handling(kind, api)
    if kind == "new":
        by_value = {Target("device", "3"): Target("device", "80")}
        by_value |= {Target("phone_number", key): Target("phone_number", number) for key, number in LEGACY.items()}
        ring = tuple(
            replace(step, targets=frozenset(by_value.get(item, item) for item in step.targets)) for step in ring
        )
    for desired in (then, second):
        (record,) = handling.read(OWN, NEEDED)
        values = {**TABLE.read(record), "ring": ring, "ring_mode": "in_order", "then": desired}
        assert handling.refusal("work", values, ("ring", "then"), record) == ""
        written = handling.write(record, values, ("ring", "then"))
        assert TABLE.differences(values, TABLE.read(written)) == ()
        (again,) = handling.read(OWN, NEEDED)
        assert TABLE.differences(values, TABLE.read(again)) == ()
    if kind == "legacy":
        assert api.rule["greetings"] == [{"type": "Voicemail", "preset": {"id": "1"}}]
        assert api.rule["forwarding"]["mobileTimeout"] is True
        assert [rule["index"] for rule in api.rule["forwarding"]["rules"]] == list(
            range(1, len(api.rule["forwarding"]["rules"]) + 1)
        )
    else:
        targets = [target for action in api.dispatching["actions"] for target in action.get("targets", [])]
        kinds = [target["type"] for target in targets]
        assert api.dispatching["actions"][0]["screening"] == "Always"
        assert "VoiceMailTerminatingTarget" in kinds
        assert sorted(name for name in kinds if name.startswith("All")) == [
            "AllDesktopRingTarget",
            "AllMobileRingTarget",
        ]
        # What was switched off stays, and stays off.
        (kept,) = [action for action in api.dispatching["actions"] if "+16505550177" in str(action)]
        assert kept["enabled"] is False


@each(
    ("text", "found"),
    [
        ("09:00-17:00", ("09:00", "17:00")),
        (" 00:00 - 23:59 ", ("00:00", "23:59")),
        ("09:00\u201317:00", ("09:00", "17:00")),
        ("9:00-17:00", None),
        ("17:00-09:00", None),
        ("09:00-24:00", None),
        ("09:60-10:00", None),
        ("09:00", None),
    ],
)
def test_ranges(text: str, found: tuple[str, str] | None) -> None:
    assert read_range(text) == found


@each(
    ("text", "day", "said"),
    [
        ("08:00-24:00", "monday", "write '08:00-23:59'"),
        ("08:00-00:00", "monday", "write '08:00-23:59'"),
        ("00:00-24:00", "monday", "write '00:00-23:59'"),
        ("22:00-02:00", "monday", "write '22:00-23:59' here and '00:00-02:00' for tuesday"),
        ("22:00 \N{EN DASH} 02:00", "sunday", "write '22:00-23:59' here and '00:00-02:00' for monday"),
        ("8:00-17:00", "monday", "write '08:00-17:00'"),
        ("8-17", "monday", "write '08:00-17:00'"),
        ("08.00-17.30", "monday", "write '08:00-17:30'"),
        ("0800-1730", "monday", "write '08:00-17:30'"),
        ("08:00-08:00", "monday", "is empty"),
        ("00:00-00:00", "monday", "is empty"),
        ("closed", "saturday", "write [], or leave the day out"),
        (" Off", "saturday", "write [], or leave the day out"),
        ("25:00-26:00", "monday", "is not a range within a day such as '09:00-17:00'"),
        ("08:75-17:00", "monday", "is not a range within a day such as '09:00-17:00'"),
        ("08:00", "monday", "is not a range within a day such as '09:00-17:00'"),
        ("08:00-12:00-17:00", "monday", "is not a range within a day such as '09:00-17:00'"),
        ("", "monday", "is not a range within a day such as '09:00-17:00'"),
        ("mornings", "monday", "is not a range within a day such as '09:00-17:00'"),
    ],
)
def test_what_is_no_range_says_how_to_write_it(text: str, day: str, said: str) -> None:
    assert read_range(text) is None
    assert said in why_no_range(text, day)


@each("end", ["00:00", "24:00", "23:59", "23:59:59", "00:00:00"])
def test_a_week_of_whole_days_is_around_the_clock(end: str) -> None:
    week = {day: [("00:00", end)] for day in DAYS}
    assert Schedule.of(week) == Schedule()
    assert Schedule.of({**week, "sunday": []}) != Schedule()
    assert Schedule.of(week).shown() == {"always": True}


@each(
    ("trigger", "shown"),
    [
        (
            {"triggerType": "Daily", "startTime": "08:00:00", "endTime": "12:00:00"},
            {day: ["08:00-12:00"] for day in DAYS},
        ),
        ({"triggerType": "Daily", "startTime": "00:00:00", "endTime": "23:59:59"}, {"always": True}),
        (
            {"triggerType": "Weekly", "ranges": {"monday": [{"startTime": "09:00:00", "endTime": "10:30:00"}]}},
            {"monday": ["09:00-10:30"]},
        ),
    ],
)
def test_schedules_of_states(trigger: Mapping[str, Any], shown: Mapping[str, Any]) -> None:
    api = Api()
    state = {
        "id": "work-hours",
        "enabled": True,
        "conditions": [{"type": "Schedule", "schedule": {"triggers": [trigger]}}],
    }
    api.states = lambda _extension: [state]  # type: ignore[attr-defined]
    (record,) = _handling("new", api).read(OWN, {"work": ("schedule",)})
    assert record["schedule"].shown() == shown


def test_problems_name_the_place_in_the_list() -> None:
    rules = NumberRules.from_options({"region": "US"}, lambda _text: None)
    item = {"extension": "101", "hours": "work", "ring": [{"phone_numbers": ["12"]}], "then": {"phone_number": "abc"}}
    CallForwardings.desired([item], rules, many=True)
    with pytest.raises(
        Exception, match=re.escape("call_forwardings[0] (101 / work): ring[0].phone_numbers[0]")
    ) as raised:
        rules.problems.raise_if_any()
    assert "call_forwardings[0] (101 / work): then.phone_number" in str(raised.value)


@each(
    ("value", "found"),
    [
        *((value, True) for value in (True, "true", " Yes ", "On", "y", "t", 1, "1")),
        *((value, False) for value in (False, "false", "no", "off", "n", "f", 0, "0")),
        (None, None),
    ],
)
def test_what_counts_as_true_is_what_ansible_takes_for_it(value: Any, found: bool | None) -> None:
    assert truth(value) is found
