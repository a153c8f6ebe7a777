# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonetel's names and ids: team members, voice apps and prompts. Private to the collection."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .._engine import naming
from .._engine.keys import Key
from .._engine.listing import Listing, gap_of, maybe_not_alone, unknown_whether
from .._engine.plan import Node
from .._engine.resource import Resource
from .._errors import Problems, TelephonyError, suggestions
from .._http.environment import Environment
from .api import Record, SonetelApi
from .destinations import Destination

# The names of an IVR's default prompts (sonetel.md 6).
DEFAULT_PROMPTS = (
    "Welcome", "Main Menu", "Office closed", "Info message 1", "Enter Extension", "Invalid Extension",
    "Invalid Menu Entry", "Please Wait",
)  # fmt: skip
# What an id can look like (sonetel.md 2.2 and 5.2: digits, or VA and letters).
_ID = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class _Kind:
    """How one kind of destination is named: the members that hold its id and its name, and what people call it."""

    id_member: str
    name_member: str
    called: str
    ignore_case: bool
    read: Callable[[SonetelApi], Listing[Record]]
    # One object by its id, which also finds what an incomplete list does not show.
    read_one: Callable[[SonetelApi, str], Record | None]
    # Whether no two objects can have the same name.
    unique: bool = False


_NAMED = {
    # E-mail addresses are compared without regard to case (sonetel.md 10).
    "user": _Kind("user_id", "email", "team member", True, SonetelApi.users, SonetelApi.user, unique=True),
    "voiceapp": _Kind("app_id", "name", "voice app", False, SonetelApi.voiceapps, SonetelApi.voiceapp),
}
_PROMPT = _Kind("prompt_id", "name", "prompt", False, lambda api: Listing(), lambda api, key: None)


class _Index:
    """One list, findable by id and by name. *expected* holds the names of what this run creates."""

    def __init__(self, kind: _Kind, records: Listing[Record]) -> None:
        self._kind = kind
        self.gap = gap_of(records)
        self.by_id = {str(record.get(kind.id_member)): record for record in records}
        self.names = Counter(self._folded(self.name_of(record)) for record in records)
        self.expected: dict[str, tuple[Node, str | None]] = {}

    def name_of(self, record: Record) -> str:
        return str(record.get(self._kind.name_member) or "")

    def find(self, desired: str) -> dict[str, Record]:
        """Return the records that *desired* means, by id: those of that name, else the one with that id."""
        folded = self._folded(desired)
        named = {key: record for key, record in self.by_id.items() if self._folded(self.name_of(record)) == folded}
        return named or {key: self.by_id[key] for key in (naming.folded(desired),) if key in self.by_id}

    def only_name(self, key: str) -> str | None:
        """Return the name of an id if it is certain that no other object has it."""
        record = self.by_id.get(key)
        name = self.name_of(record) if record and (self._kind.unique or not self.gap) else ""
        return name if name and self.names[self._folded(name)] == 1 else None

    def rename(self, key: str, name: str) -> None:
        record = self.by_id[key]
        self.names[self._folded(self.name_of(record))] -= 1
        self.names[self._folded(name)] += 1
        self.by_id[key] = {**record, self._kind.name_member: name}

    def add(self, record: Record) -> None:
        """Take in what an incomplete list did not show."""
        self.by_id[str(record.get(self._kind.id_member))] = record
        self.names[self._folded(self.name_of(record))] += 1

    def resolve(
        self,
        desired: Destination,
        where: str,
        problems: Problems,
        also: tuple[str, ...] = (),
        present: Destination | None = None,
    ) -> Destination:
        """Return *desired* with its id, or as new; notes a problem when it is unknown or ambiguous.

        *present* is what is there already: that may stay even where its name may not be the only one.
        """
        found = self.find(desired.to)
        if not found and naming.folded(desired.to) in self.expected:
            node, app_type = self.expected[naming.folded(desired.to)]
            return Destination(desired.kind, desired.to, desired.to, app_type, new=node)
        called = self._kind.called
        if not found and self.gap:
            problems.add(where, f"the {called} {desired.to!r} {unknown_whether(self.gap)}; use its id")
            return desired
        if not found:
            known = [self.name_of(record) for record in self.by_id.values()] + [*self.expected, *also]
            owner = "on the account" if self._kind is not _PROMPT else "of this voice app"
            problems.add(where, f"there is no {called} {desired.to!r} {owner}. {suggestions(desired.to, known)}")
            return desired
        if len(found) > 1:
            ids = naming.by_id({key: self.name_of(record) for key, record in found.items()})
            problems.add(where, f"{len(found)} {called}s are called {desired.to!r}; use one of their ids: {ids}")
            return desired
        ((key, record),) = found.items()
        sure = self._kind.unique or key == desired.to or (present is not None and present.to == key)
        if self.gap and not sure:
            problems.add(where, f"{desired.to!r}: {maybe_not_alone(called, key, self.gap)}")
            return desired
        return Destination(desired.kind, key, self.only_name(key), record.get("app_type"))

    def _folded(self, name: str) -> str:
        return naming.folded(name, ignore_case=self._kind.ignore_case)


class Directory:
    """Finds team members, voice apps and prompts by name or id.

    Each list is requested at most once, and only when needed. *expect* and *learn* tell it what this run creates;
    *expected_voiceapps* are the names of those that another task creates.
    """

    def __init__(self, api: SonetelApi, expected_voiceapps: Sequence[str] = ()) -> None:
        self._api = api
        self._expected_voiceapps = expected_voiceapps
        self._indexes: dict[str, _Index] = {}
        self._prompts: dict[str, _Index] = {}
        self._expected_prompts: dict[str, dict[str, Node]] = {}
        self._created: dict[Node, str] = {}
        self._created_names: dict[str, str] = {}
        # Where numbers lead now and will lead, of those that this run sends elsewhere.
        self.redirected: dict[str, tuple[Destination | None, Destination | None]] = {}
        self._lock = threading.Lock()

    def records(self, kind: str) -> Listing[Record]:
        """Return all team members (`user`) or voice apps (`voiceapp`)."""
        index = self._index(kind)
        return Listing(index.by_id.values(), index.gap)

    def complete_by_id(self, kind: str, key: str) -> None:
        """Ask for what the list does not show although it may be there: *key* may be its id."""
        index = self._index(kind)
        if not index.gap or index.find(key) or not _ID.fullmatch(key):
            return
        try:
            record = _NAMED[kind].read_one(self._api, key)
        except TelephonyError as error:
            # What a missing one answers is not documented.
            if error.systemic:
                raise
            return
        if record is not None:
            index.add(record)

    def find(self, kind: str, desired: str) -> Record | None:
        """Return the one record that a name or an id means, None when there is none or several."""
        found = self._index(kind).find(desired)
        return next(iter(found.values())) if len(found) == 1 else None

    def expect(self, kind: str, name: str, node: Node, app_type: str | None = None) -> None:
        """Take note that this run creates a team member or a voice app of that name."""
        self._index(kind).expected[naming.folded(name)] = node, app_type

    def rename(self, kind: str, key: str, name: str) -> None:
        """Take note that this run gives something another name, by which it is found from now on."""
        self._index(kind).rename(key, name)

    def expect_prompt(self, app_key: str, name: str, node: Node) -> None:
        """Take note that this run creates a prompt; *app_key* is the id of its voice app, or the name of a new one."""
        self._expected_prompts.setdefault(naming.folded(app_key), {})[naming.folded(name)] = node

    def learn(self, node: Node, key: str, name: str) -> None:
        """Take note of the id of what was created."""
        self._created[node] = key
        self._created_names[key] = name

    def resolve(
        self, desired: Destination, where: str, problems: Problems, present: Destination | None = None
    ) -> Destination:
        """Return *desired* with the id of what it names; notes a problem when that is unknown or ambiguous.

        *present*: what is there already, which may stay even where it is not known whether its name is unique.
        """
        if desired.kind not in _NAMED or desired.verbatim is not None:
            return desired
        self.complete_by_id(desired.kind, desired.to)
        return self._index(desired.kind).resolve(desired, f"{where}.{desired.kind}", problems, present=present)

    def resolve_prompt(
        self,
        desired: Destination,
        app_id: str | None,
        app: Node,
        is_ivr: bool,
        where: str,
        problems: Problems,
        present: Destination | None = None,
    ) -> Destination:
        """Like `resolve`, for a prompt of the voice app *app*, whose id is None while it does not exist.

        The default prompts of a new IVR come with it, so they are new together with it.
        """
        if desired.verbatim is not None:
            return desired
        expected = self._expected_prompts.get(naming.folded(app_id or app[1].first), {})
        name = naming.folded(desired.to)
        if name in expected:
            return Destination("prompt", desired.to, desired.to, new=expected[name])
        if app_id is not None:
            index = self._prompt_index(app_id)
            found = index.resolve(desired, f"{where}.prompt", problems, tuple(expected), present)
            if found.to in index.by_id and not has_audio(index.by_id[found.to]):
                problems.add(f"{where}.prompt", f"the prompt {desired.to!r} has no audio yet, so a menu cannot play it")
            return found
        if is_ivr and name in DEFAULT_PROMPTS:
            return Destination("prompt", desired.to, desired.to, new=app)
        known = [*expected, *(DEFAULT_PROMPTS if is_ivr else ())]
        problems.add(
            f"{where}.prompt",
            f"there is no prompt {desired.to!r} of this voice app. {suggestions(desired.to, known)}",
        )
        return desired

    def settled(self, desired: Destination, app_id: str | None) -> Destination:
        """Return *desired* with the id of what was created meanwhile; *app_id* is the voice app that a prompt is of."""
        if desired.new is None:
            return desired
        key = self._created.get(desired.new)
        if desired.kind == "prompt" and desired.new[0] == "voiceapps":
            key = app_id and next(iter(self._prompt_index(app_id).find(desired.to)), None)
        return desired if key is None else replace(desired, to=key, new=None)

    def app_id_of(self, node: Node) -> str | None:
        """Return the id of a voice app that this run has created."""
        return self._created.get(node)

    def prompts(self, app_id: str) -> Listing[Record]:
        """Return the prompts of a voice app."""
        index = self._prompt_index(app_id)
        return Listing(index.by_id.values(), index.gap)

    def name(self, destination: Destination | None, *, ask: bool, app_id: str | None = None) -> Destination | None:
        """Return *destination* with the name that means it and nothing else, if any.

        Unless reported to *ask*, only the lists that were read before are used.
        """
        if destination is None or destination.new is not None:
            return destination
        if destination.to in self._created_names and destination.kind in ("voiceapp", "prompt"):
            return replace(destination, name=self._created_names[destination.to])
        if destination.kind == "prompt" and app_id is not None and (ask or app_id in self._prompts):
            return replace(destination, name=self._prompt_index(app_id).only_name(destination.to) or destination.name)
        if destination.kind not in _NAMED or not (ask or destination.kind in self._indexes):
            return destination
        return replace(destination, name=self._index(destination.kind).only_name(destination.to))

    def _index(self, kind: str) -> _Index:
        if kind not in self._indexes:
            index = self._indexes[kind] = _Index(_NAMED[kind], _NAMED[kind].read(self._api))
            if kind == "voiceapp":
                expected = map(naming.folded, self._expected_voiceapps)
                index.expected.update({name: (("voiceapps", Key(name)), None) for name in expected})
        return self._indexes[kind]

    def _prompt_index(self, app_id: str) -> _Index:
        with self._lock:
            if app_id not in self._prompts:
                self._prompts[app_id] = _Index(_PROMPT, self._api.prompts(app_id))
            return self._prompts[app_id]


def expecting(
    kind: Callable[[SonetelApi, Directory], Resource],
) -> Callable[[SonetelApi, Mapping[str, Any], Environment], Sequence[Resource]]:
    """Return what builds the resource of a module with the option `expected_voiceapps`.

    It counts in check mode only, where the task that makes these voice apps was only previewed. After a real run they
    are there, so that a name that is not found is a mistake.
    """

    def build(api: SonetelApi, options: Mapping[str, Any], environment: Environment) -> Sequence[Resource]:
        names = (options["expected_voiceapps"] or ()) if environment.http.check_mode else ()
        return [kind(api, Directory(api, names))]

    return build


def has_audio(prompt: Record) -> bool:
    """Return whether a prompt can be heard (sonetel.md 6: default prompts always can)."""
    exists = str(prompt.get("exists", "")).casefold()
    return prompt.get("type") == "standard" or bool(prompt.get("file_name")) or exists in ("yes", "true")
