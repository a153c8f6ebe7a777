# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps that build what users install, and look at it as the places do that will receive it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import environments
from workplace import StepFailed, Workplace

_NAME = "office.telephony"


def build(place: Workplace) -> str:
    """Build, install offline, verify against the artefact's own manifest, and list what ansible-doc finds in it."""
    python = place.venv("test", "test")
    artefact = environments.build_collection(python)
    installed = place.folder / "installed"
    galaxy: list[str | Path] = [python, python.parent / "ansible-galaxy", "collection"]
    place.run(python, [*galaxy, "install", "--offline", "--collections-path", installed, artefact])
    said = place.run(python, [*galaxy, "verify", "--offline", "--collections-path", installed, _NAME])
    if "Successfully verified" not in said:
        raise StepFailed("the installed collection was not verified")
    env = {"ANSIBLE_COLLECTIONS_PATH": str(installed)}
    listed = place.run(python, [python, python.parent / "ansible-doc", "--list", "--type", "module", _NAME], env=env)
    modules = len(re.findall(rf"^{re.escape(_NAME)}\.\w+", listed, re.MULTILINE))
    expected = len(
        [file for file in (place.checkout / "plugins" / "modules").glob("*.py") if file.name != "__init__.py"]
    )
    if modules != expected or not modules:
        raise StepFailed(f"ansible-doc finds {modules} modules in the installed collection, not {expected}")
    return f"{artefact.name}, {artefact.stat().st_size // 1024} KiB, {modules} modules"


def importer(place: Workplace) -> str:
    """What Galaxy's importer says of the artefact; warnings count as failures."""
    artefact = environments.build_collection(place.venv("test", "test"))
    python = place.venv("lint", "lint")
    said = place.run(
        python,
        [python, "-m", "galaxy_importer.main", artefact],
        env={"GALAXY_IMPORTER_CONFIG": str(_importer_config(place))},
        refuse=r"^(?:WARNING|ERROR|CRITICAL)\b.*$",
    )
    if "Importer processing completed successfully" not in said:
        raise StepFailed("the importer did not come to its end")
    return artefact.name


def execution_environment(place: Workplace) -> str:
    """Whether the kit for AWX gives an execution environment with the libraries that the collection needs.

    Of what a container engine would do, installing the collection from within the build context is done here as well.
    """
    test_python = place.venv("test", "test")
    artefact = environments.build_collection(test_python)
    python = place.venv("lint", "lint")
    builder = python.parent / "ansible-builder"
    kit = place.folder / "kit"
    kit.mkdir()
    definition = shutil.copy(place.checkout / "extensions" / "awx" / "execution-environment.yml", kit)
    shutil.copy(artefact, kit / "office-telephony.tar.gz")
    context = place.folder / "context"
    place.run(python, [python, builder, "create", "--file", definition, "--context", context], cwd=kit)
    # Which of the two names it chooses depends on the container engine that it finds, if any.
    if not (context / "Containerfile").is_file() and not (context / "Dockerfile").is_file():
        raise StepFailed("ansible-builder wrote no Containerfile")
    installed = place.folder / "installed"
    install: list[str | Path] = [test_python, test_python.parent / "ansible-galaxy", "collection", "install"]
    options: list[str | Path] = ["--offline", "-r", "requirements.yml", "-p", installed]
    place.run(test_python, [*install, *options], cwd=context / "_build")
    said = place.run(python, [python, builder, "introspect", "--sanitize", installed])
    for library in ("requests", "phonenumbers"):
        if library not in said:
            raise StepFailed(f"ansible-builder does not find the requirement {library}")
    return "ansible-builder create and introspect, from extensions/awx"


def _importer_config(place: Workplace) -> Path:
    """Galaxy's own settings, without the parts that want a container engine or the network."""
    config = place.tmp / "importer.cfg"
    config.write_text(
        "[galaxy-importer]\nRUN_ANSIBLE_TEST = False\nCHECK_REQUIRED_TAGS = True\nCHECK_CHANGELOG = True\n"
    )
    return config
