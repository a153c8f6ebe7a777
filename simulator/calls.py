# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays calls on the state of all providers: `POST /_sim/call` (README.md, "Calls").

    play(state, switches, {"number": "+12025550123", "at": "2026-12-05T10:00:00-05:00", "unanswered": "all"})

`every_play` plays one call in every position of the switches that it depends on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from simulator.exchange import Caller, Lines, Route, Stop, digits_of, sip_of
from simulator.messages import BadInput, Record
from simulator.provider import Provider, find_providers

Positions = Mapping[str, Mapping[str, str | int]]
"""Positions of switches by provider and name; those that are not named have their default."""

_MEMBERS = {
    "number", "extension", "at", "zone", "from", "press", "picks_up", "unanswered", "busy", "voicemail_answers", "full",
}  # fmt: skip
_KEY = re.compile(r"wait|[0-9]+|[*#]")


def play(
    state: Mapping[str, Record], switches: Positions, call: object, providers: Mapping[str, Provider] | None = None
) -> Record:
    """What happens to one call. Raises BadInput for a call that is not in the form of README.md."""
    return _Exchange(state, switches, providers or find_providers()).play(call)


def every_play(state: Mapping[str, Record], call: object, switches: Positions | None = None) -> list[Record]:
    """The call once for each combination of the assumptions that it depends on.

    Only the switches that are about callers vary; `switches` holds the positions of the others.
    """
    providers = find_providers()
    done: list[Record] = []
    waiting: list[dict[str, str | int]] = [{}]
    while waiting:
        fixed = waiting.pop()
        result = _Exchange(state, switches or {}, providers, fixed).play(call)
        done.append(result)
        # What was met for the first time had its default; each other position is a play of its own.
        met: dict[str, str | int] = {}
        for name, value in result["assumes"].items():
            if name not in fixed:
                provider, _dot, switch = name.partition(".")
                waiting.extend({**fixed, **met, name: other} for other in _others(providers[provider], switch, value))
            met[name] = value
    return done


def _others(provider: Provider, switch: str, value: str | int) -> list[str | int]:
    declared = next(item for item in provider.call_switches if item.name == switch)
    return [other for other in declared.values if other != value]


class _Exchange:
    """All providers' lines together."""

    def __init__(
        self,
        state: Mapping[str, Record],
        switches: Positions,
        providers: Mapping[str, Provider],
        fixed: Mapping[str, str | int] | None = None,
    ) -> None:
        self._switches = switches
        self._providers = providers
        # None: every assumption has the position of its switch. Else its default, unless it is fixed.
        self._fixed = fixed
        self._assumed: dict[str, str | int] = {}
        self._lines: dict[str, Lines] = {}
        for name, provider in providers.items():
            lines = provider.lines(state[name]) if name in state else None
            if lines is not None:
                self._lines[name] = lines

    def play(self, document: object) -> Record:
        """Play a call that was ordered in the form of README.md."""
        if not isinstance(document, dict):
            raise BadInput("call: an object is expected")
        unknown = sorted(set(document) - _MEMBERS)
        if unknown:
            raise BadInput(f"call: unknown members {unknown}; known: {sorted(_MEMBERS)}")
        start = self._start(document)
        caller = self._caller(document)
        route = Route(self, caller, caller.press)
        end = route.follow(start)
        ends, reached, answers = ("hang_up", None, ()) if end is None else (end.ends, end.reached, end.answers)
        return {
            "steps": route.steps,
            "ends": ends,
            "reached": reached,
            "answers": list(answers),
            "seconds": route.seconds,
            "not_pressed": [key for key in route.presses if key != "wait"],
            "assumes": self._assumed,
        }

    def number(self, digits: str) -> Stop | None:
        """The number with these digits at whichever provider has it."""
        for lines in self._lines.values():
            found = lines.number(digits)
            if found is not None:
                return found
        return None

    def assume(self, provider: str, switch: str) -> str | int:
        """The position of a switch about callers; the result names it."""
        name = f"{provider}.{switch}"
        if name not in self._assumed:
            if self._fixed is None:
                self._assumed[name] = self.position(provider, switch)
            else:
                self._assumed[name] = self._fixed.get(name, self._default(provider, switch))
        return self._assumed[name]

    def position(self, provider: str, switch: str) -> str | int:
        """The position of any switch."""
        given = self._switches.get(provider, {})
        return given[switch] if switch in given else self._default(provider, switch)

    def _default(self, provider: str, switch: str) -> str | int:
        return next(item for item in self._providers[provider].switches if item.name == switch).values[0]

    def _start(self, document: Record) -> Stop:
        number, extension = document.get("number"), document.get("extension")
        if (number is None) == (extension is None):
            raise BadInput("call: either number or extension is expected")
        if number is not None:
            digits = digits_of(number) if isinstance(number, str) else None
            start = None if digits is None else self.number(digits)
            if start is None:
                raise BadInput(f"call.number: no provider here has the number {number!r}")
            return start
        if not isinstance(extension, dict) or len(extension) != 1:
            raise BadInput('call.extension: an object such as {"ringcentral": "101"} is expected')
        ((provider, name),) = extension.items()
        lines = self._lines.get(provider)
        start = lines.extension(name) if lines is not None and isinstance(name, str) else None
        if start is None:
            raise BadInput(f"call.extension: {provider!r} has no extension {name!r}")
        return start

    def _caller(self, document: Record) -> Caller:
        if "picks_up" in document and "unanswered" in document:
            raise BadInput("call: either picks_up or unanswered is expected")
        nobody = document.get("unanswered") == "all"
        picks_up = frozenset[str]() if nobody else self._phones(document, "picks_up")
        return Caller(
            moment=_moment(document),
            number=_caller_number(document),
            press=_presses(document),
            picks_up=picks_up if nobody or "picks_up" in document else None,
            unanswered=frozenset[str]() if nobody else self._phones(document, "unanswered"),
            busy=self._phones(document, "busy"),
            voicemail_answers=self._phones(document, "voicemail_answers"),
            full=None if document.get("full") == "all" else self._full(document),
        )

    def _full(self, document: Record) -> frozenset[str]:
        """The queues that take no more callers, as `provider:extension`."""
        names = document.get("full", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise BadInput("call.full: a list of strings is expected")
        for name in names:
            provider, _colon, number = name.partition(":")
            if provider not in self._lines or self._lines[provider].extension(number) is None:
                raise BadInput(f"call.full: there is no queue {name!r}; a name such as 'ringcentral:7001' is expected")
        return frozenset(names)

    def _phones(self, document: Record, member: str) -> frozenset[str]:
        """The keys of all phones that a list of the call names."""
        names = document.get(member, [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise BadInput(f"call.{member}: a list of strings is expected")
        people = [person for lines in self._lines.values() for person in lines.people()] if names else []
        return frozenset(key for name in names for key in _keys(name, people, member))


def _keys(name: str, people: Iterable[tuple[set[str], set[str]]], member: str) -> set[str]:
    found: set[str] = set()
    for names, keys in people:
        if name in keys:
            return {name}
        if name.casefold() in names:
            found |= keys
    if found:
        return found
    if (digits := digits_of(name)) is not None:
        return {f"+{digits}"}
    if "@" in name:
        return {sip_of(name)}
    raise BadInput(f"call.{member}: {name!r} is neither a person here nor a phone")


def _caller_number(document: Record) -> str | None:
    text = document.get("from", "anonymous")
    if text == "anonymous":
        return None
    digits = digits_of(text) if isinstance(text, str) else None
    if digits is None:
        raise BadInput("call.from: a number with country code, or 'anonymous', is expected")
    return digits


def _presses(document: Record) -> tuple[str, ...]:
    keys = document.get("press", [])
    if not isinstance(keys, list) or not all(isinstance(key, str) and _KEY.fullmatch(key) for key in keys):
        raise BadInput("call.press: a list of 'wait', '*', '#' and digits as strings is expected")
    return tuple(keys)


def _moment(document: Record) -> datetime:
    """When the call is made: with an offset, or on the clocks of `zone`."""
    text, name = document.get("at"), document.get("zone")
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise BadInput("call.at: a date and time such as 2026-12-05T10:00:00+01:00 is expected")
    if name is None:
        if moment.tzinfo is None:
            raise BadInput("call.at: an offset is expected, or a member zone")
        return moment
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise BadInput(f"call.zone: {name!r} is not a zone such as Europe/Stockholm") from None
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    first, second = moment.replace(tzinfo=zone), moment.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        skipped = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment
        problem = "left out" if skipped else "repeated: an offset is needed"
        raise BadInput(f"call.at: a clock change in {name}; this time is {problem}")
    return first
