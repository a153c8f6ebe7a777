# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which listed record each entry for a forwarding number means. Private to the collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Current, place
from ..._errors import Problems
from ..directory import Directory
from .desired import DesiredNumber
from .schema import FIXED_TYPES, TABLE


class Devices:
    """Finds the desk phones that entries name, and knows what the listed ones are called."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._names: dict[str, dict[str, str]] = {}

    def note(self, extension_label: str, device: str, name: str) -> None:
        """Take note of what a device in the list of an extension is called."""
        self._names.setdefault(extension_label, {})[device] = name

    def shown(self, extension_label: str, device: str) -> str:
        """Return the name of a device where only one in the list of the extension bears it, else its id."""
        return naming.only_once(self._names.get(extension_label, {})).get(device, device)

    def find(
        self, entry: DesiredNumber, lines: Sequence[Current], where: str, problems: Problems
    ) -> tuple[str | None, list[Current]]:
        """Return the id of the device of *entry*, None where it is unknown, and the records among *lines* for it.

        Names are not unique: with an owner, only that extension's device of the name is meant.
        """
        text = entry.device or ""
        by_id = [line for line in lines if line.values["device"] == text]
        if by_id:
            return text, by_id
        named = [line for line in lines if naming.folded(line.record.get("label")) == text]
        if entry.device_extension:
            return self._find_owned(entry, entry.device_extension, lines, named, where, problems)
        if len(named) > 1:
            ids = naming.by_id({str(line.values["device"]): str(line.record.get("label")) for line in named})
            problems.add(
                where, f"{len(named)} listed devices are called {text!r}; add device_extension, or use the id: {ids}"
            )
        elif named:
            return named[0].values["device"], named
        elif text.isdecimal():
            return text, []
        elif not entry.absent:
            problems.add(where, f"device {text!r} is not in the list yet; name its extension with device_extension")
        return None, []

    def _find_owned(
        self,
        entry: DesiredNumber,
        owner: str,
        lines: Sequence[Current],
        named: Sequence[Current],
        where: str,
        problems: Problems,
    ) -> tuple[str | None, list[Current]]:
        text = entry.device or ""
        if entry.absent and not lines:
            return None, []
        found = self._directory.extensions({owner: f"{where}: device_extension"}, problems)
        if owner not in found:
            return None, []
        # A device that is gone is absent, unless a listed one has its name and might be meant.
        doubts = Problems() if entry.absent and not named else problems
        key = self._directory.device(text, found[owner], f"{where}: device", doubts)
        if key is None:
            return None, []
        if key != text:
            self.note(entry.extension, key, text)
        match = [line for line in lines if line.values["device"] == key]
        return key, match or [line for line in named if line.values["device"] is None]


def match_entries(
    entries: Sequence[DesiredNumber], current: Sequence[Current], devices: Devices, problems: Problems, gap: str = ""
) -> list[DesiredNumber]:
    """Match each entry with the record that it means: by id, else by number or device, else by its fixed type.

    With a *gap* in the list, that something is not in it is left to the planning to judge.
    """
    lists: dict[str, list[Current]] = {}
    for item in current:
        lists.setdefault(item.values["extension_id"], []).append(item)
    matched = [_matched(entry, lists.get(entry.extension_id, ()), devices, problems, gap) for entry in entries]
    claimed: dict[Key, DesiredNumber] = {}
    for entry in matched:
        other = claimed.setdefault(entry.takes_over, entry) if entry.takes_over else entry
        if other is not entry:
            named = place(TABLE, other.position, other.key)
            problems.add(place(TABLE, entry.position, entry.key), f"means the same record as {named}; list it once")
    return [_completed(entry, lists.get(entry.extension_id, ()), claimed) for entry in matched]


def _matched(
    entry: DesiredNumber, mine: Sequence[Current], devices: Devices, problems: Problems, gap: str
) -> DesiredNumber:
    where = place(TABLE, entry.position, entry.key)
    found = [item for item in mine if entry.record_id and item.values["forwarding_number_id"] == entry.record_id]
    key: str | None = None
    listed: list[Current] = []
    if entry.device:
        lines = [item for item in mine if item.values["type"] == "PhoneLine"]
        # Of several devices with one name, the id of the record says which.
        unowned = found if entry.device_extension is None else []
        chosen = [item for item in unowned if naming.folded(item.record.get("label")) == entry.device]
        key, listed = devices.find(entry, chosen or lines, where, problems)
        if key is not None and not entry.absent:
            entry = replace(entry, values={**entry.values, "device": key})
    if entry.record_id:
        if found:
            _check_contradictions(entry, found[0], key, where, problems)
        elif not entry.absent and not gap:
            problems.add(where, f"extension {entry.extension} has no forwarding number with id {entry.record_id}")
    elif entry.device:
        found = listed
    else:
        found = _by_number(entry, mine, where, problems)
    if len(found) > 1:
        ids = ", ".join(sorted(item.values["forwarding_number_id"] for item in found))
        problems.add(where, f"{len(found)} records match; choose one with forwarding_number_id: {ids}")
    return replace(entry, takes_over=found[0].key) if found else entry


def _by_number(entry: DesiredNumber, mine: Sequence[Current], where: str, problems: Problems) -> list[Current]:
    found = [item for item in mine if item.values["phone_number"] == entry.number]
    former = [item for item in mine if entry.previous and item.values["phone_number"] == entry.previous]
    if found and former:
        problems.add(where, f"{entry.number} is already listed beside {entry.previous}; remove one of them")
    return found or former


def _check_contradictions(
    entry: DesiredNumber, found: Current, device: str | None, where: str, problems: Problems
) -> None:
    """Note where the record that the id selects is not what else the item says of it."""
    number = found.values["phone_number"]
    reported = f"the record with id {entry.record_id} "
    if entry.absent and entry.number not in (None, number):
        problems.add(where, f"{reported}has the number {number}; remove phone_number or the id")
    elif entry.previous and number not in (entry.number, entry.previous):
        problems.add(where, f"{reported}has the number {number}; remove previous_phone_number or the id")
    elif entry.absent and entry.device and device != found.values["device"]:
        problems.add(where, f"{reported}is {found.key}, not the device {entry.device}; remove device or the id")


def _completed(entry: DesiredNumber, mine: Sequence[Current], claimed: dict[Key, DesiredNumber]) -> DesiredNumber:
    """Take over the record of a fixed type for another number, and add what a new record needs."""
    if entry.absent:
        return entry
    kind = entry.values.get("type")
    if entry.takes_over is None and kind in FIXED_TYPES:
        holder = next((item for item in mine if item.values["type"] == kind and item.key not in claimed), None)
        if holder is not None:
            entry = replace(entry, takes_over=holder.key)
            claimed[holder.key] = entry
    match = next((item for item in mine if item.key == entry.takes_over), None)
    if match is None:
        return replace(entry, values={"type": "Other", **entry.values})
    if entry.replace and kind not in (None, match.values["type"]) and match.values["flip_number"]:
        return replace(entry, values={"flip_number": match.values["flip_number"], **entry.values})
    return entry
