# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading an office's accounts: its lists as they are, in the form that office files hold. Private to the collection.

What cannot be read is what the office's own lists say, or a journal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from .._engine.account import Account
from .._engine.apply import preview
from .._engine.listing import gap_of
from .._engine.package import OfficeList, Phase
from .._engine.plan import Action, Desired, place
from .._engine.reconcile import plan_together
from .._engine.resource import Resource
from .._errors import Problems, TelephonyError
from .._numbers import e164
from .._numbers.rules import NumberRules
from .lists import TABLES, UNKNOWN, key_of
from .office import Office
from .session import Session

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
    *,
    notified: bool = False,
    own: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]] = MappingProxyType({}),
) -> Reading:
    """Read all providers of *selection* at the same time. *believed*: the office's own lists, for what has no read.

    *notified*: also who is notified of what happens at the items. *own*: the items of the office's lists, where what it
    manages by one list is not to be shown by another.
    """
    reading = Reading()

    def read(name: str) -> None:
        try:
            api, mine = connect(accounts[name]), believed.get(name, {})
            found = _read_provider(accounts[name], api, selection[name], mine, rules, notified, own.get(name, {}))
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
    api: Any,
    desired: Mapping[str, Sequence[str] | None],
    believed: Mapping[str, Sequence[Desired]],
    rules: NumberRules,
    notified: bool,
    own: Mapping[str, Sequence[Mapping[str, Any]]],
) -> dict[str, Any]:
    resources = {name: found for phase in account.package.phases for name, found in _built(phase, api).items()}
    result: dict[str, Any] = {}
    for name in (name for name in account.names if name in desired):
        resource = resources[name]
        if resource.table.readable:
            result[name] = _read_list(account, name, resource, desired[name], rules, notified)
        elif name in believed:
            result[name] = _believe(resource, believed[name])
    for table in account.lists:
        if table.shown_by and table.name in result and own.get(table.name):
            _take_own(table, resources[table.name], believed[table.name], own[table.name], result, rules.region)
    return result


def _take_own(
    table: OfficeList,
    resource: Resource,
    desired: Sequence[Desired],
    items: Sequence[Mapping[str, Any]],
    result: dict[str, Any],
    region: str | None,
) -> None:
    """Show what the account has of the office's *items* in their list alone: as the office says it where that is right.

    What their list cannot express is left where reading has shown it.
    """
    problems = Problems()
    (plan,) = plan_together([(resource, desired)], problems=problems)
    mine, keys = [], set()
    for step in plan.steps:
        where = place(resource.table, step.position, step.key)
        if step.current is None or any(path.startswith(where) for path, _what in problems.found):
            continue
        place_of_it = step.position if step.action is Action.NONE else None
        found = resource.export([step.current]) if place_of_it is None else [_given(table, items[place_of_it])]
        if found:
            mine += found
            keys.add(key_of(table, resource.shown(step.current.values), region))
    result[table.name]["items"] = mine
    for name in (name for name in table.shown_by if name in result):
        left = [item for item in result[name]["items"] if key_of(_list(table, name), item, region) not in keys]
        result[name]["items"] = left


def _given(table: OfficeList, item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of *item* without those that are at their default."""
    defaults = {name: option.get("default") for name, option in table.options.options.items()}
    return {name: _set(value) for name, value in item.items() if name in table.keys or value != defaults.get(name)}


def _set(value: Any) -> Any:
    """Return *value* without the options in it that are not set."""
    if isinstance(value, Mapping):
        return {name: _set(part) for name, part in value.items() if part is not None}
    return [_set(part) for part in value] if isinstance(value, list) else value


def _list(table: OfficeList, name: str) -> OfficeList:
    return TABLES[f"{table.provider}.{name}"]


def _built(phase: Phase, api: Any) -> dict[str, Resource]:
    return {resource.table.plural: resource for resource in phase.build(api, {})}


def _read_list(
    account: Account,
    name: str,
    resource: Resource,
    desired: Sequence[str] | None,
    rules: NumberRules,
    notified: bool,
) -> dict[str, Any]:
    table = account.list_of(name)
    keys = None if desired is None or table.single else resource.selected(table.keys[0], desired, rules)
    picked = resource.pick(keys, rules.warn)
    found = sorted(picked, key=lambda item: item.key)
    part = {"items": resource.export(found), **table.also(resource, found)}
    if notified and table.notified is not None:
        part["notified"] = table.notified(resource, found)
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


def read_office(
    session: Session, providers: Iterable[str], *, notified: bool = False, as_managed: bool = False
) -> Reading:
    """Read all lists of *providers*, of which the session's office has read its own: for what has no read.

    *notified*: see `read_accounts`. *as_managed*: what the office manages by one list is not shown by another one as
    well. Raises the first of what kept it from asking an account.
    """
    office = session.office
    accounts = {name: session.accounts[name] for name in providers}
    selection = {name: dict.fromkeys(account.names) for name, account in accounts.items()}
    own = office.items if as_managed else {}
    reading = read_accounts(selection, accounts, session.api, office.desired, office.rules, notified=notified, own=own)
    for error in reading.failures.values():
        raise error
    return reading


def read_routing(session: Session, lists: Mapping[str, Any], chosen: Mapping[str, Any] | None) -> Reading:
    """Read where the calls go of what *chosen* names, of all of the accounts in *lists* for None.

    What else is wrong with the lists does not matter in an emergency: an item that has its key is read.
    """
    office = Office(session.office.name, session.office.rules, session.office.check)
    office.read_leniently(lists)
    for problem in office.problems:
        session.warn(f"{problem.path}: {problem.what}")
    selection: dict[str, dict[str, list[str] | None]] = {}
    unknown = []
    for name, given in lists.items():
        for table in session.accounts[name].lists if name in session.accounts and isinstance(given, Mapping) else ():
            items = given.get(table.name)
            if table.away is None or (items is None and given.get(table.away.in_place_of) is None):
                continue
            keys = None
            if chosen is not None and not table.single:
                path = f"{session.accounts[name].variable}.{table.name}"
                keys, wrong = _keys(table, items, path, session.office.rules.region)
                unknown += wrong
                if not keys:
                    continue
            selection.setdefault(name, {})[table.name] = keys
    reading = read_accounts(selection, session.accounts, session.api, office.desired, session.office.rules)
    reading.unknown = unknown
    return reading


def _keys(table: OfficeList, items: Any, path: str, region: str | None) -> tuple[list[str], list[str]]:
    """Return the first keys of a list's *items*, and what is wrong with those that cannot be read."""
    if not isinstance(items, list):
        return [], [f"{path} is not a list"]
    keys: dict[str, None] = {}
    wrong = []
    for position, item in enumerate(items):
        value = item.get(table.keys[0]) if isinstance(item, Mapping) else None
        try:
            if table.numbers:
                e164.parse(value, region)
            if not isinstance(value, str) or not value.strip():
                raise e164.NumberError("is not text")
        except e164.NumberError as error:
            wrong.append(f"{path}[{position}].{table.keys[0]}: {error}")
        else:
            keys[value] = None
    return list(keys), wrong
