# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a virtual number can do with calls, and how it gets there without being readable. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from .._errors import Doubt, Interrupted, JournalError, ServerFailed, TelephonyError
from .api import ALREADY_OFF, FORWARD_IS_ON, NOT_ENABLED, VOICEMAIL_IS_ON, Reply

DISABLED, FORWARD, VOICEMAIL = "disabled", "forward", "voicemail"
# What a code says to be on (smspartner.md 6).
_SAYS_ON = {FORWARD_IS_ON: FORWARD, VOICEMAIL_IS_ON: VOICEMAIL}
_CALLED = {FORWARD: "call forwarding", VOICEMAIL: "voicemail"}
# Once the number is off, getting it on again is worth more than one try (smspartner.md 6).
_TRIES = 3


@dataclass(frozen=True)
class State:
    """What a number does with calls: *target* is the number (E.164) or the e-mail address, "" when it does nothing."""

    mode: str
    target: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> State:
        """Return the state in the values of a number's fields, which may come from the journal."""
        target = {FORWARD: values.get("destination"), VOICEMAIL: values.get("email")}.get(values["state"])
        return cls(values["state"], target or "")

    def values(self) -> dict[str, Any]:
        """Return the values of the fields."""
        return {
            "state": self.mode,
            "destination": self.target if self.mode == FORWARD else None,
            "email": self.target if self.mode == VOICEMAIL else None,
        }


OFF = State(DISABLED)
_UNKNOWN: Mapping[str, Any] = {"state": None, "destination": None, "email": None}

# What a number can be: None for anything, several states after a run that was interrupted.
Belief: TypeAlias = "frozenset[State] | None"


@dataclass(frozen=True)
class Result:
    """How it ended: whether that *changed* something, and whether it is *verified* that what is desired is in force."""

    changed: bool
    verified: bool
    warnings: tuple[str, ...] = ()


class Switching:
    """Takes one number to the desired state (smspartner.md 6).

    *send* asks SMS Partner to set a state, *note* remembers what the number can be from now on. *remembered* is what
    earlier runs noted, *assumed* what the user believes where nothing is remembered. *ready* raises when there is no
    time left to switch a number off and on again.
    """

    def __init__(
        self,
        number: str,
        send: Callable[[State], Reply],
        note: Callable[[Belief], None],
        ready: Callable[[], None],
        on_conflict: str,
        remembered: Belief,
        assumed: State | None,
    ) -> None:
        self._number = number
        self._send = send
        self._note = note
        self._ready = ready
        self._on_conflict = on_conflict
        self._remembered = remembered
        self._unsettled: dict[str, None] = {}
        self._belief = frozenset({assumed}) if remembered is None and assumed is not None else remembered

    def run(self, desired: State) -> Result:
        """Make *desired* true. Raises `Interrupted` when that left the number off, else another `TelephonyError`."""
        result = self._run(desired)
        return replace(result, warnings=result.warnings + tuple(self._unsettled))

    def _run(self, desired: State) -> Result:
        if self._remembered == frozenset({desired}):
            return Result(changed=False, verified=False)
        reply = self._try(desired, self._remembered)
        if reply.success or (desired == OFF and reply.code in (ALREADY_OFF, NOT_ENABLED)):
            self._settle(frozenset({desired}))
            return Result(changed=reply.success or bool(reply.doubt), verified=True)
        mode = _SAYS_ON.get(reply.code)
        if desired == OFF or mode is None:
            self._settle(None)
            raise reply.refusal(f"to set {self._number} to {desired.mode}")
        found = {state for state in self._belief or () if state.mode == mode}
        if reply.doubt and self._belief is not None and mode == desired.mode:
            # The attempt whose answer was lost can have worked as well.
            found.add(desired)
        if found == {desired}:
            self._settle(frozenset({desired}))
            return Result(changed=bool(reply.doubt), verified=self._remembered is not None)
        if found or self._on_conflict == "replace":
            before = frozenset(found) if found and self._remembered is not None else None
            return self._replace(desired, before, reply.doubt)
        self._settle(None)
        return self._leave(desired, mode, reply)

    def _try(self, asked: State, before: Belief, then: State | None = None) -> Reply:
        """Send *asked*, noting beforehand that it, or *then*, can be in force; not if it is certain that it is not."""
        self._note(None if before is None else before | {asked, then or asked})
        try:
            return self._send(asked)
        except TelephonyError as error:
            if not error.doubt:
                self._settle(before)
            raise

    def _settle(self, belief: Belief) -> None:
        """Note what came out; if that fails, what was noted before is still true, only less exact."""
        try:
            self._note(belief)
        except JournalError as error:
            self._unsettled[f"{self._number} was handled, but the journal could not be updated. {error}"] = None

    def _leave(self, desired: State, mode: str, reply: Reply) -> Result:
        """Accept what is on, or refuse to, without touching it."""
        on, option = _CALLED[mode], reply.option("on_conflict")
        if mode != desired.mode:
            # So an attempt whose answer was lost has not worked either.
            raise replace(reply, doubt=Doubt.NONE).refusal(
                f"to set {self._number} to {desired.mode}",
                text=f"{on} is on and must be switched off first",
                next_step=f"Set {option} to replace to do that; calls are lost for a moment.",
            )
        if reply.doubt:
            text = (
                f"{self._number}: no answer came to the first request, and then SMS Partner said that {on} is already "
                f"on, but not with which destination; if it was on before, {desired.target} may not be in force."
            )
            return Result(changed=True, verified=False, warnings=(text,))
        if self._on_conflict == "fail":
            raise reply.refusal(
                f"to set {self._number} to {desired.mode}",
                text=f"{on} is already on; it is not known whether with {desired.target}",
                next_step=(
                    f"Set {option} to replace to be sure, or to keep to accept the current state; or name the current "
                    "destination with previous_destination."
                ),
            )
        text = (
            f"{self._number}: {on} was already on, and SMS Partner does not show with which destination; it was kept, "
            f"and {desired.target} may not be in force. Set {option} to replace to be sure."
        )
        return Result(changed=False, verified=False, warnings=(text,))

    def _replace(self, desired: State, before: Belief, doubt_before: Doubt) -> Result:
        """Switch off, then on as desired; the second request is repeated, the first one never (smspartner.md 6)."""
        reply = self._switch_off(desired, before, doubt_before)
        self._settle(frozenset({OFF, desired}))
        # An answer that timed out may belong to a request that is carried out even later.
        late = reply.doubt is Doubt.PENDING
        doubt = False
        for left in reversed(range(_TRIES)):
            try:
                reply = self._send(desired)
            except TelephonyError as error:
                failure, doubt = error, doubt or bool(error.doubt)
            else:
                doubt = doubt or bool(reply.doubt)
                mode = _SAYS_ON.get(reply.code)
                if reply.success or (doubt and mode == desired.mode):
                    return self._replaced(desired, late)
                if mode is not None:
                    self._settle(None)
                    text = (
                        f"it was just switched off, but {_CALLED[mode]} is on again; it may also be set from elsewhere"
                    )
                    raise replace(reply, doubt=Doubt.OPEN).refusal(
                        f"to set {self._number} to {desired.mode}", text=text
                    )
                failure = reply.refusal(f"to set {self._number} to {desired.mode}")
            # What the HTTP layer has repeated already is not repeated again.
            if not left or failure.systemic or isinstance(failure, ServerFailed):
                break
        if doubt:
            left_as = f"{self._number} is now off, or already set to {desired.target}"
            raise self._interrupted(left_as, desired, failure, _UNKNOWN)
        self._settle(frozenset({OFF}))
        raise self._interrupted(f"{self._number} is now off", desired, failure, OFF.values())

    def _switch_off(self, desired: State, before: Belief, doubt_before: Doubt) -> Reply:
        """Switch off in order to set *desired*; *doubt_before* is that of the request that met the conflict."""
        try:
            self._ready()
            reply = self._try(OFF, before, desired)
        except TelephonyError as error:
            if error.doubt:
                raise self._interrupted(f"{self._number} may be off now", desired, error, _UNKNOWN) from None
            error.doubt = doubt_before
            raise
        if reply.success or reply.code in (ALREADY_OFF, NOT_ENABLED):
            return reply
        self._settle(None)
        refused = replace(reply, doubt=max(reply.doubt, doubt_before))
        raise refused.refusal(f"to switch {self._number} off, in order to set {desired.target}")

    def _replaced(self, desired: State, late: bool) -> Result:
        if not late:
            self._settle(frozenset({desired}))
            return Result(changed=True, verified=True)
        text = (
            f"{self._number}: it is set to {desired.target}, but a request to switch it off before that had no answer "
            "in time and may be carried out later; run again in a minute to be sure."
        )
        return Result(changed=True, verified=False, warnings=(text,))

    def _interrupted(
        self, left_as: str, desired: State, failure: TelephonyError, values: Mapping[str, Any]
    ) -> Interrupted:
        """Return the error that says how the number was left."""
        error = Interrupted(
            f"{left_as}: it had to be switched off in order to set {desired.target}, and setting that failed. "
            f"{failure.message}",
            {"number": self._number, **values},
            next_step="Run again to repair it.",
            status=failure.status,
            code=failure.code,
            request=failure.request,
        )
        error.systemic = failure.systemic
        return error


def believed(found: Iterable[Mapping[str, Any]]) -> Belief:
    """Return what the journal's entry of a number says; None for none, and for one that is not understood."""
    try:
        states = frozenset(State.of(values) for values in found)
    except KeyError:
        return None
    return states or None
