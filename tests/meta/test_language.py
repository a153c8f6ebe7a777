# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users read is plain English: phrases that read like a translation do not come back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

PHRASES = yaml.safe_load((ROOT / "tests/meta/phrases.yml").read_text())
STILTED = re.compile("|".join(f"(?:{entry['pattern']})" for entry in PHRASES), re.IGNORECASE)

# What users read as a whole; of Python, only what its strings say.
TEXTS = (
    "*.md",
    "docs/docsite/rst/*.rst",
    "changelogs/fragments/*.yml",
    "roles/*/README.md",
    "roles/*/meta/*.yml",
    "roles/*/defaults/*.yml",
    "roles/*/tasks/*.yml",
    "playbooks/*.yml",
    "extensions/awx/*.yml",
    "examples/**/*.yml",
    "plugins/doc_fragments/*.py",
    "plugins/modules/*.py",
)
STRINGS = ("plugins/module_utils/**/*.py", "plugins/plugin_utils/*.py", "plugins/action/*.py", "simulator/**/*.py")
# Written by tools: the history keeps the words of its time.
GENERATED = {"CHANGELOG.md"}


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Yield the strings of Python code with their lines, without docstrings."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and " " in node.value
        ):
            yield node.lineno, node.value


def joined(source: str) -> str:
    """Return Python code with the parts of each string in one piece, which is much faster to search than `strings`."""
    return re.sub(r'"\s+f?"', "", source)


def stilted(name: str, text: str) -> Iterator[str]:
    """Yield each listed phrase in *text*, which begins with a place that editors can open."""
    flowing = re.sub(r"\s+", " ", text)
    for found in STILTED.finditer(flowing):
        yield f"{name}: {flowing[max(0, found.start() - 40) : found.end() + 40]}"


def files(patterns: tuple[str, ...]) -> list[Path]:
    found = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
    assert found
    return [path for path in found if path.name not in GENERATED]


def test_texts_have_no_stilted_phrases() -> None:
    found = [line for path in files(TEXTS) for line in stilted(str(path.relative_to(ROOT)), path.read_text())]
    assert found == [], "tests/meta/phrases.yml has better wording"


def test_messages_have_no_stilted_phrases() -> None:
    found = [
        line
        for path in files(STRINGS)
        if any(stilted(path.name, joined(path.read_text())))
        for number, text in strings(path.read_text())
        for line in stilted(f"{path.relative_to(ROOT)}:{number}", text)
    ]
    assert found == [], "tests/meta/phrases.yml has better wording"


@pytest.mark.parametrize("entry", PHRASES, ids=lambda entry: entry["instead_of"])
def test_each_pattern_finds_its_phrase_and_lets_the_better_one_pass(entry: dict[str, str]) -> None:
    assert re.search(entry["pattern"], entry["instead_of"], re.IGNORECASE)
    assert not STILTED.search(entry["better"])
