# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What calls to a company depend on beside its lists: the account's clock, operator and main number.

Private to the collection.
"""

from __future__ import annotations

from typing import Any

from ..._engine.package import Item
from ..._errors import AuthenticationError, Rejected
from .resource import CompanyResource


def account_facts(resource: CompanyResource) -> dict[str, list[Item]]:
    """Return `account`, a list of one item with `time_zone`, `operator` and `main_number`, as far as they are shown.

    One light request for all lists; without the permission to read the account it is left out.
    """
    try:
        record = resource.company.account()
    except (Rejected, AuthenticationError) as error:
        if error.status != 403:
            raise
        return {}
    regional: dict[str, Any] = record.get("regionalSettings") or {}
    operator: dict[str, Any] = record.get("operator") or {}
    number = str(record.get("mainNumber") or "")
    found = {
        "time_zone": (regional.get("timezone") or {}).get("name"),
        "operator": operator.get("extensionNumber") or operator.get("id"),
        # Like callers, it comes without its plus (ringcentral.md 8).
        "main_number": f"+{number}" if number.isdecimal() else number,
    }
    return {"account": [{name: str(value) for name, value in found.items() if value}]}
