# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recorded prompts of IVR menus (docs/providers/ringcentral-company.md 5)."""

from __future__ import annotations

import base64

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import ivr_menus, records, seed
from simulator.ringcentral.answers import Call, Failure, missing, not_found, page_of

_MEDIA_TYPES = ("audio/mpeg", "audio/mp3", "audio/wav", "audio/wave", "audio/x-wav")
_MOST_BYTES = 20 * 1024 * 1024


def list_all(call: Call) -> Answer:
    """GET the list."""
    found = list(_prompts(call).values())
    return page_of(call, f"{call.account_uri}/ivr-prompts", found, lambda prompt: _shown(call, prompt))


def read(call: Call) -> Answer:
    """GET one."""
    return json_answer(_shown(call, _found(call)))


def create(call: Call) -> Answer:
    """POST a file as multipart: 200 with the prompt. Other prompts may have the same file name."""
    body = call.request.body if call.request.body_kind == "form" else {}
    fields = {**body, **body["json"]} if isinstance(body.get("json"), dict) else body
    part = fields.get("attachment")
    if part is None:
        raise Failure(400, "IVR-103", "File is required.")
    if not isinstance(part, dict) or not part.get("file_name"):
        raise Failure(400, "IVR-101", "File name is not specified.")
    if part["content_type"] not in _MEDIA_TYPES:
        raise Failure(400, "IVR-100", f"Media type [{part['content_type']}] is not supported.")
    content = call.request.files["attachment"]
    if not content:
        raise Failure(400, "IVR-103", "File is required.")
    if len(content) > _MOST_BYTES:
        raise Failure(413, "AGW-413", "Request entity is too large.")
    filename = str(part["file_name"])
    if call.switches["prompt_filename"] == "name" and isinstance(fields.get("name"), str):
        filename = fields["name"]
    key = records.new_key(call)
    made = seed.prompt(key, filename, content, part["content_type"])
    _prompts(call)[key] = made
    return json_answer(_shown(call, made))


def update(call: Call) -> Answer:
    """PUT another file name: 200 with the prompt."""
    prompt, body = _found(call), call.body()
    if "filename" not in body:
        raise missing("filename")
    prompt["filename"] = records.label(body["filename"], "filename", 255)
    return json_answer(_shown(call, prompt))


def delete(call: Call) -> Answer:
    """DELETE one: 204; a menu that plays it prevents that or falls silent (switch prompt_in_use)."""
    prompt = _found(call)
    players = [extension for extension in call.state["extensions"].values() if ivr_menus.plays(extension, prompt["id"])]
    if players and call.switches["prompt_in_use"] == "refused":
        raise Failure(403, "CMN-403", "The prompt is used by a menu.")
    for extension in players:
        extension["menu"]["prompt"] = None
    del _prompts(call)[prompt["id"]]
    return Answer(204)


def content(call: Call) -> Answer:
    """GET what a prompt sounds like."""
    prompt = _found(call)
    return Answer(200, base64.b64decode(prompt["content"]), [(b"content-type", prompt["contentType"].encode())])


def _prompts(call: Call) -> Record:
    prompts: Record = call.state["company"]["prompts"]
    return prompts


def _found(call: Call) -> Record:
    prompt: Record | None = _prompts(call).get(call.ids[1])
    if prompt is None:
        raise not_found("promptId")
    return prompt


def _shown(call: Call, prompt: Record) -> Record:
    path = f"/ivr-prompts/{prompt['id']}"
    return {
        "uri": call.account_uri + path,
        "id": prompt["id"],
        "contentType": prompt["contentType"],
        "contentUri": f"{call.media_uri}{path}/content",
        "filename": prompt["filename"],
    }
