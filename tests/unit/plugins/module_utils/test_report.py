# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The document of an office's calls, and the report that is made of several."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timezone
from html.parser import HTMLParser
from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._calls.document import Made, Source, document
from ansible_collections.office.telephony.plugins.module_utils._calls.findings import times_for
from ansible_collections.office.telephony.plugins.module_utils._calls.names import Names
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
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
from ansible_collections.office.telephony.plugins.module_utils._calls.report import Missing, Report, by_group, mask
from ansible_collections.office.telephony.plugins.module_utils._calls.report_html import html
from ansible_collections.office.telephony.plugins.module_utils._calls.report_markdown import markdown
from ansible_collections.office.telephony.plugins.module_utils._calls.schedules import weekly
from ansible_collections.office.telephony.plugins.module_utils._calls.survey import Survey
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

ZONE = "Europe/Stockholm"
NOW = datetime(2026, 11, 28, 15, 5, tzinfo=timezone.utc)
MAIN, SALES, NIGHT, ROUND = "+46846500412", "+46846500413", "+46846500414", "+46846500415"
ANNA, NOBODYS = "+46701740605", "+12025550144"
SYDNEY = "+61255500101"
WEEK = 7 * 24 * 60
OPEN = "Mon\N{EN DASH}Fri 09:00\N{EN DASH}17:00"
DESK = 'queue "Desk" (20 s: Anna Lindqvist)'
PEOPLE = Directory([Person("Anna Lindqvist", "anna@example.org", (ANNA,)), Person("Erik Öhman", "erik@example.org")])
# Closes texts and attributes, opens elements, turns the direction of writing, and is no text of any file.
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'`|*_[x](y)\n# h\u202e\ud800&lt;"


class Office:
    """An office whose graph is written by hand."""

    def __init__(self, name: str = "stockholm", directory: Directory = PEOPLE) -> None:
        self.name = name
        self.directory = directory
        self.draft = Draft("demo", office=name, variable="office_demo", zone=ZONE)

    def key(self, name: str) -> str:
        return self.draft.key("apps", name)

    def number(self, e164: str, to: str, **more: Any) -> None:
        self.draft.add(number_node(e164, GoTo(To(to, **more)), place=self.draft.place("numbers", e164)))

    def app(self, name: str, kind: Kind, does: Any = None) -> str:
        place = self.draft.place("apps", name)
        key = self.key(name)
        self.draft.add(Node(key, kind, name, does, place) if does else Node(key, kind, name, place=place))
        return key

    def document(self, *others: Graph, **made: Any) -> dict[str, Any]:
        graph = Graph.of([self.draft.graph, *others])
        survey = Survey(graph, times_for((graph,), ZONE, NOW), Names(graph, self.directory))
        sources = [Source("demo", "Demo", "the account")]
        found = document(survey, Made(self.name, NOW, sources, **made))
        # What a file holds between two tasks.
        copied: dict[str, Any] = json.loads(json.dumps(found))
        return copied


def stockholm() -> Office:
    """Two numbers lead to a menu that leads back to itself by way of another; one number is for the night."""
    office = Office()
    box = office.app("Box", Kind.MAILBOX)
    sales = {"1": To(number_key(ANNA)), "0": To(office.key("Reception"))}
    office.app("Sales", Kind.MENU, Menu(sales, to_unknown("what happens when a caller presses nothing")))
    keys = {"1": To(office.key("Sales")), "2": To(number_key(NOBODYS), assumed("that this goes on"))}
    reception = office.app("Reception", Kind.MENU, Menu(keys, To(box)))
    anna = To(number_key(ANNA))
    ring = office.app("Desk", Kind.QUEUE, Ring((Step((anna,), 20),), To(box)))
    hours = weekly([(day, 9 * 3600, 17 * 3600) for day in range(5)], ZONE)
    office.app("Hours", Kind.QUEUE, Rules((Rule(To(ring), hours),), To(box)))
    office.number(MAIN, reception)
    office.number(SALES, reception)
    office.number(NIGHT, office.key("Hours"))
    return office


class Page(HTMLParser):
    """What a browser would make of a page: its elements, with what is linked to and what can be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.links: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        if tag not in ("meta", "input", "br", "img"):
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids[str(value)] += 1
            if name == "href":
                self.links.add(str(value))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["script"]):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    def is_whole(self) -> bool:
        """Whether every element ends, every id is there once, and every link leads somewhere."""
        return not self.open and set(self.ids.values()) <= {1} and {link[1:] for link in self.links} <= set(self.ids)


def page(report: Report, **more: Any) -> Page:
    found = Page(html(report, **more))
    assert found.is_whole()
    return found


def test_a_week_is_covered_by_bands_and_each_says_what_is_met_then() -> None:
    found = stockholm().document()
    night = next(entry for entry in found["numbers"] if entry["number"] == NIGHT)
    week = found["weeks"][night["week"]]
    texts = {part["text"]: part["when"] for part in week["parts"]}
    assert texts == {
        f'{DESK}, then mailbox "Box"': OPEN,
        'mailbox "Box"': f"outside {OPEN}",
    }
    assert sum(end - start for start, end, _part in week["bands"]) == WEEK
    saturday = 5 * 24 * 60 + 600
    (part,) = [part for start, end, part in week["bands"] if start <= saturday < end]
    assert week["parts"][part]["text"] == 'mailbox "Box"'


def test_a_place_that_several_numbers_lead_to_is_drawn_once_and_a_loop_leads_back() -> None:
    found = stockholm().document()
    office = Report([found]).offices[0]
    (reception,) = office.shared
    assert reception.label == 'menu "Reception"'
    assert list(reception.by)[:2] == [office.numbers[MAIN], office.numbers[SALES]]
    main = office.part(found["numbers"][0]["start"])
    assert [(way.link, way.ways, way.back) for way in main.ways] == [(reception.anchor, (), False)]
    sales = reception.ways[0]
    assert (sales.link, sales.node["label"]) == ("", 'menu "Sales"')
    (back,) = [way for way in sales.ways if way.back]
    assert (back.branch["how"], back.link) == ("key 0", reception.anchor)


def test_a_circle_of_numbers_ends() -> None:
    office = Office()
    office.number(MAIN, number_key(SALES))
    office.number(SALES, number_key(MAIN))
    report = Report([office.document()])
    assert f'<a href="#{report.numbers[MAIN]}">' in html(report)
    assert page(report)
    assert markdown(report).count("```mermaid") == 2


def test_a_long_chain_is_cut_into_parts() -> None:
    office = Office()
    for place in range(1200):
        office.app(f"A{place}", Kind.ANNOUNCEMENT, GoTo(To(office.key(f"A{place + 1}"))))
    office.app("A1200", Kind.MAILBOX)
    office.number(MAIN, office.key("A0"))
    assert page(Report([office.document()])).elements["article"] > 100


def test_people_and_phones_are_listed_with_the_ways_to_them() -> None:
    found = stockholm().document(people=["erik@example.org"])
    anna, erik = found["people"]
    assert [(way["number"], way["keys"], way["when"]) for way in anna["by"]] == [
        (MAIN, ["key 1", "key 1"], ""),
        (SALES, ["key 1", "key 1"], ""),
        (NIGHT, [], OPEN),
    ]
    assert (erik["name"], erik["by"]) == ("Erik Öhman", [])
    (phone,) = found["phones"]
    assert (phone["name"], [way["keys"] for way in phone["by"]]) == ("+1 202 555 0144", [["key 2"], ["key 2"]])
    assert stockholm().document(people=[])["people"] == [anna], "only who is reached"
    shown = page(Report([found])).text
    assert "No number leads here." in shown


def test_what_is_not_certain_is_said_where_it_is_and_all_together() -> None:
    found = stockholm().document()
    words = {(item["evidence"], item["words"]): item["at"] for item in found["open"]}
    assert words["assumed", "that this goes on"] == ['menu "Reception"']
    assert words["unknown", "what happens when a caller presses nothing"] == ['menu "Sales"']
    shown = page(Report([found])).text
    assert "assumed that this goes on" in shown
    assert "It is not known what happens when a caller presses nothing" in shown
    assert "0 more" not in shown


def test_offices_without_a_model_come_first_with_the_reason() -> None:
    report = Report([stockholm().document()], [Missing("lyon", "3 problems")])
    shown = page(report).text
    assert shown.index("lyon") < shown.index("3 problems") < shown.index("stockholm")
    text = markdown(report)
    assert text.index("lyon") < text.index("stockholm")
    assert report.data()["missing"] == [{"office": "lyon", "why": "3 problems"}]


def linked() -> tuple[Office, Office]:
    """A number of Stockholm goes on at a number of Sydney."""
    here, there = Office(), Office("sydney")
    there.number(SYDNEY, there.app("Front desk", Kind.FLOW))
    here.number(MAIN, number_key(SYDNEY))
    return here, there


def test_a_number_of_another_office_is_linked_where_that_is_in_the_report() -> None:
    here, there = linked()
    mine, theirs = here.document(there.draft.graph), there.document()
    both = Report([mine, theirs])
    assert f'<a href="#{both.numbers[SYDNEY]}">+61 2 5550 0101</a> <span class="soft">(sydney)</span>' in html(both)
    assert [entry["number"] for entry in mine["numbers"]] == [MAIN], "the other office has its own document"
    alone = html(Report([mine]))
    assert "+61 2 5550 0101 <span" in alone


def test_each_group_has_a_report_that_names_no_office_of_another() -> None:
    here, there = linked()
    documents = [here.document(there.draft.graph, group="A & B"), there.document(group="C")]
    reports = by_group(documents, [Missing("lyon", "no", "C")])
    assert list(reports) == ["A & B", "C"]
    assert [one.office for one in reports["C"].missing] == ["lyon"]
    for text in (html(reports["A & B"]), markdown(reports["A & B"]), json.dumps(reports["A & B"].data())):
        assert "sydney" not in text
    assert "<h1>Phone routing of A &amp; B</h1>" in html(reports["A & B"])


def hostile() -> Report:
    person = Person(HOSTILE, "x@example.org", (ANNA,))
    office = Office(HOSTILE, Directory([person]))
    box = office.app(f"Box{HOSTILE}", Kind.MAILBOX)
    menu = Menu({"1": To(number_key(ANNA)), "2": To(box, assumed(HOSTILE))}, to_unknown(HOSTILE))
    office.number(MAIN, office.app(f"Menu{HOSTILE}", Kind.MENU, menu))
    found = office.document(notes=[HOSTILE])
    finding = {"code": "loop", "severity": "warn", "at": HOSTILE, "path": HOSTILE, "what": HOSTILE, "call": HOSTILE}
    finding["accepted"] = dict.fromkeys(("why", "by", "until"), HOSTILE)  # type: ignore[assignment]
    test = {"name": HOSTILE, "status": "fail", "when": HOSTILE, "why": [HOSTILE], "route": [HOSTILE]}
    found |= {"findings": [finding], "unused": [HOSTILE], "tests": [test], "unread": [{"at": HOSTILE, "why": HOSTILE}]}
    return Report([found], [Missing(HOSTILE, HOSTILE)], title=HOSTILE)


def test_nothing_that_stands_in_an_account_is_more_than_text() -> None:
    report = hostile()
    text = html(report)
    found = Page(text)
    assert found.is_whole()
    assert (found.elements["script"], found.elements["img"]) == (1, 0)
    assert not {name for name in found.attributes if name.startswith("on")}
    assert text.encode()
    assert "\u202e" not in text
    assert found.text.count("alert(1)") > 20, "every place shows it as text"


def blocks_of(text: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(r"```mermaid\n(.*?)```", text, re.DOTALL))


def test_nothing_that_stands_in_an_account_is_markup_in_markdown() -> None:
    text = markdown(hostile())
    assert text.encode()
    blocks = list(blocks_of(text))
    assert blocks
    for line in "".join(blocks).splitlines():
        shape = r'    n\d+(\W+".*"\W+| -->\|".*"\| n\d+| -\.->\|".*"\| n\d+| --> n\d+)'
        assert line == "flowchart TD" or re.fullmatch(shape, line), line
    outside = re.sub(r"```mermaid\n.*?```", "", text, flags=re.DOTALL)
    assert "<" not in outside
    assert not re.search(r"(?<!\\)\[x", outside)
    assert "\n# h" not in outside


def test_masked_numbers_are_nowhere_and_dates_stay() -> None:
    found = stockholm().document()
    found["findings"] = [
        {"code": "loop", "severity": "warn", "at": f"demo/numbers/{MAIN}", "path": "", "call": "dial 08-465 004 12"}
        | {"what": "(202) 555-0144, 2026-12-24 12:00"}
    ]
    report = Report([found])
    for text in (html(report, mask), markdown(report, mask), json.dumps(report.data(mask), ensure_ascii=False)):
        assert "••• 412" in text
        assert "2026-11-28" in text
        assert "2026-12-24 12:00" in text
        for digits in ("465 004", "46846500412", "46500", "555-0144", "1740605", "174 06 05"):
            assert digits not in text, digits
    assert page(report, text=mask).elements["article"] == 4


def many(count: int) -> Office:
    office = Office()
    box = office.app("Box", Kind.MAILBOX)
    office.app("Other", Kind.MENU, Menu({"0": To(office.key("Reception"))}, To(box)))
    office.app("Reception", Kind.MENU, Menu({str(key): To(office.key("Other")) for key in range(10)}, To(box)))
    for place in range(count):
        office.number(f"+4684650{place:04}", office.key("Reception"))
    return office


def test_one_menu_behind_many_numbers_is_computed_and_drawn_once() -> None:
    found = many(200).document()
    assert len(found["nodes"]) == 204, "with what an unassigned key does"
    assert len(found["weeks"]) == 1
    report = Report([found])
    shown = page(report)
    assert shown.elements["article"] == 202
    assert html(report).count("key 9") == 1
    smaller = Report([many(100).document()])
    for render in (html, markdown):
        assert len(render(report)) < 2.1 * len(render(smaller))


@each("parts", [1, 2, 12])
def test_no_two_parts_of_a_week_look_alike_as_long_as_there_are_looks(parts: int) -> None:
    office = Office()
    rules = []
    for place in range(parts - 1):
        hours = weekly([(0, place * 3600, (place + 1) * 3600)], ZONE)
        rules.append(Rule(To(office.app(f"Flow {place}", Kind.FLOW)), hours))
    last = To(office.app("Flow last", Kind.FLOW))
    office.app("Hours", Kind.QUEUE, Rules(tuple(rules), last))
    office.number(MAIN, office.key("Hours"))
    text = html(Report([office.document()]))
    (legend,) = re.findall(r'<ul class="legend">(.*?)</ul>', text)
    looks = re.findall(r'class="key (\S+?)"[^>]*>(.)<', legend)
    assert len(looks) == parts
    assert len(set(looks)) == parts, "at least the letter is another"
    assert len({look for look, _letter in looks}) == min(parts, 8)


def test_who_is_reached_looks_the_same_in_every_week() -> None:
    office = Office()
    flow = To(office.app("Flow", Kind.FLOW))
    hours = weekly([(day, 0, 24 * 3600) for day in range(5)], ZONE)
    office.app("Hours", Kind.QUEUE, Rules((Rule(To(office.app("Box", Kind.MAILBOX)), hours),), flow))
    office.number(MAIN, office.key("Hours"))
    office.number(SALES, office.key("Flow"))
    legends = re.findall(r'<ul class="legend">(.*?)</ul>', html(Report([office.document()])))
    both, one = (re.findall(r'class="key (\S+?)"', legend) for legend in legends)
    assert len(both) == 2
    assert both[1:] == one


def test_a_single_step_is_not_drawn_beside_the_legend_that_says_it() -> None:
    office = Office()
    office.number(MAIN, office.app("Box", Kind.MAILBOX))
    assert 'class="tree"' not in html(Report([office.document()]))
    office.number(SALES, number_key(MAIN))
    assert html(Report([office.document()])).count('class="tree"') == 1


def test_calls_of_a_caller_whom_a_rule_names_are_shown_beside_everybody_s() -> None:
    office = Office()
    box = office.app("Box", Kind.MAILBOX)
    rule = Rule(To(box), callers=frozenset({NOBODYS}), name="Nuisance")
    office.app("Rules", Kind.QUEUE, Rules((rule,), To(number_key(ANNA))))
    office.number(MAIN, office.key("Rules"))
    found = office.document()
    (number,) = found["numbers"]
    (caller,) = number["callers"]
    texts = [found["weeks"][week]["parts"][0]["text"] for week in (number["week"], caller["week"])]
    assert texts == ["Anna Lindqvist's mobile", 'mailbox "Box"']
    assert "Nuisance, calls from +1 202 555 0144" in page(Report([found])).text
    (way,) = found["people"][0]["by"]
    assert way["caller"] == "", "she is reached by everybody else"


def test_who_is_only_reached_by_a_mailbox_is_listed_with_it() -> None:
    office = Office()
    phones, box = office.draft.key("people", "1/phones"), office.draft.key("people", "1/voicemail")
    person = Node(office.draft.key("people", "1"), Kind.PERSON, "Alex", email="alex@example.org")
    office.draft.add(person)
    office.draft.add(Node(box, Kind.MAILBOX, "Alex's mailbox", owner=person.key))
    office.draft.add(Node(phones, Kind.DEVICE, "Alex's phones", owner=person.key))
    office.number(MAIN, phones)
    office.number(SALES, box)
    shown = html(Report([office.document()]))
    assert shown.count("(only a mailbox)") == 1


def test_people_of_an_account_that_offices_share_are_one() -> None:
    documents = []
    for name in ("lyon", "oslo"):
        office = Office(name, Directory())
        person = Node(office.draft.key("people", "1"), Kind.PERSON, "Alex", email="alex@example.org")
        office.draft.add(person)
        office.number(MAIN if name == "lyon" else SALES, person.key)
        documents.append(office.document())
    (alex,) = Report(documents).people()
    assert [way["number"] for way in alex.ways] == [MAIN, SALES]
