# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a caller can reach in a voice app (docs/providers/sonetel.md 5.3 to 5.5): checking and showing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simulator.messages import Record
from simulator.sonetel.account import prompts_of
from simulator.sonetel.answers import Call, Failure
from simulator.sonetel.numbers import respelled
from simulator.sonetel.seed import BLANK_ENTRY, MENU_KEYS

_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_SIP = re.compile(r"(?:sip:)?[^@\s]+@[^@\s]+", re.IGNORECASE)


def checked_menu(call: Call, app_id: str, wanted: object) -> Record:
    """The entries of a menu in a request body, each as it is stored."""
    if not isinstance(wanted, dict) or not set(wanted) <= set(MENU_KEYS):
        raise Failure("19990311", "menu is not valid")
    return {key: _checked_entry(call, app_id, key, entry) for key, entry in wanted.items()}


def checked_final_action(call: Call, app_id: str, wanted: object) -> Record:
    """The final action of a request body as it is stored."""
    if not isinstance(wanted, dict):
        raise Failure("19990312", "final_action is not valid")
    entry = _checked_entry(call, app_id, "final_action", wanted)
    hangs_up = {"disconnect": "disconnect", "": "blank"}.get(entry["action"])
    if hangs_up is not None and hangs_up != call.switches["final_hang_up"]:
        raise Failure("19990312", "final_action is not valid")
    return entry


def shown_menu(call: Call, menu: Record) -> Record:
    """A menu as answers show it."""
    form = call.switches["blank_entry"]
    shown: Record = {}
    for key in MENU_KEYS:
        entry = menu[key]
        if entry["action"] or form == "triple":
            shown[key] = shown_entry(call, entry)
        elif form == "null":
            shown[key] = None
    return shown


def shown_entry(call: Call, entry: Record) -> Record:
    """One entry, or a final action, as answers show it."""
    kind, target = entry["to"], entry["id"]
    if kind == "other" and _NUMBER.fullmatch(target) and call.switches["menu_other"] == "phnum":
        kind = "phnum"
    if kind == "phnum":
        target = respelled(target, str(call.switches["stored_number"]))
    return {"action": entry["action"], "to": kind, "id": target}


def references(app: Record) -> Iterator[tuple[str, str]]:
    """Every `(to, id)` that the menu and the final action of a voice app hold."""
    for entry in [*app.get("menu", {}).values(), app.get("final_action") or BLANK_ENTRY]:
        if entry["id"]:
            yield entry["to"], entry["id"]


def _checked_entry(call: Call, app_id: str, key: str, wanted: object) -> Record:
    entry: Any = wanted if wanted is not None else {}
    if not isinstance(entry, dict) or not set(entry) <= set(BLANK_ENTRY):
        raise Failure("19990311", f"{key} is not valid")
    stored = {name: "" if entry.get(name) is None else entry[name] for name in BLANK_ENTRY}
    if not all(isinstance(value, str) for value in stored.values()):
        raise Failure("19990311", f"{key} is not valid")
    if stored["action"] in ("", "disconnect"):
        return {**BLANK_ENTRY, "action": stored["action"]}
    if not _reachable(call, app_id, stored["action"], stored["to"], stored["id"]):
        raise Failure("19990311", f"{key} is not valid")
    return stored


def _reachable(call: Call, app_id: str, action: str, kind: str, target: str) -> bool:
    known = call.account["voiceapps"].get(target)
    prompt = prompts_of(call.account, app_id).get(target)
    return {
        ("call", "user"): target in call.account["users"],
        ("call", "phnum"): _NUMBER.fullmatch(target) is not None,
        ("call", "other"): (_NUMBER.fullmatch(target) or _SIP.fullmatch(target)) is not None,
        ("call", "csg"): target != "",
        ("connect", "app"): known is not None and known["app_type"] in ("ivr", "mailbox"),
        # A custom prompt without a message is not usable in a menu (sonetel.md 6).
        ("play", "prompt"): prompt is not None and (prompt["type"] == "standard" or prompt["file_name"] != ""),
    }.get((action, kind), False)
