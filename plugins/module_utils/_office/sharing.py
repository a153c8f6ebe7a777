# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Numbers that several offices share, and re-route one after the other. Private to the collection.

What such a number does while an office is re-routed is that office's emergency, and not what was before. So the next
one takes over what the first one's snapshot says. Whose destination is in force puts the number back; the others leave
it. So restores may come in any order, and at the same time.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._engine.package import Item
from .lists import Found, same
from .snapshot import Document

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Holder:
    """A running re-route of another office that has the same item, and its *entry* for it."""

    document: Document
    entry: Entry

    @property
    def office(self) -> str:
        return str(self.document["office"])

    @property
    def since(self) -> str:
        return str(self.document["since"])


def is_settled(entry: Entry) -> bool:
    """Tell whether a restore has dealt with the entry, so that it is no longer re-routed."""
    return "back" in entry or "left" in entry


def leads(now: Item, setting: Item, region: str | None) -> bool:
    """Tell whether options are as a re-route set them; what the re-route did not set may be anything."""
    return all(same(now.get(name), value, region) for name, value in setting.items())


def is_ours(item: Found, entry: Entry, region: str | None) -> bool:
    """Tell whether the item is as it was, as a re-route set it, or as an interrupted write left it between the two."""
    now, before = item.item, entry["before"]
    return any(
        all(
            same(now.get(name), desired, region) or same(now.get(name), before.get(name), region)
            for name, desired in setting.items()
        )
        for setting in (before, *entry["set"])
        if setting
    )


def holders(item: Found, others: Sequence[Document]) -> Iterator[Holder]:
    """Yield the running re-routes of *others* that have the item, the latest first.

    What there is one of in each account is not the same for two offices.
    """
    for document in sorted(others, key=_age, reverse=True):
        for entry in document["entries"]:
            if (
                not item.table.single
                and (entry["list"], entry["key"]) == (item.table.path, str(item.key))
                and not is_settled(entry)
                and entry["set"]
            ):
                yield Holder(document, entry)


def in_force(item: Found, others: Sequence[Document], region: str | None) -> Holder | None:
    """Return the latest re-route of *others* whose destination the item has."""
    if not item.known:
        return None
    return next((holder for holder in holders(item, others) if _has_set(item.item, holder.entry, region)), None)


def later_owner(
    document: Document, entry: Entry, item: Found, others: Sequence[Document], region: str | None
) -> Holder | None:
    """Return the re-route of another office that is to put the item back instead of *document*, None for none."""
    found = in_force(item, others, region)
    if found and is_ours(item, entry, region) and _age(found.document) < _age(document):
        return None
    return found


def take_over(entry: dict[str, Any], item: Found, others: Sequence[Document], region: str | None) -> list[str]:
    """Let the new *entry* say what was before the re-route of another office that is in force; return warnings."""
    first = [holder for holder in holders(item, others) if not item.known or is_ours(item, holder.entry, region)]
    if not first:
        return []
    holder, passed = first[-1], set[str]()
    while holder.office not in passed:
        passed.add(holder.office)
        # A snapshot of before this was noticed may hold the emergency of another one.
        earlier = [one for one in holders(item, others) if _has_set(holder.entry["before"], one.entry, region)]
        holder = earlier[-1] if earlier else holder
    theirs = holder.entry["before"]
    if item.known and theirs and leads(entry["before"], theirs, region):
        return []
    entry |= {
        "before": copy.deepcopy(theirs),
        "assumed": holder.entry["assumed"],
        "taken_from": holder.office,
    }
    warning = (
        f"{item.table.title}: {item.key} has been re-routed by {holder.office} since T({holder.since}). The previous "
        f"destination is taken from the snapshot of {holder.office}, not from the account."
    )
    return [warning]


def _has_set(now: Item, entry: Entry, region: str | None) -> bool:
    return any(leads(now, setting, region) for setting in entry["set"] if setting)


def _age(document: Document) -> tuple[str, str, str]:
    return document["targets"][-1]["at"], document["since"], document["office"]
