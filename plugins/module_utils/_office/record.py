# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Records of runs: what each changed, with the values before, as JSON for undo and as Markdown for people.

A record lies in the state directory as `records/OFFICE/TIME-JOB.json`. It holds `format`, `office`, `job`, `when`, `by`
(who ran it), `plan_digest`, `complete` (null: the run did not come to its end), `undoes` (the record that it put back),
and `steps`. A step has `provider`, `account`, `list`, `key`, `noun`, `action`, `status`, `options` (its natural key as
options), `before` and `after` in the words of an office file (null where there was no such item), `unknown` (options of
which nobody knows what they were), and perhaps `error`, and `rerouted` (the run ended a re-route of the item, so that
what was `before` is where the calls went meanwhile). Private to the collection.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from .._engine.apply import Outcome, Status
from .._engine.keys import Key
from .._engine.package import Item, OfficeList
from .._engine.plan import Action
from .._errors import InputError
from .._files import private
from .._files.masks import NEXT_STEP, WHY, is_masked, masked_places
from .._files.names import (
    check_place,
    explained,
    file_name,
    make_private,
    refuse_open_file,
    refuse_open_folder,
    write_whole,
)
from .._texts import json_text, markdown_json, markdown_text
from .changes import change_of, differing, exported_of, key_options_of, sides, spelled
from .lists import TABLES, UNKNOWN, Found, key_of, key_options, same
from .run import ProviderRun, Work
from .snapshot import is_time
from .variables import credential

FORMAT = "office.telephony record 1"
FOLDER = "records"
_SUFFIX = ".json"
_TEXT_SUFFIX = ".md"
_WHERE_TO = "what an undo restores"
_NAME = re.compile(r"(?P<time>\d{4}-\d\d-\d\dT\d{6}Z)(?:-(?P<number>\d+))?-(?P<job>[a-z_]+)\.json")
_TIME = "%Y-%m-%dT%H%M%SZ"
# Days; years of less than four digits would not compare as texts.
_FOR_EVER = 1000 * 365

Document = dict[str, Any]
Step = dict[str, Any]

# The statuses of what was changed, or may have been.
CHANGED = tuple(status.value for status in (Status.APPLIED, Status.PARTLY, Status.UNKNOWN))

_MEMBERS: Mapping[str, tuple[type, ...]] = {
    "office": (str,),
    "job": (str,),
    "when": (str,),
    "complete": (bool, type(None)),
    "undoes": (str, type(None)),
    "steps": (list,),
}
_STEP: Mapping[str, tuple[type, ...]] = {
    "provider": (str,),
    "account": (str,),
    "list": (str,),
    "key": (str,),
    "noun": (str,),
    "action": (str,),
    "status": (str,),
    "options": (dict,),
    "before": (dict, type(None)),
    "after": (dict, type(None)),
    "unknown": (list,),
}


def steps_of(providers: Sequence[ProviderRun], redact: Callable[[str], str], *, pending: bool = False) -> list[Step]:
    """Return what came of each item that differs, without values in which *redact* finds a secret.

    *pending*: it is about to be written, so that nobody knows yet.
    """
    found = []
    accounts = {id(provider): provider.account_id() for provider in providers}
    for provider, work, outcome in differing(providers):
        step = _step(provider, work, outcome, accounts[id(provider)], redact)
        found.append({**step, "status": Status.UNKNOWN.value} if pending else step)
    return found


def _secret(table: OfficeList, values: Item, redact: Callable[[str], str]) -> Iterator[str]:
    """Yield the options whose values hold a credential, which no record may hold."""
    for name, value in values.items():
        text = json_text(value)
        if redact(text) != text or (name in table.urls and credential(value)):
            yield name


def _step(provider: ProviderRun, work: Work, outcome: Outcome, account: str, redact: Callable[[str], str]) -> Step:
    change = change_of(provider.account, work, outcome).result()
    # What cannot be read is written as a whole.
    before, after = sides(work, outcome.step, whole=not work.plan.table.readable)
    if outcome.step.action in (Action.DELETE, Action.REPLACE):
        # As it would be in an office file, so that it can be created again.
        before = exported_of(work, outcome.step) or before
    hidden = {name for side in (before, after) for name in _secret(work.table, side or {}, redact)}
    unknown = [name for name, value in (before or {}).items() if value == UNKNOWN or name in hidden]
    known = {name: value for name, value in (before or {}).items() if name not in unknown}
    after = None if after is None else {name: value for name, value in after.items() if name not in hidden}
    return {
        **change,
        "account": account,
        "options": key_options_of(work, outcome.step),
        "before": None if before is None else known,
        "after": after,
        "unknown": unknown,
    }


def merged(planned: Sequence[Step], outcome: Sequence[Step], *, failed: Collection[str]) -> list[Step]:
    """Return the steps of *outcome* with the values from before the first write, as they were *planned*.

    What one phase of a run wrote may have changed what a later phase found, so that this had less to do, or nothing.
    *failed*: providers that could not be asked again, so that nobody knows whether that was so.
    """
    found = {_item(step): step for step in outcome}
    steps = []
    for plan in planned:
        step = found.pop(_item(plan), None)
        if step is None:
            steps.append(plan if plan["provider"] in failed else {**plan, "status": Status.APPLIED.value})
            continue
        before, after = (
            None if plan[side] is None or step[side] is None else {**step[side], **plan[side]}
            for side in ("before", "after")
        )
        unknown = [name for name in plan["unknown"] if name not in (before or {})]
        steps.append({**step, "before": before, "after": after, "unknown": unknown, "options": plan["options"]})
    return [*steps, *found.values()]


def joined(planned: Sequence[Step], read: Sequence[Step]) -> list[Step]:
    """Return the steps that are *planned* with what was *read* of the same items, which counts more."""
    found = {_item(step): step for step in read}
    steps = []
    for step in planned:
        other = found.pop(_item(step), None)
        if other is not None and step["before"] is not None and step["after"] is not None:
            sides = {side: {**step[side], **other[side]} for side in ("before", "after")}
            step = {**step, **sides, "unknown": [name for name in step["unknown"] if name not in sides["before"]]}
        steps.append(step)
    return [*steps, *found.values()]


def update_of(found: Found, desired: Item, account: str, region: str | None) -> Step | None:
    """Return the step that changes what was *found* to what is *desired*, None where nothing differs."""
    table = found.table
    names = [
        name
        for name, value in desired.items()
        if name in table.options.options
        and name not in (*table.keys, *table.ids, *table.insist)
        and not same(found.item.get(name), value, region)
    ]
    if not names:
        return None
    return {
        "provider": table.provider,
        "list": table.name,
        "key": str(found.key),
        "noun": table.noun_of(found.item),
        "action": Action.UPDATE.value,
        "status": Status.UNKNOWN.value,
        "account": account,
        "options": key_options(table, found.item),
        "before": {name: found.item.get(name) for name in names},
        # An empty text clears, and is read as no value.
        "after": {name: None if desired[name] == "" else desired[name] for name in names},
        "unknown": [],
    }


def marked(steps: Sequence[Step], snapshot: Document) -> list[Step]:
    """Return *steps*, with a mark on those of items that were re-routed, as *snapshot* says, until the run."""
    entries = [entry for entry in snapshot["entries"] if "back" not in entry and "left" not in entry]
    items = {(entry["list"], key_of(TABLES[entry["list"]], entry["options"], None)) for entry in entries}
    return [{**step, "rerouted": True} if (path_of_list(step), _item(step)[2]) in items else step for step in steps]


def _item(step: Step) -> tuple[str, str, Key]:
    """Return what is the same for two steps of one item."""
    return step["provider"], step["list"], key_of(TABLES[path_of_list(step)], step["options"], None)


def document_of(
    office: str,
    job: str,
    when: datetime,
    by: Mapping[str, Any],
    digest: str,
    steps: Sequence[Step],
    *,
    complete: bool | None,
    undoes: str | None,
) -> Document:
    """Return a record. Raises `InputError` where a value is masked, because it could not be restored."""
    for step in steps:
        masked = next(masked_places({name: step[name] for name in ("options", "before", "after")}), None)
        if masked or is_masked(step["key"]):
            raise InputError(
                f"{office}: {masked or 'the key'} of {step['provider']} {step['list']} {step['key']} is not what the "
                f"account holds: {WHY}. So it could not be restored, and there is no record of the run.",
                next_step=NEXT_STEP,
            )
    return {
        "format": FORMAT,
        "office": office,
        "job": job,
        "when": when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "by": dict(by),
        "plan_digest": digest,
        "complete": complete,
        "undoes": undoes,
        "steps": list(steps),
    }


class Records:
    """The records of *office* in the state directory *folder*. All methods raise `InputError`."""

    def __init__(self, folder: Path, office: str) -> None:
        self._state = folder
        self._office = office
        self.folder = folder / FOLDER / file_name(office)

    def names(self) -> list[str]:
        """Return the file names of all records, the oldest first."""
        with explained(self.folder):
            found = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        return sorted((name for name in found if _NAME.fullmatch(name)), key=_order)

    def to_undo(self) -> str:
        """Return the newest record; that of an undo which did not come to its end means what it was to undo."""
        names = self.names()
        if not names:
            raise InputError(
                f"{self._office} has no records in {self.folder}.",
                next_step="A run leaves a record when it changes something while O(state_directory) is set.",
            )
        newest = self.read(names[-1])
        undone = newest["undoes"] if not newest["complete"] else None
        return undone if undone in names else names[-1]

    def read(self, name: str) -> Document:
        """Return a record, given by its path or by its name in the folder."""
        path = self.path_of(name)
        try:
            with explained(path):
                refuse_open_folder(path.parent, _WHERE_TO)
                text = private.read(path, lambda found: refuse_open_file(path, found, _WHERE_TO))
                if text is None:
                    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            document = json.loads(text)
            _check(document, self._office)
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"{path} is not a record that can be used: {error}.", next_step="Name another one with O(record)."
            ) from None
        return dict(document)

    def path_of(self, name: str) -> Path:
        """Return where a record lies; *name* may be its path, or lack the ending."""
        given = Path(name).expanduser()
        bare = given.with_suffix("") if given.suffix in (_SUFFIX, _TEXT_SUFFIX) else given
        path = bare.with_name(bare.name + _SUFFIX)
        return path if path.is_absolute() or path.parent != Path() else self.folder / path

    def check_place(self) -> None:
        """Make sure, without changing anything, that a record can be written."""
        check_place(self.folder, folder=True)
        with explained(self.folder):
            for folder in (self._state, self.folder.parent, self.folder):
                refuse_open_folder(folder, _WHERE_TO)

    def free_path(self, when: datetime, job: str) -> Path:
        """Return a path for a new record, which is the newest one of its second."""
        time = when.astimezone(timezone.utc).strftime(_TIME)
        number = sum(name.startswith(f"{time}-") for name in self.names())
        return self.folder / f"{time}{f'-{number + 1}' if number else ''}-{job}{_SUFFIX}"

    def write(self, path: Path, document: Document) -> None:
        """Write a record as a whole, the text for people beside it."""
        with explained(path):
            make_private(self.folder)
        new = not path.exists()
        try:
            write_whole(path.with_suffix(_TEXT_SUFFIX), as_markdown(document))
            write_whole(path, json_text(document, indent=1) + "\n")
        except InputError:
            if new:
                self.remove(path)
            raise

    def remove(self, path: Path) -> None:
        """Remove a record of a run that has changed nothing."""
        with explained(path):
            for file in (path, path.with_suffix(_TEXT_SUFFIX)):
                file.unlink(missing_ok=True)

    def remove_old(self, keep_days: int, now: datetime) -> None:
        """Remove what is older than *keep_days*; the newest record always stays."""
        oldest = (now.astimezone(timezone.utc) - timedelta(days=min(keep_days, _FOR_EVER))).strftime(_TIME)
        for name in self.names()[:-1]:
            if _order(name)[0] < oldest:
                self.remove(self.folder / name)


def _order(name: str) -> tuple[str, int]:
    found = _NAME.fullmatch(name)
    return (found["time"], int(found["number"] or 1)) if found else ("", 0)


def _check(document: Any, office: str) -> None:
    """Raise `ValueError` naming what is not as a record has it."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError("it has another format")
    _require(document, "it", _MEMBERS)
    if not is_time(document["when"]):
        raise ValueError("its when is not a time in UTC")
    if document["office"] != office:
        raise ValueError(f"it is of the office {document['office']}")
    for place, step in enumerate(document["steps"]):
        _require(step, f"steps[{place}]", _STEP)
        if path_of_list(step) not in TABLES:
            raise ValueError(f"steps[{place}] is of the list {path_of_list(step)}, which does not exist")
    masked = next(masked_places(document["steps"], "steps"), None)
    if masked:
        raise ValueError(f"its {masked} is a mask that Ansible put in place of a secret, not the value that was set")


def _require(holder: Any, where: str, kinds: Mapping[str, tuple[type, ...]]) -> None:
    if not isinstance(holder, dict):
        raise ValueError(f"{where} is not a mapping")
    for name, kind in kinds.items():
        if name not in holder or not isinstance(holder[name], kind):
            raise ValueError(f"{where} has no {name}, or a wrong one")


def path_of_list(step: Mapping[str, Any]) -> str:
    """Return the path of the list that a step is of, as `lists.TABLES` has it."""
    return f"{step['provider']}.{step['list']}"


def name_of(step: Mapping[str, Any]) -> str:
    """Return what people call the item of a step: `Sonetel menu "Reception"`."""
    return f"{TABLES[path_of_list(step)].provider_title} {step['noun']} {spelled(str(step['key']))}"


def as_markdown(document: Document) -> str:
    """Return the record as a table of before and after."""
    by = document["by"]
    job = f", job {by['awx_job']}" if by.get("awx_job") else ""
    lines = [
        f"# {markdown_text(document['office'])}: {markdown_text(document['job'])}",
        "",
        f"{document['when']}, by {markdown_text(str(by.get('user')))} on {markdown_text(str(by.get('host')))}{job}.",
        f"Plan {document['plan_digest']}.",
    ]
    if document["complete"] is None:
        lines += ["", "The run did not finish. Items marked as unknown may have been written."]
    lines += ["", "| item | action | status | before | after |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*lines, *map(_row, document["steps"])]) + "\n"


def _row(step: Step) -> str:
    error = f": {markdown_text(str(step['error']))}" if step.get("error") else ""
    before = {**(step["before"] or {}), **dict.fromkeys(step["unknown"], UNKNOWN)} or None
    values = " | ".join("" if side is None else markdown_json(side) for side in (before, step["after"]))
    return f"| {markdown_text(name_of(step))} | {step['action']} | {step['status']}{error} | {values} |"


def waiting(document: Document) -> Iterator[Step]:
    """Yield the steps that an undo is about: what was changed, or may have been; no end of a re-route."""
    return (step for step in document["steps"] if step["status"] in CHANGED and not step.get("rerouted"))
