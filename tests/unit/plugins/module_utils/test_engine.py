# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key
from ansible_collections.office.telephony.plugins.module_utils._engine.listing import Listing
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import (
    Action,
    Current,
    Desired,
    Plan,
    make_plan,
    refuse_duplicates,
)
from ansible_collections.office.telephony.plugins.module_utils._engine.reconcile import plan_together
from ansible_collections.office.telephony.plugins.module_utils._engine.resource import Resource
from ansible_collections.office.telephony.plugins.module_utils._engine.schema import Field, Table
from ansible_collections.office.telephony.plugins.module_utils._errors import InputError, Problems
from ansible_collections.office.telephony.plugins.module_utils._office.lists import TABLES
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

Values = Mapping[str, Any]


def table(**options: Any) -> Table:
    """Things with a name, a colour whose case does not count, and a size."""
    colour = Field(
        "colour",
        read=lambda record: record.get("COLOUR"),
        write=lambda value: {"COLOUR": value, "CHANGED": True},
        canonical=lambda value: value and value.casefold(),
        shown=lambda value: value.upper(),
    )
    fields = (
        Field("name", read=lambda record: record["NAME"]),
        colour,
        Field("size", read=lambda record: record.get("SIZE"), write=lambda value: {"SIZE": value}),
        Field("serial", read=lambda record: record.get("SERIAL")),
    )
    return Table("thing", "things", "name", fields, **options)


THINGS = table()


def there(name: str, **values: Any) -> Current:
    values = {"name": name, "colour": None, "size": None, "serial": 7, **values}
    return Current(Key(name), values, values, protected=name.startswith("p"))


def want(name: str, position: int = 0, *, absent: bool = False, **values: Any) -> Desired:
    return Desired(Key(name), {"name": name, **values}, position, absent)


def plan_of(desired: list[Desired], current: list[Current], things: Table = THINGS, **options: Any) -> Plan:
    problems = Problems()
    plan = make_plan(things, desired, current, problems, **options)
    problems.raise_if_any()
    return plan


@each(
    ("desired", "action", "changes"),
    [
        (want("a"), Action.NONE, ()),
        (want("a", colour="RED"), Action.NONE, ()),
        (want("a", colour="blue"), Action.UPDATE, ("colour",)),
        (want("a", colour=None), Action.UPDATE, ("colour",)),
        (want("a", size=2, colour="blue"), Action.UPDATE, ("colour", "size")),
        (want("a", size=1, colour="blue"), Action.UPDATE, ("colour",)),
        (want("a", serial=8), Action.NONE, ()),
        (want("b", colour="red"), Action.CREATE, ("name", "colour")),
        (want("a", absent=True), Action.DELETE, ()),
        (want("b", absent=True), Action.NONE, ()),
    ],
)
def test_one_step(desired: Desired, action: Action, changes: tuple[str, ...]) -> None:
    present = there("a", colour="Red", size=1)
    plan = plan_of([desired], [present])
    (step,) = plan.steps
    assert (step.action, step.changes) == (action, changes)
    if action is Action.UPDATE:
        assert step.after == {**present.values, **{name: desired.values[name] for name in changes}}
        assert (step.before, step.current) == (present.values, present)
        assert THINGS.body(step.after, step.changes) == {
            **({"COLOUR": desired.values["colour"], "CHANGED": True} if "colour" in changes else {}),
            **({"SIZE": 2} if "size" in changes else {}),
        }


def test_steps_keep_the_order_of_the_list_and_pruned_things_come_last() -> None:
    current = [there("x"), there("b"), there("protected"), there("a", size=3)]
    plan = plan_of([want("c"), want("a", 1, size=4), want("b", 2)], current, prune=True)
    assert [(str(step.key), step.action.value) for step in plan.steps] == [
        ("c", "create"),
        ("a", "update"),
        ("b", "none"),
        ("x", "delete"),
    ]
    assert plan.counts() == {"create": 1, "update": 1, "delete": 1, "unchanged": 1}
    assert [str(step.key) for step in plan.changes] == ["c", "a", "x"]


@each(
    ("desired", "options", "things", "words"),
    [
        (
            [want("a"), want("b", 1), want("a", 2)],
            {},
            THINGS,
            r"things\[2\] \(a\): the same name is already at things\[0\]",
        ),
        ([want("z", 3)], {}, table(why_not_create="none is for sale"), r"things\[3\] \(z\): none is for sale"),
        ([want("a", absent=True)], {}, table(why_not_delete="it is for ever"), r"things\[0\] \(a\): it is for ever"),
        ([want("p", absent=True)], {}, THINGS, "the provider manages it"),
        (
            [],
            {"prune": True, "max_deletions": 1},
            THINGS,
            "2 things would be deleted, but max_deletions is 1: a, b; list what must stay",
        ),
        (
            [want("a", absent=True)],
            {"max_deletions": 0},
            THINGS,
            "1 things would be deleted, but max_deletions is 0: a; list",
        ),
    ],
)
def test_what_cannot_be_planned(desired: list[Desired], options: Any, things: Table, words: str) -> None:
    with pytest.raises(InputError, match=words):
        plan_of(desired, [there("a"), there("b"), there("p")], things, **options)


def test_what_a_new_thing_needs() -> None:
    fields = (Field("name", read=dict), Field("size", read=dict, write=dict, needed_to_create=True))
    needy = Table("thing", "things", "name", fields)
    with pytest.raises(InputError, match=r"things\[0\] \(b\): does not exist yet and needs size"):
        plan_of([want("b")], [], needy)
    assert plan_of([want("b", size=1)], [], needy).counts()["create"] == 1


def test_duplicates_name_both_positions_each() -> None:
    problems = Problems()
    refuse_duplicates(THINGS, [want("a"), want("a", 1), want("b", 2), want("a", 3)], problems)
    with pytest.raises(InputError) as raised:
        problems.raise_if_any()
    assert raised.value.message.count("already at things[0]") == 2
    assert "things[1] (a)" in raised.value.message
    assert "things[3] (a)" in raised.value.message


@each(
    ("fields", "options", "words"),
    [
        ((Field("name", read=dict), Field("name", read=dict)), {}, "listed twice"),
        ((Field("size", read=dict),), {}, "the key name is not a field"),
        ((Field("name", read=dict, needed_to_create=True),), {}, "cannot be set"),
        (
            (Field("name", read=dict, write=dict, needed_to_create=True),),
            {"why_not_create": "no"},
            "cannot be set",
        ),
    ],
)
def test_a_table_that_contradicts_itself(fields: tuple[Field, ...], options: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Table("thing", "things", "name", fields, **options)


def test_reading_and_showing() -> None:
    values = THINGS.read({"NAME": "a", "COLOUR": "red"})
    assert values == {"name": "a", "colour": "red", "size": None, "serial": None}
    assert THINGS.shown(values) == {"name": "a", "colour": "RED", "size": None, "serial": None}
    assert THINGS.shown({"colour": "red"}) == {"colour": "RED"}


# Properties: accounts and lists of a few names with all kinds of values.
NAMES = st.sampled_from(["a", "b", "c", "d", "e", "p1", "p2"])
COLOURS = st.sampled_from(["red", "Red", "blue", None])
SIZES = st.sampled_from([1, 2, None])
MODELS = st.dictionaries(NAMES, st.fixed_dictionaries({"colour": COLOURS, "size": SIZES}))
WISHES = st.dictionaries(
    NAMES, st.fixed_dictionaries({}, optional={"colour": COLOURS, "size": SIZES, "absent": st.booleans()})
)
Model = dict[str, dict[str, Any]]


def inputs(model: Model, entries: Model) -> tuple[list[Desired], list[Current]]:
    desired = [
        want(name, position, **entry)
        for position, (name, entry) in enumerate(entries.items())
        # A protected thing cannot be deleted; that is another test's matter.
        if not (entry.get("absent") and name.startswith("p"))
    ]
    return desired, [there(name, **values) for name, values in model.items()]


def carried_out(model: Model, plan: Plan) -> Model:
    after = {name: dict(values) for name, values in model.items()}
    for step in plan.changes:
        if step.action is Action.DELETE:
            del after[step.key.first]
        else:
            values = {"colour": None, "size": None, **after.get(step.key.first, {})}
            values.update({name: (step.after or {})[name] for name in step.changes if name != "name"})
            after[step.key.first] = values
    return after


@settings(database=None, derandomize=True)
@given(MODELS, WISHES, st.booleans())
def test_properties_of_plans(model: Model, entries: Model, prune: bool) -> None:
    desired, current = inputs(model, entries)
    plan = plan_of(desired, current, prune=prune)
    after = carried_out(model, plan)
    listed = {item.key.first for item in desired}

    again = plan_of(desired, inputs(after, entries)[1], prune=prune)
    assert again.changes == []
    assert sum(plan.counts().values()) == len(plan.steps)
    assert [str(step.key) for step in plan.steps[: len(desired)]] == [str(item.key) for item in desired]
    for name, values in model.items():
        if name not in listed:
            assert after.get(name) == (None if prune and not name.startswith("p") else values)
    for item in desired:
        if item.absent:
            assert item.key.first not in after
            continue
        for name in ("colour", "size"):
            if name not in item.values:
                assert after[item.key.first][name] == model.get(item.key.first, {}).get(name)


@settings(database=None)
@given(
    shown=st.lists(st.sampled_from(["a", "b", "c", "pd"]), unique=True),
    desired=st.lists(st.tuples(st.sampled_from(["a", "b", "c", "pd", "e"]), st.booleans()), unique_by=lambda it: it[0]),
    prune=st.booleans(),
)
def test_of_an_incomplete_list_only_what_is_shown_is_changed(
    shown: list[str], desired: list[tuple[str, bool]], prune: bool
) -> None:
    """Whatever else is desired is a problem that says why, and nothing is created, deleted or called absent."""
    problems = Problems()
    listed = [want(name, number, absent=absent, colour="red") for number, (name, absent) in enumerate(desired)]
    plan = make_plan(THINGS, listed, Listing([there(name) for name in shown], "it was cut"), problems, prune=prune)
    assert {step.action for step in plan.changes} <= {Action.UPDATE}
    resting = [name for name, absent in desired if absent or name not in shown]
    if not resting and not prune:
        problems.raise_if_any()
        return
    with pytest.raises(InputError, match="it was cut") as raised:
        problems.raise_if_any()
    assert all(f"({name})" in str(raised.value) for name in resting)
    assert ("leave prune out" in str(raised.value)) is prune


def test_nothing_is_created_anew_from_an_incomplete_list() -> None:
    things = Table("thing", "things", "name", (*THINGS.fields[:2], Field("kind", read=_kind, write=dict, locked=True)))
    problems = Problems()
    desired = [Desired(Key("a"), {"name": "a", "kind": "new"}, 0, replace=True)]
    make_plan(things, desired, Listing([Current(Key("a"), {"name": "a", "kind": "old"}, {})], "it was cut"), problems)
    with pytest.raises(InputError, match="it was cut, so it may exist twice"):
        problems.raise_if_any()


KINDS = Table(
    "thing", "things", "name",
    (*THINGS.fields, Field("kind", read=lambda record: record.get("kind"), write=dict, locked=True)),
    replacing="it gets another serial",
)  # fmt: skip


def of_kind(name: str, kind: str, position: int = 0, **more: Any) -> Desired:
    return Desired(Key(name), {"name": name, "kind": kind}, position, **more)


def deleted(plan: Plan) -> list[str]:
    return [str(step.key) for step in plan.steps if step.action in (Action.DELETE, Action.REPLACE)]


def test_prune_leaves_alone_what_an_item_takes_over_and_what_is_not_the_users() -> None:
    current = [there("a"), there("b"), there("protected"), replace(there("kept"), kept=True)]
    desired = [replace(want("new", colour="red"), takes_over=Key("a"))]
    plan = plan_of(desired, current, prune=True)
    assert [(step.action, step.current) for step in plan.steps[:1]] == [(Action.UPDATE, current[0])]
    assert deleted(plan) == ["b"]
    # By its key, what is only kept may go.
    assert deleted(plan_of([want("kept", absent=True)], current)) == ["kept"]


def test_what_is_replaced_is_deleted_and_counts_as_that() -> None:
    current = [there("a", kind="old"), there("b", kind="old"), there("p", kind="old")]
    both = [of_kind("a", "new", replace=True), of_kind("b", "new", 1, replace=True), want("p", 2)]
    plan = plan_of(both, current, KINDS, max_deletions=2)
    assert deleted(plan) == ["a", "b"]
    assert plan.counts() == {"create": 2, "update": 0, "delete": 2, "unchanged": 1}
    assert (plan.steps[0].before, plan.steps[0].changes) == (current[0].values, ("name", "kind"))
    for desired, options, words in (
        (both, {"max_deletions": 1}, "2 things would be deleted, but max_deletions is 1: a, b"),
        ([*both[:1], want("b", 1, absent=True)], {"max_deletions": 1}, "2 things would be deleted"),
        ([of_kind("a", "new")], {}, r"kind is 'old', which cannot be changed; replace: true .* another serial"),
        ([of_kind("p", "new", replace=True)], {}, "the provider manages it"),
    ):
        with pytest.raises(InputError, match=words):
            plan_of(desired, current, KINDS, **options)


def test_no_more_than_ten_deletions_are_named() -> None:
    with pytest.raises(InputError, match=r"c, d, .*, l and 1 more; list"):
        plan_of([], [there(name) for name in "cdefghijklm"], prune=True, max_deletions=10)
    assert len(deleted(plan_of([], [there(name) for name in "cdefghijkl"], prune=True, max_deletions=10))) == 10


class Listed(Resource):
    """Things that are there, of a list that prune concerns or not."""

    table = THINGS

    def __init__(self, api: list[Current]) -> None:
        self.current = api
        self.read_whole = False

    @classmethod
    def desired(cls, items: Any, rules: Any, many: bool) -> list[Desired]:
        raise NotImplementedError

    def read(self, desired: Any = None) -> list[Current]:
        return self.current

    def read_to_prune(self, desired: Any) -> list[Current]:
        self.read_whole = True
        return self.current


class Unprunable(Listed):
    prunable = False


@each(
    ("kind", "prune", "kept", "gone"),
    [
        (Listed, True, None, ["a", "b"]),
        (Listed, True, "b", ["a"]),
        (Listed, False, None, []),
        (Unprunable, True, None, []),
    ],
)
def test_which_lists_are_pruned(kind: type[Listed], prune: bool, kept: str | None, gone: list[str]) -> None:
    def is_kept(resource: Resource, item: Current) -> bool:
        return item.key == Key(kept)

    resource = kind([there("a"), there("b"), there("c")])
    (plan,) = plan_together([(resource, [want("c")])], prune=prune, kept=is_kept if kept else None)
    assert deleted(plan) == gone
    assert resource.read_whole is (prune and kind is Listed)


def test_the_lists_that_prune_does_not_concern() -> None:
    """Their objects belong to people and apps that are listed, or cannot be deleted: nobody lists them all."""
    assert {table.path for table in TABLES.values() if not table.resource.prunable} == {
        "sonetel.prompts",
        "sonetel.user_forwardings",
        "ringcentral.call_forwardings",
        "ringcentral.company_hours",
        "ringcentral.company_forward_all",
        "ringcentral.custom_rules",
        "ringcentral.holidays",
        "ringcentral.ivr_prompts",
        "ringcentral.phone_numbers",
        "ringcentral.sites",
    }


def test_where_calls_of_a_queue_go_cannot_be_emptied() -> None:
    """An undo and a restore name it then, instead of writing an empty value."""
    fields = TABLES["ringcentral.call_queues"].resource.table
    fixed = {field.name for field in fields if not field.may_be_empty}
    assert {"on_max_wait", "on_full", "on_no_answer", "after_hours", "hours"} <= fixed


def _kind(record: Values) -> Any:
    return record.get("kind")
