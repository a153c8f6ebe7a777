# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps that run pytest itself, outside ansible-test."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from matrix import CORES, Core, Version
from project import CACHE
from workplace import StepFailed, Workplace


def pytest_step(folder: str, names: str = "test_*.py") -> Callable[[Workplace], str]:
    """A step that runs the tests in those files of a folder whose *names* match."""

    def step(place: Workplace) -> str:
        run_pytest(place, place.venv("test", "test"), folder, names)
        return f"{folder}/{names}"

    return step


def playbooks_step(core: Core, version: Version) -> Callable[[Workplace], str]:
    """A step that runs playbooks with every module under an ansible-core that is not the default one."""

    def step(place: Workplace) -> str:
        python = place.venv(f"core-{core.name}-py{name(version)}", f"core-{core.name}", version)
        # Since 2.22, ansible-playbook has a socket in the temporary folder, whose path may have 107 characters.
        with tempfile.TemporaryDirectory(prefix="office-") as short:
            run_pytest(place, python, "tests/system", "test_playbooks.py", {"TMPDIR": short})
        return f"tests/system/test_playbooks.py, ansible-core {core.name}, Python {name(version)}"

    return step


def lowest_step(version: Version) -> Callable[[Workplace], str]:
    """A step that runs the unit tests with the lowest libraries that the collection says it works with."""

    def step(place: Workplace) -> str:
        python = place.venv(f"lowest-{name(version)}", "lowest", version)
        run_pytest(place, python, "tests/unit", "test_*.py")
        return f"tests/unit with the lower bounds, Python {name(version)}"

    return step


def lowest_python(pythons: dict[Version, Path]) -> Version:
    """The Python for the lower bounds: the oldest found, preferably one that the oldest ansible-core supports."""
    return min(pythons, key=lambda version: (version not in CORES[0].pythons, version))


def name(version: Version) -> str:
    """3.11 for (3, 11)."""
    return ".".join(map(str, version))


def run_pytest(place: Workplace, python: Path, folder: str, names: str, more: Mapping[str, str] | None = None) -> None:
    """Run pytest on files of the copy and count; what passing tests print is kept too, for the step `secrets`."""
    files = sorted((place.checkout / folder).rglob(names))
    if not files:
        raise StepFailed(f"nothing to check: there is no {folder}/{names}")
    report = place.log.with_suffix(".xml")
    report.unlink(missing_ok=True)
    options: list[str | Path] = [
        f"--junit-xml={report}",
        "--override-ini=junit_logging=all",
        "--basetemp",
        place.tmp / "pytest",
    ]
    env = {
        "PYTHONPATH": str(place.collections_path),
        "ANSIBLE_COLLECTIONS_PATH": str(place.collections_path),
        # Beside the copy, in which the tests shall find the project's files only.
        "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode"),
        **(more or {}),
    }
    try:
        place.run(python, [python, "-m", "pytest", "-p", "no:cacheprovider", *options, *files], env=env)
    finally:
        if report.is_file():
            place.count_junit([report])
