# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What rings when an extension is called, and what happens then: one form for both of RingCentral's APIs.

Facts: docs/providers/ringcentral.md 8 and 9. Private to the collection.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..._engine.schema import Field, Table
from ..._numbers.dialled import Dialled, Kind

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
APPS = ("desktop", "mobile")
WORK, AFTER, ALL = "work", "after", "all"
IN_ORDER, AT_ONCE = "in_order", "at_once"
# A ring lasts about five seconds (ringcentral.md 9.5).
SECONDS_A_RING = 5
# Four rings, which is what RingCentral itself takes where nothing is said (ringcentral.md 8).
DEFAULT_SECONDS = 20
# Marks the id of a greeting that somebody has uploaded, in contrast to one of RingCentral's own.
CUSTOM_GREETING = "custom:"

# The types of raw targets of which is known whom they reach: people and devices of the account, by their ids, and a
# number that is looked at (ringcentral.md 9.4).
_KNOWN_TARGETS = frozenset(
    {
        "AllDesktopRingTarget",
        "AllMobileRingTarget",
        "CoworkerAppsRingTarget",
        "CoworkerRingTarget",
        "DeviceRingTarget",
        "PhoneNumberRingTarget",
    }
)
_TIME = re.compile(r"(\d\d):(\d\d)(?::\d\d)?")
_LAST_MINUTE = "23:59"
# As people write a time: 8, 8:00, 8.00, 0800.
_TIME_AS_WRITTEN = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))?(?::00)?")
_CLOSED = ("closed", "off", "no", "none", "never", "false", "-")


@dataclass(frozen=True)
class Target:
    """What rings: *kind* `phone_number`, `device`, `extension`, `app` or `raw`; *name* is what people call it.

    Of the kind `record` are forwarding numbers that no option can name.
    """

    kind: str
    key: str
    name: str = field(default="", compare=False)

    def shown(self) -> Any:
        if self.kind == "raw":
            return json.loads(self.key)
        if self.kind == "record":
            return {"forwarding_number_id": self.key, "label": self.name}
        return self.name or self.key


@dataclass(frozen=True)
class RingStep:
    """What rings together, for how long; *always*: as long as anything rings, which only apps can."""

    targets: frozenset[Target]
    seconds: int = DEFAULT_SECONDS
    always: bool = False

    def canonical(self) -> Any:
        """Return what is compared; the time of what always rings is that of the others."""
        keys = sorted((target.kind, target.key) for target in self.targets)
        return (0 if self.always else self.seconds, self.always, keys)

    def shown(self) -> dict[str, Any]:
        """Return the step as the user would write it."""
        lists: dict[str, list[Any]] = {}
        for target in sorted(self.targets, key=lambda item: (item.name, item.key)):
            lists.setdefault(_OPTION_OF[target.kind], []).append(target.shown())
        said: dict[str, Any] = {name: lists[name] for name in dict.fromkeys(_OPTION_OF.values()) if name in lists}
        return {**said, "always": True} if self.always else {**said, "seconds": self.seconds}


_OPTION_OF = {
    "phone_number": "phone_numbers",
    "device": "devices",
    "extension": "extensions",
    "app": "apps",
    "raw": "raw",
    "record": "raw",
}


@dataclass(frozen=True)
class Then:
    """Where a call goes when nobody has answered: *kind* `voicemail`, `extension`, `phone_number`, `announcement`.

    *key*: the number, or the id of the extension. *mailbox*: the id of the extension whose voicemail it is, "" for the
    extension's own. *greeting*: the id of the announcement's greeting, marked when it was uploaded. None: not
    said, so as it is.
    """

    kind: str
    key: str = ""
    mailbox: str | None = None
    greeting: str | None = None
    name: str = field(default="", compare=False)
    mailbox_name: str = field(default="", compare=False)

    def canonical(self) -> Any:
        """Return what is compared, as far as it concerns the kind."""
        if self.kind == "voicemail":
            return (self.kind, self.mailbox or "")
        return (self.kind, self.key, self.greeting or "")

    def over(self, present: Then | None) -> Then:
        """Return this with what it leaves open taken from *present*."""
        if present is None or self.kind != present.kind:
            return self
        if self.kind == "voicemail" and self.mailbox is None:
            return Then(self.kind, mailbox=present.mailbox, mailbox_name=present.mailbox_name)
        if self.kind == "announcement" and self.greeting is None:
            return Then(self.kind, greeting=present.greeting)
        return self

    def shown(self) -> dict[str, Any]:
        """Return the option that means this."""
        if self.kind == "voicemail":
            mailbox = {"mailbox": self.mailbox_name or self.mailbox} if self.mailbox else {}
            return {"voicemail": True, **mailbox}
        if self.kind == "announcement":
            return {"announcement": True, **({"greeting": self.greeting} if self.greeting else {})}
        return {self.kind: self.name or self.key}


@dataclass(frozen=True)
class Foreign:
    """What somebody has set that this collection cannot express; it differs from everything and is never written."""

    what: str


@dataclass(frozen=True)
class Schedule:
    """The work hours: for each day that has any, ranges such as `09:00-17:00`. No day at all means around the clock."""

    days: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @classmethod
    def of(cls, ranges: Mapping[str, Iterable[tuple[str, str]]]) -> Schedule:
        """Return the schedule of *ranges* by day, which hold hh:mm or hh:mm:ss."""
        days = {day: tuple(sorted((start[:5], _end(end)) for start, end in ranges.get(day) or ())) for day in DAYS}
        found = tuple((day, days[day]) for day in DAYS if days[day])
        whole = (("00:00", _LAST_MINUTE),)
        return cls() if len(found) == len(DAYS) and all(times == whole for _day, times in found) else cls(found)

    @property
    def always(self) -> bool:
        return not self.days

    def ranges(self) -> dict[str, list[tuple[str, str]]]:
        """Return the ranges by day."""
        return {day: list(times) for day, times in self.days}

    def shown(self) -> dict[str, Any]:
        """Return the option that means this."""
        if self.always:
            return {"always": True}
        return {day: [f"{start}-{end}" for start, end in times] for day, times in self.days}


def read_range(text: str) -> tuple[str, str] | None:
    """Return start and end of `09:00-17:00`, None for anything that is no range within one day."""
    start, _dash, end = (part.strip() for part in text.replace("\N{EN DASH}", "-").partition("-"))
    if not _is_time(start) or not _is_time(end) or start >= end:
        return None
    return start, end


def why_no_range(text: str, day: str) -> str:
    """Return what is wrong with a *text* that `read_range` cannot read, and what to write for it on that *day*."""
    if text.strip().casefold() in _CLOSED:
        return f"{text!r} is not a range of hours; for a day without hours write [], or leave the day out"
    times = [_TIME_AS_WRITTEN.fullmatch(part.strip()) for part in re.split("[-\N{EN DASH}]", text)]
    wrong = f"{text!r} is not a range within a day such as '09:00-17:00'"
    if len(times) != 2 or None in times:
        return wrong
    start, end = (f"{int(time[1]):02}:{time[2] or '00'}" for time in times if time)
    if max(start, end) > "24:00" or start >= "24:00":
        return wrong
    if end == "24:00" or (end == "00:00" and start > end):
        return f"{text!r} ends at midnight; write '{start}-{_LAST_MINUTE}'"
    if start > end:
        following = DAYS[(DAYS.index(day) + 1) % len(DAYS)]
        return f"{text!r} goes past midnight; write '{start}-{_LAST_MINUTE}' here and '00:00-{end}' for {following}"
    if start == end:
        return f"{text!r} is empty; for around the clock write '00:00-{_LAST_MINUTE}'"
    return f"{text!r} is not a range such as '09:00-17:00'; write '{start}-{end}'"


def overlap(times: Sequence[tuple[str, str]]) -> bool:
    """Return whether any two ranges of one day have a time in common."""
    ordered = sorted(times)
    return any(one[1] > other[0] for one, other in itertools.pairwise(ordered))


def _is_time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    return bool(found) and len(text) == len("00:00") and text <= _LAST_MINUTE and int(text[3:]) < 60


def _end(text: str) -> str:
    """Midnight at the end of a day is written in several ways."""
    return _LAST_MINUTE if text[:5] in ("00:00", "24:00") else text[:5]


def _canonical_ring(ring: Any) -> Any:
    if isinstance(ring, Foreign):
        return ring
    return [step.canonical() for step in ring or ()]


def _shown_ring(ring: Any) -> Any:
    return [step.shown() for step in ring]


def _ring_dials(ring: Any) -> Iterator[Dialled]:
    """Yield what rings outside; in which step does not count, so that a new order brings nothing new."""
    for number, step in enumerate(ring if isinstance(ring, (tuple, list)) else ()):
        for target in sorted(step.targets, key=lambda item: (item.kind, item.key)):
            where = f"[{number}].{_OPTION_OF[target.kind]}"
            if target.kind == "phone_number":
                # The old API knows numbers by the ids of records.
                text = target.name if target.name.startswith("+") else target.key
                yield Dialled(Kind.NUMBER, text, where, slot="")
            elif target.kind == "raw":
                kind = str(json.loads(target.key).get("type"))
                yield Dialled(Kind.RAW, target.key, where, slot="", word="" if kind in _KNOWN_TARGETS else kind)


def _then_dials(then: Any) -> Iterator[Dialled]:
    if isinstance(then, Then) and then.kind == "phone_number":
        yield Dialled(Kind.NUMBER, then.key, ".phone_number")


TABLE = Table(
    singular="call_forwarding",
    plural="call_forwardings",
    key="hours",
    fields=(
        Field("extension", read=lambda record: record["extension"]),
        Field("hours", read=lambda record: record["hours"]),
        Field("enabled", read=lambda record: record.get("enabled"), write=lambda value: {"enabled": value}),
        Field(
            "schedule",
            read=lambda record: record.get("schedule"),
            write=lambda value: {"schedule": value},
            shown=Schedule.shown,
        ),
        Field("ring_mode", read=lambda record: record.get("ring_mode"), write=lambda value: {"ring_mode": value}),
        Field(
            "ring",
            read=lambda record: record.get("ring"),
            write=lambda value: {"ring": value},
            canonical=_canonical_ring,
            shown=_shown_ring,
            dials=_ring_dials,
        ),
        Field(
            "then",
            read=lambda record: record.get("then"),
            write=lambda value: {"then": value},
            canonical=lambda then: then.canonical() if isinstance(then, Then) else then,
            shown=Then.shown,
            dials=_then_dials,
        ),
        Field("extension_id", read=lambda record: record["extension_id"]),
    ),
    why_not_delete="the hours of an extension always have call handling",
)


def at_once(ring: Iterable[RingStep]) -> tuple[RingStep, ...]:
    """Return steps that ring at the same time in an order of their own, because the given one means nothing."""
    return tuple(sorted(ring, key=RingStep.canonical))
