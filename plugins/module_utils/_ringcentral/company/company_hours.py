# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Business hours of the company, of sites and of queues. Facts: docs/providers/ringcentral-company.md 6.3, 7 and 8.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._engine.keys import Key
from ..._engine.listing import Listing
from ..._engine.plan import Current, Desired, Plan, Step, place
from ..._engine.schema import Table
from ..._errors import Problems
from ..._numbers.rules import NumberRules
from ..api import Record
from ..call_forwarding.desired import read_schedule
from ..call_forwarding.model import AFTER, Schedule
from .company import QUEUE
from .hours import read_hours, write_hours
from .owned import OwnedResource, owner_in
from .owners import Owner
from .resource import field

TABLE = Table(
    singular="company_hours",
    plural="company_hours",
    key="owner",
    fields=(field("owner"), field("schedule", shown=Schedule.shown)),
    why_not_delete="everybody has hours; set always: true for around the clock",
    goes_live=True,
)


class CompanyHours(OwnedResource):
    """When each owner is open."""

    table = TABLE
    prunable = False

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the hours of the owners of *desired*, of all owners for None; one Light request each."""
        if desired is None:
            return self.pick(None, self.api.warn)
        return self.of_owners([self.owner_of(item.key) for item in desired])

    def of_owners(self, owners: Sequence[Owner]) -> list[Current]:
        """Return the hours of *owners*."""
        return Listing(self.read_side_by_side(self._current, owners))

    def of_everybody(self, owners: Sequence[Owner]) -> list[Current]:
        """Return the hours of *owners* but queues, which `call_queues` has."""
        return self.of_owners([owner for owner in owners if owner.kind != QUEUE])

    def _current(self, owner: Owner) -> Current:
        # What is new is around the clock (ringcentral-company.md 6.3).
        schedule = read_hours(self.company, owner) if self.exists(owner) else Schedule()
        record = _record(owner, schedule)
        return Current(Key(owner.label), self.table.read(record), record)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Let the hours wait for their owner."""
        return [replace(item, needs=self.needs_of(self.owner_of(item.key))) for item in desired]

    def refusals(self, plan: Plan) -> Iterable[tuple[Step, str]]:
        """Refuse the hours of a queue that another list sets as well, or that is deleted."""
        elsewhere = [(step, reason) for step in plan.steps if (reason := self.company.set_elsewhere(step.key.first))]
        return [*elsewhere, *self.of_deleted(plan)]

    def warn_about(self, step: Step) -> str:
        """Say what happens after hours where nobody has said it."""
        rules = self.company.plans.get("company_rules")
        said = rules is not None and any(other.key == Key(step.key.first, AFTER) for other in rules.steps)
        before, after = ((values or {}).get("schedule") for values in (step.before, step.after))
        if said or before is None or after is None or not before.always or after.always:
            return ""
        return (
            f"{step.key} was open around the clock. What happens after hours is up to RingCentral until company_rules "
            "sets it with hours: after."
        )

    def update(self, step: Step) -> Record:
        """Write the hours."""
        owner = self.settled_owner(step.key)
        found = write_hours(self.company, owner, (step.after or {})["schedule"], (step.before or {}).get("schedule"))
        return _record(owner, found)

    def look_up(self, step: Step) -> Record | None:
        """Read the hours again."""
        owner = self.settled_owner(step.key)
        return _record(owner, read_hours(self.company, owner))


def _record(owner: Owner, schedule: Schedule) -> Record:
    return {"owner": owner.label, "schedule": schedule}


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    where = place(TABLE, position, item["owner"])
    owner = owner_in(item, where, rules)
    schedule = read_schedule(item["schedule"], f"{where}: schedule", rules.problems)
    return Desired(Key(owner), {"owner": owner, "schedule": schedule}, position, unread=not owner)
