# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps that run ansible-test under one ansible-core and one Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import environments
from matrix import Core, Version
from steps_pytest import name
from workplace import Counts, StepFailed, Workplace

Run = Callable[[Workplace], str]

# Takes the place of the script that ansible-test would download. It gets that script's arguments: the packages to
# install, pip itself among them, and two options that pip does not know.
_GET_PIP = '''"""Run pip out of its wheel; for networks from which only the package registry can be reached."""

import runpy
import sys

sys.path.insert(0, {wheel!r})
sys.argv[:] = ["pip", "install"] + [word for word in sys.argv[1:] if word not in ("--no-setuptools", "--no-wheel")]
runpy.run_module("pip", run_name="__main__")
'''


# The unit tests of what speaks to ansible-core; to the others, all cores are alike.
_OF_CORE = (
    "tests/unit/plugins/plugin_utils/",
    "tests/unit/plugins/module_utils/test_basics.py",
    "tests/unit/plugins/module_utils/test_validation.py",
    "tests/unit/plugins/module_utils/test_yaml_text.py",
)


def units_step(core: Core, version: Version, *, whole: bool = True) -> Run:
    """A step that runs the unit tests, without *whole* only those of what speaks to ansible-core."""
    targets = () if whole else _OF_CORE

    def step(place: Workplace) -> str:
        python = _venv(place, core, version)
        if not (place.checkout / "tests" / "unit" / "plugins").is_dir():
            raise StepFailed("nothing to check: there is no tests/unit/plugins")
        try:
            _ansible_test(place, python, "units", "--python", name(version), *targets)
        finally:
            place.count_junit((place.checkout / "tests" / "output" / "junit").glob("*.xml"))
        return _covered(core, version)

    return step


def sanity_step(core: Core, version: Version) -> Run:
    """A step that runs every sanity test; ignore files are refused."""

    def step(place: Workplace) -> str:
        python = _venv(place, core, version)
        _provide_pip(place, python, core.pip)
        if ignored := sorted((place.checkout / "tests" / "sanity").glob("ignore*")):
            raise StepFailed(f"sanity tests are not to be ignored: {ignored[0].name}")
        if not list((place.checkout / "plugins" / "modules").glob("*.py")):
            raise StepFailed("nothing to check: there are no modules")
        # What the other Pythons read and import, they do in the unit tests as well.
        said = _ansible_test(place, python, "sanity", "--python", name(version))
        skipped = set(re.findall(r"^WARNING: Skipping sanity test \S+|^WARNING: .*[Mm]issing.*$", said, re.MULTILINE))
        ran = set(re.findall(r"^Running sanity test ['\"]?([\w-]+)", said, re.MULTILINE))
        if len(ran) < 15:
            raise StepFailed(f"only {len(ran)} sanity tests ran")
        place.count(Counts(passed=len(ran) - len(skipped), skipped=len(skipped)))
        return _covered(core, version)

    return step


def integration_step(core: Core, version: Version) -> Run:
    """A step that runs the integration targets; each starts a simulator of its own."""

    def step(place: Workplace) -> str:
        python = _venv(place, core, version)
        targets = place.checkout / "tests" / "integration" / "targets"
        if not list(targets.glob("*/aliases")):
            raise StepFailed("nothing to check: there is no integration target")
        # ansible-test runs targets elsewhere and passes no variables on; this is how they find the simulator.
        config = place.checkout / "tests" / "integration" / "integration_config.yml"
        config.write_text(f"simulator_source: {place.checkout}\nsimulator_python: {python}\n")
        said = _ansible_test(place, python, "integration", "--python", name(version), "--continue-on-error")
        ran = re.findall(r"^Running (\S+) integration test role", said, re.MULTILINE)
        if not ran:
            raise StepFailed("no integration target ran")
        place.count(Counts(passed=len(ran)))
        return _covered(core, version)

    return step


def _covered(core: Core, version: Version) -> str:
    return f"ansible-core {core.name}, Python {name(version)}"


def _venv(place: Workplace, core: Core, version: Version) -> Path:
    return place.venv(f"core-{core.name}-py{name(version)}", f"core-{core.name}", version)


def _ansible_test(place: Workplace, python: Path, command: str, *options: str) -> str:
    return place.run(python, [python, python.parent / "ansible-test", command, "--local", "--color", "no", *options])


def _provide_pip(place: Workplace, python: Path, version: str) -> None:
    """Put the pip bootstrap script where ansible-test looks before it downloads one from a host of its own."""
    cache = place.home / ".ansible" / "test" / "cache"
    script = cache / f"get_pip_{version.replace('.', '_')}.py"
    wheels = cache / "wheels"
    if script.is_file() and list(wheels.glob(f"pip-{version}-*.whl")):
        return
    wheels.mkdir(parents=True, exist_ok=True)
    installer = environments.ensure_installer()
    place.run(python, [installer, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels, f"pip=={version}"])
    (wheel,) = wheels.glob(f"pip-{version}-*.whl")
    script.write_text(_GET_PIP.format(wheel=str(wheel)))
