# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fone Dynamics' names and ids: flows of a property and addresses of the account. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .._engine import naming
from .._engine.listing import Listing, gap_of, maybe_not_alone, unknown_whether
from .._errors import Problems, suggestions
from .api import FoneDynamicsApi, Record


@dataclass(frozen=True)
class Kind:
    """How one kind of object is named: the members that hold its id and its name, and what people call both."""

    option: str
    id_member: str
    name_member: str
    called: str
    plural: str
    id_called: str
    within: str
    read: Callable[[FoneDynamicsApi, str], Listing[Record]]


FLOW = Kind(
    option="flow",
    id_member="ConfigId",
    name_member="Name",
    called="flow",
    plural="flows",
    id_called="ConfigId",
    within="the number's property",
    read=lambda api, property_sid: api.flows(property_sid),
)
ADDRESS = Kind(
    option="address",
    id_member="AddressSid",
    name_member="Friendly",
    called="address",
    plural="addresses",
    id_called="AddressSid",
    within="the account",
    read=lambda api, _: api.addresses(),
)


class _Index:
    """One list, findable by id and by name."""

    def __init__(self, kind: Kind, records: Listing[Record]) -> None:
        self.gap = gap_of(records)
        self.names = {str(record.get(kind.id_member)): str(record.get(kind.name_member) or "") for record in records}
        self._only = naming.only_once(self.names)

    def find(self, desired: str) -> list[str]:
        """Return the ids that *desired* means: those of that name, else itself if it is one."""
        return naming.meant(desired, self.names)

    def only_name(self, key: str) -> str | None:
        """Return the name of an id if no other object bears it, and if it is not the id of another."""
        return None if self.gap else self._only.get(key)


class Directory:
    """Finds flows and addresses by name or id; each list is requested at most once, and only when needed."""

    def __init__(self, api: FoneDynamicsApi) -> None:
        self._api = api
        self._indexes: dict[tuple[str, str], _Index] = {}

    def resolve(self, kind: Kind, scope: str, desired: str, where: str, problems: Problems) -> str:
        """Return the id of what *desired* names in *scope*; notes a problem when that is unknown or ambiguous."""
        index = self._index(kind, scope)
        found = index.find(desired)
        where = f"{where}: {kind.option}"
        if not found and index.gap:
            problems.add(where, f"the {kind.called} {desired!r} {unknown_whether(index.gap)}")
            return desired
        if not found:
            problems.add(
                where,
                f"there is no {kind.called} {desired!r} in {kind.within}. {suggestions(desired, index.names.values())}",
            )
            return desired
        if len(found) > 1:
            problems.add(
                where,
                f"{len(found)} {kind.plural} in {kind.within} are called {desired!r}; "
                f"use one {kind.id_called}: {naming.by_id({key: index.names[key] for key in found})}",
            )
            return desired
        if index.gap and found[0] != desired:
            problems.add(where, f"{desired!r}: {maybe_not_alone(kind.called, found[0], index.gap)}")
            return desired
        return found[0]

    def name(self, kind: Kind, scope: str, key: str, *, ask: bool) -> str:
        """Return the name that means the id *key* and nothing else, or *key* itself.

        Unless reported to *ask*, only the lists that were read before are used.
        """
        if not ask and (kind.option, scope) not in self._indexes:
            return key
        return self._index(kind, scope).only_name(key) or key

    def _index(self, kind: Kind, scope: str) -> _Index:
        place = (kind.option, scope)
        if place not in self._indexes:
            self._indexes[place] = _Index(kind, kind.read(self._api, scope))
        return self._indexes[place]
