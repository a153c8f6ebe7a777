# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Onboard the example offices on the simulator: foresee it, do it, do it again, and tell what happened.

`make demo` calls this. It needs Python 3.11 or newer and a package index; all else it installs below .cache/.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/tools")]

import environments  # noqa: E402  (in tests/tools)
import project  # noqa: E402

from simulator.fonedynamics import seed as fonedynamics  # noqa: E402
from simulator.harness import Simulator  # noqa: E402
from simulator.ringcentral import seed as ringcentral  # noqa: E402
from simulator.smspartner import seed as smspartner  # noqa: E402
from simulator.sonetel import seed  # noqa: E402

INVENTORY = ROOT / "examples/inventory"
# The list of each provider that holds an office's phone numbers.
_LISTS = {"sonetel": "forwardings", "smspartner": "callforwards", "fonedynamics": "numbers"}
RUNS = (
    ("Foresee: what would change?", ("--check", "--diff")),
    ("Do it", ("-e", "onboard_prove=false")),  # the next run proves it as well
    ("Do it again: nothing is left to change", ()),
)


class Run:
    """One run of the playbook, as its recap and the simulator's request log tell it."""

    def __init__(self, title: str, recap: str, log: Sequence[Mapping[str, Any]], seconds: float) -> None:
        self.title = title
        self.changed_offices = len(re.findall(r"changed=[1-9]", recap))
        self.logins = sum(request["path"].endswith("/token") for request in log)
        self.writes = sum(request["method"] != "GET" for request in log) - self.logins
        self.reads = len(log) - self.logins - self.writes
        self.seconds = seconds


def main() -> int:
    project.require_python()
    try:
        python = environments.ensure_venv("demo", ["demo.txt"])
        if Path(sys.prefix).resolve() != python.parent.parent.resolve():
            # What follows reads YAML and phone numbers, so it goes on inside the environment.
            os.execv(python, [str(python), __file__, *sys.argv[1:]])
        collections = environments.build_and_install_collection(python, project.CACHE / "demo")
    except project.ToolError as error:
        print(error, file=sys.stderr)
        return 1
    with Simulator() as simulator:
        environment = _environment(simulator, collections)
        runs = []
        for number, (title, options) in enumerate(RUNS, start=1):
            run = _play(number, title, options, simulator, environment)
            if run is None:
                return 1
            runs.append(run)
        _tell(runs, simulator)
    if runs[-1].writes or runs[-1].changed_offices:
        print("The last run should have left everything alone, but it did not.", file=sys.stderr)
        return 1
    return 0


def _environment(simulator: Simulator, collections: Path) -> dict[str, str]:
    """Return the environment of the playbook runs: the same variables as for a real account, with other values."""
    home = project.CACHE / "homes" / "demo"
    home.mkdir(parents=True, exist_ok=True)
    ours = ("ANSIBLE_", "SONETEL_", "SMSPARTNER_", "FONEDYNAMICS_", "RC_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return inherited | {
        "HOME": str(home),
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
        "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "false",
        "ANSIBLE_FORCE_COLOR": str(sys.stdout.isatty()),
        "SONETEL_USERNAME": seed.ADMIN_EMAIL,
        "SONETEL_PASSWORD": seed.ADMIN_PASSWORD,
        "SONETEL_API_URL": simulator.sonetel_api_url,
        "SONETEL_AUTH_URL": simulator.sonetel_auth_url,
        "SMSPARTNER_API_KEY": smspartner.API_KEY,
        "SMSPARTNER_API_URL": simulator.smspartner_api_url,
        "FONEDYNAMICS_ACCOUNT_SID": fonedynamics.ACCOUNT_SID,
        "FONEDYNAMICS_TOKEN": fonedynamics.TOKEN,
        "FONEDYNAMICS_API_URL": simulator.fonedynamics_api_url,
        "XDG_CACHE_HOME": str(home / ".cache"),
        "RC_APP_CLIENT_ID": ringcentral.CLIENT_ID,
        "RC_APP_CLIENT_SECRET": ringcentral.CLIENT_SECRET,
        "RC_USER_JWT": ringcentral.JWT,
        "RC_SERVER_URL": simulator.ringcentral_server_url,
    }


def _play(
    number: int, title: str, options: tuple[str, ...], simulator: Simulator, environment: dict[str, str]
) -> Run | None:
    """Run the playbook and show its output as it comes; return None when it failed."""
    words = ["ansible-playbook", "-i", os.path.relpath(INVENTORY), "office.telephony.onboard", *options]
    print(f"\n━━ {number}. {title} ━━\n$ {shlex.join(words)}", flush=True)
    simulator.clear_requests()
    begun = time.monotonic()
    program = Path(sys.executable).with_name(words[0])
    recap = ""
    with subprocess.Popen([program, *words[1:]], env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            recap = line if line.startswith("PLAY RECAP") else recap + line
    if process.returncode:
        print(f"The playbook ended with {process.returncode}.", file=sys.stderr)
        return None
    return Run(title, recap.partition("PLAY RECAP")[2], simulator.requests(), time.monotonic() - begun)


def _tell(runs: list[Run], simulator: Simulator) -> None:
    """Print where calls go now, as the simulated accounts have it, and what each run cost."""
    print("━━ Where the calls go now, read from the simulated accounts ━━")
    state = simulator.state()
    accounts = {
        "sonetel": state["sonetel"]["accounts"][seed.ACCOUNT_ID],
        "smspartner": state["smspartner"]["accounts"][smspartner.API_KEY],
        "fonedynamics": state["fonedynamics"]["accounts"][fonedynamics.ACCOUNT_SID],
    }
    for office, numbers in _numbers_of_offices().items():
        print(f"\n  {office}")
        for (provider, digits), spelled in numbers.items():
            account = accounts[provider]
            print(f"    {spelled:<20} →  {_DESTINATION[provider](account, account['numbers'][digits])}")
    print("\n━━ Which phones a RingCentral extension can ring ━━\n")
    for extension in simulator.state()["ringcentral"]["extensions"].values():
        for item in extension["forwarding_numbers"].values():
            name = f"{extension['record']['extensionNumber']} {extension['record']['name']}"
            print(f"    {name:<20} →  {item['phoneNumber']} ({item['label']})")
    print("\n━━ What it took ━━\n")
    print(f"  {'run':<42}{'offices changed':>16}{'logins':>8}{'reads':>7}{'writes':>8}{'seconds':>9}")
    for number, run in enumerate(runs, start=1):
        foreseen = "foreseen " if number == 1 else ""
        changed = f"{foreseen}{run.changed_offices}"
        print(
            f"  {number}. {run.title:<39}{changed:>16}{run.logins:>8}{run.reads:>7}{run.writes:>8}{run.seconds:>9.1f}"
        )
    print(
        "\nThe offices are files in examples/inventory. With the credentials of real accounts in the environment\n"
        "(SONETEL_USERNAME, SMSPARTNER_API_KEY, FONEDYNAMICS_TOKEN, RC_USER_JWT and so on), and their numbers in the\n"
        "files, the same command works for real; begin with --check --diff.\n"
    )


def _numbers_of_offices() -> dict[str, dict[tuple[str, str], str]]:
    """Return by office its numbers: their provider and their digits, and as people read them."""
    import phonenumbers
    import yaml

    offices: dict[str, dict[tuple[str, str], str]] = {}
    for file in sorted((INVENTORY / "host_vars").glob("*.yml")):
        variables = yaml.safe_load(file.read_text())
        numbers = offices.setdefault(file.stem.capitalize(), {})
        for provider, member in (
            ("sonetel", "forwardings"),
            ("smspartner", "callforwards"),
            ("fonedynamics", "numbers"),
        ):
            for item in variables.get(f"office_{provider}", {}).get(member, []):
                number = phonenumbers.parse(item["number"], variables["office_region"])
                spelled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
                numbers[provider, f"{number.country_code}{number.national_number}"] = spelled
    return offices


def _sonetel_destination(account: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    kind, to = record["connect_to_type"], record["connect_to"]
    if kind == "user":
        member = account["users"][to]
        return f"{member['user_fname']} {member['user_lname']} <{member['email']}>"
    if kind == "app":
        return f"voice app {account['voiceapps'][to['app_id']]['name']!r}"
    return f"{'phone' if kind == 'phnum' else kind} {to}"


def _smspartner_destination(account: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    return ("nowhere", f"phone +{record['param']}", f"voicemail, told to {record['param']}")[record["type"]]


def _fonedynamics_destination(account: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    if record["RoutingMethod"] == "Flow":
        return f"flow {account['flows'][record['Flow']]['Name']!r}"
    told = [f"phone {record['EndpointNumber']}"] if record["EndpointNumber"] else []
    told += [f"text messages to {record['SendSmsTo']}"] if record["SendSmsTo"] else []
    return ", ".join(told) or "nowhere"


_DESTINATION = {
    "sonetel": _sonetel_destination,
    "smspartner": _smspartner_destination,
    "fonedynamics": _fonedynamics_destination,
}


if __name__ == "__main__":
    sys.exit(main())
