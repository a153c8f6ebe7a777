# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The process: its start, its end, its state file, and how much it bears."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from simulator.__main__ import main
from simulator.crowd import ask_at_once
from simulator.harness import Simulator
from simulator.sonetel import seed

NUMBERS = f"/account/{seed.ACCOUNT_ID}/phonenumbersubscription"
ROOT = Path(__file__).resolve().parents[2]


def test_start_prints_one_line_when_it_is_ready() -> None:
    command = [sys.executable, "-m", "simulator", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert Simulator.attach(ready["url"]).state()["sonetel"] == seed.default_state()
        assert sorted(ready) == ["pid", "url"]
        assert ready["pid"] == process.pid
        assert ready["url"].startswith("http://127.0.0.1:")
    finally:
        process.terminate()
        rest = process.communicate(timeout=10)[0]
    assert rest == ""


def test_state_file_is_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with Simulator(state_file=path) as first:
        state = first.state()
        state["sonetel"]["access_tokens"]["tok-static"] = seed.access_token()
        first.put_state(state)
        assert json.loads(path.read_text(encoding="utf-8")) == state
        url = f"{first.sonetel_api_url}/account/{seed.ACCOUNT_ID}/phonenumbersubscription/12025550123"
        with requests.Session() as session:
            session.trust_env = False
            session.put(url, json={"show": "called"}, headers={"Authorization": "Bearer tok-static"}, timeout=10)
        changed = first.state()
    with Simulator(state_file=path) as second:
        assert second.state() == changed
        assert changed != state
        second.put_state(state)
        second.reset()
        assert second.state() == changed, "a reset goes back to the state that the process started with"
    assert [entry.name for entry in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--host", "0.0.0.0"], "not a loopback address"),
        (["--host", "example.org"], "not a loopback address"),
        (["--state", "/nonexistent/state.json"], "no such directory"),
        (["--port", "65536"], "error: port 65536 of 127.0.0.1 cannot be listened on"),
    ],
)
def test_refuses_to_start(
    arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in refusal(arguments, monkeypatch, capsys)


def refusal(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command line prints on standard error instead of starting."""
    monkeypatch.setattr(sys, "argv", ["simulator", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr()
    assert (ended.value.code, printed.out) == (2, "")
    return printed.err


@pytest.mark.parametrize("content", ["{", '{"sonetel": {}}'])
def test_refuses_a_broken_state_file(
    tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "state.json"
    path.write_text(content, encoding="utf-8")
    assert "error: " in refusal(["--state", str(path)], monkeypatch, capsys)
    assert path.read_text(encoding="utf-8") == content


def test_three_hundred_connections_at_once(simulator: Simulator) -> None:
    connections, each = 300, 10
    path = f"/sonetel{NUMBERS}/12025550123"
    lines = ask_at_once(simulator.url, path, "tok-admin", connections=connections, each=each)
    assert all(line.startswith("HTTP/1.1 200") for line in lines)
    assert {entry["status"] for entry in simulator.requests()} == {200}
    assert len(simulator.requests()) == connections * each


def test_a_rehearsal_uses_its_folder_and_its_simulator_again(tmp_path: Path) -> None:
    folder = tmp_path / "Jörg's offices"
    office = folder / "inventory/host_vars/stockholm.yml"
    places = []
    try:
        for _turn in range(2):
            # By its path, from any folder.
            command = [sys.executable, str(ROOT / "simulator"), "--rehearse", folder.name]
            lines = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
            shell = f'{lines}printf "%s " "$PWD" "$SONETEL_API_URL" "$ANSIBLE_CONFIG"'
            places.append(subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=True).stdout)
            office.write_text("edited: true\n")
    finally:
        running = json.loads((folder / ".simulator/running.json").read_text())
        os.kill(running["pid"], signal.SIGTERM)
    assert places == [f"{folder} {running['url']}/sonetel {folder}/ansible.cfg "] * 2
    assert office.read_text() == "edited: true\n"
