# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what the tasks of all offices have kept of their calls to one report, or to one for each group.

Private to the collection.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._calls.document import FORMAT, Document
from .._calls.report import Missing, Report, Text, by_group, mask
from .._calls.report_html import html
from .._calls.report_markdown import markdown
from .._errors import InputError
from .._files import private
from .._files.names import check_place, explained, file_name, write_whole
from .messages import plural

Result = dict[str, Any]
_NAME = "report"


def _json(report: Report, text: Text) -> str:
    # Nothing in it is unprintable.
    return json.dumps(report.data(text), ensure_ascii=False, indent=1) + "\n"


# By format: the ending of its files, and what makes them.
_FORMATS: Mapping[str, tuple[str, Callable[[Report, Text], str]]] = {
    "html": ("html", html),
    "markdown": ("md", markdown),
    "json": ("json", _json),
}
FORMATS = tuple(_FORMATS)


@dataclass(frozen=True)
class Kept:
    """What the task of an *office* has kept: the *path* of its document, "" if it has none, and *why*."""

    office: str
    path: str = ""
    why: str = ""
    group: str = ""


@dataclass(frozen=True)
class Request:
    """Which report is made. *grouped*: one for each group of offices."""

    folder: Path
    mode: int = 0o600
    formats: Sequence[str] = FORMATS
    masks_numbers: bool = False
    grouped: bool = False


def model_path(folder: str | None, office: str) -> Path:
    """Return where the document of an office is kept: in the *folder* of the index. Raises `InputError`."""
    if not folder:
        raise InputError(
            "There is no index of the offices, so the call model cannot be stored.",
            next_step="Run the task in a playbook, with O(variables).",
        )
    return Path(folder) / f"{file_name(office)}.model"


def keep_model(path: Path, document: Document) -> None:
    """Write a document for its owner alone. Ansible removes it at the end of the run."""
    write_whole(path, json.dumps(document), lasting=False)


def make_reports(kept: Sequence[Kept], request: Request, *, check_mode: bool) -> Result:
    """Write the reports, and return what was written. In check mode, nothing is."""
    documents, missing = [], []
    for one in kept:
        document = _read(one)
        if document is None:
            why = one.why or "the call model that its task stored is gone"
            missing.append(Missing(one.office, why, one.group if request.grouped else ""))
        else:
            documents.append({**document, "group": _group(document, one) if request.grouped else ""})
    reports = by_group(documents, missing)
    if not documents:
        raise InputError(
            f"There is no report, because nothing is known about {plural('office', len(missing))}.",
            next_step="See the failures of the offices' own tasks.",
        )
    text = mask if request.masks_numbers else str
    paths = {group: dict(_paths(group, request)) for group in reports}
    for found in paths.values():
        for path in found.values():
            check_place(path)
    if not check_mode:
        for group, report in reports.items():
            for name, path in paths[group].items():
                write_whole(path, _FORMATS[name][1](report, text), mode=request.mode)
    return {
        "changed": False,
        "msg": [line for report in reports.values() for line in _lines(report)],
        "files": [str(path) for found in paths.values() for path in found.values()],
    }


def _read(kept: Kept) -> Document | None:
    if not kept.path:
        return None
    with explained(Path(kept.path)):
        text = private.read(Path(kept.path), lambda found: None)
    document = None if text is None else json.loads(text)
    return document if isinstance(document, dict) and document.get("format") == FORMAT else None


def _group(document: Document, kept: Kept) -> str:
    """Return whose office it is. What was followed into offices of others must not be in anybody's report."""
    if document["group"] != kept.group:
        raise InputError(
            f"The model of {kept.office} may show calls that continue at offices of other groups.",
            next_step="Set the variable report_group for all hosts, and not only the option of this task.",
        )
    return kept.group


def _paths(group: str, request: Request) -> Iterator[tuple[str, Path]]:
    # No group's files are called like those of offices without one.
    name = f"{_NAME}-{file_name(group)}" if group else _NAME
    return ((format_, request.folder / f"{name}.{_FORMATS[format_][0]}") for format_ in request.formats)


def _lines(report: Report) -> Iterator[str]:
    numbers = plural("number", sum(len(office.numbers) for office in report.offices))
    title = f"{report.title}: " if report.title else ""
    yield f"{title}{numbers} of {plural('office', len(report.offices))}"
    yield from (f"  {one.office} is missing: {one.why}" for one in report.missing)
