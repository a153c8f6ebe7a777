# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random RingCentral companies: each as the simulator's state, as lists of an office, and random calls into it.

State and lists are written side by side from the same draws, without any code of the collection: queues, menus, sites,
rules and numbers that lead to each other in circles, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from system_support import Json

from simulator.ringcentral import defaults, seed

NEW_YORK = "America/New_York"
ZONES = (NEW_YORK, "America/Los_Angeles", "Europe/London", "Europe/Stockholm")
OUTSIDE = ("+46701740699", "+12025550144")
CALLERS = ("+16505550160", "+46701740688")
PEOPLE = {"101": ("400000002", "ada"), "102": ("400000003", "ben"), "103": ("400000004", "cleo")}
QUEUES, MENUS, SITES = ("7001", "7002", "7003"), ("8001", "8002", "8003"), ("9001", "9002")
MESSAGES, ANNOUNCEMENT, LINES = ("7101", "7102"), "301", "303"
GROUPS = (*QUEUES, *MENUS, *SITES, *MESSAGES, ANNOUNCEMENT)
GONE = "7777"
CALLABLE = (*PEOPLE, *GROUPS)
COMPANY_NUMBERS = ("+16505550180", "+16505550181")
# Direct numbers, and whose they may be.
DIRECT = ("+16505550191", "+16505550192", "+16505550193")
DESKS = {"101": ("800000001", "+16505550111"), "102": ("800000002", "+16505550112")}
NUMBERS = (*COMPANY_NUMBERS, *DIRECT)
_WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_WEEKS: tuple[dict[str, list[str]], ...] = (
    {day: ["09:00-17:00"] for day in _WORKDAYS},
    {day: ["08:30-12:00", "13:00-16:30"] for day in (*_WORKDAYS, "saturday")},
    {day: ["00:00-09:00"] for day in ("monday", "sunday")},
)
_INPUTS = {"*": "Star", "#": "Hash", "no_input": "NoInput"}
# What an option of a queue is in the state: the action, where it goes, and for which event.
_EVENTS = {"on_max_wait": "HoldTimeExpiration", "on_full": "MaxCallers", "on_no_answer": "NoAnswer"}
_ACTIONS = {
    "on_max_wait": "holdTimeExpirationAction",
    "on_full": "maxCallersAction",
    "on_no_answer": "noAnswerAction",
}
_WAITS = {"members": "WaitPrimaryMembers", "members_and_overflow": "WaitPrimaryAndOverflowMembers"}
# Whatever the queue does with its messages in its hours: a rule has a recipient of its own.
OWN_MESSAGES: Json = {"enabled": True, "recipient": None}
_MODES = {"longest_idle": "Rotating", "simultaneous": "Simultaneous", "fixed_order": "FixedOrder"}


def ident(number: str) -> str:
    """The id of an extension."""
    return PEOPLE[number][0] if number in PEOPLE else f"41000{number}"


@dataclass
class Company:
    """*state* of the simulator with *positions* of its switches, and the *lists* that say the same."""

    random: Random
    today: datetime
    state: Json = field(default_factory=dict)
    positions: Json = field(default_factory=dict)
    lists: dict[str, list[Json]] = field(default_factory=dict)
    dates: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.positions = {"ringcentral": {"migrated": self.random.choice(("no", "yes"))}}
        names = (
            "account people groups extensions sites group_extensions call_queues ivr_menus company_hours company_rules "
            "holidays phone_numbers company_forward_all call_forwardings forwarding_numbers custom_rules"
        )
        self.lists = {name: [] for name in names.split()}
        state = seed.default_state()
        state["extensions"] = {ident(number): self._person(number) for number in PEOPLE}
        for build, numbers in (
            (self._site, SITES),
            (self._messages, MESSAGES),
            (self._announcement, (ANNOUNCEMENT,)),
            (self._lines, (LINES,)),
            (self._queue, QUEUES),
            (self._menu, MENUS),
        ):
            for number in numbers:
                state["extensions"][ident(number)] = build(number)
        self.state["ringcentral"] = state
        self._company(state["company"])
        for number in DIRECT:
            owner = self.random.choice(GROUPS)
            record = seed.direct_number(int(number[-9:]), number)
            state["extensions"][ident(owner)]["phone_numbers"].append(record)
            self.lists["phone_numbers"].append({"number": number, "extension": owner})

    # Calls

    def calls(self, count: int) -> list[Json]:
        """Random calls, as users write them."""
        return [self._call() for _number in range(count)]

    def _call(self) -> Json:
        draw = self.random
        dial: Any = draw.choice((*COMPANY_NUMBERS, *NUMBERS))
        if draw.random() < 0.4:
            dial = {"ringcentral": draw.choice(CALLABLE)}
        zone = draw.choice(ZONES)
        call: Json = {"dial": dial, "at": {"time": self._time(zone), "zone": zone}}
        if draw.random() < 0.7:
            keys = ("1", "2", "3", "1", "2", "*", "#", "wait", "9", "102")
            call["press"] = [draw.choice(keys) for _n in range(draw.randint(1, 4))]
        if draw.random() < 0.3:
            call["from"] = draw.choice((*CALLERS, "anonymous"))
        who = [f"{name}@example.org" for _key, name in PEOPLE.values()]
        if draw.random() < 0.6:
            call["unanswered"] = ["all"] if draw.random() < 0.4 else draw.sample([*who, *OUTSIDE], draw.randint(1, 4))
        # Whether the time of a busy member passes decides there what comes next, which the model does not look at.
        if draw.random() < 0.1 and not any(map(_ends_in_a_round, self.lists["call_queues"])):
            call["busy"] = draw.sample(who, draw.randint(1, 2))
        if draw.random() < 0.1:
            call["full"] = ["all"] if draw.random() < 0.5 else draw.sample(QUEUES, draw.randint(1, 2))
        return call

    def _time(self, zone: str) -> str:
        """A minute that the zone's clock shows once."""
        clocks = ("00:00", "08:59", "09:00", "11:30", "12:00", "15:10", "16:30", "17:00", "23:59", "10:15")
        while True:
            day = self.random.choice([*self.dates, self.today + timedelta(days=self.random.randint(2, 360))])
            text = f"{day:%Y-%m-%d} {self.random.choice(clocks)}"
            local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
            if local.utcoffset() == local.replace(fold=1).utcoffset():
                return text

    # What owners have in common

    def _group(self, number: str, kind: str, zone: str = "", **members: Any) -> Json:
        """An extension that is not a person, and its record among those of the account."""
        name = f"{kind} {number}"
        made: Json = seed.extension(number, name, kind=kind, **members)
        made["record"]["regionalSettings"] = {"timezone": {"name": zone or NEW_YORK}}
        if kind in ("Department", "IvrMenu") and self.random.random() < 0.07:
            made["record"]["status"] = "Disabled"
        status = made["record"]["status"]
        self.lists["groups"].append(
            {"extension": number, "extension_id": ident(number), "type": kind, "name": name, "status": status}
        )
        return made

    def _lead(self, kinds: Sequence[str]) -> tuple[Json, str, str]:
        """A destination: as an option, its kind, and the extension's number or the phone."""
        kind = self.random.choice(kinds)
        if kind == "extension":
            number = GONE if self.random.random() < 0.04 else self.random.choice(CALLABLE)
            return {kind: number}, kind, number
        if kind == "phone_number":
            phone = self.random.choice(OUTSIDE)
            return {kind: phone}, kind, phone
        return {kind: True}, kind, ""

    def _week(self) -> dict[str, list[str]]:
        return self.random.choice(_WEEKS)

    def _conditions(self, zone: str, called: Sequence[str]) -> tuple[Json, Json]:
        """When a custom rule holds: as options and in the state."""
        draw = self.random
        option: Json = {"enabled": draw.random() < 0.9}
        rule: Json = dict(option)
        kinds = draw.sample(("callers", "called", "week", "dates", "dates"), draw.choice((1, 1, 2)))
        if not called and "called" in kinds:
            kinds = ["dates"]
        if "callers" in kinds:
            callers = draw.sample(CALLERS, draw.randint(1, 2))
            option["callers"] = callers
            rule["callers"] = [{"callerId": caller[1:], "name": "x"} for caller in callers]
        if "called" in kinds:
            option["called_numbers"] = rule["calledNumbers"] = [draw.choice(called)]
        if "dates" in kinds:
            option["dates"], rule["schedule"] = self._dates(zone)
        elif "week" in kinds:
            week = self._week()
            option["schedule"], rule["schedule"] = week, weekly(week)
        return option, rule

    def _dates(self, zone: str) -> tuple[list[Json], Json]:
        """Days on an owner's clock; the state has instants with that clock's offset."""
        days, ranges = [], []
        for _number in range(self.random.randint(1, 2)):
            start = self.today + timedelta(days=self.random.randint(3, 350))
            last = start + timedelta(days=self.random.choice((0, 0, 1, 5)))
            self.dates += [start, last, last + timedelta(days=1)]
            first, end = datetime(start.year, start.month, start.day), datetime(last.year, last.month, last.day)
            day = {"from": f"{first:%Y-%m-%d}", "to": f"{end:%Y-%m-%d}"}
            if self.random.random() < 0.3:
                first, end = first.replace(hour=12), end.replace(hour=16, minute=30)
                day = {"from": f"{first:%Y-%m-%d %H:%M}", "to": f"{end:%Y-%m-%d %H:%M}"}
            else:
                end += timedelta(days=1)
            days.append(day)
            ranges.append({"from": in_zone(first, zone), "to": in_zone(end, zone)})
        return days, {"ranges": ranges}

    def _custom(
        self, owner: str, zone: str, kinds: Sequence[str], called: Sequence[str]
    ) -> list[tuple[str, Json, str, str]]:
        """Custom rules of an owner: for each its name, conditions in the state, and where it leads."""
        found = []
        for place in range(self.random.choice((0, 0, 1, 1, 2))):
            name = f"Rule {place}"
            option, rule = self._conditions(zone, called)
            destination, kind, target = self._lead(kinds)
            if set(option) == {"enabled", "dates"} and option["enabled"] and self.random.random() < 0.5:
                days = [{"name": name, **day} for day in option["dates"]]
                item = {"owner": owner, "name": name, "days": days, "destination": destination}
                self.lists["holidays"].append(item)
            else:
                item = {"owner": owner, "name": name, **option, "destination": destination}
                self.lists["company_rules"].append(item)
            found.append((name, rule, kind, target))
        return found

    # Extensions

    def _person(self, number: str) -> Json:
        """Somebody whose apps ring for twenty seconds around the clock, and who takes messages then."""
        key, name = PEOPLE[number]
        devices, numbers, desks = [], [], []
        if number in DESKS:
            device, line = DESKS[number]
            devices.append(seed.device(device, f"Desk {number}", line, key, number))
            numbers.append(seed.direct_number(int(f"60000{number}"), line))
            desks.append({"device": device, "name": f"Desk {number}"})
        made: Json = seed.extension(number, f"{name.capitalize()} X", devices=devices, phone_numbers=numbers)
        made["record"]["regionalSettings"] = {"timezone": {"name": NEW_YORK}}
        made["record"]["contact"]["email"] = f"{name}@example.org"
        made["record"]["status"] = "Disabled" if self.random.random() < 0.08 else "Enabled"
        settings = made["answering_rules"][defaults.BUSINESS_HOURS]["forwarding"]
        settings |= {"softPhonesAlwaysRing": False, "ringingMode": "Simultaneously"}
        record = made["record"]
        self.lists["people"].append(
            {
                "extension": number,
                "extension_id": key,
                "name": record["name"],
                "email": record["contact"]["email"],
                "status": record["status"],
            }
        )
        lines = [DESKS[number][1]] if number in DESKS else []
        self.lists["extensions"].append(
            {"extension": number, "time_zone": NEW_YORK, "forwards_all": False, "devices": desks, "numbers": lines}
        )
        self.lists["call_forwardings"].append(
            {
                "extension": number,
                "hours": "work",
                "schedule": {"always": True},
                "ring": [{"apps": ["desktop", "mobile"], "seconds": 20}],
                "ring_mode": "at_once",
                "then": {"voicemail": True},
            }
        )
        return made

    def _announcement(self, number: str) -> Json:
        item = {"extension": number, "kind": "announcement", "name": f"Announcement {number}", "time_zone": NEW_YORK}
        self.lists["group_extensions"].append(item)
        return self._group(number, "Announcement")

    def _messages(self, number: str) -> Json:
        made = self._group(number, "Voicemail")
        item = {"extension": number, "kind": "message_only", "name": f"Voicemail {number}", "time_zone": NEW_YORK}
        recipient = self.random.choice((None, None, "101", "7102"))
        if recipient is not None:
            item["voicemail_to"] = recipient
            made["answering_rules"][defaults.BUSINESS_HOURS]["voicemail"]["recipient"] = ident(recipient)
        self.lists["group_extensions"].append(item)
        return made

    def _lines(self, number: str) -> Json:
        return self._group(number, "SharedLinesGroup")

    def _site(self, number: str) -> Json:
        draw = self.random
        zone = draw.choice(ZONES)
        week = self._week() if draw.random() < 0.6 else None
        hours = weekly(week) if week else {}
        made = self._group(number, "Site", zone, business_hours=hours, transfer=ident(draw.choice(CALLABLE)))
        name = made["record"]["name"]
        item = {"name": name, "extension": number, "time_zone": zone}
        if draw.random() < 0.3:
            item["operator"] = draw.choice([*PEOPLE])
            made["site"]["operator"] = ident(item["operator"])
        if draw.random() < 0.3:
            item["top_menu"] = draw.choice(MENUS)
            made["site"]["ivr"]["top_menu"] = ident(item["top_menu"])
        self.lists["sites"].append(item)
        self.lists["company_hours"].append({"owner": name, "schedule": week or {"always": True}})
        rules = made["answering_rules"]
        for key, when in ((defaults.BUSINESS_HOURS, "work"), (defaults.AFTER_HOURS, "after")):
            if key in rules:
                to = draw.choice(CALLABLE)
                rules[key]["transfer"] = ident(to)
                self.lists["company_rules"].append({"owner": name, "hours": when, "destination": {"extension": to}})
        for place, (title, rule, _kind, target) in enumerate(self._custom(name, zone, ("extension",), ())):
            key = f"57{number}{place}"
            rules[key] = {**defaults.group_rule(key, title, "Site", transfer=ident(target)), **rule}
        return made

    def _queue(self, number: str) -> Json:
        draw = self.random
        zone = draw.choice(ZONES)
        week = self._week() if draw.random() < 0.6 else None
        members = draw.sample([*PEOPLE], draw.choice((0, 1, 2, 2, 3, 3)))
        made = self._group(
            number,
            "Department",
            zone,
            business_hours=weekly(week) if week else {},
            members=[ident(member) for member in members],
        )
        ring = draw.choice([*_MODES])
        item: Json = {
            "extension": number,
            "name": made["record"]["name"],
            "time_zone": zone,
            "members": members,
            "ring": ring,
            "ring_seconds": draw.choice((10, 20)),
            "max_wait": draw.choice((1, 30, 60, 60, 60)),
            "hours": week or {"always": True},
        }
        rules = made["answering_rules"]
        handling = rules[defaults.BUSINESS_HOURS]["queue"]
        handling |= {
            "transferMode": _MODES[ring],
            "fixedOrderAgents": [ident(member) for member in members] if ring == "fixed_order" else [],
            "agentTimeout": item["ring_seconds"],
            "holdTime": item["max_wait"],
        }
        if draw.random() < 0.7:
            item["max_callers"] = 10
        else:
            handling["maxCallers"] = None
        for name in _EVENTS:
            if name != "on_full" or "max_callers" in item:
                item[name] = self._event(name, handling, at_once=ring == "simultaneous")
        others = draw.sample([other for other in QUEUES if other != number], draw.choice((0, 1, 1, 2)))
        item["overflow"] = others
        made["queue"]["overflow"] = {"enabled": bool(others), "items": [ident(other) for other in others]}
        recipient = draw.choice((None, None, "101", "7101"))
        if recipient is not None:
            item["voicemail_to"] = recipient
        messages = {"enabled": True, "recipient": recipient and ident(recipient)}
        rules[defaults.BUSINESS_HOURS]["voicemail"] = messages
        kinds = ("voicemail", "announcement", "extension", "phone_number")
        if week:
            item["after_hours"], kind, target = self._lead(kinds)
            rules[defaults.AFTER_HOURS] |= {**queue_rule(kind, target), "voicemail": OWN_MESSAGES}
        for place, (title, rule, kind, target) in enumerate(self._custom(number, zone, kinds, ())):
            key = f"57{number}{place}"
            blank = defaults.group_rule(key, title, "Department")
            rules[key] = {**blank, **rule, **queue_rule(kind, target), "voicemail": OWN_MESSAGES}
        self.lists["call_queues"].append(item)
        return made

    def _event(self, name: str, handling: Json, *, at_once: bool) -> Json:
        """Where a queue sends calls when this happens."""
        draw, event = self.random, _EVENTS[name]
        if name == "on_no_answer" and (at_once or draw.random() < 0.7):
            wait = draw.choice([*_WAITS])
            handling[_ACTIONS[name]] = _WAITS[wait]
            return {"wait": wait}
        kinds = ["voicemail", "extension", "phone_number", *(["announcement"] if name == "on_full" else [])]
        option, kind, target = self._lead(kinds)
        actions = {
            "voicemail": "Voicemail",
            "extension": "TransferToExtension",
            "phone_number": "UnconditionalForwarding",
            "announcement": "Announcement",
        }
        handling[_ACTIONS[name]] = actions[kind]
        if kind == "extension":
            handling["transfer"][event] = ident(target)
        elif kind == "phone_number":
            handling["unconditionalForwarding"][event] = target
        return option

    def _menu(self, number: str) -> Json:
        draw = self.random
        site = draw.choice((None, None, *SITES))
        repeat = draw.randint(1, 3)
        keys, actions = [], []
        for key in ("1", "2", "3", "*", "#", "no_input"):
            if draw.random() < 0.8:
                option, action = self._key(key)
                keys.append({"key": key, **option})
                actions.append({"input": _INPUTS.get(key, key), **action})
        made = self._group(number, "IvrMenu", menu={"actions": actions, "repeat": repeat})
        item: Json = {"extension": number, "name": made["record"]["name"], "keys": keys, "repeat": repeat}
        if site is not None:
            made["record"]["site"] = {"id": ident(site)}
            item["site"] = f"Site {site}"
        self.lists["ivr_menus"].append(item)
        return made

    def _key(self, key: str) -> tuple[Json, Json]:
        """What a key does: as an option and in the state."""
        draw = self.random
        if key in "*#":
            option, action = draw.choice(
                (("repeat", "Repeat"), ("root", "ReturnToRoot"), ("previous", "ReturnToPrevious"))
            )
            return {option: True}, {"action": action}
        if draw.random() < 0.5:
            number = GONE if draw.random() < 0.04 else draw.choice((*MENUS, *CALLABLE))
            return {"extension": number}, {"action": "Connect", "extension": ident(number)}
        kind = draw.choice(("voicemail", "phone", "operator", "hang_up", "dial_by_name", "extension"))
        if kind == "voicemail":
            number = draw.choice((*PEOPLE, *QUEUES, *MESSAGES))
            return {"voicemail": {"extension": number}}, {"action": "Voicemail", "extension": ident(number)}
        if kind == "phone":
            phone = draw.choice(OUTSIDE)
            return {"phone_number": phone}, {"action": "Transfer", "phoneNumber": phone}
        if kind == "extension":
            number = draw.choice((*QUEUES, LINES))
            return {"extension": number}, {"action": "Connect", "extension": ident(number)}
        action = {"operator": "ConnectToOperator", "hang_up": "Disconnect", "dial_by_name": "DialByName"}[kind]
        return {kind: True}, {"action": action}

    # The company

    def _company(self, company: Json) -> None:
        draw = self.random
        operator = draw.choice(("101", "102", "7001"))
        week = self._week() if draw.random() < 0.7 else None
        company["regional_settings"] = {"timezone": {"name": NEW_YORK}}
        company["operator"] = ident(operator)
        company["business_hours"] = weekly(week) if week else {}
        self.lists["account"].append({"time_zone": NEW_YORK, "main_number": COMPANY_NUMBERS[0], "operator": operator})
        self.lists["company_hours"].append({"owner": "company", "schedule": week or {"always": True}})
        kinds = ("extension", "extension", "extension", "operator", "hang_up")
        rules = company["answering_rules"] = {}
        for key, when in ((defaults.BUSINESS_HOURS, "work"), (defaults.AFTER_HOURS, "after")):
            if when == "work" or week:
                option, kind, target = self._lead(kinds)
                rules[key] = company_rule(key, when, kind, target)
                self.lists["company_rules"].append({"owner": "company", "hours": when, "destination": option})
        for place, (title, rule, kind, target) in enumerate(self._custom("company", NEW_YORK, kinds, COMPANY_NUMBERS)):
            key = f"570000{place}"
            rules[key] = {**company_rule(key, title, kind, target), **rule}
        usages = ("MainCompanyNumber", "CompanyNumber")
        company["phone_numbers"] = [
            seed.company_number(place, number, usage)
            for place, (number, usage) in enumerate(zip(COMPANY_NUMBERS, usages, strict=True), 1)
        ]
        self.lists["phone_numbers"] += [{"number": number, "company": True} for number in COMPANY_NUMBERS]
        forwards = draw.random() < 0.1
        to = draw.choice(CALLABLE)
        company["forward_all"] = {"enabled": forwards, "ranges": [], "extension": ident(to)}
        self.lists["company_forward_all"].append({"enabled": forwards, "extension": to})


def _ends_in_a_round(queue: Json) -> bool:
    """Whether the wait in a queue is over while its members ring for the only time."""
    return "wait" not in queue["on_no_answer"] and queue["max_wait"] < len(queue["members"]) * queue["ring_seconds"]


def weekly(week: dict[str, list[str]]) -> Json:
    """Hours by weekday in the form of the state."""
    days = {
        day: [dict(zip(("from", "to"), text.split("-"), strict=True)) for text in ranges]
        for day, ranges in week.items()
    }
    return {"weeklyRanges": days}


def in_zone(local: datetime, zone: str) -> str:
    """A time of a zone's clock with that clock's offset."""
    return local.replace(tzinfo=ZoneInfo(zone)).isoformat()


def company_rule(key: str, name: str, kind: str, target: str) -> Json:
    """A rule of the company that sends calls there."""
    action = {"extension": "Bypass", "operator": "Operator", "hang_up": "Disconnect"}[kind]
    rule: Json = {**defaults.company_rule(key, name), "callHandlingAction": action}
    return {**rule, "extension": ident(target)} if kind == "extension" else rule


def queue_rule(kind: str, target: str) -> Json:
    """What a rule of a queue does that sends calls there."""
    if kind == "extension":
        return {"callHandlingAction": "TransferToExtension", "transfer": ident(target)}
    if kind == "phone_number":
        return {"callHandlingAction": "UnconditionalForwarding", "unconditionalForwarding": {"phoneNumber": target}}
    return {"callHandlingAction": {"voicemail": "TakeMessagesOnly", "announcement": "PlayAnnouncementOnly"}[kind]}
