# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""For pytest: writes down which lines of the collection each passing test executes, and its seconds of the processor.

Needs Python 3.12, whose sys.monitoring costs next to nothing. LINES_FILE names the file to write. Tests that start
ansible-playbook are skipped: what its processes execute is not seen here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

_CODE = f"{os.sep}plugins{os.sep}module_utils{os.sep}"
_ME = 4
# Python 3.11, for which this is type-checked, does not know it yet.
_monitoring: Any = getattr(sys, "monitoring", None)
_lines: set[tuple[str, int]] = set()
_tests: dict[str, Any] = {}
_passed: set[str] = set()


def pytest_configure() -> None:
    seen = _monitoring
    seen.use_tool_id(_ME, "mutate")
    seen.register_callback(_ME, seen.events.PY_START, _started)
    seen.register_callback(_ME, seen.events.LINE, _line)
    seen.set_events(_ME, seen.events.PY_START)
    start = subprocess.Popen.__init__

    def started(self: Any, args: Any, *more: Any, **options: Any) -> None:
        if any(str(word).endswith("ansible-playbook") for word in args):
            self.returncode, self._child_created = 0, False
            pytest.skip("starts ansible-playbook")
        start(self, args, *more, **options)

    subprocess.Popen.__init__ = started  # type: ignore[method-assign]


def _started(code: CodeType, offset: int) -> Any:
    if _CODE in code.co_filename:
        _monitoring.set_local_events(_ME, code, _monitoring.events.LINE)
    return _monitoring.DISABLE


def _line(code: CodeType, line: int) -> Any:
    _lines.add((code.co_filename, line))
    return _monitoring.DISABLE


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _lines.clear()
    _monitoring.restart_events()
    begin = time.process_time()
    result = yield
    if item.nodeid in _passed:
        found: dict[str, list[int]] = {}
        for file, line in sorted(_lines):
            found.setdefault("plugins" + file.rpartition("/plugins")[2], []).append(line)
        _tests[item.nodeid] = {"seconds": round(time.process_time() - begin, 3), "lines": found}
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        _passed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    # At the end of the interpreter, what the callbacks use is gone.
    _monitoring.set_events(_ME, 0)
    _monitoring.free_tool_id(_ME)
    Path(os.environ["LINES_FILE"]).write_text(json.dumps(_tests))
