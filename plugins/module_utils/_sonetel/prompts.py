# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prompts of voice apps and their audio. Facts: docs/providers/sonetel.md 6. Private to the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .._engine import naming
from .._engine.keys import Key
from .._engine.listing import Listing, gap_of, only
from .._engine.plan import Action, Current, Desired, Need, Step, place
from .._engine.resource import Resource, not_the_only_name
from .._engine.schema import Field, Table
from .._errors import Doubt, InputError, Problems, TelephonyError, leaving_doubt, suggestions
from .._numbers.rules import NumberRules
from .api import Record, SonetelApi
from .audio import Audio, AudioError, Speech, checked, from_file, from_text, read_wav
from .destinations import Destination
from .directory import DEFAULT_PROMPTS, Directory
from .voiceapp_schema import type_of
from .voiceapps import Voiceapps, prompts_node


def _audio(record: Mapping[str, Any]) -> Audio | None:
    name = str(record.get("file_name") or "")
    return Audio(name) if name else None


PROMPT = Table(
    singular="prompt",
    plural="prompts",
    key="prompt",
    fields=(
        Field("prompt", read=lambda record: str(record.get("key") or "")),
        Field("voiceapp", read=lambda record: str(record.get("voiceapp") or "")),
        Field("name", read=lambda record: str(record.get("name") or "")),
        Field(
            "audio",
            read=_audio,
            write=lambda audio: {"file_name": audio.file_name},
            canonical=lambda audio: audio and audio.mark,
            shown=lambda audio: audio.file_name,
        ),
        Field("prompt_id", read=lambda record: str(record.get("prompt_id") or "")),
    ),
    deletes_last=True,
)


class Prompts(Resource):
    """Prompts of the voice apps that the user's list names."""

    table = PROMPT
    workers = 4
    prunable = False

    def __init__(self, api: SonetelApi, directory: Directory | None = None) -> None:
        self._api = api
        self._directory = directory or Directory(api)
        self._app_ids: dict[str, str] = {}

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items and their files without asking Sonetel."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return the keys of prompts as they are."""
        return [str(key) for key in keys]

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return the prompts of the voice apps that *desired* names."""
        problems = Problems()
        named = {item.values["voiceapp"] for item in desired or []}
        found = {name: self._app(name, "", problems) for name in named}
        self._app_ids = {name: to.to for name, to in found.items() if to.new is None}
        # Resolving has taken in voice apps that an incomplete list does not show.
        known = {str(record["app_id"]) for record in self._directory.records("voiceapp")} if self._app_ids else set()
        # Each is there under what the user calls its voice app: by name, by id, or both.
        present: Listing[Current] = Listing()
        for name, app_id in self._app_ids.items():
            if app_id in known:
                prompts = self._prompts_of(app_id, name)
                present = Listing([*present, *prompts], gap_of(present, prompts))
        return present

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return the prompts of all voice apps, one request each."""
        found: Listing[Current] = Listing(gap=self._directory.records("voiceapp").gap)
        for record in self._directory.records("voiceapp"):
            app_id, name = str(record["app_id"]), str(record.get("name"))
            if type_of(record) != "system_prompts":
                prompts = self._prompts_of(app_id, name)
                found = Listing([*found, *prompts], gap_of(found, prompts))
        return found

    def expect(self, desired: Sequence[Desired], present: Mapping[Key, Current]) -> None:
        """Tell the directory which prompts will be there."""
        for item in desired:
            if not item.absent and item.key not in present:
                app = item.values["voiceapp"]
                node = prompts_node(app, item.values["name"])
                self._directory.expect_prompt(self._app_ids.get(app, app), item.values["name"], node)

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Check that their voice apps are there, or will be."""
        resolved = []
        first: dict[tuple[str, str], Desired] = {}
        for item in desired:
            where = place(PROMPT, item.position, item.key)
            app = self._app(item.values["voiceapp"], where, problems)
            other = first.setdefault((app.to, item.values["name"]), item)
            if other.key != item.key:
                problems.add(where, f"is the same prompt as {place(PROMPT, other.position, other.key)}; list it once")
            needs = () if app.new is None else (Need("prompt", app.new, firm=True),)
            resolved.append(replace(item, needs=needs))
        return resolved

    def on_created(self, step: Step, record: Mapping[str, Any]) -> None:
        """Tell the directory the new id."""
        self._directory.learn(("prompts", step.key), str(record["prompt_id"]), str(record.get("name")))

    def create(self, step: Step) -> Record:
        """Create a custom prompt and upload its audio; a default prompt came with its new voice app."""
        app_id, name = self._app_id(step), (step.after or {})["name"]
        audio: Audio | None = (step.after or {}).get("audio")
        content = self._content(audio)
        record = self._default_prompt(app_id, name) or self._created(app_id, name)
        return self._uploaded(step, record, audio, content)

    def update(self, step: Step) -> Record:
        """Upload the audio in place of what is there."""
        audio: Audio | None = (step.after or {}).get("audio")
        return self._uploaded(step, step.current.record if step.current else {}, audio, self._content(audio))

    def delete(self, step: Step) -> None:
        """Delete it for good."""
        if step.current is not None:
            self._api.delete_prompt(str(step.current.record["app_id"]), str(step.current.record["prompt_id"]))

    def look_up(self, step: Step) -> Record | None:
        """Read it again."""
        app_id = str(step.current.record["app_id"]) if step.current else self._app_id(step)
        values = step.after or step.before or {}
        found = self._by_name(app_id, naming.folded(values["name"]))
        return None if found is None else self._keyed(found, step)

    def warn_about(self, step: Step) -> str:
        """Warn where the voice app's name may not be the only one."""
        app = str((step.after or step.before or {}).get("voiceapp"))
        gap = self._directory.records("voiceapp").gap
        if not gap or app in self._app_ids.values():
            return ""
        return not_the_only_name(step.key, gap, "its id in voiceapp")

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the prompt is called, and the name of its audio file."""
        return {
            "voiceapp": values.get("voiceapp"),
            "name": values.get("name"),
            "audio": values["audio"].file_name if values.get("audio") else None,
        }

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `prompt_id`, None for what check mode would create."""
        return {"prompt_id": values.get("prompt_id")}

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return the custom prompts as the plural module takes them; their audio cannot be given."""
        return [{name: item.values[name] for name in ("voiceapp", "name")} for item in found if not item.protected]

    def _app(self, name: str, where: str, problems: Problems) -> Destination:
        """Find a voice app; that it is shown once is enough, because nothing is made to lead there."""
        self._directory.complete_by_id("voiceapp", name)
        shown = self._directory.find("voiceapp", name)
        present = None if shown is None else Destination("voiceapp", str(shown["app_id"]))
        return self._directory.resolve(Destination("voiceapp", name), where, problems, present)

    def _prompts_of(self, app_id: str, app: str) -> Listing[Current]:
        records = self._directory.prompts(app_id)
        names = Counter(naming.folded(record.get("name")) for record in records)
        found: Listing[Current] = Listing(gap=records.gap)
        for record in records:
            name = naming.folded(record.get("name"))
            key = prompts_node(app, name if names[name] == 1 else str(record.get("prompt_id")))[1]
            keyed = {**record, "key": str(key), "voiceapp": app, "app_id": app_id}
            values = PROMPT.read(keyed)
            found.append(Current(key, values, keyed, protected=record.get("type") == "standard"))
        return found

    def _app_id(self, step: Step) -> str:
        app = (step.after or step.before or {})["voiceapp"]
        app_id = self._app_ids.get(app) or self._directory.app_id_of(("voiceapps", Key(app)))
        if app_id is None:
            raise InputError(f"There is no voice app {app!r}.")
        return app_id

    def _default_prompt(self, app_id: str, name: str) -> Record | None:
        """Return the prompt that a voice app made by this run came with, if it is one of those names."""
        if name.casefold() not in {default.casefold() for default in DEFAULT_PROMPTS}:
            return None
        records = self._directory.prompts(app_id)
        return next((record for record in records if naming.folded(record.get("name")) == name), None)

    def _created(self, app_id: str, name: str) -> Record:
        try:
            return self._api.create_prompt(app_id, name)
        except TelephonyError as error:
            with leaving_doubt(error.doubt):
                found = self._by_name(app_id, name) if error.doubt else None
            if found is None:
                raise
            return found

    def _by_name(self, app_id: str, name: str) -> Record | None:
        records = self._api.prompts(app_id)
        found = [record for record in records if naming.folded(record.get("name")) == name]
        return only(found, records.gap)

    def _content(self, audio: Audio | None) -> bytes:
        """Return the WAV to upload; text is spoken now, and not before it is needed."""
        if audio is None or audio.source is None:
            return b""
        if isinstance(audio.source, Path):
            try:
                return read_wav(audio.source)
            except AudioError as error:
                raise InputError(f"{error}.") from None
        speech = audio.source
        voice = speech.voice or self._default_voice(speech.language)
        return checked(self._api.speak(speech.text, speech.language, voice), "what text to speech made")

    def _default_voice(self, language: str) -> str:
        voices = self._api.voices()
        of_language = [voice for voice in voices if str(voice.get("language")) == language]
        if not of_language:
            known = sorted({str(voice.get("language")) for voice in voices})
            raise InputError(f"Text to speech has no language {language!r}.", next_step=suggestions(language, known))
        standard = [voice for voice in of_language if str(voice.get("default_voice")).casefold() in ("yes", "true")]
        return str((standard or of_language)[0]["voice"])

    def _uploaded(self, step: Step, record: Record | Mapping[str, Any], audio: Audio | None, content: bytes) -> Record:
        if audio is None:
            return self._keyed(record, step)
        # A new prompt is there by now, even if the upload is refused: only reading tells what was done.
        with leaving_doubt(Doubt.OPEN if step.action is Action.CREATE else Doubt.NONE):
            return self._keyed(self._api.upload(str(record["prompt_id"]), audio.file_name, content), step)

    def _keyed(self, record: Mapping[str, Any], step: Step) -> Record:
        values = step.after or step.before or {}
        app_id = str(record.get("app_id") or self._app_id(step))
        return {**record, "key": str(step.key), "voiceapp": values["voiceapp"], "app_id": app_id}


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    app, name = naming.folded(item["voiceapp"]), naming.folded(item["name"])
    key = prompts_node(app, name)[1]
    where = place(PROMPT, position, key if position is not None else None)
    values: dict[str, Any] = {"prompt": str(key), "voiceapp": app, "name": name}
    if not app or not name:
        rules.problems.add(where, "needs the names of a voice app and of a prompt")
    absent = item["state"] == "absent"
    if item.get("wav") and not absent:
        try:
            values["audio"] = from_file(name, Path(item["wav"]))
        except AudioError as error:
            rules.problems.add(f"{where}: wav", str(error))
    elif item.get("text") and not absent:
        values["audio"] = from_text(name, Speech(item["text"].strip(), item["language"], item.get("tts_voice")))
    return Desired(key, values, position, absent=absent)


def voiceapps_with_prompts(api: SonetelApi) -> list[Resource]:
    """Return the voice apps and the prompts of one account, which find each other by name."""
    directory = Directory(api)
    return [Voiceapps(api, directory), Prompts(api, directory)]


def custom_prompts(options: Mapping[str, Any], voiceapps: Voiceapps, found: Sequence[Current]) -> dict[str, Any]:
    """Return `prompts` for the info module if it is asked for: those of the voice apps in *found*."""
    if not options["prompts"]:
        return {}
    prompts = []
    for item in found:
        if item.values["type"] != "system_prompts":
            records = voiceapps.directory.prompts(item.values["app_id"])
            prompts += [
                {"voiceapp": item.key.first, "name": str(record.get("name"))}
                for record in records
                if record.get("type") != "standard"
            ]
    return {"prompts": prompts}
