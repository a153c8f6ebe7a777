# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an office consists of: the one table of providers and lists that all jobs go by. Private to the collection.

The jobs themselves are in the other files of this package; none of them knows a provider by name.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._engine import naming, schema
from .._engine.keys import Key
from .._engine.package import Item, OfficeList
from .._errors import InputError
from .._numbers import e164
from .providers import PROVIDERS

# By provider and list, as the inventory's variables and the roles hold them.
Accounts = Mapping[str, Mapping[str, Any]]

# What a module shows in a difference where it does not know what was there.
UNKNOWN = repr(schema.UNKNOWN)


class _Tables(Mapping[str, OfficeList]):
    """All lists by path, in dependency order: what is referred to comes before what refers to it.

    Looking one up loads the package of its provider alone; going over all of them loads every package.
    """

    def __getitem__(self, path: str) -> OfficeList:
        provider, _dot, name = path.partition(".")
        return PROVIDERS[provider].list_of(name)

    def __iter__(self) -> Iterator[str]:
        return (table.path for table in tables_of(PROVIDERS))

    def __len__(self) -> int:
        return sum(len(account.lists) for account in PROVIDERS.values())


TABLES = _Tables()


def tables_of(providers: Container[str]) -> Iterator[OfficeList]:
    """Yield the lists of *providers*, in the order of the table."""
    return (table for name, account in PROVIDERS.items() if name in providers for table in account.lists)


def key_of(table: OfficeList, item: Item, region: str | None) -> Key:
    """Return the natural key of *item*, phone numbers in E.164. Raises `InputError`."""
    if table.single:
        return Key(table.name)
    parts = [canonical(item[name], region) for name in table.keys if item.get(name) is not None]
    if table.first_of(item) is None:
        raise InputError(f"{table.path}: an item has no {table.keys[0]}.", next_step="Every item needs its key.")
    return Key(*parts)


def key_options(table: OfficeList, item: Item) -> dict[str, Any]:
    """Return the options that make up the natural key of *item*, and what distinguishes items with the same key."""
    return {name: item[name] for name in (*table.keys, *table.ids) if item.get(name) is not None}


@dataclass(frozen=True)
class Found:
    """One item as it is now. Not *known*: the provider cannot be asked, so it is what the office's file says."""

    table: OfficeList
    key: Key
    item: Item
    known: bool = True


def canonical(value: Any, region: str | None) -> str:
    """Return *value* as it is compared: phone numbers in E.164, addresses without regard to case, names folded."""
    text = naming.folded(value)
    if "@" in text:
        return naming.folded(text.removeprefix("sip:"), ignore_case=True)
    try:
        return e164.parse(text, region).e164
    except e164.NumberError:
        return text


def same(one: Any, other: Any, region: str | None) -> bool:
    """Tell whether two values of options mean the same; members without a value do not count."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        mine, theirs = plain(one), plain(other)
        return mine.keys() == theirs.keys() and all(same(mine[name], theirs[name], region) for name in mine)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair, region) for pair in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str):
        return canonical(one, region) == canonical(other, region)
    return bool(one == other)


def plain(item: Item) -> dict[str, Any]:
    """Return *item* without the members that have no value."""
    return {name: value for name, value in item.items() if value is not None}


def present(read: Accounts, region: str | None) -> Iterator[Found]:
    """Yield everything that was read, in the order of the table.

    *read* holds for each list `items`. Where the provider cannot be read, `items` are what check mode foresaw for
    the office's own list, and `before` is that task's difference by key: what it says there, a journal knew. `people`
    may tell whose the account's extensions are, and `incomplete` why the list may lack something.
    Raises `InputError` for a provider or list that the table does not have.
    """
    refuse_unknown(read)
    for table in tables_of(read):
        part = read[table.provider].get(table.name)
        if part is None:
            continue
        before = part.get("before") or {}
        for item in part["items"]:
            key = key_of(table, item, region)
            known = UNKNOWN not in before.get(str(key), {}).values()
            found = {**item, **before.get(str(key), {})} if known else dict(item)
            yield Found(table, key, found, known)


def gaps(read: Accounts, *, of: OfficeList | None = None) -> list[str]:
    """Return a sentence for each list that was not shown in full, or for the list *of* alone."""
    reported: dict[str, None] = {}
    for table in tables_of(read) if of is None else (of,):
        part = read.get(table.provider, {}).get(table.name) or {}
        reported.update({f"{gap} The rest is unknown.": None for gap in part.get("incomplete") or ()})
    return list(reported)


def deciding(found: Sequence[Found]) -> list[Found]:
    """Return the items by which calls are sent away: where one takes the calls of all of its kind, only that."""
    able = [item for item in found if item.table.away and item.table.away.able(item.item)]
    wholes = {(item.table.path, item.table.first_of(item.item)) for item in able if _takes_all(item)}
    return [
        item
        for item in able
        if ((item.table.path, item.table.first_of(item.item)) not in wholes or _takes_all(item))
        and not any(_covers(other, item) for other in able)
    ]


def _covers(other: Found, item: Found) -> bool:
    """Tell whether *other* takes the calls of *item*, which is of another list."""
    away = other.table.away
    covered = (other.table.provider, away.in_place_of if away else "")
    return away is not None and covered == (item.table.provider, item.table.name) and away.covers(item.item)


def _takes_all(found: Found) -> bool:
    away = found.table.away
    return bool(away and away.instead and away.instead.items() <= found.item.items())


def refuse_unknown(accounts: Mapping[str, Any]) -> None:
    """Raise `InputError` naming a provider or list that does not exist."""
    for provider, members in accounts.items():
        wrong = [name for name in members if f"{provider}.{name}" not in TABLES]
        if provider not in PROVIDERS or wrong:
            known = ", ".join(sorted(TABLES))
            name = f"{provider}.{wrong[0]}" if wrong else provider
            raise InputError(f"{name} is not a list of an office.", next_step=f"The lists are {known}.")


def grouped(items: Sequence[tuple[OfficeList, Item]]) -> dict[str, dict[str, Any]]:
    """Return items by provider and list, as offices hold them, in the order of the table."""
    result: dict[str, dict[str, Any]] = {}
    for table in tables_of({table.provider for table, _item in items}):
        mine = [dict(item) for of, item in items if of is table]
        if mine:
            result.setdefault(table.provider, {})[table.name] = table.held(mine)
    return result
