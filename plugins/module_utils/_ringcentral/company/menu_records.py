# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The records of the account's menus. Facts: docs/providers/ringcentral-company.md 4. Private to the collection."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from typing import Any

from ..._engine.listing import Listing
from ..api import Record, RingCentralApi
from ..directory import Directory


class MenuRecords:
    """Reads menus, which are extensions of the type *kind*; each at most once where an older record will do."""

    def __init__(self, api: RingCentralApi, directory: Directory, kind: str) -> None:
        self._api = api
        self._directory = directory
        self._kind = kind
        self._records: dict[str, Record] = {}
        self._lock = threading.Lock()

    def read(self, key: str) -> Record:
        """Return the menu with that id as it is now."""
        self._records[key] = self._api.read(f"ivr-menus/{key}", "medium")
        return self._records[key]

    def write(self, key: str, body: Mapping[str, Any]) -> Record:
        """Change the members in *body*, and return the menu."""
        self._records.pop(key, None)
        self._records[key] = self._api.write("PUT", f"ivr-menus/{key}", "medium", body, member="id", key=key)
        return self._records[key]

    def playing(self, prompts: Collection[str]) -> Listing[Record]:
        """Return the menus of the account that play one of *prompts*, by id."""
        extensions = self._directory.all_extensions()
        keys = [str(record.get("id")) for record in extensions if record.get("type") == self._kind]
        with self._lock:
            records = [self._records.get(key) or self.read(key) for key in keys]
        return Listing([record for record in records if prompt_of(record) in prompts], extensions.gap)


def prompt_of(record: Record) -> str:
    """Return the id of the prompt that a menu plays, "" for none."""
    prompt = record.get("prompt") or {}
    return str((prompt.get("audio") or {}).get("id") or "") if prompt.get("mode") == "Audio" else ""
