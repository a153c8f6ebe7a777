# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The user's items for forwarding numbers, as far as they can be read without asking. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Desired, place
from ..._numbers.rules import NumberRules
from .schema import FIXED_TYPES, FLIP_NUMBERS, LONGEST_LABEL, TABLE


@dataclass(frozen=True)
class DesiredNumber(Desired):
    """A forwarding number as the user wants it, with what the user called things until they are found."""

    extension: str = ""
    extension_id: str = ""
    number: str | None = None
    previous: str | None = None
    device: str | None = None
    device_extension: str | None = None
    record_id: str | None = None


def read_entry(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> DesiredNumber:
    """Read one item; what is wrong with it is added to the problems of *rules*."""
    extension = _text(item.get("extension")) or ""
    device, record_id = _text(item.get("device")), _text(item.get("forwarding_number_id"))
    absent = item.get("state") == "absent"
    given = item.get("phone_number")
    shown = given or device or (f"id {record_id}" if record_id else "")
    where = place(TABLE, position, f"{extension} {shown}")
    if not extension:
        rules.problems.add(f"{where}: extension", "is empty")
    number = None
    if given is not None:
        number = rules.target(f"{where}: phone_number", given)
    previous = item.get("previous_phone_number")
    if previous is not None:
        previous = rules.number(f"{where}: previous_phone_number", previous)
    values = _values(item, number)
    _check(item, where, rules)
    owner = _text(item.get("device_extension"))
    named = number or (f"device {device}{f' of {owner}' if owner else ''}" if device else "")
    if record_id:
        named = f"{named} (id {record_id})" if named else f"id {record_id}"
    return DesiredNumber(
        key=Key(extension, named),
        values={} if absent else values,
        position=position,
        absent=absent,
        replace=bool(item.get("replace")),
        unread=given is not None and number is None,
        extension=extension,
        number=number,
        previous=previous,
        device=device,
        device_extension=owner,
        record_id=record_id,
    )


def _values(item: Mapping[str, Any], number: str | None) -> dict[str, Any]:
    values: dict[str, Any] = {"phone_number": number, "type": item.get("type")}
    if item.get("device"):
        values["type"] = "PhoneLine"
    label = _text(item.get("label"))
    values["label"] = None if values["type"] in FIXED_TYPES and label == values["type"] else label
    values["flip_number"] = item.get("flip_number")
    return {name: value for name, value in values.items() if value is not None}


def _check(item: Mapping[str, Any], where: str, rules: NumberRules) -> None:
    """Note what contradicts itself (ringcentral.md 6.2 and 11)."""
    kind, label, flip = item.get("type"), _text(item.get("label")), item.get("flip_number")
    if item.get("device") and item.get("phone_number") is not None:
        rules.problems.add(where, "give phone_number or device, not both")
    if item.get("previous_phone_number") is not None and item.get("state") == "absent":
        rules.problems.add(f"{where}: previous_phone_number", "does not go with state: absent")
    if item.get("previous_phone_number") is not None and item.get("phone_number") is None:
        rules.problems.add(f"{where}: previous_phone_number", "needs phone_number, which it is changed to")
    if item.get("device") and kind not in (None, "PhoneLine"):
        rules.problems.add(where, f"device goes with type PhoneLine, not {kind}")
    if item.get("device_extension") and not item.get("device"):
        rules.problems.add(where, "device_extension goes with device")
    if kind not in (None, "Other") and label not in (None, kind):
        rules.problems.add(where, f"label goes with type Other; that of {kind} is fixed")
    if item.get("label") is not None and not label:
        rules.problems.add(f"{where}: label", "is empty")
    if label and len(label) > LONGEST_LABEL:
        rules.problems.add(f"{where}: label", f"has {len(label)} characters; at most {LONGEST_LABEL} are allowed")
    if flip is not None and flip not in FLIP_NUMBERS:
        rules.problems.add(f"{where}: flip_number", f"{flip} is not one of 1 to {FLIP_NUMBERS[-1]}")


def _text(value: Any) -> str | None:
    return naming.folded(value) or None
