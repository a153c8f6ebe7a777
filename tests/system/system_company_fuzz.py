# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random files of RingCentral companies and random faults, what the account holds for an item, and what must be true.

A file changes the simulator's default account: some of its queues and menus, and new ones, which lead to each other in
circles. What the account holds is worked out here from the simulator's state, without any code of the collection.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from system_support import Json

from simulator.ringcentral import defaults

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28)
PEOPLE, MENUS, QUEUES = ("101", "102", "103"), ("8001", "8002", "8003", "8004"), ("7001", "7002", "7003", "7004")
MESSAGES, ANNOUNCEMENTS = ("7101", "7103"), ("301", "302")
SITES = {"Los Angeles": "9001", "Chicago": "9002"}
OUTSIDE = "+16505550144"
# A number of a queue, and two of the inventory.
NUMBERS = ("+16505550183", "+16505550186", "+16505550187")
_THERE = {"101", "102", "103", "7001", "7002", "8001", "8002", "7101", "301"}
_ZONES = ("America/New_York", "America/Los_Angeles", "Europe/London")
_WEEKS: tuple[Json, ...] = (
    {"always": True},
    {"monday": ["09:00-17:00"], "friday": ["08:30-12:00", "13:00-16:30"]},
    {"sunday": ["00:00-09:00"]},
)
_RINGS = {"longest_idle": "Rotating", "simultaneous": "Simultaneous", "fixed_order": "FixedOrder"}
_WAITS = {"members": "WaitPrimaryMembers", "members_and_overflow": "WaitPrimaryAndOverflowMembers"}
_EVENTS = {
    "on_max_wait": ("holdTimeExpirationAction", "HoldTimeExpiration"),
    "on_full": ("maxCallersAction", "MaxCallers"),
    "on_no_answer": ("noAnswerAction", "NoAnswer"),
}
_KEYS = {"*": "Star", "#": "Hash", "no_input": "NoInput"}
_ONLY = {"Operator": "operator", "Disconnect": "hang_up", "ConnectToOperator": "operator", "Repeat": "repeat",
         "ReturnToRoot": "root", "ReturnToPrevious": "previous", "DialByName": "dial_by_name"}  # fmt: skip
_KINDS = {"Voicemail": "message_only", "Announcement": "announcement"}
# What says where calls that arrive go, and must not say so before that is complete.
DOORS = ("phone_numbers", "company_rules", "holidays")


# Files


class _File:
    """Draws the lists of one company."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.queues, self.menus = self.some(QUEUES, 1), self.some(MENUS, 1)
        self.sites, self.messages, self.announcements = map(self.some, ((*SITES,), MESSAGES, ANNOUNCEMENTS))
        self.prompts = self.chance()
        self.known = sorted(_THERE.union(self.queues, self.menus, self.messages, self.announcements))

    def chance(self) -> bool:
        return self._draw(st.booleans())

    def one(self, values: Sequence[Any]) -> Any:
        return self._draw(st.sampled_from(values))

    def some(self, names: Sequence[str], least: int = 0) -> list[str]:
        return self._draw(st.lists(st.sampled_from(names), unique=True, min_size=least, max_size=len(names)))

    def perhaps(self, **values: Any) -> Json:
        """Some of *values*."""
        return {name: value for name, value in values.items() if self.chance()}

    def lead(self, *kinds: str, without: str = "") -> Json:
        """A destination: most are extensions, but not the extension *without*."""
        kind = self.one(("extension", "extension", *kinds))
        if kind == "extension":
            return {kind: self.one([number for number in self.known if number != without])}
        if kind == "mailbox":
            return {"voicemail": {"extension": self.one([*PEOPLE, *MESSAGES[:1], *self.queues])}}
        return {kind: OUTSIDE if kind == "phone_number" else True}

    def queue(self, number: str) -> Json:
        ring, week = self.one([*_RINGS]), self.one(_WEEKS)
        item = {
            "extension": number,
            "name": f"Queue {number}",
            "email": f"queue{number}@example.org",
            "time_zone": self.one(_ZONES),
            "members": self.some(PEOPLE, 1),
            "ring": ring,
            "on_no_answer": {"wait": self.one([*_WAITS])},
            "hours": week,
            **self.perhaps(
                max_wait=self.one((30, 60)),
                on_max_wait=self.lead("voicemail", "phone_number"),
                max_callers=5,
                on_full=self.lead("voicemail", "phone_number", without=number),
                ring_seconds=15,
                overflow=[other for other in self.some(QUEUES[:2]) if other != number],
                voicemail_to=self.one(("101", *MESSAGES[:1])),
            ),
        }
        if "always" not in week:
            item["after_hours"] = self.lead("voicemail", "phone_number", without=number)
        if ring != "simultaneous" and self.chance():
            item["on_no_answer"] = self.lead("voicemail", "phone_number")
        return item

    def menu(self, number: str) -> Json:
        kinds = ("phone_number", "mailbox", "operator", "hang_up")
        keys = [{"key": key, **self.lead(*kinds)} for key in self.some(("1", "2", "3", "0"), 1)]
        keys += [{"key": key, self.one(("repeat", "root", "previous")): True} for key in self.some(("*", "#"))]
        prompt: Json = {"text": f"This is menu {number}", "language": "en-US"}
        if self.prompts and self.chance():
            prompt = {"prompt": "Night"}
        return {"extension": number, "name": f"Menu {number}", "prompt": prompt, "keys": keys, "repeat": 2}

    def site(self, name: str) -> Json:
        item = {"name": name, "time_zone": self.one(_ZONES), "extension": SITES[name]}
        return item | self.perhaps(operator="101", top_menu=self.one(self.menus))

    def groups(self) -> list[Json]:
        kinds = (("message_only", self.messages), ("announcement", self.announcements))
        return [
            {"extension": number, "kind": kind, "name": f"Group {number}", "email": f"g{number}@example.org"}
            for kind, numbers in kinds
            for number in numbers
        ]

    def hours(self) -> Json:
        """Hours of the company and of sites, with the rules that go with them."""
        lists: Json = {"company_hours": [], "company_rules": []}
        for owner in ("company", *self.sites):
            if self.chance():
                week, kinds = self.one(_WEEKS), ("operator", "hang_up") if owner == "company" else ()
                lists["company_hours"].append({"owner": owner, "schedule": week})
                for hours in ("work",) if "always" in week else ("work", "after"):
                    to = self.lead(*kinds, without=owner)
                    lists["company_rules"].append({"owner": owner, "hours": hours, "destination": to})
        return lists

    def days(self, lists: Json) -> None:
        """Add rules for a day each."""
        today = datetime.now(UTC)
        lists["holidays"] = []
        for place, owner in enumerate(self.some(("company", *self.queues, *self.sites))):
            day = f"{today + timedelta(days=60 + place):%Y-%m-%d}"
            to = self.lead(*(("voicemail",) if owner in QUEUES else ()), without=owner)
            if self.chance():
                days = [{"name": "Day", "from": day}]
                lists["holidays"].append({"owner": owner, "days": days, "destination": to})
            else:
                rule = {"owner": owner, "name": f"Rule {owner}", "dates": [{"from": day}], "destination": to}
                lists["company_rules"].append(rule)

    def number(self, number: str) -> Json:
        to = {"company": True} if self.one(range(5)) == 0 else {"extension": self.one(self.known)}
        return {"number": number, "take_over": True, **to}


@st.composite
def companies(draw: st.DrawFn) -> Json:
    """Return the lists of a company."""
    file = _File(draw)
    lists: Json = {
        "sites": [file.site(name) for name in file.sites],
        "group_extensions": file.groups(),
        "ivr_prompts": [{"name": "Night"}] if file.prompts else [],
        "call_queues": [file.queue(number) for number in file.queues],
        "ivr_menus": [file.menu(number) for number in file.menus],
        **file.hours(),
    }
    file.days(lists)
    lists["phone_numbers"] = [file.number(number) for number in file.some(NUMBERS, 1)]
    return {name: items for name, items in lists.items() if items}


# Faults

KILLS, TWICE = {"kill_before": False, "kill_after": True}, "twice"
_AFTER = {"Retry-After": "1"}
SIMULATED: dict[str, Json] = {
    **{f"http_{status}": {"kind": "status", "status": status} for status in (400, 403, 404, 500, 502)},
    **{f"http_{status}": {"kind": "status", "status": status, "headers": _AFTER} for status in (429, 503)},
    **{f"http_{status}_after": {"kind": "status_after", "status": status} for status in (500, 502, 503, 504)},
    "http_302": {"kind": "status", "status": 302, "headers": {"Location": "https://login.example.org/"}},
    **{kind: {"kind": kind} for kind in ("drop_before", "drop_after", "garbage", "truncate")},
}
KINDS = (*SIMULATED, *KILLS, TWICE)


@dataclass(frozen=True)
class Fault:
    """A kind of fault at *times* requests (None: all) of a method (None: any) from the position *at* on."""

    kind: str
    at: int = 0
    times: int | None = 1
    method: str | None = None

    @property
    def planted(self) -> Json:
        """The fault as the simulator takes it."""
        spec = {"provider": "ringcentral", **SIMULATED[self.kind], "after": self.at, "times": self.times}
        return spec if self.method is None else {**spec, "method": self.method, "path_regex": "^(?!.*/oauth)"}


@st.composite
def faults(draw: st.DrawFn) -> Fault:
    """Return a fault; most concern writes."""
    kind = draw(st.sampled_from(KINDS))
    method = draw(st.sampled_from(("POST", "PUT", "POST", "PUT", "PATCH", "GET", None)))
    at = draw(st.integers(0, 1 if method == "PATCH" else 8 if method else 30))
    return Fault(kind, at, draw(st.sampled_from((1, 1, 1, 2, None))), method)


# What the account holds


class Account:
    """An account's state, with the numbers of extensions in place of ids."""

    def __init__(self, state: Json) -> None:
        self._extensions: dict[str, Json] = state["extensions"]
        self._company: Json = state["company"]
        self._numbers = {key: item["record"]["extensionNumber"] for key, item in self._extensions.items()}

    def held(self, kind: str, item: Json) -> Json | None:
        """What there is for an item, with those of its options that can be compared; None for nothing."""
        found: Json | None = getattr(self, f"_{kind}")(item)
        return found

    def right(self, kind: str, item: Json) -> bool:
        """Whether that is what the item says."""
        held = self.held(kind, item)
        if kind == "ivr_prompts":
            return held == {"content": [base64.b64encode(WAV).decode()]}
        return held is not None and not self.differing(held, item)

    def differing(self, held: Json, item: Json) -> list[str]:
        """The options of an item that are not held so."""
        meant = {name: value for name, value in item.items() if name in held}
        if "keys" in meant:
            meant["keys"] = {key["key"]: {k: v for k, v in key.items() if k != "key"} for key in item["keys"]}
        for name in ("days", "dates"):
            if name in meant:
                meant[name] = [local_days(day, self.zone(item["owner"])) for day in item[name]]
        for name in ("members", "overflow"):
            if name in meant and item.get("ring") != "fixed_order":
                meant[name], held = sorted(item[name]), {**held, name: sorted(held[name])}
        return [name for name, value in meant.items() if held[name] != value]

    def twice(self) -> list[str]:
        """What there is twice."""
        found = [f"{item['record']['type']} {item['record']['extensionNumber']}" for item in self._extensions.values()]
        found += [f"prompt {item['filename']}" for item in self._company["prompts"].values()]
        for owner in (self._company, *self._extensions.values()):
            name = owner["record"]["extensionNumber"] if "record" in owner else "company"
            found += [f"rule {name} {rule['name']}" for rule in owner["answering_rules"].values()]
        return sorted({name for name in found if found.count(name) > 1})

    def zone(self, owner: str) -> str:
        """The zone of an owner's clock."""
        settings = (self._owner(owner) or {}).get("record", {}).get("regionalSettings")
        zone: str = (settings or self._company["regional_settings"])["timezone"]["name"]
        return zone

    def _of(self, number: str, *kinds: str) -> Json | None:
        for item in self._extensions.values():
            record = item["record"]
            if number in (record["extensionNumber"], record["name"]) and record["type"] in kinds:
                return item
        return None

    def _owner(self, owner: str) -> Json | None:
        return self._company if owner == "company" else self._of(owner, "Department", "Site")

    def _number(self, key: Any) -> str | None:
        return None if key is None else self._numbers.get(str(key), str(key))

    @staticmethod
    def _general(record: Json) -> Json:
        return {
            "extension": record["extensionNumber"],
            "name": record["name"],
            "email": record["contact"].get("email"),
            "time_zone": record.get("regionalSettings", {}).get("timezone", {}).get("name"),
            "status": record["status"],
        }

    def _sites(self, item: Json) -> Json | None:
        found = self._of(item["name"], "Site")
        if found is None:
            return None
        site = found["site"]
        ways = {"operator": self._number(site["operator"]), "top_menu": self._number(site["ivr"]["top_menu"])}
        return {**self._general(found["record"]), **ways}

    def _group_extensions(self, item: Json) -> Json | None:
        found = self._of(item["extension"], *_KINDS)
        return None if found is None else self._general(found["record"]) | {"kind": _KINDS[found["record"]["type"]]}

    def _ivr_prompts(self, item: Json) -> Json | None:
        prompts = self._company["prompts"].values()
        content = [prompt["content"] for prompt in prompts if prompt["filename"].startswith(item["name"])]
        return {"content": content} if content else None

    def _call_queues(self, item: Json) -> Json | None:
        found = self._of(item["extension"], "Department")
        if found is None:
            return None
        rules = found["answering_rules"]
        work, after = rules[defaults.BUSINESS_HOURS], rules.get(defaults.AFTER_HOURS)
        queue, messages = work["queue"], work["voicemail"]["recipient"]
        ring = next(name for name, mode in _RINGS.items() if mode == queue["transferMode"])
        members = queue["fixedOrderAgents"] if ring == "fixed_order" else found["queue"]["members"]
        if ring == "fixed_order" and sorted(members) != sorted(found["queue"]["members"]):
            members = []
        return {
            **self._general(found["record"]),
            "members": [self._number(key) for key in members],
            "ring": ring,
            "ring_seconds": queue["agentTimeout"],
            "max_wait": queue["holdTime"],
            "max_callers": queue["maxCallers"],
            "overflow": [self._number(key) for key in found["queue"]["overflow"]["items"]],
            "voicemail_to": None if messages is None else self._number(messages),
            "hours": week_of(found["business_hours"]),
            "after_hours": None if after is None else self._destination(after),
            **{name: self._event(queue, *of_event) for name, of_event in _EVENTS.items()},
        }

    def _event(self, queue: Json, member: str, event: str) -> Json:
        action = queue[member]
        waits = [name for name, value in _WAITS.items() if value == action]
        if waits:
            return {"wait": waits[0]}
        if action == "TransferToExtension":
            return {"extension": self._number(queue["transfer"].get(event))}
        if action == "UnconditionalForwarding":
            return {"phone_number": queue["unconditionalForwarding"].get(event)}
        return {action.lower(): True}

    def _destination(self, rule: Json) -> Json:
        action = rule["callHandlingAction"]
        if action == "TransferToExtension":
            return {"extension": self._number(rule.get("transfer"))}
        if action == "UnconditionalForwarding":
            return {"phone_number": rule["unconditionalForwarding"]["phoneNumber"]}
        if action == "Bypass":
            return {"extension": self._number(rule.get("extension"))}
        return {"voicemail" if action == "TakeMessagesOnly" else str(_ONLY.get(action, action)): True}

    def _ivr_menus(self, item: Json) -> Json | None:
        found = self._of(item["extension"], "IvrMenu")
        if found is None:
            return None
        menu, record = found["menu"], found["record"]
        prompt: Json = menu["prompt"] or {}
        keys: Json = {}
        for action in menu["actions"]:
            key = next((key for key, name in _KEYS.items() if name == action["input"]), action["input"])
            to: Json = {_ONLY.get(action["action"], action["action"]): True}
            if action["action"] in ("Connect", "Voicemail"):
                to = {"extension": self._number(action["extension"])}
                to = {"voicemail": to} if action["action"] == "Voicemail" else to
            elif action["action"] == "Transfer":
                to = {"phone_number": f"+{action['phoneNumber'].lstrip('+')}"}
            keys[key] = to
        says: Json = {"text": prompt.get("text"), "language": "en-US"}
        if prompt.get("mode") == "Audio":
            file_name = self._company["prompts"].get(prompt["audio"], {}).get("filename", "")
            says = {"prompt": "Night" if file_name.startswith("Night") else file_name}
        shown = {"extension": record["extensionNumber"], "name": record["name"], "repeat": menu["repeat"]}
        return {**shown, "prompt": says, "keys": keys}

    def _company_hours(self, item: Json) -> Json | None:
        owner = self._owner(item["owner"])
        return None if owner is None else {"schedule": week_of(owner["business_hours"])}

    def _company_rules(self, item: Json) -> Json | None:
        owner, name = self._owner(item["owner"]), item.get("name", item.get("hours"))
        ids = {"work": defaults.BUSINESS_HOURS, "after": defaults.AFTER_HOURS}
        for key, rule in (owner or {}).get("answering_rules", {}).items():
            if rule["name"] == name if "name" in item else key == ids[item["hours"]]:
                return {"destination": self._destination(rule), "enabled": rule["enabled"]} | self._dates(rule, item)
        return None

    def _holidays(self, item: Json) -> Json | None:
        found = self._company_rules({"name": "Holidays", **item})
        return None if found is None else {"days": found.pop("dates"), **found}

    def _dates(self, rule: Json, item: Json) -> Json:
        ranges = rule.get("schedule", {}).get("ranges", [])
        zone = ZoneInfo(self.zone(item["owner"]))

        def instant(text: str) -> datetime:
            written = datetime.fromisoformat(text)
            return (written if written.tzinfo else written.replace(tzinfo=zone)).astimezone(UTC)

        return {"dates": [tuple(instant(part[end]) for end in ("from", "to")) for part in ranges]}

    def _phone_numbers(self, item: Json) -> Json | None:
        for record in self._company["phone_numbers"]:
            if record["phoneNumber"] == item["number"]:
                return {"company": record["usageType"] != "Inventory", "extension": None}
        for extension in self._extensions.values():
            if any(record["phoneNumber"] == item["number"] for record in extension["phone_numbers"]):
                return {"company": False, "extension": extension["record"]["extensionNumber"]}
        return None


def local_days(day: Json, zone: str) -> tuple[datetime, datetime]:
    """A whole day of an owner's clock, as instants."""
    start = datetime.fromisoformat(day["from"])
    first, end = (
        moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for moment in (start, start + timedelta(days=1))
    )
    return first, end


def week_of(hours: Json) -> Json:
    """Hours of the state as a schedule."""
    days: Json = hours.get("weeklyRanges", {})
    found: Json = {day: [f"{part['from']}-{part['to']}" for part in parts] for day, parts in days.items() if parts}
    return found or {"always": True}


# What is behind a door


def behind(lists: Json, start: str) -> Iterator[tuple[str, Json]]:
    """Yield the items of a file that a caller may meet who is led to the extension, or the company, *start*."""
    border, seen = [start], set()
    while border:
        name = border.pop()
        if name in seen:
            continue
        seen.add(name)
        for kind, items in lists.items():
            for item in items:
                owner = item.get("owner", item.get("extension"))
                if SITES.get(owner, owner) == name and kind != "phone_numbers":
                    yield kind, item
                    border += leads_of(item)


def leads_of(item: Any) -> Iterator[str]:
    """Yield the extensions that an item leads calls to."""
    if isinstance(item, Mapping):
        for name, value in item.items():
            if name in ("extension", "voicemail_to", "operator", "top_menu") and isinstance(value, str):
                yield value
            elif name == "overflow":
                yield from value
            else:
                yield from leads_of(value)
    elif isinstance(item, list):
        for value in item:
            yield from leads_of(value)


def with_files(lists: Json, folder: Path) -> Json:
    """A file's lists, with recordings that exist."""
    path = folder / "night.wav"
    path.write_bytes(WAV)
    prompts = [{**item, "file": str(path)} for item in lists.get("ivr_prompts", [])]
    return {**lists, "ivr_prompts": prompts} if prompts else lists
