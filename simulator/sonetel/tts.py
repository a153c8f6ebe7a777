# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Text to speech (docs/providers/sonetel.md 6): a service of its own, with answers in a form of its own."""

from __future__ import annotations

import hashlib
import io
import math
import struct
import wave
from urllib.parse import urlencode

from simulator.messages import Answer, json_answer
from simulator.sonetel.answers import Call, HttpError, json_object

_RATE = 8000
_VOICES = tuple(
    {
        "language": language,
        "language_label": label,
        "voice": voice,
        "speaker": speaker,
        "gender": gender,
        "default_variant": "yes",
        "default_voice": "yes" if speaker == "A" else "no",
    }
    for language, label in (("en_GB", "English (UK)"), ("en_US", "English (US)"), ("sv_SE", "Swedish"))
    for speaker, gender in (("A", "female"), ("B", "male"))
    for voice in (f"{language.replace('_', '-')}-Neural2-{speaker}",)
)


def voices(call: Call) -> Answer:
    """GET the voices."""
    return json_answer({"statusCode": 200, "response": list(_VOICES)})


def convert(call: Call) -> Answer:
    """POST text, language and voice; answers where the audio lies. The same text always sounds the same."""
    body = json_object(call)
    missing = [
        name for name in ("text", "language", "voice") if not isinstance(body.get(name), str) or not body[name].strip()
    ]
    if not missing and not any(
        (voice["language"], voice["voice"]) == (body["language"], body["voice"]) for voice in _VOICES
    ):
        missing = ["voice"]
    if missing:
        errors = [f"{name}: may not be empty" for name in missing]
        return json_answer({"status": "BAD_REQUEST", "message": missing[0], "errors": errors}, 400)
    digest = hashlib.sha256("\n".join([body["text"], body["language"], body["voice"]]).encode()).hexdigest()
    query = urlencode({"seconds": max(1, min(20, len(body["text"]) // 15))})
    host = call.request.headers.get("host", "127.0.0.1")
    return json_answer({"statusCode": 200, "response": f"http://{host}/sonetel/tts/audio/{digest}.wav?{query}"})


def audio(call: Call) -> Answer:
    """GET the audio: a tone whose pitch comes of the text."""
    if call.switches["audio_download"] == "token" and "authorization" not in call.request.headers:
        raise HttpError(401)
    seconds = call.request.query.get("seconds", "1")
    return Answer(200, tone(call.ids[0], int(seconds) if seconds.isdecimal() else 1), [(b"content-type", b"audio/wav")])


def tone(name: str, seconds: int) -> bytes:
    """A WAV (PCM, 16 bit, mono, 8000 Hz) of a tone that depends on `name`."""
    pitch = 220 + sum(name.encode()) % 440
    samples = [int(8000 * math.sin(2 * math.pi * pitch * index / _RATE)) for index in range(_RATE * seconds)]
    stream = io.BytesIO()
    with wave.open(stream, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(_RATE)
        writer.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return stream.getvalue()
