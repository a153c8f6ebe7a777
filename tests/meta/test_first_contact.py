# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The README's first five commands lead to the plan that it shows. `nox -s first_contact` also installs everything."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import first_contact
import pytest
from conftest import ROOT
from first_contact import Way
from system_support import leaks

from simulator.harness import Simulator

PACKAGES = r"^(\w[\w-]*)=="


def picture() -> list[list[str]]:
    """The pieces of the plan that the README shows; a line of dots is between two pieces."""
    text = re.search(r"```text\n\$ [^\n]*\n\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert text
    return [piece.splitlines() for piece in re.split(r"\n  \.\.\.\n", text[1])]


def stand_in(folder: Path) -> None:
    """Make a virtual environment of the test's own packages: the README's first two commands install the same."""
    programs = folder / "venv/bin"
    programs.mkdir(parents=True)
    own = Path(sys.executable).parent
    for name in ("python", "ansible-galaxy", "ansible-playbook"):
        (programs / name).write_text(f"#!/bin/sh\nexec '{own}/python' '{own}/{name}' \"$@\"\n")
        (programs / name).chmod(0o755)
    (programs / "python").write_text(f"#!/bin/sh\nexec '{own}/python' \"$@\"\n")


def test_the_packages_are_those_that_are_tested() -> None:
    _venv, pip, *_rest = first_contact.commands()
    common = (ROOT / "tests/requirements/common.in").read_text()
    named = set(re.findall(PACKAGES, common, re.MULTILINE))
    assert set(pip.partition(" install ")[2].split()) == named | {"ansible-core"}


def test_the_guide_names_the_variables_of_the_simulator(running_simulator: Simulator) -> None:
    guide = (ROOT / "docs/docsite/rst/guide_simulator.rst").read_text()
    named = set(re.findall(r"``((?:SONETEL|RC|SMSPARTNER|FONEDYNAMICS)_\w+)``", guide))
    assert named == running_simulator.environment.keys()


@pytest.mark.parametrize("source", ["clone", "archive"])
def test_five_commands_lead_to_the_plan(source: str, tmp_path: Path) -> None:
    """With blanks and umlauts in each path; the archive for somebody without a home."""
    lines = first_contact.commands()
    assert len(lines) == 5
    start = tmp_path / "Süd west"
    start.mkdir()
    if source == "clone":
        home, way = tmp_path / "Jörg Öhman", Way(ROOT)
        stand_in(home / "telephony")
    else:
        # Nothing can be made below a file, also not by root.
        home, way = Path("/dev/null/home"), first_contact.archive(start)._replace(folder=tmp_path / "Büro/My offices")
        stand_in(tmp_path / "Büro/My offices")
    before = _files(ROOT)
    output = first_contact.follow(way, lines[2:], home, os.environ["PATH"])
    assert leaks(output) == []
    assert "warning" not in output.lower()
    found = first_contact.plan(output)
    place = 0
    for piece in picture():
        place = next(
            (at for at in range(place, len(found)) if found[at : at + len(piece)] == piece),
            len(found),
        ) + len(piece)
        assert place <= len(found), piece
    assert _files(ROOT) == before


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.iterdir() if not path.name.startswith(".")}
