# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random extensions of a RingCentral account, as the simulator's state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from system_support import Json

from simulator.messages import Request
from simulator.ringcentral import defaults, migration, seed
from simulator.ringcentral.answers import Call

PEOPLE = {"400000002": "101", "400000003": "102", "400000006": "103"}
GROUPS = {
    "400000007": ("301", "Announcement"),
    "400000008": ("302", "Voicemail"),
    "400000009": ("303", "SharedLinesGroup"),
}
EXTENSIONS = (*PEOPLE.values(), *(number for number, _type in GROUPS.values()))
EMAILS = {"101": "ada@example.org", "102": "ben@example.org", "103": "cleo@example.org"}
LINES = ("+16505550111", "+16505550112")
_DESKS = {"400000002": ("800000001", "Polycom"), "400000003": ("800000002", "Yealink")}
_CALLERS = ("16505550160", "46701740688")
_WEEKS: tuple[Json, ...] = (
    {},
    seed.OFFICE_HOURS,
    {"weeklyRanges": {"saturday": [{"from": "10:30", "to": "12:00"}, {"from": "17:00", "to": "23:59"}]}},
    {"weeklyRanges": {day: [{"from": "00:00", "to": "09:00"}] for day in ("monday", "sunday")}},
)


def ringcentral(draw: Random, today: datetime, zone: str, forwards: Sequence[str]) -> tuple[Json, list[datetime]]:
    """A state, and days on which dated rules begin or end."""
    return _Extensions(draw, today, zone, forwards).state()


class _Extensions:
    def __init__(self, draw: Random, today: datetime, zone: str, forwards: Sequence[str]) -> None:
        self.draw = draw
        self.today = today
        self.zone = zone
        self.forwards = forwards
        self.dates: list[datetime] = []

    def state(self) -> tuple[Json, list[datetime]]:
        state = seed.default_state()
        state["extensions"] = {key: self._person(key) for key in PEOPLE}
        for key, (number, kind) in GROUPS.items():
            group = seed.extension(number, f"{kind} {number}", kind=kind)
            state["extensions"][key] = group
        for key in PEOPLE:
            extension = state["extensions"][key]
            if self.draw.random() < 0.3:
                request = Request("GET", "", {}, {}, "none", None)
                call = Call(request, state, {}, (), extension_id=key, extension=extension)
                extension["comm_handling"] = self._handling(migration.comm_handling(call, extension))
        return state, self.dates

    def _handling(self, handling: Json) -> Json:
        """New call handling in which all calls may be forwarded."""
        handling["states"]["forward-all-calls"]["enabled"] = self.draw.random() < 0.5
        target = self.draw.choice(
            (
                {"type": "ExtensionTerminatingTarget", "extension": {"id": self._other()}},
                {
                    "type": "PhoneNumberTerminatingTarget",
                    "destination": {"phoneNumber": self.draw.choice(self.forwards)},
                },
                None,
            )
        )
        if target is not None:
            action = handling["rules"]["forward-all-calls"]["actions"][0]
            action["targets"] = [defaults.voicemail_target(), {**target, "name": "x", "dispatchingType": "Terminating"}]
            action["terminatingTargetType"] = target["type"]
        return handling

    def _other(self) -> str:
        return self.draw.choice((*PEOPLE, *PEOPLE, *GROUPS))

    def _person(self, key: str) -> Json:
        draw = self.draw
        number = PEOPLE[key]
        numbers = [
            seed.forwarding_number(f"50{number}1", draw.choice(self.forwards[:3]), "First"),
            seed.forwarding_number(
                f"50{number}2", draw.choice([phone for phone in self.forwards[3:] if phone not in LINES]), "Second"
            ),
        ]
        devices, lines = [], []
        for place, (owner, (device, name)) in enumerate(_DESKS.items()):
            line = LINES[place]
            record = seed.forwarding_number(f"50{number}{3 + place}", line, name, "PhoneLine")
            numbers.append({**record, "device": {"id": device}})
            if owner == key:
                devices.append(seed.device(device, name, line, key, number))
                lines.append(seed.direct_number(600000001 + place, line))
        hours = draw.choice(_WEEKS)
        first = EMAILS[number].partition("@")[0].capitalize()
        extension = seed.extension(
            number,
            f"{first} Y",
            forwarding_numbers=numbers,
            devices=devices,
            phone_numbers=lines,
            business_hours=hours,
        )
        if draw.random() < 0.7:
            name = draw.choice((self.zone, "America/New_York", "Pacific/Auckland"))
            extension["record"]["regionalSettings"] = {"timezone": {"name": name}}
        if draw.random() < 0.1:
            extension["record"]["status"] = "Disabled"
        keys = [item["id"] for item in numbers if item.get("device", {}).get("id") not in [d["id"] for d in devices]]
        keys += [item["id"] for item in numbers if item["id"] not in keys]
        for rule in extension["answering_rules"].values():
            self._fill(rule, key, keys)
        for place in range(draw.choice((0, 0, 1, 1, 2))):
            rule = defaults.answering_rule(f"55{number}{place}", f"Rule {place}", since=seed.FIRST_ID)
            self._fill(rule, key, keys)
            self._conditions(rule, closes=bool(hours))
            extension["answering_rules"][rule["id"]] = rule
        return extension

    def _fill(self, rule: Json, key: str, keys: Sequence[str]) -> None:
        """What a rule does."""
        draw = self.draw
        actions = ["ForwardCalls", "ForwardCalls", "ForwardCalls", "TransferToExtension", "UnconditionalForwarding"]
        actions += ["PlayAnnouncementOnly", "TakeMessagesOnly"]
        rule["callHandlingAction"] = draw.choice(actions)
        steps = []
        left = list(keys)
        draw.shuffle(left)
        for _step in range(draw.choice((0, 1, 1, 2, 2))):
            size = draw.choice((1, 1, 2))
            steps.append({"ringCount": draw.choice((2, 4, 5)), "forwardingNumbers": left[:size]})
            left = left[size:]
        rule["forwarding"] = {
            **defaults.forwarding(),
            "rules": [step for step in steps if step["forwardingNumbers"]],
            "ringingMode": draw.choice(("Sequentially", "Sequentially", "Simultaneously")),
            "notifyMySoftPhones": draw.random() < 0.6,
            "softPhonesAlwaysRing": draw.random() < 0.5,
            "softPhonesRingCount": draw.choice((2, 4)),
            "softPhonesPositionTop": draw.random() < 0.5,
        }
        rule["transfer"] = draw.choice([other for other in (*PEOPLE, *GROUPS) if other != key])
        rule["unconditionalForwarding"] = {"phoneNumber": draw.choice(self.forwards), "action": "NoAnswer"}
        recipient = draw.choice((None, None, *(other for other in PEOPLE if other != key), "400000008"))
        rule["voicemail"] = {"enabled": draw.random() < 0.7, "recipient": recipient}
        rule["missedCall"] = draw.choice(
            (
                {"actionType": "PlayGreetingAndDisconnect"},
                {"actionType": "ConnectToExtension", "extension": rule["transfer"]},
                {"actionType": "ConnectToExternalNumber", "externalNumber": draw.choice(self.forwards)},
            )
        )
        if rule["type"] == "AfterHours":
            rule["enabled"] = draw.random() < 0.85

    def _conditions(self, rule: Json, *, closes: bool) -> None:
        """When a custom rule applies."""
        draw = self.draw
        rule["enabled"] = draw.random() < 0.85
        kinds = draw.sample(("callers", "called", "week", "ranges", "ref"), draw.choice((1, 1, 2)))
        timed = next((kind for kind in kinds if kind in ("week", "ranges", "ref")), "")
        if timed == "ref":
            # Hours go together with another condition (ringcentral.md 8).
            kinds = ["callers", "ref"]
        if "callers" in kinds:
            rule["callers"] = [
                {"callerId": caller, "name": "x"} for caller in draw.sample(_CALLERS, draw.randint(1, 2))
            ]
        if "called" in kinds:
            rule["calledNumbers"] = [draw.choice(LINES)[1:]]
        if timed == "week":
            rule["schedule"] = dict(draw.choice(_WEEKS[1:]))
        elif timed == "ranges":
            start = self.today + timedelta(days=draw.randint(3, 100))
            end = start + timedelta(days=draw.randint(1, 9))
            self.dates += [start, end]
            zone = draw.choice(("", "", "Z", "+10:00"))
            rule["schedule"] = {
                "ranges": [{"from": f"{start:%Y-%m-%d}T09:00:00{zone}", "to": f"{end:%Y-%m-%d}T17:00:00{zone}"}]
            }
        elif timed == "ref":
            rule["schedule"] = {"ref": draw.choice(("BusinessHours", "AfterHours")) if closes else "BusinessHours"}
