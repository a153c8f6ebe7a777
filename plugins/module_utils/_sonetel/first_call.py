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
    user_id = api.login()["user_id"]
    ready = bool(options.get("access_token"))
    yield Finding("the access token is sent" if ready else f"logged in as {options['username'] or 'the refresh token'}")
    user = _own_record(api, user_id)
    if user.get("type") == "regular":
        yield Finding(
            f"{user.get('email')} is a regular user, who reaches neither numbers nor voice apps nor other users",
            Level.FAIL,
            "Use the login of an administrator.",
        )
        return
    account = api.account()
    yield _account(account)
    if user.get("type") == "admin":
        yield Finding("the login is an administrator's")
    else:
        yield Finding(
            "whether the login is an administrator's is not shown",
            Level.NOTE,
            "The first write shows it; it needs an administrator.",
        )
    numbers = api.numbers()
    able = sum(number.get("voiceapp_connect") in ("yes", True) for number in numbers)
    rest = "" if able == len(numbers) else "; the others need the business package for that"
    yield Finding(f"numbers: {len(numbers)}, of which {able} can be sent to voice apps{rest}")


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
