# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Check mode that a play switches on, and not the command line: jobs say what would be, and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from system_playbooks import Playbooks
from system_support import Json

from simulator.harness import Simulator
from simulator.sonetel import seed

FALLBACK = "+46701740606"
ONBOARDED = "would change 1 (Sonetel: 1 number); nothing would be deleted"
# By host: its number, the role, and what is shown. The first three say where check mode is switched on.
HOSTS = {
    "play": ("46846500412", "onboard", ONBOARDED),
    "task": ("46846500413", "onboard", ONBOARDED),
    "include": ("46846500414", "onboard", ONBOARDED),
    "exporting": ("46846500415", "export", "exporting.yml would be written"),
    "away": ("12025550123", "reroute", "1 number would ring +46 70 174 06 06."),
    "closed": ("12025550124", "offboard", "1 number would ring +46 70 174 06 06 permanently."),
    "back": ("12025550125", "restore", "1 number would be restored to what it was before the re-route."),
}


def run_role(name: str, host: str, how: str = "include", **more: Any) -> Json:
    """A task that runs a role on one host only."""
    return {"name": "Do it", f"ansible.builtin.{how}_role": {"name": f"office.telephony.{name}", **more}} | {
        "when": f"inventory_hostname == '{host}'"
    }


def test_all_jobs_say_would(simulator: Simulator, tmp_path: Path, collections_path: Path) -> None:
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    to = {"destination": {"phone": "+46701740607"}}
    given = {"reroute_to": FALLBACK, "offboard_to": FALLBACK, "export_providers": ["sonetel"]}
    playbooks.write(
        {
            host: {"office_sonetel": {"forwardings": [{"number": f"+{number}", **to}]}, **given}
            for host, (number, _role, _words) in HOSTS.items()
        }
    )
    start = simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    in_play = [run_role(HOSTS[host][1], host) for host in HOSTS if host not in ("task", "include")]
    run = playbooks.play(
        {"tasks": [run_role("reroute", "back")]},
        {"check_mode": True, "tasks": in_play},
        {
            "tasks": [
                {**run_role("onboard", "task", "import"), "check_mode": True},
                run_role("onboard", "include", apply={"check_mode": True}),
            ]
        },
    )
    assert run.code == 0, run.text
    shown = run.messages()
    assert [host for host, (_number, _role, words) in HOSTS.items() if words not in shown[host][0]] == []
    # All that was written is the re-route that makes a restore possible.
    numbers = simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["numbers"]
    assert {number for number in numbers if numbers[number] != start[number]} == {HOSTS["back"][0]}
    assert len([entry for entry in simulator.requests() if entry["method"] == "PUT"]) == 1
    assert [path.name for path in (tmp_path / "reroutes").glob("*.json")] == ["back.json"]
    assert not (tmp_path / "exported").exists()
