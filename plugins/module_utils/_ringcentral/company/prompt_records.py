# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account's recordings for menus, and how menus name them. Facts: docs/providers/ringcentral-company.md 5.

Private to the collection.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, unknown_whether
from ..._errors import Doubt, Problems, leaving_doubt, suggestions
from ..api import Record, RingCentralApi
from .menu_prompts import Played
from .prompt_files import Audio, mark_of, name_of

_PATH = "ivr-prompts"


class PromptRecords:
    """Finds and writes recordings; the list is requested once, if a name needs it."""

    def __init__(self, api: RingCentralApi) -> None:
        self._api = api
        self._listed: Listing[Record] | None = None
        # Names of prompts that are several at RingCentral, because replacing one did not come to its end.
        self.unfinished: set[str] = set()
        # By name, the ids that stand in for those of prompts that this run uploads.
        self.expected: dict[str, str] = {}
        # By id, the id of the recording that menus play instead.
        self._instead: dict[str, str] = {}
        self._lock = threading.Lock()

    def listed(self, *, again: bool = False) -> Listing[Record]:
        """Return all prompts of the account."""
        with self._lock:
            if self._listed is None or again:
                self._listed = self._api.read_list(_PATH, "medium")
            return self._listed

    def named(self, name: str) -> list[Record]:
        """Return those whose file name stands for *name*."""
        return [record for record in self.listed() if called(record) == name]

    def meant(self, text: str) -> list[Record]:
        """Return those that *text* means: by name, else by id."""
        return self.named(text) or [record for record in self.listed() if str(record["id"]) == text]

    def key_of(self, record: Record) -> Key:
        """Return how results call a prompt: by its name, or by its id where others have the name as well."""
        name = called(record)
        return Key(name if name in self.unfinished or len(self.named(name)) == 1 else str(record["id"]))

    def find(self, text: str, where: str, problems: Problems) -> Played | None:
        """Return the prompt that a menu calls *text*; what is wrong goes to *problems*."""
        name = name_of(text)
        if name in self.expected:
            return Played(self.expected[name], name)
        records, found = self.listed(), self.meant(name)
        if len(found) == 1 or (found and name in self.unfinished):
            return self.played(str(found[0]["id"]))
        if found:
            problems.add(where, f"{len(found)} prompts are called {name!r}; use the id of one: {files_of(found)}")
        elif records.gap:
            problems.add(where, f"the prompt {text!r} {unknown_whether(records.gap)}")
        else:
            known = [called(record) for record in records]
            problems.add(where, f"there is no prompt {text!r} on the account. {suggestions(name, known)}")
        return None

    def played(self, key: str, *, ask: bool = True) -> Played:
        """Return the recording with the id *key*, which a menu plays; *ask* where its name is needed."""
        key = self._instead.get(key, key)
        known: Sequence[Record] = self.listed() if ask else self._listed or ()
        record = next((record for record in known if str(record["id"]) == key), None)
        return Played(key, "" if record is None else self.key_of(record).first)

    def upload(self, audio: Audio) -> Record:
        """Upload a recording and return its record, under the wanted name."""
        content, media_type = audio.content()
        record = self._api.upload(_PATH, "heavy", audio.file_name, content, media_type, part="attachment")
        with self._lock:
            if self._listed is not None:
                self._listed.append(record)
        if naming.folded(record.get("filename")) != audio.file_name:
            with leaving_doubt(Doubt.OPEN):
                self.rename(record, audio.file_name)
        return record

    def rename(self, record: Record, file_name: str) -> None:
        """Change a file name, in *record* too."""
        key = str(record["id"])
        record |= self._api.write("PUT", f"{_PATH}/{key}", "medium", {"filename": file_name}, member="id", key=key)

    def replace(self, old: str, new: str) -> None:
        """Take note that menus play the recording with the id *new* where they played *old*."""
        self._instead.pop(new, None)
        self._instead[old] = new

    def delete(self, key: str) -> None:
        """Delete a recording for good."""
        self._api.remove(f"{_PATH}/{key}", "heavy")
        with self._lock:
            if self._listed is not None:
                kept = [record for record in self._listed if str(record["id"]) != key]
                self._listed = Listing(kept, self._listed.gap)


def called(record: Record) -> str:
    """Return what the user calls a prompt."""
    return name_of(record.get("filename"))


def marked_with(record: Record) -> str:
    """Return the hash in the name of a prompt's file, "" for none."""
    return mark_of(str(record.get("filename") or ""))


def files_of(records: Sequence[Record]) -> str:
    """Return what tells prompts of one name apart: their ids and file names."""
    return ", ".join(f"{record['id']} ({record.get('filename')})" for record in records)
