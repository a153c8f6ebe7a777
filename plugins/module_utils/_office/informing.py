# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading all lists of an office's accounts, in the form that office files hold. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._engine.package import OfficeList
from .asking import model_of
from .calling import Given
from .reading import read_office
from .run import ProviderRun
from .session import Session

Result = dict[str, Any]


def inform(session: Session, lists: Mapping[str, Any], providers: Sequence[str], calls: Given | None = None) -> Result:
    """Return what the accounts hold, as the lists of an office, and with *calls* also the model of its calls."""
    session.office.read(lists)
    session.refuse(session.office)
    if calls is None:
        reading = read_office(session, providers)
        items = {name: {key: part["items"] for key, part in parts.items()} for name, parts in reading.lists.items()}
        model = {}
    else:
        run, document = model_of(session, lists, providers, calls)
        items = {provider.account.name: dict(_exported(provider)) for provider in run.providers}
        model = {"model": document}
    found = {
        provider: {name: _taken(session.accounts[provider].list_of(name), part) for name, part in parts.items()}
        for provider, parts in items.items()
    }
    count = sum(len(part) for parts in items.values() for part in parts.values())
    message = [f"{session.office.name}: {count} items ({session.cost()})"]
    return {"changed": False, "lists": found, **model, "message": message}


def _exported(provider: ProviderRun) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each list that a run has read whole, as an export holds it."""
    works = {work.table.name: work for work in provider.works}
    for work in (works[name] for name in provider.account.names if name in works):
        if work.plan.table.readable:
            yield work.table.name, work.resource.export(sorted(work.plan.current, key=lambda item: item.key))
        elif work.desired:
            # What is believed, as planning the office's own list finds it.
            yield work.table.name, [work.resource.shown(step.after or {}) for step in work.plan.steps]


def _taken(table: OfficeList, items: Sequence[Mapping[str, Any]]) -> Any:
    """Return *items* as an office holds them, without what the list does not take."""
    return table.held([{name: value for name, value in item.items() if name not in table.reported} for item in items])
