# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the documentation shows is good for callers: it has no finding, but where a comment names the finding's code."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import MODULES, ROOT, documentation
from running import COLLECTION
from shown import GUIDES, guide, pieces_of_yaml
from system_support import run_module

UTILS = "ansible_collections.office.telephony.plugins.module_utils"
TABLES = importlib.import_module(f"{UTILS}._office.lists").TABLES
CODES = importlib.import_module(f"{UTILS}._calls.findings").DEFAULTS
WORTH = ("refuse", "warn")
VARIABLE = "office_"
_NAMED = re.compile(r"# (?:refused: )?([a-z-]+): ")


class Office(NamedTuple):
    """Options of the module `office`, where they are shown, and what comments say of them."""

    where: str
    options: dict[str, Any]
    text: str = ""

    @property
    def codes(self) -> set[str]:
        """The codes of findings that comments name."""
        return {code for code in _NAMED.findall(self.text) if code in CODES}


def of_task(task: dict[str, Any], where: str) -> Iterator[Office]:
    """The office that consists of what one task sets."""
    for name, given in task.items():
        module = name.removeprefix(f"{COLLECTION}.")
        for path, table in TABLES.items():
            provider, variable = path.split(".")
            items = given.get(variable) if module == table.module else None
            if f"{module}s" == table.module and given.keys() >= set(table.keys) and given.get("state") != "absent":
                items = [{option: value for option, value in given.items() if option in table.options.options}]
            if isinstance(items, list):
                yield Office(where, {"region": given.get("region"), provider: {variable: items}})


def of_variables(variables: dict[str, Any], where: str, text: str) -> Iterator[Office]:
    """The office that variables describe."""
    options = {name.removeprefix(VARIABLE): value for name, value in variables.items() if name.startswith(VARIABLE)}
    if options.keys() & {path.partition(".")[0] for path in TABLES}:
        yield Office(where, options, text)


def shown() -> Iterator[Office]:
    """Everything that the documentation shows of offices."""
    for module in MODULES:
        for task in documentation(module, "EXAMPLES"):
            yield from of_task(task, module)
    for where, _language, text in pieces_of_yaml():
        content = yaml.safe_load(text)
        if isinstance(content, dict):
            yield from of_variables(content, where, text)
        elif isinstance(content, list) and "hosts" not in content[0]:
            for task in content:
                yield from of_task(task, where)


OFFICES = list(shown())
RECORDING = ROOT / "examples/files/hitta-hit.wav"


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.where)
def test_callers_get_on(office: Office) -> None:
    # Recordings stand beside the reader's playbook.
    options = json.loads(json.dumps(office.options).replace("{{ playbook_dir }}/files/welcome.wav", str(RECORDING)))
    result = run_module("office", {"office": "shown", "validate_only": True, **options})
    assert not result.get("failed") or "# refused: " in office.text, result["msg"]
    assert {found["code"] for found in result.get("findings", ()) if found["severity"] in WORTH} == office.codes


def test_the_guide_has_every_code_with_its_default() -> None:
    rows = re.findall(
        r"^   \* - (``.*)\n     - .*\n     - ``(\w+)``$", (GUIDES / "guide_findings.rst").read_text(), re.MULTILINE
    )
    assert {code: default for codes, default in rows for code in re.findall(r"``([a-z-]+)``", codes)} == CODES


def test_the_guide_shows_findings_as_they_are_printed() -> None:
    compared = 0
    for (where, kind, office), (_where, language, output) in pairwise(guide("findings")):
        if (kind, language) == ("yaml", "text"):
            (found,) = of_variables(yaml.safe_load(office), where, office)
            lines = run_module("office", {"office": "shown", "validate_only": True, **found.options})["message"]
            assert [line[4:] for line in lines[lines.index("  Findings") + 1 :]] == output.splitlines()
            compared += 1
    assert compared == 5
