# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan makes of extensions' forwarding numbers, for what rings them. Private to the collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..._engine.plan import Action, Plan, Step
from ..api import Record
from ..directory import Directory, Extension
from .schema import TABLE, device_of


@dataclass(frozen=True)
class Preview:
    """An extension's forwarding numbers after a plan: all of them, and those that it takes away."""

    after: Sequence[Record]
    gone: Sequence[Record]


def preview(plan: Plan, records: Sequence[Record], extension: Extension, directory: Directory) -> Preview:
    """Return what *plan* makes of *records*, which are those of *extension* that it was made from."""
    steps = {id(step.current.record): step for step in plan.changes if step.current is not None}
    after: list[Record] = []
    gone: list[Record] = []
    for record in records:
        step = steps.get(id(record))
        if step is None:
            after.append(dict(record))
        elif step.action is Action.UPDATE:
            after.append({**record, **_body(step)})
        else:
            gone.append(dict(record))
    made = [step for step in plan.changes if step.action in (Action.CREATE, Action.REPLACE)]
    made = [step for step in made if (step.after or {})["extension"] == extension.label]
    # Nobody knows their ids yet.
    after += [{"id": f"expected {number}", **_new(step, extension, directory)} for number, step in enumerate(made)]
    return Preview(after, gone)


def _new(step: Step, extension: Extension, directory: Directory) -> Record:
    record = _body(step)
    device = device_of(record)
    if device is None:
        return record
    # RingCentral labels a desk phone's number as the device is called.
    if not directory.device_name(device):
        directory.owner_of(device, extension)
    return {**record, "label": directory.device_name(device)}


def _body(step: Step) -> Record:
    after = step.after or {}
    return TABLE.body(after, tuple(name for name in step.changes if after.get(name) is not None))
