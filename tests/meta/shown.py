# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guides and READMEs show, piece by piece."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

from conftest import ROOT

GUIDES = ROOT / "docs/docsite/rst"
_RST = re.compile(r"^\.\. code-block:: (\S+)\n\n((?:(?: {2,}.*)?\n)+)", re.MULTILINE)
_MARKDOWN = re.compile(r"```(\S+)\n(.*?)```", re.DOTALL)


class Block(NamedTuple):
    """A piece of a file: what it is written in, and its text."""

    file: str
    language: str
    text: str


def blocks(path: Path) -> list[Block]:
    """Return the pieces of a guide or a README. Those inside lists are left out."""
    name = path.stem if path.suffix == ".rst" else path.relative_to(ROOT).as_posix()
    found = (_RST if path.suffix == ".rst" else _MARKDOWN).findall(path.read_text())
    return [Block(name, language, textwrap.dedent(text).strip("\n")) for language, text in found]


def guide(name: str) -> list[Block]:
    """Return the pieces of a guide."""
    return blocks(GUIDES / f"guide_{name}.rst")


def pieces_of_yaml() -> list[Block]:
    """Return everything that all guides and READMEs show in YAML."""
    paths = [*sorted(GUIDES.glob("*.rst")), ROOT / "README.md", *sorted(ROOT.glob("roles/*/README.md"))]
    return [block for path in paths for block in blocks(path) if block.language.startswith("yaml")]
