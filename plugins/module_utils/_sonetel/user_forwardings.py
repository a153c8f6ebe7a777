# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Team members' own call settings. Facts: docs/providers/sonetel.md 7.1. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from .._engine import naming
from .._engine.keys import Key
from .._engine.listing import Listing
from .._engine.plan import Action, Current, Desired, Need, Step, place
from .._engine.resource import Resource
from .._engine.schema import Field, Table
from .._errors import Problems, Rejected, leaving_doubt, suggestions
from .._numbers.rules import NumberRules
from .api import Record, SonetelApi
from .destinations import Destination, canonical_phone, canonical_sip, desired_destination, dials
from .directory import Directory

ACTIONS = ("first_action", "second_action", "standard_action")
# The user's words for the phones that ring, and Sonetel's.
RINGS = {"all_phones": "myphones", "sip_phones": "sipphones", "app": "internet_internet"}
_SHORTEST, _LONGEST = 5, 30
_FORWARDS = {"phone": "phnum", "sip": "sip", "user": "user", "voiceapp": "voiceapp"}
_KINDS = {sonetel: kind for kind, sonetel in _FORWARDS.items()}
_WORDS = ("caller", "none", "auto")
_OWN_MEMBERS = ("action", "to", "id", "ring_time", "show")


@dataclass(frozen=True)
class CallAction:
    """What one of the three actions does. *to* None, *ring_time* (seconds) None and *show* None: left as it is.

    The kinds of *to* beside those of numbers: `ring` (of the user's phones), `own_phone`, `voicemail`, `hang_up`.
    """

    to: Destination | None
    ring_time: int | None = None
    show: str | None = None

    def over(self, present: CallAction | None) -> CallAction:
        """Return this action with what it leaves open taken from *present*."""
        known = present or CallAction(None)
        to = self.to or known.to
        if to is not None and to.kind == "hang_up":
            return CallAction(to)
        return CallAction(to, self.ring_time or known.ring_time, self.show or known.show)

    def members(self) -> dict[str, str]:
        """Return the members of Sonetel's object (sonetel.md 7.1)."""
        if self.to is None:
            return {}
        members = _action_members(self.to)
        if self.to.kind != "hang_up":
            if self.ring_time is not None:
                members["ring_time"] = str(self.ring_time)
            if self.show is not None:
                members["show"] = _written_show(self.show)
        return members

    def shown(self) -> dict[str, Any]:
        """Return the option that means this action."""
        shown = {} if self.to is None else _shown_target(self.to)
        if self.ring_time is not None:
            shown["ring_time"] = self.ring_time
        if self.show is not None:
            shown["show"] = self.show
        return shown


def action_from_record(record: Any) -> CallAction | None:
    """Return what an action does, None where there is none."""
    if not isinstance(record, Mapping) or not record.get("action"):
        return None
    action, to, target = (str(record.get(name) or "") for name in ("action", "to", "id"))
    to = to.replace(" ", "")  # one table of the documents prints "voice app"
    seconds = str(record.get("ring_time") or "")
    show = record.get("show")
    ring_time = int(seconds) if seconds.isdecimal() else None
    return CallAction(_target(action, to, target), ring_time, canonical_show(str(show)) if show else None)


def _target(action: str, to: str, target: str) -> Destination:
    if action == "disconnect":
        return Destination("hang_up", "")
    if action == "ring":
        word = next((word for word, sonetel in RINGS.items() if sonetel == to), None)
        if word:
            return Destination("ring", word)
        if to == "phone":
            return Destination("own_phone", target)
    if action == "forward" and to == "voicemail":
        return Destination("voicemail", "")
    if action == "forward" and to in _KINDS:
        return Destination(_KINDS[to], target)
    return Destination(f"{action}/{to}", target)


def _action_members(to: Destination) -> dict[str, str]:
    if to.kind == "hang_up":
        return {"action": "disconnect"}
    if to.kind == "ring":
        return {"action": "ring", "to": RINGS[to.to]}
    if to.kind == "own_phone":
        return {"action": "ring", "to": "phone", "id": to.to}
    if to.kind == "voicemail":
        return {"action": "forward", "to": "voicemail"}
    if to.kind in _FORWARDS:
        spelled = {"phone": canonical_phone, "sip": canonical_sip}.get(to.kind, str)(to.to)
        return {"action": "forward", "to": _FORWARDS[to.kind], "id": spelled}
    action, _slash, kind = to.kind.partition("/")
    return {name: value for name, value in (("action", action), ("to", kind), ("id", to.to)) if value}


def _shown_target(to: Destination) -> dict[str, Any]:
    if to.kind in ("hang_up", "voicemail"):
        return {to.kind: True}
    if to.kind in ("ring", "own_phone"):
        return {to.kind: to.to}
    if to.kind in _FORWARDS and (to.kind != "phone" or canonical_phone(to.to).startswith("+")):
        return to.shown()
    return {"raw": {"to": "", "id": "", **_action_members(to)}}


def canonical_show(show: str) -> str:
    """Return a word as it is, and a number in E.164."""
    return show.casefold() if show.casefold() in _WORDS else canonical_phone(show)


def _written_show(show: str) -> str:
    """Numbers of the account are identifiers, which have no plus (sonetel.md 3.5)."""
    return show if show in _WORDS else show.lstrip("+")


def _canonical(action: CallAction | None) -> Any:
    if action is None or action.to is None:
        return None
    if action.to.kind == "hang_up":
        return ("hang_up",)
    return (*(action.to.canonical() or ()), action.ring_time, action.show)


def _action_field(name: str) -> Field:
    return Field(
        name,
        read=lambda record: action_from_record((record.get("incoming") or {}).get(name)),
        write=lambda action: {name: action.members()},
        canonical=_canonical,
        shown=CallAction.shown,
        dials=lambda action: dials(action.to),
    )


def _outgoing(record: Mapping[str, Any]) -> str | None:
    show = (record.get("outgoing") or {}).get("show")
    return canonical_show(str(show)) if show else None


USER_FORWARDING = Table(
    singular="user_forwarding",
    plural="user_forwardings",
    key="user",
    fields=(
        Field("user", read=lambda record: str(record.get("user") or "")),
        *[_action_field(name) for name in ACTIONS],
        Field("outgoing_show", read=_outgoing, write=lambda show: {"show": _written_show(show)}),
    ),
    why_not_create="this person is not a team member; invite people in Sonetel's web app",
    why_not_delete="a team member always has call settings",
)


class UserForwardings(Resource):
    """The call settings of an account's team members. Each is read and written as a whole (sonetel.md 11 #20)."""

    table = USER_FORWARDING
    workers = 8
    prunable = False
    repeats = frozenset({Action.UPDATE})

    def __init__(self, api: SonetelApi, directory: Directory | None = None) -> None:
        self._api = api
        self._directory = directory or Directory(api)

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking Sonetel."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return the e-mail addresses or ids as they are."""
        return naming.selected(option, keys, rules.problems, ignore_case=True)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the settings of the listed team members, or of all: one request each, and one for the list."""
        records = list(people := self._directory.records("user"))
        if desired is not None:
            for item in desired:
                self._directory.complete_by_id("user", item.key.first)
            found = (self._directory.find("user", item.key.first) for item in desired)
            records = list({str(record["user_id"]): record for record in found if record is not None}.values())
        if not records:
            return Listing(gap=people.gap)
        with ThreadPoolExecutor(max_workers=min(self.workers, len(records))) as pool:
            settings = list(pool.map(lambda record: self._api.call_settings(str(record["user_id"])), records))
        return Listing((_current(record, found) for record, found in zip(records, settings, strict=True)), people.gap)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Return *desired* with ids in place of names, and what it leaves open taken from what is there."""
        by_id = {item.record["user_id"]: item for item in present.values()}
        resolved = []
        for item in desired:
            where = place(USER_FORWARDING, item.position, item.key)
            person = self._directory.resolve(Destination("user", item.key.first), where, problems)
            current = by_id.get(person.to)
            if current is not None:
                resolved.append(self._resolve(item, current, where, problems))
        return resolved

    def update(self, step: Step) -> Record:
        """Write the settings as a whole: what was read, with what differs put in."""
        record: Mapping[str, Any] = step.current.record if step.current else {}
        incoming = {name: dict(action) for name, action in (record.get("incoming") or {}).items()}
        outgoing = dict(record.get("outgoing") or {})
        for name, members in USER_FORWARDING.body(step.after or {}, tuple(set(step.changes) & set(ACTIONS))).items():
            kept = {key: value for key, value in incoming.get(name, {}).items() if key not in _OWN_MEMBERS}
            incoming[name] = {**kept, **members}
        if "outgoing_show" in step.changes:
            outgoing["show"] = _written_show((step.after or {})["outgoing_show"])
        return self._keyed(self._written(str(record["user_id"]), {"incoming": incoming, "outgoing": outgoing}), step)

    def look_up(self, step: Step) -> Record | None:
        """Read the settings again."""
        return self._keyed(self._api.call_settings(str(step.current.record["user_id"])), step) if step.current else None

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them, named as far as the lists were read."""
        return self._named(values, ask=False)

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return settings as the plural module takes them, with names in place of ids."""
        return [self._named(item.values, ask=True) for item in found]

    def people(self) -> list[Record]:
        """Return the records of all team members."""
        return self._directory.records("user")

    def _resolve(self, item: Desired, current: Current, where: str, problems: Problems) -> Desired:
        values = dict(item.values)
        for name in ACTIONS:
            action: CallAction | None = values.get(name)
            if action is None:
                continue
            present: CallAction | None = current.values[name]
            if action.to is not None:
                there = None if present is None else present.to
                found = self._directory.resolve(action.to, f"{where}: {name}", problems, there)
                if found.kind == "own_phone" and not (present and present.to == found):
                    found = self._own_phone(found, current, f"{where}: {name}.own_phone", problems)
                action = replace(action, to=found)
            action = action.over(present)
            if name == "second_action" and present is not None and present.to == action.to:
                # Whether answers show these two here is not documented: what is not shown is taken to be right.
                hidden = {part: None for part in ("ring_time", "show") if getattr(present, part) is None}
                action = replace(action, **hidden) if hidden else action
            if action.to is None:
                problems.add(f"{where}: {name}", "does nothing yet; set what it must do")
            values[name] = action
        needs = tuple(Need(name, to.new) for name, to in _targets(values) if to.new is not None)
        return replace(item, key=current.key, values={**values, "user": current.key.first}, needs=needs)

    def settle(self, step: Step) -> Step:
        """Put in the ids of voice apps that were created meanwhile."""
        after = dict(step.after or {})
        for name, to in _targets(after):
            after[name] = replace(after[name], to=self._directory.settled(to, None))
        return replace(step, after=after)

    def _own_phone(self, desired: Destination, current: Current, where: str, problems: Problems) -> Destination:
        person = self._api.user(str(current.record["user_id"])) or {}
        phones = [phone for phone in person.get("phones") or [] if phone.get("phone_type") != "sip"]
        text = naming.folded(desired.to, ignore_case=True)
        for phone in phones:
            names = (str(phone.get("phone_id")), naming.folded(phone.get("phone_name"), ignore_case=True))
            if text in names or canonical_phone(str(phone.get("phnum"))) == canonical_phone(desired.to):
                return replace(desired, to=str(phone["phone_id"]))
        known = [str(phone.get("phone_name")) for phone in phones]
        problems.add(where, f"{current.key} has no phone {desired.to!r}. {suggestions(desired.to, known)}")
        return desired

    def _written(self, user_id: str, settings: Mapping[str, Any]) -> Record:
        try:
            return self._api.update_call_settings(user_id, settings)
        except Rejected as error:
            plus = _with_plus(settings)
            if plus == settings:
                raise
            # Whether a number to show has a plus is not documented.
            with leaving_doubt(error.doubt):
                return self._api.update_call_settings(user_id, plus)

    def _keyed(self, record: Record, step: Step) -> Record:
        keyed = {**record, "user": step.key.first, "user_id": step.current.record["user_id"] if step.current else ""}
        after = (step.after or {}).get("second_action")
        seen = action_from_record((record.get("incoming") or {}).get("second_action"))
        if after is not None and seen is not None and seen.to == after.to:
            shown = dict(record["incoming"]["second_action"])
            hidden = {name: value for name, value in after.members().items() if name not in shown}
            keyed["incoming"] = {**record["incoming"], "second_action": {**shown, **hidden}}
        return keyed

    def _named(self, values: Mapping[str, Any], *, ask: bool) -> dict[str, Any]:
        def named(value: Any) -> Any:
            if isinstance(value, CallAction):
                return replace(value, to=self._directory.name(value.to, ask=ask))
            return value

        shown = USER_FORWARDING.shown({name: named(value) for name, value in values.items() if value is not None})
        return {name: value for name, value in shown.items() if value not in ({}, None)}


def _targets(values: Mapping[str, Any]) -> Iterator[tuple[str, Destination]]:
    """Yield where the actions in *values* send calls, each with its field."""
    for name in ACTIONS:
        action = values.get(name)
        if isinstance(action, CallAction) and action.to is not None:
            yield name, action.to


def _current(person: Record, settings: Record) -> Current:
    key = naming.folded(person.get("email") or person["user_id"], ignore_case=True)
    record = {**settings, "user": key, "user_id": str(person["user_id"])}
    return Current(Key(key), USER_FORWARDING.read(record), record)


def _with_plus(settings: Mapping[str, Any]) -> dict[str, Any]:
    def spelled(members: Mapping[str, Any]) -> dict[str, Any]:
        show = str(members.get("show", ""))
        return {**members, "show": f"+{show}"} if re.fullmatch(r"[1-9]\d{6,}", show) else dict(members)

    incoming = {name: spelled(action) for name, action in settings["incoming"].items()}
    return {"incoming": incoming, "outgoing": spelled(settings["outgoing"])}


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    key = naming.folded(item["user"])
    where = place(USER_FORWARDING, position, key if position is not None else None)
    values: dict[str, Any] = {"user": key}
    for name in ACTIONS:
        if item.get(name) is not None:
            values[name] = _desired_action(item[name], name, f"{where}: {name}", rules)
    if item.get("outgoing_show") is not None:
        values["outgoing_show"] = _desired_show(
            item["outgoing_show"], ("auto", "none"), f"{where}: outgoing_show", rules
        )
    return Desired(Key(key), values, position)


def _desired_action(option: Mapping[str, Any], name: str, where: str, rules: NumberRules) -> CallAction:
    ring_time = option.get("ring_time")
    if ring_time is not None and not _SHORTEST <= ring_time <= _LONGEST:
        rules.problems.add(f"{where}.ring_time", f"{ring_time} is not between {_SHORTEST} and {_LONGEST} seconds")
    show = option.get("show")
    shown = None if show is None else _desired_show(show, ("caller", "none"), f"{where}.show", rules)
    given = [(kind, option[kind]) for kind in option if kind not in ("ring_time", "show") and option[kind] is not None]
    to = _desired_target(*given[0], name, where, rules) if given else None
    return CallAction(to, ring_time, shown)


def _desired_target(kind: str, value: Any, name: str, where: str, rules: NumberRules) -> Destination | None:
    if kind in ("hang_up", "voicemail"):
        if not value:
            rules.problems.add(f"{where}.{kind}", "can only be true; leave it out to do something else")
        return Destination(kind, "")
    if kind in ("ring", "own_phone"):
        return Destination(kind, naming.folded(value))
    if kind == "user" and name != "first_action":
        rules.problems.add(f"{where}.user", "only first_action can forward to another team member")
    if kind == "raw":
        return replace(_target(value["action"], value["to"], value["id"]), verbatim=value)
    return desired_destination({kind: value}, where, rules)


def _desired_show(value: Any, words: tuple[str, ...], where: str, rules: NumberRules) -> str | None:
    if isinstance(value, str) and value.strip().casefold() in words:
        return value.strip().casefold()
    return rules.number(where, value)


def people(options: Mapping[str, Any], forwardings: UserForwardings, found: Sequence[Current]) -> dict[str, Any]:
    """Return `users` for the info module: who is on the team."""
    members = {"user_id": "user_id", "email": "email", "first_name": "user_fname", "last_name": "user_lname"}
    members = {**members, "title": "title", "type": "type"}
    return {
        "users": [
            {name: str(record.get(member) or "") for name, member in members.items()} for record in forwardings.people()
        ]
    }
