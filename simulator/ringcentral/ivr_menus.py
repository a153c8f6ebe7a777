# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IVR menus (docs/providers/ringcentral-company.md 4)."""

from __future__ import annotations

import copy
import re

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import defaults, records, seed
from simulator.ringcentral.answers import Call, invalid, missing, not_found, page_of

_KEYS = (*"0123456789", "Hash", "Star", "NoInput")
_RETURNS = ("Repeat", "ReturnToRoot", "ReturnToPrevious", "ReturnToTopLevelMenu")
_TO_EXTENSION = ("Connect", "Voicemail")
_TO_NUMBER = "Transfer"
_ACTIONS = (
    *_TO_EXTENSION,
    _TO_NUMBER,
    *_RETURNS,
    "DialByName",
    "Disconnect",
    "DoNothing",
    "ConnectToOperator",
    "TransferToContactCenterNumber",
    "ConnectToIncomingCallRoutingSelection",
)
# What text to speech may not read as it is.
_SPECIAL = re.compile(r"[_*#&()%$!?:;]")


def list_all(call: Call) -> Answer:
    """GET the list: without prompts and actions, and all at once."""
    keys = [key for key, extension in call.state["extensions"].items() if extension["menu"] is not None]
    rows = [{"id": key} for key in keys]
    uri = f"{call.account_uri}/ivr-menus"
    if call.switches["menu_list_paging"] == "present":
        return page_of(call, uri, rows, lambda row: _row(call, row["id"]))
    return json_answer({"uri": uri, "records": [_row(call, key) for key in keys]})


def read(call: Call) -> Answer:
    """GET one."""
    return json_answer(_shown(call, _found(call)))


def create(call: Call) -> Answer:
    """POST: 200 with the menu. Without a number it gets the next that is free."""
    body = call.body()
    if "name" not in body:
        raise missing("name")
    made = seed.extension(records.extension_number(call, body, "IvrMenu"), "", kind="IvrMenu", permissions=())
    made["record"]["contact"] = {"firstName": ""}
    _write(call, made, body)
    made["record"].setdefault("regionalSettings", records.inherited_settings(call, made["record"]))
    key = records.new_key(call)
    call.state["extensions"][key] = made
    return json_answer(_shown(call, key))


def update(call: Call) -> Answer:
    """PUT: 200 with the menu; what the body leaves out stays."""
    key, body = _found(call), call.body()
    changed = copy.deepcopy(call.state["extensions"][key])
    if "extensionNumber" in body:
        changed["record"]["extensionNumber"] = records.extension_number(call, body, "IvrMenu", key)
    _write(call, changed, body)
    call.state["extensions"][key] = changed
    return json_answer(_shown(call, key))


def plays(extension: Record, prompt: str) -> bool:
    """Whether a menu plays a recorded prompt."""
    menu = extension["menu"]
    return menu is not None and menu["prompt"] is not None and menu["prompt"].get("audio") == prompt


def _write(call: Call, extension: Record, body: Record) -> None:
    record, menu = extension["record"], extension["menu"]
    if "name" in body:
        record["name"] = record["contact"]["firstName"] = records.label(body["name"], "name")
    if "site" in body:
        records.put_site(call, record, body["site"])
    if "prompt" in body:
        menu["prompt"] = _prompt(call, body["prompt"])
    if "promptRepeatCount" in body:
        menu["repeat"] = records.integer(body["promptRepeatCount"], "promptRepeatCount", (1, 2, 3))
    if "actions" in body:
        actions = [_action(call, item) for item in records.objects(body, "actions")]
        named = {action["input"] for action in actions}
        if len(named) < len(actions):
            raise invalid("actions.input")
        if call.switches["menu_actions_put"] == "merge":
            actions = [*(action for action in menu["actions"] if action["input"] not in named), *actions]
        menu["actions"] = actions


def _prompt(call: Call, value: object) -> Record:
    """What a menu says; what belongs to the other mode is not kept."""
    if not isinstance(value, dict):
        raise invalid("prompt")
    mode = records.one_of(value.get("mode"), "prompt.mode", ("Audio", "TextToSpeech"))
    if mode == "Audio":
        key = records.key_of(value.get("audio"), "prompt.audio")
        if key not in call.state["company"]["prompts"]:
            raise not_found("prompt.audio.id")
        return {"mode": mode, "audio": key}
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        raise invalid("prompt.text", text)
    if _SPECIAL.search(text) and call.switches["tts_characters"] != "kept":
        if call.switches["tts_characters"] == "refused":
            raise invalid("prompt.text", text)
        text = _SPECIAL.sub("", text)
    spoken = call.state["company"]["regional_settings"]["language"]["id"]
    if "language" in value:
        spoken = records.language(value["language"], "prompt.language")["id"]
    return {"mode": mode, "text": text, "language": spoken}


def _action(call: Call, item: Record) -> Record:
    """What a key does; targets that the action does not take are dropped."""
    key = records.one_of(item.get("input"), "actions.input", _KEYS)
    name = records.one_of(item.get("action"), "actions.action", _ACTIONS)
    if call.switches["menu_key_rules"] == "strict" and (
        (name in _RETURNS and key not in ("Star", "Hash")) or (name == "Disconnect" and key != "NoInput")
    ):
        raise invalid("actions.action", name)
    action = {"input": key, "action": name}
    if name in _TO_EXTENSION:
        target = records.key_of(item.get("extension"), "actions.extension")
        if target not in call.state["extensions"] and call.switches["menu_target_unknown"] == "CMN-102":
            raise not_found("actions.extension.id")
        action["extension"] = target
    if name == _TO_NUMBER:
        number = item.get("phoneNumber")
        if not isinstance(number, str) or not re.fullmatch(r"\+?[1-9]\d{6,14}", number):
            raise invalid("actions.phoneNumber", number)
        action["phoneNumber"] = number
    return action


def _found(call: Call) -> str:
    key = call.ids[1]
    if call.state["extensions"].get(key, {}).get("menu") is None:
        raise not_found("ivrMenuId")
    return key


def _row(call: Call, key: str) -> Record:
    record = call.state["extensions"][key]["record"]
    uri = f"{call.account_uri}/ivr-menus/{key}"
    return {"id": key, "uri": uri, "name": record["name"], "extensionNumber": record["extensionNumber"]}


def _shown(call: Call, key: str) -> Record:
    extension = call.state["extensions"][key]
    menu = extension["menu"]
    shown = {**_row(call, key), "promptRepeatCount": menu["repeat"]}
    if call.switches["sites_feature"] == "on":
        shown["site"] = records.site_of(call, extension["record"])
    if menu["prompt"] is not None:
        shown["prompt"] = _shown_prompt(call, menu["prompt"])
    shown["actions"] = [_shown_action(call, action) for action in menu["actions"]]
    return shown


def _shown_prompt(call: Call, prompt: Record) -> Record:
    if prompt["mode"] == "Audio":
        uri = f"{call.account_uri}/ivr-prompts/{prompt['audio']}"
        return {"mode": "Audio", "audio": {"uri": uri, "id": prompt["audio"]}}
    uri = f"{call.root_uri}/dictionary/language/{prompt['language']}"
    spoken = {"uri": uri, **defaults.language(prompt["language"])}
    return {"mode": "TextToSpeech", "text": prompt["text"], "language": spoken}


def _shown_action(call: Call, action: Record) -> Record:
    shown = dict(action)
    if "extension" in action:
        key = action["extension"]
        shown["extension"] = {"uri": f"{call.account_uri}/extension/{key}", "id": key}
        number = call.state["extensions"].get(key, {}).get("record", {}).get("extensionNumber")
        if number is not None:
            shown["extension"]["pin"] = number
    if "phoneNumber" in action and call.switches["transfer_plus"] == "added":
        shown["phoneNumber"] = f"+{action['phoneNumber'].lstrip('+')}"
    return shown
