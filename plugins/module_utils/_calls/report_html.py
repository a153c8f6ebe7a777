# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report as one HTML file that needs nothing else. Private to the collection.

Names come from accounts, where anybody may have written them: every text goes through `_Page.text`, and the page's own
policy forbids every script but its own and every request.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from .document import MAILBOX, NOBODY, UNKNOWN
from .nodes import Level
from .report import (
    Office,
    Part,
    Person,
    Report,
    Text,
    Way,
    at_times,
    day_and_time,
    only_mailbox,
    places_of,
    printable,
    tally,
)
from .report_style import SCRIPT, STYLE

_COLOURS = 8
_MENU = "menu"
# So many of the ways that lead to a part are named.
_MOST_NAMED = 12
_MINUTES = 7 * 24 * 60
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COLUMNS = ("Office", "Numbers", "Findings", "Call tests", "Made", "From", "Time zone")
_SECTIONS = (
    ("numbers", "Numbers"),
    ("people", "People"),
    ("phones", "Phones nobody owns"),
    ("findings", "Findings"),
    ("tests", "Call tests"),
    ("open", "Not certain"),
)


def html(report: Report, text: Text = str) -> str:
    """Return the page; *text* changes each text that it shows."""
    return "".join(_Page(report, text).lines())


class _Page:
    def __init__(self, report: Report, text: Text) -> None:
        self.report = report
        self._change = printable(text)
        self._escaped: dict[str, str] = {}
        self._masks = text is not str
        self._weeks: dict[tuple[str, str], str] = {}
        self._labels: dict[str, str] = {}
        for office in report.offices:
            self._labels |= office.labels()

    def text(self, text: object) -> str:
        """Return a text for the page; many of them occur often."""
        found = str(text)
        if found not in self._escaped:
            self._escaped[found] = escape(self._change(found))
        return self._escaped[found]

    def lines(self) -> Iterator[str]:
        """Yield the page in pieces."""
        yield from self._head()
        yield '<main id="main">'
        yield from self._offices()
        for name, title in _SECTIONS:
            pieces = list(getattr(self, f"_{name}")())
            if pieces:
                yield f'<section class="group" aria-labelledby="{name}"><h2 id="{name}">{title}</h2>'
                yield from pieces
                yield "</section>"
        yield "</main><footer><p>Made by office.telephony. "
        yield "Letters and patterns in the bands mean the same as the colours.</p></footer>"
        yield f"<script>{SCRIPT}</script></body></html>\n"

    def _head(self) -> Iterator[str]:
        digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
        title = self.text(f"Phone routing of {self.report.title}" if self.report.title else "Phone routing")
        yield '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>'
        yield f'{title}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="referrer" content="no-referrer"><meta http-equiv="Content-Security-Policy" content="'
        yield f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; form-action 'none'; "
        yield f"base-uri 'none'\"><style>{STYLE}</style></head><body>"
        yield '<a class="skip" href="#main">Skip to the offices</a>'
        yield f'<header><h1>{title}</h1><p class="soft">Who answers when a customer calls. '
        yield f"{self._counts()}</p></header>"
        yield '<div class="bar"><div><nav aria-label="Sections"><ul><li><a href="#offices">Offices</a></li>'
        yield from (f'<li><a href="#{name}">{title}</a></li>' for name, title in _SECTIONS if self._has(name))
        yield '</ul></nav><form role="search" hidden><label for="search">Search</label>'
        yield '<input id="search" type="search" autocomplete="off" placeholder="number, name or place">'
        yield '<output id="found" for="search" class="soft"></output></form></div></div>'

    def _has(self, name: str) -> bool:
        return any(True for _piece in getattr(self, f"_{name}")())

    def _counts(self) -> str:
        numbers = sum(len(office.numbers) for office in self.report.offices)
        parts = [_count(numbers, "number"), _count(len(self.report.offices), "office")]
        missing = len(self.report.missing)
        parts += [f"{_count(missing, 'office')} missing"] if missing else []
        return self.text(f"{', '.join(parts)}. Made {day_and_time(self.report.made)}." if self.report.made else "")

    def _offices(self) -> Iterator[str]:
        yield '<section aria-labelledby="offices"><h2 id="offices">Offices</h2>'
        if self.report.missing:
            yield '<div class="card alarm"><h3>Not in this report</h3><ul>'
            for one in self.report.missing:
                yield f"<li><strong>{self.text(one.office)}</strong>: {self.text(one.why)}</li>"
            yield "</ul></div>"
        if self.report.offices:
            # On a narrow screen its rows are blocks, which would make an end of the table's own roles.
            yield '<table role="table" aria-labelledby="offices"><thead role="rowgroup"><tr role="row">'
            yield from (f'<th role="columnheader" scope="col">{title}</th>' for title in _COLUMNS)
            yield '</tr></thead><tbody role="rowgroup">'
            for office in self.report.offices:
                yield self._row(office)
            yield "</tbody></table>"
        yield "</section>"

    def _row(self, office: Office) -> str:
        found = office.document
        sources = ", ".join(f"{source['title']}: {source['words']}" for source in found["sources"])
        cells = (
            str(len(office.numbers)),
            _badges(found["findings"], "severity"),
            _badges(found["tests"], "status"),
            self.text(day_and_time(found["made"])),
            self.text(sources),
            self.text(found["zone"]),
        )
        link = f'<a href="#{office.anchor}">{self.text(office.name)}</a>'
        columns = zip(_COLUMNS[1:], cells, strict=True)
        row = "".join(f'<td role="cell" data-t="{title}">{cell}</td>' for title, cell in columns)
        return f'<tr role="row"><th role="rowheader" scope="row">{link}</th>{row}</tr>'

    def _numbers(self) -> Iterator[str]:
        for office in self.report.offices:
            found = office.document
            yield f'<section class="group" aria-labelledby="{office.anchor}">'
            yield f'<h3 id="{office.anchor}">{self.text(office.name)}</h3>'
            yield from (f'<p class="open">{self.text(note)}</p>' for note in found["notes"])
            if not found["numbers"]:
                yield '<p class="soft">No numbers.</p>'
            for entry in found["numbers"]:
                yield from self._number(office, entry)
            if found["inside"]:
                yield f'<section class="group"><h4>No number leads here ({self.text(office.name)})</h4>'
                for entry in found["inside"]:
                    yield from self._number(office, entry, inside=True)
                yield "</section>"
            shared = office.shared
            if shared:
                yield f'<section class="group"><h4>Where several ways lead ({self.text(office.name)})</h4>'
                for part in shared:
                    yield from self._shared(part)
                yield "</section>"
            yield "</section>"

    def _number(self, office: Office, entry: Mapping[str, Any], *, inside: bool = False) -> Iterator[str]:
        part = office.part(entry["start"])
        digits = "" if self._masks else entry["number"].lstrip("+")
        marks = "" if inside else f' data-n="{escape(digits)}"'
        yield f'<article class="card item two" id="{part.anchor}"{marks}><h4>{self.text(entry["label"])}'
        yield f' <span class="soft">{self.text(_titles(office).get(entry["provider"], entry["provider"]))}'
        number = entry["extension"]
        yield f"{' extension ' + self.text(number) if number and number not in entry['label'] else ''}</span></h4><div>"
        yield self._week(office, entry["week"])
        yield f"{self._by(part)}</div><div>{self._route(part, entry['label'])}</div>"
        for caller in entry["callers"]:
            other = office.part(caller["start"])
            yield f'<div class="wide" id="{other.anchor}"><strong>Calls from {self.text(caller["caller"])}</strong>'
            yield "</div>"
            yield f"<div>{self._week(office, caller['week'])}</div><div>{self._tree(other.ways)}</div>"
        yield "</article>"

    def _shared(self, part: Part) -> Iterator[str]:
        yield f'<article class="card item" id="{part.anchor}"><h4>{self.text(part.label)}</h4>'
        yield f"{self._by(part)}{self._tree(part.ways)}</article>"

    def _by(self, part: Part) -> str:
        """Return from where calls get to a part."""
        if not part.by:
            return ""
        anchors = [anchor for anchor in part.by if anchor != part.anchor]
        links = [self._link(anchor, self._labels[anchor]) for anchor in anchors[:_MOST_NAMED]]
        more = f" and {len(anchors) - _MOST_NAMED} more" if anchors[_MOST_NAMED:] else ""
        return f'<p class="soft">Calls come here from {", ".join(links)}{more}</p>' if links else ""

    def _link(self, anchor: str, label: str) -> str:
        return f'<a href="#{anchor}">{self.text(label)}</a>'

    def _week(self, office: Office, ident: str) -> str:
        """Return the band and what its letters mean; many numbers have the same."""
        if (office.anchor, ident) not in self._weeks:
            week = office.document["weeks"][ident]
            classes = list(_classes(week["parts"]))
            self._weeks[office.anchor, ident] = self._band(week, classes) + self._legend(week["parts"], classes)
        return self._weeks[office.anchor, ident]

    @staticmethod
    def _band(week: Mapping[str, Any], classes: Sequence[str]) -> str:
        stretches = "".join(
            f'<i class="{classes[part]}" style="flex:{end - start} 0 0">{_letter(part)}</i>'
            for start, end, part in _filled(week["bands"])
        )
        days = "".join(f"<span>{day}</span>" for day in _DAYS) if len(classes) > 1 else ""
        return f'<div aria-hidden="true"><div class="days">{days}</div><div class="band">{stretches}</div></div>'

    def _legend(self, parts: Sequence[Mapping[str, Any]], classes: Sequence[str]) -> str:
        lines = []
        for position, part in enumerate(parts):
            when = part["when"] or "Always"
            lines.append(
                f'<li><span class="key {classes[position]}" aria-hidden="true">{_letter(position)}</span>'
                f"<span><strong>{self.text(when)}:</strong> {self.text(part['text'])}</span></li>"
            )
        return f'<ul class="legend">{"".join(lines)}</ul>'

    def _route(self, part: Part, title: str) -> str:
        """Return the tree of a part; what happens at its root stands above it, unless the title says it.

        A single step without any more to say is in the legend already.
        """
        if _is_plain(part.ways):
            return ""
        tree = self._tree(part.ways)
        return tree if part.label == title else f"<p>{self.text(part.label)}</p>{tree}"

    def _tree(self, ways: Sequence[Way]) -> str:
        return f'<ul class="tree">{"".join(map(self._way, ways))}</ul>' if ways else ""

    def _way(self, way: Way) -> str:
        branch, node = way.branch, way.node
        words = ", ".join(filter(None, (branch["how"], branch["when"])))
        how = f'<span class="how">{self.text(words or "then")}</span>'
        if branch["evidence"] == Level.UNKNOWN.value:
            return f'<li>{how}<span class="open">It is not known {self.text(branch["words"])}</span></li>'
        label = self.text(node["label"])
        if way.link:
            label = f'{"back to " if way.back else ""}<a href="#{way.link}">{label}</a>'
        if "office" in node:
            label += f' <span class="soft">({self.text(node["office"] or "another office")})</span>'
        note = ""
        if branch["evidence"] == Level.ASSUMED.value:
            note = f' <span class="open">assumed {self.text(branch["words"])}</span>'
        inner = f"<ul>{''.join(map(self._way, way.ways))}</ul>" if way.ways else ""
        return f"<li>{how}{label}{note}{inner}</li>"

    def _people(self) -> Iterator[str]:
        people = self.report.people()
        if people:
            yield '<ul class="list grid">'
            for person in people:
                entry = person.entry
                ways = ", ".join([entry["email"], *entry["phones"], *entry["sip"], *entry["extensions"]]).strip(", ")
                yield f'<li class="card item"><h3>{self.text(entry["name"])}</h3>'
                yield f'<p class="soft">{self.text(ways)}</p>' if ways else ""
                yield self._reached(person)
                yield "</li>"
            yield "</ul>"

    def _phones(self) -> Iterator[str]:
        phones = self.report.phones()
        if phones:
            if not any(office.document["has_people"] for office in self.report.offices):
                yield '<p class="soft">No office lists its people in office_people, so no phone has an owner.</p>'
            yield '<ul class="list grid">'
            for phone in phones:
                yield f'<li class="card item"><h3>{self.text(phone.entry["name"])}</h3>{self._reached(phone)}</li>'
            yield "</ul>"

    def _reached(self, person: Person) -> str:
        if not person.ways and not person.voicemail:
            return "<p>No number leads here.</p>"
        found = [f"<li>{self._by_number(way)}</li>" for way in person.ways]
        found += [f"<li>{self._by_number(way)} (only a mailbox)</li>" for way in only_mailbox(person)]
        more = "<li>and more</li>" if person.more else ""
        return f"<ul>{''.join(found)}{more}</ul>"

    def _by_number(self, way: Mapping[str, Any]) -> str:
        anchor = self.report.numbers.get(way["number"], "") if way["number"] else ""
        label = self._link(anchor, way["label"]) if anchor else self.text(way["label"])
        return label + self.text(at_times(way))

    def _findings(self) -> Iterator[str]:
        found = self.report.findings()
        unused = self.report.of_all("unused")
        if found or unused:
            yield '<ul class="list">'
            for office, finding in found:
                severity = finding["severity"]
                yield f'<li class="card item"><span class="badge {severity}">{severity}</span>'
                yield f"<strong>{self.text(finding['code'])}</strong> {self.text(finding['what'])}"
                yield f"<br>{self.text(finding['call'])}" if finding["call"] else ""
                yield from self._accepted(finding.get("accepted"))
                yield f'<br><span class="at">{self.text(places_of(office, finding))}</span></li>'
            for office, text in unused:
                yield f'<li class="card item"><span class="badge warn">warn</span>{self.text(text)}'
                yield f'<br><span class="at">{self.text(office.name)}</span></li>'
            yield "</ul>"

    def _accepted(self, accepted: Mapping[str, str] | None) -> Iterator[str]:
        if accepted is not None:
            by = f" by {accepted['by']}" if accepted["by"] else ""
            until = f" until {accepted['until']}" if accepted["until"] else ""
            yield f"<br>{self.text(f'Accepted{by}{until}: ' + accepted['why'])}"

    def _tests(self) -> Iterator[str]:
        tests = self.report.tests()
        if tests:
            yield '<ul class="list">'
            for office, test in tests:
                status = test["status"]
                when = f" {test['when']}" if test["when"] else ""
                yield f'<li class="card item"><span class="badge {status}">{status}</span>'
                yield f'<strong>{self.text(test["name"])}</strong> <span class="soft">{self.text(office.name + when)}'
                yield "</span>"
                if status != "pass":
                    yield self._listed("ol", test["route"]) + self._listed("ul", test["why"])
                yield "</li>"
            yield "</ul>"

    def _listed(self, kind: str, texts: Iterable[str]) -> str:
        items = "".join(f"<li>{self.text(text)}</li>" for text in texts)
        return f"<{kind}>{items}</{kind}>" if items else ""

    def _open(self) -> Iterator[str]:
        unread, found = self.report.of_all("unread"), self.report.of_all("open")
        if unread or found:
            yield '<ul class="list">'
            for office, item in unread:
                yield f'<li class="card item"><span class="badge warn">not read</span>{self.text(item["why"])}<br>'
                yield f'<span class="at">{self.text(office.name + " · " + item["at"])}</span></li>'
            for office, item in found:
                known = item["evidence"] == Level.ASSUMED.value
                words = f"{'It is assumed' if known else 'It is not known'} {item['words']}."
                more = f" and {item['count'] - len(item['at'])} more" if item["count"] > len(item["at"]) else ""
                badge = "assumed" if known else "not known"
                yield f'<li class="card item"><span class="badge undecided">{badge}</span>{self.text(words)}<br>'
                yield f'<span class="at">{self.text(office.name + ": " + ", ".join(item["at"]) + more)}</span></li>'
            yield "</ul>"


def _is_plain(ways: Sequence[Way]) -> bool:
    if len(ways) != 1:
        return False
    (way,) = ways
    return (
        not way.ways and not way.link and way.branch["evidence"] == Level.DOCUMENTED.value and "office" not in way.node
    )


def _titles(office: Office) -> Mapping[str, str]:
    return {source["provider"]: source["title"] for source in office.document["sources"]}


def _classes(parts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the look of each part: the same for the same person in all weeks, as far as no two of a week share it."""
    taken: set[int] = set()
    for part in parts:
        if part["tone"] in (MAILBOX, NOBODY, UNKNOWN):
            yield part["tone"]
            continue
        colour = zlib.crc32(part["who"].encode(errors="surrogatepass")) % _COLOURS
        while colour in taken and len(taken) < _COLOURS:
            colour = (colour + 1) % _COLOURS
        taken.add(colour)
        yield f"c{colour} {_MENU}" if part["tone"] == _MENU else f"c{colour}"


def _filled(bands: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    yield from ((start, end, part) for start, end, part in bands if end > start)


def _letter(position: int) -> str:
    return _LETTERS[position % len(_LETTERS)]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _badges(found: Iterable[Mapping[str, Any]], by: str) -> str:
    parts = [f'<span class="badge {name}">{count} {name}</span>' for name, count in tally(found, by)]
    return "".join(parts) or "none"
