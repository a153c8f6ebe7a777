# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When an owner is closed by its holidays, as dated ranges. Private to the collection."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .._calls.schedules import UTC, zone_of
from .._engine.package import Item
from .._errors import InputError
from .company.closing_days import closing_days


def closed(item: Item, zone: str) -> list[Item] | None:
    """Return the dates of an item of `holidays` on the clock of *zone*, None where they are not known.

    What is wrong in the item, and a missing calendar, is for others to report.
    """
    if not zone or item.get("state") == "absent":
        return None
    today = datetime.now(UTC).astimezone(zone_of(zone)).date()
    try:
        found: Any = closing_days(item, zone, today)
    except (InputError, TypeError, ValueError, KeyError, AttributeError):
        return None
    return [{"from": start, "to": end} for start, end in found] or None
