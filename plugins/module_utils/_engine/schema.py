# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Field tables: what a resource consists of, as data. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .._numbers.dialled import Dialled


class _Unknown:
    """What a field holds whose value the provider does not show."""

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN = _Unknown()


def nothing(value: Any) -> Iterable[Dialled]:
    """Return what a value dials that calls nobody; the default."""
    return ()


def same(value: Any) -> Any:
    """Return *value* as it is; the default for a field without a rule of its own."""
    return value


@dataclass(frozen=True)
class Field:
    """One option of a resource.

    *read* takes a provider's record and returns the value, None where there is none, `UNKNOWN` where it is not shown.
    *write* returns the members of the request body that set a value. *canonical* returns what is compared (applied
    twice it must equal once). *shown* returns the value as the user would write it. *needed_to_create*: a new object
    must have it. *locked*: it cannot be changed afterwards, only by deleting the object and creating another one.
    *dials* returns what a value could dial, which the safety policy judges before it is written. *may_be_empty*: the
    option takes an empty value.
    """

    name: str
    read: Callable[[Mapping[str, Any]], Any]
    write: Callable[[Any], Mapping[str, Any]] | None = None
    canonical: Callable[[Any], Any] = same
    shown: Callable[[Any], Any] = same
    needed_to_create: bool = False
    locked: bool = False
    dials: Callable[[Any], Iterable[Dialled]] = nothing
    may_be_empty: bool = True

    @property
    def read_only(self) -> bool:
        return self.write is None


@dataclass(frozen=True)
class Table:
    """All fields of a resource, its names, and what its provider lets one do with it.

    *key* names the field that tells two of its objects apart. *why_not_create* and *why_not_delete* are sentences
    for the user where the provider or its price forbids that; "" means that it can be done. *readable*: the provider
    shows its objects. Where it does not, what is not remembered is unknown instead of absent. *deletes_last*: what is
    to be deleted may be in use until other objects are changed. *renames*: the key can be changed, because the provider
    knows its objects by something else. *replacing* says what is lost when an object is deleted and created anew.
    *touched* takes the record of a write and returns whether it changed anything, where only the answer says that.
    *shell*: the fields that creating an object sets, the others come by a second write; empty: all that can be set.
    *goes_live*: calls reach what its objects refer to as soon as they are written, so that this comes after everything
    that they refer to, directly or through others. *turns* of creating an object and of its second write: of what could
    be written next, the lowest comes first, so that what the provider allows few of keeps nothing else waiting.
    """

    singular: str
    plural: str
    key: str
    fields: tuple[Field, ...]
    why_not_create: str = ""
    why_not_delete: str = ""
    readable: bool = True
    deletes_last: bool = False
    renames: bool = False
    replacing: str = "its settings elsewhere are lost"
    touched: Callable[[Mapping[str, Any]], bool] = lambda record: True
    shell: tuple[str, ...] = ()
    goes_live: bool = False
    turns: tuple[int, int] = (0, 1)

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.plural}: a field is listed twice")
        if self.key not in names:
            raise ValueError(f"{self.plural}: the key {self.key} is not a field")
        for field in self.fields:
            if field.needed_to_create and (field.read_only or self.why_not_create):
                raise ValueError(f"{self.plural}.{field.name}: needed to create, but cannot be set")

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def read(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that a provider's record holds, by field name."""
        return {field.name: field.read(record) for field in self.fields}

    def differences(
        self, desired: Mapping[str, Any], present: Mapping[str, Any], *, unknown_differs: bool = False
    ) -> tuple[str, ...]:
        """Return the names of the fields that *desired* sets to something else than *present* holds.

        What the provider does not show is taken to be as desired unless *unknown_differs*.
        """

        def differs(field: Field) -> bool:
            pair = desired[field.name], present.get(field.name)
            if UNKNOWN in pair:
                return unknown_differs
            return bool(field.canonical(pair[0]) != field.canonical(pair[1]))

        return tuple(
            field.name
            for field in self.fields
            if field.name in desired
            and not field.read_only
            and (self.renames or field.name != self.key)
            and differs(field)
        )

    def settable(self, desired: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the names of the fields that *desired* sets and that can be written."""
        return tuple(
            field.name
            for field in self.fields
            if field.name in desired and not field.read_only and field.name != self.key
        )

    def body(self, values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
        """Return the request body that sets the fields *names* to *values*."""
        members: dict[str, Any] = {}
        for field in self.fields:
            if field.name in names and field.write is not None:
                members.update(field.write(values[field.name]))
        return members

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them, in the order of the table."""
        return {
            field.name: None if values[field.name] is None else field.shown(values[field.name])
            for field in self.fields
            if field.name in values and values[field.name] is not UNKNOWN
        }

    def listed(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """Return shown values as the plural module takes them: without empty ones that it would refuse."""
        refused = {field.name for field in self.fields if not field.may_be_empty}
        return {name: value for name, value in shown.items() if value is not None or name not in refused}
