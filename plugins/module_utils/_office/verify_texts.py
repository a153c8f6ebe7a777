# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people read of a verification, and what CI does. Private to the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .._calls.call_tests import CallTest
from .._calls.differences import Change as Noticed
from .._calls.findings import ACCEPTED, REFUSE, WARN, Finding
from .._calls.testing import Outcome, Status, TestResult
from .._errors import TelephonyError
from . import rerouting
from .call_texts import caller_lines, finding_lines
from .drift import Drift
from .junit import Case
from .messages import MOST_LISTED, brief, plural, status_line
from .session import Session
from .snapshot import Document, summary

Result = dict[str, Any]
_VERBS = {
    Status.FAIL: ("fails", "fail"),
    Status.UNDECIDED: ("is undecided", "are undecided"),
    Status.PASS: ("passes", "pass"),
    Status.SKIPPED: ("is skipped", "are skipped"),
}


def skipped(test: CallTest) -> TestResult:
    """Return a call test that is not run while its office is re-routed."""
    return TestResult(test, Status.SKIPPED, (Outcome(Status.SKIPPED, why=("the office is re-routed",)),))


def failed(results: Sequence[TestResult]) -> list[TestResult]:
    """Return the tests that fail a verification: also undecided ones, unless the test allows that."""
    return [
        result
        for result in results
        if result.status is Status.FAIL or (result.status is Status.UNDECIDED and not result.test.undecided_ok)
    ]


@dataclass
class Verified:
    """What was found. *snapshot*: that of the re-route that is going on. *drift*: None where nothing was compared.

    *callers*: what callers would notice if the files were onboarded. *failures*: by provider's title, why it could not
    be read. *routes*: what becomes of the calls that were asked for.
    """

    snapshot: Document | None = None
    drift: Drift | None = None
    callers: Sequence[Noticed] = ()
    failures: Mapping[str, TelephonyError] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    unused: Sequence[str] = ()
    tests: Sequence[TestResult] = ()
    routes: Sequence[Mapping[str, Any]] = ()
    pictures: Sequence[Mapping[str, Any]] = ()

    @property
    def differences(self) -> int:
        """How many items differ."""
        return len(self.drift.changes) if self.drift is not None else 0

    @property
    def is_wrong(self) -> bool:
        """Whether a verification fails."""
        return bool(self.differences or self.failures or failed(self.tests))

    @property
    def managed(self) -> list[Finding]:
        """The findings about what the office's file manages, and about the office itself."""
        return [finding for finding in self.findings if finding.managed]


def outcome(session: Session, found: Verified, *, verify: bool, junit: str = "") -> Result:
    """Return the module's result; a failure where *verify* finds something wrong. *junit*: the file for CI."""
    office = session.office.name
    now = rerouting.text_of(session.now)
    rerouted = summary(found.snapshot, now)
    headline = _headline(found, verify=verify)
    first = [status_line(office, rerouted, session.zone)] if found.snapshot is not None else []
    full_stop = "" if verify and found.is_wrong else "."
    lines = [*first, f"{office}: {headline}{full_stop} ({session.cost()})", *(f"  {line}" for line in _body(found))]
    if junit:
        lines.append(f"  JUnit: {junit}")
    result: Result = {
        "changed": False,
        "routes": list(found.routes),
        **({"pictures": list(found.pictures)} if found.pictures else {}),
        "call_tests": [test.result() for test in found.tests],
        "findings": [finding.result() for finding in found.findings],
        "rerouted": rerouted,
    }
    if found.drift is not None:
        result["changes"] = [change.result() for change in found.drift.changes]
        result["calls"] = [change.result() for change in found.callers]
    if verify and found.is_wrong:
        failure = _failure(found, headline)
        return {**result, "failed": True, "msg": "\n".join(lines), "message": lines, "failure": failure}
    state = "re-routed" if found.snapshot is not None else "ok"
    return {**result, "message": lines, "brief": brief(state, headline)}


def _failure(found: Verified, headline: str) -> Result:
    error = next(iter(found.failures.values()), None)
    if error is not None:
        return error.failure()
    step = "Onboard the office, or correct its file." if found.differences else "See the routes of the call tests."
    return {"kind": "verification", "message": f"{headline}.", "next_step": step}


def _headline(found: Verified, *, verify: bool) -> str:
    parts = [f"{title} could not be read" for title in found.failures]
    if found.differences:
        parts.append(plural("difference", found.differences))
    if found.tests and not found.failures:
        parts.append(_counted(found.tests))
    if found.is_wrong and verify:
        return ", ".join(parts)
    if found.drift is not None:
        what = "the re-routed state" if found.snapshot is not None else "the files"
        far = ", as far as they can be read" if found.drift.unseen else ""
        parts.insert(0, f"accounts match {what}{far}")
    if found.routes:
        parts.append(f"{plural('call', len(found.routes))} followed")
    return ". ".join(
        f"{part[:1].upper()}{part[1:]}" if number else part
        for number, part in enumerate([*parts, _of_findings(found.managed)])
    )


def _counted(results: Sequence[TestResult]) -> str:
    """Return in a few words what came of tests: `6 of 6 call tests pass`, `1 of 4 call tests fails, 1 is skipped`."""
    count = Counter(result.status for result in results)
    bad = count[Status.FAIL] + count[Status.UNDECIDED]
    found = [(count[status], verbs) for status, verbs in _VERBS.items() if not (bad and status is Status.PASS)]
    parts = [f"{number} {verbs[number > 1]}" for number, verbs in found if number]
    number, _blank, verb = parts[0].partition(" ")
    return ", ".join([f"{number} of {plural('call test', len(results))} {verb}", *parts[1:]])


def _of_findings(findings: Sequence[Finding]) -> str:
    open_ = [finding for finding in findings if finding.severity in (REFUSE, WARN)]
    accepted = [finding for finding in findings if finding.severity == ACCEPTED]
    ends = [waiver.until for finding in accepted if (waiver := finding.waiver) is not None and waiver.until is not None]
    until = f" until {_day(min(ends))}" if ends else ""
    if accepted and not open_:
        return f"{plural('finding', len(accepted))}, accepted{until}"
    beside = f", and {len(accepted)} accepted{until}" if accepted else ""
    return f"{plural('finding', len(open_))}{beside}" if open_ else "no findings"


def _test_lines(results: Sequence[TestResult]) -> Iterator[str]:
    """Yield the tests that did not pass: what was expected, and the route that was taken step by step."""
    for status in (Status.FAIL, Status.UNDECIDED, Status.SKIPPED):
        for result in results:
            if result.status is status:
                yield from result.lines


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _body(found: Verified) -> Iterator[str]:
    yield from (f"{title} could not be read: {error}" for title, error in found.failures.items())
    if found.failures:
        yield "Call tests and findings need all accounts, so they were left out."
    if found.drift is not None:
        lines = list(found.drift.lines())
        yield from lines[:MOST_LISTED]
        if len(lines) > MOST_LISTED:
            yield f"and {len(lines) - MOST_LISTED} more"
        if found.callers:
            yield "What callers reach now -> according to the file"
            rows = [(change.place, change.before, change.after) for change in found.callers]
            yield from (line[2:] for line in caller_lines(rows))
        elif found.differences:
            yield "No caller notices that."
        if found.drift.unseen:
            names = ", ".join(change.title for change in found.drift.unseen[:MOST_LISTED])
            yield f"Not compared, because nobody knows what was last set: {names}"
    for answer in found.routes:
        yield from answer["lines"]
    yield from _test_lines(found.tests)
    yield from (line[2:] for line in finding_lines(found.managed))
    yield from found.unused


def cases(found: Verified) -> Iterator[Case]:
    """Yield the test cases for CI: the comparison, each call test, and each finding, which never fails."""
    for title, error in found.failures.items():
        yield Case("accounts", f"{title} can be read", error=str(error))
    if found.drift is not None:
        lines = list(found.drift.lines())
        failure = plural("difference", found.differences) if lines else ""
        yield Case("accounts", "the accounts match the files", failure=failure, text="\n".join(lines))
    wrong = failed(found.tests)
    for test in found.tests:
        why = "; ".join(test.worst.why) or test.status.value
        marks = {
            Status.FAIL: {"failure": why},
            Status.UNDECIDED: {"failure" if test in wrong else "skipped": f"undecided: {why}"},
            Status.SKIPPED: {"skipped": why},
        }
        yield Case("call_tests", test.test.name, **marks.get(test.status, {}), text="\n".join(test.lines))
    for finding in found.managed:
        yield Case("findings", finding.text, skipped=f"{finding.severity}: a finding does not fail a verification")
