# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the lists of one company know of each other: extensions, and what the run does. Private to the collection."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, unknown_whether
from ..._engine.plan import Action, Need, Node, Plan, Step, place
from ..._errors import Problems, suggestions
from ..api import Record, RingCentralApi
from ..directory import Directory, Extension
from .greetings import Presets
from .menu_records import MenuRecords
from .prompt_records import PromptRecords
from .rule_book import RuleBook

SITE, QUEUE, MENU, MAILBOX, ANNOUNCEMENT = "Site", "Department", "IvrMenu", "Voicemail", "Announcement"
PEOPLE = ("User", "DigitalUser", "VirtualUser", "FlexibleUser")
# What people call an extension, by RingCentral's type (ringcentral-company.md 1).
WITHOUT_MAILBOX = (SITE, MENU, ANNOUNCEMENT, "PagingOnly", "ParkLocation")
# Who may get messages (ringcentral-company.md 6.3).
RECIPIENTS = (*PEOPLE, MAILBOX, "SharedLinesGroup")
CALLED = {
    SITE: "site",
    QUEUE: "call queue",
    MENU: "menu",
    MAILBOX: "message-only extension",
    ANNOUNCEMENT: "announcement-only extension",
    "SharedLinesGroup": "group of shared lines",
    "PagingOnly": "paging group",
    "ParkLocation": "park location",
    "Limited": "limited extension",
    **dict.fromkeys(PEOPLE, "person"),
}
# What ids begin with that stand in for others; no id of RingCentral's has a blank.
_NEW = "new "
# The site that every account has; the API of sites does not take it (ringcentral-company.md 8).
MAIN_SITE = Extension("main-site", "main", SITE)


def called(kind: str) -> str:
    """Return what people call an extension of RingCentral's type *kind*."""
    return CALLED.get(kind, f"extension of the type {kind}")


@dataclass(frozen=True)
class Uses:
    """Who refers to an extension when the run is over, as messages name them, and the steps that *let_go* of it."""

    referrers: tuple[str, ...] = ()
    let_go: tuple[Node, ...] = ()


class Company:
    """Finds what the lists of one run refer to, also where the same run creates it.

    What is to be created has an id that stands in for its own, until `learn` gives it. *plans* holds what the run does,
    by list. *uses_of* takes this, and returns by id who refers to the extensions that the run deletes.
    """

    def __init__(
        self,
        api: RingCentralApi,
        directory: Directory | None = None,
        uses_of: Callable[[Company], Mapping[str, Uses]] | None = None,
    ) -> None:
        self.api = api
        self.directory = directory or Directory(api)
        self._uses_of = uses_of
        self._uses: Mapping[str, Uses] | None = None
        self.presets = Presets(api)
        self.menus = MenuRecords(api, self.directory, MENU)
        self.prompts = PromptRecords(api)
        self.rule_book = RuleBook(api)
        self.plans: dict[str, Plan] = {}
        # What this run makes that the account may not have at all; nothing else is written before it is there.
        self.first: tuple[Node, ...] = ()
        # Names of time zones by extension id, as they will be after this run, of all extensions that it gives one.
        self.zones: dict[str, str] = {}
        # Whether also that is read which refers to something without effect, and costs more.
        self.every_reference = False
        self._nodes: dict[str, Node] = {}
        self._ids: dict[str, str] = {}
        self._time_zones: Listing[Record] | None = None
        self._account: Record | None = None
        self._lock = threading.Lock()

    def expect(self, node: Node, record: Record | None = None) -> str:
        """Take note that this run creates *node*; return the id that stands in for its own.

        *record*: that of an extension, by which others find it.
        """
        stand_in = _stand_in(node)
        self._nodes[stand_in] = node
        if record is not None:
            self.directory.expect({**record, "id": stand_in})
        return stand_in

    def is_new(self, extension: Extension) -> bool:
        """Return whether only this run creates *extension*."""
        return extension.key.startswith(_NEW)

    def note(self, node: Node, key: str) -> None:
        """Take note that a list of this run has the object with the id *key*."""
        self._nodes[key] = node

    def learn(self, node: Node, key: str, record: Record | None = None) -> None:
        """Take note of the id of what was created; *record*: that of an extension."""
        with self._lock:
            stand_in = _stand_in(node)
            self._ids[stand_in] = key
            if record is not None:
                self.directory.learn(stand_in, record)

    def settled(self, value: Any) -> Any:
        """Return *value* with ids in place of those that stood in for them, however deep."""
        if isinstance(value, str):
            return self._ids.get(value, value)
        if isinstance(value, (tuple, list, frozenset)):
            return type(value)(map(self.settled, value))
        if isinstance(value, Mapping):
            return {self.settled(key): self.settled(item) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{item.name: self.settled(getattr(value, item.name)) for item in fields(value)})
        return value

    def settled_step(self, step: Step) -> Step:
        """Return *step* with ids in place of those that stood in for them."""
        return replace(step, after=None if step.after is None else self.settled(step.after))

    def needs(self, values: Mapping[str, Any], firm: Collection[str] = ()) -> tuple[Need, ...]:
        """Return what the fields of *values* refer to by its id and a list of this run has.

        What those in *firm* refer to is needed to create the object.
        """
        found = {
            Need(name, node, firm=name in firm): None
            for name, value in values.items()
            for text in texts_in(value)
            if (node := self._nodes.get(text)) is not None
        }
        return tuple(found)

    def after_first(self, plan: Plan) -> Plan:
        """Return *plan*, whose writes wait for what must be there first."""
        if not self.first or {name for name, _key in self.first} == {plan.table.plural}:
            return plan
        needs = tuple(Need(plan.table.key, node, firm=True) for node in self.first)

        def waiting(step: Step) -> Step:
            if step.action not in (Action.CREATE, Action.UPDATE):
                return step
            return replace(step, needs=(*step.needs, *needs), waits_for=(*step.waits_for, *self.first))

        return replace(plan, steps=tuple(map(waiting, plan.steps)))

    def set_elsewhere(self, owner: str) -> str:
        """Return why the hours of *owner*, or what comes after them, are set at two places of this run, else ""."""
        plan = self.plans.get("call_queues")
        for step in plan.steps if plan is not None else ():
            given = step.desired.values if step.desired is not None else {}
            names = [name for name in ("hours", "after_hours") if given.get(name) is not None]
            if step.key == Key(owner) and names and plan is not None:
                where = place(plan.table, step.position, step.key)
                return f"{where} sets {' and '.join(names)} of the same queue; set it in one place only"
        return ""

    def deleted(self) -> dict[str, Node]:
        """Return the extensions that the lists planned by now delete, by id."""
        found = {(name, step.key) for name, plan in self.plans.items() for step in plan.steps if _deletes(step)}
        extensions = {str(record.get("id")) for record in self.directory.all_extensions()} if found else set()
        return {key: node for key, node in self._nodes.items() if node in found and key in extensions}

    def uses_of(self, extension_id: str) -> Uses:
        """Return who refers to an extension that this run deletes, once all lists are planned; it is found out once."""
        if self._uses is None:
            if self._uses_of is None:
                raise ValueError("nothing is deleted without knowing who refers to it")
            self._uses = self._uses_of(self)
        return self._uses.get(extension_id, Uses())

    def find(
        self, text: str, where: str, problems: Problems, kinds: Collection[str] = (), need: str = ""
    ) -> Extension | None:
        """Return the extension that *text* means; None after noting for *where* why there is none.

        *kinds*: RingCentral's types of which it must be one, which messages call *need*.
        """
        if not text:
            problems.add(where, f"is empty; {need or 'an extension'} is required here")
            return None
        if text == "~":
            return self.directory.extensions({text: where}, problems).get(text)
        records, found = self.directory.all_extensions(), self.directory.find(text, kinds)
        if len(found) == 1:
            return Extension.from_record(found[0])
        if found:
            listed = naming.by_id({Extension.from_record(item).label: str(item.get("name") or "") for item in found})
            problems.add(where, f"{len(found)} extensions are called {text!r}; use the number of one: {listed}")
        elif records.gap:
            problems.add(where, f"the extension {text!r} {unknown_whether(records.gap)}")
        elif others := self.directory.find(text) if kinds else []:
            kind = called(str(others[0].get("type")))
            problems.add(where, f"{text!r} is a {kind}, but {need} is required here")
        else:
            known = [
                str(record[name])
                for record in records
                if not kinds or record.get("type") in kinds
                for name in ("extensionNumber", "name")
                if record.get(name)
            ]
            needed = f", and {need} is required here" if need else ""
            problems.add(where, f"there is no extension {text!r} on the account{needed}. {suggestions(text, known)}")
        return None

    def site(self, text: str, where: str, problems: Problems) -> Extension | None:
        """Return the site that *text* means by name or number; `main` is the one that every account has."""
        if naming.folded(text) in (MAIN_SITE.label, MAIN_SITE.key):
            return MAIN_SITE
        return self.find(text, where, problems, (SITE,), "a site")

    def extension_of(self, key: object) -> Extension:
        """Return the extension with the id *key*, which a record of the account names."""
        text = "" if key is None else str(key)
        if text == MAIN_SITE.key:
            return MAIN_SITE
        for record in self.directory.find(text):
            if str(record.get("id")) == text:
                return Extension.from_record(record)
        return Extension(text, text, "")

    def account(self) -> Record:
        """Return the record of the account, which is read once."""
        if self._account is None:
            self._account = self.api.read("", "light")
        return self._account

    def time_zone_id(self, name: str) -> str | None:
        """Return RingCentral's id of a time zone by its name, None where it has none of that name."""
        return next((str(record["id"]) for record in self._zones() if record.get("name") == name), None)

    def check_time_zone(self, name: str, where: str, problems: Problems) -> None:
        """Note a problem for a time zone that RingCentral does not have."""
        if self.time_zone_id(name) is None:
            known = [str(record.get("name")) for record in self._zones()]
            problems.add(where, f"RingCentral has no time zone {name!r}. {suggestions(name, known)}")

    def _zones(self) -> Listing[Record]:
        if self._time_zones is None:
            self._time_zones = self.api.dictionary("timezone", "light")
        return self._time_zones


def _deletes(step: Step) -> bool:
    return step.action is Action.DELETE


def _stand_in(node: Node) -> str:
    return f"{_NEW}{node[0]} {node[1]}"


def texts_in(value: Any) -> Iterator[str]:
    """Yield all texts in a value, ids among them, however deep."""
    return (part for part in parts_of(value) if isinstance(part, str))


def parts_of(value: Any) -> Iterator[Any]:
    """Yield a value and everything in it, however deep."""
    yield value
    parts: Iterable[Any] = ()
    if isinstance(value, Mapping):
        parts = (*value.keys(), *value.values())
    elif isinstance(value, (tuple, list, frozenset)):
        parts = value
    elif is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, member.name) for member in fields(value)]
    for part in parts:
        yield from parts_of(part)
