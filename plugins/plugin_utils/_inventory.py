# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading the variables of all offices once, for the index. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible.utils.unsafe_proxy import AnsibleUnsafe

from ansible_collections.office.telephony.plugins.module_utils._office.claims import account_of, claims_of
from ansible_collections.office.telephony.plugins.module_utils._office.index import Index
from ansible_collections.office.telephony.plugins.module_utils._office.lists import canonical
from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS
from ansible_collections.office.telephony.plugins.plugin_utils._positions import BEFORE_2_19, position_of
from ansible_collections.office.telephony.plugins.plugin_utils._variables import opened, why


class Inventory:
    """The variables of all hosts. Each host's are read once; only what names something is templated."""

    def __init__(self, hostvars: Any) -> None:
        self._hostvars = hostvars
        self._raw: dict[str, Mapping[str, Any]] = {}

    def index(self, hosts: Iterable[str]) -> Index:
        """Return the index of *hosts*. One whose variables cannot be resolved is among the unread ones."""
        index = Index()
        for host in hosts:
            raw = self._raw[host] = self._hostvars.raw_get(host)
            accounts = {
                name: account_of(raw.get(f"{account.variable}_connection"), host, raw)
                for name, account in PROVIDERS.items()
            }
            index.accounts[host] = accounts
            names = [name for name in PROVIDERS if raw.get(PROVIDERS[name].variable) is not None]
            if not names:
                continue
            try:
                # Resolves what a host's variables say, as for the host itself.
                variables = self._hostvars[host]
                lists = {name: opened(variables[PROVIDERS[name].variable]) for name in names}
                region = variables["office_region"] if raw.get("office_region") is not None else None
                if BEFORE_2_19:
                    refuse_unresolved(lists)
            # Lookups and filters raise anything, and another host must never stop a run.
            except Exception as error:
                index.unread[host] = why(error)
                continue
            index.add(host, claims_of(host, lists, _text(region), accounts, canonical), lists)
        return index

    def position(self, host: str, path: str) -> str:
        """Return file, line and column of a path in a host's variables, "" where that is not known."""
        return position_of(self._raw.get(host, {}), path)


def refuse_unresolved(value: Any) -> None:
    """Raise `ValueError` for a template that is still one: up to ansible-core 2.18, what it names is not defined."""
    if isinstance(value, Mapping):
        for part in value.values():
            refuse_unresolved(part)
    elif isinstance(value, list):
        for part in value:
            refuse_unresolved(part)
    elif isinstance(value, str) and ("{{" in value or "{%" in value) and not isinstance(value, AnsibleUnsafe):
        raise ValueError(f"{value} is not defined")


def _text(region: Any) -> str | None:
    return region if isinstance(region, str) else None
