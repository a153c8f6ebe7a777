# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading what users write about calls: everything that is wrong is noted with its path. Private to the collection."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .._engine import naming, yaml_text
from .._errors import Problems, suggestions


class Reader:
    """Reads values, and notes in *problems* what is wrong with them."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def items(self, given: Any, path: str) -> list[tuple[str, Any]]:
        """Return the entries of a list, each with its path."""
        if given is None:
            return []
        if not isinstance(given, Sequence) or isinstance(given, str):
            self.problems.add(path, "is not a list")
            return []
        return [(f"{path}[{position}]", entry) for position, entry in enumerate(given)]

    def mapping(self, given: Any, path: str, known: Collection[str], required: Collection[str] = ()) -> dict[str, Any]:
        """Return a mapping without its unknown and its empty keys."""
        if not isinstance(given, Mapping):
            self.problems.add(path, f"is not a mapping with {', '.join(known)}")
            return {}
        for name in given:
            if name not in known:
                self.problems.add(f"{path}.{name}", f"no such key. {suggestions(str(name), known)}")
        for name in required:
            if given.get(name) is None:
                self.problems.add(path, f"{name} is missing")
        return {str(name): value for name, value in given.items() if name in known and value is not None}

    def text(self, value: Any, path: str, name: str = "") -> str:
        """Return a text as it is compared, "" after noting that it is none or empty."""
        complaints = list(yaml_text.problems({name: {"type": "raw"}}, {name: value}))
        for _name, what in complaints:
            self.problems.add(path, what)
        if complaints:
            return ""
        found = naming.folded(value)
        if not found:
            self.problems.add(path, "is empty")
        return found

    def texts(self, value: Any, path: str, name: str = "") -> list[tuple[str, str]]:
        """Return one text or a list of texts, each with its path."""
        entries = self.items(value, path) if isinstance(value, (list, tuple)) else [(path, value)]
        found = ((where, self.text(entry, where, name)) for where, entry in entries)
        return [(where, text) for where, text in found if text]

    def whole(self, value: Any, path: str, *, least: int = 0) -> int | None:
        """Return a whole number, also one in a text; None after noting that it is none."""
        text = str(value).strip()
        if isinstance(value, bool) or not text.isascii() or not text.isdigit() or int(text) < least:
            self.problems.add(path, f"must be a whole number of at least {least}")
            return None
        return int(text)

    def choice(self, value: Any, path: str, choices: Collection[str]) -> str:
        """Return one of *choices*, "" after noting that it is none."""
        # YAML 1.1 reads off as false.
        text = "off" if value is False and "off" in choices else value
        if text in choices:
            return str(text)
        self.problems.add(path, f"{value!r} is not a choice. {suggestions(str(value), choices)}")
        return ""

    def day(self, value: Any, path: str) -> date | None:
        """Return a date such as 2026-12-31, which YAML may have read; None after noting that it is none."""
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.problems.add(path, f"{value!r} is not a date such as 2026-12-31")
            return None
