# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call tests as users write them in `office_call_tests`. Private to the collection."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._numbers import e164
from .._numbers.rules import NumberRules
from .moments import At, read_at
from .reading import Reader
from .routes import WAIT, Ends

ANONYMOUS = "anonymous"
ALL = "all"
_KEYS = (
    "name",
    "dial",
    "at",
    "from",
    "press",
    "unanswered",
    "voicemail_answers",
    "busy",
    "full",
    "expect",
    "undecided",
)
# Without what is expected of it.
_CALL = _KEYS[:-2]
_EXPECT = ("reaches", "hears", "ends", "within", "passes", "never")
ENDS = tuple(end.value for end in Ends if end not in (Ends.LOOP, Ends.REPEATS, Ends.UNKNOWN))
_VOICEMAIL = Ends.VOICEMAIL.value
_PRESSED = frozenset("0123456789*#")


@dataclass(frozen=True)
class Who:
    """Somebody or something by name; *number*: the same as a phone number in E.164, where it is one."""

    text: str
    number: str | None = None


@dataclass(frozen=True)
class Expect:
    """What is to come of a call; what is empty or None does not matter."""

    reaches: tuple[Who, ...] = ()
    hears: tuple[Who, ...] = ()
    ends: str = ""
    mailbox: Who | None = None
    within: int | None = None
    passes: tuple[Who, ...] = ()
    never: tuple[Who, ...] = ()


@dataclass(frozen=True)
class CallTest:
    """One call test. *dial*: E.164, or (provider, extension). *times*: none for all time classes."""

    name: str
    dial: str | tuple[str, str]
    expect: Expect
    times: tuple[At, ...] = ()
    caller: str = ""
    press: tuple[str, ...] = ()
    unanswered: tuple[Who, ...] = ()
    voicemail_answers: tuple[Who, ...] = ()
    busy: tuple[Who, ...] = ()
    full: tuple[Who, ...] = ()
    undecided_ok: bool = False
    path: str = ""
    office: str = ""
    zone: str = field(default="", compare=False)


def read_call_tests(
    given: Any, path: str, rules: NumberRules, zone: str, providers: Collection[str], office: str = ""
) -> list[CallTest]:
    """Return the call tests of one office in *zone*; what is wrong is added to the problems of *rules*."""
    reading = _Reading(rules, zone, providers, office)
    return [test for where, entry in reading.reader.items(given, path) if (test := reading.test(entry, where))]


def read_calls(
    given: Any, path: str, rules: NumberRules, zone: str, providers: Collection[str], office: str = ""
) -> list[CallTest]:
    """Return calls of which nothing is expected; what is wrong is added to the problems of *rules*."""
    reading = _Reading(rules, zone, providers, office)
    return [
        call
        for where, entry in reading.reader.items(given, path)
        if (call := reading.test(entry, where, known=_CALL, required=("dial",)))
    ]


class _Reading:
    def __init__(self, rules: NumberRules, zone: str, providers: Collection[str], office: str) -> None:
        self.rules = rules
        self.zone = zone
        self.providers = providers
        self.office = office
        self.reader = Reader(rules.problems)

    def test(
        self, given: Any, path: str, *, known: Collection[str] = _KEYS, required: Collection[str] = ("dial", "expect")
    ) -> CallTest | None:
        """Return a call test, None after noting that it cannot be read."""
        before = len(self.rules.problems.found)
        values = self.reader.mapping(given, path, known, required=required)
        name = self.reader.text(values["name"], f"{path}.name", "name") if "name" in values else ""
        dial = self._dial(values.get("dial"), f"{path}.dial")
        expect = self._expect(values.get("expect"), f"{path}.expect")
        found = {
            key: self._who(values.get(key), f"{path}.{key}")
            for key in ("unanswered", "voicemail_answers", "busy", "full")
        }
        times = read_at(values["at"], f"{path}.at", self.zone, self.reader) if "at" in values else []
        caller = self._caller(values.get("from"), f"{path}.from")
        press = self._press(values.get("press"), f"{path}.press")
        undecided = values.get("undecided")
        if undecided is not None:
            self.reader.choice(undecided, f"{path}.undecided", ("ok",))
        if len(self.rules.problems.found) > before:
            return None
        return CallTest(
            name or self._named(dial),
            dial,
            expect,
            tuple(times),
            caller,
            press,
            **found,
            undecided_ok=undecided is not None,
            path=path,
            office=self.office,
            zone=self.zone,
        )

    @staticmethod
    def _named(dial: str | tuple[str, str]) -> str:
        return f"dial {e164.for_people(dial) if isinstance(dial, str) else ' '.join(dial)}"

    def _dial(self, given: Any, path: str) -> str | tuple[str, str]:
        if isinstance(given, Mapping):
            values = self.reader.mapping(given, path, self.providers)
            if len(values) != 1:
                if len(values) > 1 or not given:
                    self.rules.problems.add(path, "name one provider with one of its extensions")
                return ""
            ((provider, extension),) = values.items()
            return provider, self.reader.text(extension, f"{path}.{provider}", "extension")
        return "" if given is None else self.rules.number(path, given) or ""

    def _caller(self, given: Any, path: str) -> str:
        if given is None or given == ANONYMOUS:
            return ""
        return self.rules.number(path, given) or ""

    def _press(self, given: Any, path: str) -> tuple[str, ...]:
        # A key without quotes is a whole number, and there is nothing else that it could have been.
        entries = given if isinstance(given, (list, tuple)) else [] if given is None else [given]
        found = []
        for position, entry in enumerate(entries):
            text = str(entry).strip() if isinstance(entry, (str, int)) and not isinstance(entry, bool) else ""
            if text != WAIT and (not text or not set(text) <= _PRESSED):
                self.rules.problems.add(f"{path}[{position}]", f"{entry!r} is not a key; use 0 to 9, * and #, or wait")
            found.append(text)
        return tuple(found)

    def _who(self, given: Any, path: str) -> tuple[Who, ...]:
        if given is None:
            return ()
        return tuple(Who(text, self._number(text)) for _where, text in self.reader.texts(given, path, "phone_number"))

    def _number(self, text: str) -> str | None:
        if not any(letter.isdigit() for letter in text) or any(letter.isalpha() for letter in text):
            return None
        try:
            return e164.parse(text, self.rules.region).e164
        except e164.NumberError:
            return None

    def _expect(self, given: Any, path: str) -> Expect:
        values = self.reader.mapping(given, path, _EXPECT) if given is not None else {}
        if isinstance(given, Mapping) and not values:
            self.rules.problems.add(path, f"expects nothing; set one of {', '.join(_EXPECT)}")
        ends, mailbox = self._ends(values.get("ends"), f"{path}.ends")
        within = self.reader.whole(values["within"], f"{path}.within") if "within" in values else None
        who = {name: self._who(values.get(name), f"{path}.{name}") for name in ("reaches", "hears", "passes", "never")}
        return Expect(who["reaches"], who["hears"], ends, mailbox, within, who["passes"], who["never"])

    def _ends(self, given: Any, path: str) -> tuple[str, Who | None]:
        if given is None:
            return "", None
        if isinstance(given, Mapping):
            values = self.reader.mapping(given, path, (_VOICEMAIL,), required=(_VOICEMAIL,))
            names = self._who(values.get(_VOICEMAIL), f"{path}.{_VOICEMAIL}")
            return _VOICEMAIL, names[0] if names else None
        return self.reader.choice(given, path, ENDS), None
