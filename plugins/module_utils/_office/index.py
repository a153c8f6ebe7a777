# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The index of all offices of an inventory: one owner-only folder for a run, with little for each office to read.

`HOST.json` holds the collisions of one office; an office without any has none. `everything` holds what all offices
name, for jobs that must not delete what another one uses. Private to the collection.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .._files.names import file_name, write_whole
from .claims import Claim, collisions, names_used

# Without an ending, so that it is no host's.
_EVERYTHING = "everything"


@dataclass
class Index:
    """What the variables of all offices say. *positions* tells by host and path where that stands in a file."""

    claims: list[Claim] = field(default_factory=list)
    used: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    hosts: int = 0
    # By host and provider, a name for the account; see `claims.account_of`.
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, host: str, claims: Iterable[Claim], lists: Mapping[str, Any]) -> None:
        """Add what one office claims, and what its items refer to."""
        self.hosts += 1
        self.claims += claims
        self.used[host] = list(names_used(lists))

    def write(self, position: Any, folder: Path) -> None:
        """Write the index to *folder*, which must not exist. *position* takes host and path, and returns a place.

        The folder has its name only when everything is in it.
        """
        final, folder = folder, folder.with_name(f".{folder.name}.new")
        folder.mkdir(mode=0o700)
        for host, pairs in collisions(self.claims).items():
            _write(_file_of(folder, host), [_problem(mine, other, position) for mine, other in pairs])
        everything = {
            "claims": [[claim.host, claim.provider, claim.kind, claim.key, claim.scope] for claim in self.claims],
            "used": self.used,
            "unread": self.unread,
            "hosts": self.hosts,
            "accounts": self.accounts,
        }
        _write(folder / _EVERYTHING, everything)
        folder.rename(final)


def _problem(mine: Claim, other: Claim, position: Any) -> dict[str, str]:
    place = position(other.host, other.path)
    where = f"{other.host}, {place}" if place else f"{other.host}, {other.path}"
    what = f"the {mine.kind} {mine.key} is also in the variables of {where}; two offices must not manage the same"
    return {"path": mine.path, "what": what, "provider": mine.provider}


def _write(path: Path, content: Any) -> None:
    # Ansible removes it at the end of the run.
    write_whole(path, json.dumps(content), lasting=False)


def _file_of(folder: Path, host: str) -> Path:
    return folder / f"{file_name(host)}.json"


def collisions_of(folder: str | Path, host: str) -> list[dict[str, str]]:
    """Return the collisions of one office as problems, none where there is no index any more."""
    found = _load(_file_of(Path(folder), host))
    return found if isinstance(found, list) else []


def everything(folder: str | Path) -> dict[str, Any]:
    """Return what all offices name, {} where there is no index any more."""
    found = _load(Path(folder) / _EVERYTHING)
    return found if isinstance(found, dict) else {}


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
