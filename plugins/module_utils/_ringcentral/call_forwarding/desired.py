# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The user's items for call forwarding, as far as they can be read without asking. Private to the collection."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Desired, place
from ..._errors import Problems
from ..._numbers.rules import NumberRules
from ..._texts import joined
from .model import (
    AFTER,
    ALL,
    AT_ONCE,
    CUSTOM_GREETING,
    DAYS,
    DEFAULT_SECONDS,
    TABLE,
    WORK,
    RingStep,
    Schedule,
    Target,
    Then,
    at_once,
    overlap,
    read_range,
    why_no_range,
)

# Which options make sense for which hours.
_OPTIONS = {
    WORK: ("schedule", "ring_mode", "ring", "then"),
    AFTER: ("ring_mode", "ring", "then"),
    ALL: ("enabled", "then"),
}
_WHY_NOT = {
    "schedule": "the schedule is that of hours: work; after hours is the rest of the week",
    "ring_mode": "nothing rings while all calls are forwarded",
    "ring": "nothing rings while all calls are forwarded",
    "enabled": "only hours: all can be switched on and off",
}
# Members of raw targets that are objects, and what these must hold; and which types cannot do without
# (ringcentral.md 9.4).
_RAW_MEMBERS = {"destination": "phoneNumber", "device": "id", "extension": "id"}
_RAW_NEEDS = {
    "PhoneNumberRingTarget": "destination",
    "DeviceRingTarget": "device",
    "CoworkerRingTarget": "extension",
    "CoworkerAppsRingTarget": "extension",
}
_THENS = ("voicemail", "extension", "phone_number", "announcement")


@dataclass(frozen=True)
class DesiredCalls(Desired):
    """The call handling of an extension's hours as the user wants it; names in it are still what the user wrote."""

    extension: str = ""
    extension_id: str = ""
    hours: str = WORK


def extension_texts(owner: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the user calls extensions in the calls of *owner*, each with the option that says so."""
    yield owner, "extension"
    for number, step in enumerate(values.get("ring") or ()):
        for target in step.targets:
            if target.kind == "extension":
                yield target.key, f"ring[{number}].extensions"
    then: Then | None = values.get("then")
    if then is not None and then.kind == "extension":
        yield then.key, "then.extension"
    if then is not None and then.mailbox:
        yield then.mailbox, "then.mailbox"


def read_entry(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> DesiredCalls:
    """Read one item; what is wrong with it is added to the problems of *rules*."""
    extension, hours = naming.folded(item["extension"]), item["hours"]
    key = Key(extension, hours)
    where = place(TABLE, position, key)
    if not extension:
        rules.problems.add(f"{where}: extension", "is empty")
    values: dict[str, Any] = {"hours": hours}
    for name, why in _WHY_NOT.items():
        if item.get(name) is not None and name not in _OPTIONS[hours]:
            rules.problems.add(f"{where}: {name}", f"does not go with hours: {hours}; {why}")
    if item.get("enabled") is not None:
        values["enabled"] = item["enabled"]
    if item.get("schedule") is not None:
        values["schedule"] = read_schedule(item["schedule"], f"{where}: schedule", rules.problems)
    values |= read_calls(item, where, rules)
    if len(values) == 1:
        rules.problems.add(where, f"sets nothing; give {joined(_OPTIONS[hours], 'or')}")
    return DesiredCalls(key=key, values=values, position=position, extension=extension, hours=hours)


def read_calls(item: Mapping[str, Any], where: str, rules: NumberRules) -> dict[str, Any]:
    """Return what *item* says of ring_mode, ring and then; what is wrong is added to the problems of *rules*."""
    values: dict[str, Any] = {}
    if item.get("ring_mode") is not None:
        values["ring_mode"] = item["ring_mode"]
    if item.get("ring") is not None:
        steps = [_step(step, f"{where}: ring[{number}]", rules) for number, step in enumerate(item["ring"])]
        refuse_repetitions(steps, f"{where}: ring", rules.problems)
        values["ring"] = at_once(steps) if item.get("ring_mode") == AT_ONCE else tuple(steps)
    if item.get("then") is not None:
        values["then"] = _then(item["then"], f"{where}: then", rules)
    return values


def read_schedule(option: Mapping[str, Any], where: str, problems: Problems) -> Schedule:
    """Return what the option says; what is wrong with it goes to *problems*."""
    ranges: dict[str, list[tuple[str, str]]] = {}
    for day in DAYS:
        times = []
        for text in option.get(day) or ():
            found = read_range(text)
            if found is None:
                problems.add(f"{where}.{day}", why_no_range(text, day))
            else:
                times.append(found)
        if overlap(times):
            problems.add(f"{where}.{day}", "two of its ranges overlap")
        ranges[day] = times
    if option.get("always"):
        return Schedule()
    if option.get("always") is False:
        problems.add(f"{where}.always", "can only be true; list the days and their hours instead")
    elif not any(option.get(day) for day in DAYS):
        # To RingCentral, no hours at all mean around the clock, which nobody means who lists none.
        problems.add(where, "has no work hours on any day; list some, or set always: true for around the clock")
    return Schedule.of(ranges)


def _step(option: Mapping[str, Any], where: str, rules: NumberRules) -> RingStep:
    targets: list[Target] = []
    for place_in_list, value in enumerate(option.get("phone_numbers") or ()):
        number = rules.target(f"{where}.phone_numbers[{place_in_list}]", value)
        targets += [Target("phone_number", number)] if number else []
    for name, kind in (("devices", "device"), ("extensions", "extension"), ("apps", "app")):
        for place_in_list, text in enumerate(option.get(name) or ()):
            if not text.strip():
                rules.problems.add(f"{where}.{name}[{place_in_list}]", "is empty")
            targets.append(Target(kind, naming.folded(text)))
    for place_in_list, value in enumerate(option.get("raw") or ()):
        targets.append(Target("raw", _raw(value, f"{where}.raw[{place_in_list}]", rules)))
    seconds, always = option.get("seconds"), bool(option.get("always"))
    if not any(option.get(name) for name in ("phone_numbers", "devices", "extensions", "apps", "raw")):
        rules.problems.add(where, "rings nothing; give phone_numbers, devices, extensions, apps or raw")
    if seconds is not None and seconds < 1:
        rules.problems.add(f"{where}.seconds", f"{seconds} is not positive")
    if always and any(target.kind != "app" for target in targets):
        rules.problems.add(
            f"{where}.always", "only apps can ring as long as anything rings; give them a step of their own"
        )
    if always and seconds is not None:
        rules.problems.add(f"{where}.seconds", "does not go with always")
    return RingStep(frozenset(targets), DEFAULT_SECONDS if seconds is None else seconds, always)


def _raw(value: Mapping[str, Any], where: str, rules: NumberRules) -> str:
    """Return a target of RingCentral's own form as a text, once it has the members that its type needs."""
    found = dict(value)
    kind = found.get("type")
    if not isinstance(kind, str) or not kind:
        rules.problems.add(f"{where}.type", "is required, as RingCentral's API calls it")
    for name, member in _RAW_MEMBERS.items():
        part = found.get(name)
        if part is None and name == _RAW_NEEDS.get(str(kind)):
            rules.problems.add(f"{where}.{name}", f"is required for {kind}")
        elif part is not None and not (isinstance(part, Mapping) and _is_text(part.get(member))):
            rules.problems.add(f"{where}.{name}", f"must be an object with {member}")
        elif part is not None and name == "destination":
            number = rules.target(f"{where}.{name}.{member}", part[member])
            found[name] = {**part, member: number or part[member]}
    if kind == "PhoneNumberRingTarget" and "name" in found:
        rules.problems.add(f"{where}.name", "is not managed; leave it out")
    return json.dumps(found, sort_keys=True)


def _is_text(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool) and bool(str(value).strip())


def refuse_repetitions(steps: Sequence[RingStep], where: str, problems: Problems) -> None:
    """Note each target that rings in two steps."""
    first: dict[Target, int] = {}
    for number, step in enumerate(steps):
        for target in step.targets:
            other = first.setdefault(target, number)
            if other != number:
                problems.add(
                    f"{where}[{number}]",
                    f"{target.name or target.key} rings at {where.split(': ')[-1]}[{other}] already",
                )


def _then(option: Mapping[str, Any], where: str, rules: NumberRules) -> Then | None:
    given = [kind for kind in _THENS if option.get(kind) is not None]
    if len(given) != 1:
        return None  # Ansible has refused that already
    kind, value = given[0], option[given[0]]
    mailbox, greeting = option.get("mailbox"), option.get("greeting")
    if mailbox is not None and kind != "voicemail":
        rules.problems.add(f"{where}.mailbox", "goes with voicemail")
    if greeting is not None and kind != "announcement":
        rules.problems.add(f"{where}.greeting", "goes with announcement")
    if greeting is not None and not greeting.strip().removeprefix(CUSTOM_GREETING):
        rules.problems.add(f"{where}.greeting", f"needs an id, for an uploaded one after {CUSTOM_GREETING}")
    if kind == "phone_number":
        return Then(kind, rules.target(f"{where}.phone_number", value) or "")
    if kind == "extension":
        if not value.strip():
            rules.problems.add(f"{where}.extension", "is empty")
        return Then(kind, naming.folded(value))
    if not value:
        rules.problems.add(f"{where}.{kind}", "can only be true; say what happens instead")
    return Then(kind, mailbox=mailbox and naming.folded(mailbox), greeting=greeting and greeting.strip())
