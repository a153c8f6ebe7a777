# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the runner says about the Python that runs it."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import pytest

from ansible_collections.office.telephony.plugins.module_utils._ansible import runner


def test_what_is_missing_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HAS_REQUESTS", "HAS_PHONENUMBERS", "HAS_YAML"):
        monkeypatch.setattr(runner, name, False)
    monkeypatch.setattr(sys, "executable", "/opt/my venv/bin/python")
    libraries = runner.missing_libraries(yaml=True)
    assert runner.missing_libraries() == ["requests", "phonenumbers"]
    text = "The Python that runs this task lacks requests, phonenumbers, PyYAML. To install: "
    text += "'/opt/my venv/bin/python' -m pip install requests phonenumbers PyYAML."
    assert runner.how_to_install(libraries) == text

    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    (tmp_path / "EXTERNALLY-MANAGED").touch()
    assert runner.how_to_install(libraries).startswith(f"{text} This Python belongs to the operating system, ")
