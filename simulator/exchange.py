# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a call goes from one place to the next: what providers' `calls.py` are written with.

A provider says what a number does (a `Stop`); a `Route` follows one call from stop to stop until it ends. It imports
nothing of the collection, so that both can be compared.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Protocol

from simulator.messages import Record


@dataclass(frozen=True, slots=True)
class Place:
    """Something that a call meets. Names may be shared, ids are not."""

    provider: str
    kind: str
    name: str
    id: str

    def shown(self) -> Record:
        """The place as answers show it."""
        return {"provider": self.provider, "kind": self.kind, "name": self.name, "id": self.id}


@dataclass(frozen=True, slots=True)
class End:
    """How a call ends. `answers`: everything that picks up at that moment."""

    ends: str
    reached: Record | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A place, and what it does with a call: send it on, end it, or (None) give it back because nobody answered."""

    place: Place
    behave: Callable[[Route], Outcome]


Outcome = Stop | End | None


@dataclass(frozen=True, slots=True)
class Phone:
    """Something that rings.

    `key` names it in a call: `+digits`, a SIP address, or the provider's own name. `kind`: phone, sip, device or app.
    `person`: whose it is, where the provider knows. `dead`: it never picks up.
    """

    key: str
    kind: str
    person: str = ""
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Ringing:
    """A phone that rings from `start` on for so many seconds."""

    phone: Phone
    start: int
    seconds: int


@dataclass(frozen=True)
class Caller:
    """One call as it was ordered. `picks_up` None: everybody but those `unanswered`. `full` None: all queues."""

    moment: datetime
    number: str | None
    press: tuple[str, ...]
    picks_up: frozenset[str] | None
    unanswered: frozenset[str]
    busy: frozenset[str]
    voicemail_answers: frozenset[str]
    full: frozenset[str] | None = frozenset()

    def answers(self, phone: Phone) -> bool:
        """Whether somebody picks it up."""
        if phone.dead or phone.key in self.busy or phone.key in self.voicemail_answers:
            return False
        return phone.key in self.picks_up if self.picks_up is not None else phone.key not in self.unanswered

    def finds_busy(self, phones: Sequence[Phone]) -> bool:
        """Whether there are phones and nothing takes a call at any of them; an operator's voicemail would."""
        return bool(phones) and all(phone.key in self.busy - self.voicemail_answers for phone in phones)

    def finds_full(self, queue: str) -> bool:
        """Whether a queue, `provider:extension`, takes no more callers."""
        return self.full is None or queue in self.full

    def local(self, zone: tzinfo | None) -> datetime:
        """The moment on the clocks of a zone; without one on the caller's."""
        return self.moment if zone is None else self.moment.astimezone(zone)


class Lines(ABC):
    """What one provider does with calls; made of its state, which it leaves as it is."""

    @abstractmethod
    def number(self, digits: str) -> Stop | None:
        """The number with these digits (country code first), if it is one of the provider's."""

    def extension(self, number: str) -> Stop | None:
        """The extension with this number, where callers can name one."""
        return None

    def people(self) -> Iterable[tuple[set[str], set[str]]]:
        """For everybody whose phones the provider knows: names, and keys of phones."""
        return ()


class Exchange(Protocol):
    """What a route needs of all providers together."""

    def number(self, digits: str) -> Stop | None:
        """Where a call to this number goes on, None for a phone outside."""
        raise NotImplementedError

    def assume(self, provider: str, switch: str) -> str | int:
        """The position of a switch, which the play notes as assumed."""
        raise NotImplementedError

    def position(self, provider: str, switch: str) -> str | int:
        """The position of a switch."""
        raise NotImplementedError


@dataclass
class Route:
    """One call on its way.

    `called` is the number through which it came in last; `answered_at` the second at which anything took it;
    `silences` how often a menu heard nothing. `menus` are the ids of all menus that it met, in order, and `parents` of
    those through which it came to where it is. `timed`: it is one of several attempts, and has only so many seconds.
    """

    exchange: Exchange
    caller: Caller
    presses: tuple[str, ...]
    steps: list[Record] = field(default_factory=list)
    seconds: int = 0
    called: str = ""
    answered_at: int | None = None
    silences: int = 0
    menus: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    timed: bool = False
    _open: dict[tuple[Place, tuple[str, ...], str], int] = field(default_factory=dict)

    def note(self, place: Place, does: str, seconds: int = 0) -> None:
        """Write down what a place does; the call goes on so many seconds later."""
        self.steps.append({"at": place.shown(), "does": does, "seconds": seconds})
        self.seconds += seconds

    def answer(self) -> None:
        """The call is taken, by a person or a machine."""
        if self.answered_at is None:
            self.answered_at = self.seconds

    def follow(self, stop: Stop) -> End | None:
        """Play from a stop on until the call ends, or comes back because nobody answered.

        A call that meets a place again which it has not left, with the same keys still to press and by the same number,
        goes round for ever: a loop, or, where a menu heard nothing on the way, a menu that repeats itself.
        """
        before, self._open = self._open, dict(self._open)
        try:
            while True:
                # A number is itself by which a call comes from there on.
                mark = (stop.place, self.presses, "" if stop.place.kind == "number" else self.called)
                if mark in self._open:
                    self.note(stop.place, "is met again: the call goes round")
                    silent = self.silences > self._open[mark]
                    return End("repeats" if silent else "loop", stop.place.shown())
                self._open[mark] = self.silences
                outcome = stop.behave(self)
                if not isinstance(outcome, Stop):
                    return outcome
                stop = outcome
        finally:
            self._open = before

    def key(self, *, extensions: bool = False) -> str | None:
        """What the caller presses now; None: nothing. Three digits stay together where they dial an extension."""
        if not self.presses or self.presses[0] == "wait":
            self.presses = self.presses[1:]
            self.silences += 1
            return None
        first, rest = self.presses[0], self.presses[1:]
        if len(first) == 1 or (extensions and is_extension(first)):
            self.presses = rest
            return first
        self.presses = (first[1:], *rest)
        return first[0]

    def dials_extension(self) -> bool:
        """Whether the caller would dial an extension now."""
        return bool(self.presses) and is_extension(self.presses[0])

    def ring(self, place: Place, plan: Sequence[Ringing], total: int) -> End | None:
        """Ring until somebody answers, or for `total` seconds. Who answers first has the call."""
        takers = sorted(
            [taker for ringing in plan if (taker := self._taker(ringing)) is not None and taker.at < total],
            key=lambda taker: (taker.at, taker.rank),
        )
        # A number that takes the call has noted its own seconds.
        self._note_ringing(place, plan, takers[0].start if takers else total)
        if not takers:
            return None
        self._adopt(takers[0].route)
        answers = tuple(dict.fromkeys(key for taker in takers if taker.at == takers[0].at for key in taker.end.answers))
        first = takers[0].end
        return End(first.ends, first.reached, answers)

    def forward(self, place: Place, phone: Phone, unanswered: Callable[[], str], seconds: int | None = None) -> Outcome:
        """Send the call to one phone or number.

        `unanswered`: asked when it is not answered; "falls_through" gives the call back, after `seconds` if given.
        """
        stop = self._stop_of(phone)
        if stop is None:
            return self._call_out(place, phone, unanswered, seconds)
        self.note(place, f"forwards to {phone.key}")
        if seconds is None:
            return stop
        leg = self._branch(0)
        end = leg.follow(stop)
        if end is not None and (
            end.ends in ("loop", "repeats", "unknown") or leg.answered_within(self.seconds, seconds)
        ):
            self._adopt(leg)
            return end
        if unanswered() != "falls_through":
            self._adopt(leg)
            return end or End("unanswered", stop.place.shown())
        refused = end is not None and end.ends in ("hang_up", "nowhere")
        taken = min(seconds, leg.seconds - self.seconds) if refused else seconds
        self.note(stop.place, "is not answered", taken)
        return None

    def answered_within(self, start: int, seconds: int) -> bool:
        """Whether anything took the call in that time."""
        return self.answered_at is not None and self.answered_at - start < seconds

    def _call_out(self, place: Place, phone: Phone, unanswered: Callable[[], str], seconds: int | None) -> End | None:
        there = Place("", phone.kind, phone.key, phone.key)
        self.note(place, f"forwards to {phone.key}")
        if self.caller.answers(phone):
            self.answer()
            self.note(there, "answers")
            return End("outside", there.shown(), (phone.key,))
        if phone.key in self.caller.voicemail_answers:
            return self._operator_voicemail(there)
        busy = phone.key in self.caller.busy
        position = unanswered()
        passed = seconds if seconds is not None and not busy and position == "falls_through" else 0
        self.note(there, "is busy" if busy else "is not answered", passed)
        if position == "falls_through":
            return None
        if position == "operator_voicemail":
            return self._operator_voicemail(there)
        if position == "hang_up" or busy:
            return End("hang_up")
        return End("unanswered", there.shown())

    def _operator_voicemail(self, there: Place) -> End:
        self.answer()
        self.note(there, "its operator's voicemail answers")
        return End("outside", {**there.shown(), "kind": "operator_voicemail"})

    def _taker(self, ringing: Ringing) -> _Taker | None:
        """How one ringing phone takes the call, if it does."""
        phone = ringing.phone
        if ringing.seconds <= 0:
            return None
        stop = self._stop_of(phone)
        leg = self._branch(ringing.start)
        if stop is not None:
            end = leg.follow(stop)
            if end is not None and end.ends == "unknown":
                return _Taker(ringing.start, leg.seconds - self.seconds, 2, end, leg)
            if end is None or leg.answered_at is None:
                return None
            at = leg.answered_at - self.seconds
            return _Taker(ringing.start, at, 1, end, leg) if at < ringing.start + ringing.seconds else None
        there = Place("", phone.kind, phone.key, phone.key)
        if self.caller.answers(phone):
            leg.answer()
            leg.note(there, "answers")
            reached = {**there.shown(), **({"person": phone.person} if phone.person else {})}
            return _Taker(
                ringing.start,
                ringing.start,
                0,
                End("person" if phone.person else "outside", reached, (phone.key,)),
                leg,
            )
        if phone.key in self.caller.voicemail_answers:
            return _Taker(ringing.start, ringing.start, 3, leg._operator_voicemail(there), leg)
        return None

    def _note_ringing(self, place: Place, plan: Sequence[Ringing], ends: int) -> None:
        """One step for each time at which phones begin to ring, until `ends`."""
        starts = [start for start in sorted({0, *(item.start for item in plan)}) if start < ends] or [ends]
        if ends and ends in {item.start for item in plan}:
            starts.append(ends)
        for start, following in zip(starts, [*starts[1:], ends], strict=True):
            ringing = [item.phone.key for item in plan if item.start <= start < item.start + item.seconds]
            what = ", ".join(dict.fromkeys(ringing)) or "nothing"
            self.note(place, f"rings {what}", following - start)

    def _stop_of(self, phone: Phone) -> Stop | None:
        """The number of a provider here that a phone number is."""
        return self.exchange.number(phone.key[1:]) if phone.kind == "phone" else None

    def _branch(self, start: int) -> Route:
        return Route(
            self.exchange,
            self.caller,
            self.presses,
            seconds=self.seconds + start,
            called=self.called,
            silences=self.silences,
            menus=self.menus,
            parents=self.parents,
            timed=True,
            _open=self._open,
        )

    def _adopt(self, leg: Route) -> None:
        self.steps.extend(leg.steps)
        self.presses, self.seconds, self.called, self.silences = leg.presses, leg.seconds, leg.called, leg.silences
        if self.answered_at is None:
            self.answered_at = leg.answered_at


@dataclass(frozen=True, slots=True)
class _Taker:
    """A phone that begins to ring at `start` and takes the call at `at`."""

    start: int
    at: int
    rank: int
    end: End
    route: Route


def plays(route: Route, place: Place, kind: str) -> End:
    """The call ends in a mailbox or the like, which is the place itself."""
    route.answer()
    route.note(place, "answers")
    return End(kind, place.shown())


def turned_away(route: Route, place: Place, position: object) -> End:
    """No call arrives at a place: it fails, rings on, or an announcement says so, as the position of a switch says."""
    if position == "announcement":
        route.answer()
        route.note(place, "says that calls do not arrive, and hangs up")
        return End("hang_up")
    return End("unanswered" if position == "rings" else "nowhere", place.shown())


def is_extension(text: str) -> bool:
    """Whether several digits can be dialled as an internal number."""
    return len(text) == 3 and text.isascii() and text.isdecimal()


def digits_of(text: str) -> str | None:
    """The digits of an international number in any spelling; None for a national number or anything else."""
    bare = re.sub(r"[\s.()/-]", "", text)
    match = re.fullmatch(r"(?:\+|00)?([1-9][0-9]{2,19})", bare)
    return match[1] if match else None


def sip_of(text: str) -> str:
    """A SIP address without scheme, its host in lower case."""
    bare = re.sub(r"^sips?:", "", text.strip(), flags=re.IGNORECASE)
    user, at, host = bare.rpartition("@")
    return f"{user}{at}{host.lower()}"
