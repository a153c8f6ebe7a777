# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The messages that the guide on troubleshooting explains are messages of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from conftest import ROOT
from shown import GUIDES

# What stands for the part of a message that differs, here and in the guide.
GAP = "..."
EXPLAINED = re.findall(r"^``(.+)``\n    \S", (GUIDES / "guide_troubleshooting.rst").read_text(), re.MULTILINE)


def texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts in the code; `O(option)` is shown as the option's name or the variable's."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.sub(r"\bO\((\w+)\)", r"\1", node.value)
    for child in ast.iter_child_nodes(node):
        yield from texts(child)


MESSAGES = "\n".join(
    text for file in sorted((ROOT / "plugins").rglob("*.py")) for text in texts(ast.parse(file.read_text()))
)


@pytest.mark.parametrize("message", EXPLAINED)
def test_an_explained_message_is_one_of_the_code(message: str) -> None:
    pattern = ".*".join(re.escape(part) for part in message.split(GAP))
    assert re.search(pattern, MESSAGES), message


def test_messages_are_explained() -> None:
    assert len(EXPLAINED) > 25
