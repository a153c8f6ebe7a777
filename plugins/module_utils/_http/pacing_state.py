# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is kept of a server's rate limits: who called, for which account, and when. Private to the collection.

The document is `{number, names, accounts}`. *names* tell the account of credentials, as far as an answer has it.
An account is known by its owner and its app; where either is not known it may be any that agrees in the rest, so that
all of those are counted together. Whatever is in the file and does not look like that counts as not there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

# What lies further ahead was written before the machine's clock was set back.
_LONGEST_PENALTY = 86400.0

_Part = TypeVar("_Part")


@dataclass
class Taken:
    """A place: when its request was sent, and when it was answered."""

    number: int
    sent: float
    answered: float | None

    @classmethod
    def read(cls, found: Any) -> Taken:
        number, sent, answered = found
        return cls(_whole(number), _real(sent), None if answered is None else _real(answered))

    def counts(self, window: float, now: float, longest: float) -> bool:
        """Return whether the provider may still remember it."""
        if self.sent > now + 1:
            return False  # the machine's clock was set back
        return now < (self.sent + longest if self.answered is None else self.answered) + window


@dataclass
class Counter:
    """One group of one account. *learned*: an answer has reported the limit.

    *announced_until*: until then, people know of the wait for a place.
    """

    limit: int
    window: float
    learned: bool = False
    shut_until: float = 0.0
    announced_until: float = 0.0
    places: list[Taken] = field(default_factory=list)

    @classmethod
    def read(cls, found: Any) -> Counter:
        counter = cls(_whole(found["limit"]), _real(found["window"]), found["learned"] is True)
        if counter.limit < 1 or counter.window <= 0:
            raise ValueError
        counter.shut_until = _real(found["shut_until"])
        counter.announced_until = _real(found.get("announced_until", 0.0))
        counter.places = _each(found["places"], Taken.read)
        return counter

    def tidy(self, now: float, longest: float) -> None:
        """Forget what is over."""
        self.places = [taken for taken in self.places if taken.counts(self.window, now, longest)]
        if not now < self.shut_until <= now + _LONGEST_PENALTY:
            self.shut_until = 0.0
        if not now < self.announced_until <= now + _LONGEST_PENALTY:
            self.announced_until = 0.0

    def add(self, other: Counter) -> None:
        """Count *other* as well, as if both were one."""
        self.places = sorted([*self.places, *other.places], key=lambda taken: taken.number)
        self.limit, self.window = min(self.limit, other.limit), max(self.window, other.window)
        self.shut_until = max(self.shut_until, other.shut_until)
        self.announced_until = max(self.announced_until, other.announced_until)


@dataclass
class Account:
    """Who shares counters: an owner and an app, "" for not known. *moved*: operations that count in another group."""

    owner: str
    app: str
    groups: dict[str, Counter] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, found: Any) -> Account:
        moved = found["moved"]
        return cls(
            _text(found["owner"]),
            _text(found["app"]),
            {_text(group): counter for group, counter in _items(found["groups"], Counter.read)},
            {_text(operation): _text(group) for operation, group in moved.items()},
        )

    def counter(self, group: str, limit: int, window: float) -> Counter:
        """Return the counter of *group*, a new one where nothing is known of it."""
        return self.groups.setdefault(group, Counter(limit, window))

    def may_be(self, other: Account) -> bool:
        """Return whether both may be the same account."""
        return all(
            mine == theirs or not mine or not theirs
            for mine, theirs in ((self.owner, other.owner), (self.app, other.app))
        )


@dataclass(frozen=True)
class Known:
    """The account that a name belongs to, and how long that is to be kept."""

    account: str
    until: float

    @classmethod
    def read(cls, found: Any) -> Known:
        account, until = found
        return cls(_text(account), _real(until))


class State:
    """The document while it is being worked on. Reading it forgets what is over."""

    def __init__(self, found: Any, now: float, longest: float) -> None:
        document = found if isinstance(found, Mapping) else {}
        self._number = _or_none(_whole, document.get("number")) or 0
        self.accounts = dict(_items(document.get("accounts"), Account.read))
        names = _items(document.get("names"), Known.read)
        self.names = {name: known for name, known in names if known.until > now}
        for account in self.accounts.values():
            for counter in account.groups.values():
                counter.tidy(now, longest)
                self._number = max([self._number, *(taken.number for taken in counter.places)])

    def document(self) -> dict[str, Any]:
        """Return what is to be kept, as JSON."""
        used = {known.account for known in self.names.values()}
        accounts = {
            key: {
                "owner": account.owner, "app": account.app, "moved": account.moved,
                "groups": {
                    group: {
                        "limit": counter.limit, "window": counter.window, "learned": counter.learned,
                        "shut_until": counter.shut_until, "announced_until": counter.announced_until,
                        "places": [[taken.number, taken.sent, taken.answered] for taken in counter.places],
                    }
                    for group, counter in account.groups.items()
                },
            }
            for key, account in self.accounts.items()
            if key in used or any(item.places or item.shut_until for item in account.groups.values())
        }  # fmt: skip
        names = {name: [known.account, known.until] for name, known in self.names.items()}
        return {"number": self._number, "names": names, "accounts": accounts}

    def next_number(self) -> int:
        """Return a number that no place had before."""
        self._number += 1
        return self._number

    def account(self, name: str, app: str) -> Account:
        """Return the account of *name*; one of its own as long as it is not known whose it is."""
        known = self.names.get(name)
        key = known.account if known else f"?{name}"
        return self.accounts.setdefault(key, Account("", app))

    def name(self, name: str, owner: str, app: str, until: float) -> bool:
        """Note which account *name* belongs to until then; return whether that is news."""
        own = f"?{name}"
        key = f"{owner}/{app}" if owner else own
        known = self.names.get(name)
        if known is not None and known.account == key and known.until == until:
            return False
        self.names[name] = Known(key, until)
        account = self.accounts.setdefault(key, Account(owner, app))
        before = self.accounts.pop(own, None) if key != own else None
        for group, counter in (before.groups if before else {}).items():
            if group in account.groups:
                account.groups[group].add(counter)
            else:
                account.groups[group] = counter
        return True

    def find(self, number: int) -> tuple[Account | None, str, Taken | None]:
        """Return the place with *number*, and the account and group that it counts in."""
        for account in self.accounts.values():
            for group, counter in account.groups.items():
                for taken in counter.places:
                    if taken.number == number:
                        return account, group, taken
        return None, "", None

    def pooled(self, account: Account, group: str, own: Counter) -> Counter:
        """Return *own*, the counter of *group*, with those of all accounts that may be the same one."""
        pooled = replace(own, places=list(own.places))
        for other in self.accounts.values():
            if other is not account and group in other.groups and other.may_be(account):
                pooled.add(other.groups[group])
        return pooled


def _real(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _or_none(read: Callable[[Any], _Part], found: Any) -> _Part | None:
    """Return what *read* makes of *found*, None where it has another form."""
    try:
        return read(found)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return None


def _items(found: Any, read: Callable[[Any], _Part]) -> list[tuple[str, _Part]]:
    """Return the members of an object that can be read."""
    read_items = [(key, _or_none(read, value)) for key, value in found.items()] if isinstance(found, Mapping) else []
    return [(key, value) for key, value in read_items if value is not None]


def _each(found: Any, read: Callable[[Any], _Part]) -> list[_Part]:
    """Return the elements of a list that can be read."""
    elements = [_or_none(read, value) for value in found] if isinstance(found, list) else []
    return [value for value in elements if value is not None]
