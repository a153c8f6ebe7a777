# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading all lists of an office's accounts, in the form that office files hold. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._engine.account import OfficeList
from .reading import Reading, read_accounts
from .session import Session

Result = dict[str, Any]


def read_office(session: Session, providers: Iterable[str]) -> Reading:
    """Read all lists of *providers*, of which the session's office has read its own: for what has no read.

    Raises the first of what kept it from asking an account.
    """
    office = session.office
    accounts = {name: session.accounts[name] for name in providers}
    selection = {name: dict.fromkeys(account.names) for name, account in accounts.items()}
    reading = read_accounts(selection, accounts, session.api, office.desired, office.rules)
    for error in reading.failures.values():
        raise error
    return reading


def inform(session: Session, lists: Mapping[str, Any], providers: Sequence[str]) -> Result:
    """Return what the accounts hold, as the lists of an office."""
    session.office.read(lists)
    session.refuse(session.office)
    reading = read_office(session, providers)
    found = {
        provider: {
            name: _taken(session.accounts[provider].list_of(name), part["items"]) for name, part in parts.items()
        }
        for provider, parts in reading.lists.items()
    }
    count = sum(len(items) for parts in found.values() for items in parts.values())
    return {"changed": False, "lists": found, "message": [f"{session.office.name}: {count} items ({session.cost()})"]}


def _taken(table: OfficeList, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return *items* without what the list does not take."""
    return [{name: value for name, value in item.items() if name not in table.reported} for item in items]
