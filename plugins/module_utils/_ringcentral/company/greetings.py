# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What rules play: RingCentral's own greetings by their names, and uploaded ones by their ids.

Facts: docs/providers/ringcentral-company.md 10. Private to the collection.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

from ..._engine import naming
from ..._errors import Problems, suggestions
from ..api import Record, RingCentralApi

# What uses a greeting: the presets of one kind of owner are refused for another one (AWR-147).
OF_QUEUES = "DepartmentExtensionAnsweringRule"
NONE = "None"
# Marks the id of a greeting that somebody has uploaded.
CUSTOM = "custom:"


class Presets:
    """RingCentral's own greetings; those of one use are requested at most once (Medium), if a name needs them."""

    def __init__(self, api: RingCentralApi) -> None:
        self._api = api
        # By use: ids by type and name.
        self._ids: dict[str, dict[tuple[str, str], str]] = {}
        self._lock = threading.Lock()

    def check(self, name: str, kind: str, use: str, where: str, problems: Problems) -> None:
        """Note a problem for *where* when there is no greeting *name* of the type *kind* for that use."""
        if name.startswith(CUSTOM):
            if not name.removeprefix(CUSTOM):
                problems.add(where, f"needs the id of the uploaded greeting after {CUSTOM}")
            return
        known = [other for of_kind, other in self._of(use) if of_kind == kind]
        if name not in known:
            problems.add(where, f"RingCentral has no greeting {name!r} for this. {suggestions(name, known)}")

    def member(self, name: str, kind: str, use: str) -> Record:
        """Return the entry of a rule's `greetings` that plays *name*, which `check` has found."""
        if name.startswith(CUSTOM):
            return {"type": kind, "custom": {"id": name.removeprefix(CUSTOM)}}
        return {"type": kind, "preset": {"id": self._of(use)[kind, name]}}

    def _of(self, use: str) -> dict[tuple[str, str], str]:
        with self._lock:
            if use not in self._ids:
                # The filter by type does not know all types (ringcentral-company.md 10).
                records = self._api.dictionary("greeting", "medium", {"usageType": use})
                self._ids[use] = {
                    (str(record.get("type")), naming.folded(record.get("name"))): str(record.get("id"))
                    for record in records
                }
            return self._ids[use]


def played(rule: Record) -> dict[str, str]:
    """Return what *rule* plays, by RingCentral's types: the names of presets, and ids of uploaded greetings."""
    found = {}
    for entry in rule.get("greetings") or []:
        custom, preset = entry.get("custom") or {}, entry.get("preset") or {}
        if custom.get("id"):
            found[str(entry.get("type"))] = f"{CUSTOM}{custom['id']}"
        elif preset.get("id"):
            found[str(entry.get("type"))] = naming.folded(preset.get("name") or preset["id"])
    return found


def members(rule: Record, chosen: Mapping[str, str], presets: Presets, use: str) -> list[Record]:
    """Return `greetings` for a request: those of *rule*, with *chosen* by type in their place."""
    kept = {}
    for entry in rule.get("greetings") or []:
        # An entry that names both is refused (AWR-123).
        source = next((name for name in ("custom", "preset") if (entry.get(name) or {}).get("id")), None)
        if source:
            kept[str(entry.get("type"))] = {"type": entry.get("type"), source: {"id": entry[source]["id"]}}
    before = played(rule)
    new = {kind: presets.member(name, kind, use) for kind, name in chosen.items() if name != before.get(kind)}
    return [*{**kept, **new}.values()]
