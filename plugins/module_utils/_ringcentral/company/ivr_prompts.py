# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recordings for menus. Facts: docs/providers/ringcentral-company.md 5. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..._engine.keys import Key
from ..._engine.listing import Listing, unknown_whether, whole
from ..._engine.plan import Action, Current, Desired, Node, Plan, Step, place
from ..._engine.schema import Table
from ..._errors import Doubt, Problems, leaving_doubt, suggestions
from ..._numbers.rules import NumberRules
from ..api import Record
from .menu_prompts import Played, body_of
from .menu_records import prompt_of
from .prompt_files import REPLACED, Audio, AudioError, from_file, marked, name_of, unfit
from .prompt_records import called, files_of, marked_with
from .resource import CompanyResource, field, reported

_MENUS = "ivr_menus"

TABLE = Table(
    singular="ivr_prompt",
    plural="ivr_prompts",
    key="name",
    fields=(
        field("name"),
        field("audio", canonical=lambda audio: audio and audio.mark, shown=lambda audio: audio.file_name),
        reported("prompt_id"),
    ),
    deletes_last=True,
    # Uploads are Heavy, and nothing but menus waits for them.
    turns=(3, 3),
)


class IvrPrompts(CompanyResource):
    """The recordings of one account, by the names of their files."""

    table = TABLE
    prunable = False

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items and their files without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    def locate(self, desired: Sequence[Desired], problems: Problems) -> list[Desired]:
        """Find those that exist; one reading of the account's prompts."""
        return [found for item in desired if (found := self._located(item, problems)) is not None]

    def _located(self, item: Desired, problems: Problems) -> Desired | None:
        name, where, prompts = item.key.first, place(TABLE, item.position, item.key), self.company.prompts
        records, found = prompts.listed(), prompts.meant(name)
        if len(found) > 1:
            # Hashes are of our own making: what has them is left of a replacement that did not come to its end.
            if not all(map(marked_with, found)) or not ("audio" in item.values or item.absent):
                problems.add(
                    where, f"{len(found)} prompts have this name; rename or delete all but one: {files_of(found)}"
                )
                return None
            prompts.unfinished.add(name)
        if not found:
            if records.gap and not item.absent:
                problems.add(where, f"{unknown_whether(records.gap)}; run again")
                return None
            return item
        key = prompts.key_of(found[0])
        values = {**item.values, "name": key.first}
        if "audio" in values:
            values["audio"] = values["audio"].renamed(called(found[0]))
        return replace(item, key=key, values=values)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return all prompts; those that share a name have their id as key."""
        prompts = self.company.prompts
        records = prompts.listed()
        found: dict[Key, list[Record]] = {}
        for record in records:
            found.setdefault(prompts.key_of(record), []).append(record)
        current = []
        for key, same in found.items():
            for record in same[1:]:
                prompts.replace(str(record["id"]), str(same[0]["id"]))
            values = _values(key, same)
            self.company.note((TABLE.plural, key), values["prompt_id"])
            current.append(Current(key, TABLE.read(values), values))
        return Listing(current, records.gap)

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return what an info module was asked for, by name or id; all of them for None."""
        current, prompts = self.read(), self.company.prompts
        if desired is None:
            return current
        keys = set()
        for text in desired:
            found = prompts.meant(name_of(text))
            keys |= {prompts.key_of(record) for record in found}
            if not found:
                warn(f"There is no prompt {text!r} on the account.")
        return [item for item in current if item.key in keys]

    def expect(self, desired: Sequence[Desired], present: Mapping[Key, Current]) -> None:
        """Let menus find what this run uploads."""
        for item in desired:
            if item.key not in present and not item.absent:
                self.company.prompts.expected[item.key.first] = self.company.expect((TABLE.plural, item.key))

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Refuse what does not exist and has no file."""
        for item in desired:
            if item.key not in present and not item.absent and "audio" not in item.values:
                similar = suggestions(item.key.first, map(str, present))
                text = f"there is no prompt of this name; set file to the recording to upload. {similar}"
                problems.add(place(TABLE, item.position, item.key), text.rstrip())
        return list(desired)

    def waits_for(self, step: Step) -> Sequence[Node]:
        """Let a deletion wait until menus that play the prompt play something else."""
        if step.action is not Action.DELETE:
            return ()
        changing = [other for other in self._planned() if other.action is not Action.NONE]
        return [(_MENUS, other.key) for other in changing if other.before and _played(other.before) in _ids(step)]

    def refusals(self, plan: Plan) -> Iterator[tuple[Step, str]]:
        """Refuse to delete what a menu would still play after the plan."""
        deleted = [step for step in plan.steps if step.action is Action.DELETE]
        if not deleted:
            return
        playing = self.company.menus.playing({key for step in deleted for key in _ids(step)})
        then = {str((step.before or step.after or {}).get("extension_id")): step for step in self._planned()}
        for step in deleted:
            users = {
                str(record.get("extensionNumber") or record.get("id")): str(record.get("name") or "")
                for record in playing
                if prompt_of(record) in _ids(step) and str(record.get("id")) not in then
            }
            users |= {
                other.key.first: str((other.after or {}).get("name") or "")
                for other in self._planned()
                if other.after is not None and _played(other.after) in _ids(step)
            }
            if users:
                named = ", ".join(f"{number} ({name})" if name else number for number, name in sorted(users.items()))
                yield step, f"it is still played by menu {named}; set another prompt there first"
            elif playing.gap:
                yield step, f"{playing.gap}, so a menu may still play it; run again"

    def _planned(self) -> Sequence[Step]:
        plan = self.company.plans.get(_MENUS)
        return plan.steps if plan is not None else ()

    def on_created(self, step: Step, record: Mapping[str, Any]) -> None:
        """Let menus find it by its id."""
        self.company.learn((TABLE.plural, step.key), str(record["prompt_id"]))

    def create(self, step: Step) -> Record:
        """Upload its recording."""
        return _values(step.key, [self.company.prompts.upload((step.after or {})["audio"])])

    def update(self, step: Step) -> Record:
        """Upload another recording, let all menus play it that play the old one, and delete that one at last."""
        audio, prompts, menus = (step.after or {})["audio"], self.company.prompts, self.company.menus
        found = prompts.meant(step.key.first)
        new = next((record for record in found if marked_with(record) == audio.mark), None)
        old = [record for record in found if record is not new]
        playing = whole(menus.playing({str(record["id"]) for record in old}))
        for record in old:
            if not marked_with(record):
                # So that a run that ends before it is gone leaves something that the next one understands.
                prompts.rename(record, marked(str(record.get("filename")), REPLACED))
        renamed = any(marked_with(record) == REPLACED for record in old)
        with leaving_doubt(Doubt.OPEN if renamed else Doubt.NONE):
            new = new or prompts.upload(audio)
        with leaving_doubt(Doubt.OPEN):
            key = str(new["id"])
            for menu in playing:
                menus.write(str(menu["id"]), {"prompt": body_of(Played(key))})
            for record in old:
                prompts.replace(str(record["id"]), key)
                prompts.delete(str(record["id"]))
        return _values(step.key, [new])

    def delete(self, step: Step) -> None:
        """Delete it for good."""
        for key in _ids(step):
            self.company.prompts.delete(key)

    def look_up(self, step: Step) -> Record | None:
        """Read the list again."""
        self.company.prompts.listed(again=True)
        found = self.company.prompts.meant(step.key.first)
        return _values(step.key, found) if found else None

    def keep_one(self, step: Step) -> Record | None:
        """Keep the first of those that were uploaded twice."""
        prompts = self.company.prompts
        prompts.listed(again=True)
        same = [item for item in prompts.meant(step.key.first) if marked_with(item) == (step.after or {})["audio"].mark]
        for record in same[1:]:
            prompts.delete(str(record["id"]))
        return _values(step.key, same[:1]) if same else None

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the prompt is called, and the name of its file at RingCentral."""
        audio = values.get("audio")
        return {"name": values.get("name"), "audio": audio.file_name if audio else None}

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `prompt_id`, None for what check mode would create."""
        return {"prompt_id": values.get("prompt_id")}

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return prompts as the plural module takes them; their recordings cannot be given."""
        return [{"name": item.key.first} for item in found]


def _values(key: Key, same: Sequence[Record]) -> Record:
    """Return a prompt in the form of the fields. *same*: its records, several where replacing it was not finished."""
    names = [str(record.get("filename") or "") for record in same]
    ids = [str(record["id"]) for record in same]
    return {"name": key.first, "audio": Audio(", ".join(names), alone=len(names) == 1), "prompt_id": ids[0], "ids": ids}


def _ids(step: Step) -> list[str]:
    return list(step.current.record["ids"]) if step.current is not None else []


def _played(values: Mapping[str, Any]) -> str:
    prompt = values.get("prompt")
    return prompt.key if isinstance(prompt, Played) else ""


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    name = name_of(item["name"])
    key = Key(name)
    where = place(TABLE, position, key)
    values: dict[str, Any] = {"name": name}
    wrong = unfit(name) if name else "is empty"
    if wrong:
        rules.problems.add(f"{where}: name", wrong)
    absent = item["state"] == "absent"
    if item.get("file") and not absent:
        try:
            values["audio"] = from_file(name, Path(item["file"]))
        except AudioError as error:
            rules.problems.add(f"{where}: file", str(error))
    return Desired(key, values, position, absent=absent, unread=not name)
