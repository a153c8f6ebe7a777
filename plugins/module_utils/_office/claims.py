# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which office names what, so that no two of them manage the same thing. Private to the collection.

Phone numbers are one world-wide name space: two offices that name the same number at one provider are refused whatever
their accounts. Everything else (voice apps, team members, extensions) is compared only within one account, as far as
that is known without resolving any secret.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .providers import PROVIDERS

# Names are only compared within one run, which reads all variables in one process.
_KEY = os.urandom(16)
_NAME = re.compile(r"\b[A-Za-z_]\w*")
_OF_ALL_HOSTS = ("groups", "hostvars", "omit", "vars")

# Returns a natural key as it is compared: its value, and the region by which national numbers are read.
Canonical = Callable[[Any, "str | None"], str]


@dataclass(frozen=True)
class Claim:
    """That *host* names something. *scope* is "" for what is compared whatever the account."""

    host: str
    provider: str
    kind: str
    key: str
    scope: str
    path: str

    @property
    def what(self) -> tuple[str, str, str, str]:
        """What is claimed; two hosts must not claim the same."""
        return self.provider, self.kind, self.key, self.scope


def claims_of(
    host: str, lists: Mapping[str, Any], region: str | None, accounts: Mapping[str, str], canonical: Canonical
) -> Iterator[Claim]:
    """Yield what *host* claims by its *lists* (by provider); *accounts* tells its account at each provider.

    What is not as lists have it is passed over: checking it is the job of the office's own task.
    """
    for name, account in PROVIDERS.items():
        given = lists.get(name)
        named: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        for table in account.lists if named else ():
            items = table.items_in(named.get(table.name)) if table.claims else []
            for position, item in enumerate(items):
                value = table.first_of(item) if isinstance(item, Mapping) else None
                if isinstance(value, str) and value.strip():
                    scope = "" if table.numbers else accounts.get(name, host)
                    path = f"{account.variable}.{table.name}{'' if table.single else f'[{position}]'}"
                    yield Claim(host, name, table.claims, canonical(value, region), scope, path)


def account_of(connection: Any, host: str, variables: Mapping[str, Any]) -> str:
    """Return a name for the account that an unresolved *connection* leads to; equal names mean the same account.

    Without one, the environment decides, which is the same for all hosts of a run. A template is the same where the
    host's *variables* that it names are.
    """
    if connection is None:
        return "environment"
    if not isinstance(connection, Mapping):
        return f"host {host}"
    account_id = connection.get("account_id")
    if isinstance(account_id, (str, int)) and "{{" not in str(account_id) and str(account_id) not in ("", "~"):
        return f"account {account_id}"
    named: dict[str, Any] = {}
    _add_named(connection, variables, named)
    given = {str(name): value for name, value in connection.items()}
    text = json.dumps([given, named], sort_keys=True, default=_sealed)
    # It may hold a password, and the name is written to a file.
    return f"connection {hashlib.blake2b(text.encode(), key=_KEY, digest_size=16).hexdigest()}"


def _add_named(value: Any, variables: Mapping[str, Any], named: dict[str, Any]) -> None:
    """Add to *named* the variables that the templates in *value* name, and those that these name."""
    if isinstance(value, Mapping):
        for part in value.values():
            _add_named(part, variables, named)
    elif isinstance(value, list):
        for part in value:
            _add_named(part, variables, named)
    elif isinstance(value, str) and ("{{" in value or "{%" in value):
        for name in _NAME.findall(value):
            # What Ansible itself says of the whole inventory is the same for all hosts.
            if name in variables and name not in named and name not in _OF_ALL_HOSTS:
                named[name] = variables[name]
                _add_named(variables[name], variables, named)


def _sealed(value: Any) -> str:
    """Return something that an encrypted value has without being opened."""
    return str(getattr(value, "_ciphertext", type(value).__name__))


def names_used(lists: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what an office's items refer to, each as provider, list and name; nobody else may prune that."""
    for provider, account in PROVIDERS.items():
        for table in account.lists if lists.get(provider) else ():
            for option in table.named_by:
                for name in _values(lists.get(provider), option):
                    yield provider, table.name, name


def _values(found: Any, option: str) -> Iterator[str]:
    """Yield the texts that options of that name hold, however deep they are."""
    if isinstance(found, Mapping):
        for name, value in found.items():
            if name == option and isinstance(value, (str, list)):
                yield from [value] if isinstance(value, str) else [part for part in value if isinstance(part, str)]
            else:
                yield from _values(value, option)
    elif isinstance(found, list):
        for item in found:
            yield from _values(item, option)


def collisions(claims: Iterable[Claim]) -> dict[str, list[tuple[Claim, Claim]]]:
    """Return by host which of its claims another host makes as well, each with the other one."""
    first: dict[tuple[str, str, str, str], Claim] = {}
    found: dict[str, list[tuple[Claim, Claim]]] = {}
    for claim in claims:
        other = first.setdefault(claim.what, claim)
        if other.host != claim.host:
            found.setdefault(claim.host, []).append((claim, other))
            found.setdefault(other.host, []).append((other, claim))
    return {host: list(dict.fromkeys(pairs)) for host, pairs in found.items()}
