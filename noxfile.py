# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What developers run, one session each. `make test` runs the sessions with the tag `test`, two at a time.

Each test session works in a copy of the tracked and the new files, with a home of its own (tests/tools/place.py).
Words after `--` are passed on: `nox -s system -- -k rerouting`, `nox -s core-2.16 -- sanity`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import nox
from nox.command import CommandFailed

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests/tools"))

import closing_report  # noqa: E402  (in tests/tools)
import docs_site  # noqa: E402
import packages  # noqa: E402
from collection import CACHE, copy_collection  # noqa: E402
from pip_for_ansible_test import provide_pip  # noqa: E402
from place import Place, digest  # noqa: E402

REQUIREMENTS = ROOT / "tests/requirements"
LOWEST_PYTHON = "3.11"  # of the tools and the simulator; the modules run on 3.10 as well


class Core(NamedTuple):
    """A supported ansible-core: the Pythons that upstream tests it on, and the pip that its ansible-test asks for."""

    name: str
    pythons: tuple[str, ...]
    pip: str


# The patch level of each is pinned in tests/requirements/core-NAME.in.
CORES = (
    Core("2.16", ("3.10", "3.11", "3.12"), "23.1.2"),
    Core("2.17", ("3.10", "3.11", "3.12"), "23.1.2"),
    Core("2.18", ("3.11", "3.12", "3.13"), "24.2"),
    Core("2.19", ("3.11", "3.12", "3.13"), "24.2"),
    Core("2.20", ("3.12", "3.13", "3.14"), "25.2"),
    Core("2.21", ("3.12", "3.13", "3.14"), "25.2"),
    Core("2.22", ("3.13", "3.14"), "25.2"),
)
OLDEST, NEWEST, PREVIEW = CORES[0], CORES[-2], CORES[-1]

nox.options.default_venv_backend = "virtualenv"
nox.options.envdir = str(CACHE / "nox")
nox.options.reuse_venv = "yes"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
nox.options.tags = ["check"]

# pyenv's shims exist for every version and run only the active ones; its real interpreters come last.
_PYENV = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
os.environ["PATH"] = os.pathsep.join(
    [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(folder).name != "shims"]
    + [str(folder) for folder in sorted(_PYENV.glob("versions/*/bin"))]
)


def install(session: nox.Session, name: str) -> None:
    """Install tests/requirements/NAME.txt, unless the session's environment already has exactly that."""
    file = REQUIREMENTS / f"{name}.txt"
    stamp = Path(session.virtualenv.location) / "made-from"
    wanted = digest([file], str(session.virtualenv.location))
    if not (stamp.is_file() and stamp.read_text() == wanted):
        packages.install(session, file)
        stamp.write_text(wanted)


def python_for(pythons: tuple[str, ...], lowest: str = LOWEST_PYTHON) -> str:
    """The first of the Pythons that is found, from *lowest* on; else the first, so that nox says what is missing."""
    fit = [version for version in pythons if _number(version) >= _number(lowest)]
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    if own in fit:
        return own
    return next((version for version in fit if shutil.which(f"python{version}")), fit[0])


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


# ---- what runs the project; what takes longest begins first, so that all workers end at about the same time


@nox.session(tags=["test"])
def system(session: nox.Session) -> None:
    """Modules and jobs against the simulator, mostly in this process. FUZZ=10000 plays longer random runs."""
    install(session, "test")
    # A long run has tests that take longer than a hanging one may.
    long = ("-o", "faulthandler_timeout=0") if "FUZZ" in os.environ else ()
    Place(session).pytest("tests/system", *long)


def core_session(core: Core) -> None:
    """Define the session of an ansible-core: everything on the oldest and the newest, a smoke on the others."""
    pythons = core.pythons[::-1] if core is NEWEST else core.pythons
    # The session `lowest` runs all unit tests with the oldest Python.
    checks = {OLDEST: [_units_of_core, _integration, _sanity], NEWEST: [_units, _integration, _sanity]}

    mine = checks.get(core, [_smoke])

    def run(session: nox.Session) -> None:
        install(session, f"core-{core.name}")
        place = Place(session)
        chosen = [check for check in mine if not session.posargs or check.__name__.lstrip("_") in session.posargs]
        if core is not PREVIEW:
            place.each(*chosen)
            return
        try:
            place.each(*chosen)
        except CommandFailed:
            place.forgive(f"ansible-core {core.name} is not released yet: its failures do not count")

    run.__doc__ = f"ansible-core {core.name}: {', '.join(check.__name__.lstrip('_') for check in mine)}."
    nox.session(name=f"core-{core.name}", python=python_for(pythons), tags=["test"])(run)


def _ansible_test(place: Place, command: str, *options: str) -> str:
    return place.run("ansible-test", command, "--local", "--color", "no", "--python", place.python, *options)


def _units(place: Place) -> None:
    place.pytest("tests/unit")


# The unit tests of what speaks to ansible-core; to the others, all cores are alike.
_OF_CORE = (
    "tests/unit/plugins/plugin_utils/",
    *(f"tests/unit/plugins/module_utils/test_{name}.py" for name in ("basics", "validation", "yaml_text")),
)


def _units_of_core(place: Place) -> None:
    """Under ansible-test, the unit tests of what speaks to ansible-core."""
    try:
        _ansible_test(place, "units", *_OF_CORE)
    finally:
        place.count_junit((place.checkout / "tests/output/junit").glob("*.xml"))


def _smoke(place: Place) -> None:
    """Playbooks with every module and every job, and their failures."""
    # Since 2.22, ansible-playbook has a socket in the temporary folder, whose path may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="office-") as short:
        place.pytest("tests/system/test_playbooks.py", "-k", "every or failures", env={"TMPDIR": short})


def _integration(place: Place) -> None:
    """The integration targets; each starts a simulator of its own."""
    # ansible-test runs targets elsewhere and passes no variables on; this is how they find the simulator.
    config = place.checkout / "tests/integration/integration_config.yml"
    config.write_text(f"simulator_source: {place.checkout}\nsimulator_python: {place.bin / 'python'}\n")
    said = _ansible_test(place, "integration", "--continue-on-error")
    ran = re.findall(r"^Running (\S+) integration test role", said, re.MULTILINE)
    if not ran:
        raise place.failed("no integration target ran")
    place.count(passed=len(ran))


def _sanity(place: Place) -> None:
    """Every sanity test; ignore files are refused.

    Those that take long, and find the same with each ansible-core, run with the newest.
    """
    if ignored := sorted((place.checkout / "tests/sanity").glob("ignore*")):
        raise place.failed(f"sanity tests are not to be ignored: {ignored[0].name}")
    (core,) = (core for core in CORES if place.name == f"core-{core.name}")
    provide_pip(place, core.pip)
    apart = ["import", "pylint", *(("changelog", "pep8", "runtime-metadata", "yamllint") if core is OLDEST else ())]
    said = _ansible_test(place, "sanity", *(word for name in apart for word in ("--skip-test", name)))
    if core is not OLDEST:
        # These load every file of module_utils, as tests/meta/test_layers.py shows, and an action loads its module.
        names = ["plugins/modules/", "plugins/plugin_utils/", "plugins/doc_fragments/"]
        files = sorted(place.checkout.glob("plugins/module_utils/_*/package.py"))
        names += [str(file.relative_to(place.checkout)) for file in files]
        said += _ansible_test(place, "sanity", "--test", "import", *names)
        # What only the project's own tests and tools import is ruff's.
        said += _ansible_test(place, "sanity", "--test", "pylint", "plugins/")
    skipped = set(re.findall(r"^WARNING: Skipping sanity test \S+|^WARNING: .*[Mm]issing.*$", said, re.MULTILINE))
    ran = set(re.findall(r"^Running sanity test ['\"]?([\w-]+)", said, re.MULTILINE))
    if len(ran) < 15:
        raise place.failed(f"only {len(ran)} sanity tests ran")
    place.count(passed=len(ran) - len(skipped), skipped=len(skipped))


for supported in (NEWEST, OLDEST):
    core_session(supported)


@nox.session(tags=["test"])
def molecule(session: nox.Session) -> None:
    """Every role's scenario; each role must have one."""
    install(session, "molecule")
    place = Place(session)
    scenarios = {file.parent.name for file in (place.checkout / "extensions/molecule").glob("*/molecule.yml")}
    roles = {folder.name for folder in (place.checkout / "roles").iterdir()}
    if scenarios != roles:
        raise place.failed(f"roles without a scenario, or the other way round: {', '.join(sorted(scenarios ^ roles))}")
    # What a scenario that was cut off has left would count as prepared.
    shutil.rmtree(place.home / ".ansible", ignore_errors=True)
    env = {"ANSIBLE_COLLECTIONS_PATH": str(place.collections_path), "ANSIBLE_HOME": str(place.home / ".ansible")}
    said = place.run("molecule", "test", "--all", "--workers", "2", env=env)
    recap = r"^(\w+) +: actions=(\d+) +successful=\2 .*failed=0 *$"
    done = {found[1] for found in re.finditer(recap, said, re.MULTILINE)}
    place.count(passed=len(done), failed=len(scenarios - done))
    if scenarios - done:
        raise place.failed(f"not carried out as a whole: {', '.join(sorted(scenarios - done))}")


@nox.session(tags=["test"])
def meta(session: nox.Session) -> None:
    """What the collection promises: documentation, guides, generated parts, layers."""
    install(session, "test")
    Place(session).pytest("tests/meta")


@nox.session(tags=["test"])
def simulator(session: nox.Session) -> None:
    """The simulator and the tools of this file."""
    install(session, "test")
    Place(session).pytest("tests/simulator", "tests/tools")


@nox.session(tags=["test"], python=python_for(OLDEST.pythons, "3.10"))
def lowest(session: nox.Session) -> None:
    """The unit tests with the lowest libraries and the oldest Python that the collection promises."""
    install(session, "lowest")
    Place(session).pytest("tests/unit")


@nox.session(tags=["check"])
def check(session: nox.Session) -> None:
    """What every commit must pass besides lint: the unit tests, and one playbook on the simulator."""
    install(session, "test")
    place = Place(session)
    place.pytest("tests/unit")
    place.pytest("tests/system/test_playbooks.py", "-k", "test_check_apply_apply_with_sonetel")


# ---- what only reads the project


@nox.session(tags=["test", "check"])
def lint(session: nox.Session) -> None:
    """Form, types, licences, and Ansible's strictest profile."""
    install(session, "lint")
    Place(session).each(_ruff, _mypy, _reuse, _yamllint, _ansible_lint)


def _ruff(place: Place) -> None:
    place.run("ruff", "check", "--no-cache", "--output-format", "concise", ".", says="All checks passed")
    place.run("ruff", "format", "--no-cache", "--diff", ".", says=r"[1-9]\d* files already formatted")


def _mypy(place: Place) -> None:
    """What runs on a user's machine for the oldest Python promised, the rest for the tooling's own oldest."""
    # A script's neighbours are found because Python puts its folder first; mypy does not.
    scripts = ["tests/tools", "tests/bench", "examples/demo"]
    plugins = str(place.checkout.relative_to(place.collections_path) / "plugins")
    for cwd, version, bases, targets in (
        (place.collections_path, "3.10", ".", [plugins]),
        (place.checkout, LOWEST_PYTHON, ":".join([*scripts, "."]), ["noxfile.py", "simulator", *scripts]),
        (place.checkout, LOWEST_PYTHON, "tests/system:tests/tools:.", ["tests/system"]),
        (place.checkout, LOWEST_PYTHON, "tests/meta:tests/system:tests/tools:examples/demo:.", ["tests/meta"]),
    ):
        place.run(
            *("mypy", "--config-file", place.checkout / "pyproject.toml", "--cache-dir", CACHE / "mypy"),
            *("--python-version", version, *targets),
            cwd=cwd,
            env={"MYPYPATH": bases},
            says=r"no issues found in [1-9]\d* source",
        )


def _reuse(place: Place) -> None:
    place.run("reuse", "--root", place.checkout, "lint", says=r"Files with license information: [1-9]")


def _yamllint(place: Place) -> None:
    place.run("yamllint", "--list-files", ".", says=r"\.yml$")
    place.run("yamllint", "--strict", ".")


def _ansible_lint(place: Place) -> None:
    place.run(
        *("ansible-lint", "--offline", "--strict", "--profile", "production"),
        env={"ANSIBLE_COLLECTIONS_PATH": str(place.collections_path)},
        says=r"Passed: 0 failure\(s\), 0 warning\(s\)[^\n]* [1-9]\d* files processed",
        refuse=r"^.*\bskip(?:ped)? rules?\b.*$",
    )


@nox.session(tags=["test"])
def docs(session: nox.Session) -> None:
    """References in the documentation, the changelog, and the documentation site, which is left in .cache/docs."""
    install(session, "docs")
    checks = (_docs_lint, _changelog, _docs_site)
    Place(session).each(
        *(check for check in checks if not session.posargs or check.__name__.lstrip("_") in session.posargs)
    )


def _docs_lint(place: Place) -> None:
    place.run(
        *("antsibull-docs", "lint-collection-docs", "--plugin-docs", "--validate-collection-refs=all"),
        *("--disallow-unknown-collection-refs", "."),
    )


def _changelog(place: Place) -> None:
    """Whether the changelog is what its fragments give."""
    place.run("antsibull-changelog", "lint")
    files = [place.checkout / name for name in CHANGELOG]
    before = [file.read_bytes() for file in files]
    place.run(*release_command(place.checkout))
    if before != [file.read_bytes() for file in files]:
        raise place.failed("the changelog is not what its fragments and the plugins give; run: make changelog")


def _docs_site(place: Place) -> None:
    """The documentation site, every reference of which is checked while it is built."""
    site, html = place.folder / "site", CACHE / "docs"
    site.mkdir(mode=0o700)
    options = ("--use-current", "--squash-hierarchy", "--dest-dir")
    # In a clone below a folder ansible_collections, ansible-doc finds no role in a copy below the clone.
    with tempfile.TemporaryDirectory(prefix="office-") as outside:
        env = {"ANSIBLE_COLLECTIONS_PATH": outside}
        roles = copy_collection(Path(outside)) / "roles"
        place.run("antsibull-docs", "sphinx-init", *docs_site.NAMES, *options, site, "office.telephony", env=env)
        docs_site.prepare(site)
        place.run("antsibull-docs", "collection", *options, site / "rst", "office.telephony", env=env)
        docs_site.arrange(site / "rst", roles)
    sphinx = ("python", "-m", "sphinx", "-q", "-j", "2", "-b", "html", "-c", site, site / "rst", site / "html")
    # Labels of ansible's own cannot be resolved without the network; everything else is ours.
    foreign = r"undefined label: '(?:ansible_collections\.ansible\.|(?!ansible_collections\.)[a-z_]+)"
    place.run(*sphinx, refuse=rf"^(?!.*{foreign}).*(?:WARNING|ERROR|CRITICAL).*$")
    for kind in ("module", "role"):
        if not list((site / "html").glob(f"*_{kind}.html")):
            raise place.failed(f"the site has no page of a {kind}")
    shutil.rmtree(html, ignore_errors=True)
    shutil.move(site / "html", html)
    place.session.log(f"The site begins at {html / 'index.html'}")


@nox.session(tags=["test"])
def package(session: nox.Session) -> None:
    """What users install, looked at as the places do that receive it: Galaxy's importer, ansible-builder."""
    install(session, "package")
    place = Place(session)
    place.run("ansible-galaxy", "collection", "build", "--output-path", place.folder, place.checkout)
    place.each(_installed, _importer, _execution_environment)


def _artefact(place: Place) -> Path:
    (artefact,) = place.folder.glob("*.tar.gz")
    return artefact


def _installed(place: Place) -> None:
    """Install offline, verify against the artefact's own manifest, and list what ansible-doc finds in it."""
    installed = place.folder / "installed"
    galaxy = ("ansible-galaxy", "collection")
    place.run(*galaxy, "install", "--offline", "--collections-path", installed, _artefact(place))
    verify = (*galaxy, "verify", "--offline", "--collections-path", installed, "office.telephony")
    place.run(*verify, says="Successfully verified")
    env = {"ANSIBLE_COLLECTIONS_PATH": str(installed)}
    listed = place.run("ansible-doc", "--list", "--type", "module", "office.telephony", env=env)
    found = set(re.findall(r"^office\.telephony\.(\w+)", listed, re.MULTILINE))
    modules = {file.stem for file in (place.checkout / "plugins/modules").glob("*.py")} - {"__init__"}
    if found != modules:
        raise place.failed(f"ansible-doc does not list the modules that are there: {sorted(found ^ modules)}")
    place.note(f"{_artefact(place).name}, {_artefact(place).stat().st_size // 1024} KiB, {len(modules)} modules")


def _importer(place: Place) -> None:
    """What Galaxy's importer finds in the artefact; warnings count as failures."""
    config = place.tmp / "importer.cfg"
    # What wants a container engine is left out; ansible-lint has a stricter profile in the session `lint`.
    checks = "RUN_ANSIBLE_TEST = False\nRUN_ANSIBLE_LINT = False\nCHECK_REQUIRED_TAGS = True\nCHECK_CHANGELOG = True\n"
    config.write_text(f"[galaxy-importer]\n{checks}")
    place.run(
        *("python", "-m", "galaxy_importer.main", _artefact(place)),
        env={"GALAXY_IMPORTER_CONFIG": str(config)},
        says="Importer processing completed successfully",
        refuse=r"^(?:WARNING|ERROR|CRITICAL)\b.*$",
    )


def _execution_environment(place: Place) -> None:
    """Whether the kit for AWX gives an execution environment with the libraries that the collection needs.

    Of what a container engine would do, installing the collection from within the build context is done here as well.
    """
    kit, context, inside = place.folder / "kit", place.folder / "context", place.folder / "inside"
    kit.mkdir()
    definition = shutil.copy(place.checkout / "extensions/awx/execution-environment.yml", kit)
    shutil.copy(_artefact(place), kit / "office-telephony.tar.gz")
    place.run("ansible-builder", "create", "--file", definition, "--context", context, cwd=kit)
    # Which of the two names it chooses depends on the container engine that it finds, if any.
    if not (context / "Containerfile").is_file() and not (context / "Dockerfile").is_file():
        raise place.failed("ansible-builder wrote no Containerfile")
    requirements = ("--offline", "-r", "requirements.yml", "-p", inside)
    place.run("ansible-galaxy", "collection", "install", *requirements, cwd=context / "_build")
    introspect = ("ansible-builder", "introspect", "--sanitize", inside)
    place.run(*introspect, says=r"(?s)(?=.*\brequests\b)(?=.*\bphonenumbers\b)(?=.*\bholidays\b)")


# ---- the quick ones, for when the last of the others are running


for supported in CORES:
    if supported not in (OLDEST, NEWEST):
        core_session(supported)


@nox.session(venv_backend="none")
def closing(session: nox.Session) -> None:
    """Search everything that was printed for secrets, and print the report with which `make test` ends."""
    if not closing_report.write():
        session.error("see above")


# ---- what writes


@nox.session
def demo(session: nox.Session) -> None:
    """A day of an IT person with the playbooks, on the simulator; shows what Ansible prints."""
    install(session, "demo")
    session.run("python", "examples/demo", *session.posargs)


@nox.session
def first_contact(session: nox.Session) -> None:
    """What the README's first commands show, with everything installed: on each Python, from a clone and an archive."""
    install(session, "demo")
    # In the temporary folder, because other users must reach it.
    with tempfile.TemporaryDirectory(prefix="first contact ") as folder:
        Path(folder).chmod(0o755)
        session.run("python", "tests/tools/first_contact.py", folder)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure against loops of plain tasks and a script without safety; `-- --base COMMIT` against an older commit."""
    install(session, "test")
    session.run("python", "tests/bench/run.py", *session.posargs)


@nox.session(python=python_for(("3.12", "3.13", "3.14"), "3.12"))
def mutate(session: nox.Session) -> None:
    """Plant 400 faults, one at a time, and list those that no test notices; `-- --survivors` tries them again."""
    install(session, "test")
    session.run("nice", "-n", "19", "python", "tests/tools/mutate.py", *session.posargs, external=True)


@nox.session
def generate(session: nox.Session) -> None:
    """Write the generated parts of the tree again."""
    install(session, "test")
    session.run("python", "tests/tools/generate.py", *session.posargs)


CHANGELOG = ("changelogs/changelog.yaml", "CHANGELOG.md", "CHANGELOG.rst")


@nox.session
def changelog(session: nox.Session) -> None:
    """Write the changelog from its fragments, for the version in galaxy.yml."""
    install(session, "docs")
    session.run(*release_command(ROOT))


def release_command(root: Path) -> list[str]:
    """The command that makes the release's entry, or makes it again, under its date, where it is already there."""
    (version,) = re.findall(r"^version: (\S+)$", (root / "galaxy.yml").read_text(), re.MULTILINE)
    history = root / CHANGELOG[0]
    entry = rf"^  {re.escape(version)}:\n(?:   .*\n)*?    release_date: '([\d-]+)'"
    again = re.search(entry, history.read_text(), re.MULTILINE) if history.is_file() else None
    options = ["--update-existing", "--refresh", "--date", again.group(1)] if again else []
    return ["antsibull-changelog", "release", "--version", version, "--reload-plugins", *options]


@nox.session
def pins(session: nox.Session) -> None:
    """Pin all packages: resolve tests/requirements/*.in into the *.txt beside them, for all Pythons that use them."""
    install(session, "pins")
    oldest = {"lowest": OLDEST.pythons[0]} | {f"core-{core.name}": core.pythons[0] for core in CORES}
    for source in sorted(REQUIREMENTS.glob("*.in")):
        if source.stem in ("common", "units", "pins", "nox"):
            continue
        options = ("--quiet", "--universal", "--no-header", "--annotation-style", "line", "--python-version")
        with session.chdir(REQUIREMENTS):
            version = oldest.get(source.stem, LOWEST_PYTHON)
            resolved = session.run("uv", "pip", "compile", *options, version, source.name, silent=True)
        licence = "".join(source.read_text().splitlines(keepends=True)[:3])
        note = f"#\n# Written by `make pins` from {source.name}.\n"
        source.with_suffix(".txt").write_text(f"{licence}{note}{resolved}")
