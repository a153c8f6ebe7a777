# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which numbers of an account are looked at for what callers notice of a plan."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._office import calling as _calling
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each


@each(
    ("changes", "on_failed", "tests", "listed"),
    [
        (False, "refuse", [], True),
        (False, "off", ["a test"], True),
        # A call test may dial any number.
        (False, "refuse", ["a test"], False),
        # A change may concern numbers that the office does not list.
        (True, "refuse", [], False),
        (True, "off", [], False),
        (True, "off", ["a test"], False),
    ],
)
def test_only_without_changes_and_tests_the_listed_numbers_suffice(
    changes: bool, on_failed: str, tests: list[str], listed: bool
) -> None:
    seen: list[bool] = []

    def lists_around(_run: object, *, closely: bool, listed: bool) -> tuple[dict[str, Any], dict[str, Any]]:
        seen.append(listed)
        return {}, {}

    model: Any = SimpleNamespace(
        tests=tests,
        of_accounts=lambda lists: object(),
        compare=lambda before, after: SimpleNamespace(findings=[], same=before is after),
        might_refuse=bool,
        test=lambda after: [],
        test_others=lambda before, after: [],
    )
    run: Any = SimpleNamespace(providers=[SimpleNamespace(works=[SimpleNamespace(changes=["a"] if changes else [])])])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_calling, "lists_around", lists_around)
        check: Any = _calling.CallCheck(model, run, on_failed)
    assert seen == [listed]
    assert check.comparison.same is not changes
