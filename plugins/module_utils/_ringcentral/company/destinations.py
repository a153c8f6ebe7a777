# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where calls go: one form for menus, queues, rules and holidays. Facts: docs/providers/ringcentral-company.md 4 to 9.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..._engine import naming
from ..._numbers.dialled import Dialled, Kind
from ..._numbers.rules import NumberRules
from ..directory import Extension

EXTENSION, PHONE_NUMBER, VOICEMAIL, ANNOUNCEMENT = "extension", "phone_number", "voicemail", "announcement"
OPERATOR, HANG_UP, WAIT = "operator", "hang_up", "wait"
DIAL_BY_NAME, REPEAT, ROOT, PREVIOUS = "dial_by_name", "repeat", "root", "previous"
# An action of RingCentral's that no option can express; it differs from all others and is never written.
RAW = "raw"

_ALL = (
    EXTENSION, PHONE_NUMBER, VOICEMAIL, ANNOUNCEMENT, OPERATOR, HANG_UP, DIAL_BY_NAME, REPEAT, ROOT, PREVIOUS, WAIT,
)  # fmt: skip


@dataclass(frozen=True)
class Destination:
    """Where calls go. *kind* is the option that says so.

    *to* is what the option names: an extension (of EXTENSION, and of VOICEMAIL that is not the owner's own), a number
    in E.164, the name of a preset greeting, or RingCentral's own words; None where there is nothing to name. Before the
    extensions are looked up, it is what the user calls one.
    """

    kind: str
    to: Extension | str | None = None

    @property
    def extension(self) -> Extension | None:
        """The extension that it leads to, whose mailbox it may be."""
        return self.to if isinstance(self.to, Extension) else None

    def canonical(self) -> tuple[str, str]:
        """Return what is compared."""
        return self.kind, self.to.key if isinstance(self.to, Extension) else self.to or ""

    def over(self, present: Destination | None) -> Destination:
        """Return this with the greeting of *present*, which an announcement leaves alone that names none."""
        same = present is not None and present.kind == self.kind == ANNOUNCEMENT and self.to is None
        return present if same and present is not None else self

    def shown(self) -> dict[str, Any]:
        """Return the option that means this."""
        name = self.to.label if isinstance(self.to, Extension) else self.to
        if self.kind == VOICEMAIL and name:
            return {VOICEMAIL: {EXTENSION: name}}
        return {self.kind: name or True}

    def dials(self) -> Iterator[Dialled]:
        """Yield the phone number that it calls."""
        if self.kind == PHONE_NUMBER:
            yield Dialled(Kind.NUMBER, str(self.to), f".{PHONE_NUMBER}")


def read_destination(
    option: Mapping[str, Any] | None, where: str, rules: NumberRules, takes: Collection[str], owner: str
) -> Destination | None:
    """Return what the user's *option* means, None where it is not given or is wrong, which goes to *rules*.

    *takes*: the kinds that its *owner* can do, which messages call "a company rule".
    """
    given = [kind for kind in _ALL if (option or {}).get(kind) is not None]
    if option is None or len(given) != 1:
        return None  # Ansible has refused that already
    kind, value = given[0], option[given[0]]
    if kind not in takes:
        choices = ", ".join(name for name in _ALL if name in takes)
        rules.problems.add(f"{where}.{kind}", f"{owner} cannot do that; it takes {choices}")
        return None
    if value is False:
        rules.problems.add(f"{where}.{kind}", "can only be true; say what happens instead")
        return None
    if kind == PHONE_NUMBER:
        number = rules.target(f"{where}.{PHONE_NUMBER}", value)
        return Destination(kind, number) if number else None
    if kind == VOICEMAIL and isinstance(value, Mapping):
        value = value[EXTENSION]
    if isinstance(value, str) and not naming.folded(value):
        rules.problems.add(f"{where}.{kind}", "is empty")
        return None
    return Destination(kind, None if value is True else naming.folded(value))


def located(
    destination: Destination | None, where: str, find: Callable[[str, str], Extension | None]
) -> Destination | None:
    """Return *destination* with the extension that it names; None where there is none, which *find* has noted.

    *find* takes what the user calls an extension, and the place of the option.
    """
    if destination is None or destination.kind not in (EXTENSION, VOICEMAIL) or not isinstance(destination.to, str):
        return destination
    option = EXTENSION if destination.kind == EXTENSION else f"{VOICEMAIL}.{EXTENSION}"
    found = find(destination.to, f"{where}.{option}")
    return None if found is None else replace(destination, to=found)


def canonical(value: Destination | None) -> Any:
    """Return what is compared of a field that holds a destination."""
    return None if value is None else value.canonical()


def dials(value: Destination | None) -> Iterator[Dialled]:
    """Yield what a field that holds a destination dials."""
    if value is not None:
        yield from value.dials()
