# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the accounts differ from the files, and since when as far as records say it. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._engine.apply import Status
from .._errors import InputError
from .changes import Change, change_of, differing, pairs, said
from .lists import UNKNOWN, same
from .record import Records, Step
from .run import OfficeRun
from .session import Session

# Older records hardly explain what differs today.
_MOST_RECORDS = 100


@dataclass(frozen=True)
class Drift:
    """What differs. *unseen*: items that cannot be compared, because nobody knows what their account holds.

    *origins* tells by item whether it was changed outside, or waits for the next onboarding.
    """

    changes: Sequence[Change]
    unseen: Sequence[Change] = ()
    origins: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Yield a line for each option that differs."""
        for change in self.changes:
            origin = self.origins.get(_item(change), "")
            told = f" ({origin})" if origin else ""
            account = "the account" if self.readable(change) else "the journal"
            if change.before is None:
                yield f"{change.name}: {account} does not have it{told}"
            elif change.after is None:
                yield f"{change.name}: the file says that it must not exist, but {account} has it{told}"
            for label, now, desired in pairs(change):
                yield f"{change.name}: {label}the file says {said(desired)}, {account} says {said(now)}{told}"

    @staticmethod
    def readable(change: Change) -> bool:
        """Return whether the provider shows what the item does; else a journal has told it."""
        return change.account.list_of(change.list).resource.table.readable


def drift_of(run: OfficeRun, session: Session) -> Drift:
    """Return how the accounts differ from what a *run* has planned and previewed."""
    changes: list[Change] = []
    unseen: list[Change] = []
    for provider, work, outcome in differing(run.providers):
        found = change_of(provider.account, work, outcome)
        (unseen if outcome.step.blind else changes).append(found)
    region = session.office.rules.region
    steps = _last_steps(session, session.keeper.records, set(map(_item, changes))) if session.keeper else {}
    origins = {_item(change): _origin(change, steps.get(_item(change)), region) for change in changes}
    return Drift(changes, unseen, origins)


def _item(change: Change) -> tuple[str, str, str]:
    return change.account.name, change.list, str(change.key)


def _last_steps(session: Session, records: Records, items: set[tuple[str, str, str]]) -> dict[Any, Step]:
    """Return by item the last step of the office's *records* that wrote it."""
    found: dict[tuple[str, str, str], Step] = {}
    try:
        for name in reversed(records.names()[-_MOST_RECORDS:]):
            if items <= found.keys():
                break
            document = records.read(name)
            for step in document["steps"]:
                if step["status"] == Status.APPLIED.value:
                    found.setdefault((step["provider"], step["list"], step["key"]), step)
    except InputError as error:
        session.warn(f"The records do not show since when the accounts have differed: {error.message}")
    return found


def _origin(change: Change, step: Step | None, region: str | None) -> str:
    """Return in words what the last write says about a difference, "" for nothing."""
    if step is None or step["after"] is None or change.before is None or change.after is None:
        return ""
    written = {name: step["after"][name] for name in change.after if name in step["after"]}
    if written.keys() != change.after.keys() or UNKNOWN in written.values():
        return ""
    if _all_same(written, change.after, region):
        return "changed outside"
    return "not onboarded yet" if _all_same(written, change.before, region) else ""


def _all_same(one: Mapping[str, Any], other: Mapping[str, Any], region: str | None) -> bool:
    return all(same(value, other.get(name), region) for name, value in one.items())
