# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._engine.apply import Outcome, Status, apply, preview
from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import (
    Action,
    Current,
    Desired,
    Plan,
    Step,
    make_plan,
)
from ansible_collections.office.telephony.plugins.module_utils._engine.reconcile import carry_out
from ansible_collections.office.telephony.plugins.module_utils._engine.resource import Record, Resource
from ansible_collections.office.telephony.plugins.module_utils._engine.schema import Field, Table
from ansible_collections.office.telephony.plugins.module_utils._errors import (
    ConnectionFailed,
    Doubt,
    Interrupted,
    Problems,
    RateLimited,
    Rejected,
    TelephonyError,
)
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

THINGS = Table(
    "thing",
    "things",
    "name",
    (
        Field("name", read=lambda record: record["name"]),
        Field("size", read=lambda record: record["size"], write=lambda value: {"size": value}),
    ),
)


class Things(Resource):
    """Things in a dictionary; *trouble* maps a name to what a write of it does instead."""

    table = THINGS
    workers = 1

    def __init__(self, api: dict[str, int]) -> None:
        self.store = api
        self.trouble: dict[str, Callable[[Step], Record | None]] = {}
        self.calls: list[str] = []
        self.blind: TelephonyError | None = None

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        raise NotImplementedError

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        raise NotImplementedError

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        return [Current(Key(name), {"name": name, "size": size}, {}) for name, size in self.store.items()]

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        raise NotImplementedError

    def write(self, step: Step) -> Record:
        self.store[step.key.first] = (step.after or {})["size"]
        return {"name": step.key.first, "size": self.store[step.key.first]}

    def create(self, step: Step) -> Record:
        return self._call("create", step, self.write) or {}

    def update(self, step: Step) -> Record:
        return self._call("update", step, self.write) or {}

    def delete(self, step: Step) -> None:
        self._call("delete", step, self.drop)

    def drop(self, step: Step) -> None:
        del self.store[step.key.first]

    def _call(self, what: str, step: Step, do: Callable[[Step], Record | None]) -> Record | None:
        self.calls.append(f"{what} {step.key.first}")
        return self.trouble.get(step.key.first, do)(step)

    def look_up(self, step: Step) -> Record | None:
        self.calls.append(f"look up {step.key.first}")
        if self.blind:
            raise self.blind
        return {"name": step.key.first, "size": self.store[step.key.first]} if step.key.first in self.store else None


def raising(error: Exception, first: Callable[[Step], Any] = lambda step: None) -> Callable[[Step], Record]:
    """Do *first*, then fail."""

    def do(step: Step) -> Record:
        first(step)
        raise error

    return do


def things_and_plan(store: dict[str, int], goal: dict[str, int | None]) -> tuple[Things, Plan]:
    """A plan that makes *store* as *goal*, None for what must go."""
    things = Things(store)
    desired = [
        Desired(Key(name), {"name": name, "size": size}, position, absent=size is None)
        for position, (name, size) in enumerate(goal.items())
    ]
    return things, make_plan(THINGS, desired, things.read(), Problems())


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status.value for outcome in outcomes]


def test_deletions_come_first_and_creations_last() -> None:
    things, plan = things_and_plan({"b": 1, "c": 1, "d": 1}, {"a": 1, "b": 2, "c": None, "d": 1})
    assert statuses(preview(plan)) == ["planned", "planned", "planned", "unchanged"]
    assert things.calls == []
    outcomes = apply(plan, things)
    assert things.calls == ["delete c", "update b", "create a"]
    assert statuses(outcomes) == ["applied", "applied", "applied", "unchanged"]
    assert [outcome.values and outcome.values["size"] for outcome in outcomes] == [1, 2, None, 1]
    assert things.store == {"a": 1, "b": 2, "d": 1}


def test_what_concerns_one_thing_leaves_the_others_alone() -> None:
    things, plan = things_and_plan({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 2})
    things.trouble["b"] = raising(Rejected("No."))
    assert statuses(apply(plan, things)) == ["applied", "failed", "applied"]
    assert things.calls == ["update a", "update b", "update c"]


def test_what_would_repeat_itself_stops_the_rest() -> None:
    things, plan = things_and_plan({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 2, "d": 2})
    things.trouble["b"] = raising(RateLimited("Too many."))
    outcomes = apply(plan, things)
    assert statuses(outcomes) == ["applied", "failed", "not_tried", "not_tried"]
    assert [outcome.values and outcome.values["size"] for outcome in outcomes] == [2, 1, 1, None]
    assert things.store == {"a": 2, "b": 1, "c": 1}


@each(
    ("carried_out", "doubt", "status"),
    [
        (True, Doubt.OPEN, "applied"),
        (True, Doubt.PENDING, "applied"),
        (False, Doubt.OPEN, "failed"),
        (False, Doubt.PENDING, "unknown"),
    ],
)
@each(("name", "size"), [("a", 2), ("b", 1), ("a", None)])
def test_a_look_up_decides_what_is_in_doubt(
    name: str, size: int | None, carried_out: bool, doubt: Doubt, status: str
) -> None:
    things, plan = things_and_plan({"a": 1}, {name: size})
    do: Callable[[Step], Any] = things.drop if size is None else things.write
    lost = ConnectionFailed("Lost.", doubt=doubt)
    things.trouble[name] = raising(lost, do if carried_out else lambda step: None)
    (outcome,) = apply(plan, things)
    assert outcome.status.value == status
    assert things.calls[1:] == [f"look up {name}"]
    assert outcome.error is (None if status == "applied" else lost)


@pytest.mark.parametrize(
    ("failing", "doubt", "status", "calls"),
    [
        (1, Doubt.OPEN, "applied", ["update a", "look up a", "update a"]),
        (1, Doubt.PENDING, "applied", ["update a", "look up a", "update a"]),
        (2, Doubt.OPEN, "failed", ["update a", "look up a", "update a", "look up a"]),
        (2, Doubt.PENDING, "unknown", ["update a", "look up a", "update a", "look up a"]),
    ],
)
def test_an_update_may_be_repeated_once_when_it_was_not_carried_out(
    monkeypatch: pytest.MonkeyPatch, failing: int, doubt: Doubt, status: str, calls: list[str]
) -> None:
    monkeypatch.setattr(Things, "repeats", {Action.UPDATE})
    things, plan = things_and_plan({"a": 1}, {"a": 2})
    lost = [ConnectionFailed("Lost.", doubt=doubt), ConnectionFailed("Lost again.", doubt=Doubt.OPEN)][:failing]

    def fail(step: Step) -> Record:
        if lost:
            raise lost.pop(0)
        return things.write(step)

    things.trouble["a"] = fail
    (outcome,) = apply(plan, things)
    assert (outcome.status.value, things.calls) == (status, calls)


class Doubled(Things):
    """Creations may be sent twice; the list shows what came of them late."""

    repeats = frozenset({Action.CREATE})
    looks = (1.0, 2.0)

    def pause(self, seconds: float) -> None:
        self.calls.append(f"wait {seconds:g}")

    def keep_one(self, step: Step) -> Record | None:
        self.calls.append(f"keep one {step.key.first}")
        if self.blind:
            raise self.blind
        return super(Things, self).keep_one(step) if self.store else None


LOOKED = ["create a", "wait 1", "look up a", "wait 2", "look up a", "create a"]


@each(
    ("second", "gone", "status", "calls"),
    [
        ("works", False, "applied", ["wait 1", "keep one a", "look up a", "wait 2", "keep one a", "look up a"]),
        ("works", True, "unknown", ["wait 1", "keep one a"]),
        # Whether it was carried out shows at the first look; without it, both are waited for.
        ("lost", False, "applied", ["wait 1", "keep one a", "look up a"]),
        ("nothing", False, "failed", ["wait 1", "keep one a", "wait 2", "keep one a"]),
        ("lost", True, "unknown", ["wait 1", "keep one a"]),
    ],
)
def test_of_a_creation_that_was_sent_twice_one_is_kept(second: str, gone: bool, status: str, calls: list[str]) -> None:
    things = Doubled({})
    plan = make_plan(THINGS, [Desired(Key("a"), {"name": "a", "size": 1})], [], Problems())
    lost, blind = ConnectionFailed("Lost.", doubt=Doubt.OPEN), ConnectionFailed("Gone.")
    answers = [False, True]

    def create(step: Step) -> Record:
        again = answers.pop(0) is True
        if again and gone:
            things.blind = blind
        if again and second != "nothing":
            things.write(step)
        if again and second == "works":
            return things.write(step)
        raise lost

    things.trouble["a"] = create
    (outcome,) = apply(plan, things)
    assert things.calls == [*LOOKED, *calls]
    assert outcome.status.value == status
    assert outcome.error is {"applied": None, "failed": lost, "unknown": blind if second == "works" else lost}[status]


def test_nothing_is_known_when_the_look_up_fails_too() -> None:
    things, plan = things_and_plan({"a": 1, "b": 1}, {"a": 2, "b": 2})
    lost = ConnectionFailed("Lost.", doubt=Doubt.OPEN)
    things.trouble["a"] = raising(lost)
    things.blind = ConnectionFailed("Gone.")
    outcomes = apply(plan, things)
    assert statuses(outcomes) == ["unknown", "not_tried"]
    assert (outcomes[0].error, outcomes[0].changed) == (lost, True)


@each(("answered", "stored", "status"), [(2, 2, "applied"), (1, 2, "applied"), (1, 1, "failed"), (1, 7, "unknown")])
def test_what_the_provider_shows_afterwards_decides(answered: int, stored: int, status: str) -> None:
    things, plan = things_and_plan({"a": 1}, {"a": 2})

    def answer(step: Step) -> Record:
        things.store["a"] = stored
        return {"name": "a", "size": answered}

    things.trouble["a"] = answer
    (outcome,) = apply(plan, things)
    assert outcome.status.value == status
    assert things.calls == ["update a"] + (["look up a"] if answered != 2 else [])
    assert outcome.values == {"name": "a", "size": stored}
    if status == "unknown":
        assert f"afterwards size is {stored}." in str(outcome.error)


def test_something_that_is_gone_after_a_write() -> None:
    things, plan = things_and_plan({"a": 1}, {"a": 2})

    def vanish(step: Step) -> Record:
        things.store.clear()
        return {"name": "a", "size": 1}

    things.trouble["a"] = vanish
    (outcome,) = apply(plan, things)
    assert (outcome.status, outcome.values) == (Status.UNKNOWN, None)
    assert "does not exist afterwards" in str(outcome.error)


def test_a_defect_does_not_lose_the_account_of_the_others() -> None:
    things, plan = things_and_plan({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 2})
    things.trouble["b"] = raising(ZeroDivisionError("oops"))
    outcomes = apply(plan, things)
    assert statuses(outcomes) == ["applied", "unknown", "applied"]
    assert "Unexpected ZeroDivisionError: oops." in str(outcomes[1].error)
    assert "report this as a defect" in str(outcomes[1].error)


def test_as_many_at_a_time_as_the_resource_allows() -> None:
    things, plan = things_and_plan({}, dict.fromkeys("abcdefgh", 1))
    things.workers = 3  # type: ignore[misc]
    together = threading.Barrier(3, timeout=5)
    under_way: list[int] = []
    lock = threading.Lock()
    present = 0

    def slow(step: Step) -> Record:
        nonlocal present
        with lock:
            present += 1
            under_way.append(present)
        if step.key.first in "abcdef":
            together.wait()
        with lock:
            present -= 1
        return things.write(step)

    things.trouble = dict.fromkeys("abcdefgh", slow)
    assert set(statuses(apply(plan, things))) == {"applied"}
    assert max(under_way) == 3


def replacing(store: dict[str, int]) -> tuple[Things, Plan]:
    things = Things(store)
    step = Step(Key("a"), Action.REPLACE, {"name": "a", "size": 1}, {"name": "a", "size": 2}, ("name", "size"))
    return things, Plan(THINGS, (replace(step, current=things.read()[0]),))


REFUSED = Rejected("It is refused.")


@each(
    ("fails", "status", "changed", "left"),
    [
        ("nothing", "applied", True, {"a": 2}),
        ("delete", "failed", False, {"a": 1}),
        # What was deleted is gone, whatever became of what was to take its place.
        ("create", "unknown", True, {}),
        ("crash", "unknown", True, {}),
    ],
)
def test_what_is_deleted_and_not_made_again_has_changed(fails: str, status: str, changed: bool, left: Any) -> None:
    things, plan = replacing({"a": 1})

    def fail(step: Step) -> Record:
        if (step.action is Action.DELETE) is (fails == "delete"):
            raise REFUSED if fails != "crash" else KeyError("a defect")
        things.drop(step)
        return {}

    things.trouble = {} if fails == "nothing" else {"a": fail}
    (outcome,) = apply(plan, things)
    assert (outcome.status.value, outcome.changed, things.store) == (status, changed, left)
    things, plan = replacing({"a": 1})
    things.trouble = {} if fails == "nothing" else {"a": fail}
    assert result_of(things, plan)["changed"] is changed


@each(("left", "status", "changed"), [(1, "failed", False), (7, "partly", True), (None, "failed", False)])
def test_a_refused_update_that_did_something_has_changed_that(left: int | None, status: str, changed: bool) -> None:
    things, plan = things_and_plan({"a": 1}, {"a": 2})

    def half(step: Step) -> Record:
        if left is None:
            raise REFUSED
        things.store["a"] = left
        raise Rejected("It is refused.", doubt=Doubt.OPEN)

    things.trouble["a"] = half
    (outcome,) = apply(plan, things)
    assert (outcome.status.value, outcome.changed) == (status, changed)
    assert outcome.values == {"name": "a", "size": left or 1}


def test_what_several_requests_left_half_done_is_reported_as_it_is() -> None:
    things, plan = things_and_plan({"a": 1}, {"a": 2})
    things.trouble["a"] = raising(Interrupted("It stopped.", {"name": "a", "size": 7}))
    (outcome,) = apply(plan, things)
    assert (outcome.status.value, outcome.changed, outcome.values) == ("unknown", True, {"name": "a", "size": 7})


def test_an_interruption_that_would_repeat_itself_stops_the_rest() -> None:
    things, plan = things_and_plan({"a": 1, "b": 1}, {"a": 2, "b": 2})
    interrupted = Interrupted("It stopped.", {"name": "a", "size": 7})
    interrupted.systemic = True
    things.trouble["a"] = raising(interrupted)
    assert statuses(apply(plan, things)) == ["unknown", "not_tried"]
    assert "update b" not in things.calls


def result_of(things: Things, plan: Plan, *, check_mode: bool = False, many: bool = True) -> dict[str, Any]:
    return carry_out(things, plan, check_mode=check_mode, many=many)


def test_the_result_of_a_run_that_failed_in_part() -> None:
    things, plan = things_and_plan({"a": 1, "b": 1, "c": 1, "e": 1}, {"a": 2, "b": 2, "c": None, "d": 1, "e": 1})
    things.trouble["b"] = raising(Rejected("B is refused.", next_step="Ask.", code="7"))
    things.trouble["d"] = raising(ConnectionFailed("D is lost.", doubt=Doubt.PENDING))
    result = result_of(things, plan)
    assert (result["failed"], result["changed"]) == (True, True)
    assert result["msg"] == (
        "Of 5 things: 2 applied, 1 failed, 1 possibly applied, 1 already right. "
        "things[1] (b): B is refused. Ask. things[3] (d): D is lost. Run again to try what is left."
    )
    assert result["failure"] == {
        "kind": "rejected",
        "message": "B is refused.",
        "next_step": "Ask.",
        "code": "7",
        "applied": ["a", "c"],
        "failed": ["b"],
        "unknown": ["d"],
        "not_tried": [],
    }
    assert result["plan"] == {"create": 1, "update": 2, "delete": 1, "unchanged": 1}
    assert result["diff"] == {
        "before": {"a": {"size": 1}, "c": {"size": 1}},
        "after": {"a": {"size": 2}, "d": {"size": 1}},
    }
    assert [item["name"] for item in result["things"]] == ["a", "b", "d", "e"]
    assert [(item["action"], item["status"]) for item in result["results"]] == [
        ("update", "applied"),
        ("update", "failed"),
        ("delete", "applied"),
        ("create", "unknown"),
    ]
    assert [item.get("error") for item in result["results"]] == [None, "B is refused. Ask.", None, "D is lost."]


def test_failures_of_the_same_cause_are_reported_once() -> None:
    things, plan = things_and_plan({}, dict.fromkeys("abcdefghij", 1))
    for position, name in enumerate("abcdefghij"):
        cause = "same" if position < 4 else name
        request = f"PUT https://host/{name}"
        things.trouble[name] = raising(Rejected(f"{request} failed: {cause}.", request=request))
    message = result_of(things, plan)["msg"]
    assert "things[0] (a) and 3 more: PUT https://host/a failed: same." in message
    assert message.count("failed:") == 5
    assert "2 other reasons are in results." in message


def test_check_mode_and_run_come_from_the_same_plan() -> None:
    desired: dict[str, int | None] = {"a": 2, "b": None, "c": 1, "d": 1}
    results = []
    for check_mode in (True, False):
        things, plan = things_and_plan({"a": 1, "b": 1, "d": 1}, desired)
        results.append(result_of(things, plan, check_mode=check_mode))
        assert bool(things.calls) is not check_mode
    predicted, applied = results
    for item in predicted["results"]:
        item["status"] = item["status"].replace("planned", "applied")
    assert predicted == applied


@each(("doubt", "said"), [(Doubt.NONE, ""), (Doubt.PENDING, " It may have been changed anyway.")])
def test_the_singular_module_names_its_one_thing(doubt: Doubt, said: str) -> None:
    things, plan = things_and_plan({"a": 1}, {"a": 2})
    things.trouble["a"] = raising(ConnectionFailed("Lost.", next_step="Again.", doubt=doubt))
    result = result_of(things, plan, many=False)
    assert result["msg"] == f"name a: Lost. Again.{said}"
    assert result["changed"] is bool(said)
    assert result["thing"] == {"name": "a", "size": 2 if said else 1}
    assert Action.UPDATE.value == result["results"][0]["action"]


def test_writes_of_one_lane_wait_for_each_other_and_take_turns() -> None:
    class Lanes(Things):
        workers = 4

        def lane(self, step: Step) -> tuple[str, int]:
            return "all", -step.changes.count("size") * (step.after or {}).get("size", 0)

        def create(self, step: Step) -> Record:
            self.calls.append(f"begin {step.key.first}")
            record = super().create(step)
            self.calls.append(f"end {step.key.first}")
            return record

    things = Lanes({})
    desired = [Desired(Key(name), {"name": name, "size": size}) for name, size in (("a", 1), ("b", 3), ("c", 2))]
    apply(make_plan(THINGS, desired, [], Problems()), things)
    marks = [call for call in things.calls if call.startswith(("begin", "end"))]
    assert marks == ["begin b", "end b", "begin c", "end c", "begin a", "end a"]
