# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from ansible_collections.office.telephony.plugins.module_utils._engine.account import Account
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec
from ansible_collections.office.telephony.plugins.plugin_utils import _loading


def loaded(*sources: Path | str) -> list[str]:
    """Return which of three providers are loaded for an inventory."""
    found: list[str] = []

    def account(name: str) -> Account:
        def load() -> Any:
            found.append(name)

        return Account(name, name.title(), ArgSpec({}), load)

    providers = {name: account(name) for name in ("one", "other", "third")}
    arguments = SimpleNamespace(CLIARGS={"inventory": [str(source) for source in sources]})
    with mock.patch.multiple(_loading, PROVIDERS=providers, context=arguments):
        _loading.load_providers()
    return found


def test_what_the_inventory_names_is_loaded(tmp_path: Path) -> None:
    for name in ("group_vars/all", "host_vars"):
        (tmp_path / name).mkdir(parents=True)
    hosts = tmp_path / "hosts.yml"
    hosts.write_text("all: {hosts: {lund: }}")
    # Whoever has credentials for an account need not have lists.
    (tmp_path / "group_vars/all/login.yml").write_text("office_third_connection: {}")
    (tmp_path / "host_vars/lund.yml").write_text("office_other: {lines: []}")
    assert loaded(hosts) == ["other"]
    hosts.write_text("all: {hosts: {lund: {office_one: {}}}}")
    assert loaded(hosts) == loaded(tmp_path) == ["one", "other"]
    assert loaded(tmp_path / "host_vars") == ["other"]


def test_where_nothing_is_named_every_provider_may_be_needed(tmp_path: Path) -> None:
    hosts = ",".join(f"office{number}" for number in range(1000))
    assert loaded("lund,") == loaded(hosts) == loaded(tmp_path) == ["one", "other", "third"]
    assert loaded("a" * 5000) == loaded(tmp_path / "missing.yml") == ["one", "other", "third"]


def test_without_an_inventory_nothing_is_loaded() -> None:
    assert loaded() == []


def test_an_inventory_that_is_too_large_to_look_into_may_need_every_provider(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.yml"
    hosts.write_text("office_other: {}")
    assert loaded(tmp_path) == ["other"]
    hosts.write_text("office_other: {}" + " " * 1_000_000)
    assert loaded(tmp_path) == ["one", "other", "third"]
    hosts.write_text("office_other: {}")
    for number in range(200):
        (tmp_path / f"{number}.yml").touch()
    assert loaded(tmp_path) == ["one", "other", "third"]
