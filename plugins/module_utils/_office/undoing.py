# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Undoing a run: which items go back to what its record says they were, as data. Private to the collection.

What was changed is compared and restored by the code that ends re-routes. What was created is deleted, as far as that
is allowed; what was deleted is created again, as far as the record holds all that it takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._engine.apply import Status
from .._engine.package import Item, OfficeList
from .._engine.plan import Action
from .._texts import one_line
from .changes import said
from .lists import TABLES, Accounts, Found, gaps, grouped, key_of, plain, present, same
from .record import Document, Step, name_of, path_of_list
from .rerouting import restore
from .sharing import leads

Lists = dict[str, dict[str, list[dict[str, Any]]]]


@dataclass
class Undoing:
    """What an undo is about to do.

    *changed*: items that somebody has changed since, which stay as they are. *deletions*: items that the run created.
    *kept*: those of them that stay, because deletions are not allowed. *notes*: a sentence for each thing that cannot
    come back.
    """

    lists: Lists = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    deletions: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def plan_undo(
    document: Document,
    steps: Sequence[Step],
    read: Accounts,
    region: str | None,
    *,
    overwrite: bool,
    deletes: bool,
    others: Sequence[Document] = (),
) -> Undoing:
    """Plan to undo *steps* of a record. *read*: what the accounts hold now.

    *overwrite*: also what somebody has changed since. *deletes*: whether anything may be deleted. *others*: the
    snapshots of other offices that are re-routed.
    """
    work = _Undo(read, region, overwrite, deletes)
    if deletes:
        work.made = {key: step for step in steps if (key := work.made_by(step)) is not None}
    entries = [entry for step in steps for entry in work.taken(step)]
    age = {"since": document["when"], "targets": [{"at": document["when"]}]}
    back = restore(
        {"office": document["office"], **age, "entries": entries}, read, region, overwrite=overwrite, others=others
    )
    for provider, lists in back.lists.items():
        for name, items in lists.items():
            table = TABLES[f"{provider}.{name}"]
            for item in table.items_in(items):
                work.write(table, item)
    result = work.result
    result.lists = grouped(work.items)
    result.done += back.done
    result.changed += back.changed
    result.notes += back.warnings
    result.notes = [one_line(text) for text in result.notes]
    return result


def _may_be_text(option: Mapping[str, Any]) -> bool:
    return option.get("type", "str") in ("str", "raw") and "choices" not in option


class _Undo:
    """Takes steps one after the other; *items* are what is to be written."""

    def __init__(self, read: Accounts, region: str | None, overwrite: bool, deletes: bool) -> None:
        self.result = Undoing()
        self.items: list[tuple[OfficeList, dict[str, Any]]] = []
        self._read = read
        self._region = region
        self._overwrite = overwrite
        self._deletes = deletes
        # What the run created and others may belong to, by what it is called, each with the step.
        self.made: dict[tuple[str, str, str], Step] = {}
        self._now = {(item.table.path, item.key): item for item in present(read, region)}

    def taken(self, step: Step) -> list[dict[str, Any]]:
        """Take one step; return an entry for `restore` where that is all it takes."""
        table = TABLES[path_of_list(step)]
        if table.name not in self._read.get(table.provider, {}):
            self.result.notes.append(f"{name_of(step)} could not be read; it stays as it is.")
        elif (owner := self._owner(table, step)) is not None:
            self.result.notes.append(f"{name_of(step)} goes or stays with {name_of(owner)}, which that run created.")
        elif step["action"] in (Action.UPDATE.value, Action.CONFIRM.value):
            return self._changed(table, step)
        elif step["action"] == Action.CREATE.value:
            self._created(table, step)
        else:
            self._deleted(table, step)
        return []

    def made_by(self, step: Step) -> tuple[str, str, str] | None:
        """Return what a step has created that others may belong to, None for nothing."""
        table = TABLES[path_of_list(step)]
        created = step["action"] == Action.CREATE.value and table.unique
        return (table.provider, table.claims, str(table.first_of(step["options"]))) if created else None

    def _owner(self, table: OfficeList, step: Step) -> Step | None:
        """Return the step that created whose item this is, where the item cannot be deleted alone."""
        alone = step["action"] == Action.CREATE.value and not table.stays(step["options"])
        owner = self.made.get((table.provider, table.claims, str(table.first_of(step["options"]))))
        return None if alone or table.unique else owner

    def write(self, table: OfficeList, item: Item) -> None:
        """Note what is to be written; options that had no value are cleared, where that is possible."""
        specs, left = table.options.options, set(table.keys) | set(table.ids) | set(table.insist)
        if table.whole and (now := self._find(table, item)) is not None:
            item = {**{name: value for name, value in now.item.items() if name in specs}, **item}
        found: dict[str, Any] = {}
        lost = []
        filled = {field.name for field in table.resource.table if not field.may_be_empty}
        beside = [name for url, names in table.urls.items() if item.get(url, "") is None for name in names]
        for name, value in item.items():
            if name in specs and value is not None:
                found[name] = value
            elif not table.resource.table.readable:
                # It is written as a whole, without what had no value.
                continue
            elif name in specs and name not in filled and _may_be_text(specs[name]):
                found[name] = ""
            elif name in specs and name not in filled and specs[name].get("type") == "list":
                found[name] = []
            elif name not in beside and name not in table.reported:
                lost.append(name)
        if lost:
            key = key_of(table, found, self._region)
            self.result.notes.append(
                f"{table.title}: {key}: {', '.join(lost)} cannot be set to the previous value; it stays."
            )
        if found.keys() - left:
            self.items.append((table, found))

    def _find(self, table: OfficeList, options: Item) -> Found | None:
        return self._now.get((table.path, key_of(table, options, self._region)))

    def _changed(self, table: OfficeList, step: Step) -> list[dict[str, Any]]:
        options, before = step["options"], dict(step["before"] or {})
        item = self._find(table, options)
        if step["unknown"]:
            unknown = ", ".join(step["unknown"])
            self.result.notes.append(
                f"{name_of(step)}: the previous value of {unknown} is not known, so it cannot be restored."
            )
        if not before:
            return []
        if item is None and self._find(table, {**options, **before}) is not None:
            # It has the name again that it had.
            self.result.done.append(step["key"])
            return []
        if item is not None and not item.known and not self._overwrite:
            self.result.notes.append(
                f"{name_of(step)}: the provider shows nothing of it, and no journal knows what it does now. It stays "
                "as it is, unless O(changed) is overwrite."
            )
            return []
        if table.renames and table.renames[0] in before:
            before[table.renames[1]] = options[table.renames[0]]
        settings = [dict(step["after"])] if step["after"] else []
        return [
            {
                "list": table.path,
                "key": str(key_of(table, options, self._region)),
                "options": options,
                "before": before,
                "set": settings,
            }
        ]

    def _created(self, table: OfficeList, step: Step) -> None:
        item = self._find(table, step["options"])
        if item is None:
            self._absent(table, step)
        elif not self._overwrite and not self._is_left(table, item, step):
            self._somebody(table, step, item, {})
        elif why := table.stays(step["options"]):
            self.result.notes.append(f"{name_of(step)} was created, and stays. {why}")
        elif "absent" not in table.options.options.get("state", {}).get("choices", ()):
            self.result.notes.append(f"{name_of(step)} was created, and there is no way to delete it; it stays.")
        elif not self._deletes:
            self.result.kept.append(name_of(step))
        else:
            self.result.deletions.append(name_of(step))
            self.items.append((table, {**step["options"], "state": "absent"}))

    def _deleted(self, table: OfficeList, step: Step) -> None:
        """Create an item again, or replace it by what it was."""
        item, before = self._find(table, step["options"]), self._options(table, step["before"] or {})
        replaced = step["action"] == Action.REPLACE.value
        if item is not None and leads(item.item, before, self._region):
            self.result.done.append(step["key"])
        elif item is not None and not self._overwrite and not (replaced and self._is_left(table, item, step)):
            self._somebody(table, step, item, before)
        elif item is not None and replaced and not self._deletes:
            self.result.kept.append(name_of(step))
        elif item is None and (why := next((note for name, note in table.lacks.items() if name in before), "")):
            self.result.notes.append(f"{name_of(step)} cannot be restored. {why}")
        elif item is not None or self._absent(table, step):
            if item is not None and replaced:
                self.result.deletions.append(name_of(step))
                before["replace"] = True
            self.write(table, {**step["options"], **before})

    def _absent(self, table: OfficeList, step: Step) -> bool:
        """Return whether an item that was not read does not exist."""
        missing = gaps(self._read, of=table)
        if missing:
            self.result.notes.append(f"{name_of(step)} was not found, but the list is incomplete: {' '.join(missing)}")
        elif step["action"] == Action.CREATE.value:
            self.result.done.append(step["key"])
        return not missing

    def _is_left(self, table: OfficeList, item: Found, step: Step) -> bool:
        """Return whether an item is as the run left it; one that was not finished may lack something."""
        finished = step["status"] == Status.APPLIED.value
        return all(
            same(item.item.get(name), value, self._region) or (not finished and not item.item.get(name))
            for name, value in self._options(table, step["after"] or {}).items()
        )

    def _somebody(self, table: OfficeList, step: Step, item: Found, before: Item) -> None:
        after = self._options(table, step["after"] or {})
        now = {name: value for name, value in plain(item.item).items() if name in (after or before)}
        text = one_line(f"{step['key']}: now {said(now)}, before {said(before)}")
        self.result.changed.append(
            {"list": table.path, "key": step["key"], "now": now, "before": before or None, "said": text}
        )

    @staticmethod
    def _options(table: OfficeList, values: Item) -> dict[str, Any]:
        """Return those of *values* that the list takes."""
        reported = (*table.reported, *table.ids)
        return {name: value for name, value in values.items() if name in table.options.options and name not in reported}
