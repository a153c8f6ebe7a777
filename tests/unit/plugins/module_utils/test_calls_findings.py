# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Findings: every circle and dead end is found, none that is not there, and each is shown by a call that meets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from hypothesis import given, settings

from ansible_collections.office.telephony.plugins.module_utils._calls.faults import Fault, LongWay
from ansible_collections.office.telephony.plugins.module_utils._calls.findings import (
    ACCEPTED,
    INFO,
    REFUSE,
    WARN,
    Context,
    Finding,
    Settings,
    find,
    read_settings,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.names import Names
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    HANG_UP,
    NOWHERE,
    GoTo,
    Graph,
    Kind,
    Level,
    Menu,
    Node,
    Place,
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
from ansible_collections.office.telephony.plugins.module_utils._calls.people import Directory
from ansible_collections.office.telephony.plugins.module_utils._calls.routes import Ends, follow
from ansible_collections.office.telephony.plugins.module_utils._calls.schedules import (
    Schedule,
    around_the_clock,
    weekly,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.survey import Survey
from ansible_collections.office.telephony.plugins.module_utils._calls.times import Moment
from ansible_collections.office.telephony.plugins.module_utils._calls.world import World
from ansible_collections.office.telephony.plugins.module_utils._errors import Problems
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.calls_graphs import (
    ANNA,
    MAIN,
    MOBILE,
    OFFICE_HOURS,
    SATURDAY,
    ZONE,
    graph_of,
    graphs,
    office,
    times_of,
)

EMPTY = Graph()
SYDNEY = "+61255500101"


def findings(
    graph: Graph, before: Graph | None = EMPTY, people: Directory | None = None, **chosen: object
) -> list[Finding]:
    times = times_of(graph, before or EMPTY)
    found, _unused = find(graph, before, Context(times, people or Directory()), Settings(**chosen))  # type: ignore[arg-type]
    return found


def codes(found: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(finding.fault.code, finding.severity) for finding in found]


def number(e164: str, to: To) -> Node:
    return number_node(e164, GoTo(to), place=Place(f"acme/numbers/{e164}", f"office_acme.numbers[{e164[-1]}]", "oslo"))


def person(key: str, then: To, seconds: int = 20) -> tuple[Node, Node]:
    ring = Ring((Step((To(f"{key}/phones"),), seconds),), then)
    return Node(key, Kind.PERSON, key, ring), Node(f"{key}/phones", Kind.DEVICE, "phones", owner=key)


NUMBERS = (number(MAIN, To(number_key(SYDNEY))), number(SYDNEY, To(number_key(MAIN))))
ANNOUNCEMENTS = tuple(
    Node(key, Kind.ANNOUNCEMENT, key, GoTo(To(other)), Place(key)) for key, other in (("a", "b"), ("b", "a"))
)
PEOPLE = (*person("a", To("b")), *person("b", To("a")))
AFTER_HOURS = (
    *person("a", To("b")),
    Node("b", Kind.PERSON, "b", Rules((Rule(To("box"), OFFICE_HOURS),), To("a"))),
    Node("box", Kind.MAILBOX, "Box"),
)
THROUGH = (
    number(MAIN, To("a")),
    *person("a", To(number_key(SYDNEY))),
    number(SYDNEY, To("opening")),
    Node("opening", Kind.ANNOUNCEMENT, "Opening", GoTo(To(number_key(MAIN)))),
)


@pytest.mark.parametrize(
    ("circle", "when"),
    [(NUMBERS, ""), (ANNOUNCEMENTS, ""), (PEOPLE, ""), (THROUGH, ""), (AFTER_HOURS, "outside Mon–Fri 09:00–17:00")],  # noqa: RUF001
    ids=["numbers", "announcements", "people", "through-all", "after-hours"],
)
def test_a_circle_is_refused_unless_it_was_there_before(circle: tuple[Node, ...], when: str) -> None:
    graph = graph_of(*circle)
    (finding,) = findings(graph)
    assert (finding.fault.code, finding.severity, finding.fault.when) == ("loop", REFUSE, when)
    assert codes(findings(graph, graph)) == [("loop", WARN)]
    assert codes(findings(graph, None)) == [("loop", WARN)]


def test_a_finding_says_where_and_by_which_call() -> None:
    (finding,) = findings(graph_of(*NUMBERS))
    assert finding.text == "loop: +46 8 465 004 13 -> +61 2 5550 0101 -> +46 8 465 004 13"
    assert finding.details[0] == "A caller who dials +46 8 465 004 13 goes round and never reaches anybody."
    assert finding.result() == {
        "code": "loop",
        "severity": "refuse",
        "at": "acme/numbers/+46846500413",
        "path": "office_acme.numbers[3]",
        "office": "oslo",
        "what": "+46 8 465 004 13 -> +61 2 5550 0101 -> +46 8 465 004 13",
        "call": "A caller who dials +46 8 465 004 13 goes round and never reaches anybody.",
        "when": "",
        "documented": True,
        "new": True,
    }


def test_a_new_number_that_leads_into_an_old_circle_is_refused() -> None:
    new = number("+46846500499", To(number_key(MAIN)))
    (finding,) = findings(graph_of(*NUMBERS, new), graph_of(*NUMBERS))
    assert finding.severity == REFUSE
    assert finding.details[0].startswith("A caller who dials +46 8 465 004 99")


def test_what_is_assumed_or_only_rings_warns() -> None:
    supposed = number(SYDNEY, To(number_key(MAIN), assumed("that it is forwarded")))
    assert codes(findings(graph_of(NUMBERS[0], supposed))) == [("loop", WARN)]
    ring = Ring((Step((To(number_key(SYDNEY)),), 20),), To("box"))
    rings = graph_of(number_node(MAIN, ring), NUMBERS[1], Node("box", Kind.MAILBOX, "Box"))
    assert codes(findings(rings)) == [("loop", WARN)]


def test_a_circle_after_ringing_for_a_number_depends_on_what_that_number_does() -> None:
    def graph(rung: To) -> Graph:
        ring = Ring((Step((To(number_key(SYDNEY)),), 20),), To(number_key(MAIN)))
        return graph_of(number_node(MAIN, ring), number(SYDNEY, rung), Node("box", Kind.MAILBOX, "Box"))

    # A phone in the ring has the ring's seconds; behind a number, what it does when nobody answers is not known.
    assert codes(findings(graph(To(number_key(MOBILE))))) == [("loop", WARN)]
    assert codes(findings(graph(NOWHERE))) == [("dead-end", REFUSE), ("loop", REFUSE)]
    # The mailbox takes the call, so that it never goes round.
    assert findings(graph(To("box"))) == []


def test_what_no_number_leads_to_may_lead_to_what_a_number_leads_to() -> None:
    rule = Rule(To("box"), called=frozenset({MAIN}))
    inside = Node("inside", Kind.PERSON, "Inside", GoTo(To("anna")))
    anna = Node("anna", Kind.PERSON, "Anna", Rules((rule,), To("inside")))
    graph = graph_of(number(MAIN, To("anna")), anna, inside, Node("box", Kind.MAILBOX, "Box"))
    assert codes(findings(graph)) == [("loop", REFUSE)]


def test_a_forwarded_call_that_may_come_back_may_reach_somebody() -> None:
    lent = GoTo(To(number_key(SYDNEY)), "what happens then", 20)
    graph = graph_of(number(MAIN, To("anna")), Node("anna", Kind.PERSON, "Anna", lent), number(SYDNEY, HANG_UP))
    assert codes(findings(graph)) == [("nobody", WARN), ("cut-off", INFO)]


def test_a_menu_that_leads_back_by_a_key_is_fine_and_one_that_repeats_warns() -> None:
    def graph(timeout: To) -> Graph:
        menu = Node("m", Kind.MENU, "M", Menu({"1": To("m"), "2": To("box")}, timeout))
        return graph_of(number(MAIN, To("m")), menu, Node("box", Kind.MAILBOX, "Box"))

    assert findings(graph(To("box"))) == []
    assert codes(findings(graph(To("m")))) == [("menu-repeats", WARN)]
    assert findings(graph(to_unknown("what a menu without timeout does"))) == []


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ([number(MAIN, NOWHERE)], "+46 8 465 004 13 leads nowhere"),
        ([number(MAIN, To("acme/apps/gone"))], "+46 8 465 004 13 leads to acme/apps/gone (does not exist)"),
        ([number(MAIN, To("a")), Node("a", Kind.ANNOUNCEMENT, "Closed")], 'announcement "Closed" leads nowhere'),
        ([number(MAIN, To("m")), Node("m", Kind.MENU, "M", Menu({"4": NOWHERE}, To("box")))],
         'menu "M", key 4 leads nowhere'),
        ([number_node(MAIN, Ring((Step((To(number_key(MOBILE)),), 9),), None))],
         "+46 8 465 004 13 rings without an end when nobody answers"),
        ([number(MAIN, To("m")), Node("m", Kind.MENU, "M", Menu({key: To("m") for key in "0123456789*#"}, To("m")))],
         'no key and no timeout leaves menu "M"'),
    ],
)  # fmt: skip
def test_a_dead_end_is_refused(nodes: list[Node], words: str) -> None:
    found = findings(graph_of(*nodes, Node("box", Kind.MAILBOX, "Box")))
    assert [finding.fault.words for finding in found if finding.severity == REFUSE] == [words]


def test_a_list_that_was_not_read_is_no_dead_end_but_said() -> None:
    graph = Graph(
        {number_key(MAIN): number(MAIN, To("acme/apps/other"))}, {"acme/apps/": "the voice apps were not read"}
    )
    (finding,) = findings(graph)
    assert (finding.fault.code, finding.severity, finding.fault.place.at) == ("unread", INFO, "acme/apps")


def test_nobody_is_reached_and_a_call_is_cut_off() -> None:
    found = findings(
        graph_of(number_node(MAIN, Rules((Rule(To("box"), OFFICE_HOURS),), HANG_UP)), Node("box", Kind.MAILBOX, "B"))
    )
    assert [(finding.fault.code, finding.severity, finding.fault.when) for finding in found] == [
        ("nobody", WARN, "outside Mon–Fri 09:00–17:00"),  # noqa: RUF001
        ("cut-off", INFO, "outside Mon–Fri 09:00–17:00"),  # noqa: RUF001
    ]


def hours(*rules: Rule, otherwise: To = HANG_UP, order: object = None) -> Graph:
    does = Rules(rules, otherwise) if order is None else Rules(rules, otherwise, not_known(str(order)))
    boxes = [Node(key, Kind.MAILBOX, key) for key in ("one", "two")]
    return graph_of(number(MAIN, To("p")), Node("p", Kind.PERSON, "Pat", does), *boxes)


@pytest.mark.parametrize(
    ("graph", "code"),
    [
        (hours(Rule(To("one"), around_the_clock(ZONE)), otherwise=To("two")), "always-open"),
        (hours(Rule(To("one"), Schedule(ZONE)), otherwise=To("two")), "never-open"),
        (hours(Rule(To("one")), Rule(To("two"), SATURDAY), otherwise=To("two")), "without-effect"),
        (hours(Rule(To("one"), weekly([(0, 0, 3600)], "Asia/Tokyo")), otherwise=To("two")), "zone"),
        (hours(Rule(To("one"), OFFICE_HOURS), Rule(To("two"), OFFICE_HOURS), order="which wins"), "overlap"),
        (graph_of(number(MAIN, To("q")), Node("q", Kind.QUEUE, "Q", Ring((), HANG_UP))), "no-members"),
        (graph_of(number(MAIN, To("box")), Node("box", Kind.MAILBOX, "Box", recipients=())), "unheard"),
        (graph_of(number(MAIN, To("box")), Node("box", Kind.MAILBOX, "Box", recipients=("gone",))), "unheard"),
    ],
)  # fmt: skip
def test_what_is_wrong_at_one_place(graph: Graph, code: str) -> None:
    assert (code, WARN) in codes(findings(graph)) or (code, INFO) in codes(findings(graph))


def test_hours_of_another_zone_with_the_same_clock_are_fine() -> None:
    assert "zone" not in dict(
        codes(findings(hours(Rule(To("one"), weekly([(0, 0, 3600)], "Europe/Paris")), otherwise=To("two"))))
    )


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        (Ring((Step((To(number_key(MOBILE)),), 20), Step((To("a"),), 20)), To("box")), True),
        (Ring((Step((To(number_key(MOBILE)),), 15), Step((To("a"),), 20)), To("box")), False),
        (Ring((Step((To("a"), To(number_key(MOBILE))), 20),), To("box")), True),
        (Ring((Step((To("a"),), 20), Step((To(number_key(MOBILE)),), 20)), To("box")), False),
        (Ring((Step((To("a"),), 20), Step((To(number_key(MOBILE)),), 20)), To("box"), at_once=True), True),
    ],
)
def test_the_voicemail_of_a_mobile_may_come_first(ring: Ring, expected: bool) -> None:
    graph = graph_of(number_node(MAIN, ring), Node("a", Kind.DEVICE, "desk"), Node("box", Kind.MAILBOX, "Box"))
    assert ("foreign-voicemail" in dict(codes(findings(graph)))) == expected


def test_people_phones_and_policy() -> None:
    graph = office()
    found = findings(graph, people=Directory([ANNA]))
    assert codes(found) == [("stranger", WARN), ("stranger", WARN)]
    assert found[0].details[0] == "A caller who dials +46 8 465 004 13 and presses keys 1, 1 may get there."
    context = Context(times_of(graph), judge=lambda e164: "it is a premium-rate number")
    assert codes(find(graph, None, context, Settings())[0]) == [("policy", WARN), ("policy", WARN)]


def test_a_long_way_is_measured_in_menus_and_seconds() -> None:
    graph = office(sales=Menu({"1": To("acme/apps/main")}, To("acme/apps/box"), seconds=40))
    context = {"long-way": WARN}
    assert codes(findings(graph, actions=context, long_way=LongWay(menus=0))) == [("long-way", WARN)]
    assert codes(findings(graph, actions=context, long_way=LongWay(menus=1))) == []


def test_settings_and_waivers() -> None:
    problems = Problems()
    given = [
        {"code": "loop", "at": f"acme/numbers/{MAIN}", "why": "the portal forwards it", "until": date(2026, 12, 31)},
        {"code": "loop", "at": f"acme/numbers/{MAIN}", "why": "last year", "until": "2025-12-31"},
        {"code": "nobody", "at": "acme/numbers/1", "why": "a test number"},
        {"code": "lop", "at": "x", "why": ""},
        {"at": "x"},
    ]
    paths = ("office_findings", "office_accepted_findings", "office_long_way")
    chosen = read_settings({"loop": "off", "nobdy": "warn"}, given, {"menus": "x"}, paths, problems)
    assert problems.found == [
        ("office_findings.nobdy", "no such key. Did you mean 'nobody'?"),
        ("office_accepted_findings[3].why", "is empty"),
        ("office_accepted_findings[3].code", "'lop' is not a choice. Did you mean 'loop'?"),
        ("office_accepted_findings[4]", "code is missing"),
        ("office_accepted_findings[4]", "why is missing"),
        ("office_long_way.menus", "must be a whole number of at least 0"),
    ]
    graph = graph_of(*NUMBERS)
    context = Context(times_of(graph))
    assert find(graph, EMPTY, context, chosen)[0] == []
    found, unused = find(graph, EMPTY, context, Settings({}, chosen.waivers))
    assert codes(found) == [("loop", ACCEPTED)]
    assert unused == [
        "office_accepted_findings[1]: this acceptance of loop at acme/numbers/+46846500413 ended on 2025-12-31.",
        "office_accepted_findings[2]: there is no finding nobody at acme/numbers/1 to accept; remove the entry.",
    ]


# Random graphs, and a search that knows nothing of states, masks or components.

AUTOMATIC, EVERYTHING = "automatic", "everything"


def steps(graph: Graph, key: str, moment: Moment) -> Iterator[tuple[str, To]]:
    """Where a call goes on from a node at an instant, with why."""
    node = graph.nodes.get(key)
    does = node.does if node else None
    if isinstance(does, GoTo):
        yield AUTOMATIC, does.to
    elif isinstance(does, Rules):
        holding = [
            rule.to for rule in does.rules if rule.schedule and rule.schedule.holds(moment.instant, dated=moment.dated)
        ]
        yield AUTOMATIC, (holding or [does.otherwise])[0]
    elif isinstance(does, Ring):
        yield AUTOMATIC, does.then or NOWHERE
        if does.busy:
            yield AUTOMATIC, does.busy
        yield from (("rings", to) for step in does.steps for to in step.targets)
    elif isinstance(does, Menu):
        yield from (("key", to) for to in does.keys.values())
        yield "unassigned", does.unassigned
        yield "wait", does.timeout


def circling(graph: Graph, moment: Moment, *whys: str) -> set[str]:
    """The nodes from which a call comes back to them."""
    ahead = {
        key: {to.key for why, to in steps(graph, key, moment) if why in whys and to.evidence.level is not Level.UNKNOWN}
        for key in graph.nodes
    }

    def reached(key: str) -> set[str]:
        found: set[str] = set()
        queue = [key]
        for one in queue:
            new = ahead.get(one, set()) - found
            found |= new
            queue += new
        return found

    return {key for key in graph.nodes if key in reached(key)}


def lost(graph: Graph, moment: Moment) -> set[tuple[str, str]]:
    """Steps that lead nowhere, as holder and target."""
    return {
        (key, to.key)
        for key in graph.nodes
        for why, to in steps(graph, key, moment)
        if why not in ("rings", "unassigned") and to.key in ("nowhere", "missing")
    }


@settings(max_examples=100)
@given(graphs())
def test_random_graphs(graph: Graph) -> None:
    times = times_of(graph)
    found = [finding.fault for finding in find(graph, EMPTY, Context(times), Settings())[0]]
    moments = list(times.moments())
    loops = [fault for fault in found if fault.code == "loop"]
    expected = set().union(*(circling(graph, moment, AUTOMATIC) for moment in moments))
    assert {key for fault in loops for key in fault.identity} == expected
    repeating = set().union(*(circling(graph, moment, AUTOMATIC, "wait") for moment in moments)) - expected
    waits = {key for key in repeating if isinstance(graph.nodes[key].does, Menu)}
    assert {key for fault in found if fault.code == "menu-repeats" for key in fault.identity} >= waits
    dead = {
        (fault.identity[0], fault.identity[-1])
        for fault in found
        if fault.code == "dead-end" and fault.identity[0] != "trap"
    }
    assert dead == set().union(*(lost(graph, moment) for moment in moments))
    survey = Survey(graph, times, Names(graph))
    for fault in found:
        shows(survey, fault)


def shows(survey: Survey, fault: Fault) -> None:
    """Play the call that is to show a fault."""
    example = fault.example
    if example is None or any(edge.level is Level.UNKNOWN for edge in example.edges):
        return
    call = survey.call(example)
    routes = follow(World(survey.graph, call.moment), call, survey.names)
    ends = {route.end for route in routes}
    mixed = {edge.how.value for edge in example.edges} & {"busy", "rings"}
    if fault.code == "loop" and not mixed:
        assert ends == {Ends.LOOP}
    elif fault.code == "menu-repeats" and not mixed:
        assert ends <= {Ends.REPEATS, Ends.UNKNOWN, Ends.LOOP}
    elif fault.code == "dead-end" and fault.identity[0] != "trap" and not mixed:
        assert ends == {Ends.NOWHERE}
    elif fault.code == "cut-off" and not mixed:
        assert ends == {Ends.HANG_UP}
    elif fault.code == "nobody":
        assert not ends & {Ends.PERSON, Ends.OUTSIDE, Ends.VOICEMAIL, Ends.FLOW, Ends.UNKNOWN}
