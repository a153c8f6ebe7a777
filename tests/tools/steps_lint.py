# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps that read the source, the documentation and the metadata, and run nothing of it."""

from __future__ import annotations

import re
from pathlib import Path

import changelog
from project import CACHE
from workplace import StepFailed, Workplace


def ruff(place: Workplace) -> str:
    """Lint and format check of every Python file."""
    tool = _tool(place, "ruff")
    python = tool.parent / "python"
    files = place.run(python, [tool, "check", "--show-files", "."]).count(".py\n")
    _something(files, "Python files")
    place.run(python, [tool, "check", "--no-cache", "--output-format", "concise", "."])
    place.run(python, [tool, "format", "--no-cache", "--diff", "."])
    return f"{files} files"


def mypy(place: Workplace) -> str:
    """Types: what runs on a user's machine for the oldest Python promised, the rest for the tooling's own oldest."""
    tool = _tool(place, "mypy")
    root = place.checkout
    collection = root.relative_to(place.collections_path)
    # The scripts find their neighbours because Python puts a script's own folder first; mypy has to be told.
    scripts = ["tests/tools", "tests/bench", "examples/demo"]
    told = 0
    for cwd, version, bases, folders in (
        (place.collections_path, "3.10", ".", [f"{collection}/plugins"]),
        (root, "3.11", ":".join([*scripts, "."]), ["simulator", *scripts]),
        (root, "3.11", "tests/system:tests/tools:.", ["tests/system"]),
        (root, "3.11", "tests/meta:tests/system:tests/tools:examples/demo:.", ["tests/meta"]),
    ):
        for folder in folders:
            _something(len(list((cwd / folder).rglob("*.py"))), f"Python files in {folder}")
        settings: list[str | Path] = [
            "--config-file",
            root / "pyproject.toml",
            "--cache-dir",
            CACHE / "mypy" / place.name,
        ]
        said = place.run(
            tool.parent / "python",
            [tool, *settings, "--python-version", version, *folders],
            cwd=cwd,
            env={"MYPYPATH": bases},
        )
        told += int(_covered(said, r"no issues found in (\d+) source", ""))
    return f"{told} files, strict: plugins for Python 3.10, the rest for 3.11"


def reuse(place: Workplace) -> str:
    """Licence and copyright of every file."""
    tool = _tool(place, "reuse")
    said = place.run(tool.parent / "python", [tool, "--root", place.checkout, "lint"])
    return _covered(said, r"Files with license information: (\d+ / \d+)", "files")


def yamllint(place: Workplace) -> str:
    """Form of every YAML file."""
    tool = _tool(place, "yamllint")
    files = place.run(tool.parent / "python", [tool, "--list-files", "."]).count(".yml\n")
    _something(files, "YAML files")
    place.run(tool.parent / "python", [tool, "--strict", "."])
    return f"{files} files"


def ansible_lint(place: Workplace) -> str:
    """Playbooks, roles, examples and metadata, with the strictest profile."""
    tool = _tool(place, "ansible-lint")
    env = {"ANSIBLE_COLLECTIONS_PATH": str(place.collections_path)}
    command: list[str | Path] = [tool, "--offline", "--strict", "--profile", "production"]
    said = place.run(tool.parent / "python", command, env=env, refuse=r"^.*\bskip(?:ped)? rules?\b.*$")
    return _covered(
        said, r"Passed: 0 failure\(s\), 0 warning\(s\)[^\n]* (\d+) files processed", "files, profile production"
    )


def docs_lint(place: Workplace) -> str:
    """Documentation of plugins and roles, extra pages, and every reference in them."""
    _something(len(list((place.checkout / "plugins" / "modules").glob("*.py"))), "modules")
    tool = _tool(place, "antsibull-docs")
    options = ["--plugin-docs", "--validate-collection-refs=all", "--disallow-unknown-collection-refs"]
    place.run(tool.parent / "python", [tool, "lint-collection-docs", *options, "."])
    return "plugins, roles, docs/docsite"


def changelog_check(place: Workplace) -> str:
    """Form of the changelog and its fragments, and whether the one is what the others give."""
    tool = _tool(place, "antsibull-changelog")
    fragments = list((place.checkout / "changelogs" / "fragments").glob("*.y*ml"))
    _something(len(fragments), "changelog fragments")
    place.run(tool.parent / "python", [tool, "lint"])
    files = [place.checkout / name for name in changelog.WRITTEN]
    if missing := [file.name for file in files if not file.is_file()]:
        raise StepFailed(f"there is no {missing[0]}; run: make changelog")
    before = [file.read_bytes() for file in files]
    place.run(tool.parent / "python", changelog.release_command(tool.parent, place.checkout))
    if before != [file.read_bytes() for file in files]:
        raise StepFailed("the changelog is not what its fragments and the plugins give; run: make changelog")
    return f"{len(fragments)} fragments"


def docs_build(place: Workplace) -> str:
    """The documentation site, as a reader would get it."""
    tool = _tool(place, "antsibull-docs")
    python = tool.parent / "python"
    env = {"ANSIBLE_COLLECTIONS_PATH": str(place.collections_path)}
    site = place.folder / "site"
    site.mkdir(mode=0o700)
    _something(len(list((place.checkout / "plugins" / "modules").glob("*.py"))), "modules")
    place.run(
        python,
        [tool, "sphinx-init", "--use-current", "--squash-hierarchy", "--dest-dir", site, "office.telephony"],
        env=env,
    )
    settings = site / "conf.py"
    # References to ansible's and Python's own documentation would be looked up over the network.
    settings.write_text(settings.read_text() + "\nintersphinx_mapping = {}\n")
    place.run(
        python,
        [tool, "collection", "--use-current", "--squash-hierarchy", "--dest-dir", site / "rst", "office.telephony"],
        env=env,
    )
    said = place.run(
        python,
        [python, "-m", "sphinx", "-q", "-j", "2", "-b", "html", "-c", site, site / "rst", site / "html"],
        env=env,
    )
    own = [
        line for line in said.splitlines() if re.search("WARNING|ERROR|CRITICAL", line) and not _UNRESOLVED.search(line)
    ]
    if own:
        raise StepFailed(f"sphinx has {len(own)} complaints, the first: {own[0]}")
    pages = len(list((site / "html").rglob("*.html")))
    _something(pages, "pages")
    return f"{pages} pages"


# Labels of ansible-core's own documentation, which is not part of the build.
_UNRESOLVED = re.compile(r"undefined label: '(?:ansible_collections\.ansible\.|(?!ansible_collections\.)[a-z_]+)")


def _tool(place: Workplace, name: str) -> Path:
    return place.venv("lint", "lint").parent / name


def _something(number: int, what: str) -> None:
    """Refuse to pass when there was nothing to check."""
    if not number:
        raise StepFailed(f"nothing to check: no {what}")


def _covered(said: str, pattern: str, unit: str) -> str:
    """What the tool's closing line says that it has read."""
    found = re.search(pattern, said)
    if not found or found.group(1).startswith("0"):
        raise StepFailed("the tool does not say what it has checked")
    return f"{found.group(1)} {unit}"
