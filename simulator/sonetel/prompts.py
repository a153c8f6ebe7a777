# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prompts of voice apps and their audio (docs/providers/sonetel.md 6)."""

from __future__ import annotations

import io
import wave
from datetime import datetime, timezone
from uuid import uuid4

from simulator.messages import Answer, Record
from simulator.sonetel.account import prompts_of
from simulator.sonetel.answers import Call, Failure, HttpError, NotFound, json_object, listed, success
from simulator.sonetel.seed import DATE_FORMAT, prompt
from simulator.sonetel.voiceapps import wanted_app

_BASE = ("prompt_id", "type", "name", "app_id", "account_id", "record_id")
_LARGEST = 10 * 1024 * 1024


def list_all(call: Call) -> Answer:
    """GET list of one voice app."""
    app = wanted_app(call)
    prompts = prompts_of(call.account, app["app_id"]).values()
    return listed(call, [_shown(call, record) for record in prompts])


def read(call: Call) -> Answer:
    """GET one."""
    return success(call, _shown(call, _wanted(call)))


def create(call: Call) -> Answer:
    """POST: a custom prompt, not yet with a message. The name comes in the query, as JSON, or both."""
    app = wanted_app(call)
    where = call.switches["prompt_name"]
    name = call.request.query.get("name") if where in ("either", "query") else None
    if where in ("either", "json") and call.request.body_kind == "json":
        name = json_object(call).get("name", name)
    if not isinstance(name, str) or not name.strip():
        raise Failure("19990601", "name is required")
    prompts = prompts_of(call.account, app["app_id"])
    taken = {record["record_id"] for record in prompts.values()}
    record_id = next(str(number) for number in range(1030, 10000) if str(number) not in taken)
    record = prompt(name, app["app_id"], f"PR{uuid4().hex[:10]}", record_id, account_id=call.account_id)
    call.account["prompts"][app["app_id"]] = {**prompts, record["prompt_id"]: record}
    return success(call, _shown(call, record))


def update(call: Call) -> Answer:
    """PUT: only the name can change."""
    record = _wanted(call)
    name = json_object(call).get("name")
    if not isinstance(name, str) or not name.strip():
        raise Failure("19990601", "name is required")
    return success(call, _shown(call, _store(call, {**record, "name": name})))


def delete(call: Call) -> Answer:
    """DELETE: custom prompts only."""
    record = _wanted(call)
    if record["type"] == "standard":
        raise Failure("19990602", "Default prompt can not be deleted")
    del call.account["prompts"][record["app_id"]][record["prompt_id"]]
    return success(call, "Prompt deleted successfully")


def upload(call: Call) -> Answer:
    """POST message: the audio, as the part `file` of a multipart body; replaces what was there."""
    record = _wanted(call)
    if not call.request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HttpError(415)
    content = call.request.files.get("file")
    if content is None:
        raise Failure("19990603", "file is required")
    if len(content) > _LARGEST:
        raise Failure("19990604", "File is larger than 10 MB")
    uploaded = {
        "file_name": call.request.body["file"]["file_name"],
        "file_details": "Uploaded",
        "audio_length": str(round(_seconds(content))),
        "size": f"{len(content) / 1024:.2f}",
        "message_url": f"https://audio-prompts.sonetel.com/{record['prompt_id']}-{uuid4()}.wav",
        "create_date": datetime.now(timezone.utc).strftime(DATE_FORMAT),
    }
    return success(call, _with_message(call, _store(call, {**record, **uploaded})))


def _seconds(content: bytes) -> float:
    """The length of a WAV that Sonetel takes: PCM, 16 bit."""
    try:
        with wave.open(io.BytesIO(content)) as audio:
            width, rate, frames = audio.getsampwidth(), audio.getframerate(), audio.getnframes()
    except (wave.Error, EOFError):
        width = rate = frames = 0
    if width != 2 or rate == 0 or frames == 0:
        raise Failure("19990605", "File is not a WAV of uncompressed PCM with 16 bit")
    return float(frames) / float(rate)


def _wanted(call: Call) -> Record:
    """The prompt that the path names, in the long form with its voice app or in the short form alone."""
    if len(call.ids) > 1:
        found = prompts_of(call.account, wanted_app(call)["app_id"]).get(call.ids[2])
    else:
        every = [prompts_of(call.account, app_id) for app_id in call.account["voiceapps"]]
        found = next((prompts[call.ids[0]] for prompts in every if call.ids[0] in prompts), None)
    if found is None:
        raise NotFound("19990606", f"Prompt {call.ids[-1]} not found")
    return found


def _store(call: Call, record: Record) -> Record:
    prompts = prompts_of(call.account, record["app_id"])
    call.account["prompts"][record["app_id"]] = {**prompts, record["prompt_id"]: record}
    return record


def _shown(call: Call, record: Record) -> Record:
    if "message" in call.request.query.get("fields", "").split(","):
        return _with_message(call, record)
    return {**{name: record[name] for name in _BASE}, "exists": "yes" if _exists(record) else "no"}


def _with_message(call: Call, record: Record) -> Record:
    exists = _exists(record)
    as_text = call.switches["prompt_exists"] == "string"
    return {**record, "exists": ("yes" if exists else "no") if as_text else exists}


def _exists(record: Record) -> bool:
    return bool(record["type"] == "standard" or record["file_name"])
