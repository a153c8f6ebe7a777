# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checking an office's variables without asking any provider. Private to the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._engine.reconcile import judge_unread
from .._errors import Problems
from .call_texts import finding_lines
from .calling import CallModel, Given
from .messages import brief, plural
from .office import Office, Problem, ProblemsFound
from .session import Session

Result = dict[str, Any]


def validate(session: Session, lists: Mapping[str, Any], calls: Given, known: Sequence[Problem] = ()) -> Result:
    """Check *lists* as far as possible without their accounts; *known*: problems that were found before.

    Raises `ProblemsFound`. What the policy forbids is a warning: it may stay where the account has it already. So are
    findings of the calls of all offices' files.
    """
    office = session.office
    model = CallModel(session, calls, lists)
    office.problems += [*known, *model.problems]
    office.read(lists)
    if office.problems:
        found = plural("problem", len(dict.fromkeys(office.problems)))
        raise ProblemsFound(office.problems, f"{office.name}: not valid, {found}:")
    for problem in _forbidden(session):
        session.warn(f"{problem.path}: {problem.what}.")
    count = sum(len(items) for parts in office.items.values() for items in parts.values())
    counted = "; ".join(_kinds(session)) or "no lists"
    items = f"{plural('item', count)}: {counted}" if count else counted
    # What the policy forbids is a warning already, item by item.
    findings = [finding for finding in model.in_files() if finding.fault.code != "policy"]
    return {
        "changed": False,
        "checked": count,
        "findings": [finding.result() for finding in findings],
        "message": [f"{office.name}: valid ({items})", *finding_lines(findings)],
        "brief": brief("valid", items),
    }


def _forbidden(session: Session) -> list[Problem]:
    found = Office(session.office.name, session.office.rules, session.office.check)
    for name, parts in session.office.desired.items():
        account = session.accounts[name]
        for key, desired in parts.items():
            problems = Problems()
            judge_unread(account.list_of(key).resource.table, desired, session.office.rules.policy, problems)
            found.take(account, problems)
    return found.problems


def _kinds(session: Session) -> Iterator[str]:
    """Yield `Sonetel 1 menu, 2 numbers` for each provider that has items."""
    for name, parts in session.office.items.items():
        account = session.accounts[name]
        nouns = Counter(account.list_of(key).noun_of(item) for key, items in parts.items() for item in items)
        if nouns:
            yield f"{account.title} {', '.join(plural(noun, number) for noun, number in nouns.items())}"
