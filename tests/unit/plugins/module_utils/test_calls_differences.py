# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers notice of a change: the fewest lines that are true."""

from __future__ import annotations

from itertools import islice

from hypothesis import given, settings

from ansible_collections.office.telephony.plugins.module_utils._calls.differences import differences
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    GoTo,
    Graph,
    Kind,
    Menu,
    Node,
    Ring,
    Rule,
    Rules,
    Step,
    To,
    number_key,
    number_node,
    to_unknown,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.routes import Call, follow
from ansible_collections.office.telephony.plugins.module_utils._calls.sentences import Describer
from ansible_collections.office.telephony.plugins.module_utils._calls.world import World
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.call_paths import calls, ways
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.calls_graphs import (
    DIRECT,
    HOLIDAYS,
    MOBILE,
    OFFICE_HOURS,
    graph_of,
    graphs,
    names_of,
    office,
    times_of,
)

DASH = "\N{EN DASH}"
ANNA, ERIK, BOX = (To(f"acme/{key}") for key in ("users/anna", "users/erik", "apps/box"))


def lines(before: Graph, after: Graph) -> list[str]:
    found = differences(before, after, times_of(before, after), (names_of(before), names_of(after)))
    return [change.text for change in found]


def main_menu(**keys: To) -> Menu:
    plain = {"1": To("acme/apps/sales"), "2": ANNA, "3": ERIK}
    return Menu({**plain, **{name[1:]: to for name, to in keys.items()}}, BOX)


def test_nothing_changed() -> None:
    assert lines(office(), office()) == []


def test_a_key_a_number_and_a_key_that_is_new() -> None:
    assert lines(office(), office(main=main_menu(k2=ERIK))) == [
        (
            "+46 8 465 004 13, key 2: Anna Lindqvist's phones (20 s), then their voicemail"
            " -> Erik Öhman's phones (20 s), then their mobile"
        )
    ]
    assert lines(office(), office(n12=GoTo(To(number_key(MOBILE))))) == [
        "+46 8 465 004 12: Anna Lindqvist's phones (20 s), then their voicemail -> Erik Öhman's mobile"
    ]
    assert lines(office(), office(main=main_menu(k4=BOX))) == [
        '+46 8 465 004 13, key 4: nothing assigned -> mailbox "Box"'
    ]
    assert lines(office(main=main_menu(k4=BOX)), office()) == [
        '+46 8 465 004 13, key 4: mailbox "Box" -> nothing assigned'
    ]


def test_a_menu_behind_a_menu_is_named_by_its_keys() -> None:
    sales = Menu({"1": BOX, "2": BOX, "0": To("acme/apps/main")}, to_unknown("what a menu without timeout does"))
    assert lines(office(), office(sales=sales)) == [
        '+46 8 465 004 13, keys 1, 1: Erik Öhman\'s mobile -> mailbox "Box"'
    ]


def test_times_are_named_and_those_that_say_the_same_are_one_line() -> None:
    by_time = Rules((Rule(BOX, HOLIDAYS), Rule(ANNA, OFFICE_HOURS)), BOX)
    assert lines(office(), office(n12=by_time)) == [
        (
            f"+46 8 465 004 12, outside Mon{DASH}Fri 09:00{DASH}17:00 and 24{DASH}25 Dec 2026: "
            'Anna Lindqvist\'s phones (20 s), then their voicemail -> mailbox "Box"'
        )
    ]


def test_one_person_behind_several_numbers_is_one_line() -> None:
    more = [number_node(f"+468465005{number:02}", GoTo(ANNA)) for number in range(5)]
    shorter = Ring((Step((To("acme/users/anna/phones"),), 10),), To("acme/users/anna/voicemail"))
    assert lines(office(), office(anna=shorter)) == [
        (
            "+46 8 465 004 12; +46 8 465 004 13, key 2: Anna Lindqvist's phones (20 s), then their voicemail"
            " -> Anna Lindqvist's phones (10 s), then their voicemail"
        )
    ]
    assert lines(office(*more), office(*more, anna=shorter)) == [
        (
            "the 7 numbers that lead to Anna Lindqvist: Anna Lindqvist's phones (20 s), then their voicemail"
            " -> Anna Lindqvist's phones (10 s), then their voicemail"
        )
    ]


def test_one_menu_behind_many_numbers_is_one_line() -> None:
    more = [number_node(f"+468465005{number:02}", GoTo(To("acme/apps/opening"))) for number in range(12)]
    assert lines(office(*more), office(*more, main=main_menu(k2=ERIK))) == [
        (
            'the 13 numbers that lead to menu "Main", key 2: Anna Lindqvist\'s phones (20 s), then their voicemail'
            " -> Erik Öhman's phones (20 s), then their mobile"
        )
    ]


def test_callers_whom_a_rule_names_have_a_line_of_their_own() -> None:
    vip = Rules((Rule(BOX, callers=frozenset({"+46701234567"})),), ANNA)
    assert lines(office(), office(n12=vip)) == [
        (
            "+46 8 465 004 12, calls from +46701234567: Anna Lindqvist's phones (20 s), then their voicemail"
            ' -> mailbox "Box"'
        )
    ]


def test_a_new_number_and_one_that_is_gone() -> None:
    new = number_node("+46846500499", GoTo(BOX))
    assert lines(office(), office(new)) == ['+46 8 465 004 99: (new) -> mailbox "Box"']
    assert lines(office(new), office()) == ['+46 8 465 004 99: mailbox "Box" -> no longer a number of these accounts']


def test_a_name_is_nothing_that_a_caller_notices() -> None:
    def named(name: str) -> Graph:
        node = Node(f"acme/apps/{name}", Kind.MENU, name, Menu({"1": ANNA}, BOX), ident="VA1")
        return office(node, n12=GoTo(To(node.key)))

    assert lines(named("Reception"), named("Front desk")) == []


def test_a_phone_of_another_office_that_rings_is_named_with_where_it_leads() -> None:
    ring = Ring((Step((To(number_key("+61255500101")),), 20),), BOX)
    before = number_node("+61255500101", GoTo(To(number_key("+61491570006"))))
    after = number_node("+61255500101", GoTo(To(number_key("+61491570156"))))
    assert lines(office(before, n12=ring), office(after, n12=ring))[0] == (
        '+46 8 465 004 12: +61 2 5550 0101 (to +61 491 570 006) (20 s), then mailbox "Box"'
        ' -> +61 2 5550 0101 (to +61 491 570 156) (20 s), then mailbox "Box"'
    )


@settings(max_examples=25)
@given(graphs(), graphs())
def test_calls_to_numbers_without_a_line_end_as_before(before: Graph, after: Graph) -> None:
    times = times_of(before, after)
    found = differences(before, after, times, (names_of(before), names_of(after)))
    changed = {number for change in found for number in change.numbers}
    for number in before.numbers:
        if number.number not in changed:
            for graph in (before, after):
                world = World(graph, times)
                for call in islice(calls(world, times, world.start(number.key), longest=2), 40):
                    assert outcome(before, call) == outcome(after, call)
    assert differences(before, before, times, (names_of(before), names_of(before))) == []


def outcome(graph: Graph, call: Call) -> list[tuple[object, ...]]:
    routes = follow(World(graph, call.moment), call, names_of(graph))
    return [(route.end, route.reached, route.seconds, route.why, route.left) for route in routes]


def test_the_way_through_menus_ends_where_one_was_before() -> None:
    graph = office()
    world = World(graph, times_of(graph))
    found = [(way.keys, way.seen) for way in ways(Describer(world, names_of(graph)), world.start(number_key(DIRECT)))]
    assert found == [((), False)]
    loops = graph_of(
        number_node(DIRECT, GoTo(To("m"))), Node("m", Kind.MENU, "M", Menu({"1": To("m")}, To("m"), To("m")))
    )
    world = World(loops, times_of(loops))
    found = [(way.keys, way.seen) for way in ways(Describer(world, names_of(loops)), world.start(number_key(DIRECT)))]
    assert found == [((), False), (("1",), True), (("any other key",), True), (("wait",), True)]
