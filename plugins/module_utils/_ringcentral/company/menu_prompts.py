# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a menu says to its callers. Facts: docs/providers/ringcentral-company.md 4. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..._engine import naming
from ..api import Record
from . import languages
from .menu_records import prompt_of

# RingCentral may refuse a text with one of these, or leave them out (ringcentral-company.md 20 #9).
_SPECIAL = re.compile(r"[_*#@&()%$!?:;]")


@dataclass(frozen=True)
class Played:
    """A prompt with a recording. *key* is its id, or what the user calls it until it is looked up."""

    key: str
    name: str = field(default="", compare=False)

    def shown(self) -> dict[str, Any]:
        """Return the options that mean this."""
        return {"prompt": self.name or self.key}


@dataclass(frozen=True, eq=False)
class Speech:
    """A text that is spoken, in a *language* such as `en-US`; None where the user names none.

    What the user wants equals what is there where RingCentral has left out special characters. This goes one way only:
    characters that the user has taken out make a difference.
    """

    text: str
    language: str | None = None

    def __eq__(self, there: object) -> bool:
        if not isinstance(there, Speech) or self.language not in (None, there.language):
            return False
        same = naming.folded(self.text) == naming.folded(there.text)
        return same or bool(left_out(self.text, there.text))

    def __hash__(self) -> int:
        return hash(_plain(self.text))

    def shown(self) -> dict[str, Any]:
        """Return the options that mean this."""
        return {"text": self.text, **({"language": self.language} if self.language else {})}


def special(text: str) -> str:
    """Return the characters of *text* that RingCentral may refuse or leave out, each once."""
    return " ".join(dict.fromkeys(_SPECIAL.findall(text)))


def left_out(text: str, there: str) -> str:
    """Return the special characters of *text* that *there* lacks, if that is all in which it differs; else ""."""
    if _plain(text) != _plain(there):
        return ""
    remaining = iter(_SPECIAL.findall(text))
    kept = _SPECIAL.findall(there)
    if not all(character in remaining for character in kept):
        return ""
    lost = [
        character
        for character in dict.fromkeys(_SPECIAL.findall(text))
        if text.count(character) > kept.count(character)
    ]
    return " ".join(lost)


def _plain(text: str) -> str:
    return " ".join(_SPECIAL.sub(" ", naming.folded(text)).split())


def read_prompt(record: Record, played: Callable[[str], Played]) -> Played | Speech | None:
    """Return what a menu's record plays; *played* takes the id of a recording."""
    prompt, key = record.get("prompt") or {}, prompt_of(record)
    if key:
        return played(key)
    if prompt.get("mode") == "Audio" or not prompt.get("text"):
        return None
    return Speech(str(prompt["text"]), languages.code_of(prompt.get("language")))


def body_of(prompt: Played | Speech) -> dict[str, Any]:
    """Return RingCentral's member for a prompt: what the other mode has is left out."""
    if isinstance(prompt, Played):
        return {"mode": "Audio", "audio": {"id": prompt.key}}
    language = {"language": {"id": languages.id_of(prompt.language)}} if prompt.language else {}
    return {"mode": "TextToSpeech", "text": prompt.text, **language}
