# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's two ways of call handling have in common for us. Private to the collection."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from ..._engine import naming
from ..._errors import Interrupted, Problems, TelephonyError, suggestions
from ..api import Record, RingCentralApi
from ..directory import Directory, Extension
from ..forwarding_numbers.preview import Preview
from ..forwarding_numbers.schema import number_of, type_of
from .listed_numbers import ListedNumbers
from .model import RingStep, Target, Then

# The refusal of the old APIs on accounts that use the new call handling (ringcentral.md 9.1).
CLOSED = "CMN-468"
# Fields that say what the hours do, in contrast to when they are.
RULE_FIELDS = frozenset({"ring_mode", "ring", "then"})


class CallHandling(ABC):
    """One of the two. Records hold the fields of the table, and what the API said, as far as it was asked."""

    # What the info module calls it.
    kind: ClassVar[str]
    # Whether it can send all calls away, whatever the hour.
    has_all: ClassVar[bool]

    def __init__(self, api: RingCentralApi, directory: Directory, numbers: ListedNumbers) -> None:
        self.api = api
        self.directory = directory
        self.numbers = numbers

    @abstractmethod
    def read(self, extension: Extension, needed: Mapping[str, Collection[str]]) -> list[Record]:
        """Return the records of the hours in *needed* that exist; right are the fields that it names for them."""

    @abstractmethod
    def target(self, target: Target, extension: Extension, where: str, problems: Problems) -> Target:
        """Return *target* as records hold it, found by what the user calls it."""

    @abstractmethod
    def then(self, then: Then, record: Record) -> Then:
        """Return *then* with what it leaves open taken from *record*."""

    @abstractmethod
    def refusal(self, hours: str, values: Mapping[str, Any], changes: Collection[str], record: Record) -> str:
        """Return why *values* cannot be written, "" if they can. *record* is empty for hours that do not exist yet."""

    @abstractmethod
    def why_not(self, hours: str, extension: Extension) -> str:
        """Return why these hours do not exist."""

    @abstractmethod
    def write(self, record: Record, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        """Change what *record* holds into *values* and return the new record."""

    @abstractmethod
    def is_called(self, target: Target, text: str) -> bool:
        """Return whether the user may call *target*, which rings already, *text*."""

    @abstractmethod
    def previewed(self, target: Target, preview: Preview) -> Target | None:
        """Return what becomes of *target* by what *preview* shows; None: it will not ring any more."""

    def inexpressible(self, ring: Sequence[RingStep]) -> str:
        """Return why options cannot say what *ring* rings, "" if they can."""
        return ""

    def warning(self, values: Mapping[str, Any], changes: Collection[str], record: Record) -> str:
        """Return what may come out otherwise when *values* are written, "" for nothing."""
        return ""

    def unclear(self, record: Record) -> str:
        """Return what is not known about the hours of *record*, because no document says it; "" for nothing."""
        return ""

    def with_expected(self, fields: Record, extension: Extension) -> Record:
        """Return the *fields* of a rule as they are after what another task is expected to do."""
        preview = self.numbers.preview(extension)
        if preview is None or not isinstance(fields["ring"], tuple):
            return fields
        steps = []
        for step in fields["ring"]:
            targets = frozenset(
                later for target in step.targets if (later := self.previewed(target, preview)) is not None
            )
            steps += [replace(step, targets=targets)] if targets else []
        return {**fields, "ring": tuple(steps), "ring_mode": fields["ring_mode"] if steps else None}


def in_turn(record: Record, writes: Sequence[tuple[str, Callable[[Record], Record]]]) -> Record:
    """Carry out *writes*, each of which takes the record and returns it as it is then; each has a name for messages.

    Raises `Interrupted` with the record as it was left when a later one is clearly refused.
    """
    done: list[str] = []
    for name, write in writes:
        try:
            record = write(record)
        except TelephonyError as error:
            if error.doubt or not done:
                raise
            interrupted = Interrupted(
                f"{' and '.join(done)} was set, but then the {name} could not be set. {error.message}",
                record,
                next_step=error.next_step or "Run again to set the rest.",
                status=error.status,
                code=error.code,
                request=error.request,
            )
            interrupted.systemic = error.systemic
            raise interrupted from error
        done.append(f"the {name}")
    return record


def no_after_hours(extension: Extension) -> str:
    """Return why there are none."""
    return (
        f"the work hours of extension {extension.label} are around the clock, so there are no after hours; set a "
        "schedule for hours: work"
    )


def without(value: Any, *names: str) -> Any:
    """Return a copy of *value* that has the members *names* nowhere."""
    if isinstance(value, Mapping):
        return {name: without(member, *names) for name, member in value.items() if name not in names}
    return [without(item, *names) for item in value] if isinstance(value, list) else value


def find_device(
    text: str, known: Iterable[tuple[str, str]], where: str, owner: str, problems: Problems
) -> tuple[str, str] | None:
    """Return id and name of the device that is called *text* or has this id, among *known* ids and names."""
    devices = dict(known)
    if text in devices:
        return text, devices[text]
    matches = naming.meant(text, devices)
    if len(matches) == 1:
        return matches[0], devices[matches[0]]
    if matches:
        listed = naming.by_id({key: devices[key] for key in matches})
        problems.add(where, f"{len(matches)} devices are called {text!r}; use the id of one: {listed}")
    else:
        problems.add(where, f"extension {owner} has no device {text!r} to ring. {suggestions(text, devices.values())}")
    return None


def targets_of(ring: Any) -> list[Target]:
    """Return all that rings, in a lasting order; nothing for what is no order of ours."""
    steps: tuple[RingStep, ...] = ring if isinstance(ring, tuple) else ()
    return sorted((target for step in steps for target in step.targets), key=lambda item: (item.kind, item.key))


def unambiguous(names: Mapping[str, str]) -> dict[str, str]:
    """Return *names* by id, without those that several ids bear."""
    return naming.only_once(names)


def device_lines(records: Iterable[Record]) -> list[Record]:
    """Return the forwarding numbers that are desk phones."""
    return [record for record in records if type_of(record) == "PhoneLine"]


def numbers_of(records: Iterable[Record]) -> dict[str, list[str]]:
    """Return the ids of forwarding numbers by phone number, desk phones left out."""
    found: dict[str, list[str]] = {}
    for record in records:
        number = number_of(record)
        if number and type_of(record) != "PhoneLine":
            found.setdefault(number, []).append(str(record["id"]))
    return found
