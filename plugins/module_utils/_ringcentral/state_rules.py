# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call handling by states and their rules, RingCentral's new way. Facts: RingCentral dossier 9.

A write replaces each object that it sends, so everything is read, changed and written back (dossier 9.5). Private to
the collection.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from .._errors import Problems
from .api import Record
from .call_backends import (
    CLOSED,
    RULE_FIELDS,
    CallHandling,
    device_lines,
    find_device,
    in_turn,
    no_after_hours,
    unambiguous,
    without,
)
from .call_handling import (
    AFTER,
    ALL,
    AT_ONCE,
    DAYS,
    DEFAULT_SECONDS,
    IN_ORDER,
    WORK,
    Foreign,
    RingStep,
    Schedule,
    Target,
    Then,
    at_once,
)
from .directory import Extension, refusal_is_about
from .forwarding_numbers import device_of, number_of

_STATES = {WORK: "work-hours", AFTER: "after-hours", ALL: "forward-all-calls"}
_MODES = {"RingInOrder": IN_ORDER, "RingAtOnce": AT_ONCE}
_MODE_NAMES = {mode: name for name, mode in _MODES.items()}
_GROUP, _ALWAYS, _TERMINATING = "RingGroupAction", "RingAlwaysGroupAction", "TerminatingAction"
_APP_TARGETS = {"desktop": "AllDesktopRingTarget", "mobile": "AllMobileRingTarget"}
_THENS = {
    "voicemail": "VoiceMailTerminatingTarget",
    "extension": "ExtensionTerminatingTarget",
    "phone_number": "PhoneNumberTerminatingTarget",
    "announcement": "PlayAnnouncementTerminatingTarget",
}
_VOICEMAIL = _THENS["voicemail"]
# Targets that have a name of their own; that of the others is RingCentral's and is not sent back.
_NAMED = (
    "PhoneNumberRingTarget",
    "CloudConnectorRingTarget",
    _THENS["phone_number"],
    "CloudConnectorTerminatingTarget",
)


class StateRules(CallHandling):
    """The states work-hours, after-hours and forward-all-calls, and what each of them does with a call."""

    name = "the new call handling"

    def read(self, extension: Extension, needed: Mapping[str, Collection[str]]) -> list[Record]:
        """Ask for the list of rules, and for that of states where the rules do not show them."""
        fields = {name for names in needed.values() for name in names}
        rules = {}
        if RULE_FIELDS & fields or AFTER in needed:
            rules = {str(rule.get("id")): rule for rule in self.api.state_rules(extension.key)}
        states = {key: rule["state"] for key, rule in rules.items() if isinstance(rule.get("state"), dict)}
        wanted = {_STATES[hours] for hours, names in needed.items() if {"schedule", "enabled"} & set(names)}
        if any("conditions" not in states.get(key, {}) for key in wanted):
            states = {str(state.get("id")): state for state in self.api.states(extension.key)}
        found: list[Record] = []
        for hours in (WORK, AFTER, ALL):
            rule, state = rules.get(_STATES[hours]), states.get(_STATES[hours])
            if hours not in needed or (rules and rule is None) or (_STATES[hours] in wanted and state is None):
                continue
            record: Record = {"extension": extension.label, "extension_id": extension.key, "hours": hours}
            if rule is not None:
                record |= _rule_fields(rule, extension, hours)
            if state is not None and _STATES[hours] in wanted:
                record |= _state_fields(state, hours)
            found.append(record)
        return found

    def custom_rules(self, extension: Extension) -> list[str]:
        return [
            str(rule.get("displayName") or rule.get("id"))
            for rule in self.api.interaction_rules(extension.key)
            if rule.get("enabled", True)
        ]

    def why_not(self, hours: str, extension: Extension) -> str:
        if hours == AFTER:
            return no_after_hours(extension)
        return f"extension {extension.label} has no state {_STATES[hours]!r}"

    def target(self, target: Target, extension: Extension, where: str, problems: Problems) -> Target:
        """Find a device by name, among the extension's own and those of co-workers that are in its list."""
        if target.kind != "device":
            return target
        names = {str(item["id"]): str(item.get("name") or "") for item in self.directory.devices(extension)}
        if target.key not in names and target.key not in names.values():
            lines = device_lines(self._listed_if_open(extension, target))
            names |= {device_of(line) or "": str(line.get("label") or "") for line in lines if device_of(line)}
        if self.is_foreseen(target) and target.key not in names.values():
            return Target("device", target.key, target.key)
        if target.key.isdecimal() and target.key not in names:
            # Whose device it is cannot always be read; RingCentral has the last word.
            return Target("device", target.key)
        found = find_device(target.key, names.items(), where, extension.label, problems)
        return Target("device", found[0], unambiguous(names).get(found[0], "")) if found else target

    def _listed_if_open(self, extension: Extension, target: Target) -> list[Record]:
        try:
            return self.listed(extension, target)
        except Exception as error:
            # Whether the old list can still be read on such an account is not documented.
            if refusal_is_about(error, CLOSED):
                return []
            raise

    def then(self, then: Then, record: Record) -> Then:
        targets = _terminating_targets(record.get("rule") or {})
        if then.kind == "voicemail" and then.mailbox is None:
            mailbox = _mailbox(targets, str(record.get("extension_id")))
            return Then(then.kind, mailbox=mailbox)
        if then.kind == "announcement" and then.greeting is None:
            return Then(then.kind, greeting=_greeting(_announcement(targets)))
        return then

    def refusal(self, hours: str, values: Mapping[str, Any], changes: Collection[str], record: Record) -> str:
        then = values.get("then")
        if {"schedule"} & set(changes) and isinstance(values.get("schedule"), Foreign):
            return "its schedule cannot be written"
        if not RULE_FIELDS & set(changes):
            return ""
        for name in ("ring", "ring_mode", "then"):
            if isinstance(values.get(name), Foreign):
                return f"{name} is {values[name].what}, which this module cannot keep; give ring, ring_mode and then"
        if hours == WORK and not values.get("ring") and "ring" in values and record:
            return (
                "the new call handling cannot send calls away in work hours without ringing anything; "
                "use hours: all, or another schedule"
            )
        if isinstance(then, Then) and then.kind == "announcement" and not then.greeting and record:
            return "the extension has no announcement yet, so that greeting must say which one"
        return ""

    def write(self, record: Record, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        """Set rule and state; where calls go is right before all of them are sent there."""
        extension = Extension(str(record["extension_id"]), record["extension"], "")
        writes: list[tuple[str, Callable[[Record], Record]]] = []
        if RULE_FIELDS & set(changes):
            writes.append(("rule", lambda known: self._write_rule(known, values, extension)))
        if {"schedule", "enabled"} & set(changes):
            writes.append(("state", lambda known: self._write_state(known, values, changes)))
        if record["hours"] == ALL and values.get("enabled") is False:
            writes.reverse()
        return in_turn(record, writes)

    def _write_rule(self, record: Record, values: Mapping[str, Any], extension: Extension) -> Record:
        hours = record["hours"]
        body = {"dispatching": _dispatching(record["rule"], values, hours)}
        rule = self.api.update_state_rule(extension.key, _STATES[hours], body)
        return {**record, **_rule_fields(rule, extension, hours)}

    def _write_state(self, record: Record, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        hours, state = record["hours"], record["state"]
        enabled, conditions = state.get("enabled", True), state.get("conditions") or []
        if "schedule" in changes:
            conditions = _conditions(values["schedule"])
        if "enabled" in changes:
            enabled = values["enabled"]
            if enabled and not _is_unlimited(conditions):
                # A time range that is over would leave the calls where they are (dossier 9.5).
                conditions = _conditions(Schedule())
        body = {"enabled": enabled, "conditions": conditions}
        written = self.api.update_state(str(record["extension_id"]), _STATES[hours], body)
        return {**record, **_state_fields(written, hours)}


def _state_fields(state: Record, hours: str) -> Record:
    conditions = state.get("conditions") or []
    if hours != ALL:
        return {"state": state, "schedule": _schedule(conditions)}
    enabled = bool(state.get("enabled"))
    limited = enabled and not _is_unlimited(conditions)
    return {"state": state, "enabled": Foreign("limited to certain times") if limited else enabled}


def _is_unlimited(conditions: Sequence[Record]) -> bool:
    schedule = _schedule(conditions)
    return isinstance(schedule, Schedule) and schedule.always


def _schedule(conditions: Sequence[Record]) -> Schedule | Foreign:
    """Return when the conditions hold; without any they hold around the clock."""
    triggers = [
        trigger for condition in conditions for trigger in (condition.get("schedule") or {}).get("triggers") or [{}]
    ]
    ranges: dict[str, list[tuple[str, str]]] = {day: [] for day in DAYS}
    for trigger in triggers:
        kind = trigger.get("triggerType")
        if kind == "Daily":
            for times in ranges.values():
                times.append(_times(trigger))
        elif kind == "Weekly":
            for day, parts in (trigger.get("ranges") or {}).items():
                ranges.setdefault(day, []).extend(_times(part) for part in parts or [])
        else:
            return Foreign("a schedule that is not weekly")
    return Schedule.of(ranges) if triggers else Schedule()


def _times(part: Record) -> tuple[str, str]:
    return str(part["startTime"]), str(part["endTime"])


def _conditions(schedule: Schedule) -> list[Record]:
    return [{"type": "Schedule", "schedule": {"triggers": [_trigger(schedule)]}}]


def _trigger(schedule: Schedule) -> Record:
    if schedule.always:
        return {"triggerType": "Daily", "startTime": "00:00:00", "endTime": "23:59:59"}
    return {
        "triggerType": "Weekly",
        "ranges": {
            day: [{"startTime": f"{start}:00", "endTime": _until(end)} for start, end in times]
            for day, times in schedule.ranges().items()
        },
    }


def _until(end: str) -> str:
    return f"{end}:59" if end == "23:59" else f"{end}:00"


def _rule_fields(rule: Record, extension: Extension, hours: str) -> Record:
    dispatching = _dispatching_of(rule)
    kind = str(dispatching.get("type"))
    then = _then(dispatching, extension)
    if kind == "Terminate" or hours == ALL:
        return {"rule": rule, "ring": None if hours == ALL else (), "ring_mode": None, "then": then}
    if kind not in _MODES:
        foreign = Foreign(f"of the kind {kind}")
        return {"rule": rule, "ring": foreign, "ring_mode": foreign, "then": then}
    steps = _steps(dispatching, extension)
    ring = at_once(steps) if _MODES[kind] == AT_ONCE else steps
    return {"rule": rule, "ring": ring, "ring_mode": _MODES[kind], "then": then}


def _dispatching_of(rule: Record) -> Record:
    found = rule.get("dispatching") or (rule.get("dispatchingRef") or {}).get("dispatching") or {}
    return dict(found)


def _steps(dispatching: Record, extension: Extension) -> tuple[RingStep, ...]:
    groups = [
        action
        for action in dispatching.get("actions") or []
        if action.get("type") in (_GROUP, _ALWAYS) and action.get("enabled", True)
    ]
    names = unambiguous(_device_names(dispatching))
    steps = [
        RingStep(
            frozenset(_target_of(target, extension, names) for target in group.get("targets") or []),
            int(group.get("duration") or DEFAULT_SECONDS),
            group["type"] == _ALWAYS,
        )
        for group in groups
        if group.get("targets")
    ]
    return tuple(sorted(steps, key=lambda step: not step.always))


def _device_names(dispatching: Record) -> dict[str, str]:
    devices = [
        target.get("device") or {}
        for action in dispatching.get("actions") or []
        for target in action.get("targets") or []
    ]
    return {str(device["id"]): str(device.get("name") or "") for device in devices if device.get("id")}


def _target_of(target: Record, extension: Extension, names: Mapping[str, str]) -> Target:
    kind = target.get("type")
    owner = str((target.get("extension") or {}).get("id") or "")
    app = next((name for name, api_name in _APP_TARGETS.items() if api_name == kind), None)
    if app and owner in ("", extension.key):
        return Target("app", app)
    if kind == "CoworkerRingTarget" and owner:
        return Target("extension", owner)
    if kind == "DeviceRingTarget":
        key = str((target.get("device") or {}).get("id"))
        return Target("device", key, names.get(key, ""))
    number = number_of(target.get("destination") or {})
    if kind == "PhoneNumberRingTarget" and number:
        return Target("phone_number", number)
    return Target("raw", json.dumps(_sent(target), sort_keys=True))


def _terminating(rule_or_dispatching: Record) -> Record:
    actions = rule_or_dispatching.get("actions") or []
    return next((action for action in actions if action.get("type") == _TERMINATING), {})


def _terminating_targets(rule: Record) -> list[Record]:
    return list(_terminating(_dispatching_of(rule)).get("targets") or [])


def _slot(dispatching: Record) -> tuple[str, str]:
    """Return which of the two destinations counts: the member that names its type, and its dispatchingType."""
    if dispatching.get("type") == "Terminate":
        return "terminatingTargetType", "Terminating"
    return "ringingTargetType", "Ringing"


def _then(dispatching: Record, extension: Extension) -> Then | Foreign | None:
    action = _terminating(dispatching)
    targets = list(action.get("targets") or [])
    if not targets:
        return None
    member, slot = _slot(dispatching)
    mine = [target for target in targets if target.get("dispatchingType") in (None, slot)]
    others = [target for target in mine if target.get("type") != _VOICEMAIL]
    kind = action.get(member) or (others[0].get("type") if others else _VOICEMAIL)
    target: Record = next((item for item in mine if item.get("type") == kind), {})
    if kind == _VOICEMAIL:
        return Then("voicemail", mailbox=_mailbox(targets, extension.key))
    if kind == _THENS["extension"]:
        return Then("extension", str((target.get("extension") or {}).get("id") or ""))
    if kind == _THENS["phone_number"]:
        return Then("phone_number", number_of(target.get("destination") or {}) or "")
    if kind == _THENS["announcement"]:
        return Then("announcement", greeting=_greeting(target))
    return Foreign(f"a {kind}")


def _mailbox(targets: Iterable[Record], own: str) -> str:
    target: Record = next((item for item in targets if item.get("type") == _VOICEMAIL), {})
    owner = str((target.get("extension") or {}).get("id") or "")
    return "" if owner == own else owner


def _announcement(targets: Iterable[Record]) -> Record:
    return next((item for item in targets if item.get("type") == _THENS["announcement"]), {})


def _greeting(target: Record) -> str | None:
    greeting = (target.get("prompt") or {}).get("greeting") or {}
    part = greeting.get("custom" if greeting.get("effectiveGreetingType") == "Custom" else "preset") or {}
    return str(part["id"]) if part.get("id") else None


def _sent(target: Record) -> Record:
    """Return a target without what only answers hold."""
    found: Record = without(target, "uri")
    if target.get("type") not in _NAMED:
        found.pop("name", None)
    if isinstance(found.get("device"), dict):
        found["device"] = {"id": str(found["device"].get("id"))}
    return found


def _dispatching(rule: Record, values: Mapping[str, Any], hours: str) -> Record:
    """Return what the state shall do, whole: what is not managed is as it was read."""
    before = _dispatching_of(rule)
    ring: Sequence[RingStep] = values.get("ring") or ()
    # Whatever was set while something else rang is kept, for it is not asked for now.
    kind = _MODE_NAMES[values.get("ring_mode") or IN_ORDER] if ring else "Terminate"
    actions = [dict(action) for action in before.get("actions") or []]
    groups = [action for action in actions if action.get("type") in (_GROUP, _ALWAYS)]
    others = [without(action, "uri") for action in actions if action.get("type") not in (_GROUP, _ALWAYS, _TERMINATING)]
    ending = _ending({**before, "type": kind}, values.get("then"), str(values.get("extension_id")))
    if ring:
        ringing = _ringing(ring, groups)
    else:
        ringing = [_group(group) for group in groups]
        ringing += [] if hours == ALL else _missing_apps(ringing)
    return {**without(before, "uri"), "type": kind, "actions": [*others, *ringing, *ending]}


def _group(group: Record) -> Record:
    return {**group, "targets": [_sent(target) for target in group.get("targets") or []]}


def _ringing(ring: Sequence[RingStep], groups: Sequence[Record]) -> list[Record]:
    """Return the groups that ring, then those that stay switched off, among which are all apps that do not ring."""
    wanted = [_wanted_group(step) for step in ring]
    taken = {_identity(target) for group in wanted for target in group["targets"]}
    kept = []
    for group in groups:
        switched_off = not group.get("enabled", True)
        targets = [
            target
            for target in _group(group)["targets"]
            if _identity(target) not in taken and (switched_off or _is_own(target))
        ]
        if targets:
            kept.append({**group, "targets": targets, "enabled": False})
            taken |= {_identity(target) for target in targets}
    return [*wanted, *kept, *_missing_apps([*wanted, *kept])]


def _is_own(target: Record) -> bool:
    """One's own apps and desk phones cannot be deleted, only switched off (dossier 9.4 and 9.5)."""
    return target.get("type") in (*_APP_TARGETS.values(), "DeviceRingTarget") and "extension" not in target


def _missing_apps(groups: Sequence[Record]) -> list[Record]:
    present = {_identity(target) for group in groups for target in group["targets"]}
    missing = [name for name in _APP_TARGETS.values() if name not in present]
    group: Record = {"type": _GROUP, "enabled": False, "duration": DEFAULT_SECONDS}
    return [{**group, "targets": [{"type": name}]} for name in missing]


def _wanted_group(step: RingStep) -> Record:
    targets = [_written(target) for target in sorted(step.targets, key=lambda item: (item.kind, item.key))]
    if step.always:
        return {"type": _ALWAYS, "enabled": True, "targets": targets}
    return {"type": _GROUP, "enabled": True, "duration": step.seconds, "targets": targets}


def _written(target: Target) -> Record:
    if target.kind == "app":
        return {"type": _APP_TARGETS[target.key]}
    if target.kind == "extension":
        return {"type": "CoworkerRingTarget", "extension": {"id": target.key}}
    if target.kind == "device":
        return {"type": "DeviceRingTarget", "device": {"id": target.key}}
    if target.kind == "phone_number":
        return {"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": target.key}}
    found: Record = json.loads(target.key)
    return found


def _identity(target: Record) -> str:
    """Return what tells two targets apart."""
    if target.get("type") in _APP_TARGETS.values() and "extension" not in target:
        return str(target["type"])
    if target.get("type") == "DeviceRingTarget":
        return f"device {target['device']['id']}"
    return json.dumps({name: value for name, value in target.items() if name != "name"}, sort_keys=True)


def _ending(dispatching: Record, then: Any, own: str) -> list[Record]:
    """Return the terminating action: voicemail always stays among its targets (dossier 9.5)."""
    action = _terminating(dispatching)
    targets = [_sent(target) for target in action.get("targets") or []]
    if not isinstance(then, Then):
        return [{**action, "targets": targets}] if action else []
    member, slot = _slot(dispatching)
    kind = _THENS[then.kind]
    mine: Record = {"type": kind, "dispatchingType": slot}
    if then.kind == "voicemail":
        mine = next((item for item in targets if item.get("type") == kind), {"type": kind})
        if then.mailbox is not None:
            mine = {**mine, "extension": {"id": then.mailbox or own}}
    elif then.kind == "extension":
        mine["extension"] = {"id": then.key}
    elif then.kind == "phone_number":
        mine["destination"] = {"phoneNumber": then.key}
    else:
        mine["prompt"] = _prompt(targets, then.greeting)
    # Voicemail has no slot. Others are kept: they may be meant for when the caller is sent elsewhere again.
    kept = [item for item in targets if item.get("type") != kind or item.get("dispatchingType") not in (None, slot)]
    return [{**action, "type": _TERMINATING, "targets": [*kept, mine], member: kind}]


def _prompt(targets: Sequence[Record], greeting: str | None) -> Record:
    for target in targets:
        if target.get("type") == _THENS["announcement"] and _greeting(target) == greeting:
            return dict(target["prompt"])
    return {"greeting": {"effectiveGreetingType": "Preset", "preset": {"id": str(greeting)}}}
