# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plants faults in a copy of the collection, one at a time, and reports those that no test notices.

First every test runs once, to learn which lines it executes. Then each fault is run against the tests that execute its
line: unit tests, then in-process system tests, the quick ones first, until one fails. A fault in a line that runs at
import is run against all tests that use its file. Results are kept, so that a stopped run continues.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import mutants
import mutate_session
from collection import CACHE, PLACE, ROOT, copy_collection
from place import end_leftovers

HOME = CACHE / "mutate"
STAGES = ("units", "system")
TESTS = {"units": "tests/unit", "system": "tests/system"}
# Seconds of the processor that a fault is given in each stage, and how much longer that may take on a busy machine.
BUDGET = {"units": 20.0, "system": 40.0}
# That a test takes long is judged here, and not by what is right for an idle machine.
PATIENT = ("-o", "faulthandler_timeout=0")
PATIENCE, GRACE = 20.0, 90.0
# So many examples of each property are enough to notice a fault, if it is ever noticed.
FEWER = {"units": {"FUZZ": "10"}, "system": {}}
# Random runs find by chance what a fair comparison must not depend on, and take longest.
LEFT_OUT = ("test_fuzz.py", "test_awx.py", "test_compose.py", "test_playbooks.py")
KILLED = ("killed by units", "killed by system tests", "killed by time")


class Suite:
    """The tests of both stages, and the lines that each executes."""

    def __init__(self, copy: Path) -> None:
        self.copy = copy
        self.lines: dict[str, dict[str, Any]] = {}

    def record(self, stage: str, again: bool) -> None:
        """Run all tests of a stage once, unless that is known already."""
        file = HOME / f"lines-{stage}.json"
        if again or not file.is_file():
            options = [
                "-p",
                "mutate_lines",
                *PATIENT,
                f"--basetemp={HOME}/tmp",
                *(f"--ignore-glob=*/{n}" for n in LEFT_OUT),
            ]
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, TESTS[stage]]
            environment = {**os.environ, **FEWER[stage], "LINES_FILE": str(file)}
            with (HOME / f"record-{stage}.log").open("wb") as log:
                subprocess.run(command, cwd=self.copy, env=environment, stdout=log, stderr=log, check=False)
        self.lines[stage] = json.loads(file.read_text())

    def fit_for(self, mutant: mutants.Mutant, stage: str) -> tuple[list[str], float]:
        """The tests that may notice the fault, the quickest first, and how long they have taken."""
        tests = self.lines[stage]
        found = [name for name, test in tests.items() if mutant.line in test["lines"].get(mutant.file, ())]
        if not found and _runs_at_import(mutant):
            found = [name for name, test in tests.items() if mutant.file in test["lines"]]
        chosen: list[str] = []
        total = 0.0
        for name in sorted(found, key=lambda each: tests[each]["seconds"]):
            if chosen and total + tests[name]["seconds"] > BUDGET[stage]:
                break
            chosen.append(name)
            total += tests[name]["seconds"]
        return chosen, total


def _runs_at_import(mutant: mutants.Mutant) -> bool:
    """Tell whether no function is around it; names of classes begin with a capital letter."""
    return all(part.lstrip("_")[:1].isupper() for part in mutant.scope.split(".") if part)


def _environment(copy: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(copy.parents[2]), str(Path(__file__).parent)])
    loopback = "127.0.0.1,localhost,::1"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "PYTEST", "FUZZ"))}
    quiet = {"LC_ALL": "C.UTF-8", "no_proxy": loopback, "NO_PROXY": loopback}
    return {**kept, **quiet, "PYTHONPATH": paths, "HOME": str(HOME / "home")}


class Campaign:
    """Plants faults, and keeps what becomes of them in a file."""

    def __init__(self, suite: Suite, draw: Sequence[mutants.Mutant], results: dict[str, Any], file: Path) -> None:
        self._suite, self._draw, self._results, self._file = suite, draw, results, file

    def stage(self, stage: str) -> None:
        """Run one stage: first what a session that is ready can run, then faults in what runs at import."""
        child = os.fork()
        if not child:
            arguments = ["-q", "-p", "no:cacheprovider", *PATIENT, f"--basetemp={HOME}/tmp", TESTS[stage]]
            arguments += [f"--ignore-glob=*/{name}" for name in LEFT_OUT]
            try:
                os.chdir(self._suite.copy)
                os.environ.update(FEWER[stage])
                _pytest(arguments, [mutate_session.Session(lambda session: self._quick(stage, session))])
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        if self._file.is_file():
            self._results.update(json.loads(self._file.read_text()))
        for number, mutant, result in self._left(stage):
            chosen, seconds = self._suite.fit_for(mutant, stage)
            file = self._suite.copy / mutant.file
            source = file.read_bytes()
            try:
                file.write_bytes(mutant.planted(source))
                _forget_bytecode(file)
                code = _run(self._suite.copy, stage, chosen, seconds * PATIENCE + GRACE) if chosen else 0
            finally:
                file.write_bytes(source)
                _forget_bytecode(file)
            self._note(stage, number, mutant, result, code, len(chosen))

    def _quick(self, stage: str, session: mutate_session.Session) -> None:
        for number, mutant, result in self._left(stage):
            chosen, seconds = self._suite.fit_for(mutant, stage)
            file = self._suite.copy / mutant.file
            source = file.read_bytes()
            swap = session.swap_for(file, source, mutant.planted(source)) if chosen else []
            if swap is None:
                continue
            code = session.run(swap, chosen, seconds * PATIENCE + GRACE) if chosen else 0
            self._note(stage, number, mutant, result, code, len(chosen))

    def _left(self, stage: str) -> Iterator[tuple[int, mutants.Mutant, dict[str, Any]]]:
        for number, mutant in enumerate(self._draw, 1):
            result = self._results[mutant.key]
            if result["outcome"] not in KILLED and stage not in result:
                yield number, mutant, result

    def _note(
        self, stage: str, number: int, mutant: mutants.Mutant, result: dict[str, Any], code: int | None, tests: int
    ) -> None:
        result[stage] = tests
        tried = sum(result.get(each, 0) for each in STAGES)
        result["outcome"] = f"survived {tried} tests" if tried else "no test executes it"
        if code != 0:
            result["outcome"] = KILLED[2] if code is None else KILLED[STAGES.index(stage)]
        self._file.write_text(json.dumps(self._results, indent=1))
        with (HOME / "progress.log").open("a") as log:
            log.write(f"{stage} {number}/{len(self._draw)} {result['outcome']}: {mutant.key}\n")


def _forget_bytecode(file: Path) -> None:
    """Two versions of the same size and second would be taken for one."""
    for old in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        old.unlink()


def _run(copy: Path, stage: str, tests: Sequence[str], seconds: float) -> int | None:
    """Run tests in a process that has everything loaded but the collection; None if it takes too long."""
    child = os.fork()
    if not child:
        code = 70
        try:
            os.setsid()
            os.environ.update(FEWER[stage])
            os.chdir(copy)
            log = os.open(HOME / "last.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(log, 1)
            os.dup2(log, 2)
            code = _pytest(["-x", "-q", "-p", "no:cacheprovider", f"--basetemp={HOME}/tmp", *tests])
        finally:
            os._exit(code)
    ended = mutate_session.waited(child, seconds)
    end_leftovers(copy)
    return ended


def _pytest(arguments: list[str], plugins: Sequence[object] = ()) -> int:
    import pytest

    return int(pytest.main(arguments, [*plugins]))


def _load_all_else() -> None:
    """Import what the tests need besides the collection, once for all faults."""
    import ansible.module_utils.basic
    import holidays
    import hypothesis
    import jsonschema
    import phonenumbers
    import pytest
    import requests
    import yaml

    assert all((ansible, holidays, hypothesis, jsonschema, phonenumbers, pytest, requests, yaml))


def table(results: dict[str, Any]) -> list[str]:
    """The figures by area as Markdown."""
    areas = [*mutants.AREAS, "all"]
    counts: dict[str, Counter[str]] = {area: Counter() for area in areas}
    for result in results.values():
        said = result["outcome"] if result["outcome"] in KILLED else "survived"
        for area in (result["area"], "all"):
            counts[area].update([said])
    lines = ["| Area | Planted | Units | System tests | Time | Survived |", "|---|---|---|---|---|---|"]
    for area in areas:
        cells = [sum(counts[area].values()), *(counts[area][kind] for kind in (*KILLED, "survived"))]
        lines.append(f"| {area} | {' | '.join(map(str, cells))} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--number", type=int, default=400)
    parser.add_argument("--record", action="store_true", help="learn again which lines each test executes")
    parser.add_argument("--stage", choices=STAGES, action="append", help="unit tests or system tests alone")
    parser.add_argument("--survivors", action="store_true", help="only what survived before")
    options = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    (HOME / "home").mkdir(exist_ok=True)
    copy = copy_collection(HOME)
    assert copy == HOME / PLACE
    os.environ.update(_environment(copy))
    sys.path[:0] = [str(copy.parents[2])]

    file = HOME / f"results-{options.seed}-{options.number}.json"
    results: dict[str, Any] = json.loads(file.read_text()) if file.is_file() else {}
    if results:
        now = {mutant.key: mutant for mutant in mutants.all_mutants(ROOT)}
        print(f"{len(results.keys() - now.keys())} faults are gone because their code has changed")
        draw = [now[key] for key in results if key in now]
    else:
        draw = mutants.drawn(ROOT, options.number, options.seed)
        results = {mutant.key: {"area": mutant.area, "outcome": ""} for mutant in draw}
    if options.survivors:
        for result in results.values():
            if result["outcome"] not in KILLED:
                for stage in STAGES:
                    result.pop(stage, None)
    suite = Suite(copy)
    _load_all_else()
    campaign = Campaign(suite, draw, results, file)
    # All unit tests come first: they are quick, and so a run that is stopped has looked at everything once.
    for stage in options.stage or STAGES:
        suite.record(stage, options.record)
        campaign.stage(stage)
    report = [
        *table(results),
        "",
        *(f"- {r['outcome']}: `{k}`" for k, r in results.items() if r["outcome"] not in KILLED),
    ]
    (HOME / "report.md").write_text("\n".join(report) + "\n")
    print("\n".join(report))


if __name__ == "__main__":
    main()
