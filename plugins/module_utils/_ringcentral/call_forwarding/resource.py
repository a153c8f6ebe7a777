# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the call forwarding of RingCentral's extensions is read and written. Private to the collection."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Action, Current, Desired, Plan, Step, place
from ..._engine.resource import Resource
from ..._errors import AuthenticationError, NotApplied, Problems, Rejected
from ..._numbers.rules import NumberRules
from ..api import LOOKS, Record, RingCentralApi
from ..directory import Extension
from .backend import RULE_FIELDS, CallHandling
from .desired import DesiredCalls, extension_texts, read_entry
from .model import AFTER, ALL, TABLE, WORK, Foreign, Schedule, Then
from .people import People

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

    def __init__(self, api: RingCentralApi, people: People | None = None) -> None:
        self._api = api
        self.people = people or People(api)
        self._records: dict[Key, Record] = {}

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
            for text, option in extension_texts(entry.extension, entry.values):
                texts.setdefault(text, f"{where}: {option}")
        found = self.people.locate(texts, problems)
        return [self._located(entry, found, problems) for entry in entries if entry.extension in found]

    def _located(self, entry: DesiredCalls, found: Mapping[str, Extension], problems: Problems) -> DesiredCalls:
        extension, where = found[entry.extension], place(TABLE, entry.position, entry.key)
        return replace(
            entry,
            key=Key(extension.label, entry.hours),
            values=self.people.located(entry.values, found, extension, where, problems),
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
        found = self._read([(self.people.extensions[label], hours) for label, hours in needed.items()])
        return [*found, *self._switched_off(desired or ())]

    def _switched_off(self, desired: Sequence[Desired]) -> list[Current]:
        """Return hours: all for those who want it off on an account that cannot switch it on."""
        entries = [item for item in desired if isinstance(item, DesiredCalls) and item.values.get("enabled") is False]
        records: list[Record] = [
            {"extension": entry.extension, "extension_id": entry.extension_id, "hours": ALL, "enabled": False}
            for entry in entries
            if not self.people.handling.has_all
        ]
        self._records.update({_key(record): record for record in records})
        return [Current(_key(record), TABLE.read(record), record) for record in records]

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return all hours of the extensions *desired*, of all people's for None."""
        problems = Problems()
        found = self.people.directory.selected(desired, problems)
        problems.raise_if_any()
        self.people.extensions.update({item.label: item for item in found})
        read = self._read([(extension, _FIELDS) for extension in found], leave_out=desired is None)
        current = [replace(item, values=self.people.expressible(item.values)) for item in read]
        for item in current:
            for name, value in item.values.items():
                if isinstance(value, Foreign):
                    warn(f"{item.key}: {name} is left out, because it is {value.what}.")
        return current

    def _read(self, jobs: Sequence[Needed], *, leave_out: bool = False) -> list[Current]:
        """*leave_out*: nobody asked for these extensions in particular, so that unsuitable ones are skipped."""
        needed = {extension.key: hours for extension, hours in jobs}

        def read(handling: CallHandling, extension: Extension) -> list[Record]:
            return handling.read(extension, needed[extension.key])

        records = self.people.read([extension for extension, _hours in jobs], read, leave_out=leave_out)
        self._records.update({_key(record): record for record in records})
        return [Current(_key(record), TABLE.read(record), _as_reported(record)) for record in records]

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find what shall ring, and say which hours do not exist."""
        entries = [item for item in desired if isinstance(item, DesiredCalls)]
        schedules = {entry.extension: entry.values.get("schedule") for entry in entries if entry.hours == WORK}
        return [self._resolved(entry, present.get(entry.key), schedules, problems) for entry in entries]

    def _resolved(
        self, entry: DesiredCalls, present: Current | None, schedules: Mapping[str, Schedule | None], problems: Problems
    ) -> DesiredCalls:
        extension, where = self.people.extensions[entry.extension], place(TABLE, entry.position, entry.key)
        record = self._records.get(entry.key, {})
        schedule = schedules.get(entry.extension)
        if entry.hours == AFTER and schedule is not None and schedule.always:
            problems.add(where, "there are no after hours when hours: work is around the clock, as in this list")
        elif present is None and not (entry.hours == AFTER and schedule is not None):
            problems.add(where, self.people.handling.why_not(entry.hours, extension))
        values = dict(entry.values)
        if present is not None and entry.hours == ALL and not self.people.handling.has_all and values.pop("then", None):
            self._api.warn(f"{entry.key}: then is left out, because the account has no hours: all to keep it for.")
        values = self.people.resolved(values, record, extension, where, problems)
        return replace(entry, values=values, needs=self.people.needs(values))

    def refusal(self, step: Step) -> str:
        """Return why the account's call handling cannot express *step*, or which other list says something else."""
        label, hours = step.key
        given = step.desired.values if step.desired is not None else {}
        if (hours == AFTER or "schedule" in given) and (elsewhere := self.people.company.set_elsewhere(label)):
            return elsewhere
        return self.people.handling.refusal(hours, step.after or {}, step.changes, self._records.get(step.key, {}))

    def warn_about(self, step: Step) -> str:
        """Warn of what goes when work hours become those of the whole week, and of what may not be possible."""
        after = step.after or {}
        schedule = after.get("schedule")
        reported = [self.people.handling.warning(after, step.changes, self._records.get(step.key, {}))]
        if "schedule" in step.changes and isinstance(schedule, Schedule) and schedule.always:
            reported.append("Work hours around the clock make RingCentral forget what is set for after hours.")
        return f"{step.key}: {' '.join(text for text in reported if text)}" if any(reported) else ""

    def arranged(self, plan: Plan) -> Plan:
        """Let the lists of the company see what this one does."""
        self.people.company.plans[TABLE.plural] = plan
        return plan

    def bound(self, plan: Plan) -> Plan:
        """Let steps wait for what must be there before anything is written, and after hours for the schedule."""

        def waiting(step: Step) -> Step:
            if step.action is not Action.CREATE:
                return step
            return replace(step, waits_for=(*step.waits_for, (TABLE.plural, Key(step.key.first, WORK))))

        return self.people.company.after_first(replace(plan, steps=tuple(map(waiting, plan.steps))))

    def settle(self, step: Step) -> Step:
        """Put in the ids of what was created meanwhile."""
        return self.people.company.settled_step(step)

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
            values["then"] = self.people.handling.then(values["then"], record)
        changes = TABLE.differences(values, TABLE.read(record))
        refusal = self.people.handling.refusal(AFTER, values, changes, record)
        if refusal:
            raise NotApplied(f"{step.key}: {refusal}.", next_step="Correct it and run again.")
        return self.people.handling.write(record, values, changes) if changes else record

    def update(self, step: Step) -> Record:
        """Change what differs."""
        return self.people.handling.write(self._records[step.key], step.after or {}, step.changes)

    def pause(self, seconds: float) -> None:
        """Wait before a reading that clears something up."""
        self._api.pause(seconds)

    def look_up(self, step: Step) -> Record | None:
        """Read the hours again."""
        label, hours = step.key
        fields = _FIELDS[hours] & set(step.changes) if step.action is not Action.CREATE else _FIELDS[hours]
        found = self.people.handling.read(self.people.extensions[label], {hours: fields})
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
        return TABLE.shown(self.people.named(values, ask=False))

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return hours as the plural module takes them, with names in place of ids."""
        shown = [TABLE.shown(self.people.named(item.values, ask=True)) for item in found]
        return [{name: value for name, value in item.items() if name != "extension_id"} for item in shown]

    def extension_details(self, found: Sequence[Current]) -> list[dict[str, Any]]:
        """Return what calls to the extensions of *found* depend on besides: three more requests for each of them."""
        hours: dict[str, list[Current]] = {}
        for item in found:
            hours.setdefault(item.values["extension"], []).append(item)
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            return list(pool.map(lambda label: self._details(self.people.extensions[label], hours[label]), hours))

    def _details(self, extension: Extension, hours: Sequence[Current]) -> dict[str, Any]:
        zone = ((self._api.extension(extension.key).get("regionalSettings") or {}).get("timezone") or {}).get("name")
        unclear = {item.values["hours"]: self.people.handling.unclear(self._records[item.key]) for item in hours}
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
            detail["devices"] = self.people.directory.desk_phones(extension)
        return detail

    def _forwards_all(self, extension: Extension) -> bool:
        if not self.people.handling.has_all:
            return False
        return any(record.get("enabled") for record in self.people.handling.read(extension, {ALL: ("enabled",)}))


@contextlib.contextmanager
def _unless_forbidden() -> Iterator[None]:
    """Leave out what the login may not read."""
    try:
        yield
    except (Rejected, AuthenticationError) as error:
        if error.status != 403:
            raise


def _key(record: Record) -> Key:
    return Key(record["extension"], record["hours"])


def _as_reported(record: Record) -> Record:
    """Return what RingCentral itself has said."""
    return {name: record[name] for name in ("extension", "extension_id", "hours", *_TOLD) if name in record}
