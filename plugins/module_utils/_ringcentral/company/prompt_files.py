# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The audio of a menu's prompt, from a file. Facts: docs/providers/ringcentral-company.md 5. Private to the collection.

RingCentral shows neither checksum nor size of a recording. So it is uploaded under a name that ends with a hash of its
content, such as `Welcome-3f2a9c01b7de.wav`, and what the user calls it is the name without that.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from ..._engine import naming
from ..._errors import InputError

_LARGEST = 20 * 1024 * 1024
_DIGITS = 12
_MARK = re.compile(rf"-([0-9a-f]{{{_DIGITS}}})$")
_ENDING = re.compile(r"\.(?:wav|mp3)$", re.IGNORECASE)
# What a name cannot hold that is sent as the name of a file.
_UNFIT = re.compile(r'[/\\"\x00-\x1f\x7f]')
# The hash of what stands to be replaced, so that a later run can tell it from what somebody else has uploaded.
REPLACED = "0" * _DIGITS


class AudioError(ValueError):
    """Audio cannot be used; the message says why."""


@dataclass(frozen=True)
class Audio:
    """The recording of a prompt, as it is or as the user wants it. *path* is the user's file, None for what was read.

    *alone*: it is the only one of its prompt, else *file_name* names several.
    """

    file_name: str
    path: Path | None = None
    alone: bool = True

    @property
    def mark(self) -> str:
        """What is compared: the hash in the file's name, else the whole name."""
        return (self.alone and mark_of(self.file_name)) or self.file_name

    def renamed(self, name: str) -> Audio:
        """Return this for the prompt that is called *name*."""
        return replace(self, file_name=name + self.file_name[len(name_of(self.file_name)) :])

    def content(self) -> tuple[bytes, str]:
        """Return what to upload and its media type. Raises `InputError` where the file is no longer as it was."""
        try:
            content = b"" if self.path is None else _read(self.path)
        except AudioError as error:
            raise InputError(f"{error}.") from None
        if _mark(content) != self.mark:
            raise InputError(f"{self.path} has changed since this task began.", next_step="Run again.")
        return content, _type_of(content)[0]


def from_file(name: str, path: Path) -> Audio:
    """Return the audio of the prompt *name* that a file holds. Raises `AudioError` for what RingCentral refuses."""
    content = _read(path)
    kind, ending = _type_of(content)
    if not kind:
        raise AudioError(f"{path} is neither WAV nor MP3; convert it, for example: ffmpeg -i FILE OUT.wav")
    return Audio(f"{name}-{_mark(content)}{ending}", path)


def name_of(file_name: object) -> str:
    """Return what the user calls the prompt of a file name: without the hash, and without `.wav` or `.mp3`."""
    stem = _ENDING.sub("", naming.folded(file_name))
    return naming.folded(_MARK.sub("", stem))


def mark_of(file_name: str) -> str:
    """Return the hash in a file name, "" where there is none."""
    found = _MARK.search(_ENDING.sub("", file_name))
    return found.group(1) if found else ""


def marked(file_name: str, mark: str) -> str:
    """Return a file name with that hash in place of its own."""
    ending = _ENDING.search(file_name)
    return f"{name_of(file_name)}-{mark}{ending.group() if ending else ''}"


def unfit(name: str) -> str:
    """Return why *name* cannot be that of a file, "" if it can."""
    found = _UNFIT.search(name)
    return f"{found.group()!r} cannot be part of a prompt's name" if found else ""


def _read(path: Path) -> bytes:
    try:
        # A byte more than allowed tells too large a file without reading all of it.
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise AudioError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > _LARGEST:
        raise AudioError(f"{path} is larger than 20 MB; shorten it, or use mono and a lower sample rate")
    if not content:
        raise AudioError(f"{path} is empty")
    return content


def _type_of(content: bytes) -> tuple[str, str]:
    """Return media type and ending of WAV and MP3, as their first bytes tell; empty for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav", ".wav"
    if content[:3] == b"ID3" or (content[:1] == b"\xff" and content[1:2] >= b"\xe0"):
        return "audio/mpeg", ".mp3"
    return "", ""


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
