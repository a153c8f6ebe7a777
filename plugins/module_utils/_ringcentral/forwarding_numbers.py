# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What forwarding numbers consist of, and what RingCentral is known to refuse. Facts: RingCentral dossier 6.

Private to the collection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._engine import Action, Current, Plan, Step
from .._fields import Field, Table

FIXED_TYPES = ("Home", "Mobile", "Work")
# What users make; everything else RingCentral makes and removes itself.
USER_TYPES = ("Other", *FIXED_TYPES, "PhoneLine")
LONGEST_LABEL = 60
FLIP_NUMBERS = range(1, 9)
MOST = 10
MOST_OTHER = 7


def type_of(record: Mapping[str, Any]) -> str:
    """Return the type of a record; without one it is as if it had been made without one."""
    return str(record.get("type") or "Other")


def number_of(record: Mapping[str, Any]) -> str | None:
    """Return a record's phone number in E.164, None where it has none."""
    digits = re.sub(r"\D", "", str(record.get("phoneNumber") or ""))
    return f"+{digits}" if digits else None


def device_of(record: Mapping[str, Any]) -> str | None:
    """Return the id of a record's device, None where it has none."""
    device = record.get("device")
    return str(device["id"]) if isinstance(device, Mapping) and device.get("id") else None


def _flip_number(record: Mapping[str, Any]) -> int | None:
    text = str(record.get("flipNumber") or "")
    return int(text) if text.isdecimal() else None


TABLE = Table(
    singular="forwarding_number",
    plural="forwarding_numbers",
    key="phone_number",
    fields=(
        Field("extension", read=lambda record: record["extensionNumber"]),
        Field("phone_number", read=number_of, write=lambda number: {"phoneNumber": number}),
        Field("device", read=device_of, write=lambda key: {"device": {"id": key}}, locked=True),
        Field("type", read=type_of, write=lambda kind: {"type": kind}, locked=True),
        Field(
            "label",
            # The label of the other types is the type's or the device's name, and nobody's wish.
            read=lambda record: record.get("label") if type_of(record) == "Other" else None,
            write=lambda label: {"label": label},
        ),
        Field("flip_number", read=_flip_number, write=lambda number: {"flipNumber": number}),
        Field("forwarding_number_id", read=lambda record: str(record["id"])),
        Field("extension_id", read=lambda record: record["extensionId"]),
    ),
    renames=True,
    replacing="it gets another id and drops out of the extension's answering rules",
)


def update_body(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body that changes a record into *values*: all that its type lets one set (dossier 11, PUT)."""
    body: dict[str, Any] = {}
    if values["type"] != "PhoneLine":
        body["phoneNumber"] = values["phone_number"]
    if values["type"] == "Other":
        body["label"] = values["label"]
    if values.get("flip_number") is not None:
        body["flipNumber"] = str(values["flip_number"])
    return body


def refusal(step: Step) -> str:
    """Return why RingCentral is known to refuse one step, "" if it is not."""
    after = step.after or {}
    if step.action in (Action.CREATE, Action.REPLACE):
        kind = after.get("type")
        if kind not in USER_TYPES:
            return f"records of type {kind} are made by RingCentral itself"
        if kind == "PhoneLine" and not after.get("device"):
            return "a new PhoneLine needs device, not phone_number"
        if kind == "Other" and not after.get("label"):
            return "does not exist yet as type Other and needs label; or set type to Home, Mobile or Work"
        if kind != "PhoneLine" and not after.get("phone_number"):
            return "needs phone_number"
    if step.action is Action.UPDATE and step.current is not None:
        kind = step.current.values["type"]
        if kind not in USER_TYPES:
            return f"records of type {kind} are managed by RingCentral itself and cannot be changed"
        if "label" in step.changes and kind != "Other":
            return f"the label of type {kind} is fixed; remove label, or make it type Other with replace: true"
    return ""


def conflicts(plan: Plan, current: Sequence[Current]) -> list[tuple[Step, str]]:
    """Return the steps that RingCentral will refuse because of other records of the extension (dossier 6.4)."""
    found: list[tuple[Step, str]] = []
    for extension in {str(_values(step)["extension"]): None for step in plan.changes}:
        steps = [step for step in plan.changes if _values(step)["extension"] == extension]
        gone = {id(step.current) for step in steps if step.action in (Action.DELETE, Action.REPLACE)}
        staying = [item for item in current if item.values["extension"] == extension and id(item) not in gone]
        updated = {id(step.current): step for step in steps if step.action is Action.UPDATE}
        made = [step for step in steps if step.action in (Action.CREATE, Action.REPLACE)]
        found += _too_many(staying, made)
        for step in [*updated.values(), *made]:
            others = [item for item in staying if item is not step.current]
            others_after = [other.after or {} for other in (*updated.values(), *made) if other is not step]
            found += [(step, reason) for reason in _clashes(step, others, others_after)]
    return found


def _values(step: Step) -> Mapping[str, Any]:
    return step.after or step.before or {}


def _too_many(staying: Sequence[Current], made: Sequence[Step]) -> Iterable[tuple[Step, str]]:
    kinds = [item.values["type"] for item in staying]
    for step in made:
        kinds.append((step.after or {})["type"])
        if kinds[-1] == "Other" and kinds.count("Other") > MOST_OTHER:
            yield step, f"the extension would have more than {MOST_OTHER} numbers of type Other (FPN-104)"
        elif sum(kind in USER_TYPES for kind in kinds) > MOST:
            yield step, f"the extension would have more than {MOST} forwarding numbers (FPN-103)"


def _clashes(step: Step, others: Sequence[Current], others_after: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    after = step.after or {}
    kind, label, flip = after.get("type"), after.get("label"), after.get("flip_number")
    created = step.action is not Action.UPDATE
    if created and kind in FIXED_TYPES:
        holder = next((item for item in others if item.values["type"] == kind), None)
        if holder is not None:
            yield (
                f"the extension has a {kind} number already, {holder.values['phone_number']} (FPN-119); an item for it "
                "with state: absent makes room"
            )
    if label and (created or "label" in step.changes):
        same = next((item for item in others if item.record.get("label") == label), None)
        if same is not None:
            yield f"label {label!r} is used by {same.key} (FPN-102)"
        elif any(values.get("label") == label for values in others_after):
            yield f"label {label!r} is wanted for another number of the extension as well (FPN-102)"
    if flip is not None and (created or "flip_number" in step.changes):
        same = next((item for item in others if item.values["flip_number"] == flip), None)
        if same is not None:
            yield f"flip_number {flip} is used by {same.key} (FPN-106); free it first, in a task of its own"
        elif any(values.get("flip_number") == flip for values in others_after):
            yield f"flip_number {flip} is wanted for another number of the extension as well (FPN-106)"
