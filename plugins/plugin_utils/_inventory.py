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

# Besides its lists, the variables of an office that the calls of others may depend on, without `office_`.
OF_CALLS = ("region", "timezone", "people", "call_tests")
# The variable that names another one: the one by which reports are divided.
GROUP = "report_group"


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
                if raw.get(GROUP):
                    index.groups[host] = str(variables.get(variables[GROUP]) or "")
                lists = {name: opened(variables[PROVIDERS[name].variable]) for name in names}
                calls = {
                    name: opened(variables[f"office_{name}"])
                    for name in OF_CALLS
                    if raw.get(f"office_{name}") is not None
                }
                if BEFORE_2_19:
                    refuse_unresolved([lists, calls])
            # Lookups and filters raise anything, and another host must never stop a run.
            except Exception as error:
                index.unread[host] = why(error)
                continue
            claims = claims_of(host, lists, _text(calls.get("region")), accounts, canonical)
            index.add(host, claims, {**calls, **lists})
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
