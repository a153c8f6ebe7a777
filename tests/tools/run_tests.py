# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the project's tests, all or some, two steps at a time, and close with one report.

A step is named by its name (sanity-2.19) or by its group (sanity). The last line reads "N passed, N failed, N skipped".
"""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import interpreters
import project
import secrets_scan
import steps_ansible_test
import steps_artefact
import steps_lint
import steps_molecule
import workplace
from matrix import CORES, PREVIEW, Core, Version
from steps_pytest import lowest_python, lowest_step, name, playbooks_step, pytest_step
from workplace import Counts, StepFailed, Workplace

LOG_LINES_SHOWN = 400


class Step(NamedTuple):
    """One thing to test. home: the steps that share it run after each other, in one home folder that is kept.

    may_fail: its failure is reported, but is not one of the run.
    """

    name: str
    group: str
    run: Callable[[Workplace], str]
    home: str
    may_fail: bool = False


class Result(NamedTuple):
    """How a step went. covered: what it looked at, or, when it failed, what is wrong."""

    step: Step
    passed: bool
    covered: str
    counts: Counts | None
    seconds: float
    installing_seconds: float

    @property
    def counts_as_failed(self) -> bool:
        return not (self.passed or self.step.may_fail)


class Plan(NamedTuple):
    """Chains of steps, each chain in turn, two chains at a time."""

    chains: list[list[Step]]
    skipped: list[str]

    def steps(self) -> list[Step]:
        """All the steps, in the order of the report."""
        return [step for chain in self.chains for step in chain]


def make_plan(pythons: dict[Version, Path], default: Version) -> Plan:
    """The whole of the tests for the interpreters that this machine has."""
    source = [
        ("ruff", "lint", steps_lint.ruff),
        ("mypy", "lint", steps_lint.mypy),
        ("reuse", "lint", steps_lint.reuse),
        ("yamllint", "lint", steps_lint.yamllint),
        ("ansible-lint", "lint", steps_lint.ansible_lint),
        ("docs-lint", "lint", steps_lint.docs_lint),
        ("changelog", "lint", steps_lint.changelog_check),
        ("docs-build", "docs", steps_lint.docs_build),
        ("build", "artefact", steps_artefact.build),
        ("importer", "artefact", steps_artefact.importer),
        ("execution-environment", "artefact", steps_artefact.execution_environment),
        ("tools", "tools", pytest_step("tests/tools")),
    ]
    running = [
        # Halves, because the whole takes longer than any other chain.
        ("system-a-o", "system", pytest_step("tests/system", "test_[a-o]*.py")),
        ("system-p-z", "system", pytest_step("tests/system", "test_[!a-o]*.py")),
        ("meta", "meta", pytest_step("tests/meta")),
        ("molecule", "molecule", steps_molecule.molecule),
        ("simulator", "simulator", pytest_step("tests/simulator")),
    ]
    reading = [Step(title, group, run, title) for title, group, run in source]
    lowest = lowest_python(pythons)
    alone = [[Step(title, group, run, title)] for title, group, run in running]
    alone.append([Step("units-lowest", "units", lowest_step(lowest), "units-lowest")])
    known = (*CORES, PREVIEW)
    usable = {core: [version for version in core.pythons if version in pythons] for core in known}
    cores = [core for core in CORES if usable[core]]
    skipped = [f"ansible-core {core.name}: needs Python {_either(core.pythons)}" for core in known if not usable[core]]
    skipped += [
        f"Python {name(version)}: not found" for version in interpreters.wanted_versions() if version not in pythons
    ]
    ends = {cores[0], cores[-1]}
    # On the default core, the meta and system tests run playbooks.
    chains = [_core_chain(core, usable[core], default, whole=core in ends) for core in cores]
    # What takes longest begins first, so that both workers end at about the same time.
    chains.sort(key=len, reverse=True)
    preview = [_preview_chain(usable[PREVIEW][0])] if usable[PREVIEW] else []
    return Plan([reading, *chains[:2], *alone, *chains[2:], *preview], skipped)


def _preview_chain(version: Version) -> list[Step]:
    """Units and playbooks on the ansible-core that is not released yet."""
    home = f"core-{PREVIEW.name}"
    on = f"{PREVIEW.name}-py{name(version)}"
    return [
        Step(
            f"units-{on}", "preview", steps_ansible_test.units_step(PREVIEW, version, whole=False), home, may_fail=True
        ),
        Step(f"playbooks-{on}", "preview", playbooks_step(PREVIEW, version), home, may_fail=True),
    ]


def _core_chain(core: Core, usable: list[Version], default: Version, *, whole: bool) -> list[Step]:
    """Units on one Python; all of them, integration and sanity where the *whole* is wanted.

    The oldest core has its oldest Python, the newest its newest, and the others what is left: each has its turn.
    """
    home = f"core-{core.name}"
    between = default if default in usable else usable[0]
    on = usable[0] if core is CORES[0] else usable[-1] if core is CORES[-1] else between
    units = steps_ansible_test.units_step(core, on, whole=whole)
    chain = [Step(f"units-{core.name}-py{name(on)}", "units", units, home)]
    # The simulator wants a newer Python than the modules do.
    capable = [version for version in usable if version >= project.LOWEST_PYTHON]
    version = default if default in capable else capable[-1] if capable else None
    if whole and version:
        run = steps_ansible_test.integration_step(core, version)
        chain.append(Step(f"integration-{core.name}", "integration", run, home))
    if whole:
        run = steps_ansible_test.sanity_step(core, version or usable[-1])
        chain.append(Step(f"sanity-{core.name}", "sanity", run, home))
    return chain


def _either(versions: Sequence[Version]) -> str:
    return " or ".join(name(version) for version in versions)


def choose(plan: Plan, wanted: Iterable[str]) -> Plan:
    """The plan with only the steps that are wanted by name or group; raises ToolError for a word that is neither."""
    words = set(wanted)
    known = {word for step in plan.steps() for word in (step.name, step.group)}
    if unknown := sorted(words - known):
        raise project.ToolError(f"there is no step {unknown[0]}; there are: {', '.join(sorted(known))}")
    chains = [[step for step in chain if not words or words & {step.name, step.group}] for chain in plan.chains]
    return Plan([chain for chain in chains if chain], plan.skipped)


class Runner:
    """Runs steps and tells of each as it ends."""

    def __init__(self, pythons: dict[Version, Path], links: Path) -> None:
        """pythons: the interpreters to use; links: the folder with a link to each."""
        self._pythons = pythons
        self._links = links
        self._telling = threading.Lock()

    def run(self, step: Step) -> Result:
        """Run one step; whatever it raises is its failure."""
        started = time.monotonic()
        place = Workplace(step.name, step.home, self._pythons, self._links)
        with project.locked(f"home-{step.home}"):
            try:
                place.prepare()
                covered, passed = step.run(place), True
            except (StepFailed, project.ToolError) as error:
                covered, passed = str(error), False
            except Exception as error:  # a defect of the step must not silence the others
                covered, passed = f"the step itself broke: {error!r}", False
            if left := workplace.end_leftovers(place.folder):
                covered, passed = f"{len(left)} processes were left running; {covered}", False
        if not passed and place.counts and not place.counts.failed:
            place.count(Counts(failed=1))
        seconds = time.monotonic() - started - place.installing_seconds
        result = Result(step, passed, covered, place.counts, seconds, place.installing_seconds)
        with self._telling:
            _tell(result, place)
        return result

    def run_chain(self, chain: list[Step]) -> list[Result]:
        """Run steps one after the other."""
        return [self.run(step) for step in chain]


def _tell(result: Result, place: Workplace) -> None:
    """Print one step's outcome; of a failed one also its log."""
    mark = "ok    " if result.passed else "FAILED"
    installing = f" (+ {result.installing_seconds:.0f} s installing)" if result.installing_seconds >= 1 else ""
    if not result.passed and place.log.is_file():
        lines = place.log.read_text(errors="replace").splitlines()
        print(f"---- {place.log.relative_to(project.ROOT)}, the last {min(len(lines), LOG_LINES_SHOWN)} lines")
        print("\n".join(lines[-LOG_LINES_SHOWN:]))
        print("----")
    print(f"{mark} {result.step.name}  {result.seconds:.1f} s{installing}  {result.covered}", flush=True)
    for line in place.closing_lines:
        print(line, flush=True)


def report(results: Sequence[Result], skipped: Sequence[str], pythons: dict[Version, Path], seconds: float) -> bool:
    """Print the closing report, and return whether everything passed."""
    width = max(len(result.step.name) for result in results)
    print(f"\n{'step':<{width}}  result   passed  failed  skipped  seconds  what was covered")
    total = Counts()
    for result in results:
        # A step whose tool does not count is one check.
        counts = result.counts or Counts(passed=int(result.passed), failed=int(not result.passed))
        total += counts if not result.step.may_fail else counts._replace(failed=0)
        first_line = result.covered.splitlines()[0] if result.covered else ""
        print(
            f"{result.step.name:<{width}}  {'ok' if result.passed else 'FAILED':<6}  {counts.passed:>7}"
            f"  {counts.failed:>6}  {counts.skipped:>7}  {result.seconds:>7.1f}  {first_line}"
        )
    print(f"\nPythons used: {', '.join(name(version) for version in sorted(pythons))}")
    for reason in skipped:
        print(f"Skipped: {reason}")
    allowed = [result.step.name for result in results if not result.passed and result.step.may_fail]
    if allowed:
        print(
            f"Failed, and not counted because ansible-core {PREVIEW.name} is not released yet: {', '.join(allowed)}. "
            "Each one's log is in .cache/logs/."
        )
    failed = [result.step.name for result in results if result.counts_as_failed]
    if failed:
        print(f"Failed steps: {', '.join(failed)}. Each one's log is in .cache/logs/.")
    installing = sum(result.installing_seconds for result in results)
    print(f"{len(results)} steps in {seconds:.0f} s; installing took {installing:.0f} s of two workers' time.")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped", flush=True)
    return not failed


def _stop(number: int, frame: object) -> None:
    """End at once, and with everything that runs: the workers wait for programs that get no signal of their own."""
    workplace.stop_everything()
    os._exit(128 + number)


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", default="", help="names or groups, separated by commas; `list` lists them")
    words = [word for word in parser.parse_args().steps.split(",") if word]
    project.keep_bytecode()
    default = (sys.version_info.major, sys.version_info.minor)
    pythons = interpreters.discover()
    if default not in pythons:
        raise project.ToolError(f"no supported ansible-core runs on Python {name(default)}")
    plan = make_plan(pythons, default)
    if words == ["list"]:
        for step in plan.steps():
            print(f"{step.group:<12} {step.name}")
        return 0
    plan = choose(plan, words)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    runner = Runner(pythons, interpreters.link_folder(pythons, default))
    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        results = [result for chain in pool.map(runner.run_chain, plan.chains) for result in chain]
    # A test that fails shows everything that it knows, also where it may fail.
    names = [result.step.name for result in results if result.passed or not result.step.may_fail]
    results.append(runner.run(Step("secrets", "secrets", lambda place: secrets_scan.scan(place, names), "secrets")))
    return 0 if report(results, plan.skipped, pythons, time.monotonic() - started) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except project.ToolError as problem:
        sys.exit(f"make test: {problem}")
