# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding everywhere that somebody is still reached, and putting a successor there. Private to the collection.

How a person is found is in `people`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._errors import InputError
from .._files.masks import WHY, masked_places
from .._texts import one_line
from . import rerouting
from .calling import Given
from .changes import spelled
from .lists import TABLES, gaps
from .messages import brief, plural, status_line
from .noticing import notice_of
from .onboarding import outcome
from .people import Places, search
from .people_tests import tests_naming
from .reading import read_office
from .session import Session
from .snapshot import SnapshotFile, summary

Result = dict[str, Any]


@dataclass(frozen=True)
class Leaver:
    """Who leaves, and who takes over. *providers* are searched.

    *directory* is the folder of the snapshots, None where there is none.
    """

    providers: Sequence[str]
    person: Mapping[str, Any]
    successor: Mapping[str, Any] | None = None
    directory: str | None = None
    ignore_reroute: bool = False
    calls: Given = field(default_factory=Given)


def find_leaver(session: Session, lists: Mapping[str, Any], how: Leaver) -> Result:
    """Search all lists of the office's accounts, and replace the person where there is a successor."""
    office = session.office
    office.read(lists)
    session.refuse(office)
    file = SnapshotFile(how.directory, office.name) if how.directory else None
    saved = file.read() if file is not None else None
    if saved is not None and how.successor is not None and not how.ignore_reroute:
        then = summary(saved, rerouting.text_of(session.now))
        line = status_line(office.name, then, session.zone)
        raise InputError(
            f"{line}. A restore would bring the person back.",
            next_step="Run office.telephony.restore first. Or set O(ignore_reroute), and run this again afterwards.",
        )
    if how.successor is not None:
        session.begin("leaver", how.providers)
        if file is not None:
            file.refuse_change(saved)
    reading = read_office(session, how.providers, notified=True)
    found = search(reading.lists, how.person, how.successor, office.rules)
    result: Result = {
        "changed": False,
        "found": found.places,
        "own": found.own,
        "notified": found.notified,
        "unsearched": [*found.unsearched, *_masked(reading.lists), *_unreadable(reading.lists, session)],
    }
    notice: list[str] = []
    if how.successor is not None:
        run = session.planned(found.lists)
        noticed = notice_of(session, how.calls, reading.lists, run, whole=not gaps(reading.lists))
        notice = list(noticed.lines(changed=bool(found.places)))
        session.carry_out(run, on_error="stop")
        result |= {**outcome(session, run, verify=True), **noticed.result()}
        if not found.places:
            result.pop("message", None)
    in_file = search(_as_read(office.items), how.person, None, office.rules, reading.lists).places
    restored = None
    if saved is not None:
        then = {"active": True, **summary(saved, rerouting.text_of(session.now))}
        kept = _as_read(rerouting.options_of(saved))
        restored = search(kept, how.person, None, office.rules, reading.lists).places
        result |= {"restored": restored, "snapshot": then}
    result["in_variables"] = in_file
    named = tests_naming(how.calls, how.person, reading.lists, office.rules.region)
    result["call_tests"] = named
    lines = lines_of(office.name, how.person, found, restored, result["unsearched"], replaced=how.successor is not None)
    if in_file:
        lines.append(f"The variables of {office.name} still name the person, so onboarding would bring them back:")
        lines += _places(in_file)
    if named:
        lines.append("Call tests name the person, and will fail or mean something else:")
        lines += [f"  {test['name']}  {', '.join(test['options'])}" for test in named]
    if result.get("failed"):
        result["msg"] = "\n".join([result["msg"], *lines])
        return result
    result["message"] = [*lines, *result.get("message", []), *notice]
    count = len(found.places)
    if how.successor is None or not count:
        result["brief"] = brief("found", plural("place", count)) if count else brief("not found", "")
    return result


def _as_read(lists: Mapping[str, Mapping[str, Sequence[Any]]]) -> dict[str, dict[str, Any]]:
    return {name: {table: {"items": items} for table, items in tables.items()} for name, tables in lists.items()}


def _masked(read: Mapping[str, Any]) -> list[str]:
    return [f"{one_line(place)} was not searched: {WHY}." for place in masked_places(read)]


def _unreadable(read: Mapping[str, Any], session: Session) -> list[str]:
    return [
        f"Searched in the variables or the journal only: {table.title}, which cannot be read."
        for name in read
        for table in session.accounts[name].lists
        if not table.resource.table.readable
    ]


def lines_of(
    office: str,
    person: Mapping[str, Any],
    found: Places,
    restored: Sequence[Mapping[str, Any]] | None,
    unsearched: Sequence[str],
    *,
    replaced: bool,
) -> list[str]:
    """Return what people read of a search. *replaced*: a successor takes the places, as the lines after these say."""
    who = person.get("email") or person.get("extension") or "The person"
    count = len(found.places)
    reached = "was found" if replaced else "is still reached"
    lines = [f"{office}: {who} {reached} in {plural('place', count)}"]
    if not found.places:
        lines = [f"{office}: {who} was not found in anything that was searched"]
    lines += _places(found.places)
    lines += [f"  left alone  {_item(place)}   their own settings" for place in found.own]
    if found.notified:
        lines.append("They are still notified of messages; change that in the provider's portal:")
        told = zip(_places(found.notified), found.notified, strict=True)
        lines += [f"{line}: {place['value']}" for line, place in told]
    if restored is not None:
        back = "A restore will bring back:" if restored else "A restore brings back nothing that names the person."
        lines.append(f"The office is re-routed: calls go to these places until it is restored. {back}")
        lines += _places(restored)
    return [*lines, *(f"  {text}" for text in unsearched)]


def _places(places: Sequence[Mapping[str, Any]]) -> list[str]:
    names = [_item(place) for place in places]
    width = max(map(len, names), default=0)
    return [f"  {name:<{width}}  {place['where']}" for name, place in zip(names, places, strict=True)]


def _item(place: Mapping[str, Any]) -> str:
    table = TABLES[place["list"]]
    return f"{table.provider_title} {place['noun']} {spelled(str(place['key']))}"
