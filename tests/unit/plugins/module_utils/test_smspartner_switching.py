# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Switching a number that cannot be read: whatever happens, what is said to be known is true."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import (
    AuthenticationError,
    ConnectionFailed,
    DeadlineExceeded,
    Doubt,
    Interrupted,
    RateLimited,
    TelephonyError,
)
from ansible_collections.office.telephony.plugins.module_utils._smspartner.api import Reply
from ansible_collections.office.telephony.plugins.module_utils._smspartner.switching import (
    OFF,
    Belief,
    Result,
    State,
    Switching,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

STATES = (OFF, State("forward", "+33353010001"), State("forward", "+33353010002"), State("voicemail", "a@example.org"))
_ON = {"forward": 16, "voicemail": 17}


class Killed(Exception):
    """The run ends here, as if it had been killed."""


@dataclass
class Number:
    """One number with its journal. *events* says what happens to each request in turn; then all goes well.

    `lost`: carried out, but only the repetition was answered; `unclear`: carried out, no answer at all; `unsent`: no
    answer and not carried out, which looks the same; `refused`: refused for a reason that has nothing to do with the
    state; `killed`: the run dies after the request was carried out.
    """

    policy: str
    cross: str
    state: State
    belief: Belief = None
    events: list[str] = field(default_factory=list)

    def send(self, asked: State) -> Reply:
        event = self.events.pop(0) if self.events else "well"
        if event == "refused":
            raise TelephonyError("refused")
        if event == "unsent":
            raise ConnectionFailed("no answer", doubt=Doubt.OPEN)
        reply = self._answer(asked)
        if event == "killed":
            raise Killed
        if event == "unclear":
            raise ConnectionFailed("no answer", doubt=Doubt.OPEN)
        if event == "lost":
            again = self._answer(asked)
            return Reply(again.success, again.code, "", Doubt.OPEN, 2)
        return reply

    def note(self, belief: Belief) -> None:
        self.belief = belief

    def run(self, desired: State, on_conflict: str) -> Result:
        return Switching("+33261910001", self.send, self.note, lambda: None, on_conflict, self.belief, None).run(
            desired
        )

    def attempt(self, desired: State, on_conflict: str) -> tuple[Result | None, Exception | None]:
        """Return the result of a run, or why there is none."""
        try:
            return self.run(desired, on_conflict), None
        except (TelephonyError, Killed) as error:
            return None, error

    def _answer(self, asked: State) -> Reply:
        now = self.state
        if asked == OFF:
            if now == OFF:
                return Reply(False, 18, "")
        elif now.mode == asked.mode:
            if self.policy == "mode_only" or (self.policy == "exact_match" and now == asked):
                return Reply(False, _ON[now.mode], "")
        elif now != OFF and self.cross == "conflict":
            return Reply(False, _ON[now.mode], "")
        self.state = asked
        return Reply(True, 2 if asked == OFF else 1, "")


EVENTS = ("well", "lost", "unclear", "unsent", "refused", "killed")
PROVIDERS = list(itertools.product(("mode_only", "exact_match", "overwrite"), ("conflict", "overwrite")))


@each(("policy", "cross"), PROVIDERS)
@each("on_conflict", ["keep", "replace", "fail"])
@each("known", [True, False])
def test_what_is_known_is_true(policy: str, cross: str, on_conflict: str, known: bool) -> None:
    """All starts and goals with all that can happen to each of up to four requests; then a run without trouble."""
    for start, desired, *events in itertools.product(STATES, STATES, EVENTS, EVENTS, EVENTS, ("well", "unclear")):
        number = Number(policy, cross, start, frozenset({start}) if known else None, list(events))
        case = (start, desired, events)
        result, failure = number.attempt(desired, on_conflict)
        if isinstance(failure, Interrupted):
            assert failure.record["state"] in (None, number.state.mode), case
        elif isinstance(failure, TelephonyError):
            # A failure that is certain has changed nothing.
            assert failure.doubt or number.state == start, case
        if result is not None:
            assert not result.verified or number.state == desired, case
            assert result.changed or number.state == start, case
            assert number.state == desired or (result.warnings and not known), case
        assert number.belief is None or number.state in number.belief, case

        number.events = []
        before = number.state
        again, failure = number.attempt(desired, on_conflict)
        assert number.belief is None or number.state in number.belief, case
        if again is None:
            assert isinstance(failure, TelephonyError)
            assert not failure.doubt, case
            # With the journal it is known what to do; without it, only replacing is sure to.
            assert not known, case
            assert (number.state, on_conflict == "replace") == (before, False), case
            continue
        assert again.changed or number.state == before, case
        assert number.state == desired or again.warnings, case
        if known:
            assert number.state == desired, case
            assert number.run(desired, on_conflict) == Result(changed=False, verified=False), case


@each(
    ("on_conflict", "changed", "words"),
    [
        ("fail", None, "forwarding is already on; it is not known whether with"),
        ("keep", False, "it was kept"),
        ("replace", True, None),
    ],
)
def test_what_is_already_on_is_refused_kept_or_replaced(
    on_conflict: str, changed: bool | None, words: str | None
) -> None:
    number = Number("mode_only", "conflict", STATES[1])
    result, failure = number.attempt(STATES[2], on_conflict)
    assert (result.changed if result is not None else None) is changed
    assert number.state == STATES[2 if changed else 1]
    reported = [str(failure)] if failure is not None else [*(result.warnings if result is not None else ())]
    assert (words in "".join(reported)) if words else not reported


def test_the_journal_is_narrowed_before_each_request() -> None:
    """With the journal, what is noted when a request goes out covers whatever comes of it."""
    for start, desired, (policy, cross) in itertools.product(STATES, STATES, PROVIDERS):
        number = Number(policy, cross, start, frozenset({start}))
        send = number.send

        def watched(asked: State, number: Number = number, send: object = send) -> Reply:
            assert number.belief is not None
            assert {number.state, asked} <= number.belief
            assert callable(send)
            reply: Reply = send(asked)
            return reply

        number.send = watched  # type: ignore[method-assign]
        assert number.run(desired, "fail").changed is (start != desired)
        assert number.belief == frozenset({desired})


def test_no_number_is_switched_off_when_there_is_no_time_left() -> None:
    number = Number("mode_only", "conflict", STATES[1])

    def too_late() -> None:
        raise DeadlineExceeded("too late")

    switching = Switching("+33261910001", number.send, number.note, too_late, "replace", None, None)
    with pytest.raises(DeadlineExceeded):
        switching.run(STATES[2])
    assert number.state == STATES[1]


def test_a_request_that_may_be_carried_out_late_leaves_doubt() -> None:
    number = Number("mode_only", "conflict", STATES[1])
    answers = [Reply(False, 16, ""), Reply(True, 2, "", Doubt.PENDING, 2), Reply(True, 1, "")]
    switching = Switching(
        "+33261910001", lambda asked: answers.pop(0), number.note, lambda: None, "replace", frozenset({STATES[1]}), None
    )
    result = switching.run(STATES[2])
    assert (result.changed, result.verified, len(result.warnings)) == (True, False, 1)
    assert number.belief == frozenset({OFF, STATES[2]})


def test_a_number_that_is_on_again_after_being_switched_off_is_not_called_off() -> None:
    number = Number("mode_only", "conflict", STATES[1])
    answers = [Reply(False, 16, ""), Reply(True, 2, ""), Reply(False, 17, "")]
    switching = Switching(
        "+33261910001", lambda asked: answers.pop(0), number.note, lambda: None, "replace", None, None
    )
    with pytest.raises(TelephonyError, match="voicemail is on again") as caught:
        switching.run(STATES[2])
    assert not isinstance(caught.value, Interrupted)
    assert caught.value.doubt
    assert number.belief is None


@each("failure", [RateLimited("too many"), AuthenticationError("wrong key")])
def test_a_failure_that_would_repeat_itself_is_not_tried_again_and_stops_the_rest(failure: TelephonyError) -> None:
    """It came between switching off and on: the number is off, and further numbers must not be switched off as well."""
    number = Number("mode_only", "conflict", STATES[1], frozenset({STATES[1]}))
    sent: list[State] = []

    def send(asked: State) -> Reply:
        sent.append(asked)
        if len(sent) > 2:
            raise failure
        return number.send(asked)

    switching = Switching("+33261910001", send, number.note, lambda: None, "replace", number.belief, None)
    with pytest.raises(Interrupted) as raised:
        switching.run(STATES[2])
    assert raised.value.systemic is True
    assert sent == [STATES[2], OFF, STATES[2]]
    assert (number.state, number.belief) == (OFF, frozenset({OFF}))


def test_one_that_concerns_one_number_does_not_stop_the_rest() -> None:
    number = Number("mode_only", "conflict", STATES[1], frozenset({STATES[1]}), ["well", "well", *["refused"] * 3])
    with pytest.raises(Interrupted) as raised:
        number.run(STATES[2], "replace")
    assert raised.value.systemic is False
