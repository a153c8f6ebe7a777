# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random files of RingCentral companies, what a second run takes away of them, and positions of switches.

A file changes the simulator's default account: some of its queues and menus, and new ones, which lead to each other in
circles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from system_support import Json

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
RINGS = {"longest_idle": "Rotating", "simultaneous": "Simultaneous", "fixed_order": "FixedOrder"}
WAITS = {"members": "WaitPrimaryMembers", "members_and_overflow": "WaitPrimaryAndOverflowMembers"}
# Lists about people, whose rules have another form on accounts with the new call handling.
OF_PEOPLE = ("call_forwardings", "custom_rules")
# What a second run may take away again, unless something still leads there.
_DELETED = ("holidays", "company_rules", "custom_rules", "ivr_menus", "call_queues", "group_extensions")
# Other readings of the documents, under all of which a company is made the same.
MOVES: dict[str, tuple[Any, ...]] = {
    "number_taken": ("cmn_101",),
    "site_number_space": ("shared",),
    "new_queue_status": ("Enabled",),
    "menu_actions_put": ("merge",),
    "menu_target_unknown": ("accepted",),
    "transfer_plus": ("as_sent",),
    "prompt_filename": ("name",),
    "prompt_in_use": ("deleted",),
    "bulk_assign_repeat": ("refused",),
    "menu_list_paging": ("present",),
    "answering_rule_put": ("replace",),
    "business_hours_put": ("merge",),
    "range_zone": ("local", "utc"),
    "fixed_order_on_member_change": ("stale", "refused"),
    "agent_timeout_unit": ("multiples_of_five",),
    "greeting_list_answer": ("set_types",),
    "delete_referenced": ("done_cleaned", "refused"),
    "freed_numbers": ("inventory",),
    "late_reads": (1, 2),
    "recipient_id": ("number",),
    "feature_record": ("bare",),
    "migrated": ("yes",),
    "patch_answer": ("nothing",),
    "action_order": ("by_type",),
}


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
        ring, week = self.one([*RINGS]), self.one(_WEEKS)
        item = {
            "extension": number,
            "name": f"Queue {number}",
            "email": f"queue{number}@example.org",
            "time_zone": self.one(_ZONES),
            "members": self.some(PEOPLE, 1),
            "ring": ring,
            "on_no_answer": {"wait": self.one([*WAITS])},
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

    def people(self) -> Json:
        """Rules and hours of people, one of both for each."""
        lists: Json = {"call_forwardings": [], "custom_rules": []}
        for number in self.some(PEOPLE[1:]):
            kinds = ("voicemail", "phone_number")
            if self.chance():
                rule = {"extension": number, "name": f"Caller {number}", "callers": [OUTSIDE], "enabled": self.chance()}
                lists["custom_rules"].append({**rule, "then": self.lead(*kinds, without=number)})
            else:
                for hours, also in (("work", {"schedule": _WEEKS[1]}), ("after", {})):
                    item = {"extension": number, "hours": hours, "ring": [], **also}
                    lists["call_forwardings"].append({**item, "then": self.lead(*kinds, without=number)})
        return lists

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
        **file.people(),
    }
    file.days(lists)
    lists["phone_numbers"] = [file.number(number) for number in file.some(NUMBERS, 1)]
    return {name: items for name, items in lists.items() if items}


@st.composite
def switches(draw: st.DrawFn) -> Json:
    """Return positions of a few switches."""
    names = draw(st.lists(st.sampled_from(sorted(MOVES)), unique=True, max_size=3))
    return {name: draw(st.sampled_from(MOVES[name])) for name in names}


def without(lists: Json, chosen: Callable[[int], bool]) -> Json:
    """Return a company's lists with *chosen* items taken away, by their place among those that can be."""
    place, found = 0, {}
    for name, items in lists.items():
        kept, new = [], {item["extension"] for item in items if "extension" in item} - _THERE
        for item in items:
            can = name in _DELETED and "hours" not in item and ("owner" in item or "name" in item)
            can = can and (item.get("extension") in new or name not in _DELETED[3:])
            place += can
            names = ("extension", "owner", "name", "kind")
            gone = {key: item[key] for key in names if key in item and not (key == "name" and name in _DELETED[3:])}
            kept.append({**gone, "state": "absent"} if can and chosen(place - 1) else item)
        found[name] = kept
    return found


def with_files(lists: Json, folder: Path) -> Json:
    """A file's lists, with recordings that exist."""
    path = folder / "night.wav"
    path.write_bytes(WAV)
    prompts = [{**item, "file": str(path)} for item in lists.get("ivr_prompts", [])]
    return {**lists, "ivr_prompts": prompts} if prompts else lists
