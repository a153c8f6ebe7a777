# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hours of RingCentral's extensions under both of its call handlings: what is read, refused and written."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key
from ansible_collections.office.telephony.plugins.module_utils._engine.listing import Listing
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import (
    Action,
    Current,
    Desired,
    Plan,
    Step,
    make_plan,
)
from ansible_collections.office.telephony.plugins.module_utils._errors import (
    AuthenticationError,
    ConnectionFailed,
    Doubt,
    Interrupted,
    Problems,
    Rejected,
    TelephonyError,
)
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import RingCentralApi
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.answering_rules import (
    AnsweringRules,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.business_hours import (
    put_schedule,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.desired import read_schedule
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.model import (
    DAYS,
    SECONDS_A_RING,
    Foreign,
    RingStep,
    Schedule,
    Target,
    Then,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.state_rules import (
    StateRules,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.custom_rules import CustomRules
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.directory import Extension
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.conflicts import (
    arranged,
    conflicts,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.desired import read_entry
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.resource import (
    ForwardingNumbers,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.schema import TABLE
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

OWNER = Extension("1", "101", "Anna")
RING = (RingStep(frozenset({Target("phone_number", "5", "+16505550101")})),)


class Numbers:
    """No task is expected to change forwarding numbers."""

    def preview(self, extension: Extension) -> None:
        return None


class Api:
    """Answers what is written with what was sent."""

    def __init__(self, states: Any = (), refuses: str = "") -> None:
        self.found = list(states)
        self.refuses = refuses
        self.written: list[tuple[str, Any]] = []

    def states(self, extension_id: str) -> Any:
        return self.found

    def update_state(self, extension_id: str, state: str, body: Any) -> Any:
        return self._write(state, {**body, "id": state})

    def update_state_rule(self, extension_id: str, state: str, body: Any) -> Any:
        return self._write("rule", body)

    def _write(self, what: str, body: Any) -> Any:
        self.written.append((what, body))
        if what == self.refuses:
            raise Rejected("It is refused.", code="CMN-101")
        return body


def states(api: Api) -> StateRules:
    return StateRules(cast(Any, api), cast(Any, None), cast(Any, Numbers()))


def weekly(*parts: tuple[str, str, str]) -> Any:
    days: dict[str, list[Any]] = {}
    for day, start, end in parts:
        days.setdefault(day, []).append({"startTime": start, "endTime": end})
    return {"triggerType": "Weekly", "ranges": days}


def state(enabled: bool, *triggers: Any) -> Any:
    conditions = [{"type": "Schedule", "schedule": {"triggers": list(triggers)}}] if triggers else []
    return {"id": "forward-all-calls", "enabled": enabled, "conditions": conditions}


LIMITED = Foreign("limited to certain times")
DAILY = {"triggerType": "Daily", "startTime": "00:00:00", "endTime": "23:59:59"}
OVER = {"triggerType": "Range", "ranges": [{"startDateTime": "2025-01-01T00:00:00Z", "endDateTime": "2025-01-02"}]}


@each(
    ("found", "enabled"),
    [
        (state(True), True),
        (state(True, DAILY), True),
        (state(True, weekly(*((day, "00:00:00", "23:59:59") for day in DAYS))), True),
        (state(False), False),
        (state(False, OVER), False),
        # On for certain times is neither on nor off.
        (state(True, OVER), Foreign("limited to certain times")),
        (state(True, weekly(("monday", "09:00:00", "17:00:00"))), Foreign("limited to certain times")),
        (
            state(True, weekly(*((day, "00:00:00", "23:59:59") for day in DAYS[1:]))),
            Foreign("limited to certain times"),
        ),
    ],
)
def test_all_calls_are_forwarded_only_where_nothing_limits_that(found: Any, enabled: Any) -> None:
    (record,) = states(Api([found])).read(OWNER, {"all": ["enabled"]})
    assert record["enabled"] == enabled


@each(("found", "kept"), [(state(False, OVER), False), (state(False), True), (state(False, DAILY), True)])
def test_a_time_range_that_is_over_does_not_stay_when_all_calls_are_to_go_away(found: Any, kept: bool) -> None:
    api = Api([found])
    handling = states(api)
    (record,) = handling.read(OWNER, {"all": ["enabled"]})
    after = handling.write(record, {"enabled": True}, {"enabled"})
    ((_what, body),) = api.written
    assert body["enabled"] is True
    assert body["conditions"] == (found["conditions"] if kept else state(True, DAILY)["conditions"])
    assert after["enabled"] is True


@each(("enabled", "order"), [(True, ["rule", "forward-all-calls"]), (False, ["forward-all-calls", "rule"])])
def test_where_calls_go_is_right_before_all_of_them_go_there(enabled: bool, order: list[str]) -> None:
    api = Api()
    record = {"extension": "101", "extension_id": "1", "hours": "all", "rule": {}, "state": state(not enabled)}
    values = {"enabled": enabled, "then": Then("phone_number", "+16505550199")}
    states(api).write(record, values, {"enabled", "then"})
    assert [what for what, _body in api.written] == order


def test_a_second_write_that_is_refused_does_not_hide_the_first_one() -> None:
    api = Api(refuses="forward-all-calls")
    record = {"extension": "101", "extension_id": "1", "hours": "all", "rule": {}, "state": state(False)}
    values = {"enabled": True, "then": Then("phone_number", "+16505550199")}
    with pytest.raises(Interrupted, match="the rule was set, but then the state could not be set") as raised:
        states(api).write(record, values, {"enabled", "then"})
    assert raised.value.record["then"] == Then("phone_number", "+16505550199")
    api.refuses = "rule"
    with pytest.raises(Rejected):
        states(api).write(record, values, {"enabled", "then"})


FOREIGN = Foreign("of the kind Custom")


@each(
    ("values", "changes", "words"),
    [
        ({"ring": FOREIGN, "then": Then("voicemail")}, {"then"}, "which this module cannot keep"),
        ({"ring_mode": FOREIGN}, {"ring"}, "which this module cannot keep"),
        ({"schedule": Foreign("x")}, {"schedule"}, "cannot be written"),
        ({"ring": ()}, {"ring"}, "cannot send calls away in work hours without ringing"),
        ({"ring": FOREIGN}, {"schedule"}, ""),
        ({"ring": RING, "then": Then("voicemail")}, {"ring", "then"}, ""),
    ],
)
def test_what_states_cannot_express_is_refused(values: Any, changes: Any, words: str) -> None:
    refusal = states(Api()).refusal("work", values, changes, {"hours": "work"})
    assert (words in refusal) if words else refusal == ""


@each(
    ("values", "changes", "words"),
    [
        ({"ring": FOREIGN, "then": Then("voicemail")}, {"then"}, "which this module does not change"),
        ({"ring": RING, "then": Then("announcement", greeting="7")}, {"then"}, "leave greeting out"),
        ({"ring": (), "then": None}, {"ring"}, "nothing would ring"),
        ({"ring": FOREIGN}, {"schedule"}, ""),
        ({"ring": RING, "then": Then("voicemail")}, {"ring", "then"}, ""),
    ],
)
def test_what_legacy_rules_cannot_express_is_refused(values: Any, changes: Any, words: str) -> None:
    handling = AnsweringRules(cast(Any, None), cast(Any, None), cast(Any, Numbers()))
    refusal = handling.refusal("work", values, changes, {"hours": "work"})
    assert (words in refusal) if words else refusal == ""


@each(
    ("ranges", "shown"),
    [
        ({"monday": [("09:00:00", "17:00:00")]}, {"monday": ["09:00-17:00"]}),
        # Midnight at the end of a day, in all of its spellings.
        ({"monday": [("18:00", "00:00")]}, {"monday": ["18:00-23:59"]}),
        ({"monday": [("18:00", "24:00:00")]}, {"monday": ["18:00-23:59"]}),
        ({"monday": [("18:00", "23:59:59")]}, {"monday": ["18:00-23:59"]}),
        ({"monday": [("00:00", "00:00")]}, {"monday": ["00:00-23:59"]}),
        ({day: [("00:00", "23:59")] for day in DAYS}, {"always": True}),
        ({day: [("00:00", "23:59")] for day in DAYS[:6]}, {day: ["00:00-23:59"] for day in DAYS[:6]}),
        ({}, {"always": True}),
        ({"monday": []}, {"always": True}),
        ({"monday": [("13:00", "17:00"), ("08:00", "12:00")]}, {"monday": ["08:00-12:00", "13:00-17:00"]}),
    ],
)
def test_what_hours_are_shown(ranges: Any, shown: Any) -> None:
    assert Schedule.of(ranges).shown() == shown


@each(
    ("schedule", "words"),
    [
        ({"monday": ["09:00-17:00"]}, ""),
        ({"monday": ["09:00-23:59"]}, ""),
        ({"monday": ["09:00-24:00"]}, "ends at midnight; write '09:00-23:59'"),
        ({"monday": ["18:00-02:00"]}, "'18:00-23:59' here and '00:00-02:00' for tuesday"),
        ({"sunday": ["18:00-02:00"]}, "for monday"),
        ({"monday": ["09:00-09:00"]}, "is empty"),
        ({"monday": ["9-17"]}, "write '09:00-17:00'"),
        ({"monday": ["closed"]}, r"write \[\]"),
        ({"monday": ["09:00-12:00", "11:59-17:00"]}, "of its ranges overlap"),
        ({"monday": ["09:00-12:00", "12:00-17:00"]}, ""),
        ({"monday": []}, "has no work hours on any day"),
        ({"always": False}, "can only be true"),
    ],
)
def test_which_hours_can_be_given(schedule: Any, words: str) -> None:
    problems = Problems()
    read_schedule(schedule, "schedule", problems)
    assert bool(problems) is bool(words)
    if words:
        with pytest.raises(Exception, match=words):
            problems.raise_if_any()


@each("refused", [False, True])
def test_around_the_clock_is_written_in_a_way_that_is_accepted(refused: bool) -> None:
    bodies: list[Any] = []

    def put(body: Any) -> Any:
        bodies.append(body["schedule"])
        if refused and len(bodies) == 1:
            raise Rejected("It is refused.", code="CMN-101")
        return body

    put_schedule(put, Schedule())
    assert bodies[0] == {}
    if refused:
        assert bodies[1] == {"weeklyRanges": {day: [{"from": "00:00", "to": "23:59"}] for day in DAYS}}
    # A day that has no hours any more is sent as empty.
    put_schedule(put, Schedule.of({"monday": [("09:00", "17:00")]}), Schedule.of({"friday": [("09:00", "17:00")]}))
    assert bodies[-1]["weeklyRanges"] == {"monday": [{"from": "09:00", "to": "17:00"}], "friday": []}


# ---- forwarding numbers that take something from one another


def listed(number: int, kind: str = "Other", label: str = "", flip: int | None = None) -> Current:
    record: dict[str, Any] = {"extensionNumber": "101", "extensionId": "1", "id": number, "type": kind}
    record |= {"phoneNumber": f"+1650555010{number}", "label": label or kind}
    record |= {"flipNumber": str(flip)} if flip else {}
    return Current(Key("101", record["phoneNumber"]), TABLE.read(record), record)


def item(number: int, **options: Any) -> Desired:
    given = {"extension": "101", "phone_number": f"+1650555010{number}", "state": "present", **options}
    entry = read_entry(given, number, NumberRules.from_options({"region": "US"}, print))
    return replace(entry, values={**entry.values, "extension": "101"} if entry.values else {})


def planned(desired: list[Desired], current: list[Current]) -> tuple[Plan, str]:
    problems = Problems()
    plan = arranged(make_plan(TABLE, desired, current, problems), current)
    problems.raise_if_any()
    return plan, " ".join(reason for _step, reason in conflicts(plan, current))


@each(
    ("desired", "current", "words"),
    [
        # A flip number is free only once its record is deleted.
        ([item(1, label="A", flip_number=3), item(2, label="B", flip_number=4)],
         [listed(1, label="A", flip=4), listed(2, label="B", flip=3)], "FPN-106"),
        ([item(3, label="C", flip_number=4, type="Other")], [listed(1, label="A", flip=4)], "FPN-106"),
        ([item(1, label="A", flip_number=5), item(3, label="C", flip_number=4, type="Other")],
         [listed(1, label="A", flip=4)], "free it first, in a task of its own"),
        ([item(1, state="absent"), item(3, label="C", flip_number=4, type="Other")],
         [listed(1, label="A", flip=4)], ""),
        ([item(3, label="C", flip_number=4, type="Other"), item(4, label="D", flip_number=4, type="Other")], [],
         "flip_number 4 is listed for another number"),
        ([item(1, label="A", flip_number=5)], [listed(1, label="A", flip=4)], ""),
        # A label is free once another one was given.
        ([item(3, label="A", type="Other")], [listed(1, label="A")], "FPN-102"),
        ([item(1, label="B"), item(3, label="A", type="Other")], [listed(1, label="A")], ""),
        ([item(1, label="B"), item(2, label="A")], [listed(1, label="A"), listed(2, label="B")], "each of these takes"),
        ([item(3, label="A", type="Other"), item(4, label="A", type="Other")], [], "FPN-102"),
        # One of each fixed type, whose name is its label.
        ([item(3, type="Home")], [listed(1, "Home")], "FPN-119"),
        ([item(3, type="Other", label="Home")], [listed(1, "Home")], "FPN-102"),
        ([item(3, type="Home"), item(4, type="Other", label="Home")], [], "FPN-102"),
        ([item(1, state="absent"), item(3, type="Home")], [listed(1, "Home")], ""),
        ([item(3, type="Home"), item(4, type="Home")], [], "FPN-119"),
        # No more than seven of type Other.
        ([item(9, type="Other", label="I")], [listed(n, label=f"L{n}") for n in range(1, 8)], "FPN-104"),
        ([item(9, type="Other", label="I")], [listed(n, label=f"L{n}") for n in range(1, 7)], ""),
        ([item(1, state="absent"), item(9, type="Other", label="I")],
         [listed(n, label=f"L{n}") for n in range(1, 8)], ""),
    ],
)  # fmt: skip
def test_what_ringcentral_would_refuse_is_known_before(
    desired: list[Desired], current: list[Current], words: str
) -> None:
    _plan, found = planned(desired, current)
    assert (words in found) if words else found == ""


def test_who_gives_a_label_up_goes_first() -> None:
    plan, found = planned([item(2, label="A"), item(1, label="C")], [listed(1, label="A"), listed(2, label="B")])
    assert found == ""
    assert [[str(key) for _plural, key in step.waits_for] for step in plan.steps] == [["101 / +16505550101"], []]


class Duplicates:
    """An extension to which two lost answers have left the same number twice; deleting one ends as *ends* says."""

    def __init__(self, ends: TelephonyError | None) -> None:
        self.ends = ends
        self.left: list[str] = []
        self.warned: list[str] = []
        self.warn = self.warned.append
        self.waited: list[float] = []
        self.pause = self.waited.append

    def forwarding_numbers(self, extension: str) -> Listing[Any]:
        return Listing([{"id": key, "phoneNumber": "+16505550103", "label": "C", "type": "Other"} for key in self.left])

    def delete_forwarding_number(self, extension: str, key: str) -> None:
        if self.ends is None or self.ends.doubt:
            self.left.remove(key)
        if self.ends is not None:
            raise self.ends


@each(
    ("ends", "left", "waits"),
    [
        (None, ["7"], 0),
        (ConnectionFailed("lost", doubt=Doubt.OPEN), ["7"], 1),
        (Rejected("it may not be deleted"), ["7", "8"], 0),
    ],
)
def test_a_duplicate_is_only_called_deleted_when_it_may_be(
    ends: TelephonyError | None, left: list[str], waits: int
) -> None:
    api = Duplicates(ends)
    numbers = ForwardingNumbers(cast(RingCentralApi, api))
    extension = Extension("101", "101", "User")
    numbers._extensions["101"] = extension
    values = {"extension": "101", "phone_number": "+16505550103", "label": "C", "type": "Other"}
    step = Step(Key("101", "+16505550103"), Action.CREATE, None, values, tuple(values))
    assert numbers.keep_one(step) is None
    api.left = ["8", "7"]
    if len(left) > 1:
        with pytest.raises(Rejected, match="it may not be deleted"):
            numbers.keep_one(step)
    else:
        kept = numbers.keep_one(step)
        assert kept is not None
        assert kept["id"] == "7"
    assert sorted(api.left) == left
    assert (len(api.waited), len(api.warned)) == (waits, len(["7", "8"]) - len(left))


@each(
    ("answer", "refused"),
    [
        (Rejected("hidden", status=403), False),
        (AuthenticationError("hidden", status=403), False),
        (AuthenticationError("the token is over", status=401), True),
        (Rejected("there is no such extension", status=404), True),
    ],
)
def test_only_numbers_that_are_hidden_are_left_to_ringcentral(answer: TelephonyError, refused: bool) -> None:
    def direct_numbers(key: str) -> None:
        raise answer

    rules = CustomRules(cast(RingCentralApi, SimpleNamespace(direct_numbers=direct_numbers, warn=print)))
    problems = Problems()
    given = ({"called_numbers": {"+16505550111"}}, {}, Extension("1", "101", "User"), "here", problems)
    if refused:
        with pytest.raises(type(answer)):
            rules._check_called(*given)
    else:
        rules._check_called(*given)
    assert not problems


def test_a_step_without_seconds_rings_four_times() -> None:
    assert RingStep(frozenset()).seconds == 4 * SECONDS_A_RING == 20


@each(
    ("target", "shown"),
    [
        (Target("phone_number", "7", "+16505550100"), "+16505550100"),
        (Target("record", "7", "Home"), {"forwarding_number_id": "7", "label": "Home"}),
        (Target("app", "mobile"), "mobile"),
        (Target("raw", '{"type": "X"}'), {"type": "X"}),
    ],
)
def test_how_what_rings_is_shown(target: Target, shown: Any) -> None:
    assert target.shown() == shown
