# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who refers to an extension. Facts: docs/providers/ringcentral-company.md 16.

An extension that is deleted leaves menus, rules and queues without target, or is taken out of them without a word. So
what this run deletes must be in use by nobody when the run is over. Private to the collection.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._engine.keys import Key
from ..._engine.plan import Action, Current, Node, Plan
from ..._engine.resource import Resource
from ..._engine.schema import Table
from ..api import RingCentralApi
from .company import QUEUE, Company, Uses, texts_in

# Lists whose objects are settings of the extension that their key begins with, and go with it.
_OWN = ("extension", "owner")
_NUMBERS = "phone_numbers"
# Lists of which another one holds the objects as well.
_ALSO = {"company_rules": "holidays", "custom_rules": "holidays"}

Build = Callable[[RingCentralApi, Company], Sequence[Resource]]


@dataclass(frozen=True)
class _Reference:
    """That the extension with the id *key* is referred to.

    *name* is what messages call who does so when the run is over, *let_go* the step of the run that lets go of it.
    """

    key: str
    name: str = ""
    let_go: Node | None = None


class References:
    """Reads all that can refer to an extension. *build* returns the resources of all lists."""

    def __init__(self, build: Build) -> None:
        self._build = build

    def uses(self, company: Company) -> Mapping[str, Uses]:
        """Return by id who refers to the extensions that the plans of *company* delete, when the run is over.

        It takes one request for each menu and site, and several for each queue and person; where a queue is deleted, a
        Heavy one for each other queue, which may have it for overflow.
        """
        quiet = copy.copy(company.api)
        quiet.warn = _ignore
        gone = company.deleted()
        readers = Company(quiet, company.directory)
        readers.every_reference = any(company.extension_of(key).kind == QUEUE for key in gone)
        resources = self._build(quiet, readers)
        found: list[_Reference] = []
        for resource in resources:
            if resource.table.plural == _NUMBERS:
                found += _of_numbers(quiet, gone, company.plans.get(_NUMBERS))
                continue
            objects = resource.pick(None, _ignore)
            found += _of_list(resource.table, objects, company.plans, gone)
        operator = str((quiet.read("", "light").get("operator") or {}).get("id") or "")
        if operator in gone:
            found.append(_Reference(operator, "the operator of the company"))
        waits = _without_circles(found, gone)
        return {
            key: Uses(tuple(item.name for item in found if item.key == key and item.name), tuple(waits[key]))
            for key in gone
        }


def _of_list(
    table: Table, present: Sequence[Current], plans: Mapping[str, Plan], gone: Mapping[str, Node]
) -> Iterator[_Reference]:
    """Yield how the objects of a list refer to what is *gone*, with what *plans* make of those that are *present*."""
    # Holidays are rules, which are read as such.
    lists = [plan for name, plan in plans.items() if name in (table.plural, _ALSO.get(table.plural))]
    steps = {step.key: ((plan.table.plural, step.key), step) for plan in lists for step in plan.changes}
    objects = {item.key: item.values for item in present}
    new: dict[Key, Mapping[str, Any]] = {
        key: {} for key, (node, step) in steps.items() if step.action is Action.CREATE and node[0] == table.plural
    }
    owners = {node[1].first: node for node in gone.values()} if table.key in _OWN else {}
    for key, before in (*objects.items(), *new.items()):
        node, step = steps.get(key, ((table.plural, key), None))
        if step is not None and step.action is Action.DELETE:
            after: Mapping[str, Any] = {}
        else:
            changed = {name: (step.after or {}).get(name) for name in step.changes} if step is not None else {}
            after = {**before, **changed}
        # What belongs to an extension that is deleted goes with it.
        owner = owners.get(key.first)
        after, let_go = ({}, owner) if owner is not None else (after, node)
        for extension in gone.keys() & {*texts_in(before), *texts_in(after)}:
            if gone[extension] == owner:
                continue
            fields = [name for name, value in after.items() if extension in texts_in(value)]
            if fields:
                yield _Reference(extension, f"{_called(table.singular)} {key} ({', '.join(fields)})")
            else:
                yield _Reference(extension, let_go=let_go)


def _called(name: str) -> str:
    return name.replace("_", " ")


def _of_numbers(api: RingCentralApi, gone: Mapping[str, Node], plan: Plan | None) -> Iterator[_Reference]:
    """Yield the numbers of what is *gone*: those of the extensions, which is cheaper than the list of all numbers."""
    steps = {step.key: step for step in plan.changes} if plan is not None else {}
    for key in gone:
        for record in api.direct_numbers(key):
            number = Key(str(record.get("phoneNumber")))
            if number in steps:
                yield _Reference(key, let_go=(_NUMBERS, number))
            else:
                yield _Reference(
                    key, f"its phone number {number}, which would ring where the company's main number does"
                )
        for step in steps.values():
            if key in texts_in((step.after or {}).get("extension")):
                yield _Reference(key, f"phone number {step.key}")


def _ignore(text: str) -> None:
    """Let no warning be shown of what nobody has asked for."""


def _without_circles(found: Sequence[_Reference], gone: Mapping[str, Node]) -> dict[str, list[Node]]:
    """Return by id the steps that must come before a deletion; deletions that refer to each other come in any order."""
    ids = {node: key for key, node in gone.items()}
    waits: dict[str, list[Node]] = {key: [] for key in gone}

    def leads(start: Node, to: str) -> bool:
        key = ids.get(start)
        return key is not None and (key == to or any(leads(node, to) for node in waits[key]))

    for item in found:
        if item.let_go is not None and item.let_go not in waits[item.key] and not leads(item.let_go, item.key):
            waits[item.key].append(item.let_go)
    return waits
