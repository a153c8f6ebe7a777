# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Following one call: what the caller meets, who answers, after how many seconds, and what is not known."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from ansible_collections.office.telephony.plugins.module_utils._calls.circumstances import Circumstances, Matches
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    HANG_UP,
    Dialling,
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
    assumed,
    not_known,
    number_key,
    number_node,
    to_unknown,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.routes import Call, Ends, Level, Route, follow
from ansible_collections.office.telephony.plugins.module_utils._calls.times import Moment
from ansible_collections.office.telephony.plugins.module_utils._calls.world import World
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.calls_graphs import (
    MAIN,
    MOBILE,
    OFFICE_HOURS,
    SATURDAY,
    graph_of,
    names_of,
    office,
)

MONDAY_10 = Moment(datetime(2026, 11, 30, 9, tzinfo=timezone.utc))
SATURDAY_10 = Moment(datetime(2026, 12, 5, 9, tzinfo=timezone.utc))
PHONES = ("a/phones", "b/phones")


def only(*keys: str) -> Matches:
    return lambda node: node.key in keys


def dial(graph: Graph, *press: str, key: str = number_key(MAIN), at: Moment = MONDAY_10, caller: str = "",
         unanswered: tuple[str, ...] = (), **special: tuple[str, ...]) -> list[Route]:  # fmt: skip
    circumstances = Circumstances(only(*unanswered), **{name: only(*keys) for name, keys in special.items()})
    return follow(World(graph, at), Call(key, at, caller, press, circumstances), names_of(graph))


def came_to(routes: list[Route]) -> list[tuple[str, str, int]]:
    return [(route.end.value, route.reached, route.seconds) for route in routes]


def ringing(**ring: object) -> Graph:
    """Two people: what is dialled rings them as *ring* says, then a mailbox."""
    phones = [Node(key, Kind.DEVICE, "phones", owner=key[0]) for key in PHONES]
    rings = Ring(**{"then": To("box"), **ring})  # type: ignore[arg-type]
    return graph_of(number_node(MAIN, rings), Node("box", Kind.MAILBOX, "Box"), *phones)


A, B, OUT = (To(key) for key in (*PHONES, number_key(MOBILE)))


@pytest.mark.parametrize(
    ("press", "unanswered", "expected"),
    [
        ((), (), ("voicemail", "acme/apps/box", 0)),
        (("wait",), (), ("voicemail", "acme/apps/box", 0)),
        (("2",), (), ("person", "acme/users/anna/phones", 0)),
        (("2",), ("acme/users/anna/phones",), ("voicemail", "acme/users/anna/voicemail", 20)),
        (("3",), ("acme/users/erik/phones",), ("outside", number_key(MOBILE), 20)),
        (("1", "1"), (), ("outside", number_key(MOBILE), 0)),
        (("1", "0", "2"), (), ("person", "acme/users/anna/phones", 0)),
        (("1", "wait"), (), ("unknown", "", 0)),
        (("9",), (), ("unknown", "", 0)),
        (("1", "1"), (number_key(MOBILE),), ("unknown", "", 0)),
        # Nothing can be dialled in this menu, so each digit is a key.
        (("11",), (), ("outside", number_key(MOBILE), 0)),
    ],
)
def test_a_call_to_the_office(
    press: tuple[str, ...], unanswered: tuple[str, ...], expected: tuple[str, str, int]
) -> None:
    assert came_to(dial(office(), *press, unanswered=unanswered)) == [expected]


def test_the_steps_in_words() -> None:
    (route,) = dial(office(), "3", unanswered=("acme/users/erik/phones",))
    assert [step.words for step in route.steps] == [
        '+46 8 465 004 13 forwards to announcement "Opening"',
        'announcement "Opening" is played, then: menu "Main"',
        'menu "Main", key 3: Erik Öhman',
        "nobody answers in 20 s: Erik Öhman's phones; then: Erik Öhman's mobile",
        "Erik Öhman's mobile is outside; the call is answered there",
    ]
    assert route.vague == ("announcements",)


def test_any_key_can_be_pressed_in_a_menu_with_all_digits() -> None:
    menu = Node("menu", Kind.MENU, "Main", Menu({digit: To("box") for digit in "0123456789"}, HANG_UP))
    graph = graph_of(number_node(MAIN, GoTo(To("menu"))), menu, Node("box", Kind.MAILBOX, "Box"))
    assert [route.why for route in dial(graph, "*")] == ["what a key does that has nothing assigned"]


def test_apps_that_ring_alone_ring_for_nobody_knows_how_long() -> None:
    (route,) = dial(ringing(steps=(), always=(A,)), unanswered=PHONES)
    assert (route.end, route.vague) == (Ends.VOICEMAIL, ("the ringing of +46 8 465 004 13",))


def test_a_key_that_no_menu_hears_is_left() -> None:
    (route,) = dial(office(), "2", "4")
    assert route.left == ("4",)


@pytest.mark.parametrize(
    ("ring", "unanswered", "expected"),
    [
        ({"steps": (Step((A, B), 20),)}, (), [("person", "a/phones", 0), ("person", "b/phones", 0)]),
        ({"steps": (Step((A,), 20), Step((B,), 15))}, ("a/phones",), [("person", "b/phones", 20)]),
        ({"steps": (Step((A,), 20), Step((B,), 15))}, PHONES, [("voicemail", "box", 35)]),
        ({"steps": (Step((A,), 20), Step((B,), 15)), "at_once": True}, ("a/phones",), [("person", "b/phones", 0)]),
        ({"steps": (Step((A,), 20), Step((B,), 15)), "at_once": True}, PHONES, [("voicemail", "box", 20)]),
        ({"steps": (Step((A,), 20),), "always": (B,)}, (), [("person", "a/phones", 0), ("person", "b/phones", 0)]),
        ({"steps": (Step((A,), 20), Step((OUT,), 15))}, ("a/phones", number_key(MOBILE)), [("voicemail", "box", 35)]),
        ({"steps": ()}, (), [("voicemail", "box", 0)]),
        ({"steps": (Step((To("gone"),), 20),)}, (), [("voicemail", "box", 20)]),
        ({"steps": (Step((A,), 20), Step((B,), 15)), "any_order": True}, ("a/phones",), [("person", "b/phones", 0)]),
        ({"steps": (Step((A,), 20),), "then": None}, ("a/phones",), [("nowhere", "", 20)]),
    ],
)  # fmt: skip
def test_what_rings(ring: dict[str, object], unanswered: tuple[str, ...], expected: list[tuple[str, str, int]]) -> None:
    assert came_to(dial(ringing(**ring), unanswered=unanswered)) == expected


def test_somebody_who_is_busy_or_a_queue_that_is_full() -> None:
    graph = ringing(steps=(Step((A,), 20),), busy=HANG_UP)
    assert came_to(dial(graph, busy=("a/phones",))) == [("hang_up", "", 0)]
    graph = ringing(steps=(Step((A,), 20),), full=HANG_UP)
    assert came_to(dial(graph, full=(number_key(MAIN),))) == [("hang_up", "", 0)]


def test_the_voicemail_of_an_operator_takes_a_call_and_reaches_nobody() -> None:
    graph = ringing(steps=(Step((OUT,), 20), Step((B,), 20)))
    assert came_to(dial(graph, voicemail=(number_key(MOBILE),))) == [("outside", "", 0)]


def test_a_person_in_a_step_rings_without_their_own_forwarding() -> None:
    person = Node("p", Kind.PERSON, "Pat", GoTo(To("box")))
    graph = graph_of(
        number_node(MAIN, Ring((Step((To("p"),), 20),), HANG_UP)), person, Node("box", Kind.MAILBOX, "Box")
    )
    assert came_to(dial(graph)) == [("person", "p#phones", 0)]
    assert came_to(dial(graph, unanswered=("p#phones",))) == [("hang_up", "", 20)]


def test_a_number_that_rings_goes_on_as_it_is_routed_and_only_as_long_as_it_rings() -> None:
    """A leg to another office: its forwarding counts, and a menu answers at once."""
    other, slow = "+61255500101", Ring((Step((A,), 30),), To("box"))
    legs = Ring((Step((To(number_key(other)),), 20),), HANG_UP)
    phones = Node("a/phones", Kind.DEVICE, "phones")
    base = (number_node(MAIN, legs), Node("box", Kind.MAILBOX, "Box"), phones)
    assert came_to(dial(graph_of(*base, number_node(other, slow)))) == [("person", "a/phones", 0)]
    # Its mailbox would answer after 30 s, when it rings no longer.
    assert came_to(dial(graph_of(*base, number_node(other, slow)), unanswered=("a/phones",))) == [("hang_up", "", 20)]
    menu = Node("menu", Kind.MENU, "Main", Menu({}, To("box")))
    assert came_to(dial(graph_of(*base, number_node(other, GoTo(To("menu"))), menu))) == [("voicemail", "box", 0)]
    # Round and round: it is never answered, and the caller meets what comes after the ringing.
    assert came_to(dial(graph_of(*base, number_node(other, GoTo(To(number_key(MAIN))))))) == [("hang_up", "", 20)]


def test_rules_by_time_caller_and_called_number() -> None:
    vip, second = "+46701234567", "+46846500499"
    rules = Rules(
        (
            Rule(To("vip"), callers=frozenset({vip})),
            Rule(To("second"), called=frozenset({second})),
            Rule(To("open"), OFFICE_HOURS),
        ),
        To("closed"),
    )
    boxes = [Node(name, Kind.MAILBOX, name) for name in ("vip", "second", "open", "closed")]
    person = Node("p", Kind.PERSON, "Pat", rules)
    graph = graph_of(number_node(MAIN, GoTo(To("p"))), number_node(second, GoTo(To("p"))), person, *boxes)
    assert came_to(dial(graph)) == [("voicemail", "open", 0)]
    assert came_to(dial(graph, at=SATURDAY_10)) == [("voicemail", "closed", 0)]
    assert came_to(dial(graph, caller=vip)) == [("voicemail", "vip", 0)]
    assert came_to(dial(graph, caller="+46700000000")) == [("voicemail", "open", 0)]
    assert came_to(dial(graph, key=number_key(second), at=SATURDAY_10)) == [("voicemail", "second", 0)]


def test_rules_whose_order_or_conditions_nobody_documents_are_not_known_where_it_matters() -> None:
    both = (Rule(To("a"), OFFICE_HOURS), Rule(To("b"), SATURDAY), Rule(To("c"), OFFICE_HOURS))
    boxes = [Node(name, Kind.MAILBOX, name) for name in "abcd"]
    graph = graph_of(number_node(MAIN, Rules(both, To("d"), not_known("which rule wins"))), *boxes)
    assert came_to(dial(graph, at=SATURDAY_10)) == [("voicemail", "b", 0)]
    assert [route.why for route in dial(graph)] == ["which rule wins"]
    unread = Rules((Rule(To("a"), condition=not_known("when a rule applies")),), To("d"))
    assert [route.why for route in dial(graph_of(number_node(MAIN, unread), *boxes))] == ["when a rule applies"]


def test_an_extension_is_dialled_where_the_menu_allows_it() -> None:
    dialling = Dialling({"101": To("box")}, 3, to_unknown("who has this extension"))
    menu = Node("menu", Kind.MENU, "Main", Menu({"1": HANG_UP}, HANG_UP, dialling=dialling, seconds=5))
    graph = graph_of(number_node(MAIN, GoTo(To("menu"))), menu, Node("box", Kind.MAILBOX, "Box"))
    assert came_to(dial(graph, "101")) == [("voicemail", "box", 0)]
    assert [route.why for route in dial(graph, "102")] == ["who has this extension"]
    assert came_to(dial(graph)) == [("hang_up", "", 5)]


def test_circles_and_menus_that_repeat() -> None:
    graph = graph_of(number_node(MAIN, GoTo(OUT)), number_node(MOBILE, GoTo(To(number_key(MAIN)))))
    assert [route.end for route in dial(graph)] == [Ends.LOOP]
    menu = Node("menu", Kind.MENU, "Main", Menu({"1": To("menu")}, To("menu")))
    graph = graph_of(number_node(MAIN, GoTo(To("menu"))), menu)
    assert [route.end for route in dial(graph, "1", "1")] == [Ends.REPEATS]


def test_evidence_is_that_of_the_weakest_step() -> None:
    graph = graph_of(
        number_node(MAIN, GoTo(To("box", assumed("that it goes there")))), Node("box", Kind.MAILBOX, "Box")
    )
    assert [route.level for route in dial(graph)] == [Level.ASSUMED]
    believed = number_node(MAIN, GoTo(To("box")), believed="remembered from the last write")
    assert [route.level for route in dial(graph_of(believed, Node("box", Kind.MAILBOX, "Box")))] == [Level.ASSUMED]


def test_what_was_not_read_is_not_known_and_what_was_read_without_it_is_missing() -> None:
    number = number_node(MAIN, GoTo(To("acme/apps/other")))
    assert came_to(dial(graph_of(number))) == [("nowhere", "", 0)]
    unread = Graph({number.key: number}, {"acme/apps/": "the voice apps were not read"})
    assert [route.why for route in dial(unread)] == ['what "other" does, because the voice apps were not read']


def test_phones_that_ring_through_each_other_without_end_are_given_up() -> None:
    keys = [f"+4684650{number:05}" for number in range(80)]

    def rings(number: int) -> Ring:
        legs = tuple(To(number_key(keys[(number + ahead) % 80])) for ahead in (1, 2))
        return Ring((Step(legs, 20),), HANG_UP)

    graph = graph_of(*(number_node(key, rings(number)) for number, key in enumerate(keys)))
    assert {route.end for route in dial(graph, key=number_key(keys[0]))} <= {Ends.UNKNOWN, Ends.HANG_UP}
