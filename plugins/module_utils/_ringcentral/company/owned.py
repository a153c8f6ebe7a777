# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the lists have in common whose objects belong to the company, a site or a queue. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Current, Desired, Need, Plan, Step, place
from ..._errors import Problems
from ..._numbers.rules import NumberRules
from ..api import RingCentralApi
from .company import Company
from .owners import Owner, find_owner, owners_of
from .resource import CompanyResource


class OwnedResource(CompanyResource):
    """One list whose keys begin with an owner."""

    # Whether people can be owners as well.
    people: ClassVar[bool] = False

    def __init__(self, api: RingCentralApi, company: Company | None = None) -> None:
        super().__init__(api, company)
        # Owners by how results name them.
        self._owners: dict[str, Owner] = {}

    def locate(self, desired: Sequence[Desired], problems: Problems) -> list[Desired]:
        """Find the owners; one reading of the account's extensions, and none where all belongs to the company."""
        found = []
        for item in desired:
            where = f"{place(self.table, item.position, item.key)}: owner"
            owner = find_owner(self.company, item.key.first, where, problems, people=self.people)
            if owner is not None:
                key = Key(owner.label, *item.key[1:])
                self.take_note(owner, key)
                found.append(replace(item, key=key, values={**item.values, "owner": owner.label}))
        return found

    def take_note(self, owner: Owner, key: Key) -> None:
        """Take note of whose an object of this list is."""
        self._owners[owner.label] = owner

    def owner_of(self, key: Key) -> Owner:
        """Return whose the object with that key is, as planning knows it."""
        return self._owners[key.first]

    def settled_owner(self, key: Key) -> Owner:
        """Return whose the object is, with the id that its owner has got meanwhile."""
        found: Owner = self.company.settled(self.owner_of(key))
        return found

    def exists(self, owner: Owner) -> bool:
        """Return whether the owner exists before this run."""
        return owner.extension is None or not self.company.is_new(owner.extension)

    def needs_of(self, owner: Owner, *values: Any, hours: bool = False) -> tuple[Need, ...]:
        """Return what an object waits for: its owner, what *values* refer to, and the owner's *hours*."""
        found = self.company.needs({"owner": owner.key or None, "destination": values})
        return (*found, Need("owner", ("company_hours", Key(owner.label)))) if hours else found

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return what an info module was asked for: the objects of the owners that *desired* names, or of all."""
        owners = owners_of(self.company)
        if desired is not None:
            problems = Problems()
            named = [find_owner(self.company, text, "", problems, people=self.people) for text in desired]
            for _where, text in problems.found:
                warn(f"{text}.")
            owners = [owner for owner in named if owner is not None]
        for owner in owners:
            self._owners[owner.label] = owner
        return self.of_owners(owners) if desired is not None else self.of_everybody(owners)

    def of_owners(self, owners: Sequence[Owner]) -> list[Current]:
        """Return all objects of *owners*."""
        raise NotImplementedError

    def of_everybody(self, owners: Sequence[Owner]) -> list[Current]:
        """Return all objects of the account's *owners* that no other list has."""
        return self.of_owners(owners)

    def of_deleted(self, plan: Plan) -> Iterator[tuple[Step, str]]:
        """Yield the steps of *plan* that want something of an owner that this run deletes."""
        gone = self.company.deleted()
        for step in plan.steps:
            wanted = step.desired is not None and not step.desired.absent
            if wanted and self.owner_of(step.key).key in gone:
                yield step, f"{self.owner_of(step.key).called} is deleted in this run; leave this out, or keep it"


def owner_in(item: Mapping[str, Any], where: str, rules: NumberRules) -> str:
    """Return what the user calls the owner, "" after noting that it is empty."""
    text = naming.folded(item["owner"])
    if not text:
        rules.problems.add(f"{where}: owner", "is empty")
    return text
