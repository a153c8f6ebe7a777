# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example offices, ready for the modules of whole offices: lists, connections to the simulator, and jobs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from system_support import ROOT, Json, run_module

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed as sonetel

OFFICES = ("newyork", "paris", "stockholm", "sydney", "washington")
# Where an office's calls go meanwhile. Those of New York come through the company, whose rules lead to extensions.
TO = {
    "paris": "+33 6 12 34 56 78",
    "stockholm": "070-174 06 06",
    "sydney": "0491 570 156",
    "washington": "202-555-0144",
}
TO_ADA = {"ringcentral": {"company_rules": {"destination": {"extension": "101"}}}}
_LISTS = ("sonetel", "ringcentral", "smspartner", "fonedynamics")
_RECORDING = ROOT / "examples" / "files" / "hitta-hit.wav"


def connections(simulator: Simulator, folder: Path) -> Json:
    """Connection options to the simulator's accounts; what must be kept is in *folder*."""
    return {
        "sonetel_connection": {
            "username": sonetel.ADMIN_EMAIL,
            "password": sonetel.ADMIN_PASSWORD,
            "api_url": simulator.sonetel_api_url,
            "auth_url": simulator.sonetel_auth_url,
        },
        "ringcentral_connection": {
            "client_id": ringcentral.COMPANY_CLIENT_ID,
            "client_secret": ringcentral.CLIENT_SECRET,
            "jwt": ringcentral.JWT,
            "server_url": simulator.ringcentral_server_url,
            "cache_path": str(folder / "cache"),
        },
        "smspartner_connection": {
            "api_key": smspartner.API_KEY,
            "api_url": simulator.smspartner_api_url,
            "journal": str(folder / "journal.json"),
        },
        "fonedynamics_connection": {
            "account_sid": fonedynamics.ACCOUNT_SID,
            "token": fonedynamics.TOKEN,
            "api_url": simulator.fonedynamics_api_url,
        },
    }


def variables_of(name: str) -> Json:
    """The host variables of an example office."""
    found: Json = yaml.safe_load((ROOT / "examples" / "inventory" / "host_vars" / f"{name}.yml").read_text())
    return found


def accepted(name: str) -> Json:
    """The option `accepted_findings` of an example office, without what is found only where its people are known."""
    listed = variables_of(name).get("office_accepted_findings", [])
    return {"accepted_findings": [item for item in listed if item["code"] != "stranger"]}


def office(name: str, simulator: Simulator, folder: Path) -> Json:
    """Options for the module `office`: what the example's host variables say, but for people and what callers meet."""
    variables = variables_of(name)
    lists: dict[str, Any] = {
        provider: variables[f"office_{provider}"] for provider in _LISTS if f"office_{provider}" in variables
    }
    for prompt in lists.get("sonetel", {}).get("prompts", []):
        if "wav" in prompt:
            prompt["wav"] = str(_RECORDING)
    return {
        "office": name,
        "region": variables["office_region"],
        "timezone": variables["office_timezone"],
        **({"policy": variables["office_policy"]} if "office_policy" in variables else {}),
        **lists,
        **connections(simulator, folder),
    }


class ExampleJobs:
    """An onboarded example office, and its jobs."""

    def __init__(self, name: str, simulator: Simulator, folder: Path) -> None:
        self.name = name
        self.folder = folder / "reroutes"
        self.simulator = simulator
        self.options = office(name, simulator, folder)
        # So many jobs in a row exceed what the account allows in a minute.
        simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
        assert self.run("office").get("failed") is None
        simulator.clear_requests()

    def run(self, module: str, *, check: bool = False, **more: Any) -> Json:
        return run_module(module, {**self.options, **more}, check=check)

    def reroute(self, *, check: bool = False, **more: Any) -> Json:
        options = {"reroute_directory": str(self.folder), "to": TO.get(self.name), **more}
        options |= {"settings": TO_ADA} if self.name == "newyork" else {}
        return self.run("office_reroute", check=check, **options)

    def restore(self, *, check: bool = False, **more: Any) -> Json:
        without = {name: value for name, value in self.options.items() if not isinstance(value, dict) or "_" in name}
        options = {**without, "reroute_directory": str(self.folder), "state": "restored", **more}
        return run_module("office_reroute", options, check=check)

    def status(self, **more: Any) -> Json:
        return self.run("office_reroute_info", reroute_directory=str(self.folder), **more)

    def writes(self) -> list[str]:
        found = [entry["path"] for entry in self.simulator.requests() if entry["method"] != "GET"]
        self.simulator.clear_requests()
        return [path for path in found if not path.endswith("/token")]
