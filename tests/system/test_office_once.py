# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an account has once is a mapping in an office's file: checked, written, read, exported and undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from system_company import CompanyOffice
from system_support import Json, run_module

from simulator.harness import Simulator
from simulator.ringcentral import seed

NAME = "company_forward_all"


class Once:
    """An office that says whether all calls of the company go elsewhere."""

    def __init__(self, simulator: Simulator, folder: Path) -> None:
        self.company = CompanyOffice(simulator, folder / "shared")
        state = self.company.account()
        state["company"]["forward_all"]["extension"] = seed.MESSAGES_ID
        # An office whose file holds all lists would not be about this one.
        simulator.put_state({"ringcentral": state})
        self.folder = folder

    def run(self, module: str, **options: Any) -> Json:
        given = {"office": "denver", "ringcentral_connection": self.company.options}
        return run_module(module, {**given, **options})

    def onboard(self, value: Any, **options: Any) -> Json:
        return self.run("office", ringcentral={NAME: value}, **options)

    @property
    def enabled(self) -> bool:
        found: bool = self.company.account()["company"]["forward_all"]["enabled"]
        return found


@pytest.fixture
def once(simulator: Simulator, tmp_path: Path) -> Once:
    return Once(simulator, tmp_path)


def test_it_is_written_and_undone(once: Once) -> None:
    state = {"state_directory": str(once.folder / "state")}
    done = once.onboard({"enabled": True}, **state)
    assert (done.get("msg"), done["changed"], once.enabled) == (None, True, True)
    assert once.onboard({"enabled": True}, **state)["changed"] is False
    undone = once.run("office_undo", record=done["record"], **state)
    assert (undone.get("msg"), undone["changed"], once.enabled) == (None, True, False)


@pytest.mark.parametrize(
    ("value", "path", "words"),
    [
        ([{"enabled": True}], NAME, "is not a mapping with enabled"),
        (None, NAME, "is empty; leave it out"),
        ({"enabled": "perhaps"}, f"{NAME}.enabled", "must be true or false"),
        ({"enabled": True, "extension": "101"}, f"{NAME}.extension", "no such option"),
        ({}, NAME, "enabled"),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(once: Once, value: Any, path: str, words: str) -> None:
    result = once.onboard(value, validate_only=True)
    (problem,) = result["failure"]["problems"]
    assert problem["path"] == f"office_ringcentral.{path}"
    assert words in problem["what"]


def test_a_refusal_of_the_plan_has_its_place(once: Once) -> None:
    state = once.company.account()
    state["company"]["forward_all"]["extension"] = None
    once.company.simulator.put_state({"ringcentral": state})
    (problem,) = once.onboard({"enabled": True})["failure"]["problems"]
    assert problem["path"] == f"office_ringcentral.{NAME}"
    assert "its destination is not set up" in problem["what"]


def test_it_is_read_and_exported_as_a_mapping(once: Once) -> None:
    assert once.run("office_info", providers=["ringcentral"])["lists"]["ringcentral"][NAME] == {"enabled": False}
    path = once.folder / "denver.yml"
    result = once.run("office_variables", providers=["ringcentral"], path=str(path), verify=False)
    assert yaml.safe_load(path.read_text())["office_ringcentral"][NAME] == {"enabled": False}
    assert result["lists"]["ringcentral"][NAME] == {"enabled": False}
