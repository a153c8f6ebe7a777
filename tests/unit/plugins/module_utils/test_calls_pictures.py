# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pictures of a route: a tree in which loops are drawn once, Mermaid, data, and the bands of a week."""

from __future__ import annotations

from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    Kind,
    Menu,
    Node,
    Rule,
    Rules,
    To,
    number_key,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.pictures import Pictures, _joined
from ansible_collections.office.telephony.plugins.module_utils._calls.world import State, World
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.calls_graphs import (
    DIRECT,
    MAIN,
    OFFICE_HOURS,
    names_of,
    office,
    times_of,
)

TO = "\N{EN DASH}"
HOURS = Rules((Rule(To("acme/users/anna"), OFFICE_HOURS, name="open"),), To("acme/apps/box"))


def pictures(**changed: Any) -> tuple[Pictures, State]:
    graph = office(**changed)
    times = times_of(graph)
    world = World(graph, times)
    return Pictures(world, times, names_of(graph)), world.start(number_key(MAIN if not changed else DIRECT))


def test_mermaid() -> None:
    drawing, start = pictures()
    assert drawing.mermaid(start).splitlines() == [
        "flowchart TD",
        '    n0(["+46 8 465 004 13"])',
        '    n1["announcement #34;Opening#34;"]',
        '    n2{{"menu #34;Main#34;"}}',
        '    n3{{"menu #34;Sales#34;"}}',
        '    n4["Anna Lindqvist\'s phones (20 s)"]',
        '    n5["Erik Öhman\'s phones (20 s)"]',
        '    n6>"not known (what a key does that has nothing assigned)"]',
        '    n7[("mailbox #34;Box#34;")]',
        '    n8["Erik Öhman\'s mobile"]',
        '    n9>"not known (what a menu without timeout does)"]',
        '    n10[("Anna Lindqvist\'s voicemail")]',
        "    n0 --> n1",
        "    n1 --> n2",
        '    n2 -->|"key 1"| n3',
        '    n2 -->|"key 2"| n4',
        '    n2 -->|"key 3"| n5',
        '    n2 -.->|"any other key"| n6',
        '    n2 -->|"no key"| n7',
        '    n3 -->|"key 0"| n2',
        '    n3 -->|"key 1"| n8',
        '    n3 -->|"key 2"| n7',
        '    n3 -.->|"any other key"| n6',
        '    n3 -.->|"no key"| n9',
        '    n4 -->|"no answer in 20 s"| n10',
        '    n5 -->|"no answer in 20 s"| n8',
    ]


def test_names_cannot_break_a_chart() -> None:
    graph = office(Node("evil", Kind.MENU, 'A"]; click n0 "javascript:alert(1)" %%', Menu({}, To("acme/apps/box"))))
    times = times_of(graph)
    world = World(graph, times)
    text = Pictures(world, times, names_of(graph)).mermaid(world.state("evil"))
    assert '"]; click' not in text
    assert all(line.count('"') in (0, 2) for line in text.splitlines())


def test_a_tree_draws_everything_once_and_links_back() -> None:
    drawing, start = pictures()
    tree = drawing.tree(start)
    menu = tree["branches"][0]["to"]["branches"][0]["to"]
    sales = menu["branches"][0]["to"]
    assert [branch["how"] for branch in sales["branches"]] == ["key 0", "key 1", "key 2", "any other key", "no key"]
    assert sales["branches"][0]["back"] == menu["id"]
    assert sales["branches"][4]["evidence"] == "unknown"


def test_a_week_in_bands() -> None:
    drawing, start = pictures(n12=HOURS)
    week = drawing.week(start)
    texts = {band["index"]: band["text"] for day in week for band in day["bands"]}
    assert sorted(texts.values()) == ["Anna Lindqvist's phones (20 s), then their voicemail", 'mailbox "Box"']
    spans = {day["day"]: [(band["from"], band["to"]) for band in day["bands"]] for day in week}
    assert spans["monday"] == [(0, 540), (540, 1020), (1020, 1440)]
    assert spans["sunday"] == [(0, 1440)]


def test_rules_are_named_with_their_times() -> None:
    drawing, start = pictures(n12=HOURS)
    assert [(edge["how"], edge["when"]) for edge in drawing.data(start)["edges"]][:2] == [
        ("open", f"Mon{TO}Fri 09:00{TO}17:00"),
        ("otherwise", f"outside Mon{TO}Fri 09:00{TO}17:00"),
    ]


def test_neighbours_that_say_the_same_are_one_band() -> None:
    spans = [(0, 60, 0), (60, 120, 0), (120, 180, 1), (200, 240, 1), (240, 300, 1)]
    bands = [{"from": start, "to": end, "index": index} for start, end, index in spans]
    found = [(band["from"], band["to"], band["index"]) for band in _joined(bands)]
    assert found == [(0, 120, 0), (120, 180, 1), (200, 300, 1)]
    assert bands[0]["to"] == 60
