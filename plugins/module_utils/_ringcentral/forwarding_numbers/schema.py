# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What forwarding numbers consist of, and what RingCentral is known to refuse. Facts: docs/providers/ringcentral.md 6.

Private to the collection.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..._engine import naming
from ..._engine.plan import Action, Step
from ..._engine.schema import Field, Table
from ..._numbers.dialled import Dialled, Kind

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
        Field(
            "phone_number",
            read=number_of,
            write=lambda number: {"phoneNumber": number},
            dials=lambda number: [Dialled(Kind.NUMBER, number)],
        ),
        Field("device", read=device_of, write=lambda key: {"device": {"id": key}}, locked=True),
        Field("type", read=type_of, write=lambda kind: {"type": kind}, locked=True),
        Field(
            "label",
            # The label of the other types is the type's or the device's name, and nobody's entry.
            read=lambda record: record.get("label") if type_of(record) == "Other" else None,
            write=lambda label: {"label": label},
            canonical=naming.folded,
        ),
        Field("flip_number", read=_flip_number, write=lambda number: {"flipNumber": number}),
        Field("forwarding_number_id", read=lambda record: str(record["id"])),
        Field("extension_id", read=lambda record: record["extensionId"]),
    ),
    renames=True,
    replacing="it gets another id and drops out of the extension's answering rules",
)


def update_body(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body that changes a record into *values*: all that its type lets one set (ringcentral.md 11 #5)."""
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
            return f"records of type {kind} are created by RingCentral itself"
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
            return f"the label of type {kind} is fixed; remove label, or change it to type Other with replace: true"
        if "phone_number" in step.changes and kind == "PhoneLine":
            return "the number of a desk phone is fixed; remove phone_number"
    return ""
