# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call handling by legacy answering rules and business hours. Facts: docs/providers/ringcentral.md 8.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ..._engine import naming
from ..._errors import Problems, Rejected, suggestions
from ..api import Record
from ..directory import Extension
from ..forwarding_numbers.preview import Preview
from ..forwarding_numbers.schema import device_of, number_of, type_of
from .backend import (
    RULE_FIELDS,
    CallHandling,
    device_lines,
    find_device,
    in_turn,
    no_after_hours,
    numbers_of,
    targets_of,
    unambiguous,
    without,
)
from .business_hours import put_schedule, schedule_in
from .model import (
    AFTER,
    ALL,
    APPS,
    AT_ONCE,
    IN_ORDER,
    SECONDS_A_RING,
    WORK,
    Foreign,
    RingStep,
    Schedule,
    Target,
    Then,
    at_once,
)

WORK_RULE = "business-hours-rule"
_RULE_IDS = {WORK: WORK_RULE, AFTER: "after-hours-rule"}
_MODES = {"Sequentially": IN_ORDER, "Simultaneously": AT_ONCE}
_MODE_NAMES = {mode: name for name, mode in _MODES.items()}
_DEFAULT_RINGS = 4
# 0 and 1 are deprecated for apps.
_FEWEST_APP_RINGS = 2
# What decides when a rule holds is fixed for these rules, and may even be refused when it is sent back.
_FIXED = ("id", "type", "schedule", "callers", "calledNumbers")
# What happens without ringing, by kind of `then`.
_ACTIONS = {
    "voicemail": "TakeMessagesOnly",
    "extension": "TransferToExtension",
    "phone_number": "UnconditionalForwarding",
    "announcement": "PlayAnnouncementOnly",
}
# What happens after ringing, where it is not voicemail.
_MISSED = {
    "extension": "ConnectToExtension",
    "phone_number": "ConnectToExternalNumber",
    "announcement": "PlayGreetingAndDisconnect",
}
# Fields that say what rings.
_RINGING = frozenset({"ring", "ring_mode"})
_ALL_APPS = frozenset(Target("app", name) for name in APPS)


class AnsweringRules(CallHandling):
    """The rules of work hours and after hours, and the business hours that tell them apart."""

    kind = "legacy"
    has_all = False

    def read(self, extension: Extension, needed: Mapping[str, Collection[str]]) -> list[Record]:
        """Ask for the rules and the business hours that are needed, one request each."""
        found: list[Record] = []
        around_the_clock = False
        for hours in (WORK, AFTER):
            if hours not in needed or (hours == AFTER and around_the_clock):
                continue
            record: Record = {"extension": extension.label, "extension_id": extension.key, "hours": hours}
            if hours == AFTER or RULE_FIELDS & set(needed[hours]):
                rule = self.api.answering_rule(extension.key, _RULE_IDS[hours])
                if rule is None:
                    continue
                record |= self.fields_of(rule, extension)
            if hours == WORK and "schedule" in needed[hours]:
                record = {**record, **_hours_fields(self.api.business_hours(extension.key))}
                around_the_clock = record["schedule"].always
            found.append(record)
        return found

    def _named(self, fields: Record, extension: Extension) -> Record:
        """Desk phones are called by their label; those of which several are labelled the same by the device's id."""
        if not any(_lacks_name(target) for target in targets_of(fields["ring"])):
            return fields
        ids = {str(record["id"]): device_of(record) for record in self.numbers.of(extension)}
        ring = tuple(
            replace(
                step,
                targets=frozenset(
                    replace(target, name=ids.get(target.key) or target.key) if _lacks_name(target) else target
                    for target in step.targets
                ),
            )
            for step in fields["ring"]
        )
        return {**fields, "ring": ring}

    def fields_of(self, rule: Record, extension: Extension) -> Record:
        """Return what *rule* does in the form of the fields, and the rule itself."""
        return self._named(self.with_expected(_rule_fields(rule, extension), extension), extension)

    def unclear(self, record: Record) -> str:
        rule, label = record.get("rule") or {}, record["extension"]
        if not rule.get("enabled", True):
            return f"what extension {label} does in hours whose rule is switched off"
        if takes_messages_without_voicemail(rule):
            return f"what happens when extension {label} takes messages while its voicemail is off"
        return ""

    def why_not(self, hours: str, extension: Extension) -> str:
        if hours == ALL:
            return (
                "legacy answering rules cannot forward all calls at once; set then, and ring: [], for hours: work and "
                "hours: after"
            )
        if hours == AFTER:
            return no_after_hours(extension)
        return f"extension {extension.label} has no rule for its work hours"

    def target(self, target: Target, extension: Extension, where: str, problems: Problems) -> Target:
        """Find a forwarding number by phone number, or a desk phone by name, among those of the extension."""
        if target.kind == "device":
            lines = device_lines(self.numbers.of(extension, target))
            keys = {device_of(line) or str(line["id"]): str(line["id"]) for line in lines}
            names = {device_of(line) or str(line["id"]): str(line.get("label") or "") for line in lines}
            found = find_device(target.key, names.items(), where, extension.label, problems)
            return Target("device", keys[found[0]], unambiguous(names).get(found[0]) or found[0]) if found else target
        if target.kind == "phone_number":
            numbers = numbers_of(self.numbers.of(extension, target))
            ids = numbers.get(target.key, [])
            if len(ids) > 1:
                problems.add(
                    where,
                    f"{target.key} is listed {len(ids)} times, with the ids {', '.join(ids)}; remove all but one first",
                )
            elif not ids:
                problems.add(
                    where,
                    f"{target.key} is not a forwarding number of extension {extension.label}; add it to the "
                    f"forwarding numbers first. {suggestions(target.key, numbers)}",
                )
            return Target("phone_number", ids[0], target.key) if ids else target
        return target

    def is_called(self, target: Target, text: str) -> bool:
        return text == naming.folded(target.name)

    def previewed(self, target: Target, preview: Preview) -> Target | None:
        """A forwarding number keeps its place when its phone number changes; one that is deleted leaves all rules."""
        if any(str(record["id"]) == target.key for record in preview.gone):
            return None
        later = next((record for record in preview.after if str(record["id"]) == target.key), None)
        return replace(target, name=number_of(later) or "") if later and target.kind == "phone_number" else target

    def inexpressible(self, ring: Sequence[RingStep]) -> str:
        seen: set[tuple[str, str]] = set()
        for target in targets_of(ring):
            if target.kind == "record":
                return f"an order with {target.name!r}, which has no phone number"
            if (target.kind, target.name) in seen:
                return f"an order with two forwarding numbers {target.name}"
            seen.add((target.kind, target.name or target.key))
        return ""

    def warning(self, values: Mapping[str, Any], changes: Collection[str], record: Record) -> str:
        ring = values.get("ring") if _RINGING & set(changes) else None
        place = _place_of_apps(ring or ())
        if not ring or place is None or len(ring) < 2 or values.get("ring_mode") == AT_ONCE:
            return ""
        present = (record.get("rule") or {}).get("forwarding") or {}
        if ring[place].always or bool(present.get("softPhonesPositionTop", True)) == (place == 0):
            return ""
        return (
            f"RingCentral's description of answering rules has no member that makes apps ring "
            f"{'before' if place == 0 else 'after'} the phones instead; if it keeps their place, the run fails, and "
            "they have to be moved in RingCentral's portal."
        )

    def then(self, then: Then, record: Record) -> Then:
        present = record.get("then")
        if then.kind == "voicemail" and then.mailbox is None:
            return Then(then.kind, mailbox=_mailbox(record.get("rule") or {}, str(record.get("extension_id"))))
        return then.over(present if isinstance(present, Then) else None)

    def refusal(self, hours: str, values: Mapping[str, Any], changes: Collection[str], record: Record) -> str:
        if not RULE_FIELDS & set(changes):
            return ""
        ring, then = values.get("ring"), values.get("then")
        if isinstance(ring, Foreign):
            return f"its calls are handled by {ring.what}, which this module does not change"
        if isinstance(then, Then) and then.greeting:
            return "legacy answering rules play the greeting that is chosen in RingCentral's portal; leave greeting out"
        if not ring and hours in _RULE_IDS and record and then is None:
            return "nothing would ring, and it is not known what happens instead; set then"
        return _ring_refusal(ring or (), values.get("ring_mode")) if _RINGING & set(changes) else ""

    def write(self, record: Record, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        """Set the business hours, then the rule."""
        writes: list[tuple[str, Callable[[Record], Record]]] = []
        if "schedule" in changes:
            writes.append(("schedule", lambda known: self._write_hours(known, values["schedule"])))
        if RULE_FIELDS & set(changes):
            writes.append(("rule", lambda known: self._write_rule(known, values, changes)))
        return in_turn(record, writes)

    def _write_hours(self, record: Record, schedule: Schedule) -> Record:
        key, present = str(record["extension_id"]), record.get("schedule")
        found = put_schedule(
            lambda body: self.api.update_business_hours(key, body),
            schedule,
            present if isinstance(present, Schedule) else None,
        )
        return {**record, **_hours_fields(found)}

    def _write_rule(self, record: Record, values: Mapping[str, Any], changes: Collection[str]) -> Record:
        extension = Extension(str(record["extension_id"]), record["extension"], "")
        body = rule_body(record["rule"], values, changes)
        with adding(record["rule"], values):
            rule = self.api.update_answering_rule(extension.key, _RULE_IDS[record["hours"]], body)
        # What does not ring is shown only when it is asked for.
        return {**record, **self._named(_rule_fields(rule, extension), extension)}


@contextmanager
def adding(rule: Record, values: Mapping[str, Any]) -> Iterator[None]:
    """Say what to do where RingCentral refuses to ring, by *rule*, a forwarding number that *values* add to it."""
    known = {str(number["id"]) for number in _numbers_in(rule.get("forwarding") or {})}
    desired = {target for target in targets_of(values.get("ring")) if target not in _ALL_APPS}
    added = [target for target in desired if target.key not in known]
    try:
        yield
    except Rejected as error:
        if error.code == "CMN-101" and added:
            named = ", ".join(sorted(target.name or target.key for target in added))
            error.next_step = (
                "RingCentral may refuse to ring a forwarding number that was created earlier and is in no rule: "
                f"{named}. Delete that forwarding number and create it again, then run again."
            )
        raise


def takes_messages_without_voicemail(rule: Record) -> bool:
    """Return whether *rule* takes messages while voicemail is off; what happens then is not documented."""
    voicemail = rule.get("voicemail") or {}
    return rule.get("callHandlingAction") == "TakeMessagesOnly" and not voicemail.get("enabled", True)


def _lacks_name(target: Target) -> bool:
    return target.kind == "device" and not target.name


def _numbers_in(forwarding: Record) -> list[Record]:
    return [number for rule in forwarding.get("rules") or [] for number in rule.get("forwardingNumbers") or []]


def _hours_fields(found: Record) -> Record:
    return {"schedule": schedule_in(found), "business_hours": found}


def _rule_fields(rule: Record, extension: Extension) -> Record:
    action = rule.get("callHandlingAction")
    forwarding = rule.get("forwarding") or {}
    fields: Record = {"rule": rule, "ring": (), "ring_mode": None}
    kind = next((kind for kind, name in _ACTIONS.items() if name == action), None)
    if action == "ForwardCalls":
        steps = _steps(forwarding)
        ring_mode = _MODES.get(str(forwarding.get("ringingMode")), IN_ORDER)
        ring = at_once(steps) if ring_mode == AT_ONCE else steps
        return {**fields, "ring_mode": ring_mode if ring else None, "ring": ring, "then": _missed(rule, extension)}
    if kind is None:
        foreign = Foreign(f"the action {action}")
        return {**fields, "ring": foreign, "ring_mode": None, "then": foreign}
    if kind == "voicemail":
        return {**fields, "then": Then(kind, mailbox=_mailbox(rule, extension.key))}
    if kind == "extension":
        transfer = rule.get("transfer") or {}
        return {**fields, "then": Then(kind, str((transfer.get("extension") or {}).get("id") or ""))}
    if kind == "phone_number":
        return {**fields, "then": Then(kind, number_of(rule.get("unconditionalForwarding") or {}) or "")}
    return {**fields, "then": Then(kind)}


def _missed(rule: Record, extension: Extension) -> Then | None:
    """Return what happens when nobody has answered."""
    if (rule.get("voicemail") or {}).get("enabled", "missedCall" not in rule):
        return Then("voicemail", mailbox=_mailbox(rule, extension.key))
    missed = rule.get("missedCall") or {}
    kind = next((kind for kind, name in _MISSED.items() if name == missed.get("actionType")), None)
    if kind == "extension":
        return Then(kind, str((missed.get("extension") or {}).get("id") or ""))
    if kind == "phone_number":
        return Then(kind, number_of(missed.get("externalNumber") or {}) or "")
    return Then(kind) if kind else None


def _mailbox(rule: Record, own: str) -> str:
    """Return the id of the extension that gets the voicemail, "" for the rule's own."""
    recipient = str(((rule.get("voicemail") or {}).get("recipient") or {}).get("id") or "")
    return "" if recipient == own else recipient


def _steps(forwarding: Record) -> tuple[RingStep, ...]:
    rules = [rule for rule in forwarding.get("rules") or [] if rule.get("enabled", True)]
    numbers = _numbers_in(forwarding)
    names = unambiguous({str(line["id"]): str(line.get("label") or "") for line in device_lines(numbers)})
    steps = [
        RingStep(
            frozenset(_target_of(number, names) for number in rule.get("forwardingNumbers") or []),
            int(rule.get("ringCount") or _DEFAULT_RINGS) * SECONDS_A_RING,
        )
        for rule in sorted(rules, key=lambda rule: int(rule.get("index") or 0))
        if rule.get("forwardingNumbers")
    ]
    if not forwarding.get("notifyMySoftPhones", True):
        return tuple(steps)
    rings = int(forwarding.get("softPhonesRingCount") or _DEFAULT_RINGS)
    always = bool(forwarding.get("softPhonesAlwaysRing", True))
    apps = RingStep(_ALL_APPS, rings * SECONDS_A_RING, always)
    return (apps, *steps) if always or forwarding.get("softPhonesPositionTop", True) else (*steps, apps)


def _target_of(number: Record, names: Mapping[str, str]) -> Target:
    """Return a forwarding number of a rule; its id is what tells it apart, for the same number may be listed twice."""
    key = str(number["id"])
    if type_of(number) == "PhoneLine":
        return Target("device", key, names.get(key, ""))
    called = number_of(number)
    return Target("phone_number", key, called) if called else Target("record", key, str(number.get("label") or key))


def _ring_refusal(ring: Sequence[RingStep], ring_mode: str | None) -> str:
    apps = [number for number, step in enumerate(ring) if step.targets & _ALL_APPS]
    for number, step in enumerate(ring):
        where = f"ring[{number}]"
        foreign = next((target.kind for target in step.targets if target.kind in ("extension", "raw")), None)
        if foreign:
            advice = "ring that extension's desk phone instead" if foreign == "extension" else "leave it out"
            return f"{where}: legacy answering rules cannot ring {_SAID[foreign]}; {advice}"
        if not step.always and step.seconds % SECONDS_A_RING:
            lower = step.seconds // SECONDS_A_RING * SECONDS_A_RING
            near = [str(seconds) for seconds in (lower, lower + SECONDS_A_RING) if seconds]
            return (
                f"{where}: legacy answering rules count rings of {SECONDS_A_RING} seconds; set seconds to "
                f"{' or '.join(near)} instead of {step.seconds}"
            )
        if number in apps:
            if step.targets != _ALL_APPS:
                return (
                    f"{where}: legacy answering rules ring all apps or none; give apps: [desktop, mobile] a step of "
                    "its own"
                )
            if not step.always and step.seconds < _FEWEST_APP_RINGS * SECONDS_A_RING:
                return f"{where}: apps ring for at least {_FEWEST_APP_RINGS * SECONDS_A_RING} seconds"
            if ring_mode != AT_ONCE and not step.always and number not in (0, len(ring) - 1):
                return f"{where}: legacy answering rules ring apps before or after everything else; move the step"
    return ""


_SAID = {"extension": "another extension", "raw": "a raw target"}


def rule_body(rule: Record, values: Mapping[str, Any], changes: Collection[str]) -> Record:
    """Return the rule as it shall be: what does not change is sent as it was read, without addresses."""
    body: Record = {name: value for name, value in without(rule, "uri").items() if name not in _FIXED}
    ring, then = values.get("ring") or (), values.get("then")
    forwarding = body.get("forwarding") or {}
    rings_otherwise = bool(ring) and bool(_RINGING & set(changes))
    if rings_otherwise or forwarding:
        # What does not ring has no place in the order (AWR-100).
        body["forwarding"] = {**forwarding, "rules": _rules(ring) if rings_otherwise else _as_read(forwarding)}
    if rings_otherwise:
        body["callHandlingAction"] = "ForwardCalls"
        body["forwarding"] |= {
            "ringingMode": _MODE_NAMES[values.get("ring_mode") or IN_ORDER],
            **_apps(ring),
        }
    if not isinstance(then, Then):
        return body
    if not ring:
        body["callHandlingAction"] = _ACTIONS[then.kind]
        if then.kind == "extension":
            body["transfer"] = {"extension": {"id": then.key}}
        elif then.kind == "phone_number":
            body["unconditionalForwarding"] = {**(body.get("unconditionalForwarding") or {}), "phoneNumber": then.key}
    if then.kind == "voicemail":
        recipient = {"recipient": {"id": then.mailbox}} if then.mailbox else {}
        voicemail = dict(body.get("voicemail") or {})
        if then.mailbox == "" and _mailbox(rule, ""):
            voicemail.pop("recipient", None)
            recipient = {"recipient": {"id": str(values.get("extension_id"))}}
        body["voicemail"] = {**voicemail, **recipient, "enabled": True}
        # It goes only with voicemail that is off.
        body.pop("missedCall", None)
    elif ring:
        body["voicemail"] = {**(body.get("voicemail") or {}), "enabled": False}
        missed: Record = {"actionType": _MISSED[then.kind]}
        if then.kind == "extension":
            missed["extension"] = {"id": then.key}
        elif then.kind == "phone_number":
            missed["externalNumber"] = {"phoneNumber": then.key}
        body["missedCall"] = missed
    return body


def _rules(ring: Sequence[RingStep]) -> list[Record]:
    phones = [step for step in ring if not step.targets & _ALL_APPS]
    return [
        {
            "index": number,
            "ringCount": step.seconds // SECONDS_A_RING,
            "forwardingNumbers": [{"id": key} for key in sorted(target.key for target in step.targets)],
        }
        for number, step in enumerate(phones, start=1)
    ]


def _as_read(forwarding: Record) -> list[Record]:
    rules = [rule for rule in forwarding.get("rules") or [] if rule.get("enabled", True)]
    return [
        {
            "index": number,
            "ringCount": rule.get("ringCount") or _DEFAULT_RINGS,
            "forwardingNumbers": [{"id": str(item["id"])} for item in rule.get("forwardingNumbers") or []],
        }
        for number, rule in enumerate(sorted(rules, key=lambda rule: int(rule.get("index") or 0)), start=1)
    ]


def _place_of_apps(ring: Sequence[RingStep]) -> int | None:
    return next((number for number, step in enumerate(ring) if step.targets & _ALL_APPS), None)


def _apps(ring: Sequence[RingStep]) -> Record:
    place = _place_of_apps(ring)
    if place is None:
        return {"notifyMySoftPhones": False}
    step = ring[place]
    if step.always:
        return {"notifyMySoftPhones": True, "softPhonesAlwaysRing": True}
    return {
        "notifyMySoftPhones": True,
        "softPhonesAlwaysRing": False,
        "softPhonesRingCount": step.seconds // SECONDS_A_RING,
        "softPhonesPositionTop": place == 0,
    }
