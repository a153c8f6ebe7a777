# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Voice apps (docs/providers/sonetel.md 5)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from simulator.messages import Answer, Record
from simulator.sonetel.account import require_own_account
from simulator.sonetel.answers import Call, Failure, NotFound, json_object, listed, selected, success, with_flags
from simulator.sonetel.menus import checked_final_action, checked_menu, references, shown_entry, shown_menu
from simulator.sonetel.seed import BLANK_ENTRY, MENU_KEYS, voiceapp

_FLAGS = ("play_welcome", "get_extension", "play_menu", "greeting_prompt", "goodbye_prompt", "tts_allowed")
_FIELDS = frozenset({"final_action"}).union(*[voiceapp("", kind) for kind in ("ivr", "mailbox", "sysprompts")])
_SHORTCODES = {"ivr": "*21", "mailbox": "*12"}
_VOICES = {"ivr": ("voice",), "mailbox": ("voice",), "sysprompts": ("error_voice", "error_repeat_voice")}
_OWN_FLAGS = {
    "ivr": ("play_welcome", "get_extension", "play_menu"),
    "mailbox": ("greeting_prompt", "goodbye_prompt"),
    "sysprompts": (),
}


def list_all(call: Call) -> Answer:
    """GET list: all types mixed."""
    require_own_account(call)
    return listed(call, [_shown(call, app) for app in call.account["voiceapps"].values()], bare=True)


def read(call: Call) -> Answer:
    """GET one."""
    return success(call, _shown(call, wanted_app(call)), bare=True)


def create(call: Call) -> Answer:
    """POST: only app_type and name are needed; what a body leaves out has its default (sonetel.md 5.2)."""
    require_own_account(call)
    body = json_object(call)
    name, app_type = body.get("name"), body.get("app_type")
    if not isinstance(app_type, str) or app_type not in _SHORTCODES or not isinstance(name, str) or not name.strip():
        raise Failure("19990305", "app_type and name are required")
    app_id = f"VA{uuid4().hex[:10]}"
    app = voiceapp(name, app_type, app_id=app_id, shortcode=_next_shortcode(call, app_type))
    if app_type == "mailbox":
        app["deliver_to_details"] = call.user["user_id"]
    app.update(_changes(call, app, body))
    call.account["voiceapps"][app_id] = app
    return success(call, _shown(call, app), bare=True)


def update(call: Call) -> Answer:
    """PUT: what a body leaves out is kept, and what only Sonetel sets is ignored. All of it or nothing."""
    app = wanted_app(call)
    body = json_object(call)
    if call.switches["voiceapp_put"] == "whole" and not {"app_type", "name"} <= set(body):
        raise Failure("19990305", "app_type and name are required")
    if "app_type" in body and body["app_type"] != _spelled_type(call, app["app_type"], written=True):
        raise Failure("19990306", "app_type can not be changed")
    app.update(_changes(call, app, body))
    return success(call, _shown(call, app), bare=True)


def delete(call: Call) -> Answer:
    """DELETE one."""
    app = wanted_app(call)
    is_default = app["app_type"] == "sysprompts" or app.get("shortcode") in _SHORTCODES.values()
    if is_default and call.switches["delete_default_app"] == "failed":
        raise Failure("19990302", "Default voice app can not be deleted")
    if call.switches["delete_used_app"] == "failed" and app["app_id"] in _used(call, app["app_id"]):
        raise Failure("19990303", "Voice app is in use")
    del call.account["voiceapps"][app["app_id"]]
    call.account["prompts"].pop(app["app_id"], None)
    return success(call, "Voice App deleted successfully")


def wanted_app(call: Call) -> Record:
    """The voice app that the path names."""
    require_own_account(call)
    app: Record | None = call.account["voiceapps"].get(call.ids[1])
    if app is None:
        raise NotFound("19990301", f"Voice app {call.ids[1]} not found")
    return app


def _changes(call: Call, app: Record, body: Record) -> Record:
    """What a body changes in a voice app, checked."""
    kind = app["app_type"]
    changes: Record = {}
    for name in ("name", *_VOICES[kind]):
        if name in body:
            if not isinstance(body[name], str) or not body[name].strip():
                raise Failure("19990307", f"{name} is not valid")
            changes[name] = body[name]
    for name in _OWN_FLAGS[kind]:
        if name in body:
            if body[name] not in ("yes", "no"):
                raise Failure("19990308", f"{name} is not valid")
            changes[name] = body[name]
    if kind == "mailbox":
        changes.update(_delivery(call, app, body))
    if kind == "ivr" and "menu" in body:
        replaces = call.switches["menu_write"] == "replace"
        kept = {key: dict(BLANK_ENTRY) for key in MENU_KEYS} if replaces else app["menu"]
        changes["menu"] = {**kept, **checked_menu(call, app["app_id"], body["menu"])}
    if kind == "ivr" and "final_action" in body:
        if {**app, **changes}["play_menu"] == "no":
            changes["final_action"] = checked_final_action(call, app["app_id"], body["final_action"])
        elif call.switches["final_action_with_menu"] == "failed":
            raise Failure("19990312", "final_action is not allowed with play_menu yes")
    return changes


def _delivery(call: Call, app: Record, body: Record) -> Record:
    """Where a mailbox delivers its messages."""
    given = {name: body.get(name, app[name]) for name in ("deliver_to", "deliver_to_details")}
    kind, target = given["deliver_to"], given["deliver_to_details"]
    if kind == "user":
        valid = isinstance(target, str) and target in call.account["users"]
    else:
        valid = kind == "email" and isinstance(target, str) and "@" in target
    if not valid:
        raise Failure("19990309", "deliver_to_details is not valid for deliver_to")
    return given


def _next_shortcode(call: Call, app_type: str) -> str:
    first = _SHORTCODES[app_type]
    taken = {app.get("shortcode") for app in call.account["voiceapps"].values()}
    if first not in taken:
        return first
    number = 2
    while f"{first}*{number}" in taken:
        number += 1
    return f"{first}*{number}"


def _used(call: Call, but: str) -> Iterator[str]:
    """The ids of all voice apps that a number, a user, or another voice app than `but` sends calls to."""
    for number in call.account["numbers"].values():
        if number["connect_to_type"] == "app":
            yield number["connect_to"]["app_id"]
    for app in call.account["voiceapps"].values():
        if app["app_id"] != but:
            yield from (target for kind, target in references(app) if kind == "app")
    for user in call.account["users"].values():
        for action in user["call_settings"].get("incoming", {}).values():
            if action.get("to") == "voiceapp":
                yield action.get("id", "")


def _spelled_type(call: Call, app_type: str, *, written: bool) -> str:
    """The type of a voice app as requests or answers spell it."""
    if app_type != "sysprompts":
        return app_type
    position = str(call.switches["sysprompt"])
    if position == "mixed":
        return "sysprompt" if written else "sysprompts"
    return position


def _shown(call: Call, app: Record) -> Record:
    shown = {**app, "app_type": _spelled_type(call, app["app_type"], written=False)}
    if "menu" in app:
        shown["menu"] = shown_menu(call, app["menu"])
    final_action = shown.pop("final_action", None)
    if final_action is not None and app["play_menu"] == "no" and call.switches["final_action"] == "returned":
        shown["final_action"] = shown_entry(call, final_action)
    return selected(call, with_flags(call, shown, _FLAGS), _FIELDS)
