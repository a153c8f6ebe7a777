# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generated parts are what the modules say today."""

from __future__ import annotations

import re
from pathlib import Path

import generate
from conftest import ROOT


def test_generated_files_are_up_to_date(collections_path: Path) -> None:
    stale = [
        str(file.relative_to(ROOT))
        for file, text in generate.generated(generate.Modules(collections_path))
        if not generate.is_current(file, text)
    ]
    assert stale == [], "run `make generate`"


def test_the_version_stands_once() -> None:
    galaxy = re.search(r"^version: (\S+)$", (ROOT / "galaxy.yml").read_text(), re.MULTILINE)
    agent = re.search(r'COLLECTION_VERSION = "(\S+)"', (ROOT / "plugins/module_utils/_version.py").read_text())
    assert galaxy
    assert agent
    assert galaxy.group(1) == agent.group(1)
    pages = [ROOT / "README.md", *(ROOT / "docs/docsite/rst").glob("*.rst")]
    archives = [name for page in pages for name in re.findall(r"office-telephony-([\d.]+)\.tar", page.read_text())]
    assert archives
    assert {*archives} == {galaxy.group(1)}
