# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Knowing what is secret, and keeping it out of texts. Private to the collection."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "********"


def credential(options: Mapping[str, Any], name: str) -> str:
    """Return an option without the blanks and line breaks that copying leaves around it, "" for none."""
    return (options.get(name) or "").strip()


class Secrets:
    """The secret values of one run; *on_new* is called once with each, so that Ansible can hide them as well."""

    def __init__(self, on_new: Callable[[str], None] | None = None) -> None:
        self._spellings: set[str] = set()
        self._on_new = on_new

    def add(self, *values: str | None) -> None:
        """Register *values*; None and empty texts are no secrets."""
        for value in values:
            if not value or value in self._spellings:
                continue
            self._spellings.update({value, quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1]})
            if self._on_new is not None:
                self._on_new(value)

    def redact(self, text: str) -> str:
        """Return *text* with every known secret masked, also where it is URL-encoded or inside JSON."""
        for spelling in sorted(self._spellings, key=len, reverse=True):
            text = text.replace(spelling, MASK)
        return text
