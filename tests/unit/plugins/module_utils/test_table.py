# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of all offices at the end of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._office.messages import brief, table_lines
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

UNCHANGED = {"brief": brief("unchanged", "")}
CASES: dict[str, tuple[dict[str, Mapping[str, Any] | None], list[str]]] = {
    "failures first, unchanged last": (
        {
            "lund": UNCHANGED,
            "malmo": {"brief": brief("changed", "Sonetel: 1 menu, 2 numbers")},
            "ystad": {"failure": {"message": "x", "problems": [{}, {}]}},
            "kiruna": None,
        },
        [
            "FAILED     ystad   2 problems (see above)",
            "FAILED     kiruna  its task did not finish (see above)",
            "changed    malmo   Sonetel: 1 menu, 2 numbers",
            "unchanged  lund",
        ],
    ),
    "overdue before re-routed": (
        {
            "a": {"brief": brief("not re-routed", "")},
            "b": {"brief": brief("re-routed", "since 10:00")},
            "c": {"brief": brief("OVERDUE", "since 8:00")},
        },
        ["OVERDUE        c  since 8:00", "re-routed      b  since 10:00", "not re-routed  a"],
    ),
    "a failure counts more than what was done": (
        {"a": {"failure": {"message": "a: first\nsecond"}, "brief": brief("changed", "1 number")}},
        ["FAILED  a  first"],
    ),
    "long and empty texts": (
        {"a": {"failure": {"message": "x" * 121}}, "b": {"failure": {"message": ""}}},
        [f"FAILED  a  {'x' * 120}...", "FAILED  b"],
    ),
    "ended by Ansible": (
        {"a": {"failed": True, "msg": "no such thing"}, "b": {"unreachable": True, "msg": "gone"}},
        ["FAILED  a  no such thing", "FAILED  b  gone"],
    ),
    "six are named": (dict.fromkeys("abcdef", UNCHANGED), ["unchanged  a, b, c, d, e, f"]),
    "seven are counted": (dict.fromkeys("abcdefg", UNCHANGED), ["unchanged  7 offices"]),
    "a result without a line": ({"a": {}}, ["unchanged  a"]),
}


@each(("results", "lines"), CASES.values())
def test_a_line_for_each_office(results: dict[str, Mapping[str, Any] | None], lines: list[str]) -> None:
    assert table_lines(results) == lines
