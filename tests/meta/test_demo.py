# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demo plays every job of the collection to its end, and shows what Ansible prints."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from shown import missing, screens

from simulator.harness import Simulator

sys.path.insert(0, str(ROOT / "examples/demo"))

import day

# New in ansible-core 2.21; older ones ignore it.
NEWER = {"callback_result_yaml_line_width"}
# The other guides' outputs are those of offices of their own.
GUIDES_OF_THE_DAY = {
    f"guide_{name}" for name in ("adopting", "bulk", "check_mode", "leaver", "report", "rerouting", "undo")
}
HEADS = re.compile(r"^\$ (.*)\n((?:.*\n)*?)(?=\n# |\Z)", re.MULTILINE)


def test_the_day(
    simulator: Simulator, collections_path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # As `make demo` begins: the portal does not say where all calls of the company go.
    simulator.reset()
    day.play(simulator, tmp_path / "demo", collections_path)
    shown = HEADS.findall(capfd.readouterr().out)
    assert [line for line, _output in shown] == [command.line for command in day.DAY]
    assert {name for line, _output in shown for name in re.findall(r"office\.telephony\.(\w+)", line)} == {
        file.stem for file in (ROOT / "playbooks").glob("*.yml")
    }
    for line, output in shown:
        assert "\nPLAY [" in output, line
        assert "\nPLAY RECAP " in output, line
        # A message is a list of lines, which YAML shows as such.
        assert '"msg": [' not in output, line
    # The example offices give no warning that is not accepted with a reason.
    for job in ("validate", "onboard", "verify"):
        for output in (output for line, output in shown if f".{job}" in line):
            assert "- '  Findings'" not in output, output
            assert "office_accepted_findings" not in output, output
    (verified,) = [output for line, output in shown if ".verify" in line]
    for office, tests in (("newyork", 7), ("paris", 2), ("stockholm", 6), ("sydney", 1), ("washington", 6)):
        words = f"ok  {office:10}  accounts match the files. {tests} of {tests} call test"
        assert words in verified, verified
    compared = set()
    for guide, line, text in screens():
        outputs = [output for command, output in shown if command == line]
        if guide in GUIDES_OF_THE_DAY and outputs:
            # A command may be in the day more than once.
            assert any(not missing(text, output) for output in outputs), (guide, missing(text, outputs[0]))
            compared.add(guide)
    assert compared == GUIDES_OF_THE_DAY
    _previewed, _applied, again, end = [output for line, output in shown if ".onboard" in line]
    for output in (again, end):
        assert "- unchanged  newyork, paris, stockholm, sydney, washington" in output


def test_the_settings_are_ansible_s() -> None:
    """Those of plugins are asked of their documentation, because `ansible-config` lists only Ansible's own."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "examples/ansible.cfg")
    program = Path(sys.executable).with_name("ansible-config")
    listed = subprocess.run([program, "init", "--type", "all"], capture_output=True, text=True, check=True).stdout
    for section in settings.sections():
        known = re.search(rf"^\[{section}\]\n((?:(?!\[).*\n)*)", listed, re.MULTILINE)
        assert known
        for name in settings[section].keys() - NEWER:
            assert re.search(rf"^;?{name}=", known[1], re.MULTILINE), name
