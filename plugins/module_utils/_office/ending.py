# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Onboarding an office whose re-route has expired: what goes back beside what its lists say. Private to the collection.

What the lists say counts more. What only the re-route has changed goes back by the rules of a restore, so that what
somebody has changed since, and what another office has re-routed, is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import rerouting
from .lists import TABLES, key_of
from .office import Office, Problem
from .reading import read_routing
from .session import Session
from .snapshot import Document, others_in


def refuse_wrong(session: Session, lists: Mapping[str, Any], known: list[Problem]) -> None:
    """Raise `ProblemsFound` for what is wrong with the office's own *lists*, as their own places, and for *known*."""
    office = Office(session.office.name, session.office.rules, session.office.check, known)
    office.read(lists)
    session.refuse(office)


def with_saved(session: Session, lists: Mapping[str, Any], snapshot: Document, directory: str) -> dict[str, Any]:
    """Return *lists* with what only the re-route has changed. Raises why an account cannot be read."""
    region = session.office.rules.region
    saved = rerouting.options_of(snapshot)
    reading = read_routing(session, saved, saved)
    for error in reading.failures.values():
        raise error
    others = others_in(directory, session.office.name, session.warn)
    back = rerouting.restore(snapshot, reading.lists, region, overwrite=False, others=others)
    merged = {name: {key: list(items) for key, items in found.items()} for name, found in lists.items()}
    for provider, found in back.lists.items():
        for name, items in found.items():
            table = TABLES[f"{provider}.{name}"]
            desired = merged.setdefault(provider, {}).setdefault(name, [])
            own = {key_of(table, item, region): place for place, item in enumerate(desired)}
            for item in items:
                place = own.get(key_of(table, item, region))
                if place is None:
                    desired.append(item)
                else:
                    rest = {option: value for option, value in item.items() if option not in (*table.keys, *table.ids)}
                    desired[place] = {**rest, **desired[place]}
    named = {
        (f"{provider}.{name}", str(key_of(TABLES[f"{provider}.{name}"], item, region)))
        for provider, found in lists.items()
        for name, items in found.items()
        for item in items
    }
    for text in back.warnings:
        session.warn(text)
    for changed in back.changed:
        if (changed["list"], changed["key"]) not in named:
            session.warn(f"Somebody has changed this since the re-route, so it is left alone: {changed['said']}.")
    return merged
