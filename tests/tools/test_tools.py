# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tooling's own promises: nothing passes on nothing, secrets are found in every disguise, skipped is said."""

from __future__ import annotations

import base64
import os
import re
import select
import signal
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import environments
import project
import run_tests
import secrets_scan
import workplace
from matrix import CORES, PREVIEW

SECRET = "s3cret&plus+percent%"
PYTHON = Path(sys.executable)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> workplace.Workplace:
    """A workplace in a cache of its own."""
    monkeypatch.setattr(workplace, "CACHE", tmp_path)
    made = workplace.Workplace("step", "step", {}, tmp_path)
    made.prepare()
    return made


@pytest.mark.parametrize(
    "line",
    [
        f"password: {SECRET}",
        f"password={urllib.parse.quote(SECRET, safe='')}",
        *(base64.b64encode(f"{'u' * length}:{SECRET}:tail".encode()).decode() for length in (1, 2, 3)),
    ],
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
def test_a_list_of_secrets_that_proves_nothing_is_refused(tmp_path: Path, content: str) -> None:
    planted = tmp_path / "planted.txt"
    planted.write_text(content)
    with pytest.raises(workplace.StepFailed):
        secrets_scan.read_planted(planted)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("raise SystemExit(3)", r"^`python\S*` ended with 3"),
        ("print('WARNING: odd')", "says: WARNING: odd"),
    ],
)
def test_a_program_that_fails_or_complains_fails_its_step(
    place: workplace.Workplace, program: str, message: str
) -> None:
    with pytest.raises(workplace.StepFailed, match=message):
        place.run(PYTHON, [PYTHON, "-c", program], cwd=place.tmp, refuse="^WARNING.*$")


def test_a_program_sees_its_own_home_and_none_of_the_caller_s_settings(
    place: workplace.Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSIBLE_CONFIG", "/nowhere")
    monkeypatch.setenv("SONETEL_PASSWORD", "from-the-caller")
    program = "import os; print(sorted(k for k in os.environ if k.startswith(('ANS', 'SON'))), os.environ['HOME'])"
    assert place.run(PYTHON, [PYTHON, "-c", program], cwd=place.tmp).strip() == f"[] {place.home}"


def test_a_server_left_behind_ends_with_its_step(place: workplace.Workplace) -> None:
    fifo = place.tmp / "held-open"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    server = (
        f"import signal; held = open({str(fifo)!r}, 'w'); print('ready', flush=True); signal.alarm(60); signal.pause()"
    )
    program = (
        "import subprocess, sys\n"
        f"command = [sys.executable, '-c', {server!r}]\n"
        "print(subprocess.Popen(command, stdout=subprocess.PIPE).stdout.readline())"
    )
    assert "ready" in place.run(PYTHON, [PYTHON, "-c", program], cwd=place.tmp)
    # The end of the file comes when the server, which holds it open, is gone.
    assert select.select([reader], [], [], 10)[0]
    assert os.read(reader, 1) == b""
    os.close(reader)


def test_a_server_in_a_session_of_its_own_is_ended_too(place: workplace.Workplace) -> None:
    program = "import sys; print('ready', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [PYTHON, "-c", program], cwd=place.folder, start_new_session=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout
        assert server.stdout.readline() == b"ready\n"
        assert workplace.end_leftovers(place.folder) == [server.pid]
        assert server.wait(10) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("xml", "counts"),
    [
        ('<testsuites><testsuite tests="5" errors="1" failures="1" skipped="1"/></testsuites>', (2, 2, 1)),
        ('<testsuite tests="2" errors="0" failures="0" skipped="0"/>', (2, 0, 0)),
    ],
)
def test_junit_files_are_counted(place: workplace.Workplace, xml: str, counts: tuple[int, int, int]) -> None:
    report = place.tmp / "report.xml"
    report.write_text(xml)
    place.count_junit([report])
    assert place.counts == counts


@pytest.mark.parametrize("skipped", [0, 3])
def test_a_run_without_a_test_fails(place: workplace.Workplace, skipped: int) -> None:
    report = place.tmp / "report.xml"
    report.write_text(f'<testsuite tests="{skipped}" errors="0" failures="0" skipped="{skipped}"/>')
    with pytest.raises(workplace.StepFailed, match="no test was run"):
        place.count_junit([report])


def test_why_tests_were_skipped_is_told(place: workplace.Workplace) -> None:
    report = place.tmp / "report.xml"
    why = '<testcase><skipped message="no description"/></testcase>' * 2
    report.write_text(f'<testsuite tests="3" errors="0" failures="0" skipped="2">{why}<testcase/></testsuite>')
    place.count_junit([report])
    assert place.closing_lines == ["2 skipped: no description"]


def test_the_closing_line_of_pytest_is_kept(place: workplace.Workplace) -> None:
    program = "print('== 3 passed, 1 skipped in 0.12s ==\\n2 passed in 3.40s\\nno 4 passed in here')"
    place.run(PYTHON, [PYTHON, "-c", program], cwd=place.tmp)
    assert place.closing_lines == ["3 passed, 1 skipped in 0.12s", "2 passed in 3.40s"]


@pytest.mark.parametrize("default", [(3, 11), (3, 12), (3, 13)])
def test_one_interpreter_is_enough_and_what_it_cannot_run_is_said(default: tuple[int, int]) -> None:
    plan = run_tests.make_plan({default: PYTHON}, default)
    names = {step.name for step in plan.steps()}
    for core in (*CORES, PREVIEW):
        covered = any(name.startswith(f"units-{core.name}-") for name in names)
        assert covered == (default in core.pythons)
        assert covered != any(reason.startswith(f"ansible-core {core.name}:") for reason in plan.skipped)
    assert {"sanity", "integration", "units", "system", "simulator"} <= {step.group for step in plan.steps()}


def test_sanity_and_integration_cover_the_oldest_and_the_newest() -> None:
    plan = run_tests.make_plan(dict.fromkeys([(3, 10), (3, 11), (3, 12), (3, 13)], PYTHON), (3, 11))
    for group in ("sanity", "integration"):
        assert {step.name for step in plan.steps() if step.group == group} == {f"{group}-2.16", f"{group}-2.21"}


def test_a_step_on_an_unreleased_core_may_fail(capsys: pytest.CaptureFixture[str]) -> None:
    plan = run_tests.make_plan({(3, 13): PYTHON}, (3, 13))
    preview = [step for step in plan.steps() if step.may_fail]
    assert {step.group for step in preview} == {"preview"}
    assert any(step.name.startswith(f"playbooks-{PREVIEW.name}-") for step in preview)
    outcomes = [
        run_tests.Result(step, False, "broke", workplace.Counts(failed=1), 1.0, 0.0)
        if step.may_fail
        else run_tests.Result(step, True, "", workplace.Counts(passed=1), 1.0, 0.0)
        for step in plan.steps()
    ]
    assert run_tests.report(outcomes, [], {(3, 13): PYTHON}, 1.0)
    said = capsys.readouterr().out
    assert re.search(rf"^{re.escape(preview[0].name)} +FAILED", said, re.MULTILINE)
    assert "not released yet" in said
    assert said.rstrip().endswith("0 failed, 0 skipped")
    broken = outcomes[0]._replace(passed=False)
    assert not run_tests.report([broken, *outcomes[1:]], [], {(3, 13): PYTHON}, 1.0)


def test_a_step_that_does_not_exist_is_named() -> None:
    plan = run_tests.make_plan({(3, 11): PYTHON}, (3, 11))
    with pytest.raises(project.ToolError, match="no step unit;"):
        run_tests.choose(plan, ["unit"])


def test_the_lower_bounds_tested_are_the_lower_bounds_declared() -> None:
    declared = (project.ROOT / "meta" / "ee-requirements.txt").read_text()
    tested = (project.REQUIREMENTS / "lowest.in").read_text().splitlines()
    bounds = [line.replace(">=", "==") for line in declared.splitlines() if ">=" in line]
    assert bounds
    assert set(bounds) <= set(tested)


def test_a_warm_environment_costs_no_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(project, "CACHE", tmp_path)
    monkeypatch.setattr(environments, "CACHE", tmp_path)
    commands: list[object] = []

    def pretend(command: list[object], env: object = None) -> None:
        commands.append(command)
        python = tmp_path / "venvs" / "some" / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(environments, "_run", pretend)
    monkeypatch.setattr(environments, "ensure_installer", lambda: PYTHON)
    environments.ensure_venv("some", ["demo.txt"])
    cold = len(commands)
    environments.ensure_venv("some", ["demo.txt"])
    assert len(commands) == cold
    environments.ensure_venv("some", ["test.txt"])
    assert len(commands) > cold
