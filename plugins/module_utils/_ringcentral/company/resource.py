# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the resources of a company have in common. Private to the collection."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, gap_of, only, unknown_whether
from ..._engine.plan import Action, Current, Desired, Node, Plan, Step, place
from ..._engine.resource import Resource
from ..._engine.schema import Field
from ..._errors import Problems, Rejected, suggestions
from ..._numbers.rules import NumberRules
from ..api import LOOKS, Record, RingCentralApi
from ..directory import Extension
from .company import SITE, Company, called

LONGEST_NUMBER = 8
_MOST_NAMED = 10


def field(name: str, **rules: Any) -> Field:
    """Return a field whose value stands in the record under its own name; resources put it there in their own form."""
    return Field(name, read=lambda record: record.get(name), write=lambda value: {name: value}, **rules)


def text_field(name: str, *, ignore_case: bool = False, **rules: Any) -> Field:
    """Return a field of texts, or of texts by name, in which blanks at the ends and the way of composing do not count.

    What people have typed in RingCentral's portal may have either.
    """

    def canonical(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {part: canonical(text) for part, text in value.items()}
        return naming.folded(value, ignore_case=ignore_case) if isinstance(value, str) else value

    return field(name, canonical=canonical, **rules)


def reported(name: str) -> Field:
    """Return a field that results show and nobody sets."""
    return Field(name, read=lambda record: record.get(name))


def label_of(value: Extension | None) -> str | None:
    """Return how the user names the extension in a field."""
    return None if value is None else value.label


def still_used(referrers: Sequence[str]) -> str:
    """Return why what *referrers* refer to is not deleted, "" where there are none."""
    if not referrers:
        return ""
    named = ", ".join(referrers[:_MOST_NAMED])
    more = f" and {len(referrers) - _MOST_NAMED} more" if len(referrers) > _MOST_NAMED else ""
    return f"is not deleted, because calls still lead to it: {named}{more}; change these first, or in the same run"


class CompanyResource(Resource):
    """One list of a company. Records are in the form of the fields, with extensions as `Extension`."""

    workers = 4
    # RingCentral's types of the extensions that the list is about.
    kinds: ClassVar[tuple[str, ...]] = ()
    looks = LOOKS
    repeats = frozenset({Action.CREATE, Action.UPDATE, Action.DELETE})

    def __init__(self, api: RingCentralApi, company: Company | None = None) -> None:
        self.api = api
        self.company = company or Company(api)

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return what the user calls the objects."""
        return naming.selected(option, keys, rules.problems)

    def read_to_prune(self, desired: Sequence[Desired]) -> list[Current]:
        """Return what is there of *desired*, and what is not to stay beside it."""
        listed, others = self.read(desired), self.unlisted(desired)
        return Listing([*listed, *others], gap_of(listed, others))

    def unlisted(self, desired: Sequence[Desired]) -> list[Current]:
        """Return what `read` leaves out although prune concerns it."""
        return []

    def arranged(self, plan: Plan) -> Plan:
        """Let the other lists see what this one does."""
        self.company.plans[self.table.plural] = plan
        return plan

    def bound(self, plan: Plan) -> Plan:
        """Let steps wait for those of other lists."""
        steps = (replace(step, waits_for=(*step.waits_for, *self.waits_for(step))) for step in plan.steps)
        return self.company.after_first(replace(plan, steps=tuple(steps)))

    def waits_for(self, step: Step) -> Sequence[Node]:
        """Return what *step* waits for in all lists, which are planned by now."""
        return ()

    def settle(self, step: Step) -> Step:
        """Put in the ids of what was created meanwhile."""
        return self.company.settled_step(step)

    def pause(self, seconds: float) -> None:
        """Wait within the deadline before a reading that clears up what became of a write."""
        self.api.pause(seconds)

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return objects as the plural module takes them."""
        return [self.table.listed(self.shown(item.values)) for item in found]

    def remarks(self, found: Sequence[Current]) -> Iterable[str]:
        """Return what people should know of what is there, although it is right as it is."""
        return ()

    def read_side_by_side(self, read: Callable[[Any], Any], items: Sequence[Any]) -> list[Any]:
        """Return what *read* returns for each of *items*; as many at a time as writes."""
        if len(items) < 2:
            return [read(item) for item in items]
        with ThreadPoolExecutor(max_workers=min(self.workers, len(items))) as pool:
            return list(pool.map(read, items))


class ExtensionResource(CompanyResource):
    """Extensions that are not people, by their number (ringcentral-company.md 3)."""

    # What people call one of them.
    called: ClassVar[str]

    def __init__(self, api: RingCentralApi, company: Company | None = None) -> None:
        super().__init__(api, company)
        # The ids of those that exist, by number.
        self._ids: dict[str, str] = {}

    @abstractmethod
    def type_of(self, values: Mapping[str, Any]) -> str:
        """Return RingCentral's type of an extension that is created with *values*."""

    @abstractmethod
    def record_of(self, extension_id: str, names: Sequence[str]) -> Record:
        """Return the extension in the form of the fields; *names*: the fields that are needed, all others may lack."""

    @abstractmethod
    def resolved(
        self, values: Mapping[str, Any], present: Current | None, where: str, problems: Problems
    ) -> dict[str, Any]:
        """Return *values* with extensions in place of what the user calls them; what is wrong goes to *problems*."""

    def locate(self, desired: Sequence[Desired], problems: Problems) -> list[Desired]:
        """Find those that exist, and let the other lists find what this one creates; one reading of the extensions."""
        return [found for item in desired if (found := self._located(item, problems)) is not None]

    def _located(self, item: Desired, problems: Problems) -> Desired | None:
        text, where = item.key.first, place(self.table, item.position, item.key)
        records, directory = self.company.directory.all_extensions(), self.company.directory
        found = directory.find(text, self.kinds)
        if len(found) == 1:
            extension = Extension.from_record(found[0])
            self._ids[extension.label] = extension.key
            key = Key(extension.label)
            self.company.note((self.table.plural, key), extension.key)
            values = {**item.values, "extension": extension.label}
            self._note_zone(extension.key, item)
            return replace(item, key=key, values=values)
        if found:
            listed = ", ".join(str(record.get("extensionNumber") or record.get("id")) for record in found)
            problems.add(where, f"{len(found)} extensions are called {text!r}; use the number of one: {listed}")
            return None
        if item.absent:
            return item
        if records.gap:
            problems.add(where, f"{unknown_whether(records.gap)}; run again")
            return None
        # Whether a site's number can be given once more is not known (ringcentral-company.md 20 #2).
        others = [record for record in directory.find(text) if record.get("type") != SITE]
        if others:
            kind, name = called(str(others[0].get("type"))), str(others[0].get("name") or "")
            problems.add(where, f'extension {text} is the {kind} "{name}", not a {self.called}; choose another number')
            return None
        if not text.isdecimal() or len(text) > LONGEST_NUMBER:
            known = [str(record.get("name")) for record in records if record.get("type") in self.kinds]
            problems.add(
                where,
                f"there is no {self.called} {text!r}, and a new one needs an extension number of up to "
                f"{LONGEST_NUMBER} digits. {suggestions(text, known)}",
            )
            return None
        record = {"extensionNumber": text, "name": item.values.get("name"), "type": self.type_of(item.values)}
        self._note_zone(self.company.expect((self.table.plural, item.key), record), item)
        return item

    def _note_zone(self, extension_id: str, item: Desired) -> None:
        if not item.absent and item.values.get("time_zone"):
            self.company.zones[extension_id] = item.values["time_zone"]

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return those that *desired* names and that exist, with the fields that it sets; all of what is to go."""
        if desired is None:
            return self._read_all()
        known = [item for item in desired if item.key.first in self._ids]
        every = tuple(item.name for item in self.table)

        def read(item: Desired) -> Current:
            # What is deleted is made again from what the record of the run holds.
            return self._current(self._ids[item.key.first], every if item.absent else tuple(item.values))

        return self.read_side_by_side(read, known)

    def unlisted(self, desired: Sequence[Desired]) -> list[Current]:
        """Return all of these kinds but those that *desired* names, with all fields."""
        return self._read_all({self._ids[item.key.first] for item in desired if item.key.first in self._ids})

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return what an info module was asked for, by number, id or name; all of them for None."""
        if desired is None:
            return self._read_all()
        names = tuple(item.name for item in self.table)
        found = []
        for text in desired:
            records = self.company.directory.find(text, self.kinds)
            if not records:
                warn(f"There is no {self.called} {text!r} on the account.")
            found += [self._current(str(record["id"]), names) for record in records]
        return found

    def _read_all(self, but: Collection[str] = ()) -> Listing[Current]:
        records = self.company.directory.all_extensions()
        mine = [record for record in records if record.get("type") in self.kinds and str(record.get("id")) not in but]
        names = tuple(item.name for item in self.table)
        found = self.read_side_by_side(lambda record: self._current(str(record["id"]), names), mine)
        return Listing(found, records.gap)

    def _current(self, extension_id: str, names: Sequence[str]) -> Current:
        record = self.record_of(extension_id, names)
        key = Key(str(record["extension"]))
        self._ids[key.first] = extension_id
        self.company.note((self.table.plural, key), extension_id)
        return Current(key, self.table.read(record), record)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find what the items refer to."""
        return [self._resolved(item, present.get(item.key), problems) for item in desired]

    def _resolved(self, item: Desired, present: Current | None, problems: Problems) -> Desired:
        if item.absent:
            return item
        where = place(self.table, item.position, item.key)
        others = self.company.directory.find(item.key.first)
        if present is None and sum(record.get("type") != SITE for record in others) > 1:
            problems.add(where, "another list of this run has the same extension number; choose another one")
        values = self.resolved(item.values, present, where, problems)
        return replace(item, values=values, needs=self.company.needs(values, self.table.shell))

    def waits_for(self, step: Step) -> Sequence[Node]:
        """Let a deletion wait for what lets go of the extension."""
        return self.company.uses_of(self.id_of(step)).let_go if step.action is Action.DELETE else ()

    def refusal(self, step: Step) -> str:
        """Refuse to delete what others refer to, and name them; these are looked for only then."""
        return still_used(self.company.uses_of(self.id_of(step)).referrers) if step.action is Action.DELETE else ""

    def on_created(self, step: Step, record: Mapping[str, Any]) -> None:
        """Let the other lists find it by its id."""
        key = str(record["extension_id"])
        self._ids[step.key.first] = key
        listed = {"id": key, "extensionNumber": step.key.first, "name": record.get("name"), "status": "Enabled"}
        listed["type"] = self.type_of(step.after or {})
        self.company.learn((self.table.plural, step.key), key, listed)

    def id_of(self, step: Step) -> str:
        """Return the id of the extension of *step*, which exists."""
        return self._ids[step.key.first]

    def id_by(self, number: str) -> str:
        """Return the id of an extension that was read, by its number."""
        return self._ids[number]

    @contextmanager
    def naming_who_has_it(self, step: Step) -> Iterator[None]:
        """Say who has the extension number where RingCentral refuses to create the extension of *step*."""
        number = step.key.first
        try:
            yield
        except Rejected as error:
            for other in self.api.extensions(number) if error.status == 400 else ():
                if str(other.get("extensionNumber")) == number:
                    kind = called(str(other.get("type")))
                    error.next_step = f'Extension {number} is the {kind} "{other.get("name")}"; choose another number.'
            raise

    def delete(self, step: Step) -> None:
        """Delete it; its phone numbers stay with the company."""
        query = {"savePhoneNumbers": "true"}
        self.api.remove(f"extension/{self.id_of(step)}", "medium", query=query)

    def look_up(self, step: Step) -> Record | None:
        """Read it again, with the fields that the step names; a new one is found by its number and type."""
        found = self.api.extensions(step.key.first)
        mine = [
            record
            for record in found
            if str(record.get("extensionNumber")) == step.key.first and record.get("type") in self.kinds
        ]
        record = only(mine, found.gap)
        if record is None or step.action is Action.DELETE:
            return record
        return self.record_of(str(record["id"]), step.changes)

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `extension_id`, None for what check mode would create."""
        return {"extension_id": values.get("extension_id")}
