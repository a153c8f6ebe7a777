# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A prompt's audio, from a file or from text. Facts: docs/providers/sonetel.md 6 and 10. Private to the collection.

Sonetel shows no checksum of audio, so the file is uploaded under a name that holds a hash of what it is made of.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from .._errors import InputError

_LARGEST = 10 * 1024 * 1024
_PCM = 1
_MARK = re.compile(r"-([wt][0-9a-f]{20})(?![0-9a-f])")


class AudioError(ValueError):
    """Audio cannot be used; the message says why."""


@dataclass(frozen=True)
class Speech:
    """A text to be spoken: *language* like `en_GB`; *voice* like `en-GB-Neural2-A`, None for the language's default."""

    text: str
    language: str
    voice: str | None


@dataclass(frozen=True)
class Audio:
    """The audio of a prompt, as it is or as it shall be. *source* is what it is made of, None for what was read."""

    file_name: str
    source: Path | Speech | None = None

    @property
    def mark(self) -> str:
        """What is compared: the hash in the file's name, else the whole name."""
        found = _MARK.search(self.file_name)
        return found.group(1) if found else self.file_name


def from_file(name: str, path: Path) -> Audio:
    """Return the audio of the prompt *name* that a WAV file holds. Raises `AudioError` for what Sonetel refuses."""
    content = read_wav(path)
    return Audio(_file_name(name, "w", content), path)


def from_text(name: str, speech: Speech) -> Audio:
    """Return the audio of the prompt *name* that is to be made of a text."""
    parts = "\n".join([speech.language, speech.voice or "", speech.text])
    return Audio(_file_name(name, "t", parts.encode()), speech)


def read_wav(path: Path) -> bytes:
    """Return a file's content. Raises `AudioError` unless it is a WAV that Sonetel takes."""
    try:
        # A byte more than allowed tells too large a file without reading all of it.
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise AudioError(f"{path} cannot be read: {error.strerror}") from None
    check_wav(content, str(path))
    return content


def check_wav(content: bytes, called: str) -> None:
    """Raise `AudioError` unless *content* is a WAV as Sonetel takes it: PCM, 16 bit, at most 10 MB (sonetel.md 6)."""
    if len(content) > _LARGEST:
        raise AudioError(f"{called} is larger than 10 MB; shorten it, or use mono and a lower sample rate")
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise AudioError(f"{called} is not a WAV file; convert it, for example: ffmpeg -i FILE -c:a pcm_s16le OUT.wav")
    chunks = _chunks(content)
    layout, data = chunks.get(b"fmt ", b""), chunks.get(b"data", b"")
    if len(layout) < 16:
        raise AudioError(f"{called} is a damaged WAV file: it does not describe its audio format")
    coding, _channels, _rate, _bytes, _block, bits = struct.unpack("<HHIIHH", layout[:16])
    if (coding, bits) != (_PCM, 16):
        stored = f"{bits} bit" if coding == _PCM else f"coding {coding:#06x}"
        raise AudioError(
            f"{called} holds {stored}, but only uncompressed 16-bit PCM is accepted; convert it, for example: ffmpeg "
            "-i FILE -c:a pcm_s16le OUT.wav"
        )
    if not data:
        raise AudioError(f"{called} contains no sound")


def checked(content: bytes, called: str) -> bytes:
    """Return *content* when it is a WAV that Sonetel takes. Raises `InputError`."""
    try:
        check_wav(content, called)
    except AudioError as error:
        raise InputError(f"{error}.") from None
    return content


def _chunks(content: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    position = 12
    while position + 8 <= len(content):
        name, length = content[position : position + 4], struct.unpack_from("<I", content, position + 4)[0]
        found.setdefault(name, content[position + 8 : position + 8 + length])
        position += 8 + length + length % 2
    return found


def _file_name(name: str, kind: str, content: bytes) -> str:
    """Return a file name of plain letters, so that nothing on the way has a reason to change it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "prompt"
    return f"{slug}-{kind}{hashlib.sha256(content).hexdigest()[:20]}.wav"
