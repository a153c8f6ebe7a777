# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Running call tests on a graph. Private to the collection.

Where several ring together, a test holds for each who may pick up first. What is not known makes it undecided, unless
what is expected has already happened, or can no longer happen, before that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from .._numbers import e164
from .call_tests import ALL, CallTest, Who
from .circumstances import Circumstances, everybody, nobody
from .moments import both_clocks
from .names import Names
from .nodes import Graph, Kind, Level, Node, Rules, number_key, targets
from .routes import ANNOUNCEMENTS, Call, Ends, Route, follow
from .sentences import key_words
from .times import Moment, Times
from .world import Interests, World

Matches = Callable[[Node], bool]
_HEARD = frozenset({Kind.MENU, Kind.ANNOUNCEMENT})
_ENDED = {
    Ends.PERSON: "a person answers",
    Ends.OUTSIDE: "it ends outside",
    Ends.VOICEMAIL: "it ends in voicemail",
    Ends.FLOW: "it ends in a flow",
    Ends.HANG_UP: "the call is ended",
    Ends.NOWHERE: "it ends nowhere",
    Ends.LOOP: "it goes round",
    Ends.REPEATS: "the menu repeats forever",
    Ends.UNKNOWN: "it is not known how it ends",
}


class Status(str, Enum):
    """What came of a test."""

    PASS = "pass"
    FAIL = "fail"
    UNDECIDED = "undecided"
    SKIPPED = "skipped"


_WORST = (Status.FAIL, Status.UNDECIDED, Status.PASS, Status.SKIPPED)


def dialled(call: CallTest) -> str:
    """Return what the caller does, in words."""
    dial = call.dial
    text = f"dial {e164.for_people(dial) if isinstance(dial, str) else ' '.join(dial)}"
    return f"{text}, {key_words(call.press)}" if call.press else text


@dataclass(frozen=True)
class Outcome:
    """What came of a test at one moment. *steps* are those of the route that *why* is about."""

    status: Status
    when: str = ""
    why: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    passed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Played:
    """The routes that a call may take at one moment; *why* there are none: it has passed, or nothing is called so."""

    status: Status
    when: str = ""
    routes: tuple[Route, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class TestResult:
    """What came of a test. *outcomes*: one for each moment; *passed*: the keys of all nodes that its calls touch."""

    # Pytest collects classes by their name.
    __test__ = False

    test: CallTest
    status: Status
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> frozenset[str]:
        """The keys of everything that the test's calls went through."""
        return frozenset().union(*(outcome.passed for outcome in self.outcomes))

    @property
    def worst(self) -> Outcome:
        """The outcome that decided."""
        return next(outcome for outcome in self.outcomes if outcome.status is self.status)

    @property
    def lines(self) -> list[str]:
        """The result as people read it: a headline, the route step by step, and what was expected."""
        worst = self.worst
        word = {Status.FAIL: "FAILED", Status.UNDECIDED: "undecided", Status.SKIPPED: "skipped", Status.PASS: "passed"}
        same = [outcome for outcome in self.outcomes if outcome.status is self.status]
        more = f" (and {len(same) - 1} more times)" if len(same) > 1 and self.status is not Status.PASS else ""
        call = f"{dialled(self.test)}{', ' + worst.when if worst.when else ''}"
        headline = f'{word[self.status]} "{self.test.name}": {call}{more}'
        if self.status is Status.PASS:
            return [headline, *(f"    {note}" for note in worst.notes)]
        steps = [f"    {number}  {step}" for number, step in enumerate(worst.steps, start=1)]
        return [headline, *steps, *(f"    {text}" for text in worst.why)]

    def result(self) -> dict[str, Any]:
        """Return the test as a module's result carries it."""
        worst = self.worst
        return {
            "name": self.test.name,
            "status": self.status.value,
            "path": self.test.path,
            "office": self.test.office,
            "when": worst.when,
            "why": list(worst.why),
            "route": list(worst.steps),
            "lines": self.lines,
        }


class Testing:
    """Runs call tests on a graph as of *now*."""

    # Pytest collects classes by their name.
    __test__ = False

    def __init__(self, graph: Graph, names: Names, now: datetime) -> None:
        self.graph = graph
        self.names = names
        self.now = now
        self._interests = Interests(graph)
        self._classes: dict[tuple[str, str], list[Moment]] = {}

    def run(self, test: CallTest) -> TestResult:
        """Run one test at all of its moments."""
        outcomes = list(self._outcomes(test))
        status = next(status for status in _WORST if any(outcome.status is status for outcome in outcomes))
        return TestResult(test, status, tuple(outcomes))

    def _outcomes(self, test: CallTest) -> Iterator[Outcome]:
        for played in self.play(test):
            if played.status is Status.PASS:
                outcomes = [self._judge(test, route, played.when) for route in played.routes]
                outcomes.sort(key=lambda outcome: _WORST.index(outcome.status))
                yield outcomes[0]
            else:
                yield Outcome(played.status, played.when, (played.why,))

    def play(self, call: CallTest) -> Iterator[Played]:
        """Yield what becomes of a call at each of its moments, whatever is expected of it."""
        keys = self._dialled(call)
        if len(keys) != 1:
            what = "not a number of any office" if not keys else "not unique; it is on several accounts"
            number = e164.for_people(call.dial) if isinstance(call.dial, str) else call.dial[1]
            yield Played(Status.FAIL, why=f"{number} is {what}")
            return
        circumstances = self._circumstances(call)
        if isinstance(circumstances, str):
            yield Played(Status.FAIL, why=circumstances)
            return
        for when, moment in self._moments(call, keys[0]):
            if moment is None:
                yield Played(Status.SKIPPED, when, why=f"{when} has passed")
            else:
                made = Call(keys[0], moment, call.caller, call.press, circumstances)
                world = World(self.graph, moment, self._interests)
                yield Played(Status.PASS, when, tuple(follow(world, made, self.names)))

    def _dialled(self, test: CallTest) -> list[str]:
        if isinstance(test.dial, str):
            key = number_key(test.dial)
            return [key] if key in self.graph.nodes else []
        found = self.graph.dialled(*test.dial)
        mine = [node for node in found if node.place.office == test.office]
        return [node.key for node in mine or found]

    def _circumstances(self, test: CallTest) -> Circumstances | str:
        found = []
        for who in (test.unanswered, test.voicemail_answers, test.busy, test.full):
            matches = self._any_of(who)
            if isinstance(matches, str):
                return matches
            found.append(matches)
        return Circumstances(*found)

    def _any_of(self, who: Sequence[Who]) -> Matches | str:
        if any(one.text == ALL for one in who):
            return everybody
        found: list[Matches] = []
        for one in who:
            matches = self.names.matching(one.text, one.number)
            if isinstance(matches, str):
                return matches
            found.append(matches)
        return (lambda node: any(matches(node) for matches in found)) if found else nobody

    def _moments(self, test: CallTest, key: str) -> Iterator[tuple[str, Moment | None]]:
        if not test.times:
            for moment in self._all_classes(key, test.zone):
                yield moment.words(test.zone), moment
        for at in test.times:
            moments = at.moments(self.now)
            for moment in moments:
                yield both_clocks(moment, at.zone, test.zone), moment
            if not moments and at.moment is not None:
                yield f"{at.moment:%Y-%m-%d %H:%M}", None

    def _all_classes(self, key: str, zone: str) -> list[Moment]:
        """Return a moment of each time class of everything that calls to *key* can get to."""
        if (key, zone) not in self._classes:
            found = dict.fromkeys([key])
            queue = [key]
            schedules = []
            for reached in queue:
                node = self.graph.nodes.get(reached)
                if node is None:
                    continue
                if isinstance(node.does, Rules):
                    schedules += [rule.schedule for rule in node.does.rules if rule.schedule is not None]
                new = [to.key for to in targets(node) if to.key not in found]
                found.update(dict.fromkeys(new))
                queue += new
            self._classes[key, zone] = list(Times(schedules, zone, self.now).moments())
        return self._classes[key, zone]

    # Judging one route.

    def _judge(self, test: CallTest, route: Route, when: str) -> Outcome:
        """Return whether what is expected holds for one route."""
        failed: list[str] = []
        open_: list[str] = []
        notes: list[str] = []
        if route.left:
            failed.append(f"{key_words(route.left[:1])} was not pressed: no menu is heard there")
        for check in (self._reaches, self._ends, self._hears, self._within, self._passes, self._never):
            verdict = check(test, route, notes)
            if verdict is not None:
                holds, words = verdict
                if holds is None:
                    open_.append(words)
                elif not holds:
                    failed.append(words)
        status = Status.FAIL if failed else Status.UNDECIDED if open_ else Status.PASS
        why = [*failed, *(open_ if not failed else [])]
        if route.level is Level.ASSUMED:
            notes.append("part of this route is assumed, not documented")
        return Outcome(
            status, when, tuple(why), tuple(step.words for step in route.steps), tuple(notes), frozenset(route.keys)
        )

    def _matching(self, who: Who) -> Matches | str:
        return self.names.matching(who.text, who.number)

    def _met(self, route: Route) -> list[Node]:
        found = (self.graph.node(key) for key in route.keys)
        return [node for node in found if node is not None]

    def _reaches(self, test: CallTest, route: Route, notes: list[str]) -> tuple[bool | None, str] | None:
        if not test.expect.reaches:
            return None
        expected = f"expected to reach {' or '.join(who.text for who in test.expect.reaches)}"
        matches = self._any_of(test.expect.reaches)
        if isinstance(matches, str):
            return False, matches
        if route.end is Ends.UNKNOWN:
            return None, expected
        node = self.graph.node(route.reached) if route.reached else None
        holds = node is not None and route.end in (Ends.PERSON, Ends.OUTSIDE) and matches(node)
        return holds, f"{expected}, but {self._ended(route)}"

    def _ended(self, route: Route) -> str:
        node = self.graph.node(route.reached) if route.reached else None
        if node is not None and route.end is Ends.VOICEMAIL:
            return f"it ends in {self.names.label(node)}"
        if node is not None and route.end in (Ends.PERSON, Ends.OUTSIDE):
            return f"it is answered by {self.names.label(node)}"
        return _ENDED[route.end]

    def _ends(self, test: CallTest, route: Route, notes: list[str]) -> tuple[bool | None, str] | None:
        if not test.expect.ends:
            return None
        mailbox = test.expect.mailbox
        expected = f"expected to end in {mailbox.text if mailbox else test.expect.ends}"
        if route.end is Ends.UNKNOWN:
            return None, expected
        holds = route.end.value == test.expect.ends or (route.end, test.expect.ends) == (Ends.LOOP, Ends.NOWHERE.value)
        if holds and mailbox is not None:
            matches = self._matching(mailbox)
            if isinstance(matches, str):
                return False, matches
            node = self.graph.node(route.reached)
            holds = node is not None and matches(node)
        return holds, f"{expected}, but {self._ended(route)}"

    def _hears(self, test: CallTest, route: Route, notes: list[str]) -> tuple[bool | None, str] | None:
        heard = [node for node in self._met(route) if node.kind in _HEARD or node.hears]
        for who in test.expect.hears:
            matches = self._matching(who)
            if isinstance(matches, str):
                return False, matches
            if not any(matches(node) for node in heard):
                holds = None if route.end is Ends.UNKNOWN else False
                return holds, f"expected to hear {who.text}"
        return None

    def _within(self, test: CallTest, route: Route, notes: list[str]) -> tuple[bool | None, str] | None:
        within = test.expect.within
        if within is None:
            return None
        plus = f" plus {' and '.join(route.vague)}" if route.vague else ""
        words = f"expected within {within} s, but it takes {route.seconds} s{plus}"
        if route.seconds > within:
            return False, words
        if route.end is Ends.UNKNOWN or set(route.vague) - {ANNOUNCEMENTS}:
            return None, words
        if not route.reached:
            return False, f"expected within {within} s, but {self._ended(route)}"
        notes.append(f"answered after {route.seconds} s{plus}")
        return True, words

    def _passes(self, test: CallTest, route: Route, notes: list[str]) -> tuple[bool | None, str] | None:
        left = self._met(route)
        for who in test.expect.passes:
            matches = self._matching(who)
            if isinstance(matches, str):
                return False, matches
            position = next((place for place, node in enumerate(left) if matches(node)), None)
            if position is None:
                holds = None if route.end is Ends.UNKNOWN else False
                return holds, f"expected to pass {who.text}"
            left = left[position:]
        return None

    def _never(self, test: CallTest, route: Route, notes: list[str]) -> tuple[bool | None, str] | None:
        for who in test.expect.never:
            matches = self._matching(who)
            if isinstance(matches, str):
                return False, matches
            if any(matches(node) for node in self._met(route)):
                return False, f"expected never to touch {who.text}"
        if test.expect.never and route.end is Ends.UNKNOWN:
            return None, f"expected never to touch {' or '.join(who.text for who in test.expect.never)}"
        return None
