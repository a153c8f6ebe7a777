# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random faults, what an account of a RingCentral company holds for an item of a file, and what must be true.

What the account holds is worked out here from the simulator's state, without any code of the collection.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from system_company_files import OF_PEOPLE, RINGS, SITES, WAITS, WAV
from system_support import Json

from simulator.ringcentral import defaults

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
    method = draw(st.sampled_from(("POST", "PUT", "POST", "PUT", "PATCH", "GET", None, "DELETE")))
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
        if kind in OF_PEOPLE:
            return {}
        found: Json | None = getattr(self, f"_{kind}")(item)
        return found

    def right(self, kind: str, item: Json) -> bool:
        """Whether that is what the item says."""
        held = self.held(kind, item)
        if item.get("state") == "absent":
            return not held
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
        ring = next(name for name, mode in RINGS.items() if mode == queue["transferMode"])
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
        waits = [name for name, value in WAITS.items() if value == action]
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
            if action["action"] == "DoNothing":
                continue
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
