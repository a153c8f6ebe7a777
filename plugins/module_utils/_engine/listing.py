# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that may lack something, and what cannot be concluded from them. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from .._errors import UnreadableAnswer

Item = TypeVar("Item")
Other = TypeVar("Other")


class Listing(list[Item]):
    """What a provider has shown of a list. *gap* is a clause that says why something may be missing, "" if nothing is.

    Of an incomplete list only what is in it is known: that something is not there, and that a name is the only one of
    its kind, must not be concluded.
    """

    def __init__(self, items: Iterable[Item] = (), gap: str = "") -> None:
        super().__init__(items)
        self.gap = gap

    @property
    def complete(self) -> bool:
        return not self.gap

    def map(self, function: Callable[[Item], Other]) -> Listing[Other]:
        """Return what *function* makes of each item, with the same gap."""
        return Listing(map(function, self), self.gap)


def gap_of(*lists: Iterable[Any]) -> str:
    """Return why the first of *lists* that is incomplete is so, "" if none is; any other iterable is complete."""
    return next((found for found in (getattr(items, "gap", "") for items in lists) if found), "")


def only(found: Sequence[Item], gap: str) -> Item | None:
    """Return the only item, None for several, and for none unless *gap* says that the list was incomplete.

    Raises `UnreadableAnswer` where it is not known whether there is one.
    """
    if gap and not found:
        raise UnreadableAnswer(
            f"{gap}, so it is not known what became of it.", next_step="Check the provider's portal."
        )
    return found[0] if len(found) == 1 else None


def whole(listing: Listing[Item]) -> Listing[Item]:
    """Return *listing*, of which all is needed. Raises `UnreadableAnswer` when it is incomplete."""
    if listing.gap:
        raise UnreadableAnswer(f"{listing.gap}, but the complete list is needed.", next_step="Run again.")
    return listing


def unknown_whether(gap: str) -> str:
    """Return the sentence's end for what is not in an incomplete list."""
    return f"is not in the list, but {gap}, so it is not known whether it exists"


def maybe_not_alone(called: str, key: str, gap: str) -> str:
    """Return why a name that was found once in an incomplete list cannot be used, and what can."""
    return f"{gap}, so another {called} may have this name; give the id of the one you mean ({key} was found)"
