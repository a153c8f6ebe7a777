# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records of what a job has changed, as JSON for machines and as Markdown for people. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._engine.account import OfficeList
from .._texts import json_text, markdown_json, markdown_text
from .lists import LISTS


@dataclass(frozen=True)
class Part:
    """What one module did to the lists that it takes together: its `plan`, `results` and `diff` as it returns them."""

    tables: Sequence[OfficeList]
    result: Mapping[str, Any]

    @property
    def title(self) -> str:
        return " and ".join([self.tables[0].title, *(table.nouns for table in self.tables[1:])])

    @property
    def changes(self) -> list[Any]:
        return [item for item in self.result.get("results") or [] if item["action"] != "none"]

    @property
    def diff(self) -> Mapping[str, Any]:
        return self.result.get("diff") or {}


def parts_of(results: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    """Return the parts of *results*, by plural module, of the modules that came as far as a plan."""
    tables: dict[str, list[OfficeList]] = {}
    for table in LISTS:
        tables.setdefault(table.module, []).append(table)
    return [Part(rows, results[name]) for name, rows in tables.items() if (results.get(name) or {}).get("plan")]


def as_json(office: str, parts: Sequence[Part]) -> str:
    """Return the record by list: its plan, the results of what was to be changed, and the difference."""
    lists = {
        part.tables[0].path: {"plan": part.result["plan"], "results": part.changes, "diff": part.diff} for part in parts
    }
    return json_text({"office": office, "lists": lists}, indent=1) + "\n"


def as_markdown(office: str, parts: Sequence[Part]) -> str:
    """Return the record as tables of before and after."""
    lines = [f"# {markdown_text(office)}: what was changed"]
    for part in parts:
        before, after = part.diff.get("before") or {}, part.diff.get("after") or {}
        if before or after:
            lines += ["", f"## {part.title}", "", "| key | before | after |", "| --- | --- | --- |"]
            lines += _rows(before, after)
        for item in part.changes:
            if item["status"] != "applied":
                lines += ["", _not_done(part, item)]
    return "\n".join(lines) + "\n"


def _rows(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key in {**before, **after}:
        values = " | ".join(markdown_json(side.get(key, {})) for side in (before, after))
        yield f"| {markdown_text(key)} | {values} |"


def _not_done(part: Part, item: Mapping[str, Any]) -> str:
    names = [str(item[name]) for name in part.tables[0].keys if item.get(name)]
    key = ", ".join(names) or str(item.get("prompt") or "")
    error = f": {markdown_text(str(item['error']))}" if item.get("error") else ""
    return f"Not done: {markdown_text(key)} ({markdown_text(item['status'])}){error}"
