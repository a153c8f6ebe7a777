# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules of the house: who may import what, and how small a module is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import generate
import pytest
from conftest import ALL_MODULES, MODULES, ROOT, documentation

UTILS = ROOT / "plugins/module_utils"
PACKAGES = sorted(path.name for path in UTILS.iterdir() if path.is_dir() and (path / "__init__.py").exists())
# What makes up an office is known in one place, which is no provider.
PROVIDERS = [name for name in PACKAGES if name != "_office"]
SHARED = sorted(UTILS.glob("*.py"))
# What may speak to Ansible: the runner, and the argument specification's environment fallback.
ANSIBLE = {"_runner.py", "_argspec.py"}


def imported(path: Path) -> set[str]:
    """Return the names of everything that a file imports, relative imports without their dots."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            found |= {base} | {f"{base}.{alias.name}".lstrip(".") for alias in node.names}
    return found


def top(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def test_there_is_something_to_look_at() -> None:
    assert MODULES
    assert PROVIDERS
    assert len(SHARED) > 5


def test_only_the_http_layer_imports_requests() -> None:
    layer = {"_http.py", "_transport.py"}
    assert {path.name for path in UTILS.rglob("*.py") if top(imported(path)) & {"requests", "urllib3"}} == layer


def test_only_the_runner_and_the_specification_know_ansible() -> None:
    assert {path.name for path in UTILS.rglob("*.py") if "ansible" in top(imported(path))} == ANSIBLE


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.name)
def test_shared_code_knows_no_provider(path: Path) -> None:
    assert not top(imported(path)) & set(PACKAGES)
    words = {provider.lstrip("_") for provider in PROVIDERS}
    assert not [word for word in words if re.search(word, path.read_text(), re.IGNORECASE)]


def test_an_office_knows_providers_by_name_alone_and_in_one_file() -> None:
    words = {provider.lstrip("_") for provider in PROVIDERS}
    for path in (UTILS / "_office").glob("*.py"):
        assert not top(imported(path)) & set(PROVIDERS)
        if path.name != "lists.py":
            assert not [word for word in words if re.search(word, path.read_text(), re.IGNORECASE)]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_providers_do_not_import_one_another(provider: str) -> None:
    others = set(PACKAGES) - {provider}
    assert not [path for path in (UTILS / provider).glob("*.py") if top(imported(path)) & others]


def test_the_engine_does_no_input_or_output() -> None:
    for name in ("_engine.py", "_fields.py"):
        assert not imported(UTILS / name) & {"_http", "_auth", "_environment", "os", "socket", "time"}


@pytest.mark.parametrize("module", ALL_MODULES)
def test_a_module_is_documentation_and_a_few_lines(module: str) -> None:
    source = (ROOT / f"plugins/modules/{module}.py").read_text()
    code = source.partition("from ansible_collections.")[2].splitlines()
    assert len([line for line in code if line.strip()]) < 40


@pytest.mark.parametrize("module", MODULES)
def test_every_environment_variable_is_documented(module: str) -> None:
    options = generate.Modules.specification(module)
    documented = str(documentation(module, "DOCUMENTATION"))
    for fragment in (ROOT / "plugins/doc_fragments").glob("*.py"):
        documented += fragment.read_text()
    variables = [name for option in options.values() for name in option.get("fallback", (None, []))[1]]
    assert variables
    assert [name for name in variables if f"E({name})" not in documented] == []


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_tested_in_every_way(module: str) -> None:
    target = ROOT / f"tests/integration/targets/{module}/tasks/main.yml"
    tasks = target.read_text()
    assert re.search(r"check_mode: (true|.*item)", tasks), "run it in check mode"
    assert re.search(r"is not changed", tasks) or module.endswith("_info"), "run it again, and assert that it is quiet"
    assert re.search(r"api_calls\.requests == \d", tasks), "say what it costs"
    if not module.endswith(("_info", "_token")):
        assert "diff: true" in tasks, "look at the diff"
        assert "setup_simulator_writes == []" in tasks, "prove that check mode makes no write"
    tests = [path.read_text() for folder in ("unit", "system") for path in (ROOT / "tests" / folder).rglob("*.py")]
    assert any(re.search(rf"\b{module}\b", text) for text in tests), "test it in tests/system"
