# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files of host variables as Ansible reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def loaded() -> Iterator[Callable[[str], Any]]:
    """Loads a file's text as Ansible does, and returns the variables as a task sees them."""
    words = [sys.executable, str(Path(__file__).with_name("loading.py"))]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        reader, writer = process.stdout, process.stdin

        def load(text: str) -> Any:
            writer.write(json.dumps(text) + "\n")
            writer.flush()
            return json.loads(reader.readline())

        yield load
        writer.close()
