# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The members of call queues. Facts: docs/providers/ringcentral-company.md 6.2. Private to the collection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..._engine.listing import whole
from ..._errors import Problems
from ..api import RingCentralApi
from ..directory import Extension
from .company import ANNOUNCEMENT, MAILBOX, MENU, QUEUE, SITE, Company, called

# RingCentral's types of extensions that cannot be members (EXT-405). It decides about the others itself.
_NEVER = (SITE, QUEUE, MENU, MAILBOX, ANNOUNCEMENT, "SharedLinesGroup", "PagingOnly", "ParkLocation", "Bot")


@dataclass(frozen=True)
class Members:
    """The members of a queue; *in_order*: they ring one after the other, in that order.

    *strangers*: ids that the order has although they are no members, or lacks, so that it must be written again.
    """

    everybody: tuple[Extension, ...] = ()
    in_order: bool = False
    strangers: tuple[str, ...] = ()

    @classmethod
    def of(cls, everybody: Iterable[Extension], *, in_order: bool = False) -> Members:
        """Return the members *everybody*, whose order counts only if they ring in it."""
        found = tuple(everybody)
        return cls(found if in_order else tuple(sorted(found, key=_by_number)), in_order)

    @classmethod
    def rung(cls, everybody: Sequence[Extension], order: Sequence[str]) -> Members:
        """Return the members *everybody* of a queue that rings the ids *order* one after the other."""
        known = {item.key: item for item in everybody}
        in_turn = [known[key] for key in dict.fromkeys(order) if key in known]
        others = [item for item in sorted(everybody, key=_by_number) if item.key not in order]
        strangers = [key for key in order if key not in known] + [item.key for item in others]
        return cls((*in_turn, *others), True, tuple(strangers))

    def canonical(self) -> Any:
        """Return what is compared: the order only where it counts."""
        keys = [item.key for item in self.everybody]
        return (self.in_order, keys if self.in_order else sorted(keys), self.strangers)

    def same_people(self, other: Members) -> bool:
        """Return whether nobody is a member of one only."""
        return frozenset(self.everybody) == frozenset(other.everybody)

    def shown(self) -> list[str]:
        """Return how the user names them."""
        return [item.label for item in self.everybody]


@dataclass(frozen=True)
class Listed:
    """What the user lists as members, before the extensions are found. *add*: those who are not listed stay."""

    texts: tuple[str, ...]
    add: bool = False


def found(listed: Listed, where: str, company: Company, problems: Problems) -> list[Extension]:
    """Return the extensions that *listed* means; what cannot be a member goes to *problems*."""
    everybody: dict[Extension, int] = {}
    for position, text in enumerate(listed.texts):
        place = f"{where}[{position}]"
        item = company.find(text, place, problems)
        if item is None:
            continue
        if item.kind in _NEVER:
            problems.add(place, f"{text!r} is a {called(item.kind)}, which cannot be a member; name a person instead")
        elif everybody.setdefault(item, position) != position:
            problems.add(
                place,
                f"{text!r} is extension {item.label}, which is already listed at [{everybody[item]}]; list it once",
            )
    return list(everybody)


def read(api: RingCentralApi, queue_id: str) -> list[Extension]:
    """Return who is in the queue; Light."""
    records = whole(api.read_list(f"call-queues/{queue_id}/members", "light"))
    return [Extension(str(item["id"]), str(item.get("extensionNumber") or item["id"]), "") for item in records]


def assign(
    api: RingCentralApi, queue_id: str, after: Members, before: Collection[Extension]
) -> tuple[list[Extension], bool]:
    """Add who is in *after* only, remove who is in *before* only; return who is in the queue then, and whether it was
    necessary.

    What is so already is not sent again, which RingCentral may refuse: two Light requests and one Heavy.
    """
    present = read(api, queue_id)
    added = [item.key for item in after.everybody if item not in present]
    removed = [item.key for item in present if item in before and item not in after.everybody]
    if not added and not removed:
        return present, False
    body = {"addedExtensionIds": added, "removedExtensionIds": removed}
    api.write("POST", f"call-queues/{queue_id}/bulk-assign", "heavy", body)
    return read(api, queue_id), True


def _by_number(item: Extension) -> tuple[int, str]:
    return len(item.label), item.label
