# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office as its options describe it, checked as far as possible without asking. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from .._engine import yaml_text
from .._engine.account import Account
from .._engine.argspec import ArgSpec
from .._engine.package import OfficeList
from .._engine.plan import Desired, refuse_duplicates
from .._errors import InputError, Problems, suggestions
from .._files.masks import NEXT_STEP, WHY, masked_places
from .._numbers.rules import NumberRules
from .messages import problem_lines
from .providers import PROVIDERS

Path = tuple["str | int", ...]
# Checks a mapping against a specification: specification, mapping, its path, and whom to tell of problems.
Check = Callable[[ArgSpec, Any, Path, Callable[[Path, str], None]], dict[str, Any]]

# How the engine calls a place: `forwardings[3] (+46...): destination.user`, and `forwarding (+46...)` for what no list
# names.
_PLACE = re.compile(r"(?P<list>\w+)(?P<position>\[\d+\])?(?: \((?P<key>.*)\))?(?:: (?P<option>[^()]*))?", re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """What is wrong with the user's data. *path* names the place in it, as `office_sonetel.forwardings[3].number`."""

    path: str
    what: str
    provider: str = ""
    # What it belongs to, where that is no provider.
    group: str = ""

    def result(self) -> dict[str, str]:
        """Return the problem as a module's result carries it."""
        title = PROVIDERS[self.provider].title if self.provider else self.group
        return {"path": self.path, "what": self.what, "provider": self.provider, "title": title}


class ProblemsFound(InputError):
    """The office's variables are wrong, or what they ask for cannot be done; *problems* holds each."""

    def __init__(self, problems: Sequence[Problem], headline: str = "") -> None:
        self.problems = sorted(dict.fromkeys(problems), key=_order)
        lines = problem_lines([problem.result() for problem in self.problems], headline)
        super().__init__(lines[0], listed=lines[1:])

    def __str__(self) -> str:
        return "\n".join([self.headline, *self.listed])

    def failure(self) -> dict[str, Any]:
        """Return the machine-readable form."""
        problems = [problem.result() for problem in self.problems]
        return {**super().failure(), "message": self.headline, "problems": problems}


@dataclass
class Office:
    """One office. *items* are its lists by provider as modules take them, *desired* the same once they were read."""

    name: str
    rules: NumberRules
    check: Check
    problems: list[Problem] = field(default_factory=list)
    items: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)
    desired: dict[str, dict[str, list[Desired]]] = field(default_factory=dict)

    def read(self, lists: Mapping[str, Any]) -> None:
        """Check the lists of each provider; what is wrong is left in *problems*."""
        for name, given in lists.items():
            account = PROVIDERS.get(name)
            if account is None:
                self.problems.append(Problem(f"office_{name}", f"no such provider. {suggestions(name, PROVIDERS)}"))
            elif given is not None:
                self._read_provider(account, given)

    def read_leniently(self, lists: Mapping[str, Any]) -> None:
        """Read what can be read of the lists that send calls elsewhere; what is wrong only leaves its item out."""
        for account in (PROVIDERS[name] for name in lists if name in PROVIDERS):
            given = lists[account.name] if isinstance(lists[account.name], Mapping) else {}
            for table in account.lists:
                found = given.get(table.name) if table.away else None
                for place, item in enumerate(found if isinstance(found, list) else []):
                    alone = Office(self.name, self.rules, self.check)
                    alone.read({account.name: {table.name: [item]}})
                    self.problems += alone.problems_at((account.variable, table.name), place)
                    if not alone.problems:
                        items = self.desired.setdefault(account.name, {}).setdefault(table.name, [])
                        items += alone.desired[account.name][table.name]

    def _read_provider(self, account: Account, given: Any) -> None:
        if not isinstance(given, Mapping):
            text = f"is not a mapping; it holds the lists {', '.join(account.names)}"
            self.problems.append(Problem(account.variable, text, account.name))
            return
        for name in given:
            if name not in account.names:
                text = f"no such list. {suggestions(str(name), account.names)}"
                self.problems.append(Problem(f"{account.variable}.{name}", text, account.name))
        for table in account.lists:
            if table.name not in given:
                continue
            path: Path = (account.variable, table.name)
            found = given[table.name]
            if wrong := _no_items(table, found):
                self.problems.append(Problem(spelled(path), wrong, account.name))
                continue
            items, sound = [], []
            for place, item in enumerate(table.items_in(found)):
                before = len(self.problems)
                where = path if table.single else (*path, place)
                items.append(self.read_item(account, table.options, item, where))
                if len(self.problems) == before:
                    sound.append(place)
            self.items.setdefault(account.name, {})[table.name] = items
            if len(sound) == len(items):
                self._read_list(account, table.name, items)
            else:
                self._check_rest(account, table, {place: items[place] for place in sound})
        self._refuse_same_keys(account)
        self._refuse_said_twice(account)

    def _refuse_same_keys(self, account: Account) -> None:
        """Report what two lists hold that can be only one of them, such as an extension number."""
        first: dict[tuple[str, str], str] = {}
        for table in (table for table in account.lists if table.unique):
            for item in self.desired.get(account.name, {}).get(table.name, ()):
                path: Path = (account.variable, table.name, item.position or 0)
                other = first.setdefault((table.unique, item.key.folded().first), spelled(path))
                if not other.startswith(spelled(path[:2])):
                    text = f"{item.key.first} is the {table.unique} of {other} as well; choose another one"
                    self.problems.append(Problem(f"{spelled(path)}.{table.keys[0]}", text, account.name))

    def _refuse_said_twice(self, account: Account) -> None:
        """Report what items of two lists set of the same thing, such as a queue's hours."""
        first: dict[str, tuple[OfficeList, str]] = {}
        for table in account.lists:
            for item in self.desired.get(account.name, {}).get(table.name, ()):
                for option, what in () if item.unread else table.says(item):
                    path = spelled((account.variable, table.name, item.position or 0, *filter(None, (option,))))
                    by, other = first.setdefault(what, (table, path))
                    if by is not table:
                        self.problems.append(
                            Problem(path, f"sets {what}, as {other} does; set it in one place only", account.name)
                        )

    def read_item(self, account: Account, options: ArgSpec, item: Any, path: Path) -> dict[str, Any]:
        """Return an item with its types converted; what YAML or a mask has changed is looked for before that."""
        changed = {}
        if isinstance(item, Mapping):
            changed = dict(yaml_text.problems(options.options, item, spelled(path)))
            # From an earlier result that was given back: a mask would be written to the account.
            changed |= dict.fromkeys(masked_places(item, spelled(path)), f"is not what was meant: {WHY}. {NEXT_STEP}")
        self.problems += [Problem(place, what, account.name) for place, what in changed.items()]

        def report(where: Path, what: str) -> None:
            if spelled(where) not in changed:
                self.problems.append(Problem(spelled(where), what, account.name))

        return self.check(options, item, path, report)

    def _read_list(self, account: Account, name: str, items: Sequence[Mapping[str, Any]]) -> None:
        table = account.list_of(name)
        rules = NumberRules(self.rules.region, self.rules.policy, self.rules.warn, Problems())
        desired = table.resource.desired(items, rules, many=True)
        refuse_duplicates(table.resource.table, desired, rules.problems)
        self.take(account, rules.problems)
        self.desired.setdefault(account.name, {})[name] = desired

    def _check_rest(self, account: Account, table: OfficeList, sound: Mapping[int, Mapping[str, Any]]) -> None:
        """Check the sound items of a list that has wrong ones too, so that one run reports every problem."""
        desired: list[Desired] = []
        for place, item in sound.items():
            alone = Office(self.name, self.rules, self.check)
            alone._read_list(account, table.name, [item])
            self.problems += alone.problems_at((account.variable, table.name), place)
            desired += [replace(one, position=place) for one in alone.desired[account.name][table.name]]
        problems = Problems()
        refuse_duplicates(table.resource.table, desired, problems)
        self.take(account, problems)

    def problems_at(self, path: Path, place: int) -> list[Problem]:
        """Return the problems of an item that was read alone, as those of the item at *place* in the list at *path*."""
        first, mine = (spelled((*path, position)) for position in (0, place))
        return [replace(problem, path=mine + problem.path.removeprefix(first)) for problem in self.problems]

    def take(self, account: Account, problems: Problems) -> None:
        """Add what the engine found wrong with the lists of a provider, with the paths of the office's variables."""
        for where, what in problems.found:
            path, named = _located(account, where)
            self.problems.append(Problem(path, f"{named}: {what}" if named else what, account.name))


def _no_items(table: OfficeList, found: Any) -> str:
    """Return why *found* is not what an office holds in the place of the list, "" if it is."""
    if isinstance(found, Mapping if table.single else list):
        return ""
    if table.single:
        options = ", ".join(table.options.options)
        return "is empty; leave it out" if found is None else f"is not a mapping with {options}"
    return "is empty; write [] for an empty list, or leave it out" if found is None else "is not a list"


def _located(account: Account, where: str) -> tuple[str, str]:
    """Return the path of a place as the engine calls it, and the name of an item that stands in no list."""
    found = _PLACE.fullmatch(where)
    names = {table.resource.table.singular: table.name for table in account.lists}
    if not found or found["list"] not in {*names, *account.names}:
        return (f"{account.variable}.{where}" if where else account.variable), ""
    path = f"{account.variable}.{names.get(found['list'], found['list'])}{found['position'] or ''}"
    path += f".{found['option']}" if found["option"] else ""
    in_list = found["position"] is not None or account.list_of(names.get(found["list"], found["list"])).single
    return path, "" if in_list else found["key"] or ""


def _order(problem: Problem) -> tuple[int, list[tuple[int, str]]]:
    """Sort problems by provider, then by their place in the lists."""
    providers = [*PROVIDERS, ""]
    place = providers.index(problem.provider) if problem.provider in providers else len(providers)
    parts = re.split(r"[.\[\]]+", problem.path)
    return place, [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def spelled(path: Path) -> str:
    """Return a path as people write it: `office_sonetel.forwardings[3].number`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def known_zone(name: str) -> str:
    """Return why *name* is not the name of a time zone, "" if it is one."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return f"{name!r} is not the name of a time zone such as Europe/Stockholm (IANA)"
    return ""
