# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The custom rules of the company, of sites and of queues, each list read at most once. Private to the collection."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection
from typing import Any

from ..._engine import naming
from ..._engine.listing import Listing
from ..._errors import TelephonyError
from ..api import LOOKS, Record, RingCentralApi


def wait_until_shown(
    pause: Callable[[float], None], listed: Callable[[], Collection[str]], ids: Collection[str]
) -> bool:
    """Wait until a list shows the rules *ids*: a run that does not see them would make them again.

    They exist in any case, so that a failure of the reading is none of theirs. Return whether they were shown.
    """
    with contextlib.suppress(TelephonyError):
        for seconds in (0.0, *LOOKS):
            pause(seconds)
            if {*ids} <= {*listed()}:
                return True
    return False


class RuleBook:
    """Custom rules by whose they are: the *path* that stands before `answering-rule`, see `owners.Owner.path`.

    Rules have no unique names, and a list does not show all of a rule, so that each is read by its id
    (ringcentral-company.md 7 and 14).
    """

    def __init__(self, api: RingCentralApi) -> None:
        self._api = api
        self._lists: dict[str, Listing[Record]] = {}
        self._rules: dict[tuple[str, str], Record] = {}
        self._lock = threading.Lock()
        # The names of rules that lists other than that of all rules manage, by path.
        self._claims: dict[tuple[str, str], str] = {}
        # The ids of rules that were made, and how many creations have ended, by path.
        self._made: dict[str, list[str]] = {}
        self._ended: dict[str, int] = {}

    def end_creation(self, path: str, planned: int, made: str | None) -> None:
        """Take note of a creation that *made* a rule, or none; after the last one *planned*, wait for the list."""
        with self._lock:
            self._ended[path] = self._ended.get(path, 0) + 1
            ids = self._made.setdefault(path, [])
            ids += [made] if made else []
            over = self._ended[path] >= planned
        if over and ids:
            shown = wait_until_shown(
                self._api.pause, lambda: [str(rule.get("id")) for rule in self.listed(path, again=True)], ids
            )
            # Who verifies the run needs the same list.
            if shown:
                self._api.fresh_rules[path] = self._lists[path]

    def listed(self, path: str, *, again: bool = False) -> Listing[Record]:
        """Return all custom rules with at least id and name; one Medium request, unless it was read before.

        A list that was read after the last rule of a run was made serves once more, for the next run of the task.
        """
        if path in self._lists and not again:
            return self._lists[path]
        mine = self._api.fresh_rules.pop(path, None)
        if mine is None or again:
            found = self._api.read_list(f"{path}answering-rule", "medium", filters={"type": "Custom"})
            mine = Listing([rule for rule in found if rule.get("type", "Custom") == "Custom"], found.gap)
        with self._lock:
            self._lists[path] = mine
        return mine

    def rule(self, path: str, rule_id: str, *, again: bool = False) -> Record:
        """Return a rule with all that it does; one Light request, unless it was read before."""
        if (path, rule_id) not in self._rules or again:
            found = self._api.read(f"{path}answering-rule/{rule_id}", "light")
            with self._lock:
                self._rules[path, rule_id] = found
        return self._rules[path, rule_id]

    def claim(self, path: str, name: str, plural: str) -> None:
        """Take note that the list *plural* manages the rule of that name."""
        self._claims[path, name] = plural

    def claimed(self, path: str, name: Any) -> str:
        """Return the list that manages the rule of that name, "" for none."""
        return self._claims.get((path, naming.folded(name)), "")
