# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading an office's accounts: its lists as they are, in the form that office files hold. Private to the collection.

What cannot be read is what the office's own lists say, or a journal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from .._engine.account import Account, Phase
from .._engine.apply import preview
from .._engine.listing import gap_of
from .._engine.plan import Desired
from .._engine.reconcile import plan_together
from .._engine.resource import Resource
from .._errors import TelephonyError
from .._numbers.rules import NumberRules
from .lists import UNKNOWN

# By provider and list: which items to read, by the first of their keys; None for all.
Selection = Mapping[str, Mapping[str, "Sequence[str] | None"]]


@dataclass
class Reading:
    """What was read. *lists* holds by provider and list `items`, and what else is known; see `lists.present`.

    *failures* tells by provider why it could not be asked, *unknown* what of the office's lists it is not known what
    to ask for.
    """

    lists: dict[str, dict[str, Any]] = field(default_factory=dict)
    failures: dict[str, TelephonyError] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def read_accounts(
    selection: Selection,
    accounts: Mapping[str, Account],
    connect: Callable[[Account], Any],
    believed: Mapping[str, Mapping[str, Sequence[Desired]]],
    rules: NumberRules,
) -> Reading:
    """Read all providers of *selection* at the same time. *believed*: the office's own lists, for what has no read."""
    reading = Reading()

    def read(name: str) -> None:
        try:
            found = _read_provider(accounts[name], connect, selection[name], believed.get(name, {}), rules)
        except TelephonyError as error:
            reading.failures[name] = error
        else:
            reading.lists[name] = found

    with ThreadPoolExecutor(max_workers=max(len(selection), 1)) as pool:
        list(pool.map(read, selection))
    # In the order of the providers, whoever answered first.
    reading.lists = {name: reading.lists[name] for name in selection if name in reading.lists}
    return reading


def _read_provider(
    account: Account,
    connect: Callable[[Account], Any],
    desired: Mapping[str, Sequence[str] | None],
    believed: Mapping[str, Sequence[Desired]],
    rules: NumberRules,
) -> dict[str, Any]:
    api = connect(account)
    resources = {name: found for phase in account.phases for name, found in _built(phase, api).items()}
    result: dict[str, Any] = {}
    for name in (name for name in account.names if name in desired):
        resource = resources[name]
        if resource.table.readable:
            result[name] = _read_list(account, name, resource, desired[name], rules)
        elif name in believed:
            result[name] = _believe(resource, believed[name])
    return result


def _built(phase: Phase, api: Any) -> dict[str, Resource]:
    return {resource.table.plural: resource for resource in phase.build(api, {})}


def _read_list(
    account: Account, name: str, resource: Resource, desired: Sequence[str] | None, rules: NumberRules
) -> dict[str, Any]:
    table = account.list_of(name)
    keys = None if desired is None else resource.selected(table.keys[0], desired, rules)
    picked = resource.pick(keys, rules.warn)
    found = sorted(picked, key=lambda item: item.key)
    part = {"items": resource.export(found), **table.also(resource, found)}
    return {**part, "incomplete": [f"{gap}."]} if (gap := gap_of(picked)) else part


def _believe(resource: Resource, desired: Sequence[Desired]) -> dict[str, Any]:
    """Return what a provider without a read is believed to hold: what planning the office's own list finds."""
    (plan,) = plan_together([(resource, desired)])
    items, before = [], {}
    for outcome in preview(plan):
        step = outcome.step
        items.append(resource.shown(step.after or {}))
        if outcome.changed:
            shown = resource.shown(step.before or {})
            before[str(step.key)] = {name: shown.get(name, UNKNOWN) for name in step.changes}
    return {"items": items, "before": before}
