# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the other offices of an inventory use, so that prune leaves it alone. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.package import OfficeList
from .._engine.plan import Current
from .._errors import InputError
from .lists import canonical


class Others:
    """What the index says of all offices but *office*; without an index, nothing."""

    def __init__(self, office: str, names: Mapping[str, Any]) -> None:
        self._unread: Mapping[str, str] = names.get("unread") or {}
        self._owners: dict[tuple[str, ...], str] = {
            (provider, kind, key, scope): host
            for host, provider, kind, key, scope in names.get("claims") or ()
            if host != office
        }
        self._office = office
        self._accounts: Mapping[str, Mapping[str, str]] = names.get("accounts") or {}
        self._with_lists = {(claim[0], claim[1]) for claim in names.get("claims") or ()}
        self._claimed = {
            (provider, kind, key) for host, provider, kind, key, _scope in names.get("claims") or () if host != office
        }
        self._used = {
            (provider, name, canonical(value, None))
            for host, used in (names.get("used") or {}).items()
            if host != office
            for provider, name, value in used
        }

    def uses(self, table: OfficeList, item: Current) -> bool:
        """Return whether another office names the item, or refers to it. Which account it means does not matter here:
        what is kept by mistake can still be deleted by name."""
        first = table.first_of(item.values)
        names = {canonical(value, None) for value in (first, *map(item.values.get, table.called_by)) if value}
        return any(
            (table.provider, table.claims, name) in self._claimed or (table.provider, table.name, name) in self._used
            for name in names
        )

    def claimant(self, table: OfficeList, key: Any) -> str:
        """Return which other office names the item with that *key*, as far as it is the same account; "" for none."""
        scope = "" if table.numbers else self._accounts.get(self._office, {}).get(table.provider, "")
        if not table.claims or key is None or not (scope or table.numbers):
            return ""
        return self._owners.get((table.provider, table.claims, canonical(key, None), scope), "")

    def sharing(self, provider: str) -> list[str]:
        """Return the other offices with lists at *provider* that use the same account, as far as that is known."""
        own = self._accounts.get(self._office, {}).get(provider)
        return [
            host
            for host, accounts in self._accounts.items()
            if host != self._office and own and accounts.get(provider) == own and (host, provider) in self._with_lists
        ]

    def refuse_unread(self) -> None:
        """Raise `InputError` where it is not known what an office uses."""
        if self._unread:
            raise InputError(
                f"The variables of {', '.join(sorted(self._unread))} cannot be read, so it is not known what these "
                "offices use. Nothing was pruned.",
                next_step="Make them readable (the vault's password, for example), or set O(prune_shared).",
            )
