# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call queues as the user wants them. Facts: docs/providers/ringcentral-company.md 3, 6 and 13.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Current, Desired
from ..._engine.schema import Field, Table
from ..._errors import Problems
from ..._numbers.rules import NumberRules
from ..call_forwarding.desired import read_schedule
from ..call_forwarding.model import Schedule
from ..directory import Extension
from . import members, queue_members, queue_rules, rule_actions
from .company import QUEUE, RECIPIENTS, Company
from .destinations import ANNOUNCEMENT, VOICEMAIL, WAIT, Destination, canonical, dials, located, read_destination
from .greetings import NONE, OF_QUEUES
from .members import MEMBERS
from .options import ADD, FIXED_ORDER, GREETINGS, SIMULTANEOUS
from .owners import Owner
from .queue_members import Listed, Members
from .queue_rules import UNAVAILABLE
from .resource import field, label_of, reported, text_field

# How many members can ring at once, and what figures may be (ringcentral-company.md 13).
MOST_AT_ONCE = 10
_FIGURES = {"ring_seconds": (1, None), "wrap_up": (0, 300), "max_wait": (1, None), "max_callers": (0, 25)}
# A wait that stands for none at all.
NO_WAIT = 1
# Who may get the messages, beside the queue itself (ringcentral-company.md 6.3).
_INTRODUCTORY, _CONNECTING = "introductory", "connecting_message"
_AFTER_HOURS = "after_hours"


def _members(value: Any) -> Any:
    return value.canonical() if isinstance(value, Members) else value


def _queues(value: Any) -> Any:
    return None if value is None else sorted(item.key for item in value)


def _destination(name: str) -> Field:
    return field(name, canonical=canonical, shown=Destination.shown, dials=dials, may_be_empty=False)


TABLE = Table(
    singular="call_queue",
    plural="call_queues",
    key="extension",
    fields=(
        field("extension"),
        text_field("name", needed_to_create=True, may_be_empty=False),
        text_field("email", ignore_case=True, needed_to_create=True, may_be_empty=False),
        field("site", shown=label_of, may_be_empty=False),
        field("time_zone", may_be_empty=False),
        field("language", may_be_empty=False),
        field("status"),
        field("members", canonical=_members, shown=Members.shown, may_be_empty=False),
        *(field(name, may_be_empty=False) for name in ("ring", "ring_seconds", "wrap_up", "max_wait")),
        _destination("on_max_wait"),
        field("max_callers", may_be_empty=False),
        _destination("on_full"),
        _destination("on_no_answer"),
        field("overflow", canonical=_queues, shown=lambda value: [item.label for item in value], may_be_empty=False),
        field("voicemail_to", shown=label_of, may_be_empty=False),
        field("editable_member_status", may_be_empty=False),
        field("greetings", may_be_empty=False),
        field("hours", shown=Schedule.shown, may_be_empty=False),
        _destination(_AFTER_HOURS),
        reported("extension_id"),
    ),
    shell=("extension", *MEMBERS),
    deletes_last=True,
    # Members and overflow are Heavy.
    turns=(0, 2),
)


def read_entry(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    """Read one item; what is wrong with it goes to the problems of *rules*."""
    where, values = members.read_texts(TABLE, item, position, (*MEMBERS, "voicemail_to"), rules.problems)
    extension = values["extension"]
    values |= {name: item[name] for name in ("ring", "editable_member_status") if item.get(name) is not None}
    values |= _figures(item, where, rules.problems)
    if item.get("members") is not None:
        values["members"] = Listed(tuple(map(naming.folded, item["members"])), item["members_policy"] == ADD)
    if item.get("overflow") is not None:
        values["overflow"] = tuple(map(naming.folded, item["overflow"]))
    if item.get("hours") is not None:
        values["hours"] = read_schedule(item["hours"], f"{where}: hours", rules.problems)
    values |= _destinations(item, where, rules)
    chosen = _greetings(item.get("greetings") or {}, values, where, rules.problems)
    if chosen:
        values["greetings"] = chosen
    return Desired(Key(extension), values, position, absent=item["state"] == "absent", unread=not extension)


def _figures(item: Mapping[str, Any], where: str, problems: Problems) -> dict[str, int]:
    found = {name: item[name] for name in _FIGURES if item.get(name) is not None}
    for name, value in found.items():
        lowest, highest = _FIGURES[name]
        if value < lowest or (highest is not None and value > highest):
            allowed = f"at least {lowest}" if highest is None else f"{lowest} to {highest}"
            problems.add(f"{where}: {name}", f"{value} is not possible; RingCentral takes {allowed}")
    return found


def _destinations(item: Mapping[str, Any], where: str, rules: NumberRules) -> dict[str, Destination]:
    found = {}
    for name, kinds in {**queue_rules.TAKES, _AFTER_HOURS: rule_actions.TAKES[QUEUE]}.items():
        to = read_destination(item.get(name), f"{where}: {name}", rules, kinds, f"{name} of a call queue")
        if to is None:
            continue
        found[name] = to
        if name != _AFTER_HOURS and to.kind == VOICEMAIL and to.to is not None:
            rules.problems.add(
                f"{where}: {name}.voicemail",
                "can only be true, because all callers of a queue get the same mailbox; name it in voicemail_to",
            )
    return found


def _greetings(option: Mapping[str, Any], values: dict[str, Any], where: str, problems: Problems) -> dict[str, str]:
    """Return what is to be played, which `on_full.announcement` names as well."""
    chosen = {slot: naming.folded(option[slot]) for slot in GREETINGS if option.get(slot) is not None}
    for slot, name in chosen.items():
        if not name:
            problems.add(f"{where}: greetings.{slot}", "is empty")
    full: Destination | None = values.get("on_full")
    if full is not None and full.kind == ANNOUNCEMENT and full.to is not None:
        name = chosen.setdefault(UNAVAILABLE, str(full.to))
        if name != full.to:
            problems.add(
                f"{where}: on_full.announcement",
                f"is {full.to!r}, but greetings.{UNAVAILABLE} is {name!r}, which is the same greeting; name it once",
            )
        values["on_full"] = Destination(ANNOUNCEMENT)
    if chosen.get(_INTRODUCTORY) == NONE:
        # Else the connecting message is played in its place (ringcentral-company.md 6.3).
        chosen.setdefault(_CONNECTING, NONE)
    return chosen


def resolved(
    values: Mapping[str, Any], present: Current | None, where: str, company: Company, problems: Problems
) -> dict[str, Any]:
    """Return *values* with extensions in place of what the user calls them, over what is *present*.

    What is wrong, or does not go together, is added to *problems*.
    """
    found = members.resolved(values, present, company, where, problems)
    before: Mapping[str, Any] = present.values if present else {}
    if present is None or before["status"] == "NotActivated":
        found["status"] = members.ENABLED
    if "voicemail_to" in values:
        place_of_it = f"{where}: voicemail_to"
        to = company.find(values["voicemail_to"], place_of_it, problems, (*RECIPIENTS, QUEUE), "a person or a mailbox")
        if to is not None and to.kind == QUEUE and to.label != values["extension"]:
            problems.add(place_of_it, f"is another call queue, {to.label}; name a person or a message-only extension")
        found["voicemail_to"] = to
    for name in queue_rules.TAKES:
        if name in values:
            found[name] = located(
                values[name], f"{where}: {name}", lambda text, place: company.find(text, place, problems)
            )
    full: Destination | None = found.get("on_full")
    if full is not None and full.extension is not None and full.extension.label == values["extension"]:
        problems.add(f"{where}: on_full.extension", "is the queue itself, which is full then; send them elsewhere")
    if "overflow" in values:
        found["overflow"] = _overflow(values["overflow"], values["extension"], f"{where}: overflow", company, problems)
    if "members" in values:
        ring = values.get("ring") or before.get("ring")
        found["members"] = _everybody(values["members"], before.get("members"), ring, where, company, problems)
    if "greetings" in values:
        found["greetings"] = _played(values["greetings"], before.get("greetings") or {}, where, company, problems)
    if _AFTER_HOURS in values:
        found[_AFTER_HOURS] = _after_hours(values, before, where, company, problems)
    _check_ring(found, before, where, problems)
    return found


def _overflow(
    texts: Sequence[str], own: str, where: str, company: Company, problems: Problems
) -> tuple[Extension, ...]:
    queues: dict[Extension, None] = {}
    for position, text in enumerate(texts):
        item = company.find(text, f"{where}[{position}]", problems, (QUEUE,), "a call queue")
        if item is not None and item.label == own:
            problems.add(f"{where}[{position}]", "is the queue itself; name other queues")
        elif item is not None:
            queues[item] = None
    return tuple(queues)


def _everybody(
    listed: Listed, before: Members | None, ring: str | None, where: str, company: Company, problems: Problems
) -> Members:
    everybody = queue_members.found(listed, f"{where}: members", company, problems)
    present = before.everybody if before else ()
    if listed.add:
        everybody = [*present, *(item for item in everybody if item not in present)]
    found = Members.of(everybody, in_order=ring == FIXED_ORDER)
    # Who leaves a fixed order leaves the members as they are.
    return before if before is not None and not found.in_order and found.same_people(before) else found


def _played(
    chosen: Mapping[str, str], before: Mapping[str, str], where: str, company: Company, problems: Problems
) -> dict[str, str]:
    """Return all that is played; only what is not played already is looked up."""
    for slot, name in chosen.items():
        if name and name != before.get(slot):
            kind = queue_rules.SLOTS[slot]
            company.presets.check(name, kind, OF_QUEUES, f"{where}: greetings.{slot}", problems)
    return {**before, **chosen}


def _after_hours(
    values: Mapping[str, Any], before: Mapping[str, Any], where: str, company: Company, problems: Problems
) -> Destination:
    place_of_it = f"{where}: {_AFTER_HOURS}"
    own = next((record for record in company.directory.find(values["extension"], (QUEUE,))), None)
    owner = Owner(QUEUE, Extension.from_record(own) if own else None)
    hours: Schedule | None = values.get("hours") or before.get("hours")
    if hours is None or hours.always:
        problems.add(
            place_of_it,
            "the hours of the queue are around the clock, so there is nothing after them; set hours, or leave this out",
        )
    found = rule_actions.resolved(values[_AFTER_HOURS], owner, place_of_it, company, problems)
    found = found.over(before.get(_AFTER_HOURS))
    if found.canonical() != canonical(before.get(_AFTER_HOURS)):
        rule_actions.check_greeting(found, place_of_it, company, problems)
    return found


def _check_ring(found: Mapping[str, Any], before: Mapping[str, Any], where: str, problems: Problems) -> None:
    """Note what does not go together with the way in which members ring."""
    ring = found.get("ring") or before.get("ring")
    everybody: Members | None = found.get("members") or before.get("members")
    if found.get("ring") == FIXED_ORDER and before.get("ring") != FIXED_ORDER and "members" not in found:
        problems.add(f"{where}: ring", f"{FIXED_ORDER} needs members, in the order in which they ring")
    if ring != SIMULTANEOUS or not {"ring", "members", "on_no_answer"} & found.keys():
        return
    if everybody is not None and len(everybody.everybody) > MOST_AT_ONCE:
        problems.add(
            f"{where}: members",
            f"{len(everybody.everybody)} members cannot ring at once, only {MOST_AT_ONCE}; list fewer, or set ring to "
            "something else",
        )
    no_answer: Destination | None = found.get("on_no_answer") or before.get("on_no_answer")
    if no_answer is not None and no_answer.kind != WAIT:
        problems.add(
            f"{where}: on_no_answer",
            f"with ring: {SIMULTANEOUS}, callers can only wait for members, but they would go to "
            f"{no_answer.kind}; set on_no_answer.wait, and on_max_wait for what follows",
        )
