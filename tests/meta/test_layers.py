# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules of the house: who may import what, and how small a module is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import generate
import pytest
from conftest import ALL_MODULES, MODULES, ROOT, documentation

UTILS = ROOT / "plugins/module_utils"
PLUGINS = "ansible_collections.office.telephony.plugins"
PACKAGE = f"{PLUGINS}.module_utils"
# What each package may import, beside itself and the files at the root. Imports go down only.
LOWER: dict[str, set[str]] = {
    "_http": set(),
    "_files": set(),
    "_numbers": set(),
    "_engine": {"_numbers", "_http"},
    "_calls": {"_engine", "_numbers"},
    "PROVIDER": {"_calls", "_engine", "_numbers", "_files", "_http"},
    "_office": {"_calls", "_engine", "_numbers", "_files"},
    "_ansible": {"_office", "_calls", "_engine", "_numbers", "_files", "_http"},
}
PROVIDERS = sorted(path.name for path in UTILS.iterdir() if (path / "api.py").exists())
# What makes up an office is known in one place, which is no provider.
SHARED = sorted(path for path in UTILS.rglob("*.py") if path.relative_to(UTILS).parts[0] not in (*PROVIDERS, "_office"))
# What may speak to Ansible: the runner, nested validation, and the argument specification's environment fallback.
ANSIBLE = {"runner.py", "validation.py", "argspec.py"}
# The one file that names the providers' packages.
NAMES_PROVIDERS = UTILS / "_office" / "providers.py"
# What the modules of whole offices share of `_ansible`; every other file there is one job.
FOR_ALL_JOBS = {"runner.py", "validation.py", "office.py", "given.py"}
# What may know `requests` and `urllib3`.
LIBRARIES = {"client.py", "failures.py", "transport.py"}


def imported(path: Path, *, at_once: bool = False) -> set[str]:
    """Return the names of everything that a file imports, relative imports as absolute ones.

    *at_once*: when the file itself is imported, and not when one of its functions is called.
    """
    parts = [*PLUGINS.split("."), *path.relative_to(ROOT / "plugins").parent.parts]
    found = set()
    tree = ast.parse(path.read_text())
    for node in _outside_functions(tree) if at_once else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            holder = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            base = ".".join(filter(None, (holder, node.module or "")))
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        only_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if not only_for_types and not isinstance(node, ast.FunctionDef):
            yield node
            yield from _outside_functions(node)


@cache
def _files_imported_at_once(path: Path) -> list[Path]:
    names = {name.removeprefix(f"{PLUGINS}.") for name in imported(path, at_once=True) if name.startswith(PLUGINS)}
    files = (ROOT / "plugins" / f"{name.replace('.', '/')}.py" for name in names)
    return [file for file in files if file.exists()]


def loaded_with(path: Path) -> set[Path]:
    """Return the files of the collection that are loaded when a file is imported."""
    found, queue = {path}, [path]
    while queue:
        new = set(_files_imported_at_once(queue.pop())) - found
        found |= new
        queue += new
    return found


def top(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def packages_imported(path: Path) -> set[str]:
    """Return the packages of module_utils that a file imports from, files at the root left out."""
    found = {name.removeprefix(f"{PACKAGE}.").partition(".")[0] for name in imported(path) if name.startswith(PACKAGE)}
    return {name for name in found if (UTILS / name).is_dir()}


def test_there_is_something_to_look_at() -> None:
    assert MODULES
    assert len(PROVIDERS) == 4
    assert len(SHARED) > 20
    packages = {path.name for path in UTILS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert packages - set(PROVIDERS) == set(LOWER) - {"PROVIDER"}


def test_only_the_http_layer_imports_requests() -> None:
    found = [path for path in UTILS.rglob("*.py") if top(imported(path)) & {"requests", "urllib3"}]
    assert {path.name for path in found} == LIBRARIES
    assert {path.parent.name for path in found} == {"_http"}


def test_only_the_runner_and_the_specification_know_ansible() -> None:
    assert {path.name for path in UTILS.rglob("*.py") if "ansible" in top(imported(path))} == ANSIBLE


@pytest.mark.parametrize("path", sorted(UTILS.rglob("*.py")), ids=lambda path: str(path.relative_to(UTILS)))
def test_imports_go_down_only(path: Path) -> None:
    package = path.relative_to(UTILS).parts[0]
    if package.endswith(".py"):
        assert not packages_imported(path), "files at the root stand on nothing but each other"
        return
    allowed = LOWER["PROVIDER" if package in PROVIDERS else package] | set(PROVIDERS if path == NAMES_PROVIDERS else ())
    assert not packages_imported(path) - allowed - {package}


def test_no_files_import_each_other_in_a_circle() -> None:
    names = {_module(path): path for path in UTILS.rglob("*.py")}
    graph = {name: {other for other in imported(path) if other in names} - {name} for name, path in names.items()}
    while leaves := [name for name, needs in graph.items() if not needs & graph.keys()]:
        for name in leaves:
            del graph[name]
    assert graph == {}


def _module(path: Path) -> str:
    return ".".join([PACKAGE, *path.relative_to(UTILS).with_suffix("").parts])


@pytest.mark.parametrize("path", SHARED, ids=lambda path: str(path.relative_to(UTILS)))
def test_shared_code_knows_no_provider(path: Path) -> None:
    words = {provider.lstrip("_") for provider in PROVIDERS}
    assert not [word for word in words if re.search(word, path.read_text(), re.IGNORECASE)]


def test_an_office_knows_providers_by_name_alone_and_in_one_file() -> None:
    words = {provider.lstrip("_") for provider in PROVIDERS}
    for path in (UTILS / "_office").glob("*.py"):
        if path != NAMES_PROVIDERS:
            assert not [word for word in words if re.search(word, code_of(path), re.IGNORECASE)]


@pytest.mark.parametrize("module", [name for name in ALL_MODULES if name.partition("_")[0] == "office"])
def test_a_module_of_an_office_loads_its_own_job_and_no_provider(module: str) -> None:
    """Ansible compiles each file again in each run, so that what is not needed costs most of a short run's time."""
    action, itself = (loaded_with(ROOT / f"plugins/{kind}/{module}.py") for kind in ("action", "modules"))
    files = {path for path in action | itself if path.is_relative_to(UTILS)}
    assert {path.name for path in files if path.parent.name in PROVIDERS} == {"account.py", "options.py"}
    assert len([path for path in files if path.parent.name == "_ansible" and path.name not in FOR_ALL_JOBS]) == 1


def test_every_file_is_loaded_by_a_module_or_a_package() -> None:
    """What nothing loads is not needed. The sanity test `import` takes these files alone (noxfile.py)."""
    folders = [ROOT / "plugins" / name for name in ("modules", "plugin_utils", "doc_fragments")]
    starts = [*(path for folder in folders for path in folder.glob("*.py")), *UTILS.glob("_*/package.py")]
    loaded = {path for start in starts for path in loaded_with(start)}
    assert {path for path in UTILS.rglob("*.py") if path.name != "__init__.py"} <= loaded


def code_of(path: Path) -> str:
    """Return a file's code without comments and docstrings, in which examples may stand."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                kept = [part for part in inner if not (isinstance(part, ast.Expr) and _is_text(part.value))]
                setattr(node, name, kept or [ast.Pass()] if inner else inner)
    return ast.unparse(tree)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_the_engine_does_no_input_or_output() -> None:
    for name in ("plan.py", "schema.py", "order.py", "listing.py", "naming.py"):
        found = imported(UTILS / "_engine" / name)
        assert not top(found) & {"os", "socket", "time"}
        assert not packages_imported(UTILS / "_engine" / name) & {"_http", "_files"}


def test_private_files_are_written_in_one_place() -> None:
    writing = re.compile(r"fsync|O_TRUNC|\.replace\((self\._)?path\)")
    assert {path.name for path in UTILS.rglob("*.py") if writing.search(code_of(path))} == {"private.py"}


def test_files_are_short_enough_to_be_read() -> None:
    assert [path.name for path in UTILS.rglob("*.py") if len(path.read_text().splitlines()) > 500] == []


@pytest.mark.parametrize("module", ALL_MODULES)
def test_a_module_is_documentation_and_a_few_lines(module: str) -> None:
    source = (ROOT / f"plugins/modules/{module}.py").read_text()
    code = source.partition("from ansible_collections.")[2].splitlines()
    assert len([line for line in code if line.strip()]) < 40


def every_option(options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield options and their suboptions."""
    for option in options.values():
        yield option
        yield from every_option(option.get("options") or {})


@pytest.mark.parametrize("module", MODULES)
def test_every_environment_variable_is_documented(module: str) -> None:
    options = generate.Modules.specification(module)
    documented = str(documentation(module, "DOCUMENTATION"))
    for fragment in (ROOT / "plugins/doc_fragments").glob("*.py"):
        documented += fragment.read_text()
    variables = [name for option in every_option(options) for name in option.get("fallback", (None, []))[1]]
    assert variables
    assert [name for name in variables if f"E({name})" not in documented] == []


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_tested_in_every_way(module: str) -> None:
    (target,) = ROOT.glob(f"tests/integration/targets/*/tasks/{module}.yml")
    assert f"        - {module}\n" in (target.parent / "main.yml").read_text(), "run it"
    tasks = target.read_text()
    assert re.search(r"check_mode: (true|.*item)", tasks), "run it in check mode"
    assert re.search(r"is not changed", tasks) or module.endswith("_info"), "run it again, and assert that it is quiet"
    assert re.search(r"api_calls\.requests == \d", tasks), "say what it costs"
    if not module.endswith(("_info", "_token", "_doctor", "_calls")):
        assert "diff: true" in tasks, "look at the diff"
        assert "setup_simulator_writes == []" in tasks, "verify that check mode makes no write"
    tests = [path.read_text() for folder in ("unit", "system") for path in (ROOT / "tests" / folder).rglob("*.py")]
    assert any(re.search(rf"\b{module}\b", text) for text in tests), "test it in tests/system"


def test_planning_does_not_call_the_planner() -> None:
    """A list that must be planned first is planned by whoever builds the resources, and not by one of them."""
    found = {
        path.relative_to(UTILS).as_posix()
        for provider in PROVIDERS
        for path in (UTILS / provider).rglob("*.py")
        if f"{PACKAGE}._engine.reconcile" in imported(path)
    }
    assert found == {"_ringcentral/expected.py"}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_api_knows_endpoints_and_not_what_the_user_wrote(provider: str) -> None:
    path = UTILS / provider / "api.py"
    assert {name for name in imported(path) if name.startswith(f"{PACKAGE}._engine.")} <= {
        f"{PACKAGE}._engine.listing",
        *(f"{PACKAGE}._engine.listing.{name}" for name in ("Listing", "whole")),
    }
    assert "expected_" not in code_of(path)


# Hooks that one resource overrides all the same, and why they are neither data nor part of another one.
ONE_USER = {
    "disturbed": "deleting voice apps in a circle changes others that are to be deleted as well",
    "keep_one": "goes with repeating a creation, which one provider makes necessary",
    "details": "a provider that cannot be read has nothing to show but its last words",
    "read_all": "what one provider lists by person cannot be found by its key alone",
    "read_to_prune": "what one provider reads item by item must be read as a whole where others are deleted",
    "known": "a list that holds back members does not make them unset",
}


def hooks() -> dict[str, list[str]]:
    """Return what may be overridden of `Resource`, each with the resources that do."""
    classes = {
        node.name: node
        for path in UTILS.rglob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef)
    }
    names = [name for name in _members(classes["Resource"]) if not name.startswith("_") or name == "__init__"]
    resources = [node for node in classes.values() if any(ast.unparse(base) == "Resource" for base in node.bases)]
    return {name: [node.name for node in resources if name in _members(node)] for name in names}


def _members(node: ast.ClassDef) -> list[str]:
    found = []
    for part in node.body:
        if isinstance(part, ast.FunctionDef):
            found.append(part.name)
        elif isinstance(part, (ast.Assign, ast.AnnAssign)):
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            found += [target.id for target in targets if isinstance(target, ast.Name)]
    return found


def test_the_life_of_a_run_names_every_hook() -> None:
    tree = ast.parse((UTILS / "_engine/reconcile.py").read_text())
    life = ast.get_docstring(tree) or ""
    assert [number for number in range(1, 13) if not re.search(rf"^ ?{number}\. \*", life, re.MULTILINE)] == []
    assert [name for name in hooks() if f"`{name}`" not in life] == []


def test_a_hook_has_two_users_or_a_reason() -> None:
    data = {part.target.id for part in ast.walk(ast.parse((UTILS / "_engine/resource.py").read_text()))
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)}  # fmt: skip
    assert {name for name, users in hooks().items() if len(users) < 2 and name not in data} == set(ONE_USER)
    assert [name for name, users in hooks().items() if not users] == []
