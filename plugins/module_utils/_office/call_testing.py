# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office's call tests: read from its options, run on a graph, and reported. Private to the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from .._calls.call_tests import read_call_tests
from .._calls.names import Names
from .._calls.nodes import Graph
from .._calls.people import Directory
from .._calls.testing import Outcome, Status, Testing, TestResult
from .._errors import Problems
from .._numbers.rules import NumberRules
from .messages import plural
from .office import Problem
from .providers import PROVIDERS
from .session import Session

_PATH = "call_tests"
_VERBS = {Status.FAIL: ("fails", "fail"), Status.UNDECIDED: ("is undecided", "are undecided")}


class CallTests:
    """The call tests of one office. *problems*: what is wrong with how they are written."""

    def __init__(self, session: Session, given: Any, directory: Directory) -> None:
        problems = Problems()
        rules = NumberRules(
            session.office.rules.region, session.office.rules.policy, session.office.rules.warn, problems
        )
        self.tests = read_call_tests(given, _PATH, rules, str(session.zone), PROVIDERS, session.office.name)
        self.problems = [Problem(path, what) for path, what in problems.found]
        self._directory = directory
        self._now = session.now

    def run(self, graph: Graph) -> list[TestResult]:
        """Run all tests on *graph*."""
        testing = Testing(graph, Names(graph, self._directory), self._now)
        return [testing.run(test) for test in self.tests]

    def skipped(self, why: str) -> list[TestResult]:
        """Return all tests as skipped."""
        return [TestResult(test, Status.SKIPPED, (Outcome(Status.SKIPPED, why=(why,)),)) for test in self.tests]


def counted(results: Sequence[TestResult]) -> str:
    """Return in a few words what came of tests: `6 of 6 call tests pass`, `1 of 4 call tests fails`."""
    tests = plural("call test", len(results))
    count = Counter(result.status for result in results)
    parts = [
        f"{count[status]} of {tests} {verbs[count[status] > 1]}" for status, verbs in _VERBS.items() if count[status]
    ]
    if not parts and count[Status.PASS]:
        parts.append(f"{count[Status.PASS]} of {tests} {'passes' if count[Status.PASS] == 1 else 'pass'}")
    if count[Status.SKIPPED]:
        parts.append(f"{count[Status.SKIPPED]} of {tests} {'is' if count[Status.SKIPPED] == 1 else 'are'} skipped")
    return ", ".join(parts)


def failed(results: Sequence[TestResult]) -> list[TestResult]:
    """Return the tests that fail a verification: also undecided ones, unless the test allows that."""
    return [
        result
        for result in results
        if result.status is Status.FAIL or (result.status is Status.UNDECIDED and not result.test.undecided_ok)
    ]


def lines_of(results: Sequence[TestResult]) -> Iterator[str]:
    """Yield the tests that did not pass: what was expected, and the route that was taken step by step."""
    for status in (Status.FAIL, Status.UNDECIDED, Status.SKIPPED):
        for result in results:
            if result.status is status:
                yield from result.lines
