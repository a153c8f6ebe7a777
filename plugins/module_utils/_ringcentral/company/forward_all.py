# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding all calls of the company, in an emergency. Facts: docs/providers/ringcentral-company.md 7.

Where to and for how long is set in RingCentral's admin portal; only the switch can be written. Private to the
collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._engine.keys import Key
from ..._engine.plan import Current, Desired, Step
from ..._engine.schema import Table
from ..._errors import Problems
from ..._numbers.rules import NumberRules
from ..api import Record
from .options import COMPANY
from .resource import CompanyResource, field, label_of, reported

_PATH = "forward-all-calls"
_SET_UP = "set that up in RingCentral's admin portal first"

TABLE = Table(
    singular="company_forward_all",
    plural="company_forward_all",
    key="account",
    fields=(
        reported("account"),
        field("enabled"),
        replace(reported("extension"), shown=label_of),
        reported("ranges"),
    ),
    why_not_create="cannot be read",
    why_not_delete="it exists on every account; set enabled: false instead",
    goes_live=True,
)


class CompanyForwardAll(CompanyResource):
    """The switch that sends all calls of the company to one extension."""

    table = TABLE
    prunable = False

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's options; an account has one."""
        return [Desired(Key(COMPANY), {"enabled": bool(item["enabled"])}) for item in items]

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the switch, and where all calls go or would go."""
        if desired is not None and not desired:
            return []
        record = self._fields_of(self.api.read(_PATH, "light"))
        return [Current(Key(COMPANY), TABLE.read(record), record)]

    def _fields_of(self, record: Record) -> Record:
        target = (record.get("extension") or {}).get("id")
        return {
            "account": COMPANY,
            "enabled": bool(record.get("enabled")),
            "extension": self.company.extension_of(target) if target else None,
            "ranges": record.get("ranges") or None,
            "reason": (record.get("reason") or {}).get("message"),
        }

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find what must be complete before all calls go there."""
        found = []
        for item in desired:
            target = present[item.key].values["extension"] if item.values["enabled"] else None
            found.append(replace(item, needs=self.company.needs({"enabled": target})))
        return found

    def refusal(self, step: Step) -> str:
        """Refuse to switch on what leads nowhere."""
        if not (step.after or {}).get("enabled") or (step.after or {}).get("extension") is not None:
            return ""
        reason = step.current.record.get("reason") if step.current is not None else None
        said = f" (RingCentral says: {str(reason).rstrip('.')})" if reason else ""
        return f"cannot be switched on, because its destination is not set up{said}; {_SET_UP}"

    def warn_about(self, step: Step) -> str:
        """Say where the calls go."""
        after = step.after or {}
        if not after.get("enabled"):
            return "Calls to the company follow its hours and rules again."
        when = ", within the period that is set in the admin portal" if after.get("ranges") else ""
        to = f"extension {label_of(after['extension'])}{when}"
        return f"All calls to the company go to {to}, regardless of its rules."

    def update(self, step: Step) -> Record:
        """Switch it on or off."""
        body = {"enabled": (step.after or {})["enabled"]}
        return self._fields_of(self.api.write("PATCH", _PATH, "medium", body))

    def look_up(self, step: Step) -> Record | None:
        """Read the switch again."""
        return self._fields_of(self.api.read(_PATH, "light"))

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return no ids; there is one for each account."""
        return {}
