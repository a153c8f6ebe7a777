# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which listed record each wish for a forwarding number means. Private to the collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Current, place
from ..._errors import Problems
from ..directory import Directory
from .desired import Wish
from .schema import FIXED_TYPES, TABLE


class Devices:
    """Finds the desk phones that wishes name, and knows what the listed ones are called."""

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
        self, wish: Wish, lines: Sequence[Current], where: str, problems: Problems
    ) -> tuple[str | None, list[Current]]:
        """Return the id of the device of *wish*, None where it is unknown, and the records among *lines* for it.

        Names are not unique: with an owner, only that extension's device of the name is meant.
        """
        text = wish.device or ""
        by_id = [line for line in lines if line.values["device"] == text]
        if by_id:
            return text, by_id
        named = [line for line in lines if naming.folded(line.record.get("label")) == text]
        if wish.device_extension:
            return self._find_owned(wish, wish.device_extension, lines, named, where, problems)
        if len(named) > 1:
            ids = naming.by_id({str(line.values["device"]): str(line.record.get("label")) for line in named})
            problems.add(
                where, f"{len(named)} listed devices are called {text!r}; add device_extension, or use the id: {ids}"
            )
        elif named:
            return named[0].values["device"], named
        elif text.isdecimal():
            return text, []
        elif not wish.absent:
            problems.add(where, f"device {text!r} is not in the list yet; name its extension with device_extension")
        return None, []

    def _find_owned(
        self,
        wish: Wish,
        owner: str,
        lines: Sequence[Current],
        named: Sequence[Current],
        where: str,
        problems: Problems,
    ) -> tuple[str | None, list[Current]]:
        text = wish.device or ""
        if wish.absent and not lines:
            return None, []
        found = self._directory.extensions({owner: f"{where}: device_extension"}, problems)
        if owner not in found:
            return None, []
        # A device that is gone is absent, unless a listed one has its name and might be meant.
        doubts = Problems() if wish.absent and not named else problems
        key = self._directory.device(text, found[owner], f"{where}: device", doubts)
        if key is None:
            return None, []
        if key != text:
            self.note(wish.extension, key, text)
        match = [line for line in lines if line.values["device"] == key]
        return key, match or [line for line in named if line.values["device"] is None]


def match_wishes(
    wishes: Sequence[Wish], current: Sequence[Current], devices: Devices, problems: Problems, gap: str = ""
) -> list[Wish]:
    """Match each wish with the record that it means: by id, else by number or device, else by its fixed type.

    With a *gap* in the list, that something is not in it is left to the planning to judge.
    """
    lists: dict[str, list[Current]] = {}
    for item in current:
        lists.setdefault(item.values["extension_id"], []).append(item)
    matched = [_matched(wish, lists.get(wish.extension_id, ()), devices, problems, gap) for wish in wishes]
    claimed: dict[Key, Wish] = {}
    for wish in matched:
        other = claimed.setdefault(wish.takes_over, wish) if wish.takes_over else wish
        if other is not wish:
            named = place(TABLE, other.position, other.key)
            problems.add(place(TABLE, wish.position, wish.key), f"means the same record as {named}; list it once")
    return [_completed(wish, lists.get(wish.extension_id, ()), claimed) for wish in matched]


def _matched(wish: Wish, mine: Sequence[Current], devices: Devices, problems: Problems, gap: str) -> Wish:
    where = place(TABLE, wish.position, wish.key)
    found = [item for item in mine if wish.record_id and item.values["forwarding_number_id"] == wish.record_id]
    key: str | None = None
    listed: list[Current] = []
    if wish.device:
        lines = [item for item in mine if item.values["type"] == "PhoneLine"]
        # Of several devices with one name, the id of the record says which.
        unowned = found if wish.device_extension is None else []
        chosen = [item for item in unowned if naming.folded(item.record.get("label")) == wish.device]
        key, listed = devices.find(wish, chosen or lines, where, problems)
        if key is not None and not wish.absent:
            wish = replace(wish, values={**wish.values, "device": key})
    if wish.record_id:
        if found:
            _check_contradictions(wish, found[0], key, where, problems)
        elif not wish.absent and not gap:
            problems.add(where, f"extension {wish.extension} has no forwarding number with id {wish.record_id}")
    elif wish.device:
        found = listed
    else:
        found = _by_number(wish, mine, where, problems)
    if len(found) > 1:
        ids = ", ".join(sorted(item.values["forwarding_number_id"] for item in found))
        problems.add(where, f"{len(found)} records match; say which one with forwarding_number_id: {ids}")
    return replace(wish, takes_over=found[0].key) if found else wish


def _by_number(wish: Wish, mine: Sequence[Current], where: str, problems: Problems) -> list[Current]:
    found = [item for item in mine if item.values["phone_number"] == wish.number]
    former = [item for item in mine if wish.previous and item.values["phone_number"] == wish.previous]
    if found and former:
        problems.add(where, f"{wish.number} is listed beside {wish.previous} already; remove one of them")
    return found or former


def _check_contradictions(wish: Wish, found: Current, device: str | None, where: str, problems: Problems) -> None:
    """Note where the record that the id selects is not what else the item says of it."""
    number = found.values["phone_number"]
    told = f"the record with id {wish.record_id} "
    if wish.absent and wish.number not in (None, number):
        problems.add(where, f"{told}has the number {number}; remove phone_number or the id")
    elif wish.previous and number not in (wish.number, wish.previous):
        problems.add(where, f"{told}has the number {number}; remove previous_phone_number or the id")
    elif wish.absent and wish.device and device != found.values["device"]:
        problems.add(where, f"{told}is {found.key}, not the device {wish.device}; remove device or the id")


def _completed(wish: Wish, mine: Sequence[Current], claimed: dict[Key, Wish]) -> Wish:
    """Take over the record of a fixed type for another number, and add what a new record needs."""
    if wish.absent:
        return wish
    kind = wish.values.get("type")
    if wish.takes_over is None and kind in FIXED_TYPES:
        holder = next((item for item in mine if item.values["type"] == kind and item.key not in claimed), None)
        if holder is not None:
            wish = replace(wish, takes_over=holder.key)
            claimed[holder.key] = wish
    match = next((item for item in mine if item.key == wish.takes_over), None)
    if match is None:
        return replace(wish, values={"type": "Other", **wish.values})
    if wish.replace and kind not in (None, match.values["type"]) and match.values["flip_number"]:
        return replace(wish, values={"flip_number": match.values["flip_number"], **wish.values})
    return wish
