# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A first call to Fone Dynamics: the token, and what the account has. Facts: docs/providers/fonedynamics.md 2 and 3.3.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._engine.diagnosis import Finding, Level
from .api import PAGE, FoneDynamicsApi


def check(api: FoneDynamicsApi, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what two readings tell."""
    count = api.count_properties()
    properties = "" if count is None else f", {count} {'property' if count == 1 else 'properties'}"
    # The first page is enough.
    numbers = api.numbers(until=())
    more = " or more" if len(numbers) >= PAGE else ""
    yield Finding(f"logged in to account {options['account_sid']}{properties}, {len(numbers)} numbers{more}")
    pending = [str(number["Number"]) for number in numbers if number.get("Status") == "Pending"]
    if pending:
        yield Finding(
            f"still Pending: {', '.join(pending[:5])}{' and more' if len(pending) > 5 else ''}",
            Level.NOTE,
            "Fone Dynamics may refuse to change them.",
        )
    yield Finding(
        "only a write shows whether the token may change numbers",
        Level.NOTE,
        "Begin with the label (friendly_name) of one number.",
    )
