# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the call forwarding of RingCentral's extensions is read and written. Private to the collection.

Which of the two APIs an account uses is asked, never guessed: its feature flag says so, or the refusal CMN-468 of the
old one (docs/providers/ringcentral.md 9.1).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Action, Current, Desired, Step, place
from ..._engine.resource import Resource
from ..._errors import AuthenticationError, NotApplied, Problems, Rejected
from ..._numbers.rules import NumberRules
from ..api import Record, RingCentralApi
from ..directory import UNSUITABLE, Directory, Extension, leaving_out, refusal_is_about
from .answering_rules import WORK_RULE, AnsweringRules
from .backend import CLOSED, RULE_FIELDS, CallHandling, targets_of
from .conditions import CONDITIONS
from .desired import DesiredCalls, read_entry, refuse_repetitions
from .listed_numbers import LOOKS, Expected, ListedNumbers
from .model import (
    AFTER,
    ALL,
    AT_ONCE,
    IN_ORDER,
    TABLE,
    WORK,
    Foreign,
    RingStep,
    Schedule,
    Target,
    Then,
    at_once,
)
from .state_rules import StateRules

_HOURS = (WORK, AFTER, ALL)
_FIELDS = {WORK: {*RULE_FIELDS, "schedule"}, AFTER: RULE_FIELDS, ALL: {*RULE_FIELDS, "enabled"}}
# Members of records that hold RingCentral's own objects.
_TOLD = ("rule", "business_hours", "state")

# What to read: an extension, and the fields that are needed of each of its hours.
Needed = tuple[Extension, Mapping[str, Collection[str]]]


class CallForwardings(Resource):
    """What rings in an extension's work hours and after hours, and what happens then, over either API."""

    table = TABLE
    workers = 4
    looks = LOOKS
    repeats = frozenset({Action.UPDATE})
    prunable = False

    def __init__(self, api: RingCentralApi, expected: Expected | None = None) -> None:
        self._api = api
        self._directory = Directory(api)
        self._numbers = ListedNumbers(api, expected or Expected())
        self._extensions: dict[str, Extension] = {}
        self._found_handling: CallHandling | None = None
        self._records: dict[Key, Record] = {}

    @property
    def _handling(self) -> CallHandling:
        if self._found_handling is None:
            raise ValueError("which call handling the account uses is found out before anything is read")
        return self._found_handling

    def _find_out(self, some: Sequence[Extension], leave_out: bool) -> None:
        """Ask which API the account uses; where the flag may not be read, the rule of one of *some* tells."""
        if self._found_handling is None:
            new = self._api.uses_new_call_handling()
            closed = self._closed_to(some, leave_out) if new is None else new
            kind = StateRules if closed else AnsweringRules
            self._found_handling = kind(self._api, self._directory, self._numbers)

    def _closed_to(self, some: Sequence[Extension], leave_out: bool) -> bool:
        """Return whether the old API refuses to show a rule because of the new one (ringcentral.md 9.1)."""
        for extension in some:
            try:
                self._api.answering_rule(extension.key, WORK_RULE)
            except Rejected as error:
                if refusal_is_about(error, CLOSED):
                    return True
                if not leave_out or not refusal_is_about(error, *UNSUITABLE):
                    raise
            else:
                break
        return False

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items; what is wrong is added to the problems of *rules*."""
        return [read_entry(item, index if many else None, rules) for index, item in enumerate(items)]

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return what the user calls the extensions."""
        return naming.selected(option, keys, rules.problems)

    def locate(self, desired: Sequence[Desired], problems: Problems) -> list[Desired]:
        """Find all extensions that are named: one look-up."""
        entries = [item for item in desired if isinstance(item, DesiredCalls)]
        texts: dict[str, str] = {}
        for entry in entries:
            where = place(TABLE, entry.position, entry.key)
            for text, option in entry.extension_texts():
                texts.setdefault(text, f"{where}: {option}")
        for text, where in self._numbers.extension_texts():
            texts.setdefault(text, where)
        found = self._directory.extensions(texts, problems)
        self._numbers.locate(found)
        return [self._located(entry, found, problems) for entry in entries if entry.extension in found]

    def _located(self, entry: DesiredCalls, found: Mapping[str, Extension], problems: Problems) -> DesiredCalls:
        extension = found[entry.extension]
        self._extensions[extension.label] = extension
        where = place(TABLE, entry.position, entry.key)
        values = {**entry.values, "extension": extension.label, "extension_id": extension.key}

        def key_of(text: str, option: str) -> str:
            if text in found and found[text].key == extension.key and not option.endswith("mailbox"):
                problems.add(f"{where}: {option}", f"extension {extension.label} cannot forward its calls to itself")
            return found[text].key if text in found else text

        for number, step in enumerate(values.get("ring") or ()):
            targets = {
                replace(target, key=key_of(target.key, f"ring[{number}]"), name=found[target.key].label)
                if target.kind == "extension" and target.key in found
                else target
                for target in step.targets
            }
            values["ring"] = (
                *values["ring"][:number],
                replace(step, targets=frozenset(targets)),
                *values["ring"][number + 1 :],
            )
        then: Then | None = values.get("then")
        if then is not None and then.kind == "extension" and then.key in found:
            values["then"] = replace(then, key=key_of(then.key, "then.extension"), name=found[then.key].label)
        elif then is not None and then.mailbox and then.mailbox in found:
            mailbox = found[then.mailbox]
            own = mailbox.key == extension.key
            values["then"] = replace(
                then, mailbox="" if own else mailbox.key, mailbox_name="" if own else mailbox.label
            )
        return replace(
            entry,
            key=Key(extension.label, entry.hours),
            values=values,
            extension=extension.label,
            extension_id=extension.key,
        )

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the hours that *desired* names, with the fields that it sets."""
        needed: dict[str, dict[str, set[str]]] = {}
        for item in desired or ():
            if isinstance(item, DesiredCalls):
                hours = needed.setdefault(item.extension, {})
                hours.setdefault(item.hours, set()).update(_FIELDS[item.hours] & set(item.values))
        found = self._read([(self._extensions[label], hours) for label, hours in needed.items()])
        return [*found, *self._switched_off(desired or ())]

    def _switched_off(self, desired: Sequence[Desired]) -> list[Current]:
        """Return hours: all for those who want it off on an account that cannot switch it on."""
        entries = [item for item in desired if isinstance(item, DesiredCalls) and item.values.get("enabled") is False]
        records: list[Record] = [
            {"extension": entry.extension, "extension_id": entry.extension_id, "hours": ALL, "enabled": False}
            for entry in entries
            if not self._handling.has_all
        ]
        self._records.update({_key(record): record for record in records})
        return [Current(_key(record), TABLE.read(record), record) for record in records]

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return all hours of the extensions *desired*, of all people's for None."""
        problems = Problems()
        found = self._directory.selected(desired, problems)
        problems.raise_if_any()
        self._extensions.update({item.label: item for item in found})
        read = self._read([(extension, _FIELDS) for extension in found], leave_out=desired is None)
        current = [self._expressible(item) for item in read]
        for item in current:
            for name, value in item.values.items():
                if isinstance(value, Foreign):
                    warn(f"{item.key}: {name} is left out, because it is {value.what}.")
        return current

    def _expressible(self, item: Current) -> Current:
        ring = item.values.get("ring")
        what = self._handling.inexpressible(ring) if isinstance(ring, tuple) else ""
        return replace(item, values={**item.values, "ring": Foreign(what), "ring_mode": None}) if what else item

    def _read(self, jobs: Sequence[Needed], *, leave_out: bool = False) -> list[Current]:
        """*leave_out*: nobody asked for these extensions in particular, so that unsuitable ones are skipped."""
        if not jobs:
            return []
        self._find_out([extension for extension, _hours in jobs], leave_out)
        try:
            records = self._read_all(jobs, leave_out)
        except Rejected as error:
            if not refusal_is_about(error, CLOSED) or isinstance(self._handling, StateRules):
                raise
            # The flag said otherwise; the refusal is as clear, whichever request met it.
            self._found_handling = StateRules(self._api, self._directory, self._numbers)
            records = self._read_all(jobs, leave_out)
        self._records.update({_key(record): record for record in records})
        return [Current(_key(record), TABLE.read(record), _as_reported(record)) for record in records]

    def _read_all(self, jobs: Sequence[Needed], leave_out: bool) -> list[Record]:
        needed = {extension.key: hours for extension, hours in jobs}
        first, *others = (extension for extension, _hours in jobs)

        def read_strictly(extension: Extension) -> list[Record]:
            return self._handling.read(extension, needed[extension.key])

        read = leaving_out(read_strictly, self._api.warn) if leave_out else read_strictly
        # The first one alone, so that a refusal costs one request.
        records = read(first)
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            for more in pool.map(read, others):
                records += more
        return records

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find what shall ring, and say which hours do not exist."""
        entries = [item for item in desired if isinstance(item, DesiredCalls)]
        schedules = {entry.extension: entry.values.get("schedule") for entry in entries if entry.hours == WORK}
        return [self._resolved(entry, present.get(entry.key), schedules, problems) for entry in entries]

    def _resolved(
        self, entry: DesiredCalls, present: Current | None, schedules: Mapping[str, Schedule | None], problems: Problems
    ) -> DesiredCalls:
        extension, where = self._extensions[entry.extension], place(TABLE, entry.position, entry.key)
        record = self._records.get(entry.key, {})
        schedule = schedules.get(entry.extension)
        if entry.hours == AFTER and schedule is not None and schedule.always:
            problems.add(where, "there are no after hours when hours: work is around the clock, as the list says")
        elif present is None and not (entry.hours == AFTER and schedule is not None):
            problems.add(where, self._handling.why_not(entry.hours, extension))
        values = dict(entry.values)
        if present is not None and entry.hours == ALL and not self._handling.has_all and values.pop("then", None):
            self._api.warn(f"{entry.key}: then is left out, because the account has no hours: all to keep it for.")
        if "ring" in values:
            known = targets_of(record.get("ring"))
            steps = [
                self._resolved_step(step, known, extension, f"{where}: ring[{number}]", problems)
                for number, step in enumerate(values["ring"])
            ]
            refuse_repetitions(steps, f"{where}: ring", problems)
            mode = values.get("ring_mode") or record.get("ring_mode")
            # What always rings does so wherever it stands.
            steps.sort(key=lambda step: not step.always)
            values["ring"] = at_once(steps) if mode == AT_ONCE else tuple(steps)
            if steps and not mode:
                values["ring_mode"] = IN_ORDER
        elif values.get("ring_mode") == IN_ORDER and record.get("ring_mode") == AT_ONCE and _steps(record.get("ring")):
            problems.add(f"{where}: ring_mode", "needs ring beside it, which says in which order")
        if "ring_mode" in values and not values.get("ring", _steps(record.get("ring"))):
            if "ring" not in values and not isinstance(record.get("ring"), Foreign):
                problems.add(f"{where}: ring_mode", "needs ring beside it, because nothing rings")
            del values["ring_mode"]
        if isinstance(values.get("then"), Then):
            values["then"] = self._handling.then(values["then"], record)
        return replace(entry, values=values)

    def _resolved_step(
        self, step: RingStep, known: Collection[Target], extension: Extension, where: str, problems: Problems
    ) -> RingStep:
        targets = []
        for target in sorted(step.targets, key=lambda item: (item.kind, item.key)):
            match = next(
                (item for item in known if item.kind == target.kind and self._handling.is_called(item, target.key)),
                None,
            )
            if target.kind in ("app", "extension"):
                match = target
            targets.append(match or self._handling.target(target, extension, where, problems))
        return replace(step, targets=frozenset(targets))

    def refusal(self, step: Step) -> str:
        """Return why the account's call handling cannot express *step*."""
        _label, hours = step.key
        return self._handling.refusal(hours, step.after or {}, step.changes, self._records.get(step.key, {}))

    def warn_about(self, step: Step) -> str:
        """Warn of what goes when work hours become those of the whole week, and of what may not be possible."""
        after = step.after or {}
        schedule = after.get("schedule")
        reported = [self._handling.warning(after, step.changes, self._records.get(step.key, {}))]
        if "schedule" in step.changes and isinstance(schedule, Schedule) and schedule.always:
            reported.append("Work hours around the clock make RingCentral forget what is set for after hours.")
        return f"{step.key}: {' '.join(text for text in reported if text)}" if any(reported) else ""

    def create(self, step: Step) -> Record:
        """Set the after hours that a schedule of this run has brought about."""
        record = None
        for wait in (0.0, *self.looks):
            self.pause(wait)
            record = self.look_up(step)
            if record is not None:
                break
        if record is None:
            raise NotApplied(f"Extension {step.key.first} has no after hours yet.", next_step="Run again in a minute.")
        values = {**TABLE.read(record), **(step.after or {})}
        if isinstance(values.get("then"), Then):
            values["then"] = self._handling.then(values["then"], record)
        changes = TABLE.differences(values, TABLE.read(record))
        refusal = self._handling.refusal(AFTER, values, changes, record)
        if refusal:
            raise NotApplied(f"{step.key}: {refusal}.", next_step="Correct it and run again.")
        return self._handling.write(record, values, changes) if changes else record

    def update(self, step: Step) -> Record:
        """Change what differs."""
        return self._handling.write(self._records[step.key], step.after or {}, step.changes)

    def pause(self, seconds: float) -> None:
        """Wait before a reading that clears something up."""
        self._api.pause(seconds)

    def look_up(self, step: Step) -> Record | None:
        """Read the hours again."""
        label, hours = step.key
        fields = _FIELDS[hours] & set(step.changes) if step.action is not Action.CREATE else _FIELDS[hours]
        found = self._handling.read(self._extensions[label], {hours: fields})
        if not found:
            return None
        self._records[step.key] = {**self._records.get(step.key, {}), **found[0]}
        return self._records[step.key]

    def identity(self, step: Step) -> dict[str, Any]:
        """Return extension and hours."""
        label, hours = step.key
        return {"extension": label, "hours": hours}

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them."""
        return self._named(values, ask=False)

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return hours as the plural module takes them, with names in place of ids."""
        shown = [self._named(item.values, ask=True) for item in found]
        return [{name: value for name, value in item.items() if name != "extension_id"} for item in shown]

    @property
    def call_handling(self) -> str | None:
        """Return which call handling the account has, None where nothing had to be read."""
        return None if self._found_handling is None else self._found_handling.kind

    def custom_rules(self, found: Sequence[Current]) -> list[dict[str, Any]]:
        """Return the rules that take calls before the hours do, by extension, and warn of them."""
        labels = list(dict.fromkeys(item.values["extension"] for item in found))
        rules = []
        for label in labels:
            for rule in self._handling.custom_rules(self._extensions[label]):
                name = rule["name"]
                when = {member: rule[member] for member in CONDITIONS if member in rule}
                does = {member: rule[member] for member in sorted(RULE_FIELDS)}
                rules.append({"extension": label, "name": name, **when, **self._named(does, ask=True)})
                self._api.warn(
                    f"Extension {label}: the custom rule {name!r} takes calls before these hours do; it is not managed."
                )
        return rules

    def extension_details(self, found: Sequence[Current]) -> list[dict[str, Any]]:
        """Return what calls to the extensions of *found* depend on besides: three more requests for each of them."""
        hours: dict[str, list[Current]] = {}
        for item in found:
            hours.setdefault(item.values["extension"], []).append(item)
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            return list(pool.map(lambda label: self._details(self._extensions[label], hours[label]), hours))

    def _details(self, extension: Extension, hours: Sequence[Current]) -> dict[str, Any]:
        zone = ((self._api.extension(extension.key).get("regionalSettings") or {}).get("timezone") or {}).get("name")
        unclear = {item.values["hours"]: self._handling.unclear(self._records[item.key]) for item in hours}
        detail: dict[str, Any] = {
            "extension": extension.label,
            **({"time_zone": str(zone)} if zone else {}),
            "unclear": {name: words for name, words in unclear.items() if words},
        }
        if ALL not in unclear:
            detail["forwards_all"] = self._forwards_all(extension)
        # Of others than the login's extension, devices and numbers may be hidden (ringcentral.md 7).
        with _unless_forbidden():
            numbers = self._api.direct_numbers(extension.key)
            detail["numbers"] = [str(record.get("phoneNumber") or "") for record in numbers]
        with _unless_forbidden():
            detail["devices"] = self._directory.desk_phones(extension)
        return detail

    def _forwards_all(self, extension: Extension) -> bool:
        if not self._handling.has_all:
            return False
        return any(record.get("enabled") for record in self._handling.read(extension, {ALL: ("enabled",)}))

    def _named(self, values: Mapping[str, Any], *, ask: bool) -> dict[str, Any]:
        known = {name: value for name, value in values.items() if value is not None and not isinstance(value, Foreign)}
        if "ring" in known:
            known["ring"] = [self._named_step(step, ask=ask) for step in known["ring"]]
        then: Then | None = known.get("then")
        if then is not None and then.kind == "extension":
            known["then"] = replace(then, name=self._directory.label(then.key, ask=ask))
        elif then is not None and then.mailbox:
            known["then"] = replace(then, mailbox_name=self._directory.label(then.mailbox, ask=ask))
        return TABLE.shown(known)

    def _named_step(self, step: RingStep, *, ask: bool) -> RingStep:
        return replace(
            step,
            targets=frozenset(
                replace(target, name=self._directory.label(target.key, ask=ask))
                if target.kind == "extension"
                else target
                for target in step.targets
            ),
        )


@contextlib.contextmanager
def _unless_forbidden() -> Iterator[None]:
    """Leave out what the login may not read."""
    try:
        yield
    except (Rejected, AuthenticationError) as error:
        if error.status != 403:
            raise


def account(options: Mapping[str, Any], forwardings: CallForwardings, found: Sequence[Current]) -> dict[str, Any]:
    """Return what else the info module tells: the account's call handling, and custom rules where asked for."""
    reported: dict[str, Any] = {"call_handling": forwardings.call_handling} if forwardings.call_handling else {}
    return {**reported, "custom_rules": forwardings.custom_rules(found)} if options["custom_rules"] else reported


def _key(record: Record) -> Key:
    return Key(record["extension"], record["hours"])


def _as_reported(record: Record) -> Record:
    """Return what RingCentral itself has said."""
    return {name: record[name] for name in ("extension", "extension_id", "hours", *_TOLD) if name in record}


def _steps(ring: Any) -> tuple[RingStep, ...]:
    return tuple(ring) if isinstance(ring, tuple) else ()
