# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Menus that callers choose from. Facts: docs/providers/ringcentral-company.md 4. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Current, Desired, Step, place
from ..._engine.schema import Table
from ..._errors import Doubt, Problems, Rejected, leaving_doubt
from ..._numbers.rules import NumberRules
from ..api import Record
from . import languages, members, menu_keys, menu_prompts
from .company import MAIN_SITE, MENU
from .menu_prompts import Played, Speech
from .options import EXACT, MERGE
from .resource import ExtensionResource, field, label_of, reported, text_field

TABLE = Table(
    singular="ivr_menu",
    plural="ivr_menus",
    key="extension",
    fields=(
        field("extension"),
        text_field("name", needed_to_create=True, may_be_empty=False),
        field("site", shown=label_of, may_be_empty=False),
        field("prompt", shown=lambda prompt: prompt.shown(), may_be_empty=False),
        field("keys", canonical=menu_keys.canonical, shown=menu_keys.shown, dials=menu_keys.dials),
        field("repeat", may_be_empty=False),
        reported("extension_id"),
    ),
    # All else is written when everything exists that keys may lead to.
    shell=("extension", "name", "site"),
    deletes_last=True,
    # Creating one is Heavy, unlike its second write.
    turns=(1, 1),
)


class IvrMenus(ExtensionResource):
    """Menus, by their extension numbers; one reading (Medium) each."""

    table = TABLE
    kinds = (MENU,)
    called = "menu"

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    def type_of(self, values: Mapping[str, Any]) -> str:
        """Return RingCentral's type of a menu."""
        return MENU

    def record_of(self, extension_id: str, names: Sequence[str]) -> Record:
        """Read the menu; the name of its recording only where *names* holds the prompt."""
        return self._reported(self.company.menus.read(extension_id), names)

    def resolved(
        self, values: Mapping[str, Any], present: Current | None, where: str, problems: Problems
    ) -> dict[str, Any]:
        """Find the site, the extensions that keys lead to, and the prompt."""
        found = {name: value for name, value in values.items() if name != "keys_policy"}
        now = present.values if present is not None else {}
        if values.get("site"):
            found["site"] = self.company.site(values["site"], f"{where}: site", problems)
        if "keys" in values:
            there = now.get("keys") or {}
            given = menu_keys.located_keys(
                values["keys"],
                there,
                where,
                lambda text, option: self.company.find(text, option, problems),
                problems.add,
            )
            found["keys"] = {**there, **given} if values["keys_policy"] == MERGE else given
        prompt = values.get("prompt")
        if isinstance(prompt, Played):
            found["prompt"] = self.company.prompts.find(prompt.key, f"{where}: prompt.prompt", problems)
        elif isinstance(prompt, Speech):
            found["prompt"] = self._speech(prompt, now.get("prompt"), where, problems)
        return found

    def _speech(self, prompt: Speech, there: object, where: str, problems: Problems) -> Speech:
        if prompt.language:
            languages.check(prompt.language, f"{where}: prompt.language", problems)
        if not isinstance(there, Speech):
            return prompt
        self._compare_text(where, prompt, there)
        return prompt if prompt.language else replace(prompt, language=there.language)

    def _compare_text(self, where: str, prompt: object, there: object) -> None:
        """Tell what RingCentral has made of a text."""
        if not isinstance(prompt, Speech) or not isinstance(there, Speech) or prompt != there:
            return
        lost = menu_prompts.left_out(prompt.text, there.text)
        if lost:
            self.api.warn(
                f"{where}: RingCentral has the prompt without {lost}, which counts as the same: {there.text!r}."
            )

    def settle(self, step: Step) -> Step:
        """Put in the ids of what was created meanwhile, and of recordings that were replaced."""
        step = super().settle(step)
        prompt = (step.after or {}).get("prompt")
        if isinstance(prompt, Played):
            return replace(
                step, after={**(step.after or {}), "prompt": self.company.prompts.played(prompt.key, ask=False)}
            )
        return step

    def warn_about(self, step: Step) -> str:
        """Warn of characters that RingCentral may not speak."""
        prompt = (step.after or {}).get("prompt")
        if "prompt" not in step.changes or not isinstance(prompt, Speech):
            return ""
        found = menu_prompts.special(prompt.text)
        where = place(TABLE, step.position, step.key)
        return (
            f"{where}: RingCentral may refuse these characters of the prompt, or leave them out: {found}"
            if found
            else ""
        )

    def create(self, step: Step) -> Record:
        """Create it empty, with its number, which RingCentral refuses where it is taken."""
        after = step.after or {}
        body: dict[str, Any] = {"extensionNumber": step.key.first, "name": after["name"]}
        if after.get("site") not in (None, MAIN_SITE):
            # Without several sites no request names one (ringcentral-company.md 20 #26).
            body["site"] = {"id": after["site"].key}
        with self.naming_who_has_it(step):
            record = self.api.write("POST", "ivr-menus", "heavy", body, member="id")
        return self._reported(record, step.changes)

    def update(self, step: Step) -> Record:
        """Write what differs, with all keys where one does."""
        after, names, key = step.after or {}, step.changes, self.id_of(step)
        body: dict[str, Any] = {}
        if "name" in names:
            body["name"] = after["name"]
        if "site" in names:
            body["site"] = {"id": after["site"].key}
        if "prompt" in names:
            body["prompt"] = menu_prompts.body_of(after["prompt"])
        if "keys" in names:
            body["actions"] = menu_keys.actions_of(after["keys"], self._there(step))
        if "repeat" in names:
            body["promptRepeatCount"] = after["repeat"]
        with _explained(step):
            record = self.company.menus.write(key, body)
        if "keys" in names:
            record = self._without_more_keys(key, after["keys"], record)
        found = self._reported(record, names)
        if "prompt" in names:
            where = place(TABLE, step.position, step.key)
            self._compare_text(where, after["prompt"], found["prompt"])
        return found

    def _without_more_keys(self, key: str, keys: menu_keys.Keys, record: Record) -> Record:
        """Let keys do nothing that stay although the write has left them out (ringcentral-company.md 20 #6)."""
        there = menu_keys.keys_of(record, self.company.extension_of)
        more = [name for name, to in there.items() if name not in keys and to != menu_keys.NOTHING]
        if not more:
            return record
        body = {"actions": menu_keys.actions_of({**keys, **menu_keys.doing_nothing(more)}, record)}
        with leaving_doubt(Doubt.OPEN):
            try:
                return self.company.menus.write(key, body)
            except Rejected as error:
                error.next_step = (
                    f"RingCentral keeps the keys that a write leaves out: {', '.join(more)}. Clear them in its admin "
                    "portal, and run again."
                )
                raise

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return menus as the plural module takes them."""
        exported = []
        for item in found:
            shown = self.table.listed(self.shown(item.values))
            shown["keys"] = menu_keys.exported(item.values["keys"])
            exported.append({field.name: shown[field.name] for field in TABLE if field.name in shown and field.write})
        return exported

    def _there(self, step: Step) -> Record:
        """Return the menu's record before a write, for the actions that are sent as they are."""
        return dict(step.current.record.get("record") or {}) if step.current is not None else {}

    def _reported(self, record: Record, names: Sequence[str]) -> Record:
        """Return a menu's record in the form of the fields."""
        ask = "prompt" in names
        site = (record.get("site") or {}).get("id")
        return {
            "extension": str(record.get("extensionNumber") or record["id"]),
            "extension_id": str(record["id"]),
            "name": record.get("name"),
            # Accounts without several sites may not show any.
            "site": self.company.extension_of(site) if site else MAIN_SITE,
            "prompt": menu_prompts.read_prompt(record, lambda key: self.company.prompts.played(key, ask=ask)),
            "keys": menu_keys.keys_of(record, self.company.extension_of),
            "repeat": record.get("promptRepeatCount"),
            "record": record,
        }


@contextmanager
def _explained(step: Step) -> Iterator[None]:
    """Say what may be wrong where RingCentral refuses a menu, which it does not always tell."""
    try:
        yield
    except Rejected as error:
        after, advice = step.after or {}, [error.next_step] if error.next_step else []
        if error.status == 400 and "keys" in step.changes:
            advice.append(menu_keys.perhaps_refused(after["keys"]))
        prompt = after.get("prompt")
        if error.status == 400 and "prompt" in step.changes and isinstance(prompt, Speech):
            found = menu_prompts.special(prompt.text)
            advice.append(
                f"RingCentral may not take these characters in the text: {found}; use words." if found else ""
            )
        error.next_step = " ".join(text for text in advice if text)
        raise


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    where, values = members.read_texts(TABLE, item, position, ("name", "site"), rules.problems)
    extension = values["extension"]
    prompt = item.get("prompt") or {}
    if prompt.get("prompt") is not None:
        values["prompt"] = Played(_text(prompt["prompt"], f"{where}: prompt.prompt", rules))
    elif prompt.get("text") is not None:
        language = prompt.get("language")
        text = _text(prompt["text"], f"{where}: prompt.text", rules)
        values["prompt"] = Speech(
            text, None if language is None else _text(language, f"{where}: prompt.language", rules)
        )
    if item.get("repeat") is not None:
        values["repeat"] = item["repeat"]
    if item.get("keys") is not None:
        values["keys"] = menu_keys.read_keys(item["keys"], f"{where}: keys", rules)
        values["keys_policy"] = item.get("keys_policy") or EXACT
    return Desired(Key(extension), values, position, absent=item["state"] == "absent", unread=not extension)


def _text(value: object, where: str, rules: NumberRules) -> str:
    text = naming.folded(value)
    if not text:
        rules.problems.add(where, "is empty")
    return text
