# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random offices over all providers, as the simulator's state, and random calls into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from system_judged_extensions import EMAILS, EXTENSIONS, LINES, ringcentral
from system_support import Json

from simulator.fonedynamics import seed as fonedynamics_seed
from simulator.smspartner import seed as smspartner_seed
from simulator.sonetel import seed as sonetel_seed

ZONES = ("Europe/Stockholm", "America/New_York", "Australia/Sydney", "UTC")
OUTSIDE = ("+46701740699", "+12025550144", "+33639980001")
CALLERS = ("+16505550160", "+46701740688")
USERS = {"3000000012": "anna", "3000000013": "john", "3000000014": "erik"}
MOBILES = {"3000000012": "+46701740605", "3000000014": "+46701740606"}
SONETEL = tuple(f"+4684650041{last}" for last in range(5))
SMSPARTNER = ("+33261910001", "+33261910002", "+33261910003")
FONEDYNAMICS = ("+61255500101", "+61255500102", "+61255500103")
# By which calls come in, and to which others may be forwarded.
NUMBERS = (*SONETEL, *SMSPARTNER, *FONEDYNAMICS, *LINES)
FORWARDS = (*OUTSIDE, *NUMBERS)


@dataclass
class Office:
    """*state* of the simulator with *positions* of its switches; *believed*: lists that cannot be read."""

    random: Random
    today: datetime
    zone: str = ""
    state: Json = field(default_factory=dict)
    positions: Json = field(default_factory=dict)
    believed: Json = field(default_factory=dict)
    dates: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.zone = self.random.choice(ZONES)
        self.state["sonetel"] = _sonetel(self.random)
        self.state["fonedynamics"] = _fonedynamics(self.random)
        self.state["smspartner"], self.believed["smspartner"] = _smspartner(self.random)
        self.state["ringcentral"], self.dates = ringcentral(self.random, self.today, self.zone, FORWARDS)
        self.positions = {"ringcentral": {"migrated": self.random.choice(("no", "yes"))}}

    @property
    def people(self) -> list[Json]:
        """Who owns which phones, so that people and phones mean the same to both."""
        own: list[Json] = []
        for user in self.state["sonetel"]["accounts"][sonetel_seed.ACCOUNT_ID]["users"].values():
            phones = {
                kind: [p["phnum"] for p in user["phones"] if p["phone_type"] == kind] for kind in ("sip", "regular")
            }
            own.append(
                {
                    "name": f"{user['user_fname']} X",
                    "email": user["email"],
                    "sip": phones["sip"],
                    "phones": phones["regular"],
                }
            )
        for number, email in EMAILS.items():
            own.append(
                {"name": email, "email": email, "extensions": [{"provider": "ringcentral", "extension": number}]}
            )
        return own

    def calls(self, count: int) -> list[Json]:
        """Random calls, as the module takes them."""
        return [self._call() for _number in range(count)]

    def _call(self) -> Json:
        draw = self.random
        dial: Any = draw.choice(NUMBERS)
        if draw.random() < 0.2:
            dial = {"ringcentral": draw.choice(EXTENSIONS)}
        call: Json = {"dial": dial, "at": {"time": self._time(), "zone": self.zone}}
        if draw.random() < 0.6:
            call["press"] = [
                draw.choice(("1", "2", "3", "4", "9", "0", "wait", "012", "199")) for _n in range(draw.randint(1, 3))
            ]
        if draw.random() < 0.3:
            call["from"] = draw.choice((*CALLERS, "anonymous"))
        who = [*OUTSIDE, *EMAILS.values(), *(f"{name}@example.org" for name in USERS.values())]
        if draw.random() < 0.5:
            call["unanswered"] = ["all"] if draw.random() < 0.5 else draw.sample(who, draw.randint(1, 4))
        if draw.random() < 0.15:
            call["busy"] = draw.sample(who, draw.randint(1, 2))
        if draw.random() < 0.15:
            call["voicemail_answers"] = draw.sample(OUTSIDE, 1)
        return call

    def _time(self) -> str:
        """A minute that the zone's clock shows once."""
        zone = ZoneInfo(self.zone)
        while True:
            day = self.random.choice([*self.dates, self.today + timedelta(days=self.random.randint(2, 360))])
            clock = self.random.choice(
                ("00:00", "08:59", "09:00", "12:00", "16:59", "17:00", "23:59", "03:17", "10:30")
            )
            text = f"{day:%Y-%m-%d} {clock}"
            first, second = (
                datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)
            )
            if first == second:
                return text


# Sonetel

_APPS = ("VAmenu1", "VAmenu2", "VAnote1", "VAnote2", "VAbox1")
# As a number may be stored: with its country, and without.
_STORED = (*FORWARDS, "0046701740699", "0701740699")


def _sonetel(draw: Random) -> Json:
    users = [
        sonetel_seed.user(
            sonetel_seed.ADMIN_ID,
            sonetel_seed.ADMIN_EMAIL,
            "Alex",
            "X",
            type="admin",
            password=sonetel_seed.ADMIN_PASSWORD,
        ),
        *(_user(draw, key, name) for key, name in USERS.items()),
    ]
    account = sonetel_seed.account(
        sonetel_seed.ACCOUNT_ID,
        "X",
        users=users,
        numbers=[_number(draw, number) for number in SONETEL],
        voiceapps=[sonetel_seed.voiceapp("Box", "mailbox", app_id="VAbox1"), *_voiceapps(draw)],
    )
    account["prompts"] = {app: sonetel_seed.default_prompts(app) for app in _APPS[:4]}
    state: Json = sonetel_seed.default_state()
    state["accounts"][sonetel_seed.ACCOUNT_ID] = account
    return state


def _voiceapps(draw: Random) -> Iterator[Json]:
    for name in ("menu1", "menu2"):
        blank = sonetel_seed.BLANK_ENTRY
        menu = {key: _entry(draw) if draw.random() < 0.5 else dict(blank) for key in sonetel_seed.MENU_KEYS}
        yield sonetel_seed.voiceapp(name, app_id=f"VA{name}", menu=menu, get_extension=_flag(draw, 0.3))
    for name in ("note1", "note2"):
        final = {"final_action": _entry(draw)} if draw.random() < 0.8 else {}
        members: Json = {"play_menu": "no", "get_extension": _flag(draw, 0.2), **final}
        yield sonetel_seed.voiceapp(name, app_id=f"VA{name}", **members)


def _flag(draw: Random, chance: float) -> str:
    return "yes" if draw.random() < chance else "no"


def _entry(draw: Random) -> Json:
    """What a key or a final action does."""
    entries: tuple[Json, ...] = (
        {"action": "call", "to": "phnum", "id": draw.choice(_STORED)},
        {"action": "call", "to": "phnum", "id": draw.choice(FORWARDS)},
        {"action": "connect", "to": "app", "id": draw.choice(_APPS)},
        {"action": "connect", "to": "app", "id": draw.choice((*_APPS, "VAgone"))},
        {"action": "call", "to": "user", "id": draw.choice([*USERS])},
        {"action": "call", "to": "user", "id": draw.choice([*USERS, "3000000099"])},
        {"action": "call", "to": "other", "id": draw.choice(("door@sip.example.org", "VAbox1@sonetel.net"))},
        {"action": "disconnect", "to": "", "id": ""},
        {"action": "play", "to": "prompt", "id": f"PR{draw.choice(('menu1', 'note1'))}1"},
        {"action": "call", "to": "csg", "id": "77"},
        dict(sonetel_seed.BLANK_ENTRY),
    )
    return draw.choice(entries)


def _user(draw: Random, key: str, name: str) -> Json:
    standard = sonetel_seed.call_settings()["incoming"]["standard_action"]
    actions = {place: found for place in ("first_action", "second_action") if (found := _action(draw)) is not None}
    settings = {"incoming": {**actions, "standard_action": standard}, "outgoing": {"show": "auto"}}
    mobile, email = MOBILES.get(key, ""), f"{name}@example.org"
    return sonetel_seed.user(key, email, name.capitalize(), "X", mobile=mobile, call_settings=settings)


def _action(draw: Random) -> Json | None:
    """What a team member does with calls."""
    time = {"ring_time": str(draw.choice((5, 20, 30)))} if draw.random() < 0.85 else {}
    actions: tuple[Json | None, ...] = (
        {"action": "ring", "to": "myphones", "show": "caller", **time},
        {"action": "ring", "to": "sipphones", "show": "caller", **time},
        {"action": "ring", "to": draw.choice(("myphones", "sipphones")), "show": "caller", **time},
        {"action": "forward", "to": "user", "id": draw.choice([*USERS])},
        {"action": "forward", "to": "phnum", "id": draw.choice(_STORED), **time},
        {"action": "forward", "to": "sip", "id": "desk@sip.example.org", **time},
        {"action": "forward", "to": "voicemail"},
        {"action": "forward", "to": "voiceapp", "id": draw.choice((*_APPS, "VAgone"))},
        {"action": "disconnect"},
        None,
    )
    return draw.choice(actions)


def _number(draw: Random, number: str) -> Json:
    destinations: tuple[tuple[str, Any], ...] = (
        ("phnum", draw.choice(_STORED)),
        ("user", draw.choice([*USERS])),
        ("user", draw.choice([*USERS])),
        ("app", {"app_type": "ivr", "app_id": draw.choice(_APPS)}),
        ("app", {"app_type": "ivr", "app_id": draw.choice(_APPS)}),
        ("sip", draw.choice(("door@sip.example.org", "VAmenu1@sonetel.net"))),
        ("nowhere", ""),
        ("csg", "77"),
    )
    kind, to = draw.choice(destinations)
    others = draw.choice(({}, {}, {}, {}, {}, {}, {"status": "inactive"}, {"rule_set_id": "9"}))
    return sonetel_seed.number(number[1:], package="business", connect_to_type=kind, connect_to=to, **others)


# The others


def _smspartner(draw: Random) -> tuple[Json, Json]:
    numbers, items = {}, []
    for number in SMSPARTNER:
        kind = draw.choice(("forward", "forward", "voicemail", "disabled"))
        to = {
            "forward": draw.choice([phone for phone in FORWARDS if phone != number]),
            "voicemail": "box@example.org",
        }.get(kind, "")
        option = {"forward": {"destination": to}, "voicemail": {"email": to}}.get(kind, {})
        items.append({"number": number, "state": kind, **option})
        code = ("disabled", "forward", "voicemail").index(kind)
        numbers[number[1:]] = smspartner_seed.number(code, to.removeprefix("+"), configured=True)
    state = smspartner_seed.default_state()
    state["accounts"][smspartner_seed.API_KEY]["numbers"] = numbers
    return state, {"callforwards": items}


def _fonedynamics(draw: Random) -> Json:
    records = []
    for number in FONEDYNAMICS:
        settings: Json = draw.choice(
            (
                {"RoutingMethod": "Endpoint", "EndpointNumber": draw.choice(FORWARDS)},
                {"RoutingMethod": "Endpoint", "EndpointNumber": draw.choice(FORWARDS)},
                {"RoutingMethod": "Flow", "Flow": fonedynamics_seed.AFTER_HOURS},
                {"RoutingMethod": "Flow", "Flow": fonedynamics_seed.MAIN_MENU, "EndpointNumber": draw.choice(FORWARDS)},
                {"EndpointNumber": draw.choice(FORWARDS)},
                {},
            )
        )
        status = "Pending" if draw.random() < 0.1 else "Active"
        records.append(fonedynamics_seed.number(number[1:], capabilities=("Voice",), status=status, **settings))
    state: Json = fonedynamics_seed.state_of(records)["fonedynamics"]
    return state
