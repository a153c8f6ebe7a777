# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wipe, onboard, export, wipe, onboard what was exported: the same accounts, in every position of every switch.

Many switches are moved at once; the tests of the modules move one at a time.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml
from system_examples import connections
from system_support import ROOT, Json, leaks, run_module
from system_switches import in_all_positions_together

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed as sonetel


class ProviderAccount:
    """One provider's part of an office: how it is set, read, wiped and looked at."""

    provider: str
    # Whose example is used, and where it lies.
    example: str
    region: str

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.simulator = simulator
        self.folder = folder
        self.start = simulator.state()[self.provider]

    def connection(self) -> Json:
        found: Json = connections(self.simulator, self.folder)[f"{self.provider}_connection"]
        return found

    def office(self) -> Json:
        """The lists that are desired."""
        lists: Json = yaml.safe_load((ROOT / f"examples/inventory/host_vars/{self.example}.yml").read_text())
        part: Json = lists[f"office_{self.provider}"]
        return part

    def wipe(self) -> None:
        """Undo everything, as somebody who goes through the provider's own pages would."""
        self.simulator.put_state({self.provider: copy.deepcopy(self.start)})

    def stored(self) -> Any:
        """What the account really holds, without what the provider numbers anew each time."""
        raise NotImplementedError

    def run(self, module: str, **options: Any) -> Json:
        given = {"office": self.example, "region": self.region, f"{self.provider}_connection": self.connection()}
        result = run_module(module, {**given, **options})
        assert "msg" not in result, result["msg"]
        return result

    def onboard(self, lists: Json) -> Json:
        """Set the lists; returns how many items were created, updated and deleted."""
        plan = self.run("office", **{self.provider: lists})["plan"]
        return {name: count for name, count in plan.items() if count and name != "unchanged"}

    def export(self, path: Path, believed: Json) -> Json:
        """Read the account and write it down; where there is no read, what is *believed* is in the file."""
        written = self.run("office_variables", path=str(path), providers=[self.provider], **{self.provider: believed})
        text = path.read_text()
        assert leaks(text) == []
        variables: Json = yaml.safe_load(text)
        assert variables[f"office_{self.provider}"] == written["lists"][self.provider]
        part: Json = variables[f"office_{self.provider}"]
        return part


class SonetelAccount(ProviderAccount):
    provider = "sonetel"
    region = "SE"
    example = "stockholm"

    def office(self) -> Json:
        office = super().office()
        for prompt in office["prompts"]:
            if "wav" in prompt:
                prompt["wav"] = str(ROOT / "examples/files" / Path(prompt["wav"]).name)
        return office

    def _account(self) -> Json:
        account: Json = self.simulator.state()["sonetel"]["accounts"][sonetel.ACCOUNT_ID]
        return account

    def wipe(self) -> None:
        """Recordings stay: they are no part of the file."""
        state = copy.deepcopy(self.start)
        account = state["accounts"][sonetel.ACCOUNT_ID]
        for record in account["numbers"].values():
            record.update(connect_to_type="nowhere", connect_to="")
        account["prompts"] = self._account()["prompts"]
        self.simulator.put_state({"sonetel": state})

    def stored(self) -> Any:
        account = self._account()
        names = {key: app["name"] for key, app in account["voiceapps"].items()}
        text = yaml.safe_dump(
            {
                "numbers": {
                    key: (record["connect_to_type"], record["connect_to"]) for key, record in account["numbers"].items()
                },
                "menus": {names[key]: app for key, app in account["voiceapps"].items()},
                "users": {key: user["call_settings"] for key, user in account["users"].items()},
            }
        )
        for key, name in names.items():
            text = text.replace(key, name)
        return yaml.safe_load(text.replace("!!python/tuple", ""))


_SETTINGS = {
    *("Friendly", "RoutingMethod", "EndpointNumber", "Flow", "Recording", "Attribution_Source", "Attribution_Campaign"),
    *("SendSmsFrom", "SendSmsTo", "SendEmailFrom", "SendEmailTo", "WebHookUrl", "WebHookMethod"),
}


class FoneDynamicsAccount(ProviderAccount):
    provider = "fonedynamics"
    region = "AU"
    example = "sydney"

    def wipe(self) -> None:
        """As the numbers were when they were bought."""
        state = copy.deepcopy(self.start)
        numbers = state["accounts"][fonedynamics.ACCOUNT_SID]["numbers"]
        for key, record in numbers.items():
            bought = fonedynamics.number(key, capabilities=record["Capabilities"])
            settings = {name: value for name, value in bought.items() if name in _SETTINGS}
            record.update(settings)
        self.simulator.put_state({"fonedynamics": state})

    def stored(self) -> Any:
        return self.simulator.state()["fonedynamics"]["accounts"][fonedynamics.ACCOUNT_SID]["numbers"]


class SmsPartnerAccount(ProviderAccount):
    # What a user must say in some positions.
    number_format = "international"
    provider = "smspartner"
    region = "FR"
    example = "paris"

    def connection(self) -> Json:
        return {**super().connection(), "number_format": self.number_format}

    def wipe(self) -> None:
        """And the journal, which would not know of it."""
        super().wipe()
        Path(self.connection()["journal"]).unlink(missing_ok=True)

    def stored(self) -> Any:
        return self.simulator.state()["smspartner"]["accounts"][smspartner.API_KEY]["numbers"]


def go_round(account: ProviderAccount, office: Json) -> None:
    account.wipe()
    wiped = account.stored()
    assert account.onboard(office) != {}
    before = account.stored()
    assert before != wiped
    exported = account.export(account.folder / "one.yml", office)
    assert account.onboard(exported) == {}

    account.wipe()
    assert account.stored() != before
    account.onboard(exported)
    assert account.stored() == before
    # The order is always the same.
    account.export(account.folder / "two.yml", exported)
    assert (account.folder / "one.yml").read_text() == (account.folder / "two.yml").read_text()


def test_sonetel(simulator: Simulator, tmp_path: Path) -> None:
    account = SonetelAccount(simulator, tmp_path)

    def play(moved: Json) -> None:
        office = account.office()
        if "final_action" in moved:
            # Nobody can read it then.
            for app in office["voiceapps"]:
                app.pop("final_action", None)
        go_round(account, office)
        assert "    # The recordings are not in this file;" in (tmp_path / "one.yml").read_text()

    in_all_positions_together(simulator, "sonetel", play, alone={"final_action": "hidden"})


def test_fonedynamics(simulator: Simulator, tmp_path: Path) -> None:
    account = FoneDynamicsAccount(simulator, tmp_path)

    def play(moved: Json) -> None:
        office = account.office()
        if "flow_needs_endpoint" in moved:
            # The message of the failure says so.
            office["numbers"][0]["endpoint_number"] = "+61491570156"
        go_round(account, office)

    in_all_positions_together(simulator, "fonedynamics", play, alone={"flow_needs_endpoint": "yes"})


def test_smspartner(simulator: Simulator, tmp_path: Path) -> None:
    account = SmsPartnerAccount(simulator, tmp_path)

    def play(moved: Json) -> None:
        account.number_format = moved.get("number_format", "international")
        go_round(account, account.office())

    in_all_positions_together(simulator, "smspartner", play, alone={})
