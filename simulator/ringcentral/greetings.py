# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dictionary of preset greetings, and uploaded ones (docs/providers/ringcentral-company.md 10).

Uploaded greetings are in the company's `greetings` by id: {id, owner, type, rule, contentType, content, text}. `owner`
is an extension's id, or None for those of the company; `content` is base64. They are never listed.
"""

from __future__ import annotations

import base64
import json

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import defaults, greeting_presets
from simulator.ringcentral.answers import Call, Failure, invalid, missing, not_found, page_of

_LISTED_TYPES = (
    *("Introductory", "Announcement", "ConnectingMessage", "ConnectingAudio", "Voicemail", "Unavailable"),
    *("HoldMusic", "Company"),
)
_UPLOADED = (*_LISTED_TYPES[:-1], "TemplateGreeting")
_OF_COMPANY = ("Company", "StartRecording", "StopRecording", "AutomaticRecording", "TemplateGreeting")
_CONTENT_TYPES = {
    "audio/mpeg": "audio/mpeg",
    "audio/mp3": "audio/mpeg",
    "audio/wav": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
}
_LARGEST = 20 * 1024 * 1024


def list_presets(call: Call) -> Answer:
    """GET the dictionary; filters are type and usageType."""
    found = list(greeting_presets.PRESETS.values())
    for name, known in (("type", _LISTED_TYPES), ("usageType", greeting_presets.USAGES)):
        wanted = call.request.query.get(name)
        if wanted is None:
            continue
        if wanted not in known:
            raise invalid(name, wanted)
        found = [preset for preset in found if wanted in (preset.type, preset.usage)]
    uri = f"{call.root_uri}/dictionary/greeting"
    return page_of(call, uri, [{"id": preset.id} for preset in found], lambda item: _shown_preset(call, item["id"]))


def read_preset(call: Call) -> Answer:
    """GET one of the dictionary."""
    if call.ids[-1] not in greeting_presets.PRESETS:
        raise not_found("greetingId")
    return json_answer(_shown_preset(call, call.ids[-1]))


def create(call: Call) -> Answer:
    """POST a greeting of an extension: 200. Unless `apply` is false, the rule that is named plays it from now on."""
    fields = _fields(call)
    kind, applies = fields.get("type"), call.request.query.get("apply", "true").lower()
    if applies not in ("true", "false"):
        raise invalid("apply", applies)
    if not kind:
        raise missing("type")
    if kind in _OF_COMPANY and kind not in _UPLOADED:
        raise Failure(400, "CLR-103", f"Greeting [{kind}] is not one of an extension.")
    if kind not in _UPLOADED:
        raise invalid("type", kind)
    usage = greeting_presets.USAGE_OF_TYPE.get(call.extension["record"]["type"], greeting_presets.USER)
    if kind not in (*greeting_presets.types_of(usage), "TemplateGreeting"):
        raise Failure(400, "AWR-166", f"Greeting [{kind}] is not for this type of extension.")
    rule = _rule(call, fields, needed=applies == "true")
    if kind == "HoldMusic" and rule and rule["id"] != defaults.BUSINESS_HOURS:
        raise Failure(400, "AWR-165", "Hold music belongs to the rule of business hours.")
    greeting = _kept(call, call.extension_id, kind, fields, rule)
    if rule and applies == "true" and kind != "TemplateGreeting":
        rule["greetings"][kind] = {"custom": greeting["id"]}
    return json_answer(_shown(call, greeting))


def create_company(call: Call) -> Answer:
    """POST a greeting of the company: 200. A rule that is named plays it from now on."""
    fields = _fields(call)
    kind = fields.get("type")
    if not kind:
        raise missing("type")
    if kind not in _OF_COMPANY:
        raise Failure(400, "AWR-178", f"Greeting [{kind}] is not one of the company.")
    rule = _rule(call, fields, needed=False)
    greeting = _kept(call, None, kind, fields, rule)
    if rule and kind == "Company":
        rule["greetings"][kind] = {"custom": greeting["id"]}
    return json_answer(_shown(call, greeting))


def read(call: Call) -> Answer:
    """GET one of an extension; `hold-music` is the one that its callers hear while they wait."""
    key = call.ids[-1]
    if key == "hold-music":
        rule = call.extension["answering_rules"].get(defaults.BUSINESS_HOURS, {"greetings": {}})
        key = rule["greetings"].get("HoldMusic", {}).get("custom", "")
    return json_answer(_shown(call, _found(call, key, call.extension_id)))


def content(call: Call) -> Answer:
    """GET what one of an extension sounds like."""
    return _played(_found(call, call.ids[-1], call.extension_id))


def company_content(call: Call) -> Answer:
    """GET what one of the company sounds like."""
    return _played(_found(call, call.ids[-1], None))


def _fields(call: Call) -> Record:
    """The parts of the request; those of a JSON part beside the others."""
    if call.request.body_kind != "form":
        raise Failure(400, "CMN-104", "Request can't be parsed.")
    fields: Record = dict(call.request.body)
    described = fields.pop("json", None)
    if "json" in call.request.files:
        try:
            described = json.loads(call.request.files["json"])
        except ValueError:
            raise Failure(400, "CMN-103", "JSON can't be parsed.") from None
    return {**fields, **described} if isinstance(described, dict) else fields


def _rule(call: Call, fields: Record, *, needed: bool) -> Record | None:
    named = fields.get("answeringRule")
    key = fields.get("answeringRuleId") or (named.get("id") if isinstance(named, dict) else None)
    if not key:
        if needed:
            raise missing("answeringRule")
        return None
    rules = (call.extension or call.state["company"])["answering_rules"]
    rule: Record | None = rules.get(str(key))
    if rule is None:
        # 400 where others have 404 (docs/providers/ringcentral-company.md 13).
        raise Failure(
            400, "CMN-102", "Resource for parameter [answeringRule.id] is not found.", parameterName="answeringRule.id"
        )
    return rule


def _kept(call: Call, owner: str | None, kind: str, fields: Record, rule: Record | None) -> Record:
    name = "binary" if "binary" in fields else "attachment"
    part, spoken = fields.get(name), fields.get("text")
    sound, media_type = b"RIFF", "audio/wav"
    if isinstance(part, dict):
        sound, media_type = call.request.files[name], part["content_type"]
        if not sound:
            raise Failure(400, "AWR-128", "The file is empty.")
        if media_type not in _CONTENT_TYPES:
            raise Failure(400, "AWR-129", "The media type is not supported.")
        if len(sound) > _LARGEST:
            raise Failure(413, "CMN-101", "The file is too large.")
    elif not isinstance(spoken, str) or not spoken:
        raise missing("binary")
    key = str(call.state["next_id"])
    call.state["next_id"] += 1
    greeting = {
        "id": key,
        "owner": owner,
        "type": kind,
        "rule": rule["id"] if rule else None,
        "contentType": _CONTENT_TYPES[media_type],
        "content": base64.b64encode(sound).decode(),
        "text": spoken if not isinstance(part, dict) else None,
    }
    call.state["company"]["greetings"][key] = greeting
    return greeting


def _found(call: Call, key: str, owner: str | None) -> Record:
    greeting: Record | None = call.state["company"]["greetings"].get(key)
    if greeting is None or greeting["owner"] != owner:
        raise not_found("greetingId")
    return greeting


def _shown(call: Call, greeting: Record) -> Record:
    place = "" if greeting["owner"] is None else f"/extension/{greeting['owner']}"
    path = f"{place}/greeting/{greeting['id']}"
    document = {
        "uri": f"{call.account_uri}{path}",
        **{name: greeting[name] for name in ("id", "type", "contentType")},
        "contentUri": f"{call.media_uri}{path}/content",
    }
    if greeting["rule"]:
        uri = f"{call.account_uri}{place}/answering-rule/{greeting['rule']}"
        document["answeringRule"] = {"uri": uri, "id": greeting["rule"]}
    return {**document, "text": greeting["text"]} if greeting["text"] else document


def _played(greeting: Record) -> Answer:
    return Answer(200, base64.b64decode(greeting["content"]), [(b"content-type", greeting["contentType"].encode())])


def _shown_preset(call: Call, key: str) -> Record:
    preset, uri = greeting_presets.PRESETS[key], f"{call.root_uri}/dictionary/greeting/{key}"
    return {
        "id": key,
        "uri": uri,
        "name": preset.name,
        "usageType": preset.usage,
        "type": preset.type,
        "category": preset.category,
        "contentUri": f"{uri}/content".replace("/ringcentral/", "/ringcentral-media/", 1),
    }
