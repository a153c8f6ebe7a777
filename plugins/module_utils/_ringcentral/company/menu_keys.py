# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the keys of a menu do. Facts: docs/providers/ringcentral-company.md 4. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._numbers.dialled import Dialled
from ..._numbers.rules import NumberRules
from ..api import Record
from ..directory import Extension
from .company import WITHOUT_MAILBOX, called
from .destinations import (
    DIAL_BY_NAME,
    EXTENSION,
    HANG_UP,
    OPERATOR,
    PHONE_NUMBER,
    PREVIOUS,
    RAW,
    REPEAT,
    ROOT,
    VOICEMAIL,
    Destination,
    located,
    read_destination,
)
from .options import KEYS, NO_INPUT

# What each key of a menu does, by key.
Keys = Mapping[str, Destination]

_ACTIONS = {
    EXTENSION: "Connect",
    VOICEMAIL: "Voicemail",
    PHONE_NUMBER: "Transfer",
    OPERATOR: "ConnectToOperator",
    HANG_UP: "Disconnect",
    DIAL_BY_NAME: "DialByName",
    REPEAT: "Repeat",
    ROOT: "ReturnToRoot",
    PREVIOUS: "ReturnToPrevious",
}
_KINDS = {action: kind for kind, action in _ACTIONS.items()}
_INPUTS = {"*": "Star", "#": "Hash", NO_INPUT: "NoInput"}
_KEYS = {name: key for key, name in _INPUTS.items()}
_NOTHING = "DoNothing"
# A number with its country code, whose plus RingCentral may leave out (ringcentral-company.md 20 #10).
_BARE = re.compile(r"[1-9][0-9]{6,14}")
# What RingCentral may take on some keys only, as it does for the menus of sites (ringcentral-company.md 20 #7).
_ON_SOME = {REPEAT: ("*", "#"), ROOT: ("*", "#"), PREVIOUS: ("*", "#"), HANG_UP: (NO_INPUT,)}
# It may stay in the account for a key that was taken away, and is the same as no key.
NOTHING = Destination(RAW, _NOTHING)


def read_keys(options: Sequence[Mapping[str, Any]], where: str, rules: NumberRules) -> dict[str, Destination]:
    """Return what the user's list means, extensions as the user calls them; what is wrong goes to *rules*."""
    found: dict[str, Destination] = {}
    for number, option in enumerate(options):
        key, place = str(option["key"]), f"{where}[{number}]"
        if key in found:
            rules.problems.add(place, f"key {key} is already listed; list it once")
        if option.get(RAW):
            found[key] = Destination(RAW, str(option[RAW]))
            continue
        to = read_destination(option, place, rules, tuple(_ACTIONS), "a key of a menu")
        if to is not None and to.kind == VOICEMAIL and to.to is None:
            rules.problems.add(
                f"{place}.{VOICEMAIL}", "a menu has no voicemail of its own; name one: voicemail: {extension: ...}"
            )
        elif to is not None:
            found[key] = to
    return found


def located_keys(
    keys: Keys,
    present: Keys,
    where: str,
    find: Callable[[str, str], Extension | None],
    refuse: Callable[[str, str], None],
) -> dict[str, Destination]:
    """Return *keys* with the extensions that they name. *present*: what the keys do now."""
    found = {}
    for key, to in keys.items():
        place = f"{where}: key {key}"
        if to.kind == RAW and to not in (NOTHING, present.get(key)):
            refuse(
                f"{place}.{RAW}",
                f"{to.to} is an action that can only be left as it is, and the key does not do that now; set it in "
                "RingCentral's admin portal, or leave the key out",
            )
        known = located(to, place, find)
        if known is not None and known.kind == VOICEMAIL and known != present.get(key):
            holder = known.extension
            if holder is not None and holder.kind in WITHOUT_MAILBOX:
                refuse(f"{place}.{VOICEMAIL}", f"{holder.label} is a {called(holder.kind)}, which has no mailbox")
        if known is not None:
            found[key] = known
    return found


def keys_of(record: Record, extension_of: Callable[[object], Extension]) -> dict[str, Destination]:
    """Return what the keys of a menu's record do, in the order of `KEYS`."""
    found = {}
    for action in record.get("actions") or ():
        key = str(action.get("input"))
        found[_KEYS.get(key, key)] = _destination(action, extension_of)
    return {key: found[key] for key in sorted(found, key=_order)}


def _destination(action: Record, extension_of: Callable[[object], Extension]) -> Destination:
    name = str(action.get("action"))
    kind = _KINDS.get(name, RAW)
    target = (action.get("extension") or {}).get("id")
    if kind in (EXTENSION, VOICEMAIL):
        return Destination(kind, extension_of(target)) if target else Destination(RAW, name)
    if kind == PHONE_NUMBER:
        number = str(action.get("phoneNumber") or "")
        return (
            Destination(kind, f"+{number}" if _BARE.fullmatch(number) else number) if number else Destination(RAW, name)
        )
    return Destination(kind, name if kind == RAW else None)


def actions_of(keys: Keys, record: Record) -> list[dict[str, Any]]:
    """Return RingCentral's actions for *keys*. What cannot be written is sent as the menu's *record* has it."""
    known = {str(action.get("input")): action for action in record.get("actions") or ()}
    found = []
    for key in sorted(keys, key=_order):
        to, name = keys[key], _INPUTS.get(key, key)
        if to.kind == RAW:
            there = known.get(name, {})
            found.append(there if there.get("action") == to.to else {"input": name, "action": str(to.to)})
            continue
        action: dict[str, Any] = {"input": name, "action": _ACTIONS[to.kind]}
        if to.extension is not None:
            action["extension"] = {"id": to.extension.key}
        elif to.kind == PHONE_NUMBER:
            action["phoneNumber"] = to.to
        found.append(action)
    return found


def doing_nothing(keys: Iterable[str]) -> dict[str, Destination]:
    """Return *keys* as they are left that a write cannot take away."""
    return dict.fromkeys(keys, NOTHING)


def canonical(keys: Keys | None) -> Any:
    """Return what is compared: a key that does nothing is no key."""
    return {key: to.canonical() for key, to in (keys or {}).items() if to != NOTHING}


def shown(keys: Keys) -> list[dict[str, Any]]:
    """Return the options that mean *keys*: a key that does nothing is no key."""
    return exported({key: to for key, to in keys.items() if to != NOTHING})


def exported(keys: Keys) -> list[dict[str, Any]]:
    """Return the options that mean *keys*, with all that RingCentral has for one."""
    return [{"key": key, **keys[key].shown()} for key in sorted(keys, key=_order)]


def dials(keys: Keys | None) -> Iterator[Dialled]:
    """Yield the phone numbers that the keys call."""
    for key, to in (keys or {}).items():
        for dialled in to.dials():
            yield replace(dialled, place=f" {key}{dialled.place}")


def perhaps_refused(keys: Keys) -> str:
    """Return what may be wrong with *keys* where RingCentral refuses them, "" for nothing."""
    found = [
        f"key {key} ({to.kind}) belongs on {' or '.join(_ON_SOME[to.kind])}"
        for key, to in keys.items()
        if key not in _ON_SOME.get(to.kind, (key,))
    ]
    return f"RingCentral may not take every action on every key: {'; '.join(found)}." if found else ""


def _order(key: str) -> int:
    return KEYS.index(key) if key in KEYS else len(KEYS)
