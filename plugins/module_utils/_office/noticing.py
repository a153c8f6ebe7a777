# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What callers notice of a re-route, a restore, an undo, and of a successor. Private to the collection.

It is worked out from what the job has read anyway, and needs no other office. None of these jobs fails because of it:
what goes wrong here is a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .._calls.differences import Change
from .._calls.findings import REFUSE, Finding
from .._calls.nodes import Graph
from .._errors import InputError
from .._texts import one_line
from .call_texts import noticed_lines
from .calling import CallModel, Given, item_of
from .lists import Accounts, key_of, plain, present
from .run import OfficeRun
from .session import Session

LOOP = "loop"
T = TypeVar("T")
Lists = dict[str, dict[str, list[dict[str, Any]]]]


@dataclass(frozen=True)
class Notice:
    """What callers notice of a plan. *known*: whether that could be worked out. *loops*: new ones, all documented."""

    changes: Sequence[Change] = ()
    known: bool = False
    loops: Sequence[Finding] = ()

    def lines(self, *, changed: bool) -> Iterator[str]:
        """Yield what people read of it."""
        if self.known:
            yield from noticed_lines(self.changes, changed=changed)

    def result(self) -> dict[str, Any]:
        """Return the member of a module's result."""
        return {"calls": [change.result() for change in self.changes]} if self.known else {}

    def refuse_loops(self) -> None:
        """Raise `InputError` where calls would go round. Nothing may have been written yet."""
        for finding in self.loops:
            raise InputError(
                f"Nothing was re-routed. {one_line(' '.join([f'{finding.text}.', *finding.details]))}",
                next_step="Choose another destination, or set O(ignore_findings).",
            )


def notice_of(
    session: Session,
    given: Given,
    read: Accounts,
    run: OfficeRun,
    *,
    whole: bool = False,
    file: Mapping[str, Any] | None = None,
) -> Notice:
    """Return what callers notice of a planned *run* on what was *read*; *whole*: that is all that the accounts hold.

    *file*: the office's own lists, so that loops are looked for through what was not read as well.
    """

    def compared() -> tuple[CallModel, Graph, Graph, Sequence[Change]]:
        model = CallModel(session, given, file or {})
        for problem in model.problems:
            session.warn(f"{problem.path}: {problem.what}")
        before, after = (model.of_accounts(lists, whole=whole) for lists in _around(session, read, run))
        return model, before, after, model.differences(before, after)

    found = _guarded(session, "What callers notice", compared)
    if found is None:
        return Notice()
    model, before, after, changes = found

    def loops() -> list[Finding]:
        own = [Graph.of([graph, model.file]) for graph in (before, after)]
        findings = model.compare(*own).findings
        return [finding for finding in findings if finding.fault.code == LOOP and finding.severity == REFUSE]

    return Notice(changes, True, [] if file is None else _guarded(session, "Whether calls loop", loops) or [])


def _guarded(session: Session, what: str, work: Callable[[], T]) -> T | None:
    try:
        return work()
    except Exception as error:  # a defect of the call model must not stop an emergency
        session.warn(one_line(f"{what} is not known, because of {type(error).__name__}: {error}"))
        return None


def _around(session: Session, read: Accounts, run: OfficeRun) -> tuple[Lists, Lists]:
    """Return what was *read* by provider, with what else was found out, and the same after the *run*."""
    region = session.office.rules.region
    before: Lists = {}
    after: Lists = {}
    for provider, parts in read.items():
        others = {
            name: value
            for part in parts.values()
            for name, value in part.items()
            if name not in ("items", "before", "incomplete")
        }
        empty: dict[str, Any] = {name: [] for name in parts}
        before[provider], after[provider] = {**others, **empty}, {**others, **empty}
    items: dict[str, dict[Any, dict[str, Any]]] = {}
    for found in present(read, region):
        items.setdefault(found.table.path, {})[found.key] = plain(found.item)
        before[found.table.provider][found.table.name] = list(items[found.table.path].values())
    for work in (work for provider in run.providers for work in provider.works):
        table, known = work.table, items.setdefault(work.table.path, {})
        for current in work.plan.current:
            # Ids, so that an item is the same one on both sides, whatever it is called.
            ids = work.resource.ids(current.values)
            if ids and (held := known.get(key_of(table, item_of(work, current.values), region))) is not None:
                held.update(ids)
        for step in work.plan.changes:
            shown = item_of(work, step.current.values) if step.current is not None else {}
            held = known.pop(key_of(table, shown, region), shown) if table.first_of(shown) is not None else {}
            if step.after is not None:
                changed = {**held, **item_of(work, step.after)}
                known[key_of(table, changed, region)] = {**known.get(key_of(table, changed, region), {}), **changed}
        after.setdefault(table.provider, {})[table.name] = []
    for path, found_items in items.items():
        provider, _dot, name = path.partition(".")
        after.setdefault(provider, {})[name] = list(found_items.values())
    return before, after
