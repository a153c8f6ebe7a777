# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers may meet behind a number, as far as a run changes it. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable

from ..._engine.plan import Action, Node, Plan, Step
from ..directory import Extension
from .company import parts_of

_SITES = "sites"


def changing_behind(plans: Iterable[Plan], start: str) -> list[Node]:
    """Return the steps of *plans* that change what a caller may meet who is led to *start*.

    *start* is the label of an extension, or the company. Its hours and rules count, which it does not refer to itself,
    and so does what is behind something that stays as it is.
    """
    steps: dict[str, list[tuple[Plan, Step]]] = {}
    for plan in plans:
        for step in plan.steps:
            steps.setdefault(_whose(plan, step), []).append((plan, step))
    found: list[Node] = []
    border, seen = [start], {start}
    while border:
        for plan, step in steps.get(border.pop(), ()):
            if step.action is Action.DELETE and plan.table.deletes_last:
                continue
            if step.action is not Action.NONE:
                found.append((plan.table.plural, step.key))
            labels = {part.label for part in parts_of(step.after) if isinstance(part, Extension)} - seen
            seen |= labels
            border += labels
    return found


def _whose(plan: Plan, step: Step) -> str:
    """Return the label of the extension that an object is, or belongs to."""
    if plan.table.plural == _SITES:
        return str((step.after or {}).get("extension"))
    return step.key.first
