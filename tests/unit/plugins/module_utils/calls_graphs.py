# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Graphs for the tests of the call model: a small office, and random graphs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._calls.findings import times_for
from ansible_collections.office.telephony.plugins.module_utils._calls.names import Names
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    END,
    HANG_UP,
    NOWHERE,
    Behaviour,
    Draft,
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
    number_key,
    number_node,
    to_unknown,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.people import Directory, Person
from ansible_collections.office.telephony.plugins.module_utils._calls.schedules import UTC, Schedule, weekly
from ansible_collections.office.telephony.plugins.module_utils._calls.times import Times

# A Sunday.
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
ZONE = "Europe/Stockholm"
OFFICE_HOURS = weekly([(day, 9 * 3600, 17 * 3600) for day in range(5)], ZONE)
SATURDAY = weekly([(5, 8 * 3600, 12 * 3600)], ZONE)
HOLIDAYS = Schedule(ZONE, dated=((datetime(2026, 12, 24), datetime(2026, 12, 26)),))
ANNA = Person("Anna Lindqvist", "anna@example.org", voicemail_after=25)
ERIK = Person("Erik Öhman", "erik@example.org", ("+46701740606",))
PEOPLE = Directory([ANNA, ERIK])
MAIN, DIRECT, MOBILE = "+46846500413", "+46846500412", "+46701740606"


def office(*nodes: Node, **changed: Behaviour) -> Graph:
    """A number with an announcement and two menus, Anna and Erik; *nodes* are added, *changed* does something else."""
    draft = Draft("acme", office="stockholm", variable="office_acme")
    key = draft.key

    def add(kind: Kind, name: str, does: Behaviour, *parts: str, **more: object) -> None:
        path = f"{parts[0]}[{len(draft.graph.nodes)}]"
        place = draft.place(*parts, path=path)
        draft.add(Node(key(*parts), kind, name, changed.get(parts[-1], does), place, **more))  # type: ignore[arg-type]

    for number, target in ((MAIN, key("apps", "opening")), (DIRECT, key("users", "anna"))):
        place = draft.place("numbers", number, path=f"numbers[{len(draft.graph.nodes)}]")
        draft.add(number_node(number, changed.get(f"n{number[-2:]}", GoTo(To(target))), place=place))
    add(Kind.ANNOUNCEMENT, "Opening", GoTo(To(key("apps", "main"))), "apps", "opening")
    keys = {"1": To(key("apps", "sales")), "2": To(key("users", "anna")), "3": To(key("users", "erik"))}
    add(Kind.MENU, "Main", Menu(keys, To(key("apps", "box"))), "apps", "main")
    keys = {"1": To(number_key(MOBILE)), "2": To(key("apps", "box")), "0": To(key("apps", "main"))}
    add(Kind.MENU, "Sales", Menu(keys, to_unknown("what a menu without timeout does")), "apps", "sales")
    add(Kind.MAILBOX, "Box", END, "apps", "box", recipients=("anna@example.org",))
    for name in ("anna", "erik"):
        mail, then = f"{name}@example.org", To(key("users", name, "voicemail"))
        ring = Ring(
            (Step((To(key("users", name, "phones")),), 20),), then if name == "anna" else To(number_key(MOBILE))
        )
        add(
            Kind.PERSON,
            mail,
            ring,
            "users",
            name,
            email=mail,
            provider="acme",
            extension={"anna": "101", "erik": "102"}[name],
        )
        owner = key("users", name)
        draft.add(Node(key("users", name, "phones"), Kind.DEVICE, "phones", owner=owner))
        draft.add(Node(key("users", name, "voicemail"), Kind.MAILBOX, "voicemail", owner=owner))
    for node in nodes:
        draft.add(node)
    return draft.graph


def names_of(graph: Graph, people: Directory = PEOPLE) -> Names:
    return Names(graph, people)


def times_of(*graphs: Graph) -> Times:
    return times_for(graphs, ZONE, NOW)


def graph_of(*nodes: Node) -> Graph:
    return Graph({node.key: node for node in nodes})


# Random graphs: a few nodes that lead anywhere, perhaps only at some hours.

_KEYS = [number_key(f"+4684650040{digit}") for digit in range(3)] + [f"n{digit}" for digit in range(6)]
_ENDS = [To("box"), To(number_key(MOBILE)), HANG_UP, NOWHERE, To("missing"), to_unknown("what comes then")]


def _targets() -> st.SearchStrategy[To]:
    inner = st.sampled_from(_KEYS).map(To)
    supposed = st.sampled_from(_KEYS).map(lambda key: To(key, assumed("that it goes there")))
    return st.one_of(inner, inner, inner, inner, supposed, st.sampled_from(_ENDS))


def _behaviours(number: bool) -> st.SearchStrategy[Behaviour]:
    to = _targets()
    phones = st.sampled_from(["phones", number_key(MOBILE)]).map(To)
    steps = st.lists(st.builds(lambda one: Step((one,), 20), phones), max_size=2).map(tuple)
    rules = st.lists(st.builds(Rule, to, st.sampled_from([OFFICE_HOURS, SATURDAY, HOLIDAYS])), min_size=1, max_size=2)
    by_time = st.builds(lambda found, otherwise: Rules(tuple(found), otherwise), rules, to)
    if number:
        return st.one_of(st.builds(GoTo, to), by_time)
    keys: st.SearchStrategy[Mapping[str, To]] = st.dictionaries(st.sampled_from("120"), to, max_size=3)
    menu = st.builds(Menu, keys, to, to)
    ring = st.builds(lambda steps, then, busy: Ring(steps, then, busy=busy), steps, to | st.none(), to | st.none())
    return st.one_of(st.builds(GoTo, to), by_time, menu, ring)


def _kind(does: Behaviour) -> Kind:
    return {Menu: Kind.MENU, GoTo: Kind.ANNOUNCEMENT}.get(type(does), Kind.PERSON)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Random graphs of three numbers and six other nodes."""
    found = [Node("box", Kind.MAILBOX, "Box"), Node("phones", Kind.DEVICE, "phones")]
    for key in _KEYS:
        number = key.startswith(number_key(""))
        does = draw(_behaviours(number))
        found.append(Node(key, Kind.NUMBER if number else _kind(does), key, does))
    return graph_of(*found)
