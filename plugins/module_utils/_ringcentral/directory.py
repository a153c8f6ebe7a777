# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's names and ids: extensions and devices. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from .._engine import naming
from .._engine.listing import Listing, maybe_not_alone, unknown_whether
from .._errors import AuthenticationError, Problems, Rejected, suggestions
from .api import Record, RingCentralApi

_LONGEST_NUMBER = 8
_OWN = "~"
# Types of extensions that people forward calls for; the others are asked for by name only (ringcentral.md 7).
_PEOPLE = ("User", "DigitalUser", "VirtualUser", "FlexibleUser")
_SITE = "Site"
# Types of devices that are RingCentral's apps.
_APPS = ("SoftPhone", "WebPhone", "WebRTC")
# Refusals that say something about the type or the plan of one extension.
UNSUITABLE = ("CMN-403", "AWR-180")


@dataclass(frozen=True)
class Extension:
    """An extension. *label* is how results name it: its number, else its id. *kind* is RingCentral's type."""

    key: str
    label: str = field(compare=False)
    kind: str = field(compare=False)

    @classmethod
    def from_record(cls, record: Record) -> Extension:
        key = str(record.get("id"))
        return cls(key, str(record.get("extensionNumber") or key), str(record.get("type") or ""))


class Directory:
    """Finds extensions and devices by what people call them; each list is requested at most once, if needed."""

    def __init__(self, api: RingCentralApi) -> None:
        self._api = api
        self._records: Listing[Record] | None = None
        # What this run creates, by the id that stands in for the one that it will get.
        self._expected: dict[str, Record] = {}
        self._ways: list[tuple[bool, dict[str, list[Record]]]] | None = None
        self._found: dict[str, Extension] = {}
        self._devices: dict[str, Listing[Record]] = {}

    def all_extensions(self) -> Listing[Record]:
        """Return the records of all extensions of the account."""
        if self._records is None:
            self._records = self._api.extensions()
        return self._records

    def expect(self, record: Record) -> None:
        """Take note of an extension that this run creates; its `id` stands in for the one that it will get."""
        self._expected[str(record["id"])] = record
        self._ways = None

    def learn(self, stand_in: str, record: Record) -> None:
        """Take note of what was created."""
        self._expected.pop(stand_in, None)
        self._found = {text: item for text, item in self._found.items() if item.key != stand_in}
        if self._records is not None:
            self._records.append(record)
        self._ways = None

    def find(self, text: str, kinds: Collection[str] = ()) -> list[Record]:
        """Return the records of all extensions that *text* means: by number, id, e-mail address, or name.

        *kinds*: RingCentral's types, of which it must be one. Else a site steps back: it may have the number of another
        extension (ringcentral-company.md 1).
        """
        if self._ways is None:
            self._ways = _ways([*self.all_extensions(), *self._expected.values()])
        for number, (ignore_case, way) in enumerate(self._ways):
            found = way.get(naming.folded(text, ignore_case=ignore_case), [])
            found = [record for record in found if not kinds or record.get("type") in kinds]
            if len(found) > 1 and number == 0:
                found = [record for record in found if record.get("type") != _SITE] or found
            if found:
                return found
        return []

    def people(self) -> list[dict[str, str]]:
        """Return whose the extensions of people are, as far as that was read for another reason."""
        found = []
        for record in self._records or []:
            if record.get("type") in _PEOPLE and record.get("extensionNumber"):
                reported = {"extension": _number_of(record), "extension_id": _id_of(record)}
                named = {"name": _name_of(record), "email": _email_of(record), "status": _unusual_status(record)}
                found.append({**reported, **{name: value for name, value in named.items() if value}})
        return found

    def groups(self) -> list[dict[str, str]] | None:
        """Return all other extensions, such as call queues; None where not all of the account's were read."""
        if self._records is None or self._records.gap:
            return None
        people = {item["extension_id"] for item in self.people()}
        found = []
        for record in self._records:
            if _id_of(record) not in people:
                label, kind = Extension.from_record(record).label, str(record.get("type") or "")
                reported = {"extension": label, "extension_id": _id_of(record), "type": kind}
                named = {"name": _name_of(record), "status": _unusual_status(record)}
                found.append({**reported, **{name: value for name, value in named.items() if value}})
        return found

    def selected(self, desired: Sequence[str] | None, problems: Problems) -> list[Extension]:
        """Return the extensions that an info module was asked for, those of all people for None; each once."""
        if desired is None:
            records = self.all_extensions()
            people = [record for record in records if record.get("type") in _PEOPLE and record.get("extensionNumber")]
            return [Extension.from_record(record) for record in people]
        texts = {text: f"extensions[{position}]" for position, text in enumerate(desired)}
        return list({item.key: item for item in self.extensions(texts, problems).values()}.values())

    def extensions(self, desired: dict[str, str], problems: Problems) -> dict[str, Extension]:
        """Return the extensions for the texts *desired*, each with the place to name in *problems*."""
        open_texts = [text for text in desired if text not in self._found]
        if open_texts == [_OWN]:
            self._found[_OWN] = Extension.from_record(self._api.own_extension())
        elif len(open_texts) == 1 and self._records is None and _is_number(open_texts[0]):
            # One extension is cheaper to ask for than all; what is not found goes on to the whole list.
            records = [
                record
                for record in self._api.extensions(open_texts[0])
                if str(record.get("extensionNumber")) == open_texts[0]
            ]
            if len(records) == 1:
                self._found[open_texts[0]] = Extension.from_record(records[0])
        for text, where in desired.items():
            if text not in self._found:
                self._search(text, where, problems)
        return {text: self._found[text] for text in desired if text in self._found}

    def _search(self, text: str, where: str, problems: Problems) -> None:
        if text == _OWN:
            self._found[_OWN] = Extension.from_record(self._api.own_extension())
            return
        records, matches = self.all_extensions(), self.find(text)
        if len(matches) == 1:
            found = Extension.from_record(matches[0])
            if records.gap and naming.folded(text) == naming.folded(_name_of(matches[0])):
                problems.add(where, f"{text!r}: {maybe_not_alone('extension', found.label, records.gap)}")
                return
            self._found[text] = found
            return
        if matches:
            listed = naming.by_id({Extension.from_record(record).label: _name_of(record) for record in matches})
            problems.add(where, f"{len(matches)} extensions are called {text!r}; use the number of one: {listed}")
            return
        if records.gap:
            problems.add(where, f"the extension {text!r} {unknown_whether(records.gap)}")
            return
        known = [str(record[name]) for record in records for name in ("extensionNumber", "name") if record.get(name)]
        problems.add(where, f"there is no extension {text!r} on the account. {suggestions(text, known)}")

    def label(self, key: str, *, ask: bool) -> str:
        """Return how results name the extension with the id *key*; its id where that is not known without asking."""
        found = {item.key: item.label for item in self._found.values()}
        if key not in found and (ask or self._records is not None):
            found |= {item.key: item.label for item in map(Extension.from_record, self.all_extensions())}
        return found.get(key, key)

    def devices(self, owner: Extension) -> Listing[Record]:
        """Return the records of the devices of *owner*."""
        if owner.key not in self._devices:
            self._devices[owner.key] = self._api.devices(owner.key)
        return self._devices[owner.key]

    def desk_phones(self, owner: Extension) -> list[dict[str, str]]:
        """Return ids and names of the devices of *owner* that are no apps."""
        records = (record for record in self.devices(owner) if record.get("type") not in _APPS)
        return [{"device": _id_of(record), "name": _name_of(record)} for record in records]

    def device_name(self, device_id: str) -> str:
        """Return the name of a device as far as it has been read, else ""."""
        devices = (record for records in list(self._devices.values()) for record in records)
        return next((str(record.get("name") or "") for record in devices if str(record.get("id")) == device_id), "")

    def owner_of(self, device_id: str, first: Extension) -> Extension | None:
        """Return whose device it is, looking at *first* and then at all people; None where that cannot be read."""
        for extension in self._beginning_with(first):
            try:
                devices = self.devices(extension)
            except (Rejected, AuthenticationError) as error:
                if error.status != 403:
                    raise
                continue
            if any(str(record.get("id")) == device_id for record in devices):
                return extension
        return None

    def _beginning_with(self, first: Extension) -> Iterator[Extension]:
        # Mostly the first one has it, and then nobody else need be asked for.
        yield first
        yield from (item for item in self.selected(None, Problems()) if item.key != first.key)

    def device(self, text: str, owner: Extension, where: str, problems: Problems) -> str | None:
        """Return the id of the device that is called *text* (exactly) or has this id, among those of *owner*."""
        records = self.devices(owner)
        matches = [record for record in records if str(record.get("id")) == text]
        matches = matches or [record for record in records if naming.folded(record.get("name")) == naming.folded(text)]
        if len(matches) == 1:
            key = str(matches[0]["id"])
            if records.gap and key != text:
                problems.add(where, f"{text!r}: {maybe_not_alone('device', key, records.gap)}")
                return None
            return key
        if matches:
            listed = ", ".join(f"{record['id']} ({record.get('name')!r}, {_model(record)})" for record in matches)
            problems.add(where, f"{len(matches)} devices are called {text!r}; use the id of one: {listed}")
            return None
        if records.gap:
            problems.add(where, f"the device {text!r} {unknown_whether(records.gap)}")
            return None
        known = [str(record.get("name")) for record in records]
        problems.add(where, f"extension {owner.label} has no device {text!r}. {suggestions(text, known)}")
        return None


def _ways(records: Sequence[Record]) -> list[tuple[bool, dict[str, list[Record]]]]:
    """Return the records by number, id, e-mail address and name, each way with whether case is ignored."""
    ways = []
    for names in (_number_of, _id_of, _email_of, _name_of):
        ignore_case = names is _email_of
        way: dict[str, list[Record]] = {}
        for record in records:
            form = naming.folded(names(record), ignore_case=ignore_case)
            if form:
                way.setdefault(form, []).append(record)
        ways.append((ignore_case, way))
    return ways


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _number_of(record: Record) -> str:
    return str(record.get("extensionNumber") or "")


def _id_of(record: Record) -> str:
    return str(record.get("id") or "")


def _email_of(record: Record) -> str:
    return str((record.get("contact") or {}).get("email") or "")


def _name_of(record: Record) -> str:
    return str(record.get("name") or "")


def _unusual_status(record: Record) -> str:
    status = str(record.get("status") or "Enabled")
    return "" if status == "Enabled" else status


def _model(record: Record) -> str:
    return str((record.get("model") or {}).get("name") or record.get("serial") or record.get("type") or "device")


def refusal_is_about(error: Exception, *codes: str) -> bool:
    """Return whether RingCentral refused with one of *codes*."""
    return isinstance(error, Rejected) and error.code in codes


def leaving_out(
    read: Callable[[Extension], list[Record]], warn: Callable[[str], None]
) -> Callable[[Extension], list[Record]]:
    """Return *read*, which finds nothing where RingCentral says that an extension cannot have it, and warns of that."""

    def lenient(extension: Extension) -> list[Record]:
        try:
            return read(extension)
        except Rejected as error:
            if not refusal_is_about(error, *UNSUITABLE):
                raise
            warn(f"Extension {extension.label} is left out: {error}")
            return []

    return lenient
