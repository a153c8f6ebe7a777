# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people read of calls after a plan: findings and call tests are neither hidden nor called none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._calls.findings import ACCEPTED, REFUSE, WARN
from ansible_collections.office.telephony.plugins.module_utils._calls.testing import Status
from ansible_collections.office.telephony.plugins.module_utils._office.call_texts import call_lines, caller_lines
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each


def finding(severity: str) -> Any:
    fault = SimpleNamespace(code="loop", place=SimpleNamespace(at="sonetel/voiceapps/Main"))
    return SimpleNamespace(severity=severity, text=f"{severity} loop: it never ends", fault=fault, details=[])


def undecided(*, allowed: bool) -> Any:
    test = SimpleNamespace(undecided_ok=allowed, office="")
    return SimpleNamespace(status=Status.UNDECIDED, test=test, lines=["undecided: it is not known"])


def lines(*, changed: bool, findings: Any = (), tests: Any = ()) -> list[str]:
    comparison = SimpleNamespace(changes=[], findings=findings, unused=[])
    calls: Any = SimpleNamespace(comparison=comparison, tests=tests, failed=[], of_others=[])
    return list(call_lines(calls, changed=changed))


@each(
    ("severity", "changed", "expected"),
    [
        (WARN, True, ["  Findings", f"    {WARN} loop: it never ends", "      at sonetel/voiceapps/Main"]),
        (REFUSE, True, ["  Findings", f"    {REFUSE} loop: it never ends", "      at sonetel/voiceapps/Main"]),
        (ACCEPTED, True, ["  Findings: none."]),
        (WARN, False, ["  Findings, as before: loop. office.telephony.verify explains them."]),
        (ACCEPTED, False, []),
    ],
)
def test_findings_are_named_where_there_are_any(severity: str, changed: bool, expected: list[str]) -> None:
    beginning = ["  No caller notices anything."] if changed else []
    assert lines(changed=changed, findings=[finding(severity)]) == [*beginning, *expected]
    if changed:
        assert lines(changed=True)[-1] == "  Findings: none."


@each(("allowed", "changed", "shown"), [(False, True, True), (True, True, False), (False, False, False)])
def test_what_may_stay_undecided_is_not_explained(allowed: bool, changed: bool, shown: bool) -> None:
    found = lines(changed=changed, tests=[undecided(allowed=allowed)])
    assert ("    undecided: it is not known" in found) is shown


def test_a_place_that_is_wider_than_the_others_has_a_line_of_its_own() -> None:
    wide = "the 7 numbers that lead to a menu with a very long name"
    found = list(caller_lines([(wide, "before", "after"), ("key 1", "one", "two")]))
    assert found == [f"    {wide}", "           before", "        -> after", "    key 1  one -> two"]
