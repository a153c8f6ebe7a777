# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Voice apps: menus, announcements, mailboxes. Facts: docs/providers/sonetel.md 5. Private to the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._engine import naming
from .._engine.keys import Key
from .._engine.listing import Listing, only
from .._engine.plan import Action, Current, Desired, Need, Node, Plan, Step, place
from .._engine.resource import Resource, not_the_only_name
from .._engine.schema import UNKNOWN
from .._errors import Problems, suggestions
from .._numbers.rules import NumberRules
from .api import Record, SonetelApi
from .deletions import Deletions
from .destinations import Destination
from .directory import Directory
from .entries import HANG_UP, KEYS, Menu, desired_entry, desired_menu
from .voiceapp_schema import IVR, OPTIONS_OF, VOICEAPP, fitting, spellings, type_members

_DEFAULT_SHORTCODES = ("*21", "*12")


class Voiceapps(Resource):
    """An account's voice apps. They may name each other, and prompts, also such as the same run creates."""

    table = VOICEAPP
    workers = 8

    def __init__(self, api: SonetelApi, directory: Directory | None = None) -> None:
        self._api = api
        self.directory = directory or Directory(api)
        self._current: Listing[Current] = Listing()
        # The keys of those that the user named by a name of which it is not known whether it is the only one.
        self._named_only: set[Key] = set()
        self._deletions = Deletions(api, _targets, _emptied)

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking Sonetel."""
        return [
            _desired(item, index if many else None, f"voiceapps[{index}]" if many else "voiceapp", rules)
            for index, item in enumerate(items)
        ]

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return names and ids."""
        return naming.selected(option, keys, rules.problems)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return all voice apps; those that share a name have their id as key."""
        for item in desired or ():
            if item.values.get("app_id"):
                self.directory.complete_by_id("voiceapp", item.values["app_id"])
        records = self.directory.records("voiceapp")
        names = Counter(naming.folded(record.get("name")) for record in records)
        self._current = Listing(gap=records.gap)
        for record in records:
            values = VOICEAPP.read(record)
            name = naming.folded(values["name"])
            key = name if names[name] == 1 else values["app_id"]
            is_default = record.get("shortcode") in _DEFAULT_SHORTCODES or values["type"] == "system_prompts"
            self._current.append(Current(Key(key), values, record, protected=is_default))
        return self._current

    def expect(self, desired: Sequence[Desired], present: Mapping[Key, Current]) -> None:
        """Tell the directory which voice apps will be there, and under which names."""
        for item in desired:
            found = self._found(item)
            name = item.values.get("name")
            if item.absent or not name:
                continue
            if found and item.values.get("app_id"):
                if name != naming.folded(found[0].values["name"]):
                    self.directory.rename("voiceapp", found[0].values["app_id"], name)
            elif not found:
                kind = type_members(str(item.values.get("type")))["app_type"]
                self.directory.expect("voiceapp", name, ("voiceapps", item.key), kind)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Return *desired* with ids in place of names, and with the keys of what is there."""
        return [self._resolve(item, problems) for item in desired]

    def arranged(self, plan: Plan) -> Plan:
        """Let the deletion of what numbers lead to wait until they lead elsewhere."""
        steps = []
        for step in plan.steps:
            app_id = self._app_id(step) if step.action is Action.DELETE else None
            leading = [
                number
                for number, (now, _then) in self.directory.redirected.items()
                if app_id is not None and now is not None and now.kind == "voiceapp" and now.to == app_id
            ]
            steps.append(replace(step, waits_for=tuple(("forwardings", Key(number)) for number in leading)))
        return replace(plan, steps=tuple(steps))

    def refusals(self, plan: Plan) -> Iterator[tuple[Step, str]]:
        """Refuse what Sonetel cannot do, and to delete what would still be used after the plan."""
        deleted = {
            step.current.values["app_id"]: step for step in plan.steps if step.action is Action.DELETE and step.current
        }
        self._deletions.plan([step.current for step in deleted.values() if step.current])
        numbers: Listing[Record] = Listing()
        if any(not step.force for step in deleted.values()):
            numbers = self._api.numbers()
        used = self._used(plan, deleted, numbers)
        for app_id, step in deleted.items():
            if used.get(app_id) and not step.force:
                by = ", ".join(used[app_id][:10]) + (" and more" if len(used[app_id]) > 10 else "")
                yield step, f"it is still used by {by}; change that first, or delete it by name with force: true"
            elif numbers.gap and not step.force:
                yield step, f"{numbers.gap}, so it may still be used; delete it by name with force: true"
        for step in plan.changes:
            if step.action is Action.CREATE and (step.after or {}).get("type") == "system_prompts":
                yield step, "the app of type system_prompts comes with the account and cannot be created"
            if step.action is Action.UPDATE and "type" in step.changes and not self._may_become(step):
                was = (step.before or {})["type"]
                yield step, f"it is of type {was}, which cannot be changed; delete it first, or use another name"

    def lane(self, step: Step) -> tuple[str, int]:
        """Delete those that lead to each other one after the other."""
        entangled = step.action is Action.DELETE and self._deletions.entangled(self._app_id(step) or "")
        return ("deletions" if entangled else "", 0)

    def disturbed(self, step: Step) -> str:
        """Tell of those that were made to let go of another one."""
        if not self._deletions.loosened(self._app_id(step) or ""):
            return ""
        return "Its keys may have been cleared to delete another voice app; it has not been deleted yet."

    def settle(self, step: Step) -> Step:
        """Put in the ids of what was created meanwhile."""
        app_id = self._app_id(step)
        after = {name: self._settled(value, app_id) for name, value in (step.after or {}).items()}
        return replace(step, after=after)

    def on_created(self, step: Step, record: Mapping[str, Any]) -> None:
        """Tell the directory the new id."""
        self.directory.learn(("voiceapps", step.key), str(record["app_id"]), str(record.get("name")))

    def create(self, step: Step) -> Record:
        """Create it with the fields that the step names."""
        body = VOICEAPP.body(step.after or {}, ("name", *step.changes))
        if "type" not in step.changes:
            # An announcement whose final action must wait starts as a menu, so that a run that ends before it is
            # complete leaves something that is seen to be incomplete: the final action may not be shown.
            body.update(type_members("menu"))
        return self._api.create_voiceapp(spellings(body))

    def update(self, step: Step) -> Record:
        """Write it as a whole, with all of its menu, which is right under every reading of sonetel.md 5.7."""
        after = step.after or {}
        names = ("name", "type", *OPTIONS_OF.get(after["type"], ()))
        known = tuple(name for name in names if after.get(name) is not None and after[name] is not UNKNOWN)
        body = VOICEAPP.body(after, known)
        if step.current and after["type"] == "system_prompts":
            body["app_type"] = step.current.record["app_type"]
        return self._api.update_voiceapp(self._app_id(step) or "", spellings(body))

    def delete(self, step: Step) -> None:
        """Delete it for good. If Sonetel refuses that for what is used, what is deleted as well lets go of it first."""
        self._deletions.delete(self._app_id(step) or "")

    def look_up(self, step: Step) -> Record | None:
        """Read it again; a new one is the one of its name that was not there before."""
        app_id = self._app_id(step)
        if app_id is not None:
            return self._api.voiceapp(app_id)
        before = {item.values["app_id"] for item in self._current}
        name = naming.folded((step.after or {})["name"])
        records = self._api.voiceapps()
        found = [
            record
            for record in records
            if naming.folded(record.get("name")) == name and str(record.get("app_id")) not in before
        ]
        return only(found, records.gap)

    def warn_about(self, step: Step) -> str:
        """Warn where the name may not be the only one."""
        return not_the_only_name(step.key, self._current.gap, "app_id") if step.key in self._named_only else ""

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them, named as far as the lists were read."""
        return fitting(self._named(values, ask=False))

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `app_id`, None for what check mode would create."""
        return {"app_id": values.get("app_id")}

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return voice apps as the plural module takes them, with names in place of ids."""
        exported = []
        for item in found:
            shown = fitting(self._named(item.values, ask=True))
            if item.key.first == item.values["app_id"]:
                shown["app_id"] = item.values["app_id"]
            exported.append(shown)
        return exported

    def _found(self, item: Desired) -> list[Current]:
        """Return the voice apps that an item means: by its id if it has one, else by its name."""
        app_id, name = item.values.get("app_id"), item.values.get("name")
        if app_id:
            return [current for current in self._current if current.values["app_id"] == app_id]
        return [current for current in self._current if naming.folded(current.values["name"]) == name]

    def _resolve(self, item: Desired, problems: Problems) -> Desired:
        where = place(VOICEAPP, item.position, item.key)
        found = self._found(item)
        if len(found) > 1:
            ids = naming.by_id({current.values["app_id"]: current.values["name"] for current in found})
            problems.add(where, f"{len(found)} voice apps have this name; set app_id to one of {ids}")
        if len(found) == 1 and self._current.gap and not item.values.get("app_id"):
            self._named_only.add(found[0].key)
        if not found and item.values.get("app_id") and not item.absent and self._current.complete:
            known = [f"{current.values['app_id']}" for current in self._current]
            problems.add(where, f"no voice app has this app_id. {suggestions(item.values['app_id'], known)}")
        present = found[0] if len(found) == 1 else None
        values = {name: value for name, value in item.values.items() if name not in ("app_id", "menu_policy")}
        if item.absent:
            return replace(item, key=present.key if present else item.key, values=values)
        kind = str(values.get("type") or (present.values["type"] if present else ""))
        for name in values:
            if kind in OPTIONS_OF and name not in (*OPTIONS_OF[kind], "name", "type"):
                fitting = [other for other, options in OPTIONS_OF.items() if name in options]
                problems.add(f"{where}: {name}", f"is for type {' or '.join(fitting)}, but this voice app is a {kind}")
        key = present.key if present else item.key
        resolver = _Resolver(self.directory, present, key, kind, where, problems)
        if "menu" in values:
            before = (present.values["menu"] if present else None) or {}
            given = {
                key_: resolver.entry(to, f"menu key {key_}", before.get(key_)) for key_, to in values["menu"].items()
            }
            kept = present.values["menu"] if present and item.values.get("menu_policy") == "merge" else None
            values["menu"] = {**(kept or {}), **given}
        if values.get("final_action") is not None:
            action = present.values["final_action"] if present else None
            values["final_action"] = resolver.entry(values["final_action"], "final_action", action)
        if values.get("deliver_to") is not None:
            values["deliver_to"] = self.directory.resolve(values["deliver_to"], f"{where}: deliver_to", problems)
        return replace(item, key=key, values=values, needs=tuple(_needs(values)))

    def _may_become(self, step: Step) -> bool:
        return {(step.before or {})["type"], (step.after or {})["type"]} <= set(IVR)

    def _used(self, plan: Plan, deleted: Mapping[str, Step], numbers: Iterable[Record]) -> dict[str, list[str]]:
        """Return for each voice app id what will send calls to it when the plan is carried out."""
        used: dict[str, list[str]] = {}
        for record in numbers:
            number = f"+{str(record['phnum']).lstrip('+')}"
            _now, to = self.directory.redirected.get(number, (None, Destination.from_record(record)))
            if to is not None and to.kind == "voiceapp":
                used.setdefault(to.to, []).append(f"number {number}")
        after = {step.key: step.after for step in plan.steps if step.after is not None}
        for current in self._current:
            if current.values["app_id"] in deleted:
                continue
            values = after.get(current.key, current.values)
            for place_, entry in _entries(values):
                if entry.kind == "voiceapp":
                    used.setdefault(entry.to, []).append(f"{current.values['name']!r} ({place_})")
        return used

    def _app_id(self, step: Step) -> str | None:
        if step.current is not None:
            return str(step.current.record["app_id"])
        return self.directory.app_id_of(("voiceapps", step.key))

    def _settled(self, value: Any, app_id: str | None) -> Any:
        if isinstance(value, Destination):
            return self.directory.settled(value, app_id)
        if isinstance(value, Mapping):
            return {key: self._settled(entry, app_id) for key, entry in value.items()}
        return value

    def learn_prompts(self, found: Iterable[Current]) -> None:
        """Read the prompts of the voice apps that play any, one request each, so that they are shown by name."""
        for item in found:
            if any(destination.kind == "prompt" for destination in _destinations(item.values)):
                self.directory.prompts(item.values["app_id"])

    def _named(self, values: Mapping[str, Any], *, ask: bool) -> dict[str, Any]:
        app_id = values.get("app_id")

        def named(value: Any) -> Any:
            if isinstance(value, Destination):
                return self.directory.name(value, ask=ask, app_id=app_id)
            return {key: named(entry) for key, entry in value.items()} if isinstance(value, Mapping) else value

        return {name: named(value) for name, value in values.items()}


def _destinations(value: Any) -> Iterator[Destination]:
    if isinstance(value, Destination):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _destinations(part)


class _Resolver:
    """Finds what the entries of one voice app name."""

    def __init__(
        self, directory: Directory, present: Current | None, key: Key, kind: str, where: str, problems: Problems
    ) -> None:
        self._directory = directory
        self._app_id = present.values["app_id"] if present else None
        self._key = key
        self._is_ivr = kind in IVR
        self._where = where
        self._problems = problems

    def entry(self, to: Destination | None, called: str, there: object) -> Destination | None:
        if to is None:
            return None
        where = f"{self._where}: {called}"
        present = there if isinstance(there, Destination) and there.kind == to.kind else None
        if to.kind == "prompt":
            node = ("voiceapps", self._key)
            ivr = self._is_ivr
            return self._directory.resolve_prompt(to, self._app_id, node, ivr, where, self._problems, present)
        return self._directory.resolve(to, where, self._problems, present)


def prompts_node(app_key: str, name: str) -> Node:
    """Return how a prompt is called in a plan."""
    return "prompts", Key(app_key, name)


def _desired(item: Mapping[str, Any], position: int | None, where: str, rules: NumberRules) -> Desired:
    name, app_id = naming.folded(item.get("name")), naming.folded(item.get("app_id"))
    key = app_id or name or ""
    where = place(VOICEAPP, position, key if position is not None else None)
    if not key:
        rules.problems.add(where, "needs a name, or an app_id")
    simple = ("type", "voice", "play_welcome", "extension_dialing", "greeting", "goodbye")
    values: dict[str, Any] = {
        field: item[field] for field in (*simple, "error_voice", "error_repeat_voice") if item.get(field) is not None
    }
    values |= {field: value for field, value in (("name", name), ("app_id", app_id)) if value}
    if item.get("menu") is not None:
        values["menu"] = desired_menu(item["menu"], where, rules)
        values["menu_policy"] = item["menu_policy"]
    if item.get("final_action") is not None:
        values["final_action"] = desired_entry(item["final_action"], f"{where}: final_action", rules) or HANG_UP
    if item.get("deliver_to") is not None:
        kind, target = next((kind, value) for kind, value in item["deliver_to"].items() if value is not None)
        values["deliver_to"] = Destination(kind, naming.folded(target), name=naming.folded(target))
    return Desired(Key(key), values, position, absent=item["state"] == "absent", force=item["force"])


def _entries(values: Mapping[str, Any]) -> Iterator[tuple[str, Destination]]:
    """Return what a voice app does with a call, each with what a person calls the place."""
    found = values.get("menu")
    menu: Menu = found if isinstance(found, Mapping) else {}
    for key in KEYS:
        entry = menu.get(key)
        if entry is not None:
            yield f"menu key {key}", entry
    if isinstance(values.get("final_action"), Destination):
        yield "final_action", values["final_action"]


def _targets(current: Current) -> set[str]:
    """Return the ids of the voice apps that one leads to."""
    return {entry.to for _place, entry in _entries(current.values) if entry.kind == "voiceapp"}


def _emptied(current: Current) -> list[Mapping[str, Any]]:
    """Return the spellings of one that leads nowhere: a menu without keys, an announcement that ends by hanging up."""
    values = {**current.values, "menu": {}, "final_action": HANG_UP}
    names = ("name", "type", "menu", *(("final_action",) if values["type"] == "announcement" else ()))
    return spellings(VOICEAPP.body(values, names))


def _needs(values: Mapping[str, Any]) -> Iterator[Need]:
    for called, entry in _entries(values):
        if entry.new is not None:
            for field in ("final_action", "type") if called == "final_action" else ("menu",):
                yield Need(field, entry.new)
