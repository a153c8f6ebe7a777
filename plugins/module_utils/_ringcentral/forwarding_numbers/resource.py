# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How RingCentral's forwarding numbers are read, matched and written. Private to the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, gap_of, only
from ..._engine.plan import Action, Current, Desired, Plan, Step, place
from ..._engine.resource import Resource
from ..._errors import Problems, TelephonyError
from ..._numbers.rules import NumberRules
from ..api import LOOKS, Record, RingCentralApi
from ..directory import Directory, Extension, leaving_out
from .conflicts import arranged, conflicts, crowded
from .desired import DesiredNumber, read_entry
from .matching import Devices, match_entries
from .preview import Preview, preview
from .schema import MOST, TABLE, USER_TYPES, device_of, number_of, refusal, update_body
from .used_by import NumberUsers

_DELETE_ATTEMPTS = 3


class ForwardingNumbers(Resource):
    """The forwarding numbers of extensions (ringcentral.md 6), read and written as ringcentral.md 11 to 13 say."""

    table = TABLE
    # Enough to use up the limit of a minute at any distance; a browser opens more.
    workers = 4
    looks = LOOKS
    repeats = frozenset({Action.CREATE, Action.UPDATE, Action.DELETE})
    # ringcentral.md 13 #4
    landed = ("FPN-102", "FPN-118", "FPN-119")

    def __init__(self, api: RingCentralApi, directory: Directory | None = None) -> None:
        self._api = api
        self._directory = directory or Directory(api)
        self._extensions: dict[str, Extension] = {}
        self._before: dict[str, list[Record]] = {}
        self._current: Listing[Current] = Listing()
        self._devices = Devices(self._directory)
        self._entries: dict[Key, DesiredNumber] = {}
        self._crowded: set[str] = set()

    def previews(self, plan: Plan) -> dict[str, Preview]:
        """Return by id of the extension what *plan*, made from the last reading, makes of its forwarding numbers."""
        read = [item for item in self._extensions.values() if item.key in self._before]
        return {item.key: preview(plan, self._before[item.key], item, self._directory) for item in read}

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items; what is wrong is added to the problems of *rules*."""
        return [read_entry(item, index if many else None, rules) for index, item in enumerate(items)]

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return what the user calls the extensions."""
        return naming.selected(option, keys, rules.problems)

    def locate(self, desired: Sequence[Desired], problems: Problems) -> list[Desired]:
        """Find the extensions: one look-up for all."""
        entries = [item for item in desired if isinstance(item, DesiredNumber)]
        texts: dict[str, str] = {}
        for entry in entries:
            where = place(TABLE, entry.position, entry.key)
            texts.setdefault(entry.extension, f"{where}: extension")
            if entry.device_extension:
                texts.setdefault(entry.device_extension, f"{where}: device_extension")
        extensions = self._directory.extensions(texts, problems)
        self._extensions.update({item.label: item for item in extensions.values()})
        return [self._located(entry, extensions[entry.extension]) for entry in entries if entry.extension in extensions]

    def _located(self, entry: DesiredNumber, extension: Extension) -> DesiredNumber:
        key = Key(extension.label, *entry.key[1:])
        values = entry.values if entry.absent else {**entry.values, "extension": extension.label}
        return replace(entry, key=key, values=values, extension=extension.label, extension_id=extension.key)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the forwarding numbers of the extensions that *desired* names, one request each."""
        labels = {item.extension: None for item in desired or () if isinstance(item, DesiredNumber)}
        return self._read([self._extensions[label] for label in labels])

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return the forwarding numbers of the extensions *desired*, of all people's for None."""
        problems = Problems()
        found = self._directory.selected(desired, problems)
        problems.raise_if_any()
        self._extensions.update({item.label: item for item in found})
        return self._read(found, leave_out=desired is None)

    def read_all(self, desired: Sequence[Desired], warn: Callable[[str], None]) -> list[Current]:
        """Return everybody's forwarding numbers; those of an extension that is desired and no person's, too."""
        found = self.pick(None, warn)
        left = [item for item in desired if isinstance(item, DesiredNumber) and item.extension_id not in self._before]
        return self.read(left) if left else found

    def _read(self, extensions: Sequence[Extension], *, leave_out: bool = False) -> list[Current]:
        """*leave_out*: nobody asked for these extensions in particular, so that unsuitable ones are skipped."""
        if not extensions:
            return []
        read = leaving_out(self._list, self._api.warn) if leave_out else self._list
        with ThreadPoolExecutor(max_workers=min(self.workers, len(extensions))) as pool:
            lists = list(pool.map(read, extensions))
        self._before |= {extension.key: records for extension, records in zip(extensions, lists, strict=True)}
        everything = self._before.values()
        self._current = Listing((item for records in everything for item in _currents(records)), gap_of(*everything))
        for item in self._current:
            if item.values["device"]:
                self._devices.note(item.values["extension"], item.values["device"], str(item.record.get("label")))
        return self._current

    def _list(self, extension: Extension) -> Listing[Record]:
        records = self._api.forwarding_numbers(extension.key)
        return Listing(sorted((_tagged(record, extension) for record in records), key=_order), records.gap)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Match each entry with the record that it means."""
        entries = [item for item in desired if isinstance(item, DesiredNumber)]
        self._entries = {entry.key: entry for entry in entries}
        return list(match_entries(entries, list(present.values()), self._devices, problems, self._current.gap))

    def arranged(self, plan: Plan) -> Plan:
        """Return *plan* with what its steps take from one another."""
        self._crowded = crowded(plan, self._current)
        return arranged(plan, self._current)

    def lane(self, step: Step) -> tuple[str, int]:
        """RingCentral gives a new number a flip digit; it must not be one that another of the extension asks for."""
        return f"extension {self._extension_of(step).key}", int("flip_number" not in step.changes)

    def refusal(self, step: Step) -> str:
        """Return why RingCentral is known to refuse *step*."""
        return refusal(step)

    def refusals(self, plan: Plan) -> Iterable[tuple[Step, str]]:
        """Return what RingCentral is known to refuse, also because of other records."""
        return [*super().refusals(plan), *conflicts(plan, self._current)]

    def warn_about(self, step: Step) -> str:
        """Warn of labels that differ in case only, of deletions that reach further, and of a limit that may be met."""
        return " ".join(text for text in (self._warn_of_limit(step), self._warn_of(step)) if text)

    def _warn_of_limit(self, step: Step) -> str:
        label = self._extension_of(step).label
        if step.action not in (Action.CREATE, Action.REPLACE) or label not in self._crowded:
            return ""
        return (
            f"Extension {label} would have more than {MOST} forwarding numbers. RingCentral does not say which desk "
            "phones count towards this limit; if they do, it refuses a new number with FPN-103."
        )

    def _warn_of(self, step: Step) -> str:
        if step.action in (Action.DELETE, Action.REPLACE):
            return f"{step.key}: deleting a forwarding number also takes it out of the extension's answering rules."
        label = str((step.after or {}).get("label") or "")
        records = self._before.get(self._extension_of(step).key, [])
        form = naming.folded(label, ignore_case=True)
        alike = [item["label"] for item in records if naming.folded(item.get("label"), ignore_case=True) == form]
        if label and "label" in step.changes and alike and label not in map(naming.folded, alike):
            return f"{step.key}: label {label!r} differs from {alike[0]!r} only in case."
        return ""

    def create(self, step: Step) -> Record:
        """Create the record; the type is always sent, because RingCentral else guesses it from the label."""
        extension = self._extension_of(step)
        body = TABLE.body(step.after or {}, step.changes)
        return _tagged(self._api.create_forwarding_number(extension.key, body), extension)

    def update(self, step: Step) -> Record:
        """Change the record."""
        extension, record = self._extension_of(step), _record_of(step)
        desired = {name: (step.after or {})[name] for name in step.changes}
        body = update_body({**TABLE.read(record), **desired})
        return _tagged(self._api.update_forwarding_number(extension.key, str(record["id"]), body), extension)

    def delete(self, step: Step) -> None:
        """Delete the record."""
        self._api.delete_forwarding_number(self._extension_of(step).key, str(_record_of(step)["id"]))

    def pause(self, seconds: float) -> None:
        """Wait before a reading that clears something up."""
        self._api.pause(seconds)

    def look_up(self, step: Step) -> Record | None:
        """Read the list again; a created record is one that was not there before."""
        if step.action is Action.CREATE:
            return next(iter(self._new_records(step)), None)
        key = str(_record_of(step)["id"])
        listed: Listing[Record] = self._list(self._extension_of(step))
        return only([item for item in listed if str(item["id"]) == key], listed.gap)

    def keep_one(self, step: Step) -> Record | None:
        """Keep the record with the lowest id and delete the other that the task made as well (ringcentral.md 13 #5).

        What differs in type or label was made by somebody else at the same time.
        """
        records = self._new_records(step)
        for _attempt in range(_DELETE_ATTEMPTS):
            extras = [record for record in records if _is_as_sent(step, record)][1:]
            if not extras:
                break
            for extra in extras:
                self._remove(step, str(extra["id"]))
            records = self._new_records(step)
        return records[0] if records else None

    def _remove(self, step: Step, key: str) -> None:
        try:
            self._api.delete_forwarding_number(self._extension_of(step).key, key)
        except TelephonyError as error:
            if not error.doubt:
                raise
            self.pause(self.looks[0])
        self._api.warn(f"{step.key}: a lost answer led to a duplicate, which was deleted again.")

    def _new_records(self, step: Step) -> list[Record]:
        """Return the records for the desired number or device that were not there before, those as sent first."""
        extension = self._extension_of(step)
        known = {str(record["id"]) for record in self._before.get(extension.key, [])}
        after = step.after or {}
        listed = self._list(extension)
        found = [
            record
            for record in listed
            if str(record["id"]) not in known
            and (
                device_of(record) == after["device"]
                if after.get("device")
                else number_of(record) == after.get("phone_number")
            )
        ]
        only(found, listed.gap)  # raises where it is not known whether there is one
        return sorted(found, key=lambda record: not _is_as_sent(step, record))

    def _extension_of(self, step: Step) -> Extension:
        values = step.after or step.before or {}
        return self._extensions[values["extension"]]

    def identity(self, step: Step) -> dict[str, Any]:
        """Return extension and phone number, device or id."""
        values = step.after or step.before
        if values is None:
            entry = self._entries[step.key]
            named = {"phone_number": entry.number, "device": entry.device, "forwarding_number_id": entry.record_id}
            return {"extension": entry.extension, **dict([item for item in named.items() if item[1]][:1])}
        return self._identity(values)

    def _identity(self, values: Mapping[str, Any]) -> dict[str, Any]:
        shown = self.shown(values)
        names = [name for name in ("phone_number", "device", "forwarding_number_id") if shown.get(name)]
        if values.get("type") == "PhoneLine" and "device" in names:
            names = ["device"]
        return {"extension": values["extension"], **{name: shown[name] for name in names[:1]}}

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them, a device by the name that only one line bears."""
        shown = {name: value for name, value in TABLE.shown(values).items() if value is not None}
        if "device" in shown:
            shown["device"] = self._devices.shown(values["extension"], values["device"])
        return shown

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return records as the plural module takes them; the id is there only where nothing else tells them apart."""
        return [self._exported(item) for item in found]

    def used_by(self, found: Sequence[Current]) -> list[dict[str, Any]]:
        """Return those of *found* that rules ring, each with these rules."""
        return [{**self._identity(item.values), "rules": names} for item, names in NumberUsers(self._api).of(found)]

    def people(self) -> list[dict[str, str]]:
        """Return whose the account's extensions are, as far as that was read."""
        return self._directory.people()

    def everybody(self) -> dict[str, list[dict[str, str]]]:
        """Return the people, and the groups where all extensions were read."""
        groups = self._directory.groups()
        return {"people": self.people(), **({} if groups is None else {"groups": groups})}

    def _owner_named(self, item: Current) -> dict[str, Any]:
        """Return what finds a co-worker's desk phone again in a list without it: its name and owner, else its id."""
        key, own = str(item.values["device"]), Extension(item.values["extension_id"], item.values["extension"], "")
        owner = self._directory.owner_of(key, own)
        if owner is None:
            return {"device": key}
        return {} if owner.key == own.key else {"device_extension": owner.label}

    def _exported(self, item: Current) -> dict[str, Any]:
        shown = self.shown(item.values)
        if "device" in shown:
            shown.pop("phone_number", None)
            shown |= self._owner_named(item)
        needs_id = item.key[-1] not in (str(item.values["phone_number"]), f"device {item.values['device']}")
        hidden = ("extension_id",) if needs_id else ("extension_id", "forwarding_number_id")
        return {name: value for name, value in shown.items() if name not in hidden}


def also_reported(options: Mapping[str, Any], numbers: ForwardingNumbers, found: Sequence[Current]) -> dict[str, Any]:
    """Return what else the info module tells: which rules ring the numbers, where asked for, and who is there."""
    reported = {"used_by": numbers.used_by(found)} if options["used_by"] else {}
    return reported if options["extensions"] is not None else {**reported, "extensions": numbers.people()}


def _tagged(record: Record, extension: Extension) -> Record:
    """Return the record with whose it is, which RingCentral says in the address only."""
    return {**record, "extensionId": extension.key, "extensionNumber": extension.label}


def _order(record: Record) -> tuple[int, str]:
    key = str(record.get("id"))
    return len(key), key


def _currents(records: Sequence[Record]) -> list[Current]:
    """Return one extension's records, each with a key that no other one has."""
    keys = [_key(record) for record in records]
    twice = {key for key, count in Counter(keys).items() if count > 1}
    found = []
    for key, record in zip(keys, records, strict=True):
        values = TABLE.read(record)
        unique = Key(key.first, f"{key[-1]} (id {record['id']})") if key in twice else key
        kind = values["type"]
        found.append(Current(unique, values, record, protected=kind not in USER_TYPES, kept=kind == "PhoneLine"))
    return found


def _key(record: Record) -> Key:
    device, number = device_of(record), number_of(record)
    named = f"device {device}" if device else number or f"id {record['id']}"
    return Key(record["extensionNumber"], named)


def _is_in(current: Current, entry: Desired) -> bool:
    return isinstance(entry, DesiredNumber) and current.values["extension_id"] == entry.extension_id


def _is_as_sent(step: Step, record: Record) -> bool:
    sent = {name: (step.after or {}).get(name) for name in ("type", "label")}
    return not TABLE.differences({name: value for name, value in sent.items() if value}, TABLE.read(record))


def _record_of(step: Step) -> Mapping[str, Any]:
    if step.current is None:
        raise ValueError(f"{step.key}: there is no record")
    return step.current.record
