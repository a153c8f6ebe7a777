# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a voice app consists of, as records and as the user's options. Facts: docs/providers/sonetel.md 5.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._engine import naming
from .._engine.schema import UNKNOWN, Field, Table
from .destinations import Destination, dials
from .entries import (
    HANG_UP,
    canonical_entry,
    canonical_menu,
    entry_from_record,
    entry_members,
    menu_dials,
    menu_from_record,
    menu_members,
    shown_entry,
    shown_menu,
)

IVR = ("menu", "announcement")
# The user's types, and which options go with which.
OPTIONS_OF = {
    "menu": ("voice", "play_welcome", "extension_dialing", "menu"),
    "announcement": ("voice", "play_welcome", "extension_dialing", "final_action", "menu"),
    "mailbox": ("voice", "greeting", "goodbye", "deliver_to"),
    "system_prompts": ("error_voice", "error_repeat_voice"),
}
_SYSTEM_SPELLINGS = ("sysprompts", "sysprompt")


def type_of(record: Mapping[str, Any]) -> str:
    """Return the user's type of a voice app; another one than Sonetel documents keeps its own word."""
    kind = str(record.get("app_type"))
    if kind == "ivr":
        return "announcement" if flag(record.get("play_menu")) is False else "menu"
    return "system_prompts" if kind in _SYSTEM_SPELLINGS else kind


def flag(value: Any) -> bool | None:
    """Return a yes or no in any of its spellings, None for anything else."""
    if isinstance(value, bool):
        return value
    return {"yes": True, "true": True, "no": False, "false": False}.get(str(value).casefold())


def _of_type(name: str, read: Callable[[Mapping[str, Any]], Any]) -> Callable[[Mapping[str, Any]], Any]:
    """Return a reader that tells what the app's type does not have (None) from what is not shown (`UNKNOWN`)."""

    def value(record: Mapping[str, Any]) -> Any:
        if name not in OPTIONS_OF.get(type_of(record), ()):
            return None
        found = read(record)
        return UNKNOWN if found is None else found

    return value


def _flag_field(name: str, member: str) -> Field:
    return Field(
        name,
        read=_of_type(name, lambda record: flag(record.get(member))),
        write=lambda value: {member: "yes" if value else "no"},
    )


def _text_field(name: str) -> Field:
    return Field(name, read=_of_type(name, lambda record: record.get(name)), write=lambda value: {name: value})


def _final_action(record: Mapping[str, Any]) -> Any:
    if "final_action" not in record:
        return None  # not shown: whether answers have it is not documented (sonetel.md 5.5)
    # How hanging up is written is not documented: the blank entry and "disconnect" mean the same here.
    return entry_from_record(record["final_action"]) or HANG_UP


def _delivery(record: Mapping[str, Any]) -> Destination | None:
    kind, target = record.get("deliver_to"), record.get("deliver_to_details")
    return Destination(str(kind), str(target)) if kind and target not in (None, "") else None


def type_members(kind: str) -> dict[str, str]:
    if kind in IVR:
        return {"app_type": "ivr", "play_menu": "no" if kind == "announcement" else "yes"}
    return {"app_type": kind}


VOICEAPP = Table(
    singular="voiceapp",
    plural="voiceapps",
    key="name",
    fields=(
        Field(
            "name",
            read=lambda record: str(record.get("name") or ""),
            write=lambda name: {"name": name},
            canonical=naming.folded,
        ),
        Field("type", read=type_of, write=type_members, needed_to_create=True),
        _text_field("voice"),
        _flag_field("play_welcome", "play_welcome"),
        _flag_field("extension_dialing", "get_extension"),
        Field(
            "menu",
            read=_of_type("menu", menu_from_record),
            write=lambda menu: {"menu": menu_members(menu)},
            canonical=canonical_menu,
            shown=shown_menu,
            dials=menu_dials,
        ),
        Field(
            "final_action",
            read=_of_type("final_action", _final_action),
            write=lambda entry: {"final_action": entry_members(entry)},
            canonical=canonical_entry,
            shown=shown_entry,
            dials=dials,
        ),
        _flag_field("greeting", "greeting_prompt"),
        _flag_field("goodbye", "goodbye_prompt"),
        Field(
            "deliver_to",
            read=_of_type("deliver_to", _delivery),
            write=lambda to: {"deliver_to": to.kind, "deliver_to_details": to.to},
            canonical=canonical_entry,
            shown=lambda to: {to.kind: to.name or to.to},
        ),
        _text_field("error_voice"),
        _text_field("error_repeat_voice"),
        Field("app_id", read=lambda record: str(record.get("app_id") or "")),
    ),
    deletes_last=True,
    renames=True,
)


def spellings(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the spellings of a body that the documents leave open, most likely first."""
    bodies = [body]
    if body.get("final_action") == entry_members(HANG_UP):
        bodies.append({**body, "final_action": entry_members(None)})
    if body.get("app_type") in _SYSTEM_SPELLINGS:
        other = _SYSTEM_SPELLINGS[1 - _SYSTEM_SPELLINGS.index(body["app_type"])]
        bodies.append({**body, "app_type": other})
    return bodies


def fitting(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the user would write them, without what the app's type does not have."""
    shown = VOICEAPP.shown({name: value for name, value in values.items() if name != "app_id" and value is not None})
    if values.get("type") == "announcement" and not shown.get("menu"):
        shown.pop("menu", None)
    return shown
