# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A first call to SMS Partner: the key. There is nothing else to read. Facts: docs/providers/smspartner.md 1 and 4.3.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._engine.diagnosis import Finding, Level
from .api import Account


def check(account: Account, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what one reading tells."""
    found = account.api.me()
    user, credits = (_members(found.get(name)) for name in ("user", "credits"))
    balance = f", credit {credits['balance']} {credits.get('currency') or ''}".rstrip() if "balance" in credits else ""
    yield Finding(f"the API key is that of {user.get('username') or 'an account without a name'}{balance}")
    yield Finding(
        "only a write shows whether the key may forward calls: numbers cannot be read at SMS Partner",
        Level.NOTE,
        "Begin with one spare number.",
    )
    if not options.get("journal"):
        yield Finding(
            "there is no journal, so runs do not know what earlier runs have set",
            Level.NOTE,
            "Set O(smspartner_connection).journal to the path of a permanent file.",
        )


def _members(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
