# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The index of all offices of an inventory: one owner-only folder for a run, with little for each office to read.

`HOST.json` holds the collisions of one office; an office without any has none. `everything` holds what all offices
name, for jobs that must not delete what another one uses. For routes of calls that go on at another office there are
`numbers`, whose each number is, `people`, `dialling`, which offices with call tests send calls to which others, and
`HOST.office`, the variables that calls depend on. Private to the collection.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from .._calls.people import Person, read_people
from .._errors import Problems
from .._files.names import file_name, write_whole
from .._numbers import e164
from .._numbers.policy import Policy
from .._numbers.rules import NumberRules
from .claims import Claim, collisions, names_used
from .providers import PROVIDERS

# Without an ending, so that it is no host's.
_EVERYTHING, _NUMBERS, _PEOPLE = "everything", "numbers", "people"
_DIALLING, _GROUPS = "dialling", "groups"
_FEWEST_DIGITS = 7


@dataclass
class Index:
    """What the variables of all offices say. *positions* tells by host and path where that stands in a file."""

    claims: list[Claim] = field(default_factory=list)
    used: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    hosts: int = 0
    # By host and provider, a name for the account; see `claims.account_of`.
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)
    offices: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    # By host, whose office it is, where the inventory says by which variable.
    groups: dict[str, str] = field(default_factory=dict)

    def add(self, host: str, claims: Iterable[Claim], office: Mapping[str, Any]) -> None:
        """Add what one office claims, what its items refer to, and what its calls depend on.

        *office* holds the values of its variables by name without `office_`, among them its lists by provider.
        """
        self.hosts += 1
        self.claims += claims
        self.used[host] = list(names_used(office))
        self.offices[host] = office

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
        _write(folder / _NUMBERS, {claim.key: claim.host for claim in self.claims if claim.key.startswith("+")})
        people = {host: list(_people(office)) for host, office in self.offices.items() if office.get("people")}
        _write(folder / _PEOPLE, people)
        _write(folder / _DIALLING, self._dialling())
        _write(folder / _GROUPS, self.groups)
        for host, office in self.offices.items():
            _write(_office_of(folder, host), office)
        folder.rename(final)

    def _dialling(self) -> dict[str, list[str]]:
        """Return by host the other offices that send calls there, none where no office has call tests."""
        if not any(office.get("call_tests") for office in self.offices.values()):
            return {}
        hosts = {claim.key: claim.host for claim in self.claims if claim.key.startswith("+")}
        found: dict[str, list[str]] = {}
        for host, office in self.offices.items():
            region = office.get("region")
            lists = [office.get(name) for name in PROVIDERS]
            others = {hosts[number] for number in _numbers(lists, region) if number in hosts} - {host}
            for other in others:
                found.setdefault(other, []).append(host)
        return found


def _problem(mine: Claim, other: Claim, position: Any) -> dict[str, str]:
    place = position(other.host, other.path)
    where = f"{other.host}, {place}" if place else f"{other.host}, {other.path}"
    what = f"the {mine.kind} {mine.key} is also in the variables of {where}; two offices must not manage the same one"
    return {"path": mine.path, "what": what, "provider": mine.provider}


def _numbers(value: Any, region: Any) -> Iterator[str]:
    """Yield the phone numbers in *value*, however deep they are, in E.164."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _numbers(part, region)
    elif isinstance(value, list):
        for part in value:
            yield from _numbers(part, region)
    elif isinstance(value, str) and sum(map(str.isdigit, value)) >= _FEWEST_DIGITS:
        with contextlib.suppress(e164.NumberError):
            yield e164.parse(value, region if isinstance(region, str) else None).e164


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


class OtherOffices:
    """What the index in *folder* knows of the other offices' calls; each file is read when it is asked for first.

    *same_group*: offices of other groups are not known.
    """

    def __init__(self, folder: str | Path | None, host: str, *, same_group: bool = False) -> None:
        self._folder = Path(folder) if folder else None
        self._host = host
        self._same_group = same_group

    @cached_property
    def _numbers(self) -> dict[str, str]:
        return self._mapping(_NUMBERS)

    @cached_property
    def named(self) -> dict[str, Any]:
        """What all offices name, as `everything` returns it."""
        return self._mapping(_EVERYTHING)

    @cached_property
    def people(self) -> list[Person]:
        """The people of the other offices."""
        found = self._mapping(_PEOPLE).items()
        return [
            Person.of(entry) for host, people in found if host != self._host and self._knows(host) for entry in people
        ]

    @cached_property
    def _groups(self) -> dict[str, str]:
        return self._mapping(_GROUPS)

    @property
    def group(self) -> str:
        """Whose office it is, "" where nobody says."""
        return self._groups.get(self._host, "")

    def _knows(self, host: str) -> bool:
        return not self._same_group or self._groups.get(host, "") == self.group

    def with_tests_of(self, host: str) -> list[str]:
        """Return the offices with call tests that send calls to *host*, directly or through others."""
        dialling = self._mapping(_DIALLING)
        found = {host: None}
        for reached in (queue := [host]):
            new = [other for other in dialling.get(reached, ()) if other not in found]
            found.update(dict.fromkeys(new))
            queue += new
        return [other for other in found if other != host and self.variables(other).get("call_tests")]

    def host_of(self, number: str) -> str:
        """Return which other office has *number* (E.164), "" for none."""
        host = self._numbers.get(number, "")
        return "" if host == self._host or not self._knows(host) else host

    def variables(self, host: str) -> dict[str, Any]:
        """Return what an office's calls depend on, by variable without `office_`."""
        return self._mapping(_office_of(Path(), host).name)

    def _mapping(self, name: str) -> dict[str, Any]:
        found = None if self._folder is None else _load(self._folder / name)
        return found if isinstance(found, dict) else {}


def _people(office: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an office's people as data, read once for all offices; what is wrong there is reported to that office."""
    region = office.get("region")
    rules = NumberRules(region if isinstance(region, str) else None, Policy(), lambda text: None, Problems())
    yield from (asdict(person) for person in read_people(office["people"], "people", rules, PROVIDERS))


def _office_of(folder: Path, host: str) -> Path:
    return folder / f"{file_name(host)}.office"


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
