# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people read of calls: what callers notice, and findings. Private to the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .._calls.differences import Change
from .._calls.findings import REFUSE, WARN, Finding
from .._calls.testing import Status, TestResult
from .calling import CallCheck
from .messages import MOST_LISTED

_LONGEST_LINE = 80
_WIDEST_PLACE = 50


def call_lines(calls: CallCheck, *, changed: bool) -> Iterator[str]:
    """Yield what callers notice of a plan with changes, the call tests and the findings."""
    comparison = calls.comparison
    yield from noticed_lines(comparison.changes, changed=changed)
    if calls.tests and (changed or calls.failed):
        yield f"  Call tests: {tests_counted(calls.tests)}."
    undecided = [test for test in calls.tests if test.status is Status.UNDECIDED and not test.test.undecided_ok]
    for result in [*calls.failed, *calls.of_others, *(undecided if changed else ())]:
        office = f"{result.test.office}: " if result in calls.of_others else ""
        first, *others = result.lines
        yield f"    {office}{first}"
        yield from (f"    {line}" for line in others)
    if changed:
        yield from list(finding_lines(comparison.findings)) or ["  Findings: none."]
    elif codes := list(dict.fromkeys(finding.fault.code for finding in _worth(comparison.findings))):
        yield f"  Findings, as before: {', '.join(codes)}. office.telephony.verify explains them."
    yield from (f"  {line}" for line in comparison.unused)


def noticed_lines(changes: Sequence[Change], *, changed: bool) -> Iterator[str]:
    """Yield what callers notice of a plan that has *changed* something."""
    if changes:
        yield "  What callers notice"
        yield from caller_lines([(change.place, change.before, change.after) for change in changes])
    elif changed:
        yield "  No caller notices anything."


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the findings that are worth a person's time."""
    worth = _worth(findings)
    if worth:
        yield "  Findings"
    for finding in worth[:MOST_LISTED]:
        yield f"    {finding.text}"
        yield f"      at {finding.fault.place.at}"
        yield from (f"      {line}" for line in finding.details)
    if len(worth) > MOST_LISTED:
        yield f"    and {len(worth) - MOST_LISTED} more"


def _worth(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity in (REFUSE, WARN)]


def tests_counted(tests: Sequence[TestResult]) -> str:
    """Return `5 of 6 pass, 1 undecided`."""
    count = Counter(test.status for test in tests)
    parts = [f"{count[Status.PASS]} of {len(tests)} {'passes' if len(tests) == 1 else 'pass'}"]
    words = ((Status.FAIL, "failed"), (Status.UNDECIDED, "undecided"), (Status.SKIPPED, "skipped"))
    return ", ".join([*parts, *(f"{count[status]} {word}" for status, word in words if count[status])])


def caller_lines(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Yield a line for each place, with what callers met before and what they meet afterwards."""
    width = max((len(place) for place, _before, _after in rows if len(place) <= _WIDEST_PLACE), default=3)
    for place, before, after in rows[:MOST_LISTED]:
        if len(place) + len(before) + len(after) <= _LONGEST_LINE and before and len(place) <= width:
            yield f"    {place:<{width}}  {before} -> {after}"
            continue
        if len(place) > width:
            # Beside such a place, which may name many closing days, nothing would fit on a screen.
            yield f"    {place}"
            place = ""
        yield f"    {place:<{width}}  {before}"
        yield f"    {'':<{width - 3}}  -> {after}"
    if len(rows) > MOST_LISTED:
        yield f"    and {len(rows) - MOST_LISTED} more"
