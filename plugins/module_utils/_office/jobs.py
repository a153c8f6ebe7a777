# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the modules that do an office's jobs, and their work. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .._engine.argspec import POLICY, REGION, ArgSpec
from .._errors import InputError
from .._files.masks import NEXT_STEP, WHY, masked_places
from .._files.names import check_place, file_name, write_whole
from .._numbers.rules import NumberRules
from .._texts import one_line
from . import records, rerouting, variables
from .people import Person, search
from .snapshot import Document, SnapshotFile, others_in, re_routed_offices, refuse_masks, summary

Options = Mapping[str, Any]
Result = dict[str, Any]

VARIABLES = (
    REGION
    + POLICY
    + ArgSpec(
        {
            "read": {"type": "dict"},
            "carried": {"type": "dict", "default": {}},
            "numbers": {"type": "list", "elements": "raw"},
            "path": {"type": "path"},
            "directory": {"type": "path"},
            "office": {"type": "str"},
            "overwrite": {"type": "bool", "default": False},
        },
        mutually_exclusive=[("path", "directory")],
        required_one_of=[("path", "directory")],
        required_together=[("directory", "office")],
    )
)

RECORD = ArgSpec(
    {
        "directory": {"type": "path", "required": True},
        "office": {"type": "str", "required": True},
        "results": {"type": "dict"},
    }
)

SNAPSHOT = (
    REGION
    + POLICY
    + ArgSpec(
        {
            "directory": {"type": "path", "required": True},
            "office": {"type": "str"},
            "state": {
                "type": "str",
                "choices": ["queried", "checked", "saved", "compared", "ended"],
                "default": "queried",
            },
            "read": {"type": "dict", "default": {}},
            "phone": {"type": "raw"},
            "settings": {"type": "dict", "default": {}},
            "until": {"type": "str"},
            "reason": {"type": "str"},
            "change_destination": {"type": "bool", "default": False},
            "irreversible": {"type": "bool", "default": False},
            "overwrite": {"type": "bool", "default": False},
            "leave_out": {"type": "list", "elements": "raw", "default": []},
            "undecided": {"type": "list", "elements": "dict", "default": []},
        },
        required_if=[("state", value, ["office"]) for value in ("checked", "saved", "compared", "ended")],
    )
)

PERSON = (
    REGION
    + POLICY
    + ArgSpec(
        {
            "read": {"type": "dict", "required": True},
            "person": {"type": "dict", "required": True, **Person.SPEC.suboptions()},
            "successor": {"type": "dict", **Person.SPEC.suboptions()},
        }
    )
)


def export_variables(options: Options, rules: NumberRules, check_mode: bool) -> Result:
    """Write the office's host variables to a file, if they differ from what it holds.

    Without what was read, look whether the file can be written.
    """
    if options["directory"] is None:
        path = Path(options["path"]).expanduser()
    else:
        path = Path(options["directory"]).expanduser() / f"{file_name(options['office'])}.yml"
    check_place(path)
    before = variables.read_file(path)
    if before is not None and not (before.startswith(variables.MARK) or options["overwrite"]):
        raise InputError(
            f"{path} exists and was not made by an export.", next_step="Name another file, or set overwrite."
        )
    if options["read"] is None:
        return {"changed": False, "file": str(path)}
    text, lists, left_out = variables.host_variables(options["read"], options["carried"], options["numbers"], rules)
    if before != text and not check_mode:
        # Only its owner may read it, because it tells where people are reached.
        write_whole(path, text)
    return {
        "changed": before != text,
        "file": str(path),
        "content": text,
        "lists": lists,
        "left_out": left_out,
        "diff": {"before_header": str(path), "after_header": str(path), "before": before or "", "after": text},
    }


def record_changes(options: Options, rules: NumberRules, check_mode: bool) -> Result:
    """Write a record of what was changed; without it, look whether records can be written."""
    folder = Path(options["directory"]).expanduser()
    check_place(folder, folder=True)
    name = file_name(options["office"])
    if options["results"] is None:
        return {"changed": False, "directory": str(folder), "files": []}
    stem = f"{name}.{datetime.now(timezone.utc).strftime('%Y-%m-%dT%H%M%S.%fZ')}"
    parts = records.parts_of(options["results"])
    texts = {
        folder / f"{stem}.json": records.as_json(options["office"], parts),
        folder / f"{stem}.md": records.as_markdown(options["office"], parts),
    }
    if not check_mode:
        for path, text in texts.items():
            write_whole(path, text, mode=0o640, folder_mode=0o750)
    return {"changed": True, "directory": str(folder), "files": [str(path) for path in texts]}


def handle_snapshot(options: Options, rules: NumberRules, check_mode: bool) -> Result:
    """Do what the option `state` says; see the module."""
    now = datetime.now(timezone.utc)
    office, folder = options["office"], options["directory"]
    if office is None:
        found = [SnapshotFile(folder, name).read() for name in re_routed_offices(folder)]
        return {
            "changed": False,
            "snapshots": [summary(document, rerouting.text_of(now)) for document in found if document],
        }
    file = SnapshotFile(folder, office)
    document = file.read()
    result: Result = {"changed": False, "file": str(file.path)}
    if options["state"] in ("checked", "saved"):
        file.check_place()
    if options["state"] == "saved":
        document = _save(file, document, options, rules, now, result, check_mode)
    elif document is not None and options["state"] == "compared":
        result |= _compare(document, options, rules)
    elif document is not None and options["state"] == "ended" and options["undecided"]:
        leave_out = rerouting.left_out(document, options["leave_out"], rules)
        settled = rerouting.settled(document, options["undecided"], leave_out, now)
        result["changed"] = settled != document
        if result["changed"] and not check_mode:
            file.save(settled, instead_of=document)
    elif document is not None and options["state"] == "ended":
        result["changed"] = True
        if not check_mode:
            result["file"] = str(file.end(document))
    result["snapshot"] = summary(document, rerouting.text_of(now))
    if document is not None:
        result["office_lists"] = rerouting.options_of(document)
    return result


def _save(
    file: SnapshotFile,
    before: Document | None,
    options: Options,
    rules: NumberRules,
    now: datetime,
    result: Result,
    check_mode: bool,
) -> Document:
    target = {
        "change": options["change_destination"],
        **_only(options, "phone", "settings", "until", "reason", "irreversible"),
    }
    others = _others(options, rules)
    plan = rerouting.reroute(options["office"], before, options["read"], target, rules, now, others)
    refuse_masks(plan.document)
    result |= {"changed": plan.document != before, "lists": plan.lists}
    if result["changed"] and not check_mode:
        file.save(plan.document, instead_of=before, keep=plan.anew)
    for text in plan.warnings:
        rules.warn(one_line(text))
    return plan.document


def _compare(document: Document, options: Options, rules: NumberRules) -> Result:
    back = rerouting.restore(
        document,
        options["read"],
        rules.region,
        overwrite=options["overwrite"],
        leave_out=rerouting.left_out(document, options["leave_out"], rules),
        others=_others(options, rules),
    )
    told = [one_line(text) for text in back.warnings]
    policy = rerouting.policy_to_restore(document, options["policy"])
    return {"lists": back.lists, "policy": policy, "done": back.done, "changed_since": back.changed, "told": told}


def _others(options: Options, rules: NumberRules) -> list[Document]:
    """Return the snapshots of other offices. What is wrong with one of these does not stop an emergency."""
    others, unreadable = others_in(options["directory"], options["office"])
    for text in unreadable:
        rules.warn(one_line(text))
    return others


def find_person(options: Options, rules: NumberRules, check_mode: bool) -> Result:
    """Find every place where somebody is still reached, and say what to write to replace them."""
    found = search(options["read"], options["person"], options["successor"], rules)
    masked = next(masked_places(found.lists, "office"), None)
    if masked:
        raise InputError(f"{masked} would be written, but is not what the account holds: {WHY}.", next_step=NEXT_STEP)
    unseen = [f"{one_line(place)} was not searched: {WHY}." for place in masked_places(options["read"])]
    return {
        "changed": False,
        "found": found.places,
        "own": found.own,
        "unsearched": [*found.unsearched, *unseen],
        "lists": found.lists,
    }


def _only(options: Options, *names: str) -> dict[str, Any]:
    return {name: options[name] for name in names}
