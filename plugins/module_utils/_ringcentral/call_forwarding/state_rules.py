# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call handling by states and their rules, RingCentral's new way. Facts: docs/providers/ringcentral.md 9.

A write replaces each object that it sends, so everything is read, changed and written back
(docs/providers/ringcentral.md 9.5). Private to the collection.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from ..._engine import naming
from ..._errors import Problems
from ..api import Record
from ..directory import Extension, refusal_is_about
from ..forwarding_numbers.preview import Preview
from ..forwarding_numbers.schema import device_of, number_of
from .backend import (
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
from .model import (
    AFTER,
    ALL,
    AT_ONCE,
    CUSTOM_GREETING,
    DAYS,
    IN_ORDER,
    WORK,
    Foreign,
    RingStep,
    Schedule,
    Target,
    Then,
    at_once,
)
from .state_targets import GROUPS, kept, missing_apps, normal, ringing, sent, steps_of, target_of

_STATES = {WORK: "work-hours", AFTER: "after-hours", ALL: "forward-all-calls"}
_MODES = {"RingInOrder": IN_ORDER, "RingAtOnce": AT_ONCE}
_MODE_NAMES = {mode: name for name, mode in _MODES.items()}
_TERMINATING = "TerminatingAction"
_THENS = {
    "voicemail": "VoiceMailTerminatingTarget",
    "extension": "ExtensionTerminatingTarget",
    "phone_number": "PhoneNumberTerminatingTarget",
    "announcement": "PlayAnnouncementTerminatingTarget",
}
_VOICEMAIL = _THENS["voicemail"]


class StateRules(CallHandling):
    """The states work-hours, after-hours and forward-all-calls, and what each of them does with a call."""

    kind = "new"
    has_all = True

    def read(self, extension: Extension, needed: Mapping[str, Collection[str]]) -> list[Record]:
        """Ask for the list of rules, and for that of states where the rules do not show them."""
        fields = {name for names in needed.values() for name in names}
        rules = {}
        rules_are_needed = bool(RULE_FIELDS & fields) or AFTER in needed
        if rules_are_needed:
            rules = {str(rule.get("id")): rule for rule in self.api.state_rules(extension.key)}
        states = {key: rule["state"] for key, rule in rules.items() if isinstance(rule.get("state"), dict)}
        desired = {_STATES[hours] for hours, names in needed.items() if {"schedule", "enabled"} & set(names)}
        if any("conditions" not in states.get(key, {}) for key in desired):
            states = {str(state.get("id")): state for state in self.api.states(extension.key)}
        found: list[Record] = []
        for hours in (WORK, AFTER, ALL):
            rule, state = rules.get(_STATES[hours]), states.get(_STATES[hours])
            if (
                hours not in needed
                or (rules_are_needed and rule is None)
                or (_STATES[hours] in desired and state is None)
            ):
                continue
            record: Record = {"extension": extension.label, "extension_id": extension.key, "hours": hours}
            if rule is not None:
                record |= self.fields_of(rule, extension, hours)
            if state is not None and _STATES[hours] in desired:
                record |= _state_fields(state, hours)
            found.append(record)
        return found

    def fields_of(self, rule: Record, extension: Extension, hours: str) -> Record:
        """Return what *rule* does in the form of the fields, and the rule itself; *hours* may be a custom rule's."""
        return self.with_expected(_rule_fields(rule, extension, hours), extension)

    def why_not(self, hours: str, extension: Extension) -> str:
        if hours == AFTER:
            return no_after_hours(extension)
        return f"extension {extension.label} has no state {_STATES[hours]!r}"

    def target(self, target: Target, extension: Extension, where: str, problems: Problems) -> Target:
        """Find a device by name, among the extension's own and those of co-workers that are in its list."""
        if target.kind == "raw":
            return target_of(normal(json.loads(target.key), extension.key), {})
        if target.kind != "device":
            return target
        names = {str(item["id"]): str(item.get("name") or "") for item in self.directory.devices(extension)}
        if target.key not in names:
            # One of a co-worker may be called the same.
            lines = device_lines(self._listed_if_open(extension, target))
            names |= {device_of(line) or "": str(line.get("label") or "") for line in lines if device_of(line)}
        if target.key.isdecimal() and target.key not in names:
            # Whose device it is cannot always be read; RingCentral has the last word.
            return Target("device", target.key)
        found = find_device(target.key, names.items(), where, extension.label, problems)
        return Target("device", found[0], unambiguous(names).get(found[0], "")) if found else target

    def _listed_if_open(self, extension: Extension, target: Target) -> list[Record]:
        try:
            return self.numbers.of(extension, target)
        except Exception as error:
            # Whether the old list can still be read on such an account is not documented.
            if refusal_is_about(error, CLOSED):
                return []
            raise

    def is_called(self, target: Target, text: str) -> bool:
        return text in (target.key, naming.folded(target.name))

    def previewed(self, target: Target, preview: Preview) -> Target | None:
        """A number or device that is deleted leaves all rules; that one has changed does not concern them."""
        gone = {device_of(record) if target.kind == "device" else number_of(record) for record in preview.gone}
        return None if target.kind in ("device", "phone_number") and target.key in gone else target

    def then(self, then: Then, record: Record) -> Then:
        own = str(record.get("extension_id"))
        targets = _terminating_targets(record.get("rule") or {}, own)
        if then.kind == "voicemail" and then.mailbox is None:
            return Then(then.kind, mailbox=_mailbox(targets, own))
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
        if hours == WORK and "ring" in changes and not values.get("ring"):
            return (
                "the new call handling cannot send calls away in work hours without ringing anything; "
                "use hours: all, or another schedule"
            )
        if "then" in changes and then is not None and then.kind == "announcement" and not then.greeting and record:
            return "the extension has no announcement yet, so greeting must name one"
        return ""

    def write(self, record: Record, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        """Set rule and state; where calls go is right before all of them are sent there."""
        extension = Extension(str(record["extension_id"]), record["extension"], "")
        writes: list[tuple[str, Callable[[Record], Record]]] = []
        if RULE_FIELDS & set(changes):
            writes.append(("rule", lambda known: self._write_rule(known, values, changes, extension)))
        if {"schedule", "enabled"} & set(changes):
            writes.append(("state", lambda known: self._write_state(known, values, changes)))
        if record["hours"] == ALL and values.get("enabled") is False:
            writes.reverse()
        return in_turn(record, writes)

    def _write_rule(
        self, record: Record, values: Mapping[str, Any], changes: Collection[str], extension: Extension
    ) -> Record:
        hours = record["hours"]
        body = {"dispatching": dispatching_with(record, values, changes)}
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
                # A time range that is over would leave the calls where they are (ringcentral.md 9.5).
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
    return [{"type": "Schedule", "schedule": {"triggers": [weekly_trigger(schedule)]}}]


def weekly_trigger(schedule: Schedule) -> Record:
    """Return the trigger that means *schedule*."""
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
    dispatching = _dispatching_of(rule, extension.key)
    kind = str(dispatching.get("type"))
    then = _then(dispatching, extension)
    if kind == "Terminate" or hours == ALL:
        return {"rule": rule, "ring": None if hours == ALL else (), "ring_mode": None, "then": then}
    if kind not in _MODES:
        foreign = Foreign(f"of the kind {kind}")
        return {"rule": rule, "ring": foreign, "ring_mode": foreign, "then": then}
    steps = steps_of(dispatching)
    ring = at_once(steps) if _MODES[kind] == AT_ONCE else steps
    return {"rule": rule, "ring": ring, "ring_mode": _MODES[kind] if ring else None, "then": then}


def _dispatching_of(rule: Record, own: str) -> Record:
    found = rule.get("dispatching") or (rule.get("dispatchingRef") or {}).get("dispatching") or {}
    actions = [
        {**action, "targets": [normal(target, own) for target in action.get("targets") or []]}
        if action.get("type") in GROUPS
        else action
        for action in found.get("actions") or []
    ]
    return {**found, "actions": actions}


def _terminating(dispatching: Record) -> Record:
    actions = dispatching.get("actions") or []
    return next((action for action in actions if action.get("type") == _TERMINATING), {})


def _terminating_targets(rule: Record, own: str) -> list[Record]:
    return list(_terminating(_dispatching_of(rule, own)).get("targets") or [])


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
    custom = greeting.get("effectiveGreetingType") == "Custom"
    part = greeting.get("custom" if custom else "preset") or {}
    return f"{CUSTOM_GREETING if custom else ''}{part['id']}" if part.get("id") else None


def dispatching_with(record: Record, values: Mapping[str, Any], changes: Collection[str]) -> Record:
    """Return the dispatching of a state or a rule, whole: what does not change is as it was read."""
    own = str(record["extension_id"])
    before = _dispatching_of(record["rule"], own)
    actions = [dict(action) for action in before.get("actions") or []]
    groups = [action for action in actions if action.get("type") in GROUPS]
    others = [without(action, "uri") for action in actions if action.get("type") not in (*GROUPS, _TERMINATING)]
    ring: Sequence[RingStep] = values.get("ring") or ()
    kind = str(before.get("type"))
    if {"ring", "ring_mode"} & set(changes):
        kind = _MODE_NAMES[values.get("ring_mode") or IN_ORDER] if ring else "Terminate"
    elif record["hours"] == ALL:
        kind = "Terminate"
    if ring and {"ring", "ring_mode"} & set(changes):
        rung = ringing(ring, groups)
    else:
        # Whatever was set while something rang is kept.
        rung = [kept(group) for group in groups]
        rung += [] if record["hours"] == ALL else missing_apps(rung)
    if kind != before.get("type"):
        # When a group begins to ring goes with the type Custom only.
        rung = [without(group, "customStartOffset") for group in rung]
    after = {**before, "type": kind}
    same = "then" not in changes and _slot(before) == _slot(after)
    ending = _ending(after, None if same else values.get("then"), own)
    return {**without(before, "uri"), "type": kind, "actions": [*others, *rung, *ending]}


def _ending(dispatching: Record, then: Any, own: str) -> list[Record]:
    """Return the terminating action: voicemail always stays among its targets (ringcentral.md 9.5)."""
    action = _terminating(dispatching)
    targets = [sent(target) for target in action.get("targets") or []]
    if not isinstance(then, Then):
        return [{**action, "targets": targets}] if action else []
    member, slot = _slot(dispatching)
    kind = _THENS[then.kind]
    mine = _ending_target(targets, kind, then, own)
    if kind != _VOICEMAIL:
        mine["dispatchingType"] = slot
    # Voicemail has no slot. Others are kept: they may be meant for when the caller is sent elsewhere again.
    kept_targets = [
        item for item in targets if item.get("type") != kind or item.get("dispatchingType") not in (None, slot)
    ]
    return [{**action, "type": _TERMINATING, "targets": [*kept_targets, mine], member: kind}]


def _ending_target(targets: Sequence[Record], kind: str, then: Then, own: str) -> Record:
    """Return the target that *then* means, with the members of the one among *targets* that means the same."""
    same = [item for item in targets if item.get("type") == kind]
    if then.kind == "voicemail":
        owner = {} if then.mailbox is None else {"extension": {"id": then.mailbox or own}}
        return {**(same[0] if same else {"type": kind}), **owner}
    if then.kind == "extension":
        found = [item for item in same if str((item.get("extension") or {}).get("id")) == then.key]
        return dict(found[0]) if found else {"type": kind, "extension": {"id": then.key}}
    if then.kind == "phone_number":
        found = [item for item in same if number_of(item.get("destination") or {}) == then.key]
        return dict(found[0]) if found else {"type": kind, "destination": {"phoneNumber": then.key}}
    found = [item for item in same if _greeting(item) == then.greeting]
    return dict(found[0]) if found else {"type": kind, "prompt": {"greeting": _chosen(str(then.greeting))}}


def _chosen(greeting: str) -> Record:
    if greeting.startswith(CUSTOM_GREETING):
        return {"effectiveGreetingType": "Custom", "custom": {"id": greeting[len(CUSTOM_GREETING) :]}}
    return {"effectiveGreetingType": "Preset", "preset": {"id": greeting}}
