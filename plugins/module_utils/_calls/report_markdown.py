# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as Markdown, with the routes as Mermaid. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._texts import markdown_text
from .pictures import flowchart
from .report import Office, Part, Report, Text, Way, at_times, day_and_time, only_mailbox, places_of, printable, tally


def markdown(report: Report, text: Text = str) -> str:
    """Return the report as text; *text* changes each text that it shows."""
    return "\n".join(_Markdown(report, text).lines()) + "\n"


@dataclass
class _Chart:
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]] = field(default_factory=list)
    # By the keys of nodes.
    known: dict[str, str] = field(default_factory=dict)


class _Markdown:
    def __init__(self, report: Report, text: Text) -> None:
        self.report = report
        self._change = printable(text)

    def text(self, text: object) -> str:
        """Return a text in which nothing is markup; it is one line."""
        return markdown_text(self._change(str(text)))

    def lines(self) -> Iterator[str]:
        """Yield the lines."""
        yield f"# Phone routing{' of ' + self.text(self.report.title) if self.report.title else ''}"
        yield from self._offices()
        for office in self.report.offices:
            yield from self._office(office)
        yield from self._reached()
        yield from self._findings()
        yield from self._tests()
        yield from self._open()

    def _offices(self) -> Iterator[str]:
        yield from ("", "## Offices", "")
        yield from (
            f"- **Not in this report: {self.text(one.office)}**: {self.text(one.why)}" for one in self.report.missing
        )
        if self.report.missing:
            yield ""
        yield "| Office | Numbers | Findings | Call tests | Made | From | Time zone |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        for office in self.report.offices:
            found = office.document
            cells = (
                office.name,
                len(office.numbers),
                ", ".join(f"{count} {name}" for name, count in tally(found["findings"], "severity")) or "none",
                ", ".join(f"{count} {name}" for name, count in tally(found["tests"], "status")) or "none",
                day_and_time(found["made"]),
                ", ".join(f"{source['title']}: {source['words']}" for source in found["sources"]),
                found["zone"],
            )
            yield f"| {' | '.join(map(self.text, cells))} |"

    def _office(self, office: Office) -> Iterator[str]:
        yield from ("", f"## {self.text(office.name)}")
        document = office.document
        yield from (line for note in document["notes"] for line in ("", f"**{self.text(note)}**"))
        for entry in (*document["numbers"], *document["inside"]):
            note = "" if entry["number"] else " (no number leads here)"
            yield from ("", f"### {self.text(entry['label'])}{note}", "")
            yield from self._week(document, entry["week"])
            yield from self._chart(office.part(entry["start"]))
            for caller in entry["callers"]:
                yield from ("", f"Calls from {self.text(caller['caller'])}:", "")
                yield from self._week(document, caller["week"])
                yield from self._chart(office.part(caller["start"]))
        for part in office.shared:
            yield from ("", f"### {self.text(part.label)}")
            yield from self._chart(part)

    def _week(self, document: Mapping[str, Any], ident: str) -> Iterator[str]:
        for part in document["weeks"][ident]["parts"]:
            yield f"- {self.text(part['when'] or 'Always')}: {self.text(part['text'])}"

    def _chart(self, part: Part) -> Iterator[str]:
        chart = _Chart([self._node("n0", part.node)])
        self._add("n0", part.ways, chart)
        if chart.edges:
            yield from ("", "```mermaid", flowchart(chart.nodes, chart.edges), "```")

    def _add(self, above: str, ways: Sequence[Way], chart: _Chart) -> None:
        """Add *ways*, each place once."""
        for way in ways:
            key = way.node["key"]
            ident = "n0" if way.back else chart.known.get(key, f"n{len(chart.nodes)}")
            how = {name: self._change(way.branch[name]) for name in ("how", "when")}
            chart.edges.append({"from": above, "to": ident, "evidence": way.branch["evidence"], **how})
            if not way.back and key not in chart.known:
                chart.known[key] = ident
                chart.nodes.append(self._node(ident, way.node))
                self._add(ident, way.ways, chart)

    def _node(self, ident: str, node: Mapping[str, Any]) -> dict[str, Any]:
        return {"id": ident, "kind": node["kind"], "label": self._change(node["label"])}

    def _reached(self) -> Iterator[str]:
        for title, people in (("People", self.report.people()), ("Phones nobody owns", self.report.phones())):
            if people:
                yield from ("", f"## {title}", "")
            for person in people:
                ways = [self.text(way["label"] + at_times(way)) for way in person.ways]
                ways += [self.text(f"{way['label']}{at_times(way)} (only a mailbox)") for way in only_mailbox(person)]
                ways += ["and more"] if person.more else []
                yield f"- **{self.text(person.entry['name'])}**: {'; '.join(ways) or 'no number leads here'}"

    def _findings(self) -> Iterator[str]:
        found = self.report.findings()
        unused = self.report.of_all("unused")
        if found or unused:
            yield from ("", "## Findings", "")
        for office, finding in found:
            call = f" {finding['call']}" if finding["call"] else ""
            place = self.text(places_of(office, finding))
            yield f"- **{finding['severity']} {self.text(finding['code'])}**: {self.text(finding['what'] + '.' + call)}"
            yield f"  ({place})"
        yield from (f"- **warn**: {self.text(text)} ({self.text(office.name)})" for office, text in unused)

    def _tests(self) -> Iterator[str]:
        tests = self.report.tests()
        if tests:
            yield from ("", "## Call tests", "")
        for office, test in tests:
            yield f"- **{test['status']}**: {self.text(test['name'])} ({self.text(office.name)})"
            if test["status"] != "pass":
                yield from (f"  {number}. {self.text(step)}" for number, step in enumerate(test["route"], start=1))
                yield from (f"  - {self.text(why)}" for why in test["why"])

    def _open(self) -> Iterator[str]:
        unread, found = self.report.of_all("unread"), self.report.of_all("open")
        if unread or found:
            yield from ("", "## Not certain", "")
        for office, item in unread:
            yield f"- **not read**: {self.text(item['why'])} ({self.text(office.name + ', ' + item['at'])})"
        yield from self._uncertain(found)

    def _uncertain(self, found: Iterable[tuple[Office, Mapping[str, Any]]]) -> Iterator[str]:
        for office, item in found:
            words = "assumed" if item["evidence"] == "assumed" else "not known"
            places = ", ".join(item["at"]) + (" and more" if item["count"] > len(item["at"]) else "")
            yield f"- **{words}**: {self.text(item['words'])} ({self.text(f'{office.name}: {places}')})"
