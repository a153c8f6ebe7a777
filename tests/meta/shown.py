# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guides and READMEs show, piece by piece."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import yaml
from conftest import ROOT

GUIDES = ROOT / "docs/docsite/rst"
_RST = re.compile(r"^\.\. code-block:: (\S+)\n\n((?:(?: {2,}.*)?\n)+)", re.MULTILINE)
# A line of a message, which YAML may put into quotes and break.
_MESSAGE = re.compile(r"^ {4}- (.*(?:\n {8}.*)*)$", re.MULTILINE)
# What differs from run to run, or from place to place.
_VARIES = re.compile(
    r"\d+ \w{3} \d{4}, \d\d:\d\d|\d{4}-\d\d-\d\dT\d{6}Z|\d+(?= API calls?\b)|/\S*(?=/(?:state|exported|reports)/)"
)
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


def screens() -> list[tuple[str, str, str]]:
    """Return what the guides show as the output of a command: the guide, the command, and the output."""
    found = []
    for path in sorted(GUIDES.glob("*.rst")):
        for console, output in pairwise(blocks(path)):
            if console.language == "console" and output.language in ("text", "diff"):
                command = re.sub(r"\s*\\\n\s*", " ", console.text.removeprefix("$ "))
                found.append((console.file, command, output.text))
    return found


def missing(shown: str, printed: str) -> str:
    """Return the first part of what a guide shows that was not printed; `...` stands for lines that it leaves out."""
    lines, place = _plain(printed), 0
    for part in re.split(r"^\.\.\.\n?", shown, flags=re.MULTILINE):
        wanted = _plain(part.rstrip("\n")) if part.strip() else []
        places = [at for at in range(place, len(lines)) if lines[at : at + len(wanted)] == wanted]
        if not places:
            return part
        place = places[0] + len(wanted)
    return ""


def _plain(text: str) -> list[str]:
    text = _MESSAGE.sub(lambda found: str(yaml.safe_load(found[1])), text)
    return [_VARIES.sub("~", line.rstrip()) for line in text.splitlines()]
