# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A first call to Sonetel: the login, its rights, and what the account can do. Private to the collection.

Facts: docs/providers/sonetel.md 2.5, 4.4 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._engine.diagnosis import Finding, Level
from .._errors import Rejected
from .api import Record, SonetelApi

_USABLE = frozenset({"", "active", "evaluation"})


def check(api: SonetelApi, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what one login and three readings tell."""
    user = _own_record(api, api.login()["user_id"])
    who = user.get("email") or options.get("username") or "the owner of the token"
    if user.get("type") == "regular":
        yield Finding(
            f"logged in as {who}, a regular user, who has no access to numbers, voice apps and other users",
            Level.FAIL,
            "Use the login of an administrator.",
        )
        return
    yield Finding(f"logged in as {who}{', an administrator' if user.get('type') == 'admin' else ''}")
    yield _account(api.account())
    numbers = api.numbers()
    able = sum(number.get("voiceapp_connect") in ("yes", True) for number in numbers)
    lacking = len(numbers) - able
    rest = f"; {lacking} cannot be sent to a voice app without the business package" if lacking else ""
    yield Finding(f"{len(numbers)} numbers{rest}")


def _own_record(api: SonetelApi, user_id: str | None) -> Record:
    try:
        return (api.user(user_id) if user_id else None) or {}
    except Rejected:
        return {}


def _account(account: Record) -> Finding:
    status = str(account.get("status") or "")
    credit = f"credit {account.get('credit_balance')} {str(account.get('currency') or '').upper()}".rstrip()
    parts = [
        f"account {account['account_id']} ({account.get('name') or 'without a name'})",
        status or "status not shown",
        f"plan {account.get('priceplan') or 'not shown'}",
        credit if account.get("credit_balance") else "",
    ]
    text = ", ".join(filter(None, parts))
    if status in _USABLE:
        return Finding(text)
    return Finding(text, Level.NOTE, f"Sonetel says: {account.get('status_desc') or status}. See its web app.")
