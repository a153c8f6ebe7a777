# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that come in pages, and an end to those that have none. Private to the collection."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from .._errors import UnreadableAnswer

# No account of any provider comes near; a provider that gives fewer records a page than asked for stays below as well.
_MOST_PAGES = 1_000
_MOST_RECORDS = 100_000


class Pages:
    """The pages of one list so far; *what* names the list and *option* what the user calls the one with the API's URL.

    Half a list would make objects look as if they did not exist, so that every doubt about its end is an error.
    """

    def __init__(self, what: str, option: str) -> None:
        self.records: list[dict[str, Any]] = []
        self._what = what
        self._option = option
        self._pages: set[bytes] = set()

    def add(self, page: Sequence[dict[str, Any]]) -> None:
        """Append the records of the next page. Raises `UnreadableAnswer` when the list would never end."""
        content = hashlib.sha256(json.dumps(page, sort_keys=True).encode()).digest()
        if content in self._pages:
            self._fail("has the same page twice")
        self._pages.add(content)
        self.records += page
        if len(self._pages) > _MOST_PAGES:
            self._fail(f"has more than {_MOST_PAGES} pages")
        if len(self.records) > _MOST_RECORDS:
            self._fail(f"has more than {_MOST_RECORDS} entries")

    def _fail(self, how: str) -> None:
        raise UnreadableAnswer(
            f"{self._what} {how}, so its end cannot be found. Nothing of it was used.",
            next_step=f"Run again. If this persists, check {self._option}, and the proxy if you use one.",
        )
