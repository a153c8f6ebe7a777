# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What menu keys and final actions do. Facts: docs/providers/sonetel.md 5.3 to 5.5. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._engine import naming
from .._numbers.dialled import Dialled
from .._numbers.rules import NumberRules
from .destinations import Destination, canonical_phone, canonical_sip, desired_destination, dials

# The user's keys in the order of a telephone's, and Sonetel's.
KEYS = {**{str(digit): f"digit_{digit}" for digit in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)}, "timeout": "timeout"}
HANG_UP = Destination("hang_up", "")
_BLANK = {"action": "", "to": "", "id": ""}
# The user's word for each pair of action and to. Numbers and SIP addresses share "other" (sonetel.md 10).
_KINDS = {
    ("call", "user"): "user",
    ("call", "phnum"): "phone",
    ("call", "csg"): "team",
    ("connect", "app"): "voiceapp",
    ("play", "prompt"): "prompt",
}
_WRITTEN = {**{kind: pair for pair, kind in _KINDS.items()}, "sip": ("call", "other")}

Menu = Mapping[str, "Destination | None"]


def entry_from_record(record: Any) -> Destination | None:
    """Return what an entry does; None for an unassigned one in any of its spellings."""
    if not isinstance(record, Mapping):
        return None
    action, to, target = (str(record.get(name) or "") for name in ("action", "to", "id"))
    if not action:
        return None
    if action == "disconnect":
        return HANG_UP
    if (action, to) == ("call", "other"):
        return Destination("sip" if "@" in target else "phone", target)
    kind = _KINDS.get((action, to))
    return Destination(kind, target) if kind else Destination(f"{action}/{to}", target)


def entry_members(entry: Destination | None) -> dict[str, Any]:
    """Return the entry as Sonetel takes it (sonetel.md 5.4)."""
    if entry is None:
        return dict(_BLANK)
    if entry.verbatim is not None:
        return dict(entry.verbatim)
    if entry.kind == "hang_up":
        return {"action": "disconnect"}
    action, to = _WRITTEN.get(entry.kind) or entry.kind.split("/", 1)
    target = entry.to
    if entry.kind == "phone":
        target = canonical_phone(target)
    elif entry.kind == "sip":
        target = canonical_sip(target)
    return {"action": action, "to": to, "id": target}


def menu_from_record(record: Mapping[str, Any]) -> Menu:
    """Return all eleven entries by the user's keys."""
    menu = record.get("menu")
    entries: Mapping[str, Any] = menu if isinstance(menu, Mapping) else {}
    return {key: entry_from_record(entries.get(sonetel)) for key, sonetel in KEYS.items()}


def menu_members(menu: Menu) -> dict[str, Any]:
    """Return the menu with all eleven keys, which is right whether Sonetel merges or replaces (sonetel.md 5.7)."""
    return {sonetel: entry_members(menu.get(key)) for key, sonetel in KEYS.items()}


def canonical_entry(entry: Destination | None) -> Any:
    """Return what is compared."""
    return entry and entry.canonical()


def canonical_menu(menu: Menu | None) -> Any:
    """Return what is compared: a missing key is an unassigned one."""
    return None if menu is None else tuple(canonical_entry(menu.get(key)) for key in KEYS)


def menu_dials(menu: Menu) -> Iterator[Dialled]:
    """Yield what the keys could dial, each compared with what the same key dialled before."""
    for key, entry in menu.items():
        for dialled in dials(entry):
            yield replace(dialled, place=f" key {key}{dialled.place}", slot=key)


def shown_entry(entry: Destination) -> dict[str, Any]:
    """Return the option that means this entry, by name where the name is known."""
    if entry.kind == "hang_up":
        return {"hang_up": True}
    if entry.kind == "team":
        return {"team": entry.to}
    known = entry.kind in _WRITTEN and (entry.kind != "phone" or canonical_phone(entry.to).startswith("+"))
    if entry.verbatim is not None or not known:
        return {"raw": {**_BLANK, **entry_members(entry)}}
    return {entry.kind: entry.name or entry.to} if entry.kind == "prompt" else entry.shown()


def shown_menu(menu: Menu) -> list[dict[str, Any]]:
    """Return the option `menu`: the assigned keys in the order of a telephone's."""
    return [{"key": key, **shown_entry(entry)} for key in KEYS if (entry := menu.get(key)) is not None]


def desired_entry(option: Mapping[str, Any], where: str, rules: NumberRules) -> Destination | None:
    """Read an entry as far as that can be done without asking Sonetel; None when it has no destination."""
    given = [(kind, value) for kind, value in option.items() if value is not None]
    if not given:
        return None
    kind, value = given[0]
    if kind == "hang_up":
        if not value:
            rules.problems.add(f"{where}.hang_up", "can only be true; leave it out to do something else")
        return HANG_UP
    if kind == "raw":
        entry = entry_from_record(value)
        if entry is None or entry.kind == "hang_up":
            return entry
        return Destination(entry.kind, entry.to, verbatim={name: value[name] for name in _BLANK if value[name]})
    if kind == "team":
        return Destination(kind, naming.folded(value))
    return desired_destination(option, where, rules)


def desired_menu(option: Sequence[Mapping[str, Any]], where: str, rules: NumberRules) -> dict[str, Destination | None]:
    """Read the option `menu`: the listed keys only."""
    found: dict[str, Destination | None] = {}
    for position, entry in enumerate(option):
        key = entry["key"]
        place = f"{where}.menu[{position}]"
        if key in found:
            rules.problems.add(place, f"the key {key} is listed twice")
        found[key] = desired_entry({name: value for name, value in entry.items() if name != "key"}, place, rules)
    return found
