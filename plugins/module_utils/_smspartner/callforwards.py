# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What SMS Partner's virtual numbers are made of and how they are written. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .._engine.keys import Key
from .._engine.plan import Current, Desired, Step, place
from .._engine.resource import Record, Resource
from .._engine.schema import Field, Table
from .._files.journal import State as Remembered
from .._numbers.dialled import Dialled, Kind
from .._numbers.rules import NumberRules
from .api import Account, Reply
from .switching import DISABLED, FORWARD, VOICEMAIL, Belief, State, Switching, believed

_TYPES = {DISABLED: 0, FORWARD: 1, VOICEMAIL: 2}
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
# With fewer seconds before the deadline no number is switched off, because there it might stay off.
_SECONDS_TO_REPLACE = 30.0

CALLFORWARD = Table(
    singular="callforward",
    plural="callforwards",
    key="number",
    fields=(
        Field("number", read=lambda record: record["number"]),
        Field("state", read=lambda record: record["state"], write=lambda state: {"type": _TYPES[state]}),
        Field(
            "destination",
            read=lambda record: record["destination"],
            write=lambda to: {"param": to} if to else {},
            dials=lambda to: [Dialled(Kind.NUMBER, to)],
        ),
        Field("email", read=lambda record: record["email"], write=lambda to: {"param": to} if to else {}),
        Field("destination_verified", read=lambda record: record.get("verified", False)),
    ),
    readable=False,
    touched=lambda record: bool(record["changed"]),
)


class Callforwards(Resource):
    """What an account's virtual numbers do with calls. SMS Partner shows none of it (smspartner.md 1)."""

    table = CALLFORWARD
    # No rate limit is documented for this path (smspartner.md 2).
    workers = 4

    def __init__(self, api: Account) -> None:
        self._account = api
        self._replies: dict[str, list[Reply]] = {}

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items; what is wrong is added to the problems of *rules*."""
        found = []
        for index, item in enumerate(items):
            position = index if many else None
            where = place(CALLFORWARD, position, item["number"] if many else None)
            number = rules.number(f"{where}: number", item["number"])
            state = _desired_state(item, where, rules)
            if number is None or state is None:
                continue
            if state.target == number:
                rules.problems.add(where, f"{number} would be forwarded to itself")
            values = {"number": number, **state.values(), "destination_verified": False}
            before = _previous(item.get("previous_destination"), f"{where}: previous_destination", rules)
            manner = {
                "on_conflict": item.get("on_conflict"),
                "written": {number: item["number"], state.target: item.get("destination")},
            }
            assumed = None if before is None else before.values()
            found.append(Desired(Key(number), values, position, manner=manner, assumed=assumed))
        return found

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the numbers of which the journal knows what they do."""
        found = []
        for number, possible in self._account.journal.recall().items():
            belief = believed(possible)
            if belief is not None and len(belief) == 1:
                values = {"number": number, **next(iter(belief)).values(), "destination_verified": False}
                found.append(Current(Key(number), values, {}))
        return found

    def refusal(self, step: Step) -> str:
        """Before anything is written, check the key if the task asks for that."""
        self._account.check_key_if_asked()
        return ""

    def update(self, step: Step) -> Record:
        """Set what is desired, while no other run with the same journal works on this number."""
        number, journal = step.key.first, self._account.journal
        desired = State.of(step.after or {})
        manner = step.desired.manner if step.desired else {}
        assumed = step.desired.assumed if step.desired else None
        with journal.hold(number):
            switching = Switching(
                number,
                lambda state: self._send(step, state),
                lambda belief: journal.note(number, _noted(belief)),
                self._make_sure_of_time,
                manner.get("on_conflict") or self._account.on_conflict,
                believed(journal.recall().get(number, [])),
                None if assumed is None else State.of(assumed),
            )
            result = switching.run(desired)
        for warning in result.warnings:
            self._account.environment.warn(warning)
        return {"number": number, **desired.values(), "verified": result.verified, "changed": result.changed}

    def details(self, step: Step) -> dict[str, Any]:
        """Return SMS Partner's last words about a number, and how many requests were made for it."""
        replies = self._replies.get(step.key.first)
        if not replies:
            return {}
        return {
            "code": replies[-1].code,
            "message": replies[-1].message,
            "attempts": sum(reply.attempts for reply in replies),
        }

    def _send(self, step: Step, state: State) -> Reply:
        values = {**state.values(), "number": step.key.first}
        body = {"param": "", **CALLFORWARD.body(values, ("state", "destination", "email"))}
        written = step.desired.manner["written"] if step.desired else {}
        if state.mode == FORWARD:
            body["param"] = self._spelled(body["param"], written)
        reply = self._account.api.set_callforward(self._spelled(step.key.first, written), body)
        self._replies.setdefault(step.key.first, []).append(reply)
        if not reply.about_state:
            raise reply.refusal(f"the call forwarding of {step.key}")
        return reply

    def _spelled(self, e164: str, written: Mapping[str, Any]) -> str:
        """Return a number as the option number_format says (smspartner.md 8)."""
        how = self._account.number_format
        if how == "national":
            return f"0{e164[3:]}" if e164.startswith("+33") else f"00{e164[1:]}"
        if how == "raw":
            return str(written.get(e164) or e164)
        return e164 if how == "plus" else e164[1:]

    def _make_sure_of_time(self) -> None:
        self._account.environment.http.require_time(_SECONDS_TO_REPLACE, "to switch a number off and back on safely")


def _noted(belief: Belief) -> list[Remembered] | None:
    return None if belief is None else [state.values() for state in sorted(belief, key=lambda state: state.mode)]


def _desired_state(item: Mapping[str, Any], where: str, rules: NumberRules) -> State | None:
    """Return what the item asks for; None after a problem."""
    mode = item["state"]
    for name, its_mode in (("destination", FORWARD), ("email", VOICEMAIL)):
        if item.get(name) is not None and mode != its_mode:
            rules.problems.add(where, f"{name} belongs to state {its_mode}, not to {mode}")
            return None
    if mode == DISABLED:
        return State(DISABLED)
    if mode == FORWARD:
        number = rules.target(f"{where}: destination", item.get("destination"))
        return None if number is None else State(FORWARD, number)
    address = _email(item.get("email"), f"{where}: email", rules)
    return None if address is None else State(VOICEMAIL, address)


def _previous(value: Any, where: str, rules: NumberRules) -> State | None:
    """Return what the user believes to be in force: a phone number or an e-mail address."""
    if value is None:
        return None
    if isinstance(value, str) and "@" in value:
        address = _email(value, where, rules)
        return None if address is None else State(VOICEMAIL, address)
    number = rules.number(where, value)
    return None if number is None else State(FORWARD, number)


def _email(value: Any, where: str, rules: NumberRules) -> str | None:
    """Return one address with its domain in lower case; the local part stays as it is given (smspartner.md 8)."""
    text = "".join(str(value).split())
    if not _EMAIL.fullmatch(text):
        rules.problems.add(where, f"{value!r} is not one e-mail address; write it like reception@example.org")
        return None
    at = text.rindex("@")
    return text[:at] + text[at:].lower()
