# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules for roles: a few lines of YAML, whose variables are options of a module and are described there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import generate
import pytest
import yaml
from conftest import ROOT

ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())
FILES = {"README.md", "meta/argument_specs.yml", "meta/main.yml", "tasks/main.yml"}
MOST_TASKS = 3
LONGEST_EXPRESSION = 120
# A variable that is true or false, and its option.
SWITCHES = {"continue_on_error": "on_error"}
# A role's own variable that is called otherwise than its option.
RENAMED = {"onboard_call_tests": "on_failed_call_test"}
# What the first role says of a variable.
SUMMARIES: dict[str, str] = {}


def tasks_of(role: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((role / "tasks/main.yml").read_text())
    return found


def modules_of(role: Path) -> dict[str, str]:
    """Return the modules that a role runs, each with the prefix of the role's own variables."""
    return {
        name.rpartition(".")[2]: options["prefix"]
        for task in tasks_of(role)
        for name, options in task.items()
        if name.startswith(generate.COLLECTION)
    }


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_role_is_a_few_calls_of_modules_and_one_message(role: Path) -> None:
    files = {str(path.relative_to(role)) for path in role.rglob("*") if path.is_file()}
    assert files == FILES
    assert len(tasks_of(role)) <= MOST_TASKS
    for name in files:
        text = (role / name).read_text()
        assert generate.GENERATED.strip() not in text
        assert "regex_replace" not in text
        assert "subelements" not in text
        assert [
            found for found in re.findall(r"\{[{%].*?[}%]\}", text, re.DOTALL) if len(found) > LONGEST_EXPRESSION
        ] == []
    assert set(modules_of(role).values()) == {role.name}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_role_variable_is_an_option_of_a_module_of_its(role: Path) -> None:
    options = {module: generate.Modules.specification(module) for module in modules_of(role)}
    specs = yaml.safe_load((role / "meta/argument_specs.yml").read_text())["argument_specs"]
    assert list(specs) == ["main"]
    for variable, spec in specs["main"]["options"].items():
        found = re.fullmatch(rf"(?:{role.name}|office)_(\w+)", variable)
        assert found, variable
        option = RENAMED.get(variable) or SWITCHES.get(found[1], found[1])
        described = [
            f"See O({generate.COLLECTION}.{name}#module:{option})." for name in options if option in options[name]
        ]
        summary, reference = spec["description"]
        assert reference in described, variable
        assert summary == SUMMARIES.setdefault(variable, summary), "roles describe a variable alike"
        assert "options" not in spec, "the module describes and checks what is inside"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_the_examples_set_variables_of_the_role(role: Path) -> None:
    main = yaml.safe_load((role / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]
    (play,), *files = yaml.safe_load_all(main["examples"])
    assert play["roles"] == [{"role": f"{generate.COLLECTION}.{role.name}"}]
    given = {name for variables in (play.get("vars", {}), *files) for name in variables}
    given |= set(re.findall(rf"\b{role.name}_\w+(?=[:=])", main["examples"]))
    assert given <= main["options"].keys()
