# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tooling's own promises: nothing passes on nothing, secrets are found in every disguise, no process is left."""

from __future__ import annotations

import base64
import json
import re
import signal
import subprocess
import sys
import urllib.parse
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import nox
import pytest
from nox.command import CommandFailed

sys.path.insert(0, str(Path(__file__).parent))

import closing_report
import collection
import docs_site
import mutants
import packages
import place as places
import secrets_scan

SECRET = "s3cret&plus+percent%"


class Session(nox.Session):
    """A session without nox's runner: it starts programs the way a session does, with this test's Python."""

    name = "step"
    bin = str(Path(sys.executable).parent)
    parallel = True
    python = "3.11"

    posargs: ClassVar[list[str]] = []

    def __init__(self) -> None:
        """Without a runner."""

    def run(self, *command: Any, **options: Any) -> Any:
        words = [sys.executable if command[0] == "python" else command[0], *command[1:]]
        return nox.command.run(words, env=options["env"], stdout=options["stdout"], external=True, paths=None)

    def warn(self, *words: Any, **options: Any) -> None:
        print(*words)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> places.Place:
    """A place in a cache of its own, which works in an empty folder."""
    monkeypatch.setattr(places, "CACHE", tmp_path)
    monkeypatch.setattr(places, "LOGS", tmp_path / "logs")
    monkeypatch.setattr(places, "REPORTS", tmp_path / "reports")
    made = places.Place(Session())
    made.checkout = made.folder
    return made


def counted(place: places.Place) -> dict[str, Any]:
    """What the closing report will read of the place."""
    found: dict[str, Any] = json.loads((places.REPORTS / f"{place.name}.json").read_text())
    return found


@pytest.mark.parametrize(
    "line",
    [
        f"password: {SECRET}",
        f"password={urllib.parse.quote(SECRET, safe='')}",
        *(base64.b64encode(f"{'u' * length}:{SECRET}:tail".encode()).decode() for length in (1, 2, 3)),
    ],
    ids=["plain", "in a URL", "base64 at 1", "base64 at 2", "base64 at 3"],
)
def test_a_planted_secret_is_found_in_every_disguise(tmp_path: Path, line: str) -> None:
    log = tmp_path / "step.log"
    log.write_text(f"first\n{line}\n")
    assert list(secrets_scan.search([SECRET], [log])) == [(log, 2)]


def test_output_without_a_secret_has_no_finding(tmp_path: Path) -> None:
    log = tmp_path / "step.log"
    log.write_text("password: VALUE_SPECIFIED_IN_NO_LOG_PARAMETER\n")
    assert list(secrets_scan.search([SECRET], [log])) == []


@pytest.mark.parametrize("content", ["# only a comment\n", "short\n"])
def test_a_list_of_secrets_that_shows_nothing_is_refused(tmp_path: Path, content: str) -> None:
    planted = tmp_path / "planted.txt"
    planted.write_text(content)
    with pytest.raises(ValueError, match=r"planted\.txt lists"):
        secrets_scan.read_planted(planted)


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("raise SystemExit(3)", {}),
        ("print('WARNING: odd')", {"refuse": "^WARNING.*$"}),
        ("print('0 files checked')", {"says": r"[1-9]\d* files checked"}),
    ],
    ids=["fails", "complains", "checks nothing"],
)
def test_a_program_that_fails_complains_or_checks_nothing_fails_its_session(
    place: places.Place, program: str, expected: dict[str, str]
) -> None:
    with pytest.raises(CommandFailed):
        place.run("python", "-c", program, **expected)  # type: ignore[arg-type]


def test_a_program_sees_its_own_home_and_none_of_the_caller_s_settings(
    place: places.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSIBLE_CONFIG", "/nowhere")
    monkeypatch.setenv("SONETEL_PASSWORD", "from-the-caller")
    program = "import os; print(sorted(k for k in os.environ if k.startswith(('ANS', 'SON'))), os.environ['HOME'])"
    assert place.run("python", "-c", program).strip() == f"[] {place.home}"


def test_a_server_that_is_left_running_is_ended_and_fails_the_session(place: places.Place) -> None:
    server = "import signal; print('ready', flush=True); signal.alarm(60); signal.pause()"
    program = (
        "import subprocess, sys\n"
        f"command = [sys.executable, '-c', {server!r}]\n"
        "server = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)\n"
        "print(server.stdout.readline(), server.pid)"
    )
    with pytest.raises(CommandFailed, match="1 processes were left running"):
        place.run("python", "-c", program)


def test_leftovers_are_those_that_work_in_the_folder(place: places.Place) -> None:
    program = "import sys; print('ready', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=place.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout
        assert server.stdout.readline() == b"ready\n"
        assert places.end_leftovers(place.tmp) == []
        assert places.end_leftovers(place.folder) == [server.pid]
        assert server.wait(10) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("xml", "counts"),
    [
        ('<testsuites><testsuite tests="5" errors="1" failures="1" skipped="1"/></testsuites>', (2, 2, 1)),
        ('<testsuite tests="2" errors="0" failures="0" skipped="0"/>', (2, 0, 0)),
    ],
)
def test_junit_files_are_counted(place: places.Place, xml: str, counts: tuple[int, int, int]) -> None:
    report = place.tmp / "report.xml"
    report.write_text(xml)
    place.count_junit([report])
    assert tuple(counted(place)[key] for key in ("passed", "failed", "skipped")) == counts


@pytest.mark.parametrize("skipped", [0, 3])
def test_a_run_without_a_test_fails(place: places.Place, skipped: int) -> None:
    report = place.tmp / "report.xml"
    report.write_text(f'<testsuite tests="{skipped}" errors="0" failures="0" skipped="{skipped}"/>')
    with pytest.raises(CommandFailed, match="no test was run"):
        place.count_junit([report])


def test_why_tests_were_skipped_is_reported(place: places.Place) -> None:
    report = place.tmp / "report.xml"
    why = '<testcase><skipped message="no description"/></testcase>' * 2
    report.write_text(f'<testsuite tests="3" errors="0" failures="0" skipped="2">{why}<testcase/></testsuite>')
    place.count_junit([report])
    assert counted(place)["notes"] == ["2 skipped: no description"]


def test_each_check_runs_also_after_one_has_failed(place: places.Place) -> None:
    def good(place: places.Place) -> None:
        place.run("python", "-c", "")

    def bad(place: places.Place) -> None:
        place.run("python", "-c", "raise SystemExit(1)")

    with pytest.raises(CommandFailed, match="failed: bad"):
        place.each(bad, good)
    assert counted(place) == {"passed": 1, "failed": 1, "skipped": 0, "notes": ["failed: bad"]}


def report_of(folder: Path, monkeypatch: pytest.MonkeyPatch, results: dict[str, str]) -> bool:
    """Print the closing report of sessions that ended like that."""
    logs, reports = folder / "logs", folder / "reports"
    for path in (logs, reports):
        path.mkdir()
    for name in ("LOGS", "REPORTS"):
        monkeypatch.setattr(closing_report, name, folder / name.lower())
    monkeypatch.setattr(closing_report, "NOX", reports / "nox.json")
    (logs / "units.log").write_text("3 passed in 0.1s\n")
    sessions = [{"name": name, "result": result, "duration": 1.5} for name, result in results.items()]
    (reports / "nox.json").write_text(json.dumps({"result": 1, "sessions": sessions}))
    (reports / "units.json").write_text(json.dumps({"passed": 3, "failed": 0, "skipped": 1, "notes": ["3 passed"]}))
    return closing_report.write()


def test_the_report_ends_with_the_totals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_of(tmp_path, monkeypatch, {"units": "success", "core-2.22": "skipped"})
    said = capsys.readouterr().out
    assert "core-2.22  skipped" in said
    assert said.endswith("4 passed, 0 failed, 1 skipped\n")


@pytest.mark.parametrize("result", ["failed", "aborted"])
def test_a_session_that_failed_without_counting_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], result: str
) -> None:
    assert not report_of(tmp_path, monkeypatch, {"units": "success", "lint": result})
    said = capsys.readouterr().out
    assert "Failed: lint." in said
    assert said.endswith("4 passed, 1 failed, 1 skipped\n")


def test_a_run_of_no_session_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not report_of(tmp_path, monkeypatch, {})


def test_the_lower_bounds_tested_are_the_lower_bounds_declared() -> None:
    declared = (collection.ROOT / "meta/ee-requirements.txt").read_text()
    tested = (collection.ROOT / "tests/requirements/lowest.in").read_text().splitlines()
    bounds = [line.replace(">=", "==") for line in declared.splitlines() if ">=" in line]
    assert bounds
    assert set(bounds) <= set(tested)


INDEX = """\
Office
======

Description
-----------

Text.

.. _changes:

Changelog
---------

.. toctree::
    :maxdepth: 1

    changelog

First steps
-----------

.. toctree::
    :maxdepth: 1

    docsite/guide_begin

.. _modules:

Plugin Index
------------

.. toctree::
    :maxdepth: 1
    :hidden:

    acme_number_info_module
    acme_number_module
    office_module

Role Index
----------

.. toctree::
    :maxdepth: 1
    :hidden:

    onboard_role
"""


def test_the_documentation_begins_with_guides_and_lists_modules_by_provider() -> None:
    found = docs_site.arranged(INDEX)
    titles = [line for line, below in pairwise(found.splitlines()) if below.startswith("----")]
    assert titles == ["Description", "First steps", "Role Index", "Plugin Index", "Changelog"]
    entries = [line.strip() for line in found.splitlines() if line.startswith("    ") and ":maxdepth:" not in line]
    assert [entry for entry in entries if entry != ":hidden:"] == [
        *(":caption: First steps", "docsite/guide_begin"),
        *(":caption: Roles", "onboard <onboard_role>"),
        *(":caption: Modules: office", "office <office_module>"),
        *(":caption: Modules: acme", "acme_number <acme_number_module>", "acme_number_info <acme_number_info_module>"),
        *(":caption: Changelog", "changelog"),
    ]
    assert "\n\n.. _changes:\n\nChangelog\n" in found


def test_a_role_s_parameters_are_in_the_order_of_its_specification() -> None:
    rows = [
        f'  * - .. raw:: html\n\n      <div id="parameter-main--{name}"></div>\n\n    - Text.\n\n' for name in "abc"
    ]
    page = f"Table\n\n{''.join(rows)}\n.. Attributes\n"
    found = docs_site.ordered(page, ["c", "a", "b"])
    assert re.findall(r"main--(\w)", found) == ["c", "a", "b"]
    assert (found[:7], found[-16:]) == (page[:7], page[-16:])
    assert docs_site.ordered("No table", []) == "No table"


@pytest.mark.parametrize(
    ("line", "faulty"),
    [
        ("return a == b", "return (a != b)"),
        ("return a < 1", "return (a <= 1)"),
        ("return a < 1", "return a < (2)"),
        ("return a and b", "return (a or b)"),
        ("return (not a)", "return ((a))"),
        ("return a", "return None"),
        ("return True", "return (False)"),
        ("return 'a'", "return ('aX')"),
        ("a.append(b)", "pass"),
        ("raise ValueError(a)", "pass"),
        ("if a: pass", "if (not a): pass"),
    ],
)
def test_each_kind_of_fault_is_planted(line: str, faulty: str, tmp_path: Path) -> None:
    file = f"{mutants.PLUGINS}/_engine/x.py"
    (tmp_path / file).parent.mkdir(parents=True)
    source = f'"""A text."""\ndef f(a: "int", b):\n  "A text."\n  {line}\n'.encode()
    (tmp_path / file).write_bytes(source)
    texts = [mutant.planted(source).decode().splitlines() for mutant in mutants.mutants_of(tmp_path, file)]
    assert faulty in [text[3].strip() for text in texts]
    # Neither annotations nor texts for people are changed.
    assert {tuple(text[:3]) for text in texts} == {tuple(source.decode().splitlines()[:3])}


def test_a_draw_is_even_and_always_the_same() -> None:
    drawn = mutants.drawn(collection.ROOT, 70, seed=1)
    assert {mutant.area for mutant in drawn[:7]} == set(mutants.AREAS)
    assert drawn == mutants.drawn(collection.ROOT, 70, seed=1)
    assert len({mutant.key for mutant in drawn}) == 70
    for mutant in drawn:
        compile(mutant.planted((collection.ROOT / mutant.file).read_bytes()), mutant.file, "exec")


def test_uv_gets_pip_s_settings() -> None:
    listed = """\
:env:.find-links='/opt/wheels /srv/wheels'
global.extra-index-url='https://one.example/simple https://two.example/simple'
global.find-links='/elsewhere'
global.index-url='https://pypi.example/simple?a=b'
global.timeout='60'
"""
    assert packages.uv_settings(listed) == {
        "UV_DEFAULT_INDEX": "https://pypi.example/simple?a=b",
        "UV_FIND_LINKS": "/opt/wheels,/srv/wheels",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    assert packages.uv_settings("") == {"UV_INDEX_STRATEGY": "unsafe-best-match"}
