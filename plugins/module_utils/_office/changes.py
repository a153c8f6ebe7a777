# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run changes, in the words of an office file: as data, as a digest, and as text. Private to the collection."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._engine.account import Account
from .._engine.apply import Outcome, Status, preview
from .._engine.keys import Key
from .._engine.plan import Action, Step
from .._numbers import e164
from .._texts import one_line
from .lists import UNKNOWN, key_options
from .run import ProviderRun, Work


@dataclass(frozen=True)
class Change:
    """One item that differs. *before* and *after* hold its options that differ, None where there is no such item."""

    account: Account
    list: str
    key: Key
    noun: str
    action: Action
    status: Status
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    error: str = ""
    # What people call an item that is known by something else.
    called: str = ""

    @property
    def name(self) -> str:
        """What people call the item: `menu "Reception"`, `number +46 8 465 004 14`, `menu 8001 "Main menu"`."""
        called = f' "{one_line(self.called)}"' if self.called else ""
        return f"{self.noun} {spelled(str(self.key))}{called}"

    @property
    def title(self) -> str:
        """The name with its provider: `Sonetel menu "Reception"`."""
        return f"{self.account.title} {self.name}"

    def result(self) -> dict[str, Any]:
        """Return the change as a module's result carries it."""
        found: dict[str, Any] = {
            "provider": self.account.name,
            "list": self.list,
            "key": str(self.key),
            "noun": self.noun,
            "action": self.action.value,
            "status": self.status.value,
            "before": None if self.before is None else dict(self.before),
            "after": None if self.after is None else dict(self.after),
        }
        return {**found, "error": self.error} if self.error else found


def spelled(key: str) -> str:
    """Return a natural key for people: phone numbers with blanks, names in quotes, extensions as they are."""
    if " / " in key and "+" in key:
        return " / ".join(spelled(part).strip('"') for part in key.split(" / "))
    if key.startswith("+") and key[1:].isdigit():
        return e164.for_people(key)
    plain = key.replace(" ", "").replace("/", "").isalnum() and any(map(str.isdigit, key))
    # A name may hold what a terminal would obey.
    return one_line(key) if plain else f'"{one_line(key)}"'


def changes_of(providers: Sequence[ProviderRun]) -> list[Change]:
    """Return what differs at all providers, in the order of their lists."""
    return [change_of(provider.account, work, outcome) for provider, work, outcome in differing(providers)]


def differing(providers: Sequence[ProviderRun]) -> Iterator[tuple[ProviderRun, Work, Outcome]]:
    """Yield what came of each item that differs, in the order of the lists."""
    for provider in providers:
        works = {work.table.name: work for work in provider.works}
        for work in (works[name] for name in provider.account.names if name in works):
            yield from ((provider, work, outcome) for outcome in work.outcomes if _differs(outcome))


def _differs(outcome: Outcome) -> bool:
    return outcome.step.action is not Action.NONE and _matters(outcome)


def _matters(outcome: Outcome) -> bool:
    return outcome.step.action is not Action.CONFIRM or outcome.status is not Status.UNCHANGED


def change_of(account: Account, work: Work, outcome: Outcome) -> Change:
    """Return what came of one item in the words of an office file."""
    step = outcome.step
    before, after = sides(work, step)
    values = {**(before or {}), **(after or {})}
    known = {**_shown(work, step.before), **_shown(work, step.after)}
    return Change(
        account,
        work.table.name,
        _key(work, step, known),
        work.table.noun_of({**known, **values}),
        step.action,
        outcome.status,
        before,
        after,
        str(outcome.error) if outcome.error is not None else "",
        next((str(known[name]) for name in work.table.called_by[:1] if known.get(name)), ""),
    )


def exported_of(work: Work, step: Step) -> dict[str, Any]:
    """Return an item as an export holds it, {} where nothing can be read of it."""
    if step.current is None or not work.plan.table.readable:
        return {}
    return next(iter(work.resource.export([step.current])), {})


def key_options_of(work: Work, step: Step) -> dict[str, Any]:
    """Return the natural key of an item as options, as a reading of the account shows it afterwards."""
    known, exported = _shown(work, step.after or step.before), exported_of(work, step)
    renamed = [name for name in work.table.keys if name in step.changes] if step.action is Action.UPDATE else []
    # What is called differently now is found by its id where it has one.
    names = (*renamed, *(work.table.ids if renamed else ()))
    changed = {name: known[name] for name in names if known.get(name) is not None}
    return {**key_options(work.table, exported or known), **changed}


def _key(work: Work, step: Step, known: Mapping[str, Any]) -> Key:
    parts = [str(known[name]) for name in work.table.keys if known.get(name) is not None]
    return Key(*parts) if parts else step.key


def _shown(work: Work, values: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if values is None else work.resource.shown(values)


def sides(work: Work, step: Step, *, whole: bool = False) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the options that differ before and after, as an office's file holds them, with names in place of ids.

    *whole*: all options, where those that do not differ are known.
    """
    before = None if step.before is None else _named(work, step)
    after = None if step.after is None else _shown(work, step.after)
    names = step.changes if step.blind or (step.action is Action.UPDATE and not whole) else None
    blind = step.blind and step.before is not None

    def side(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
        if values is None:
            return None
        ids = work.resource.ids(step.after or step.before or {})
        desired = [name for name in values if (names is None or name in names) and name not in ids]
        hidden = {name: UNKNOWN for name in names or () if name not in values and (blind or values is before)}
        return {**{name: values[name] for name in desired}, **hidden}

    if blind:
        before = {}
    return side(before), side(after)


def _named(work: Work, step: Step) -> dict[str, Any]:
    return {**_shown(work, step.before), **exported_of(work, step)}


def digest(providers: Sequence[ProviderRun]) -> str:
    """Return a text that is the same for the same plan: accounts, actions, keys, values; not ids, order or words."""
    lines = sorted(
        json.dumps(
            [change.account.name, change.list, change.action.value, change.key, change.before, change.after],
            ensure_ascii=True,
            sort_keys=True,
            default=str,
        )
        for change in _planned(providers)
    )
    accounts = sorted((provider.account.name, provider.account_id()) for provider in providers)
    return hashlib.sha256(json.dumps([accounts, lines]).encode()).hexdigest()


def _planned(providers: Sequence[ProviderRun]) -> Iterator[Change]:
    """Yield what would come of each item that differs, also while nothing has been previewed or applied."""
    for provider in providers:
        for work in provider.works:
            for outcome in filter(_differs, preview(work.plan)):
                yield change_of(provider.account, work, outcome)


def details(change: Change) -> Iterator[str]:
    """Yield what differs in one item, one line an option: `key 2: user anna -> user erik`."""
    for label, before, after in pairs(change):
        yield f"{label}{said(before)} -> {said(after)}"


def pairs(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """Yield what differs in one item: its name as the beginning of a line, and both values."""
    if change.before is None or change.after is None:
        return
    for name in dict.fromkeys((*change.before, *change.after)):
        yield from _differences(name, change.before.get(name), change.after.get(name))


def _differences(name: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if _keyed(before) and _keyed(after):
        old, new = ({str(item["key"]): _rest(item) for item in side} for side in (before, after))
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield f"key {key}: ", old.get(key), new.get(key)
    elif isinstance(before, Mapping) and isinstance(after, Mapping) and set(before) == set(after) and len(after) > 1:
        for member in after:
            if before[member] != after[member]:
                yield f"{name}.{member}: ", before[member], after[member]
    elif before != after:
        yield "" if name == "destination" else f"{name}: ", before, after


def _keyed(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) and "key" in item for item in value)


def _rest(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "key"}


def said(value: Any) -> str:
    """Return an option's value as words."""
    if value is None or value in ({}, []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        parts = [(name, part) for name, part in value.items() if part is not None]
        return ", ".join(_member(name, part) for name, part in parts)
    if isinstance(value, list):
        return ", then ".join(said(part) for part in value)
    text = one_line(str(value))
    return e164.for_people(text) if text.startswith("+") and text[1:].isdigit() else text


def _member(name: str, value: Any) -> str:
    if value is True:
        return name.replace("_", " ")
    if name in ("phone", "phone_number"):
        return said(value)
    if name in ("voiceapp", "prompt", "flow"):
        return f'{name} "{one_line(str(value))}"'
    if name in ("user", "email", "sip"):
        return one_line(str(value))
    return f"{name} {said(value)}"
