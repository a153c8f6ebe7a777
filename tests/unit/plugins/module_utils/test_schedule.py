# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order in which objects that refer to one another are written."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._engine import order as _order
from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key
from ansible_collections.office.telephony.plugins.module_utils._engine.order import Write, schedule
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import Action, Desired, Need, Plan, Step
from ansible_collections.office.telephony.plugins.module_utils._engine.schema import Field, Table
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each


def table(plural: str, *, deletes_last: bool = False) -> Table:
    fields = tuple(Field(name, read=lambda record: None, write=lambda value: {}) for name in ("name", "menu"))
    return Table(plural[:-1], plural, "name", fields, deletes_last=deletes_last)


MENUS, SOUNDS = table("menus", deletes_last=True), table("sounds")


def menu(key: str, *needs: str, action: Action = Action.CREATE) -> Step:
    desired = tuple(Need("menu", ("sounds" if need.islower() else "menus", Key(need))) for need in needs)
    return Step(Key(key), action, None, {"name": key, "menu": 1}, ("name", "menu"), needs=desired)


def sound(key: str, owner: str = "", action: Action = Action.CREATE) -> Step:
    needs = (Need("name", ("menus", Key(owner)), firm=True),) if owner else ()
    return Step(Key(key), action, None, {"name": key}, ("name",), needs=needs)


def after(key: str, other: str) -> Step:
    """A creation that waits for what is done to another menu."""
    return replace(menu(key), waits_for=(("menus", Key(other)),))


def reported(menus: list[Step], sounds: list[Step]) -> list[str]:
    """Each stage in words: `+` creates, `~` updates or completes, `-` deletes; `°` is without the menu."""
    signs = {Action.CREATE: "+", Action.UPDATE: "~", Action.DELETE: "-"}

    def word(write: Write) -> str:
        if write.completes:
            return f"~{write.step.key}"
        shell = "°" if write.origin.action is Action.CREATE and write.step.changes != write.origin.changes else ""
        return f"{signs[write.step.action]}{write.step.key}{shell}"

    stages = schedule([Plan(MENUS, tuple(menus)), Plan(SOUNDS, tuple(sounds))])
    return [" ".join(sorted(word(write) for write in stage)) for stage in stages]


UPDATE, DELETE, NONE = Action.UPDATE, Action.DELETE, Action.NONE


@each(
    ("menus", "sounds", "expected"),
    [
        ([], [], []),
        ([menu("A"), menu("B", "A")], [], ["+A", "+B"]),
        ([menu("A", "B"), menu("B")], [], ["+B", "+A"]),
        ([menu("A", "A")], [], ["+A°", "~A"]),
        ([menu("A", "B"), menu("B", "A")], [], ["+A°", "+B", "~A"]),
        ([menu("A", "B", "C"), menu("B", "A"), menu("C", "A")], [], ["+A°", "+B +C", "~A"]),
        ([menu("A", "B"), menu("B", "A"), menu("C", "D"), menu("D", "C")], [], ["+A° +C°", "+B +D", "~A ~C"]),
        # A prompt cannot be without its menu, so the menu that plays it is the shell.
        ([menu("A", "x")], [sound("x", "A")], ["+A°", "+x", "~A"]),
        # The one that must be a shell anyway breaks the circle as well.
        ([menu("B", "A"), menu("A", "B", "x")], [sound("x", "A")], ["+A°", "+B +x", "~A"]),
        ([menu("A", "B", action=UPDATE), menu("B")], [], ["+B", "~A"]),
        ([menu("A", action=UPDATE), menu("B")], [], ["~A", "+B"]),
        # What waits for an update that needs something new is created after it.
        ([menu("A", "B", action=UPDATE), menu("B"), after("C", "A")], [], ["+B", "~A", "+C"]),
        ([menu("A", action=UPDATE), menu("B"), after("C", "A")], [], ["~A", "+B +C"]),
        ([menu("A", action=UPDATE)], [sound("x", action=UPDATE)], ["~x", "~A"]),
        ([menu("A", action=DELETE), menu("B", action=UPDATE)], [sound("x", action=DELETE)], ["-x", "~B", "-A"]),
        ([menu("A", "B", action=UPDATE), menu("B", action=NONE)], [], ["~A"]),
    ],
)
def test_order(menus: list[Step], sounds: list[Step], expected: list[str]) -> None:
    assert reported(menus, sounds) == expected


def test_what_takes_the_place_of_others_waits_for_them() -> None:
    def step(key: str, action: Action, *others: str) -> Step:
        return Step(Key(key), action, {}, {}, ("name",), waits_for=tuple(("menus", Key(other)) for other in others))

    plan = Plan(
        MENUS,
        (
            step("A", Action.REPLACE, "B", "D"),
            step("B", Action.REPLACE),
            step("C", UPDATE, "E", "A"),
            step("D", DELETE),
            step("E", UPDATE),
        ),
    )
    stages = [
        [(str(write.step.key), sorted(str(key) for _plural, key in write.needs)) for write in stage]
        for stage in schedule([plan])
    ]
    assert stages == [[("B", [])], [("A", ["B", "D"])], [("E", [])], [("C", ["A", "E"])], [("D", [])]]


QUEUES = Table("queue", "queues", "name", MENUS.fields, shell=("name",), deletes_last=True)
NUMBERS = Table("number", "numbers", "name", MENUS.fields, goes_live=True)


def step_of(plural: str, key: str, *needs: str, action: Action = Action.CREATE) -> Step:
    """A step whose field `menu` needs others, `queues` in small letters and `numbers` in capitals."""
    refers = tuple(Need("menu", ("queues" if need.islower() else "numbers", Key(need))) for need in needs)
    desired = Desired(Key(key), {"name": key, "menu": 1}, needs=refers)
    return Step(Key(key), action, None, {"name": key, "menu": 1}, ("name", "menu"), desired=desired, needs=refers)


@each(
    ("queues", "numbers", "expected"),
    [
        # All of them are created empty, whether they refer to anything or not, and then filled.
        ({"a": "b", "b": ""}, {}, ["+a° +b°", "~a ~b"]),
        ({"a": "b", "b": "a"}, {}, ["+a° +b°", "~a ~b"]),
        # What goes live comes when that is complete, and waits for all that it leads to.
        ({"a": "b", "b": ""}, {"N": "a"}, ["+a° +b°", "~a ~b", "+N[a b]"]),
        ({"a": "b", "b": "a"}, {"N": "a"}, ["+a° +b°", "~a ~b", "+N[a b]"]),
        ({"a": "b~"}, {"N~": "a"}, ["+a°", "~a", "~N[a]"]),
        # What is there already leads only to what is complete.
        ({"a~": "b", "b": ""}, {"N": "a"}, ["+b°", "~b", "~a", "+N[a b]"]),
        ({"a~": ""}, {"N": ""}, ["~a", "+N"]),
        ({"a-": ""}, {"N~": ""}, ["~N", "-a"]),
    ],
)
def test_shells_are_filled_before_anything_goes_live(
    queues: dict[str, str], numbers: dict[str, str], expected: list[str]
) -> None:
    actions = {"~": UPDATE, "-": DELETE}

    def steps(plural: str, table: dict[str, str]) -> tuple[Step, ...]:
        return tuple(
            step_of(plural, key[0], *needs.rstrip("~"), action=actions.get(key[1:], Action.CREATE))
            for key, needs in table.items()
        )

    def word(write: Write) -> str:
        if write.completes:
            return f"~{write.step.key}"
        sign = {Action.CREATE: "+", UPDATE: "~", DELETE: "-"}[write.step.action]
        shell = "" if write.step.changes == write.origin.changes else "°"
        named = f"[{' '.join(sorted(str(key) for _plural, key in write.needs))}]" if write.needs else ""
        return f"{sign}{write.step.key}{shell}{named if write.work == 0 else ''}"

    stages = schedule([Plan(NUMBERS, steps("numbers", numbers)), Plan(QUEUES, steps("queues", queues))])
    assert [" ".join(sorted(map(word, stage))) for stage in stages] == expected


def test_what_the_provider_allows_few_of_comes_as_late_as_others_let_it() -> None:
    """The queue that b needs is made at once; the sound is made after all that does not need it, and then c filled."""
    shells = replace(QUEUES, turns=(0, 2))
    menus = replace(MENUS, shell=("name",), turns=(1, 1))
    steps = [
        replace(menu("b"), needs=(Need("menu", ("queues", Key("q"))),)),
        replace(menu("c"), needs=(Need("menu", ("sounds", Key("s"))),)),
    ]
    plans = [
        Plan(menus, tuple(steps)),
        Plan(replace(SOUNDS, turns=(3, 3)), (sound("s"), sound("t"))),
        Plan(shells, (step_of("queues", "q"),)),
        Plan(replace(MENUS, plural="sites"), (sound("x"),)),
    ]
    stages = schedule(plans)
    assert [" ".join(f"{'~' if write.completes else '+'}{write.step.key}" for write in stage) for stage in stages] == [
        "+q +x",
        "+b +c",
        "~b",
        "~q",
        "+s +t",
        "~c",
    ]


def test_of_a_circle_with_too_many_ways_to_break_it_a_good_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_order, "_MOST_TRIALS", 0)
    assert reported([menu("A", "B", "C"), menu("B", "A"), menu("C", "A")], []) == ["+A°", "+B +C", "~A"]
    assert reported([menu("A", "B"), menu("B", "A"), menu("C", "D"), menu("D", "C")], [])[0] == "+A° +C°"


def test_what_cannot_be_created_at_all_is_reported() -> None:
    steps = [sound("x"), sound("y")]
    circle = tuple(
        Step(step.key, Action.CREATE, None, {}, (), needs=(Need("name", ("sounds", Key(other)), firm=True),))
        for step, other in zip(steps, ("y", "x"), strict=True)
    )
    with pytest.raises(ValueError, match="cannot be created without each other"):
        schedule([Plan(SOUNDS, circle)])


GRAPHS = st.integers(1, 6).flatmap(
    lambda size: st.lists(st.sets(st.integers(0, size - 1), max_size=3), min_size=size, max_size=size)
)


@settings(database=None, derandomize=True)
@given(GRAPHS)
def test_every_reference_is_there_when_it_is_written_and_no_write_is_wasted(graph: list[set[int]]) -> None:
    names = [f"M{index}" for index in range(len(graph))]
    steps = tuple(menu(name, *(names[other] for other in refers)) for name, refers in zip(names, graph, strict=True))
    stages = schedule([Plan(MENUS, steps)])
    there: set[str] = set()
    for stage in stages:
        for write in stage:
            if "menu" in write.step.changes:
                others = {str(need.node[1]) for need in write.origin.needs}
                assert others <= there
        there |= {str(write.step.key) for write in stage}
    writes = [write for stage in stages for write in stage]
    assert [sorted(str(write.step.key) for write in writes if not write.completes)] == [sorted(names)]
    assert sum(write.completes for write in writes) == fewest_shells(graph)


def fewest_shells(graph: list[set[int]]) -> int:
    """By trying all: the fewest nodes without which the graph has no circle, those of length 1 included."""

    def free(removed: tuple[int, ...]) -> bool:
        left = {node: {other for other in graph[node] if other not in removed} for node in range(len(graph))}
        left = {node: others for node, others in left.items() if node not in removed}
        while ready := [node for node, others in left.items() if not others]:
            left = {node: others - set(ready) for node, others in left.items() if node not in ready}
        return not left

    sizes = range(len(graph) + 1)
    return next(size for size in sizes if any(free(removed) for removed in combinations(range(len(graph)), size)))
