# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Sonetel account whose voice apps become those of the example office, and what it then holds."""

from __future__ import annotations

from collections import Counter
from typing import Any

import jinja2
import yaml
from system_support import ROOT, TOKEN, Json, SkippingClock, run_module

from simulator.harness import Simulator
from simulator.sonetel import seed

DEFAULTS = ("Main menu", "Voice Mail", "System Prompt")


def example() -> Json:
    """The Swedish office of the examples, with its paths as Ansible would render them."""
    inventory = ROOT / "examples/inventory"
    text = (inventory / "host_vars/stockholm.yml").read_text()
    office: Json = yaml.safe_load(jinja2.Template(text).render(inventory_dir=inventory))
    return office


class VoiceappsAccount:
    """An account with four people, the voice apps that every account has, and one number; a token is planted."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        state = simulator.state()
        account = state["sonetel"]["accounts"][seed.ACCOUNT_ID]
        account["voiceapps"] = {k: app for k, app in account["voiceapps"].items() if app["name"] in DEFAULTS}
        account["numbers"] = {
            "46846500412": seed.number("46846500412", connect_to_type="user", connect_to=seed.ADMIN_ID)
        }
        state["sonetel"]["access_tokens"][TOKEN] = seed.access_token()
        simulator.put_state(state)
        self.office = example()["office_sonetel"]
        self.lists = {name: self.office[name] for name in ("voiceapps", "prompts")}

    def run(self, *, module: str = "sonetel_voiceapps", check: bool = False, **options: Any) -> Json:
        given = self.lists if module == "sonetel_voiceapps" else {}
        connection = {"access_token": TOKEN, "account_id": seed.ACCOUNT_ID, "api_url": self.simulator.sonetel_api_url}
        region = {} if module.endswith("_info") or module == "sonetel_prompt" else {"region": "SE"}
        return run_module(module, {**connection, **region, **given, **options}, check=check, clock=SkippingClock())

    def log(self) -> list[str]:
        """The requests so far as method and kind; empties the log."""
        found = []
        for entry in self.simulator.requests():
            parts = entry["path"].removeprefix(f"/sonetel/account/{seed.ACCOUNT_ID}").strip("/").split("/")
            kind = next(part for part in reversed(parts) if not part.startswith(("VA", "PR", "300")))
            found.append(f"{entry['method']} {'audio' if kind.endswith('.wav') else kind}")
        self.simulator.clear_requests()
        return found

    def writes(self) -> list[str]:
        return [request for request in self.log() if not request.startswith("GET")]

    def apps(self) -> dict[str, Json]:
        stored = self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["voiceapps"]
        return {app["name"]: app for app in stored.values()}

    def meaning(self) -> Json:
        """All voice apps and prompts with names in place of ids, which is what two accounts can have in common."""
        account = self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]
        names = {app_id: app["name"] for app_id, app in account["voiceapps"].items()}
        for app_id, prompts in account["prompts"].items():
            names.update({prompt_id: f"{names[app_id]}/{prompt['name']}" for prompt_id, prompt in prompts.items()})

        def named(value: Any) -> Any:
            if isinstance(value, dict):
                return {
                    key: named(item) for key, item in value.items() if key not in ("app_id", "sip_address", "shortcode")
                }
            return names.get(value, value) if isinstance(value, str) else value

        sounds = {
            names[key]: prompt["file_name"]
            for prompts in account["prompts"].values()
            for key, prompt in prompts.items()
            if prompt["file_name"]
        }
        return {"apps": {app["name"]: named(app) for app in account["voiceapps"].values()}, "sounds": sounds}

    def check_finished(self) -> None:
        """One more run completes what a failed one left, and a further one has nothing to do."""
        result = self.run()
        assert not result.get("failed"), result["msg"]
        stored = self.simulator.state()["sonetel"]["accounts"][seed.ACCOUNT_ID]["voiceapps"].values()
        assert max(Counter(app["name"] for app in stored).values()) == 1
        self.log()
        again = self.run()
        assert (again["changed"], again["plan"]["unchanged"]) == (False, 6)
        assert self.writes() == []
        assert self.apps()["Växel Stockholm"]["menu"]["digit_1"]["id"] == self.apps()["Försäljning Stockholm"]["app_id"]
        assert self.apps()["Försäljning Stockholm"]["menu"]["digit_0"]["id"] == self.apps()["Växel Stockholm"]["app_id"]
